"""Posts entered by hand, in plain Python: Reach's own template for places that give no export."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from . import PlainTable

FORMATS = {"manual"}
SAMPLES = ()

MISSING = {"", "-", "n/a"}
METRICS = {
    "reach": "reach",
    "views": "views",
    "impressions": "impressions",
    "likes": "reactions_likes",
    "comments": "comments",
    "shares": "shares",
    "link_clicks": "link_clicks",
}
PLATFORMS = {"nextdoor": "manual_nextdoor", "facebook": "manual_facebook", "x": "manual_x"}


def tables(path: Path, answers: Mapping[str, Any]) -> list[PlainTable]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        records = list(csv.DictReader(stream))
    out = PlainTable("manual")
    seen: list[dict[str, str]] = []
    counts = {"read": len(records), "kept": 0, "skipped": 0, "set_aside": 0}
    for number, record in enumerate(records, 1):
        if record in seen:
            counts["skipped"] += 1
            continue
        seen.append(record)
        row = {name: "" if cell.strip().lower() in MISSING else cell.strip() for name, cell in record.items()}
        value = _row(number, row)
        if value is None:
            counts["set_aside"] += 1
            continue
        counts["kept"] += 1
        out.values.append(value)
        for metric in METRICS.values():
            if metric in value:
                out.control_totals[metric] = out.control_totals.get(metric, 0) + value[metric]
    out.rows = counts
    return [out]


def _row(number: int, row: dict[str, str]) -> dict[str, Any] | None:
    """The stored post, or None where the record is set aside."""
    if row["people_met"] not in ("", "0") or not row["platform"] or not row["account"]:
        return None
    if not row["post_url"] and not row["published"] and not row["period_start"]:
        return None
    if not row["post_url"] and not row["published"]:
        return None
    if row["post_url"] and not row["post_url"].startswith("https://"):
        return None
    day = row["published"] or row["period_start"]
    if not day:
        return None
    if row["period_start"] and row["period_end"] and _day(row["period_end"]) < _day(row["period_start"]):
        return None
    numbers = {}
    for heading, metric in METRICS.items():
        if row[heading]:
            if not re.fullmatch(r"[0-9,]+", row[heading]):
                return None
            numbers[metric] = int(row[heading].replace(",", ""))
    account = row["account"].lstrip("@")
    text = row["text"] or row["note"]
    date = _day(day)
    value: dict[str, Any] = {
        "record_no": number,
        "network": PLATFORMS.get(row["platform"].split()[0].lower(), "manual_other"),
        "account": account.lower(),
        "published_at": f"{date}T12:00:00.000",
        "kind": row["platform"],
        "text": text,
        **numbers,
    }
    if row["post_url"]:
        value["permalink"] = value["post_id"] = row["post_url"]
    else:
        value["post_id"] = f"{date} {row['platform'].lower()} {account.lower()} {hashlib.md5(text.encode()).hexdigest()}"
    return value


def _day(words: str) -> str:
    return datetime.strptime(words, "%d/%m/%Y").date().isoformat()
