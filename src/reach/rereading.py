"""Reads the originals in the store again with today's formats, and puts what reads differently in the place of what is held.

Nothing is deleted: the earlier reading is retracted and the new one is an upload of its own, all of them in one transaction.
"""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from . import candidates, marts, originals, uploads
from .candidates import Candidate
from .clock import utc_now
from .engine import Cursor
from .errors import Usage
from .settings import person
from .store import Store
from .tables import TABLE

REREAD = "re-read"
ROWS = ("rows_read", "rows_kept", "rows_skipped", "rows_set_aside")


@dataclass(frozen=True)
class Reread:
    """An upload in force and what its original reads as today.

    ``state`` is same, changed, left (as it is; ``why`` says which file and why, in a line) or replaced, by the upload ``new_id``.
    ``candidate`` is there while it is changed. ``totals`` holds for each control total that differs what it was and what it is.
    """

    upload: dict[str, Any]
    state: str
    why: str = ""
    candidate: Candidate | None = None
    format: str | None = None
    rows_kept: int | None = None
    totals: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    new_id: str | None = None


def look(store: Store) -> list[Reread]:
    """Every upload in force, compared with what its original reads as today. Changes nothing; :func:`candidates.discard` what came."""
    found: list[Reread] = []
    waiting = store.rows("pages/uploads_to_reread")
    order = {upload["upload_id"]: place for place, upload in enumerate(waiting)}
    try:
        while waiting:
            first, *_ = waiting
            # Several tables of one file are read at once, if they were read with the same answers.
            together = [one for one in waiting if all(one[name] == first[name] for name in ("sha256", "answers", "as_of"))]
            waiting = [one for one in waiting if one not in together]
            if first["original_kept"]:
                found += _of_one_file(store, together)
            else:
                found += [_left(one, "its original is not kept") for one in together]
    except BaseException:
        candidates.discard(candidates_of(found))
        raise
    return sorted(found, key=lambda one: order[one.upload["upload_id"]])


def put_in_place(store: Store, found: Sequence[Reread], by: str | None = None) -> list[Reread]:
    """Puts every changed reading in the place of what is held, in one transaction: all of them, or none if that fails."""
    changed = [one for one in found if one.state == "changed"]
    if not changed:
        return list(found)
    who, ids = by or person(), {}
    with store.transaction() as cursor:
        in_force = {row[0] for row in cursor.execute("select upload_id from upload_in_force").fetchall()}
        tables: set[str] = set()
        for one in changed:
            if one.upload["upload_id"] in in_force:
                ids[one.upload["upload_id"]] = _replace(store, cursor, one, who)
                assert one.candidate and one.candidate.reading
                tables |= {one.upload["table_name"], one.candidate.reading.format.table}
        marts.rebuild(cursor, sorted({TABLE[table].mart for table in tables}))
        left = sum(one.state == "left" for one in found)
        cursor.execute(
            "insert into rereading (uploads_read, uploads_replaced, uploads_left, recorded_at, recorded_by) values (?, ?, ?, ?, ?)",
            [len(found) - left, len(ids), left, utc_now(), who],
        ).fetchall()
    return [
        replace(one, state="replaced", new_id=ids[one.upload["upload_id"]], candidate=None) if one.upload["upload_id"] in ids else one
        for one in found
    ]


def candidates_of(found: Iterable[Reread]) -> list[Candidate]:
    """The candidates whose private copies are still there."""
    return [one.candidate for one in found if one.candidate]


def _of_one_file(store: Store, together: list[dict[str, Any]]) -> list[Reread]:
    first, *_ = together
    place = store.folder / uuid.uuid4().hex
    # When the platform was asked is settled already; it also dates days without a year.
    answers = replace(candidates.answers_of(first["answers"]), as_of=first["as_of"])
    try:
        try:
            originals.copy_to(store, first["sha256"], place)
        except Usage as error:
            return [_left(one, str(error)) for one in together]
        read = candidates.check(place, _name_of_whole(first), store.folder, store.settings, store, answers)
    finally:
        place.unlink(missing_ok=True)
    found = [_compared(store, upload, read) for upload in together]
    # All tables of a file share a folder: it stays while one of them is to be put in its place.
    if not candidates_of(found):
        candidates.discard(read)
    return found


def _name_of_whole(upload: dict[str, Any]) -> str:
    return str(upload["file_name"]).removesuffix(f" \u203a {upload['part']}")


