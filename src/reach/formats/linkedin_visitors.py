"""LinkedIn Page admin, Analytics > Visitors > Export, sheet Visitor metrics: visits to the page's own pages by day.

A visitor on a desktop and a phone counts once in the total, so that the total is never the sum of the two.
"""

from . import Field, Format
from ._linkedin import DATE, DATE_WORDS, NO_DAY, SKIP

FORMAT = Format(
    key="linkedin_visitors",
    label="LinkedIn visitors by day (Page admin)",
    table="account_day",
    network="linkedin",
    getting_it="LinkedIn Page > Analytics > Visitors > Export. The sheet Visitor metrics of the workbook.",
    fields=(
        DATE,
        DATE_WORDS,
        Field("profile_visits", "whole", ("Total page views (total)",)),
        Field("unique_visitors", "whole", ("Total unique visitors (total)",)),
    ),
    any_of=(("profile_visits", "unique_visitors"),),
    derive={"day": "date"},
    skip=SKIP,
    aside=(NO_DAY,),
    dated_by_name=True,
)
