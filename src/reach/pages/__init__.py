"""The pages, in the order of the navigation. Only this room, ``app`` and ``server`` know Streamlit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import campaigns, claims, combined, coverage, definitions, more, operations, overview, posts, sources, upload


@dataclass(frozen=True)
class Page:
    """A page: its title, icon, address and what draws it. One that ``acts`` is not offered in the public view."""

    title: str
    icon: str
    url_path: str
    render: Callable[[], None]
    default: bool = False
    acts: bool = False


PAGES: tuple[Page, ...] = (
    Page("Overview", "", "overview", overview.render, default=True),
    Page("Campaigns", "", "campaigns", campaigns.render),
    Page("Operations", "", "operations", operations.render),
    Page("Combined reach", "", "combined", combined.render),
    Page("Claims", "", "claims", claims.render),
    Page("Posts", "", "posts", posts.render),
    Page("More data", "", "more", more.render),
    Page("Coverage", "", "coverage", coverage.render),
    Page("Upload", "", "upload", upload.render, acts=True),
    Page("Sources", "", "sources", sources.render),
    Page("Definitions", "", "definitions", definitions.render),
)
