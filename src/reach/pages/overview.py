"""Overview: campaign reach beside enforcement results, on one time axis."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from .. import editions, wording
from ..charts import timeline
from ..charts.headline import headline
from ..clock import today
from ..definitions import APART, DEFINITION, DEFINITIONS, MEASURE, MEASURES, METRIC, Definition, network_label, unlike
from ..dictionary import ENTRY
from ..filters import EARLIEST, EVERYTHING, Filters, date_range
from ..store import Store
from . import _defined, _show, _view

MOST_POSTS = 500
SAFEGUARDING = tuple(measure.key for measure in MEASURES if measure.kind == "safeguarding")
REACH = "campaign_reach"


def render() -> None:
    """Draws the page."""
    known = _show.store()
    _show.opening("Reach and results")
    answer, row = st.container(), st.container(key="filters")
    choices = known.rows("pages/choices")
    with row:
        picked = _filters(known, choices)
    reach = known.frame("charts/figures", **picked.figures(REACH, stated_networks=True))
    results = known.frame("charts/figures", **picked.figures(picked.results))
    posts = _posts(known, picked, choices)
    with answer:
        _answer(known, picked, choices, posts)
    _timeline(known, picked, reach, results, posts)
    _not_dated(reach, results)
    _show.footer(known)


def _filters(known: Store, choices: list[dict[str, Any]]) -> Filters:
    """One row: what is on the two panels and when; the rest folded away."""
    areas = [one["choice"] for one in choices if one["kind"] == "area"]
    home = known.settings.force
    areas = sorted({*areas, home}, key=lambda area: (area != home, area))
    _show.folded_on_a_phone("Choose what is shown")
    with st.container(horizontal=True, vertical_alignment="bottom", key="filter-row"):
        area = _show.pick("Area", areas, key="area", width=190)
        here = [one for one in choices if one["area"] == area]
        definition = _show.pick(
            "Upper panel",
            _definitions(known, _is_sample(choices, area)),
            format_func=lambda key: DEFINITION[key].label,
            key="reach",
            width=225,
        )
        results = _show.pick("Lower panel", _measures(here), format_func=lambda key: MEASURE[key].label, key="results", width=205)
        chosen = st.date_input("Dates", [], EARLIEST, today(), format="DD/MM/YYYY", key="dates", bind="query-params", width=245)
        folded = st.popover("More filters", width=130)
    with folded:
        campaign = _all_or("Campaign", [one["choice"] for one in here if one["kind"] == "campaign"], "campaign")
        operation = _all_or("Operation", [one["choice"] for one in here if one["kind"] == "operation"], "operation")
        network = _all_or("Network", _show.networks(known), "network")
        _show.small("A campaign leaves its own posts and figures. Posts belong to no operation, so an operation shows figures only.")
    dates = date_range(chosen)
    _show.open_end(dates)
    return Filters(area, definition, results, campaign, operation, network, *dates)


def _all_or(words: str, choices: list[str], key: str) -> str | None:
    picked = _show.pick(words, [EVERYTHING, *choices], format_func=network_label if key == "network" else str, key=key)
    return None if picked == EVERYTHING else picked


def _definitions(known: Store, sample: bool) -> list[str]:
    """The first reach, beside which published figures stand, and every other definition that held posts have values of."""
    held = {(metric, row["network"]) for row in known.rows("pages/networks_held") if row["sample"] == sample for metric in row["metrics"]}
    first = next(one for one in DEFINITIONS if one.metric == "reach")
    return [one.key for one in DEFINITIONS if one is first or any((one.metric, network) in held for network in one.networks)]


def _measures(here: list[dict[str, Any]]) -> list[str]:
    held = {one["choice"] for one in here if one["kind"] == "measure"}
    listed = [measure.key for measure in MEASURES if not measure.on_screens and measure.key in held]
    return sorted(listed, key=lambda key: (key != "arrests", key != "warrants", MEASURE[key].kind != "safeguarding")) or ["arrests"]


def _is_sample(choices: list[dict[str, Any]], area: str) -> bool:
    return any(one["kind"] == "area" and one["choice"] == area and one["sample"] for one in choices)


def _may_have_posts(known: Store, picked: Filters, sample: bool) -> bool:
    """Posts are the force's, so another area has none, and they belong to no operation."""
    return not picked.operation and (sample or picked.area == known.settings.force)


