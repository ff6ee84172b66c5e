"""Preview, commit, undo and redo: the only writer of observations.

What an import would change is found by doing it in a transaction that is rolled back, so that the preview cannot differ
from the import. Nothing is deleted: an undo is a row that says so.
"""

from __future__ import annotations

import csv
import io
import json
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from . import double_counts, marts, originals
from .candidates import (
    Candidate,
    Changes,
    against_store,
    as_duplicate_of,
    check,
    compared_with_held,
    discard,
    summary,
    uploaded_before,
)
from .clock import utc_now
from .definitions import ANY_METRIC, MEASURE, METRICS, network_label
from .engine import Cursor
from .errors import Usage
from .queries import load
from .reading import Reading
from .settings import person
from .store import Store, ask
from .tables import FIGURE_FACT, TABLE, Table

# Not the file's name: the same outcomes under another name revise the figures and do not stand beside them.
OUTCOMES_SOURCE = "Operation outcomes file"
# A total that an import lowers to less than this share of itself is pointed out.
FALLEN_SHARE = 0.5
ADDING = ("Posts held", "Total views", "Total impressions")
# Days without data between two exports that are pointed out: fewer may be a weekend without posts.
GAP_DAYS = 8
# A network that was in each of so many days of imports and is not in this one is pointed out.
ALWAYS_THERE = 3
MOST_DOUBTS = 10


@dataclass(frozen=True)
class Moved:
    """One number before and after, in plain words where it is not known.

    ``kind`` says what it is a number of (posts, rows of the other tables, figures), ``subject`` whose it is, in words.
    """

    kind: str
    subject: str
    measure: str
    before: Any
    after: Any

    @property
    def adds(self) -> bool:
        """Whether it is a count or a total, and not the highest of something, which may be another's before and after."""
        return self.measure in ADDING


@dataclass(frozen=True)
class Preview:
    """What importing several candidates in order would change.

    ``unusual`` is what to look at twice, a sentence each; ``doubts`` are those of them about figures that may count the same twice.
    """

    candidates: tuple[Candidate, ...]
    moved: tuple[Moved, ...] = field(default=())
    unusual: tuple[str, ...] = field(default=())
    doubts: tuple[str, ...] = field(default=())


def preview(store: Store, candidates: Sequence[Candidate]) -> Preview:
    """What importing the ready candidates would change, found by importing them and rolling back.

    A candidate that turns out to be an older export, or the same file as one before it, comes back as such.
    """
    ready = [candidate for candidate in candidates if candidate.status == "ready"]
    if not ready:
        return Preview(tuple(candidates))
    done: dict[int, Candidate] = {}
    with store.transaction(keep=False) as cursor:
        before, doubted = _standing(cursor, ready), _doubts(store, cursor, ready)
        seen: dict[tuple[str, str | None], Candidate] = {}
        for candidate in ready:
            assert candidate.taken and candidate.recognised
            first = seen.setdefault((candidate.taken.sha256, candidate.recognised.part), candidate)
            done[id(candidate)] = _tried(store, cursor, candidate) if first is candidate else as_duplicate_of(candidate, first)
        after, doubtful = _standing(cursor, ready), _doubts(store, cursor, ready)
    moved = tuple(
        Moved(*key, before.get(key), value)
        for key, value in after.items()
        if before.get(key) != value
    )
    shown = tuple(done.get(id(candidate), candidate) for candidate in candidates)
    doubts = tuple(_in_short([words for words in doubtful if words not in doubted]))
    return Preview(shown, moved, (*unusual(store, shown, moved), *doubts), doubts)


def _doubts(store: Store, cursor: Cursor, candidates: Sequence[Candidate]) -> dict[str, None]:
    """Where figures may count the same twice and nobody has settled it, in words; nothing where no file of figures is looked at."""
    if not holds_figures(candidates):
        return {}
    settled = {(row["kind"], row["facts"]) for row in ask(cursor, load("facts/figure_relation_current"), {})}
    known = store.settings
    found = double_counts.found(ask(cursor, load("pages/figures_counted"), {}), known.force, known.around)
    told = dict.fromkeys(doubt.words for doubt in found.doubts if doubt.key not in settled)
    return told if found.complete else told | {double_counts.NOT_COMPLETE: None}


