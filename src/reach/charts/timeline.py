"""Campaign reach above, enforcement results below, on one time axis.

Two panels side by side in time, and no more: no line joins events, there is no second axis, reach is never added,
and the words say "alongside", never "because".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
import plotly.graph_objects as go  # type: ignore[import-untyped]

from reach import wording
from reach.charts import Break, Chart, _breaks
from reach.charts._panels import BETWEEN_LINES, Page, Panel, annotate, canvas, draw_axes, middle, midnight, page_for, panels
from reach.charts._scene import (
    EARLY,
    SAMPLE,
    Figure,
    Post,
    Scene,
    Track,
    Window,
    band_of,
    network_mark,
    periods_of,
    posts_of,
    track_of,
    windows_of,
)
from reach.charts._theme import CLEAR, Box, Label, Place, lines, place, plain, safe, text_width
from reach.charts._timeline_words import (
    alt_of,
    is_hollow,
    key_of,
    network_name,
    notes_of,
    sentence,
    subtitle_of,
    summary_of,
    symbol_of,
    table_of,
    title_of,
)
from reach.views import HIDDEN


def _hover(parts: Sequence[str], page: Page) -> str:
    """Lines of plain text as one hover text: cut, wrapped, escaped, the first in bold."""
    shown = [lines(plain(part, 160), page.hover_width, 4) for part in parts if part]
    head, *rest = ["<br>".join(safe(line) for line in wrapped) for wrapped in shown]
    return "<br>".join([f"<b>{head}</b>", *rest])


def _host(source: str) -> str:
    """The site a source is on, or the source itself where it is not an address."""
    try:
        return urlsplit(source).hostname or source
    except ValueError:
        return source


def _figure_hover(figure: Figure, definition: str, page: Page) -> str:
    note = f" ({figure.date_note})" if figure.date_note else ""
    as_of = f"as of {wording.day(figure.as_of)}" if figure.as_of else ""
    return _hover(
        (
            figure.words,
            definition,
            SAMPLE if figure.sample else "",
            figure.name,
            wording.period(*figure.period) + note,
            figure.area,
            f"Published as: “{figure.wording}”" if figure.wording else "",
            "Recorded in a file, not published" if figure.recorded else "",
            sentence(", ".join(part for part in (figure.status, as_of) if part)),
            f"Source: {_host(figure.source)}" if figure.source else "",
        ),
        page,
    )


def _post_hover(post: Post, page: Page, highest_per_day: bool) -> str:
    return _hover(
        (
            f"{wording.number(post.value)}, {post.metric}",
            SAMPLE if post.sample else "",
            f"{network_name(post.network)}, {wording.day(post.at)}, {post.at:%H:%M}",
            "Highest post of that day" if highest_per_day else "",
            post.text,
            f"Export as of {wording.day(post.as_of)}" if post.as_of else "",
        ),
        page,
    )


def _draw_figures(fig: go.Figure, panel: Panel, track: Track, colour: str, page: Page, stems: bool) -> None:
    """Marks for single values and bars for ranges; ``stems`` stand results on zero."""
    single = [figure for figure in track.drawn if figure.nominal is not None]
    if single:
        values = [figure.nominal or 0.0 for figure in single]
        stem = {
            "type": "data",
            "symmetric": False,
            "array": [0.0] * len(values),
            "arrayminus": values,
            "width": 0,
            "thickness": 3,
            "color": colour,
        }
        fig.add_trace(
            go.Scatter(
                x=[middle(figure) for figure in single],
                y=values,
                mode="markers",
                cliponaxis=False,
                customdata=[["figure", figure.id] for figure in single],
                hovertext=[_figure_hover(figure, track.definition, page) for figure in single],
                hoverinfo="text",
                error_y=stem if stems else None,
                marker={
                    "symbol": [symbol_of(figure) for figure in single],
                    "size": page.mark,
                    "opacity": 1,
                    "color": [page.look.page if is_hollow(figure) else colour for figure in single],
                    "line": {
                        "width": [3 if is_hollow(figure) else 1.5 for figure in single],
                        "color": [colour if is_hollow(figure) else page.look.page for figure in single],
                    },
                },
                unselected={"marker": {"opacity": 1}},
            ),
            row=panel.row,
            col=1,
        )
    for figure in track.drawn:
        if figure.nominal is None:
            _draw_range(fig, panel, figure, track.definition, colour, page)


def _draw_range(fig: go.Figure, panel: Panel, figure: Figure, definition: str, colour: str, page: Page) -> None:
    heights = [figure.bottom, (figure.bottom + figure.top) / 2, figure.top]
    fig.add_trace(
        go.Scatter(
            x=[middle(figure)] * 3,
            y=heights,
            mode="lines+markers",
            line={"color": colour, "width": 8},
            marker={"size": 14, "color": CLEAR},
            customdata=[["figure", figure.id]] * 3,
            hovertext=[_figure_hover(figure, definition, page)] * 3,
            hoverinfo="text",
            unselected={"marker": {"opacity": 1}},
        ),
        row=panel.row,
        col=1,
    )


def _draw_withheld(fig: go.Figure, panel: Panel, track: Track, page: Page) -> None:
    """A mark at the foot of a panel for each figure whose number is not told: it has no height, and nothing behind it says one."""
    for span in periods_of(track.withheld):
        at = {"x": midnight(span[0]) + (span[1] - span[0] + timedelta(days=1)) / 2, "y": 0, "xref": panel.xref, "yref": panel.yref}
        annotate(fig, page, HIDDEN, muted=True, size=page.small, showarrow=False, yanchor="bottom", **at)


def _crowded(posts: Sequence[Post], panel: Panel, page: Page) -> set[str]:
    """The posts whose dots others cover: three or more within a dot's width."""
    places = [(panel.x(post.at), panel.y(post.value), post.key) for post in posts]
    near = page.dot
    return {key for x, y, key in places if sum(abs(x - left) < near and abs(y - top) < near for left, top, _ in places) > 3}


