"""Mappings: what a person said, once, of the columns of a file that Reach does not know, and the format that this makes.

Pure: no store and no page. The format is read, previewed, undone and shown like any other. A file is of it only if its headings are
just those of the file that the mapping was made with, since one column more or less may be another report with other meanings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from .definitions import ANY_METRIC, DAY_METRICS, METRICS, NETWORKS, TOOLS
from .formats import Field, Format, Record, Rule, all_formats, normalised
from .formats._networks import MACROS as NAMES

# What a column can be beside a metric, with the words for it; the second group has a meaning only where a row is a post.
OF_A_ROW = {
    "when_cell": "Date, or date and time",
    "network_cell": "Network",
    "account_cell": "Account",
    "staff_cell": "Name of a member of staff",
}
OF_A_POST = {
    "clock_cell": "Time of day, in a column of its own",
    "id_cell": "Post id",
    "permalink": "Link to the post",
    "text": "Text of the post",
    "kind": "Type of post",
}
# Counts of people that saw something: what a tool calls so may be its followers.
SEEN = ("reach", "reach_organic", "reach_boosted", "viewers")
ROWS = {"post": "One post", "day": "One day of an account"}
ZONES = {
    "Europe/London": "UK time",
    "UTC": "UTC (GMT all year)",
    "America/Los_Angeles": "US Pacific time",
    "America/New_York": "US Eastern time",
    "Europe/Paris": "Central European time",
}
ORDERS = {"dmy": "Day first: 27/02/2023", "mdy": "Month first: 02/27/2023"}
REACH_IS = {
    "seen": "People or accounts who saw it, each counted once",
    "audience": "Potential audience: followers of those who posted or shared it, whether they saw it or not",
    "unknown": "Nobody here knows: leave the column out",
}
LONGEST_NAME = 80
# Likeness of a heading to one that is known, below which it is no guess.
LIKE = 0.86

_SYNONYMS = {
    "when_cell": "date,day,published,published at,publish date,publish time,published date,posted,posted at,post date,date posted,sent at,"
    "date sent,sent,created,created at,date time,datetime,timestamp,date utc,date gmt,posted date,date published,scheduled date",
    "clock_cell": "time,publish time of day,time sent,time posted,post time,time utc,time gmt",
    "id_cell": "post id,id,message id,update id,tweet id,content id,native id,native post id,network post id",
    "permalink": "link,url,permalink,post link,post url,tweet permalink,post permalink,link to post,message url,content link",
    "text": "text,post,message,caption,content,copy,body,post text,tweet text,post message,post content,update,description,title",
    "kind": "type,post type,content type,message type,media type,format",
    "network_cell": "network,social network,platform,channel type,service,social platform,source network",
    "account_cell": "account,profile,account name,profile name,channel,page,page name,handle,social account,social profile,username",
    "staff_cell": "sent by,posted by,author,user,created by,published by,publisher,approved by,scheduled by,team member,owner,agent",
    "reach": "reach,people reached,post reach,account reach,total reach,unique impressions",
    "potential_reach": "potential reach,potential audience,reach potential,potential impressions,audience size,total potential reach",
    "viewers": "viewers,unique viewers",
    "views": "views,post views,total views",
    "impressions": "impressions,post impressions,total impressions,account impressions,displays",
    "engagements": "engagements,engagement,total engagements,interactions,total interactions",
    "reactions_likes": "likes,reactions,reactions and likes,favourites,favorites,total likes",
    "comments": "comments,replies,total comments",
    "shares": "shares,reposts,retweets,total shares",
    "saves": "saves,bookmarks",
    "clicks_all": "clicks,all clicks,total clicks,post clicks",
    "link_clicks": "link clicks,url clicks,post link clicks",
    "follows_new": "new followers,follows,new follows,followers gained",
    "profile_visits": "profile visits,profile views,page visits",
    "watch_seconds": "seconds viewed,watch seconds",
    "followers": "followers,total followers,fans,audience",
    "unfollows": "unfollows,followers lost",
    "posts_published": "posts,posts published,published posts,messages sent,posts sent",
    "page_views": "page views",
    "video_views": "video views",
}


@dataclass(frozen=True)
class Mapping:
    """What a person said of a file's columns. ``matched`` holds (heading, field); headings not in it are left out.

    ``tool`` is the scheduling tool that counted, None for the network itself. ``network`` and ``account`` are None where a column says;
    an account that no column says is asked with each file. ``reach_is`` is what its column of reach counts, None without one.
    """

    name: str
    headings: tuple[str, ...]
    matched: tuple[tuple[str, str], ...]
    row_is: str
    tool: str | None = None
    network: str | None = None
    account: str | None = None
    date_order: str = "dmy"
    zone: str = "Europe/London"
    reach_is: str | None = None
    identity: str = ""

    @property
    def key(self) -> str:
        """The key of its format."""
        return f"mapped_{self.identity[:8] or 'trial'}"

    @property
    def fields(self) -> dict[str, str]:
        """The field that each matched heading is read as.

        A reach that is a potential audience is read as one, and counts of which nobody knows what they are of are left out.
        """
        audience, unknown = self.reach_is == "audience", self.reach_is == "unknown"
        return {
            heading: "potential_reach" if audience and field == "reach" else field
            for heading, field in self.matched
            if not (unknown and field in SEEN)
        }


def signature(headings: Iterable[str]) -> tuple[str, ...]:
    """The headings of a file as a mapping knows them: without case, punctuation and order."""
    return tuple(sorted({normalised(heading) for heading in headings} - {""}))


def choices(row_is: str) -> dict[str, str]:
    """What a column can be read as, with the words for it."""
    metrics = METRICS if row_is == "post" else DAY_METRICS
    own = {**OF_A_ROW, **OF_A_POST} if row_is == "post" else OF_A_ROW
    return {**own, **{metric.key: metric.label for metric in metrics}}


def faults(mapping: Mapping) -> list[str]:
    """What still stands in the way of reading a file by the mapping, a line each; none if nothing does."""
    fields = list(mapping.fields.values())
    said = set(fields)
    words = choices(mapping.row_is)
    found = [f"Two columns are matched to {words[one]}. Leave one out." for one in words if fields.count(one) > 1]
    if "when_cell" not in said:
        found.append(f"Match the column that holds the date of each {'post' if mapping.row_is == 'post' else 'day'}.")
    if not said & set(ANY_METRIC):
        found.append("Match at least one column to a number, such as Impressions.")
    if "network_cell" not in said and mapping.network not in NETWORKS:
        found.append("Say which network the rows are of, or match the column that says it.")
    if mapping.tool is not None and mapping.tool not in TOOLS:
        found.append("Say who counted these numbers.")
    if said & set(SEEN) and mapping.reach_is is None:
        found.append("Say what its reach counts.")
    if mapping.reach_is == "audience" and said & set(SEEN):
        found.append("A potential audience is no reach: match one column to Reach or Potential audience and leave the others out.")
    if mapping.date_order not in ORDERS or mapping.zone not in ZONES:
        found.append("Say how dates are written and which time zone its clock times are in.")
    if len(signature(mapping.headings)) < 2:
        found.append("A file needs at least two columns with a heading.")
    return found


def to_format(mapping: Mapping) -> Format:
    """The format that the mapping makes. Raises ``AssertionError`` for a mapping that has :func:`faults`."""
    assert not faults(mapping), faults(mapping)
    place = {field: heading for heading, field in mapping.fields.items()}
    fields = tuple(Field(name, _kind(name), (heading,), required=True) for name, heading in place.items())
    derive = {**_whose(mapping, place), **(_post(mapping, place) if mapping.row_is == "post" else _day(mapping))}
    prefix = f"{mapping.tool}_" if mapping.tool else ""
    return Format(
        key=mapping.key,
        label=mapping.name,
        table="post_observation" if mapping.row_is == "post" else "account_day",
        network=None if "network_cell" in place else f"{prefix}{mapping.network}",
        fields=fields,
        derive=derive,
        only=signature(mapping.headings),
        skip=(Rule("a row of totals", "regexp_full_match(lower(when_cell), '((grand|sub|overall)[ -]?)?totals?:?|sum:?|average:?')"),),
        aside=tuple(_asides(mapping, place)),
        macros=(*NAMES, *MACROS),
        tool=mapping.tool,
        # A file that names staff is not kept: only its fingerprint is.
        original="none" if "staff_cell" in place else "kept",
        getting_it="Its columns were matched on the Upload page.",
    )


def _kind(name: str) -> str:
    metric = ANY_METRIC.get(name)
    return "text" if metric is None else "whole" if metric.type == "BIGINT" else "seconds"


def _whose(mapping: Mapping, place: dict[str, str]) -> dict[str, str]:
    derive = {"account": "cast(null as varchar)", "account_name": "cast(null as varchar)"}
    if "account_cell" in place:
        derive["account_name"] = "name_of_account(account_cell)"
    elif mapping.account:
        derive["account_name"] = f"name_of_account({_literal(mapping.account)})"
    if "account_cell" in place or mapping.account:
        derive["account"] = f"lower({derive['account_name']})"
    if "network_cell" in place:
        prefix = f"'{mapping.tool}_' || " if mapping.tool else ""
        derive["network"] = f"{prefix}network_named(network_cell)"
    return derive


def _post(mapping: Mapping, place: dict[str, str]) -> dict[str, str]:
    when = "concat_ws(' ', when_cell, clock_cell)" if "clock_cell" in place else "when_cell"
    if "id_cell" in place:
        identity = "id_cell"
    elif "permalink" in place:
        identity = "permalink"
    else:
        text = "coalesce(text, '')" if "text" in place else "''"
        identity = f"strftime(published_at, '%Y-%m-%d %H:%M:%S') || ' ' || coalesce(account, '') || ' ' || md5({text})"
    return {"published_at": f"moment_{mapping.date_order}({when}, '{mapping.zone}')", "file_post_id": identity}


def _day(mapping: Mapping) -> dict[str, str]:
    return {"day": f"cast(date_alone_{mapping.date_order}(moment_words(when_cell)) as date)"}


def _asides(mapping: Mapping, place: dict[str, str]) -> Iterable[Rule]:
    time = "published_at" if mapping.row_is == "post" else "day"
    example = "27/02/2023" if mapping.date_order == "dmy" else "02/27/2023"
    yield Rule("the record has no date", "when_cell is null", "when_cell")
    if mapping.row_is == "post":
        yield Rule(f"is not a date or time such as {example} 09:30 or 2023-02-27 09:30", f"{time} is null", "when_cell")
    else:
        yield Rule(f"is not a day such as {example} or 2023-02-27", f"{time} is null", "when_cell")
    if "network_cell" in place:
        yield Rule("the record names no network", "network_cell is null", "network_cell")
        yield Rule(f"is not a network Reach knows. Known: {', '.join(NETWORKS.values())}", "network is null", "network_cell")
    if "id_cell" in place:
        yield Rule("the record has no post id", "id_cell is null", "id_cell")
    elif "permalink" in place and mapping.row_is == "post":
        yield Rule("the record has no link, by which its post is known", "permalink is null", "permalink")


def _literal(words: str) -> str:
    return "'" + words.replace("'", "''").replace("\x00", "") + "'"


# --- dates and times of tools -----------------------------------------------------------------------------

_CLOCKS = ("%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%I:%M%p")
_ORDER = {"dmy": "%d/%m", "mdy": "%m/%d"}
_NAMED = ("%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%B %d %Y", "%b %d %Y")


def _days(order: str) -> tuple[str, ...]:
    return ("%Y-%m-%d", f"{_ORDER[order]}/%Y", *_NAMED)


def _short_days(order: str) -> tuple[str, ...]:
    return (f"{_ORDER[order]}/%y", "%d-%b-%y", "%d %b %y")


def _listed(days: Iterable[str], clocks: Iterable[str] = ("",)) -> str:
    return "[" + ", ".join(f"'{f'{day} {clock}'.strip()}'" for day in days for clock in clocks) + "]"


_ZONED = "[0-9]:[0-9]{2}( ?[AaPp][Mm])? ?"
MACROS: tuple[str, ...] = (
    # One blank between words, no weekday, no ordinals, no fractions of seconds, slashes between the numbers of a date.
    """create macro moment_words(cell) as
        regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(trim(cell),
            '[,\u00a0\u202f\\s]+', ' ', 'g'),
            '([0-9]) ?T ?([0-9])', '\\1 \\2'),
            '(?i)^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?[.]? ', ''),
            '(?i)\\b([0-9]{1,2})(st|nd|rd|th)\\b', '\\1'),
            '(?i) at ', ' '),
            '([0-9]:[0-9]{2}:[0-9]{2})[.][0-9]+', '\\1'),
            '^([0-9]{4})[/.]([0-9]{1,2})[/.]', '\\1-\\2-'),
            '^([0-9]{1,2})[-.]([0-9]{1,2})[-.]([0-9]{2,4})', '\\1/\\2/\\3')""",
    # What a cell says of its own zone, in minutes before UTC; null where it says nothing.
    f"""create macro zone_minutes(words) as case
        when regexp_matches(words, '{_ZONED}(Z|UTC|GMT)$') then 0
        when regexp_matches(words, '{_ZONED}BST$') then 60
        when regexp_matches(words, '{_ZONED}[+-][0-9]{{2}}:?[0-9]{{2}}$') then
            (case when regexp_extract(words, '([+-])[0-9]{{2}}:?[0-9]{{2}}$', 1) = '-' then -1 else 1 end)
            * (60 * cast(regexp_extract(words, '[+-]([0-9]{{2}}):?[0-9]{{2}}$', 1) as integer)
                + cast(regexp_extract(words, '[+-][0-9]{{2}}:?([0-9]{{2}})$', 1) as integer))
    end""",
    f"create macro without_zone(words) as regexp_replace(words, '({_ZONED})(Z|UTC|GMT|BST|[+-][0-9]{{2}}:?[0-9]{{2}})$', '\\1')",
    *(
        f"""create macro clock_{order}(words) as coalesce(
            in_time(try_strptime(trim(words), {_listed(_days(order), _CLOCKS)})),
            in_time(try_strptime(trim(words), {_listed(_short_days(order), _CLOCKS)})))"""
        for order in _ORDER
    ),
    *(
        f"""create macro date_alone_{order}(words) as coalesce(
            in_time(try_strptime(regexp_replace(words, ' 00:00(:00)?$', ''), {_listed(_days(order))})),
            in_time(try_strptime(regexp_replace(words, ' 00:00(:00)?$', ''), {_listed(_short_days(order))})))"""
        for order in _ORDER
    ),
    # A day without a clock time stands at noon, which is on that day in London and in UTC alike.
    *(
        f"""create macro moment_{order}(cell, zone) as case
            when zone_minutes(moment_words(cell)) is not null
                then clock_{order}(without_zone(moment_words(cell))) - to_minutes(zone_minutes(moment_words(cell)))
            when contains(cell, ':') then make_timestamp(epoch_us(timezone(zone, clock_{order}(moment_words(cell)))))
            else date_alone_{order}(moment_words(cell)) + interval 12 hours
        end"""
        for order in _ORDER
    ),
)


# --- guesses ----------------------------------------------------------------------------------------------


def heading_row(records: Sequence[Record]) -> int:
    """Which of a file's first records most likely holds the headings: the first of the usual width whose cells are words."""
    widths = [sum(bool(cell.strip()) for cell in record.cells) for record in records]
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    wide = [place for place, width in enumerate(widths) if width >= min(usual, 2)]
    words = [place for place in wide if not any(re.fullmatch(r"[£$€+-]?[0-9][0-9.,:/ %-]*", cell.strip()) for cell in records[place].cells)]
    likely = [place for place in words if widths[place] >= usual - 1] or words or wide or [0]
    return likely[0]


