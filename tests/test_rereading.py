"""Originals read again with today's formats: what is said, what takes whose place, and that it is all of it or nothing."""

from __future__ import annotations

import csv
import json
import random
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from reach import candidates, editions, marts, originals, rereading, settings, store, uploads
from reach.rereading import look, put_in_place
from surroundings import surroundings


def raw(place: Path, *statements: str) -> None:
    """Changes a closed store behind Reach's back, as an older reader would have filled it."""
    with duckdb.connect() as root:
        root.execute(f"attach '{place}' as reach (type duckdb)")
        root.execute("use reach")
        for statement in statements:
            root.execute(statement)


@pytest.fixture
def older(desk):
    """Lets an older reader have stored what the desk holds: ``older("update …")`` and the desk goes on with it."""

    def run(*statements: str) -> None:
        desk.store.close()
        raw(desk.settings.store, *statements)
        desk.store = store.Store(desk.settings)
        with desk.store.transaction() as cursor:
            marts.rebuild(cursor)

    return run


def done(held: Any) -> list[rereading.Reread]:
    found = look(held)
    try:
        return put_in_place(held, found, "jo")
    finally:
        candidates.discard(rereading.candidates_of(found))


def states(found: list[rereading.Reread]) -> dict[str, str]:
    return {one.upload["file_name"]: one.state for one in found}


def in_force(desk) -> dict[str, dict[str, Any]]:
    return {row["file_name"]: row for row in desk.rows("select * from upload_in_force")}


def test_what_reads_as_before_is_left_alone(desk, made):
    """Figures, posts, a file with rows set aside, answers, a workbook's sheet: the same bytes give the same rows."""
    desk.bring(made.facebook(made.post(1, Reach=5), made.post(2, Reach="lots")), "a.csv")
    desk.bring(made.figures({"value_low": "3", "value_high": "3", "qualifier": "exact"}), "b.csv")
    desk.bring(made.outcomes(("Date", "Operation", "Arrests"), ("03/04/2025", "Lantern", "7")), "c.csv", date_order="mdy")
    desk.bring(made.x_posts({"Post id": "2072345678901234567", "Post Link": "https://x.com/a/status/2072345678901234567"}), "d.csv")
    before = desk.size()
    assert states(look(desk.store)) == {"a.csv": "same", "b.csv": "same", "c.csv": "same", "d.csv": "same"}
    assert states(done(desk.store)) == {"a.csv": "same", "b.csv": "same", "c.csv": "same", "d.csv": "same"}
    assert desk.size() == before


def test_a_different_value_takes_its_place_and_can_be_undone(desk, made, older):
    imported = desk.bring(made.facebook(made.post(1, Reach=5), made.post(2, Reach=7)), "a.csv", ours=(made.page,))
    right = desk.marts()
    (held,) = in_force(desk).values()
    older("update post_observation set reach = 50 where post_id = '12210000000000177'")
    wrong = desk.marts()
    assert wrong != right
    size = desk.size()
    (seen,) = look(desk.store)
    assert (seen.state, seen.totals, seen.rows_kept) == ("changed", {}, 2)
    candidates.discard(rereading.candidates_of([seen]))
    assert desk.size() == size and desk.marts() == wrong

    (one,) = done(desk.store)
    assert one.state == "replaced" and one.new_id
    assert desk.marts() == right
    (now,) = in_force(desk).values()
    same = ("file_name", "sha256", "part", "bytes", "as_of", "as_of_basis", "answers", "sample", "control_totals", "rows_kept")
    assert {name: now[name] for name in same} == {name: held[name] for name in same}
    assert str(now["upload_id"]) == one.new_id != imported.upload_id
    assert now["recorded_by"] == "jo" and now["recorded_at"] > held["recorded_at"]
    # Nothing was deleted, and the earlier reading says why it went.
    assert desk.size()["post_observation"] == 4
    assert desk.rows("select upload_id::varchar as id, undone, reason from retraction") == [
        {"id": imported.upload_id, "undone": True, "reason": "re-read"}
    ]
    acts = [(row["act"], row["subject"]) for row in desk.rows("select * from audit where recorded_by = 'jo' order by act, subject")]
    assert acts == [
        ("re-read", "a.csv"),
        ("re-read the originals", "1 of 1 uploads read differently, and their new readings took their place"),
    ]

    assert states(done(desk.store)) == {"a.csv": "same"}  # nothing to do
    assert len(desk.rows("select * from rereading")) == 1
    assert desk.one(made.facebook(made.post(1, Reach=5), made.post(2, Reach=7)), "a.csv").status == "duplicate"
    assert "in force already" in uploads.redo(desk.store, one.new_id)
    assert "imported again since" in uploads.redo(desk.store, imported.upload_id)

    uploads.undo(desk.store, one.new_id)
    assert desk.posts() == []
    assert look(desk.store) == []  # what was undone is not read
    uploads.redo(desk.store, one.new_id)
    assert desk.marts() == right
    uploads.undo(desk.store, one.new_id)
    uploads.redo(desk.store, imported.upload_id)
    assert desk.marts() == wrong
    assert states(done(desk.store)) == {"a.csv": "replaced"}
    assert desk.marts() == right


