"""The command line as another program sees it: JSON on stdout and nothing else, exit codes, and never a traceback."""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from made_workbooks import xlsx
from reach import commands, editions, queries, settings, store
from reach.__main__ import WITHOUT_FRAMES, main
from reach.reach_bounds import Part
from reach.settings import shipped
from reach.store import Store
from surroundings import surroundings

FIGURES = shipped("data/published") / "figures.csv"
CANDIDATE = {
    "file",
    "status",
    "format",
    "network",
    "account",
    "as_of",
    "period",
    "rows",
    "control_totals",
    "changes",
    "questions",
    "problems",
    "message",
    "upload_id",
}
UPLOAD = {"upload_id", "file", "format", "account", "uploaded_at", "by", "rows", "state"}


@pytest.fixture
def good(tmp_path: Path, made) -> Path:
    path = tmp_path / "march.csv"
    path.write_bytes(made.facebook(made.post(1, Reach=5, Views=50, Description="=cmd()"), made.post(2, Reach=7)))
    return path


@pytest.fixture
def partly(tmp_path: Path, made) -> Path:
    path = tmp_path / "partly.csv"
    path.write_bytes(made.facebook(made.post(11, Reach=5), made.post(12, Reach="lots 😀")))
    return path


@pytest.fixture(scope="module")
def record(tmp_path_factory) -> Path:
    """A store with the shipped record, made once."""
    place = tmp_path_factory.mktemp("record") / "reach.duckdb"
    editions.opened(settings.load(place))
    store.close()
    return place


