"""What changed since a day that the reader gives, and an address to come back to."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from .. import changes, clock, wording
from ..filters import EARLIEST
from ..store import Store
from . import _show

BACK = {"A week": 7, "A month": 30, "A quarter": 91}


def show(known: Store) -> None:
    """The choice of a day, and what changed since it began."""
    today = clock.today()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.date_input(
            "Since the beginning of",
            today - timedelta(days=30),
            EARLIEST,
            today,
            format="DD/MM/YYYY",
            key="since",
            bind="query-params",
            width=190,
        )
        for words, days in BACK.items():
            st.button(f"{words} back", key=f"back-{days}", on_click=_go_back, args=(today - timedelta(days=days),))
    day = chosen if isinstance(chosen, date) else today - timedelta(days=30)
    address = f"/trends?part=What+changed&since={today.isoformat()}"
    st.html(
        f'<p class="reach-small">What changed since {wording.day(day)}. Reach keeps no record of when you last looked: '
        f'<a href="{address}" target="_self">this link shows what changed since today</a>. Keep it to come back to.</p>'
    )
    for section in changes.since(known, day, today):
        with st.container(border=True):
            st.html(f'<h2 class="reach-title">{_show.text(section.title)}</h2>')
            if not section.lines:
                _show.small(section.nothing)
                continue
            _linked(section.lines)
            if section.more:
                _show.small(f"{wording.plural(section.more, 'further change')} not listed here; the Sources page has every file and act.")
    st.html(
        '<p class="reach-small">Whether a published figure of reach still holds against the exports is worked out when it is asked for, '
        'and what it was before is not kept: see <a href="/claims" target="_self">Claims</a>.</p>'
    )


def _go_back(day: date) -> None:
    st.session_state["since"] = day


def _linked(lines: tuple[changes.Line, ...]) -> None:
    items = "".join(
        f'<li><a href="{_show.text(line.address)}" target="_self">{_show.text(line.words)}</a></li>'
        if line.address
        else f"<li>{_show.text(line.words)}</li>"
        for line in lines
    )
    st.html(f'<ul class="reach-list">{items}</ul>')
