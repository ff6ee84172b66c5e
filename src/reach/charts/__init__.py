"""Charts: a frame in, a :class:`Chart` out. Pure: no store, no screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]

from reach import wording


@dataclass(frozen=True)
class Break:
    """A change of definition inside the days shown, over which no mark is joined and nothing is added or compared.

    It came about on a day from ``first`` to ``last``, one day where it is known. ``label`` stands on the picture, ``words`` in a note.
    """

    first: date
    last: date
    label: str
    words: str
    source: str = ""

    @property
    def when(self) -> str:
        """``on 31 March 2025``, or ``some time from 1 January 2025 to 31 December 2025``."""
        if self.first == self.last:
            return f"on {wording.day(self.first)}"
        return f"some time from {wording.day(self.first)} to {wording.day(self.last)}"


@dataclass(frozen=True)
class Chart:
    """A picture with all the words that must stand beside it.

    The text inside ``figure`` is escaped for Plotly. All other text is plain and may hold words from uploaded
    files: escape it for whatever shows it.
    """

    figure: go.Figure
    title: str
    """The finding, 15 words or fewer, sentence case."""
    subtitle: str
    """Measure, area and period."""
    summary: str
    """One sentence, worked out from the data."""
    alt: str
    """What the picture shows, for a reader who does not see it."""
    table: pd.DataFrame
    """The data drawn, ready to print: headings for people, values in words beside plain lowest and highest."""
    key: str
    """What the marks mean, only for marks that are drawn."""
    notes: tuple[str, ...]
    """What a reader must know before quoting."""
    sources: tuple[str, ...] = ()
    """For each row of ``table``, what shows where it comes from, as "figure id" or "upload id"; "" where nothing does."""
