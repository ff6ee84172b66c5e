"""The publish gate: what is checked before figures and words are published, and what of them is kept.

A draft is held against the record and against every publication before it. Nothing is written here: a caller hands in what is held, and
:mod:`reach.publications` runs the gate again inside the transaction that writes.

Counts are one table with the relations among them: children and adults of the people safeguarded, weeks of a month, a force in its
region, figures settled as inside a total or as one count. What is not in the draft is in that table as far as the public knows it, so that
a count can be told neither from this publication alone nor together with what was published before. Source of the steps: domain.md 6.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

from . import comparing, disclosure, double_counts, linting, withholding, wording
from .comparing import WHAT, Row
from .definitions import MEASURE, STATUSES, WEAPON_KINDS, network_label
from .dictionary import ENTRY
from .disclosure import NOT_AVAILABLE, PUBLISHED, RECORDED, Cell, Key, Relation, Release, Table, Thresholds
from .formats._personal import PERSONAL_CELLS
from .linting import Fact, Facts
from .reach_bounds import NOT_PEOPLE

MARKING = "OFFICIAL: cleared for publication"
DRAFT_MARKING = "OFFICIAL-SENSITIVE: draft, not cleared for publication"
MANAGEMENT = "Management information, not official statistics."
NEVER_ADDED = "Reach is never added: one account can be in several figures."
BY_HAND = "hidden by hand"
# The checks, in their order.
AGGREGATES, DEFINED, DISCLOSED, CLASHES, WORDED, CAVEATS, APPROVED, PERIOD = CHECKS = (
    "Aggregates only",
    "Definitions chosen",
    "Suppression and audit",
    "No clash with earlier figures",
    "Wording",
    "Caveats and status",
    "Named approvers",
    "Date and pre-election period",
)
# The one relation that the measures themselves state: the first is the sum of the others.
SUM_OF = ("people_safeguarded", "children_safeguarded", "adults_safeguarded")
PROVISIONAL = ("early total", "provisional")
# Of one contribution a mechanism may be known, so that it is only pointed out.
POINTED_OUT = ("contribution",)
MOST_NAMED = 3
LONGEST_SOURCE = 80
# What a text must not spell out of a count that is hidden.
_NUMBERS = re.compile(r"(?<![\w.,£€-])(?:\d{1,3}(?:,\d{3})+|\d+)(?![\w,]*\d|[.]\d|%)|\b(?:one|two|three|four|five|six|seven|eight|nine)\b")
_DAY_AFTER = re.compile(rf"\s*(?:st|nd|rd|th)?\s*(?:to|and|-|–)?\s*\d*\s*(?:{'|'.join(wording.MONTHS)})\b", re.IGNORECASE)
_WORDS = re.compile(r"[a-z]{5,}")
_OF_PERSONS = re.compile(
    rf"(?<![\w.,])(?P<number>[0-9]|{'|'.join(wording.SMALL)})(?:\s+(?:more|further|other|vulnerable|young|teenage|local|exploited|trafficked))*"
    r"\s+(?:child|children|girls?|boys?|teenagers?|juveniles?|minors?|vulnerable\s+(?:people|persons?|adults?)|young\s+(?:people|persons?)"
    r"|(?:modern\s+slavery\s+)?victims?|(?:NRM\s+)?referrals?)\b",
    re.IGNORECASE,
)
_PERSONAL = {kind: re.compile(pattern) for kind, pattern in PERSONAL_CELLS.items()}


@dataclass(frozen=True)
class Draft:
    """A publication that is being made.

    ``figures`` are ids of figures held, ``definitions`` the measures whose definition is printed with them, ``approvers`` a name for each
    role. ``protect`` has small counts hidden, and what would give them away; ``hidden`` are ids of further figures to hide. ``revises``
    says why it differs from what was published, ``supersedes`` is the number of the publication whose place it takes, and ``override``
    says why it is made in a pre-election period.
    """

    day: date
    by: str
    title: str = ""
    text: str = ""
    figures: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    status: str | None = None
    approvers: Mapping[str, str] = field(default_factory=dict)
    protect: bool = True
    hidden: tuple[str, ...] = ()
    revises: str = ""
    supersedes: int | None = None
    override: str = ""


@dataclass(frozen=True)
class Earlier:
    """A publication before this one: what a reader has of it, and its figures as printed. A withdrawn one is known all the same."""

    number: int
    state: str
    release: Release
    figures: tuple[Row, ...]


@dataclass(frozen=True)
class Held:
    """All that a draft is held against.

    ``figures`` are rows of ``pages/figures_to_publish``; ``settled`` has what a person settled of figures that may count the same twice,
    by the kind and the facts of the doubt; ``published`` is what texts are checked against; ``closed`` are the pre-election periods.
    """

    figures: Sequence[Row]
    thresholds: Thresholds
    force: str
    today: date
    settled: Mapping[tuple[str, str], str] = field(default_factory=dict)
    earlier: Sequence[Earlier] = ()
    published: tuple[Fact, ...] = ()
    around: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    closed: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True)
class Check:
    """One step of the gate: its name, whether it is passed, and in one line why, with what to do where it is not."""

    name: str
    passed: bool
    reason: str


@dataclass(frozen=True)
class Laid:
    """A draft laid out: its figures, their table, and what is hidden in it, each cell with why. For the working view."""

    rows: tuple[Row, ...]
    missing: tuple[str, ...]
    table: Table
    hidden: Mapping[Key, str]
    audit: disclosure.Audit

    def is_hidden(self, row: Row) -> bool:
        return key_of(row) in self.hidden

    def printed(self, row: Row) -> str:
        """The figure as it is printed: its value with its qualifier, or a shorthand."""
        return disclosure.CONFIDENTIAL if self.is_hidden(row) else comparing.words_of(row)

    @cached_property
    def shown(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if not self.is_hidden(row))


# --- figures as cells -------------------------------------------------------------------------------------


def key_of(row: Row) -> Key:
    """What a figure is a figure of, in words, whoever says it: under this it is one cell of a table."""
    parts = (
        MEASURE[row["measure"]].label,
        row["operation"],
        f"campaign {row['campaign']}" if row["campaign"] else None,
        row["area"],
        comparing.when(row),
        network_label(row["network"]) if row["network"] else None,
        row["paid"],
        # Several of one kind stand in one list of weapons, each a count of its own.
        row.get("published_wording") or comparing.words_of(row) if row["measure"] in WEAPON_KINDS else None,
    )
    return tuple(str(part) for part in parts if part)


def is_public(row: Row) -> bool:
    return bool((row["published_wording"] or "").strip())


def _kinds(measure: str, area: str, held: Held) -> tuple[str, ...]:
    """What the figure counts, as far as thresholds go: as the public view has it."""
    return withholding.kinds(measure, area, held.force, held.around)


def _count(row: Row) -> tuple[int | None, int | None] | None:
    """The ends of a figure that is a count; None for money, weights and what is no whole number."""
    if MEASURE[row["measure"]].unit in ("GBP", "EUR", "kg"):
        return None
    ends = [wording.decimal(row[name]) for name in ("value_low", "value_high")]
    if all(end is None for end in ends) or any(end is not None and (end < 0 or end != int(end)) for end in ends):
        return None
    low, high = (None if end is None else int(end) for end in ends)
    return low, high


def _cell(row: Row, held: Held) -> Cell | None:
    ends = _count(row)
    if ends is None:
        return None
    state, where = (PUBLISHED, f"published by {row['source'][:LONGEST_SOURCE]}") if is_public(row) else (RECORDED, "")
    return Cell(*ends, row["qualifier"] or "exact", state, _kinds(row["measure"], row["area"], held), where)


# --- how figures add up -----------------------------------------------------------------------------------


class _Record:
    """The figures held, by what they are of, and the relations among them."""

    def __init__(self, held: Held) -> None:
        self.held = held
        self.said: dict[Key, list[Row]] = defaultdict(list)
        for row in held.figures:
            if not row["sample"] and _count(row) is not None:
                self.said[key_of(row)].append(row)
        self.by_measure: dict[str, list[Key]] = defaultdict(list)
        for key, rows in self.said.items():
            if MEASURE[rows[0]["measure"]].kind != "reach":
                self.by_measure[rows[0]["measure"]].append(key)
        self.extra: dict[Key, Cell] = {}  # cells that no figure is held of
        self.parted: dict[Key, list[Relation]] = {}

    def table(self, chosen: Mapping[Key, Cell]) -> Table:
        """The chosen cells with all that relations link to them; what is not chosen has no number here."""
        relations: dict[Relation, None] = {}
        ahead, seen = [*chosen], set(chosen)
        while ahead:
            for relation in self._of(ahead.pop()):
                relations[relation] = None
                new = [key for key in relation.keys if key not in seen]
                seen |= {*new}
                ahead += [key for key in new if key in self.said]
        cells = {key: chosen.get(key) or self._unknown(key) for key in sorted(seen)}
        return Table(cells, tuple(relations))

    def _unknown(self, key: Key) -> Cell:
        if key in self.extra:
            return self.extra[key]
        row = self.said[key][0]
        return Cell(state=NOT_AVAILABLE, kinds=_kinds(row["measure"], row["area"], self.held))

    def _of(self, key: Key) -> Iterator[Relation]:
        row = self.said[key][0] if key in self.said else None
        if row is None or MEASURE[row["measure"]].kind == "reach":
            return
        yield from self._children_and_adults(row)
        yield from self._listed_parts(row)
        yield from self._one_count(key)
        near = [(other, self._nested(key, other)) for other in self.by_measure[row["measure"]] if other != key]
        wholes = [(nested[0], nested[2]) for _, nested in near if nested and nested[1] == key]
        for whole, _ in wholes:
            yield from self._parts(whole)
        if any(nested and nested[0] == key for _, nested in near):
            yield from self._parts(key)

    def _children_and_adults(self, row: Row) -> Iterator[Relation]:
        """The relation that measures state, also where one of its three is not held: a reader works that one out."""
        if row["measure"] not in SUM_OF:
            return
        keys = []
        for measure in SUM_OF:
            key = key_of({**row, "measure": measure})
            if key not in self.said:
                self.extra[key] = Cell(state=NOT_AVAILABLE, kinds=_kinds(measure, row["area"], self.held))
            keys.append(key)
        if sum(key in self.said for key in keys) > 1:
            yield Relation(keys[0], tuple(keys[1:]))

    def _listed_parts(self, row: Row) -> Iterator[Relation]:
        """Totals over the measures that are parts of them; what is left over, or is of a part that is not held, is a count of its own."""
        for total, parts in withholding.PARTS:
            if row["measure"] not in (total, *parts) or (total, *parts) == SUM_OF:
                continue
            whole, *keys = (key_of({**row, "measure": measure}) for measure in (total, *parts))
            together = [key for key in keys if key in self.said]
            if whole in self.said and together:
                yield self._relation(whole, together)

    def _one_count(self, key: Key) -> Iterator[Relation]:
        yield from (relation for relation in self._settled_as_one if key in relation.keys)

    @cached_property
    def _settled_as_one(self) -> list[Relation]:
        """Figures that a person settled to be one count."""
        found = []
        for (_, facts), settled in self.held.settled.items():
            keys = {key_of(_fact(fact)) for fact in json.loads(facts)} if settled == "same" else set()
            if len(keys) == 2 and all(key in self.said for key in keys):
                one, other = sorted(keys)
                found.append(Relation(one, (other,)))
        return found

    def _nested(self, one: Key, other: Key) -> tuple[Key, Key, bool] | None:
        """Which of two figures of a measure counts the other, and whether a person said so; None where neither does."""
        settled = self._settled(one, other)
        if settled not in (None, "inside"):
            return None
        for whole, part in ((one, other), (other, one)):
            total, counted = self.said[whole][0], self.said[part][0]
            dated = all(row[name] for row in (total, counted) for name in ("start_date", "end_date"))
            within = dated and total["start_date"] <= counted["start_date"] and counted["end_date"] <= total["end_date"]
            longer = within and (total["start_date"], total["end_date"]) != (counted["start_date"], counted["end_date"])
            # What names neither an operation nor a campaign counts those of its days that do.
            wider = within and not _named(total) and _named(counted)
            if (within and self._area_holds(total["area"], counted["area"])) or ((longer or wider) and total["area"] == counted["area"]):
                return whole, part, settled == "inside"
        if settled != "inside":
            return None
        # Its days are not known, or the same: the larger number is the total.
        whole, part = sorted((one, other), key=lambda key: wording.nominal(*_ends(self.said[key][0])) or 0, reverse=True)
        return whole, part, True

    def _area_holds(self, whole: str, part: str) -> bool:
        force, around = self.held.force, self.held.around
        return comparing.holds(whole, part, force, around) or (whole == force and comparing.below_force(part, force, around))

    def _settled(self, one: Key, other: Key) -> str | None:
        if not self.held.settled:
            return None
        for first in self.said[one]:
            for second in self.said[other]:
                doubt = double_counts.Doubt(double_counts.INSIDE, (first, second), "")
                for kind in (double_counts.INSIDE, double_counts.JOINT):
                    if found := self.held.settled.get((kind, doubt.facts)):
                        return found
        return None

    def _parts(self, whole: Key) -> list[Relation]:
        if whole not in self.parted:
            self.parted[whole] = [*self._parted(whole)]
        return self.parted[whole]

    def _parted(self, whole: Key) -> Iterator[Relation]:
        """A total over parts of which no two share a day, and over the rest of it where they leave days or areas out."""
        total = self.said[whole][0]
        found = ((key, self._nested(whole, key)) for key in self.by_measure[total["measure"]] if key != whole)
        certain = {key: nested[2] for key, nested in found if nested and nested[0] == whole}
        parts = sorted(certain, key=self._days)
        covered: set[Key] = set()
        for part in parts:
            if part in covered:
                continue
            together = [part]
            for key in parts:
                if key != part and all(self._apart(key, one) for one in together):
                    together.append(key)
            together.sort(key=self._days)
            # Where nobody said that they are inside it, figures that make more than the total say that they are not.
            if not all(certain[key] for key in together) and self._impossible(whole, together):
                together = [part]
                if not certain[part] and self._impossible(whole, together):
                    continue
            covered |= {*together}
            yield self._relation(whole, together)

    def _relation(self, whole: Key, together: list[Key]) -> Relation:
        total, parts = self.said[whole][0], [self.said[key][0] for key in together]
        alike = ("measure", "area", "operation", "campaign")
        tiled = (
            all(row["start_date"] and row["end_date"] and all(row[name] == total[name] for name in alike) for row in parts)
            and parts[0]["start_date"] == total["start_date"]
            and parts[-1]["end_date"] == total["end_date"]
            and all((after["start_date"] - before["end_date"]).days == 1 for before, after in pairwise(parts))
        )
        if tiled:
            return Relation(whole, tuple(together))
        less = "; ".join(", ".join(part for part in key if part not in whole) for key in together)
        rest = (f"The rest of {disclosure.named(whole)}", f"without {less}")
        kinds = {kind for row in (total, *parts) for kind in _kinds(row["measure"], row["area"], self.held)}
        self.extra[rest] = Cell(state=NOT_AVAILABLE, kinds=tuple(kind for kind in disclosure.KINDS if kind in kinds))
        return Relation(whole, (*together, rest))

    def _days(self, key: Key) -> tuple[date, date, Key]:
        row = self.said[key][0]
        return row["start_date"] or date.min, row["end_date"] or date.max, key

    def _apart(self, one: Key, other: Key) -> bool:
        (first, last, _), (start, end, _) = self._days(one), self._days(other)
        return last < start or end < first

    def _impossible(self, whole: Key, parts: Sequence[Key]) -> bool:
        most = max((cell.interval.high or 0) if cell.interval.high is not None else float("inf") for cell in self._cells(whole))
        return sum(min(cell.interval.low for cell in self._cells(part)) for part in parts) > most

    def _cells(self, key: Key) -> list[Cell]:
        return [cell for row in self.said[key] if (cell := _cell(row, self.held))]


def _named(row: Row) -> bool:
    return bool(row["operation"] or row["campaign"])


def _ends(row: Row) -> tuple[Any, Any]:
    return row["value_low"], row["value_high"]


def _fact(fact: Sequence[Any]) -> dict[str, Any]:
    """What a settled figure is of, from the words under which it was settled."""
    row = dict(zip(WHAT, fact, strict=True))
    for name in ("start_date", "end_date"):
        row[name] = date.fromisoformat(row[name]) if row[name] else None
    return {**row, "value_low": None, "value_high": None, "qualifier": None}


def lay_out(draft: Draft, held: Held) -> Laid:
    """The draft's figures as a table, with what must be hidden, and what a reader could tell of it."""
    known = {row["figure_id"]: row for row in held.figures}
    rows = tuple(known[one] for one in dict.fromkeys(draft.figures) if one in known)
    missing = tuple(one for one in dict.fromkeys(draft.figures) if one not in known)
    chosen = {key_of(row): cell for row in rows if not row["sample"] and (cell := _cell(row, held))}
    table, releases = _with_earlier(_Record(held).table(chosen), held)
    safe = disclosure.suppress(table, held.thresholds, releases)
    hidden: dict[Key, str] = dict(safe.hidden) if draft.protect else {}
    by_hand = [key_of(row) for row in rows if row["figure_id"] in draft.hidden]
    hidden = {**{key: BY_HAND for key in by_hand if key in chosen}, **hidden}
    audit = safe.audit if hidden == safe.hidden else disclosure.audit(table, hidden, held.thresholds, releases)
    return Laid(rows, missing, table, hidden, audit)


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
        if not row["sample"] and is_public(row) and key_of(row) in cells and (cell := _cell(row, held)):
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


