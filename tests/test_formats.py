"""Every format against its golden pairs, and against every sample export where the samples are at hand.

The oracle is ``plain_reader``, written from the rules alone, in plain Python, by somebody who had not seen the reader.
"""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import duckdb
import pytest

import oracles
import plain_reader
from reach import candidates, engine, reading, recognise, settings
from reach.formats import all_formats
from reach.reading import Answers, Reading, _pass

HERE = Path(__file__).parent
GOLDEN = sorted(path for path in (HERE / "formats").glob("*/*.csv") if not oracles.of_format(path.parent.name))
TABLED = sorted(
    path for path in (HERE / "formats").glob("*/*.*") if not path.name.endswith(".json") and oracles.of_format(path.parent.name)
)
SAMPLES = HERE.parent.parent / "shared" / "samples"
EXPORTS = sorted(path for path in SAMPLES.rglob("*.csv") if plain_reader.read(path).format) if SAMPLES.is_dir() else []


@pytest.fixture
def known(tmp_path: Path) -> settings.Settings:
    return settings.load(tmp_path / "none.duckdb")


def read(path: Path, folder: Path, known: settings.Settings, answers: Answers = Answers()) -> Reading:
    (recognised,) = recognise.recognise(recognise.take(path, path.name, folder, known), known)
    return reading.read(recognised, answers, folder, known)


def rows_of(found: Reading, folder: Path, known: settings.Settings) -> list[dict[str, object]]:
    with _pass.connection(folder, known) as cursor:
        cursor.execute(f"select * from {found.rows} order by record_no")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_a_file_that_fails_ends_no_other_reading(tmp_path: Path, known: settings.Settings) -> None:
    """The database in memory is shared between files: one gives way to a new one while another thread still reads with it."""
    first, second = tmp_path / "first", tmp_path / "second"
    with _pass.connection(first, known) as reading:
        reading.execute("create temp table gone as select 1 as record_no").fetchall()
        with pytest.raises(duckdb.ConversionException), _pass.connection(second, known) as failing:
            failing.execute("select 'x'::integer").fetchall()
        engine.clear(tmp_path)
        with _pass.connection(second, known) as other:
            assert other.execute("select count(*) from duckdb_tables()").fetchall() == [(0,)]
        assert reading.execute("select record_no from gone").fetchall() == [(1,)]


def agree(path: Path, folder: Path, known: settings.Settings) -> None:
    """The reader and the oracle say the same of a file: format, rows, totals, and every post's id, time and metrics."""
    plain = plain_reader.read(path)
    found = read(path, folder, known)
    assert found.format.key == plain.format
    assert {"read": found.read, "kept": found.kept, "skipped": sum(found.skipped.values()), "set_aside": len(found.problems)} == plain.rows
    assert {key: float(value) for key, value in found.control_totals.items()} == pytest.approx(
        {key: float(value) for key, value in plain.control_totals.items()}
    )
    assert [problem.record for problem in found.problems] == sorted(record for record, _ in plain.set_aside)
    if found.format.table == "post_observation":
        rows = {row["record_no"]: row for row in rows_of(found, folder, known)}
        assert set(rows) == {post["record_no"] for post in plain.posts}
        for post in plain.posts:
            row = rows[post["record_no"]]
            assert row["post_id"] == post["post_id"]
            assert row["published_at"] == post["published_at"]
            assert (row["text"] or "") == (post["text"] or "").strip()
            assert row["account"] == post["account"]
            assert {key: float(row[key]) for key in post["metrics"]} == pytest.approx(post["metrics"])


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_golden(path: Path, tmp_path: Path, known: settings.Settings) -> None:
    agree(path, tmp_path, known)
    expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    found = read(path, tmp_path, known)
    assert found.format.key == expected["format"] == path.parent.name
    assert found.control_totals == pytest.approx(expected["control_totals"])


@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.stem)
def test_sample_export(path: Path, tmp_path: Path, known: settings.Settings) -> None:
    agree(path, tmp_path, known)


def tables_read(path: Path, folder: Path, known: settings.Settings, answers: Answers) -> list[oracles.PlainTable]:
    """What the importer makes of a file, in the terms of the oracles. Tables that it refuses are left out."""
    found = []
    for candidate in candidates.check(path, path.name, folder, known, None, answers):
        read = candidate.reading
        if not read or candidate.status == "refused":
            continue
        values = [{name: plain(cell) for name, cell in row.items() if cell is not None} for row in rows_of(read, folder, known)]
        names = {"record_no", *read.format.target.names} - {"upload_id"}
        found.append(
            oracles.PlainTable(
                read.format.key,
                read.recognised.part,
                {"read": read.read, "kept": read.kept, "skipped": sum(read.skipped.values()), "set_aside": len(read.problems)},
                read.control_totals,
                [{name: cell for name, cell in row.items() if name in names} for row in values],
            )
        )
    return found


