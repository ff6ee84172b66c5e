"""The old Facebook Page Insights, post level: posts of a classic Page with figures for their lifetime.

``Posted`` is taken as US Pacific clock time, as in Meta's later exports. The file does not say so; it is inferred from Pages that post at
one hour of their own day all year and whose printed hour moves with the American clock changes alone. ``Post ID`` is the Page's id and
the post's; the latter is the id that later exports give. Engaged users are people and no count of actions, so they are not read.
"""

from . import Field, Format, Rule, totals
from ._insights import GETTING_IT, under_definitions

_FIELDS = (
    Field("double_id", "text", ("Post ID",), required=True),
    Field("published", "insights_time", ("Posted",), required=True),
    Field("link", "text", ("Permalink",)),
    Field("message", "text", ("Post Message",)),
    Field("type", "text", ("Type",)),
    Field("reach", "whole", ("Lifetime Post Total Reach", "post_impressions_unique:lifetime")),
    Field("reach_organic", "whole", ("Lifetime Post organic reach", "post_impressions_organic_unique:lifetime")),
    Field("reach_boosted", "whole", ("Lifetime Post Paid Reach", "post_impressions_paid_unique:lifetime")),
    Field("impressions", "whole", ("Lifetime Post Total Impressions", "post_impressions:lifetime")),
    Field("clicks_all", "whole", ("Lifetime Post Consumptions", "post_consumptions:lifetime")),
    # Breakdowns are sheets of a workbook and not read there, but columns of a CSV file.
    Field("link_clicks", "whole", ("Lifetime Post Consumptions by type - link clicks",)),
    Field("reactions_likes", "whole", ("Lifetime Post Stories by action type - like",)),
    Field("comments", "whole", ("Lifetime Post Stories by action type - comment",)),
    Field("shares", "whole", ("Lifetime Post Stories by action type - share",)),
    Field("plays_organic", "whole", ("Lifetime Organic Video Views (Total Count)", "post_video_views_organic:lifetime")),
    Field("plays_paid", "whole", ("Lifetime Paid Video Views (Total Count)", "post_video_views_paid:lifetime")),
    Field("ended_organic", "whole", ("Lifetime Organic views to 95% (Total Count)", "post_video_complete_views_organic:lifetime")),
    Field("ended_paid", "whole", ("Lifetime Paid views to 95% (Total Count)", "post_video_complete_views_paid:lifetime")),
    Field("video_length", "whole", ("Lifetime Video length", "post_video_length:lifetime")),
)

FORMAT = Format(
    key="facebook_insights_posts",
    label="Facebook posts (old Page Insights)",
    table="post_observation",
    version=2,
    network="facebook",
    numbered_accounts=True,
    kept_for="No longer offered: Meta closed Page Insights in November 2023.",
    getting_it=f"{GETTING_IT} Post data, as Excel or CSV.",
    fields=_FIELDS,
    derive={
        "account": "case when contains(double_id, '_') then split_part(double_id, '_', 1) end",
        "account_name": "cast(null as varchar)",
        "file_post_id": "case when contains(double_id, '_') then split_part(double_id, '_', 2) else double_id end",
        "published_at": "published",
        "text": "message",
        "kind": "type",
        "permalink": "link",
        # A post without a video shows 0 plays, which is not applicable and no 0.
        "video_3s_views": "case when video_length > 0 or video_length is null then plays_organic + plays_paid end",
        "video_95_views": "case when video_length > 0 or video_length is null then ended_organic + ended_paid end",
    },
    layouts=under_definitions(_FIELDS, "double_id", ("reach", "impressions")),
    skip=(totals("double_id"), totals("message", unless="double_id")),
    aside=(
        Rule("the record has no post id", "double_id is null", "double_id"),
        Rule("the record has no publish time", "published is null", "published"),
    ),
)
