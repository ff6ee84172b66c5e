"""Bytes to one format, encoding, delimiter and heading row, or a refusal that helps.

The file's name is never asked. Bytes are taken into a private folder under a generated name while they are
hashed, decoded to UTF-8 with ``\\n`` line ends only where they are not so already, and the heading row is the
first record that holds every column some format needs. Exactly one format matches, or the file is refused
with the nearest candidates and what each still lacks.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import itertools
import lzma
import re
import stat
import sys
import uuid
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import IO, BinaryIO, NoReturn

from .errors import Refused
from .formats import Format, Layout, Record, all_formats, normalised
from .settings import MEGABYTE, Settings
from .workbooks import is_workbook, sheets

# Small enough for the processor's cache: each piece is hashed, decoded, searched and written while it is there.
PIECE = 1 << 19
HEAD_CHARACTERS = 1 << 18
HEAD_RECORDS = 60
DELIMITERS = (",", ";", "\t", "|")
# UTF-8 that is read strictly, and the same codec by another of its names for a file with a mark of UTF-8 and a few bytes that are none.
STRICT, MENDED = "utf-8-sig", "utf_8_sig"
ZIP_RATIO = 200
LONGEST_NAME = 1_000
_MILLISECONDS = re.compile(r"_([0-9]{13})(?![0-9])")
ZIP_MEMBERS = 500

# What a file is that only calls itself CSV: its first bytes, and what to do instead.
_DISGUISES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "is a picture (PNG). Export the data itself and choose CSV."),
    (b"\xff\xd8\xff", "is a picture (JPEG). Export the data itself and choose CSV."),
    (b"%PDF", "is a PDF. Export the data itself and choose CSV."),
    (b"PK\x03\x04", "is a zip inside a zip. Unpack it and choose the files inside."),
    (b"\x1f\x8b", "is a gzip archive. Unpack it and choose the CSV inside."),
    (b"SQLite format 3", "is a database. Export the data itself and choose CSV."),
    (b"PAR1", "is a Parquet file, which Reach does not take. Choose CSV where you export it."),
)


@dataclass(frozen=True)
class Taken:
    """A file's bytes in the private folder. ``name`` is the user's and only ever shown; ``stated`` dates it if anything does.

    ``plain`` says that no carriage return or NUL is among the bytes. A sheet of a workbook is text at ``path`` while the workbook's own
    bytes are at ``whole`` and ``part`` is the sheet's name; ``sha256`` and ``size`` are always of the whole.
    """

    name: str
    path: Path
    sha256: str
    size: int
    stated: datetime | None = None
    stated_basis: str = ""
    plain: bool = False
    whole: Path | None = None
    part: str | None = None

    @property
    def bytes_at(self) -> Path:
        """Where the bytes are that the hash is of."""
        return self.whole or self.path


@dataclass(frozen=True)
class Recognised:
    """A file whose format is known. ``text`` is UTF-8; its heading row is line ``heading_line`` of it, from 1.

    ``places`` gives for each field of the format the columns, from 0, in which it stands.
    ``lines_before`` counts lines of the user's file that ``text`` no longer has. ``said`` holds what the file says once for the whole
    table, ``part`` which table of the file this is, and ``open_ended`` that its records may leave out empty cells at their end.
    ``keeps`` says whether the file's bytes may be stored.
    """

    taken: Taken
    format: Format
    text: Path
    heading_line: int
    lines_before: int
    encoding: str
    delimiter: str
    headings: tuple[str, ...]
    places: dict[str, tuple[int, ...]]
    notes: tuple[str, ...] = ()
    said: dict[str, str | None] = field(default_factory=dict)
    part: str | None = None
    open_ended: bool = False
    keeps: bool = True


def take(source: Path | BinaryIO, name: str, folder: Path, settings: Settings, stated: tuple[datetime, str] | None = None) -> Taken:
    """Copies the bytes of a file or stream into ``folder`` and hashes them.

    Raises :class:`Refused` for what is not an ordinary file, is empty, or is larger than the settings allow.
    """
    name = one_line(name, LONGEST_NAME)
    limit = settings.file_megabytes * MEGABYTE
    place = folder / uuid.uuid4().hex
    digest, plain, size = hashlib.sha256(), True, 0
    with _opened(source, name) as stream, place.open("wb") as copy, ThreadPoolExecutor(1) as beside:
        hashed: Future[None] | None = None
        while piece := _piece(stream, name):
            size += len(piece)
            if size > limit:
                place.unlink()
                raise Refused(f"{name}: the file must be smaller than {settings.file_megabytes:,} MB. Export a shorter period.")
            if hashed:
                hashed.result()
            hashed = beside.submit(digest.update, piece)
            copy.write(piece)
            plain = plain and b"\r" not in piece and b"\x00" not in piece
    if size == 0:
        place.unlink()
        raise Refused(f"{name}: the file is empty. Export it again.")
    when, basis = stated or (None, "")
    return Taken(name, place, digest.hexdigest(), size, when, basis, plain)


def unpacked(taken: Taken, folder: Path, settings: Settings) -> Iterator[Taken | Refused]:
    """The files inside a zip and the sheets of a workbook, or the file itself. What cannot be taken comes as its refusal.

    Names of members are shown, never used as paths; sizes are bounded while bytes are read, not by what the zip says.
    """
    if is_workbook(taken.path):
        yield from _sheets(taken, folder, settings)
        return
    with taken.path.open("rb") as stream:
        start = stream.read(4)
    if start[:4] != b"PK\x03\x04" and start[:4] != b"PK\x05\x06":
        yield taken
        return
    try:
        archive = zipfile.ZipFile(taken.path)
    except (zipfile.BadZipFile, OSError):
        yield Refused(f"{taken.name}: the zip file is damaged. Download it again.")
        return
    with archive:
        members = [member for member in archive.infolist() if not member.is_dir() and not _is_clutter(member.filename)]
        if any(member.filename == "[Content_Types].xml" for member in members):
            yield Refused(f"{taken.name}: it is an Office file, but no workbook. Choose CSV where you export it.")
            return
        if not members:
            yield Refused(f"{taken.name}: the zip file holds no file. Download it again.")
            return
        if len(members) > ZIP_MEMBERS:
            yield Refused(
                f"{taken.name}: the zip file holds {len(members):,} files; {ZIP_MEMBERS} is the most. Unpack it and choose what you need."
            )
            return
        left = settings.file_megabytes * MEGABYTE
        for member in members:
            result = _member(archive, member, taken, folder, settings, left)
            if isinstance(result, Refused):
                yield result
                continue
            left -= result.size
            yield from _sheets(result, folder, settings) if is_workbook(result.path) else (result,)


def _sheets(taken: Taken, folder: Path, settings: Settings) -> Iterator[Taken | Refused]:
    """The sheets of a workbook that hold anything; the only one of a workbook goes by the workbook's name."""
    try:
        found = list(sheets(taken.path, taken.name, folder, settings))
    except Refused as refusal:
        yield refusal
        return
    if not found:
        yield Refused(f"{taken.name}: the workbook is empty. Export it again.")
    for sheet, place in found:
        several = len(found) > 1
        name = one_line(f"{taken.name} \u203a {sheet}", LONGEST_NAME) if several else taken.name
        yield replace(taken, name=name, path=place, plain=True, whole=taken.path, part=sheet if several else None)


