"""Campaigns by the stages of the Government Communication Service's Evaluation Cycle (2024), with empty stages shown as gaps.

Enforcement is no stage: it is on a track of its own beside them, never at the end of the chain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import streamlit as st

from .. import trends, wording
from ..definitions import MEASURE, METRIC, network_label
from ..store import Store
from . import _show, _view
from ._lint import CAMPAIGN, wording_findings

NOTHING = "nothing recorded"
STAGES = ("Inputs", "Outputs", "Outtakes", "Outcomes", "Impact", "Learning and innovation")
# Stages of which our own words tell, and the budget: neither is told to the public, nor whether there are any.
OF_OUR_WORDS = ("Inputs", "Impact", "Learning and innovation")
Row = dict[str, Any]


def show(known: Store) -> None:
    """Every campaign by its stages, and one of them with what is held of each."""
    rows = known.rows(
        "pages/campaign_stages",
        reaches=list(trends.REACHES),
        met=list(trends.IN_PERSON),
        outcomes=list(trends.OUTCOMES),
        enforcement=list(trends.ENFORCEMENT),
    )
    if not rows:
        _show.small("No campaign is recorded. Record one on the Campaigns page.")
        return
    name = _show.pick("Campaign", [row["campaign"] for row in rows], key="campaign", width=420)
    chosen = next(row for row in rows if row["campaign"] == name)
    _one(known, chosen)
    _show.table(
        ["Campaign", *STAGES, "Alongside: enforcement"],
        [
            (
                (_name(row), f"/trends?part=Evaluation&campaign={quote(row['campaign'])}"),
                *(wording.listed(_held(row)[stage]) or _nothing(stage) for stage in STAGES),
                _alongside(row),
            )
            for row in rows
        ],
        "Of which stages something is held, campaign by campaign. The stages are those of the GCS Evaluation Cycle (2024). "
        "Enforcement is on its own track: it is no stage of a campaign.",
    )


def _name(row: Row) -> str:
    return f"{row['campaign']} (made-up sample)" if row["sample"] else str(row["campaign"])


def _nothing(stage: str) -> str:
    return "for the working view" if stage in OF_OUR_WORDS and _view.for_reading() else NOTHING


def _held(row: Row) -> dict[str, list[str]]:
    """What is held of each stage, in a word or two."""

    def named(*parts: tuple[str, str]) -> list[str]:
        return [words for column, words in parts if row[column]]

    posts = wording.plural(row["posts"], "made-up sample post" if row["sample"] else "post")
    return {
        "Inputs": named(("has_baseline", "baseline"), ("has_budget", "budget"), ("ads_with_spend", "spend")),
        "Outputs": named(
            ("posts", posts),
            ("shown_posts", "views or impressions"),
            ("reach_figures", "reach as published"),
            ("met_figures", "people met"),
        ),
        "Outtakes": named(("engaged_posts", "engagements"), ("clicked_posts", "link clicks"), ("film_posts", "film views")),
        "Outcomes": named(("outcome_figures", wording.plural(row["outcome_figures"], "figure"))),
        "Impact": named(("has_impact", "written")),
        "Learning and innovation": named(("has_learning", "written")),
    }


def _alongside(row: Row) -> str:
    if not row["operations"] and not row["own_enforcement"]:
        return "no operation recorded"
    operations = [wording.plural(row["operations"], "operation")] if row["operations"] else []
    # Its own are those that name no operation: the others are the operation's.
    return ", ".join([*operations, wording.plural(row["operation_figures"] + row["own_enforcement"], "figure")])


# --- one campaign --------------------------------------------------------------------------------------------------------


def _one(known: Store, row: Row) -> None:
    """The stages of one campaign with their numbers, and enforcement on its own track."""
    campaign = row["campaign"]
    figures = [one for one in known.rows("pages/figures", campaign=campaign) if one["sample"] == row["sample"]]
    totals = [one for one in known.rows("pages/campaign_totals", campaign=campaign) if one["sample"] == row["sample"]]
    ads = known.rows("pages/campaign_ads", campaign=campaign, sample=row["sample"])
    record = next(one for one in known.rows("pages/campaigns") if one["campaign"] == campaign)
    written = {one["statement"]: one for one in known.rows("pages/campaign_evaluation", campaign=campaign)}
    held = {
        "Inputs": [*_written(written, "baseline", "Baseline: "), *_inputs(record, ads)],
        "Outputs": [*_outputs(totals, ads, row["sample"]), *_figures(figures, (*trends.REACHES, *trends.IN_PERSON))],
        "Outtakes": _outtakes(totals),
        "Outcomes": _figures(figures, trends.OUTCOMES),
        "Impact": _written(written, "impact"),
        "Learning and innovation": _written(written, "learning"),
    }
    meanwhile = _meanwhile(written)
    with st.container(border=True):
        st.html(f'<h2 class="reach-title">{_show.text(_name(row))}</h2>')
        if record["objective"]:
            _show.facts([("Objective", record["objective"])])
        _show.facts(
            (stage, "\n".join([*(held[stage] or [_gap(stage)]), *(meanwhile if stage == "Impact" else [])])) for stage in STAGES
        )
        _show.small(
            f"Something is {'shown' if _view.for_reading() else 'recorded'} of {sum(map(bool, held.values()))} of {len(STAGES)} stages. "
            "The stages are those of the GCS Evaluation Cycle (2024). Nothing is added over networks. Web page views are tied to no "
            "campaign, so they stand under no stage here."
        )
        if not _view.for_reading():
            _show.small_link(
                "Write its baseline, impact and learning", f"/campaigns?campaign={quote(campaign)}&part={quote('Change or retire')}"
            )
            wording_findings(known, "\n\n".join(one["words"] for one in written.values()), CAMPAIGN)
    _enforcement(known, row, figures)


def _gap(stage: str) -> str:
    if _nothing(stage) != NOTHING:
        return _nothing(stage)
    return {
        "Impact": f"{NOTHING}: write what changed, and the evidence, in the campaign's record",
        "Learning and innovation": f"{NOTHING}: write what to do otherwise next time in the campaign's record",
        "Outcomes": f"{NOTHING}: no figure of reports or referrals names this campaign",
    }.get(stage, NOTHING)


def _written(written: Mapping[str, Row], statement: str, opening: str = "") -> list[str]:
    """A statement of the record in its own words, with who wrote them and when; nothing where there is none."""
    if statement not in written:
        return []
    one = written[statement]
    return [f"{opening}{one['words']} (written {_show.imported_words(one)})"]


def _meanwhile(written: Mapping[str, Row]) -> list[str]:
    """What stands beside an impact: what else changed, and what is missing before a campaign may be said to have had a part in it."""
    told = _written(written, "also_changed", "What else changed: ")
    needed = {"baseline": "a baseline", "also_changed": "what else changed"}
    missing = [words for statement, words in needed.items() if statement not in written]
    if "impact" in written and missing:
        told.append(f"Not written: {wording.listed(missing)}. Without both it cannot be claimed that the campaign had a part in it.")
    return told


def _inputs(record: Row, ads: Sequence[Row]) -> list[str]:
    said = [] if record["budget"] is None else [f"Budget: {wording.money(record['budget'])}."]
    return said + [
        f"Spend on {one['ad_campaign'] or 'advertising'}, {one['level']}, {wording.period(one['window_start'], one['window_end'])}: "
        f"{wording.number(one['spend'])} {one['currency'] or ''}".strip()
        + "."
        for one in _widest(ads)
        if one["spend"] is not None
    ]


def _widest(ads: Sequence[Row]) -> list[Row]:
    """The advertisements at the highest level that is held, since those below are parts of it."""
    for level in ("total", "account", "campaign", "ad set", "ad"):
        own = [one for one in ads if one["level"] == level]
        if own:
            return own
    return []


def _outputs(totals: Iterable[Row], ads: Sequence[Row], sample: bool) -> list[str]:
    said = []
    for one in totals:
        parts = [wording.plural(one["posts"], "made-up sample post" if sample else "post")]
        parts += [_total(one, key) for key in trends.OUTPUTS if one[f"filled_{key}"]]
        parts += [
            f"highest {wording.lower_first(METRIC[key].label)} of one post {wording.number(one[f'highest_{key}'])}"
            for key in ("reach", "viewers")
            if one[f"highest_{key}"] is not None
        ]
        said.append(f"{network_label(one['network'])}: {'; '.join(parts)}.")
    for one in _widest(ads):
        counted = [f"{METRIC[key].label.lower()} {wording.number(one[key])}" for key in ("reach", "viewers") if one[key] is not None]
        if counted:
            days = wording.period(one["window_start"], one["window_end"])
            said.append(f"Advertising, {one['ad_campaign'] or 'no name'}, {days}, each account once: {'; '.join(counted)}.")
    return said


def _outtakes(totals: Iterable[Row]) -> list[str]:
    said = []
    for one in totals:
        parts = [_total(one, key) for key in trends.OUTTAKES if one[f"filled_{key}"]]
        if parts:
            said.append(f"{network_label(one['network'])}: {'; '.join(parts)}.")
    return said


def _total(one: Row, key: str) -> str:
    label = "film views of 3 seconds or more" if key == "video_3s_views" else METRIC[key].label.lower()
    of = "" if one[f"filled_{key}"] == one["posts"] else f" (of {one[f'filled_{key}']:,} of {wording.plural(one['posts'], 'post')})"
    return f"{label} {wording.number(one[f'total_{key}'])}{of}"


def _figures(figures: Iterable[Row], measures: Sequence[str]) -> list[str]:
    """Figures that name the campaign, each as it was published."""
    said = []
    for one in figures:
        if one["measure"] in measures:
            words = wording.figure_words(one["value_low"], one["value_high"], one["qualifier"], MEASURE[one["measure"]].unit)
            how = "as published" if one["published_wording"] else "recorded, not published"
            days = wording.period(one["start_date"], one["end_date"]) if one["start_date"] or one["end_date"] else one["date_note"]
            sample = ", made-up sample" if one["sample"] else ""
            said.append(f"{MEASURE[one['measure']].label}: {words} ({how}{sample}; {days or wording.NO_DATE}).")
    return said


def _enforcement(known: Store, row: Row, figures: Sequence[Row]) -> None:
    """Figures of the operations that ran alongside, and those of enforcement that name the campaign."""
    measures = list(trends.ENFORCEMENT)
    rows = {one["figure_id"]: one for one in figures if one["measure"] in measures}
    for operation in known.rows("pages/campaign_operations", campaign=row["campaign"]):
        asked = {"operation": operation["operation"], "area": operation["area"], "sample": row["sample"]}
        rows |= {one["figure_id"]: one for one in known.rows("pages/evaluation_figures", measures=measures, **asked)}
    with st.container(border=True):
        st.html('<h2 class="reach-title">Alongside, on a track of its own: enforcement</h2>')
        if not rows:
            _show.small("No figure of enforcement is held of an operation that ran alongside this campaign.")
            return
        _show.table(
            ["Measure", "Value", "Operation", "Days", "Source"],
            [
                (
                    MEASURE[one["measure"]].label + (" (made-up sample)" if one["sample"] else ""),
                    wording.figure_words(one["value_low"], one["value_high"], one["qualifier"], MEASURE[one["measure"]].unit),
                    one["operation"],
                    wording.period(one["start_date"], one["end_date"]) if one["start_date"] or one["end_date"] else one["date_note"],
                    ("Source", f"/sources?figure={quote(one['figure_id'])}"),
                )
                for one in rows.values()
            ],
            "That they ran at one time says nothing of what either led to.",
        )
