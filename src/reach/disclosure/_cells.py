"""Counts as cells of a table, how they add up, and what was published of them before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Protocol

from .. import wording
from ..errors import Usage

# What a cell is: told to nobody yet, in a public release already, without a number, or without a meaning here.
RECORDED, PUBLISHED, NOT_AVAILABLE, NOT_APPLICABLE = "recorded", "published", "not available", "not applicable"
STATES = (RECORDED, PUBLISHED, NOT_AVAILABLE, NOT_APPLICABLE)
COUNTED = (RECORDED, PUBLISHED)
# What a cell counts, as far as its threshold goes; referrals (NRM) are safeguarding. One cell can be of several, and the highest
# threshold holds.
CHILDREN, SAFEGUARDING, SUB_FORCE, ENFORCEMENT = "children", "safeguarding", "below force level", "enforcement"
KINDS = (CHILDREN, SAFEGUARDING, SUB_FORCE, ENFORCEMENT)
# Of these a whole row or column of zeros says something of each person in it.
SENSITIVE = (CHILDREN, SAFEGUARDING)

Key = tuple[str, ...]


class Limits(Protocol):
    """The settings that say what is small."""

    @property
    def suppress_below_children(self) -> int: ...
    @property
    def suppress_below_safeguarding(self) -> int: ...
    @property
    def suppress_below_sub_force(self) -> int: ...
    @property
    def suppress_below_enforcement(self) -> int: ...
    @property
    def suppressed_minimum_width(self) -> int: ...


@dataclass(frozen=True)
class Thresholds:
    """Counts below the threshold of their kind are small; 0 and 1 make none small.

    ``minimum_width`` is how far the highest must be from the lowest count that a hidden cell can be.
    """

    below: Mapping[str, int]
    minimum_width: int

    @classmethod
    def of(cls, limits: Limits) -> Thresholds:
        return cls(
            {
                CHILDREN: limits.suppress_below_children,
                SAFEGUARDING: limits.suppress_below_safeguarding,
                SUB_FORCE: limits.suppress_below_sub_force,
                ENFORCEMENT: limits.suppress_below_enforcement,
            },
            limits.suppressed_minimum_width,
        )

    def of_cell(self, cell: Cell) -> int:
        return max((self.below[kind] for kind in cell.kinds), default=0)


@dataclass(frozen=True)
class Interval:
    """The lowest and the highest count that a cell can be; ``high`` is None where nothing limits it."""

    low: int
    high: int | None

    @classmethod
    def around(cls, intervals: Iterable[Interval]) -> Interval:
        """What holds all of them; anything where there are none."""
        held = [*intervals]
        if not held:
            return ANY
        ends = [one.high for one in held if one.high is not None]
        return cls(min(one.low for one in held), max(ends) if len(ends) == len(held) else None)

    @property
    def width(self) -> float:
        return float("inf") if self.high is None else self.high - self.low

    @property
    def words(self) -> str:
        if self.high is None:
            return f"{wording.number(self.low)} or more"
        low, high = wording.number(self.low), wording.number(self.high)
        return low if low == high else f"{low} to {high}"

    def meets(self, other: Interval) -> bool:
        """Whether both can hold."""
        return (other.high is None or self.low <= other.high) and (self.high is None or other.low <= self.high)

    def within(self, other: Interval) -> Interval:
        """Where both hold; this one alone where they cannot."""
        if not self.meets(other):
            return self
        ends = [one for one in (self.high, other.high) if one is not None]
        return Interval(max(self.low, other.low), min(ends) if ends else None)


ANY = Interval(0, None)
NOTHING = Interval(0, 0)


@dataclass(frozen=True)
class Cell:
    """A count of people or things, as ``figure`` holds it: where one of ``low`` and ``high`` is given, that is the number.

    ``published`` is words of where it was made public, for the sentences of the audit; ``known`` is what earlier releases say of it,
    however it is shown now (:func:`with_releases`). Raises :class:`Usage` for what is no count.
    """

    low: int | None = None
    high: int | None = None
    qualifier: str = "exact"
    state: str = RECORDED
    kinds: tuple[str, ...] = ()
    published: str = ""
    known: Interval = ANY

    def __post_init__(self) -> None:
        given = [one for one in (self.low, self.high) if one is not None]
        if self.state not in STATES or not set(self.kinds) <= set(KINDS):
            raise Usage(f"Cell {self.state}, {wording.listed(self.kinds)}: states are {', '.join(STATES)}; kinds are {', '.join(KINDS)}.")
        if (self.state in COUNTED) != bool(given):
            raise Usage(f"Cell {self.state}: it has a count just when it is recorded or published. Missing is not 0: say 'not available'.")
        if any(isinstance(one, bool) or not isinstance(one, int) or one < 0 for one in given) or given != sorted(given):
            said = " to ".join(str(one) for one in given)
            raise Usage(f"Cell {said}: it is not a count such as 12, or a lower and a higher one. Correct it.")

    @cached_property
    def interval(self) -> Interval:
        """What the cell's words say of the count when it is shown. Where they leave it open, a careful reader's guess.

        ``more than 20`` is 21 or more. ``almost``, ``around`` and their like lie within a step of the last digit that is not 0, as in
        ``judging.allowed``. Any other word (``early total``, ``a further``) is taken to be of the number itself.
        """
        if self.state == NOT_AVAILABLE:
            return ANY
        ends = [one for one in (self.low, self.high) if one is not None]
        if not ends:
            return NOTHING
        if ends[0] < ends[-1]:
            return Interval(ends[0], ends[-1])
        number, said = ends[0], " ".join(self.qualifier.split()).casefold()
        step = 10 ** (len(str(number)) - len(str(number).rstrip("0"))) if number else 1
        if said in wording.MORE:
            return Interval(number if said == "at least" else number + 1, None)
        if said == "up to":
            return Interval(0, number)
        if said in wording.LESS:
            return Interval(max(number - step, 0), number)
        if said in wording.NEAR:
            return Interval(number - (0 if self.high is None else step // 2), number + (0 if self.low is None else step // 2))
        return Interval(number, number)

    @property
    def exact(self) -> bool:
        return self.interval.width == 0


def count(number: int, *kinds: str) -> Cell:
    """A count that is recorded and not published."""
    return Cell(number, number, kinds=kinds)


def published(number: int, *kinds: str, where: str = "") -> Cell:
    """A count that is in a public release already."""
    return Cell(number, number, state=PUBLISHED, kinds=kinds, published=where)


@dataclass(frozen=True)
class Relation:
    """A total that is the sum of just these parts: districts of a force, weeks of a month, children and adults of people."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        return (self.total, *self.parts)


