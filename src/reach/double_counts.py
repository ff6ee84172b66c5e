"""Figures that may count the same twice: found by their measure, area and days, for a person to settle. Pure.

Nothing is added because of what is found here, nor because of what is settled: it says which figures must not be.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain, combinations
from typing import Any

from . import wording
from .comparing import WHAT, Row, holds, what, when, words_of
from .definitions import MEASURE, WEAPON_KINDS

INSIDE, JOINT, LISTED, SAME = "inside", "joint", "listed", "same count"
KINDS = {
    INSIDE: "A total, and a figure inside its days and area",
    JOINT: "One number, given for two operations",
    LISTED: "A total of weapons, and the kinds listed under it",
    SAME: "One count of weapons, given twice",
}
TOTAL_OF_WEAPONS = "weapons_seized"
WEAPONS = (TOTAL_OF_WEAPONS, *WEAPON_KINDS)
# Smaller counts of weapons are the same by chance too often to be worth a look.
SAME_COUNT_FROM = 20
# Thousands of operations of one day make millions of pairs, of which nobody settles the rest.
MOST_PAIRS, MOST_DOUBTS = 200_000, 1_000
NOT_COMPLETE = "There are too many figures of one time to hold each against each other: more may be counted twice than is listed."


@dataclass(frozen=True)
class Doubt:
    """Figures that may count the same. The first is the larger one or the total; ``words`` say what is to be settled."""

    kind: str
    figures: tuple[Row, ...]
    words: str

    @cached_property
    def facts(self) -> str:
        """What the figures are of, whatever they say: under this it is settled, also after a revision."""
        facts = [what(one) for one in self.figures]
        return json.dumps(sorted({json.dumps(fact): fact for fact in facts}.values(), key=json.dumps), ensure_ascii=False)

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.facts

    @property
    def subject(self) -> str:
        """The figures in words, with their values: kept with what is settled, so that a later value is seen to be another."""
        return "; ".join(named(one) for one in self.figures)


@dataclass(frozen=True)
class Found:
    """The doubts among figures, each once; ``complete`` is False where there were too many figures of one time to look at every pair."""

    doubts: tuple[Doubt, ...]
    complete: bool = True


def found(rows: Iterable[Row], force: str, around: Sequence[str], most_pairs: int = MOST_PAIRS) -> Found:
    """The doubts among figures of ``figure_current``. Reach, never added at all, is left out, and so are views and impressions."""
    facts = _each_fact_once(row for row in rows if not MEASURE[row["measure"]].on_screens)
    groups: dict[tuple[str, bool], list[Row]] = defaultdict(list)
    for row in facts:
        groups[row["measure"], row["sample"]].append(row)
    # The weapons first: they are few, and a file of very many operations of one day must not crowd them out.
    each = chain(
        _listed_kinds(facts),
        _same_counts(facts),
        (_of_pair(*pair, force, around) for group in groups.values() for pair in _pairs(group)),
    )
    doubts: dict[tuple[str, str], Doubt] = {}
    for looked_at, doubt in enumerate(each):
        if looked_at == most_pairs or len(doubts) == MOST_DOUBTS:
            return Found(tuple(doubts.values()), False)
        if doubt:
            doubts[doubt.key] = doubt
    return Found(tuple(doubts.values()))


def named(row: Row) -> str:
    """A figure in words: what it counts, its value, its operation, area and days."""
    name, days = row["operation"] or row["campaign"], when(row)
    # Many operations are named by their days.
    parts = (f"{MEASURE[row['measure']].label}: {words_of(row)}", name, row["area"], "" if name and days in name else days)
    return ", ".join(str(part) for part in parts if part)


def _each_fact_once(rows: Iterable[Row]) -> list[Row]:
    """Of several statements of one fact, by one source or by two, the first: they are no two counts."""
    once: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        # The kinds listed under a total may be several of one measure, each a count of its own.
        apart = (wording.nominal(row["value_low"], row["value_high"]), row["source"]) if row["measure"] in WEAPON_KINDS else ()
        once.setdefault((*(row[name] for name in WHAT), row["sample"], *apart), row)
    return list(once.values())


def _pairs(group: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """The pairs that share a day, or of which one is not dated and both are of one operation. Not every pair: years of weeks share none."""
    dated = sorted((row for row in group if row["start_date"] and row["end_date"]), key=lambda row: (row["start_date"], row["end_date"]))
    for place, one in enumerate(dated):
        for other in dated[place + 1 :]:
            if other["start_date"] > one["end_date"]:
                break
            yield one, other
    of_operation: dict[str, list[Row]] = defaultdict(list)
    for row in group:
        if row["operation"]:
            of_operation[row["operation"]].append(row)
    for rows in of_operation.values():
        yield from (pair for pair in combinations(rows, 2) if not all(row["start_date"] and row["end_date"] for row in pair))


def _of_pair(one: Row, other: Row, force: str, around: Sequence[str]) -> Doubt | None:
    where = ("operation", "area", "start_date", "end_date", "date_note")
    if all(one[name] == other[name] for name in where):
        return None
    nested = next((pair for pair in ((one, other), (other, one)) if holds(pair[0]["area"], pair[1]["area"], force, around)), None)
    same_area, same_operation = one["area"] == other["area"], bool(one["operation"]) and one["operation"] == other["operation"]
    if not same_area and nested is None:
        same = same_operation and _number(one) is not None and _number(one) == _number(other)
        return _joint(one, other) if same else None
    if nested is not None:
        whole, part = nested
        return _inside(whole, part) if _days_inside(whole, part) else None
    if not same_operation and _number(one) is not None and _number(one) == _number(other):
        return _joint(one, other)
    for whole, part in _larger_first(one, other):
        if _days_inside(whole, part):
            return _inside(whole, part)
    return None


def _larger_first(one: Row, other: Row) -> tuple[tuple[Row, Row], tuple[Row, Row]]:
    """Of two that lie inside each other, the one with the longer time first, then the one with the larger number."""
    pair = (one, other)
    first, second = sorted(pair, key=lambda row: (_open(row), _length(row), _number(row) or Decimal(0)), reverse=True)
    return (first, second), (second, first)


def _open(row: Row) -> bool:
    return not row["start_date"]


def _length(row: Row) -> int:
    return (row["end_date"] - row["start_date"]).days if row["start_date"] and row["end_date"] else 0


def _days_inside(whole: Row, part: Row) -> bool:
    """Whether the days of a part lie inside those of a whole; of one operation also where one of the two is not dated."""
    if not all(row[name] for row in (whole, part) for name in ("start_date", "end_date")):
        return bool(whole["operation"]) and whole["operation"] == part["operation"]
    return bool(whole["start_date"] <= part["start_date"] and part["end_date"] <= whole["end_date"])


def _number(row: Row) -> Decimal | None:
    return wording.nominal(row["value_low"], row["value_high"])


def _inside(whole: Row, part: Row) -> Doubt:
    words = f"{named(part)} may be counted inside or beyond {named(whole)}. Settle which; the two are not to be added."
    return Doubt(INSIDE, (whole, part), words)


def _joint(one: Row, other: Row) -> Doubt:
    return Doubt(JOINT, (one, other), f"{named(one)} and {named(other)} may be one count of a joint operation. Settle whether they are.")


def _listed_kinds(rows: Iterable[Row]) -> Iterator[Doubt]:
    """Totals of weapons whose listed kinds, in one source, make as many or more."""
    where = ("operation", "area", "start_date", "end_date", "date_note", "source", "sample")
    lists: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    totals: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row["measure"] in WEAPON_KINDS:
            lists[tuple(row[name] for name in where)].append(row)
        elif row["measure"] == TOTAL_OF_WEAPONS:
            totals[tuple(row[name] for name in where if name != "source")].append(row)
    for place, kinds in lists.items():
        for total in totals[(*place[:-2], place[-1])]:
            listed, given = [_number(kind) for kind in kinds], _number(total)
            counts = [count for count in listed if count is not None]
            if given is None or len(counts) < len(kinds):
                continue
            together = sum(counts)
            if together >= given:
                made = f"{wording.listed([words_of(kind) for kind in kinds])} are listed by kind, which makes {wording.number(together)}"
                words = f"{made}, against {named(total)}. Settle whether a weapon is in two of the lists."
                yield Doubt(LISTED, (total, *kinds), words)


def _same_counts(rows: Iterable[Row]) -> Iterator[Doubt]:
    """One exact count of weapons under two measures or for two operations."""
    counts: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        number = _number(row)
        if row["measure"] in WEAPONS and row["qualifier"] == "exact" and number is not None and number >= SAME_COUNT_FROM:
            counts[number, row["sample"]].append(row)
    for same in counts.values():
        for one, other in combinations(same, 2):
            if any(one[name] != other[name] for name in ("measure", "operation", "area", "start_date", "end_date", "date_note")):
                words = f"{named(one)} and {named(other)} are one number. Settle whether they are the same weapons."
                yield Doubt(SAME, (one, other), words)
