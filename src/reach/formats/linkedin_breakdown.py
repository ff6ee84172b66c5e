"""LinkedIn Page admin, Followers or Visitors > Export: the sheets that divide followers or views by what members say of themselves."""

from . import Field, Format

FORMAT = Format(
    key="linkedin_breakdown",
    label="LinkedIn followers or visitors by place, job or company (Page admin)",
    table="account_day",
    network="linkedin",
    getting_it="LinkedIn Page > Analytics > Followers or Visitors > Export. The other sheets of the workbook.",
    fields=(
        Field("total", "text", ("Total followers", "Total views"), required=True),
        Field("group", "text", ("Location", "Job function", "Function", "Seniority", "Industry", "Company size", "Experience level")),
    ),
    any_of=(("group",),),
    without=("Date",),
    derive={},
    declined="It has no days, and leaves out the smaller groups, so that it gives no total. "
    "Choose the sheet New followers or Visitor metrics of the same export.",
)
