"""How long imports of every size and kind take, beside the two ways a person would otherwise take.

Run it from the checkout, on a machine that does nothing else:

    .venv/bin/python tests/bench/every_kind.py [--rows 10000,100000,1000000]

For a made-up Facebook export of each size: DuckDB's own all-text reading into a table, pandas reading it and handing it to
DuckDB, and ``reach ingest`` whole, as fresh processes. Then, in this process, what the Upload page does for 100,000 rows
before anything is written; and ``reach ingest`` of a result card in UTF-16, of a workbook, and of 500 small files.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from import_speed import HEADINGS, RAW, made_up, timed

from reach import candidates, editions, settings, store, uploads

PANDAS = "import duckdb, pandas, sys; held = pandas.read_csv(sys.argv[1], dtype=str); duckdb.sql('create table t as select * from held')"


def a_card(path: Path, days: int) -> None:
    """A result card of so many days, in UTF-16 as Meta writes it."""
    first = date(2026, 10, 1) - timedelta(days=days)
    rows = "".join(f'"{first + timedelta(days=number)}T00:00:00","{number * 7 % 9000}"\n' for number in range(days))
    path.write_bytes(('\ufeffsep=,\n"Facebook reach"\n"Date","Primary"\n' + rows).encode("utf-16-le"))


def a_workbook(path: Path, source: Path) -> None:
    """The export as an old XML workbook, which needs no other library to write."""
    with source.open(encoding="utf-8-sig", newline="") as stream:
        rows = "".join(
            "<Row>" + "".join(f'<Cell><Data ss:Type="String">{_xml(cell)}</Data></Cell>' for cell in row) + "</Row>"
            for row in csv.reader(stream)
        )
    path.write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Posts"><Table>{rows}</Table></Worksheet></Workbook>',
        encoding="utf-8",
    )


def _xml(cell: str) -> str:
    return cell.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def before_anything_is_written(path: Path, folder: Path) -> tuple[float, float]:
    """Seconds of reading a file and of working out what it would change, as the Upload page does."""
    known = settings.load(folder / "preview.duckdb")
    held = editions.opened(known)
    started = time.perf_counter()
    found = candidates.check(path, path.name, held.folder, known, held)
    read = time.perf_counter()
    uploads.preview(held, found)
    done = time.perf_counter()
    candidates.discard(found)
    store.close()
    return read - started, done - read


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default="10000,100000,1000000")
    sizes = [int(one) for one in parser.parse_args().rows.split(",")]
    ingest = [sys.executable, "-m", "reach", "ingest", "--json"]
    with tempfile.TemporaryDirectory(prefix="reach-bench-") as place:
        folder = Path(place)
        print(f"{'':44}{'seconds':>9}{'of DuckDB':>11}{'peak MB':>9}")
        for rows in sizes:
            path = folder / f"{rows}.csv"
            made_up(path, rows, 1)
            raw = 0.0
            ways = {"DuckDB, all text": ["-c", RAW, str(path)], "pandas, then DuckDB": ["-c", PANDAS, str(path)]}
            for name, words in ways.items():
                seconds, _, peak = timed([sys.executable, *words])
                raw = raw or seconds
                print(f"{rows:>9,} posts: {name:28}{seconds:9.2f}{seconds / raw:11.2f}{peak:9.0f}")
            seconds, _, peak = timed([*ingest, "--store", str(folder / f"{rows}.duckdb"), str(path)])
            print(f"{rows:>9,} posts: {'reach ingest':28}{seconds:9.2f}{seconds / raw:11.2f}{peak:9.0f}")
        hundred = folder / "hundred-thousand.csv"
        made_up(hundred, 100_000, 2)
        read, changes = before_anything_is_written(hundred, folder)
        print(f"  100,000 posts: read and checked {read:.2f} s, what would change {changes:.2f} s, of server work before an import")
        a_card(folder / "card.csv", 2_000)
        workbook, small = folder / "posts.xls", folder / "small.csv"
        made_up(small, 10_000, 3)
        a_workbook(workbook, small)
        many = folder / "many"
        many.mkdir()
        for number in range(500):
            made_up(many / f"{number}.csv", 20, 10 + number)
        for name, arguments in (
            ("a card of 2,000 days, UTF-16", [str(folder / "card.csv")]),
            ("a workbook of 10,000 posts", [str(workbook)]),
            ("500 files of 20 posts", [str(many)]),
        ):
            place_of = str(folder / f"{name.split()[1]}.duckdb")
            seconds, _, peak = timed([*ingest, "--store", place_of, "--account", "example", "--as-of", "2026-10-20", *arguments])
            print(f"{name:44}{seconds:9.2f}{'':11}{peak:9.0f}")
    print(f"{len(HEADINGS)} columns, {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
