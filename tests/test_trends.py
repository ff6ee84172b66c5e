"""Trends: what is known of a period, when two compare, and the page, held against plain Python over files imported for real."""

# ruff: noqa: F811

from __future__ import annotations

import calendar
import json
import re
from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reach import campaigns, changes, periods, trends, uploads
from reach.campaigns import Rule
from reach.definitions import MEASURE, MEASURES
from reach.periods import MONTH, QUARTER, Period, period_of
from reach.store import Store
from reach.trends import Amount, Series, change, of_figures, of_posts
from test_pages import HOSTILE, LONDON, bring, first_start, known, show  # noqa: F401 (fixtures)

JANUARY, FEBRUARY, MARCH = (period_of(MONTH, date(2025, month, 1)) for month in (1, 2, 3))
SECOND_QUARTER = period_of(QUARTER, date(2025, 5, 1))
FORCE = "Leicestershire Police"
OTHER_VIEWS = ("What changed", "Evaluation")


def figure(start: str, end: str, value: Any = None, **cells: Any) -> dict[str, Any]:
    row = {
        "figure_id": f"{start} {end} {value} {cells.get('subject')}",
        "start_date": date.fromisoformat(start),
        "end_date": date.fromisoformat(end),
        "subject": "Lantern",
        "recorded": False,
        "value_low": value,
        "value_high": value,
        "unit": "arrests",
        "qualifier": "exact",
        "status": None,
        "as_of": None,
    }
    return {**row, **cells}


def arrests(period: Period, *rows: dict[str, Any], measure: str = "arrests") -> Amount:
    return of_figures(MEASURE[measure], rows, [period])[period]


# --- figures in a period ------------------------------------------------------------------------------------------


WEEKS = (figure("2025-04-07", "2025-04-13", 10.0), figure("2025-06-02", "2025-06-08", 5.0, subject="Harbour"))


@pytest.mark.parametrize(("changed", "words", "number", "qualifier"), [
    ({}, "15", 15, ""),
    ({"qualifier": "more than", "value_high": None}, "more than 15", 15, "more than"),
    ({"qualifier": "over", "value_high": None}, "over 15", 15, "over"),
    ({"qualifier": "almost", "value_low": None}, "almost 15", 15, "almost"),
    ({"qualifier": "around"}, "around 15", 15, "around"),
    ({"qualifier": "a further"}, "15 (mixed: a further)", 15, "mixed"),
    ({"value_high": 20.0}, "10 to 20; 5 (not added)", None, ""),
    ({"unit": "people"}, "10; 5 (not added)", None, ""),
    ({"start_date": date(2025, 6, 1), "end_date": date(2025, 6, 7)}, "10; 5 (not added)", None, ""),
])
def test_figures_of_different_days_are_added_with_their_qualifier_or_listed_with_the_reason(changed, words, number, qualifier):
    found = arrests(SECOND_QUARTER, {**WEEKS[0], **changed}, WEEKS[1])
    assert (found.words, found.number, found.qualifier, found.whole) == (words, number, qualifier, False)
    assert ("not added" in found.note) == (number is None)
    assert len(found.sources) == 2 and found.days == f"part ({found.held} of 91 days)"
    assert found.held == (8 if changed.get("end_date") else 14)


def test_two_lower_bounds_of_unlike_words_are_more_than_their_sum_and_unlike_kinds_are_said():
    over, at_least = ({**row, "qualifier": said, "value_high": None} for row, said in zip(WEEKS, ("over", "at least"), strict=True))
    assert arrests(SECOND_QUARTER, over, at_least).words == "more than 15"
    up_to = {**WEEKS[1], "qualifier": "up to", "value_low": None}
    assert arrests(SECOND_QUARTER, over, up_to).words == "15 (mixed: over, up to)"


def test_a_figure_of_just_the_period_stands_for_it_and_one_inside_another_is_not_added():
    whole = figure("2025-04-01", "2025-06-30", 40.0, subject=None)
    found = arrests(SECOND_QUARTER, whole, *WEEKS)
    assert (found.number, found.whole, found.days) == (40, True, "91 days")
    assert "2 figures of days inside another's are not added" in found.note
    april = figure("2025-04-01", "2025-04-30", 12.0, subject=None)
    found = arrests(SECOND_QUARTER, april, *WEEKS)
    # The week of May is of an operation, and April's figure of the whole area.
    assert (found.number, found.held) == (None, 37) and "Some are of operations and some of the whole area" in found.note
    within = [figure("2025-04-01", "2025-04-30", 12.0), figure("2025-04-07", "2025-04-13", 10.0), figure("2025-06-02", "2025-06-08", 5.0)]
    found = arrests(SECOND_QUARTER, *within)
    assert (found.number, found.held) == (17, 37) and "1 figure of days inside another's is not added." in found.note


