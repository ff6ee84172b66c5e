"""Posts at 48 hours, 7 days and 30 days, and how they grew: held against a calculation of the exports by plain Python."""

from __future__ import annotations

import json
import random
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reach import uploads
from reach.charts import growth
from reach.definitions import METRICS
from reach.queries import load
from test_pages import Markup, bring, first_start, known, show  # noqa: F401

# Meta's files give Pacific times: 10:00 on 2 June 2025 is 17:00 UTC.
PACIFIC = ZoneInfo("America/Los_Angeles")
PUBLISHED = datetime(2025, 6, 2, 17)
# Age, target, first and last minute of the window, as the README and the page say them.
WINDOWS = {"48 hours": (48 * 60, 36 * 60, 60 * 60), "7 days": (7 * 1440, 6 * 1440, 8 * 1440), "30 days": (30 * 1440, 27 * 1440, 33 * 1440)}


def one_post(made, **cells):
    return made.post(1, **{"Publish time": "06/02/2025 10:00", **cells})


def looked(desk, made, hours, basis="given", name=None, **cells):
    """An export of the one post, so many hours after it was published; gives its upload id."""
    when = PUBLISHED + timedelta(hours=hours)
    return desk.bring(made.facebook(one_post(made, **cells)), name or f"{hours}.csv", stated=(when, basis)).upload_id


def at_ages(desk, columns="age, reach, views"):
    return sorted(tuple(row.values()) for row in desk.rows(f"select {columns} from post_at_age"))


def state(desk, age, number=1):
    key = f"facebook 1221{number:011d}77"
    ((row),) = desk.store.rows("pages/posts_at_age", age=age, posts=[key])
    return row["state"], row["reach"]


@pytest.mark.parametrize(("hours", "ages"), [
    (35.98, []), (36, ["48 hours"]), (60, ["48 hours"]), (60.02, []),
    (143.9, []), (144, ["7 days"]), (192, ["7 days"]), (192.1, []),
    (647.9, []), (648, ["30 days"]), (792, ["30 days"]), (792.1, []),
])
def test_windows_hold_their_ends_and_nothing_beyond(desk, made, hours, ages):
    looked(desk, made, hours, Reach=500, Views=900)
    assert at_ages(desk) == [(age, 500, 900) for age in ages]


def test_nearest_look_is_taken_and_nothing_is_worked_out_between(desk, made):
    looked(desk, made, 40, Reach=100, Views=200)
    looked(desk, made, 50, Reach=130, Views=260)
    looked(desk, made, 59, Reach=150, Views=300)
    assert at_ages(desk) == [("48 hours", 130, 260)]
    assert at_ages(desk, "hours, looks, assumed") == [(50, 1, False)]


def test_of_two_looks_as_near_the_later_is_taken(desk, made):
    later = looked(desk, made, 50, Reach=130)
    looked(desk, made, 46, Reach=120)
    assert at_ages(desk, "age, reach, cast(upload_id as varchar)") == [("48 hours", 130, later)]


def test_each_metric_is_of_the_nearest_look_that_gives_it(desk, made):
    """48 hours fall between an export without Views, one hour off, and an earlier one with them; 7 days have the first only."""
    looked(desk, made, 40, "file time", Reach=100, Views=200)
    nearest = looked(desk, made, 49, Reach=130)
    assert at_ages(desk, "age, reach, views, looks, assumed, hours, cast(upload_id as varchar)") == [
        ("48 hours", 130, 200, 2, True, 49, nearest)
    ]


@pytest.mark.parametrize(("basis", "assumed"), [
    ("given", False), ("file name", False), ("zip entry", True), ("file time", True), ("upload time", True),
])
def test_an_assumed_export_date_is_marked(desk, made, basis, assumed):
    looked(desk, made, 48, basis, Reach=130)
    assert at_ages(desk, "assumed") == [(assumed,)]


def test_states_say_why_there_is_no_value(desk, made):
    looked(desk, made, 20, Reach=10)
    assert [state(desk, age) for age in WINDOWS] == [("still growing", None)] * 3
    looked(desk, made, 100, Reach=20)
    assert [state(desk, age) for age in WINDOWS] == [("not observed", None), ("still growing", None), ("still growing", None)]
    looked(desk, made, 170, Reach=30)
    assert [state(desk, age) for age in WINDOWS] == [("not observed", None), ("observed", 30), ("still growing", None)]
    # A later export of the account that has another post only: this one can no longer be seen at 30 days.
    later = made.facebook(made.post(2, **{"Publish time": "08/01/2025 10:00", "Reach": 1}))
    desk.bring(later, "later.csv", stated=(PUBLISHED + timedelta(days=65), "given"))
    assert [state(desk, age) for age in WINDOWS] == [("not observed", None), ("observed", 30), ("not observed", None)]


