"""The dictionary: every definition of a number that Reach can hold, which exports it comes from, and what changed when.

Data, with a few questions to ask it. What is not known is said to be not known: nothing here is guessed. Facts are from the exports
themselves and from the addresses that stand with them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from . import wording
from .definitions import (
    ANY_METRIC,
    DEFINITIONS,
    ESTIMATED,
    LINKEDIN_HELP,
    MEASURE,
    MEASURES,
    META_API,
    META_ESTIMATES,
    META_VIEWS,
    NETWORKS,
    RATIO_METRICS,
    THE_EXPORT,
    TOOLS,
    YOUTUBE_SHORTS,
    Definition,
)
from .formats import Format, all_formats
from .formats._meta_cards import CARDS
from .ratios import OF_POSTS, RATIO

OF = {
    "post": "a post",
    "day": "an account, by day",
    "ad": "an advertisement",
    "web page": "a web page",
    "open data": "open data",
    "figure": "a published or recorded figure",
    "ratio": "a ratio that Reach works out",
}
TABLE_OF = {"post_observation": "post", "account_day": "day", "ad_result": "ad", "web_page": "web page"}
_OWN = tuple(NETWORKS)
_EVERY_TOOL = tuple(f"{tool}_{network}" for tool in TOOLS for network in NETWORKS)


# --- posts ----------------------------------------------------------------------------------------------------------
# What networks count beside reach, viewers, views and impressions, and what is known of how. Each counts in its own way.
_POST_COUNTS = {
    "reach_organic": "Accounts reached without payment. With the boosted ones they can exceed the reach, since one account can be both.",
    "reach_boosted": "Accounts reached by payment. With the organic ones they can exceed the reach, since one account can be both.",
    "views_organic": "Views that were not paid for.",
    "views_boosted": "Views that were paid for.",
    "engagements": "The network's own total of actions. Facebook adds reactions, comments and shares, and its total at times differs "
    "from its parts. X also counts opened details, visits to the profile and clicks.",
    "reactions_likes": "Facebook: reactions of every kind. Others: likes. LinkedIn takes off those taken back.",
    "comments": "Comments; on X replies.",
    "shares": "Shares. On X reposts, called retweets until Twitter was renamed; on LinkedIn reposts, called shares until 2025.",
    "saves": "Times the post was saved; on X bookmarks, on TikTok additions to the favourites.",
    "clicks_all": "Clicks of every kind on the post.",
    "link_clicks": "Clicks on the post's link.",
    "follows_new": "New follows that came from the post; on YouTube subscribers gained.",
    "profile_visits": "Visits to the profile that came from the post.",
    "video_3s_views": "Plays of at least three seconds. A person that plays twice counts twice.",
    "video_1m_views": "Plays of at least one minute.",
    "video_30s_views": "Plays of at least 30 seconds, or to the end of a shorter video.",
    "video_95_views": "Plays to 95% of the video's length, which counts as its end.",
    "engaged_views": "Plays past the first moment.",
    "video_3s_viewers": "Accounts that played at least three seconds, each counted once for the post.",
    "video_1m_viewers": "Accounts that played at least one minute, each counted once for the post.",
    "watch_seconds": "Time for which the video was played.",
}

_SPROUT = tuple(f"sprout_{network}" for network in NETWORKS)
# Of these more is known than a name.
_FILMS: tuple[Definition, ...] = (
    Definition(
        "video-95-views-facebook-insights",
        "video_95_views",
        ("facebook",),
        "Views to 95% (Facebook, old Page Insights)",
        "Times the video was played to 95% of its length, organic and paid added. Post by post they are out of the plays of at least three "
        "seconds of the same export. Meta's later exports of posts do not give it.",
        None,
        date(2023, 10, 31),
        source="the export itself: its second row defines each column",
    ),
    Definition(
        "video-95-views-sprout",
        "video_95_views",
        _SPROUT,
        "Views to 95% (as Sprout Social gives them)",
        "Times the video was played to 95% of its length. In the exports seen only Facebook has them, where video views are plays of at "
        "least three seconds. It stands apart from what the networks' own exports say.",
        source="the export itself, under 95% Video Views",
        per_network=True,
    ),
    Definition(
        "video-30s-views-sprout",
        "video_30s_views",
        _SPROUT,
        "Full video views (as Sprout Social gives them)",
        "Plays of at least 30 seconds, or to the end of a shorter video; with Partial Video Views they add up to the video views. They are "
        "plays to the end only of videos up to 30 seconds. It stands apart from what the networks' own exports say.",
        source="Sprout Social's interface, which names the column video_views_30s_complete",
        per_network=True,
    ),
    Definition(
        "engaged-views-youtube",
        "engaged_views",
        ("youtube",),
        "Engaged views (YouTube)",
        "Plays of the video past its first moment, in the period asked for: what views of a Short were until 30 March 2025. Of longer "
        "videos they are the views.",
        source=YOUTUBE_SHORTS,
    ),
)

# --- days of an account ---------------------------------------------------------------------------------------------
_NEVER_ADDED = "An account of two days is in both, so days are never added."
_DAY_MAIN: tuple[Definition, ...] = (
    Definition(
        "reach-facebook-day",
        "reach",
        ("facebook",),
        "Reach by day (Facebook)",
        f"Accounts that had anything of the Page on screen within the day, a US Pacific day. {_NEVER_ADDED} Facebook's card of it became "
        "Viewers in 2025.",
        None,
        date(2025, 10, 30),
        of="day",
        counting=ESTIMATED,
        source=META_ESTIMATES,
    ),
    Definition(
        "reach-instagram-day",
        "reach",
        ("instagram",),
        "Reach by day (Instagram)",
        f"Accounts that had anything of the account on screen within the day, a US Pacific day. {_NEVER_ADDED}",
        of="day",
        counting=ESTIMATED,
        source=META_ESTIMATES,
    ),
    Definition(
        "viewers-meta-day",
        "viewers",
        ("facebook", "instagram"),
        "Viewers by day (Facebook, Instagram)",
        f"Accounts that viewed anything of the account within the day. {_NEVER_ADDED} Counted another way than reach.",
        date(2025, 1, 1),
        of="day",
        source=META_API,
    ),
    Definition(
        "views-meta-day",
        "views",
        ("facebook", "instagram"),
        "Views by day (Facebook, Instagram)",
        "Times anything of the account was played or displayed on the day, repeats included. Days before Meta counted views may stand as "
        "0, which is no count.",
        date(2024, 8, 1),
        of="day",
        source=META_VIEWS,
    ),
    Definition(
        "impressions-meta-day",
        "impressions",
        ("facebook", "instagram"),
        "Impressions by day (Facebook, Instagram, to 2024)",
        "Times anything of the account was on a screen on the day, counting fewer repeats than Views does. Meta ended it in 2024.",
        None,
        date(2024, 11, 30),
        of="day",
        source=META_VIEWS,
    ),
    Definition(
        "impressions-x-day-twitter",
        "impressions",
        ("x",),
        "Impressions by day (Twitter, to July 2023)",
        "Times tweets were shown on the day, all tweets of the account together, so it is not the sum of the tweets listed. Twitter gave "
        "no count of accounts.",
        None,
        date(2023, 7, 22),
        of="day",
    ),
    Definition(
        "impressions-x-day",
        "impressions",
        ("x",),
        "Impressions by day (X)",
        "Times posts were shown on the day, all posts of the account together. X gives no count of accounts, and revises the last days.",
        date(2023, 7, 23),
        None,
        of="day",
    ),
    Definition(
        "views-x-day",
        "views",
        ("x",),
        "Video views by day (X)",
        "Times videos of the account were played on the day. Posts without a video have none.",
        of="day",
    ),
    Definition(
        "impressions-linkedin-day",
        "impressions",
        ("linkedin",),
        "Impressions by day (LinkedIn)",
        "Times posts of the Page were shown on the day, organic and sponsored together, as LinkedIn estimates it.",
        of="day",
        counting=ESTIMATED,
        source=LINKEDIN_HELP,
    ),
    Definition(
        "reach-linkedin-day",
        "reach",
        ("linkedin",),
        "Unique impressions by day (LinkedIn, organic)",
        f"Members who were shown an organic post on the day, each counted once. Sponsored posts are left out. {_NEVER_ADDED}",
        of="day",
        unit="members",
    ),
    Definition(
        "reach-tiktok-day",
        "reach",
        ("tiktok",),
        "Total viewers by day (TikTok)",
        "Viewers of the day, each counted once: Total viewers of TikTok Studio, Reached audience of a business account. In TikTok Studio "
        f"they are above the day's video views at times, so the two are never divided. {_NEVER_ADDED}",
        of="day",
        unit="viewers",
    ),
    Definition(
        "views-tiktok-day",
        "views",
        ("tiktok",),
        "Video views by day (TikTok)",
        "Times videos of the account were played on the day, repeats included.",
        of="day",
        unit="plays",
    ),
    Definition(
        "views-youtube-day-to-2025",
        "views",
        ("youtube",),
        "Views by day (YouTube, to 30 March 2025)",
        "Times videos were played on the day. A Short counted only past its first moment, which YouTube now calls an engaged view.",
        None,
        date(2025, 3, 30),
        of="day",
        unit="plays",
        source=YOUTUBE_SHORTS,
    ),
    Definition(
        "views-youtube-day",
        "views",
        ("youtube",),
        "Views by day (YouTube, from 31 March 2025)",
        "Times videos were played on the day. Every start or replay of a Short counts.",
        date(2025, 3, 31),
        None,
        of="day",
        unit="plays",
        source=YOUTUBE_SHORTS,
    ),
    Definition(
        "reach-youtube-day",
        "reach",
        ("youtube",),
        "Unique viewers by day (YouTube)",
        f"Viewers of the channel on the day, each counted once, as YouTube estimates them. {_NEVER_ADDED}",
        of="day",
        unit="viewers",
        counting=ESTIMATED,
    ),
    Definition(
        "impressions-youtube-day",
        "impressions",
        ("youtube",),
        "Impressions by day (YouTube)",
        "Times thumbnails of the channel were shown on YouTube on the day. Showings elsewhere are not counted, and none is a view.",
        of="day",
    ),
)
# By which definitions of days an account is counted as its posts are: elsewhere a day counts other things, as X's views do.
DAYS_COUNTED_ALIKE = {
    "views-meta": ("views-meta-day",),
    "impressions-meta": ("impressions-meta-day",),
    "impressions-x": ("impressions-x-day-twitter", "impressions-x-day"),
    "impressions-linkedin": ("impressions-linkedin-day",),
    "views-tiktok": ("views-tiktok-day",),
    "views-youtube": ("views-youtube-day-to-2025", "views-youtube-day"),
    "impressions-youtube": ("impressions-youtube-day",),
}
_MAIN = ("reach", "viewers", "views", "impressions")
_DAYS_KNOWN = {(one.metric, network) for one in _DAY_MAIN for network in one.networks}
# What else a day of an account is measured in. Each network counts in its own way.
_DAY_COUNTS = {
    **{
        key: _POST_COUNTS[key]
        for key in (
            *("views_organic", "views_boosted", "video_3s_views", "video_1m_views", "video_30s_views", "video_95_views", "watch_seconds"),
        )
    },
    "reach_organic": f"Accounts reached without payment within the day. {_NEVER_ADDED}",
    "reach_boosted": f"Accounts reached by payment within the day. {_NEVER_ADDED}",
    "engagements": "The network's own total of actions on the day. Facebook and Instagram call them content interactions. X also counts "
    "opened details, visits to the profile and clicks.",
    "reactions_likes": "Reactions and likes on the day. LinkedIn and TikTok take off those taken back, so that a day can be below zero.",
    "comments": "Comments on the day; on X replies. LinkedIn and TikTok take off those taken back.",
    "shares": "Shares on the day. On X reposts, called retweets until Twitter was renamed; on LinkedIn reposts, called shares until 2025.",
    "saves": "Times posts were saved on the day; on X bookmarks.",
    "clicks_all": "Clicks of every kind on the day, on all content of the account.",
    "link_clicks": "Clicks on links on the day.",
    "follows_new": "New followers of the day. LinkedIn heads them Total followers; YouTube calls them subscribers gained.",
    "profile_visits": "Visits to the profile or Page on the day; on LinkedIn views of the Page's own pages.",
    "video_3s_viewers": f"Accounts that played at least three seconds on the day. {_NEVER_ADDED}",
    "video_1m_viewers": f"Accounts that played at least one minute on the day. {_NEVER_ADDED}",
    "potential_reach": "Followers of everyone who posted or shared on the day: who could have seen it. It is no count of who did, so it is "
    "never called reach.",
    "followers": "Accounts that follow the account as the day ended. A stock: days are compared, never added. Old Facebook Page Insights "
    "gave the likes of the Page.",
    "unfollows": "Accounts that stopped following on the day.",
    "posts_published": "Posts published on the day; tweets until Twitter was renamed.",
    "page_views": "Times the Page was opened on the day, repeats included.",
    "unique_visitors": f"Visitors of the Page's own pages, each counted once within the day, whatever they used. {_NEVER_ADDED}",
    "new_viewers": f"Viewers of the day who had not watched before. {_NEVER_ADDED}",
    "returning_viewers": f"Viewers of the day who had watched before. {_NEVER_ADDED}",
    "engaged_views": "Plays past the first moment, which YouTube's views of Shorts were until 30 March 2025.",
    "video_views": "Times videos were played on the day, repeats included.",
    "page_likes_new": "New likes of the Page on the day, which Facebook counted before it counted follows.",
}

# --- advertisements, web pages, open data ---------------------------------------------------------------------------
_IN_WINDOW = "Of one advertisement, ad set or campaign in one window of days. Windows and breakdowns overlap."
_AD_COUNTS = {
    "reach": f"Accounts that saw the advertisement at least once. {_IN_WINDOW} A row of totals counts each account once over all of it.",
    "viewers": f"Accounts that viewed the advertisement at least once. {_IN_WINDOW}",
    "views": f"Times the advertisement was played or displayed, repeats included. {_IN_WINDOW} Years before Meta counted views stand as 0.",
    "impressions": f"Times the advertisement was on a screen. {_IN_WINDOW}",
    "engagements": f"Actions on the advertisement. {_IN_WINDOW}",
    "clicks_all": f"Clicks of every kind on the advertisement. {_IN_WINDOW}",
    "link_clicks": f"Clicks on the advertisement's link. {_IN_WINDOW}",
    "video_3s_views": f"Plays of at least three seconds. {_IN_WINDOW}",
    "results": f"What the advertisement was bought for, as often as it happened. {_IN_WINDOW} Unlike kinds of result are unlike numbers.",
    "spend": f"Money spent, in the currency that stands beside it. {_IN_WINDOW}",
}
_WEB_COUNTS = {
    "web_views": "Times the page was viewed in the period, repeats included.",
    "web_users": "Users of the page in the period, each counted once for the page: those active, whatever the heading says. One who used "
    "two pages counts at both.",
    "web_sessions": "Visits in the period in which the page was used.",
    "web_events": "Actions on the page in the period that the site counts.",
}
_OPEN_DATA = Definition(
    "records-open-data",
    "records",
    (),
    "Records (data.police.uk)",
    "Rows of the file: crimes, outcomes or stop and searches of a force, by month or day. Nothing ties them to a named operation.",
    of="open data",
    counting="counted",
)

# What a figure of people met counts, so that it is never taken for reach on a screen.
_IN_PERSON = {
    "people_heard_message": "people within hearing",
    "people_met_at_events": "people spoken to",
    "people_engaged_in_person": "people met face to face",
    "children_at_talks": "people in a room or online",
    "adults_at_talks": "people in a room",
}
_MONEY = {"GBP": "pounds", "EUR": "euros", "kg": "kilograms"}


def _counts(of: str, words: dict[str, str], behind: str, known: Collection[Definition] = ()) -> list[Definition]:
    """Of each metric one definition for the networks' own files and one for what tools say, which stands apart.

    Both leave out the networks of which a definition is ``known``.
    """
    made = []
    held = {(one.metric, network) for one in known for network in one.networks}
    for metric, said in words.items():
        unit = "potential audience" if metric == "potential_reach" else ""
        label = ANY_METRIC[metric].label
        ours, tools = (tuple(one for one in networks if (metric, one) not in held) for networks in (_OWN, _EVERY_TOOL))
        own = Definition(f"{metric}-{of}", metric, ours, f"{label}{behind}", said, of=of, unit=unit, per_network=True)
        of_tools = f"{said} As a tool counts it, or a person typed it in: it stands apart from what the networks' own exports say."
        tool = Definition(f"{metric}-{of}-tools", metric, tools, f"{label}{behind} (tools)", of_tools, of=of, unit=unit, per_network=True)
        made += [own, tool]
    return made


_OTHER_DAYS = tuple(
    Definition(
        f"{metric}-{network}-day",
        metric,
        (network,),
        f"{ANY_METRIC[metric].label} by day ({name})",
        f"{ANY_METRIC[metric].words} Of a day, as matched by a person from the network's own file ({name}).",
        of="day",
    )
    for metric in _MAIN
    for network, name in NETWORKS.items()
    if (metric, network) not in _DAYS_KNOWN
)
_TOOL_DAYS = tuple(
    Definition(
        f"{metric}-{tool}-day",
        metric,
        tuple(f"{tool}_{network}" for network in NETWORKS),
        f"{ANY_METRIC[metric].label} by day ({'entered by hand' if tool == 'manual' else f'as {name} gives it'})",
        f"{ANY_METRIC[metric].words} Of a day, as {'a person typed it in' if tool == 'manual' else f'{name} gives it'}. It stands apart "
        "from what the networks' own exports say.",
        of="day",
        per_network=True,
    )
    for metric in _MAIN
    for tool, name in TOOLS.items()
)
_ASSETS = tuple(
    Definition(
        f"{metric}-facebook-videos",
        metric,
        ("video_facebook",),
        f"{ANY_METRIC[metric].label} of video assets (Facebook)",
        f"{_POST_COUNTS[metric]} Over every post that carries the video, so it is never added to that of the posts.",
    )
    for metric in (
        "engagements",
        "reactions_likes",
        "comments",
        "shares",
        "video_3s_views",
        "video_1m_views",
        "video_3s_viewers",
        "video_1m_viewers",
        "watch_seconds",
    )
)
_ADS = tuple(
    Definition(
        f"{metric}-ads",
        metric,
        ("meta",),
        f"{ANY_METRIC[metric].label} of advertisements (Meta)",
        words,
        date(2025, 1, 1) if metric == "viewers" else date(2024, 8, 1) if metric == "views" else None,
        of="ad",
        counting=ESTIMATED if metric == "reach" else "not stated",
        source=META_ESTIMATES if metric == "reach" else THE_EXPORT,
    )
    for metric, words in _AD_COUNTS.items()
)
_WEB = tuple(
    Definition(f"{metric}-ga4", metric, (), f"{ANY_METRIC[metric].label} (Google Analytics)", words, of="web page")
    for metric, words in _WEB_COUNTS.items()
)
_FIGURES = tuple(
    Definition(
        measure.key,
        measure.key,
        (),
        measure.label,
        measure.words,
        of="figure",
        unit=_IN_PERSON.get(measure.key)
        or _MONEY.get(measure.unit)
        or ("people or accounts, as published" if measure.kind == "reach" else measure.unit),
        counting="as published",
        source=measure.source or "the publisher; each figure names its own",
    )
    for measure in MEASURES
)
_SUMS = " Of several posts it is the sum over the sum, of the posts of which one export gives both numbers; never a mean of rates."
_OVER_POSTS = {key for _, keys in OF_POSTS for key in keys}
# Both numbers are of one scope and one way of counting, so a ratio compares inside one network only.
_RATIOS = tuple(
    Definition(
        f"{one.key.replace('_', '-')}-ratio",
        one.key,
        RATIO[one.key].networks or (*_OWN, "video_facebook", "meta", *_EVERY_TOOL),
        one.label,
        one.words + (_SUMS if one.key in _OVER_POSTS else ""),
        of="ratio",
        counting="worked out",
        source=f"worked out by Reach: {RATIO[one.key].words}",
        per_network=True,
    )
    for one in RATIO_METRICS
)
ENTRIES: tuple[Definition, ...] = (
    *DEFINITIONS,
    *_ASSETS,
    *_FILMS,
    *_counts("post", _POST_COUNTS, " of posts", _FILMS),
    *_DAY_MAIN,
    *_OTHER_DAYS,
    *_TOOL_DAYS,
    *_counts("day", _DAY_COUNTS, " by day"),
    *_ADS,
    *_WEB,
    _OPEN_DATA,
    *_FIGURES,
    *_RATIOS,
)
ENTRY = {one.key: one for one in ENTRIES}


# --- what changed ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """A change in how some networks count or name something.

    It came about on a day from ``first`` to ``last``, one day where it is known; None where nobody knows. ``metrics`` and ``of`` say
    which series it runs through. One that ``breaks`` them parts what is not counted alike; else only a name or an export changed.
    In a ``succession`` one metric gives way to another: the two are never compared, but each is counted as it was.
    ``label`` is for a chart, ``sure`` says how sure the date is.
    """

    first: date | None
    last: date | None
    networks: tuple[str, ...]
    metrics: tuple[str, ...]
    of: tuple[str, ...]
    before: str
    after: str
    label: str
    words: str
    source: str
    sure: str
    breaks: bool = True
    succession: bool = False

    def runs_through(self, of: str, metrics: Collection[str], networks: Collection[str]) -> bool:
        own = set(self.networks) & set(networks) or (not self.networks and not networks)
        return bool(of in self.of and set(self.metrics) & set(metrics) and own)


_POSTS_AND_DAYS = ("post", "day")
CHANGES: tuple[Change, ...] = (
    Change(
        None,
        date(2016, 11, 30),
        ("x",),
        ("reactions_likes",),
        _POSTS_AND_DAYS,
        "favorites",
        "likes",
        "Favourites became likes",
        "Twitter's exports called likes favorites.",
        THE_EXPORT,
        "before December 2016; the day is not known",
        breaks=False,
    ),
    Change(
        date(2023, 7, 23),
        date(2023, 7, 23),
        ("x",),
        (
            *("impressions", "engagements", "reactions_likes", "comments", "shares", "link_clicks", "follows_new", "profile_visits"),
            "posts_published",
        ),
        _POSTS_AND_DAYS,
        "Twitter: tweets, retweets",
        "X: posts, reposts",
        "Twitter became X",
        "Twitter became X: tweets became posts, and retweets reposts. A new export took the place of the old one. Whether it counts as the "
        "old one did is not stated, so the two are not joined.",
        "https://itv.com/news/2024-02-26/why-cant-we-stop-calling-it-twitter",
        "the day of the rename; exports followed by early 2025",
    ),
    Change(
        date(2023, 9, 1),
        date(2024, 3, 31),
        ("facebook",),
        ("reach", "profile_visits"),
        ("day",),
        "Facebook Page reach; Page and profile visits",
        "Facebook reach; Visits",
        "Cards renamed",
        "Meta renamed its result cards.",
        THE_EXPORT,
        "between September 2023 and March 2024, from the exports",
        breaks=False,
    ),
    Change(
        date(2023, 11, 1),
        date(2023, 11, 1),
        ("facebook",),
        ("reach", "reach_organic", "reach_boosted", "impressions", "clicks_all", "page_views", "followers", "follows_new", "unfollows"),
        ("day",),
        "old Page Insights",
        "Meta Business Suite",
        "Page Insights closed",
        "Facebook closed the old Page Insights, so its exports end.",
        "https://developers.facebook.com/blog/post/2025/08/15/page-insights-api-updates",
        "the day",
        breaks=False,
    ),
    Change(
        date(2024, 3, 14),
        date(2024, 3, 14),
        ("facebook",),
        ("clicks_all",),
        ("day",),
        "page_consumptions",
        "no longer given",
        "Page consumptions retired",
        "Facebook's interface retired page_consumptions, the clicks of every kind on a Page, and engaged users.",
        "https://developers.facebook.com/docs/platforminsights/page/deprecated-metrics",
        "the day",
        breaks=False,
    ),
    Change(
        date(2024, 4, 1),
        date(2024, 4, 30),
        ("linkedin",),
        ("impressions",),
        _POSTS_AND_DAYS,
        "impressions without those of reposts",
        "impressions with those of reposts",
        "Impressions include reposts",
        "LinkedIn counts impressions of reposts among those of members' posts. Whether the same holds for posts of Pages is not stated, so "
        "impressions before and after are not joined.",
        LINKEDIN_HELP,
        "the month",
    ),
    Change(
        date(2024, 1, 1),
        date(2024, 12, 31),
        (),
        ("web_users",),
        ("web page",),
        "Users",
        "Active users",
        "Users became Active users",
        "Google Analytics shows the same users under the heading Active users.",
        THE_EXPORT,
        "the year, from the exports",
        breaks=False,
    ),
    Change(
        date(2024, 8, 1),
        date(2024, 8, 31),
        ("instagram",),
        ("impressions", "views"),
        _POSTS_AND_DAYS,
        "Impressions; Plays",
        "Views",
        "Instagram: Impressions became Views",
        "Instagram made views its first metric and took impressions out of Insights; plays became views. Views count more repeats than "
        "impressions did. In advertisements, impressions stay.",
        "https://martechvibe.com/article/instagram-to-use-views-as-new-primary-metric",
        "the month",
        succession=True,
    ),
    Change(
        date(2024, 9, 1),
        date(2024, 11, 30),
        ("facebook",),
        ("impressions", "views"),
        _POSTS_AND_DAYS,
        "Impressions; Plays",
        "Views",
        "Facebook: Impressions became Views",
        "Facebook put views in the place of impressions and plays. Views count more repeats: one person who sees a photo three times in a "
        "day makes 3 views and made 1 impression.",
        META_VIEWS,
        "autumn 2024; the day is not known",
        succession=True,
    ),
    Change(
        date(2025, 1, 1),
        date(2025, 10, 31),
        ("facebook",),
        ("reach", "viewers"),
        ("day",),
        "Reach",
        "Viewers",
        "Reach became Viewers",
        "Facebook's card of reach gave way to one of viewers, which are counted another way. Instagram keeps its card of reach.",
        "https://www.bplotcreative.com/post/meta-metrics-explained",
        "in 2025; an export has viewers from 31 October 2025 on",
        succession=True,
    ),
    Change(
        date(2025, 1, 1),
        date(2025, 12, 31),
        ("linkedin",),
        ("shares",),
        _POSTS_AND_DAYS,
        "Shares",
        "Reposts",
        "Shares became Reposts",
        "LinkedIn renamed the column in the exports of Pages.",
        THE_EXPORT,
        "the year, from the exports",
        breaks=False,
    ),
    Change(
        date(2025, 1, 1),
        date(2025, 12, 31),
        ("sprout_facebook", "sprout_instagram"),
        ("impressions",),
        _POSTS_AND_DAYS,
        "impressions",
        "what Meta calls views",
        "Impressions filled with Views",
        "Sprout Social seems to fill impressions of Facebook and Instagram with their views.",
        THE_EXPORT,
        "about 2025, inferred from the exports",
    ),
    Change(
        date(2025, 3, 31),
        date(2025, 3, 31),
        ("youtube",),
        ("views",),
        _POSTS_AND_DAYS,
        "views of Shorts past their first moment",
        "every start or replay of a Short",
        "Shorts views counted anew",
        "YouTube counts every start or replay of a Short as a view. What it counted before lives on as engaged views.",
        YOUTUBE_SHORTS,
        "the day",
    ),
    Change(
        date(2025, 6, 15),
        date(2026, 6, 15),
        ("facebook", "video_facebook"),
        ("reach", "viewers"),
        ("post",),
        "Reach",
        "Viewers",
        "Reach gives way to Viewers",
        "Facebook's interface puts viewers in the place of reach, of posts and Pages. They are counted another way, so the two are never "
        "joined.",
        META_API,
        "by 15 June 2025, as printed on a page dated 2 March 2026, so that it may mean 2026",
        succession=True,
    ),
    Change(
        date(2025, 11, 15),
        date(2025, 11, 15),
        ("facebook",),
        ("impressions", "views", "followers"),
        ("day",),
        "impressions; page_fans",
        "views; page_follows",
        "Interface renamed",
        "Facebook's interface for programs replaced impressions by views and page_fans by page_follows. Its exports had changed before.",
        "https://developers.facebook.com/blog/post/2025/08/15/page-insights-api-updates",
        "the day",
        breaks=False,
    ),
)


def definition_of(of: str, metric: str, network: str | None = None, day: date | None = None) -> Definition | None:
    """The definition of a metric, of a post or what else ``of`` says, on a network; that of ``day`` where it changed, else the last."""
    held = [one for one in _by_place().get((of, metric), ()) if network in one.networks or (not one.networks and not network)]
    on_day = [one for one in held if day and (one.valid_from or date.min) <= day <= (one.valid_to or date.max)]
    fitting = on_day or held
    return fitting[-1] if fitting else None


@cache
def _by_place() -> dict[tuple[str, str], list[Definition]]:
    held: dict[tuple[str, str], list[Definition]] = {}
    for one in ENTRIES:
        held.setdefault((one.of, one.metric), []).append(one)
    return held


def adds_within(definition: Definition) -> str:
    """Within what values may be added, in words."""
    if definition.of == "figure":
        if MEASURE[definition.metric].adds:
            return "nothing of the same days; in a period, figures of one area, of one unit and of different days"
        return "nothing: figures can be of the same people or events, so they are never added"
    if not ANY_METRIC[definition.metric].additive:
        return "nothing: values are never added"
    return {
        "post": "posts of one network and one account",
        "day": "days of one network and one account, on one side of a change",
        "ad": "advertisements of one account in one window, at one level, without breakdowns that overlap",
        "web page": "pages of one property in one period",
        "open data": "months or days of one force and kind",
    }[definition.of]


def networks_of(definition: Definition) -> tuple[str, ...]:
    """The networks whose counts a definition is of, by name; where a tool or a person counted, that says so."""
    own = [NETWORKS[key] for key in definition.networks if key in NETWORKS]
    tools = list(dict.fromkeys(TOOLS[key.partition("_")[0]] for key in definition.networks if key.partition("_")[0] in TOOLS))
    other = [_OTHER_NETWORKS[key] for key in definition.networks if key in _OTHER_NETWORKS]
    return (*own, *other, *tools)


_OTHER_NETWORKS = {"meta": "Facebook and Instagram", "video_facebook": "Facebook"}


def written(known: Format) -> set[tuple[str, str, str | None, str]]:
    """What a format can write: (what it is of, metric, network or None where there is none, the heading it stands under)."""
    if known.declined or known.table == "figure":
        return set()
    if known.table in ("crime_month", "search_day"):
        return {("open data", "records", None, "rows of the file")}
    of, networks = TABLE_OF[known.table], _networks(known)
    if "metric" in known.derive:
        return {
            (of, card.metric, network, (*card.seen, *card.sure)[0])
            for card in CARDS
            for network in networks
            if card.network in (None, network)
        }
    columns = {one.name: one.headings[0] for one in known.fields if one.name in ANY_METRIC and one.name in known.target.names}
    columns |= {one.name: one.headings[0] for one in known.day_metrics}
    columns |= {key: "worked out from several columns" for key in known.derive if key in ANY_METRIC and key not in columns}
    return {(of, metric, network, heading) for metric, heading in columns.items() for network in networks}


def _networks(known: Format) -> tuple[str | None, ...]:
    if known.table == "web_page":
        return (None,)
    if known.tool or known.key == "manual":
        return tuple(f"{known.tool or 'manual'}_{network}" for network in NETWORKS)
    return (known.network,) if known.network else known.networks


def exports_of(definition: Definition) -> list[tuple[str, str]]:
    """The exports that hold values of a definition, each with the heading they stand under there (the first of several languages)."""
    if definition.of == "figure":
        return [(one.label, "measure or its own column") for one in all_formats() if one.table == "figure"]
    found = {
        (known.label, heading)
        for known in all_formats()
        for of, metric, network, heading in written(known)
        if (of, metric) == (definition.of, definition.metric) and (network in definition.networks or not (network or definition.networks))
    }
    return sorted(found)


def changes_of(definition: Definition) -> list[Change]:
    """What changed in the course of a definition, and what ended or began it."""
    return [one for one in CHANGES if one.runs_through(definition.of, (definition.metric,), definition.networks)]


def breaks(of: str, metric: str, networks: Collection[str], first: date, last: date) -> list[Change]:
    """The changes in counting between the days ``first`` and ``last`` of what is shown, for the networks shown, in order.

    One that came about on the first of them has nothing before it and parts nothing.
    """
    return sorted(
        (
            one
            for one in CHANGES
            if one.breaks
            and one.runs_through(of, (metric,), networks)
            and one.first
            and one.last
            and _falls(one.first, one.last, first, last)
        ),
        key=lambda one: (one.first or date.min, one.label),
    )


def _falls(earliest: date, latest: date, first: date, last: date) -> bool:
    """Whether a change that came about between two days parts the days from ``first`` to ``last``, or may do so."""
    return earliest <= last and first < latest


def changed_between(metric: str, network: str, before: date, export: date) -> str | None:
    """What changed in how a metric is counted after one export and up to another, in words; None where nothing did."""
    recounted = [one for one in breaks("post", metric, (network,), before, export) if not one.succession]
    if recounted:
        return f"its counting changed ({recounted[0].label})"
    held = [one for one in DEFINITIONS if one.metric == metric and network in one.networks]
    days = [day for one in held for day in (one.valid_from, one.valid_to and one.valid_to + timedelta(days=1)) if day]
    changed = next((day for day in sorted(days) if before < day <= export), None)
    return f"what it counts changed on {wording.day(changed)}" if changed else None
