"""The state in which files arrive: what spreadsheets, people and half-broken programs did to them."""

from __future__ import annotations

import codecs
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import made_workbooks
from reach import originals
from reach.errors import Usage
from surroundings import surroundings

OTHER = "100064197037999"


def texts(desk):
    return [row["text"] for row in desk.rows("select text from post_observation order by record_no")]


# --- encodings ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shift", range(4))
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_long_broken_row_leaves_the_encoding_alone(desk, made, shift, mark):
    """DuckDB quotes the row in its error, cut at 10,000 bytes, be it inside a letter."""
    good = made.facebook(*(made.post(number, Reach=number, Description="Café – Привіт") for number in (1, 2, 3)))
    long = '"' + "x" * shift + "😀" * 6000 + '"'
    done = desk.bring(mark + good + f"12210000000000999,{made.page},Example,,{long},06/02/2025 10:00,l,P,,Lifetime,1,2,3,4,5\n".encode())
    assert (done.reading.kept, len(done.reading.problems)) == (3, 1)
    assert done.reading.notes == ()
    assert texts(desk) == ["Café – Привіт"] * 3


def test_damaged_byte_in_marked_utf8(desk, made):
    data = made.facebook(made.post(1, Reach=1, Description="Café"), made.post(2, Reach=2, Description="ab"))
    done = desk.bring(codecs.BOM_UTF8 + data.replace(b"ab", b"a\xf0\x9fb"))
    assert "damaged" in done.reading.notes[0]
    assert texts(desk) == ["Café", "a\ufffdb"]


@pytest.mark.parametrize("spared", [True, False], ids=["heading spared", "heading quoted too"])
@pytest.mark.parametrize("tail", ["", ";;;"])
def test_lines_quoted_as_a_whole(desk, made, spared, tail):
    lines = made.facebook(made.post(1, Reach=1, Description='He said "stop", twice'), made.post(2, Reach=2)).decode().splitlines()
    quoted = [line if spared and not number else '"' + line.replace('"', '""') + '"' + tail for number, line in enumerate(lines)]
    done = desk.bring("\n".join(quoted).encode())
    assert done.reading.kept == 2
    assert texts(desk) == ['He said "stop", twice', "Post 2"]
    assert originals.content(desk.store, done.taken.sha256) == "\n".join(quoted).encode()


@pytest.mark.parametrize("content", [b"\x00" * 40, b"\xef\xbb\xbf", b" \r\n \r\n", b",,,\n,,,\n"])
def test_file_of_nothing_is_called_empty(desk, content):
    assert "empty" in desk.one(content).message


# --- dates --------------------------------------------------------------------------------------------------------


def test_publish_year_of_two_figures(desk, made):
    desk.bring(made.facebook(made.post(1, Reach=1, **{"Publish time": "3/10/25 9:00"})))
    assert desk.posts("published_at") == [{"published_at": datetime(2025, 3, 10, 16)}]


@pytest.mark.parametrize("clock", ["03/10/0025 09:00", "12/31/2199 10:00", "01/01/1999 10:00"])
def test_publish_time_out_of_time_is_set_aside(desk, made, clock):
    done = desk.bring(made.facebook(made.post(1, Reach=1), made.post(2, Reach=2, **{"Publish time": clock})))
    assert [problem.value for problem in done.reading.problems] == [clock]


def test_date_order_meant_for_other_files_leaves_meta_alone(desk, made):
    posts = [made.post(day, Reach=1, **{"Publish time": f"03/{day:02d}/2025 10:00"}) for day in range(1, 12)]
    desk.bring(made.facebook(*posts), date_order="dmy")
    assert {row["published_at"].month for row in desk.posts("published_at")} == {3}


@pytest.mark.parametrize("day", ["27/02/2023", "2023-02-27", "2023/02/27", "27-Feb-23", "27 Feb 2023", "27 February 2023", "27.02.2023"])
def test_days_in_many_forms(desk, made, day):
    done = desk.bring(made.figures({"start_date": day, "end_date": day, "value_low": 1, "value_high": 1}))
    assert done.reading.problems == ()
    assert desk.rows("select start_date from figure")[0]["start_date"].isoformat() == "2023-02-27"


