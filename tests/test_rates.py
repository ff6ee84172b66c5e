"""Intervals, rate ratios and dispersion: published tables, the force's seven published weeks, two other libraries, and what holds for any
numbers."""

from __future__ import annotations

import csv
import json
import math
import subprocess
import sys
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats import rates as others

from reach import rates
from reach.__main__ import main
from reach.errors import Usage
from reach.rates import Counted, compare, count_interval, dispersion, rate_interval, short, standing, why_no_interval
from reach.settings import shipped

WEEKS = (37, 28, 63, 52, 76, 38, 42)
PHI = 5.84
FIRST, SECOND = Counted(76, 7), Counted(52, 7)
counts = st.integers(min_value=0, max_value=5000)
some = st.integers(min_value=1, max_value=5000)
spans = st.integers(min_value=1, max_value=400)
counted = st.builds(Counted, counts, spans)
counted_some = st.builds(Counted, some, spans)
dispersions = st.floats(min_value=0, max_value=100)
near = pytest.approx
LAW = settings(max_examples=60, deadline=None)


# --- one count ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [
        # 95% limits as tabled by Garwood, Biometrika 28 (1936), and by Pearson and Hartley, Biometrika Tables for Statisticians 1.
        (0, 0, 3.689),
        (1, 0.0253, 5.572),
        (3, 0.619, 8.767),
        (20, 12.217, 30.888),
        # Worked out with scipy.stats.chi2 and statsmodels' exact-c, and in words 60 to 95.
        (76, 59.88, 95.13),
    ],
)
def test_published_limits_of_a_count(count, low, high):
    assert count_interval(count) == (near(low, abs=0.0051), near(high, abs=0.0051))


@pytest.mark.parametrize("count", [0, 1, 2, 7, 76, 1041, 250_000])
def test_a_count_as_other_libraries_have_it(count):
    assert rate_interval(Counted(count, 7)) == near(tuple(map(float, others.confint_poisson(count, 7, method="exact-c"))), rel=1e-9)
    low, high = count_interval(count)
    assert high == near(stats.chi2.ppf(0.975, 2 * count + 2) / 2, rel=1e-9)
    if count:
        assert low == near(stats.chi2.ppf(0.025, 2 * count) / 2, rel=1e-9)


@LAW
@given(counts)
def test_an_interval_of_a_count_holds_it_and_leaves_its_tails(count):
    low, high = count_interval(count)
    assert low <= count < high
    assert stats.poisson.cdf(count, high) == near(0.025)
    assert stats.poisson.sf(count - 1, low) == near(0.025 if count else 1)


@LAW
@given(counts, spans)
def test_a_higher_count_has_higher_ends_and_is_known_more_closely(count, days):
    (low, high), (low_next, high_next) = count_interval(count), count_interval(count + 1)
    assert low < low_next and high < high_next
    if count:
        assert (high_next - low_next) / (count + 1) < (high - low) / count
    assert rate_interval(Counted(count, days)) == near((low / days, high / days))


@pytest.mark.parametrize("count", [-1, 7.5, 7.0, math.nan, True, "7", None, 10**9 + 1])
def test_what_is_no_count_is_refused(count):
    for asked in (count_interval, lambda x: Counted(x, 7), lambda x: standing(x, [1, 2]), lambda x: dispersion([1, 2, 3, 4, x])):
        with pytest.raises(Usage, match=r"^Count .+: it is not a whole number from 0 to 1,000,000,000\. Give the number of events"):
            asked(count)


@pytest.mark.parametrize("days", [0, -7, 3.5, None, 10**6 + 1])
def test_what_is_no_number_of_days_is_refused(days):
    with pytest.raises(Usage, match=r"^Days .+: it is not a whole number of days from 1 to 1,000,000\. Give the days"):
        Counted(76, days)


def test_whole_numbers_of_numpy_are_counts():
    assert compare(Counted(np.int64(76), np.int32(7)), SECOND) == compare(FIRST, SECOND)


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "unit", "why"),
    [
        (100, None, "more than", "people", "'More than' gives no exact count, only where the counts that it allows begin"),
        (100, None, "At  least", None, "'At least' gives no exact count"),
        (None, 22, "nearly", None, "'Nearly' gives no exact count, only where the counts that it allows end"),
        (20, 20, "around", None, "'Around' gives no exact count, and how near it is was not published"),
        (None, 278, "a further", None, "'A further' is said of the count"),
        (500, 900, "exact", None, "A range gives no exact count"),
        (None, None, None, None, "No count was published"),
        (math.nan, None, None, None, "No count was published"),
        (2.5, 2.5, "exact", None, "2.5 is not a whole number of events"),
        (35_000, 35_000, "exact", "GBP", "An amount of money is not a count of events"),
    ],
)
def test_why_a_figure_has_no_interval(low, high, qualifier, unit, why):
    said = why_no_interval(low, high, qualifier, unit)
    assert said and said.startswith(why) and said.endswith(".") and said.count(". ") == 0


