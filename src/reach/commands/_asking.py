"""``formats``, ``queries``, ``query``, ``campaigns`` and ``publications``: what is known and held."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .. import campaign_files, campaign_rates, editions, ledger, publications, queries, settings
from ..errors import Usage
from ..formats import all_formats
from ..recognise import one_line
from ..sheets import as_csv
from ..store import Store
from ..views import COLUMN, LABEL
from ._opening import for_reading, for_working, label, store_if_free, view_of
from ._printing import Adds, print_json, print_table, say


def add(command: Adds) -> None:
    """The commands of this room, with their arguments."""
    command("formats", formats, "list the files Reach reads")
    command("queries", queries_listed, "list the named questions")
    asked = command("query", query, "ask a named question")
    asked.add_argument("name", metavar="NAME")
    asked.add_argument("--set", action="append", default=[], metavar="K=V", dest="values", help="a parameter's value")
    shapes = ("table", "csv", "json")
    asked.add_argument("--format", choices=shapes, default="table", dest="shape", help="as CSV with the view in a last column")
    asked.add_argument("--provenance", action="store_true", help="with JSON: add to each row the file and record that it comes from")
    listed = command("campaigns", campaigns, "list the campaigns, or record those of a CSV file as data/published/campaigns.csv")
    listed.add_argument("file", nargs="?", metavar="FILE", help="a CSV file of campaigns; all of it is recorded, or none")
    words = "list what was published through the publish gate, or print one entry to copy"
    command("publications", publications_listed, words).add_argument("number", nargs="?", type=int, metavar="N", help="the entry's number")


def formats(options: argparse.Namespace) -> int:
    known = settings.load(options.store)
    store = store_if_free(known, view_of(options, known))
    mapped = ledger.mapped_formats(store) if store else ()
    rows = [
        {
            "format": one.key,
            "label": one.label,
            "network": one.network,
            "getting_it": one.getting_it,
            "kept_for": one.kept_for or None,
            "declined": one.declined or None,
        }
        for one in (*all_formats(), *mapped)
    ]
    if options.json:
        print_json(rows)
    else:
        print_table(rows, ("format", "label", "getting_it"))
    return 0


def queries_listed(options: argparse.Namespace) -> int:
    asked = [queries.load(name) for name in queries.names() if not name.startswith(("facts/", "marts/"))]
    rows = [{"query": one.name, "parameters": list(one.parameters), "words": one.words} for one in asked]
    if options.json:
        print_json(rows)
    else:
        print_table(rows, ("query", "parameters", "words"))
    return 0


def query(options: argparse.Namespace) -> int:
    query = queries.load(options.name)
    values: dict[str, Any] = {}
    for pair in options.values:
        name, equals, value = pair.partition("=")
        if not equals or name not in query.parameters:
            known = ", ".join(query.parameters) or "none"
            raise Usage(f"Parameter '{pair}': write --set name=value; {query.name} takes: {known}.")
        values[name] = value.split(",") if name in query.lists else value
    shape = "json" if options.json else options.shape
    if options.provenance and shape != "json":
        raise Usage("--provenance is given as JSON only. Add --format json.")
    store = for_reading(options)
    rows = store.rows(query.name, **values)
    # A question without an answer still has its headings.
    headings = list(rows[0]) if rows else store.headings(query.name, **values)
    if options.provenance:
        if "upload_id" not in headings:
            raise Usage(f"Query '{query.name}': its rows name no upload, so none has one source. Ask without --provenance.")
        rows = _with_provenance(store, rows)
    label(store)
    if shape == "json":
        print_json(rows)
    elif shape == "csv":
        marked = [[*row.values(), LABEL[store.view]] for row in rows]
        say(as_csv([*headings, COLUMN], marked).removesuffix("\n"))
    else:
        print_table(rows, tuple(rows[0]) if rows else ())
    return 0


def _with_provenance(store: Store, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each row with the file and record it comes from; None for a row of no upload, and no record number for one of a whole file."""
    asked = sorted({str(row["upload_id"]) for row in rows if row["upload_id"]})
    files = {one["upload_id"]: one for one in store.rows("pages/provenance", uploads=asked)}
    return [{**row, "provenance": _provenance(files.get(str(row["upload_id"])), row)} for row in rows]


def _provenance(file: dict[str, Any] | None, row: dict[str, Any]) -> dict[str, Any] | None:
    return {**file, "record_no": row.get("record_no")} if file else None


def campaigns(options: argparse.Namespace) -> int:
    store = editions.opened(for_working(options)) if options.file else for_reading(options)
    if options.file:
        path = Path(options.file)
        try:
            said = campaign_files.bring(store, path.read_bytes(), path.name)
        except OSError as error:
            raise Usage(f"{one_line(options.file)}: it cannot be read ({error.strerror}). Give a CSV file of campaigns.") from None
        if not options.json:
            for line in said:
                say(line)
            return 0
    rows = store.rows("pages/campaigns")
    label(store)
    if options.json:
        print_json([{**row, "rates": rates} for row, rates in zip(rows, rates_of(store, rows), strict=True)])
    else:
        print_table(rows, ("campaign", "start_date", "end_date", "status", "posts", "shared", "figures"))
    return 0


def rates_of(store: Store, rows: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The rates of each campaign as its page gives them: of made-up posts only where it has no others."""
    tagged = campaign_rates.tags(store.rows("pages/campaign_ad_tags"))
    of_posts, found = store.rows("pages/campaign_ratios"), []
    advertisements = {made_up: store.rows("pages/campaign_advertisements", sample=made_up) for made_up in (False, True)}
    for row in rows:
        made_up = not row["posts"] and bool(row["sample_posts"])
        own = [one for one in of_posts if one["sample"] == made_up]
        found.append(campaign_rates.listed(row, own, advertisements[made_up], tagged))
    return found


def publications_listed(options: argparse.Namespace) -> int:
    store = editions.opened(settings.load(options.store))
    if options.number is None:
        rows = [_entry_json(one) for one in publications.entries(store)]
        if options.json:
            print_json(rows)
        elif rows:
            print_table(rows, ("number", "day", "title", "state", "figures", "hidden", "by"))
        else:
            say("Nothing was published yet.")
        return 0
    one = publications.entry(store, options.number)
    if options.json:
        print_json({**_entry_json(one), "marking": one.marking, "standing": one.standing, "content": one.document})
    else:
        say(one.words)
    return 0


def _entry_json(one: publications.Entry) -> dict[str, Any]:
    figures = one.document["figures"]
    return {
        "number": one.number,
        "day": one.row["day"],
        "title": one.document["title"],
        "state": one.state,
        "figures": len(figures),
        "hidden": sum(figure["hidden"] for figure in figures),
        "sha256": one.document["sha256"],
        "whole": one.whole,
        "upload_id": one.row["upload_id"],
        "upload_undone": one.row["undone"],
        "by": one.row["recorded_by"],
        "at": one.row["recorded_at"],
        "reason": one.row["reason"],
        "superseded_by": one.row["superseded_by"],
    }
