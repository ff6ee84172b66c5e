"""Periods by which people report: calendar months, quarters and years of the financial year, and rolling 12 months. Pure.

Every period begins on the first day of a month and ends on the last day of one, so that months are what all of them are made of.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from . import wording

MONTH, QUARTER, YEAR, ROLLING = "month", "quarter", "year", "rolling"
# Kind of period, in words.
KINDS = {MONTH: "Calendar month", QUARTER: "Quarter", YEAR: "Financial year", ROLLING: "Rolling 12 months"}
LENGTH = {MONTH: 1, QUARTER: 3, YEAR: 12, ROLLING: 12}
FINANCIAL_YEAR_STARTS = 4


@dataclass(frozen=True)
class Period:
    """A period of one of ``KINDS``, both days included. ``starts`` is the month, 1 to 12, with which a financial year starts."""

    kind: str
    start: date
    end: date
    starts: int = FINANCIAL_YEAR_STARTS

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def label(self) -> str:
        """``October 2025``, ``April to June 2025 (Q1 2025 to 2026)``, ``financial year 2025 to 2026``, ``12 months to 31 October 2025``."""
        if self.kind == MONTH:
            return wording.month(self.start)
        if self.kind == ROLLING:
            return f"12 months to {wording.day(self.end)}"
        if self.kind == YEAR:
            return f"financial year {self._years}"
        return f"{wording.months(self.start, self.end)} (Q{1 + (self.start.month - self.starts) % 12 // 3} {self._years})"

    @property
    def short(self) -> str:
        """For an axis or a narrow column: ``Oct 2025``, ``Q1 2025/26``, ``2025/26``, ``to Oct 2025``."""
        if self.kind == QUARTER:
            return f"Q{1 + (self.start.month - self.starts) % 12 // 3} {self._slashed}"
        if self.kind == YEAR:
            return self._slashed
        month = f"{wording.MONTHS[self.end.month - 1][:3]} {self.end.year}"
        return f"to {month}" if self.kind == ROLLING else month

    @property
    def previous(self) -> Period:
        """The period before it, which ends the day before it starts."""
        return self._moved(-LENGTH[self.kind])

    @property
    def year_before(self) -> Period:
        """The same period a year before: of a year and of 12 months that is the previous one."""
        return self._moved(-12)

    @property
    def following(self) -> Period:
        """The next that is listed: the next month, quarter or year; of rolling periods the one that ends a month later."""
        return self._moved(1 if self.kind == ROLLING else LENGTH[self.kind])

    def holds(self, first: date, last: date) -> bool:
        """Whether the days from ``first`` to ``last`` lie wholly in it."""
        return self.start <= first and last <= self.end

    def days_to(self, last: date | None) -> int:
        """How many of its days have come by a last day; none where there is no last day."""
        return 0 if last is None else max(0, min(self.days, (last - self.start).days + 1))

    def complete(self, last: date | None) -> bool:
        """Whether all of its days have come by a last day."""
        return self.days_to(last) == self.days

    def _moved(self, months: int) -> Period:
        return Period(self.kind, _month(self.start, months), last_of_month(_month(self.end, months)), self.starts)

    @property
    def _years(self) -> str:
        first = _year_start(self.start, self.starts).year
        return str(first) if self.starts == 1 else f"{first} to {first + 1}"

    @property
    def _slashed(self) -> str:
        first = _year_start(self.start, self.starts).year
        return str(first) if self.starts == 1 else f"{first}/{(first + 1) % 100:02d}"


def period_of(kind: str, day: date, starts: int = FINANCIAL_YEAR_STARTS) -> Period:
    """The period of a kind that a day is in; of rolling ones the 12 months that end with the day's month."""
    if kind == ROLLING:
        start = _month(day, -11)
    elif kind == MONTH:
        start = day.replace(day=1)
    else:
        year = _year_start(day, starts)
        start = year if kind == YEAR else _month(year, (day.month - starts) % 12 // 3 * 3)
    return Period(kind, start, last_of_month(_month(start, LENGTH[kind] - 1)), starts)


def between(kind: str, first: date, last: date, starts: int = FINANCIAL_YEAR_STARTS) -> list[Period]:
    """The periods from the one that ``first`` is in to the one that ``last`` is in, the earliest first; none where first is after last."""
    found = []
    if first <= last:
        period, final = period_of(kind, first, starts), period_of(kind, last, starts)
        while period.start <= final.start:
            found.append(period)
            period = period.following
    return found


def months_of(period: Period) -> list[date]:
    """The first day of each of its months."""
    return [_month(period.start, number) for number in range(LENGTH[period.kind])]


def last_of_month(day: date) -> date:
    return _month(day, 1) - timedelta(days=1)


def part_words(held: int, days: int) -> str:
    """How much of a period is held: ``31 days``, or ``part (12 of 31 days)``."""
    return wording.plural(days, "day") if held >= days else f"part ({held:,} of {wording.plural(days, 'day')})"


def _month(day: date, months: int) -> date:
    """The first day of the month that is so many months from a day's."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def _year_start(day: date, starts: int) -> date:
    return date(day.year if day.month >= starts else day.year - 1, starts, 1)
