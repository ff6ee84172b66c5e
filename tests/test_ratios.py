"""Ratios of sums: held against the same worked out by hand in plain Python, from the files alone."""

from __future__ import annotations

import csv
import random
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reach import campaigns, marts, queries, ratios
from reach.campaigns import Rule
from reach.definitions import ANY_METRIC, RATIO_METRICS
from reach.dictionary import ENTRY, definition_of
from reach.ratios import MONEY, OF_ADVERTISEMENTS, OF_ONE_POST, OF_POSTS, RATIO, RATIOS, TIMES, UNKNOWN, Without
from test_campaigns import SAMPLES, holds
from test_pages import HOSTILE, JULY, Markup, bring, first_start, known, show

__all__ = ["bring", "first_start", "known", "show"]
PER_VIEW = RATIO["engagements_per_view"]
HEADINGS = (
    *("Post ID", "Page ID", "Page name", "Title", "Description", "Publish time", "Permalink", "Post type", "Data comment", "Date"),
    *("Views", "Reach", "Reach from Boosted posts", "Reactions, Comments and Shares", "3-second video views", "1-minute video views"),
)
NUMBER = st.one_of(st.none(), st.integers(0, 10**6))


# --- the arithmetic -----------------------------------------------------------------------------------------------


@given(NUMBER, NUMBER)
def test_a_ratio_is_exact_or_says_why_there_is_none(above, below):
    value = ratios.ratio(PER_VIEW, above, below)
    if above is None or below is None:
        assert value.state == UNKNOWN and "given" in value.why
    elif below == 0:
        assert value == Without("none", "views are 0")
    else:
        assert value == Fraction(100 * above, below)


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_words_are_the_value_rounded_and_never_nought_for_what_is_something(above, below):
    value = ratios.ratio(PER_VIEW, above, below)
    said = ratios.words(PER_VIEW, value)
    assert said.endswith("%")
    shown = Fraction(said.removeprefix("under ").removesuffix("%").replace(",", ""))
    if said.startswith("under"):
        assert 0 < value < shown == Fraction(1, 100)
    else:
        assert abs(shown - value) <= (Fraction(5, 1000) if value < 1 else Fraction(5, 100)) and shown


@pytest.mark.parametrize(("key", "above", "below", "said"), [
    ("engagements_per_view", 34, 1000, "3.4%"),
    ("engagements_per_view", 25, 10_000, "0.25%"),
    ("engagements_per_view", 0, 10, "0%"),
    ("engagements_per_view", 3, 100, "3%"),
    ("cost_per_1000_reached", Decimal("50"), 15_000, "£3.33"),
    ("cost_per_1000_reached", Decimal("5"), 1000, "£5"),
    ("frequency", 200, 100, "2"),
    ("frequency", 487, 100, "4.9"),
])
def test_words_of_a_ratio(key, above, below, said):
    assert ratios.words(RATIO[key], ratios.ratio(RATIO[key], above, below)) == said


def test_money_keeps_its_currency():
    assert ratios.words(RATIO["cost_per_1000_reached"], Fraction(7, 2), "EUR") == "3.50 EUR"
    assert ratios.words(RATIO["cost_per_1000_reached"], Fraction(7, 2), None) == "3.50 (currency not stated)"


def test_frequency_below_one_is_refused():
    refused = ratios.ratio(RATIO["frequency"], 90, 100)
    assert refused == Without("none", "impressions are fewer than reach, so the two are not counted alike")
    assert ratios.ratio(RATIO["frequency"], 100, 100) == 1


def test_the_first_answer_that_has_a_value_is_taken():
    question = ("Click-through rate", ("clicks_per_view", "clicks_per_impression"))
    of, value = ratios.answered(question, {"clicks_per_view": Without("none", "views are 0"), "clicks_per_impression": Fraction(2)})
    assert (of.key, value) == ("clicks_per_impression", 2)
    of, value = ratios.answered(question, {"clicks_per_view": Without("unknown", "a"), "clicks_per_impression": Without("none", "b")})
    assert (of.key, value) == ("clicks_per_impression", Without("none", "b"))
    of, value = ratios.answered(question, {"clicks_per_view": Without("unknown", "a"), "clicks_per_impression": Without("unknown", "b")})
    assert (of.key, value) == ("clicks_per_view", Without("unknown", "a"))


