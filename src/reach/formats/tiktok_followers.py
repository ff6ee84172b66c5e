"""TikTok Studio, Analytics > Followers: FollowerHistory, the number of followers by day. Differences follow from it and are not stored."""

from . import Field, Format, totals
from ._tiktok import ASIDE, DATE, DAY, KEPT_FOR, MACROS, SAID, layouts_of

FORMAT: Format = Format(
    key="tiktok_followers",
    label="TikTok followers by day (TikTok Studio)",
    table="account_day",
    network="tiktok",
    getting_it="TikTok Studio on the web > Analytics > Followers > Download data > CSV.",
    kept_for=KEPT_FOR,
    fields=(
        DATE,
        Field("followers", "whole", ("Followers",), required=True),
        Field("difference", "text", ("Difference in followers from previous day",), required=True),
    ),
    derive={"day": DAY},
    skip=(totals("date"),),
    aside=ASIDE,
    layouts=layouts_of(lambda: FORMAT),
    said=SAID,
    macros=MACROS,
    anchored=True,
)
