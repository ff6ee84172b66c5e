"""Numbers, dates and qualifiers in words, in GOV.UK style.

Nothing here rounds: a rounded figure says something that was not published ("more than £2,695,000" is not
"more than £2.7 million"). A missing value (None, NaN, NaT, ``pandas.NA``) is never written as 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from .views import HIDDEN

NOT_PUBLISHED = "not published"
NO_FIGURE = "no figure"
NO_DATE = "not dated"

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
SMALL = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SCALES = ((Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
SIGNS = {"GBP": "£", "EUR": "€"}
# What a qualifier says of the true number: that it lies above, below, or near the number given.
MORE = ("more than", "over", "at least")
LESS = ("up to", "almost", "nearly")
NEAR = ("close to", "around")
AS_PUBLISHED = ("exact", "exact as published")
STATUS_WORDS = ("early total", "provisional", "revised", "final")


def missing(x: object) -> bool:
    """Whether ``x`` is no value: None, a NaN of any kind, NaT, ``pandas.NA`` or an infinity."""
    if x is None:
        return True
    try:
        return bool(x != x) or (isinstance(x, float | Decimal) and abs(x) == float("inf"))
    except (TypeError, ArithmeticError):  # pandas.NA refuses bool(), a signalling NaN refuses comparison
        return True


def decimal(x: object) -> Decimal | None:
    """``x`` as a Decimal, None when it is missing. Floats keep 15 digits, which drops the noise of binary fractions.

    Raises ``decimal.InvalidOperation`` for what is not a number.
    """
    if missing(x):
        return None
    return Decimal(format(x, ".15g")) if isinstance(x, float) else Decimal(str(x))


def number(x: object) -> str:
    """A number in words: ``1,234``, ``2.5``; ``no figure`` when missing."""
    exact = decimal(x)
    if exact is None:
        return NO_FIGURE
    text = f"{exact:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def money(x: object, sign_of: str = "£") -> str:
    """Pounds in words: ``£35,000``, ``£12.50``, ``£2.7 million``; ``no figure`` when missing. ``sign_of`` is another currency's sign.

    Millions are written only where two decimals hold the whole value; otherwise the number stands in full.
    """
    pounds = decimal(x)
    if pounds is None:
        return NO_FIGURE
    sign, size = ("-" if pounds < 0 else ""), abs(pounds)
    for scale, name in SCALES:
        if size >= scale and size % (scale / 100) == 0:
            return f"{sign}{sign_of}{number(size / scale)} {name}"
    has_pence = size % 1 != 0 and size * 100 % 1 == 0
    return f"{sign}{sign_of}{f'{size:,.2f}' if has_pence else number(size)}"


def value(x: object, unit: str | None = None) -> str:
    """A value in its unit: money for ``GBP`` and ``EUR``, ``6 kg``, a number for everything else."""
    if unit in SIGNS:
        return money(x, SIGNS[unit])
    return f"{number(x)} kg" if unit == "kg" and not missing(x) else number(x)


def count(n: int) -> str:
    """A small count inside a sentence: ``none``, ``one`` to ``nine``, then ``10``."""
    return SMALL[n] if 0 <= n < len(SMALL) else number(n)


def plural(n: int, one: str, many: str | None = None) -> str:
    """A count and its noun: ``1 post``, ``1,234 posts``."""
    return f"{number(n)} {noun(n, one, many)}"


def noun(n: int, one: str, many: str | None = None) -> str:
    """The noun that goes with a count: ``week`` for 1, ``weeks`` for all others."""
    return one if n == 1 else many or f"{one}s"


def listed(parts: Sequence[str]) -> str:
    """A list in a sentence: ``a, b and c``."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def lower_first(label: str) -> str:
    """A label for the middle of a sentence: ``Arrests`` becomes ``arrests``, ``NRM referrals`` stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def were(label: str) -> str:
    """The verb for a measure's label: ``were`` for ``Arrests`` and ``People charged``, ``was`` for ``Cash seized``."""
    words = label.split(",")[0].lower().split()
    return "were" if any(word.endswith("s") or word in ("people", "children") for word in words) else "was"


def as_date(d: object) -> date | None:
    """A date, datetime or pandas Timestamp as a date; None when it is missing. Raises TypeError for anything else."""
    if missing(d):
        return None
    if isinstance(d, datetime):
        return d.date()
    if isinstance(d, date):
        return d
    raise TypeError(f"{d!r} is not a date")


def day(d: object) -> str:
    """``27 February 2023``; ``not dated`` when missing."""
    known = as_date(d)
    return f"{known.day} {month(known)}" if known else NO_DATE


def month(d: date) -> str:
    """``February 2023``."""
    return f"{MONTHS[d.month - 1]} {d.year}"


def months(start: date, end: date) -> str:
    """``May 2019 to October 2023``, ``May to June 2019`` or ``May 2019``."""
    if (start.year, start.month) == (end.year, end.month):
        return month(start)
    return f"{MONTHS[start.month - 1] if start.year == end.year else month(start)} to {month(end)}"


def period(start: object, end: object) -> str:
    """``27 February to 5 March 2023``, ``3 to 9 October 2022``, ``1 December 2024``.

    A side that is missing is left open (``to 20 May 2019``, ``from 4 March 2024``); both missing is ``not dated``.
    """
    first, last = as_date(start), as_date(end)
    if first is None or last is None:
        return f"to {day(last)}" if last else f"from {day(first)}" if first else NO_DATE
    if first == last:
        return day(first)
    if first.year != last.year:
        return f"{day(first)} to {day(last)}"
    return f"{first.day if first.month == last.month else f'{first.day} {MONTHS[first.month - 1]}'} to {day(last)}"


def nominal(low: object, high: object) -> Decimal | None:
    """The number that was published: the one given, None for a range or when neither is given."""
    lowest, highest = decimal(low), decimal(high)
    if lowest is None or highest is None:
        return highest if lowest is None else lowest
    return lowest if lowest == highest else None


def bounds(value: object, qualifier: str) -> tuple[Any, Any]:
    """The lowest and highest value of a figure that is one number with a qualifier: the side that the words leave open is None."""
    return (None if qualifier in (*LESS, *NEAR) else value), (None if qualifier in MORE else value)


def figure_words(low: object, high: object, qualifier: object, unit: str | None = None) -> str:
    """A published figure with its qualifier: ``more than 134,000``, ``a further 278,000``, ``500 to 900``, ``76``.

    ``low`` and ``high`` are the lowest and highest value that the words allow. ``exact`` adds no word; every other
    qualifier is kept, and a status that stands in its place goes behind: ``110 (early total)``. A figure that is withheld has ``[c]``
    for its qualifier and no value, and is ``[c]``.
    """
    single = nominal(low, high)
    if single is None and missing(low):
        return HIDDEN if qualifier == HIDDEN else NOT_PUBLISHED
    words = value(single, unit) if single is not None else f"{value(low, unit)} to {value(high, unit)}"
    said = "" if missing(qualifier) else " ".join(str(qualifier).split())
    if not said or said.lower() in AS_PUBLISHED:
        return words
    return f"{words} ({said})" if said.lower() in STATUS_WORDS else f"{said} {words}"
