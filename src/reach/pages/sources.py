"""Sources: every file and every published figure, from a row to the numbers that use it, and who did what."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from .. import ledger, originals, wording
from ..clock import london
from ..definitions import MEASURE
from ..store import Store
from ..views import file_name as named_for
from . import _show, _view

MOST_ACTS = 500


def render() -> None:
    """Draws the page, opened at the figure or upload that the address names."""
    known = _show.store()
    _show.opening("Sources", "Where every number comes from: the files imported, the figures published, and who did what.")
    figure, upload = st.query_params.get("figure"), st.query_params.get("upload")
    if figure:
        _one_figure(known, figure)
    elif upload:
        _one_upload(known, upload)
    files, figures, acts = st.tabs(["Files", "Published figures", "Who did what"])
    with files:
        _files(known)
    with figures:
        _figures(known)
    with acts:
        _acts(known)
    _show.footer(known)


def _one_figure(known: Store, figure_id: str) -> None:
    with st.container(border=True):
        _show._figure_source(known, figure_id)
        found = known.rows("pages/figure", figure_id=figure_id)
        if found:
            _show.small_link("The file it comes from", f"/sources?upload={found[0]['upload_id']}")


def _one_upload(known: Store, upload_id: str) -> None:
    found = [row for row in known.rows("pages/uploads") if str(row["upload_id"]) == upload_id]
    if not found:
        _show.small("There is no upload of that id.")
        return
    row = found[0]
    uses = known.rows("pages/uses", upload_id=upload_id)[0]
    with st.container(border=True):
        st.html(f'<h2 class="reach-title">{_show.text(row["file_name"])}</h2>')
        _show.facts(
            (
                ("What it is", ledger.format_labels(known).get(row["format"], row["format"])),
                ("Account", row["account"]),
                ("Period", wording.period(row["period_start"], row["period_end"])),
                ("Export of", f"{wording.day(london(row['as_of']).date())} ({row['as_of_basis']})"),
                (
                    "Rows",
                    f"{row['rows_read']:,} read: {row['rows_kept']:,} kept, {row['rows_skipped']:,} skipped by a rule, "
                    f"{row['rows_set_aside']:,} set aside",
                ),
                ("Imported", _show.imported_words(row)),
                (
                    "State",
                    row["state"]
                    + (f", {wording.day(london(row['changed_at']).date())} by {row['changed_by']}" if row["changed_at"] else ""),
                ),
                ("Sample", "Made-up sample data" if row["sample"] else None),
                ("Fingerprint (sha256)", row["sha256"]),
                ("Numbers that use it", _uses_words(uses)),
            )
        )
        _show.table(
            ["Metric", "Sum of the file's cells"],
            [(name, value) for name, value in json.loads(row["control_totals"]).items()],
            "Control totals: checksums to compare with the platform's screen. A sum of reach is not a number of people.",
            ["Sum of the file's cells"],
        )
        if not _view.for_reading():
            with st.container(horizontal=True):
                original(known, row["sha256"], row["file_name"], f"original-{upload_id}")
                set_aside(known, upload_id, row["rows_set_aside"], row["file_name"])
        if uses["figures_shown"]:
            _figure_table(known.rows("pages/figures", upload_id=upload_id), "Figures from this file")
        if uses["posts_shown"]:
            _post_table(known, upload_id, uses["posts_shown"])


def _uses_words(uses: dict[str, Any]) -> str:
    parts = []
    if uses["observations"]:
        parts.append(f"{wording.plural(uses['observations'], 'post')} seen, {uses['posts_shown']:,} of them shown with this file's values")
    if uses["figures_shown"]:
        parts.append(wording.plural(uses["figures_shown"], "figure") + " shown")
    if uses["values_shown"]:
        parts.append(wording.plural(uses["values_shown"], "value") + " shown")
    return "; ".join(parts) or "none: it is undone, or later files took its place"


def _post_table(known: Store, upload_id: str, posts: int, most: int = 50) -> None:
    rows = known.rows("pages/posts", upload_id=upload_id, most_rows=most)
    more = f", the newest {most} listed" if posts > most else ""
    _show.table(
        ["Record", "Published", "Text", "Reach", "Views", "Impressions"],
        [
            (row["record_no"], row["published_london"], (row["text"] or "")[:120], row["reach"], row["views"], row["impressions"])
            for row in rows
        ],
        f"Posts shown with this file's values: {posts:,}{more}",
        ["Record", "Reach", "Views", "Impressions"],
    )


def original(known: Store, sha256: str, file_name: str, key: str) -> None:
    """A button that gives back the file as it is kept."""
    name = named_for(originals.saved_as(known, sha256, _base_name(file_name)), _view.shown())
    st.download_button("Original file", lambda: originals.content(known, sha256), name, "text/csv", key=key, on_click="ignore")


def set_aside(known: Store, upload_id: str, count: int, file_name: str) -> None:
    """A button that gives the rows set aside, each with its reason."""
    if not count:
        return
    rows = known.rows("pages/problems", upload_id=upload_id)
    widest = max(len(json.loads(row["record"])) for row in rows)
    _show.download(
        f"{wording.plural(count, 'row')} set aside, with reasons",
        ["reason", "record", "line", "column", *(f"cell {number}" for number in range(1, widest + 1))],
        [[_why(row), row["record_no"], row["line"], row["column_name"], *json.loads(row["record"])] for row in rows],
        f"set-aside-{_base_name(file_name)}",
        f"aside-{upload_id}",
    )


def _why(row: dict[str, Any]) -> str:
    """What was wrong with a row set aside, with the cell at fault."""
    return f"column {row['column_name']}: '{row['value']}' {row['reason']}" if row["column_name"] and row["value"] else str(row["reason"])


def _base_name(file_name: str) -> str:
    """The last part of a name from a file or zip, for a download's name."""
    return file_name.replace("\\", "/").rsplit("/", 1)[-1].rsplit("\u203a ", 1)[-1].strip() or "file.csv"


