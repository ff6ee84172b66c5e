"""Page reports of Google Analytics 4 beyond their golden pairs: what stands above and among the rows. Numbers written by hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

import pytest

from reach import candidates

FEBRUARY = ("# Start date: 20240201", "# End date: 20240229")
HEADINGS = ("Page path and screen class", "Views", "Active users")
ROWS = (("/", "1000", "500"), ("/county-lines", "500", "200"))


def made(comments: Sequence[str], *rows: Sequence[str], delimiter: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return ("\n".join(["# ---", "# Pages and screens", "# Property: Example", "# ---", *comments]) + "\n" + text.getvalue()).encode()


def judged(desk, source: bytes):
    found = desk.one(source, "pages.csv")
    candidates.discard([found])
    return found


def stored(desk, source: bytes) -> list[tuple[object, ...]]:
    desk.bring(source, "pages.csv")
    rows = desk.rows("select page, period_start, period_end, web_views, web_users from web_page order by record_no")
    return [tuple(row.values()) for row in rows]


FIRST, LAST = date(2024, 2, 1), date(2024, 2, 29)
READ = [("/", FIRST, LAST, 1000, 500), ("/county-lines", FIRST, LAST, 500, 200)]


@pytest.mark.parametrize(
    "comments",
    [
        ("# Generated on: 20240315", *FEBRUARY),
        (*FEBRUARY, "# Exported: 2024-03-15"),
        tuple(reversed(FEBRUARY)),
        (*FEBRUARY, *FEBRUARY),
        ("# Startdatum: 20240201", "# Enddatum: 20240229"),
        ("# Data de início: 20240201", "# Data de término: 20240229"),
        ("# Fecha de inicio: 20240201", "# Fecha de finalización: 20240229"),
        ("# Date de début : 20240201", "# Date de fin : 20240229"),
        ("# 20240201-20240229",),
    ],
    ids=str,
)
def test_only_lines_that_say_first_or_last_day_make_the_period(desk, comments):
    assert stored(desk, made(comments, HEADINGS, *ROWS)) == READ


@pytest.mark.parametrize(
    "comments",
    [(*FEBRUARY, "# Start date: 20230201", "# End date: 20230228"), (*FEBRUARY, "# Compare", "# 20230201-20230228")],
    ids=str,
)
def test_two_periods_above_a_table_decline_it(desk, comments):
    found = judged(desk, made(comments, HEADINGS, *ROWS))
    assert (found.status, found.declined) == ("refused", True)
    assert "two periods" in found.message and "without Compare" in found.message


def test_each_table_has_the_period_above_it(desk):
    """A pair of days under a table is of the next one, and no comparison."""
    first = made(FEBRUARY, HEADINGS, ROWS[0]).decode()
    second = "\n# Start date: 20240301\n# End date: 20240331\nPage title and screen class,Views,Active users\nHome,30,20\n"
    found = desk.check((first + second).encode(), "snapshot.csv")
    assert [(one.status, one.reading.first.date(), one.reading.last.date(), one.reading.control_totals["web_views"]) for one in found] == [
        ("ready", FIRST, LAST, 1000),
        ("ready", date(2024, 3, 1), date(2024, 3, 31), 30),
    ]
    candidates.discard(found)


def test_a_period_that_runs_backwards_sets_its_rows_aside(desk):
    found = judged(desk, made(("# Start date: 20240229", "# End date: 20240201"), HEADINGS, *ROWS))
    assert found.reading.kept == 0
    assert [one.reason for one in found.reading.problems] == ["the period that stands above it ends before it starts"] * 2


def test_pages_under_lines_that_name_no_period_are_declined(desk):
    found = judged(desk, made(("# Generated on: 20240315",), HEADINGS, *ROWS))
    assert (found.status, found.declined) == ("refused", True)
    assert "first and last day" in found.message


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_comma_in_a_page_keeps_no_other_delimiter_from_being_tried(desk, delimiter):
    rows = (("Home, Example Constabulary", "977", "401"), ("Know the signs", "633", "298"))
    source = made(FEBRUARY, ("Page title and screen class", "Views", "Active users"), *rows, delimiter=delimiter)
    assert stored(desk, source) == [("Home, Example Constabulary", FIRST, LAST, 977, 401), ("Know the signs", FIRST, LAST, 633, 298)]


def test_a_table_of_no_pages_is_declined_under_every_delimiter(desk):
    found = judged(desk, made(FEBRUARY, ("City", "Active users"), ("Exampleton, North", "12"), delimiter=";"))
    assert (found.status, found.declined) == ("refused", True)
    assert "no table of pages" in found.message


SUM = ("", "1500", "700")


@pytest.mark.parametrize("rows", [(SUM, *ROWS), (*ROWS, SUM), (SUM, *ROWS, ("Total", "1500", "700"))], ids=["above", "below", "both"])
def test_a_row_of_no_page_that_is_the_sum_of_the_others_is_a_row_of_totals(desk, rows):
    found = judged(desk, made(FEBRUARY, HEADINGS, *rows))
    assert found.reading.control_totals == {"web_views": 1500, "web_users": 700}
    assert found.reading.skipped["a row of no page whose count is the sum of all others, so a row of totals"] == 1


def test_a_row_of_no_page_that_is_no_sum_is_a_page(desk):
    found = judged(desk, made(FEBRUARY, HEADINGS, *ROWS, ("", "40", "30")))
    assert (found.reading.kept, found.reading.skipped) == (3, {})
    assert found.reading.control_totals["web_views"] == 1540


def test_of_two_dimensions_only_a_row_with_neither_is_a_sum(desk):
    """The page that is blank on one host has as many views as all else, but it has a host."""
    headings = ("Page path and screen class", "Hostname", "Views")
    rows = (("/", "example.org", "30"), ("/news", "example.org", "20"), ("", "www.example.org", "50"))
    assert judged(desk, made(FEBRUARY, headings, *rows)).reading.control_totals == {"web_views": 100}
    assert judged(desk, made(FEBRUARY, headings, *rows, ("", "", "100"))).reading.control_totals == {"web_views": 100}


FOREIGN = [
    (
        ("# Startdatum: 20240201", "# Enddatum: 20240229"),
        ("Seitenpfad und Bildschirmklasse", "Aufrufe", "Aktive Nutzer", "Aufrufe pro aktivem Nutzer", "Ereignisanzahl"),
    ),
    (
        ("# Fecha de inicio: 20240201", "# Fecha de finalización: 20240229"),
        ("Ruta de página y clase de pantalla", "Vistas", "Usuarios activos", "Vistas por usuario activo", "Número de eventos"),
    ),
    (
        ("# Data de início: 20240201", "# Data de término: 20240229"),
        (
            "Caminho da página e classe da tela",
            "Visualizações",
            "Usuários ativos",
            "Visualizações por usuário ativo",
            "Contagem de eventos",
        ),
    ),
    (
        ("# Date de début : 20240201", "# Date de fin : 20240229"),
        ("Chemin de la page et classe de l’écran", "Vues", "Utilisateurs actifs", "Vues par utilisateur actif", "Nombre d'événements"),
    ),
]


@pytest.mark.parametrize(("comments", "headings"), FOREIGN, ids=["de", "es", "pt", "fr"])
def test_headings_in_other_languages_are_read_as_the_english_ones(desk, comments, headings):
    rows = (("/", "1000", "500", "2", "4000"), ("/county-lines", "500", "200", "2.5", "2000"), ("Total", "1500", "650", "2.3", "6000"))
    assert stored(desk, made(comments, headings, *rows)) == READ
    assert desk.rows("select distinct dimension, property, sum(web_events) over () as events from web_page") == [
        {"dimension": "Page path and screen class", "property": "Example", "events": 6000}
    ]


def test_days_and_property_in_another_language(desk):
    lines = ("# Propiedad: Ejemplo", *FOREIGN[1][0], "Título de página,Fecha,Sesiones", "A,20240203,7")
    desk.bring("\n".join(lines).encode(), "pages.csv")
    assert [tuple(row.values()) for row in desk.rows("select property, page, period_start, period_end, web_sessions from web_page")] == [
        ("Ejemplo", "A", date(2024, 2, 3), date(2024, 2, 3), 7)
    ]


@pytest.mark.parametrize("heading", ["Nutzer-ID", "App-Instanz-ID", "ID de usuario", "ID d’utilisateur", "Stunde", "Semana"])
def test_rows_of_single_users_and_hours_are_declined_in_other_languages_too(desk, heading):
    comments, (page, views, *_) = FOREIGN[0]
    found = judged(desk, made(comments, (page, heading, views), ("/", "1", "4"), ("/", "2", "5")))
    assert (found.status, found.declined) == ("refused", True)


def test_headings_in_words_that_nobody_knows_are_declined_with_a_way_out(desk):
    found = judged(desk, made(FEBRUARY, ("Sivupolku", "Katselut"), ("/", "4")))
    assert (found.status, found.declined) == ("refused", True)
    assert "in words that Reach knows" in found.message and "Google Analytics in English" in found.message
