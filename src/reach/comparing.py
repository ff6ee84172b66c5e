"""Figures of operations beside one another: what contradicts what, and what share of a total a force's figure is, or why there is none.

Rows are those of ``figure_current``. Nothing here adds figures. Pure: it is given rows and asks for none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import Any

from . import wording
from .definitions import MEASURE, WEAPON_KINDS

Row = Mapping[str, Any]
# What a figure is of, whoever says it.
WHAT = ("measure", "area", "operation", "campaign", "network", "paid", "start_date", "end_date", "date_note")
# Measures of people that one release words now so, now so: the same number in two of them is looked at.
OF_PEOPLE_SAFEGUARDED = ("people_visited", "people_safeguarded", "people_engaged_to_safeguard", "people_spoken_with_or_safeguarded")
# Every area that holds another's cases is one of these by its name where the settings do not say.
_NATIONAL = re.compile(r"\b(uk|united kingdom|great britain|england|wales|scotland|northern ireland)\b", re.IGNORECASE)
_A_FORCE = re.compile(r"\b(police|constabulary)\b", re.IGNORECASE)
NATIONAL, REGIONAL, FORCE, OTHER = "national", "regional", "force", "other area"


@dataclass(frozen=True)
class Contradiction:
    """Two figures that say different things of one subject. ``words`` say whether both can hold."""

    figures: tuple[Row, Row]
    words: str


@dataclass(frozen=True)
class Share:
    """A part of a whole in words, or why there is none. One of the two is empty."""

    words: str = ""
    refused: str = ""


def what(row: Row) -> list[Any]:
    """What a figure is of, in the order of ``WHAT``, as JSON can hold it: settlements and publications name figures by it."""
    return [cell.isoformat() if isinstance(cell := row[name], date) else cell for name in WHAT]


def words_of(row: Row) -> str:
    """The value with its qualifier, in the measure's unit."""
    return wording.figure_words(row["value_low"], row["value_high"], row["qualifier"], MEASURE[row["measure"]].unit)


def when(row: Row) -> str:
    """The days of a figure or operation in words, else what is known of them."""
    if row["start_date"] or row["end_date"]:
        return wording.period(row["start_date"], row["end_date"])
    return str(row["date_note"] or wording.NO_DATE)


def days(first: date | None, last: date | None) -> int | None:
    """How many days, the first and the last included; None where one is not known."""
    return (last - first).days + 1 if first and last else None


# --- areas ----------------------------------------------------------------------------------------------------------


def level(area: str, force: str, around: Sequence[str]) -> str:
    """Whether an area is national, regional, the force or another, by the settings and else by its name."""
    if area == force:
        return FORCE
    if is_a_force(area):
        return OTHER
    if _NATIONAL.search(area):
        return NATIONAL
    return REGIONAL if area in around else OTHER


def below_force(area: str, force: str, around: Sequence[str]) -> bool:
    """Whether an area may be below force level: neither the settings nor its name make it a force or what holds one."""
    return level(area, force, around) == OTHER and not _A_FORCE.search(area)


def is_a_force(area: str) -> bool:
    """Whether an area is named as a police force is."""
    return bool(_A_FORCE.search(area))


def holds(whole: str, part: str, force: str, around: Sequence[str]) -> bool:
    """Whether one area is known to hold another: ``around`` are the areas that hold the force's, each holding those before it."""
    order = [force, *around]
    return whole in order and part in order and order.index(whole) > order.index(part)


# --- contradictions -------------------------------------------------------------------------------------------------


def contradictions(rows: Iterable[Row]) -> list[Contradiction]:
    """Figures of one measure, area, operation and period that differ; and one number that a release words as two measures.

    Both statements are given side by side; which one is right is not for Reach to say.
    """
    found = []
    for one, other in combinations(rows, 2):
        if any(one[name] != other[name] for name in ("area", "operation", "start_date", "end_date", "sample")):
            continue
        if one["measure"] == other["measure"]:
            if _of_something_else(one, other):
                continue
            if not MEASURE[one["measure"]].on_screens and one["date_note"] == other["date_note"] and stated(one) != stated(other):
                found.append(Contradiction((one, other), _same_measure(one, other)))
        elif _one_number_in_two_measures(one, other):
            found.append(
                Contradiction(
                    (one, other),
                    "One source gives the same number with two qualifiers and as two measures. They count different things, or one of the "
                    "two is wrong; the source does not say which.",
                )
            )
    return found


def is_contradicted(row: Row, held: Iterable[Row]) -> bool:
    """Whether a figure held states the same fact otherwise."""
    same = (other for other in held if other["measure"] == row["measure"])
    return any(contradictions((row, other)) for other in same)


def _of_something_else(one: Row, other: Row) -> bool:
    """Whether one is said beside the other: a further 12, another kind of weapon in one list, another campaign or network."""
    further = "a further" in (one["qualifier"], other["qualifier"])
    listed = one["measure"] in WEAPON_KINDS and one["source"] == other["source"]
    return further or listed or any(one.get(name) != other.get(name) for name in ("campaign", "network", "paid"))


def stated(row: Row) -> tuple[Any, ...]:
    """What a figure says: its ends and its qualifier. Two statements that have it in common say the same."""
    return wording.decimal(row["value_low"]), wording.decimal(row["value_high"]), row["qualifier"] or "exact"


def _same_measure(one: Row, other: Row) -> str:
    whose = "One source says both" if one["source"] == other["source"] else "Two sources differ"
    return f"{whose}. {'Both can hold' if _both_can_hold(one, other) else 'They cannot both hold'}."


