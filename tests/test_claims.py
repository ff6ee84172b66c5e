"""The claim ledger: the three published claims of reach before and after made-up exports that do and do not support them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reach import campaigns, claims, uploads, wording
from reach.claims import changed_by_undo, fact, networks_named
from reach.clock import london, utc_now
from reach.errors import Usage
from reach.judging import ADDED, CONSISTENT, DIFFERS, REPRODUCED, UNCHECKED, alike_named, allowed, days_left_out

FIGURES = Path(__file__).resolve().parents[1] / "data" / "published" / "figures.csv"
TODAY = wording.day(london(utc_now()).date())
TRUSTED, OTHER, WEEK_2019 = "Trusted adults campaign", "Other County Lines posts", "#KnowTheSigns week"
ADS = ("Reporting starts", "Reporting ends", "Account ID", "Account name", "Campaign name", "Reach", "Impressions", "Amount spent (GBP)")


@pytest.fixture
def ledger(desk):
    """A store with the published figures alone."""
    desk.bring(FIGURES.read_bytes(), "figures.csv")
    return desk


def standing(desk):
    return {one.claim.subject: one for one in claims.verdicts(desk.store)}


def statuses(desk):
    found = standing(desk)
    return found[TRUSTED].status, found[OTHER].status, found[WEEK_2019].status


def facebook(made, **reach_of_day):
    """Posts of a Facebook Page: ``d27_02_2023=120_000`` is one of 27 February 2023, in the evening in London."""
    posts = []
    for number, (name, reach) in enumerate(reach_of_day.items(), 1):
        day, month, year = name.removeprefix("d").split("_")[:3]
        cells = {"Publish time": f"{month}/{day}/{year} 10:{number:02d}", "Reach": str(reach)}
        posts.append(made.post(number + int(year), **cells))
    return made.facebook(*posts)


def instagram(made, **reach_of_day):
    posts = []
    for number, (name, reach) in enumerate(reach_of_day.items(), 1):
        day, month, year = name.removeprefix("d").split("_")[:3]
        time = f"{month}/{day}/{year} 09:{number:02d}"
        posts.append({"Post ID": f"1790000000{int(year) + number:08d}", "Publish time": time, "Reach": str(reach), "Description": "A post"})
    return made.instagram(*posts)


def advertisements(made, reach, first="2023-02-27", last="2023-03-05", campaign="Trusted adults", total=True):
    """Ads Manager: one campaign with a reach of 9,000, and Meta's own total first."""
    rows = [(first, last, "1002003004005", "Example Police", campaign, "9000", "20000", "10")]
    return made.table(ADS, [(first, last, "", "", "", str(reach), "20000", "10"), *rows] if total else rows)


def test_without_exports_nothing_can_be_checked(ledger):
    assert statuses(ledger) == (UNCHECKED, UNCHECKED, UNCHECKED)
    found = standing(ledger)
    assert found[TRUSTED].missing == (
        "No Facebook export covers 27 February to 5 March 2023.",
        "No Instagram export covers 27 February to 5 March 2023.",
    )
    assert found[OTHER].missing == ("The networks were not published.",)
    assert found[TRUSTED].claim.words == "close to 220,000" and found[OTHER].claim.words == "a further 278,000"
    assert found["ROCU and Fearless social media campaign"].finding == (
        "It is a figure of Yorkshire and the Humber, and the exports held are of Leicestershire Police."
    )


