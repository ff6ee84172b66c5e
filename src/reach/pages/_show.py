"""What pages share: the store, text from files made safe, tables, chart cards and the panel that shows a source."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote, urlsplit

import streamlit as st

from .. import editions, ratios, settings, wording
from ..charts import Chart
from ..charts.growth import age_words
from ..clock import london
from ..definitions import ANY_METRIC, MEASURE, METRICS, NETWORKS, network_label
from ..dictionary import ENTRY, definition_of
from ..reading import Column
from ..sheets import as_csv
from ..store import Store
from ..views import file_name as named_for
from . import _age, _defined, _view

# The few things that theme settings cannot say. Colours come from the theme, so both appearances work.
STYLE = """
<style>
.stMainBlockContainer {max-width: 1240px; padding-bottom: 3rem;}
.reach-lead, .reach-small, .reach-title, .reach-list {overflow-wrap: anywhere;}
.reach-lead {font-size: 1.1875rem; line-height: 1.5; margin: 0 0 .25rem 0; max-width: 62rem;}
.reach-small {font-size: .9375rem; line-height: 1.45; margin: 0;}
.reach-card-label {font-size: .9375rem; margin: 0 0 .25rem 0;}
.reach-card-value {font-size: 1.625rem; line-height: 1.2; font-weight: 600; margin: 0 0 .375rem 0; overflow-wrap: anywhere;}
.reach-title {font-size: 1.1875rem; font-weight: 600; line-height: 1.3; margin: 0;}
.reach-table {overflow-x: auto;}
.reach-table table {border-collapse: collapse; width: 100%; font-size: .9375rem;}
.reach-table caption {text-align: left; padding: 0 0 .5rem 0; position: sticky; left: 0; max-width: calc(100vw - 5rem);}
.reach-table th, .reach-table td {text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0;
  border-bottom: 1px solid rgba(128,140,150,.4);
  overflow-wrap: break-word; max-width: 28rem;}
.reach-table th {font-weight: 600;}
.reach-table a, .reach-small a, .reach-facts a, .reach-list a {color: inherit; text-decoration: underline;}
.reach-wide td:not(.reach-number) {min-width: 6.5rem; overflow-wrap: anywhere;}
.reach-table .reach-number {text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap;}
.reach-list {margin: 0; padding-left: 1.1rem; font-size: .9375rem; line-height: 1.5;}
.stHtml dl.reach-facts {display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: .3rem 1rem; margin: 0;
  padding: 0; font-size: .9375rem;}
.stHtml dl.reach-facts > dt {font-weight: 600; padding: 0; margin: 0;} .stHtml dl.reach-facts > dd {margin: 0; padding: 0;
  overflow-wrap: anywhere; white-space: pre-line;}
.reach-fold {display: none;} .reach-fold summary {font-size: 1rem; font-weight: 600; padding: .25rem 0; cursor: pointer;}
.st-key-filters > div:has(> .stHtml .reach-fold) {display: none;}
[class*="st-key-narrow-"] {display: none;} [class*="st-key-narrow-chart"] .modebar {display: none;}
[data-test-script-state="running"] .stPlotlyChart {pointer-events: none;}
.js-plotly-plot .plotly .modebar-container:focus-within > * {opacity: 1 !important;}
@media (max-width: 640px) {
  [class*="st-key-wide-"] {display: none;} [class*="st-key-narrow-"] {display: flex;}
  .reach-fold, .st-key-filters > div:has(> .stHtml .reach-fold) {display: block;}
  .st-key-filters:has(.reach-fold:not([open])) > :not(:has(.reach-fold)) {display: none;}
  .stHtml dl.reach-facts {grid-template-columns: 1fr; gap: 0;} .stHtml dl.reach-facts > dd {margin-bottom: .5rem;}
  .reach-card-value {font-size: 1.375rem;} .reach-table td, .reach-table th {overflow-wrap: anywhere;}
  .reach-wide table, .reach-wide tbody, .reach-wide tr, .reach-wide caption {display: block;}
  .reach-wide thead {position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);}
  .reach-wide tr {padding: .5rem 0; border-bottom: 1px solid rgba(128,140,150,.4);}
  .reach-table.reach-wide td {display: grid; grid-template-columns: 7.5rem 1fr; gap: .75rem; border: 0; padding: .15rem 0; max-width: none;
    min-width: 0; text-align: left; white-space: normal;}
  .reach-wide td::before {content: attr(data-label); font-weight: 600;} .reach-wide td:empty {display: none;}
  .st-key-filter-row > div {width: calc(50% - .5rem) !important; flex: 1 1 calc(50% - .5rem);}
}
</style>
"""


# Two marks clicked in quick succession are two questions, which Plotly would take for a double click and clear; so the way back from
# a zoom is a button.
CHART = {"displayModeBar": "hover", "modeBarButtons": [["resetScale2d"]], "doubleClickDelay": 0, "showTips": False, "displaylogo": False}

CLICKED = "clicked-mark"
# As many columns as a phone can show beside one another.
MOST_BESIDE = 3
CARDS_IN_A_ROW = 4


def store() -> Store:
    """The installation's store in the view of the page, with the shipped record in it."""
    return editions.opened(settings.load()).seen_as(_view.current())