def test_the_whole_area_and_operations_are_not_compared():
    series = Series("enforcement", "arrests", "Arrests", FORCE, True)
    area = arrests(MARCH, figure("2025-03-01", "2025-03-31", 500.0, subject=None))
    own = arrests(JANUARY, figure("2025-01-01", "2025-01-31", 100.0))
    assert change(series, area, own) == "counted differently, not compared"


def test_figures_of_two_networks_are_two():
    found = arrests(MARCH, *(figure("2025-03-01", "2025-03-31", value, network=name) for name, value in (("facebook", 1.0), ("x", 9.0))))
    assert found.number is None and found.words == "1; 9 (not added)"


def test_a_fact_stated_twice_counts_once_the_published_one():
    recorded = {**WEEKS[0], "recorded": True, "value_low": 99.0, "value_high": 99.0}
    assert arrests(SECOND_QUARTER, recorded, WEEKS[0]).number == arrests(SECOND_QUARTER, WEEKS[0], recorded).number == 10
    other = {**WEEKS[0], "as_of": date(2025, 8, 1), "value_low": 11.0, "value_high": 11.0}
    found = arrests(SECOND_QUARTER, other, WEEKS[0])
    assert found.number is None and "overlap" in found.note, "two sources differ, and which is right is not for Reach to say"
    assert arrests(SECOND_QUARTER, {**other, "value_low": 10.0, "value_high": 10.0}, WEEKS[0]).number == 10


def test_nothing_published_is_no_number_and_days_outside_are_said():
    found = arrests(SECOND_QUARTER)
    assert (found.number, found.words, found.held, found.whole) == (None, "not published", 0, False)
    across = figure("2025-03-25", "2025-04-02", 3.0)
    assert arrests(SECOND_QUARTER, across).number is None
    assert arrests(SECOND_QUARTER, across).note == "1 figure of days in and outside the period is left out."
    assert arrests(SECOND_QUARTER, figure("2025-04-01", "2025-06-30", 0.0)).words == "0", "a published 0 is a number"


def test_an_early_total_is_not_whole():
    found = arrests(SECOND_QUARTER, figure("2025-04-01", "2025-06-30", 40.0, status="early total"))
    assert found.words == "40 (early total)" and not found.whole and "may be revised" in found.note


@pytest.mark.parametrize("measure", [one.key for one in MEASURES if not one.adds])
def test_measures_of_people_and_lines_are_never_added(measure):
    rows = [{**row, "unit": MEASURE[measure].unit} for row in WEEKS]
    found = arrests(SECOND_QUARTER, *rows, measure=measure)
    assert found.number is None and "10; 5 (not added)" in found.words and "15" not in found.words


def test_only_events_add():
    assert {one.key for one in MEASURES if one.adds} == {
        *("reports_from_public", "crimestoppers_reports", "calls_to_101", "online_reports", "partner_referrals"),
        *("arrests", "warrants", "offences_charged", "safeguarding_visits", "cuckooing_visits", "stop_searches", "nrm_referrals"),
        *("cash_seized_gbp", "cash_seized_eur", "vehicles_seized", "weapons_seized", "firearms", "bladed_weapons", "other_weapons"),
        *("drugs_seized_gbp", "drugs_seized_kg", *(f"drugs_class_{one}_{unit}" for one in "abc" for unit in ("gbp", "kg"))),
        "cannabis_plants",
    }
    assert not any(one.adds for one in MEASURES if one.kind in ("reach", "in_person"))


SPAN = st.tuples(st.integers(0, 120), st.integers(0, 40)).map(
    lambda both: (date(2025, 3, 1) + timedelta(days=both[0]), date(2025, 3, 1) + timedelta(days=sum(both)))
)


@given(st.lists(st.tuples(SPAN, st.integers(0, 50)), max_size=6))
def test_a_sum_is_of_figures_of_which_no_two_share_a_day(held):
    rows = [figure(str(first), str(last), float(value), subject=str(number)) for number, ((first, last), value) in enumerate(held)]
    found = arrests(SECOND_QUARTER, *rows)
    inside = [(first, last, value) for (first, last), value in held if first >= SECOND_QUARTER.start and last <= SECOND_QUARTER.end]
    if not inside:
        assert found.number is None and found.words == "not published"
        return
    outer = [
        one for one in inside
        if not any((other[0], other[1]) != (one[0], one[1]) and other[0] <= one[0] and one[1] <= other[1] for other in inside)
    ]
    days = [day for first, last, _ in outer for day in range(first.toordinal(), last.toordinal() + 1)]
    assert found.held == len(set(days))
    if len(days) == len(set(days)):
        assert found.number == sum(value for _, _, value in outer)
    else:
        assert found.number is None and "not added" in found.words


# --- posts in a period -------------------------------------------------------------------------------------------


def month_row(month: str, posts: int, filled: int, total: int | None, account: str = "page", metric: str = "views") -> dict[str, Any]:
    row = {f"{kind}_{one}": None if kind == "total" else 0 for kind in ("total", "filled") for one in (*trends.OUTPUTS, *trends.OUTTAKES)}
    counted = {"posts": posts, f"filled_{metric}": filled, f"total_{metric}": total}
    return {**row, "month": date.fromisoformat(month), "account": account, **counted}


