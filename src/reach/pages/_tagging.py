"""Which posts and advertisements belong to a campaign: its rules, with what each would tag, and what people decided by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

import streamlit as st

from .. import campaigns, wording
from ..campaigns import RETIRED, Rule
from ..clock import london
from ..definitions import network_label
from ..errors import ReachError
from ..filters import EARLIEST, EVERYTHING, date_range
from ..store import Store
from . import _show

SAID = "campaign-said"
MOST_BY_HAND = 300
# Posts are offered from so many days before a campaign to as many after it.
DAYS_BESIDE = 30
MOST_NAMED = 10
LATEST = date(2100, 12, 31)
NO_RULE: dict[str, Any] = {
    "identity": None,
    "hashtag": "",
    "words": "",
    "label": "",
    "ad-campaign": "",
    "account": EVERYTHING,
    "network": EVERYTHING,
    "dates": (),
}


def do(act: Callable[[], str | None], said: str | None = None, opened: str | None = None) -> None:
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


def draw_rules(known: Store, row: dict[str, Any]) -> None:
    name = row["campaign"]
    accounts = known.rows("pages/accounts")
    st.html('<h3 class="reach-title">Rules</h3>')
    _show.small(
        "A post belongs if every condition of one rule holds. Rules tag what is held and whatever is imported later. A rule with the name "
        "of an advertising campaign tags advertisements instead."
    )
    for rule, held in campaigns.rules(known, name):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            sample = f" and {wording.plural(held['sample_posts'], 'made-up sample post')}" if held["sample_posts"] else ""
            tags = wording.plural(held["ads"], "advertisement") if rule.ad_campaign else wording.plural(held["posts"], "post")
            _show.small(f"{_rule_words(rule, accounts)}. Tags {tags}{sample}.")
            st.button("Change", key=f"change-{rule.identity}", on_click=_take_up, args=(rule, accounts))
            if st.button("Retire", key=f"retire-{rule.identity}"):
                do(partial(campaigns.retire_rule, known, rule), f"Rule retired: {_rule_words(rule, accounts)}.")
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
            label = st.text_input("Label, whole", key="rule-label", width=200)
            ad_campaign = st.text_input("Ad campaign, words of its name", key="rule-ad-campaign", width=260)
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
            ad_campaign or None,
            label or None,
        )
        if not (rule.hashtag or rule.words or rule.label or rule.ad_campaign or rule.account or rule.network or first or last):
            _show.small("Fill in one or more to see what the rule would tag.")
            return
        try:
            _show.small(_preview_words(rule, campaigns.preview_rule(known, rule)))
        except ReachError as error:
            _show.small(str(error))
            return
        if st.button("Save the rule", key="save-rule", type="primary"):
            st.session_state["rule-of"] = None  # the draft is done with
            do(lambda: campaigns.record_rule(known, rule), f"Rule saved: {_rule_words(rule, accounts)}.")


def _preview_words(rule: Rule, tagging: campaigns.Tagging) -> str:
    if rule.ad_campaign:
        number, named = len(tagging.ad_campaigns), wording.listed(tagging.ad_campaigns[:MOST_NAMED])
        which = f", among them {named}" if number > MOST_NAMED else f": {named}" if number else ""
        return f"This will tag the advertisements of {wording.plural(number, 'advertising campaign')}{which}."
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
            "rule-label": rule.label or "",
            "rule-ad-campaign": rule.ad_campaign or "",
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
    parts += [f"label '{rule.label}'"] if rule.label else []
    parts += [f"ad campaigns with '{rule.ad_campaign}' in their name"] if rule.ad_campaign else []
    parts += [f"account {names.get((rule.network, rule.account), rule.account)}"] if rule.account else []
    parts += [f"on {network_label(rule.network)}"] if rule.network else []
    parts += [f"published {wording.period(rule.date_from, rule.date_to)}"] if rule.date_from or rule.date_to else []
    said = ", ".join(parts)
    return said[:1].upper() + said[1:]


def draw_by_hand(known: Store, row: dict[str, Any]) -> None:
    name = row["campaign"]
    if row["status"] == RETIRED:
        return
    st.html('<h3 class="reach-title">By hand</h3>')
    _show.small("Put a post in, or take one out, whatever the rules say. It stays so until somebody decides again.")
    with st.container(horizontal=True):
        words = st.text_input("Posts with these words in the text", key="hand-words", width=420)
        chosen = st.date_input("Published", list(_around(row)), EARLIEST, LATEST, format="DD/MM/YYYY", key=f"hand-dates-{name}", width=245)
    first, last = date_range(chosen)
    within = {"campaign": name, "words": words.strip() or None, "date_from": first, "date_to": last, "most_rows": MOST_BY_HAND}
    offered, inside = known.rows("pages/posts_to_put_in", **within), known.rows("pages/posts_to_take_out", **within)
    labels = {(one["network"], one["post_key"]): _post_words(one) for one in (*offered, *inside)}
    outside = [(one["network"], one["post_key"]) for one in offered if not one["belongs"]]
    put = st.multiselect(
        f"Posts to put in (the newest {MOST_BY_HAND} of these)", outside, format_func=lambda post: labels[post], key="hand-in"
    )
    if st.button("Put them in", key="put-in", disabled=not put):
        do(lambda: f"{wording.plural(campaigns.decide(known, name, put, True), 'post')} put into {name} by hand.")
    out = st.multiselect(
        f"Posts to take out (the newest {MOST_BY_HAND} of these)",
        [(one["network"], one["post_key"]) for one in inside],
        format_func=lambda post: labels[post],
        key="hand-out",
    )
    if st.button("Take them out", key="take-out", disabled=not out):
        do(lambda: f"{wording.plural(campaigns.decide(known, name, out, False), 'post')} taken out of {name} by hand.")
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


def _around(row: dict[str, Any]) -> Sequence[date]:
    """The days of a campaign and some before and after them, since that is where its posts are looked for first; none where it has none."""
    first, last = row["start_date"] or row["end_date"], row["end_date"] or row["start_date"]
    if not first:
        return ()
    beside = timedelta(days=DAYS_BESIDE)
    return max(EARLIEST, first - beside), min(LATEST, last + beside)


def _post_words(one: dict[str, Any]) -> str:
    day = one["published_london"]
    when = wording.day(day.date()) if day else "not dated"
    return f"{when}, {network_label(one['network'])}: {' '.join((one['text'] or 'no text').split())[:90]}"
