"""Trends: periods beside one another, measures over time on one axis, campaigns by stage of evaluation, and what changed since a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import streamlit as st

from .. import periods, trends, wording
from ..charts import Break
from ..charts import trends as multiples
from ..definitions import MEASURE, MEASURES, METRIC, network_label
from ..dictionary import ENTRY, definition_of
from ..periods import KINDS, Period
from ..store import Store
from ..trends import IN_PERSON, OUTCOMES, OUTPUTS, OUTTAKES, REACHES, Amount, Series
from . import _changes, _defined, _evaluation, _show

PARTS = ("Periods", "Evaluation", "What changed")
# Measures of enforcement that are shown until the reader picks: the first of those held.
FIRST_SHOWN = 4
WEB = "web_views"
MOST_YEARS = 15
EVER = "All"


class Track(NamedTuple):
    """What stands together: its heading, the colour of its marks, and what is said under it first."""

    key: str
    title: str
    tone: str
    words: str


TRACKS = (
    Track(
        "reach", "Reach, as published", "reach", "Figures as they were published or recorded. They are never added, and no line joins them."
    ),
    Track(
        "outputs",
        "Outputs: views and impressions",
        "reach",
        "Of the posts published in a period, all that the latest export counts of them since: later posts have had less time.",
    ),
    Track(
        "outtakes",
        "Outtakes: engagements, link clicks, web page views, film views",
        "second",
        "Of the posts published in a period, all that the latest export counts of them since: later posts have had less time. Film views "
        "are plays of three seconds or more. Web page views are those of an export of just the period.",
    ),
    Track("in person", "People met in person", "fourth", "People met are a measure of their own, and no reach on screens."),
    Track("outcomes", "Outcomes: what the audience did", "third", "Figures of what people did, as published or recorded."),
    Track(
        "enforcement",
        "Operations and enforcement, on a track of their own",
        "results",
        "Enforcement stands alongside. It is no result of the communications above, and no stage of them.",
    ),
)


def render() -> None:
    """Draws the page."""
    known = _show.store()
    _show.opening("Trends", "This period beside the last one and the same one a year before, and how measures ran over time.")
    part = _show.part(PARTS)
    if part == "Evaluation":
        _evaluation.show(known)
    elif part == "What changed":
        _changes.show(known)
    else:
        _periods(known)
    _show.footer(known)


def _periods(known: Store) -> None:
    choices = known.rows("pages/choices")
    areas = [row["choice"] for row in choices if row["kind"] == "area"]
    home = known.settings.force
    areas = sorted({*areas, home}, key=lambda one: (one != home, one))
    with st.container(key="filters"):
        _show.folded_on_a_phone("Choose what is shown")
        with st.container(horizontal=True, vertical_alignment="bottom", key="filter-row"):
            kind = _show.pick("Periods", list(KINDS), format_func=KINDS.__getitem__, key="kind", width=180)
            area = _show.pick("Area", areas, key="area", width=210)
            sample = any(row["kind"] == "area" and row["choice"] == area and row["sample"] for row in choices)
            whole = _held(known, kind, area, sample)
            listed = whole.periods
            label = {one.label: one for one in reversed(listed)}
            now = label[_show.pick("This period", list(label), key="period", width=330)] if label else None
            span = _show.pick("Years drawn", [EVER, "1", "3", "5", "10"], key="years", width=120)
        with st.container(horizontal=True, vertical_alignment="bottom", key="filter-more"):
            networks = st.multiselect(
                "Networks", whole.networks, format_func=network_label, key="networks", bind="query-params", placeholder="All", width=330
            )
            measures = st.multiselect(
                "Measures",
                whole.measures,
                format_func=_measure_label,
                key="measures",
                bind="query-params",
                placeholder="Those held",
                width=560,
            )
    if now is None:
        _show.small("Nothing dated is held of this area. Drop an export or a file of outcomes on the Upload page.")
        return
    shown = _picked(whole, networks, measures)
    _compared(shown, now)
    _over_time(known, shown, now, None if span == EVER else int(span), kind, area)


# --- what is held --------------------------------------------------------------------------------------------------------


class Held(NamedTuple):
    """Every series of an area over all its periods, and what its posts' networks do not hold."""

    periods: list[Period]
    series: list[Series]
    figures: dict[str, list[dict[str, Any]]]
    runs: dict[str, dict[str, list[tuple[date, date]]]]

    @property
    def networks(self) -> list[str]:
        return list(dict.fromkeys(one.network for one in self.series if one.network))

    @property
    def measures(self) -> list[str]:
        return list(dict.fromkeys(one.key for one in self.series))


def _held(known: Store, kind: str, area: str, sample: bool) -> Held:
    """Worked out once for each state of the store."""
    starts = known.settings.financial_year_starts
    return known.remembered(("trends", kind, area, sample, starts), lambda: _work_out(known, kind, area, sample, starts))


