"""Small multiples over one shared time axis: a panel for each measure in each place, periods as bars, published figures as marks.

No line joins anything. A part period is hollow, a period without a number is a gap, and a change of definition is a dashed line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]
from plotly.subplots import make_subplots  # type: ignore[import-untyped]

from reach import wording
from reach.charts import Break, Chart, _breaks
from reach.charts._panels import TIME_WORDS, annotate, midnight, page_for, ticks
from reach.charts._theme import CLEAR, FONT, lines, plain, safe, text_width

DAY_MS = 86_400_000
PANEL = {False: 92, True: 84}
GAP = {False: 52, True: 58}
MOST_PANELS = 12
MOST_SAID = 4
HEADROOM = 1.2


@dataclass(frozen=True)
class Bar:
    """A period of a measure, or a published figure of some days: ``value`` is None where there is no number. ``part`` ones are hollow.

    ``words`` are the value as it may be said, ``days`` how much of the period is held, ``note`` what a reader must know. ``source`` is
    what shows where it comes from, as "figure id", or "".
    """

    start: date
    end: date
    label: str
    words: str
    value: float | None
    part: bool
    days: str
    note: str = ""
    source: str = ""


@dataclass(frozen=True)
class Panel:
    """One measure in one place. ``mark`` draws its values as marks and no bars: published figures, and periods that overlap.

    ``tone`` names the colour in the look; ``unit`` is ``GBP`` for money. ``not_held`` are runs of days that no file covers.
    """

    label: str
    where: str
    unit: str | None
    tone: str
    bars: tuple[Bar, ...]
    mark: bool = False
    breaks: tuple[Break, ...] = ()
    not_held: tuple[tuple[date, date], ...] = ()

    @property
    def name(self) -> str:
        return f"{self.label}, {self.where}" if self.where else self.label

    @property
    def drawn(self) -> tuple[Bar, ...]:
        return tuple(bar for bar in self.bars if bar.value is not None)


def margin_of(panels: Sequence[Panel], dark: bool, narrow: bool) -> float:
    """The left margin that the longest tick label of any panel needs: charts that stand above one another share it."""
    page = page_for(dark, narrow)
    words = [wording.value(tick, panel.unit) for panel in panels for tick in ticks(max((bar.value or 0 for bar in panel.drawn), default=0))]
    return 12 + max((text_width(one, page.small) for one in words), default=24)


def chart(
    panels: Sequence[Panel],
    *,
    title: str,
    subtitle: str,
    apart: str = "",
    shown: tuple[date, date],
    margin: float,
    dark: bool,
    narrow: bool,
) -> Chart:
    """The panels one under another over the days ``shown``, which every chart of a page shares. ``apart`` is said first among the notes.

    Above twelve panels the rest are in the table alone. There must be one panel or more.
    """
    drawn = panels[:MOST_PANELS]
    summary = _summary(panels)
    table, sources = _table(panels)
    lettered = sorted({one for panel in drawn for one in panel.breaks}, key=lambda one: (one.first, one.last, one.label))
    notes = [apart] if apart else []
    if len(drawn) < len(panels):
        notes.append(f"{wording.plural(len(panels) - len(drawn), 'further panel')} not drawn: the table holds them. Choose fewer measures.")
    notes += _breaks.notes_of(lettered)
    return Chart(
        _figure(drawn, lettered, shown, margin, dark, narrow),
        title,
        subtitle,
        summary,
        f"Small charts under one another on one time axis: {wording.listed([plain(panel.name, 60) for panel in drawn])}. {summary} "
        "The table holds the same data.",
        table,
        _key(drawn, lettered),
        tuple(notes),
        sources,
    )


def _key(panels: Sequence[Panel], lettered: Sequence[Break]) -> str:
    bars = [bar for panel in panels if not panel.mark for bar in panel.drawn]
    marks = [bar for panel in panels if panel.mark for bar in panel.drawn]
    parts = (
        "▮ a whole period" if any(not bar.part for bar in bars) else "",
        "▯ a part of one: not all of its days are held, or not all that is in it is measured" if any(bar.part for bar in bars) else "",
        "● one value, at the middle of its days" if marks else "",
        "○ one of part of its days, or not exact" if any(bar.part for bar in marks) else "",
        "shaded: no file held" if any(panel.not_held for panel in panels) else "",
        _breaks.key_of(lettered),
    )
    return " · ".join(part for part in parts if part)


def _summary(panels: Sequence[Panel]) -> str:
    """The last whole value of each panel, the first few of them; a panel without one says what it has. Marks of the same days all stand."""
    said = []
    for panel in panels[:MOST_SAID]:
        whole = [bar for bar in panel.drawn if panel.mark or not bar.part] or list(panel.drawn)
        if not whole:
            said.append(f"{panel.name}: no number in any period.")
            continue
        last = whole[-1]
        beside = [bar for bar in whole if (bar.start, bar.end) == (last.start, last.end)]
        days = f", {last.days}" if last.days not in last.words and last.part else ""
        said.append(f"{panel.name}: {' and '.join(bar.words for bar in beside)} for {last.label}{days}.")
    if len(panels) > MOST_SAID:
        said.append(f"{wording.plural(len(panels) - MOST_SAID, 'further measure')} in the table.")
    return " ".join(said)


def _table(panels: Sequence[Panel]) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """A row a measure and period of which anything is known, a period without a number among them said in words."""
    rows, sources = [], []
    for panel in panels:
        known = panel.drawn
        first, last = (known[0].start, known[-1].end) if known else (date.max, date.min)
        for bar in panel.bars:
            if bar.value is None and not (first <= bar.start and bar.end <= last):
                continue  # before all and after all that is held
            rows.append((panel.label, panel.where, bar.label, bar.words, bar.days, bar.note, "Source" if bar.source else "", bar.value))
            sources.append(bar.source)
    columns = ["Measure", "Where", "Period", "Value", "Days held", "Note", "Source", "Lowest"]
    return pd.DataFrame(rows, columns=columns, dtype=object), tuple(sources)


def _figure(
    panels: Sequence[Panel], lettered: Sequence[Break], shown: tuple[date, date], margin: float, dark: bool, narrow: bool
) -> go.Figure:
    page = page_for(dark, narrow)
    rows, high, gap, above, below = len(panels), PANEL[narrow], GAP[narrow], 30 if not narrow else 42, 42
    inner = rows * high + (rows - 1) * gap
    fig = make_subplots(rows=rows, cols=1, shared_xaxes="all", vertical_spacing=gap / inner if rows > 1 else 0)
    fig.update_layout(
        template=page.look.name,
        height=above + inner + below,
        margin={"l": margin, "r": 12, "t": above, "b": below, "pad": 0},
        dragmode=False if narrow else "zoom",
        hovermode="closest",
        uirevision="trends",
        showlegend=False,
        barmode="overlay",
        modebar={"bgcolor": CLEAR, "color": page.look.muted, "activecolor": page.look.text},
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
        font={"family": FONT, "size": page.size, "color": page.look.text},
    )
    span = midnight(shown[0]), midnight(shown[1]) + timedelta(days=1)
    for row, panel in enumerate(panels, 1):
        _draw(fig, row, panel, lettered, span, margin, page)
    font = {"color": page.look.muted, "size": page.small}
    fig.update_xaxes(
        type="date",
        range=list(span),
        fixedrange=narrow,
        showgrid=False,
        showline=True,
        ticks="outside",
        ticklen=3,
        nticks=5 if narrow else 9,
        tickangle=0,
        tickfont=font,
        tickformatstops=TIME_WORDS,
        showticklabels=False,
    )
    fig.update_xaxes(row=rows, col=1, showticklabels=True)
    return fig


def _draw(
    fig: go.Figure, row: int, panel: Panel, lettered: Sequence[Break], span: tuple[datetime, datetime], margin: float, page: Any
) -> None:
    xref, yref = ("x", "y") if row == 1 else (f"x{row}", f"y{row}")
    colour = getattr(page.look, panel.tone)
    hover = [_hover(panel, bar, page) for bar in panel.drawn]
    values = [bar.value or 0.0 for bar in panel.drawn]
    shared: dict[str, Any] = {
        "y": values,
        "customdata": [bar.source.split(" ", 1) if bar.source else ["", ""] for bar in panel.drawn],
        "hovertext": hover,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    for first, last in panel.not_held:
        fig.add_shape(
            type="rect",
            layer="below",
            xref=xref,
            yref=f"{yref} domain",
            x0=midnight(first),
            x1=midnight(last) + timedelta(days=1),
            y0=0,
            y1=1,
            fillcolor=page.look.band,
            line={"width": 0},
        )
    if panel.mark:
        _marks(fig, row, panel, shared, colour, page)
    elif panel.drawn:
        widths = [((bar.end - bar.start).days + 1) * DAY_MS * 0.84 for bar in panel.drawn]
        fig.add_trace(
            go.Bar(
                x=[_middle(bar) for bar in panel.drawn],
                width=widths,
                marker={
                    "color": [page.look.page if bar.part else colour for bar in panel.drawn],
                    "line": {"width": [1.5 if bar.part else 0 for bar in panel.drawn], "color": colour},
                },
                **shared,
            ),
            row=row,
            col=1,
        )
        nothing = [bar for bar in panel.drawn if not bar.value]
        if nothing:  # a bar of no height would look like a gap
            fig.add_trace(
                go.Scatter(
                    x=[_middle(bar) for bar in nothing],
                    y=[0] * len(nothing),
                    mode="markers",
                    cliponaxis=False,
                    marker={"symbol": "line-ew-open", "size": 7, "color": colour, "line": {"width": 2, "color": colour}},
                    hovertext=[_hover(panel, bar, page) for bar in nothing],
                    hovertemplate="%{hovertext}<extra></extra>",
                ),
                row=row,
                col=1,
            )
    if not panel.drawn:  # without a trace Plotly draws no axes
        fig.add_trace(go.Scatter(x=[None], y=[None], hoverinfo="skip"), row=row, col=1)
        annotate(
            fig,
            page,
            "no number in any period",
            muted=True,
            size=page.small,
            x=0.5,
            y=0.5,
            xref=f"{xref} domain",
            yref=f"{yref} domain",
            showarrow=False,
        )
    top = max(values, default=0.0)
    marked = ticks(top)[:: 2 if len(ticks(top)) > 3 else 1]
    fig.update_yaxes(
        row=row,
        col=1,
        range=[min(0.0, *values, 0.0), top * HEADROOM or 1.0],
        fixedrange=True,
        showgrid=True,
        tickvals=marked,
        ticktext=[wording.value(tick, panel.unit) for tick in marked],
        tickfont={"color": page.look.muted, "size": page.small},
        showticklabels=bool(panel.drawn),
    )
    _heading(fig, panel, yref, margin, page)
    own = [one if one in panel.breaks else None for one in lettered]
    _breaks.draw(
        fig,
        [one for one in own if one],
        xref=xref,
        yref=yref,
        shown=span,
        width=page.width - margin - 12,
        tones=page.look,
        size=page.small,
        narrow=True,
        letters=[number for number, one in enumerate(own) if one],
    )


def _marks(fig: go.Figure, row: int, panel: Panel, shared: dict[str, Any], colour: str, page: Any) -> None:
    labelled = len(panel.drawn) <= (3 if page.narrow else 6)
    fig.add_trace(
        go.Scatter(
            x=[_middle(bar) for bar in panel.drawn],
            mode="markers+text" if labelled else "markers",
            text=[safe(plain(bar.words, 40)) for bar in panel.drawn] if labelled else None,
            textposition=[_beside(bar, panel.drawn) for bar in panel.drawn],
            textfont={"color": page.look.text, "family": FONT, "size": page.small},
            cliponaxis=False,
            marker={
                "symbol": "circle",
                "size": 10 if labelled else 6,
                "color": [page.look.page if bar.part else colour for bar in panel.drawn],
                "line": {"width": 2, "color": colour},
            },
            unselected={"marker": {"opacity": 1}},
            **shared,
        ),
        row=row,
        col=1,
    )


def _beside(bar: Bar, drawn: Sequence[Bar]) -> str:
    """On which side of a mark its words stand: towards the middle of what is drawn."""
    first, last = _middle(drawn[0]), _middle(drawn[-1])
    return "middle right" if (_middle(bar) - first) <= (last - first) / 2 else "middle left"


def _heading(fig: go.Figure, panel: Panel, yref: str, margin: float, page: Any) -> None:
    words = lines(plain(panel.name, 90), 42 if page.narrow else 110, 2)
    annotate(
        fig,
        page,
        "<br>".join(f"<b>{safe(one)}</b>" for one in words),
        size=page.small + 1,
        x=0,
        y=1,
        xref="paper",
        yref=f"{yref} domain",
        xanchor="left",
        yanchor="bottom",
        align="left",
        xshift=-margin,
        yshift=6,
        showarrow=False,
    )


def _hover(panel: Panel, bar: Bar, page: Any) -> str:
    parts = (bar.words, panel.name, bar.label, bar.days, bar.note)
    wrapped = [lines(plain(part, 160), page.hover_width, 4) for part in parts if part]
    head, *rest = ["<br>".join(safe(line) for line in one) for one in wrapped]
    return "<br>".join([f"<b>{head}</b>", *rest])


def _middle(bar: Bar) -> datetime:
    return midnight(bar.start) + (bar.end - bar.start + timedelta(days=1)) / 2
