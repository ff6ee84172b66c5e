"""Alongside: what was counted before, during and after an operation or a campaign, and what such counts cannot say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from .. import rates, spans, wording
from ..charts import aligned, weeks, windows
from ..charts.windows import Window
from ..dictionary import ENTRY
from ..spans import Week
from ..store import Store
from . import _alongside_background, _alongside_held, _defined, _show
from ._alongside_held import Event, Held

PARTS = ("Windows and weeks", "Several operations", "Reports by week", "Public data")
USUAL_DAYS, MOST_DAYS = 7, 366
AS_ABOVE = "The one chosen above"
MOST_PANELS, USUAL_PANELS = 8, 4
MOST_NAMED = 3


def render() -> None:
    """Draws the page."""
    known = _show.store()
    _show.opening(
        "Alongside", "What was counted before, during and after an operation or a campaign. Counts stand alongside, never as a result."
    )
    with st.container(key="filters"):
        area, measure, event, before, after = _choices(known)
    kept = _alongside_held.held(known, area, measure)
    part = _show.part(PARTS)
    if part == PARTS[1]:
        _several(known, kept, before, after)
    elif part == PARTS[2]:
        _alongside_background.reports(known, area)
    elif part == PARTS[3]:
        _alongside_background.public(known, area)
    else:
        _windows_and_weeks(known, kept, event, before, after)
    _why_not(known, kept)
    _show.footer(known)


def _choices(known: Store) -> tuple[str, str, Event | None, int, int]:
    choices = known.rows("pages/choices")
    home = known.settings.force
    areas = {row["area"] for row in choices} | {row["force"] for row in known.rows("pages/open_data_choices")} | {home}
    _show.folded_on_a_phone("Choose what is shown")
    with st.container(horizontal=True, vertical_alignment="bottom", key="filter-row"):
        area = _show.pick("Area", sorted(areas, key=lambda one: (one != home, one)), key="area", width=190)
        held = _alongside_held.measures(known, area)
        measure = _show.pick("What is counted", held, format_func=_alongside_held.label_of, key="measure", width=215)
        found = {one.name: one for one in _alongside_held.events(known, area, measure)}
        event = None
        if found:
            named = _show.pick("Around", list(found), format_func=lambda name: found[name].words, key="around", width=350)
            event = found[named]
        before, after = (_days(words, key) for words, key in (("Days before", "before"), ("Days after", "after")))
    return area, measure, event, before, after


def _days(words: str, key: str) -> int:
    """A length in days, of which the address can only say what the box can."""
    given = st.number_input(words, 1, MOST_DAYS, USUAL_DAYS, 1, key=key, bind="query-params", width=115)
    return min(max(int(given or USUAL_DAYS), 1), MOST_DAYS)


# --- before, during and after; weeks ------------------------------------------------------------------------------------


def _windows_and_weeks(known: Store, kept: Held, event: Event | None, before: int, after: int) -> None:
    asked = spans.around(event.start, event.end, before, after) if event else ()
    scope, told = spans.of_scope(kept.spans, asked, kept.adds, event.operation if event else None)
    which, found = _alongside_held.weeks(known, kept, event.start if event else None, scope)
    measured = spans.measured(found)
    compared = 0
    if event is None:
        _show.small(f"No operation and no campaign of {kept.area} has both its dates, so there is nothing to set windows around.")
    else:
        compared += _windows(known, kept, event, asked, scope, told, measured)
    if found:
        compared += _weeks(known, kept, which, found, event, measured)
    else:
        _show.small(f"No week of {wording.lower_first(kept.label)} is held for {kept.area}.")
    _show.small(f"On screen: {wording.plural(compared, 'comparison')} of rates. {rates.comparisons_said(compared)}")
    _defined.named([("", [_meant(kept)])])


def _meant(kept: Held) -> Any:
    return ENTRY["records-open-data" if kept.measure == _alongside_held.SEARCHES else kept.measure]


def _dispersion(measured: rates.Dispersion | None) -> float | None:
    return None if measured is None else round(measured.index, 2)


def _windows(
    known: Store,
    kept: Held,
    event: Event,
    asked: Sequence[tuple[str, Any, Any]],
    scope: str,
    told: Sequence[spans.Known],
    measured: rates.Dispersion | None,
) -> int:
    """The card of the windows and what must be said of them; gives how many comparisons it shows."""
    shown = [_window(name, first, last, one, kept.silence) for (name, first, last), one in zip(asked, told, strict=True)]
    words: dict[str, Any] = {
        "label": kept.label,
        "area": kept.area,
        "unit": kept.unit,
        "dispersion": _dispersion(measured),
        "periods": measured.periods if measured else None,
        "dark": st.context.theme.type == "dark",
    }
    st.html(f'<p class="reach-lead">{_show.text(event.words)}</p>')
    _show.chart_card(known, lambda narrow: windows.chart(shown, narrow=narrow, **words), "windows", "before-during-after.csv", several=True)
    _show.bullets(
        [
            *_reasons(kept, asked, told, scope),
            *_others(known, kept, event, asked),
            *_scope_words(kept, event, scope, measured, shown),
        ]
    )
    return sum(one.counted is not None for one in shown[1:]) if shown[0].counted else 0


def _window(name: str, first: Any, last: Any, told: spans.Known, silence: str) -> Window:
    one = told.span
    if one is None:
        return Window(name, first, last, silence=silence)
    return Window(name, first, last, one.low, one.high, one.qualifier, one.status, one.source, one.source_words)


def _reasons(kept: Held, asked: Sequence[tuple[str, Any, Any]], told: Sequence[spans.Known], scope: str) -> list[str]:
    """Why windows have no figure."""
    lines = []
    for (name, first, last), one in zip(asked, told, strict=True):
        if one.span is not None:
            continue
        about = f"{name.capitalize()} ({wording.period(first, last)}): {kept.silence}."
        if one.why:
            lines.append(f"{about} {' '.join(one.why)}")
            continue
        series = "days" if kept.measure == _alongside_held.SEARCHES else "figures"
        near = _nearest(kept, name, first, last, scope)
        lines.append(f"{about} No {series} of {wording.lower_first(kept.label)} held lie within these days.{near}")
    return lines


def _nearest(kept: Held, name: str, first: Any, last: Any, scope: str) -> str:
    """The nearest figure on the window's own side, so that a reader sees how far away it is."""
    like = [one for one in kept.spans if (one.operation is None) == (scope == "area")]
    earlier = max((one for one in like if one.end < first), key=lambda one: one.end, default=None)
    later = min((one for one in like if one.start > last), key=lambda one: one.start, default=None)
    sides = [("earlier", earlier if name != "after" else None), ("later", later if name != "before" else None)]
    said = [f"the nearest {which} is {one.words}" for which, one in sides if one]
    said = [one[:1].upper() + one[1:] if place == 0 else one for place, one in enumerate(said)]
    return f" {wording.listed(said)}." if said else ""


