"""How long the queries behind the Trends page take over 15 years of 43 forces.

Run it from the checkout, on a machine that does nothing else:

    .venv/bin/python tests/bench/trends.py [--years 15] [--forces 43] [--posts 200] [--times 30]

It makes up figures of 12 measures for every month of every force, weekly reports of two operations a year, posts of five networks (so many
month and network), with a file for each month, and web pages by month, by SQL straight into the tables of a new store. Then every query
of the page is asked so many times, one after another, past the memory that the store keeps of its answers. Wall and processor time are
told apart, since a busy machine shows in the first alone. The last lines are what the page makes of the answers, by kind of period.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from reach import campaigns, editions, marts, periods, settings, store
from reach import trends as rules
from reach.definitions import MEASURE
from reach.pages import trends
from reach.queries import load
from reach.store import Store

LAST = date(2026, 9, 30)
NETWORKS = ("facebook", "instagram", "x", "linkedin", "youtube")
MEASURES = (
    *("arrests", "warrants", "people_charged", "offences_charged", "cash_seized_gbp", "drugs_seized_gbp", "weapons_seized", "lines_closed"),
    *("cuckooing_visits", "people_referred", "reports_from_public", "children_at_talks"),
)
MEDIAN_MS = 100


def fill(known: Store, years: int, forces: int, posts: int) -> None:
    """The made-up record: the first of the forces is that of the settings."""
    first = date(LAST.year - years, LAST.month % 12 + 1, 1)
    names = [known.settings.force, *(f"Made-up force {number}" for number in range(2, forces + 1))]
    with known.transaction() as cursor:
        for month in periods.between(periods.MONTH, first, LAST):
            upload = _upload(cursor, f"figures {month.label}.csv", "figures", None, "figure", month.start, month.end)
            cursor.execute(
                """insert into figure (
                    upload_id, record_no, start_date, end_date, area, measure, value_low, value_high, unit, qualifier,
                    published_wording, source
                ) select
                    $upload, row_number() over (), $start, $end, area, asked.measure, made % 90, case when made % 9 > 0 then made % 90 end,
                    asked.unit, case when made % 9 > 0 then 'exact' else 'more than' end, 'as reported', 'made up'
                from (select unnest($areas) as area)
                cross join (select unnest($measures) as measure, unnest($units) as unit) as asked
                cross join lateral (select hash(area || asked.measure || $start) % 9999 as made)""",
                {
                    "upload": upload,
                    "start": month.start,
                    "end": month.end,
                    "areas": names,
                    "measures": list(MEASURES),
                    "units": [MEASURE[key].unit for key in MEASURES],
                },
            ).fetchall()
        for year in range(years):
            start = date(first.year + year, first.month, 1)
            end = periods.period_of(periods.YEAR, start, first.month).end
            weeks = _upload(cursor, f"weeks {year}.csv", "figures", None, "figure", start, end)
            cursor.execute(
                """insert into figure (
                    upload_id, record_no, start_date, end_date, area, operation, campaign, measure, value_low, value_high, unit,
                    qualifier, published_wording, source
                ) select
                    $upload, row_number() over (), week, cast(week + 6 as date), area, 'Operation ' || week, 'Campaign ' || week, measure,
                    hash(area || measure || week) % 90, hash(area || measure || week) % 90, 'people', 'exact', 'as published',
                    'made up week'
                from (select cast(unnest([$start + 40, $start + 220]) as date) as week)
                cross join (select unnest($areas) as area)
                cross join (select unnest(['arrests', 'warrants', 'campaign_reach']) as measure)""",
                {"upload": weeks, "start": start, "areas": names},
            ).fetchall()
        for network in NETWORKS:
            for month in periods.between(periods.MONTH, first, LAST):
                _posts(cursor, network, month, posts)
        for number in range(20):
            campaigns.append(cursor, "campaign", {"campaign": f"Made-up campaign {number}", "start_date": first, "budget": 1_000})
            rule = {"rule_id": str(uuid.uuid4()), "campaign": f"Made-up campaign {number}", "hashtag": f"tag{number}", "retired": False}
            campaigns.append(cursor, "campaign_rule", rule)
        marts.rebuild(cursor)


def _upload(cursor: Any, name: str, kind: str, network: str | None, table: str, first: date, last: date) -> str:
    upload, seen = str(uuid.uuid4()), datetime.combine(last, datetime.min.time()) + timedelta(days=2)
    cursor.execute(
        """insert into upload (
            upload_id, file_name, sha256, format, network, as_of, as_of_basis, period_start, period_end, table_name, sample, rows_kept,
            recorded_at, recorded_by
        ) values (?, ?, ?, ?, ?, ?, 'given', ?, ?, ?, false, 1, ?, 'bench')""",
        [upload, name, upload, kind, network, seen, first, last, table, seen],
    ).fetchall()
    return upload


def _posts(cursor: Any, network: str, month: periods.Period, posts: int) -> None:
    upload = _upload(cursor, f"{network} {month.label}.csv", f"{network}_posts", network, "post_observation", month.start, month.end)
    cursor.execute(
        "insert into account values (?, ?, null, 'A made-up page', true, ?, ?, ?, 'bench')",
        [network, f"{network}-1", posts, upload, datetime.combine(month.end, datetime.min.time())],
    ).fetchall()
    shown = "impressions" if network in ("x", "linkedin") else "views"
    cursor.execute(
        f"""insert into post_observation (
            upload_id, record_no, network, account, post_id, published_at, text, {shown}, engagements, link_clicks, reach, video_3s_views
        ) select
            $upload, number + 1, $network, $network || '-1', $month || '-' || number, $month + to_minutes(number * $apart),
            'A made-up post #tag' || number % 40, hash(number || $month) % 9000, hash($month || number) % 400, number % 30,
            case when $network in ('facebook', 'instagram') then hash(number || $month) % 5000 end,
            case when $network = 'facebook' and number % 3 = 0 then number * 7 end
        from range($posts) as made (number)""",
        {"upload": upload, "network": network, "month": month.start, "posts": posts, "apart": max(1, month.days * 1440 // (posts + 1))},
    ).fetchall()
    if network == "facebook":
        web = _upload(cursor, f"web {month.label}.csv", "ga4_pages", None, "web_page", month.start, month.end)
        cursor.execute(
            """insert into web_page (upload_id, record_no, property, dimension, page, period_start, period_end, web_views)
            select $upload, number + 1, 'site', 'Page path', '/' || number, $first, $last, number * 3 from range(50) as made (number)""",
            {"upload": web, "first": month.start, "last": month.end},
        ).fetchall()


def asked(known: Store) -> list[tuple[str, dict[str, Any]]]:
    """Every query that the page asks, with its values."""
    since = datetime.combine(LAST - timedelta(days=91), datetime.min.time())
    keys = {"reaches": rules.REACHES, "met": rules.IN_PERSON, "outcomes": rules.OUTCOMES, "enforcement": rules.ENFORCEMENT}
    return [
        ("pages/choices", {}),
        ("charts/figures", {"area": known.settings.force, "measures": list(MEASURE)}),
        ("charts/outtakes", {"sample": False}),
        ("charts/held_runs", {"sample": False}),
        ("charts/web_views", {"sample": False}),
        ("charts/window_reach", {"sample": False}),
        ("pages/campaign_stages", {name: list(values) for name, values in keys.items()}),
        ("pages/campaign_totals", {"campaign": "Made-up campaign 1"}),
        ("pages/figures_since", {"since": since, "most_rows": 40}),
        ("pages/uploads_since", {"since": since, "most_rows": 40}),
        ("pages/campaigns_since", {"since": since}),
        ("charts/held_runs", {"sample": False, "recorded_before": since}),
        ("pages/held", {}),
    ]


def told(times: int, do: Callable[[], Any]) -> tuple[float, float]:
    """Medians of wall and of processor time, in milliseconds."""
    walls, works = [], []
    for _ in range(times):
        wall, work = time.perf_counter(), time.process_time()
        do()
        walls.append(1000 * (time.perf_counter() - wall))
        works.append(1000 * (time.process_time() - work))
    return statistics.median(walls), statistics.median(works)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, number in (("years", 15), ("forces", 43), ("posts", 200), ("times", 30)):
        options.add_argument(f"--{name}", type=int, default=number)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="reach-bench-") as place:
        known = editions.opened(settings.load(Path(place) / "bench.duckdb"))
        fill(known, chosen.years, chosen.forces, chosen.posts)
        with known.cursor() as cursor:
            held = {
                table: cursor.execute(f"select count(*) from {table}").fetchall()[0][0] for table in ("figure_current", "post", "upload")
            }
        print(", ".join(f"{number:,} rows of {table}" for table, number in held.items()), flush=True)
        print(f"{'median milliseconds':30}{'rows':>8}{'wall':>10}{'processor':>12}")
        for name, values in asked(known):

            def ask(name: str = name, values: dict[str, Any] = values) -> list[dict[str, Any]]:
                with known.cursor() as cursor:
                    return store.ask(cursor, load(name), values)

            rows = len(ask())
            wall, work = told(chosen.times, ask)
            print(f"{name:30}{rows:8,}{wall:10.1f}{work:12.1f}{'  over 100' if wall > MEDIAN_MS else ''}", flush=True)
        for kind in periods.KINDS:
            known._memory.forget()
            wall, work = told(3, lambda kind=kind: trends._work_out(known, kind, known.settings.force, False, 4))
            print(f"{'worked out by ' + kind:38}{wall:10.1f}{work:12.1f}", flush=True)
        store.close()


if __name__ == "__main__":
    main()
