"""The chart of weeks: the published seven, and what stands outside their range."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from reach.charts import weeks
from reach.spans import Week

COUNTS = [(date(2021, 5, 17), 37), (date(2021, 10, 11), 28), (date(2022, 3, 7), 63), (date(2022, 10, 3), 52), (date(2023, 2, 27), 76),
          (date(2023, 10, 9), 38)]  # fmt: skip
SEVEN = [Week(str(day), day, day + timedelta(days=6), count, count, source=f"figure {count}") for day, count in COUNTS]
SEVEN.append(Week("undated <b>week</b>", None, None, 42, 42))
EIGHT = Week("eight", date(2019, 5, 13), date(2019, 5, 20), 99, 99)
SILENT = Week("silent", date(2024, 11, 25), date(2024, 12, 1))
MORE = Week("more", date(2024, 1, 1), date(2024, 1, 7), 120, None, "more than")


def drawn(*shown: Week, chosen: str = "2023-02-27", narrow: bool = False, selected: bool = True):
    about = {"label": "Arrests", "area": "Example", "unit": "arrests", "which": "weeks of operations", "selected": selected}
    return weeks.chart(shown or SEVEN, chosen=chosen, dark=False, narrow=narrow, **about)


@pytest.mark.parametrize("narrow", [True, False])
def test_the_chosen_week_stands_in_the_range(narrow):
    chart = drawn(narrow=narrow)
    assert chart.title == "Arrests: 76 in the chosen week, 28 to 76 in seven weeks"
    assert chart.summary == (
        "Arrests in the week of 27 February to 5 March 2023: 76, the highest of six dated weeks and one undated; they range from 28 to 76."
    )
    (band,) = chart.figure.layout.shapes
    assert (band.x0, band.x1) == (28, 76)
    assert [trace.x[0] for trace in chart.figure.data] == [37, 28, 63, 52, 76, 38, 42]
    assert all(trace.mode == "markers" for trace in chart.figure.data), "no line joins weeks"
    assert [trace.marker.size for trace in chart.figure.data].count(17) == 1
    said = [one.text for one in chart.figure.layout.annotations]
    assert said[4] == "<b>27 February to 5 March 2023: 76</b>" and said[6] == "Not dated: 42"
    two = drawn(*SEVEN, Week("another", None, None, 41, 41), narrow=narrow).figure.layout.annotations
    assert [one.text for one in two][6:] == ["undated &lt;b&gt;week&lt;/b&gt;: 42", "another: 41"]
    assert chart.sources[0] == "figure 37" and list(chart.figure.data[0].customdata[0]) == ["figure", "37"]
    assert any("undated week is taken to be of seven days" in note for note in chart.notes)


def test_another_length_an_inexact_count_and_silence_are_outside_the_range():
    chart = drawn(EIGHT, *SEVEN, MORE, SILENT)
    (band,) = chart.figure.layout.shapes
    assert (band.x0, band.x1) == (28, 76)
    assert len(chart.figure.data) == 9, "a week without a figure has no mark"
    assert chart.figure.data[0].marker.symbol == "diamond"
    assert chart.figure.data[-1].marker.symbol == "triangle-right"
    assert chart.summary.endswith("One further week has no published figure.")
    assert "eight: 99 in 8 days, 12.4 a day. Not of seven days, so outside the range." in chart.notes
    assert any(note.startswith("more: more than 120.") for note in chart.notes)
    assert list(chart.table["Arrests"])[-2:] == ["more than 120", "not published"]
    assert list(chart.table["In the range"]).count("yes") == 7


def test_a_chosen_week_that_cannot_be_ranked_says_so():
    assert "more than 120, not ranked" in drawn(*SEVEN, MORE, chosen="more").summary
    assert "7 weeks with an exact count of seven days: 28 to 76." in drawn(*SEVEN, MORE, chosen="more").summary


def test_no_week_at_all_still_draws():
    chart = drawn(SILENT, chosen="silent")
    assert chart.title == "Arrests by week: no week of seven days with an exact count"
    assert "not published, which is not 0" in chart.summary
    assert not chart.figure.layout.shapes


def test_only_a_selection_is_called_one():
    words = "Weeks with a figure are those that were published, not a sample of all weeks."
    assert words in drawn().notes and words not in drawn(selected=False).notes
