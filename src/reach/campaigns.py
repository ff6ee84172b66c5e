"""Campaigns: their record, the operations they ran alongside, and which posts belong to them.

Every change is a row added, with who and when. Which posts belong follows from the rules and from what people decided by hand: it is
worked out in ``marts/campaign_post``, made anew in the transaction of whatever changes it. A preview is a change rolled back.
"""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from . import marts
from .clock import utc_now
from .engine import Cursor
from .errors import Usage
from .queries import load
from .settings import person
from .store import Store, ask
from .tables import CAMPAIGN

# What one row of each table is a version of.
_VERSION_OF = {
    "campaign": ("campaign",),
    "campaign_operation": ("campaign", "operation", "area"),
    "campaign_rule": ("rule_id",),
    "campaign_hand": ("campaign", "network", "post_key"),
    "figure_relation": ("kind", "facts"),
    "publication": ("number",),
}
# The columns that a person states, which are the headings of a file of campaigns too.
STATED = tuple(name for name in CAMPAIGN.names if not name.startswith("recorded_"))
STATUSES = ("planned", "running", "ended", "retired")
RETIRED = "retired"
LONGEST_NAME, LONGEST_TEXT = 200, 10_000
_BUDGET_BELOW = Decimal(10) ** 12
# No campaign can be called so, since a name is one line without blanks at its ends.
_DRAFT = "\ndraft"


@dataclass(frozen=True)
class Rule:
    """A tagging rule: a post belongs if every condition that is given holds. ``identity`` is None for one not recorded yet.

    One with ``ad_campaign``, words in the name of an advertising campaign, tags advertisements instead.
    """

    campaign: str
    hashtag: str | None = None
    words: str | None = None
    account: str | None = None
    network: str | None = None
    date_from: date | None = None
    date_to: date | None = None
    identity: str | None = None
    ad_campaign: str | None = None
    label: str | None = None


@dataclass(frozen=True)
class Tagging:
    """What a rule would tag: posts, those of them not in its campaign yet, those in another one, and those taken out by hand.

    ``sample`` counts made-up posts, which are in none of the other numbers. ``ad_campaigns`` names the advertising campaigns.
    """

    posts: int
    new: int
    elsewhere: int
    taken_out: int
    sample: int
    ad_campaigns: tuple[str, ...] = ()


def append(cursor: Cursor, table: str, row: Mapping[str, Any], by: str | None = None) -> None:
    """Adds a row with who and when, in the caller's transaction; later than the version before it, even if the clock was set back."""
    names, bound = [*row, "recorded_at", "recorded_by"], {**row, "now": utc_now(), "by": by or person()}
    values = [*(f"${name}" for name in row), "greatest($now, coalesce(max(recorded_at), $now) + interval 1 microsecond)", "$by"]
    same = " and ".join(f"{name} is not distinct from ${name}" for name in _VERSION_OF.get(table, ())) or "false"
    cursor.execute(f"insert into {table} ({', '.join(names)}) select {', '.join(values)} from {table} where {same}", bound).fetchall()


def shipped(cursor: Cursor, rows: Iterable[Mapping[str, Any]], by: str | None) -> list[dict[str, Any]]:
    """The campaigns of a shipped file that nobody has changed since they shipped: a release overwrites nothing of people's."""
    current = {row["campaign"]: row for row in ask(cursor, load("facts/campaign_current"), {})}
    return [dict(row) for row in rows if row["campaign"] not in current or current[row["campaign"]]["recorded_by"] == by]


def record(
    store: Store, said: Mapping[str, Any], operations: Sequence[tuple[str, str]] | None = None, by: str | None = None, seen: object = None
) -> str:
    """Records a new campaign or a new version of one. Says in a line what happened.

    ``said`` holds columns of the table; those it leaves out stay as they were. ``operations`` are all that it ran alongside, as
    (operation, area); None leaves them. ``seen`` is when the version was recorded that the person had before them: if there is a newer
    one, :class:`Usage` says so and nothing is written, as it does for a value that cannot be.
    """
    name = clean_name(said.get("campaign"))
    with store.transaction() as cursor:
        current = _current(cursor, name)
        if seen is not None and current and current["recorded_at"] != seen:
            raise Usage(f"{name}: {current['recorded_by']} changed it meanwhile. Open it again, then make your change.")
        return _record(store, cursor, current, {**said, "campaign": name}, operations, by)


def create(store: Store, said: Mapping[str, Any], operations: Sequence[tuple[str, str]] | None = None, by: str | None = None) -> str:
    """Records a campaign that must be new. Says in a line what happened; raises :class:`Usage` if there is one of that name."""
    name = clean_name(said.get("campaign"))
    with store.transaction() as cursor:
        same = _current(cursor, name)
        if same:
            raise Usage(f"There is a campaign called '{same['campaign']}' already. Open it, or give this one another name.")
        return _record(store, cursor, None, {**said, "campaign": name}, operations, by)


