"""The inbox folder: what a person who puts a file there finds afterwards, by looks in this process and by a real server."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from reach import candidates, editions, inbox, operations, settings, store, uploads
from reach.errors import StoreUnavailable, Usage
from reach.inbox import EMPTY_SECONDS, PAUSE_SECONDS, STILL_SECONDS, Inbox
from reach.reading import Answers
from surroundings import surroundings

OUTCOMES = ("Date", "Operation", "Arrests")


@pytest.fixture
def known(tmp_path: Path, monkeypatch) -> Iterator[settings.Settings]:
    monkeypatch.setattr(editions, "_load", lambda *_: None)  # a store without the published record: faster, and nothing else counts
    (tmp_path / "inbox").mkdir()
    yield settings.load(tmp_path / "reach.duckdb")
    store.close()


class Clock:
    """An inbox, and looks at it as seconds pass."""

    def __init__(self, known: settings.Settings) -> None:
        self.inbox = Inbox(known)
        self.folder = self.inbox.folder
        self.now = 100.0

    def look(self, after: float = 0.0) -> None:
        self.now += after
        self.inbox.look(self.now)

    def settle(self) -> None:
        """Two looks with as much time between them as a file must be still."""
        self.look()
        self.look(STILL_SECONDS)

    def put(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(data)
        return path

    def tree(self) -> list[str]:
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if not path.is_dir())


@pytest.fixture
def clock(known) -> Clock:
    return Clock(known)


def imported(known: settings.Settings) -> list[tuple[str, str, str]]:
    rows = editions.opened(known).rows("pages/uploads")
    return sorted((row["file_name"], row["recorded_by"], row["state"]) for row in rows)


def lines(capsys) -> list[str]:
    return capsys.readouterr().err.splitlines()


def test_a_sound_file_is_imported_and_moved(known, clock, made, capsys):
    data = made.facebook(made.post(1, Reach=5))
    clock.put("march.csv", data)
    clock.look()
    assert clock.tree() == ["march.csv"] and not known.store.exists()  # still young, and the store is not needed yet
    clock.look(STILL_SECONDS)
    assert clock.tree() == ["done/march.csv"]
    assert (clock.folder / "done/march.csv").read_bytes() == data
    assert imported(known) == [("march.csv", "inbox", "in force")]
    (audit,) = [row for row in editions.opened(known).rows("pages/audit", most_rows=9) if row["act"] == "imported"]
    assert audit["recorded_by"] == "inbox"
    (line,) = lines(capsys)
    assert line.startswith("inbox: imported: march.csv: Facebook posts") and line.endswith(" set aside. Moved to done/march.csv.")


def test_as_of_is_the_files_time(known, clock, made):
    path = clock.put("march.csv", made.facebook(made.post(1, Reach=5)))
    os.utime(path, (1_767_225_600, 1_767_225_600))  # 1 January 2026
    clock.settle()
    (row,) = editions.opened(known).rows("pages/uploads")
    assert (f"{row['as_of']:%Y-%m-%d}", row["as_of_basis"]) == ("2026-01-01", "file time")


def test_a_duplicate_is_done(known, clock, made, capsys):
    data = made.facebook(made.post(1, Reach=5))
    clock.put("march.csv", data)
    clock.settle()
    clock.put("march.csv", data)
    clock.put("copy.csv", data)
    clock.settle()
    assert clock.tree() == ["done/copy.csv", "done/march (2).csv", "done/march.csv"]
    assert len(imported(known)) == 1
    assert [line.split(": ")[1] for line in lines(capsys)] == ["imported", "duplicate", "duplicate"]


def test_only_the_notes_that_are_shown_are_opened(known, clock, monkeypatch):
    held = clock.folder / "held"
    held.mkdir(parents=True)
    for number in range(5):
        (held / f"{number}.csv").write_bytes(b"x")
        note = held / f"{number}.csv.why.txt"
        note.write_text(f"Reason {number}.\n")
        os.utime(note, (number, number))
    monkeypatch.setattr(inbox, "MOST_HELD", 2)
    opened = []
    real = Path.open
    monkeypatch.setattr(Path, "open", lambda self, *rest, **named: opened.append(self.name) or real(self, *rest, **named))
    assert clock.inbox.held_names() == ["4.csv", "3.csv"] and opened == []
    assert [one.reason for one in clock.inbox.held()] == ["Reason 4.", "Reason 3."]
    assert opened == ["4.csv.why.txt", "3.csv.why.txt"]


def test_a_refused_file_is_held_with_its_reason_and_nothing_is_overwritten(known, clock, capsys):
    for content in (b"\x89PNG 1", b"\x89PNG 2"):
        clock.put("picture.csv", content)
        clock.settle()
    held = clock.folder / "held"
    assert clock.tree() == ["held/picture (2).csv", "held/picture (2).csv.why.txt", "held/picture.csv", "held/picture.csv.why.txt"]
    assert (held / "picture.csv").read_bytes() == b"\x89PNG 1" and (held / "picture (2).csv").read_bytes() == b"\x89PNG 2"
    reason = "picture.csv: it is a picture (PNG). Export the data itself and choose CSV."
    assert (held / "picture.csv.why.txt").read_text() == reason + "\n"
    assert {(one.name, one.reason) for one in clock.inbox.held()} == {("picture.csv", reason), ("picture (2).csv", reason)}
    assert imported(known) == []
    assert lines(capsys)[0] == f"inbox: refused: {reason} Moved to held/picture.csv."
    before = clock.tree()
    # All of it put back: the reasons are no files to read.
    for path in held.iterdir():
        path.rename(clock.folder / path.name)
    clock.settle()
    assert clock.tree() == sorted([*before, "picture (2).csv.why.txt", "picture.csv.why.txt"])


def test_a_question_waits_for_a_person(known, clock, made, capsys):
    path = clock.put("outcomes.csv", made.outcomes(OUTCOMES, ("03/04/2025", "Lantern", "7")))
    clock.settle()
    clock.look(1000)
    assert clock.tree() == ["outcomes.csv"] and imported(known) == []
    (line,) = lines(capsys)  # said once
    assert line.startswith("inbox: waiting on the Upload page: outcomes.csv: Is 03/04/2025 written day first or month first?")
    (waiting,) = clock.inbox.waiting()
    assert (waiting.path, waiting.name, waiting.stated[1]) == (path, "outcomes.csv", "file time")
    # Changed meanwhile: it is another file, and has no question any more.
    path.write_bytes(made.outcomes(OUTCOMES, ("23/04/2025", "Lantern", "7")))
    assert clock.inbox.waiting() == []
    clock.settle()
    assert clock.tree() == ["done/outcomes.csv"]


def test_nothing_of_several_tables_is_imported_while_one_asks(known, clock, made, capsys):
    """A zip of a sound file and one that looks like an older export: the question shows only when it is tried."""
    clock.put("new.csv", made.facebook(*(made.post(n, Reach=100) for n in range(1, 5))))
    clock.settle()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(
            zipfile.ZipInfo("a.csv", (1980, 1, 1, 0, 0, 0)), made.instagram({"Post ID": "1", "Publish time": "06/02/2025 10:00"})
        )
        archive.writestr(zipfile.ZipInfo("b.csv", (2026, 3, 1, 0, 0, 0)), made.facebook(*(made.post(n, Reach=10) for n in range(1, 5))))
    clock.put("all.zip", packed.getvalue())
    clock.settle()
    assert clock.tree() == ["all.zip", "done/new.csv"]
    assert [name for name, _, _ in imported(known)] == ["new.csv"]
    assert "Is this a" in lines(capsys)[-1]


def test_figures_that_may_be_counted_twice_are_imported_and_said_and_stay_open(known, clock, made, capsys):
    clock.put("week.csv", made.figures({"value_low": 40, "value_high": 40}))
    clock.settle()
    raid = {"operation": "Raid", "start_date": "2025-07-01", "end_date": "2025-07-02", "value_low": 9, "value_high": 9}
    clock.put("raid.csv", made.figures(raid))
    clock.settle()
    assert clock.tree() == ["done/raid.csv", "done/week.csv"]
    first, doubt, second = lines(capsys)
    assert first.startswith("inbox: imported: week.csv") and second.startswith("inbox: imported: raid.csv")
    assert doubt.startswith("inbox: to settle on the Operations page: raid.csv: Arrests: 9, Raid,") and "inside or beyond" in doubt
    held = editions.opened(known)
    (left,) = operations.left_open_by(held, inbox.WHO)
    assert doubt.endswith(left.words) and operations.left_open_by(held, "ada") == []
    operations.settle(held, left, "inside", "The release says so")
    assert operations.left_open_by(held, inbox.WHO) == []
    # The same doubt is said once more only by a file that raises it anew.
    clock.put("again.csv", made.figures({**raid, "value_low": 10, "value_high": 10}))
    clock.settle()
    assert [line.split(": ")[1] for line in lines(capsys)] == ["imported"]


def test_a_zip_of_which_a_part_is_refused_is_held_and_says_so(known, clock, made):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", made.facebook(made.post(1, Reach=5)))
        archive.writestr("b.csv", b"\x89PNG")
    clock.put("all.zip", packed.getvalue())
    clock.settle()
    assert clock.tree() == ["held/all.zip", "held/all.zip.why.txt"]
    (one,) = clock.inbox.held()
    assert one.reason.startswith("all.zip \u203a b.csv: it is a picture (PNG).")
    assert one.reason.endswith("The other 1 of its 2 tables were imported.")
    assert [name for name, _, _ in imported(known)] == ["all.zip \u203a a.csv"]


def test_a_file_still_being_written_is_left(known, clock, made):
    data = made.facebook(made.post(1, Reach=5), made.post(2, Reach=6))
    path = clock.put("slow.csv", data[:100])
    for end in (150, 200, len(data)):
        clock.look(STILL_SECONDS - 0.1)
        assert clock.tree() == ["slow.csv"]
        path.write_bytes(data[:end])
    clock.settle()
    assert clock.tree() == ["done/slow.csv"]
    assert [row["rows_kept"] for row in editions.opened(known).rows("pages/uploads")] == [2]


def test_a_place_kept_for_a_download_is_left(clock):
    clock.put("export.csv", b"")
    clock.put("export.csv.part", b"x")
    clock.look()
    clock.look(EMPTY_SECONDS * 2)
    assert clock.tree() == ["export.csv", "export.csv.part"]
    (clock.folder / "export.csv.part").unlink()
    clock.look(STILL_SECONDS)
    assert clock.tree() == ["export.csv"]
    clock.look(EMPTY_SECONDS)
    assert clock.tree() == ["held/export.csv", "held/export.csv.why.txt"]


@pytest.mark.parametrize(
    "name", [".hidden.csv", "x.csv.crdownload", "x.csv.part", "X.CSV.PART", "~$book.xlsx", "x.tmp", "Thumbs.db", "x.csv.why.txt"]
)
def test_what_is_no_export_is_left(known, clock, made, name):
    clock.put(name, made.facebook(made.post(1, Reach=5)))
    clock.settle()
    assert clock.tree() == [name] and not known.store.exists()


def test_links_folders_and_pipes_are_left(known, clock, made, tmp_path):
    outside = tmp_path / "outside.csv"
    outside.write_bytes(made.facebook(made.post(1, Reach=5)))
    (clock.folder / "link.csv").symlink_to(outside)
    (clock.folder / "dangling.csv").symlink_to(tmp_path / "nowhere")
    (clock.folder / "folder.csv").mkdir()
    (clock.folder / "folder.csv" / "inner.csv").write_bytes(outside.read_bytes())
    os.mkfifo(clock.folder / "pipe.csv")
    before = clock.tree()
    clock.settle()
    assert clock.tree() == before and outside.exists() and not known.store.exists()


@pytest.mark.parametrize("name", [b"r\xe9sum\xe9.csv", b"a\nb.csv", "märz 😀.csv".encode(), b"n" * 251 + b".csv", b"no ending", b"*.csv"])
def test_names_are_data(known, clock, made, capsys, name):
    place = os.path.join(os.fsencode(clock.folder), name)
    Path(os.fsdecode(place)).write_bytes(made.facebook(made.post(1, Reach=5)))
    broken = Path(os.fsdecode(os.path.join(os.fsencode(clock.folder), b"x" + name[1:])))
    broken.write_bytes(b"\x89PNG")
    clock.settle()
    assert len(list((clock.folder / "done").iterdir())) == 1
    assert len(list((clock.folder / "held").iterdir())) == 2
    assert len(clock.inbox.held()) == 1
    assert len(lines(capsys)) == 2 and len(imported(known)) == 1


def test_a_file_that_changed_while_it_was_read_is_not_lost(known, clock, made, monkeypatch, capsys):
    first, second = (made.facebook(made.post(n, Reach=n, Description="x" * n)) for n in (1, 2))
    path = clock.put("march.csv", first)
    real = uploads.commit

    def commit(*rest: Any) -> Any:
        path.write_bytes(second)
        return real(*rest)

    monkeypatch.setattr(uploads, "commit", commit)
    clock.settle()
    monkeypatch.undo()
    monkeypatch.setattr(editions, "_load", lambda *_: None)
    assert path.read_bytes() == second
    assert "changed while it was read: march.csv" in lines(capsys)[-1]
    clock.settle()
    assert clock.tree() == ["done/march.csv"] and (clock.folder / "done/march.csv").read_bytes() == second
    assert len(imported(known)) == 2


def test_one_bad_file_harms_none_and_does_not_come_again(known, clock, made, monkeypatch, capsys):
    for name in ("a.csv", "b.csv", "c.csv"):
        clock.put(name, made.facebook(made.post(ord(name[0]), Reach=5)))
    real = candidates.check

    def check(source: Any, name: str, *rest: Any, **more: Any) -> Any:
        if name == "b.csv":
            raise ZeroDivisionError("secret")
        return real(source, name, *rest, **more)

    monkeypatch.setattr(candidates, "check", check)
    clock.settle()
    assert clock.tree() == ["done/a.csv", "done/c.csv", "held/b.csv", "held/b.csv.why.txt"]
    (one,) = clock.inbox.held()
    assert one.reason == "b.csv: something went wrong while it was read. Tell the person who looks after Reach: its log says more."
    assert [line for line in lines(capsys) if line.startswith("inbox: held: b.csv")]


def test_a_store_that_cannot_be_used_is_tried_again(known, clock, made, monkeypatch, capsys):
    clock.put("march.csv", made.facebook(made.post(1, Reach=5)))

    def unavailable(*_: Any) -> Any:
        raise StoreUnavailable("Another Reach process is using the store.")

    with monkeypatch.context() as patch:
        patch.setattr(editions, "opened", unavailable)
        clock.settle()
        clock.look(PAUSE_SECONDS)
        clock.look(PAUSE_SECONDS)
    assert clock.tree() == ["march.csv"]
    assert lines(capsys) == ["inbox: left for later: march.csv: Another Reach process is using the store."]
    clock.look(1)
    assert clock.tree() == ["march.csv"]
    clock.look(PAUSE_SECONDS)
    assert clock.tree() == ["done/march.csv"]


def test_a_folder_that_cannot_be_made_loses_nothing(known, clock, made, capsys):
    """Where done should be is a file: what was imported stays, is known as imported, and goes when it can."""
    (clock.folder / "done").write_bytes(b"")
    clock.put("march.csv", made.facebook(made.post(1, Reach=5)))
    clock.settle()
    clock.look(PAUSE_SECONDS)
    assert (clock.folder / "march.csv").exists() and len(imported(known)) == 1
    assert [line for line in lines(capsys) if "march.csv: it cannot be moved" in line]
    (clock.folder / "done").unlink()
    clock.look(PAUSE_SECONDS)
    assert clock.tree() == ["done/march.csv"] and len(imported(known)) == 1


def test_another_reach_moved_it_first(known, clock, made, monkeypatch):
    path = clock.put("march.csv", made.facebook(made.post(1, Reach=5)))
    real = candidates.discard
    monkeypatch.setattr(candidates, "discard", lambda found: (path.unlink(missing_ok=True), real(found)))
    clock.settle()
    assert clock.tree() == [] and len(imported(known)) == 1


def test_dismissed_goes_to_held_without_a_reason(clock, made):
    clock.put("outcomes.csv", made.outcomes(OUTCOMES, ("03/04/2025", "Lantern", "7")))
    clock.settle()
    (waiting,) = clock.inbox.waiting()
    assert clock.inbox.dismiss(waiting, []) == "outcomes.csv: not imported. It is in the inbox's folder held."
    assert clock.tree() == ["held/outcomes.csv"] and clock.inbox.waiting() == [] and clock.inbox.held() == []
    assert clock.inbox.dismiss(waiting, []) == "outcomes.csv: it is no longer in the inbox as it was; nothing was moved."


def test_where_the_inbox_is(tmp_path, monkeypatch):
    known = settings.load(tmp_path / "reach.duckdb")
    assert inbox.folder_of(known) == tmp_path / "inbox"
    monkeypatch.setenv("REACH_INBOX", "/srv/exports")
    assert inbox.folder_of(settings.load(tmp_path / "reach.duckdb")) == Path("/srv/exports")
    for place in (".", "..", "inbox/..", str(tmp_path)):
        monkeypatch.setenv("REACH_INBOX", place)
        with pytest.raises(Usage, match="the folder that the store is in"):
            inbox.folder_of(settings.load(tmp_path / "reach.duckdb"))


# --- a real server ----------------------------------------------------------------------------------------------


class Server:
    """A running ``python -m reach serve`` on a store and an inbox in a folder."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.inbox, self.port = folder, folder / "inbox", port
        command = [sys.executable, "-m", "reach", "serve", "--port", str(port)]
        with (folder / "out.txt").open("ab") as out, (folder / "err.txt").open("ab") as err:
            self.process = subprocess.Popen(
                command, cwd=folder, env=surroundings(folder / "reach.duckdb"), stdin=subprocess.DEVNULL, stdout=out, stderr=err
            )
        self.until(self.answers)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def until(self, true: Callable[[], bool], seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not true():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.1)

    def said(self) -> str:
        return (self.folder / "err.txt").read_text(encoding="utf-8")

    def stop(self, how: int = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(20)

    def tree(self) -> set[str]:
        return {path.relative_to(self.inbox).as_posix() for path in self.inbox.rglob("*") if not path.is_dir()}


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[], Server]]:
    started: list[Server] = []

    def run() -> Server:
        started.append(Server(tmp_path, free_port()))
        return started[-1]

    yield run
    for server in started:
        if server.process.poll() is None:
            server.process.kill()
            server.process.wait()


