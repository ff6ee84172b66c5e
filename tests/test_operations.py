"""Operations: the measures, one figure recorded or corrected by hand, what may count twice, and the page that shows them."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest

from reach import comparing, double_counts, operations, settings, uploads, wording
from reach.definitions import COUNTY_LINES_DATA, MEASURE, WEAPON_KINDS, measure_named, unlike
from reach.dictionary import ENTRY
from reach.errors import Usage
from test_pages import HOSTILE, bring, first_start, known, show  # noqa: F401

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
    (figure(status="early total"), total(), "76 of 1,658 = 4.6% (Leicestershire Police: early total)"),
    (figure(), total(unit="arrests"), "76 of 1,658 = 4.6% (published as people and as arrests)"),
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
    (figure(operation="Another"), total(), None, "not of one operation"),
    (figure(), total(operation=None), None, "not of one operation"),
])
def test_share_is_refused_with_its_reason(part, whole, settled, reason):
    said = comparing.share(part, whole, FORCE, AROUND, settled)
    assert not said.words and reason in said.refused


@pytest.mark.parametrize(("other", "differs"), [
    (figure(low=77, source="https://example.org/b"), FORCE),
    (total(1658, None, "more than"), "England and Wales"),
    (figure(source="https://example.org/b"), None),
    (figure(low=77, operation="Another"), None),
    (figure(low=77, sample=True), None),
    (figure("warrants", 41), None),
])
def test_a_share_takes_no_side_between_statements_that_differ(other, differs):
    said = comparing.share(figure(), total(), FORCE, AROUND, None, [figure(), other, total()])
    refused = f"no share: statements of {differs} differ" if differs else ""
    assert said == comparing.Share("" if differs else "76 of 1,658 = 4.6%", refused)


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


def test_one_operation_as_it_was_published(show, known):  # noqa: F811
    page = show("operations", operation=FEBRUARY)
    rows = page.table("Measure", "Qualifier", "Published wording")
    assert [(row["Measure"], row["Value"]) for row in rows] == [
        ("Arrests", "76"),
        ("Warrants", "41"),
        ("People visited to safeguard them", "58"),
        ("Campaign reach", "close to 220,000"),
        ("Campaign reach", "a further 278,000"),
    ]
    arrests = rows[0]
    assert (arrests["Status"], arrests["Stood on"], arrests["Published wording"]) == ("not stated", "not stated", "arrested 76 people")
    assert "7 days, the first and the last included" in page.words
    assert "The bulleted list of further results of the release is lost" in page.words
    alongside = page.table("Campaign alongside", "Said by")
    assert [row["Campaign alongside"] for row in alongside] == ["Other County Lines posts", "Trusted adults campaign"]
    missing = {row["Not published"]: row["Held of"] for row in page.table("Not published", "Latest")}
    assert (missing["Cash seized"], missing["Lines dismantled"]) == ("4 other weeks", "2 other weeks")
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
    page = show("operations", operation=FEBRUARY, part="Areas")
    rows = {row["Measure"]: row for row in page.table("Measure", "Share")}
    assert rows["Arrests"]["Share"] == "76 of 1,658 = 4.6%" and rows["Arrests"]["Value"] == "1,658"
    assert (rows["Arrests"]["Operation"], rows["Arrests"]["Days"]) == (FEBRUARY, "27 February to 5 March 2023")
    assert rows["Lines identified and seized"]["Share"] == "no share: not published for both"
    assert "England Scotland and Wales: national figures" in page.words
    page = show("operations", operation=WEEK.format("7 to 13 March 2022"), part="Areas")
    rows = {row["Measure"]: row["Share"] for row in page.table("Measure", "Share")}
    assert rows["Arrests"] == "63 of more than 1,400 = less than 4.5%"
    may = show("operations", operation=WEEK.format("17 to 23 May 2021"), part="Areas").table("Measure", "Share")
    refused = "no share: statements of England and Wales differ"
    assert [(row["Value"], row["Share"]) for row in may if row["Measure"] == "Arrests"] == [("1,100", refused), ("over 1,000", refused)]
    undated = show("operations", operation=WEEK.format("(undated, inferred March 2024)").replace("Week, (", "Week ("), part="Areas")
    assert "no share: the days of one of them are not published" in undated.words


# --- one figure recorded or corrected without a file ----------------------------------------------------------------

OF = {"measure": "arrests", "area": "Exampleshire", "operation": "Lantern", "source": "https://example.org/a"}
OF |= {"start_date": date(2025, 6, 30), "end_date": date(2025, 7, 6), "date_note": None}


def of_lantern(desk):
    return desk.store.rows("pages/operation_figures", operation="Lantern")


def stated(desk):
    rows = desk.store.rows("pages/operation_statements", operation="Lantern", area="Exampleshire")
    return [(row["place"], comparing.words_of(row), row["status"]) for row in rows]


def test_a_figure_is_recorded_as_an_import_of_one_row(desk):
    words = {"qualifier": "more than", "status": "early total", "published_wording": "over a dozen "}
    said = operations.record(desk.store, OF, {"value": 12, **words})
    assert said == "Arrests, Lantern, Exampleshire: more than 12 recorded."
    (upload,) = desk.store.rows("pages/uploads")
    assert (upload["format"], upload["rows_kept"], upload["state"]) == ("figures", 1, "in force")
    (row,) = of_lantern(desk)
    assert (row["value_low"], row["value_high"], row["published_wording"], row["unit"]) == (12, None, "over a dozen", "arrests")
    uploads.undo(desk.store, str(upload["upload_id"]))
    assert of_lantern(desk) == []


def test_a_figure_goes_from_an_early_total_to_a_final_one_and_keeps_what_it_was(desk):
    operations.record(desk.store, OF, {"value": 12, "status": "early total"})
    for value, status in ((14, "provisional"), (15, "revised"), (15, "final")):
        (held,) = of_lantern(desk)
        operations.correct(desk.store, held, {"value": value, "status": status, "note": f"Counted again as {status}"})
    assert stated(desk) == [(1, "15", "final"), (2, "15", "revised"), (3, "14", "provisional"), (4, "12", "early total")]
    (held,) = of_lantern(desk)
    with pytest.raises(Usage, match="it is final"):
        operations.correct(desk.store, held, {"value": 16, "status": "provisional", "note": "Late arrest"})
    last = desk.store.rows("pages/uploads")[0]
    uploads.undo(desk.store, str(last["upload_id"]))
    assert [comparing.words_of(row) + " " + row["status"] for row in of_lantern(desk)] == ["15 revised"]


def test_a_figure_of_an_outcomes_file_is_corrected(desk, made):
    desk.bring(made.outcomes(("Operation", "Area", "Start date", "Cash seized (GBP)"), ("Lantern", "Exampleshire", "", "£12.50")))
    (held,) = of_lantern(desk)
    operations.correct(desk.store, held, {"value": 99.25, "status": "revised", "note": "Counted"})
    assert stated(desk) == [(1, "£99.25", "revised"), (2, "£12.50", None)]


def test_two_statements_of_one_fact_give_way_together(desk, made):
    desk.bring(made.figures({"value_low": 20, "value_high": 20}, {"value_low": 20, "qualifier": "more than"}))
    one, other = of_lantern(desk)
    assert len(comparing.contradictions([one, other])) == 1
    said = operations.correct(desk.store, one, {"value": 21, "status": "revised", "note": "The force said so"})
    assert said == "Arrests, Lantern, Exampleshire: 21 stands now. Kept as superseded: 20 and more than 20."
    assert stated(desk) == [(1, "21", "revised"), (2, "20", None), (2, "more than 20", None)]


@pytest.mark.parametrize(("of", "said", "reason"), [
    ({}, {}, "no value"),
    ({"source": " "}, {"value": 3}, "no source"),
    ({}, {"value": 2.5}, "is not a whole number"),
    ({}, {"value": 3, "status": "perhaps"}, "is not a status"),
    ({"end_date": date(2025, 6, 1)}, {"value": 3}, "the end date is before the start date"),
])
def test_a_figure_meets_the_checks_of_a_file(desk, of, said, reason):
    before = desk.size()
    with pytest.raises(Usage, match=reason):
        operations.record(desk.store, OF | of, said)
    assert desk.size() == before


def test_what_is_held_is_corrected_and_not_recorded_twice(desk):
    operations.record(desk.store, OF, {"value": 12})
    with pytest.raises(Usage, match="held from this source already"):
        operations.record(desk.store, OF, {"value": 13})
    (held,) = of_lantern(desk)
    for said, reason in (({"value": 12, "note": "x"}, "as it stands"), ({"value": 13}, "does not say why"), ({"note": "x"}, "no value")):
        with pytest.raises(Usage, match=reason):
            operations.correct(desk.store, held, said)
    told = operations.record(desk.store, OF | {"source": "https://example.org/b"}, {"value": 13})
    assert told.endswith(": 13 recorded.")
    assert sorted(map(comparing.words_of, of_lantern(desk))) == ["12", "13"], "another source stands beside it"


def test_a_figure_is_corrected_on_the_page(show, known):  # noqa: F811
    page = show("operations", operation=FEBRUARY, part="Record")
    (held,) = [one for one in known().rows("pages/operation_figures", operation=FEBRUARY) if comparing.words_of(one) == "76"]
    page.pick(f"enter-{FEBRUARY}-{FORCE}", held["figure_id"])
    page.at.number_input[0].set_value(77)
    words, why, approved = page.at.text_input
    page.press("Correct the figure")
    assert "does not say why" in page.words
    words, why, approved = page.at.text_input
    words.set_value("arrested 77 people " + HOSTILE)
    why.set_value("One more " + HOSTILE)
    approved.set_value("Head of news")
    page.press("Correct the figure")
    assert "77 stands now. Kept as superseded: 76." in page.words
    page = show("operations", operation=FEBRUARY)
    rows = page.table("Measure", "State", "Value")
    said = [(row["State"], row["Value"], row["Status"]) for row in rows]
    assert said == [("Stands", "77", "revised"), ("Superseded", "76", "not stated")]
    assert "![x](" in rows[0]["Note"] and not {"img", "script"} & page.tags
    share = {row["Measure"]: row["Share"] for row in show("operations", operation=FEBRUARY, part="Areas").table("Measure", "Share")}
    assert share["Arrests"].startswith("77 of 1,658 = 4.6%")


def test_a_new_figure_is_recorded_on_the_page(show, known):  # noqa: F811
    week = WEEK.format("23 to 29 June 2025")
    page = show("operations", operation=week, part="Record")
    page.pick(f"measure-{week}-{FORCE}", "cash_seized_gbp")
    page.at.number_input[0].set_value(1250.5)
    (source,) = [one for one in page.at.text_input if one.label.startswith("Where it was published")]
    source.set_value("Force return")
    page.press("Record the figure")
    assert "£1,250.50 recorded." in page.words
    (row,) = show("operations", operation=week).table("Measure", "Published wording")
    assert (row["Value"], row["Published wording"]) == ("£1,250.50", "recorded, not published")


# --- what may be counted twice --------------------------------------------------------------------------------------


def found(*rows):
    return [(one.kind, [comparing.words_of(row) for row in one.figures]) for one in double_counts.found(rows, FORCE, AROUND).doubts]


UNDATED = {"start_date": None, "end_date": None, "date_note": "two weeks"}
LONGER = {"operation": "Longer", "start_date": date(2023, 2, 1), "end_date": date(2023, 3, 31)}
LATER = {"operation": "Later", "start_date": date(2023, 3, 4), "end_date": date(2023, 3, 20)}


@pytest.mark.parametrize(("rows", "doubts"), [
    ((figure(), total()), [("inside", ["1,658", "76"])]),
    ((figure(), total(operation="Another name")), [("inside", ["1,658", "76"])]),
    ((figure(low=55, **UNDATED), figure(low=100, qualifier="more than", start_date=None)), [("inside", ["more than 100", "55"])]),
    ((figure(), figure(low=90, **LONGER)), [("inside", ["90", "76"])]),
    ((figure(), figure(**LATER)), [("joint", ["76", "76"])]),
    ((figure(), figure(low=12, operation="Same days")), [("inside", ["76", "12"])]),
    ((figure(), figure(area="Kent Police")), [("joint", ["76", "76"])]),
    ((figure(), total(), total(source="https://example.org/b")), [("inside", ["1,658", "76"])]),
])
def test_what_may_be_counted_twice_is_found_in_any_order(rows, doubts):
    assert found(*rows) == doubts == found(*reversed(rows))


@pytest.mark.parametrize("rows", [
    (figure(), figure("warrants")),
    (figure(), figure(source="https://example.org/b")),
    (figure(), figure(low=74, **LATER)),
    (figure(), figure(low=74, area="Kent Police")),
    (figure(), figure(area="Kent Police", operation="Theirs")),
    (figure(), total(start_date=date(2023, 3, 1))),
    (figure(), total(sample=True)),
    (figure("campaign_reach"), {**total(), "measure": "campaign_reach"}),
    (figure(low=90, start_date=date(2022, 2, 27), end_date=date(2022, 3, 5), operation="Year before"), figure()),
    (figure(**UNDATED), figure(operation="Other", **UNDATED)),
])
def test_what_is_no_double_count(rows):
    assert found(*rows) == []


def weapons(measure, low, **told):
    return figure(measure, low, operation="October", area="UK", **told)


def test_weapons_listed_beyond_their_total():
    kinds = [weapons("firearms", 33), weapons("bladed_weapons", 377), *(weapons("other_weapons", count) for count in (3, 21, 28))]
    (doubt,) = double_counts.found([weapons("weapons_seized", 458), *kinds], FORCE, AROUND).doubts
    assert doubt.kind == "listed" and doubt.words.startswith("33, 377, 3, 21 and 28 are listed by kind, which makes 462, against ")
    assert "Weapons seized: 458" in doubt.words
    assert found(weapons("weapons_seized", 463), *kinds) == [], "kinds may be listed in part"
    assert [kind for kind, _ in found(weapons("weapons_seized", 462), *kinds)] == ["listed"]


def test_one_count_of_weapons_in_two_releases():
    march = figure("bladed_weapons", 377, operation="March", area="England and Wales", start_date=None, end_date=None)
    assert found(weapons("bladed_weapons", 377), march) == [("same count", ["377", "377"])]
    assert found(weapons("bladed_weapons", 377), weapons("weapons_seized", 377))[0][0] == "listed"
    assert found(weapons("firearms", 3), {**march, "value_low": 3, "value_high": 3}) == [], "small counts are alike by chance"


def test_very_many_operations_of_one_day_are_looked_at_in_part():
    many = [figure(low=number, operation=f"Raid {number}") for number in range(700)]
    told = double_counts.found([*many, weapons("weapons_seized", 30), weapons("firearms", 30)], FORCE, AROUND)
    assert not told.complete and len(told.doubts) == double_counts.MOST_DOUBTS and told.doubts[0].kind == "listed"
    assert not double_counts.found(many, FORCE, AROUND, most_pairs=5).complete
    assert double_counts.found(many[:20], FORCE, AROUND).complete


def test_the_published_record_has_its_doubts(show, known):  # noqa: F811
    held = [(doubt.kind, [(one["measure"], comparing.words_of(one)) for one in doubt.figures]) for doubt, _ in operations.doubts(known())]
    assert ("inside", [("arrests", "more than 100"), ("arrests", "55")]) in held, "Operation Lionheart"
    assert ("inside", [("arrests", "1,658"), ("arrests", "76")]) in held
    assert ("inside", [("arrests", "1,660"), ("arrests", "42")]) in held, "both undated, of one operation"
    assert {kind for kind, _ in held} == {"inside"}


def test_doubts_are_flagged_before_an_import(desk, made):
    desk.bring(made.figures({"value_low": 40, "value_high": 40}), "week.csv")
    part = {"operation": "Raid", "start_date": "2025-07-01", "end_date": "2025-07-02", "value_low": 9, "value_high": 9}
    shown = uploads.preview(desk.store, [desk.one(made.figures(part))])
    (words,) = shown.unusual
    assert words.startswith("Arrests: 9, Raid, Exampleshire, 1 to 2 July 2025 may be counted inside or beyond Arrests: 40, Lantern")
    assert shown.doubts == shown.unusual
    desk.bring(made.figures(part))
    assert uploads.preview(desk.store, [desk.one(made.figures({"measure": "warrants", "value_low": 3, "value_high": 3}))]).unusual == ()


def test_outcomes_files_are_looked_at_as_figures_are(desk, made):
    headings = ("Operation", "Area", "Start date", "End date", "Arrests")
    rows = [("One", "Exampleshire", "2025-07-01", "2025-07-07", 12), ("Two", "Exampleshire", "2025-07-05", "2025-07-09", 12)]
    (words,) = uploads.preview(desk.store, [desk.one(made.outcomes(headings, *rows))]).unusual
    assert "may be one count of a joint operation" in words


def test_a_figure_entered_by_hand_is_looked_at_too(desk):
    operations.record(desk.store, OF, {"value": 12})
    told = operations.record(desk.store, OF | {"operation": "Raid", "start_date": date(2025, 7, 1)}, {"value": 3})
    assert told.endswith("It may count what another figure counts: settle it under 'Counted twice?'.")


def test_what_is_settled_stays_with_who_and_why(desk, made):
    desk.bring(made.figures({"value_low": 40, "value_high": 40}, {"operation": "Raid", "value_low": 9, "value_high": 9}))
    ((doubt, said),) = operations.doubts(desk.store)
    assert said is None
    with pytest.raises(Usage, match="does not say why"):
        operations.settle(desk.store, doubt, "inside", " ")
    with pytest.raises(Usage, match="settles nothing"):
        operations.settle(desk.store, doubt, "added", "x")
    operations.settle(desk.store, doubt, "inside", "The duty inspector said so", by="ada")
    ((_, said),) = operations.doubts(desk.store)
    assert (said["settled"], said["note"], said["recorded_by"]) == ("inside", "The duty inspector said so", "ada")
    acts = [(row["act"], row["recorded_by"]) for row in desk.store.rows("pages/audit", most_rows=500)]
    assert ("settled as inside", "ada") in acts
    (raid,) = desk.store.rows("pages/operation_figures", operation="Raid")
    operations.correct(desk.store, raid, {"value": 10, "status": "revised", "note": "One more"})
    ((doubt, said),) = operations.doubts(desk.store)
    assert said["settled"] == "inside" and said["subject"] != doubt.subject, "what was settled is known to be of another value"
    operations.settle(desk.store, doubt, None, "Asked again")
    assert [said for _, said in operations.doubts(desk.store)] == [None]
    assert len(desk.store.rows("pages/settlements")) == 2


def test_a_doubt_is_settled_on_the_page_and_bars_the_share(show, known):  # noqa: F811
    page = show("operations", operation=FEBRUARY)
    assert "1 question is open: whether figures of this operation count what others count." in page.words
    page = show("operations", operation=FEBRUARY, part="Counted twice?")
    (row,) = page.table("The other", "Settled")
    assert row["Settled"] == "open" and row["The other"] == f"Arrests: 76, {FEBRUARY}, {FORCE}"
    page.press("Settle it")
    assert "does not say why" in page.words
    (settled,) = [one for one in page.at.selectbox if one.label.endswith("is")]
    settled.set_value("beyond")
    (why,) = [one for one in page.at.text_input if one.label.startswith("Why")]
    why.set_value("The release says so " + HOSTILE)
    page.press("Settle it")
    (row,) = page.table("The other", "Settled")
    assert row["Settled"] == "counted beyond the other" and "![x](" in row["Why"] and not {"img", "script"} & page.tags
    share = {row["Measure"]: row["Share"] for row in show("operations", operation=FEBRUARY, part="Areas").table("Measure", "Share")}
    assert share["Arrests"] == "no share: settled as counted beyond the other"
    assert "count what others count" not in show("operations", operation=FEBRUARY).words


def test_what_may_be_counted_twice_is_said_on_the_command_line(reach, made, tmp_path):
    rows = [{"value_low": 40, "value_high": 40}, {"operation": "Raid", "value_low": 9, "value_high": 9}]
    (tmp_path / "figures.csv").write_bytes(made.figures(*rows))
    assert reach("uploads").returncode == 0
    for command in ("check", "ingest"):
        done = reach(command, tmp_path / "figures.csv")
        assert "may be counted inside or beyond Arrests: 40" in done.stdout


def test_what_is_said_beside_another_contradicts_nothing():
    row = {"area": FORCE, "operation": "Op", "start_date": None, "end_date": None, "sample": False, "date_note": None, "source": "a"}
    first = {**row, "measure": "arrests", "value_low": 76, "value_high": 76, "qualifier": "exact"}
    assert comparing.contradictions([first, {**first, "value_low": 12, "value_high": 12}])
    assert not comparing.contradictions([first, {**first, "value_low": 12, "value_high": 12, "qualifier": "a further"}])
    listed = {**first, "measure": "firearms"}
    assert not comparing.contradictions([listed, {**listed, "value_low": 30, "value_high": 30}])
