"""LinkedIn page exports, in plain Python: content by day and by post, new followers, visitors. From workbooks or their sheets as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from . import PlainTable

FORMATS = {"linkedin_days", "linkedin_posts", "linkedin_followers", "linkedin_visitors"}
SAMPLES = ("linkedin/li_*.xls", "linkedin/li_*.xlsx")

DAYS = {
    "impressions (total)": "impressions",
    "impressões (total)": "impressions",
    "unique impressions (organic)": "reach",
    "impressões únicas (orgânicas)": "reach",
    "clicks (total)": "clicks_all",
    "cliques (total)": "clicks_all",
    "reactions (total)": "reactions_likes",
    "reações (total)": "reactions_likes",
    "comments (total)": "comments",
    "comentários (total)": "comments",
    "reposts (total)": "shares",
    "shares (total)": "shares",
    "compartilhamentos (total)": "shares",
}
POSTS = {
    "impressions": "impressions",
    "views": "views",
    "views (excluding off-site video views)": "views",
    "clicks": "clicks_all",
    "likes": "reactions_likes",
    "comments": "comments",
    "reposts": "shares",
    "shares": "shares",
    "follows": "follows_new",
}
FOLLOWERS = {"total followers": "follows_new"}
VISITORS = {"total page views (total)": "profile_visits", "total unique visitors (total)": "unique_visitors"}
# What people can take back again may be below nothing on a day.
NET = {"reactions_likes", "comments", "shares"}
MISSING = {"", "-", "--", "n/a", "nan", "undefined", "null"}


def tables(path: Path, answers: Mapping[str, Any]) -> list[PlainTable]:
    found = []
    sheets = [(name, rows) for name, rows in _sheets(path) if any(any(row) for row in rows)]
    for name, rows in sheets:
        for number, row in enumerate(rows[:5]):
            names = [cell.strip().lower() for cell in row]
            key = _format(names)
            if key:
                table = _posts(names, rows[number + 1 :]) if key == "linkedin_posts" else _days(key, row, rows[number + 1 :])
                table.part = name if len(sheets) > 1 else None
                found.append(table)
                break
    return found


def _format(names: list[str]) -> str | None:
    if "post link" in names and "post title" in names:
        return "linkedin_posts"
    if not {"date", "data"} & set(names):
        return None
    if set(DAYS) & set(names):
        return "linkedin_days"
    if "organic followers" in names:
        return "linkedin_followers"
    return "linkedin_visitors" if set(VISITORS) & set(names) else None


def _sheets(path: Path) -> list[tuple[str, list[list[str]]]]:
    raw = path.read_bytes()
    if raw[:4] in (b"\xd0\xcf\x11\xe0", b"PK\x03\x04"):
        book = CalamineWorkbook.from_path(str(path))
        return [(name, [[_text(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]) for name in book.sheet_names]
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = raw.decode("utf-16")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252")
    delimiter = max(",;\t", key=text.count)
    return [("", list(csv.reader(io.StringIO(text.replace("\r\n", "\n"), newline=""), delimiter=delimiter)))]


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return cell.isoformat()[:10] if isinstance(cell, date) else str(cell)


def _days(key: str, headings: list[str], rows: list[list[str]]) -> PlainTable:
    metrics = {"linkedin_days": DAYS, "linkedin_followers": FOLLOWERS, "linkedin_visitors": VISITORS}[key]
    names = [heading.strip().lower() for heading in headings]
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    out = PlainTable(key, rows={"read": len(rows), "kept": 0, "skipped": 0, "set_aside": 0})
    firsts: dict[date, list[str]] = {}
    place_of_day = 0 if "date" not in names else names.index("date")
    day_first = _is_day_first([row[place_of_day] for row in rows])
    for number, row in enumerate(rows, 1):
        try:
            day = _day(row[place_of_day], day_first)
            values = {
                metrics[name]: (value, headings[place])
                for place, name in enumerate(names)
                if name in metrics and (value := _number(row[place], metrics[name])) is not None
            }
            for place, name in enumerate(names):
                if key == "linkedin_followers" and name.endswith("followers"):
                    _number(row[place], name)
        except ValueError:
            out.rows["set_aside"] += 1
            continue
        if day in firsts:
            out.rows["skipped" if row == firsts[day] else "set_aside"] += 1
            continue
        firsts[day] = row
        if not values:
            out.rows["skipped"] += 1
            continue
        out.rows["kept"] += 1
        for metric, (value, heading) in sorted(values.items()):
            out.values.append(
                {"record_no": number, "network": "linkedin", "day": day.isoformat(), "metric": metric, "value": value, "heading": heading}
            )
            out.control_totals[metric] = out.control_totals.get(metric, 0) + value
    return out


def _posts(names: list[str], rows: list[list[str]]) -> PlainTable:
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    out = PlainTable("linkedin_posts", rows={"read": len(rows), "kept": 0, "skipped": 0, "set_aside": 0})
    firsts: dict[str, list[str]] = {}
    for number, row in enumerate(rows, 1):
        cell = dict(zip(names, row, strict=True))
        link = cell["post link"]
        found = re.search(r"(?:activity|ugcPost|share)(?::|-|%3A)(\d{10,20})", link)
        try:
            values = {metric: value for name, metric in POSTS.items() if (value := _number(cell.get(name, ""), metric)) is not None}
        except ValueError:
            found = None
        if not found or int(found[1]) < 5560000000000000000:
            out.rows["set_aside"] += 1
            continue
        if found[1] in firsts:
            out.rows["skipped" if row == firsts[found[1]] else "set_aside"] += 1
            continue
        firsts[found[1]] = row
        out.rows["kept"] += 1
        milliseconds = int(found[1]) >> 22
        when = datetime.fromtimestamp(milliseconds // 1000, UTC).replace(tzinfo=None, microsecond=milliseconds % 1000 * 1000)
        told = {"text": cell["post title"].strip(), "kind": cell.get("content type", "").strip(), "permalink": link.strip()}
        out.values.append(
            {
                "record_no": number,
                "network": "linkedin",
                "post_id": found[1],
                "published_at": when.isoformat(timespec="milliseconds"),
                **{name: words for name, words in told.items() if words},
                **values,
            }
        )
        for metric, value in values.items():
            out.control_totals[metric] = out.control_totals.get(metric, 0) + value
    return out


def _is_day_first(cells: list[str]) -> bool:
    numbers = [cell.strip().replace("-", "/").split("/") for cell in cells]
    numbers = [one for one in numbers if len(one) == 3 and len(one[0]) <= 2 and one[0].isdigit() and one[1].isdigit()]
    return any(int(one[0]) > 12 for one in numbers) and not any(int(one[1]) > 12 for one in numbers)


def _day(cell: str, day_first: bool) -> date:
    for shape in ("%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d") if day_first else ("%m/%d/%Y", "%m/%d/%y", "%Y-%m-%d"):
        try:
            return datetime.strptime(cell.strip(), shape).date()
        except ValueError:
            continue
    raise ValueError(cell)


def _number(cell: str, metric: str) -> int | None:
    cell = cell.strip()
    if cell.lower() in MISSING:
        return None
    number = float(cell.replace(",", ""))
    if number != int(number) or (number < 0 and metric not in NET):
        raise ValueError(cell)
    return int(number)
