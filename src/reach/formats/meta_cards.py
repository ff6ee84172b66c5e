"""Meta Business Suite, Insights: one result card, the account by day. Days are Meta's, which are US Pacific days."""

from . import Field, Format, Rule, totals
from ._meta_cards import by_day

FORMAT = Format(
    key="meta_cards",
    label="Facebook or Instagram days (Meta Business Suite, a result card)",
    table="account_day",
    networks=("facebook", "instagram"),
    getting_it="Meta Business Suite > Insights > Results or Overview > the download button of a card, such as Reach or Views. "
    "Choose Facebook or Instagram first, and do not open the file in between: its first lines say what was counted.",
    fields=(
        Field("date", "meta_day", ("Date",), required=True),
        Field("date_text", "text", ("Date",)),
        Field("value", "whole", ("Primary",)),
        Field("value_text", "text", ("Primary",)),
    ),
    derive={"network": "said_network", "day": "date", "metric": "said_metric", "value": "value", "heading": "said_title"},
    layouts=by_day,
    said=("metric", "network", "title"),
    skip=(
        totals("date_text"),
        Rule("days without a value", "not filled(value_text)"),
    ),
    aside=(
        Rule("the row has no date", "date is null", "date"),
        Rule(
            "it stands in a table whose title is missing or names no result that Reach knows; export the card again and leave its first "
            "lines as they are",
            "said_metric is null",
        ),
    ),
    findings=(
        # Meta's own line has no gap for the years before it counted these.
        """with counted as (select day, value, heading from {rows} where metric in ('views', 'engagements')),
        first_counted as (select min(day) filter (where value > 0) as day from counted)
        select any_value(counted.heading) || ' is 0 on the first ' || count(*) || ' days, to ' || strftime(max(counted.day), '%-d %B %Y')
            || '. Meta prints 0 for days before it counted this, so they may be not measured rather than none. They are kept as 0.'
        from counted, first_counted
        where first_counted.day is null or counted.day < first_counted.day
        having count(*) >= 28""",
        """select any_value(heading) || ' has no row for ' || (max(day) - min(day) + 1 - count(distinct day))
            || ' of the days between its first and its last. Instagram leaves out days without a new follow.'
        from {rows} where metric = 'follows_new' and network = 'instagram'
        having max(day) - min(day) + 1 > count(distinct day)""",
    ),
)
