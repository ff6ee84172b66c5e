"""data.police.uk, in plain Python: crimes and outcomes by month and type, searches by day, object and outcome."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from . import PlainTable

FORMATS = {"police_crimes", "police_outcomes", "police_searches"}
SAMPLES = ("police_uk/*-street.csv", "police_uk/*-outcomes.csv", "police_uk/*leicestershire-stop-and-search.csv")


def tables(path: Path, answers: Mapping[str, Any]) -> list[PlainTable]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [{name.strip(): (cell or "").strip() for name, cell in row.items() if name} for row in csv.DictReader(stream)]
    if "Object of search" in rows[0]:
        form, keys = "police_searches", [search(row, answers.get("force") or "Leicestershire Police") for row in rows]
    elif "Crime type" in rows[0]:
        form, keys = "police_crimes", [crime(row, "crime", "Crime type") for row in rows]
    else:
        form, keys = "police_outcomes", [crime(row, "outcome", "Outcome type") for row in rows]
    first: dict[tuple[tuple[str, str], ...], int] = {}
    counts: Counter[tuple[tuple[str, str], ...]] = Counter()
    for number, key in enumerate(keys, 1):
        if key:
            first.setdefault(tuple(key.items()), number)
            counts[tuple(key.items())] += 1
    kept = sum(counts.values())
    return [
        PlainTable(
            form,
            None,
            {"read": len(rows), "kept": kept, "skipped": 0, "set_aside": len(rows) - kept},
            {"records": kept},
            [
                {"record_no": first[key], **dict(key), "records": count}
                for key, count in sorted(counts.items(), key=lambda one: first[one[0]])
            ],
        )
    ]


def crime(row: dict[str, str], kind: str, heading: str) -> dict[str, str] | None:
    force = row.get("Falls within") or row.get("Reported by") or ""
    force = "Leicestershire Police" if force == "Leicestershire Constabulary" else force
    month = None
    for pattern in ("%Y-%m", "%b-%y"):
        try:
            month = datetime.strptime(row["Month"], pattern).date().isoformat()
        except ValueError:
            continue
    if not (force and month and row[heading]):
        return None
    return {"force": force, "month": month, "kind": kind, "category": row[heading]}


def search(row: dict[str, str], force: str) -> dict[str, str] | None:
    try:
        when = datetime.fromisoformat(row["Date"])
    except ValueError:
        return None
    day = when.astimezone(ZoneInfo("Europe/London")).date().isoformat()
    return {"force": force, "day": day, "object": row["Object of search"] or "not stated", "outcome": row["Outcome"] or "not stated"}
