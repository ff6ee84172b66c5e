"""Sprout Social, Post Performance: posts of all networks in one file. ``Sent by`` names staff and is never stored.

``Full Video Views`` are plays of 30 seconds, or to the end of a shorter video, as Sprout's interface names them
(``video_views_30s_complete``); only ``95% Video Views`` are plays to the end. ``Partial Video Views`` are the video views that are not
full: the two add up to them. They are no count of plays of three seconds and are not read, nor is ``Full Video View Rate``, a share made
ready.
"""

from . import Field, Format, Rule, totals
from ._sprout import ASSUMES, MACROS

FORMAT = Format(
    key="sprout_posts",
    label="Posts (Sprout Social, Post Performance)",
    table="post_observation",
    version=2,
    tool="sprout",
    getting_it="Sprout Social > Reports > Post Performance > Export > CSV.",
    assumes=ASSUMES,
    fields=(
        Field("published", "sprout_time", ("Date",), required=True),
        Field("date_words", "text", ("Date",)),
        Field("file_id", "text", ("Post ID",), required=True),
        Field("network_cell", "text", ("Network",), required=True),
        Field("kind", "text", ("Post Type",)),
        Field("profile", "text", ("Profile",), required=True),
        Field("sent_by", "text", ("Sent by",)),
        Field("permalink", "text", ("Link",)),
        Field("words", "text", ("Post",)),
        Field("labels", "text", ("Tags",)),
        Field("impressions", "whole", ("Impressions",)),
        Field("reach", "whole", ("Reach",)),
        Field("reach_organic", "whole", ("Organic Reach",)),
        Field("reach_boosted", "whole", ("Paid Reach",)),
        Field("potential_reach", "whole", ("Potential Reach",)),
        Field("engagements", "whole", ("Engagements",)),
        Field("reactions_likes", "whole", ("Reactions",)),
        Field("comments", "whole", ("Comments",)),
        Field("shares", "whole", ("Shares",)),
        Field("saves", "whole", ("Saves",)),
        Field("clicks_all", "whole", ("Post Clicks (All)",)),
        Field("link_clicks", "whole", ("Post Link Clicks",)),
        Field("follows_new", "whole", ("Follows from Post",)),
        Field("views", "whole", ("Video Views",)),
        Field("views_organic", "whole", ("Organic Video Views",)),
        Field("views_boosted", "whole", ("Paid Video Views",)),
        Field("video_30s_views", "whole", ("Full Video Views",)),
        Field("video_95_views", "whole", ("95% Video Views",)),
        Field("watch_seconds", "seconds", ("Video View Time (Seconds)",)),
    ),
    any_of=(("impressions", "reach", "engagements", "views"),),
    derive={
        "file_post_id": "file_id",
        "network": "sprout_network(network_cell)",
        "account": "sprout_account(network_cell, profile)",
        "account_name": "sprout_name(profile)",
        "published_at": "published",
        "text": "unmarked(words)",
        "kind": "kind",
        "permalink": "permalink",
    },
    skip=(totals("date_words", "file_id"), totals("words", "network_cell", unless="file_id")),
    aside=(
        Rule("the record has no post id", "file_post_id is null", "file_id"),
        Rule("the record has no time", "published is null", "published"),
        Rule("the record names no network", "network_cell is null", "network_cell"),
        Rule("the record names no profile", "account is null", "profile"),
    ),
    macros=MACROS,
    original="redacted",
    redacted=("sent_by",),
)
