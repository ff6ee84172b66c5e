"""The Campaigns page, the campaign filters of other pages, and campaigns as files, as a person meets them."""

# ruff: noqa: F811

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from reach import campaign_files, campaigns
from reach.campaigns import Rule
from reach.errors import Refused
from reach.pages.campaigns import AIMS, EVALUATION
from test_ads import ads
from test_campaigns import numbered, wanted
from test_pages import HOSTILE, JULY, bring, first_start, known, show  # noqa: F401 (fixtures)

PUBLISHED = Path(__file__).resolve().parents[1] / "data" / "published" / "campaigns.csv"
KNOWN = ["#KnowTheSigns week", "Other County Lines posts", "Trusted adults campaign"]
WEEK = "County Lines Intensification Week, 27 February to 5 March 2023"


def acts(store: Any) -> list[tuple[str, str]]:
    return [(row["act"], row["subject"]) for row in store.rows("pages/audit", most_rows=50) if row["recorded_by"] != "first start"]


# --- the page -------------------------------------------------------------------------------------------------


def test_the_three_known_campaigns_are_listed_with_what_was_published_of_them(show):
    screen = show("campaigns")
    rows = screen.table("Campaign", "Status", "Posts")
    assert sorted(row["Campaign"] for row in rows) == KNOWN
    assert {row["Status"] for row in rows} == {"not stated"}
    assert "/campaigns?campaign=%23KnowTheSigns%20week" in screen.links
    for name, value, wording in (
        ("#KnowTheSigns week", "more than 134,000", "more than 134,000 people"),
        ("Trusted adults campaign", "close to 220,000", "reached close to 220,000 people"),
        ("Other County Lines posts", "a further 278,000", "a further 278,000"),
    ):
        (row,) = show("campaigns", campaign=name).table("Measure", "Published wording")
        assert row["Value"].startswith(value)
        assert wording in row["Published wording"]


def test_an_operation_that_a_figure_names_beside_a_campaign_is_shown_as_such(show):
    (row,) = show("campaigns", campaign="#KnowTheSigns week").table("Operation", "Said by")
    assert (row["Operation"], row["Said by"]) == ("County Lines Intensification Week, 13 to 20 May 2019", "1 figure")


def test_a_campaign_s_posts_and_totals_equal_the_file_s(show, made, bring, known):
    texts = ["#Signs one", "two #signs", "three", "#signs four"]
    posts = [{**post, "Reach": str(100 * number)} for number, post in enumerate(numbered(made, texts), 1)]
    posts[3]["Views"] = ""
    bring(made.facebook(*posts), stated=JULY)
    for name in ("Trusted adults campaign", "Other County Lines posts"):
        campaigns.record_rule(known(), Rule(name, hashtag="signs"))
    campaigns.decide(known(), "Trusted adults campaign", [("facebook", posts[2]["Post ID"])], True)
    screen = show("campaigns", campaign="Trusted adults campaign")
    assert "4 posts of this campaign: 3 by its rules, 1 by hand. 3 of them are in another campaign too" in screen.words
    (row,) = screen.table("Network", "Highest reach of one post")
    assert row == {"Network": "Facebook", "Posts": "4", "Highest reach of one post": "400", "Views": "6 (of 3 posts)"}
    assert sorted(row["Post id"] for row in screen.data("List as CSV")) == sorted(post["Post ID"] for post in posts)


