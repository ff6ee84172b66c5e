"""What a person is told before an import: answers given before, and what a careful eye would look at twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from reach import uploads

OVERVIEW = "Date,Impressions,Likes,Engagements,New follows,Unfollows\n"


def days(*rows: tuple[str, int]) -> bytes:
    return (OVERVIEW + "".join(f'"{datetime.fromisoformat(day):%a, %b %d, %Y}",{count},1,2,0,0\n' for day, count in rows)).encode()


def unusual(desk, *candidates):
    return uploads.preview(desk.store, candidates).unusual


def imported_on(desk, day, data, name="a.csv", **how):
    """Imports as if on another day."""
    done = desk.bring(data, name, **how)
    with desk.store.transaction() as cursor:
        cursor.execute("update upload set recorded_at = ? where upload_id = ?", [datetime.fromisoformat(day), done.upload_id])
    return done


def guesses(candidate):
    return {question.key: question.guess for question in candidate.questions}


def test_answer_given_before_is_a_guess_and_no_answer(desk):
    """The next file may be of another account of ours, which nothing in it says."""
    assert guesses(desk.one(days(("2025-03-01", 10)))) == {"account": None}
    desk.bring(days(("2025-03-01", 10)), account="@ExamplePolice")
    second = desk.one(days(("2025-03-01", 999)))
    assert (second.status, guesses(second)) == ("needs", {"account": "@ExamplePolice"})


def test_answers_that_differ_are_no_guess(desk):
    desk.bring(days(("2025-03-01", 10)), account="one")
    desk.bring(days(("2025-03-02", 10)), account="other")
    assert guesses(desk.one(days(("2025-03-03", 10)))) == {"account": None}


def test_answer_of_an_undone_import_is_forgotten(desk):
    done = desk.bring(days(("2025-03-01", 10)), account="one")
    uploads.undo(desk.store, done.upload_id)
    assert guesses(desk.one(days(("2025-03-03", 10)))) == {"account": None}


def test_force_is_asked_of_each_file_whose_name_speaks_of_another(desk):
    row = "Type,Date,Object of search,Outcome,Legislation\nPerson search,2024-07-01T10:00:00+00:00,Controlled drugs,Arrest,x\n"
    desk.bring(row.encode(), "2024-07-kent-stop-and-search.csv", force="Kent Police", account="@example")
    other = row.replace("07-01", "07-02").encode()
    second = desk.one(other, "2024-07-essex-stop-and-search.csv", account="@example")
    assert (second.status, guesses(second)) == ("needs", {"force": None})
    assert {row["force"] for row in desk.rows("select force from search_current")} == {"Kent Police"}


def test_account_given_for_many_files_is_not_that_of_a_file_which_names_its_own(desk, made):
    done = desk.bring(made.facebook(made.post(1, Reach=1)), account="SomebodyElse")
    assert done.account == "Example Police"
    assert [row["name"] for row in desk.rows("select name from account_current")] == ["Example Police"]


def test_total_that_falls_by_half_is_pointed_out(desk, made):
    early, late = datetime(2025, 8, 1), datetime(2025, 9, 1)
    desk.bring(made.facebook(*(made.post(number, Views=100, Reach=9) for number in (1, 2, 3))), as_of=early)
    fewer = desk.one(made.facebook(*(made.post(number, Views=10, Reach=9) for number in (1, 2, 3))), as_of=late)
    told = unusual(desk, fewer)
    assert any("total views would fall from 300 to 30" in one for one in told)
    assert any("3 posts have a lower lifetime figure" in one for one in told)
    more = desk.one(made.facebook(*(made.post(number, Views=110, Reach=9) for number in (1, 2, 3))), as_of=late)
    assert unusual(desk, more) == ()


def test_gap_between_exports_is_pointed_out(desk):
    desk.bring(days(("2025-03-01", 10), ("2025-03-02", 10)), account="a")
    (told,) = unusual(desk, desk.one(days(("2025-04-01", 10)), account="a"))
    assert "between 02/03/2025 and 01/04/2025" in told
    assert unusual(desk, desk.one(days(("2025-03-05", 10)), account="a")) == ()
    assert unusual(desk, desk.one(days(("2025-02-01", 10)), account="a")) == ()


def test_network_that_was_always_there_is_missed(desk, made):
    for number, day in enumerate(("2025-06-01", "2025-07-01", "2025-08-01"), 1):
        imported_on(desk, day, made.facebook(made.post(number, Reach=1)))
        imported_on(desk, day, days((day, 5)), "b.csv", account="a")
    only = desk.one(days(("2025-08-02", 5)), account="a")
    assert any("No file of Facebook is among these" in one for one in unusual(desk, only))
    both = desk.one(made.facebook(made.post(9, Reach=1)))
    assert not any("No file of" in one for one in unusual(desk, only, both))


def test_reach_above_impressions_is_kept_and_said(desk, made):
    headings = (*made.facebook_headings, "Impressions")
    done = desk.bring(made.facebook(made.post(1, Reach=9, Impressions=5), made.post(2, Reach=4, Impressions=5), headings=headings))
    assert done.reading.kept == 2
    assert any(note.startswith("1 row has more reach than impressions") for note in done.reading.notes)


def test_many_files_on_the_command_line_end_in_a_table(reach, made, tmp_path: Path):
    (tmp_path / "good.csv").write_bytes(made.facebook(made.post(1, Reach=1)))
    (tmp_path / "bad.csv").write_bytes(b"Name,Colour\nAda,red\n")
    done = reach("ingest", tmp_path / "good.csv", tmp_path / "bad.csv")
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["status", "rows", "aside", "new", "updated", "what", "it", "is", "file"]
    assert lines[1].startswith("imported  1") and lines[2].startswith("refused")
    assert done.returncode == 4


def test_as_of_in_the_past_never_moves(desk):
    """The date of one export says nothing of the next."""
    when = datetime.now() - timedelta(days=40)
    desk.bring(days(("2025-03-01", 10)), account="a", as_of=when)
    assert desk.one(days(("2025-03-02", 10))).as_of > when


def damaged(made, *numbers):
    """Posts whose ids a spreadsheet damaged, the page's among them."""
    return made.facebook(*(made.post(number, Reach=1, **{"Post ID": "1.2E+16", "Page ID": "1.0E+14"}) for number in numbers))