def _work_out(known: Store, kind: str, area: str, sample: bool, starts: int) -> Held:
    figures: dict[str, list[dict[str, Any]]] = {}
    for row in known.rows("charts/figures", area=area, measures=list(MEASURE)):
        figures.setdefault(row["measure"], []).append(row)
    # Posts, web pages and advertisements are the force's own, so another area has none.
    own = sample or area == known.settings.force
    posts = known.rows("charts/outtakes", sample=sample) if own else []
    runs: dict[str, dict[str, list[tuple[date, date]]]] = {}
    for row in known.rows("charts/held_runs", sample=sample) if own else []:
        if row["table_name"] == "post_observation":
            runs.setdefault(row["network"], {}).setdefault(row["account"], []).append((row["first_day"], row["last_day"]))
    web = known.rows("charts/web_views", sample=sample) if own else []
    windows = known.rows("charts/window_reach", sample=sample) if own else []
    days = [wording.as_date(row[side]) for own_figures in figures.values() for row in own_figures for side in ("start_date", "end_date")]
    days += [day for accounts in runs.values() for own_runs in accounts.values() for run in own_runs for day in run]
    days += [row["month"] for row in posts]
    dated = [day for day in days if day]
    listed: list[Period] = []
    if dated:
        last = max(dated)
        first = max(min(dated), date(last.year - MOST_YEARS, last.month, 1))
        listed = periods.between(kind, first, last, starts)
    # What is compared with the first ones may lie before them.
    asked = list(dict.fromkeys(other for one in listed for other in (one, one.previous, one.year_before)))
    series = [*_of_figures(figures, area, asked), *_of_posts(posts, runs, asked), *_of_others(web, windows, asked)]
    order = [track.key for track in TRACKS]
    return Held(listed, sorted(series, key=lambda one: order.index(one.track)), figures, runs)


def _of_figures(figures: Mapping[str, Sequence[Mapping[str, Any]]], area: str, asked: Iterable[Period]) -> list[Series]:
    made = []
    for measure in MEASURES:
        if measure.key in figures:
            amounts = trends.of_figures(measure, figures[measure.key], asked)
            made.append(Series(_track(measure.key), measure.key, measure.label, area, measure.adds, measure.unit, amounts=amounts))
    # The measures that are published most often come first on their track.
    return sorted(made, key=lambda one: -len(figures[one.key]))


def _track(measure: str) -> str:
    for track, keys in (("reach", REACHES), ("outcomes", OUTCOMES), ("in person", IN_PERSON)):
        if measure in keys:
            return track
    return "enforcement"


def _of_posts(
    posts: Sequence[dict[str, Any]], runs: Mapping[str, Mapping[str, list[tuple[date, date]]]], asked: Sequence[Period]
) -> list[Series]:
    made = []
    networks = sorted({row["network"] for row in posts})
    rows = {network: [row for row in posts if row["network"] == network] for network in networks}
    for metric in (*OUTPUTS, *OUTTAKES):
        for network in networks:
            if any(row[f"filled_{metric}"] for row in rows[network]):
                amounts = trends.of_posts(metric, network, rows[network], runs.get(network, {}), asked)
                track = "outputs" if metric in OUTPUTS else "outtakes"
                label = _measure_label(metric)
                made.append(Series(track, metric, label, network_label(network), True, None, metric, network, amounts))
    for column, key in (("highest_reach", "reach"), ("highest_viewers", "viewers")):
        for network in networks:
            if any(row[column] is not None for row in rows[network]):
                amounts = trends.highest(column, rows[network], runs.get(network, {}), asked)
                label = f"Highest {wording.lower_first(METRIC[key].label)} of one post"
                made.append(Series("reach", column, label, network_label(network), False, None, key, network, amounts))
    return made


def _of_others(web: Sequence[dict[str, Any]], windows: Sequence[dict[str, Any]], asked: Sequence[Period]) -> list[Series]:
    made = []
    for name in sorted({str(row["property"] or "") for row in web}):
        amounts = trends.of_web([row for row in web if str(row["property"] or "") == name], asked)
        made.append(Series("outtakes", WEB, _measure_label(WEB), name or "web site", True, amounts=amounts))
    for column in ("reach", "viewers"):
        amounts = trends.of_windows(column, windows, asked)
        if any(one.sources for one in amounts.values()):
            label = f"{METRIC[column].label} of advertisements, each account once"
            made.append(Series("reach", f"window_{column}", label, "Facebook and Instagram", False, amounts=amounts))
    return made


def _measure_label(key: str) -> str:
    named = {
        "video_3s_views": "Film views (3 seconds or more)",
        WEB: "Web page views",
        "highest_reach": "Highest reach of one post",
        "highest_viewers": "Highest viewers of one post",
        "window_reach": "Reach of advertisements, by the platform",
        "window_viewers": "Viewers of advertisements, by the platform",
    }
    return named.get(key) or (MEASURE[key].label if key in MEASURE else METRIC[key].label)