def test_bounds_from_exports_that_cover_all_are_consistent_until_one_is_undone(ledger, made):
    ledger.bring(facebook(made, d27_02_2023=120_000, d05_03_2023=50_000), "facebook.csv")
    assert standing(ledger)[TRUSTED].missing == ("No Instagram export covers 27 February to 5 March 2023.",)
    other = ledger.bring(instagram(made, d27_02_2023=90_000, d05_03_2023=30_000), "instagram.csv")
    # 120,000 + 50,000 + 90,000 + 30,000 if nobody saw two. Not all need be of the campaign, so the largest alone says nothing.
    assert standing(ledger)[TRUSTED].status == CONSISTENT
    assert standing(ledger)[TRUSTED].finding == (
        "The 4 posts of ours of its days reached at most 290,000 accounts together, which allows it."
    )
    assert statuses(ledger)[1:] == (UNCHECKED, UNCHECKED)

    before, version = ledger.size(), ledger.store.version
    (change,) = changed_by_undo(ledger.store, other.upload_id)
    assert (change.claim.subject, change.before, change.after) == (
        TRUSTED,
        "close to 220,000: consistent",
        "close to 220,000: cannot be checked",
    )
    assert (ledger.size(), ledger.store.version) == (before, version), "it was tried and rolled back"
    assert standing(ledger)[TRUSTED].status == CONSISTENT
    uploads.undo(ledger.store, other.upload_id)
    assert standing(ledger)[TRUSTED].status == UNCHECKED
    uploads.redo(ledger.store, other.upload_id)
    assert standing(ledger)[TRUSTED].status == CONSISTENT


def test_an_export_that_ends_early_leaves_days_out(ledger, made):
    ledger.bring(facebook(made, d27_02_2023=120_000, d05_03_2023=50_000), "facebook.csv")
    ledger.bring(instagram(made, d27_02_2023=90_000, d03_03_2023=30_000), "instagram.csv")
    assert standing(ledger)[TRUSTED].missing == ("No Instagram export covers 4 to 5 March 2023.",)


def test_posts_that_cannot_have_reached_so_many(ledger, made):
    ledger.bring(facebook(made, d27_02_2023=60_000, d05_03_2023=20_000), "facebook.csv")
    ledger.bring(instagram(made, d27_02_2023=50_000, d05_03_2023=30_000), "instagram.csv")
    found = standing(ledger)[TRUSTED]
    assert found.status == DIFFERS
    assert found.finding == (
        "The 4 posts of ours of its days reached at most 160,000 accounts together: 55,000 fewer than the published words allow."
    )
    # With advertisements in the same days the posts are not all there is.
    ads = ledger.bring(advertisements(made, 9_000, last="2023-03-31"), "ads.csv")
    assert standing(ledger)[TRUSTED].status == UNCHECKED and "Advertisements ran in these days" in standing(ledger)[TRUSTED].finding
    uploads.undo(ledger.store, ads.upload_id)
    assert standing(ledger)[TRUSTED].status == DIFFERS


def test_a_post_that_alone_reached_more(ledger, made):
    brought = ledger.bring(facebook(made, d01_03_2023=251_300), "facebook.csv")
    found = standing(ledger)
    assert (found[TRUSTED].status, found[OTHER].status) == (DIFFERS, UNCHECKED)
    assert found[TRUSTED].words == "differs by 31,300 or more"
    assert found[TRUSTED].finding == (
        f"What is held reached at least 251,300 accounts by {TODAY}: 31,300 more than the published words allow. "
        "No post is tagged to the campaign: that one is of its days, and may be about something else."
    )
    (change,) = changed_by_undo(ledger.store, brought.upload_id)
    assert change.after == "close to 220,000: cannot be checked"


def test_more_than_holds_and_the_number_differs(ledger, made):
    ledger.bring(facebook(made, d14_05_2019=140_000), "facebook.csv")
    found = standing(ledger)[WEEK_2019]
    assert found.status == DIFFERS
    assert found.finding.startswith(
        f"What is held reached at least 140,000 accounts by {TODAY}: 5,001 more than the published words allow. "
        "'More than' holds all the same."
    )


def test_within_the_next_thousand_more_than_does_not_differ(ledger, made):
    ledger.bring(facebook(made, d14_05_2019=134_900), "facebook.csv")
    assert standing(ledger)[WEEK_2019].status == UNCHECKED


