"""Campaigns: the record of each, the posts that belong to it and why, its published figures, and what ran alongside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

import streamlit as st

from .. import campaign_files, campaigns, wording
from ..campaigns import RETIRED, STATUSES
from ..claims import networks_named
from ..definitions import MEASURE, METRIC, network_label
from ..errors import ReachError
from ..filters import EARLIEST
from ..store import Store
from ..views import file_name as named_for
from . import _campaign_ratios, _show, _view
from ._lint import CAMPAIGN, wording_findings
from ._tagging import SAID, do, draw_by_hand, draw_rules
from .posts import said_of, show_list

LIST = "All campaigns"
NOT_STATED = "Not stated"
LATEST = date(2100, 12, 31)
# The five OASIS fields: column, label, what belongs there.
AIMS = (
    ("objective", "Objective", "What it is to change, for whom, by how much and by when"),
    ("audience", "Audience and insight", "Who it is for, and what is known of them"),
    ("strategy", "Strategy", "How it is to work: the approach, the message, the channels"),
    ("implementation", "Implementation", "What is done, by whom, when and at what cost"),
    ("scoring", "Scoring", "How its success will be told: outputs, outtakes, outcomes"),
)
# What its evaluation is written from: the first before it runs, the others after it.
EVALUATION = (
    ("baseline", "Baseline", "What was so before it ran, measured as its success will be"),
    ("impact", "Impact", "What changed for people or the organisation, and the evidence"),
    ("also_changed", "What else changed", "What else may have to do with it: operations, other campaigns, the season, how it is counted"),
    ("learning", "Learning", "What worked, what did not, and what to do otherwise or test next time"),
)
TOTALS = (("views", "Views"), ("impressions", "Impressions"), ("engagements", "Engagements"), ("link_clicks", "Link clicks"))
PARTS_TO_READ = ("Posts and figures", "Rates", "Record")
PARTS = (*PARTS_TO_READ, "Which posts belong", "Change or retire")
MOST_ADS = 100
MOST_LISTED = 500


def render() -> None:
    """Draws the page: the list, or the campaign that the address names."""
    known = _show.store()
    _show.opening("Campaigns", "What each campaign set out to do, which posts belong to it, and what was published of it.")
    rows = known.rows("pages/campaigns")
    if (wanted := st.session_state.pop("campaign-next", None)) is not None:
        st.session_state["campaign"] = wanted
    name = _show.pick("Campaign", [LIST, *(row["campaign"] for row in rows)], key="campaign", width=420)
    if said := st.session_state.pop(SAID, None):
        with st.container(border=True):
            _show.small(said)
    chosen = next((row for row in rows if row["campaign"] == name), None)
    if chosen is None:
        _list(rows)
        if not _view.for_reading():
            _new(known)
            _file(known)
    else:
        _one(known, chosen)
    _show.footer(known)


def _list(rows: list[dict[str, Any]]) -> None:
    _show.table(
        ["Campaign", "Dates", "Status", "Networks", "Posts", "Figures", "Recorded"],
        [
            (
                (row["campaign"], f"/campaigns?campaign={quote(row['campaign'])}"),
                _dates(row),
                _status(row),
                _networks(row),
                row["posts"],
                row["figures"],
                _show.imported_words(row),
            )
            for row in rows
        ],
        "Campaigns, the latest first and retired ones last. A post may be in several, so posts are not to be added up over campaigns.",
        ["Posts", "Figures"],
    )


def _networks(row: dict[str, Any]) -> str:
    """The networks that a record states, by their names where they are any."""
    known, others = networks_named(row["networks"])
    return wording.listed([*map(network_label, known), *others]) or "not stated"


def _new(known: Store) -> None:
    with st.expander("Record a campaign"):
        _form(known, None)


def _file(known: Store) -> None:
    with st.expander("Campaigns as a file"):
        _show.small(
            "A CSV file with a row a campaign records new campaigns and changes those of the same name. An empty cell means not known; "
            "a column that is left out stays as it is."
        )
        st.download_button(
            "Campaigns as CSV",
            campaign_files.as_file(known).encode("utf-8-sig"),
            named_for("campaigns.csv", _view.shown()),
            "text/csv",
            key="as-csv",
            on_click="ignore",
        )
        file = st.file_uploader("Campaigns to record (CSV)", ["csv"], key="campaign-file")
        if file is None:
            return
        try:
            _show.bullets(campaign_files.bring(known, file.getvalue(), file.name, keep=False))
            if st.button("Record these campaigns", key="record-file", type="primary"):
                st.session_state[SAID] = " ".join(campaign_files.bring(known, file.getvalue(), file.name))
                st.rerun()
        except ReachError as error:
            _show.small(str(error))


def _one(known: Store, row: dict[str, Any]) -> None:
    operations = known.rows("pages/campaign_operations", campaign=row["campaign"])
    st.html(f'<h2 class="reach-title">{_show.text(row["campaign"])}</h2>')
    if row["status"] == RETIRED:
        _show.small("Retired: its rules tag no posts. What was recorded of it stays. Give it another status to bring it back.")
    part = _show.part(PARTS_TO_READ if _view.for_reading() else PARTS)
    if part == "Rates":
        _campaign_ratios.show(known, row)
    elif part == "Record":
        _record(row, operations)
    elif part == "Which posts belong":
        draw_rules(known, row)
        draw_by_hand(known, row)
    elif part == "Change or retire":
        _form(known, row, operations)
    else:
        _figures(known, row)
        _posts(known, row)
        _advertisements(known, row)
        _operations(operations)


def _figures(known: Store, row: dict[str, Any]) -> None:
    figures = known.rows("pages/figures", campaign=row["campaign"])
    if not figures:
        _show.small("No figure of this campaign is published or recorded.")
        return
    _show.table(
        ["Measure", "Value", "Published wording", "Period", "Area", "Source"],
        [
            (
                MEASURE[one["measure"]].label,
                wording.figure_words(one["value_low"], one["value_high"], one["qualifier"], MEASURE[one["measure"]].unit),
                one["published_wording"] or "recorded, not published",
                wording.period(one["start_date"], one["end_date"]) if one["start_date"] or one["end_date"] else one["date_note"],
                one["area"] + (" (made-up sample)" if one["sample"] else ""),
                ("Source", f"/sources?figure={quote(one['figure_id'])}"),
            )
            for one in figures
        ],
        "Published and recorded figures of this campaign, as they were worded.",
    )


def _posts(known: Store, row: dict[str, Any]) -> None:
    if not row["posts"] and not row["sample_posts"]:
        _show.small("No posts held belong to this campaign yet. Say which do under 'Which posts belong'.")
        return
    sample = not row["posts"]
    if row["posts"] and row["sample_posts"]:
        sample = st.segmented_control("Posts", ("Real", "Made-up sample"), default="Real", required=True, key="campaign-whose") != "Real"
    if not sample:
        _show.small(_belonging(row))
    totals = [one for one in known.rows("pages/campaign_totals", campaign=row["campaign"]) if one["sample"] == sample]
    _totals(totals)
    posts, views_apart = sum(one["posts"] for one in totals), len(totals) > 1 and any("_" in one["network"] for one in totals)
    said = said_of(posts, views_apart, "made-up sample post" if sample else "post")
    everything = posts <= MOST_LISTED or st.toggle(f"List all {wording.number(posts)} posts", key="campaign-all", bind="query-params")
    if not everything:
        said += f". The newest {wording.number(MOST_LISTED)} are listed"
    _show.small(f"{said}. Tick a row to see where its numbers come from.")
    most = posts if everything else MOST_LISTED
    rows = known.rows("pages/campaign_posts", campaign=row["campaign"], sample=sample, most_rows=most)
    show_list(rows)


def _advertisements(known: Store, row: dict[str, Any]) -> None:
    """The advertisements that the campaign's rules name, real ones or, where there are none, made-up ones."""
    for sample in (False, True):
        rows = known.rows("pages/campaign_ads", campaign=row["campaign"], sample=sample)
        if rows:
            break
    else:
        return
    held = [METRIC[key] for key in ("reach", "viewers", "impressions", "views", "link_clicks") if any(one[key] is not None for one in rows)]
    of = f", the first {MOST_ADS} of {len(rows):,}" if len(rows) > MOST_ADS else ""
    _show.table(
        ["Advertising campaign", "Level", "Days", *(metric.label for metric in held), "Spend", "File and record"],
        [
            (
                ": ".join(name for name in (one["ad_campaign"], one["ad_set"], one["ad"]) if name),
                one["level"],
                wording.period(one["window_start"], one["window_end"]),
                *(one[metric.key] for metric in held),
                None if one["spend"] is None else f"{wording.number(one['spend'])} {one['currency'] or ''}".strip(),
                (f"{one['file_name']}, record {one['record_no']:,}", f"/sources?upload={one['upload_id']}"),
            )
            for one in rows[:MOST_ADS]
        ],
        f"{'Made-up sample advertisements' if sample else 'Advertisements'} of this campaign{of}, each as the platform counted it. "
        "An account can be in several, so they are never added.",
        [metric.label for metric in held],
    )


