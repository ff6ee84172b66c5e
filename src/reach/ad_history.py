"""A campaign's advertisements beside those of our other campaigns: which rows of the platform compare, and their rates.

Each row is an advertising campaign in one window as the platform itself sums it up, every account counted once. Rows of one advertising
campaign overlap, so of each of the others one window stands for it: the one nearest in length, the latest of such. What is paid for is
never held against posts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from . import ratios
from .dictionary import definition_of
from .judging import alike_named
from .ratios import LEFT_OUT, MONEY, NONE, OF_ADVERTISEMENTS, RATIO, Other, Ratio, Value, Without

Row = Mapping[str, Any]
# Of which of our campaigns a row is by a rule: (campaign, upload, record).
Tags = Collection[tuple[str, str, int]]


@dataclass(frozen=True)
class Compared:
    """One rate of a row of ``pages/campaign_advertisements`` beside those of the others on its network."""

    row: Row
    of: Ratio
    value: Fraction
    others: tuple[Other, ...]

    @property
    def held(self) -> list[Other]:
        """The others that it can be held against."""
        return [one for one in self.others if isinstance(one.value, Fraction)]

    @property
    def values(self) -> list[Fraction]:
        return [one.value for one in self.others if isinstance(one.value, Fraction)]


def own(rows: Sequence[Row], campaign: Row, tags: Tags) -> list[Row]:
    """The rows that belong to a campaign, a row of ``pages/campaigns``: those a rule names, and those of its name and days."""
    name = campaign["campaign"]
    alike = {ad: alike_named(ad, name) for ad in {row["campaign"] for row in rows}}
    return [
        row
        for row in rows
        if (name, row["upload_id"], row["record_no"]) in tags or (alike[row["campaign"]] and _shares_a_day(row, campaign))
    ]


def _shares_a_day(row: Row, campaign: Row) -> bool:
    ends_before = campaign["start_date"] and row["window_end"] and row["window_end"] < campaign["start_date"]
    begins_after = campaign["end_date"] and row["window_start"] and row["window_start"] > campaign["end_date"]
    return not (ends_before or begins_after)


def rates(row: Row) -> list[tuple[Ratio, Value]]:
    """What is asked of advertisements, of one row: each question with the first ratio that answers it."""
    values = {key: _value(RATIO[key], row) for _, keys in OF_ADVERTISEMENTS for key in keys}
    return [ratios.answered(question, values) for question in OF_ADVERTISEMENTS]


def _value(of: Ratio, row: Row) -> Value:
    """The ratio of a row; none over days before the platform counted so, where a 0 is no count."""
    value = ratios.ratio(of, row[of.numerator], row[of.denominator])
    for metric in (of.numerator, of.denominator) if isinstance(value, Fraction) else ():
        known = definition_of("ad", metric, row["network"])
        if known and known.valid_from and row["window_start"] and row["window_start"] < known.valid_from:
            return Without(NONE, f"its days begin before {ratios.named(metric)} were counted so")
    return value


def days(row: Row) -> int:
    """How long a row's window is, in days, the first and the last included."""
    return int((row["window_end"] - row["window_start"]).days) + 1


def whole(row: Row, today: date) -> bool:
    """Whether the days of a row are known and over: a part of a window is not held against whole ones."""
    return bool(row["window_start"] and row["window_end"] and row["window_end"] < today)


def compared(mine: Sequence[Row], others: Sequence[Row], today: date) -> list[Compared]:
    """Each rate of a campaign's rows beside those of our other campaigns' rows on the same network.

    An advertising campaign that is of this campaign too is in none of them, and one that is of several others is there once.
    """
    own_names = {(row["network"], row["campaign"]) for row in mine}
    rest = [row for row in others if (row["network"], row["campaign"]) not in own_names and whole(row, today)]
    return [
        Compared(row, of, value, tuple(_others(row, of, rest)))
        for row in mine
        if whole(row, today)
        for of, value in rates(row)
        if isinstance(value, Fraction)
    ]


def _others(mine: Row, of: Ratio, rest: Sequence[Row]) -> Iterator[Other]:
    named: dict[str, list[Row]] = {}
    for row in rest:
        if row["network"] == mine["network"]:
            named.setdefault(row["campaign"], []).append(row)
    for name, windows in named.items():
        nearest = min(windows, key=lambda row: (abs(days(row) - days(mine)), -row["window_end"].toordinal(), row["record_no"]))
        yield Other(name, days(nearest), _comparable(of, mine, nearest))


def _comparable(of: Ratio, mine: Row, row: Row) -> Value:
    """The ratio of another row, or why it does not compare: it must be counted alike, in one currency, in exports of one kind."""
    if row["format"] != mine["format"]:
        return Without(LEFT_OUT, "it is from another kind of export, which may not count alike")
    if of.shown == MONEY and (row["currency"] is None or row["currency"] != mine["currency"]):
        return Without(LEFT_OUT, "its money is in another currency, or in one not stated")
    return _value(of, row)
