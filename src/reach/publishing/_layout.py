"""A draft laid out: its figures as one table with all that is public of it, what must be hidden, and what a reader could tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from .. import disclosure
from ..disclosure import NOT_AVAILABLE, PUBLISHED, RECORDED, Cell, Key, Relation, Release, Table
from ._draft import Draft, Held, Laid
from ._figures import cell_of, is_public, key_of

# Why a cell is hidden, beside the reasons of disclosure.
BY_HAND, NOT_CHECKED = "hidden by hand", "not checked"
# Beyond so many cells that are linked to one another a draft is refused: the audit of 516 takes seconds.
MOST_CELLS = 1_000


def lay_out(draft: Draft, held: Held) -> Laid:
    """The draft's figures as a table, with what must be hidden, and what a reader could tell of it."""
    known = {row["figure_id"]: row for row in held.figures}
    rows = tuple(known[one] for one in dict.fromkeys(draft.figures) if one in known)
    missing = tuple(one for one in dict.fromkeys(draft.figures) if one not in known)
    chosen = {key_of(row): cell for row in rows if not row["sample"] and (cell := cell_of(row, held.record.rules))}
    table, releases = _with_earlier(held.record.table(chosen), held)
    if unchecked := _unchecked(table, chosen, held):
        return Laid(rows, missing, table, dict.fromkeys(unchecked, NOT_CHECKED), _refused(unchecked))
    safe = disclosure.suppress(table, held.thresholds, releases)
    hidden: dict[Key, str] = dict(safe.hidden) if draft.protect else {}
    by_hand = [key_of(row) for row in rows if row["figure_id"] in draft.hidden]
    hidden = {**{key: BY_HAND for key in by_hand if key in chosen}, **hidden}
    audit = safe.audit if hidden == safe.hidden else disclosure.audit(table, hidden, held.thresholds, releases)
    return Laid(rows, missing, table, hidden, audit)


def _unchecked(table: Table, chosen: Mapping[Key, Cell], held: Held) -> list[Key]:
    """The recorded counts that are not held against all that could tell them, since it would be too much work."""
    recorded = {key for key, cell in chosen.items() if cell.state == RECORDED}
    if len(table.cells) > MOST_CELLS and any(held.thresholds.of_cell(cell) > 1 for cell in table.cells.values()):
        return sorted(recorded)
    return sorted(held.record.unchecked(recorded, held.thresholds))


def _refused(unchecked: Sequence[Key]) -> disclosure.Audit:
    more = f", and {len(unchecked) - 1} more" if len(unchecked) > 1 else ""
    said = f"{disclosure.named(unchecked[0])}{more}: too many figures are linked to it for all of them to be held against each other."
    return disclosure.Audit({}, (f"{said} Leave it out.",))


def _with_earlier(table: Table, held: Held) -> tuple[Table, list[Release]]:
    """The table with what earlier publications link to it, and all that is public of its cells.

    Of a fact that was published anew the later statement is known, and how the earlier one adds up no more where the two cannot both be:
    a publication of long ago must not stand in the way of every later one.
    """
    cells, stored = dict(table.cells), [(one, relation) for one in held.earlier for relation in one.release.table.relations]
    linked: dict[Relation, None] = {}
    while new := [(one, each) for one, each in stored if each not in linked and any(key in cells for key in each.keys)]:
        for one, relation in new:
            linked[relation] = None
            for key in relation.keys:
                cells.setdefault(key, Cell(state=NOT_AVAILABLE, kinds=one.release.table.cells[key].kinds))
    public = _public(held, cells)
    known = {key: [cell.interval for _, cell in said] for key, said in public.items()}
    known |= {key: [cell.interval] for key, cell in table.cells.items() if cell.state == RECORDED}
    kept = [one for one in linked if one not in table.relations and _can_hold(one, known)]
    linked_now = {*table.cells, *(key for one in kept for key in one.keys)}
    releases = [Release(day, Table({key: cell})) for key, said in public.items() if key in linked_now for day, cell in said]
    return Table({key: cell for key, cell in cells.items() if key in linked_now}, (*table.relations, *kept)), releases


def _public(held: Held, cells: Mapping[Key, Cell]) -> dict[Key, list[tuple[date, Cell]]]:
    """What was published of each cell and when, the latest last; without what a later statement contradicts."""
    said: dict[Key, list[tuple[date, int, Cell]]] = defaultdict(list)
    for row in held.figures:
        if not row["sample"] and is_public(row) and key_of(row) in cells and (cell := cell_of(row, held.record.rules)):
            said[key_of(row)].append((row["as_of"] or row["end_date"] or row["brought_on"], 0, cell))
    for one in held.earlier:
        for key, cell in one.release.table.cells.items():
            if key in cells and cell.state in disclosure.COUNTED:
                where = cell.published or f"Publication {one.number}"
                said[key].append((one.release.day, one.number, replace(cell, state=PUBLISHED, published=where)))
    found: dict[Key, list[tuple[date, Cell]]] = {}
    for key, statements in said.items():
        kept: list[tuple[date, Cell]] = []
        for day, _, cell in sorted(statements, key=lambda one: one[:2], reverse=True):
            if all(cell.interval.meets(later.interval) for _, later in kept):
                kept.insert(0, (day, cell))
        found[key] = kept
    return found


def _can_hold(relation: Relation, known: Mapping[Key, Sequence[disclosure.Interval]]) -> bool:
    """Whether the figures that are public, and those of the draft, leave it possible that the total is the sum of its parts."""
    (low, high), *parts = ((max((one.low for one in known.get(key, ())), default=0), _most(known.get(key, ()))) for key in relation.keys)
    return sum(least for least, _ in parts) <= high and sum(most for _, most in parts) >= low


def _most(known: Sequence[disclosure.Interval]) -> float:
    return min((float("inf") if one.high is None else one.high for one in known), default=float("inf"))