def _both_can_hold(one: Row, other: Row) -> bool:
    """Whether there is a number that fits the words of both: more than 20 leaves 20 out, around 20 may be it."""
    (low, above), (high, below) = _bounds(one)
    (other_low, other_above), (other_high, other_below) = _bounds(other)
    for least, open_least, most, open_most in ((low, above, other_high, other_below), (other_low, other_above, high, below)):
        if least is not None and most is not None and (least > most or (least == most and (open_least or open_most))):
            return False
    return True


def _bounds(row: Row) -> tuple[tuple[Decimal | None, bool], tuple[Decimal | None, bool]]:
    """The lowest and the highest number that the words allow, each with whether it is left out itself."""
    low, high, qualifier = wording.decimal(row["value_low"]), wording.decimal(row["value_high"]), row["qualifier"]
    if qualifier in wording.NEAR:
        return (None, False), (None, False)
    if qualifier in wording.MORE:
        return (high if low is None else low, qualifier != "at least"), (None, False)
    if qualifier in wording.LESS:
        return (None, False), (low if high is None else high, qualifier != "up to")
    # A total given early without a highest value may still rise.
    return (low, False), (high, False)


def _one_number_in_two_measures(one: Row, other: Row) -> bool:
    return (
        one["source"] == other["source"]
        and one["measure"] in OF_PEOPLE_SAFEGUARDED
        and other["measure"] in OF_PEOPLE_SAFEGUARDED
        and wording.nominal(one["value_low"], one["value_high"]) == wording.nominal(other["value_low"], other["value_high"])
        and one["qualifier"] != other["qualifier"]
    )


# --- shares ---------------------------------------------------------------------------------------------------------


def share(
    part: Row, whole: Row, force: str, around: Sequence[str], settled: str | None = None, held: Sequence[Row] = ()
) -> Share:
    """What share of a total a figure is, with the qualifiers of both; or why none is worked out.

    Both are of one measure, one operation and the same days, and the one area is known to hold the other. ``settled`` is what a person
    settled of the two: a figure that is counted beside the total is no share of it. ``held`` are all figures of both areas: where another
    of them states one of the two otherwise, a share would take sides.
    """
    measure = MEASURE[part["measure"]]
    numerator, denominator = (wording.nominal(row["value_low"], row["value_high"]) for row in (part, whole))
    if part["measure"] != whole["measure"]:
        other = MEASURE[whole["measure"]]
        return Share(refused=f"no share: {wording.lower_first(measure.label)} and {wording.lower_first(other.label)} are two measures")
    if measure.kind == "reach":
        return Share(refused="no share: reach counts accounts, which can be in both")
    if measure.kind == "displays":
        return Share(refused=f"no share: each network counts {measure.unit} in its own way")
    if part["sample"] != whole["sample"]:
        return Share(refused="no share: one of them is made up")
    if not all(row[name] for row in (part, whole) for name in ("start_date", "end_date")):
        return Share(refused="no share: the days of one of them are not published")
    if (part["start_date"], part["end_date"]) != (whole["start_date"], whole["end_date"]):
        return Share(refused="no share: not the same days")
    if part["operation"] != whole["operation"]:
        return Share(refused="no share: not of one operation")
    if not holds(whole["area"], part["area"], force, around):
        return Share(refused=f"no share: whether {whole['area']} counts {part['area']} is not known")
    if settled in ("beyond", "same", "separate"):
        return Share(refused=f"no share: settled as {SETTLED[settled]}")
    for row in (part, whole):
        if is_contradicted(row, held):
            return Share(refused=f"no share: statements of {row['area']} differ")
    if numerator is None or denominator is None or not denominator:
        return Share(refused="no share: one of them is a range or not published")
    if "a further" in (part["qualifier"], whole["qualifier"]):
        return Share(refused="no share: 'a further' says of something else than the whole")
    if numerator > denominator:
        return Share(refused="no share: the part is larger than the whole")
    said = _bearing(part["qualifier"], whole["qualifier"])
    if said is None:
        return Share(refused=f"no share: {words_of(part)} of {words_of(whole)} leaves it open on both sides")
    percent = (numerator * 100 / denominator).quantize(Decimal("0.1"), ROUND_HALF_UP)
    least = "less than 0.1%" if not percent and numerator else f"{said} {wording.number(percent)}%".strip()
    caveats = [f"{row['area']}: {row['status']}" for row in (part, whole) if row["status"] in ("early total", "provisional")]
    if part["unit"] != whole["unit"] and part["unit"] and whole["unit"]:
        caveats.append(f"published as {part['unit']} and as {whole['unit']}")
    return Share(f"{words_of(part)} of {words_of(whole)} = {least}" + (f" ({'; '.join(caveats)})" if caveats else ""))


# What a person can settle of figures that may count the same twice.
SETTLED = {
    "inside": "counted inside the other",
    "beyond": "counted beyond the other",
    "same": "one count, published twice",
    "separate": "two counts with nothing in both",
}


def _bearing(part: str | None, whole: str | None) -> str | None:
    """What the qualifiers of a part and a whole make of their quotient: nothing, a qualifier, or None where it is open on both sides."""
    up = (part in wording.MORE) - (part in wording.LESS)
    # The larger the whole, the smaller the share.
    down = (whole in wording.LESS) - (whole in wording.MORE)
    near = part in wording.NEAR or whole in wording.NEAR
    if (near and (up or down)) or up * down < 0:
        return None
    if near:
        return part if part in wording.NEAR else whole
    strict = {part, whole} <= {"exact", None, "at least", "up to"}
    if up + down > 0:
        return "at least" if strict else "more than"
    if up + down < 0:
        return "up to" if strict else "less than"
    return ""
