"""The claim ledger: each published reach held against the exports, worked out anew from the store whenever it is asked.

A claim is *reproduced* by a platform's own count that fits its words, *consistent* where the exports cover all that it names and their
bounds allow it, *different* where they do not, and *looks added* where it is the plain sum of the posts. Anything else cannot be
checked, and says what is missing. No sum of posts is ever shown as a number of people: it is where a range ends.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from . import candidates, uploads, wording
from .clock import london, utc_now
from .definitions import DEFINITIONS, MEASURE, MEASURES, METRIC, NETWORKS, network_label
from .engine import Cursor
from .errors import Usage
from .queries import load
from .reach_bounds import NOT_PEOPLE, Part, combine
from .settings import person
from .store import Store, ask
from .tables import TABLE

# Worst first.
ADDED, DIFFERS, UNCHECKED, CONSISTENT, REPRODUCED = "looks added", "differs", "cannot be checked", "consistent", "reproduced"
STATUSES = (ADDED, DIFFERS, UNCHECKED, CONSISTENT, REPRODUCED)
REACHES = tuple(measure.key for measure in MEASURES if measure.kind == "reach")
# Of people of one age no export of posts says anything.
CHECKABLE = "campaign_reach"
FACT = ("measure", "area", "operation", "campaign", "network", "paid", "start_date", "end_date", "date_note", "source")
# The tables that a status is worked out from.
RESTS_ON = ("figure", "post_observation", "ad_result")
BY_TAG = "Its posts are those tagged to the campaign."
BY_DAYS = "No post is tagged to the campaign, so posts are taken to be of it by the day on which they were published."


@dataclass(frozen=True)
class Claim:
    """A published reach: ``row`` as ``pages/claims`` gives it; ``networks`` by key, ``unknown`` the names that are of no network."""

    row: dict[str, Any]
    networks: tuple[str, ...]
    unknown: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return wording.figure_words(self.row["value_low"], self.row["value_high"], self.row["qualifier"])

    @property
    def subject(self) -> str:
        return str(self.row["campaign"] or self.row["operation"] or "No campaign")

    @property
    def period(self) -> str:
        return wording.period(self.row["start_date"], self.row["end_date"])

    @property
    def fact(self) -> tuple[Any, ...]:
        """What it is a figure of, whatever its value: a revision is of the same."""
        return tuple(self.row[name] for name in FACT)


@dataclass(frozen=True)
class Held:
    """What the store holds of a claim: our posts, the advertisements and the exports of its days."""

    posts: tuple[dict[str, Any], ...] = ()
    advertisements: tuple[dict[str, Any], ...] = ()
    exports: tuple[dict[str, Any], ...] = ()

    @property
    def chosen_by(self) -> str | None:
        """How the posts were taken to be of the claim, in a sentence; None where there are none."""
        return (BY_TAG if self.posts[0]["tagged"] else BY_DAYS) if self.posts else None


@dataclass(frozen=True)
class Verdict:
    """A claim with its status, the sentence that says why, what is missing, the evidence, and the accounts by which it differs."""

    claim: Claim
    status: str
    finding: str
    missing: tuple[str, ...] = ()
    held: Held = Held()
    by: int | None = None

    @property
    def words(self) -> str:
        """The status, with the accounts by which it differs at the least."""
        return self.status if self.by is None else f"{self.status} by {self.by:,} or more"


@dataclass(frozen=True)
class Change:
    """A claim whose status an undo would change. ``after`` is None where the claim would no longer be listed."""

    claim: Claim
    before: str | None
    after: str | None


def verdicts(store: Store) -> list[Verdict]:
    """Every claim with its status as the store stands now, worst first."""
    with store.cursor() as cursor:
        return _verdicts(cursor, store.settings.force)


def changed_by_undo(store: Store, upload_id: str) -> list[Change]:
    """The claims whose status an undo would change, found by undoing and rolling back."""
    (upload,) = store.rows("pages/upload", upload_id=upload_id)
    if upload["table_name"] not in RESTS_ON:
        return []
    with store.transaction(keep=False) as cursor:
        before = {one.claim.fact: one for one in _verdicts(cursor, store.settings.force)}
        uploads.retract(cursor, upload["upload_id"], True, person(), "tried")
        store.rebuild_marts(cursor, [TABLE[upload["table_name"]].mart])
        after = {one.claim.fact: one for one in _verdicts(cursor, store.settings.force)}
    changes = []
    for fact in dict.fromkeys((*before, *after)):
        was, would = before.get(fact), after.get(fact)
        said = [(one.words, one.claim.words) if one else None for one in (was, would)]
        claim = (was or would).claim  # type: ignore[union-attr]
        if said[0] != said[1]:
            changes.append(Change(claim, _standing(was), _standing(would)))
    return changes


def _standing(verdict: Verdict | None) -> str | None:
    return f"{verdict.claim.words}: {verdict.words}" if verdict else None


def _verdicts(cursor: Cursor, force: str) -> list[Verdict]:
    found = []
    for row in ask(cursor, load("pages/claims"), {"measures": list(REACHES)}):
        claim = Claim(row, *networks_named(row["networks"]))
        found.append(judge(claim, Held() if _never(claim, force) else _held(cursor, claim), force))
    return sorted(found, key=lambda one: STATUSES.index(one.status))


def _held(cursor: Cursor, claim: Claim) -> Held:
    first, last = claim.row["start_date"], claim.row["end_date"]
    if first is None or last is None:
        return Held()
    days = {"date_from": first, "date_to": last, "sample": claim.row["sample"]}
    named = {**days, "networks": list(claim.networks or NETWORKS)}
    return Held(
        tuple(ask(cursor, load("pages/claim_posts"), {**named, "campaign": claim.row["campaign"]})),
        tuple(ask(cursor, load("pages/claim_advertisements"), days)),
        tuple(ask(cursor, load("pages/claim_exports"), named)),
    )


def networks_named(stated: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The networks that words such as ``facebook, instagram`` name, and the names that are of none."""
    labels = {label.casefold(): key for key, label in NETWORKS.items()} | {key: key for key in NETWORKS}
    names = [name.strip() for name in re.split(r",|;|/|&|\band\b", stated or "") if name.strip()]
    keys = tuple(dict.fromkeys(labels[name.casefold()] for name in names if name.casefold() in labels))
    return keys, tuple(name for name in names if name.casefold() not in labels)


