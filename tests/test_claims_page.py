"""The Claims page, and the claims that the Upload page lists before an undo."""

from __future__ import annotations

from reach import claims
from test_claims import OTHER, TRUSTED, advertisements, facebook, instagram
from test_pages import HOSTILE, bring, first_start, known, show  # noqa: F401


def test_claims_are_listed_worst_first(show, made, bring):  # noqa: F811
    page = show("claims")
    rows = page.table("Status", "Published", "What the exports show")
    assert {row["Status"] for row in rows} == {"Cannot be checked"} and len(rows) == 3
    assert [row["Definition"] for row in rows] == ["Campaign reach"] * 3
    assert page.links.count("/definitions?definition=campaign_reach") == 3
    assert page.cards == [["Cannot be checked", "3", "What is held does not cover all that it names. What is missing is said."]]
    bring(facebook(made, d27_02_2023=150_200, d28_02_2023=128_100), "facebook.csv")
    page = show("claims")
    rows = page.table("Status", "Published", "What the exports show")
    assert next((row["Status"], row["Of"]) for row in rows) == ("Looks added", OTHER)
    assert "278,300" not in page.words, "the sum of posts is no number of people"
    assert next(row["status"] for row in page.data("Claims as CSV")) == "looks added"


def test_from_a_claim_to_its_evidence(show, known, made, bring):  # noqa: F811
    upload = bring(facebook(made, d27_02_2023=120_000, d05_03_2023=50_000), "facebook.csv")
    bring(advertisements(made, 218_450), "ads.csv")
    claim = next(one for one in claims.verdicts(known()) if one.claim.subject == TRUSTED)
    page = show("claims", claim=claim.claim.row["figure_id"])
    assert "close to 220,000: reproduced" in page.words
    posts = page.table("Published", "Network", "Reach", "File and record")
    assert [(row["Reach"], row["File and record"]) for row in posts] == [
        ("120,000", "facebook.csv, record 1"),
        ("50,000", "facebook.csv, record 2"),
    ]
    totals = page.table("Advertisements", "Reach")
    assert [row["Reach"] for row in totals] == ["218,450", "9,000"]
    assert f"/sources?upload={upload}" in page.links
    assert f"/sources?figure={claim.claim.row['figure_id']}" in page.links
    (answer,) = [one.value for one in page.at.code]
    assert answer == claims.answer(claim) and "Held against the exports: reproduced." in answer


def test_a_figure_is_superseded_on_the_page(show, known):  # noqa: F811
    claim = next(one for one in claims.verdicts(known()) if one.claim.subject == TRUSTED)
    page = show("claims", claim=claim.claim.row["figure_id"])
    page.at.number_input[0].set_value(205_000)
    page.press("Supersede it")
    assert "The revision is not whole yet." in page.words
    words, why, approved = page.at.text_input
    words.set_value("about 205,000 accounts")
    why.set_value("Counted again " + HOSTILE)
    approved.set_value("Head of news " + HOSTILE)
    page.press("Supersede it")
    now = next(one for one in claims.verdicts(known()) if one.claim.subject == TRUSTED)
    assert now.claim.words == "close to 205,000"
    page = show("claims", claim=now.claim.row["figure_id"])
    revisions = page.table("State", "Value", "Approved by", "Note")
    assert [row["Value"] for row in revisions] == ["close to 205,000", "close to 220,000"]
    assert "Counted again ![x](" in revisions[0]["Note"] and "img" not in page.tags
    assert revisions[0]["Approved by"].startswith("Head of news ![x](") and revisions[1]["Approved by"] == "not stated"


def test_other_areas_and_an_empty_record(show, known):  # noqa: F811
    other = show("claims", area="Yorkshire and the Humber")
    assert "the exports held are of Leicestershire Police" in other.words
    assert {row["Definition"] for row in other.table("Status", "Definition")} == {"Campaign reach", "Campaign reach, aged 13 to 17"}
    assert "/definitions?definition=campaign_reach_13_to_17" in other.links
    from reach import uploads

    for row in known().rows("pages/uploads"):
        uploads.undo(known(), str(row["upload_id"]))
    assert "No figure of reach with the words of a publication is held" in show("claims").words


def test_text_of_files_is_shown_as_text(show, made, bring):  # noqa: F811
    words = {"campaign": HOSTILE, "published_wording": HOSTILE, "note": HOSTILE, "network": "facebook", "area": "Leicestershire Police"}
    row = {"measure": "campaign_reach", "value_low": 5000, "value_high": 5000, "qualifier": "exact", "source": HOSTILE, **words}
    bring(
        made.figures(row, {**row, "value_low": 6000, "value_high": 6000, "campaign": "Other " + HOSTILE}), f"{HOSTILE.replace('/', '')}.csv"
    )
    ledger, combined = show("claims"), show("combined").pick("combined-shape", "Table")
    assert "![x](" in ledger.words and "![x](" in combined.words
    for page in (ledger, combined):
        assert not {"img", "script"} & page.tags
        assert not any(HOSTILE in one.value for one in page.at.markdown)