def recognise(taken: Taken, settings: Settings, mapped: tuple[Format, ...] = ()) -> tuple[Recognised, ...]:
    """Settles what a file is: its tables, nearly always one. Raises :class:`Refused` when no format, or more than one, fits.

    ``mapped`` are the formats that people made by matching columns; they are asked only of files that are of no other.
    """
    try:
        return _settled(taken, _encoding(taken), settings, mapped)
    except UnicodeDecodeError:
        return in_windows_1252(taken, settings, mapped)


def in_windows_1252(taken: Taken, settings: Settings, mapped: tuple[Format, ...] = ()) -> tuple[Recognised, ...]:
    """A file that turned out not to be UTF-8, settled as Windows-1252 text. Raises as :func:`recognise` does.

    With a mark of UTF-8 at its start it is UTF-8 all the same, with bytes that are damaged.
    """
    with taken.path.open("rb") as stream:
        marked = stream.read(3) == codecs.BOM_UTF8
    return _settled(taken, MENDED if marked else "cp1252", settings, mapped)


def first_records(taken: Taken) -> list[Record]:
    """The first records of a file that is of no format, under the delimiter that makes the most columns of them."""
    encoding = _encoding(taken)
    head = _head(taken.path, encoding).removeprefix("\ufeff")
    if _is_line_quoted(head):
        head = "\n".join(_as_line(_whole_line(record.cells)[0]) for record in _records(head, ","))
    tried = [list(_records(head, delimiter)) for delimiter in DELIMITERS]
    return max(tried, key=lambda records: sum(len(record.cells) > 1 for record in records) and sum(len(record.cells) for record in records))


