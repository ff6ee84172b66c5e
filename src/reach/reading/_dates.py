"""The order of day and month: from the answer or the evidence, else a question."""

from __future__ import annotations

from ..recognise import one_line
from ._pass import UNREADABLE, Pass
from ._told import Question


def settle_date_order(state: Pass) -> Question | None:
    """Settles whether dates put the day first, from the answer or the evidence; a question if neither tells.

    Some platforms put the month first whatever the language, so an answer meant for other files says nothing of theirs.
    """
    cells = [f"c{places[0]}" for one, places in state.placed() if one.cell.asked_order]
    if not cells:
        return None
    if state.answers.date_order:
        state.day_first = state.answers.date_order == "dmy"
        return None
    first, second, example = _date_evidence(state, cells)
    if first is None or first > 12 or example is None:
        state.day_first = True
        return None
    if second is not None and second > 12:
        return None
    return Question(
        "date_order",
        f"Is {one_line(example)} written day first or month first? No date in the file settles it (as 27/02/2023 or 02/27/2023 "
        "would). Day first is our best guess.",
        "dmy",
    )


def _date_evidence(state: Pass, cells: list[str]) -> tuple[int | None, int | None, str | None]:
    """The highest first and second numbers of dates such as 03/04/2023, and one in which they differ."""
    listed = ", ".join(cells)
    try:
        row = state.cursor.execute(
            f"""
            with cell as (select unnest([{listed}]) as cell from {state.as_text}),
            parts as (
                select
                    trim(cell) as cell,
                    regexp_extract(trim(cell), '^([0-9]{{1,2}})[-/.]([0-9]{{1,2}})[-/.][0-9]{{2,4}}', ['one', 'two']) as part
                from cell
            ),
            numbers as (select cell, try_cast(part.one as integer) as one, try_cast(part.two as integer) as two from parts)
            select max(one), max(two), min(cell) filter (where one <> two) from numbers
            """
        ).fetchone()
    except UNREADABLE:
        state.even_out()
        return _date_evidence(state, cells)
    assert row
    return row


def is_day_first(state: Pass) -> bool:
    """Whether a platform's file, which has the month first, was saved again by a program that puts the day first."""
    places = {one.name: places[0] for one, places in state.placed() if one.cell.month_first}
    bad = ", ".join(f"'bad {name}'" for name in places)
    if not places or not state.one(f"select count(*) from {state.as_typed} where fate in ({bad})")[0]:
        return False
    first, second, _ = _date_evidence(state, [f"c{place}" for place in places.values()])
    return (first or 0) > 12 and (second or 0) <= 12