def test_the_plain_sum_of_posts_looks_added_and_is_not_shown(ledger, made):
    # 100,000 + 118,000 is within the rounding of close to 220,000; 150,200 + 128,100 of 278,000.
    ledger.bring(facebook(made, d27_02_2023=100_000), "facebook.csv")
    brought = ledger.bring(instagram(made, d28_02_2023=118_000), "instagram.csv")
    found = standing(ledger)[TRUSTED]
    assert found.status == ADDED and "218,000" not in found.finding + claims.answer(found)
    assert claims.verdicts(ledger.store)[0].claim.subject == TRUSTED, "worst first"
    (change,) = changed_by_undo(ledger.store, brought.upload_id)
    assert change.before == "close to 220,000: looks added"


def test_a_claim_that_names_no_network_may_look_added_too(ledger, made):
    ledger.bring(facebook(made, d27_02_2023=150_200, d28_02_2023=128_100), "facebook.csv")
    assert statuses(ledger) == (UNCHECKED, ADDED, UNCHECKED)


def test_the_platforms_own_total_reproduces_it(ledger, made):
    ledger.bring(facebook(made, d27_02_2023=100_000), "facebook.csv")
    ledger.bring(instagram(made, d28_02_2023=118_000), "instagram.csv")
    assert standing(ledger)[TRUSTED].status == ADDED
    brought = ledger.bring(advertisements(made, 218_450), "ads.csv")
    found = standing(ledger)[TRUSTED]
    assert found.status == REPRODUCED
    assert found.finding == (
        "The platform's own reach of all its advertisements, 27 February to 5 March 2023, each account counted once, is 218,450, "
        "which the published words fit."
    )
    assert statuses(ledger)[1:] == (UNCHECKED, UNCHECKED), "they name no network"
    uploads.undo(ledger.store, brought.upload_id)
    assert standing(ledger)[TRUSTED].status == ADDED


@pytest.mark.parametrize(
    ("reach", "how", "status"),
    [
        (215_000, {}, REPRODUCED),
        (220_000, {}, REPRODUCED),
        (214_999, {}, UNCHECKED),  # less than the whole may be: the posts are not in it
        (220_001, {}, DIFFERS),
        (218_000, {"last": "2023-03-06"}, UNCHECKED),
        (218_000, {"first": "2023-02-26"}, UNCHECKED),
    ],
)
def test_a_total_must_fit_the_words_and_the_window(ledger, made, reach, how, status):
    ledger.bring(advertisements(made, reach, **how), "ads.csv")
    assert standing(ledger)[TRUSTED].status == status


def test_a_total_over_several_campaigns_contradicts_no_claim_of_one(ledger, made):
    row = ("2023-02-27", "2023-03-05", "1002003004005", "Example Police")
    total = ("2023-02-27", "2023-03-05", "", "", "", "900000", "2000000", "30")
    campaigns = [(*row, name, reach, "1000000", "10") for name, reach in (("Recruitment", "600000"), ("Roads", "500000"))]
    ledger.bring(made.table(ADS, [total, *campaigns]), "ads.csv")
    assert standing(ledger)[TRUSTED].status == UNCHECKED
    named = [(*row, name, reach, "1000000", "10") for name, reach in (("Trusted Adults campaign - March", "600000"), ("Roads", "500000"))]
    ledger.bring(made.table(ADS, [total, *named]), "more ads.csv")
    assert standing(ledger)[TRUSTED].words == "differs by 380,000 or more"


def test_a_rule_makes_an_advertising_campaign_the_claims_own(ledger, made):
    """Two campaigns, neither of the claim's name: what either reached is not surely in it, until a rule says so."""
    row = ("2023-02-27", "2023-03-05", "1002003004005", "Example Police")
    rows = [(*row, name, reach, "1000000", "10") for name, reach in (("CL spring 23", "600000"), ("Roads", "500000"))]
    ledger.bring(made.table(ADS, rows), "ads.csv")
    assert standing(ledger)[TRUSTED].status == UNCHECKED
    with ledger.store.transaction() as cursor:
        campaigns.append(cursor, "campaign", {"campaign": TRUSTED, "networks": "facebook, instagram"})
    campaigns.record_rule(ledger.store, campaigns.Rule(TRUSTED, ad_campaign="cl Spring"))
    assert standing(ledger)[TRUSTED].words == "differs by 380,000 or more"
    revised = claims.revise(ledger.store, standing(ledger)[TRUSTED].claim, 600_000, "around", "around 600,000", "Counted again")
    assert revised.endswith("is kept as superseded.") and standing(ledger)[TRUSTED].status == REPRODUCED


