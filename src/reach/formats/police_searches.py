"""data.police.uk, stop and search: counted by London day, object and outcome. Nothing of a person or a place is kept.

The times carry their offset from UTC. The file names neither the force nor the operation.
"""

from . import Field, Format, Rule

_WITH_OFFSET = ("%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f%z")
# As a spreadsheet saves them.
_WITHOUT = ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S")

FORMAT = Format(
    key="police_searches",
    label="Stop and searches (data.police.uk)",
    table="search_day",
    getting_it="data.police.uk > Data > Custom download > your force > Include stop and search data.",
    kept_for="36 months, in the download of each month.",
    fields=(
        Field("searched", "text", ("Date",), required=True),
        Field("object_cell", "text", ("Object of search",), required=True),
        Field("outcome_cell", "text", ("Outcome",), required=True),
        Field("search_kind", "text", ("Type",)),
        Field("legislation", "text", ("Legislation",)),
        Field("described", "text", ("Officer-defined ethnicity",)),
    ),
    any_of=(("search_kind", "legislation", "described"),),
    derive={
        "force": "said_force",
        "day": "search_day_of(searched)",
        "object": "coalesce(object_cell, 'not stated')",
        "outcome": "coalesce(outcome_cell, 'not stated')",
    },
    aside=(
        Rule("is not a time such as 2020-02-01T00:18:00+00:00", "day is null and searched is not null", "searched"),
        Rule("the record has no time", "day is null", "searched"),
    ),
    macros=(
        f"""create macro search_day_of(cell) as our_times(cast(coalesce(
            timezone('Europe/London', try_strptime(replace(cell, 'Z', '+00:00'), {list(_WITH_OFFSET)})),
            timezone('Europe/London', timezone('UTC', try_strptime(cell, {list(_WITHOUT)})))
        ) as date))""",
    ),
    of_force="[0-9]{4}-[0-9]{2}-([a-z-]+)-stop-and-search",
    counted=True,
    original="none",
)