def _others(known: Store, kept: Held, event: Event, asked: Sequence[tuple[str, Any, Any]]) -> list[str]:
    """Other operations and campaigns in the same windows, which a reader must know of."""
    lines = []
    every = [one for one in _alongside_held.events(known, kept.area, kept.measure) if one.name != event.name]
    for name, first, last in asked:
        also = [one.words for one in every if one.start <= last and one.end >= first]
        if also:
            more = [f"{len(also) - MOST_NAMED:,} more"] if len(also) > MOST_NAMED else []
            lines.append(f"In the window {name} also: {'; '.join([*also[:MOST_NAMED], *more])}.")
    return lines


def _scope_words(kept: Held, event: Event, scope: str, measured: rates.Dispersion | None, shown: Sequence[Window]) -> list[str]:
    lines = []
    kinds = {one.operation is None for one in kept.spans}
    if len(kinds) > 1:
        taken, left = (
            ("figures of operations", "counts of the whole area")
            if scope == "operations"
            else ("counts of the whole area", "figures of operations")
        )
        lines.append(f"The windows take {taken}. {left.capitalize()} are held too, and the two are not put beside one another.")
    if event.from_figures:
        lines.append("The dates are those of the operation's figures, since its own are not recorded.")
    if kept.measure == _alongside_held.SEARCHES:
        lines.append(
            "Counted from the stop and search files of data.police.uk, which name no operation: all searches for drugs count. "
            "A file covers the days from its first search to its last, so a quiet day at the edge of a month can count as not held."
        )
    if measured and any(one.days != spans.WEEK_DAYS for one in shown):
        lines.append("The dispersion was measured over weeks. Windows of other lengths may vary otherwise.")
    return lines