WHOLE_YEAR = {"page": [(date(2025, 1, 1), date(2025, 12, 31))]}


def views(period: Period, *rows: dict[str, Any], runs: Any = WHOLE_YEAR, network: str = "tiktok", metric: str = "views") -> Amount:
    return of_posts(metric, network, rows, runs, [period])[period]


def test_posts_of_a_whole_period_add_up():
    found = views(SECOND_QUARTER, month_row("2025-04-01", 2, 2, 30), month_row("2025-06-01", 1, 1, 5), month_row("2025-07-01", 9, 9, 99))
    assert (found.number, found.words, found.whole, found.days) == (35, "35", True, "91 days")


def test_what_is_not_held_measured_or_posted_is_no_number():
    for row, runs, words, held in (
        ((), {}, "not held", 0),
        ((), WHOLE_YEAR, "no posts published", 28),
        ((month_row("2025-02-01", 3, 0, None),), WHOLE_YEAR, "not measured", 28),
        ((), {"page": [(date(2025, 2, 20), date(2025, 3, 2))]}, "no posts in what is held", 9),
    ):
        found = views(FEBRUARY, *row, runs=runs)
        assert (found.number, found.words, found.held, found.whole) == (None, words, held, False)
    zero = views(FEBRUARY, month_row("2025-02-01", 1, 1, 0))
    assert (zero.number, zero.words, zero.whole) == (0, "0", True)


def test_a_period_is_a_part_while_days_or_values_are_missing():
    half = {"page": [(date(2025, 2, 1), date(2025, 2, 12))]}
    found = views(FEBRUARY, month_row("2025-02-01", 2, 2, 30), runs=half)
    assert (found.number, found.whole, found.days) == (30, False, "part (12 of 28 days)")
    found = views(FEBRUARY, month_row("2025-02-01", 3, 2, 30))
    assert (found.words, found.whole) == ("30 (of 2 of 3 posts)", False)
    films = views(FEBRUARY, month_row("2025-02-01", 3, 2, 30, metric="video_3s_views"), metric="video_3s_views")
    assert (films.words, films.whole) == ("30 (of 2 of 3 posts)", True), "posts without a film have no plays of one"
    # Two accounts are held together only on the days on which both are.
    both = {**WHOLE_YEAR, "other": [(date(2025, 2, 20), date(2025, 3, 31))]}
    assert views(FEBRUARY, month_row("2025-02-01", 1, 1, 1), runs=both).held == 9


def test_nothing_is_added_over_a_change_of_definition():
    rows = (month_row("2025-03-01", 1, 1, 10), month_row("2025-04-01", 1, 1, 20))
    march = views(MARCH, *rows, network="youtube")
    assert (march.number, march.words) == (None, "not added") and "Shorts views counted anew" in march.note
    assert views(period_of(MONTH, date(2025, 4, 1)), *rows, network="youtube").number == 20
    assert views(MARCH, *rows, network="tiktok").number == 10


RUNS = st.lists(SPAN, max_size=4)


@given(st.lists(RUNS, min_size=1, max_size=3))
def test_days_held_are_those_of_every_account(each):
    days = [{day for first, last in runs for day in range(first.toordinal(), last.toordinal() + 1)} for runs in each]
    inside = set(range(SECOND_QUARTER.start.toordinal(), SECOND_QUARTER.end.toordinal() + 1))
    assert trends._days_of_all(each, SECOND_QUARTER) == len(inside.intersection(*days))
    assert trends._days_of_any(each[0], SECOND_QUARTER) == len(inside & days[0])


# --- when two periods compare ---------------------------------------------------------------------------------------


def amount(period: Period, number: float | None, **changed: Any) -> Amount:
    return Amount(**{
        "period": period, "words": str(number), "held": period.days, "number": None if number is None else Decimal(str(number)),
        "whole": True, "basis": ("page", "views-tiktok"), **changed,
    })


OF_TIKTOK = Series("outputs", "views", "Views", "TikTok", True, None, "views", "tiktok")


@pytest.mark.parametrize(("now", "before", "said"), [
    (amount(MARCH, 150), amount(JANUARY, 120), "+30 (+25%)"),
    (amount(MARCH, 90), amount(JANUARY, 120), "−30 (−25%)"),
    (amount(MARCH, 90), amount(JANUARY, 90), "no change"),
    (amount(MARCH, 12), amount(JANUARY, 9), "+3"),
    (amount(FEBRUARY, 56), amount(JANUARY, 62), "−6; 2 a day against 2 a day"),
    (amount(MARCH, 0), amount(JANUARY, 9), "−9"),
    (amount(MARCH, None), amount(JANUARY, 9), ""),
    (amount(MARCH, 9), amount(JANUARY, None), ""),
    (amount(MARCH, 9, whole=False), amount(JANUARY, 9), "part, not compared"),
    (amount(MARCH, 9), amount(JANUARY, 9, whole=False), "part, not compared"),
    (amount(MARCH, 9, qualifier="more than"), amount(JANUARY, 9), "not exact, not compared"),
    (amount(MARCH, 9, basis=("page", "other", "views-tiktok")), amount(JANUARY, 9), "counted differently, not compared"),
])
def test_a_change_is_given_only_between_whole_exact_periods_of_one_basis(now, before, said):
    assert change(OF_TIKTOK, now, before) == said