def _as_line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def _settled(taken: Taken, encoding: str, settings: Settings, mapped: tuple[Format, ...]) -> tuple[Recognised, ...]:
    notes: tuple[str, ...] = ()
    if encoding == "cp1252":
        notes = ("Read as Windows-1252 text, since it is not UTF-8.",)
    elif encoding == MENDED:
        notes = ("Some bytes are damaged: they are no UTF-8. They are read as \ufffd.",)
    head = _head(taken.path, encoding)
    if not head.strip("\ufeff \r\n\t,;\""):
        raise Refused(f"{taken.name}: the file is empty. Export it again.")
    if re.match(r"\ufeff?(\s|<!--.*?-->|<\?xml.*?\?>)*<(!doctype html|html)", head, re.IGNORECASE | re.DOTALL):
        raise Refused(f"{taken.name}: it is a web page, often a log-in page saved by mistake. Sign in and export again.")
    if _is_line_quoted(head):
        taken, encoding, notes = _unquoted(taken, encoding), STRICT, (*notes, "Every line was quoted as a whole; read without.")
        head = _head(taken.path, encoding)
    tried: list[tuple[str, ...]] = []
    declined: Declined | None = None
    for formats, delimiter in itertools.product((all_formats(), mapped) if mapped else (all_formats(),), DELIMITERS):
        if declined and formats is mapped:
            break
        records = list(_records(head, delimiter))
        tried += [record.cells for record in records if formats is not mapped]
        if any(len(record.cells) > settings.largest_columns for record in records):
            most = max(len(record.cells) for record in records)
            raise Refused(f"{taken.name}: it has {most:,} columns; {settings.largest_columns:,} is the most. Export fewer metrics.")
        found = _candidates(records, formats)
        if not found:
            continue
        if len(found) > 1:
            several = " or ".join(known.label for known in found)
            raise Refused(f"{taken.name}: it could be {several}. Export it again with all columns.")
        (known, heading), *_ = found.items()
        _refuse_personal(taken.name, known, records, heading)
        if known.declined:
            raise Declined(f"{taken.name}: {known.label}. {known.declined}")
        if known.dated_by_name:
            taken = _dated_by_name(taken)
        if known.layouts:
            try:
                return _laid_out(taken, known, encoding, delimiter, notes)
            except Declined as refusal:
                # The tables may come whole under another delimiter: a comma in a page's name makes a heading of its row.
                declined = declined or refusal
                continue
        text, heading_line, before = _as_utf8(taken, encoding, heading.line)
        headings = heading.cells
        return (
            Recognised(
                taken,
                known,
                text,
                heading_line,
                before,
                encoding,
                delimiter,
                headings,
                known.match(headings),
                notes,
                known.says(headings),
                taken.part,
            ),
        )
    if declined:
        raise declined
    _refuse(taken.name, tried)


