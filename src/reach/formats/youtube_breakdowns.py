"""YouTube Studio, tables by traffic source, geography, age, gender, subscription and the like: known and not read."""

from . import Format
from ._youtube import layouts_of

FORMAT = Format(
    key="youtube_breakdowns",
    label="YouTube totals by traffic source, geography, age or the like (YouTube Studio)",
    table="account_day",
    network="youtube",
    fields=(),
    derive={},
    layouts=layouts_of("breakdown"),
    declined="It holds totals of a period that it does not state, by something other than video or day. "
    "Choose Content with the video publish time, or Date, in advanced mode and export that.",
)