# --- the gate ---------------------------------------------------------------------------------------------


def gate(draft: Draft, held: Held, laid: Laid | None = None) -> tuple[Check, ...]:
    """Every check of the gate, in order. A publication is made only when all are passed."""
    laid = laid or lay_out(draft, held)
    found = (
        _aggregates(draft, laid),
        _defined(draft, laid),
        _disclosed(draft, held, laid),
        _clashes(draft, held, laid),
        _worded(draft, held, laid),
        _caveats(draft, laid),
        _approved(draft, held),
        _in_period(draft, held),
    )
    return tuple(Check(name, passed, reason) for name, (passed, reason) in zip(CHECKS, found, strict=True))


Found = tuple[bool, str]


def _aggregates(draft: Draft, laid: Laid) -> Found:
    if laid.missing:
        return False, f"{wording.plural(len(laid.missing), 'figure')} chosen is not held any more. Choose the figures anew."
    if not laid.rows:
        return False, "Figures: none is chosen. Choose those to publish."
    if made_up := next((row for row in laid.rows if row["sample"]), None):
        return False, f"{disclosure.named(key_of(made_up))}: it is made-up sample data. Leave it out."
    for where, text in _texts(draft, laid):
        for kind, pattern in _PERSONAL.items():
            if pattern.search(text):
                return False, f"{where}: it holds what looks like {kind}. Take them out: only counts are published."
    return True, f"{wording.plural(len(laid.rows), 'figure')}, none of it about a single person."


