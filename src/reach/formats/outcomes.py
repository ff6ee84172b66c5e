"""Outcomes as people keep them: one row an operation, one column a measure."""

from . import Field, Format, Rule
from ._personal import PERSONAL

FORMAT = Format(
    key="outcomes",
    label="Operation outcomes (one row an operation)",
    table="figure",
    wide=True,
    getting_it="Your own spreadsheet, saved as CSV; a template is on the Upload page.",
    fields=(
        Field("operation", "text", ("Operation", "Operation name", "Op", "Op name", "Name of operation"), required=True),
        Field("area", "text", ("Area", "Force", "Geography", "BCU or district")),
        Field("campaign", "text", ("Campaign", "Campaign name")),
        Field("start_date", "day", ("Start date", "Start", "From", "Date from", "Date")),
        Field("end_date", "day", ("End date", "End", "To", "Date to")),
        Field("as_of", "day", ("As of", "as_of")),
        Field("source", "text", ("Source",)),
        Field("note", "text", ("Notes", "Note", "Comments", "Remarks")),
    ),
    derive={},
    skip=(
        Rule(
            "a row of totals",
            """regexp_full_match(lower(operation),
                '(((grand|overall|running|year to date|ytd|sub)[ -]?)?totals?\\b.*|all operations.*|sum:?|\u03c3)')""",
        ),
    ),
    aside=(
        Rule("the record names no operation", "operation is null", "operation"),
        Rule("the end date is before the start date", "end_date < start_date", "end_date"),
    ),
    personal=PERSONAL,
)
