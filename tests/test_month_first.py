"""Files of platforms that put the month first, as they are after a program that puts the day first saved them again.

Numbers and days written by hand.
"""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

import pytest

from reach import candidates

NOTE = "Dates are read day first, since some have a first number above 12 and none a second."
LINKEDIN = ("Date", "Impressions (total)", "Unique impressions (organic)")
SPROUT_DAYS = ("Date", "Network", "Profile", "Audience", "Published Posts", "Impressions")
SPROUT_POSTS = ("Date", "Post ID", "Network", "Profile", "Post", "Impressions")


def made(*rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def linkedin(*days):
    return made(LINKEDIN, *((day, 10, 5) for day in days))


def sprout_days(*days):
    return made(SPROUT_DAYS, *((day, "X", "@Example", 100, 1, 10) for day in days))


def sprout_posts(*times):
    return made(SPROUT_POSTS, *((time, f"1{number}", "X", "@Example", "Words", 10) for number, time in enumerate(times)))


def judged(desk, source):
    found = desk.one(source, "export.csv", account="example")
    candidates.discard([found])
    assert found.status == "ready", found.message
    return found


@pytest.mark.parametrize("file", [linkedin, sprout_days])
@pytest.mark.parametrize("days", [("11/02/2024", "12/02/2024", "13/02/2024"), ("11-02-2024", "13-02-2024", "12-02-2024")], ids=str)
def test_days_with_a_first_number_above_12_and_no_second_are_read_day_first(desk, file, days):
    assert NOTE in judged(desk, file(*days)).reading.notes
    desk.bring(file(*days), "export.csv", account="example")
    assert [row["day"] for row in desk.rows("select distinct day from account_day order by day")] == [
        date(2024, 2, 11),
        date(2024, 2, 12),
        date(2024, 2, 13),
    ]


def test_times_with_a_first_number_above_12_and_no_second_are_read_day_first(desk):
    source = sprout_posts("11/02/2024 9:40 am", "13/02/2024 21:05", "12/07/2024 9:40 am")
    assert NOTE in judged(desk, source).reading.notes
    desk.bring(source, "export.csv")
    assert [row["published_at"] for row in desk.rows("select published_at from post_observation order by record_no")] == [
        datetime(2024, 2, 11, 9, 40),
        datetime(2024, 2, 13, 21, 5),
        datetime(2024, 7, 12, 8, 40),
    ]


@pytest.mark.parametrize("file", [linkedin, sprout_days])
@pytest.mark.parametrize(
    ("days", "first", "aside"),
    [
        (("02/11/2024", "02/12/2024"), date(2024, 2, 11), 0),
        (("02/11/2024", "02/13/2024"), date(2024, 2, 11), 0),
        (("02/11/2024", "02/13/2024", "13/02/2024"), date(2024, 2, 11), 1),
    ],
    ids=str,
)
def test_else_the_month_is_first(desk, file, days, first, aside):
    found = judged(desk, file(*days))
    assert (found.period[0], len(found.reading.problems)) == (first, aside)
    assert NOTE not in found.reading.notes


def test_times_are_month_first_too(desk):
    found = judged(desk, sprout_posts("02/11/2024 9:40 am", "12/30/2024 9:40 am", "30/12/2024 9:40 am", "30/12/24 9:40"))
    assert (found.period[0], [problem.record for problem in found.reading.problems]) == (date(2024, 2, 11), [3, 4])
