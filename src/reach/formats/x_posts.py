"""X analytics (2024 on), Content > export. ``Date`` is the exporting browser's day, so the instant is taken from the id."""

from . import Field, Format, Rule, totals
from ._x import DERIVE

FORMAT = Format(
    key="x_posts",
    label="X posts (X analytics, content)",
    table="post_observation",
    network="x",
    getting_it="X Premium > Analytics > Content > download.",
    fields=(
        Field("file_id", "text", ("Post id",), required=True),
        Field("local_day", "text", ("Date",), required=True),
        Field("words", "text", ("Post text",), required=True),
        Field("link", "text", ("Link", "Post Link"), required=True),
        Field("impressions", "whole", ("Impressions",), required=True),
        Field("reactions_likes", "whole", ("Likes",)),
        Field("engagements", "whole", ("Engagements",)),
        Field("saves", "whole", ("Bookmarks",)),
        Field("follows_new", "whole", ("New follows",)),
        Field("comments", "whole", ("Replies",)),
        Field("shares", "whole", ("Reposts",)),
        Field("profile_visits", "whole", ("Profile visits",)),
        Field("link_clicks", "whole", ("Url clicks",)),
    ),
    derive={**DERIVE, "published_at": "x_instant(file_post_id)"},
    skip=(totals("file_id", "local_day"), totals("words", unless="file_post_id")),
    aside=(
        Rule("the record has no post id", "file_post_id is null", "file_id"),
        Rule("its post id is damaged and it has no link to take the id from, so its time is not known", "published_at is null", "file_id"),
    ),
)
