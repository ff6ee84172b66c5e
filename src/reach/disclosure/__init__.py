"""Numbers that are safe to publish: which counts of a table are hidden, and what a reader can still work out of those.

A small count can point to a person. Hiding it is not enough, since a total less the other parts gives it back, so further cells are
hidden until the audit passes: for each hidden cell it finds the lowest and the highest whole number that agree with everything shown.

What the reader is taken to know: the relations of the table, every cell that is shown, every figure published before, and that counts
are whole numbers of at least 0. Not that a hidden cell is a small one: cells hidden for being small and cells hidden to protect those
carry the same mark, and nothing printed tells them apart. A count below 5 that no relation narrows stays "1 to 4" to a reader who knows
the thresholds, which is what they are for.

Source of the method: domain.md section 6; Fischetti and Salazar, "Solving the cell suppression problem on tabular data with linear
constraints" (2001), with protection by the width of the interval wherever it lies.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .. import wording
from ._audit import Audit, audit
from ._cells import (
    ANY,
    CHILDREN,
    COUNTED,
    ENFORCEMENT,
    KINDS,
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    PUBLISHED,
    RECORDED,
    SAFEGUARDING,
    SENSITIVE,
    SUB_FORCE,
    Cell,
    Interval,
    Key,
    Limits,
    Relation,
    Release,
    Table,
    Thresholds,
    count,
    crossed,
    named,
    published,
    with_releases,
)
from ._hiding import ALL_ZERO, PROTECTS, SMALL, primary, secondary
from ._reader import Contradiction

__all__ = [
    "ALL_ZERO", "ANY", "CHILDREN", "CONFIDENTIAL", "COUNTED", "ENFORCEMENT", "INAPPLICABLE", "KINDS", "LEGEND", "LOW", "NOT_APPLICABLE",
    "NOT_AVAILABLE", "PROTECTS", "PUBLISHED", "RECORDED", "SAFEGUARDING", "SENSITIVE", "SMALL", "SUB_FORCE", "UNAVAILABLE", "Audit",
    "Cell", "Interval", "Key", "Limits", "Relation", "Release", "Safe", "Table", "Thresholds", "audit", "count", "crossed", "legend",
    "named", "printed", "published", "rounded", "suppress",
]

# Shorthand of government tables, and what the legend says of each.
CONFIDENTIAL, UNAVAILABLE, INAPPLICABLE, LOW = "[c]", "[x]", "[z]", "[low]"
LEGEND = {
    CONFIDENTIAL: "confidential: withheld so that nobody can be identified",
    UNAVAILABLE: "not available",
    INAPPLICABLE: "not applicable",
    LOW: "not zero, but rounds to zero",
}


@dataclass(frozen=True)
class Safe:
    """A table as it may be published if ``audit`` passes, and not before. ``hidden`` says why, for the working view alone."""

    table: Table
    hidden: Mapping[Key, str]
    audit: Audit

    def printed(self, key: Key) -> str:
        """The cell as it is printed: its number in words, or a shorthand."""
        return CONFIDENTIAL if key in self.hidden else printed(self.table.cells[key])

    def all_printed(self) -> dict[Key, str]:
        return {key: self.printed(key) for key in self.table.cells}

    def release(self, day: date) -> Release:
        """What a reader has of the table from ``day`` on, to be kept and given to what is published later."""
        cells = {
            key: replace(cell, low=None, high=None, qualifier="exact", state=NOT_AVAILABLE) if key in self.hidden else cell
            for key, cell in self.table.cells.items()
        }
        return Release(day, Table(cells, self.table.relations))


def suppress(table: Table, thresholds: Thresholds, releases: Sequence[Release] = ()) -> Safe:
    """The table with small counts hidden and as few others as protect those, held against what earlier releases showed.

    Published figures are never hidden. The same table gives the same answer, in whatever order its cells and relations are.
    """
    known = with_releases(table, releases)
    hidden = primary(known, thresholds)
    with contextlib.suppress(Contradiction):  # the audit says where
        hidden |= dict.fromkeys(sorted(secondary(known, hidden, thresholds)), PROTECTS)
    return Safe(known, hidden, audit(table, hidden, thresholds, releases))


def printed(cell: Cell) -> str:
    """A cell that is not hidden: its number with its qualifier, or a shorthand."""
    if cell.state in (NOT_AVAILABLE, NOT_APPLICABLE):
        return UNAVAILABLE if cell.state == NOT_AVAILABLE else INAPPLICABLE
    return wording.figure_words(cell.low, cell.high, cell.qualifier)


def rounded(value: Decimal | float, places: int = 0) -> str:
    """A value worked out, such as a rate, to so many decimal places; ``[low]`` where it is not 0 and would be printed as 0."""
    exact = wording.decimal(value)
    if exact is None:
        return UNAVAILABLE
    shown = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return LOW if exact and not shown else f"{shown:,f}"


def legend(cells: Iterable[str]) -> dict[str, str]:
    """What each shorthand among the printed cells means, in the usual order; only those used."""
    used = set(cells)
    return {mark: meaning for mark, meaning in LEGEND.items() if mark in used}
