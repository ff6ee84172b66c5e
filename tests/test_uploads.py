"""Imports, undo and redo against the laws that a reader of the figures relies on.

The strongest is that of the fresh store: whatever was imported, undone, redone and imported again, what is shown
equals what a new store shows that holds exactly the uploads in force.
"""

from __future__ import annotations

import itertools
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from reach import candidates, originals, uploads
from reach.definitions import METRICS
from reach.errors import Usage
from reach.reading import Answers

JANUARY, FEBRUARY, MARCH, APRIL = (datetime(2026, month, 20, 12) for month in (1, 2, 3, 4))


# --- importing --------------------------------------------------------------------------------------------


def test_every_kept_value_is_shown(desk, made):
    desk.bring(made.facebook(made.post(1, Views="1,234", Reach=56, Reactions=0), made.post(2, Views="", Reach=7)), as_of=MARCH)
    assert [(row["views"], row["reach"], row["reactions_likes"]) for row in desk.posts()] == [(1234, 56, 0), (None, 7, None)]


def test_missing_is_never_zero(desk, made):
    """A blank, a dash and N/A are no count; and a column that the export lacks is no count either."""
    blanks = ("", "-", "N/A", "n/a", "\u2013")
    desk.bring(made.facebook(*(made.post(n, Reach=5, Reactions=blank) for n, blank in enumerate(blanks, 1))))
    for row in desk.posts():
        assert row["reach"] == 5
        assert [row[metric.key] for metric in METRICS if metric.key != "reach"] == [None] * (len(METRICS) - 1)


def test_missing_outcome_is_no_figure(desk, made):
    desk.bring(
        made.outcomes(
            ("Operation", "Start date", "Arrests", "Warrants"), ("Lantern", "2025-06-30", "", "-"), ("Harbour", "2025-07-30", "0", "")
        )
    )
    assert desk.rows("select operation, measure, value_low from figure_current") == [
        {"operation": "Harbour", "measure": "arrests", "value_low": Decimal(0)}
    ]


@pytest.mark.parametrize("extra", [0, 1])
def test_all_posts_zero_views_is_a_fault_of_the_export_only_if_they_have_reach(desk, made, extra):
    desk.bring(made.facebook(made.post(1, Views=0, Reach=9), made.post(2, Views=extra, Reach=9)))
    assert [row["views"] for row in desk.posts()] == ([0, 1] if extra else [None, None])


def test_same_bytes_under_another_name_change_nothing(desk, made):
    data = made.facebook(made.post(1, Reach=5))
    first = desk.bring(data)
    before = desk.size()
    again = desk.one(data, "copy of march (1).csv")
    assert again.status == "duplicate"
    assert again.upload_id == first.upload_id
    assert again.message.startswith("copy of march (1).csv: imported on ")
    with pytest.raises(Usage):
        uploads.commit(desk.store, again)
    assert desk.size() == before


def test_same_bytes_judged_before_either_was_imported(desk, made):
    """Two browser tabs with one file: the second commit finds the first's, and writes nothing."""
    data = made.facebook(made.post(1, Reach=5))
    one, other = desk.one(data), desk.one(data, "other.csv")
    assert uploads.commit(desk.store, one).status == "imported"
    before = desk.size()
    assert uploads.commit(desk.store, other).status == "duplicate"
    assert desk.size() == before


@pytest.mark.parametrize("how", [{"newline": "\r\n"}, {"delimiter": ";"}, {"encoding": "utf-16"}, {"encoding": "utf-8-sig"}], ids=str)
def test_same_posts_saved_another_way_are_not_counted_twice(desk, made, how):
    posts = [made.post(n, Reach=n, Views=n * 2, Description="Café – £5") for n in range(1, 6)]
    desk.bring(made.facebook(*posts))
    shown = desk.posts("* exclude (upload_id, as_of, observations)")
    again = desk.bring(made.facebook(*posts, **how), "other.csv")
    assert (again.changes.new, again.changes.updated, again.changes.unchanged) == (0, 0, 5)
    assert desk.posts("* exclude (upload_id, as_of, observations)") == shown


def test_same_outcomes_under_another_name_and_line_ends_are_not_counted_twice(desk, made):
    rows = [("Lantern", "2025-06-30", 12), ("Harbour", "2025-09-29", 7)]
    desk.bring(made.outcomes(("Operation", "Start date", "Arrests"), *rows), "outcomes.csv")
    desk.bring(made.outcomes(("Operation", "Start date", "Arrests"), *rows, newline="\r\n"), "outcomes (1).csv")
    assert desk.rows("select cast(sum(value_low) as int) as arrests from figure_current") == [{"arrests": 19}]


def test_original_bytes_come_back(desk, made):
    data = made.facebook(made.post(1, Reach=5, Description="é" * 3000), encoding="utf-16")
    taken = desk.bring(data).taken
    assert originals.content(desk.store, taken.sha256) == data
    with pytest.raises(Usage):
        originals.content(desk.store, "0" * 64)


