"""What commands are made with: how one is added to the parser, and how words, one JSON document or a table are printed."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TextIO, TypeAlias

from ..recognise import one_line

# Adds a command by its name, what runs it, its words and the parsers whose arguments it shares; gives its own parser.
Adds: TypeAlias = Callable[..., argparse.ArgumentParser]
WIDEST_CELL = 72
# A sentence on a line of its own.
WIDEST_CHANGE = 400


def say(words: str, stream: TextIO | None = None) -> None:
    """Prints to stdout, or to the stream given. A reader that has gone, as in `reach uploads | head`, or a full disk stops no work."""
    out = stream or sys.stdout
    if out is None:  # closed by whoever started us
        return
    try:
        print(words, file=out, flush=True)
    except OSError:
        with suppress(OSError, ValueError):  # Python must not complain of it at exit either
            os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


def print_json(document: Any) -> None:
    def plain(value: Any) -> Any:
        if isinstance(value, (datetime, date)):
            return value.isoformat()
        return (int(value) if value == int(value) else float(value)) if isinstance(value, Decimal) else str(value)

    say(json.dumps(document, default=plain, ensure_ascii=False, indent=1))


def print_table(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> None:
    cells = [[line(row[name]) for name in columns] for row in rows]
    widths = [max([len(name), *(len(row[place]) for row in cells)]) for place, name in enumerate(columns)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in [list(columns), *cells]]
    say("\n".join(lines))


def line(value: Any) -> str:
    return one_line(str("" if value is None else value), WIDEST_CELL)
