"""Published figures in a text: qualifiers that were lost or changed, and reach given as one summed number."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from ..wording import AS_PUBLISHED, MORE, STATUS_WORDS, figure_words, listed, number, period
from ._numbers import Number, in_range, numbers, qualified
from ._text import Sentence, Text
from ._values import Fact, Facts, Hit

SMALLEST_REACH = 1_000
# With more figures every number would be near some sum: then of one period only, or of two that come to it to the digit.
MOST_IN_ALL = 6
MOST_IN_TEXT = 8
ONCE = "(if each counts an account once)"
_PEOPLE = re.compile(
    r"\b(?:people|persons|individuals|accounts?|users|residents|viewers|adults|reach(?:ed|es|ing)?|audience|saw|seen|eyes|households)\b"
)
_OTHER_UNIT = re.compile(
    r"(?:\s[a-z'-]{1,20}){0,2}?\s(?:views?|impressions?|clicks?|plays?|likes?|shares?|comments?|followers?|subscribers?|reactions?|"
    r"engagements?|interactions?|pounds?|euros?|kilos?|grams?|kg|homes|calls?|reports?|posts?|hours?|minutes?|seconds?|days?|weeks?|miles?|"
    r"arrests?|offences?|crimes?|incidents?|officers?|pupils?|children|shoppers?|students?|leaflets?|emails?|visits?|rows?|files?|"
    r"words?|characters?|plants?|wraps?|packs?)\b"
)
_OTHER_BEFORE = re.compile(
    r"\b(?:views|impressions|clicks|plays|likes|followers|population|rows)\s?(?:of|:|=|were|was|reached|hit)?\s?$"
    r"|\b(?:post|page|number|no|id|reference|ref|incident|case)\.?\s?$"
)
_POPULATION = re.compile(r"\b(?:population|census|electorate|residents\saged|live\sin|lives\sin)\b")
_PLUS = re.compile(r"(?:\s(?:people|accounts|users|residents))?\s?(?:\+|\bplus\b|\badded\sto\b)\s?(?:an?\s(?:further|additional)\s)?")
_TOTAL = re.compile(
    r"(?:(?:total|combined|cumulative|aggregate|joint)\s(?:(?:campaign|social\smedia|online|organic|paid)\s){0,2}reach"
    r"|reach(?:ed|ing)?\sa\s(?:combined|cumulative)\stotal)\b"
)
_TOTAL_STARTS = frozenset(("tot", "com", "cum", "agg", "joi", "rea"))
_GENERIC = frozenset(
    [
        "people",
        "person",
        "persons",
        "more",
        "than",
        "over",
        "close",
        "around",
        "almost",
        "nearly",
        "further",
        "total",
        "with",
        "from",
        "were",
        "that",
        "this",
        "during",
        "which",
        "another",
        "including",
        "vulnerable",
        "young",
        "made",
        "carried",
        "given",
        "reached",
    ]
)
_CONTENT = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True)
class Sum:
    """A number that several reaches make when they are added, and the numbers it was added from."""

    value: float
    parts: tuple[float, ...]
    more: bool
    said: tuple[str, ...]
    closely: bool

    def instead(self) -> str:
        if self.more:
            return f"each by itself: {listed(self.said)}"
        return f"between {number(max(self.parts))} and {number(sum(self.parts))} accounts {ONCE}"


# --- reach in one summed number ---------------------------------------------------------------------------


def sums(text: Text, facts: Facts) -> Iterator[Hit]:
    """Numbers that are the sum of published reaches or of reaches in the text, and totals said to be of several."""
    reaches = _of_people(text)
    yield from _known_sums(text, reaches, _sums_of(facts))
    yield from _sums_in(text, reaches)
    yield from _totals(text, reaches)


def _of_people(text: Text) -> list[Number]:
    """The numbers of a text that a reader takes for people or accounts reached."""
    return [one for one in numbers(text) if one.value >= SMALLEST_REACH and not one.money and _counts_reach(text, one)]


def _counts_reach(text: Text, one: Number) -> bool:
    said = text.sentence(one.start)
    if _OTHER_UNIT.match(text.low, one.end, min(said.end, one.end + 60)) or _OTHER_BEFORE.search(
        text.low, max(said.start, one.start - 25), one.start
    ):
        return False
    return text.remembered(said, "of people", lambda: _is_of_people(text, said))


def _is_of_people(text: Text, said: Sentence) -> bool:
    around = text.low[said.start : said.end]
    return (text.has(said, "reach") or _PEOPLE.search(around) is not None) and not _POPULATION.search(around)


def _sums_of(facts: Facts) -> list[Sum]:
    """What published reaches of one area come to when added, smallest first."""
    by_area: dict[str, list[Fact]] = {}
    for one in facts.figures:
        if one.reach and one.value:
            by_area.setdefault(one.area, []).append(one)
    found = []
    for held in by_area.values():
        everything = len(held) <= MOST_IN_ALL
        for size in range(2, (len(held) if everything else 2) + 1):
            for parts in combinations(held, size):
                if everything or len({(part.start, part.end) for part in parts}) == 1 or len(held) <= 60:
                    found.append(_sum(parts))
        if not everything:
            found += [_sum(parts) for parts in _of_periods(held)]
    return sorted(found, key=lambda one: one.value)


def _of_periods(held: Sequence[Fact]) -> Iterator[tuple[Fact, ...]]:
    """All of a period, where they are more than two."""
    periods = {(one.start, one.end) for one in held}
    for named in periods:
        parts = tuple(one for one in held if (one.start, one.end) == named)
        if len(parts) > 2:
            yield parts


def _sum(parts: Sequence[Fact]) -> Sum:
    values = tuple(float(part.value or 0) for part in parts)
    said = tuple(figure_words(part.value_low, part.value_high, part.qualifier) for part in parts)
    same = len({(part.start, part.end) for part in parts}) == 1
    more = any(part.qualifier in MORE for part in parts) or not same
    return Sum(sum(values), values, more, said, not same)


def _known_sums(text: Text, reaches: Sequence[Number], known: Sequence[Sum]) -> Iterator[Hit]:
    values = [one.value for one in known]
    parts = {value for one in known for value in one.parts}
    for one in reaches:
        if one.value in parts:
            continue
        widest = min(one.half_step, one.value / 100)
        near = known[bisect_left(values, one.value - widest) : bisect_left(values, one.value + widest + 0.5)]
        fits = [each for each in near if not each.closely or abs(each.value - one.value) <= min(widest, one.value / 1000)]
        if fits and _is_claimed(text, one):
            best = min(fits, key=lambda each: (abs(each.value - one.value), len(each.parts)))
            yield _summed(text, one, best)


def _sums_in(text: Text, reaches: Sequence[Number]) -> Iterator[Hit]:
    """A number that two or more others of the text, near it, come to; and two that are added before the reader's eyes."""
    for place, one in enumerate(reaches):
        near = [other for other in reaches[max(place - MOST_IN_TEXT, 0) : place + MOST_IN_TEXT + 1] if other.value < one.value]
        parts = _parts_of(one, near)
        if parts and _is_claimed(text, one):
            shown = tuple(_as_written(text, part) for part in parts)
            yield _summed(text, one, Sum(one.value, tuple(part.value for part in parts), _any_more(text, parts), shown, False))
    for one, other in pairwise(reaches):
        if _PLUS.fullmatch(text.low, one.end, other.start) and _is_claimed(text, one):
            pair = (one, other)
            added = Sum(
                one.value + other.value,
                (one.value, other.value),
                _any_more(text, pair),
                tuple(_as_written(text, each) for each in pair),
                False,
            )
            yield Hit(one.start, other.end, _SUMMED, added.instead(), "sum")