def test_nothing_is_compared_over_a_change_of_definition_and_reach_never():
    shorts = Series("outputs", "views", "Views", "YouTube", True, None, "views", "youtube")
    april, may = (period_of(MONTH, date(2025, month, 1)) for month in (4, 5))
    assert change(shorts, amount(april, 5), amount(FEBRUARY, 5)) == "counted differently, not compared"
    assert change(shorts, amount(may, 5), amount(april, 5)).startswith("no change")
    reach = Series("reach", "campaign_reach", "Campaign reach", FORCE, False)
    assert change(reach, amount(MARCH, 150), amount(JANUARY, 120)) == "not compared"
    rows = [{"month": MARCH.start, "account": "page", "r": 7}, {"month": MARCH.start, "account": "page", "r": 9}]
    half = {"page": [(date(2025, 3, 1), date(2025, 3, 15))]}
    # Of a part of a month the highest may still be beaten by a post that is not held.
    assert trends.highest("r", rows, half, [MARCH, JANUARY]) == {
        MARCH: Amount(MARCH, "9", 15, Decimal(9)), JANUARY: Amount(JANUARY, "not held", 0),
    }
    assert trends.highest("r", rows, {"page": [(MARCH.start, MARCH.end)]}, [MARCH])[MARCH].whole


def test_a_platform_s_own_count_is_of_just_its_days_and_never_added():
    row = {"window_start": MARCH.start, "window_end": MARCH.end, "reach": 900, "account_name": "A", "upload_id": "u"}
    quarter = period_of(QUARTER, MARCH.start)
    found = trends.of_windows("reach", [row, {**row, "account_name": "B", "reach": 400}], [MARCH, quarter, FEBRUARY])
    assert found[MARCH].words == "900 (A); 400 (B)" and found[MARCH].number is None
    assert found[quarter].number is None and found[quarter].words == "not held" == found[FEBRUARY].words


# --- the queries, held against the files --------------------------------------------------------------------------------


POSTS = (
    # When, US Pacific; views; reach. The fourth is of the next month in London.
    ("05/01/2025 12:00", 100, 3), ("05/20/2025 10:00", 250, 0), ("05/31/2025 15:30", 40, 2), ("05/31/2025 16:30", 7, 1),
    ("06/30/2025 12:00", 11, ""),
)


def posted(made: Any, rows: Any = POSTS, start: int = 1) -> bytes:
    cells = ({"Publish time": when, "Views": views, "Reach": reach} for when, views, reach in rows)
    return made.facebook(*(made.post(start + number, **one) for number, one in enumerate(cells)))


def london_month(pacific: str) -> date:
    at = datetime.strptime(pacific, "%m/%d/%Y %H:%M").replace(tzinfo=ZoneInfo("America/Los_Angeles")).astimezone(LONDON)
    return date(at.year, at.month, 1)


def test_months_add_up_to_the_file_s_own_sums_by_london_month(desk, made):
    winter = (("10/31/2024 16:30", 5, 1), ("10/31/2024 17:30", 6, 1), ("03/31/2025 16:30", 8, 4))
    desk.bring(posted(made, (*POSTS, *winter)), stated=(datetime(2025, 7, 20), "given"))
    expected: dict[date, list[tuple[Any, Any]]] = defaultdict(list)
    for when, shown, reach in (*POSTS, *winter):
        expected[london_month(when)].append((shown, reach))
    rows = {row["month"]: row for row in desk.store.rows("charts/outtakes")}
    assert set(rows) == set(expected) and len(rows) == 5
    for month, held in expected.items():
        row = rows[month]
        assert (row["posts"], row["total_views"], row["filled_views"]) == (len(held), sum(one for one, _ in held), len(held))
        assert row["highest_reach"] == max((reach for _, reach in held if reach != ""), default=None)
        assert (row["total_engagements"], row["filled_engagements"]) == (None, 0), "what no export gives is no 0"


