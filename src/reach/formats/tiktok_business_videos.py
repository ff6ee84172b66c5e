"""TikTok for business accounts, videos: figures for their lifetime. Post time is UTC and says what the id says, to the minute."""

from . import Field, Format
from ._tiktok_videos import ASIDE, DERIVE, LINK, POSTED, REMARK, SKIP, WORDS

FORMAT = Format(
    key="tiktok_business_videos",
    label="TikTok videos (business account)",
    table="post_observation",
    network="tiktok",
    getting_it="TikTok Business Suite > Analytics > Content > Export data.",
    fields=(
        LINK,
        POSTED,
        WORDS,
        Field("views", "whole", ("Video views",)),
        Field("reactions_likes", "whole", ("Likes",)),
        Field("comments", "whole", ("Comments",)),
        Field("shares", "whole", ("Shares",)),
        Field("saves", "whole", ("Add to Favorites",)),
    ),
    any_of=(("views", "reactions_likes", "comments", "shares"),),
    derive=DERIVE,
    without=("Total views", "Total likes", "Total comments", "Total shares"),
    skip=SKIP,
    aside=ASIDE,
    assumes=REMARK,
)