def _draw_posts(fig: go.Figure, panel: Panel, scene: Scene, page: Page) -> None:
    crowded = _crowded(scene.posts, panel, page)
    for network in sorted({network_name(post.network) for post in scene.posts}):
        symbol, _, tone = network_mark(network)
        own = [post for post in scene.posts if network_name(post.network) == network]
        fig.add_trace(
            go.Scatter(
                x=[post.at for post in own],
                y=[post.value for post in own],
                mode="markers",
                cliponaxis=False,
                customdata=[["post", post.key] for post in own],
                hovertext=[_post_hover(post, page, scene.highest_per_day) for post in own],
                hoverinfo="text",
                unselected={"marker": {"opacity": 1}},
                marker={
                    "symbol": symbol,
                    "size": page.dot,
                    "color": getattr(page.look, tone),
                    "opacity": 1,
                    # An outline parts a few dots that touch; of many it would leave nothing but outlines.
                    "line": {"width": [0 if post.key in crowded else 1 for post in own], "color": page.look.page},
                },
            ),
            row=1,
            col=1,
        )


def _draw_windows(fig: go.Figure, panel: Panel, windows: Sequence[Window], page: Page) -> None:
    """Pale bands behind a panel; an edge of a few pixels keeps a week visible among years."""
    for kind, fill in (("campaign", page.look.campaign), ("intensification", page.look.band)):
        dotted = kind == "campaign"
        edge = {"color": page.look.muted if dotted else fill, "width": 1 if dotted else 5, "dash": "dot" if dotted else "solid"}
        for start, end in sorted({window.period for window in windows if window.kind == kind}):
            fig.add_shape(
                type="rect",
                x0=midnight(start),
                x1=midnight(end) + timedelta(days=1),
                y0=0 if dotted else 0.01,
                y1=1,
                xref=panel.xref,
                yref=f"{panel.yref} domain",
                layer="below",
                fillcolor=fill,
                line=edge,
            )


def _draw_band(fig: go.Figure, panel: Panel, results: Track, page: Page) -> None:
    if band := band_of(results):
        fig.add_shape(
            type="rect",
            x0=0,
            x1=1,
            xref=f"{panel.xref} domain",
            y0=band[0],
            y1=band[1],
            yref=panel.yref,
            layer="below",
            fillcolor=page.look.results_tint,
            line={"width": 0},
        )


def _window_boxes(windows: Sequence[Window], panel: Panel) -> list[Box]:
    return [Box(panel.x(midnight(w.start)) - 3, 0, panel.x(midnight(w.end) + timedelta(days=1)) + 3, panel.height) for w in windows]


def _post_boxes(posts: Sequence[Post], panel: Panel, page: Page) -> list[Box]:
    r = page.dot / 2
    return [Box(panel.x(p.at) - r, panel.y(p.value) - r, panel.x(p.at) + r, panel.y(p.value) + r) for p in posts]