def test_large_original_comes_back_from_its_pieces(desk, made, monkeypatch):
    monkeypatch.setattr(originals, "ORIGINAL_PIECE", 1000)
    data = made.facebook(*(made.post(n, Reach=n) for n in range(1, 40)))
    taken = desk.bring(data).taken
    assert len(desk.rows("select piece_no from original")) == -(-len(data) // 1000)
    assert originals.content(desk.store, taken.sha256) == data


def test_private_copies_are_taken_away(desk, made):
    found = desk.check(made.facebook(made.post(1, Reach=5)))
    candidates.discard(found)
    assert [path for path in desk.store.folder.rglob("*") if path.is_file()] == []


def test_private_copies_of_refused_files_are_taken_away(desk):
    found = desk.check(b"some,columns\n1,2\n")
    assert found[0].status == "refused"
    candidates.discard(found)
    assert [path for path in desk.store.folder.rglob("*") if path.is_file()] == []


# --- preview ----------------------------------------------------------------------------------------------


def stages(made):
    """Files in an order in which each changes something of the ones before."""
    return [
        ("facebook 1", made.facebook(made.post(1, Reach=10, Views=100), made.post(2, Reach=20, Views=200)), JANUARY),
        ("facebook 2", made.facebook(made.post(1, Reach=15, Views=""), made.post(2, Reach=20, Views=200), made.post(3, Reach=5)), FEBRUARY),
        (
            "instagram",
            made.instagram({"Post ID": "17900000000000011", "Publish time": "05/26/2026 10:23", "Permalink": "https://i/1", "Reach": 3}),
            MARCH,
        ),
        ("figures 1", made.figures({"value_low": 5}, {"value_low": 2, "measure": "warrants"}), JANUARY),
        ("figures 2", made.figures({"value_low": 6}, {"value_low": 7, "source": "https://example.org/b"}), FEBRUARY),
        ("outcomes", made.outcomes(("Operation", "Start date", "Arrests"), ("Lantern", "2025-06-30", 12)), MARCH),
        ("facebook damaged", damaged(made, 2, 3, Reach=99), APRIL),
    ]


def damaged(made, *numbers, **cells):
    """Posts as Excel leaves them: ids of the post and the page in scientific notation."""
    return made.facebook(*(made.post(n, **{"Post ID": "1.22E+15", "Page ID": "1.00E+14", **cells}) for n in numbers))


NAMES = {"facebook": "Facebook", "instagram": "Instagram", "x": "X"}


def standing(desk):
    numbers = {}
    for row in desk.store.rows("pages/standing_posts", networks=["facebook", "instagram", "x"]):
        subject = f"{NAMES[row['network']]}, {row['name']}"
        for measure, column in (
            ("Posts held", "posts"),
            ("Highest post reach", "highest_reach"),
            ("Total views", "total_views"),
            ("Total impressions", "total_impressions"),
        ):
            numbers[subject, measure] = row[column]
    return numbers


def test_preview_is_what_the_import_then_does(desk, made):
    for name, data, as_of in stages(made):
        candidate = desk.one(data, f"{name}.csv", as_of=as_of)
        size, marts, before = desk.size(), desk.marts(), standing(desk)
        foretold = uploads.preview(desk.store, [candidate])
        assert (desk.size(), desk.marts()) == (size, marts), f"the preview of {name} left something behind"
        done = uploads.commit(desk.store, candidate)
        assert foretold.candidates[0].changes == done.changes, name
        after = standing(desk)
        moved = {(one.subject, one.measure): (one.before, one.after) for one in foretold.moved if one.measure in {key[1] for key in after}}
        assert moved == {key: (before.get(key), value) for key, value in after.items() if before.get(key) != value}, name


def test_preview_of_several_files_is_what_importing_them_in_order_does(desk, made):
    candidates = [desk.one(data, f"{name}.csv", as_of=as_of) for name, data, as_of in stages(made)]
    foretold = [one.changes for one in uploads.preview(desk.store, candidates).candidates]
    assert foretold == [uploads.commit(desk.store, one).changes for one in candidates]


def test_changes_are_counted_post_by_post(desk, made):
    (_, first, january), (_, second, february), *_ = stages(made)
    assert vars(desk.bring(first, as_of=january).changes) == {"new": 2, "updated": 0, "unchanged": 0}
    assert vars(desk.bring(second, as_of=february).changes) == {"new": 1, "updated": 1, "unchanged": 1}


def test_preview_names_the_figure_that_moves(desk, made):
    desk.bring(made.figures({"value_low": 5}), as_of=JANUARY)
    candidate = desk.one(made.figures({"value_low": 6}), as_of=FEBRUARY)
    (moved,) = uploads.preview(desk.store, [candidate]).moved
    assert (moved.measure, "Lantern" in moved.subject, "Exampleshire" in moved.subject) == ("Arrests", True, True)
    assert moved.before != moved.after


def test_preview_of_one_file_twice_counts_it_once(desk, made):
    data = made.facebook(made.post(1, Reach=5))
    found = uploads.preview(desk.store, [desk.one(data), desk.one(data, "copy.csv")]).candidates
    assert [one.status for one in found] == ["ready", "duplicate"]


# --- undo and redo ----------------------------------------------------------------------------------------


def overlapping(made):
    """Three exports of the same posts and a spreadsheet's version of them, with values that go up, down and missing."""
    return [
        (made.facebook(made.post(1, Reach=10, Views=100), made.post(2, Reach=20), made.post(4, Reach=1)), JANUARY),
        (made.facebook(made.post(1, Reach="", Views=150), made.post(2, Reach=19, Reactions=3), made.post(3, Reach=30)), FEBRUARY),
        (damaged(made, 1, 3, Reach=33, Views=""), MARCH),
        (made.figures({"value_low": 5}, {"value_low": 2, "measure": "warrants"}), JANUARY),
        (made.figures({"value_low": 6}, {"value_low": 7, "source": "https://example.org/b"}), FEBRUARY),
    ]


@pytest.fixture(scope="module")
def fresh(a_desk, made):
    """The marts of a new store that holds exactly these of the overlapping files."""
    files, known = overlapping(made), {}

    def marts(in_force: frozenset[int]):
        if in_force not in known:
            with a_desk() as desk:
                for number in sorted(in_force):
                    data, as_of = files[number]
                    desk.bring(data, f"{number}.csv", as_of=as_of)
                known[in_force] = desk.marts()
        return known[in_force]

    return marts


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
def test_undo_and_redo_of_overlapping_exports_in_every_order(desk, made, fresh, order):
    files = overlapping(made)
    held = {number: desk.bring(files[number][0], f"{number}.csv", as_of=files[number][1]).upload_id for number in order}
    in_force = set(order)
    assert desk.marts() == fresh(frozenset(in_force))
    for number in order:
        uploads.undo(desk.store, held[number])
        in_force.remove(number)
        assert desk.marts() == fresh(frozenset(in_force))
    for number in order:
        uploads.redo(desk.store, held[number])
        in_force.add(number)
        assert desk.marts() == fresh(frozenset(in_force))


def test_any_history_shows_what_a_fresh_store_would(a_desk, made, fresh):
    files = overlapping(made)
    number = st.integers(0, len(files) - 1)

    class History(RuleBasedStateMachine):
        @initialize()
        def opened(self):
            self.context = a_desk()
            self.desk = self.context.__enter__()
            self.in_force: dict[int, str] = {}
            self.undone: list[tuple[int, str]] = []

        @rule(number=number)
        def brings(self, number):
            data, as_of = files[number]
            if number in self.in_force:
                assert self.desk.one(data, as_of=as_of).status == "duplicate"
            else:
                self.in_force[number] = self.desk.bring(data, f"{number}.csv", as_of=as_of).upload_id

        @precondition(lambda self: self.in_force)
        @rule(pick=st.randoms(use_true_random=False))
        def undoes(self, pick):
            number = pick.choice(sorted(self.in_force))
            upload_id = self.in_force.pop(number)
            assert "undone" in uploads.undo(self.desk.store, upload_id)
            self.undone.append((number, upload_id))

        @precondition(lambda self: self.undone)
        @rule(pick=st.randoms(use_true_random=False))
        def redoes(self, pick):
            number, upload_id = pick.choice(self.undone)
            said = uploads.redo(self.desk.store, upload_id)
            if number in self.in_force:
                assert "nothing changed" in said
            else:
                self.undone.remove((number, upload_id))
                self.in_force[number] = upload_id

        @invariant()
        def shows_what_a_fresh_store_would(self):
            if hasattr(self, "desk"):
                assert self.desk.marts() == fresh(frozenset(self.in_force))

        def teardown(self):
            self.context.__exit__(None, None, None)

    run_state_machine_as_test(
        History,
        settings=settings(
            max_examples=4, stateful_step_count=8, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
        ),
    )


def test_file_can_be_imported_again_after_undo(desk, made):
    data = made.facebook(made.post(1, Reach=5))
    first = desk.bring(data)
    uploads.undo(desk.store, first.upload_id)
    assert desk.posts() == []
    again = desk.bring(data)
    assert again.upload_id != first.upload_id
    assert [row["reach"] for row in desk.posts()] == [5]
    size = desk.size()
    said = uploads.redo(desk.store, first.upload_id)
    assert "imported again" in said and "nothing changed" in said
    assert desk.size() == size


def test_undo_and_redo_twice_say_so_and_do_nothing(desk, made):
    upload_id = desk.bring(made.facebook(made.post(1, Reach=5))).upload_id
    assert "nothing changed" in uploads.redo(desk.store, upload_id)
    uploads.undo(desk.store, upload_id)
    size = desk.size()
    assert "nothing changed" in uploads.undo(desk.store, upload_id)
    assert desk.size() == size


@pytest.mark.parametrize("upload_id", ["", "abc", "zzzz-1234", "0000-0000", "'; drop table post; --", "%", "ffffffff" * 5])
def test_undo_of_no_upload_is_refused_in_words(desk, made, upload_id):
    desk.bring(made.facebook(made.post(1, Reach=5)))
    with pytest.raises(Usage, match="there is none of that id"):
        uploads.undo(desk.store, upload_id)
    assert len(desk.posts()) == 1


def test_redo_counts_when_the_clock_was_set_back(desk, made, monkeypatch):
    upload_id = desk.bring(made.facebook(made.post(1, Reach=5))).upload_id
    monkeypatch.setattr(uploads, "utc_now", lambda: datetime(2027, 1, 1, 12))
    uploads.undo(desk.store, upload_id)
    monkeypatch.setattr(uploads, "utc_now", lambda: datetime(2027, 1, 1, 11, 59))
    assert "in force again" in uploads.redo(desk.store, upload_id)
    assert [row["reach"] for row in desk.posts()] == [5]


# --- what is newer ----------------------------------------------------------------------------------------


def test_latest_value_that_is_not_missing_of_each_metric(desk, made):
    desk.bring(made.facebook(made.post(1, Reach=10, Views=100, Reactions=1)), as_of=JANUARY)
    desk.bring(made.facebook(made.post(1, Reach="", Views=110)), "b.csv", as_of=FEBRUARY)
    desk.bring(made.facebook(made.post(1, Reach=9)), "c.csv", as_of=MARCH)
    (post,) = desk.posts()
    assert (post["reach"], post["views"], post["reactions_likes"], post["observations"], post["as_of"]) == (9, 110, 1, 3, MARCH)


def test_older_export_uploaded_later_asks_and_then_keeps_the_newer_values(desk, made):
    newer = made.facebook(*(made.post(n, Reach=100 + n) for n in range(1, 7)))
    older = made.facebook(*(made.post(n, Reach=50 + n) for n in range(1, 7)), made.post(7, Reach=3))
    desk.bring(newer, as_of=MARCH)
    candidate = desk.one(older, "older.csv", stated=(APRIL, "file time"))
    size = desk.size()
    (foretold,) = uploads.preview(desk.store, [candidate]).candidates
    judged = uploads.commit(desk.store, candidate)
    assert desk.size() == size
    for one in (foretold, judged):
        assert (one.status, [question.key for question in one.questions]) == ("needs", ["as_of"])
        assert "older export" in one.message
    answered = candidates.answer(judged, Answers(as_of=JANUARY), desk.settings, desk.store)
    done = uploads.commit(desk.store, answered)
    assert (done.status, done.as_of_basis, vars(done.changes)) == ("imported", "given", {"new": 1, "updated": 0, "unchanged": 6})
    assert [row["reach"] for row in desk.posts()] == [101, 102, 103, 104, 105, 106, 3]


def test_older_export_that_excel_saved_today_asks_too(desk, made):
    desk.bring(made.facebook(*(made.post(n, Reach=100 + n) for n in range(1, 7))), as_of=MARCH)
    done = uploads.commit(desk.store, desk.one(damaged(made, *range(1, 7), Reach=50), "excel.csv", stated=(APRIL, "file time")))
    assert done.status == "needs" or [row["reach"] for row in desk.posts()] == [101, 102, 103, 104, 105, 106]


def test_export_with_a_few_lower_figures_is_not_asked_about(desk, made):
    """Platforms take a little back; only most of the figures being lower makes an older export."""
    desk.bring(made.facebook(*(made.post(n, Reach=100) for n in range(1, 6))), as_of=MARCH)
    later = made.facebook(*(made.post(n, Reach=99 if n < 3 else 105) for n in range(1, 6)))
    assert uploads.commit(desk.store, desk.one(later, "l.csv", stated=(APRIL, "file time"))).status == "imported"


def test_as_of_is_never_before_the_last_publish_time(desk, made):
    candidate = desk.one(made.facebook(made.post(1, Reach=1), made.post(20, Reach=1)), as_of=datetime(2020, 1, 1))
    assert candidate.as_of == candidate.reading.last


def test_file_time_in_the_future_does_not_outrank_later_exports(desk, made):
    desk.bring(made.facebook(made.post(1, Reach=5)), stated=(datetime(2099, 1, 1), "file time"))
    desk.bring(made.facebook(made.post(1, Reach=50)), "later.csv")
    assert [row["reach"] for row in desk.posts()] == [50]


def test_newer_export_that_a_zip_dates_1980_asks(desk, made):
    desk.bring(made.facebook(*(made.post(n, Reach=100) for n in range(1, 6))), stated=(JANUARY, "file time"))
    zipped = desk.one(made.facebook(*(made.post(n, Reach=200) for n in range(1, 6))), "z.csv", stated=(datetime(1980, 1, 1), "zip entry"))
    done = uploads.commit(desk.store, zipped)
    assert done.status == "needs" or [row["reach"] for row in desk.posts()] == [200] * 5


# --- damaged exports --------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["damaged", "sound"])
def test_damaged_export_joins_the_true_post(desk, made, first):
    sound = (made.facebook(made.post(1, Reach=10, Views=100), made.post(2, Reach=20)), "sound.csv", JANUARY)
    spoilt = (damaged(made, 1, 2, Reach=40), "excel.csv", FEBRUARY)
    for data, name, as_of in [spoilt, sound] if first == "damaged" else [sound, spoilt]:
        desk.bring(data, name, as_of=as_of)
    assert [(row["post_key"], row["account"], row["reach"], row["views"], row["observations"]) for row in desk.posts()] == [
        (made.post(1)["Post ID"], made.page, 40, 100, 2),
        (made.post(2)["Post ID"], made.page, 40, None, 2),
    ]


def test_damaged_row_that_may_be_of_two_posts_is_not_shown(desk, made):
    minute = "06/05/2025 10:00"
    desk.bring(damaged(made, 1, Reach=77, **{"Publish time": minute}), "excel.csv", as_of=FEBRUARY)
    assert [row["reach"] for row in desk.posts()] == [77]
    desk.bring(
        made.facebook(made.post(1, Reach=10, **{"Publish time": minute}), made.post(2, Reach=20, **{"Publish time": minute})), as_of=JANUARY
    )
    assert [row["reach"] for row in desk.posts()] == [10, 20]
    assert [row["sound_posts"] for row in desk.rows("select sound_posts from damaged_observation")] == [2]


def test_two_damaged_rows_of_one_minute_are_set_aside(desk, made):
    candidate = desk.one(damaged(made, 1, 2, Reach=5, **{"Publish time": "06/05/2025 10:00"}))
    assert candidate.status == "refused"
    assert candidate.reading.kept == 0 and len(candidate.reading.problems) == 2


def test_damaged_row_is_no_post_that_stands_sound_in_the_same_file(desk, made):
    """A file states each post once: a damaged row beside a sound one of the same minute is another post, and set aside."""
    minute = {"Publish time": "06/01/2025 10:00"}
    desk.bring(
        made.facebook(
            made.post(1, Reach=50, **minute, **{"Post ID": "7740000000000120.00"}),
            made.post(2, Reach=60, **minute, **{"Post ID": "774000000000013.00"}),
            made.post(3, Reach=70, **{"Post ID": "7740000000000140.00"}),
        )
    )
    shown = [(row["reach"], row["observations"]) for row in desk.posts()]
    assert sorted(shown) == [(60, 1), (70, 1)]
    assert [row["record_no"] for row in desk.rows("select record_no from problem")] == [1]


def test_damaged_export_of_a_page_whose_name_two_pages_have_stays_apart(desk, made):
    desk.bring(made.facebook(made.post(1, Reach=1), made.post(2, Reach=2, **{"Page ID": "200000000000777"})), as_of=JANUARY)
    desk.bring(damaged(made, 1, 2, Reach=9), "excel.csv", as_of=FEBRUARY)
    assert [row["reach"] for row in desk.posts()] == [1, 2, 9, 9]


# --- accounts ---------------------------------------------------------------------------------------------


def instagram(number, account="17841400000000123", user="examplepolice", **cells):
    return {
        "Post ID": f"179000000000000{number}",
        "Account ID": account,
        "Account username": user,
        "Publish time": f"05/{number}/2026 10:00",
        "Permalink": f"https://i/{number}",
        **cells,
    }


def test_posts_made_together_are_kept_apart_from_ours(desk, made):
    desk.bring(
        made.instagram(
            instagram(11, Reach=300, Views=500),
            instagram(12, Reach=200, Views=400),
            instagram(13, "17841400000000999", "council", Views=900),
        )
    )
    assert [(row["account"], row["ours"], row["reach"]) for row in desk.posts()] == [
        ("17841400000000123", True, 300),
        ("17841400000000123", True, 200),
        ("17841400000000999", False, None),
    ]


def test_which_accounts_are_ours_can_be_answered(desk, made):
    both = made.instagram(instagram(11, Reach=300), instagram(12, Reach=200), instagram(13, "17841400000000999", "council", Views=900))
    desk.bring(both, ours=("17841400000000999",))
    assert [(row["account"], row["ours"]) for row in desk.posts("distinct account, ours, network, post_key")][-1] == (
        "17841400000000999",
        True,
    )


def test_which_accounts_are_ours_does_not_depend_on_an_undone_upload(a_desk, made):
    mistaken = made.instagram(instagram(11, "17841400000000999", "council", Views=900))
    right = made.instagram(instagram(12, Reach=300), instagram(13, Reach=200), instagram(14, "17841400000000999", "council", Views=900))
    with a_desk() as desk, a_desk() as other:
        first = desk.bring(mistaken, "mistaken.csv", as_of=MARCH)
        desk.bring(right, "right.csv", as_of=APRIL)
        uploads.undo(desk.store, first.upload_id)
        other.bring(right, "right.csv", as_of=APRIL)
        assert desk.marts() == other.marts()


LINKLESS = {"Post id": "2083485389288374349", "Post Link": "https://x.com/i/status/2083485389288374349", "Impressions": 1500}


def test_x_export_without_a_handle_asks_whose_it_is(desk, made):
    candidate = desk.one(made.x_posts(LINKLESS))
    assert (candidate.status, [question.key for question in candidate.questions]) == ("needs", ["account"])
    with pytest.raises(Usage):
        uploads.commit(desk.store, candidate)
    answered = candidates.answer(candidate, Answers(account="@Example_Force"), desk.settings, desk.store)
    assert uploads.commit(desk.store, answered).status == "imported"
    with_handle = {**LINKLESS, "Post Link": LINKLESS["Post Link"].replace("/i/", "/Example_Force/"), "Impressions": 1600}
    desk.bring(made.x_posts(with_handle), "later.csv")
    assert [(row["account"], row["ours"], row["impressions"]) for row in desk.posts()] == [("example_force", True, 1600)]


# --- figures ----------------------------------------------------------------------------------------------


def test_revised_figure_replaces_that_of_its_source_and_stands_beside_another(desk, made):
    desk.bring(made.figures({"value_low": 20, "status": "provisional"}, {"value_low": 9, "source": "https://example.org/b"}), as_of=JANUARY)
    done = desk.bring(made.figures({"value_low": 22, "status": "revised"}), "revised.csv", as_of=FEBRUARY)
    assert vars(done.changes) == {"new": 0, "updated": 1, "unchanged": 0}
    assert desk.rows("select cast(value_low as int) as arrests, source, status from figure_current order by 1") == [
        {"arrests": 9, "source": "https://example.org/b", "status": None},
        {"arrests": 22, "source": "https://example.org/a", "status": "revised"},
    ]
    uploads.undo(desk.store, done.upload_id)
    assert [row["arrests"] for row in desk.rows("select cast(value_low as int) as arrests from figure_current order by 1")] == [9, 20]


def test_earlier_statement_uploaded_later_does_not_replace_the_revised_figure(desk, made):
    desk.bring(made.figures({"value_low": 22, "status": "revised", "as_of": "2025-12-01"}), "revised.csv", stated=(MARCH, "file time"))
    early = made.figures({"value_low": 20, "status": "early total", "as_of": "2025-07-10"})
    done = uploads.commit(desk.store, desk.one(early, "early.csv", stated=(APRIL, "file time")))
    assert done.status == "needs" or desk.rows("select status from figure_current") == [{"status": "revised"}]


def test_two_columns_of_one_measure_are_refused(desk, made):
    candidate = desk.one(made.outcomes(("Operation", "Arrests", "No. of arrests"), ("Lantern", 1, 2)))
    assert candidate.status == "refused"
    assert "'Arrests' and 'No. of arrests' both mean Arrests" in candidate.message


def test_open_ended_figures_stay_open(desk, made):
    desk.bring(made.figures({"measure": "campaign_reach", "value_low": "134,000", "value_high": "", "qualifier": "more than"}))
    assert desk.rows("select value_low, value_high, qualifier from figure_current") == [
        {"value_low": Decimal(134000), "value_high": None, "qualifier": "more than"}
    ]


@pytest.mark.parametrize("weight", ["0.004", "0.125", "2.3456"])
def test_weight_in_grams_is_kept_or_set_aside(desk, made, weight):
    candidate = desk.one(made.outcomes(("Operation", "Start date", "Drugs seized (kg)"), ("Lantern", "2025-06-30", weight)))
    kept = uploads.commit(desk.store, candidate) if candidate.status == "ready" else None
    assert kept is None or desk.rows("select value_low from figure_current") == [{"value_low": Decimal(weight)}]


@pytest.mark.parametrize(
    "written", ["30/06/2025", "2025-06-30", "30 June 2025", "30 Jun 2025", "30.06.2025", "30-06-2025", "30/06/2025 00:00:00"]
)
def test_days_as_people_write_them(desk, made, written):
    desk.bring(made.outcomes(("Operation", "Start date", "Arrests"), ("Lantern", written, 3)))
    assert desk.rows("select start_date from figure_current") == [{"start_date": date(2025, 6, 30)}]


def test_years_of_two_digits_are_of_this_century(desk, made):
    candidate = desk.one(made.outcomes(("Operation", "Start date", "Arrests"), ("Lantern", "30/06/25", 3)))
    done = uploads.commit(desk.store, candidate) if candidate.status == "ready" else None
    assert done is None or desk.rows("select start_date from figure_current") == [{"start_date": date(2025, 6, 30)}]


def test_point_before_three_zeros_is_not_read_as_a_decimal(desk, made):
    candidate = desk.one(made.facebook(made.post(1, Reach="1.000"), made.post(2, Reach="2.345")))
    assert "reach" not in candidate.reading.control_totals or candidate.reading.control_totals["reach"] in (1000, 3345)


def test_reach_is_never_summed_into_anything_shown(desk, made):
    """No cell of a mart, a fact or a page's answer is the sum of two or more posts' reach; control totals alone are, and say so."""
    reaches = [1_000_003, 2_000_029, 4_000_037, 8_000_009]
    desk.bring(made.facebook(*(made.post(n, Reach=value, Views=1) for n, value in enumerate(reaches, 1))))
    sums = {sum(some) for size in range(2, 5) for some in itertools.combinations(reaches, size)}
    means = {total / size for size in range(2, 5) for total in (sum(some) for some in itertools.combinations(reaches, size))}
    for relation in [
        f'"{row["in_schema"]}"."{row["name"]}"'
        for row in desk.rows(
            "select table_schema as in_schema, table_name as name from information_schema.tables where table_catalog = 'reach'"
        )
    ]:
        for row in desk.rows(f"select * from {relation}"):
            cells = {float(value) for value in row.values() if isinstance(value, int | float | Decimal) and not isinstance(value, bool)}
            assert not cells & (sums | means), relation


# --- every record accounted for ---------------------------------------------------------------------------

WORDS = st.text(st.sampled_from("ab ,;\"'\n\t£é😀=+@<$|"), max_size=12)
COUNT = st.one_of(st.integers(0, 10**9), st.sampled_from(["", "-", "N/A"]))
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["good", "good", "good", "bad", "blank", "error", "again", "short", "long", "stray", "trailing"]),
        WORDS,
        COUNT,
        COUNT,
    ),
    min_size=1,
    max_size=14,
)
LAW = settings(max_examples=12, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def shared(a_desk):
    with a_desk() as desk:
        yield desk


@contextmanager
def brought(desk, candidate):
    """The file in force while its example is looked at, and out of force for the next."""
    done = uploads.commit(desk.store, candidate)
    assert done.status == "imported", done.message
    yield done.upload_id
    uploads.undo(desk.store, done.upload_id)
    candidates.discard([candidate])


def value_of(cell):
    return cell if isinstance(cell, int) else None


def accounted(reading, read, kept, skipped, aside):
    found = (reading.read, reading.kept, sum(reading.skipped.values()), len(reading.problems))
    assert found == (read, kept, skipped, aside)
    assert read == kept + skipped + aside


@LAW
@given(
    rows=ROWS,
    how=st.fixed_dictionaries(
        {
            "delimiter": st.sampled_from(",;\t"),
            "newline": st.sampled_from(["\n", "\r\n"]),
            "encoding": st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
        }
    ),
)
def test_every_facebook_record_is_accounted_for_and_every_value_is_as_written(shared, made, rows, how):
    headings, expected, lines = made.facebook_headings, {}, []
    counts = {"kept": 1, "skipped": 0, "aside": 0, "blank": 0}
    first = made.post(0, Reach=1, Views=1)
    lines.append([first.get(name, "") for name in headings])
    expected[first["Post ID"]] = (first["Description"], 1, 1)
    for number, (sort, words, views, reach) in enumerate(rows, 1):
        if sort == "stray":
            words = 'said "hi" to us'
        post = made.post(number, Description=words, Views=views, Reach="about 5" if sort == "bad" else reach)
        cells = [post.get(name, "") for name in headings]
        if sort == "blank":
            lines.append([""] * len(headings))
            counts["blank"] += 1
        elif sort == "error":
            lines.append(["An error occurred" if name == "Data comment" else "" for name in headings])
            counts["skipped"] += 1
        elif sort == "again":
            lines.append(lines[0])
            counts["skipped"] += 1
        elif sort == "short":
            lines.append(cells[:7])
            counts["aside"] += 1
        elif sort == "long":
            lines.append([*cells, "one more"])
            counts["aside"] += 1
        elif sort == "bad":
            lines.append(cells)
            counts["aside"] += 1
        else:
            lines.append([*cells, ""] if sort == "trailing" else cells)
            counts["kept"] += 1
            expected[post["Post ID"]] = (words.strip(" \t\n") or None, value_of(views), value_of(reach))
    views = [one[1] for one in expected.values() if one[1] is not None]
    void = not any(views) and any(one[2] for one in expected.values())
    data = made.table(headings, lines, **how)
    candidate = shared.one(data)
    accounted(candidate.reading, len(lines) - counts["blank"], counts["kept"], counts["skipped"], counts["aside"])
    with brought(shared, candidate) as upload_id:
        rows = shared.rows(f"select post_id, text, views, reach from post_observation where upload_id = '{upload_id}'")
        assert {row["post_id"]: (row["text"], row["views"], row["reach"]) for row in rows} == {
            key: (text, None if void else one, other) for key, (text, one, other) in expected.items()
        }
        assert len(rows) == len(expected)
        assert len(shared.rows(f"select 1 from problem where upload_id = '{upload_id}'")) == counts["aside"]


FIGURE_ROWS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "good",
                "good",
                "good",
                "no measure",
                "unknown measure",
                "no value",
                "bad value",
                "bad day",
                "upside down",
                "no source",
                "backwards",
                "blank",
                "again",
                "short",
            ]
        ),
        st.integers(0, 10**9),
        st.sampled_from([".5", ".25", ".00", ""]),
        WORDS,
    ),
    min_size=1,
    max_size=14,
)
WRONG = {
    "no measure": {"measure": ""},
    "unknown measure": {"measure": "dragons"},
    "no value": {"value_low": "", "value_high": ""},
    "bad value": {"value_low": "-5"},
    "bad day": {"start_date": "31/02/2025"},
    "upside down": {"value_low": 9, "value_high": 8},
    "no source": {"source": ""},
    "backwards": {"start_date": "2025-07-07", "end_date": "2025-07-06"},
}