def _belonging(row: dict[str, Any]) -> str:
    tagged = row["posts"] - row["by_hand"]
    said = f"{wording.plural(row['posts'], 'post')} of this campaign: {tagged:,} by its rules, {row['by_hand']:,} by hand."
    if row["shared"]:
        are = "is" if row["shared"] == 1 else "are"
        said += f" {row['shared']:,} of them {are} in another campaign too, so totals of campaigns must not be added."
    return said


def _totals(totals: list[dict[str, Any]]) -> None:
    """A row a network. Reach is the highest of one post; what adds up says of how many posts where not all have a value."""
    people = [
        (key, words)
        for key, words in (("highest_reach", "Highest reach of one post"), ("highest_viewers", "Highest viewers of one post"))
        if any(one[key] is not None for one in totals)
    ]
    adding = [(key, words) for key, words in TOTALS if any(one[f"filled_{key}"] for one in totals)]
    _show.table(
        ["Network", "Posts", *(words for _, words in people), *(words for _, words in adding)],
        [
            (
                network_label(one["network"]),
                one["posts"],
                *(one[key] for key, _ in people),
                *(_total(one, key) for key, _ in adding),
            )
            for one in totals
        ],
        "What the posts of each network add up to. Networks count in their own ways, so nothing is added over them; reach and viewers are "
        "never added, since one account can see several posts. An empty cell was not measured.",
        ["Posts", *(words for _, words in (*people, *adding))],
    )
    measured = [key.removeprefix("highest_") for key, _ in people] + [key for key, _ in adding]
    _show.bullets(f"{METRIC[key].label}: {METRIC[key].words}" for key in measured)


