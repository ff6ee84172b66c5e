"""Operations: what was published of one, what contradicts what, what ran alongside, other areas, and what is not available."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import streamlit as st

from .. import comparing, double_counts, operations, wording
from ..comparing import Row
from ..definitions import MEASURE, MEASURES, QUALIFIERS, STATUSES
from ..double_counts import Doubt
from ..errors import Usage
from ..filters import EARLIEST
from ..store import Store
from ..tables import FIGURE_FACT
from . import _defined, _show, _view

PARTS_TO_READ = ("Figures", "Areas")
COUNTED_TWICE = "Counted twice?"
PARTS = (*PARTS_TO_READ, COUNTED_TWICE, "Record")
NEW, NOT_STATED = "A new figure", "Not stated"
SAID = "operation-said"
# Enforcement first; what was said to people, what they report, and reach, after it.
TRACKS = ("results", "safeguarding", "in_person", "reports", "reach", "displays")
ORDER = {
    measure.key: (TRACKS.index(measure.kind), measure.key not in ("arrests", "warrants"), place) for place, measure in enumerate(MEASURES)
}
LEVELS = (comparing.NATIONAL, comparing.REGIONAL, comparing.FORCE, comparing.OTHER)
MOST_FIGURES = 300
MOST_ELSEWHERE = 50


def render() -> None:
    """Draws the page, opened at the operation that the address names."""
    known = _show.store()
    _show.opening("Operations", "What was published of each operation, in its own words, and what was not.")
    held = known.rows("pages/operations_held")
    if not held:
        _show.small("No operation is held. Drop a file of outcomes or figures on the Upload page.")
        _show.footer(known)
        return
    row = _chosen(known, held)
    own, others = _figures(known, row)
    view = _show.part(PARTS_TO_READ if _view.for_reading() else PARTS)
    if said := st.session_state.pop(SAID, None):
        with st.container(border=True):
            _show.small(said)
    if view == "Areas":
        _other_areas(known, row, own, others)
    elif view == COUNTED_TWICE:
        _counted_twice(known, row)
    elif view == "Record":
        _enter(known, row, own)
    else:
        _record(row, held)
        _table(row, own)
        _doubted(known, row)
        _contradictions(own)
        _missing(known, row)
        _campaigns(known, row)
        _revisions(known, row)
    _show.footer(known)


def _chosen(known: Store, held: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The operation picked: the area first, the force's own in front, then one of its operations, the latest with figures in front."""
    force = known.settings.force
    asked = st.query_params.get("operation")
    if asked and not st.query_params.get("area") and "area" not in st.session_state:
        # An address may name the operation alone: it is then that of the force, else of the first area that has one.
        of_it = sorted((one["area"] for one in held if one["operation"] == asked), key=lambda area: (area != force, area))
        if of_it:
            st.session_state["area"] = of_it[0]
    areas = sorted({one["area"] for one in held}, key=lambda area: (area != force, area))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        area = _show.pick("Area", areas, key="area", width=300)
        here = sorted((one for one in held if one["area"] == area), key=lambda one: not one["figures"])
        named = {one["operation"]: one for one in here}
        name = _show.pick("Operation", list(named), key="operation", width=520)
    return named[name]


