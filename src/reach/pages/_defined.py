"""How pages name the definition of what they show, and where it changes."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import quote

import streamlit as st

from ..charts import Break
from ..definitions import ANY_METRIC, Definition
from ..dictionary import ENTRIES, breaks, definition_of
from . import _view

LABELLED = {one.label: one for one in ENTRIES}


def address(definition: Definition) -> str:
    return f"/definitions?definition={quote(definition.key)}"


def linked(label: object) -> object:
    """The label of a definition as a pair with its address, for a cell of a table; anything else as it is."""
    return (label, address(LABELLED[label])) if isinstance(label, str) and label in LABELLED else label


def ratio(key: str, network: str) -> object:
    """The name of a ratio on a network as a pair with the address of its definition, for a cell of a table."""
    one = definition_of("ratio", key, network)
    return (one.label, address(one)) if one else ANY_METRIC[key].label


def named(what: Iterable[tuple[str, Iterable[Definition | None]]]) -> None:
    """One line that names the definitions of what is shown: each (words, definitions) once, as links; what has none is left out."""
    parts = []
    for words, definitions in what:
        own = {one.key: one for one in definitions if one}
        links = [f'<a href="{html.escape(_view.within(address(one)))}" target="_self">{html.escape(one.label)}</a>' for one in own.values()]
        if links:
            parts.append(f"{html.escape(words)}: {', '.join(links)}" if words else ", ".join(links))
    if parts:
        st.html(f'<p class="reach-small"><strong>Definitions.</strong> {". ".join(parts)}.</p>')


def changes(of: str, metric: str, spans: Mapping[str, tuple[date, date]]) -> list[Break]:
    """The changes of a metric's definition that part what is shown: ``spans`` are the first and last day shown of each network."""
    found = {one: None for network, span in spans.items() for one in breaks(of, metric, [network], *span)}
    known = sorted(((one.first, one.last, one) for one in found if one.first and one.last), key=lambda known: known[:2])
    return [Break(first, last, one.label, one.words, one.source) for first, last, one in known]
