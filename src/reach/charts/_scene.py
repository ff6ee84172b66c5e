"""What a timeline shows, as plain values: the figures, posts and weeks of its two panels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from reach import wording
from reach.charts import Break
from reach.charts._theme import plain
from reach.views import HIDDEN

EARLY = ("early total", "provisional")
SAMPLE = "made-up sample"
TITLE_WORDS = 15
NOTES_ON_DATES = 4

# A network's symbol, the same in words, and its colour in the look-ups.
NETWORK_MARKS = {"facebook": ("circle", "●", "second"), "instagram": ("diamond", "◆", "third"), "x": ("square", "■", "fourth")}
OTHER_MARK = ("cross", "✚", "fifth")


def network_mark(name: str) -> tuple[str, str, str]:
    """The mark of a network by its name; a tool's view of it, such as ``Facebook (Sprout Social)``, has the network's own."""
    return NETWORK_MARKS.get(name.lower().partition(" (")[0], OTHER_MARK)


@dataclass(frozen=True)
class Figure:
    """A published figure, or a ``recorded`` one, which is kept in a file without the words of a publication.

    ``subject`` is what it is a figure of; ``low`` and ``high`` are None where its words set no bound.
    """

    id: str
    start: date | None
    end: date | None
    date_note: str
    area: str
    name: str
    subject: str
    low: float | None
    high: float | None
    unit: str | None
    qualifier: str
    wording: str
    status: str
    as_of: date | None
    source: str
    sample: bool
    recorded: bool

    @property
    def dated(self) -> bool:
        return self.start is not None and self.end is not None

    @property
    def has_number(self) -> bool:
        return self.low is not None or self.high is not None

    @property
    def fact(self) -> tuple[str, date | None, date | None]:
        """What it is a figure of, beside measure and area: two figures of one fact are two statements of one thing."""
        return self.subject, self.start, self.end

    @property
    def early(self) -> bool:
        return self.status.lower() in EARLY or self.qualifier.lower() in EARLY

    @property
    def nominal(self) -> float | None:
        single = wording.nominal(self.low, self.high)
        return None if single is None else float(single)

    @property
    def bottom(self) -> float:
        return min(v for v in (self.low, self.high) if v is not None)

    @property
    def top(self) -> float:
        return max(v for v in (self.low, self.high) if v is not None)

    @property
    def words(self) -> str:
        return plain(wording.figure_words(self.low, self.high, self.qualifier or None, self.unit), 60)

    @property
    def sentence_words(self) -> str:
        """The words for a sentence, which has no mark to show that a total is an early one."""
        return f"{self.words} ({self.status.lower()})" if self.status.lower() in EARLY else self.words

    @property
    def period(self) -> tuple[date, date]:
        """First and last day, of a dated figure only."""
        if self.start is None or self.end is None:
            raise ValueError(f"figure {self.id} is not dated")
        return self.start, self.end


@dataclass(frozen=True)
class Track:
    """One panel's figures: those with dates and a number are drawn, the others are counted."""

    label: str
    unit: str | None
    figures: tuple[Figure, ...]
    definition: str

    @property
    def drawn(self) -> tuple[Figure, ...]:
        return tuple(figure for figure in self.figures if figure.dated and figure.has_number)

    @property
    def published(self) -> tuple[Figure, ...]:
        """Drawn, with the words in which it was published."""
        return tuple(figure for figure in self.drawn if not figure.sample and not figure.recorded)

    @property
    def recorded(self) -> tuple[Figure, ...]:
        """Drawn, and kept in a file without the words of a publication."""
        return tuple(figure for figure in self.drawn if figure.recorded)

    @property
    def recorded_alone(self) -> tuple[Figure, ...]:
        """The recorded figures of facts of which none is published."""
        published = {figure.fact for figure in self.published}
        return tuple(figure for figure in self.recorded if figure.fact not in published)

    @property
    def sample(self) -> tuple[Figure, ...]:
        return tuple(figure for figure in self.drawn if figure.sample)

    @property
    def undated(self) -> int:
        return sum(not figure.dated for figure in self.figures if not figure.sample)

    @property
    def without_number(self) -> int:
        return sum(figure.dated and not figure.has_number for figure in self.figures if not figure.sample) - len(self.withheld)

    @property
    def withheld(self) -> tuple[Figure, ...]:
        """Dated, and with a number that is not told. A mark says so, at no height."""
        return tuple(figure for figure in self.figures if figure.dated and not figure.has_number and figure.qualifier == HIDDEN)

    @property
    def periods(self) -> list[tuple[date, date]]:
        """The periods of published figures."""
        return periods_of(self.published)

    @property
    def held_periods(self) -> list[tuple[date, date]]:
        """The periods of figures that are not made up, published or recorded."""
        return periods_of((*self.published, *self.recorded))


def periods_of(figures: Sequence[Figure]) -> list[tuple[date, date]]:
    return sorted({figure.period for figure in figures})


