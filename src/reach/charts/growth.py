"""One post from export to export in one metric: a dot an export, and no line, since nothing is known between two of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]

from reach import wording
from reach.charts import Chart
from reach.charts._panels import TIME_WORDS
from reach.charts._theme import FONT, look, plain, safe

HEIGHT = 230
# Up to this age a post's age is told in hours: the first of the ages compared is 48 hours.
HOURS_TO = 72
MOST_LABELS = 6


def age_words(hours: Any) -> str:
    """An age in words: ``49 hours``, ``7 days``; days and hours are whole ones that have passed. ``age not known`` when missing."""
    if wording.missing(hours):
        return "age not known"
    whole = int(hours)
    return wording.plural(whole, "hour") if whole < HOURS_TO else wording.plural(whole // 24, "day")


def grew(label: str, before: Any, value: Any, since: date, assumed: bool = False) -> str:
    """What became of a number between two exports, a fall said as a fall: ``Reach grew by 40 since the export of ..., from 100 to 140.``"""
    change = wording.decimal(value) - wording.decimal(before)  # type: ignore[operator]
    export = f"since the export of {wording.day(since)}" + (" (an export date is assumed)" if assumed else "")
    if not change:
        return f"{label}: no change {export}: {wording.number(value)}."
    verb = "grew" if change > 0 else "fell"
    return f"{label} {verb} by {wording.number(abs(change))} {export}, from {wording.number(before)} to {wording.number(value)}."


def chart(frame: pd.DataFrame, *, label: str, unit: str, network: str, dark: bool) -> Chart:
    """The looks in ``frame`` (as_of, value, age_hours, assumed, format, upload_id, file_name, record_no), oldest first and not empty."""
    exports = [stamp.to_pydatetime() for stamp in pd.to_datetime(frame["as_of"])]
    values = [float(value) for value in frame["value"]]
    assumed = [bool(one) for one in frame["assumed"]]
    kinds = frame["format"].nunique()
    first, last = exports[0], exports[-1]
    subtitle = f"{label} ({unit}), {network}, exports of {wording.period(first, last)}"
    said = wording.listed([f"{wording.number(value)} on {wording.day(export)}" for export, value in zip(exports, values, strict=True)])
    summary = f"{label} in {wording.plural(len(values), 'export')}: {said}."
    notes = ["No line joins them: nothing is known between two exports."]
    if kinds > 1:
        notes.append("They come from different kinds of export, which may not count alike.")
    return Chart(
        _figure(frame, exports, values, assumed, label, dark),
        f"{label} from export to export",
        subtitle,
        summary,
        f"Dots by date of export. {summary} The table holds the same data.",
        pd.DataFrame(
            {
                "Export of": [wording.day(export) for export in exports],
                label: values,
                "Age": [age_words(hours) for hours in frame["age_hours"]],
                "Source": list(frame["file_name"]),
                "Record": list(frame["record_no"]),
            }
        ),
        "● one export" + (" · ○ its date is assumed." if any(assumed) else "."),
        tuple(notes),
        tuple(f"upload {upload}" for upload in frame["upload_id"]),
    )


def _figure(frame: pd.DataFrame, exports: list[Any], values: list[float], assumed: list[bool], label: str, dark: bool) -> go.Figure:
    tones = look(dark)
    hover = [
        f"<b>{safe(wording.number(value))}</b><br>Export of {wording.day(export)}<br>{safe(plain(name, 60))}, record {record:,}"
        for value, export, name, record in zip(values, exports, frame["file_name"], frame["record_no"], strict=True)
    ]
    labelled = len(values) <= MOST_LABELS
    fig = go.Figure(
        go.Scatter(
            x=exports,
            y=values,
            mode="markers+text" if labelled else "markers",
            text=[wording.number(value) for value in values] if labelled else None,
            textposition="top center",
            textfont={"color": tones.text, "family": FONT, "size": 13},
            marker={
                "size": 11,
                "symbol": ["circle-open" if one else "circle" for one in assumed],
                "color": tones.reach,
                "line": {"width": 2, "color": tones.reach},
            },
            hovertext=hover,
            hovertemplate="%{hovertext}<extra></extra>",
            cliponaxis=False,
        )
    )
    ticks = {"color": tones.muted, "family": FONT, "size": 12}
    margin = max((exports[-1] - exports[0]) / 8, timedelta(days=1))
    fig.update_layout(
        template=tones.name, height=HEIGHT, margin={"l": 64, "r": 12, "t": 26, "b": 36}, dragmode=False, hovermode="closest"
    )
    fig.update_xaxes(
        type="date",
        range=[exports[0] - margin, exports[-1] + margin],
        showgrid=False,
        showline=True,
        fixedrange=True,
        nticks=6,
        tickfont=ticks,
        tickformatstops=TIME_WORDS,
    )
    fig.update_yaxes(
        range=[0, max(*values, 1) * 1.2], fixedrange=True, tickformat=",", tickfont=ticks, nticks=4, showgrid=True, title=None
    )
    return fig