def _picked(whole: Held, networks: Sequence[str], measures: Sequence[str]) -> Held:
    """What is to be shown: without a choice of measures all but the less published ones of enforcement."""
    enforcement = [one.key for one in whole.series if one.track == "enforcement"]
    keys = set(measures) or {one.key for one in whole.series} - set(enforcement[FIRST_SHOWN:])
    series = [one for one in whole.series if one.key in keys and (not networks or not one.network or one.network in networks)]
    return whole._replace(series=series)


# --- one period beside others -----------------------------------------------------------------------------------------------


def _compared(shown: Held, now: Period) -> None:
    """The compact table: this period, the last, and the same a year before. Of years and 12 months the last is the one a year before."""
    others = [("Last period", now.previous)]
    if now.year_before != now.previous:
        others.append(("A year before", now.year_before))
    headings = ["Measure", "Where", "This period"]
    for name, _ in others:
        headings += [name, f"Change from {'last period' if name == 'Last period' else 'a year before'}"]
    rows, notes, silent = [], [], []
    for series in shown.series:
        amount = _amount(series, now)
        if amount.note:
            notes.append(f"{series.label}, {series.where}: {amount.note}")
        if not any(_known(_amount(series, period)) for period in (now, *(period for _, period in others))):
            silent.append(f"{series.label}, {series.where}")
            continue
        cells: list[object] = [series.label, series.where, _said(series, amount)]
        for _, period in others:
            before = _amount(series, period)
            cells += [_said(series, before), trends.change(series, amount, before)]
        rows.append(cells)
    spans = f"This period: {now.label}, {wording.plural(now.days, 'day')}. " + " ".join(
        f"{name}: {period.label}, {wording.plural(period.days, 'day')}." for name, period in others
    )
    with st.container(border=True):
        st.html(f'<h2 class="reach-title">{_show.text(now.label[:1].upper() + now.label[1:])}</h2>')
        if rows:
            _show.table(headings, rows, spans)
        else:
            _show.small(f"{spans} Nothing is held of them.")
        _show.bullets(notes)
        if rows and silent:
            _show.small(f"Nothing in these periods of: {'; '.join(silent)}.")
        _show.small(
            "A change is given only where both periods are whole, counted in one way, exact, and of a measure that adds up. "
            "Reach never does. Not published, not held and not measured are not 0."
        )
        _show.download("This table as CSV", headings, rows, "period.csv", "period-csv")
    labels = dict.fromkeys(one.label for one in shown.series)
    _defined.named((label, [_definition(one, now) for one in shown.series if one.label == label]) for label in labels)


def _amount(series: Series, period: Period) -> Amount:
    return series.amounts[period]


def _known(amount: Amount) -> bool:
    return amount.number is not None or bool(amount.sources)


def _said(series: Series, amount: Amount) -> str:
    """The value and how much of the period it is of, where it is of days at all; no number is said in words alone."""
    if not _known(amount):
        return amount.words
    if amount.whole:
        return amount.words
    return f"{amount.words}, {amount.days}" if amount.held < amount.period.days else amount.words


def _definition(series: Series, period: Period) -> Any:
    if series.key in ENTRY and series.key in MEASURE:
        return ENTRY[series.key]
    if series.metric:
        return definition_of("post", series.metric, series.network, period.start)
    return definition_of("web page", WEB) if series.key == WEB else None


# --- over time -----------------------------------------------------------------------------------------------------------


def _over_time(known: Store, shown: Held, now: Period, years: int | None, kind: str, area: str) -> None:
    """A card for each track, all on one time axis and one left edge."""
    listed = [one for one in shown.periods if one.end <= now.end]
    if years:
        first = date(now.end.year - years, now.end.month, 1)
        listed = [one for one in listed if one.end > first]
    span = listed[0].start, listed[-1].end
    dark = st.context.theme.type == "dark"
    panels = {track: _panels(shown, track, listed, span) for track in TRACKS}
    every = [panel for own in panels.values() for panel in own]
    edge = {narrow: multiples.margin_of(every, dark, narrow) for narrow in (False, True)}
    months = wording.months(*span)
    for track, own in panels.items():
        if own:
            _show.chart_card(
                known,
                _drawn(
                    track,
                    own,
                    span,
                    edge,
                    dark,
                    f"{_by(kind)}. {area}, {months}.",
                    f"{track.words} {_in_two(shown, track, listed)}".strip(),
                ),
                f"trends-{_slug(track)}",
                f"{_slug(track)}.csv",
                several=True,
            )
        elif track.key in ("reach", "outtakes", "outcomes"):
            with st.container(border=True):
                st.html(f'<h2 class="reach-title">{_show.text(track.title)}</h2>')
                _show.small("Nothing is held of this for the choice and the time shown.")


