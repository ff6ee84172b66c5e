"""Several operations, each in a panel of its own on one axis of days from its first day: counts of days or weeks, as events a day.

A bar is as wide as the days it counts, so that its area is the count. Nothing is drawn where nothing is held, and nothing is averaged over
operations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]

from reach import rates, wording
from reach.charts import Chart
from reach.charts._theme import FONT, Look, look, plain, safe
from reach.charts.context import rate_words
from reach.charts.windows import Window
from reach.errors import Usage
from reach.spans import DAY, Span

ROW = {False: 130, True: 140}
# Room for a panel's name above it, and for the axis below them all.
NAME, BELOW = 34, 56


@dataclass(frozen=True)
class Panel:
    """An operation from ``start`` to ``end``, its windows, and the counts held that lie inside them."""

    name: str
    start: date
    end: date
    windows: tuple[Window, ...]
    spans: tuple[Span, ...]

    @property
    def first(self) -> date:
        return min(one.start for one in self.windows)

    @property
    def last(self) -> date:
        return max(one.end for one in self.windows)

    @property
    def missing(self) -> int:
        """How many days of its windows no count is of."""
        held = {one.start + DAY * n for one in self.spans for n in range(one.days)}
        return (self.last - self.first).days + 1 - len(held)


def chart(panels: Sequence[Panel], *, label: str, area: str, unit: str, dark: bool, narrow: bool) -> Chart:
    """The operations in the order given, one above the other. Raises :class:`Usage` where there is none or none has a count."""
    if not any(one.spans for one in panels):
        raise Usage(f"{label}: no count is held around an operation. Import a file with counts by day or by week.")
    drawn = sum(bool(one.spans) for one in panels)
    summary = _summary(panels, label)
    first, last = min(one.first for one in panels), max(one.last for one in panels)
    return Chart(
        _figure(panels, dark, narrow),
        f"{label} around {wording.plural(drawn, 'operation')}, each from its first day",
        f"{label} a day ({unit}), in days from the first day. {plain(area, 60)}, {wording.period(first, last)}.",
        summary,
        f"A panel an operation with bars of {wording.lower_first(label)} a day, on one axis of days from its first day, which is day 0. "
        f"{summary} The table holds the same data.",
        _table(panels, label),
        _key(panels),
        tuple(_notes(panels)),
    )


def _summary(panels: Sequence[Panel], label: str) -> str:
    parts = []
    for one in panels:
        said = "; ".join(f"{window.name}, {window.words}" for window in one.windows)
        parts.append(f"{plain(one.name, 80)}: {said}.")
    return f"{label}. {' '.join(parts)}"


def _notes(panels: Sequence[Panel]) -> list[str]:
    notes = []
    silent = [one for one in panels if not one.spans]
    partly = [one for one in panels if one.spans and one.missing]
    for these, words in ((silent, "nothing is held of its days"), (partly, "")):
        for one in these:
            said = words or f"{wording.plural(one.missing, 'day')} of its windows {wording.noun(one.missing, 'is', 'are')} not held"
            notes.append(f"{plain(one.name, 80)}: {said}, which is not 0.")
    notes.append("Each operation stands by itself: nothing is averaged over them, and nothing here says why rates differ.")
    return notes


def _key(panels: Sequence[Panel]) -> str:
    every = [span for one in panels for span in one.spans]
    exact = [span for span in every if span.exact is not None]
    parts = (
        ("▮ the days of one count, as high as its events a day", any(span.exact for span in exact)),
        ("○ a count of 0", any(span.exact == 0 for span in exact)),
        ("◆ a count that is not exact", len(exact) < len(every)),
        ("shaded: the operation's own days", True),
    )
    return " · ".join(words for words, drawn in parts if drawn)


def _table(panels: Sequence[Panel], label: str) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for one in panels:
        for window in one.windows:
            counted = window.counted
            low, high = rates.rate_interval(counted) if counted else (None, None)
            rows.append(
                {
                    "Operation": one.name,
                    "Window": window.name,
                    "Dates": wording.period(window.start, window.end),
                    "Days": window.days,
                    label: window.figure_words,
                    "A day": rates.short(counted.per_day) if counted else None,
                    "Lowest a day": None if low is None else rates.short(low),
                    "Highest a day": None if high is None else rates.short(high),
                    "Source": window.source_words,
                }
            )
    return pd.DataFrame(rows, dtype=object)


def _figure(panels: Sequence[Panel], dark: bool, narrow: bool) -> go.Figure:
    tones, size = look(dark), 12 if narrow else 13
    height = len(panels) * (ROW[narrow] + NAME) + BELOW
    inner = height - BELOW
    left = min((one.first - one.start).days for one in panels)
    right = max((one.last - one.start).days + 1 for one in panels)
    rates_held = [span.counted.per_day if span.counted else _ends(span)[-1] / span.days for one in panels for span in one.spans]
    top = max(rates_held, default=0) * 1.1 or 1.0
    fig = go.Figure()
    shapes, notes, axes = [], [], {}
    for place, one in enumerate(panels):
        number = "" if place == 0 else str(place + 1)
        above = 1 - place * (ROW[narrow] + NAME) / inner - NAME / inner
        below = above - ROW[narrow] / inner
        axes[f"yaxis{number}"] = {
            "domain": [max(below, 0), above],
            "range": [0, top],
            "anchor": "x",
            "fixedrange": True,
            "nticks": 4,
            "tickformat": "~r" if top < 10 else ",",
            "tickfont": {"color": tones.muted, "family": FONT, "size": size},
            "showgrid": True,
            "showline": True,
        }
        days = (one.end - one.start).days + 1
        yref = f"y{number}"
        shapes.append(
            {
                "type": "rect",
                "layer": "below",
                "xref": "x",
                "yref": f"{yref} domain",
                "x0": 0,
                "x1": days,
                "y0": 0,
                "y1": 1,
                "fillcolor": tones.band,
                "line": {"width": 0},
            }
        )
        said = _named(one, narrow)
        notes.append(_words(safe(said), above, tones.text, size, tones))
        if not one.spans:
            notes.append({**_words("not held", (above + below) / 2, tones.muted, size, tones), "yanchor": "middle", "xshift": 8})
        for trace in _marks(one, yref, tones):
            fig.add_trace(trace)
    ticks = {"color": tones.muted, "family": FONT, "size": size}
    fig.update_layout(
        template=tones.name,
        shapes=shapes,
        annotations=notes,
        height=height,
        margin={"l": 44 if narrow else 56, "r": 12, "t": 0, "b": BELOW},
        dragmode=False,
        hovermode="closest",
        uirevision="aligned",
        showlegend=False,
        bargap=0,
        barmode="overlay",
        modebar={"bgcolor": "rgba(0,0,0,0)", "color": tones.muted, "activecolor": tones.text},
        xaxis={
            "range": [left - 0.5, right + 0.5],
            "anchor": "y" if len(panels) == 1 else f"y{len(panels)}",
            "fixedrange": True,
            "showgrid": False,
            "showline": True,
            "zeroline": False,
            "nticks": 6 if narrow else 12,
            "tickfont": ticks,
            "title": {"text": "Days from the first day (day 0)", "font": {**ticks, "size": size}},
        },
        **axes,
    )
    return fig


def _named(one: Panel, narrow: bool) -> str:
    """Its name and its days, which the name of an intensification week often holds; narrow, the days first, in case it is cut."""
    period = wording.period(one.start, one.end)
    if narrow:
        rest = one.name.replace(period, "").strip(" ,")
        return plain(f"{period}: {rest}" if rest else period, 46)
    return plain(one.name if period in one.name else f"{one.name}, {period}", 130)


def _words(said: str, y: float, color: str, size: int, tones: Look) -> dict[str, Any]:
    return {
        "x": 0,
        "xref": "paper",
        "y": y,
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "borderpad": 2,
        "text": said,
        "align": "left",
        "font": {"family": FONT, "size": size, "color": color},
    }


def _ends(one: Span) -> list[float]:
    return sorted({float(end) for end in (one.low, one.high) if end is not None})


def _marks(one: Panel, yref: str, tones: Look) -> list[Any]:
    """Bars of the exact counts; a ring for a 0, which has no bar; a diamond for what is not exact."""
    exact = [span for span in one.spans if span.exact]
    rings = [span for span in one.spans if span.exact == 0]
    unsure = [span for span in one.spans if span.exact is None]

    def middle(span: Span) -> float:
        return (span.start - one.start).days + span.days / 2

    def shown(spans: Sequence[Span]) -> dict[str, Any]:
        words = [f"<b>{safe(plain(span.words, 80))}</b><br>{rate_words(span)}<br>{safe(plain(span.source_words, 60))}" for span in spans]
        places = {"x": [middle(span) for span in spans], "customdata": [span.source.partition(" ")[::2] for span in spans]}
        return {**places, "hovertext": words, "hovertemplate": "%{hovertext}<extra></extra>", "yaxis": yref}

    traces: list[Any] = []
    if exact:
        heights = [span.counted.per_day for span in exact if span.counted]
        widths = [span.days for span in exact]
        edge = {"color": tones.page, "width": 1 if max(widths) > 1 else 0}
        traces.append(go.Bar(y=heights, width=widths, marker={"color": tones.results, "line": edge}, **shown(exact)))
    for spans, symbol, values in (
        (rings, "circle-open", [0.0] * len(rings)),
        (unsure, "diamond", [_ends(span)[0] / span.days for span in unsure]),
    ):
        if spans:
            marker = {"symbol": symbol, "size": 6 if symbol == "circle-open" else 10, "color": tones.results}
            traces.append(go.Scatter(y=values, mode="markers", marker=marker, cliponaxis=False, **shown(spans)))
    return traces or [go.Scatter(x=[None], y=[None], hoverinfo="skip", yaxis=yref)]
