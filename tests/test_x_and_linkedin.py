"""Exports of X and LinkedIn beyond their golden pairs: what is declined and why, and the states the files arrive in."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest

import made_workbooks
from reach import candidates, originals, uploads

SAMPLES = Path(__file__).parent.parent.parent / "shared" / "samples"
DAYS = ["Date", "Impressions (total)", "Unique impressions (organic)", "Clicks (total)", "Reactions (total)"]
MEMBER = {
    "DISCOVERY": [["Overall Performance", "1/1/2026 - 1/31/2026"], ["Impressions", 900], ["Members reached", 500]],
    "ENGAGEMENT": [["Date", "Impressions", "Engagements"], ["1/1/2026", 4, 0]],
    "TOP POSTS": [
        ["Maximum of 50 posts available to include in this list"],
        [""],
        ["Post URL", "Post publish date", "Engagements", "", "Post URL", "Post publish date", "Impressions"],
        ["https://www.linkedin.com/feed/update/urn:li:activity:7169119021084717113", "1/2/2026", 9, "", "", "", 3],
    ],
    "FOLLOWERS": [["Total followers on 1/31/2026:", 800], [""], ["Date", "New followers"], ["1/1/2026", 2]],
    "DEMOGRAPHICS": [["Top Demographics", "Value", "Percentage"], ["Job titles", "Constable", "5%"]],
}


def text(rows, delimiter=",", end="\n") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator=end).writerows(rows)
    return stream.getvalue()


def judged(desk, data, name="export.csv", **answers):
    if isinstance(data, str):
        data = data.encode()
    found = desk.check(data, name, **answers)
    candidates.discard(found)
    return found


@pytest.mark.parametrize(
    ("rows", "label"),
    [
        ([["Page", "Total Followers", "New Followers", "Total post engagements", "Total posts"], ["Exampleton", 9, 1, 2, 3]], "competitor"),
        ([["01/01/2024 - 01/31/2024"], ["Page", "Total followers", "Total posts"], ["Exampleton", 9, 3]], "competitor"),
        ([["Location", "Total followers"], ["Exampleton", 60]], "by place, job or company"),
        ([["Company size", "Total views"], ["11-50", 60]], "by place, job or company"),
        *((rows, "creator export") for rows in MEMBER.values()),
    ],
    ids=str,
)
def test_declined_by_name_with_the_reason(desk, rows, label):
    (found,) = judged(desk, text(rows))
    assert (found.status, found.declined) == ("refused", True)
    assert label in found.message
    assert "Export the page" in found.message or "Choose the sheet" in found.message or "Export your own page" in found.message


def test_member_workbook_is_declined_sheet_by_sheet(desk):
    found = judged(desk, made_workbooks.xlsx(MEMBER), "example_Content.xlsx")
    assert [(one.status, one.declined) for one in found] == [("refused", True)] * len(MEMBER)


@pytest.mark.parametrize(
    "rows",
    [
        [["Date", "Impressions", "Engagements"], ["2026-01-01", 4, 0]],
        [["Date", "New followers"], ["1/1/2026", 2]],
        [["Date", "Total followers"], ["01/01/2026", 2]],
    ],
    ids=str,
)
def test_columns_that_could_be_anybodys_are_not_claimed(desk, rows):
    (found,) = judged(desk, text(rows))
    assert found.status == "refused"
    assert not found.declined


def test_refusal_never_sends_a_person_to_a_declined_export(desk):
    (found,) = judged(desk, text([["Location", "Views"], ["Exampleton", 5]]))
    assert "by place, job or company" not in found.message


@pytest.mark.parametrize("day", ["03/04/2024", "3/4/2024", "3/4/24", "2024-03-04", "03-04-2024"])
def test_linkedin_days_are_month_first_and_never_asked(desk, day):
    (found,) = judged(desk, text([DAYS, [day, 10, 5, 1, 0]]), account="Example Constabulary")
    assert found.status == "ready", found.message
    assert found.period[0].isoformat() == "2024-03-04"


def test_linkedin_account_is_asked(desk):
    (found,) = judged(desk, text([DAYS, ["03/04/2024", 10, 5, 1, 0]]))
    assert (found.status, [question.key for question in found.questions]) == ("needs", ["account"])


@pytest.mark.parametrize("cell", ["-3", "-1,204", " -3 "])
def test_reactions_taken_back_may_outnumber_those_of_the_day(desk, cell):
    (found,) = judged(desk, text([DAYS, ["03/04/2024", 10, 5, 1, cell]]), account="a")
    assert found.reading.control_totals["reactions_likes"] == int(cell.replace(",", ""))


@pytest.mark.parametrize("cell", ["-3", "1.204", "1e99", "inf", "12a", "--3", "1,20"])
def test_counts_that_cannot_be_are_set_aside(desk, cell):
    (found,) = judged(desk, text([DAYS, ["03/04/2024", cell, 5, 1, 0], ["03/05/2024", 1, 1, 1, 1]]), account="a")
    assert [(problem.record, problem.column) for problem in found.reading.problems] == [(1, "Impressions (total)")]
    assert found.reading.control_totals["impressions"] == 1


def test_reach_and_unique_visitors_keep_their_headings_and_are_stored_by_day(desk):
    desk.bring(text([DAYS, ["03/04/2024", 10, 5, 1, 0], ["03/05/2024", 20, 7, 1, 0]]).encode(), account="Example Constabulary")
    rows = desk.rows("select day, value, heading, account from account_day where metric = 'reach' order by day")
    assert [(row["value"], row["heading"]) for row in rows] == [
        (Decimal(5), "Unique impressions (organic)"),
        (Decimal(7), "Unique impressions (organic)"),
    ]
    assert {row["account"] for row in rows} == {"example constabulary"}


def test_the_later_export_of_a_day_is_shown(desk):
    for name, value in (("page_content_1709900000000.csv", 10), ("page_content_1709800000000.csv", 7)):
        desk.bring(text([DAYS, ["03/04/2024", value, 5, 1, 0]]).encode(), name, account="Example Constabulary")
    assert [row["value"] for row in desk.rows("select value from day_current where metric = 'impressions'")] == [Decimal(10)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16-le", "utf-16-be", "utf-16", "cp1252"])
def test_by_day_in_any_order_encoding_and_delimiter(desk, delimiter, encoding):
    rows = [
        ["promoted likes", "user profile clicks", "likes", "Date", "impressions", "Tweets published"],
        ["-", "3", "1,204", "2020-02-29", "5,000", "2"],
        ["-", "", "N/A", "2020-03-01", "\u2013" if "utf" in encoding else "-", "0"],
    ]
    (found,) = judged(desk, text(rows, delimiter, "\r\n").encode(encoding), account="@ExampleConstab")
    assert found.reading.format.key == "x_days_old"
    assert found.reading.control_totals == {"impressions": 5000, "reactions_likes": 1204, "posts_published": 2, "profile_visits": 3}
    assert found.reading.kept == 2


def test_by_day_with_ambiguous_dates_is_asked(desk):
    rows = [["Date", "Tweets published", "impressions"], ["03/04/2021", 1, 5], ["04/04/2021", 1, 5]]
    (found,) = judged(desk, text(rows), account="a")
    assert [question.key for question in found.questions] == ["date_order"]
    (found,) = judged(desk, text(rows), account="a", date_order="mdy")
    assert found.period[0].isoformat() == "2021-03-04"


@pytest.mark.parametrize("rows", [[DAYS], [["Date", "Tweets published", "impressions"]], [["Date", "Views", "Watch Time (ms)"]]], ids=str)
def test_heading_alone_says_that_there_are_no_rows(desk, rows):
    (found,) = judged(desk, text(rows), account="a")
    assert "a heading and no rows" in found.message


def test_other_shares_and_media_views_of_x_are_not_reposts_and_plays(desk):
    rows = [["Date", "Impressions", "Shares", "Unfollows", "Media views"], ["Tue, Feb 18, 2025", 62, 9, 0, 70]]
    (found,) = judged(desk, text(rows), account="a")
    assert found.reading.control_totals == {"impressions": 62, "unfollows": 0}


def test_list_of_videos_is_said_not_to_be_read(desk):
    path = Path(__file__).parent / "formats" / "x_video_days" / "days_and_videos.csv"
    (found,) = judged(desk, path.read_bytes(), account="a")
    assert found.reading.notes == ("Also in the file and not read: Your videos.",)


def test_staff_names_of_the_real_workbook_are_not_kept(desk):
    path = SAMPLES / "linkedin" / "li_content_2025-12-23_2026-03-22_doorly.xls"
    if not path.is_file():
        pytest.skip("the folder of real exports is not at hand")
    names = "XXXXXXXXXXXXXX"
    found = desk.check(path, path.name, account="Example Constabulary")
    done = uploads.commit(desk.store, found[0])
    kept = originals.content(desk.store, done.taken.sha256)
    again = desk.check(kept, path.name, account="Example Constabulary")
    assert [one.reading.control_totals for one in again] == [one.reading.control_totals for one in found]
    assert [one.reading.recognised.part for one in again] == ["Metrics", "All posts"]
    for one in again:
        assert names not in one.recognised.text.read_text(encoding="utf-8")
    assert any(names in one.recognised.text.read_text(encoding="utf-8") for one in found)
    candidates.discard([*found, *again])


def test_days_of_which_no_column_can_be_read(desk):
    (found,) = judged(desk, text([["Date", "Clicks (total)", "Clicks (total)"], ["03/04/2024", 1, 2]]), account="a")
    assert found.status == "refused"
    assert "none of its 1 rows can be kept" in found.message