def _texts(draft: Draft, laid: Laid) -> Iterator[tuple[str, str]]:
    yield from (("Title", draft.title), ("Text", draft.text), *(("Caveats", one) for one in draft.caveats))
    for row in laid.rows:
        for name in ("operation", "campaign", "area", "date_note"):
            yield f"{MEASURE[row['measure']].label}, {name.replace('_', ' ')}", row[name] or ""


def _defined(draft: Draft, laid: Laid) -> Found:
    for row in laid.rows:
        measure = MEASURE[row["measure"]]
        if measure.key not in draft.definitions or measure.key not in ENTRY:
            return False, f"{measure.label}: its definition is not among those printed. Choose it, so that a reader knows what is counted."
        if not (row["unit"] or measure.unit):
            return False, f"{measure.label}: no counting unit is known. Correct the figure on the Operations page."
    if not laid.rows:
        return False, "Figures: none is chosen, and so none is defined. Choose those to publish."
    return True, f"{wording.plural(len({row['measure'] for row in laid.rows}), 'definition')} printed, each with its counting unit."


def _disclosed(draft: Draft, held: Held, laid: Laid) -> Found:
    for row in laid.rows:
        if row["figure_id"] in draft.hidden and is_public(row):
            return False, f"{disclosure.named(key_of(row))}: it is published, and hiding it protects nobody. Show it or leave it out."
        if row["figure_id"] in draft.hidden and key_of(row) not in laid.hidden:
            return False, f"{disclosure.named(key_of(row))}: it is no count and cannot be hidden. Leave it out."
    if not laid.audit.passes:
        more = len(laid.audit.failures) - MOST_NAMED
        return False, " ".join(laid.audit.failures[:MOST_NAMED]) + (f" And {more} more." if more > 0 else "")
    for where, text in (("Title", draft.title), ("Text", draft.text), *(("Caveats", one) for one in draft.caveats)):
        for row in laid.rows:
            if laid.is_hidden(row) and (said := _spelled_out(text, row)):
                return False, f"{where}: '{said}' gives a count that the table hides ({disclosure.named(key_of(row))}). Take it out."
        if small := _small_in_words(text, held):
            return False, f"{where}: '{small}' is a small count of people who can be told by it. Take it out."
    hidden = sum(laid.is_hidden(row) for row in laid.rows)
    if not hidden:
        return True, "No count needs hiding, and none can be worked out that should not be known."
    return True, f"{hidden} of {wording.plural(len(laid.rows), 'figure')} hidden; none can be worked out from what is shown or published."


