"""One measure in the windows before, during and after: events a day, each with its exact interval where it has one.

A dot a window and no line between them. A count with a qualifier is a mark without an interval, and a window of which nothing was
published has no mark, which is not 0. The later windows are held against the first, and nothing says why they differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]

from reach import rates, wording
from reach.charts import Chart
from reach.charts._scene import EARLY, TITLE_WORDS
from reach.charts._theme import FONT, Look, lines, look, plain, safe
from reach.errors import Usage
from reach.rates import Comparison, Counted, short
from reach.views import HIDDEN

# In pixels: a row beside its words, a line of words, and from the middle of a mark to the words above it.
ROW, LINE, LIFT = 45, 18, 10
BELOW = 32
LINE_WIDTH = {False: 110, True: 40}
SYMBOLS = {**dict.fromkeys(wording.MORE, "triangle-right"), **dict.fromkeys(wording.LESS, "triangle-left")}


@dataclass(frozen=True)
class Window:
    """Some days, both ends included, and what was published of them.

    ``name`` goes into a sentence: ``before``, ``during``. ``low`` and ``high`` are the ends that the figure's words allow, None where they
    set none; both None is a window without a figure, and ``silence`` says in words how that is so. ``source`` is what shows where it
    comes from, as "figure id".
    """

    name: str
    start: date
    end: date
    low: float | None = None
    high: float | None = None
    qualifier: str = "exact"
    status: str = ""
    source: str = ""
    source_words: str = ""
    silence: str = wording.NOT_PUBLISHED

    def __post_init__(self) -> None:
        if self.start > self.end:
            said = f"{wording.day(self.start)} to {wording.day(self.end)}"
            raise Usage(f"Window '{self.name}', {said}: it ends before it begins. Correct its days.")
        if self.withheld:  # what is withheld is neither unpublished nor absent, whatever the caller says of windows without a number
            object.__setattr__(self, "silence", HIDDEN)

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def has_number(self) -> bool:
        return self.low is not None or self.high is not None

    @property
    def withheld(self) -> bool:
        return not self.has_number and self.qualifier == HIDDEN

    @property
    def without_interval(self) -> str | None:
        return rates.why_no_interval(self.low, self.high, self.qualifier)

    @property
    def counted(self) -> Counted | None:
        """The count over its days; None where it is no exact one."""
        count = None if self.without_interval else wording.nominal(self.low, self.high)
        return None if count is None else Counted(int(count), self.days)

    @property
    def early(self) -> str:
        """``early total`` or ``provisional``, whichever of the two it is; else nothing."""
        return next((one for one in (self.status.lower(), self.qualifier.lower()) if one in EARLY), "")

    @property
    def short_name(self) -> str:
        return plain(self.name, 24)

    @property
    def figure_words(self) -> str:
        """``76``, ``more than 100``, ``76 (provisional)`` or ``not published``."""
        if not self.has_number:
            return self.silence
        qualifier = "" if self.qualifier.lower() in EARLY else self.qualifier
        words = plain(wording.figure_words(self.low, self.high, qualifier or None), 60)
        return f"{words} ({self.early})" if self.early else words

    @property
    def rate_words(self) -> str:
        """``10.9 a day``; a count with a qualifier stays as it is, since dividing it would round what was published."""
        if self.counted:
            return f"{short(self.counted.per_day)} a day"
        return f"{self.figure_words} in {wording.plural(self.days, 'day')}" if self.has_number else self.silence

    @property
    def words(self) -> str:
        """``76 in 7 days, 10.9 a day (8.55 to 13.6)``, ``more than 100 in 8 days (no interval)`` or ``not published``."""
        if not self.counted:
            return f"{self.rate_words} (no interval)" if self.has_number else self.silence
        low, high = rates.rate_interval(self.counted)
        return f"{self.figure_words} in {wording.plural(self.days, 'day')}, {self.rate_words} ({short(low)} to {short(high)})"


def chart(
    windows: Sequence[Window],
    *,
    label: str,
    area: str,
    unit: str | None,
    dispersion: float | None,
    periods: int | None,
    dark: bool,
    narrow: bool,
) -> Chart:
    """The windows in the order given, the first of which the others are held against.

    ``label`` is the measure's, one of events such as arrests: an amount of money and people reached have no rate of this kind.
    ``dispersion`` is how much periods of it vary, variance over mean, measured over ``periods``; None where nobody knows.
    Raises :class:`Usage` for fewer than two windows, windows that share a day, and an amount of money.
    """
    _refuse(windows, label, unit)
    pairs = _pairs(windows, dispersion, periods)
    summary = _summary(windows, pairs, label)
    first, last = min(one.start for one in windows), max(one.end for one in windows)
    return Chart(
        _figure(windows, dark, narrow),
        _title(windows, label),
        f"{label} a day in {wording.count(len(windows))} windows. {plain(area, 60)}, {wording.period(first, last)}.",
        summary,
        f"A dot a window for {wording.lower_first(label)} a day, with a bar for its exact 95% interval. {summary} "
        "The table holds the same data.",
        _table(windows, label),
        _key(windows),
        tuple(_notes(windows, pairs, dispersion)),
        tuple(one.source for one in windows),
    )


def _refuse(windows: Sequence[Window], label: str, unit: str | None) -> None:
    if unit == "GBP":
        raise Usage(f"{label}: an amount of money is not a count of events and has no rate with an interval. Choose a measure that counts.")
    if len(windows) < 2:
        raise Usage(f"{label}: {wording.plural(len(windows), 'window')} cannot be held against another. Give two or more.")
    ordered = sorted(windows, key=lambda one: one.start)
    for one, after in pairwise(ordered):
        if after.start <= one.end:
            raise Usage(f"{label}: the windows '{one.name}' and '{after.name}' share {wording.day(after.start)}. Set them apart.")


def _pairs(windows: Sequence[Window], dispersion: float | None, periods: int | None) -> list[tuple[Window, Comparison]]:
    """Each later window with an exact count against the first, where that has one."""
    base = windows[0].counted
    if base is None:
        return []
    return [(one, rates.compare(one.counted, base, dispersion, periods)) for one in windows[1:] if one.counted]


def _title(windows: Sequence[Window], label: str) -> str:
    """What each window was, which claims nothing of why, where it is short enough to be a title."""
    said = ", ".join(
        f"{one.rate_words.removesuffix(' a day')} {one.short_name}{f' ({one.early})' if one.counted and one.early else ''}"
        for one in windows
    )
    title = f"{label} a day: {said}" if any(one.has_number for one in windows) else f"{label}: no figure in any of these windows"
    return title if len(title.split()) <= TITLE_WORDS else f"{label} a day in {wording.count(len(windows))} windows"


def _summary(windows: Sequence[Window], pairs: Sequence[tuple[Window, Comparison]], label: str) -> str:
    said = "; ".join(f"{one.short_name}, {one.words}" for one in windows)
    parts = [f"{label}: {said}.", *(_against(one, windows[0], found) for one, found in pairs)]
    if not pairs:
        parts.append("Not enough is known to hold one window against another.")
    return " ".join(parts)


def _against(one: Window, base: Window, found: Comparison) -> str:
    """``During against before: 1.46 times (0.62 to 3.43), inconclusive.``"""
    pair = f"{one.short_name[:1].upper()}{one.short_name[1:]} against {base.short_name}"
    allowed = "chance alone" if found.dispersion is None or found.dispersion <= 1 else "chance and the measured variation"
    verdict = rates.INCONCLUSIVE if found.verdict == rates.INCONCLUSIVE else f"{found.verdict}, allowing for {allowed}"
    if found.ratio is None:
        return f"{pair}: no ratio, since nothing divides by a count of 0; {verdict}."
    low, high = (found.low, found.high) if found.low_dispersed is None else (found.low_dispersed, found.high_dispersed)
    return f"{pair}: {short(found.ratio)} times ({short(low)} to {short(high or 0)}), {verdict}."


def _notes(windows: Sequence[Window], pairs: Sequence[tuple[Window, Comparison]], dispersion: float | None) -> list[str]:
    notes = [f"{one.short_name}: {one.without_interval}" for one in windows if one.has_number and one.without_interval]
    silent = [one for one in windows if not one.has_number]
    why = {one: "withheld" if one.withheld else "which is not 0" for one in silent}
    notes += [f"{one.short_name}: {one.silence}, {words}, so there is no mark." for one, words in why.items()]
    if any(one.early for one in windows):
        notes.append("An early or provisional total may still be revised, which no interval allows for.")
    if len({one.days for one in windows}) > 1:
        notes.append("The windows are not equally long, so they are shown as events a day.")
    if pairs:
        notes.append(rates.comparisons_said(len(pairs)))
        if dispersion is None:
            notes.append(rates.VARY)
        elif any(found.illustrative for _, found in pairs):
            notes.append(f"The dispersion of {wording.number(dispersion)} is of few periods or nobody knows how many: an illustration.")
    notes.append("Windows stand beside one another; nothing here says why they differ.")
    return [note[:1].upper() + note[1:] for note in notes]


def _key(windows: Sequence[Window]) -> str:
    exact = [one for one in windows if one.counted]
    said = {one.qualifier.lower() for one in windows if one.has_number and not one.counted}
    parts = (
        ("● a count over its days, with its exact 95% interval", any(not one.early for one in exact)),
        ("○ the same of an early or provisional total", any(one.early for one in exact)),
        ("▶ more than, over or at least: no interval", bool(said & set(wording.MORE))),
        ("◀ up to, almost or nearly: no interval", bool(said & set(wording.LESS))),
        ("◆ another count that is not exact: no interval", bool(said - set(wording.MORE) - set(wording.LESS))),
    )
    return " · ".join(words for words, drawn in parts if drawn)


def _table(windows: Sequence[Window], label: str) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for one in windows:
        counted = one.counted
        low, high = rates.rate_interval(counted) if counted else (None, None)
        rows.append(
            {
                "Window": one.name,
                "Dates": wording.period(one.start, one.end),
                "Days": one.days,
                label: one.figure_words,
                "A day": short(counted.per_day) if counted else None,
                "Lowest a day": None if low is None else short(low),
                "Highest a day": None if high is None else short(high),
                "Why no interval": (one.without_interval or "") if one.has_number else f"{one.silence}.".capitalize(),
                "Source": one.source_words,
            }
        )
    return pd.DataFrame(rows, dtype=object)


def _figure(windows: Sequence[Window], dark: bool, narrow: bool) -> go.Figure:
    tones = look(dark)
    fig = go.Figure()
    words = [_lines(one, narrow) for one in windows]
    tallest = LINE * max(map(len, words))
    height, room = ROW + tallest, LIFT + 4 + tallest
    for place, one in enumerate(windows):
        row = len(windows) - place
        if one.has_number:
            _draw(fig, one, row, tones)
        _write(fig, words[place], row, tones, narrow)
    if not fig.data:  # without a trace Plotly draws no axes and has nothing to hang the words on
        fig.add_trace(go.Scatter(x=[None], y=[None], hoverinfo="skip"))
    size = 12 if narrow else 13
    fig.update_layout(
        template=tones.name,
        height=(len(windows) - 1) * height + height // 2 + room + BELOW + 12,
        margin={"l": 12, "r": 24, "t": 12, "b": BELOW},
        dragmode=False,
        hovermode="closest",
        uirevision="windows",
        showlegend=False,
        modebar={"bgcolor": "rgba(0,0,0,0)", "color": tones.muted, "activecolor": tones.text},
    )
    fig.update_xaxes(
        range=[0, max((_top(one) for one in windows), default=0) * 1.06 or 1],
        tickformat="~r" if max(_top(one) for one in windows) < 10 else ",",
        tickfont={"color": tones.muted, "family": FONT, "size": size},
        nticks=4 if narrow else 8,
        showgrid=True,
        fixedrange=True,
    )
    fig.update_yaxes(range=[0.5, len(windows) + room / height], visible=False, fixedrange=True)
    return fig


def _top(one: Window) -> float:
    """How far to the right a window's mark or interval goes, in events a day."""
    if one.counted:
        return rates.rate_interval(one.counted)[1]
    return max((end for end in (one.low, one.high) if end is not None), default=0) / one.days


