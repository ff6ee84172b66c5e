"""GOV.UK, Ethnicity facts and figures: stop and search by force and year. Rates of the population, not searches by day."""

from . import Field, Format

FORMAT = Format(
    key="searches_by_ethnicity",
    label="Stop and search by ethnicity (GOV.UK, Ethnicity facts and figures)",
    table="search_day",
    declined=(
        "It counts searches by year and ethnic group, which Reach does not hold. "
        "Export the monthly stop and search files of data.police.uk instead."
    ),
    fields=(
        Field("ethnicity", "text", ("Ethnicity",), required=True),
        Field("place", "text", ("Geography",), required=True),
        Field(
            "searches", "text", ("Number of stop and searches", "Number of stops and searches", "Number of stop and search"), required=True
        ),
    ),
    derive={},
)
