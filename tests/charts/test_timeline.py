"""The timeline: what it draws, what it says, and what it must never do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reach.charts import Chart, _panels, _theme, timeline
from reach.charts._timeline_words import TABLE_COLUMNS
from reach.definitions import MEASURES, QUALIFIERS, STATUSES

FIGURE_COLUMNS = ["figure_id", "start_date", "end_date", "date_note", "area", "operation", "campaign", "measure", "value_low", "value_high",
                  "unit", "qualifier", "published_wording", "status", "as_of", "source", "sample", "subject", "recorded"]
POST_COLUMNS = ["post_key", "network", "published_at", "value", "text", "metric_label", "as_of", "sample", "upload_id", "file_name",
                "record_no"]
WINDOW_COLUMNS = ["label", "start_date", "end_date", "kind", "sample"]
WEEKS = {"2019": ("2019-05-13", "2019-05-20"), "2021a": ("2021-05-17", "2021-05-23"), "2021b": ("2021-10-11", "2021-10-17"),
         "2022a": ("2022-03-07", "2022-03-13"), "2022b": ("2022-10-03", "2022-10-09"), "2023a": ("2023-02-27", "2023-03-05"),
         "2023b": ("2023-10-09", "2023-10-15"), "none": (None, None)}
SOURCE = "https://www.leics.police.uk/news/2023/march/76-arrested/"


def figure(figure_id: str, week: str, low: float | None, high: float | None, qualifier: str = "exact", **more: Any) -> dict[str, Any]:
    start, end = WEEKS[week]
    return {"figure_id": figure_id, "start_date": pd.Timestamp(start) if start else None, "end_date": pd.Timestamp(end) if end else None,
            "date_note": None, "area": "Leicestershire Police", "operation": "County Lines Intensification Week", "campaign": None,
            "measure": "m", "value_low": low, "value_high": high, "unit": "people", "qualifier": qualifier,
            "published_wording": "as it was written", "status": None, "as_of": None, "source": SOURCE, "sample": False, **more}


def frame(rows: list[dict[str, Any]], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns)


REACH = [figure("r1", "2019", 134000, None, "more than", campaign="#KnowTheSigns"),
         figure("r2", "2023a", None, 220000, "close to", campaign="Trusted adults campaign (Facebook, Instagram)"),
         figure("r3", "2023a", 278000, 278000, "a further", campaign="Other County Lines social media posts")]
ARRESTS = [figure(f"a{n}", week, n, n) for week, n in
           (("2021a", 37), ("2021b", 28), ("2022a", 63), ("2022b", 52), ("2023a", 76), ("2023b", 38))]
UNDATED = [figure("u1", "none", 55, 55), figure("u2", "none", 100, None, "more than", end_date=pd.Timestamp("2019-05-20"))]
WINDOWS = [{"label": "Intensification week", "start_date": pd.Timestamp(start), "end_date": pd.Timestamp(end), "kind": "intensification",
            "sample": False} for start, end in WEEKS.values() if start]


def post(key: str, at: str, value: float | None, network: str = "facebook", text: str = "A post", **more: Any) -> dict[str, Any]:
    return {"post_key": key, "network": network, "published_at": pd.Timestamp(at), "value": value, "text": text,
            "metric_label": "Reach (Facebook, Instagram)", "as_of": pd.Timestamp("2023-10-20"),
            "sample": False, "upload_id": "u1", "file_name": "march.csv", "record_no": 4, **more}


def figures(rows: list[dict[str, Any]], *of: str) -> pd.DataFrame:
    """Rows as the query gives them, which says what a figure is of and whether it is only recorded."""
    said = [{**row, "subject": next((row[name] for name in of if row[name]), None),
             "recorded": not row["sample"] and not row["published_wording"]} for row in rows]
    return frame(said, FIGURE_COLUMNS)


def draw(reach: list[dict[str, Any]], results: list[dict[str, Any]], posts: list[dict[str, Any]] | None = None,
         windows: list[dict[str, Any]] | None = None, *, highest_per_day: bool = False, **more: Any) -> Chart:
    post_frame = frame(posts or [], POST_COLUMNS)
    post_frame.attrs["highest_per_day"] = highest_per_day
    given_words: dict[str, Any] = {"reach_label": "People reached", "results_label": "Arrests", "results_unit": "arrests",
                                   "area": "Leicestershire Police", **more}
    return timeline.chart(figures(reach, "campaign", "operation"), post_frame, figures(results, "operation", "campaign"),
                          frame(WINDOWS if windows is None else windows, WINDOW_COLUMNS), **given_words)


def marks(chart: Chart) -> dict[tuple[str, str], list[float]]:
    """The values drawn for each source, by customdata; every drawn point must name one."""
    found: dict[tuple[str, str], list[float]] = {}
    for trace in chart.figure.data:
        for index, y in enumerate(trace.y):
            if y is not None:
                kind, key = trace.customdata[index]
                found.setdefault((kind, key), []).append(y)
    return found


def texts(chart: Chart) -> list[str]:
    """The words written on the picture, without their mark-up."""
    return [re.sub(r"<[^>]+>", " ", annotation.text) for annotation in chart.figure.layout.annotations]


def shown(node: Any) -> Iterator[str]:
    """Every string that Plotly would draw: all of the figure's JSON but the customdata."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in ("customdata", "template"):
                yield from shown(value)
    elif isinstance(node, list):
        for value in node:
            yield from shown(value)
    elif isinstance(node, str):
        yield node


