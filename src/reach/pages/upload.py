"""Upload: say what each file is and what it would change, then import it; undo and redo."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

import streamlit as st

from .. import candidates, claims, editions, inbox, ledger, operations, uploads, wording
from ..background import beside_readers
from ..candidates import Candidate
from ..clock import from_london, london, today
from ..definitions import MEASURE, NETWORKS, network_label
from ..errors import ReachError
from ..formats import all_formats
from ..inbox import Inbox, Waiting
from ..mapping import ORDERS
from ..reading import Answers
from ..store import Store
from ..templates import EXAMPLES, TEMPLATES
from ..uploads import Moved, Preview
from . import _show, _view, mapping
from .operations import settled_at
from .sources import set_aside

# In the order in which they want a person's eye.
BADGES = {
    "needs": ("One question", "orange", ":material/help:"),
    "refused": ("Refused", "red", ":material/block:"),
    "ready": ("Ready", "green", ":material/check:"),
    "imported": ("Imported", "green", ":material/done_all:"),
    "duplicate": ("Nothing to do", "blue", ":material/done_all:"),
}
IN_WORDS = {"needs": "with a question", "refused": "refused", "ready": "ready", "imported": "imported", "duplicate": "with nothing to do"}
MOST_PROBLEMS = 5
NOT_STATED = "Not stated, so export every month."
MOST_HISTORY = 20
MOST_MOVED = 8


def render() -> None:
    """Draws the page."""
    known = _show.store()
    if _view.for_reading():
        _show.opening("Upload")
        _view.said_for_reading()
        return
    _show.opening(
        "Upload", "Drop in what the networks let you download, and your operation results. Nothing is stored until you press Import."
    )
    round_ = st.session_state.setdefault("upload-round", 0)
    what = "CSV or Excel files, or zip files of them, up to 50 MB each"
    dropped = st.file_uploader(what, accept_multiple_files=True, key=f"drop-{round_}")
    incoming = inbox.inbox_of(known.settings)
    _take_in(known, dropped or [], incoming)
    _inbox_said(known, incoming)
    files: dict[str, list[Candidate]] = st.session_state["files"]
    if said := st.session_state.get("said"):
        st.html(f'<p class="reach-lead" role="status">{_show.text(said)}</p>')
    matching = _matching(files)
    if matching:
        mapping.panel(known, *matching)
    else:
        _files_and_history(known, files)
    _show.footer(known)
    # Only now, since a run that ends early to begin anew must say it again.
    st.session_state.pop("said", None)


def _files_and_history(known: Store, files: dict[str, list[Candidate]]) -> None:
    if files:
        # Above the cards: with many files the button must not be at the end of a long page.
        _counted(files)
        _answers_for_many(known, files)
        _what_changes(known, files)
    cards = [(file_id, place, one) for file_id, own in files.items() for place, one in enumerate(own)]
    for file_id, place, candidate in sorted(cards, key=lambda card: list(BADGES).index(card[2].status)):
        _card(known, file_id, place, candidate)
    _history(known)
    mapping.mappings(known)
    _help(known)


def _matching(files: dict[str, list[Candidate]]) -> tuple[Candidate, str] | None:
    """The unknown file whose columns are being matched, as long as it is on the page."""
    file_id, place = st.session_state.get("matching", ("", 0))
    own = files.get(file_id, [])
    found = own[place] if place < len(own) else None
    return (found, f"map-{file_id}-{place}") if found and found.unknown else None


# --- files dropped ----------------------------------------------------------------------------------------


def _take_in(known: Store, dropped: list[Any], incoming: Inbox) -> None:
    """Reads the files that are new, dropped or waiting in the inbox, and forgets those taken away."""
    files: dict[str, list[Candidate]] = st.session_state.setdefault("files", {})
    waiting: dict[str, Waiting] = {one.file_id: one for one in incoming.waiting()}
    st.session_state["waiting"] = waiting
    present = {one.file_id for one in (*dropped, *waiting.values())}
    gone = [file_id for file_id in files if file_id not in present]
    for file_id in gone:
        candidates.discard(files.pop(file_id))
    if gone or st.session_state.get("judged-at") != known.version:
        _judge_again(known, files)
    st.session_state["judged-at"] = known.version
    new = [one for one in (*dropped, *waiting.values()) if one.file_id not in files]
    if not new:
        return
    bar = st.progress(0.0, "Reading files") if len(new) > 1 or new[0].size > 5_000_000 else None
    for number, one in enumerate(new, 1):
        if isinstance(one, Waiting):
            read = partial(candidates.check, one.path, one.name, known.folder, known.settings, known, stated=one.stated)
        else:
            read = partial(candidates.check, one, one.name, known.folder, _page_limits(known), known)
        files[one.file_id] = beside_readers(read)
        if bar:
            bar.progress(number / len(new), f"Read {number} of {len(new)} files")
    if bar:
        bar.empty()


def _judge_again(known: Store, files: dict[str, list[Candidate]]) -> None:
    """What was a duplicate may be one no longer, and the columns of what was unknown may have been matched."""
    for own in files.values():
        own[:] = candidates.again(own, _page_limits(known), known)


def _inbox_said(known: Store, incoming: Inbox) -> None:
    """Where the inbox is, and what is held back in it with the reason of each."""
    if incoming.watched:
        place = f"{incoming.folder.parent.name}/{incoming.folder.name}"
        _show.small(f"Files put into the folder {place} are imported by themselves; those with a question wait here.")
        _news(known, incoming, _inbox_stands(known, incoming))
    if held := incoming.held():
        with st.expander(f"Held back from the inbox folder: {wording.plural(len(held), 'file')}", key="inbox-held"):
            _show.bullets(one.reason for one in held)
            _show.small(
                "They are in its folder held. Put one back into the inbox to have it read again; delete it to take it off this list."
            )
    _inbox_doubts(known)


def _inbox_doubts(known: Store) -> None:
    """What the inbox imported unasked and a person is to settle, each with the way to where that is done."""
    found = operations.left_open_by(known, inbox.WHO)
    if not found:
        return
    with st.container(border=True):
        st.html('<h2 class="reach-title">From the inbox folder, for a person to settle</h2>')
        _show.links((doubt.words, settled_at(doubt)) for doubt in found[: uploads.MOST_DOUBTS])
        more = len(found) - uploads.MOST_DOUBTS
        rest = f" {wording.number(more)} more are open there." if more > 0 else ""
        _show.small(f"These figures are imported, and none is added to another. Settle each on the Operations page.{rest}")


@st.fragment(run_every=inbox.LOOK_SECONDS)
def _news(known: Store, incoming: Inbox, shown: tuple[Any, ...]) -> None:
    """Draws the page anew when the inbox has taken something in or puts a question."""
    if _inbox_stands(known, incoming) != shown:
        st.rerun()


def _inbox_stands(known: Store, incoming: Inbox) -> tuple[Any, ...]:
    return known.version, [one.file_id for one in incoming.waiting()], incoming.held_names()


def _dismiss(known: Store, file_id: str) -> None:
    """Takes a file of the inbox off the page and out of the inbox."""
    waiting: dict[str, Waiting] = st.session_state["waiting"]
    try:
        st.session_state["said"] = inbox.inbox_of(known.settings).dismiss(waiting[file_id], st.session_state["files"][file_id])
    except OSError as error:
        st.session_state["said"] = _not_moved(waiting[file_id], error)


def _not_moved(file: Waiting, error: OSError) -> str:
    return f"{file.name}: it cannot be moved out of the inbox ({error.strerror or 'unknown reason'}). Move it yourself."


def _page_limits(known: Store) -> Any:
    return replace(known.settings, file_megabytes=known.settings.page_megabytes)


def _counted(files: dict[str, list[Candidate]]) -> None:
    """How many files there are of each status, where there are too many to see at a glance."""
    found = [one.status for own in files.values() for one in own]
    if len(found) > 3:
        told = [f"{found.count(status):,} {words}" for status, words in IN_WORDS.items() if status in found]
        _show.small(f"{wording.plural(len(found), 'table')} in {wording.plural(len(files), 'file')}: {wording.listed(told)}.")


def _answers_for_many(known: Store, files: dict[str, list[Candidate]]) -> None:
    """One answer for all files that ask the same question."""
    asking = [
        (file_id, place, one) for file_id, own in files.items() for place, one in enumerate(own) if one.status == "needs"
    ]
    counts = {key: sum(_asks(one, key) for _, _, one in asking) for key in candidates.ASKED_OF_MANY}
    many = {key: count for key, count in counts.items() if count > 1}
    if not many:
        return
    # An account goes by another name on each network, so each network is asked for by itself.
    whose = Counter(_network(one) for _, _, one in asking if _asks(one, "account"))
    accounts: dict[str | None, str | None] = {}
    network = order = None
    with st.form("answers-for-many", border=True):
        st.html('<h2 class="reach-title">One answer for several files</h2>')
        with st.container(horizontal=True, vertical_alignment="bottom"):
            for one, count in whose.items() if "account" in many else ():
                named = f"{network_label(one)} account" if one else "Account, network not stated"
                guess = next((guess for _, _, other in asking if _network(other) == one and (guess := _guess(other, "account"))), None)
                accounts[one] = st.text_input(f"{named}, {wording.plural(count, 'file')}", guess or "", width=280).strip() or None
            if "network" in many:
                label = f"Network, for the {many['network']} files that do not say"
                network = st.selectbox(label, list(NETWORKS), format_func=NETWORKS.__getitem__, index=None, width=320)
            if "date_order" in many:
                label = f"Dates, for {many['date_order']} files"
                order = st.radio(label, list(ORDERS), format_func=ORDERS.__getitem__, index=None, horizontal=True)
            sent = st.form_submit_button("Use these answers")
    if not sent:
        return
    for file_id, place, candidate in asking:
        told = candidate.answers
        if _asks(candidate, "account"):
            told = replace(told, account=accounts.get(_network(candidate)) or told.account)
        if _asks(candidate, "network"):
            told = replace(told, network=network or told.network)
        if _asks(candidate, "date_order"):
            told = replace(told, date_order=order or told.date_order)
        if told != candidate.answers:
            files[file_id][place] = candidates.answer(candidate, told, _page_limits(known), known)
    st.session_state.pop("preview", None)
    st.rerun()


def _asks(candidate: Candidate, key: str) -> bool:
    return any(question.key == key for question in candidate.questions)


def _guess(candidate: Candidate, key: str) -> str | None:
    return next((question.guess for question in candidate.questions if question.key == key), None)


def _network(candidate: Candidate) -> str | None:
    return candidate.reading.network if candidate.reading else None


def _card(known: Store, file_id: str, place: int, candidate: Candidate) -> None:
    """What one file is, what is wrong with it, and what must be asked."""
    words, colour, icon = BADGES[candidate.status]
    key = f"{file_id}-{place}"
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.badge(words, color=colour, icon=icon)  # type: ignore[arg-type]
            if file_id in st.session_state["waiting"]:
                st.badge("Inbox folder", color="grey", icon=":material/inbox:")
            what = candidate.reading.format.label if candidate.reading else "not recognised" if candidate.status == "refused" else ""
            st.html(f'<p class="reach-title">{_show.text(what)}</p>', width="content")
            st.html(f'<p class="reach-small">{_show.text(candidate.name)}</p>', width="content")
        if candidate.status in ("refused", "duplicate") or not candidate.reading:
            _show.small(candidate.message)
        named = f"Match the columns of {_show.label(candidate.name)}"
        if candidate.unknown and st.button("Match its columns", key=f"match-{key}", help=named):
            st.session_state["matching"] = (file_id, place)
            st.rerun()
        if candidate.reading and candidate.status in ("ready", "needs", "imported"):
            _show.small(_facts_of(candidate))
            _show.bullets(candidate.reading.notes)
        if candidate.status in ("ready", "needs"):
            _questions(known, file_id, place, candidate, key)
        if candidate.reading:
            _problems(candidate, key)
            _columns(candidate, key)
        if place == 0 and file_id in st.session_state["waiting"]:
            words = "Do not import" if candidate.status in ("ready", "needs") else "Take off the list"
            if st.button(words, key=f"dismiss-{file_id}"):
                _dismiss(known, file_id)
                st.rerun()


def _facts_of(candidate: Candidate) -> str:
    """Whose, which period, as of when, rows and changes, in one line."""
    reading = candidate.reading
    assert reading
    first, last = candidate.period
    parts = [candidate.account, wording.period(first, last) if first else None]
    if candidate.as_of and reading.kept and (reading.format.table == "post_observation" or reading.format.anchored):
        assumed = " (assumed)" if candidate.as_of_assumed else ""
        parts.append(f"exported on {wording.day(london(candidate.as_of).date())}{assumed}")
    if reading.rows:  # else it waits for an answer and was not read yet
        rows = wording.plural(reading.read, "row")
        parts.append(f"{rows}: {reading.kept:,} kept, {sum(reading.skipped.values()):,} skipped, {len(reading.problems):,} set aside")
    parts += [f"skipped: {count:,} × {rule}" for rule, count in reading.skipped.items()]
    if candidate.changes:
        noun = {"post_observation": "post", "figure": "figure"}.get(reading.format.table, "value")
        parts.append(
            f"{wording.plural(candidate.changes.new, f'new {noun}')}, {candidate.changes.updated:,} updated, "
            f"{candidate.changes.unchanged:,} as they were"
        )
    return " · ".join(part for part in parts if part)


def _problems(candidate: Candidate, key: str) -> None:
    reading = candidate.reading
    assert reading
    if not reading.problems:
        return
    _show.bullets(problem.words(candidate.name) for problem in reading.problems[:MOST_PROBLEMS])
    headings = ["reason", "record", "line", "column", *reading.recognised.headings]
    _show.download(
        f"{'All ' if len(reading.problems) > 1 else ''}{wording.plural(len(reading.problems), 'row')} set aside, with reasons",
        headings,
        [[problem.words(candidate.name), problem.record, problem.line, problem.column, *problem.cells] for problem in reading.problems],
        "set-aside.csv",
        f"aside-{key}",
    )


def _columns(candidate: Candidate, key: str) -> None:
    """What each metric column holds: sums only of what adds up."""
    reading = candidate.reading
    assert reading
    if not reading.columns or candidate.status == "refused":
        return
    with st.expander("What each column holds", key=f"columns-{key}"):
        _show.columns(reading.columns)


def _questions(known: Store, file_id: str, place: int, candidate: Candidate, key: str) -> None:
    """Whatever the file does not say, each asked once; an answer judges the file again.

    A box goes by what it shows as answered, so that an answer given elsewhere makes it anew: a box that kept what it last held
    would take the answer back.
    """
    asked = {question.key: question for question in candidate.questions}
    answers = candidate.answers
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if "account" in asked or answers.account:
            _show.small(asked["account"].words if "account" in asked else "Account, as you gave it:")
            account = st.text_input("Account name or handle", answers.account or "", key=f"account-{key}-{answers.account}", width=280)
            answers = replace(answers, account=account.strip() or None)
            guess = asked["account"].guess if "account" in asked else None
            if guess and st.button(f"Use {_show.label(guess)}", key=f"guess-{key}", help="As you answered for such a file before"):
                answers = replace(answers, account=guess)
        if "network" in asked or answers.network:
            _show.small(asked["network"].words if "network" in asked else "Network, as you gave it:")
            networks = list(NETWORKS)
            there = networks.index(answers.network) if answers.network in NETWORKS else None
            box = f"network-{key}-{answers.network}"
            picked = st.selectbox("Network", networks, index=there, format_func=NETWORKS.__getitem__, key=box, width=220)
            answers = replace(answers, network=picked)
        if "force" in asked or answers.force:
            _show.small(asked["force"].words if "force" in asked else "Police force, as you gave it:")
            force = st.text_input("Police force", answers.force or "", key=f"force-{key}-{answers.force}", width=280)
            answers = replace(answers, force=force.strip() or None)
        if "date_order" in asked or answers.date_order:
            if "date_order" in asked:
                _show.small(asked["date_order"].words)
            given = list(ORDERS).index(answers.date_order) if answers.date_order else None
            box = f"order-{key}-{answers.date_order}"
            order = st.radio("Dates in this file", list(ORDERS), given, ORDERS.__getitem__, key=box, horizontal=True)
            answers = replace(answers, date_order=order or answers.date_order)
        if "as_of" in asked:
            _show.small(asked["as_of"].words)
        known_as = candidate.reading.format if candidate.reading else None
        posts = bool(known_as and known_as.table == "post_observation")
        if (posts or (known_as and known_as.anchored)) and (candidate.as_of or "as_of" in asked):
            answers = _exported_on(candidate, answers, "as_of" in asked, key)
        if posts and (candidate.as_of or "as_of" in asked):
            answers = _ours(known, candidate, answers, key)
    if answers != candidate.answers:
        st.session_state["files"][file_id][place] = candidates.answer(candidate, answers, _page_limits(known), known)
        st.session_state.pop("preview", None)
        st.rerun()


def _exported_on(candidate: Candidate, answers: Answers, must: bool, key: str) -> Answers:
    shown = london(candidate.as_of).date() if candidate.as_of and not must else None
    day = st.date_input("Exported on", shown, format="DD/MM/YYYY", max_value=today(), key=f"as-of-{key}-{shown}", width=180)
    if not isinstance(day, date) or day == shown:
        return answers
    return replace(answers, as_of=from_london(datetime(day.year, day.month, day.day, 12)))


def _ours(known: Store, candidate: Candidate, answers: Answers, key: str) -> Answers:
    """Which of the file's accounts are ours: proposed, and confirmed by importing."""
    reading = candidate.reading
    assert reading
    accounts = {one.account: f"{one.name or one.handle or one.account} ({one.posts:,})" for one in reading.accounts if one.account}
    if not accounts:
        return answers
    ours = answers.ours if answers.ours is not None else candidates.ours_proposed(known, reading)
    proposed = [one for one in ours if one in accounts]
    picked = st.multiselect(
        "Our own accounts in this file (posts)",
        list(accounts),
        proposed,
        format_func=lambda one: accounts[one],
        key=f"ours-{key}-{'-'.join(proposed)}",
        width=420,
    )
    return answers if set(picked) == set(proposed) else replace(answers, ours=tuple(picked))