def _small_in_words(text: str, held: Held) -> str | None:
    """A count of children or vulnerable people in a text that is below its threshold, whether a figure is held of it or not."""
    least = max(held.thresholds.below[kind] for kind in disclosure.SENSITIVE)
    for found in _OF_PERSONS.finditer(text):
        said = found["number"].casefold()
        number = wording.SMALL.index(said) if said in wording.SMALL else int(said)
        if 0 < number < least:
            return " ".join(found.group().split())
    return None


def _spelled_out(text: str, row: Row) -> str | None:
    """The number in a text that is a hidden count, where its sentence speaks of what is counted."""
    value, measure = wording.nominal(*_ends(row)), MEASURE[row["measure"]]
    about = {*_WORDS.findall(measure.label.casefold()), *_WORDS.findall(measure.unit)}
    for sentence in re.split(r"(?<=[.!?])\s+|\n", text):
        low = sentence.casefold()
        if not any(word.rstrip("s") in low for word in about):
            continue
        for found in _NUMBERS.finditer(low):
            said = found.group()
            number = wording.SMALL.index(said) if said in wording.SMALL else int(said.replace(",", ""))
            if number == value and not _DAY_AFTER.match(sentence, found.end()):
                return sentence[found.start() : found.end()]
    return None


def _clashes(draft: Draft, held: Held, laid: Laid) -> Found:
    found = list(dict.fromkeys(_clashing(held, laid)))
    if draft.supersedes is not None:
        old = next((one for one in held.earlier if one.number == draft.supersedes), None)
        if old is None or old.state != "published":
            return False, f"Publication {draft.supersedes}: there is none in force of that number to supersede. Choose another."
        if not draft.revises.strip():
            return False, f"Publication {draft.supersedes}: it is to be superseded, and no reason is given. Say why."
    twice = next((words for words, chosen in found if chosen), None)
    if twice:
        return False, f"{twice} Choose one of the two."
    if found and not draft.revises.strip():
        more = f" And {len(found) - MOST_NAMED} more." if len(found) > MOST_NAMED else ""
        said = " ".join(words for words, _ in found[:MOST_NAMED])
        return False, f"{said}{more} Choose the published figure, or say why this revises it."
    if found:
        return True, f"It revises {wording.plural(len(found), 'published figure')}, and says why."
    return True, "No figure differs from one that was published of the same."