def opening(title: str, lead: str | None = None) -> None:
    """A page's title and the sentence under it. ``lead`` may hold text from files."""
    st.html(STYLE)
    st.title(title, anchor=False)
    if lead:
        st.html(f'<p class="reach-lead">{text(lead)}</p>')


def pick(words: str, options: Sequence[Any], *, key: str, format_func: Callable[[Any], str] = str, width: Any = "stretch") -> Any:
    """A choice that the address keeps. One that is no longer offered goes back to the first, on the page and in the address."""
    if key in st.session_state and st.session_state[key] not in options:
        st.session_state[key] = options[0]
    return st.selectbox(words, options, format_func=format_func, key=key, bind="query-params", width=width)


def part(options: Sequence[str]) -> str:
    """Which part of a page is shown, the first to begin with; the address keeps it. One that is not offered is the first."""
    if "part" in st.session_state and st.session_state["part"] not in options:
        st.session_state["part"] = options[0]
    picked = st.segmented_control(
        "Part", options, default=options[0], required=True, key="part", label_visibility="collapsed", bind="query-params"
    )
    return str(picked)


def open_end(dates: tuple[date | None, date | None]) -> None:
    """Says what a first day without a last one means."""
    if dates[0] and not dates[1]:
        small(f"From {wording.day(dates[0])} on: no last day is picked.")


def folded_on_a_phone(words: str) -> None:
    """A line that folds the filter row under it away, on a narrow screen only; the style sheet does the folding."""
    st.html(f'<details class="reach-fold"><summary>{text(words)}</summary></details>')


def text(words: object) -> str:
    """Any words as HTML text: shown as they are, whatever they contain."""
    return html.escape("" if words is None else str(words))


def label(words: object) -> str:
    """Any words for a Streamlit label or button, which read Markdown: every mark escaped, no address made a link."""
    escaped = re.sub(r"([\\`*_{}\[\]()#+\-.!|>~$:<&^=\"'@/])", r"\\\1", " ".join(str(words).split()))
    return escaped.replace("\\:\\/\\/", "\\:\u2060\\/\\/").replace("www\\.", "www\u2060\\.")


def small(words: str) -> None:
    st.html(f'<p class="reach-small">{text(words)}</p>')


def small_link(words: str, address: str) -> None:
    st.html(f'<p class="reach-small">{_cell((words, address))}</p>')


def bullets(lines: Iterable[str]) -> None:
    items = "".join(f"<li>{text(line)}</li>" for line in lines)
    if items:
        st.html(f'<ul class="reach-list">{items}</ul>')


def links(lines: Iterable[tuple[str, str]]) -> None:
    """A list of sentences, each with the address within Reach that it leads to, or ""."""
    items = "".join(
        f'<li><a href="{text(address)}" target="_self">{text(words)}</a></li>' if address else f"<li>{text(words)}</li>"
        for words, address in lines
    )
    st.html(f'<ul class="reach-list">{items}</ul>')


def facts(pairs: Iterable[tuple[str, object]]) -> None:
    """A summary list; pairs without a value are left out. Web addresses become links, and nothing else does."""
    shown = "".join(f"<dt>{text(name)}</dt><dd>{_linked(value)}</dd>" for name, value in pairs if value not in (None, ""))
    st.html(f'<dl class="reach-facts">{shown}</dl>')


