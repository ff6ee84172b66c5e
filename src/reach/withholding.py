"""Which recorded figures may be seen outside, and which are withheld: the store's figures put to :mod:`reach.disclosure`.

A recorded figure is one without the words of a publication. What is hidden depends on what can be worked out: a total with its parts
(people of which some are children), an area with the areas in it, a period with the periods in it, and what a person settled of two
figures. Where not all parts are held, what is left over is a count that nobody gave, and is protected as one. Pure.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, product
from typing import Any

from . import comparing, disclosure, wording
from .comparing import WHAT
from .definitions import MEASURE, WEAPON_KINDS
from .disclosure import Cell, Key, Limits, Relation, Table, Thresholds
from .errors import Usage

Row = Mapping[str, Any]
# Measures that are parts of another: it, and its parts. That they are all of it is not said: what is left over is a count of its own.
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("people_safeguarded", ("children_safeguarded", "adults_safeguarded")),
    ("people_spoken_with_or_safeguarded", ("people_safeguarded",)),
    ("people_spoken_with_or_safeguarded", ("children_safeguarded", "adults_safeguarded")),
    ("lines_closed", ("lines_closed_type_1", "lines_closed_type_2")),
    ("weapons_seized", WEAPON_KINDS),
    ("drugs_seized_gbp", ("drugs_class_a_gbp", "drugs_class_b_gbp", "drugs_class_c_gbp")),
    ("drugs_seized_kg", ("drugs_class_a_kg", "drugs_class_b_kg", "drugs_class_c_kg")),
)
CHILDREN = ("children_safeguarded", "children_supported", "children_at_talks")
# Bounds of the work inside an import. Beyond them recorded figures that could be small counts are withheld without a closer look.
MOST_OF_ONE = 400
MOST_TABLES = 200
MOST_STATEMENTS = 4
MOST_STEPS = 2_000
MOST_TILINGS = 4


@dataclass(frozen=True)
class Seen:
    """What the public view has of the recorded figures: each is (upload id, record number, measure). The rest of them are not there."""

    shown: tuple[tuple[str, int, str], ...] = ()
    hidden: tuple[tuple[str, int, str], ...] = ()


@dataclass(frozen=True)
class _Fact:
    """What several statements are of. ``row`` is one of them; ``settled`` says that they agree, or that one of them is published."""

    key: Key
    row: Row
    published: bool
    settled: bool


def seen(
    rows: Sequence[Row], relations: Iterable[Row], limits: Limits, force: str, around: Sequence[str], printed_hidden: Iterable[Row] = ()
) -> Seen:
    """What may be seen of the recorded figures among ``rows``.

    ``rows`` are statements in force: recorded ones that stand, and all published ones, with ``recorded`` saying which. ``relations`` are
    rows of ``figure_relation_current``. What a publication printed as hidden is withheld: shown here, it would tell the others there. A
    fact that was published is shown as published, and no recorded statement of it beside that.
    """
    facts = _facts(rows)
    recorded = {fact.key for fact in facts if not fact.published}
    if not recorded:
        return Seen()
    thresholds = Thresholds.of(limits)
    board = _Board(facts, thresholds, force, around)
    board.withhold(printed_hidden)
    board.relate(relations)
    hidden = board.hidden()
    shown: dict[bool, list[tuple[str, int, str]]] = {True: [], False: []}
    for fact in facts:
        if not fact.published:
            shown[fact.key in hidden].append((str(fact.row["upload_id"]), fact.row["record_no"], fact.row["measure"]))
    return Seen(tuple(shown[False]), tuple(shown[True]))


def _facts(rows: Iterable[Row]) -> list[_Fact]:
    """Each fact once, in an order that depends on nothing but what the facts are."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[_named(row)].append(row)
    found = []
    for number, (_, said) in enumerate(sorted(groups.items())):
        said.sort(key=lambda row: (row["recorded"], str(row["upload_id"]), row["record_no"]))
        first = said[0]
        alike = len({(wording.decimal(row["value_low"]), wording.decimal(row["value_high"]), row["qualifier"]) for row in said}) == 1
        found.append(_Fact((f"{number:07}",), first, not first["recorded"], alike or not first["recorded"]))
    return found


def _named(row: Row) -> str:
    return json.dumps([_plain(row[name]) for name in (*WHAT, "sample")], ensure_ascii=False)


def _what(row: Row) -> str:
    """What a figure is of, as settlements and publications name it."""
    return json.dumps([_plain(row[name]) for name in WHAT], ensure_ascii=False)


def _plain(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, date) else cell


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


