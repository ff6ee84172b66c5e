"""How long it takes to make tables of small counts safe, and how many cells that hides.

Run it from the checkout, on a machine that does nothing else:

    .venv/bin/python tests/bench/disclosure.py [--seeds 5]

It makes up tables of rows, columns and totals, the same every time, and hides what is below 5 in them: small ones, of which the fewest
cells are hidden that do, beside the same with the choice made cell by cell, as it is for large ones. Seconds are of the processor.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from pathlib import Path

from reach.disclosure import PROTECTS, SUB_FORCE, Safe, Table, Thresholds, _hiding, count, crossed, suppress
from reach.settings import Settings

SIZES = ((3, 3), (5, 5), (9, 6), (20, 8), (43, 12))
MEANS = (10, 60)


def made_up(rows: int, columns: int, mean: float, seed: int) -> Table:
    """A table of exponentially spread counts: many small, some large."""
    chance = random.Random(seed)
    counts = [[int(chance.expovariate(1 / mean)) for _ in range(columns)] for _ in range(rows)]
    counts = [[*row, sum(row)] for row in counts]
    counts.append([sum(column) for column in zip(*counts, strict=True)])
    names = ([*map(str, range(rows)), "Total"], [*map(str, range(columns)), "Total"])
    return crossed({
        (name, heading): count(number, SUB_FORCE)
        for name, row in zip(names[0], counts, strict=True)
        for heading, number in zip(names[1], row, strict=True)
    })


def timed(table: Table, thresholds: Thresholds) -> tuple[float, Safe]:
    started = time.process_time()
    safe = suppress(table, thresholds)
    if not safe.audit.passes:
        raise SystemExit("\n".join(safe.audit.failures))
    return time.process_time() - started, safe


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--seeds", type=int, default=5)
    seeds = range(arguments.parse_args().seeds)
    thresholds = Thresholds.of(Settings(Path("nowhere")))
    best = _hiding.EXACT
    timed(made_up(3, 3, 10, 1), thresholds)  # what is imported at first use
    print(f"{'rows':>5}{'columns':>9}{'mean':>6}{'choice':>14}{'small':>7}{'further':>9}{'median s':>10}{'longest s':>11}")
    for rows, columns in SIZES:
        for mean in MEANS:
            for choice, limit in (("the best", best), ("cell by cell", 0)):
                _hiding.EXACT = limit
                runs = [timed(made_up(rows, columns, mean, seed), thresholds) for seed in seeds]
                further = [sum(why == PROTECTS for why in safe.hidden.values()) for _, safe in runs]
                small = statistics.mean(len(safe.hidden) for _, safe in runs) - statistics.mean(further)
                seconds = [one for one, _ in runs]
                print(
                    f"{rows:>5}{columns:>9}{mean:>6}{choice:>14}{small:>7.1f}{statistics.mean(further):>9.1f}"
                    f"{statistics.median(seconds):>10.2f}{max(seconds):>11.2f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
