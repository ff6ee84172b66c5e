"""The old Facebook Page Insights, Page level: a classic Page by day. The file does not name the Page.

Each metric stands in windows of a day, of 7 and of 28 days, which overlap: only those of a day are read, and the likes of the Page as its
followers. Days are taken to be US Pacific days, as in Meta's later exports (inferred; the file does not say).
"""

from . import Field, Format, Rule, totals
from ._insights import GETTING_IT, under_definitions

_FIELDS = (
    Field("date", "day", ("Date",), required=True),
    Field("date_words", "text", ("Date",)),
    Field("reach", "whole", ("Daily Total Reach", "page_impressions_unique:day")),
    Field("reach_organic", "whole", ("Daily Organic Reach", "page_impressions_organic_unique:day")),
    Field("reach_boosted", "whole", ("Daily Paid Reach", "page_impressions_paid_unique:day")),
    Field("impressions", "whole", ("Daily Total Impressions", "page_impressions:day")),
    Field("clicks_all", "whole", ("Daily Page consumptions", "page_consumptions:day")),
    Field("link_clicks", "whole", ("Daily Page consumptions by type - link clicks",)),
    Field("video_3s_views", "whole", ("Daily Total Video Views", "page_video_views:day")),
    Field("page_views", "whole", ("Daily Total views count per Page", "page_views_total:day")),
    Field("followers", "whole", ("Lifetime Total Likes", "page_fans:lifetime")),
    Field("follows_new", "whole", ("Daily New Likes", "page_fan_adds_unique:day", "page_fan_adds:day")),
    Field("unfollows", "whole", ("Daily Unlikes", "page_fan_removes_unique:day", "page_fan_removes:day")),
)

FORMAT = Format(
    key="facebook_insights_days",
    label="Facebook days (old Page Insights)",
    table="account_day",
    network="facebook",
    numbered_accounts=True,
    kept_for="No longer offered: Meta closed Page Insights in November 2023.",
    getting_it=f"{GETTING_IT} Page data, as Excel or CSV.",
    fields=_FIELDS,
    derive={"day": "date"},
    layouts=under_definitions(_FIELDS, "date", ("reach", "impressions", "followers")),
    skip=(totals("date_words"),),
    aside=(Rule("the record has no date", "date is null", "date"),),
)
