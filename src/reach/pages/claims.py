"""Claims: every published figure of reach, views or impressions, held against the exports as they stand now, worst first."""

from __future__ import annotations

from collections import Counter
from typing import Any

import streamlit as st

from .. import claims, judging, wording
from ..definitions import MEASURE, METRIC, QUALIFIERS, network_label
from ..errors import Usage
from ..judging import STATUSES, Verdict
from ..store import Store
from . import _defined, _show, _view
from ._lint import wording_findings

MEANS = {
    judging.ADDED: "It equals the plain sum of posts, in which an account counts once for each post it saw.",
    judging.DIFFERS: "What is held cannot be squared with it.",
    judging.UNCHECKED: "What is held does not cover all that it names. What is missing is said.",
    judging.CONSISTENT: "Exports cover every network and day that it names, and what they show allows it.",
    judging.REPRODUCED: "The platform's own count, of reach each account once, fits the published words.",
}
MOST_POSTS = 50
NEVER_ADDED = "Their reaches are never added."


def render() -> None:
    """Draws the page, opened at the claim that the address names."""
    known = _show.store()
    _show.opening(
        "Claims", "What was published about reach, views and impressions, in its own words, and whether the exports held bear it out."
    )
    if said := st.session_state.pop("claim-said", None):
        st.toast(_show.label(said))
    found = claims.verdicts(known)
    if not found:
        _show.small(
            "No figure of reach with the words of a publication is held, nor one of views or impressions. "
            "Drop a figures file on the Upload page."
        )
        _show.footer(known)
        return
    areas = sorted({one.claim.row["area"] for one in found}, key=lambda one: (one != known.settings.force, one))
    area = _show.pick("Area", areas, key="area", width=280)
    here = [one for one in found if one.claim.row["area"] == area]
    _counted(here)
    _list(here)
    _one(known, here)
    with st.expander("What each status means"):
        _show.facts((status.capitalize(), MEANS[status]) for status in STATUSES)
        _show.small(
            "Statuses are worked out anew from the exports whenever this page is drawn. An export covers the days "
            "between its first and its last post."
        )
    _show.footer(known)


def _counted(here: list[Verdict]) -> None:
    counts = Counter(one.status for one in here)
    _show.cards((status.capitalize(), wording.number(counts[status]), MEANS[status]) for status in STATUSES if counts[status])


def _list(here: list[Verdict]) -> None:
    _show.table(
        ["Status", "Published", "Definition", "Of", "What the exports show", "Period", "Published wording", "Evidence"],
        [
            (
                one.words.capitalize() + (" (made-up sample)" if one.claim.row["sample"] else ""),
                one.claim.words,
                _defined.linked(MEASURE[one.claim.row["measure"]].label),
                one.claim.subject,
                one.finding,
                one.claim.period,
                one.claim.row["published_wording"],
                ("Evidence", f"/claims?claim={one.claim.row['figure_id']}"),
            )
            for one in here
        ],
        "Published figures of reach, views and impressions, those that need attention first",
    )
    _show.download(
        "Claims as CSV",
        ["status", "published", "of", "first day", "last day", "wording", "finding", "source"],
        [
            (
                one.words,
                one.claim.words,
                one.claim.subject,
                one.claim.row["start_date"],
                one.claim.row["end_date"],
                one.claim.row["published_wording"],
                one.finding,
                one.claim.row["source"],
            )
            for one in here
        ],
        "claims.csv",
        "claims-csv",
    )


def _one(known: Store, here: list[Verdict]) -> None:
    """One claim: the answer to copy, what it rests on, and its revisions."""
    named = {str(one.claim.row["figure_id"]): one for one in here}
    asked = st.query_params.get("claim")
    # The address holds the figure's id, as links from elsewhere do, and not the words of the list.
    picked = st.selectbox(
        "Look into",
        list(named),
        list(named).index(asked) if asked in named else 0,
        format_func=lambda one: f"{named[one].claim.words}: {named[one].claim.subject}",
        key=f"claim-of-{here[0].claim.row['area']}",
        width=480,
    )
    st.query_params["claim"] = picked
    verdict = named[picked]
    with st.container(border=True):
        st.html(f'<h2 class="reach-title">{_show.text(f"{verdict.claim.words}: {verdict.words}")}</h2>')
        _show.small(verdict.finding)
        st.html('<h3 class="reach-title">An answer to copy</h3>')
        st.code(claims.answer(verdict), language=None, wrap_lines=True)
        _evidence(verdict)
        _statements(known, verdict)
        if not _view.for_reading():
            _revise(known, verdict)


