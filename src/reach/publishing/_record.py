"""The counts that are held, and how they add up: the relations of every table that a draft can be laid out in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from .. import adding_up, disclosure
from ..adding_up import Fact, Part, Rest, Rules
from ..comparing import Row
from ..disclosure import NOT_AVAILABLE, Cell, Interval, Key, Relation, Table, Thresholds
from ._figures import cell_of, count_of, is_public, key_of, kinds_of


class Record:
    """The counts held, by what they are of, and the relations among them. What is made up is none of them."""

    def __init__(self, figures: Iterable[Row], settled: Iterable[tuple[str, str]], rules: Rules) -> None:
        self.rules = rules
        self.said: dict[Key, list[Row]] = defaultdict(list)
        for row in figures:
            if not row["sample"] and count_of(row) is not None:
                self.said[key_of(row)].append(row)
        found = adding_up.found([self._fact(key, rows) for key, rows in self.said.items()], settled, rules)
        self.extra: dict[Key, Cell] = {}  # counts that nobody gave
        self.at: dict[Key, list[Relation]] = defaultdict(list)
        for one in found.sums:
            relation = Relation(self._keyed(one.total), tuple(map(self._keyed, one.parts)))
            for key in relation.keys:
                self.at[key].append(relation)
        self.beyond = found.beyond

    def table(self, chosen: Mapping[Key, Cell]) -> Table:
        """The chosen cells with all that relations link to them; what is not chosen has no number here."""
        relations: dict[Relation, None] = {}
        ahead, seen = [*chosen], set(chosen)
        while ahead:
            for relation in self.at.get(ahead.pop(), ()):
                relations[relation] = None
                new = [key for key in relation.keys if key not in seen]
                seen |= {*new}
                ahead += new
        cells = {key: chosen.get(key) or self.extra.get(key) or self._unknown(key) for key in sorted(seen)}
        return Table(cells, tuple(relations))

    def unchecked(self, keys: Collection[Key], thresholds: Thresholds) -> set[Key]:
        """Those of the keys that were too many to be held against each other, where a count among them may be small."""
        found: set[Key] = set()
        for group in self.beyond:
            if any(thresholds.of_cell(self._unknown(key)) > 1 for key in group):
                found |= {*group} & {*keys}
        return found

    def _unknown(self, key: Key) -> Cell:
        return Cell(state=NOT_AVAILABLE, kinds=kinds_of(self.said[key][0], self.rules))

    def _fact(self, key: Key, rows: Sequence[Row]) -> Fact:
        known = Interval.around(cell.interval for row in rows if (cell := cell_of(row, self.rules)))
        return Fact(key, tuple(rows), known.low, known.high, any(map(is_public, rows)))

    def _keyed(self, part: Part) -> Key:
        """The key of a part, with a cell where it is a count that nobody gave."""
        if not isinstance(part, Rest):
            return part
        rows = [self.said[key][0] for key in (*part.within, *part.without)]
        key = _in_words(part)
        if part.measure:
            rows = [{**rows[0], "measure": part.measure}]
            key = key_of(rows[0])
        found = {kind for row in rows for kind in kinds_of(row, self.rules)}
        self.extra[key] = Cell(state=NOT_AVAILABLE, kinds=tuple(kind for kind in disclosure.KINDS if kind in found))
        return key


def _in_words(rest: Rest) -> Key:
    """A count that nobody gave, by the figures that it is within and without."""
    named = [disclosure.named(key) for key in rest.within]
    what = f"The rest of {named[0]}" if len(named) == 1 else f"What is both in {' and in '.join(named)}"
    known = {word for key in rest.within for word in key}
    less = [", ".join(word for word in key if word not in known) or disclosure.named(key) for key in rest.without]
    return (what, f"without {'; '.join(less)}") if less else (what,)
