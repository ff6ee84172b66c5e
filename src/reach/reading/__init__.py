"""A recognised file to typed rows on disk, with every record accounted for.

DuckDB reads the file as text under column names of our own making and casts it in one pass; a small file of
``fates`` says which records were skipped by a rule or set aside with a reason. Files that DuckDB's strict
reader refuses are first evened out record by record in Python. Always:
records read = kept + skipped + set aside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..clock import london
from ..engine import quoted
from ..formats import normalised
from ..formats._personal import PERSONAL_CELLS
from ..recognise import Recognised, in_windows_1252, measures_among, one_line
from ..settings import Settings
from ._dates import settle_date_order
from ._fates import fates_of
from ._identity import identity_columns, network_column
from ._kept import kept_rows
from ._pass import Pass, connection
from ._summary import summed_up
from ._told import AccountSeen, Answers, Column, Problem, Question, Reading, asked_when
from ._typing import first_pass, name_the_unread, refuse_twice_measured

__all__ = ["AccountSeen", "Answers", "Column", "Problem", "Question", "Reading", "asked_when", "read"]


def read(recognised: Recognised, answers: Answers, folder: Path, settings: Settings) -> Reading:
    """Reads a recognised file into ``folder``.

    Raises :class:`Refused` if it has too many records or its columns contradict each other. A question that
    stands in the way of reading comes back with no rows.
    """
    try:
        return _read(recognised, answers, folder, settings)
    except UnicodeDecodeError:
        # Nobody looked through all its bytes before, since that costs as much as reading them.
        (again,) = in_windows_1252(recognised.taken, settings, (recognised.format,))
        return _read(again, answers, folder, settings)


def _read(recognised: Recognised, answers: Answers, folder: Path, settings: Settings) -> Reading:
    with connection(folder, settings, recognised.format.macros) as cursor:
        state = Pass(
            recognised,
            answers,
            recognised.text.with_suffix(".raw.parquet"),
            cursor,
            measures_among(recognised.format, recognised.headings) if recognised.format.wide else {},
            recognised.text,
            recognised.heading_line,
            len(recognised.headings),
            settings.largest_cell_characters,
            answers.force or settings.force,
            notes=[*recognised.notes, *filter(None, [recognised.format.assumes])],
        )
        refuse_twice_measured(state)
        name_the_unread(state)
        question = settle_date_order(state)
        if question:
            return Reading(recognised, "", 0, 0, {}, (), (), questions=(question,))
        first_pass(state, settings)
        return _settle(state, folder)


def _settle(state: Pass, folder: Path) -> Reading:
    """From the typed records to those kept: damage, doubles and empty columns found over the whole file."""
    known = state.recognised.format
    posts = known.table == "post_observation"
    overrides = identity_columns(state) if posts else network_column(state)
    if posts and _views_are_void(state):
        overrides["views"] = "cast(null as bigint)"
        state.notes.append("Views is 0 for every post although some have reach, which is a fault of the export: Views is taken as missing.")
    overrides |= dict(_never_computed(state))
    state.notes.extend(_anchored(state))
    if known.personal:
        _warn_of_persons(state)
    skipped, problems = fates_of(state, overrides)
    state.take_out([*skipped, *(problem.record for problem in problems)])
    rows = kept_rows(state, folder, overrides)
    _remark(state)
    (read,) = state.one(f"select count(*) from {state.as_typed}")
    counted = "sum(records)" if known.counted else "count(distinct record_no)" if known.wide or known.day_metrics else "count(*)"
    (kept,) = state.one(f"select coalesce({counted}, 0)::bigint from {rows}")
    reading = Reading(state.recognised, rows, read, kept, dict(Counter(skipped.values())), tuple(problems), (), notes=tuple(state.notes))
    if known.wide or known.day_metrics:
        reading = _empty_records(state, reading)
    reading = summed_up(state, reading)
    if known.of_force:
        reading = _of_force(state, reading)
    reading = replace(reading, notes=(*reading.notes, *_findings(state, reading)))
    law = reading.kept + sum(reading.skipped.values()) + len(reading.problems)
    assert reading.read == law, f"{reading.read} records read, {law} accounted for"
    return reading


def _remark(state: Pass) -> None:
    """Tells of how many kept records a remark of the format holds."""
    remarks = state.recognised.format.remarks
    if not remarks:
        return
    counts = state.one(f"select {', '.join(f'count(*) filter (remark{number})' for number in range(len(remarks)))} from {state.kept}")
    told = [(count, rule.words) for rule, count in zip(remarks, counts, strict=True) if count]
    state.notes += [f"{count:,} {'row' if count == 1 else 'rows'}: {words}." for count, words in told]


def _of_force(state: Pass, reading: Reading) -> Reading:
    """Says which force the file is taken to be of; a question where its name says another."""
    if state.answers.force:
        return reading
    named = re.search(state.recognised.format.of_force, state.recognised.taken.name.lower())
    if named and normalised(named[1]) not in normalised(state.force.replace("&", "and")):
        words = f"Which force is this of? The file does not say, and its name speaks of {named[1]}, not of {state.force}."
        return replace(reading, questions=(*reading.questions, Question("force", words)))
    note = f"Taken to be of {state.force}, the force in the settings, since the file names none."
    return replace(reading, notes=(*reading.notes, note))


def _warn_of_persons(state: Pass) -> None:
    """Says which columns hold what looks like data of persons, and how often, but no value. Nothing is left out for it."""
    read = {places[0] for one, places in state.placed() if one.cell.checked} | set(state.measures)
    asked = [(place, sort, pattern) for place in range(state.width) if place not in read for sort, pattern in PERSONAL_CELLS.items()]
    counts = ", ".join(f"count(*) filter (where regexp_matches(c{place}, '{quoted(pattern)}'))" for place, _, pattern in asked)
    if not asked:
        return
    found: dict[int, list[str]] = {}
    for (place, sort, _), cells in zip(asked, state.one(f"select {counts} from {state.as_text}"), strict=True):
        if cells:
            found.setdefault(place, []).append(f"{sort} ({cells:,})")
    for place, sorts in found.items():
        heading = one_line(state.recognised.headings[place]) or f"number {place + 1}"
        state.notes.append(
            f"Column {heading} seems to hold {' and '.join([', '.join(sorts[:-1]), sorts[-1]] if sorts[1:] else sorts)}. "
            "Look before you import: the file is kept as it is. Take out what is of a person and choose it again."
        )


def _findings(state: Pass, reading: Reading) -> Iterator[str]:
    """What the format's own queries find worth telling of the rows kept."""
    for query in reading.format.findings:
        yield from (words for (words,) in state.cursor.execute(query.format(rows=reading.rows)).fetchall())


