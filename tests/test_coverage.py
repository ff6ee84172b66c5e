"""Which months of which account are held, and how long the rest is offered: held against plain Python."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from reach import clock, editions, offered, uploads
from reach.charts import coverage
from reach.formats import format_of
from test_pages import GOLDEN, HOSTILE, bring, check_inert, first_start, known, show  # noqa: F401

YEAR = {"date_from": date(2025, 1, 1), "date_to": date(2025, 12, 31)}


def spanning(made, first: date, last: date, start: int = 1, **cells: Any) -> bytes:
    """A Facebook export whose posts are of the first and the last day alone, at noon Pacific, which is the same day in London."""
    days = ((start, first), (start + 1, last))
    return made.facebook(*(made.post(number, **{"Publish time": f"{day:%m/%d/%Y} 12:00", "Reach": 5, **cells}) for number, day in days))


PERIODS = ((date(2025, 1, 10), date(2025, 2, 3)), (date(2025, 1, 28), date(2025, 3, 31)), (date(2025, 5, 5), date(2025, 5, 6)))


def brought(desk, made):
    stated = (datetime(2025, 6, 1, 12), "given")
    return [
        desk.bring(spanning(made, *period, start=10 * place), f"{place}.csv", stated=stated).upload_id
        for place, period in enumerate(PERIODS)
    ]


def by_hand(periods, today) -> dict[int, tuple[int, int, date | None, date | None]]:
    """Each month's days held, days passed, and first and last day of those passed that no period has."""
    held = {first + timedelta(days=turn) for first, last in periods for turn in range((last - first).days + 1)}
    months = {}
    for month in range(1, 13):
        days = [date(2025, month, day) for day in range(1, calendar.monthrange(2025, month)[1] + 1)]
        missing = [day for day in days if day < today and day not in held]
        counts = len(held & set(days)), sum(day < today for day in days)
        months[month] = (*counts, missing[0] if missing else None, missing[-1] if missing else None)
    return months


def by_reach(desk, today):
    rows = desk.store.rows("charts/coverage", **YEAR, sample=False, today=today)
    assert [row["days"] for row in rows] == [calendar.monthrange(2025, month)[1] for month in range(1, len(rows) + 1)]
    return {row["month"].month: (row["days_held"], row["days_passed"], row["first_missing"], row["last_missing"]) for row in rows}


def test_months_are_what_the_files_periods_cover_also_undone(desk, made):
    ids, today = brought(desk, made), date(2025, 6, 15)
    held = by_reach(desk, today)
    assert held == by_hand(PERIODS, today)
    # 10 January to 31 March without a gap, then two days of May; the month in progress has 14 days that have passed.
    assert [held[month][0] for month in range(1, 8)] == [22, 28, 31, 0, 2, 0, 0]
    assert held[1][2:] == (date(2025, 1, 1), date(2025, 1, 9)) and held[6] == (0, 14, date(2025, 6, 1), date(2025, 6, 14))
    uploads.undo(desk.store, ids[1])
    assert by_reach(desk, today) == by_hand((PERIODS[0], PERIODS[2]), today) != held
    uploads.redo(desk.store, ids[1])
    assert by_reach(desk, today) == held


def test_accounts_of_others_and_made_up_files_are_left_out(desk, made):
    mine = spanning(made, *PERIODS[0])
    other = made.post(50, **{"Page ID": "100099999999999", "Page name": "Another force", "Publish time": "04/01/2025 12:00", "Reach": 1})
    desk.bring(mine, "mine.csv", stated=(datetime(2025, 6, 1), "given"), ours=(made.page,))
    desk.bring(made.facebook(other), "other.csv", stated=(datetime(2025, 6, 1), "given"), ours=(made.page,))
    editions.load_sample(desk.store)
    rows = desk.store.rows("charts/coverage", **YEAR, sample=False, today=date(2025, 6, 15))
    assert {row["account"] for row in rows} == {made.page}
    summer = {"date_from": date(2026, 7, 1), "date_to": date(2026, 9, 30)}
    made_up = desk.store.rows("charts/coverage", **summer, sample=True, today=date(2026, 11, 1))
    assert {row["network"] for row in made_up} == {"facebook", "instagram", "x"} and made.page not in {row["account"] for row in made_up}


def test_posts_and_days_cover_apart(desk, made):
    desk.bring(spanning(made, date(2024, 2, 1), date(2024, 2, 29)), "posts.csv", stated=(datetime(2024, 6, 1), "given"))
    golden = GOLDEN / "tiktok_overview" / "english_leap_day.csv"
    desk.bring(golden.read_bytes(), "Overview.csv", account="Example", as_of=datetime(2024, 3, 2, 12))
    rows = desk.store.rows("charts/coverage", date_from=date(2024, 2, 1), date_to=date(2024, 2, 29), sample=False, today=date(2024, 6, 1))
    assert [(row["network"], row["table_name"]) for row in rows] == [("facebook", "post_observation"), ("tiktok", "account_day")]
    assert rows[0]["days_held"] == 29 and 0 < rows[1]["days_held"] < 29


def test_years_run_from_the_first_day_held_to_today(desk, made):
    assert desk.store.rows("pages/coverage_years", today=date(2027, 2, 1)) == []
    brought(desk, made)
    assert [row["year_no"] for row in desk.store.rows("pages/coverage_years", today=date(2027, 2, 1))] == [2027, 2026, 2025]


# --- how long it is offered ---------------------------------------------------------------------------------------------

MAY = date(2026, 5, 1), date(2026, 5, 31)


