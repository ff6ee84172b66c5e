"""Which cells are hidden: small counts, and as few others as protect those."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from ._cells import NOTHING, PUBLISHED, RECORDED, SENSITIVE, Cell, Key, Table, Thresholds
from ._reader import NODES, Reader, needs_of, shown

# Why a cell is hidden. For the working view: printed beside a cell it would tell the reader which are small.
SMALL, ALL_ZERO, PROTECTS = "small count", "row of zeros", "protects another"
# Cells to choose among times cells to protect, up to which the choice is the best one; beyond it is made cell by cell.
EXACT = 400


def primary(table: Table, thresholds: Thresholds) -> dict[Key, str]:
    """The recorded cells that are hidden for what they are, each with why.

    A count from 1 to just below its threshold is small; a range is, if it cannot reach the threshold or is narrower than a hidden cell
    may be. 0 is shown, since it is a count of nobody, but for a row or column of a sensitive measure that is 0 throughout: that says
    something of everybody in it, so its zeros and their total are hidden, unless the total is published and says it already.
    """
    hidden = {key: SMALL for key, cell in table.cells.items() if cell.state == RECORDED and _small(cell, thresholds)}
    for relation in table.ordered:
        line = [table.cells[key] for key in relation.keys]
        zeros = all(cell.interval == NOTHING for cell in line) and line[0].state == RECORDED
        sensitive = [cell for cell in line[1:] if set(cell.kinds) & set(SENSITIVE) and thresholds.of_cell(cell) > 1]
        if zeros and len(sensitive) > 1:
            hidden |= {key: ALL_ZERO for key in relation.keys if table.cells[key].state == RECORDED}
    return dict(sorted(hidden.items()))


def _small(cell: Cell, thresholds: Thresholds) -> bool:
    known, threshold = cell.interval, thresholds.of_cell(cell)
    if threshold < 2 or not known.high or known.low >= threshold:
        return False
    return known.high < threshold or known.width < thresholds.minimum_width


def secondary(table: Table, hidden: Collection[Key], thresholds: Thresholds) -> set[Key]:
    """The further recorded cells to hide so that no cell can be told: as few as possible, totals last, small ones first.

    Up to a size (:data:`EXACT`) the choice is the best one there is; beyond it one cell after another is protected at the least cost. What
    published figures give away whatever is hidden is left to the audit to report, and told no closer. Raises :class:`Contradiction`.
    """
    candidates, hopeless = _candidates(table, hidden, thresholds)
    chosen: set[Key] = set()
    targets: dict[Key, int] = {}
    while True:
        concealed = {*hidden, *chosen}
        reader = Reader(table, shown(table, concealed))
        told = reader.narrow(needs_of(table, concealed, thresholds), thresholds.minimum_width)
        narrow = {key: hopeless.get(key, thresholds.minimum_width) for key in told}
        narrow = {key: width for key, width in narrow.items() if reader.interval(key).width < width}
        if not narrow:
            return chosen
        if len(candidates) * len(targets | narrow) <= EXACT and narrow.keys() - targets.keys():
            targets |= narrow
            chosen = _choose(table, hidden, candidates, targets, best=True)
            continue
        before = len(chosen)
        for key, width in narrow.items():
            chosen |= _choose(table, {*hidden, *chosen}, candidates - chosen, {key: width}, best=False)
        if len(chosen) == before:
            return candidates  # all of them do in any case


def _candidates(table: Table, hidden: Collection[Key], thresholds: Thresholds) -> tuple[set[Key], dict[Key, int]]:
    """The cells that can be hidden without being told at once; and those told though all of those are hidden, with the width they keep."""
    width = thresholds.minimum_width
    reader = Reader(table, shown(table, hidden))
    near = _linked(table, reader.narrow(needs_of(table, hidden, thresholds), width))
    candidates = {key for key in near if table.cells[key].state == RECORDED and key not in hidden}
    while True:
        concealed = {*hidden, *candidates}
        reader = Reader(table, shown(table, concealed))
        told = reader.narrow(needs_of(table, concealed, thresholds), width)
        if candidates.isdisjoint(told):
            return candidates, {key: int(reader.interval(key).width) for key in told}
        candidates -= {*told}


def _linked(table: Table, keys: Iterable[Key]) -> set[Key]:
    """The cells that relations link to one of ``keys``, over any cells whose count is not public."""
    at = defaultdict(list)
    for relation in table.relations:
        for key in relation.keys:
            at[key].append(relation)
    found: set[Key] = set()
    ahead = [*keys]
    while ahead:
        key = ahead.pop()
        if key not in found:
            found.add(key)
            if table.cells[key].state != PUBLISHED or not table.cells[key].exact:
                ahead += [other for relation in at[key] for other in relation.keys]
    return found


def _choose(
    table: Table, hidden: Collection[Key], candidates: Collection[Key], targets: Mapping[Key, int], *, best: bool
) -> set[Key]:
    """The cheapest of ``candidates`` to hide so that each of ``targets`` is as far apart as asked in two tables that agree with the rest.

    A mixed integer programme: for each candidate whether it is hidden, and for each target two whole tables, in which only hidden cells
    move from their count. Not ``best`` is the same in fractions, where a cell costs as much as it moves, and whatever moves is hidden.
    """
    import numpy as np
    from scipy import sparse
    from scipy.optimize import Bounds, LinearConstraint, milp

    offered = sorted(candidates)
    told = shown(table, {*hidden, *offered})
    moving = [key for key in sorted(told) if told[key].width > 0]
    choice = {key: place for place, key in enumerate(offered)}
    place = {key: number for number, key in enumerate(moving)}
    span = float(max(targets.values()) * (len(moving) if best else 1))
    rows: list[dict[int, float]] = []
    least: list[float] = []
    most: list[float] = []

    def require(row: dict[int, float], low: float, high: float) -> None:
        rows.append(row)
        least.append(low)
        most.append(high)

    lows, highs = [0.0] * len(offered), [1.0 if best else np.inf] * len(offered)
    for target, width in sorted(targets.items()):
        copies = []
        for _ in range(2):
            start = len(lows)
            copies.append(start + place[target])
            lows += [float(told[key].low) for key in moving]
            highs += [np.inf if (high := told[key].high) is None else float(high) for key in moving]
            for relation in table.ordered:
                row = {start + place[key]: -1.0 if key == relation.total else 1.0 for key in relation.keys if key in place}
                if row:
                    known = [told[key].low * (1 if key == relation.total else -1) for key in relation.keys if key not in place]
                    require(row, sum(known), sum(known))
            for key in offered:
                stated = table.cells[key].interval
                down = float(stated.low) if best else span
                require({start + place[key]: 1.0, choice[key]: down}, stated.low, np.inf)
                if stated.high is not None:
                    require({start + place[key]: 1.0, choice[key]: -span}, -np.inf, stated.high)
        apart = {copies[1]: 1.0, copies[0]: -1.0}
        require(apart | {choice[target]: -float(width)} if target in choice else apart, 0.0 if target in choice else width, np.inf)
    costs = [*_costs(table, offered, best=best), *[0.0] * (len(lows) - len(offered))]
    matrix = sparse.csr_array(
        (
            [value for row in rows for value in row.values()],
            ([number for number, row in enumerate(rows) for _ in row], [column for row in rows for column in row]),
        ),
        shape=(len(rows), len(lows)),
    )
    found: Any = milp(
        costs, integrality=np.full(len(lows), int(best)), bounds=Bounds(lows, highs),
        constraints=LinearConstraint(matrix, least, most), options={"presolve": not best, "mip_rel_gap": 0, "node_limit": NODES},
    )
    if found.x is None:
        return set()
    return {key for key in offered if found.x[choice[key]] > (0.5 if best else 1e-6)}


def _costs(table: Table, offered: Sequence[Key], *, best: bool) -> list[float]:
    """What hiding a cell costs. At best: first as few totals as possible, then as few cells, then small ones."""
    totals = {relation.total for relation in table.relations}
    by_size = sorted(offered, key=lambda key: (table.cells[key].interval.low, key))
    rank = {key: number for number, key in enumerate(by_size, 1)}
    one = len(offered) * (len(offered) + 1) / 2 + 1 if best else len(offered)
    total = one * (len(offered) + 1) if best else 20 * one
    return [(total if key in totals else 0) + one + rank[key] for key in offered]
