"""The oracle against its own golden files, against cells written here, and against the real samples where they are."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

import oracles
import plain_reader
from plain_reader import BadCell, Plain, count, number, pacific_time, read

GOLDENS = Path(__file__).parent / "formats"
SAMPLES = Path(__file__).parents[2] / "shared" / "samples"
COVERED = {
    "facebook/*.csv": "facebook_posts",
    "instagram/*.csv": "instagram_posts",
    "x_old/tweet_activity_*.csv": "x_tweets",
    "x_new/account_analytics_content_*.csv": "x_posts",
}


def goldens() -> list[Path]:
    return sorted(path for path in GOLDENS.rglob("*.csv") if not oracles.of_format(path.parent.name))


def samples(*patterns: str) -> list[object]:
    found = [path for pattern in patterns or COVERED for path in sorted(SAMPLES.glob(pattern))]
    if not found:
        reason = "the real samples are not beside this checkout"
        return [pytest.param(None, marks=pytest.mark.skip(reason=reason))]
    return [pytest.param(path, id=path.name) for path in found]


# Goldens --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", goldens(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_golden(path: Path) -> None:
    expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    assert read(path).as_json() == expected
    assert expected["format"] == path.parent.name


def test_goldens_cover_every_format() -> None:
    assert {path.parent.name for path in goldens()} == {*plain_reader.METRICS_OF, "figures", "outcomes"}


@pytest.mark.parametrize("path", goldens(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_golden_adds_up(path: Path) -> None:
    expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    rows, sums = expected["rows"], {}
    for post in expected.get("posts", []):
        for key, value in post["metrics"].items():
            sums[key] = sums.get(key, 0) + value
    for figure in expected.get("figures", []):
        sums[figure["measure"]] = sums.get(figure["measure"], 0) + figure["value"]
    assert sums == pytest.approx(expected["control_totals"])
    assert rows["read"] == rows["kept"] + rows["skipped"] + rows["set_aside"]
    assert rows["skipped"] == len(expected["skipped"])
    assert rows["set_aside"] == len(expected["set_aside"])
    assert rows["kept"] == len({item["record_no"] for item in expected.get("posts", expected.get("figures"))})


# Rules one by one -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1234", 1234), ("1,234", 1234), ("1 234", 1234), ("1938.0", 1938), ("26752.00", 26752), ("1.2E+3", 1200),
        (" 7 ", 7), ("0", 0), ("10000000000", 10_000_000_000), ("", None), ("-", None), ("--", None), ("N/A", None),
        ("nan", None), ("NULL", None), ("None", None), ("undefined", None),
    ],
)  # fmt: skip
def test_number_cell(cell: str, value: int | None) -> None:
    assert count(cell, "reach") == value


@pytest.mark.parametrize("cell", ["-1", "0.5", "12,34", "1,2345", "12 34", "ten", "10000000001", "1.25E+1", "£5", "5%", "1.2k", "²"])
def test_bad_cell(cell: str) -> None:
    with pytest.raises(BadCell):
        count(cell, "reach")


def test_seconds_have_fractions() -> None:
    assert count("79251.923", "watch_seconds") == 79251.923
    with pytest.raises(BadCell):
        count("0.5", "reach")


@pytest.mark.parametrize(
    ("cell", "utc"),
    [
        ("02/29/2024 16:00", datetime(2024, 3, 1)),
        ("10/27/2024 00:30", datetime(2024, 10, 27, 7, 30)),
        ("03/10/2025 00:05", datetime(2025, 3, 10, 7, 5)),
        ("03/08/2025 23:05", datetime(2025, 3, 9, 7, 5)),
        ("12/25/2024 0:49", datetime(2024, 12, 25, 8, 49)),
        ("1/2/2025 3:04:05", datetime(2025, 1, 2, 11, 4, 5)),
        ("02/29/2025 10:00", None),
        ("27/10/2024 10:00", None),
        ("2024-10-27 10:00", None),
        ("", None),
    ],
)
def test_pacific_time(cell: str, utc: datetime | None) -> None:
    assert pacific_time(cell) == utc


def facebook(tmp_path: Path, *lines: str, encoding: str = "utf-8") -> Plain:
    path = tmp_path / "posts.csv"
    path.write_bytes("\n".join(lines).encode(encoding))
    return read(path)


def test_heading_that_stands_twice(tmp_path: Path) -> None:
    header = "Post ID,Page ID,Publish time,Reach,Shares,Comments,Reach,Shares"
    out = facebook(
        tmp_path,
        header,
        "11,1,01/02/2025 10:00,5,1,2,5.0,1",
        "12,1,01/02/2025 11:00,6,1,2,6,bad",
        "13,1,01/02/2025 12:00,,1,2,-,1",
    )
    assert out.rows == {"read": 3, "kept": 3, "skipped": 0, "set_aside": 0}
    assert out.control_totals == {"reach": 11, "comments": 6}


def test_views_of_nought_beside_a_reach(tmp_path: Path) -> None:
    header = "Post ID,Page ID,Publish time,Views,Reach"
    rows = ["11,1,01/02/2025 10:00,0,{}", "12,1,01/02/2025 11:00,,{}"]
    assert facebook(tmp_path, header, *(row.format(7) for row in rows)).control_totals == {"reach": 14}
    assert facebook(tmp_path, header, *(row.format(0) for row in rows)).control_totals == {"views": 0, "reach": 0}


def test_chance_of_zero_tails(tmp_path: Path) -> None:
    header = "Post ID,Page ID,Publish time,Reach"
    rows = [f"77100000000000{n}0,1,01/0{n}/2025 10:00,1" for n in (1, 2, 3, 4)]
    assert [post["post_id"] for post in facebook(tmp_path, header, *rows).posts] == [None] * 4
    three = facebook(tmp_path, header, *rows[:3])
    assert [post["post_id"] for post in three.posts] == [f"77100000000000{n}0" for n in (1, 2, 3)]
    mixed = facebook(tmp_path, header, *rows, "7710000000000055,1,01/05/2025 10:00,1")
    assert None not in [post["post_id"] for post in mixed.posts]
    marked = facebook(tmp_path, header, rows[0], "7.71E+15,1,01/05/2025 10:00,1", "771000000000009,1,01/06/2025 10:00,1")
    assert [post["post_id"] for post in marked.posts] == [None, None, "771000000000009"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_bytes_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    header = ["Post ID", "Page ID", "Publish\u00a0time", "Title", "Total clicks"]
    rows = [["11", "1", "01/02/2025 10:00", "Café £5", "3"], [""] * 5, ["12", "1", "01/02/2025 11:00", "x", "4"]]
    out = facebook(tmp_path, *(delimiter.join(cells) for cells in [header, *rows]), "", encoding=encoding)
    assert out.format == "facebook_posts"
    assert [(post["record_no"], post["text"]) for post in out.posts] == [(1, "Café £5"), (2, "x")]
    assert out.control_totals == {"clicks_all": 7}


def test_headings_with_hidden_letters(tmp_path: Path) -> None:
    out = facebook(tmp_path, "Post\u00ad ID,PAGE-ID,Publish\u200b time,\ufeffReach,Link clicks", "11,1,01/02/2025 10:00,5,6")
    assert out.control_totals == {"reach": 5, "link_clicks": 6}


@pytest.mark.parametrize("content", ["", "\n\n", "Date,Primary\n2025-01-01,5\n", "Operation,Notes\nLantern,x\n"])
def test_none_of_ours(tmp_path: Path, content: str) -> None:
    assert facebook(tmp_path, content) == Plain(None)


# The real samples -----------------------------------------------------------------------------------------


def plain_sums(path: Path, kind: str) -> tuple[int, int, dict[str, float]]:
    """The records read and kept and the sums of a sample by pandas, which the oracle does not use."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    twice = {name[:-2] for name in frame.columns if name.endswith(".1")}
    assert all((frame[name] == frame[name + ".1"]).all() for name in twice)
    keys = {re.sub(r"\W", "", name.lower()): name for name in frame.columns}
    columns = {metric: keys[heading] for heading, metric in plain_reader.METRICS_OF[kind].items() if heading in keys}
    kept = frame[frame.iloc[:, 0] != ""]
    sums = {}
    for metric, name in columns.items():
        numbers = pd.to_numeric(kept[name])
        if numbers.notna().any():
            sums[metric] = numbers.sum()
    if sums.get("views") == 0 and sums.get("reach"):
        del sums["views"]
    return len(frame), len(kept), sums


