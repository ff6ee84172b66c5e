"""YouTube Studio, Chart data: one metric of the top rows of a table day by day, known and not read."""

from . import Format
from ._youtube import layouts_of

FORMAT = Format(
    key="youtube_charts",
    label="YouTube chart data, days by video, traffic source or the like (YouTube Studio)",
    table="account_day",
    network="youtube",
    fields=(),
    derive={},
    layouts=layouts_of("chart"),
    declined="It holds only the top rows of the table beside it, so its days are not the channel's. "
    "Choose Totals or Table data of the same download.",
)