# --- ids ----------------------------------------------------------------------------------------------------------

WAYS = {
    "apostrophe": lambda number, post: f"'{post}",
    "formula": lambda number, post: f'="{post}"',
    "quotation marks": lambda number, post: f'"{post}"',
    "grouped": lambda number, post: "\u00a0".join([post[:2], *(post[place : place + 3] for place in range(2, len(post), 3))]),
    "too narrow a column": lambda number, post: "#######",
    "half of them rounded": lambda number, post: post[:15] + "00" if number % 2 else post,
    "all rounded": lambda number, post: post[:15] + "00",
    "scientific": lambda number, post: f"{float(post):.5E}",
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("count", [1, 6])
@pytest.mark.parametrize("sound_first", [True, False])
def test_damaged_ids_join_their_posts(desk, made, way, count, sound_first):
    posts = [made.post(number, Reach=number) for number in range(1, count + 1)]
    sound = made.facebook(*posts)
    damaged = made.facebook(*({**post, "Post ID": way(number, post["Post ID"]), "Views": 9} for number, post in enumerate(posts, 1)))
    for data in (sound, damaged) if sound_first else (damaged, sound):
        desk.bring(data)
    assert [(row["reach"], row["views"]) for row in desk.posts("reach, views")] == [(number, 9) for number in range(1, count + 1)]


def test_damaged_rows_stay_with_their_posts_when_the_page_is_renamed(desk, made):
    posts = [made.post(number, Reach=number) for number in (1, 2)]
    desk.bring(made.facebook(*({**post, "Post ID": "1.2E+16", "Page ID": "1.0E+14"} for post in posts)))
    desk.bring(made.facebook(*posts))
    desk.bring(made.facebook(made.post(3, Reach=3, **{"Page name": "New name"})))
    assert len(desk.posts()) == 3
    desk.bring(made.facebook(*({**post, "Post ID": "1.2E+16", "Page ID": "1.0E+14", "Views": 8} for post in posts)))
    assert [row["views"] for row in desk.posts("views")] == [8, 8, None]


def test_x_id_in_scientific_form_gives_no_instant(desk, made):
    """Its last digits, and with them minutes, are lost."""
    old = made.table(
        ("Tweet id", "Tweet permalink", "Tweet text", "time", "impressions"), [("8.12E+17", "", "Words", "2016-12-23 18:50 +0000", 5)]
    )
    desk.bring(old, account="example")
    assert desk.posts("published_at") == [{"published_at": datetime(2016, 12, 23, 18, 50)}]
    new = desk.one(made.x_posts({"Post id": "1.89123E+18", "Post Link": ""}), account="example")
    assert "damaged" in new.message


# --- outcomes and figures -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["Total", "TOTALS:", "Grand total", "Subtotal", "Sub-total", "Overall total", "Total (5 operations)", "Total 2023", "Totals for week"],
)
def test_rows_of_totals_are_left_out(desk, name):
    done = desk.bring(f"Operation,Arrests\nLantern,5\nTotalise,7\n{name},12\n".encode())
    assert (done.reading.control_totals, sum(done.reading.skipped.values())) == ({"arrests": 12}, 1)


def test_one_fact_written_in_two_ways_counts_once(desk, made):
    one = {"start_date": "2025-02-27", "measure": "arrests", "qualifier": "exact", "value_low": 12, "value_high": 12}
    other = {**one, "start_date": "27/02/2025", "measure": "Arrests", "qualifier": "Exact"}
    done = desk.bring(made.figures(one, other))
    assert done.reading.control_totals == {"arrests": 12}
    assert done.reading.skipped == {"the same row again": 1}


def test_money_that_could_be_thousands_is_set_aside(desk):
    done = desk.bring(b"Operation,Cash seized (GBP),Arrests\nLantern,66.500,1\nBeacon,66.50,2\n")
    assert [problem.value for problem in done.reading.problems] == ["66.500"]


def test_half_an_arrest_is_set_aside(desk, made):
    done = desk.bring(made.figures({"value_low": "12.5"}, {"value_low": "12", "start_date": "2025-07-01"}))
    assert "whole number" in done.reading.problems[0].reason