def _weeks(known: Store, kept: Held, which: str, found: list[Week], event: Event | None, measured: rates.Dispersion | None) -> int:
    """The card of the weeks, two of which are compared; gives how many comparisons it shows."""
    above = next((one.name for one in found if event and (one.start, one.end) == (event.start, event.end) and one.has_number), None)
    newest = [one.name for one in reversed(found) if one.has_number]
    if not newest:
        _show.small(f"No week of {wording.lower_first(kept.label)} has a figure for {kept.area}.")
        return 0
    with st.container(horizontal=True, vertical_alignment="bottom"):
        options = [*([AS_ABOVE] if above else []), *newest]
        picked = _show.pick("Week", options, key="week", width=330)
        week = next(one for one in found if one.name == (above if picked == AS_ABOVE else picked))
        like = [one for one in found if one.dated and one.exact is not None and one is not week]
        earlier = [one for one in reversed(like) if week.start and one.start and one.start < week.start]
        others = [*earlier, *(one for one in like if one not in earlier)]
        against = None
        if others and week.exact is not None and week.dated:
            name = _show.pick("Held against", [one.name for one in others], key="against", width=330)
            against = next(one for one in others if one.name == name)
    words: dict[str, Any] = {
        "chosen": week.name,
        "label": kept.label,
        "area": kept.area,
        "unit": kept.unit,
        "which": which,
        "selected": which == _alongside_held.OF_OPERATIONS,
        "dark": st.context.theme.type == "dark",
    }
    _show.chart_card(known, lambda narrow: weeks.chart(found, narrow=narrow, **words), "weeks", "week-by-week.csv", several=True)
    if against is None:
        _show.small("No other dated week with an exact count is held, so no two are compared.")
        return 0
    _two_weeks(kept, week, against, measured)
    return 1


def _two_weeks(kept: Held, week: Week, against: Week, measured: rates.Dispersion | None) -> None:
    found = rates.compare(
        rates.Counted(week.exact or 0, week.days),
        rates.Counted(against.exact or 0, against.days),
        _dispersion(measured),
        measured.periods if measured else None,
    )
    with st.container(border=True):
        st.html('<h2 class="reach-title">Two weeks beside one another</h2>')
        st.html(f'<p class="reach-lead">{_show.text(_sentence(kept, week, against, found, measured))}</p>')
        lines = list(found.sentences)
        if measured:
            lines.append(f"Weeks of seven days with an exact count: {measured.words}")
        else:
            lines.append(f"Fewer than {wording.count(rates.FEWEST_PERIODS)} such weeks are held, so how much weeks vary is not measured.")
        _show.bullets(lines)


def _sentence(kept: Held, week: Week, against: Week, found: rates.Comparison, measured: rates.Dispersion | None) -> str:
    """``76 against 52 arrests: ratio 1.46 (1.01 to 2.12), and 0.62 to 3.43 with φ = 5.84 from the seven weeks: inconclusive.``"""
    pair = f"{week.words} against {against.words} {wording.lower_first(kept.label)}"
    if week.days != against.days:
        pair += f", in {week.days} and {against.days} days"
    if found.ratio is None or found.high is None:
        return f"{pair}: no ratio, since nothing divides by 0; {found.verdict}."
    said = f"{pair}: ratio {rates.short(found.ratio)} ({rates.short(found.low)} to {rates.short(found.high)})"
    if measured and found.low_dispersed is not None and found.high_dispersed is not None:
        widened = f"{rates.short(found.low_dispersed)} to {rates.short(found.high_dispersed)}"
        said += f", and {widened} with φ = {wording.number(found.dispersion)} from the {wording.count(measured.periods)} weeks"
    alone = measured is None and found.verdict != rates.INCONCLUSIVE
    return f"{said}: {found.verdict}{', allowing for chance alone' if alone else ''}."


# --- several operations ------------------------------------------------------------------------------------------------


def _several(known: Store, kept: Held, before: int, after: int) -> None:
    """Operations aligned on their first day, of a series by day, week or month."""
    series = kept.series
    label = wording.lower_first(kept.label)
    operations = {one.name: one for one in _alongside_held.events(known, kept.area, kept.measure) if one.kind == "operation"}
    if not series or not operations:
        with st.container(border=True):
            lacking = (
                f"No series of {label} by day, week or month is held for {kept.area}: what is held is of operations alone."
                if not series
                else f"No operation of {kept.area} has both its dates."
            )
            _show.small(f"{lacking} So operations cannot be laid on one axis of days.")
            _show.bullets(
                [
                    "A figures file fills it: a row a day, week or month with both dates, the area, the measure, and no operation. "
                    "A week with none is a row with 0, and a week that nobody counted is no row.",
                    "Stop and search files of data.police.uk give a series by day: choose it under What is counted once one is imported.",
                ]
            )
            st.html('<p class="reach-small"><a href="/upload" target="_self">To the Upload page and its templates</a></p>')
        return
    panels = {name: _panel(kept, series, one, before, after) for name, one in operations.items()}
    usual = [name for name in sorted(panels, key=lambda name: panels[name].start, reverse=True) if panels[name].spans][:USUAL_PANELS]
    chosen = st.multiselect(
        "Operations", list(panels), usual, key="operations", bind="query-params", max_selections=MOST_PANELS, format_func=str
    )
    drawn = sorted((panels[name] for name in chosen), key=lambda one: one.start)
    if not any(one.spans for one in drawn):
        _show.small(f"No count of {label} lies within the windows of these operations." if drawn else "Choose one operation or more.")
        return
    words: dict[str, Any] = {"label": kept.label, "area": kept.area, "unit": kept.unit, "dark": st.context.theme.type == "dark"}
    _show.chart_card(known, lambda narrow: aligned.chart(drawn, narrow=narrow, **words), "aligned", "operations-on-day-0.csv", several=True)
    _defined.named([("", [_meant(kept)])])


