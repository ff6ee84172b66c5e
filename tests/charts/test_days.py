"""The chart of an account by day."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from reach import uploads
from reach.charts import Break, days


def frame(**values):
    rows = [
        {
            "day": date.fromisoformat(day),
            "value": value,
            "heading": "Views",
            "definition": "Views by day (X)",
            "day_key": f"u {number} views",
            "upload_id": f"upload-{number}",
            "file_name": "<b>a.csv",
            "record_no": number,
        }
        for number, (day, value) in enumerate(values.items(), 1)
    ]
    return pd.DataFrame(rows)


def gap(kind, first, last):
    first, last = date.fromisoformat(first), date.fromisoformat(last)
    return {"gap": kind, "first_day": first, "last_day": last, "days": (last - first).days + 1}


def runs(*gaps):
    return pd.DataFrame(gaps, columns=["gap", "first_day", "last_day", "days"])


SILENT = runs(gap("no row", "2025-03-03", "2025-03-03"))


def drawn(held, additive=True, narrow=False, gaps=SILENT, breaks=()):
    about = {"label": "Views", "unit": "plays", "additive": additive, "words": "Plays.", "account": "Example", "network": "X"}
    return days.chart(held, gaps, dark=False, narrow=narrow, breaks=breaks, **about)


HELD = frame(**{"2025-03-01": 5.0, "2025-03-02": 0.0, "2025-03-04": 1250.0})


@pytest.mark.parametrize("narrow", [True, False])
def test_words_say_what_is_drawn(narrow):
    chart = drawn(HELD, narrow=narrow)
    assert chart.title == "Views highest at 1,250 on 4 March 2025"
    assert chart.sources == ("upload upload-1", "upload upload-2", "upload upload-3")
    assert chart.subtitle == "Views by day (plays). Example, X, 1 to 4 March 2025."
    assert chart.summary == "Views were given for 3 days of 4, from 0 to 1,250. They add up to 1,255 over the days shown."
    assert chart.notes[-1] == "1 day inside the files held has no row, so there is no bar, which is not 0: 3 March 2025."
    assert not chart.figure.layout.shapes and "shaded" not in chart.key
    assert list(chart.table["Day"]) == ["1 March 2025", "2 March 2025", "4 March 2025"]
    bars, zeros = chart.figure.data
    assert list(bars.y) == [5, 0, 1250] and list(zeros.x) == [date(2025, 3, 2)]
    assert bars.type == "bar" and zeros.mode == "markers", "no line joins days"
    assert all(key[0] == "day" for key in bars.customdata)
    assert "&lt;b&gt;a.csv" in bars.hovertext[0] and "Views by day (X)" in bars.hovertext[0]
    assert list(chart.table["Definition"]) == ["Views by day (X)"] * 3
    assert not chart.figure.layout.shapes and not chart.figure.layout.annotations, "nothing changed"


def test_people_are_not_added_over_days():
    chart = drawn(HELD, additive=False)
    assert "add up" not in chart.summary
    assert "1,255" not in chart.alt + chart.summary + chart.title + "".join(chart.notes)
    assert any("never added" in note for note in chart.notes)


# --- a change of definition inside the days ----------------------------------------------------------------------------

SHORTS = Break(date(2025, 3, 31), date(2025, 3, 31), "Shorts views counted anew", "Every start counts.", "https://example.org/shorts")
AUTUMN = Break(date(2024, 9, 1), date(2024, 11, 30), "Impressions became Views", "Views count more repeats.", "the export itself")
ACROSS = frame(**{"2025-03-29": 10.0, "2025-03-30": 20.0, "2025-03-31": 300.0, "2025-04-01": 400.0})


@pytest.mark.parametrize("narrow", [True, False])
def test_nothing_is_added_or_compared_over_a_change(narrow):
    chart = drawn(ACROSS, gaps=runs(), narrow=narrow, breaks=[SHORTS])
    assert chart.title == "Views by day, over a change: Shorts views counted anew"
    assert chart.summary == (
        "Views were given for 4 days. The definition changes: Shorts views counted anew, on 31 March 2025, so the days of each side stand "
        "apart. 29 to 30 March 2025: from 10 to 20, adding up to 30. 31 March to 1 April 2025: from 300 to 400, adding up to 700."
    )
    everything = chart.alt + chart.title + chart.summary + "".join(chart.notes)
    assert "730" not in everything and "from 10 to 400" not in everything and "highest" not in everything
    assert chart.summary in chart.alt
    assert "Line a, on 31 March 2025: Shorts views counted anew. Every start counts." in chart.notes
    assert chart.key.endswith("┆ dashed line: a change of definition")


@pytest.mark.parametrize(("narrow", "words"), [(True, "<b>a</b>"), (False, "<b>a</b>: Shorts views counted anew")])
def test_a_line_stands_between_the_days_before_and_after(narrow, words):
    figure = drawn(ACROSS, gaps=runs(), narrow=narrow, breaks=[SHORTS]).figure
    (line,) = figure.layout.shapes
    assert line.x0 == line.x1 == datetime(2025, 3, 30, 12), "between the bars of 30 and 31 March"
    assert (line.y0, line.y1, line.yref, line.line.dash) == (0, 1, "y domain", "dash")
    (note,) = figure.layout.annotations
    assert note.text == words and "on 31 March 2025" in note.hovertext.replace("<br>", " ")
    assert all(trace.type == "bar" or trace.mode == "markers" for trace in figure.data), "no mark joins over it"


def test_the_change_is_a_row_of_the_table_where_it_falls():
    chart = drawn(ACROSS, gaps=runs(), breaks=[SHORTS])
    assert list(chart.table["Day"]) == ["29 March 2025", "30 March 2025", "Change, on 31 March 2025", "31 March 2025", "1 April 2025"]
    row = chart.table.iloc[2]
    assert row["Definition"] == "Shorts views counted anew. Every start counts." and row["Views"] is None
    assert row["Source"] == "https://example.org/shorts"
    assert chart.sources == ("upload upload-1", "upload upload-2", "", "upload upload-3", "upload upload-4")


def test_days_on_which_nobody_knows_the_way_of_counting_are_not_added():
    held = frame(**{"2024-08-30": 5.0, "2024-08-31": 7.0, "2024-10-01": 50.0, "2024-11-29": 60.0, "2024-11-30": 100.0})
    chart = drawn(held, gaps=runs(), breaks=[AUTUMN])
    assert "some time from 1 September 2024 to 30 November 2024" in chart.summary
    assert " 30 to 31 August 2024: from 5 to 7, adding up to 12." in chart.summary
    assert (
        " 1 October to 29 November 2024: from 50 to 60, and the change can have come on any of these days, so they are not compared "
        "or added."
    ) in chart.summary
    assert chart.summary.endswith(" 30 November 2024: 100."), "by then it had come"
    assert [line.x0 for line in chart.figure.layout.shapes] == [datetime(2024, 8, 31, 12), datetime(2024, 11, 29, 12)]
    assert "or the first and the last day it can have been" in chart.key


def test_a_line_outside_the_days_shown_is_not_drawn_but_said():
    inside = frame(**{"2024-10-01": 50.0, "2024-10-02": 60.0})
    chart = drawn(inside, gaps=runs(), breaks=[AUTUMN])
    assert not chart.figure.layout.shapes and len(chart.figure.layout.annotations) == 1
    assert "adding up" not in chart.summary and "Line a, some time from" in chart.notes[1]


def test_two_changes_part_three_sides():
    twice = [Break(date(2025, 3, 30), date(2025, 3, 30), "One", "1."), Break(date(2025, 4, 1), date(2025, 4, 1), "Two", "2.")]
    chart = drawn(ACROSS, gaps=runs(), breaks=twice)
    assert chart.title == "Views by day, over two changes of definition"
    assert [part in chart.summary for part in (
        "29 March 2025: 10.", "30 to 31 March 2025: from 20 to 300, adding up to 320.", "1 April 2025: 400.",
    )] == [True] * 3
    assert [note.text[:8] for note in chart.figure.layout.annotations] == ["<b>a</b>", "<b>b</b>"]


def test_people_are_not_added_on_either_side_of_a_change():
    chart = drawn(ACROSS, gaps=runs(), additive=False, breaks=[SHORTS])
    assert "adding up" not in chart.summary and "29 to 30 March 2025: from 10 to 20." in chart.summary


def test_days_of_no_file_are_shaded_and_said_apart_from_days_without_a_row():
    held = frame(**{"2025-03-01": 5.0, "2025-03-02": 1.0, "2025-04-20": 1250.0})
    gaps = runs(
        gap("no row", "2025-03-03", "2025-03-04"),
        gap("not held", "2025-03-05", "2025-04-18"),
        gap("no row", "2025-04-19", "2025-04-19"),
    )
    chart = drawn(held, gaps=gaps)
    assert chart.notes[-2:] == (
        "3 days inside the files held have no row, so there is no bar, which is not 0: 3 to 4 March 2025 and 19 April 2025.",
        "45 days are in no file held, which is not 0: 5 March to 18 April 2025.",
    )
    (shade,) = chart.figure.layout.shapes
    assert (str(shade.x0), str(shade.x1)) == ("2025-03-04 12:00:00", "2025-04-18 12:00:00")
    assert chart.key.endswith("shaded: no file held")


def test_the_longest_of_many_runs_are_named():
    spans = ((2, 2), (5, 8), (10, 12), (15, 15), (20, 24))
    gaps = runs(*(gap("not held", f"2025-03-{first:02d}", f"2025-03-{last:02d}") for first, last in spans))
    chart = drawn(frame(**{"2025-03-01": 1.0, "2025-03-31": 2.0}), gaps=gaps)
    assert chart.notes[-1] == (
        "14 days are in no file held, which is not 0: 5 to 8 March 2025, 10 to 12 March 2025, 20 to 24 March 2025 and 2 shorter runs."
    )


def test_a_run_without_rows_is_told_from_one_without_a_file(desk):
    """X's overview: two files; in the first 3 and 4 March are left out, and 8 to 10 March lie between the two."""
    for name, listed in (("a.csv", (1, 2, 5, 6, 7)), ("b.csv", (11, 12))):
        lines = [f'"{date(2025, 3, day):%a, %b %-d, %Y}",{day * 10},1,1,0,0' for day in reversed(listed)]
        content = "\n".join(["Date,Impressions,Likes,Engagements,Bookmarks,Unfollows", *lines])
        desk.bring(content.encode(), name, account="examplepolice", as_of=datetime(2025, 3, 20, 12))
    asked = {"network": "x", "account": "examplepolice", "metric": "impressions"}
    rows = [tuple(row.values()) for row in desk.store.rows("charts/day_gaps", **asked)]
    assert rows == [("no row", date(2025, 3, 3), date(2025, 3, 4), 2), ("not held", date(2025, 3, 8), date(2025, 3, 10), 3)]
    late = desk.store.rows("charts/day_gaps", **asked, date_from=date(2025, 3, 6))
    assert [(row["gap"], row["days"]) for row in late] == [("not held", 3)]
    uploads.undo(desk.store, next(str(row["upload_id"]) for row in desk.store.rows("pages/uploads") if row["file_name"] == "b.csv"))
    assert [row["gap"] for row in desk.store.rows("charts/day_gaps", **asked)] == ["no row"]
