"""The chart of several reaches together, on the published figures of 27 February to 5 March 2023."""

from __future__ import annotations

import pytest

from reach.charts import reach_range
from reach.charts.reach_range import Mark, Population
from reach.reach_bounds import Part, combine

CLOSE = Mark("Trusted adults", "close to 220,000", 220_000, 220_000, "close to", "figure a", "https://example.org/a")
FURTHER = Mark("Other <b>posts", "a further 278,000", 278_000, 278_000, "a further", "figure b", "https://example.org/b")
PARTS = [Part(None, 220_000, "close to"), Part(278_000, 278_000, "a further")]
CENSUS = Population("the area's population", "Residents, all ages, 1,121,990", 1_121_990)


def drawn(marks=(CLOSE, FURTHER), found=None, population=CENSUS, duplication=1.0, chosen=None, narrow=False):
    found = found or combine(PARTS, population.people if population else None)
    about = {"counted": "Campaign reach", "scope": "Example, 27 February to 5 March 2023", "dark": False, "narrow": narrow}
    return reach_range.chart(list(marks), found, population=population, duplication=duplication, chosen=chosen, **about)


def traces(chart, kind):
    return [one for one in chart.figure.data if one.type == kind]


@pytest.mark.parametrize("narrow", [True, False])
def test_the_published_figures(narrow):
    chart = drawn(narrow=narrow)
    assert chart.title == "Between 278,000 and around 498,000 accounts: how many saw both is not known"
    assert chart.summary == (
        "Close to 220,000 and a further 278,000 make between 278,000 and around 498,000 accounts together. If independent, around 443,490. "
        "278,000 is equivalent to 25% and 498,000 to 44% of the area's population."
    )
    assert chart.summary in chart.alt
    (bar,) = traces(chart, "bar")
    assert (list(bar.base), list(bar.x)) == ([278_000], [220_000]), "a range from 278,000 to 498,000"
    points = [(list(one.x), one.marker.symbol, one.mode) for one in traces(chart, "scatter")]
    assert points == [
        ([220_000], "circle-open", "markers"),
        ([278_000], "circle", "markers"),
        ([334_469, 443_490], None, "lines"),
        ([443_490], "diamond", "markers"),
    ]
    assert chart.sources == ("figure a", "figure b", "", "")
    told = ["close to 220,000", "a further 278,000", "between 278,000 and around 498,000", "around 443,490"]
    assert list(chart.table["Accounts"]) == told
    assert list(chart.table["Of the population"])[2] == "equivalent to 25% to 44%"
    assert all("Other <b>posts" not in one.text for one in chart.figure.layout.annotations), "text of files is escaped"
    assert any("'A further' was published" in note for note in chart.notes)
    assert any("counts each account once" in note for note in chart.notes)
    assert "saw it" not in chart.summary + chart.title


def test_a_chosen_overlap_is_a_mark_of_its_own():
    chart = drawn(duplication=2.0, chosen=388_979)
    assert list(traces(chart, "scatter")[-1].x) == [388_979] and traces(chart, "scatter")[-1].marker.symbol == "x"
    assert "With overlap 2 times chance, around 388,979." in chart.summary
    assert "✕ with overlap 2 times chance" in chart.key


def test_without_a_population_there_are_bounds_alone():
    chart = drawn(population=None)
    assert "equivalent" not in chart.summary and "independent" not in chart.summary + chart.key
    assert "Of the population" not in chart.table.columns
    assert [one.mode for one in traces(chart, "scatter")] == ["markers", "markers"]


def test_more_than_has_no_upper_end():
    more = Mark("Week", "more than 134,000", 134_000, 134_000, "more than", "figure c", "x")
    found = combine([Part(134_000, None, "more than"), Part(278_000)], 1_121_990)
    chart = drawn((more, FURTHER), found)
    assert chart.title == "At least 278,000 accounts, with no upper end: how many saw both is not known"
    assert "412,000" not in chart.summary, "a share of what is no limit is not said"
    assert "25% of the area's population" in chart.summary
    assert traces(chart, "scatter")[0].marker.symbol == "triangle-right"


def test_one_reach_returns_itself():
    chart = drawn((CLOSE,), combine(PARTS[:1], 1_121_990))
    assert chart.title == "Close to 220,000 accounts"
    assert not traces(chart, "bar") and len(chart.table) == 1


def test_the_platforms_own_count_is_the_answer():
    chart = drawn(found=combine(PARTS, own_total=301_250), population=CENSUS)
    assert chart.title == "301,250 accounts, by the platform's own count"
    assert list(chart.table["What"])[-1] == "The platform's own count"
    assert "equivalent to 27% of the area's population" in chart.summary
    assert "498,000" not in chart.summary + " ".join(chart.notes)


def test_many_parts_are_drawn_as_the_largest():
    marks = [Mark(f"Post {one}", f"{one:,}", one, one, "exact", f"post {one}", "a.csv") for one in range(1000, 1020)]
    chart = drawn(marks, combine([Part(one.low) for one in marks], 1_121_990))
    assert len([one for one in traces(chart, "scatter") if one.customdata is not None]) == 8
    assert len(chart.table) == 22
    assert any("8 largest of 20" in note for note in chart.notes)
    assert chart.title.endswith("how many saw several is not known")