@LAW
@given(rows=FIGURE_ROWS)
def test_every_figure_record_is_accounted_for_and_every_value_is_as_written(shared, made, rows):
    headings = made.figure_headings
    first = {"operation": "First", "value_low": 1, "note": "n"}
    lines, expected = [first], [(Decimal(1), None, "n")]
    counts = {"skipped": 0, "aside": 0, "blank": 0, "short": []}
    for number, (sort, whole, part, words) in enumerate(rows):
        money = {"measure": "cash_seized_gbp", "value_low": f"£{whole:,}{part}"}
        row = {"operation": f"Operation {number}", **money, "note": words, **WRONG.get(sort, {})}
        if sort == "blank":
            row = dict.fromkeys(headings, "")
            counts["blank"] += 1
        elif sort == "again":
            row = first
            counts["skipped"] += 1
        elif sort == "short":
            counts["short"].append(len(lines))
            counts["aside"] += 1
        elif sort in WRONG:
            counts["aside"] += 1
        else:
            expected.append((Decimal(f"{whole}{part}"), None, words.strip(" \t\n") or None))
        lines.append(row)
    whole_lines = made.figures(*(row for place, row in enumerate(lines) if place not in counts["short"]))
    data = whole_lines + b"2025-06-30,2025-07-06,,Exampleshire,short\n" * len(counts["short"])
    candidate = shared.one(data)
    accounted(candidate.reading, len(lines) - counts["blank"], len(expected), counts["skipped"], counts["aside"])
    with brought(shared, candidate):
        found = [
            (row["value_low"], row["value_high"], row["note"])
            for row in shared.rows("select value_low, value_high, note from figure_current")
        ]
        assert sorted(found, key=repr) == sorted(expected, key=repr)


