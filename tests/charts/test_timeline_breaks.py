"""The upper panel of the timeline where the definition of the posts' metric changes inside the time drawn."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from test_timeline import ARRESTS, REACH, draw, post

from reach.charts import Break

SHORTS = Break(date(2023, 3, 31), date(2023, 3, 31), "Shorts views counted anew", "Every start counts.", "https://example.org/shorts")
YEAR = Break(date(2023, 1, 1), date(2023, 12, 31), "Reach became Viewers", "Counted another way.", "the export itself")
POSTS = [post("p1", "2023-03-01 18:30", 100), post("p2", "2023-05-01 18:30", 9000)]


def over(breaks, narrow=False, posts=POSTS):
    return draw([], ARRESTS, posts, [], reach_label="Views (YouTube)", metric="views", of_reach=False, breaks=breaks, narrow=narrow)


@pytest.mark.parametrize(("narrow", "words"), [(True, "<b>a</b>"), (False, "<b>a</b>: Shorts views counted anew")])
def test_a_line_with_a_note_stands_in_the_upper_panel(narrow, words):
    chart = over([SHORTS], narrow)
    (line,) = [shape for shape in chart.figure.layout.shapes if shape.type == "line"]
    assert (line.x0, line.x1, line.yref, line.line.dash) == (datetime(2023, 3, 31), datetime(2023, 3, 31), "y domain", "dash")
    assert words in [note.text for note in chart.figure.layout.annotations]
    assert chart.notes[0] == "Line a, on 31 March 2023: Shorts views counted anew. Every start counts."
    assert "┆ dashed line: a change of definition" in chart.key
    assert all(trace.mode == "markers" for trace in chart.figure.data if trace.x[0] is not None), "no mark joins over it"


def test_words_do_not_compare_over_it():
    said = "2 posts are measured in views, over a change of definition, so they are not compared with one another: Shorts views counted " \
           "anew, on 31 March 2023"
    chart = over([SHORTS])
    assert said in chart.summary and said in chart.alt
    assert "the highest, 9,000" not in chart.summary + chart.alt
    assert "the highest, 9,000" in over([]).summary, "without a change they are compared"


def test_the_change_is_a_row_of_the_table():
    table = over([SHORTS]).table
    (row,) = table[table["What"] == "Change of definition"].to_dict("records")
    assert (row["First day"], row["Last day"], row["Value"]) == (date(2023, 3, 31), date(2023, 3, 31), "")
    assert row["Name"] == "Shorts views counted anew. Every start counts." and row["Source"] == "https://example.org/shorts"
    assert len(over([SHORTS]).sources) == len(table)


def test_a_change_without_a_day_has_a_line_at_either_end():
    chart = over([YEAR])
    lines = sorted(shape.x0 for shape in chart.figure.layout.shapes if shape.type == "line")
    assert lines == [datetime(2023, 1, 1)], "the end lies after all that is drawn"
    assert "some time from 1 January 2023 to 31 December 2023" in chart.notes[0]
    later = over([YEAR], posts=[*POSTS, post("p3", "2024-05-01 18:30", 5)])
    lines = sorted(shape.x0 for shape in later.figure.layout.shapes if shape.type == "line")
    assert lines == [datetime(2023, 1, 1), datetime(2023, 12, 31)]


def test_every_row_of_the_table_names_its_definition():
    table = draw(REACH, ARRESTS, [post("p", "2023-03-01 18:30", 1234)]).table
    assert set(table.loc[table["What"].str.startswith("Arrests"), "Definition"]) == {"Arrests"}
    assert (table["Definition"] != "").all()
