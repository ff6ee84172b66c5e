"""The shipped record in data/published and the made-up sample data are complete, well formed and true to their sources."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from reach.definitions import MEASURE, QUALIFIERS, STATUSES, measure_named

ROOT = Path(__file__).parents[1]
PUBLISHED = ROOT / "data" / "published"
SAMPLE = ROOT / "data" / "sample"
RESEARCH = Path(__file__).parents[2] / "shared" / "published-figures.csv"

HEADINGS = {
    "figures": "start_date,end_date,date_note,area,operation,campaign,network,paid,measure,value_low,value_high,unit,qualifier,"
    "published_wording,status,as_of,source,note",
    "campaigns": "campaign,start_date,end_date,date_note,networks,note,source",
    "operations": "operation,area,start_date,end_date,date_note,intensification,note,source",
    "populations": "population,area,people,reference_date,source,note",
}
SAMPLE_NOTE = "Made-up sample data, not real."
LABEL = "[Made-up sample]"


def rows(path: Path) -> list[dict[str, str]]:
    """The records of a CSV file; every record has as many cells as the heading."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.DictReader(file))
    assert read, f"{path.name} is empty"
    for number, row in enumerate(read, 1):
        assert None not in row and None not in row.values(), f"{path.name}, record {number}: cells and heading differ"
    return read


def sample(stem: str) -> list[dict[str, str]]:
    return rows(SAMPLE / f"{stem}_2026-07_to_09.csv")


FIGURES = rows(PUBLISHED / "figures.csv")
FIGURE_IDS = [f"{number}-{row['measure']}" for number, row in enumerate(FIGURES, 1)]


@pytest.mark.parametrize(("name", "count"), [("figures", 77), ("campaigns", 3), ("operations", 27), ("populations", 12)])
def test_file_is_plain_and_complete(name, count):
    path = PUBLISHED / f"{name}.csv"
    data = path.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf") and b"\r" not in data and data.endswith(b"\n")
    assert data.decode("utf-8").splitlines()[0] == HEADINGS[name]
    read = rows(path)
    assert len(read) == count
    assert all(value == value.strip() for row in read for value in row.values())


@pytest.mark.parametrize("row", FIGURES, ids=FIGURE_IDS)
def test_figure_is_well_formed(row):
    assert row["measure"] in MEASURE
    assert row["qualifier"] in QUALIFIERS
    assert row["status"] in ("", *STATUSES)
    assert row["source"].startswith(("https://", "http://"))
    assert row["published_wording"] and row["area"] and row["unit"]
    assert row["operation"] or row["campaign"]
    assert "Evidence: " in row["note"]
    given = [date.fromisoformat(row[column]) for column in ("start_date", "end_date") if row[column]]
    assert given == sorted(given)
    assert row["date_note"] or len(given) == 2, "a date that is not published needs its note"
    if row["as_of"]:
        date.fromisoformat(row["as_of"])
    low, high = row["value_low"], row["value_high"]
    assert low or high
    assert all(float(value) > 0 for value in (low, high) if value)
    if low and high:
        assert float(low) <= float(high)


def test_reach_beside_leicestershire_weeks_keeps_its_words():
    reach = {
        row["campaign"]: (row["value_low"], row["value_high"], row["qualifier"], row["published_wording"], row["network"])
        for row in FIGURES
        if row["measure"] == "campaign_reach" and row["area"] == "Leicestershire Police"
    }
    assert reach == {
        "#KnowTheSigns week": ("134000", "", "more than", "more than 134,000 people", ""),
        "Trusted adults campaign": ("", "220000", "close to", "reached close to 220,000 people", "facebook, instagram"),
        "Other County Lines posts": ("278000", "278000", "a further", "reaching a further 278,000", ""),
    }