def _posts(known: Store, picked: Filters, choices: list[dict[str, Any]]) -> pd.DataFrame:
    """Our posts in one definition."""
    definition = DEFINITION[picked.definition]
    sample = _is_sample(choices, picked.area)
    networks = [network for network in definition.networks if picked.network in (None, network)]
    if not _may_have_posts(known, picked, sample):
        networks = []
    frame = known.frame(
        "charts/posts",
        metric=definition.metric,
        networks=networks,
        sample=sample,
        campaign=picked.campaign,
        date_from=picked.date_from,
        date_to=picked.date_to,
        most_posts=MOST_POSTS,
    )
    measured, undated = int(frame["posts"].iloc[0]), int(frame["undated"].iloc[0])
    frame = frame[frame["post_key"].notna()].assign(metric_label=definition.label)
    days = frame["published_at"].dt.date
    spans = {str(network): (min(own), max(own)) for network, own in days.groupby(frame["network"])}
    frame["network"] = frame["network"].map(network_label)
    frame.attrs.update(spans=spans, highest_per_day=measured > MOST_POSTS, posts=measured, undated=undated, sample=sample)
    return frame


def _answer(known: Store, picked: Filters, choices: list[dict[str, Any]], posts: pd.DataFrame) -> None:
    """The answer first: one sentence, then the cards."""
    sample = _is_sample(choices, picked.area)
    said = headline(
        known.rows("charts/figures", **picked.figures(REACH, stated_networks=True)),
        known.rows("charts/figures", **picked.figures(picked.results)),
        known.rows("charts/figures", **picked.figures(*(key for key in SAFEGUARDING if key != picked.results))),
        results_label=MEASURE[picked.results].label,
        labels={measure.key: measure.label for measure in MEASURES},
        narrowed=bool(picked.narrowed),
        posts=posts.attrs["posts"],
        posts_undated=posts.attrs["undated"],
        posts_kind="made-up sample post" if sample else "post",
    )
    st.html(f'<p class="reach-lead">{_show.text(said.sentence)}</p>')
    if editions.sample_loaded(known):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            _show.small("Made-up sample data is loaded. It stands under the area Sample Constabulary and is marked as made-up.")
            if not _view.for_reading() and st.button("Take the sample out", key="sample-out"):
                editions.remove_sample(known)
                st.session_state.pop("area", None)
                st.rerun()
    _show.cards([*said.cards, *_held_card(known, picked, sample)])
    _defined.named([("", [_of_card(label) for label, _, _ in said.cards])])


def _of_card(label: str) -> Definition | None:
    """The definition of the measure that a card's label begins with, before "latest" or "same week"."""
    fitting = [measure for measure in MEASURES if label == measure.label or label.startswith(f"{measure.label}, ")]
    return ENTRY[max(fitting, key=lambda measure: len(measure.label)).key] if fitting else None


def _held_card(known: Store, picked: Filters, sample: bool) -> list[tuple[str, str, str]]:
    """The posts in view, in whatever they are measured; no card where there can be none.

    The networks' own posts are counted together. A tool's view of them, or their video assets, can be of the same posts: it is
    counted apart, and is the count only where nothing else is held.
    """
    if not _may_have_posts(known, picked, sample):
        return []
    asked = {"network": picked.network, "campaign": picked.campaign, "date_from": picked.date_from, "date_to": picked.date_to}
    views: dict[str, list[dict[str, Any]]] = {}
    for row in known.rows("pages/held", **asked):
        if row["sample"] == sample:
            views.setdefault(_whose(row["network"]), []).append(row)
    if not views and any(asked.values()):
        return [("Posts held", "none for this choice", "Change the dates, the network or the campaign to see others.")]
    if not views:
        return [("Posts held", "none yet", "" if _view.for_reading() else "Drop an export on the Upload page to see measured posts.")]
    first, *others = [views[view] for view in sorted(views, key=["", *APART].index)]
    days = [day for row in first for day in (row["first_day"], row["last_day"]) if day]
    names = _counts(first) if len(first) > 1 else network_label(first[0]["network"])
    made_up = "made-up sample, " if sample else ""
    note = f"{names}, {made_up}{wording.period(min(days, default=None), max(days, default=None))}."
    if others:
        note += f" Not added, since they can be the same posts: {_counts([row for view in others for row in view])}."
    return [("Posts held", wording.number(sum(row["posts"] for row in first)), note)]