def _evidence(verdict: Verdict) -> None:
    row, held = verdict.claim.row, verdict.held
    st.html('<h3 class="reach-title">What it rests on</h3>')
    _show.facts(
        (
            ("Source", row["source"]),
            ("Approved by", row["approved_by"] or "not stated"),
            ("Note", row["note"]),
            ("Imported", _show.imported_words(row)),
        )
    )
    _show.table(
        ["Evidence", "Days", "File"],
        [
            ("The figure as published", verdict.claim.period, _file(row, "figure", row["figure_id"])),
            *(
                (
                    f"Export of {network_label(one['network'])} posts" + (f", {one['account_name']}" if one["account_name"] else ""),
                    wording.period(one["period_start"], one["period_end"]),
                    (one["file_name"], f"/sources?upload={one['upload_id']}"),
                )
                for one in held.exports
            ),
        ],
    )
    totals = [one for one in held.advertisements if one["level"] in ("total", "account", "campaign")]
    if totals:
        counted = [METRIC[key] for key in _metrics(verdict)]
        once = "" if verdict.claim.displays else ", each account once"
        _show.table(
            ["Advertisements", "Days", *(metric.label for metric in counted), "File and record"],
            [
                (
                    f"{one['campaign'] or 'all of the file'} (level {one['level']}), {one['account_name'] or 'account unknown'}",
                    wording.period(one["window_start"], one["window_end"]),
                    *(one[metric.key] for metric in counted),
                    _file(one),
                )
                for one in totals
            ],
            f"The platform's own counts{once}. Only those of just the claim's days and networks can reproduce it.",
            [metric.label for metric in counted],
        )
    if held.days:
        label = METRIC[_metrics(verdict)[0]].label
        _show.table(
            ["Account, by day", "Network", "Day", label, "File and record"],
            [
                (one["account_name"] or "account unknown", network_label(one["network"]), wording.day(one["day"]), one["value"], _file(one))
                for one in held.days[:MOST_POSTS]
            ],
            "The network's own counts of everything of the account. Only all the claim's days together can reproduce it."
            + (f" The first {MOST_POSTS} of {len(held.days):,} are listed." if len(held.days) > MOST_POSTS else ""),
            [label],
        )
    if held.posts:
        counted = [METRIC[key] for key in _metrics(verdict) if any(one[key] is not None for one in held.posts)]
        # They come by reach.
        posts = sorted(held.posts, key=lambda one: -(one[counted[0].key] or 0)) if verdict.claim.displays and counted else held.posts
        added = f"Their {verdict.claim.displays} are added within one network only." if verdict.claim.displays else NEVER_ADDED
        more = f", the {MOST_POSTS} highest listed" if len(held.posts) > MOST_POSTS else ""
        _show.table(
            ["Published", "Network", "Text", *(metric.label for metric in counted), "File and record"],
            [
                (
                    one["published_london"],
                    network_label(one["network"]),
                    (one["text"] or "")[:120],
                    *(one[metric.key] for metric in counted),
                    _file(one),
                )
                for one in posts[:MOST_POSTS]
            ],
            f"Its posts: {len(held.posts):,}{more}. {held.chosen_by} {added}",
            [metric.label for metric in counted],
        )


def _metrics(verdict: Verdict) -> tuple[str, ...]:
    """What a claim is held against, by metric."""
    return (verdict.claim.displays,) if verdict.claim.displays else ("reach", "viewers")


def _file(row: dict[str, Any], kind: str = "upload", identity: str | None = None) -> tuple[str, str]:
    return f"{row['file_name']}, record {row['record_no']:,}", f"/sources?{kind}={identity or row['upload_id']}"


def _statements(known: Store, verdict: Verdict) -> None:
    """The figure as it stands and what it superseded, where it was ever revised."""
    said = known.rows("pages/figure_statements", figure_id=verdict.claim.row["figure_id"])
    if len(said) < 2:
        return
    unit = f" {verdict.claim.displays}" if verdict.claim.displays else ""
    _show.table(
        ["State", "Value", "Published wording", "Stood on", "Approved by", "Note", "Recorded", "File and record"],
        [
            (
                "Superseded" if place else "Stands",
                wording.figure_words(one["value_low"], one["value_high"], one["qualifier"]) + unit,
                one["published_wording"],
                one["as_of"],
                one["approved_by"] or "not stated",
                one["note"],
                _show.imported_words(one),
                _file(one),
            )
            for place, one in enumerate(said)
        ],
        "Revisions of this figure. Nothing is deleted: to go back, undo the revision on the Upload page.",
    )


def _revise(known: Store, verdict: Verdict) -> None:
    claim = verdict.claim
    key = claim.row["figure_id"]
    # No form, which would keep what is typed until it is sent: the wording is looked at while it is.
    with st.expander("Supersede this figure"):
        _show.small("Where another figure was published since. The old one is kept and shown beside it.")
        value = st.number_input(
            "New value",
            0,
            None,
            int(wording.decimal(claim.row["value_high"] or claim.row["value_low"]) or 0),
            1,
            key=f"value-{key}",
            width=240,
        )
        place = QUALIFIERS.index(claim.row["qualifier"]) if claim.row["qualifier"] in QUALIFIERS else 0
        qualifier = st.selectbox("Qualifier", QUALIFIERS, place, key=f"qualifier-{key}", width=240)
        words = st.text_input("Words as published", claim.row["published_wording"] or "", key=f"words-{key}")
        wording_findings(known, words)
        why = st.text_input("Why it was revised", key=f"why-{key}")
        wording_findings(known, why)
        approved = st.text_input("Who approved it", key=f"approved-{key}")
        if st.button("Supersede it", key=f"supersede-{key}"):
            try:
                st.session_state["claim-said"] = claims.revise(known, claim, int(value), qualifier, words, why, approved)
            except Usage as refused:
                _show.small(str(refused))
                return
            st.rerun()