def _total(one: dict[str, Any], key: str) -> str | None:
    filled = one[f"filled_{key}"]
    if not filled:
        return None
    total = wording.number(one[f"total_{key}"])
    return total if filled == one["posts"] else f"{total} (of {wording.plural(filled, 'post')})"


def _operations(operations: list[dict[str, Any]]) -> None:
    if not operations:
        _show.small("No operation is said to have run alongside this campaign.")
        return
    _show.table(
        ["Operation", "Area", "Dates", "Said by"],
        [
            (
                (one["operation"], f"/operations?operation={quote(one['operation'])}&area={quote(one['area'])}"),
                one["area"],
                wording.period(one["start_date"], one["end_date"]) if one["start_date"] or one["end_date"] else one["date_note"],
                wording.listed(
                    [
                        *(["the campaign's record"] if one["linked"] else []),
                        *([wording.plural(one["figures"], "figure")] if one["figures"] else []),
                    ]
                ),
            )
            for one in operations
        ],
        "Operations that ran alongside. That they ran at one time says nothing of what either led to.",
    )


def _record(row: dict[str, Any], operations: list[dict[str, Any]]) -> None:
    population = ", ".join(part for part in (row["population"], row["population_area"]) if part)
    # Whether anything was recorded is not told to the public either.
    unsaid = "for the working view" if _view.for_reading() else "not recorded"
    _show.facts(
        (
            ("Dates", _dates(row)),
            ("Status", _status(row)),
            ("Networks", _networks(row)),
            *((label, row[column] or unsaid) for column, label, _ in (*AIMS, *EVALUATION)),
            ("Target audience", population or unsaid),
            ("Budget", unsaid if row["budget"] is None else wording.money(row["budget"])),
            ("Alongside", "; ".join(one["operation"] for one in operations) or "no operation recorded"),
            ("Note", row["note"]),
            ("Source", row["source"]),
            ("Last recorded", _show.imported_words(row)),
        )
    )


