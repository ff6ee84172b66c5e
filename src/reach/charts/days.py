"""One account by day in one metric: a bar a day, no line between them, no bar where a file gives nothing, a shade where no file is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]

from reach import wording
from reach.charts import Break, Chart, _breaks
from reach.charts._panels import TIME_WORDS
from reach.charts._theme import FONT, look, plain, safe

DAY_MS = 86_400_000
HEIGHT = {False: 420, True: 320}
MOST_RUNS = 3


# About how wide the picture is, in pixels, which tells whether a line's words have room beside it.
WIDTH = {False: 1080.0, True: 300.0}


def chart(
    frame: pd.DataFrame,
    gaps: pd.DataFrame,
    *,
    label: str,
    unit: str,
    additive: bool,
    words: str,
    account: str,
    network: str,
    dark: bool,
    narrow: bool,
    breaks: Sequence[Break] = (),
) -> Chart:
    """The days in ``frame`` (day, value, heading, definition, day_key, upload_id, file_name, record_no), which must not be empty.

    ``gaps`` are the runs of days without a row between them (gap, first_day, last_day, days): ``no row`` where a file covers them, else
    ``not held``. ``label``, ``unit``, ``additive`` and ``words`` are the metric's; only a metric that adds up gets a total over the days,
    and none over one of the ``breaks``, the changes of its definition inside the days. ``definition`` names that of each day.
    """
    days = [day.date() for day in pd.to_datetime(frame["day"])]
    values = [float(value) for value in frame["value"]]
    first, last = min(days), max(days)
    spanned = (last - first).days + 1
    whose = f"{plain(account, 60)}, {network}"
    held = f"{wording.plural(len(days), 'day')} of {spanned:,}" if len(days) < spanned else wording.plural(len(days), "day")
    summary = f"{label} {wording.were(label)} given for {held}" + (
        _by_side(days, values, breaks, additive) if breaks else _extent(values, additive)
    )
    notes = [f"{label}: {words}", *_breaks.notes_of(breaks)]
    if not additive:
        notes.append("Each day counts an account once, and one account can be in many days: days are never added.")
    silent, missing = (gaps[gaps["gap"] == kind] for kind in ("no row", "not held"))
    if len(silent):
        notes.append(f"{_told(silent)} inside the files held {_has(silent)} no row, so there is no bar, which is not 0: {_runs(silent)}.")
    if len(missing):
        notes.append(f"{_told(missing)} {_has(missing, 'is', 'are')} in no file held, which is not 0: {_runs(missing)}.")
    table, sources = _table(frame, days, values, label, breaks)
    key = (
        "▮ one day, as the latest export gave it",
        "○ a day that was given as 0" if 0 in values else "",
        "shaded: no file held" if len(missing) else "",
        _breaks.key_of(breaks),
    )
    return Chart(
        _figure(frame, missing, days, values, dark, narrow, breaks),
        _title(label, days, values, breaks),
        f"{label} by day ({unit}). {whose}, {wording.period(first, last)}.",
        summary,
        f"Bars by day of {label.lower()} of {whose}. {summary} The table holds the same data.",
        table,
        " · ".join(part for part in key if part),
        tuple(notes),
        sources,
    )


def _title(label: str, days: list[date], values: list[float], breaks: Sequence[Break]) -> str:
    """The highest day, where all days compare; else the change."""
    if len(breaks) > 1:
        return f"{label} by day, over {wording.count(len(breaks))} changes of definition"
    if breaks:
        return f"{label} by day, over a change: {breaks[0].label}"
    top = max(range(len(values)), key=values.__getitem__)
    return f"{label} highest at {wording.number(values[top])} on {wording.day(days[top])}"


def _extent(values: list[float], additive: bool) -> str:
    total = f" They add up to {wording.number(sum(values))} over the days shown." if additive else ""
    return f", from {wording.number(min(values))} to {wording.number(max(values))}.{total}"


def _by_side(days: list[date], values: list[float], breaks: Sequence[Break], additive: bool) -> str:
    """Lowest, highest and total of the days on each side of the changes, and never over one."""
    changes = [f"{one.label}, {one.when}" for one in breaks]
    parts = [f". The definition changes: {wording.listed(changes)}, so the days of each side stand apart."]
    both = sorted(zip(days, values, strict=True))
    for sides, group in groupby(both, key=lambda pair: _breaks.side(pair[0], breaks)):
        held = list(group)
        own = [value for _, value in held]
        said = f" {wording.period(held[0][0], held[-1][0])}: "
        said += f"from {wording.number(min(own))} to {wording.number(max(own))}" if len(own) > 1 else wording.number(own[0])
        if not _breaks.known(sides):
            said += ", and the change can have come on any of these days, so they are not compared or added"
        elif additive and len(own) > 1:
            said += f", adding up to {wording.number(sum(own))}"
        parts.append(f"{said}.")
    return "".join(parts)


def _told(gaps: pd.DataFrame) -> str:
    return wording.plural(int(gaps["days"].sum()), "day")


def _has(gaps: pd.DataFrame, one: str = "has", many: str = "have") -> str:
    return wording.noun(int(gaps["days"].sum()), one, many)


def _runs(gaps: pd.DataFrame) -> str:
    """The runs of days in words, the longest first where there are many."""
    named = gaps if len(gaps) <= MOST_RUNS else gaps.nlargest(MOST_RUNS, "days").sort_values("first_day")
    said = [
        wording.period(first.date(), last.date())
        for first, last in zip(pd.to_datetime(named["first_day"]), pd.to_datetime(named["last_day"]), strict=True)
    ]
    others = len(gaps) - len(named)
    return wording.listed([*said, *([wording.plural(others, "shorter run")] if others else [])])


def _figure(
    frame: pd.DataFrame, missing: pd.DataFrame, days: list[Any], values: list[float], dark: bool, narrow: bool, breaks: Sequence[Break]
) -> go.Figure:
    tones = look(dark)
    hover = [
        f"<b>{safe(wording.number(value))}</b><br>{wording.day(day)}<br>{safe(plain(meant, 60))}<br>{safe(plain(name, 60))}, "
        f"record {record:,}"
        for value, day, meant, name, record in zip(values, days, frame["definition"], frame["file_name"], frame["record_no"], strict=True)
    ]
    bars = go.Bar(
        x=days,
        y=values,
        width=DAY_MS * 0.86,
        marker={"color": tones.reach, "line": {"width": 0}},
        customdata=[["day", key] for key in frame["day_key"]],
        hovertext=hover,
        hovertemplate="%{hovertext}<extra></extra>",
    )
    fig = go.Figure(bars)
    nothing = [place for place, value in enumerate(values) if value == 0]
    if nothing:  # a bar of no height would look like a day without data
        fig.add_trace(
            go.Scatter(
                x=[days[place] for place in nothing],
                y=[0] * len(nothing),
                mode="markers",
                marker={"symbol": "circle-open", "size": 5, "color": tones.reach},
                customdata=[["day", frame["day_key"].iloc[place]] for place in nothing],
                hovertext=[hover[place] for place in nothing],
                hovertemplate="%{hovertext}<extra></extra>",
                cliponaxis=False,
            )
        )
    half = timedelta(hours=12)
    for first, last in zip(pd.to_datetime(missing["first_day"]), pd.to_datetime(missing["last_day"]), strict=True):
        # A bar stands around the midnight its day begins with, so the shade does too.
        fig.add_shape(
            type="rect",
            layer="below",
            yref="paper",
            x0=first - half,
            x1=last + half,
            y0=0,
            y1=1,
            fillcolor=tones.band,
            line={"width": 0},
        )
    size = 12 if narrow else 13
    ticks = {"color": tones.muted, "family": FONT, "size": size}
    fig.update_layout(
        template=tones.name,
        height=HEIGHT[narrow],
        margin={"l": 64 if not narrow else 52, "r": 8, "t": 12, "b": 44},
        dragmode=False if narrow else "zoom",
        hovermode="closest",
        uirevision="days",
        showlegend=False,
        modebar={"bgcolor": "rgba(0,0,0,0)", "color": tones.muted, "activecolor": tones.text},
    )
    start, end = min(days) - timedelta(days=1), max(days) + timedelta(days=1)
    # A bar stands around the midnight of its day, so a line before that day stands half a day earlier.
    _breaks.draw(
        fig,
        breaks,
        xref="x",
        yref="y",
        shown=(datetime.combine(start, time()), datetime.combine(end, time())),
        width=WIDTH[narrow],
        tones=tones,
        size=size,
        narrow=narrow,
        shift=timedelta(hours=-12),
    )
    fig.update_xaxes(
        type="date",
        range=[start, end],
        showgrid=False,
        showline=True,
        fixedrange=narrow,
        nticks=5 if narrow else 9,
        tickfont=ticks,
        tickformatstops=TIME_WORDS,
    )
    if breaks and min(values) >= 0 < max(values):  # room for the words of the lines above the bars
        fig.update_yaxes(range=[0, max(values) * 1.2])
    fig.update_yaxes(rangemode="tozero", fixedrange=True, tickformat=",", tickfont=ticks, nticks=6, showgrid=True)
    return fig


def _table(
    frame: pd.DataFrame, days: list[date], values: list[float], label: str, breaks: Sequence[Break]
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The days, and between them a row for each change, with what shows the source of each."""
    cells = zip(
        days, values, frame["heading"], frame["definition"], frame["file_name"], frame["record_no"], frame["upload_id"], strict=True
    )
    rows = [
        (day, 1, (wording.day(day), value, heading, meant, name, record), f"upload {upload}")
        for day, value, heading, meant, name, record, upload in cells
    ]
    rows += [(one.first, 0, (f"Change, {one.when}", None, "", f"{one.label}. {one.words}", one.source, None), "") for one in breaks]
    rows.sort(key=lambda row: row[:2])
    columns = ["Day", label, "Column in the file", "Definition", "Source", "Record"]
    return pd.DataFrame([row[2] for row in rows], columns=columns, dtype=object), tuple(row[3] for row in rows)