def test_a_rule_is_previewed_before_it_is_saved_and_then_tags(show, made, bring, known):
    bring(made.facebook(*numbered(made, ["#signs one", "two #signs", "three"])), stated=JULY)
    campaigns.record_rule(known(), Rule("Other County Lines posts", words="one"))
    screen = show("campaigns", campaign="Trusted adults campaign", part="Which posts belong")
    screen.pick("rule-hashtag", "#Signs")
    assert "This will tag 2 posts, 1 of them already in another campaign." in screen.words
    assert known().rows("pages/campaign_rules", campaign="Trusted adults campaign") == []
    screen.press("Save the rule")
    assert "Rule saved: Hashtag #Signs." in screen.words and "Hashtag #Signs. Tags 2 posts." in screen.words
    assert screen.at.get_by_key("rule-hashtag").value == "" and "A new rule:" in screen.words
    screen.press("Change")
    screen.pick("rule-words", "two")
    assert "This will tag 1 post, 0 of them already in another campaign; 0 new to this one." in screen.words
    screen.press("Save the rule")
    assert "Tags 1 post." in screen.words
    screen.at.get_by_key(next(one.key for one in screen.at.button if one.key and one.key.startswith("retire-"))).click()
    screen.run()
    assert "Rule retired" in screen.words and "Tags" not in screen.words
    assert [act for act, _ in acts(known())][:3] == ["retired tagging rule", "changed tagging rule", "recorded tagging rule"]


def test_a_rule_by_the_name_of_an_ad_campaign_tags_its_advertisements(show, bring, known):
    campaign = "Trusted adults campaign"
    total, march = "2023-02-27,2023-03-05,,,,900000,1500000,100", "2023-02-27,2023-03-05"
    signs = f"{march},Signs: spring <b>x</b>,Reel,120210000000000123,215000,400000,80"
    rows = [signs, f"{march},Design spring,Still,120210000000000456,9,9,1"]
    bring(ads(total, *rows), "ads.csv", account="Example")
    screen = show("campaigns", campaign=campaign, part="Which posts belong")
    screen.pick("rule-ad-campaign", "SIGNS spring")
    assert "This will tag the advertisements of 1 advertising campaign: Signs: spring <b>x</b>." in screen.words
    screen.press("Save the rule")
    assert "Ad campaigns with 'SIGNS spring' in their name. Tags 1 advertisement." in screen.words
    (row,) = show("campaigns", campaign=campaign).table("Advertising campaign", "Level", "Reach", "Spend")
    assert row["Advertising campaign"] == "Signs: spring <b>x</b>: Reel" and row["File and record"] == "ads.csv, record 2"
    assert (row["Level"], row["Reach"], row["Impressions"], row["Spend"]) == ("ad", "215,000", "400,000", "80 GBP")
    assert known().rows("pages/campaign_rules", campaign=campaign)[0]["ads"] == 1
    assert known().rows("marts/campaign_post") == [], "it tags no posts"
    campaigns.set_status(known(), campaign, campaigns.RETIRED)
    assert known().rows("pages/campaign_ads", campaign=campaign, sample=False) == []


def test_a_rule_by_an_ad_campaign_has_no_words_of_posts(show):
    screen = show("campaigns", campaign="Trusted adults campaign", part="Which posts belong")
    screen.pick("rule-ad-campaign", "Signs").pick("rule-words", "signs")
    assert "A rule by the name of an ad campaign tags advertisements" in screen.words
    assert all(one.label != "Save the rule" for one in screen.at.button)


def test_a_rule_that_cannot_be_says_why(show):
    screen = show("campaigns", campaign="Trusted adults campaign", part="Which posts belong").pick("rule-hashtag", "two words")
    assert "a hashtag is letters, digits and _ only" in screen.words
    assert not [one for one in screen.at.button if one.label == "Save the rule"]


def test_posts_go_in_and_out_by_hand(show, made, bring, known):
    posts = numbered(made, ["one #signs", "two"])
    bring(made.facebook(*posts), stated=JULY)
    campaigns.record_rule(known(), Rule("Trusted adults campaign", hashtag="signs"))
    screen = show("campaigns", campaign="Trusted adults campaign", part="Which posts belong")
    (choice,) = screen.at.get_by_key("hand-in").options
    assert choice.endswith("Facebook: two")
    screen.at.get_by_key("hand-in").select(choice)
    screen.run().press("Put them in")
    assert "1 post put into Trusted adults campaign by hand." in screen.words
    screen.at.get_by_key("hand-out").select(choice)
    screen.run().press("Take them out")
    assert "1 post taken out" in screen.words
    assert [row["Decision"] for row in screen.table("Post", "Decision")] == ["out"]
    assert len(known().rows("marts/campaign_post")) == 1


