"""The claim ledger: published reach, views and impressions held against the exports, worked out anew from the store whenever it is asked.

A claim is *reproduced* by a platform's own count that fits its words, *consistent* where the exports cover all that it names and their
bounds allow it, *different* where they do not, and *looks added* where it is the plain sum of the posts. Anything else cannot be
checked, and says what is missing. No sum of posts is ever shown as a number of people: it is where a range ends. Views and impressions
may be added, and so never look added.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import zip_longest
from typing import Any

from . import judging, judging_displays, marts, past, uploads, wording
from .clock import today
from .definitions import MEASURE, MEASURES, NETWORKS, network_label
from .engine import Cursor
from .errors import Usage
from .formats import all_formats
from .judging import STATUSES, Claim, Held, Verdict, never
from .linting import Fact, Facts
from .queries import load
from .reach_bounds import NOT_PEOPLE
from .settings import person
from .store import Store, ask
from .tables import FIGURE_FACT as FACT
from .tables import TABLE

CLAIMED = tuple(measure.key for measure in MEASURES if measure.on_screens)
MOST_FIGURES = 20
# No status is worked out from these.
APART = ("web_page", "crime_month", "search_day")


@dataclass(frozen=True)
class Change:
    """A claim whose status, or whose own words, are one thing before and another after; None where it is not listed."""

    was: Verdict | None
    now: Verdict | None

    @property
    def claim(self) -> Claim:
        one = self.was or self.now
        assert one
        return one.claim

    @property
    def before(self) -> str | None:
        return _standing(self.was)

    @property
    def after(self) -> str | None:
        return _standing(self.now)

    @property
    def words(self) -> str:
        return f"{self.claim.subject}: {self.before or 'not listed'} before the undo, {self.after or 'not listed any more'} after it"


@dataclass(frozen=True)
class Undoing:
    """What an undo would change: the status of claims, and figures, of each a line with what is shown now and would be then."""

    claims: Sequence[Change] = ()
    figures: Sequence[str] = ()

    def __bool__(self) -> bool:
        return bool(self.claims or self.figures)

    @property
    def figures_in_short(self) -> list[str]:
        """The first figures, and how many there are besides."""
        more = len(self.figures) - MOST_FIGURES
        return [*self.figures[:MOST_FIGURES], *([f"and {more:,} more"] if more > 0 else [])]


def verdicts(store: Store) -> list[Verdict]:
    """Every claim with its status as the store stands now, worst first. Worked out once for each state of the store."""
    return list(store.remembered("verdicts", lambda: _verdicts_now(store)))


def _verdicts_now(store: Store) -> list[Verdict]:
    with store.cursor() as cursor:
        return _verdicts(cursor, store.settings.force)


def fact(claim: Claim) -> tuple[Any, ...]:
    """What it is a figure of, whatever its value: a revision is of the same."""
    return tuple(claim.row[name] for name in FACT)


def changed_by_undo(store: Store, upload_id: str) -> list[Change]:
    """The claims whose status an undo would change, found by undoing and rolling back."""
    upload = uploads.named(store, upload_id)
    if upload["table_name"] in APART:
        return []
    with store.transaction(keep=False) as cursor:
        before = _by_fact(_verdicts(cursor, store.settings.force))
        uploads.retract(cursor, upload["upload_id"], True, person(), "tried")
        marts.rebuild(cursor, [TABLE[upload["table_name"]].mart])
        after = _by_fact(_verdicts(cursor, store.settings.force))
    return _changes(before, after)


def changed_since(store: Store, instant: datetime) -> list[Change]:
    """The claims whose status is another than it was just before an instant in UTC, by what was held then and by today's rules.

    Worked out once for each state of the store. It is a question of the working view: what the public view had is not worked out.
    """
    return list(store.remembered(("claims since", instant), lambda: _changed_since(store, instant)))


def _changed_since(store: Store, instant: datetime) -> list[Change]:
    after = _by_fact(verdicts(store))
    with store.cursor() as cursor:
        cursor.execute("begin transaction").fetchall()  # for all questions to be asked of one state
        before = _by_fact(_verdicts(cursor, store.settings.force)) if past.go_back(cursor, instant) else after
    return _changes(before, after)


def _changes(before: Mapping[tuple[Any, ...], list[Verdict]], after: Mapping[tuple[Any, ...], list[Verdict]]) -> list[Change]:
    # Two statements in one file of the same fact both stand.
    pairs = [pair for one in dict.fromkeys((*before, *after)) for pair in zip_longest(before.get(one, []), after.get(one, []))]
    return [Change(was, now) for was, now in pairs if _standing(was) != _standing(now)]


def undoing(store: Store, upload_id: str) -> Undoing:
    """What an undo would change of claims and figures, before it is done. Raises :class:`Usage` where there is no such upload."""
    return Undoing(changed_by_undo(store, upload_id), _figures_changed(store, upload_id))


def _figures_changed(store: Store, upload_id: str) -> list[str]:
    upload = uploads.named(store, upload_id)
    if upload["table_name"] != "figure":
        return []
    with store.transaction(keep=False) as cursor:
        shown = _figures(cursor, upload_id=str(upload["upload_id"]))
        uploads.retract(cursor, upload["upload_id"], True, person(), "tried")
        marts.rebuild(cursor, [TABLE["figure"].mart])
        would_be = _figures(cursor)
    both = [(_subject(rows[0]), _values(rows), _values(would_be.get(of, []))) for of, rows in shown.items()]
    return [f"{subject}: {now} before the undo, {then} after it" for subject, now, then in both if now != then]


def _subject(row: dict[str, Any]) -> str:
    days = wording.period(row["start_date"], row["end_date"]) if row["start_date"] or row["end_date"] else row["date_note"]
    parts = (MEASURE[row["measure"]].label, row["campaign"] or row["operation"], days, row["area"])
    return ", ".join(str(part) for part in parts if part)


def _values(rows: Sequence[dict[str, Any]]) -> str:
    words = [wording.figure_words(row["value_low"], row["value_high"], row["qualifier"], MEASURE[row["measure"]].unit) for row in rows]
    return wording.listed(words) or "not shown"


def _figures(cursor: Cursor, **asked: Any) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
    grouped: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in ask(cursor, load("pages/figures"), asked):
        grouped.setdefault(tuple(row[name] for name in FACT), []).append(row)
    return grouped


def _by_fact(found: Sequence[Verdict]) -> dict[tuple[Any, ...], list[Verdict]]:
    grouped: dict[tuple[Any, ...], list[Verdict]] = {}
    for one in found:
        grouped.setdefault(fact(one.claim), []).append(one)
    return grouped


def _standing(verdict: Verdict | None) -> str | None:
    return f"{verdict.claim.words}: {verdict.words}" if verdict else None


def _verdicts(cursor: Cursor, force: str) -> list[Verdict]:
    found = []
    for row in ask(cursor, load("pages/claims"), {"measures": list(CLAIMED)}):
        claim = Claim(row, *networks_named(row["networks"]))
        judge = judging_displays.judge if claim.displays else judging.judge
        found.append(judge(claim, Held() if never(claim, force) else _held(cursor, claim), force))
    return sorted(found, key=lambda one: STATUSES.index(one.status))


def _held(cursor: Cursor, claim: Claim) -> Held:
    days = {"date_from": claim.row["start_date"], "date_to": claim.row["end_date"], "sample": claim.row["sample"]}
    named, of = {**days, "networks": list(claim.networks or NETWORKS)}, {"campaign": claim.row["campaign"]}
    # Displays only grow, so what was seen by the first day on which the figure can have stood is the least that it can be.
    stood = claim.stood if claim.displays else claim.row["as_of"]
    return Held(
        tuple(ask(cursor, load("pages/claim_posts"), {**named, **of, "stood": stood})),
        tuple(ask(cursor, load("pages/claim_advertisements"), {**days, **of})),
        tuple(ask(cursor, load("pages/claim_exports"), {**named, "formats": _of_all_posts()})),
        tuple(ask(cursor, load("pages/claim_days"), {**named, "metric": claim.displays})) if claim.displays else (),
    )


@cache
def _of_all_posts() -> list[str]:
    return [one.key for one in all_formats() if one.table == "post_observation" and not one.some_posts]


def networks_named(stated: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The networks that words such as ``facebook, instagram`` name, and the names that are of none."""
    labels = {label.casefold(): key for key, label in NETWORKS.items()} | {key: key for key in NETWORKS}
    names = [name.strip() for name in re.split(r",|;|/|&|\band\b", stated or "") if name.strip()]
    keys = tuple(dict.fromkeys(labels[name.casefold()] for name in names if name.casefold() in labels))
    return keys, tuple(name for name in names if name.casefold() not in labels)


