"""The ledger of publications: dated, numbered entries, added by the publish gate and never changed.

The gate runs again inside the transaction that writes, so that what is published is what was checked. A later word on an entry
(withdrawn, superseded) is a row added.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from . import campaigns, public, publishing, uploads, wording
from .clock import london, today
from .disclosure import Thresholds
from .engine import Cursor
from .errors import Usage
from .publishing import Draft, Held, Laid
from .queries import load
from .settings import Settings, person
from .store import Store, ask

IN_FORCE, WITHDRAWN, SUPERSEDED = "published", "withdrawn", "superseded"
NOT_FOR_USE = "OFFICIAL: NOT FOR USE"


@dataclass(frozen=True)
class Entry:
    """An entry of the ledger: its row of ``pages/publications`` and what it keeps."""

    row: Mapping[str, Any]
    document: Mapping[str, Any]

    @property
    def number(self) -> int:
        return int(self.row["number"])

    @property
    def state(self) -> str:
        return str(self.row["state"])

    @property
    def whole(self) -> bool:
        """Whether it still is what was approved."""
        return self.row["sha256"] == self.document["sha256"] and publishing.is_whole(self.document)

    @property
    def usable(self) -> bool:
        return self.state == IN_FORCE and self.whole

    @property
    def marking(self) -> str:
        """What stands above it: cleared for publication only while it is in force and whole."""
        return str(self.document["marking"]) if self.usable else NOT_FOR_USE

    @property
    def standing(self) -> str:
        """What is to be known of it before it is used, in a sentence or two; nothing where it stands as it was made."""
        said = []
        if self.state == WITHDRAWN:
            said.append(f"Withdrawn on {_on(self.row['said_at'])}: {self.row['reason']}")
        elif self.state == SUPERSEDED:
            said.append(f"Superseded by Publication {self.row['superseded_by']} on {_on(self.row['said_at'])}: {self.row['reason']}")
        if self.row["undone"]:
            said.append("The import of its figures was undone: they are in this entry and not in the record of published figures.")
        if not self.whole:
            said.append("DAMAGED: it is not what was approved. Do not use it.")
        return " ".join(said)

    @property
    def words(self) -> str:
        """It as text to copy."""
        return publishing.in_words(self.document, self.marking, self.standing)


def held(store: Store, now: date | None = None) -> Held:
    """All that a draft is held against, as the store stands; worked out once for each state of the store and day."""
    day = now or today()

    def work_out() -> Held:
        with store.cursor() as cursor:
            return _held(cursor, store.settings, day)

    return store.remembered(("held for publishing", day), work_out)


def laid(store: Store, draft: Draft) -> Laid:
    """The draft laid out as the store stands; worked out once for each choice of figures."""
    choice = (draft.figures, draft.protect, draft.hidden)
    return store.remembered(("laid out", *choice, today()), lambda: publishing.lay_out(draft, held(store)))


def _held(cursor: Cursor, known: Settings, now: date) -> Held:
    figures = ask(cursor, load("pages/figures_to_publish"), {})
    return Held(
        figures,
        Thresholds.of(known),
        known.force,
        now,
        {(row["kind"], row["facts"]): row["settled"] for row in ask(cursor, load("facts/figure_relation_current"), {})},
        tuple(publishing.earlier(one.number, one.state, one.document) for one in _entries(cursor)),
        tuple(publishing.fact_of(row) for row in figures if not row["sample"] and publishing.is_public(row)),
        known.around,
        known.approver_roles,
        known.pre_election,
    )


def entries(store: Store) -> list[Entry]:
    """Every entry, the latest first."""
    with store.cursor() as cursor:
        return _entries(cursor)


def entry(store: Store, number: int) -> Entry:
    """Raises :class:`Usage` where there is none of that number."""
    with store.cursor() as cursor:
        return _entry(cursor, number)


def _entries(cursor: Cursor, number: int | None = None) -> list[Entry]:
    rows = ask(cursor, load("pages/publications"), {"number": number})
    return [Entry({name: value for name, value in row.items() if name != "content"}, json.loads(row["content"])) for row in rows]


def _entry(cursor: Cursor, number: int) -> Entry:
    found = _entries(cursor, number)
    if not found:
        raise Usage(f"Publication {number}: there is none of that number. 'reach publications' lists them.")
    return found[0]


def publish(store: Store, draft: Draft, approved: str | None = None, now: date | None = None) -> Entry:
    """Runs the gate and, where all of it is passed, adds the entry and makes its figures published ones: all of it, or nothing.

    ``approved`` is the fingerprint of what was looked at; whatever differs from it is not published. Raises :class:`Usage` with the
    checks that failed.
    """
    with store.transaction() as cursor:
        known = _held(cursor, store.settings, now or today())
        table = publishing.lay_out(draft, known)
        checks = publishing.gate(draft, known, table)
        failed = [f"{one.name}: {one.reason}" for one in checks if not one.passed]
        if failed:
            raise Usage(f"Nothing was published. {' '.join(failed)}")
        seen = publishing.fingerprint(draft, table)
        if approved is not None and approved != seen:
            raise Usage("Nothing was published: what would be printed has changed since it was looked at. Look at it again.")
        (last,) = cursor.execute("select coalesce(max(number), 0) from publication").fetchall()[0]
        number = last + 1
        rows = publishing.to_import(draft, known, table, number)
        upload = uploads.import_rows(store, cursor, f"Publication {number}, {draft.day}.csv", rows, draft.by) if rows else None
        said = {
            "number": number,
            "state": IN_FORCE,
            "day": draft.day,
            "title": draft.title.strip(),
            "content": publishing.content(draft, known, table, number, checks),
            "sha256": seen,
            "upload_id": upload,
        }
        campaigns.append(cursor, "publication", said, draft.by)
        public.make_figures(cursor)  # what it prints as hidden is hidden in the public view too
        if draft.supersedes is not None:
            _say(cursor, _entry(cursor, draft.supersedes), SUPERSEDED, draft.revises, draft.by, number)
        made = _entry(cursor, number)
    return made


def withdraw(store: Store, number: int, why: str, by: str | None = None) -> str:
    """Withdraws an entry. It stays in the ledger, and what it said stays known. Says in a line what happened.

    Raises :class:`Usage` where no reason is given, or the entry is not in force.
    """
    with store.transaction() as cursor:
        _say(cursor, _entry(cursor, number), WITHDRAWN, why, by)
    return f"Publication {number}: withdrawn. It stays in the ledger, marked."


def supersede(store: Store, number: int, later: int, why: str, by: str | None = None) -> str:
    """Says that a later entry took the place of an earlier one. Raises :class:`Usage` as :func:`withdraw` does."""
    with store.transaction() as cursor:
        if later <= number or _entry(cursor, later).state != IN_FORCE:
            raise Usage(f"Publication {later}: it is no later one in force that could take the place of Publication {number}.")
        _say(cursor, _entry(cursor, number), SUPERSEDED, why, by, later)
    return f"Publication {number}: superseded by Publication {later}. It stays in the ledger, marked."


def _say(cursor: Cursor, of: Entry, state: str, why: str, by: str | None, later: int | None = None) -> None:
    if of.state != IN_FORCE:
        raise Usage(f"Publication {of.number}: it is {of.state} already; nothing changed.")
    if not why.strip():
        raise Usage(f"Publication {of.number}: no reason is given. Say why it is {state}.")
    row = {name: of.row[name] for name in ("number", "day", "title", "sha256")}
    said = {**row, "state": state, "reason": " ".join(why.split()), "superseded_by": later}
    campaigns.append(cursor, "publication", said, by or person())


def _on(instant: Any) -> str:
    return wording.day(london(instant).date())
