"""Matching the columns of a file that Reach does not know: a part of the Upload page, and the list of mappings there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from .. import candidates, ledger, wording
from ..candidates import Candidate
from ..clock import london
from ..definitions import ANY_METRIC, MATCHED_TOOLS, NETWORKS, TOOLS, network_label
from ..errors import ReachError
from ..formats import Record, normalised
from ..mapping import (
    LONGEST_NAME,
    ORDERS,
    REACH_IS,
    ROWS,
    SEEN,
    ZONES,
    Mapping,
    choices,
    date_order,
    faults,
    guess,
    heading_row,
    signature,
    to_format,
)
from ..recognise import first_records, one_line
from ..store import Store
from . import _show

SHOWN_RECORDS = 15
SHOWN_ROWS = 4
SHOWN_CELL = 60
# With more columns than these only those with a guess are asked at first.
MANY_COLUMNS = 40
MOST_REASONS = 5
# The order in which stored columns are shown; the numbers follow. What tells least is left out of the preview.
MOST_TELLING = ("published_at", "day", "network", "account", "post_id", "text", "kind", "metric")
LEAST_TELLING = ("record_no", "account_name", "permalink", "heading")
LEFT_OUT = ""
# Who counted: a tool whose files are not read by themselves, or the network itself.
COUNTED_BY = {**{key: TOOLS[key][:1].upper() + TOOLS[key][1:] for key in MATCHED_TOOLS}, "network": "The network itself"}
# What is filled in where no mapping is like the file.
BLANK = Mapping("", (), (), next(iter(ROWS)), tool="")


def panel(known: Store, candidate: Candidate, key: str) -> None:
    """Everything that is asked of one unknown file, a preview that really reads it, and Save."""
    assert candidate.taken
    with st.container(border=True):
        st.html(f'<h2 class="reach-title">Match the columns of {_show.text(candidate.name)}</h2>')
        _show.small(
            "Say once what its columns are. Reach keeps that under a name and recognises the next file with the same columns by itself."
        )
        records = first_records(candidate.taken)
        mapping = _asked(known, records, key) if records else None
        if mapping is None:
            _show.small("No columns can be made out in this file. Export it again as CSV.")
        else:
            _read(known, candidate, mapping, key)
        if st.button("Back to the files", key=f"{key}-back"):
            st.session_state.pop("matching", None)
            st.rerun()


# --- what is asked ----------------------------------------------------------------------------------------


def _asked(known: Store, records: list[Record], key: str) -> Mapping | None:
    line = _heading_line(records, key)
    headings = records[line].cells
    rows = [record.cells for record in records[line + 1 :]]
    if len(signature(headings)) < 2:
        return None
    _file_as_text(headings, rows)
    nearest = _nearest(known, headings)
    like = nearest or BLANK
    st.subheader("What the file is", anchor=False)
    with st.container(horizontal=True):
        row_is = st.radio(
            "What is each row?",
            list(ROWS),
            index=list(ROWS).index(like.row_is),
            format_func=ROWS.__getitem__,
            horizontal=True,
            key=f"{key}-row",
            width=300,
        )
        tool = st.selectbox(
            "Who counted these numbers?",
            list(COUNTED_BY),
            format_func=COUNTED_BY.__getitem__,
            index=_place(COUNTED_BY, _counted_by(like)),
            placeholder="Choose",
            key=f"{key}-tool",
            width=220,
            help="What a scheduling tool counts stands apart from what the network's own export says.",
        )
    if nearest:
        _show.small(f"Its columns are like those of the mapping '{like.name}', whose choices are filled in.")
    matched = _columns(headings, rows, row_is, like, f"{key}-{line}-{row_is}")
    fields = dict(matched)
    st.subheader("What the file does not say", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        network, account = None, None
        if "network_cell" not in fields.values():
            network = st.selectbox(
                "Network of all rows",
                list(NETWORKS),
                format_func=NETWORKS.__getitem__,
                index=_place(NETWORKS, like.network),
                placeholder="Choose",
                key=f"{key}-network",
                width=200,
            )
        if "account_cell" not in fields.values():
            words = "Account of all rows (blank: ask with each file)"
            account = st.text_input(words, like.account or "", key=f"{key}-account", width=330, max_chars=LONGEST_NAME)
        order, zone = _times(fields, headings, rows, row_is, like, key)
    reach_is = _reach(fields, tool, like, key)
    return Mapping(
        "",
        tuple(headings),
        tuple(matched),
        row_is,
        None if tool == "network" else tool or "",
        network,
        one_line(account, LONGEST_NAME) or None if account else None,
        order or "",
        zone,
        reach_is,
    )


def _heading_line(records: list[Record], key: str) -> int:
    """Which record holds the headings; asked only where another could."""
    guessed = heading_row(records)
    listed = records[:SHOWN_RECORDS]
    if guessed == 0 or guessed >= len(listed):
        return guessed
    return st.selectbox(
        "Line with the column names",
        range(len(listed)),
        index=guessed,
        format_func=lambda place: f"Line {listed[place].line}: {one_line(', '.join(listed[place].cells), 90)}",
        key=f"{key}-line",
    )


def _file_as_text(headings: Sequence[str], rows: list[tuple[str, ...]]) -> None:
    """The file's first rows as they stand in it."""
    width = len(headings)
    with st.expander("The first rows of the file", expanded=width <= MANY_COLUMNS):
        _show.table(
            [one_line(heading) or f"Column {place}" for place, heading in enumerate(headings, 1)],
            [[one_line(cell, SHOWN_CELL) for cell in (*row, *[""] * width)[:width]] for row in rows[:SHOWN_ROWS]],
        )


