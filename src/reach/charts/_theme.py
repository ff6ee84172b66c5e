"""How every chart looks: colours, type, safe text, and where labels go.

Colours are the Government Analysis Function's categorical palette. ``#28A197``, ``#F46A25`` and ``#A285D1`` fail
4.5:1 on white, so they are marks and never text. Figures are shown with ``theme=None``: every colour is explicit.
"""

from __future__ import annotations

import html
import math
import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go  # type: ignore[import-untyped]
import plotly.io as pio  # type: ignore[import-untyped]

FONT = "Source Sans, sans-serif"
CLEAR = "rgba(0,0,0,0)"
ELLIPSIS = "…"


@dataclass(frozen=True)
class Look:
    """The colours of one appearance. ``page`` is what lies behind the chart, and what fills a hollow mark."""

    name: str
    page: str
    text: str
    muted: str
    grid: str
    axis: str
    band: str
    campaign: str
    reach: str
    results: str
    results_tint: str
    second: str
    third: str
    fourth: str
    fifth: str
    hover: str


LIGHT = Look(
    name="reach",
    page="#FFFFFF",
    text="#0B0C0C",
    muted="#505A5F",
    grid="#E6EAEE",
    axis="#505A5F",
    band="#DCE4EC",
    campaign="#EFF3F7",
    reach="#12436D",
    results="#F46A25",
    results_tint="rgba(244,106,37,0.10)",
    second="#28A197",
    third="#801650",
    fourth="#3D3D3D",
    fifth="#A285D1",
    hover="#FFFFFF",
)
DARK = Look(
    name="reach_dark",
    page="#030506",
    text="#FAFAFA",
    muted="#B7BEC6",
    grid="#232935",
    axis="#8B949E",
    band="#263242",
    campaign="#19212D",
    reach="#7FBCF0",
    results="#F98B54",
    results_tint="rgba(249,139,84,0.11)",
    second="#4CC3B9",
    third="#E58DBB",
    fourth="#D0D4DA",
    fifth="#BFA8E3",
    hover="#1B212C",
)


def look(dark: bool) -> Look:
    """The colours for a dark or a light page."""
    return DARK if dark else LIGHT


def _template(tones: Look) -> go.layout.Template:
    axis = {
        "gridcolor": tones.grid,
        "zerolinecolor": tones.axis,
        "linecolor": tones.axis,
        "tickcolor": tones.axis,
        "tickfont": {"color": tones.muted, "family": FONT, "size": 13},
        "zeroline": False,
        "automargin": False,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 14, "color": tones.text},
            "colorway": [tones.reach, tones.second, tones.third, tones.results, tones.fourth, tones.fifth],
            "paper_bgcolor": CLEAR,
            "plot_bgcolor": CLEAR,
            "showlegend": False,
            "hovermode": "closest",
            "xaxis": axis,
            "yaxis": axis,
            "hoverlabel": {
                "bgcolor": tones.hover,
                "bordercolor": tones.axis,
                "align": "left",
                "font": {"family": FONT, "size": 14, "color": tones.text},
            },
        }
    )


pio.templates[LIGHT.name] = _template(LIGHT)
pio.templates[DARK.name] = _template(DARK)