def uploads_of(place: Path) -> list[tuple[str, str]]:
    held = store.Store(settings.load(place))
    try:
        return sorted((row["file_name"], row["recorded_by"]) for row in held.rows("pages/uploads") if row["file_name"] != "figures.csv")
    finally:
        held.close()


def test_a_server_takes_in_what_is_dropped(serve, made):
    """Two sound files at once, one with a question, a broken one, and one written in pieces; then an orderly stop."""
    server = serve()
    server.until(lambda: server.inbox.is_dir() and f"Inbox: {server.inbox}" in (server.folder / "out.txt").read_text())
    slow = made.facebook(*(made.post(n, Reach=n) for n in range(50, 60)))
    with (server.inbox / "slow.csv").open("wb") as stream:
        (server.inbox / "a.csv").write_bytes(made.facebook(made.post(1, Reach=5)))
        (server.inbox / "b.csv").write_bytes(made.instagram({"Post ID": "18", "Publish time": "06/02/2025 10:00", "Reach": 9}))
        (server.inbox / "asks.csv").write_bytes(made.outcomes(OUTCOMES, ("03/04/2025", "Lantern", "7")))
        (server.inbox / "broken.csv").write_bytes(b"\x89PNG")
        for start in range(0, len(slow), 300):
            stream.write(slow[start : start + 300])
            stream.flush()
            time.sleep(2)
            assert "slow.csv" in server.tree()
    rest = {"asks.csv", "held/broken.csv", "held/broken.csv.why.txt", "done/a.csv", "done/b.csv", "done/slow.csv"}
    server.until(lambda: server.tree() == rest)
    assert server.stop() in (0, -signal.SIGTERM)
    said = server.said().splitlines()
    assert sorted(line.split(": ")[1] for line in said) == ["imported", "imported", "imported", "refused", "waiting on the Upload page"]
    assert uploads_of(server.folder / "reach.duckdb") == [("a.csv", "inbox"), ("b.csv", "inbox"), ("slow.csv", "inbox")]