# --- judging ----------------------------------------------------------------------------------------------


def allowed(low: object, high: object, qualifier: str) -> tuple[int, int]:
    """The lowest and the highest number of accounts that a published number can stand for, by its rounding and its qualifier.

    A number is rounded to its last digit that is not 0: 278,000 to a thousand, so it is 277,500 to 278,500. ``more than`` and its like
    run from the number to the next round one, ``almost`` and its like up to the number. Where the words set only a highest value, as
    ``close to`` may, it is half a round step up to that.
    """
    ends = [int(end) for end in (wording.decimal(low), wording.decimal(high)) if end is not None]
    if len(ends) == 2 and ends[0] < ends[1]:
        return ends[0], ends[1]
    number = ends[-1]
    step = 10 ** (len(str(number)) - len(str(number).rstrip("0"))) if number else 1
    if qualifier in wording.MORE:
        return number, number + step - 1
    if qualifier in wording.LESS:
        return number - step, number
    if qualifier in wording.NEAR and len(ends) == 1:
        return (number - step // 2, number) if low is None else (number, number + step // 2)
    return number - step // 2, number + step // 2


def judge(claim: Claim, held: Held, force: str) -> Verdict:
    """The status of a claim by what is held, with the reason in a sentence."""
    row = claim.row
    if reason := _never(claim, force):
        return Verdict(claim, UNCHECKED, reason, (reason,), held)
    least, most = allowed(row["value_low"], row["value_high"], row["qualifier"])
    number = int(wording.nominal(row["value_low"], row["value_high"]) or row["value_high"])
    totals = list(_totals(claim, held.advertisements))
    for total, metric, _ in totals:
        if least <= total[metric] <= most:
            return Verdict(claim, REPRODUCED, f"{_own_count(total, metric)}, which the published words fit.", (), held)
    groups = _by_definition(held.posts)
    added = [parts for parts in groups.values() if len(parts) > 1 and _is_sum(parts, least, most)]
    if added and (len(groups) == 1 or not claim.networks):
        words = f"It equals the reach of {len(added[0]):,} posts added up, which counts who saw several of them several times over."
        return Verdict(claim, ADDED, words, (), held)
    lower = max(
        [combine(parts).lower or 0 for parts in groups.values()] + [total[metric] for total, metric, sure in totals if sure], default=0
    )
    if lower > most:
        over = f"What is held reached at least {lower:,} accounts: {lower - number:,} more than published."
        if row["qualifier"] in wording.MORE:
            over += f" '{row['qualifier'].capitalize()}' holds all the same."
        return Verdict(claim, DIFFERS, over, (), held, lower - number)
    missing = tuple(_missing(claim, held, groups))
    if missing:
        return Verdict(claim, UNCHECKED, f"What is missing: {' '.join(missing)}", missing, held)
    (parts,) = groups.values()
    bounds = combine(parts)
    lowest = f"{bounds.lower:,}"
    if bounds.upper >= least:
        words = f"between {lowest} and {bounds.upper:,}" if bounds.lower != bounds.upper else lowest
        posts = wording.plural(len(parts), "post")
        return Verdict(claim, CONSISTENT, f"Its {posts} reached {words} accounts together, which allows it.", (), held)
    if held.advertisements:
        reason = "Advertisements ran in these days, and their reach is not in that of the posts: a total over both is needed."
        return Verdict(claim, UNCHECKED, f"What is missing: {reason}", (reason,), held)
    short = f"All of its posts reached at most {bounds.upper:,} accounts: {number - bounds.upper:,} fewer than published."
    return Verdict(claim, DIFFERS, short, (), held, number - bounds.upper)


def _never(claim: Claim, force: str) -> str | None:
    """Why no export could check the claim as it stands."""
    row = claim.row
    if row["area"] != force and not row["sample"]:
        return f"It is a figure of {row['area']}, and the exports held are of {force}."
    if row["measure"] != CHECKABLE:
        return f"No export of posts says {wording.lower_first(MEASURE[row['measure']].label)}."
    if row["start_date"] is None or row["end_date"] is None:
        return "No first and last day was published."
    return None


def _totals(claim: Claim, rows: Sequence[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], str, bool]]:
    """The platform's own counts of just the claim's days and networks: of everything, or of the campaign of its name or the only one.

    Each with its metric, and whether it is surely within the claim: a count of everything is not where there were several campaigns.
    """
    networks = {"meta"} if set(claim.networks) == {"facebook", "instagram"} else set(claim.networks) if len(claim.networks) == 1 else set()
    window = (claim.row["start_date"], claim.row["end_date"])
    here = [row for row in rows if row["network"] in networks and (row["window_start"], row["window_end"]) == window]
    campaigns = {row["campaign"] for row in here if row["campaign"]}
    for row in here:
        whole = row["level"] in ("total", "account") and not (row["campaign"] or row["ad_set"] or row["ad"])
        of_campaign = row["level"] in ("total", "campaign") and row["campaign"] and not (row["ad_set"] or row["ad"])
        named = of_campaign and (len(campaigns) == 1 or _alike(row["campaign"], claim.subject))
        for metric in ("reach", "viewers"):
            if (whole or named) and row[metric] is not None:
                yield row, metric, bool(named or len(campaigns) < 2)


