"""One figure of an operation recorded or corrected without a file: an import of one row, with its own undo. What stood before stays."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from . import campaigns, comparing, double_counts, public, uploads, wording
from .clock import today
from .comparing import Row
from .definitions import MEASURE, QUALIFIERS
from .double_counts import Doubt
from .errors import Usage
from .store import Store
from .tables import FIGURE_FACT

# A figure that is settled is not made provisional again; it may still be revised.
FINAL, BEFORE_FINAL = "final", ("early total", "provisional")
# What a correction must change one of.
STATED = ("value_low", "value_high", "qualifier", "published_wording", "status", "approved_by")


def record(store: Store, of: Mapping[str, Any], said: Mapping[str, Any], by: str | None = None) -> str:
    """Records a figure of which nothing is held. Says in a line what happened.

    ``of`` holds the columns of ``FIGURE_FACT``, ``said`` a value, and what else is known: qualifier, published_wording, status, as_of,
    note, approved_by. Raises :class:`Usage` where
    it says too little, cannot be, or is held already.
    """
    fact = _fact(of)
    if not fact["source"]:
        raise Usage("The figure has no source. Say where it was published or recorded.")
    held = store.rows("pages/operation_figures", operation=fact["operation"])
    if any(_fact(one) == fact for one in held):
        raise Usage(f"{_subject(fact)} is held from this source already. Correct that figure instead.")
    row = _row(fact, said)
    before = {doubt.key for doubt, _ in doubts(store)}
    uploads.import_row(store, f"{_subject(fact)}, entered {today()}.csv", row, by)
    told = f"{_subject(fact)}: {comparing.words_of(row)} recorded."
    open_now = any(said is None and doubt.key not in before for doubt, said in doubts(store))
    return f"{told} It may count what another figure counts: settle it under 'Counted twice?'." if open_now else told


def correct(store: Store, held: Row, said: Mapping[str, Any], by: str | None = None) -> str:
    """States a figure anew from today on; what it stated before is kept as superseded. Says in a line what happened.

    ``held`` is its row of ``pages/operation_figures``. Raises :class:`Usage` where nothing changes, or where it says too little.
    """
    if held["status"] == FINAL and said.get("status") in BEFORE_FINAL:
        raise Usage(f"{_subject(held)}: it is final. A later value of it is revised, or final again.")
    # It stands from today, whatever day the figure before it stood on; one of a day to come would hide it.
    if held["as_of"] and held["as_of"] > today():
        raise Usage(f"{_subject(held)} stands from {wording.day(held['as_of'])} on. Undo that import on the Upload page instead.")
    # As it is held, to the letter: another wording of the fact would be another fact.
    row = _row({name: held[name] for name in FIGURE_FACT}, {**said, "as_of": today()}, unit=held["unit"])
    if all(_same_as(row[name]) == _same_as(held[name]) for name in STATED):
        raise Usage("This is the figure as it stands. Change the value, the qualifier, the words, the status or who approved it.")
    if not row["note"] or row["note"] == held["note"]:
        raise Usage("The correction does not say why. Give the reason in the note.")
    before = store.rows("pages/operation_figures", operation=held["operation"])
    uploads.import_row(store, f"Correction of {_subject(held)}, {today()}.csv", row, by)
    same: list[Row] = [one for one in before if all(one[name] == held[name] for name in FIGURE_FACT)]
    words = wording.listed(list(dict.fromkeys(map(comparing.words_of, same or [held]))))
    return f"{_subject(held)}: {comparing.words_of(row)} stands now. Kept as superseded: {words}."


def _row(fact: Mapping[str, Any], said: Mapping[str, Any], unit: str | None = None) -> dict[str, Any]:
    """The row of a figures file. Raises :class:`Usage` for a value that no figure can have."""
    measure, value, qualifier = MEASURE[fact["measure"]], said.get("value"), said.get("qualifier") or QUALIFIERS[0]
    if value is None:
        raise Usage("The figure has no value. Give one; what is not published is not recorded as 0.")
    number = Decimal(str(value))
    low, high = wording.bounds(int(number) if number == int(number) else number, qualifier)
    return {
        **fact,
        "value_low": low,
        "value_high": high,
        "unit": unit or measure.unit,
        "qualifier": qualifier,
        **{name: _clean(said.get(name)) for name in ("published_wording", "status", "as_of", "note", "approved_by")},
    }


def _fact(row: Row) -> dict[str, Any]:
    return {name: _clean(row.get(name)) for name in FIGURE_FACT}


def _clean(value: Any) -> Any:
    """Text without blanks at its ends and on one line, as a file's cell is read; nothing for an empty one."""
    return (" ".join(value.split()) or None) if isinstance(value, str) else value


def _same_as(value: Any) -> Any:
    return wording.decimal(value) if isinstance(value, int | float | Decimal) else _clean(value)


def _subject(row: Row) -> str:
    parts = (MEASURE[row["measure"]].label, row["operation"], row["area"])
    return ", ".join(str(part) for part in parts if part)


# --- figures that may count the same twice --------------------------------------------------------------------------


def doubts(store: Store) -> list[tuple[Doubt, dict[str, Any] | None]]:
    """Every doubt among the figures shown, with its settlement where a person settled it."""
    settled = {(row["kind"], row["facts"]): row for row in store.rows("facts/figure_relation_current")}
    return [(doubt, settled.get(doubt.key)) for doubt in _found(store).doubts]


def left_open_by(store: Store, who: str) -> list[Doubt]:
    """The doubts still open in which there is a figure that ``who`` imported."""
    brought = {
        str(row["upload_id"])
        for row in store.rows("pages/uploads")
        if row["recorded_by"] == who and row["table_name"] == "figure" and row["state"] == "in force"
    }
    found = doubts(store) if brought else []
    return [doubt for doubt, said in found if said is None and any(one["upload_id"] in brought for one in doubt.figures)]


def all_doubts_found(store: Store) -> bool:
    """Whether every pair of figures was looked at."""
    return _found(store).complete


def _found(store: Store) -> double_counts.Found:
    """Worked out once for each state of the store."""
    known = store.settings
    return store.remembered("doubts", lambda: double_counts.found(store.rows("pages/figures_counted"), known.force, known.around))


def settle(store: Store, doubt: Doubt, settled: str | None, why: str, by: str | None = None) -> str:
    """Keeps what a person settled of a doubt, with who and when; None leaves it open again. Says in a line what happened.

    Raises :class:`Usage` where no reason is given, or it is none of ``comparing.SETTLED``.
    """
    if settled is not None and settled not in comparing.SETTLED:
        raise Usage(f"'{settled}' settles nothing. Use one of: {', '.join(comparing.SETTLED)}.")
    if not why.strip():
        raise Usage("The settlement does not say why. Give who confirmed it, or where it is written.")
    said = {"kind": doubt.kind, "facts": doubt.facts, "settled": settled, "subject": doubt.subject, "note": _clean(why)}
    with store.transaction() as cursor:
        campaigns.append(cursor, "figure_relation", said, by)
        public.make_figures(cursor)  # what is the same, or inside a total, can be worked out of it
    return f"{doubt.subject}: {comparing.SETTLED[settled] if settled else 'open again'}."
