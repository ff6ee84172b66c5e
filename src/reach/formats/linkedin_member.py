"""LinkedIn, a member's own analytics (creator export): the sheets DISCOVERY, ENGAGEMENT, TOP POSTS, FOLLOWERS and DEMOGRAPHICS."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from . import Field, Format, Layout, Record, normalised

# What the sheets begin with that have a sentence above, and the headings of the others. Those of ENGAGEMENT could be anybody's, so that
# its dates are looked at too.
_STARTS = ("Overall Performance", "Total followers on", "Maximum of 50 posts available")
_POSTS = (("Post URL", "Post publish date", "Engagements"), ("Post URL", "Post publish date", "Impressions"))
_DEMOGRAPHICS = ("Top Demographics", "Value", "Percentage")
_ENGAGEMENT = ("Date", "Impressions", "Engagements")


def _layouts(records: Sequence[Record]) -> Iterator[Layout]:
    """The sheet as a whole, which is declined, so that no table need be found in it."""
    rows = [_filled(record) for record in records[:4]]
    named = any(row == _plain(_DEMOGRAPHICS) or row[:3] in map(_plain, _POSTS) for row in rows)
    if named or (rows and (_begins(rows[0]) or (rows[0] == _plain(_ENGAGEMENT) and _is_us_day(records[1:2])))):
        yield Layout(records[0].cells, records[0].line)


def _filled(record: Record) -> list[str]:
    return [normalised(cell) for cell in record.cells if cell.strip()]


def _plain(headings: Sequence[str]) -> list[str]:
    return [normalised(heading) for heading in headings]


def _begins(row: list[str]) -> bool:
    return len(row) <= 2 and any(row[0].startswith(start) for start in _plain(_STARTS))


def _is_us_day(records: Sequence[Record]) -> bool:
    return any(re.fullmatch(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}", record.cells[0].strip()) for record in records)


FORMAT = Format(
    key="linkedin_member",
    label="LinkedIn analytics of a member (creator export)",
    table="account_day",
    network="linkedin",
    getting_it="LinkedIn > your own profile > Analytics > Export.",
    fields=(
        Field("date", "text", ("Post publish date",)),
        Field("link", "text", ("Post URL",)),
    ),
    derive={},
    layouts=_layouts,
    declined="It is of one person's own profile, not of the organisation's page, and lists 50 posts at most. "
    "Export the page: Analytics > Content > Export.",
)
