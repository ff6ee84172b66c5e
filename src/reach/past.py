"""The store as it was at an earlier instant, for one cursor: every question it asks is answered from what had been recorded by then.

Nothing is stored for it and nothing in the store is touched. All that is recorded bears when, so that what was recorded since is left
out by temporary views in the place of the tables, and what follows from it is made anew over them: temporary, of this cursor, and gone
with it. An upload since then is not left out but stands as undone: its rows lie in tables that do not say when, and every statement
knows what to make of an upload that is undone. The settings and the rules are those of today.
"""

from __future__ import annotations

from datetime import datetime

from . import marts
from .engine import Cursor
from .queries import FACTS, OVER_MARTS, load
from .tables import TABLE, TABLES

# Tables whose rows bear when they were recorded. The rows of the others came with an upload, and count where it does.
RECORDED = tuple(table.name for table in TABLES if "recorded_at" in table.names and table.name != "store")
# What they held before $then, where it is not just what had been recorded. What a file says of accounts counts where the file does.
BEFORE = {
    "upload": "select * from reach.main.upload",
    "retraction": """
        select * from reach.main.retraction where recorded_at < $then
        union all by name
        select upload_id, true as undone, recorded_at from reach.main.upload where recorded_at >= $then""",
    "account": "select * from reach.main.account where upload_id is not null or recorded_at < $then",
}
# What says which posts and advertisements are a campaign's.
TAGGING = ("campaign", "campaign_rule", "campaign_hand")


def go_back(cursor: Cursor, instant: datetime) -> bool:
    """Lets a cursor of the working view see the store as it was just before an instant in UTC, inside the caller's transaction.

    Gives False, and changes nothing, where nothing was recorded since. What it costs is what making the marts costs that an upload, an
    undo or a redo since then moved.
    """
    moved = [name for name in RECORDED if _has_any_since(cursor, name, instant)]
    if not moved:
        return False
    made_anew = _marts_moved(cursor, instant)
    if set(TAGGING) & set(moved):
        made_anew += marts.TAGGED
    then = f"timestamp '{instant:%Y-%m-%d %H:%M:%S.%f}'"
    for name in RECORDED:
        held = BEFORE.get(name, f"select * from reach.main.{name} where recorded_at < $then")
        # A view takes no parameters.
        cursor.execute(f"create temp view {name} as {held.replace('$then', then)}").fetchall()
    # Where a view stands is where it looks first: over the temporary ones, and over the tables where there is none.
    for view in FACTS:
        cursor.execute(f"create temp view {view} as {load(f'facts/{view}').text}").fetchall()
    marts.make_apart(cursor, made_anew)
    for view in OVER_MARTS:
        cursor.execute(f"create temp view {view} as {load(f'facts/{view}').text}").fetchall()
    return True


def _has_any_since(cursor: Cursor, table: str, instant: datetime) -> bool:
    return bool(cursor.execute(f"select 1 from {table} where recorded_at >= ? limit 1", [instant]).fetchall())


def _marts_moved(cursor: Cursor, instant: datetime) -> tuple[str, ...]:
    """The marts of the tables of which an upload was brought in, undone or done again since."""
    tables = cursor.execute(
        """select distinct table_name from upload_state where upload_id in (
            select one.upload_id from upload as one where one.recorded_at >= $instant
            union all
            select one.upload_id from retraction as one where one.recorded_at >= $instant
        ) order by table_name""",
        {"instant": instant},
    ).fetchall()
    return tuple(TABLE[name].mart for (name,) in tables)
