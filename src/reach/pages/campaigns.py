"""Campaigns: the record of each, the posts that belong to it and why, its published figures, and what ran alongside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import quote

import streamlit as st

from .. import campaign_files, campaigns, wording
from ..campaigns import RETIRED, STATUSES, Rule
from ..claims import networks_named
from ..clock import london
from ..definitions import MEASURE, METRIC, network_label
from ..errors import ReachError
from ..filters import EARLIEST, EVERYTHING, date_range
from ..store import Store
from . import _campaign_ratios, _show
from .posts import MOST_ROWS, said_of, show_list

LIST = "All campaigns"
NOT_STATED = "Not stated"
MOST_BY_HAND = 300
LATEST = date(2100, 12, 31)
# The five OASIS fields: column, label, what belongs there.
AIMS = (
    ("objective", "Objective", "What it is to change, for whom, by how much and by when"),
    ("audience", "Audience and insight", "Who it is for, and what is known of them"),
    ("strategy", "Strategy", "How it is to work: the approach, the message, the channels"),
    ("implementation", "Implementation", "What is done, by whom, when and at what cost"),
    ("scoring", "Scoring", "How its success will be told: outputs, outtakes, outcomes"),
)
TOTALS = (("views", "Views"), ("impressions", "Impressions"), ("engagements", "Engagements"), ("link_clicks", "Link clicks"))
SAID = "campaign-said"
VIEWS = ("Posts and figures", "Rates", "Record", "Which posts belong", "Change or retire")
NO_RULE: dict[str, Any] = {"identity": None, "hashtag": "", "words": "", "account": EVERYTHING, "network": EVERYTHING, "dates": ()}


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
            "campaigns.csv",
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
    view = st.segmented_control(
        "Part", VIEWS, default=VIEWS[0], required=True, key="view", label_visibility="collapsed", bind="query-params"
    )
    if view == "Rates":
        _campaign_ratios.show(known, row)
    elif view == "Record":
        _record(row, operations)
    elif view == "Which posts belong":
        _rules(known, row)
        _by_hand(known, row)
    elif view == "Change or retire":
        _form(known, row, operations)
    else:
        _figures(known, row)
        _posts(known, row)
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
    rows = known.rows("pages/posts", campaign=row["campaign"], sample=sample, most_rows=MOST_ROWS)
    said, posts = said_of(rows, "made-up sample post" if sample else "post"), rows[0]["posts"]
    if posts > len(rows):
        said += f". The newest {wording.number(len(rows))} are listed"
    _show.small(f"{said}. Tick a row to see where its numbers come from.")
    show_list(rows)


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
                (one["operation"], f"/overview?operation={quote(one['operation'])}&area={quote(one['area'])}"),
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
    _show.facts(
        (
            ("Dates", _dates(row)),
            ("Status", _status(row)),
            ("Networks", _networks(row)),
            *((label, row[column] or "not recorded") for column, label, _ in AIMS),
            ("Target audience", population or "not recorded"),
            ("Budget", "not recorded" if row["budget"] is None else wording.money(row["budget"])),
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
    with st.form(key, border=False):
        said: dict[str, Any] = {"campaign": held["campaign"] if row else st.text_input("Name", max_chars=campaigns.LONGEST_NAME)}
        with st.container(horizontal=True, vertical_alignment="bottom"):
            said["start_date"] = st.date_input("First day", held["start_date"], EARLIEST, LATEST, format="DD/MM/YYYY", width=180)
            said["end_date"] = st.date_input("Last day", held["end_date"], EARLIEST, LATEST, format="DD/MM/YYYY", width=180)
            status = st.selectbox("Status", statuses, statuses.index(held["status"] or NOT_STATED), format_func=_capital, width=180)
            said["budget"] = st.number_input(
                "Budget in pounds", 0.0, 1e11, None if held["budget"] is None else float(held["budget"]), 100.0, width=200
            )
        said["date_note"] = st.text_input("What is known of the dates, where they are not certain", held["date_note"] or "")
        said["networks"] = st.text_input("Networks it runs on", held["networks"] or "")
        for column, label, words in AIMS:
            said[column] = st.text_area(f"{label}: {wording.lower_first(words)}", held[column] or "", height=80)
        audience = st.selectbox("Target audience, as a population", audiences, audiences.index(target or NOT_STATED))
        alongside = st.multiselect("Operations it runs alongside", list(pairs), linked, format_func=lambda pair: pairs[pair])
        said["note"] = st.text_area("What a reader must know", held["note"] or "", height=80)
        said["source"] = st.text_input("Where it is published or recorded", held["source"] or "")
        pressed = st.form_submit_button("Record this campaign" if row is None else "Save the changes", type="primary")
    if row is not None and row["status"] != RETIRED:
        _show.small("Retire a campaign to take it off other lists. Its posts go from it, and nothing is deleted.")
        if st.button("Retire this campaign", key="retire-campaign"):
            _do(lambda: campaigns.set_status(known, row["campaign"], RETIRED))
    if not pressed:
        return
    said["status"] = None if status == NOT_STATED else status
    if audience != target:
        said["population"], said["population_area"] = populations.get(audience, (None, None))
    if row is None:
        _do(lambda: campaigns.create(known, said, alongside), opened=said["campaign"])
    else:
        _do(lambda: campaigns.record(known, said, alongside, seen=row["recorded_at"]))


def _do(act: Callable[[], str | None], said: str | None = None, opened: str | None = None) -> None:
    """Does something and shows the page anew with what it said, or with ``said``; or says why not."""
    try:
        answer = act()
    except ReachError as error:
        _show.small(str(error))
        return
    if opened is not None:
        st.session_state["campaign-next"] = campaigns.clean_name(opened)
    st.session_state[SAID] = said or answer
    st.rerun()


# --- which posts belong ---------------------------------------------------------------------------------------


def _rules(known: Store, row: dict[str, Any]) -> None:
    name = row["campaign"]
    accounts = known.rows("pages/accounts")
    st.html('<h3 class="reach-title">Rules</h3>')
    _show.small("A post belongs if every condition of one rule holds. Rules tag what is held and whatever is imported later.")
    for rule, held in campaigns.rules(known, name):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            sample = f" and {wording.plural(held['sample_posts'], 'made-up sample post')}" if held["sample_posts"] else ""
            _show.small(f"{_rule_words(rule, accounts)}. Tags {wording.plural(held['posts'], 'post')}{sample}.")
            st.button("Change", key=f"change-{rule.identity}", on_click=_take_up, args=(rule, accounts))
            if st.button("Retire", key=f"retire-{rule.identity}"):
                _do(partial(campaigns.retire_rule, known, rule), f"Rule retired: {_rule_words(rule, accounts)}.")
    if row["status"] == RETIRED:
        return
    _draft(known, name, accounts)


def _draft(known: Store, name: str, accounts: list[dict[str, Any]]) -> None:
    """A rule to make or change, with what it would tag before it is saved."""
    if st.session_state.get("rule-of") != name:
        # Said and not taken away: the browser would keep what it shows.
        st.session_state.update({f"rule-{part}": empty for part, empty in NO_RULE.items()} | {"rule-of": name})
    changed = st.session_state.get("rule-identity")
    names = {_account_key(one): f"{one['name']} ({network_label(one['network'])})" for one in accounts}
    with st.container(border=True):
        _show.small("Change the rule:" if changed else "A new rule:")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            hashtag = st.text_input("Hashtag, whole", key="rule-hashtag", width=200)
            words = st.text_input("Words, one after another", key="rule-words", width=260)
            account = st.selectbox(
                "Account", [EVERYTHING, *names], format_func=lambda one: names.get(one, "Any of our own"), key="rule-account", width=240
            )
            networks = [EVERYTHING, *_show.networks(known)]
            network = st.selectbox("Network", networks, format_func=network_label, key="rule-network", width=180)
            chosen = st.date_input("Published", [], EARLIEST, LATEST, format="DD/MM/YYYY", key="rule-dates", width=245)
        first, last = date_range(chosen)
        of_account, _, identity = account.partition(" ")
        rule = Rule(
            name,
            hashtag or None,
            words or None,
            identity if account != EVERYTHING else None,
            of_account if account != EVERYTHING else None if network == EVERYTHING else network,
            first,
            last,
            changed,
        )
        if not (rule.hashtag or rule.words or rule.account or rule.network or first or last):
            _show.small("Fill in one or more to see what the rule would tag.")
            return
        try:
            _show.small(_preview_words(campaigns.preview_rule(known, rule)))
        except ReachError as error:
            _show.small(str(error))
            return
        if st.button("Save the rule", key="save-rule", type="primary"):
            st.session_state["rule-of"] = None  # the draft is done with
            _do(lambda: campaigns.record_rule(known, rule), f"Rule saved: {_rule_words(rule, accounts)}.")


def _preview_words(tagging: campaigns.Tagging) -> str:
    said = f"This will tag {wording.plural(tagging.posts, 'post')}"
    if tagging.posts:
        said += f", {tagging.elsewhere:,} of them already in another campaign"
    if tagging.new != tagging.posts:
        said += f"; {tagging.new:,} new to this one"
    if tagging.taken_out:
        said += f", {tagging.taken_out:,} stay out, since somebody took them out by hand"
    said += "."
    if tagging.sample:
        said += f" And {wording.plural(tagging.sample, 'made-up sample post')}, which are never counted with real ones."
    return said


def _take_up(rule: Rule, accounts: list[dict[str, Any]]) -> None:
    """Puts a rule into the draft."""
    offered = {_account_key(one) for one in accounts}
    account = f"{rule.network} {rule.account}" if f"{rule.network} {rule.account}" in offered else EVERYTHING
    days = [day for day in (rule.date_from, rule.date_to) if day]
    if rule.date_to and not rule.date_from:
        days = [EARLIEST, rule.date_to]
    st.session_state.update(
        {
            "rule-of": rule.campaign,
            "rule-identity": rule.identity,
            "rule-hashtag": rule.hashtag or "",
            "rule-words": rule.words or "",
            "rule-account": account,
            "rule-network": rule.network or EVERYTHING,
            "rule-dates": days,
        }
    )


def _account_key(one: dict[str, Any]) -> str:
    return f"{one['network']} {one['account']}"


def _rule_words(rule: Rule, accounts: list[dict[str, Any]]) -> str:
    names = {(one["network"], one["account"]): one["name"] for one in accounts}
    parts = [f"hashtag #{rule.hashtag.lstrip('#')}"] if rule.hashtag else []
    parts += [f"the words '{rule.words}'"] if rule.words else []
    parts += [f"account {names.get((rule.network, rule.account), rule.account)}"] if rule.account else []
    parts += [f"on {network_label(rule.network)}"] if rule.network else []
    parts += [f"published {wording.period(rule.date_from, rule.date_to)}"] if rule.date_from or rule.date_to else []
    said = ", ".join(parts)
    return said[:1].upper() + said[1:]


def _by_hand(known: Store, row: dict[str, Any]) -> None:
    name = row["campaign"]
    if row["status"] == RETIRED:
        return
    st.html('<h3 class="reach-title">By hand</h3>')
    _show.small("Put a post in, or take one out, whatever the rules say. It stays so until somebody decides again.")
    words = st.text_input("Posts with these words in the text", key="hand-words", width=420)
    offered = known.rows("pages/posts", words=words.strip() or None, sample=False, ours=None, most_rows=MOST_BY_HAND)
    inside = known.rows("pages/posts", campaign=name, sample=False, most_rows=MOST_ROWS)
    held = {(one["network"], one["post_key"]) for one in inside}
    labels = {(one["network"], one["post_key"]): _post_words(one) for one in (*offered, *inside)}
    outside = [(one["network"], one["post_key"]) for one in offered if (one["network"], one["post_key"]) not in held]
    put = st.multiselect(
        f"Posts to put in (the newest {MOST_BY_HAND} with these words)", outside, format_func=lambda post: labels[post], key="hand-in"
    )
    if st.button("Put them in", key="put-in", disabled=not put):
        _do(lambda: f"{wording.plural(campaigns.decide(known, name, put, True), 'post')} put into {name} by hand.")
    out = st.multiselect(
        "Posts to take out", sorted(held, key=lambda post: labels[post]), format_func=lambda post: labels[post], key="hand-out"
    )
    if st.button("Take them out", key="take-out", disabled=not out):
        _do(lambda: f"{wording.plural(campaigns.decide(known, name, out, False), 'post')} taken out of {name} by hand.")
    decided = known.rows("pages/campaign_hands", campaign=name)
    if decided:
        _show.table(
            ["Post", "Decision", "Who and when"],
            [
                (
                    f"{network_label(one['network'])}: {one['text'] or one['post_key']}"[:160],
                    "in" if one["belongs"] else "out",
                    f"{wording.day(london(one['recorded_at']).date())} by {one['recorded_by']}",
                )
                for one in decided
            ],
            "Decided by hand, the latest first.",
        )


def _post_words(one: dict[str, Any]) -> str:
    day = one["published_london"]
    when = wording.day(day.date()) if day else "not dated"
    return f"{when}, {network_label(one['network'])}: {' '.join((one['text'] or 'no text').split())[:90]}"


def _dates(row: dict[str, Any]) -> str:
    if row["start_date"] or row["end_date"]:
        days = wording.period(row["start_date"], row["end_date"])
        return f"{days} ({row['date_note']})" if row["date_note"] else days
    return row["date_note"] or "not dated"


def _status(row: dict[str, Any]) -> str:
    return row["status"] or "not stated"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
