"""What is hidden before publication, held against a reader who tries every table of whole numbers that agrees with what is printed."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from reach import disclosure, settings
from reach.disclosure import (
    ALL_ZERO,
    ANY,
    CHILDREN,
    ENFORCEMENT,
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    PROTECTS,
    PUBLISHED,
    RECORDED,
    SAFEGUARDING,
    SMALL,
    SUB_FORCE,
    Cell,
    Interval,
    Relation,
    Release,
    Table,
    Thresholds,
    audit,
    count,
    crossed,
    published,
    suppress,
)
from reach.errors import Usage

DEFAULT = Thresholds.of(settings.Settings(Path("nowhere")))
OFF = Thresholds(dict.fromkeys(disclosure.KINDS, 0), 3)
WIDTH = DEFAULT.minimum_width
PEOPLE, BOYS, GIRLS = ("People",), ("Boys",), ("Girls",)
MARCH = date(2025, 3, 10)


def pair(total: Cell, one: Cell, other: Cell) -> Table:
    return Table({PEOPLE: total, BOYS: one, GIRLS: other}, (Relation(PEOPLE, (BOYS, GIRLS)),))


def grid(counts: list[list[int]], *kinds: str, state: dict[tuple[int, int], str] | None = None) -> Table:
    """Rows and columns with their totals; those at the places of ``state`` are in that state."""
    rows = [[*row, sum(row)] for row in counts]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    cells = {}
    for row, line in enumerate(rows):
        for column, number in enumerate(line):
            key = ("Total" if row == len(counts) else f"r{row}", "Total" if column == len(counts[0]) else f"c{column}")
            cells[key] = replace(count(number, *kinds), state=(state or {}).get((row, column), RECORDED))
    return crossed(cells)


# --- a reader who tries everything ----------------------------------------------------------------------------


Ends = dict[tuple[str, ...], tuple[int, int]]


def intervals(printed: dict[tuple[str, ...], str], relations: tuple[Relation, ...], patience: int) -> Ends:
    """The lowest and the highest of each hidden count in all tables of whole numbers that agree with what is printed.

    It knows the printed words and the relations, nothing else, and tries each hidden count up to ``patience``.
    """
    totals = {relation.total for relation in relations}
    hidden = [key for key in sorted(printed) if key not in totals and printed[key] == "[c]"]
    tried = np.indices((patience + 1,) * len(hidden), dtype=np.int16).reshape(len(hidden), (patience + 1) ** len(hidden))
    values = {key: tried[place] for place, key in enumerate(hidden)}
    values |= {key: np.full(tried.shape[1], int(words)) for key, words in printed.items() if key not in totals and words != "[c]"}
    agrees = np.ones(tried.shape[1], dtype=bool)
    waiting = list(relations)
    while waiting:
        relation = next(one for one in waiting if all(part in values for part in one.parts))
        waiting.remove(relation)
        made = sum(values[part] for part in relation.parts)
        agrees &= values.setdefault(relation.total, made) == made
        if printed[relation.total] != "[c]":
            agrees &= made == int(printed[relation.total])
    return {key: (int(values[key][agrees].min()), int(values[key][agrees].max())) for key, words in printed.items() if words == "[c]"}


def narrow(printed: dict[tuple[str, ...], str], relations: tuple[Relation, ...], claimed: Mapping[tuple[str, ...], Interval]) -> Ends:
    """The hidden counts that the reader narrows too far, once the reader's intervals have been held against those claimed."""
    # No printed total lets a count be more than itself, nor do the printed parts of a hidden one let it be more than they make. One that
    # can be more still with more patience is limited by nothing.
    totals = {relation.total for relation in relations}
    numbers = {key: int(words) for key, words in printed.items() if words.isdigit()}
    patience = max(4, *numbers.values(), sum(number for key, number in numbers.items() if key not in totals), 0)
    told = intervals(printed, relations, patience)
    more = intervals(printed, relations, patience + 1) if any(one.high is None for one in claimed.values()) else told
    assert told.keys() == claimed.keys()
    for key, (low, high) in told.items():
        assert claimed[key].low == low
        assert claimed[key].high == (high if more[key] == (low, high) else None)
    return {key: (low, high) for key, (low, high) in told.items() if high - low < WIDTH and more[key] == (low, high)}