def guess(headings: Sequence[str], row_is: str) -> dict[int, str]:
    """For each column, from 0, the field that its heading is most like; none twice, and no guess where nothing is like it."""
    allowed = choices(row_is)
    names = [normalised(heading) for heading in headings]
    exact = {place: _spellings().get(name) for place, name in enumerate(names)}
    near = {place: _near(name) for place, name in enumerate(names) if not exact[place]}
    guessed: dict[int, str] = {}
    for place, field in [*exact.items(), *near.items()]:
        if "potential" in names[place] and field in SEEN:
            field = "potential_reach"
        if field and field in allowed and field not in guessed.values() and not _is_a_rate(headings[place]):
            guessed[place] = field
    return dict(sorted(guessed.items()))


def _near(name: str) -> str | None:
    """The field of a heading that is spelt nearly so; short words are too easily like another."""
    found = get_close_matches(name, _spellings(), 1, LIKE) if len(name) > 4 else []
    return _spellings()[found[0]] if found else None


def _is_a_rate(heading: str) -> bool:
    return bool(re.search(r"%|\b(rate|average|avg|mean|per|ratio|share of|change|growth)\b", heading, re.IGNORECASE))


@cache
def _spellings() -> dict[str, str]:
    """The field for each heading that is known: our own list, then every metric's headings in every format."""
    known: dict[str, str] = {}
    for field, words in _SYNONYMS.items():
        for name in (*words.split(","), *([ANY_METRIC[field].label] if field in ANY_METRIC else ())):
            known.setdefault(normalised(name), field)
    for one in (field for known_format in all_formats() for field in known_format.fields if field.name in ANY_METRIC):
        for spelling in one.spellings:
            known.setdefault(spelling, one.name)
    return known


def date_order(cells: Iterable[str]) -> tuple[str | None, str | None]:
    """The order that dates such as 03/04/2023 must be of, None where they leave it open; and a date that does, None without one."""
    found = [part for cell in cells if (part := re.match(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}", cell))]
    first, second = max((int(part[1]) for part in found), default=0), max((int(part[2]) for part in found), default=0)
    if first > 12 >= second:
        return "dmy", None
    if second > 12 >= first:
        return "mdy", None
    return None, next((part[0].strip() for part in found if part[1] != part[2]), None)
