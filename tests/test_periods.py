"""Periods: labels as people write them, and what must hold of every one of them."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reach import periods, settings
from reach.errors import Usage
from reach.periods import MONTH, QUARTER, ROLLING, YEAR, between, part_words, period_of

KIND = st.sampled_from(list(periods.KINDS))
DAY = st.dates(date(1990, 1, 1), date(2090, 12, 31))
STARTS = st.integers(1, 12)


@pytest.mark.parametrize(("kind", "day", "label", "short", "days"), [
    (MONTH, "2025-10-31", "October 2025", "Oct 2025", 31),
    (MONTH, "2024-02-01", "February 2024", "Feb 2024", 29),
    (QUARTER, "2025-04-01", "April to June 2025 (Q1 2025 to 2026)", "Q1 2025/26", 91),
    (QUARTER, "2025-09-30", "July to September 2025 (Q2 2025 to 2026)", "Q2 2025/26", 92),
    (QUARTER, "2025-12-31", "October to December 2025 (Q3 2025 to 2026)", "Q3 2025/26", 92),
    (QUARTER, "2026-01-01", "January to March 2026 (Q4 2025 to 2026)", "Q4 2025/26", 90),
    (YEAR, "2026-03-31", "financial year 2025 to 2026", "2025/26", 365),
    (YEAR, "1999-04-01", "financial year 1999 to 2000", "1999/00", 366),
    (ROLLING, "2025-10-31", "12 months to 31 October 2025", "to Oct 2025", 365),
    (ROLLING, "2024-02-03", "12 months to 29 February 2024", "to Feb 2024", 366),
])
def test_labels_and_days(kind, day, label, short, days):
    period = period_of(kind, date.fromisoformat(day))
    assert (period.label, period.short, period.days) == (label, short, days)


def test_a_financial_year_may_start_in_another_month():
    assert period_of(QUARTER, date(2025, 5, 5), 1).label == "April to June 2025 (Q2 2025)"
    assert period_of(YEAR, date(2025, 5, 5), 1).label == "financial year 2025"
    across = period_of(QUARTER, date(2026, 1, 31), 8)
    assert across.label == "November 2025 to January 2026 (Q2 2025 to 2026)"


def test_the_one_before_and_the_year_before():
    march = period_of(MONTH, date(2024, 3, 31))
    assert (march.previous.label, march.previous.days, march.year_before.label) == ("February 2024", 29, "March 2023")
    assert period_of(MONTH, date(2024, 2, 29)).year_before.end == date(2023, 2, 28)
    first = period_of(QUARTER, date(2025, 4, 1))
    assert first.previous.label == "January to March 2025 (Q4 2024 to 2025)" and first.year_before.label.endswith("(Q1 2024 to 2025)")


def test_part_periods_are_marked_with_their_days():
    december = period_of(MONTH, date(2025, 12, 1))
    assert [december.days_to(day) for day in (None, date(2025, 11, 30), date(2025, 12, 12), date(2026, 4, 1))] == [0, 0, 12, 31]
    assert not december.complete(date(2025, 12, 30)) and december.complete(date(2025, 12, 31))
    assert part_words(12, 31) == "part (12 of 31 days)" and part_words(31, 31) == "31 days" and part_words(0, 31) == "part (0 of 31 days)"


@given(KIND, DAY, STARTS)
def test_every_period_is_whole_months_that_hold_its_day(kind, day, starts):
    period = period_of(kind, day, starts)
    assert period.start.day == 1 and (period.end + timedelta(days=1)).day == 1
    assert period.holds(day, day) and period == period_of(kind, period.end, starts)
    assert len(periods.months_of(period)) == periods.LENGTH[kind]
    assert sum(period_of(MONTH, month).days for month in periods.months_of(period)) == period.days


@given(KIND, DAY, STARTS)
def test_neighbours_touch_and_a_year_before_has_the_same_months(kind, day, starts):
    period = period_of(kind, day, starts)
    assert period.previous.end == period.start - timedelta(days=1)
    assert period.previous == period_of(kind, period.previous.end, starts)
    assert (period.year_before.start.month, period.year_before.start.year) == (period.start.month, period.start.year - 1)
    assert period.year_before == period_of(kind, period.year_before.end, starts)
    assert period.following.start > period.start
    if kind != ROLLING:
        assert period.following.previous == period


@given(KIND, DAY, st.integers(-40, 2_000), STARTS)
def test_a_list_holds_every_day_between(kind, first, span, starts):
    last = first + timedelta(days=span)
    listed = between(kind, first, last, starts)
    if span < 0:
        assert listed == []
        return
    assert listed[0].holds(first, first) and listed[-1].holds(last, last)
    assert len({one.label for one in listed}) == len(listed) == len({one.short for one in listed})
    if kind != ROLLING:
        assert all(one.end + timedelta(days=1) == two.start for one, two in itertools.pairwise(listed))


@given(KIND, DAY, DAY, STARTS)
def test_days_to_a_last_day_are_those_that_have_come(kind, day, last, starts):
    period = period_of(kind, day, starts)
    come = sum(period.start + timedelta(days=number) <= last for number in range(period.days))
    assert period.days_to(last) == come and period.complete(last) == (come == period.days)


def test_the_month_a_financial_year_starts_with_is_a_setting(tmp_path, monkeypatch):
    monkeypatch.delenv("REACH_FINANCIAL_YEAR_STARTS", raising=False)
    assert settings.load(tmp_path / "reach.duckdb").financial_year_starts == 4
    monkeypatch.setenv("REACH_FINANCIAL_YEAR_STARTS", "1")
    assert settings.load(tmp_path / "reach.duckdb").financial_year_starts == 1
    for wrong in ("0", "13", "April"):
        monkeypatch.setenv("REACH_FINANCIAL_YEAR_STARTS", wrong)
        with pytest.raises(Usage, match="financial_year_starts"):
            settings.load(tmp_path / "reach.duckdb")