def _parts_of(one: Number, near: Sequence[Number]) -> tuple[Number, ...] | None:
    different = list({other.value: other for other in near}.values())
    widest = min(one.half_step, one.value / 100)
    for size in (2, 3):
        for parts in combinations(different, size):
            if abs(sum(part.value for part in parts) - one.value) <= widest:
                return parts
    return None


_SUMMED = "gives reach as one summed number, which counts who is in several of them several times"


def _summed(text: Text, one: Number, added: Sum) -> Hit:
    said = qualified(text, one, text.sentence(one.start).start)
    return Hit(said.start, said.end, _SUMMED, added.instead(), "sum")


def _is_claimed(text: Text, one: Number) -> bool:
    said = text.sentence(one.start)
    upper = qualified(text, one, said.start).words in ("at most", "no more than", "not more than")
    if upper or in_range(text, one, said.start, said.end):
        return False
    return not text.only_named(said, one.start, one.end) and not text.denied(said, one.start)


def _any_more(text: Text, parts: Sequence[Number]) -> bool:
    return any(qualified(text, part, text.sentence(part.start).start).words in MORE for part in parts)


def _as_written(text: Text, one: Number) -> str:
    said = qualified(text, one, text.sentence(one.start).start)
    return " ".join(text.raw[said.start : said.end].split())