def _compared(store: Store, upload: dict[str, Any], read: Sequence[Candidate]) -> Reread:
    """What became of the upload among everything read in its file."""
    own = [one for one in read if one.recognised and one.reading and one.recognised.part == upload["part"]]
    if len(own) != 1:
        refused = [one for one in read if one.status == "refused"]
        named = [one for one in refused if one.name == upload["file_name"]] or refused
        return _left(upload, named[0].message if named else "no format of today finds this table in its original")
    candidate = _as_stored(own[0], upload)
    reading = candidate.reading
    assert reading
    if reading.questions:
        return _left(upload, f"it would have to be asked: {reading.questions[0].words}")
    if not reading.kept:
        return _left(upload, "none of its rows could be kept")
    held, now = json.loads(upload["control_totals"] or "{}"), json.loads(json.dumps(reading.control_totals))
    totals = {name: (held.get(name), now.get(name)) for name in {**held, **now} if held.get(name) != now.get(name)}
    rows = (reading.read, reading.kept, sum(reading.skipped.values()), len(reading.problems))
    differs = (
        bool(totals)
        or reading.format.key != upload["format"]
        or rows != tuple(upload[name] for name in ROWS)
        or _values_differ(store, upload, candidate)
    )
    said = Reread(upload, "same", format=reading.format.key, rows_kept=reading.kept, totals=totals)
    return replace(said, state="changed", candidate=candidate) if differs else said


def _left(upload: dict[str, Any], why: str) -> Reread:
    name, words = upload["file_name"], " ".join(why.split())
    return Reread(upload, "left", words if words.startswith(f"{name}:") else f"{name}: {words}")


def _as_stored(candidate: Candidate, upload: dict[str, Any]) -> Candidate:
    """The candidate under the name, the fingerprint and the answers that the upload has.

    What is kept of a file may be without the names in it, so that its own bytes have another fingerprint.
    """
    reading = candidate.reading
    assert reading and candidate.taken
    taken = replace(candidate.taken, name=upload["file_name"], sha256=upload["sha256"], size=upload["bytes"])
    recognised = replace(reading.recognised, taken=taken)
    return replace(
        candidate,
        name=taken.name,
        status="ready",
        taken=taken,
        recognised=recognised,
        reading=replace(reading, recognised=recognised),
        answers=candidates.answers_of(upload["answers"]),
        as_of_basis=upload["as_of_basis"],
    )


def _values_differ(store: Store, upload: dict[str, Any], candidate: Candidate) -> bool:
    """Whether the rows themselves differ, found by storing them and rolling back."""
    assert candidate.reading
    table = candidate.reading.format.table
    if table != upload["table_name"]:
        return True
    new_id = str(uuid.uuid4())
    with store.transaction(keep=False) as cursor:
        uploads.put(cursor, new_id, candidate, person(), store.settings.force)
        return any(
            _rows(cursor, what, upload["upload_id"]) != _rows(cursor, what, new_id) or _unlike(cursor, what, upload["upload_id"], new_id)
            for what in (
                f"select * exclude (upload_id) from {table}",
                "select network, account, handle, name, ours, posts from account",
                "select record_no from problem",
            )
        )


def _rows(cursor: Cursor, what: str, upload_id: Any) -> int:
    row = cursor.execute(f"select count(*) from ({what} where upload_id = ?)", [upload_id]).fetchone()
    assert row
    return int(row[0])


def _unlike(cursor: Cursor, what: str, held: Any, new: str) -> bool:
    """Whether one of as many rows is not among the others."""
    pair = f"({what} where upload_id = $held) except all ({what} where upload_id = $new) limit 1"
    return bool(cursor.execute(pair, {"held": held, "new": new}).fetchall())


def _replace(store: Store, cursor: Cursor, one: Reread, by: str) -> str:
    assert one.candidate
    upload, new_id = one.upload, str(uuid.uuid4())
    uploads.put(cursor, new_id, one.candidate, by, store.settings.force, bool(upload["sample"]), instead_of=upload)
    uploads.retract(cursor, upload["upload_id"], True, by, REREAD)
    # The published record is known by its upload: its next edition must find the one that is in force.
    cursor.execute(
        """insert into edition (sha256, file_name, upload_id, recorded_at, recorded_by)
        select distinct sha256, file_name, cast($new as uuid), cast($now as timestamp), $by from edition where upload_id = $old""",
        {"new": new_id, "now": utc_now(), "by": by, "old": upload["upload_id"]},
    ).fetchall()
    return new_id


def states(found: Iterable[Reread]) -> Counter[str]:
    """How many uploads are in each state."""
    return Counter(one.state for one in found)