def plain(cell: object) -> object:
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="milliseconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return int(cell) if cell == int(cell) else float(cell)
    return cell


def answers_for(path: Path) -> dict[str, str]:
    """What is answered for a golden file: ``answers`` of its expected file, such as an as-of date that its days are anchored on."""
    expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    return dict(expected.get("answers", {}))


def as_answers(told: dict[str, str]) -> Answers:
    as_of = datetime.fromisoformat(told["as_of"]) if "as_of" in told else None
    return Answers(told.get("network"), told.get("account"), told.get("date_order"), as_of)


def in_order(row: dict[str, object]) -> str:
    return f"{row['record_no']:09} {row.get('metric', '')}"


def same_tables(found: list[oracles.PlainTable], expected: list[oracles.PlainTable]) -> None:
    assert [(one.format, one.part) for one in found] == [(one.format, one.part) for one in expected]
    for one, other in zip(found, expected, strict=True):
        assert one.rows == other.rows
        assert one.control_totals == pytest.approx(other.control_totals)
        assert len(one.values) == len(other.values)
        for row, wanted in zip(sorted(one.values, key=in_order), sorted(other.values, key=in_order), strict=True):
            assert row == {name: pytest.approx(cell) if isinstance(cell, float) else cell for name, cell in wanted.items()}


@pytest.mark.parametrize("path", TABLED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_golden_tables(path: Path, tmp_path: Path, known: settings.Settings) -> None:
    told = answers_for(path)
    found = tables_read(path, tmp_path, known, as_answers(told))
    oracle = oracles.of_format(path.parent.name)
    assert oracle
    same_tables(found, oracle.tables(path, told))
    expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    same_tables(found, [oracles.PlainTable(**one) for one in expected["tables"]])
    assert path.parent.name in {one.format for one in found}


@pytest.mark.parametrize(("oracle", "path"), oracles.sample_files(SAMPLES), ids=lambda value: getattr(value, "stem", ""))
def test_sample_tables(oracle: ModuleType, path: Path, tmp_path: Path, known: settings.Settings) -> None:
    told = getattr(oracle, "ANSWERS", {})
    same_tables(tables_read(path, tmp_path, known, as_answers(told)), oracle.tables(path, told))


def test_samples_are_at_hand() -> None:
    if not SAMPLES.is_dir():
        pytest.skip("the folder of real exports is not at hand")
    assert len(EXPORTS) >= 12


def test_every_format_has_a_golden_pair() -> None:
    read = {known.key for known in all_formats() if not known.declined}
    assert {path.parent.name for path in (*GOLDEN, *TABLED)} == read
    assert all(path.with_suffix(".expected.json").is_file() for path in (*GOLDEN, *TABLED))


def test_clock_changes(tmp_path: Path, known: settings.Settings) -> None:
    """Pacific clock times on both sides of both zones' changes, as London days."""
    cases = {
        "10/26/2024 15:30": datetime(2024, 10, 26, 22, 30),  # both still in summer time: 8 hours to London
        "10/27/2024 16:30": datetime(2024, 10, 27, 23, 30),  # London has gone back, Pacific has not: 7 hours
        "11/04/2024 00:30": datetime(2024, 11, 4, 8, 30),
        "03/09/2025 23:30": datetime(2025, 3, 10, 6, 30),  # Pacific has gone forward, London has not
        "02/29/2024 23:59": datetime(2024, 3, 1, 7, 59),
    }
    lines = ["Post ID,Page ID,Page name,Publish time,Permalink,Reach"]
    row = "12210000000000012{0},100064197037125,A page,{1},https://example.org/{0},10"
    lines += [row.format(number, clock) for number, clock in enumerate(cases)]
    path = tmp_path / "clock.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = rows_of(read(path, tmp_path, known), tmp_path, known)
    assert [row["published_at"] for row in found] == list(cases.values())


WHOLE = sorted(path for path in SAMPLES.rglob("*.*") if path.suffix in (".csv", ".xls", ".xlsx", ".zip")) if SAMPLES.is_dir() else []


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.name)
def test_every_sample_is_read_or_declined_by_name(path: Path, tmp_path: Path, known: settings.Settings) -> None:
    """And each that is read is held against a second reader by the tests above."""
    found = candidates.check(path, path.name, tmp_path, known, None)
    read = {one.reading.format.key for one in found if one.reading and one.status in ("ready", "needs")}
    assert read or all(one.declined for one in found), [one.message for one in found]
    covered = {path for _, path in oracles.sample_files(SAMPLES)} | set(EXPORTS)
    assert not read or path in covered, f"no second reader covers {path.name}"
