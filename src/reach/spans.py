"""What is known of some days: a figure whose dates are just theirs, or a series that covers each of them; never a part of one.

Pure. A figure of other days is not split, since nobody knows how what it counts fell on its days. Figures of several operations are not
added, since one count can hold the other, and people are not added over time, since one person can be counted twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from . import rates, wording
from .rates import Counted

NOT_HELD = "not held"
DAY = timedelta(days=1)
WEEK_DAYS = 7
# A week is published as seven days, once as eight; what is longer or shorter is no week.
WEEK_LENGTHS = (7, 8)
MOST_NAMED = 3


@dataclass(frozen=True)
class Span:
    """A figure or a count of the days from ``start`` to ``end``, both included. ``low`` and ``high`` are the ends its words allow.

    ``operation`` is None for a count of the whole area. ``source`` is what shows where it comes from, as "figure id".
    """

    start: date
    end: date
    low: float | None
    high: float | None
    qualifier: str = "exact"
    status: str = ""
    operation: str | None = None
    unit: str | None = None
    recorded: bool = False
    source: str = ""
    source_words: str = ""

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def exact(self) -> int | None:
        """The whole number counted; None where it is no exact one."""
        if rates.why_no_interval(self.low, self.high, self.qualifier):
            return None
        count = wording.nominal(self.low, self.high)
        return None if count is None else int(count)

    @property
    def counted(self) -> Counted | None:
        return None if self.exact is None else Counted(self.exact, self.days)

    @property
    def words(self) -> str:
        """``76 (27 February to 5 March 2023)``."""
        value = wording.figure_words(self.low, self.high, self.qualifier)
        return f"{value} ({wording.period(self.start, self.end)})"


@dataclass(frozen=True)
class Known:
    """What is known of a window: a span of just its days, or None and why in sentences."""

    span: Span | None
    why: tuple[str, ...] = ()


def stated(spans: Sequence[Span]) -> list[Span]:
    """Each fact once, by the published statement where there is one, in the order of its days; two unlike statements both stay."""

    def fact(one: Span) -> tuple[date, date, str]:
        return one.start, one.end, one.operation or ""

    kept: list[Span] = []
    for _, of_one in groupby(sorted(spans, key=fact), key=fact):
        several = list(of_one)
        best = [one for one in several if not one.recorded] or several
        kept += {(one.low, one.high, one.qualifier): one for one in reversed(best)}.values()
    return kept


def tell(spans: Sequence[Span], first: date, last: date, adds: bool, own: str | None = None) -> Known:
    """What ``spans``, each fact once, say of the days from ``first`` to ``last``: one of just those days, else those that tile them.

    ``adds`` is whether counts of different days may be added.

    Where several operations have a figure of all the days, that of the operation ``own`` is meant.
    """
    inside = [one for one in spans if first <= one.start and one.end <= last]
    same = [one for one in inside if (one.start, one.end) == (first, last)]
    if len(same) > 1:
        same = [one for one in same if own and one.operation == own] or same
    if len(same) == 1:
        return Known(same[0])
    if same:
        return Known(None, (f"{wording.count(len(same)).capitalize()} figures are of just these days and differ: {_named(same)}.",))
    why: list[str] = []
    tiles = [tiled for group in _by_operation(inside) if (tiled := _tiling(group, first, last))]
    if len(tiles) == 1:
        if (refusal := _not_added(tiles[0], adds)) is None:
            return Known(_together(tiles[0]))
        why.append(refusal)
    elif tiles:
        why.append("Several operations have figures of all these days, and whether one holds the other is not known.")
    elif inside:
        covered = len({one.start + DAY * n for one in inside for n in range(one.days)})
        days = (last - first).days + 1
        known = f"Only {wording.number(covered)} of its {wording.plural(days, 'day')} have a figure or count, and the others are not known"
        shared = "The figures of these days share some of them, so they are not added"
        why.append(f"{shared if covered == days else known}: {_named(inside)}.")
    straddling = [one for one in spans if one not in inside and one.start <= last and one.end >= first]
    if straddling:
        is_are, it, its = ("is", "it", "its days") if len(straddling) == 1 else ("are", "they", "their days")
        why.append(
            f"{_named(straddling)} {is_are} partly outside and not split: how what {it} count{'s' if it == 'it' else ''} fell on "
            f"{its} is not known."
        )
    return Known(None, tuple(why))


def _by_operation(spans: Sequence[Span]) -> list[list[Span]]:
    ordered = sorted(spans, key=lambda one: (one.operation or "", one.start, one.end))
    return [list(group) for _, group in groupby(ordered, key=lambda one: one.operation or "")]


def _tiling(spans: Sequence[Span], first: date, last: date) -> list[Span]:
    """All of them where they stand end to end from ``first`` to ``last``, in order; else none."""
    if spans[0].start != first or spans[-1].end != last or any(after.start != one.end + DAY for one, after in pairwise(spans)):
        return []
    return list(spans)


def _not_added(spans: Sequence[Span], adds: bool) -> str | None:
    """Why a tiling has no total: what is no event can be counted in several of its figures."""
    if not adds:
        return f"{wording.plural(len(spans), 'figure')} cover these days and are not added over time: one and the same can be in several."
    if unsure := [one for one in spans if one.exact is None]:
        return f"{wording.plural(len(spans), 'figure')} cover these days, and not each is an exact count: {_named(unsure)}."
    return None


def _together(spans: Sequence[Span]) -> Span:
    """One span of several end to end, each an exact count of the same unit."""
    total = float(sum(one.exact or 0 for one in spans))
    sources = list(dict.fromkeys(one.source_words for one in spans if one.source_words))
    words = "; ".join(sources[:MOST_NAMED]) + (f" and {len(sources) - MOST_NAMED} more" if len(sources) > MOST_NAMED else "")
    early = next((one.status for one in spans if one.status), "")
    only = spans[0].source if len(spans) == 1 else ""
    return Span(
        spans[0].start, spans[-1].end, total, total, "exact", early, spans[0].operation, spans[0].unit, source=only, source_words=words
    )


def _named(spans: Sequence[Span]) -> str:
    said = [one.words for one in spans[:MOST_NAMED]]
    return wording.listed([*said, *([f"{len(spans) - MOST_NAMED:,} more"] if len(spans) > MOST_NAMED else [])])


# --- windows --------------------------------------------------------------------------------------------------------


def around(first: date, last: date, before: int, after: int) -> tuple[tuple[str, date, date], ...]:
    """The windows before, during and after some days, as name, first and last day; a length of 0 leaves its window out."""
    found = [
        ("before", first - DAY * before, first - DAY),
        ("during", first, last),
        ("after", last + DAY, last + DAY * after),
    ]
    return tuple(one for one in found if one[1] <= one[2])


def of_scope(
    spans: Sequence[Span], windows: Sequence[tuple[str, date, date]], adds: bool, own: str | None = None
) -> tuple[str, list[Known]]:
    """What is known of windows, from figures of operations alone or from counts of the whole area alone, never one beside the other.

    Gives which of the two, ``operations`` or ``area``: the one that fills more windows, and that of operations where both fill as many.
    """
    kinds = {kind: [one for one in spans if (one.operation is None) == (kind == "area")] for kind in ("operations", "area")}
    held = {kind: these for kind, these in kinds.items() if these} or {"operations": []}
    told = {kind: [tell(these, first, last, adds, own) for _, first, last in windows] for kind, these in held.items()}
    best = max(told, key=lambda kind: sum(known.span is not None for known in told[kind]))
    return best, told[best]


# --- weeks ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Week:
    """A week and what was published of it. ``name`` stands for it in a list; ``start`` is None where it is not dated.

    ``low`` and ``high`` both None is a week without a figure.
    """

    name: str
    start: date | None
    end: date | None
    low: float | None = None
    high: float | None = None
    qualifier: str = "exact"
    status: str = ""
    unit: str | None = None
    source: str = ""
    source_words: str = ""

    @property
    def dated(self) -> bool:
        return self.start is not None and self.end is not None

    @property
    def days(self) -> int:
        """How many days; an undated week is taken as 7, as all but one are."""
        return (self.end - self.start).days + 1 if self.start and self.end else WEEK_DAYS

    @property
    def has_number(self) -> bool:
        return self.low is not None or self.high is not None

    @property
    def exact(self) -> int | None:
        count = None if rates.why_no_interval(self.low, self.high, self.qualifier) else wording.nominal(self.low, self.high)
        return None if count is None else int(count)

    @property
    def like(self) -> bool:
        """Whether it may be ranked and ranged with others: an exact count of seven days."""
        return self.exact is not None and self.days == WEEK_DAYS

    @property
    def words(self) -> str:
        return wording.figure_words(self.low, self.high, self.qualifier) if self.has_number else wording.NOT_PUBLISHED


def ranged(weeks: Sequence[Week]) -> tuple[list[int], list[int]]:
    """The exact counts of seven days that weeks hold: of dated ones, and of undated ones."""
    return [one.exact or 0 for one in weeks if one.like and one.dated], [one.exact or 0 for one in weeks if one.like and not one.dated]


def measured(weeks: Sequence[Week]) -> rates.Dispersion | None:
    """How much like weeks vary; None with fewer than five of them, or where nothing was counted in any."""
    dated, undated = ranged(weeks)
    counts = [*dated, *undated]
    return rates.dispersion(counts) if len(counts) >= rates.FEWEST_PERIODS and any(counts) else None


def calendar_weeks(days: Sequence[Span], near: date, most: int) -> list[Week]:
    """The weeks from Monday to Sunday of which a count of each day is held, the ``most`` nearest to a day, in order."""
    held = {one.start: one for one in days if one.days == 1 and one.exact is not None}
    mondays = [day for day in held if day.weekday() == 0 and all(day + DAY * n in held for n in range(WEEK_DAYS))]
    nearest = sorted(sorted(mondays, key=lambda day: (abs((day - near).days), day))[:most])
    found = []
    for day in nearest:
        count = float(sum(held[day + DAY * n].exact or 0 for n in range(WEEK_DAYS)))
        last = day + DAY * (WEEK_DAYS - 1)
        found.append(Week(wording.period(day, last), day, last, count, count, unit=held[day].unit, source_words=held[day].source_words))
    return found