def test_the_published_record() -> None:
    chart = draw(REACH, ARRESTS + UNDATED)
    assert chart.title == "Reach has been published for two weeks, arrests for six"
    assert chart.subtitle == "People reached, as published, above; arrests below. Leicestershire Police, May 2019 to October 2023."
    assert chart.summary == (
        "Arrests were published for six dated weeks, from 28 to 76; the highest, 76, is for 27 February to 5 March 2023; "
        "reach was published alongside one of them and for one other week; 2 figures not dated.")
    assert marks(chart) == {("figure", "r1"): [134000], ("figure", "r2"): [220000], ("figure", "r3"): [278000],
                            **{("figure", row["figure_id"]): [row["value_low"]] for row in ARRESTS}}
    assert chart.figure.layout.height == _panels.figure_height(False)


@pytest.mark.parametrize("narrow", [False, True])
def test_every_figure_is_labelled_with_its_qualifier(narrow: bool) -> None:
    written = " | ".join(texts(draw(REACH, [*ARRESTS[:2], figure("m", "2022a", 30, None, "more than")], narrow=narrow)))
    for words in ("more than 134,000", "close to 220,000", "a further 278,000", "37", "28"):
        assert words in written
    assert re.search(r"more than\s+30\b", written)


def test_marks_tell_qualifier_and_status() -> None:
    early = figure("e", "2022a", 110, None, status="early total")
    chart = draw(REACH, [early, figure("u", "2022b", None, 50, "almost"), figure("p", "2023a", 76, 76)])
    reach, results = (trace for trace in chart.figure.data if trace.customdata is not None)
    assert list(reach.marker.symbol) == ["triangle-up", "circle", "circle"]
    hollow = [colour == _theme.LIGHT.page for colour in reach.marker.color]
    assert hollow == [False, True, False]
    assert list(results.marker.symbol) == ["circle", "triangle-down", "circle"]
    assert [colour == _theme.LIGHT.page for colour in results.marker.color] == [True, False, False]
    assert any("early total" in text for text in texts(chart))
    assert "hollow, with the words: provisional or early total" in chart.key
    assert "▼ up to, almost or nearly" in chart.key


def test_key_names_only_what_is_drawn() -> None:
    chart = draw([], [ARRESTS[0]], windows=[])
    assert chart.key == "● as published"


def test_undated_rows_are_never_on_the_axis() -> None:
    chart = draw([figure("r", "none", 5, 5)], UNDATED, windows=[])
    assert marks(chart) == {}
    assert chart.table.empty
    assert "3 figures not dated" in chart.summary
    assert any("2 figures not dated" in text for text in texts(chart))


def test_a_week_without_a_result_says_not_published_and_is_not_zero() -> None:
    chart = draw(REACH, ARRESTS)
    silent = [a for a in chart.figure.layout.annotations if a.text == "not published"]
    assert [a.x for a in silent] == [datetime(2019, 5, 17)]
    rows = chart.table[chart.table["Value"] == "not published"]
    assert rows["Lowest"].isna().all()
    assert rows["Highest"].isna().all()
    assert 0 not in [y for values in marks(chart).values() for y in values]