def _candidates(records: Sequence[Record], formats: tuple[Format, ...]) -> dict[Format, Record]:
    """The formats that the first records of a file could be of, each with its heading row; only the most demanding of like ones."""
    found: dict[Format, Record] = {}
    for known in formats:
        if known.layouts and any(True for _ in known.layouts(records)):
            found[known] = records[0]
    headings = known_headings() if formats is all_formats() else _headings_of(formats)
    for record in records:
        if headings.isdisjoint(map(normalised, record.cells)):
            continue
        fitting = [known for known in formats if _fits(known, record.cells)]
        if fitting:
            # The first heading row is the heading: a row of data may be made of words that are headings elsewhere.
            found.update(dict.fromkeys(fitting, record))
            break
    needs = {known: {one.signature for one in known.fields if one.required} for known in found}
    return {known: record for known, record in found.items() if not any(needs[known] < needs[other] for other in found)}


def _fits(known: Format, headings: tuple[str, ...]) -> bool:
    plain = not known.layouts and not known.shuts_out(headings)
    return plain and not known.lacking(known.match(headings)) and _has_measures(known, headings)


def _laid_out(taken: Taken, known: Format, encoding: str, delimiter: str, notes: tuple[str, ...]) -> tuple[Recognised, ...]:
    """Every table of a file whose format finds its tables itself."""
    assert known.layouts
    with taken.path.open("r", encoding=encoding, errors=_errors(encoding), newline=None) as stream:
        lines = stream.read().replace("\x00", "").split("\n")
    records = list(_records("\n".join(lines), delimiter, None))
    found = list(known.layouts(records))
    wanted = [layout for layout in found if not layout.declined]
    if not wanted:
        why = found[0].declined if found else "Its tables cannot be made out. Export it again."
        raise Declined(f"{taken.name}: {known.label}. {why}")
    unread = [one_line(layout.part or layout.headings[0]) for layout in found if layout.declined]
    aside = (f"Also in the file and not read: {', '.join(dict.fromkeys(unread))}.",) if unread else ()
    return tuple(
        _table(taken, known, layout, lines, number, (encoding, delimiter, (*notes, *layout.notes, *(() if number else aside))))
        for number, layout in enumerate(wanted)
    )


def _dated_by_name(taken: Taken) -> Taken:
    """The file, dated by the milliseconds since 1970 that its platform puts at the end of its name, if they are still there."""
    found = _MILLISECONDS.findall(taken.name)
    when = datetime.fromtimestamp(int(found[-1]) / 1000, UTC).replace(tzinfo=None) if found else None
    if when is None or when > datetime.now(UTC).replace(tzinfo=None):
        return taken
    return replace(taken, stated=when, stated_basis="file name")


def _table(
    taken: Taken, known: Format, layout: Layout, lines: list[str], number: int, reading: tuple[str, str, tuple[str, ...]]
) -> Recognised:
    """One table of a file as a text of its own, under headings that take one line."""
    encoding, delimiter, notes = reading
    place = taken.path.with_name(f"{taken.path.name}-table{number}")
    own = lines[layout.first - 1 : layout.end - 1 if layout.end else None]
    place.write_text("\n".join([delimiter.join(f"c{column}" for column in range(len(layout.headings))), *own]), encoding="utf-8")
    part = layout.part if taken.part is None else taken.part if layout.part is None else f"{taken.part} \u203a {layout.part}"
    name = one_line(f"{taken.name} \u203a {layout.part}", LONGEST_NAME) if layout.part else taken.name
    places = known.match(layout.headings)
    if layout.unread:
        notes = (*notes, f"Also in the file and not read: {', '.join(map(one_line, layout.unread))}.")
    said = {key: layout.said.get(key, told) for key, told in known.says(layout.headings).items()}
    file, before = replace(taken, name=name), layout.first - 2
    return Recognised(file, known, place, 1, before, encoding, delimiter, layout.headings, places, notes, said, part, layout.open_ended)


class Unknown(Refused):
    """A file that is refused only because its columns are those of no format: a person may match them."""


class Declined(Refused):
    """A file that is known by name and not read, with the reason."""