def _draw(fig: go.Figure, one: Window, y: float, tones: Look) -> None:
    ends = sorted({end / one.days for end in (one.low, one.high) if end is not None})
    interval = None
    if one.counted:
        low, high = rates.rate_interval(one.counted)
        rate = one.counted.per_day
        interval = {
            "type": "data",
            "symmetric": False,
            "array": [high - rate],
            "arrayminus": [rate - low],
            "color": tones.results,
            "thickness": 3,
            "width": 7,
        }
    hover = "<br>".join(
        [
            f"<b>{safe(one.words)}</b>",
            f"{safe(one.short_name)}, {wording.period(one.start, one.end)}",
            *([safe(plain(one.source_words, 60))] if one.source_words else []),
        ]
    )
    kind, _, identity = one.source.partition(" ")
    fig.add_trace(
        go.Scatter(
            x=ends,
            y=[y] * len(ends),
            mode="lines+markers" if len(ends) > 1 else "markers",
            line={"color": tones.results, "width": 1, "dash": "dot"},
            error_x=interval,
            marker={
                "symbol": "circle" if one.counted else SYMBOLS.get(one.qualifier.lower(), "diamond"),
                "size": 14,
                "color": tones.page if one.early else tones.results,
                "line": {"width": 3 if one.early else 1.5, "color": tones.results if one.early else tones.page},
            },
            customdata=[[kind, identity]] * len(ends),
            hovertext=[hover] * len(ends),
            hovertemplate="%{hovertext}<extra></extra>",
            cliponaxis=False,
        )
    )


def _lines(one: Window, narrow: bool) -> list[str]:
    """A row's words, which a narrow screen takes in more lines."""
    name = f"{plain(one.name, 60)}, {wording.period(one.start, one.end)}"
    name = name[:1].upper() + name[1:]
    width = LINE_WIDTH[narrow]
    return [*lines(name, width, 3), *lines(one.words, width, 3)] if narrow else lines(f"{name}: {one.words}", width, 3)


def _write(fig: go.Figure, words: Sequence[str], y: float, tones: Look, narrow: bool) -> None:
    """A row's words above its mark, at the left: there they never meet another label, however narrow the screen."""
    fig.add_annotation(
        x=0,
        y=y,
        yshift=LIFT,
        xref="paper",
        xanchor="left",
        yanchor="bottom",
        showarrow=False,
        align="left",
        borderpad=0,
        text="<br>".join(map(safe, words)),
        font={"family": FONT, "size": 13 if narrow else 14, "color": tones.text},
    )