@pytest.mark.parametrize("qualifier", [None, "exact", "exact as published", "early total"])
def test_a_whole_count_has_an_interval(qualifier):
    assert why_no_interval(76.0, 76.0, qualifier, "arrests") is None


# --- two rates ------------------------------------------------------------------------------------------------------------


def test_76_against_52_is_inconclusive_once_weeks_may_vary():
    alone, widened = compare(FIRST, SECOND), compare(FIRST, SECOND, PHI)
    assert (alone.ratio, alone.low, alone.high) == (near(76 / 52), near(1.01, abs=0.005), near(2.12, abs=0.005))
    assert alone.p_value == near(0.0416, abs=5e-5)
    assert (alone.verdict, alone.low_dispersed, alone.high_dispersed) == ("higher", None, None)
    assert compare(SECOND, FIRST).verdict == "lower"
    assert (widened.low_dispersed, widened.high_dispersed) == (near(0.62, abs=0.005), near(3.43, abs=0.005))
    assert (widened.low, widened.high, widened.verdict) == (alone.low, alone.high, "inconclusive")


def test_the_words_claim_no_cause_and_keep_their_cautions():
    alone, widened = (" ".join(compare(FIRST, SECOND, phi).sentences) for phi in (None, PHI))
    assert "76 in 7 days, 10.9 a day (8.55 to 13.6)" in alone and "1.46 times the second (exact 95% interval 1.01 to 2.12" in alone
    assert "says nothing about why" in alone and "seven published weeks of arrests by 5.84 times" in alone
    assert "between 0.62 and 3.43" in widened and "Inconclusive: the interval holds 1." in widened
    assert "not to say that the rates are the same" in widened
    assert "seldom gives" not in widened
    same = " ".join(compare(FIRST, FIRST).sentences)
    assert "Inconclusive" in same and "5.84" not in same, "nothing needs a caution where nothing is claimed"
    sure = " ".join(compare(Counted(760, 7), SECOND, PHI).sentences)
    assert "Higher: the first rate is higher" in sure and "nothing about why" in sure
    assert "chance with the measured variation seldom" in sure


def test_a_dispersion_of_few_periods_is_illustrative():
    assert [compare(FIRST, SECOND, PHI, periods).illustrative for periods in (None, 5, 7, 8, 20)] == [True, True, True, False, False]
    assert not compare(FIRST, SECOND).illustrative
    said = compare(FIRST, SECOND, PHI, 7).sentences
    assert "This is illustrative: the dispersion was measured over seven periods, and eight are needed." in said
    assert "This is illustrative where the dispersion was measured over fewer than eight periods." in compare(FIRST, SECOND, PHI).sentences
    assert "illustrative" not in " ".join(compare(FIRST, SECOND, PHI, 8).sentences)


def test_a_count_of_0_leaves_one_end_open():
    none = Counted(0, 7)
    low, high = compare(none, SECOND, PHI), compare(SECOND, none, PHI)
    assert (low.ratio, low.low, high.ratio, high.high) == (0, 0, None, None)
    # Clopper and Pearson's end for 0 of n is 1 - 0.025 ** (1/n).
    share = 1 - 0.025 ** (1 / 52)
    assert low.high == near(share / (1 - share)) and high.low == near((1 - share) / share)
    both = compare(none, none, PHI)
    assert (both.ratio, both.low, both.high, both.p_value, both.verdict) == (None, 0, None, 1, "inconclusive")
    for one in (low, high, both):
        assert (one.low_dispersed, one.high_dispersed, one.verdict) == (None, None, "inconclusive")
        assert "The interval cannot be widened by the dispersion of 5.84, since that takes two counts above 0." in one.sentences
        assert "None" not in " ".join(one.sentences)
    assert (compare(none, SECOND).verdict, compare(SECOND, none).verdict) == ("lower", "higher")
    assert compare(none, SECOND, 0.5).verdict == "lower", "there is nothing to widen it by"
    assert "at least 13.6 times it" in " ".join(compare(SECOND, none).sentences)