def test_record_of_odd_blanks_does_not_shift_the_problems(desk, made):
    rows = [made.post(1, Reach="bad"), made.post(2, Reach=7), made.post(3, Reach=8)]
    data = made.facebook({"Post ID": "\u00a0"}, *rows)
    reading = desk.one(data).reading
    told = [problem for problem in reading.problems if problem.column == "Reach"]
    assert [problem.value for problem in told] == ["bad"]
    assert reading.control_totals["reach"] == 15


def test_problems_name_the_line_column_and_value_of_the_file(desk, made):
    """Captions span lines, so that a record's number and its line in the file differ; people look for the line."""
    data = made.facebook(
        made.post(1, Reach=1, Description="one\ntwo\nthree"), made.post(2, Reach="lots"), made.post(3, Reach=1), newline="\r\n"
    )
    done = desk.bring(data)
    (problem,) = done.reading.problems
    assert (problem.record, problem.line, problem.column, problem.value) == (2, 5, "Reach", "lots")
    assert problem.words("march.csv") == "march.csv, record 2, column Reach: 'lots' is not a whole number such as 1,234. Row set aside."
    assert desk.rows("select record_no, line, column_name, value from problem") == [
        {"record_no": 2, "line": 5, "column_name": "Reach", "value": "lots"}
    ]
