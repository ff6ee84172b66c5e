"""The records that are kept, in the columns of their table."""

from __future__ import annotations

from pathlib import Path

from ..definitions import MEASURE
from ..engine import literal, quoted
from ._pass import PARQUET, Pass


def kept_rows(state: Pass, folder: Path, overrides: dict[str, str]) -> str:
    """SQL for the kept records in the table's columns: over the scratch file as it is if all are kept, else over a file of their own."""
    known, source = state.recognised.format, state.kept
    if known.wide:
        query = _unpivoted(state, source)
    elif known.counted:
        query = _counted(state, source)
    elif known.day_metrics:
        query = _days(state, source, overrides)
    else:
        given = set(state.output) | set(overrides)
        names = [name for name in (*known.target.names, "account_name", "account_handle") if name in given]
        values = ", ".join(f"{overrides.get(name, name)} as {name}" for name in names)
        query = f"select record_no, {values} from {source}"
        if not state.gone and not state.damaged_ids:
            return f"({query})"
    rows = folder / f"{state.scratch.stem}.kept.parquet"
    state.cursor.execute(f"copy ({query}) to '{quoted(rows)}' ({PARQUET})")
    return f"read_parquet('{quoted(rows)}')"


def _unpivoted(state: Pass, source: str) -> str:
    """One figure for each filled cell of a wide file."""
    own = [name for name in state.output if not name.startswith("m")]
    parts = [
        f"""select record_no, {", ".join(own)}, '{measure}' as measure, cast(m{place} as decimal(18, 3)) as value_low,
            cast(m{place} as decimal(18, 3)) as value_high, '{MEASURE[measure].unit}' as unit, 'exact' as qualifier
            from {source} where m{place} is not null"""
        for place, measure in state.measures.items()
    ]
    return f"select * from ({' union all by name '.join(parts)}) order by record_no"


def _counted(state: Pass, source: str) -> str:
    """One row for all records with the same derived columns, with their number: nothing of one record is kept."""
    names = ", ".join(name for name in state.output if name != "records")
    return f"select min(record_no) as record_no, {names}, count(*) as records from {source} group by {names} order by 1"


def _days(state: Pass, source: str, overrides: dict[str, str]) -> str:
    """One row for each day and metric that has a value, from a file with a column a metric."""
    own = [name for name in state.output if name not in {one.name for one in state.recognised.format.day_metrics}]
    named = ", ".join(["record_no", *(f"{overrides.get(name, name)} as {name}" for name in own if name != "network"), *_as(overrides)])
    parts = [
        f"""select {named}, '{one.name}' as metric, cast({one.name} as decimal(18, 3)) as value,
            {literal(state.recognised.headings[places[0]])} as heading from {source} where {one.name} is not null"""
        for one, places in state.placed()
        if one in state.recognised.format.day_metrics
    ]
    # No column may be left to read, where all that there are stand twice with different values.
    parts = parts or [f"select {named}, '' as metric, cast(null as decimal(18, 3)) as value, '' as heading from {source} where false"]
    return f"select * from ({' union all '.join(parts)}) order by record_no, metric"


def _as(overrides: dict[str, str]) -> list[str]:
    return [f"{overrides['network']} as network"] if "network" in overrides else []
