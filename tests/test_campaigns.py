"""Campaigns and their posts: what is tagged, held against the same rules worked out in plain Python from the files alone."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from reach import campaigns, marts, uploads
from reach.campaigns import Rule
from reach.errors import Usage

LONDON, PACIFIC = ZoneInfo("Europe/London"), ZoneInfo("America/Los_Angeles")


# --- the same, in plain Python --------------------------------------------------------------------------------


def in_word(letter: str) -> bool:
    return letter == "_" or unicodedata.category(letter)[0] in "LMN"


def plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def tags(text: str) -> set[str]:
    """Every hashtag of a text, read letter by letter."""
    found, tag, before = set(), None, ""
    for letter in [*plain(text), " "]:
        if tag is not None and in_word(letter):
            tag += letter
        else:
            ended, tag = tag, None
            if ended:
                found.add(ended)
            if letter in "#\uff03" and (ended or not before or not (in_word(before) or before in "/&")):
                tag = ""
        before = letter
    return found


def words(text: str) -> list[str]:
    return "".join(letter if in_word(letter) else " " for letter in plain(text)).split()


def holds(text: str, phrase: str) -> bool:
    said, wanted = words(text), words(phrase)
    return any(said[place : place + len(wanted)] == wanted for place in range(len(said)))


def wanted(rule: Rule, text: str, published: datetime | None = None) -> bool:
    day = published.astimezone(LONDON).date() if published else None
    return (
        (rule.hashtag is None or plain(rule.hashtag.lstrip("#")) in tags(text))
        and (rule.words is None or holds(text, rule.words))
        and (rule.date_from is None or (day is not None and day >= rule.date_from))
        and (rule.date_to is None or (day is not None and day <= rule.date_to))
    )


# --- what a desk holds ----------------------------------------------------------------------------------------


def posts_of(desk, campaign: str) -> set[str]:
    return {row["post_key"] for row in desk.rows("select * from campaign_post") if row["campaign"] == campaign}


def numbered(made, texts: Iterable[str], first: int = 1) -> list[dict[str, str]]:
    return [made.post(number, Description=text, Views=str(number)) for number, text in enumerate(texts, first)]


SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"
# A real export, the headings of its account, text, views, reach and publish time, and rules.
EXPORTS = (
    (
        "instagram/ig_content_2025-04-01_2025-06-30_ufscar_ptbr.csv",
        ("Identificação da conta", "Descrição", "Visualizações", "Alcance", "Horário de publicação"),
        (Rule("Signs", hashtag="UFSCAR", date_from=date(2025, 5, 1)), Rule("Signs", words="são carlos"), Rule("Signs", words="você")),
    ),
    (
        "facebook/fb_content_2023-12-12_2024-03-06_mh4u_impressions.csv",
        ("Page ID", "Description", "Impressions", "Reach", "Publish time"),
        (Rule("Signs", words="психічного здоров'я"), Rule("Signs", words="ДІТЕЙ", date_to=date(2024, 2, 20))),
    ),
)


@pytest.mark.parametrize(("name", "headings", "some_rules"), EXPORTS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_campaign_over_a_real_export_equals_plain_python(signs, name, headings, some_rules):
    if not SAMPLES.is_dir():
        pytest.skip("the sample exports are not at hand")
    account, text, views, reach, when = headings
    path = SAMPLES / name
    signs.bring(path, path.name)
    for rule in some_rules:
        campaigns.record_rule(signs.store, rule)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row[text] is not None and row[when]]
    ours = Counter(row[account] for row in rows).most_common(1)[0][0]
    expected = []
    for row in rows:
        published = datetime.strptime(row[when], "%m/%d/%Y %H:%M").replace(tzinfo=PACIFIC)
        if row[account] == ours and any(wanted(rule, row[text], published) for rule in some_rules):
            expected.append(row)
    (total,) = signs.store.rows("pages/campaign_totals", campaign="Signs")
    added = total["total_impressions"] if views == "Impressions" else total["total_views"]
    assert 5 < len(expected) < len(rows)
    assert total["posts"] == len(expected)
    assert added == sum(int(row[views]) for row in expected if row[views])
    assert total["highest_reach"] == max(int(row[reach]) for row in expected if row[reach])


@pytest.fixture
def signs(desk):
    campaigns.create(desk.store, {"campaign": "Signs"}, by="a person")
    return desk


TEXTS = (
    "Know the signs #KnowTheSigns",
    "know   the\nSIGNS, always",
    "#knowthesignsnow is another tag",
    "#KNOWTHESIGNS! and #other",
    "#one#knowthesigns",
    "see https://example.org/page#knowthesigns",
    "word#knowthesigns",
    "(#knowthesigns)",
    "\uff03knowthesigns in full width",
    "knowthesigns without the sign",
    "the signs to know",
    "unknown the signs",
    "know the signsX",
    "know-the-signs",
    "don't know the sign's meaning",
    "#Straße and STRASSE",
    "#ÉCOLE said the café",
    "#e\u0301cole in two letters; cafe\u0301",
    "#école_2 is another",
    "हिन्दी #हिन्दी शब्द",
    "हिन्द alone",
    "100% _sure_ .* [a-z]+ $x '; drop table post; --",
    "#ΚΌΣΜΟΣ κόσμος",
    "",
    "# #  ## #_ #1 #2023",
    "county lines",
    "county. Lines",
    "county pipelines",
    "counties lines",
)
RULES = (
    Rule("Signs", hashtag="#KnowTheSigns"),
    Rule("Signs", hashtag="knowthesigns"),
    Rule("Signs", words="Know the Signs"),
    Rule("Signs", words="county lines"),
    Rule("Signs", words="signs"),
    Rule("Signs", hashtag="école"),
    Rule("Signs", words="CAFÉ"),
    Rule("Signs", hashtag="हिन्दी"),
    Rule("Signs", words="हिन्द"),
    Rule("Signs", words="[a-z]+ $x"),
    Rule("Signs", words="'; drop table post; --"),
    Rule("Signs", words="don't"),
    Rule("Signs", hashtag="2023"),
    Rule("Signs", hashtag="_"),
    Rule("Signs", hashtag="κόσμος"),
    Rule("Signs", words="know the signs", hashtag="knowthesigns"),
    Rule("Signs", date_from=date(2025, 6, 5), date_to=date(2025, 6, 9)),
    Rule("Signs", words="signs", date_to=date(2025, 6, 10)),
)


@pytest.mark.parametrize("rule", RULES, ids=repr)
def test_a_rule_tags_what_it_says_and_its_preview_says_so(signs, made, rule):
    posts = numbered(made, TEXTS)
    signs.bring(made.facebook(*posts))
    expected = {
        post["Post ID"]
        for post in posts
        if wanted(rule, post["Description"], datetime.strptime(post["Publish time"], "%m/%d/%Y %H:%M").replace(tzinfo=PACIFIC))
    }
    assert campaigns.preview_rule(signs.store, rule) == campaigns.Tagging(len(expected), len(expected), 0, 0, 0)
    assert posts_of(signs, "Signs") == set()
    campaigns.record_rule(signs.store, rule)
    assert posts_of(signs, "Signs") == expected
    assert 0 < len(expected) < len(posts)


def test_a_label_is_one_of_those_that_people_gave_the_post(signs, made):
    labels = ("County lines", "county LINES , Spring", "Roads,county lines", "lines", "County lines 2", "", "county,lines")
    posts = [made.post(number, Reach=number, **{"Custom labels": said}) for number, said in enumerate(labels, 1)]
    signs.bring(made.facebook(*posts, headings=(*made.facebook_headings, "Custom labels")))
    expected = {post["Post ID"] for post in posts[:3]}
    rule = Rule("Signs", label="County  Lines")
    assert campaigns.preview_rule(signs.store, rule).posts == 3
    campaigns.record_rule(signs.store, rule)
    assert posts_of(signs, "Signs") == expected
    with pytest.raises(Usage, match="no comma"):
        campaigns.record_rule(signs.store, Rule("Signs", label="a, b"))
    with pytest.raises(Usage, match="hashtags, words or labels"):
        campaigns.record_rule(signs.store, Rule("Signs", label="a", ad_campaign="b"))


def test_rules_tag_past_and_future_posts_and_an_undo_takes_them_out(signs, made):
    campaigns.record_rule(signs.store, Rule("Signs", hashtag="signs"))
    first = signs.bring(made.facebook(*numbered(made, ["#signs one", "two"])), "first.csv")
    before = posts_of(signs, "Signs")
    assert len(before) == 1
    signs.bring(made.facebook(*numbered(made, ["#SIGNS three", "four"], 11)), "second.csv")
    assert len(posts_of(signs, "Signs")) == 2
    uploads.undo(signs.store, first.upload_id)
    assert len(posts_of(signs, "Signs")) == 1
    assert not posts_of(signs, "Signs") & before
    uploads.redo(signs.store, first.upload_id)
    assert posts_of(signs, "Signs") > before


def test_a_later_export_with_another_text_settles_it(signs, made):
    """The text of the latest look counts, as everywhere."""
    campaigns.record_rule(signs.store, Rule("Signs", hashtag="signs"))
    signs.bring(made.facebook(made.post(1, Description="#signs")), as_of=datetime(2025, 7, 1))
    assert len(posts_of(signs, "Signs")) == 1
    signs.bring(made.facebook(made.post(1, Description="edited", Views="9")), as_of=datetime(2025, 7, 2))
    assert posts_of(signs, "Signs") == set()


def test_an_export_without_texts_takes_no_post_out(signs, made):
    """The latest text that is known counts; an older one comes back with no export without texts."""
    campaigns.record_rule(signs.store, Rule("Signs", hashtag="signs"))
    signs.bring(made.facebook(made.post(1, Description="#signs"), made.post(2, Description="#signs")), as_of=datetime(2025, 7, 1))
    signs.bring(made.facebook(made.post(2, Description="edited", Views="8")), as_of=datetime(2025, 7, 2))
    signs.bring(made.facebook(*(made.post(one, Description="", Views="9") for one in (1, 2))), as_of=datetime(2025, 7, 3))
    assert posts_of(signs, "Signs") == {made.post(1)["Post ID"]}


def test_a_campaign_is_known_by_its_name_in_any_case(signs, made):
    signs.bring(made.facebook(made.post(1, Description="#signs")))
    campaigns.record_rule(signs.store, Rule("SIGNS", hashtag="signs"))
    assert posts_of(signs, "Signs") == {made.post(1)["Post ID"]}
    campaigns.decide(signs.store, "signs", [("facebook", made.post(1)["Post ID"])], False)
    assert posts_of(signs, "Signs") == set()
    assert campaigns.set_status(signs.store, "sIGNS", "retired").startswith("Signs: retired")
    assert [row["campaign"] for row in signs.rows("select campaign from campaign_current where campaign ilike 'signs'")] == ["Signs"]


def test_the_hand_wins_and_the_latest_hand_at_that(signs, made):
    one, two = numbered(made, ["#signs", "two"])
    signs.bring(made.facebook(one, two))
    campaigns.record_rule(signs.store, Rule("Signs", hashtag="signs"))
    keys = {name: ("facebook", post["Post ID"]) for name, post in (("one", one), ("two", two))}
    campaigns.decide(signs.store, "Signs", [keys["one"]], False)
    campaigns.decide(signs.store, "Signs", [keys["two"]], True)
    assert signs.rows("select network, post_key, by_hand, rule_id from campaign_post") == [
        {"network": "facebook", "post_key": two["Post ID"], "by_hand": True, "rule_id": None}
    ]
    assert campaigns.preview_rule(signs.store, Rule("Signs", hashtag="signs")) == campaigns.Tagging(1, 0, 0, 1, 0)
    campaigns.decide(signs.store, "Signs", [keys["one"]], True)
    campaigns.decide(signs.store, "Signs", [keys["two"]], False)
    assert posts_of(signs, "Signs") == {one["Post ID"]}
    campaigns.decide(signs.store, "Signs", keys.values(), None)
    (row,) = signs.rows("select post_key, by_hand, rule_id from campaign_post")
    assert (row["post_key"], row["by_hand"], row["rule_id"] is None) == (one["Post ID"], False, False)


def test_a_post_may_be_in_several_campaigns_and_counts_once_by_several_rules(signs, made):
    signs.bring(made.facebook(*numbered(made, ["#signs #adults", "#adults", "#signs"])))
    campaigns.create(signs.store, {"campaign": "Adults"})
    campaigns.record_rule(signs.store, Rule("Adults", hashtag="adults"))
    assert campaigns.preview_rule(signs.store, Rule("Signs", hashtag="signs")) == campaigns.Tagging(2, 2, 1, 0, 0)
    campaigns.record_rule(signs.store, Rule("Signs", hashtag="signs"))
    campaigns.record_rule(signs.store, Rule("Signs", words="signs"))
    assert len(signs.rows("select * from campaign_post where campaign = 'Signs'")) == 2
    assert len(posts_of(signs, "Signs") & posts_of(signs, "Adults")) == 1
    assert [row["posts"] for _, row in campaigns.rules(signs.store, "Signs")] == [2, 0]


def test_rules_without_an_account_are_of_our_own_posts(signs, made):
    theirs = {"Page ID": "999", "Page name": "Another Force"}
    ours = [made.post(number, Description="#signs") for number in (1, 2)]
    signs.bring(made.facebook(*ours, made.post(3, Description="#signs", **theirs)))
    campaigns.record_rule(signs.store, Rule("Signs", hashtag="signs"))
    assert posts_of(signs, "Signs") == {post["Post ID"] for post in ours}
    for account in ("999", "another force"):
        assert campaigns.preview_rule(signs.store, Rule("Signs", account=account)).posts == 1
    assert campaigns.preview_rule(signs.store, Rule("Signs", account="999", network="instagram")).posts == 0
    assert campaigns.preview_rule(signs.store, Rule("Signs", network="facebook")).posts == 2


def test_a_rule_is_changed_and_retired_by_rows_added(signs, made):
    signs.bring(made.facebook(*numbered(made, ["#signs", "#other"])))
    campaigns.record_rule(signs.store, Rule("Signs", hashtag="signs"), by="one person")
    ((rule, _),) = campaigns.rules(signs.store, "Signs")
    campaigns.record_rule(signs.store, Rule("Signs", hashtag="other", identity=rule.identity), by="another person")
    ((changed, row),) = campaigns.rules(signs.store, "Signs")
    assert (changed.hashtag, changed.identity, row["posts"]) == ("other", rule.identity, 1)
    campaigns.retire_rule(signs.store, changed, by="a third person")
    assert campaigns.rules(signs.store, "Signs") == []
    assert posts_of(signs, "Signs") == set()
    assert [
        (row["recorded_by"], row["act"], row["subject"])
        for row in signs.rows("select * from audit where contains(act, 'rule') order by recorded_at")
    ] == [
        ("one person", "recorded tagging rule", "Signs: #signs"),
        ("another person", "changed tagging rule", "Signs: #other"),
        ("a third person", "retired tagging rule", "Signs: #other"),
    ]


def test_a_retired_campaign_has_no_posts_and_gets_them_back(signs, made):
    signs.bring(made.facebook(*numbered(made, ["#signs", "two"])))
    campaigns.record_rule(signs.store, Rule("Signs", hashtag="signs"))
    campaigns.set_status(signs.store, "Signs", "retired")
    assert posts_of(signs, "Signs") == set()
    campaigns.set_status(signs.store, "Signs", "ended")
    assert len(posts_of(signs, "Signs")) == 1
    acts = [row["act"] for row in signs.rows("select * from audit where subject = 'Signs' order by recorded_at")]
    assert acts == ["recorded campaign", "retired campaign", "changed campaign"]


@pytest.mark.parametrize(
    "rule",
    [
        Rule("Signs"),
        Rule("Signs", hashtag="#"),
        Rule("Signs", hashtag="two words"),
        Rule("Signs", hashtag="a.b"),
        Rule("Signs", words="!!! --"),
        Rule("Signs", words=" "),
        Rule("Signs", words="x" * 201),
        Rule("Signs", hashtag="a", date_from=date(2025, 2, 1), date_to=date(2025, 1, 1)),
        Rule("None of that name", hashtag="a"),
    ],
    ids=repr,
)
def test_a_rule_that_cannot_be_is_refused_and_nothing_is_written(signs, rule):
    before = signs.size()
    with pytest.raises(Usage) as said:
        campaigns.record_rule(signs.store, rule)
    assert "\n" not in str(said.value)
    assert signs.size() == before


def test_a_preview_leaves_nothing_behind(signs, made):
    signs.bring(made.facebook(*numbered(made, ["#signs"])))
    before, version = signs.size(), signs.store.version
    campaigns.preview_rule(signs.store, Rule("Signs", hashtag="signs"))
    assert (signs.size(), signs.store.version) == (before, version)


def test_a_campaign_is_recorded_whole_and_changed_in_part(signs):
    said = {
        "campaign": "  Trusted   adults ",
        "start_date": date(2025, 1, 1),
        "end_date": date(2025, 1, 31),
        "objective": "More adults know the signs",
        "population": "Residents, all ages",
        "population_area": "Leicester",
        "budget": "1250.5",
        "status": "planned",
    }
    campaigns.create(signs.store, said, [("Lantern", "Exampleshire"), ("Lamp", "Exampleshire")], by="one")
    campaigns.record(signs.store, {"campaign": "Trusted adults", "status": "running"}, by="two")
    (row,) = signs.rows("select * from campaign_current where campaign = 'Trusted adults'")
    assert (row["objective"], row["budget"], row["status"], row["recorded_by"]) == (said["objective"], Decimal("1250.50"), "running", "two")
    linked = "select operation from campaign_operation_current order by operation"
    assert [row["operation"] for row in signs.rows(linked)] == ["Lamp", "Lantern"]
    campaigns.record(signs.store, {"campaign": "Trusted adults"}, [("Lamp", "Exampleshire")])
    assert [row["operation"] for row in signs.rows(linked)] == ["Lamp"]
    before = signs.size()
    assert campaigns.record(signs.store, said | {"campaign": "Trusted adults", "status": "running"}).endswith("nothing changed.")
    assert signs.size() == before


def test_what_is_written_of_a_campaign_keeps_who_wrote_it_so_and_when(signs):
    def written() -> dict[str, tuple[str, str]]:
        rows = signs.store.rows("pages/campaign_evaluation", campaign="Signs")
        assert all(row["recorded_at"] for row in rows)
        return {row["statement"]: (row["words"], row["recorded_by"]) for row in rows}

    campaigns.record(signs.store, {"campaign": "Signs", "impact": "12 more reports", "learning": "Shorter films"}, by="one")
    campaigns.record(signs.store, {"campaign": "Signs", "budget": 5, "baseline": "30 reports"}, by="two")
    assert written() == {"baseline": ("30 reports", "two"), "impact": ("12 more reports", "one"), "learning": ("Shorter films", "one")}
    campaigns.record(signs.store, {"campaign": "Signs", "impact": "11 more reports", "learning": ""}, by="three")
    assert written() == {"baseline": ("30 reports", "two"), "impact": ("11 more reports", "three")}
    # Written again as it was, it is the later writer's.
    campaigns.record(signs.store, {"campaign": "Signs", "impact": "12 more reports"}, by="four")
    assert written()["impact"] == ("12 more reports", "four")
    (row,) = [one for one in signs.store.rows("pages/campaign_stages") if one["campaign"] == "Signs"]
    assert (row["has_baseline"], row["has_impact"], row["has_learning"]) == (True, True, False)


@pytest.mark.parametrize(
    "said",
    [
        {"campaign": " "},
        {"campaign": "x" * 201},
        {"campaign": "signs"},
        {"campaign": "New", "start_date": date(2025, 2, 1), "end_date": date(2025, 1, 1)},
        {"campaign": "New", "budget": "-1"},
        {"campaign": "New", "status": "paused"},
        {"campaign": "New", "objective": "x" * 10_001},
    ],
    ids=lambda said: str(said)[:60],
)
def test_a_campaign_that_cannot_be_is_refused(signs, said):
    before = signs.size()
    with pytest.raises(Usage):
        campaigns.create(signs.store, said)
    assert signs.size() == before


def test_two_people_do_not_overwrite_each_other(signs):
    (before,) = signs.rows("select * from campaign_current")
    campaigns.record(signs.store, {"campaign": "Signs", "note": "one"}, by="one", seen=before["recorded_at"])
    with pytest.raises(Usage, match="one changed it meanwhile"):
        campaigns.record(signs.store, {"campaign": "Signs", "note": "two"}, by="two", seen=before["recorded_at"])


def test_the_posts_offered_by_hand_are_the_newest_of_any_number(desk, made):
    """First those published on or after the edge of the newest: the same as ordering all of them, undated ones last."""
    posts = [made.post(number) | {"Publish time": f"06/01/2025 10:{number // 3:02d}"} for number in range(1, 13)]
    desk.bring(made.facebook(*posts), as_of=datetime(2026, 1, 1))
    uploads.commit(desk.store, desk.one(made.facebook(made.post(20)), "made-up.csv", as_of=datetime(2026, 1, 2)), sample=True)
    with desk.store.transaction() as cursor:
        cursor.execute("update post_observation set published_at = null where record_no in (3, 5)").fetchall()
        marts.rebuild(cursor, ["post"])
    every = desk.rows("select post_key from post where not sample order by published_at desc nulls last, network, post_key")
    assert len(every) == 12
    for most in (1, 4, 10, 11, 12, 300):
        offered = desk.store.rows("pages/posts_to_put_in", most_rows=most)
        assert [row["post_key"] for row in offered] == [row["post_key"] for row in every[:most]]
    assert [row["published_london"] for row in offered[-2:]] == [None, None]