def test_every_ratio_is_defined_and_divides_what_it_may():
    assert {one.key for one in RATIOS} == {one.key for one in RATIO_METRICS}
    asked = {key for questions in (OF_POSTS, OF_ADVERTISEMENTS) for _, keys in questions for key in keys}
    assert asked | {one.key for one in OF_ONE_POST} == set(RATIO)
    for one in RATIOS:
        only_youtube = one.networks == ("youtube",)
        assert bool(definition_of("ratio", one.key, "meta")) != only_youtube
        assert bool(definition_of("ratio", one.key, "facebook")) == (one.shown != MONEY and not only_youtube)
        assert bool(definition_of("ratio", one.key, "youtube")) == (one.shown not in (MONEY, TIMES)), "its impressions are of thumbnails"
        assert not ANY_METRIC[one.key].additive, "a rate that may be added may be averaged"
        assert one.words in ENTRY[f"{one.key.replace('_', '-')}-ratio"].source
        assert ANY_METRIC[one.numerator].additive, "people are divided by, and never divided"
        assert (one.shown == MONEY) == (one.numerator == "spend")
        assert one.shown != TIMES or one.denominator in ("reach", "viewers")


def test_nothing_of_several_posts_is_divided_by_people():
    for _, keys in OF_POSTS:
        for key in keys:
            assert ANY_METRIC[RATIO[key].denominator].additive


def test_the_query_divides_what_the_list_says():
    text = queries.load("marts/ratio_pair").text
    keys = re.findall(r"^ +'(\w+)',?$", text, re.MULTILINE)
    divided = re.findall(r"above := (\w+), below := (\w+)", text)
    assert keys == [key for _, answers in OF_POSTS for key in answers]
    assert divided == [(RATIO[key].numerator, RATIO[key].denominator) for key in keys]


# --- over a store -------------------------------------------------------------------------------------------------


def posts(made, *rows: dict[str, Any], first: int = 1) -> list[dict[str, Any]]:
    return [made.post(number, Description=f"#signs {number}", **cells) for number, cells in enumerate(rows, first)]


def cells(views: Any = "", engagements: Any = "", boosted: Any = "", plays: Any = "", minutes: Any = "", reach: Any = "") -> dict[str, Any]:
    return {
        "Views": views,
        "Reach": reach,
        "Reach from Boosted posts": boosted,
        "Reactions, Comments and Shares": engagements,
        "3-second video views": plays,
        "1-minute video views": minutes,
    }


def begin(desk, rule: Rule = Rule("Signs", hashtag="signs")) -> None:  # noqa: B008
    campaigns.create(desk.store, {**dict.fromkeys(campaigns.STATED), "campaign": rule.campaign}, [])
    campaigns.record_rule(desk.store, rule)


def asked(desk, campaign: str = "Signs") -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["paid"], row["ratio"]): row for row in desk.store.rows("pages/campaign_ratios") if row["campaign"] == campaign}


@pytest.mark.parametrize("seed", range(4))
def test_ratios_of_a_campaign_equal_plain_python(desk, made, seed):
    pick = random.Random(seed)
    rows = [
        {"views": pick.choice(["", 0, 7, 100, 2500]), "engagements": pick.choice(["", 0, 3, 40]), "boosted": pick.choice(["", 0, 9])}
        for _ in range(12)
    ]
    begin(desk)
    desk.bring(made.facebook(*posts(made, *(cells(**row) for row in rows)), headings=HEADINGS), stated=JULY)
    found = asked(desk)
    for paid, fits in (("boosted", lambda x: x == 9), ("organic", lambda x: x == 0), ("not stated", lambda x: x == "")):
        group = [row for row in rows if fits(row["boosted"])]
        both = [row for row in group if row["views"] != "" and row["engagements"] != ""]
        if not group:
            assert (paid, "engagements_per_view") not in found
            continue
        row = found[paid, "engagements_per_view"]
        assert (row["posts"], row["posts_used"]) == (len(group), len(both))
        value = ratios.of_posts(PER_VIEW, row)
        below = sum(int(one["views"]) for one in both)
        if not both:
            assert row["numerator"] is None and row["denominator"] is None and value.state == UNKNOWN
        elif not below:
            assert value == Without("none", "views are 0")
        else:
            assert value == Fraction(100 * sum(int(one["engagements"]) for one in both), below)
        assert ratios.of_posts(RATIO["clicks_per_view"], found[paid, "clicks_per_view"]).why.startswith("no link clicks")