def record_all(
    store: Store, rows: Iterable[tuple[Mapping[str, Any], Sequence[tuple[str, str]] | None]], by: str | None = None, keep: bool = True
) -> list[str]:
    """Records several campaigns, each as :func:`record` takes one, all or none. Returns a line for each; ``keep`` False only tries."""
    with store.transaction(keep) as cursor:
        return [
            _record(store, cursor, _current(cursor, clean_name(said.get("campaign"))), said, operations, by) for said, operations in rows
        ]


def set_status(store: Store, name: str, status: str | None, by: str | None = None) -> str:
    """Retires a campaign or gives it another status. Says in a line what happened; its rules and posts come back with it."""
    return record(store, {"campaign": name, "status": status}, by=by)


def record_rule(store: Store, rule: Rule, by: str | None = None) -> None:
    """Records a rule, or a new version of it, and tags posts by it. Raises :class:`Usage` if it says too little or what cannot be."""
    checked = _checked(rule)
    with store.transaction() as cursor:
        _state_rule(cursor, replace(checked, campaign=_named(cursor, rule.campaign)), False, by)
        marts.rebuild(cursor, marts.TAGGED)


def retire_rule(store: Store, rule: Rule, by: str | None = None) -> None:
    """Takes a rule out of use, with the posts that it alone had tagged."""
    with store.transaction() as cursor:
        _state_rule(cursor, rule, True, by)
        marts.rebuild(cursor, marts.TAGGED)


def preview_rule(store: Store, rule: Rule) -> Tagging:
    """What a rule would tag, found by recording it under a campaign of its own and rolling back. Raises :class:`Usage` as that does.

    That makes a mart anew, so it is done once for each rule and state of the store, however often a page is drawn meanwhile.
    """
    checked = _checked(rule)
    return store.remembered(("rule's preview", checked), lambda: _tried(store, checked))


def _tried(store: Store, rule: Rule) -> Tagging:
    with store.transaction(keep=False) as cursor:
        append(cursor, "campaign", {"campaign": _DRAFT})
        _state_rule(cursor, replace(rule, campaign=_DRAFT, identity=None), False, None)
        marts.retag(cursor)
        (row,) = ask(cursor, load("pages/campaign_rule_preview"), {"draft": _DRAFT, "campaign": rule.campaign})
        named = dict.fromkeys(one["ad_campaign"] for one in ask(cursor, load("pages/campaign_ads"), {"campaign": _DRAFT, "sample": False}))
    return Tagging(**row, ad_campaigns=tuple(named))


def rules(store: Store, campaign: str) -> list[tuple[Rule, dict[str, Any]]]:
    """The rules of a campaign, oldest first, each with its row of ``pages/campaign_rules``."""
    return [
        (
            Rule(
                row["campaign"],
                row["hashtag"],
                row["words"],
                row["account"],
                row["network"],
                row["date_from"],
                row["date_to"],
                str(row["rule_id"]),
                row["ad_campaign"],
                row["label"],
            ),
            row,
        )
        for row in store.rows("pages/campaign_rules", campaign=campaign)
    ]


def decide(store: Store, campaign: str, posts: Iterable[tuple[str, str]], belongs: bool | None, by: str | None = None) -> int:
    """Puts posts, given as (network, post key), into a campaign or takes them out, whatever its rules say; None leaves it to the rules.

    Returns how many posts. Raises :class:`Usage` if there is no such campaign.
    """
    chosen = list(dict.fromkeys(posts))
    with store.transaction() as cursor:
        name = _named(cursor, campaign)
        for network, post_key in chosen:
            append(cursor, "campaign_hand", {"campaign": name, "network": network, "post_key": post_key, "belongs": belongs}, by)
        marts.rebuild(cursor, marts.TAGGED)
    return len(chosen)


def clean_name(name: object) -> str:
    """A campaign's name on one line. Raises :class:`Usage` if there is none or it is too long."""
    words = " ".join(str(name or "").split())
    if not words:
        raise Usage("The campaign has no name. Give it one.")
    if len(words) > LONGEST_NAME:
        raise Usage(f"The campaign's name has {len(words)} characters. Give it one of {LONGEST_NAME} at most.")
    return words


def _current(cursor: Cursor, name: str) -> dict[str, Any] | None:
    """The campaign of that name in any case and form of its letters; should there be two, the one that is spelt just so."""
    same = [row for row in ask(cursor, load("facts/campaign_current"), {}) if _same(row["campaign"], name)]
    return min(same, key=lambda row: row["campaign"] != name, default=None)


def _named(cursor: Cursor, name: str) -> str:
    """The name as the campaign was recorded under it. Raises :class:`Usage` if there is no such campaign."""
    current = _current(cursor, name)
    if current is None:
        raise Usage(f"Campaign '{name}': there is none of that name. Record it first.")
    return str(current["campaign"])


