"""The claim ledger on views and impressions: each status before and after made-up exports, against sums in plain Python."""

from __future__ import annotations

from datetime import datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reach import campaigns, claims, uploads
from reach.judging import CONSISTENT, DIFFERS, REPRODUCED, UNCHECKED, Claim, Held
from reach.judging_displays import judge

FORCE = "Leicestershire Police"
ADS = (
    "Reporting starts",
    "Reporting ends",
    "Account ID",
    "Account name",
    "Campaign name",
    "Reach",
    "Impressions",
    "Views",
    "Amount spent (GBP)",
)
X_DAYS = ("Date", "Impressions", "Likes", "Engagements", "Bookmarks", "Profile visits", "Create Post", "Unfollows")
LATER, STOOD = datetime(2025, 7, 9, 12), datetime(2025, 6, 9, 12)


def claim_file(made, value, measure="campaign_views", **cells):
    """A figures file with one claim of a campaign in the week of 2 to 8 June 2025."""
    said = {
        "area": FORCE,
        "campaign": "Lantern",
        "network": "facebook",
        "operation": "",
        "start_date": "2025-06-02",
        "end_date": "2025-06-08",
        "published_wording": "as published",
        "qualifier": "exact",
        "measure": measure,
        "value_low": value,
        "value_high": value,
    }
    return made.figures(said | cells)


def facebook(made, *views, metric="Views", headings=None):
    """A post of each number of views, on 2, 8, 3, 4 … June 2025: the first two make the export cover the week."""
    days = (2, 8, 3, 4, 5)
    posts = [
        made.post(place, **{"Publish time": f"06/0{days[place]}/2025 10:0{place}", metric: str(number)})
        for place, number in enumerate(views)
    ]
    return made.facebook(*posts, **({"headings": headings} if headings else {}))


def advertisements(made, views, impressions=70, first="2025-06-02", last="2025-06-08", campaign="Lantern"):
    row = (first, last, "1002003004005", "Example Police", campaign, "9", impressions, views, "10")
    return made.table(ADS, [row])


def tag(desk, campaign="Lantern", where="true"):
    with desk.store.transaction() as cursor:
        campaigns.append(cursor, "campaign", {"campaign": campaign})
    rows = desk.rows(f"select network, post_key from post where {where}")
    campaigns.decide(desk.store, campaign, [(row["network"], row["post_key"]) for row in rows], True)


def claimed(desk):
    (found,) = claims.verdicts(desk.store)
    return found


def test_a_sum_of_views_is_consistent_and_never_looks_added(desk, made):
    views = (7_000, 5_000, 300)
    desk.bring(claim_file(made, sum(views)), "claim.csv")
    assert claimed(desk).missing == ("No Facebook export covers 2 to 8 June 2025.",)
    brought = desk.bring(facebook(made, *views), "facebook.csv", as_of=LATER)
    assert claimed(desk).status == CONSISTENT
    assert claimed(desk).finding == "The 3 posts of ours of its days had at most 12,300 views together, which allows it."
    tag(desk)
    assert claimed(desk).finding == "Its 3 posts had at most 12,300 views together, which allows it."
    desk.bring(facebook(made, 6_000, 4_000), "early.csv", as_of=datetime(2025, 6, 8, 12))
    assert claimed(desk).finding == f"Its 3 posts had between {6_000 + 4_000:,} and {sum(views):,} views together, which allows it."
    uploads.undo(desk.store, brought.upload_id)
    assert claimed(desk).status in (UNCHECKED, DIFFERS)


def test_the_answer_and_the_words_speak_of_views_alone(desk, made):
    desk.bring(claim_file(made, 12_000, qualifier="more than", value_high=""), "claim.csv")
    desk.bring(facebook(made, 7_000, 5_000, 300), "facebook.csv", as_of=LATER)
    words = claims.answer(claimed(desk))
    assert words.startswith(f"{FORCE}, Lantern: more than 12,000 views, as published.")
    assert "repeats included" in words and "Held against the exports: consistent." in words
    assert not {"people", "accounts", "reached"} & set(words.lower().replace(".", " ").replace(",", " ").split())
    said = claims.revise(desk.store, claimed(desk).claim, 12_300, "exact", "12,300 views", "Counted again", by="a person")
    assert said == "Lantern: 12,300 views stands now. More than 12,000 views is kept as superseded."


