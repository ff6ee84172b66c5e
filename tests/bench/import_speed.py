"""How long ``reach ingest`` takes beside DuckDB reading the same file as plain text, and how much memory.

Run it from the checkout, on a machine that does nothing else:

    .venv/bin/python tests/bench/import_speed.py [--rows 1000000] [--rounds 3]

It makes up a Facebook export of that many rows and 30 columns, the same every time, in a temporary folder;
then, as fresh processes and by turns, DuckDB creates a table of 30 text columns from it, Reach imports it into a
new store (original kept), and Reach imports the same posts with other figures into that store.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

HEADINGS = (
    "Post ID", "Page ID", "Page name", "Title", "Description", "Duration (sec)", "Publish time", "Caption type", "Permalink",
    "Is crosspost", "Is share", "Post type", "Languages", "Custom labels",
    "Funded content status", "Data comment", "Date", "Views", "Reach",
    "Reactions, Comments and Shares", "Reactions", "Comments", "Shares", "Total clicks", "Other Clicks",
    "Matched Audience Targeting Consumption (Photo Click)", "Link Clicks", "Seconds viewed", "Average Seconds viewed",
    "Estimated earnings (USD)",
)
WORDS = (
    "county", "lines", "police", "campaign", "warning", "signs", "trusted", "adults", "children", "Leicester", "safeguarding", "call",
    "report", "drugs", "\U0001f693", "\U0001f64f", "caf\u00e9",
)
RAW = """
import duckdb, sys
columns = "{" + ", ".join(f"'c{place}': 'VARCHAR'" for place in range(30)) + "}"
duckdb.connect().execute(
    f"create table raw as select * from read_csv(?, columns = {columns}, header = true, auto_detect = false, delim = ',', quote = '\\"')",
    [sys.argv[1]],
).fetchall()
"""


def made_up(path: Path, rows: int, seed: int) -> None:
    """Writes an export: the same posts whatever the seed, other figures for another seed."""
    posts, figures = random.Random(1), random.Random(seed)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADINGS)
        for row in range(rows):
            caption = " ".join(posts.choices(WORDS, k=posts.randint(8, 30))) + ('\n\n"quoted", more' if row % 3 == 0 else "")
            clock = f"{datetime(2025, 1, 1) + timedelta(minutes=row % 500_000):%m/%d/%Y %H:%M}"
            link = f"https://www.facebook.com/page/posts/pfbid{posts.getrandbits(160):040x}"
            reach, reactions, comments, shares = (figures.randint(*span) for span in ((50, 90_000), (0, 900), (0, 80), (0, 99)))
            writer.writerow([
                122_100_000_000_000_000 + row * 7919 % 99_999_999_999_999, 100064197037125, "A made-up page", caption, "", 0, clock, "N/A",
                link, 0, 0, "Photos", "", "", "", "", "Lifetime", reach + figures.randint(0, 5000), reach, reactions + comments + shares,
                reactions, comments, shares, figures.randint(0, 999), *(figures.randint(0, 99) for _ in range(3)),
                figures.randint(0, 9999), "3.5", "",
            ])


def timed(command: list[str]) -> tuple[float, float, float]:
    """Runs a fresh process: seconds on the clock, seconds of processor, peak memory in MB. Stops if it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command[1:4])}: exit code {process.returncode}")
    # Linux counts in kilobytes, macOS in bytes.
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def round_of(first: Path, second: Path, folder: Path) -> dict[str, tuple[float, float, float]]:
    """One turn of each process on the same two files, into a new store."""
    store = folder / "bench.duckdb"
    store.unlink(missing_ok=True)
    ingest = [sys.executable, "-m", "reach", "ingest", "--json", "--store", str(store)]
    return {
        "DuckDB, all text": timed([sys.executable, "-c", RAW, str(first)]),
        "reach ingest": timed([*ingest, "--as-of", "2026-10-20", str(first)]),
        "reach ingest, same posts again": timed([*ingest, "--as-of", "2026-10-21", str(second)]),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="reach-bench-") as name:
        folder = Path(name)
        first, second = folder / "first.csv", folder / "second.csv"
        made_up(first, chosen.rows, 1)
        made_up(second, chosen.rows, 2)
        size = first.stat().st_size / 1e6
        print(f"{chosen.rows:,} rows x {len(HEADINGS)} columns, {size:,.0f} MB, {os.cpu_count()} processors", flush=True)
        rounds = [round_of(first, second, folder) for _ in range(chosen.rounds)]
    raw = statistics.median(one["DuckDB, all text"][0] for one in rounds)
    print(f"{'':32}{'seconds each':>24}{'median':>9}{'ratio':>8}{'processor s':>13}{'peak MB':>9}")
    for what in rounds[0]:
        seconds, processor, memory = zip(*(one[what] for one in rounds), strict=True)
        median = statistics.median(seconds)
        each = "  ".join(f"{one:.2f}" for one in seconds)
        print(f"{what:32}{each:>24}{median:9.2f}{median / raw:8.2f}{statistics.median(processor):13.2f}{max(memory):9.0f}")


if __name__ == "__main__":
    main()
