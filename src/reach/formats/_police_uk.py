"""What the files of data.police.uk have in common. A force that changed its name is one force."""

from . import Field, Rule

# The name in the file, in lower case, to the name it goes by now.
FORCE_NAMES = {"leicestershire constabulary": "Leicestershire Police"}

_names = " ".join(f"when '{name}' then '{now}'" for name, now in FORCE_NAMES.items())

MACROS = (
    f"create macro force_named(name) as case lower(trim(name)) {_names} else trim(name) end",
    # A month as the site prints it, or as a spreadsheet makes of it: Oct-22, or the first day of the month in either order.
    """create macro month_of(cell) as our_times(cast(date_trunc('month', coalesce(
        try_strptime(cell, ['%Y-%m', '%Y/%m', '%b-%y', '%d-%b-%y', '%b %Y', '%B %Y', '%Y-%m-01', '%Y-%m-01 00:00:00']),
        try_strptime(regexp_extract(cell, '^0?1/([0-9]{1,2}/[0-9]{4})$', 1), '%m/%Y'),
        try_strptime(regexp_replace(cell, '^([0-9]{1,2})/0?1/([0-9]{4})$', '\\1/\\2'), '%m/%Y')
    )) as date))""",
)

FIELDS = (
    Field("month_cell", "text", ("Month",), required=True),
    Field("reported_by", "text", ("Reported by",)),
    Field("falls_within", "text", ("Falls within",)),
    Field("crime_id", "text", ("Crime ID",)),
    Field("lsoa", "text", ("LSOA code",)),
    Field("place", "text", ("Location",)),
)
# Rows that are counts already, of some other file with a month and a type, have none of the second.
ABOUT = (("falls_within", "reported_by"), ("crime_id", "lsoa", "place"))
FORCE = {"force": "force_named(coalesce(falls_within, reported_by))", "month": "month_of(month_cell)"}
ASIDE = (
    Rule("is not a month such as 2022-10", "month is null and month_cell is not null", "month_cell"),
    Rule("the record has no month", "month is null", "month_cell"),
    Rule("the record names no force", "force is null", "falls_within"),
    Rule("the record has no type", "category is null", "category_cell"),
)


def category(heading: str) -> Field:
    """The column that says what a row is counted as."""
    return Field("category_cell", "text", (heading,), required=True)