def branching(counts: list[int]) -> Table:
    """People are children and adults; the children by district and by week."""
    one, other, early, adults = counts
    early = min(early, one + other)
    cells = {
        ("People",): one + other + adults, ("Adults",): adults, ("Children",): one + other,
        ("Leicester",): one, ("Rutland",): other, ("Week 1",): early, ("Week 2",): one + other - early,
    }
    return Table({key: count(number, CHILDREN) for key, number in cells.items()}, (
        Relation(("Children",), (("Leicester",), ("Rutland",))),
        Relation(("Children",), (("Week 1",), ("Week 2",))),
        Relation(("People",), (("Children",), ("Adults",))),
    ))


GRIDS = st.lists(st.lists(st.integers(0, 5), min_size=2, max_size=2), min_size=2, max_size=2)
TABLES = st.one_of(
    GRIDS.map(lambda counts: grid(counts, CHILDREN)),
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 5), st.integers(0, 3)).map(lambda counts: branching(list(counts))),
)


@effort(max_examples=20, deadline=None)
@given(TABLES, st.randoms(use_true_random=False))
def test_no_reader_narrows_a_hidden_count(table, chance):
    known = set(chance.sample(sorted(table.cells), chance.choice((0, 0, 1, 2))))
    table = replace(table, cells={key: replace(cell, state=PUBLISHED if key in known else RECORDED) for key, cell in table.cells.items()})
    safe = suppress(table, DEFAULT)
    printed = safe.all_printed()
    assert not known & safe.hidden.keys()
    assert all(printed[key] == "[c]" for key, cell in table.cells.items() if cell.state == RECORDED and 0 < cell.low < 5)
    told = narrow(printed, table.relations, safe.audit.intervals)
    assert safe.hidden.keys() == safe.audit.intervals.keys()
    assert safe.audit.passes == (not told)
    # Only what is published can be in the way.
    assert known or not told


def test_the_audit_agrees_with_the_reader_where_a_total_is_known_by_some_of_its_parts_alone():
    table = branching([1, 4, 1, 0])
    hidden = {("People",), ("Children",), ("Leicester",), ("Rutland",)}
    printed = {key: "[c]" if key in hidden else str(cell.low) for key, cell in table.cells.items()}
    assert narrow(printed, table.relations, audit(table, hidden, OFF).intervals) == {("Children",): (5, 5), ("People",): (5, 5)}


@effort(max_examples=20, deadline=None)
@given(TABLES, st.randoms(use_true_random=False))
def test_the_audit_of_any_hiding_agrees_with_the_reader(table, chance):
    hidden = {key for key in sorted(table.cells) if chance.random() < 0.5}
    found = audit(table, hidden, OFF)
    printed = {key: "[c]" if key in hidden else str(cell.low) for key, cell in table.cells.items()}
    told = narrow(printed, table.relations, found.intervals)
    assert [sentence.split(": it is")[0] for sentence in found.failures] == [disclosure.named(key) for key in sorted(told)]


@effort(max_examples=10, deadline=None)
@given(GRIDS)
@example([[5, 0], [0, 0]])  # HiGHS lost the best choice of this one before it was told to solve it as it stands
def test_no_fewer_cells_would_do(counts):
    table = grid(counts, CHILDREN)
    safe = suppress(table, DEFAULT)
    first = {key for key, why in safe.hidden.items() if why != PROTECTS}
    totals = {relation.total for relation in table.relations}

    def cost(keys):
        return sum(key in totals for key in keys), len(keys), sum(table.cells[key].low for key in keys)

    chosen = {key for key, why in safe.hidden.items() if why == PROTECTS}
    others = [key for key in table.cells if key not in first]
    for size in range(len(chosen) + 3):
        for more in itertools.combinations(others, size):
            if cost(more)[:2] < cost(chosen)[:2]:
                assert not audit(table, {*first, *more}, DEFAULT).passes


