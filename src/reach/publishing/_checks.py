"""The gate: every check that a draft must pass before it is published, each with its reason in one line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from .. import comparing, disclosure, linting, wording
from ..comparing import Row
from ..definitions import MEASURE, STATUSES
from ..dictionary import ENTRY
from ..disclosure import Key
from ..formats._personal import PERSONAL_CELLS
from ..linting import Facts
from ._draft import Check, Draft, Held, Laid
from ._figures import LONGEST_SOURCE, ends, fact_of, is_public, key_of
from ._kept import PROVISIONAL
from ._layout import lay_out

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
# Of one contribution a mechanism may be known, so that it is only pointed out.
POINTED_OUT = ("contribution",)
MOST_NAMED = 3
# What a text must not spell out of a count that is hidden.
_NUMBERS = re.compile(r"(?<![\w.,£€-])(?:\d{1,3}(?:,\d{3})+|\d+)(?![\w,]*\d|[.]\d|%)|\b(?:one|two|three|four|five|six|seven|eight|nine)\b")
_DAY_AFTER = re.compile(rf"\s*(?:st|nd|rd|th)?\s*(?:to|and|-|–)?\s*\d*\s*(?:{'|'.join(wording.MONTHS)})\b", re.IGNORECASE)
_WORDS = re.compile(r"[a-z]{5,}")
_NUMBER = rf"(?<![\w.,])(?P<number>[0-9]|{'|'.join(wording.SMALL)})"
_PERSONS = (
    r"(?:child|children|girls?|boys?|teenagers?|juveniles?|minors?|vulnerable\s+(?:people|persons?|adults?)|young\s+(?:people|persons?)"
    r"|(?:modern\s+slavery\s+)?victims?|(?:NRM\s+)?referrals?)\b"
)
# A count before those counted, as in "three more children" and "three of them were children"; or behind them, as in "children: 3".
_OF_PERSONS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_NUMBER}(?:\s+of\s+(?:them|whom|these|those))?(?:\s+(?:is|are|was|were|being))?"
        rf"(?:\s+(?:more|further|other|vulnerable|young|teenage|local|exploited|trafficked))*\s+{_PERSONS}",
        rf"\b{_PERSONS}\s*[:=(]\s*{_NUMBER}(?![\w,]*\d|[.]\d|%)\b",
    )
)
_PERSONAL = {kind: re.compile(pattern) for kind, pattern in PERSONAL_CELLS.items()}


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
        for row in _withheld(held, laid):
            if said := _spelled_out(text, row):
                return False, f"{where}: '{said}' gives a count that is not published ({disclosure.named(key_of(row))}). Take it out."
        if small := _small_in_words(text, held):
            return False, f"{where}: '{small}' is a small count of people who can be told by it. Take it out."
    hidden = sum(laid.is_hidden(row) for row in laid.rows)
    if not hidden:
        return True, "No count needs hiding, and none can be worked out that should not be known."
    return True, f"{hidden} of {wording.plural(len(laid.rows), 'figure')} hidden; none can be worked out from what is shown or published."


def _withheld(held: Held, laid: Laid) -> Iterator[Row]:
    """The figures that the table hides, and those that were not chosen but stand in a sum with it and have a threshold."""
    yield from filter(laid.is_hidden, laid.rows)
    chosen = {key_of(row) for row in laid.rows}
    for row in held.figures:
        cell = laid.table.cells.get(key_of(row))
        if cell and key_of(row) not in chosen and not (is_public(row) or row["sample"]) and held.thresholds.of_cell(cell) > 1:
            yield row


def _small_in_words(text: str, held: Held) -> str | None:
    """A count of children or vulnerable people in a text that is below its threshold, whether a figure is held of it or not."""
    least = max(held.thresholds.below[kind] for kind in disclosure.SENSITIVE)
    for found in (one for pattern in _OF_PERSONS for one in pattern.finditer(text)):
        said = found["number"].casefold()
        number = wording.SMALL.index(said) if said in wording.SMALL else int(said)
        if 0 < number < least:
            return " ".join(found.group().split())
    return None


def _spelled_out(text: str, row: Row) -> str | None:
    """The number in a text that is a hidden count, where its sentence speaks of what is counted."""
    value, measure = wording.nominal(*ends(row)), MEASURE[row["measure"]]
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
                    last[key_of(row)] = comparing.stated(row)
    chosen: dict[Key, Row] = {}
    for row in laid.shown:
        key = key_of(row)
        if key in chosen:
            differ = comparing.stated(chosen[key]) != comparing.stated(row)
            what = f"as {comparing.words_of(chosen[key])} and as {comparing.words_of(row)}" if differ else "twice"
            yield f"{disclosure.named(key)}: it is chosen {what}.", True
        chosen.setdefault(key, row)
        if last.get(key) == comparing.stated(row):
            continue  # a publication said the same and stands
        for other, source in public[key]:
            if comparing.stated(other) != comparing.stated(row):
                lost = (
                    " The qualifier is lost or changed."
                    if wording.nominal(*ends(other)) == wording.nominal(*ends(row)) is not None
                    else ""
                )
                yield (
                    f"{disclosure.named(key)}: it is {comparing.words_of(row)} here and was published as {comparing.words_of(other)} "
                    f"({source[:LONGEST_SOURCE]}).{lost}"
                ), False


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
