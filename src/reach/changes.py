"""What changed since a day, in sentences that each lead to what they are about.

Files and figures are told by what was held as that day began and what is held now, and so is the status of each claim, by today's rules;
definitions by the days on which networks changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import quote

from . import claims, periods, wording
from .clock import from_london, london
from .definitions import MEASURE, NETWORKS, network_label
from .dictionary import CHANGES, ENTRIES, Change
from .judging import Verdict
from .store import Store
from .views import WORKING

MOST_LINES = 40
WHAT = {"post_observation": "posts", "account_day": "days of the account", "ad_result": "advertisements"}
OF_CAMPAIGN = {
    "record": "record",
    "tagging rule": "tagging rules",
    "decision on a post": "posts by hand",
    "operation alongside": "operations alongside",
}
ACTS = {"imported": "imported", "undid": "undone", "redid": "done again", "re-read": "read again"}


@dataclass(frozen=True)
class Line:
    """One sentence, and the address within Reach of what it is about, or ""."""

    words: str
    address: str = ""


@dataclass(frozen=True)
class Section:
    """The sentences of one kind, and what is said where there are none. ``more`` counts those that are not listed."""

    title: str
    lines: tuple[Line, ...]
    nothing: str
    more: int = 0


def since(known: Store, day: date, today: date) -> list[Section]:
    """What changed from the beginning of a London day until now, in the order in which it matters."""
    start = from_london(datetime.combine(day, time()))
    return [
        _figures(known.rows("pages/figures_since", since=start, most_rows=MOST_LINES)),
        *_claims(known, start),
        _files(known.rows("pages/uploads_since", since=start, most_rows=MOST_LINES)),
        _coverage(known.rows("charts/held_runs", recorded_before=start), known.rows("charts/held_runs")),
        _campaigns(known.rows("pages/campaigns_since", since=start)),
        _definitions(day, today),
    ]


def _figures(rows: Sequence[Mapping[str, Any]]) -> Section:
    more = rows[0]["facts"] - len(rows) if rows else 0
    return Section("Figures", tuple(map(_figure, rows)), "No figure is new, revised or gone.", more)


def _figure(row: Mapping[str, Any]) -> Line:
    measure = MEASURE[row["measure"]]
    days = (
        wording.period(row["start_date"], row["end_date"]) if row["start_date"] or row["end_date"] else row["date_note"] or wording.NO_DATE
    )
    # Many an operation is named by its days.
    parts = (row["area"], row["name"], "" if (row["name"] or "").endswith(days) else days)
    name = ", ".join(part for part in parts if part)
    before, after = (_statements(row[side], measure.unit) for side in ("shown_before", "shown_after"))
    sample = " (made-up sample)" if row["sample"] else ""
    address = f"/sources?figure={quote(row['figure_id'])}" if row["figure_id"] else f"/sources?upload={row['upload_before']}"
    if not before:
        words = f"New: {measure.label}, {name}{sample}: {after}."
    elif not after:
        words = f"No longer shown: {measure.label}, {name}{sample}: it was {before}. Its file was undone."
    else:
        words = f"Revised: {measure.label}, {name}{sample}: from {before} to {after}."
    return Line(words, address)


def _statements(statements: Iterable[Mapping[str, Any]] | None, unit: str) -> str:
    said = []
    for one in statements or ():
        words = wording.figure_words(one["low"], one["high"], one["qualifier"], unit)
        said.append(f"{words} ({one['status']})" if one["status"] and one["status"] not in words else words)
    return "; ".join(said)


def _claims(known: Store, start: datetime) -> list[Section]:
    """Of the working view alone: what the public view had of the store is not worked out."""
    if known.view != WORKING:
        return []
    lines = tuple(map(_claim, claims.changed_since(known, start)))
    return [Section("Claims", lines[:MOST_LINES], "No claim has another status.", max(0, len(lines) - MOST_LINES))]


def _claim(change: claims.Change) -> Line:
    was, now = change.was, change.now
    if was is None:
        assert now
        return Line(f"New: {_named(now)}: it is '{now.words}'.", _at(now))
    if now is None:
        return Line(f"No longer listed: {_named(was)}. It was '{was.words}'.", "/claims")
    if was.claim.words == now.claim.words:
        return Line(f"T{_named(now)[1:]} was '{was.words}' and is now '{now.words}'.", _at(now))
    return Line(f"Revised: {_named(was)} was '{was.words}'; '{now.claim.words}' stands now and is '{now.words}'.", _at(now))


def _named(verdict: Verdict) -> str:
    row = verdict.claim.row
    sample = " (made-up sample)" if row["sample"] else ""
    return f"the claim '{verdict.claim.words}' of {row['campaign'] or row['operation'] or row['area']}{sample}"


def _at(verdict: Verdict) -> str:
    return f"/claims?claim={quote(verdict.claim.row['figure_id'])}"


def _files(rows: Sequence[Mapping[str, Any]]) -> Section:
    lines = [
        Line(
            f"{row['file_name']} was {ACTS.get(row['act'], row['act'])} on {_when(row)}"
            + (f": {wording.plural(row['rows_kept'], 'row')}" if row["act"] == "imported" and row["rows_kept"] is not None else "")
            + (", made-up sample data" if row["sample"] else "")
            + ("; it is undone now" if row["undone"] and row["act"] != "undid" else "")
            + ".",
            f"/sources?upload={row['upload_id']}",
        )
        for row in rows
    ]
    return Section("Files", tuple(lines), "No file was imported, undone or done again.", rows[0]["acts"] - len(rows) if rows else 0)


def _when(row: Mapping[str, Any]) -> str:
    return f"{wording.day(london(row['recorded_at']).date())} by {row['recorded_by']}"


def whole_months(runs: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str, str, str], set[date]]:
    """The months that runs of days held cover whole, for each network, account, its name and kind of file."""
    found: dict[tuple[str, str, str, str], set[date]] = {}
    for run in runs:
        months = periods.between(periods.MONTH, run["first_day"], run["last_day"])
        key = (run["network"], run["account"], run["account_name"], run["table_name"])
        found.setdefault(key, set()).update(
            month.start for month in months if run["first_day"] <= month.start and month.end <= run["last_day"]
        )
    return found


def _coverage(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> Section:
    held = {key[:2] + key[3:]: months for key, months in whole_months(before).items()}
    lines = []
    for (network, account, name, table), now in sorted(whole_months(after).items()):
        then = held.get((network, account, table), set())
        what = f"{network_label(network)}, {name}, {WHAT.get(table, table)}"
        for verb, months in (("Now held whole", now - then), ("No longer held whole", then - now)):
            if months:
                lines.append(Line(f"{verb}: {what}: {_months(months)}.", "/coverage"))
    return Section("Months held", tuple(lines[:MOST_LINES]), "No month became whole.", max(0, len(lines) - MOST_LINES))


def _months(months: Iterable[date]) -> str:
    """Months in words, those that follow one another as one span."""
    runs: list[list[date]] = []
    for month in sorted(months):
        if runs and periods.last_of_month(runs[-1][-1]) + timedelta(days=1) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return wording.listed([wording.months(run[0], run[-1]) for run in runs])


def _campaigns(rows: Sequence[Mapping[str, Any]]) -> Section:
    told: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        told.setdefault(row["campaign"], []).append(row)
    lines = []
    for campaign, own in told.items():
        new = any(row["what"] == "record" and not row["earlier"] for row in own)
        parts = wording.listed([f"{wording.plural(row['changes'], 'change')} to its {OF_CAMPAIGN[row['what']]}" for row in own])
        verb = "was recorded" if new else "was changed"
        lines.append(Line(f"{campaign} {verb}: {parts}, last on {_when(own[0])}.", f"/campaigns?campaign={quote(campaign)}"))
    return Section("Campaigns", tuple(lines[:MOST_LINES]), "No campaign was recorded or changed.", max(0, len(lines) - MOST_LINES))


def _definitions(day: date, today: date) -> Section:
    found = [one for one in CHANGES if one.first and one.last and one.last >= day and one.first <= today]
    lines = [Line(f"{_networks(one)}{one.label}, {_span(one)}. {one.words}", _definition(one)) for one in found]
    return Section("How networks count", tuple(lines), "No change in how networks count is known of in this time.")


def _networks(one: Change) -> str:
    names = list(dict.fromkeys(network_label(key) for key in one.networks if key in NETWORKS))
    return f"{wording.listed(names)}: " if names and not any(name in one.label for name in names) else ""


def _span(one: Change) -> str:
    if one.first == one.last:
        return f"on {wording.day(one.first)}"
    return f"some time from {wording.day(one.first)} to {wording.day(one.last)}"


def _definition(one: Change) -> str:
    """The address of a definition that a change runs through."""
    for entry in ENTRIES:
        if one.runs_through(entry.of, (entry.metric,), entry.networks):
            return f"/definitions?definition={quote(entry.key)}"
    return "/definitions"
