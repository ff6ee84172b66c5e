"""Whether a published reach can be squared with what is held: the arithmetic and the reasons of the claim ledger, with no store.
Figures of views and impressions, which add up, are judged in :mod:`reach.judging_displays`.

A published number stands for a range, by its rounding and its qualifier. The posts of a claim give another: from the largest of them
to their sum. What is held later than the figure stood has grown since, and what was held before had not yet, so each end is taken
from what can carry it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from . import wording
from .definitions import DEFINITIONS, MEASURE, METRIC, network_label
from .reach_bounds import Part, combine

# Worst first.
ADDED, DIFFERS, UNCHECKED, CONSISTENT, REPRODUCED = "looks added", "differs", "cannot be checked", "consistent", "reproduced"
STATUSES = (ADDED, DIFFERS, UNCHECKED, CONSISTENT, REPRODUCED)
# What a published figure of displays is of, in exports.
DISPLAYS = {"campaign_views": "views", "campaign_impressions": "impressions"}
# Of people of one age no export of posts says anything.
CHECKABLE = ("campaign_reach", *DISPLAYS)
PAID, ORGANIC = "paid", "organic"
BY_TAG = "Its posts are those tagged to the campaign."
BY_DAYS = "No post is tagged to the campaign, so all of ours of its days are taken that no other campaign has."


@dataclass(frozen=True)
class Claim:
    """A published reach, or views or impressions.

    ``row`` is as ``pages/claims`` gives it; ``networks`` are by key, ``unknown`` the names that are of no network.
    """

    row: dict[str, Any]
    networks: tuple[str, ...]
    unknown: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        words = wording.figure_words(self.row["value_low"], self.row["value_high"], self.row["qualifier"])
        return f"{words} {self.displays}" if self.displays else words

    @property
    def displays(self) -> str | None:
        """``views`` or ``impressions`` where it is a figure of these: the metric and the unit alike."""
        return DISPLAYS.get(self.row["measure"])

    @property
    def subject(self) -> str:
        return str(self.row["campaign"] or self.row["operation"] or "No campaign")

    @property
    def period(self) -> str:
        return wording.period(self.row["start_date"], self.row["end_date"])

    @property
    def paid(self) -> str:
        """``paid`` or ``organic`` where the figure is of one of them alone."""
        return str(self.row["paid"] or "").strip().casefold()

    @property
    def stood(self) -> date:
        """The first day on which the figure can have stood: the one given, else the last day it covers."""
        day: date = self.row["as_of"] or self.row["end_date"]
        return day


@dataclass(frozen=True)
class Held:
    """What the store holds of a claim: our posts, the advertisements and the exports of its days; of displays our accounts' days too."""

    posts: tuple[dict[str, Any], ...] = ()
    advertisements: tuple[dict[str, Any], ...] = ()
    exports: tuple[dict[str, Any], ...] = ()
    days: tuple[dict[str, Any], ...] = ()

    @property
    def by_days(self) -> bool:
        """Whether the posts were taken to be of the claim by the day on which they were published."""
        return bool(self.posts) and not self.posts[0]["tagged"]

    @property
    def chosen_by(self) -> str | None:
        """How the posts were taken to be of the claim, in a sentence; None where there are none."""
        return (BY_DAYS if self.by_days else BY_TAG) if self.posts else None


@dataclass(frozen=True)
class Verdict:
    """A claim with its status, the sentence that says why, what is missing, the evidence, and the number by which it differs."""

    claim: Claim
    status: str
    finding: str
    missing: tuple[str, ...] = ()
    held: Held = Held()
    by: int | None = None

    @property
    def words(self) -> str:
        """The status, with what it differs by at the least."""
        return self.status if self.by is None else f"{self.status} by {self.by:,} or more"


@dataclass(frozen=True)
class Bound:
    """Accounts that the claim's posts or advertisements reached at the least, or displays they had, and by which day they are known to."""

    accounts: int
    by: date | None = None