def test_less_variation_than_chance_narrows_nothing():
    # Of 1 against 1,000 the formula's upper end at a dispersion of 1 lies above the exact one, so that the two tell apart.
    few, many = Counted(1, 7), Counted(1000, 7)
    assert compare(few, many, 0.2).high_dispersed == compare(few, many, 1).high_dispersed > compare(few, many).high
    found = compare(FIRST, SECOND, 0.2)
    assert (found.low_dispersed, found.high_dispersed) == (found.low, found.high)
    assert any(one.startswith("A dispersion of 0.2 is taken as 1, since less variation than") for one in found.sentences)


@pytest.mark.parametrize("phi", [-0.1, math.nan, math.inf, 10_001])
def test_what_is_no_dispersion_is_refused(phi):
    with pytest.raises(Usage, match=r"^Dispersion .+: it is not a number from 0 to 10,000\. Give variance over mean, such as 5\.84\.$"):
        compare(FIRST, SECOND, phi)


@LAW
@given(counted, counted)
def test_a_ratio_as_other_libraries_have_it(first, second):
    both = first.count + second.count
    assume(both)
    found = compare(first, second)
    ends = stats.binomtest(first.count, both).proportion_ci(0.95, method="exact")
    scale = second.days / first.days
    assert found.low == near(scale * ends.low / (1 - ends.low), rel=1e-6)
    assert found.high is None if ends.high == 1 else found.high == near(scale * ends.high / (1 - ends.high), rel=1e-6)
    if not second.count:  # there statsmodels divides by it
        first, second = second, first
    other = others.test_poisson_2indep(first.count, first.days, second.count, second.days, method="exact-cond")
    assert found.p_value == near(float(other.pvalue), rel=1e-6)


@LAW
@given(counted, counted, st.none() | dispersions)
def test_swapping_the_two_turns_the_ratio_over(first, second, phi):
    one, other = compare(first, second, phi), compare(second, first, phi)
    assert other.verdict == {"higher": "lower", "lower": "higher", "inconclusive": "inconclusive"}[one.verdict]
    assert one.p_value == near(other.p_value, rel=1e-6)
    for mine, theirs in ((one.low, other.high), (one.high, other.low), (one.ratio, other.ratio)):
        assert mine == near(1 / theirs) if mine and theirs else not mine and not theirs
    if one.low_dispersed is not None:
        assert (one.low_dispersed, one.high_dispersed) == (near(1 / other.high_dispersed), near(1 / other.low_dispersed))
    assert (one.low_dispersed is None) == (phi is None or not first.count or not second.count) == (other.low_dispersed is None)


@LAW
@given(counted_some, counted_some, dispersions, dispersions)
def test_more_dispersion_is_wider_and_never_narrower_than_chance(first, second, phi, other):
    less, more = sorted((phi, other))
    found, wider = compare(first, second, less), compare(first, second, more)
    assert wider.low_dispersed <= found.low_dispersed <= found.low < found.ratio
    assert found.ratio < found.high <= found.high_dispersed <= wider.high_dispersed
    if less > 4:  # where the formula is not the narrower of the two
        room = 1.96 * math.sqrt(less * (1 / first.count + 1 / second.count))
        log = math.log(found.ratio)
        assert (found.low_dispersed, found.high_dispersed) == (near(math.exp(log - room)), near(math.exp(log + room)))
    assert found.verdict in (wider.verdict, *(() if wider.verdict != "inconclusive" else ("higher", "lower"))), "widening settles nothing"


@LAW
@given(counted, counted, st.integers(min_value=2, max_value=50))
def test_only_the_proportion_of_the_days_matters(first, second, times):
    found = compare(first, second)
    scaled = compare(Counted(first.count, first.days * times), Counted(second.count, second.days * times))
    assert (scaled.ratio, scaled.low, scaled.high, scaled.verdict) == (
        *(None if one is None else near(one) for one in (found.ratio, found.low, found.high)),
        found.verdict,
    )
    longer = compare(first, Counted(second.count, second.days * times))
    assert longer.low == near(found.low * times) and (found.high is None or longer.high == near(found.high * times))


@LAW
@given(counted, counted)
def test_one_more_event_moves_all_of_it_up(first, second):
    found, more = compare(first, second), compare(Counted(first.count + 1, first.days), second)
    assert found.low < more.low
    assert found.high is None or (found.ratio < more.ratio and found.high < more.high)