def test_runs_held_are_files_that_touch_and_follow_undo_then_and_now(desk, made):
    stated = (datetime(2025, 7, 20), "given")
    spans = ((("05/01/2025 12:00", 1, 1), ("05/10/2025 12:00", 1, 1)), (("05/11/2025 12:00", 1, 1), ("05/31/2025 12:00", 1, 1)),
             (("06/05/2025 12:00", 1, 1), ("06/06/2025 12:00", 1, 1)))
    ids = [desk.bring(posted(made, span, 10 * place), f"{place}.csv", stated=stated).upload_id for place, span in enumerate(spans)]

    def runs(before: datetime | None = None) -> list[tuple[date, date]]:
        return [(row["first_day"], row["last_day"]) for row in desk.store.rows("charts/held_runs", recorded_before=before)]

    june = (date(2025, 6, 5), date(2025, 6, 6))
    assert runs() == [(date(2025, 5, 1), date(2025, 5, 31)), june]
    then = max(row["recorded_at"] for row in desk.rows("select recorded_at from upload")) + timedelta(microseconds=1)
    uploads.undo(desk.store, ids[1])
    assert runs() == [(date(2025, 5, 1), date(2025, 5, 10)), june]
    assert runs(then) == [(date(2025, 5, 1), date(2025, 5, 31)), june] and runs(datetime(2020, 1, 1)) == []


# --- the page ------------------------------------------------------------------------------------------------------------


def monthly(made: Any, measure: str, values: dict[int, Any], **cells: Any) -> list[dict[str, Any]]:
    rows = []
    for month, value in values.items():
        last = calendar.monthrange(2025, month)[1]
        rows.append({"start_date": f"2025-{month:02d}-01", "end_date": f"2025-{month:02d}-{last}", "measure": measure, "operation": "",
                     "area": FORCE, "value_low": value, "value_high": value, "unit": MEASURE[measure].unit, **cells})
    return rows


ARRESTS = {1: 31, 2: 56, 3: 40, 4: 12, 5: 20, 6: 25}


@pytest.fixture
def full(made: Any, bring: Any) -> None:
    bring(made.figures(*monthly(made, "arrests", ARRESTS), *monthly(made, "people_safeguarded", {4: 3, 5: 4})), "monthly.csv")
    bring(posted(made), "posts.csv", stated=(datetime(2025, 7, 20), "given"))


def row_of(screen: Any, measure: str, where: str) -> dict[str, str]:
    (found,) = [row for row in screen.table("Measure", "This period") if (row["Measure"], row["Where"]) == (measure, where)]
    return found


def test_a_quarter_s_figures_equal_the_file_s(show, full):
    measures = ["Arrests", "People safeguarded", "Views", "Highest reach of one post"]
    screen = show("trends", kind="Quarter", period="April to June 2025 (Q1 2025 to 2026)", measures=measures)
    row = row_of(screen, "Arrests", FORCE)
    first, second = sum(ARRESTS[month] for month in (1, 2, 3)), sum(ARRESTS[month] for month in (4, 5, 6))
    assert row["This period"] == str(second) and row["Last period"] == str(first)
    a_day = [f"{total / days:.1f}".rstrip("0").rstrip(".") for total, days in ((second, 91), (first, 90))]
    fall = f"−{first - second} (−{(first - second) / first * 100:.1f}%)"
    assert row["Change from last period"] == f"{fall}; {a_day[0]} a day against {a_day[1]} a day"
    assert row["A year before"] == "not published" and row["Change from a year before"] == ""
    assert "This period: April to June 2025 (Q1 2025 to 2026), 91 days. Last period: January to March 2025 (Q4 2024" in screen.words
    safeguarded = row_of(screen, "People safeguarded", FORCE)
    assert safeguarded["This period"] == "3; 4 (not added), part (61 of 91 days)"
    shown = row_of(screen, "Views", "Facebook")
    assert shown["This period"] == f"{sum(views for _, views, _ in POSTS)}, part (61 of 91 days)"
    assert shown["Change from last period"] == ""
    assert row_of(screen, "Highest reach of one post", "Facebook")["This period"] == "3, part (61 of 91 days)"
    assert screen.data("This table as CSV")[0].keys() == row.keys()


def test_february_and_january_are_beside_their_rates_a_day(show, full):
    row = row_of(show("trends", kind="Calendar month", period="February 2025"), "Arrests", FORCE)
    assert row["Change from last period"] == "+25; 2 a day against 1 a day"


def test_a_part_month_is_marked_and_not_compared(show, made, bring):
    bring(made.figures(*monthly(made, "arrests", {4: 12, 5: 20}), {"start_date": "2025-06-01", "end_date": "2025-06-12", "area": FORCE,
                                                               "value_low": 9, "value_high": 9, "unit": "arrests"}), "figures.csv")
    row = row_of(show("trends", period="June 2025"), "Arrests", FORCE)
    assert row["This period"] == "9, part (12 of 30 days)" and row["Last period"] == "20"
    assert row["Change from last period"] == "part, not compared"


