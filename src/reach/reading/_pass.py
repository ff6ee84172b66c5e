"""The state of one reading: the file as text, the records as typed, and the throw-away database that goes over them."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb

from ..columns import KINDS, MACROS, Kind
from ..definitions import MEASURE, MEASURES, QUALIFIERS, STATUSES
from ..engine import Cursor, clear, quoted, workbench
from ..errors import Refused, StoreUnavailable
from ..formats import Field
from ..recognise import Recognised
from ..settings import Settings
from ._told import Answers, asked_when

# The files live for one import, so they are written fast rather than small: large dictionaries cost more than they save.
# DuckDB overshoots the number of rows a little; above 122,880 the store would get groups of rows of unlike size from them,
# which it would merge again when it closes.
PARQUET = "format parquet, compression lz4_raw, dictionary_size_limit 1000, row_group_size 120000"


# DuckDB quotes the line that it cannot read in its error, cut at a number of bytes, be it inside a letter: then the error itself
# cannot be decoded. Whether the file is UTF-8 shows when Python reads it.
AGAIN = "If one file does it each time, export that one again."
UNREADABLE = (duckdb.InvalidInputException, duckdb.ConversionException, duckdb.InternalException, UnicodeDecodeError)


@dataclass
class Pass:
    """The state of one reading between its queries."""

    recognised: Recognised
    answers: Answers
    scratch: Path
    cursor: Cursor
    measures: dict[int, str]
    text: Path
    skip_lines: int
    width: int
    longest_cell: int
    force: str
    evened: bool = False
    day_first: bool = False
    notes: list[str] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    with_commas: set[str] = field(default_factory=set)
    damaged_ids: bool = False
    gone: bool = False

    @property
    def asked(self) -> datetime:
        return asked_when(self.recognised.taken, self.answers)[0]

    @property
    def as_text(self) -> str:
        """The file as text, blank records left out. Column names are ours, so a heading can never be SQL."""
        columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(self.width + self.evened))
        filled = " or ".join(f"tidy(c{place}) is not null" for place in range(self.width))
        # Nearly every record shows in its first character that it is not blank.
        filled = f"case when ord(c0) > 32 then true else {filled} end"
        delimiter = "," if self.evened else self.recognised.delimiter
        longest_line = (16 if self.evened else 1) * self.longest_cell
        return f"""(
            select * from read_csv('{quoted(self.text)}', columns = {{{columns}}}, auto_detect = false, header = false,
                skip = {self.skip_lines}, delim = '{delimiter}', quote = '"', escape = '"', strict_mode = true,
                max_line_size = {longest_line}, buffer_size = {32 * self.longest_cell})
            where {filled})"""

    @property
    def as_typed(self) -> str:
        """SQL for the scratch file, its records numbered."""
        source = f"read_parquet('{quoted(self.scratch)}', file_row_number = true)"
        return f"(select * exclude (file_row_number), file_row_number + 1 as record_no from {source})"

    @property
    def kept(self) -> str:
        """SQL for the records that are kept."""
        return f"(select * from {self.as_typed} anti join gone using (record_no))" if self.gone else self.as_typed

    @property
    def output(self) -> list[str]:
        """The columns of the scratch file: the table's own as far as the format fills them, and helpers."""
        known = self.recognised.format
        given = {one.name for one in known.fields} | set(known.derive)
        named = [name for name in (*known.target.names, "account_name", "account_handle") if name in given]
        return named + [one.name for one in known.day_metrics] + [f"m{place}" for place in self.measures]

    @property
    def said(self) -> dict[str, str | None]:
        """What stands once for the whole file: what its layout says, when the platform was asked as far as that is known, and the force."""
        return {**self.recognised.said, "as_of": self.asked.isoformat(sep=" ", timespec="seconds"), "force": self.force}

    def placed(self) -> Iterator[tuple[Field, tuple[int, ...]]]:
        """The fields that are read, with their columns."""
        for known in self.recognised.format.fields:
            places = self.recognised.places.get(known.name, ())
            if places and known.name not in self.unread:
                yield known, places

    def one(self, query: str) -> tuple:  # type: ignore[type-arg]
        row = self.cursor.execute(query).fetchone()
        assert row is not None
        return row

    def write(self, query: str) -> None:
        self.cursor.execute(f"copy ({query}) to '{quoted(self.scratch)}' ({PARQUET})")

    def value(self, kind: Kind, cell: str) -> str:
        cell = f"no_lone_point({cell})" if cell in self.with_commas else cell
        return kind.sql.format(cell=cell, order="dmy" if self.day_first else "mdy")

    def even_out(self) -> None:
        """Rewrites a file that DuckDB's strict reader refuses: a record gets as many cells as the heading, and its fate if it had not."""
        if self.evened:
            raise Refused(f"{self.recognised.taken.name}: the file's structure cannot be made out. Export it again as CSV.")
        place = self.text.with_suffix(".even.csv")
        with place.open("w", encoding="utf-8", newline="") as copy:
            writer = csv.writer(copy, lineterminator="\n")
            for _, _, cells in python_records(self.recognised):
                writer.writerow(_fitted(cells, self.width, self.longest_cell, self.recognised.open_ended))
        self.text, self.skip_lines, self.evened = place, 0, True

    def take_out(self, records: list[int]) -> None:
        """Notes the records that are not kept."""
        self.gone = bool(records)
        if records:
            self.cursor.execute("create temp table gone as select unnest($records::bigint[]) as record_no", {"records": records})


