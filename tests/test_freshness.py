"""How fresh the data is, as the foot of every page says it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from reach.pages import PAGES, _show
from test_pages import GOLDEN, bring, first_start, known, show  # noqa: F401

OCTOBER = date(2026, 10, 30)


def held(network: str, last: date | None = OCTOBER, export: datetime = datetime(2026, 11, 3, 12), sample: bool = False) -> dict[str, Any]:
    return {"network": network, "last_day": last, "as_of": export, "sample": sample}


@pytest.mark.parametrize(("rows", "words"), [
    ([], "No posts held yet."),
    ([held("facebook", sample=True)], "No posts held yet."),
    ([held("sprout_facebook"), held("video_facebook"), held("manual_nextdoor")], "No posts of a network's own export held yet."),
    ([held("facebook"), held("instagram")], "Data to 30 October 2026, from the export of 3 November 2026."),
    # A tool's later file and a made-up one make nothing fresher.
    ([held("facebook"), held("sprout_facebook", date(2026, 11, 20)), held("x", date(2026, 12, 1), sample=True)],
     "Data to 30 October 2026, from the export of 3 November 2026."),
    ([held("linkedin", date(2026, 2, 4), datetime(2026, 2, 6)), held("facebook"), held("instagram")],
     "Data to 30 October 2026 (Facebook and Instagram), from the export of 3 November 2026; to 4 February 2026 (LinkedIn), from the export "
     "of 6 February 2026."),
    ([held("facebook"), held("x", date(2026, 9, 1)), held("youtube", None)],
     "Data to 30 October 2026 (Facebook), to 1 September 2026 (X), without days (YouTube), from the export of 3 November 2026."),
    ([held("youtube", None)], "Data from the export of 3 November 2026."),
    # Half past eleven at night UTC in summer is the next day in London.
    ([held("x", date(2026, 7, 1), datetime(2026, 7, 2, 23, 30))], "Data to 1 July 2026, from the export of 3 July 2026."),
])
def test_freshness_is_of_the_networks_own_posts(rows, words):
    assert _show.freshness(rows) == words


@pytest.mark.parametrize("page", [page.url_path for page in PAGES])
def test_every_page_says_how_fresh_it_is(show, made, bring, page):  # noqa: F811
    post = made.post(1, **{"Publish time": "10/30/2026 05:00", "Reach": 5})
    bring(made.facebook(post), "a.csv", stated=(datetime(2026, 11, 3, 12), "given"))
    videos = (GOLDEN / "facebook_videos" / "english.csv").read_bytes()
    bring(videos, "videos.csv", ours=("100064000000123",), stated=(datetime(2026, 11, 20), "given"))
    assert "Data to 30 October 2026, from the export of 3 November 2026. Reach is never added up" in show(page).words
