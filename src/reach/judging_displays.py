"""Whether a published figure of views or impressions can be squared with what is held: the arithmetic and the reasons, with no store.

Displays and plays add up within one network and one way of counting, so the posts of a claim have a sum and no sum looks added. They only
grow: what exports had seen by the day on which the figure stood is the least that it can be, and what a later one saw is the most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from . import wording
from .definitions import DEFINITION, METRIC, network_label
from .dictionary import DAYS_COUNTED_ALIKE, breaks, definition_of
from .judging import (
    CONSISTENT,
    DEFINITION_OF,
    DIFFERS,
    DISPLAYS,
    ORGANIC,
    PAID,
    REPRODUCED,
    UNCHECKED,
    Bound,
    Claim,
    Held,
    Total,
    Verdict,
    allowed,
    more_than_allowed,
    networks_unknown,
    never,
    no_advertisements,
    not_covered,
    reproduced,
    totals_bounds,
    totals_of,
)


def judge(claim: Claim, held: Held, force: str) -> Verdict:
    """The status of a claim of views or impressions by what is held, with the reason in a sentence."""
    if reason := never(claim, force) or counted_anew(claim, held):
        return Verdict(claim, UNCHECKED, reason, (reason,), held)
    metric = _metric(claim)
    least, most = allowed(claim.row["value_low"], claim.row["value_high"], claim.row["qualifier"])
    totals = list(_totals(claim, held))
    found = reproduced(claim, totals, least, most) or _own_days(claim, held, least, most)
    if found:
        return Verdict(claim, REPRODUCED, f"{found}, which the published words fit.", (), held)
    if len(claim.networks) > 1:
        reason = _apart(claim)
        return Verdict(claim, UNCHECKED, reason, (reason,), held)
    lower = max([_lower_bound(claim, held), *totals_bounds(totals)], key=lambda one: one.accounts)
    if lower.accounts > most:
        by = f" by {wording.day(lower.by)}" if lower.by else ""
        words = f"What is held had at least {lower.accounts:,} {metric}{by}: {more_than_allowed(claim, lower, most)}"
        return Verdict(claim, DIFFERS, words, (), held, lower.accounts - most)
    values = [value for value in (_value(claim, post)[0] for post in held.posts) if value is not None]
    missing = tuple(_missing(claim, held, len(values)))
    if missing:
        return Verdict(claim, UNCHECKED, f"What is missing: {' '.join(missing)}", missing, held)
    upper = sum(values) if METRIC[metric].additive else 0
    had = _had(held, metric, _lower_bound(claim, held).accounts, upper)
    if upper >= least:
        return Verdict(claim, CONSISTENT, f"{had}, which allows it.", (), held)
    if held.advertisements and claim.paid != ORGANIC:
        reason = f"Advertisements ran in these days, and their {metric} are not all in those of the posts: a total over both is needed."
        return Verdict(claim, UNCHECKED, f"What is missing: {reason}", (reason,), held)
    return Verdict(claim, DIFFERS, f"{had}: {least - upper:,} fewer than the published words allow.", (), held, least - upper)


def _metric(claim: Claim) -> str:
    return DISPLAYS[claim.row["measure"]]


def counted_anew(claim: Claim, held: Held) -> str | None:
    """Why a figure lies over a change in how its networks count, or outside the days in which they did; None where it does not.

    The days are those in which its posts were seen: from the earliest of them to the day on which the figure stood. Advertisements are
    counted apart.
    """
    if claim.paid == PAID:
        return None
    published = [post["published_london"].date() for post in held.posts]
    first, last = min([claim.row["start_date"], *published]), max(claim.row["end_date"], claim.stood)
    metric = _metric(claim)
    for network in claim.networks:
        where = network_label(network)
        for change in breaks("post", metric, (network,), first, last):
            anew = f"{where} came to count {metric} in another way in the course of it: {change.label} ({change.sure})."
            return f"{anew} What it counted before and after is not added."
        known = DEFINITION.get(DEFINITION_OF.get((metric, network), ""))
        if known and known.valid_from and first < known.valid_from:
            return f"{where} counts {metric} from {wording.day(known.valid_from)} on, and this figure begins before."
        if known and known.valid_to and last > known.valid_to:
            return f"{where} counted {metric} up to {wording.day(known.valid_to)}, and this figure goes on after."
    return None


def _apart(claim: Claim) -> str:
    """Why the posts of several networks have no sum."""
    metric = _metric(claim)
    if len({DEFINITION_OF.get((metric, network)) for network in claim.networks}) > 1:
        return f"The networks count {metric} in different ways, so those of one are never added to another's. A figure of each is needed."
    return f"{metric.capitalize()} are added within one network only. A figure of each is needed."


# --- the platform's own counts ----------------------------------------------------------------------------


def _totals(claim: Claim, held: Held) -> Iterator[Total]:
    """The platform's own totals of advertisements, those left out whose window begins before it counted so, where 0 is no count."""
    metric = _metric(claim)
    known = definition_of("ad", metric, "meta")
    for total in totals_of(claim, held.advertisements, (metric,)):
        if not (known and known.valid_from and total.row["window_start"] < known.valid_from):
            yield total


