"""Campaigns as CSV: the file that ships, with more columns, read and written. A column that a file has not stays as it was."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from . import campaigns
from .errors import Refused, Usage
from .sheets import as_csv
from .store import Store

OPERATIONS = "operations"
HEADINGS = (*campaigns.STATED, OPERATIONS)
MOST_ROWS = 10_000
_DATES = {"start_date", "end_date"}


def bring(store: Store, data: bytes, name: str, by: str | None = None, keep: bool = True) -> list[str]:
    """Records the campaigns of a CSV file, all or none; ``keep`` False only says what it would do. Returns a line for each.

    An empty cell means not known; a column that is not there leaves what is recorded. ``operations`` are parted by ``;``, each an
    operation's name, and its area behind ``|`` where several areas have one of that name. Raises :class:`Refused` with the line.
    """
    rows = _read(store, data, name)
    try:
        return campaigns.record_all(store, [(said, operations) for _, said, operations in rows], by, keep)
    except Usage as error:
        raise Refused(f"{name}: {error} Nothing was recorded.") from None


def as_file(store: Store) -> str:
    """Every campaign as CSV, in the form that :func:`bring` takes."""
    rows = []
    for row in store.rows("pages/campaigns"):
        linked = [
            f"{one['operation']} | {one['area']}"
            for one in store.rows("pages/campaign_operations", campaign=row["campaign"])
            if one["linked"]
        ]
        rows.append([*(row[name] for name in campaigns.STATED), "; ".join(linked) or None])
    return as_csv(HEADINGS, rows)


def _read(store: Store, data: bytes, name: str) -> list[tuple[int, dict[str, Any], list[tuple[str, str]] | None]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    reader = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""))
    try:
        headings = [heading.strip().lower().replace(" ", "_") for heading in next(reader, [])]
        _check(headings, name)
        known = store.rows("pages/operations")
        rows: list[tuple[int, dict[str, Any], list[tuple[str, str]] | None]] = []
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            where = f"{name}, line {reader.line_num}"
            if len(cells) != len(headings):
                raise Refused(f"{where}: it has {len(cells)} cells and not {len(headings)}. Correct it; nothing was recorded.")
            if len(rows) == MOST_ROWS:
                raise Refused(f"{name}: it has more than {MOST_ROWS:,} campaigns. Split it; nothing was recorded.")
            said = dict(zip(headings, cells, strict=True))
            operations = said.pop(OPERATIONS, None)
            linked = None if operations is None else [_operation(one, known, where) for one in operations.split(";") if one.strip()]
            rows.append((reader.line_num, {column: _cell(column, cell, where) for column, cell in said.items()}, linked))
    except csv.Error as error:
        raise Refused(f"{name}, line {reader.line_num}: it is no CSV ({error}). Save it as CSV; nothing was recorded.") from None
    if not rows:
        raise Refused(f"{name}: it holds no campaign under its headings. Nothing was recorded.")
    return rows


def _check(headings: list[str], name: str) -> None:
    stray = [heading for heading in headings if heading not in HEADINGS]
    twice = sorted({heading for heading in headings if headings.count(heading) > 1})
    if "campaign" not in headings:
        raise Refused(f"{name}: it has no column 'campaign', which holds the names. Add it; nothing was recorded.")
    if stray or twice:
        said = f"column '{stray[0][:60]}' is not known" if stray else f"column '{twice[0]}' is there twice"
        raise Refused(f"{name}: {said}. Columns may be: {', '.join(HEADINGS)}. Nothing was recorded.")


def _cell(column: str, cell: str, where: str) -> object:
    # A leading apostrophe is what Reach's own CSV puts before text that a spreadsheet might run.
    words = re.sub(r"^'(?=[\s\u00a0'\"]*[=+\-@\uff1d\uff0b\uff0d\uff20])", "", cell.strip())
    if not words:
        return None
    if column in _DATES:
        return _day(words, column, where)
    if column == "budget":
        try:
            amount = Decimal(words.replace(",", "").lstrip("£").strip())
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite():
            raise Refused(f"{where}, budget: '{words[:60]}' is no amount such as 1250.50. Correct it; nothing was recorded.")
        return amount
    return words.lower() if column == "status" else words


def _day(words: str, column: str, where: str) -> date:
    """A day as 2023-02-27 or 27/02/2023."""
    parts = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})/(\d{1,2})/(\d{4})", words)
    try:
        if parts:
            year, month, day = parts.group(1, 2, 3) if parts[1] else parts.group(6, 5, 4)
            return date(int(year), int(month), int(day))
    except ValueError:
        pass
    raise Refused(f"{where}, {column}: '{words[:60]}' is no day such as 2023-02-27 or 27/02/2023. Correct it; nothing was recorded.")


def _operation(words: str, known: Sequence[Mapping[str, Any]], where: str) -> tuple[str, str]:
    name, _, area = (part.strip() for part in words.partition("|"))
    found = [(row["operation"], row["area"]) for row in known if row["operation"] == name and area in ("", row["area"])]
    if len(found) != 1:
        said = "is recorded of several areas: put '| area' behind it" if found else "is no operation that is recorded"
        raise Refused(f"{where}, operations: '{name[:80]}' {said}. Correct it; nothing was recorded.")
    return found[0]
