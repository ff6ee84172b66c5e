"""The store: what it refuses to open, what it never shows, and that nobody reads another's rows or half an import."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import duckdb
import pandas
import pytest

from reach import campaigns, marts, memory, settings, store, uploads
from reach.errors import NotAllowed, ReachError, Refused, StoreUnavailable, Usage
from reach.marts import MARTS
from reach.memory import Memory
from reach.queries import FACTS, OVER_MARTS, Query, load
from reach.store import Store
from reach.tables import SCHEMA_VERSION, TABLE, TABLES

INSIDE = re.compile(r"Traceback|Exception|Error|PID|\bpid\b|/|\n|select |checksum \d", re.IGNORECASE)


@pytest.fixture
def place(desk, made) -> Path:
    """A closed store with one import in it."""
    desk.bring(made.facebook(*(made.post(n, Reach=n) for n in range(1, 200))))
    desk.store.close()
    return desk.store.path


def opened(place: Path) -> Store:
    return Store(settings.load(place))


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refusal(place: Path) -> str:
    """The one line with which a store that cannot be used is refused."""
    with pytest.raises(StoreUnavailable) as said:
        opened(place)
    assert said.value.exit_code == 5
    assert not INSIDE.search(str(said.value)), said.value
    return str(said.value)


# --- schema -----------------------------------------------------------------------------------------------


def test_a_new_store_has_every_table_view_and_mart_with_its_columns(desk):
    columns = desk.rows(
        "select table_name, list(column_name order by column_index) as names from duckdb_columns() "
        "where database_name = 'reach' and schema_name = 'main' group by 1"
    )
    held = {row["table_name"]: tuple(row["names"]) for row in columns}
    for table in TABLES:
        assert held[table.name] == table.names
    assert set(held) >= {*FACTS, *OVER_MARTS, *MARTS}
    assert [row["schema_version"] for row in desk.rows("select schema_version from store")] == [SCHEMA_VERSION]


def test_every_table_says_its_grain_and_the_meaning_of_its_columns():
    for table in TABLES:
        assert table.grain
        assert all(words for _, _, words in table.columns), table.name
        assert len(set(table.names)) == len(table.names)


def test_the_schema_uses_nothing_that_ducklake_lacks(desk):
    assert desk.rows("select * from duckdb_constraints() where database_name = 'reach'") == []
    assert desk.rows("select * from duckdb_sequences() where database_name = 'reach'") == []
    assert desk.rows("select * from duckdb_indexes() where database_name = 'reach'") == []


def test_opening_again_changes_nothing(place):
    before = sha256(place)
    again = opened(place)
    assert len(again.rows("marts/post")) == 199
    again.close()
    again.close()
    assert sha256(place) == before


def test_views_and_marts_are_made_anew_when_their_sql_changes(place):
    """As a new release finds a store that an older one left: another hash, an older mart and view."""
    with duckdb.connect(str(place)) as older:
        older.execute("create or replace table post as select 1 as of_another_release")
        older.execute("create or replace view upload_in_force as select 2 as of_another_release")
        older.execute("update store set views_sha256 = 'of another release'")
    again = opened(place)
    assert len(again.rows("marts/post")) == 199
    with again.cursor() as cursor:
        assert "of_another_release" not in [column[0] for column in cursor.execute("describe post").fetchall()]
        assert cursor.execute("select count(*) from store").fetchone() == (2,)
    again.close()


def test_a_store_of_before_a_campaign_s_impact_was_kept_gets_its_columns_at_the_end(place):
    now = opened(place)
    campaigns.create(now, {"campaign": "Lantern", "objective": "kept", "status": "ended"})
    now.close()
    with duckdb.connect(str(place)) as older:
        older.execute("drop view campaign_current")
        for name in ("baseline", "impact", "also_changed", "learning"):
            older.execute(f"alter table campaign drop column {name}")
        older.execute("update store set schema_version = 6, views_sha256 = 'of another release'")
    again = opened(place)
    (row,) = again.rows("pages/campaigns")
    assert (row["objective"], row["impact"], row["learning"]) == ("kept", None, None)
    with again.cursor() as cursor:
        assert tuple(column[0] for column in cursor.execute("describe campaign").fetchall()) == TABLE["campaign"].names
        assert cursor.execute("select max(schema_version) from store").fetchone() == (SCHEMA_VERSION,)
    campaigns.record(again, {"campaign": "Lantern", "impact": "12 more reports"})
    assert [one["words"] for one in again.rows("pages/campaign_evaluation", campaign="Lantern")] == ["12 more reports"]
    again.close()


def test_everything_recorded_says_who_and_when(desk, made):
    done = desk.bring(made.facebook(made.post(1, Reach=1)))
    uploads.undo(desk.store, done.upload_id, by="somebody", reason="a test")
    uploads.redo(desk.store, done.upload_id, by="somebody else")
    audit = desk.rows("select recorded_at, recorded_by, act, subject from audit order by recorded_at")
    assert [(row["act"], row["recorded_by"]) for row in audit][1:] == [("undid", "somebody"), ("redid", "somebody else")]
    assert audit[0]["act"] == "imported"
    assert all(row["recorded_at"] and row["recorded_by"] and row["subject"] for row in audit)


# --- what is refused --------------------------------------------------------------------------------------


def test_store_of_a_newer_reach_is_refused_and_left_alone(place, reach):
    with duckdb.connect(str(place)) as newer:
        newer.execute("alter table store add column news varchar")
        newer.execute("insert into store (schema_version, recorded_at) values (?, now()::timestamp)", [SCHEMA_VERSION + 1])
    before = sha256(place)
    assert "newer Reach" in refusal(place)
    said = reach("uploads", store=place)
    assert (said.returncode, said.stdout) == (5, "")
    assert "newer Reach" in said.stderr and said.stderr.count("\n") == 1
    assert sha256(place) == before
    assert not place.with_name(f"{place.name}.wal").exists()



@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="zero bytes"),
        pytest.param(b"not a database\n" * 500, id="text"),
        pytest.param(b"SQLite format 3\x00" + bytes(8192), id="SQLite"),
    ],
)
def test_what_is_no_store_is_refused_and_left_alone(tmp_path, data):
    place = tmp_path / "reach.duckdb"
    place.write_bytes(data)
    assert "Choose another place" in refusal(place)
    assert place.read_bytes() == data


def test_folder_as_store_is_refused(tmp_path):
    assert refusal(tmp_path)


def test_store_below_a_file_is_refused(tmp_path):
    (tmp_path / "file").touch()
    assert "--store" in refusal(tmp_path / "file" / "reach.duckdb")


def test_flipped_bytes_are_found_or_harmless(place):
    """Wherever one bit flips, opening and reading everything gives the right rows or says that the store is damaged."""
    data = place.read_bytes()
    sound = len(data)
    said = []
    for position in [8, 16, 4096 + 8, *range(sound // 37, sound, sound // 23)]:
        changed = bytearray(data)
        changed[position] ^= 0x10
        place.write_bytes(bytes(changed))
        try:
            again = opened(place)
        except StoreUnavailable as error:
            said.append(str(error))
            continue
        try:
            rows = again.rows("marts/post")
            with again.cursor() as cursor:
                for table in TABLES:
                    cursor.execute(f"select * from {table.name}").fetchall()
            assert sorted(row["reach"] for row in rows) == list(range(1, 200))
        except ReachError as error:
            said.append(str(error))
        finally:
            again.close()
    assert len(said) > 3
    assert not [words for words in said if INSIDE.search(words)]


def test_read_only_disk_is_refused_in_words(small_disk, place):
    disk = small_disk("30m")
    shutil.copy(place, disk / "reach.duckdb")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert "--store" in refusal(disk / "reach.duckdb")
    assert "--store" in refusal(disk / "new.duckdb")


HOLDER = "import duckdb, sys, time; held = duckdb.connect(sys.argv[1]); print('held', flush=True); time.sleep(60)"


def test_store_in_use_by_another_process_is_one_line(place, reach):
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(place)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout and holder.stdout.readline() == "held\n"
        words = refusal(place)
        assert "Another Reach process is using the store" in words
        assert str(holder.pid) not in words
        said = reach("uploads", "--json", store=place)
        assert (said.returncode, said.stdout) == (5, "")
        assert said.stderr == f"reach: {words}\n"
    finally:
        holder.kill()
        holder.communicate()
    opened(place).close()


def test_wrong_memory_setting_is_refused_in_words(tmp_path, monkeypatch):
    monkeypatch.setenv("REACH_MEMORY", "plenty")
    with pytest.raises(ReachError, match="memory"):
        opened(tmp_path / "reach.duckdb")


def test_errors_have_the_exit_codes_that_other_programs_rely_on():
    assert [kind.exit_code for kind in (ReachError, Usage, Refused, StoreUnavailable, NotAllowed)] == [1, 2, 4, 5, 6]


# --- locked down ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "attempt",
    [
        "select * from read_text('/etc/passwd')",
        "select * from read_csv('/etc/passwd')",
        "attach '/tmp/reach-other.duckdb' as other",
        "copy (select 1) to '/tmp/reach-leak.csv'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "reset lock_configuration",
        "select * from local_secret",
        "export database '/tmp/reach-leak'",
    ],
)
def test_sql_reaches_nothing_outside_the_store(desk, attempt):
    local_secret = pandas.DataFrame({"secret": [1]})
    with pytest.raises((duckdb.Error, ReachError)), desk.store.cursor() as cursor:
        cursor.execute(attempt).fetchall()
    assert len(local_secret) == 1
    assert not Path("/tmp/reach-leak.csv").exists()


# --- transactions and threads -----------------------------------------------------------------------------


class Stop(BaseException):
    """What Streamlit ends a script with is no Exception."""


@pytest.mark.parametrize("end", [ValueError, KeyboardInterrupt, SystemExit, GeneratorExit, Stop])
def test_whatever_ends_a_transaction_early_rolls_it_back(desk, end):
    version, before = desk.store.version, desk.size()
    with pytest.raises(end), desk.store.transaction() as cursor:  # noqa: PT012
        cursor.execute("insert into campaign (campaign) values ('half')").fetchall()
        raise end
    assert (desk.size(), desk.store.version) == (before, version)
    with desk.store.transaction() as cursor:
        cursor.execute("insert into campaign (campaign) values ('whole')").fetchall()
    assert desk.rows("select campaign from campaign") == [{"campaign": "whole"}]
    assert desk.store.version == version + 1


def test_a_failing_statement_rolls_back_what_went_before(desk):
    with pytest.raises(duckdb.Error), desk.store.transaction() as cursor:  # noqa: PT012
        cursor.execute("insert into campaign (campaign) values ('half')").fetchall()
        cursor.execute("select no_such_column from campaign").fetchall()
    assert desk.rows("select count(*) as n from campaign") == [{"n": 0}]


def test_an_import_that_breaks_leaves_nothing(desk, made, monkeypatch):
    """The last step of an import fails: no upload, no original, no observation stays."""
    before, shown = desk.size(), desk.marts()
    candidate = desk.one(made.facebook(made.post(1, Reach=1), made.post(2, Reach="bad")))
    monkeypatch.setattr(marts, "take_in", lambda *_: (_ for _ in ()).throw(Stop()))
    with pytest.raises(Stop):
        uploads.commit(desk.store, candidate)
    monkeypatch.undo()
    assert (desk.size(), desk.marts()) == (before, shown)
    assert uploads.commit(desk.store, candidate).status == "imported"


def test_threads_see_their_own_rows_and_whole_imports(desk, made):
    """8 threads ask 100 questions each while imports run: every answer is the asker's, and holds all or nothing of each import."""
    sizes = [100, 250, 400]
    files = [
        desk.one(
            made.facebook(*(made.post(n, Reach=n) for n in range(1, size + 1))), f"{size}.csv", as_of=datetime(2026, 1, 1 + size // 50)
        )
        for size in sizes
    ]
    allowed, wrong, stop = {0, *sizes}, [], threading.Event()

    def asks(thread: int) -> int:
        for number in range(100):
            token = f"{thread}-{number}"
            with desk.store.cursor() as cursor:
                answer = cursor.execute("select $token, count(*), count(distinct post_key) from post", {"token": token}).fetchone()
            if answer is None or answer[0] != token or answer[1] not in allowed or answer[1] != answer[2]:
                wrong.append(answer)
            named = desk.store.rows("pages/upload_of_bytes", sha256=token)
            if named:
                wrong.append(named)
        return 100

    def imports() -> None:
        for candidate in files:
            done = uploads.commit(desk.store, candidate)
            if not stop.is_set():
                uploads.undo(desk.store, done.upload_id)
                uploads.redo(desk.store, done.upload_id)

    with ThreadPoolExecutor(9) as pool:
        writing = pool.submit(imports)
        asking = [pool.submit(asks, thread) for thread in range(8)]
        assert sum(one.result() for one in asking) == 800
        writing.result()
    assert wrong == []
    assert len(desk.posts()) == sizes[-1]


def test_two_threads_importing_one_file_import_it_once(desk, made):
    data = made.facebook(*(made.post(n, Reach=n) for n in range(1, 50)))
    files = [desk.one(data, f"{n}.csv") for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        found = [one.result().status for one in [pool.submit(uploads.commit, desk.store, candidate) for candidate in files]]
    assert sorted(found) == ["duplicate", "duplicate", "duplicate", "imported"]
    assert desk.rows("select count(*) as n from post_observation") == [{"n": 49}]


def test_one_store_a_process(tmp_path):
    known = settings.load(tmp_path / "reach.duckdb")
    try:
        with ThreadPoolExecutor(8) as pool:
            assert len({id(one.result()) for one in [pool.submit(store.open_store, known) for _ in range(8)]}) == 1
    finally:
        store.close()


def test_a_parameter_that_the_query_lacks_is_a_bug_and_says_so(desk):
    with pytest.raises(AssertionError, match="takes no"):
        desk.store.rows("pages/upload_of_bytes", other=1)
    assert load("pages/upload_of_bytes").parameters == ("sha256", "part")


def test_store_reopens_after_a_fault_inside_duckdb(desk, made, monkeypatch):
    """The fault itself cannot be had at will: DuckDB's own error is raised by hand, and what it leaves is a closed connection."""
    desk.bring(made.facebook(made.post(1, Reach=5)))
    before = desk.store._root
    with pytest.raises(StoreUnavailable, match="What was stored before is whole"), desk.store.cursor():
        raise duckdb.InternalException("Attempted to access index 0 within vector of size 0")
    assert desk.rows("select reach from post") == [{"reach": 5}]
    assert desk.store._root is not before


# --- the memory of answers --------------------------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """The names of the queries that were really put to DuckDB for their rows."""
    names: list[str] = []
    real = store.ask

    def ask(cursor, query: Query, values):
        names.append(query.name)
        return real(cursor, query, values)

    monkeypatch.setattr(store, "ask", ask)
    return names


def test_one_question_is_asked_once_for_each_state_of_the_store(desk, made, asked):
    upload = desk.bring(made.facebook(made.post(1, Reach=5)))
    answers = [len(desk.store.rows("pages/posts", most_rows=most)) for most in (10, 10, 20)]
    assert (answers, asked.count("pages/posts")) == ([1, 1, 1], 2), "other values are another question"
    assert list(desk.store.frame("pages/posts", most_rows=10)["reach"]) == [5], "a frame and rows are kept apart"
    uploads.undo(desk.store, upload.upload_id)
    assert [row["state"] for row in desk.store.rows("pages/uploads")] == ["undone"]
    uploads.redo(desk.store, upload.upload_id)
    assert [row["state"] for row in desk.store.rows("pages/uploads")] == ["in force"]


def test_true_is_not_1_and_no_value_is_not_its_name(desk, asked):
    for value in (True, 1, None, "None"):
        with suppress(Usage):
            desk.store.rows("pages/own_history", sample=value)
    assert len(asked) == 4


def test_an_answer_is_its_callers_own(desk, made):
    desk.bring(made.facebook(made.post(1, Reach=5)))
    (first,) = desk.store.rows("pages/held")
    metrics = list(first["metrics"])
    assert "reach" in metrics
    first["metrics"].append("made up")
    first["posts"] = 99
    (again,) = desk.store.rows("pages/held")
    assert (again["metrics"], again["posts"]) == (metrics, 1)
    again["metrics"].clear()
    assert desk.store.rows("pages/held")[0]["metrics"] == metrics
    frame = desk.store.frame("pages/posts", most_rows=10)
    frame.loc[0, "reach"] = 99
    frame["more"] = 1
    frame.attrs["more"] = 1
    again = desk.store.frame("pages/posts", most_rows=10)
    assert list(again["reach"]) == [5] and "more" not in again and not again.attrs


def test_what_is_rolled_back_is_never_an_answer(desk, asked):
    """Another thread asks while a transaction is open, and so does the writer itself."""
    with desk.store.transaction(keep=False) as cursor:
        cursor.execute("insert into campaign (campaign) values ('half')").fetchall()
        assert desk.store.rows("pages/campaigns") == []
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(desk.store.rows, "pages/campaigns").result() == []
    assert desk.store.rows("pages/campaigns") == []
    assert asked == ["pages/campaigns"], "a preview changes nothing, so that nothing is asked again"


def test_an_answer_from_before_a_commit_is_not_kept_after_it(desk, monkeypatch):
    real = store.ask

    def slow(cursor, query, values):
        answer = real(cursor, query, values)
        monkeypatch.setattr(store, "ask", real)
        with desk.store.transaction() as other:
            other.execute("insert into campaign (campaign, recorded_at) values ('whole', now()::timestamp)").fetchall()
        return answer

    monkeypatch.setattr(store, "ask", slow)
    assert desk.store.rows("pages/campaigns") == []
    assert [row["campaign"] for row in desk.store.rows("pages/campaigns")] == ["whole"]


def test_no_thread_is_told_less_than_was_committed_before_it_asked(desk, made):
    desk.bring(made.facebook(made.post(1, Reach=5)))
    committed, wrong, stop = [0], [], threading.Event()

    def asks() -> int:
        answers = 0
        while not stop.is_set():
            least = committed[0]
            answers += 1
            if (held := len(desk.store.rows("pages/campaigns"))) < least:
                wrong.append((held, least))
        return answers

    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(asks) for _ in range(4)]
        for number in range(1, 41):
            with desk.store.transaction() as cursor:
                cursor.execute("insert into campaign (campaign, recorded_at) values (?, now()::timestamp)", [f"c{number}"]).fetchall()
            committed[0] = number
        stop.set()
        assert all(one.result() for one in asking)
    assert wrong == []
    assert len(desk.store.rows("pages/campaigns")) == 40


def test_a_fault_empties_the_memory(desk, asked):
    desk.store.rows("pages/campaigns")
    with pytest.raises(StoreUnavailable), desk.store.cursor():
        raise duckdb.InternalException("a fault of its own")
    desk.store.rows("pages/campaigns")
    assert len(asked) == 2


def test_an_answer_that_depends_on_the_day_is_not_kept(desk, asked):
    for _ in range(2):
        desk.store.rows("pages/coverage_years", sample=False)
    assert len(asked) == 2
    for day in (date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 2)):
        desk.store.rows("pages/coverage_years", sample=False, today=day)
    assert len(asked) == 4
    for word in ("current_date", "now()", "today()", "random()", "localtimestamp"):
        assert Query("made", "", (), f"select {word}").looks_at_the_clock({}), word
    assert not Query("made", "", (), "with now as (select 1 as today) select * from now").looks_at_the_clock({})


