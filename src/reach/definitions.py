"""What each number means: the metrics that networks export and the measures that police publish.

Additivity is a property of a metric and lives here alone. ``reach`` and ``viewers`` count different accounts
once each, so no two of them may be added, whatever they are taken over; ``views`` and ``impressions`` count
displays, which add up inside one definition. Sources of the wordings: the exports themselves and the
networks' help pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache


@dataclass(frozen=True)
class Metric:
    """A number that a network gives for a post.

    ``unit`` is what is counted; ``additive`` says whether values may be added within one definition; ``type`` is
    the DuckDB type that holds it.
    """

    key: str
    label: str
    unit: str
    additive: bool
    words: str
    type: str = "BIGINT"


ESTIMATED, COUNTED, NOT_STATED = "estimated", "counted", "not stated"
THE_EXPORT = "the export itself"
# Where a definition was read that no export states.
META_API = "https://developers.facebook.com/documentation/pages-api/platforminsights/page/deprecated-metrics"
META_VIEWS = "https://www.nasdaq.com/articles/meta-says-views-become-primary-metric-facebook"
META_ESTIMATES = "Meta, as Adloop's documentation quotes it: this metric is estimated"
LINKEDIN_HELP = "LinkedIn help, as copied by another site; confirm at LinkedIn"
# The Home Office's definitions, as updated on 30 December 2025; the page says "subject to improvements and change".
COUNTY_LINES_DATA = (
    "Home Office, County Lines Programme data (gov.uk, home-offices-county-lines-programme-data), as updated on 30 December 2025"
)
YOUTUBE_SHORTS = "https://www.searchenginejournal.com/youtube-changes-shorts-view-counts-no-change-to-monetization/543005/"


@dataclass(frozen=True)
class Definition:
    """A metric as one family of networks counts it, and when that way of counting held.

    Values are comparable only inside one definition. ``key`` appears in addresses. ``of`` is what a value is of: a post, a day of an
    account, an advertisement, a web page, open data, or a figure. ``valid_from`` and ``valid_to`` are None where nobody knows or it
    still holds. ``unit`` is what is counted, where it is not simply the metric's. ``counting`` says whether the network counts or
    estimates; ``source`` is where the definition was read, an address or words. One that is ``per_network`` is counted by each network
    in its own way, so that its values are comparable inside one network only.
    """

    key: str
    metric: str
    networks: tuple[str, ...]
    label: str
    words: str
    valid_from: date | None = None
    valid_to: date | None = None
    of: str = "post"
    unit: str = ""
    counting: str = NOT_STATED
    source: str = THE_EXPORT
    per_network: bool = False

    @property
    def counts(self) -> str:
        """What is counted: the unit of every value."""
        return self.unit or ANY_METRIC[self.metric].unit


@dataclass(frozen=True)
class Measure:
    """Something that police or partners publish a figure of.

    ``kind`` puts it on its track: ``reach`` (who could have seen it), ``displays`` (how often it was shown, never on a track of reach),
    ``results`` (what enforcement achieved), ``safeguarding``, ``in_person`` (people met, never mixed with reach on screens) or ``reports``
    (what people report or refer). ``unit`` is what is counted; two measures with unlike units are never one series. ``aliases`` are the
    headings and names, in lower case, under which files carry it. ``source`` is where the definition was read that no release states, with
    the day on which it stood. No publisher says since when it counts so.
    """

    key: str
    label: str
    unit: str
    kind: str
    aliases: tuple[str, ...]
    words: str
    source: str = ""

    @property
    def adds(self) -> bool:
        """Whether figures of one area and of different days may be added: events and things, one of which is in one day alone.

        People can be in the figures of several days, and so can lines, which are identified, disrupted and closed.
        """
        return self.kind in ("results", "safeguarding", "reports") and self.unit in EVENTS

    @property
    def on_screens(self) -> bool:
        """Whether it is of what was on screens, reach or displays: the claim ledger holds such a figure against exports."""
        return self.kind in ("reach", "displays")


# Units of what happens once, so that different days have different ones.
EVENTS = (
    *("arrests", "warrants", "offences", "visits", "searches", "reports", "referrals"),
    *("GBP", "EUR", "kg", "weapons", "plants", "vehicles"),
)


METRICS: tuple[Metric, ...] = (
    Metric("reach", "Reach", "accounts", False, "Accounts that had the post on screen at least once."),
    Metric("viewers", "Viewers", "accounts", False, "Accounts that viewed the post at least once."),
    Metric("views", "Views", "plays and displays", True, "Times the post was played or displayed, repeats included."),
    Metric("impressions", "Impressions", "displays", True, "Times the post was on a screen, repeats included."),
    Metric("reach_organic", "Reach, organic", "accounts", False, "Accounts reached without payment; may also be in the boosted count."),
    Metric("reach_boosted", "Reach, boosted", "accounts", False, "Accounts reached by payment; may also be in the organic count."),
    Metric("views_organic", "Views, organic", "plays and displays", True, "Views that were not paid for."),
    Metric("views_boosted", "Views, boosted", "plays and displays", True, "Views that were paid for."),
    Metric("engagements", "Engagements", "actions", True, "The network's own total of actions on the post."),
    Metric("reactions_likes", "Reactions and likes", "reactions", True, "Likes and other reactions."),
    Metric("comments", "Comments", "comments", True, "Comments or replies."),
    Metric("shares", "Shares", "shares", True, "Shares or reposts."),
    Metric("saves", "Saves", "saves", True, "Times the post was saved or bookmarked."),
    Metric("clicks_all", "All clicks", "clicks", True, "All clicks on the post."),
    Metric("link_clicks", "Link clicks", "clicks", True, "Clicks on the post's link."),
    Metric("follows_new", "Follows", "follows", True, "New follows that came from the post."),
    Metric("profile_visits", "Profile visits", "visits", True, "Visits to the profile that came from the post."),
    Metric("video_3s_views", "3-second views", "plays", True, "Plays of at least three seconds."),
    Metric("video_1m_views", "1-minute views", "plays", True, "Plays of at least one minute."),
    Metric("video_30s_views", "30-second views", "plays", True, "Plays of at least 30 seconds, or to the end of a shorter video."),
    Metric("video_95_views", "Views to 95%", "plays", True, "Plays to 95% of the video's length, which counts as its end."),
    Metric("engaged_views", "Engaged views", "plays", True, "Plays past the first moment: how YouTube counted Shorts to March 2025."),
    Metric("video_3s_viewers", "3-second viewers", "accounts", False, "Accounts that played at least three seconds."),
    Metric("video_1m_viewers", "1-minute viewers", "accounts", False, "Accounts that played at least one minute."),
    Metric("watch_seconds", "Seconds viewed", "seconds", True, "Time for which the video was played.", "DECIMAL(18,3)"),
    Metric(
        "potential_reach",
        "Potential audience",
        "followers",
        False,
        "Followers of everyone who posted or shared: who could have seen it. It is no count of who did, and never reach.",
    ),
)
METRIC = {metric.key: metric for metric in METRICS}

# What networks and tools give for an account, an advertisement or a web page beside the metrics of posts.
OTHER_METRICS: tuple[Metric, ...] = (
    Metric("followers", "Followers", "accounts", False, "Accounts that follow the account, as the day ended."),
    Metric("unfollows", "Unfollows", "unfollows", True, "Accounts that stopped following."),
    Metric("posts_published", "Posts published", "posts", True, "Posts published on the day."),
    Metric("page_views", "Page views", "views", True, "Times a page was opened, repeats included."),
    Metric("unique_visitors", "Unique visitors", "visitors", False, "Visitors, each counted once within the day."),
    Metric("new_viewers", "New viewers", "accounts", False, "Viewers who had not watched before."),
    Metric("returning_viewers", "Returning viewers", "accounts", False, "Viewers who had watched before."),
    Metric(
        "full_seconds",
        "Seconds of every play in full",
        "seconds",
        True,
        "Plays times the length of the video: how long it would have been played, had each play run once to its end. Worked out by Reach.",
        "DECIMAL(18,3)",
    ),
    Metric("video_views", "Video views", "plays", True, "Times a video was played, repeats included."),
    Metric("results", "Results", "results", True, "What the advertisement was bought for, as often as it happened.", "DECIMAL(18,3)"),
    Metric("spend", "Spend", "money", True, "Money spent, in the currency of the account.", "DECIMAL(18,3)"),
    Metric("web_views", "Views of the page", "views", True, "Times the web page was viewed, repeats included."),
    Metric("web_users", "Users", "users", False, "People or devices that used the web page. One who used two pages counts at both."),
    Metric("web_sessions", "Sessions", "sessions", True, "Visits to the web site."),
    Metric("web_events", "Events", "events", True, "Actions on the web page that the site counts."),
    Metric("records", "Records", "records", True, "Rows of the open data file: crimes, outcomes or searches."),
    Metric("page_likes_new", "New Page likes", "likes", True, "New likes of the Page, which Facebook counted before it counted follows."),
)

# What Reach works out itself, from two numbers of one scope: see ratios.py. None adds up, and none is averaged.
RATIO_METRICS: tuple[Metric, ...] = (
    Metric("engagements_per_view", "Engagement rate, of views", "engagements per 100 views", False, "Engagements for each 100 views."),
    Metric(
        "engagements_per_impression",
        "Engagement rate, of impressions",
        "engagements per 100 impressions",
        False,
        "Engagements for each 100 impressions.",
    ),
    Metric("clicks_per_view", "Click-through rate, of views", "link clicks per 100 views", False, "Link clicks for each 100 views."),
    Metric(
        "clicks_per_impression",
        "Click-through rate, of impressions",
        "link clicks per 100 impressions",
        False,
        "Link clicks for each 100 impressions.",
    ),
    Metric(
        "ended_plays_per_view",
        "Video completion, of views",
        "plays to 95% per 100 views",
        False,
        "Plays to 95% of the video's length, which counts as its end, for each 100 views of the video. Networks differ in how long a view "
        "must be: on Facebook, three seconds. Sprout Social gives them for Facebook alone in the exports seen; its Full Video Views are "
        "another count, of plays of 30 seconds. Shares made ready by a platform, as TikTok's of videos watched in full, are not used.",
    ),
    Metric(
        "ended_plays_per_play",
        "Video completion, of plays of 3 seconds",
        "plays to 95% per 100 plays of 3 seconds",
        False,
        "Plays to 95% of the video's length, which counts as its end, for each 100 of at least three seconds.",
    ),
    Metric(
        "watched_of_full",
        "Share of the video watched",
        "seconds watched per 100 seconds of every play in full",
        False,
        "Watch time for each 100 seconds that the same plays would have taken, had each run once to the end: views times length. Replays "
        "can bring it above 100. It is how much was watched, not how many watched to the end. Only for videos whose watch time is of just "
        "their views: all of them engaged views, or, where the export gives none, longer than 180 seconds or exported before 31 March "
        "2025. A Short's views since then are every start, its watch time is of more than its engaged views, and it is left out.",
    ),
    Metric(
        "half_minute_plays_per_view",
        "Plays kept for 30 seconds or to the end",
        "plays of 30 seconds or to the end per 100 views",
        False,
        "Plays of at least 30 seconds, or to the end of a shorter video, for each 100 views of the video: Sprout Social's Full Video "
        "Views. It is completion only of videos up to 30 seconds.",
    ),
    Metric(
        "minute_plays_per_play",
        "Plays kept for a minute",
        "plays of 1 minute per 100 plays of 3 seconds",
        False,
        "Plays of at least one minute for each 100 of at least three seconds: how far people watched, and no completion. Meta's exports of "
        "posts do not say how many plays ran to the end, and their seconds viewed are of other plays than they count, more than those of "
        "three seconds and fewer than the views, so that no share of the length is worked out from them.",
    ),
    Metric(
        "engagements_per_account_reached",
        "Engagement rate, of accounts reached",
        "engagements per 100 accounts reached",
        False,
        "Engagements for each 100 accounts reached, of one post alone: reach of several is never added, nor is it in a denominator.",
    ),
    Metric(
        "engagements_per_viewer",
        "Engagement rate, of viewers",
        "engagements per 100 viewers",
        False,
        "Engagements for each 100 viewers, of one post alone: viewers of several are never added, nor are they in a denominator.",
    ),
    Metric(
        "frequency",
        "Frequency",
        "impressions per account reached",
        False,
        "Impressions divided by reach, both of the same row of one export: how often an account reached had it on screen, on average.",
    ),
    Metric(
        "views_per_viewer",
        "Views per viewer",
        "views per viewer",
        False,
        "Views divided by viewers, both of the same row of one export: how often a viewer viewed it, on average.",
    ),
    Metric(
        "cost_per_1000_reached",
        "Cost per 1,000 accounts reached",
        "money per 1,000 accounts",
        False,
        "Money spent for each 1,000 accounts reached, where the platform counts each account once over all that the money was spent on.",
    ),
    Metric(
        "cost_per_1000_viewers",
        "Cost per 1,000 viewers",
        "money per 1,000 viewers",
        False,
        "Money spent for each 1,000 viewers, where the platform counts each viewer once over all that the money was spent on.",
    ),
)
ANY_METRIC = {metric.key: metric for metric in (*METRICS, *OTHER_METRICS, *RATIO_METRICS)}
# What a day of an account can be measured in.
DAY_METRICS = tuple(
    metric
    for metric in (*METRICS, *OTHER_METRICS)
    if metric.key not in ("results", "spend", "full_seconds", "web_views", "web_users", "web_sessions", "web_events", "records")
)
DAY_METRIC = {metric.key: metric for metric in DAY_METRICS}

NETWORKS = {
    "facebook": "Facebook",
    "instagram": "Instagram",
    "x": "X",
    "linkedin": "LinkedIn",
    "tiktok": "TikTok",
    "youtube": "YouTube",
    "nextdoor": "Nextdoor",
    "other": "Other",
}
# Networks that advertisements run on under one count; posts are never of these.
AD_NETWORKS = {"meta": "Facebook and Instagram"}
# A tool counts in its own way, so what it says of a network stands apart from what the network says.
TOOLS = {
    "sprout": "Sprout Social",
    "orlo": "Orlo",
    "hootsuite": "Hootsuite",
    "buffer": "Buffer",
    "tool": "another tool",
    "manual": "entered by hand",
}
# Facebook counts a video over every post that carries it, so its videos stand apart from its posts too, and are never added to them.
APART = {**TOOLS, "video": "video assets"}


def network_label(key: str) -> str:
    """``Facebook``, or ``Facebook (Sprout Social)`` for the key ``sprout_facebook``; a key that is neither stands as it is."""
    apart, _, network = key.partition("_")
    if apart in APART and network:
        return f"{NETWORKS.get(network, network)} ({APART[apart]})"
    return {**NETWORKS, **AD_NETWORKS}.get(key, key)


# The tools whose files a person matches to our metrics, and what the files of a tool say of a post.
MATCHED_TOOLS = ("orlo", "hootsuite", "buffer", "tool")
_IN_A_TOOL = (
    ("reach", "Reach", "Accounts or people who saw the post, as {tool} counts them and a person confirmed."),
    ("impressions", "Impressions", "Times the post was on a screen, as {tool} counts them."),
    ("views", "Views", "Times the post was played or displayed, as {tool} counts them."),
    ("viewers", "Viewers", "Accounts that viewed the post at least once, as {tool} counts them and a person confirmed."),
)


def _of_tools(*tools: str) -> tuple[str, ...]:
    return tuple(f"{tool}_{network}" for tool in tools for network in NETWORKS)


_SETTLED: tuple[Definition, ...] = (
    Definition(
        "reach-meta",
        "reach",
        ("facebook", "instagram"),
        "Reach (Facebook, Instagram)",
        "Accounts that had the post on screen at least once, as Meta estimates it. An account that saw two posts is in the reach of both.",
        None,
        None,
        counting=ESTIMATED,
        source=META_ESTIMATES,
    ),
    Definition(
        "viewers-meta",
        "viewers",
        ("facebook", "instagram"),
        "Viewers (Facebook, Instagram)",
        "Accounts that viewed the post at least once. Meta's successor to reach, counted another way: the two are never compared.",
        date(2025, 1, 1),
        None,
        source=META_API,
    ),
    Definition(
        "views-meta",
        "views",
        ("facebook", "instagram"),
        "Views (Facebook, Instagram)",
        "Times a video was played or another post was displayed, repeats included. Meta's successor to impressions.",
        date(2024, 8, 1),
        None,
        source=META_VIEWS,
    ),
    Definition(
        "impressions-meta",
        "impressions",
        ("facebook", "instagram"),
        "Impressions (Facebook, to 2024)",
        "Times the post was on a screen, counting fewer repeats than Views does. Meta ended it in 2024.",
        None,
        date(2024, 11, 30),
        source=META_VIEWS,
    ),
    Definition(
        "impressions-x",
        "impressions",
        ("x",),
        "Impressions (X)",
        "Times the post was shown on X, repeats included. X gives no count of accounts, so it has no reach.",
    ),
    Definition(
        "impressions-linkedin",
        "impressions",
        ("linkedin",),
        "Impressions (LinkedIn)",
        "Times the post was shown on LinkedIn, repeats included, as LinkedIn estimates it. It gives no count of members for a post, so "
        "that no post has a reach.",
        counting=ESTIMATED,
        source=LINKEDIN_HELP,
    ),
    Definition(
        "views-linkedin",
        "views",
        ("linkedin",),
        "Views (LinkedIn, videos only)",
        "Times the post's video was played on LinkedIn, repeats included. Posts without a video have none.",
    ),
    Definition(
        "reach-sprout",
        "reach",
        _of_tools("sprout"),
        "Reach (as Sprout Social gives it)",
        "Accounts that saw the post, as Sprout Social gives what each network told it. LinkedIn has none. It stands apart "
        "from what the networks' own exports say.",
    ),
    Definition(
        "impressions-sprout",
        "impressions",
        _of_tools("sprout"),
        "Impressions (as Sprout Social gives them)",
        "Times the post was shown, as Sprout Social gives it. For Facebook and Instagram it seems to be what they call views since 2025.",
    ),
    Definition(
        "views-sprout",
        "views",
        _of_tools("sprout"),
        "Video views (as Sprout Social gives them)",
        "Times a video was played, as Sprout Social gives it; posts without a video have none. Networks differ in how long a play must be.",
    ),
    Definition(
        "views-tiktok",
        "views",
        ("tiktok",),
        "Views (TikTok)",
        "Times the video was played on TikTok, repeats included. TikTok gives viewers for days of the account and not for a video.",
        unit="plays",
    ),
    Definition(
        "views-youtube",
        "views",
        ("youtube",),
        "Views (YouTube)",
        "Times the video was played on YouTube in the period asked for. Since 31 March 2025 every start or replay of a Short counts, "
        "so Shorts before and after do not compare; the earlier way of counting lives on as engaged views.",
        unit="plays",
        source=YOUTUBE_SHORTS,
    ),
    Definition(
        "reach-youtube",
        "reach",
        ("youtube",),
        "Unique viewers (YouTube)",
        "Viewers of the video in the period asked for, each counted once, as YouTube estimates them. Who saw two videos counts for both.",
        unit="viewers",
        counting=ESTIMATED,
    ),
    Definition(
        "impressions-youtube",
        "impressions",
        ("youtube",),
        "Impressions (YouTube)",
        "Times a thumbnail of the video was shown on YouTube, repeats included. Showings elsewhere are not counted, and none is a view.",
    ),
    Definition(
        "reach-facebook-videos",
        "reach",
        ("video_facebook",),
        "Reach of video assets (Facebook)",
        "Accounts that had the video on screen at least once, over every post that carries it. Those posts are under Reach (Facebook, "
        "Instagram), so the two are never added.",
        counting=ESTIMATED,
        source=META_ESTIMATES,
    ),
    Definition(
        "views-facebook-videos",
        "views",
        ("video_facebook",),
        "Views of video assets (Facebook)",
        "Times the video was played, repeats included, over every post that carries it. Those posts are under Views (Facebook, "
        "Instagram), so the two are never added.",
        date(2024, 8, 1),
        source=META_VIEWS,
    ),
    Definition(
        "viewers-facebook-videos",
        "viewers",
        ("video_facebook",),
        "Viewers of video assets (Facebook)",
        "Accounts that viewed the video at least once, over every post that carries it. Those posts are under Viewers (Facebook, "
        "Instagram), so the two are never added.",
        date(2025, 1, 1),
        source=META_API,
    ),
    *(
        Definition(
            f"{metric}-{tool}",
            metric,
            _of_tools(tool),
            f"{label} (as {TOOLS[tool]} gives it)",
            words.format(tool=TOOLS[tool]) + " It stands apart from what the networks' own exports say.",
        )
        for tool in MATCHED_TOOLS
        for metric, label, words in _IN_A_TOOL
    ),
    *(
        Definition(
            f"{metric}-manual",
            metric,
            _of_tools("manual"),
            f"{label} (entered by hand)",
            "As a person read it from a screen and typed it in. It stands apart from what the networks' own exports say.",
        )
        for metric, label, _ in _IN_A_TOOL
    ),
    Definition(
        "potential-audience",
        "potential_reach",
        (*NETWORKS, *_of_tools(*TOOLS)),
        "Potential audience (scheduling tools)",
        "Followers of everyone who posted or shared: who could have seen it. It is no count of who did, so it is never called reach.",
        unit="potential audience",
    ),
)
_COVERED = {(definition.metric, network) for definition in _SETTLED for network in definition.networks}
# A person can match a column of any network's file to any of these metrics, also where no export that Reach knows has it.
DEFINITIONS: tuple[Definition, ...] = (
    *_SETTLED,
    *(
        Definition(
            f"{metric}-{network}",
            metric,
            (network,),
            f"{METRIC[metric].label} ({name})",
            f"{METRIC[metric].words} As matched by a person from the network's own file ({name}).",
        )
        for metric, _, _ in _IN_A_TOOL
        for network, name in NETWORKS.items()
        if (metric, network) not in _COVERED
    ),
)
DEFINITION = {definition.key: definition for definition in DEFINITIONS}

MEASURES: tuple[Measure, ...] = (
    Measure(
        "campaign_reach",
        "Campaign reach",
        "people",
        "reach",
        ("social media campaign reach", "social media reach", "reach", "campaign reach", "reach overall"),
        "People or accounts that a campaign is said to have reached, as published. How they were counted was not stated.",
    ),
    Measure(
        "campaign_reach_13_to_17",
        "Campaign reach, aged 13 to 17",
        "people",
        "reach",
        ("reach aged 13 to 17",),
        "The same, for people aged 13 to 17 as the networks judge age.",
    ),
    # No bare "views": a column of that name in a file of results may be of anything.
    Measure(
        "campaign_views",
        "Campaign views",
        "views",
        "displays",
        ("social media campaign views", "social media views", "campaign views"),
        "Times that posts of a campaign were played or displayed, repeats included, as published. Networks differ in what makes a view, so "
        "views are added within one network only.",
    ),
    Measure(
        "campaign_impressions",
        "Campaign impressions",
        "impressions",
        "displays",
        ("social media campaign impressions", "social media impressions", "campaign impressions"),
        "Times that posts of a campaign were on a screen, repeats included, as published. Networks differ in what makes an impression, so "
        "impressions are added within one network only, and never to views.",
    ),
    Measure(
        "people_heard_message",
        "People who heard the message",
        "people",
        "in_person",
        ("people who heard the message",),
        "People who were where a message was played: an opportunity to hear, not a count of listeners.",
    ),
    Measure(
        "people_met_at_events",
        "People spoken to at events",
        "people",
        "in_person",
        ("people reached by mass engagement events",),
        "People said to have been spoken to at mass events. How they were counted was not stated.",
    ),
    Measure(
        "people_engaged_in_person",
        "People engaged in person",
        "people",
        "in_person",
        ("people engaged in person", "people engaged face to face", "people spoken to in person"),
        "People met face to face, at events, on doorsteps or in the street, as the publisher counts them. Not reach on social media.",
    ),
    Measure(
        "children_at_talks",
        "Children and young people at talks",
        "people",
        "in_person",
        ("children and young people at presentations", "children at online workshop", "school pupils at workshops", "pupils reached"),
        "Children and young people present at talks and workshops, in a room or online. Not reach on social media.",
    ),
    Measure(
        "adults_at_talks",
        "Professionals, parents and carers at talks",
        "people",
        "in_person",
        ("professionals, parents and carers at presentations",),
        "Professionals, parents and carers present at talks.",
    ),
    Measure(
        "reports_from_public",
        "Reports from the public",
        "reports",
        "reports",
        ("reports from the public", "public reports", "reports received"),
        "Reports that people made to the police or to Crimestoppers, as the publisher counts them. Why they were made was not stated.",
    ),
    Measure(
        "arrests",
        "Arrests",
        "arrests",
        "results",
        (
            "arrests",
            "arrest",
            "people arrested",
            "arrested",
            "suspects arrested",
            "persons arrested",
            "no. of arrests",
            "number of arrests",
        ),
        "Arrests made. One person can be arrested more than once; releases write arrests and people arrested alike. Home Office figures of "
        "the County Lines Programme count only those that would not have happened without its funding.",
        COUNTY_LINES_DATA,
    ),
    Measure(
        "warrants",
        "Warrants",
        "warrants",
        "results",
        ("warrants", "warrant", "warrants executed", "search warrants", "warrants carried out", "no. of warrants"),
        "Search warrants executed.",
    ),
    Measure(
        "people_charged",
        "People charged",
        "people",
        "results",
        ("people charged", "charged", "persons charged", "individuals charged", "suspects charged"),
        "People charged with at least one offence.",
    ),
    Measure(
        "offences_charged",
        "Offences charged",
        "offences",
        "results",
        ("offences charged", "charges", "number of charges"),
        "Offences charged. One person can be charged with several.",
    ),
    Measure(
        "safeguarding_visits",
        "Safeguarding visits",
        "visits",
        "safeguarding",
        ("safeguarding visits", "safeguarding visits made"),
        "Visits made to safeguard somebody. One person can be visited more than once.",
    ),
    Measure(
        "people_visited",
        "People visited to safeguard them",
        "people",
        "safeguarding",
        ("vulnerable people visited", "people visited"),
        "People who were visited to safeguard them.",
    ),
    Measure(
        "people_safeguarded",
        "People safeguarded",
        "people",
        "safeguarding",
        ("vulnerable people safeguarded", "people safeguarded", "safeguarded", "individuals safeguarded"),
        "People said to have been safeguarded. What was done was not stated.",
    ),
    Measure(
        "children_safeguarded",
        "Children safeguarded",
        "people",
        "safeguarding",
        ("children safeguarded", "young people safeguarded"),
        "Children said to have been safeguarded.",
    ),
    Measure(
        "adults_safeguarded",
        "Adults safeguarded",
        "people",
        "safeguarding",
        ("adults safeguarded",),
        "Adults said to have been safeguarded.",
    ),
    Measure(
        "people_engaged_to_safeguard",
        "People engaged for safeguarding",
        "people",
        "safeguarding",
        ("vulnerable people engaged for safeguarding",),
        "People engaged with for safeguarding, which is less than safeguarded.",
    ),
    Measure(
        "people_referred",
        "People referred to safeguarding",
        "people",
        "safeguarding",
        ("vulnerable people referred to safeguarding", "people referred", "safeguarding referrals", "referrals"),
        "People referred to safeguarding services, which is not yet safeguarded. Home Office figures of the County Lines Programme count "
        "only those that would not have happened without its funding.",
        COUNTY_LINES_DATA,
    ),
    Measure(
        "nrm_referrals",
        "Referrals to the National Referral Mechanism",
        "referrals",
        "safeguarding",
        ("nrm referrals", "referrals to the nrm", "referrals to nrm", "national referral mechanism referrals"),
        "Referrals to the National Referral Mechanism (NRM), through which possible victims of modern slavery are identified.",
    ),
    Measure(
        "people_spoken_with_or_safeguarded",
        "People spoken with or safeguarded",
        "people",
        "safeguarding",
        ("vulnerable people spoken with or safeguarded",),
        "People either spoken with or safeguarded, counted together by the publisher.",
    ),
    Measure(
        "children_supported",
        "Children supported",
        "people",
        "safeguarding",
        ("children supported",),
        "Children said to have been supported.",
    ),
    Measure(
        "adults_supported",
        "Adults supported",
        "people",
        "safeguarding",
        ("adults supported",),
        "Adults said to have been supported.",
    ),
    Measure(
        "cuckooing_visits",
        "Cuckooing visits",
        "visits",
        "safeguarding",
        ("cuckooing visits", "cuckoo visits", "visits to cuckooed addresses"),
        "Visits to homes that dealers may have taken over (cuckooing). One home can be visited more than once.",
    ),
    Measure(
        "cuckooed_addresses_visited",
        "Cuckooed addresses visited",
        "addresses",
        "safeguarding",
        ("cuckooed addresses", "cuckooed addresses visited", "cuckooing addresses visited", "cuckooed properties visited"),
        "Homes that dealers may have taken over (cuckooing) and that were visited, each counted once.",
    ),
    Measure(
        "lines_closed",
        "Lines closed",
        "lines",
        "results",
        ("lines closed", "deal lines closed", "county lines closed", "drugs lines closed", "lines shut down", "county lines shut down"),
        "County lines (phone numbers used to sell drugs) closed. The publisher's own test of closure applies. The Home Office counts two "
        "types of closure.",
        COUNTY_LINES_DATA,
    ),
    Measure(
        "lines_closed_type_1",
        "Lines closed, Type 1",
        "lines",
        "results",
        ("lines closed type 1", "type 1 closures", "type 1 line closures", "lines closed (type 1)"),
        "County lines closed through the arrest and charge of a line holder, with check-backs that the number stays out of use.",
        COUNTY_LINES_DATA,
    ),
    Measure(
        "lines_closed_type_2",
        "Lines closed, Type 2",
        "lines",
        "results",
        ("lines closed type 2", "type 2 closures", "type 2 line closures", "lines closed (type 2)"),
        "County lines closed by deactivating the phone number or SIM card.",
        COUNTY_LINES_DATA,
    ),
    Measure(
        "lines_dismantled",
        "Lines dismantled",
        "lines",
        "results",
        ("lines dismantled",),
        "County lines said to have been dismantled.",
    ),
    Measure(
        "lines_disrupted",
        "Lines disrupted",
        "lines",
        "results",
        ("deal lines", "lines disrupted", "deal lines disrupted"),
        "County lines said to have been disrupted or seized.",
    ),
    Measure(
        "lines_identified",
        "Lines identified",
        "lines",
        "results",
        ("lines identified", "deal lines identified"),
        "County lines identified, which is less than closed.",
    ),
    Measure(
        "lines_identified_and_seized",
        "Lines identified and seized",
        "lines",
        "results",
        ("lines identified and seized",),
        "County lines identified and seized.",
    ),
    Measure(
        "cash_seized_gbp",
        "Cash seized",
        "GBP",
        "results",
        ("cash seized", "cash seized (gbp)", "cash seized gbp", "cash (gbp)", "cash", "cash seized (£)", "cash (£)"),
        "Cash seized, in pounds.",
    ),
    Measure(
        "cash_seized_eur",
        "Cash seized, euros",
        "EUR",
        "results",
        ("cash seized (eur)", "cash seized eur", "cash (eur)", "cash seized euros", "cash seized (euros)", "cash seized (€)", "cash (€)"),
        "Cash seized, in euros. Pounds and euros are two measures, since no release says at which rate one would become the other.",
    ),
    Measure(
        "drugs_seized_gbp",
        "Drugs seized, value",
        "GBP",
        "results",
        (
            "drugs seized (gbp)",
            "drugs seized value (gbp)",
            "drugs value (gbp)",
            "value of drugs seized (gbp)",
            "drugs seized (£)",
            "value of drugs seized (£)",
        ),
        "Drugs seized, by the value the force puts on them.",
    ),
    Measure(
        "drugs_seized_kg",
        "Drugs seized, weight",
        "kg",
        "results",
        ("drugs seized (kg)", "drugs weight (kg)", "weight of drugs seized (kg)"),
        "Drugs seized, by weight.",
    ),
    *(
        Measure(
            f"drugs_class_{letter}_{unit.lower()}",
            f"Class {letter.upper()} drugs seized, {what}",
            unit,
            "results",
            (
                *(f"class {letter} {name} ({sign})" for name in ("drugs seized", "drugs", "seized") for sign in signs),
                *(f"class {letter} {name} {what}" for name in ("drugs", "drugs seized")),
            ),
            f"Drugs of Class {letter.upper()} seized, {words}. Where a release names no class, the figure stands under all drugs.",
        )
        for letter in "abc"
        for unit, what, signs, words in (
            ("GBP", "value", ("gbp", "£"), "by the value the force puts on them"),
            ("kg", "weight", ("kg",), "by weight in kilograms"),
        )
    ),
    Measure(
        "cannabis_plants",
        "Cannabis plants seized",
        "plants",
        "results",
        ("cannabis plants seized", "cannabis plants", "plants seized"),
        "Cannabis plants seized or recovered. Plants are neither a weight nor a value of drugs.",
    ),
    Measure(
        "weapons_seized",
        "Weapons seized",
        "weapons",
        "results",
        ("weapons seized", "weapons", "weapons recovered", "weapons seized or recovered"),
        "Weapons seized or recovered, of every kind the publisher counts. Firearms and blades may be among them and are not to be added.",
    ),
    Measure(
        "firearms",
        "Firearms seized",
        "weapons",
        "results",
        ("firearms seized", "firearms", "guns seized", "guns"),
        "Firearms seized or recovered. Whether imitations count is for the publisher to say.",
    ),
    Measure(
        "bladed_weapons",
        "Bladed weapons seized",
        "weapons",
        "results",
        ("bladed weapons seized", "bladed weapons", "knives seized", "knives", "blades seized", "knives and blades seized"),
        "Knives, machetes and other bladed weapons seized or recovered.",
    ),
    Measure(
        "other_weapons",
        "Other weapons seized",
        "weapons",
        "results",
        ("other weapons seized", "other weapons"),
        "Weapons seized or recovered that are neither firearms nor bladed, as the publisher sorts them.",
    ),
    Measure(
        "vehicles_seized",
        "Vehicles seized",
        "vehicles",
        "results",
        ("vehicles seized", "vehicles", "cars seized", "vehicles recovered"),
        "Vehicles seized or recovered.",
    ),
    Measure(
        "stop_searches",
        "Stop and searches",
        "searches",
        "results",
        ("stop and searches", "stop searches", "stop and search", "stops and searches", "stop-searches"),
        "Stop and searches carried out. One person can be searched more than once. Open data of data.police.uk is counted apart.",
    ),
    # What people report or refer, by week: a series that a campaign is meant to move, once there is a year of it.
    Measure(
        "crimestoppers_reports",
        "Reports to Crimestoppers",
        "reports",
        "reports",
        ("crimestoppers reports", "reports to crimestoppers", "crimestoppers"),
        "Reports to Crimestoppers that were passed to the force. Who reports is not known, so one person can be in several.",
    ),
    Measure(
        "calls_to_101",
        "Reports by 101",
        "reports",
        "reports",
        ("101 reports", "reports to 101", "reports by 101", "101 calls", "calls to 101"),
        "Reports on the subject that came by the non-emergency number 101. One incident can be reported several times.",
    ),
    Measure(
        "online_reports",
        "Online reports",
        "reports",
        "reports",
        ("online reports", "reports online", "reports by web form"),
        "Reports on the subject that came by the force's web forms. One incident can be reported several times.",
    ),
    Measure(
        "partner_referrals",
        "Referrals from partners",
        "referrals",
        "reports",
        ("partner referrals", "referrals from partners", "partner reports"),
        "Referrals on the subject that schools, councils, health or charities sent. One person can be referred several times.",
    ),
)
# The kinds of weapon that a release lists under its total of weapons.
WEAPON_KINDS = ("firearms", "bladed_weapons", "other_weapons")
MEASURE = {measure.key: measure for measure in MEASURES}


def unlike(a: Definition, b: Definition, networks: tuple[str, str] | None = None) -> str | None:
    """Why values of the two are never compared, added or joined, in a sentence; None where they are counted alike.

    ``networks`` are the keys of the networks that the two values are of, where that is known.
    """
    if a.key == b.key:
        if not a.per_network or networks is None or networks[0] == networks[1]:
            return None
        return (
            f"{a.label}: {network_label(networks[0])} and {network_label(networks[1])} each count it in their own way, so values of the "
            "two are not compared, added or joined."
        )
    if a.counts != b.counts:
        how = f"count different things ({a.counts}, and {b.counts})"
    else:
        how = f"both count {a.counts}, but not in the same way"
    return f"{a.label} and {b.label} {how}. They are shown apart and never compared by percentage, added or joined."


# What stands before or behind the name of a thing that is counted and says no more than that.
_COUNT_OF = ("no", "nos", "number", "numbers", "num", "count", "total", "of", "the", "all")
_COUNTED = ("made", "total", "count", "no", "number", "in", "recorded")

QUALIFIERS = ("exact", "more than", "over", "at least", "around", "close to", "almost", "nearly", "up to", "a further")
STATUSES = ("early total", "provisional", "revised", "final")


def measure_named(name: str) -> Measure | None:
    """The measure of that key, label or alias, in any case and with or without words of counting; None if there is none."""
    return _measures_by_name().get(_plain(name))


@cache
def _measures_by_name() -> dict[str, Measure]:
    return {_plain(name): measure for measure in reversed(MEASURES) for name in (*measure.aliases, measure.label, measure.key)}


def _plain(name: str) -> str:
    """A heading without case, punctuation and what only says that it is a count: ``No. of arrests made`` is ``arrests``."""
    words = re.findall(r"[a-z0-9]+|[£€]", name.lower().replace("_", " "))
    while words[1:] and words[0] in _COUNT_OF:
        words.pop(0)
    while words[1:] and words[-1] in _COUNTED:
        words.pop()
    return " ".join(words)
