"""Curated records: campaigns, operations and populations, each version a row with who and when."""

from __future__ import annotations

import csv
import json
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

from .campaigns import append, shipped
from .clock import utc_now
from .engine import Cursor
from .errors import Usage
from .formats import Format, all_formats
from .mapping import Mapping, faults, signature, to_format
from .queries import load
from .settings import person
from .store import Store, ask
from .tables import TABLE

CURATED = {"campaigns.csv": "campaign", "operations.csv": "operation", "populations.csv": "population"}


def record(cursor: Cursor, path: Path, by: str | None = None) -> int:
    """Appends the rows of a curated CSV, whose headings are columns of the table, in the caller's transaction. Returns how many."""
    table = TABLE[CURATED[path.name]]
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [{name: value or None for name, value in row.items()} for row in csv.DictReader(stream)]
    if table.name == "campaign":
        rows = shipped(cursor, rows, by)
    for row in rows:
        append(cursor, table.name, row, by)
    return len(rows)


# --- mappings of files that Reach does not know -----------------------------------------------------------


def mappings(store: Store) -> list[dict[str, Any]]:
    """Every mapping as it stands, newest first, retired ones too; ``mapping`` is what it says."""
    return [{**row, "mapping": _mapping(row)} for row in store.rows("pages/mappings")]


def mapped_formats(store: Store) -> tuple[Format, ...]:
    """The formats of the mappings that are in use and whole by today's definitions."""
    return tuple(to_format(row["mapping"]) for row in mappings(store) if not row["retired"] and not faults(row["mapping"]))


def format_labels(store: Store) -> dict[str, str]:
    """What each format is called: Reach's own and those of every mapping, retired ones too."""
    return {row["mapping"].key: row["name"] for row in mappings(store)} | {known.key: known.label for known in all_formats()}


def record_mapping(store: Store, mapping: Mapping, by: str | None = None) -> str:
    """Keeps a mapping and gives the key of its format.

    Raises :class:`Usage` when it says too little, or when another in use has its headings or its name.
    """
    missing = faults(mapping)
    if missing or not mapping.name:
        raise Usage(f"The mapping is not whole yet. {missing[0] if missing else 'Give it a name.'}")
    identity = str(uuid.uuid4())
    with store.transaction() as cursor:
        for row in ask(cursor, load("pages/mappings"), {}):
            if row["retired"]:
                continue
            if row["name"].casefold() == mapping.name.casefold():
                raise Usage(f"A mapping in use is called '{row['name']}' already. Give this one another name.")
            if signature(json.loads(row["headings"])) == signature(mapping.headings):
                raise Usage(f"The mapping '{row['name']}' is for a file with these columns already. Retire it first.")
        _state(cursor, identity, mapping, False, by)
    return replace(mapping, identity=identity).key


def retire_mapping(store: Store, mapping_id: str, by: str | None = None) -> str:
    """Takes a mapping out of use. Says in a line what happened; what was imported with it stays."""
    (row,) = [row for row in mappings(store) if str(row["mapping_id"]) == mapping_id]
    if row["retired"]:
        return f"{row['name']}: it was retired already; nothing changed."
    with store.transaction() as cursor:
        _state(cursor, mapping_id, row["mapping"], True, by)
    return f"{row['name']}: retired. Files like it are no longer recognised; what was imported with it stays."


def _state(cursor: Cursor, identity: str, mapping: Mapping, retired: bool, by: str | None) -> None:
    said = {
        "mapping_id": identity,
        "name": mapping.name,
        "headings": json.dumps(mapping.headings, ensure_ascii=False),
        "matched": json.dumps(dict(mapping.matched), ensure_ascii=False),
        "row_is": mapping.row_is,
        "tool": mapping.tool,
        "network": mapping.network,
        "account": mapping.account,
        "date_order": mapping.date_order,
        "zone": mapping.zone,
        "reach_is": mapping.reach_is,
        "retired": retired,
        "recorded_at": utc_now(),
        "recorded_by": by or person(),
    }
    cursor.execute(f"insert into mapping ({', '.join(said)}) values ({', '.join('?' * len(said))})", list(said.values())).fetchall()


def _mapping(row: dict[str, Any]) -> Mapping:
    return Mapping(
        row["name"],
        tuple(json.loads(row["headings"])),
        tuple(json.loads(row["matched"]).items()),
        row["row_is"],
        row["tool"],
        row["network"],
        row["account"],
        row["date_order"],
        row["zone"],
        row["reach_is"],
        str(row["mapping_id"]),
    )
