"""TikTok Studio and TikTok for business accounts, in plain Python.

Years are found by trying: the last day of the file is walked back from the export day by day until every day of the file exists, one
before the other, without a gap of more than a month, since TikTok prints every day.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from . import PlainTable

FORMATS = {
    "tiktok_overview",
    "tiktok_viewers",
    "tiktok_followers",
    "tiktok_videos",
    "tiktok_business_days",
    "tiktok_business_videos",
}
SAMPLES = ("tiktok/*.csv", "tiktok/*.zip")
ANSWERS = {"account": "example", "as_of": "2026-03-01"}

NAMES = {
    1: "january enero janeiro januar janvier gennaio",
    2: "february febrero fevereiro februar février febbraio",
    3: "march marzo março märz mars",
    4: "april abril avril aprile",
    5: "may mayo maio mai maggio",
    6: "june junio junho juni juin giugno",
    7: "july julio julho juli juillet luglio",
    8: "august agosto août",
    9: "september septiembre setembro septembre settembre",
    10: "october octubre outubro oktober octobre ottobre",
    11: "november noviembre novembro novembre",
    12: "december diciembre dezembro dezember décembre dicembre",
}
MONTH = {name: number for number, names in NAMES.items() for name in names.split()}
MONTH |= {name[:3]: number for name, number in MONTH.items()}
MISSING = ("", "-", "--", "undefined", "nan", "n/a")

STUDIO = {
    "tiktok_overview": {
        "Video Views": "views",
        "Profile Views": "profile_visits",
        "Likes": "reactions_likes",
        "Comments": "comments",
        "Shares": "shares",
    },
    "tiktok_viewers": {"Total Viewers": "reach", "New Viewers": "new_viewers", "Returning Viewers": "returning_viewers"},
    "tiktok_followers": {"Followers": "followers"},
}
BUSINESS = {
    "Reached audience": "reach",
    "Video views": "views",
    "Profile views": "profile_visits",
    "Likes": "reactions_likes",
    "Comments": "comments",
    "Shares": "shares",
    "New followers": "follows_new",
    "Lost followers": "unfollows",
    "Total followers": "followers",
}
VIDEOS = {
    "Total views": "views",
    "Total likes": "reactions_likes",
    "Total comments": "comments",
    "Total shares": "shares",
    "Video views": "views",
    "Likes": "reactions_likes",
    "Comments": "comments",
    "Shares": "shares",
    "Add to favorites": "saves",
    "Add to Favorites": "saves",
    "Total play time": "watch_seconds",
}


def tables(path: Path, answers: Mapping[str, Any]) -> list[PlainTable]:
    return [table for rows in _files(path) for table in _table(rows, answers)]


def _files(path: Path) -> Iterator[list[list[str]]]:
    """The rows of a file, of each file in a zip, or of each sheet of a workbook."""
    if path.suffix == ".xlsx":
        book = CalamineWorkbook.from_path(str(path))
        for sheet in book.sheet_names:
            yield [[_cell(cell) for cell in row] for row in book.get_sheet_by_name(sheet).to_python()]
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield _rows(archive.read(name))
    else:
        yield _rows(path.read_bytes())


def _rows(data: bytes) -> list[list[str]]:
    text = data.decode("utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else _decoded(data)
    delimiter = ";" if text.split("\n")[0].count(";") else ","
    return [row for row in csv.reader(io.StringIO(text.replace("\r\n", "\n")), delimiter=delimiter) if any(cell.strip() for cell in row)]


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def _cell(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)


def _table(rows: list[list[str]], answers: Mapping[str, Any]) -> list[PlainTable]:
    headings, *body = rows
    headings = [heading.strip() for heading in headings]
    if "Video link" in headings:
        return [_videos(headings, body)]
    if "Reached audience" in headings:
        days: list[date | None] = [_iso(row[headings.index("Date")]) for row in body]
        return [_days("tiktok_business_days", headings, body, days, BUSINESS, lambda row: False)]
    for key, needs in (
        ("tiktok_overview", "Profile Views"),
        ("tiktok_viewers", "Total Viewers"),
        ("tiktok_followers", "Difference in followers from previous day"),
    ):
        if needs in headings and "Date" in headings:
            exported = datetime.fromisoformat(answers["as_of"]).date()
            days = anchored([row[headings.index("Date")] for row in body], exported)
            total = headings.index(needs)
            no_data: Callable[[list[str]], bool] = lambda row: key == "tiktok_viewers" and row[total] == "undefined"  # noqa: B023, E731
            return [_days(key, headings, body, days, STUDIO[key], no_data)]
    return []


def _iso(cell: str) -> date | None:
    found = re.fullmatch(r"(\d{4})[/-](\d\d)[/-](\d\d)", cell.strip())
    return date(*map(int, found.groups())) if found else None


def month_day(cell: str) -> tuple[int, int] | None:
    words = re.findall(r"[^\W\d_]+", cell.lower())
    numbers = re.findall(r"\d+", cell)
    named = [MONTH[word] if word in MONTH else MONTH.get(word[:3]) for word in words if word not in ("de", "er")]
    iso = _iso(cell)
    if iso:
        return iso.month, iso.day
    if len(numbers) != 1 or len(named) != 1 or not named[0]:
        return None
    try:
        date(2024, named[0], int(numbers[0]))
    except ValueError:
        return None
    return named[0], int(numbers[0])


def anchored(cells: list[str], exported: date) -> list[date | None]:
    """The days of a file in the one of its two directions that takes fewer days, ending as late as the export allows."""
    found = [month_day(cell) for cell in cells]
    tries = []
    for order in (1, -1):
        wanted = [day for day in found if day][::order]
        days = next(filter(None, (_ending(wanted, exported - timedelta(days=back)) for back in range(9 * 366))), None)
        if days:
            tries.append((days[-1] - days[0], -order, days[::order]))
    if not tries:
        return [None] * len(cells)
    placed = iter(min(tries)[2])
    return [next(placed) if day else None for day in found]


def _ending(wanted: list[tuple[int, int]], last: date) -> list[date] | None:
    """The days in order if the last of them is that day and all fall into the 366 days to it."""
    if not wanted or (last.month, last.day) != wanted[-1]:
        return None
    days, at = [last], last
    for month, day in reversed(wanted[:-1]):
        if (month, day) != (at.month, at.day):
            at -= timedelta(days=1)
        elif len(days) > 1 or len(wanted) == 2:
            days.append(at)
            continue
        while (at.month, at.day) != (month, day):
            at -= timedelta(days=1)
            if (last - at).days > 365 or (days[-1] - at).days > 31:
                return None
        days.append(at)
    return days[::-1]


def _days(
    key: str,
    headings: list[str],
    body: list[list[str]],
    days: list[date | None],
    metrics: Mapping[str, str],
    no_data: Callable[[list[str]], bool],
) -> PlainTable:
    out = PlainTable(key)
    skipped = aside = kept = 0
    for number, (row, day) in enumerate(zip(body, days, strict=True), 1):
        if no_data(row) or row in body[: number - 1]:
            skipped += 1
            continue
        cells = {metrics[heading]: (heading, cell) for heading, cell in zip(headings, row, strict=True) if heading in metrics}
        numbers = {metric: _number(cell, metric) for metric, (_, cell) in cells.items() if cell.strip().lower() not in MISSING}
        if day is None or None in numbers.values():
            aside += 1
            continue
        if not numbers:
            skipped += 1
            continue
        kept += 1
        for metric in sorted(numbers):
            value = numbers[metric]
            heading = cells[metric][0]
            out.values.append(
                {"record_no": number, "network": "tiktok", "day": day.isoformat(), "metric": metric, "value": value, "heading": heading}
            )
            out.control_totals[metric] = out.control_totals.get(metric, 0) + (value or 0)
    out.rows = {"read": len(body), "kept": kept, "skipped": skipped, "set_aside": aside}
    return out


def _number(cell: str, metric: str) -> int | None:
    signed = metric in ("reactions_likes", "comments", "shares")
    plain = cell.strip().replace(",", "")
    return int(plain) if re.fullmatch(r"-?\d+" if signed else r"\d+", plain) else None


def _videos(headings: list[str], body: list[list[str]]) -> PlainTable:
    out = PlainTable("tiktok_videos" if "Total views" in headings else "tiktok_business_videos")
    aside = 0
    for number, row in enumerate(body, 1):
        cells = dict(zip(headings, row, strict=True))
        link = re.search(r"@([^/]+)/(?:video|photo)/(\d{15,20})", cells["Video link"])
        if not link:
            aside += 1
            continue
        handle, post_id = link.groups()
        at = datetime.fromtimestamp(int(post_id) >> 32, UTC).replace(tzinfo=None)
        value: dict[str, Any] = {
            "record_no": number,
            "network": "tiktok",
            "account": handle.lower(),
            "post_id": post_id,
            "published_at": at.isoformat(timespec="milliseconds"),
            "permalink": cells["Video link"].strip(),
        }
        if cells["Video title"].strip():
            value["text"] = cells["Video title"].strip()
        for heading, metric in VIDEOS.items():
            cell = cells.get(heading, "").strip()
            if cell.lower() in MISSING:
                continue
            parts = [float(part) for part in re.findall(r"[\d.]+", cell.replace(",", ""))]
            value[metric] = parts[0] * 3600 + parts[1] * 60 + parts[2] if len(parts) == 3 else parts[0]
            value[metric] = int(value[metric]) if value[metric] == int(value[metric]) else value[metric]
            out.control_totals[metric] = out.control_totals.get(metric, 0) + value[metric]
        out.values.append(value)
    out.rows = {"read": len(body), "kept": len(out.values), "skipped": 0, "set_aside": aside}
    return out
