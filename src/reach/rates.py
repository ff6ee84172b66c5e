"""What chance alone leaves open of a count, of a rate a day and of two rates beside one another; and where that cannot be said.

Everything here is of counts of events (arrests, warrants), whole numbers over whole days. Intervals are of 95%. Formulas:

- a count: Garwood's exact Poisson interval (Biometrika 28, 1936), quantiles of the gamma distribution;
- two rates: given their sum, the first count is binomial (Przyborowski and Wilenski, 1940); the exact interval of Clopper and Pearson
  for its share ``p`` makes one of the ratio by ``p / (1 - p) * days2 / days1``;
- weeks vary more than chance. An index of dispersion ``phi``, variance over mean, widens the ratio's interval to
  ``exp(ln r ± 1.96 * sqrt(phi * (1/x1 + 1/x2)))``, as quasi-Poisson models do.

No interval says why two rates differ. A part of a period is never given here beside a whole one: callers see to that.
scipy is imported where it is used, since it takes a second to load.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from . import wording
from .errors import Usage

LEVEL = 0.95
Z = 1.96
# With fewer periods a dispersion is not worked out; with fewer than the second number, what it widens is an illustration.
FEWEST_PERIODS, ENOUGH_PERIODS = 5, 8
# Beyond these a number is a slip of the hand, and arithmetic loses it.
MOST_COUNTED, MOST_DAYS, MOST_DISPERSION = 10**9, 10**6, 10**4
INCONCLUSIVE, HIGHER, LOWER = "inconclusive", "higher", "lower"
NO_CAUSE = "This says nothing about why."
NOT_THE_SAME = "This is not to say that the rates are the same."
# The seven weeks are the force's in data/published/figures.csv, six dated and one not.
VARY = (
    "Weeks vary more than chance: the seven published weeks of arrests by 5.84 times. "
    "Nothing here allows for that; give a measured dispersion, with which the interval may well hold 1."
)
ORDINALS = ("", "second ", "third ", "fourth ", "fifth ", "sixth ", "seventh ", "eighth ", "ninth ")
ENDINGS = {1: "st", 2: "nd", 3: "rd"}


@dataclass(frozen=True)
class Counted:
    """A number of events and the days, both ends included, over which they were counted.

    Raises :class:`Usage` for what is no whole number of events of 0 or more, or no whole number of days of 1 or more.
    """

    count: int
    days: int

    def __post_init__(self) -> None:
        _refuse_count(self.count)
        if not _whole(self.days) or not 1 <= self.days <= MOST_DAYS:
            raise Usage(f"Days {self.days}: it is not a whole number of days from 1 to {MOST_DAYS:,}. Give the days it was counted over.")

    @property
    def per_day(self) -> float:
        return self.count / self.days

    @property
    def words(self) -> str:
        """``76 in 7 days, 10.9 a day (8.55 to 13.6)``."""
        low, high = rate_interval(self)
        interval = f"{short(low)} to {short(high)}"
        return f"{wording.number(self.count)} in {wording.plural(self.days, 'day')}, {short(self.per_day)} a day ({interval})"


def count_interval(count: int) -> tuple[float, float]:
    """Garwood's exact 95% interval of a count, in events. Raises :class:`Usage` for what is no count."""
    from scipy.special import gammaincinv

    _refuse_count(count)
    tail = (1 - LEVEL) / 2
    return float(gammaincinv(count, tail)) if count else 0.0, float(gammaincinv(count + 1, 1 - tail))


def rate_interval(of: Counted) -> tuple[float, float]:
    """The exact 95% interval of a rate, in events a day."""
    low, high = count_interval(of.count)
    return low / of.days, high / of.days


