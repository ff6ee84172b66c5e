"""``uploads``, ``undo``, ``redo``, ``sample`` and ``rebuild``: what was imported, and what becomes of it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from .. import candidates, claims, editions, rereading, uploads
from ..recognise import one_line
from ._opening import for_reading, for_working, label
from ._printing import WIDEST_CHANGE, Adds, print_json, print_table, say


def add(command: Adds) -> None:
    """The commands of this room, with their arguments."""
    command("uploads", uploads_listed, "list what was imported")
    for name, words in (("undo", "take an upload out of force"), ("redo", "put an undone upload back in force")):
        changing = command(name, undo_or_redo, words)
        changing.add_argument("id", metavar="ID", help="its id, or enough of its start")
        changing.set_defaults(act=name)
    command("sample", sample, "load or remove the made-up sample data").add_argument("act", choices=("load", "remove"))
    words = "read every original in the store again with today's formats; say what would change, or change it"
    again = command("rebuild", rebuild, words)
    again.add_argument("--yes", action="store_true", help="put the new readings in the place of what is held")


def uploads_listed(options: argparse.Namespace) -> int:
    store = for_reading(options)
    rows = [_upload_json(row) for row in store.rows("pages/uploads")]
    label(store)
    if options.json:
        print_json(rows)
    else:
        print_table(rows, ("upload_id", "file", "format", "rows", "state", "uploaded_at", "by"))
    return 0


def _upload_json(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "upload_id": str(row["upload_id"]),
        "file": row["file_name"],
        "format": row["format"],
        "account": row["account"],
        "uploaded_at": row["recorded_at"],
        "by": row["recorded_by"],
        "rows": row["rows_kept"],
        "state": row["state"],
    }


def undo_or_redo(options: argparse.Namespace) -> int:
    store = editions.opened(for_working(options))
    upload = uploads.named(store, options.id)
    # Nobody is there to be asked, so what the page would list beforehand is said with the answer.
    changed = claims.Undoing() if options.act == "redo" or upload["undone"] else claims.undoing(store, options.id)
    said = uploads.undo(store, options.id) if options.act == "undo" else uploads.redo(store, options.id)
    if options.json:
        row = next(row for row in store.rows("pages/uploads") if row["upload_id"] == upload["upload_id"])
        found = [{"claim": one.claim.subject, "before": one.before, "after": one.after} for one in changed.claims]
        print_json({**_upload_json(row), "message": said, "claims_changed": found, "figures_changed": changed.figures})
        return 0
    say(said)
    for line in (*(one.words for one in changed.claims), *changed.figures_in_short):
        say(f"  {one_line(line, WIDEST_CHANGE)}")
    return 0


def sample(options: argparse.Namespace) -> int:
    store = editions.opened(for_working(options))
    said = editions.load_sample(store) if options.act == "load" else editions.remove_sample(store)
    if options.json:
        print_json(said)
    else:
        say("\n".join(said) or "No sample data is loaded.")
    return 0


def rebuild(options: argparse.Namespace) -> int:
    store = editions.opened(for_working(options))
    found = rereading.look(store)
    try:
        if options.yes:
            found = rereading.put_in_place(store, found)
    finally:
        candidates.discard(rereading.candidates_of(found))
    counts = rereading.states(found)
    words = _rebuild_words(counts, options.yes)
    if options.json:
        print_json({"applied": counts["replaced"] > 0, "uploads": [_reread_json(one) for one in found], "message": words})
        return 0
    rows = [_reread_row(one) for one in found if one.state in ("changed", "replaced")]
    if rows:
        print_table(rows, ("file", "format", "rows kept", "what differs", "control totals that differ"))
    for one in found:
        if one.state == "left":
            say(f"Left as it is: {one.why}")
    say(words)
    return 0


def _rebuild_words(counts: Mapping[str, int], applied: bool) -> str:
    differ = counts["changed"] + counts["replaced"]
    read = f"{differ + counts['same']:,} uploads read again: {differ:,} read differently, {counts['same']:,} as before"
    left = f"; {counts['left']:,} left as they are" if counts["left"] else ""
    if not differ:
        return f"{read}{left}. Nothing to do."
    if not applied:
        return f"{read}{left}. Nothing was changed: 'reach rebuild --yes' puts the new readings in the place of what is held."
    return f"{read}{left}. The new readings took their place; 'reach undo ID' takes one out again."


def _reread_row(one: rereading.Reread) -> dict[str, str]:
    held = one.upload
    return {
        "file": held["file_name"],
        "format": _then_now(held["format"], one.format),
        "rows kept": _then_now(held["rows_kept"], one.rows_kept),
        "what differs": "rows" if one.rows_kept != held["rows_kept"] else "totals" if one.totals else "values",
        "control totals that differ": "; ".join(f"{name} {_then_now(then, now)}" for name, (then, now) in one.totals.items()),
    }


def _then_now(then: Any, now: Any) -> str:
    then, now = ("none" if one is None else f"{one:,}" if isinstance(one, (int, float)) else str(one) for one in (then, now))
    return str(then) if then == now else f"{then} \u2192 {now}"


def _reread_json(one: rereading.Reread) -> dict[str, Any]:
    return {
        "upload_id": str(one.upload["upload_id"]),
        "file": one.upload["file_name"],
        "state": one.state,
        "format": {"then": one.upload["format"], "now": one.format},
        "rows_kept": {"then": one.upload["rows_kept"], "now": one.rows_kept},
        "control_totals": {name: {"then": then, "now": now} for name, (then, now) in one.totals.items()},
        "message": one.why or None,
        "new_upload_id": one.new_id,
    }