def _clashing(held: Held, laid: Laid) -> Iterator[tuple[str, bool]]:
    """Figures that were published otherwise, in sentences, and whether both are in this draft."""
    public: dict[Key, list[tuple[Row, str]]] = defaultdict(list)
    last: dict[Key, tuple[Any, ...]] = {}
    for row in held.figures:
        if is_public(row) and not row["sample"]:
            public[key_of(row)].append((row, row["source"]))
    for one in sorted(held.earlier, key=lambda earlier: earlier.number):
        for row in one.figures:
            if not row["hidden"]:
                public[key_of(row)].append((row, f"Publication {one.number}"))
                if one.state == "published":
                    last[key_of(row)] = _stated(row)
    chosen: dict[Key, Row] = {}
    for row in laid.shown:
        key = key_of(row)
        if key in chosen:
            differ = _stated(chosen[key]) != _stated(row)
            what = f"as {comparing.words_of(chosen[key])} and as {comparing.words_of(row)}" if differ else "twice"
            yield f"{disclosure.named(key)}: it is chosen {what}.", True
        chosen.setdefault(key, row)
        if last.get(key) == _stated(row):
            continue  # a publication said the same and stands
        for other, source in public[key]:
            if _stated(other) != _stated(row):
                lost = (
                    " The qualifier is lost or changed."
                    if wording.nominal(*_ends(other)) == wording.nominal(*_ends(row)) is not None
                    else ""
                )
                yield (
                    f"{disclosure.named(key)}: it is {comparing.words_of(row)} here and was published as {comparing.words_of(other)} "
                    f"({source[:LONGEST_SOURCE]}).{lost}"
                ), False


