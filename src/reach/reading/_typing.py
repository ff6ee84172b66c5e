"""The one pass over the file: from text to typed columns, and for each record not to be kept its fate."""

from __future__ import annotations

from collections import Counter

from ..definitions import MEASURE
from ..engine import literal
from ..errors import Refused
from ..recognise import one_line
from ..settings import Settings
from ._dates import is_day_first
from ._pass import UNREADABLE, Pass, kind_of


def refuse_twice_measured(state: Pass) -> None:
    for key, count in Counter(state.measures.values()).items():
        if count > 1:
            headings = [state.recognised.headings[place] for place, other in state.measures.items() if other == key]
            raise Refused(
                f"{state.recognised.taken.name}: the columns {' and '.join(repr(one_line(one)) for one in headings)} both mean "
                f"{MEASURE[key].label}. Keep one, or rename the other."
            )


def name_the_unread(state: Pass) -> None:
    """A column of an outcomes file that is no known measure is left out, and that is said."""
    if not state.recognised.format.wide:
        return
    read = {place for places in state.recognised.places.values() for place in places} | set(state.measures)
    unread = [one_line(heading) for place, heading in enumerate(state.recognised.headings) if place not in read and heading.strip()]
    if unread:
        state.notes.append(f"Not read, since no measure goes by that name: {', '.join(unread)}.")


def first_pass(state: Pass, settings: Settings) -> None:
    """Writes every record, typed and with its fate, to the scratch Parquet file."""
    try:
        _drop_unlike_twins(state)
        _find_decimal_commas(state, with_bad=False)
        state.write(_typed(state))
    except UNREADABLE:
        state.even_out()
        first_pass(state, settings)
        return
    (records,) = state.one(f"select count(*) from {state.as_typed}")
    if records > settings.largest_rows:
        raise Refused(
            f"{state.recognised.taken.name}: it has {records:,} records; {settings.largest_rows:,} is the most. Export a shorter period."
        )
    if state.one(f"select count(*) from {state.as_typed} where fate like 'bad %'")[0] and _find_decimal_commas(state, with_bad=True):
        state.write(_typed(state))
    if not state.day_first and is_day_first(state):
        state.day_first = True
        state.notes.append("Dates are read day first, since some have a first number above 12 and none a second.")
        state.write(_typed(state))


def _drop_unlike_twins(state: Pass) -> None:
    """A heading that stands twice is read only if both columns say the same throughout."""
    for known, places in list(state.placed()):
        if len(places) < 2:
            continue
        differ = " or ".join(f"tidy(c{places[0]}) is distinct from tidy(c{other})" for other in places[1:])
        if state.one(f"select count(*) from {state.as_text} where {differ}")[0]:
            state.unread.add(known.name)
            state.notes.append(f"Column {known.headings[0]} stands {len(places)} times with different values, so it is not read.")


def _find_decimal_commas(state: Pass, with_bad: bool) -> bool:
    """Notes the columns in which a cell such as 12,50 shows that 1.234 is not to be taken for decimals: it may be a thousand.

    Cells of most kinds are bad with such a comma, so that their columns need a look only where some cell is bad.
    """
    kinds = {f"c{places[0]}": one.cell for one, places in state.placed()}
    kinds |= {f"c{place}": kind_of(measure) for place, measure in state.measures.items()}
    cells = [cell for cell, kind in kinds.items() if kind.decimal and kind.comma != with_bad]
    if not cells:
        return False
    found = state.one(f"select {', '.join(f'bool_or(has_decimal_comma({cell}))' for cell in cells)} from {state.as_text}")
    state.with_commas |= {cell for cell, has_comma in zip(cells, found, strict=True) if has_comma}
    return any(found)


def _typed(state: Pass) -> str:
    """The query from text to typed columns and a ``fate``: null for a record to keep."""
    known = state.recognised.format
    placed = dict(state.placed())
    checked = {one.name: f"c{places[0]}" for one, places in placed.items() if one.cell.checked}
    checked |= {f"m{place}": f"c{place}" for place in state.measures}
    values = [
        f"{state.value(one.cell, f'c{placed[one][0]}') if one in placed else f'cast(null as {one.cell.type})'} as {one.name}"
        for one in known.fields
    ]
    values += [f"{state.value(kind_of(measure), f'c{place}')} as m{place}" for place, measure in state.measures.items()]
    values += [f"{literal(value)} as said_{key}" for key, value in state.said.items()]
    derived = [f"{sql} as {name}" for name, sql in known.derive.items() if sql != name]
    # A window function gives its rows in an order of its own, and a record's number is its place in the scratch file.
    numbered, in_order = (", row_number() over () as place", " order by place") if known.looks_around else ("", "")
    remarked = [f"({rule.condition}) as remark{number}" for number, rule in enumerate(known.remarks)]
    staged = "valued"
    for stage in known.stages:
        staged = f"(select *, {', '.join(f'{sql} as {name}' for name, sql in stage.items())} from {staged})"
    return f"""
        with valued as (select *, {", ".join(values)}{numbered} from {state.as_text}),
        derived as (select * {"".join(f", {one}" for one in derived)} from {staged})
        select {", ".join([*state.output, *remarked])}, {_fate(state, checked)} as fate from derived{in_order}"""


def _fate(state: Pass, checked: dict[str, str]) -> str:
    """SQL for what becomes of a record: null to keep it. ``checked`` gives for each value the cell it was read from.

    Rules that skip come first, since a footer is often shorter than the heading.
    A cheap test sorts out the records, nearly all of them, of which there is nothing to say: DuckDB evaluates only
    the branch of a CASE that a row takes.
    """
    known = state.recognised.format
    ragged = [f"c{state.width}"] if state.evened else []
    skipped = [f"case when {rule.condition} then 'skip {number}' end" for number, rule in enumerate(known.skip)]
    bad = [f"case when {name} is null and filled({cell}) then 'bad {name}' end" for name, cell in checked.items()]
    aside = [f"case when {rule.condition} then 'aside {number}' end" for number, rule in enumerate(known.aside)]
    suspect = [
        *(f"{one} is not null" for one in ragged),
        *(f"({name} is null and {cell} is not null)" for name, cell in checked.items()),
        *(f"({rule.condition})" for rule in (*known.skip, *known.aside)),
        "false",
    ]
    return f"case when {' or '.join(suspect)} then coalesce({', '.join([*skipped, *ragged, *bad, *aside, 'null::varchar'])}) end"