def why_no_interval(low: object, high: object, qualifier: object = None, unit: object = None) -> str | None:
    """Why a published figure has no exact interval, in one sentence; None where it is a whole count and has one.

    ``low`` and ``high`` are the ends that the figure's words allow, None where they set none.
    """
    said = "" if wording.missing(qualifier) else " ".join(str(qualifier).lower().split())
    shown = f"'{said.capitalize()}'"
    if unit == "GBP":
        return "An amount of money is not a count of events, so it has no exact interval."
    if wording.missing(low) and wording.missing(high):
        return "No count was published, so there is no interval."
    if said in wording.MORE:
        return f"{shown} gives no exact count, only where the counts that it allows begin, so it has no exact interval."
    if said in wording.LESS:
        return f"{shown} gives no exact count, only where the counts that it allows end, so it has no exact interval."
    if said in wording.NEAR:
        return f"{shown} gives no exact count, and how near it is was not published, so it has no exact interval."
    if said and said not in (*wording.AS_PUBLISHED, *wording.STATUS_WORDS):
        return f"{shown} is said of the count, which is then not known to be exact and whole, so it has no exact interval."
    count = wording.nominal(low, high)
    if count is None:
        return "A range gives no exact count, so it has no exact interval."
    if count < 0 or count % 1:
        return f"{wording.number(count)} is not a whole number of events, so it has no exact interval."
    return None


# --- two rates ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Comparison:
    """The first rate a day as a multiple of the second, and between what it lies.

    ``ratio`` is None where the second count is 0, and ``high`` is None then too: there is no upper end. ``low_dispersed`` and
    ``high_dispersed`` are None where no dispersion was given or a count is 0. ``periods`` is how many the dispersion was measured over,
    None where nobody said.
    """

    first: Counted
    second: Counted
    ratio: float | None
    low: float
    high: float | None
    dispersion: float | None = None
    periods: int | None = None
    low_dispersed: float | None = None
    high_dispersed: float | None = None

    @property
    def verdict(self) -> str:
        """``inconclusive`` where the widest interval there is holds 1; else whether the first rate is ``higher`` or ``lower``."""
        if self._cannot_widen:
            return INCONCLUSIVE
        low, high = (self.low, self.high) if self.low_dispersed is None else (self.low_dispersed, self.high_dispersed)
        return HIGHER if low > 1 else LOWER if high is not None and high < 1 else INCONCLUSIVE

    @property
    def illustrative(self) -> bool:
        """Whether the dispersion was measured over too few periods, as far as anybody said, to rely on."""
        return self.dispersion is not None and (self.periods is None or self.periods < ENOUGH_PERIODS)

    @property
    def p_value(self) -> float:
        """Of the exact conditional test that the rates are the same, two-sided: all splits no likelier than this one.

        It allows for chance alone. Near 0.05 and with unlike days it can part from the interval, which is of two equal tails and decides.
        """
        from scipy.stats import binomtest

        both = self.first.count + self.second.count
        if not both:
            return 1.0
        return float(binomtest(self.first.count, both, self.first.days / (self.first.days + self.second.days)).pvalue)

    @property
    def sentences(self) -> tuple[str, ...]:
        """All that must stand beside the verdict, in order; the last ones are it and its cautions."""
        return (
            f"First: {self.first.words}. Second: {self.second.words}. In brackets are exact 95% intervals.",
            self._ratio_said(),
            *self._widened_said(),
            *self._verdict_said(),
        )

    @property
    def _cannot_widen(self) -> bool:
        return self.dispersion is not None and self.dispersion > 1 and not (self.first.count and self.second.count)

    def _ratio_said(self) -> str:
        if self.ratio is None:
            least = f" The first is at least {short(self.low)} times it (exact 95% interval)." if self.first.count else ""
            return f"There is no ratio, since nothing divides by a count of 0.{least}"
        interval = f"exact 95% interval {short(self.low)} to {short(self.high) if self.high is not None else 'no upper end'}"
        return f"The first rate is {short(self.ratio)} times the second ({interval}, which allows for chance alone)."

    def _widened_said(self) -> list[str]:
        if self.dispersion is None:
            return []
        given = f"dispersion of {wording.number(self.dispersion)}"
        if self.low_dispersed is None or self.high_dispersed is None:
            return [f"The interval cannot be widened by the {given}, since that takes two counts above 0."]
        interval = f"{short(self.low_dispersed)} to {short(self.high_dispersed)}"
        if self.dispersion <= 1:
            return [f"A {given} is taken as 1, since less variation than chance never narrows an interval: {interval}."]
        said = [f"Allowing for a {given}, it lies between {short(self.low_dispersed)} and {short(self.high_dispersed)}."]
        if self.illustrative and self.periods is None:
            said.append(f"This is illustrative where the dispersion was measured over fewer than {wording.count(ENOUGH_PERIODS)} periods.")
        elif self.illustrative and self.periods is not None:
            measured = f"{wording.count(self.periods)} periods, and {wording.count(ENOUGH_PERIODS)} are needed"
            said.append(f"This is illustrative: the dispersion was measured over {measured}.")
        return said

    def _verdict_said(self) -> list[str]:
        if self._cannot_widen:
            return [f"Inconclusive: the known variation between periods cannot be allowed for. {NOT_THE_SAME}"]
        if self.verdict == INCONCLUSIVE:
            return [f"Inconclusive: the interval holds 1. {NOT_THE_SAME}"]
        chance = "chance alone" if self.dispersion is None or self.dispersion <= 1 else "chance with the measured variation"
        seldom = f"the first rate is {self.verdict} than the second, and {chance} seldom gives such a difference"
        said = [f"{self.verdict.capitalize()}: {seldom}. {NO_CAUSE}"]
        return said if self.dispersion is not None else [*said, VARY]