# --- what a text is checked against -----------------------------------------------------------------------


def facts(rows: Sequence[Mapping[str, Any]], force: str) -> Facts:
    """What was published, for :mod:`reach.linting`, from rows of ``pages/published_figures``."""
    return Facts(tuple(_fact(row) for row in rows), force)


def _fact(row: Mapping[str, Any]) -> Fact:
    measure = MEASURE.get(row["measure"])
    return Fact(
        row["value_low"],
        row["value_high"],
        row["qualifier"] or "exact",
        row["measure"],
        row["published_wording"],
        row["start_date"],
        row["end_date"],
        row["area"] or "",
        row["unit"] or "",
        measure is not None and measure.kind == "reach",
    )


# --- answering and revising -------------------------------------------------------------------------------


def answer(verdict: Verdict) -> str:
    """What can be said to a journalist: value with qualifier, definition, period, source, how it stands, caveats. Plain text."""
    claim, row = verdict.claim, verdict.claim.row
    measure = MEASURE[row["measure"]]
    dates = f"{claim.period} ({row['date_note']})" if row["date_note"] else claim.period
    named = wording.listed([network_label(one) for one in claim.networks] + list(claim.unknown))
    lines = [
        f"{row['area']}, {claim.subject}: {claim.words}{'' if claim.displays else f' {measure.unit} reached'}, as published.",
        f"Published words: {row['published_wording']}",
        f"What it counts: {measure.words}",
        f"Period: {dates}",
        f"Networks: {named or 'not published'}",
        f"Status: {row['status'] or 'not stated'}",
        f"Source: {row['source']}",
        f"Held against the exports: {verdict.words}. {verdict.finding}",
        f"Caveats: {_caveat(claim)}",
    ]
    if verdict.held.chosen_by:
        lines[-1] += f" {verdict.held.chosen_by}"
    if row["sample"]:
        lines.insert(0, "MADE-UP SAMPLE DATA, not to be quoted.")
    return "\n".join(lines)


