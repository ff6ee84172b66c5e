"""Operations: the measures, one figure recorded or corrected by hand, what may count twice, and the page that shows them."""

from __future__ import annotations

from itertools import combinations

import pytest

from reach import wording
from reach.definitions import COUNTY_LINES_DATA, MEASURE, WEAPON_KINDS, measure_named, unlike
from reach.dictionary import ENTRY
from test_pages import bring, first_start, known, show  # noqa: F401

# --- the measures ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("heading", "key", "unit"), [
    ("Warrants executed", "warrants", "warrants"),
    ("No. of arrests", "arrests", "arrests"),
    ("People charged", "people_charged", "people"),
    ("Charges", "offences_charged", "offences"),
    ("Safeguarding visits", "safeguarding_visits", "visits"),
    ("Vulnerable people visited", "people_visited", "people"),
    ("Safeguarded", "people_safeguarded", "people"),
    ("Children safeguarded", "children_safeguarded", "people"),
    ("Adults safeguarded", "adults_safeguarded", "people"),
    ("Referrals", "people_referred", "people"),
    ("NRM referrals", "nrm_referrals", "referrals"),
    ("Lines identified", "lines_identified", "lines"),
    ("Lines closed (Type 1)", "lines_closed_type_1", "lines"),
    ("Type 2 closures", "lines_closed_type_2", "lines"),
    ("Cuckooed addresses visited", "cuckooed_addresses_visited", "addresses"),
    ("Cuckooing visits", "cuckooing_visits", "visits"),
    ("Cash seized (£)", "cash_seized_gbp", "GBP"),
    ("Cash seized (€)", "cash_seized_eur", "EUR"),
    ("Class A drugs seized (kg)", "drugs_class_a_kg", "kg"),
    ("Class B drugs (GBP)", "drugs_class_b_gbp", "GBP"),
    ("Firearms", "firearms", "weapons"),
    ("Knives seized", "bladed_weapons", "weapons"),
    ("Other weapons", "other_weapons", "weapons"),
    ("Vehicles seized", "vehicles_seized", "vehicles"),
    ("Stop and searches", "stop_searches", "searches"),
    ("People engaged in person", "people_engaged_in_person", "people"),
])
def test_headings_of_outcomes_are_measures_with_units(desk, made, heading, key, unit):
    assert (measure_named(heading).key, MEASURE[key].unit) == (key, unit)
    assert MEASURE[key].words.endswith(".") and ENTRY[key].counts


def test_every_heading_names_one_measure():
    names = [(measure_named(name), one) for one in MEASURE.values() for name in (*one.aliases, one.label, one.key)]
    assert [(one.key, found.key) for found, one in names if found is not one] == []


def test_visits_people_visited_and_people_safeguarded_are_three():
    for one, other in combinations(("safeguarding_visits", "people_visited", "people_safeguarded"), 2):
        assert unlike(ENTRY[one], ENTRY[other]), f"{one} and {other} are joined"
    assert "count different things (visits, and people)" in unlike(ENTRY["safeguarding_visits"], ENTRY["people_visited"])


def test_pounds_and_euros_are_two_and_no_cell_of_one_is_read_as_the_other(desk, made):
    headings = ("Operation", "Start date", "End date", "Cash seized (GBP)", "Cash seized (EUR)")
    done = desk.bring(made.outcomes(headings, ("One", "2025-06-23", "2025-06-29", "£24,000", "€120"), ("Two", "", "", "€120", "")))
    (aside,) = done.reading.problems
    assert (aside.record, aside.value) == (2, "€120") and "an amount in pounds" in aside.reason
    rows = desk.rows("select measure, value_low, unit from figure_current order by measure")
    assert [(row["measure"], int(row["value_low"]), row["unit"]) for row in rows] == [
        ("cash_seized_eur", 120, "EUR"),
        ("cash_seized_gbp", 24_000, "GBP"),
    ]
    assert wording.figure_words(120, 120, "exact", "EUR") == "€120"
    assert wording.figure_words(6, 6, "around", "kg") == "around 6 kg"


def test_definitions_show_the_measures(show):  # noqa: F811
    page = show("definitions", definition="lines_closed_type_1")
    assert COUNTY_LINES_DATA in page.words and "arrest and charge of a line holder" in page.words
    assert "Figures held none" in page.words and "type 1 closures" in page.words
    page = show("definitions", definition="warrants")
    assert "Figures held 8 figures, 2 of them not dated: 17 May 2021 to 15 October 2023" in page.words
    listed = {row["Definition"] for row in page.pick("which", "Published figures").table("Definition", "Unit")}
    assert {MEASURE[key].label for key in (*WEAPON_KINDS, "cash_seized_eur", "stop_searches", "vehicles_seized")} <= listed
