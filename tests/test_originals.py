"""What is kept of a file that names staff: nothing of the names, and all of the rest."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest

import made_workbooks
from reach import candidates, originals, uploads
from reach.recognise import recognise, take, unpacked
from reach.workbooks import SHEETS_MEMBER

NAME = "Robin Quillfeather"
# A tail that no spreadsheet would leave.
IDS = [str((milliseconds << 22) + 12345) for milliseconds in (1709251170417, 1711845005417, 1709280000417)]
POSTS = [
    ["Post title", "Post link", "Posted by", "Created date", "Impressions", "Likes"],
    ["Fourteen warrants,\nno names", f"https://www.linkedin.com/feed/update/urn:li:activity:{IDS[0]}", NAME, "02/29/2024", "3705", "57"],
    ['Said "thanks"', f"https://www.linkedin.com/feed/update/urn:li:activity:{IDS[1]}", NAME, "03/31/2024", "1300", "9"],
    ["Posted by", f"https://www.linkedin.com/feed/update/urn:li:activity:{IDS[2]}", NAME, "03/01/2024", "many", "9"],
]
DAYS = [
    ["Aggregated engagement metrics"],
    ["Date", "Impressions (total)", "Unique impressions (organic)"],
    ["02/28/2024", 3700, 2100],
    ["02/29/2024", 12345, 8000],
]
BOTH = {"Metrics": DAYS, "All posts": [["Engagement metrics for individual posts."], *POSTS], "By": [["Likes", "Posted by"], [4, NAME]]}


def everything_of(desk) -> bytes:
    """Every byte of text that the store can give back, originals unpacked."""
    kept = b""
    for row in desk.rows("select distinct sha256 from original"):
        kept += opened(originals.content(desk.store, row["sha256"]))
    for table in ("upload", "post_observation", "account_day", "account", "problem"):
        kept += repr(desk.rows(f"select * from {table}")).encode()
    return kept


def opened(data: bytes) -> bytes:
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data + (data.decode("utf-16").encode() if data[:2] == b"\xff\xfe" else b"")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return data + b"".join(opened(archive.read(member)) for member in archive.infolist())


def text(rows: list[list[str]], delimiter: str = ",", end: str = "\n") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator=end).writerows(rows)
    return stream.getvalue()


def commit(desk, tables, keys: list[str]):
    """Imports the tables of one file in the order of ``keys``."""
    found = {one.reading.format.key: one for one in tables if one.reading}
    done = [uploads.commit(desk.store, found[key], by="a person") for key in keys]
    assert [one.status for one in done] == ["imported"] * len(keys), [one.message for one in done]
    candidates.discard(tables)
    return done


def shape(desk, data: bytes, name: str) -> list[tuple]:
    """What a file holds, as far as a reader can tell: for each table its format, part, rows, totals and values."""
    found = desk.check(data, name, account="Example Constabulary")
    told = []
    for one in found:
        if not one.reading or one.status == "refused":
            continue
        reading = one.reading
        rows = {"read": reading.read, "kept": reading.kept, "skipped": reading.skipped}
        problems = [(problem.record, problem.column, problem.value, problem.reason) for problem in reading.problems]
        told.append((reading.format.key, reading.recognised.part, rows, problems, reading.control_totals, reading.notes))
    candidates.discard(found)
    return told


@pytest.mark.parametrize("make", [made_workbooks.xlsx, made_workbooks.spreadsheet_xml], ids=["xlsx", "xml"])
@pytest.mark.parametrize(
    "keys", [["linkedin_days"], ["linkedin_posts"], ["linkedin_days", "linkedin_posts"], ["linkedin_posts", "linkedin_days"]]
)
def test_workbook_is_kept_without_names_whichever_sheet_goes_in_first(desk, make, keys):
    data = make(BOTH)
    assert NAME.encode() in opened(data)
    commit(desk, desk.check(data, "example_content_1711900000000.xls", account="Example Constabulary"), keys)
    assert NAME.encode() not in everything_of(desk)
    assert b"Fourteen warrants" in everything_of(desk)


@pytest.mark.parametrize("make", [made_workbooks.xlsx, made_workbooks.spreadsheet_xml], ids=["xlsx", "xml"])
def test_kept_workbook_reads_as_the_workbook_does(desk, make):
    data = make(BOTH)
    (done,) = commit(desk, desk.check(data, "content.xls", account="Example Constabulary"), ["linkedin_days"])
    kept = originals.content(desk.store, done.taken.sha256)
    assert kept != data
    assert shape(desk, kept, "content.xls") == shape(desk, data, "content.xls")
    assert [part for _, part, *_ in shape(desk, kept, "content.xls")] == ["Metrics", "All posts"]
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        assert archive.namelist() == [SHEETS_MEMBER, "Metrics.csv", "All posts.csv", "By.csv"]
        assert archive.read("By.csv") == b"Likes,Posted by\n4,\n"
    assert originals.saved_as(desk.store, done.taken.sha256, "content.xls") == "content.xls.zip"
    # In a zip of several exports it is still a workbook.
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xls.zip", kept)
    assert [one[:2] for one in shape(desk, stream.getvalue(), "all.zip")] == [("linkedin_days", "Metrics"), ("linkedin_posts", "All posts")]


def test_workbook_without_names_is_kept_as_it_came(desk):
    data = made_workbooks.xlsx({"Metrics": DAYS})
    (done,) = commit(desk, desk.check(data, "content.xlsx", account="Example Constabulary"), ["linkedin_days"])
    assert originals.content(desk.store, done.taken.sha256) == data
    assert originals.saved_as(desk.store, done.taken.sha256, "content.xlsx") == "content.xlsx"


def test_sheet_of_one_table_keeps_its_part(desk):
    data = made_workbooks.xlsx({"All posts": POSTS})
    (done,) = commit(desk, desk.check(data, "posts.xlsx", account="Example Constabulary"), ["linkedin_posts"])
    kept = originals.content(desk.store, done.taken.sha256)
    assert NAME.encode() not in opened(kept)
    assert shape(desk, kept, "posts.xlsx") == shape(desk, data, "posts.xlsx")
    assert shape(desk, kept, "posts.xlsx")[0][1] is None


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_text_is_kept_without_names(desk, delimiter, encoding, end):
    rows = [["Engagement metrics for posts – all"], *POSTS]
    data = text(rows, delimiter, end).encode(encoding)
    (done,) = commit(desk, desk.check(data, account="Example Constabulary"), ["linkedin_posts"])
    kept = originals.content(desk.store, done.taken.sha256)
    assert NAME.encode() not in everything_of(desk)
    assert shape(desk, kept, "march.csv") == [
        (*one[:5], tuple(note for note in one[5] if "Windows-1252" not in note)) for one in shape(desk, data, "march.csv")
    ]
    blank = [[cell.replace(NAME, "") for cell in row] for row in rows]
    assert list(csv.reader(io.StringIO(kept.decode(), newline=""), delimiter=delimiter)) == blank


def test_line_quoted_text_is_kept_without_names(desk):
    flat = [[cell.replace("\n", " ").replace('"', "") for cell in row] for row in POSTS]
    data = "".join('"' + text([row]).strip("\n").replace('"', '""') + '"\n' for row in flat).encode()
    (done,) = commit(desk, desk.check(data, account="Example Constabulary"), ["linkedin_posts"])
    assert done.reading.read == 3
    assert NAME.encode() not in everything_of(desk)


def test_rows_out_of_shape_are_withheld(desk):
    """A stray comma moves a name to another column, so that nothing of such a row is kept, and it is set aside again when read again."""
    lines = text(POSTS[:2]).splitlines()
    lines += [f"A, stray, comma,https://www.linkedin.com/feed/update/urn:li:activity:{IDS[1]},{NAME},03/01/2024,5,6", f"short,{NAME}"]
    data = "\n".join(lines).encode()
    (done,) = commit(desk, desk.check(data, account="Example Constabulary"), ["linkedin_posts"])
    assert [problem.record for problem in done.reading.problems] == [2, 3]
    assert NAME.encode() not in everything_of(desk)
    kept = originals.content(desk.store, done.taken.sha256)
    assert shape(desk, kept, "march.csv") == shape(desk, data, "march.csv")


def test_forged_zip_of_sheets_is_bounded(tmp_path, desk):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(SHEETS_MEMBER, "")
        archive.writestr("../../climbs.csv", "a\x00b,\rc\n" * 3)
        archive.writestr("bomb.csv", b"0" * 30_000_000)
    found = desk.check(stream.getvalue(), "forged.zip")
    assert [one.status for one in found] == ["refused"]
    assert "unpacks to far more" in found[0].message


def test_damaged_zip_of_sheets_is_refused(desk):
    data = made_workbooks.xlsx(BOTH)
    (done,) = commit(desk, desk.check(data, "content.xls", account="Example Constabulary"), ["linkedin_days"])
    kept = originals.content(desk.store, done.taken.sha256)
    for cut in (60, len(kept) // 2, len(kept) - 10):
        found = desk.check(kept[:cut], "content.xls")
        assert [one.status for one in found] == ["refused"] * len(found)


@pytest.mark.parametrize(
    ("name", "basis"),
    [
        ("example_content_1711900000417.xlsx", "file name"),
        ("example_content_1711900000417 (1).xlsx", "file name"),
        ("example_content_1711900000417.xlsx.zip", "file name"),
        ("example_content_9711900000417.xlsx", "upload time"),
        ("example_content_171190000.xlsx", "upload time"),
        ("Mar-01-2024_Mar-31-2024_1711900000417123.xlsx", "upload time"),
        ("example.xlsx", "upload time"),
    ],
)
def test_name_of_a_page_export_dates_it(desk, name, basis):
    (found,) = desk.check(made_workbooks.xlsx({"Metrics": DAYS}), name, account="Example Constabulary")
    assert found.as_of_basis == basis
    assert not found.as_of_assumed or basis == "upload time"
    if basis == "file name":
        assert found.as_of.isoformat() == "2024-03-31T15:46:40.417000"


def test_name_dates_no_other_export(desk, made):
    (found,) = desk.check(made.facebook(made.post(1, Reach=5)), "Mar-01-2024_Mar-31-2024_1711900000417.csv")
    assert found.as_of_basis == "upload time"


def test_original_of_another_format_is_untouched(desk, made):
    done = desk.bring(made.facebook(made.post(1, Reach=5, Title="Posted by", Description=NAME)))
    assert NAME.encode() in originals.content(desk.store, done.taken.sha256)


def test_zip_of_sheets_is_taken_apart_like_a_workbook(tmp_path, desk):
    path = tmp_path / "sheets.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(SHEETS_MEMBER, "about")
        archive.writestr("All posts.csv", text(POSTS, end="\r\n"))
    taken = take(path, path.name, tmp_path, desk.settings)
    (sheet,) = unpacked(taken, tmp_path, desk.settings)
    (table,) = recognise(sheet, desk.settings)
    assert (table.format.key, table.part, sheet.sha256) == ("linkedin_posts", None, taken.sha256)
