"""X by day, in plain Python: the account overview and the video overview of X analytics, and Twitter's old export by day."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from . import PlainTable

FORMATS = {"x_days_new", "x_days_old", "x_video_days"}
SAMPLES = ("x_new/account_overview*.csv", "x_old/daily_tweet_activity*.csv")

NEW = {
    "impressions": "impressions",
    "likes": "reactions_likes",
    "engagements": "engagements",
    "bookmarks": "saves",
    "new follows": "follows_new",
    "unfollows": "unfollows",
    "replies": "comments",
    "reposts": "shares",
    "profile visits": "profile_visits",
    "create post": "posts_published",
    "video views": "views",
}
OLD = {
    "tweets published": "posts_published",
    "impressions": "impressions",
    "engagements": "engagements",
    "retweets": "shares",
    "replies": "comments",
    "likes": "reactions_likes",
    "user profile clicks": "profile_visits",
    "url clicks": "link_clicks",
    "follows": "follows_new",
}
VIDEO = {"views": "views", "watch time (ms)": "watch_seconds"}
MISSING = {"", "-", "--", "n/a", "nan", "undefined", "null"}


def tables(path: Path, answers: Mapping[str, Any]) -> list[PlainTable]:
    raw = path.read_bytes()
    text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    delimiter = max(",;\t", key=text.splitlines()[0].count)
    records = list(csv.reader(text.replace("\r\n", "\n").split("\n"), delimiter=delimiter))
    if records[0][0] == "Video overview":
        records = records[1:]
    below = [number for number, row in enumerate(records) if row and row[0] == "Your videos"]
    if below:
        records = records[: below[0]]
    headings, *rows = [row for row in records if any(cell.strip() for cell in row)]
    kinds = [heading.strip().lower() for heading in headings]
    key, metrics = ("x_video_days", VIDEO) if "watch time (ms)" in kinds else ("x_days_new", NEW)
    if "tweets published" in kinds or "user profile clicks" in kinds:
        key, metrics = "x_days_old", OLD
    day_first = key == "x_days_old" or any(row[kinds.index("date")].split("/")[0] in map(str, range(13, 32)) for row in rows)
    out = PlainTable(key, rows={"read": len(rows), "kept": 0, "skipped": 0, "set_aside": 0})
    firsts: dict[date, list[str]] = {}
    for number, row in enumerate(rows, 1):
        try:
            day = _day(row[kinds.index("date")], day_first)
            values = {
                metrics[kind]: (value, headings[place])
                for place, kind in enumerate(kinds)
                if kind in metrics and (value := _number(row[place], kind)) is not None
            }
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
                {"record_no": number, "network": "x", "day": day.isoformat(), "metric": metric, "value": value, "heading": heading}
            )
            out.control_totals[metric] = out.control_totals.get(metric, 0) + value
    return [out]


def _day(cell: str, day_first: bool) -> date:
    numbers = "%d/%m/%Y" if day_first else "%m/%d/%Y"
    for shape in ("%a, %b %d, %Y", "%a %b %d %Y", "%Y-%m-%d", numbers):
        try:
            return datetime.strptime(cell.strip(), shape).date()
        except ValueError:
            continue
    raise ValueError(cell)


def _number(cell: str, kind: str) -> int | float | None:
    cell = cell.strip()
    if cell.lower() in MISSING:
        return None
    number = float(cell.replace(",", ""))
    if number < 0 or number != int(number):
        raise ValueError(cell)
    return number / 1000 if "(ms)" in kind else int(number)