@contextmanager
def connection(folder: Path, settings: Settings, macros: tuple[str, ...] = ()) -> Iterator[Cursor]:
    """A cursor for one file in a ``folder`` of its own, of a database that can read and write what lies beside it and nothing else."""
    bench = folder.parent
    cursor = workbench(settings.memory, settings.threads, bench, (*MACROS, *_vocabulary()))
    try:
        for macro in macros:
            cursor.execute(macro.replace("create macro", "create temp macro", 1)).fetchall()
        yield cursor
    except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
        clear(bench)
        raise StoreUnavailable(_out_of_room(error)) from error
    except (duckdb.InternalException, duckdb.FatalException) as error:
        # What a file has done to it, the next one does not meet; one that was being read beside it has to be read again.
        clear(bench)
        raise StoreUnavailable(f"The reading broke off through a fault, and nothing was stored. Try again. {AGAIN}") from error
    finally:
        cursor.close()


def _out_of_room(error: duckdb.Error) -> str:
    if isinstance(error, duckdb.OutOfMemoryException):
        return "There is not enough memory for this file. Import a shorter period, or raise the setting 'memory'."
    return "The file cannot be worked on: the disk for temporary files is full or fails. Free some space and try again."


def _vocabulary() -> Iterator[str]:
    """Macros over the closed lists of definitions, so that formats can name them."""
    names = {name: measure.key for measure in MEASURES for name in (measure.key.replace("_", " "), measure.label.lower(), *measure.aliases)}
    cases = " ".join(f"when '{quoted(name)}' then '{key}'" for name, key in names.items())
    yield f"create macro measure_key(name) as case lower(replace(name, '_', ' ')) {cases} end"
    for name, values in (("qualifier", QUALIFIERS), ("status", STATUSES)):
        yield f"create macro known_{name}(word) as word in ({', '.join(repr(value) for value in values)})"


def kind_of(measure: str) -> Kind:
    return KINDS[{"GBP": "pounds", "EUR": "euros", "kg": "amount"}.get(MEASURE[measure].unit, "whole")]


def _fitted(cells: list[str], width: int, longest_cell: int, open_ended: bool) -> list[str]:
    """As many cells as the heading has, and behind them the record's fate if it has other cells or one that is too long."""
    fate = f"shape {len(cells)}" if (len(cells) < width and not open_ended) or any(cell.strip() for cell in cells[width:]) else ""
    if any(len(cell) > longest_cell for cell in cells):
        fate, cells = "cell", [cell if len(cell) <= longest_cell else "" for cell in cells]
    return [*(cells + [""] * width)[:width], fate]


def python_records(recognised: Recognised) -> Iterator[tuple[int, int, list[str]]]:
    """(record number from 1, line in the user's file, cells) for every record that is not blank."""
    csv.field_size_limit(sys.maxsize)
    with recognised.text.open("r", encoding="utf-8-sig", newline="") as stream:
        for _ in range(recognised.heading_line - 1):
            stream.readline()
        reader = csv.reader(stream, delimiter=recognised.delimiter)
        next(reader)
        number, before = 0, recognised.lines_before + recognised.heading_line - 1
        line = reader.line_num + before + 1
        for cells in reader:
            if any(cell.strip(" \t\n") for cell in cells):  # as tidy() does, so that both count the same records
                number += 1
                yield number, line, cells
            line = reader.line_num + before + 1