@pytest.mark.parametrize("best", [True, False])
def test_large_tables_are_protected_cell_by_cell(best, monkeypatch):
    if not best:
        monkeypatch.setattr("reach.disclosure._hiding.EXACT", 0)
    chance = random.Random(4)
    for _ in range(4):
        table = grid([[chance.choice((0, 3, 6, 9, 20, 35)) for _ in range(4)] for _ in range(4)], SUB_FORCE)
        safe = suppress(table, DEFAULT)
        assert safe.audit.passes and PROTECTS in safe.hidden.values()
        assert len(safe.hidden) < len(table.cells)


@effort(max_examples=10, deadline=None)
@given(TABLES, st.randoms(use_true_random=False))
def test_the_same_table_in_any_order_is_hidden_alike(table, chance):
    cells, relations = list(table.cells.items()), list(table.relations)
    chance.shuffle(cells)
    chance.shuffle(relations)
    turned = [Relation(one.total, tuple(chance.sample(one.parts, len(one.parts)))) for one in relations]
    assert suppress(Table(dict(cells), tuple(turned)), DEFAULT).hidden == suppress(table, DEFAULT).hidden


def test_a_large_table_is_soon_done():
    chance = random.Random(1)
    table = grid([[int(chance.expovariate(1 / 60)) for _ in range(12)] for _ in range(43)], SUB_FORCE)
    safe = suppress(table, DEFAULT)
    assert safe.audit.passes and len(safe.hidden) < len(table.cells) / 4


# --- what is small --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kinds", "hidden"), [
    ((CHILDREN,), range(1, 5)),
    ((SAFEGUARDING,), range(1, 5)),
    ((SUB_FORCE,), range(1, 5)),
    ((ENFORCEMENT, SUB_FORCE), range(1, 5)),
    ((ENFORCEMENT,), ()),
    ((), ()),
])
def test_small_counts_by_kind(kinds, hidden):
    for number in range(8):
        safe = suppress(Table({PEOPLE: count(number, *kinds)}), DEFAULT)
        assert safe.hidden == ({PEOPLE: SMALL} if number in hidden else {})
        assert safe.audit.passes
        assert safe.printed(PEOPLE) == ("[c]" if number in hidden else str(number))


@given(GRIDS)
def test_without_thresholds_nothing_is_hidden(counts):
    for below in (0, 1):
        safe = suppress(grid(counts, CHILDREN, SUB_FORCE), Thresholds(dict.fromkeys(disclosure.KINDS, below), WIDTH))
        assert safe.hidden == {} and safe.audit.passes and safe.audit.intervals == {}


@pytest.mark.parametrize(("low", "high", "qualifier", "hidden"), [
    (2, None, "more than", False), (None, 4, "up to", True), (None, 30, "up to", False), (3, 6, "exact", False), (4, 6, "exact", True),
    (5, 6, "exact", False), (0, 3, "exact", True),
])
def test_ranges_are_small_where_they_tell_a_small_count(low, high, qualifier, hidden):
    table = Table({PEOPLE: Cell(low, high, qualifier, kinds=(CHILDREN,))})
    assert (PEOPLE in suppress(table, DEFAULT).hidden) == hidden


def test_zeros_are_shown_unless_a_whole_row_is():
    rows = [[0, 9, 12], [0, 0, 0], [8, 20, 11]]
    safe = suppress(grid(rows, CHILDREN), DEFAULT)
    assert safe.printed(("r0", "c0")) == "0"
    assert {key for key, why in safe.hidden.items() if why == ALL_ZERO} == {("r1", name) for name in ("c0", "c1", "c2", "Total")}
    assert safe.audit.passes
    # Of enforcement in a district nobody is a child to be known by it.
    assert suppress(grid(rows, ENFORCEMENT, SUB_FORCE), DEFAULT).hidden == {}
    # Where the total is published, readers know each of its zeros.
    known = suppress(grid(rows, CHILDREN, state={(1, 3): PUBLISHED}), DEFAULT)
    assert known.hidden == {} and known.audit.passes