def _panel(kept: Held, series: Sequence[spans.Span], one: Event, before: int, after: int) -> aligned.Panel:
    asked = spans.around(one.start, one.end, before, after)
    told = [(name, first, last, spans.tell(series, first, last, kept.adds)) for name, first, last in asked]
    shown = tuple(_window(name, first, last, found, spans.NOT_HELD) for name, first, last, found in told)
    first, last = asked[0][1], asked[-1][2]
    inside = tuple(span for span in series if first <= span.start and span.end <= last)
    return aligned.Panel(one.name, one.start, one.end, shown, inside)


# --- what is not offered ------------------------------------------------------------------------------------------------


def _why_not(known: Store, kept: Held) -> None:
    """Where a reader would look for a trend or a cause: why there is none, and what it would take."""
    made_up = any(one["kind"] == "area" and one["area"] == kept.area and one["sample"] for one in known.rows("pages/choices"))
    (row,) = known.rows(
        "pages/weeks_with_both",
        area=kept.area,
        sample=made_up,
        reaches=list(_alongside_held.REACHES),
        measures=list(_alongside_held.ENFORCEMENT),
    )
    both, reach, counts = row["weeks_with_both"], row["weeks_with_reach"], row["weeks_with_enforcement"]
    weekly = sum(
        one.days == spans.WEEK_DAYS for key in _alongside_held.REPORTS for one in _alongside_held.held(known, kept.area, key).series
    )
    exact = sum(one.like for one in _alongside_held.weeks(known, kept, None)[1])
    few = "That is not enough to test anything."
    enough = (
        few if both < rates.ENOUGH_PERIODS else "Both are planned for the same weeks, so no test of them could tell one from the other."
    )
    with st.container(border=True):
        st.html('<h2 class="reach-title">Why there is no trend line, no lag and no coefficient here</h2>')
        said = f"{wording.plural(both, 'week')} {wording.noun(both, 'has', 'have')} both reach and enforcement figures"
        area = f"{kept.area} (made-up sample)" if made_up else kept.area
        _show.small(f"{area}: {said} ({reach} with reach, {counts} with enforcement). {enough}")
        _show.bullets(
            [
                "Campaign and warrants are planned for the same week, so they peak together whatever either does.",
                "Order can be the reverse: releases on results are posts too, with a reach of their own.",
                "Weeks are published by choice, and what they count has changed from release to release.",
                "With few weeks, chance gives nearly any coefficient; two series that both grow go together by that alone.",
            ]
        )
        _show.table(
            ["Question", "What it takes", "Held"],
            [
                ("How uncertain is one count?", "One whole count and its days", "each exact count has its interval"),
                (
                    "Do weeks vary more than chance?",
                    "Five weeks or more",
                    f"{wording.plural(exact, 'week')} of {wording.lower_first(kept.label)}",
                ),
                (
                    "Do two rates differ, allowing for that?",
                    "Eight to ten weeks or more",
                    f"{wording.plural(exact, 'week')}{': an illustration' if exact < rates.ENOUGH_PERIODS else ''}",
                ),
                (
                    "Did the level of a weekly series change? (interrupted time series)",
                    "8 to 12 weeks or more on each side, and the rule written down beforehand",
                    f"{wording.plural(weekly, 'week')} of reports",
                ),
                (
                    "Was it otherwise than elsewhere?",
                    "30 points or more beforehand, and the same series of forces without the campaign",
                    "not offered",
                ),
                ("Does one series follow another?", "50 points or more, each cleared of its own pattern", "not offered"),
            ],
            "What each question takes at the least, and what is held for it.",
        )
