"""Numbers that are safe to publish: which counts of a table are hidden, and what a reader can still work out of those.

A small count can point to a person. Hiding it is not enough, since a total less the other parts gives it back, so further cells are
hidden until the audit passes: for each hidden cell it finds the lowest and the highest whole number that agree with everything shown.

What the reader is taken to know: the relations of the table, every cell that is shown, every figure published before, and that counts
are whole numbers of at least 0. Not that a hidden cell is a small one: cells hidden for being small and cells hidden to protect those
carry the same mark, and nothing printed tells them apart. A count below 5 that no relation narrows stays "1 to 4" to a reader who knows
the thresholds, which is what they are for.

Source of the method: domain.md section 6; Fischetti and Salazar, "Solving the cell suppression problem on tabular data with linear
constraints" (2001), with protection by the width of the interval wherever it lies.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any, Protocol

from . import wording
from .errors import Usage

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
# Why a cell is hidden. For the working view: printed beside a cell it would tell the reader which are small.
SMALL, ALL_ZERO, PROTECTS = "small count", "row of zeros", "protects another"
# Shorthand of government tables, and what the legend says of each.
CONFIDENTIAL, UNAVAILABLE, INAPPLICABLE, LOW = "[c]", "[x]", "[z]", "[low]"
LEGEND = {
    CONFIDENTIAL: "confidential: withheld so that nobody can be identified",
    UNAVAILABLE: "not available",
    INAPPLICABLE: "not applicable",
    LOW: "not zero, but rounds to zero",
}
# Cells to choose among times cells to protect, up to which the choice is the best one; beyond it is made cell by cell.
EXACT = 400
# Where the search for the best choice stops with the best found; a limit in seconds would choose otherwise on another machine.
NODES = 5_000
# How often a reader goes round the relations before solving them. What HiGHS itself does before solving is switched off but where nothing
# hangs on its answer: with scipy 1.17.1 it lost the best answer of a table of two rows, two columns and their totals.
ROUNDS = 100
# How many cells a sentence names.
NAMED = 4

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


# --- what a reader can work out ---------------------------------------------------------------------------


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


def _shown(table: Table, hidden: Collection[Key]) -> dict[Key, Interval]:
    """What a reader is told of each cell. What is published stays known, whatever is hidden now."""
    told = {key: ANY if key in hidden and cell.state == RECORDED else cell.interval for key, cell in table.cells.items()}
    return {key: one.within(table.cells[key].known) for key, one in told.items()}


def _published(table: Table) -> dict[Key, Interval]:
    """What a reader knows of each cell before anything of the table is shown."""
    return _shown(table, table.cells.keys())


def _needs(table: Table, hidden: Collection[Key], thresholds: Thresholds) -> dict[Key, int | None]:
    """Which cells must not be told: those hidden, and those of which no exact count is known, as far as it is small."""
    needs: dict[Key, int | None] = {}
    for key, told in _shown(table, ()).items():
        cell = table.cells[key]
        if key in hidden and cell.state == RECORDED:
            needs[key] = None
        elif thresholds.of_cell(cell) > 1 and told.width >= thresholds.minimum_width:
            needs[key] = thresholds.of_cell(cell)
    return needs


# --- what is hidden ---------------------------------------------------------------------------------------


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
        reader = Reader(table, _shown(table, concealed))
        told = reader.narrow(_needs(table, concealed, thresholds), thresholds.minimum_width)
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
    reader = Reader(table, _shown(table, hidden))
    near = _linked(table, reader.narrow(_needs(table, hidden, thresholds), width))
    candidates = {key for key in near if table.cells[key].state == RECORDED and key not in hidden}
    while True:
        concealed = {*hidden, *candidates}
        reader = Reader(table, _shown(table, concealed))
        told = reader.narrow(_needs(table, concealed, thresholds), width)
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
    shown = _shown(table, {*hidden, *offered})
    moving = [key for key in sorted(shown) if shown[key].width > 0]
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
            lows += [float(shown[key].low) for key in moving]
            highs += [np.inf if (high := shown[key].high) is None else float(high) for key in moving]
            for relation in table.ordered:
                row = {start + place[key]: -1.0 if key == relation.total else 1.0 for key in relation.keys if key in place}
                if row:
                    known = [shown[key].low * (1 if key == relation.total else -1) for key in relation.keys if key not in place]
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


# --- the audit --------------------------------------------------------------------------------------------


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
    needs = _needs(table, hidden, thresholds)
    contradictions = [*_contradictions(table)]
    try:
        reader = Reader(table, _shown(table, hidden))
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
    already = _published(table)
    by_published = Reader(table, already).interval(key).width < width
    shown = already if by_published else _shown(table, hidden)
    relations = _because(table, shown, key, width)
    others = dict.fromkeys(one for relation in relations for one in relation.keys if one != key)
    known = [one for one in others if shown[one] != ANY and table.cells[one].state != NOT_APPLICABLE]
    narrowed = Reader(Table(table.cells, relations), shown).interval(key).words
    state = "hidden" if key in hidden else "not given exactly"
    if not by_published:
        return f"{named(key)}: it is {state} and can only be {narrowed}, by {_cells(known)}. Hide one of these too."
    known = [key, *known] if already[key] != ANY else known
    told = ", ".join(_sourced(table, one) for one in known[:NAMED]) + _more(known)
    return (
        f"{named(key)}: it is {state} and can only be {narrowed}, by figures that are published already: {told}. "
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


# --- what is published ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Safe:
    """A table as it may be published if ``audit`` passes, and not before. ``hidden`` says why, for the working view alone."""

    table: Table
    hidden: Mapping[Key, str]
    audit: Audit

    def printed(self, key: Key) -> str:
        """The cell as it is printed: its number in words, or a shorthand."""
        return CONFIDENTIAL if key in self.hidden else printed(self.table.cells[key])

    def all_printed(self) -> dict[Key, str]:
        return {key: self.printed(key) for key in self.table.cells}

    def release(self, day: date) -> Release:
        """What a reader has of the table from ``day`` on, to be kept and given to what is published later."""
        cells = {
            key: replace(cell, low=None, high=None, qualifier="exact", state=NOT_AVAILABLE) if key in self.hidden else cell
            for key, cell in self.table.cells.items()
        }
        return Release(day, Table(cells, self.table.relations))


def suppress(table: Table, thresholds: Thresholds, releases: Sequence[Release] = ()) -> Safe:
    """The table with small counts hidden and as few others as protect those, held against what earlier releases showed.

    Published figures are never hidden. The same table gives the same answer, in whatever order its cells and relations are.
    """
    known = with_releases(table, releases)
    hidden = primary(known, thresholds)
    with contextlib.suppress(Contradiction):  # the audit says where
        hidden |= dict.fromkeys(sorted(secondary(known, hidden, thresholds)), PROTECTS)
    return Safe(known, hidden, audit(table, hidden, thresholds, releases))


def printed(cell: Cell) -> str:
    """A cell that is not hidden: its number with its qualifier, or a shorthand."""
    if cell.state in (NOT_AVAILABLE, NOT_APPLICABLE):
        return UNAVAILABLE if cell.state == NOT_AVAILABLE else INAPPLICABLE
    return wording.figure_words(cell.low, cell.high, cell.qualifier)


def rounded(value: Decimal | float, places: int = 0) -> str:
    """A value worked out, such as a rate, to so many decimal places; ``[low]`` where it is not 0 and would be printed as 0."""
    exact = wording.decimal(value)
    if exact is None:
        return UNAVAILABLE
    shown = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return LOW if exact and not shown else f"{shown:,f}"


def legend(cells: Iterable[str]) -> dict[str, str]:
    """What each shorthand among the printed cells means, in the usual order; only those used."""
    used = set(cells)
    return {mark: meaning for mark, meaning in LEGEND.items() if mark in used}