def test_totals_of_a_period_have_no_age(desk):
    lines = 'Content,Video title,Video publish time,Views\nlmnopqrstuv,Public,"May 3, 2025",7\n'
    desk.bring(lines.encode(), "Table data.csv", account="Example Channel", stated=(datetime(2025, 5, 5, 11), "given"))
    assert at_ages(desk) == []
    (row,) = desk.store.rows("pages/posts_at_age", age="48 hours", posts=["youtube lmnopqrstuv"])
    assert (row["state"], row["views"]) == ("period totals", None)


# --- against plain Python ---------------------------------------------------------------------------------------------

DATES = (datetime(2025, 6, 20, 9), datetime(2025, 6, 25, 21, 30), datetime(2025, 7, 18, 6))
MEASURED = {"reach": "Reach", "views": "Views", "reactions_likes": "Reactions"}


def made_exports(made, seed):
    """Three exports of 120 posts of one account, as (date, posts): some posts are not in some exports, some cells are blank."""
    chance = random.Random(seed)
    born = {number: datetime(2025, 5, 10) + timedelta(minutes=chance.randrange(40 * 1440)) for number in range(120)}
    exports = []
    for turn, when in enumerate(DATES):
        posts = []
        for number, local in born.items():
            published = local.replace(tzinfo=PACIFIC).astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
            if published < when and chance.random() < 0.85:
                cells = {head: "" if chance.random() < 0.2 else chance.randrange(10_000) + turn for head in MEASURED.values()}
                posts.append(made.post(number, **{"Publish time": f"{local:%m/%d/%Y %H:%M}", **cells}))
        exports.append((when, posts))
    return exports


