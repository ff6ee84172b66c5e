"""Coverage: which months of which account are held, and how long the rest can still be had."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from .. import clock, editions, wording
from ..charts import coverage
from ..definitions import network_label
from ..offered import days_left, left, offered_days
from ..store import Store
from . import _show

WHAT = {"post_observation": "posts", "account_day": "accounts by day", "ad_result": "advertisements"}
REAL, MADE_UP = "Our accounts", "Made-up sample"
MOST_DUE = 12


def render() -> None:
    """Draws the page."""
    known = _show.store()
    _show.opening("Coverage", "What is held of each of our accounts, month by month, and what a platform will soon stop offering.")
    today = clock.today()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        offers_sample = editions.sample_loaded(known)
        whose = _show.pick("Whose", [REAL, *([MADE_UP] if offers_sample else [])], key="coverage-whose", width=190)
        sample = whose == MADE_UP
        years = [str(row["year_no"]) for row in known.rows("pages/coverage_years", sample=sample, today=today)]
        year = int(_show.pick("Year", years, key="coverage-year", width=120)) if years else None
    if year is None:
        _show.small("No file of an account of ours is held. Drop an export on the Upload page.")
    else:
        _calendar(known, year, sample, today)
        if not sample:
            _due(known, today)
    _show.footer(known)


def _calendar(known: Store, year: int, sample: bool, today: date) -> None:
    frame = _months(known, date(year, 1, 1), date(year, 12, 31), sample, today)
    dark = st.context.theme.type == "dark"
    _show.chart_card(
        known, lambda narrow: coverage.chart(frame, year=year, dark=dark, narrow=narrow), "coverage", f"coverage-{year}.csv"
    )


def _months(known: Store, first: date, last: date, sample: bool, today: date) -> pd.DataFrame:
    """``charts/coverage`` with its keys in words, and how long what is missing of each month can still be had."""
    rows = known.rows("charts/coverage", date_from=first, date_to=last, sample=sample, today=today)
    return pd.DataFrame([_in_words(row, today) for row in rows])


def _in_words(row: dict[str, Any], today: date) -> dict[str, Any]:
    days = offered_days(row["network"], row["table_name"])
    return {
        **row,
        "network": network_label(row["network"]),
        "what": WHAT[row["table_name"]],
        "offered": days,
        "left": left(row["first_missing"], row["last_missing"], days, today),
    }


def _due(known: Store, today: date) -> None:
    """The months not held whole that can still be exported where the platform states for how long, the soonest to go first."""
    st.subheader("Export these before they go", anchor=False)
    rows = known.rows("charts/coverage", date_from=date(today.year - 1, 1, 1), date_to=today, sample=False, today=today)
    due = []
    for row in (_in_words(one, today) for one in rows):
        if row["offered"] is None or row["last_missing"] is None or days_left(row["last_missing"], row["offered"], today) < 0:
            continue
        due.append((days_left(row["first_missing"], row["offered"], today), row))
    due.sort(key=lambda one: (max(one[0], 0), one[1]["month"], one[1]["network"], one[1]["account_name"]))
    if not due:
        _show.small("Nothing is missing of what a platform with a stated limit still offers.")
    else:
        _show.table(
            ["What", "Account", "Days not held", "Still offered"],
            [
                (
                    f"{row['network']} for {wording.month(row['month'])}, {row['what']}",
                    row["account_name"],
                    wording.period(row["first_missing"], row["last_missing"]),
                    row["left"],
                )
                for _, row in due[:MOST_DUE]
            ],
        )
        if len(due) > MOST_DUE:
            _show.small(f"{wording.plural(len(due) - MOST_DUE, 'further month')} can be had for longer; the calendar's table lists them.")
    _show.small(
        "Only limits that a platform states of its export count here: TikTok offers 365 days. For the other networks none is stated, so "
        "export every month."
    )
