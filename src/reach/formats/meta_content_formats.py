"""Meta Business Suite, Insights: the card Top content formats."""

from . import Format
from ._meta_cards import content_formats

FORMAT = Format(
    key="meta_content_formats",
    label="Top content formats card (Meta Business Suite)",
    table="account_day",
    fields=(),
    derive={},
    layouts=content_formats,
    declined="It gives one total for each format over a period that it does not name. Export the posts instead (Insights > Content > "
    "Export data), which say it for each post.",
)
