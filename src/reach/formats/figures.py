"""Reach's own file of published and recorded figures: one row a fact, in the words in which it was published."""

from ..definitions import MEASURES, QUALIFIERS, STATUSES
from . import Field, Format, Rule
from ._personal import PERSONAL

_KNOWN_MEASURES = ", ".join(measure.key for measure in MEASURES)
_MEASURED = ", ".join(f"'{measure.key}'" for measure in MEASURES if measure.unit in ("GBP", "EUR", "kg"))

FORMAT = Format(
    key="figures",
    label="Figures, one row each (Reach template)",
    table="figure",
    getting_it="Download the template on the Upload page.",
    fields=(
        Field("start_date", "day", ("start_date",)),
        Field("end_date", "day", ("end_date",)),
        Field("date_note", "text", ("date_note",)),
        Field("area", "text", ("area",), required=True),
        Field("operation", "text", ("operation",)),
        Field("campaign", "text", ("campaign",)),
        Field("network", "text", ("network",)),
        Field("paid", "text", ("paid",)),
        Field("measure_name", "text", ("measure",), required=True),
        Field("value_low", "amount", ("value_low",), required=True),
        Field("value_high", "amount", ("value_high",), required=True),
        Field("unit", "text", ("unit",)),
        Field("qualifier_name", "text", ("qualifier",)),
        Field("published_wording", "text", ("published_wording",)),
        Field("status_name", "text", ("status",)),
        Field("as_of", "day", ("as_of",)),
        Field("source", "text", ("source",), required=True),
        Field("note", "text", ("note",)),
        Field("approved_by", "text", ("approved_by",)),
    ),
    derive={
        "measure": "measure_key(measure_name)",
        "qualifier": "lower(coalesce(qualifier_name, 'exact'))",
        "status": "lower(status_name)",
    },
    aside=(
        Rule("the record names no measure", "measure_name is null", "measure_name"),
        Rule(f"is not a measure Reach knows. Known: {_KNOWN_MEASURES}", "measure is null", "measure_name"),
        Rule(f"is not a qualifier Reach knows. Known: {', '.join(QUALIFIERS)}", "not known_qualifier(qualifier)", "qualifier_name"),
        Rule(f"is not a status Reach knows. Known: {', '.join(STATUSES)}", "not known_status(status)", "status_name"),
        Rule("the record has no value", "value_low is null and value_high is null", "value_low"),
        Rule(
            "is not a whole number, which a count must be",
            f"(value_low <> floor(value_low) or value_high <> floor(value_high)) and measure not in ({_MEASURED})",
            "value_low",
        ),
        Rule("the lower value is above the higher", "value_low > value_high", "value_low"),
        Rule("the record says no source", "source is null", "source"),
        Rule("the end date is before the start date", "end_date < start_date", "end_date"),
    ),
    personal=PERSONAL,
)