@dataclass(frozen=True)
class Table:
    """Cells by key, and how they add up. Several tables that share cells are one ``Table``.

    Raises :class:`Usage` for a relation that names a cell twice or one that is not there.
    """

    cells: Mapping[Key, Cell]
    relations: tuple[Relation, ...] = ()

    def __post_init__(self) -> None:
        for relation in self.relations:
            if not relation.parts or len(set(relation.keys)) < len(relation.keys):
                raise Usage(f"Total {named(relation.total)}: it needs parts, each once and none the total itself. Correct the relation.")
            if unknown := [key for key in relation.keys if key not in self.cells]:
                raise Usage(f"Total {named(relation.total)}: there is no cell {named(unknown[0])}. Add it, if need be as not available.")

    @cached_property
    def ordered(self) -> tuple[Relation, ...]:
        """The relations in one order, whichever they were given in, each once."""
        return tuple(sorted({Relation(one.total, tuple(sorted(one.parts))) for one in self.relations}, key=lambda one: one.keys))


def crossed(cells: Mapping[Key, Cell], total: str = "Total") -> Table:
    """A table of rows and columns, by keys ``(row, column)``; those named ``total`` are the sums of the others, where they are given."""
    relations = []
    for place in (0, 1):
        for name in sorted({key[place] for key in cells}):
            line = sorted(key for key in cells if key[place] == name)
            parts = tuple(key for key in line if key[1 - place] != total)
            relations += [Relation(key, parts) for key in line if key[1 - place] == total and parts]
    return Table(cells, tuple(relations))


def named(key: Key) -> str:
    return ", ".join(key)


# --- what was published before ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Release:
    """A table as it was published on a day: cells with a count were shown, and others say nothing."""

    day: date
    table: Table


def with_releases(table: Table, releases: Iterable[Release]) -> Table:
    """``table`` with all that earlier releases showed.

    A cell that they alone have joins it; a count that stands as they showed it is published; one that they showed less exactly ("more than
    20") is known to be within that. A count that has changed since keeps nothing of them: the old one says nothing certain of it, and
    :func:`revisions` judges the change.
    """
    cells, relations = dict(table.cells), list(table.relations)
    for release in sorted(releases, key=lambda one: one.day):
        relations += release.table.relations
        for key, cell in release.table.cells.items():
            where = cell.published or f"published on {wording.day(release.day)}"
            now = cells.get(key)
            if cell.state not in COUNTED:
                cells.setdefault(key, cell)
            elif now is None or now.state == NOT_AVAILABLE:
                cells[key] = replace(cell, state=PUBLISHED, published=where)
            elif now.state == RECORDED and now.interval == cell.interval:
                cells[key] = replace(now, state=PUBLISHED, published=where)
            elif now.interval.meets(cell.interval):
                cells[key] = replace(now, known=now.known.within(cell.interval), published=now.published or where)
    return Table(cells, tuple(relations))


def revisions(table: Table, thresholds: Thresholds, releases: Iterable[Release]) -> Iterator[str]:
    """Counts whose change since they were last published is itself a small count, in sentences."""
    last: dict[Key, tuple[date, Cell]] = {}
    for release in sorted(releases, key=lambda one: one.day):
        last |= {key: (release.day, cell) for key, cell in release.table.cells.items() if cell.state in COUNTED}
    for key in sorted(last.keys() & table.cells.keys()):
        (day, before), now = last[key], table.cells[key]
        if now.state == RECORDED and now.exact and before.exact:
            change = abs(now.interval.low - before.interval.low)
            if 0 < change < thresholds.of_cell(now):
                yield (
                    f"{named(key)}: published as {before.interval.words} on {wording.day(day)} and {now.interval.words} now, so that the "
                    f"difference, {change}, is itself a small count. Show the published figure, or leave it out."
                )