def _stated(row: Row) -> tuple[Any, ...]:
    return (*map(wording.decimal, _ends(row)), row["qualifier"] or "exact")


def _worded(draft: Draft, held: Held, laid: Laid) -> Found:
    if not draft.title.strip() or not draft.text.strip():
        return False, f"{'Title' if not draft.title.strip() else 'Text'}: there is none. Write it."
    facts = Facts((*held.published, *(fact_of(row) for row in laid.shown)), held.force)
    found = []
    for where, text in (("Title", draft.title), ("Text", draft.text), *(("Caveats", one) for one in draft.caveats)):
        found += [(where, one) for one in linting.check(text, facts)]
    faults = [f"{where}: {one.sentence}" for where, one in found if one.kind not in POINTED_OUT]
    if faults:
        more = f" And {len(faults) - MOST_NAMED} more." if len(faults) > MOST_NAMED else ""
        return False, f"{' '.join(faults[:MOST_NAMED])}{more}"
    if found:
        return True, f"Nothing must be reworded. Look again: {found[0][0]}: {found[0][1].sentence}"
    return True, "Nothing to reword."


def fact_of(row: Row) -> Fact:
    """A figure as the wording checker takes it."""
    measure = MEASURE[row["measure"]]
    return Fact(
        row["value_low"],
        row["value_high"],
        row["qualifier"] or "exact",
        row["measure"],
        row["published_wording"] or comparing.words_of(row),
        row["start_date"],
        row["end_date"],
        row["area"] or "",
        row["unit"] or "",
        measure.kind == "reach",
    )


def _caveats(draft: Draft, laid: Laid) -> Found:
    if not any(one.strip() for one in draft.caveats):
        return False, "Caveats: there is none. Say what a reader must know: what is counted twice, left out, or may still change."
    if draft.status not in STATUSES:
        return False, f"Status: none is chosen. Choose one of: {', '.join(STATUSES)}."
    early = next((row for row in laid.shown if row["status"] in PROVISIONAL), None)
    if early and draft.status == "final":
        words = disclosure.named(key_of(early))
        return False, f"Status: the publication is called final, and {words} is {early['status']}. Call it provisional, or leave it out."
    return True, f"{draft.status.capitalize()}, with {wording.plural(sum(bool(one.strip()) for one in draft.caveats), 'caveat')}."