def by_hand(exports):
    """{(post id, age): {metric: value}} by the words of the README: nearest within the window, per metric, later of two as near."""
    found: dict[tuple[str, str], dict[str, tuple[Any, int]]] = {}
    for when, posts in exports:
        for post in posts:
            local = datetime.strptime(post["Publish time"], "%m/%d/%Y %H:%M").replace(tzinfo=PACIFIC)
            published = local.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
            minutes = int((when - published).total_seconds() // 60)
            for age, (target, first, last) in WINDOWS.items():
                if not first <= minutes <= last:
                    continue
                held = found.setdefault((post["Post ID"], age), {})
                for metric, heading in MEASURED.items():
                    if post[heading] == "":
                        continue
                    away = (abs(minutes - target), -when.timestamp())
                    if metric not in held or away < held[metric][0]:
                        held[metric] = (away, int(post[heading]))
    return {key: {metric: value for metric, (_, value) in held.items()} for key, held in found.items() if held}


def by_reach(desk):
    rows = desk.rows(f"select post_key, age, {', '.join(MEASURED)} from post_at_age")
    return {(row["post_key"], row["age"]): {metric: row[metric] for metric in MEASURED if row[metric] is not None} for row in rows}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_three_exports_give_what_plain_python_gives_also_undone_and_redone(desk, made, seed):
    exports = made_exports(made, seed)
    ids = [desk.bring(made.facebook(*posts), f"{when:%d}.csv", stated=(when, "given")).upload_id for when, posts in exports]
    whole = by_hand(exports)
    assert {age for _, age in whole} == set(WINDOWS) and len(whole) > 30
    assert by_reach(desk) == whole
    for place, upload_id in enumerate(ids):
        uploads.undo(desk.store, upload_id)
        without = by_hand([export for turn, export in enumerate(exports) if turn != place])
        assert without != whole and by_reach(desk) == without
        uploads.redo(desk.store, upload_id)
        assert by_reach(desk) == whole


def test_every_metric_of_a_post_has_its_value_at_an_age():
    for name in ("facts/post_at_age", "pages/posts_at_age"):
        assert [metric.key for metric in METRICS if f".{metric.key}" not in load(name).text] == []


def test_the_readme_says_the_windows(desk):
    words = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
    rows = desk.store.rows("pages/age_windows")
    assert [row["age"] for row in rows] == list(WINDOWS)
    assert [row for row in rows if f"{row['age']} ({row['window_words']})" not in " ".join(words.split())] == []


# --- growth ------------------------------------------------------------------------------------------------------------


def test_growth_is_between_two_looks_and_a_fall_is_said_as_a_fall():
    since = date(2026, 11, 3)
    assert growth.grew("Reach", 100, 140, since) == "Reach grew by 40 since the export of 3 November 2026, from 100 to 140."
    assert growth.grew("Reach", 1400, 1397, since) == "Reach fell by 3 since the export of 3 November 2026, from 1,400 to 1,397."
    assert growth.grew("Views", 0, 0, since) == "Views: no change since the export of 3 November 2026: 0."
    assert "(an export date is assumed)" in growth.grew("Views", 1, 2, since, assumed=True)


@pytest.mark.parametrize(("hours", "words"), [(0.9, "0 hours"), (1.2, "1 hour"), (71.9, "71 hours"), (72, "3 days"), (719, "29 days")])
def test_ages_in_words_are_whole_ones_that_have_passed(hours, words):
    assert growth.age_words(hours) == words


def panel(show, key):  # noqa: F811
    screen = show("overview").click("post", key)
    (dialog,) = screen.at.get("dialog")
    return screen, Markup(" ".join(one.value for one in dialog.get("html")))


def test_post_panel_says_how_it_grew_and_draws_it(show, made, bring):  # noqa: F811
    for hours, reach, views in ((40, 100, 280), (170, 140, 290), (700, 135, 290)):
        content = made.facebook(one_post(made, Reach=reach, Views=views))
        bring(content, f"{hours}.csv", stated=(PUBLISHED + timedelta(hours=hours), "file time" if hours == 170 else "given"))
    screen, seen = panel(show, "facebook 12210000000000177")
    words = " ".join(seen.words.split())
    said = "since the export of 9 June 2025 (an export date is assumed)"
    assert f"Reach fell by 5 {said}, from 140 to 135." in words
    assert f"Views: no change {said}: 290." in words
    (table,) = seen.tables
    rows = [dict(zip(table[0], row, strict=True)) for row in table[1]]
    assert [(row["Export of"], row["Age of the post"], row["Reach"]) for row in rows] == [
        ("1 July 2025", "29 days", "135"), ("9 June 2025 (assumed)", "7 days", "140"), ("4 June 2025", "40 hours", "100"),
    ]
    (chart,) = screen.at.get("dialog")[0].get("plotly_chart")
    drawn = json.loads(chart.proto.spec)["data"][0]
    assert drawn["y"] == [100, 140, 135] and drawn["mode"] == "markers+text"
    assert drawn["marker"]["symbol"] == ["circle", "circle-open", "circle"]


def test_growth_is_never_said_across_kinds_of_export_or_a_change_of_definition(desk, made):
    from reach.pages import _age

    looked(desk, made, 40, Reach=100)
    key = "facebook 12210000000000177"
    assert _age.grown(desk.store, key) == ["One export holds it so far, so nothing can be said of growth."]
    with desk.store.transaction() as cursor:  # as if another kind of export had held it
        cursor.execute("update upload set format = 'facebook_insights_posts'").fetchall()
    looked(desk, made, 170, Reach=140)
    assert _age.grown(desk.store, key) == ["Reach: no earlier export counted it in the same way, so nothing is said of growth."]
    looked(desk, made, 700, Reach=150)
    assert _age.grown(desk.store, key) == ["Reach grew by 10 since the export of 9 June 2025, from 140 to 150."]


def test_growth_stops_where_a_definition_does(desk, made):
    """Viewers of Meta are defined from 1 January 2025 on: an export before is of no definition."""
    from reach.pages import _age

    headings = tuple("Viewers" if name == "Reach" else name for name in made.facebook_headings)
    post = made.post(1, **{"Publish time": "12/01/2024 10:00"})
    for when, viewers in ((datetime(2024, 12, 20), 100), (datetime(2025, 1, 5), 120), (datetime(2025, 1, 25), 125)):
        said = _age.grown(desk.store, f"facebook {post['Post ID']}")
        desk.bring(made.facebook({**post, "Viewers": viewers}, headings=headings), f"{viewers}.csv", stated=(when, "given"))
        if viewers == 125:
            assert said == ["Viewers: what it counts changed on 1 January 2025, between the two exports, so nothing is said of growth."]
    said = _age.grown(desk.store, f"facebook {post['Post ID']}")
    assert said == ["Viewers grew by 5 since the export of 5 January 2025, from 120 to 125."]


def test_growth_stops_where_counting_changed_within_a_definition():
    """LinkedIn counts reposts among impressions since April 2024, on a day that nobody knows."""
    from reach.dictionary import changed_between

    said = "its counting changed (Impressions include reposts)"
    assert changed_between("impressions", "linkedin", date(2024, 3, 20), date(2024, 4, 10)) == said
    assert changed_between("impressions", "linkedin", date(2024, 5, 1), date(2024, 6, 1)) is None
    assert changed_between("impressions", "x", date(2023, 7, 22), date(2023, 7, 23)) == "its counting changed (Twitter became X)"
    assert changed_between("impressions", "x", date(2023, 7, 23), date(2023, 8, 1)) is None
    assert changed_between("reach", "facebook", date(2025, 9, 1), date(2025, 10, 1)) is None


# --- the Posts page ------------------------------------------------------------------------------------------------------


def test_posts_page_shows_values_at_an_age_and_why_there_are_none(show, made, bring):  # noqa: F811
    young = made.post(2, **{"Publish time": "06/08/2025 10:00", "Reach": 7, "Views": 9})
    content = made.facebook(one_post(made, Reach=100, Views=300))
    bring(content, "first.csv", stated=(PUBLISHED + timedelta(hours=50), "file time"))
    bring(made.facebook(one_post(made, Reach=140, Views=310), young), "second.csv", stated=(PUBLISHED + timedelta(hours=170), "given"))
    screen = show("posts")
    assert list(screen.at.dataframe[0].value["reach"]) == [7, 140]
    screen.pick("value-at", "48 hours")
    frame = screen.at.dataframe[0].value
    assert list(frame["Age when seen"]) == ["still growing", "50 hours, export date assumed"]
    assert frame["reach"].isna().tolist() == [True, False] and frame["reach"].iloc[1] == 100
    assert list(frame["Source"]) == ["", "first.csv"]
    assert "within 36 to 60 hours" in screen.words and "Of the posts listed: 1 observed and 1 still growing." in screen.words
    assert "Highest reach of one post" not in screen.words
    assert list(show("posts", **{"value-at": "7 days"}).at.dataframe[0].value["Age when seen"]) == ["still growing", "7 days"]


# --- what is usual -------------------------------------------------------------------------------------------------------

BOOSTED = "Reach from Boosted posts"


def five_posts(made):
    """Reach 100, 300, 1,000 and 700 organic, boosted for the last two, and 50 where nothing is stated; published within five minutes."""
    cells = ((100, 0), (300, 0), (1000, 400), (700, 1), (50, ""))
    posts = [
        made.post(n, **{"Publish time": f"06/02/2025 10:0{n}", "Reach": reach, BOOSTED: boosted})
        for n, (reach, boosted) in enumerate(cells)
    ]
    return made.facebook(*posts, headings=(*made.facebook_headings, BOOSTED))


def test_what_is_usual_is_of_one_age_with_its_number_of_posts(show, known, made, bring):  # noqa: F811
    bring(five_posts(made), "week.csv", stated=(PUBLISHED + timedelta(days=7), "given"))
    later = made.facebook(made.post(9, **{"Publish time": "06/02/2025 10:30", "Reach": 9_999}))
    bring(later, "month.csv", stated=(PUBLISHED + timedelta(days=20), "given"))
    rows = known().rows("pages/own_history", age="7 days", sample=False)
    assert [(row["paid"], row["metric"], row["posts"], row["median_value"], row["lowest"], row["highest"]) for row in rows] == [
        ("boosted", "reach", 2, 850, 700, 1000), ("not stated", "reach", 1, 50, 50, 50), ("organic", "reach", 2, 200, 100, 300),
    ]
    table = show("posts", **{"value-at": "7 days"}).table("Paid or organic", "Median")
    assert [tuple(row.values()) for row in table] == [
        ("Facebook", "boosted", "Reach", "2", "850", "700 to 1,000"),
        ("Facebook", "not stated", "Reach", "1", "50", "50 to 50"),
        ("Facebook", "organic", "Reach", "2", "200", "100 to 300"),
    ]
    assert not show("posts").has_table("Paid or organic", "Median")


def test_what_is_usual_is_not_given_over_a_change_of_counting(desk, made):
    from reach.pages import _age

    def published(day):
        instant = datetime.fromisoformat(f"2024-{day}T12:00:00+00:00")
        activity = int(instant.timestamp() * 1000) << 22
        return f"https://www.linkedin.com/feed/update/urn:li:activity:{activity}", instant.replace(tzinfo=None)

    headings = ("Post title", "Post link", "Post type", "Created date", "Impressions", "Views", "Clicks", "Likes", "Comments", "Reposts")
    for day in ("03-01", "06-01"):
        link, instant = published(day)
        content = made.table(headings, [["Words", link, "Organic", "03/01/2024", 100, "", 1, 1, 0, 0]])
        desk.bring(content, f"{day}.csv", account="Example", stated=(instant + timedelta(days=7), "given"))
        said = _age.own_history(desk.store, "7 days", None, False)
        if day == "03-01":
            assert said == [("LinkedIn", "not stated", "Impressions", 1, 100, "100 to 100")]
    assert said == [
        ("LinkedIn", "not stated", "Impressions", 2, None, "not given: its counting changed (Impressions include reposts)")
    ]