class Personal(Refused):
    """A file with columns of persons, which is refused whole. Says the headings and never a value."""


def _refuse_personal(name: str, known: Format, records: Sequence[Record], heading: Record) -> None:
    """Refuses a file of a format that must not hold data of persons, if a heading is of such.

    Other rows count as headings only where two of their cells are: a table may stand above or below the one that is read.
    """
    if not known.personal:
        return
    named = known.names_people(heading.cells)
    for record in records:
        if not named and len(also := known.names_people(record.cells)) > 1:
            named = also
    if named:
        raise _personal(name, named)


def _personal(name: str, headings: Sequence[str]) -> Personal:
    listed = ", ".join(dict.fromkeys(one_line(heading) for heading in headings))
    return Personal(
        f"{name}: it holds data of persons in {'the columns' if len(headings) > 1 else 'the column'} {listed}. Nothing of it was kept. "
        "Remove what is of a person, keep counts only, and choose it again."
    )


def one_line(text: str, longest: int = 60) -> str:
    """Text from a file as it may stand in a message: one line, no control characters, cut to a length."""
    words = "".join(letter if letter.isprintable() else " " for letter in text.encode("utf-8", "replace").decode("utf-8"))
    words = " ".join(words.split())
    return words if len(words) <= longest else words[: longest - 1] + "\u2026"


def _piece(stream: BinaryIO, name: str) -> bytes:
    try:
        return stream.read(PIECE)
    except OSError as error:
        raise Refused(f"{name}: it cannot be read to its end ({error.strerror or 'unknown reason'}). Copy it to another place.") from None


def _opened(source: Path | BinaryIO, name: str) -> BinaryIO:
    if not isinstance(source, Path):
        return source
    try:
        kind = source.stat().st_mode
        if stat.S_ISDIR(kind):
            raise Refused(f"{name}: it is a folder. Give the files in it.")
        # A pipe or a device would be waited for without end.
        if not stat.S_ISREG(kind):
            raise Refused(f"{name}: it is not an ordinary file. Give a CSV or zip file.")
        return source.open("rb")
    except FileNotFoundError:
        raise Refused(f"{name}: there is no such file. Check the name.") from None
    except OSError as error:
        raise Refused(f"{name}: it cannot be opened ({error.strerror or 'unknown reason'}). Check that you may read it.") from None


def _is_clutter(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1].startswith(".")


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, taken: Taken, folder: Path, settings: Settings, left: int
) -> Taken | Refused:
    name = one_line(f"{taken.name} \u203a {member.filename}", LONGEST_NAME)
    if member.flag_bits & 1:
        return Refused(f"{name}: it is locked with a password. Unpack it and choose the file itself.")
    if member.file_size > left or member.file_size > ZIP_RATIO * max(member.compress_size, 10_000):
        return Refused(f"{name}: it unpacks to far more than an export holds. Unpack it yourself and look at it first.")
    try:
        # A zip writer that knows no time writes 1980.
        when = datetime(*member.date_time, tzinfo=UTC).replace(tzinfo=None) if member.date_time[0] > 1980 else None
    except ValueError:
        when = None
    try:
        with archive.open(member) as stream:
            return take(io.BufferedReader(_Bounded(stream, left)), name, folder, settings, (when, "zip entry") if when else None)
    except Refused as refusal:
        return refusal
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, OSError, EOFError, RuntimeError, ValueError):
        return Refused(f"{name}: this part of the zip file is damaged. Download it again.")