@LAW
@given(counted, counted, st.none() | dispersions)
def test_every_answer_is_json(first, second, phi):
    found = compare(first, second, phi)
    json.dumps([getattr(found, name) for name in vars(found) if name not in ("first", "second")], allow_nan=False)
    assert not {"None", "nan", "inf"} & set(" ".join(found.sentences).replace("(", " ").split())


# --- several periods ------------------------------------------------------------------------------------------------------


def test_the_seven_published_weeks():
    found = dispersion(WEEKS)
    assert (found.periods, found.mean, found.degrees) == (7, 48.0, 6)
    assert (found.variance, found.index, found.chi_square) == (near(280.3, abs=0.05), near(5.84, abs=0.005), near(35.0, abs=0.05))
    assert found.p_value == near(4e-6, abs=5e-7)
    assert found.p_value == near(stats.chi2.sf(found.chi_square, 6))
    assert found.words == (
        "7 periods with a mean of 48 vary 5.84 times as much as chance alone gives (chi-square 35.0 on 6 degrees of freedom, "
        "p under 0.001; fewer than eight periods, so illustrative)."
    )
    assert f"by {short(found.index)} times" in rates.VARY, "the caution quotes what these weeks give"


def test_the_seven_weeks_are_the_published_ones():
    with (shipped("data/published") / "figures.csv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if "Intensification" in str(row) and "Leicestershire Police" in str(row)]
    arrests = [row for row in rows if row["measure"] == "arrests" and row["value_low"] == row["value_high"]]
    assert sorted(int(row["value_low"]) for row in arrests) == sorted(WEEKS)


@LAW
@given(st.lists(counts, min_size=5, max_size=30))
def test_dispersion_as_numpy_and_scipy_have_it(values):
    assume(any(values))
    found = dispersion(values)
    assert found.index == near(np.var(values, ddof=1) / np.mean(values), abs=1e-9)
    expected = stats.chisquare(values)  # equal expected counts: Fisher's index is this test
    assert (found.chi_square, found.p_value) == (near(expected.statistic, abs=1e-9), near(expected.pvalue, abs=1e-12))
    assert dispersion([*reversed(values)]).index == near(found.index)


def test_where_dispersion_cannot_be_measured():
    with pytest.raises(Usage, match=r"^Dispersion of 4 periods: it takes five or more to measure\. Leave it out"):
        dispersion(WEEKS[:4])
    with pytest.raises(Usage, match=r"^Dispersion of counts that are all 0: there is no variation to measure"):
        dispersion([0] * 6)
    assert (dispersion([48] * 8).index, dispersion([48] * 8).p_value) == (0, 1)
    assert "illustrative" not in dispersion([*WEEKS, 48]).words


DATED, UNDATED = (37, 28, 63, 52, 76, 38), (42,)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (76, "the highest of six dated weeks and one undated; they range from 28 to 76"),
        (63, "the second highest of six dated weeks and one undated; they range from 28 to 76"),
        (42, "the fourth highest of six dated weeks and one undated; they range from 28 to 76"),
        (37, "the second lowest of six dated weeks and one undated; they range from 28 to 76"),
        (28, "the lowest of six dated weeks and one undated; they range from 28 to 76"),
    ],
)
def test_where_a_week_stands(count, words):
    assert standing(count, DATED, UNDATED).words == words


@pytest.mark.parametrize(
    ("count", "dated", "undated", "words"),
    [
        (9, (9, 9, 3), (), "the joint highest of three dated weeks; they range from 3 to 9"),
        (3, (), (9, 3, 3), "the joint lowest of three undated weeks; they range from 3 to 9"),
        (4, (4, 4), (4,), "as many as in each other of two dated weeks and one undated"),
        (4, (4,), (), "the only one held (one dated week)"),
        (89, tuple(range(100)), (), "the 11th highest of 100 dated weeks; they range from 0 to 99"),
        (78, tuple(range(100)), (), "the 22nd highest of 100 dated weeks; they range from 0 to 99"),
    ],
)
def test_ties_and_few_weeks(count, dated, undated, words):
    assert standing(count, dated, undated).words == words


@LAW
@given(st.lists(st.integers(0, 9), min_size=1, max_size=20), st.data())
def test_rank_and_ties_as_scipy_has_them(values, data):
    count = data.draw(st.sampled_from(values))
    cut = data.draw(st.integers(0, len(values)))
    found = standing(count, values[:cut], values[cut:])
    assert found.rank == stats.rankdata([-one for one in values], "min")[values.index(count)]
    assert (found.ties + 1, found.dated, found.undated) == (values.count(count), cut, len(values) - cut)