@pytest.fixture
def command(tmp_path, monkeypatch, capsys, record):
    """Runs a command as ``reach`` does, without the half second of a new process. What leaves ``main`` is a traceback."""
    shutil.copy(record, tmp_path / "reach.duckdb")
    monkeypatch.setenv("REACH_STORE", str(tmp_path / "reach.duckdb"))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path, place: Path | None = None) -> subprocess.CompletedProcess[str]:
        if place:
            monkeypatch.setenv("REACH_STORE", str(place))
        try:
            code = main([str(one) for one in arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            store.close()
        said = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, said.out, said.err)

    return run


def test_only_the_server_has_data_frames(command):
    """Every other command starts without pandas, which takes longer to load than most of them take."""
    assert set(re.findall(r"^ {4}([a-z]+)", command("--help").stdout, re.MULTILINE)) - {"serve"} == WITHOUT_FRAMES


def read(said, code: int):
    assert said.returncode == code, (said.returncode, said.stderr)
    assert "Traceback" not in said.stderr
    return json.loads(said.stdout)


def plainly(said, code: int) -> str:
    """One line on stderr, nothing on stdout."""
    assert (said.returncode, said.stdout) == (code, ""), said.stderr
    assert said.stderr.startswith("reach: ") and said.stderr.count("\n") == 1, said.stderr
    return said.stderr


def shaped(found: dict) -> None:
    """design.md section 4. Keys may be added, none may go."""
    assert set(found) >= CANDIDATE
    assert found["status"] in ("ready", "imported", "duplicate", "needs", "refused")
    assert set(found["rows"]) == {"read", "kept", "skipped", "set_aside"}
    assert all(isinstance(count, int) for count in found["rows"].values())
    assert found["rows"]["read"] == found["rows"]["kept"] + found["rows"]["skipped"] + found["rows"]["set_aside"]
    assert set(found["changes"]) == {"new", "updated", "unchanged"}
    assert isinstance(found["period"], list) and len(found["period"]) == 2
    assert all(day is None or re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in found["period"])
    assert isinstance(found["control_totals"], dict) and isinstance(found["questions"], list)
    assert all(set(problem) == {"record", "line", "column", "value", "reason"} for problem in found["problems"])
    assert found["file"] and found["message"].startswith(found["file"])


# --- check and ingest -------------------------------------------------------------------------------------


def test_check_says_what_a_file_is_and_creates_nothing(reach, good, tmp_path):
    (found,) = read(reach("check", "--json", good), 0)
    shaped(found)
    assert (found["file"], found["status"], found["format"], found["network"], found["upload_id"]) == (
        "march.csv",
        "ready",
        "facebook_posts",
        "facebook",
        None,
    )
    assert (found["period"], found["rows"]) == (["2025-06-02", "2025-06-03"], {"read": 2, "kept": 2, "skipped": 0, "set_aside": 0})
    assert found["control_totals"] == {"reach": 12, "views": 50}
    assert [path.name for path in tmp_path.iterdir()] == ["march.csv"]


def test_ingest_undo_redo_and_query(reach, good):
    said = reach("ingest", "--json", good)
    (found,) = read(said, 0)
    shaped(found)
    assert (found["status"], found["changes"]) == ("imported", {"new": 2, "updated": 0, "unchanged": 0})
    (again,) = read(reach("ingest", "--json", good), 0)
    shaped(again)
    assert (again["status"], again["upload_id"]) == ("duplicate", found["upload_id"])
    assert read(reach("query", "pages/standing_posts", "--set", "networks=facebook", "--json"), 0) == [
        {"network": "facebook", "name": "Example Police", "posts": 2, "highest_reach": 7, "total_views": 50, "total_impressions": None}
    ]
    for act, state in (("undo", "undone"), ("redo", "in force")):
        row = read(reach(act, "--json", found["upload_id"][:8]), 0)
        assert set(row) >= UPLOAD
        assert (row["upload_id"], row["file"], row["state"], row["rows"]) == (found["upload_id"], "march.csv", state, 2)
    rows = read(reach("uploads", "--json"), 0)
    assert [set(row) for row in rows] == [UPLOAD] * 2
    assert [(row["file"], row["state"]) for row in rows] == [("march.csv", "in force"), ("figures.csv", "in force")]
    assert "march.csv" in reach("uploads").stdout


def test_an_undo_says_what_it_changed(command):
    (row,) = read(command("uploads", "--json"), 0)
    said = read(command("undo", "--json", row["upload_id"]), 0)
    trusted = next(one for one in said["claims_changed"] if one["claim"] == "Trusted adults campaign")
    assert trusted == {"claim": "Trusted adults campaign", "before": "close to 220,000: cannot be checked", "after": None}
    published = list(csv.DictReader(io.StringIO(FIGURES.read_text(encoding="utf-8"))))
    # A line a fact, whose statements it lists: of one fact two are published.
    unlike = ("value_low", "value_high", "qualifier", "published_wording", "note")
    facts = {tuple(value for name, value in row.items() if name not in unlike) for row in published}
    assert len(said["figures_changed"]) == len(facts) == len(published) - 1
    again = read(command("undo", "--json", row["upload_id"]), 0)
    assert (again["claims_changed"], again["figures_changed"]) == ([], []), "it was undone already"
    redone = read(command("redo", "--json", row["upload_id"]), 0)
    assert (redone["claims_changed"], redone["figures_changed"]) == ([], [])
    lines = command("undo", row["upload_id"]).stdout.splitlines()
    assert lines[0] == "figures.csv: undone. What is shown is as it was without it."
    assert "  Trusted adults campaign: close to 220,000: cannot be checked before the undo, not listed any more after it" in lines
    assert lines[-1] == f"  and {len(facts) - 20} more"


def test_check_on_a_store_foretells_the_import_and_changes_nothing(command, good, tmp_path, made):
    command("ingest", "--json", good, "--as-of", "2026-01-20")
    later = tmp_path / "later.csv"
    later.write_bytes(made.facebook(made.post(2, Reach=9), made.post(3, Reach=1)))
    before = (tmp_path / "reach.duckdb").read_bytes()
    (foretold,) = read(command("check", "--json", later, "--as-of", "2026-02-20"), 0)
    assert (tmp_path / "reach.duckdb").read_bytes() == before
    (done,) = read(command("ingest", "--json", later, "--as-of", "2026-02-20"), 0)
    assert foretold["status"] == "ready"
    assert (
        (foretold["changes"], foretold["as_of"])
        == (done["changes"], done["as_of"])
        == ({"new": 1, "updated": 1, "unchanged": 0}, "2026-02-20T12:00:00")
    )


def test_rows_set_aside_are_told_and_exit_3(command, partly):
    (found,) = read(command("ingest", "--json", partly), 3)
    shaped(found)
    assert found["rows"] == {"read": 2, "kept": 1, "skipped": 0, "set_aside": 1}
    assert found["problems"] == [
        {"record": 2, "line": 3, "column": "Reach", "value": "lots 😀", "reason": "is not a whole number such as 1,234"}
    ]


def test_refused_and_asked_files_exit_4_over_3(command, partly, tmp_path, made):
    bad, unclear = tmp_path / "bad.csv", tmp_path / "unclear.csv"
    bad.write_bytes(b"nothing,here\n1,2\n")
    unclear.write_bytes(made.figures({"value_low": 1, "start_date": "03/04/2025", "end_date": ""}))
    found = read(command("ingest", "--json", partly, bad, unclear, tmp_path / "gone.csv"), 4)
    for one in found:
        shaped(one)
    assert [(one["file"], one["status"]) for one in found] == [
        ("partly.csv", "imported"),
        ("bad.csv", "refused"),
        ("unclear.csv", "needs"),
        ("gone.csv", "refused"),
    ]
    assert [question["key"] for question in found[2]["questions"]] == ["date_order"]
    (answered,) = read(command("ingest", "--json", unclear, "--date-order", "mdy"), 0)
    assert (answered["status"], answered["period"]) == ("imported", ["2025-03-04", "2025-03-04"])


def test_zip_with_several_files_goes_in_whole(command, tmp_path, made):
    path = tmp_path / "exports.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", made.facebook(made.post(1, Reach=5)))
        archive.writestr("b.csv", made.facebook(made.post(2, Reach=6)))
        archive.writestr("bad.csv", b"x,y\n1,2\n")
    found = read(command("ingest", "--json", path), 4)
    assert [one["status"] for one in found] == ["imported", "imported", "refused"]