# --- what changes -----------------------------------------------------------------------------------------


def _what_changes(known: Store, files: dict[str, list[Candidate]]) -> None:
    """What the ready files would change, from what to what; then one button."""
    flat = [candidate for own in files.values() for candidate in own]
    ready = [candidate for candidate in flat if candidate.status == "ready"]
    if not ready:
        if all(candidate.status != "needs" for candidate in flat) and st.button("Clear the list", key="clear"):
            _clear(known, files)
        return
    shown = _preview(known, files)
    ready = [candidate for candidate in shown.candidates if candidate.status == "ready"]
    if not ready:
        return
    with st.container(border=True):
        st.html(f'<h2 class="reach-title">If you import the {_show.text(wording.plural(len(ready), f"ready {_one(files)}"))}</h2>')
        _moved_table([moved for moved in shown.moved if moved.kind == "posts"], "Account")
        _moved_rows([moved for moved in shown.moved if moved.kind == "rows"])
        _moved_table([moved for moved in shown.moved if moved.kind == "figures"], "Campaign or operation")
        if not shown.moved:
            _show.small("Nothing shown would change.")
        if shown.unusual:
            st.html('<h3 class="reach-title">Look at these before you import</h3>')
            _show.bullets(shown.unusual)
        if st.button(f"Import {wording.plural(len(ready), _one(files))}", type="primary", icon=":material/check:", key="import"):
            _import(known, files)


