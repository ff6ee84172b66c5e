"""Publish: choose figures, write the words, pass the gate; and the ledger of what was published."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from .. import comparing, disclosure, publications, publishing, wording
from ..definitions import MEASURE, STATUSES
from ..errors import Usage
from ..publications import Entry
from ..publishing import Check, Draft, Held, Laid
from ..settings import person
from ..store import Store
from . import _defined, _show
from ._lint import wording_findings

NEW, LEDGER = PARTS = ("New publication", "Ledger")
EVERYTHING = "Everything"
SAID, MADE = "publish-said", "publish-made"
# The keys of what is typed into a draft, which is taken away once it is published.
DRAFT, KEPT = "publish-draft-", "publish-kept"
MOST_SHOWN_WHY = 12


def render() -> None:
    """Draws the page, opened at the entry that the address names."""
    known = _show.store()
    _show.opening("Publish", "Nothing is public until it has passed the gate. What has passed is in the ledger, numbered and dated.")
    made = st.session_state.pop(MADE, None)
    if made is not None:
        st.query_params["entry"] = str(made)
    if made is not None or ("publish-part" not in st.session_state and st.query_params.get("entry")):
        st.session_state["publish-part"] = LEDGER
    part = st.segmented_control(
        "Part", PARTS, default=None if "publish-part" in st.session_state else NEW, required=True, key="publish-part",
        label_visibility="collapsed",
    )
    if said := st.session_state.pop(SAID, None):
        with st.container(border=True):
            _show.small(said)
    if part == LEDGER:
        _ledger(known)
    else:
        _new(known)
    _show.footer(known)


# --- a new publication ----------------------------------------------------------------------------------------------


def _new(known: Store) -> None:
    # The entry that was open is none of a new publication's address.
    st.query_params.pop("entry", None)
    held = publications.held(known)
    rows = {row["figure_id"]: row for row in held.figures if not row["sample"]}
    if not rows:
        _show.small("No figure is held. Drop a file of outcomes or figures on the Upload page.")
        return
    # What is typed is kept while other pages are looked at, which take the state of this page's widgets away.
    for key, value in st.session_state.get(KEPT, {}).items():
        st.session_state.setdefault(key, value)
    figures = _figures(known, rows)
    draft = _draft(known, held, rows, figures)
    st.session_state[KEPT] = {key: value for key, value in st.session_state.items() if str(key).startswith(DRAFT)}
    laid = publications.laid(known, draft)
    checks = publishing.gate(draft, held, laid)
    if laid.rows:
        _printed(draft, laid)
    _gate(known, draft, laid, checks)


def _figures(known: Store, rows: dict[str, Any]) -> tuple[str, ...]:
    st.html('<h2 class="reach-title">1. Figures</h2>')
    areas = sorted({row["area"] for row in rows.values()}, key=lambda one: (one != known.settings.force, one))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        area = st.selectbox("Area", areas, key="publish-area", width=300)
        here = [row for row in rows.values() if row["area"] == area]
        # The latest first: that is what is published next.
        of = list(dict.fromkeys(_of(row) for row in sorted(here, key=lambda one: one["start_date"] or date.min, reverse=True)))
        picked = st.selectbox("Operation or campaign", [EVERYTHING, *of], key=f"publish-of-{area}", width=460)
        offered = [row["figure_id"] for row in here if picked in (EVERYTHING, _of(row))]
        if picked != EVERYTHING:
            st.button("Choose all of it", key="publish-all", on_click=_choose, args=(_each_once(here, offered),))
    kept = [one for one in st.session_state.get(f"{DRAFT}figures", []) if one in rows]
    st.session_state[f"{DRAFT}figures"] = kept
    options = list(dict.fromkeys([*kept, *offered]))
    return tuple(
        st.multiselect(
            "Figures to publish", options, format_func=lambda one: _named(rows[one]), key=f"{DRAFT}figures",
            placeholder="Choose figures",
        )
    )


def _each_once(here: list[Any], offered: list[str]) -> list[str]:
    """Of several statements of one thing the published one."""
    once: dict[Any, str] = {}
    for row in sorted(here, key=lambda one: not publishing.is_public(one)):
        if row["figure_id"] in offered:
            once.setdefault(publishing.key_of(row), row["figure_id"])
    return [one for one in offered if one in once.values()]


def _choose(offered: list[str]) -> None:
    key = f"{DRAFT}figures"
    st.session_state[key] = list(dict.fromkeys([*st.session_state.get(key, []), *offered]))


def _of(row: Any) -> str:
    return str(row["operation"] or row["campaign"] or "No operation or campaign")


def _named(row: Any) -> str:
    state = "published" if publishing.is_public(row) else "recorded"
    about = row["campaign"] if MEASURE[row["measure"]].kind == "reach" and row["campaign"] else _of(row)
    days = comparing.when(row)
    parts = (f"{MEASURE[row['measure']].label}: {comparing.words_of(row)}", about, "" if days in about else days, row["area"], state)
    return ", ".join(part for part in parts if part)


def _draft(known: Store, held: Held, rows: dict[str, Any], figures: tuple[str, ...]) -> Draft:
    """The boxes of a draft. No form, which would keep what is typed until it is sent: it is looked at while it is."""
    st.html('<h2 class="reach-title">2. Words</h2>')
    title = st.text_input("Title", key=f"{DRAFT}title")
    wording_findings(known, title)
    text = st.text_area("Text of the release", key=f"{DRAFT}text", height=160)
    wording_findings(known, text)
    caveats = st.text_area("Caveats, one a line: what a reader must know of these figures", key=f"{DRAFT}caveats", height=90)
    wording_findings(known, caveats)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        status = st.selectbox("Status of the figures", STATUSES, None, key=f"{DRAFT}status", placeholder="Choose one", width=220)
        st.session_state.setdefault(f"{DRAFT}day", held.today)
        day = st.date_input("Date of publication", format="DD/MM/YYYY", key=f"{DRAFT}day", width=220)
    measures = list(dict.fromkeys(rows[one]["measure"] for one in figures))
    of_these = f"{DRAFT}definitions-{'-'.join(measures)}"
    st.session_state.setdefault(of_these, measures)
    wanted = st.multiselect(
        "Definitions printed",
        measures,
        format_func=lambda key: f"{MEASURE[key].label} ({MEASURE[key].unit})",
        key=of_these,
        placeholder="Choose the figures first",
    )
    st.html('<h2 class="reach-title">3. Approval</h2>')
    with st.container(horizontal=True, vertical_alignment="bottom"):
        approvers = {
            role: st.text_input(f"Name of who approves it: {_show.label(role)}", key=f"{DRAFT}approver-{place}", width=460)
            for place, role in enumerate(held.roles)
        }
    options = _exceptions(held, rows, figures)
    lines = tuple(line.strip() for line in caveats.splitlines() if line.strip())
    return Draft(
        day if isinstance(day, date) else held.today, person(), title, text, figures, tuple(wanted), lines, status, approvers, **options
    )


def _exceptions(held: Held, rows: dict[str, Any], figures: tuple[str, ...]) -> dict[str, Any]:
    """What most publications need not: hiding by hand, revising, and the pre-election period."""
    with st.expander("Hide, revise, or publish in a pre-election period"):
        st.session_state.setdefault(f"{DRAFT}protect", True)
        protect = st.toggle("Hide small counts, and what would give them away", key=f"{DRAFT}protect")
        can_be = [one for one in figures if not publishing.is_public(rows[one])]
        hidden = st.multiselect(
            "Also hide", can_be, format_func=lambda one: _named(rows[one]), key=f"{DRAFT}hidden-{'-'.join(can_be)}", placeholder="None"
        )
        in_force = [one.number for one in held.earlier if one.state == publications.IN_FORCE]
        if st.session_state.get(f"{DRAFT}supersedes") not in (None, *in_force):
            st.session_state[f"{DRAFT}supersedes"] = None
        supersedes = st.selectbox(
            "It takes the place of",
            [None, *in_force],
            format_func=lambda one: f"Publication {one}" if one else "No earlier publication",
            key=f"{DRAFT}supersedes",
            width=320,
        )
        revises = st.text_input("Why it differs from what was published", key=f"{DRAFT}revises")
        closed = "; ".join(wording.period(*one) for one in held.closed) or "none is set in the settings"
        _show.small(f"Pre-election periods: {closed}.")
        override = st.text_input("Why it must be published in one", key=f"{DRAFT}override")
    return {"protect": protect, "hidden": tuple(hidden), "supersedes": supersedes, "revises": revises, "override": override}


def _printed(draft: Draft, laid: Laid) -> None:
    """The table as it would be printed, and for the person at work why something is hidden."""
    with st.container(border=True):
        st.html('<h2 class="reach-title">As it would be printed</h2>')
        _show.small(publishing.DRAFT_MARKING)
        figures = publishing.figures_of(draft, laid)
        _table(figures)
        _show.small(f"Fingerprint of what is approved, words and figures: {publishing.fingerprint(draft, laid)[:16]}")
    own = {publishing.key_of(row) for row in laid.rows}
    hidden = {key: why for key, why in laid.hidden.items() if key in own}
    if hidden:
        with st.expander("Why counts are hidden (not for publication)"):
            _show.table(
                ["Hidden", "Why, and what a reader can tell of it"],
                [(disclosure.named(key), _why(laid, key, why)) for key, why in list(hidden.items())[:MOST_SHOWN_WHY]],
            )
            if len(hidden) > MOST_SHOWN_WHY:
                _show.small(f"and {len(hidden) - MOST_SHOWN_WHY:,} more.")


def _why(laid: Laid, key: disclosure.Key, why: str) -> str:
    told = laid.audit.intervals.get(key)
    return f"{why}; {told.words}" if told else why


def _table(figures: list[dict[str, Any]]) -> None:
    _show.table(
        ["Figure", "Value", "Counted in", "Of", "Period", "Status", "Source"],
        [
            (
                _defined.linked(one["label"]),
                one["printed"],
                one["unit"],
                ", ".join(part for part in (one["operation"], one["campaign"], one["area"]) if part),
                one["period"],
                one["status"] or "not stated",
                _show.publisher(one["source"]),
            )
            for one in figures
        ],
    )
    for mark, meaning in disclosure.legend(one["printed"] for one in figures).items():
        _show.small(f"{mark} {meaning}")


def _gate(known: Store, draft: Draft, laid: Laid, checks: tuple[Check, ...]) -> None:
    passed = sum(one.passed for one in checks)
    st.html(f'<h2 class="reach-title">The gate: {passed} of {len(checks)} passed</h2>')
    _show.table(
        ["Check", "Why, and what to do"],
        [(f"{'✓ Passed' if one.passed else '✗ Not yet'}: {one.name}", one.reason) for one in checks],
    )
    # The button waits, and the gate is run once more behind it.
    if not st.button("Publish it", type="primary", disabled=passed < len(checks), key="publish-it"):
        return
    try:
        made = publications.publish(known, draft, publishing.fingerprint(draft, laid))
    except Usage as refused:
        _show.small(str(refused))
        return
    for key in [key for key in st.session_state if str(key).startswith((DRAFT, KEPT))]:
        del st.session_state[key]
    st.session_state[MADE] = made.number
    st.session_state[SAID] = f"Publication {made.number} is in the ledger. Its figures are part of the published record from now on."
    st.rerun()


# --- the ledger -----------------------------------------------------------------------------------------------------


def _ledger(known: Store) -> None:
    found = publications.entries(known)
    if not found:
        _show.small("Nothing was published yet.")
        return
    _show.table(
        ["Publication", "Date", "Title", "State", "Figures", "Hidden", "By"],
        [
            (
                (f"Publication {one.number}", f"/publish?entry={one.number}"),
                wording.as_date(one.row["day"]),
                one.document["title"],
                _state(one),
                len(one.document["figures"]),
                sum(figure["hidden"] for figure in one.document["figures"]),
                _show.imported_words(one.row),
            )
            for one in found
        ],
        "Everything that was published, the latest first. Nothing is deleted.",
        ["Figures", "Hidden"],
    )
    numbers = [str(one.number) for one in found]
    asked = st.query_params.get("entry")
    picked = st.selectbox(
        "Open",
        numbers,
        numbers.index(asked) if asked in numbers else 0,
        format_func=lambda one: f"Publication {one}: {found[numbers.index(one)].document['title']}",
        key=f"publish-open-{len(found)}",
        width=480,
    )
    st.query_params["entry"] = picked
    _one(known, found[numbers.index(picked)], found)


def _state(one: Entry) -> str:
    state = f"superseded by {one.row['superseded_by']}" if one.state == publications.SUPERSEDED else one.state
    return state + (", import undone" if one.row["undone"] else "") + ("" if one.whole else ", DAMAGED")


def _one(known: Store, one: Entry, found: list[Entry]) -> None:
    document = one.document
    with st.container(border=True):
        st.html(f'<h2 class="reach-title">Publication {one.number}: {_show.text(document["title"])}</h2>')
        _show.small(f"{one.marking}. {one.standing}")
        _table(document["figures"])
        st.html('<h3 class="reach-title">To copy</h3>')
        st.code(one.words, language=None, wrap_lines=True)
        headings = ["figure", "value", "qualifier", "counted in", "definition", "of", "period", "status", "source", "caveat", "marking"]
        _show.download(
            "Figures as CSV", headings, [_csv(figure, one.marking) for figure in document["figures"]],
            f"publication-{one.number}-{'official-cleared' if one.usable else 'not-for-use'}.csv", "publication-csv",
        )
        st.html('<h3 class="reach-title">How it was cleared</h3>')
        _show.table(["Name", "Approved it for"], [(each["name"], each["role"]) for each in document["approvers"]])
        _show.facts(
            (
                ("Made by", f"{document['drafted_by']}, {_show.imported_words(one.row)}"),
                ("Why it revises", document["revises"]),
                ("Supersedes", f"Publication {document['supersedes']}" if document["supersedes"] else None),
                ("Pre-election", document["override"]),
                ("sha256", document["sha256"]),
            )
        )
        _show.table(["Check", "What it found"], [(check["name"], check["reason"]) for check in document["checks"]])
        if one.row["upload_id"]:
            words = "The import that made its figures published ones, with its undo"
            _show.table([words], [[(f"Publication {one.number} on the Sources page", f"/sources?upload={one.row['upload_id']}")]])
        if one.state == publications.IN_FORCE:
            _end(known, one, [each.number for each in found if each.number > one.number and each.state == publications.IN_FORCE])


def _csv(figure: dict[str, Any], marking: str) -> list[Any]:
    said = dict(publishing.described(figure))
    return [
        figure["label"], figure["printed"], said.get("Qualifier", ""), figure["unit"], figure["counts"], said.get("Of", ""),
        figure["period"], said.get("Status", ""), said.get("Source", ""), said["Caveat"], marking,
    ]


def _end(known: Store, one: Entry, later: list[int]) -> None:
    with st.expander("Withdraw or supersede it"):
        _show.small("It stays in the ledger, marked. What it said stays known: later publications are still held against it.")
        by = st.selectbox(
            "Its place is taken by",
            [None, *later],
            format_func=lambda number: f"Publication {number}" if number else "Nothing: withdraw it",
            key=f"publish-by-{one.number}",
            width=320,
        )
        why = st.text_input("Why", key=f"publish-why-{one.number}")
        if st.button("Supersede it" if by else "Withdraw it", key=f"publish-end-{one.number}"):
            try:
                if by:
                    st.session_state[SAID] = publications.supersede(known, one.number, by, why)
                else:
                    st.session_state[SAID] = publications.withdraw(known, one.number, why)
            except Usage as refused:
                _show.small(str(refused))
                return
            st.rerun()