def holds_figures(candidates: Iterable[Candidate]) -> bool:
    """Whether one of them is a file of figures: only of these may something be counted twice."""
    return any(one.reading is not None and one.reading.format.table == "figure" for one in candidates)


def _in_short(doubts: Sequence[str]) -> Iterator[str]:
    yield from doubts[:MOST_DOUBTS]
    if len(doubts) > MOST_DOUBTS:
        yield f"And {len(doubts) - MOST_DOUBTS:,} more that may be counted twice. The Operations page lists them, operation by operation."


def unusual(store: Store, candidates: Sequence[Candidate], moved: Sequence[Moved]) -> Iterator[str]:
    """What a careful person would look at twice before importing, a sentence each."""
    for one in moved:
        numbers = isinstance(one.before, int) and isinstance(one.after, int)
        if numbers and one.adds and one.after < FALLEN_SHARE * one.before:
            yield f"{one.subject}: {one.measure.lower()} would fall from {one.before:,} to {one.after:,}. Is this the right file?"
    ready = [one for one in candidates if one.status == "ready" and one.reading]
    for candidate in ready:
        yield from _gap(store, candidate)
        if candidate.lower:
            yield f"{candidate.name}: {candidate.lower:,} posts have a lower lifetime figure than an earlier export gave. Both are kept."
    brought = {network for one in ready if one.reading for network in one.reading.networks}
    if brought:
        for row in store.rows("pages/networks_imported", days=ALWAYS_THERE):
            if row["network"] not in brought:
                always = f"there was one on each of the last {ALWAYS_THERE} days of imports"
                yield f"No file of {network_label(row['network'])} is among these; {always}."


def _gap(store: Store, candidate: Candidate) -> Iterator[str]:
    """Days that no export of this kind, network and account covers, between the last one held and this one."""
    first, _ = candidate.period
    reading = candidate.reading
    assert reading
    if first is None or reading.format.table == "figure":
        return
    for row in store.rows("pages/covered_to", format=reading.format.key, network=reading.network, account=candidate.account, first=first):
        if row["covered_to"] is not None and (first - row["covered_to"]).days > GAP_DAYS:
            yield (
                f"{candidate.name}: nothing of this kind is held between {row['covered_to']:%d/%m/%Y} and {first:%d/%m/%Y}. "
                "Is an export missing?"
            )


def commit(store: Store, candidate: Candidate, by: str | None = None, sample: bool = False) -> Candidate:
    """Imports a ready candidate in one transaction.

    Comes back imported; or as a duplicate, when the same bytes are in force; or with a question, when it looks
    like an older export. Nothing is written in the last two cases.
    """
    if candidate.status != "ready":
        raise Usage(f"{candidate.message or candidate.name} It cannot be imported as it is.")
    with store.transaction() as cursor:
        # An answer has settled when it was exported, so that the costly look is for a date that is assumed.
        judged = against_store(cursor, candidate, compared_with_held(cursor, candidate) if candidate.as_of_assumed else None)
        if judged.status != "ready":
            return judged
        upload_id, changes = _write(store, cursor, candidate, by or person(), sample=sample)
    return replace(candidate, status="imported", upload_id=upload_id, changes=changes, message=summary(candidate))


def import_row(store: Store, name: str, row: Mapping[str, Any], by: str | None = None) -> Candidate:
    """Imports one figure that a person entered as a file of one row: checked, kept, undone and listed as any other file is.

    ``row`` has the headings of a figures file; None is an empty cell. Raises :class:`Usage` in one line where the file would be refused.
    """
    with _entered(store, name, [row]) as candidate:
        done = commit(store, candidate, by)
    if done.status != "imported":
        raise Usage(done.message)
    return done


def import_rows(store: Store, cursor: Cursor, name: str, rows: Sequence[Mapping[str, Any]], by: str | None = None) -> str:
    """The same for several figures, inside the caller's transaction. Gives the upload's id.

    Raises :class:`Usage` where the file would be refused, a row of it set aside, or where it is imported already.
    """
    with _entered(store, name, rows) as candidate:
        judged = against_store(cursor, candidate, None)
        if judged.status != "ready":
            raise Usage(judged.message)
        assert candidate.reading
        if candidate.reading.problems:
            raise Usage(candidate.reading.problems[0].words(name))
        return _write(store, cursor, candidate, by or person())[0]


