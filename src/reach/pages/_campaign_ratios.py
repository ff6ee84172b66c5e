"""Rates of one campaign: ratios of sums over its posts, those of its advertisements, and how they stand to our other campaigns'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from urllib.parse import quote

import streamlit as st

from .. import ad_history, campaign_rates, clock, ratios, wording
from ..definitions import ANY_METRIC, network_label
from ..ratios import LEFT_OUT, OF_POSTS, Other, Ratio, Value, Without
from ..store import Store
from . import _defined, _show

Row = dict[str, Any]
NOBODY = "No other campaign"


def show(known: Store, campaign: Row) -> None:
    """The rates of a campaign, a row of ``pages/campaigns``."""
    sample = not campaign["posts"] and bool(campaign["sample_posts"])
    everything = [row for row in known.rows("pages/campaign_ratios") if row["sample"] == sample]
    rows = [row for row in everything if row["campaign"] == campaign["campaign"]]
    if rows:
        _of_posts(rows, sample)
    else:
        _show.small("No post of our own accounts belongs to this campaign yet, so there is nothing to divide.")
    _of_advertisements(known, campaign, sample)
    if rows:
        _against_others(known, campaign, everything)


# --- the campaign alone -------------------------------------------------------------------------------------------


def _of_posts(rows: Sequence[Row], sample: bool) -> None:
    _show.table(
        ["Network", "Paid or organic", "Rate", "Value", "Worked out from"],
        [
            (network_label(network), paid, _defined.ratio(of.key, network), *_said(of, value, held[of.key]))
            for (network, paid), held in campaign_rates.grouped(rows).items()
            for of, value in campaign_rates.answers(OF_POSTS, held)
        ],
        f"Rates of {'made-up sample' if sample else 'our own'} posts: the sum over the sum, of the posts of which one export gives both "
        "numbers. Networks count in their own ways, so rates of two networks do not compare. Reach is in none: it does not add up.",
        ["Value"],
    )


def _said(of: Ratio, value: Value, row: Row) -> tuple[str, object]:
    """A value and what it is of, which leads to the posts; or that there is none, and why."""
    words, worked_out = ratios.said(of, value, row["numerator"], row["denominator"])
    if isinstance(value, Without):
        return words, worked_out
    posts = wording.plural(row["posts"], "post")
    used = posts if row["posts_used"] == row["posts"] else f"{wording.number(row['posts_used'])} of {posts}"
    posts_page = f"/posts?whose={quote('Made-up sample' if row['sample'] else 'Our accounts')}&posts-network={quote(row['network'])}"
    return words, (f"{worked_out}, of {used}", f"{posts_page}&posts-campaign={quote(row['campaign'])}")


def _of_advertisements(known: Store, campaign: Row, sample: bool) -> None:
    """Advertising campaigns that a rule names, or of the campaign's name and days: of each window the platform's own row.

    That alone has a reach to divide by.
    """
    everything = known.rows("pages/campaign_advertisements", sample=sample, campaign=campaign["campaign"])
    tags = campaign_rates.tags(known.rows("pages/campaign_ad_tags"))
    rows = ad_history.own(everything, campaign, tags)
    if not rows:
        return
    _show.table(
        ["Advertising campaign", "Days", "Rate", "Value", "Worked out from"],
        [
            (
                row["campaign"],
                wording.period(row["window_start"], row["window_end"]),
                _defined.ratio(of.key, row["network"]),
                *_said_of_advertisement(of, value, row),
            )
            for row in rows
            for of, value in ad_history.rates(row)
        ],
        "Paid: advertising campaigns that its rules name or that bear its name, each as the platform sums it up, every account counted "
        "once. Two can be of the same accounts and days, so they are never added.",
        ["Value"],
    )
    _against_other_advertisements(known, campaign, rows, everything, tags)


def _against_other_advertisements(
    known: Store, campaign: Row, mine: Sequence[ad_history.Row], everything: Sequence[Row], tags: ad_history.Tags
) -> None:
    """Each rate of the campaign's advertisements beside the median and range of our other campaigns'."""
    st.html('<h3 class="reach-title">Against our other campaigns\' advertisements</h3>')
    # A retired campaign has no posts, and no advertisements either.
    others = [one for one in known.rows("pages/campaigns") if one["campaign"] != campaign["campaign"] and one["status"] != "retired"]
    theirs = {(row["upload_id"], row["record_no"]): row for one in others for row in ad_history.own(everything, one, tags)}
    today = clock.today()
    compared = ad_history.compared(mine, list(theirs.values()), today)
    if any(not ad_history.whole(row, today) for row in mine):
        _show.small("Advertisements whose window has not ended are not compared: a part of a period is not held against whole ones.")
    if not any(one.others for one in compared):
        _show.small("There is no rate of these advertisements that those of another campaign of ours have on the same network.")
        return
    _show.table(
        ["Advertising campaign", "Days", "Rate", "This campaign", "Median", "Lowest to highest", "n"],
        [
            (
                one.row["campaign"],
                wording.period(one.row["window_start"], one.row["window_end"]),
                _defined.ratio(one.of.key, one.row["network"]),
                ratios.words(one.of, one.value, one.row["currency"]),
                *_history_of_advertisements(one),
                len(one.held),
            )
            for one in compared
        ],
        "Paid, beside the median and range of our other campaigns' advertising campaigns whose window has ended, on the same network, "
        "counted alike and in the same currency. Of each the window nearest in length stands for it; n is how many they are. A difference "
        "says nothing of what led to it.",
        ["This campaign", "Median", "n"],
    )
    lengths = ((ad_history.days(one.row), [other.days for other in one.held]) for one in compared if one.held)
    _show.bullets(dict.fromkeys(f"Lengths: {differ}" for own, ran in lengths if (differ := ratios.lengths_differ(own, ran))))
    _show.bullets(
        dict.fromkeys(
            f"Left out: {other.name}, {wording.lower_first(ANY_METRIC[one.of.key].label)}: {other.value.why}."
            for one in compared
            for other in one.others
            if isinstance(other.value, Without)
        )
    )


def _history_of_advertisements(one: ad_history.Compared) -> tuple[str, str]:
    """Median and range in words; where the others are too few for a range, they themselves."""
    currency = one.row["currency"]
    past = ratios.history(one.values)
    if past:
        middle, lowest, highest = (ratios.words(one.of, value, currency) for value in past)
        return middle, f"{lowest} to {highest}"
    each = ", ".join(f"{other.name} {ratios.words(one.of, value, currency)}" for other, value in zip(one.held, one.values, strict=True))
    return "", f"too few for a range{f': {each}' if each else ''}"


def _said_of_advertisement(of: Ratio, value: Value, row: ad_history.Row) -> tuple[str, object]:
    words, worked_out = ratios.said(of, value, row[of.numerator], row[of.denominator], row["currency"])
    return words, worked_out if isinstance(value, Without) else (worked_out, f"/sources?upload={quote(row['upload_id'])}")


# --- against our other campaigns ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Compared:
    """One ratio of the campaign beside those of all others that have posts of the same network and way of payment."""

    network: str
    paid: str
    of: Ratio
    value: Fraction
    others: tuple[Other, ...]

    @property
    def held(self) -> list[Other]:
        """The others that it can be held against."""
        return [one for one in self.others if isinstance(one.value, Fraction)]


def _against_others(known: Store, campaign: Row, everything: Sequence[Row]) -> None:
    st.html('<h3 class="reach-title">Against our other campaigns</h3>')
    name = campaign["campaign"]
    campaigns = {row["campaign"]: row for row in known.rows("pages/campaigns")}
    groups = {one: campaign_rates.grouped(row for row in everything if row["campaign"] == one) for one in campaigns}
    part = _part_periods(known, campaigns, everything)
    networks = dict.fromkeys(network for network, _ in groups[name])
    _show.bullets(f"{network_label(network)}: not compared, since {part[name, network]}." for network in networks if part[name, network])
    others = {one: held for one, held in groups.items() if held and one != name}
    compared = [
        Compared(network, paid, of, value, tuple(_others(of, held[of.key], others, part, campaigns)))
        for (network, paid), held in groups[name].items()
        if not part[name, network]
        for of, value in campaign_rates.answers(OF_POSTS, held)
        if isinstance(value, Fraction)
    ]
    if not any(one.others for one in compared):
        _show.small("There is no rate of this campaign that another campaign of ours has on the same network, paid for in the same way.")
        return
    beside = _show.pick("Beside it", [NOBODY, *others], key="beside", width=420)
    _show_compared(compared, None if beside == NOBODY else beside)
    _say_lengths(_days(campaign), compared, beside)
    _show.bullets(dict.fromkeys(_left_out(compared)))


def _part_periods(known: Store, campaigns: Mapping[str, Row], everything: Sequence[Row]) -> dict[tuple[str, str], str | None]:
    """For each campaign and network with posts why it is no whole period; None where it is one."""
    today = clock.today()
    missing = {(row["campaign"], row["network"], row["sample"]): row["days_missing"] for row in known.rows("pages/campaign_coverage")}
    return {
        (row["campaign"], row["network"]): ratios.part_period(
            campaigns[row["campaign"]], missing.get((row["campaign"], row["network"], row["sample"]), 0), today
        )
        for row in everything
    }


def _others(
    of: Ratio,
    mine: Row,
    others: Mapping[str, dict[tuple[str, str], dict[str, Row]]],
    part: Mapping[tuple[str, str], str | None],
    campaigns: Mapping[str, Row],
) -> Iterator[Other]:
    for name, groups in others.items():
        row = groups.get((mine["network"], mine["paid"]), {}).get(of.key)
        if row:
            why = part[name, mine["network"]]
            yield Other(name, 0 if why else _days(campaigns[name]), Without(LEFT_OUT, why) if why else _comparable(of, mine, row))


def _comparable(of: Ratio, mine: Row, row: Row) -> Value:
    """The ratio of another campaign, or why it does not compare: it must be counted in the same way, in exports of one kind."""
    value = campaign_rates.value(of, row)
    if isinstance(value, Without):
        return value
    if row["formats"] != mine["formats"]:
        return Without(LEFT_OUT, "it is from another kind of export, which may not count alike")
    changed = campaign_rates.changed(of, [mine, row])
    return Without(LEFT_OUT, f"{changed}, between the two") if changed else value


def _days(campaign: Row) -> int:
    return int((campaign["end_date"] - campaign["start_date"]).days) + 1


def _show_compared(compared: Sequence[Compared], beside: str | None) -> None:
    _show.table(
        ["Network", "Paid or organic", "Rate", "This campaign", *([beside] if beside else []), "Median", "Lowest to highest", "n"],
        [
            (
                network_label(one.network),
                one.paid,
                _defined.ratio(one.of.key, one.network),
                ratios.words(one.of, one.value),
                *([_beside(one, beside)] if beside else []),
                *_history(one),
                len(one.held),
            )
            for one in compared
        ],
        "Each rate beside the median and range of our other campaigns that have ended, on the same network and paid for in the same way; "
        "n is how many they are. All are as their latest exports give them. A difference says nothing of what led to it.",
        ["This campaign", *([beside] if beside else []), "Median", "n"],
    )


def _beside(one: Compared, name: str) -> str:
    other = next((other for other in one.others if other.name == name), None)
    if other is None:
        return "no such posts"
    return other.value.state if isinstance(other.value, Without) else ratios.words(one.of, other.value)


def _history(one: Compared) -> tuple[str, str]:
    """Median and range in words; where the others are too few for a range, they themselves."""
    past = ratios.history([other.value for other in one.held if isinstance(other.value, Fraction)])
    if past:
        middle, lowest, highest = (ratios.words(one.of, value) for value in past)
        return middle, f"{lowest} to {highest}"
    each = ", ".join(f"{other.name} {_beside(one, other.name)}" for other in one.held)
    return "", f"too few for a range{f': {each}' if each else ''}"


def _say_lengths(days: int, compared: Sequence[Compared], beside: str) -> None:
    ran = {other.name: other.days for one in compared for other in one.held}
    told = {"Lengths": list(ran.values()), f"Beside {beside}": [ran[beside]] if beside in ran else []}
    for words, others in told.items():
        if others and (differ := ratios.lengths_differ(days, others)):
            _show.small(f"{words}: {differ}")


def _left_out(compared: Sequence[Compared]) -> Iterator[str]:
    for one in compared:
        for other in one.others:
            if isinstance(other.value, Without):
                of = "" if other.value.state == LEFT_OUT else f", {wording.lower_first(ANY_METRIC[one.of.key].label)}"
                yield f"Left out: {other.name}, {network_label(one.network)}{of}: {other.value.why}."