def test_both_numbers_are_of_one_export_and_of_the_latest_that_gives_both(desk, made):
    """Views of July over engagements of August would be of two moments."""
    begin(desk)
    one, other = posts(made, cells(views=100, engagements=10), cells(views=300, engagements=3))
    desk.bring(made.facebook(one, other, headings=HEADINGS), stated=JULY)
    again = [{**one, "Views": 900, "Reactions, Comments and Shares": ""}, {**other, "Views": 400}]
    desk.bring(made.facebook(*again, headings=HEADINGS), "august.csv", stated=(datetime(2025, 8, 9), "file name"))
    row = asked(desk)["not stated", "engagements_per_view"]
    assert (row["numerator"], row["denominator"], row["posts_used"]) == (13, 500, 2)


def test_posts_of_others_are_in_no_rate(desk, made):
    begin(desk)
    mine = posts(made, cells(views=100, engagements=10), cells(views=100, engagements=20))
    (theirs,) = posts(made, cells(views=100, engagements=90), first=9)
    theirs |= {"Page ID": "100000000000009", "Page name": "Somebody else"}
    desk.bring(made.facebook(*mine, theirs, headings=HEADINGS), stated=JULY)
    campaigns.decide(desk.store, "Signs", [("facebook", theirs["Post ID"])], True)
    assert asked(desk)["not stated", "engagements_per_view"]["numerator"] == 30


TOM = "x_new/account_analytics_content_2024-11-06_2025-02-04_tomdoerr.csv"
PCM = "facebook/fb_content_2025-09-01_2025-09-30_pcm.csv"


def way_of_payment(row: dict[str, str]) -> str:
    stated = [int(row[one]) for one in ("Reach from Boosted posts", "Views from Boosted posts") if row.get(one)]
    return "not stated" if not stated else "boosted" if max(stated) else "organic"


@pytest.mark.parametrize(("name", "word", "text", "above", "below", "key"), [
    (TOM, "ai", "Post text", "Url clicks", "Impressions", "clicks_per_impression"),
    (TOM, "ai", "Post text", "Engagements", "Impressions", "engagements_per_impression"),
    (PCM, "pc", "Description", "Reactions, Comments and Shares", "Views", "engagements_per_view"),
    (PCM, "pc", "Description", "1-minute video views", "3-second video views", "minute_plays_per_play"),
])
def test_ratios_of_a_real_export_equal_plain_python(desk, name, word, text, above, below, key):
    path = SAMPLES / name
    if not path.is_file():
        pytest.skip("the sample exports are not at hand")
    desk.bring(path, path.name)
    begin(desk, Rule("Signs", words=word))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if holds(max(row.get("Title") or "", row[text] or "", key=len), word)]
    found = {paid: row for (paid, ratio), row in asked(desk).items() if ratio == key}
    assert len(rows) > 5 and set(found) == {way_of_payment(row) for row in rows}
    for paid, row in found.items():
        both = [(int(one[above]), int(one[below])) for one in rows if way_of_payment(one) == paid and one[above] and one[below]]
        assert row["posts_used"] == len(both) > 0
        numerator, denominator = (sum(numbers) for numbers in zip(*both, strict=True))
        assert denominator and ratios.of_posts(RATIO[key], row) == Fraction(100 * numerator, denominator)


# --- on the page --------------------------------------------------------------------------------------------------


def recorded(known, name: str = "Signs", tag: str = "signs", **said: Any) -> None:
    campaigns.create(known(), {**dict.fromkeys(campaigns.STATED), "campaign": name, **said}, [])
    campaigns.record_rule(known(), Rule(name, hashtag=tag))


def test_rates_stand_with_what_they_are_worked_out_from_and_their_definition(show, made, bring, known):
    recorded(known)
    rows = (cells(1000, 20, 0, 50, 5), cells(500, 40, 0), cells("", 7, 0), cells(2000, 10, 9))
    bring(made.facebook(*posts(made, *rows), headings=HEADINGS), stated=JULY)
    screen = show("campaigns", campaign="Signs", part="Rates")
    said = {(row["Paid or organic"], row["Rate"]): (row["Value"], row["Worked out from"]) for row in screen.table("Rate", "Network")}
    assert said == {
        ("boosted", "Engagement rate, of views"): ("0.5%", "10 engagements ÷ 2,000 views, of 1 post"),
        ("boosted", "Click-through rate, of views"): ("unknown", "no link clicks given"),
        ("boosted", "Video completion, of views"): ("unknown", "no plays to 95% given"),
        ("organic", "Engagement rate, of views"): ("4%", "60 engagements ÷ 1,500 views, of 2 of 3 posts"),
        ("organic", "Click-through rate, of views"): ("unknown", "no link clicks given"),
        ("organic", "Plays kept for a minute"): ("10%", "5 plays of 1 minute ÷ 50 plays of 3 seconds, of 1 of 3 posts"),
    }
    assert "/definitions?definition=engagements-per-view-ratio" in screen.links
    assert "/posts?whose=Our%20accounts&posts-network=facebook&posts-campaign=Signs" in screen.links