def _whose(network: str) -> str:
    """Whose view of a network's posts it is: a key of ``APART``, or nothing for the network's own."""
    apart = network.partition("_")[0]
    return apart if apart in APART else ""


def _counts(held: list[dict[str, Any]]) -> str:
    return wording.listed([f"{network_label(row['network'])} {wording.number(row['posts'])}" for row in held])


def _timeline(known: Store, picked: Filters, reach: pd.DataFrame, results: pd.DataFrame, posts: pd.DataFrame) -> None:
    definition, measure = DEFINITION[picked.definition], MEASURE[picked.results]
    published = reach if definition.metric == "reach" else reach.iloc[:0]
    windows = known.frame("charts/windows", area=picked.area)
    if picked.date_from:
        windows = windows[windows["end_date"] >= pd.Timestamp(picked.date_from)]
    if picked.date_to:
        windows = windows[windows["start_date"] <= pd.Timestamp(picked.date_to)]
    words: dict[str, Any] = {
        "reach_label": "People reached" if definition.metric == "reach" else definition.label,
        "results_label": measure.label,
        "results_unit": measure.unit,
        "area": picked.area,
        "metric": wording.lower_first(METRIC[definition.metric].label),
        "of_reach": definition.metric == "reach",
        "reach_definition": MEASURE[REACH].label if definition.metric == "reach" else "",
        "breaks": _defined.changes("post", definition.metric, posts.attrs["spans"]),
        "dark": st.context.theme.type == "dark",
    }
    _show.chart_card(
        known,
        lambda narrow: timeline.chart(published, posts, results, windows, narrow=narrow, **words),
        "timeline",
        "reach-and-results.csv",
    )
    if len(posts):
        _show.small(f"Posts: {definition.label}. {definition.words}")
    if len(posts) and len(published) and (apart := unlike(ENTRY[REACH], definition)):
        _show.small(apart)
    above = [("Published reach", [ENTRY[REACH]])] if definition.metric == "reach" else []
    _defined.named([*above, *([("Posts", [definition])] if len(posts) else []), ("Lower panel", [ENTRY[measure.key]])])


def _not_dated(reach: pd.DataFrame, results: pd.DataFrame) -> None:
    """Figures without both dates: in a strip of their own, never on the axis."""
    rows = [row for frame in (reach, results) for row in frame[frame["start_date"].isna() | frame["end_date"].isna()].to_dict("records")]
    if not rows:
        return
    with st.container(border=True):
        st.html('<h2 class="reach-title">Not dated</h2>')
        _show.table(
            ["Measure", "Value", "Campaign or operation", "What is known of the date", "Source"],
            [
                (
                    MEASURE[row["measure"]].label,
                    wording.figure_words(row["value_low"], row["value_high"], row["qualifier"], MEASURE[row["measure"]].unit),
                    row["campaign"] or row["operation"],
                    " ".join(
                        str(part)
                        for part in (
                            row["date_note"],
                            f"({wording.period(row['start_date'], row['end_date'])})" if not pd.isna(row["end_date"]) else "",
                        )
                        if part
                    ),
                    ("Source", f"/sources?figure={row['figure_id']}"),
                )
                for row in rows
            ],
            "Figures published without a first and a last day. They are on no axis.",
        )
