"""Reach's own file of posts entered by hand: Nextdoor, posters, pages that cannot be exported. People met in person are no reach."""

from ..definitions import NETWORKS
from . import Field, Format, Rule
from ._networks import MACROS

FORMAT = Format(
    key="manual",
    version=2,
    label="Posts entered by hand (Reach template)",
    table="post_observation",
    getting_it="Download the template on the Upload page. For Nextdoor, posters and other places that give no export.",
    fields=(
        Field("platform", "text", ("platform",), required=True),
        Field("account_cell", "text", ("account",), required=True),
        Field("period_start", "day", ("period_start",), required=True),
        Field("period_end", "day", ("period_end",), required=True),
        Field("link_cell", "text", ("post_url",), required=True),
        Field("words", "text", ("text",)),
        Field("published", "day", ("published",), required=True),
        Field("reach", "whole", ("reach",)),
        Field("views", "whole", ("views",)),
        Field("impressions", "whole", ("impressions",)),
        Field("reactions_likes", "whole", ("likes",)),
        Field("comments", "whole", ("comments",)),
        Field("shares", "whole", ("shares",)),
        Field("link_clicks", "whole", ("link_clicks",)),
        Field("people_met", "text", ("people_met", "people met", "people_engaged", "attendance", "attendees", "footfall")),
        Field("note", "text", ("note", "notes")),
    ),
    derive={
        # What a person types must not merge with what a file of the network says of the same post.
        "network": "'manual_' || coalesce(network_named(platform), 'other')",
        "account": "lower(name_of_account(account_cell))",
        "account_name": "name_of_account(account_cell)",
        # A day without a clock time stands at noon, which is on that day in London and in UTC alike.
        "published_at": "coalesce(published, period_start) + interval 12 hours",
        "text": "coalesce(words, note)",
        "kind": "platform",
        "permalink": "case when filled(link_cell) then link_cell end",
        "file_post_id": "coalesce(permalink, published || ' ' || lower(platform) || ' ' || account || ' ' || md5(coalesce(text, '')))",
    },
    aside=(
        Rule(
            "is a number of people met, which is no reach: enter it in the figures file (measure people_met_at_events, children_at_talks "
            "or adults_at_talks) and leave this cell blank",
            "filled(people_met) and trim(people_met) <> '0'",
            "people_met",
        ),
        Rule(f"the record names no platform, such as {', '.join(NETWORKS.values())} or Poster", "platform is null", "platform"),
        Rule("the record names no account", "account is null", "account_cell"),
        Rule(
            "the record has neither a post_url nor a published date, so it is of no post; enter totals of a period in the figures file",
            "permalink is null and published is null",
            "published",
        ),
        Rule("is not a web address such as https://nextdoor.co.uk/p/abc", "not regexp_matches(permalink, '^https?://[^ ]+$')", "link_cell"),
        Rule("the record has no published date and no period_start", "published_at is null", "published"),
        Rule("the end of the period is before its start", "period_end < period_start", "period_end"),
    ),
    macros=MACROS,
)
