"""What is held for the page Alongside: the events, the counts of a measure, and its weeks, as the spans and weeks that charts take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from .. import spans, wording
from ..definitions import MEASURE, MEASURES
from ..spans import Span, Week
from ..store import Store

# Stop and searches are no measure of the figures file: they come by day from the open data.
SEARCHES, SEARCHED_FOR = "searches_for_drugs", "Controlled drugs"
SEARCHES_LABEL = "Stop and searches for drugs"
COUNTED = tuple(
    measure.key for measure in MEASURES if measure.kind in ("results", "safeguarding", "reports") and measure.unit not in ("GBP", "kg")
)
REPORTS = tuple(measure.key for measure in MEASURES if measure.kind == "reports")
REACHES = tuple(measure.key for measure in MEASURES if measure.kind == "reach")
ENFORCEMENT = tuple(measure.key for measure in MEASURES if measure.kind in ("results", "safeguarding"))
MOST_WEEKS = 13
OF_OPERATIONS = "weeks of operations"


@dataclass(frozen=True)
class Event:
    """An operation or a campaign with dates. ``name`` stands for it in the address."""

    name: str
    kind: str
    event: str
    start: date
    end: date
    intensification: bool
    from_figures: bool

    @property
    def operation(self) -> str | None:
        return self.event if self.kind == "operation" else None

    @property
    def words(self) -> str:
        """Its name with its dates, unless the name holds them."""
        period = wording.period(self.start, self.end)
        return self.event if period in self.event else f"{self.event}, {period}"


@dataclass(frozen=True)
class Held:
    """The counts of one measure in one area. ``adds`` says whether those of different days may be added, ``silence`` in words how a
    window without one is so."""

    measure: str
    label: str
    unit: str
    area: str
    spans: tuple[Span, ...]
    undated: tuple[dict[str, Any], ...]
    silence: str
    adds: bool

    @property
    def series(self) -> list[Span]:
        """Counts of the whole area by day, week or month, the shortest first chosen, so that none shares a day with another."""
        kept: list[Span] = []
        taken: set[date] = set()
        for one in sorted((one for one in self.spans if one.operation is None), key=lambda one: (one.days, one.start)):
            days = {one.start + spans.DAY * n for n in range(one.days)}
            if not days & taken:
                taken |= days
                kept.append(one)
        return sorted(kept, key=lambda one: one.start)


def events(known: Store, area: str, measure: str) -> list[Event]:
    """Those to choose from, the best beginning first."""
    rows = known.rows("pages/alongside_events", area=area, force=known.settings.force, measures=[measure])
    found: dict[str, Event] = {}
    for row in rows:
        name = row["event"] if row["event"] not in found else f"{row['event']} ({row['kind']})"
        dates = wording.as_date(row["start_date"]), wording.as_date(row["end_date"])
        if dates[0] and dates[1] and dates[0] <= dates[1]:
            found[name] = Event(name, row["kind"], row["event"], dates[0], dates[1], row["intensification"], row["from_figures"])
    if measure != SEARCHES:
        return list(found.values())
    days = {one.start for one in search_days(known, area)}
    return sorted(found.values(), key=lambda one: one.start not in days)


def measures(known: Store, area: str) -> list[str]:
    """The counts held of an area, arrests and warrants first; arrests where there is none."""
    held = {row["choice"] for row in known.rows("pages/choices") if row["kind"] == "measure" and row["area"] == area}
    listed = sorted((key for key in COUNTED if key in held), key=lambda key: (key != "arrests", key != "warrants"))
    searched = {row["force"] for row in known.rows("pages/open_data_choices") if row["kind"] == "stop and search"}
    return [*(listed or ["arrests"]), *([SEARCHES] if area in searched else [])]


def label_of(measure: str) -> str:
    return SEARCHES_LABEL if measure == SEARCHES else MEASURE[measure].label


def held(known: Store, area: str, measure: str) -> Held:
    """All that is held of a measure in an area."""
    if measure == SEARCHES:
        return Held(measure, SEARCHES_LABEL, "searches", area, tuple(search_days(known, area)), (), spans.NOT_HELD, True)
    rows = known.rows("charts/figures", area=area, measures=[measure])
    dated = [_span(row) for row in rows if row["start_date"] and row["end_date"] and row["start_date"] <= row["end_date"]]
    undated = tuple(row for row in rows if not (row["start_date"] and row["end_date"]))
    about = MEASURE[measure]
    silence = spans.NOT_HELD if about.kind == "reports" else wording.NOT_PUBLISHED
    return Held(measure, about.label, about.unit, area, tuple(spans.stated(dated)), undated, silence, about.adds)


def search_days(known: Store, force: str) -> list[Span]:
    rows = known.rows("charts/search_days", force=force, object=SEARCHED_FOR)
    return [
        Span(row["day"], row["day"], row["records"], row["records"], unit="searches", source_words=row["file_name"] or "") for row in rows
    ]


def _span(row: dict[str, Any]) -> Span:
    return Span(
        row["start_date"],
        row["end_date"],
        row["value_low"],
        row["value_high"],
        row["qualifier"] or "exact",
        row["status"] or "",
        row["operation"] or row["campaign"],
        row["unit"],
        row["recorded"],
        f"figure {row['figure_id']}",
        source_words(row),
    )


def source_words(row: dict[str, Any]) -> str:
    return row["source"] or f"{row['file_name']}, record {row['record_no']}"


def weeks(known: Store, kept: Held, near: date | None, scope: str = "operations") -> tuple[str, list[Week]]:
    """The weeks of a measure and, in words, which they are: those of operations, else, or of scope ``area``, counts of the whole area.

    Weeks of operations are figures of seven or eight days, those of undated weeks of intensification, and weeks without a figure. Counts
    by day make calendar weeks; of weekly counts and calendar weeks the nearest to a day.
    """
    of_operations = _operation_weeks(known, kept)
    series = [one for one in kept.spans if one.operation is None]
    middle = near or max((one.end for one in series), default=date.min)
    if not series or (scope == "operations" and any(one.has_number for one in of_operations)):
        return OF_OPERATIONS, of_operations
    if series[0].days == 1 and kept.adds:
        return f"at most {MOST_WEEKS} calendar weeks, the nearest held", spans.calendar_weeks(series, middle, MOST_WEEKS)
    weekly = [one for one in series if one.days in spans.WEEK_LENGTHS]
    weekly = sorted(sorted(weekly, key=lambda one: abs((one.start - middle).days))[:MOST_WEEKS], key=lambda one: one.start)
    return "weekly counts of the whole area", _named([_week(one) for one in weekly])


def _operation_weeks(known: Store, kept: Held) -> list[Week]:
    dated = [(one.operation or "", _week(one)) for one in kept.spans if one.operation and one.days in spans.WEEK_LENGTHS]
    operations = [row for row in known.rows("pages/operations") if row["area"] == kept.area and row["intensification"]]
    intense = {row["operation"] for row in operations}
    undated = {}
    for row in sorted(kept.undated, key=lambda row: row["recorded"], reverse=True):
        if row["operation"] in intense:
            undated[row["operation"]] = Week(
                row["operation"],
                None,
                None,
                row["value_low"],
                row["value_high"],
                row["qualifier"] or "exact",
                row["status"] or "",
                row["unit"],
                f"figure {row['figure_id']}",
                source_words(row),
            )
    silent = [
        Week(wording.period(row["start_date"], row["end_date"]), row["start_date"], row["end_date"])
        for row in operations
        if row["start_date"]
        and row["end_date"]
        and not any((week.start, week.end) == (row["start_date"], row["end_date"]) for _, week in dated)
    ]
    both = sorted([*dated, *(("", week) for week in silent)], key=lambda one: (one[1].start or date.max, one[0]))
    names = [week.name for _, week in both]
    several = [Week(f"{week.name} ({operation})", *_rest(week)) if names.count(week.name) > 1 else week for operation, week in both]
    return _named([*several, *undated.values()])


def _rest(one: Week) -> tuple[Any, ...]:
    return one.start, one.end, one.low, one.high, one.qualifier, one.status, one.unit, one.source, one.source_words


def _named(found: Sequence[Week]) -> list[Week]:
    """Each name once, as the address needs it: a second week of a name has its number."""
    seen: dict[str, int] = {}
    kept = []
    for one in found:
        seen[one.name] = seen.get(one.name, 0) + 1
        kept.append(one if seen[one.name] == 1 else Week(f"{one.name}, {seen[one.name]}", *_rest(one)))
    return kept


def _week(one: Span) -> Week:
    return Week(
        wording.period(one.start, one.end),
        one.start,
        one.end,
        one.low,
        one.high,
        one.qualifier,
        one.status,
        one.unit,
        one.source,
        one.source_words,
    )