def _totals(text: Text, reaches: Sequence[Number]) -> Iterator[Hit]:
    starts = [one.start for one in reaches]
    for found in text.matches(_TOTAL, _TOTAL_STARTS):
        said = text.sentence(found.start())
        place = bisect_left(starts, found.end())
        if place == len(starts):
            continue
        one = reaches[place]
        if one.start < min(said.end, found.end() + 30) and _is_claimed(text, one):
            instead = "each reach by itself with its qualifier, or 'between' the largest of them and their sum"
            yield Hit(found.start(), one.end, _SUMMED, instead, "sum")


# --- qualifiers -------------------------------------------------------------------------------------------


def qualifiers(text: Text, facts: Facts) -> Iterator[Hit]:
    """Published numbers that stand without their qualifier, or with another one."""
    known: dict[float, list[Fact]] = {}
    for fact in facts.figures:
        if fact.value:
            known.setdefault(float(fact.value), []).append(fact)
    for one in numbers(text) if known else ():
        if one.value in known:
            hit = _qualifier_of(text, one, known[one.value])
            if hit is not None:
                yield hit


def _qualifier_of(text: Text, one: Number, stated: Sequence[Fact]) -> Hit | None:
    said = text.sentence(one.start)
    meant = [fact for fact in stated if _is_of(text, one, said, fact)]
    if not meant or in_range(text, one, said.start, said.end):
        return None
    written = qualified(text, one, said.start)
    if any(_published(fact) == written.words for fact in meant):
        return None
    # A release may give one number with a qualifier and, of something near it, without: both are as published.
    if not written.words and any(not _published(fact) and not fact.reach and _worded_like(text, one, said, fact) for fact in stated):
        return None
    if text.only_named(said, one.start, one.end, 2) or text.denied(said, one.start):
        return None
    fact = meant[0]
    words = figure_words(fact.value_low, fact.value_high, fact.qualifier, "GBP" if one.money else None)
    days = "" if fact.start is None and fact.end is None else f" for {period(fact.start, fact.end)}"
    source = f"'{fact.published_wording}'{days} was published"
    if not written.words:
        return Hit(written.start, written.end, f"has lost its qualifier: {source}", words, "qualifier lost")
    return Hit(written.start, written.end, f"has another qualifier than was published: {source}", words, "qualifier changed")


def _published(fact: Fact) -> str:
    said = " ".join(fact.qualifier.lower().split())
    return "" if said in (*AS_PUBLISHED, *STATUS_WORDS) else said


def _is_of(text: Text, one: Number, said: Sentence, fact: Fact) -> bool:
    """Whether a number of that value is of this figure: by the words around it, which for a small one must be those published."""
    if fact.reach:
        return not one.money and _counts_reach(text, one)
    if one.money != (fact.unit == "GBP"):
        return False
    if not _published(fact) and one.value < SMALLEST_REACH:
        return False
    return _worded_like(text, one, said, fact)


def _worded_like(text: Text, one: Number, said: Sentence, fact: Fact) -> bool:
    """Whether words of what was published stand around a number."""
    after = text.low[one.end : min(said.end, one.end + 60)]
    near = {word[:6] for word in _CONTENT.findall(text.low[max(said.start, one.start - 60) : one.start] + " " + after)}
    published = {word[:6] for word in _CONTENT.findall(fact.published_wording.lower()) if word not in _GENERIC}
    return bool(near & published)