def test_choices_are_in_the_address_and_a_period_that_is_no_more_goes_back_to_the_newest(show, full):
    screen = show("trends", kind="Financial year", area=FORCE, measures="Arrests")
    assert "This period: financial year 2025 to 2026, 365 days. Last period: financial year 2024 to 2025, 365 days." in screen.words
    assert {row["Measure"] for row in screen.table("Measure", "This period")} == {"Arrests"}
    assert "A year before" not in screen.table("Measure", "This period")[0], "of a year the last is the one a year before"
    screen.pick("kind", periods.ROLLING)
    assert "This period: 12 months to 30 June 2025, 365 days." in screen.words
    assert show("trends", period="May 1999").at.get_by_key("period").value == "June 2025"


def test_enforcement_is_a_track_of_its_own_and_charts_share_one_axis(show, full):
    screen = show("trends")
    titles = re.findall(r"(Reach, as published|Outputs: \w+|Outtakes: \w+|Outcomes: \w+|Operations and enforcement)", screen.words)
    assert titles.index("Operations and enforcement") > titles.index("Outtakes: engagements")
    assert "Enforcement stands alongside. It is no result of the communications above" in screen.words
    specs = [json.loads(one.proto.spec) for one in screen.at.get("plotly_chart")]
    assert len(specs) >= 6, "two widths of three tracks at least"
    assert len({tuple(spec["layout"]["xaxis"]["range"]) for spec in specs}) == 1
    assert len({spec["layout"]["margin"]["l"] for spec in specs}) == 2, "one left edge for wide and one for narrow screens"


def test_nothing_held_is_said_and_the_published_record_shows_two_reaches_and_no_sum(show, known):
    screen = show("trends")
    assert "close to 220,000 and a further 278,000" in screen.words and "498,000" not in screen.words
    (only,) = known().rows("pages/uploads")
    uploads.undo(known(), str(only["upload_id"]))
    assert "Nothing dated is held of this area." in show("trends").words


def test_text_from_files_is_shown_as_text(show, made, bring):
    area = f"{HOSTILE} Constabulary"
    days = {"start_date": "2025-07-01", "end_date": "2025-07-06"}
    cells = {"area": area, "operation": HOSTILE, "campaign": HOSTILE, "value_low": 3, "value_high": 3, "unit": "arrests"}
    across = {**cells, "operation": "Another"}
    bring(made.figures({**cells, **days}, across), f"{HOSTILE.replace('/', '')[:40]}.csv")
    screen = show("trends").pick("area", area)
    assert row_of(screen, "Arrests", area)["This period"] == "3, part (6 of 31 days)"
    assert "1 figure of days in two of these periods is in neither." in screen.words
    for shown in (screen, screen.pick("trends-enforcement-shape", "Table"), *(show("trends", part=view) for view in OTHER_VIEWS)):
        assert "onerror" in shown.words or "Evaluation" in shown.words
        assert not {"img", "script", "iframe", "object", "svg"} & shown.tags
        assert not [link for link in shown.links if "alert" in link and not link.startswith("/")]


# --- evaluation ----------------------------------------------------------------------------------------------------------


def test_empty_stages_are_gaps_and_enforcement_is_no_stage(show):
    screen = show("trends", part="Evaluation", campaign="Trusted adults campaign")
    (row,) = [one for one in screen.table("Campaign", "Inputs") if one["Campaign"] == "Trusted adults campaign"]
    assert list(row)[1:7] == ["Inputs", "Outputs", "Outtakes", "Outcomes", "Impact", "Learning and innovation"]
    assert list(row)[7:] == ["Alongside: enforcement"]
    assert row["Outputs"] == "reach as published" and row["Inputs"] == row["Impact"] == row["Learning and innovation"] == "nothing recorded"
    assert row["Outcomes"] == "nothing recorded", "arrests are no outcome of a campaign"
    assert "nothing recorded: write what changed, and the evidence, in the campaign's record" in screen.words
    assert "/campaigns?campaign=Trusted%20adults%20campaign&part=Change%20or%20retire" in [unescape(link) for link in screen.links]
    assert "Campaign reach: close to 220,000 (as published" in screen.words
    alongside = {one["Measure"]: one["Value"] for one in screen.table("Measure", "Operation", "Days")}
    assert alongside["Arrests"] == "76" and alongside["Warrants"] == "41"
    assert "says nothing of what either led to" in screen.words


WRITTEN = {
    "baseline": "30 reports a month", "impact": "12 more reports, by the contact centre's log", "learning": "Fewer words in films",
}