def test_fewer_views_than_the_words_allow(desk, made):
    desk.bring(claim_file(made, 15_001), "claim.csv")
    desk.bring(facebook(made, 7_000, 5_000), "facebook.csv", as_of=LATER)
    assert (claimed(desk).words, claimed(desk).by) == ("differs by 3,001 or more", 15_001 - (7_000 + 5_000))
    ads = desk.bring(advertisements(made, 40, last="2025-06-20"), "ads.csv")
    assert claimed(desk).status == UNCHECKED and "a total over both is needed" in claimed(desk).finding
    uploads.undo(desk.store, ads.upload_id)
    assert claimed(desk).status == DIFFERS


def test_more_views_by_the_day_it_stood_only_of_tagged_posts(desk, made):
    desk.bring(claim_file(made, 9_001, as_of="2025-06-09"), "claim.csv")
    desk.bring(facebook(made, 7_000, 5_000), "facebook.csv", as_of=LATER)
    assert claimed(desk).status == CONSISTENT, "what was seen in July contradicts nothing"
    desk.bring(facebook(made, 6_000, 4_000), "june.csv", as_of=STOOD)
    assert claimed(desk).status == CONSISTENT, "posts of its days have an upper end alone"
    tag(desk)
    assert claimed(desk).finding == (
        f"What is held had at least {6_000 + 4_000:,} views by 9 June 2025: {6_000 + 4_000 - 9_001} more than the published words allow."
    )
    assert claimed(desk).status == DIFFERS


def test_posts_of_another_campaign_are_left_out(desk, made):
    desk.bring(claim_file(made, 12_000), "claim.csv")
    desk.bring(facebook(made, 7_000, 5_000), "facebook.csv", as_of=LATER)
    assert claimed(desk).status == CONSISTENT
    tag(desk, "Recruitment", "views = 7000")
    assert claimed(desk).words == "differs by 6,500 or more", "12,000 is 11,500 or more, and 5,000 are left"


def test_the_platforms_total_of_advertisements(desk, made):
    desk.bring(claim_file(made, 12_340, network="facebook, instagram"), "claim.csv")
    assert claimed(desk).finding == "Views are added within one network only. A figure of each is needed."
    brought = desk.bring(advertisements(made, 12_340), "ads.csv")
    assert claimed(desk).finding == (
        "The platform's own views of the advertising campaign Lantern, 2 to 8 June 2025, are 12,340, which the published words fit."
    )
    assert claimed(desk).status == REPRODUCED
    uploads.undo(desk.store, brought.upload_id)
    desk.bring(advertisements(made, 12_340, last="2025-06-09"), "other days.csv")
    assert claimed(desk).status == UNCHECKED


def test_paid_and_organic_views(desk, made):
    desk.bring(claim_file(made, 500, paid="paid"), "claim.csv")
    desk.bring(facebook(made, 7_000, 5_000), "facebook.csv", as_of=LATER)
    assert claimed(desk).missing[0].startswith("No platform's own count of the advertisements of just 2 to 8 June 2025")
    (own,) = desk.rows("select upload_id from upload where format = 'figures'")
    uploads.undo(desk.store, str(own["upload_id"]))
    desk.bring(claim_file(made, 500, paid="organic"), "organic.csv")
    desk.bring(advertisements(made, 500), "ads.csv")
    # What was not paid for is at most all of it, and no advertisement is of it.
    assert claimed(desk).status == CONSISTENT
    desk.bring(facebook(made, 200, 100, headings=(*made.facebook_headings[:-1],)), "fewer.csv", as_of=datetime(2025, 8, 1))
    assert claimed(desk).words == "differs by 150 or more", "500 is 450 or more"


def test_networks_that_count_in_different_ways(desk, made):
    desk.bring(claim_file(made, 12_000, network="facebook, youtube"), "claim.csv")
    desk.bring(facebook(made, 7_000, 5_000), "facebook.csv", as_of=LATER)
    assert claimed(desk).status == UNCHECKED
    assert claimed(desk).finding.startswith("The networks count views in different ways")


def test_no_network_and_posts_without_views(desk, made):
    desk.bring(claim_file(made, 12_000, network=""), "claim.csv")
    desk.bring(facebook(made, 7_000, ""), "facebook.csv", as_of=LATER)
    assert claimed(desk).missing[0] == "The networks were not published."
    (own,) = desk.rows("select upload_id from upload where format = 'figures'")
    uploads.undo(desk.store, str(own["upload_id"]))
    desk.bring(claim_file(made, 12_000, as_of="2025-07-20"), "with.csv")
    assert claimed(desk).missing == (
        "1 post of it has no views over its life in any export.",
        "1 post of it was last exported with views before 20 July 2025: a later export is needed.",
    )


