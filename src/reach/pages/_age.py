"""Posts at equal age and their growth: what the Posts page and the panel of one post say of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pandas as pd

from .. import wording
from ..charts import Chart, growth
from ..clock import london
from ..definitions import ANY_METRIC, METRICS, network_label
from ..dictionary import changed_between
from ..store import Store

LATEST = "Latest"
# What networks report of a post first of all: their growth is said in words.
HEADLINE = ("reach", "viewers", "views", "impressions")
STATES = {
    "observed": "observed",
    "still growing": "still growing",
    "not observed": "not observed",
    "not dated": "not dated",
    "period totals": "of totals of a period only",
}


def windows(known: Store) -> dict[str, str]:
    """The ages that can be picked, each with its window in words."""
    return {row["age"]: row["window_words"] for row in known.rows("pages/age_windows")}


def at_age(known: Store, rows: Sequence[dict[str, Any]], age: str, window: str) -> tuple[list[dict[str, Any]], str]:
    """Rows of ``pages/posts`` with their values at an age in place of the latest, and the sentences that go above them."""
    keys = [f"{row['network']} {row['post_key']}" for row in rows]
    found = {row["post"]: row for row in known.rows("pages/posts_at_age", age=age, posts=keys)}
    aged = []
    for key, row in zip(keys, rows, strict=True):
        one = found[key]
        values = {metric.key: one[metric.key] for metric in METRICS}
        said = STATES[one["state"]] if one["state"] != "observed" else growth.age_words(one["hours"])
        source = {"as_of": one["as_of"], "file_name": _file(one), "record_no": one["record_no"]}
        aged.append({**row, **values, **source, "at_age": said + (", export date assumed" if one["assumed"] else "")})
    states = Counter(one["state"] for one in found.values())
    counted = wording.listed([f"{wording.number(states[state])} {words}" for state, words in STATES.items() if states[state]])
    return aged, (
        f"Values at {age}: of the export made nearest to {age} after publication, within {window}. Nothing between two exports is "
        f"worked out. Of the posts listed: {counted}."
    )


def _file(one: dict[str, Any]) -> str:
    if one["file_name"] is None:
        return ""
    return one["file_name"] if one["looks"] == 1 else f"{one['file_name']} and {wording.plural(one['looks'] - 1, 'other')}"


def own_history(known: Store, age: str, network: str | None, sample: bool) -> list[tuple[Any, ...]]:
    """Own posts at an age: (network, paid or organic, metric, posts, median, range), or in place of the last two why they are not given."""
    rows = []
    for row in known.rows("pages/own_history", age=age, network=network, sample=sample):
        label = ANY_METRIC[row["metric"]].label
        changed = changed_between(row["metric"], row["network"], london(row["first_look"]).date(), london(row["last_look"]).date())
        if row["formats"] > 1 or changed:
            median, span = None, f"not given: {changed or 'from different kinds of export, which may not count alike'}"
        else:
            median, span = row["median_value"], f"{wording.number(row['lowest'])} to {wording.number(row['highest'])}"
        rows.append((network_label(row["network"]), row["paid"], label, row["posts"], median, span))
    return rows


def grown(known: Store, post_key: str) -> list[str]:
    """How a post grew since the export before the last, a sentence a headline metric."""
    rows = {row["metric"]: row for row in known.rows("pages/post_growth", post_key=post_key)}
    if rows and not any(row["other_looks"] for row in rows.values()):
        return ["One export holds it so far, so nothing can be said of growth."]
    return [_sentence(rows[metric]) for metric in HEADLINE if metric in rows]


def _sentence(row: dict[str, Any]) -> str:
    label = ANY_METRIC[row["metric"]].label
    export = london(row["as_of"]).date()
    if row["before_as_of"] is None:
        return f"{label}: no earlier export counted it in the same way, so nothing is said of growth."
    before = london(row["before_as_of"]).date()
    changed = changed_between(row["metric"], row["network"], before, export)
    if changed:
        return f"{label}: {changed}, between the two exports, so nothing is said of growth."
    return growth.grew(label, row["before"], row["value"], before, assumed=row["assumed"] or row["before_assumed"])


def drawable(looks: pd.DataFrame) -> list[str]:
    """The headline metrics of which a post has looks of more than one export."""
    return [metric for metric in HEADLINE if (looks["metric"] == metric).sum() > 1]


def chart(looks: pd.DataFrame, metric: str, network: str, dark: bool) -> Chart:
    """The looks at one metric of a post, drawn."""
    about = ANY_METRIC[metric]
    return growth.chart(looks[looks["metric"] == metric], label=about.label, unit=about.unit, network=network_label(network), dark=dark)