@pytest.mark.parametrize("path", samples())
def test_sample_totals(path: Path) -> None:
    kind = next(kind for pattern, kind in COVERED.items() if path.match(pattern))
    out = read(path)
    records, kept, sums = plain_sums(path, kind)
    assert out.format == kind
    assert (out.rows["read"], out.rows["kept"]) == (records, kept)
    assert out.control_totals == pytest.approx(sums)


@pytest.mark.parametrize("path", samples("instagram/*.csv"))
def test_sample_instagram_times(path: Path) -> None:
    """The short code of a permalink holds the moment of upload, which is never long before publishing."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    links = pd.read_csv(path, dtype=str, keep_default_na=False).filter(regex="^(Permalink|Link permanente)$").iloc[:, 0]
    for post in read(path).posts:
        media = 0
        for letter in links[post["record_no"] - 1].rstrip("/").rsplit("/", 1)[1]:
            media = media * 64 + alphabet.index(letter)
        uploaded = datetime(1970, 1, 1) + timedelta(milliseconds=(media >> 23) + 1_314_220_021_721)
        assert timedelta(minutes=-2) < post["published_at"] - uploaded < timedelta(minutes=30), post["record_no"]


@pytest.mark.parametrize("path", samples("x_old/tweet_activity_*.csv"))
def test_sample_tweet_times(path: Path) -> None:
    written = pd.to_datetime(pd.read_csv(path, dtype=str)["time"], utc=True)
    for post in read(path).posts:
        assert post["published_at"].replace(second=0, microsecond=0) == written[post["record_no"] - 1].tz_localize(None)


@pytest.mark.parametrize("path", samples("x_new/account_analytics_content_*.csv"))
def test_sample_post_days(path: Path) -> None:
    """A post's day is that of the exporting browser, so within a day of the moment in its id."""
    days = pd.to_datetime(pd.read_csv(path, dtype=str)["Date"], format="%a %b %d %Y")
    for post in read(path).posts:
        assert timedelta(hours=-14) <= post["published_at"] - days[post["record_no"] - 1] < timedelta(hours=38)


@pytest.mark.parametrize("path", samples("facebook/*.csv"))
def test_sample_facebook_ids(path: Path) -> None:
    """The files that went through Excel, and no others, have lost their ids."""
    first = pd.read_csv(path, dtype=str, keep_default_na=False).iloc[:, 0]
    excel = first.str.contains("[.E]").any()
    assert {post["post_id"] is None for post in read(path).posts} == {bool(excel)}


def test_number_is_exact() -> None:
    assert str(number("0.1")) == "0.1"