def _alike(one: str, other: str) -> bool:
    first, second = one.casefold().strip(), other.casefold().strip()
    return first in second or second in first


def _own_count(row: dict[str, Any], metric: str) -> str:
    of = f"the advertising campaign {row['campaign']}" if row["campaign"] else "all its advertisements"
    days = wording.period(row["window_start"], row["window_end"])
    return f"The platform's own {METRIC[metric].label.lower()} of {of}, {days}, each account counted once, is {row[metric]:,}"


_DEFINITION = {(one.metric, network): one.key for one in DEFINITIONS for network in one.networks}


def _by_definition(posts: Sequence[dict[str, Any]]) -> dict[str, list[Part]]:
    """The posts' reach by how it was counted; viewers where no post has reach."""
    metric = "reach" if any(post["reach"] is not None for post in posts) else "viewers"
    groups: dict[str, list[Part]] = {}
    for post in posts:
        if post[metric] is not None:
            definition = _DEFINITION.get((metric, post["network"]), f"{metric}-{post['network']}")
            groups.setdefault(definition, []).append(Part(post[metric], post[metric], "exact", definition, True))
    return groups


def _is_sum(parts: Sequence[Part], least: int, most: int) -> bool:
    bounds = combine(parts)
    return least <= bounds.upper <= most and bounds.upper != bounds.lower


