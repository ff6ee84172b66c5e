"""Workbooks to text: each sheet of an Excel file becomes a CSV file in the private folder, cells as a person sees them.

Three kinds of file are called Excel: xlsx (a zip of XML), xls (binary), and an XML that old exports named .xls. The first
two are read by calamine; the third by Python's own parser, since no kept library reads it. A fourth is our own: a zip of the
sheets as CSV, which is stored in place of a workbook that names people.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError, XMLPullParser

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from .errors import Refused
from .settings import MEGABYTE, Settings

OLE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
# The first member of a zip of sheets, which is told by its name at its place in the zip.
SHEETS_MEMBER = "About these sheets.txt"
_SHEETS_MEMBER_AT = 30
SPREADSHEET_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
LOOKED_AT = 4096
ZIP_RATIO = 200
LONGEST_SHEET = 200
# A spreadsheet keeps this many digits; a longer number was rounded when it was typed or opened.
KEPT_DIGITS = 10**15
_NAMESPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
# Control characters that XML does not allow, and that broken exports hold all the same.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def is_workbook(path: Path) -> bool:
    """Whether the file is a workbook of one of the three kinds, by its content."""
    with path.open("rb") as stream:
        start = stream.read(LOOKED_AT)
    if start.startswith(ZIP):
        return is_zip_of_sheets(start) or _is_xlsx(path)
    return start.startswith(OLE) or SPREADSHEET_XML in start


def is_zip_of_sheets(start: bytes) -> bool:
    """Whether a file that starts so is a zip of sheets made by :func:`zip_sheets`."""
    return start.startswith(ZIP) and start[_SHEETS_MEMBER_AT:].startswith(SHEETS_MEMBER.encode())


def zip_sheets(place: Path, about: str, found: Iterable[tuple[str, Path]]) -> None:
    """Writes sheets, each a name and a CSV file, to a zip that :func:`sheets` reads as it reads the workbook they are of.

    ``about`` tells a person who opens the zip what it is.
    """
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(SHEETS_MEMBER, about)
        for sheet, path in found:
            archive.write(path, f"{sheet}.csv")


def sheets(path: Path, name: str, folder: Path, settings: Settings) -> Iterator[tuple[str, Path]]:
    """The sheets that hold anything, in order: each one's name, and a CSV file of it in ``folder``.

    Raises :class:`Refused` for a workbook that is damaged, locked, or larger than the settings allow.
    """
    with path.open("rb") as stream:
        start = stream.read(LOOKED_AT)
    try:
        if is_zip_of_sheets(start):
            found = _zipped(path, name, settings)
        elif SPREADSHEET_XML in start and not start.startswith((ZIP, OLE)):
            found = _spreadsheet_xml(path)
        else:
            found = _calamine(path, name, settings)
        for number, (sheet, rows) in enumerate(found):
            place = folder / f"{path.name}-sheet{number}"
            if _written(place, rows, name, settings):
                yield sheet[:LONGEST_SHEET], place
    except PasswordError:
        raise Refused(f"{name}: the workbook is locked with a password. Save it without one.") from None
    except (CalamineError, ParseError, csv.Error, zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError):
        raise Refused(f"{name}: the workbook is damaged. Export it again, as CSV if you can choose.") from None


def _is_xlsx(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    return "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)


def _calamine(path: Path, name: str, settings: Settings) -> Iterator[tuple[str, Iterable[list[Any]]]]:
    if zipfile.is_zipfile(path):
        _check_size(path, name, settings)
    workbook = CalamineWorkbook.from_path(str(path))
    for sheet in workbook.sheet_names:
        yield sheet, workbook.get_sheet_by_name(sheet).iter_rows()


def _zipped(path: Path, name: str, settings: Settings) -> Iterator[tuple[str, Iterable[list[Any]]]]:
    _check_size(path, name, settings)
    csv.field_size_limit(sys.maxsize)
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist()[1:]:
            with archive.open(member) as stream:
                text = io.TextIOWrapper(stream, "utf-8", errors="replace", newline="")
                yield member.filename.removesuffix(".csv"), csv.reader(line.replace("\x00", "") for line in text)


def _check_size(path: Path, name: str, settings: Settings) -> None:
    """A zip may unpack to a thousand times its size, and calamine unpacks it in memory."""
    left = settings.file_megabytes * MEGABYTE
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            bound = min(left, ZIP_RATIO * max(member.compress_size, 10_000))
            with archive.open(member) as stream:
                while piece := stream.read(1 << 16):
                    bound, left = bound - len(piece), left - len(piece)
                    if bound < 0:
                        raise Refused(f"{name}: it unpacks to far more than an export holds. Look at it first.")


def _spreadsheet_xml(path: Path) -> Iterator[tuple[str, Iterable[list[Any]]]]:
    """The sheets of an XML spreadsheet of 2003. Bytes that are no UTF-8 become the replacement character."""
    parser: Any = XMLPullParser(("start", "end"))
    rows: list[list[str]] = []
    sheet = ""
    row: list[str] = []
    with path.open("r", encoding="utf-8-sig", errors="replace", newline="") as stream:
        while piece := stream.read(1 << 18):
            parser.feed(_FORBIDDEN.sub("", piece))
            for event, element in parser.read_events():
                tag = str(element.tag).removeprefix(_NAMESPACE)
                if event == "start" and tag == "Worksheet":
                    sheet, rows = element.get(f"{_NAMESPACE}Name", ""), []
                elif event == "start" and tag == "Row":
                    row = []
                elif event == "end" and tag == "Cell":
                    place = int(element.get(f"{_NAMESPACE}Index", len(row) + 1)) - 1
                    if place > 16_384:
                        raise ValueError("more columns than a sheet has")
                    row += [""] * (place - len(row))
                    row.append("".join(element.itertext()).strip("\r\n"))
                elif event == "end" and tag == "Row":
                    rows.append(row)
                    element.clear()
                elif event == "end" and tag == "Worksheet":
                    yield sheet, rows
                    element.clear()
    parser.close()


def _written(place: Path, rows: Iterable[list[Any]], name: str, settings: Settings) -> bool:
    """Writes rows as CSV; False if no cell holds anything."""
    filled, width = False, 0
    with place.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        for number, row in enumerate(rows):
            if number > settings.largest_rows:
                raise Refused(f"{name}: it has more than {settings.largest_rows:,} records. Export a shorter period.")
            cells = [_text(cell) for cell in row]
            filled = filled or any(cells)
            width = max(width, len(cells))
            writer.writerow(cells + [""] * (width - len(cells)))
    return filled


def _decimal(number: float) -> str:
    """As many digits as a spreadsheet keeps, which drops the noise of sums, and never in scientific form."""
    return f"{Decimal(f'{number:.15g}'):f}"


def _text(cell: Any) -> str:
    """A cell as text. A whole number of more digits than a spreadsheet keeps is written as one, so that it is seen to be rounded."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float | int):
        if abs(cell) >= KEPT_DIGITS:
            return f"{float(cell):.14E}"
        return str(int(cell)) if cell == int(cell) else _decimal(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d") if cell.time() == time() else cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        seconds = int(cell.total_seconds())
        return f"{seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}"
    return cell.replace("\r\n", "\n").replace("\r", "\n") if isinstance(cell, str) else str(cell)
