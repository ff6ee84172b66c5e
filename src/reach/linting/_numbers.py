"""The numbers of a text that may count people: in figures or words, with how finely they are given. Dates and times are none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ._text import Text

_NUMBER = re.compile(
    r"(?<!\d[.,:])(?<![/#@])(?:\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,3})?|\d{1,3}(?: \d{3}){1,3}|\d{1,10}(?:\.\d{1,6})?)(?![,.:/]?\d)"
    r"(?:(?P<short>k|m|mn|bn)|\s?(?P<scale>thousand|million|billion))?(?![\w%])"
)
_SCALE = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS: dict[str, float] = {word: float(place) for place, word in enumerate(_UNITS)}
_WORDS |= {word: 10.0 * place for place, word in enumerate(_TENS, 2)}
_WORDS |= {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "half": 0.5, "quarter": 0.25, "a": 1.0, "an": 1.0}
_LARGE = re.compile(r"(?:thousand|million)\b(?:(?:\s(?:and\s)?|-)(?:" + "|".join(word for word in _WORDS if len(word) > 2) + r")\b){0,8}")
_DIGIT, _LARGE_STARTS = frozenset("0"), frozenset(("tho", "mil"))
_TAIL = re.compile(r"(?<![\w.])(?:(?:" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")(?:[\s-](?:and\s|of\s)?)){1,8}$")
_PERCENT = re.compile(r"\s{0,2}(?:%|per\s?cent\b|percentage\b)")
_QUALIFIERS = (
    "more than", "well over", "just over", "over", "at least", "no fewer than", "no less than", "as many as", "up to", "almost", "nearly",
    "just under", "under", "fewer than", "less than", "below", "close to", "around", "about", "approximately", "approx", "roughly", "some",
    "circa", "in excess of", "upwards of", "above", "a further", "an additional", "another", "an extra", "an estimated", "at most",
    "no more than", "not more than",
)  # fmt: skip
_QUALIFIER = re.compile(
    r"\b(?P<words>" + "|".join(sorted((one.replace(" ", r"\s") for one in _QUALIFIERS), key=len, reverse=True)) + r")\.?"
    r"(?:\s(?:a|the)\stotal\sof)?[\s\"']{1,3}$"
)
_SIGN = re.compile(r"[~>\u2248\u2265]\s?$")
_AFTERWARDS = re.compile(r"(?:\+(?!\s?\d)|\splus\b|-plus\b|\sor\s(?:more|so)\b)")
_RANGE = re.compile(r"\s{0,2}(?:to|and|-)\s{0,2}$")
_PHONE = re.compile(r"(?:\+\d{0,3}|\b0\d{2,4}[\s-](?:\d{2,4}[\s-])?)$")


@dataclass(frozen=True)
class Number:
    """A number by its span; ``step`` is the unit of its last digit that is not 0, by which it may have been rounded."""

    start: int
    end: int
    value: float
    step: float
    money: bool = False

    @property
    def half_step(self) -> float:
        return self.step / 2


@dataclass(frozen=True)
class Qualifier:
    """A qualifier of a number in a text, with the span of number and qualifier together. ``words`` is empty where it has none."""

    words: str
    start: int
    end: int


def numbers(text: Text) -> Sequence[Number]:
    """Every number that is no percentage, ordinal, time, telephone, version or part of an address, in its order."""
    found: Sequence[Number] = text.worked_out("numbers", lambda: sorted(_numbers(text), key=lambda one: one.start))
    return found


def _numbers(text: Text) -> Iterator[Number]:
    for found in text.matches(_NUMBER, _DIGIT):
        number = _in_figures(text.low, found)
        if number is not None:
            yield number
    for found in text.matches(_LARGE, _LARGE_STARTS):
        number = _in_words(text.low, found)
        if number is not None:
            yield number


def _in_figures(low: str, found: re.Match[str]) -> Number | None:
    start, end = found.span()
    if end - start == 1:
        return None  # nothing published is told by one digit
    scale = found["short"] or found["scale"]
    digits = low[start:end].removesuffix(scale or "").replace(" ", "").replace(",", "")
    bare = digits == low[start:end]
    if (len(digits) > 1 and digits[0] == "0" and "." not in digits) or _PERCENT.match(low, end):
        return None
    before = low[max(start - 12, 0) : start]
    if before.endswith("+") and bare:
        return None
    if (bare or " " in low[start:end].strip()) and not scale and (_PHONE.search(before) or re.search(r"\d\s$", before)):
        return None
    times = _SCALE[scale] if scale else 1.0
    whole, _, fraction = digits.partition(".")
    value = round(float(digits) * times, 6)
    if bare and 1900 <= value <= 2100:
        return None
    zeros = len(whole) - len(whole.rstrip("0")) if not fraction.strip("0") else -len(fraction.rstrip("0"))
    step = 10.0 ** (zeros if value else 0) * times
    return Number(start, end, value, step, bool(re.search(r"[\u00a3$\u20ac]\s?$", before)))


def _in_words(low: str, found: re.Match[str]) -> Number | None:
    head = _TAIL.search(low, max(found.start() - 80, 0), found.start())
    if head is None:
        return None  # figures before it, which are read as figures, or "thousands"
    start, end = head.start(), found.end()
    words = re.findall(r"[a-z]+", low[start:end])
    value = _value(words)
    if value is None or value < 1000 or _PERCENT.match(low, end):
        return None
    step = 10.0 ** (len(str(int(value))) - len(str(int(value)).rstrip("0")))
    if words[0] in ("a", "an") and len(words) > 2 and words[1] in ("half", "quarter"):
        start += len(words[0]) + 1
    return Number(start, end, value, step)


def _value(words: list[str]) -> float | None:
    """``two hundred and twenty thousand`` as 220,000, ``half a million`` as 500,000."""
    total, part = 0.0, None
    fraction = 1.0
    for word in words:
        if word in ("and", "of"):
            continue
        number = _WORDS.get(word)
        if number is None:
            return None
        if word in ("half", "quarter"):
            fraction = number if part in (None, 1.0) else fraction
            part = None if part in (None, 1.0) else part + number
        elif word in ("a", "an"):
            part = part or 1.0
        elif number == 100:
            part = (part or 1.0) * 100
        elif number >= 1000:
            total, part, fraction = total + (1.0 if part is None else part) * fraction * number, None, 1.0
        else:
            part = (part or 0.0) + number
    return total + (part or 0.0)


def qualified(text: Text, number: Number, since: int) -> Qualifier:
    """The qualifier that stands with a number, looked for from ``since``."""
    low, start, end = text.low, number.start, number.end
    after = _AFTERWARDS.match(low, end)
    if number.money:
        start = max(low.rfind(sign, since, start) for sign in "\u00a3$\u20ac")
    before = _QUALIFIER.search(low, max(since, start - 40), start)
    if before:
        return Qualifier(" ".join(before["words"].split()), before.start(), end)
    if _SIGN.search(low, max(since, start - 3), start):
        sign = low[start - 2 : start].strip()
        return Qualifier({">": "over", "\u2265": "at least"}.get(sign, "around"), start - len(low[start - 2 : start].lstrip()), end)
    if after:
        return Qualifier("around" if after[0].endswith("so") else "at least", start, after.end())
    return Qualifier("", start, end)


def in_range(text: Text, number: Number, since: int, until: int) -> bool:
    """Whether it is one end of a range: ``between 278,000 and 498,000``, ``28 to 76``; not of a change from one to the other."""
    low = text.low
    before, after = low[max(since, number.start - 60) : number.start], low[number.end : min(until, number.end + 60)]
    words = r"(?:[a-z]{1,12}\s){0,3}"
    figure = r"[\d,.]{1,15}(?:k|m|\s(?:thousand|million))?"
    unit = r"(?:\s(?:people|accounts|users|residents))?"
    if re.search(rf"\b(?:between|ranging\sfrom|ranges?\sfrom|ranged\sfrom)\s{words}(?:{figure}{unit}\s(?:and|to)\s{words})?$", before):
        return True
    changed = re.search(r"\bfrom\s", before) is not None
    joined_before = re.search(rf"{figure}{unit}\s{{0,2}}(?:to\s|-\s?){words}$", before)
    joined_after = re.match(rf"{unit}\s{{0,2}}(?:to\s|-\s?){words}{figure}", after)
    return not changed and bool(joined_before or joined_after)