class _Bounded(io.RawIOBase):
    """A stream that ends with an error past ``limit`` bytes, whatever the zip's directory promised."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self._stream, self._left = stream, limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._stream.read(len(buffer))
        self._left -= len(piece)
        if self._left < 0:
            raise ValueError("larger than announced")
        buffer[: len(piece)] = piece
        return len(piece)


def _encoding(taken: Taken) -> str:
    """The encoding of the bytes by their mark, else UTF-8, Windows-1252 where its start is not."""
    with taken.path.open("rb") as stream:
        start = stream.read(4096)
        for mark, says in _DISGUISES:
            if start.startswith(mark):
                raise Refused(f"{taken.name}: it {says}")
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        marked = start.startswith(codecs.BOM_UTF8)
        start = start.removeprefix(codecs.BOM_UTF8)
        nulls_even, nulls_odd = start[::2].count(0), start[1::2].count(0)
        if max(nulls_even, nulls_odd) > len(start) // 5:
            return "utf-16-le" if nulls_odd > nulls_even else "utf-16-be"
        if start.count(0) > len(start) // 20:
            raise Refused(f"{taken.name}: it is not a text file. Choose CSV where you export it.")
        if not _is_utf8(start + stream.read(HEAD_CHARACTERS)):
            return MENDED if marked else "cp1252"
    return STRICT


def as_text(raw: bytes) -> str | None:
    """The text of a whole small file, in whatever encoding it is, its line ends as they stand; None where it is no text.

    UTF-8 and UTF-16 with or without a mark, else Windows-1252.
    """
    if any(raw.startswith(mark) for mark, _ in _DISGUISES):
        return None
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", "replace")
    start = raw[:4096]
    nulls_even, nulls_odd = start[::2].count(0), start[1::2].count(0)
    if max(nulls_even, nulls_odd) > len(start) // 5 and min(nulls_even, nulls_odd) <= len(start) // 20:
        return raw.decode("utf-16-le" if nulls_odd > nulls_even else "utf-16-be", "replace")
    if start.count(0):
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _errors(encoding: str) -> str:
    """What becomes of bytes that the encoding has not: strict reading finds out that a file is no UTF-8."""
    return "strict" if encoding == STRICT else "replace"


def _is_utf8(start: bytes) -> bool:
    """Whether the start of a file is UTF-8; what is behind it shows when it is read, at no cost of its own."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return False
    return True


def _head(path: Path, encoding: str) -> str:
    with path.open("r", encoding=encoding, errors="replace", newline="") as stream:
        return stream.read(HEAD_CHARACTERS).replace("\x00", "")


def _records(head: str, delimiter: str, most_lines: int | None = HEAD_RECORDS) -> Iterator[Record]:
    """The first records, or all, with the line, from 1, that each starts on. Blank records and ``sep=`` lines are none."""
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    line = 1
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            return
        # Blank as in reading, so that a layout counts the records that are read.
        if any(cell.strip(" \t\n") for cell in record) and not re.fullmatch(r"sep=.?", delimiter.join(record).strip(), re.IGNORECASE):
            yield Record(line, tuple(record))
        line = reader.line_num + 1
        if most_lines is not None and line > most_lines:
            return


def _is_line_quoted(head: str) -> bool:
    """Whether lines are each one quoted cell that holds a whole record, as some programs save what they did not understand.

    The heading may have been spared.
    """
    records = [_whole_line(record.cells) for record in itertools.islice(_records(head, ","), 3)]
    if len(records) < 2 or not all(inner for inner, quoted in records[1:] if quoted) or not all(quoted for _, quoted in records[1:]):
        return False
    width = len(records[0][0])
    return width > 2 and all(len(inner) == width for inner, _ in records)


def _whole_line(cells: Sequence[str]) -> tuple[list[str], bool]:
    """The record in a line, and whether the line was one quoted cell, perhaps with empty ones of another delimiter behind it."""
    inner = list(csv.reader(io.StringIO(cells[0].rstrip("; \t")))) if len(cells) == 1 else []
    # Several records in one cell are what an unclosed quotation mark has swallowed.
    return (inner[0], True) if len(inner) == 1 else (list(cells), False)


