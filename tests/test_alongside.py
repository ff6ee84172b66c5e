"""The page Alongside: on the published record, and on made-up searches, crimes and weekly reports that came in as files."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from reach.definitions import MEASURES
from reach.pages import _show
from test_pages import HOSTILE, Markup, bring, first_start, known, show  # noqa: F401

FORCE = "Leicestershire Police"
WEEK = "County Lines Intensification Week, 27 February to 5 March 2023"
FIRST, LAST = date(2023, 2, 27), date(2023, 3, 5)
SEARCHES = "Stop and searches for drugs"
SEARCH_HEADINGS = ["Type", "Date", "Legislation", "Object of search", "Outcome"]
CRIME_HEADINGS = ["Crime ID", "Month", "Reported by", "Falls within", "Location", "LSOA code"]


def search_files(made, first: date, last: date, seed: int = 7) -> tuple[dict[str, bytes], Counter[date]]:
    """A file a month with searches at noon, and how many of each day were for drugs."""
    chance, drugs, months = random.Random(seed), Counter[date](), {}
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        rows = months.setdefault(f"{day:%Y-%m}", [])
        rows.append(["Person search", f"{day}T12:00:00+00:00", "Made up", "Stolen goods", "Arrest"])
        drugs[day] = chance.randint(0, 9)
        rows += [["Person search", f"{day}T12:30:00+00:00", "Made up", "Controlled drugs", "Arrest"]] * drugs[day]
    return {f"{month}-leicestershire-stop-and-search.csv": made.table(SEARCH_HEADINGS, rows) for month, rows in months.items()}, drugs


def total(drugs: Counter[date], first: date, last: date) -> int:
    return sum(drugs[first + timedelta(days=n)] for n in range((last - first).days + 1))


def report(first: str, last: str, low: str, high: str | None = None, **more: str) -> dict[str, str]:
    base = {"area": FORCE, "operation": "", "measure": "crimestoppers_reports", "qualifier": "exact", "unit": "reports"}
    return {**base, "start_date": first, "end_date": last, "value_low": low, "value_high": low if high is None else high, **more}


def said(screen) -> list[str]:
    """What stands in words under each chart."""
    return [" ".join(Markup(one.value).words.split()) for one in screen.at.html if "In words." in one.value]


# --- the published record -----------------------------------------------------------------------------------------


def test_opens_at_the_week_with_both_figures_and_nothing_is_0(show):  # noqa: F811
    page = show("alongside")
    windows, weeks = said(page)
    assert "before, not published; during, 76 in 7 days, 10.9 a day (8.55 to 13.6); after, not published." in windows
    assert "Before (20 to 26 February 2023): not published. No figures of arrests held lie within these days." in page.words
    assert "The nearest earlier is 52 (3 to 9 October 2022)." in page.words
    assert "The nearest later is 38 (9 to 15 October 2023)." in page.words
    assert "27 February to 5 March 2023: 76, the highest of six dated weeks and one undated; they range from 28 to 76." in weeks
    assert "Three further weeks have no published figure." in weeks
    sentence = "76 against 52 arrests: ratio 1.46 (1.01 to 2.12), and 0.62 to 3.43 with φ = 5.84 from the seven weeks: inconclusive."
    assert sentence in page.words
    assert "illustrative: the dispersion was measured over seven periods" in page.words
    assert "On screen: 1 comparison of rates." in page.words
    assert "1 week has both reach and enforcement figures (2 with reach, 6 with enforcement)" in page.words
    table = page.pick("windows-shape", "Table").table("Window", "Dates", "Why no interval")
    assert [row["Arrests"] for row in table] == ["not published", "76", "not published"]
    assert [row["Days"] for row in table] == ["7", "7", "7"]


def test_national_weeks_stand_apart_and_the_eight_day_week_is_said(show):  # noqa: F811
    page = show("alongside", area="UK (NCA/NPCC)", around="County Lines Intensification Week, 13 to 20 May 2019")
    _, weeks = said(page)
    assert "586, not ranked" in weeks and "1 week with an exact count of seven days: 743." in weeks
    assert "13 to 20 May 2019: 586 in 8 days, 73.2 a day. Not of seven days, so outside the range." in page.words
    assert "Fewer than five such weeks are held, so how much weeks vary is not measured." in page.words
    assert "0 weeks have both reach and enforcement figures (0 with reach, 2 with enforcement)" in page.words


def test_without_a_measured_dispersion_a_verdict_is_of_chance_alone(show):  # noqa: F811
    page = show("alongside", area="UK")
    assert "1,613 against 1,360 arrests: ratio 1.19" in page.words and ": higher, allowing for chance alone." in page.words
    assert "This says nothing about why. Weeks vary more than chance" in page.words


def test_only_counts_of_enforcement_and_reports_are_offered(show):  # noqa: F811
    page = show("alongside", measure="Campaign reach")
    offered = page.at.get_by_key("measure").options
    assert page.at.get_by_key("measure").value == "arrests" and "Arrests" in offered
    left_out = {one.label for one in MEASURES if one.kind in ("reach", "in_person") or one.unit in ("GBP", "kg")}
    assert left_out and not left_out & set(offered)


def test_the_address_keeps_every_choice(show):  # noqa: F811
    query = {
        "area": FORCE,
        "measure": "Warrants",
        "around": "County Lines Intensification Week, 3 to 9 October 2022",
        "before": "1",
        "after": "366",
        "week": "17 to 23 May 2021",
        "against": "11 to 17 October 2021",
    }
    page = show("alongside", **query)
    assert (page.at.get_by_key("before").value, page.at.get_by_key("after").value) == (1, 366)
    assert "33 against 11 warrants" in page.words
    windows, _ = said(page)
    assert "during, 30 in 7 days" in windows
    # The week of March 2023 lies in the 366 days after, and so is one day of it: no part is given for the whole.
    assert "Only 7 of its 366 days have a figure or count" in page.words and "41 (27 February to 5 March 2023)" in page.words
    kept = {one.proto.query_param_key for one in (*page.at.selectbox, *page.at.number_input)}
    assert kept == set(query)


def test_what_the_address_cannot_say_falls_back(show):  # noqa: F811
    page = show("alongside", area="Nowhere", measure="x", around="x", before="0", after="many", week="x", against="x", part="x")
    assert "76 against 52 arrests" in page.words
    assert (page.at.get_by_key("before").value, page.at.get_by_key("after").value) == (7, 7)


# --- files ------------------------------------------------------------------------------------------------------


def test_searches_by_day_fill_the_windows(show, bring, made):  # noqa: F811
    files, drugs = search_files(made, date(2023, 1, 1), date(2023, 3, 31))
    for name, content in files.items():
        bring(content, name)
    page = show("alongside", measure=SEARCHES, around=WEEK, before="14", after="10")
    table = page.pick("windows-shape", "Table").table("Window", "Dates", "Why no interval")
    counts = [
        total(drugs, date(2023, 2, 13), date(2023, 2, 26)),
        total(drugs, FIRST, LAST),
        total(drugs, date(2023, 3, 6), date(2023, 3, 15)),
    ]
    assert [row[SEARCHES] for row in table] == [str(count) for count in counts]
    assert [row["Days"] for row in table] == ["14", "7", "10"]
    assert "On screen: 3 comparisons of rates." in page.words
    assert "all searches for drugs count" in page.words
    # Whole weeks from Monday to Sunday alone: 2 January to 26 March.
    weeks = [total(drugs, date(2023, 1, 2) + timedelta(days=7 * k), date(2023, 1, 8) + timedelta(days=7 * k)) for k in range(12)]
    mean = sum(weeks) / 12
    index = sum((count - mean) ** 2 for count in weeks) / 11 / mean
    assert f"{min(weeks)} to {max(weeks)}" in said(page)[1]
    assert f"φ = {round(index, 2)} from the 12 weeks" in page.words
    late = show("alongside", measure=SEARCHES, around=WEEK, before="14", after="30")
    assert "Only 26 of its 30 days have a figure or count" in late.words


def test_operations_on_one_axis_take_a_series_and_say_what_fills_it(show, bring, made):  # noqa: F811
    none = show("alongside", part="Several operations")
    assert "No series of arrests by day, week or month is held" in none.words and "/upload" in none.links
    assert not none.at.get("plotly_chart")
    files, drugs = search_files(made, date(2022, 9, 1), date(2023, 3, 31))
    for name, content in files.items():
        bring(content, name)
    page = show("alongside", part="Several operations", measure=SEARCHES)
    assert page.at.get_by_key("operations").value == [WEEK, "County Lines Intensification Week, 3 to 9 October 2022"]
    table = page.pick("aligned-shape", "Table").table("Operation", "Window")
    expected = [
        total(drugs, first + timedelta(days=7 * k), first + timedelta(days=7 * k + 6))
        for first in (date(2022, 10, 3), FIRST)
        for k in (-1, 0, 1)
    ]
    assert [row[SEARCHES] for row in table] == [str(count) for count in expected]


def test_weekly_reports_fill_their_slot_and_windows(show, bring, made):  # noqa: F811
    empty = show("alongside", part="Reports by week")
    assert f"No weekly reports are held for {FORCE}: enter them in the figures file" in empty.words and "/upload" in empty.links
    weeks = [
        report("2023-02-13", "2023-02-19", "4"),
        report("2023-02-20", "2023-02-26", "0"),
        report("2023-02-27", "2023-03-05", "11"),
        report("2023-03-13", "2023-03-19", "6"),
        report("2023-03-20", "2023-03-26", "20", "", qualifier="more than"),
    ]
    bring(made.figures(*weeks), "reports.csv")
    page = show("alongside", part="Reports by week")
    assert "Reports to Crimestoppers: 4 whole weeks held with an exact count, from 0 (20 to 26 February 2023) to 11" in said(page)[0]
    assert "Not held, which is not 0, so there is no mark: 6 to 12 March 2023." in page.words
    assert "Not held by week: Reports from the public, Reports by 101, Online reports and Referrals from partners." in page.words
    page = show("alongside", measure="Reports to Crimestoppers", around=WEEK, before="14", after="7")
    assert "before, 4 in 14 days" in said(page)[0] and "during, 11 in 7 days" in said(page)[0] and "after, not held" in said(page)[0]


def test_a_figure_over_a_border_is_not_split(show, bring, made):  # noqa: F811
    bring(made.figures(report("2023-02-20", "2023-03-02", "9", measure="arrests", operation="Lantern", unit="arrests")), "over.csv")
    page = show("alongside", around=WEEK)
    assert "9 (20 February to 2 March 2023) is partly outside and not split" in page.words
    assert "before, not published; during, 76" in said(page)[0]
    assert "In the window before also: Lantern, 20 February to 2 March 2023." in page.words


def test_public_data_by_month_with_gaps(show, bring, made):  # noqa: F811
    none = show("alongside", part="Public data")
    assert none.words.count(f"Not held for {FORCE}") == 3 and not none.at.get("plotly_chart")
    for month, drugs in (("2023-01", 5), ("2023-03", 7)):
        row = ["x", month, FORCE, FORCE, "On or near", "E01"]
        bring(made.table([*CRIME_HEADINGS, "Crime type"], [[*row, "Drugs"]] * drugs + [[*row, "Burglary"]] * 9), f"{month}-street.csv")
        ends = [[*row, "Suspect charged"]] * (drugs - 3) + [[*row, "Under investigation"]]
        bring(made.table([*CRIME_HEADINGS, "Outcome type"], ends), f"{month}-outcomes.csv")
    files, searched = search_files(made, date(2023, 1, 1), date(2023, 2, 9))
    for name, content in files.items():
        bring(content, name)
    page = show("alongside", part="Public data")
    crimes, outcomes, searches = said(page)
    assert "from 5 (January 2023) to 7 (March 2023)" in crimes and "from 2 (January 2023) to 4 (March 2023)" in outcomes
    january = total(searched, date(2023, 1, 1), date(2023, 1, 31))
    assert f"1 whole month held with an exact count: {january} (January 2023)." in searches
    assert "Not held, which is not 0, so there is no mark: 1 to 28 February 2023." in page.words
    assert "Not a whole month, so hollow and outside the range said: 1 to 9 February 2023." in page.words
    assert "Background, not a result of a campaign" in page.words
    assert "2 whole months held with an exact count: 1 (January 2023 and others)." in " ".join(
        said(page.pick("outcome", "Under investigation"))
    )


@pytest.mark.parametrize("part", ["Windows and weeks", "Several operations"])
def test_text_from_files_is_shown_as_text(show, bring, made, part):  # noqa: F811
    rows = [report("2023-02-27", "2023-03-05", "3", operation=HOSTILE, measure="arrests", source=HOSTILE)]
    bring(made.figures(*rows, report("2023-02-27", "2023-03-05", "2", measure="arrests")), "hostile.csv")
    page = show("alongside", part=part)
    assert not {"img", "script"} & page.tags


def test_a_mark_without_one_source_opens_nothing(monkeypatch):
    """A count of many days comes from no one row: a click on it shows no panel of a post that is no longer shown."""
    state = {"chart": {"selection": {"points": [{"customdata": ["", ""]}]}}}
    monkeypatch.setattr(_show.st, "session_state", state)
    _show._note_click("chart")
    assert not state["clicked-mark"]
    state["chart"] = {"selection": {"points": [{"customdata": ["figure", "a"]}]}}
    _show._note_click("chart")
    assert state["clicked-mark"] == "figure a"