@pytest.mark.parametrize(("today", "words"), [
    (date(2027, 4, 22), "9 days left"),
    (date(2027, 4, 30), "1 day left"),
    (date(2027, 5, 1), "0 days left"),
    (date(2027, 5, 2), "partly gone, the last of it in 29 days"),
    (date(2027, 5, 31), "partly gone, the last of it in 0 days"),
    (date(2027, 6, 1), "no longer offered"),
])
def test_days_left_of_may_2026_on_tiktok(today, words):
    days = offered.offered_days("tiktok", "account_day")
    assert days == 365 and offered.left(*MAY, days, today) == words


def test_where_no_limit_is_stated_none_is_said():
    assert offered.offered_days("facebook", "post_observation") is None
    assert offered.left(*MAY, None, date(2027, 4, 22)) == "not stated"
    assert offered.left(None, None, 365, date(2027, 4, 22)) == ""


@pytest.mark.parametrize("key", offered.OFFERED_DAYS)
def test_a_number_of_days_is_what_the_format_says_of_it(key):
    assert f"{offered.OFFERED_DAYS[key]} days" in format_of(key).kept_for


# --- the chart ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "held", "passed", "state"), [
    (31, 31, 31, "held"), (31, 30, 31, "partly held"), (30, 5, 10, "partly held"), (31, 0, 31, "not held"), (31, 0, 1, "not held"),
    (31, 0, 0, "to come"),
])
def test_state_of_a_month(days, held, passed, state):
    assert coverage.state_of(days, held, passed) == state


def drawn(frame: Callable[..., Any], narrow: bool) -> Any:
    return coverage.chart(frame, year=2025, dark=False, narrow=narrow)


@pytest.fixture
def frame(desk, made):
    import pandas as pd

    brought(desk, made)
    rows = desk.store.rows("charts/coverage", **YEAR, sample=False, today=date(2025, 6, 15))
    return pd.DataFrame([{**row, "network": "Facebook", "what": "posts", "left": "not stated"} for row in rows])


@pytest.mark.parametrize("narrow", [False, True])
def test_every_cell_says_its_state_in_words(frame, narrow):
    chart = drawn(frame, narrow)
    cells = list(chart.figure.data[0].text)
    if narrow:
        assert cells[:3] == ["Jan<br>22/31", "Feb<br>held", "Mar<br>held"] and cells[4:7] == ["May<br>2/31", "Jun<br>none", "Jul<br>"]
    else:
        assert cells[:7] == ["22 of 31", "held", "held", "none", "2 of 31", "none", ""]
    # February and March held; January and May in part; April and June not; from July on to come, which is no cell.
    assert chart.title == "2025: 2 of 6 account months held whole"
    assert chart.summary == "Of 6 account months that have begun, 2 are held, 2 in part and 2 not."
    assert len(chart.figure.layout.shapes) == 6
    assert list(chart.table["State"]) == ["partly held", "held", "held", "not held", "partly held", "not held"]
    assert list(chart.table["Days held"]) == [22, 28, 31, 0, 2, 0]


# --- the page ---------------------------------------------------------------------------------------------------------------


def test_the_day_is_london_s_wherever_the_server_stands(monkeypatch):
    monkeypatch.setattr(clock, "utc_now", lambda: datetime(2025, 6, 30, 23, 30))
    assert clock.today() == date(2025, 7, 1)


def test_page_before_anything_is_held(show):  # noqa: F811
    assert "No file of an account of ours is held." in show("coverage").words


def test_page_shows_the_calendar_its_table_and_its_csv(show, made, bring):  # noqa: F811
    stated = (datetime(2025, 6, 1, 12), "given")
    for place, period in enumerate(PERIODS):
        bring(spanning(made, *period, start=10 * place), f"{place}.csv", stated=stated)
    screen = show("coverage", **{"coverage-year": "2025", "coverage-shape": "Table"})
    rows = screen.table("Network", "Month", "State")
    assert [(row["Month"], row["State"], row["Days held"], row["Still offered"]) for row in rows[:3]] == [
        ("January 2025", "partly held", "22", "not stated"), ("February 2025", "held", "28", ""), ("March 2025", "held", "31", ""),
    ]
    assert [row["Days held"] for row in screen.data("Data as CSV")] == [row["Days held"] for row in rows]
    assert "Nothing is missing of what a platform with a stated limit still offers." in screen.words


def test_page_lists_what_tiktok_will_soon_stop_offering(show, bring):  # noqa: F811
    content = (GOLDEN / "tiktok_overview" / "english_leap_day.csv").read_bytes()
    bring(content, "Overview.csv", account="Example", as_of=datetime(2024, 3, 2, 12))
    today = date.today()
    oldest = today - timedelta(days=365)
    last = date(oldest.year, oldest.month, calendar.monthrange(oldest.year, oldest.month)[1])
    rows = show("coverage").table("What", "Days not held", "Still offered")
    assert rows[0]["What"] == f"TikTok for {oldest:%B %Y}, accounts by day"
    number = (last - oldest).days
    spoken = f"{number} day{'' if number == 1 else 's'}"
    assert rows[0]["Still offered"] == (f"partly gone, the last of it in {spoken}" if oldest.day > 1 else "0 days left")
    following = last + timedelta(days=1)
    assert rows[1]["Still offered"] == f"{(following - oldest).days} day{'' if following == oldest + timedelta(days=1) else 's'} left"


def test_hostile_names_are_shown_as_text(show, made, bring):  # noqa: F811
    bring(spanning(made, *PERIODS[0], **{"Page name": HOSTILE}), "a.csv", stated=(datetime(2025, 6, 1, 12), "given"))
    for shape in ("Chart", "Table"):
        check_inert(show("coverage", **{"coverage-year": "2025", "coverage-shape": shape}))
