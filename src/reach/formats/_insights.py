"""What exports of the old Facebook Page Insights (until November 2023) have in common: names, definitions under them, then the data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from . import Field, Layout, Record, normalised

GETTING_IT = "The old Facebook Page Insights ended on 1 November 2023, so only files that were exported before are left."


def under_definitions(fields: Sequence[Field], key: str, needs: Sequence[str]) -> Callable[[Sequence[Record]], Iterator[Layout]]:
    """Finds the table whose column ``key`` is filled in every row but that of definitions, and that has one of the fields ``needs``.

    Names that stand twice differ in what their definitions end with, such as (Unique Users) and (Total Count), which is put behind them.
    """
    known = {name for one in fields for name in one.signature}
    required = [one.signature for one in fields if one.required]
    measured = {name for one in fields if one.name in needs for name in one.signature}
    key_names = next(one.signature for one in fields if one.name == key)

    def layouts(records: Sequence[Record]) -> Iterator[Layout]:
        for number, record in enumerate(records):
            names = [normalised(cell) for cell in record.cells]
            if measured.isdisjoint(names) or any(signature.isdisjoint(names) for signature in required):
                continue
            place = next(place for place, name in enumerate(names) if name in key_names)
            rest = records[number + 1 :]
            if not rest:
                yield Layout(record.cells, record.line + 1)
            elif place < len(rest[0].cells) and rest[0].cells[place].strip():
                yield Layout(record.cells, rest[0].line)
            else:
                first = rest[1].line if len(rest) > 1 else rest[0].line + 1
                yield Layout(tuple(_told_apart(record.cells, rest[0].cells, known)), first)
            return

    return layouts


def _told_apart(names: Sequence[str], definitions: Sequence[str], known: set[str]) -> Iterator[str]:
    for place, name in enumerate(names):
        unit = re.search(r"\(([^()]+)\)\s*$", definitions[place]) if place < len(definitions) else None
        yield name if normalised(name) in known or not unit else f"{name} ({unit[1]})"