def test_missing_rows_totals_and_older_tables(desk, made, older):
    """Rows that an older reader did not keep, in a store of before this part: the new columns and tables come by themselves."""
    desk.bring(made.facebook(*(made.post(n, Reach=n) for n in (1, 2, 3))), "a.csv")
    desk.bring(made.instagram({"Post ID": "18000000000000001", "Publish time": "06/02/2025 10:00", "Reach": 9}), "b.csv")
    right = desk.marts()
    older(
        "delete from post_observation where record_no = 3",
        "update upload set rows_kept = 2, rows_read = 2, control_totals = '{\"reach\": 3}', reader_version = 0 where file_name = 'a.csv'",
        "alter table upload drop column reread_of",
        "alter table upload drop column first_recorded_at",
        "drop table rereading",
        "update store set views_sha256 = ''",
    )
    found = {one.upload["file_name"]: one for one in look(desk.store)}
    assert {name: one.state for name, one in found.items()} == {"a.csv": "changed", "b.csv": "same"}
    assert (found["a.csv"].totals, found["a.csv"].rows_kept) == ({"reach": (3, 6)}, 3)
    put_in_place(desk.store, list(found.values()))
    assert desk.marts() == right


def test_order_among_exports_of_one_day_stays(desk, made, older):
    """Two looks of one as-of date: the second stands, also after only the first was read again."""
    day = {"as_of": datetime(2025, 7, 1, 12)}
    desk.bring(made.facebook(made.post(1, Reach=5)), "first.csv", **day)
    desk.bring(made.facebook(made.post(1, Reach=8)), "second.csv", **day)
    right = desk.marts()
    older("update post_observation set text = 'cut' where reach = 5")
    assert states(done(desk.store)) == {"first.csv": "replaced", "second.csv": "same"}
    assert desk.marts() == right
    reread = "upload_id in (select upload_id from upload where reread_of is not null)"
    older(f"update post_observation set text = 'cut' where reach = 5 and {reread}")
    assert states(done(desk.store)) == {"first.csv": "replaced", "second.csv": "same"}  # a re-reading read again
    assert desk.marts() == right


def test_a_re_reading_is_no_day_of_imports_and_no_newer_answer(desk, older):
    """What was brought in on three days and read again on a fourth was brought in on three."""
    for number in (1, 2, 3):
        file = f'Date,Impressions,Likes,Engagements,New follows,Unfollows\n"Mon, Mar {2 + number}, 2025",10,1,2,0,0\n'
        desk.bring(file.encode(), f"{number}.csv", account=f"Name {number}")
    moved = "make_timestamp(2025, 3, {0}, 9, 0, 0.0)"
    when = "case file_name when '1.csv' then {} when '2.csv' then {} else {} end".format(*(moved.format(day) for day in (3, 2, 1)))
    older(f"update upload set recorded_at = {when}", "update account_day set value = 9 where record_no = 1")
    asked = {"format": "x_days_new", "network": "x"}
    before = desk.store.rows("pages/answers_before", **asked)
    assert [row["answer"] for row in before if row["question"] == "account"] == ["Name 1"]
    assert set(states(done(desk.store)).values()) == {"replaced"}
    assert desk.store.rows("pages/answers_before", **asked) == before
    assert [row["network"] for row in desk.store.rows("pages/networks_imported", days=3)] == ["x"]
    older("update upload set sample = true")
    assert desk.store.rows("pages/answers_before", **asked) == []


