"""Ratios of two numbers of one scope: what is divided by what, and the value or why there is none.

A ratio of several posts is the sum over the sum, never a mean of rates. Reach and viewers divide only what is of the same row: a summed
reach hides in a denominator too. What is missing is unknown, never 0. Frequency is impressions over reach, as in advertising practice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from statistics import median
from typing import Any

from . import wording

PERCENT, MONEY, TIMES = "percent", "money", "times"
SCALE = {PERCENT: 100, MONEY: 1000, TIMES: 1}
UNKNOWN, NONE, LEFT_OUT = "unknown", "none", "left out"
# With fewer campaigns, a median and a range say more than is known.
FEWEST = 3


@dataclass(frozen=True)
class Ratio:
    """One number divided by another, both keys of metrics. ``shown`` is what it is a number of: a percentage, money per 1,000 or times.

    ``networks`` are those on which the two numbers are of one scope, or which alone give them, where that is not so on all.
    """

    key: str
    numerator: str
    denominator: str
    shown: str = PERCENT
    networks: tuple[str, ...] | None = None

    @property
    def words(self) -> str:
        """The formula in words: ``100 × link clicks ÷ views``."""
        scale = "" if self.shown == TIMES else f"{SCALE[self.shown]:,} × "
        return f"{scale}{named(self.numerator)} ÷ {named(self.denominator)}"


@dataclass(frozen=True)
class Without:
    """No ratio: ``state`` is ``unknown`` where a number is missing, ``none`` where the two cannot be divided; ``why`` is in words."""

    state: str
    why: str


# A ratio in per cent, money per 1,000 or times, exact; or why there is none.
Value = Fraction | Without


@dataclass(frozen=True)
class Other:
    """The same ratio of another campaign, or why it is left out; ``days`` is how long it ran, or its window was."""

    name: str
    days: int
    value: Value


# Elsewhere impressions and reach are of unlike things: YouTube's impressions are of thumbnails, and its viewers watched.
_META = ("facebook", "instagram", "meta")
RATIOS = (
    Ratio("engagements_per_view", "engagements", "views"),
    Ratio("engagements_per_impression", "engagements", "impressions"),
    Ratio("clicks_per_view", "link_clicks", "views"),
    Ratio("clicks_per_impression", "link_clicks", "impressions"),
    Ratio("ended_plays_per_view", "video_95_views", "views"),
    Ratio("ended_plays_per_play", "video_95_views", "video_3s_views"),
    Ratio("watched_of_full", "watch_seconds", "full_seconds", networks=("youtube",)),
    Ratio("half_minute_plays_per_view", "video_30s_views", "views"),
    Ratio("minute_plays_per_play", "video_1m_views", "video_3s_views"),
    Ratio("engagements_per_account_reached", "engagements", "reach"),
    Ratio("engagements_per_viewer", "engagements", "viewers"),
    Ratio("frequency", "impressions", "reach", TIMES, _META),
    Ratio("views_per_viewer", "views", "viewers", TIMES, _META),
    Ratio("cost_per_1000_reached", "spend", "reach", MONEY, ("meta",)),
    Ratio("cost_per_1000_viewers", "spend", "viewers", MONEY, ("meta",)),
)
RATIO = {one.key: one for one in RATIOS}

# A question, and the ratios that answer it, the preferred one first.
Question = tuple[str, tuple[str, ...]]
ENGAGEMENT: Question = ("Engagement rate", ("engagements_per_view", "engagements_per_impression"))
CLICKS: Question = ("Click-through rate", ("clicks_per_view", "clicks_per_impression"))
VIDEO: Question = (
    "Video completion",
    ("ended_plays_per_view", "ended_plays_per_play", "watched_of_full", "half_minute_plays_per_view", "minute_plays_per_play"),
)
# What may be asked of posts together, of one row that the platform itself counts each account once in, and of one post alone.
OF_POSTS: tuple[Question, ...] = (ENGAGEMENT, CLICKS, VIDEO)
OF_ADVERTISEMENTS: tuple[Question, ...] = (
    ("Cost per 1,000 accounts", ("cost_per_1000_viewers", "cost_per_1000_reached")),
    ("Frequency", ("views_per_viewer", "frequency")),
    ENGAGEMENT,
    CLICKS,
)
OF_ONE_POST = tuple(
    RATIO[key] for key in ("engagements_per_account_reached", "engagements_per_viewer", "frequency", "views_per_viewer", *VIDEO[1])
)


def ratio(of: Ratio, numerator: int | Decimal | None, denominator: int | Decimal | None) -> Value:
    """The exact ratio, in per cent, money per 1,000 or times; or why there is none, in words that go into a sentence."""
    gone = [_lacked(key) for key, x in ((of.numerator, numerator), (of.denominator, denominator)) if wording.missing(x)]
    if numerator is None or denominator is None or gone:
        return Without(UNKNOWN, f"no {' and no '.join(gone)} given")
    if denominator <= 0:
        return Without(NONE, f"{named(of.denominator)} {'is' if of.denominator == 'reach' else 'are'} {wording.number(denominator)}")
    if of.shown == TIMES and numerator < denominator:
        return Without(NONE, f"{named(of.numerator)} are fewer than {named(of.denominator)}, so the two are not counted alike")
    return SCALE[of.shown] * Fraction(numerator) / Fraction(denominator)


def of_posts(of: Ratio, row: Mapping[str, Any]) -> Value:
    """The ratio of a row of ``pages/campaign_ratios``, or why there is none."""
    if row["posts_used"] == 0:
        counted = ((of.numerator, row["posts_with_numerator"]), (of.denominator, row["posts_with_denominator"]))
        gone = [_lacked(metric) for metric, posts in counted if not posts]
        return Without(UNKNOWN, f"no {' and no '.join(gone)} given" if gone else "no export gives both of one post")
    if ", " in row["formats"]:
        return Without(NONE, "from different kinds of export, which may not count alike")
    return ratio(of, row["numerator"], row["denominator"])


def of_one_post(looks: Sequence[Mapping[str, Any]]) -> list[tuple[Ratio, Value, Mapping[str, Any]]]:
    """What may be divided of one post alone, each from the latest of its looks, newest first, that gives both numbers.

    ``looks`` are rows of ``pages/post``. A ratio of which no look gives both numbers is left out.
    """
    found = []
    for of in OF_ONE_POST:
        look = next((one for one in looks if one[of.numerator] is not None and one[of.denominator] is not None), None)
        if look and look["network"] in (of.networks or [look["network"]]):
            found.append((of, ratio(of, look[of.numerator], look[of.denominator]), look))
    return found


def said(of: Ratio, value: Value, numerator: object, denominator: object, currency: str | None = "GBP") -> tuple[str, str]:
    """A value and what it is worked out from, such as ``83 engagements ÷ 3,233 views``; or that there is none, and why."""
    if isinstance(value, Without):
        return value.state, value.why
    worked_out = f"{wording.number(numerator)} {named(of.numerator)} ÷ {wording.number(denominator)} {named(of.denominator)}"
    return words(of, value, currency), worked_out


def answered(question: Question, values: Mapping[str, Value]) -> tuple[Ratio, Value]:
    """The first ratio of a question that has a value; where none has, the first that is more than unknown, and why it has none."""
    _, keys = question
    best = min(keys, key=lambda key: ("", NONE, UNKNOWN).index(getattr(values[key], "state", "")))
    return RATIO[best], values[best]


def words(of: Ratio, value: Fraction, currency: str | None = "GBP") -> str:
    """A ratio to one decimal place, or two below 1 and in money: ``3.4%``, ``0.25%``, ``£3.21``, ``2.3``."""
    places = 2 if of.shown == MONEY or abs(value) < 1 else 1
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if value and not rounded:
        return f"under {words(of, Fraction(1, 100), currency)}" if value > 0 else f"{wording.number(exact)}"
    if of.shown == MONEY:
        return wording.money(rounded) if currency == "GBP" else f"{rounded:,f} {currency or '(currency not stated)'}"
    return f"{wording.number(rounded)}{'%' if of.shown == PERCENT else ''}"


def named(metric: str) -> str:
    """What a metric counts, for behind its number."""
    return _NAMES.get(metric, metric)


_NAMES = {
    "link_clicks": "link clicks",
    "video_1m_views": "plays of 1 minute",
    "video_3s_views": "plays of 3 seconds",
    "video_30s_views": "plays of 30 seconds or to the end",
    "video_95_views": "plays to 95%",
    "watch_seconds": "seconds watched",
    "full_seconds": "seconds of every play in full",
}


def _lacked(metric: str) -> str:
    """What is missing where a metric is, for behind a no."""
    return "length with views of the same scope" if metric == "full_seconds" else named(metric)


# --- one campaign against others ----------------------------------------------------------------------------------


def history(values: Sequence[Fraction]) -> tuple[Fraction, Fraction, Fraction] | None:
    """Median, lowest and highest of other campaigns' ratios; None where there are too few to speak of a range."""
    return (median(values), min(values), max(values)) if len(values) >= FEWEST else None


def lengths_differ(days: int, others: Sequence[int]) -> str | None:
    """What to heed where campaigns did not all run as long: ``8 days against 7: compare with care.``"""
    shortest, longest = min(others), max(others)
    if shortest == longest == days:
        return None
    span = wording.number(shortest) if shortest == longest else f"{wording.number(shortest)} to {wording.number(longest)}"
    return f"{wording.plural(days, 'day')} against {span}: compare with care."


def part_period(campaign: Mapping[str, Any], days_missing: int, today: date) -> str | None:
    """Why a campaign, a row of ``pages/campaigns``, is no whole period that others can be held against; None where it is one.

    ``days_missing`` are its days that no export of the accounts of its posts covers.
    """
    if campaign["start_date"] is None or campaign["end_date"] is None:
        return "it has no first and last day"
    if campaign["end_date"] >= today or campaign["status"] in ("planned", "running"):
        return "it has not ended, and a part of a period is not held against whole ones"
    if days_missing:
        return f"no export covers {wording.plural(days_missing, 'day')} of it, and a part of a period is not held against whole ones"
    return None