def _one(files: dict[str, list[Candidate]]) -> str:
    """What is counted: files, or tables where a file holds several."""
    parts = any(one.recognised and one.recognised.part for own in files.values() for one in own)
    return "table" if parts else "file"


def _preview(known: Store, files: dict[str, list[Candidate]]) -> Preview:
    """The preview of what is on the page, worked out again only when a file, an answer or the store changes."""
    flat = [candidate for own in files.values() for candidate in own]
    stamp = (known.version, tuple((candidate.name, candidate.status, candidate.answers) for candidate in flat))
    kept = st.session_state.get("preview")
    if kept and kept[0] == stamp:
        return kept[1]  # type: ignore[no-any-return]
    with st.spinner("Working out what would change"):
        shown = beside_readers(partial(uploads.preview, known, flat))
    again = iter(shown.candidates)
    for own in files.values():
        own[:] = [next(again) for _ in own]
    stamp = (known.version, tuple((candidate.name, candidate.status, candidate.answers) for candidate in shown.candidates))
    st.session_state["preview"] = (stamp, shown)
    st.rerun()


def _moved_table(moved: list[Moved], of: str) -> None:
    """From what to what: a line for each subject, a column for each number that moves."""
    if not moved:
        return
    measures = list(dict.fromkeys(one.measure for one in moved))
    cells = {(one.subject, one.measure): f"{_standing(one, one.before)} \u2192 {_standing(one, one.after)}{_by(one)}" for one in moved}
    subjects = list(dict.fromkeys(one.subject for one in moved))
    _show.table(
        [of, *measures], [[subject, *(cells.get((subject, measure), "no change") for measure in measures)] for subject in subjects]
    )


