"""LinkedIn Page admin, Analytics > Competitors > Export: other organisations' pages over a period."""

from . import Field, Format

FORMAT = Format(
    key="linkedin_competitors",
    label="LinkedIn competitor analytics (Page admin)",
    table="account_day",
    network="linkedin",
    getting_it="LinkedIn Page > Analytics > Competitors > Export.",
    fields=(
        Field("page", "text", ("Page",), required=True),
        Field("followers", "text", ("Total followers",), required=True),
        Field("engagements", "text", ("Total post engagements",)),
        Field("posts", "text", ("Total posts",)),
        Field("follows", "text", ("New followers",)),
    ),
    any_of=(("engagements", "posts", "follows"),),
    without=("Date",),
    derive={},
    declined="It is of other organisations' pages and has no days. Export your own page under Analytics > Content, Followers or Visitors.",
)
