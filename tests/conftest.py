"""What several tests share: made-up files as bytes, and a desk, which is a real store with short ways to use it."""

from __future__ import annotations

import atexit
import csv
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reach import candidates, settings, uploads
from reach.candidates import Candidate
from reach.marts import MARTS
from reach.reading import Answers
from reach.store import Store
from reach.tables import TABLE
from surroundings import surroundings

# Over the few rows of a test a second thread costs more than it does: half as much processor time again. Servers and commands that tests
# start are as users have them.
os.environ.setdefault("REACH_THREADS", "1")

PAGE = "100064197037125"
FACEBOOK = (
    "Post ID",
    "Page ID",
    "Page name",
    "Title",
    "Description",
    "Publish time",
    "Permalink",
    "Post type",
    "Data comment",
    "Date",
    "Views",
    "Reach",
    "Reactions",
)
INSTAGRAM = (
    "Post ID",
    "Account ID",
    "Account username",
    "Account name",
    "Description",
    "Publish time",
    "Permalink",
    "Post type",
    "Data comment",
    "Date",
    "Views",
    "Reach",
    "Likes",
    "Follows",
)
X = ("Post id", "Date", "Post text", "Post Link", "Impressions", "Likes")
FIGURES = (
    "start_date",
    "end_date",
    "date_note",
    "area",
    "operation",
    "campaign",
    "network",
    "paid",
    "measure",
    "value_low",
    "value_high",
    "unit",
    "qualifier",
    "published_wording",
    "status",
    "as_of",
    "source",
    "note",
)


class Made:
    """Made-up files. Each method gives bytes; rows are dictionaries over defaults that make a sound row."""

    page = PAGE
    facebook_headings = FACEBOOK
    figure_headings = FIGURES

    @staticmethod
    def table(headings: Any, rows: Any, delimiter: str = ",", newline: str = "\n", encoding: str = "utf-8") -> bytes:
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=delimiter, lineterminator=newline)
        writer.writerow(headings)
        writer.writerows(rows)
        return text.getvalue().encode(encoding)

    @staticmethod
    def post(number: int, **cells: Any) -> dict[str, Any]:
        """A Facebook post: ``number`` gives its id, whose digits past the 15th are no zeros, and its minute of publication."""
        return {
            "Post ID": f"1221{number:011d}77",
            "Page ID": PAGE,
            "Page name": "Example Police",
            "Description": f"Post {number}",
            "Publish time": f"06/{1 + number % 28:02d}/2025 10:{number % 60:02d}",
            "Permalink": f"https://www.facebook.com/example/posts/{number}",
            "Post type": "Photos",
            "Date": "Lifetime",
            **cells,
        }

    @classmethod
    def facebook(cls, *posts: dict[str, Any], headings: Any = FACEBOOK, **how: Any) -> bytes:
        return cls.table(headings, [[post.get(name, "") for name in headings] for post in posts], **how)

    @classmethod
    def instagram(cls, *posts: dict[str, Any]) -> bytes:
        base = {"Date": "Lifetime", "Post type": "IG image", "Account ID": "17841400000000123", "Account username": "examplepolice"}
        return cls.table(INSTAGRAM, [[{**base, **post}.get(name, "") for name in INSTAGRAM] for post in posts])

    @classmethod
    def x_posts(cls, *posts: dict[str, Any]) -> bytes:
        base = {"Date": "Sat, Aug 1, 2026", "Post text": "Words", "Impressions": 1, "Likes": 0}
        return cls.table(X, [[{**base, **post}.get(name, "") for name in X] for post in posts])

    @classmethod
    def figures(cls, *rows: dict[str, Any], headings: Any = FIGURES, **how: Any) -> bytes:
        base = {
            "start_date": "2025-06-30",
            "end_date": "2025-07-06",
            "area": "Exampleshire",
            "operation": "Lantern",
            "measure": "arrests",
            "source": "https://example.org/a",
        }
        return cls.table(headings, [[{**base, **row}.get(name, "") for name in headings] for row in rows], **how)

    @classmethod
    def outcomes(cls, headings: Any, *rows: Any, **how: Any) -> bytes:
        return cls.table(headings, rows, **how)


