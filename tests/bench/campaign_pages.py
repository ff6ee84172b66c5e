"""How long the queries behind the Campaigns page take over many observations, alone and with readers and an import beside them.

Run it from the checkout, on a machine that does nothing else:

    .venv/bin/python tests/bench/campaign_pages.py [--posts 1000000] [--looks 5] [--times 50] [--readers 20] [--rows 100000] [--pause 5]

It makes up posts seen several times, by SQL straight into the tables of a new store, and three campaigns with rules. It opens every part of
the page of each and notes what the page asks the store. Then each of these queries is asked so many times, one after another; and by
readers, who pause for so many seconds between two pages, while an export of so many rows is imported as the Upload page imports it. Nothing
is answered from the memory that the store keeps of its answers, so that what a person waits for is less than this.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import threading
import time
import uuid
from collections import defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from streamlit.testing.v1 import AppTest

sys.path.insert(0, str(Path(__file__).parent))
from import_speed import made_up

from reach import campaigns, candidates, editions, marts, settings, store, uploads
from reach.background import beside_readers
from reach.pages.campaigns import PARTS
from reach.queries import load
from reach.reading import Answers
from reach.store import Store

ACCOUNT, FIRST_LOOK = "100064197037125", datetime(2026, 10, 1)
# Each has a rule for a hashtag that one post in so many has. All but the last have days.
CAMPAIGNS = {"One post in 1,000": 1_000, "One post in 100": 100, "One post in 10": 10}
MEDIAN_MS, P95_MS = 50, 100


def fill(known: Store, posts: int, looks: int) -> None:
    """Posts of one account of ours, each seen so many times with other figures, and the campaigns."""
    tags = " || ".join(f"case when post % {one} = 0 then ' #oneof{one}' else '' end" for one in CAMPAIGNS.values())
    for look in range(looks):
        with known.transaction() as cursor:
            upload, seen = str(uuid.uuid4()), FIRST_LOOK + timedelta(days=look)
            cursor.execute(
                """insert into upload (
                    upload_id, file_name, sha256, format, network, as_of, as_of_basis, table_name, sample, recorded_at, recorded_by
                ) values (?, ?, ?, 'facebook_posts', 'facebook', ?, 'given', 'post_observation', false, ?, 'bench')""",
                [upload, f"look {look}.csv", upload, seen, seen],
            ).fetchall()
            cursor.execute(
                "insert into account values ('facebook', ?, null, 'A made-up page', true, ?, ?, ?, 'bench')", [ACCOUNT, posts, upload, seen]
            ).fetchall()
            cursor.execute(
                f"""insert into post_observation (
                    upload_id, record_no, network, account, post_id, published_at, text, kind, permalink,
                    reach, views, engagements, reactions_likes, comments, shares
                ) select
                    $upload, post + 1, 'facebook', $account, (122100000000000000 + post * 7919)::varchar,
                    timestamp '2020-01-01' + to_minutes(post * 3),
                    'A made-up post number ' || post || ' ' || repeat('of many words ', 10) || {tags},
                    'Photos', 'https://www.facebook.com/page/posts/pfbid' || md5(post::varchar),
                    post % 9000 + $look, post % 9000 + 2 * $look, post % 900 + $look, post % 700, post % 80, post % 90
                from range($posts) as made (post)""",
                {"upload": upload, "account": ACCOUNT, "look": look, "posts": posts},
            ).fetchall()
    # A transaction of its own: inside one that fills a table DuckDB takes it to be empty.
    with known.transaction() as cursor:
        for name, one in CAMPAIGNS.items():
            days = {"start_date": date(2023, 6, 1), "end_date": date(2023, 6, 30)} if one > 10 else {}
            campaigns.append(cursor, "campaign", {"campaign": name, **days})
            rule = {"rule_id": str(uuid.uuid4()), "campaign": name, "hashtag": f"oneof{one}", "retired": False}
            campaigns.append(cursor, "campaign_rule", rule)
        marts.rebuild(cursor, ["post"])


# What a page asks the store: the names of its queries, with their values.
Asked = list[tuple[str, dict[str, Any]]]


def page(campaign: str, part: str) -> Asked:
    """Every query that a part of a campaign's page asks, in its order, by opening it."""
    asked: Asked = []

    def noting(real: Any) -> Any:
        def ask(self: Store, name: str, **values: Any) -> Any:
            asked.append((name, values))
            return real(self, name, **values)

        return ask

    def script() -> None:
        from reach.pages import campaigns

        campaigns.render()

    opened = AppTest.from_function(script, default_timeout=120)
    opened.query_params["campaign"], opened.query_params["part"] = campaign, part
    with patch.object(Store, "rows", noting(Store.rows)), patch.object(Store, "frame", noting(Store.frame)):
        opened.run()
    assert not opened.exception, opened.exception
    return asked