@contextmanager
def _entered(store: Store, name: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[Candidate]:
    """Figures as a file of rows that is ready to be imported."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([list(rows[0]), *(["" if cell is None else cell for cell in row.values()] for row in rows)])
    (candidate,) = check(io.BytesIO(text.getvalue().encode()), name, store.folder, store.settings, store)
    try:
        if candidate.status != "ready":
            raise Usage(candidate.message)
        yield candidate
    finally:
        discard([candidate])


def _tried(store: Store, cursor: Cursor, candidate: Candidate) -> Candidate:
    compared = compared_with_held(cursor, candidate)
    judged = against_store(cursor, candidate, compared)
    if judged.status != "ready":
        return judged
    changes = _write(store, cursor, candidate, person(), keeping=False)[1]
    return replace(candidate, changes=changes, lower=compared.since if compared else 0)


def undo(store: Store, upload_id: str, by: str | None = None, reason: str | None = None) -> str:
    """Takes an upload out of force. Says in a line what happened; harmless when it is out already."""
    upload = named(store, upload_id)
    if upload["undone"]:
        return f"{upload['file_name']}: it was undone already; nothing changed."
    _retract(store, upload, True, by, reason)
    return f"{upload['file_name']}: undone. What is shown is as it was without it."


def redo(store: Store, upload_id: str, by: str | None = None) -> str:
    """Puts an undone upload back in force, unless its bytes have been imported again since."""
    upload = named(store, upload_id)
    if not upload["undone"]:
        return f"{upload['file_name']}: it is in force already; nothing changed."
    if uploaded_before(store, upload["sha256"], upload["part"]):
        return f"{upload['file_name']}: the same file has been imported again since; nothing changed."
    _retract(store, upload, False, by, None)
    return f"{upload['file_name']}: in force again."


def named(store: Store, upload_id: str) -> dict[str, Any]:
    """The upload whose id is or begins so, as ``pages/upload`` gives it. Raises :class:`Usage` where there is not just one."""
    found = store.rows("pages/upload", upload_id=upload_id) if re.fullmatch(r"[0-9a-fA-F-]{4,36}", upload_id) else []
    if len(found) != 1:
        raise Usage(f"Upload '{upload_id}': there is {'more than one' if found else 'none'} of that id. 'reach uploads' lists them.")
    return found[0]


def _retract(store: Store, upload: dict[str, Any], undone: bool, by: str | None, reason: str | None) -> None:
    with store.transaction() as cursor:
        retract(cursor, upload["upload_id"], undone, by or person(), reason)
        marts.rebuild(cursor, [TABLE[upload["table_name"]].mart])


def retract(cursor: Cursor, upload_id: Any, undone: bool, by: str, reason: str | None) -> None:
    """Adds an undo or a redo inside the caller's transaction, who makes the marts anew."""
    # Later than the one before it, even if the clock was set back: the latest retraction is the one in force.
    cursor.execute(
        """insert into retraction
        select $upload, $undone, $reason, greatest($now, coalesce(max(recorded_at), $now) + interval 1 microsecond), $by
        from retraction where upload_id = $upload""",
        {"upload": upload_id, "undone": undone, "reason": reason, "now": utc_now(), "by": by},
    ).fetchall()


def _write(
    store: Store, cursor: Cursor, candidate: Candidate, by: str, sample: bool = False, keeping: bool = True
) -> tuple[str, Changes]:
    """One import inside the caller's transaction: upload, original, observations, accounts, problems, marts."""
    reading = candidate.reading
    assert reading and candidate.taken
    upload_id = str(uuid.uuid4())
    # The marts keep one processor busy; the original is packed on another meanwhile.
    with ThreadPoolExecutor(1) as beside:
        assert candidate.recognised
        wanted = keeping and candidate.recognised.keeps and not originals.is_kept(cursor, candidate.taken)
        packed = beside.submit(originals.pack, reading, store.settings) if wanted else None
        shown = _shown_before(cursor, reading)
        put(cursor, upload_id, candidate, by, store.settings.force, sample)
        marts.take_in(cursor, TABLE[reading.format.table].mart, upload_id)
        changes = _changes(cursor, upload_id, reading, shown)
        if packed:
            originals.keep(cursor, candidate.taken, packed.result())
    return upload_id, changes


def put(
    cursor: Cursor,
    upload_id: str,
    candidate: Candidate,
    by: str,
    force: str,
    sample: bool = False,
    instead_of: Mapping[str, Any] | None = None,
) -> None:
    """An upload with its observations, accounts and problems inside the caller's transaction, who makes the marts anew.

    ``instead_of`` is the upload whose place it takes when an original is read again.
    """
    reading = candidate.reading
    assert reading
    _insert_upload(cursor, upload_id, candidate, by, sample, instead_of)
    if reading.format.table == "figure":
        _insert_figures(cursor, upload_id, reading, force)
    else:
        _insert_rows(cursor, upload_id, candidate)
        _insert_accounts(cursor, upload_id, candidate, by)
    _insert_problems(cursor, upload_id, reading)


def _insert_upload(
    cursor: Cursor, upload_id: str, candidate: Candidate, by: str, sample: bool, instead_of: Mapping[str, Any] | None
) -> None:
    taken, reading = candidate.taken, candidate.reading
    assert taken and reading
    answers = {name: value for name, value in vars(candidate.answers).items() if value is not None}
    first, last = candidate.period
    row = {
        "upload_id": upload_id,
        "file_name": taken.name,
        "sha256": taken.sha256,
        "part": reading.recognised.part,
        "bytes": taken.size,
        "format": reading.format.key,
        "reader_version": reading.format.version,
        "network": reading.network,
        "account": candidate.account,
        "as_of": candidate.as_of,
        "as_of_basis": candidate.as_of_basis,
        "period_start": first,
        "period_end": last,
        "table_name": reading.format.table,
        "rows_read": reading.read,
        "rows_kept": reading.kept,
        "rows_skipped": sum(reading.skipped.values()),
        "rows_set_aside": len(reading.problems),
        "control_totals": json.dumps(reading.control_totals),
        "answers": json.dumps(answers, default=str),
        "sample": sample,
        "recorded_at": utc_now(),
        "recorded_by": by,
        "reread_of": instead_of["upload_id"] if instead_of else None,
        "first_recorded_at": (instead_of["first_recorded_at"] or instead_of["recorded_at"]) if instead_of else None,
    }
    cursor.execute(f"insert into upload ({', '.join(row)}) values ({', '.join('?' * len(row))})", list(row.values())).fetchall()


def _insert_rows(cursor: Cursor, upload_id: str, candidate: Candidate) -> None:
    """The kept rows into the format's table; where the file does not say whose they are, the answer does."""
    reading = candidate.reading
    assert reading
    columns = _columns_of(cursor, reading)
    target = reading.format.target
    given = {name: name for name in target.names if name in columns}
    bound: dict[str, Any] = {"upload_id": upload_id}
    if "account" in target.names:
        given["account"] = "coalesce(account, $account)" if "account" in columns else "$account"
        bound["account"] = _answered_account(candidate)
    names, values = ", ".join(given), ", ".join(given.values())
    cursor.execute(f"insert into {target.name} (upload_id, {names}) select $upload_id, {values} from {reading.rows}", bound).fetchall()


def _answered_account(candidate: Candidate) -> str | None:
    """The identity of the account that a person named."""
    account = (candidate.answers.account or "").strip().lstrip("@").lower() or None
    return f"name:{account}" if account and candidate.reading and candidate.reading.format.numbered_accounts else account


def _insert_figures(cursor: Cursor, upload_id: str, reading: Reading, force: str) -> None:
    columns = _columns_of(cursor, reading)
    given = {name: name for name in reading.format.target.names if name in columns}
    bound = {"upload_id": upload_id}
    if reading.format.wide:
        # People keep their own outcomes: where the file does not say, the area is the force's and the source is the file.
        for name, value in (("area", force), ("source", OUTCOMES_SOURCE)):
            given[name] = f"coalesce({name}, ${name})" if name in columns else f"${name}"
            bound[name] = value
    cursor.execute(
        f"insert into figure (upload_id, {', '.join(given)}) select $upload_id, {', '.join(given.values())} from {reading.rows}", bound
    ).fetchall()


def _insert_accounts(cursor: Cursor, upload_id: str, candidate: Candidate, by: str) -> None:
    """States the file's accounts; which of them are ours only as far as a person answered, since the rest is worked out."""
    reading, answers = candidate.reading, candidate.answers
    assert reading
    if "account" not in reading.format.target.names:
        return
    accounts = [(one.network, one.account, one.handle, one.name, one.posts) for one in reading.accounts]
    identity = _answered_account(candidate)
    if identity and answers.account and identity not in {one.account for one in reading.accounts}:
        # Only where rows took the answer: a file that names its accounts is not of another because somebody said so of many files.
        told = answers.account.strip().lstrip("@")
        taken = cursor.execute(
            f"""select network, count(distinct record_no) from {reading.format.table}
            where upload_id = ? and account = ? group by network order by network""",
            [upload_id, identity],
        ).fetchall()
        accounts += [(network, identity, told, told, rows) for network, rows in taken]
    rows = [
        (
            network or reading.network,
            account,
            handle,
            name,
            None if answers.ours is None else account in answers.ours,
            posts,
            upload_id,
            utc_now(),
            by,
        )
        for network, account, handle, name, posts in accounts
    ]
    if rows:
        cursor.executemany("insert into account values (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _insert_problems(cursor: Cursor, upload_id: str, reading: Reading) -> None:
    if reading.problems:
        cursor.executemany(
            "insert into problem values (?, ?, ?, ?, ?, ?, ?)",
            [
                (upload_id, one.record, one.line, one.column, one.value, one.reason, json.dumps(one.cells, ensure_ascii=False))
                for one in reading.problems
            ],
        )


def _columns_of(cursor: Cursor, reading: Reading) -> set[str]:
    return {row[0] for row in cursor.execute(f"describe select * from {reading.rows}").fetchall()}


_FIGURE_FACT = ", ".join(FIGURE_FACT)
_FIGURE_VALUES = "value_low, value_high, qualifier, status, published_wording, unit, as_of, note, approved_by"


def _post_shown(cursor: Cursor, reading: Reading) -> str:
    """SQL for a post and the figures shown of it that the file gives, since it changes no others.

    A hash stands for the post, since joining a million keys costs more than making them: it is of counts in a message alone.
    """
    given = _columns_of(cursor, reading)
    figures = ", ".join(["null", *(metric.key for metric in METRICS if metric.key in given)])
    return f"hash(network, post_key) as post, starts_with(post_key, 'minute:') as by_minute, hash({figures}) as shown"


def _shown_before(cursor: Cursor, reading: Reading) -> str:
    """A temporary table with what is shown now, as far as the file can touch it."""
    name = f"shown_{uuid.uuid4().hex}"
    table = reading.format.target
    if table.key:
        what = f"select {', '.join(table.key)}, {_twin_place(table)}, hash({', '.join(table.values)}) as shown from {table.mart}"
    elif table.name == "post_observation":
        what = f"select {_post_shown(cursor, reading)} from post where network in ({_networks(reading)})"
    else:
        values = f"hash(list(hash({_FIGURE_VALUES}) order by hash({_FIGURE_VALUES})))"
        what = f"select {_FIGURE_FACT}, {values} as shown from figure_current group by all"
    cursor.execute(f"create temp table {name} as {what}").fetchall()
    return name


def _networks(reading: Reading) -> str:
    """SQL for the list of a file's networks, which are keys of formats."""
    return ", ".join(f"'{network}'" for network in reading.networks) or "null"


def _twin_place(table: Table) -> str:
    """SQL that numbers the rows of one key: two advertisements of one name, without their ids, are told apart by their order alone."""
    return f"row_number() over (partition by {', '.join(table.key)} order by record_no) as twin"


def _changes(cursor: Cursor, upload_id: str, reading: Reading, before: str) -> Changes:
    """Counts what the upload made new, changed and left, by comparing what is shown before and after."""
    table = reading.format.target
    if table.key:
        match = " and ".join(f"now.{name} is not distinct from earlier.{name}" for name in (*table.key, "twin"))
        shown = f"*, {_twin_place(table)}, hash({', '.join(table.values)}) as shown"
        query = f"""
            with now as (select {shown} from {table.mart} where upload_id = $upload_id)
            select
                count(*) filter (where earlier.shown is null),
                count(*) filter (where earlier.shown <> now.shown),
                count(*) filter (where earlier.shown = now.shown)
            from now left join {before} as earlier on {match}"""
    elif not cursor.execute(f"select 1 from {before} limit 1").fetchall():
        # Nothing was shown of the networks, so that whatever is shown of them now is of this upload.
        query = f"select count(*), 0, 0 from {table.mart} where upload_id = $upload_id"
    elif table.name == "post_observation":
        query = f"""
            with own as (select {_post_shown(cursor, reading)} from post where {_looked_at(cursor, upload_id)}),
            -- Posts known only by their minute, from a damaged export, go by their true id from now on: not new, but updated.
            -- A post still known only by its minute is none of those, though its key may have changed with what its account is known by.
            taken_over as (
                select greatest(
                    (select count(*) from {before} where by_minute)
                    - (select count(*) from post where network in ({_networks(reading)}) and starts_with(post_key, 'minute:'))
                    + (select count(*) from own where by_minute),
                    0) as posts
            )
            select
                greatest(count(*) filter (where earlier.post is null) - any_value(taken_over.posts), 0),
                count(*) filter (where earlier.shown <> own.shown)
                + least(count(*) filter (where earlier.post is null), any_value(taken_over.posts)),
                count(*) filter (where earlier.shown = own.shown)
            from own left join {before} as earlier using (post) cross join taken_over"""
    else:
        match = " and ".join(f"now.{name} is not distinct from earlier.{name}" for name in _FIGURE_FACT.split(", "))
        query = f"""
            with now as (
                select {_FIGURE_FACT}, hash(list(hash({_FIGURE_VALUES}) order by hash({_FIGURE_VALUES}))) as shown, count(*) as facts
                from figure_current where upload_id = $upload_id group by all
            )
            select
                coalesce(sum(facts) filter (where earlier.shown is null), 0)::bigint,
                coalesce(sum(facts) filter (where earlier.shown <> now.shown), 0)::bigint,
                coalesce(sum(facts) filter (where earlier.shown = now.shown), 0)::bigint
            from now left join {before} as earlier on {match}"""
    row = cursor.execute(query, {"upload_id": upload_id}).fetchone()
    cursor.execute(f"drop table {before}").fetchall()
    assert row
    return Changes(*row)


def _looked_at(cursor: Cursor, upload_id: str) -> str:
    """SQL for the posts that an upload has looked at: where no upload of posts looked later, those of which the latest look is its own."""
    query = "select arg_max(upload_id, seq) = ? from upload_in_force where table_name = 'post_observation'"
    if cursor.execute(query, [upload_id]).fetchall() == [(True,)]:
        return "upload_id = $upload_id"
    return "hash(network, post_key) in (select hash(network, post_key) from observation where upload_id = $upload_id)"


def _standing(cursor: Cursor, candidates: Sequence[Candidate]) -> dict[tuple[str, str, str], Any]:
    """The numbers a preview compares: for each network and account, and for each published figure touched."""
    standing: dict[tuple[str, str, str], Any] = {}
    networks = sorted({network for one in candidates if one.reading for network in one.reading.networks})
    tables = {one.reading.format.table for one in candidates if one.reading}
    if "post_observation" in tables:
        for row in ask(cursor, load("pages/standing_posts"), {"networks": networks}):
            subject = f"{network_label(row['network'])}, {row['name']}"
            standing["posts", subject, "Posts held"] = row["posts"]
            standing["posts", subject, "Highest post reach"] = row["highest_reach"]
            standing["posts", subject, "Total views"] = row["total_views"]
            standing["posts", subject, "Total impressions"] = row["total_impressions"]
    for row in ask(cursor, load("pages/standing_rows"), {"tables": sorted(tables)}):
        subject = ", ".join(part for part in (network_label(row["network"] or ""), row["name"]) if part)
        standing["rows", subject, ANY_METRIC[row["metric"]].label] = row["standing"]
    if "figure" in tables:
        for row in ask(cursor, load("pages/standing_figures"), {}):
            standing["figures", _figure_subject(row), MEASURE[row["measure"]].label] = tuple(row["figures"])
    return standing


def _figure_subject(row: dict[str, Any]) -> str:
    name = row["campaign"] or row["operation"] or "No campaign or operation"
    return " · ".join(str(part) for part in (name, row["area"], row["dates"]) if part)