def test_what_cannot_be_read_is_left_and_named(desk, made, older):
    """No original, one that is refused today, one that would have to be asked about, one that is damaged; the others are read."""
    desk.bring(made.facebook(made.post(1, Reach=5)), "sound.csv")
    desk.bring(made.facebook(made.post(2, Reach=5)), "none.csv")
    desk.bring(made.facebook(made.post(3, Reach=5)), "refused.csv")
    desk.bring(made.outcomes(("Date", "Operation", "Arrests"), ("03/04/2025", "Lantern", "7")), "asked.csv", date_order="mdy")
    desk.bring(made.facebook(made.post(4, Reach=5)), "damaged.csv")
    shown = desk.marts()
    picture = originals.zstd.compress(b"\x89PNG" + bytes(50)).hex()

    def original_of(name: str) -> str:
        return f"sha256 = (select sha256 from upload where file_name = '{name}')"

    older(
        "update post_observation set text = 'cut' where post_id = '12210000000000177'",
        f"delete from original where {original_of('none.csv')}",
        f"update original set bytes = from_hex('{picture}') where {original_of('refused.csv')}",
        "update upload set answers = '{}' where file_name = 'asked.csv'",
        f"update original set bytes = 'no zstd'::blob where {original_of('damaged.csv')}",
    )
    found = {one.upload["file_name"]: one for one in done(desk.store)}
    assert {name: one.state for name, one in found.items()} == {
        "sound.csv": "replaced",
        "none.csv": "left",
        "refused.csv": "left",
        "asked.csv": "left",
        "damaged.csv": "left",
    }
    assert found["none.csv"].why == "none.csv: its original is not kept"
    assert found["refused.csv"].why == "refused.csv: it is a picture (PNG). Export the data itself and choose CSV."
    assert found["asked.csv"].why.startswith("asked.csv: it would have to be asked: Is 03/04/2025 written day first or month first?")
    assert found["damaged.csv"].why == "damaged.csv: The original in the store is damaged."
    assert desk.marts() == shown
    (step,) = desk.rows("select uploads_read, uploads_replaced, uploads_left from rereading")
    assert step == {"uploads_read": 1, "uploads_replaced": 1, "uploads_left": 4}
    assert not [path for path in desk.store.folder.iterdir() if path.name != "spill"]


def test_sheets_of_one_workbook_are_told_apart(desk, older):
    """Two tables of one file share its bytes: one reads differently, the other stays."""
    found = desk.check(two_sheets(), "book.xls")
    assert [uploads.commit(desk.store, candidate).status for candidate in found] == ["imported", "imported"]
    candidates.discard(found)
    right = desk.marts()
    older("update figure set value_low = 99 where upload_id = (select upload_id from upload where part = 'June')")
    assert states(done(desk.store)) == {"book.xls \u203a May": "same", "book.xls \u203a June": "replaced"}
    assert desk.marts() == right
    assert sorted(in_force(desk)) == ["book.xls \u203a June", "book.xls \u203a May"]


def two_sheets() -> bytes:
    """A workbook of the old XML kind, which needs no library to write."""

    def sheet(name: str, day: str, arrests: int) -> str:
        rows = [("Date", "Operation", "Arrests"), (day, "Lantern", str(arrests))]
        cells = "".join("<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row) + "</Row>" for row in rows)
        return f'<Worksheet ss:Name="{name}"><Table>{cells}</Table></Worksheet>'

    return (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f"{sheet('May', '2025-05-20', 3)}{sheet('June', '2025-06-20', 4)}</Workbook>"
    ).encode()


# --- the published record -------------------------------------------------------------------------------------


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch) -> Path:
    real = settings.shipped("data/published")
    copy = tmp_path / "published"
    shutil.copytree(real, copy)
    monkeypatch.setattr(editions, "shipped", lambda folder: copy if folder == "data/published" else settings.shipped(folder))
    return copy


@pytest.fixture
def record(tmp_path: Path, shipped: Path):
    """The published record as an older reader read it, and read again; a function that opens the store anew."""
    known = settings.load(tmp_path / "reach.duckdb")

    def opened() -> store.Store:
        store.close()
        return editions.opened(known)

    opened()
    store.close()
    raw(known.store, "update figure set note = 'as an older reader had it' where record_no = 1")
    assert [one.state for one in done(opened())] == ["replaced"]
    yield opened
    store.close()


def of_record(held: store.Store) -> list[tuple[str, str]]:
    return [(str(row["upload_id"]), row["state"]) for row in held.rows("pages/uploads") if row["file_name"] == "figures.csv"]


def next_edition(shipped: Path) -> None:
    path = shipped / "figures.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    path.write_text(path.read_text(encoding="utf-8") + ",".join(rows[1]) + "\n", encoding="utf-8")


def test_a_re_read_record_is_not_loaded_again(record):
    held = record()
    assert [state for _, state in of_record(held)] == ["in force", "undone"]
    assert [one.state for one in look(held)] == ["same"]
    assert len(of_record(record())) == 2


def test_a_re_read_record_that_was_undone_stays_undone_and_so_does_its_successor(record, shipped):
    held = record()
    uploads.undo(held, of_record(held)[0][0])
    held = record()
    assert [state for _, state in of_record(held)] == ["undone", "undone"]
    assert look(held) == []
    next_edition(shipped)
    assert [state for _, state in of_record(record())] == ["undone", "undone", "undone"]