def test_early_totals_carry_their_status():
    early = {(row["measure"], row["value_low"], row["value_high"], row["qualifier"]) for row in FIGURES if row["status"] == "early total"}
    assert early == {("arrests", "110", "", "exact"), ("lines_closed", "15", "", "exact"), ("people_met_at_events", "277000", "", "over")}


def test_figures_name_campaigns_that_exist():
    campaigns = {row["campaign"] for row in rows(PUBLISHED / "campaigns.csv")}
    assert campaigns == {"#KnowTheSigns week", "Trusted adults campaign", "Other County Lines posts"}
    assert campaigns == {row["campaign"] for row in FIGURES if row["area"] == "Leicestershire Police" and row["campaign"]}


def test_figures_name_operations_that_exist_in_their_area():
    operations = {(row["operation"], row["area"]): row for row in rows(PUBLISHED / "operations.csv")}
    assert len(operations) == len(rows(PUBLISHED / "operations.csv"))
    for row in FIGURES:
        if not row["operation"]:
            continue
        operation = operations[row["operation"], row["area"]]
        if operation["intensification"] == "true":
            assert (row["start_date"], row["end_date"]) == (operation["start_date"], operation["end_date"])


def test_operations_have_one_name_a_week():
    weeks: dict[tuple[str, str], set[str]] = {}
    for row in rows(PUBLISHED / "operations.csv"):
        assert row["intensification"] in ("true", "false")
        assert row["source"] and ((row["start_date"] and row["end_date"]) or row["date_note"])
        if row["intensification"] == "true":
            weeks.setdefault((row["start_date"], row["end_date"]), set()).add(row["operation"])
    assert all(len(names) == 1 for names in weeks.values())
    assert len({name for names in weeks.values() for name in names}) == len(weeks)


@pytest.mark.parametrize("week", ["25 November to 1 December 2024", "23 to 29 June 2025"])
def test_weeks_whose_figures_are_lost_have_none_and_say_so(week):
    name = f"County Lines Intensification Week, {week}"
    [operation] = [row for row in rows(PUBLISHED / "operations.csv") if row["operation"] == name and row["area"] == "Leicestershire Police"]
    assert operation["note"] == "Figures for Leicestershire not available: the bullet list of the release is lost in the stored copy."
    assert not [row for row in FIGURES if row["operation"] == name and row["area"] == "Leicestershire Police"]


def test_populations_add_up_where_their_parts_are_given():
    people = {(row["population"], row["reference_date"], row["area"]): int(row["people"]) for row in rows(PUBLISHED / "populations.csv")}
    for population, reference_date in (("Residents, all ages", "Census 2021"), ("Residents aged 18 and over", "ONS mid-2020 estimate")):
        parts = [people[population, reference_date, area] for area in ("Leicester", "Leicestershire", "Rutland")]
        assert sum(parts) == people[population, reference_date, "Leicester, Leicestershire and Rutland"]


@pytest.mark.skipif(not RESEARCH.exists(), reason="the research record that figures.csv was made from is not beside this checkout")
def test_every_researched_fact_is_shipped_unchanged():
    facts = ("start_date", "end_date", "date_note", "value_low", "value_high", "unit", "published_wording")
    researched = Counter(
        (*(row[column] for column in facts), row["geography"], measure_named(row["measure"]).key, row["source_url"])
        for row in rows(RESEARCH)
    )
    shipped = Counter((*(row[column] for column in facts), row["area"], row["measure"], row["source"]) for row in FIGURES)
    assert researched - shipped == Counter()
    # What the notes of two of them say of the same release is a figure too.
    assert sorted(fact[6] for fact in shipped - researched) == ["Safeguarded 20 individuals", "over 1,000"]


@pytest.mark.parametrize("row", sample("facebook_posts"), ids=lambda row: row["Post ID"])
def test_sample_facebook_row_says_it_is_made_up(row):
    captions = [row[column] for column in ("Title", "Description") if row[column]]
    assert captions and all(caption.startswith(LABEL) for caption in captions)
    assert "made-up" in row["Page name"]


