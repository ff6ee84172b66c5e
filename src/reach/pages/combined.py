"""Combined reach: how many accounts several reaches make together. They are never added: the answer is a range."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from .. import wording
from ..charts import reach_range
from ..charts.reach_range import Mark, Population
from ..clock import today
from ..definitions import DEFINITION, DEFINITIONS, MEASURE, MEASURES, METRIC, Definition, network_label, unlike
from ..dictionary import ENTRY, definition_of
from ..errors import Usage
from ..filters import EARLIEST, date_range
from ..reach_bounds import DUPLICATION, Part, combine
from ..store import Store
from . import _defined, _show

PUBLISHED, POSTS, ADS = "Published figures", "Our posts of a period", "Advertisements of a window"
REACHES = tuple(measure.key for measure in MEASURES if measure.kind == "reach")
DISPLAYS = tuple(measure.key for measure in MEASURES if measure.kind == "displays")
NOT_DISPLAYS = "Figures of views and impressions count displays, not accounts, so they are not combined with reach: see the Claims page."
PEOPLE = tuple(one.key for one in DEFINITIONS if one.metric in ("reach", "viewers"))
NO_POPULATION = "None: no estimate, bounds alone"
ALL_AGES = "Residents, all ages"
MOST_POSTS = 1_000_000
LABEL_LENGTH = 60
# What the rows of a level are called.
ADVERTS = {"ad": "advertisement", "total": "row for all of the file"}


def render() -> None:
    """Draws the page."""
    known = _show.store()
    _show.opening(
        "Combined reach",
        "One account can be in several reaches, so they are never added. Here is what can be said of them together, and on what terms.",
    )
    first = st.container(horizontal=True, vertical_alignment="bottom")
    with first:
        what = _show.pick("Combine", [PUBLISHED, POSTS, ADS], key="combine", width=280)
    chosen = {PUBLISHED: _figures, POSTS: _posts, ADS: _advertisements}[what](known, first)
    if chosen:
        _panel(known, **chosen)
    _show.footer(known)


def _panel(
    known: Store,
    marks: list[Mark],
    parts: list[Part],
    counted: str,
    scope: str,
    own_total: Part | None = None,
    remarks: tuple[str, ...] = (),
    definitions: tuple[Definition | None, ...] = (),
) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        population = _population(known)
        slid = st.slider(
            "Overlap, as times what chance gives (D)",
            *DUPLICATION,
            1.0,
            0.1,
            key="overlap",
            bind="query-params",
            width=320,
            disabled=population is None or len(parts) < 2 or own_total is not None,
            help="1 is independence. Posts of one account are mostly seen by the same followers, so above 1 is likelier. "
            "Where a campaign of yours measured its true overlap, use that.",
        )
    duplication = round(slid, 1)  # an address may say what the slider cannot
    people = population.people if population else None
    try:
        found = combine(parts, people, own_total=own_total)
        at = combine(parts, people, duplication=(duplication, duplication)).overlapping if own_total is None and people else None
    except Usage as refused:
        with st.container(border=True):
            _show.bullets(part for part in (str(refused), _apart(definitions)) if part)
            _defined.named([("", definitions)])
        return
    words: dict[str, Any] = {
        "counted": counted,
        "scope": scope,
        "population": population,
        "duplication": duplication,
        "chosen": at[0] if at else None,
        "dark": st.context.theme.type == "dark",
    }
    _show.chart_card(known, lambda narrow: reach_range.chart(marks, found, narrow=narrow, **words), "combined", "combined-reach.csv")
    if at and at[0] is None:
        _show.small(f"So much overlap cannot be: at {duplication:g} times chance more would have seen both than saw one of them.")
    _show.bullets(remarks)
    _defined.named([("", definitions)])


def _apart(definitions: tuple[Definition | None, ...]) -> str | None:
    """Why these are not combined, where two of them are not counted alike."""
    known = [one for one in definitions if one]
    return unlike(known[0], known[-1]) if known else None


def _population(known: Store) -> Population | None:
    rows = known.rows("pages/populations")
    named = {f"{row['population']}, {row['area']}, {row['reference_date']}: {row['people']:,}": row for row in rows}
    picked = _show.pick("Population that could be reached", [*named, NO_POPULATION], key="population", width=420)
    if picked == NO_POPULATION:
        return None
    row = named[picked]
    whose = "the area's population" if row["population"] == ALL_AGES else f"{wording.lower_first(row['population'])} in the area"
    return Population(whose, picked, row["people"])


# --- published figures ------------------------------------------------------------------------------------


def _figures(known: Store, first: DeltaGenerator) -> dict[str, Any] | None:
    """Figures of reach in one area. Those of the latest period that has several come chosen."""
    held = [row for row in known.rows("pages/choices") if row["kind"] == "measure"]
    choices = [row for row in held if row["choice"] in REACHES]
    home = known.settings.force
    areas = sorted({row["area"] for row in choices}, key=lambda one: (one != home, one))
    if not areas:
        displays = f" {NOT_DISPLAYS}" if any(row["choice"] in DISPLAYS for row in held) else ""
        _show.small(f"No figure of reach is held. Drop a figures file on the Upload page.{displays}")
        return None
    with first:
        area = _show.pick("Area", areas, key="area", width=220)
    found = known.rows("charts/figures", area=area, measures=list(REACHES))
    # A figure without a number, or with one that is withheld, is in no answer.
    rows = {row["figure_id"]: row for row in found if row["value_low"] is not None or row["value_high"] is not None}
    picked = _pick_figures(rows)
    if any(row["choice"] in DISPLAYS and row["area"] == area for row in held):
        _show.small(NOT_DISPLAYS)
    if not picked:
        _show.small("Choose at least one figure.")
        return None
    chosen = [rows[one] for one in picked]
    marks, parts = [], []
    for row in chosen:
        measure = MEASURE[row["measure"]]
        words = wording.figure_words(row["value_low"], row["value_high"], row["qualifier"], measure.unit)
        part = Part(_given(row["value_low"]), _given(row["value_high"]), str(row["qualifier"]), measure.label)
        name = row["subject"] or "No campaign"
        whose = f"figure {row['figure_id']}"
        source = row["source"]
        marks.append(Mark(name, words, part.least, part.most, part.qualifier, whose, source))
        parts.append(part)
    periods = list(dict.fromkeys(wording.period(row["start_date"], row["end_date"]) for row in chosen))
    remarks = []
    if len(periods) > 1:
        remarks.append("These figures are of different periods. What the networks counted, and how, may have changed between them.")
    remarks += dict.fromkeys(f"{row['subject']}: {row['date_note']}." for row in chosen if row["date_note"])
    if any(row["sample"] for row in chosen):
        remarks.append("Made-up sample data.")
    counted = f"{wording.listed(list(dict.fromkeys(MEASURE[row['measure']].label for row in chosen)))}, as published"
    scope = f"{area}, {wording.listed(periods)}"
    meant = tuple(ENTRY[key] for key in sorted({row["measure"] for row in chosen}))
    return {"marks": marks, "parts": parts, "counted": counted, "scope": scope, "remarks": tuple(remarks), "definitions": meant}


def _given(value: Any) -> int | None:
    return None if wording.missing(value) else int(value)


def _pick_figures(rows: dict[str, dict[str, Any]]) -> list[str]:
    """The ids of the figures chosen, which the address keeps by what they are called. Those of another area go back to the default."""
    called = _figure_labels(rows)
    default = _together(list(rows.values()))
    if not set(st.session_state.get("figures", ())) <= set(rows):
        st.session_state["figures"] = default
    return st.multiselect("Figures", list(rows), default, format_func=lambda one: called[one], key="figures", bind="query-params")


def _figure_labels(rows: dict[str, dict[str, Any]]) -> dict[str, str]:
    """What each figure is called, by its id; those that would be called alike with their file and record."""
    labels = {identity: _figure_label(row) for identity, row in rows.items()}
    times = Counter(labels.values())
    return {
        identity: label if times[label] == 1 else f"{label}, {rows[identity]['file_name']}, record {rows[identity]['record_no']:,}"
        for identity, label in labels.items()
    }


def _figure_label(row: dict[str, Any]) -> str:
    words = wording.figure_words(row["value_low"], row["value_high"], row["qualifier"], MEASURE[row["measure"]].unit)
    label = f"{words}: {row['subject'] or 'no campaign'}, {wording.period(row['start_date'], row['end_date'])}"
    return label if MEASURE[row["measure"]].key == REACHES[0] else f"{label} ({MEASURE[row['measure']].label})"


def _together(rows: list[dict[str, Any]]) -> list[str]:
    """The figures of one measure in the latest period that has several; else the first one."""
    groups: dict[tuple[Any, ...], list[str]] = {}
    for row in rows:
        groups.setdefault((row["start_date"], row["end_date"], row["measure"]), []).append(row["figure_id"])
    several = [ids for (start, _, _), ids in groups.items() if len(ids) > 1 and start is not None]
    return several[-1] if several else [rows[0]["figure_id"]] if rows else []


# --- our posts --------------------------------------------------------------------------------------------


def _posts(known: Store, first: DeltaGenerator) -> dict[str, Any] | None:
    """Our posts between two days in one definition."""
    held = {(metric, row["network"]) for row in known.rows("pages/networks_held") if not row["sample"] for metric in row["metrics"]}
    offered = [key for key in PEOPLE if any((DEFINITION[key].metric, network) in held for network in DEFINITION[key].networks)]
    if not offered:
        _show.small("No posts with reach or viewers are held. Drop an export on the Upload page.")
        return None
    with first:
        key = _show.pick("Counted as", offered, key="definition", format_func=lambda one: DEFINITION[one].label, width=240)
        days = st.date_input("Days", [], EARLIEST, today(), format="DD/MM/YYYY", key="post-days", bind="query-params", width=245)
    definition, dates = DEFINITION[key], date_range(days)
    if not dates[0] or not dates[1]:
        _show.small("Pick the first and the last day.")
        return None
    frame = known.frame(
        "charts/posts",
        metric=definition.metric,
        networks=list(definition.networks),
        sample=False,
        date_from=dates[0],
        date_to=dates[1],
        most_posts=MOST_POSTS,
    )
    posts: list[dict[str, Any]] = [
        {str(name): cell for name, cell in row.items()} for row in frame.to_dict("records") if isinstance(row["post_key"], str)
    ]
    if not posts:
        _show.small("No post of ours with this number was published between these days.")
        return None
    marks = [
        Mark(
            _post_label(row),
            wording.number(row["value"]),
            row["value"],
            row["value"],
            "exact",
            f"post {row['post_key']}",
            f"{row['file_name']}, record {row['record_no']:,}",
        )
        for row in posts
    ]
    parts = [Part(row["value"], row["value"], "exact", definition.label, True) for row in posts]
    return {
        "marks": marks,
        "parts": parts,
        "counted": f"{definition.label}: {wording.plural(len(posts), 'post')} of ours",
        "scope": wording.period(*dates),
        "remarks": _changes(definition, posts),
        "definitions": (definition,),
    }


def _changes(definition: Definition, posts: list[dict[str, Any]]) -> tuple[str, ...]:
    """What must be said where the definition changed, or may have, while the posts were published."""
    days: dict[str, list[date]] = {}
    for row in posts:
        if not wording.missing(row["published_at"]):
            days.setdefault(row["network"], []).append(row["published_at"].date())
    spans = {network: (min(own), max(own)) for network, own in days.items()}
    return tuple(
        f"{one.label}, {one.when}: these posts may not all be counted alike. {one.words}"
        for one in _defined.changes("post", definition.metric, spans)
    )


def _post_label(row: dict[str, Any]) -> str:
    words = " ".join(str(row["text"] or "Post without text").split())
    return f"{network_label(row['network'])}, {wording.day(row['published_at'])}: {words[:LABEL_LENGTH]}"


# --- advertisements ---------------------------------------------------------------------------------------


def _advertisements(known: Store, first: DeltaGenerator) -> dict[str, Any] | None:
    """Meta's advertisements of one window. Its own total, in which each account stands once, is the answer where it was exported."""
    rows = [row for row in known.rows("pages/ads", most_rows=MOST_POSTS) if row["breakdown"] is None and not row["sample"]]
    windows: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in rows:
        for metric in ("reach", "viewers"):
            if row[metric] is not None:
                windows.setdefault((row["window_start"], row["window_end"], row["account"], row["account_name"], metric), []).append(row)
    if not windows:
        _show.small("No advertisements with reach are held. Export a report from Meta Ads Manager and drop it on the Upload page.")
        return None
    named = {f"{wording.period(key[0], key[1])}, {key[3] or 'account unknown'}, {METRIC[key[4]].label.lower()}": key for key in windows}
    with first:
        picked = _show.pick("Window", list(named), key="window", width=420)
    metric = named[picked][4]
    here = windows[named[picked]]
    totals = [row for row in here if row["level"] == "total" and not (row["campaign"] or row["ad_set"] or row["ad"])]
    finest = next((level for level in ("ad", "ad set", "campaign", "account") if any(row["level"] == level for row in here)), "total")
    chosen = [row for row in here if row["level"] == finest]
    marks = [
        Mark(
            row["ad"] or row["ad_set"] or row["campaign"] or "Everything in the file",
            wording.number(row[metric]),
            row[metric],
            row[metric],
            "exact",
            f"upload {row['upload_id']}",
            f"{row['file_name']}, record {row['record_no']:,}",
        )
        for row in chosen
    ]
    return {
        "marks": marks,
        "parts": [Part(row[metric], row[metric], "exact", metric, True) for row in chosen],
        "counted": f"{METRIC[metric].label}, as Meta estimates it: {wording.plural(len(chosen), ADVERTS.get(finest, finest))}",
        "scope": wording.period(*named[picked][:2]),
        "own_total": Part(totals[0][metric]) if len(totals) == 1 else None,
        "definitions": (definition_of("ad", metric, "meta"),),
        "remarks": tuple(f"The platform's own count: {row['file_name']}, record {row['record_no']:,}." for row in totals[:1]),
    }
