"""The marts: tables of what is shown now, made from the facts inside the transaction that changes them.

A mart is made anew from its statement. An import that is the latest look at its posts, which nearly every import is, only puts
its own posts in: what is shown of the others stays as it is. The two give the same rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .engine import Cursor
from .queries import load

MARTS = (
    "post",
    "campaign_post",
    "figure_current",
    "day_current",
    "ad_current",
    "campaign_ad",
    "web_current",
    "crime_current",
    "search_current",
)
# What is made from a mart, and so made anew whenever it is.
AFTER = {"post": ("campaign_post",), "ad_current": ("campaign_ad",)}
# What follows from the tagging rules.
TAGGED = ("campaign_post", "campaign_ad")
# A mart that has no rows where all of these views have none.
EMPTY_WITHOUT = {"campaign_post": ("campaign_rule_current", "campaign_hand_current"), "campaign_ad": ("campaign_rule_current",)}
# With a larger share of the posts, writing the table anew is less work than taking rows out of it and putting others in.
MOST_PUT_IN = 0.25


def rebuild(cursor: Cursor, marts: Sequence[str] = MARTS) -> None:
    """Makes the marts anew inside the caller's transaction, and those made from them, so that they never lag behind what they show."""
    for mart in dict.fromkeys(made for asked in marts for made in (asked, *AFTER.get(asked, ()))):
        without = "" if _has_anything(cursor, mart) else "with no data"
        _run(cursor, f"create or replace table {mart} as {load(f'marts/{mart}').text} {without}", f"marts/{mart}")


def take_in(cursor: Cursor, mart: str, upload_id: str) -> None:
    """Brings a mart, and those made from it, up to an upload just put into its table, inside the caller's transaction."""
    if mart == "post" and _true(cursor, "steps/is_latest_look", upload_id):
        _put_posts_in(cursor, upload_id)
    else:
        rebuild(cursor, [mart])


def _put_posts_in(cursor: Cursor, upload_id: str) -> None:
    # What is shown of these posts now is also in what they show from now on, so that it is worked out before anything is taken out.
    posts = load("steps/posts_of_latest_look")
    share = "select count(*) filter (where upload_id = ?) > ? * (select count(*) from post) from post_observation"
    if cursor.execute(share, [upload_id, MOST_PUT_IN]).fetchall() == [(True,)]:
        others = """select post.* from post anti join (select network, post_id as post_key from post_observation where upload_id = $upload)
            using (network, post_key)"""
        _run(cursor, f"create or replace table post as {posts.text} union all by name {others}", posts.name, upload_id)
        rebuild(cursor, AFTER["post"])
        return
    _run(cursor, f"create or replace temp table put_in as {posts.text}", posts.name, upload_id)
    tagged = _has_anything(cursor, "campaign_post")
    for table in ("post", "campaign_post"):
        cursor.execute(
            f"delete from {table} using put_in where {table}.network = put_in.network and {table}.post_key = put_in.post_key"
        ).fetchall()
    cursor.execute("insert into post by name select * from put_in").fetchall()
    cursor.execute("drop table put_in").fetchall()
    if tagged:
        name = "marts/campaign_post"
        _run(cursor, f"insert into campaign_post by name {load(name).text}", name, upload_id)


def _run(cursor: Cursor, statement: str, name: str, upload_id: str | None = None) -> None:
    values: dict[str, Any] = {"upload": upload_id} if "upload" in load(name).parameters else {}
    cursor.execute(statement, values).fetchall()


def _true(cursor: Cursor, name: str, upload_id: str) -> bool:
    return cursor.execute(load(name).text, {"upload": upload_id}).fetchall() == [(True,)]


def _has_anything(cursor: Cursor, mart: str) -> bool:
    """Whether a mart that shows nothing without certain statements can show something: else it need not be worked out."""
    without = EMPTY_WITHOUT.get(mart, ())
    return not without or any(cursor.execute(f"select 1 from {fact} limit 1").fetchall() for fact in without)
