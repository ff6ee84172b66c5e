"""What is kept of a publication and printed: its figures, its fingerprint, what a reader has of its table, and its words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from .. import comparing, disclosure, wording
from ..comparing import WHAT, Row
from ..definitions import MEASURE
from ..disclosure import NOT_AVAILABLE, Cell, Key, Relation, Release, Table
from ..reach_bounds import NOT_PEOPLE
from ._draft import Check, Draft, Earlier, Held, Laid
from ._figures import is_public, key_of

MARKING = "OFFICIAL: cleared for publication"
DRAFT_MARKING = "OFFICIAL-SENSITIVE: draft, not cleared for publication"
MANAGEMENT = "Management information, not official statistics."
NEVER_ADDED = "Reach is never added: one account can be in several figures."
PROVISIONAL = ("early total", "provisional")
_FACT = ("measure", *(name for name in WHAT if name != "measure"), "source")


def figures_of(draft: Draft, laid: Laid) -> list[dict[str, Any]]:
    """The figures as they are printed and kept. Of a hidden one nothing is kept but that it is hidden."""
    return [_figure(row, laid, draft) for row in laid.rows]


def _figure(row: Row, laid: Laid, draft: Draft) -> dict[str, Any]:
    hidden, measure = laid.is_hidden(row), MEASURE[row["measure"]]
    kept = {} if hidden else {"figure_id": row["figure_id"]}
    status = (None if hidden else row["status"]) or draft.status or ""
    return {
        **kept,
        **{name: row[name] for name in _FACT},
        "label": measure.label,
        "definition": measure.key,
        "counts": measure.words,
        "unit": row["unit"] or measure.unit,
        "period": comparing.when(row),
        "hidden": hidden,
        "printed": laid.printed(row),
        "value_low": None if hidden else row["value_low"],
        "value_high": None if hidden else row["value_high"],
        "qualifier": None if hidden else row["qualifier"],
        "published_wording": None if hidden else row["published_wording"],
        "published_before": is_public(row),
        "status": status,
        "caveat": _own_caveat(measure.kind, status, hidden),
    }


def _own_caveat(kind: str, status: str, hidden: bool) -> str:
    parts = [f"{NOT_PEOPLE} {NEVER_ADDED}"] if kind == "reach" else []
    if hidden:
        parts.append("Withheld so that nobody can be identified.")
    elif status in PROVISIONAL:
        parts.append(f"{status.capitalize()}: it may still change.")
    return " ".join([*parts, MANAGEMENT])


def fingerprint(draft: Draft, laid: Laid) -> str:
    """The sha256 of what approvers approve: the words, the figures as printed, their definitions, caveats, status and day."""
    return hashlib.sha256(_canonical(_approved_part(draft, figures_of(draft, laid))).encode()).hexdigest()


def _approved_part(draft: Draft, figures: Sequence[Row]) -> dict[str, Any]:
    return {
        "title": draft.title.strip(),
        "text": draft.text.strip(),
        "day": draft.day,
        "status": draft.status,
        "caveats": [one.strip() for one in draft.caveats if one.strip()],
        "figures": list(figures),
    }


def _canonical(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, default=_plain, separators=(",", ":"))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value)


def content(draft: Draft, held: Held, laid: Laid, number: int, checks: Sequence[Check]) -> str:
    """Everything that an entry keeps, as JSON."""
    figures = figures_of(draft, laid)
    document = {
        "number": number,
        "marking": MARKING,
        **_approved_part(draft, figures),
        "sha256": fingerprint(draft, laid),
        "legend": disclosure.legend(one["printed"] for one in figures),
        "approvers": [{"role": role, "name": " ".join(draft.approvers[role].split())} for role in held.roles],
        "drafted_by": draft.by,
        "checks": [{"name": one.name, "reason": one.reason} for one in checks],
        "revises": draft.revises.strip() or None,
        "supersedes": draft.supersedes,
        "override": draft.override.strip() or None,
        "release": _release(laid),
    }
    return _canonical(document)


def is_whole(document: Mapping[str, Any]) -> bool:
    """Whether an entry that was read again is what was approved."""
    part = {name: document[name] for name in ("title", "text", "day", "status", "caveats", "figures")}
    return bool(hashlib.sha256(_canonical(part).encode()).hexdigest() == document["sha256"])


def _release(laid: Laid) -> dict[str, Any]:
    """What a reader has of the table: chosen cells as shown, all others without a number; the record has what is known of those."""
    chosen = {key_of(row): row["measure"] for row in laid.rows}
    cells = []
    for key, cell in laid.table.cells.items():
        shown = key in chosen and key not in laid.hidden
        said = {"low": cell.low, "high": cell.high, "qualifier": cell.qualifier, "state": cell.state} if shown else {"state": NOT_AVAILABLE}
        cells.append({"key": key, "measure": chosen.get(key), "kinds": cell.kinds, **said})
    return {"cells": cells, "relations": [[one.total, *one.parts] for one in laid.table.relations]}


def earlier(number: int, state: str, document: Mapping[str, Any]) -> Earlier:
    """An entry that was read again, as what a later draft is held against."""
    kept, day = document["release"], date.fromisoformat(document["day"])
    # A measure may be called otherwise since.
    renamed: dict[Key, Key] = {}
    cells: dict[Key, Cell] = {}
    for one in kept["cells"]:
        old = tuple(one["key"])
        renamed[old] = (MEASURE[one["measure"]].label, *old[1:]) if one["measure"] in MEASURE else old
        cells[renamed[old]] = Cell(
            one.get("low"), one.get("high"), one.get("qualifier", "exact"), one["state"], tuple(one["kinds"]),
            f"Publication {number}" if one.get("low") is not None or one.get("high") is not None else "",
        )
    relations = tuple(Relation(keys[0], tuple(keys[1:])) for keys in ([renamed[tuple(key)] for key in one] for one in kept["relations"]))
    return Earlier(number, state, Release(day, Table(cells, relations)), tuple(map(_dated, document["figures"])))


def _dated(figure: Mapping[str, Any]) -> dict[str, Any]:
    days = {name: date.fromisoformat(figure[name]) if figure[name] else None for name in ("start_date", "end_date")}
    return {**figure, **days}


def to_import(draft: Draft, held: Held, laid: Laid, number: int) -> list[dict[str, Any]]:
    """The shown figures that were only recorded, as rows of a figures file: from now on they are published.

    Those that the record has as published already, in another row, are not published twice.
    """
    public = {(key_of(row), comparing.stated(row)) for row in held.figures if is_public(row) and not row["sample"]}
    approved = "; ".join(f"{draft.approvers[role]} ({role})" for role in held.roles)
    return [
        {
            **{name: row[name] for name in WHAT},
            **{name: _number(row[name]) for name in ("value_low", "value_high")},
            "unit": row["unit"] or MEASURE[row["measure"]].unit,
            "qualifier": row["qualifier"],
            "published_wording": f"{MEASURE[row['measure']].label}: {comparing.words_of(row)}",
            "status": row["status"] or draft.status,
            "as_of": draft.day,
            "source": f"Publication {number}",
            "note": draft.revises.strip() or None,
            "approved_by": approved,
        }
        for row in laid.shown
        if (key_of(row), comparing.stated(row)) not in public
    ]


def _number(value: Any) -> str | None:
    exact = wording.decimal(value)
    return None if exact is None else f"{exact:f}"


def in_words(document: Mapping[str, Any], marking: str, standing: str = "") -> str:
    """A publication as text to copy: its words, and under each figure qualifier, definition, period, source and caveat."""
    lines = [marking, f"Publication {document['number']}, {wording.day(date.fromisoformat(document['day']))}"]
    lines += [standing] if standing else []
    lines += ["", document["title"], "", document["text"], "", "Figures"]
    for one in document["figures"]:
        lines += ["", f"{one['label']}: {one['printed']}"]
        lines += [f"  {name}: {said}" for name, said in described(one)]
    lines += ["", "Caveats", *(f"- {one}" for one in document["caveats"]), f"- {MANAGEMENT}"]
    lines += ["", *(f"{mark} {meaning}" for mark, meaning in document["legend"].items())] if document["legend"] else []
    return "\n".join(lines)


def described(figure: Row) -> Iterable[tuple[str, str]]:
    """What stands under a figure, by name."""
    about = ", ".join(str(part) for part in (figure["operation"], figure["campaign"], figure["area"]) if part)
    said = (
        ("Qualifier", "" if figure["hidden"] else figure["qualifier"] or "exact"),
        ("Definition", f"{figure['counts']} Counted in {figure['unit']}."),
        ("Of", about),
        ("Period", figure["period"]),
        ("Status", figure["status"] or ""),
        ("Source", figure["source"] or ""),
        ("Caveat", figure["caveat"]),
    )
    return [(name, words) for name, words in said if words]