# --- what the relations tell ----------------------------------------------------------------------------------


def test_a_hidden_count_beside_its_total_fails_the_audit():
    table = pair(count(20, CHILDREN), count(3, CHILDREN), count(17, CHILDREN))
    found = audit(table, {BOYS}, DEFAULT)
    assert found.intervals == {BOYS: Interval(3, 3)}
    assert found.failures == ("Boys: it is hidden and can only be 3, by People; Girls. Hide one of these too.",)
    safe = suppress(table, DEFAULT)
    assert safe.hidden == {BOYS: SMALL, GIRLS: PROTECTS}
    assert safe.audit == disclosure.Audit({BOYS: Interval(0, 20), GIRLS: Interval(0, 20)}, ())


def test_a_planted_hole_in_a_grid_fails_the_audit():
    table = grid([[3, 40, 50], [60, 70, 80]], CHILDREN)
    assert not audit(table, {("r0", "c0"), ("r0", "c1")}, DEFAULT).passes
    assert audit(table, {("r0", "c0"), ("r0", "c1"), ("r1", "c0"), ("r1", "c1")}, DEFAULT).passes


def test_a_small_count_that_is_shown_fails_the_audit():
    table = pair(count(20, CHILDREN), count(3, CHILDREN), count(17, CHILDREN))
    assert audit(table, (), DEFAULT).failures == ("Boys: it is shown and is 3 (small count). Hide it.",)
    assert audit(table, (), OFF).passes


def test_hidden_small_counts_that_add_up_to_little_take_one_more():
    """Two hidden ones of a total of 2 are 0 to 2 each: OpenSAFELY's rule of the next smallest."""
    safe = suppress(Table(
        {PEOPLE: count(40, CHILDREN), BOYS: count(1, CHILDREN), GIRLS: count(1, CHILDREN), ("Unknown",): count(38, CHILDREN)},
        (Relation(PEOPLE, (BOYS, GIRLS, ("Unknown",))),),
    ), DEFAULT)
    assert safe.hidden == {BOYS: SMALL, GIRLS: SMALL, ("Unknown",): PROTECTS}


def test_a_total_is_hidden_where_nothing_else_can_be():
    safe = suppress(pair(count(20, CHILDREN), count(3, CHILDREN), published(17, CHILDREN)), DEFAULT)
    assert safe.hidden == {BOYS: SMALL, PEOPLE: PROTECTS}
    assert safe.audit.passes and safe.audit.intervals[PEOPLE] == Interval(17, None)


def test_published_figures_that_tell_a_count_are_named():
    safe = suppress(pair(published(20, where="release of 3 May 2025"), count(3, CHILDREN), published(17)), DEFAULT)
    assert safe.hidden == {BOYS: SMALL}
    assert safe.audit.failures == (
        "Boys: it is hidden and can only be 3, by figures that are published already: People, 20 (release of 3 May 2025), Girls, 17. "
        "Hiding more cannot help: leave the table out, or have its publication decided on.",
    )


def test_what_published_figures_tell_does_not_stop_the_protection_of_the_rest():
    cells = {
        ("a",): published(20), ("a1",): count(3, CHILDREN), ("a2",): published(17),
        ("b",): count(30), ("b1",): count(2, CHILDREN), ("b2",): count(28),
    }
    table = Table(cells, (Relation(("a",), (("a1",), ("a2",))), Relation(("b",), (("b1",), ("b2",)))))
    safe = suppress(table, DEFAULT)
    assert safe.hidden == {("a1",): SMALL, ("b1",): SMALL, ("b2",): PROTECTS}
    assert len(safe.audit.failures) == 1 and safe.audit.failures[0].startswith("a1:")