def test_a_published_zero_is_drawn_and_a_missing_number_is_not() -> None:
    chart = draw([], [figure("zero", "2021a", 0, 0), figure("nan", "2021b", float("nan"), float("nan"), "more than")])
    assert marks(chart) == {("figure", "zero"): [0]}
    assert "1 figure without a number" in chart.summary
    assert list(chart.table.loc[chart.table["First day"] == date(2021, 10, 11), "Value"]) == ["not published", "not published"]


def test_a_range_is_a_bar_from_low_to_high() -> None:
    chart = draw([figure("g", "2019", 500, 900, "exact")], [])
    assert marks(chart) == {("figure", "g"): [500, 700, 900]}
    assert any("500 to 900" in text for text in texts(chart))
    assert "bar: a published range" in chart.key


def test_band_needs_three_dated_figures() -> None:
    tint = _theme.LIGHT.results_tint
    assert not [s for s in draw([], ARRESTS[:2]).figure.layout.shapes if s.fillcolor == tint]
    chart = draw([], ARRESTS[:3])
    (band,) = [s for s in chart.figure.layout.shapes if s.fillcolor == tint]
    assert (band.y0, band.y1) == (28, 63)
    assert "band: range of the dated weeks" in chart.key


@pytest.mark.parametrize(("reach", "results", "said"), [
    ([], ARRESTS[:1], "Arrests were published for one dated week, 17 to 23 May 2021: 37; no reach is published for this choice."),
    ([], [figure("x", "2021a", 40, 40), figure("y", "2021b", 40, 40)],
     "Arrests were published for two dated weeks, 40 each time; no reach is published for this choice."),
    (REACH[1:], [ARRESTS[4]],
     "Arrests were published for one dated week, 27 February to 5 March 2023: 76; reach was published alongside it."),
    (REACH[:1], [], "People reached were published for one dated week, 13 to 20 May 2019: more than 134,000; "
                    "no dated arrests published for this choice."),
    ([], [figure("x", "2021a", 40, None, "more than"), figure("y", "2021b", 76, 76), figure("z", "2022a", 76, 76)],
     "Arrests were published for three dated weeks; the lowest published is more than 40, the highest, 76, is for "
     "11 to 17 October 2021 and 7 to 13 March 2022; no reach is published for this choice."),
    ([], [figure("x", "2021a", 110, None, status="early total"), figure("y", "2021b", 94, 94)],
     "Arrests were published for two dated weeks; the lowest published is 94, the highest, 110 (early total), is for "
     "17 to 23 May 2021; no reach is published for this choice."),
    ([], [figure("x", "2021a", 100, 100), figure("y", "2021b", 100, None, "more than"), figure("z", "2022a", 90, 90)],
     "Arrests were published for three dated weeks; the lowest published is 90, the highest, more than 100, is for "
     "11 to 17 October 2021; no reach is published for this choice."),
    (REACH[:1], ARRESTS[:2], "Arrests were published for two dated weeks, from 28 to 37; the highest, 37, is for 17 to 23 May 2021; "
                             "reach was published for one other week and alongside none of them."),
    ([], [], "No dated reach or arrests held for this choice."),
])
def test_summary(reach: list[dict[str, Any]], results: list[dict[str, Any]], said: str) -> None:
    assert draw(reach, results).summary == said


def test_titles_where_one_side_is_missing() -> None:
    posts = [post("p1", "2023-03-01 18:30", 1234)]
    assert draw([], ARRESTS[:1]).title == "One week has a figure for arrests; no week has one for reach"
    assert draw(REACH, []).title == "Two weeks have a figure for reach; no week has one for arrests"
    assert draw([], ARRESTS[:1], posts).title == "One week has a figure for arrests; 1 post measured"
    assert draw([], [], posts).title == "1 post measured; no reach or arrests published for this choice"
    assert draw([], []).title == "No reach or arrests held for this choice"


