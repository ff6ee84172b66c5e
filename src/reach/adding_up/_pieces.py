"""What facts of one name cover, cut into pieces that none of them tells apart: days, areas, and measures that are parts of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import product
from typing import TypeAlias

from ..disclosure import Key
from ._facts import Fact, Part, Rest, Sum, by_days

Covers: TypeAlias = Callable[[Fact, str, str | None], bool]


class Cut:
    """What facts cover, cut into pieces. Each fact is a number with a bit for each of its pieces.

    ``covers`` says whether a fact counts a measure in an area; ``sum_of`` is a measure of which nothing is left by two others.
    """

    def __init__(self, facts: Sequence[Fact], covers: Covers, sum_of: tuple[str, str, str] | None = None) -> None:
        self.facts = sorted(facts, key=by_days)
        covering: dict[frozenset[int], None] = {}
        for active in _stretches(self.facts):
            areas = {self.facts[place].row["area"]: None for place in active}
            measures = {self.facts[place].row["measure"]: None for place in active}
            if sum_of and {*sum_of[1:]} <= measures.keys():
                measures.pop(sum_of[0], None)
            for measure, area in product(measures, areas):
                covering[frozenset(place for place in active if covers(self.facts[place], measure, area))] = None
        covering.pop(frozenset(), None)
        self.pieces = [*covering]
        self.bits = [0] * len(self.facts)
        for number, places in enumerate(self.pieces):
            for place in places:
                self.bits[place] |= 1 << number
        self.place = {fact.key: place for place, fact in enumerate(self.facts)}
        self.packed: dict[Key, list[list[Fact]]] = {}
        self.whole_piece = {bits: fact.key for fact, bits in zip(self.facts, self.bits, strict=True) if bits.bit_count() == 1}

    def inside(self, fact: Fact) -> list[Fact]:
        """The other facts all of whose pieces it has."""
        bits = self.bits[self.place[fact.key]]
        return [other for other, own in zip(self.facts, self.bits, strict=True) if own and own | bits == bits and own != bits]

    def packs(self, fact: Fact) -> list[list[Fact]]:
        """Facts inside it of which no two share a piece: as many such sets as it takes for each to be in one."""
        if fact.key not in self.packed:
            self.packed[fact.key] = [*self._packed(self.inside(fact))]
        return self.packed[fact.key]

    def _packed(self, parts: Sequence[Fact]) -> Iterator[list[Fact]]:
        bits = [self._of(part) for part in parts]
        covered: set[int] = set()
        for first in range(len(parts)):
            if first not in covered:
                pack = _disjoint(bits, [first, *range(len(parts))])
                covered |= {*pack}
                yield [parts[place] for place in sorted(pack)]

    def _of(self, fact: Fact) -> int:
        return self.bits[self.place[fact.key]]

    def sums(self, small: int) -> Iterator[Sum]:
        """Each fact over its pieces; and what facts inside it leave of it, where that is several pieces and may be ``small`` or less.

        Pieces that are a fact together stand there as that fact, whose own sum says of what.
        """
        nothing = 0
        for fact in self.facts:
            for pack in self.packs(fact):
                if fact.is_made_of(pack):
                    nothing |= self._of(fact) & ~self._together(pack)
        for fact in self.facts:
            if self._of(fact).bit_count() > 1:
                large = self._largest_inside(fact)
                left = self._pieces(self._of(fact) & ~self._together(large), nothing)
                parts: list[Part] = [*(part.key for part in large), *map(self._named, left)]
                yield Sum(fact.key, tuple(parts or map(self._named, self._pieces(self._of(fact), 0))))
                yield from self._rests(fact, small)

    def _rests(self, fact: Fact, small: int) -> Iterator[Sum]:
        for pack in self.packs(fact):
            most = None if any(part.high is None for part in pack) else sum(part.high or 0 for part in pack)
            left = self._of(fact) & ~self._together(pack)
            if left.bit_count() > 1 and not fact.is_made_of(pack) and (most is None or fact.low - most <= small):
                keys = tuple(sorted(part.key for part in pack))
                yield Sum(fact.key, (*keys, Rest((fact.key,), keys)))

    def _together(self, facts: Iterable[Fact]) -> int:
        bits = 0
        for fact in facts:
            bits |= self._of(fact)
        return bits

    def _largest_inside(self, fact: Fact) -> list[Fact]:
        """Facts inside it of which no two share a piece, the largest first."""
        parts = self.inside(fact)
        bits = [self._of(part) for part in parts]
        return [parts[place] for place in _disjoint(bits, sorted(range(len(parts)), key=lambda one: -bits[one].bit_count()))]

    def _pieces(self, bits: int, nothing: int) -> list[int]:
        """Each piece by itself, without those known to be nothing."""
        return [1 << number for number in range(len(self.pieces)) if bits >> number & 1 and not nothing >> number & 1]

    def _named(self, bit: int) -> Part:
        """The fact that is just this piece, else what the smallest facts that have it count without those that cut it off."""
        if bit in self.whole_piece:
            return self.whole_piece[bit]
        have = self.pieces[bit.bit_length() - 1]
        within: list[int] = []
        for one in sorted(have, key=lambda place: self.bits[place].bit_count()):
            if not any(self._smaller(other, one) for other in within):
                within.append(one)
        common = self.bits[within[0]]
        for one in within:
            common &= self.bits[one]
        cutting = [place for place, bits in enumerate(self.bits) if bits & common and place not in have]
        without: list[int] = []
        for one in sorted(cutting, key=lambda place: -self.bits[place].bit_count()):
            if not any(self._smaller(one, other) for other in without):
                without.append(one)
        return Rest(self._keys(within), self._keys(without))

    def _keys(self, places: Iterable[int]) -> tuple[Key, ...]:
        return tuple(sorted(self.facts[place].key for place in places))

    def _smaller(self, one: int, other: int) -> bool:
        return self.bits[one] != self.bits[other] and self.bits[one] | self.bits[other] == self.bits[other]


def overlapping(facts: Iterable[Fact]) -> Iterator[list[Fact]]:
    """The facts in lots of which none shares a day with another; those without days by what is known of them."""
    undated: dict[Hashable, list[Fact]] = defaultdict(list)
    lot: list[Fact] = []
    last = date.min
    for fact in sorted(facts, key=by_days):
        if not fact.dated:
            undated[fact.days].append(fact)
            continue
        if lot and fact.days[0] > last:
            yield lot
            lot = []
        lot.append(fact)
        last = max(last, fact.days[1])
    yield from (one for one in (lot, *undated.values()) if one)


def _stretches(facts: Sequence[Fact]) -> Iterator[list[int]]:
    """The places of the facts that cover each stretch of days between which none of them starts or ends."""
    dated = [(place, fact.days[0], fact.days[1] + timedelta(1)) for place, fact in enumerate(facts) if fact.dated]
    edges = sorted({edge for _, *ends in dated for edge in ends})
    for edge in edges[:-1]:
        yield [place for place, first, after in dated if first <= edge < after]
    undated: dict[Hashable, list[int]] = defaultdict(list)
    for place, fact in enumerate(facts):
        if not fact.dated:
            undated[fact.days].append(place)
    yield from undated.values()


def _disjoint(bits: Sequence[int], order: Sequence[int]) -> list[int]:
    """The places, in their order, of those that share no bit with one before them."""
    chosen, ahead = [], [*order]
    while ahead:
        first = ahead[0]
        chosen.append(first)
        ahead = [place for place in ahead if not bits[place] & bits[first]]
    return chosen
