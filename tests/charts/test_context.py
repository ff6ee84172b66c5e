"""The background panels: a dot a month or week, gaps as gaps, campaigns shaded behind."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from reach.charts import context
from reach.errors import Usage
from reach.spans import Span


def month(year: int, number: int, count: int | None, last: int | None = None, **more) -> Span:
    following = date(year + number // 12, number % 12 + 1, 1)
    end = date(year, number, last) if last else following - timedelta(days=1)
    return Span(date(year, number, 1), end, count, count, **more)


MONTHS = [month(2023, 1, 236), month(2023, 2, 360), month(2023, 5, 0), month(2023, 6, 12, last=9)]
SHADES = [("#KnowTheSigns <i>week</i>", date(2023, 2, 27), date(2023, 3, 5)), ("Long ago", date(2019, 5, 13), date(2019, 5, 20))]


def drawn(counts=MONTHS, shades=SHADES, step="month", narrow=False, label="Drug crimes"):
    about = {"label": label, "unit": "crimes", "area": "Example", "about": ["Counted by month."], "key": "drugs"}
    return context.chart(counts, shades, step=step, dark=False, narrow=narrow, **about)


@pytest.mark.parametrize("narrow", [True, False])
def test_gaps_stay_gaps_and_nothing_joins(narrow):
    chart = drawn(narrow=narrow)
    (marks,) = chart.figure.data
    assert marks.mode == "markers" and list(marks.y) == [236, 360, 0, 12]
    assert marks.x[0] == datetime(2023, 1, 16, 12)
    assert chart.title == "Drug crimes: 0 to 360 in 3 months held"
    assert chart.summary == (
        "Drug crimes: 3 whole months held with an exact count, from 0 (May 2023) to 360 (February 2023). "
        "Between them 1 stretch of days is not held."
    )
    assert "Not held, which is not 0, so there is no mark: 1 March to 30 April 2023." in chart.notes
    assert "Not a whole month, so hollow and outside the range said: 1 to 9 June 2023." in chart.notes
    assert marks.marker.color[3] != marks.marker.color[0]
    assert chart.notes[0] == "Counted by month."


def test_campaigns_inside_the_days_are_shaded_and_others_left_out():
    chart = drawn()
    (band,) = chart.figure.layout.shapes
    assert band.x0 <= datetime(2023, 2, 27) and band.x1 >= datetime(2023, 3, 6) and band.layer == "below"
    assert "Shaded: #KnowTheSigns <i>week</i> (27 February to 5 March 2023)." in chart.notes
    assert list(chart.table["Campaigns shaded"]) == ["", "#KnowTheSigns <i>week</i>", "", ""]
    assert "No campaign with dates falls in these days." in drawn(shades=SHADES[1:]).notes


def test_weekly_counts_with_a_qualifier():
    weeks = [Span(date(2023, 1, 2), date(2023, 1, 8), 4, 4), Span(date(2023, 1, 9), date(2023, 1, 15), 20, None, "more than")]
    chart = drawn(weeks, [], "week", label="Reports")
    assert list(chart.figure.data[0].marker.symbol) == ["circle", "triangle-right"]
    assert chart.title == "Reports: 4 in 1 week held"
    assert list(chart.table["Reports"]) == ["4", "more than 20"]
    assert "1 count is not exact and outside the range said." in chart.notes


def test_a_hover_shows_a_file_name_as_text():
    chart = drawn([month(2023, 1, 5, source_words="<script>x</script>.csv")])
    assert "&lt;script&gt;" in chart.figure.data[0].hovertext[0] and chart.title == "Drug crimes: 5 in 1 month held"


def test_nothing_held_is_refused():
    with pytest.raises(Usage, match="nothing is held"):
        drawn([])