def test_folder_goes_in_file_by_file(command, good, partly, tmp_path, made):
    folder = tmp_path / "folder" / "deeper"
    folder.mkdir(parents=True)
    good.rename(folder / "a.csv")
    partly.rename(folder.parent / "b.csv")
    (folder / ".hidden.csv").write_bytes(b"x")
    os.mkfifo(folder / "pipe.csv")
    found = read(command("ingest", "--json", tmp_path / "folder"), 3)
    assert sorted((one["file"], one["status"]) for one in found) == [("a.csv", "imported"), ("b.csv", "imported")]


def test_progress_and_words_without_json(reach, good):
    said = reach("ingest", good)
    assert (said.returncode, said.stdout.count("\n")) == (0, 1)
    assert said.stdout.startswith("march.csv: Facebook posts")
    assert said.stderr == "imported: march.csv\n"


# --- mistakes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["ingest"],
        ["no-such-command"],
        ["undo"],
        ["query"],
        ["sample", "lose"],
        ["check", "x.csv", "--date-order", "ymd"],
        ["serve", "--port", "many"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_exit_2(command, arguments):
    said = command(*arguments)
    assert (said.returncode, said.stdout) == (2, "")
    assert "Traceback" not in said.stderr and "usage: reach" in said.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["undo", "00000000"],
        ["redo", "no"],
        ["query", "no/such"],
        ["query", "../../etc/passwd"],
        ["query", "pages/uploads", "--set", "x=1"],
        ["query", "pages/upload", "--set", "upload_id"],
        ["ingest", "march.csv", "--as-of", "31/02/2026"],
    ],
    ids=" ".join,
)
def test_mistakes_are_one_line_and_exit_2(command, arguments, good):
    plainly(command(*arguments), 2)


def test_name_longer_than_the_system_allows(command, good):
    found = read(command("check", "--json", "x" * 300 + ".csv", good), 4)
    assert [one["status"] for one in found] == ["refused", "ready"]


def test_empty_name_is_no_folder(command, good):
    assert "march.csv" not in command("check", "--json", "").stdout


def test_as_of_with_a_time_zone(command, good):
    said = command("check", "--json", good, "--as-of", "2026-11-02T10:00:00+01:00")
    assert "Traceback" not in said.stderr
    assert said.returncode == 2 or read(said, 0)[0]["as_of"] == "2026-11-02T09:00:00"


def test_parameter_of_the_wrong_kind(command):
    plainly(command("query", "pages/posts", "--set", "most_rows=many"), 2)


