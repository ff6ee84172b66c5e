"""Golden files damaged in every way: no traceback, every record accounted for, and every number that is kept is the number in its cell.

``REACH_FUZZ=200`` tries so many damages of each file instead of the few of an ordinary run.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
import random
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from reach import candidates, recognise, settings
from reach.candidates import Candidate
from reach.columns import KINDS
from reach.reading import Answers, _pass

HERE = Path(__file__).parent
INPUTS = sorted(path for path in (HERE / "formats").glob("*/*.*") if not path.name.endswith(".json"))
TEXTS = [path for path in INPUTS if path.suffix == ".csv"]
TRIES = int(os.environ.get("REACH_FUZZ", "4"))
COUNTED = {name for name, kind in KINDS.items() if kind.checked and kind.type not in ("DATE", "TIMESTAMP")}
SCALES = {"hours": Decimal(3600), "milliseconds": Decimal("0.001")}
SEPARATORS = re.compile("[,'\u2019 \u00a0\u202f\u2009\u00a3$\u20ac]")


# --- damages ------------------------------------------------------------------------------------------------------


def flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data))]


def holed(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randint(1, 400) :]


def lines_dropped(data: bytes, chance: random.Random) -> bytes:
    return b"".join(line for line in data.splitlines(keepends=True) if chance.random() > 0.2)


def lines_doubled(data: bytes, chance: random.Random) -> bytes:
    return b"".join(line * chance.choice((1, 1, 1, 2)) for line in data.splitlines(keepends=True))


def marks_sown(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + chance.choice((b'"', b",", b";", b"\n", b"\r", b"\x00", b"\t", b"-", b"9", b"=", b"\xff")) + data[place:]


def columns_shuffled(data: bytes, chance: random.Random) -> bytes:
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        return data
    order = list(range(max(map(len, rows), default=0)))
    chance.shuffle(order)
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([[row[place] if place < len(row) else "" for place in order] for row in rows])
    return out.getvalue().encode()


def encoded_anew(data: bytes, chance: random.Random) -> bytes:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data
    mark, encoding = chance.choice(WIDE)
    return mark + text.encode(encoding, "replace")


def line_ends_mixed(data: bytes, chance: random.Random) -> bytes:
    return b"".join(line.rstrip(b"\r\n") + chance.choice((b"\n", b"\r\n", b"\r")) for line in data.splitlines(keepends=True))


WIDE = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (b"", "cp1252"), (b"", "utf-16-le"))
DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flipped,
    cut,
    holed,
    lines_dropped,
    lines_doubled,
    marks_sown,
    columns_shuffled,
    encoded_anew,
    line_ends_mixed,
)


# --- what must hold -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> settings.Settings:
    return settings.load(tmp_path_factory.mktemp("fuzz") / "none.duckdb")


def looked_at(data: bytes, folder: Path, known: settings.Settings) -> None:
    """Reads bytes as an upload and holds what comes out against the bytes."""
    found = candidates.check(io.BytesIO(data), "damaged.csv", folder, known, None, Answers(account="example", date_order="dmy"))
    assert found
    for candidate in found:
        assert candidate.message and "\n" not in candidate.message and "Traceback" not in candidate.message
        assert candidate.status in ("ready", "needs", "refused")
        if candidate.reading and candidate.status != "refused" and candidate.reading.rows:
            told = candidate.reading
            assert told.read == told.kept + sum(told.skipped.values()) + len(told.problems)
            numbers_are_their_cells(candidate, folder, known)
    candidates.discard(found)


def numbers_are_their_cells(candidate: Candidate, folder: Path, known: settings.Settings) -> None:
    """Every number that is kept equals its cell as Python's csv module and Decimal read it."""
    told = candidate.reading
    assert told
    form, places = told.format, told.recognised.places
    if form.counted:
        return
    records = {number: cells for number, _, cells in _pass.python_records(told.recognised)}
    fields = {one.name: (places[one.name][0], one.kind) for one in form.fields if one.kind in COUNTED and one.name in places}
    if form.wide:
        measured = recognise.measures_among(form, told.recognised.headings)
        fields |= {measure: (place, _pass.kind_of(measure).name) for place, measure in measured.items()}
    with _pass.connection(folder, known, form.macros) as cursor:
        cursor.execute(f"select * from {told.rows}")
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        given = {name: row.get(name) for name in fields}
        for key, value in (("metric", "value"), ("measure", "value_low")):
            if row.get(key) in fields:
                given[row[key]] = row[value]
        for name, value in given.items():
            if value is not None and name in fields:
                place, kind = fields[name]
                cell = records[row["record_no"]][place]
                wanted = (plain(cell, kind) * SCALES.get(kind, 1)).quantize(Decimal("0.001"), ROUND_HALF_UP)
                assert Decimal(value) == wanted, f"{candidate.name}, record {row['record_no']}, {name}: {cell!r} became {value}"


