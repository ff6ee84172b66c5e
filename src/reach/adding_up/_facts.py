"""What a recorded figure is of and counts, and the sums that facts stand in."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias

from .. import comparing, disclosure
from ..comparing import Row
from ..definitions import MEASURE, WEAPON_KINDS
from ..disclosure import Key, Thresholds

CHILDREN = ("children_safeguarded", "children_supported", "children_at_talks")
NAMES = ("operation", "campaign", "network", "paid")


def what(row: Row) -> str:
    """What a figure is of, as settlements and publications name it."""
    return json.dumps(comparing.what(row), ensure_ascii=False)


def days_of(row: Row) -> tuple[Any, ...]:
    """The days of a figure; a note on them counts only where there are none."""
    first, last = row["start_date"], row["end_date"]
    return (first, last, None) if first or last else (None, None, row["date_note"])


def statement(row: Row) -> str | None:
    """What tells several counts of one kind of weapon apart, which stand in one list, each a count of its own; None of other measures."""
    return (row.get("published_wording") or comparing.words_of(row)) if row["measure"] in WEAPON_KINDS else None


def identity(row: Row) -> tuple[Hashable, ...]:
    """What a figure is a figure of, whoever says it: rows that have it in common are statements of one fact."""
    return (row["measure"], row["area"], *(row[name] for name in NAMES), *days_of(row), row["sample"], statement(row))


def kinds(measure: str, area: str | None, force: str, around: Sequence[str]) -> tuple[str, ...]:
    """What the count is of, as far as thresholds go; reach and displays are of accounts and screens, and no threshold is of them.

    An area that is not known to be the force or to hold it counts as below it.
    """
    if measure in MEASURE and MEASURE[measure].on_screens:
        return ()
    kind = MEASURE[measure].kind if measure in MEASURE else "safeguarding"
    return tuple(
        name
        for name, holds in (
            (disclosure.CHILDREN, measure in CHILDREN),
            (disclosure.SAFEGUARDING, kind == "safeguarding"),
            (disclosure.SUB_FORCE, area != force and area not in around),
            (disclosure.ENFORCEMENT, kind == "results"),
        )
        if holds
    )


@dataclass(frozen=True, eq=False)
class Fact:
    """What one or several statements are of, with the least and the most that any of them lets the count be."""

    key: Key
    rows: tuple[Row, ...]
    low: int
    high: int | None
    public: bool = False

    @property
    def row(self) -> Row:
        return self.rows[0]

    @property
    def exact(self) -> bool:
        return self.low == self.high

    @cached_property
    def name(self) -> tuple[Any, ...]:
        """Whose count it is: under one name counts add up over areas and days."""
        return (*(self.row[name] for name in NAMES), statement(self.row))

    @cached_property
    def days(self) -> tuple[Any, ...]:
        return days_of(self.row)

    @property
    def dated(self) -> bool:
        return bool(self.days[0] and self.days[1])

    def may_exceed(self, parts: Iterable[Fact]) -> bool:
        """Whether the count can be as much as those together."""
        return self.high is None or sum(part.low for part in parts) <= self.high

    def is_made_of(self, parts: Sequence[Fact]) -> bool:
        """Whether the counts, all of them exact, make it up without a rest."""
        return self.exact and all(part.exact for part in parts) and sum(part.low for part in parts) == self.low


@dataclass(frozen=True)
class Rest:
    """A count that nobody gave: what all of ``within`` count and none of ``without``.

    Where ``measure`` is given it is that of a figure not held, beside those of ``within``.
    """

    within: tuple[Key, ...]
    without: tuple[Key, ...] = ()
    measure: str | None = None


Part: TypeAlias = Key | Rest


@dataclass(frozen=True)
class Sum:
    """A total that is the sum of just these parts."""

    total: Part
    parts: tuple[Part, ...]

    @property
    def all(self) -> tuple[Part, ...]:
        return (self.total, *self.parts)


@dataclass(frozen=True)
class Found:
    """The sums among facts, each once. ``beyond`` has groups of facts that were too many to be looked at, and must not be shown."""

    sums: tuple[Sum, ...]
    beyond: tuple[tuple[Key, ...], ...] = ()


@dataclass(frozen=True)
class Rules:
    """What the search goes by: which areas hold which, and up to which count a rest is worth a sum of its own."""

    force: str
    around: tuple[str, ...]
    small: int

    @classmethod
    def of(cls, force: str, around: Sequence[str], thresholds: Thresholds) -> Rules:
        """A count above its threshold by more than the width that a hidden one keeps is never taken for a small one."""
        return cls(force, tuple(around), max(thresholds.below.values(), default=0) + thresholds.minimum_width)


def by_days(fact: Fact) -> tuple[Any, ...]:
    return fact.days[0] or date.min, fact.days[1] or date.max, fact.key


def days_hold(whole: Fact, part: Fact) -> bool:
    """Whether the days of a part lie in those of a whole, or are the same."""
    if whole.dated and part.dated:
        return bool(whole.days[0] <= part.days[0] and part.days[1] <= whole.days[1])
    return whole.days == part.days


def share_a_day(one: Fact, other: Fact) -> bool:
    if one.dated and other.dated:
        return bool(one.days[0] <= other.days[1] and other.days[0] <= one.days[1])
    return True


def wider(whole: Fact, part: Fact) -> bool:
    """Whether a name leaves open what the other says, and says nothing else: no operation, and one of them."""
    return whole.name != part.name and all(one is None or one == other for one, other in zip(whole.name, part.name, strict=True))
