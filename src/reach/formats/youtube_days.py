"""YouTube Studio, advanced mode: the channel by day, from the table under Date or from Totals. Days are days of the US Pacific coast."""

from . import Field, Format, Rule
from ._youtube import DATE, MACROS, STORED, layouts_of, metric_field, skip_rules

FORMAT = Format(
    key="youtube_days",
    label="YouTube days (YouTube Studio, totals or table by date)",
    table="account_day",
    network="youtube",
    getting_it="YouTube Studio > Analytics > Advanced mode > Date > Export current view > CSV.",
    fields=(
        Field("date", "day", DATE, required=True),
        Field("date_words", "text", DATE),
        *(metric_field(name) for name in STORED),
    ),
    any_of=(tuple(STORED),),
    derive={"day": "date"},
    skip=skip_rules("date_words", ("date", *STORED)),
    aside=(Rule("the record has no day", "day is null", "date"),),
    layouts=layouts_of("days"),
    macros=MACROS,
    assumes="YouTube still revises the last two or three days, so export them again later.",
    never_all_zero=("reach", "new_viewers", "returning_viewers"),
)