def _moved_rows(moved: list[Moved]) -> None:
    """From what to what of days, advertisements, web pages and open data: a line for each, since there are many measures."""
    if moved:
        rows = [(one.subject, one.measure, _standing(one, one.before), _standing(one, one.after)) for one in moved]
        many = len(rows) > MOST_MOVED
        # A long list is folded, so that the button stays in sight.
        with st.expander(f"Days, advertisements and pages: {len(rows)} lines", key="moved-rows") if many else st.container():
            _show.table(["Account or source", "Measure", "Now", "After the import"], rows)


def _by(moved: Moved) -> str:
    """By how much a count or a total moves. The highest of two times may be of two posts, so it has no such difference."""
    if not isinstance(moved.before, int) or not isinstance(moved.after, int) or not moved.adds:
        return ""
    sign = "+" if moved.after >= moved.before else "\u2212"
    return f" ({sign}{abs(moved.after - moved.before):,})"


def _standing(moved: Moved, value: Any) -> str:
    if value is None:
        return "nothing held"
    if isinstance(value, tuple):
        unit = next((measure.unit for measure in MEASURE.values() if measure.label == moved.measure), None)
        return wording.listed([wording.figure_words(one["low"], one["high"], one["qualifier"], unit) for one in value])
    return value if isinstance(value, str) else wording.number(value)