def plain(text: object, limit: int) -> str:
    """Text from a file on one line, without control or direction characters, cut at ``limit`` characters."""
    kept = "".join(" " if char.isspace() else char for char in str(text) if char.isspace() or unicodedata.category(char)[0] != "C")
    line = " ".join(kept.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + ELLIPSIS


def safe(text: str) -> str:
    """Text that Plotly shows as it is: it would make links, bold and formulas of ``<a>``, ``<b>`` and ``$x$``."""
    return html.escape(text).replace("$", "&#36;")


def lines(text: str, width: int, most: int) -> list[str]:
    """Text in at most ``most`` lines of ``width`` characters, the last one cut."""
    return textwrap.wrap(text, width, max_lines=most, placeholder=ELLIPSIS)


def text_width(text: str, size: float) -> float:
    """About how wide a line of text is, in pixels; on the wide side, since a label too many is worse than a gap."""
    return 0.53 * size * len(text)


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels of a panel: x to the right, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def shared(self, other: Box) -> float:
        """The area that both cover, in square pixels."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(width, 0.0) * max(height, 0.0)

    def has(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def holds(self, other: Box) -> bool:
        return self.has(other.left, other.top) and self.has(other.right, other.bottom)


@dataclass(frozen=True)
class Label:
    """A label to place: its mark's middle and its own size in pixels, and the sides to try in order.

    ``head`` is the height of its first line, which stands level with the mark when the label is beside it.
    """

    x: float
    y: float
    width: float
    height: float
    head: float
    sides: tuple[str, ...]
    gap: float = 10.0


@dataclass(frozen=True)
class Place:
    """Where a label goes: its anchor, that anchor's offset from the mark (pixels, y downwards), and its box."""

    xanchor: str
    yanchor: str
    dx: float
    dy: float
    box: Box


SIDES = {
    "right": ("left", "top", 1, 0),
    "left": ("right", "top", -1, 0),
    "above": ("center", "bottom", 0, -1),
    "below": ("center", "top", 0, 1),
    "above right": ("left", "bottom", 0.5, -1),
    "above left": ("right", "bottom", -0.5, -1),
    "below right": ("left", "top", 0.5, 1),
    "below left": ("right", "top", -0.5, 1),
}
REACHES = (0.0, 14.0, 28.0, 44.0, 62.0)
TRIES = 4


def _candidate(label: Label, side: str, out: float) -> Place:
    xanchor, yanchor, right, down = SIDES[side]
    dx, dy = right * (label.gap if down else label.gap + out), down * (label.gap + out) if down else -label.head / 2
    left = label.x + dx - {"left": 0.0, "center": label.width / 2, "right": label.width}[xanchor]
    top = label.y + dy - {"top": 0.0, "bottom": label.height}[yanchor]
    return Place(xanchor, yanchor, dx, dy, Box(left, top, left + label.width, top + label.height))


def _free(label: Label, tried: Place, taken: Sequence[Box]) -> bool:
    """Whether the label touches nothing taken, and nothing but its own mark lies between the two."""
    # A label beside its mark has its first line level with it, so the way there is level too.
    beside = abs(tried.dy) <= label.head / 2
    end_x, end_y = label.x + tried.dx, label.y if beside else label.y + tried.dy
    way = Box(min(label.x, end_x) - 1, min(label.y, end_y) - 1, max(label.x, end_x) + 1, max(label.y, end_y) + 1)
    others = [box for box in taken if not box.has(label.x, label.y)]
    return not any(tried.box.shared(box) for box in taken) and not any(way.shared(box) for box in others)


def place(labels: Sequence[Label], within: Box, keep_off: Sequence[Box], avoid: Sequence[Box]) -> list[Place | None]:
    """A place for each label, or None where there is none: labels never touch one another or ``keep_off``.

    Places are taken in the order given, so the labels that matter most come first; where one finds no room, it goes
    first in another try. ``avoid`` (bands, dots) is crossed only where that keeps a label much nearer to its mark.
    """
    order, best = list(range(len(labels))), dict[int, Place]()
    for _ in range(TRIES):
        found = _placed([(index, labels[index]) for index in order], within, keep_off, avoid)
        best = max(best, found, key=len)
        if len(best) == len(labels):
            break
        order.sort(key=lambda index: index in found)
    return [best.get(index) for index in range(len(labels))]


def _placed(labels: Sequence[tuple[int, Label]], within: Box, keep_off: Sequence[Box], avoid: Sequence[Box]) -> dict[int, Place]:
    """One try, in the order given: the cheapest free place for each label that has one."""
    taken, places = list(keep_off), dict[int, Place]()
    for index, label in labels:
        best, cost = None, math.inf
        for turn, side in enumerate(label.sides):
            for out in REACHES:
                tried = _candidate(label, side, out)
                price = 3 * out + 8 * turn + sum(tried.box.shared(box) for box in avoid) / 16
                if price < cost and within.holds(tried.box) and _free(label, tried, taken):
                    best, cost = tried, price
        if best:
            places[index] = best
            taken.append(best.box)
    return places
