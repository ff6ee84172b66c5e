"""More data: accounts by day, advertisements, web pages, and the open data of data.police.uk."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from .. import wording
from ..charts import days
from ..clock import today
from ..definitions import ANY_METRIC, network_label
from ..dictionary import ENTRY, definition_of
from ..filters import EARLIEST, date_range
from ..store import Store
from . import _defined, _show

MOST_ROWS = 1_000
AD_METRICS = (
    "reach",
    "viewers",
    "views",
    "impressions",
    "engagements",
    "clicks_all",
    "link_clicks",
    "video_3s_views",
    "results",
)


def render() -> None:
    """Draws the page."""
    known = _show.store()
    _show.opening("More data", "What the exports say beside posts: accounts by day, advertisements, web pages and open data on crime.")
    by_day, ads, web, crime = st.tabs(["Accounts by day", "Advertisements", "Web pages", "Crime and searches"])
    with by_day:
        _days(known)
    with ads:
        _ads(known)
    with web:
        _web(known)
    with crime:
        _crime(known)
    _show.footer(known)


def _days(known: Store) -> None:
    choices = known.rows("pages/day_choices")
    if not choices:
        _show.small("No days are held. Drop a result card, an overview or a followers export on the Upload page.")
        return
    accounts = list(dict.fromkeys((row["network"], row["account"]) for row in choices))
    named = {
        (row["network"], row["account"]): f"{network_label(row['network'])}: {row['account_name'] or 'account unknown'}" for row in choices
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        whose = st.selectbox("Account", accounts, format_func=named.__getitem__, key="day-account", width=320)
        here = [row for row in choices if (row["network"], row["account"]) == whose]
        metrics = sorted((row["metric"] for row in here), key=list(ANY_METRIC).index)
        metric = st.selectbox("Metric", metrics, format_func=lambda key: ANY_METRIC[key].label, key="day-metric", width=240)
        chosen = st.date_input("Dates", [], EARLIEST, today(), format="DD/MM/YYYY", key="day-dates", width=245)
    picked = date_range(chosen)
    _show.open_end(picked)
    asked = {"network": whose[0], "account": whose[1], "metric": metric, "date_from": picked[0], "date_to": picked[1]}
    frame = known.frame("charts/days", **asked)
    if frame.empty:
        _show.small("No days are held for these dates.")
        return
    gaps = known.frame("charts/day_gaps", **asked)
    about = ANY_METRIC[metric]
    shown = [day.date() for day in frame["day"]]
    meant = [definition_of("day", metric, whose[0], day) for day in shown]
    frame["definition"] = [one.label if one else about.label for one in meant]
    last = meant[-1]
    words: dict[str, Any] = {
        "label": about.label,
        "unit": last.counts if last else about.unit,
        "additive": about.additive,
        "words": last.words if last else about.words,
        "account": named[whose].partition(": ")[2],
        "network": network_label(whose[0]),
        "dark": st.context.theme.type == "dark",
        "breaks": _defined.changes("day", metric, {whose[0]: (min(shown), max(shown))}),
    }
    _show.chart_card(known, lambda narrow: days.chart(frame, gaps, narrow=narrow, **words), "days", "account-by-day.csv")
    _defined.named([("", meant)])


def _ads(known: Store) -> None:
    rows = known.rows("pages/ads", most_rows=MOST_ROWS)
    if not rows:
        _show.small("No advertisements are held. Export a report from Meta Ads Manager and drop it on the Upload page.")
        return
    _show.small(
        "Each row is one object in one window. Windows and breakdowns overlap, and reach counts an account once in each row, so rows are "
        "not added here. A row of level total is the platform's own de-duplicated figure."
    )
    _table_of(
        rows,
        {
            "Window": lambda row: wording.period(row["window_start"], row["window_end"]),
            "Account": _cell("account_name"),
            "Level": _cell("level"),
            "Name": lambda row: row["ad"] or row["ad_set"] or row["campaign"],
            "Breakdown": lambda row: ", ".join(json.loads(row["breakdown"]).values()) if row["breakdown"] else None,
            **{ANY_METRIC[key].label: _cell(key) for key in AD_METRICS},
            "Counted as a result": _cell("result_type"),
            "Spend": lambda row: None if row["spend"] is None else f"{wording.number(row['spend'])} {row['currency'] or ''}".strip(),
            "Source": _source,
        },
        "advertisements.csv",
        "pages/ads",
    )
    held = [key for key in (*AD_METRICS, "spend") if any(row[key] is not None for row in rows)]
    networks = {row["network"] for row in rows}
    _defined.named((ANY_METRIC[key].label, [definition_of("ad", key, network) for network in networks]) for key in held)


def _web(known: Store) -> None:
    rows = known.rows("pages/web_pages", most_rows=MOST_ROWS)
    if not rows:
        _show.small("No web pages are held. Export a page report from GA4 and drop it on the Upload page.")
        return
    _show.small("Periods of different exports can overlap, so they are not added. One user can be at several pages, so users never add.")
    _table_of(
        rows,
        {
            "Period": lambda row: wording.period(row["period_start"], row["period_end"]),
            "Property": _cell("property"),
            "What a row is": _cell("dimension"),
            "Page": _cell("page"),
            **{ANY_METRIC[key].label: _cell(key) for key in ("web_views", "web_users", "web_sessions", "web_events")},
            "Source": _source,
        },
        "web-pages.csv",
        "pages/web_pages",
    )
    _defined.named(
        (ANY_METRIC[key].label, [definition_of("web page", key)]) for key in ("web_views", "web_users", "web_sessions", "web_events")
    )


def _crime(known: Store) -> None:
    choices = known.rows("pages/open_data_choices")
    if not choices:
        _show.small("No open data is held. Drop street crime, outcomes or stop and search files of data.police.uk on the Upload page.")
        return
    forces = sorted({row["force"] for row in choices}, key=lambda one: (one != known.settings.force, one))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        force = st.selectbox("Force", forces, key="crime-force", width=320)
        kinds = [row["kind"] for row in choices if row["force"] == force]
        kind = st.selectbox("Kind", kinds, format_func=str.capitalize, key="crime-kind", width=240)
    _show.small(
        "Counts of rows in the open data of data.police.uk, by month. They say nothing of a named operation or of any one day, and "
        "outcomes move between downloads. Contains public sector information under the Open Government Licence v3.0."
    )
    _table_of(
        known.rows("pages/open_data", force=force, kind=kind, most_rows=MOST_ROWS),
        {
            "Month": lambda row: wording.month(row["month"]),
            "Force": _cell("force"),
            "Category": _cell("category"),
            "Records": _cell("records"),
        },
        "open-data.csv",
        "pages/open_data",
    )
    _defined.named([("Records", [ENTRY["records-open-data"]])])


def _cell(key: str) -> Any:
    return lambda row: row[key]


def _source(row: dict[str, Any]) -> tuple[str, str]:
    return f"{row['file_name']}, record {row['record_no']:,}", f"/sources?upload={row['upload_id']}"


def _table_of(rows: list[dict[str, Any]], columns: dict[str, Any], file_name: str, query: str) -> None:
    """A table of the columns that hold anything, with the same as CSV. Says where it leaves rows out, and how to have them all."""
    total = rows[0]["total_rows"]
    if total > len(rows):
        listed = f"{wording.plural(total, 'row')}. The newest {wording.number(len(rows))} are listed"
        _show.small(f"{listed}; 'reach query {query}' gives them all.")
    cells = {name: [value(row) for row in rows] for name, value in columns.items()}
    held = {name: column for name, column in cells.items() if any(cell not in (None, "") for cell in column)}
    numbers = [name for name, column in held.items() if all(cell is None or not isinstance(cell, (str, tuple)) for cell in column)]
    _show.table(list(held), zip(*held.values(), strict=True), numbers=numbers)
    plain = [[cell[0] if isinstance(cell, tuple) else cell for cell in row] for row in zip(*held.values(), strict=True)]
    _show.download("As CSV", list(held), plain, file_name, f"more-{file_name}")