def _caveat(claim: Claim) -> str:
    if claim.displays:
        said = f"{claim.displays.capitalize()} say how often posts were shown, repeats included, and not to how many."
        return f"{said} They are added within one network only, as long as it counts them in one way."
    return f"{NOT_PEOPLE} Reach is never added: one account can be in several figures."


def revise(store: Store, claim: Claim, value: int, qualifier: str, words: str, why: str, approved: str = "", by: str | None = None) -> str:
    """Publishes another value of a claim's fact from today on: an import of one row, with its own undo. The old row stays.

    Raises :class:`Usage` in one line where it says too little or changes nothing.
    """
    if not words.strip() or not why.strip():
        raise Usage("The revision is not whole yet. Give the words as published and why it was revised.")
    low, high = wording.bounds(value, qualifier)
    said = {
        **{name: claim.row[name] for name in FACT},
        "value_low": low,
        "value_high": high,
        "unit": claim.row["unit"],
        "qualifier": qualifier,
        "published_wording": words.strip(),
        "status": "revised",
        "as_of": today(),
        "note": why.strip(),
        "approved_by": approved.strip() or None,
    }
    if (low, high, qualifier, words.strip()) == tuple(_plain(claim.row[name]) for name in _STATED):
        raise Usage("This is the figure as it stands. Change the value, the qualifier or the words.")
    uploads.import_row(store, f"Revision of {claim.subject}, {said['as_of']}.csv", said, by)
    stands = wording.figure_words(low, high, qualifier) + (f" {claim.displays}" if claim.displays else "")
    return f"{claim.subject}: {stands} stands now. {claim.words[:1].upper()}{claim.words[1:]} is kept as superseded."


_STATED = ("value_low", "value_high", "qualifier", "published_wording")


def _plain(cell: Any) -> Any:
    return int(cell) if cell is not None and not isinstance(cell, str) else cell
