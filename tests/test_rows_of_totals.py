"""The row that sums up the others, which a platform or a person adds to an export: it is skipped, and a post of such a name is not.

Numbers written by hand.
"""

from __future__ import annotations

import csv
import io

import pytest

from reach import candidates

LINK = "https://www.linkedin.com/feed/update/urn:li:activity:716911902108471711"
VIDEO = "https://www.tiktok.com/@example/video/732000000000000000"
TWEET = "https://twitter.com/example/status/"
DAYS = {
    "linkedin_days": ("Impressions (total)", "Clicks (total)"),
    "linkedin_followers": ("Total followers", "Organic followers"),
    "linkedin_visitors": ("Total page views (total)", "Total unique visitors (total)"),
    "tiktok_business_days": ("Reached audience", "Video views"),
    "x_days_new": ("Impressions", "Unfollows"),
    "x_days_old": ("impressions", "Tweets published"),
    "x_video_days": ("Views", "Watch Time (ms)"),
    "youtube_days": ("Views", "Subscribers"),
}
POSTS = {
    "linkedin_posts": (
        ("Post title", "Post link", "Impressions"),
        [("First", f"{LINK}3", 1000), ("Total", f"{LINK}4", 500)],
        [("Total", "", 1500), ("", "Total", 1500)],
    ),
    "tiktok_videos": (
        ("Video title", "Video link", "Post time", "Total views"),
        [("First", f"{VIDEO}1", "February 2", 1000), ("Total", f"{VIDEO}2", "February 3", 500)],
        [("Total", "", "", 1500), ("", "Total", "", 1500), ("", "", "Total", 1500)],
    ),
    "tiktok_business_videos": (
        ("Video title", "Video link", "Post time", "Video views", "Add to Favorites"),
        [("First", f"{VIDEO}1", "2024-02-02 10:00", 1000, 1), ("Total", f"{VIDEO}2", "2024-02-03 10:00", 500, 1)],
        [("Total", "", "", 1500, 2), ("", "Total", "", 1500, 2)],
    ),
    "facebook_posts": (
        ("Post ID", "Page ID", "Page name", "Title", "Description", "Publish time", "Permalink", "Reach"),
        [
            ("101", "7", "Example", "First", "", "02/13/2024 09:30", "https://example.org/1", 1000),
            ("102", "7", "Example", "Total", "Total", "02/14/2024 09:30", "https://example.org/2", 500),
        ],
        [("Total", "", "", "", "", "", "", 1500), ("", "", "", "Total", "", "", "", 1500), ("", "", "", "", "Total", "", "", 1500)],
    ),
    "instagram_posts": (
        ("Post ID", "Account ID", "Account username", "Description", "Publish time", "Permalink", "Reach", "Likes", "Saves"),
        [
            ("101", "7", "example", "First", "02/13/2024 09:30", "https://example.org/1", 1000, 1, 1),
            ("102", "7", "example", "Total", "02/14/2024 09:30", "https://example.org/2", 500, 1, 1),
        ],
        [("Total", "", "", "", "", "", 1500, 2, 2), ("", "", "", "Total", "", "", 1500, 2, 2)],
    ),
    "x_posts": (
        ("Post id", "Date", "Post text", "Post Link", "Impressions"),
        [
            ("1759000000000000001", "Sun, Feb 18, 2024", "First", f"{TWEET}1759000000000000001", 1000),
            ("1759000000000000002", "Sun, Feb 18, 2024", "Total", f"{TWEET}1759000000000000002", 500),
        ],
        [("Total", "", "", "", 1500), ("", "Total", "", "", 1500), ("", "", "Total", "", 1500)],
    ),
    "x_tweets": (
        ("Tweet id", "Tweet permalink", "Tweet text", "time", "impressions"),
        [
            ("1259000000000000001", f"{TWEET}1259000000000000001", "First", "2020-05-09 06:00 +0000", 1000),
            ("1259000000000000002", f"{TWEET}1259000000000000002", "Total", "2020-05-09 06:00 +0000", 500),
        ],
        [("Total", "", "", "", 1500), ("", "", "Total", "", 1500)],
    ),
    "sprout_posts": (
        ("Date", "Post ID", "Network", "Profile", "Post", "Impressions"),
        [("02/13/2024 9:40 am", "11", "X", "@example", "First", 1000), ("02/14/2024 9:40 am", "12", "X", "@example", "Total", 500)],
        [("Total", "", "", "", "", 1500), ("", "Total", "", "", "", 1500), ("", "", "", "", "Total", 1500)],
    ),
}
SKIPPED = {"a row of totals": 1}


