"""The marts: tables of what is shown now, made from the facts inside the transaction that changes them.

A mart is made anew from its statement. An import that is the latest look at its posts, which nearly every import is, only puts
its own posts in: what is shown of the others stays as it is. The two give the same rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from . import public
from .engine import Cursor
from .queries import load

MARTS = (
    "account_current",
    "post",
    "network_held",
    "campaign_post",
    "ratio_pair",
    "campaign_ratio",
    "figure_current",
    "day_current",
    "ad_current",
    "campaign_ad",
    "web_current",
    "crime_current",
    "search_current",
)
# What every import, undo and redo may change, and other marts are made from.
FIRST = "account_current"
# What the public view shows of these is worked out with them.
FIGURES = "figure_current"
OF_CAMPAIGNS = ("ratio_pair", "campaign_ratio")
# What is made from a mart, and so made anew whenever it is.
AFTER = {"post": ("network_held", "campaign_post", *OF_CAMPAIGNS), "campaign_post": OF_CAMPAIGNS, "ad_current": ("campaign_ad",)}
# What shows, or is tagged by, what is said of accounts.
OF_ACCOUNTS = ("post", "campaign_ad")
# What follows from the tagging rules.
TAGGED = ("campaign_post", "campaign_ad")
# A mart that has no rows where all of these views have none.
EMPTY_WITHOUT = {
    **dict.fromkeys(("campaign_post", *OF_CAMPAIGNS), ("campaign_rule_current", "campaign_hand_current")),
    "campaign_ad": ("campaign_rule_current",),
}
# Marts with a row for each post, or several, which are put in with it.
PUT_IN_TOO = ("campaign_post", "ratio_pair")
# Marts of few rows over all posts, which are made anew.
SUMMED_UP = ("network_held", "campaign_ratio")
LATEST = "steps/posts_of_latest_look"
# So few posts are put in whatever is shown: to plan the statement of the whole mart costs more than that.
FEW = 10_000
# With more posts than this share of those shown, writing the table anew is less work than taking rows out of it and putting others in.
MOST_PUT_IN = 0.25
# With more than so many times those shown, as in a first import, the whole mart is little more than what is new.
MOST_TAKEN_IN = 4


def rebuild(cursor: Cursor, marts: Sequence[str] = MARTS) -> None:
    """Makes the marts anew inside the caller's transaction, and those made from them, so that they never lag behind what they show."""
    _make_all(cursor, marts)
    if FIGURES in marts:
        public.make_figures(cursor)


def retag(cursor: Cursor) -> None:
    """Makes only what says which posts and advertisements belong to campaigns, for a trial that is rolled back."""
    for mart in TAGGED:
        _make(cursor, mart)


def make_apart(cursor: Cursor, marts: Sequence[str]) -> None:
    """Makes marts, and those made from them, as temporary tables: this cursor alone sees them, in the place of the store's own."""
    _make_all(cursor, marts, "temp table")


def _make_all(cursor: Cursor, marts: Sequence[str], kind: str = "table") -> None:
    if FIRST not in marts and _accounts_moved(cursor, kind):
        marts = (*marts, *OF_ACCOUNTS)
    for mart in dict.fromkeys(made for asked in marts for made in (asked, *AFTER.get(asked, ()))):
        _make(cursor, mart, kind)


def take_in(cursor: Cursor, mart: str, upload_id: str) -> None:
    """Brings a mart, and those made from it, up to an upload just put into its table, inside the caller's transaction."""
    if mart != "post":
        return rebuild(cursor, [mart])
    if _accounts_moved(cursor):
        return _make_posts(cursor, "campaign_ad")
    if not _is_latest_look(cursor, upload_id):
        return _make_posts(cursor)
    count = "select count(*), count(*) / greatest((select count(*) from post), 1) from post_observation where upload_id = ?"
    ((posts, share),) = cursor.execute(count, [upload_id]).fetchall()
    if posts <= FEW or share <= MOST_PUT_IN:
        return _put_posts_in(cursor, upload_id)
    if share > MOST_TAKEN_IN:
        return _make_posts(cursor)
    cursor.execute(f"create or replace table post as {load(LATEST).text}", {"upload": upload_id, "others": True}).fetchall()
    for made in AFTER["post"]:
        _make(cursor, made)


def _accounts_moved(cursor: Cursor, kind: str = "table") -> bool:
    """Makes the accounts anew; whether something else is said now of one that was known: its name, its handle, or that it is ours."""
    said = f"select network, account, handle, name, ours from {FIRST}"
    before = set(cursor.execute(said).fetchall())
    _make(cursor, FIRST, kind)
    return not before <= set(cursor.execute(said).fetchall())


def _is_latest_look(cursor: Cursor, upload_id: str) -> bool:
    return cursor.execute(load("steps/is_latest_look").text, {"upload": upload_id}).fetchall() == [(True,)]


def _make_posts(cursor: Cursor, *others: str) -> None:
    for mart in ("post", *AFTER["post"], *others):
        _make(cursor, mart)


def make_empty(cursor: Cursor, mart: str) -> None:
    """Makes a mart without rows, for what must be made over it before it can be filled."""
    query = load(f"marts/{mart}")
    cursor.execute(f"create or replace table {mart} as {query.text} with no data", dict.fromkeys(query.parameters)).fetchall()


def _make(cursor: Cursor, mart: str, kind: str = "table") -> None:
    without = "" if _has_anything(cursor, mart) else "with no data"
    query = load(f"marts/{mart}")
    cursor.execute(f"create or replace {kind} {mart} as {query.text} {without}", dict.fromkeys(query.parameters)).fetchall()


def _put_posts_in(cursor: Cursor, upload_id: str) -> None:
    # What is shown of these posts now is also in what they show from now on, so that it is worked out before anything is taken out.
    cursor.execute(f"create or replace temp table put_in as {load(LATEST).text}", {"upload": upload_id, "others": False}).fetchall()
    for table in ("post", *PUT_IN_TOO):
        cursor.execute(
            f"delete from {table} using put_in where {table}.network = put_in.network and {table}.post_key = put_in.post_key"
        ).fetchall()
    cursor.execute("insert into post by name select * from put_in").fetchall()
    cursor.execute("drop table put_in").fetchall()
    for mart in PUT_IN_TOO:
        if _has_anything(cursor, mart):
            cursor.execute(f"insert into {mart} by name {load(f'marts/{mart}').text}", {"upload": upload_id}).fetchall()
    for mart in SUMMED_UP:
        _make(cursor, mart)


def _has_anything(cursor: Cursor, mart: str) -> bool:
    """Whether a mart that shows nothing without certain statements can show something: else it need not be worked out."""
    without = EMPTY_WITHOUT.get(mart, ())
    return not without or any(cursor.execute(f"select 1 from {fact} limit 1").fetchall() for fact in without)