def compare(first: Counted, second: Counted, dispersion: float | None = None, periods: int | None = None) -> Comparison:
    """The first rate a day over the second with its exact 95% interval, and the same widened by a measured ``dispersion``.

    A dispersion below 1 counts as 1, and the widened interval is never narrower than the exact one, which the formula, an
    approximation, can be where the dispersion is close to 1. Raises :class:`Usage` for a dispersion that is no number of 0 or more.
    """
    from scipy.special import betaincinv

    if dispersion is not None and not 0 <= dispersion <= MOST_DISPERSION:
        # A NaN is in no range either.
        raise Usage(f"Dispersion {dispersion:g}: it is not a number from 0 to {MOST_DISPERSION:,}. Give variance over mean, such as 5.84.")
    tail, scale = (1 - LEVEL) / 2, second.days / first.days
    x1, x2 = first.count, second.count
    # The top end is one over the bottom end of the two swapped, so that swapping them turns the interval over exactly.
    low = scale * _odds(float(betaincinv(x1, x2 + 1, tail))) if x1 else 0.0
    high = scale / _odds(float(betaincinv(x2, x1 + 1, tail))) if x2 else None
    ratio = scale * x1 / x2 if x2 else None
    if dispersion is None or not ratio or high is None:
        return Comparison(first, second, ratio, low, high, dispersion, periods)
    room = math.exp(Z * math.sqrt(max(1.0, dispersion) * (1 / x1 + 1 / x2)))
    return Comparison(first, second, ratio, low, high, dispersion, periods, min(low, ratio / room), max(high, ratio * room))


def comparisons_said(shown: int) -> str:
    """What a number of comparisons on screen means for each of them; none is corrected for the others."""
    if shown < 1:
        return "No comparison is shown."
    expected = wording.number(shown / 20)
    by_chance = f"about {expected}" if shown >= 20 else f"about {expected}, less than one,"
    return (
        f"With {wording.plural(shown, 'comparison')} at 95%, {by_chance} would exclude 1 by chance alone where no rates differ; "
        "none is corrected for that."
    )


# --- several periods ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Dispersion:
    """How much counts of like periods vary: ``index`` is variance over mean, 1 where chance alone is at work.

    ``chi_square`` on ``degrees`` of freedom, and ``p_value``, the chance of so much variation or more where it is.
    """

    periods: int
    mean: float
    variance: float
    index: float
    chi_square: float
    degrees: int
    p_value: float

    @property
    def words(self) -> str:
        """One sentence for a page."""
        p = "p under 0.001" if self.p_value < 0.001 else f"p = {self.p_value:.3f}"
        test = f"chi-square {self.chi_square:,.1f} on {wording.plural(self.degrees, 'degree')} of freedom, {p}"
        few = f"; fewer than {wording.count(ENOUGH_PERIODS)} periods, so illustrative" if self.periods < ENOUGH_PERIODS else ""
        counted = wording.plural(self.periods, "period")
        return f"{counted} with a mean of {short(self.mean)} vary {short(self.index)} times as much as chance alone gives ({test}{few})."


