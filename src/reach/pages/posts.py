"""Posts: every post held, as the last export of it saw it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from .. import editions, wording
from ..campaigns import RETIRED
from ..clock import london
from ..definitions import METRIC, METRICS, Definition, Metric, network_label
from ..dictionary import adds_within, definition_of
from ..filters import EVERYTHING
from ..store import Store
from . import _age, _defined, _show

MOST_ROWS = 2_000
SHOWN = (
    "reach",
    "viewers",
    "views",
    "impressions",
    "engagements",
    "reactions_likes",
    "comments",
    "shares",
    "saves",
    "link_clicks",
    "follows_new",
)
# Whose posts, and whether real ones: made-up posts are never counted with real ones.
WHOSE = {"Our accounts": (True, False), "Other accounts": (False, False), "All accounts": (None, False), "Made-up sample": (None, True)}


def render() -> None:
    """Draws the page."""
    known = _show.store()
    _show.opening("Posts", "Every post held, with the latest value of each metric and the file it comes from. Times are London times.")
    held = [one for one, (_, sample) in WHOSE.items() if not sample or editions.sample_loaded(known)]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        whose = _show.pick("Whose", held, key="whose", width=190)
        networks = [EVERYTHING, *_show.networks(known)]
        network = _show.pick("Network", networks, format_func=network_label, key="posts-network", width=190)
        campaigns = [EVERYTHING, *(row["campaign"] for row in known.rows("pages/campaigns") if row["status"] != RETIRED)]
        campaign = _show.pick("Campaign", campaigns, key="posts-campaign", width=190)
        words = st.text_input("Words in the text", key="words", bind="query-params", width=300)
        windows = _age.windows(known)
        age = _show.pick("Value at", [_age.LATEST, *windows], key="value-at", width=150)
    ours, sample = WHOSE[whose]
    rows = known.rows(
        "pages/posts",
        ours=ours,
        sample=sample,
        network=None if network == EVERYTHING else network,
        campaign=None if campaign == EVERYTHING else campaign,
        words=words.strip() or None,
        most_rows=MOST_ROWS,
    )
    if not rows:
        _show.small("No posts are held for this choice. Drop an export on the Upload page, or change the choice.")
    else:
        kind, total = "made-up sample post" if sample else "post", rows[0]["posts"]
        said = said_of(total, rows[0]["views_apart"], kind)
        aged = None
        if age == _age.LATEST:
            highest = rows[0]["highest_reach"]
            if highest is not None:
                said += f". Highest reach of one post: {wording.number(highest)} accounts; reach is not added up"
        else:
            rows, aged = _age.at_age(known, rows, age, windows[age])
        if total > len(rows):
            said += f". The newest {wording.number(len(rows))} are listed; narrow the choice to see others"
        _show.small(f"{said}. Tick a row to see where its numbers come from.")
        if aged:
            _show.small(aged)
        show_list(rows)
        if age != _age.LATEST:
            _history(known, age, None if network == EVERYTHING else network, sample)
    _show.footer(known)


def _history(known: Store, age: str, network: str | None, sample: bool) -> None:
    """What is usual for our own posts at this age: to hold a new post against."""
    rows = _age.own_history(known, age, network, sample)
    if rows:
        st.subheader(f"What is usual for our posts at {age}", anchor=False)
        _show.table(
            ["Network", "Paid or organic", "Metric", "Posts", "Median", "Lowest to highest"],
            rows,
            f"All posts of our accounts that an export saw at {age}. Each row is of one network and metric; rows do not compare.",
            ["Posts", "Median"],
        )


def said_of(posts: int, views_apart: bool, kind: str) -> str:
    """How many posts are listed, and what their number counts twice where it has ``views_apart``: of tools, or of video assets."""
    said = wording.plural(posts, kind)
    return said + (", each tool's view of a post and each video asset listed as one of its own" if views_apart else "")


def show_list(rows: list[dict[str, Any]]) -> None:
    """Posts, rows of ``pages/posts`` or ``pages/campaign_posts``, sortable, as CSV, and the source of one that is ticked."""
    held = [metric for metric in METRICS if metric.key in SHOWN and any(row[metric.key] is not None for row in rows)]
    frame = pd.DataFrame([_row(row, [metric.key for metric in held]) for row in rows])
    meant = {metric.key: _meant(metric, rows) for metric in held}
    numbers = {
        metric.key: st.column_config.NumberColumn(
            metric.label,
            format="localized",
            help=f"{metric.words} Defined as: {'; '.join(dict.fromkeys(one.label for one in meant[metric.key].values()))}.",
        )
        for metric in held
    }
    picked = st.dataframe(
        frame.drop(columns=["key", "Record"]),
        hide_index=True,
        placeholder="",
        height=560,
        on_select="rerun",
        selection_mode="single-row",
        key="post-list",
        alt="Posts held, newest first, sortable by any column",
        column_config={
            **numbers,
            "Published": st.column_config.DatetimeColumn("Published", format="DD/MM/YYYY HH:mm"),
            "As of": st.column_config.DatetimeColumn("As of", format="DD/MM/YYYY HH:mm"),
            "Text": st.column_config.TextColumn("Text", width="large"),
            "Link": st.column_config.LinkColumn("Link", display_text="Open"),
        },
    )
    _show.download(
        "List as CSV",
        [METRIC[name].label if name in METRIC else name for name in frame.columns[1:]],
        frame.iloc[:, 1:].itertuples(index=False, name=None),
        "posts.csv",
        "posts-csv",
    )
    with st.expander("Definitions of the columns"):
        _show.table(
            ["Column", "Network", "Definition", "Unit", "May be added"],
            [
                (metric.label, network_label(network), (one.label, _defined.address(one)), one.counts, adds_within(one))
                for metric in held
                for network, one in meant[metric.key].items()
            ],
        )
    chosen = picked.selection.rows if picked else []
    if chosen and st.session_state.get("post-shown") != (key := frame["key"].iloc[chosen[0]]):
        st.session_state["post-shown"] = key
        _show.source_of(_show.store(), f"post {key}")
    elif not chosen:
        st.session_state.pop("post-shown", None)


def _meant(metric: Metric, rows: list[dict[str, Any]]) -> dict[str, Definition]:
    """What a column counts on each network that has values in it."""
    networks = dict.fromkeys(row["network"] for row in rows if row[metric.key] is not None)
    known = {network: definition_of("post", metric.key, network) for network in networks}
    return {network: one for network, one in known.items() if one}


def _row(row: dict[str, Any], metrics: list[str]) -> dict[str, Any]:
    # Only a web address becomes a link: anything else in that column of a file stays out of it.
    link = row["permalink"] if urlsplit(row["permalink"] or "").scheme in ("http", "https") else None
    return {
        "key": f"{row['network']} {row['post_key']}",
        "Published": row["published_london"],
        "Network": network_label(row["network"]),
        "Account": row["account_name"] or row["account"],
        "Text": row["text"],
        "Type": row["kind"],
        **({"Age when seen": row["at_age"]} if "at_age" in row else {}),
        **{metric: None if row[metric] is None else float(row[metric]) for metric in metrics},
        "Campaigns": row["campaigns"],
        "As of": None if row["as_of"] is None else london(row["as_of"]),
        "Source": row["file_name"] + (" (made-up sample)" if row["sample"] and row["file_name"] else ""),
        "Record": row["record_no"],
        "Post id": "damaged" if row["file_post_id"] and row["post_key"].startswith("minute:") else row["post_key"],
        "Link": link,
    }
