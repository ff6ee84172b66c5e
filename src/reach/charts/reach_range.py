"""Several reaches together: each as its own mark, and under them the range that they make, with the estimates inside it.

No mark is their sum as a number of people: the sum is only where the range ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]

from reach import wording
from reach.charts import Chart
from reach.charts._theme import FONT, Look, look, plain, safe
from reach.reach_bounds import DUPLICATION, Combined, share

MOST_MARKS = 8
ROW = 62
BELOW = 32
SYMBOLS = {**dict.fromkeys(wording.MORE, "triangle-right"), **dict.fromkeys(wording.LESS, "triangle-left")}
SYMBOLS |= dict.fromkeys(wording.NEAR, "circle-open")


@dataclass(frozen=True)
class Mark:
    """One reach as it is drawn: what it is of, its value in words with the qualifier, its ends in accounts, and its source."""

    label: str
    words: str
    low: float
    high: float
    qualifier: str
    source: str
    source_words: str


@dataclass(frozen=True)
class Population:
    """Who could have been reached: ``whose`` ends "equivalent to 25% of …", ``words`` says which and of when."""

    whose: str
    words: str
    people: float


@dataclass(frozen=True)
class _Answer:
    """A row of the answer: what it is, the number in words, its ends in accounts, and what it assumes."""

    name: str
    words: str
    low: float
    high: float
    assumes: str


def bound_words(found: Combined) -> str:
    """``between 278,000 and around 498,000``, ``at least 134,000, with no upper end``, ``at most 200,000`` or ``12,340``."""
    low = None if found.lower is None else wording.figure_words(found.lower, found.lower, found.lower_is)
    high = wording.figure_words(found.upper, found.upper, found.upper_is)
    if low is None:
        return high if found.upper_is == "up to" else f"at most {high}"
    if found.upper_is == "more than":
        return f"at least {wording.number(found.lower)}, with no upper end"
    return low if found.lower == found.upper else f"between {low} and {high}"


def chart(
    marks: Sequence[Mark],
    found: Combined,
    *,
    counted: str,
    scope: str,
    population: Population | None,
    duplication: float,
    chosen: int | None,
    dark: bool,
    narrow: bool,
) -> Chart:
    """The parts in ``marks`` and what ``found`` says of them together.

    ``counted`` says what the numbers are, ``scope`` whose and when. ``chosen`` is the estimate at ``duplication``, None where there is
    none. The largest parts get a mark each; the rest are counted in a note and stand in the table.
    """
    answers = _answers(found, len(marks), duplication, chosen)
    drawn = sorted(marks, key=lambda one: -one.high)[:MOST_MARKS] if len(marks) > MOST_MARKS else list(marks)
    summary = _summary(marks, found, answers, population)
    return Chart(
        _figure(drawn, found, answers, dark, narrow),
        _title(marks, found),
        f"{counted}. {scope}.",
        summary,
        f"A mark for each of {wording.plural(len(drawn), 'reach', 'reaches')}, and under them a bar for all of them together. {summary} "
        "The table holds the same data.",
        _table(marks, answers, population),
        _key(drawn, answers, _spread(found) is not None),
        tuple(_notes(marks, drawn, found, answers, population)),
        (*(one.source for one in marks), *("" for _ in answers)),
    )


def _answers(found: Combined, parts: int, duplication: float, chosen: int | None) -> list[_Answer]:
    ends = (found.lower if found.lower is not None else found.upper, found.upper)
    if found.from_total:
        return [_Answer("The platform's own count", bound_words(found), *ends, "Each account counted once by the platform itself.")]
    if parts == 1:
        return []
    both = "every account in the smaller is in the larger" if parts == 2 else "every account in any of them is in the largest"
    none = "no account is in both" if parts == 2 else "no account is in two of them"
    answers = [_Answer("Together", bound_words(found), *ends, f"The lower end if {both}, the upper end if {none}.")]
    if found.independent is not None:
        assumes = "Seeing one says nothing about seeing another (independence, by Sainsbury's formula)."
        answers.append(_Answer("If independent", _estimate_words(found.independent, found), found.independent, found.independent, assumes))
    if chosen is not None and duplication != 1:
        times = f"{duplication:g} times as many accounts saw any two of them as chance would give (D = {duplication:g})."
        answers.append(_Answer(f"With overlap {duplication:g} times chance", _estimate_words(chosen, found), chosen, chosen, times))
    return answers


def _estimate_words(estimate: int, found: Combined) -> str:
    return wording.figure_words(estimate, estimate, found.estimate_is)


def _title(marks: Sequence[Mark], found: Combined) -> str:
    words = bound_words(found)
    if found.from_total:
        return f"{words[:1].upper()}{words[1:]} accounts, by the platform's own count"
    if len(marks) == 1:
        return f"{marks[0].words[:1].upper()}{marks[0].words[1:]} accounts"
    unknown = "how many saw both is not known" if len(marks) == 2 else "how many saw several is not known"
    if found.upper_is == "more than" and found.lower is not None:
        return f"At least {wording.number(found.lower)} accounts, with no upper end: {unknown}"
    return f"{words[:1].upper()}{words[1:]} accounts: {unknown}"


def _percent(accounts: float, population: Population) -> str:
    part = share(accounts, population.people)
    return "less than 1%" if 0 < part < 1 else f"{part:.0f}%"


def _summary(marks: Sequence[Mark], found: Combined, answers: Sequence[_Answer], population: Population | None) -> str:
    given = wording.listed([one.words for one in marks]) if len(marks) <= 4 else wording.plural(len(marks), "reach", "reaches")
    if found.from_total:
        said = f"The platform's own count over all of it is {bound_words(found)} accounts, which stands above any combination of parts."
    elif len(marks) == 1:
        said = f"One reach: {given} accounts."
    else:
        said = f"{given[:1].upper()}{given[1:]} make {bound_words(found)} accounts together."
        said += "".join(f" {one.name}, {one.words}." for one in answers[1:])
    if population is None:
        return said
    ends = dict.fromkeys(number for number in (found.lower, found.upper) if number is not None)
    if found.upper_is == "more than":
        ends.pop(found.upper, None)
    shares = [f"{wording.number(number)} {'is' if not place else 'to'}" for place, number in enumerate(ends)]
    told = wording.listed(
        [f"{words} equivalent to {_percent(number, population)}" if not place else f"{words} {_percent(number, population)}"
         for place, (words, number) in enumerate(zip(shares, ends, strict=True))]
    )  # fmt: skip
    return f"{said} {told} of {population.whose}." if told else said


def _key(drawn: Sequence[Mark], answers: Sequence[_Answer], spread: bool) -> str:
    told = {one.qualifier for one in drawn}
    parts = ["● one reach"]
    if told & set(wording.NEAR):
        parts.append("○ close to or around")
    if told & set(wording.MORE):
        parts.append("▶ more than")
    if told & set(wording.LESS):
        parts.append("◀ up to or almost")
    if answers and answers[0].low < answers[0].high:
        parts.append("▬ all together: somewhere in this range")
    if spread:
        parts.append("─ the estimate, from most overlap to least")
    parts += [f"{sign} {wording.lower_first(one.name)}" for sign, one in zip(("◆", "✕"), answers[1:], strict=False)]
    return " · ".join(parts)


def _notes(
    marks: Sequence[Mark], drawn: Sequence[Mark], found: Combined, answers: Sequence[_Answer], population: Population | None
) -> list[str]:
    notes = [f"{one.name} ({one.words}): {one.assumes}" for one in answers]
    if spread := _spread(found):
        notes.append(
            f"The line inside the range runs from {wording.number(spread[0])}, where any two overlap {DUPLICATION[1]:g} times as much as "
            f"by chance, to {wording.number(spread[1])}, where they overlap by chance alone."
        )
    notes += found.conditions
    if any(one.qualifier == "a further" for one in marks):
        notes.append("'A further' was published. It says that no account is in both, which nothing published shows.")
    if population is not None:
        notes.append(f"Population: {population.words}. A share of it says how large a number is, not that these people saw it.")
    if len(drawn) < len(marks):
        notes.append(f"Drawn are the {len(drawn)} largest of {wording.number(len(marks))}; the table holds all of them.")
    return notes


def _spread(found: Combined) -> tuple[int, int] | None:
    """The estimates at the two ends of the duplication, where both can be and they differ."""
    least, most = found.overlapping or (None, None)
    return (least, most) if least is not None and most is not None and least < most else None


def _table(marks: Sequence[Mark], answers: Sequence[_Answer], population: Population | None) -> pd.DataFrame:
    rows: list[dict[str, Any]] = [
        {
            "What": one.label,
            "Accounts": one.words,
            "Lowest": one.low,
            "Highest": one.high,
            "What it assumes": "",
            "Source": one.source_words,
        }
        for one in marks
    ]
    rows += [
        {"What": one.name, "Accounts": one.words, "Lowest": one.low, "Highest": one.high, "What it assumes": one.assumes, "Source": ""}
        for one in answers
    ]
    table = pd.DataFrame(rows)
    if population is not None:
        shares = []
        for row in rows:
            ends = list(dict.fromkeys(_percent(row[end], population) for end in ("Lowest", "Highest")))
            shares.append(f"equivalent to {' to '.join(ends)}")
        table.insert(4, "Of the population", shares)
    return table


def _figure(drawn: Sequence[Mark], found: Combined, answers: Sequence[_Answer], dark: bool, narrow: bool) -> go.Figure:
    tones = look(dark)
    rows = len(drawn) + (1 if answers else 0)
    fig = go.Figure()
    top = max([found.upper, *(one.high for one in drawn)]) * (1.12 if found.upper_is == "more than" else 1.04)
    for place, one in enumerate(drawn):
        _draw_mark(fig, one, rows - place, tones)
        _write(fig, rows - place, f"{plain(one.label, 34 if narrow else 90)}: {plain(one.words, 40)}", tones, narrow)
    if answers:
        _draw_answers(fig, found, answers, tones)
        _write(fig, 1, f"{answers[0].name}: {answers[0].words}", tones, narrow, bold=True)
    size = 12 if narrow else 13
    ticks = {"color": tones.muted, "family": FONT, "size": size}
    fig.update_layout(
        template=tones.name,
        height=rows * ROW + BELOW + 12,
        margin={"l": 12, "r": 24, "t": 12, "b": BELOW},
        dragmode=False,
        hovermode="closest",
        uirevision="reach-range",
        showlegend=False,
        modebar={"bgcolor": "rgba(0,0,0,0)", "color": tones.muted, "activecolor": tones.text},
    )
    fig.update_xaxes(range=[0, top], tickformat=",", tickfont=ticks, nticks=4 if narrow else 8, showgrid=True, fixedrange=True)
    fig.update_yaxes(range=[0.4, rows + 0.75], visible=False, fixedrange=True)
    return fig


def _draw_mark(fig: go.Figure, one: Mark, y: float, tones: Look) -> None:
    hover = f"<b>{safe(plain(one.words, 60))}</b><br>{safe(plain(one.label, 80))}<br>{safe(plain(one.source_words, 60))}"
    ends = [one.low, one.high] if one.low < one.high else [one.high]
    kind, _, identity = one.source.partition(" ")
    fig.add_trace(
        go.Scatter(
            x=ends,
            y=[y] * len(ends),
            mode="lines+markers" if len(ends) > 1 else "markers",
            line={"color": tones.reach, "width": 3},
            marker={
                "symbol": SYMBOLS.get(one.qualifier, "circle"),
                "size": 13,
                "color": tones.reach,
                "line": {"width": 2, "color": tones.reach},
            },
            customdata=[[kind, identity]] * len(ends),
            hovertext=[hover] * len(ends),
            hovertemplate="%{hovertext}<extra></extra>",
            cliponaxis=False,
        )
    )


def _draw_answers(fig: go.Figure, found: Combined, answers: Sequence[_Answer], tones: Look) -> None:
    first, *points = answers
    hover = f"<b>{first.words}</b><br>{first.assumes}"
    if first.low < first.high:
        bar = {"color": tones.second, "opacity": 0.45, "line": {"color": tones.second, "width": 1.5}}
        if found.upper_is == "more than":
            bar["line"] = {"color": tones.second, "width": 0}
        fig.add_trace(
            go.Bar(
                base=[first.low],
                x=[first.high - first.low],
                y=[1],
                orientation="h",
                width=0.26,
                marker=bar,
                hovertext=[hover],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )
    else:
        points = [first, *points]
    if spread := _spread(found):
        fig.add_trace(go.Scatter(x=list(spread), y=[1, 1], mode="lines", line={"color": tones.text, "width": 2}, hoverinfo="skip"))
    for point, symbol in zip(points, ("diamond", "x"), strict=False):
        fig.add_trace(
            go.Scatter(
                x=[point.high],
                y=[1],
                mode="markers",
                marker={"symbol": symbol, "size": 13, "color": tones.text, "line": {"width": 1, "color": tones.page}},
                hovertext=[f"<b>{point.words}</b><br>{point.name}<br>{point.assumes}"],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )


def _write(fig: go.Figure, y: float, words: str, tones: Look, narrow: bool, bold: bool = False) -> None:
    """A row's words above its mark, at the left: there they never meet another label, however narrow the screen."""
    shown = safe(words)
    fig.add_annotation(
        x=0,
        y=y + 0.3,
        xref="paper",
        xanchor="left",
        yanchor="middle",
        showarrow=False,
        align="left",
        text=f"<b>{shown}</b>" if bold else shown,
        font={"family": FONT, "size": 13 if narrow else 14, "color": tones.text},
    )
