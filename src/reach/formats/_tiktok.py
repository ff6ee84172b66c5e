"""What the exports of TikTok Studio have in common: days without a year, in the words of the interface's language.

The last day of a file is the latest such date that is not after the export; the days before it are walked backwards, since one
month and day can stand in a file twice. A year in which the file's 29 February does not exist is passed over.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from . import Field, Format, Layout, Record, Rule

# A file spans 366 days at most; one with many more records is not walked.
MOST_RECORDS = 1_000
# How far back a file's last day may lie: 29 February comes every four years, over a turn of century every eight.
MOST_YEARS = 9
# TikTok prints every day of a period, so days that lie further apart were sorted by name or shuffled.
MOST_DAYS_APART = 31
SEPARATOR = "\x1f"


def _plain(words: str) -> str:
    """Lower case without accents, so that março and Marco, März and Marz are one."""
    return "".join(one for one in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(one))


_MONTHS = (
    "January enero janeiro Januar janvier gennaio januari stycznia januar ocak",
    "February febrero fevereiro Februar février febbraio februari lutego februar şubat",
    "March marzo março März mars maart marca mart maret Maerz",
    "April abril avril aprile kwietnia nisan",
    "May mayo maio Mai maggio mei maja maj may\u0131s",
    "June junio junho Juni juin giugno czerwca haziran",
    "July julio julho Juli juillet luglio lipca temmuz",
    "August agosto août augustus sierpnia augusti ağustos agustus",
    "September septiembre setembro setiembre septembre settembre września eylül",
    "October octubre outubro Oktober octobre ottobre października ekim",
    "November noviembre novembro novembre listopada kas\u0131m",
    "December diciembre dezembro Dezember décembre dicembre grudnia desember aral\u0131k",
)
MONTHS = {_plain(name): month for month, names in enumerate(_MONTHS, 1) for name in names.split()}

_YEAR = r"(?:[\s,.-]*(?:de\s+|del\s+)?(?P<year>\d{4}))?"
_FORMS = (
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|[.\u00ba\u00b0])?[\s-]*(?:de\s+|di\s+)?(?P<month>[^\W\d_]+)\.?" + _YEAR, re.IGNORECASE),
    re.compile(r"(?P<month>[^\W\d_]+)\.?[\s-]+(?P<day>\d{1,2})(?:st|nd|rd|th)?" + _YEAR, re.IGNORECASE),
    re.compile(r"(?:(?P<year>\d{4})[\u5e74\ub144]\s*)?(?P<month>\d{1,2})[\u6708\uc6d4]\s*(?P<day>\d{1,2})[\u65e5\uc77c]"),
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?:[ T]00:00(?::00)?)?"),
)


# A day such as 30/12/2025, in either order.
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2\d{4}(?:[ T]00:00(?::00)?)?")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})(?:[ T]00:00(?::00)?)?")
_MONTH_FIRST = re.compile(r"(?P<month>\d{1,2})[-/.](?P<day>\d{1,2})[-/.](?P<year>\d{4})(?:[ T]00:00(?::00)?)?")


def _forms_of(cells: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    """The forms of a file's days: with those of numbers alone if a number above 12 tells in which order they stand."""
    found = [numbers for cell in cells if (numbers := _NUMBERS.fullmatch(cell.strip()))]
    first, second = (max((int(numbers[place]) for numbers in found), default=0) > 12 for place in (1, 3))
    return (*_FORMS, _DAY_FIRST if first else _MONTH_FIRST) if first != second else _FORMS


def day_of(cell: str, forms: Sequence[re.Pattern[str]] = _FORMS) -> tuple[int | None, int, int] | None:
    """Year if the cell states one, month and day of ``February 28``, ``8 de marzo``, ``28. Februar``; None for other cells."""
    for form in forms:
        found = form.fullmatch(cell.strip())
        if not found:
            continue
        month = int(found["month"]) if found["month"].isdigit() else month_named(found["month"])
        try:
            date(int(found["year"] or 2000), month or 0, int(found["day"]))
        except ValueError:
            return None
        return (int(found["year"]) if found["year"] else None, month or 0, int(found["day"]))
    return None


def month_named(word: str) -> int | None:
    """The month of a name or of its beginning, from three letters on, where only one month begins so."""
    plain = _plain(word)
    if plain in MONTHS:
        return MONTHS[plain]
    begun = {month for name, month in MONTHS.items() if name.startswith(plain)}
    return begun.pop() if len(plain) >= 3 and len(begun) == 1 else None


def years_back(days: Sequence[tuple[int, int] | None]) -> list[int | None] | None:
    """For each month and day of a file, how many years before the year of the file's last day it lies.

    The order is the one, forwards or backwards in time, in which the records lie closer together. None if two records then lie more
    than 31 days apart, or all of them more than 366, so that they are in no order.
    """
    places = [(place, date(2000, *day).timetuple().tm_yday) for place, day in enumerate(days) if day]
    steps = [(later - earlier) % 366 for (_, earlier), (_, later) in itertools.pairwise(places)]
    if sum(steps) > sum(steps_back := [-step % 366 for step in steps]):
        places.reverse()
        steps = steps_back
    if max(steps, default=0) > MOST_DAYS_APART:
        return None
    back: list[int | None] = [None] * len(days)
    years = 0
    for number in range(len(places) - 1, -1, -1):
        place, day = places[number]
        years += number + 1 < len(places) and day > places[number + 1][1]
        back[place] = years
    if years > 1 or (years == 1 and places[0][1] < places[-1][1]):
        return None
    return back


