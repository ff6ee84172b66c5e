"""Which view a page is in, its label, the switch, and links that stay in it. The only place of the pages that decides it."""

from __future__ import annotations

import html
from urllib.parse import parse_qs, urlsplit

import streamlit as st

from .. import settings
from ..views import LABEL, LEGEND, PUBLIC, READING_ONLY, VIEWS, WORKING

ADDRESS = "view"
CHOSEN, SHOWN = "reach-view", "reach-view-shown"
OTHER = {WORKING: PUBLIC, PUBLIC: WORKING}
BAR = """
<style>
.reach-view {font-size: .9375rem; line-height: 1.45; margin: 0; padding: .25rem .625rem; border: 2px solid currentColor; border-radius: 4px;
  font-weight: 600; overflow-wrap: anywhere;}
.reach-view span {font-weight: 400;}
.st-key-reach-view-bar > * {width: auto !important;} .st-key-reach-view-bar > :first-child {flex: 1 1 16rem !important;}
</style>
"""


def current() -> str:
    """The view asked for: by the address, else as it was chosen before. An installation fixed to the public view gives no other.

    An address that asks for what is no view gets the public one.
    """
    if settings.load().view == PUBLIC:
        view = PUBLIC
    else:
        asked = st.query_params.get(ADDRESS)
        if asked is not None:
            st.session_state[CHOSEN] = asked if asked in VIEWS else PUBLIC
        view = st.session_state.get(CHOSEN, WORKING)
    st.session_state[SHOWN] = view
    return str(view)


def bar() -> None:
    """The label of the view, at the top of every page, and the switch to the other where there is one."""
    view = current()
    _keep_in_address(view)
    with st.container(horizontal=True, vertical_alignment="center", key="reach-view-bar"):
        more = f" <span>{html.escape(LEGEND)}</span>" if view == PUBLIC else ""
        st.html(f'{BAR}<p class="reach-view" role="note">{html.escape(LABEL[view])}{"." if more else ""}{more}</p>')
        if settings.load().view != PUBLIC:
            st.button(f"Switch to the {OTHER[view]} view", key="reach-view-switch", on_click=_switch, args=(OTHER[view],))


def shown() -> str:
    """The view that this page is drawn in."""
    return str(st.session_state.get(SHOWN, PUBLIC))


def for_reading() -> bool:
    """Whether nothing may be changed here."""
    return shown() != WORKING


def said_for_reading() -> None:
    """Says on a page that acts why there is nothing to do here."""
    st.html(f'<p class="reach-small">{html.escape(READING_ONLY)}</p>')


def within(address: str) -> str:
    """An address inside Reach that opens in the same view; any other as it is."""
    if not for_reading() or not address.startswith("/") or ADDRESS in parse_qs(urlsplit(address).query):
        return address
    return f"{address}{'&' if '?' in address else '?'}{ADDRESS}={PUBLIC}"


def _switch(view: str) -> None:
    st.session_state[CHOSEN] = view
    _keep_in_address(view)


def _keep_in_address(view: str) -> None:
    if view == PUBLIC:
        st.query_params[ADDRESS] = PUBLIC
    elif ADDRESS in st.query_params:
        del st.query_params[ADDRESS]
