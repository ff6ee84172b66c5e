"""How far videos were watched: held against the same worked out in plain Python, from made-up files and from real ones."""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from reach import campaign_rates, ratios
from reach.campaigns import Rule
from reach.definitions import ANY_METRIC
from reach.dictionary import definition_of, exports_of
from reach.ratios import RATIO, UNKNOWN, VIDEO, Without
from test_campaigns import SAMPLES
from test_ratios import begin

DECEMBER = (datetime(2025, 12, 31), "file name")
SPROUT = (
    *("Date", "Post ID", "Network", "Post Type", "Profile", "Post", "Impressions"),
    *("Paid Video Views", "Video Views", "Partial Video Views"),
)
FULL = ("Full Video Views", "95% Video Views")
YOUTUBE = ("Content", "Video title", "Video publish time", "Duration", "Engaged views", "Views", "Watch time (hours)")
INSIGHTS = "facebook_insights_old/fbinsights_postlevel_2017-11-19.xlsx"
UFSCAR = "youtube/yt_ptbr_ufscar_conteudo_2024-25.zip"
OISIN = "youtube/yt_content_2024_oisin_table.csv"
SPROUT_REAL = "sprout/sprout_post_performance_2025-12.csv"


def table(headings: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows([headings, *rows])
    return stream.getvalue().encode()


def sample(name: str) -> Path:
    path = SAMPLES / name
    if not path.is_file():
        pytest.skip("the sample exports are not at hand")
    return path


def asked(desk, network: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Rows of the ratios of a campaign of everything on a network, by way of payment and ratio."""
    begin(desk, Rule("Films", network=network))
    return {(row["paid"], row["ratio"]): row for row in desk.store.rows("pages/campaign_ratios") if row["campaign"] == "Films"}


def whole(cell: str | None) -> int | None:
    return int(cell.replace(",", "")) if cell and cell.strip() else None


# --- plays to the end ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_completion_of_each_network_is_plays_to_95_over_video_views(desk, seed):
    """Partial and full views add up to the views, and are no plays of three seconds."""
    pick = random.Random(seed)
    rows = []
    for number in range(24):
        views, ended = pick.choice([("", ""), (0, 0), (900, 300), (70, ""), (4000, 11)])
        full = "" if ended == "" else ended + 20
        paid = pick.choice(["", 0, 5])
        network = pick.choice(["Facebook", "X"])
        cells = (network, "Post", "Example", f"Film {number}", 10, paid, views, 50, full, ended)
        rows.append((f"12/{1 + number:02d}/2025 9:40 am", f"90000000000001{number:02d}7", *cells))
    desk.bring(table((*SPROUT, *FULL), rows), stated=DECEMBER)
    begin(desk, Rule("Films", words="film"))
    found = {(row["network"], row["paid"], row["ratio"]): row for row in desk.store.rows("pages/campaign_ratios")}
    for network in ("Facebook", "X"):
        for way, of_way in (("not stated", lambda x: x == ""), ("organic", lambda x: x == 0), ("boosted", lambda x: x == 5)):
            group = [row for row in rows if row[2] == network and of_way(row[7])]
            for ratio, place in (("ended_plays_per_view", -1), ("half_minute_plays_per_view", -2)):
                both = [row for row in group if row[-4] != "" and row[place] != ""]
                below = sum(row[-4] for row in both)
                row = found.get((f"sprout_{network.lower()}", way, ratio))
                assert (row is None) == (not group)
                if row and below:
                    assert ratios.of_posts(RATIO[ratio], row) == Fraction(100 * sum(one[place] for one in both), below)
                    assert (row["posts"], row["posts_used"]) == (len(group), len(both))
                elif row:
                    assert ratios.of_posts(RATIO[ratio], row).state == ("none" if both else UNKNOWN)
    assert desk.rows("select count(*) as n from post where video_3s_views is not null") == [{"n": 0}]


def test_a_share_made_ready_is_never_a_count(desk):
    """TikTok's share of plays watched in full, also through Sprout Social, says of how many plays only by rounding."""
    tiktok = ("Video title", "Video link", "Post time", "Total views", "Total play time", "Average watch time", "Watched full video")
    link = "https://www.tiktok.com/@example/video/7522035641509490745"
    desk.bring(table(tiktok, [("Film", link, "2025-07-01 10:00", 5000, "1h:02m:03s", 12.5, 0.31)]), stated=DECEMBER, account="Example")
    cells = ("12/01/2025 9:40 am", "7300000000000000456", "TikTok", "Post", "Example", "Film", 912, "", 912, "", 0.1, 11.2)
    desk.bring(table((*SPROUT, "Full Video View Rate", "Video Length (Seconds)"), [cells]), "sprout.csv", stated=DECEMBER)
    begin(desk, Rule("Films", words="film"))
    rows = [row for row in desk.store.rows("pages/campaign_ratios") if row["ratio"] in VIDEO[1]]
    assert {row["network"] for row in rows} == {"tiktok", "sprout_tiktok"}
    assert {ratios.of_posts(RATIO[row["ratio"]], row).state for row in rows} == {UNKNOWN}


def test_completion_of_a_real_sprout_export_equals_plain_python(desk):
    path = sample(SPROUT_REAL)
    desk.bring(path, path.name)
    found = asked(desk, "sprout_facebook")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["Network"] == "Facebook" and row["Video Views"]]
    assert len(rows) == 3
    for row in rows:
        assert whole(row["Partial Video Views"]) + whole(row["Full Video Views"]) == whole(row["Video Views"])
    for ratio, heading in (("ended_plays_per_view", "95% Video Views"), ("half_minute_plays_per_view", "Full Video Views")):
        expected = Fraction(100 * sum(whole(row[heading]) for row in rows), sum(whole(row["Video Views"]) for row in rows))
        assert ratios.of_posts(RATIO[ratio], found["organic", ratio]) == expected
    ((of, value),) = campaign_rates.answers([VIDEO], {ratio: row for (paid, ratio), row in found.items() if paid == "organic"})
    assert (of.key, ratios.words(of, value)) == ("ended_plays_per_view", "21.4%"), "701 of 3,283; Full Video Views would be 27.6%"


def test_completion_of_the_old_page_insights_equals_plain_python(desk):
    path = sample(INSIGHTS)
    desk.bring(path, path.name, account="Example")
    names, meanings, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    counts = {name: place for place, name in enumerate(names) if str(meanings[place]).endswith("(Total Count)")}
    films = [row for row in rows if row[counts["Lifetime Video length"]]]
    ended = [sum(int(row[counts[f"Lifetime {way} views to 95%"]]) for way in ("Organic", "Paid")) for row in films]
    plays = [sum(int(row[counts[f"Lifetime {way} Video Views"]]) for way in ("Organic", "Paid")) for row in films]
    found = [row for (_, ratio), row in asked(desk, "facebook").items() if ratio == "ended_plays_per_play"]
    assert len(films) > 5 and sum(row["posts_used"] for row in found) == len(films)
    assert (sum(row["numerator"] or 0 for row in found), sum(row["denominator"] or 0 for row in found)) == (sum(ended), sum(plays))
    assert 0 < sum(ended) < sum(plays)


# --- the share of a video that was watched ------------------------------------------------------------------------


@pytest.mark.parametrize(("length", "engaged", "views", "export", "used"), [
    ("394", "534", "534", "2025-12-31", True),
    ("17", "526", "526", "2025-12-31", True),
    ("17", "526", "2109", "2025-12-31", False),
    ("729", "781", "788", "2025-12-31", False),
    ("181", "", "534", "2025-12-31", True),
    ("180", "", "534", "2025-12-31", False),
    ("17", "", "534", "2025-03-30", True),
    ("0:06:34", "", "534", "2025-12-31", True),
    ("6:34", "534", "534", "2025-12-31", False),
    ("0", "534", "534", "2025-12-31", False),
    ("", "534", "534", "2025-12-31", False),
    ("394", "534", "", "2025-12-31", False),
])
def test_a_length_counts_where_the_watch_time_is_of_just_the_views(desk, length, engaged, views, export, used):
    """The two numbers of a Short of 2025 are a real video's: 10,993 seconds watched are 123% of its engaged views in full, and 31% of all
    its starts, where YouTube prints 90.63% viewed on average.
    """
    cells = ("abcdefghijk", "Film", "Sep 30, 2024", length, engaged, views, "2.5")
    desk.bring(table(YOUTUBE, [cells]), stated=(datetime.fromisoformat(export), "file name"), account="Example")
    row = asked(desk, "youtube")["not stated", "watched_of_full"]
    assert (row["posts"], row["posts_used"]) == (1, int(used))
    if used:
        seconds = 394 if ":" in length else int(length)
        assert ratios.of_posts(RATIO["watched_of_full"], row) == Fraction(100 * 9000, int(views) * seconds)
    else:
        assert ratios.of_posts(RATIO["watched_of_full"], row) == Without(UNKNOWN, "no length with views of the same scope given")


def test_the_share_watched_of_several_videos_is_a_sum_over_a_sum(desk):
    pick = random.Random(5)
    videos = [(pick.randrange(181, 900), pick.randrange(1, 5000), Decimal(pick.randrange(1, 10**6)) / 10**4) for _ in range(20)]
    rows = [(f"abcdefghi{at:02d}", "Film", "Sep 30, 2024", length, views, views, hours) for at, (length, views, hours) in enumerate(videos)]
    desk.bring(table(YOUTUBE, rows), stated=DECEMBER, account="Example")
    found = asked(desk, "youtube")
    expected = Fraction(100 * sum(3600 * hours for *_, hours in videos)) / sum(length * views for length, views, _ in videos)
    assert ratios.of_posts(RATIO["watched_of_full"], found["not stated", "watched_of_full"]) == expected
    held = {ratio: row for (_, ratio), row in found.items()}
    ((of, value),) = campaign_rates.answers([VIDEO], held)
    assert (of.key, value) == ("watched_of_full", expected), "the first answer that has a value"
    campaign = {"campaign": "Films", "start_date": None, "end_date": None}
    listed = campaign_rates.listed(campaign, desk.store.rows("pages/campaign_ratios"), [], set())
    (said,) = [one for one in listed if one["rate"] == "watched_of_full"]
    assert said["value"] == pytest.approx(float(expected)) and said["unit"] == "seconds watched per 100 seconds of every play in full"
    assert re.fullmatch(r"[\d,.]+ seconds watched ÷ [\d,]+ seconds of every play in full", said["worked_out_from"])


def test_the_share_watched_agrees_with_youtube_s_own_average(desk):
    """In a real export of 2 June 2025, without engaged views: of longer videos than any Short 346 of 348 agree with the average duration
    that YouTube prints, to its second; the two others, of which it then counted fewer plays than views, by less than 1%.
    """
    path = sample(UFSCAR)
    with zipfile.ZipFile(path) as archive:
        content = archive.read("Dados da tabela.csv")
    desk.bring(content, "Dados da tabela.csv", stated=(datetime(2025, 6, 2, 6, 26), "zip entry"), account="UFSCar")
    row = asked(desk, "youtube")["not stated", "watched_of_full"]
    rows = [one for one in csv.DictReader(io.StringIO(content.decode("utf-8-sig"))) if one["Conteúdo"] != "Total"]
    films = [one for one in rows if one["Duração"] and int(one["Duração"]) > 180 and one["Visualizações"]]
    watched = [round(Decimal(one["Tempo de exibição (horas)"]) * 3600, 3) for one in films]
    full = [int(one["Visualizações"]) * int(one["Duração"]) for one in films]
    assert (row["posts"], row["posts_used"]) == (len(rows), len(films)) and len(films) == 348
    assert ratios.of_posts(RATIO["watched_of_full"], row) == Fraction(100 * sum(watched)) / sum(full)
    off = []
    for one, seconds in zip(films, watched, strict=True):
        hours, minutes, rest = map(int, one["Duração média da visualização"].split(":"))
        printed, ours = 3600 * hours + 60 * minutes + rest, float(seconds) / int(one["Visualizações"])
        slack = 0.2 / int(one["Visualizações"])  # watch time is printed to 0.36 of a second
        if not printed - 0.01 - slack <= ours < printed + 1 + slack:
            off.append(abs(ours / printed - 1))
    assert len(off) == 2 and max(off) < 0.01


def test_before_2025_the_watch_time_of_shorts_was_of_their_views():
    """A real export of 2024 prints the average percentage viewed and no length: the length that follows is a whole number of seconds."""
    with sample(OISIN).open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["Content"] != "Total" and row["Average percentage viewed (%)"]]
    assert len(rows) > 90
    for row in rows:
        watched, views, share = (float(row[one]) for one in ("Watch time (hours)", "Views", "Average percentage viewed (%)"))
        low, high = ((3600 * watched + wide) / views / (share - wide / 36) * 100 for wide in (-0.18, 0.18))
        assert int(high + 1e-9) >= low - 1e-9, row["Content"]


