"""How many accounts several reaches can have reached together, when nobody knows how many saw more than one.

Reaches are never added. From counts alone the union of ``k`` sets lies between the largest of them and their sum (Frechet's
bounds); anything narrower takes an assumption, which has to be named. Formulas:

- independence, by Sainsbury: ``N * (1 - product(1 - r / N))`` in a population of ``N``;
- a duplication coefficient ``D``, by which two reaches overlap in ``D * r1 * r2 / N`` accounts. ``D`` = 1 is independence. For more
  than two it is independence inside the ``N / D`` accounts that are ever reached, which gives every pair that overlap.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .errors import Usage
from .wording import LESS, MORE, NEAR

# How much likelier than chance it is that one who saw a post saw another, where no campaign has measured it.
DUPLICATION = (1.0, 3.0)
COUNTED_ONCE = "These bounds hold only if each number counts each account once."
NOT_PEOPLE = "Accounts are not people, and not all of them live in the area."


@dataclass(frozen=True)
class Part:
    """One reach: accounts, each counted once, in one scope.

    ``low`` and ``high`` are the ends of what is known of it; where only one is given, that is the number. ``definition`` says how it
    was counted: only like is combined with like. ``counted_once`` is False where it is known to be a sum over posts or days, None where
    nobody knows.
    """

    low: float | None = None
    high: float | None = None
    qualifier: str = "exact"
    definition: str = ""
    counted_once: bool | None = None

    def __post_init__(self) -> None:
        ends = [one for one in (self.low, self.high) if one is not None]
        if not ends or any(not math.isfinite(one) or one < 0 for one in ends) or ends[0] > ends[-1]:
            raise Usage(f"Reach {self._said()}: it is not a number of accounts, or a lower and a higher one. Correct it.")

    @property
    def least(self) -> float:
        return self.low if self.low is not None else self.high or 0.0

    @property
    def most(self) -> float:
        return self.high if self.high is not None else self.low or 0.0

    @property
    def nominal(self) -> float:
        return (self.least + self.most) / 2

    def _said(self) -> str:
        return " to ".join(f"{one:,}" for one in (self.low, self.high) if one is not None) or "(none)"


@dataclass(frozen=True)
class Combined:
    """What can be said of several reaches together, in accounts.

    ``lower`` is None where no part supports a lower bound. ``independent`` and ``overlapping`` (the estimates at the two ends of the
    duplication asked for, least first) are None without a population. ``lower_is``, ``upper_is`` and, for the estimates, ``estimate_is``
    are what the parts' qualifiers leave: ``exact``, ``more than``, ``up to`` or ``around``; an upper bound that is ``more than`` a number
    is none.
    ``conditions`` are sentences to print beside the numbers.
    """

    lower: int | None
    upper: int
    independent: int | None
    overlapping: tuple[int | None, int | None] | None
    lower_is: str
    upper_is: str
    conditions: tuple[str, ...]
    from_total: bool = False
    estimate_is: str = "exact"


def rounded(value: float, to: float) -> Part:
    """A number that was rounded to the nearest ``to``, as the range it may have been rounded from."""
    return Part(max(value - to / 2, 0), value + to / 2)


def combine(
    reaches: Sequence[Part | float],
    population: float | None = None,
    *,
    all_live_there: bool = False,
    duplication: tuple[float, float] = DUPLICATION,
    own_total: Part | float | None = None,
) -> Combined:
    """Bounds and, given a population, estimates of how many accounts the reaches make together.

    ``population`` is who could have been reached, in people. It caps nothing unless ``all_live_there`` says that everybody reached is of
    it. ``own_total`` is the platform's own count over all of the parts, each account once: it is the answer, whatever the parts say.

    Raises :class:`Usage` for no reach, for reaches counted in unlike ways, for a population smaller than one of them, and for a
    duplication that is no range of positive numbers.
    """
    parts = [one if isinstance(one, Part) else Part(one) for one in reaches]
    if own_total is not None:
        return _of_total(own_total if isinstance(own_total, Part) else Part(own_total))
    _refuse(parts, population, duplication)
    cap = population if population is not None and all_live_there else math.inf
    supporting = _supporting(parts)
    lower = max((one.least for one in supporting), default=None)
    upper, upper_is = sum(one.most for one in parts), _upper_is(parts)
    # Numbers without an upper end stop at the population too.
    capped = upper > cap or (upper_is == "more than" and cap < math.inf)
    estimable = population is not None and all(one.counted_once is not False for one in parts)
    return Combined(
        _whole(lower, cap),
        round(cap if capped else upper),
        _whole(_union(parts, population, 1.0) if population is not None and estimable else None, cap),
        _overlapping(parts, population, duplication, cap) if population is not None and estimable else None,
        _lower_is(supporting),
        "exact" if capped else upper_is,
        tuple(_conditions(parts, population if estimable else None, capped)),
        estimate_is=_estimate_is(parts) if estimable else "exact",
    )


def share(accounts: float, population: float) -> float:
    """Accounts as a percentage of a population, to be called "equivalent to"."""
    return 100 * accounts / population


def frequency(displays: float, reach: float) -> float | None:
    """How often an account saw it on average. Both must be of one scope: network, account, level, period, paid or not."""
    return displays / reach if reach else None


def _of_total(total: Part) -> Combined:
    words = "The platform's own count over all of it, in which each account stands once."
    supporting = _supporting([total])
    lower = round(total.least) if supporting else None
    said = (words, *_open_ends([total], capped=False), NOT_PEOPLE)
    return Combined(lower, round(total.most), None, None, _lower_is(supporting), _upper_is([total]), said, True)


def _supporting(parts: Sequence[Part]) -> list[Part]:
    """The parts that support a lower bound."""
    return [one for one in parts if one.counted_once is not False and one.qualifier != "up to"]


def _refuse(parts: Sequence[Part], population: float | None, duplication: tuple[float, float]) -> None:
    if not parts:
        raise Usage("There is no reach to combine. Give at least one number.")
    definitions = sorted({one.definition for one in parts})
    if len(definitions) > 1:
        raise Usage(f"These reaches are counted in different ways ({', '.join(definitions)}), so they cannot be combined. Show them apart.")
    least, most = duplication
    if not 0 < least <= most < math.inf:
        raise Usage(f"Duplication {least:g} to {most:g}: give two numbers above 0, the smaller first.")
    if population is None:
        return
    if not 0 < population < math.inf:
        raise Usage(f"Population {population:,}: it is not a number of people. Correct it.")
    largest = max(one.most for one in parts)
    if population < largest:
        raise Usage(f"Population {population:,}: {largest:,} were reached, which is more. Give the population that could be reached.")


def _union(parts: Sequence[Part], population: float, duplication: float) -> float | None:
    """None where so much duplication cannot be: more would see both than saw one."""
    reachable = population / duplication
    if reachable < max(one.nominal for one in parts):
        return None
    # As logarithms, since the product of many numbers near 1 loses the small reaches.
    if any(one.nominal == reachable for one in parts):
        return reachable
    return -reachable * math.expm1(sum(math.log1p(-one.nominal / reachable) for one in parts))


def _overlapping(parts: Sequence[Part], population: float, duplication: tuple[float, float], cap: float) -> tuple[int | None, int | None]:
    least, most = duplication
    return _whole(_union(parts, population, most), cap), _whole(_union(parts, population, least), cap)


def _whole(number: float | None, cap: float) -> int | None:
    return None if number is None else round(min(number, cap))


def _lower_is(supporting: Sequence[Part]) -> str:
    """What the part that makes the lower bound leaves of it."""
    if not supporting:
        return "exact"
    makes_it = max(supporting, key=lambda one: one.least)
    if _is_range(makes_it):
        return "exact"  # its range says already how far off it may be
    return "more than" if makes_it.qualifier in MORE else "around" if makes_it.qualifier in (*NEAR, *LESS) else "exact"


def _upper_is(parts: Sequence[Part]) -> str:
    told = {one.qualifier for one in parts if not _is_range(one)}
    if told & set(MORE):
        return "more than"
    return "around" if told & set(NEAR) else "up to" if told & set(LESS) else "exact"


def _estimate_is(parts: Sequence[Part]) -> str:
    """What the parts leave of an estimate, which rises with each of them. The middle of a range may be off either way."""
    told = {one.qualifier for one in parts if not _is_range(one)}
    more, less = bool(told & set(MORE)), bool(told & set(LESS))
    if (more and less) or told & set(NEAR) or any(_is_range(one) for one in parts):
        return "around"
    return "more than" if more else "up to" if less else "exact"


def _is_range(part: Part) -> bool:
    return part.low is not None and part.high is not None and part.low < part.high


def _conditions(parts: Sequence[Part], population: float | None, capped: bool) -> list[str]:
    said = []
    if len(parts) > 1:
        said.append(COUNTED_ONCE)
    sums = sum(one.counted_once is False for one in parts)
    if sums:
        said.append(f"{sums:,} of the numbers {'is a sum' if sums == 1 else 'are sums'} over posts or days, which supports no lower bound.")
    said += _open_ends(parts, capped)
    if population is not None and len(parts) > 1:
        said.append(
            f"The estimate takes it that seeing one says nothing about seeing another, among {round(population):,} people who could all "
            "see both. Posts of one account are mostly seen by the same followers, so the truth is probably lower."
        )
    if capped:
        said.append("The upper number is the population, since everybody reached is said to be of it.")
    return [*said, NOT_PEOPLE]


def _open_ends(parts: Sequence[Part], capped: bool) -> list[str]:
    said = []
    if any(one.qualifier == "up to" for one in parts):
        said.append("A number that is 'up to' something supports no lower bound.")
    if any(one.qualifier in MORE for one in parts) and not capped:
        said.append("A number that is 'more than' something has no upper end, so the upper number is no limit.")
    return said