def _import(known: Store, files: dict[str, list[Candidate]]) -> None:
    """Imports file by file: one that fails leaves the others."""
    flat = [(own, place) for own in files.values() for place, one in enumerate(own) if one.status == "ready"]
    bar = st.progress(0.0, "Importing")
    for number, (own, place) in enumerate(flat, 1):
        candidate = own[place]
        rows = candidate.reading.kept if candidate.reading else 0
        said = f"Importing {_one(files)} {number} of {len(flat)}: {candidate.name}, {rows:,} rows"
        bar.progress((number - 1) / len(flat), _show.label(said))
        try:
            own[place] = beside_readers(partial(uploads.commit, known, candidate))
        except ReachError as error:
            own[place] = candidates.failed(candidate, error)
        bar.progress(number / len(flat), f"Imported {number} of {wording.plural(len(flat), _one(files))}")
    st.session_state.pop("preview", None)
    done = sum(own[place].status == "imported" for own, place in flat)
    told = [f"{wording.plural(done, _one(files))} imported. The Overview, Posts and More data show them now."]
    for file_id, waiting in st.session_state["waiting"].items():
        try:
            inbox.inbox_of(known.settings).settle(waiting, files[file_id])
        except OSError as error:
            told.append(_not_moved(waiting, error))
    st.session_state["said"] = " ".join(told)
    st.rerun()


