"""The old Facebook Page Insights, in plain Python: posts with lifetime figures, Pages by day."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.dom import minidom
from zoneinfo import ZoneInfo

import python_calamine

from . import PlainTable

FORMATS = {"facebook_insights_posts", "facebook_insights_days"}
SAMPLES = ("facebook_insights_old/*",)

PACIFIC = ZoneInfo("America/Los_Angeles")
POSTS = {
    "Lifetime Post Total Reach": "reach",
    "post_impressions_unique:lifetime": "reach",
    "Lifetime Post organic reach": "reach_organic",
    "post_impressions_organic_unique:lifetime": "reach_organic",
    "Lifetime Post Paid Reach": "reach_boosted",
    "post_impressions_paid_unique:lifetime": "reach_boosted",
    "Lifetime Post Total Impressions": "impressions",
    "post_impressions:lifetime": "impressions",
    "Lifetime Post Consumptions": "clicks_all",
    "post_consumptions:lifetime": "clicks_all",
    "Lifetime Post Consumptions by type - link clicks": "link_clicks",
    "Lifetime Post Stories by action type - like": "reactions_likes",
    "Lifetime Post Stories by action type - comment": "comments",
    "Lifetime Post Stories by action type - share": "shares",
    "Lifetime Organic Video Views|Total Count": "organic",
    "post_video_views_organic:lifetime": "organic",
    "Lifetime Paid Video Views|Total Count": "paid",
    "post_video_views_paid:lifetime": "paid",
    "Lifetime Organic views to 95%|Total Count": "ended organic",
    "post_video_complete_views_organic:lifetime": "ended organic",
    "Lifetime Paid views to 95%|Total Count": "ended paid",
    "post_video_complete_views_paid:lifetime": "ended paid",
    "Lifetime Video length": "length",
    "post_video_length:lifetime": "length",
}
DAYS = {
    "Daily Total Reach": "reach",
    "page_impressions_unique:day": "reach",
    "Daily Organic Reach": "reach_organic",
    "Daily Paid Reach": "reach_boosted",
    "page_impressions_paid_unique:day": "reach_boosted",
    "Daily Total Impressions": "impressions",
    "page_impressions:day": "impressions",
    "Daily Page consumptions": "clicks_all",
    "page_video_views:day": "video_3s_views",
    "page_views_total:day": "page_views",
    "Lifetime Total Likes": "followers",
    "page_fans:lifetime": "followers",
    "Daily New Likes": "follows_new",
    "page_fan_adds_unique:day": "follows_new",
    "Daily Unlikes": "unfollows",
    "page_fan_removes_unique:day": "unfollows",
}
MISSING = ("", "-", "--", "n/a")


def sheets(path: Path) -> list[tuple[str | None, list[list[str]]]]:
    """Name and rows as text of each sheet; a CSV file is one without a name."""
    raw = path.read_bytes()
    if path.suffix == ".csv":
        return [(None, list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))))]
    if raw.startswith(b"PK"):
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        return [(name, [[plain(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]) for name in book.sheet_names]
    document = minidom.parseString(re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", raw.decode("utf-8", "replace")).encode())
    found = document.getElementsByTagName("Worksheet")
    return [(sheet.getAttribute("ss:Name"), [cells(row) for row in sheet.getElementsByTagName("Row")]) for sheet in found]


def cells(row: Any) -> list[str]:
    out: list[str] = []
    for cell in row.getElementsByTagName("Cell"):
        index = cell.getAttribute("ss:Index")
        out += [""] * (int(index) - 1 - len(out) if index else 0)
        data = cell.getElementsByTagName("Data")
        out.append("".join(node.data for node in data[0].childNodes if node.nodeType == node.TEXT_NODE).strip("\r\n") if data else "")
    return out


def plain(cell: Any) -> str:
    if isinstance(cell, datetime | date):
        return cell.isoformat(sep=" ") if isinstance(cell, datetime) else cell.isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell == int(cell) else str(cell)


def tables(path: Path, answers: Mapping[str, Any]) -> list[PlainTable]:
    found = [(name, rows) for name, rows in sheets(path) if any(cell for row in rows for cell in row)]
    name, rows = found[0]
    part = name if len(found) > 1 else None
    width = max(len(row) for row in rows)
    rows = [row + [""] * (width - len(row)) for row in rows]
    headings, key = rows[0], "Post ID" if "Post ID" in rows[0] else "Date"
    place = headings.index(key)
    defined = not rows[1][place].strip()
    units = [cell.rsplit("(", 1)[-1].rstrip(") ") for cell in rows[1]] if defined else [""] * width
    data = [row for row in rows[1 + defined :] if any(cell.strip() for cell in row)]
    meanings = POSTS if key == "Post ID" else DAYS
    measured = {
        column: meanings.get(heading) or meanings[f"{heading}|{units[column]}"]
        for column, heading in enumerate(headings)
        if heading in meanings or f"{heading}|{units[column]}" in meanings
    }
    return [posts(headings, data, measured, part) if key == "Post ID" else days(headings, data, measured, part)]


def counts(row: list[str], measured: dict[int, str]) -> dict[str, int]:
    filled = {metric: row[column].strip() for column, metric in measured.items() if row[column].strip().lower() not in MISSING}
    return {metric: int(cell.replace(",", "")) for metric, cell in filled.items()}


def posts(headings: list[str], data: list[list[str]], measured: dict[int, str], part: str | None) -> PlainTable:
    out = PlainTable("facebook_insights_posts", part)
    aside = 0
    for number, row in enumerate(data, 1):
        told = dict(zip(headings, row, strict=True))
        try:
            values = counts(row, measured)
            instant = clock(told["Posted"].strip())
        except ValueError:
            aside += 1
            continue
        if not told["Post ID"].strip():
            aside += 1
            continue
        length = values.pop("length", None)
        for metric, parts in (("video_3s_views", ("organic", "paid")), ("video_95_views", ("ended organic", "ended paid"))):
            organic, paid = (values.pop(one, None) for one in parts)
            if organic is not None and paid is not None and (length is None or length > 0):
                values[metric] = organic + paid
        page, _, post = told["Post ID"].strip().partition("_")
        row_out: dict[str, Any] = {"record_no": number, "network": "facebook", "account": page, "post_id": post, "published_at": instant}
        texts = {"text": told["Post Message"].strip(), "kind": told["Type"], "permalink": told["Permalink"]}
        out.values.append(row_out | {name: text for name, text in texts.items() if text} | values)
        for metric, value in values.items():
            out.control_totals[metric] = out.control_totals.get(metric, 0) + value
    out.rows = {"read": len(data), "kept": len(out.values), "skipped": 0, "set_aside": aside}
    return out


def clock(cell: str) -> str:
    """Pacific clock time in any of the forms seen, as UTC."""
    for form in ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%m/%d/%y %H:%M"):
        try:
            local = datetime.strptime(cell, form).replace(tzinfo=PACIFIC)
        except ValueError:
            continue
        return local.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds")
    raise ValueError(cell)


def days(headings: list[str], data: list[list[str]], measured: dict[int, str], part: str | None) -> PlainTable:
    out = PlainTable("facebook_insights_days", part)
    kept = skipped = aside = 0
    for number, row in enumerate(data, 1):
        try:
            values = counts(row, measured)
            day = datetime.fromisoformat(row[headings.index("Date")]).date().isoformat()
        except ValueError:
            aside += 1
            continue
        kept += bool(values)
        skipped += not values
        of = {metric: headings[column] for column, metric in measured.items()}
        for metric, value in sorted(values.items()):
            told = {"record_no": number, "network": "facebook", "day": day, "metric": metric, "value": value, "heading": of[metric]}
            out.values.append(told)
            out.control_totals[metric] = out.control_totals.get(metric, 0) + value
    out.rows = {"read": len(data), "kept": kept, "skipped": skipped, "set_aside": aside}
    return out