@pytest.mark.parametrize(
    ("measure", "first", "last", "said"),
    [
        ("campaign_views", "2024-10-01", "2024-12-31", "Facebook: Impressions became Views (autumn 2024; the day is not known)"),
        ("campaign_impressions", "2024-06-01", "2024-12-31", "Facebook: Impressions became Views"),
        ("campaign_views", "2023-06-02", "2023-06-08", "Facebook counts views from 1 August 2024 on, and this figure begins before."),
        ("campaign_impressions", "2025-06-02", "2025-06-08", "Facebook counted impressions up to 30 November 2024"),
    ],
)
def test_a_change_in_counting_leaves_nothing_to_check(desk, made, measure, first, last, said):
    desk.bring(claim_file(made, 12_000, measure, start_date=first, end_date=last), "claim.csv")
    assert claimed(desk).status == UNCHECKED and said in claimed(desk).finding


def x_days(made, impressions, first=2, month="Jun"):
    rows = [
        (datetime(2025, 6, day).strftime(f"%a, {month} %-d, 2025"), number, 1, 2, 0, 0, 0, 0)
        for day, number in enumerate(impressions, first)
    ]
    return made.table(X_DAYS, rows)


def test_the_networks_own_days_reproduce_impressions(desk, made):
    days = (100, 250, 75, 0, 310, 40, 226)
    desk.bring(claim_file(made, sum(days), "campaign_impressions", network="X"), "claim.csv")
    assert claimed(desk).missing == ("No X export covers 2 to 8 June 2025.",)
    # A day short, though its sum would be the same.
    short = desk.bring(x_days(made, (*days[:5], days[5] + days[6])), "short.csv", account="examplepolice")
    assert claimed(desk).status == UNCHECKED
    uploads.undo(desk.store, short.upload_id)
    brought = desk.bring(x_days(made, days), "account_overview.csv", account="examplepolice")
    assert claimed(desk).status == REPRODUCED
    assert f"2 to 8 June 2025 in the network's own time zone, are {sum(days):,}, which the published words fit." in claimed(desk).finding
    (change,) = claims.changed_by_undo(desk.store, brought.upload_id)
    assert (change.before, change.after) == ("1,001 impressions: reproduced", "1,001 impressions: cannot be checked")


def test_the_days_of_an_account_say_nothing_of_organic_or_of_video_views(desk, made):
    desk.bring(claim_file(made, 7, "campaign_impressions", network="X", paid="organic"), "claim.csv")
    desk.bring(x_days(made, (1,) * 7), "account_overview.csv", account="examplepolice")
    assert claimed(desk).status == UNCHECKED


def bare(low, high, qualifier, posts, tagged):
    """A claim and its posts without a store: ``posts`` are pairs of what was seen by the day it stood, or None, and at the latest."""
    day = datetime(2025, 6, 5)
    row = {
        **dict.fromkeys(("operation", "paid", "as_of"), None),
        **{"measure": "campaign_views", "area": FORCE, "sample": False, "campaign": "Lantern"},
        **{"value_low": low, "value_high": high, "qualifier": qualifier, "start_date": day.date(), "end_date": day.date()},
    }
    held = [
        {"tagged": tagged, "network": "facebook", "published_london": day, "views": now, "views_then": then, "views_on": LATER.date()}
        for then, now in posts
    ]
    export = {"network": "facebook", "account_name": "A", "period_start": day.date(), "period_end": day.date()}
    return judge(Claim(row, ("facebook",)), Held(tuple(held), (), (export,)), FORCE)


@given(
    st.integers(0, 60),
    st.lists(st.tuples(st.none() | st.integers(0, 15), st.integers(0, 15)).map(lambda two: (two[0], two[1] + (two[0] or 0))), min_size=1),
    st.booleans(),
)
def test_a_range_meets_the_sums_or_differs(number, posts, tagged):
    """By looking at every number that the words allow: 0 to 9 and the like are exact, tens are rounded to ten."""
    least, most = (number - 5, number + 5) if number and number % 10 == 0 else (number, number)
    lower = sum(then for then, _ in posts if then is not None) if tagged else 0
    upper = sum(now for _, now in posts)
    meets = any(one == two for one, two in product(range(least, most + 1), range(lower, upper + 1)))
    verdict = bare(number, number, "exact", posts, tagged)
    assert verdict.status == (CONSISTENT if meets else DIFFERS)
    assert meets or verdict.by == (lower - most if lower > most else least - upper)
