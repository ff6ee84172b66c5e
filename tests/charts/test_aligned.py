"""Operations on one axis of days: where bars stand, what has none, and that nothing is averaged."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from reach.charts import aligned
from reach.charts.aligned import Panel
from reach.charts.windows import Window
from reach.errors import Usage
from reach.spans import Span


def panel(name: str, start: date, counts: dict[int, tuple[int, int | None]], windows=None) -> Panel:
    """``counts``: first day from day 0, to how many days and the count."""
    shown = windows or (
        Window("before", start - timedelta(days=3), start - timedelta(days=1), silence="not held"),
        Window("during", start, start + timedelta(days=1), 9, 9),
        Window("after", start + timedelta(days=2), start + timedelta(days=4), silence="not held"),
    )
    spans = []
    for first, (days, count) in counts.items():
        day = start + timedelta(days=first)
        spans.append(Span(day, day + timedelta(days=days - 1), count, count))
    return Panel(name, start, start + timedelta(days=1), tuple(shown), tuple(spans))


FIRST = panel("One <b>", date(2023, 3, 1), {-3: (1, 2), -2: (1, 0), 0: (2, 9)})
SECOND = panel("Two", date(2024, 2, 28), {})


def drawn(*panels: Panel, narrow: bool = False):
    return aligned.chart(panels or (FIRST, SECOND), label="Searches", area="Example", unit="searches", dark=True, narrow=narrow)


@pytest.mark.parametrize("narrow", [True, False])
def test_bars_are_as_wide_as_their_days_and_as_high_as_their_rate(narrow):
    chart = drawn(narrow=narrow)
    bars, zero, empty = chart.figure.data
    assert (list(bars.x), list(bars.width), list(bars.y)) == ([-2.5, 1], [1, 2], [2, 4.5])
    assert (list(zero.x), list(zero.y)) == ([-1.5], [0]) and zero.marker.symbol == "circle-open"
    assert list(empty.x) == [None] and empty.yaxis == "y2"
    own = [(shape.x0, shape.x1) for shape in chart.figure.layout.shapes]
    assert own == [(0, 2), (0, 2)]
    assert chart.figure.layout.yaxis.range == chart.figure.layout.yaxis2.range, "one scale, so that panels compare"
    assert any("&lt;b&gt;" in note.text for note in chart.figure.layout.annotations)


def test_what_is_not_held_is_said():
    chart = drawn()
    assert "Two: nothing is held of its days, which is not 0." in chart.notes
    assert "One <b>: 4 days of its windows are not held, which is not 0." in chart.notes
    assert chart.title == "Searches around 1 operation, each from its first day"
    assert "during, 9 in 2 days, 4.50 a day" in chart.summary and "before, not held" in chart.summary
    assert list(chart.table["Operation"]) == ["One <b>"] * 3 + ["Two"] * 3
    assert list(chart.table["Searches"]) == ["not held", "9", "not held"] * 2


def test_nothing_held_anywhere_is_refused():
    with pytest.raises(Usage, match="no count is held"):
        drawn(SECOND)
