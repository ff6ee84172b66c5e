"""X analytics (2024 on), Account overview: the account by day. The file names no account; X revises the last days.

Its ``Shares`` are shares other than reposts, and its ``Media views`` count pictures too, so neither is read.
"""

from . import Field, Format, Rule, totals

FORMAT = Format(
    key="x_days_new",
    label="X days (X analytics, account overview)",
    table="account_day",
    network="x",
    getting_it="X Premium > Analytics > Account overview > download.",
    fields=(
        Field("date", "x_day", ("Date",), required=True),
        Field("date_words", "text", ("Date",)),
        Field("impressions", "whole", ("Impressions",)),
        Field("reactions_likes", "whole", ("Likes",)),
        Field("engagements", "whole", ("Engagements",)),
        Field("saves", "whole", ("Bookmarks",)),
        Field("follows_new", "whole", ("New follows",)),
        Field("unfollows", "whole", ("Unfollows",)),
        Field("comments", "whole", ("Replies",)),
        Field("shares", "whole", ("Reposts",)),
        Field("profile_visits", "whole", ("Profile visits",)),
        Field("posts_published", "whole", ("Create Post",)),
        Field("views", "whole", ("Video views",)),
    ),
    any_of=(("impressions", "engagements", "profile_visits"), ("unfollows", "posts_published")),
    without=("Post id",),
    derive={"day": "date"},
    skip=(totals("date_words"),),
    aside=(Rule("the record has no day", "day is null", "date"),),
)
