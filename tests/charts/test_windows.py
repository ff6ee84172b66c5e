"""The chart of the windows before, during and after, on the published weeks and on made-up counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reach import rates
from reach.charts import windows
from reach.charts.windows import Window
from reach.errors import Usage

BEFORE = Window("before", date(2023, 2, 20), date(2023, 2, 26), 52, 52, source="figure a", source_words="a.csv, record 1")
DURING = Window("during", date(2023, 2, 27), date(2023, 3, 5), 76, 76, source="figure b", source_words="<b>b.csv")
AFTER = Window("after", date(2023, 3, 6), date(2023, 3, 13))
CAUSES = ("because", "led to", "drove", "result of", "thanks to", "effect", "impact", "due to")


def drawn(*shown: Window, dispersion=None, periods=None, narrow=False, unit="people"):
    about = {"label": "Arrests", "area": "Example", "unit": unit, "dispersion": dispersion, "periods": periods}
    return windows.chart(shown or (BEFORE, DURING, AFTER), dark=False, narrow=narrow, **about)


def every_word(chart) -> str:
    cells = [str(cell) for row in chart.table.itertuples(index=False) for cell in row]
    return " ".join([chart.title, chart.subtitle, chart.summary, chart.alt, chart.key, *chart.notes, *cells])


@pytest.mark.parametrize("narrow", [True, False])
def test_rates_with_their_intervals(narrow):
    chart = drawn(narrow=narrow)
    assert chart.title == "Arrests a day: 7.43 before, 10.9 during, not published after"
    assert chart.subtitle == "Arrests a day in three windows. Example, 20 February to 13 March 2023."
    assert chart.summary == (
        "Arrests: before, 52 in 7 days, 7.43 a day (5.55 to 9.74); during, 76 in 7 days, 10.9 a day (8.55 to 13.6); after, not published. "
        "During against before: 1.46 times (1.01 to 2.12), higher, allowing for chance alone."
    )
    assert chart.summary in chart.alt
    before, during = chart.figure.data
    assert (list(before.x), list(during.x)) == ([52 / 7], [76 / 7])
    low, high = rates.count_interval(76)
    assert during.x[0] - during.error_x.arrayminus[0] == pytest.approx(low / 7)
    assert during.x[0] + during.error_x.array[0] == pytest.approx(high / 7)
    assert all(one.mode == "markers" for one in chart.figure.data), "no line joins windows"
    assert chart.figure.layout.xaxis.range[0] == 0 and chart.figure.layout.xaxis.range[1] > high / 7
    assert list(during.customdata[0]) == ["figure", "b"] and "&lt;b&gt;b.csv" in during.hovertext[0]
    texts = [one.text for one in chart.figure.layout.annotations]
    assert [text.replace("2023<br>", "2023: ").replace("<br>", " ") for text in texts] == [
        "Before, 20 to 26 February 2023: 52 in 7 days, 7.43 a day (5.55 to 9.74)",
        "During, 27 February to 5 March 2023: 76 in 7 days, 10.9 a day (8.55 to 13.6)",
        "After, 6 to 13 March 2023: not published",
    ]
    assert all(("<br>" in text) == narrow for text in texts)
    assert chart.sources == ("figure a", "figure b", "")


def test_what_is_not_published_is_not_0():
    chart = drawn()
    assert len(chart.figure.data) == 2
    assert "After: not published, which is not 0, so there is no mark." in chart.notes
    assert list(chart.table["Arrests"]) == ["52", "76", "not published"]
    assert list(chart.table["A day"]) == ["7.43", "10.9", None] and list(chart.table["Lowest a day"]) == ["5.55", "8.55", None]
    assert list(chart.table["Days"]) == [7, 7, 8]
    counted = drawn(BEFORE, DURING, replace(AFTER, low=0, high=0))
    assert list(counted.figure.data[2].x) == [0] and counted.figure.data[2].error_x.array[0] == pytest.approx(3.689 / 8, abs=1e-4)
    assert "After against before: 0 times (0 to " in counted.summary and "lower" in counted.summary


def test_a_measured_dispersion_makes_it_inconclusive():
    chart = drawn(dispersion=5.84, periods=7)
    assert "During against before: 1.46 times (0.62 to 3.43), inconclusive." in chart.summary
    assert any("dispersion of 5.84" in note and "illustration" in note for note in chart.notes)
    assert rates.VARY not in chart.notes and rates.VARY in drawn().notes
    sure = drawn(BEFORE, replace(DURING, low=760, high=760), dispersion=5.84, periods=20)
    assert "higher, allowing for chance and the measured variation." in sure.summary
    assert not any("illustration" in note for note in sure.notes)


def test_no_cause_is_claimed():
    for chart in (drawn(), drawn(dispersion=5.84, periods=7), drawn(BEFORE, replace(DURING, low=760, high=760))):
        said = every_word(chart).lower()
        assert not [word for word in CAUSES if word in said]
        assert chart.notes[-1] == "Windows stand beside one another; nothing here says why they differ."
        assert any("none is corrected for that" in note for note in chart.notes)


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "words", "symbol", "marks"),
    [
        (100, None, "more than", "more than 100", "triangle-right", [100 / 7]),
        (None, 22, "nearly", "nearly 22", "triangle-left", [22 / 7]),
        (50, 50, "around", "around 50", "diamond", [50 / 7]),
        (50, 90, "exact", "50 to 90", "diamond", [50 / 7, 90 / 7]),
    ],
)
def test_a_count_with_a_qualifier_is_a_mark_without_an_interval(low, high, qualifier, words, symbol, marks):
    chart = drawn(BEFORE, replace(DURING, low=low, high=high, qualifier=qualifier))
    mark = chart.figure.data[1]
    assert list(mark.x) == marks and mark.marker.symbol == symbol and mark.error_x.array is None
    assert f"during, {words} in 7 days (no interval)" in chart.summary
    assert chart.title == f"Arrests a day: 7.43 before, {words} in 7 days during"
    assert "Not enough is known to hold one window against another." in chart.summary and "times" not in chart.summary
    assert any(note.startswith("During: ") and note.endswith("so it has no exact interval.") for note in chart.notes)
    assert list(chart.table["A day"]) == ["7.43", None] and chart.table["Why no interval"][1].endswith("exact interval.")
    assert "no interval" in chart.key


@pytest.mark.parametrize("how", [{"status": "Provisional"}, {"qualifier": "early total"}])
def test_provisional_counts_are_hollow(how):
    chart = drawn(BEFORE, replace(DURING, **how))
    solid, hollow = chart.figure.data
    assert hollow.marker.color == "#FFFFFF" != solid.marker.color and hollow.marker.line.color == solid.marker.color
    assert f"76 ({next(iter(how.values())).lower()}) in 7 days" in chart.summary
    assert chart.title.endswith(f"10.9 during ({next(iter(how.values())).lower()})")
    assert "○" in chart.key and "○" not in drawn().key
    assert any("may still be revised" in note for note in chart.notes)


def test_nothing_at_all_still_says_so():
    chart = drawn(replace(BEFORE, low=None, high=None, silence="none held"), AFTER)
    assert chart.title == "Arrests: no figure in any of these windows"
    assert chart.summary.startswith("Arrests: before, none held; after, not published.")
    assert chart.key == "" and len(chart.figure.layout.annotations) == 2
    assert not [one for one in chart.figure.data if one.x[0] is not None]


def test_windows_of_other_lengths_are_said_to_be():
    assert any("not equally long" in note for note in drawn().notes)
    assert not any("not equally long" in note for note in drawn(BEFORE, DURING).notes)


def test_text_of_files_is_shown_as_text():
    chart = drawn(BEFORE, replace(DURING, name="<a href=x>$y$\n"))
    assert "&lt;a href=x&gt;&#36;y&#36;" in chart.figure.layout.annotations[1].text
    assert "<a" not in chart.figure.data[1].hovertext[0]


def test_long_names_make_no_long_title():
    names = ("seven days before it", "all days of it itself", "seven days after it all")
    chart = drawn(*(replace(one, name=name) for one, name in zip((BEFORE, DURING, AFTER), names, strict=True)))
    assert chart.title == "Arrests a day in three windows"


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        ((BEFORE,), "Arrests: 1 window cannot be held against another. Give two or more."),
        ((DURING, replace(BEFORE, end=DURING.start)), "Arrests: the windows 'before' and 'during' share 27 February 2023. Set them apart."),
    ],
)
def test_what_cannot_be_drawn_is_refused(shown, words):
    with pytest.raises(Usage) as refusal:
        drawn(*shown)
    assert str(refusal.value) == words


def test_money_and_turned_days_are_refused():
    with pytest.raises(Usage, match="an amount of money is not a count of events"):
        drawn(unit="GBP")
    with pytest.raises(Usage, match="it ends before it begins"):
        replace(BEFORE, end=date(2023, 2, 1))


def test_a_narrow_screen_wraps_its_words():
    long = replace(DURING, name="all seven days of the week of it", status="provisional")
    chart = drawn(BEFORE, long, narrow=True)
    rows = [one.text.split("<br>") for one in chart.figure.layout.annotations]
    assert all(len(line) <= 40 for row in rows for line in row) and len(rows[1]) > len(rows[0])
    assert " ".join(rows[1]).endswith("76 (provisional) in 7 days, 10.9 a day (8.55 to 13.6)"), "nothing is cut"
    assert chart.figure.layout.height > drawn(BEFORE, DURING, narrow=True).figure.layout.height


def test_what_is_withheld_has_no_mark_and_no_number():
    hidden = Window("after", date(2023, 3, 6), date(2023, 3, 13), qualifier="[c]")
    chart = drawn(BEFORE, DURING, hidden)
    assert "After: [c], withheld, so there is no mark." in chart.notes
    assert "not published" not in every_word(chart) and "[c]" in every_word(chart)