def test_tables_that_share_a_cell_are_protected_together():
    """Children and adults of a force; its children by district; its weeks: one total over all three."""
    cells = {
        ("Safeguarded",): count(50, SAFEGUARDING), ("Children",): count(30, CHILDREN), ("Adults",): count(20, SAFEGUARDING),
        ("Children", "Leicester"): count(26, CHILDREN, SUB_FORCE), ("Children", "Rutland"): count(4, CHILDREN, SUB_FORCE),
        ("Children", "week 1"): count(16, CHILDREN), ("Children", "week 2"): count(14, CHILDREN),
    }
    table = Table(cells, (
        Relation(("Safeguarded",), (("Children",), ("Adults",))),
        Relation(("Children",), (("Children", "Leicester"), ("Children", "Rutland"))),
        Relation(("Children",), (("Children", "week 1"), ("Children", "week 2"))),
    ))
    safe = suppress(table, DEFAULT)
    assert safe.hidden == {("Children", "Rutland"): SMALL, ("Children", "Leicester"): PROTECTS} and safe.audit.passes
    taken = {key: replace(cell, state=PUBLISHED) if key == ("Children", "Leicester") else cell for key, cell in cells.items()}
    told = suppress(replace(table, cells=taken), DEFAULT)
    # Leicester is out: the children of the force go, and with them what would give them back.
    assert told.audit.passes and ("Children",) in told.hidden
    assert told.hidden.keys() & {("Children", "week 1"), ("Children", "week 2")}
    assert told.hidden.keys() & {("Safeguarded",), ("Adults",)}


def test_whole_numbers_count_where_fractions_would_be_wide_enough():
    """3 = x + a + b with a = b: over fractions x is 0 to 3, but it can only be 1 or 3."""
    total, x, double, a, b = (("3",), ("x",), ("2a",), ("a",), ("b",))
    table = Table(
        {total: count(3), x: count(1, CHILDREN), double: count(2, CHILDREN), a: count(1, CHILDREN), b: count(1, CHILDREN)},
        (Relation(total, (x, double)), Relation(double, (a, b)), Relation(a, (b,))),
    )
    found = audit(table, {x, double, a, b}, DEFAULT)
    assert found.intervals[x] == Interval(1, 3) and found.intervals[double] == Interval(0, 2)
    assert not found.passes
    assert suppress(table, DEFAULT).audit.passes and total in suppress(table, DEFAULT).hidden


def test_a_count_that_is_not_available_is_not_worked_out_to_be_small():
    table = pair(count(20, SAFEGUARDING), Cell(state=NOT_AVAILABLE, kinds=(CHILDREN,)), count(18, SAFEGUARDING))
    found = audit(table, (), DEFAULT)
    assert found.failures == ("Boys: it is not given exactly and can only be 2, by People; Girls. Hide one of these too.",)
    safe = suppress(table, DEFAULT)
    assert safe.hidden == {GIRLS: PROTECTS} and safe.audit.passes
    assert safe.all_printed() == {PEOPLE: "20", BOYS: "[x]", GIRLS: "[c]"}
    # One that turns out to be large tells of nobody.
    large = pair(count(40, SAFEGUARDING), Cell(state=NOT_AVAILABLE, kinds=(CHILDREN,)), count(18, SAFEGUARDING))
    assert suppress(large, DEFAULT).hidden == {} and suppress(large, DEFAULT).audit.passes


def test_a_cell_without_meaning_is_nothing_to_a_reader():
    table = pair(count(3, CHILDREN), Cell(state=NOT_APPLICABLE), count(3, CHILDREN))
    safe = suppress(table, DEFAULT)
    assert safe.audit.passes and safe.all_printed() == {PEOPLE: "[c]", BOYS: "[z]", GIRLS: "[c]"}


@pytest.mark.parametrize(("low", "high", "qualifier", "known"), [
    (20, 20, "exact", Interval(20, 20)), (20, None, "more than", Interval(21, None)), (20, None, "Over", Interval(21, None)),
    (20, None, "at least", Interval(20, None)), (None, 20, "up to", Interval(0, 20)), (None, 20, "almost", Interval(10, 20)),
    (None, 20, "close to", Interval(15, 20)), (20, 20, "around", Interval(15, 25)), (7, 7, "around", Interval(7, 7)),
    (500, 900, "exact", Interval(500, 900)), (110, None, "early total", Interval(110, 110)), (0, 0, "exact", Interval(0, 0)),
    (None, 5, "nearly", Interval(4, 5)),
])
def test_published_words_are_bounds(low, high, qualifier, known):
    assert Cell(low, high, qualifier, state=PUBLISHED).interval == known