def on_x(tags: dict[int, str]) -> bytes:
    """An export of X: on days of July 2023 a post each with its hashtag, 100 impressions and 5 engagements."""
    lines = ["Post id,Date,Post text,Post Link,Impressions,Engagements"]
    for day, tag in tags.items():
        post_id = (int(datetime(2023, 7, day, 12, tzinfo=UTC).timestamp() * 1000) - 1288834974657) << 22
        lines.append(f'{post_id},"Sat, Jul {day}, 2023",#{tag},https://x.com/example/status/{post_id},100,5')
    return "\n".join(lines).encode()


def test_a_rate_is_not_given_over_a_change_in_counting(show, made, bring, known):
    recorded(known)
    bring(on_x({21: "signs", 24: "signs"}), stated=JULY)
    (row, *_) = show("campaigns", campaign="Signs", part="Rates").table("Rate", "Network")
    assert row["Value"] == "none" and "Twitter became X" in row["Worked out from"]


def test_the_rates_of_advertisements_are_of_the_platform_s_own_row(show, bring, known):
    recorded(known, start_date=date(2024, 3, 1), end_date=date(2024, 3, 31))
    heading = "Reporting starts,Reporting ends,Campaign name,Reach,Impressions,Link clicks,Amount spent (GBP)"
    rows = ("2024-03-01,2024-03-31,Signs,10000,25000,500,40", "2024-05-01,2024-05-31,Signs,1,1,1,1", "2024-03-01,2024-03-31,Doors,7,9,1,1")
    bring("\n".join([heading, *rows]).encode(), account="Example")
    screen = show("campaigns", campaign="Signs", part="Rates")
    assert [(row["Rate"], row["Value"], row["Worked out from"]) for row in screen.table("Advertising campaign", "Rate")] == [
        ("Cost per 1,000 accounts reached", "£4", "40 spend ÷ 10,000 reach"),
        ("Frequency", "2.5", "25,000 impressions ÷ 10,000 reach"),
        ("Engagement rate, of views", "unknown", "no engagements and no views given"),
        ("Click-through rate, of impressions", "2%", "500 link clicks ÷ 25,000 impressions"),
    ]


def test_a_rule_brings_in_an_advertising_campaign_of_another_name(show, bring, known):
    recorded(known, start_date=date(2024, 3, 1), end_date=date(2024, 3, 31))
    heading = "Reporting starts,Reporting ends,Campaign name,Reach,Impressions,Amount spent (GBP)"
    rows = ("2024-03-01,2024-03-31,CL spring,10000,25000,40", "2024-03-01,2024-03-31,Doors,7,9,1")
    bring("\n".join([heading, *rows]).encode(), account="Example")
    assert "CL spring" not in show("campaigns", campaign="Signs", part="Rates").words
    campaigns.record_rule(known(), Rule("Signs", ad_campaign="spring"))
    listed = show("campaigns", campaign="Signs", part="Rates").table("Advertising campaign", "Rate", "Value")
    assert {row["Advertising campaign"] for row in listed} == {"CL spring"} and listed[0]["Value"] == "£4"


def test_each_ratio_has_its_entry_among_the_definitions(show):
    listed = show("definitions", which="Ratios worked out").table("Definition", "Unit")
    assert [row["Definition"] for row in listed] == [one.label for one in RATIO_METRICS]
    screen = show("definitions", definition="frequency-ratio")
    assert "worked out by Reach: impressions ÷ reach" in screen.words and "nothing: values are never added" in screen.words
    assert "No export that Reach knows by itself has it" not in screen.words


def test_one_post_alone_is_divided_by_its_reach_of_the_same_export(show, made, bring):
    headings = (*HEADINGS, "Impressions", "Viewers")
    (post,) = posts(made, cells(300, 10, reach=200))
    bring(made.facebook({**post, "Impressions": 500}, headings=headings), stated=JULY)
    later = {**post, "Reach": 400, "Reactions, Comments and Shares": "", "Impressions": "", "Viewers": 150}
    bring(made.facebook(later, headings=headings), "august.csv", stated=(datetime(2025, 8, 9), "file name"))
    (dialog,) = show("overview").click("post", f"facebook {post['Post ID']}").at.get("dialog")
    (table,) = [found for one in dialog.get("html") for found in Markup(one.proto.body).tables if "Worked out from" in found[0]]
    assert table[1] == [
        ["Engagement rate, of accounts reached", "5%", "10 engagements ÷ 200 reach", "20 July 2025"],
        ["Frequency", "2.5", "500 impressions ÷ 200 reach", "20 July 2025"],
        ["Views per viewer", "2", "300 views ÷ 150 viewers", "9 August 2025"],
    ]


