"""What the public view has of the store: a schema of its own, in which every table has a twin that shows what is known to be safe.

The public view looks into this schema first, and what is not named here shows nothing: a table without an entry has a twin without rows,
a column that is not listed is null. A new table or column is hidden until somebody decides otherwise. The views among the facts are made
in this schema once more, over the twins, since a view looks for its tables where it stands itself.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from types import SimpleNamespace
from typing import Any, cast

from . import views, withholding
from .disclosure import Limits
from .engine import Cursor, fetched, literal
from .queries import FACTS, OVER_MARTS, load
from .tables import FIGURE, TABLES, Table

SCHEMA = "public"
# Who records what ships with Reach, which is public.
FIRST_START = "first start"
NOBODY = literal("a person not named here")
PUBLISHED = "trim(coalesce(published_wording, '')) <> ''"
_SHIPPED_UPLOAD = "upload_id in (select edition.upload_id from main.edition)"
_OF_NETWORKS = "coalesce(table_name in ('post_observation', 'account_day', 'ad_result', 'crime_month', 'search_day'), false)"
_SHIPPED_RECORD = f"recorded_by = '{FIRST_START}'"
# A campaign that is planned has been announced to nobody.
_ANNOUNCED = "campaign in (select one.campaign from main.campaign_current as one where one.status is distinct from 'planned')"
_PLANNED = "(select one.campaign from main.campaign_current as one where one.status = 'planned')"
# A date note of a figure that is not published stands in a settlement too.
_NO_RECORDED_NOTE = f"""not exists (
    select 1 from main.figure as told
    where told.date_note is not null and not ({PUBLISHED.replace("published_wording", "told.published_wording")})
        and contains(figure_relation.facts, told.date_note)
) and not exists (select 1 from {_PLANNED} as planned (campaign) where contains(figure_relation.facts, planned.campaign))"""


@dataclass(frozen=True)
class Twin:
    """What is shown of a table: some columns as they are, others as an SQL expression says, the rest null; and of which rows."""

    shown: tuple[str, ...] = ()
    instead: tuple[tuple[str, str], ...] = ()
    where: str = "true"
    everything: bool = False


def _if_shipped(condition: str, *columns: str) -> tuple[tuple[str, str], ...]:
    return tuple((column, f"case when {condition} then {column} end") for column in columns)


TWINS: dict[str, Twin] = {
    "store": Twin(("schema_version", "reach_version", "views_sha256", "recorded_at"), (("recorded_by", NOBODY),)),
    # A file's name may hold a person's; its fingerprint and size tell a guess at the contents of a small file; and its control totals are
    # sums of its cells.
    "upload": Twin(
        (
            *("upload_id", "format", "reader_version", "network", "account", "as_of", "as_of_basis", "period_start", "period_end"),
            *("table_name", "rows_read", "rows_kept", "rows_skipped", "rows_set_aside", "sample", "recorded_at", "reread_of"),
            "first_recorded_at",
        ),
        (
            ("file_name", f"case when {_SHIPPED_UPLOAD} then file_name else 'file ' || left(cast(upload_id as varchar), 8) end"),
            ("sha256", f"case when {_SHIPPED_UPLOAD} then sha256 else 'not shown' end"),
            ("part", f"case when {_SHIPPED_UPLOAD} then part end"),
            ("control_totals", f"case when {_SHIPPED_UPLOAD} or {_OF_NETWORKS} then control_totals else '{{}}' end"),
            ("answers", "'{}'"),
            ("recorded_by", NOBODY),
        ),
    ),
    "retraction": Twin(("upload_id", "undone", "recorded_at"), (("recorded_by", NOBODY),)),
    "account": Twin(
        ("network", "account", "handle", "name", "ours", "posts", "upload_id", "recorded_at"), (("recorded_by", NOBODY),)
    ),
    # What the networks count of posts is seen by everybody who sees the post; only the labels are our own words.
    "post_observation": Twin(instead=(("labels", "cast(null as varchar)"),), everything=True),
    "account_day": Twin(everything=True),
    "ad_result": Twin(everything=True),
    # Published by data.police.uk.
    "crime_month": Twin(everything=True),
    "search_day": Twin(everything=True),
    "campaign": Twin(
        ("campaign", "start_date", "end_date", "networks", "status", "recorded_at"),
        (("recorded_by", NOBODY), *_if_shipped(_SHIPPED_RECORD, "date_note", "note", "source")),
        _ANNOUNCED,
    ),
    "campaign_operation": Twin(
        ("campaign", "operation", "area", "retired", "recorded_at"), (("recorded_by", NOBODY),), _ANNOUNCED
    ),
    "operation": Twin(
        ("operation", "area", "start_date", "end_date", "intensification", "recorded_at"),
        (("recorded_by", NOBODY), *_if_shipped(_SHIPPED_RECORD, "date_note", "note", "source")),
    ),
    "figure_relation": Twin(
        ("kind", "facts", "settled", "recorded_at"), (("recorded_by", NOBODY), ("subject", "'figures'"), ("note", "''")), _NO_RECORDED_NOTE
    ),
    "population": Twin(
        ("population", "area", "people", "reference_date", "source", "recorded_at"),
        (("recorded_by", NOBODY), *_if_shipped(_SHIPPED_RECORD, "note")),
    ),
    "edition": Twin(("sha256", "file_name", "upload_id", "recorded_at"), (("recorded_by", NOBODY),)),
}
# Marts of what networks and data.police.uk count. Pages of our web site are left out: an address can hold what somebody typed, and few
# people may have opened it.
MARTS: dict[str, str] = {
    "account_current": "true",
    "post": "true",
    "network_held": "true",
    "campaign_post": _ANNOUNCED,
    "campaign_ratio": _ANNOUNCED,
    "day_current": "true",
    "ad_current": "true",
    "campaign_ad": _ANNOUNCED,
    "crime_current": "true",
    "search_current": "true",
}
_EVERY_ANNOUNCED = f"""list_sort(list_intersect(every_campaign, (
    select list(campaign) from main.campaign_current where {_ANNOUNCED}
)))"""
# Columns of a mart that tell of rows which are not shown, told of those that are.
OF_THE_SHOWN = {
    "campaign_post": f"""len({_EVERY_ANNOUNCED}) as campaigns,
        {_EVERY_ANNOUNCED} as every_campaign,
        array_to_string({_EVERY_ANNOUNCED}, ', ') as campaign_names"""
}
# Facts that show nothing: who did what is for the working view.
NO_FACTS = ("audit",)
# What is shown of a figure that is recorded and not published: what it is of, and its value. The rest are words of our own.
_OF_RECORDED = (
    *("upload_id", "record_no", "start_date", "end_date", "area", "operation", "campaign", "network", "paid", "measure"),
    *("value_low", "value_high", "qualifier"),
)
_OF_PUBLISHED = (*_OF_RECORDED, "date_note", "unit", "published_wording", "status", "as_of", "source")
_SOURCE = {"source": "'Recorded, not published'"}
_HIDDEN = {"value_low": "cast(null as decimal(18, 3))", "value_high": "cast(null as decimal(18, 3))", "qualifier": literal(views.HIDDEN)}


def prepare(cursor: Cursor, limits: Any, marts: Sequence[str]) -> None:
    """Makes the schema anew, without the figures in it, which :func:`make_figures` makes. ``limits`` are the settings in force."""
    cursor.execute(f"create schema if not exists {SCHEMA}").fetchall()
    held = json.dumps(settings_of(limits))
    cursor.execute(f"create or replace table {SCHEMA}.limits as select {literal(held)} as settings").fetchall()
    cursor.execute(f"create or replace table {SCHEMA}.figure as select * from main.figure with no data").fetchall()
    for table in TABLES:
        if table is not FIGURE:
            cursor.execute(f"create or replace view {SCHEMA}.{table.name} as {_twin(table)}").fetchall()
    for mart in marts:
        if mart != FIGURE.mart:
            columns = f"* replace ({OF_THE_SHOWN[mart]})" if mart in OF_THE_SHOWN else "*"
            cursor.execute(
                f"create or replace view {SCHEMA}.{mart} as select {columns} from main.{mart} where {MARTS.get(mart, 'false')}"
            ).fetchall()
    # Where a view stands is where it looks for its tables, from the moment it is made.
    cursor.execute(f"use reach.{SCHEMA}").fetchall()
    for name, text in (
        *((fact, load(f"facts/{fact}").text) for fact in FACTS),
        (FIGURE.mart, load(f"marts/{FIGURE.mart}").text),
        *((view, load(f"facts/{view}").text) for view in OVER_MARTS),
    ):
        shown = f"select * from main.{name} where false" if name in NO_FACTS else text
        cursor.execute(f"create or replace view {name} as {shown}").fetchall()
    cursor.execute("use reach.main").fetchall()


def settings_of(settings: Any) -> dict[str, Any]:
    """The settings that decide what is hidden: a store made under others makes its public figures anew."""
    return {name: value for name, value in asdict(settings).items() if name.startswith("suppress")} | {
        "force": settings.force,
        "around": list(settings.around),
    }


def make_figures(cursor: Cursor) -> None:
    """Makes the public figures anew from those of the store, inside the caller's transaction.

    All published statements in force are there, without our own notes on them. Of what is recorded each fact is there once: as it is, or
    with ``[c]`` for its qualifier and no value. What is superseded, or stands beside a published statement of its fact, is not there.
    """
    cursor.execute(
        f"""create or replace table {SCHEMA}.figure as
        select {_columns(FIGURE, _OF_PUBLISHED, dict(_if_shipped(_SHIPPED_UPLOAD, "note")))}
        from main.figure where {PUBLISHED} and upload_id in (select one.upload_id from main.upload_in_force as one)"""
    ).fetchall()
    recorded = f"from main.figure_current where not ({PUBLISHED})"
    if not cursor.execute(f"select 1 {recorded} limit 1").fetchall():
        return
    names = ", ".join(withholding.ROWS)
    rows = fetched(
        cursor,
        f"""select {names}, true as recorded {recorded}
        union all by name
        select {names}, false as recorded
        from (select figure.*, one.sample from main.figure inner join main.upload_in_force as one using (upload_id))
        where {PUBLISHED}""",
    )
    limits = json.loads(cursor.execute(f"select settings from {SCHEMA}.limits").fetchall()[0][0])
    settled = fetched(cursor, "select * from main.figure_relation_current")
    published = cursor.execute("select content from main.publication where content is not null").fetchall()
    printed_hidden = [figure for (content,) in published for figure in json.loads(content)["figures"] if figure["hidden"]]
    found = withholding.seen(rows, settled, cast(Limits, SimpleNamespace(**limits)), limits["force"], limits["around"], printed_hidden)
    for figures, instead in ((found.shown, _SOURCE), (found.hidden, _SOURCE | _HIDDEN)):
        if figures:
            cursor.execute(
                f"""insert into {SCHEMA}.figure by name
                select {_columns(FIGURE, _OF_RECORDED, instead)}
                from main.figure
                semi join (select unnest($uploads) as upload_id, unnest($records) as record_no, unnest($measures) as measure) as seen
                    on cast(figure.upload_id as varchar) = seen.upload_id
                    and figure.record_no = seen.record_no and figure.measure = seen.measure
                where campaign is null or campaign not in {_PLANNED}""",
                dict(zip(("uploads", "records", "measures"), map(list, zip(*figures, strict=True)), strict=True)),
            ).fetchall()


def _columns(table: Table, shown: Collection[str], instead: Mapping[str, str]) -> str:
    """The columns of a table to select: those shown as they are, some as an expression says, and the rest null."""
    held = [(name, name if name in shown else f"cast(null as {kind})") for name, kind, _ in table.columns]
    return ", ".join(f"{instead.get(name, value)} as {name}" for name, value in held)


def _twin(table: Table) -> str:
    twin = TWINS.get(table.name, Twin(where="false"))
    columns = _columns(table, table.names if twin.everything else twin.shown, dict(twin.instead))
    return f"select {columns} from main.{table.name} where {twin.where}"
