"""DuckDB connections that fetch nothing from anywhere and touch one folder only."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import duckdb

from .errors import Usage

# A cursor or connection, for those who are handed one: only the rooms that keep or read data import DuckDB.
Cursor: TypeAlias = duckdb.DuckDBPyConnection

# From the first moment: a file that is no DuckDB store must not make it fetch an extension to read it.
OFFLINE = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}

# Of a long list only the rows shown are fetched, after it is settled which they are: DuckDB does so by itself for 50 rows at most.
LISTS = {"late_materialization_max_rows": "10000"}

_workbenches: dict[Path, Cursor] = {}
_guard = threading.Lock()


def connect(memory: str, threads: int, folder: Path) -> Cursor:
    """A database in memory that spills into ``folder``, with so many threads, 0 for as many as there are processors.

    Raises :class:`Usage` if ``memory`` is no amount.
    """
    bounds = {"memory_limit": memory, "temp_directory": str(folder / "spill"), **({"threads": str(threads)} if threads else {})}
    try:
        return duckdb.connect(config={**bounds, **OFFLINE, **LISTS})
    except duckdb.Error:
        raise Usage(f"Setting memory: '{memory}' is not an amount such as 2GB. Correct it.") from None


def workbench(memory: str, threads: int, folder: Path, vocabulary: Iterable[str]) -> Cursor:
    """A cursor of a database in memory that can read and write ``folder`` and nothing else, with ``vocabulary`` executed in it.

    The database is kept for the next cursor, since making one costs more than reading a small file in it; what a cursor makes in it
    is temporary and goes with the cursor.

    ``folder`` is the whole private folder of a store's process, and not the part of one file: what a database may reach is settled once,
    before it is locked, and this one is shared by all files. So it can list, read and write over the private copies of the
    other files that are being looked at in this process, of whichever page, and what DuckDB spills there; all of it is gone when the
    store is closed. It cannot reach the store, which lies elsewhere and is not attached, the inbox, what people chose their files from,
    any other path (not by ``..``, nor by a link in the folder), another host, an extension, or its own settings. No text of a file is
    ever run as SQL, so that only a fault in DuckDB itself could turn one file against the copy of another.
    """
    with _guard:
        if folder not in _workbenches:
            opened = connect(memory, threads, folder)
            try:
                lock_down(opened, folder)
                opened.execute(";".join(vocabulary)).fetchall()
            except BaseException:
                opened.close()
                raise
            _workbenches[folder] = opened
        return _workbenches[folder].cursor()


def clear(folder: Path) -> None:
    """Lets go of the database kept for a folder, if there is one: the last of its cursors in use ends it.

    It is not closed, since closing a connection closes its cursors, and another thread may be reading with one.
    """
    with _guard:
        _workbenches.pop(folder, None)


def lock_down(connection: Cursor, folder: Path) -> None:
    """From here on it reads and writes what is attached and ``folder``, and nothing else (order matters)."""
    for setting in (
        f"allowed_directories = ['{quoted(folder)}/']",
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "allow_community_extensions = false",
        "python_enable_replacements = false",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"set {setting}").fetchall()


def fetched(cursor: Cursor, statement: str, values: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """The rows of a statement as dictionaries; its values bind by name."""
    cursor.execute(statement, values or {})
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def quoted(text: object) -> str:
    """Text for the inside of an SQL string."""
    return str(text).replace("'", "''")


def literal(text: str | None) -> str:
    """Text as an SQL string, null where there is none."""
    return "cast(null as varchar)" if text is None else f"'{quoted(text)}'"
