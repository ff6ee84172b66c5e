"""X analytics (2024 on), Video overview: plays of the account's videos by day, UTC.

Where the account has videos, a title stands above the days and a list of the videos below them. The list is no day's, so it is not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from . import Field, Format, Layout, Record, Rule, normalised, totals

_VIDEOS = "Your videos"


def _layouts(records: Sequence[Record]) -> Iterator[Layout]:
    """The table of days: the first row that has its headings, to the title or the headings of the list of videos."""
    heading = next((record for record in records if _is_heading(record)), None)
    if heading is None:
        return
    below = [record for record in records if record.line > heading.line]
    end = next((record for record in below if _is_list(record)), None)
    yield Layout(heading.cells, heading.line + 1, end.line if end else None, unread=(_VIDEOS,) if end else ())


def _is_heading(record: Record) -> bool:
    cells = {normalised(cell) for cell in record.cells}
    return {normalised("Date"), normalised("Watch Time (ms)")} <= cells


def _is_list(record: Record) -> bool:
    filled = {normalised(cell) for cell in record.cells if cell.strip()}
    return filled == {normalised(_VIDEOS)} or normalised("Video id") in filled


FORMAT = Format(
    key="x_video_days",
    label="X days of video (X analytics, video overview)",
    table="account_day",
    network="x",
    getting_it="X Premium > Analytics > Video > download.",
    fields=(
        Field("date", "x_day", ("Date",), required=True),
        Field("date_words", "text", ("Date",)),
        Field("views", "whole", ("Views",)),
        Field("watch_seconds", "milliseconds", ("Watch Time (ms)",)),
    ),
    derive={"day": "date"},
    skip=(totals("date_words"),),
    aside=(Rule("the record has no day", "day is null", "date"),),
    layouts=_layouts,
)
