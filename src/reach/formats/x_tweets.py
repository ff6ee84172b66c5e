"""Twitter Analytics (to 2024), Tweets > Export data > by Tweet. Times are UTC; X never counted accounts."""

from . import Field, Format, Rule, totals
from ._x import DERIVE

FORMAT = Format(
    key="x_tweets",
    label="X posts, old export (Twitter Analytics, by Tweet)",
    table="post_observation",
    network="x",
    kept_for="No longer offered: X closed analytics.twitter.com in 2024.",
    getting_it="analytics.twitter.com > Tweets > Export data > by Tweet, which X closed in 2024.",
    fields=(
        Field("file_id", "text", ("Tweet id",), required=True),
        Field("link", "text", ("Tweet permalink",), required=True),
        Field("words", "text", ("Tweet text",), required=True),
        Field("stamp", "utc_stamp", ("time",), required=True),
        Field("impressions", "whole", ("impressions",), required=True),
        Field("engagements", "whole", ("engagements",)),
        Field("shares", "whole", ("retweets",)),
        Field("comments", "whole", ("replies",)),
        Field("reactions_likes", "whole", ("likes", "favorites")),
        Field("profile_visits", "whole", ("user profile clicks",)),
        Field("link_clicks", "whole", ("url clicks",)),
        Field("follows_new", "whole", ("follows",)),
    ),
    derive={**DERIVE, "published_at": "coalesce(x_instant(file_post_id), stamp)"},
    skip=(totals("file_id", "link"), totals("words", unless="file_post_id")),
    aside=(
        Rule("the record has no post id", "file_post_id is null", "file_id"),
        Rule("the record has no publish time", "published_at is null", "stamp"),
    ),
)