@pytest.mark.parametrize(("value", "rows"), [("words=Post 2", 1), ("most_rows=1", 1), ("ours=true", 2)])
def test_parameter_whose_name_ends_in_s(command, good, value, rows):
    command("ingest", "--json", good)
    most = [] if value.startswith("most_rows") else ["--set", "most_rows=9"]
    said = command("query", "pages/posts", "--json", "--set", value, *most)
    assert "Traceback" not in said.stderr
    assert len(read(said, 0)) == rows


def test_check_does_not_load_the_record_into_a_store(command, good, tmp_path):
    place = tmp_path / "bare.duckdb"
    Store(settings.load(place)).close()
    read(command("check", "--json", good, place=place), 0)
    held = Store(settings.load(place))
    try:
        assert held.rows("pages/uploads") == []
    finally:
        held.close()


# --- surroundings -----------------------------------------------------------------------------------------


def test_same_totals_whatever_the_surroundings(reach, good, tmp_path):
    plain = read(reach("check", "--json", good), 0)
    for surroundings_ in (
        {"TZ": "Asia/Kolkata", "LANG": "pt_BR.UTF-8"},
        {"TZ": "America/Los_Angeles", "LC_ALL": "C"},
        {"HOME": "/nonexistent", "TZ": "nonsense"},
    ):
        assert read(reach("check", "--json", good, **surroundings_), 0) == plain, surroundings_


def test_same_totals_without_home_language_or_time_zone(good, tmp_path, reach):
    bare = {"PATH": os.environ["PATH"], "REACH_STORE": str(tmp_path / "reach.duckdb")}
    said = subprocess.run(
        [sys.executable, "-m", "reach", "check", "--json", str(good)], capture_output=True, text=True, env=bare, timeout=60, check=False
    )
    assert read(said, 0) == read(reach("check", "--json", good), 0)


@pytest.mark.parametrize("shape", [[], ["--json"]], ids=["words", "json"])
def test_output_of_an_old_windows_console(reach, partly, shape):
    """Windows gives a redirected program its code page; the import is done by then, and the caller must be told."""
    said = reach("ingest", *shape, partly, PYTHONIOENCODING="cp1252")
    assert (said.returncode, "Traceback" in said.stderr) == (3, False)