def _empty_records(state: Pass, reading: Reading) -> Reading:
    """Records of a file with a column a measure that hold not a single figure are skipped by rule."""
    figures = [f"m{place}" for place in state.measures] or [one.name for one in state.recognised.format.day_metrics]
    (empty,) = state.one(f"select count(*) from {state.kept} where {' and '.join(f'{one} is null' for one in figures)}")
    return replace(reading, skipped={**reading.skipped, "rows without any figure": empty}) if empty else reading


def _views_are_void(state: Pass) -> bool:
    if "views" not in {one.name for one, _ in state.placed()} or "reach" not in state.recognised.format.by_name:
        return False
    filled, above, reached = state.one(
        f"""select count(views), count(*) filter (where views > 0), count(*) filter (where reach > 0)
        from {state.as_typed} where fate is null""",
    )
    return bool(filled > 0 and above == 0 and reached > 0)


def _never_computed(state: Pass) -> Iterator[tuple[str, str]]:
    """Metrics that a platform prints as 0 throughout where it did not work them out, as missing."""
    for name in state.recognised.format.never_all_zero:
        if name not in {one.name for one, _ in state.placed()}:
            continue
        zeros, above = state.one(f"select count({name}), count(*) filter (where {name} > 0) from {state.as_typed} where fate is null")
        if zeros and not above:
            heading = state.recognised.headings[state.recognised.places[name][0]]
            state.unread.add(name)
            state.notes.append(f"{one_line(heading)} is 0 throughout, as it is where it was not worked out, so it is taken as missing.")
            yield name, f"cast(null as {state.recognised.format.by_name[name].cell.type})"


def _anchored(state: Pass) -> Iterator[str]:
    """What the days of a file were worked out from that has no years of its own."""
    if state.recognised.format.anchored and not state.answers.as_of:
        asked = london(state.asked)
        yield f"Years worked out from the export date of {asked.day} {asked:%B %Y}; change Exported on if that is wrong."