def test_made_up_rows_are_marked_and_not_counted() -> None:
    chart = draw([{**row, "sample": True} for row in REACH], [*ARRESTS, figure("s", "2019", 900, 900, sample=True)])
    assert chart.title == "Six weeks have a figure for arrests; reach shown is a made-up sample"
    assert "from 28 to 76" in chart.summary
    assert "4 made-up sample figures are drawn and not counted" in chart.summary
    assert chart.notes[0].startswith("Made-up sample")
    assert sum("made-up sample" in text for text in texts(chart)) >= 4
    made_up = [hover for trace in chart.figure.data for (_, key), hover in zip(trace.customdata, trace.hovertext, strict=True)
               if key in ("r1", "r2", "r3", "s")]
    assert len(made_up) == 4
    assert all("made-up sample" in hover for hover in made_up)
    assert chart.table["What"].str.contains("made-up sample").sum() == 4
    only = draw([{**REACH[0], "sample": True}], [], windows=[])
    assert only.title == "Nothing published is held: reach shown is a made-up sample"
    both = draw([{**REACH[0], "sample": True}], [figure("s", "2019", 900, 900, sample=True)], windows=[])
    assert both.title == "Nothing published is held: reach and arrests shown are a made-up sample"


def test_made_up_posts_are_called_so_everywhere() -> None:
    posts = [post("p1", "2023-03-01 18:30", 1234, sample=True), post("p2", "2023-03-02", 99, "instagram", sample=True)]
    chart = draw([], [], posts, windows=[])
    assert chart.title.startswith("2 made-up sample posts measured")
    assert "2 made-up sample posts are measured, the highest, 1,234" in chart.summary
    assert "2 made-up sample posts" in chart.alt
    assert "small marks: made-up sample posts (" in chart.key
    assert chart.notes[0].startswith("Made-up sample data is drawn.") and "no sentence counts it" not in chart.notes[0]
    assert any("dots are made-up sample posts" in text for text in texts(chart))
    assert all("made-up sample" in hover for trace in chart.figure.data if trace.hovertext for hover in trace.hovertext)
    assert list(chart.table["What"].str.startswith("Post (made-up sample), ")) == [True, True]
    daily = draw([], [], posts, windows=[], highest_per_day=True)
    assert any("each dot is the highest made-up sample post of its day" in text for text in texts(daily))
    assert "made-up" not in all_words(draw(REACH, ARRESTS, [post("p1", "2023-03-01", 5)]))


def test_another_metric_than_reach_says_nothing_of_reach() -> None:
    posts = [post(f"p{n}", f"2023-03-0{n}", n) for n in (1, 2)]
    chart = draw([], ARRESTS, posts, reach_label="Views (Facebook, Instagram)", metric="views", of_reach=False)
    assert chart.title == "2 posts measured in views; arrests published for six weeks"
    assert "2 posts are measured in views, the highest, 2" in chart.summary
    empty = draw([], ARRESTS, reach_label="Views (Facebook, Instagram)", metric="views", of_reach=False)
    assert empty.title == "No posts measured in views; arrests published for six weeks"
    assert any("No posts measured in views for this choice" in text for text in texts(empty))
    for said in (chart, empty):
        assert not re.search(r"\breach\b", " ".join([said.title, said.subtitle, said.summary, said.alt, *texts(said)]))


def test_posts_without_a_publish_time_are_counted_in_words() -> None:
    none_drawn = frame([], POST_COLUMNS)
    none_drawn.attrs.update(undated=2, sample=True)
    words = {"reach_label": "Views", "results_label": "Arrests", "results_unit": "arrests", "area": "Exampleshire"}
    frames = (frame([], FIGURE_COLUMNS), none_drawn, frame([], FIGURE_COLUMNS), frame([], WINDOW_COLUMNS))
    chart = timeline.chart(*frames, **words, metric="views", of_reach=False)
    assert chart.title == "2 made-up sample posts measured in views, not dated; no arrests held for this choice"
    assert "No dated posts measured in views for this choice" in texts(chart)
    reach = timeline.chart(*frames, **words)
    assert reach.title == "2 made-up sample posts measured, not dated; no reach or arrests published for this choice"


INTERNAL = figure("i", "2023a", 80, 80, published_wording=None, source="out.csv")


