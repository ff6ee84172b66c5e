"""The small multiples of the Trends page."""

from __future__ import annotations

from datetime import date

import pytest

from reach import periods
from reach.charts import Break
from reach.charts.trends import MOST_PANELS, Bar, Panel, chart, margin_of

SHOWN = date(2025, 1, 1), date(2025, 6, 30)
CHANGE = Break(date(2025, 3, 31), date(2025, 3, 31), "Shorts views counted anew", "Every start counts.", "https://example.org")


def months(*values: float | None, part: tuple[int, ...] = ()) -> tuple[Bar, ...]:
    bars = []
    for number, value in enumerate(values):
        month = periods.period_of(periods.MONTH, date(2025, number + 1, 1))
        words = "not held" if value is None else f"{value:,.0f}"
        days = periods.part_words(12 if number in part else month.days, month.days)
        bars.append(Bar(month.start, month.end, month.label, words, value, number in part, days, "A <b>note</b>", f"figure f{number}"))
    return tuple(bars)


def panel(label="Views", bars=None, **changed):
    return Panel(**{"label": label, "where": "Y<b>", "unit": None, "tone": "reach", "bars": bars or months(5, None, 0, 1250), **changed})


def drawn(*panels, narrow=False, dark=False):
    about = {"title": "Outputs", "subtitle": "By month.", "apart": "First of all.", "shown": SHOWN, "margin": 60.0}
    return chart(panels, dark=dark, narrow=narrow, **about)


def bars_of(figure):
    return [trace for trace in figure.data if trace.type == "bar"]


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("dark", [False, True])
def test_a_part_period_is_hollow_and_one_without_a_number_is_a_gap(narrow, dark):
    made = drawn(panel(bars=months(5, None, 0, 1250, part=(3,))), narrow=narrow, dark=dark)
    (bars,) = bars_of(made.figure)
    assert list(bars.y) == [5, 0, 1250], "the month without a number has no bar at all"
    assert [day.month for day in bars.x] == [1, 3, 4]
    whole, hollow = bars.marker.color[0], bars.marker.color[2]
    assert whole != hollow and list(bars.marker.line.width) == [0, 0, 1.5] and bars.marker.line.color == whole
    # A value of 0 is told from a gap by a mark of its own.
    (nothing,) = [trace for trace in made.figure.data if trace.type == "scatter"]
    assert [day.month for day in nothing.x] == [3] and list(nothing.y) == [0]
    assert "▯ a part" in made.key and "▮ a whole" in made.key and "part (12 of 30 days)" in bars.hovertext[2]
    assert "Y&lt;b&gt;" in bars.hovertext[0] and "<b>note" not in bars.hovertext[0]
    assert list(bars.customdata[0]) == ["figure", "f0"]


def test_every_panel_has_the_one_time_axis_and_a_zero():
    made = drawn(panel(), panel("Engagements", months(7)), panel("Film views", months(900_000)))
    axes = [made.figure.layout[name] for name in ("xaxis", "xaxis2", "xaxis3")]
    assert {tuple(str(end)[:10] for end in axis.range) for axis in axes} == {("2025-01-01", "2025-07-01")}
    assert [made.figure.layout[name].range[0] for name in ("yaxis", "yaxis2", "yaxis3")] == [0, 0, 0]
    assert made.figure.layout.margin.l == 60
    assert margin_of([panel(bars=months(900_000))], False, False) > margin_of([panel(bars=months(7))], False, False)


def test_no_line_joins_anything():
    made = drawn(panel(), panel("Campaign reach", mark=True), panel("None", months(None)))
    assert {trace.mode for trace in made.figure.data if trace.type == "scatter"} <= {"markers", "markers+text", None}
    assert "no number in any period" in [note.text for note in made.figure.layout.annotations]


def test_a_change_of_definition_is_a_dashed_line_on_the_panels_it_parts():
    other = Break(date(2025, 2, 1), date(2025, 2, 28), "Earlier", "Before.", "")
    made = drawn(panel(breaks=(CHANGE,)), panel("Engagements", months(1, 2)), panel("Reach", breaks=(other, CHANGE)))
    dashes = [(shape.xref, str(shape.x0)[:10]) for shape in made.figure.layout.shapes if shape.line.dash == "dash"]
    assert dashes == [("x", "2025-03-31"), ("x3", "2025-02-01"), ("x3", "2025-02-28"), ("x3", "2025-03-31")]
    # Letters go by time, and one change has one letter on every panel.
    letters = [(note.xref, note.text) for note in made.figure.layout.annotations if note.hovertext]
    assert letters == [("x", "<b>b</b>"), ("x3", "<b>a</b>"), ("x3", "<b>b</b>")]
    assert made.notes[0] == "First of all." and made.notes[1].startswith("Line a, some time from 1 February 2025")
    assert made.notes[2].startswith("Line b, on 31 March 2025: Shorts views counted anew.") and "dashed line" in made.key


def test_days_that_no_file_covers_are_shaded():
    made = drawn(panel(not_held=((date(2025, 5, 1), date(2025, 5, 31)),)))
    (shade,) = [shape for shape in made.figure.layout.shapes if shape.type == "rect"]
    assert (str(shade.x0)[:10], str(shade.x1)[:10]) == ("2025-05-01", "2025-06-01") and "shaded: no file held" in made.key


def test_published_figures_are_marks_hollow_where_not_exact_and_stand_side_by_side():
    week = date(2025, 2, 27), date(2025, 3, 5)
    values = (("220", 220, False), ("over 278", 278, True))
    two = tuple(Bar(*week, "the week", words, value, inexact, "7 days") for words, value, inexact in values)
    made = drawn(panel("Campaign reach", two, mark=True))
    (marks,) = made.figure.data
    assert list(marks.y) == [220, 278] and len(set(marks.x)) == 1 and marks.x[0].day == 2
    assert marks.marker.color[0] != marks.marker.color[1] and list(marks.text) == ["220", "over 278"]
    assert made.summary == "Campaign reach, Y<b>: 220 and over 278 for the week, 7 days."
    assert "498" not in str(made)


def test_words_table_and_alternative_text_say_what_is_drawn():
    made = drawn(panel(bars=months(None, 5, None, 1250, None, part=(3,))))
    assert made.summary == "Views, Y<b>: 5 for February 2025." and made.summary in made.alt and "one time axis" in made.alt
    rows = made.table[["Period", "Value", "Days held", "Lowest"]].to_numpy().tolist()
    # What is not held before the first and after the last value is left out; a gap between them is said.
    assert rows == [
        ["February 2025", "5", "28 days", 5.0],
        ["March 2025", "not held", "31 days", None],
        ["April 2025", "1,250", "part (12 of 30 days)", 1250.0],
    ]
    assert made.sources == ("figure f1", "figure f2", "figure f3")
    part = drawn(panel(bars=months(7, part=(0,))))
    assert part.summary == "Views, Y<b>: 7 for January 2025, part (12 of 31 days)."


def test_more_panels_than_can_be_drawn_are_in_the_table_and_said():
    made = drawn(*(panel(f"Measure {number}", months(number)) for number in range(MOST_PANELS + 2)))
    assert len(bars_of(made.figure)) == MOST_PANELS and len(made.table) == MOST_PANELS + 2
    assert "2 further panels not drawn" in made.notes[1]
