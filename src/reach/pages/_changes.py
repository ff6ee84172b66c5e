"""What changed since a day that the reader gives, and an address to come back to."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from .. import changes, clock, wording
from ..filters import EARLIEST
from ..store import Store
from ..views import WORKING
from . import _show

OF_CLAIMS = (
    "What the status of a claim was is worked out today, by today's rules and settings, from the files, campaigns and tagging rules that "
    "were held as that day began."
)
OF_CLAIMS_IN_PUBLIC = "What the status of a claim was is told in the working view alone."
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
            _show.links((line.words, line.address) for line in section.lines)
            if section.more:
                _show.small(f"{wording.plural(section.more, 'further change')} not listed here; the Sources page has every file and act.")
    st.html(
        f'<p class="reach-small">{OF_CLAIMS if known.view == WORKING else OF_CLAIMS_IN_PUBLIC} '
        'See <a href="/claims" target="_self">Claims</a> for how each stands now.</p>'
    )


def _go_back(day: date) -> None:
    st.session_state["since"] = day