def test_made_up_posts_say_nothing_of_a_real_claim(ledger, made):
    candidate = ledger.one(facebook(made, d01_03_2023=251_300), "sample.csv")
    uploads.commit(ledger.store, candidate, sample=True)
    assert standing(ledger)[TRUSTED].status == UNCHECKED


def test_posts_of_others_and_of_other_days_are_not_in_it(ledger, made):
    """23:30 in London on 5 March is 15:30 in California; a quarter past midnight is outside, and so is a page that is not ours."""
    inside = made.post(1, **{"Publish time": "03/05/2023 15:30", "Reach": "250000"})
    outside = made.post(2, **{"Publish time": "03/05/2023 16:15", "Reach": "900000"})
    ledger.bring(made.facebook(inside, outside), "facebook.csv")
    assert standing(ledger)[TRUSTED].finding.startswith("What is held reached at least 250,000 accounts")
    theirs = made.post(3, **{"Publish time": "03/01/2023 10:00", "Reach": "700000", "Page ID": "61550000000000999", "Page name": "Others"})
    ours = made.post(4, **{"Publish time": "03/01/2023 11:00", "Reach": "100"})
    ledger.bring(made.facebook(ours, theirs), "two pages.csv", ours=(made.page,))
    assert standing(ledger)[TRUSTED].finding.startswith("What is held reached at least 250,000 accounts")


def test_posts_without_reach_leave_the_bounds_open(ledger, made):
    ledger.bring(facebook(made, d27_02_2023=120_000, d01_03_2023="", d05_03_2023=50_000), "facebook.csv")
    ledger.bring(instagram(made, d27_02_2023=90_000, d05_03_2023=30_000), "instagram.csv")
    assert standing(ledger)[TRUSTED].missing == ("1 post of it has no reach in any export.",)


def test_posts_tagged_to_its_campaign_are_its_posts(ledger, made):
    """Of a week with a post of 900,000 about something else, and one of the campaign before the week began."""
    ledger.bring(facebook(made, d20_02_2023=130_000, d27_02_2023=900_000, d05_03_2023=50_000, d09_03_2023=7_000), "facebook.csv")
    ledger.bring(instagram(made, d27_02_2023=90_000, d05_03_2023=30_000), "instagram.csv")
    assert standing(ledger)[TRUSTED].words == "differs by 680,000 or more"
    with ledger.store.transaction() as cursor:
        campaigns.append(cursor, "campaign", {"campaign": TRUSTED, "networks": "facebook, instagram"})
    posts = ledger.rows("select network, post_key, reach from post where reach <> 900000")
    campaigns.decide(ledger.store, TRUSTED, [(row["network"], row["post_key"]) for row in posts], True)
    found = standing(ledger)
    # 130,000 alone; 130,000 + 50,000 + 90,000 + 30,000. The post of 9 March was published after the days of the claim.
    assert found[TRUSTED].status == CONSISTENT and "Its 4 posts reached between 130,000 and 300,000" in found[TRUSTED].finding
    assert "Its posts are those tagged to the campaign." in claims.answer(found[TRUSTED])
    assert found[OTHER].words == "differs by 621,500 or more", "its own campaign has no tagged posts"


def claim_file(made, **cells):
    """A figures file with one claim of Facebook reach in the week of 2023, made by ``cells``."""
    said = {
        "area": "Leicestershire Police",
        "campaign": "Trusted adults campaign",
        "network": "facebook",
        "measure": "campaign_reach",
        "operation": "",
        "start_date": "2023-02-27",
        "end_date": "2023-03-05",
        "published_wording": "as published",
        "unit": "people",
        "qualifier": "exact",
    }
    return made.figures(said | cells)