def _figure_boxes(track: Track, panel: Panel, page: Page, stems: bool) -> list[Box]:
    boxes, r = [], page.mark / 2
    for figure in track.drawn:
        x, top, bottom = panel.x(middle(figure)), panel.y(figure.top), panel.y(figure.bottom)
        boxes.append(Box(x - r, top - r, x + r, bottom + r))
        if stems and figure.nominal is not None:
            boxes.append(Box(x - 2, top, x + 2, panel.height))
    return boxes


@dataclass(frozen=True)
class Words:
    """A label's lines: the value in bold, with smaller lines over and under it."""

    over: tuple[str, ...]
    head: str
    under: tuple[str, ...]

    def label(self, figure: Figure, panel: Panel, page: Page, sides: tuple[str, ...]) -> Label:
        small = (*self.over, *self.under)
        width = max([text_width(self.head, page.size), *(text_width(line, page.small) for line in small)])
        line = BETWEEN_LINES * page.size  # Plotly sets every line as high as the label's own type, smaller ones too
        return Label(panel.x(middle(figure)), panel.y(figure.top), width, line * (1 + len(small)), line, sides)

    def text(self, page: Page) -> str:
        over, under = ([f'<span style="font-size:{page.small}px">{safe(line)}</span>' for line in some] for some in (self.over, self.under))
        return "<br>".join([*over, f"<b>{safe(self.head)}</b>", *under])


def _reach_words(figure: Figure, page: Page, mixed: bool) -> Words:
    name = figure.name.split(" (")[0] if page.narrow else figure.name
    named = lines(plain(name, 2 * page.name_width), page.name_width, 2 if page.narrow else 1)
    return Words((), figure.words, (*_warnings(figure, mixed), *named))


def _result_words(figure: Figure, page: Page, mixed: bool) -> Words:
    """On a phone the qualifier stands on its own line, so that neighbouring weeks have room."""
    said = plain(figure.qualifier, 30)
    if page.narrow and said and figure.words.startswith(f"{said} "):
        return Words((said,), figure.words.removeprefix(f"{said} "), _warnings(figure, mixed))
    return Words((), figure.words, _warnings(figure, mixed))


def _warnings(figure: Figure, mixed: bool) -> tuple[str, ...]:
    """What must stand with a label: an early total, a made-up figure, one only recorded where others (``mixed``) were published."""
    status = (figure.status.lower(),) if figure.status.lower() in EARLY else ()
    return (*status, SAMPLE) if figure.sample else (*status, "recorded") if figure.recorded and mixed else status


REACH_SIDES = ("right", "left", "above", "below", "above right", "above left", "below right", "below left")


RESULT_SIDES = ("above", "above right", "above left", "right", "left")


def _draw_labels(fig: go.Figure, panel: Panel, track: Track, page: Page, stems: bool, keep_off: Sequence[Box], avoid: Sequence[Box]) -> int:
    """Write each figure's words beside its mark: published, recorded, made up, highest first. Returns how many found no room."""
    figures = sorted(track.drawn, key=lambda figure: (figure.sample, figure.recorded, -figure.top))
    words = [(_result_words if stems else _reach_words)(figure, page, bool(track.published)) for figure in figures]
    sides = RESULT_SIDES if stems else REACH_SIDES
    labels = [own.label(figure, panel, page, sides) for figure, own in zip(figures, words, strict=True)]
    within = Box(-4, -6, panel.width + 10, panel.height - 1)
    places = place(labels, within, [*_figure_boxes(track, panel, page, stems), *keep_off], avoid)
    for figure, own, where in zip(figures, words, places, strict=True):
        if where:
            _write(fig, panel, middle(figure), figure.top, own.text(page), where, page)
    return places.count(None)


# A label at most this many pixels from its mark needs no line to it; one moved a step further does (_theme.REACHES).
NEXT_TO_MARK = 14


def _write(fig: go.Figure, panel: Panel, x: datetime, y: float, text: str, where: Place, page: Page) -> None:
    """One label at its place, with a thin line to its mark where it had to move away."""
    at: dict[str, Any] = {"xshift": where.dx, "yshift": -where.dy, "showarrow": False}
    if max(abs(where.dx), abs(where.dy)) > NEXT_TO_MARK:
        at = {
            "ax": where.dx,
            "ay": where.dy,
            "showarrow": True,
            "arrowhead": 0,
            "arrowwidth": 1,
            "standoff": page.mark / 2,
            "arrowcolor": page.look.axis,
        }
    annotate(
        fig, page, text, x=x, y=y, xref=panel.xref, yref=panel.yref, xanchor=where.xanchor, yanchor=where.yanchor, align=where.xanchor, **at
    )


