"""Instants as the store keeps them, naive UTC, and the clock on London's walls, by which days are counted."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def utc_now() -> datetime:
    """This instant as the store keeps it: naive UTC."""
    return datetime.now(UTC).replace(tzinfo=None)


def london(instant: datetime) -> datetime:
    """A naive UTC instant as London clock time, naive."""
    return instant.replace(tzinfo=UTC).astimezone(LONDON).replace(tzinfo=None)


def today() -> date:
    """The day in London, wherever the server's clock says it is."""
    return london(utc_now()).date()


def from_london(clock: datetime) -> datetime:
    """London clock time as a naive UTC instant."""
    return clock.replace(tzinfo=LONDON).astimezone(UTC).replace(tzinfo=None)