def claimed(desk):
    (found,) = [one for one in claims.verdicts(desk.store) if one.claim.row["published_wording"] == "as published"]
    return found


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"value_low": 150_000, "value_high": 150_000}, ADDED),  # 90,000 + 60,000, and no post alone
        ({"value_low": 91_000, "value_high": 400_000}, CONSISTENT),  # a range takes in too many sums
        ({"value_low": "", "value_high": 150_000, "qualifier": "up to"}, CONSISTENT),
        ({"value_low": 151_000, "value_high": 151_000}, DIFFERS),
        ({"value_low": "", "value_high": 500_000, "qualifier": "up to"}, CONSISTENT),  # fewer contradicts nothing
        ({"value_low": 0, "value_high": 0}, DIFFERS),
        ({"value_low": 0, "value_high": "", "qualifier": "at least"}, DIFFERS),
    ],
)
def test_a_sum_looks_added_only_where_nothing_else_comes_to_it(desk, made, cells, status):
    desk.bring(claim_file(made, **cells), "claim.csv")
    desk.bring(facebook(made, d27_02_2023=90_000, d05_03_2023=60_000), "facebook.csv")
    assert claimed(desk).status == status


def test_what_was_seen_later_than_the_figure_stood_contradicts_nothing(desk, made):
    """100,000 by 8 March, when the figure of 110,000 stood; 160,000 a month later. Together with the other post up to 180,000."""
    desk.bring(claim_file(made, value_low=110_000, value_high=110_000, as_of="2023-03-08"), "claim.csv")
    desk.bring(facebook(made, d27_02_2023=160_000, d05_03_2023=20_000), "april.csv", as_of=datetime(2023, 4, 9, 12))
    assert claimed(desk).status == CONSISTENT
    desk.bring(facebook(made, d27_02_2023=100_000, d05_03_2023=9_000), "march.csv", as_of=datetime(2023, 3, 8, 12))
    assert claimed(desk).status == CONSISTENT
    desk.bring(facebook(made, d27_02_2023=120_000, d05_03_2023=9_000), "march again.csv", as_of=datetime(2023, 3, 7, 12))
    assert claimed(desk).words == "consistent", "the last look by 8 March says 100,000"
    desk.bring(facebook(made, d27_02_2023=125_000, d05_03_2023=9_000), "eighth.csv", as_of=datetime(2023, 3, 8, 12))
    assert claimed(desk).words == "differs by 10,000 or more" and "by 8 March 2023" in claimed(desk).finding


def test_an_export_from_before_the_figure_stood_sets_no_upper_bound(desk, made):
    desk.bring(claim_file(made, value_low=200_000, value_high=200_000, as_of="2023-03-20"), "claim.csv")
    desk.bring(facebook(made, d27_02_2023=90_000, d05_03_2023=20_000), "march.csv", as_of=datetime(2023, 3, 8, 12))
    assert claimed(desk).status == UNCHECKED
    assert claimed(desk).missing == ("2 posts of it were last exported before 20 March 2023: a later export is needed.",)
    desk.bring(facebook(made, d27_02_2023=95_000, d05_03_2023=25_000), "april.csv", as_of=datetime(2023, 4, 8, 12))
    assert claimed(desk).words == "differs by 30,000 or more"


def test_a_figure_of_paid_or_of_organic_reach_alone(desk, made):
    desk.bring(claim_file(made, value_low=110_000, value_high=110_000, paid="paid"), "claim.csv")
    desk.bring(facebook(made, d27_02_2023=300_000, d05_03_2023=20_000), "facebook.csv")
    assert claimed(desk).status == UNCHECKED and "count of the advertisements" in claimed(desk).finding
    (other,) = desk.rows("select upload_id from upload where format = 'figures'")
    uploads.undo(desk.store, str(other["upload_id"]))
    desk.bring(claim_file(made, value_low=110_000, value_high=110_000, paid="Organic"), "claim.csv")
    # The export does not say how much of the 300,000 was paid for, so it contradicts nothing.
    assert claimed(desk).status == CONSISTENT