@pytest.mark.parametrize(("network", "found"), [
    ("facebook", ["frequency"]), ("instagram", ["frequency"]), ("youtube", []), ("sprout_facebook", []),
])
def test_frequency_is_of_networks_whose_impressions_and_reach_are_of_one_scope(network, found):
    look = {**dict.fromkeys(ANY_METRIC), "network": network, "impressions": 20, "reach": 10}
    assert [of.key for of, _, _ in ratios.of_one_post([look])] == found


# --- one campaign against others ----------------------------------------------------------------------------------


@given(st.lists(st.fractions(0, 100), max_size=9))
def test_history_is_a_median_and_a_range_of_three_or_more(values):
    past = ratios.history(values)
    if len(values) < 3:
        assert past is None
        return
    ordered = sorted(values)
    half = len(ordered) // 2
    middle = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
    assert past == (middle, ordered[0], ordered[-1])


@pytest.mark.parametrize(("days", "others", "said"), [
    (7, [7, 7], None),
    (8, [7], "8 days against 7: compare with care."),
    (7, [7, 14], "7 days against 7 to 14: compare with care."),
    (1, [8, 7], "1 day against 7 to 8: compare with care."),
])
def test_lengths_that_differ_are_said(days, others, said):
    assert ratios.lengths_differ(days, others) == said


@pytest.mark.parametrize(("changed", "missing", "why"), [
    ({}, 0, None),
    ({}, 2, "no export covers 2 days of it"),
    ({"start_date": None}, 0, "it has no first and last day"),
    ({"end_date": date(2025, 7, 1)}, 0, "it has not ended"),
    ({"end_date": date(2025, 6, 30)}, 0, None),
    ({"status": "running"}, 0, "it has not ended"),
])
def test_a_part_period_is_no_whole_one(changed, missing, why):
    campaign = {"start_date": date(2025, 6, 1), "end_date": date(2025, 6, 7), "status": None, **changed}
    found = ratios.part_period(campaign, missing, date(2025, 7, 1))
    assert found is None if why is None else str(found).startswith(why)


JUNE = {"alpha": (10, 2, 8), "beta": (20, 2, 8), "gamma": (30, 2, 8), "delta": (70, 2, 9)}


def several(made, bring, known, **changed: Any) -> None:
    """Campaigns of June 2025, each with one post of 1,000 views and the engagements said; the export covers the 1st to the 20th."""
    rows = []
    for number, (name, (engagements, first, last)) in enumerate(JUNE.items(), 1):
        said = {"start_date": date(2025, 6, first), "end_date": date(2025, 6, last), **changed.get(name, {})}
        recorded(known, name.title(), name, **said)
        post = made.post(number, Description=f"#{name}", **cells(1000, engagements, 0))
        rows.append(post | {"Publish time": f"06/04/2025 10:{number:02d}"})
    edges = [made.post(90 + day, **cells(1, 1, 0)) | {"Publish time": f"06/{day:02d}/2025 12:00"} for day in (1, 20)]
    bring(made.facebook(*rows, *edges, headings=HEADINGS), stated=JULY)


def compared(screen) -> dict[str, str]:
    (row,) = [row for row in screen.table("Median", "n") if row["Rate"] == "Engagement rate, of views"]
    return row


def test_a_campaign_stands_beside_the_median_and_range_of_the_others(show, made, bring, known):
    several(made, bring, known)
    screen = show("campaigns", campaign="Alpha", part="Rates")
    row = compared(screen)
    assert (row["This campaign"], row["Median"], row["Lowest to highest"], row["n"]) == ("1%", "3%", "2% to 7%", "3")
    assert "Lengths: 7 days against 7 to 8: compare with care." in screen.words
    screen.pick("beside", "Delta")
    assert compared(screen)["Delta"] == "7%" and "Beside Delta: 7 days against 8: compare with care." in screen.words
    screen.pick("beside", "Beta")
    assert compared(screen)["Beta"] == "2%" and "Beside Beta" not in screen.words