def _own_days(claim: Claim, held: Held, least: int, most: int) -> str | None:
    """The platform's own count of an account, or of all of ours on the network, over just the claim's days that fits, in words.

    It is of everything on the account, paid and not, so that it says nothing of a figure of one of them alone.
    """
    metric = _metric(claim)
    if claim.paid or claim.unknown or len(claim.networks) != 1:
        return None
    (network,) = claim.networks
    by_account: dict[str | None, list[dict[str, Any]]] = {}
    for day in held.days:
        by_account.setdefault(day["account"], []).append(day)
    whole = [days for days in by_account.values() if _is_whole(claim, network, days)]
    every = [*whole, [day for days in whole for day in days]] if len(whole) == len(by_account) > 1 else whole
    for days in every:
        total = sum(int(day["value"]) for day in days) if METRIC[metric].additive else None
        if total is not None and least <= total <= most:
            whose = wording.listed(list(dict.fromkeys(day["account_name"] or "the account" for day in days)))
            own = f"{network_label(network)}'s own {metric} of everything of {whose}"
            return f"{own}, {claim.period} in the network's own time zone, are {total:,}"
    return None


def _is_whole(claim: Claim, network: str, days: Sequence[dict[str, Any]]) -> bool:
    """Whether every day of the claim is there, each with a number, and all counted in one way, which is that of the posts."""
    metric, first, last = _metric(claim), claim.row["start_date"], claim.row["end_date"]
    wanted: set[date] = {first + timedelta(days=place) for place in range((last - first).days + 1)}
    known = {definition_of("day", metric, network, day["day"]) for day in days}
    alike = DAYS_COUNTED_ALIKE.get(DEFINITION_OF.get((metric, network), ""), ())
    one = next(iter(known)) if len(known) == 1 else None
    held_then = one is not None and (one.valid_from or date.min) <= first and last <= (one.valid_to or date.max)
    whole = wanted == {day["day"] for day in days} and all(day["value"] is not None for day in days)
    return bool(one and one.key in alike and held_then and whole and not breaks("day", metric, (network,), first, last))


# --- the posts --------------------------------------------------------------------------------------------


def _value(claim: Claim, post: dict[str, Any]) -> tuple[int | None, date | None]:
    """The displays of a post at its latest, and the day on which they were seen. Of a figure of paid ones alone posts say nothing.

    Where an export does not say how many were not paid for, they are at most all of them.
    """
    metric = _metric(claim)
    if claim.paid == PAID:
        return None, None
    if claim.paid == ORGANIC and post.get(f"{metric}_organic") is not None:
        return post[f"{metric}_organic"], post[f"{metric}_organic_on"]
    return post[metric], post[f"{metric}_on"]


def _lower_bound(claim: Claim, held: Held) -> Bound:
    """The sum of what exports had seen of the posts by the day on which the figure stood. Posts taken by their days have none."""
    metric = _metric(claim)
    if held.by_days or claim.paid == PAID or len(claim.networks) != 1:
        return Bound(0)
    column = f"{metric}_organic_then" if claim.paid == ORGANIC else f"{metric}_then"
    seen = [post[column] for post in held.posts if post.get(column) is not None]
    return Bound(sum(seen) if METRIC[metric].additive else 0, claim.stood)


def _had(held: Held, metric: str, lower: int, upper: int) -> str:
    """What the posts had together."""
    count = wording.plural(len(held.posts), "post")
    if held.by_days:
        return f"The {count} of ours of its days had at most {upper:,} {metric} together"
    had = f"between {lower:,} and {upper:,}" if 0 < lower < upper else f"{upper:,}" if lower else f"at most {upper:,}"
    return f"Its {count} had {had} {metric} together"


def _missing(claim: Claim, held: Held, measured: int) -> Iterator[str]:
    """What a check would need and the store does not hold, a sentence each."""
    metric = _metric(claim)
    if claim.paid == PAID:
        yield no_advertisements(claim)
        return
    yield from networks_unknown(claim)
    left_out = not_covered(claim, held)
    yield from left_out
    if measured < len(held.posts):
        without = len(held.posts) - measured
        has, its = ("has", "its") if without == 1 else ("have", "their")
        yield f"{wording.plural(without, 'post')} of it {has} no {metric} over {its} life in any export."
    elif not held.posts and claim.networks and not left_out:
        yield "No post of ours of these days is held."
    early = sum((on := _value(claim, post)[1]) is not None and on < claim.stood for post in held.posts)
    if early:
        exported = f"{'were' if early > 1 else 'was'} last exported with {metric}"
        yield f"{wording.plural(early, 'post')} of it {exported} before {wording.day(claim.stood)}: a later export is needed."