def _files(known: Store) -> None:
    labels = ledger.format_labels(known)
    _show.table(
        ["File", "What it is", "Account", "Period", "Export of", "Rows kept", "Set aside", "Imported", "State"],
        [
            (
                (row["file_name"], f"/sources?upload={row['upload_id']}"),
                labels.get(row["format"], row["format"]) + (" (made-up sample)" if row["sample"] else ""),
                row["account"],
                wording.period(row["period_start"], row["period_end"]),
                london(row["as_of"]).date(),
                row["rows_kept"],
                row["rows_set_aside"],
                _show.imported_words(row),
                row["state"],
            )
            for row in known.rows("pages/uploads")
        ],
        numbers=["Rows kept", "Set aside"],
    )


def _figures(known: Store) -> None:
    rows = known.rows("pages/figures")
    areas = list(dict.fromkeys(row["area"] for row in rows))
    if not rows:
        _show.small("No figures are held.")
        return
    home = known.settings.force
    area = st.selectbox("Area", sorted(areas, key=lambda one: (one != home, one)), key="figures-area", width=320)
    _figure_table([row for row in rows if row["area"] == area], f"Figures of {area}, as published")


def _figure_table(rows: list[dict[str, Any]], caption: str) -> None:
    _show.table(
        ["Period", "Campaign or operation", "Measure", "Value", "Published wording", "Status", "Source"],
        [
            (
                wording.period(row["start_date"], row["end_date"]) + (f" ({row['date_note']})" if row["date_note"] else ""),
                row["campaign"] or row["operation"],
                MEASURE[row["measure"]].label,
                wording.figure_words(row["value_low"], row["value_high"], row["qualifier"], MEASURE[row["measure"]].unit),
                row["published_wording"],
                row["status"],
                ("Source", f"/sources?figure={row['figure_id']}"),
            )
            for row in rows
        ],
        caption,
    )
    _show.download(
        "Figures as CSV", list(rows[0]) if rows else [], [list(row.values()) for row in rows], "figures.csv", f"figures-{caption}"
    )


def _acts(known: Store) -> None:
    if _view.for_reading():
        _show.small("Who did what is for the working view.")
        return
    _show.table(
        ["When", "Who", "What", "Of"],
        [(row["happened_at"], row["recorded_by"], row["act"], row["subject"]) for row in known.rows("pages/audit", most_rows=MOST_ACTS)],
        f"The last {MOST_ACTS} acts, newest first. Times are London times.",
    )