def test_of_a_long_list_the_newest_posts_are_shown_and_then_all(show, made, bring, known, monkeypatch):
    monkeypatch.setattr("reach.pages.campaigns.MOST_LISTED", 2)
    bring(made.facebook(*numbered(made, ["one #signs", "two #signs", "three #signs"])), stated=JULY)
    campaigns.record_rule(known(), Rule("Trusted adults campaign", hashtag="signs"))
    screen = show("campaigns", campaign="Trusted adults campaign")
    assert "3 posts. The newest 2 are listed." in screen.words
    assert [row["Text"] for row in screen.data("List as CSV")] == ["three #signs", "two #signs"]
    screen.at.get_by_key("campaign-all").set_value(True)
    screen.run()
    assert "3 posts. Tick a row" in screen.words
    assert [row["Text"] for row in screen.data("List as CSV")] == ["three #signs", "two #signs", "one #signs"]


def test_a_campaign_is_recorded_on_the_page_changed_and_retired(show, known):
    screen = show("campaigns")
    field = {one.label.split(":")[0]: one for one in (*screen.at.text_input, *screen.at.text_area, *screen.at.selectbox)}
    field["Name"].set_value("Summer nights")
    field["Objective"].set_value("Fewer incidents")
    field["Status"].set_value("planned")
    field["Target audience, as a population"].set_value("Residents, all ages, Leicester")
    screen.at.number_input[0].set_value(1200.0)
    screen.at.multiselect[0].select(screen.at.multiselect[0].options[0])
    screen.press("Record this campaign")
    assert "Summer nights: recorded." in screen.words
    (row,) = [row for row in known().rows("pages/campaigns") if row["campaign"] == "Summer nights"]
    assert (row["objective"], row["status"], row["budget"]) == ("Fewer incidents", "planned", 1200)
    assert (row["population"], row["population_area"]) == ("Residents, all ages", "Leicester")
    assert len(known().rows("pages/campaign_operations", campaign="Summer nights")) == 1
    screen = show("campaigns", campaign="Summer nights", part="Record")
    assert "£1,200" in screen.words and "Residents, all ages, Leicester" in screen.words
    screen = show("campaigns", campaign="Summer nights", part="Change or retire")
    (note,) = [one for one in screen.at.text_area if one.label == "What a reader must know"]
    note.set_value("Only by night")
    screen.press("Save the changes")
    assert "Summer nights: changed." in screen.words
    screen.press("Retire this campaign")
    assert "Summer nights: retired." in screen.words
    subject = [act for act, subject in acts(known()) if subject == "Summer nights"]
    assert subject == ["retired campaign", "changed campaign", "recorded campaign"]
    (row,) = [row for row in known().rows("pages/campaigns") if row["campaign"] == "Summer nights"]
    assert (row["objective"], row["note"], row["budget"]) == ("Fewer incidents", "Only by night", 1200)


def test_a_name_that_is_taken_is_refused_on_the_page(show, known):
    screen = show("campaigns")
    screen.at.text_input[0].set_value("trusted ADULTS campaign")
    screen.press("Record this campaign")
    assert "There is a campaign called 'Trusted adults campaign' already." in screen.words
    assert len(known().rows("pages/campaigns")) == 3


def test_what_people_write_is_shown_as_text(show, made, bring, known):
    bring(made.facebook(*numbered(made, [HOSTILE])), stated=JULY)
    of_it = (*(column for column, _, _ in (*AIMS, *EVALUATION)), "networks", "note", "source")
    said = dict.fromkeys(of_it, HOSTILE)
    campaigns.create(known(), {"campaign": HOSTILE, **said, "date_note": HOSTILE})
    campaigns.record_rule(known(), Rule(" ".join(HOSTILE.split()), words="javascript:alert(3)"))
    (row,) = [row for row in known().rows("pages/campaigns") if row["objective"]]
    assert row["posts"] == 1
    for view in ("Posts and figures", "Record", "Which posts belong", "Change or retire"):
        screen = show("campaigns", campaign=row["campaign"], part=view)
        assert not screen.tags & {"img", "script"}
        assert not [link for link in screen.links if link.startswith("javascript")]
    for screen in (show("campaigns"), show("trends", part="Evaluation", campaign=row["campaign"])):
        assert not screen.tags & {"img", "script"}


