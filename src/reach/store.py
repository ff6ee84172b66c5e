"""The only room that opens the store.

One connection a process, attached as ``reach`` and locked down; a cursor for each use, results fetched whole.
Writes go through :meth:`Store.transaction`, one at a time, and are rolled back whatever ends them early:
Streamlit stops a script with an exception that is no ``Exception``.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb

from . import __version__, marts, public
from .clock import utc_now
from .engine import Cursor, clear, connect, fetched, lock_down, quoted
from .errors import NotAllowed, ReachError, StoreUnavailable, Usage
from .memory import Memory
from .queries import FACTS, OVER_MARTS, Query, load
from .settings import Settings, person
from .tables import SCHEMA_VERSION, TABLES, Table
from .views import PUBLIC, READING_ONLY, WORKING

if TYPE_CHECKING:
    import pandas

T = TypeVar("T")
STORAGE_VERSION = "v1.5.0"
# After these DuckDB takes no more questions.
BROKEN = (duckdb.FatalException, duckdb.InternalException)
FOLDER_PREFIX = "reach-files-"
# Set when Ctrl-C was pressed: DuckDB drops the interrupt when it reaches Python while DuckDB looks for a module.
STOPPED = threading.Event()


class Store:
    """An open store. Use :func:`open_store`, which keeps one a process."""

    def __init__(self, settings: Settings) -> None:
        """Opens the store, making it if there is none. Raises :class:`StoreUnavailable` in one plain line."""
        self.settings = settings
        self.path = settings.store
        self.is_new = not self.path.exists()
        _sweep()
        self._folder = tempfile.TemporaryDirectory(prefix=f"{FOLDER_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True)
        self.folder = Path(self._folder.name)
        self._writing = threading.RLock()
        self._opening = threading.Lock()
        self._memory = Memory()
        self._root: duckdb.DuckDBPyConnection | None = None
        self._version = 0
        try:
            self._connect()
            self._prepare()
        except BaseException:
            self.close()
            raise

    @property
    def version(self) -> int:
        """Rises with every change made through this process: the key under which pages may cache."""
        return self._version

    def close(self) -> None:
        """Closes the store and takes the private folder away. Harmless when closed already."""
        root, self._root = self._root, None
        if root:
            root.close()
        clear(self.folder)
        self._folder.cleanup()

    @property
    def view(self) -> str:
        """Which of the two views this is."""
        return WORKING

    def seen_as(self, view: str) -> Store:
        """The store as a view shows it: itself, or what the public may see of it. Anything but the working view is the public one."""
        return self if view == WORKING else _Public(self)

    def cursor(self) -> AbstractContextManager[Cursor]:
        """A cursor of its own for one use. DuckDB's errors become one plain line."""
        return self._cursor("main")

    @contextmanager
    def _cursor(self, schema: str) -> Iterator[Cursor]:
        with self._opening:
            if self._root is None:
                self._connect()
            assert self._root is not None
            cursor = self._root.cursor()
        try:
            cursor.execute(f"use reach.{schema}").fetchall()
            yield cursor
        except (*BROKEN, duckdb.IOException, duckdb.TransactionException, duckdb.OutOfMemoryException) as error:
            # After a full disk or a fault of its own every connection is refused until all are closed; what was committed is whole.
            if isinstance(error, BROKEN) or "invalidated" in str(error):
                self._reopen()
            raise _plain(error, self.path) from error
        finally:
            cursor.close()

    @contextmanager
    def transaction(self, keep: bool = True) -> Iterator[Cursor]:
        """A cursor inside a transaction, one at a time in this process. Nothing stays unless the block ends well and ``keep`` is set."""
        with self._writing, self.cursor() as cursor:
            cursor.execute("begin transaction").fetchall()
            done = False
            try:
                yield cursor
                if keep:
                    if STOPPED.is_set():
                        raise KeyboardInterrupt
                    try:
                        cursor.execute("commit").fetchall()
                    finally:  # of a commit that broke off nobody can tell what became of it
                        self._memory.forget()
                    self._version += 1
                    done = True
            finally:
                if not done:
                    _roll_back(cursor)

    def rows(self, name: str, **values: Any) -> list[dict[str, Any]]:
        """The answer of a named query as a list of rows, the caller's own."""
        query = load(name)

        def answer() -> list[dict[str, Any]]:
            with self.cursor() as cursor:
                try:
                    return ask(cursor, query, values)
                except (duckdb.ConversionException, duckdb.BinderException, duckdb.InvalidInputException):
                    raise Usage(
                        f"Query '{name}': a value is of the wrong kind. Give what its parameters take: {', '.join(query.parameters)}."
                    ) from None

        return [_own(row) for row in self._asked_once("rows", query, values, answer)]

    def headings(self, name: str, **values: Any) -> list[str]:
        """The columns of a named query's answer, which it has without a row too."""
        query = load(name)
        with self.cursor() as cursor:
            cursor.execute(query.text, _bound(query, values))
            return [column[0] for column in cursor.description or ()]

    def frame(self, name: str, **values: Any) -> pandas.DataFrame:
        """The answer of a named query as a data frame, the caller's own."""
        query = load(name)

        def answer() -> pandas.DataFrame:
            with self.cursor() as cursor:
                return cursor.execute(query.text, _bound(query, values)).df()

        return self._asked_once("frame", query, values, answer).copy()

    def remembered(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """What ``work_out`` makes of the store as it stands, worked out once for each state of the store as long as it is remembered.

        It is everybody's: whoever wants to change it copies it first. What is worked out must not depend on the clock.
        """
        found: T | None = self._memory.find(key)
        if found is None:
            turn = self._memory.turn
            found = work_out()
            self._memory.keep(key, found, turn)
        return found

    def _asked_once(self, shape: str, query: Query, values: Mapping[str, Any], answer: Callable[[], T]) -> T:
        if query.looks_at_the_clock(values):
            return answer()
        # As written, since lists have no hash, and 1 is not true.
        return self.remembered((shape, query.name, repr(_bound(query, values))), answer)

    def _connect(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            root = connect(self.settings.memory, self.settings.threads, self.folder)
        except OSError as error:
            raise StoreUnavailable(f"The store's folder cannot be made ({error.strerror}). Choose another place with --store.") from error
        try:
            root.execute(f"attach '{quoted(self.path)}' as reach (type duckdb, storage_version '{STORAGE_VERSION}')").fetchall()
            lock_down(root, self.folder)
        except duckdb.Error as error:
            root.close()
            raise _plain(error, self.path) from error
        self._root = root

    def _reopen(self) -> None:
        self._memory.forget()
        with self._opening:
            root, self._root = self._root, None
            if root:
                root.close()

    def _prepare(self) -> None:
        """Creates what is missing; refuses a store that a newer Reach wrote."""
        made_of = [*(table.ddl() for table in TABLES), *(load(name).text for name in _definitions())]
        made_of += [repr(public.TWINS), repr(public.MARTS), json.dumps(public.settings_of(self.settings))]
        views = hashlib.sha256("".join(made_of).encode()).hexdigest()
        with self.cursor() as cursor:
            stored = _stored_version(cursor)
        if stored and stored[0] > SCHEMA_VERSION:
            raise StoreUnavailable("A newer Reach wrote this store. Update Reach, then open it again. Nothing was changed.")
        if stored == (SCHEMA_VERSION, views):
            return
        with self.transaction() as cursor:
            for table in TABLES:
                cursor.execute(table.ddl()).fetchall()
                _add_columns(cursor, table)
            for fact in FACTS:
                cursor.execute(f"create or replace view {fact} as {load(f'facts/{fact}').text}").fetchall()
            _drop_view(cursor, marts.FIRST)
            for mart in marts.MARTS:  # the public view is made over them
                marts.make_empty(cursor, mart)
            public.prepare(cursor, self.settings, marts.MARTS)
            marts.rebuild(cursor)
            for view in OVER_MARTS:
                cursor.execute(f"create or replace view {view} as {load(f'facts/{view}').text}").fetchall()
            cursor.execute("insert into store values (?, ?, ?, ?, ?)", [SCHEMA_VERSION, __version__, views, utc_now(), person()]).fetchall()


class _Public(Store):
    """What the public may see of a store: the same questions, asked of the twins in :mod:`reach.public`, and nothing written."""

    def __init__(self, whole: Store) -> None:
        self._whole = whole
        self.settings, self.path, self.is_new = whole.settings, whole.path, whole.is_new

    @property
    def folder(self) -> Path:  # type: ignore[override]
        return self._whole.folder

    @property
    def version(self) -> int:
        return self._whole.version

    @property
    def view(self) -> str:
        return PUBLIC

    def seen_as(self, view: str) -> Store:
        """What was once narrowed is not widened again."""
        return self

    def close(self) -> None:
        """The store itself is closed by whoever opened it."""

    def cursor(self) -> AbstractContextManager[Cursor]:
        return self._whole._cursor(public.SCHEMA)

    @contextmanager
    def transaction(self, keep: bool = True) -> Iterator[Cursor]:
        """Raises :class:`NotAllowed`: the public view is for reading."""
        raise NotAllowed(READING_ONLY)
        yield

    def remembered(self, key: Hashable, work_out: Callable[[], T]) -> T:
        return self._whole.remembered((PUBLIC, key), work_out)


def _add_columns(cursor: Cursor, table: Table) -> None:
    """Gives a table that an earlier Reach made the columns it had not, at its end and empty: the only migration there is."""
    there = {row[0] for row in cursor.execute(f"describe {table.name}").fetchall()}
    for name, kind, _ in table.columns:
        if name not in there:
            cursor.execute(f"alter table {table.name} add column {name} {kind}").fetchall()


def _drop_view(cursor: Cursor, name: str) -> None:
    """Takes a view away that an earlier Reach made where there is a table now."""
    there = "select 1 from duckdb_views() where database_name = 'reach' and schema_name = 'main' and view_name = ?"
    if cursor.execute(there, [name]).fetchall():
        cursor.execute(f"drop view {name}").fetchall()


def _sweep() -> None:
    """Takes away the private folders of processes that were killed: copies of people's files must not stay behind."""
    if os.name == "nt":  # there the question whether a process lives would end it
        return
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER_PREFIX}*-*"):
        number = folder.name.removeprefix(FOLDER_PREFIX).partition("-")[0]
        with suppress(OSError):
            if number.isdigit() and folder.stat().st_uid == os.getuid() and not _lives(int(number)):
                shutil.rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def ask(cursor: Cursor, query: Query, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A query's rows as dictionaries. Values bind by name; a name the query lacks is a bug and says so."""
    return fetched(cursor, query.text, _bound(query, values))


def _own(part: Any) -> Any:
    """A row, or a list in one, anew, so that a change to one copy is none to another."""
    if isinstance(part, list):
        return [_own(one) for one in part]
    if isinstance(part, dict):
        return {name: _own(one) for name, one in part.items()}
    return part


def _bound(query: Query, values: Mapping[str, Any]) -> dict[str, Any]:
    stray = set(values) - set(query.parameters)
    assert not stray, f"{query.name} takes no {stray}"
    return {name: values.get(name) for name in query.parameters}


_open: dict[Path, Store] = {}
_guard = threading.Lock()


def open_store(settings: Settings) -> Store:
    """The process's store at that place, opened on first use."""
    with _guard:
        if settings.store not in _open:
            _open[settings.store] = Store(settings)
        return _open[settings.store]


def close() -> None:
    """Closes whatever stores this process has open."""
    with _guard:
        while _open:
            _open.popitem()[1].close()


atexit.register(close)


def _definitions() -> list[str]:
    return [*(f"facts/{name}" for name in (*FACTS, *OVER_MARTS)), *(f"marts/{name}" for name in marts.MARTS)]


def _stored_version(cursor: Cursor) -> tuple[int, str] | None:
    found = "select 1 from duckdb_tables() where database_name = 'reach' and schema_name = 'main' and table_name = 'store'"
    there = cursor.execute(found).fetchall()
    if not there:
        return None
    # A newer Reach may have changed every other column of this table, but not its first.
    row = cursor.execute("select max(schema_version) from store").fetchone()
    if row is None or row[0] is None or row[0] > SCHEMA_VERSION:
        return (row[0], "") if row and row[0] is not None else None
    return cursor.execute("select schema_version, views_sha256 from store order by recorded_at desc limit 1").fetchone()


def _roll_back(cursor: Cursor) -> None:
    # DuckDB rolled back by itself when the transaction failed.
    with suppress(duckdb.Error):
        cursor.execute("rollback").fetchall()


def _plain(error: duckdb.Error, path: Path) -> ReachError:
    """DuckDB's words may hold paths and process numbers; these do not."""
    said = str(error)
    if "lock" in said and ("Conflicting" in said or "Could not set" in said):
        words = "Another Reach process is using the store. Use the Upload page of the running dashboard, or close it and try again."
    elif "No space left" in said or "offload data block" in said:
        words = "The disk is full, so nothing was stored. Free some space and try again."
    elif "ermission denied" in said or "Read-only" in said or "read-only" in said:
        words = f"The store {path.name} cannot be written: no permission. Choose another place with --store."
    elif "not a valid DuckDB database" in said:
        words = f"{path.name} is not a Reach store. Choose another place with --store; the file was left as it is."
    elif "version number" in said or "newer" in said:
        words = f"A newer DuckDB wrote {path.name}. Update Reach, then open it again. The file was left as it is."
    elif "orrupt" in said or "checksum" in said:
        words = f"The store {path.name} is damaged. Put back your last backup; the damaged file was left as it is."
    elif "invalidated" in said or isinstance(error, duckdb.InternalException):
        words = "The store had to be reopened after a fault, such as a full disk. What was stored before is whole. Try again."
    elif isinstance(error, duckdb.OutOfMemoryException):
        words = "There is not enough memory for this, so nothing was stored. Import a shorter period, or raise the setting 'memory'."
    else:
        words = f"The store {path.name} cannot be used just now. Check the disk and try again."
    return StoreUnavailable(words)