def test_killed_between_import_and_move_ends_in_a_duplicate(serve, made, tmp_path):
    """The store has it and the folder has it still: as after a kill -9 at the worst moment."""
    known = settings.load(tmp_path / "reach.duckdb")
    (tmp_path / "inbox").mkdir()
    path = tmp_path / "inbox" / "march.csv"
    path.write_bytes(made.facebook(made.post(1, Reach=5)))
    held = editions.opened(known)
    (candidate,) = candidates.check(path, path.name, held.folder, known, held, Answers())
    uploads.commit(held, candidate, inbox.WHO)
    store.close()
    server = serve()
    server.until(lambda: server.tree() == {"done/march.csv"})
    server.stop()
    assert server.said().startswith("inbox: duplicate: march.csv: imported on ")
    assert uploads_of(known.store) == [("march.csv", "inbox")]


def test_killed_at_any_moment_nothing_is_lost_or_imported_twice(serve, made, tmp_path):
    names = [f"{n:02}.csv" for n in range(12)]
    (tmp_path / "inbox").mkdir()
    for n, name in enumerate(names, 1):
        (tmp_path / "inbox" / name).write_bytes(made.facebook(*(made.post(100 * n + k, Reach=k) for k in range(60))))
    for moved in (1, 5):
        server = serve()
        server.until(lambda moved=moved, server=server: len(list(server.inbox.glob("done/*"))) >= moved)
        server.stop(signal.SIGKILL)
    server = serve()
    server.until(lambda: not list(server.inbox.glob("*.csv")))
    server.stop()
    done = [path for path in (tmp_path / "inbox" / "done").iterdir() if path.stat().st_size]
    assert sorted(path.read_bytes() for path in done) == sorted(
        made.facebook(*(made.post(100 * n + k, Reach=k) for k in range(60))) for n in range(1, 13)
    )
    assert [name for name, _ in uploads_of(tmp_path / "reach.duckdb")] == names


def test_stopped_in_the_middle_of_an_import(serve, made, tmp_path):
    """The stop does not wait for it, and the next start takes the file in."""
    (tmp_path / "inbox").mkdir()
    rows = (made.post(n, Reach=n) for n in range(1, 60_000))
    (tmp_path / "inbox" / "large.csv").write_bytes(made.facebook(*rows))
    server = serve()
    folders = Path(os.environ.get("TMPDIR", "/tmp"))
    server.until(lambda: any(folders.glob(f"reach-files-{server.process.pid}-*/*/*")))
    assert server.stop() in (0, -signal.SIGTERM)
    assert not [line for line in server.said().splitlines() if "held" in line or "Traceback" in line], server.said()
    server = serve()
    server.until(lambda: server.tree() == {"done/large.csv"})
    server.stop()
    assert uploads_of(tmp_path / "reach.duckdb") == [("large.csv", "inbox")]