def test_the_wording_of_an_impact_is_looked_at_while_it_is_written_and_where_it_is_read(show, known):
    """In its box the campaign goes without saying, and a causal word between it and enforcement is found all the same."""
    name = "Trusted adults campaign"
    screen = show("campaigns", campaign=name, part="Change or retire")
    (impact,) = [one for one in screen.at.text_area if one.label.startswith("Impact: ")]
    impact.set_value("More reports in March. Led to 76 arrests.")
    screen.run()
    assert "Check the wording: 'Led to' says that one made the other happen" in screen.words
    screen.press("Save the changes")
    assert f"{name}: changed." in screen.words, "it advises and stops nobody"
    screen = show("trends", part="Evaluation", campaign=name)
    assert "More reports in March. Led to 76 arrests. (written " in screen.words and "'Led to' says that one made" in screen.words


def test_posts_and_overview_are_filtered_by_campaign(show, made, bring, known):
    posts = numbered(made, ["#signs one", "two", "#signs three"])
    for number, post in enumerate(posts, 1):
        post["Reach"] = str(number * 10)
    bring(made.facebook(*posts), stated=JULY)
    campaigns.record_rule(known(), Rule("Trusted adults campaign", hashtag="signs"))
    listed = show("posts", **{"posts-campaign": "Trusted adults campaign"}).data("List as CSV")
    assert {row["Post id"] for row in listed} == {posts[0]["Post ID"], posts[2]["Post ID"]}
    assert {row["Campaigns"] for row in listed} == {"Trusted adults campaign"}
    screen = show("overview", campaign="Trusted adults campaign")
    assert [card[1] for card in screen.cards if card[0] == "Posts held"] == ["2"]
    screen.pick("timeline-shape", "Table")
    assert sorted(row["Value"] for row in screen.table("What", "Value") if row["What"].startswith("Post")) == ["10", "30"]


# --- as files -------------------------------------------------------------------------------------------------


def test_the_shipped_file_is_in_the_form_that_is_read(desk):
    assert len(campaign_files.bring(desk.store, PUBLISHED.read_bytes(), "campaigns.csv")) == 3
    again = campaign_files.bring(desk.store, PUBLISHED.read_bytes(), "campaigns.csv")
    assert all(line.endswith("nothing changed.") for line in again)


