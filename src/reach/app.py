"""Page config, navigation, and what a person sees when something goes wrong.

Streamlit runs this file as its script, under the name ``__main__`` and outside the package, so it imports
from ``reach`` by full name. It must never start a server: that would happen on each run of the page.
"""

from __future__ import annotations

import logging
import uuid
from typing import TYPE_CHECKING, Literal

import streamlit as st
from streamlit.errors import FragmentHandledException

from reach.errors import ReachError
from reach.views import PUBLIC

if TYPE_CHECKING:
    from reach.pages import Page

LOG = logging.getLogger("reach")


def run() -> None:
    """Draw the page that the address asks for, or say why not."""
    try:
        _draw()
    except FragmentHandledException:
        raise  # Streamlit has shown it through show_error already, where the fragment is
    except Exception as error:
        show_error(error)


def _draw() -> None:
    from reach.pages import PAGES, _view  # not at the top: the server loads this module before the runtime that the pages' caches need

    reading = _view.current() == PUBLIC
    sections: dict[str, list[st.Page]] = {}
    for page in PAGES:
        sections.setdefault(page.section, []).append(_entry(page, reading))
    chosen = st.navigation(sections, position="top")
    # After the navigation, which takes the page's own title and icon for the browser's tab.
    st.set_page_config(page_title=f"{chosen.title} - Reach", page_icon="📣", layout="wide")
    _view.bar()
    chosen.run()


def _entry(page: Page, reading: bool) -> st.Page:
    # The navigation makes the icon the tab's too, and the browser fetches a :material/…: one for that from Google.
    icon = None if page.icon.startswith(":material/") else page.icon
    shown: Literal["visible", "hidden"] = "hidden" if page.acts and reading else "visible"
    return st.Page(page.render, title=page.title, icon=icon, url_path=page.url_path, default=page.default, visibility=shown)


def show_error(error: Exception) -> bool:
    """Tell the reader what to do, and nothing about our insides. Returns True: Streamlit need not show it again.

    A message may hold text from a file, so it is shown by ``st.text``, the one element that never reads Markdown.
    """
    if isinstance(error, ReachError):
        message = " ".join(str(error).split())
    else:
        number = uuid.uuid4().hex[:8]
        LOG.error("Error number %s", number, exc_info=error)
        message = f"Something went wrong. Tell the person who looks after Reach the error number {number}: its log says more."
    with st.container(border=True):
        st.text(message)
    return True


if __name__ == "__main__":
    run()
