"""Meta Business Suite, Insights: the Audience card, in its long form of 2023 and 2024 and its wide form since."""

from . import Format
from ._meta_cards import audience

FORMAT = Format(
    key="meta_audience",
    label="Audience card (Meta Business Suite)",
    table="account_day",
    fields=(),
    derive={},
    layouts=audience,
    declined="It gives shares of followers by age, town and country on a day that it does not name, and Reach keeps counts by day. "
    "Export the cards Reach or Viewers, Views, Content interactions and Follows instead.",
)