def test_stages_hold_what_the_record_posts_and_figures_say(show, made, bring, known):
    name = "Trusted adults campaign"
    bring(made.facebook(*(made.post(number, Description="#signs", Views=10 * number, Reach=number) for number in (1, 2, 3))),
          stated=(datetime(2025, 7, 20), "given"))
    campaigns.record_rule(known(), Rule(name, hashtag="signs"))
    reports = {"measure": "reports_from_public", "value_low": 12, "unit": "reports", "qualifier": "more than"}
    bring(made.figures({**reports, "campaign": name, "operation": "", "published_wording": "more than 12 reports"}), "reports.csv")
    (record,) = [row for row in known().rows("pages/campaigns") if row["campaign"] == name]
    said = {**{one: record[one] for one in campaigns.STATED}, "budget": 2500, **WRITTEN}
    campaigns.record(known(), said, [], "somebody", seen=record["recorded_at"])
    screen = show("trends", part="Evaluation", campaign=name)
    assert "Budget: £2,500." in screen.words
    assert "Facebook: 3 posts; views 60; highest reach of one post 3." in screen.words
    assert "Reports from the public: more than 12 (as published; 30 June to 6 July 2025)." in screen.words
    assert "Baseline: 30 reports a month (written " in screen.words and "Fewer words in films (written " in screen.words
    assert "12 more reports, by the contact centre's log (written " in screen.words and ", by somebody)" in screen.words
    assert "Not written: what else changed. Without both it cannot be claimed that the campaign had a part in it." in screen.words
    assert "Something is recorded of 5 of 6 stages." in screen.words
    (row,) = [one for one in screen.table("Campaign", "Inputs") if one["Campaign"] == name]
    assert (row["Inputs"], row["Outcomes"], row["Impact"]) == ("baseline and budget", "1 figure", "written")
    assert row["Outputs"] == "3 posts, views or impressions and reach as published"


# --- what changed -----------------------------------------------------------------------------------------------------------


def told(store: Store, day: date, today: date = date(2026, 11, 27)) -> dict[str, list[str]]:
    return {one.title: [line.words for line in one.lines] for one in changes.since(store, day, today)}


def aged(store: Store, days: int) -> None:
    """As if all that is held had been recorded so many days earlier."""
    with store.transaction() as cursor:
        for table in ("upload", "retraction", "campaign", "campaign_rule", "campaign_operation"):
            cursor.execute(f"update {table} set recorded_at = recorded_at - to_days({days})").fetchall()


def one_figure(made: Any, value: int, **cells: Any) -> bytes:
    return made.figures({"value_low": value, "value_high": value, "unit": "arrests", **cells})


def test_a_figure_is_new_then_revised_then_gone(desk, made):
    today = date.today()
    first = desk.bring(one_figure(made, 63), "first.csv").upload_id
    name = "Arrests, Exampleshire, Lantern, 30 June to 6 July 2025"
    assert told(desk.store, today)["Figures"] == [f"New: {name}: 63."]
    aged(desk.store, 10)
    assert told(desk.store, today)["Figures"] == []
    second = desk.bring(one_figure(made, 65, qualifier="more than"), "second.csv").upload_id
    assert told(desk.store, today)["Figures"] == [f"Revised: {name}: from 63 to more than 65."]
    # Since before both, the fact is new, and only what is shown now is told of it.
    assert told(desk.store, today - timedelta(days=30))["Figures"] == [f"New: {name}: more than 65."]
    uploads.undo(desk.store, second)
    assert told(desk.store, today)["Figures"] == [], "brought and undone since: nothing is different"
    uploads.undo(desk.store, first)
    assert told(desk.store, today)["Figures"] == [f"No longer shown: {name}: it was 63. Its file was undone."]
    files = told(desk.store, today)["Files"]
    assert [line.split(" on ")[0] for line in files] == ["first.csv was undone", "second.csv was undone", "second.csv was imported"]
    assert files[2].endswith("1 row; it is undone now.")
    uploads.redo(desk.store, first)
    assert told(desk.store, today)["Figures"] == []


def test_what_is_shown_then_equals_what_was_shown_whatever_the_order(desk, made):
    """The mart at a moment, and what the query takes it to have been, are the same for the facts that moved."""
    today = date.today()
    ids = [desk.bring(one_figure(made, value, as_of=stood, source=f"https://example.org/{place % 2}"), f"{place}.csv").upload_id
           for place, (value, stood) in enumerate(((1, "2025-08-01"), (2, "2025-07-20"), (3, "2025-07-01"), (4, "2025-09-01")))]
    then = {row["value_low"] for row in desk.rows("select value_low from figure_current")}
    aged(desk.store, 10)
    for upload in ids:
        uploads.undo(desk.store, upload)
    gone = told(desk.store, today)["Figures"]
    assert {int(re.search(r"it was (\d)", line)[1]) for line in gone} == {int(value) for value in then} == {1, 4}


