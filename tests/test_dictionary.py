"""The dictionary of definitions: whole, without contradiction, and right about what it says."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest

from reach.definitions import ANY_METRIC, DAY_METRICS, MEASURES, METRICS, NETWORKS, TOOLS, Definition, unlike
from reach.dictionary import CHANGES, ENTRIES, ENTRY, OF, adds_within, breaks, changes_of, definition_of, exports_of, written
from reach.formats import all_formats, format_of

KNOWN_NETWORKS = {*NETWORKS, "meta", "video_facebook", *(f"{tool}_{network}" for tool in TOOLS for network in NETWORKS)}


@pytest.mark.parametrize("known", [one for one in all_formats() if not one.declined and one.table != "figure"], ids=lambda one: one.key)
def test_whatever_an_export_can_hold_is_defined(known):
    held = written(known)
    assert held, "a format that stores numbers writes at least one"
    assert [one for one in held if definition_of(*one[:3]) is None] == []


def test_what_exports_hold_is_found_by_hand():
    """Held against the headings of four exports, read in their modules by a person."""
    tiktok = {(metric, network) for _, metric, network, _ in written(format_of("tiktok_viewers"))}
    assert tiktok == {("reach", "tiktok"), ("new_viewers", "tiktok"), ("returning_viewers", "tiktok")}
    assert {one[:3] for one in written(format_of("ga4_pages"))} == {
        ("web page", metric, None) for metric in ("web_views", "web_users", "web_sessions", "web_events")
    }
    cards = written(format_of("meta_cards"))
    assert ("day", "page_likes_new", "facebook", "Facebook Page new likes") in cards
    assert not any(metric == "page_likes_new" and network == "instagram" for _, metric, network, _ in cards)
    assert {network for _, _, network, _ in written(format_of("sprout_posts"))} == {f"sprout_{network}" for network in NETWORKS}
    assert written(format_of("linkedin_member")) == set(), "it is declined"


def test_whatever_a_person_can_match_or_type_in_is_defined():
    counted_by = [f"{tool}_" for tool in TOOLS if tool != "sprout"] + [""]
    wanted = [("post", metric.key) for metric in METRICS] + [("day", metric.key) for metric in DAY_METRICS]
    assert [(of, key, by + network) for of, key in wanted for by in counted_by for network in NETWORKS
            if definition_of(of, key, by + network) is None] == []


def test_every_measure_of_figures_is_defined_in_its_own_unit():
    assert {one.metric for one in ENTRIES if one.of == "figure"} == {measure.key for measure in MEASURES}
    assert {key: ENTRY[key].counts for key in ("children_at_talks", "people_heard_message", "people_met_at_events", "campaign_reach",
                                              "cash_seized_gbp", "arrests")} == {
        "children_at_talks": "people in a room or online",
        "people_heard_message": "people within hearing",
        "people_met_at_events": "people spoken to",
        "campaign_reach": "people or accounts, as published",
        "cash_seized_gbp": "pounds",
        "arrests": "arrests",
    }


def test_entries_are_whole():
    assert len({one.key for one in ENTRIES}) == len({one.label for one in ENTRIES}) == len(ENTRIES)
    for one in ENTRIES:
        assert one.words.endswith(".") and one.counts and one.source and one.of in OF, one.key
        assert one.counting in (["worked out"] if one.of == "ratio" else ["estimated", "counted", "not stated", "as published"]), one.key
        assert set(one.networks) <= KNOWN_NETWORKS, one.key
        assert one.valid_from is None or one.valid_to is None or one.valid_from <= one.valid_to, one.key


def test_definitions_of_one_metric_and_network_never_hold_at_once():
    for one, other in combinations(ENTRIES, 2):
        if (one.of, one.metric) == (other.of, other.metric) and (set(one.networks) & set(other.networks) or not one.networks):
            first, second = sorted((one, other), key=lambda each: each.valid_from or date.min)
            assert first.valid_to and second.valid_from and first.valid_to < second.valid_from, (one.key, other.key)


@pytest.mark.parametrize(("day", "key"), [
    ("2025-03-30", "views-youtube-day-to-2025"), ("2025-03-31", "views-youtube-day"), ("2019-01-01", "views-youtube-day-to-2025"),
])
def test_a_day_has_the_definition_of_its_time(day, key):
    assert definition_of("day", "views", "youtube", date.fromisoformat(day)).key == key


def test_a_metric_without_a_day_has_the_definition_that_holds_now():
    assert definition_of("day", "impressions", "x").key == "impressions-x-day"
    assert definition_of("post", "reach", "x").words.endswith("As matched by a person from the network's own file (X).")
    assert definition_of("post", "reach", "nowhere") is None and definition_of("day", "no metric", "x") is None


def test_only_what_adds_up_says_within_what():
    for one in ENTRIES:
        if one.of == "figure" or not ANY_METRIC[one.metric].additive:
            assert adds_within(one).startswith("nothing"), one.key
        else:
            assert not adds_within(one).startswith("nothing"), one.key
    assert adds_within(ENTRY["views-youtube-day"]) == "days of one network and one account, on one side of a change"


def test_exports_are_named_with_their_columns():
    assert exports_of(ENTRY["views-tiktok"]) == [
        ("TikTok videos (TikTok Studio, content)", "Total views"), ("TikTok videos (business account)", "Video views"),
    ]
    assert exports_of(ENTRY["viewers-orlo"]) == [], "no export of Orlo is known: a person matches its columns"
    assert [label for label, _ in exports_of(ENTRY["records-open-data"])] != []


# --- changes ---------------------------------------------------------------------------------------------------------


def test_the_changes_that_must_be_known_are_there():
    on = {(one.label, str(one.first), str(one.last)) for one in CHANGES if one.breaks}
    assert on == {
        ("Twitter became X", "2023-07-23", "2023-07-23"),
        ("Impressions include reposts", "2024-04-01", "2024-04-30"),
        ("Instagram: Impressions became Views", "2024-08-01", "2024-08-31"),
        ("Facebook: Impressions became Views", "2024-09-01", "2024-11-30"),
        ("Reach became Viewers", "2025-01-01", "2025-10-31"),
        ("Impressions filled with Views", "2025-01-01", "2025-12-31"),
        ("Shorts views counted anew", "2025-03-31", "2025-03-31"),
        ("Reach gives way to Viewers", "2025-06-15", "2026-06-15"),
    }


def test_changes_are_whole():
    for one in CHANGES:
        assert one.words and one.source and one.sure and one.before and one.after, one.label
        assert set(one.metrics) <= set(ANY_METRIC) and set(one.networks) <= KNOWN_NETWORKS and set(one.of) <= set(OF), one.label
        assert not one.breaks or (one.first and one.last and one.first <= one.last), "a chart can only draw what has a day"
        assert len(one.label) <= 40, "it stands on a chart"
        assert any(one in changes_of(entry) for entry in ENTRIES), "no definition is touched by it"


def test_a_definition_ends_where_the_change_that_ends_it_comes():
    for one in ENTRIES:
        for other in ENTRIES:
            same = (one.of, one.metric, one.networks) == (other.of, other.metric, other.networks)
            if same and one.valid_to and other.valid_from and one.valid_to < other.valid_from:
                assert one.valid_to + timedelta(days=1) == other.valid_from
                assert other.valid_from in {change.first for change in changes_of(other) if change.breaks}


@pytest.mark.parametrize(("network", "metric", "first", "last", "labels"), [
    ("youtube", "views", "2025-03-01", "2025-04-30", ["Shorts views counted anew"]),
    ("youtube", "views", "2025-03-30", "2025-03-31", ["Shorts views counted anew"]),
    ("youtube", "views", "2025-03-31", "2025-04-30", []),
    ("youtube", "views", "2025-04-01", "2025-04-30", []),
    ("youtube", "reach", "2025-03-01", "2025-04-30", []),
    ("tiktok", "views", "2025-03-01", "2025-04-30", []),
    ("facebook", "reach", "2023-01-01", "2024-12-31", []),
    ("facebook", "reach", "2025-10-30", "2026-01-31", ["Reach became Viewers"]),
    ("facebook", "viewers", "2025-10-31", "2026-01-31", []),
    ("facebook", "views", "2024-11-29", "2024-11-30", ["Facebook: Impressions became Views"]),
    ("linkedin", "shares", "2024-01-01", "2026-01-31", []),
])
def test_a_break_falls_into_the_days_shown(network, metric, first, last, labels):
    found = breaks("day", metric, [network], date.fromisoformat(first), date.fromisoformat(last))
    assert [one.label for one in found] == labels


def test_a_succession_is_of_two_metrics_and_of_no_other_is_told():
    """What gives way is still counted as before, so that each is compared with itself over that day."""
    assert [(one.label, one.metrics) for one in CHANGES if one.succession] == [
        ("Instagram: Impressions became Views", ("impressions", "views")),
        ("Facebook: Impressions became Views", ("impressions", "views")),
        ("Reach became Viewers", ("reach", "viewers")),
        ("Reach gives way to Viewers", ("reach", "viewers")),
    ]
    assert all(one.breaks for one in CHANGES if one.succession)


def test_breaks_of_several_networks_come_in_order():
    found = breaks("post", "views", ["facebook", "instagram", "youtube"], date(2024, 1, 1), date(2025, 12, 31))
    assert [str(one.first) for one in found] == ["2024-08-01", "2024-09-01", "2025-03-31"]


# --- refusing to compare ---------------------------------------------------------------------------------------------


def test_unlike_definitions_are_refused_in_a_sentence():
    assert unlike(ENTRY["reach-meta"], ENTRY["reach-meta"]) is None
    assert unlike(ENTRY["reach-meta"], ENTRY["viewers-meta"]) == (
        "Reach (Facebook, Instagram) and Viewers (Facebook, Instagram) both count accounts, but not in the same way. They are shown apart "
        "and never compared by percentage, added or joined."
    )
    assert unlike(ENTRY["campaign_reach"], ENTRY["children_at_talks"]) == (
        "Campaign reach and Children and young people at talks count different things (people or accounts, as published, and people in a "
        "room or online). They are shown apart and never compared by percentage, added or joined."
    )
    assert unlike(ENTRY["views-youtube-day-to-2025"], ENTRY["views-youtube-day"]) is not None


def test_what_each_network_counts_in_its_own_way_compares_inside_one_network():
    likes: Definition = ENTRY["reactions_likes-post"]
    assert unlike(likes, likes, ("facebook", "facebook")) is None and unlike(likes, likes) is None
    assert unlike(likes, likes, ("facebook", "x")) == (
        "Reactions and likes of posts: Facebook and X each count it in their own way, so values of the two are not compared, "
        "added or joined."
    )
    assert unlike(ENTRY["reach-meta"], ENTRY["reach-meta"], ("facebook", "instagram")) is None


def test_any_two_definitions_are_refused_both_ways_and_none_with_itself():
    for one, other in combinations(ENTRIES[:60], 2):
        assert unlike(one, other) and unlike(other, one), (one.key, other.key)
    assert [one.key for one in ENTRIES if unlike(one, one)] == []