def _drawn(
    track: Track,
    panels: Sequence[multiples.Panel],
    span: tuple[date, date],
    edge: Mapping[bool, float],
    dark: bool,
    subtitle: str,
    apart: str,
) -> Any:
    """Draws a track for a wide or a narrow screen."""
    return lambda narrow: multiples.chart(
        panels, title=track.title, subtitle=subtitle, apart=apart, shown=span, margin=edge[narrow], dark=dark, narrow=narrow
    )


def _in_two(shown: Held, track: Track, listed: Sequence[Period]) -> str:
    """How many figures of a track are of days in more than one period, and so in none."""
    if track.key == "reach":
        return ""
    days = [
        (wording.as_date(row["start_date"]), wording.as_date(row["end_date"]))
        for series in shown.series
        if series.track == track.key
        for row in shown.figures.get(series.key, ())
    ]
    one = listed[0]
    across = sum(1 for start, end in days if start and end and not periods.period_of(one.kind, end, one.starts).holds(start, end))
    are = "is" if across == 1 else "are"
    return f"{wording.plural(across, 'figure')} of days in two of these periods {are} in neither." if across else ""


def _slug(track: Track) -> str:
    return track.key.replace(" ", "-")


def _by(kind: str) -> str:
    return {
        periods.MONTH: "By calendar month",
        periods.QUARTER: "By quarter of the financial year",
        periods.YEAR: "By financial year",
        periods.ROLLING: "By 12 months, each at its middle; neighbours share 11 months",
    }[kind]


def _panels(shown: Held, track: Track, listed: Sequence[Period], span: tuple[date, date]) -> list[multiples.Panel]:
    made = []
    for series in shown.series:
        if series.track != track.key or series.key.startswith(("highest_", "window_")):
            continue
        panel = (
            _marks(series, shown.figures[series.key], track, span) if track.key == "reach" else _bars(series, shown, track, listed, span)
        )
        if panel.drawn:
            made.append(panel)
    return made


def _marks(series: Series, figures: Sequence[Mapping[str, Any]], track: Track, span: tuple[date, date]) -> multiples.Panel:
    """Published reach: a mark for each dated figure, in the middle of its days."""
    bars = []
    for row in figures:
        start, end = wording.as_date(row["start_date"]), wording.as_date(row["end_date"])
        value = wording.decimal(row["value_high"] if wording.missing(row["value_low"]) else row["value_low"])
        if start is None or end is None or value is None or start < span[0] or end > span[1]:
            continue
        words = wording.figure_words(row["value_low"], row["value_high"], row["qualifier"], series.unit)
        inexact = str(row["qualifier"] or "").lower() not in ("", *wording.AS_PUBLISHED)
        days = wording.plural((end - start).days + 1, "day")
        how = row["published_wording"] or "recorded in a file, not published"
        note = f"{row['subject'] or ''}: {how}".lstrip(": ")
        bars.append(
            multiples.Bar(start, end, wording.period(start, end), words, float(value), inexact, days, note, f"figure {row['figure_id']}")
        )
    return multiples.Panel(series.label, series.where, series.unit, track.tone, tuple(bars), mark=True)


def _bars(series: Series, shown: Held, track: Track, listed: Sequence[Period], span: tuple[date, date]) -> multiples.Panel:
    bars = []
    for period in listed:
        amount = series.amounts[period]
        source = amount.sources[0] if len(amount.sources) == 1 else ""
        number = None if amount.number is None else float(amount.number)
        hollow = not amount.whole or bool(amount.qualifier)
        bars.append(multiples.Bar(period.start, period.end, period.label, amount.words, number, hollow, amount.days, amount.note, source))
    changed = tuple(
        Break(one.first, one.last, one.label, one.words, one.source)
        for one in trends.changes(series, span[0], span[1])
        if one.first and one.last
    )
    gaps = _not_held(shown.runs.get(series.network, {}), span) if series.network else ()
    overlapping = bool(listed) and listed[0].kind == periods.ROLLING
    return multiples.Panel(series.label, series.where, series.unit, track.tone, tuple(bars), overlapping, changed, gaps)


def _not_held(accounts: Mapping[str, Sequence[tuple[date, date]]], span: tuple[date, date]) -> tuple[tuple[date, date], ...]:
    """The runs of days that no file of any account of a network covers."""
    gaps, reached = [], span[0]
    for first, last in sorted(run for runs in accounts.values() for run in runs):
        if first > reached and reached <= span[1]:
            gaps.append((reached, min(first - timedelta(days=1), span[1])))
        reached = max(reached, last + timedelta(days=1))
    if reached <= span[1]:
        gaps.append((reached, span[1]))
    return tuple(gaps)