# --- what is said -------------------------------------------------------------------------------------------------


def test_one_post_says_how_far_it_was_watched():
    look = {**dict.fromkeys(ANY_METRIC), "network": "youtube", "watch_seconds": Decimal(45448), "full_seconds": Decimal(210396)}
    ((of, value, _),) = ratios.of_one_post([look])
    assert (of.key, ratios.words(of, value)) == ("watched_of_full", "21.6%")
    look = {**dict.fromkeys(ANY_METRIC), "network": "sprout_facebook", "views": 1223, "video_95_views": 69, "video_30s_views": 275}
    assert [(of.key, ratios.words(of, value)) for of, value, _ in ratios.of_one_post([look])] == [
        ("ended_plays_per_view", "5.6%"), ("half_minute_plays_per_view", "22.5%"),
    ]


def test_what_counts_to_the_end_is_defined_by_who_counts_it():
    known = {network: definition_of("post", "video_95_views", network).key for network in ("facebook", "sprout_facebook", "instagram")}
    assert known == {
        "facebook": "video-95-views-facebook-insights", "sprout_facebook": "video-95-views-sprout", "instagram": "video_95_views-post",
    }
    assert exports_of(definition_of("post", "video_30s_views", "sprout_facebook")) == [
        ("Posts (Sprout Social, Post Performance)", "Full Video Views")
    ]
    assert definition_of("ratio", "watched_of_full", "youtube") and not definition_of("ratio", "watched_of_full", "facebook")
