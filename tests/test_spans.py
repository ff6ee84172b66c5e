"""What is known of some days: nothing split, nothing added that does not add up, and each refusal with its reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from reach import spans
from reach.spans import Span, Week

MONDAY = date(2023, 1, 2)


def at(n: int) -> date:
    return MONDAY + timedelta(days=n)


def span(first: int, last: int, low: float | None, high: float | None = None, **more) -> Span:
    return Span(at(first), at(last), low, low if high is None else high, **more)


def test_a_figure_of_just_these_days_keeps_its_words():
    more = Span(at(0), at(6), 20, None, "more than", operation="A")
    assert spans.tell([more], at(0), at(6), False).span is more
    assert more.exact is None and more.counted is None


def test_counts_end_to_end_are_added_and_no_others():
    series = [span(0, 6, 5, source_words="a"), span(7, 13, 0, source_words="b"), span(14, 20, 9)]
    found = spans.tell(series, at(0), at(13), True).span
    assert found is not None and (found.low, found.high, found.start, found.end) == (5, 5, at(0), at(13))
    assert found.source_words == "a; b"
    partly = spans.tell(series, at(0), at(14), True)
    assert partly.span is None
    assert "Only 14 of its 15 days have a figure or count" in partly.why[0] and "5 (2 to 8 January 2023)" in partly.why[0]
    assert partly.why[1] == "9 (16 to 22 January 2023) is partly outside and not split: how what it counts fell on its days is not known."


def test_a_gap_or_a_shared_day_is_no_tiling():
    assert spans.tell([span(0, 2, 1), span(4, 6, 1)], at(0), at(6), True).span is None
    shared = spans.tell([span(0, 3, 1), span(3, 6, 1)], at(0), at(6), True)
    assert shared.span is None and "share some of them" in shared.why[0]


def test_what_does_not_add_up_over_time_is_not_added():
    told = spans.tell([span(0, 6, 5), span(7, 13, 4)], at(0), at(13), False)
    assert told.span is None and "not added over time" in told.why[0]


def test_an_inexact_part_has_no_total():
    told = spans.tell([span(0, 6, 5), Span(at(7), at(13), 20, None, "more than")], at(0), at(13), True)
    assert told.span is None and "not each is an exact count" in told.why[0] and "more than 20" in told.why[0]


def test_two_operations_are_not_added_and_the_own_one_is_meant():
    both = [span(0, 6, 5, operation="A"), span(0, 6, 8, operation="B")]
    told = spans.tell(both, at(0), at(6), True)
    assert told.span is None and told.why[0].startswith("Two figures are of just these days and differ: 5")
    assert spans.tell(both, at(0), at(6), True, "B").span is both[1]
    weeks = [span(0, 6, 5, operation="A"), span(7, 13, 8, operation="B")]
    assert spans.tell(weeks, at(0), at(13), True).span is None


def test_one_fact_is_counted_once_by_its_published_statement():
    published, recorded = span(0, 6, 5, operation="A"), span(0, 6, 6, operation="A", recorded=True)
    assert spans.stated([recorded, published]) == [published]
    other = span(0, 6, 7, operation="A")
    assert set(spans.stated([published, other])) == {published, other}
    assert spans.stated([recorded]) == [recorded]


def test_windows_of_operations_and_of_the_area_are_never_mixed():
    windows = spans.around(at(7), at(13), 7, 7)
    assert windows == (("before", at(0), at(6)), ("during", at(7), at(13)), ("after", at(14), at(20)))
    own = span(7, 13, 30, operation="A")
    scope, told = spans.of_scope([own, span(0, 6, 3)], windows, True, "A")
    assert scope == "operations" and [one.span for one in told] == [None, own, None]
    series = [span(0, 6, 3), span(7, 13, 4), span(14, 20, 5)]
    scope, told = spans.of_scope([own, *series], windows, True, "A")
    assert scope == "area" and [one.span and one.span.low for one in told] == [3, 4, 5]


def test_any_length_from_one_day_over_a_leap_day():
    first = date(2024, 2, 29)
    before, during, after = spans.around(first, first, 1, 366)
    assert before[1:] == (date(2024, 2, 28), date(2024, 2, 28)) and during[1:] == (first, first)
    assert after[1:] == (date(2024, 3, 1), date(2025, 3, 1))


def test_weeks_of_seven_days_alone_are_ranged():
    weeks = [
        Week("a", at(0), at(6), 37, 37),
        Week("b", at(7), at(14), 50, 50),
        Week("c", at(20), at(26), 20, None, "more than"),
        Week("d", at(30), at(36)),
        Week("e", None, None, 42, 42),
    ]
    assert spans.ranged(weeks) == ([37], [42])
    assert spans.measured(weeks) is None
    assert [one.words for one in weeks] == ["37", "50", "more than 20", "not published", "42"]


def test_how_much_the_published_weeks_vary():
    counts = [37, 28, 63, 52, 76, 38]
    weeks = [Week(str(n), at(7 * n), at(7 * n + 6), count, count) for n, count in enumerate(counts)]
    found = spans.measured([*weeks, Week("undated", None, None, 42, 42)])
    mean = sum([*counts, 42]) / 7
    variance = sum((count - mean) ** 2 for count in [*counts, 42]) / 6
    assert found is not None and found.periods == 7 and found.index == pytest.approx(variance / mean) == pytest.approx(5.84, abs=0.005)


def test_calendar_weeks_take_no_week_with_a_missing_day():
    days = [span(n, n, n % 3, unit="searches") for n in range(28) if n != 9]
    weeks = spans.calendar_weeks(days, at(0), 10)
    assert [(one.start, one.low) for one in weeks] == [(at(7 * k), sum(n % 3 for n in range(7 * k, 7 * k + 7))) for k in (0, 2, 3)]
    assert [one.start for one in spans.calendar_weeks(days, at(15), 1)] == [at(14)]