def test_no_view_or_mart_looks_at_the_clock():
    """Or what is asked of them would depend on the day without showing it."""
    names = [*(f"facts/{one}" for one in (*FACTS, *OVER_MARTS)), *(f"marts/{one}" for one in MARTS)]
    looks = [name for name in names if load(name).looks_at_the_clock({})]
    assert looks == []


def test_the_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(memory, "MOST_ANSWERS", 3)
    monkeypatch.setattr(memory, "MOST_ROWS", 10)
    monkeypatch.setattr(memory, "LONGEST_ANSWER", 6)
    kept = Memory()
    for number in range(4):
        kept.keep(number, [number], kept.turn)
    assert [kept.find(number) for number in range(4)] == [None, [1], [2], [3]]
    kept.find(1)
    kept.keep("more", [1], kept.turn)
    assert kept.find(2) is None and kept.find(1) == [1], "the longest unasked goes first"
    kept.keep("too long", [0] * 7, kept.turn)
    assert kept.find("too long") is None and kept.find(1) == [1]
    kept.keep("long", [0] * 6, kept.turn)
    kept.keep("as long", [0] * 6, kept.turn)
    assert kept.find("long") is None and len(kept.find("as long")) == 6, "10 rows in all"
    kept.keep("as long", [0] * 3, kept.turn)
    kept.keep("rest", [0] * 6, kept.turn)
    assert kept.find("as long") is not None, "an answer kept anew counts once"
    begun = kept.turn
    kept.forget()
    kept.keep("late", [1], begun)
    assert kept.find("late") is None and kept.find("rest") is None