def dated(cells: Sequence[str]) -> dict[str, str | None]:
    """What a file's column of days says: for each record its day and cell, the last month and day, and where a leap year must be.

    Years that a cell states are taken if the file runs one way with them. A spreadsheet adds the year in which it opened the file to every
    day, which leaves a jump back at New Year: then they are not.
    """
    forms = _forms_of(cells)
    found = [day_of(cell, forms) for cell in cells]
    if not any(found):
        return {"days": _listed([""] * len(cells), cells), "last": None, "leap": None}
    stated = [date(day[0], day[1], day[2]) for day in found if day and day[0]]
    if stated and len(stated) == sum(day is not None for day in found) and stated in (sorted(stated), sorted(stated, reverse=True)):
        codes = [f"{day[0]:04}-{day[1]:02}-{day[2]:02}" if day else "" for day in found]
        return {"days": _listed(codes, cells), "last": None, "leap": None}
    days = [(day[1], day[2]) if day else None for day in found]
    back = years_back(days) if len(cells) <= MOST_RECORDS else None
    if not back:
        return {"days": None, "last": None, "leap": None}
    last = max(day for day, years in zip(days, back, strict=True) if day and years == 0)
    codes = [f"{years}-{day[0]:02}-{day[1]:02}" if day else "" for day, years in zip(days, back, strict=True)]
    leap = next((str(years) for day, years in zip(days, back, strict=True) if day == (2, 29)), None)
    return {"days": _listed(codes, cells), "last": f"{last[0]:02}-{last[1]:02}", "leap": leap}


def _listed(codes: Sequence[str], cells: Sequence[str]) -> str:
    """Each day with the cell it is of, so that SQL can see that it took the right one."""
    return SEPARATOR.join(f"{code} {cell.strip()}" if code else "" for code, cell in zip(codes, cells, strict=True))


def layouts_of(form: Callable[[], Format]) -> Callable[[Sequence[Record]], Iterator[Layout]]:
    """Layouts of a format of days whose heading row has all its required columns."""

    def layouts(records: Sequence[Record]) -> Iterator[Layout]:
        for number, record in enumerate(records):
            found = form().match(record.cells)
            if form().lacking(found) or form().shuts_out(record.cells):
                continue
            under, place = records[number + 1 :], found["date"][0]
            cells = [one.cells[place] if place < len(one.cells) else "" for one in under]
            yield Layout(record.cells, under[0].line if under else record.line + 1, said=dated(cells))
            return

    return layouts


DATE = Field("date", "text", ("Date",), required=True)
SAID = ("days", "last", "leap")

_EXPORT_DAY = "cast(timezone('Europe/London', timezone('UTC', cast(said_as_of as timestamp))) as date)"
_LEAP = "({year} % 4 = 0 and ({year} % 100 <> 0 or {year} % 400 = 0))"


def _year(back: int) -> str:
    """SQL for the year so many before that of the export, if the file's last day could be in it."""
    year = f"(year(exported) - {back})"
    fits = f"{year} || '-' || last <= strftime(exported, '%Y-%m-%d')"
    return f"case when {fits} and (leap is null or {_LEAP.format(year=f'({year} - cast(leap as integer))')}) then {year} end"


MACROS = (
    f"create macro last_year(exported, last, leap) as coalesce({', '.join(_year(back) for back in range(MOST_YEARS))})",
    # What is said of a record: nothing unless it is of this very cell.
    f"""create macro said_of(days, number, cell) as case
        when regexp_replace(string_split(days, '{SEPARATOR}')[number], '^[0-9]+-[0-9]{{2}}-[0-9]{{2}} ', '') = cell
            then regexp_extract(string_split(days, '{SEPARATOR}')[number], '^[0-9]+-[0-9]{{2}}-[0-9]{{2}}') end""",
    """create macro anchored_day(said, year) as cast(case
        when length(said) = 10 then try_strptime(said, '%Y-%m-%d')
        else try_strptime((year - cast(split_part(said, '-', 1) as integer)) || substr(said, 2), '%Y-%m-%d') end as date)""",
)
DAY = f"anchored_day(said_of(said_days, row_number() over (), date), last_year({_EXPORT_DAY}, said_last, said_leap))"

ASIDE = (
    Rule("the record has no day", "date is null", "date"),
    Rule(
        "stands in a file whose days do not follow one another within one year, with gaps of 31 days at most, so its year cannot be told; "
        "export again and do not sort it",
        "said_days is null",
        "date",
    ),
    Rule("is not a day such as February 28 or 8 de marzo", "day is null", "date"),
    Rule("is after the day on which the file was exported; change Exported on if that is wrong", f"day > {_EXPORT_DAY}", "date"),
)
KEPT_FOR = "TikTok gives 365 days at most in a download, and nothing before 17 July 2022."
