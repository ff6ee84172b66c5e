"""What was kept, summed up: columns, accounts, networks and the period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from ..definitions import AD_NETWORKS, ANY_METRIC, METRIC, NETWORKS
from ..recognise import one_line
from ._pass import Pass
from ._told import AccountSeen, Column, Question, Reading


def summed_up(state: Pass, reading: Reading) -> Reading:
    """Column summaries, accounts, networks and the period of what was kept."""
    source, table = reading.rows, reading.format.target
    if table.name == "figure":
        return _figures_summed_up(state, reading, source)
    if "network" in table.names:
        found = state.cursor.execute(f"select distinct network from {source} order by network").fetchall()
        reading = replace(reading, networks=tuple(network for (network,) in found if network), questions=_whose_network(state, found))
    if table.name == "account_day":
        return _days_summed_up(state, reading, source)
    if table.name != "post_observation":
        return _rows_summed_up(state, reading, source)
    headings = {one.name: state.recognised.headings[places[0]] for one, places in state.placed()}
    metrics = [name for name in dict.fromkeys((*headings, *state.recognised.format.derive)) if name in METRIC]
    asked = "".join(f", count({name}), sum({name})::decimal(38, 3), max({name})" for name in metrics)
    kept, damaged, placed, first, last, *numbers = state.one(
        f"select count(*), count(file_post_id), count(published_at), min(published_at), max(published_at) {asked} from {source}"
    )
    columns = tuple(
        Column(name, headings.get(name, METRIC[name].label), filled, Decimal(total or 0), highest)
        for name, filled, total, highest in zip(metrics, numbers[::3], numbers[1::3], numbers[2::3], strict=True)
        if filled or name in headings
    )
    notes = reading.notes
    if damaged:
        notes += (
            f"{damaged:,} of {kept:,} post ids were damaged by a spreadsheet. The rows are kept under account and publish minute and join "
            "their posts when a sound export comes. Export again and do not open it in Excel.",
        )
    notes += tuple(_reach_above_impressions(state, source, set(metrics)))
    if placed < kept:
        notes += (f"{kept - placed:,} of {kept:,} posts have no publish time in the file. They are kept and stand on no time axis.",)
    accounts, questions = _accounts(state, source)
    questions = reading.questions + questions
    return replace(reading, columns=columns, damaged=damaged, first=first, last=last, notes=notes, accounts=accounts, questions=questions)


def _reach_above_impressions(state: Pass, source: str, there: set[str]) -> Iterator[str]:
    """A remark where more accounts were reached than there were displays, which cannot be."""
    if {"reach", "impressions"} <= there:
        (count,) = state.one(f"select count(*) from {source} where reach > impressions")
        if count:
            had = "row has" if count == 1 else "rows have"
            yield f"{count:,} {had} more reach than impressions, which cannot both be right. Kept as exported."


def _whose_network(state: Pass, found: list[tuple[str | None]]) -> tuple[Question, ...]:
    known = state.recognised.format
    networks = known.networks or tuple({**NETWORKS, **AD_NETWORKS} if known.table == "ad_result" else NETWORKS)
    if state.answers.network and state.answers.network not in networks:
        return (Question("network", f"'{one_line(state.answers.network)}' is no network of this export. Known: {', '.join(networks)}."),)
    if (None,) not in found:
        return ()
    return (Question("network", f"Which network is this of? The file does not say. Known: {', '.join(networks)}."),)


def _days_summed_up(state: Pass, reading: Reading, source: str) -> Reading:
    rows = state.cursor.execute(
        f"""select metric, count(*), sum(value)::decimal(38, 3), max(value), any_value(heading)
        from {source} group by metric order by min(record_no), metric"""
    ).fetchall()
    columns = tuple(Column(metric, heading or metric, filled, total, highest) for metric, filled, total, highest, heading in rows)
    first, last = state.one(f"select min(day), max(day) from {source}")
    accounts, questions = _accounts(state, source)
    questions = reading.questions + questions
    return replace(reading, columns=columns, first=_noon(first), last=_noon(last), accounts=accounts, questions=questions)


def _rows_summed_up(state: Pass, reading: Reading, source: str) -> Reading:
    """What the other tables hold: their columns of values, and the days between which they run."""
    table = reading.format.target
    headings = {one.name: state.recognised.headings[places[0]] for one, places in state.placed()}
    there = {row[0] for row in state.cursor.execute(f"describe select * from {source}").fetchall()}
    values = [name for name in table.values if name in there]
    # A row of totals that a platform de-duplicated is no part of a checksum of the rows.
    rows = f"(select * from {source} where level <> 'total')" if "level" in there else source
    asked = ", ".join(f"count({name}), sum({name})::decimal(38, 3), max({name})" for name in values)
    numbers = state.one(f"select {asked} from {rows}") if values else ()
    columns = tuple(
        Column(name, headings.get(name, ANY_METRIC[name].label), filled, Decimal(total or 0), highest)
        for name, filled, total, highest in zip(values, numbers[::3], numbers[1::3], numbers[2::3], strict=True)
        if filled
    )
    start, end = table.days or ("null", "null")
    first, last = state.one(f"select min({start}), max({end}) from {source}")
    accounts, questions = _accounts(state, source) if "account" in there else ((), reading.questions)
    return replace(reading, columns=columns, first=_noon(first), last=_noon(last), accounts=accounts, questions=questions)


def _accounts(state: Pass, source: str) -> tuple[tuple[AccountSeen, ...], tuple[Question, ...]]:
    told = {
        name: f"any_value({name})" if name in state.recognised.format.derive else "cast(null as varchar)"
        for name in ("account_handle", "account_name")
    }
    account = "account" if "account" in state.recognised.format.derive else "cast(null as varchar)"
    rows = state.cursor.execute(
        f"""select {account} as account, {told["account_handle"]}, {told["account_name"]}, count(distinct record_no), network
        from {source} group by 1, network order by 4 desc, 1, network"""
    ).fetchall()
    unknown = sum(posts for account, _, _, posts, _ in rows if account is None)
    seen = tuple(AccountSeen(*row) for row in rows if row[0] is not None)
    if unknown and not state.answers.account:
        silent = f"The file does not say for {unknown:,} of its posts." if seen else "The file does not say."
        words = f"Whose account is this? {silent}"
        return seen, (Question("account", words, seen[0].handle or seen[0].name if seen else None),)
    return seen, ()


def _figures_summed_up(state: Pass, reading: Reading, source: str) -> Reading:
    rows = state.cursor.execute(
        f"""select measure, count(*), sum(coalesce(value_low, value_high)), max(coalesce(value_high, value_low))
        from {source} group by measure order by measure"""
    ).fetchall()
    first, last = state.one(f"select min(coalesce(start_date, end_date)), max(coalesce(end_date, start_date)) from {source}")
    headings = {measure: state.recognised.headings[place] for place, measure in state.measures.items()}
    columns = tuple(Column(measure, headings.get(measure, measure), *numbers) for measure, *numbers in rows)
    return replace(reading, columns=columns, first=_noon(first), last=_noon(last))


def _noon(day: date | None) -> datetime | None:
    """A day as an instant that is on that day in London and in UTC alike."""
    return datetime(day.year, day.month, day.day, 12) if day else None
