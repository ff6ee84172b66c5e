"""TikTok Studio, Analytics > Content: the top videos only, figures for their lifetime."""

from . import Field, Format
from ._tiktok import KEPT_FOR
from ._tiktok_videos import ASIDE, DERIVE, LINK, POSTED, REMARK, SKIP, WORDS

FORMAT = Format(
    key="tiktok_videos",
    label="TikTok videos (TikTok Studio, content)",
    table="post_observation",
    network="tiktok",
    getting_it="TikTok Studio on the web > Analytics > Content > Download data > CSV.",
    kept_for=KEPT_FOR,
    fields=(
        LINK,
        POSTED,
        WORDS,
        Field("views", "whole", ("Total views",)),
        Field("reactions_likes", "whole", ("Total likes",)),
        Field("comments", "whole", ("Total comments",)),
        Field("shares", "whole", ("Total shares",)),
        Field("saves", "whole", ("Add to favorites", "Total favorites")),
        Field("watch_seconds", "play_time", ("Total play time",)),
    ),
    any_of=(("views", "reactions_likes", "comments", "shares"),),
    derive=DERIVE,
    skip=SKIP,
    aside=ASIDE,
    assumes=REMARK,
)