def test_corrected_outcomes_with_an_old_file_time_are_shown(desk):
    desk.bring(b"Operation,Arrests\nLantern,5\n")
    year_ago = (datetime.now() - timedelta(days=365), "file time")
    done = desk.bring(b"Operation,Arrests\nLantern,9\n", stated=year_ago)
    assert done.changes.updated == 1
    assert [row["value_low"] for row in desk.rows("select value_low from figure_current")] == [9]


def test_first_of_several_names_of_a_column_is_read(desk):
    desk.bring(b"Operation,Date,Start date,Arrests\nLantern,01/02/2025,27/02/2025,5\n")
    assert str(desk.rows("select start_date from figure")[0]["start_date"]) == "2025-02-27"


def test_data_row_made_of_headings_is_no_heading(desk, made):
    done = desk.bring(made.figures({"operation": "Operation", "value_low": 3}, {"operation": "Op", "value_low": 4}))
    assert done.reading.format.key == "figures"


def test_number_of_a_workbook_is_what_a_person_sees(desk):
    book = made_workbooks.xlsx({"A": [["Operation", "Drugs seized (kg)", "Arrests"], ["Lantern", 0.1 + 0.2, 5], ["Beacon", 0.00001, 1]]})
    done = desk.bring(book, "kilos.xlsx")
    assert [problem.value for problem in done.reading.problems] == ["0.00001"], "more decimals than a weight is given with"
    assert done.reading.control_totals == {"drugs_seized_kg": 0.3, "arrests": 5}


def test_damaged_original_is_one_line(desk, made):
    done = desk.bring(made.facebook(made.post(1, Reach=1)))
    with desk.store.transaction() as cursor:
        cursor.execute("update original set bytes = 'no archive'::blob")
    with pytest.raises(Usage, match="damaged"):
        originals.content(desk.store, done.taken.sha256)


# --- what the command line says of it ------------------------------------------------------------------------------


def test_notes_and_whose_account_are_said(reach, made, tmp_path: Path):
    path = tmp_path / "two pages.csv"
    other = {"Page ID": OTHER, "Page name": "Partner"}
    path.write_bytes(made.facebook(made.post(1, Reach=1), made.post(2, Reach=2), made.post(3, Reach=3, **other)))
    damaged = tmp_path / "damaged.csv"
    damaged.write_bytes(made.facebook(made.post(1, Reach=1, **{"Post ID": "1.22E+16"})))
    said = reach("ingest", path, damaged).stdout
    assert "Taken to be our own: Example Police; 1 other account in the file not." in said
    assert "do not open it in Excel" in said


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_stream_that_is_gone_stops_no_import(reach, made, tmp_path: Path, closed):
    files = [tmp_path / f"{number}.csv" for number in range(3)]
    for number, path in enumerate(files):
        path.write_bytes(made.facebook(made.post(number, Reach=1)))
    read, write = os.pipe()
    os.close(read)
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, closed: write}
    command = [sys.executable, "-m", "reach", "ingest", *map(str, files)]
    done = subprocess.run(command, env=surroundings(tmp_path / "reach.duckdb"), cwd=tmp_path, check=False, timeout=60, **streams)
    os.close(write)
    assert done.returncode == 0
    assert reach("query", "pages/held").stdout.count("facebook") >= 1
    assert reach("uploads").stdout.count("in force") == 3 + 1


def test_wrong_answers_are_usage(reach, made, tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_bytes(made.facebook(made.post(1, Reach=1)))
    (tmp_path / "nothing").mkdir()
    for arguments, words in (
        (("--as-of", "2206-01-01", path), "in the future"),
        (("--network", "friendster", path), "Known: facebook"),
        ((tmp_path / "nothing",), "holds no file"),
    ):
        done = reach("check", *arguments)
        assert (done.returncode, words in done.stderr) == (2, True), done.stderr


def test_check_says_when_it_could_not_compare(desk, reach, made, tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_bytes(made.facebook(made.post(1, Reach=1)))
    desk.bring(path)
    assert "Compared with nothing" in reach("check", path, store=desk.settings.store).stdout