def label(name: str, values: dict[str, Any]) -> str:
    """A query with what tells one of its askings from another."""
    said = [str(values[one]) for one in ("campaign", "date_from") if values.get(one) is not None]
    return ", ".join([name, *said])


def milliseconds(known: Store, name: str, values: dict[str, Any]) -> float:
    """One asking, past the memory that the store keeps of its answers."""
    start = time.perf_counter()
    with known.cursor() as cursor:
        store.ask(cursor, load(name), values)
    return 1000 * (time.perf_counter() - start)


def beside_an_import(known: Store, visits: list[Asked], path: Path, readers: int, pause: float) -> tuple[dict[str, list[float]], float]:
    """The milliseconds of each query with readers at work, and the seconds of the import.

    A reader opens a page, whose queries are asked one after another, reads for so many seconds, more or less, and opens the next.
    """
    told: dict[str, list[float]] = defaultdict(list)
    done = threading.Event()

    def reads(number: int) -> None:
        chance = random.Random(number)
        done.wait(chance.uniform(0, pause))
        while not done.is_set():
            for name, values in chance.choice(visits):
                told[label(name, values)].append(milliseconds(known, name, values))
            done.wait(chance.uniform(pause / 2, 1.5 * pause))

    threads = [threading.Thread(target=reads, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    start = time.perf_counter()
    try:
        answers = Answers(as_of=datetime(2026, 10, 20))
        found = beside_readers(lambda: candidates.check(path, path.name, known.folder, known.settings, known, answers))
        imported = beside_readers(lambda: uploads.commit(known, found[0]))
        candidates.discard(found)
    finally:
        seconds = time.perf_counter() - start
        done.set()
        for thread in threads:
            thread.join()
    assert imported.status == "imported", imported.message
    return told, seconds


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, number in (("posts", 1_000_000), ("looks", 5), ("times", 50), ("readers", 20), ("rows", 100_000), ("pause", 5)):
        options.add_argument(f"--{name}", type=int, default=number)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="reach-bench-") as place:
        os.environ["REACH_STORE"] = str(Path(place) / "bench.duckdb")
        known = editions.opened(settings.load())
        fill(known, chosen.posts, chosen.looks)
        print(f"{chosen.posts * chosen.looks:,} observations of {chosen.posts:,} posts, {len(CAMPAIGNS)} campaigns", flush=True)
        visits = [page(campaign, part) for campaign in CAMPAIGNS for part in PARTS]
        every = {label(name, values): (name, values) for visit in visits for name, values in visit}
        alone = {
            told: statistics.median(milliseconds(known, *asking) for _ in range(chosen.times)) for told, asking in every.items()
        }
        path = Path(place) / "export.csv"
        made_up(path, chosen.rows, 1)
        beside, seconds = beside_an_import(known, visits, path, chosen.readers, chosen.pause)
        store.close()
    print(f"{'milliseconds':50}{'median alone':>14}{f'p95, {chosen.readers} readers and an import':>36}")
    for told, median in alone.items():
        p95 = statistics.quantiles(beside[told], n=20)[-1] if len(beside[told]) > 1 else float("nan")
        over = "".join([" over 50 alone" if median > MEDIAN_MS else "", " over 100 beside" if p95 > P95_MS else ""])
        print(f"{told:50}{median:14.1f}{p95:36.1f}{over}")
    everything = [one for times in beside.values() for one in times]
    print(f"All {len(everything):,} askings beside the import: p95 {statistics.quantiles(everything, n=20)[-1]:.1f} ms.")
    print(f"The import of {chosen.rows:,} rows took {seconds:.1f} s beside {chosen.readers} readers.")


if __name__ == "__main__":
    main()
