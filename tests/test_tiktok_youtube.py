"""TikTok's days without a year, and the tables of YouTube Studio that are told apart: what golden pairs do not show."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from oracles import tiktok
from reach import candidates, settings
from reach.candidates import Candidate
from reach.formats._tiktok import day_of, years_back
from reach.reading import Answers
from test_formats import SAMPLES, rows_of

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
OVERVIEW = ("Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares")


@pytest.fixture
def known(tmp_path: Path) -> settings.Settings:
    return settings.load(tmp_path / "none.duckdb")


def check(
    folder: Path, known: settings.Settings, rows: Sequence[Sequence[str]], as_of: str | None = None, stated: str | None = None
) -> Candidate:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return check_text(folder, known, text.getvalue(), as_of, stated)


def check_text(folder: Path, known: settings.Settings, text: str, as_of: str | None = None, stated: str | None = None) -> Candidate:
    path = folder / "export.csv"
    path.write_text(text, encoding="utf-8")
    answers = Answers(account="example", as_of=datetime.fromisoformat(as_of) if as_of else None)
    dated = (datetime.fromisoformat(stated), "file time") if stated else None
    (candidate,) = candidates.check(path, path.name, folder, known, None, answers, dated)
    return candidate


def days_of(candidate: Candidate, folder: Path, known: settings.Settings) -> list[date]:
    assert candidate.reading
    rows = rows_of(candidate.reading, folder, known)
    return [day for day in dict.fromkeys((row["record_no"], row["day"]) for row in rows) for day in day if isinstance(day, date)]


def overview(days: Sequence[date]) -> list[tuple[str, ...]]:
    return [OVERVIEW, *((f"{MONTHS[day.month - 1]} {day.day}", str(number), "0", "0", "0", "0") for number, day in enumerate(days))]


def run(last: date, length: int) -> list[date]:
    return [last - timedelta(days=back) for back in range(length - 1, -1, -1)]


@pytest.mark.parametrize(
    ("last", "length", "exported"),
    [
        (date(2026, 2, 27), 365, "2026-02-28"),
        (date(2026, 2, 28), 366, "2026-03-05"),  # 28 February stands in it twice
        (date(2025, 2, 28), 366, "2025-03-01"),  # with a 29 February
        (date(2024, 2, 29), 366, "2024-03-01"),
        (date(2024, 12, 31), 366, "2025-06-01"),
        (date(2026, 1, 1), 2, "2026-01-01"),
        (date(2025, 12, 31), 60, "2026-01-01"),
        (date(2024, 3, 5), 7, "2027-02-01"),  # 29 February says which year
        (date(2025, 1, 5), 365, "2027-06-01"),
    ],
)
@pytest.mark.parametrize("descending", [False, True])
def test_years_are_walked(tmp_path: Path, known: settings.Settings, last: date, length: int, exported: str, descending: bool) -> None:
    days = run(last, length)[:: -1 if descending else 1]
    found = check(tmp_path, known, overview(days), exported)
    assert found.reading
    assert found.reading.kept == length, found.reading.problems[:1]
    assert days_of(found, tmp_path, known) == days


def test_gaps_do_not_matter_and_bad_cells_are_set_aside(tmp_path: Path, known: settings.Settings) -> None:
    days = [date(2025, 11, 3), date(2025, 12, 4), date(2026, 1, 3), date(2026, 1, 4)]
    rows = overview(days)
    rows.insert(3, ("February 30", "1", "0", "0", "0", "0"))
    rows.insert(4, ("", "1", "0", "0", "0", "0"))
    found = check(tmp_path, known, rows, "2026-02-01")
    assert days_of(found, tmp_path, known) == days
    assert found.reading
    reasons = [problem.reason for problem in found.reading.problems]
    assert reasons == ["is not a day such as February 28 or 8 de marzo", "the record has no day"]


@pytest.mark.parametrize(
    "days",
    [
        ("April 1", "October 9", "February 3", "August 4", "January 7"),
        ("April 1", "April 2", "March 29", "March 30", "March 31"),  # sorted by name
        ("March 31", "March 30", "March 29", "April 2", "April 1"),
        ("March 3", "March 1", "March 2"),
        ("January 2", "January 1", "December 31", "January 3"),
        ("November 1", "December 31"),
    ],
)
def test_days_in_no_order_are_not_guessed(tmp_path: Path, known: settings.Settings, days: tuple[str, ...]) -> None:
    found = check(tmp_path, known, [OVERVIEW, *((day, "1", "0", "0", "0", "0") for day in days)], "2026-06-01")
    assert found.status == "refused"
    assert "do not follow one another within one year" in found.message
    assert tiktok.anchored(list(days), date(2026, 6, 1)) == [None] * len(days)


@pytest.mark.parametrize(
    "days",
    [("30/12/2025", "31/12/2025", "01/01/2026"), ("12/30/2025", "12/31/2025", "1/1/2026"), ("30.12.2025", "31.12.2025", "1.1.2026")],
)
def test_days_in_numbers_need_one_above_12(tmp_path: Path, known: settings.Settings, days: tuple[str, ...]) -> None:
    rows = [(day, str(views), "0", "0", "0", "0") for day, views in zip(days, (3, 4, 5), strict=True)]
    found = check(tmp_path, known, [OVERVIEW, *rows], "2026-06-01")
    assert found.reading, found.message
    assert [found.reading.first.date(), found.reading.last.date()] == [date(2025, 12, 30), date(2026, 1, 1)]
    assert found.reading.control_totals["views"] == 12


@pytest.mark.parametrize("days", [("03/01/2026", "04/01/2026", "05/01/2026"), ("Monday", "Tuesday", "Wednesday")])
def test_cells_that_are_no_days_are_called_so(tmp_path: Path, known: settings.Settings, days: tuple[str, ...]) -> None:
    found = check(tmp_path, known, [OVERVIEW, *((day, "1", "0", "0", "0", "0") for day in days)], "2026-06-01")
    assert found.status == "refused"
    assert f"'{days[0]}' is not a day such as February 28 or 8 de marzo" in found.message


def test_export_date_is_said_and_an_answer_re_anchors(tmp_path: Path, known: settings.Settings) -> None:
    days = run(date(2025, 5, 29), 7)
    found = check(tmp_path, known, overview(days), stated="2026-05-29 23:30:00")
    assert found.reading
    # 23:30 UTC is 30 May in London.
    assert found.reading.notes == ("Years worked out from the export date of 30 May 2026; change Exported on if that is wrong.",)
    assert found.period == (date(2026, 5, 23), date(2026, 5, 29))
    again = candidates.answer(found, Answers(account="example", as_of=datetime(2025, 6, 1, 12)), known, None)
    assert again.reading
    assert again.reading.notes == ()
    assert again.period == (date(2025, 5, 23), date(2025, 5, 29))
    # A clock that runs ahead anchors on nothing later than now.
    ahead = check(tmp_path, known, overview(days), stated="2190-01-01 00:00:00")
    assert ahead.period[1] <= date.today()


def test_years_that_a_spreadsheet_added(tmp_path: Path, known: settings.Settings) -> None:
    days = run(date(2026, 1, 2), 5)
    right = [OVERVIEW, *((day.isoformat(), "1", "0", "0", "0", "0") for day in days)]
    assert days_of(check(tmp_path, known, right, "2026-02-01"), tmp_path, known) == days
    wrong = [OVERVIEW, *((day.replace(year=2026).isoformat(), "1", "0", "0", "0", "0") for day in days)]
    assert days_of(check(tmp_path, known, wrong, "2026-02-01"), tmp_path, known) == days
    ahead = [OVERVIEW, *((day.replace(year=2026).isoformat(), "1", "0", "0", "0", "0") for day in days[:3])]
    assert "is after the day on which the file was exported" in check(tmp_path, known, ahead, "2026-02-01").message


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("February 28", (2, 28)),
        ("Feb 28", (2, 28)),
        ("28-Feb", (2, 28)),
        ("8 de marzo", (3, 8)),
        ("30 de abril", (4, 30)),
        ("1 de março", (3, 1)),
        ("28. Februar", (2, 28)),
        ("3. März", (3, 3)),
        ("28 février", (2, 28)),
        ("1er août", (8, 1)),
        ("9 déc.", (12, 9)),
        ("5 luglio", (7, 5)),
        ("5 mei", (5, 5)),
        ("2\u670828\u65e5", (2, 28)),
        ("29 février", (2, 29)),
    ],
)
def test_days_in_many_languages(cell: str, day: tuple[int, int]) -> None:
    assert day_of(cell) == (None, *day)


@pytest.mark.parametrize("cell", ["", "February 30", "32 de marzo", "ju 5", "March", "28", "undefined", "13/02"])
def test_other_cells_are_no_days(cell: str) -> None:
    assert day_of(cell) is None


def test_years_back_agrees_with_the_second_reader() -> None:
    for start in range(0, 800, 37):
        for length in (1, 2, 28, 365, 366):
            days = run(date(2024, 1, 1) + timedelta(days=start), length)
            back = years_back([(day.month, day.day) for day in days])
            assert back == [days[-1].year - day.year for day in days]
    assert tiktok.anchored(["January 1", "December 31"], date(2026, 1, 5)) == [date(2026, 1, 1), date(2025, 12, 31)]


@pytest.mark.parametrize(
    ("headings", "row", "named"),
    [
        ("Date,Hour,Active followers", "March 1,3,20", "FollowerHistory"),
        ("Gender,Distribution", "Male,0.4", "FollowerHistory"),
        ("Top territories,Distribution", "GB,0.4", "FollowerHistory"),
        ("Traffic source,Views,Watch time (hours)", "YouTube search,5,1.5", "traffic source"),
        ("Geography,Views,Average view duration", "GB,5,0:01:00", "geography"),
        ("Cities,City name,Views,Watch time (hours)", "0x4876,Leicester,5,1", "geography"),
        ("Viewer age,Views (%),Watch time (hours) (%)", "18-24,5,1", "age"),
        ("Something new,Views,Watch time (hours)", "a,5,1", "traffic source"),
        ("Date,Geography,Views", "2025-01-01,GB,5", "chart data"),
        ("Date,Content,Video title,Video publish time,Views", '2025-01-01,abcdefghijk,One,"Jan 1, 2025",5', "chart data"),
        ("Date,Something new,Watch time (hours)", "2025-01-01,words,5", "chart data"),
        ("Date,Subscribers", "2025-01-01,-5", "net subscribers"),
        ("Data,Receita estimada (USD)", "2025-01-01,0.5", "revenue"),
        ("Datum,Durchschnittliche Wiedergabedauer", "2025-01-01,0:01:00", "averages"),
    ],
)
def test_declined_by_name(tmp_path: Path, known: settings.Settings, headings: str, row: str, named: str) -> None:
    found = check_text(tmp_path, known, f"{headings}\n{row}\n")
    assert found.status == "refused"
    assert found.declined
    assert named in found.message


@pytest.mark.parametrize(
    ("headings", "row", "format"),
    [
        ("Date,Total Viewers,New Viewers", "March 1,3,2", "tiktok_viewers"),
        ("Likes,Profile Views,Video Views,Date", "1,2,3,March 1", "tiktok_overview"),
        ("Date,Likes,Reached audience,Video views", "2025/10/31,1,2,3", "tiktok_business_days"),
        ("Views,Video publish time,Content", '7,"Jan 5, 2025",abcdefghijk', "youtube_videos"),
        ("Unique viewers,Date", "7,2025-01-01", "youtube_days"),
        ("Date,Views,Hype points,Watch time (hours)", "2025-01-01,7,3,1.5", "youtube_days"),
        ("Date,Shares", "2025-01-01,7", "youtube_days"),
    ],
)
def test_recognised_in_any_order(tmp_path: Path, known: settings.Settings, headings: str, row: str, format: str) -> None:
    found = check_text(tmp_path, known, f"{headings}\n{row}\n", "2026-03-10")
    assert found.status == "ready", found.message
    assert found.reading
    assert found.reading.format.key == format


@pytest.mark.parametrize(
    "headings",
    [
        "Date,Impressions,Likes,Engagements",
        "Date,Network,Profile,Impressions,Likes,Video Views",
        "Date,Views,Reactions",
        "Page path,Views",
        "Country,Views",
        "Date,Content,Likes,Comments,Shares",
        "Video title,Views,Likes",
    ],
)
def test_files_of_others_are_left_alone(tmp_path: Path, known: settings.Settings, headings: str) -> None:
    found = check_text(tmp_path, known, f"{headings}\n{','.join('1' for _ in headings.split(','))}\n")
    assert found.status == "refused"
    assert not found.declined
    assert "its columns are not those of an export" in found.message or "not recognised" in found.message


@pytest.mark.parametrize("inner", [",", ";"])
def test_a_remark_that_lists_youtube_s_words_makes_no_export_of_a_table(tmp_path: Path, known: settings.Settings, inner: str) -> None:
    """A list of files, of another delimiter than its remarks are taken apart by: nothing known, and said to be so."""
    words = f"{inner} ".join(("Seen with", "Views", "Watch time (hours)", "Estimated revenue (GBP)", "and more"))
    remarks = ["Empty", words, f"Sent by post{inner} twice", "Late", f"One{inner} two{inner} three", "Late"]
    rows = [f"box {number}\t{number}\t{remark}" for number, remark in enumerate(remarks)]
    found = check_text(tmp_path, known, "\n".join(["shelf\tcopies\tremarks", *rows, ""]))
    assert found.status == "refused" and found.unknown and not found.declined
    assert found.message.startswith("export.csv: its columns are not those of an export that Reach reads.")


def test_header_only_files_say_so(tmp_path: Path, known: settings.Settings) -> None:
    for headings in (",".join(OVERVIEW), "Date,Views", "Content,Video title,Video publish time,Views"):
        found = check_text(tmp_path, known, f"{headings}\n", "2026-03-10")
        assert "a heading and no rows" in found.message


def test_same_figures_in_any_encoding_and_delimiter(tmp_path: Path, known: settings.Settings) -> None:
    rows = [("Datum", "Aufrufe", "Wiedergabezeit (Stunden)"), ("2024-02-29", "1,204", "2.5"), ("2024-03-01", "7", "0.0001")]
    for encoding, delimiter, end in (
        ("utf-8", ",", "\n"),
        ("utf-8-sig", ";", "\r\n"),
        ("utf-16", "\t", "\r\n"),
        ("cp1252", ";", "\r"),
    ):
        text = io.StringIO()
        csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
        path = tmp_path / "days.csv"
        path.write_bytes(text.getvalue().encode(encoding))
        (found,) = candidates.check(path, path.name, tmp_path, known, None, Answers(account="example"))
        assert found.reading
        assert found.reading.control_totals == {"views": 1211, "watch_seconds": 9000.36}, (encoding, delimiter)


def test_hours_with_a_point_beside_decimal_commas_are_set_aside(tmp_path: Path, known: settings.Settings) -> None:
    rows = '2024-03-01,"12,5"\n2024-03-02,1.234\n2024-03-03,"1.234,5"\n'
    found = check_text(tmp_path, known, f"Datum,Wiedergabezeit (Stunden)\n{rows}")
    assert found.reading
    # 12.5 and 1,234.5 hours of 3,600 seconds.
    assert found.reading.control_totals == {"watch_seconds": 45_000 + 4_444_200}
    assert [problem.value for problem in found.reading.problems] == ["1.234"]


def test_seconds_with_a_point_beside_decimal_commas_are_set_aside(tmp_path: Path, known: settings.Settings) -> None:
    link = "https://www.tiktok.com/@example/video/759017590175901{}"
    rows = "".join(f'{link.format(number)},March 1,5,"{played}"\n' for number, played in ((7001, "12,50"), (7002, "1.234"), (7003, "8")))
    found = check_text(tmp_path, known, f"Video link,Post time,Total views,Total play time\n{rows}")
    assert found.reading
    assert found.reading.control_totals == {"views": 5, "watch_seconds": 8}
    assert [problem.value for problem in found.reading.problems] == ["12,50", "1.234"]


def test_parts_of_a_zip_that_are_declined_are_a_remark(tmp_path: Path, known: settings.Settings) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Table data.csv", "Traffic source,Views,Watch time (hours)\nTotal,5,1\nYouTube search,5,1\n")
        archive.writestr("Totals.csv", "Date,Views\n2025-06-01,5\n")
    (found,) = candidates.check(path, path.name, tmp_path, known, None, Answers(account="example"))
    assert found.reading
    assert found.reading.format.key == "youtube_days"
    assert found.reading.notes[-1] == "Also in the file and not read: Table data.csv."


def test_chart_data_without_the_column_it_is_split_by_is_declined(tmp_path: Path, known: settings.Settings) -> None:
    rows = "".join(f"2025-01-{day:02},{views}\n" for views in (40, 30, 20) for day in range(1, 29))
    found = check_text(tmp_path, known, f"Date,Views\n{rows}")
    assert (found.status, found.declined) == ("refused", True)
    assert "Its days stand there several times with different values" in found.message


def test_a_day_that_stands_twice_in_a_file_of_days_is_set_aside(tmp_path: Path, known: settings.Settings) -> None:
    found = check_text(tmp_path, known, "Date,Views\nTotal,60\n2025-01-01,10\n2025-01-02,20\n2025-01-03,30\n2025-01-03,31\n2025-01-01,10\n")
    assert found.reading
    assert (found.reading.kept, found.reading.control_totals) == (3, {"views": 60})
    assert [problem.record for problem in found.reading.problems] == [5]


def test_metrics_that_were_not_worked_out(tmp_path: Path, known: settings.Settings) -> None:
    found = check_text(tmp_path, known, "Date,Views,Unique viewers\nTotal,5,4\n2025-01-01,5,0\n2025-01-02,0,\n")
    assert found.reading
    assert found.reading.control_totals == {"views": 5}
    assert "Unique viewers is 0 throughout, as it is where it was not worked out, so it is taken as missing." in found.reading.notes


def test_the_channel_is_asked_for(tmp_path: Path, known: settings.Settings) -> None:
    path = tmp_path / "totals.csv"
    path.write_text("Date,Views\n2025-01-01,5\n", encoding="utf-8")
    (found,) = candidates.check(path, path.name, tmp_path, known, None)
    assert [question.key for question in found.questions] == ["account"]


@pytest.mark.parametrize(
    ("sample", "named"),
    [
        ("youtube/yt_trafficsource_2025_chart.csv", "chart data"),
        ("youtube/yt_trafficsource_2025_table.csv", "traffic source"),
        ("youtube/yt_ptbr_ufscar_idade.zip", "age"),
    ],
)
def test_declined_samples(tmp_path: Path, known: settings.Settings, sample: str, named: str) -> None:
    path = SAMPLES / sample
    if not path.is_file():
        pytest.skip("the folder of real exports is not at hand")
    (found,) = candidates.check(path, path.name, tmp_path, known, None)
    assert found.status == "refused"
    assert found.declined
    assert named in found.message