def _record(
    store: Store,
    cursor: Cursor,
    current: dict[str, Any] | None,
    said: Mapping[str, Any],
    operations: Sequence[tuple[str, str]] | None,
    by: str | None,
) -> str:
    before = {name: current[name] if current else None for name in STATED}
    after = {**before, **{name: _value(name, value) for name, value in said.items()}}
    if current:
        after["campaign"] = current["campaign"]
    _agrees(after)
    if current is None or after != before:
        append(cursor, "campaign", after, by)
    linked = _link(cursor, str(after["campaign"]), operations, by)
    # A campaign may have had rules before it was retired.
    if before["status"] != after["status"] and RETIRED in (before["status"], after["status"]):
        marts.rebuild(cursor, marts.TAGGED)
    if current is None:
        return f"{after['campaign']}: recorded."
    if after == before and not linked:
        return f"{after['campaign']}: nothing changed."
    if after["status"] == RETIRED != before["status"]:
        return f"{after['campaign']}: retired. It has no posts any more; what was recorded of it stays."
    return f"{after['campaign']}: changed."


def _link(cursor: Cursor, campaign: str, operations: Sequence[tuple[str, str]] | None, by: str | None) -> bool:
    if operations is None:
        return False
    held = {
        (row["operation"], row["area"]) for row in ask(cursor, load("facts/campaign_operation_current"), {}) if row["campaign"] == campaign
    }
    wanted = dict.fromkeys(operations)
    changes = [(pair, False) for pair in wanted if pair not in held] + [(pair, True) for pair in sorted(held) if pair not in wanted]
    for (operation, area), retired in changes:
        append(cursor, "campaign_operation", {"campaign": campaign, "operation": operation, "area": area, "retired": retired}, by)
    return bool(changes)


def _state_rule(cursor: Cursor, rule: Rule, retired: bool, by: str | None) -> None:
    said = {name: value for name, value in vars(rule).items() if name != "identity"}
    append(cursor, "campaign_rule", {"rule_id": rule.identity or str(uuid.uuid4()), **said, "retired": retired}, by)


def _value(name: str, value: object) -> object:
    """What a column of a campaign holds: no blanks at its ends, nothing for an empty one."""
    if isinstance(value, str):
        value = value.strip() or None
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise Usage(f"{name}: {len(value):,} characters are too many. Shorten it to {LONGEST_TEXT:,}.")
    if name == "budget" and value is not None:
        return Decimal(str(value)).quantize(Decimal("0.01"))
    return value


def _agrees(said: Mapping[str, Any]) -> None:
    first, last, budget, status = said["start_date"], said["end_date"], said["budget"], said["status"]
    if first and last and last < first:
        raise Usage(f"{said['campaign']}: it would end before it starts. Correct one of its dates.")
    if budget is not None and not 0 <= budget < _BUDGET_BELOW:
        raise Usage(f"{said['campaign']}: the budget must be between 0 and 1 million million pounds. Correct it, or leave it empty.")
    if status is not None and status not in STATUSES:
        raise Usage(f"{said['campaign']}: '{status}' is no status. Use one of: {', '.join(STATUSES)}.")


def _checked(rule: Rule) -> Rule:
    """The rule as it is kept. Raises :class:`Usage` in one line if it says too little, or what no post can be."""
    hashtag, words = (rule.hashtag or "").strip(), " ".join((rule.words or "").split())
    ad_campaign, label = " ".join((rule.ad_campaign or "").split()), " ".join((rule.label or "").split())
    account, network = (rule.account or "").strip() or None, (rule.network or "").strip() or None
    if hashtag:
        bare = hashtag.lstrip("#\uff03")
        if not bare or not all(one == "_" or unicodedata.category(one)[0] in "LMN" for one in unicodedata.normalize("NFC", bare)):
            raise Usage(f"Hashtag '{hashtag}': a hashtag is letters, digits and _ only. Give one; others go in rules of their own.")
        hashtag = bare
    for name, text in (("Words", words), ("Ad campaign", ad_campaign)):
        if text and not any(unicodedata.category(one)[0] in "LN" for one in text):
            raise Usage(f"{name} '{text}': there is no letter or digit in it. Give words that stand there.")
    if "," in label:
        raise Usage(f"Label '{label}': a label has no comma in it. Give one; others go in rules of their own.")
    if ad_campaign and (hashtag or words or label):
        raise Usage("A rule by the name of an ad campaign tags advertisements, which have no hashtags, words or labels. Make two rules.")
    for name, text in zip(
        ("Hashtag", "Words", "Account", "Ad campaign", "Label"), (hashtag, words, account or "", ad_campaign, label), strict=True
    ):
        if len(text) > LONGEST_NAME:
            raise Usage(f"{name}: {len(text)} characters are too many. Shorten it to {LONGEST_NAME}.")
    if not (hashtag or words or label or ad_campaign or account or network or rule.date_from or rule.date_to):
        raise Usage("The rule says nothing yet, so it would tag every post. Give a hashtag, words, an account, a network or dates.")
    if rule.date_from and rule.date_to and rule.date_to < rule.date_from:
        raise Usage("The rule's dates end before they start. Correct one of them.")
    return replace(
        rule,
        hashtag=hashtag or None,
        words=words or None,
        account=account,
        network=network,
        ad_campaign=ad_campaign or None,
        label=label or None,
    )


def _same(one: str, other: str) -> bool:
    return unicodedata.normalize("NFC", one).casefold() == unicodedata.normalize("NFC", other).casefold()
