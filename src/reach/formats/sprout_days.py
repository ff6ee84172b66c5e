"""Sprout Social, Profile Performance: profiles of all networks by day."""

from . import Field, Format, Rule, totals
from ._sprout import ASSUMES, MACROS

FORMAT = Format(
    key="sprout_days",
    label="Days of profiles (Sprout Social, Profile Performance)",
    table="account_day",
    tool="sprout",
    getting_it="Sprout Social > Reports > Profile Performance > Export > CSV.",
    assumes=ASSUMES,
    fields=(
        Field("date", "sprout_day", ("Date",), required=True),
        Field("date_words", "text", ("Date",)),
        Field("network_cell", "text", ("Network",), required=True),
        Field("profile", "text", ("Profile",), required=True),
        Field("followers", "whole", ("Audience",)),
        Field("audience_change", "text", ("Net Audience Growth",)),
        Field("follows_new", "whole", ("Audience Gained",)),
        Field("unfollows", "whole", ("Audience Lost",)),
        Field("posts_published", "whole", ("Published Posts (Total)", "Published Posts")),
        Field("impressions", "whole", ("Impressions",)),
        Field("reach", "whole", ("Reach",)),
        Field("reach_organic", "whole", ("Organic Reach",)),
        Field("reach_boosted", "whole", ("Paid Reach",)),
        Field("potential_reach", "whole", ("Potential Reach",)),
        Field("views", "whole", ("Video Views",)),
        Field("engagements", "whole", ("Engagements",)),
        Field("reactions_likes", "whole", ("Reactions",)),
        Field("comments", "whole", ("Comments",)),
        Field("shares", "whole", ("Shares",)),
        Field("saves", "whole", ("Saves",)),
        Field("clicks_all", "whole", ("Post Clicks (All)",)),
        Field("link_clicks", "whole", ("Post Link Clicks",)),
        Field("profile_visits", "whole", ("Profile Actions",)),
    ),
    any_of=(
        ("followers", "audience_change", "follows_new", "posts_published"),
        ("followers", "follows_new", "posts_published", "impressions", "engagements"),
    ),
    derive={
        "network": "sprout_network(network_cell)",
        "account": "sprout_account(network_cell, profile)",
        "account_name": "sprout_name(profile)",
        "day": "date",
    },
    without=("Post ID",),
    skip=(totals("date_words"),),
    aside=(
        Rule("the record has no date", "day is null", "date"),
        Rule("the record names no network", "network_cell is null", "network_cell"),
        Rule("the record names no profile", "account is null", "profile"),
    ),
    macros=MACROS,
)