def test_a_published_qualifier_bounds_what_is_hidden():
    table = pair(Cell(None, 6, "up to", PUBLISHED), count(2, CHILDREN), count(3, CHILDREN))
    found = audit(table, {BOYS, GIRLS}, DEFAULT)
    assert found.intervals == {BOYS: Interval(0, 6), GIRLS: Interval(0, 6)} and found.passes
    over = pair(Cell(20, None, "more than", PUBLISHED), count(2, CHILDREN), count(20, SAFEGUARDING))
    assert audit(over, {BOYS}, DEFAULT).intervals == {BOYS: Interval(1, None)}


def test_figures_that_contradict_one_another_are_not_published():
    """Weapons of October 2023 as released: the items make 462, the total says 458."""
    items = {("Weapons", str(place)): published(number) for place, number in enumerate((33, 377, 3, 21, 28), 1)}
    table = Table({("Weapons",): published(458), **items}, (Relation(("Weapons",), tuple(items)),))
    assert suppress(table, DEFAULT).audit.failures == (
        "Weapons: it is 458 and its parts, Weapons, 1; Weapons, 2; Weapons, 3; Weapons, 4 and 1 more, make 462. "
        "Correct a figure, or take the relation away if they do not count the same.",
    )
    hidden = pair(count(20), count(3, CHILDREN), count(16))
    assert "make 19" in audit(hidden, {BOYS, GIRLS}, DEFAULT).failures[0]
    # Each relation could hold by itself, and not all of them together.
    round_about = Table(
        {PEOPLE: published(5), BOYS: Cell(state=NOT_AVAILABLE), GIRLS: Cell(state=NOT_AVAILABLE)},
        (Relation(PEOPLE, (BOYS, GIRLS)), Relation(BOYS, (GIRLS,))),
    )
    assert suppress(round_about, DEFAULT).audit.failures == (
        "The table: no counts were found that agree with all that is shown. Correct a figure, or take the wrong relation away.",
    )


def test_a_search_without_end_is_given_up():
    """An even number that is one more than another: no whole numbers are, and nothing limits where to look."""
    unknown = {(name,): Cell(state=NOT_AVAILABLE, kinds=(CHILDREN,)) for name in ("a", "a again", "b", "b again", "2a", "2b")}
    table = Table({**unknown, ("one",): published(1)}, (
        Relation(("a",), (("a again",),)), Relation(("b",), (("b again",),)),
        Relation(("2a",), (("a",), ("a again",))), Relation(("2b",), (("b",), ("b again",))),
        Relation(("2a",), (("2b",), ("one",))),
    ))
    safe = suppress(table, DEFAULT)
    assert not safe.audit.passes and safe.audit.failures[0].startswith("The table: no counts were found")


# --- what was published before --------------------------------------------------------------------------------


def test_what_an_earlier_release_showed_is_shown_and_known():
    table = pair(count(20, CHILDREN), count(3, CHILDREN), count(17, CHILDREN))
    before = Release(MARCH, Table({BOYS: count(3, CHILDREN)}))
    safe = suppress(table, DEFAULT, [before])
    assert safe.hidden == {} and safe.printed(BOYS) == "3" and safe.audit.passes
    told = suppress(table, DEFAULT, [Release(MARCH, Table({PEOPLE: count(20), GIRLS: count(17)}))])
    assert told.hidden == {BOYS: SMALL}
    assert "People, 20 (published on 10 March 2025), Girls, 17 (published on 10 March 2025)" in told.audit.failures[0]