def _clear(known: Store, files: dict[str, list[Candidate]]) -> None:
    for file_id, own in files.items():
        if file_id in st.session_state["waiting"]:
            _dismiss(known, file_id)
        candidates.discard(own)
    files.clear()
    st.session_state["upload-round"] += 1
    st.rerun()


# --- history and help -------------------------------------------------------------------------------------


def _history(known: Store) -> None:
    """What was imported, newest first, each to be undone or redone at once and in any order."""
    rows = known.rows("pages/uploads")
    labels = ledger.format_labels(known)
    st.subheader("History", anchor=False)
    if not rows:
        _show.small("Nothing has been imported yet.")
    every = len(rows) > MOST_HISTORY and st.toggle(f"Show all {len(rows)}", key="all-history")
    for row in rows if every else rows[:MOST_HISTORY]:
        _history_row(known, row, labels.get(row["format"], row["format"]))


def _history_row(known: Store, row: dict[str, Any], label: str) -> None:
    upload_id = str(row["upload_id"])
    undone = row["state"] == "undone"
    with st.container(border=True):
        words, act = st.columns([6, 1], vertical_alignment="center")
        with words:
            why = f" ({row['change_reason']})" if row["change_reason"] else ""
            state = f" · <strong>undone</strong> by {_show.text(row['changed_by'] + why)}" if undone else ""
            sample = " · made-up sample" if row["sample"] else ""
            st.html(
                f'<p class="reach-small"><a href="/sources?upload={upload_id}" target="_self">{_show.text(row["file_name"])}</a>'
                f" · {_show.text(label)}{_show.text(sample)} · {wording.plural(row['rows_kept'], 'row')} kept"
                f" · imported {_show.text(_show.imported_words(row))}{state}</p>"
            )
            set_aside(known, upload_id, row["rows_set_aside"], row["file_name"])
        if act.button(
            "Redo" if undone else "Undo",
            key=f"act-{upload_id}",
            width="stretch",
            help=f"{'Redo' if undone else 'Undo'} {_show.label(row['file_name'])}",
        ):
            if not undone and (changes := claims.undoing(known, upload_id)):
                st.session_state["undo-asked"] = (upload_id, known.version, changes)
            else:
                st.session_state["said"] = beside_readers(partial(uploads.redo if undone else uploads.undo, known, upload_id))
                st.rerun()
        asked = st.session_state.get("undo-asked")
        if asked and asked[:2] == (upload_id, known.version):
            _ask_before_undo(known, upload_id, asked[2])