@pytest.mark.parametrize("narrow", [False, True])
def test_a_recorded_figure_is_not_called_published_and_its_fact_counts_once(narrow: bool) -> None:
    chart = draw(REACH, [*ARRESTS, INTERNAL], narrow=narrow)
    assert chart.title == "Reach has been published for two weeks, arrests for six"
    assert chart.summary.startswith("Arrests were published for six dated weeks, from 28 to 76; the highest, 76, is for 27 February")
    assert "1 recorded figure stands beside a published one" in chart.summary
    assert marks(chart)["figure", "a76"] == [76]
    assert marks(chart)["figure", "i"] == [80]
    written = [text.split() for text in texts(chart)]
    assert ["76"] in written, "the published label is kept"
    assert ["80", "recorded"] in written or narrow
    tint = _theme.LIGHT.results_tint
    (band,) = [s for s in chart.figure.layout.shapes if s.fillcolor == tint]
    assert (band.y0, band.y1) == (28, 76)
    assert "● as published or recorded" in chart.key
    assert list(chart.table.loc[chart.table["Value"] == "80", "What"]) == ["Arrests (recorded)"]


def test_facts_that_are_only_recorded_are_said_to_be() -> None:
    alone = draw([], [{**row, "published_wording": None} for row in ARRESTS[:2]], windows=[])
    assert alone.summary.startswith("Arrests were recorded, not published, for two dated weeks, from 28 to 37; the highest, 37")
    assert alone.title == "Two weeks have a figure for arrests; no week has one for reach"
    assert alone.key == "● as recorded" and "published" not in alone.title
    assert any("Arrests , recorded" in text or "Arrests, recorded" in text for text in texts(alone))
    beside = draw([], [ARRESTS[0], {**ARRESTS[1], "published_wording": None}], windows=[])
    assert "; arrests were recorded, not published, for one other dated week, 11 to 17 October 2021: 28" in beside.summary


def test_posts_are_drawn_by_network_and_named() -> None:
    posts = [post("p1", "2023-03-01 18:30", 1234), post("p2", "2023-03-02 08:00", 99, "instagram"), post("p3", "2023-03-03", 5, "x"),
             post("p4", "2023-03-04", None)]
    chart = draw(REACH, ARRESTS, posts)
    drawn = {trace.marker.symbol: list(trace.y) for trace in chart.figure.data if trace.customdata[0][0] == "post"}
    assert drawn == {"circle": [1234], "diamond": [99], "square": [5]}
    assert "small marks: posts (● Facebook, ◆ Instagram, ■ X), Reach (Facebook, Instagram)" in chart.key
    assert "3 posts are measured, the highest, 1,234, published on 1 March 2023" in chart.summary
    daily = draw(REACH, ARRESTS, posts, highest_per_day=True)
    assert "the highest post of each day" in daily.key
    assert any("highest post of that day" in note for note in daily.notes)
    assert "the highest posts of 3 days" in daily.summary


def test_only_sparse_dots_are_outlined() -> None:
    dense = [post(f"d{n}", f"2023-03-01 {n:02d}:00", 2 + n) for n in range(20)]
    chart = draw([], [], [*dense, post("alone", "2021-03-01", 900)])
    (trace,) = [trace for trace in chart.figure.data if trace.customdata is not None]
    widths = dict(zip((key for _, key in trace.customdata), trace.marker.line.width, strict=True))
    assert widths.pop("alone") == 1
    assert set(widths.values()) == {0}


def test_a_label_moved_from_its_mark_has_a_line_to_it() -> None:
    """With a post of 2.3 million the published figures lie at the foot of the panel, and their labels stand above them."""
    short = [{**row, "campaign": name} for row, name in zip(REACH, ("#KnowTheSigns week", "Trusted adults", "Other posts"), strict=True)]
    chart = draw(short, ARRESTS, [post("high", "2024-11-20", 2_342_103), post("late", "2026-01-01", 9)])
    labels = {a.text.split("</b>")[0].removeprefix("<b>"): a for a in chart.figure.layout.annotations if a.text.startswith("<b>")}
    moved = labels["close to 220,000"]
    assert moved.showarrow and abs(moved.ay) > 14
    assert not labels["76"].showarrow


def test_empty_panels_say_so() -> None:
    written = texts(draw([], [], windows=[]))
    assert "No published reach or measured posts for this choice" in written
    assert "No published arrests for this choice" in written
    posts_only = texts(draw([], [], [post("p", "2023-03-01", 10)]))
    assert not any("measured posts" in text for text in posts_only)


