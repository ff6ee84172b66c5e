"""The rates of a campaign's posts and advertisements, each with what it is worked out from, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from . import ad_history, ratios
from .ad_history import Tags
from .definitions import ANY_METRIC
from .dictionary import changed_between
from .ratios import NONE, OF_POSTS, RATIO, Question, Ratio, Value, Without

Row = dict[str, Any]


def tags(rows: Iterable[Row]) -> Tags:
    """Which advertisements the rules of campaigns name, from rows of ``pages/campaign_ad_tags``."""
    return {(row["campaign"], row["upload_id"], row["record_no"]) for row in rows}


def grouped(rows: Iterable[Row]) -> dict[tuple[str, str], dict[str, Row]]:
    """Rows of ``pages/campaign_ratios`` by network and way of payment, and by ratio in each."""
    held: dict[tuple[str, str], dict[str, Row]] = {}
    for row in rows:
        held.setdefault((row["network"], row["paid"]), {})[row["ratio"]] = row
    return held


def answers(questions: Iterable[Question], held: dict[str, Row]) -> list[tuple[Ratio, Value]]:
    """Each question with the first ratio that answers it, of the rows of one network and way of payment."""
    values = {key: value(RATIO[key], row) for key, row in held.items()}
    return [ratios.answered(question, values) for question in questions]


def value(of: Ratio, row: Row) -> Value:
    """The ratio of a row, or why there is none: a change of counting among its posts is a reason too."""
    found = ratios.of_posts(of, row)
    anew = changed(of, [row]) if isinstance(found, Fraction) else None
    return Without(NONE, f"{anew}, among these posts") if anew else found


def changed(of: Ratio, rows: Sequence[Row]) -> str | None:
    """What changed in the counting of a ratio's two numbers over the days on which the posts were published."""
    days = [row[end] for row in rows for end in ("first_day", "last_day") if row[end]]
    found = (changed_between(metric, rows[0]["network"], min(days), max(days)) for metric in (of.numerator, of.denominator) if days)
    return next((change for change in found if change), None)


# --- as data --------------------------------------------------------------------------------------------------------


def listed(campaign: Row, of_posts: Sequence[Row], advertisements: Sequence[Row], tagged: Tags) -> list[Row]:
    """Every rate that the page of a campaign shows, as plain values: of posts first, then of each advertising campaign and window.

    ``of_posts`` are rows of ``pages/campaign_ratios`` and ``advertisements`` of ``pages/campaign_advertisements``, real or made up as the
    campaign's posts are. A rate that there is none of has no value, and says why. Values are in what their unit says.
    """
    own = [row for row in of_posts if row["campaign"] == campaign["campaign"]]
    posts = [
        {"of": "posts", "network": network, "paid": paid, **_said(of, found, held[of.key], None), **_posts(held[of.key])}
        for (network, paid), held in grouped(own).items()
        for of, found in answers(OF_POSTS, held)
    ]
    return [*posts, *_of_advertisements(ad_history.own(advertisements, campaign, tagged))]


def _of_advertisements(rows: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    for row in rows:
        whose = {"advertising_campaign": row["campaign"], "window_start": row["window_start"], "window_end": row["window_end"]}
        for of, found in ad_history.rates(row):
            said = _said(of, found, {"numerator": row[of.numerator], "denominator": row[of.denominator]}, row["currency"])
            yield {"of": "advertisements", "network": row["network"], "paid": "paid", **said, **whose, "currency": row["currency"]}


def _posts(row: Row) -> Row:
    return {"posts": row["posts"], "posts_used": row["posts_used"]}


def _said(of: Ratio, found: Value, row: Row, currency: str | None) -> Row:
    words, worked_out = ratios.said(of, found, row["numerator"], row["denominator"], currency)
    return {
        "rate": of.key,
        "label": ANY_METRIC[of.key].label,
        "unit": ANY_METRIC[of.key].unit,
        "value": float(found) if isinstance(found, Fraction) else None,
        "words": words,
        "worked_out_from" if isinstance(found, Fraction) else "why_none": worked_out,
        "numerator": row["numerator"],
        "denominator": row["denominator"],
    }
