"""What a reader can work out of a table: the lowest and the highest whole number that agrees with everything shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ._cells import ANY, RECORDED, Interval, Key, Table, Thresholds

# Where the search for the best choice stops with the best found; a limit in seconds would choose otherwise on another machine.
NODES = 5_000
# How often a reader goes round the relations before solving them. What HiGHS itself does before solving is switched off but where nothing
# hangs on its answer: with scipy 1.17.1 it lost the best answer of a table of two rows, two columns and their totals.
ROUNDS = 100


class Contradiction(Exception):
    """No counts agree with all that is shown, or none could be found."""


class Reader:
    """Somebody who knows the relations of a table and what is shown, and works out the rest.

    Each cell that is not known exactly has two bounds: ``outer``, which certainly hold, found by going round the relations; and
    ``seen``, the lowest and the highest in any whole-number table met so far that agrees with what is shown. Where the two differ, linear
    programmes (HiGHS) close the gap. A programme whose answer is not whole is solved again in whole numbers, since the range over
    fractions can be wider than what is possible.
    """

    def __init__(self, table: Table, shown: Mapping[Key, Interval]) -> None:
        """``shown`` has what is known of each cell of ``table``. Raises :class:`Contradiction` where no counts agree with it."""
        self.outer = dict(shown)
        self.relations = [one.keys for one in table.ordered]
        # Rounds without end are possible where the figures contradict one another; the programmes find that out.
        for _ in range(ROUNDS):
            if not self._narrowed():
                break
        self.free = sorted({key for keys in self.relations for key in keys if self.outer[key].width > 0})
        self.place = {key: place for place, key in enumerate(self.free)}
        self.seen: list[tuple[int, int]] = []
        if self.free:
            self._arrange()
            self.seen = [(one, one) for one in self._solve([0] * len(self.free)) or ()]

    def interval(self, key: Key) -> Interval:
        """The lowest and the highest count that the cell can be."""
        place = self.place.get(key)
        if place is None:
            return self.outer[key]
        for sign in (1, -1):
            low, high = self.seen[place]
            known = self.outer[key]
            if (low if sign > 0 else high) == (known.low if sign > 0 else known.high):
                continue
            objective = [0] * len(self.free)
            objective[place] = sign
            answer = self._solve(objective)
            if answer is None:  # nothing limits it upwards
                continue
            self._met(answer)
            value = answer[place]
            self.outer[key] = Interval(value, known.high) if sign > 0 else Interval(known.low, value)
        return self.outer[key]

    def narrow(self, needs: Mapping[Key, int | None], width: int) -> list[Key]:
        """Which of the cells can be told to less than ``width``, in order.

        ``needs`` has None for a cell that may never be, and for others the count from which on it may; that there are none may be told too.
        """
        doubtful = {key for key in needs if self._width_seen(key) < width <= self.outer[key].width}
        # Many at once: a table in which all of them are as high, then as low, as they can be shows most of them to be wide.
        while doubtful:
            before = len(doubtful)
            for sign in (-1, 1):
                objective = [0] * len(self.free)
                limits = {}
                for key in doubtful:
                    place = self.place[key]
                    objective[place] = sign
                    limits[place] = self.seen[place][0] + width
                answer = self._solve(objective, limits)
                if answer is not None:
                    self._met(answer)
                doubtful = {key for key in doubtful if self._width_seen(key) < width}
            if len(doubtful) == before:
                break
        return [key for key in sorted(needs) if self._width_seen(key) < width and _told(self.interval(key), needs[key], width)]

    def _width_seen(self, key: Key) -> float:
        place = self.place.get(key)
        return self.outer[key].width if place is None else self.seen[place][1] - self.seen[place][0]

    def _met(self, answer: Sequence[int]) -> None:
        self.seen = [(min(low, one), max(high, one)) for (low, high), one in zip(self.seen, answer, strict=True)]

    def _narrowed(self) -> bool:
        """Goes once round the relations: a total lies between the sums of its parts' ends, a part in what the others leave."""
        changed = False
        for total, *parts in self.relations:
            whole = self.outer[total]
            lows = sum(self.outer[part].low for part in parts)
            open_ended = [part for part in parts if self.outer[part].high is None]
            highs = sum(self.outer[part].high or 0 for part in parts)
            changed |= self._tighten(total, lows, None if open_ended else highs)
            for part in parts:
                known = self.outer[part]
                most = None if whole.high is None else whole.high - (lows - known.low)
                others_open = len(open_ended) - (known.high is None)
                least = 0 if others_open else whole.low - (highs - (known.high or 0))
                changed |= self._tighten(part, least, most)
                # The sums follow what has just been found.
                found = self.outer[part]
                lows += found.low - known.low
                if found.high is not None:
                    highs += found.high - (known.high or 0)
                    open_ended = [one for one in open_ended if one != part]
        return changed

    def _tighten(self, key: Key, low: int, high: int | None) -> bool:
        known = self.outer[key]
        ends = [one for one in (known.high, high) if one is not None]
        found = Interval(max(known.low, low), min(ends) if ends else None)
        if found.width < 0:
            raise Contradiction
        self.outer[key] = found
        return found != known

    def _arrange(self) -> None:
        """The relations as equations of the free cells: those whose cells are all known are left out."""
        import numpy as np
        from scipy import sparse

        rows: list[int] = []
        columns: list[int] = []
        signs: list[int] = []
        right: list[int] = []
        for keys in self.relations:
            if not any(key in self.place for key in keys):
                continue
            known = 0
            for number, key in enumerate(keys):
                sign = -1 if number == 0 else 1
                if key in self.place:
                    rows.append(len(right))
                    columns.append(self.place[key])
                    signs.append(sign)
                else:
                    known -= sign * self.outer[key].low
            right.append(known)
        self.matrix: Any = sparse.coo_array((np.array(signs, dtype=float), (rows, columns)), shape=(len(right), len(self.free))).tocsr()
        self.right: Any = np.array(right, dtype=float)
        self.lows: Any = np.array([self.outer[key].low for key in self.free], dtype=float)
        self.highs: Any = np.array([np.inf if (most := self.outer[key].high) is None else most for key in self.free], dtype=float)

    def _solve(self, objective: Sequence[int], limits: Mapping[int, int] | None = None) -> list[int] | None:
        """The whole-number table with the least of the objective, None where nothing limits it. Raises :class:`Contradiction`."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, linprog, milp

        highs = self.highs.copy()
        for place, most in (limits or {}).items():
            highs[place] = min(highs[place], most)
        costs: Any = np.array(objective, dtype=float)
        bounds: Any = np.column_stack([self.lows, highs])
        found: Any = linprog(costs, A_eq=self.matrix, b_eq=self.right, bounds=bounds, method="highs", options={"presolve": False})
        if found.status == 0 and not self._whole(found.x):
            found = milp(
                costs, integrality=np.ones(len(costs), dtype=int), bounds=Bounds(self.lows, highs),
                constraints=LinearConstraint(self.matrix, self.right, self.right),
                options={"presolve": False, "mip_rel_gap": 0, "node_limit": NODES},
            )
        if found.status == 3:
            return None
        # There is none, or none was found within the limit: the search may have no end. What is not certain is not published.
        if found.status != 0 or not self._whole(found.x):
            raise Contradiction
        return [round(one) for one in found.x]

    def _whole(self, answer: Any) -> bool:
        """Whether the answer, made whole, solves the equations exactly."""
        import numpy as np

        whole = np.rint(answer)
        return bool(np.all(np.abs(answer - whole) < 1e-4) and np.array_equal(self.matrix @ whole, self.right))


def _told(known: Interval, enough: int | None, width: int) -> bool:
    return known.width < width and (enough is None or (known.low < enough and known.high != 0))


def shown(table: Table, hidden: Collection[Key]) -> dict[Key, Interval]:
    """What a reader is told of each cell. What is published stays known, whatever is hidden now."""
    told = {key: ANY if key in hidden and cell.state == RECORDED else cell.interval for key, cell in table.cells.items()}
    return {key: one.within(table.cells[key].known) for key, one in told.items()}


def known_before(table: Table) -> dict[Key, Interval]:
    """What a reader knows of each cell before anything of the table is shown."""
    return shown(table, table.cells.keys())


def needs_of(table: Table, hidden: Collection[Key], thresholds: Thresholds) -> dict[Key, int | None]:
    """Which cells must not be told: those hidden, and those of which no exact count is known, as far as it is small."""
    needs: dict[Key, int | None] = {}
    for key, told in shown(table, ()).items():
        cell = table.cells[key]
        if key in hidden and cell.state == RECORDED:
            needs[key] = None
        elif thresholds.of_cell(cell) > 1 and told.width >= thresholds.minimum_width:
            needs[key] = thresholds.of_cell(cell)
    return needs
