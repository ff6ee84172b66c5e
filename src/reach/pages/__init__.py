"""The pages, in the order of the navigation. Only this room, ``app`` and ``server`` know Streamlit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import (
    alongside,
    campaigns,
    claims,
    combined,
    coverage,
    definitions,
    more,
    operations,
    overview,
    posts,
    publish,
    sources,
    trends,
    upload,
)


@dataclass(frozen=True)
class Page:
    """A page: its title, icon, address and what draws it. Those of a ``section`` are behind its name in the navigation.

    One that ``acts`` is not offered in the public view.
    """

    title: str
    icon: str
    url_path: str
    render: Callable[[], None]
    default: bool = False
    section: str = ""
    acts: bool = False


IN_DEPTH, DATA = "Posts and reach", "Data"
PAGES: tuple[Page, ...] = (
    Page("Overview", "", "overview", overview.render, default=True),
    Page("Trends", "", "trends", trends.render),
    Page("Campaigns", "", "campaigns", campaigns.render),
    Page("Operations", "", "operations", operations.render),
    Page("Alongside", "", "alongside", alongside.render),
    Page("Claims", "", "claims", claims.render),
    Page("Publish", "", "publish", publish.render, acts=True),
    Page("Upload", "", "upload", upload.render, acts=True),
    Page("Posts", "", "posts", posts.render, section=IN_DEPTH),
    Page("Combined reach", "", "combined", combined.render, section=IN_DEPTH),
    Page("Coverage", "", "coverage", coverage.render, section=DATA),
    Page("More data", "", "more", more.render, section=DATA),
    Page("Sources", "", "sources", sources.render, section=DATA),
    Page("Definitions", "", "definitions", definitions.render, section=DATA),
)
