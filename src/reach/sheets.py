"""CSV that leaves Reach: whatever a spreadsheet might run as a formula is made text first."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

# What spreadsheets take for the start of a formula or a command, full-width forms included (OWASP, CSV injection).
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def harmless(value: Any) -> Any:
    """A cell that no spreadsheet runs: text that begins like a formula, after blanks or quotes too, gets an apostrophe."""
    if not isinstance(value, str):
        return value
    return f"'{value}" if value.startswith(_STARTS) or value.lstrip(" \u00a0'\"").startswith(_STARTS) else value


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Rows as CSV text with a heading row; missing values are blank cells."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([harmless(heading) for heading in headings])
    writer.writerows([["" if value is None else harmless(value) for value in row] for row in rows])
    return text.getvalue()