@pytest.mark.parametrize("row", sample("instagram_posts"), ids=lambda row: row["Post ID"])
def test_sample_instagram_row_says_it_is_made_up(row):
    assert row["Description"].startswith(LABEL)
    assert "made-up" in row["Account name"] and row["Account username"].endswith("_madeup")


@pytest.mark.parametrize("row", sample("x_posts"), ids=lambda row: row["Post id"])
def test_sample_x_row_says_it_is_made_up(row):
    assert row["Post text"].startswith(LABEL)


@pytest.mark.parametrize("row", sample("operation_outcomes"), ids=lambda row: row["Operation"])
def test_sample_outcome_row_says_it_is_made_up(row):
    assert row["Notes"].startswith(SAMPLE_NOTE)
    assert row["Operation"] == "Total" or row["Operation"].startswith("Sample ")


@pytest.mark.parametrize("row", sample("figures"), ids=lambda row: row["measure"])
def test_sample_figure_row_says_it_is_made_up(row):
    assert (row["source"], row["note"]) == ("Made-up sample data", SAMPLE_NOTE)
    assert row["measure"] in MEASURE and row["qualifier"] in QUALIFIERS and row["status"] in STATUSES
    assert row["operation"].startswith("Sample ") and row["campaign"] in ("", "Sample: Lock It or Lose It", "Sample: Spot the Signs")


def test_sample_figures_have_the_columns_of_the_published_ones():
    assert ",".join(sample("figures")[0]) == HEADINGS["figures"]


def test_sample_files_are_all_tested():
    assert {path.name for path in SAMPLE.glob("*.csv")} == {
        f"{stem}_2026-07_to_09.csv" for stem in ("facebook_posts", "instagram_posts", "x_posts", "operation_outcomes", "figures")
    }


def test_sample_interactions_are_the_sum_of_their_parts():
    for row in sample("facebook_posts"):
        assert int(row["Reactions, Comments and Shares"]) == sum(int(row[part]) for part in ("Reactions", "Comments", "Shares"))


def test_sample_x_ids_hold_the_day_in_their_date_column():
    for row in sample("x_posts"):
        instant = datetime.fromtimestamp(((int(row["Post id"]) >> 22) + 1288834974657) / 1000, ZoneInfo("Europe/London"))
        assert f"{instant:%a, %b} {instant.day}, {instant.year}" == row["Date"]
        assert row["Post Link"] == f"https://x.com/SampleConstab/status/{row['Post id']}"


def test_sample_total_row_is_the_sum_of_the_operations():
    *operations, total = sample("operation_outcomes")
    assert total["Operation"] == "Total"
    measures = ("Arrests", "Charges", "Warrants", "Children safeguarded", "Cash seized (GBP)", "Weapons seized")
    assert [(row["Operation"], measure) for row in operations for measure in measures if not row[measure]] == [
        ("Sample Operation Meadow", "Cash seized (GBP)")
    ]
    for measure in measures:
        assert float(total[measure]) == sum(float(row[measure]) for row in operations if row[measure])


def test_sample_figures_fall_in_the_busiest_weeks_of_the_posts():
    london, pacific = ZoneInfo("Europe/London"), ZoneInfo("America/Los_Angeles")
    days = [
        datetime.strptime(row["Publish time"], "%m/%d/%Y %H:%M").replace(tzinfo=pacific).astimezone(london).date()
        for stem in ("facebook_posts", "instagram_posts")
        for row in sample(stem)
    ] + [datetime.strptime(row["Date"], "%a, %b %d, %Y").date() for row in sample("x_posts")]
    assert all(date(2026, 7, 1) <= day <= date(2026, 9, 30) for day in days)
    busiest = Counter(day - timedelta(days=day.weekday()) for day in days).most_common(2)
    assert {row["start_date"] for row in sample("figures")} == {week.isoformat() for week, _ in busiest}
