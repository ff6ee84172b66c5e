"""Sprout Social, in plain Python: Post Performance and Profile Performance."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from . import PlainTable

FORMATS = {"sprout_posts", "sprout_days"}
SAMPLES = ("sprout/*.csv",)

POSTS = {
    "Impressions": "impressions",
    "Reach": "reach",
    "Organic Reach": "reach_organic",
    "Paid Reach": "reach_boosted",
    "Potential Reach": "potential_reach",
    "Engagements": "engagements",
    "Reactions": "reactions_likes",
    "Comments": "comments",
    "Shares": "shares",
    "Saves": "saves",
    "Post Clicks (All)": "clicks_all",
    "Post Link Clicks": "link_clicks",
    "Follows from Post": "follows_new",
    "Video Views": "views",
    "Organic Video Views": "views_organic",
    "Paid Video Views": "views_boosted",
    "Full Video Views": "video_30s_views",
    "95% Video Views": "video_95_views",
    "Video View Time (Seconds)": "watch_seconds",
}
DAYS = {
    "Audience": "followers",
    "Audience Gained": "follows_new",
    "Audience Lost": "unfollows",
    "Published Posts (Total)": "posts_published",
    "Impressions": "impressions",
    "Reach": "reach",
    "Organic Reach": "reach_organic",
    "Potential Reach": "potential_reach",
    "Video Views": "views",
    "Engagements": "engagements",
    "Reactions": "reactions_likes",
    "Comments": "comments",
    "Shares": "shares",
    "Saves": "saves",
    "Post Link Clicks": "link_clicks",
    "Profile Actions": "profile_visits",
}
NETWORKS = ("facebook", "instagram", "x", "linkedin", "tiktok", "youtube", "nextdoor")


def tables(path: Path, answers: Mapping[str, Any]) -> list[PlainTable]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if any((cell or "").strip() for cell in row.values() if isinstance(cell, str))]
    return [posts(rows) if "Post ID" in rows[0] else days(rows)]


def network_of(row: dict[str, str]) -> str:
    name = row["Network"].strip().lower()
    name = {"twitter": "x", "x (twitter)": "x"}.get(name, name)
    return f"sprout_{name}" if name in NETWORKS else "sprout_other"


def account_of(row: dict[str, str]) -> str | None:
    name = row["Profile"].strip()
    name = name[1:] if name.startswith("'@") else name
    name = name.lstrip("@").lower()
    if network_of(row) == "sprout_other" and name:
        return f"{row['Network'].strip().lower()}:{name}"
    return name or None


def number(cell: str) -> Decimal | None:
    return None if cell.strip().lower() in ("", "-", "n/a") else Decimal(cell.replace(",", ""))


def order(rows: list[dict[str, str]]) -> str:
    """Month first as Sprout has it, unless a first number above 12 and no second show that the file was saved again day first."""
    numbers = [found.groups() for row in rows if (found := re.match(r"(\d\d?)[-/](\d\d?)[-/]", row["Date"].strip()))]
    return "%d/%m" if any(int(one) > 12 for one, _ in numbers) and not any(int(two) > 12 for _, two in numbers) else "%m/%d"


def clock(cell: str, days: str) -> datetime | None:
    for pattern in (f"{days}/%Y %I:%M %p", f"{days}/%Y %H:%M"):
        try:
            local = datetime.strptime(cell.strip(), pattern)
        except ValueError:
            continue
        return local.replace(tzinfo=ZoneInfo("Europe/London")).astimezone(UTC).replace(tzinfo=None)
    return None


def plain(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


def posts(rows: list[dict[str, str]]) -> PlainTable:
    out = PlainTable("sprout_posts", None, {"read": len(rows), "kept": 0, "skipped": 0, "set_aside": 0})
    days_as = order(rows)
    for record, row in enumerate(rows, 1):
        when = clock(row["Date"], days_as)
        try:
            cells = {metric: number(row.get(heading) or "") for heading, metric in POSTS.items()}
        except ArithmeticError:
            when = None
        if not (when and row["Post ID"].strip() and row["Network"].strip() and account_of(row)):
            out.rows["set_aside"] += 1
            continue
        text = row["Post"].strip().replace("\r\n", "\n")
        value: dict[str, Any] = {
            "record_no": record,
            "network": network_of(row),
            "account": account_of(row),
            "post_id": row["Post ID"].strip(),
            "published_at": when.isoformat(timespec="milliseconds"),
            "text": text[1:] if text[:1] == "'" and text[1:2] in ("@", "=", "+", "-") else text,
            "kind": row["Post Type"].strip(),
            "permalink": row["Link"].strip(),
            "labels": (row.get("Tags") or "").strip(),
        }
        value = {name: cell for name, cell in value.items() if cell not in ("", None)}
        for metric, cell in cells.items():
            if cell is not None:
                value[metric] = plain(cell)
                out.control_totals[metric] = plain(Decimal(str(out.control_totals.get(metric, 0))) + cell)
        out.values.append(value)
        out.rows["kept"] += 1
    return out


def days(rows: list[dict[str, str]]) -> PlainTable:
    out = PlainTable("sprout_days", None, {"read": len(rows), "kept": 0, "skipped": 0, "set_aside": 0})
    days_as = order(rows)
    for record, row in enumerate(rows, 1):
        try:
            day = datetime.strptime(row["Date"].strip().replace("-", "/"), f"{days_as}/%Y").date()
            cells = {heading: number(row.get(heading) or "") for heading in DAYS}
        except (ValueError, ArithmeticError):
            out.rows["set_aside"] += 1
            continue
        filled = {heading: cell for heading, cell in cells.items() if cell is not None}
        out.rows["kept" if filled else "skipped"] += 1
        for heading, cell in filled.items():
            metric = DAYS[heading]
            out.values.append(
                {
                    "record_no": record,
                    "network": network_of(row),
                    "account": account_of(row),
                    "day": day.isoformat(),
                    "metric": metric,
                    "value": plain(cell),
                    "heading": heading,
                }
            )
            out.control_totals[metric] = plain(Decimal(str(out.control_totals.get(metric, 0))) + cell)
    return out
