"""The Definitions page, and the definitions that other pages name."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest

from reach import candidates, editions, uploads
from reach.definitions import MEASURES
from reach.dictionary import CHANGES, ENTRIES, ENTRY
from reach.pages import _age
from test_pages import GOLDEN, bring, first_start, known, show

__all__ = ["bring", "first_start", "known", "show"]


def test_every_definition_is_in_the_list(show):
    screen = show("definitions", which="All definitions")
    listed = screen.table("Definition", "Unit")
    assert sorted(row["Definition"] for row in listed) == sorted(one.label for one in ENTRIES)
    assert f"{len(ENTRIES)} definitions." in screen.words


def test_list_begins_with_what_exports_of_networks_hold(show):
    screen = show("definitions")
    listed = {row["Definition"]: row for row in screen.table("Definition", "Unit")}
    assert listed["Reach (Facebook, Instagram)"]["Estimated or counted"] == "estimated"
    assert listed["Unique viewers by day (YouTube)"]["Unit"] == "viewers"
    assert listed["Views by day (YouTube, to 30 March 2025)"]["Holds"] == "to 30 March 2025; not known since when"
    assert "Reach (as Orlo gives it)" not in listed and "Arrests" not in listed
    assert f"{len(ENTRIES) - len(listed)} more under another choice" in screen.words


@pytest.mark.parametrize(("words", "found"), [
    ("shorts 31 march", {"Views (YouTube)"}),
    ("Shorts plays", {"Views (YouTube)", "Views by day (YouTube, to 30 March 2025)", "Engaged views by day"}),
    ("retweets", {"Impressions (X)", "Shares of posts"}),
    ("POTENTIAL audience", set()),
    ("no such words", set()),
])
def test_definitions_are_searched(show, words, found):
    screen = show("definitions", search=words)
    listed = screen.table("Definition", "Unit") if screen.has_table("Definition", "Unit") else []
    assert {row["Definition"] for row in listed} >= found
    if not found:
        assert "0 definitions" in screen.words


def test_figures_are_listed_with_their_own_units(show):
    listed = {row["Definition"]: row["Unit"] for row in show("definitions", which="Published figures").table("Definition", "Unit")}
    assert set(listed) == {measure.label for measure in MEASURES}
    assert listed["Children and young people at talks"] == "people in a room or online"
    assert listed["Campaign reach"] == "people or accounts, as published"


def test_address_opens_one_definition(show):
    screen = show("definitions", definition="views-youtube-day")
    assert screen.words.count("Every start or replay of a Short counts.") >= 1
    assert "from 31 March 2025" in screen.words and "on one side of a change" in screen.words
    assert {"Export": "YouTube days (YouTube Studio, totals or table by date)", "Column": "Views"} in screen.table("Export", "Column")
    mine = next(table for one in screen._html for table in one.tables if "How sure" in table[0])
    assert [row[0] for row in mine[1]] == ["31 March 2025"], "the entry's own changes come before the whole list"


@pytest.mark.parametrize("asked", ["nothing", "", "<img src=x>", "reach"])
def test_address_of_no_definition_says_so(show, asked):
    screen = show("definitions", definition=asked)
    assert ("There is no definition of that name." in screen.words) == bool(asked)
    assert "img" not in screen.tags


def test_changes_over_time_are_listed_oldest_first_with_how_sure_they_are(show):
    rows = show("definitions").table("When", "How sure")
    assert len(rows) == len(CHANGES)
    assert rows[0]["When"] == "to 30 November 2016" and rows[0]["Charts break"] == "no, a name or an export only"
    (shorts,) = [row for row in rows if row["Networks"] == "YouTube"]
    assert (shorts["When"], shorts["Charts break"], shorts["How sure"]) == ("31 March 2025", "yes", "the day")
    (reach,) = [row for row in rows if row["When"] == "1 January to 31 October 2025"]
    assert reach["Before"] == "Reach" and reach["Networks"] == "Facebook"


def test_comparing_unlike_definitions_is_refused_in_a_sentence(show):
    screen = show("definitions")
    assert "No. Reach (Facebook, Instagram) and Viewers (Facebook, Instagram) both count accounts, but not in the same way." in screen.words
    screen.pick("compare-with", "reach-meta")
    assert "Yes: Reach (Facebook, Instagram) is one definition" in screen.words and "values are never added" in screen.words
    screen.pick("compare", "arrests").pick("compare-with", "people_charged")
    assert "No. Arrests and People charged count different things (arrests, and people)." in screen.words


AUGUST = (datetime(2026, 8, 1), "file name")


# --- other pages name the definition of what they show --------------------------------------------------------------------


def youtube(*days: tuple[str, int]) -> bytes:
    lines = [f"{day},{views},1.5" for day, views in days]
    return "\n".join(["Date,Views,Watch time (hours)", *lines, ""]).encode()


SPRING = youtube(("2025-03-29", 10), ("2025-03-30", 20), ("2025-03-31", 300), ("2025-04-01", 400))


def test_days_are_not_totalled_over_a_change(show, bring):
    bring(SPRING, "Totals.csv", account="Example Police")
    screen = show("more")
    assert screen.summary == (
        "In words. Views were given for 4 days. The definition changes: Shorts views counted anew, on 31 March 2025, so the days of each "
        "side stand apart. 29 to 30 March 2025: from 10 to 20, adding up to 30. 31 March to 1 April 2025: from 300 to 400, adding up to "
        "700."
    )
    assert "730" not in screen.words
    assert {"/definitions?definition=views-youtube-day-to-2025", "/definitions?definition=views-youtube-day"} <= set(screen.links)
    charts = [json.loads(one.proto.spec) for one in screen.at.get("plotly_chart")]
    assert [len(chart["layout"]["shapes"]) for chart in charts] == [1, 1], "a line on the wide and on the narrow picture"


def test_each_day_in_the_table_names_its_definition(show, bring):
    bring(SPRING, "Totals.csv", account="Example Police")
    screen = show("more").pick("days-shape", "Table")
    assert [(row["Day"], row["Definition"], row["Views"]) for row in screen.table("Day", "Definition")] == [
        ("29 March 2025", "Views by day (YouTube, to 30 March 2025)", "10"),
        ("30 March 2025", "Views by day (YouTube, to 30 March 2025)", "20"),
        (
            "Change, on 31 March 2025",
            "Shorts views counted anew. YouTube counts every start or replay of a Short as a view. What it counted before lives on as "
            "engaged views.",
            "",
        ),
        ("31 March 2025", "Views by day (YouTube, from 31 March 2025)", "300"),
        ("1 April 2025", "Views by day (YouTube, from 31 March 2025)", "400"),
    ]
    assert screen.links.count("/definitions?definition=views-youtube-day") >= 2


def test_days_on_one_side_of_a_change_are_totalled(show, bring):
    bring(youtube(("2025-04-01", 400), ("2025-04-02", 500)), "Totals.csv", account="Example Police")
    screen = show("more")
    assert "They add up to 900 over the days shown." in screen.summary and "changes" not in screen.summary


def facebook(made: Any, *posts: tuple[int, str, str]) -> bytes:
    return made.facebook(*(made.post(number, **{"Publish time": at, "Reach": reach, "Views": "7"}) for number, at, reach in posts))


def test_overview_draws_a_line_between_posts_that_are_not_counted_alike(show, made, bring):
    bring(facebook(made, (1, "03/02/2023 10:30", "1000"), (2, "07/02/2026 10:30", "2000")), stated=AUGUST)
    screen = show("overview")
    assert (
        "2 posts are measured, over a change of definition, so they are not compared with one another: Reach gives way to Viewers, "
        "some time from 15 June 2025 to 15 June 2026"
    ) in screen.summary
    assert "Line a, some time from 15 June 2025 to 15 June 2026: Reach gives way to Viewers." in screen.words
    screen.pick("timeline-shape", "Table")
    rows = screen.table("What", "Value")
    assert [row["Last day"] for row in rows if row["What"] == "Change of definition"] == ["15 June 2026"]
    assert {row["Definition"] for row in rows if row["What"].startswith("Post")} == {"Reach (Facebook, Instagram)"}
    assert {row["Definition"] for row in rows if row["What"] == "People reached"} == {"Campaign reach"}


def test_overview_draws_no_line_where_all_posts_are_on_one_side(show, made, bring):
    bring(facebook(made, (1, "03/02/2023 10:30", "1000"), (2, "07/02/2023 10:30", "2000")), stated=AUGUST)
    screen = show("overview")
    assert "change of definition" not in screen.words and "the highest, 2,000" in screen.summary


def test_a_change_of_one_network_parts_no_posts_of_another(show, made, bring):
    """Reach of Facebook posts ends before its change, and that of Instagram posts goes on: nothing of either is parted."""
    bring(facebook(made, (1, "03/02/2023 10:30", "1000")), stated=AUGUST)
    later = {"Post ID": "17900000000000123", "Publish time": "07/02/2026 10:30", "Reach": "2000", "Permalink": "https://www.instagram.com/p/B/"}
    bring(made.instagram(later), "instagram.csv", stated=AUGUST)
    screen = show("overview")
    assert "2 posts are measured, the highest, 2,000" in screen.summary and "change of definition" not in screen.words


def test_overview_names_the_definition_of_what_it_shows(show, made, bring):
    bring(facebook(made, (1, "03/02/2023 10:30", "1000")), stated=AUGUST)
    screen = show("overview")
    asked = [link.partition("=")[2] for link in screen.links if link.startswith("/definitions?")]
    assert {"campaign_reach", "arrests", "people_visited", "reach-meta"} == set(asked)
    assert (
        "Campaign reach and Reach (Facebook, Instagram) count different things (people or accounts, as published, and accounts). They are "
        "shown apart and never compared by percentage, added or joined."
    ) in screen.words


def test_overview_of_views_says_nothing_of_published_reach(show, made, bring):
    bring(facebook(made, (1, "03/02/2023 10:30", "1000")), stated=AUGUST)
    screen = show("overview", reach="Views (Facebook, Instagram)")
    assert "count different things" not in screen.words and "/definitions?definition=views-meta" in screen.links


def test_hovering_names_the_definition_of_a_figure(show):
    charts = [json.loads(one.proto.spec) for one in show("overview").at.get("plotly_chart")]
    hovers = [text for chart in charts for trace in chart["data"] for text in trace.get("hovertext", [])]
    assert any("134,000" in text and "<br>Campaign reach<br>" in text for text in hovers)
    assert any("<b>76</b>" in text and "<br>Arrests<br>" in text for text in hovers)


def test_posts_name_the_definition_of_every_column_and_network(show, made, bring):
    bring(facebook(made, (1, "03/02/2023 10:30", "1000")), stated=AUGUST)
    link = "https://x.com/examplepolice/status/1850000000000000001"
    bring(made.x_posts({"Post id": "1850000000000000001", "Post Link": link}), "x.csv", stated=AUGUST)
    rows = {(row["Column"], row["Network"]): row for row in show("posts").table("Column", "May be added")}
    assert {key for key in rows if key[0] in ("Reach", "Impressions")} == {("Reach", "Facebook"), ("Impressions", "X")}
    assert rows["Reach", "Facebook"]["Definition"] == "Reach (Facebook, Instagram)"
    assert rows["Reach", "Facebook"]["May be added"] == "nothing: values are never added"
    assert (rows["Impressions", "X"]["Definition"], rows["Impressions", "X"]["Unit"]) == ("Impressions (X)", "displays")


@pytest.mark.parametrize(("files", "wanted"), [
    ("meta_ads/*.csv", "reach-ads"), ("ga4_pages/*.csv", "web_users-ga4"), ("police_crimes/*.csv", "records-open-data"),
])
def test_other_tables_name_their_definitions(show, known, files, wanted):
    here = known()
    for path in sorted(GOLDEN.glob(files)):
        found = candidates.check(path, path.name, here.folder, here.settings, here)
        for candidate in found:
            if candidate.status == "ready":
                uploads.commit(here, candidate)
        candidates.discard(found)
    assert f"/definitions?definition={wanted}" in show("more").links


def test_every_link_to_a_definition_leads_to_one(show, known):
    editions.load_sample(known())
    screens = (show("overview", area="Sample Constabulary", reach="Views (Facebook, Instagram)"), show("posts", whose="Made-up sample"))
    linked = {link for screen in screens for link in screen.links if link.startswith("/definitions?")}
    assert len(linked) > 8
    assert [link for link in linked if link.removeprefix("/definitions?definition=") not in ENTRY] == []


# --- wherever a person can combine or compare -------------------------------------------------------------------------------


def test_unlike_measures_are_not_combined_and_the_sentence_says_why(show, known):
    area = "Yorkshire and the Humber"
    page = show("combined", area=area)
    figures = known().rows("pages/figures", area=area)
    page.at.multiselect[0].set_value([row["figure_id"] for row in figures if row["measure"].startswith("campaign_reach")])
    page.run()
    said = "Campaign reach and Campaign reach, aged 13 to 17 both count people or accounts, as published, but not in the same way."
    assert said in page.words
    assert {"/definitions?definition=campaign_reach", "/definitions?definition=campaign_reach_13_to_17"} <= set(page.links)


@pytest.mark.parametrize(("last", "said"), [("06/16/2025 10:30", True), ("06/14/2025 10:30", False)])
def test_posts_combined_over_a_change_are_said_to_be(show, made, bring, last, said):
    bring(facebook(made, (1, "06/01/2025 10:30", "1000"), (2, last, "2000")), stated=AUGUST)
    page = show("combined", combine="Our posts of a period", **{"post-days": ["2025-06-01", "2025-06-30"]})
    words = "Reach gives way to Viewers, some time from 15 June 2025 to 15 June 2026: these posts may not all be counted alike."
    assert (words in page.words) == said
    assert "/definitions?definition=reach-meta" in page.links


@pytest.mark.parametrize(("metric", "network", "before", "export", "changed"), [
    ("views", "youtube", date(2025, 3, 30), date(2025, 3, 31), "its counting changed (Shorts views counted anew)"),
    ("views", "youtube", date(2025, 3, 31), date(2025, 5, 1), None),
    ("impressions", "x", date(2023, 7, 1), date(2024, 1, 1), "its counting changed (Twitter became X)"),
    ("views", "tiktok", date(2023, 7, 1), date(2026, 1, 1), None),
])
def test_growth_is_not_said_over_a_change(metric, network, before, export, changed):
    assert _age.changed_between(metric, network, before, export) == changed
