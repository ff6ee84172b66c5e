"""Where a definition changes inside the days shown: the line on the picture, and the words for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import plotly.graph_objects as go  # type: ignore[import-untyped]

from reach.charts import Break
from reach.charts._theme import FONT, Box, Look, lines, safe, text_width

LETTERS = "abcdefghijklmnopqrstuvwxyz"
BETWEEN_LINES = 1.35


def letter(number: int) -> str:
    return LETTERS[number % len(LETTERS)]


def notes_of(breaks: Sequence[Break]) -> list[str]:
    """A note for each line, by its letter."""
    return [f"Line {letter(number)}, {one.when}: {one.label}. {one.words}" for number, one in enumerate(breaks)]


def key_of(breaks: Sequence[Break]) -> str:
    """What the lines mean; two of one letter are the days between which it changed."""
    if not breaks:
        return ""
    spread = ", or the first and the last day it can have been" if any(one.first < one.last for one in breaks) else ""
    return f"┆ dashed line: a change of definition{spread}"


def side(day: date, breaks: Sequence[Break]) -> tuple[int, ...]:
    """On which side of each change a day is: 0 before it, 1 where nobody knows, 2 after it. Only days of one side are counted alike."""
    return tuple(0 if day < one.first else 2 if day >= one.last else 1 for one in breaks)


def known(sides: tuple[int, ...]) -> bool:
    """Whether it is known of the days of a side whether each change had come."""
    return 1 not in sides


def draw(
    fig: go.Figure,
    breaks: Sequence[Break],
    *,
    xref: str,
    yref: str,
    shown: tuple[datetime, datetime],
    width: float,
    tones: Look,
    size: int,
    narrow: bool,
    shift: timedelta = timedelta(0),
    letters: Sequence[int] | None = None,
) -> list[Box]:
    """Draws the lines on one panel of ``width`` pixels that spans the times ``shown``; ``shift`` moves them off the middle of their days.

    Each has its letter at the top, on a wide screen its label too, one under the other: the first one a, or those numbered ``letters``
    where panels share them. Returns the boxes the words take, in pixels.
    """
    boxes = []
    start, end = shown
    for row, (number, one) in enumerate(zip(range(len(breaks)) if letters is None else letters, breaks, strict=True)):
        edges = {datetime.combine(day, time()) + shift for day in (one.first, one.last)}
        inside = sorted(at for at in edges if start <= at <= end)
        for at in inside:
            fig.add_shape(
                type="line",
                x0=at,
                x1=at,
                y0=0,
                y1=1,
                xref=xref,
                yref=f"{yref} domain",
                line={"color": tones.text, "width": 1.5, "dash": "dash"},
            )
        at = inside[0] if inside else start
        boxes.append(_letter(fig, row % 4, number, one, at, (at - start) / (end - start) * width, xref, yref, width, tones, size, narrow))
    return boxes


def _letter(
    fig: go.Figure,
    row: int,
    number: int,
    one: Break,
    at: datetime,
    x: float,
    xref: str,
    yref: str,
    width: float,
    tones: Look,
    size: int,
    narrow: bool,
) -> Box:
    words = letter(number) if narrow else f"{letter(number)}: {one.label}"
    wide, high = text_width(words, size), size * BETWEEN_LINES
    left = x + wide + 10 > width
    hover = "<br>".join(safe(line) for line in lines(f"{one.label}, {one.when}. {one.words}", 34 if narrow else 52, 8))
    where: dict[str, Any] = {"xanchor": "right" if left else "left", "xshift": -5 if left else 5}
    fig.add_annotation(
        text=f"<b>{letter(number)}</b>{safe(words[1:])}",
        hovertext=hover,
        x=at,
        y=1,
        xref=xref,
        yref=f"{yref} domain",
        yanchor="top",
        yshift=-row * high,
        showarrow=False,
        borderpad=0,
        font={"family": FONT, "size": size, "color": tones.text},
        bgcolor=tones.page,
        **where,
    )
    first = x - 5 - wide if left else x + 5
    return Box(first, row * high, first + wide, (row + 1) * high)