def test_a_claim_s_status_then_and_now_is_told_by_all_that_was_held(desk, made):
    """A claim that two exports allow, one of which is undone later; and one that is revised, and gone."""
    today, day = date.today(), {"start_date": "2025-06-01", "end_date": "2025-06-07", "network": "facebook", "operation": ""}
    claim = {**day, "measure": "campaign_reach", "campaign": "Signs", "value_low": 700, "value_high": 700, "qualifier": "close to"}
    words = {"published_wording": "close to 700", "area": desk.settings.force}
    figures = desk.bring(made.figures({**claim, **words}), "claim.csv").upload_id
    assert told(desk.store, today)["Claims"] == ["New: the claim 'close to 700' of Signs: it is 'cannot be checked'."]
    aged(desk.store, 10)
    assert told(desk.store, today)["Claims"] == []
    times = (("06/01/2025 12:00", 400), ("06/07/2025 12:00", 500))
    posts = made.facebook(*(made.post(number, **{"Publish time": time, "Reach": reach}) for number, (time, reach) in enumerate(times)))
    export = desk.bring(posts, "posts.csv", as_of=datetime(2025, 8, 1)).upload_id
    now_allowed = "The claim 'close to 700' of Signs was 'cannot be checked' and is now 'consistent'."
    assert told(desk.store, today)["Claims"] == [now_allowed]
    aged(desk.store, 10)
    uploads.undo(desk.store, export)
    assert told(desk.store, today)["Claims"] == ["The claim 'close to 700' of Signs was 'consistent' and is now 'cannot be checked'."]
    assert told(desk.store, today - timedelta(days=15))["Claims"] == [], "as it was before the export came and went"
    uploads.redo(desk.store, export)
    assert told(desk.store, today - timedelta(days=15))["Claims"] == [now_allowed]
    revision = desk.bring(made.figures({**claim, **words, "value_low": 950, "value_high": 950}), "revised.csv").upload_id
    (line,) = told(desk.store, today)["Claims"]
    assert line == "Revised: the claim 'close to 700' of Signs was 'consistent'; 'close to 950' stands now and is 'differs by 45 or more'."
    (one,) = changes.since(desk.store, today, today)[1].lines
    assert parse_qs(urlsplit(one.address).query)["claim"] == [row["figure_id"] for row in desk.store.rows("pages/figures")]
    for upload in (revision, figures):
        uploads.undo(desk.store, upload)
    assert told(desk.store, today)["Claims"] == ["No longer listed: the claim 'close to 700' of Signs. It was 'consistent'."]
    assert "Claims" not in told(desk.store.seen_as("public"), today)


def test_every_sentence_leads_to_something_that_is_there(show, made, bring, known):
    bring(one_figure(made, 63), "first.csv")
    screen = show("trends", part="What changed", since=str(date.today()))
    sections = ("Figures", "Claims", "Files", "Months held", "Campaigns", "How networks count")
    assert all(title in screen.words for title in sections)
    figures = {parse_qs(urlsplit(link).query)["figure"][0] for link in screen.links if "figure=" in link}
    held = {row["figure_id"] for row in known().rows("pages/figures")}
    assert figures and figures <= held
    files = {parse_qs(urlsplit(link).query)["upload"][0] for link in screen.links if "upload=" in link}
    assert files == {str(row["upload_id"]) for row in known().rows("pages/uploads")}
    back = f"/trends?part=What+changed&since={date.today().isoformat()}"
    assert back in screen.links and screen.at.get_by_key("since").value == date.today()


def test_the_quick_choices_set_the_date(show):
    screen = show("trends", part="What changed")
    screen.press("A quarter back")
    assert screen.at.get_by_key("since").value == date.today() - timedelta(days=91)


def test_months_that_became_whole_and_ceased_to_be_are_told(desk, made):
    today, stated = date.today(), (datetime(2025, 7, 20), "given")
    first = desk.bring(posted(made, (("05/01/2025 12:00", 1, 1), ("05/20/2025 12:00", 1, 1))), "a.csv", stated=stated).upload_id
    aged(desk.store, 10)
    assert told(desk.store, today)["Months held"] == []
    desk.bring(posted(made, (("05/21/2025 12:00", 1, 1), ("07/31/2025 12:00", 1, 1)), 10), "b.csv", stated=stated)
    assert told(desk.store, today)["Months held"] == ["Now held whole: Facebook, Example Police, posts: May to July 2025."]
    aged(desk.store, 10)
    uploads.undo(desk.store, first)
    assert told(desk.store, today)["Months held"] == ["No longer held whole: Facebook, Example Police, posts: May 2025."]


def test_campaigns_and_definitions_that_changed_are_told(desk):
    campaigns.create(desk.store, {"campaign": "Signs", **dict.fromkeys(set(campaigns.STATED) - {"campaign"})}, [])
    (line,) = told(desk.store, date.today())["Campaigns"]
    assert line.startswith("Signs was recorded: 1 change to its record, last on ")
    aged(desk.store, 10)
    campaigns.record_rule(desk.store, Rule("Signs", hashtag="signs"))
    (line,) = told(desk.store, date.today())["Campaigns"]
    assert line.startswith("Signs was changed: 1 change to its tagging rules, last on ")
    spring = told(desk.store, date(2025, 3, 31), date(2025, 3, 31))["How networks count"]
    assert any(line.startswith("YouTube: Shorts views counted anew, on 31 March 2025.") for line in spring)
    assert not any("Shorts" in line for line in told(desk.store, date(2025, 4, 1))["How networks count"])
    assert not any("Shorts" in line for line in told(desk.store, date(2025, 3, 1), date(2025, 3, 30))["How networks count"])
