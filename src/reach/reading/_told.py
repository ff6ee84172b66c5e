"""What a reading tells: its questions and their answers, its problems, its columns and accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from ..clock import utc_now
from ..formats import Format
from ..recognise import Recognised, Taken, one_line


@dataclass(frozen=True)
class Answers:
    """What a person said of a file that the file does not say itself. Missing answers are None."""

    network: str | None = None
    account: str | None = None
    date_order: str | None = None
    as_of: datetime | None = None
    ours: tuple[str, ...] | None = None
    force: str | None = None


@dataclass(frozen=True)
class Question:
    """Something only a person can say. ``key`` is the field of :class:`Answers`; ``guess`` is our best one."""

    key: str
    words: str
    guess: str | None = None


@dataclass(frozen=True)
class Problem:
    """A record set aside: where it stands, the cell at fault, why, and the record itself."""

    record: int
    line: int
    column: str | None
    value: str | None
    reason: str
    cells: tuple[str, ...]

    def words(self, file: str) -> str:
        """Where, what and do, in one line."""
        column = f", column {one_line(self.column)}" if self.column else ""
        value = f"'{one_line(self.value)}' " if self.value else ""
        return f"{file}, record {self.record:,}{column}: {value}{self.reason}. Row set aside."


@dataclass(frozen=True)
class Column:
    """What one metric's column holds in the kept records: cells filled, their sum (a checksum) and the highest."""

    metric: str
    heading: str
    filled: int
    total: Decimal
    highest: Decimal | None


@dataclass(frozen=True)
class AccountSeen:
    """An account in the file: identity, handle, name, number of posts kept, network."""

    account: str | None
    handle: str | None
    name: str | None
    posts: int
    network: str | None = None


@dataclass(frozen=True)
class Reading:
    """A file read.

    ``rows`` is SQL over Parquet files in the private folder: the kept records in the format's table, numbered in ``record_no``.
    """

    recognised: Recognised
    rows: str
    read: int
    kept: int
    skipped: dict[str, int]
    problems: tuple[Problem, ...]
    columns: tuple[Column, ...]
    accounts: tuple[AccountSeen, ...] = ()
    first: datetime | None = None
    last: datetime | None = None
    damaged: int = 0
    notes: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    networks: tuple[str, ...] = ()

    @property
    def network(self) -> str | None:
        """The network of the file, where it is of one."""
        return self.networks[0] if len(self.networks) == 1 else self.format.network

    @property
    def format(self) -> Format:
        return self.recognised.format

    @property
    def control_totals(self) -> dict[str, int | float]:
        """Metric to the sum of the kept cells: a checksum to compare with the platform's screen, never people."""
        return {one.metric: _plain(one.total) for one in self.columns if one.filled}


def asked_when(taken: Taken, answers: Answers) -> tuple[datetime, str]:
    """When the platform was asked, and what says so: the answer, what dates the file, else now. Only an answer is later than now."""
    if answers.as_of:
        return answers.as_of, "given"
    # A clock set wrong must not hide every later export.
    return (min(taken.stated, utc_now()), taken.stated_basis) if taken.stated else (utc_now(), "upload time")


def _plain(total: Decimal) -> int | float:
    return int(total) if total == int(total) else float(total)
