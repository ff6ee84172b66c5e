"""Which counts are totals over which others, and that neither the public view nor a publication lets a reader narrow a hidden one.

The reader tries every table of whole numbers. It knows what each count covers (children and adults, an area and the rest of the force,
weeks) and nothing of how Reach relates counts to one another, so that a relation which is not seen there is found here.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from reach import adding_up, publishing, settings, withholding
from reach.adding_up import Fact, Rest, Rules
from reach.disclosure import Thresholds
from reach.publishing import Draft, Held

LIMITS = settings.Settings(Path("unused"))
FORCE, AROUND = LIMITS.force, LIMITS.around
THRESHOLDS = Thresholds.of(LIMITS)
WIDTH = THRESHOLDS.minimum_width
TODAY = date(2026, 11, 27)
EVERYBODY = {"people_safeguarded": "ca", "children_safeguarded": "c", "adults_safeguarded": "a"}
EVERYWHERE = {FORCE: ("City", "elsewhere"), "City": ("City",)}
WEEKS = range(3)
Covered = frozenset[tuple[str, str, int]]


def figure(number: int, measure: str, value: int, first: int = 1, last: int = 7, **cells: Any) -> dict[str, Any]:
    """A recorded figure of some days of June 2025, as both callers have it."""
    nothing = ("date_note", "campaign", "network", "paid", "unit", "published_wording", "status", "as_of", "note", "approved_by")
    return {
        **dict.fromkeys(nothing), "figure_id": f"f{number}", "upload_id": "u", "record_no": number, "sample": False, "recorded": True,
        "start_date": date(2025, 6, first), "end_date": date(2025, 6, last), "area": FORCE, "operation": "Op", "measure": measure,
        "value_low": value, "value_high": value, "qualifier": "exact", "source": "log", "brought_on": TODAY, **cells,
    }


# --- a reader who tries everything --------------------------------------------------------------------------------------


def narrowed(shown: Sequence[tuple[Covered, int]], hidden: Iterable[Covered]) -> set[Covered]:
    """Which hidden counts can only be fewer than the least number of values, in all whole numbers that agree with what is shown."""
    alike: dict[tuple[int, ...], set[tuple[str, str, int]]] = {}
    for one in product("ca", ("City", "elsewhere"), WEEKS):
        signature = tuple(number for number, (covered, _) in enumerate(shown) if one in covered)
        signature += tuple(-1 - number for number, covered in enumerate(hidden) if one in covered)
        alike.setdefault(signature, set()).add(one)
    # What no shown count has can be anything.
    pieces = [one for signature, one in sorted(alike.items()) if any(place >= 0 for place in signature)]
    open_still = {one for one in hidden if one <= set().union(*pieces)}
    ends: dict[Covered, tuple[int, int]] = {}

    def go(place: int, left: tuple[int, ...], made: dict[Covered, int]) -> None:
        if not open_still:
            return
        if place == len(pieces):
            if not any(left):
                for one in [*open_still]:
                    low, high = ends.get(one, (made[one], made[one]))
                    ends[one] = min(low, made[one]), max(high, made[one])
                    if ends[one][1] - ends[one][0] >= WIDTH:
                        open_still.discard(one)
            return
        within = [number for number, (covered, _) in enumerate(shown) if pieces[place] <= covered]
        last = [number for number in within if not any(later <= shown[number][0] for later in pieces[place + 1 :])]
        most = min(left[number] for number in within)
        for value in range(most, most + 1) if last else range(most + 1):
            rest = tuple(one - value * (number in within) for number, one in enumerate(left))
            if not any(rest[number] for number in last):
                go(place + 1, rest, {one: had + value * (pieces[place] <= one) for one, had in made.items()})

    go(0, tuple(value for _, value in shown), dict.fromkeys(hidden, 0))
    return open_still


def record(seed: int) -> list[tuple[Covered, dict[str, Any]]]:
    """Six counts of a made-up truth, some of them published: of all, children or adults, in the force or a city, in one to three weeks."""
    chance = random.Random(seed)
    truth = {one: chance.choice((0, 1, 1, 2, 4)) for one in product("ca", ("City", "elsewhere"), WEEKS)}
    spans = [(first, last) for first, last in product(WEEKS, WEEKS) if first <= last]
    found = []
    chosen = chance.sample([*product(EVERYBODY if seed % 2 else ["people_safeguarded"], EVERYWHERE, spans)], 6)
    for number, (measure, area, (first, last)) in enumerate(chosen):
        covered = frozenset(product(EVERYBODY[measure], EVERYWHERE[area], range(first, last + 1)))
        public = {"recorded": False, "published_wording": "words", "source": "release"} if chance.random() < 0.15 else {}
        value = sum(truth[one] for one in covered)
        found.append((covered, figure(number, measure, value, 1 + 7 * first, 7 + 7 * last, area=area, **public)))
    return found


def given_away(counts: Sequence[tuple[Covered, dict[str, Any]]], shown: Iterable[str], hidden: Iterable[str]) -> list[dict[str, Any]]:
    """The hidden figures that a reader narrows by what is shown and published, and not by what is published alone."""
    public = [(covered, row["value_low"]) for covered, row in counts if row["published_wording"]]
    seen = [(covered, row["value_low"]) for covered, row in counts if row["figure_id"] in {*shown} and not row["published_wording"]]
    kept = [covered for covered, row in counts if row["figure_id"] in {*hidden}]
    told = narrowed([*public, *seen], kept) - narrowed(public, kept)
    return [row for covered, row in counts if covered in told]


@pytest.mark.parametrize("seed", range(2, 9))
def test_the_public_view_lets_no_hidden_count_be_narrowed(seed: int) -> None:
    counts = record(seed)
    found = withholding.seen([row for _, row in counts], (), LIMITS, FORCE, AROUND)
    shown, hidden = ([f"f{number}" for _, number, _ in one] for one in (found.shown, found.hidden))
    assert {row["figure_id"] for _, row in counts if row["recorded"] and 0 < row["value_low"] < 5} <= {*hidden}
    assert given_away(counts, shown, hidden) == []


def publications(counts: Sequence[tuple[Covered, dict[str, Any]]]) -> Iterator[tuple[set[str], set[str]]]:
    """What two publications one after the other show and hide, each of them where it passes the audit."""
    held = Held([row for _, row in counts], THRESHOLDS, FORCE, TODAY, around=AROUND)
    for number, part in enumerate((counts[:4], counts[2:]), 1):
        draft = Draft(TODAY, "A. Writer", figures=tuple(row["figure_id"] for _, row in part))
        laid = publishing.lay_out(draft, held)
        if laid.audit.passes:
            yield {row["figure_id"] for row in laid.shown}, {row["figure_id"] for row in laid.rows if laid.is_hidden(row)}
            entry = json.loads(publishing.content(draft, held, laid, number, ()))
            held = replace(held, earlier=(*held.earlier, publishing.earlier(number, "published", entry)))


@pytest.mark.parametrize("seed", range(2, 9))
def test_publications_together_let_no_hidden_count_be_narrowed(seed: int) -> None:
    counts = record(seed)
    shown: set[str] = set()
    hidden: set[str] = set()
    for also_shown, also_hidden in publications(counts):
        shown, hidden = shown | also_shown, hidden | also_hidden
        assert given_away(counts, shown, hidden - shown) == []


def test_a_reader_who_is_told_the_parts_narrows_the_rest() -> None:
    """That the reader of these tests can find something."""
    week, city = frozenset(product("ca", EVERYWHERE[FORCE], [0])), frozenset(product("ca", ["City"], [0]))
    assert narrowed([(week, 20), (week - city, 17)], [city]) == {city}
    assert narrowed([(week, 20)], [city]) == set()
    june, early, late = (frozenset(product("ca", EVERYWHERE[FORCE], weeks)) for weeks in ((0, 1, 2), (0, 1), (1, 2)))
    middle = frozenset(product("ca", EVERYWHERE[FORCE], [1]))
    assert narrowed([(june, 30), (early, 20), (late, 13)], [middle]) == {middle}


# --- which counts are related -------------------------------------------------------------------------------------------


def sums(*rows: dict[str, Any], settled: Sequence[tuple[str, str]] = ()) -> set[tuple[Any, frozenset[Any]]]:
    facts = [Fact((row["figure_id"],), (row,), row["value_low"], row["value_high"]) for row in rows]
    return {(one.total, frozenset(one.parts)) for one in adding_up.found(facts, settled, Rules.of(FORCE, AROUND, THRESHOLDS)).sums}


A, B, C, D = (("f0",), ("f1",), ("f2",), ("f3",))
PEOPLE = "people_referred"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # Weeks that make up a month, and leave some of it.
        ([figure(0, PEOPLE, 40, 1, 14), figure(1, PEOPLE, 25, 1, 7), figure(2, PEOPLE, 15, 8, 14)], {(A, frozenset({B, C}))}),
        ([figure(0, PEOPLE, 40, 1, 14), figure(1, PEOPLE, 25, 1, 7)], {(A, frozenset({B, Rest((A,), (B,))}))}),
        # Overlapping periods have a piece in common.
        (
            [figure(0, PEOPLE, 20, 1, 20), figure(1, PEOPLE, 20, 11, 30)],
            {
                (A, frozenset({Rest((A,), (B,)), Rest((A, B))})),
                (B, frozenset({Rest((B,), (A,)), Rest((A, B))})),
            },
        ),
        # A city's week in a force's month, and beside another force.
        ([figure(0, PEOPLE, 40, 1, 30), figure(1, PEOPLE, 9, area="City")], {(A, frozenset({B, Rest((A,), (B,))}))}),
        ([figure(0, PEOPLE, 40, 1, 30), figure(1, PEOPLE, 9, area="Kent Police")], set()),
        # Another operation in another area is nothing of it; a longer one in the same area may be.
        ([figure(0, PEOPLE, 40), figure(1, PEOPLE, 9, area="City", operation="B")], set()),
        ([figure(0, PEOPLE, 40, 1, 30), figure(1, PEOPLE, 9, operation="B")], {(A, frozenset({B, Rest((A,), (B,))}))}),
        ([figure(0, PEOPLE, 40, operation=None), figure(1, PEOPLE, 9)], {(A, frozenset({B, Rest((A,), (B,))}))}),
        # What is more than its total is not in it.
        ([figure(0, PEOPLE, 8, 1, 30), figure(1, PEOPLE, 9)], set()),
        # Kinds of weapons are listed, each a count of its own.
        (
            [figure(0, "weapons_seized", 9), figure(1, "firearms", 2, published_wording="2 viable"), figure(2, "firearms", 3)],
            {(A, frozenset({B, C, Rest((A,), (B, C))}))},
        ),
        # Adults of a week, told by people of a month and of its other weeks, and children.
        (
            [
                *(figure(0, "people_safeguarded", 40, 1, 14), figure(1, "people_safeguarded", 20, 1, 7)),
                *(figure(2, "children_safeguarded", 12, 8, 14), figure(3, "adults_safeguarded", 8, 8, 14)),
            ],
            {(A, frozenset({B, C, D})), (Rest((C,), measure="people_safeguarded"), frozenset({C, D}))},
        ),
    ],
)
def test_what_adds_up(rows: list[dict[str, Any]], expected: set[tuple[Any, frozenset[Any]]]) -> None:
    assert sums(*rows) == expected


def test_what_a_person_said_comes_first() -> None:
    month, week = figure(0, PEOPLE, 40, 1, 30), figure(1, PEOPLE, 9)
    facts = json.dumps([json.loads(adding_up.what(row)) for row in (month, week)], ensure_ascii=False)
    assert sums(month, week, settled=[(facts, "separate")]) == set()
    assert sums(month, week, settled=[(facts, "same")]) == {(A, frozenset({B}))}
    more = {**week, "value_low": 50, "value_high": 50}
    assert sums(month, more) == set()
    assert (A, frozenset({B, Rest((A,), (B,))})) in sums(month, more, settled=[(facts, "inside")])


def test_beyond_the_bounds_of_the_work_nothing_is_shown_unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = [figure(number, PEOPLE, 20 + number, 1, 7 + number) for number in range(6)]
    draft, held = Draft(TODAY, "A. Writer", figures=("f0", "f1")), Held(counts, THRESHOLDS, FORCE, TODAY, around=AROUND)
    assert len(withholding.seen(counts, (), LIMITS, FORCE, AROUND).shown) > 0
    bounds = ("adding_up._search.MOST_OF_ONE", "adding_up._search.MOST_PAIRS", "withholding.MOST_OF_ONE", "publishing._layout.MOST_CELLS")
    for bound in bounds:
        with monkeypatch.context() as patched:
            patched.setattr(f"reach.{bound}", 5)
            if "publishing" not in bound:
                assert withholding.seen(counts, (), LIMITS, FORCE, AROUND).shown == ()
            if "withholding" not in bound:
                laid = publishing.lay_out(draft, replace(held))
                assert not laid.audit.passes and "too many figures are linked to it" in laid.audit.failures[0]
                assert {laid.printed(row) for row in laid.rows} == {"[c]"}