def _approved(draft: Draft, held: Held) -> Found:
    names = {role: " ".join(draft.approvers.get(role, "").split()) for role in held.roles}
    for role, name in names.items():
        if not any(letter.isalpha() for letter in name):
            return False, f"{role}: nobody is named who approves it. Give the name."
    same = [name.casefold() for name in names.values()]
    if len(set(same)) < len(same):
        return False, f"{wording.listed(list(names))}: one person is named for more than one role. Name somebody for each."
    if " ".join(draft.by.split()).casefold() in same:
        return False, f"{draft.by}: who makes a publication does not approve it. Name somebody else."
    if not names:
        return False, "Setting publication_approvers: it names no role. Correct it in reach.toml."
    return True, f"Approved by {wording.listed([f'{name} ({role})' for role, name in names.items()])}."


def _in_period(draft: Draft, held: Held) -> Found:
    if draft.day < held.today:
        return False, f"Date: {wording.day(draft.day)} has passed. Date it today or later."
    # One that is made now and dated after the period would be made in it all the same.
    for first, last in held.closed:
        if any(first <= day <= last for day in (draft.day, held.today)):
            period = f"the pre-election period, {wording.period(first, last)}"
            if not draft.override.strip():
                return False, f"Date: it is in {period}. Publish after it, or give the reason why it must be now."
            return True, f"{wording.day(draft.day)}, in {period}, for the reason given."
    return True, f"{wording.day(draft.day)}, in no pre-election period."


# --- what is kept -----------------------------------------------------------------------------------------

_FACT = ("measure", *(name for name in WHAT if name != "measure"), "source")


def figures_of(draft: Draft, laid: Laid) -> list[dict[str, Any]]:
    """The figures as they are printed and kept. Of a hidden one nothing is kept but that it is hidden."""
    return [_figure(row, laid, draft) for row in laid.rows]


def _figure(row: Row, laid: Laid, draft: Draft) -> dict[str, Any]:
    hidden, measure = laid.is_hidden(row), MEASURE[row["measure"]]
    kept = {} if hidden else {"figure_id": row["figure_id"]}
    status = (None if hidden else row["status"]) or draft.status or ""
    return {
        **kept,
        **{name: row[name] for name in _FACT},
        "label": measure.label,
        "definition": measure.key,
        "counts": measure.words,
        "unit": row["unit"] or measure.unit,
        "period": comparing.when(row),
        "hidden": hidden,
        "printed": laid.printed(row),
        "value_low": None if hidden else row["value_low"],
        "value_high": None if hidden else row["value_high"],
        "qualifier": None if hidden else row["qualifier"],
        "published_wording": None if hidden else row["published_wording"],
        "published_before": is_public(row),
        "status": status,
        "caveat": _own_caveat(measure.kind, status, hidden),
    }


def _own_caveat(kind: str, status: str, hidden: bool) -> str:
    parts = [f"{NOT_PEOPLE} {NEVER_ADDED}"] if kind == "reach" else []
    if hidden:
        parts.append("Withheld so that nobody can be identified.")
    elif status in PROVISIONAL:
        parts.append(f"{status.capitalize()}: it may still change.")
    return " ".join([*parts, MANAGEMENT])


def fingerprint(draft: Draft, laid: Laid) -> str:
    """The sha256 of what approvers approve: the words, the figures as printed, their definitions, caveats, status and day."""
    return hashlib.sha256(_canonical(_approved_part(draft, figures_of(draft, laid))).encode()).hexdigest()


def _approved_part(draft: Draft, figures: Sequence[Row]) -> dict[str, Any]:
    return {
        "title": draft.title.strip(),
        "text": draft.text.strip(),
        "day": draft.day,
        "status": draft.status,
        "caveats": [one.strip() for one in draft.caveats if one.strip()],
        "figures": list(figures),
    }


def _canonical(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, default=_plain, separators=(",", ":"))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value)


def content(draft: Draft, held: Held, laid: Laid, number: int, checks: Sequence[Check]) -> str:
    """Everything that an entry keeps, as JSON."""
    figures = figures_of(draft, laid)
    document = {
        "number": number,
        "marking": MARKING,
        **_approved_part(draft, figures),
        "sha256": fingerprint(draft, laid),
        "legend": disclosure.legend(one["printed"] for one in figures),
        "approvers": [{"role": role, "name": " ".join(draft.approvers[role].split())} for role in held.roles],
        "drafted_by": draft.by,
        "checks": [{"name": one.name, "reason": one.reason} for one in checks],
        "revises": draft.revises.strip() or None,
        "supersedes": draft.supersedes,
        "override": draft.override.strip() or None,
        "release": _release(laid),
    }
    return _canonical(document)


def is_whole(document: Mapping[str, Any]) -> bool:
    """Whether an entry that was read again is what was approved."""
    part = {name: document[name] for name in ("title", "text", "day", "status", "caveats", "figures")}
    return bool(hashlib.sha256(_canonical(part).encode()).hexdigest() == document["sha256"])


