"""What is held of each account, month by month of one year: a table whose cells say so in words, with a shade beside."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]

from reach import wording
from reach.charts import Chart
from reach.charts._theme import CLEAR, FONT, Look, look, plain, safe

HELD, PARTLY, NOT_HELD, TO_COME = "held", "partly held", "not held", "to come"
MONTHS = [name[:3] for name in wording.MONTHS]
ROW, TOP, LABEL = 42, 34, 300
NARROW_ROW, NARROW_COLUMNS = 40, 6


def state_of(days: int, days_held: int, days_passed: int) -> str:
    """Whether a month is held, partly held, not held or to come, by its days, those held and those that have passed."""
    if days_held == days:
        return HELD
    if days_held:
        return PARTLY
    return NOT_HELD if days_passed else TO_COME


def chart(frame: pd.DataFrame, *, year: int, dark: bool, narrow: bool) -> Chart:
    """The months in ``frame`` (network, account_name, what, month, days, days_held, days_passed, left), of one year, not empty.

    ``network``, ``what`` and ``left`` are words: the network's label, what is covered, and how long what is missing can still be had.
    """
    cells = frame.to_dict("records")
    for cell in cells:
        cell["state"] = state_of(cell["days"], cell["days_held"], cell["days_passed"])
    begun = [cell for cell in cells if cell["state"] != TO_COME]
    counts = {state: sum(cell["state"] == state for cell in begun) for state in (HELD, PARTLY, NOT_HELD)}
    rows = list(dict.fromkeys(_row_of(cell) for cell in cells))
    accounts = len({(cell["network"], cell["account_name"]) for cell in cells})
    summary = (
        f"Of {wording.plural(len(begun), 'account month')} that {wording.noun(len(begun), 'has', 'have')} begun, {counts[HELD]:,} "
        f"{wording.noun(counts[HELD], 'is', 'are')} held, {counts[PARTLY]:,} in part and {counts[NOT_HELD]:,} not."
    )
    return Chart(
        _narrow(cells, rows, look(dark)) if narrow else _wide(cells, rows, look(dark)),
        f"{year}: {counts[HELD]:,} of {wording.plural(len(begun), 'account month')} held whole",
        f"Days held by network, account and month. {wording.plural(accounts, 'account')} of ours, {year}.",
        summary,
        f"A grid of {wording.plural(len(rows), 'row')}, one an account and kind of file, by month. {summary} "
        "The table holds the same data.",
        _table(begun),
        "held = every day of the month · 12 of 31 = days held, of days in the month · none = not held",
        (
            "A file covers the days from its first row to its last. A quiet day at the edge of an export can count as not held.",
            "Posts and account days come from different exports, so each is on a row of its own. A month in progress is held in part.",
        ),
    )


def _row_of(cell: Any) -> tuple[str, str, str]:
    return cell["network"], cell["account_name"], cell["what"]


def _words(cell: Any, short: bool) -> str:
    if cell["state"] == PARTLY:
        return f"{cell['days_held']}/{cell['days']}" if short else f"{cell['days_held']} of {cell['days']}"
    return {HELD: "held", NOT_HELD: "none", TO_COME: ""}[cell["state"]]


def _hover(cell: Any) -> str:
    said = [
        f"<b>{wording.month(cell['month'])}</b>: {cell['state']}",
        f"{safe(cell['network'])}, {safe(plain(cell['account_name'], 60))}, {safe(cell['what'])}",
        f"{cell['days_held']} of {cell['days']} days held",
    ]
    return "<br>".join([*said, *([f"Still offered: {cell['left']}"] if cell["left"] else [])])


def _figure(
    cells: list[Any],
    places: list[tuple[float, float]],
    texts: list[str],
    notes: list[dict[str, Any]],
    tones: Look,
    half: tuple[float, float],
    size: int,
) -> go.Figure:
    """A cell a month, at its place (x to the right, y downwards) with its text; ``half`` is half a cell's width and height."""
    fill = {HELD: tones.reach, PARTLY: tones.band, NOT_HELD: CLEAR, TO_COME: CLEAR}
    ink = {HELD: tones.page, PARTLY: tones.text, NOT_HELD: tones.muted, TO_COME: tones.muted}
    fig = go.Figure(
        go.Scatter(
            x=[x for x, _ in places],
            y=[y for _, y in places],
            mode="text",
            text=texts,
            textfont={"family": FONT, "size": size, "color": [ink[cell["state"]] for cell in cells]},
            hovertext=[_hover(cell) for cell in cells],
            hovertemplate="%{hovertext}<extra></extra>",
            cliponaxis=False,
        )
    )
    boxes = []
    for cell, (x, y) in zip(cells, places, strict=True):
        if cell["state"] != TO_COME:
            edge = tones.axis if cell["state"] == NOT_HELD else fill[cell["state"]]
            line = {"color": edge, "width": 1, "dash": "dot" if cell["state"] == NOT_HELD else "solid"}
            box = {"x0": x - half[0], "x1": x + half[0], "y0": y - half[1], "y1": y + half[1]}
            boxes.append({"type": "rect", "layer": "below", "fillcolor": fill[cell["state"]], "line": line, **box})
    # All at once: each shape or note that is added by itself costs as much as all those before it.
    fig.update_layout(shapes=boxes, annotations=notes)
    fig.update_layout(template=tones.name, dragmode=False, hovermode="closest", margin={"l": 0, "r": 0, "t": 0, "b": 0})
    fig.update_xaxes(visible=False, fixedrange=True)
    fig.update_yaxes(visible=False, fixedrange=True)
    return fig