def dispersion(counts: Sequence[int]) -> Dispersion:
    """The index of dispersion of counts of periods of one length, by Fisher: chi-square is the sum of ``(x - mean)² / mean``.

    Raises :class:`Usage` for fewer than five periods, and where nothing was counted in any.
    """
    from scipy.special import chdtrc

    for count in counts:
        _refuse_count(count)
    periods = len(counts)
    if periods < FEWEST_PERIODS:
        given = f"Dispersion of {wording.plural(periods, 'period')}"
        raise Usage(f"{given}: it takes {wording.count(FEWEST_PERIODS)} or more to measure. Leave it out until they are held.")
    mean = sum(counts) / periods
    if not mean:
        raise Usage("Dispersion of counts that are all 0: there is no variation to measure. Leave it out.")
    squares = math.fsum((count - mean) ** 2 for count in counts)
    degrees, chi_square = periods - 1, squares / mean
    return Dispersion(periods, mean, squares / degrees, chi_square / degrees, chi_square, degrees, float(chdtrc(degrees, chi_square)))


@dataclass(frozen=True)
class Standing:
    """Where a count stands among all periods, itself one of them: ``rank`` 1 is the highest, and ``ties`` others have the same count."""

    count: int
    rank: int
    ties: int
    dated: int
    undated: int
    lowest: int
    highest: int
    period: str = "week"

    @property
    def words(self) -> str:
        """``the highest of six dated weeks and one undated; they range from 28 to 76``."""
        every = self.dated + self.undated
        if self.dated and self.undated:
            among = f"{wording.count(self.dated)} dated {wording.noun(self.dated, self.period)} and {wording.count(self.undated)} undated"
        else:
            among = f"{wording.count(every)} {'dated' if self.dated else 'undated'} {wording.noun(every, self.period)}"
        if every == 1:
            return f"the only one held ({among})"
        if self.lowest == self.highest:
            return f"as many as in each other of {among}"
        return f"{self._place()} of {among}; they range from {wording.number(self.lowest)} to {wording.number(self.highest)}"

    def _place(self) -> str:
        joint = "joint " if self.ties else ""
        from_below = self.dated + self.undated - self.rank - self.ties
        if from_below < self.rank - 1:
            return f"the {joint}{_ordinal(from_below)}lowest"
        return f"the {joint}{_ordinal(self.rank - 1)}highest"


def standing(count: int, dated: Sequence[int], undated: Sequence[int] = (), period: str = "week") -> Standing:
    """Where ``count`` stands among the counts of dated and undated periods, which hold it. Raises :class:`Usage` where they do not."""
    every = [*dated, *undated]
    for one in (count, *every):
        _refuse_count(one)
    if count not in every:
        raise Usage(f"Count {count:,}: it is not among the counts that it is placed in. Give them with it.")
    rank = 1 + sum(one > count for one in every)
    return Standing(count, rank, every.count(count) - 1, len(dated), len(undated), min(every), max(every), period)


# --- numbers ------------------------------------------------------------------------------------------------------


def short(x: float) -> str:
    """A worked-out number to about three figures: ``1.46``, ``10.9``, ``1,234``; never as 1 where it is not, nor as 0."""
    if not x:
        return "0"
    size = math.floor(math.log10(abs(x)))
    places = max(0, 2 - size) if size >= 0 else 2 if size == -1 else 1 - size
    rounded = f"{x:,.{places}f}"
    while float(rounded.replace(",", "")) == 1 and x != 1 and places < 12:
        places += 1
        rounded = f"{x:,.{places}f}"
    whole, _, part = rounded.partition(".")
    return whole if part and not int(part) else rounded


def _odds(share: float) -> float:
    return share / (1 - share)


def _ordinal(places: int) -> str:
    """``second `` for one place behind the first, and so on; nothing for the first."""
    if places < len(ORDINALS):
        return ORDINALS[places]
    place = places + 1
    return f"{place:,}{'th' if place % 100 in (11, 12, 13) else ENDINGS.get(place % 10, 'th')} "


def _whole(x: object) -> bool:
    """Whether it is a whole number, of whatever library: numpy's answer the same question."""
    return not isinstance(x, bool) and hasattr(x, "__index__")


def _refuse_count(count: object) -> None:
    if not _whole(count) or not 0 <= int(count) <= MOST_COUNTED:  # type: ignore[call-overload]
        raise Usage(f"Count {count}: it is not a whole number from 0 to {MOST_COUNTED:,}. Give the number of events counted.")