def test_weeks_published_before_tell_of_a_month():
    weeks = {("week", str(number)): count(10 + number, CHILDREN) for number in range(3)}
    before = Release(MARCH, Table(weeks))
    month = Table(
        {("month",): count(36, CHILDREN), ("week", "3"): count(3, CHILDREN), **weeks},
        (Relation(("month",), (*weeks, ("week", "3"))),),
    )
    safe = suppress(month, DEFAULT, [before])
    # The weeks are out, so that the month would give the last of them.
    assert safe.hidden == {("week", "3"): SMALL, ("month",): PROTECTS} and safe.audit.passes
    assert suppress(month, DEFAULT).hidden.keys() == {("week", "3"), ("week", "0")}


def test_what_was_hidden_before_stays_hidden_from_later_tables():
    first = suppress(pair(count(20, CHILDREN), count(3, CHILDREN), count(17, CHILDREN)), DEFAULT).release(MARCH)
    assert first.table.cells[BOYS].state == first.table.cells[GIRLS].state == NOT_AVAILABLE
    # Later only the girls are of interest: with the total of the first they tell the boys.
    later = Table({GIRLS: count(17, CHILDREN)})
    safe = suppress(later, DEFAULT, [first])
    assert safe.hidden == {GIRLS: PROTECTS} and safe.audit.passes
    assert suppress(later, DEFAULT).hidden == {}


def test_a_change_by_a_few_is_a_small_count_itself():
    before = Release(MARCH, Table({PEOPLE: count(50, CHILDREN)}))
    safe = suppress(Table({PEOPLE: count(52, CHILDREN)}), DEFAULT, [before])
    assert safe.audit.failures == (
        "People: published as 50 on 10 March 2025 and 52 now, so that the difference, 2, is itself a small count. "
        "Show the published figure, or leave it out.",
    )
    for now in (50, 55, 45):
        assert suppress(Table({PEOPLE: count(now, CHILDREN)}), DEFAULT, [before]).audit.passes
    # What is small now and was not then is hidden, and its old count says nothing of it.
    fewer = suppress(Table({PEOPLE: count(3, CHILDREN)}), DEFAULT, [before])
    assert fewer.printed(PEOPLE) == "[c]" and fewer.audit == disclosure.Audit({PEOPLE: ANY}, ())
    # The last release counts.
    again = Release(date(2025, 4, 1), Table({PEOPLE: count(52, CHILDREN)}))
    assert suppress(Table({PEOPLE: count(52, CHILDREN)}), DEFAULT, [again, before]).audit.passes


def test_words_published_before_bound_a_hidden_count():
    table = pair(count(40, CHILDREN), count(4, CHILDREN), count(36, CHILDREN))
    safe = suppress(table, DEFAULT, [Release(MARCH, Table({BOYS: Cell(None, 5, "nearly")}))])
    assert safe.audit.intervals[BOYS] == Interval(4, 5)
    assert "published already: Boys" in safe.audit.failures[0]
    wide = suppress(table, DEFAULT, [Release(MARCH, Table({BOYS: Cell(1, None, "more than")}))])
    assert wide.audit.passes and wide.audit.intervals == {BOYS: Interval(2, 40), GIRLS: Interval(0, 38)}
    # A reader knows what either said.
    over = replace(table, cells={PEOPLE: Cell(20, None, "more than", PUBLISHED), BOYS: count(3, CHILDREN), GIRLS: count(20)})
    both = suppress(over, DEFAULT, [Release(MARCH, Table({PEOPLE: count(23)}))])
    assert both.hidden == {BOYS: SMALL, GIRLS: PROTECTS} and both.audit.intervals[BOYS] == Interval(0, 23)


# --- what is printed ------------------------------------------------------------------------------------------


def test_cells_are_printed_in_shorthand():
    assert disclosure.printed(Cell(20, None, "more than", PUBLISHED)) == "more than 20"
    assert disclosure.printed(count(1234)) == "1,234"
    assert [disclosure.printed(Cell(state=state)) for state in (NOT_AVAILABLE, NOT_APPLICABLE)] == ["[x]", "[z]"]


@pytest.mark.parametrize(("value", "places", "words"), [
    (0, 1, "0.0"), (0.04, 1, "[low]"), (0.05, 1, "0.1"), (-0.04, 1, "[low]"), (0.4, 0, "[low]"), (0.5, 0, "1"), (12345.678, 2, "12,345.68"),
    (None, 1, "[x]"), (float("nan"), 1, "[x]"),
])
def test_what_rounds_to_zero_says_so(value, places, words):
    assert disclosure.rounded(value, places) == words


