"""The audit of a table: what each hidden cell can be narrowed to, and why nothing may be published."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .. import wording
from ..errors import Usage
from ._cells import ANY, NOT_APPLICABLE, PUBLISHED, Interval, Key, Relation, Release, Table, Thresholds, named, revisions, with_releases
from ._hiding import primary
from ._reader import Contradiction, Reader, known_before, needs_of, shown

# How many cells a sentence names.
NAMED = 4


@dataclass(frozen=True)
class Audit:
    """For the working view alone: what each hidden cell can be narrowed to, and why nothing may be published, in sentences."""

    intervals: Mapping[Key, Interval]
    failures: tuple[str, ...]

    @property
    def passes(self) -> bool:
        return not self.failures


def audit(table: Table, hidden: Collection[Key], thresholds: Thresholds, releases: Sequence[Release] = ()) -> Audit:
    """What a reader can work out where the cells ``hidden`` are withheld and all others shown.

    It fails while a hidden cell can be told to less than the minimum width, a small count is shown, a cell of which no exact count was
    given turns out to be a small one, a change since an earlier release is a small one, or the figures contradict one another.

    Raises :class:`Usage` for a hidden cell that the table does not have.
    """
    if unknown := sorted(set(hidden) - set(table.cells)):
        raise Usage(f"Hidden cell {named(unknown[0])}: the table has no such cell. Correct its name.")
    failures = [*revisions(table, thresholds, releases)]
    table = with_releases(table, releases)
    for key, why in primary(table, thresholds).items():
        if key not in hidden:
            failures.append(f"{named(key)}: it is shown and is {table.cells[key].interval.words} ({why}). Hide it.")
    needs = needs_of(table, hidden, thresholds)
    contradictions = [*_contradictions(table)]
    try:
        reader = Reader(table, shown(table, hidden))
        narrow = reader.narrow(needs, thresholds.minimum_width)
        told = [_failure(table, hidden, key, thresholds.minimum_width) for key in narrow]
        intervals = {key: reader.interval(key) for key in sorted(needs) if key in narrow or needs[key] is None}
    except Contradiction:
        return Audit({}, (*failures, *(contradictions or [_NO_TABLE])))
    return Audit(intervals, (*failures, *contradictions, *told))


_NO_TABLE = "The table: no counts were found that agree with all that is shown. Correct a figure, or take the wrong relation away."


def _contradictions(table: Table) -> Iterator[str]:
    """Totals that cannot be the sums of their parts, in sentences."""
    for relation in table.ordered:
        total, parts = table.cells[relation.total].interval, [table.cells[key].interval for key in relation.parts]
        high = None if any(part.high is None for part in parts) else sum(part.high or 0 for part in parts)
        made = Interval(sum(part.low for part in parts), high)
        if (total.high is not None and made.low > total.high) or (made.high is not None and made.high < total.low):
            yield (
                f"{named(relation.total)}: it is {total.words} and its parts, {_cells(relation.parts)}, make {made.words}. "
                "Correct a figure, or take the relation away if they do not count the same."
            )


def _failure(table: Table, hidden: Collection[Key], key: Key, width: int) -> str:
    """Why a cell can be told, and what to do."""
    already = known_before(table)
    by_published = Reader(table, already).interval(key).width < width
    told = already if by_published else shown(table, hidden)
    relations = _because(table, told, key, width)
    others = dict.fromkeys(one for relation in relations for one in relation.keys if one != key)
    known = [one for one in others if told[one] != ANY and table.cells[one].state != NOT_APPLICABLE]
    narrowed = Reader(Table(table.cells, relations), told).interval(key).words
    state = "hidden" if key in hidden else "not given exactly"
    if not by_published:
        return f"{named(key)}: it is {state} and can only be {narrowed}, by {_cells(known)}. Hide one of these too."
    known = [key, *known] if already[key] != ANY else known
    sources = ", ".join(_sourced(table, one) for one in known[:NAMED]) + _more(known)
    return (
        f"{named(key)}: it is {state} and can only be {narrowed}, by figures that are published already: {sources}. "
        "Hiding more cannot help: leave the table out, or have its publication decided on."
    )


def _because(table: Table, shown: Mapping[Key, Interval], key: Key, width: int) -> tuple[Relation, ...]:
    """Relations that are enough to tell the cell, none of which can be spared: the nearest."""
    near: list[Relation] = []
    while not near or Reader(Table(table.cells, tuple(near)), shown).interval(key).width >= width:
        reached = {key, *(one for relation in near for one in relation.keys)}
        near = [relation for relation in table.ordered if reached & {*relation.keys}]
    for relation in list(near):
        fewer = [one for one in near if one != relation]
        if Reader(Table(table.cells, tuple(fewer)), shown).interval(key).width < width:
            near = fewer
    return tuple(near)


def _cells(keys: Sequence[Key]) -> str:
    return "; ".join(named(key) for key in keys[:NAMED]) + _more(keys)


def _more(keys: Sequence[Key]) -> str:
    return f" and {wording.number(len(keys) - NAMED)} more" if len(keys) > NAMED else ""


def _sourced(table: Table, key: Key) -> str:
    cell = table.cells[key]
    words = f"{named(key)}, {wording.figure_words(cell.low, cell.high, cell.qualifier)}" if cell.state == PUBLISHED else named(key)
    return f"{words} ({cell.published})" if cell.published else words