def _nearest(known: Store, headings: Sequence[str]) -> Mapping | None:
    """The mapping, in use or not, that knows most of these headings, the newest of such; None if none knows most of them."""
    own = set(signature(headings))
    held = [row["mapping"] for row in ledger.mappings(known)]
    shared = [(len(own & set(signature(one.headings))) / max(len(own), 1), one) for one in held]
    best = max(shared, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] > 0.5 else None


def _columns(headings: Sequence[str], rows: list[tuple[str, ...]], row_is: str, like: Mapping, key: str) -> list[tuple[str, str]]:
    """One choice a column, our guess filled in. Columns of one heading are one."""
    words = choices(row_is)
    guessed = guess(headings, row_is)
    known = {normalised(heading): field for heading, field in like.matched if field in words}
    guessed = {place: known[normalised(heading)] for place, heading in enumerate(headings) if normalised(heading) in known} or guessed
    first: dict[str, int] = {}
    for place, heading in enumerate(headings):
        if normalised(heading):
            first.setdefault(normalised(heading), place)
    asked = list(first.values())
    if len(asked) > MANY_COLUMNS:
        asked = st.multiselect(
            "Columns to match",
            asked,
            [place for place in asked if place in guessed],
            format_func=lambda place: one_line(headings[place]),
            key=f"{key}-which",
        )
    st.subheader("What its columns are", anchor=False)
    matched = []
    with st.container(horizontal=True, key=f"match-{key}"):
        for place in asked:
            with st.container(width=255, gap="xxsmall"):
                field = st.selectbox(
                    _show.label(one_line(headings[place])),
                    [LEFT_OUT, *words],
                    index=[LEFT_OUT, *words].index(guessed.get(place, LEFT_OUT)),
                    format_func=lambda one: words.get(one, "Leave out"),
                    key=f"{key}-column-{place}",
                )
                _show.small(_examples(rows, place))
            if field:
                matched.append((headings[place], field))
    return matched


def _examples(rows: list[tuple[str, ...]], place: int) -> str:
    cells = [one_line(row[place], 24) for row in rows if place < len(row) and row[place].strip()]
    return f"such as {'; '.join(dict.fromkeys(cells[:2]))}" if cells else "blank in the first rows"


def _place(offered: Iterable[str], chosen: str | None) -> int | None:
    """Where a choice stands among those offered; None where nothing was chosen, or what is offered no longer."""
    return next((place for place, one in enumerate(offered) if one == chosen), None)


