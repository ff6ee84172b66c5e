"""The background on the page Alongside: weekly reports, and the open data of data.police.uk, with campaigns shaded behind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

import streamlit as st

from .. import spans, wording
from ..charts import context
from ..definitions import MEASURE
from ..dictionary import ENTRY
from ..spans import Span
from ..store import Store
from . import _alongside_held, _defined, _show

DRUGS = "Drugs"
LICENCE = "Contains public sector information under the Open Government Licence v3.0."
BACKGROUND = "Background, not a result of a campaign: it counts the whole area, and nothing ties it to an operation or to a post."


def shades(known: Store, area: str) -> list[tuple[str, date, date]]:
    """The dated campaigns of an area, in the order of their days."""
    found = [one for one in _alongside_held.events(known, area, "arrests") if one.kind == "campaign"]
    return sorted(((one.event, one.start, one.end) for one in found), key=lambda one: one[1:])


# --- weekly reports ------------------------------------------------------------------------------------------------


def reports(known: Store, area: str) -> None:
    """The weekly series that a campaign is meant to move: drawn where one is held, else how to enter one."""
    kept = {key: _alongside_held.held(known, area, key) for key in _alongside_held.REPORTS}
    weekly = {key: [span for span in one.series if span.days in spans.WEEK_LENGTHS] for key, one in kept.items()}
    held = [key for key, series in weekly.items() if series]
    _show.small(
        "What people report or refer is what a campaign asks for, so a weekly series of it is the one to keep. From 8 to 12 weeks on each "
        "side of a campaign, with the rule written down beforehand, a change of level can be tested. Nothing is tested here."
    )
    if not held:
        with st.container(border=True):
            _show.small(f"No weekly reports are held for {area}: enter them in the figures file, a row a week.")
            _show.bullets(f"{MEASURE[key].label}: measure '{key}'. {MEASURE[key].words}" for key in kept)
            _show.small(
                "A week with none is a row with 0. A week that nobody counted is no row. Leave the operation and the campaign empty."
            )
            st.html('<p class="reach-small"><a href="/upload" target="_self">The template and an example are on the Upload page</a></p>')
        return
    chosen = _show.pick("Reports", held, format_func=lambda key: MEASURE[key].label, key="reports", width=300)
    series = weekly[chosen]
    words: dict[str, Any] = {
        "label": MEASURE[chosen].label,
        "unit": MEASURE[chosen].unit,
        "area": area,
        "step": "week",
        "key": "reports",
        "dark": st.context.theme.type == "dark",
    }
    behind = shades(known, area)
    _show.chart_card(
        known, lambda narrow: context.chart(series, behind, narrow=narrow, **words), "reports-by-week", "reports-by-week.csv", several=True
    )
    if lacking := [MEASURE[key].label for key in kept if key not in held]:
        _show.small(f"Not held by week: {wording.listed(lacking)}.")
    if other := len(kept[chosen].spans) - len(series):
        _show.small(
            f"{wording.plural(other, 'figure')} of other lengths, or of an operation, {wording.noun(other, 'is', 'are')} not drawn."
        )
    _defined.named([("", [ENTRY[chosen]])])


# --- open data -----------------------------------------------------------------------------------------------------


def public(known: Store, area: str) -> None:
    """Drug crime, outcomes, and searches for drugs of the area's force by month."""
    held = {row["kind"] for row in known.rows("pages/open_data_choices") if row["force"] == area}
    _show.small(f"{BACKGROUND} {LICENCE}")
    behind = shades(known, area)
    months = known.rows("charts/crime_months", force=area, kind="crime", category=DRUGS)
    about = [
        "Rows of type Drugs in the street-level files, by month: drug crimes that were recorded, which is not how many there were.",
        "By month alone: no file says anything of one day or week. A month can change in later downloads.",
    ]
    _card(
        known,
        area,
        _months(months),
        behind,
        "Drug crimes",
        "crimes",
        "drug-crimes",
        about,
        "street crime" if "crime" not in held else DRUGS,
    )
    types = [row["category"] for row in known.rows("pages/outcome_types", force=area)]
    chosen = _show.pick("Outcome", types, key="outcome", width=420) if types else ""
    months = known.rows("charts/crime_months", force=area, kind="outcome", category=chosen) if types else []
    about = [
        "Outcomes of crimes of every type, by month: the files do not say which are of drug crimes.",
        "A crime can have several outcomes, in other months than its own, so outcomes are not crimes solved and no share is worked out.",
        "Outcomes move between downloads.",
    ]
    _card(known, area, _months(months), behind, chosen or "Outcomes", "outcomes", "outcomes", about, "outcomes")
    about = [
        f"Stop and searches whose object is given as {_alongside_held.SEARCHED_FOR}, by the London day of the search, counted by month.",
        "A search is no offence and no arrest.",
        "The files tie none of them to a named operation.",
    ]
    days = _by_month(_alongside_held.search_days(known, area))
    _card(known, area, days, behind, _alongside_held.SEARCHES_LABEL, "searches", "searches", about, "stop and search")
    if held:
        _defined.named([("", [ENTRY["records-open-data"]])])


def _card(
    known: Store,
    area: str,
    counts: Sequence[Span],
    behind: Sequence[tuple[str, date, date]],
    label: str,
    unit: str,
    key: str,
    about: Sequence[str],
    file: str,
) -> None:
    if not counts:
        with st.container(border=True):
            st.html(f'<h2 class="reach-title">{_show.text(label)}</h2>')
            _show.small(f"Not held for {area}: drop {file} files of data.police.uk on the Upload page.")
        return
    words: dict[str, Any] = {
        "label": label,
        "unit": unit,
        "area": area,
        "step": "month",
        "about": about,
        "key": key,
        "dark": st.context.theme.type == "dark",
    }
    _show.chart_card(known, lambda narrow: context.chart(counts, behind, narrow=narrow, **words), key, f"{key}.csv", several=True)


def _months(rows: Sequence[dict[str, Any]]) -> list[Span]:
    """Whole months, each a count of a file."""
    return [
        Span(row["month"], _last_day(row["month"]), row["records"], row["records"], source_words=row["file_name"] or "") for row in rows
    ]


def _last_day(month: date) -> date:
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return following - spans.DAY


def _by_month(days: Sequence[Span]) -> list[Span]:
    """Days added up by month. A month of which the files cover some days only is a span of just those."""
    found = []
    for _, of_month in groupby(days, key=lambda one: (one.start.year, one.start.month)):
        held = list(of_month)
        count = sum(one.exact or 0 for one in held)
        found.append(Span(held[0].start, held[-1].end, count, count, unit=held[0].unit, source_words=held[0].source_words))
    return found
