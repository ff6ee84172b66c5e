"""Operations: the measures, one figure recorded or corrected by hand, what may count twice, and the page that shows them."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest

from reach import comparing, settings, wording
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


# --- contradictions and shares --------------------------------------------------------------------------------------

WEEK = "County Lines Intensification Week, {}"
FEBRUARY, OCTOBER = WEEK.format("27 February to 5 March 2023"), WEEK.format("9 to 15 October 2023")
FORCE, AROUND = "Leicestershire Police", ("East Midlands (EMSOU: 5 forces)", "England and Wales", "UK")


def figure(measure="arrests", low=76, high=None, qualifier="exact", **told):
    both = low if high is None and qualifier == "exact" else high
    row = {"operation": "Week", "area": FORCE, "campaign": None, "network": None, "paid": None, "date_note": None, "status": None}
    days = {"start_date": date(2023, 2, 27), "end_date": date(2023, 3, 5)}
    stated = {"measure": measure, "value_low": low, "value_high": both, "qualifier": qualifier, "unit": "people"}
    return row | days | stated | {"source": "https://example.org/a", "published_wording": "words", "sample": False} | told


def total(low=1658, high=None, qualifier="exact", **told):
    return figure(low=low, high=high, qualifier=qualifier, **{"area": "England and Wales", **told})


@pytest.mark.parametrize(("part", "whole", "words"), [
    (figure(), total(), "76 of 1,658 = 4.6%"),
    (figure(low=None, high=76, qualifier="close to"), total(), "close to 76 of 1,658 = close to 4.6%"),
    (figure(low=100, qualifier="more than"), total(), "more than 100 of 1,658 = more than 6%"),
    (figure(low=63), total(1400, qualifier="more than"), "63 of more than 1,400 = less than 4.5%"),
    (figure(low=63), total(1400, qualifier="at least"), "63 of at least 1,400 = up to 4.5%"),
    (figure(low=63), total(None, 1400, "up to"), "63 of up to 1,400 = at least 4.5%"),
    (figure(status="early total"), total(), "76 of 1,658 = 4.6% (Leicestershire Police early total)"),
    (figure(low=0), total(), "0 of 1,658 = 0%"),
    (figure(low=1), total(100_000), "1 of 100,000 = less than 0.1%"),
])
def test_share_carries_the_qualifiers(part, whole, words):
    assert comparing.share(part, whole, FORCE, AROUND) == comparing.Share(words)


@pytest.mark.parametrize(("part", "whole", "settled", "reason"), [
    (figure("people_visited"), total(), None, "two measures"),
    (figure(end_date=date(2023, 3, 4)), total(), None, "not the same days"),
    (figure(start_date=None, end_date=None), total(), None, "the days of one of them are not published"),
    (figure(), total(area="Yorkshire and the Humber"), None, "whether Yorkshire and the Humber counts Leicestershire Police is not known"),
    (total(), figure(), None, "whether Leicestershire Police counts England and Wales is not known"),
    (figure(low=50, high=90, qualifier="exact"), total(), None, "a range"),
    (figure(low=100, qualifier="more than"), total(1400, qualifier="more than"), None, "leaves it open on both sides"),
    (figure(low=None, high=76, qualifier="around"), total(1400, qualifier="more than"), None, "leaves it open on both sides"),
    (figure(qualifier="a further", high=76), total(), None, "'a further'"),
    (figure(low=2000), total(), None, "the part is larger than the whole"),
    (figure(), total(0), None, "not published"),
    (figure(), total(), "beyond", "counted beyond the other"),
    (figure("campaign_reach"), {**total(), "measure": "campaign_reach"}, None, "reach counts accounts"),
])
def test_share_is_refused_with_its_reason(part, whole, settled, reason):
    said = comparing.share(part, whole, FORCE, AROUND, settled)
    assert not said.words and reason in said.refused


@pytest.mark.parametrize(("one", "other", "words"), [
    (figure(low=1100), figure(low=1000, qualifier="over"), "One source says both. Both can hold."),
    (figure(low=20), figure(low=20, qualifier="more than"), "One source says both. They cannot both hold."),
    (figure(low=20), figure(low=20, qualifier="at least"), "One source says both. Both can hold."),
    (figure(low=20), figure(low=None, high=20, qualifier="almost"), "One source says both. They cannot both hold."),
    (figure(low=76), figure(low=74, source="https://example.org/b"), "Two sources differ. They cannot both hold."),
    (figure(low=76), figure(low=None, high=80, qualifier="around"), "One source says both. Both can hold."),
])
def test_contradictions_stand_side_by_side(one, other, words):
    (found,) = comparing.contradictions([one, other])
    assert (found.figures, found.words) == ((one, other), words)
    (found,) = comparing.contradictions([other, one])
    assert found.words == words


@pytest.mark.parametrize("other", [
    figure(), figure("warrants", 41), figure(low=74, operation="Other"), figure(low=74, end_date=date(2023, 3, 4)),
    figure(low=74, sample=True), figure(low=74, date_note="cumulative"), figure(low=74, area="England and Wales"),
])
def test_what_is_no_contradiction(other):
    assert comparing.contradictions([figure(), other]) == []
    reach = [figure("campaign_reach", 220_000), figure("campaign_reach", 278_000, qualifier="a further", high=278_000)]
    assert comparing.contradictions(reach) == [], "two campaigns of one week"


@pytest.mark.parametrize(("area", "level"), [
    (FORCE, "force"), ("East Midlands (EMSOU: 5 forces)", "regional"), ("England and Wales", "national"), ("UK (NCA/NPCC)", "national"),
    ("North Wales Police", "other area"), ("Lincolnshire", "other area"),
])
def test_areas_have_levels(area, level):
    assert comparing.level(area, FORCE, AROUND) == level


def test_areas_around_are_of_the_force_that_ships(tmp_path, monkeypatch):
    assert settings.load(tmp_path / "a.duckdb").around[0] == "East Midlands (EMSOU: 5 forces)"
    monkeypatch.setenv("REACH_FORCE", "Kent Police")
    assert settings.load(tmp_path / "a.duckdb").around == ()
    monkeypatch.setenv("REACH_AREAS_AROUND", "South East; UK")
    assert settings.load(tmp_path / "a.duckdb").around == ("South East", "UK")


# --- the page -------------------------------------------------------------------------------------------------------


def test_one_operation_as_it_was_published(show):  # noqa: F811
    page = show("operations", operation=FEBRUARY)
    rows = page.table("Measure", "Qualifier", "Published wording")
    assert [(row["Measure"], row["Value"]) for row in rows] == [
        ("Campaign reach", "close to 220,000"),
        ("Campaign reach", "a further 278,000"),
        ("Arrests", "76"),
        ("Warrants", "41"),
        ("People visited to safeguard them", "58"),
    ]
    arrests = rows[2]
    assert (arrests["Status"], arrests["Stood on"], arrests["Published wording"]) == ("not stated", "not stated", "arrested 76 people")
    assert "7 days, the first and the last included" in page.words
    assert "The bulleted list of further results of the release is lost" in page.words
    alongside = page.table("Campaign alongside", "Said by")
    assert [row["Campaign alongside"] for row in alongside] == ["Other County Lines posts", "Trusted adults campaign"]
    missing = {row["Not available"]: (row["Value"], row["Published for"]) for row in page.table("Not available", "Published for")}
    assert missing["Cash seized"] == ("not published", "4 other weeks")
    assert missing["Lines dismantled"] == ("not published", "2 other weeks")
    assert "Arrests" not in missing and "497,999" not in page.words and "498,000" not in page.words
    assert "/definitions?definition=arrests" in page.links
    assert [row["measure"] for row in page.data("Figures as CSV")].count("arrests") == 1


def test_eight_days_are_said(show):  # noqa: F811
    page = show("operations", operation=WEEK.format("13 to 20 May 2019"))
    assert "8 days, the first and the last included; 8 other weeks of this area have 7" in page.words
    page = show("operations", operation="Operation Lionheart")
    assert "not known: the first or the last day is not published" in page.words
    lost = show("operations", operation=WEEK.format("23 to 29 June 2025"))
    assert "No figure of this operation is held. Not published is not 0." in lost.words


def test_more_than_20_and_20_stand_side_by_side(show):  # noqa: F811
    (row,) = show("operations", operation=OCTOBER).table("One figure", "Another figure")
    assert (row["One figure"], row["Another figure"]) == ("People visited to safeguard them: more than 20", "People safeguarded: 20")
    said = ("safeguarding visits to more than 20 vulnerable people", "Safeguarded 20 individuals")
    assert (row["Its words"], row["Its words there"]) == said
    national = show("operations", operation=WEEK.format("17 to 23 May 2021"), area="England and Wales")
    (row,) = national.table("One figure", "Another figure")
    assert {row["One figure"], row["Another figure"]} == {"Arrests: 1,100", "Arrests: over 1,000"}
    assert "Both can hold" in row["What this is"]


def test_areas_stand_apart_with_a_share_of_like_alone(show):  # noqa: F811
    page = show("operations", operation=FEBRUARY, part="Other areas")
    rows = {row["Measure"]: row for row in page.table("Measure", "Share")}
    assert rows["Arrests"]["Share"] == "76 of 1,658 = 4.6%" and rows["Arrests"]["Value"] == "1,658"
    assert rows["Lines identified and seized"]["Share"] == "no share: not published for both"
    assert "England Scotland and Wales: national figures" in page.words
    page = show("operations", operation=WEEK.format("7 to 13 March 2022"), part="Other areas")
    rows = {row["Measure"]: row["Share"] for row in page.table("Measure", "Share")}
    assert rows["Arrests"] == "63 of more than 1,400 = less than 4.5%"
    undated = show("operations", operation=WEEK.format("(undated, inferred March 2024)").replace("Week, (", "Week ("), part="Other areas")
    assert "no share: the days of one of them are not published" in undated.words