def test_what_is_written_is_read_again_as_the_same(known, show):
    held = known()
    said = {"campaign": "=1+1", "budget": "12.5", "status": "ended", "impact": "-12% in\nMarch"}
    campaigns.create(held, said, [(WEEK, "Leicestershire Police")])
    data = campaign_files.as_file(held).encode("utf-8-sig")
    assert all(line.endswith("nothing changed.") for line in campaign_files.bring(held, data, "campaigns.csv"))
    (row,) = [row for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"))) if row["budget"]]
    assert (row["campaign"], row["impact"]) == ("'=1+1", "'-12% in\nMarch")


def test_a_file_changes_what_it_has_and_leaves_what_it_has_not(known, show):
    held = known()
    name = "Trusted adults campaign"
    campaigns.record(held, {"campaign": name, "objective": "kept", "status": "ended"})
    data = f"campaign,status,start_date,budget,operations\n{name},,27/02/2023,\"£1,200\",\"{WEEK} | Leicestershire Police\"\n".encode()
    assert campaign_files.bring(held, data, "c.csv", keep=False) == [f"{name}: changed."]
    assert [row["start_date"] for row in held.rows("pages/campaigns") if row["campaign"] == name] == [None]
    campaign_files.bring(held, data, "c.csv")
    (row,) = [row for row in held.rows("pages/campaigns") if row["campaign"] == name]
    assert (row["objective"], row["status"], str(row["start_date"]), row["budget"]) == ("kept", None, "2023-02-27", 1200)
    assert row["note"].startswith("Its reach must not be added")
    assert {one["operation"] for one in held.rows("pages/campaign_operations", campaign=name) if one["linked"]} == {WEEK}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no column 'campaign'"),
        ("name\nx\n", "no column 'campaign'"),
        ("campaign,reach\nx,1\n", "column 'reach' is not known"),
        ("campaign,note,note\nx,1,2\n", "column 'note' is there twice"),
        ("campaign\n", "no campaign under its headings"),
        ("campaign,note\nx\n", "line 2: it has 1 cells and not 2"),
        ("campaign,start_date\ngood,2023-01-01\nx,30/02/2023\n", "line 3, start_date: '30/02/2023' is no day"),
        ("campaign,budget\nx,lots\n", "line 2, budget: 'lots' is no amount"),
        ("campaign,budget\nx,-5\n", "the budget must be between"),
        ("campaign,status\ngood,ended\nx,paused\n", "'paused' is no status"),
        ("campaign,operations\nx,None such\n", "'None such' is no operation that is recorded"),
        ("campaign,note\n,x\n", "The campaign has no name"),
        ("campaign,start_date,end_date\nx,2023-02-01,2023-01-01\n", "it would end before it starts"),
    ],
)
def test_a_file_that_cannot_be_is_refused_whole(desk, text, said):
    before = desk.size()
    with pytest.raises(Refused) as error:
        campaign_files.bring(desk.store, text.encode(), "c.csv")
    assert said in str(error.value) and "\n" not in str(error.value)
    assert desk.size() == before


def test_a_new_edition_of_the_record_overwrites_nothing_that_a_person_said(known, show):
    from reach import ledger

    held = known()
    campaigns.record(held, {"campaign": "Trusted adults campaign", "objective": "theirs"})
    with held.transaction() as cursor:
        assert ledger.record(cursor, PUBLISHED, "first start") == 2
    (row,) = [row for row in held.rows("pages/campaigns") if row["campaign"] == "Trusted adults campaign"]
    assert row["objective"] == "theirs"


def test_the_command_lists_campaigns_and_records_a_file(reach, tmp_path):
    (tmp_path / "c.csv").write_text("campaign,status\nSummer nights,planned\n", encoding="utf-8")
    done = reach("campaigns", "c.csv")
    assert (done.returncode, done.stdout) == (0, "Summer nights: recorded.\n"), done.stderr
    listed = json.loads(reach("campaigns", "--json").stdout)
    assert sorted(row["campaign"] for row in listed) == sorted([*KNOWN, "Summer nights"])
    (tmp_path / "bad.csv").write_text("campaign,status\nx,paused\n", encoding="utf-8")
    refused = reach("campaigns", "bad.csv")
    assert (refused.returncode, refused.stdout) == (4, "")
    assert "'paused' is no status" in refused.stderr and "Traceback" not in refused.stderr
    assert reach("campaigns", "not there.csv").returncode == 2


def test_a_day_is_a_london_day(desk, made):
    """23:30 on 30 June in California is the morning of 1 July in London."""
    from datetime import date

    late = made.post(1, **{"Publish time": "06/30/2025 23:30"})
    early = made.post(2, **{"Publish time": "06/30/2025 15:30"})
    desk.bring(made.facebook(late, early), as_of=datetime(2025, 8, 1))
    campaigns.create(desk.store, {"campaign": "June"})
    rule = Rule("June", date_from=date(2025, 6, 1), date_to=date(2025, 6, 30))
    campaigns.record_rule(desk.store, rule)
    assert [row["post_key"] for row in desk.rows("select * from campaign_post")] == [early["Post ID"]]
    assert wanted(rule, "") is False
