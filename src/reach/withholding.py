"""Which recorded figures may be seen outside, and which are withheld: the store's figures put to :mod:`reach.disclosure`.

A recorded figure is one without the words of a publication. What is hidden depends on what can be worked out, by the sums that
:mod:`reach.adding_up` finds among them. Where not all parts are held, what is left over is a count that nobody gave, and is protected as
one. Pure.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from . import adding_up, comparing, disclosure, wording
from .adding_up import Fact, Part, Rest, Rules
from .comparing import WHAT, Row
from .disclosure import Cell, Interval, Key, Limits, Relation, Table, Thresholds
from .errors import Usage

# Of each row: what it is of, who says it, and what it says.
ROWS = (*WHAT, "sample", "upload_id", "record_no", "value_low", "value_high", "qualifier", "published_wording")
# Bounds of the work inside an import. Beyond them recorded figures that could be small counts are withheld without a closer look.
MOST_OF_ONE = 400
MOST_TABLES = 200


@dataclass(frozen=True)
class Seen:
    """What the public view has of the recorded figures: each is (upload id, record number, measure). The rest of them are not there."""

    shown: tuple[tuple[str, int, str], ...] = ()
    hidden: tuple[tuple[str, int, str], ...] = ()


def seen(
    rows: Sequence[Row], relations: Iterable[Row], limits: Limits, force: str, around: Sequence[str], printed_hidden: Iterable[Row] = ()
) -> Seen:
    """What may be seen of the recorded figures among ``rows``.

    ``rows`` are statements in force: recorded ones that stand, and all published ones, with ``recorded`` saying which. ``relations`` are
    rows of ``figure_relation_current``. What a publication printed as hidden is withheld: shown here, it would tell the others there. A
    fact that was published is shown as published, and no recorded statement of it beside that.
    """
    said = _said(rows)
    if all(not statements[0]["recorded"] for statements in said.values()):
        return Seen()
    board = _Board(said, Thresholds.of(limits), force, around)
    board.withhold(printed_hidden)
    board.relate(relations)
    hidden = board.hidden()
    shown: dict[bool, list[tuple[str, int, str]]] = {True: [], False: []}
    for key, (first, *_) in said.items():
        if first["recorded"]:
            shown[key in hidden].append((str(first["upload_id"]), first["record_no"], first["measure"]))
    return Seen(tuple(shown[False]), tuple(shown[True]))


def _said(rows: Iterable[Row]) -> dict[Key, list[Row]]:
    """The statements of each fact, published ones first, in an order that depends on nothing but what the facts are."""
    groups: dict[tuple[Hashable, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[adding_up.identity(row)].append(row)
    found: dict[Key, list[Row]] = {}
    for number, named in enumerate(sorted(groups, key=str)):
        found[(f"{number:07}",)] = sorted(groups[named], key=lambda row: (row["recorded"], str(row["upload_id"]), row["record_no"]))
    return found


class _Board:
    """The facts as cells, with the relations among them."""

    def __init__(self, said: Mapping[Key, Sequence[Row]], thresholds: Thresholds, force: str, around: Sequence[str]) -> None:
        self.said = said
        self.thresholds = thresholds
        self.rules = Rules.of(force, around, thresholds)
        self.cells: dict[Key, Cell] = {}
        self.relations: list[Relation] = []
        # What is not shown, whatever its count is; and facts that were not held against each other.
        self.withheld: set[Key] = set()
        self.beyond: tuple[tuple[Key, ...], ...] = ()
        for key, rows in said.items():
            cell = self._cell(rows[0])
            if cell is None or (rows[0]["recorded"] and not _agree(rows)):
                self.withheld.add(key)
            self.cells[key] = cell or Cell(state=disclosure.NOT_AVAILABLE, kinds=self._kinds(rows[0]))

    def withhold(self, rows: Iterable[Row]) -> None:
        """Withholds the facts that rows are of, whatever their counts are."""
        named = {adding_up.what(row) for row in rows}
        self.withheld |= {key for key, said in self.said.items() if any(adding_up.what(row) in named for row in said)}

    def relate(self, settled: Iterable[Row]) -> None:
        """Makes every sum that a reader may know of a relation."""
        facts = [self._fact(key) for key in self.said]
        found = adding_up.found(facts, ((row["facts"], row["settled"]) for row in settled), self.rules, of_public=False)
        # Of a total that nobody gave a reader has nothing to go by.
        given = [one for one in found.sums if not isinstance(one.total, Rest)]
        self.relations = [Relation(self._keyed(one.total), tuple(map(self._keyed, one.parts))) for one in given]
        self.beyond = found.beyond

    def _recorded(self, key: Key) -> bool:
        return key in self.said and bool(self.said[key][0]["recorded"])

    def _kinds(self, row: Row) -> tuple[str, ...]:
        return adding_up.kinds(row["measure"], row["area"], self.rules.force, self.rules.around)

    def _cell(self, row: Row) -> Cell | None:
        """The cell of a statement, None for what no count can be. Kilograms and pounds count as the whole numbers on both sides."""
        low, high = wording.decimal(row["value_low"]), wording.decimal(row["value_high"])
        if low is None and high is None:
            return Cell(state=disclosure.NOT_AVAILABLE, kinds=self._kinds(row))
        try:
            return Cell(
                None if low is None else math.floor(low),
                None if high is None else math.ceil(high),
                str(row["qualifier"] or "exact"),
                disclosure.RECORDED if row["recorded"] else disclosure.PUBLISHED,
                self._kinds(row),
            )
        except Usage:
            return None

    def _fact(self, key: Key) -> Fact:
        said = tuple(row for row in self.said[key] if row["recorded"] == self.said[key][0]["recorded"])
        known = Interval.around(cell.interval for row in said if (cell := self._cell(row)))
        return Fact(key, said, known.low, known.high, not self._recorded(key))

    def _keyed(self, part: Part) -> Key:
        """The key of a part, with a cell where it is a count that nobody gave."""
        if not isinstance(part, Rest):
            return part
        near = [self.said[key][0] for key in (*part.within, *part.without)]
        rows = [{**near[0], "measure": part.measure}] if part.measure else near
        key = ("rest", part.measure or "", *(name for (name,) in part.within), "without", *(name for (name,) in part.without))
        self.cells[key] = Cell(state=disclosure.NOT_AVAILABLE, kinds=tuple(sorted({kind for row in rows for kind in self._kinds(row)})))
        return key

    # --- what is hidden -------------------------------------------------------------------------------------------------

    def hidden(self) -> set[Key]:
        """The recorded facts that are withheld. Tables that fail the audit, and those beyond the bounds of the work, are withheld whole."""
        for group in self.beyond:
            if any(map(self._may_be_small, group)):
                self.withheld |= {*group}
        found = {key for key in self.withheld if self._recorded(key)}
        looked_at = 0
        for keys, relations in self._tables():
            own = [key for key in keys if self._recorded(key)]
            if not own or not any(map(self._may_be_small, keys)):
                continue
            looked_at += bool(relations)
            too_much = bool(relations) and (looked_at > MOST_TABLES or len(keys) > MOST_OF_ONE)
            if too_much or any(key in self.withheld for key in own):
                found |= {*own}
                continue
            safe = disclosure.suppress(Table({key: self.cells[key] for key in keys}, tuple(relations)), self.thresholds)
            found |= {*own} if not safe.audit.passes else {key for key in safe.hidden if key in self.said}
        return found

    def _may_be_small(self, key: Key) -> bool:
        return self.thresholds.of_cell(self.cells[key]) > 1

    def _tables(self) -> Iterator[tuple[list[Key], list[Relation]]]:
        """The facts that relations link, over any number of them, table by table."""
        root = {key: key for key in self.cells}

        def find(key: Key) -> Key:
            while root[key] != key:
                root[key] = root[root[key]]
                key = root[key]
            return key

        for relation in self.relations:
            for key in relation.parts:
                root[find(key)] = find(relation.total)
        keys: dict[Key, list[Key]] = defaultdict(list)
        for key in sorted(self.cells):
            keys[find(key)].append(key)
        relations: dict[Key, list[Relation]] = defaultdict(list)
        for relation in self.relations:
            relations[find(relation.total)].append(relation)
        yield from ((own, relations[first]) for first, own in keys.items())


def _agree(rows: Iterable[Row]) -> bool:
    """Whether statements say the same."""
    return len({comparing.stated(row) for row in rows}) == 1
