"""A campaign's advertisements beside those of our other campaigns: which compare, and medians and ranges against plain Python."""

from __future__ import annotations

import json
from datetime import date, timedelta
from fractions import Fraction
from statistics import median
from typing import Any

import pytest

from reach import ad_history, campaigns, commands
from reach.ratios import Without
from test_pages import bring, first_start, known, show  # noqa: F401
from test_ratios import HEADINGS, cells, posts, recorded
from test_ratios import JULY as STATED

TODAY, JULY = date(2026, 1, 1), date(2025, 7, 1)


def row(name: str, spend: int, reached: int, length: int = 31, **changed: Any) -> dict[str, Any]:
    """An advertising campaign in a window of July 2025 and later."""
    numbers = {
        "viewers": None,
        "views": None,
        "impressions": 3 * reached,
        "engagements": None,
        "link_clicks": 7,
        "spend": spend,
        "reach": reached,
    }
    window = {"window_start": JULY, "window_end": JULY + timedelta(days=length - 1), "currency": "GBP"}
    return {"network": "meta", "campaign": name, "format": "meta_ads", "upload_id": "u", "record_no": 1, **window, **numbers, **changed}


def cost(mine: list[dict[str, Any]], others: list[dict[str, Any]]) -> ad_history.Compared:
    (found,) = [one for one in ad_history.compared(mine, others, TODAY) if one.of.key == "cost_per_1000_reached"]
    return found


def test_costs_equal_plain_python():
    others = [row("A", 30, 7_000), row("B", 11, 900), row("C", 50, 13_000)]
    found = cost([row("Signs", 40, 10_000)], others)
    each = [Fraction(1000 * one["spend"], one["reach"]) for one in others]
    assert (found.value, sorted(found.values)) == (4, sorted(each)) and median(found.values) == median(each)


def test_of_several_windows_the_nearest_in_length_stands_for_an_advertising_campaign():
    windows = [row("A", 10, 1_000, 7), row("A", 30, 1_000, 28), row("A", 90, 1_000, 365)]
    assert [(one.days, one.value) for one in cost([row("Signs", 40, 10_000)], windows[:2]).others] == [(28, 30)]
    assert [(one.days, one.value) for one in cost([row("Signs", 40, 10_000, 5)], windows).others] == [(7, 10)]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"currency": "EUR"}, "another currency"),
        ({"currency": None}, "another currency"),
        ({"format": "matched"}, "another kind of export"),
        ({"reach": None}, "no reach given"),
        ({"network": "x"}, None),
        ({"window_end": TODAY}, None),
        ({"campaign": "Signs"}, None),
    ],
)
def test_what_does_not_compare_is_left_out(changed, why):
    others = cost([row("Signs", 40, 10_000)], [row("A", 30, 7_000, **changed)]).others
    if why is None:
        assert others == ()
    else:
        (other,) = others
        assert isinstance(other.value, Without) and why in other.value.why


def test_money_in_another_currency_still_has_a_frequency():
    found = {
        one.of.key: one.values for one in ad_history.compared([row("Signs", 40, 10_000)], [row("A", 30, 7_000, currency="EUR")], TODAY)
    }
    assert found["frequency"] == [3] and found["cost_per_1000_reached"] == []


def test_views_from_before_they_were_counted_are_no_rate():
    (early,) = [
        value
        for of, value in ad_history.rates(row("A", 3, 9, window_start=date(2024, 7, 1), views=50, engagements=5, impressions=None))
        if "engage" in of.key
    ]
    (later,) = [value for of, value in ad_history.rates(row("A", 3, 9, views=50, engagements=5, impressions=None)) if "engage" in of.key]
    assert isinstance(early, Without) and later == 10


def test_a_window_that_has_not_ended_is_not_compared():
    assert not ad_history.compared([row("Signs", 40, 10_000, window_end=TODAY)], [row("A", 30, 7_000)], TODAY)


def test_advertisements_stand_beside_those_of_other_campaigns(show, bring, known):  # noqa: F811
    days = {"start_date": date(2024, 3, 1), "end_date": date(2024, 3, 31)}
    for name in ("Signs", "Doors", "Roads", "Parks"):
        recorded(known, name, name.lower(), **days)
    campaigns.record_rule(known(), campaigns.Rule("Parks", ad_campaign="green"))
    heading = "Reporting starts,Reporting ends,Campaign name,Reach,Impressions,Amount spent (GBP)"
    spent = {"Signs": 40, "Doors": 10, "Roads": 30, "green spaces": 80, "Nobody's": 7000}
    rows = [f"2024-03-01,2024-03-{30 if name == 'Doors' else 31},{name},10000,25000,{money}" for name, money in spent.items()]
    bring("\n".join([heading, *rows]).encode(), account="Example")
    screen = show("campaigns", campaign="Signs", part="Rates")
    (first, *_) = screen.table("Advertising campaign", "Median", "n")
    # £1, £3 and £8 for 1,000; what belongs to no campaign of ours is in none.
    assert (first["This campaign"], first["Median"], first["Lowest to highest"], first["n"]) == ("£4", "£3", "£1 to £8", "3")
    assert "Lengths: 31 days against 30 to 31: compare with care." in screen.words


def test_the_command_line_gives_the_rates_of_the_page(show, bring, known, made):  # noqa: F811
    recorded(known, start_date=date(2024, 3, 1), end_date=date(2024, 3, 31))
    bring(made.facebook(*posts(made, cells(1000, 20, 0), cells(500, 40, 0), cells("", 7, 0)), headings=HEADINGS), stated=STATED)
    heading = "Reporting starts,Reporting ends,Campaign name,Reach,Impressions,Amount spent (GBP)"
    bring(f"{heading}\n2024-03-01,2024-03-31,Signs,10000,25000,45".encode(), account="Example")
    rows = known().rows("pages/campaigns")
    (listed,) = [rates for row, rates in zip(rows, commands._asking.rates_of(known(), rows), strict=True) if row["campaign"] == "Signs"]
    screen = show("campaigns", campaign="Signs", part="Rates")
    page = [*screen.table("Rate", "Paid or organic", "Value"), *screen.table("Advertising campaign", "Rate", "Value")]
    assert [(one["label"], one["words"]) for one in listed] == [(row["Rate"], row["Value"]) for row in page]
    values = {(one["of"], one["rate"]): (one["value"], one["numerator"], one["denominator"]) for one in listed}
    assert values["posts", "engagements_per_view"] == (100 * (20 + 40) / (1000 + 500), 60, 1500)
    assert values["advertisements", "cost_per_1000_reached"] == (1000 * 45 / 10_000, 45, 10_000)
    assert values["posts", "clicks_per_view"][0] is None
    json.loads(json.dumps(listed, default=str))


def test_campaigns_as_json_carry_their_rates(reach):
    rows = json.loads(reach("campaigns", "--json").stdout)
    assert rows and all(row["rates"] == [] for row in rows), "nothing is held to divide"
