"""The paper a timeline is drawn on: its two panels, their axes, and where a day or a value falls."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import plotly.graph_objects as go  # type: ignore[import-untyped]
from plotly.subplots import make_subplots  # type: ignore[import-untyped]

from reach import wording
from reach.charts._scene import (
    Figure,
    Scene,
)
from reach.charts._slate import Slate
from reach.charts._theme import CLEAR, FONT, Look, look, text_width


@dataclass(frozen=True)
class Panel:
    """One panel's scale: its row, size in pixels, the axis values it spans, and the time both panels span."""

    row: int
    width: float
    height: float
    top: float
    ticks: tuple[float, ...]
    first: datetime
    last: datetime

    @property
    def xref(self) -> str:
        return "x" if self.row == 1 else f"x{self.row}"

    @property
    def yref(self) -> str:
        return "y" if self.row == 1 else f"y{self.row}"

    def x(self, at: datetime) -> float:
        return self.width * (at - self.first) / (self.last - self.first)

    def y(self, v: float) -> float:
        return self.height * (1 - v / self.top)


@dataclass(frozen=True)
class Page:
    """The room there is and how it is written in: sizes in pixels, label lengths in characters."""

    narrow: bool
    look: Look
    width: float
    height: int
    above: float
    below: float
    gap: float
    name_width: int
    hover_width: int
    mark: int
    dot: int
    size: int
    small: int


WIDE, NARROW = (1060.0, 640), (330.0, 700)


BETWEEN_LINES = 1.3


HEADROOM = 1.25


UPPER_SHARE = 0.56


def figure_height(narrow: bool) -> int:
    """The height to show the chart at, in pixels."""
    return (NARROW if narrow else WIDE)[1]


def page_for(dark: bool, narrow: bool) -> Page:
    width, height = NARROW if narrow else WIDE
    if narrow:
        return Page(
            True, look(dark), width, height, above=50, below=46, gap=92, name_width=24, hover_width=34, mark=12, dot=6, size=14, small=12
        )
    return Page(
        False, look(dark), width, height, above=36, below=46, gap=84, name_width=56, hover_width=52, mark=14, dot=7, size=15, small=13
    )


def midnight(d: date) -> datetime:
    return datetime.combine(d, time())


def middle(figure: Figure) -> datetime:
    start, end = figure.period
    return midnight(start) + (end - start + timedelta(days=1)) / 2


def _time_range(span: tuple[date, date] | None) -> tuple[datetime, datetime]:
    first, last = (midnight(d) for d in span) if span else (datetime(2000, 1, 1), datetime(2001, 1, 1))
    pad = max((last - first) * 0.045, timedelta(days=15))
    return first - pad, last + timedelta(days=1) + pad


def ticks(highest: float) -> tuple[float, ...]:
    """Round values from 0 to about the highest, three to six of them; whole numbers where the highest is one or more."""
    if highest < 1e-9:  # too small to have round parts, or nothing
        return (0.0,)
    power = 10.0 ** math.floor(math.log10(highest / 3))
    step = next(power * k for k in (1, 2, 5, 10) if power * k * 4 >= highest * 0.9)
    step = max(step, 1.0) if highest >= 1 else step
    return tuple(step * n for n in range(int(highest * HEADROOM // step) + 1))


def _panel(row: int, values: Sequence[float], page: Page, margin: float, spanned: tuple[datetime, datetime]) -> Panel:
    highest = max(values, default=0.0)
    inner = page.height - page.above - page.below - page.gap
    height = inner * (UPPER_SHARE if row == 1 else 1 - UPPER_SHARE)
    return Panel(row, page.width - margin - 12, height, highest * HEADROOM or 1.0, ticks(highest), *spanned)


def annotate(fig: go.Figure, page: Page, text: str, *, muted: bool = False, size: int | None = None, **where: Any) -> None:
    """Put escaped text on the figure, every colour and size explicit."""
    font = {"family": FONT, "size": size or page.size, "color": page.look.muted if muted else page.look.text}
    fig.add_annotation(text=text, font=font, borderpad=0, **where)


def _tick_words(ticks: Sequence[float], unit: str | None) -> list[str]:
    return [wording.value(tick, unit) for tick in ticks]


DAY_MS = 86_400_000


TIME_WORDS = [
    {"dtickrange": [None, DAY_MS - 1], "value": "%H:%M<br>%-d %b %Y"},
    {"dtickrange": [DAY_MS, "M1"], "value": "%-d %b<br>%Y"},
    {"dtickrange": ["M1", "M6"], "value": "%b<br>%Y"},
    {"dtickrange": ["M12", None], "value": "%Y"},
]


def draw_axes(fig: go.Figure, panel: Panel, unit: str | None, page: Page, bare: bool, timeless: bool) -> None:
    """Both axes of a panel; ``bare`` when it holds nothing, ``timeless`` when the chart does."""
    font = {"color": page.look.muted, "size": page.small}
    fig.update_yaxes(
        row=panel.row,
        col=1,
        range=[0, panel.top],
        fixedrange=True,
        showgrid=not bare,
        showticklabels=not bare,
        tickvals=panel.ticks,
        ticktext=_tick_words(panel.ticks, unit),
        tickfont=font,
    )
    fig.update_xaxes(
        row=panel.row,
        col=1,
        type="date",
        range=[panel.first, panel.last],
        fixedrange=page.narrow,
        showgrid=False,
        showline=True,
        showticklabels=not timeless,
        ticks="" if timeless else "outside",
        ticklen=4,
        nticks=6 if page.narrow else 8,
        tickangle=0,
        tickfont=font,
        tickformatstops=TIME_WORDS,
    )
    if bare:  # without a trace Plotly draws no axes and has nothing to hang the words on
        fig.add_trace(go.Scatter(x=[None], y=[None], hoverinfo="skip"), row=panel.row, col=1)


def canvas(page: Page, margin: float) -> go.Figure:
    inner = page.height - page.above - page.below
    heights = [UPPER_SHARE, 1 - UPPER_SHARE]
    fig = make_subplots(rows=2, cols=1, shared_xaxes="all", vertical_spacing=page.gap / inner, row_heights=heights, figure=Slate())
    fig.update_layout(
        template=page.look.name,
        height=page.height,
        margin={"l": margin, "r": 12, "t": page.above, "b": page.below, "pad": 0},
        # On a phone a drag has to scroll the page; a chart that catches it is a trap.
        dragmode=False if page.narrow else "zoom",
        hovermode="closest",
        hoverdistance=24,
        uirevision="timeline",
        showlegend=False,
        modebar={"bgcolor": CLEAR, "color": page.look.muted, "activecolor": page.look.text},
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
        font={"family": FONT, "size": page.size, "color": page.look.text},
    )
    return fig


def panels(scene: Scene, page: Page) -> tuple[Panel, Panel, float]:
    """Upper and lower panel, and the left margin that their longest tick label needs."""
    above = [*(figure.top for figure in scene.reach.drawn), *(post.value for post in scene.posts)]
    below = [figure.top for figure in scene.results.drawn]
    spanned = _time_range(scene.extent)
    words = [
        word
        for values, track in ((above, scene.reach), (below, scene.results))
        for word in _tick_words(ticks(max(values, default=0.0)), track.unit)
    ]
    margin = 12 + max(text_width(word, page.small) for word in words)
    return _panel(1, above, page, margin, spanned), _panel(2, below, page, margin, spanned), margin
