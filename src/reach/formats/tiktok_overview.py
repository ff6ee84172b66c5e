"""TikTok Studio, Analytics > Overview: the account by day, the days without a year and in the language of the interface.

Likes, comments and shares are those of the day less those taken back, so they are negative on some days.
"""

from . import Field, Format, totals
from ._tiktok import ASIDE, DATE, DAY, KEPT_FOR, MACROS, SAID, layouts_of

FORMAT: Format = Format(
    key="tiktok_overview",
    label="TikTok days (TikTok Studio, overview)",
    table="account_day",
    network="tiktok",
    getting_it="TikTok Studio on the web > Analytics > Overview > Download data > CSV.",
    kept_for=KEPT_FOR,
    fields=(
        DATE,
        Field("views", "whole", ("Video Views",), required=True),
        Field("profile_visits", "whole", ("Profile Views",), required=True),
        Field("reactions_likes", "net_whole", ("Likes",)),
        Field("comments", "net_whole", ("Comments",)),
        Field("shares", "net_whole", ("Shares",)),
    ),
    derive={"day": DAY},
    without=("Reached audience", "Network", "Profile"),
    skip=(totals("date"),),
    aside=ASIDE,
    layouts=layouts_of(lambda: FORMAT),
    said=SAID,
    macros=MACROS,
    anchored=True,
)
