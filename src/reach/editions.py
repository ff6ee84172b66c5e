"""What ships with Reach: the published record, loaded once an edition, and the made-up sample.

An edition is a shipped file by its hash. ``figures.csv`` goes in as an upload like any other, so that its
provenance works the same way; if somebody undoes it, it stays undone. A new edition takes the old one's place.
"""

from __future__ import annotations

import csv
import hashlib
import threading
from datetime import date
from pathlib import Path
from typing import Any
from weakref import WeakSet

from . import candidates, ledger, uploads
from .clock import utc_now
from .engine import Cursor
from .settings import Settings, person, shipped
from .store import Store, open_store

FIRST_START = "first start"
REPLACED = "a newer edition took its place"
_guard = threading.Lock()
_seen: WeakSet[Store] = WeakSet()


def opened(settings: Settings) -> Store:
    """The store, with every shipped edition in it that it has not seen yet."""
    store = open_store(settings)
    # Many pages ask at once; each edition must go in once.
    with _guard:
        if store not in _seen:
            for path in sorted(shipped("data/published").glob("*.csv")):
                _load(store, path)
            _seen.add(store)
    return store


def published_figures() -> list[dict[str, Any]]:
    """The shipped figures as rows of ``pages/published_figures``, for where there is no store to ask."""
    with (shipped("data/published") / "figures.csv").open(encoding="utf-8", newline="") as file:
        return [
            {
                **{name: row[name] for name in ("measure", "area", "unit", "qualifier", "published_wording")},
                **{name: date.fromisoformat(row[name]) if row[name] else None for name in ("start_date", "end_date")},
                **{name: float(row[name]) if row[name] else None for name in ("value_low", "value_high")},
            }
            for row in csv.DictReader(file)
            if row["published_wording"]
        ]


def load_sample(store: Store) -> list[str]:
    """Imports the made-up sample files; those in force already are left. Returns a line for each."""
    said = []
    for path in sorted(shipped("data/sample").glob("*.csv")):
        for candidate in candidates.check(path, path.name, store.folder, store.settings, store):
            if candidate.status == "ready":
                candidate = uploads.commit(store, candidate, sample=True)
            said.append(candidate.message)
            candidates.discard([candidate])
    return said


def remove_sample(store: Store) -> list[str]:
    """Undoes whatever sample files are in force. Returns a line for each."""
    sample = [row for row in store.rows("pages/uploads") if row["sample"] and row["state"] == "in force"]
    return [uploads.undo(store, str(row["upload_id"]), reason="sample data taken out") for row in sample]


def sample_loaded(store: Store) -> bool:
    return any(row["sample"] and row["state"] == "in force" for row in store.rows("pages/uploads"))


def _load(store: Store, path: Path) -> None:
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    with store.cursor() as cursor:
        editions = cursor.execute("select sha256, upload_id from edition where file_name = ? order by recorded_at", [path.name]).fetchall()
    if any(seen == sha256 for seen, _ in editions):
        return
    if path.name in ledger.CURATED:
        with store.transaction() as cursor:
            ledger.record(cursor, path, FIRST_START)
            _note(cursor, sha256, path, None)
        return
    unwanted = _unwanted(store, [str(upload_id) for seen, upload_id in editions if seen == editions[-1][0]])
    for _, earlier in editions:
        uploads.undo(store, str(earlier), FIRST_START, REPLACED)
    (candidate,) = candidates.check(path, path.name, store.folder, store.settings, store)
    imported = uploads.commit(store, candidate, FIRST_START) if candidate.status == "ready" else candidate
    candidates.discard([candidate])
    if imported.upload_id is None:
        return
    if unwanted:
        uploads.undo(store, imported.upload_id, FIRST_START, "the edition before it had been undone")
    with store.transaction() as cursor:
        _note(cursor, sha256, path, imported.upload_id)


def _unwanted(store: Store, upload_ids: list[str]) -> bool:
    """Whether a person undid the last edition, in every reading of it: then its successor waits in the history, undone too."""
    states = {str(row["upload_id"]): row for row in store.rows("pages/uploads")}
    readings = [states[upload_id] for upload_id in upload_ids if upload_id in states]
    undone = all(row["state"] == "undone" for row in readings)
    return bool(readings) and undone and readings[-1]["change_reason"] != REPLACED


def _note(cursor: Cursor, sha256: str, path: Path, upload_id: str | None) -> None:
    cursor.execute("insert into edition values (?, ?, ?, ?, ?)", [sha256, path.name, upload_id, utc_now(), person()]).fetchall()