def _counted_by(mapping: Mapping) -> str:
    return "network" if mapping.tool is None else mapping.tool


def _times(
    fields: dict[str, str], headings: Sequence[str], rows: list[tuple[str, ...]], row_is: str, like: Mapping, key: str
) -> tuple[str | None, str]:
    """The order of day and month where the file leaves it open, and the zone of its clock times."""
    place = next((place for place, heading in enumerate(headings) if fields.get(heading) == "when_cell"), None)
    settled, example = date_order(row[place] for row in rows if place is not None and place < len(row))
    order: str | None = settled or "dmy"
    if example:
        words = _show.label(f"Is {one_line(example)} written day first or month first?")
        # Asked anew: a mapping may hold an order only because no date of its first file left it open.
        order = st.radio(words, list(ORDERS), format_func=ORDERS.__getitem__, index=None, key=f"{key}-order", width=300)
    if row_is != "post":
        return order, "Europe/London"
    zone = st.selectbox(
        "Its clock times are in",
        list(ZONES),
        index=list(ZONES).index(like.zone),
        format_func=ZONES.__getitem__,
        key=f"{key}-zone",
        width=220,
        help="As the tool's settings say. A time that names its own zone, such as 09:30Z, is read by that.",
    )
    return order, zone


def _reach(fields: dict[str, str], tool: str | None, like: Mapping, key: str) -> str | None:
    """What a column of reach counts: nobody's guess may pass as reach."""
    heading = next((heading for heading, field in fields.items() if field in SEEN), None)
    if heading is None:
        return None
    asked = _show.label(f"What does '{one_line(heading)}' count?")
    before = _place(REACH_IS, like.reach_is) if tool == _counted_by(like) else None
    answer = st.radio(asked, list(REACH_IS), format_func=REACH_IS.__getitem__, index=before, key=f"{key}-{tool}-reach")
    if tool == "orlo":
        _show.small(
            "Orlo's older reports mean a potential audience by reach; its newer Marketing and Account reports mean people. "
            "The glossary in Orlo's help says which."
        )
    return answer


# --- the preview ------------------------------------------------------------------------------------------


