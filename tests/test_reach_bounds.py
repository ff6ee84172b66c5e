"""Combining reaches: the worked example of the published figures, what is refused, and properties that hold for any numbers."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reach.errors import Usage
from reach.reach_bounds import COUNTED_ONCE, NOT_PEOPLE, Part, combine, frequency, rounded, share

CENSUS = 1_121_990
accounts = st.integers(min_value=0, max_value=10_000_000)
several = st.lists(accounts, min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("population", "independent", "overlapping"),
    [
        # Worked by hand: N * (1 - (1 - 220000/N)(1 - 278000/N)), and 498,000 less D * 220,000 * 278,000 / N.
        (1_121_990, 443_490, 334_469),
        (936_878, 432_719, 302_158),
        (872_335, 427_889, 287_668),
        (821_573, 423_557, None),  # no three times as many as by chance can see both: that is more than saw one
    ],
)
def test_the_two_published_figures(population, independent, overlapping):
    found = combine([220_000, 278_000], population)
    assert (found.lower, found.upper, found.independent) == (278_000, 498_000, independent)
    assert found.overlapping == (overlapping, independent)
    assert round(share(278_000, CENSUS)) == 25


def test_duplication_between_the_ends():
    for duplication, accounts_seen in ((1.5, 416_235), (2, 388_979)):
        assert combine([220_000, 278_000], CENSUS, duplication=(duplication, duplication)).overlapping == (accounts_seen, accounts_seen)


def test_three_reaches_of_a_tenth_each():
    # Independence leaves 0.9 * 0.9 * 0.9 of 1,000 unreached; with twice the overlap it is so among 500, of whom each reached 100 of 500.
    found = combine([100, 100, 100], 1000, duplication=(1, 2))
    assert (found.independent, found.overlapping) == (271, (244, 271))


def test_rounding_and_ranges_widen_the_bounds():
    found = combine([Part(215_000, 220_000, "close to"), rounded(278_000, 1000)])
    assert (found.lower, found.upper, found.lower_is, found.upper_is) == (277_500, 498_500, "exact", "exact")


@pytest.mark.parametrize(
    ("parts", "lower", "upper", "lower_is", "upper_is"),
    [
        ([Part(134_000, None, "more than"), Part(50_000)], 134_000, 184_000, "more than", "more than"),
        ([Part(134_000), Part(50_000, None, "over")], 134_000, 184_000, "exact", "more than"),
        ([Part(220_000, 220_000, "close to"), Part(278_000)], 278_000, 498_000, "exact", "around"),
        ([Part(220_000, 220_000, "close to"), Part(100_000)], 220_000, 320_000, "around", "around"),
        ([Part(None, 200_000, "up to"), Part(50_000)], 50_000, 250_000, "exact", "up to"),
        ([Part(None, 200_000, "up to")], None, 200_000, "exact", "up to"),
        ([Part(10_000, 10_000, "nearly"), Part(1)], 10_000, 10_001, "around", "up to"),
    ],
)
def test_qualifiers_are_carried(parts, lower, upper, lower_is, upper_is):
    found = combine(parts)
    assert (found.lower, found.upper, found.lower_is, found.upper_is) == (lower, upper, lower_is, upper_is)
    assert any("no upper end" in one for one in found.conditions) == (upper_is == "more than")


def test_a_known_sum_supports_no_lower_bound_and_no_estimate():
    found = combine([Part(300_000, counted_once=False), Part(100_000, counted_once=True)], CENSUS)
    assert (found.lower, found.upper, found.independent, found.overlapping) == (100_000, 400_000, None, None)
    assert any("supports no lower bound" in one for one in found.conditions)
    assert combine([Part(300_000, counted_once=False)], CENSUS).lower is None


def test_where_nobody_knows_the_bound_stays_with_its_condition():
    assert combine([Part(300_000), Part(100_000)]).conditions == (COUNTED_ONCE, NOT_PEOPLE)


def test_the_platforms_own_total_beats_the_parts():
    found = combine([220_000, 278_000], CENSUS, own_total=301_234)
    assert (found.lower, found.upper, found.independent, found.from_total) == (301_234, 301_234, None, True)


@pytest.mark.parametrize(
    ("total", "lower", "lower_is", "upper_is"),
    [
        (Part(None, 200_000, "up to"), None, "exact", "up to"),
        (Part(200_000, None, "up to"), None, "exact", "up to"),
        (Part(200_000, None, "more than"), 200_000, "more than", "more than"),
    ],
)
def test_a_platforms_own_total_keeps_its_qualifier(total, lower, lower_is, upper_is):
    found = combine([150_000], own_total=total)
    assert (found.lower, found.upper, found.lower_is, found.upper_is) == (lower, 200_000, lower_is, upper_is)
    assert any("supports no lower bound" in one for one in found.conditions) == (lower is None)


@pytest.mark.parametrize(
    ("parts", "estimate_is"),
    [
        ([Part(220_000), Part(278_000)], "exact"),
        ([Part(134_000, None, "more than"), Part(50_000)], "more than"),
        ([Part(None, 134_000, "nearly"), Part(50_000)], "up to"),
        ([Part(134_000, None, "close to"), Part(50_000, None, "over")], "around"),
        ([Part(134_000, None, "more than"), Part(50_000, None, "up to")], "around"),
        ([Part(215_000, 220_000), Part(50_000)], "around"),
    ],
)
def test_an_estimate_keeps_what_the_qualifiers_of_its_parts_leave(parts, estimate_is):
    assert combine(parts, CENSUS).estimate_is == estimate_is
    assert combine(parts).estimate_is == "exact"


def test_a_population_caps_what_has_no_upper_end():
    parts = [Part(134_000, None, "more than"), Part(50_000)]
    found = combine(parts, CENSUS, all_live_there=True)
    assert (found.lower, found.upper, found.upper_is) == (134_000, CENSUS, "exact")
    assert not any("no upper end" in one for one in found.conditions)
    assert combine(parts, CENSUS).upper_is == "more than"


def test_a_population_caps_only_when_everybody_lives_there():
    parts = [600_000, 700_000]
    assert combine(parts, CENSUS).upper == 1_300_000
    found = combine(parts, CENSUS, all_live_there=True)
    assert (found.lower, found.upper) == (700_000, CENSUS)
    assert combine(parts).independent is None


@pytest.mark.parametrize(
    ("parts", "more", "words"),
    [
        ([], {}, "no reach to combine"),
        ([Part(1, definition="reach"), Part(1, definition="viewers")], {}, "counted in different ways (reach, viewers)"),
        ([220_000, 278_000], {"population": 250_000}, "278,000 were reached, which is more"),
        ([1], {"population": 0}, "not a number of people"),
        ([1], {"population": float("nan")}, "not a number of people"),
        ([1], {"duplication": (0, 1)}, "two numbers above 0"),
        ([1], {"duplication": (3, 1)}, "two numbers above 0"),
    ],
)
def test_refused(parts, more, words):
    with pytest.raises(Usage) as refusal:
        combine(parts, more.pop("population", None), **more)
    assert words in str(refusal.value)


@pytest.mark.parametrize("ends", [(None, None), (-1, None), (5, 4), (float("nan"), None), (1, float("inf"))])
def test_no_such_reach(ends):
    with pytest.raises(Usage, match="not a number of accounts"):
        Part(*ends)


def test_frequency_is_displays_for_each_account():
    assert round(frequency(158_695, 32_610), 2) == 4.87
    assert frequency(10, 0) is None


@given(several, st.integers(min_value=0, max_value=5_000_000))
def test_low_independent_high(reaches, room):
    found = combine(reaches, max(reaches) + room + 1)
    assert found.lower <= found.independent <= found.upper
    most_overlap, least_overlap = found.overlapping
    assert least_overlap == found.independent
    assert most_overlap is None or found.lower <= most_overlap <= least_overlap


@given(several, st.integers(min_value=0, max_value=7), st.integers(min_value=0, max_value=1_000_000))
def test_more_reach_never_makes_less(reaches, place, more):
    grown = list(reaches)
    grown[place % len(grown)] += more
    population = max(grown) + 1
    before, after = combine(reaches, population), combine(grown, population)
    assert all(getattr(before, name) <= getattr(after, name) for name in ("lower", "upper", "independent"))


@given(st.lists(accounts, min_size=1, max_size=4))
def test_order_does_not_matter(reaches):
    population = max(reaches) + 1
    found = {(one.lower, one.upper, one.overlapping) for order in itertools.permutations(reaches) for one in [combine(order, population)]}
    assert len(found) == 1


@given(accounts, st.integers(min_value=1, max_value=1_000_000))
def test_one_part_is_itself(reach, room):
    found = combine([reach], reach + room)
    assert (found.lower, found.upper, found.independent) == (reach, reach, reach)


@given(several, st.integers(min_value=1, max_value=1_000_000))
def test_everybody_of_the_population_is_the_most(reaches, room):
    population = max(reaches) + room
    assert combine(reaches, population, all_live_there=True).upper == min(sum(reaches), population)
    assert combine(reaches, population).upper == sum(reaches)