def test_file_name_in_another_encoding(good, tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.csv"
    os.rename(good, path)
    said = subprocess.run(
        [sys.executable, "-m", "reach", "ingest", "--json", path],
        capture_output=True,
        timeout=60,
        check=False,
        env=surroundings(tmp_path / "reach.duckdb"),
    )
    assert b"Traceback" not in said.stderr
    assert said.returncode == 0


def test_closed_pipe_is_quiet(tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.Popen(
        [sys.executable, "-m", "reach", "formats"],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        env=surroundings(tmp_path / "reach.duckdb"),
    )
    os.close(writing)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, "")


def stopped(command: list[str], place: Path, ready: str, *, after: float = 0, python: Sequence[str] = ()) -> tuple[int, str]:
    """Ctrl-C, a while after the command has said ``ready`` on stderr."""
    process = subprocess.Popen(
        [sys.executable, *python, "-m", "reach", *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=surroundings(place),
        # Whoever runs the tests in the background may have told them to ignore Ctrl-C, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stderr
    while (line := process.stderr.readline()) and ready not in line:
        pass
    assert line
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    return process.returncode, said


def test_ctrl_c_in_an_import_is_one_line_and_leaves_the_files_before_it(tmp_path, made, reach):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.csv").write_bytes(made.facebook(made.post(1, Reach=5)))
    (folder / "b.csv").write_bytes(made.facebook(*(made.post(n, Reach=n, Description="word " * 40) for n in range(2, 60_000))))
    place = tmp_path / "reach.duckdb"
    code, said = stopped(["ingest", str(folder)], place, "imported: a.csv", after=0.1)
    assert (code, said) == (130, "reach: Stopped. Nothing was half stored.\n")
    assert [row["file"] for row in read(reach("uploads", "--json"), 0)] == ["a.csv", "figures.csv"]


@pytest.mark.parametrize("module", ["argparse", "reach.settings", "_duckdb", "duckdb.value", "reach.ledger"])
def test_ctrl_c_while_starting_is_no_traceback(tmp_path, module):
    """Python says on stderr which module it has just finished: the interrupt falls into the next."""
    code, said = stopped(["formats"], tmp_path / "reach.duckdb", f" {module}\n", python=["-X", "importtime"])
    assert (code, said.splitlines()[-1]) == (130, "reach: Stopped. Nothing was half stored.")
    assert "Traceback" not in said


# --- asking -----------------------------------------------------------------------------------------------


def test_bounds_without_a_lower_one_say_so(capsys):
    asked = {"population": None, "all_live_there": False, "json": False}
    assert commands._words.bounds(argparse.Namespace(reaches=[Part(None, 200_000, "up to")], **asked)) == 0
    assert capsys.readouterr().out.startswith("At most 200,000 accounts; no lower bound: none of the numbers supports one.\n")


def test_bounds(command):
    said = json.loads(command("bounds", "220,000", "278000", "--population", "1121990", "--json").stdout)
    assert (said["lower"], said["upper"], said["independent"]) == (278_000, 498_000, 443_490)
    assert json.loads(command("bounds", "220000", "278000", "--json").stdout)["independent"] is None
    said = command("bounds", "220000", "278000").stdout
    assert said.startswith("Between 278,000 and 498,000 accounts.\nThese bounds hold only if")
    said = command("bounds", "220000", "--population", "100000")
    assert said.returncode == 2 and said.stderr.startswith("reach: Population 100,000: 220,000 were reached, which is more. Give ")
    assert "'many' is not a number of accounts such as 220000" in command("bounds", "many").stderr


def test_csv_from_a_query_runs_no_formula(command, tmp_path, made):
    path = tmp_path / "=cmd.csv"
    path.write_bytes(made.facebook(made.post(1, Reach=5, **{"Page name": '=HYPERLINK("http://127.0.0.1")'})))
    command("ingest", "--json", path)
    said = command("query", "pages/standing_posts", "--set", "networks=facebook,x", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(said.stdout))
    assert row["name"] == '\'=HYPERLINK("http://127.0.0.1")'
    assert (row["posts"], row["total_views"]) == ("1", "")
    (row, _) = csv.DictReader(io.StringIO(command("query", "pages/uploads", "--format", "csv").stdout))
    assert row["file_name"] == "'=cmd.csv"


def test_csv_from_a_query_ends_as_its_lines_do_and_has_headings_without_an_answer(command):
    asked = ["query", "pages/uploads_of_formats", "--format", "csv"]
    assert command(*asked).stdout == "format,uploads,view\nfigures,1,Working view: OFFICIAL-SENSITIVE\n"
    none = command("query", "charts/days", "--set", "network=none", "--set", "metric=views", "--format", "csv")
    assert (none.returncode, none.stdout) == (0, "day,value,heading,day_key,upload_id,file_name,record_no,view\n")


def test_csv_names_its_view_in_every_row_and_headings_alone_need_no_data_frames(reach):
    """As a program of its own, which has no pandas: what is sent into a file says its view there, and is read as any CSV."""
    for view, label in (("working", "Working view: OFFICIAL-SENSITIVE"), ("public", "Public view: small counts hidden")):
        rows = list(csv.DictReader(io.StringIO(reach("query", "pages/figures", "--format", "csv", "--view", view).stdout)))
        assert len(rows) > 50 and {row["view"] for row in rows} == {label} and list(rows[0])[-1] == "view"
    none = reach("query", "charts/days", "--set", "network=none", "--set", "metric=views", "--format", "csv")
    assert (none.returncode, none.stdout) == (0, "day,value,heading,day_key,upload_id,file_name,record_no,view\n"), none.stderr
    assert not [name for name in queries.names() if re.search(r"\bas view\b", queries.load(name).text)]


def test_formats_and_queries_are_listed(command):
    formats = read(command("formats", "--json"), 0)
    assert {row["format"] for row in formats} >= {"facebook_posts", "instagram_posts", "x_posts", "x_tweets", "figures", "outcomes"}
    asked = read(command("queries", "--json"), 0)
    assert all(row["query"] and row["words"] and isinstance(row["parameters"], list) for row in asked)
    assert "facebook_posts" in command("formats").stdout


def test_sample_is_loaded_and_removed(command):
    assert read(command("sample", "load", "--json"), 0)
    rows = read(command("uploads", "--json"), 0)
    assert len(rows) > 5
    assert read(command("sample", "remove", "--json"), 0)
    assert [row["file"] for row in read(command("uploads", "--json"), 0) if row["state"] == "in force"] == ["figures.csv"]
    assert command("sample", "remove").stdout == "No sample data is loaded.\n"


# --- provenance -------------------------------------------------------------------------------------------


def test_a_query_names_the_file_and_record_of_each_row(command, good):
    (done,) = read(command("ingest", "--json", good), 0)
    posts = read(command("query", "pages/posts", "--format", "json", "--provenance", "--set", "most_rows=9"), 0)
    lines = list(csv.DictReader(io.StringIO(good.read_text(encoding="utf-8"))))
    (upload,) = [row for row in read(command("uploads", "--json"), 0) if row["file"] == "march.csv"]
    for row in posts:
        found = row["provenance"]
        assert lines[found["record_no"] - 1]["Description"] == row["text"]
        assert found == {
            "upload_id": done["upload_id"],
            "file": "march.csv",
            "part": None,
            "sha256": hashlib.sha256(good.read_bytes()).hexdigest(),
            "uploaded_at": upload["uploaded_at"],
            "by": upload["by"],
            "record_no": row["record_no"],
        }
    assert sorted(row["provenance"]["record_no"] for row in posts) == [1, 2]
    assert "provenance" not in read(command("query", "pages/posts", "--json", "--set", "most_rows=1"), 0)[0]


def test_a_figure_in_a_chart_names_its_record(command):
    asked = ["--set", "area=Leicestershire Police", "--set", "measures=campaign_reach"]
    figures = read(command("query", "charts/figures", "--json", "--provenance", *asked), 0)
    (wanted,) = [row for row in figures if row["published_wording"] and "134,000" in row["published_wording"]]
    record = list(csv.DictReader(io.StringIO(FIGURES.read_text(encoding="utf-8"))))[wanted["provenance"]["record_no"] - 1]
    assert (record["measure"], record["published_wording"]) == ("campaign_reach", wanted["published_wording"])
    assert wanted["provenance"]["file"] == "figures.csv"
    assert wanted["provenance"]["sha256"] == hashlib.sha256(FIGURES.read_bytes()).hexdigest()


def test_a_sheet_is_named(command, made, tmp_path):
    path = tmp_path / "book.xlsx"
    names = made.facebook_headings
    path.write_bytes(xlsx({f"Part {one}": [names, [made.post(one, Reach="5").get(name) for name in names]] for one in (1, 2)}))
    assert command("ingest", path).returncode == 0
    rows = read(command("query", "pages/posts", "--json", "--provenance", "--set", "most_rows=9"), 0)
    assert {(row["text"], row["provenance"]["file"], row["provenance"]["part"]) for row in rows} == {
        ("Post 1", "book.xlsx \u203a Part 1", "Part 1"),
        ("Post 2", "book.xlsx \u203a Part 2", "Part 2"),
    }


def test_no_answer_has_no_provenance_and_a_row_of_a_whole_file_no_record(command):
    assert read(command("query", "pages/posts", "--json", "--provenance"), 0) == []
    (row,) = read(command("query", "pages/uploads", "--json", "--provenance"), 0)
    assert (row["provenance"]["file"], row["provenance"]["record_no"]) == ("figures.csv", None)


@pytest.mark.parametrize("arguments", [("pages/held", "--json"), ("pages/figures",), ("pages/figures", "--format", "csv")], ids=" ".join)
def test_provenance_where_there_is_none_to_give(command, arguments):
    plainly(command("query", *arguments, "--provenance"), 2)


def test_every_query_that_names_a_record_names_its_upload(tmp_path):
    """Or ``--provenance`` could not say whose record it is."""
    held = editions.opened(settings.load(tmp_path / "reach.duckdb"))
    try:
        for name in queries.names():
            columns = set(held.frame(name).columns)
            assert "upload_id" in columns or not columns & {"record_no", "figure_id"}, name
    finally:
        store.close()