def _unquoted(taken: Taken, encoding: str) -> Taken:
    """The file with one pair of quotation marks less around each line, as UTF-8."""
    place = taken.path.with_name(f"{taken.path.name}-unquoted")
    csv.field_size_limit(sys.maxsize)
    with (
        taken.path.open("r", encoding=encoding, errors=_errors(encoding), newline="") as source,
        place.open("w", encoding="utf-8", newline="") as copy,
    ):
        writer = csv.writer(copy, lineterminator="\n")
        for cells in csv.reader(line.replace("\x00", "") for line in source):
            writer.writerow(_whole_line(cells)[0])
    return replace(taken, path=place, plain=True, whole=taken.bytes_at)


@cache
def known_headings() -> frozenset[str]:
    """Every heading of a format: a record with none of them, such as a post, need not be held against each."""
    return _headings_of(all_formats())


def _headings_of(formats: tuple[Format, ...]) -> frozenset[str]:
    return frozenset(name for known in formats for one in known.fields for name in one.signature)


def _has_measures(known: Format, headings: tuple[str, ...]) -> bool:
    return not known.wide or any(measures_among(known, headings))


def measures_among(known: Format, headings: tuple[str, ...]) -> dict[int, str]:
    """For a wide format, the columns, from 0, whose heading names a measure, with the measure's key."""
    from .definitions import measure_named

    own = {name for one in known.fields for name in one.signature}
    named = ((place, measure_named(heading)) for place, heading in enumerate(headings) if normalised(heading) not in own)
    return {place: measure.key for place, measure in named if measure}


def _refuse(name: str, rows: list[tuple[str, ...]]) -> NoReturn:
    """Refuses a file that is of no format, with the nearest ones and what each of them lacks."""
    for headings, known in itertools.product(rows, (one for one in all_formats() if one.personal)):
        if len(named := known.names_people(headings)) > 1:
            raise _personal(name, named)
    best: dict[str, tuple[int, Format, tuple[str, ...]]] = {}
    # Nearly all rows are data, and like nothing.
    rows = [headings for headings in rows if not known_headings().isdisjoint(map(normalised, headings))]
    for headings, known in itertools.product(rows, (one for one in all_formats() if not one.declined)):
        found = known.match(headings)
        lacking = known.lacking(found)
        # A format that finds its tables itself and has all its columns here was turned down for more than columns.
        if found and len(found) > best.get(known.key, (0,))[0] and not (known.layouts and not lacking):
            best[known.key] = (len(found), known, lacking)
    ranked = sorted(best.values(), key=lambda entry: (len(entry[2]) - entry[0], len(entry[2])))
    # A column or two, such as Date and Likes, stand in every export and make no likeness.
    near = [entry for entry in ranked if entry[0] > 1 and entry[0] > 2 * len(entry[2])][:3]
    if not near:
        # One heading in common, such as Date, is no likeness at all.
        like = [entry for entry in ranked if entry[0] > 1 and entry[2]] or [entry for entry in ranked if entry[2]]
        nearest = f" The nearest, {like[0][1].label}, also needs {', '.join(like[0][2])}." if like else ""
        seen = "its columns are not those of an export that Reach reads"
        raise Unknown(f"{name}: {seen}.{nearest} See the list of exports on the Upload page, or match its columns there.")
    lacks = "; ".join(f"{known.label}, which also needs {', '.join(missing) or 'a column for a measure'}" for _, known, missing in near)
    raise Unknown(f"{name}: not recognised. Nearest: {lacks}. Export it again with these columns.")


def _as_utf8(taken: Taken, encoding: str, line: int) -> tuple[Path, int, int]:
    """The text as UTF-8 with plain line ends, the line of its heading row, and how many lines before that it no longer has.

    These are the bytes themselves when they are so already, else a private copy from the heading row on.
    """
    if encoding == STRICT and line == 1 and taken.plain:
        return taken.path, 1, 0
    place = taken.path.with_suffix(".txt")
    with (
        taken.path.open("r", encoding=encoding, errors=_errors(encoding), newline=None) as source,
        place.open("w", encoding="utf-8", newline="\n") as copy,
    ):
        for _ in range(line - 1):
            source.readline()
        while piece := source.read(PIECE):
            copy.write(piece.replace("\x00", ""))
    return place, 1, line - 1
