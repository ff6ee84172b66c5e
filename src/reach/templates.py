"""Blank templates and filled examples of the files that people write themselves, as CSV text."""

from __future__ import annotations

from .formats import format_of
from .sheets import as_csv

_FIGURES = [field.headings[0] for field in format_of("figures").fields]
_OUTCOMES = [
    "Operation",
    "Area",
    "Campaign",
    "Start date",
    "End date",
    "Arrests",
    "People charged",
    "Warrants",
    "Safeguarding visits",
    "Children safeguarded",
    "Adults safeguarded",
    "Lines closed",
    "Cash seized (GBP)",
    "Weapons seized",
    "Notes",
]
# People met in person are no reach, so the template has no column for them: they are figures.
_MANUAL = [field.headings[0] for field in format_of("manual").fields if field.name != "people_met"]
_NOTE = "Example only: not a real figure"


def _a_week(first: str, last: str, reports: int) -> list[str | int]:
    """A row of a weekly series of reports, which is of no operation."""
    area, measure = "Example Constabulary", "crimestoppers_reports"
    counted: list[str | int] = [reports, reports, "reports", "exact"]
    return [first, last, "", area, "", "", "", "", measure, *counted, "", "", "", "Crimestoppers weekly summary", _NOTE, ""]


TEMPLATES = {
    "Blank outcomes file": as_csv(_OUTCOMES, []),
    "Blank figures file": as_csv(_FIGURES, []),
    "Blank hand-entered posts file": as_csv(_MANUAL, []),
}

EXAMPLES = {
    "Example outcomes file": as_csv(
        _OUTCOMES,
        [
            [
                "Example Operation",
                "Example Constabulary",
                "Example campaign",
                "2026-06-15",
                "2026-06-21",
                12,
                5,
                7,
                9,
                "",
                "",
                1,
                2500,
                3,
                _NOTE,
            ],
            ["Example Operation Two", "Example Constabulary", "", "2026-07-06", "2026-07-12", 4, "", 2, "", "", "", "", "", "", _NOTE],
        ],
    ),
    "Example figures file": as_csv(
        _FIGURES,
        [
            [
                "2026-06-15",
                "2026-06-21",
                "",
                "Example Constabulary",
                "Example Operation",
                "",
                "",
                "",
                "arrests",
                12,
                12,
                "people",
                "exact",
                "12 people were arrested",
                "final",
                "2026-07-01",
                "https://www.example.org/news",
                _NOTE,
                "Head of Communications",
            ],
            # A weekly series: a row a week from Monday to Sunday, 0 where there was none, and no row where nobody knows.
            _a_week("2026-06-15", "2026-06-21", 14),
            _a_week("2026-06-22", "2026-06-28", 0),
            [
                "2026-06-15",
                "2026-06-21",
                "",
                "Example Constabulary",
                "Example Operation",
                "Example campaign",
                "facebook",
                "",
                "campaign_reach",
                15000,
                "",
                "people",
                "more than",
                "reached more than 15,000 people",
                "final",
                "2026-07-01",
                "https://www.example.org/news",
                _NOTE,
                "",
            ],
        ],
    ),
    "Example hand-entered posts file": as_csv(
        _MANUAL,
        [
            [
                "Nextdoor",
                "Example Constabulary",
                "",
                "",
                "https://nextdoor.co.uk/p/example1",
                "Lock your bike",
                "2026-06-15",
                "",
                "",
                4210,
                12,
                3,
                1,
                "",
                _NOTE,
            ],
            [
                "Poster",
                "Example Constabulary",
                "2026-06-15",
                "2026-06-28",
                "",
                "Poster at the bus station",
                "2026-06-15",
                *[""] * 7,
                _NOTE,
            ],
        ],
    ),
}
