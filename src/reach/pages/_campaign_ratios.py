"""Rates of one campaign: ratios of sums over its posts, those of its advertisements, and how they stand to our other campaigns'."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any
from urllib.parse import quote

from .. import ratios, wording
from ..definitions import network_label
from ..dictionary import definition_of
from ..judging import alike_named
from ..ratios import OF_ADVERTISEMENTS, OF_POSTS, RATIO, Question, Ratio
from ..store import Store
from . import _age, _defined, _show

Row = dict[str, Any]


def show(known: Store, campaign: Row) -> None:
    """The rates of a campaign, a row of ``pages/campaigns``."""
    sample = not campaign["posts"] and bool(campaign["sample_posts"])
    rows = [row for row in known.rows("pages/campaign_ratios", campaign=campaign["campaign"]) if row["sample"] == sample]
    if rows:
        _of_posts(rows, sample)
    else:
        _show.small("No post of our own accounts belongs to this campaign yet, so there is nothing to divide.")
    _of_advertisements(known, campaign, sample)


# --- the campaign alone -------------------------------------------------------------------------------------------


def _of_posts(rows: Sequence[Row], sample: bool) -> None:
    _show.table(
        ["Network", "Paid or organic", "Rate", "Value", "Worked out from"],
        [
            (network_label(network), paid, _defined_cell(of, network), *_said(of, value, held[of.key]))
            for (network, paid), held in _grouped(rows).items()
            for of, value in _answers(OF_POSTS, held)
        ],
        f"Rates of {'made-up sample' if sample else 'our own'} posts: the sum over the sum, of the posts of which one export gives both "
        "numbers. Networks count in their own ways, so rates of two networks do not compare. Reach is in none: it does not add up.",
        ["Value"],
    )


def _grouped(rows: Iterable[Row]) -> dict[tuple[str, str], dict[str, Row]]:
    """Rows of ``pages/campaign_ratios`` by network and way of payment, and by ratio in each."""
    held: dict[tuple[str, str], dict[str, Row]] = {}
    for row in rows:
        held.setdefault((row["network"], row["paid"]), {})[row["ratio"]] = row
    return held


def _answers(questions: Iterable[Question], held: dict[str, Row]) -> list[tuple[Ratio, Fraction | str]]:
    values = {key: _value(RATIO[key], row) for key, row in held.items()}
    return [ratios.answered(question, values) for question in questions]


def _value(of: Ratio, row: Row) -> Fraction | str:
    """The ratio of a row, or why there is none: a change of counting among its posts is a reason too."""
    value = ratios.of_posts(of, row)
    changed = _changed(of, [row]) if isinstance(value, Fraction) else None
    return f"none: {changed}, among these posts" if changed else value


def _changed(of: Ratio, rows: Sequence[Row]) -> str | None:
    """What changed in the counting of a ratio's two numbers over the days on which the posts were published."""
    days = [row[end] for row in rows for end in ("first_day", "last_day") if row[end]]
    found = (_age._changed_between(metric, rows[0]["network"], min(days), max(days)) for metric in (of.numerator, of.denominator) if days)
    return next((change for change in found if change), None)


def _defined_cell(of: Ratio, network: str) -> object:
    one = definition_of("ratio", of.key, network)
    return (one.label, _defined.address(one)) if one else of.key


def _said(of: Ratio, value: Fraction | str, row: Row) -> tuple[object, object]:
    """A value and what it is of, which leads to the posts; or that there is none, and why."""
    if isinstance(value, str):
        state, _, why = value.partition(": ")
        return state, why
    posts = wording.plural(row["posts"], "post")
    used = posts if row["posts_used"] == row["posts"] else f"{wording.number(row['posts_used'])} of {posts}"
    posts_page = f"/posts?whose={quote('Made-up sample' if row['sample'] else 'Our accounts')}&posts-network={quote(row['network'])}"
    worked_out = f"{_divided(of, row['numerator'], row['denominator'])}, of {used}"
    return ratios.words(of, value), (worked_out, f"{posts_page}&posts-campaign={quote(row['campaign'])}")


def _divided(of: Ratio, numerator: object, denominator: object) -> str:
    return f"{wording.number(numerator)} {ratios.named(of.numerator)} ÷ {wording.number(denominator)} {ratios.named(of.denominator)}"


def _of_advertisements(known: Store, campaign: Row, sample: bool) -> None:
    """Advertising campaigns of the campaign's name: of each window the platform's own row, which alone has a reach to divide by."""
    rows = [
        row
        for row in known.rows("pages/campaign_advertisements", sample=sample)
        if alike_named(row["campaign"], campaign["campaign"]) and _shares_a_day(row, campaign)
    ]
    if not rows:
        return
    _show.table(
        ["Advertising campaign", "Days", "Rate", "Value", "Worked out from"],
        [
            (
                row["campaign"],
                wording.period(row["window_start"], row["window_end"]),
                _defined_cell(of, row["network"]),
                *_said_of_advertisement(of, value, row),
            )
            for row in rows
            for of, value in _answers_of_advertisement(row)
        ],
        "Paid: advertising campaigns of this name, each as the platform sums it up, every account counted once. Two can be of the same "
        "accounts and days, so they are never added.",
        ["Value"],
    )


def _shares_a_day(row: Row, campaign: Row) -> bool:
    ends_before = campaign["start_date"] and row["window_end"] and row["window_end"] < campaign["start_date"]
    begins_after = campaign["end_date"] and row["window_start"] and row["window_start"] > campaign["end_date"]
    return not (ends_before or begins_after)


def _answers_of_advertisement(row: Row) -> list[tuple[Ratio, Fraction | str]]:
    keys = [key for _, keys in OF_ADVERTISEMENTS for key in keys]
    values = {key: ratios.ratio(RATIO[key], row[RATIO[key].numerator], row[RATIO[key].denominator]) for key in keys}
    return [ratios.answered(question, values) for question in OF_ADVERTISEMENTS]


def _said_of_advertisement(of: Ratio, value: Fraction | str, row: Row) -> tuple[object, object]:
    if isinstance(value, str):
        state, _, why = value.partition(": ")
        return state, why
    source = f"/sources?upload={quote(row['upload_id'])}"
    return ratios.words(of, value, row["currency"]), (_divided(of, row[of.numerator], row[of.denominator]), source)
