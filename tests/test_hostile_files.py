"""Files that nobody should send, and that somebody will: each is refused, asked about or read rightly, in one clean line.

Whatever the bytes: no exception leaves ``check``, ``preview`` and ``commit`` but a ReachError; the message is one line
that names the file, says what to do and shows nothing of the inside; a refused file leaves no row behind; and a good
file goes in afterwards.
"""

from __future__ import annotations

import gzip
import io
import os
import re
import struct
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from reach import candidates, uploads

HOSTILE = Path(__file__).parent / "hostile"
SECONDS = 5
INSIDE = re.compile(r"Traceback|\b[A-Z]\w+(?:Error|Exception)\b|/tmp|/work|\bselect \b|\bread_csv\b|duckdb|parquet|pybind", re.IGNORECASE)
ADVICE = re.compile(
    r"\b(Export|Choose|Give|Unpack|Download|Sign in|Correct|Keep|Check|See the list|correct the file|export again|Row set aside)\b|\?"
)


@dataclass(frozen=True)
class Case:
    """A made-up file: how it ends, and, where it is read, the sum of its reach."""

    name: str
    make: Callable[..., bytes]
    status: str
    says: str = ""
    reach: int | None = None
    file: str = "march.csv"


def sound(made, number=1, **cells):
    return made.facebook(made.post(number, Reach=5, **cells), made.post(number + 1, Reach=7))


