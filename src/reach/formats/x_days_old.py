"""Twitter Analytics (to 2024), Tweets > Export data > by day: what all posts of the account earned on a day, UTC.

Not the sum of the export by post, which is of posts and for their lifetime. The promoted columns stand apart and are not read.
"""

from . import Field, Format, Rule, totals

FORMAT = Format(
    key="x_days_old",
    label="X days, old export (Twitter Analytics, by day)",
    table="account_day",
    network="x",
    kept_for="No longer offered: X closed analytics.twitter.com in 2024.",
    getting_it="analytics.twitter.com > Tweets > Export data > by day, which X closed in 2024.",
    fields=(
        Field("date", "day", ("Date",), required=True),
        Field("date_words", "text", ("Date",)),
        Field("posts_published", "whole", ("Tweets published",)),
        Field("impressions", "whole", ("impressions",), required=True),
        Field("engagements", "whole", ("engagements",)),
        Field("shares", "whole", ("retweets",)),
        Field("comments", "whole", ("replies",)),
        Field("reactions_likes", "whole", ("likes", "favorites")),
        Field("profile_visits", "whole", ("user profile clicks",)),
        Field("link_clicks", "whole", ("url clicks",)),
        Field("follows_new", "whole", ("follows",)),
    ),
    any_of=(("posts_published", "profile_visits"),),
    without=("Tweet id", "Tweet permalink", "Tweet text", "time"),
    derive={"day": "date"},
    skip=(totals("date_words"),),
    aside=(Rule("the record has no day", "day is null", "date"),),
)
