"""TikTok Studio, Analytics > Viewers: different viewers by day. Meta has a file of the same name with other columns.

Total Viewers is above Video Views of the overview on many days, so the two are counted in different ways and never divided.
"""

from . import Field, Format, Rule, totals
from ._tiktok import ASIDE, DATE, DAY, KEPT_FOR, MACROS, SAID, layouts_of

FORMAT: Format = Format(
    key="tiktok_viewers",
    label="TikTok viewers by day (TikTok Studio)",
    table="account_day",
    network="tiktok",
    getting_it="TikTok Studio on the web > Analytics > Viewers > Download data > CSV.",
    kept_for=KEPT_FOR,
    fields=(
        DATE,
        Field("reach", "whole", ("Total Viewers",), required=True),
        Field("total_words", "text", ("Total Viewers",)),
        Field("new_viewers", "whole", ("New Viewers",)),
        Field("returning_viewers", "whole", ("Returning Viewers",)),
    ),
    any_of=(("new_viewers", "returning_viewers"),),
    derive={"day": DAY},
    # The new and returning viewers of such a day are printed as 0, which nobody counted.
    skip=(
        totals("date"),
        Rule("days for which TikTok has no data (undefined)", "coalesce(lower(total_words) = 'undefined', false)"),
    ),
    aside=ASIDE,
    layouts=layouts_of(lambda: FORMAT),
    said=SAID,
    macros=MACROS,
    anchored=True,
)