def _read(known: Store, candidate: Candidate, mapping: Mapping, key: str) -> None:
    """Reads the whole file by the mapping, shows what comes of it, and saves it."""
    st.subheader("Preview", anchor=False)
    missing = faults(mapping)
    if missing:
        _show.bullets(missing)
        return
    tried = _trial(known, candidate, mapping)
    reading = tried.reading
    if reading is None or not reading.kept:
        _show.small(tried.message)
        if reading:
            _show.bullets(problem.words(candidate.name) for problem in reading.problems[:MOST_REASONS])
        return
    skipped, aside = sum(reading.skipped.values()), len(reading.problems)
    said = f"{wording.plural(reading.read, 'row')}: {reading.kept:,} kept, {skipped:,} skipped, {aside:,} set aside"
    first, last = tried.period
    _show.small(" · ".join([said, *([wording.period(first, last)] if first else []), *(question.words for question in tried.questions)]))
    _show.bullets([*reading.notes, *(problem.words(candidate.name) for problem in reading.problems[:MOST_REASONS])])
    _show.columns(reading.columns, "Compare these with the tool's screen.")
    _stored(known, tried)
    if "staff_cell" in mapping.fields.values():
        _show.small("Since it names staff, the file itself is not kept: only its figures and its fingerprint are.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = one_line(st.text_input("Name of the mapping", key=f"{key}-name", width=330, max_chars=LONGEST_NAME), LONGEST_NAME)
        if st.button("Save the mapping", type="primary", key=f"{key}-save"):
            _save(known, replace(mapping, name=name))


def _trial(known: Store, candidate: Candidate, mapping: Mapping) -> Candidate:
    """The file read by the mapping, once for each state of the choices."""
    assert candidate.taken
    stamp = (str(candidate.taken.path), mapping)
    kept = st.session_state.get("trial")
    if not kept or kept[0] != stamp:
        kept = st.session_state["trial"] = (stamp, candidates.trial(candidate, to_format(replace(mapping, name="Trial")), known.settings))
    found: Candidate = kept[1]
    return found


def _stored(known: Store, tried: Candidate) -> None:
    """The first rows as they would be stored."""
    assert tried.reading
    rows = candidates.first_rows(known, tried.reading, SHOWN_ROWS)
    seen = [name for name in rows[0] if name not in LEAST_TELLING and any(row[name] is not None for row in rows)]
    names = sorted(seen, key=lambda name: MOST_TELLING.index(name) if name in MOST_TELLING else len(MOST_TELLING))
    words = {"published_at": "Published (UK time)", "post_id": "Post id", "value": "Value"}
    labels = [words.get(name) or (ANY_METRIC[name].label if name in ANY_METRIC else name.capitalize()) for name in names]
    cells = [[row["record_no"], *(_cell(name, row[name]) for name in names)] for row in rows]
    _show.table(["Record", *labels], cells, "As it would be stored.")


def _cell(name: str, value: Any) -> object:
    if name == "published_at" and value is not None:
        return london(value)
    if name == "network":
        return network_label(value)
    if name == "metric":
        return ANY_METRIC[value].label
    return one_line(value, SHOWN_CELL) if isinstance(value, str) else value


def _save(known: Store, mapping: Mapping) -> None:
    try:
        ledger.record_mapping(known, mapping)
    except ReachError as error:
        _show.small(str(error))
        return
    st.session_state.pop("matching", None)
    st.session_state.pop("trial", None)
    st.session_state["said"] = f"The mapping '{mapping.name}' is kept. Files with these columns are recognised from now on."
    st.rerun()


# --- the list ---------------------------------------------------------------------------------------------


def mappings(known: Store) -> None:
    """Every mapping: what it matches, who made it and when; those in use can be retired."""
    rows = ledger.mappings(known)
    if not rows:
        return
    uploads_of = {row["format"]: row["uploads"] for row in known.rows("pages/uploads_of_formats")}
    st.subheader("Mappings", anchor=False)
    for row in rows:
        _mapping(known, row, uploads_of.get(row["mapping"].key, 0))


def _mapping(known: Store, row: dict[str, Any], files: int) -> None:
    mapping: Mapping = row["mapping"]
    words = choices(mapping.row_is)
    made = {"recorded_at": row["made_at"], "recorded_by": row["made_by"]}
    with st.container(border=True):
        said, act = st.columns([6, 1], vertical_alignment="center")
        state = f" · retired {_show.imported_words(row)}" if row["retired"] else ""
        used = wording.plural(files, "file")
        with said:
            st.html(
                f'<p class="reach-small"><strong>{_show.text(row["name"])}</strong> · {_show.text(_of(mapping))} · '
                f"made {_show.text(_show.imported_words(made))} · {_show.text(used)} in force{_show.text(state)}</p>"
            )
            with st.expander("What it matches", key=f"matches-{row['mapping_id']}"):
                _show.table(
                    ["Column in the file", "Read as"], [(heading, words.get(field, field)) for heading, field in mapping.fields.items()]
                )
                left = [one_line(one) for one in json.loads(row["headings"]) if one not in mapping.fields and one.strip()]
                if left:
                    _show.small(f"Left out: {', '.join(left)}.")
        if not row["retired"] and act.button(
            "Retire", key=f"retire-{row['mapping_id']}", width="stretch", help=f"Retire {_show.label(row['name'])}"
        ):
            st.session_state["said"] = ledger.retire_mapping(known, str(row["mapping_id"]))
            st.rerun()


def _of(mapping: Mapping) -> str:
    """Whose counts, of what, in a line."""
    counted = TOOLS.get(mapping.tool or "", "the network itself")
    network = NETWORKS.get(mapping.network or "", "networks as the file says")
    rows = "posts" if mapping.row_is == "post" else "days"
    return f"{rows} of {network}, counted by {counted}" + (f", account {mapping.account}" if mapping.account else "")
