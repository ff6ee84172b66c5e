"""What is stored of a file that names staff: a copy in which the columns with names are blank, and which reads as the file does.

A text keeps its delimiter and its records. A workbook, of which one sheet may name people while another is imported, becomes a zip
of its sheets as CSV in which every sheet is blanked, whichever of them is imported first.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, islice
from pathlib import Path

from .formats import all_formats, normalised
from .recognise import HEAD_RECORDS, Recognised, known_headings
from .settings import Settings
from .workbooks import is_workbook, sheets, zip_sheets

WITHHELD = "withheld"
# A title or a remark above the headings fills a cell, or two: its name and what it says.
LONGEST_REMARK = 2
ABOUT = "The sheets of the workbook that was imported. The columns with names of staff were blanked before it was stored.\n"


def kept_original(recognised: Recognised, settings: Settings) -> Path:
    """Where the bytes are that may be stored of a file: its own, or a copy without the names of staff.

    Raises :class:`Refused` for a workbook that cannot be read again.
    """
    taken = recognised.taken
    if is_workbook(taken.bytes_at):
        return _workbook_without_names(taken.bytes_at, taken.name, settings)
    if recognised.format.original != "redacted":
        return taken.bytes_at
    place = taken.bytes_at.with_name(f"{taken.bytes_at.name}-without-names")
    strictly = "strict" if recognised.encoding == "utf-8-sig" else "replace"
    with taken.path.open("r", encoding=recognised.encoding, errors=strictly, newline=None) as source:
        _copy(source, place, recognised.delimiter, recognised.format.not_kept)
    return place


def places_not_kept(recognised: Recognised) -> frozenset[int]:
    """The columns of a recognised table, from 0, whose cells may not be stored."""
    return frozenset(place for name in recognised.format.redacted for place in recognised.places.get(name, ()))


def without_names(cells: Sequence[str], places: frozenset[int], width: int) -> list[str]:
    """A record under a heading of ``width`` cells, with those of ``places`` blank.

    Where a record has more cells, a name may stand that much further right. Where it has fewer, or cells too many that are filled,
    nobody can tell which is the name, so that every filled cell is withheld; the record cannot be read in any case. No record
    becomes a blank one, which would not be counted.
    """
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        return [WITHHELD if cell.strip() else cell for cell in cells]
    more = len(cells) - width
    left = ["" if any(place <= number <= place + more for place in places) else cell for number, cell in enumerate(cells)]
    if not any(cell.strip() for cell in left):
        return [WITHHELD if cell.strip() else cell for cell in cells]
    return left


@cache
def _names_of_all() -> frozenset[str]:
    """The headings over columns that some format does not keep. A sheet of a workbook may be of any."""
    return frozenset[str]().union(*(known.not_kept for known in all_formats()))


def _workbook_without_names(whole: Path, name: str, settings: Settings) -> Path:
    """The workbook itself if no sheet of it has such a column, else a zip of its sheets."""
    # The texts of its sheets lie beside it since it was taken apart; to take it apart again is dear.
    texts = (path for path in whole.parent.iterdir() if re.fullmatch(rf"{re.escape(whole.name)}-sheet[0-9]+", path.name))
    if not any(_has_names(path) for path in texts):
        return whole
    folder = whole.with_name(f"{whole.name}-without-names")
    folder.mkdir(exist_ok=True)
    place = folder / "sheets.zip"
    zip_sheets(place, ABOUT, _blanked_sheets(whole, name, folder, settings))
    return place


def _blanked_sheets(whole: Path, name: str, folder: Path, settings: Settings) -> Iterator[tuple[str, Path]]:
    for sheet, text in sheets(whole, name, folder, settings):
        place = text.with_name(f"{text.name}-blanked")
        with text.open("r", encoding="utf-8", newline="") as source:
            _copy(source, place, ",", _names_of_all())
        yield sheet, place


def _has_names(text: Path) -> bool:
    with text.open("r", encoding="utf-8", newline="") as source:
        return any(_places(cells, _names_of_all()) for cells in islice(_records(source, ","), HEAD_RECORDS))


def _copy(source: Iterable[str], place: Path, delimiter: str, names: frozenset[str]) -> None:
    """Copies a text record by record, with the columns under the headings ``names`` blank."""
    records = _records(source, delimiter)
    head = list(islice(records, HEAD_RECORDS))
    headings = {number: found for number, cells in enumerate(head) if (found := _places(cells, names))}
    places = frozenset[int]().union(*headings.values())
    width = len(head[max(headings)]) if headings else 0
    with place.open("w", encoding="utf-8", newline="") as copy:
        writer = csv.writer(copy, delimiter=delimiter, lineterminator="\n")
        for number, cells in enumerate(chain(head, records)):
            above = number < min(headings, default=0) and _is_remark(cells, width)
            as_it_is = not headings or number in headings or above
            writer.writerow(cells if as_it_is else without_names(cells, places, width))


def _is_remark(cells: Sequence[str], width: int) -> bool:
    """Whether a record above the headings is a title or a remark and no row that got there by mistake."""
    return len(cells) < width and sum(bool(cell.strip()) for cell in cells) <= LONGEST_REMARK


def _records(source: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(sys.maxsize)
    return csv.reader((line.replace("\x00", "") for line in source), delimiter=delimiter)


def _places(cells: Sequence[str], names: frozenset[str]) -> frozenset[int]:
    """Where a heading row has the columns to blank. A heading row has another heading too, which a post that says the same has not."""
    headings = [normalised(cell) for cell in cells]
    found = frozenset(place for place, heading in enumerate(headings) if heading in names)
    others = any(heading in known_headings() for place, heading in enumerate(headings) if place not in found)
    return found if others else frozenset()