def test_sound_posts_beside_damaged_ones_are_new(desk, made):
    """The sound file tells what the page's id is, so the keys of the damaged posts change though none of them is in it."""
    desk.bring(damaged(made, 1, 2, 3))
    done = desk.bring(made.facebook(*(made.post(number, Reach=1) for number in (11, 12))))
    assert (done.changes.new, done.changes.updated, len(desk.posts())) == (2, 0, 5)


def test_damaged_posts_that_a_sound_file_takes_over_are_updated(desk, made):
    desk.bring(damaged(made, 1, 2, 3))
    done = desk.bring(made.facebook(*(made.post(number, Reach=1) for number in (2, 3, 4, 5))))
    assert (done.changes.new, done.changes.updated, len(desk.posts())) == (2, 2, 5)


def test_the_last_hour_of_a_months_searches_replaces_no_other_month(desk, made):
    """Files are of months of universal time: 23:30 there on 30 June is 1 July in London, of which July's own file has the rest."""
    headings = ("Type", "Date", "Legislation", "Object of search", "Outcome")

    def bring(name, *times):
        rows = [("Person search", time, "Misuse of Drugs Act 1971 (section 23)", "Controlled drugs", "Arrest") for time in times]
        desk.bring(made.table(headings, rows), f"{name}-leicestershire-stop-and-search.csv")

    bring("2024-07", *(f"2024-07-{day:02}T12:00:00+00:00" for day in range(1, 32)))
    bring("2024-06", "2024-06-02T10:00:00+00:00", "2024-06-30T23:30:00+00:00")
    by_day = {row["day"]: row["records"] for row in desk.rows("select day, sum(records)::int as records from search_current group by day")}
    assert sum(by_day.values()) == 33
    assert (by_day[date(2024, 6, 2)], by_day[date(2024, 7, 1)], by_day[date(2024, 7, 31)]) == (1, 2, 1)
    # Published anew: July's own file takes the place of July alone.
    bring("2024-07", "2024-07-03T12:00:00+00:00", "2024-07-31T23:30:00+00:00")
    by_day = {row["day"]: row["records"] for row in desk.rows("select day, sum(records)::int as records from search_current group by day")}
    assert by_day == {date(2024, 6, 2): 1, date(2024, 7, 1): 1, date(2024, 7, 3): 1, date(2024, 8, 1): 1}
    covered = desk.store.rows("charts/search_days", force="Leicestershire Police", object="Controlled drugs")
    assert [row["day"] for row in covered] == [date(2024, 6, 2), date(2024, 7, 3)], "an hour is no day that a file covers"