def test_part_periods_are_left_out_and_said(show, made, bring, known):
    several(made, bring, known, delta={"end_date": date(2025, 6, 22)}, beta={"start_date": None}, gamma={"status": "running"})
    screen = show("campaigns", campaign="Alpha", part="Rates")
    row = compared(screen)
    assert (row["Median"], row["Lowest to highest"], row["n"]) == ("", "too few for a range", "0")
    assert "Left out: Delta, Facebook: no export covers 2 days of it, and a part of a period" in screen.words
    assert "Left out: Beta, Facebook: it has no first and last day." in screen.words
    assert "Left out: Gamma, Facebook: it has not ended" in screen.words
    screen.pick("beside", "Delta")
    assert compared(screen)["Delta"] == "left out"


def test_a_part_period_is_not_held_against_whole_ones(show, made, bring, known):
    several(made, bring, known, alpha={"end_date": date(2025, 6, 21)})
    screen = show("campaigns", campaign="Alpha", part="Rates")
    assert "Facebook: not compared, since no export covers 1 day of it" in screen.words
    assert screen.has_table("Rate", "Value") and not screen.has_table("Median", "n")


def test_too_few_others_are_listed_without_a_range(show, made, bring, known):
    several(made, bring, known, delta={"status": "retired"})
    row = compared(show("campaigns", campaign="Alpha", part="Rates"))
    assert (row["Median"], row["Lowest to highest"], row["n"]) == ("", "too few for a range: Beta 2%, Gamma 3%", "2")


def test_boosted_posts_are_not_held_against_organic_ones(show, made, bring, known):
    several(made, bring, known)
    recorded(known, "Paid", "paid", start_date=date(2025, 6, 2), end_date=date(2025, 6, 8))
    post = made.post(50, Description="#paid", **cells(1000, 500, 9)) | {"Publish time": "06/04/2025 11:00"}
    bring(made.facebook(post, headings=HEADINGS), "paid.csv", stated=JULY)
    screen = show("campaigns", campaign="Paid", part="Rates")
    assert "There is no rate of this campaign that another campaign of ours has" in screen.words
    assert compared(show("campaigns", campaign="Alpha", part="Rates"))["n"] == "3"


def test_exports_of_another_kind_are_not_held_against_each_other(show, made, bring, known):
    several(made, bring, known)
    recorded(known, "Old", "old", start_date=date(2025, 6, 2), end_date=date(2025, 6, 8))
    post = made.post(50, Description="#old", **cells(1000, 500, 0)) | {"Publish time": "06/04/2025 11:00"}
    bring(made.facebook(post, headings=HEADINGS), "old.csv", stated=JULY)
    store = known()
    with store.transaction() as cursor:
        cursor.execute("update upload set format = 'facebook_insights_posts' where file_name = 'old.csv'").fetchall()
        marts.rebuild(cursor, ["campaign_post"])
    screen = show("campaigns", campaign="Alpha", part="Rates")
    assert compared(screen)["n"] == "3"
    assert "Left out: Old, Facebook: it is from another kind of export, which may not count alike." in screen.words


def test_campaigns_on_two_sides_of_a_change_in_counting_are_not_held_against_each_other(show, bring, known):
    july = {"alpha": (17, 18), "beta": (19, 20), "gamma": (25, 26)}
    for tag, (first, last) in july.items():
        recorded(known, tag.title(), tag, start_date=date(2023, 7, first), end_date=date(2023, 7, last))
    bring(on_x({16: "none", **{first: tag for tag, (first, _) in july.items()}, 28: "none"}), stated=JULY)
    screen = show("campaigns", campaign="Alpha", part="Rates")
    (row,) = screen.table("Median", "n")
    assert (row["Rate"], row["Lowest to highest"], row["n"]) == ("Engagement rate, of impressions", "too few for a range: Beta 5%", "1")
    assert "Left out: Gamma, X: its counting changed (Twitter became X), between the two." in screen.words


def test_names_of_campaigns_are_shown_as_text(show, made, bring, known):
    name = HOSTILE[: campaigns.LONGEST_NAME]
    several(made, bring, known)
    campaigns.create(known(), {**dict.fromkeys(campaigns.STATED), "campaign": name}, [])
    campaigns.record_rule(known(), Rule(name, hashtag="beta"))
    screen = show("campaigns", campaign="Alpha", part="Rates")
    screen.pick("beside", campaigns.clean_name(name))
    assert campaigns.clean_name(name) in screen.words and not {"img", "script"} & set(screen.tags)