def _ask_before_undo(known: Store, upload_id: str, changes: claims.Undoing) -> None:
    """The claims whose status an undo would change, and the figures, before it is done."""
    if changes.claims:
        _show.table(
            ["Claim", "Now", "After the undo"],
            [(one.claim.subject, one.before or "not listed", one.after or "not listed any more") for one in changes.claims],
            f"Undoing this would change what the Claims page says of {wording.plural(len(changes.claims), 'published figure')}.",
        )
    if changes.figures:
        _show.small(f"Undoing this would change {wording.plural(len(changes.figures), 'figure')}:")
        _show.bullets(changes.figures_in_short)
    with st.container(horizontal=True):
        sure = st.button("Undo it all the same", key=f"undo-sure-{upload_id}")
        kept = st.button("Leave it in force", key=f"undo-kept-{upload_id}")
    if sure or kept:
        st.session_state.pop("undo-asked")
        if sure:
            st.session_state["said"] = beside_readers(partial(uploads.undo, known, upload_id))
        st.rerun()


def _help(known: Store) -> None:
    """Templates, sample data, and the exports that Reach reads."""
    st.subheader("Templates and sample data", anchor=False)
    with st.container(horizontal=True):
        for name, content in {**TEMPLATES, **EXAMPLES}.items():
            st.download_button(
                name,
                content.encode("utf-8-sig"),
                f"{name.lower().replace(' ', '-').replace(',', '')}.csv",
                "text/csv",
                key=f"template-{name}",
                on_click="ignore",
            )
    with st.container(horizontal=True, vertical_alignment="center"):
        if editions.sample_loaded(known):
            if st.button("Take the sample data out", key="sample-out"):
                st.session_state["said"] = f"{wording.plural(len(editions.remove_sample(known)), 'sample file')} taken out."
                st.rerun()
        elif st.button("Load the made-up sample data", key="sample-in"):
            st.session_state["said"] = (
                f"{wording.plural(len(editions.load_sample(known)), 'made-up sample file')} loaded. "
                "See them on the Overview under the area Sample Constabulary."
            )
            st.rerun()
        _show.small("A made-up quarter of a made-up force, to try Reach with. Marked as made-up wherever it is shown.")
    with st.expander("Exports that Reach knows and does not read, and why"):
        _show.table(["Export", "Why not, and what to do"], [(one.label, one.declined) for one in all_formats() if one.declined])
    with st.expander("Exports that Reach reads, and where to get them"):
        _show.table(
            ["Export", "Where to get it", "How long it can be had"],
            [(one.label, one.getting_it, one.kept_for or NOT_STATED) for one in all_formats() if not one.declined],
        )
        _show.small("Export as CSV and do not open the file in Excel: Excel rounds post ids and saves the file in another form.")