def test_posts_of_another_campaign_are_not_taken_by_their_day(ledger, made):
    ledger.bring(facebook(made, d27_02_2023=900_000, d05_03_2023=50_000), "facebook.csv")
    assert standing(ledger)[TRUSTED].status == DIFFERS
    with ledger.store.transaction() as cursor:
        campaigns.append(cursor, "campaign", {"campaign": "Recruitment"})
    (post,) = ledger.rows("select network, post_key from post where reach = 900000")
    campaigns.decide(ledger.store, "Recruitment", [(post["network"], post["post_key"])], True)
    assert standing(ledger)[TRUSTED].missing == ("No Instagram export covers 27 February to 5 March 2023.",)


def test_stories_alone_cover_no_day(ledger, made):
    ledger.bring(facebook(made, d27_02_2023=120_000, d05_03_2023=50_000), "facebook.csv")
    ledger.bring(instagram(made, d27_02_2023=90_000, d05_03_2023=30_000), "instagram.csv")
    assert standing(ledger)[TRUSTED].status == CONSISTENT
    with ledger.store.transaction() as cursor:
        cursor.execute("update upload set format = 'instagram_stories' where format = 'instagram_posts'").fetchall()
    assert standing(ledger)[TRUSTED].missing == ("No Instagram export covers 27 February to 5 March 2023.",)


def test_a_campaign_is_alike_by_whole_words():
    assert alike_named("Trusted Adults campaign - March", TRUSTED) and alike_named("trusted adults", TRUSTED)
    assert not alike_named("Ads", "Roads") and not alike_named("", "Roads") and not alike_named("Trusted adult", TRUSTED)


def test_two_statements_of_one_fact_are_both_told_of_before_an_undo(desk, made):
    row = {"area": "Leicestershire Police", "campaign": "Roads", "measure": "campaign_reach", "unit": "people", "qualifier": "exact"}
    both = [row | {"value_low": value, "value_high": value, "published_wording": f"{value} people"} for value in (5_000, 6_000)]
    brought = desk.bring(made.figures(*both), "two.csv")
    assert [change.before for change in changed_by_undo(desk.store, brought.upload_id)] == [
        "5,000: cannot be checked",
        "6,000: cannot be checked",
    ]


def test_figures_that_an_undo_would_change_are_told_with_what_stands_then(desk, made):
    """Of a later statement the earlier one comes back; a figure stated as before changes nothing; another file's are not told of."""
    first = [{"value_low": 12, "value_high": 12, "unit": "arrests"}, {"measure": "warrants", "value_low": 3, "value_high": 3}]
    earlier = desk.bring(made.figures(*first), "june.csv", as_of=datetime(2025, 8, 1))
    desk.bring(made.figures({"operation": "Other", "value_low": 7, "value_high": 7}), "other.csv")
    of = "Lantern, 30 June to 6 July 2025, Exampleshire"
    assert claims.undoing(desk.store, earlier.upload_id).figures == [
        f"Arrests, {of}: 12 before the undo, not shown after it",
        f"Warrants, {of}: 3 before the undo, not shown after it",
    ]
    more = [{"value_low": 14, "qualifier": "more than"}, first[1], {"measure": "weapons_seized", "value_low": 1, "value_high": 1}]
    later = desk.bring(made.figures(*more), "july.csv", as_of=datetime(2025, 9, 1))
    assert claims.undoing(desk.store, later.upload_id).figures == [
        f"Arrests, {of}: more than 14 before the undo, 12 after it",
        f"Weapons seized, {of}: 1 before the undo, not shown after it",
    ]
    assert not claims.undoing(desk.store, earlier.upload_id), "what is superseded is not shown now either"
    assert {row["state"] for row in desk.store.rows("pages/uploads")} == {"in force"}
    with pytest.raises(Usage, match="there is none of that id"):
        claims.undoing(desk.store, "00000000")


def test_answer_for_a_journalist(ledger):
    words = claims.answer(standing(ledger)[TRUSTED])
    for part in (
        "Leicestershire Police, Trusted adults campaign: close to 220,000 people reached, as published.",
        "Published words: reached close to 220,000 people",
        "How they were counted was not stated.",
        "Period: 27 February to 5 March 2023 (campaign dates not stated)",
        "Networks: Facebook and Instagram",
        "Source: https://www.leics.police.uk/",
        "Held against the exports: cannot be checked.",
        "Accounts are not people",
    ):
        assert part in words