HOSTILE = '<a href="https://evil.example">x</a><img src=x onerror=y> $x^2$ <b>bold</b>\u202e\n'


def test_text_from_files_is_escaped_everywhere_in_the_figure() -> None:
    evil = {"date_note": HOSTILE, "area": HOSTILE, "campaign": HOSTILE, "operation": HOSTILE, "unit": HOSTILE, "qualifier": HOSTILE,
            "published_wording": HOSTILE, "status": HOSTILE, "source": HOSTILE}
    posts = [{**post("p", "2023-03-01", 10, HOSTILE, HOSTILE), "metric_label": HOSTILE}]
    window = [{**WINDOWS[0], "label": HOSTILE}]
    chart = draw([figure("r", "2019", 5, 9, **evil)], [figure("a", "2021a", 5, 5, **evil)], posts, window,
                 reach_label=HOSTILE, results_label=HOSTILE, area=HOSTILE)
    strings = list(shown(json.loads(chart.figure.to_json())))
    assert any("evil.example" in text for text in strings)
    ours = re.compile(r"</?b>|<br>|</?span[^<>\"]*(\"font-size:\d+px\")?>")
    for text in strings:
        assert "<" not in ours.sub("", text)
        assert "$" not in text
        assert "\u202e" not in text


def test_hover_says_where_a_figure_comes_from_and_long_text_is_cut() -> None:
    chart = draw([figure("r", "2019", 134000, None, "more than", date_note="8 days inclusive", published_wording="word " * 400)], [])
    (hover,) = chart.figure.data[0].hovertext
    for part in ("<b>more than 134,000</b>", "13 to 20 May 2019 (8 days inclusive)", "Source: www.leics.police.uk", "…"):
        assert part in hover
    assert len(hover) < 600
    assert "13 to 20 May 2019: 8 days inclusive." in chart.notes


def test_picture_is_calm_and_honest() -> None:
    chart = draw(REACH, ARRESTS, [post("p", "2023-03-01", 10)])
    layout = chart.figure.layout
    assert layout.showlegend is False
    assert layout.dragmode == "zoom"
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert layout.template.layout.font.color == _theme.LIGHT.text
    assert [key for key in layout.to_plotly_json() if key.startswith("yaxis")] == ["yaxis", "yaxis2"]
    for axis in (layout.yaxis, layout.yaxis2):
        assert axis.range[0] == 0
        assert axis.fixedrange
        assert axis.overlaying is None
    assert layout.xaxis.range == layout.xaxis2.range
    assert all(trace.mode == "markers" for trace in chart.figure.data)


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("dark", [False, True])
def test_the_labels_of_the_published_record_have_room(dark: bool, narrow: bool) -> None:
    chart = draw(REACH, ARRESTS, dark=dark, narrow=narrow)
    assert not [note for note in chart.notes if "want of room" in note]
    look = _theme.look(dark)
    assert {a.font.color for a in chart.figure.layout.annotations} <= {look.text, look.muted}
    assert chart.figure.layout.height == _panels.figure_height(narrow)


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 200), st.floats(10, 120), st.floats(15, 50)), max_size=25))
def test_placed_labels_never_overlap(given_labels: list[tuple[float, float, float, float]]) -> None:
    within = _theme.Box(0, 0, 300, 200)
    marks = [_theme.Box(x - 5, y - 5, x + 5, y + 5) for x, y, _, _ in given_labels]
    labels = [_theme.Label(x, y, width, height, 15, timeline.REACH_SIDES) for x, y, width, height in given_labels]
    boxes = [place.box for place in _theme.place(labels, within, marks, []) if place]
    for index, box in enumerate(boxes):
        assert within.holds(box)
        assert not any(box.shared(other) for other in [*boxes[:index], *marks])


