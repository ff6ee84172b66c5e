"""A publication that is being made, what it is held against, and how it is laid out and judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from .. import comparing, disclosure
from ..adding_up import Rules
from ..comparing import Row
from ..disclosure import Key, Release, Table, Thresholds
from ..linting import Fact
from ._figures import key_of
from ._record import Record


@dataclass(frozen=True)
class Draft:
    """A publication that is being made.

    ``figures`` are ids of figures held, ``definitions`` the measures whose definition is printed with them, ``approvers`` a name for each
    role. ``protect`` has small counts hidden, and what would give them away; ``hidden`` are ids of further figures to hide. ``revises``
    says why it differs from what was published, ``supersedes`` is the number of the publication whose place it takes, and ``override``
    says why it is made in a pre-election period.
    """

    day: date
    by: str
    title: str = ""
    text: str = ""
    figures: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    status: str | None = None
    approvers: Mapping[str, str] = field(default_factory=dict)
    protect: bool = True
    hidden: tuple[str, ...] = ()
    revises: str = ""
    supersedes: int | None = None
    override: str = ""


@dataclass(frozen=True)
class Earlier:
    """A publication before this one: what a reader has of it, and its figures as printed. A withdrawn one is known all the same."""

    number: int
    state: str
    release: Release
    figures: tuple[Row, ...]


@dataclass(frozen=True)
class Held:
    """All that a draft is held against.

    ``figures`` are rows of ``pages/figures_to_publish``; ``settled`` has what a person settled of figures that may count the same twice,
    by the kind and the facts of the doubt; ``published`` is what texts are checked against; ``closed`` are the pre-election periods.
    """

    figures: Sequence[Row]
    thresholds: Thresholds
    force: str
    today: date
    settled: Mapping[tuple[str, str], str] = field(default_factory=dict)
    earlier: Sequence[Earlier] = ()
    published: tuple[Fact, ...] = ()
    around: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    closed: tuple[tuple[date, date], ...] = ()

    @cached_property
    def record(self) -> Record:
        """The counts among the figures, with all that adds up among them."""
        rules = Rules.of(self.force, self.around, self.thresholds)
        return Record(self.figures, [(facts, said) for (_, facts), said in self.settled.items()], rules)


@dataclass(frozen=True)
class Check:
    """One step of the gate: its name, whether it is passed, and in one line why, with what to do where it is not."""

    name: str
    passed: bool
    reason: str


@dataclass(frozen=True)
class Laid:
    """A draft laid out: its figures, their table, and what is hidden in it, each cell with why. For the working view."""

    rows: tuple[Row, ...]
    missing: tuple[str, ...]
    table: Table
    hidden: Mapping[Key, str]
    audit: disclosure.Audit

    def is_hidden(self, row: Row) -> bool:
        return key_of(row) in self.hidden

    def printed(self, row: Row) -> str:
        """The figure as it is printed: its value with its qualifier, or a shorthand."""
        return disclosure.CONFIDENTIAL if self.is_hidden(row) else comparing.words_of(row)

    @cached_property
    def shown(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if not self.is_hidden(row))