def test_a_count_is_placed_only_among_those_that_hold_it():
    with pytest.raises(Usage, match=r"^Count 77: it is not among the counts"):
        standing(77, DATED, UNDATED)


def test_how_many_comparisons_mean_what():
    assert rates.comparisons_said(40) == (
        "With 40 comparisons at 95%, about 2 would exclude 1 by chance alone where no rates differ; none is corrected for that."
    )
    assert rates.comparisons_said(1).startswith("With 1 comparison at 95%, about 0.05, less than one, would")
    assert rates.comparisons_said(0) == "No comparison is shown."


@pytest.mark.parametrize(
    ("x", "words"),
    [
        *((1.4615, "1.46"), (10.857, "10.9"), (1234.5, "1,234"), (48.0, "48"), (0.615, "0.61"), (0.0123, "0.012"), (0, "0"), (1, "1")),
        *((1.003, "1.003"), (0.99996, "0.99996"), (2.0, "2"), (400.0, "400")),
    ],
)
def test_worked_out_numbers_are_short(x, words):
    assert short(x) == words


# --- the command ----------------------------------------------------------------------------------------------------------


def said(capsys, *arguments: str) -> tuple[int, str, str]:
    try:
        code = main(["rates", *arguments])
    except SystemExit as end:
        code = int(end.code or 0)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def document(capsys, *arguments: str):
    code, out, err = said(capsys, *arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))


def test_the_command_answers_other_programs(capsys):
    found = document(capsys, "76/7", "52/7", "--dispersion", "5.84")
    assert [round(found[key], 2) for key in ("ratio", "low", "high", "low_dispersed", "high_dispersed")] == [1.46, 1.01, 2.12, 0.62, 3.43]
    assert found["verdict"] == "inconclusive"
    found = document(capsys, "76/7", "52/7")
    assert (found["low_dispersed"], found["high_dispersed"], found["verdict"]) == (None, None, "higher")
    found = document(capsys, "1,041/7", "0 / 8")
    assert (found["ratio"], found["high"], found["verdict"]) == (None, None, "higher")
    assert document(capsys, "0/7", "0/7", "--dispersion", "2")["verdict"] == "inconclusive"


def test_the_command_speaks_to_people(capsys):
    code, out, err = said(capsys, "76/7", "52/7", "--dispersion", "5.84")
    assert (code, err) == (0, "")
    assert tuple(out.splitlines()) == compare(FIRST, SECOND, PHI).sentences


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("76", "52/7"), "'76' is not a count and its days such as 76/7. Give two whole numbers."),
        (("7.5/7", "52/7"), "'7.5/7' is not a count and its days such as 76/7."),
        (("76/7", "1,04/7"), "'1,04/7' is not a count and its days such as 76/7."),
        (("76/0", "52/7"), "Days 0: it is not a whole number of days from 1 to 1,000,000."),
        (("--", "-76/7", "52/7"), "Count -76: it is not a whole number from 0 to"),
        (("76/7", "52/-7"), "Days -7: it is not a whole number of days"),
        (("More than 100/8", "52/7"), "'More than' gives no exact count, only where the counts that it allows begin"),
        (("9" * 5000 + "/7", "52/7"), "is not a count and its days such as 76/7."),
        (("76/7",), "the following arguments are required: COUNT/DAYS"),
        (("76/7", "52/7", "--dispersion", "-1"), "Dispersion -1: it is not a number from 0 to 10,000."),
        (("76/7", "52/7", "--dispersion", "nan"), "Dispersion nan: it is not a number from 0 to 10,000."),
        (("76/7", "52/7", "--dispersion", "much"), "'much' is not a number such as 5.84, variance over mean"),
    ],
)
def test_the_command_says_what_is_wrong(capsys, arguments: Sequence[str], words):
    code, out, err = said(capsys, *arguments)
    assert (code, out) == (2, "") and words in err and "Traceback" not in err


def test_help_and_an_answer_load_no_more_than_they_need(tmp_path):
    program = (
        "import sys; from reach import commands; commands._parser(); assert 'scipy' not in sys.modules; "
        "commands.run(['rates', '76/7', '52/7', '--store', sys.argv[1]]); "
        "assert not sys.modules.keys() & {'scipy.stats', 'statsmodels', 'streamlit'}"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path / "reach.duckdb")], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not list(tmp_path.iterdir()), "no store is made"