@cache
def _empty_store() -> Path:
    """An empty store, made once and copied for each test: half the time of making one."""
    folder = Path(tempfile.mkdtemp(prefix="reach-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Store(settings.load(folder / "reach.duckdb")).close()
    return folder / "reach.duckdb"


class Desk:
    """A store of its own, and the ways in which a page or the command line would use it."""

    def __init__(self, folder: Path, **changed: Any) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(_empty_store(), folder / "reach.duckdb")
        known = settings.load(folder / "reach.duckdb")
        self.settings = replace(known, **changed)
        self.store = Store(self.settings)

    def check(self, source: bytes | Path, name: str = "march.csv", stated: Any = None, **answers: Any) -> list[Candidate]:
        stream = source if isinstance(source, Path) else io.BytesIO(source)
        return candidates.check(stream, name, self.store.folder, self.settings, self.store, Answers(**answers), stated)

    def one(self, source: bytes | Path, name: str = "march.csv", **how: Any) -> Candidate:
        (candidate,) = self.check(source, name, **how)
        return candidate

    def bring(self, source: bytes | Path, name: str = "march.csv", **how: Any) -> Candidate:
        """Imports a file that must go in."""
        candidate = self.one(source, name, **how)
        assert candidate.status == "ready", candidate.message
        imported = uploads.commit(self.store, candidate)
        candidates.discard([candidate])
        assert imported.status == "imported", imported.message
        return imported

    def rows(self, sql: str) -> list[dict[str, Any]]:
        with self.store.cursor() as cursor:
            cursor.execute(sql)
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def posts(self, columns: str = "*") -> list[dict[str, Any]]:
        return self.rows(f"select {columns} from post order by network, post_key")

    def marts(self) -> tuple[list[str], list[str]]:
        """The two marts without what differs between two imports of one file: identities of uploads."""
        posts = self.rows("select * exclude (upload_id) from post")
        figures = self.rows("select * exclude (upload_id, figure_id) from figure_current")
        return sorted(map(repr, posts)), sorted(map(repr, figures))

    def size(self) -> dict[str, int]:
        """Rows in every table: what a refusal or a preview must leave alone."""
        counts = [f"select '{table}' as name, count(*) as n from {table}" for table in [*TABLE, *MARTS]]
        return {row["name"]: row["n"] for row in self.rows(" union all ".join(counts))}


@pytest.fixture(scope="session")
def made() -> type[Made]:
    return Made


@pytest.fixture(scope="session")
def a_desk() -> Callable[..., Any]:
    """Makes desks: ``with a_desk() as desk``; for tests that need several, or one for each example."""

    @contextmanager
    def make(**changed: Any) -> Iterator[Desk]:
        with tempfile.TemporaryDirectory(prefix="reach-test-") as folder:
            desk = Desk(Path(folder), **changed)
            try:
                yield desk
            finally:
                desk.store.close()

    return make


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "desk")
    yield made
    made.store.close()


@pytest.fixture
def reach(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs ``python -m reach`` as another program would, on a store in ``tmp_path``."""

    def run(*arguments: str | Path, store: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "reach", *map(str, arguments)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            env=surroundings(store or tmp_path / "reach.duckdb", **environment),
        )

    return run


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a disk of a given size for a test. Skips where nothing may be mounted."""
    place = tmp_path / "disk"

    def mount(size: str) -> Path:
        place.mkdir()
        tool = shutil.which("mount")
        command = [tool or "mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
        if not tool or subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("a small disk cannot be mounted here (it takes root)")
        return place

    yield mount
    if place.is_mount():
        subprocess.run(["umount", "--lazy", str(place)], check=True)
