"""Google Analytics 4: web pages over a period, from reports, snapshots and explorations.

A file is comment lines, which name the property and the period, and tables under them. Those with a row for each page are read;
others, such as cities or events, are named in a remark. Users of two pages may be the same, so they never add.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..columns import TOTALS
from . import Field, Format, Layout, Record, Rule, normalised, totals

# What a row is of, by the start of its normalised heading.
PAGES = ("pagepath", "pagetitle", "pagelocation", "fullpageurl", "landingpage", "unifiedpage", "unifiedscreen")
VIEWS = ("Views", "Screen views", "Page views", "Pageviews")
ACTIVE_USERS = ("Active users", "Users")
TOTAL_USERS = ("Total users",)
SESSIONS = ("Sessions",)
EVENTS = ("Event count",)
TOTAL = "Grand total"
DIMENSIONS = ("dimension 2", "dimension 3", "dimension 4", "dimension 5")
# What the headings are in other languages of Google Analytics. They are read as the English ones, so that a property's pages stand
# under the same names whatever the language of the screen. From what people write about their exports; no such file was at hand.
_TRANSLATED = {
    "Page path and screen class": (
        *("Seitenpfad und Bildschirmklasse", "Ruta de página y clase de pantalla", "Caminho da página e classe da tela"),
        *("Chemin de la page et classe de l’écran", "Chemin de la page et classe de l'écran"),
    ),
    "Page title and screen class": (
        *("Seitentitel und Bildschirmklasse", "Título de página y clase de pantalla", "Título da página e classe da tela"),
        *("Titre de la page et classe de l’écran", "Titre de la page et classe de l'écran"),
    ),
    "Page title and screen name": (
        *("Seitentitel und Bildschirmname", "Título de página y nombre de pantalla", "Título da página e nome da tela"),
        *("Titre de la page et nom de l’écran", "Titre de la page et nom de l'écran"),
    ),
    "Page path": ("Seitenpfad", "Ruta de página", "Ruta de la página", "Caminho da página", "Chemin de la page"),
    "Page title": ("Seitentitel", "Título de página", "Título de la página", "Título da página", "Titre de la page"),
    "Landing page": ("Landingpage", "Zielseite", "Página de destino", "Page de destination"),
    "Landing page + query string": (
        *("Landingpage + Abfragestring", "Página de destino y cadena de consulta", "Página de destino + string de consulta"),
        "Page de destination + chaîne de requête",
    ),
    "Views": ("Aufrufe", "Vistas", "Visualizações", "Vues"),
    "Active users": ("Aktive Nutzer", "Usuarios activos", "Usuários ativos", "Utilisateurs actifs"),
    "Total users": ("Nutzer insgesamt", "Usuarios totales", "Total de usuarios", "Total de usuários"),
    "Sessions": ("Sitzungen", "Sesiones", "Sessões"),
    "Event count": (
        *("Ereignisanzahl", "Anzahl Ereignisse", "Número de eventos", "Recuento de eventos", "Contagem de eventos"),
        *("Nombre d’événements", "Nombre d'événements"),
    ),
    "Date": ("Datum", "Fecha", "Data"),
}
_ENGLISH = {normalised(name): english for english, names in _TRANSLATED.items() for name in names}
NO_PAGES = (
    "It has no table of pages in words that Reach knows, and Reach reads no other. Choose Reports > Engagement > Pages and screens > "
    "Share this report > Download file > CSV, with Google Analytics in English."
)
COMPARED = (
    "The lines above the table name two periods, and nothing says which of them a row is of. Export each period by itself, without Compare."
)
NO_PERIOD = (
    "The lines above the table that say its first and last day are missing or damaged, or not in words that Reach knows. "
    "Export it again, with Google Analytics in English, and leave them as they are."
)

_MEASURES = {normalised(one) for one in (*VIEWS, *ACTIVE_USERS, *TOTAL_USERS, *SESSIONS, *EVENTS)}
_NUMBER = re.compile(r"[-+]?[0-9][0-9,.]*([eE][-+]?[0-9]+)?%?|[-\u2013]+|nan|n/a|undefined|", re.IGNORECASE)
_PERIOD = re.compile(r"([0-9]{8})\s*[-\u2013]\s*([0-9]{8})")
_DATED = re.compile(r"(.*?)[:\uff1a]\s*([0-9]{4}-?[0-9]{2}-?[0-9]{2})")
# What the comment lines call the first and the last day; a day under any other name, such as that of the export, is neither.
_DAYS = {
    "start": (
        *("Start date", "Startdatum", "Data de início", "Data de inicio", "Data inicial", "Fecha de inicio", "Date de début"),
        *("Date de debut", "Data di inizio", "Begindatum", "\u958b\u59cb\u65e5"),
    ),
    "end": (
        *("End date", "Enddatum", "Data de fim", "Data do fim", "Data de término", "Data final", "Fecha de fin", "Fecha de finalización"),
        *("Fecha de finalizacion", "Date de fin", "Data di fine", "Einddatum", "\u7d42\u4e86\u65e5"),
    ),
}
_DAY_NAMED = {normalised(name): day for day, names in _DAYS.items() for name in names}
_TIMES = ("date", "nthday")
# A row for each hour, week or the like cannot be told from that of another without it.
_BY_TIME = re.compile(
    "(nth|datehour).*|(week|month|year|hour|kalenderwoche|woche|monat|jahr|stunde|semana|mes|año|hora|mês|ano|semaine|mois|année|heure)"
    "|(n|nter)(tag|woche|monat|stunde)|(día|dia|jour|semana|semaine|mes|mês|mois|hora|heure)n|(enésim|nésim|nième).*"
    "|(datum|fecha|data|date).+(stunde|hora|heure)"
)
# Rows of single users are data of persons.
_USERS = re.compile(
    "(appinstance|client|user|effectiveuser|userpseudo)id|.*(nutzer|kunden|instanz)id"
    "|id.*(usuari|usuári|utilizador|utilisateur|client|instan).*|identifiant.*"
)
_PROPERTY = re.compile(r"(?:property|propiedad|propriedade|propriété)\s*:(.*)", re.IGNORECASE)


@dataclass
class _Table:
    """A table of the file: the comments in force above it, its heading and rows, and the line after it."""

    said: dict[str, str | None]
    heading: Record
    rows: list[Record] = field(default_factory=list)
    end: int | None = None

    @property
    def dated(self) -> bool:
        return bool(self.said["start"] and self.said["end"] and not self.said["compared"])

    @property
    def width(self) -> int:
        return max(len(_trimmed(one)) for one in (self.heading, *self.rows))

    def cells(self, place: int) -> list[str]:
        return [row.cells[place].strip() if place < len(row.cells) else "" for row in self.rows]


def layouts(records: Sequence[Record]) -> Iterator[Layout]:
    """The tables of a file that has comment lines with a period, pages to read and others by name."""
    tables = list(_tables(records))
    if not tables:
        first = next((one for one in records if not _comment(one)), None)
        if first and _is_page(_in_english(first).cells[0], "screen") and len(_trimmed(first)) > 1:
            yield Layout(first.cells, first.line + 1, declined=NO_PERIOD)
        return
    pages = [(table, place) for table in tables if (place := _page_column(table)) is not None]
    for table in tables:
        if table not in [one for one, _ in pages]:
            why = COMPARED if table.said["compared"] else NO_PAGES if table.said["start"] and table.said["end"] else NO_PERIOD
            yield Layout(_trimmed(table.heading), table.heading.line + 1, part=_named(_trimmed(table.heading)), declined=why)
    names: dict[str, int] = {}
    for table, place in pages:
        name = table.heading.cells[place].strip()
        names[name] = names.get(name, 0) + 1
        part = None if len(pages) == 1 else name if names[name] == 1 else f"{name} ({names[name]})"
        yield _laid_out(table, place, part)


def _tables(records: Sequence[Record]) -> Iterator[_Table]:
    """Every table under comment lines with a period. Blank lines and comment lines end one."""
    said: dict[str, str | None] = {}
    titles: list[str] = []
    told: dict[str, str | None] = {}
    table: _Table | None = None
    next_line = 0
    for record in records:
        gap, next_line = record.line > next_line, record.line + 1 + sum(cell.count("\n") for cell in record.cells)
        if _comment(record):
            if table:
                table.end = record.line
                yield table
                table = None
            _hear(",".join(record.cells), said, titles, told)
            continue
        told.clear()
        if "start" in said and "end" in said:
            if table and gap and not _is_data(record):
                table.end = record.line
                yield table
                table = None
            if table:
                table.rows.append(record)
            elif len(_trimmed(record)) > 1:
                table = _Table(dict(said), _in_english(record))
    if table:
        yield table


def _comment(record: Record) -> bool:
    return record.cells[0].lstrip("\ufeff ").strip().startswith("#")


def _hear(comment: str, said: dict[str, str | None], titles: list[str], told: dict[str, str | None]) -> None:
    """Takes up what a comment line says. ``told`` are the days that the lines above the same table have said already."""
    words = comment.strip().strip("\ufeff#,;\t ").strip()
    if period := _PERIOD.fullmatch(words):
        _date("start", period[1], said, told)
        _date("end", period[2], said, told)
    elif stated := _DATED.fullmatch(words):
        if day := _DAY_NAMED.get(normalised(stated[1])):
            _date(day, stated[2], said, told)
    elif named := _PROPERTY.match(words):
        said["property"] = named[1].strip()
    elif words.strip("-") and "property" not in said and ":" not in words and not titles:
        # An exploration names its property alone, in its first line.
        titles.append(words)
        said["title"] = words


def _date(day: str, digits: str, said: dict[str, str | None], told: dict[str, str | None]) -> None:
    """The first or last day of the period, or the mark that two of them stand above one table."""
    if not told:
        said["compared"] = None
    said[day] = _iso(digits)
    if told.setdefault(day, said[day]) != said[day]:
        said["compared"] = "yes"


def _iso(digits: str) -> str | None:
    try:
        return date.fromisoformat(digits).isoformat()
    except ValueError:
        return None


def _in_english(heading: Record) -> Record:
    """A heading row under the English names; a cell of several lines stays, since the lines of the table are counted from it."""
    return Record(heading.line, tuple(cell if "\n" in cell else _ENGLISH.get(normalised(cell), cell) for cell in heading.cells))


def _trimmed(record: Record) -> tuple[str, ...]:
    cells = [cell.strip() for cell in record.cells]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _named(headings: tuple[str, ...]) -> str:
    first, *others = headings
    named = [*others[:2], "and others"] if others[2:] else others
    return f"{first} ({', '.join(named)})"


def _is_data(record: Record) -> bool:
    cells = [cell for cell in _trimmed(record)[1:] if cell]
    return any(_NUMBER.fullmatch(cell) for cell in cells)


def _is_page(heading: str, also: str = "") -> bool:
    name = normalised(heading)
    return name.startswith(PAGES) and also in name


def _page_column(table: _Table) -> int | None:
    """Which column names the page, of a table that has figures of pages over a known period."""
    headings = _trimmed(table.heading)
    pages = [place for place, heading in enumerate(headings) if _is_page(heading) and normalised(heading) not in _MEASURES]
    measured = any(normalised(heading) in _MEASURES for heading in headings)
    others = [normalised(heading) for heading in headings if normalised(heading) not in (*_MEASURES, *_TIMES)]
    by_time = any(_BY_TIME.fullmatch(name) for name in others)
    by_user = any(_USERS.fullmatch(name) for name in others)
    return pages[0] if pages and measured and not (by_time or by_user) and table.dated else None


def _sum_without_a_name(table: _Table, headings: Sequence[str], page: int) -> str | None:
    """The count of views (events, in a table without) of a row of no page, if it is the sum of all other rows: a row of totals.

    A page may be blank too, so that nothing but the sum tells. None without such a row.
    """
    names = [normalised(heading) for heading in headings]
    place = next((names.index(name) for one in (VIEWS, EVENTS) for name in map(normalised, one) if name in names), None)
    named = [at for at, heading in enumerate(headings) if at == page or heading in DIMENSIONS or names[at] in _TIMES]
    counts: dict[bool, list[int]] = {True: [], False: []}
    for row in table.rows:
        cells = [*map(str.strip, row.cells), *[""] * len(headings)]
        if cells[page].lower() in TOTALS or (TOTAL in headings and cells[headings.index(TOTAL)]):
            continue
        digits = "" if place is None else re.sub("[, ]", "", cells[place])
        if not digits.isdecimal():
            return None
        counts[not any(cells[at] for at in named)].append(int(digits))
    blank, others = counts[True], sum(counts[False])
    return str(others) if others and blank == [others] else None


def _laid_out(table: _Table, page: int, part: str | None) -> Layout:
    headings = [*_trimmed(table.heading)]
    headings += [TOTAL] * (table.width - len(headings))
    dimensions = [headings[page]]
    for place, heading in enumerate(headings):
        if place == page or normalised(heading) in (*_MEASURES, *_TIMES) or heading == TOTAL:
            continue
        cells = table.cells(place)
        if all(_NUMBER.fullmatch(cell) for cell in cells):
            continue
        # A second dimension that is the same throughout, such as the only host, tells no two rows apart.
        if len(set(cells)) > 1 and len(dimensions) <= len(DIMENSIONS):
            headings[place] = DIMENSIONS[len(dimensions) - 1]
            dimensions.append(heading)
    headings[page] = "page"
    said = {**table.said, "sum": _sum_without_a_name(table, headings, page), "dimension": " · ".join(dimensions)}
    said["property"] = table.said.get("property") or table.said.get("title")
    first = table.heading.line + 1 + sum(cell.count("\n") for cell in table.heading.cells)
    # The label of a row of totals stands behind the last column, where other rows have no cell.
    return Layout(tuple(headings), first, table.end, said, part, open_ended=TOTAL in headings)


FORMAT = Format(
    key="ga4_pages",
    label="Web pages (Google Analytics 4)",
    table="web_page",
    getting_it="Google Analytics > Reports > Engagement > Pages and screens > Share this report > Download file > CSV.",
    kept_for="Standard reports have no stated limit; explorations go back 2 or 14 months, as the property is set.",
    fields=(
        Field("page_cell", "text", ("page",), required=True),
        *(Field(f"dimension_{number}", "text", (heading,)) for number, heading in enumerate(DIMENSIONS, 2)),
        Field("date_cell", "text", ("Date",)),
        Field("nth_day", "text", ("Nth day",)),
        Field("web_views", "whole", VIEWS),
        Field("active_users", "whole", ACTIVE_USERS),
        Field("total_users", "whole", TOTAL_USERS),
        Field("web_sessions", "whole", SESSIONS),
        Field("web_events", "whole", EVENTS),
        Field("total_label", "text", (TOTAL,)),
    ),
    derive={
        "property": "said_property",
        "dimension": "said_dimension",
        "page": "concat_ws(' · ', coalesce(page_cell, '(blank)'), dimension_2, dimension_3, dimension_4, dimension_5)",
        "period_start": "ga4_day(date_cell, nth_day, said_start)",
        "period_end": "coalesce(ga4_day(date_cell, nth_day, null), cast(said_end as date))",
        "web_users": "coalesce(active_users, total_users)",
    },
    skip=(
        totals("total_label", "page_cell", "date_cell", "nth_day"),
        Rule(
            "a row of no page whose count is the sum of all others, so a row of totals",
            "coalesce(page_cell, dimension_2, dimension_3, dimension_4, dimension_5, date_cell, nth_day) is null "
            "and coalesce(web_views, web_events) = cast(said_sum as bigint)",
        ),
    ),
    aside=(
        Rule("is not a date such as 20240227", "coalesce(date_cell, nth_day) is not null and period_start is null", "date_cell"),
        Rule("the period that stands above it ends before it starts", "period_end < period_start"),
    ),
    macros=(
        """create macro ga4_day(day, nth, start) as case
            when day is not null then cast(try_strptime(day, ['%Y%m%d', '%Y-%m-%d']) as date)
            when nth is not null then cast(start as date) + try_cast(nth as integer)
            else cast(start as date)
        end""",
    ),
    layouts=layouts,
    said=("property", "dimension", "start", "end", "sum"),
)
