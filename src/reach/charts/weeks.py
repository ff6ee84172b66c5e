"""One measure, week against week: a dot a week, the range of like weeks as a band, and the chosen week marked.

No line joins weeks, which are months apart. A week of another length, an inexact count and a week without a figure stand outside the range.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]

from reach import rates, wording
from reach.charts import Chart
from reach.charts._scene import EARLY, TITLE_WORDS
from reach.charts._theme import FONT, Look, look, plain, safe
from reach.charts.windows import SYMBOLS
from reach.spans import WEEK_DAYS, Week, ranged

# In pixels: a row, and what its words take beside the picture (wide) or above the mark (narrow).
ROW = {False: 34, True: 50}
BESIDE = 330
TOP, BELOW = 30, 34


def chart(
    weeks: Sequence[Week], *, chosen: str, label: str, area: str, unit: str | None, which: str, selected: bool, dark: bool, narrow: bool
) -> Chart:
    """The weeks in the order given, of which at least one; ``chosen`` names one of them, or none. ``which`` says what weeks they are.

    ``selected`` says whether only some weeks were published, so that they are no sample of all.
    """
    marked = next((one for one in weeks if one.name == chosen), None)
    dated, undated = ranged(weeks)
    summary = _summary(weeks, marked, label)
    shown = [one for one in weeks if one.start]
    period = wording.period(shown[0].start, shown[-1].end) if shown else wording.NO_DATE
    return Chart(
        _figure(weeks, marked, dated + undated, dark, narrow),
        _title(marked, label, dated + undated),
        f"{label} a week ({unit or 'unit not stated'}), {which}. {plain(area, 60)}, {period}.",
        summary,
        f"A dot a week for {wording.lower_first(label)}, and a band over the range of weeks of seven days. {summary} "
        "The table holds the same data.",
        _table(weeks, label),
        _key(weeks, marked, dated + undated),
        tuple(_notes(weeks, label, selected)),
        tuple(one.source for one in weeks),
    )


def _title(marked: Week | None, label: str, counts: Sequence[int]) -> str:
    """The chosen week beside the range, which is no claim that weeks rise or fall."""
    if len(counts) < 2:
        return f"{label} by week: {'one week' if counts else 'no week'} of seven days with an exact count"
    span = _range(counts)
    title = f"{label}: {marked.words} in the chosen week, {span} in {wording.count(len(counts))} weeks" if marked and marked.like else ""
    return title if title and len(title.split()) <= TITLE_WORDS else f"{label} a week ranged from {span}"


def _range(counts: Sequence[int]) -> str:
    low, high = wording.number(min(counts)), wording.number(max(counts))
    return low if low == high else f"{low} to {high}"


def _summary(weeks: Sequence[Week], marked: Week | None, label: str) -> str:
    dated, undated = ranged(weeks)
    parts = []
    if marked and marked.exact is not None and marked.like:
        stands = rates.standing(marked.exact, dated, undated)
        when = f" of {wording.period(marked.start, marked.end)}" if marked.dated else ""
        parts.append(f"{label} in the week{when}: {wording.number(marked.exact)}, {stands.words}.")
    elif marked:
        why = "not ranked, since it is not an exact count of seven days" if marked.has_number else "which is not 0"
        parts.append(f"{label} in the week chosen ({marked.name}): {marked.words}, {why}.")
    if not (marked and marked.like) and dated + undated:
        every = dated + undated
        number = wording.plural(len(every), "week")
        parts.append(f"{number} with an exact count of seven days: {_range(every)}.")
    silent = sum(not one.has_number for one in weeks)
    if silent:
        parts.append(f"{wording.count(silent).capitalize()} further {wording.noun(silent, 'week has', 'weeks have')} no published figure.")
    return " ".join(parts)


def _notes(weeks: Sequence[Week], label: str, selected: bool) -> list[str]:
    notes = []
    for one in weeks:
        if one.has_number and one.days != WEEK_DAYS:
            rate = f", {rates.short(one.exact / one.days)} a day" if one.exact is not None else ""
            notes.append(f"{one.name}: {one.words} in {wording.plural(one.days, 'day')}{rate}. Not of seven days, so outside the range.")
        elif one.has_number and one.exact is None:
            why = rates.why_no_interval(one.low, one.high, one.qualifier)
            notes.append(f"{one.name}: {one.words}. {why} It is outside the range.")
    if any(not one.dated and one.like for one in weeks):
        notes.append("An undated week is taken to be of seven days, and stands last. Its place among the others is not known.")
    units = sorted({one.unit for one in weeks if one.unit and one.has_number})
    if len(units) > 1:
        notes.append(f"The sources write {wording.listed(units)} for {wording.lower_first(label)}, which is kept as one measure.")
    if any(one.has_number and _early(one) for one in weeks):
        notes.append("An early or provisional total may still be revised.")
    if selected:
        notes.append("Weeks with a figure are those that were published, not a sample of all weeks.")
    notes.append("Nothing here says why weeks differ.")
    return notes


def _key(weeks: Sequence[Week], marked: Week | None, counts: Sequence[int]) -> str:
    parts = (
        ("● a week", any(one.like and one is not marked for one in weeks)),
        ("◉ the chosen week", bool(marked and marked.has_number)),
        ("▶ more than, over or at least", any(one.has_number and one.qualifier.lower() in wording.MORE for one in weeks)),
        ("◀ up to, almost or nearly", any(one.has_number and one.qualifier.lower() in wording.LESS for one in weeks)),
        ("◆ another length or an inexact count", any(_symbol(one) == "diamond" for one in weeks if one.has_number)),
        ("shaded: the range of weeks of seven days", len(counts) > 1),
    )
    return " · ".join(words for words, drawn in parts if drawn)


def _early(one: Week) -> bool:
    return one.status.lower() in EARLY or one.qualifier.lower() in EARLY


def _symbol(one: Week) -> str:
    return "circle" if one.like else SYMBOLS.get(one.qualifier.lower(), "diamond")


def _table(weeks: Sequence[Week], label: str) -> pd.DataFrame:
    rows: list[dict[str, Any]] = [
        {
            "Week": one.name,
            "Dates": wording.period(one.start, one.end),
            "Days": one.days if one.dated else "not stated",
            label: one.words,
            "In the range": "yes" if one.like else "no",
            "Source": one.source_words,
        }
        for one in weeks
    ]
    return pd.DataFrame(rows, dtype=object)


def _figure(weeks: Sequence[Week], marked: Week | None, counts: Sequence[int], dark: bool, narrow: bool) -> go.Figure:
    tones, size = look(dark), 12 if narrow else 13
    fig = go.Figure()
    row = ROW[narrow]
    undated = sum(not one.dated for one in weeks)
    notes = []
    for place, one in enumerate(weeks):
        y = len(weeks) - place
        if one.has_number:
            fig.add_trace(_mark(one, y, one is marked, tones))
        when = wording.period(one.start, one.end) if one.dated else "Not dated" if undated == 1 else plain(one.name, 40 if narrow else 34)
        notes.append(_words(one, when, y, one is marked, narrow, tones, size))
    if not fig.data:  # without a trace Plotly draws no axes and has nothing to hang the words on
        fig.add_trace(go.Scatter(x=[None], y=[None], hoverinfo="skip"))
    shapes = []
    if len(counts) > 1:
        band = {"type": "rect", "layer": "below", "yref": "paper", "y0": 0, "y1": 1, "fillcolor": tones.band, "line": {"width": 0}}
        shapes.append({**band, "x0": min(counts), "x1": max(counts)})
    top = max([1.0, *(max(end for end in (one.low, one.high) if end is not None) for one in weeks if one.has_number)])
    fig.update_layout(
        template=tones.name,
        shapes=shapes,
        annotations=notes,
        height=row * len(weeks) + TOP + BELOW,
        margin={"l": 12 if narrow else BESIDE, "r": 24, "t": TOP if narrow else 12, "b": BELOW},
        dragmode=False,
        hovermode="closest",
        uirevision="weeks",
        showlegend=False,
        modebar={"bgcolor": "rgba(0,0,0,0)", "color": tones.muted, "activecolor": tones.text},
    )
    ticks = {"color": tones.muted, "family": FONT, "size": size}
    fig.update_xaxes(range=[0, top * 1.06], tickformat=",", tickfont=ticks, nticks=5 if narrow else 9, showgrid=True, fixedrange=True)
    fig.update_yaxes(range=[0.4, len(weeks) + 0.6], visible=False, fixedrange=True)
    return fig


def _mark(one: Week, y: float, chosen: bool, tones: Look) -> go.Scatter:
    ends = sorted({end for end in (one.low, one.high) if end is not None})
    kind, _, identity = one.source.partition(" ")
    hover = [f"<b>{safe(plain(one.words, 60))}</b>", safe(plain(one.name, 60)), safe(plain(one.source_words, 60))]
    return go.Scatter(
        x=ends,
        y=[y] * len(ends),
        mode="lines+markers" if len(ends) > 1 else "markers",
        line={"color": tones.results, "width": 1, "dash": "dot"},
        marker={
            "symbol": _symbol(one),
            "size": 17 if chosen else 12,
            "color": tones.page if _early(one) else tones.results,
            "line": {"width": 3 if chosen or _early(one) else 1.5, "color": tones.text if chosen else tones.results},
        },
        customdata=[[kind, identity]] * len(ends),
        hovertext=["<br>".join(part for part in hover if part)] * len(ends),
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )


def _words(one: Week, when: str, y: float, chosen: bool, narrow: bool, tones: Look, size: int) -> dict[str, Any]:
    """A week's dates and count: at the left of a wide picture, above its mark in a narrow one."""
    days = f", {wording.plural(one.days, 'day')}" if one.days != WEEK_DAYS else ""
    said = f"{safe(when)}{days}: {safe(plain(one.words, 30))}"
    where = {"xanchor": "left", "yanchor": "bottom", "yshift": 9} if narrow else {"xanchor": "left", "yanchor": "middle", "xshift": -BESIDE}
    return {
        "x": 0,
        "xref": "paper",
        "y": y,
        "showarrow": False,
        "align": "left",
        "borderpad": 0,
        "text": f"<b>{said}</b>" if chosen else said,
        "font": {"family": FONT, "size": size, "color": tones.text if one.has_number else tones.muted},
        **where,
    }