def _missing(claim: Claim, held: Held, groups: dict[str, list[Part]]) -> Iterator[str]:
    """What a check would need and the store does not hold, a sentence each."""
    first, last = claim.row["start_date"], claim.row["end_date"]
    if not claim.networks and not claim.unknown:
        yield "The networks were not published."
    for name in claim.unknown:
        yield f"No export is of {name}."
    left_out = [
        words
        for network in claim.networks
        for words in _not_covered(network, [one for one in held.exports if one["network"] == network], first, last)
    ]
    yield from left_out
    measured = sum(len(parts) for parts in groups.values())
    if len(groups) > 1:
        yield "The networks count reach in different ways, so their posts have no common bounds."
    if held.posts and measured < len(held.posts):
        without = len(held.posts) - measured
        yield f"{wording.plural(without, 'post')} of it {'has' if without == 1 else 'have'} no reach in any export."
    elif not held.posts and claim.networks and not left_out:
        yield "No post of ours of these days is held."


def _not_covered(network: str, exports: Sequence[dict[str, Any]], first: date, last: date) -> Iterator[str]:
    label = network_label(network)
    by_account: dict[str | None, list[tuple[date, date]]] = {}
    for one in exports:
        by_account.setdefault(one["account"], []).append((one["period_start"], one["period_end"]))
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


# --- answering and revising -------------------------------------------------------------------------------


def answer(verdict: Verdict) -> str:
    """What can be said to a journalist: value with qualifier, definition, period, source, how it stands, caveats. Plain text."""
    claim, row = verdict.claim, verdict.claim.row
    measure = MEASURE[row["measure"]]
    dates = f"{claim.period} ({row['date_note']})" if row["date_note"] else claim.period
    named = wording.listed([network_label(one) for one in claim.networks] + list(claim.unknown))
    lines = [
        f"{row['area']}, {claim.subject}: {claim.words} {measure.unit} reached, as published.",
        f"Published words: {row['published_wording']}",
        f"What it counts: {measure.words}",
        f"Period: {dates}",
        f"Networks: {named or 'not published'}",
        f"Status: {row['status'] or 'not stated'}",
        f"Source: {row['source']}",
        f"Held against the exports: {verdict.words}. {verdict.finding}",
        f"Caveats: {NOT_PEOPLE} Reach is never added: one account can be in several figures.",
    ]
    if verdict.held.chosen_by:
        lines[-1] += f" {verdict.held.chosen_by}"
    if row["sample"]:
        lines.insert(0, "MADE-UP SAMPLE DATA, not to be quoted.")
    return "\n".join(lines)


def revise(store: Store, claim: Claim, value: int, qualifier: str, words: str, why: str, by: str | None = None) -> str:
    """Publishes another value of a claim's fact from today on: an import of one row, with its own undo. The old row stays.

    Raises :class:`Usage` in one line where it says too little or changes nothing.
    """
    if not words.strip() or not why.strip():
        raise Usage("The revision is not whole yet. Give the words as published and why it was revised.")
    low = None if qualifier in (*wording.LESS, *wording.NEAR) else value
    high = None if qualifier in wording.MORE else value
    said = {
        **{name: claim.row[name] for name in FACT},
        "value_low": low,
        "value_high": high,
        "unit": claim.row["unit"],
        "qualifier": qualifier,
        "published_wording": words.strip(),
        "status": "revised",
        "as_of": london(utc_now()).date(),
        "note": why.strip(),
    }
    if (low, high, qualifier, words.strip()) == tuple(_plain(claim.row[name]) for name in _STATED):
        raise Usage("This is the figure as it stands. Change the value, the qualifier or the words.")
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([list(said), ["" if cell is None else cell for cell in said.values()]])
    stream = io.BytesIO(text.getvalue().encode())
    name = f"Revision of {claim.subject}, {said['as_of']}.csv"
    (candidate,) = candidates.check(stream, name, store.folder, store.settings, store)
    try:
        if candidate.status != "ready":
            raise Usage(candidate.message)
        done = uploads.commit(store, candidate, by)
    finally:
        candidates.discard([candidate])
    if done.status != "imported":
        raise Usage(done.message)
    stands = wording.figure_words(low, high, qualifier)
    return f"{claim.subject}: {stands} stands now. {claim.words[:1].upper()}{claim.words[1:]} is kept as superseded."


_STATED = ("value_low", "value_high", "qualifier", "published_wording")


def _plain(cell: Any) -> Any:
    return int(cell) if cell is not None and not isinstance(cell, str) else cell
