"""What an import puts into the marts is what making them anew gives."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from reach import campaigns, marts, past, uploads
from reach.clock import utc_now

POSTS = ("post", "network_held", "campaign_post", "ratio_pair", "campaign_ratio")


def shown(cursor: Any, mart: str) -> list[str]:
    """What a mart holds, whatever the order of its rows and columns."""
    cursor.execute(f"select * from {mart}")
    names = [column[0] for column in cursor.description]
    return sorted(repr(sorted(zip(names, row, strict=True))) for row in cursor.fetchall())


def held(desk: Any) -> dict[str, list[str]]:
    with desk.store.cursor() as cursor:
        return {mart: shown(cursor, mart) for mart in POSTS}


def in_step(desk: Any) -> bool:
    """Whether making the marts of posts anew, in a transaction that is rolled back, changes nothing."""
    before = held(desk)
    with desk.store.transaction(keep=False) as cursor:
        marts.rebuild(cursor, ["post"])
        return before == {mart: shown(cursor, mart) for mart in POSTS}


@pytest.fixture
def put_in(monkeypatch):
    """A list with an entry for each step that all posts were made anew in, or some put in."""
    told: list[str] = []

    def tells(name: str, real: Any) -> Any:
        return lambda *given: (told.append(name), real(*given))[1]

    for name in ("_make_posts", "_put_posts_in"):
        monkeypatch.setattr(marts, name, tells(name, getattr(marts, name)))
    return told


def looks(made: Any, *numbers: int, **cells: Any) -> bytes:
    return made.facebook(*(made.post(number, Description=f"Words #signs {number}", **cells) for number in numbers))


@pytest.fixture
def tagged(desk):
    with desk.store.transaction() as cursor:
        campaigns.append(cursor, "campaign", {"campaign": "Signs"})
        rule = {"rule_id": "2f0b1c9e-0000-4000-8000-000000000001", "campaign": "Signs", "hashtag": "signs", "retired": False}
        campaigns.append(cursor, "campaign_rule", rule)
    return desk


def test_later_looks_at_few_and_at_many_posts(tagged, made, put_in, monkeypatch):
    monkeypatch.setattr(marts, "FEW", 0)
    tagged.bring(looks(made, *range(1, 30), Reach=5, Views=9), "1.csv", as_of=datetime(2026, 1, 1))
    assert in_step(tagged)
    # A few of many: rows are taken out and others put in. Reach is not given, and stays as it was.
    tagged.bring(looks(made, 1, 2, 99, Views=10), "2.csv", as_of=datetime(2026, 1, 2))
    assert in_step(tagged)
    assert tagged.rows("select observations, reach, views from post where post_key = '12210000000000177'") == [
        {"observations": 2, "reach": 5, "views": 10}
    ]
    # Nearly all: the table is written anew.
    tagged.bring(looks(made, *range(3, 40), Reach=7), "3.csv", as_of=datetime(2026, 1, 3))
    assert in_step(tagged)
    assert put_in == ["_make_posts", "_put_posts_in"]
    assert tagged.rows("select count(*) as n from campaign_post") == [{"n": 40}]


def test_a_ratio_is_of_the_latest_look_that_gives_both_its_numbers(tagged, made, put_in):
    both = {"Views": 90, "Reactions, Comments and Shares": 9}
    headings = (*made.facebook_headings, "Reactions, Comments and Shares")
    posts = [made.post(number, Description="#signs") for number in range(1, 30)]
    tagged.bring(made.facebook(*({**post, **both} for post in posts), headings=headings), "1.csv", as_of=datetime(2026, 1, 1))
    tagged.bring(made.facebook({**posts[0], "Views": 95}, posts[1]), "2.csv", as_of=datetime(2026, 1, 2))
    assert in_step(tagged)
    assert len(put_in) == 2
    (row,) = tagged.rows("select * from campaign_ratio where ratio = 'engagements_per_view'")
    assert (row["posts"], row["posts_used"], row["numerator"], row["denominator"]) == (29, 29, 29 * 9, 29 * 90)
    assert tagged.rows("select views from post where post_key = '12210000000000177'") == [{"views": 95}]


def test_few_posts_are_put_in_from_the_first(tagged, made, put_in):
    tagged.bring(looks(made, *range(1, 9), Reach=5), "1.csv", as_of=datetime(2026, 1, 1))
    assert in_step(tagged)
    assert tagged.rows("select count(*) as n from campaign_post") == [{"n": 8}]
    tagged.bring(looks(made, *range(1, 9), Reach=6), "2.csv", as_of=datetime(2026, 1, 2))
    assert in_step(tagged)
    assert put_in == ["_put_posts_in", "_put_posts_in"]


def test_a_look_without_words_takes_no_post_out_of_its_campaign(tagged, made, put_in):
    tagged.bring(looks(made, *range(1, 30), Reach=5), "1.csv", as_of=datetime(2026, 1, 1))
    tagged.bring(made.facebook(made.post(1, Description="", Reach=6)), "2.csv", as_of=datetime(2026, 1, 2))
    assert in_step(tagged)
    assert tagged.rows("select text, reach from campaign_post where post_key = '12210000000000177'") == [{"text": None, "reach": 6}]
    assert len(put_in) == 2


def test_what_may_change_other_posts_makes_all_anew(tagged, made, put_in):
    tagged.bring(looks(made, *range(1, 30), Reach=5), "1.csv", as_of=datetime(2026, 1, 1))
    put_in.clear()
    older = tagged.bring(looks(made, 1, 2, Reach=1), "older.csv", as_of=datetime(2025, 12, 1))
    assert in_step(tagged)
    damaged = {**made.post(3, Reach=8), "Post ID": "1.22E+17"}
    tagged.bring(made.facebook(damaged, made.post(40, Reach=1)), "damaged.csv", as_of=datetime(2026, 1, 4))
    assert in_step(tagged)
    # A sound look at the minute of a damaged one.
    tagged.bring(looks(made, 3, Reach=9), "sound.csv", as_of=datetime(2026, 1, 5))
    assert in_step(tagged)
    assert put_in == ["_make_posts"] * 3
    # Not at its minute.
    last = tagged.bring(looks(made, 5, Reach=9), "other.csv", as_of=datetime(2026, 1, 6))
    assert in_step(tagged)
    assert put_in[3:] == ["_put_posts_in"]
    for upload in (older, last):
        uploads.undo(tagged.store, upload.upload_id)
        assert in_step(tagged)
        uploads.redo(tagged.store, upload.upload_id)
        assert in_step(tagged)


def test_an_account_that_ceases_to_be_ours_is_so_for_the_posts_held(tagged, made, put_in):
    tagged.bring(looks(made, *range(1, 9), Reach=5), "1.csv", as_of=datetime(2026, 1, 1))
    put_in.clear()
    tagged.bring(looks(made, 50, Reach=5), "2.csv", as_of=datetime(2026, 1, 2), ours=())
    assert in_step(tagged)
    assert put_in == ["_make_posts"]
    assert tagged.rows("select count(*) as n from post where ours") == [{"n": 0}]


def test_a_page_that_is_renamed_is_so_for_the_posts_held(tagged, made, put_in):
    """A rule may name an account, by any name it goes by now."""
    with tagged.store.transaction() as cursor:
        rule = {"rule_id": "2f0b1c9e-0000-4000-8000-000000000002", "campaign": "Signs", "account": "new name", "retired": False}
        campaigns.append(cursor, "campaign_rule", rule)
    tagged.bring(looks(made, *range(1, 9), Reach=5).replace(b"#signs", b""), "1.csv", as_of=datetime(2026, 1, 1))
    assert tagged.rows("select count(*) as n from campaign_post") == [{"n": 0}]
    tagged.bring(made.facebook({**made.post(50, Reach=1), "Page name": "New Name"}), "2.csv", as_of=datetime(2026, 1, 2))
    assert in_step(tagged)
    assert tagged.rows("select count(*) as n from campaign_post") == [{"n": 9}]


def test_what_another_file_says_of_an_account_is_so_for_its_posts(tagged, made):
    tagged.bring(looks(made, *range(1, 9), Reach=5), "1.csv", as_of=datetime(2026, 1, 1))
    with tagged.store.transaction() as cursor:
        said = "('facebook', ?, null, 'Example Police', false, 1, null, now()::timestamp, 'x')"
        cursor.execute(f"insert into account values {said}", [made.page])
        marts.rebuild(cursor, ["day_current"])
    assert in_step(tagged)
    assert tagged.rows("select count(*) as n from post where ours") == [{"n": 0}]


def test_a_preview_changes_nothing(tagged, made):
    tagged.bring(looks(made, *range(1, 30), Reach=5), "1.csv", as_of=datetime(2026, 1, 1))
    before = held(tagged)
    candidate = tagged.one(looks(made, 1, 2, Reach=9), "2.csv", as_of=datetime(2026, 1, 2))
    uploads.preview(tagged.store, [candidate])
    assert before == held(tagged)


def everything(cursor: Any) -> dict[str, list[str]]:
    """All that is shown: every mart, and the view over them."""
    return {mart: shown(cursor, mart) for mart in (*marts.MARTS, "account_period")}


def seen_then(desk: Any, instant: datetime) -> dict[str, list[str]]:
    with desk.store.cursor() as cursor:
        cursor.execute("begin transaction").fetchall()
        past.go_back(cursor, instant)
        return everything(cursor)


def test_the_store_as_it_was_is_what_was_shown_then(tagged, made):
    """After each of many acts, what every mart held is what going back to just after that act gives at the end."""
    desk, damaged = tagged, {**made.post(3, Reach=8), "Post ID": "1.22E+17"}
    rule = {"rule_id": "2f0b1c9e-0000-4000-8000-000000000002", "campaign": "Later", "words": "words", "retired": False}
    ids: dict[str, str] = {}

    def bring(name: str, source: bytes, **how: Any) -> Any:
        return lambda: ids.update({name: desk.bring(source, f"{name}.csv", **how).upload_id})

    def tag() -> None:
        with desk.store.transaction() as cursor:
            campaigns.append(cursor, "campaign", {"campaign": "Later"})
            campaigns.append(cursor, "campaign_rule", rule)
            marts.rebuild(cursor, marts.TAGGED)

    acts = (
        bring("first", looks(made, *range(1, 9), Reach=5), as_of=datetime(2026, 1, 2)),
        bring("older", looks(made, 1, 2, 30, Reach=1), as_of=datetime(2026, 1, 1)),
        bring("damaged", made.facebook(damaged, made.post(40, Reach=1)), as_of=datetime(2026, 1, 3)),
        tag,
        bring("figures", made.figures({"value_low": 63, "value_high": 63})),
        bring("revised", made.figures({"value_low": 65, "value_high": 65})),
        lambda: uploads.undo(desk.store, ids["first"]),
        bring("renamed", made.facebook({**made.post(50, Reach=1), "Page name": "New Name"}), as_of=datetime(2026, 1, 4)),
        lambda: uploads.undo(desk.store, ids["revised"]),
        lambda: uploads.redo(desk.store, ids["first"]),
        bring("not ours", looks(made, 60, Reach=5), as_of=datetime(2026, 1, 5), ours=()),
        lambda: uploads.undo(desk.store, ids["damaged"]),
    )
    then = []
    for act in acts:
        act()
        with desk.store.cursor() as cursor:
            then.append((utc_now(), everything(cursor)))
    assert len({str(one) for _, one in then}) == len(acts), "each act changes something"
    before = desk.size()
    for instant, held_then in then:
        assert seen_then(desk, instant) == held_then
    assert desk.size() == before and everything_now(desk) == then[-1][1], "nothing in the store was touched"


def everything_now(desk: Any) -> dict[str, list[str]]:
    with desk.store.cursor() as cursor:
        return everything(cursor)
