"""Google Analytics 4, in plain Python: the tables of pages among those that stand under comment lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from . import PlainTable

FORMATS = {"ga4_pages"}
SAMPLES = ("ga4/*.csv",)

METRICS = {
    "views": "web_views",
    "active users": "active",
    "users": "active",
    "total users": "all",
    "sessions": "web_sessions",
    "event count": "web_events",
}
PAGES = ("page path", "page title", "page location", "landing page")


def tables(path: Path, answers: Mapping[str, Any]) -> list[PlainTable]:
    found = [one for one in blocks(text_of(path)) if is_of_pages(one["rows"][0])]
    several: dict[str, int] = {}
    out = []
    for one in found:
        name = next(cell for cell in one["rows"][0] if cell.lower().startswith(PAGES))
        several[name] = several.get(name, 0) + 1
        table = read(one)
        if len(found) > 1:
            table.part = name if several[name] == 1 else f"{name} ({several[name]})"
        out.append(table)
    return out


def text_of(path: Path) -> str:
    raw = path.read_bytes()
    return raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")


def blocks(text: str) -> list[dict[str, Any]]:
    """Runs of lines between comments and blank lines, each with the property and period said above it."""
    found: list[dict[str, Any]] = []
    said: dict[str, str] = {}
    run: list[str] = []

    def close() -> None:
        if run:
            delimiter = max(",;\t", key=run[0].count)
            found.append({**said, "rows": list(csv.reader(io.StringIO("\n".join(run)), delimiter=delimiter))})
        run.clear()

    for line in text.splitlines():
        bare = line.strip(",;\t ")
        if not bare or bare.startswith("#"):
            close()
        if bare.startswith("#"):
            words = bare.lstrip("# ").strip()
            name, _, value = words.partition(": ")
            if len(words) == 17 and words.replace("-", "").isdigit():
                said["Start date"], said["End date"] = words.split("-")
            elif value:
                said[name] = value
            elif words.strip("-"):
                said.setdefault("title", words)
        elif bare:
            run.append(line)
    close()
    return found


def is_of_pages(headings: list[str]) -> bool:
    names = [heading.strip().lower() for heading in headings]
    timed = any(name.startswith("nth") and name != "nth day" for name in names)
    return any(name.startswith(PAGES) for name in names) and any(name in METRICS for name in names) and not timed


def read(block: dict[str, Any]) -> PlainTable:
    headings, *rows = block["rows"]
    names = [heading.strip().lower() for heading in headings]
    page = next(place for place, name in enumerate(names) if name.startswith(PAGES))
    others = [
        place
        for place, name in enumerate(names)
        if place != page
        and name
        and name not in (*METRICS, "date", "nth day")
        and len({row[place] for row in rows if place < len(row)}) > 1
    ]
    others = [place for place in others if not all(is_number(row[place]) for row in rows)]
    out = PlainTable("ga4_pages", None, {"read": len(rows), "kept": 0, "skipped": 0, "set_aside": 0})
    start, end = (datetime.strptime(block[key], "%Y%m%d").date() for key in ("Start date", "End date"))
    for number, row in enumerate(rows, 1):
        if row[-1].strip().lower() == "grand total" or row[page].strip().lower() in ("grand total", "totals"):
            out.rows["skipped"] += 1
            continue
        first, last = start, end
        if "date" in names:
            first = last = datetime.strptime(row[names.index("date")], "%Y%m%d").date()
        elif "nth day" in names:
            first = last = start + timedelta(days=int(row[names.index("nth day")]))
        cells: dict[str, int] = {}
        for place, name in enumerate(names):
            if name in METRICS and row[place].strip() not in ("", "-"):
                cells[METRICS[name]] = int(row[place].replace(",", ""))
        users = cells.pop("active", cells.pop("all", None))
        cells.pop("all", None)
        if users is not None:
            cells["web_users"] = users
        value = {
            "record_no": number,
            "property": block.get("Property", block.get("title")),
            "dimension": " · ".join([headings[page].strip(), *(headings[place].strip() for place in others)]),
            "page": " · ".join([row[page].strip() or "(blank)", *(row[place].strip() for place in others if row[place].strip())]),
            "period_start": first.isoformat(),
            "period_end": last.isoformat(),
            **cells,
        }
        out.values.append(value)
        out.rows["kept"] += 1
        for metric, count in cells.items():
            out.control_totals[metric] = out.control_totals.get(metric, 0) + count
    return out


def is_number(cell: str) -> bool:
    try:
        float(cell.strip("-") or 0)
    except ValueError:
        return False
    return True
