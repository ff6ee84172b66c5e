"""YouTube Studio, advanced mode, Content: videos with their totals in the period asked for, which the file does not state.

The publish time is a day, such as ``Dec 18, 2022`` in every language. It is stored as noon in London of that day, as naive UTC: an
instant that is on that day in London, where days are shown, and that no change of clocks moves to another. Videos that are not public
have none; their figures are kept without a time. The channel stands only in the zip's name, so it is asked for. A length that cannot be
read is unknown and costs no video its figures.
"""

from . import Field, Format, Rule
from ._youtube import CONTENT, LENGTH, MACROS, PUBLISHED, TITLE, layouts_of, metric_field, skip_rules

_METRICS = ("views", "engaged_views", "watch_seconds", "reach", "impressions", "reactions_likes", "comments", "shares", "follows_new")

FORMAT = Format(
    key="youtube_videos",
    label="YouTube videos (YouTube Studio, content table)",
    table="post_observation",
    version=2,
    network="youtube",
    getting_it="YouTube Studio > Analytics > Advanced mode > Content, period Lifetime > Export current view > CSV.",
    fields=(
        Field("content", "text", CONTENT, required=True),
        Field("title", "text", TITLE),
        Field("published", "day", PUBLISHED, required=True),
        Field("length", "text", LENGTH),
        *(metric_field(name) for name in _METRICS),
    ),
    any_of=(_METRICS,),
    derive={
        "file_post_id": "content",
        "account": "cast(null as varchar)",
        "published_at": "london_noon(published)",
        "text": "title",
        "video_seconds": "play_time(length)",
        "permalink": "'https://www.youtube.com/watch?v=' || content",
    },
    skip=skip_rules("content", ("title", "published", *_METRICS)),
    aside=(
        Rule("the record has no video id", "content is null", "content"),
        Rule(
            "is no video id, which has 11 letters, figures, - and _; a spreadsheet may have damaged it, so export again",
            "not regexp_full_match(content, '[A-Za-z0-9_-]{11,64}')",
            "content",
        ),
    ),
    layouts=layouts_of("content"),
    macros=MACROS,
    assumes="These are totals of the period that was asked for. The file does not state it; choose Lifetime, so that exports compare.",
    never_all_zero=("reach",),
)