def _wide(cells: list[Any], rows: list[tuple[str, str, str]], tones: Look) -> go.Figure:
    places = [(float(cell["month"].month - 1), float(rows.index(_row_of(cell)))) for cell in cells]
    words: dict[str, Any] = {"showarrow": False, "font": {"family": FONT, "size": 13, "color": tones.muted}}
    notes = [{"x": place, "y": -0.5, "yanchor": "bottom", "text": name, **words} for place, name in enumerate(MONTHS)]
    for place, row in enumerate(rows):
        label = safe(f"{plain(row[0], 28)}, {plain(row[1], 26)}") + f"<br>{safe(row[2])}"
        notes.append({"x": 0, "xref": "paper", "xanchor": "right", "y": place, "text": label, "align": "right", **words})
    fig = _figure(cells, places, [_words(cell, short=False) for cell in cells], notes, tones, (0.47, 0.43), 13)
    fig.update_layout(height=TOP + ROW * len(rows) + 8, margin={"l": LABEL, "r": 4, "t": TOP, "b": 4})
    fig.update_xaxes(range=[-0.5, 11.5])
    fig.update_yaxes(range=[len(rows) - 0.5, -0.5])
    return fig


def _narrow(cells: list[Any], rows: list[tuple[str, str, str]], tones: Look) -> go.Figure:
    """Two lines of six months for each row, under its name, and the month's name in each cell."""
    tall = 2.9
    places, texts = [], []
    for cell in cells:
        line, column = divmod(cell["month"].month - 1, NARROW_COLUMNS)
        places.append((float(column), rows.index(_row_of(cell)) * tall + 0.85 + line))
        texts.append(f"{MONTHS[cell['month'].month - 1]}<br>{_words(cell, short=True)}")
    notes = [
        {
            "x": -0.48,
            "y": place * tall + 0.08,
            "xanchor": "left",
            "align": "left",
            "showarrow": False,
            "text": safe(plain(f"{row[0]}, {row[1]}: {row[2]}", 52)),
            "font": {"family": FONT, "size": 12, "color": tones.text},
        }
        for place, row in enumerate(rows)
    ]
    fig = _figure(cells, places, texts, notes, tones, (0.47, 0.45), 12)
    fig.update_layout(height=round(NARROW_ROW * (tall * len(rows) - 0.3)))
    fig.update_xaxes(range=[-0.5, NARROW_COLUMNS - 0.5])
    fig.update_yaxes(range=[tall * len(rows) - 0.5, -0.2])
    return fig


def _table(begun: list[Any]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Network": [cell["network"] for cell in begun],
            "Account": [cell["account_name"] for cell in begun],
            "What": [cell["what"] for cell in begun],
            "Month": [wording.month(cell["month"]) for cell in begun],
            "State": [cell["state"] for cell in begun],
            "Days held": [cell["days_held"] for cell in begun],
            "Days in the month": [cell["days"] for cell in begun],
            "Still offered": [cell["left"] for cell in begun],
        }
    )
