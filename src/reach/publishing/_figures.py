"""Figures as the gate takes them: the cell of a table that each is, and its count."""

from __future__ import annotations

from typing import Any

from .. import adding_up, comparing, wording
from ..adding_up import Rules
from ..comparing import Row
from ..definitions import MEASURE, network_label
from ..disclosure import PUBLISHED, RECORDED, Cell, Key
from ..linting import Fact

LONGEST_SOURCE = 80


def key_of(row: Row) -> Key:
    """What a figure is a figure of, in words, whoever says it: under this it is one cell of a table."""
    parts = (
        MEASURE[row["measure"]].label,
        row["operation"],
        f"campaign {row['campaign']}" if row["campaign"] else None,
        row["area"],
        comparing.when(row),
        network_label(row["network"]) if row["network"] else None,
        row["paid"],
        adding_up.statement(row),
    )
    return tuple(str(part) for part in parts if part)


def is_public(row: Row) -> bool:
    return bool((row["published_wording"] or "").strip())


def ends(row: Row) -> tuple[Any, Any]:
    return row["value_low"], row["value_high"]


def kinds_of(row: Row, rules: Rules) -> tuple[str, ...]:
    """What the figure counts, as far as thresholds go."""
    return adding_up.kinds(row["measure"], row["area"], rules.force, rules.around)


def count_of(row: Row) -> tuple[int | None, int | None] | None:
    """The ends of a figure that is a count; None for money, weights and what is no whole number."""
    if MEASURE[row["measure"]].unit in ("GBP", "EUR", "kg"):
        return None
    said = [*map(wording.decimal, ends(row))]
    if all(end is None for end in said) or any(end is not None and (end < 0 or end != int(end)) for end in said):
        return None
    low, high = (None if end is None else int(end) for end in said)
    return low, high


def cell_of(row: Row, rules: Rules) -> Cell | None:
    """The cell of a figure; None for what is no count."""
    count = count_of(row)
    if count is None:
        return None
    state, where = (PUBLISHED, f"published by {row['source'][:LONGEST_SOURCE]}") if is_public(row) else (RECORDED, "")
    return Cell(*count, row["qualifier"] or "exact", state, kinds_of(row, rules), where)


def fact_of(row: Row) -> Fact:
    """A figure as the wording checker takes it."""
    measure = MEASURE[row["measure"]]
    return Fact(
        row["value_low"],
        row["value_high"],
        row["qualifier"] or "exact",
        row["measure"],
        row["published_wording"] or comparing.words_of(row),
        row["start_date"],
        row["end_date"],
        row["area"] or "",
        row["unit"] or "",
        measure.kind == "reach",
    )
