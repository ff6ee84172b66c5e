"""The search for every sum that a reader may know of."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from .. import comparing
from ..definitions import MEASURE, WEAPON_KINDS
from ..disclosure import Key
from ._facts import Fact, Found, Part, Rest, Rules, Sum, by_days, days_hold, share_a_day, what, wider
from ._pieces import Cut, overlapping

# The one relation that the measures themselves state: the first is the sum of the others.
SUM_OF = ("people_safeguarded", "children_safeguarded", "adults_safeguarded")
# Measures that are parts of another: it, and its parts. That they are all of it is not said: what is left over is a count of its own.
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (SUM_OF[0], SUM_OF[1:]),
    ("people_spoken_with_or_safeguarded", ("people_safeguarded",)),
    ("people_spoken_with_or_safeguarded", ("children_safeguarded", "adults_safeguarded")),
    ("lines_closed", ("lines_closed_type_1", "lines_closed_type_2")),
    ("weapons_seized", WEAPON_KINDS),
    ("drugs_seized_gbp", ("drugs_class_a_gbp", "drugs_class_b_gbp", "drugs_class_c_gbp")),
    ("drugs_seized_kg", ("drugs_class_a_kg", "drugs_class_b_kg", "drugs_class_c_kg")),
)
# All that a measure counts, of those that are parts of another; and of each part the widest total, which comes last in PARTS.
COUNTS = {total: {part for whole, parts in PARTS for part in parts if whole == total} for total, _ in PARTS}
WIDEST = {part: total for total, parts in COUNTS.items() for part in parts}
# One weapon can be in two lists, so that lists may make more than their total.
LISTED_TWICE = ("weapons_seized",)
# Bounds of the work: how many facts overlap one another, and how many pairs of one measure are looked at.
MOST_OF_ONE = 400
MOST_PAIRS = 50_000


def found(facts: Iterable[Fact], settled: Iterable[tuple[str, str]], rules: Rules, of_public: bool = True) -> Found:
    """Every sum that a reader may know of.

    ``settled`` are pairs of the facts of a doubt, as JSON, and what a person said of them. Groups of facts that are all public are left
    out unless ``of_public``. Counts of accounts and screens are left out always: no threshold is of them.
    """
    counts = [fact for fact in facts if not (fact.row["measure"] in MEASURE and MEASURE[fact.row["measure"]].on_screens)]
    return _Search(counts, settled, rules, of_public).run()


class _Search:
    """Finds the sums among facts, family by family."""

    def __init__(self, facts: Sequence[Fact], settled: Iterable[tuple[str, str]], rules: Rules, of_public: bool) -> None:
        self.facts, self.rules, self.of_public = facts, rules, of_public
        self.at = {fact.key: fact for fact in facts}
        self.sums: dict[Sum, None] = {}
        self.beyond: dict[tuple[Key, ...], None] = {}
        self.ranks: dict[str | None, int | None] = {}
        self.unnested: set[frozenset[Key]] = set()
        self.left_over: set[Key] = set()  # people of whom some are neither children nor adults, by the figures
        self.said = [*self._settlements(settled)]

    def run(self) -> Found:
        for group in self._grouped(lambda fact: (fact.row["area"], *fact.name[:-1], *fact.days, fact.row["sample"])):
            self._by_measure(group)
        for group in self._grouped(self._family):
            self._by_region(group)
        for said, facts in self.said:
            self._by_settlement(said, facts)
        return Found(tuple(self.sums), tuple(self.beyond))

    def _grouped(self, by: Any) -> Iterator[list[Fact]]:
        groups: dict[Hashable, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            groups[by(fact)].append(fact)
        for group in groups.values():
            if len(group) > 1 and (self.of_public or not all(fact.public for fact in group)):
                yield group

    def _family(self, fact: Fact) -> Hashable:
        """Measures that are parts of one, in areas of which some hold others: another force, or nation, stands by itself."""
        area, measure = fact.row["area"], fact.row["measure"]
        return WIDEST.get(measure, measure), fact.row["sample"], area if self._rank(area) is None else None

    def _covers(self, fact: Fact, measure: str, area: str | None) -> bool:
        """Whether a fact counts what a measure counts in an area."""
        own, where = fact.row["measure"], fact.row["area"]
        return (own == measure or measure in COUNTS.get(own, ())) and (where == area or self._area_holds(where, area))

    def _sum(self, whole: Fact, parts: Sequence[Fact], rest: Rest | None) -> None:
        """A total over its parts and the rest of it; where they make up all of it there is none, as a reader may well guess."""
        keys: list[Part] = [part.key for part in parts]
        if rest and not whole.is_made_of(parts):
            keys.append(rest)
        self.sums[Sum(whole.key, tuple(keys))] = None

    def _inside(self, whole: Fact, parts: Sequence[Fact]) -> None:
        self._sum(whole, parts, Rest((whole.key,), tuple(sorted(part.key for part in parts))))

    # --- measures that are parts of another -----------------------------------------------------------------------------

    def _by_measure(self, group: Sequence[Fact]) -> None:
        of: dict[str, list[Fact]] = defaultdict(list)
        for fact in group:
            of[fact.row["measure"]].append(fact)
        for total, measures in PARTS:
            held = [measure for measure in measures if of.get(measure)]
            stated = (total, *measures) == SUM_OF
            for whole in of.get(total, ()):
                parts = [part for measure in held for part in of[measure] if not self._apart_by_word(whole, part)]
                if parts:
                    self._of_measures(whole, parts, [measure for measure in measures if measure not in held], stated)
            if stated and not of.get(total) and len(held) == len(measures):
                parts = [of[measure][0] for measure in held]
                self.sums[Sum(Rest((parts[0].key,), measure=total), tuple(part.key for part in parts))] = None

    def _of_measures(self, whole: Fact, parts: Sequence[Fact], missing: Sequence[str], stated: bool) -> None:
        if whole.row["measure"] in LISTED_TWICE and not whole.may_exceed(parts):
            for part in parts:
                if whole.may_exceed([part]):
                    self._inside(whole, [part])
        elif stated and missing:
            # A reader works out the third of them.
            self._sum(whole, parts, Rest((whole.key,), measure=missing[0]))
        elif stated and not (whole.exact and all(part.exact for part in parts) and sum(part.low for part in parts) < whole.low):
            self._sum(whole, parts, None)  # where they make more than all, the audit will say so
        else:
            if stated:
                self.left_over.add(whole.key)
            self._inside(whole, parts)

    # --- areas and days -------------------------------------------------------------------------------------------------

    def _rank(self, area: str | None) -> int | None:
        """How far up an area is: 0 below the force, 1 the force, from 2 on the areas around it; None for what holds or is beside it."""
        if area not in self.ranks:
            self.ranks[area] = self._ranked(area)
        return self.ranks[area]

    def _ranked(self, area: str | None) -> int | None:
        force, around = self.rules.force, self.rules.around
        if area == force:
            return 1
        if area in around:
            return 2 + around.index(area)
        return 0 if area is None or comparing.below_force(area, force, around) else None

    def _area_holds(self, whole: str | None, part: str | None) -> bool:
        above, below = self._rank(whole), self._rank(part)
        return above is not None and below is not None and above > below

    def _by_region(self, family: Sequence[Fact]) -> None:
        """The sums among facts of a family: those of one name over their pieces, and all others of one measure one by one."""
        loose: set[Key] = set()
        by_name: dict[tuple[Any, ...], list[Fact]] = defaultdict(list)
        for fact in family:
            by_name[fact.name].append(fact)
        for facts in by_name.values():
            for lot in overlapping(facts):
                if len(lot) > MOST_OF_ONE:
                    self.beyond[tuple(fact.key for fact in lot)] = None
                    loose |= {fact.key for fact in lot}
                elif len(lot) > 1:
                    loose |= self._by_pieces(lot)
        by_measure: dict[str, list[Fact]] = defaultdict(list)
        for fact in family:
            by_measure[fact.row["measure"]].append(fact)
        for facts in by_measure.values():
            self._one_by_one(facts, loose)

    def _by_pieces(self, facts: Sequence[Fact]) -> set[Key]:
        """The sums of facts of one name over their pieces; gives those that add up with the others in no way that is possible."""
        sum_of = None if any(fact.key in self.left_over for fact in facts) else SUM_OF
        cut = Cut(facts, self._covers, sum_of)
        loose = {
            fact.key
            for fact in facts
            if not all(fact.may_exceed(pack) for pack in cut.packs(fact))
            or any(self._apart_by_word(fact, part) for part in cut.inside(fact))
        }
        if loose:
            facts = [fact for fact in facts if fact.key not in loose]
            cut = Cut(facts, self._covers, sum_of)
        for one in cut.sums(self.rules.small):
            self.sums[Sum(one.total, tuple(map(self._third, one.parts)))] = None
        return loose

    def _third(self, part: Part) -> Part:
        """Of the people without their children, or adults, it is said what they are."""
        if not isinstance(part, Rest) or len(part.within) != 1 or len(part.without) != 1:
            return part
        whole, other = self.at[part.within[0]], self.at[part.without[0]]
        measure, missing = whole.row["measure"], {*SUM_OF[1:]} - {other.row["measure"]}
        if measure != SUM_OF[0] or len(missing) > 1 or (whole.row["area"], whole.days) != (other.row["area"], other.days):
            return part
        return Rest(part.within, measure=missing.pop())

    def _one_by_one(self, family: Sequence[Fact], loose: set[Key]) -> None:
        """Facts of one measure and different names, and those that do not add up with their own, held against each other."""
        pairs = 0
        for whole, near in _near(family):
            pairs += len(near)
            if pairs > MOST_PAIRS:
                self.beyond[tuple(fact.key for fact in family)] = None
                return
            parts = [part for part in near if self._counts(whole, part, loose)]
            for pack in self._packed(whole, parts):
                self._inside(whole, pack)
            # What names no operation may be just those that do, where they make it up.
            alike = [part for part in parts if part.days == whole.days and part.row["area"] == whole.row["area"]]
            if len(alike) > 1 and whole.is_made_of(alike):
                self._sum(whole, alike, None)

    def _counts(self, whole: Fact, part: Fact, loose: set[Key]) -> bool:
        """Whether one fact is taken to count the other, by its name, area and days; those of one name are related by their pieces.

        Of two operations in one area the longer one is taken to count the other; in two areas nothing says so but a person.
        """
        if whole is part or not days_hold(whole, part) or self._apart_by_word(whole, part) or not whole.may_exceed([part]):
            return False
        if whole.name == part.name and loose.isdisjoint((whole.key, part.key)):
            return False
        if whole.row["area"] == part.row["area"]:
            return whole.days != part.days or wider(whole, part)
        named_alike = whole.name == part.name or wider(whole, part)
        return named_alike and self._area_holds(whole.row["area"], part.row["area"])

    def _packed(self, whole: Fact, parts: Sequence[Fact]) -> Iterator[list[Fact]]:
        """Parts of which no two share a day, such that each is in a set of them; alone where together they would exceed the whole."""
        covered: set[Key] = set()
        for part in parts:
            if part.key in covered:
                continue
            pack = [part]
            for other in parts:
                if not any(share_a_day(one, other) for one in pack):
                    pack.append(other)
            if not whole.may_exceed(pack):
                pack = [part]
            covered |= {one.key for one in pack}
            yield pack

    # --- what a person said ---------------------------------------------------------------------------------------------

    def _settlements(self, settled: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[Fact]]]:
        by_what: dict[str, dict[Key, Fact]] = defaultdict(dict)
        for fact in self.facts:
            for row in fact.rows:
                by_what[what(row)][fact.key] = fact
        for named, said in settled:
            each = [by_what.get(json.dumps(one, ensure_ascii=False), {}) for one in json.loads(named)]
            facts = {key: fact for one in each for key, fact in one.items()}
            if len(facts) < 2:
                continue
            if said in ("same", "inside") and any(len(one) > 1 for one in each):
                # Several weapons stand under one name, and nobody can tell which of them is meant.
                self.beyond[tuple(facts)] = None
                continue
            if said != "inside":
                self.unnested |= {frozenset(pair) for pair in combinations(facts, 2)}
            yield said, [*facts.values()]

    def _apart_by_word(self, one: Fact, other: Fact) -> bool:
        """Whether a person said that neither of two facts counts the other, or that they are one count."""
        return bool(self.unnested) and frozenset((one.key, other.key)) in self.unnested

    def _by_settlement(self, said: str, facts: Sequence[Fact]) -> None:
        if not self.of_public and all(fact.public for fact in facts):
            return
        # The total is what holds the others by its area and days, else the largest.
        order = sorted(facts, key=lambda fact: (-sum(self._may_hold(fact, other) for other in facts), -fact.low, fact.key))
        whole, *parts = order
        if said == "same":
            for other in parts:
                self._sum(whole, [other], None)
        elif said == "inside":
            for pack in [parts] if whole.may_exceed(parts) else [[part] for part in parts]:
                self._inside(whole, pack)

    def _may_hold(self, whole: Fact, part: Fact) -> bool:
        if not days_hold(whole, part):
            return False
        wide, narrow = whole.row["area"], part.row["area"]
        return self._area_holds(wide, narrow) or (wide == narrow and (whole.days != part.days or wider(whole, part)))


def _near(family: Sequence[Fact]) -> Iterator[tuple[Fact, Sequence[Fact]]]:
    """Each fact with those that start within its days, or of which the same is known where it has none."""
    dated = sorted((fact for fact in family if fact.dated), key=by_days)
    starts = [fact.days[0] for fact in dated]
    undated: Mapping[Hashable, list[Fact]] = defaultdict(list)
    for fact in family:
        if not fact.dated:
            undated[fact.days].append(fact)
    for fact in family:
        if fact.dated:
            yield fact, dated[bisect_left(starts, fact.days[0]) : bisect_right(starts, fact.days[1])]
        else:
            yield fact, undated[fact.days]