def judged(desk, headings, *rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows((headings, *rows))
    found = desk.one(text.getvalue().encode(), "export.csv", account="example")
    candidates.discard([found])
    assert found.reading, found.message
    return found.reading


@pytest.mark.parametrize("total", ["Total", " TOTALS ", "Grand total:", "Summe", "Total geral", "Total g\u00e9n\u00e9ral", "Ge\u00adsamt"])
@pytest.mark.parametrize("first", [True, False], ids=["above", "below"])
def test_row_of_totals_in_any_language_is_skipped(desk, total, first):
    rows = [("02/13/2024", 1000, 10), ("02/14/2024", 500, 5)]
    rows.insert(0 if first else 2, (total, 1500, 15))
    read = judged(desk, ("Date", "Impressions (total)", "Clicks (total)"), *rows)
    assert (read.control_totals, read.problems) == ({"impressions": 1500, "clicks_all": 15}, ())
    assert list(read.skipped.values()) == [1]


@pytest.mark.parametrize("key", DAYS)
def test_row_of_totals_among_days_is_skipped(desk, key):
    read = judged(desk, ("Date", *DAYS[key]), ("2024-02-13", 1000, 3000), ("2024-02-14", 500, 2000), ("Total", 1500, 5000))
    assert read.format.key == key
    assert (read.read, read.kept, read.problems) == (3, 2, ())
    assert 1500 in read.control_totals.values()


@pytest.mark.parametrize("headings", [("Date", "Video Views", "Profile Views"), ("Date", "Total Viewers", "New Viewers")], ids=str)
def test_row_of_totals_among_days_without_a_year_is_skipped(desk, headings):
    read = judged(desk, headings, ("February 13", 1000, 3000), ("February 14", 500, 2000), ("Total", 1500, 5000))
    assert (read.kept, read.skipped, read.problems) == (2, SKIPPED, ())
    assert 1500 in read.control_totals.values()


def test_row_of_totals_among_followers_and_days_of_profiles_is_skipped(desk):
    headings = ("Date", "Followers", "Difference in followers from previous day")
    read = judged(desk, headings, ("February 13", 90, 1), ("February 14", 92, 2), ("Total", 182, 3))
    assert (read.control_totals, read.skipped, read.problems) == ({"followers": 182}, SKIPPED, ())
    headings = ("Date", "Network", "Profile", "Audience", "Published Posts", "Impressions")
    read = judged(desk, headings, ("02-13-2024", "X", "@example", 90, 1, 1000), ("Total", "", "", 90, 1, 1000))
    assert (read.control_totals, read.skipped, read.problems) == (
        {"followers": 90, "posts_published": 1, "impressions": 1000},
        SKIPPED,
        (),
    )


@pytest.mark.parametrize(("key", "place"), [(key, place) for key, (_, _, totals) in POSTS.items() for place in range(len(totals))])
def test_row_of_totals_among_posts_is_skipped_and_a_post_of_that_name_is_kept(desk, key, place):
    headings, rows, totals = POSTS[key]
    read = judged(desk, headings, *rows, totals[place])
    assert read.format.key == key
    assert (read.kept, read.skipped, read.problems) == (2, SKIPPED, ())
    assert 1500 in read.control_totals.values()