def _draw_not_published(
    fig: go.Figure, panel: Panel, weeks: Sequence[Window], keep_off: Sequence[Box], avoid: Sequence[Box], page: Page
) -> list[Box]:
    """The words "not published" on the floor of each week without a result; upright where they find no room lying."""
    width, height = text_width(wording.NOT_PUBLISHED, page.small), page.small * BETWEEN_LINES
    middles = [midnight(week.start) + (week.end - week.start + timedelta(days=1)) / 2 for week in weeks]
    labels = [Label(panel.x(at), panel.height - height, width, height, height, ("right", "left"), gap=9) for at in middles]
    places = place(labels, Box(-4, panel.height / 2, panel.width + 10, panel.height), keep_off, avoid)
    boxes = []
    for at, label, where in zip(middles, labels, places, strict=True):
        lying = {"xanchor": where.xanchor, "xshift": where.dx, "yshift": 3} if where else None
        annotate(
            fig,
            page,
            wording.NOT_PUBLISHED,
            muted=True,
            size=page.small,
            x=at,
            y=0,
            xref=panel.xref,
            yref=panel.yref,
            yanchor="bottom",
            showarrow=False,
            **(lying or {"xanchor": "center", "textangle": -90, "yshift": 6}),
        )
        boxes.append(where.box if where else Box(label.x - height / 2, panel.height - width - 8, label.x + height / 2, panel.height))
    return boxes


def _draw_heading(fig: go.Figure, panel: Panel, head: str, rest: str, page: Page, margin: float) -> None:
    """A panel's heading at the left edge of the chart; on a phone what follows the bold part may take a second line."""
    head = plain(head, 44 if page.narrow else 90)
    split = bool(rest) and text_width(head + rest, page.size) > page.width
    tail = f"<br>{safe(sentence(rest.lstrip(',; ')))}" if split else safe(rest)
    annotate(
        fig,
        page,
        f"<b>{safe(head)}</b>{tail}",
        x=0,
        y=1,
        xref="paper",
        yref=f"{panel.yref} domain",
        xanchor="left",
        yanchor="bottom",
        align="left",
        xshift=-margin,
        yshift=10,
        showarrow=False,
    )


def _draw_empty(fig: go.Figure, panel: Panel, track: Track, what: str, page: Page) -> None:
    undated = f" ({wording.plural(track.undated, 'figure')} not dated)" if track.undated else ""
    words = plain(f"No {what} for this choice{undated}", 160)
    text = "<br>".join(safe(line) for line in lines(words, 34 if page.narrow else 90, 4))
    annotate(fig, page, text, muted=True, x=0.5, y=0.5, xref=f"{panel.xref} domain", yref=f"{panel.yref} domain", showarrow=False)


def _picture(scene: Scene, page: Page) -> tuple[go.Figure, int]:
    """The figure, and how many labels found no room."""
    upper, lower, margin = panels(scene, page)
    fig = canvas(page, margin)
    unlabelled = _draw_upper(fig, upper, scene, page, margin) + _draw_lower(fig, lower, scene, page, margin)
    return fig, unlabelled


def _how_reached(scene: Scene) -> str:
    """What follows the upper panel's heading: where its marks come from."""
    source = _how_stated(scene.reach, ", as published")
    dots = f"; each dot is the highest {scene.posts_kind} of its day" if scene.highest_per_day else f"; dots are {scene.posts_kind}s"
    return source + (dots if scene.posts else "")


def _how_stated(track: Track, published: str) -> str:
    """What a panel's heading says of where its figures come from."""
    return published if track.published else ", recorded" if track.recorded else f", {SAMPLE}" if track.sample else ""