def test_the_next_edition_takes_the_place_of_a_re_read_record(record, shipped):
    next_edition(shipped)
    held = record()
    assert [state for _, state in of_record(held)] == ["in force", "undone", "undone"]
    assert {str(row["upload_id"]) for row in held.rows("marts/figure_current")} == {of_record(held)[0][0]}


def test_the_next_edition_is_shown_when_the_earlier_reading_was_preferred(record, shipped):
    held = record()
    (new, _), (old, _) = of_record(held)
    uploads.undo(held, new)
    uploads.redo(held, old)
    next_edition(shipped)
    assert [state for _, state in of_record(record())] == ["in force", "undone", "undone"]


# --- the command line -----------------------------------------------------------------------------------------


@pytest.fixture
def read_by_an_older(reach, made, tmp_path: Path) -> Path:
    """A store of the command line in which two of three files read differently today."""
    place = tmp_path / "reach.duckdb"
    for name, numbers in (("a.csv", (1, 2, 3)), ("b.csv", (4, 5)), ("c.csv", (6,))):
        (tmp_path / name).write_bytes(made.facebook(*(made.post(n, Reach=n) for n in numbers)))
        assert reach("ingest", name).returncode == 0
    raw(
        place,
        "delete from post_observation where post_id = '12210000000000377'",
        "update upload set rows_kept = 2, rows_read = 2, control_totals = '{\"reach\": 3}' where file_name = 'a.csv'",
        "update post_observation set reach = 40 where post_id = '12210000000000477'",
    )
    return place


def test_rebuild_says_and_does(reach, read_by_an_older):
    shown = reach("rebuild")
    assert shown.returncode == 0, shown.stderr
    lines = shown.stdout.splitlines()
    assert lines[0].split("  ")[0] == "file"
    assert [line.split() for line in lines[1:-1]] == [
        ["a.csv", "facebook_posts", "2", "→", "3", "rows", "reach", "3", "→", "6"],
        ["b.csv", "facebook_posts", "2", "values"],
    ]
    assert lines[-1].startswith("4 uploads read again: 2 read differently, 2 as before. Nothing was changed:")

    document = json.loads(reach("rebuild", "--json").stdout)
    assert document["applied"] is False
    by_file = {one["file"]: one for one in document["uploads"]}
    assert {name: one["state"] for name, one in by_file.items()} == {
        "figures.csv": "same",
        "a.csv": "changed",
        "b.csv": "changed",
        "c.csv": "same",
    }
    assert by_file["a.csv"]["rows_kept"] == {"then": 2, "now": 3}
    assert by_file["a.csv"]["control_totals"] == {"reach": {"then": 3, "now": 6}}

    applied = json.loads(reach("rebuild", "--yes", "--json").stdout)
    assert applied["applied"] is True
    new = {one["file"]: one["new_upload_id"] for one in applied["uploads"] if one["state"] == "replaced"}
    assert set(new) == {"a.csv", "b.csv"}
    again = reach("rebuild", "--yes")
    assert (again.returncode, again.stdout.strip()) == (0, "4 uploads read again: 0 read differently, 4 as before. Nothing to do.")
    posts = json.loads(reach("query", "marts/post", "--json").stdout)
    assert sorted(row["reach"] for row in posts) == [1, 2, 3, 4, 5, 6]
    assert "undone" in reach("undo", new["b.csv"]).stdout
    assert reach("rebuild", "--yes").stdout.startswith("3 uploads read again: 0 read differently")


def test_killed_in_the_middle_leaves_all_or_nothing(reach, read_by_an_older, tmp_path):
    kept = tmp_path / "kept.duckdb"
    shutil.copy(read_by_an_older, kept)
    command = [sys.executable, "-m", "reach", "rebuild", "--yes"]

    def state() -> tuple[int, int, int]:
        held = store.Store(settings.load(read_by_an_older))
        try:
            with held.cursor() as cursor:
                return cursor.execute(
                    """select (select count(*) from upload where reread_of is not null),
                    (select count(*) from retraction where reason = 're-read'), (select count(*) from rereading)"""
                ).fetchone()
        finally:
            held.close()

    started = time.monotonic()
    assert reach("rebuild", "--yes").returncode == 0
    whole_run = time.monotonic() - started
    assert state() == (2, 2, 1)
    chance, found = random.Random(20261124), []
    for kill in range(4):
        for file in tmp_path.glob("reach.duckdb*"):
            file.unlink()
        shutil.copy(kept, read_by_an_older)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=surroundings(read_by_an_older))
        time.sleep(whole_run * (0.5 + 0.5 * (kill + chance.random()) / 4))
        process.send_signal(signal.SIGKILL)
        process.wait()
        found.append(state())
        assert found[-1] in ((0, 0, 0), (2, 2, 1)), found
    assert reach("rebuild", "--yes").returncode == 0
    assert state() == (2, 2, 1)