def allowed(low: object, high: object, qualifier: str) -> tuple[int, int]:
    """The lowest and the highest number that a published number can stand for, by its rounding and its qualifier.

    A number is rounded to its last digit that is not 0: 278,000 to a thousand, so it is 277,500 to 278,500. ``more than`` and its like
    run from the number to the next round one, ``almost`` and its like up to the number, ``up to`` from 0. Where the words set only a
    highest value, as ``close to`` may, it is half a round step up to that.
    """
    ends = [int(end) for end in (wording.decimal(low), wording.decimal(high)) if end is not None]
    if _is_range(ends):
        return ends[0], ends[1]
    number, step = ends[-1], _step(ends[-1])
    if qualifier == "up to":
        return 0, number
    if qualifier in wording.MORE:
        return number, number + step - 1
    if qualifier in wording.LESS:
        return number - step, number
    if qualifier in wording.NEAR and len(ends) == 1:
        return (number - step // 2, number) if low is None else (number, number + step // 2)
    return number - step // 2, number + step // 2


def _is_range(ends: Sequence[int]) -> bool:
    return len(ends) == 2 and ends[0] < ends[1]


def _step(number: int) -> int:
    """What a number was rounded to: 1,000 for 278,000, 1 for 12,345 and for 0."""
    return 10 ** (len(str(number)) - len(str(number).rstrip("0"))) if number else 1


def judge(claim: Claim, held: Held, force: str) -> Verdict:
    """The status of a claim by what is held, with the reason in a sentence."""
    if reason := never(claim, force):
        return Verdict(claim, UNCHECKED, reason, (reason,), held)
    least, most = allowed(claim.row["value_low"], claim.row["value_high"], claim.row["qualifier"])
    totals = list(totals_of(claim, held.advertisements, ("reach", "viewers")))
    if found := reproduced(claim, totals, least, most):
        return Verdict(claim, REPRODUCED, f"{found}, which the published words fit.", (), held)
    groups = _by_definition(claim, held.posts)
    if added := _looks_added(claim, groups, least, most):
        return Verdict(claim, ADDED, added, (), held)
    lower = max([*_lower_bounds(claim, held, groups), *totals_bounds(totals)], key=lambda one: one.accounts, default=Bound(0))
    if lower.accounts > most:
        return Verdict(claim, DIFFERS, _over(claim, held, lower, most), (), held, lower.accounts - most)
    missing = tuple(_missing(claim, held, groups))
    if missing:
        return Verdict(claim, UNCHECKED, f"What is missing: {' '.join(missing)}", missing, held)
    (parts,) = groups.values()
    bounds = combine(parts)
    if bounds.upper >= least:
        return Verdict(claim, CONSISTENT, f"{_reached(held, parts)}, which allows it.", (), held)
    if held.advertisements and claim.paid != ORGANIC:
        reason = "Advertisements ran in these days, and their reach is not in that of the posts: a total over both is needed."
        return Verdict(claim, UNCHECKED, f"What is missing: {reason}", (reason,), held)
    short = f"{_reached(held, parts)}: {least - bounds.upper:,} fewer than the published words allow."
    return Verdict(claim, DIFFERS, short, (), held, least - bounds.upper)


def never(claim: Claim, force: str) -> str | None:
    """Why no export could check the claim as it stands."""
    row = claim.row
    if row["area"] != force and not row["sample"]:
        return f"It is a figure of {row['area']}, and the exports held are of {force}."
    if row["measure"] not in CHECKABLE:
        return f"No export of posts says {wording.lower_first(MEASURE[row['measure']].label)}."
    if row["value_low"] is None and row["value_high"] is None:
        return "No number was published."
    if row["start_date"] is None or row["end_date"] is None:
        return "No first and last day was published."
    return None


# --- the platform's own counts ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Total:
    """A platform's own count over just the claim's days and networks. ``within`` says that it is surely of the claim alone."""

    row: dict[str, Any]
    metric: str
    within: bool

    @property
    def accounts(self) -> int:
        return int(self.row[self.metric])


def totals_of(claim: Claim, rows: Sequence[dict[str, Any]], metrics: Sequence[str]) -> Iterator[Total]:
    """The platform's own counts of advertisements: of everything, or of the campaign of the claim's name or the only one.

    Only those of a campaign of its name or tagged to it, or of everything where all campaigns are such, are surely within the claim.
    """
    if claim.paid == ORGANIC:
        return
    networks = {"meta"} if set(claim.networks) == {"facebook", "instagram"} else set(claim.networks) if len(claim.networks) == 1 else set()
    window = (claim.row["start_date"], claim.row["end_date"])
    here = [row for row in rows if row["network"] in networks and (row["window_start"], row["window_end"]) == window]
    campaigns = {row["campaign"]: row["tagged"] or alike_named(row["campaign"], claim.subject) for row in here if row["campaign"]}
    for row in here:
        alike = campaigns[row["campaign"]] if row["campaign"] else bool(campaigns) and all(campaigns.values())
        whole = row["level"] in ("total", "account") and not (row["campaign"] or row["ad_set"] or row["ad"])
        of_campaign = row["level"] in ("total", "campaign") and row["campaign"] and not (row["ad_set"] or row["ad"])
        for metric in metrics:
            if row[metric] is not None and (whole or (of_campaign and (alike or len(campaigns) == 1))):
                yield Total(row, metric, alike)


def alike_named(one: str, other: str) -> bool:
    """Whether the words of one name stand, whole and in order, in the other."""
    first, second = (" ".join(["", *re.findall(r"\w+", name.casefold()), ""]) for name in (one, other))
    return first.strip() != "" and second.strip() != "" and (first in second or second in first)


def reproduced(claim: Claim, totals: Sequence[Total], least: int, most: int) -> str | None:
    """Which of the totals fits the published words. Up to a number goes anything, so there only what is within its rounding does."""
    from_here = most - _step(most) if claim.row["qualifier"] == "up to" else least
    return next((_own_count(total) for total in totals if from_here <= total.accounts <= most), None)


def totals_bounds(totals: Sequence[Total]) -> list[Bound]:
    """What the totals that are surely within the claim reached."""
    return [Bound(total.accounts) for total in totals if total.within]


def _own_count(total: Total) -> str:
    row = total.row
    of = f"the advertising campaign {row['campaign']}" if row["campaign"] else "all its advertisements"
    days = wording.period(row["window_start"], row["window_end"])
    metric = METRIC[total.metric]
    counted = "are" if metric.additive else "each account counted once, is"
    return f"The platform's own {metric.label.lower()} of {of}, {days}, {counted} {total.accounts:,}"


# --- the posts --------------------------------------------------------------------------------------------

DEFINITION_OF = {(one.metric, network): one.key for one in DEFINITIONS for network in one.networks}


def _metric(posts: Sequence[dict[str, Any]]) -> str:
    """Viewers where no post has reach."""
    return "reach" if any(post["reach"] is not None for post in posts) else "viewers"


def _by_definition(claim: Claim, posts: Sequence[dict[str, Any]]) -> dict[str, list[Part]]:
    """The posts' reach, at its latest, by how it was counted. Of a figure of paid reach alone posts say nothing."""
    metric = _metric(posts)
    groups: dict[str, list[Part]] = {}
    for post in posts if claim.paid != PAID else ():
        value = post["reach_organic"] if claim.paid == ORGANIC and post["reach_organic"] is not None else post[metric]
        if value is not None:
            definition = DEFINITION_OF.get((metric, post["network"]), f"{metric}-{post['network']}")
            groups.setdefault(definition, []).append(Part(value, value, "exact", definition, True))
    return groups


def _looks_added(claim: Claim, groups: dict[str, list[Part]], least: int, most: int) -> str | None:
    """Says so where only the sum of the posts comes to the number, in which who saw several of them counts several times.

    A range, or a number up to which anything goes, takes in too many sums for one of them to mean anything.
    """
    ends = [int(claim.row[end]) for end in ("value_low", "value_high") if claim.row[end] is not None]
    if _is_range(ends) or claim.row["qualifier"] == "up to" or (len(groups) > 1 and claim.networks):
        return None
    for parts in groups.values():
        bounds = combine(parts)
        if (bounds.lower or 0) < least <= bounds.upper <= most:
            added = f"It is within rounding of the reach of {len(parts):,} posts added up"
            return f"{added}, which counts who saw several of them several times over."
    return None


def _lower_bounds(claim: Claim, held: Held, groups: dict[str, list[Part]]) -> Iterator[Bound]:
    """What each post reached alone by the time the figure stood: where that day is not known, by its latest export."""
    if not groups:
        return
    metric, stood = _metric(held.posts), claim.row["as_of"]
    for post in held.posts:
        if claim.paid == ORGANIC:
            value = post["reach_organic"] if stood is None or post["seen_on"] <= stood else None
        else:
            value = post[metric] if stood is None else post[f"{metric}_then"]
        if value is not None:
            yield Bound(int(value), stood or post["seen_on"])


def _over(claim: Claim, held: Held, lower: Bound, most: int) -> str:
    by = f" by {wording.day(lower.by)}" if lower.by else ""
    words = f"What is held reached at least {lower.accounts:,} accounts{by}: {more_than_allowed(claim, lower, most)}"
    if lower.by and held.by_days:
        words += " No post is tagged to the campaign: that one is of its days, and may be about something else."
    return words


def more_than_allowed(claim: Claim, lower: Bound, most: int) -> str:
    """By how much the least that is known exceeds the published words, and that what says more than a number is still true."""
    words = f"{lower.accounts - most:,} more than the published words allow."
    return f"{words} '{claim.row['qualifier'].capitalize()}' holds all the same." if claim.row["qualifier"] in wording.MORE else words


def _reached(held: Held, parts: Sequence[Part]) -> str:
    """What the posts reached together. Posts taken by their days may not all be of the claim, so the largest is no bound."""
    bounds = combine(parts)
    if bounds.lower == bounds.upper and not held.by_days:
        reached = f"{bounds.upper:,}"
    else:
        reached = f"at most {bounds.upper:,}" if held.by_days else f"between {bounds.lower:,} and {bounds.upper:,}"
    which = f"The {wording.plural(len(parts), 'post')} of ours of its days" if held.by_days else f"Its {wording.plural(len(parts), 'post')}"
    return f"{which} reached {reached} accounts together"


def _missing(claim: Claim, held: Held, groups: dict[str, list[Part]]) -> Iterator[str]:
    """What a check would need and the store does not hold, a sentence each."""
    if claim.paid == PAID:
        yield no_advertisements(claim)
        return
    yield from networks_unknown(claim)
    left_out = not_covered(claim, held)
    yield from left_out
    measured = sum(len(parts) for parts in groups.values())
    if len(groups) > 1:
        yield "The networks count reach in different ways, so their posts have no common bounds."
    if held.posts and measured < len(held.posts):
        without = len(held.posts) - measured
        yield f"{wording.plural(without, 'post')} of it {'has' if without == 1 else 'have'} no reach in any export."
    elif not held.posts and claim.networks and not left_out:
        yield "No post of ours of these days is held."
    early = sum(post["seen_on"] < claim.stood for post in held.posts)
    if early:
        seen = "was last exported" if early == 1 else "were last exported"
        yield f"{wording.plural(early, 'post')} of it {seen} before {wording.day(claim.stood)}: a later export is needed."


def no_advertisements(claim: Claim) -> str:
    """What a figure of what was paid for alone lacks where no total reproduces it."""
    days = wording.period(claim.row["start_date"], claim.row["end_date"])
    return f"No platform's own count of the advertisements of just {days} on these networks is held."


def networks_unknown(claim: Claim) -> Iterator[str]:
    """That no network was published, or one of which there are no exports."""
    if not claim.networks and not claim.unknown:
        yield "The networks were not published."
    for name in claim.unknown:
        yield f"No export is of {name}."


def not_covered(claim: Claim, held: Held) -> list[str]:
    """The days of the claim that no export of its networks covers, a sentence each."""
    first, last = claim.row["start_date"], claim.row["end_date"]
    return [
        words
        for network in claim.networks
        for words in _not_covered(network, [one for one in held.exports if one["network"] == network], first, last)
    ]


def _not_covered(network: str, exports: Sequence[dict[str, Any]], first: date, last: date) -> Iterator[str]:
    label = network_label(network)
    by_account: dict[str | None, list[tuple[date, date]]] = {}
    for one in exports:
        by_account.setdefault(one["account_name"], []).append((one["period_start"], one["period_end"]))
    if not by_account:
        yield f"No {label} export covers {wording.period(first, last)}."
    for account, periods in by_account.items():
        of = f" of {account}" if len(by_account) > 1 and account else ""
        for gap in days_left_out(periods, first, last):
            yield f"No {label} export{of} covers {wording.period(*gap)}."


def days_left_out(periods: Sequence[tuple[date, date]], first: date, last: date) -> list[tuple[date, date]]:
    """The days from ``first`` to ``last`` that are in none of the periods, as periods; all are inclusive."""
    left, day = [], first
    for start, end in sorted(periods):
        if start > last:
            break
        if start > day:
            left.append((day, start - timedelta(days=1)))
        day = max(day, end + timedelta(days=1))
    return [*left, (day, last)] if day <= last else left