def _draw_upper(fig: go.Figure, panel: Panel, scene: Scene, page: Page, margin: float) -> int:
    """Reach and posts. Returns how many labels found no room."""
    bare = not scene.reach.drawn and not scene.posts
    _draw_windows(fig, panel, scene.windows, page)
    _draw_posts(fig, panel, scene, page)
    _draw_figures(fig, panel, scene.reach, page.look.reach, page, stems=False)
    _draw_withheld(fig, panel, scene.reach, page)
    draw_axes(fig, panel, scene.reach.unit, page, bare, timeless=scene.extent is None)
    _draw_heading(fig, panel, scene.reach.label, _how_reached(scene), page, margin)
    if bare:
        posts = "dated posts" if scene.undated else "posts"
        what = f"published reach or measured {posts}" if scene.of_reach else f"{posts} measured in {scene.metric}"
        _draw_empty(fig, panel, scene.reach, what, page)
    named = _breaks.draw(
        fig,
        scene.breaks,
        xref=panel.xref,
        yref=panel.yref,
        shown=(panel.first, panel.last),
        width=panel.width,
        tones=page.look,
        size=page.small,
        narrow=page.narrow,
    )
    weeks = [window for window in scene.windows if window.kind == "intensification"]
    avoid = [*_window_boxes(weeks, panel), *_post_boxes(scene.posts, panel, page)]
    return _draw_labels(fig, panel, scene.reach, page, False, named, avoid)


def _draw_lower(fig: go.Figure, panel: Panel, scene: Scene, page: Page, margin: float) -> int:
    """Results, on zero. Returns how many labels found no room."""
    bare = not scene.results.drawn
    _draw_band(fig, panel, scene.results, page)
    _draw_windows(fig, panel, scene.windows, page)
    _draw_figures(fig, panel, scene.results, page.look.results, page, stems=True)
    _draw_withheld(fig, panel, scene.results, page)
    draw_axes(fig, panel, scene.results.unit, page, bare, timeless=scene.extent is None)
    _draw_heading(fig, panel, scene.results.label, _how_stated(scene.results, ""), page, margin)
    if bare:
        _draw_empty(fig, panel, scene.results, f"published {wording.lower_first(scene.results.label)}", page)
    marks = _figure_boxes(scene.results, panel, page, stems=True)
    floor = _draw_not_published(fig, panel, scene.silent, marks, _window_boxes(scene.windows, panel), page)
    return _draw_labels(fig, panel, scene.results, page, True, floor, [])


def chart(
    reach: pd.DataFrame,
    posts: pd.DataFrame,
    results: pd.DataFrame,
    windows: pd.DataFrame,
    *,
    reach_label: str,
    results_label: str,
    results_unit: str | None,
    area: str,
    metric: str = "reach",
    of_reach: bool = True,
    reach_definition: str = "",
    breaks: Sequence[Break] = (),
    dark: bool = False,
    narrow: bool = False,
) -> Chart:
    """Published reach and posts above, results below, with the sentences that may be said of them.

    ``reach`` and ``results`` hold a published figure a row; those without both dates are counted, never drawn.
    ``posts`` hold a post a row, or the highest post of each day when ``posts.attrs["highest_per_day"]`` is true;
    ``posts.attrs["undated"]`` says how many more are measured and have no publish time, ``posts.attrs["sample"]`` that all are made up.
    ``windows`` are drawn as bands; intensification weeks without a result say "not published". ``results_unit`` is
    ``GBP`` for money. ``metric`` is what posts are measured in, in words; where it is not ``of_reach``, ``reach`` is
    empty. ``reach_definition`` names what published reach counts, where its label does not. ``breaks`` are the changes in how the posts
    are measured inside the time drawn: each is a line, and no posts are compared over one. ``narrow`` is for a phone: shorter labels,
    taller panels, and no zoom, since a drag scrolls.
    Each mark's ``customdata`` is ``["figure", figure_id]`` or ``["post", post_key]``.
    """
    drawn = tuple(posts_of(posts))
    scene = Scene(
        track_of(reach, reach_label, None, reach_definition or reach_label),
        track_of(results, results_label, results_unit, results_label),
        drawn,
        bool(posts.attrs.get("highest_per_day")),
        tuple(windows_of(windows)),
        metric,
        of_reach,
        int(posts.attrs.get("undated", 0)),
        bool(posts.attrs.get("sample")) or any(post.sample for post in drawn),
        tuple(breaks),
    )
    fig, unlabelled = _picture(scene, page_for(dark, narrow))
    summary = summary_of(scene)
    table, sources = table_of(scene)
    return Chart(
        figure=fig,
        title=title_of(scene),
        subtitle=subtitle_of(scene, area),
        summary=summary,
        alt=alt_of(scene, summary),
        table=table,
        key=key_of(scene),
        notes=notes_of(scene, unlabelled),
        sources=sources,
    )
