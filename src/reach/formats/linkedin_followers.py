"""LinkedIn Page admin, Analytics > Followers > Export, sheet New followers. Its ``Total followers`` are the new ones of the day."""

from . import Field, Format
from ._linkedin import DATE, DATE_WORDS, NO_DAY, SKIP

FORMAT = Format(
    key="linkedin_followers",
    label="LinkedIn new followers by day (Page admin)",
    table="account_day",
    network="linkedin",
    getting_it="LinkedIn Page > Analytics > Followers > Export. The sheet New followers of the workbook.",
    fields=(
        DATE,
        DATE_WORDS,
        Field("follows_new", "whole", ("Total followers",), required=True),
        Field("follows_organic", "whole", ("Organic followers", "Followers organic")),
        Field("follows_sponsored", "whole", ("Sponsored followers", "Followers sponsored")),
        Field("follows_invited", "whole", ("Auto-invited followers",)),
    ),
    any_of=(("follows_organic", "follows_sponsored", "follows_invited"),),
    derive={"day": "date"},
    skip=SKIP,
    aside=(NO_DAY,),
    dated_by_name=True,
)