def table(headings: Sequence[str], rows: Iterable[Sequence[object]], caption: str | None = None, numbers: Sequence[str] = ()) -> None:
    """A real HTML table. Cells are text; a cell that is a pair (words, address) is a link within Reach or to a web page."""
    right = [' class="reach-number"' if heading in numbers else "" for heading in headings]
    head = "".join(f'<th scope="col" role="columnheader"{mark}>{text(heading)}</th>' for heading, mark in zip(headings, right, strict=True))
    # On a narrow screen each row of a wide table is a list of its cells, which need their headings beside them, and their roles.
    body = "".join(
        '<tr role="row">'
        + "".join(
            f'<td role="cell" data-label="{text(heading)}"{mark}>{_cell(cell)}</td>'
            for heading, mark, cell in zip(headings, right, cells, strict=True)
        )
        + "</tr>"
        for cells in rows
    )
    above = f"<caption>{text(caption)}</caption>" if caption else ""
    wide = " reach-wide" if len(headings) > MOST_BESIDE else ""
    st.html(
        f'<div class="reach-table{wide}" tabindex="0"><table role="table">{above}<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def columns(held: Sequence[Column], caption: str | None = None) -> None:
    """What each number column of a file holds. Only what adds up has a total; where no cell is filled there is none, which is not 0."""
    known: dict[str, Any] = {**MEASURE, **ANY_METRIC}
    rows = []
    for one in held:
        adds = one.metric in ANY_METRIC and ANY_METRIC[one.metric].additive
        total = None if not one.filled else one.total if adds else "does not add up"
        rows.append((one.heading, known[one.metric].label, one.filled, total, one.highest))
    table(["Column in the file", "Read as", "Filled cells", "Total", "Highest"], rows, caption, ["Filled cells", "Total", "Highest"])


def _cell(cell: object) -> str:
    if isinstance(cell, tuple):
        words, address = cell
        return f'<a href="{text(_view.within(address))}" target="_self">{text(words)}</a>'
    if wording.missing(cell):
        return ""
    if isinstance(cell, datetime):
        return text(f"{wording.day(cell.date())}, {cell:%H:%M}")
    if isinstance(cell, date):
        return text(wording.day(cell))
    return text(cell if isinstance(cell, (str, bool)) else wording.number(cell))


def publisher(cell: object) -> object:
    """A web address as a link that says only whose page it is, and may break before its dots; anything else as it is."""
    host = urlsplit(cell).hostname if isinstance(cell, str) and urlsplit(cell).scheme in ("http", "https") else None
    return (host.removeprefix("www.").replace(".", "\u200b."), cell) if host else cell


def _linked(value: object) -> str:
    words = str(value)
    if urlsplit(words).scheme in ("http", "https") and not any(space in words for space in " \n\t"):
        return f'<a href="{text(words)}" target="_blank" rel="noopener noreferrer">{text(words)}</a>'
    return text(words)


def download(words: str, headings: Sequence[str], rows: Iterable[Sequence[Any]], file_name: str, key: str) -> None:
    """A button that gives a table as CSV: formulas made harmless, whole numbers whole, times to the minute; the view in its name."""
    plain = [[_csv_cell(cell) for cell in row] for row in rows]
    name = named_for(file_name, _view.shown())
    st.download_button(words, as_csv(headings, plain).encode("utf-8-sig"), name, "text/csv", key=key, on_click="ignore")


def _csv_cell(cell: Any) -> Any:
    if wording.missing(cell):
        return None
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return int(cell) if isinstance(cell, (float, Decimal)) and cell == int(cell) else cell


def cards(items: Iterable[tuple[str, str, str]]) -> None:
    """Cards, in rows of at most four: label, value in words or figures, and how sure we are."""
    shown = list(items)
    columns = [
        column
        for first in range(0, len(shown), CARDS_IN_A_ROW)
        for column in st.columns(min(CARDS_IN_A_ROW, len(shown)))[: len(shown) - first]
    ]
    for column, (name, value, note) in zip(columns, shown, strict=True):
        with column.container(border=True, height="stretch"):
            st.html(
                f'<p class="reach-card-label">{text(name)}</p><p class="reach-card-value">{text(value)}</p>'
                f'<p class="reach-small">{text(note)}</p>'
            )


def chart_card(known: Store, draw: Callable[[bool], Chart], key: str, data_name: str, *, several: bool = False) -> None:
    """A chart with its finding, key, sentence, notes, table and data. ``draw`` makes it for a wide or (True) a narrow screen.

    A mark that is clicked opens its source. Where a page has ``several`` cards, the names of their parts carry the ``key``.
    """
    wide, own = draw(False), f"-{key}" if several else ""
    with st.container(border=True):
        head, switch = st.columns([4, 1], vertical_alignment="top")
        head.html(f'<h2 class="reach-title">{text(wide.title)}</h2><p class="reach-small">{text(wide.subtitle)}</p>')
        with switch.container(horizontal=True, horizontal_alignment="right"):
            shape = st.segmented_control(
                "Shown as",
                ("Chart", "Table"),
                default="Chart",
                required=True,
                key=f"{key}-shape",
                label_visibility="collapsed",
                bind="query-params",
            )
        if shape == "Table":
            _chart_table(wide)
            notes = {"": wide.notes}
        else:
            narrow = draw(True)
            _figure(wide, f"wide-chart{own}", key)
            _figure(narrow, f"narrow-chart{own}", key)
            small(wide.key)
            # A label for which one of the two has no room is said under that one.
            both = tuple(note for note in wide.notes if note in narrow.notes)
            notes = {"": both} | {
                name: tuple(note for note in chart.notes if note not in both)
                for name, chart in ((f"wide-notes{own}", wide), (f"narrow-notes{own}", narrow))
            }
        st.html(f'<p class="reach-small"><strong>In words.</strong> {text(wide.summary)}</p>')
        for name, lines in notes.items():
            if lines:
                with st.container(key=f"{name}{own}" if name else None):
                    bullets(lines)
        words = label(f"{wide.title.partition(':')[0]}, data as CSV") if several else "Data as CSV"
        download(words, list(wide.table.columns), wide.table.itertuples(index=False, name=None), data_name, f"{key}-csv")
    if clicked := st.session_state.pop(CLICKED, None):
        source_of(known, clicked)


def _chart_table(chart: Chart) -> None:
    """The chart's data as a table, in which a source is a link. The words of a value carry its qualifier: bare bounds are for the CSV."""
    shown = chart.table.drop(columns=["Lowest", "Highest"], errors="ignore")
    place = list(shown.columns).index("Source") if "Source" in shown.columns else -1
    meant = list(shown.columns).index("Definition") if "Definition" in shown.columns else None
    rows = []
    for number, cells in enumerate(shown.itertuples(index=False, name=None)):
        row = [publisher(cell) for cell in cells]
        kind, _, identity = (chart.sources[number] if chart.sources else "").partition(" ")
        if identity and row[place] and not isinstance(row[place], tuple):
            row[place] = (row[place], f"/sources?{kind}={quote(identity)}")
        if meant is not None:
            row[meant] = _defined.linked(row[meant])
        rows.append(row)
    table(list(shown.columns), rows)


def _figure(chart: Chart, name: str, key: str) -> None:
    widget = f"{key}-{name}"
    with st.container(key=name):
        st.plotly_chart(
            chart.figure,
            theme=None,
            key=widget,
            on_select=lambda: _note_click(widget),
            selection_mode="points",
            alt=chart.alt,
            config=CHART,
        )


def _note_click(widget: str) -> None:
    """Keeps the mark that was clicked, as "kind id", for the run that follows.

    A click selects a mark, and another on the same mark takes the selection away: both ask for its source. This is a callback
    and not the chart's answer, since the second click of a double click can end the run that the first began.
    """
    points = st.session_state[widget]["selection"]["points"]
    data = points[0].get("customdata") if points else None
    if data and len(data) > 1:
        # A mark that several figures or a file of counts stand behind names no one source, and opens nothing.
        st.session_state[f"{widget}-last"] = f"{data[0]} {data[1]}" if data[0] else None
    st.session_state[CLICKED] = st.session_state.get(f"{widget}-last")


@st.dialog("Where this number comes from", width="medium")
def source_of(known: Store, what: str) -> None:
    """Shows the source of a figure, a post or a day, given as "figure id", "post network key" or "day key"."""
    kind, _, identity = what.partition(" ")
    {"figure": _figure_source, "day": _day_source}.get(kind, _post_source)(known, identity)


def _figure_source(known: Store, figure_id: str) -> None:
    found = known.rows("pages/figure", figure_id=figure_id)
    if not found:
        small("This figure is no longer shown: its upload was undone or replaced.")
        return
    row = found[0]
    measure = MEASURE[row["measure"]]
    st.html(
        f'<p class="reach-card-value">{text(wording.figure_words(row["value_low"], row["value_high"], row["qualifier"], measure.unit))}</p>'
    )
    facts(
        (
            ("Measure", f"{measure.label} (unit as published: {row['unit'] or 'not stated'})"),
            ("Definition", measure.words),
            ("Published wording", row["published_wording"]),
            ("Qualifier", row["qualifier"]),
            ("Campaign", row["campaign"]),
            ("Operation", row["operation"]),
            ("Area", row["area"]),
            ("Period", wording.period(row["start_date"], row["end_date"])),
            ("Note on dates", row["date_note"]),
            ("Status", row["status"]),
            ("Approved by", row["approved_by"] or "not stated"),
            ("Source", row["source"]),
            ("Note", row["note"]),
            ("File", f"{row['file_name']}, record {row['record_no']}"),
            ("Imported", imported_words(row)),
            ("Sample", "Made-up sample data" if row["sample"] else None),
        )
    )
    _defined.named([("", [ENTRY[measure.key]])])
    small_link("Open it on the Sources page", f"/sources?figure={quote(figure_id)}")
    if measure.on_screens and row["published_wording"]:
        small_link("Held against the exports", f"/claims?claim={quote(figure_id)}")


def _day_source(known: Store, day_key: str) -> None:
    seen = known.rows("pages/day", day_key=day_key)
    if not seen:
        small("This day is no longer shown: its upload was undone or replaced.")
        return
    latest, metric = seen[0], ANY_METRIC[seen[0]["metric"]]
    defined = definition_of("day", metric.key, latest["network"], wording.as_date(latest["day"]))
    st.html(f'<p class="reach-card-value">{text(wording.number(latest["value"]))}</p>')
    facts(
        (
            ("Metric", f"{metric.label} ({defined.counts if defined else metric.unit})"),
            ("Definition", defined.words if defined else metric.words),
            ("Column in the file", latest["heading"]),
            ("Day", f"{wording.day(latest['day'])}, in the network's own time zone"),
            ("Account", latest["account_name"] or latest["account"]),
            ("Network", network_label(latest["network"])),
            ("Sample", "Made-up sample data" if latest["sample"] else None),
        )
    )
    table(
        ["Export of", "Value", "File and record"],
        [
            (
                london(one["as_of"]).date(),
                one["value"],
                (f"{one['file_name']}, record {one['record_no']}", f"/sources?upload={one['upload_id']}"),
            )
            for one in seen
        ],
        "Each export's look at the day; the latest is shown.",
        ["Value"],
    )
    _defined.named([("", [defined])])


def networks(known: Store) -> list[str]:
    """What can be picked as a network: those Reach knows, and others of which posts are held, such as a tool's view of one."""
    held = [row["network"] for row in known.rows("pages/networks")]
    return [*NETWORKS, *(network for network in held if network not in NETWORKS)]


def _published(at: Any) -> str:
    return "not stated in the file" if wording.missing(at) else f"{wording.day(at.date())}, {at:%H:%M}, London time"


def _post_source(known: Store, post_key: str) -> None:
    seen = known.rows("pages/post", post_key=post_key)
    if not seen:
        small("This post is no longer shown: its upload was undone.")
        return
    latest = seen[0]
    small(latest["text"] or "No text.")
    facts(
        (
            ("Network", network_label(latest["network"])),
            ("Account", latest["account_name"]),
            ("Published", _published(latest["published_london"])),
            ("Post id", latest["post_key"] if not latest["file_post_id"] else f"damaged by a spreadsheet: {latest['file_post_id']}"),
            ("Link", latest["permalink"]),
        )
    )
    _growth(known, post_key, latest["network"])
    held = [metric for metric in METRICS if any(one[metric.key] is not None for one in seen)]
    table(
        ["Export of", "Age of the post", *(metric.label for metric in held), "File and record"],
        [
            [
                wording.day(london(one["as_of"]).date()) + (" (assumed)" if one["as_of_assumed"] else ""),
                "" if one["age_hours"] is None else age_words(one["age_hours"]),
                *(one[metric.key] for metric in held),
                (f"{one['file_name']}, record {one['record_no']}", f"/sources?upload={one['upload_id']}"),
            ]
            for one in seen
        ],
        "Each export's look at the post; the latest value held of each metric is shown.",
        [metric.label for metric in held],
    )
    _rates(seen)
    meant = {metric.label: definition_of("post", metric.key, latest["network"]) for metric in held}
    bullets(f"{words}: {one.words}" for words, one in meant.items() if one and one.metric in ("reach", "viewers", "views", "impressions"))
    _defined.named((words, [one]) for words, one in meant.items())


def _rates(seen: Sequence[dict[str, Any]]) -> None:
    """What may be divided by people, which is of one post alone, and how far its video was watched: both numbers from one export."""
    rows = [
        (
            _defined.ratio(of.key, look["network"]),
            *ratios.said(of, value, look[of.numerator], look[of.denominator]),
            wording.day(london(look["as_of"]).date()),
        )
        for of, value, look in ratios.of_one_post(seen)
    ]
    if rows:
        words = "Rates of this post alone, both numbers from one export. Those of several posts are never added, nor is their reach."
        table(["Rate", "Value", "Worked out from", "Export of"], rows, words, ["Value"])


def _growth(known: Store, post_key: str, network: str) -> None:
    """How the post's headline numbers moved between exports, and a small picture of one of them."""
    bullets(_age.grown(known, post_key))
    looks = known.frame("charts/post_looks", post_key=post_key)
    metrics = _age.drawable(looks)
    if not metrics:
        return
    metric = metrics[0]
    if len(metrics) > 1:
        metric = st.segmented_control(
            "Drawn",
            metrics,
            format_func=lambda key: ANY_METRIC[key].label,
            default=metric,
            required=True,
            key="-".join(("growth", *metrics)),
        )
    drawn = _age.chart(looks, metric, network, st.context.theme.type == "dark")
    small(drawn.subtitle)
    st.plotly_chart(drawn.figure, theme=None, key="growth-chart", alt=drawn.alt, config={"displayModeBar": False})
    small(" ".join((drawn.key, *drawn.notes)))


def imported_words(row: Mapping[str, Any]) -> str:
    when = london(row["recorded_at"])
    return f"{wording.day(when.date())}, {when:%H:%M}, by {row['recorded_by']}"


def freshness(rows: Iterable[dict[str, Any]]) -> str:
    """To which day, and from which export, the networks' own posts go: networks that differ apart, newest first.

    The rows are of ``pages/networks_held`` or ``pages/held``.
    What a tool says of a network, and video assets, are further views of posts and say nothing of how fresh the networks' own are.
    """
    real = [row for row in rows if not row["sample"]]
    own = [row for row in real if row["network"] in NETWORKS]
    if not own:
        return "No posts of a network's own export held yet." if real else "No posts held yet."
    exports: dict[date, dict[date | None, list[str]]] = {}
    for row in own:
        last, export = row["last_day"], london(row["as_of"]).date()
        exports.setdefault(export, {}).setdefault(last, []).append(network_label(row["network"]))
    alike = sum(map(len, exports.values())) == 1
    parts = []
    for export, lasts in sorted(exports.items(), key=lambda one: max(last or date.min for last in one[1]), reverse=True):
        days = [
            f"to {wording.day(last)}{'' if alike else f' ({wording.listed(names)})'}"
            for last, names in sorted(lasts.items(), key=lambda one: one[0] or date.min, reverse=True)
            if last
        ]
        undated = lasts.get(None)
        if undated and not alike:
            days.append(f"without days ({wording.listed(undated)})")
        parts.append(f"{', '.join(days)}{',' if days else ''} from the export of {wording.day(export)}".strip())
    return f"Data {'; '.join(parts)}."


def footer(known: Store) -> None:
    """What kind of numbers these are, and how fresh."""
    st.divider()
    small(
        f"Management information, not official statistics. {freshness(known.rows('pages/networks_held'))} "
        "Reach is never added up: accounts can be in more than one figure."
    )