def _form(known: Store, row: dict[str, Any] | None, operations: Sequence[dict[str, Any]] = ()) -> None:
    """The record of a campaign to fill in; of a new one where ``row`` is None."""
    held: dict[str, Any] = row or dict.fromkeys(campaigns.STATED)
    key = "new-campaign" if row is None else "change-campaign"
    populations = {f"{one['population']}, {one['area']}": (one["population"], one["area"]) for one in known.rows("pages/populations")}
    pairs = {(one["operation"], one["area"]): f"{one['operation']} ({one['area']})" for one in known.rows("pages/operations")}
    pairs |= {(one["operation"], one["area"]): f"{one['operation']} ({one['area']})" for one in operations if one["linked"]}
    linked = [(one["operation"], one["area"]) for one in operations if one["linked"]]
    target = ", ".join(str(held[part]) for part in ("population", "population_area") if held[part])
    audiences = [NOT_STATED, *dict.fromkeys([*([target] if target else []), *populations])]
    statuses = [NOT_STATED, *STATUSES]
    # A form would keep what is typed until it is sent, and the wording is looked at while it is.
    with st.container(key=key):
        said: dict[str, Any] = {"campaign": held["campaign"] if row else st.text_input("Name", max_chars=campaigns.LONGEST_NAME)}
        if row is None:
            wording_findings(known, said["campaign"])
        with st.container(horizontal=True, vertical_alignment="bottom"):
            said["start_date"] = st.date_input("First day", held["start_date"], EARLIEST, LATEST, format="DD/MM/YYYY", width=180)
            said["end_date"] = st.date_input("Last day", held["end_date"], EARLIEST, LATEST, format="DD/MM/YYYY", width=180)
            status = st.selectbox("Status", statuses, statuses.index(held["status"] or NOT_STATED), format_func=_capital, width=180)
            said["budget"] = st.number_input(
                "Budget in pounds", 0.0, 1e11, None if held["budget"] is None else float(held["budget"]), 100.0, width=200
            )
        said["date_note"] = st.text_input("What is known of the dates, where they are not certain", held["date_note"] or "")
        wording_findings(known, said["date_note"])
        said["networks"] = st.text_input("Networks it runs on", held["networks"] or "")
        for column, label, words in AIMS:
            said[column] = st.text_area(f"{label}: {wording.lower_first(words)}", held[column] or "", height=80)
            wording_findings(known, said[column])
        for column, label, words in EVALUATION:
            said[column] = st.text_area(f"{label}: {wording.lower_first(words)}", held[column] or "", height=80)
            wording_findings(known, said[column], CAMPAIGN)
        audience = st.selectbox("Target audience, as a population", audiences, audiences.index(target or NOT_STATED))
        alongside = st.multiselect("Operations it runs alongside", list(pairs), linked, format_func=lambda pair: pairs[pair])
        said["note"] = st.text_area("What a reader must know", held["note"] or "", height=80)
        wording_findings(known, said["note"])
        said["source"] = st.text_input("Where it is published or recorded", held["source"] or "")
        pressed = st.button("Record this campaign" if row is None else "Save the changes", key=f"{key}-save", type="primary")
    if row is not None and row["status"] != RETIRED:
        _show.small("Retire a campaign to take it off other lists. Its posts go from it, and nothing is deleted.")
        if st.button("Retire this campaign", key="retire-campaign"):
            do(lambda: campaigns.set_status(known, row["campaign"], RETIRED))
    if not pressed:
        return
    said["status"] = None if status == NOT_STATED else status
    if audience != target:
        said["population"], said["population_area"] = populations.get(audience, (None, None))
    if row is None:
        do(lambda: campaigns.create(known, said, alongside), opened=said["campaign"])
    else:
        do(lambda: campaigns.record(known, said, alongside, seen=row["recorded_at"]))


def _dates(row: dict[str, Any]) -> str:
    if row["start_date"] or row["end_date"]:
        days = wording.period(row["start_date"], row["end_date"])
        return f"{days} ({row['date_note']})" if row["date_note"] else days
    return row["date_note"] or "not dated"


def _status(row: dict[str, Any]) -> str:
    return row["status"] or "not stated"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