@dataclass(frozen=True)
class Post:
    """One post, or the highest of its day, at the London time it was published."""

    key: str
    network: str
    at: datetime
    value: float
    text: str
    metric: str
    as_of: date | None
    sample: bool
    upload_id: str
    source: str


@dataclass(frozen=True)
class Window:
    """A campaign or an intensification week, both days included."""

    label: str
    start: date
    end: date
    kind: str
    sample: bool

    @property
    def period(self) -> tuple[date, date]:
        return self.start, self.end


def _text(x: object) -> str:
    return "" if wording.missing(x) else str(x)


def _flag(x: object) -> bool:
    return not wording.missing(x) and bool(x)


def _float(x: object) -> float | None:
    exact = wording.decimal(x)
    return None if exact is None else float(exact)


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]


def _figure(row: dict[str, Any], unit: str | None) -> Figure:
    return Figure(
        id=_text(row["figure_id"]),
        start=wording.as_date(row["start_date"]),
        end=wording.as_date(row["end_date"]),
        date_note=_text(row["date_note"]),
        area=_text(row["area"]),
        name=_text(row["campaign"]) or _text(row["operation"]),
        subject=_text(row["subject"]),
        low=_float(row["value_low"]),
        high=_float(row["value_high"]),
        unit=_text(row["unit"]) or unit,
        qualifier=_text(row["qualifier"]),
        wording=_text(row["published_wording"]),
        status=_text(row["status"]),
        as_of=wording.as_date(row["as_of"]),
        source=_text(row["source"]),
        sample=_flag(row["sample"]),
        recorded=_flag(row["recorded"]),
    )


def track_of(frame: pd.DataFrame, label: str, unit: str | None, definition: str) -> Track:
    """One panel; ``definition`` names what its figures count."""
    figures = [_figure(row, unit) for row in _rows(frame)]
    return Track(label, unit, tuple(sorted(figures, key=lambda figure: (figure.start or date.max, figure.id))), definition)


def posts_of(frame: pd.DataFrame) -> list[Post]:
    return [
        Post(
            _text(row["post_key"]),
            _text(row["network"]),
            row["published_at"].to_pydatetime(warn=False),
            float(row["value"]),
            _text(row["text"]),
            _text(row["metric_label"]),
            wording.as_date(row["as_of"]),
            _flag(row["sample"]),
            _text(row["upload_id"]),
            f"{_text(row['file_name'])}, record {wording.number(row['record_no'])}",
        )
        for row in _rows(frame)
        if not wording.missing(row["published_at"]) and not wording.missing(row["value"])
    ]


def windows_of(frame: pd.DataFrame) -> list[Window]:
    found = []
    for row in _rows(frame):
        start, end = wording.as_date(row["start_date"]), wording.as_date(row["end_date"])
        if start and end:
            found.append(Window(_text(row["label"]), start, end, _text(row["kind"]), _flag(row["sample"])))
    return found


@dataclass(frozen=True)
class Scene:
    """All that one chart draws. ``highest_per_day``: each post is the highest of its day.

    ``metric`` is what posts are measured in, in words; ``of_reach`` says that it is reach, beside which alone published figures stand.
    ``undated`` is how many measured posts have no publish time and are on no axis; ``sample_posts`` says that posts are made up.
    ``breaks`` are the changes in how the posts are measured inside the time drawn.
    """

    reach: Track
    results: Track
    posts: tuple[Post, ...]
    highest_per_day: bool
    windows: tuple[Window, ...]
    metric: str
    of_reach: bool
    undated: int
    sample_posts: bool
    breaks: tuple[Break, ...]

    @property
    def posts_kind(self) -> str:
        """What the posts are called: made-up ones never simply posts."""
        return f"{SAMPLE} post" if self.sample_posts else "post"

    @property
    def drawn(self) -> tuple[Figure, ...]:
        return (*self.reach.drawn, *self.results.drawn)

    @property
    def extent(self) -> tuple[date, date] | None:
        """First and last day that anything is drawn for, None when nothing is."""
        spans = [figure.period for figure in (*self.drawn, *self.reach.withheld, *self.results.withheld)]
        spans += [window.period for window in self.windows]
        spans += [(post.at.date(), post.at.date()) for post in self.posts]
        return (min(span[0] for span in spans), max(span[1] for span in spans)) if spans else None

    @property
    def silent(self) -> list[Window]:
        """Intensification weeks with no dated result, where there is any. Sample weeks are left out: nothing could be published of them."""
        held = [*self.results.held_periods, *(figure.period for figure in self.results.withheld)]
        weeks = {window.period: window for window in self.windows if window.kind == "intensification" and not window.sample}
        return [week for span, week in sorted(weeks.items()) if held and not any(share_a_day(span, other) for other in held)]


def share_a_day(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def band_of(results: Track) -> tuple[float, float] | None:
    """The range of the dated figures, where there are three facts to make one. A second statement of a published fact is left out."""
    figures = (*results.published, *results.recorded_alone)
    enough = len({figure.fact for figure in figures}) >= 3
    return (min(f.bottom for f in figures), max(f.top for f in figures)) if enough else None