def _figures(known: Store, row: Row) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The figures of the operation in its area, and those of the same operation or days elsewhere. Made-up ones stand among their like."""
    found = known.rows("pages/operation_figures", operation=row["operation"], first_day=row["start_date"], last_day=row["end_date"])
    found.sort(key=lambda one: ORDER[one["measure"]])
    own = [one for one in found if (one["operation"], one["area"]) == (row["operation"], row["area"])]
    return own, [one for one in found if one["area"] != row["area"] and one["sample"] == row["sample"]]


# --- the operation itself -------------------------------------------------------------------------------------------


def _record(row: Row, held: Sequence[Row]) -> None:
    st.html(f'<h2 class="reach-title">{_show.text(row["operation"])}</h2>')
    dates = comparing.when(row)
    if row["date_note"] and (row["start_date"] or row["end_date"]):
        dates += f" ({row['date_note']})"
    _show.facts(
        (
            ("Area", row["area"] + (" (made-up sample)" if row["sample"] else "")),
            ("Dates", dates),
            ("Days", _days(row, held)),
            ("Note", row["note"]),
            ("Source", row["source"]),
            ("Record", None if row["recorded"] else "No record of the operation is held: its dates are those that its figures state."),
        )
    )


def _days(row: Row, held: Sequence[Row]) -> str:
    """How many days, with a word where an intensification week has other than most of its area have: rates by day differ then."""
    own = comparing.days(row["start_date"], row["end_date"])
    if own is None:
        return "not known: the first or the last day is not published"
    said = f"{wording.plural(own, 'day')}, the first and the last included"
    weeks = [comparing.days(one["start_date"], one["end_date"]) for one in held if one["intensification"] and one["area"] == row["area"]]
    usual = Counter(length for length in weeks if length).most_common(1)
    if row["intensification"] and usual and usual[0][0] != own and usual[0][1] > 1:
        said += f"; {wording.plural(usual[0][1], 'other week')} of this area have {usual[0][0]}, so totals are not of equal lengths"
    return said


def _table(row: Row, own: Sequence[Row]) -> None:
    if not own:
        _show.small("No figure of this operation is held. Not published is not 0.")
        return
    more = f", the first {MOST_FIGURES} of {len(own):,} listed" if len(own) > MOST_FIGURES else ""
    # Days are said of each figure only where one has others than the operation.
    dated = any(comparing.when(one) != comparing.when(row) for one in own)
    _show.table(
        ["Measure", "Value", "Qualifier", "Status", "Stood on", "Published wording", *(["Days"] if dated else []), "Publisher"],
        [
            (
                _defined.linked(MEASURE[one["measure"]].label),
                _value(one),
                one["qualifier"],
                one["status"] or "not stated",
                one["as_of"] or "not stated",
                one["published_wording"] or "recorded, not published",
                *([comparing.when(one)] if dated else []),
                _show.publisher(one["source"]),
            )
            for one in own[:MOST_FIGURES]
        ],
        f"Figures of this operation in {row['area']}{more}. Each is a measure of its own: none is added to another.",
    )
    _show.download(
        "Figures as CSV",
        ["measure", "value low", "value high", "qualifier", "unit", "status", "as of", "wording", "first day", "last day", "source"],
        [
            (
                one["measure"],
                one["value_low"],
                one["value_high"],
                one["qualifier"],
                MEASURE[one["measure"]].unit,
                one["status"],
                one["as_of"],
                one["published_wording"],
                one["start_date"],
                one["end_date"],
                one["source"],
            )
            for one in own
        ],
        "operation.csv",
        "operation-csv",
    )


def _value(one: Row) -> tuple[str, str]:
    """The value in words as a link to its file, record and definition."""
    made_up = " (made-up sample)" if one["sample"] else ""
    return comparing.words_of(one) + made_up, f"/sources?figure={quote(one['figure_id'])}"


def _contradictions(own: Sequence[Row]) -> None:
    found = comparing.contradictions(own[:MOST_FIGURES])
    notes = [one for one in own[:MOST_FIGURES] if one["note"]]
    if found:
        _show.table(
            ["One figure", "Its words", "Another figure", "Its words there", "What this is", "Sources"],
            [
                (
                    _subject(one.figures[0]),
                    one.figures[0]["published_wording"] or "recorded, not published",
                    _subject(one.figures[1]),
                    one.figures[1]["published_wording"] or "recorded, not published",
                    one.words,
                    _sources(one.figures),
                )
                for one in found
            ],
            "Contradictions inside what was published. Both stand; Reach takes neither side.",
        )
    if notes:
        with st.expander("What is noted of these figures"):
            _show.bullets(f"{MEASURE[one['measure']].label}, {comparing.words_of(one)}: {one['note']}" for one in notes)


def _sources(figures: Sequence[Row]) -> object:
    """One source as a link, several in words."""
    named = list(dict.fromkeys(figure["source"] for figure in figures))
    return _show.publisher(named[0]) if len(named) == 1 else wording.listed(named)


def _subject(one: Row) -> str:
    return f"{MEASURE[one['measure']].label}: {comparing.words_of(one)}"


def _missing(known: Store, row: Row) -> None:
    missing = known.rows("pages/operation_missing", operation=row["operation"], area=row["area"], sample=row["sample"])
    what = "other weeks" if row["intensification"] else "other operations"
    if not missing:
        _show.small(f"Every measure held of {what} of {row['area']} is held of this one too.")
        return
    _show.table(
        [wording.NOT_PUBLISHED.capitalize(), "Held of", "Latest"],
        [
            (
                _defined.linked(MEASURE[one["measure"]].label),
                wording.plural(one["operations"], "other week" if row["intensification"] else "other operation"),
                one["latest"],
            )
            for one in sorted(missing, key=lambda one: ORDER[one["measure"]])
        ],
        f"Not available: what was published for {what} of {row['area']} and not, as far as is held, for this one. That is not 0.",
    )


def _campaigns(known: Store, row: Row) -> None:
    asked = {"operation": row["operation"], "area": row["area"], "first_day": row["start_date"], "last_day": row["end_date"]}
    found = [] if row["sample"] else known.rows("pages/operation_campaigns", **asked)
    if row["area"] != known.settings.force:
        found = [one for one in found if one["linked"] or one["figured"]]
    if not found:
        _show.small("No campaign is known to have run alongside this operation.")
        return
    reasons = (("linked", "the campaign's record"), ("figured", "a figure that names both"), ("overlapping", "its days"))
    _show.table(
        ["Campaign alongside", "Dates", "Said by"],
        [
            (
                (one["campaign"], f"/campaigns?campaign={quote(one['campaign'])}"),
                comparing.when(one),
                wording.listed([words for key, words in reasons if one[key]]),
            )
            for one in found
        ],
        "Campaigns that ran alongside. That they ran at one time says nothing of what either led to.",
    )


def _revisions(known: Store, row: Row) -> None:
    """Every figure that was ever stated anew, as it stands and as it stood."""
    said: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for one in known.rows("pages/operation_statements", operation=row["operation"], area=row["area"]):
        said.setdefault(tuple(one[name] for name in FIGURE_FACT), []).append(one)
    revised = [one for statements in said.values() if statements[-1]["place"] > 1 for one in statements]
    if not revised:
        return
    _show.table(
        ["Measure", "State", "Value", "Status", "Stood on", "Published wording", "Approved by", "Note", "Recorded", "File and record"],
        [
            (
                MEASURE[one["measure"]].label,
                "Stands" if one["place"] == 1 else "Superseded",
                comparing.words_of(one),
                one["status"] or "not stated",
                one["as_of"] or "not stated",
                one["published_wording"] or "recorded, not published",
                one["approved_by"] or "not stated",
                one["note"],
                _show.imported_words(one),
                (f"{one['file_name']}, record {one['record_no']:,}", f"/sources?upload={one['upload_id']}"),
            )
            for one in revised[:MOST_FIGURES]
        ],
        "Revisions. Nothing is deleted: to go back, undo the revision on the Upload page.",
    )


# --- other areas ----------------------------------------------------------------------------------------------------


def _other_areas(known: Store, row: Row, own: Sequence[Row], others: Sequence[Row]) -> None:
    """A table for each other area, with the share that one is of the other where both count the same."""
    force, around = known.settings.force, known.settings.around
    if not others:
        _show.small("No figure of another area is held for this operation or its days.")
        return
    _show.small(
        f"Figures of other areas for {row['operation']} or its days, each area by itself. A share is given only where measure, operation "
        "and days are the same, no other statement of either differs, and one area is known to hold the other."
    )
    settled = {doubt.facts: said["settled"] for doubt, said in operations.doubts(known) if said and doubt.kind == double_counts.INSIDE}
    areas = sorted({one["area"] for one in others}, key=lambda area: (LEVELS.index(comparing.level(area, force, around)), area))
    for area in areas:
        _show.table(
            ["Measure", "Operation", "Days", "Value", "Status", f"In {row['area']}", "Share", "Published wording", "Publisher"],
            [
                (
                    _defined.linked(MEASURE[one["measure"]].label),
                    one["operation"] or "none named",
                    comparing.when(one),
                    _value(one),
                    one["status"] or "not stated",
                    *_beside(one, own, others, force, around, settled),
                    one["published_wording"] or "recorded, not published",
                    _show.publisher(one["source"]),
                )
                for one in others
                if one["area"] == area
            ],
            f"{area}: {comparing.level(area, force, around)} figures",
        )


def _beside(
    one: Row, own: Sequence[Row], others: Sequence[Row], force: str, around: Sequence[str], settled: Mapping[str, str]
) -> tuple[str, str]:
    """Our figures of the measure in words, and the share of each; no share where there is none to compare."""
    same = [ours for ours in own if ours["measure"] == one["measure"] and ours["campaign"] == one["campaign"]]
    if not same:
        return wording.NOT_PUBLISHED, "no share: not published for both"
    shares = []
    for ours in same:
        part, whole = (one, ours) if comparing.holds(ours["area"], one["area"], force, around) else (ours, one)
        told = settled.get(double_counts.Doubt(double_counts.INSIDE, (whole, part), "").facts)
        shares.append(comparing.share(part, whole, force, around, told, [*own, *others]))
    said = dict.fromkeys(share.words or share.refused for share in shares)
    return wording.listed([comparing.words_of(ours) for ours in same]), "; ".join(said)


# --- what may be counted twice --------------------------------------------------------------------------------------


def settled_at(doubt: Doubt) -> str:
    """The address at which a doubt is settled: that of an operation it is about, else that of any, where those of none are listed too."""
    named = next((f"operation={quote(operation)}&area={quote(area)}&" for operation, area in _sides(doubt)), "")
    return f"/operations?{named}part={quote(COUNTED_TWICE)}"


def _sides(doubt: Doubt) -> list[tuple[str, str]]:
    """The operations of areas that a doubt is about; none where its figures name none."""
    return [(one["operation"], one["area"]) for one in doubt.figures if one["operation"] and one["area"]]


def _settled_here(known: Store, row: Row) -> list[tuple[Doubt, dict[str, Any] | None]]:
    """The doubts that a figure of the operation is in, and those of no operation, which no other page lists; those still open first."""
    own = (row["operation"], row["area"])
    found = [one for one in operations.doubts(known) if own in (sides := _sides(one[0])) or not sides]
    return sorted(found, key=lambda one: one[1] is not None)


def _open_elsewhere(known: Store, row: Row) -> list[Doubt]:
    """The doubts still open that are settled at another operation."""
    here = {doubt.key for doubt, _ in _settled_here(known, row)}
    return [doubt for doubt, said in operations.doubts(known) if said is None and doubt.key not in here]


def _doubted(known: Store, row: Row) -> None:
    if _view.for_reading():
        return
    still_open = [_sides(doubt) for doubt, said in operations.doubts(known) if said is None]
    still = sum((row["operation"], row["area"]) in sides for sides in still_open)
    elsewhere = len(still_open) - still
    if still:
        are = "question is" if still == 1 else "questions are"
        _show.small(f"{wording.number(still)} {are} open: whether figures of this operation count what others count. See 'Counted twice?'.")
    if elsewhere:
        are = "question is" if elsewhere == 1 else "questions are"
        _show.small(f"{wording.number(elsewhere)} such {are} open beside this operation's, listed under 'Counted twice?' too.")


def _counted_twice(known: Store, row: Row) -> None:
    found = _settled_here(known, row)
    st.html('<h2 class="reach-title">What may be counted twice</h2>')
    _show.small(
        "Figures of one measure whose days and areas lie in one another, one number given for two operations, and weapons in two lists. "
        "Reach adds none of them. What a person settles is kept with who and when, and can be settled anew."
    )
    if not operations.all_doubts_found(known):
        _show.small(double_counts.NOT_COMPLETE)
    if found:
        _table_and_form(known, row, found)
    else:
        _show.small("No figure of this operation is seen to count what another counts.")
    if elsewhere := _open_elsewhere(known, row):
        with st.expander(f"Open at other operations: {wording.plural(len(elsewhere), 'question')}", key="open-elsewhere"):
            _show.links((doubt.words, settled_at(doubt)) for doubt in elsewhere[:MOST_ELSEWHERE])
            if len(elsewhere) > MOST_ELSEWHERE:
                _show.small(f"And {wording.number(len(elsewhere) - MOST_ELSEWHERE)} more, listed here as these are settled.")


def _table_and_form(known: Store, row: Row, found: Sequence[tuple[Doubt, Row | None]]) -> None:
    """The doubts settled here in a table, and the form that settles one."""
    told = any(said for _, said in found)
    _show.table(
        ["The total, or one figure", "The other", "What this is", "Settled", *(["Why", "Who and when"] if told else [])],
        [
            (
                double_counts.named(doubt.figures[0]),
                "; ".join(map(double_counts.named, doubt.figures[1:])),
                double_counts.KINDS[doubt.kind],
                _settled_words(doubt, said),
                *([said["note"] if said else "", _show.imported_words(said) if said else ""] if told else []),
            )
            for doubt, said in found
        ],
        "What may be counted twice, open questions first.",
    )
    _settle(known, row, found)
    _history(known, {doubt.key for doubt, _ in found})


def _settled_words(doubt: Doubt, said: Row | None) -> str:
    if said is None:
        return "open"
    since = "" if said["subject"] == doubt.subject else f". The figures said otherwise then: {said['subject']}"
    return f"{comparing.SETTLED[said['settled']]}{since}"


def _in_short(doubt: Doubt) -> str:
    """The figures of a doubt by what tells them apart."""
    apart = [name for name in ("operation", "area", "start_date", "date_note") if len({one[name] for one in doubt.figures}) > 1]
    told = [
        ", ".join(str(part) for part in (comparing.words_of(one), *(_part(one, name) for name in apart)) if part) for one in doubt.figures
    ]
    return f"{MEASURE[doubt.figures[0]['measure']].label}: {' / '.join(told)}"


def _part(one: Row, name: str) -> str | None:
    return comparing.when(one) if name == "start_date" else one[name]


def _question(doubt: Doubt) -> str:
    """What is to be settled, as the label of a choice."""
    if doubt.kind == double_counts.LISTED:
        return "The listed kinds are"
    one = doubt.figures[1]
    return _show.label(f"{MEASURE[one['measure']].label}: {comparing.words_of(one)}, {one['area']}, is")


def _answer_words(settled: str | None) -> str:
    return comparing.SETTLED[settled] if settled else "open again"


def _settle(known: Store, row: Row, found: Sequence[tuple[Doubt, Row | None]]) -> None:
    questions = {doubt.facts + doubt.kind: doubt for doubt, _ in found}
    with st.expander("Settle one", expanded=any(said is None for _, said in found)):
        picked = st.selectbox(
            "Which", list(questions), format_func=lambda key: _in_short(questions[key]), key=f"settle-{row['operation']}-{row['area']}"
        )
        with st.form("settle", border=False):
            answers: list[str | None] = [*comparing.SETTLED, None]
            settled = st.selectbox(_question(questions[picked]), answers, format_func=_answer_words, key=f"settled-{picked}", width=320)
            why = st.text_input("Why: who confirmed it, or where it is written", key=f"why-{picked}")
            if not st.form_submit_button("Settle it", type="primary"):
                return
        try:
            told = operations.settle(known, questions[picked], settled, why)
        except Usage as refused:
            _show.small(str(refused))
            return
        st.session_state[SAID] = told
        st.rerun()


def _history(known: Store, keys: set[tuple[str, str]]) -> None:
    """Every settlement, where one was settled more than once."""
    said = [one for one in known.rows("pages/settlements") if (one["kind"], one["facts"]) in keys]
    if len(said) == len({(one["kind"], one["facts"]) for one in said}):
        return
    _show.table(
        ["Settled", "Figures, as they stood", "Why", "Who and when"],
        [
            (
                comparing.SETTLED[one["settled"]] if one["settled"] else "left open again",
                one["subject"],
                one["note"],
                _show.imported_words(one),
            )
            for one in said
        ],
        "Everything that was settled, the latest first.",
    )


# --- one figure without a file --------------------------------------------------------------------------------------


def _enter(known: Store, row: Row, own: Sequence[Row]) -> None:
    """A form for one figure: a new one, or a later value of one that is held."""
    st.html('<h2 class="reach-title">Record or correct one figure</h2>')
    _show.small(
        "It is imported as a file of one row: with the same checks, a place in the history, and an undo on the Upload page. A correction "
        "stands from today; what stood before is kept as superseded. A figure of reach, views or impressions is superseded on the Claims "
        "page."
    )
    if row["sample"]:
        _show.small("This operation is made up. Nothing is recorded of it here.")
        return
    held = {one["figure_id"]: one for one in own if not MEASURE[one["measure"]].on_screens}
    of = f"{row['operation']}-{row['area']}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        picked = st.selectbox("Figure", [NEW, *held], format_func=lambda key: _named(held, key), key=f"enter-{of}", width=480)
        if picked == NEW:
            keys = [measure.key for measure in MEASURES if not measure.on_screens]
            first = keys.index("arrests")
            measure = MEASURE[
                st.selectbox("Measure", keys, first, format_func=lambda key: MEASURE[key].label, key=f"measure-{of}", width=380)
            ]
        else:
            measure = MEASURE[held[picked]["measure"]]
    _show.small(f"{measure.label}, counted in {measure.unit}: {measure.words}")
    _form(known, row, held.get(picked), measure.key, f"{of}-{picked}-{measure.key}")


def _named(held: dict[str, Row], key: str) -> str:
    if key not in held:
        return key
    one = held[key]
    return f"{_subject(one)}, {comparing.when(one)}" + (f", {one['status']}" if one["status"] else "")


def _form(known: Store, row: Row, held: Row | None, measure: str, key: str) -> None:
    unit = MEASURE[measure].unit
    stands = wording.nominal(held["value_low"], held["value_high"]) if held else None
    whole = unit not in ("GBP", "EUR", "kg")
    statuses = [NOT_STATED, *STATUSES]
    said: dict[str, Any] = {}
    of: dict[str, Any] = {"measure": measure, "area": row["area"], "operation": row["operation"]}
    with st.form(f"figure-{key}", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if whole:
                said["value"] = st.number_input(f"Value ({unit})", 0, None, None if stands is None else int(stands), 1, width=200)
            else:
                start = None if stands is None else float(stands)
                said["value"] = st.number_input(f"Value ({unit})", 0.0, None, start, 0.01, format="%0.2f", width=200)
            place = QUALIFIERS.index(held["qualifier"]) if held and held["qualifier"] in QUALIFIERS else 0
            said["qualifier"] = st.selectbox("Qualifier", QUALIFIERS, place, width=200)
            status = st.selectbox("Status", statuses, statuses.index("revised") if held else 0, width=200)
        said["published_wording"] = st.text_input(
            "Words as published (leave empty where it is not published)", (held["published_wording"] or "") if held else ""
        )
        if held is None:
            with st.container(horizontal=True, vertical_alignment="bottom"):
                of["start_date"] = st.date_input("First day", row["start_date"], EARLIEST, format="DD/MM/YYYY", width=180)
                of["end_date"] = st.date_input("Last day", row["end_date"], EARLIEST, format="DD/MM/YYYY", width=180)
                said["as_of"] = st.date_input("Stood on, if stated", None, EARLIEST, format="DD/MM/YYYY", width=180)
            of["date_note"] = st.text_input("What is known of the days, where they are not certain", row["date_note"] or "")
            of["source"] = st.text_input("Where it was published or recorded")
        said["note"] = st.text_input("Note" if held is None else "Why it is corrected")
        said["approved_by"] = st.text_input("Who approved it")
        pressed = st.form_submit_button("Record the figure" if held is None else "Correct the figure", type="primary")
    if not pressed:
        return
    said["status"] = None if status == NOT_STATED else status
    try:
        told = operations.record(known, of, said) if held is None else operations.correct(known, held, said)
    except Usage as refused:
        _show.small(str(refused))
        return
    st.session_state[SAID] = told
    st.rerun()
