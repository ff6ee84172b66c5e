"""TikTok for business accounts, overview and audience: the account by day. Reached audience counts each viewer once."""

from . import Field, Format, Rule, totals

FORMAT = Format(
    key="tiktok_business_days",
    label="TikTok days (business account)",
    table="account_day",
    network="tiktok",
    getting_it="TikTok Business Suite > Analytics > Overview > Export data.",
    fields=(
        Field("date", "day", ("Date",), required=True),
        Field("date_words", "text", ("Date",)),
        Field("reach", "whole", ("Reached audience",), required=True),
        Field("views", "whole", ("Video views",)),
        Field("profile_visits", "whole", ("Profile views",)),
        Field("reactions_likes", "net_whole", ("Likes",)),
        Field("comments", "net_whole", ("Comments",)),
        Field("shares", "net_whole", ("Shares",)),
        Field("follows_new", "whole", ("New followers",)),
        Field("unfollows", "whole", ("Lost followers",)),
        Field("followers", "whole", ("Total followers",)),
    ),
    any_of=(("views", "followers", "follows_new"),),
    derive={"day": "date"},
    skip=(totals("date_words"),),
    aside=(Rule("the record has no day", "day is null", "date"),),
)