def test_table_is_ready_to_print() -> None:
    chart = draw(REACH, ARRESTS, [post("p", "2023-03-01 18:30", 1234)])
    table = chart.table
    assert list(table.columns) == list(TABLE_COLUMNS)
    assert len(table) == len(REACH) + len(ARRESTS) + 2
    assert all(type(cell) is date for column in ("First day", "Last day") for cell in table[column])
    close = table[table["Value"] == "close to 220,000"].iloc[0]
    assert pd.isna(close["Lowest"])
    assert close["Highest"] == 220000
    assert close["Source"] == SOURCE
    own = table[table["What"].str.startswith("Post")]
    assert list(own["Source"]) == ["march.csv, record 4, export as of 20 October 2023"]
    assert [chart.sources[place] for place in own.index] == ["upload u1"]
    assert len(chart.sources) == len(table)
    assert chart.sources[list(table["Value"]).index("close to 220,000")] == "figure r2"


def all_words(chart: Chart) -> str:
    cells = [str(cell) for cell in chart.table.to_numpy().ravel()]
    drawn = shown(json.loads(chart.figure.to_json()))
    return " ".join([chart.title, chart.subtitle, chart.summary, chart.alt, chart.key, *chart.notes, *cells, *drawn])


def test_reach_is_never_added_and_nothing_is_claimed() -> None:
    words = all_words(draw(REACH, ARRESTS, [post("p1", "2023-03-01", 1000), post("p2", "2023-03-02", 2500)]))
    for total in ("498,000", "498000", "632,000", "632000", "354,000", "3,500"):
        assert total not in words
    assert not re.search(r"because|led to|drove|result of|thanks to|trend|total|combined|impact|\d%", words, re.IGNORECASE)


values = st.one_of(st.none(), st.floats(0, 10**7, allow_nan=False), st.just(float("nan")), st.integers(0, 10**6).map(float))
rows = st.builds(
    lambda n, week, low, high, qualifier, status, sample: figure(f"f{n}", week, low, high, qualifier, status=status, sample=sample),
    st.integers(0, 10**6), st.sampled_from(list(WEEKS)), values, values, st.sampled_from(QUALIFIERS), st.sampled_from([None, *STATUSES]),
    st.booleans())
post_rows = st.builds(lambda n, at, value: post(f"p{n}", str(at), value), st.integers(0, 10**6),
                      st.datetimes(datetime(2019, 1, 1), datetime(2024, 1, 1)), values)


@settings(max_examples=60, deadline=None)
@given(st.lists(rows, max_size=8), st.lists(rows, max_size=12), st.lists(post_rows, max_size=12), st.booleans(),
       st.sampled_from([measure for measure in MEASURES if measure.kind in ("results", "safeguarding")]))
def test_any_data_gives_an_honest_chart(reach: list[dict[str, Any]], results: list[dict[str, Any]], posts: list[dict[str, Any]],
                                        narrow: bool, measure: Any) -> None:
    chart = draw(reach, results, posts, narrow=narrow, results_label=measure.label, results_unit=measure.unit)
    assert len(chart.title.split()) <= 15
    assert chart.summary.endswith(".")
    assert chart.summary.count(".") == 1 or re.search(r"\d\.\d", chart.summary)
    assert "nan" not in chart.summary.lower()
    assert "None" not in chart.summary
    assert isinstance(chart.figure, go.Figure)
    held = {("figure", row["figure_id"]) for row in reach + results
            if row["start_date"] is not None and not (pd.isna(row["value_low"]) and pd.isna(row["value_high"]))}
    held |= {("post", row["post_key"]) for row in posts if not pd.isna(row["value"])}
    assert set(marks(chart)) == held


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def over(tint: str, page: str) -> str:
    """An ``rgba()`` tint laid over a page colour."""
    *channels, alpha = (float(part) for part in re.findall(r"[\d.]+", tint))
    below = [int(page[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(c * alpha + b * (1 - alpha)):02X}" for c, b in zip(channels, below, strict=True))


@pytest.mark.parametrize("look", [_theme.LIGHT, _theme.DARK], ids=lambda look: look.name)
def test_contrast(look: _theme.Look) -> None:
    for ground in (look.page, look.band, look.campaign, look.hover, over(look.results_tint, look.page)):
        assert contrast(look.text, ground) >= 7
        assert contrast(look.muted, ground) >= 4.5
    for mark in (look.reach, look.results, look.second, look.third, look.fourth, look.fifth, look.axis):
        assert contrast(mark, look.page) >= 3


def test_light_palette_is_the_official_one() -> None:
    look = _theme.LIGHT
    assert (look.reach, look.second, look.third, look.results, look.fourth, look.fifth) == (
        "#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")
