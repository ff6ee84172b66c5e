"""Definitions: what each number counts, which exports it comes from, what changed when, and what may be compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from .. import wording
from ..definitions import ANY_METRIC, MEASURE, TOOLS, Definition, network_label, unlike
from ..dictionary import CHANGES, ENTRIES, ENTRY, OF, Change, adds_within, changes_of, exports_of, networks_of
from ..store import Store
from . import _defined, _show

OWN, TOOLED, FIGURES, RATIOS = "In exports of networks", "From tools, matched or by hand", "Published figures", "Ratios worked out"
EVERYTHING = "All definitions"
# What no export holds, so that no way of counting began or ended.
UNDATED = ("figure", "ratio")
GROUPS = (OWN, FIGURES, RATIOS, TOOLED, EVERYTHING)


def render() -> None:
    """Draws the page, opened at the definition that the address names."""
    known = _show.store()
    _show.opening("Definitions", "What each number counts, which exports it comes from, and when the counting changed.")
    asked = st.query_params.get("definition")
    if asked:
        _one(known, asked)
    listed, changes, compare = st.tabs(["All definitions", "Changes over time", "Can two be compared?"])
    with listed:
        _list()
    with changes:
        _show.small(
            "Charts draw a line where a definition changes, and nothing is added, joined or compared by percentage over it. Where only a "
            "name changed, no line is drawn."
        )
        _changes(CHANGES)
    with compare:
        _compare()
    _show.footer(known)


def _one(known: Store, key: str) -> None:
    one = ENTRY.get(key)
    with st.container(border=True):
        if one is None:
            _show.small("There is no definition of that name. Search the list.")
            return
        st.html(f'<h2 class="reach-title">{_show.text(one.label)}</h2><p class="reach-lead">{_show.text(one.words)}</p>')
        name = MEASURE[one.metric].label if one.of == "figure" else ANY_METRIC[one.metric].label
        _show.facts(
            (
                ("Metric", name),
                ("Value of", OF[one.of]),
                ("Unit", one.counts),
                ("Networks", wording.listed(networks_of(one))),
                ("Each network", "counts in its own way, so values of two networks are never compared" if one.per_network else None),
                ("Estimated or counted", one.counting),
                ("May be added", adds_within(one)),
                ("Holds", None if one.of in UNDATED else holds(one)),
                *(_of_figures(known, one) if one.of == "figure" else ()),
                ("Source", one.source),
            )
        )
        exports = exports_of(one)
        if exports:
            _show.table(["Export", "Column"], exports, "Exports it comes from, with the column's name in the first language known.")
        elif one.of not in UNDATED:
            _show.small("No export that Reach knows by itself has it: a person matches a column to it, or types it in.")
        if changes := changes_of(one):
            _changes(changes)


def _of_figures(known: Store, one: Definition) -> tuple[tuple[str, str], ...]:
    """What is said of a measure beside its definition: the days of its figures, and the headings under which files carry it."""
    held = next((row for row in known.rows("pages/measures_held") if row["measure"] == one.metric), None)
    days = "none"
    if held:
        undated = f", {held['undated']:,} of them not dated" if held["undated"] else ""
        days = f"{wording.plural(held['figures'], 'figure')}{undated}: {wording.period(held['first_day'], held['last_day'])}"
    return (
        ("Holds", "since when is not published"),
        ("Figures held", days),
        ("In files also", "; ".join(MEASURE[one.metric].aliases)),
    )


def holds(one: Definition) -> str:
    """When a definition held, in words."""
    if one.valid_from is None and one.valid_to is None:
        return "dates not known"
    since = "" if one.valid_from else "; not known since when"
    return f"{wording.period(one.valid_from, one.valid_to)}{since}"


def _group(one: Definition) -> str:
    if one.of == "figure":
        return FIGURES
    if one.of == "ratio":
        return RATIOS
    tooled = any(network.partition("_")[0] in TOOLS for network in one.networks)
    return TOOLED if tooled or not exports_of(one) else OWN


def _list() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input("Words in a definition", key="search", bind="query-params", width=300)
        group = _show.pick("Which", GROUPS, key="which", width=260)
    fitting = [one for one in ENTRIES if _has(one, words)]
    shown = [one for one in fitting if group in (EVERYTHING, _group(one))]
    said = wording.plural(len(shown), "definition")
    if len(fitting) > len(shown):
        said += f". {wording.number(len(fitting) - len(shown))} more under another choice of Which"
    _show.small(f"{said}.")
    if shown:
        _show.table(
            ["Definition", "What it is", "Value of", "Unit", "Estimated or counted", "Holds"],
            [
                (
                    (one.label, _defined.address(one)),
                    one.words,
                    OF[one.of],
                    one.counts,
                    one.counting,
                    "" if one.of in UNDATED else holds(one),
                )
                for one in shown
            ],
        )


def _has(one: Definition, words: str) -> bool:
    """Whether all the words stand in a definition and what changed of it, in any case and order."""
    changed = (f"{change.label} {change.before} {change.after}" for change in changes_of(one))
    held = " ".join((one.key, one.label, one.words, one.counts, OF[one.of], *networks_of(one), *changed)).casefold()
    return all(word in held for word in words.casefold().split())


def when(change: Change) -> str:
    """The day of a change, or the days between which it came about."""
    if change.first is None and change.last is None:
        return "not known"
    return wording.period(change.first, change.last)


def _changes(changes: Sequence[Change]) -> None:
    _show.table(
        ["When", "How sure", "Networks", "Metrics", "Before", "After", "What changed", "Charts break", "Source"],
        [
            (
                when(one),
                one.sure,
                wording.listed([network_label(network) for network in one.networks]),
                wording.listed([wording.lower_first(ANY_METRIC[metric].label) for metric in one.metrics]),
                one.before,
                one.after,
                one.words,
                "yes" if one.breaks else "no, a name or an export only",
                _show.publisher(one.source),
            )
            for one in sorted(changes, key=lambda one: (one.first or date.min, one.last or date.max))
        ],
        "Changes, oldest first.",
    )


def _compare() -> None:
    keys = [one.key for one in ENTRIES]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first, second = (
            ENTRY[_show.pick(words, [start, *(key for key in keys if key != start)], format_func=_label, key=key, width=380)]
            for words, key, start in (("Compare", "compare", "reach-meta"), ("with", "compare-with", "viewers-meta"))
        )
    refused = unlike(first, second)
    if refused:
        _show.small(f"No. {refused}")
        return
    within = "inside one network" if first.per_network else "with one another"
    _show.small(
        f"Yes: {first.label} is one definition, so its values compare {within}, over equal periods on one side of a change. "
        f"May be added: {adds_within(first)}."
    )


def _label(key: str) -> str:
    return ENTRY[key].label