class _Board:
    """The facts as cells, with the relations among them."""

    def __init__(self, facts: Sequence[_Fact], thresholds: Thresholds, force: str, around: Sequence[str]) -> None:
        self.facts = facts
        self.thresholds = thresholds
        self.force, self.around = force, tuple(around)
        self.at = {fact.key: fact for fact in facts}
        self.cells: dict[Key, Cell] = {}
        self.withheld: set[Key] = set()
        for fact in facts:
            cell = self._cell(fact)
            if cell is None:
                self.withheld.add(fact.key)
                cell = Cell(state=disclosure.NOT_AVAILABLE, kinds=self._kinds(fact.row))
            self.cells[fact.key] = cell
        self.relations: list[Relation] = []

    def withhold(self, rows: Iterable[Row]) -> None:
        """Withholds the facts that rows are of, whatever their counts are."""
        named = {_what(row) for row in rows}
        self.withheld |= {fact.key for fact in self.facts if _what(fact.row) in named}

    def _kinds(self, row: Row) -> tuple[str, ...]:
        return kinds(row["measure"], row["area"], self.force, self.around)

    def _cell(self, fact: _Fact) -> Cell | None:
        """The cell of a fact, None for what no count can be. Kilograms and pounds count as the whole numbers on both sides."""
        low, high = wording.decimal(fact.row["value_low"]), wording.decimal(fact.row["value_high"])
        if low is None and high is None:
            return Cell(state=disclosure.NOT_AVAILABLE, kinds=self._kinds(fact.row))
        state = disclosure.PUBLISHED if fact.published else disclosure.RECORDED
        try:
            return Cell(
                None if low is None else math.floor(low),
                None if high is None else math.ceil(high),
                str(fact.row["qualifier"] or "exact"),
                state,
                self._kinds(fact.row),
            )
        except Usage:
            return None

    # --- what adds up ---------------------------------------------------------------------------------------------------

    def relate(self, settled: Iterable[Row]) -> None:
        """Finds every relation that a reader may know of."""
        self._by_measure()
        self._by_area()
        self._by_time()
        self._by_name()
        self._by_settlement(settled)

    def _by_measure(self) -> None:
        for group in self._grouped("area", "operation", "start_date", "end_date", "date_note", "sample"):
            of: dict[str, list[_Fact]] = defaultdict(list)
            for fact in group:
                of[fact.row["measure"]].append(fact)
            for total, parts in PARTS:
                held = [of[part] for part in parts if of.get(part)]
                if not of.get(total) or not held:
                    continue
                some = [one[:MOST_STATEMENTS] for one in held]
                for whole in of[total][:MOST_STATEMENTS]:
                    for combination in product(*some):
                        self._sum(whole, combination, len(held) < len(parts))

    def _by_area(self) -> None:
        for group in self._grouped("measure", "operation", "campaign", "network", "paid", "start_date", "end_date", "date_note", "sample"):
            ranks: dict[int, list[_Fact]] = defaultdict(list)
            for fact in group:
                rank = self._rank(fact.row["area"])
                if rank is not None:
                    ranks[rank].append(fact)
            order = sorted(ranks)
            for lower, upper in pairwise(order):
                self._inside(ranks[upper], ranks[lower])

    def _rank(self, area: str | None) -> int | None:
        """How far up an area is: 0 below the force, 1 the force, from 2 on the areas around it; None for what holds or is beside it."""
        if area == self.force:
            return 1
        if area in self.around:
            return 2 + self.around.index(area)
        beside = area is not None and (comparing.is_a_force(area) or comparing.level(area, self.force, self.around) == comparing.NATIONAL)
        return None if beside else 0

    def _inside(self, wholes: Sequence[_Fact], parts: Sequence[_Fact]) -> None:
        for whole in wholes:
            most = self.cells[whole.key].interval.high
            fitting = [part for part in parts if most is None or self.cells[part.key].interval.low <= most]
            if fitting:
                self._sum(whole, fitting, True)

    def _by_time(self) -> None:
        for group in self._grouped("measure", "area", "network", "paid", "sample"):
            dated = [fact for fact in group if fact.row["start_date"] and fact.row["end_date"]]
            if len(dated) < 2 or all(fact.published for fact in group):
                continue
            if len(dated) > MOST_OF_ONE:
                self.withheld |= {fact.key for fact in dated if not fact.published and self._may_be_small(fact.key)}
                continue
            for whole in dated:
                first, last = whole.row["start_date"], whole.row["end_date"]
                parts = [
                    one
                    for one in dated
                    if first <= one.row["start_date"]
                    and one.row["end_date"] <= last
                    and (one.row["start_date"], one.row["end_date"]) != (first, last)
                ]
                if not parts:
                    continue
                tiled = list(_tilings(parts, first, last))
                for tiles in tiled:
                    self._sum(whole, tiles, False)
                if not tiled:
                    self._inside([whole], _apart(parts))

    def _by_name(self) -> None:
        """What names neither an operation nor a campaign counts each of those that do, of which nobody says that they count apart."""
        for group in self._grouped("measure", "area", "network", "paid", "start_date", "end_date", "date_note", "sample"):
            named = [fact for fact in group if fact.row["operation"] or fact.row["campaign"]]
            for whole in (fact for fact in group if fact not in named):
                for part in named:
                    self._inside([whole], [part])

    def _by_settlement(self, settled: Iterable[Row]) -> None:
        by_what: dict[str, list[_Fact]] = defaultdict(list)
        for fact in self.facts:
            by_what[_what(fact.row)].append(fact)
        for row in settled:
            named = [by_what.get(json.dumps(one, ensure_ascii=False), []) for one in json.loads(row["facts"])]
            found = sorted((one[0] for one in named if one), key=lambda fact: (-self.cells[fact.key].interval.low, fact.key))
            if len(found) < 2:
                continue
            if row["settled"] == "same":
                for other in found[1:]:
                    self._sum(found[0], [other], False)
            elif row["settled"] == "inside":
                self._inside(found[:1], found[1:])

    def _grouped(self, *by: str) -> Iterator[list[_Fact]]:
        groups: dict[tuple[Any, ...], list[_Fact]] = defaultdict(list)
        for fact in self.facts:
            groups[tuple(fact.row[name] for name in by)].append(fact)
        yield from (group for group in groups.values() if len(group) > 1 and not all(fact.published for fact in group))

    def _sum(self, whole: _Fact, parts: Sequence[_Fact], open_ended: bool) -> None:
        """A total and its parts. What they do not make up is a count that nobody gave; where they make up all of it there is none."""
        keys = [fact.key for fact in parts]
        exact = all(self.cells[key].exact for key in (whole.key, *keys))
        left_over = self.cells[whole.key].interval.low - sum(self.cells[key].interval.low for key in keys) if exact else None
        if left_over != 0 and (open_ended or (left_over or 0) > 0):
            # Where they make up more than all, the audit will say so.
            rest = (*whole.key, "without", *(key[0] for key in keys))
            names = {name for key in (whole.key, *keys) for name in self.cells[key].kinds}
            self.cells[rest] = Cell(state=disclosure.NOT_AVAILABLE, kinds=tuple(sorted(names)))
            keys.append(rest)
        self.relations.append(Relation(whole.key, tuple(keys)))

    # --- what is hidden -------------------------------------------------------------------------------------------------

    def hidden(self) -> set[Key]:
        """The recorded facts that are withheld. Tables that fail the audit, and those beyond the bounds of the work, are withheld whole."""
        found = {key for key in self.withheld if not self.at[key].published}
        looked_at = 0
        for keys, relations in self._tables():
            own = [key for key in keys if key in self.at and not self.at[key].published]
            if not own or all(self.thresholds.of_cell(self.cells[key]) < 2 for key in keys):
                continue
            if any(not self.at[key].settled or key in self.withheld for key in own):
                found |= {*own}
                continue
            table = Table({key: self.cells[key] for key in keys}, tuple(relations))
            if relations:
                looked_at += 1
                if looked_at > MOST_TABLES or len(keys) > MOST_OF_ONE:
                    found |= {key for key in own if any(self._may_be_small(one) for one in keys)}
                    continue
            safe = disclosure.suppress(table, self.thresholds)
            found |= {*own} if not safe.audit.passes else safe.hidden.keys() & self.at.keys()
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


def _tilings(parts: Sequence[_Fact], first: date, last: date) -> Iterator[tuple[_Fact, ...]]:
    """The first ways in which periods follow one another from the first day to the last."""
    starting: dict[date, list[_Fact]] = defaultdict(list)
    for part in parts:
        starting[part.row["start_date"]].append(part)
    ahead: list[tuple[date, tuple[_Fact, ...]]] = [(first, ())]
    found = 0
    for _ in range(MOST_STEPS):
        if not ahead or found == MOST_TILINGS:
            return
        day, laid = ahead.pop()
        if day > last:
            found += 1
            yield laid
        else:
            ahead += [(part.row["end_date"] + timedelta(days=1), (*laid, part)) for part in reversed(starting[day])]


def _apart(parts: Sequence[_Fact]) -> list[_Fact]:
    """As many of the periods as share no day."""
    chosen: list[_Fact] = []
    for part in sorted(parts, key=lambda fact: (fact.row["end_date"], fact.key)):
        if not chosen or part.row["start_date"] > chosen[-1].row["end_date"]:
            chosen.append(part)
    return chosen