def test_the_legend_lists_what_is_used():
    assert disclosure.legend(["3", "[z]", "[c]", "[c]"]) == {
        "[c]": "confidential: withheld so that nobody can be identified", "[z]": "not applicable",
    }
    assert disclosure.legend(["3", "0"]) == {}
    assert list(disclosure.legend(["[low]", "[x]"])) == ["[x]", "[low]"]


def test_what_is_printed_does_not_tell_why_it_is_hidden():
    safe = suppress(pair(count(20, CHILDREN), count(3, CHILDREN), count(17, CHILDREN)), DEFAULT)
    assert {safe.printed(key) for key in (BOYS, GIRLS)} == {"[c]"}


# --- what is refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", [
    {"low": -1}, {"low": 5, "high": 3}, {"low": True}, {"low": 2.0}, {}, {"low": 3, "state": NOT_AVAILABLE}, {"low": 3, "state": "secret"},
    {"low": 3, "kinds": ("horses",)}, {"state": PUBLISHED},
])
def test_what_is_no_count_is_refused(wrong):
    with pytest.raises(Usage, match=r"^Cell "):
        Cell(**wrong)


@pytest.mark.parametrize("relation", [
    Relation(PEOPLE, ()), Relation(PEOPLE, (PEOPLE, BOYS)), Relation(PEOPLE, (BOYS, BOYS)), Relation(PEOPLE, (BOYS, ("Others",))),
])
def test_relations_that_cannot_be_are_refused(relation):
    with pytest.raises(Usage, match="Total People"):
        Table({PEOPLE: count(3), BOYS: count(3)}, (relation,))


def test_hiding_what_is_not_there_is_refused():
    with pytest.raises(Usage, match="Hidden cell Girls"):
        audit(Table({PEOPLE: count(3)}), {GIRLS}, DEFAULT)


def test_a_published_cell_cannot_be_hidden_by_hand_either():
    table = pair(count(20, CHILDREN), count(3, CHILDREN), published(17, CHILDREN))
    assert not audit(table, {BOYS, GIRLS}, DEFAULT).passes


def test_intervals_in_words():
    ends = (ANY, Interval(1, 4), Interval(3, 3), Interval(1000, None))
    assert [one.words for one in ends] == ["0 or more", "1 to 4", "3", "1,000 or more"]


# --- settings -------------------------------------------------------------------------------------------------


def test_thresholds_are_settings(tmp_path, monkeypatch):
    (tmp_path / "reach.toml").write_text("suppress_below_enforcement = 3\nsuppressed_minimum_width = 4\n", encoding="utf-8")
    monkeypatch.setenv("REACH_SUPPRESS_BELOW_CHILDREN", "10")
    known = Thresholds.of(settings.load(tmp_path / "reach.duckdb"))
    assert known.below == {CHILDREN: 10, SAFEGUARDING: 5, SUB_FORCE: 5, ENFORCEMENT: 3} and known.minimum_width == 4


@pytest.mark.parametrize(("line", "said"), [
    ("suppress_below_children = -1", "suppress_below_children: '-1' is below 0"),
    ("suppressed_minimum_width = 0", "suppressed_minimum_width: '0' is below 1"),
    ("suppress_below_children = 4.5", "suppress_below_children: '4.5' is not a whole number"),
    ("suppress_below_children = true", "suppress_below_children: 'True' is not a whole number"),
    ('suppress_below_children = "few"', "suppress_below_children: 'few' is not a whole number"),
])
def test_thresholds_that_protect_nobody_are_refused(tmp_path, line, said):
    (tmp_path / "reach.toml").write_text(line, encoding="utf-8")
    with pytest.raises(Usage) as refused:
        settings.load(tmp_path / "reach.duckdb")
    assert str(refused.value) == f"Setting {said}. Correct it in reach.toml or the environment."