def test_undo_lists_the_claims_that_would_change_first(show, known, made, bring):  # noqa: F811
    bring(facebook(made, d27_02_2023=120_000, d05_03_2023=50_000), "facebook.csv")
    other = bring(instagram(made, d27_02_2023=90_000, d05_03_2023=30_000), "instagram.csv")
    page = show("upload")
    page.at.get_by_key(f"act-{other}").click()
    page.run()
    (row,) = page.table("Claim", "Now", "After the undo")
    assert row == {"Claim": TRUSTED, "Now": "close to 220,000: consistent", "After the undo": "close to 220,000: cannot be checked"}
    assert {one["state"] for one in known().rows("pages/uploads")} == {"in force"}
    page.press("Leave it in force")
    assert not page.has_table("Claim", "After the undo")
    page.at.get_by_key(f"act-{other}").click()
    page.run()
    page.press("Undo it all the same")
    assert [one["state"] for one in known().rows("pages/uploads") if str(one["upload_id"]) == other] == ["undone"]
    assert not page.has_table("Claim", "After the undo")


def test_undo_that_changes_no_claim_is_done_at_once(show, known, made, bring):  # noqa: F811
    upload = bring(made.facebook(made.post(1, Reach="5")), "june.csv")
    page = show("upload")
    page.at.get_by_key(f"act-{upload}").click()
    page.run()
    assert [one["state"] for one in known().rows("pages/uploads") if str(one["upload_id"]) == upload] == ["undone"]


def test_undo_lists_the_figures_that_would_change_first(show, known, made, bring):  # noqa: F811
    rows = [{"operation": f"Op {place:02d}", "value_low": place, "value_high": place} for place in range(1, 24)]
    upload = bring(made.figures(*rows, {"operation": HOSTILE, "value_low": 5, "value_high": 5}), "arrests.csv")
    page = show("upload")
    page.at.get_by_key(f"act-{upload}").click()
    page.run()
    assert "Undoing this would change 24 figures:" in page.words
    assert page.words.count("before the undo, not shown after it") == 20 and "and 4 more" in page.words
    assert not page.has_table("Claim", "After the undo") and not {"img", "script"} & page.tags
    assert [row["state"] for row in known().rows("pages/uploads") if str(row["upload_id"]) == upload] == ["in force"]
    page.press("Undo it all the same")
    assert [row["state"] for row in known().rows("pages/uploads") if str(row["upload_id"]) == upload] == ["undone"]
    assert "Undoing this would change" not in page.words


def test_a_figure_of_views_is_shown_in_views_and_kept_off_the_tracks_of_reach(show, known, made, bring):  # noqa: F811
    force = {"area": "Leicestershire Police", "campaign": "Lantern", "operation": "", "published_wording": "12,000 views"}
    of = {"measure": "campaign_views", "network": "facebook", "value_low": 12_000, "value_high": 12_000, "qualifier": "exact"}
    bring(made.figures(force | of), "views.csv")
    posts = [made.post(day, **{"Publish time": f"0{6 + day // 10}/{day % 30 or 30}/2025 10:00", "Views": 6_000}) for day in (1, 30)]
    posts[1]["Publish time"], posts[0]["Publish time"] = "07/06/2025 10:00", "06/30/2025 10:00"
    bring(made.facebook(*posts), "facebook.csv")
    (claim,) = [one for one in claims.verdicts(known()) if one.claim.displays]
    page = show("claims", claim=claim.claim.row["figure_id"])
    (row,) = [row for row in page.table("Status", "Published", "Definition", "What the exports show") if row["Of"] == "Lantern"]
    assert (row["Published"], row["Definition"]) == ("12,000 views", "Campaign views")
    assert "12,000 views together" in row["What the exports show"] and "12,000 views: consistent" in page.words
    assert [one["Views"] for one in page.table("Published", "Network", "Views", "File and record")] == ["6,000", "6,000"]
    assert "Their views are added within one network only." in page.words
    (answer,) = [one.value for one in page.at.code]
    assert answer == claims.answer(claim) and "12,000 views, as published." in answer
    combined = show("combined")
    assert "Figures of views and impressions count displays, not accounts, so they are not combined with reach" in combined.words
    assert not any("12,000" in option for option in combined.at.multiselect[0].options)
    overview = show("overview")
    assert "Campaign views" not in str([one.options for one in overview.at.selectbox]) and "12,000" not in overview.words
