"""How long platforms offer what can be exported, as a number of days, where that is known.

The sentence of the same fact, for people, is a format's ``kept_for``. Only limits that a platform states of its export are here: what a
platform is merely said to keep is not, so that "9 days left" can be relied on.
"""

from __future__ import annotations

from datetime import date, timedelta

from . import wording
from .formats import all_formats

# TikTok's ranges of 7, 28, 60 and 365 days all end today (TikTok Creator Academy, "Introducing TikTok analytics"), so that a day can
# be exported for 365 days.
OFFERED_DAYS = {
    "tiktok_followers": 365,
    "tiktok_overview": 365,
    "tiktok_videos": 365,
    "tiktok_viewers": 365,
}


def offered_days(network: str, table: str) -> int | None:
    """For how many days a network offers a day in any of its exports of a table; None where that is stated of none of them."""
    formats = [one for one in all_formats() if one.network == network and one.table == table]
    return max((OFFERED_DAYS[one.key] for one in formats if one.key in OFFERED_DAYS), default=None)


def days_left(day: date, days: int, today: date) -> int:
    """How many days from today a day can still be exported; 0 when this is the last, below 0 once it is gone."""
    return (day + timedelta(days=days) - today).days


def left(first: date | None, last: date | None, days: int | None, today: date) -> str:
    """How long missing days, of which these are the first and the last, can still be had: ``9 days left``; empty where none is missing."""
    if first is None or last is None:
        return ""
    if days is None:
        return "not stated"
    soonest, latest = days_left(first, days, today), days_left(last, days, today)
    if latest < 0:
        return "no longer offered"
    if soonest < 0:
        return f"partly gone, the last of it in {_days(latest)}"
    return f"{_days(soonest)} left"


def _days(number: int) -> str:
    return wording.plural(number, "day")
