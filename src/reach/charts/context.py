"""One count by week or by month with campaigns shaded behind: a dot a period, no line between them, no mark where nothing is held.

Background beside campaigns. No trend line is drawn, and nothing says that one has to do with the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]

from reach import rates, wording
from reach.charts import Chart
from reach.charts._panels import TIME_WORDS
from reach.charts._scene import EARLY
from reach.charts._theme import FONT, Look, look, plain, safe
from reach.charts.windows import SYMBOLS
from reach.errors import Usage
from reach.spans import DAY, WEEK_DAYS, Span

HEIGHT = {False: 300, True: 260}
MOST_RUNS, MOST_SHADES = 4, 4
# A campaign of a few days on an axis of years would be too thin to be seen.
NARROWEST = 1 / 120


def chart(
    counts: Sequence[Span],
    shades: Sequence[tuple[str, date, date]],
    *,
    label: str,
    unit: str,
    area: str,
    step: str,
    about: Sequence[str] = (),
    key: str,
    dark: bool,
    narrow: bool,
) -> Chart:
    """Counts by ``step``, ``week`` or ``month``, in the order of their days, of which at least one; those of one day are not told twice.

    A month of which only some days are held is drawn hollow and outside the range that is said. ``shades`` are campaigns (name, first and
    last day), ``about`` what must be said of the series, ``key`` a name of the chart's own. Raises :class:`Usage` where there is no count.
    """
    if not counts:
        raise Usage(f"{label}: nothing is held to draw. Import a file with it.")
    first, last = counts[0].start, counts[-1].end
    behind = [one for one in shades if one[1] <= last and one[2] >= first]
    summary = _summary(counts, label, step)
    return Chart(
        _figure(counts, behind, step, key, dark, narrow),
        _title(counts, label, step),
        f"{label} by {step} ({unit}). {plain(area, 60)}, {wording.period(first, last)}.",
        summary,
        f"A dot a {step} for {wording.lower_first(label)}, with campaigns shaded behind. {summary} The table holds the same data.",
        _table(counts, behind, label, step),
        _key(counts, behind, step),
        (*about, *_notes(counts, shades, behind, step)),
        tuple(one.source for one in counts),
    )


def whole(one: Span, step: str) -> bool:
    """Whether a span is a whole calendar month; a week is seven days."""
    if step == "month":
        return one.start.day == 1 and (one.end + DAY).day == 1 and one.days <= 31
    return one.days == WEEK_DAYS


def _name(one: Span, step: str) -> str:
    """``October 2022``, ``1 to 9 October 2022``."""
    return wording.month(one.start) if step == "month" and whole(one, step) else wording.period(one.start, one.end)


def _like(counts: Sequence[Span], step: str) -> list[Span]:
    return [one for one in counts if one.exact is not None and whole(one, step)]


def _title(counts: Sequence[Span], label: str, step: str) -> str:
    like = _like(counts, step)
    label = plain(label, 60)
    if not like:
        return f"{label}: no whole {step} with an exact count"
    low, high = min(one.exact or 0 for one in like), max(one.exact or 0 for one in like)
    span = wording.number(low) if low == high else f"{wording.number(low)} to {wording.number(high)}"
    return f"{label}: {span} in {wording.plural(len(like), f'{step} held', f'{step}s held')}"


def _summary(counts: Sequence[Span], label: str, step: str) -> str:
    like = _like(counts, step)
    parts = [f"{label}: {wording.plural(len(like), f'whole {step}')} held with an exact count."]
    if like:
        lowest, highest = min(like, key=lambda one: one.exact or 0), max(like, key=lambda one: one.exact or 0)
        if lowest.exact != highest.exact:
            low, high = (f"{wording.number(one.exact)} ({_name(one, step)})" for one in (lowest, highest))
            parts = [f"{parts[0][:-1]}, from {low} to {high}."]
        else:
            parts = [f"{parts[0][:-1]}: {wording.number(lowest.exact)} ({_name(lowest, step)}{' and others' if len(like) > 1 else ''})."]
    if gaps := _gaps(counts):
        parts.append(
            f"Between them {wording.plural(len(gaps), 'stretch', 'stretches')} of days {wording.noun(len(gaps), 'is', 'are')} not held."
        )
    return " ".join(parts)


def _gaps(counts: Sequence[Span]) -> list[tuple[date, date]]:
    """The stretches of days between the first and the last that no count is of."""
    return [(one.end + DAY, after.start - DAY) for one, after in pairwise(counts) if after.start > one.end + DAY]


def _notes(counts: Sequence[Span], shades: Sequence[Any], behind: Sequence[tuple[str, date, date]], step: str) -> list[str]:
    notes = []
    if gaps := _gaps(counts):
        said = [wording.period(*one) for one in gaps[:MOST_RUNS]] + ([f"{len(gaps) - MOST_RUNS:,} more"] if len(gaps) > MOST_RUNS else [])
        notes.append(f"Not held, which is not 0, so there is no mark: {wording.listed(said)}.")
    parts = [one for one in counts if not whole(one, step)]
    if parts:
        said = [f"{_name(one, step)}" for one in parts[:MOST_RUNS]]
        more = [f"{len(parts) - MOST_RUNS:,} more"] if len(parts) > MOST_RUNS else []
        notes.append(f"Not a whole {step}, so hollow and outside the range said: {wording.listed([*said, *more])}.")
    if unsure := [one for one in counts if one.exact is None]:
        notes.append(
            f"{wording.plural(len(unsure), 'count')} {wording.noun(len(unsure), 'is', 'are')} not exact and outside the range said."
        )
    if behind:
        said = [f"{plain(name, 60)} ({wording.period(start, end)})" for name, start, end in behind[:MOST_SHADES]]
        more = [f"{len(behind) - MOST_SHADES:,} more"] if len(behind) > MOST_SHADES else []
        notes.append(f"Shaded: {wording.listed([*said, *more])}.")
    elif shades:
        notes.append("No campaign with dates falls in these days.")
    return notes


def _key(counts: Sequence[Span], behind: Sequence[Any], step: str) -> str:
    parts = (
        (f"● a {step}", any(whole(one, step) for one in counts)),
        (f"○ not a whole {step}, or an early total", any(_hollow(one, step) for one in counts)),
        ("▶ more than, over or at least", any(one.qualifier.lower() in wording.MORE for one in counts)),
        ("◀ up to, almost or nearly", any(one.qualifier.lower() in wording.LESS for one in counts)),
        ("shaded: a campaign ran", bool(behind)),
    )
    return " · ".join(words for words, drawn in parts if drawn)


def _hollow(one: Span, step: str) -> bool:
    return not whole(one, step) or one.status.lower() in EARLY


def _table(counts: Sequence[Span], behind: Sequence[tuple[str, date, date]], label: str, step: str) -> pd.DataFrame:
    rows: list[dict[str, Any]] = [
        {
            step.capitalize(): _name(one, step),
            "Days": one.days,
            label: wording.figure_words(one.low, one.high, one.qualifier),
            "Campaigns shaded": "; ".join(name for name, start, end in behind if start <= one.end and end >= one.start),
            "Source": one.source_words,
        }
        for one in counts
    ]
    return pd.DataFrame(rows, dtype=object)


def _figure(counts: Sequence[Span], behind: Sequence[tuple[str, date, date]], step: str, key: str, dark: bool, narrow: bool) -> go.Figure:
    tones, size = look(dark), 12 if narrow else 13
    midnight = time()
    start, end = datetime.combine(counts[0].start, midnight), datetime.combine(counts[-1].end + DAY, midnight)
    pad = max((end - start) * 0.03, timedelta(days=4))
    start, end = start - pad, end + pad
    fig = go.Figure([_marks(counts, step, tones)])
    thinnest = (end - start) * NARROWEST
    shapes = []
    for _, first, last in behind:
        left, right = datetime.combine(first, midnight), datetime.combine(last + DAY, midnight)
        room = max(thinnest - (right - left), timedelta()) / 2
        shapes.append({"x0": max(left - room, start), "x1": min(right + room, end)})
    band = {"type": "rect", "layer": "below", "yref": "paper", "y0": 0, "y1": 1, "fillcolor": tones.band, "line": {"width": 0}}
    fig.update_layout(
        template=tones.name,
        shapes=[{**band, **one} for one in shapes],
        height=HEIGHT[narrow],
        margin={"l": 52 if narrow else 64, "r": 12, "t": 12, "b": 44},
        dragmode=False,
        hovermode="closest",
        uirevision=key,
        showlegend=False,
        modebar={"bgcolor": "rgba(0,0,0,0)", "color": tones.muted, "activecolor": tones.text},
    )
    ticks = {"color": tones.muted, "family": FONT, "size": size}
    fig.update_xaxes(
        type="date",
        range=[start, end],
        showgrid=False,
        showline=True,
        fixedrange=True,
        nticks=4 if narrow else 9,
        tickangle=0,
        tickfont=ticks,
        tickformatstops=TIME_WORDS,
    )
    top = max([1.0, *(value for one in counts for value in (one.low, one.high) if value is not None)])
    fig.update_yaxes(range=[0, top * 1.12], fixedrange=True, tickformat=",", tickfont=ticks, nticks=5, showgrid=True)
    return fig


def _marks(counts: Sequence[Span], step: str, tones: Look) -> go.Scatter:
    """A mark a period in its middle, at the count or, of a range, at both ends."""
    placed = [(one, end) for one in counts for end in sorted({end for end in (one.low, one.high) if end is not None})]
    middles = [datetime.combine(one.start, time()) + timedelta(days=one.days) / 2 for one, _ in placed]
    hover = [
        "<br>".join(
            part
            for part in (
                f"<b>{safe(plain(wording.figure_words(one.low, one.high, one.qualifier), 60))}</b>",
                _name(one, step),
                safe(plain(one.source_words, 60)),
            )
            if part
        )
        for one, _ in placed
    ]
    return go.Scatter(
        x=middles,
        y=[end for _, end in placed],
        mode="markers",
        marker={
            "symbol": [SYMBOLS.get(one.qualifier.lower(), "circle" if one.exact is not None else "diamond") for one, _ in placed],
            "size": 9,
            "color": [tones.page if _hollow(one, step) else tones.results for one, _ in placed],
            "line": {"width": 1.5, "color": tones.results},
        },
        customdata=[one.source.partition(" ")[::2] for one, _ in placed],
        hovertext=hover,
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )


def rate_words(one: Span) -> str:
    """``10.9 a day`` of an exact count; else the count in its words."""
    return f"{rates.short(one.counted.per_day)} a day" if one.counted else wording.figure_words(one.low, one.high, one.qualifier)