def test_a_revision_supersedes_and_keeps_the_old_figure(ledger):
    before = standing(ledger)[TRUSTED]
    stated = (205_000, "around", "around 205,000 accounts", "Counted again", "Head of news", "a person")
    said = claims.revise(ledger.store, before.claim, *stated)
    assert said == "Trusted adults campaign: around 205,000 stands now. Close to 220,000 is kept as superseded."
    now = standing(ledger)[TRUSTED]
    assert now.claim.words == "around 205,000" and fact(now.claim) == fact(before.claim)
    said = ledger.store.rows("pages/figure_statements", figure_id=now.claim.row["figure_id"])
    assert next((row["published_wording"], row["status"], row["note"], row["approved_by"], row["recorded_by"]) for row in said) == (
        "around 205,000 accounts",
        "revised",
        "Counted again",
        "Head of news",
        "a person",
    )
    assert said[1]["approved_by"] is None
    assert [row["published_wording"] for row in said][1] == "reached close to 220,000 people"
    with pytest.raises(Usage, match="as it stands"):
        claims.revise(ledger.store, now.claim, 205_000, "around", "around 205,000 accounts", "Again", by="a person")
    with pytest.raises(Usage, match="not whole"):
        claims.revise(ledger.store, now.claim, 1, "exact", "1 account", " ")
    (change,) = changed_by_undo(ledger.store, now.claim.row["upload_id"])
    assert (change.before, change.after) == ("around 205,000: cannot be checked", "close to 220,000: cannot be checked")
    uploads.undo(ledger.store, now.claim.row["upload_id"])
    assert standing(ledger)[TRUSTED].claim.words == "close to 220,000"


def test_undoing_the_figures_takes_the_claims_away(ledger):
    (upload,) = ledger.rows("select upload_id from upload")
    changes = changed_by_undo(ledger.store, str(upload["upload_id"]))
    assert {change.after for change in changes} == {None} and len(changes) == len(claims.verdicts(ledger.store))


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "expected"),
    [
        (134_000, None, "more than", (134_000, 134_999)),
        (None, 220_000, "close to", (215_000, 220_000)),
        (220_000, 220_000, "close to", (215_000, 225_000)),
        (278_000, 278_000, "a further", (277_500, 278_500)),
        (1_600_000, 1_600_000, "exact", (1_550_000, 1_650_000)),
        (12_345, 12_345, "exact", (12_345, 12_345)),
        (None, 4_000, "almost", (3_000, 4_000)),
        (500, 900, "exact", (500, 900)),
        (0, 0, "exact", (0, 0)),
        (None, 4_000, "up to", (0, 4_000)),
        (0, None, "more than", (0, 0)),
    ],
)
def test_what_a_published_number_can_stand_for(low, high, qualifier, expected):
    assert allowed(low, high, qualifier) == expected


def test_networks_are_read_from_words():
    assert networks_named("facebook, instagram") == (("facebook", "instagram"), ())
    assert networks_named("X and LinkedIn; Facebook") == (("x", "linkedin", "facebook"), ())
    assert networks_named("Facebook, Myspace") == (("facebook",), ("Myspace",))
    assert networks_named(None) == ((), ())


days = st.integers(0, 40)


@given(st.lists(st.tuples(days, days).map(sorted), max_size=6), st.tuples(days, days).map(sorted))
def test_days_left_out_are_those_in_no_period(periods, asked):
    start = date(2023, 1, 1)
    on = [tuple(start + timedelta(days=day) for day in period) for period in periods]
    first, last = (start + timedelta(days=day) for day in asked)
    left = {gap[0] + timedelta(days=n) for gap in days_left_out(on, first, last) for n in range((gap[1] - gap[0]).days + 1)}
    every = {first + timedelta(days=n) for n in range((last - first).days + 1)}
    assert left == {day for day in every if not any(one <= day <= other for one, other in on)}
