"""Words for numbers, dates and qualifiers: what is written must be what was published."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reach import wording
from reach.definitions import MEASURES, QUALIFIERS, STATUSES

MISSING = [None, float("nan"), Decimal("NaN"), Decimal("sNaN"), pd.NaT, pd.NA, np.float64("nan"), np.datetime64("NaT"), float("inf")]


@pytest.mark.parametrize("x", MISSING, ids=repr)
def test_a_missing_value_is_never_a_number_or_a_date(x: object) -> None:
    assert wording.missing(x)
    assert wording.nominal(x, x) is None
    assert wording.figure_words(x, x, "more than") == "not published"
    for text in (wording.number(x), wording.money(x), wording.value(x, "GBP"), wording.day(x), wording.period(x, x)):
        assert not any(char.isdigit() for char in text)
        assert text


@pytest.mark.parametrize("x", [0, 0.0, -0.0, Decimal("0.00"), Decimal("-0.00"), np.int64(0)], ids=repr)
def test_zero_is_a_value(x: object) -> None:
    assert not wording.missing(x)
    assert wording.figure_words(x, x, "exact") == "0"


@pytest.mark.parametrize(("x", "text"), [
    (1234, "1,234"), (1234.0, "1,234"), (Decimal("134000.00"), "134,000"), (2.5, "2.5"), (Decimal("2.50"), "2.5"), (0.001, "0.001"),
    (0.1 + 0.2, "0.3"), (-1200, "-1,200"), (1_600_000, "1,600,000"), (100, "100"), (Decimal("1E+3"), "1,000"), (np.int64(76), "76"),
])
def test_number(x: object, text: str) -> None:
    assert wording.number(x) == text


@pytest.mark.parametrize(("x", "text"), [
    (35000, "£35,000"), (Decimal("35000.00"), "£35,000"), (12.5, "£12.50"), (999_999, "£999,999"), (1_000_000, "£1 million"),
    (2_700_000, "£2.7 million"), (2_750_000, "£2.75 million"), (1_200_000_000, "£1.2 billion"), (0, "£0"), (-5, "-£5"),
])
def test_money(x: object, text: str) -> None:
    assert wording.money(x) == text


def test_money_is_not_rounded_into_something_that_was_not_published() -> None:
    assert wording.figure_words(2_695_001, None, "more than", "GBP") == "more than £2,695,001"


@given(st.integers(0, 10**13))
def test_money_can_be_read_back(pence: int) -> None:
    pounds = Decimal(pence) / 100
    text = wording.money(pounds).removeprefix("£").replace(",", "")
    figure, _, scale = text.partition(" ")
    assert Decimal(figure) * {"": 1, "million": 10**6, "billion": 10**9}[scale] == pounds


@pytest.mark.parametrize(("start", "end", "text"), [
    (date(2023, 2, 27), date(2023, 3, 5), "27 February to 5 March 2023"), (date(2022, 10, 3), date(2022, 10, 9), "3 to 9 October 2022"),
    (date(2024, 12, 1), date(2024, 12, 1), "1 December 2024"), (date(2023, 12, 28), date(2024, 1, 3), "28 December 2023 to 3 January 2024"),
    (None, date(2019, 5, 20), "to 20 May 2019"), (date(2024, 3, 4), pd.NaT, "from 4 March 2024"), (None, None, "not dated"),
    (pd.Timestamp(2019, 5, 13), datetime(2019, 5, 20, 9), "13 to 20 May 2019"),
])
def test_period(start: object, end: object, text: str) -> None:
    assert wording.period(start, end) == text


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 800))
def test_period_names_both_days(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    text = wording.period(start, end)
    assert text.endswith(wording.day(end))
    assert text.startswith(str(start.day))
    assert str(start.year) in text


def test_a_text_is_no_date() -> None:
    with pytest.raises(TypeError, match="is not a date"):
        wording.day("5 March 2023")


@pytest.mark.parametrize(("low", "high", "qualifier", "text"), [
    (134000, None, "more than", "more than 134,000"), (float("nan"), 220000.0, "close to", "close to 220,000"),
    (278000, 278000, "a further", "a further 278,000"), (500, 900, "exact", "500 to 900"), (500, 900, "around", "around 500 to 900"),
    (76, 76, "exact", "76"), (76.0, 76.0, None, "76"), (110, None, "early total", "110 (early total)"),
    (52, 52, "exact as published", "52"), (90, 90, "roughly", "roughly 90"),
    (None, None, "exact", "not published"), (Decimal("55"), 55.0, pd.NA, "55"),
])
def test_figure_words(low: object, high: object, qualifier: object, text: str) -> None:
    assert wording.figure_words(low, high, qualifier) == text


@given(st.sampled_from([*QUALIFIERS, *STATUSES, "some new word"]), st.integers(0, 10**7), st.sampled_from(["low", "high", "both", "range"]),
       st.sampled_from([None, "GBP", "people"]))
def test_a_published_qualifier_is_never_lost(qualifier: str, n: int, given_as: str, unit: str | None) -> None:
    low = None if given_as == "high" else n
    high = {"low": None, "range": n + 1}.get(given_as, n)
    words = wording.figure_words(low, high, qualifier, unit)
    assert (qualifier in words) == (qualifier != "exact")
    assert wording.value(n, unit) in words


def test_nominal_is_the_one_number_given() -> None:
    assert wording.nominal(134000, None) == wording.nominal(None, 134000.0) == wording.nominal(134000, Decimal("134000.00")) == 134000
    assert wording.nominal(500, 900) is None
    assert wording.nominal(0, None) == 0


def test_counts_and_lists() -> None:
    assert [wording.plural(n, "post") for n in (0, 1, 2, 1234)] == ["0 posts", "1 post", "2 posts", "1,234 posts"]
    assert wording.plural(2, "person", "people") == "2 people"
    assert [wording.count(n) for n in (0, 1, 9, 10)] == ["none", "one", "nine", "10"]
    assert [wording.listed(list("abc"[:n])) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


def test_months() -> None:
    assert wording.months(date(2019, 5, 13), date(2023, 10, 15)) == "May 2019 to October 2023"
    assert wording.months(date(2019, 5, 13), date(2019, 6, 1)) == "May to June 2019"
    assert wording.months(date(2019, 5, 13), date(2019, 5, 20)) == "May 2019"


def test_labels_inside_a_sentence_keep_their_grammar() -> None:
    assert wording.lower_first("Arrests") == "arrests"
    assert wording.lower_first("NRM referrals") == "NRM referrals"
    labels = {measure.label for measure in MEASURES if measure.kind in ("results", "safeguarding")}
    singular = {label for label in labels if wording.were(label) == "was"}
    assert singular == {"Cash seized", "Cash seized, euros"}