def zipped(*members: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", how) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()


def locked(made) -> bytes:
    """A zip whose member says that it is encrypted."""
    data = bytearray(zipped(("march.csv", sound(made))))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def torn(data: bytes, start: int, length: int = 40) -> bytes:
    return data[:start] + bytes(byte ^ 0xFF for byte in data[start : start + length]) + data[start + length :]


def announcing(data: bytes, size: int) -> bytes:
    """A zip that announces another size for its first member than it has."""
    changed = bytearray(data)
    struct.pack_into("<I", changed, 22, size)
    struct.pack_into("<I", changed, changed.index(b"PK\x01\x02") + 24, size)
    return bytes(changed)


def headed(made, *extra: str, row: tuple[str, ...] = (), **how) -> bytes:
    """A sound Facebook export with more columns behind its own."""
    headings = (*made.facebook_headings, *extra)
    posts = [made.post(number, Reach=reach) for number, reach in ((1, 5), (2, 7))]
    filled = row or ("x",) * len(extra)
    return made.table(headings, [[*(post.get(name, "") for name in made.facebook_headings), *filled] for post in posts], **how)


def many_posts(made, count=400) -> bytes:
    return made.facebook(*(made.post(n, Reach=n) for n in range(1, count)))


CASES = [
    # nothing, or no table
    Case("empty", lambda made: b"", "refused", "empty"),
    Case("only a byte order mark", lambda made: b"\xef\xbb\xbf", "refused"),
    Case("only a UTF-16 mark", lambda made: b"\xff\xfe", "refused"),
    Case("one byte", lambda made: b"x", "refused"),
    Case("one null byte", lambda made: b"\x00", "refused"),
    Case("only line ends", lambda made: b"\r\n" * 500, "refused"),
    Case("only commas", lambda made: b"," * 100_000, "refused"),
    Case("only quotation marks", lambda made: b'"' * 99_999, "refused"),
    Case("heading only", lambda made: made.facebook(), "refused", "no rows"),
    Case("heading only, no line end", lambda made: made.facebook().rstrip(), "refused", "no rows"),
    Case("heading and blank rows", lambda made: made.facebook() + b",,,,,,,,,,,,\n\n  ,\n", "refused"),
    Case("random bytes", lambda made: bytes((n * 7919 + n // 251) % 256 for n in range(20_000)), "refused"),
    # another kind of file under .csv
    Case("PNG", lambda made: b"\x89PNG\r\n\x1a\n" + bytes(500), "refused", "picture"),
    Case("JPEG", lambda made: b"\xff\xd8\xff\xe0" + bytes(500), "refused", "picture"),
    Case("PDF", lambda made: b"%PDF-1.7\n" + b"1 0 obj\n" * 90, "refused", "PDF"),
    Case("gzip", lambda made: gzip.compress(sound(made)), "refused", "gzip"),
    Case("xls", lambda made: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "refused", "workbook is damaged"),
    Case("xlsx", lambda made: zipped(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")), "refused", "damaged"),
    Case("log-in page", lambda made: (HOSTILE / "log_in_page.csv").read_bytes(), "refused", "web page"),
    Case("log-in page with a mark before it", lambda made: b"\xef\xbb\xbf\r\n <HTML><body>Log in</body></HTML>", "refused", "web page"),
    Case("SQLite", lambda made: b"SQLite format 3\x00" + bytes(100), "refused", "database"),
    Case("JSON", lambda made: b'[{"Post ID": 1, "Reach": 5}]', "refused"),
    Case("SQL", lambda made: b"create table post (reach int);\ninsert into post values (5);\n", "refused"),
    # encodings and line ends
    Case("null bytes in cells", lambda made: sound(made).replace(b"Post 1", b"Po\x00st 1"), "ready", reach=12),
    Case("UTF-16 little end first", lambda made: sound(made, Description="😀 café").decode().encode("utf-16"), "ready", reach=12),
    Case("UTF-16 big end first", lambda made: b"\xfe\xff" + sound(made, Description="😀").decode().encode("utf-16-be"), "ready", reach=12),
    Case("UTF-16 without a mark", lambda made: sound(made, Description="😀").decode().encode("utf-16-le"), "ready", reach=12),
    # The last record's last cell is spoilt, so that record is set aside.
    Case("UTF-16 cut in a character", lambda made: sound(made).decode().encode("utf-16")[:-1], "ready", reach=5),
    Case("UTF-8 with a mark", lambda made: b"\xef\xbb\xbf" + sound(made), "ready", reach=12),
    Case("Windows-1252", lambda made: sound(made, Description="£5 café – ‘quoted’").decode().encode("cp1252"), "ready", reach=12),
    Case("Windows-1252 with a byte it lacks", lambda made: sound(made).replace(b"Post 1", b"caf\xe9 \x81"), "ready", reach=12),
    Case("CR only", lambda made: sound(made).replace(b"\n", b"\r"), "ready", reach=12),
    Case("CRLF", lambda made: sound(made).replace(b"\n", b"\r\n"), "ready", reach=12),
    Case(
        "LF, CR and CRLF in one file",
        lambda made: sound(made).replace(b"\n", b"\r\n", 1).replace(b"\n1221", b"\r1221"),
        "ready",
        reach=12,
    ),
    Case("blank lines between records", lambda made: sound(made).replace(b"\n", b"\n\n\r\n"), "ready", reach=12),
    Case("no line end at the end", lambda made: sound(made).rstrip(), "ready", reach=12),
    Case("DOS end of file mark", lambda made: sound(made) + b"\x1a", "ready", reach=12),
    # delimiters and structure
    Case("semicolon", lambda made: made.facebook(made.post(1, Reach=5), made.post(2, Reach=7), delimiter=";"), "ready", reach=12),
    Case("tab", lambda made: made.facebook(made.post(1, Reach=5), made.post(2, Reach=7), delimiter="\t"), "ready", reach=12),
    Case("bar", lambda made: made.facebook(made.post(1, Reach=5), made.post(2, Reach=7), delimiter="|"), "ready", reach=12),
    Case("sep= line", lambda made: b"sep=,\r\n" + sound(made), "ready", reach=12),
    Case(
        "sep= line in quotation marks, semicolon",
        lambda made: b'"sep=;"\n' + made.facebook(made.post(1, Reach=12), delimiter=";"),
        "ready",
        reach=12,
    ),
    Case(
        "sep= line in UTF-16",
        lambda made: ("sep=\t\n" + made.facebook(made.post(1, Reach=12), delimiter="\t").decode()).encode("utf-16"),
        "ready",
        reach=12,
    ),
    Case("lines above the heading", lambda made: b'Report for March\n"with a\nline end",\n\n' + sound(made), "ready", reach=12),
    Case("ragged rows", lambda made: sound(made) + b"1,2,3\n" + b"9" + b",9" * 40 + b"\n", "ready", reach=12),
    Case("all rows ragged", lambda made: made.facebook() + b"1,2,3\n4,5\n", "refused", "none of its 2 rows"),
    Case("unclosed quotation mark", lambda made: sound(made) + b'12210000000000999,"never closed, 5\n' * 3, "ready"),
    Case("unclosed quotation mark in the first record", lambda made: made.facebook() + b'"' + sound(made).split(b"\n", 1)[1], "refused"),
    Case("text behind a closing quotation mark", lambda made: sound(made).replace(b"Post 1", b'"Post" 1'), "ready", reach=12),
    Case("quotation marks inside a cell", lambda made: sound(made).replace(b"Post 1", b'a "quoted" word'), "ready", reach=12),
    Case(
        "duplicate headings with the same values",
        lambda made: headed(made, "Reach", row=("",)).replace(b",5,,\n", b",5,,5\n").replace(b",7,,\n", b",7,,7\n"),
        "ready",
        reach=12,
    ),
    Case("duplicate headings that differ", lambda made: headed(made, "Views", "Reach", row=("3", "99")), "ready"),
    Case("3,000 columns", lambda made: headed(made, *(f"Column {n}" for n in range(3000))), "refused", "3,013 columns"),
    Case("100,000 headings", lambda made: ",".join(f"c{n}" for n in range(100_000)).encode() + b"\n1,2\n", "refused"),
    Case("cell of 900,000 letters", lambda made: sound(made, Description="x" * 900_000), "ready", reach=12),
    Case("cell of 2 MB", lambda made: sound(made, Description="x" * 2_200_000), "ready", "1 set aside", reach=7),
    Case("cell of 2 MB with line ends", lambda made: sound(made, Description="long words\n" * 220_000), "ready", "1 set aside", reach=7),
    Case("heading of 300,000 letters", lambda made: headed(made, "x" * 300_000), "ready", reach=12),
    # hostile words
    Case(
        "headings that are SQL",
        lambda made: headed(made, '"; drop table post; --', "') from post; --", "select 1", "c0", "record_no", "fate"),
        "ready",
        reach=12,
    ),
    Case("headings of quotation marks", lambda made: headed(made, '"', '""', "'", "{", "$1", "%s", "?"), "ready", reach=12),
    Case("heading with a line end", lambda made: headed(made, "one\ntwo\nthree"), "ready", reach=12),
    Case("known heading with a line end, quoted", lambda made: sound(made).replace(b",Reach,", b',"Re\nach",'), "ready", reach=12),
    Case(
        "bad value under a heading with a line end",
        lambda made: made.facebook(made.post(1, Reach="lots")).replace(b",Reach,", b',"Re\nach",'),
        "refused",
    ),
    Case(
        "formulas, HTML, Markdown and mathematics",
        lambda made: sound(
            made, Description="=cmd|'/C calc'!A0 <script>alert(1)</script> ![x](http://127.0.0.1/) $\\alpha$ :red[x] '; drop table post; --"
        ),
        "ready",
        reach=12,
    ),
    Case(
        "bad value with terminal codes",
        lambda made: made.facebook(made.post(1, Reach="\x1b[2J\x1b]0;owned\x07")),
        "refused",
    ),
    # numbers
    *(
        Case(f"reach of {value}", lambda made, value=value: made.facebook(made.post(1, Reach=value)), "refused", "not a whole number")
        for value in (
            "99999999999999999999",
            "10000000001",
            "-5",
            "inf",
            "1.5",
            "1e99",
            "0x10",
            "1_000",
            "5%",
            "\u0665",
            "1,23",
            "5 or 6",
            "=5",
            "(5)",
        )
    ),
    Case("reach of NaN is missing", lambda made: made.facebook(made.post(1, Reach="NaN"), made.post(2, Reach=12)), "ready", reach=12),
    Case("reach of 1e3", lambda made: made.facebook(made.post(1, Reach="1E+03")), "ready", reach=1000),
    # days
    Case(
        "29 February in a common year",
        lambda made: made.facebook(made.post(1, Reach=5, **{"Publish time": "02/29/2025 10:00"})),
        "refused",
        "not a time",
    ),
    Case("29 February in 1900", lambda made: made.figures({"value_low": 1, "start_date": "1900-02-29"}), "refused", "not a date"),
    Case(
        "29 February in a leap year",
        lambda made: made.facebook(made.post(1, Reach=12, **{"Publish time": "02/29/2024 10:00"})),
        "ready",
        reach=12,
    ),
    Case("31 February", lambda made: made.facebook(made.post(1, Reach=5, **{"Publish time": "02/31/2024 10:00"})), "refused", "not a time"),
    Case(
        "day that may be a month",
        lambda made: made.figures({"value_low": 1, "start_date": "03/04/2025", "end_date": ""}),
        "needs",
        "03/04/2025",
    ),
    Case(
        "day settled by another",
        lambda made: made.figures({"value_low": 1, "start_date": "03/04/2025", "end_date": "13/04/2025"}),
        "ready",
    ),
    Case(
        "day with a page of text behind it",
        lambda made: made.figures({"value_low": 1, "start_date": "03/04/2025 and\n" + "so on " * 900}),
        "needs",
    ),
    # zips
    Case("zip with names that climb", lambda made: zipped(("../../../etc/cron.d/x.csv", sound(made))), "ready", reach=12, file="e.zip"),
    Case("zip with an absolute name", lambda made: zipped(("/etc/passwd", sound(made))), "ready", reach=12, file="e.zip"),
    Case("zip bomb", lambda made: zipped(("b.csv", b"0" * 30_000_000)), "refused", "unpacks to far more", file="e.zip"),
    Case("zip that announces less", lambda made: announcing(zipped(("b.csv", b"0" * 5_000_000)), 50), "refused", "damaged", file="e.zip"),
    Case("zip that announces more", lambda made: announcing(zipped(("b.csv", sound(made))), 900_000), "ready", reach=12, file="e.zip"),
    Case("zip that announces four gigabytes", lambda made: announcing(zipped(("b.csv", sound(made))), 0xFFFFFFFE), "refused", file="e.zip"),
    Case("zip in a zip", lambda made: zipped(("inner.zip", zipped(("march.csv", sound(made))))), "refused", file="e.zip"),
    Case(
        "large zip in a zip",
        lambda made: zipped(("inner.zip", zipped(("m.csv", os.urandom(90_000).hex().encode()))), how=zipfile.ZIP_STORED),
        "refused",
        file="e.zip",
    ),
    Case("locked zip", locked, "refused", "password", file="e.zip"),
    Case("empty zip", lambda made: zipped(), "refused", "holds no file", file="e.zip"),
    Case("zip of folders", lambda made: zipped(("folder/", b"")), "refused", "holds no file", file="e.zip"),
    Case("zip cut short", lambda made: zipped(("march.csv", many_posts(made)))[:-30], "refused", "damaged", file="e.zip"),
    Case("zip with a damaged directory", lambda made: torn(zipped(("march.csv", sound(made))), -60, 20), "refused", file="e.zip"),
    Case(
        "zip with damaged content",
        lambda made: torn(zipped(("march.csv", many_posts(made))), 60),
        "refused",
        "damaged",
        file="e.zip",
    ),
    Case(
        "zip with damaged LZMA content",
        lambda made: torn(zipped(("m.csv", many_posts(made)), how=zipfile.ZIP_LZMA), 60),
        "refused",
        "damaged",
        file="e.zip",
    ),
    Case(
        "zip with damaged stored content",
        lambda made: torn(zipped(("m.csv", many_posts(made)), how=zipfile.ZIP_STORED), 90),
        "refused",
        file="e.zip",
    ),
    Case("zip of 600 files", lambda made: zipped(*((f"{n}.csv", b"x") for n in range(600))), "refused", "600 files", file="e.zip"),
    Case(
        "zip with line ends in a name",
        lambda made: zipped(("a\nb\x1b[31m.csv", b"")),
        "refused",
        file="e.zip",
    ),
]


def clean(candidate, name: str) -> None:
    """One line that names the file, says what to do, and shows nothing of the inside."""
    assert candidate.status in ("ready", "imported", "duplicate", "needs", "refused")
    assert candidate.message
    assert re.search(r"[\x00-\x1f\x7f\u2028\u2029]", candidate.message) is None, ascii(candidate.message)
    assert len(candidate.message) < 1000
    assert candidate.message.startswith(name), candidate.message
    assert not INSIDE.search(candidate.message.replace(name, "")), candidate.message
    if candidate.status in ("refused", "needs"):
        assert ADVICE.search(candidate.message), candidate.message


def judged(desk, source, name, keep=True):
    """Everything the file becomes when a person says import, within the time allowed; tried and rolled back if not to be kept."""
    started = time.monotonic()
    found = []
    for candidate in desk.check(source, name):
        clean(candidate, name)
        if candidate.status == "ready" and keep:
            candidate = uploads.commit(desk.store, candidate)
        elif candidate.status == "ready":
            (candidate,) = uploads.preview(desk.store, [candidate]).candidates
            assert candidate.changes and candidate.changes.new
        clean(candidate, name)
        found.append(candidate)
    candidates.discard(found)
    assert time.monotonic() - started < SECONDS
    return found


@pytest.fixture(scope="module")
def table(a_desk, made):
    """One desk for all of them, with a good file on it that must come to no harm."""
    with a_desk() as desk:
        desk.bring(made.facebook(made.post(900, Reach=1000)), "good.csv")
        yield desk


def cases():
    for case in CASES:
        yield pytest.param(case, id=case.name)


@pytest.mark.parametrize("case", list(cases()))
def test_hostile_bytes(table, made, case):
    size, good = table.size(), table.rows("select * from post order by post_key")
    (found,) = judged(table, case.make(made), case.file, keep=False)
    assert found.status == case.status, found.message
    assert case.says in found.message
    assert case.reach is None or found.reading.control_totals["reach"] == case.reach
    assert table.size() == size
    assert table.rows("select * from post order by post_key") == good


def test_good_file_goes_in_after_all_of_them(table, made):
    assert table.bring(made.facebook(made.post(901, Reach=1))).changes.new == 1
    assert sorted(row["reach"] for row in table.rows("select reach from post")) == [1, 1000]


def test_hostile_words_are_kept_as_they_are(desk, made):
    words = "=cmd|'/C calc'!A0 <script>alert(1)</script> ![x](http://127.0.0.1/) $\\alpha$ '; drop table post; -- \u202eabc"
    desk.bring(made.facebook(made.post(1, Reach=5, Description=words)))
    assert desk.rows("select text from post_observation") == [{"text": words}]


def test_encoding_is_read_rightly(desk, made):
    words = "£5 café – ‘quoted’ €"
    for number, encoding in enumerate(("cp1252", "utf-8-sig", "utf-16"), 1):
        desk.bring(made.facebook(made.post(number, Reach=5, Description=words), encoding=encoding), f"{encoding}.csv")
    assert {row["text"] for row in desk.rows("select text from post_observation")} == {words}


def test_unclosed_quotation_mark_loses_no_record_silently(desk, made):
    """Whatever it swallows is set aside with a reason, never counted as kept."""
    done = desk.bring(sound(made) + b'12210000000000999,"never closed, 5\n' + sound(made, 5).split(b"\n", 1)[1])
    assert (done.reading.kept, len(done.reading.problems)) == (2, 1)
    assert "quotation mark" in done.reading.problems[0].reason


def test_heading_that_stands_twice_with_other_values_is_not_read_and_says_so(desk, made):
    done = desk.bring(headed(made, "Reach", row=("99",)).replace(b"Lifetime,,5", b"Lifetime,3,5"))
    assert "reach" not in done.reading.control_totals
    assert any("Reach stands 2 times" in note for note in done.reading.notes)


# --- names ------------------------------------------------------------------------------------------------

NAMES = [
    "[ab].csv",
    "*.csv",
    "?.csv",
    "../../x.csv",
    "/etc/passwd",
    "'; drop table upload; --.csv",
    "a" * 900 + ".csv",
    "=cmd.csv",
    "{}.csv",
    "%s %d.csv",
    "http://127.0.0.1:9/x.csv",
    "s3://bucket/x.csv",
    "<img src=x>.csv",
    "£ 😀.csv",
    "",
    ".",
]


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name[:30]))
def test_names_are_data(table, made, name):
    """A name never picks the bytes, and comes back as it was given."""
    done = table.bring(sound(made), name)
    assert done.reading.control_totals["reach"] == 12
    assert table.rows(f"select file_name from upload where upload_id = '{done.upload_id}'") == [{"file_name": name}]
    assert table.one(sound(made), name).status == "duplicate"
    uploads.undo(table.store, done.upload_id)


@pytest.mark.parametrize("name", ["[ab].csv", "*.csv", "?.csv", "{a,b}.csv", "a.csv;b.csv", "-rf.csv", "a b'c\".csv"])
def test_files_whose_names_are_patterns(table, made, tmp_path, name):
    for decoy in ("a.csv", "b.csv"):
        (tmp_path / decoy).write_bytes(made.facebook(made.post(50, Reach=1_000_000)))
    path = tmp_path / name
    path.write_bytes(sound(made))
    done = table.bring(path, path.name)
    assert done.reading.control_totals["reach"] == 12
    uploads.undo(table.store, done.upload_id)


@pytest.mark.parametrize("name", ["one\ntwo.csv", "\x1b[31mred.csv", "tab\there.csv", "\u2028.csv"], ids=ascii)
def test_message_about_a_name_with_control_characters_is_one_line(desk, name):
    (found,) = desk.check(b"", name)
    assert re.search(r"[\x00-\x1f\x7f\u2028\u2029]", found.message) is None


def test_name_that_is_not_text(desk, made):
    """Bytes from another system that are no letters here are shown as such, and the file goes in."""
    done = desk.bring(sound(made), os.fsdecode(b"caf\xe9.csv"))
    assert done.message.startswith("caf?.csv: ")


# --- what is no file --------------------------------------------------------------------------------------


def no_file(tmp_path: Path, sort: str) -> Path:
    path = tmp_path / "march.csv"
    if sort == "fifo":
        os.mkfifo(path)
    elif sort == "folder":
        path.mkdir()
    elif sort == "dangling link":
        path.symlink_to(tmp_path / "gone")
    elif sort == "link to itself":
        path.symlink_to(path)
    elif sort == "device without end":
        path.symlink_to("/dev/zero")
    elif sort == "below a file":
        (tmp_path / "file").touch()
        return tmp_path / "file" / "march.csv"
    elif sort == "name too long":
        return tmp_path / ("x" * 300 + "march.csv")
    elif sort == "address":
        return Path("https://example.org/march.csv")
    return path


@pytest.mark.parametrize(
    "sort",
    ["fifo", "folder", "missing", "dangling link", "link to itself", "device without end", "below a file", "name too long", "address"],
)
def test_what_is_no_file_is_refused_at_once(table, tmp_path, sort):
    size = table.size()
    (found,) = judged(table, no_file(tmp_path, sort), "march.csv")
    assert found.status == "refused"
    assert table.size() == size


def test_files_larger_than_the_settings_allow(a_desk, made):
    with a_desk(file_megabytes=1) as desk:
        (found,) = judged(desk, made.facebook(*(made.post(n, Reach=1, Description="x" * 1000) for n in range(1100))), "march.csv")
        assert (found.status, "smaller than 1 MB" in found.message) == ("refused", True)
        inside = zipped(("march.csv", made.facebook(*(made.post(n, Reach=1, Description=os.urandom(500).hex()) for n in range(1100)))))
        (found,) = judged(desk, inside, "e.zip")
        assert found.status == "refused"
        assert [path for path in desk.store.folder.rglob("*") if path.is_file() and path.stat().st_size > 1_100_000] == []


def test_more_rows_than_the_settings_allow(a_desk, made):
    with a_desk(largest_rows=50) as desk:
        (found,) = judged(desk, many_posts(made, 60), "march.csv")
        assert (found.status, "59 records; 50 is the most" in found.message) == ("refused", True)


def test_zip_with_a_bad_and_a_good_member(desk, made):
    """One bad member says so and does not hold up the others; clutter of a Mac is passed over."""
    data = zipped(
        ("bad.csv", b"nothing,here\n1,2\n"),
        ("__MACOSX/._march.csv", b"x"),
        (".DS_Store", b"x"),
        ("folder/march.csv", sound(made)),
        ("april.csv", made.facebook(made.post(30, Reach=30))),
    )
    found = judged(desk, data, "e.zip")
    assert [(one.name, one.status) for one in found] == [
        ("e.zip \u203a bad.csv", "refused"),
        ("e.zip \u203a folder/march.csv", "imported"),
        ("e.zip \u203a april.csv", "imported"),
    ]
    assert len(desk.posts()) == 3


def test_cut_short_at_any_byte(desk, made):
    """A download that broke off: whatever is left is refused or read, and a record cut in two is never kept with a wrong id or page."""
    data = made.facebook(
        made.post(1, Reach=500, Views=5, Reactions=1, Description='said "no",\nthen 😀'), made.post(2, Reach=700, Views=7, Reactions=1)
    )
    whole = {row["post_id"] for row in ({"post_id": made.post(n)["Post ID"]} for n in (1, 2))}
    for end in range(1, len(data), 31):
        for found in desk.check(data[:end]):
            clean(found, "march.csv")
            if found.status == "ready":
                done = uploads.commit(desk.store, found)
                ids = desk.rows(f"select post_id from post_observation where upload_id = '{done.upload_id}'")
                assert {row["post_id"] for row in ids} <= whole
                uploads.undo(desk.store, done.upload_id)
            candidates.discard([found])