def plain(cell: str, kind: str) -> Decimal:
    """The number in a cell: of measures and hours also with a comma before the decimals, of a length of time also 1:02:03."""
    cell = cell.strip().replace("\u2212", "-")
    if kind == "play_time" and (parts := re.findall(r"[0-9.]+", cell)) and len(parts) == 3:
        return sum((Decimal(part) * scale for part, scale in zip(parts, (3600, 60, 1), strict=True)), Decimal(0))
    if kind in ("measured", "hours") and re.search(r",([0-9]{1,2}|[0-9]{4,})$|[.][0-9]{3},", cell):
        cell = cell.replace(".", "").replace(",", ".")
    return Decimal(SEPARATORS.sub("", cell))


def test_every_kind_of_cell_can_be_read_in_any_format(tmp_path: Path, known: settings.Settings) -> None:
    with _pass.connection(tmp_path, known) as cursor:
        for kind in KINDS.values():
            for order in ("dmy", "mdy"):
                value = kind.sql.format(cell="'2'", order=order)
                assert cursor.execute(f"select typeof({value})").fetchone() == (kind.type,), kind.name


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_damaged_golden_file(path: Path, tmp_path: Path, known: settings.Settings) -> None:
    data = path.read_bytes()
    chance = random.Random(f"{path.parent.name}/{path.name}")
    damages = DAMAGES if path.suffix == ".csv" else (flipped, cut, holed, marks_sown)
    for _ in range(TRIES):
        damaged = chance.choice(damages)(data, chance)
        if chance.random() < 0.3:
            damaged = chance.choice(damages)(damaged or data, chance)
        looked_at(damaged or b"\n", tmp_path, known)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_order_of_columns_is_nothing(path: Path, tmp_path: Path, known: settings.Settings) -> None:
    """Columns in another order give the same numbers, where the file is one heading and its rows."""
    answers = Answers(account="example", network="other", date_order="dmy")
    before = candidates.check(path, path.name, tmp_path, known, None, answers)
    plainly = [one.reading.recognised for one in before if one.reading and not one.reading.format.layouts]
    if len(before) != 1 or not plainly or plainly[0].heading_line != 1 or plainly[0].delimiter != "," or plainly[0].taken.whole:
        pytest.skip("not one heading and its rows, separated by commas")
    data = columns_shuffled(path.read_bytes(), random.Random(1))
    assert before[0].reading
    (after,) = candidates.check(io.BytesIO(data), path.name, tmp_path, known, None, answers)
    assert after.reading, after.message
    assert after.reading.control_totals == before[0].reading.control_totals
    assert (after.reading.read, after.reading.kept) == (before[0].reading.read, before[0].reading.kept)


@hypothesis_settings(max_examples=60, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.one_of(st.binary(min_size=1, max_size=300), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace") or b"x")))
def test_any_bytes(data: bytes, tmp_path_factory: pytest.TempPathFactory, known: settings.Settings) -> None:
    looked_at(data, tmp_path_factory.mktemp("any"), known)
