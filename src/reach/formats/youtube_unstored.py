"""YouTube Studio, days of a metric that is a rate, an average, money or net subscribers alone: known and not read."""

from . import Format
from ._youtube import layouts_of

FORMAT = Format(
    key="youtube_unstored",
    label="YouTube days of averages, revenue or net subscribers (YouTube Studio)",
    table="account_day",
    network="youtube",
    fields=(),
    derive={},
    layouts=layouts_of("unstored"),
    declined="Reach keeps counts, and net subscribers, averages and revenue are none. "
    "Choose Views, Watch time, Unique viewers or Subscribers gained and export again.",
)