def _release(laid: Laid) -> dict[str, Any]:
    """What a reader has of the table: chosen cells as shown, all others without a number; the record has what is known of those."""
    chosen = {key_of(row): row["measure"] for row in laid.rows}
    cells = []
    for key, cell in laid.table.cells.items():
        shown = key in chosen and key not in laid.hidden
        said = {"low": cell.low, "high": cell.high, "qualifier": cell.qualifier, "state": cell.state} if shown else {"state": NOT_AVAILABLE}
        cells.append({"key": key, "measure": chosen.get(key), "kinds": cell.kinds, **said})
    return {"cells": cells, "relations": [[one.total, *one.parts] for one in laid.table.relations]}


def earlier(number: int, state: str, document: Mapping[str, Any]) -> Earlier:
    """An entry that was read again, as what a later draft is held against."""
    kept, day = document["release"], date.fromisoformat(document["day"])
    # A measure may be called otherwise since.
    renamed: dict[Key, Key] = {}
    cells: dict[Key, Cell] = {}
    for one in kept["cells"]:
        old = tuple(one["key"])
        renamed[old] = (MEASURE[one["measure"]].label, *old[1:]) if one["measure"] in MEASURE else old
        cells[renamed[old]] = Cell(
            one.get("low"), one.get("high"), one.get("qualifier", "exact"), one["state"], tuple(one["kinds"]),
            f"Publication {number}" if one.get("low") is not None or one.get("high") is not None else "",
        )
    relations = tuple(Relation(keys[0], tuple(keys[1:])) for keys in ([renamed[tuple(key)] for key in one] for one in kept["relations"]))
    return Earlier(number, state, Release(day, Table(cells, relations)), tuple(map(_dated, document["figures"])))


def _dated(figure: Mapping[str, Any]) -> dict[str, Any]:
    days = {name: date.fromisoformat(figure[name]) if figure[name] else None for name in ("start_date", "end_date")}
    return {**figure, **days}


def to_import(draft: Draft, held: Held, laid: Laid, number: int) -> list[dict[str, Any]]:
    """The shown figures that were only recorded, as rows of a figures file: from now on they are published.

    Those that the record has as published already, in another row, are not published twice.
    """
    public = {(key_of(row), _stated(row)) for row in held.figures if is_public(row) and not row["sample"]}
    approved = "; ".join(f"{draft.approvers[role]} ({role})" for role in held.roles)
    return [
        {
            **{name: row[name] for name in WHAT},
            **{name: _number(row[name]) for name in ("value_low", "value_high")},
            "unit": row["unit"] or MEASURE[row["measure"]].unit,
            "qualifier": row["qualifier"],
            "published_wording": f"{MEASURE[row['measure']].label}: {comparing.words_of(row)}",
            "status": row["status"] or draft.status,
            "as_of": draft.day,
            "source": f"Publication {number}",
            "note": draft.revises.strip() or None,
            "approved_by": approved,
        }
        for row in laid.shown
        if (key_of(row), _stated(row)) not in public
    ]


def _number(value: Any) -> str | None:
    exact = wording.decimal(value)
    return None if exact is None else f"{exact:f}"


# --- in words ---------------------------------------------------------------------------------------------


def in_words(document: Mapping[str, Any], marking: str, standing: str = "") -> str:
    """A publication as text to copy: its words, and under each figure qualifier, definition, period, source and caveat."""
    lines = [marking, f"Publication {document['number']}, {wording.day(date.fromisoformat(document['day']))}"]
    lines += [standing] if standing else []
    lines += ["", document["title"], "", document["text"], "", "Figures"]
    for one in document["figures"]:
        lines += ["", f"{one['label']}: {one['printed']}"]
        lines += [f"  {name}: {said}" for name, said in described(one)]
    lines += ["", "Caveats", *(f"- {one}" for one in document["caveats"]), f"- {MANAGEMENT}"]
    lines += ["", *(f"{mark} {meaning}" for mark, meaning in document["legend"].items())] if document["legend"] else []
    return "\n".join(lines)


def described(figure: Row) -> Iterable[tuple[str, str]]:
    """What stands under a figure, by name."""
    about = ", ".join(str(part) for part in (figure["operation"], figure["campaign"], figure["area"]) if part)
    said = (
        ("Qualifier", "" if figure["hidden"] else figure["qualifier"] or "exact"),
        ("Definition", f"{figure['counts']} Counted in {figure['unit']}."),
        ("Of", about),
        ("Period", figure["period"]),
        ("Status", figure["status"] or ""),
        ("Source", figure["source"] or ""),
        ("Caveat", figure["caveat"]),
    )
    return [(name, words) for name, words in said if words]
