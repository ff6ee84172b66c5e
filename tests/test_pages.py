"""The four pages as a reader meets them: the words and numbers on the screen, held against the files by the csv module alone.

Each test runs a page's own ``render`` on a store of its own. What only a browser can tell is in ``tests/browser``.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from reach import candidates, editions, inbox, rereading, settings, store, uploads
from reach.definitions import MEASURE
from reach.pages import _show

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "formats"
FORCE, REGION, SAMPLE = "Leicestershire Police", "East Midlands (EMSOU: 5 forces)", "Sample Constabulary"
LONDON = ZoneInfo("Europe/London")
HOSTILE = (
    "![x](http://127.0.0.1:8999/x.png) <img src=x onerror=alert(1)><script>alert(2)</script> "
    "$\\int$ [a](javascript:alert(3)) :material/home:"
)


# --- reading the screen ---------------------------------------------------------------------------------------


class Markup(HTMLParser):
    """The words of a piece of HTML, its tables as (headings, rows), its links and its tags."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.words, self.links, self.tags = "", [], []
        self.tables: list[tuple[list[str], list[list[str]]]] = []
        self._cell: list[str] | None = None
        self._style = False
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._style = tag == "style"
        if tag == "a":
            self.links.append(dict(attrs)["href"])
        if tag == "table":
            self.tables.append(([], []))
        if tag == "tr":
            self.tables[-1][1].append([])
        if tag in ("td", "th"):
            self._cell = []
        self.words += " "

    def handle_endtag(self, tag: str) -> None:
        if tag == "style":
            self._style = False
        if tag in ("td", "th") and self._cell is not None:
            headings, rows = self.tables[-1]
            (headings if tag == "th" else rows[-1]).append("".join(self._cell))
            self._cell = None
        if tag == "table":
            self.tables[-1][1][:] = [row for row in self.tables[-1][1] if row]

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)
        if not self._style:
            self.words += data


class Screen:
    """A page that was run: what it shows, and its widgets as ``at``."""

    def __init__(self, at: AppTest, given: dict[str, tuple[str, Any]]) -> None:
        self.at = at
        self._given = given

    def run(self) -> Screen:
        """Runs the page again after a widget was set. A page never shows an exception."""
        self.at.run()
        assert not self.at.exception, [one.message for one in self.at.exception]
        return self

    def pick(self, key: str, value: Any) -> Screen:
        self.at.get_by_key(key).set_value(value)
        return self.run()

    def press(self, words: str) -> Screen:
        (button,) = [one for one in self.at.button if words in one.label]
        button.click()
        return self.run()

    def click(self, *mark: str) -> Screen:
        """As if a mark of the chart were clicked, which AppTest cannot do."""
        self.at.session_state["clicked-mark"] = " ".join(mark)
        return self.run()

    def drop(self, *files: tuple[str, bytes]) -> Screen:
        for name, content in files:
            self.at.file_uploader[0].upload(name, content)
        return self.run()

    @property
    def _html(self) -> list[Markup]:
        return [Markup(one.value) for one in self.at.html]

    @property
    def words(self) -> str:
        """All text: HTML and the labels of what can be pressed."""
        labelled = ("button", "download_button", "selectbox", "text_input", "radio", "expander")
        labels = [one.label for kind in labelled for one in self.at.get(kind)]
        headings = [one.value for one in (*self.at.title, *self.at.subheader)]
        parts = [*headings, *(one.words for one in self._html), *labels]
        return " ".join(" ".join(parts).split())

    @property
    def lead(self) -> str:
        (found,) = [Markup(one.value).words.strip() for one in self.at.html if one.value.startswith('<p class="reach-lead">')]
        return found

    @property
    def cards(self) -> list[list[str]]:
        """Label, value and note of each card."""
        found = [one.value for one in self.at.html if one.value.startswith('<p class="reach-card-label">')]
        return [[Markup(part).words.strip() for part in card.split("</p>")[:3]] for card in found]

    @property
    def summary(self) -> str:
        (found,) = [one.words.strip() for one in self._html if one.words.strip().startswith("In words.")]
        return " ".join(found.split())

    @property
    def links(self) -> list[str]:
        return [link for one in self._html for link in one.links]

    @property
    def tags(self) -> set[str]:
        return {tag for one in self._html for tag in one.tags}

    def table(self, *headings: str) -> list[dict[str, str]]:
        """The rows of the one table that has these headings."""
        (found,) = [table for one in self._html for table in one.tables if set(headings) <= set(table[0])]
        return [dict(zip(found[0], row, strict=True)) for row in found[1]]

    def has_table(self, *headings: str) -> bool:
        return any(set(headings) <= set(table[0]) for one in self._html for table in one.tables)

    def data(self, words: str) -> list[dict[str, str]]:
        """The rows of the CSV behind the button of these words."""
        return list(csv.DictReader(io.StringIO(self.file(words).decode("utf-8-sig"))))

    def file(self, words: str) -> bytes:
        assert any(one.label == words for one in self.at.get("download_button")), f"no button '{words}'"
        data = self._given[words][0]
        content = data() if callable(data) else data
        return content if isinstance(content, bytes) else content.encode()

    def badges(self) -> list[str]:
        """What each card of a dropped file says first."""
        known = ("Ready", "One question", "Nothing to do", "Refused", "Imported")
        return [word for one in self.at.markdown for word in known if one.value.endswith(f"{word}]")]


@pytest.fixture(scope="session")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store as the first start leaves it, to be copied: making it takes longer than most pages."""
    path = tmp_path_factory.mktemp("first") / "reach.duckdb"
    editions.opened(settings.load(path))
    store.close()
    return path


@pytest.fixture
def show(first_start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Screen]]:
    """Opens a page: ``show("posts", words="burglary")``, on a store that the test has for itself."""
    shutil.copy(first_start, tmp_path / "reach.duckdb")
    monkeypatch.setenv("REACH_STORE", str(tmp_path / "reach.duckdb"))
    given: dict[str, tuple[str, Any]] = {}
    real = streamlit.delta_generator.DeltaGenerator.download_button

    def noted(self: Any, label: str, data: Any, *rest: Any, **named: Any) -> Any:
        given[label] = (data, rest)
        return real(self, label, data, *rest, **named)

    monkeypatch.setattr(streamlit.delta_generator.DeltaGenerator, "download_button", noted)
    monkeypatch.setattr(streamlit, "download_button", lambda *rest, **named: noted(streamlit._main, *rest, **named))

    def script(page: str) -> None:
        from reach import pages

        getattr(pages, page).render()

    def run(page: str, **query: Any) -> Screen:
        at = AppTest.from_function(script, args=(page,), default_timeout=60)
        for name, value in query.items():
            at.query_params[name] = value
        return Screen(at, given).run()

    store.close()
    yield run
    store.close()


@pytest.fixture
def known() -> Callable[[], store.Store]:
    """The store behind the pages, for setting the scene without going through them."""
    return lambda: editions.opened(settings.load())


@pytest.fixture
def bring(known: Callable[[], store.Store]) -> Callable[..., str]:
    """Imports a file behind the page's back and gives its upload id."""

    def run(content: bytes, name: str = "march.csv", **how: Any) -> str:
        from reach.reading import Answers

        here = known()
        stated = how.pop("stated", None)
        (candidate,) = candidates.check(io.BytesIO(content), name, here.folder, here.settings, here, Answers(**how), stated)
        imported = uploads.commit(here, candidate)
        candidates.discard([candidate])
        assert imported.status == "imported", imported.message
        assert imported.upload_id
        return imported.upload_id

    return run


# --- what the files say, by plain Python -----------------------------------------------------------------------


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def published(area: str = FORCE, *measures: str) -> list[dict[str, str]]:
    rows = rows_of(ROOT / "data/published/figures.csv")
    return [row for row in rows if row["area"] == area and (not measures or row["measure"] in measures)]


def sample(name: str) -> list[dict[str, str]]:
    return rows_of(ROOT / "data" / "sample" / f"{name}_2026-07_to_09.csv")


def is_dated(row: dict[str, str]) -> bool:
    return bool(row["start_date"] and row["end_date"])


def uk_day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


def amount(value: str) -> Decimal:
    """A cell of a file as a number; -1 where it is blank, which no figure is."""
    return Decimal(value) if value else Decimal(-1)


FACEBOOK_TIMES = {"Night": "06/30/2025 23:30", "Noon": "06/14/2025 04:00", "Winter": "01/31/2025 20:00"}
"""Publish times as Meta writes them, US Pacific. Night and Winter are on the next day, and in the next month, in London."""


def londons(pacific: str) -> datetime:
    return datetime.strptime(pacific, "%m/%d/%Y %H:%M").replace(tzinfo=ZoneInfo("America/Los_Angeles")).astimezone(LONDON)


def three_posts(made: Any) -> bytes:
    """Reach 1,000, 2,000 and 3,000; views three times that; reactions 1, 2 and 3."""
    posts = []
    for number, (name, when) in enumerate(FACEBOOK_TIMES.items(), 1):
        cells = {"Description": f"{name} post", "Publish time": when, "Reach": 1000 * number, "Views": 3000 * number, "Reactions": number}
        posts.append(made.post(number, **cells))
    return made.facebook(*posts)


GRAM_ACCOUNT = "17841400000000123"
GRAM = {"Post ID": "17900000000000011", "Publish time": "06/10/2025 09:00", "Views": 90}
JULY = (datetime(2025, 7, 20), "given")


# --- an empty record, the published one, a full one --------------------------------------------------------------


@pytest.mark.parametrize(("page", "expected"), [
    ("overview", ["Nothing dated is held of this area.", "Campaign reach none held", "none yet", "No posts held yet.",
                  "No reach or arrests held for this choice"]),
    ("posts", ["No posts are held for this choice. Drop an export on the Upload page"]),
    ("upload", ["figures.csv", "undone", "Redo", "Blank outcomes file"]),
    ("sources", ["No figures are held.", "figures.csv", "undone"]),
])
def test_empty_record(show, known, page, expected):
    here = known()
    (only,) = here.rows("pages/uploads")
    uploads.undo(here, str(only["upload_id"]))
    screen = show(page)
    assert [words for words in expected if words not in screen.words] == []
    assert not screen.has_table("Measure", "What is known of the date")


@pytest.mark.parametrize(("page", "expected"), [
    ("overview", ["close to 220,000 and a further 278,000", "Drop an export on the Upload page"]),
    ("posts", ["No posts are held for this choice."]),
    ("upload", ["figures.csv", "Figures, one row each", "Undo", "Load the made-up sample data", "Exports that Reach reads"]),
    ("sources", ["figures.csv", "in force", "more than 134,000 people"]),
])
def test_published_record_only(show, page, expected):
    screen = show(page)
    assert [words for words in expected if words not in screen.words] == []
    assert "Management information, not official statistics." in screen.words


def test_full_store(show, known):
    here = known()
    editions.load_sample(here)
    for path in sorted(GOLDEN.glob("*/*.csv")):
        found = candidates.check(path, path.name, here.folder, here.settings, here)
        for candidate in found:
            if candidate.status == "ready":
                uploads.commit(here, candidate)
        candidates.discard(found)
    names = [row["file_name"] for row in here.rows("pages/uploads") if row["state"] == "in force"]
    assert len(names) > 10
    (newest,) = here.rows("pages/posts", ours=True, most_rows=1)
    sources, posts, overview = (show(page) for page in ("sources", "posts", "overview"))
    upload = show("upload").pick("all-history", True)
    assert [name for name in names if name not in upload.words] == []
    assert [row["File"] for row in sources.table("File", "State")] == names
    assert f"{newest['posts']} posts" in posts.words and len(posts.at.dataframe[0].value) == newest["posts"]
    assert "close to 220,000 and a further 278,000" in overview.lead
    assert "Made-up sample data is loaded." in overview.words


# --- Overview -----------------------------------------------------------------------------------------------------


def test_overview_answers_first(show):
    screen = show("overview")
    assert "27 February to 5 March 2023" in screen.lead
    assert "close to 220,000 and a further 278,000 people reached, alongside 76 arrests" in screen.lead
    assert "498,000" not in screen.words
    cards = {label: value for label, value, _ in screen.cards}
    assert cards["Campaign reach, latest"] == "close to 220,000 and a further 278,000"
    assert cards["Arrests, same week"] == "76"
    assert cards["People visited to safeguard them, same week"] == "58 people"
    assert cards["Posts held"] == "none yet"
    arrests = [int(row["value_low"]) for row in published(FORCE, "arrests") if is_dated(row)]
    (note,) = [note for label, _, note in screen.cards if label == "Arrests, same week"]
    assert note == f"Six dated figures range from {min(arrests)} to {max(arrests)}." and len(arrests) == 6


def test_chart_table_holds_the_record_and_never_a_zero_for_silence(show):
    screen = show("overview").pick("timeline-shape", "Table")
    rows, data = screen.table("What", "Value"), screen.data("Data as CSV")
    reach = {row["Name"]: row for row in rows if row["What"] == "People reached"}
    assert {name: row["Value"] for name, row in reach.items()} == {
        "#KnowTheSigns week": "more than 134,000",
        "Trusted adults campaign": "close to 220,000",
        "Other County Lines posts": "a further 278,000",
    }
    bounds = {row["Name"]: (row["Lowest"], row["Highest"]) for row in data if row["What"] == "People reached"}
    assert bounds == {
        "#KnowTheSigns week": ("134000", ""),
        "Trusted adults campaign": ("", "220000"),
        "Other County Lines posts": ("278000", "278000"),
    }
    held = {(row["First day"], row["Value"]) for row in rows if row["What"] == "Arrests" and row["Value"] != "not published"}
    assert held == {(uk_day(row["start_date"]), row["value_low"]) for row in published(FORCE, "arrests") if is_dated(row)}
    silent = {row["First day"]: row for row in rows if row["Value"] == "not published"}
    assert set(silent) == {"13 May 2019", "25 November 2024", "23 June 2025"}
    assert [(row["Lowest"], row["Highest"]) for row in data if row["Value"] == "not published"] == [("", "")] * 3
    assert not any(row["Value"] == "0" for row in rows)


def test_chart_has_title_words_alt_and_no_line_between_events(show):
    screen = show("overview")
    assert "Reach has been published for two weeks, arrests for six" in screen.words
    assert "the highest, 76, is for 27 February to 5 March 2023" in screen.summary
    wide, narrow = screen.at.get("plotly_chart")
    for chart in (wide, narrow):
        assert chart.proto.alt.startswith("Two panels on one time axis.")
        spec = json.loads(chart.proto.spec)
        drawn = [trace for trace in spec["data"] if trace.get("customdata")]
        assert len(drawn) == 2
        # One time axis: both panels show the same days.
        assert spec["layout"]["xaxis"]["range"] == spec["layout"]["xaxis2"]["range"]
        assert not [trace for trace in drawn if "lines" in trace["mode"]]


def test_every_measure_shows_what_the_file_says(show):
    """For each choice of the lower panel: values, count and the strip of what is not dated, against the published file."""
    screen = show("overview").pick("timeline-shape", "Table")
    offered = screen.at.selectbox(key="results").options
    kinds = {MEASURE[row["measure"]].label for row in published() if MEASURE[row["measure"]].kind != "reach"}
    assert set(offered) == kinds
    for measure in [key for key, one in MEASURE.items() if one.label in kinds]:
        screen.pick("results", measure)
        label, wanted = MEASURE[measure].label, published(FORCE, measure)
        shown = [row for row in screen.data("Data as CSV") if row["What"] == label and row["Value"] != "not published"]
        assert sorted((row["First day"], row["Last day"], amount(row["Lowest"]), amount(row["Highest"])) for row in shown) == sorted(
            (row["start_date"], row["end_date"], amount(row["value_low"]), amount(row["value_high"])) for row in wanted if is_dated(row)
        ), measure
        worded = {(row["First day"], row["Published wording"]) for row in screen.table("What", "Value") if row["Published wording"]}
        assert {(uk_day(row["start_date"]), row["published_wording"]) for row in wanted if is_dated(row)} <= worded, measure
        undated = [row for row in wanted if not is_dated(row)]
        assert screen.has_table("What is known of the date") == bool(undated), measure
        if undated:
            strip = screen.table("What is known of the date")
            assert sorted(row["Campaign or operation"] for row in strip) == sorted(row["operation"] for row in undated)


def test_undated_figures_stand_in_their_own_strip(show):
    screen = show("overview")
    strip = screen.table("Measure", "Value", "What is known of the date")
    lionheart = {row["Value"]: row["What is known of the date"] for row in strip if row["Campaign or operation"] == "Operation Lionheart"}
    assert lionheart == {
        "more than 100": "cumulative to date of release (to 20 May 2019)",
        "55": "two weeks; page undated (before May 2019)",
    }
    assert len(strip) == len([row for row in published(FORCE, "arrests") if not is_dated(row)]) == 3
    screen.pick("timeline-shape", "Table")
    assert "Lionheart" not in json.dumps(screen.table("What", "Value"))


def test_chart_data_as_csv_is_the_table(show):
    screen = show("overview").pick("timeline-shape", "Table")
    table, data = screen.table("What", "Value"), screen.data("Data as CSV")
    assert [row["Published wording"] for row in data] == [row["Published wording"] for row in table]
    assert [row["Value"] for row in data] == [row["Value"] for row in table]
    assert [uk_day(row["First day"]) for row in data] == [row["First day"] for row in table]


def test_chart_data_as_csv_is_safe_from_formulas(show, made, bring):
    words = {"operation": "=cmd|'/C calc'!A0", "published_wording": "@SUM(A1)"}
    bring(made.figures({"area": FORCE, "value_low": "5", "value_high": "5", **words}))
    rows = show("overview").data("Data as CSV")
    (row,) = [row for row in rows if "calc" in row["Name"]]
    assert row["Name"].startswith("'=") and row["Published wording"].startswith("'@")
    assert not [value for row in rows for value in row.values() if value.startswith(("=", "+", "@"))]


def test_area_changes_everything_shown(show):
    screen = show("overview", area=REGION).pick("timeline-shape", "Table")
    assert screen.lead == "Published for 23 to 29 June 2025: 94 arrests; campaign reach: not published."
    shown = {row["Value"]: row["Status"] for row in screen.table("What", "Value")}
    assert shown == {"110": "early total", "94": ""}
    assert "220,000" not in screen.words
    assert "no reach is published for this choice" in screen.summary


def test_area_picked_on_the_page_shows_what_its_address_shows(show):
    picked = show("overview", area="UK (NCA/NPCC)").pick("area", FORCE)
    assert picked.lead == show("overview", area=FORCE).lead


def test_posts_imported_since_the_page_was_opened_are_drawn(show, made, bring):
    screen = show("overview").pick("timeline-shape", "Table")
    bring(three_posts(made), stated=JULY)
    screen.run()
    assert sum(row["What"].startswith("Post") for row in screen.table("What", "Value")) == 3


def test_sample_posts_do_not_stretch_the_dates_of_a_real_area(show, known):
    before = show("overview").at.date_input(key="dates").value
    editions.load_sample(known())
    assert show("overview").at.date_input(key="dates").value == before


def test_dates_narrow_what_is_shown(show):
    screen = show("overview", dates=["2021-01-01", "2022-12-31"]).pick("timeline-shape", "Table")
    rows = screen.table("What", "Value")
    wanted = [row for row in published(FORCE, "arrests") if is_dated(row) and "2021" <= row["start_date"] < "2023"]
    assert sorted(row["Value"] for row in rows if row["Value"] != "not published") == sorted(row["value_low"] for row in wanted)
    assert "reach was published" not in screen.summary
    strip = screen.table("What is known of the date")
    assert sorted(row["Value"] for row in strip) == ["42", "55"], "without any date they stay; 'to 20 May 2019' is before the dates picked"


def test_campaign_leaves_its_own_figures_and_no_posts(show, made, bring):
    bring(three_posts(made), stated=JULY)
    screen = show("overview").pick("timeline-shape", "Table")
    assert sum(row["What"].startswith("Post") for row in screen.table("What", "Value")) == 3
    screen.pick("campaign", "Trusted adults campaign")
    rows = screen.table("What", "Value")
    assert [row["Value"] for row in rows if row["What"] == "People reached"] == ["close to 220,000"]
    assert not [row for row in rows if row["What"].startswith("Post")]
    assert "posts are measured" not in screen.summary
    assert "A campaign leaves its own posts and figures." in screen.words


def test_campaign_does_not_deny_what_was_published_that_week(show):
    screen = show("overview").pick("campaign", "Trusted adults campaign")
    assert "no arrests were published for that week" not in screen.lead
    assert "Nothing is published for the same week." not in screen.words


COUNTY_LINES = "County Lines Intensification Week, 27 February to 5 March 2023"


def test_an_internal_count_stands_beside_the_published_one_and_is_not_called_published(show, made, bring):
    row = (COUNTY_LINES, FORCE, "Trusted adults campaign", "27/02/2023", "05/03/2023", 80)
    bring(made.outcomes(("Operation", "Force", "Campaign", "Start date", "End date", "Arrests"), row), "out.csv")
    screen = show("overview")
    assert "alongside arrests: 76 (published); 80 (recorded in out.csv)." in screen.lead
    (card,) = [card for card in screen.cards if card[0] == "Arrests, same week"]
    assert card[1:] == ["76 (published); 80 (recorded in out.csv)", "Six dated figures range from 28 to 76."]
    assert "for six dated weeks, from 28 to 76; the highest, 76, is" in screen.summary


def test_a_result_is_an_operations_and_reach_a_campaigns_where_both_are_named(show, known, made, bring):
    row = (COUNTY_LINES, FORCE, "Trusted adults campaign", "27/02/2023", "05/03/2023", 80)
    bring(made.outcomes(("Operation", "Force", "Campaign", "Start date", "End date", "Arrests"), row), "out.csv")
    rows = known().rows("charts/figures", area=FORCE, measures=["arrests", "campaign_reach"])
    both = {(row["measure"], row["subject"]) for row in rows if row["campaign"] and row["operation"]}
    assert ("arrests", COUNTY_LINES) in both and all(subject == COUNTY_LINES for measure, subject in both if measure == "arrests")
    assert {row["subject"] for row in rows if row["measure"] == "campaign_reach"} >= {"Trusted adults campaign", "#KnowTheSigns week"}
    assert not {subject for measure, subject in both if measure == "campaign_reach"} & {COUNTY_LINES}
    assert [row["file_name"] for row in rows if row["recorded"]] == ["out.csv"] and len(rows) > 3
    assert all(row["published_wording"] for row in rows if not row["recorded"])


def test_an_area_of_which_only_counts_are_recorded(show, made, bring):
    row = ("Lantern", "Exampleshire", "30/06/2025", "06/07/2025", 12)
    bring(made.outcomes(("Operation", "Force", "Start date", "End date", "Arrests"), row), "lantern.csv")
    screen = show("overview", area="Exampleshire")
    assert screen.lead == "Recorded for 30 June to 6 July 2025: 12 arrests (in lantern.csv); campaign reach: none held."
    assert ["Arrests, same week", "12", "Recorded in lantern.csv, 30 June to 6 July 2025"] in screen.cards


def test_lead_says_how_many_posts_are_measured_where_no_figure_is_dated(show, made, bring):
    bring(three_posts(made), stated=JULY)
    assert show("overview", dates=["2025-01-15", "2025-06-19"]).lead == "No dated figure for this choice; 2 posts measured."
    assert show("overview", dates=["2020-01-01", "2020-06-01"]).lead == "Nothing dated is held for this choice."


def test_posts_held_are_those_in_view(show, known, made, bring):
    editions.load_sample(known())
    bring(three_posts(made), stated=JULY)
    bring(made.x_posts({"Post id": "1950000000000000001", "Post Link": "https://x.com/examplepolice/status/1950000000000000001"}), "x.csv")
    held = lambda **query: [card[1:] for card in show("overview", **query).cards if card[0] == "Posts held"]  # noqa: E731
    assert held()[0][0] == "4"
    assert held(network="Facebook") == [["3", "Facebook, 1 February to 1 July 2025."]]
    assert held(network="X") == [["1", "X, 29 July 2025."]]
    assert held(dates=["2025-06-01", "2025-06-30"]) == [["1", "Facebook, 14 June 2025."]]
    assert held(dates=["2020-06-01", "2020-06-30"])[0][0] == "none for this choice"
    assert held(area="UK (NCA/NPCC)") == held(area=REGION) == []
    assert held(campaign="Trusted adults campaign")[0][0] == "none for this choice"
    assert held(area=SAMPLE)[0][0] == "96"


def test_views_that_can_be_of_the_same_posts_are_never_added(show, made, bring):
    bring((GOLDEN / "facebook_videos" / "english.csv").read_bytes(), "videos.csv", ours=("100064000000123",))
    held = lambda: [card[1:] for card in show("overview").cards if card[0] == "Posts held"]  # noqa: E731
    assert held() == [["3", "Facebook (video assets), 2 November 2025 to 1 January 2026."]]
    bring(three_posts(made), stated=JULY)
    bring(made.x_posts({"Post id": "1950000000000000001", "Post Link": "https://x.com/examplepolice/status/1950000000000000001"}), "x.csv")
    assert held() == [["4", "Facebook 3 and X 1, 1 February to 29 July 2025. Not added, since they can be the same posts: "
                       "Facebook (video assets) 3."]]


NEVER_PUBLIC = "abcdefghij{0},Never public {0},,5"


def test_measured_posts_without_a_publish_time_are_said_and_on_no_axis(show, known, bring):
    lines = ["Content,Video title,Video publish time,Views", NEVER_PUBLIC.format(1), NEVER_PUBLIC.format(2)]
    bring("\n".join(lines).encode() + b"\n", "Table data.csv", account="Example Channel")
    screen = show("overview", reach="Views (YouTube)")
    assert "2 posts measured in views, not dated; arrests published for six weeks" in screen.words
    assert "no posts" not in screen.words.lower() and "Data to not dated" not in screen.words
    assert re.search(r"Data from the export of \d+ \w+ \d{4}\.", screen.words)
    assert ["Posts held", "2", "YouTube, not dated."] in screen.cards
    assert "2 posts measured in views, not dated" in screen.summary
    lines.append('lmnopqrstuv,Public,"May 3, 2025",7')
    bring("\n".join(lines).encode() + b"\n", "Table data.csv", account="Example Channel")
    summary = show("overview", reach="Views (YouTube)").summary
    assert "one post is measured in views, 7, published on 3 May 2025; 2 posts measured in views, not dated" in summary
    rows = known().rows("charts/posts", metric="views", networks=["youtube"], sample=False, most_posts=0)
    assert [(row["value"], row["posts"], row["undated"]) for row in rows] == [(7, 1, 2)]
    narrowed = show("overview", reach="Views (YouTube)", dates=["2025-05-01", "2025-05-31"]).summary
    assert "one post is measured in views" in narrowed and "views, not dated" not in narrowed


def test_another_metric_is_not_called_unpublished_reach(show, made, bring):
    bring(three_posts(made), stated=JULY)
    screen = show("overview", reach="Views (Facebook, Instagram)")
    assert "3 posts measured in views; arrests published for six weeks" in screen.words
    assert "no reach" not in screen.words and "none for reach" not in screen.words


def test_potential_audience_is_called_by_its_words(show, bring):
    bring((GOLDEN / "sprout_posts" / "all_networks.csv").read_bytes(), "sprout.csv")
    screen = show("overview", reach="Potential audience (scheduling tools)")
    assert screen.at.selectbox(key="reach").value == "potential-audience"
    pictures = [one.proto for one in screen.at.get("plotly_chart")]
    assert "measured in potential audience" in screen.summary and "in potential audience; arrests" in screen.words
    assert "measured in potential audience" in str(pictures) and "potential_reach" not in screen.words + str(pictures)
    empty = show("overview", reach="Potential audience (scheduling tools)", dates=["2019-01-01", "2019-12-31"])
    assert "No posts measured in potential audience" in empty.words and "potential_reach" not in empty.words


def test_operation_leaves_its_own_figures(show):
    operation = "County Lines Intensification Week, 7 to 13 March 2022"
    screen = show("overview", operation=operation).pick("timeline-shape", "Table")
    values = [row["Value"] for row in screen.table("What", "Value") if row["What"] == "Arrests" and row["Value"] != "not published"]
    assert values == ["63"]
    assert "63 arrests" in screen.lead


def test_network_leaves_posts_and_figures_of_that_network(show, made, bring):
    bring(three_posts(made), stated=JULY)
    bring(made.instagram({**GRAM, "Reach": 70}), "gram.csv")
    screen = show("overview").pick("timeline-shape", "Table")
    posts = lambda: sorted(row["Value"] for row in screen.table("What", "Value") if row["What"].startswith("Post"))  # noqa: E731
    assert posts() == ["1,000", "2,000", "3,000", "70"]
    screen.pick("network", "instagram")
    assert posts() == ["70"]
    assert [row["Value"] for row in screen.table("What", "Value") if row["What"] == "People reached"] == ["close to 220,000"]


def test_upper_panel_shows_one_definition_at_a_time(show, made, bring):
    bring(three_posts(made), stated=JULY)
    screen = show("overview").pick("timeline-shape", "Table")
    assert screen.at.selectbox(key="reach").options == ["Reach (Facebook, Instagram)", "Views (Facebook, Instagram)"]
    screen.pick("reach", "views-meta")
    rows = screen.table("What", "Value")
    assert sorted(row["Value"] for row in rows if row["What"].startswith("Post")) == ["3,000", "6,000", "9,000"]
    assert not [row for row in rows if "134,000" in row["Value"]], "published reach stands beside reach alone"


def test_posts_stand_on_their_london_day(show, made, bring):
    bring(three_posts(made), stated=JULY)
    screen = show("overview").pick("timeline-shape", "Table")
    shown = {row["Name"]: row["First day"] for row in screen.table("What", "Value") if row["What"].startswith("Post")}
    assert shown == {f"{name} post": uk_day(londons(when).date().isoformat()) for name, when in FACEBOOK_TIMES.items()}
    assert shown["Night post"] == "1 July 2025" and shown["Winter post"] == "1 February 2025"
    (card,) = [card for card in screen.cards if card[0] == "Posts held"]
    assert card[1:] == ["3", "Facebook, 1 February to 1 July 2025."]


def test_posts_are_the_forces_own_and_of_no_other_area(show, made, bring):
    bring(three_posts(made), stated=JULY)
    screen = show("overview", area=REGION).pick("timeline-shape", "Table")
    assert not [row for row in screen.table("What", "Value") if row["What"].startswith("Post")]


def test_address_restores_the_choice(show):
    screen = show("overview", area="UK (NCA/NPCC)", results="Children safeguarded", dates=["2019-01-01", "2019-12-31"])
    assert screen.at.selectbox(key="area").value == "UK (NCA/NPCC)"
    assert screen.at.selectbox(key="results").value == "children_safeguarded"
    assert screen.at.date_input(key="dates").value == (date(2019, 1, 1), date(2019, 12, 31))
    assert "364" in screen.lead


@pytest.mark.parametrize("query", [
    {"area": "Nowhere"}, {"results": "DROP TABLE post"}, {"reach": "x"}, {"campaign": HOSTILE}, {"dates": "rubbish"},
    {"dates": ["0001-01-01", "9999-12-31"]}, {"network": "myspace"},
    {"dates": ["2023-12-31", "2023-01-01"]},
])
def test_address_that_asks_for_what_is_not_there(show, query):
    screen = show("overview", **query)
    assert "close to 220,000 and a further 278,000" in screen.words


def test_a_first_day_alone_is_from_that_day_on(show, made, bring):
    bring(three_posts(made), stated=JULY)
    screen = show("overview", dates=["2025-06-01"]).pick("timeline-shape", "Table")
    rows = screen.table("What", "Value")
    assert sorted(row["Value"] for row in rows if row["What"].startswith("Post")) == ["1,000", "2,000"]
    assert {row["First day"] for row in rows if not row["What"].startswith(("Post", "Change"))} <= {"23 June 2025"}
    assert "From 1 June 2025 on: no last day is picked." in screen.words
    assert screen.lead == "No dated figure for this choice; 2 posts measured."
    assert "no last day is picked" not in show("overview", dates=["2025-06-01", "2025-06-30"]).words


def test_posts_in_the_table_lead_to_their_file(show, made, bring):
    upload = bring(three_posts(made), "june.csv", stated=JULY)
    screen = show("overview").pick("timeline-shape", "Table")
    posts = [row for row in screen.table("What", "Source") if row["What"].startswith("Post")]
    assert sorted(row["Source"] for row in posts) == [f"june.csv, record {number}, export as of 20 July 2025" for number in (1, 2, 3)]
    assert screen.links.count(f"/sources?upload={upload}") == 3
    assert sorted(row["Source"] for row in screen.data("Data as CSV") if row["What"].startswith("Post")) == sorted(
        row["Source"] for row in posts)


def test_a_figure_without_a_web_address_leads_to_its_source(show, made, bring):
    row = (COUNTY_LINES, FORCE, "27/02/2023", "05/03/2023", 80)
    bring(made.outcomes(("Operation", "Force", "Start date", "End date", "Arrests"), row), "out.csv")
    (figure,) = [row for row in _show.store().rows("pages/figures", area=FORCE) if row["value_low"] == 80]
    screen = show("overview", **{"timeline-shape": "Table"})
    assert f"/sources?figure={figure['figure_id']}" in screen.links


def test_measure_that_the_next_area_lacks_is_let_go(show):
    screen = show("overview").pick("results", "warrants").pick("area", "UK (NCA/NPCC)")
    assert screen.at.selectbox(key="results").value == "arrests"
    assert screen.pick("area", FORCE).at.selectbox(key="results").value == "arrests"
    kept = show("overview").pick("results", "children_safeguarded").pick("area", "UK (NCA/NPCC)")
    assert kept.at.selectbox(key="results").value == "children_safeguarded"


def test_notes_of_the_narrow_chart_are_shown_with_it(show, made, bring):
    """Twelve figures in one week: a phone has room for fewer labels than a desk, and each chart says how many it left out."""
    rows = [{"area": FORCE, "operation": f"Lantern {n}", "value_low": n, "value_high": n, "published_wording": f"{n} arrests"}
            for n in range(1, 13)]
    bring(made.figures(*rows), "many.csv")
    screen = show("overview")
    words = re.findall(r"(\d+) labels? left out for want of room", screen.words)
    assert len(words) == 2 and len(set(words)) == 2, words


def test_many_posts_are_drawn_as_the_highest_of_each_day(show, made, bring):
    rows = [made.post(n, Reach=str(n)) for n in range(1, 602)]
    bring(made.facebook(*rows), stated=JULY)
    highest: dict[str, int] = {}
    for row in rows:
        day = londons(row["Publish time"]).date().isoformat()
        highest[day] = max(highest.get(day, 0), int(row["Reach"]))
    screen = show("overview").pick("timeline-shape", "Table")
    shown = {row["First day"]: row["Value"] for row in screen.table("What", "Value") if row["What"].startswith("Post")}
    assert shown == {uk_day(day): f"{value:,}" for day, value in highest.items()}
    assert "One mark a day: the highest post of that day." in screen.words


def test_mark_opens_the_source_of_its_figure(show, known):
    figures = {row["campaign"]: row for row in known().rows("pages/figures", area=FORCE) if row["measure"] == "campaign_reach"}
    screen = show("overview")
    row = figures["Trusted adults campaign"]
    (dialog,) = screen.click("figure", row["figure_id"]).at.get("dialog")
    assert dialog.proto.dialog.title == "Where this number comes from"
    words = " ".join(Markup(one.value).words for one in dialog.get("html"))
    for expected in ("close to 220,000", "reached close to 220,000 people", "Trusted adults campaign", "27 February to 5 March 2023",
                     "campaign dates not stated", f"figures.csv, record {row['record_no']}", row["source"], "by first start"):
        assert expected in words
    screen.run()
    assert not screen.at.get("dialog"), "a rerun for another reason does not open it again"


@pytest.mark.parametrize(
    ("clicks", "asked"),
    [
        (["a"], "a"),
        (["a", None], "a"),  # the same mark again, which takes the selection away
        (["a", "b"], "b"),
        (["a", "b", None], "b"),  # a double click on the second
        ([None], None),
    ],
)
def test_click_asks_for_the_mark_clicked_last(monkeypatch, clicks, asked):
    state: dict[str, Any] = {}
    monkeypatch.setattr(_show.st, "session_state", state)
    for one in clicks:
        state["chart"] = {"selection": {"points": [{"customdata": ["figure", one]}] if one else []}}
        _show._note_click("chart")
    assert state[_show.CLICKED] == (f"figure {asked}" if asked else None)


def test_mark_opens_the_source_of_its_post(show, made, bring):
    bring(made.facebook(made.post(1, Reach="100", Description="Early words")), "april.csv", stated=(datetime(2025, 7, 10), "given"))
    later = bring(made.facebook(made.post(1, Reach="140", Description="Early words")), "may.csv", stated=(datetime(2025, 8, 10), "given"))
    (dialog,) = show("overview").click("post", f"facebook {made.post(1)['Post ID']}").at.get("dialog")
    seen = Markup(" ".join(one.value for one in dialog.get("html")))
    assert "Early words" in seen.words and "Example Police" in seen.words and made.post(1)["Permalink"] in seen.links
    (table,) = seen.tables
    rows = [dict(zip(table[0], row, strict=True)) for row in table[1]]
    assert [(row["Reach"], row["File and record"]) for row in rows] == [("140", "may.csv, record 1"), ("100", "april.csv, record 1")]
    assert f"/sources?upload={later}" in seen.links


# --- sample data ----------------------------------------------------------------------------------------------------


def test_sample_goes_in_and_out_and_stays_apart(show):
    upload = show("upload").press("Load the made-up sample data")
    assert "5 made-up sample files loaded." in upload.words
    collab = [row for row in sample("instagram_posts") if "Constabulary" not in row["Account name"]]
    ours = sum(len(sample(f"{network}_posts")) for network in ("facebook", "instagram", "x")) - len(collab)
    overview = show("overview", area=SAMPLE).pick("timeline-shape", "Table")
    (card,) = [card for card in overview.cards if card[0] == "Posts held"]
    assert card[1] == str(ours) == "96"
    assert "made-up sample" in card[2]
    arrests = [row for row in overview.table("What", "Value") if row["What"] == "Arrests (made-up sample)"]
    outcomes = [row for row in sample("operation_outcomes") if row["Operation"] != "Total"]
    stated = [row for row in sample("figures") if row["measure"] == "arrests"]
    wanted = [row["Arrests"] for row in outcomes] + [row["value_low"] for row in stated]
    assert sorted(row["Value"] for row in arrests) == sorted(wanted)
    # Nothing of it in the force's own area.
    home = show("overview")
    assert {label: value for label, value, _ in home.cards}["Posts held"] == "none yet"
    assert "92,000" not in home.words
    home.press("Take the sample out")
    assert "Made-up sample data is loaded." not in home.words
    assert SAMPLE not in home.at.selectbox(key="area").options
    assert "No posts are held" in show("posts").words
    again = show("upload").press("Load the made-up sample data")
    assert "5 made-up sample files loaded." in again.words
    again.press("Take the sample data out")
    assert "5 sample files taken out." in again.words


def test_sample_is_called_made_up_in_the_first_sentence(show, known):
    editions.load_sample(known())
    screen = show("overview", area=SAMPLE)
    assert "made-up" in screen.lead.lower()
    weeks = {row["Start date"] for row in sample("operation_outcomes") if row["Start date"]}
    assert len(weeks) == 7 and "the highest of seven dated figures" in screen.lead, "one fact is stated twice in the sample"
    assert "made-up" in " ".join(screen.cards[0]).lower()


def test_sample_metrics_match_their_files(show, known):
    editions.load_sample(known())
    meta, x = ("facebook_posts", "instagram_posts"), ("x_posts",)
    for definition, names, column in (("reach-meta", meta, "Reach"), ("views-meta", meta, "Views"), ("impressions-x", x, "Impressions")):
        screen = show("overview", area=SAMPLE).pick("reach", definition).pick("timeline-shape", "Table")
        wanted = [row[column] for name in names for row in sample(name) if row[column] and "Council" not in row.get("Account name", "")]
        shown = [row["Value"] for row in screen.table("What", "Value") if row["What"].startswith("Post")]
        assert sorted(shown) == sorted(f"{int(value):,}" for value in wanted)
        top = max(map(int, wanted))
        assert re.search(rf"\b{len(wanted)} made-up sample posts are measured( in \w+)?, the highest, {top:,}", screen.summary)
        assert all(row["What"].startswith("Post (made-up sample)") for row in screen.data("Data as CSV") if row["What"].startswith("Post"))


# --- Posts ------------------------------------------------------------------------------------------------------------


def test_posts_list_is_what_the_files_say(show, known):
    editions.load_sample(known())
    screen = show("posts", whose="Made-up sample")
    frame = screen.at.dataframe[0].value
    facebook = {row["Post ID"]: row for row in sample("facebook_posts")}
    listed = frame[frame["Network"] == "Facebook"].set_index("Post id")
    assert set(listed.index) == set(facebook)
    for post_id, row in facebook.items():
        assert listed.loc[post_id, "Published"].to_pydatetime() == londons(row["Publish time"]).replace(tzinfo=None)
        assert listed.loc[post_id, "reach"] == int(row["Reach"]) and listed.loc[post_id, "views"] == int(row["Views"])
    assert list(frame["Published"]) == sorted(frame["Published"], reverse=True)
    top = max(int(row["Reach"]) for name in ("facebook_posts", "instagram_posts") for row in sample(name) if row["Reach"])
    assert "97 made-up sample posts. Tick a row" in screen.words, "networks count reach in ways of their own"
    screen.pick("posts-network", "facebook")
    assert f"posts. Highest reach of one post: {top:,} accounts; reach is not added up." in screen.words


def test_posts_are_searched_and_filtered(show, known):
    editions.load_sample(known())
    screen = show("posts", whose="Made-up sample", words="ROMANCE fraud")
    texts = [row["Title"] + row["Description"] for row in sample("facebook_posts")]
    texts += [row["Description"] for row in sample("instagram_posts")] + [row["Post text"] for row in sample("x_posts")]
    wanted = sum("romance fraud" in text.lower() for text in texts)
    assert len(screen.at.dataframe[0].value) == wanted > 0
    assert set(show("posts", whose="Made-up sample", **{"posts-network": "X"}).at.dataframe[0].value["Network"]) == {"X"}
    assert "No posts are held for this choice." in show("posts", words="100% nothing_like this").words


def test_real_and_made_up_posts_are_never_in_one_list(show, known, made, bring):
    assert "Made-up sample" not in show("posts").at.selectbox(key="whose").options
    editions.load_sample(known())
    bring(three_posts(made), stated=JULY)
    bring(made.instagram({**GRAM, "Reach": 70}, {**GRAM, "Post ID": "17900000000000012", "Account ID": "17841400000000999",
                                                "Account name": "Other", "Account username": "other"}), "gram.csv", ours=(GRAM_ACCOUNT,))
    listed = {whose: show("posts", whose=whose) for whose in ("Our accounts", "Other accounts", "All accounts", "Made-up sample")}
    assert {whose: len(screen.at.dataframe[0].value) for whose, screen in listed.items()} == {
        "Our accounts": 4, "Other accounts": 1, "All accounts": 5, "Made-up sample": 97}
    assert "4 posts. Tick a row" in listed["Our accounts"].words
    assert "made-up" not in " ".join(" ".join(listed[whose].at.dataframe[0].value["Source"]) for whose in list(listed)[:3])
    (upload,) = [row for row in known().rows("pages/uploads") if row["file_name"].startswith("facebook") and row["sample"]]
    assert known().rows("pages/posts", upload_id=str(upload["upload_id"]), most_rows=1), "an upload's own posts are listed whatever it is"


@pytest.mark.parametrize(("network", "said"), [
    ("All", "6 posts, each tool's view of a post and each video asset listed as one of its own. Tick a row"),
    ("Facebook", "3 posts. Highest reach of one post: 3,000 accounts; reach is not added up. Tick a row"),
    ("Facebook (video assets)", "3 posts. Tick a row"),
])
def test_highest_reach_is_of_posts_that_compare(show, made, bring, network, said):
    bring(three_posts(made), stated=JULY)
    bring((GOLDEN / "facebook_videos" / "english.csv").read_bytes(), "videos.csv", ours=("100064000000123",))
    assert said in show("posts", **{"posts-network": network}).words


def test_posts_csv_holds_the_list(show, made, bring):
    bring(three_posts(made), stated=JULY)
    screen = show("posts")
    rows = screen.data("List as CSV")
    assert sorted(row["Reach"] for row in rows) == ["1000", "2000", "3000"]
    assert {"Reach", "Views", "Reactions and likes"} <= set(rows[0]) and not {"reach", "reactions_likes"} & set(rows[0])
    assert {row["As of"] for row in rows} == {"2025-07-20 01:00"}
    assert sorted(row["Published"] for row in rows) == sorted(f"{londons(when):%Y-%m-%d %H:%M}" for when in FACEBOOK_TIMES.values())
    assert [row["Text"] for row in rows] == list(screen.at.dataframe[0].value["Text"])
    assert {row["Source"] for row in rows} == {"march.csv"} and sorted(row["Record"] for row in rows) == ["1", "2", "3"]


def test_posts_link_only_to_the_web(show, made, bring):
    bring(made.facebook(made.post(1, Reach=1), made.post(2, Reach=2, Permalink="javascript:alert(1)")), stated=JULY)
    frame = show("posts").at.dataframe[0].value.set_index("Post id")
    assert frame.loc[made.post(1)["Post ID"], "Link"] == made.post(1)["Permalink"]
    assert frame["Link"].isna().sum() == 1


def test_post_row_opens_its_source(show, made, bring):
    bring(three_posts(made), stated=JULY)
    screen = show("posts")
    screen.at.session_state["post-list"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    screen.run()
    (dialog,) = screen.at.get("dialog")
    words = " ".join(" ".join(Markup(one.value).words for one in dialog.get("html")).split())
    assert "Night post" in words and "1 July 2025, 07:30, London time" in words and "march.csv, record 1" in words


# --- Upload -----------------------------------------------------------------------------------------------------------


def test_file_is_told_previewed_imported_undone_and_redone(show, made):
    screen = show("upload").drop(("march.csv", three_posts(made)))
    assert screen.badges() == ["Ready"]
    for expected in ("Facebook posts", "march.csv", "Example Police", "1 February to 1 July 2025", "3 rows: 3 kept, 0 skipped, 0 set aside",
                     "3 new posts, 0 updated", "If you import the 1 ready file"):
        assert expected in screen.words, expected
    columns = {row["Column in the file"]: row for row in screen.table("Column in the file", "Total", "Highest")}
    assert (columns["Reach"]["Filled cells"], columns["Reach"]["Total"], columns["Reach"]["Highest"]) == ("3", "does not add up", "3,000")
    assert (columns["Views"]["Total"], columns["Views"]["Highest"]) == ("18,000", "9,000")
    (moved,) = screen.table("Account", "Posts held")
    assert moved["Account"] == "Facebook, Example Police"
    assert moved["Posts held"] == "nothing held → 3"
    assert (moved["Highest post reach"], moved["Total views"]) == ("nothing held → 3,000", "nothing held → 18,000")
    assert "No posts are held" in show("posts").words, "a preview writes nothing"
    screen.press("Import 1 file")
    assert screen.badges() == ["Imported"]
    assert "march.csv · Facebook posts" in screen.words and "3 rows kept" in screen.words
    assert len(show("posts").at.dataframe[0].value) == 3
    # Newest first in the history, so the first button is this file's.
    undo = [one for one in screen.at.button if one.label == "Undo"]
    assert len(undo) == 2
    undo[0].click()
    screen.run()
    assert "march.csv: undone. What is shown is as it was without it." in screen.words
    assert "No posts are held" in show("posts").words
    assert "none yet" in show("overview").words
    screen.press("Redo")
    assert "march.csv: in force again." in screen.words
    assert len(show("posts").at.dataframe[0].value) == 3


def test_column_that_holds_nothing_has_no_total(show):
    path = GOLDEN / "facebook_posts" / "2024_11_views_twice_all_zero.csv"
    screen = show("upload").drop((path.name, path.read_bytes()))
    columns = {row["Column in the file"]: row for row in screen.table("Column in the file", "Total", "Highest")}
    assert columns["Views"]["Filled cells"] == "0"
    assert columns["Views"]["Total"] != "0"


def test_card_and_preview_agree_on_how_many_posts_are_new(show, made, bring):
    spoilt = made.post(1, Reach="10", **{"Post ID": "1.22E+15"})
    bring(made.facebook(spoilt), "excel.csv", stated=JULY)
    screen = show("upload").drop(("sound.csv", made.facebook(made.post(1, Reach="10"))))
    (moved,) = screen.table("Account") if screen.has_table("Account", "Posts held") else [{"Posts held": "no change"}]
    assert moved["Posts held"] == "no change"
    assert "0 new posts" in screen.words


def test_second_export_says_from_what_to_what(show, made, bring):
    bring(made.facebook(*(made.post(n, Reach=str(10 * n), Views=str(20 * n)) for n in (1, 2, 3))), stated=(datetime(2025, 7, 1), "given"))
    later = made.facebook(made.post(2, Reach="25", Views="40"), made.post(3, Reach="30", Views="60"), made.post(4, Reach="45", Views="80"))
    screen = show("upload").drop(("later.csv", later))
    assert "1 new post, 1 updated, 1 as they were" in screen.words
    (moved,) = screen.table("Account", "Posts held")
    assert (moved["Posts held"], moved["Highest post reach"], moved["Total views"]) == ("3 → 4 (+1)", "30 → 45", "120 → 200 (+80)")


def test_same_file_again_has_nothing_to_do(show, made, bring):
    bring(three_posts(made), stated=JULY)
    screen = show("upload").drop(("again.csv", three_posts(made)))
    assert screen.badges() == ["Nothing to do"]
    today = datetime.now(LONDON)
    assert f"again.csv: imported on {today.day} {today:%B %Y} by {settings.person()}; nothing to do." in screen.words
    assert not [one for one in screen.at.button if "Import" in one.label]
    screen.press("Clear the list")
    assert screen.badges() == []


def test_twin_dropped_together_is_not_called_imported(show, made):
    screen = show("upload").drop(("march.csv", three_posts(made)), ("march (1).csv", three_posts(made)))
    assert "march (1).csv: imported on" not in screen.words


def test_refused_file_stands_beside_a_good_one(show, made):
    screen = show("upload").drop(("holiday.csv", b"Name,Colour\nAda,red\n"), ("march.csv", three_posts(made)))
    assert sorted(screen.badges()) == ["Ready", "Refused"]
    assert "holiday.csv: " in screen.words
    screen.press("Import 1 file")
    assert sorted(screen.badges()) == ["Imported", "Refused"]
    assert len(show("posts").at.dataframe[0].value) == 3


@pytest.mark.parametrize(("name", "content"), [
    ("empty.csv", b""), ("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(200)), ("broken.zip", b"PK\x03\x04rubbish"),
    ("book.xlsx", b"PK\x03\x04" + bytes(100)), ("../../etc/cron.d/x.csv", b"a\n1\n"),
])
def test_wrong_file_is_refused_in_one_line(show, name, content):
    screen = show("upload").drop((name, content))
    assert screen.badges() == ["Refused"]
    (said,) = [Markup(one.value).words.strip() for one in screen.at.html if f"{name}: " in Markup(one.value).words]
    assert len(said) < 400 and "Traceback" not in said
    assert not [one for one in screen.at.button if one.label.startswith("Import")]


def test_zip_gives_a_card_for_each_file_in_it(show, made):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as bundle:
        bundle.writestr("march.csv", three_posts(made))
        bundle.writestr("notes.txt", "hello")
        bundle.writestr("gram.csv", made.instagram({**GRAM, "Reach": 70}))
    screen = show("upload").drop(("exports.zip", packed.getvalue()))
    assert screen.badges().count("Ready") == 2
    screen.press("Import 2 files")
    assert screen.badges().count("Imported") == 2
    assert len(show("posts").at.dataframe[0].value) == 4


def test_set_aside_rows_are_told_and_given_back_with_reasons(show, made, bring):
    content = made.facebook(made.post(1, Reach="100"), made.post(2, Reach="n.a.n"), made.post(3, Reach="=1+1"))
    screen = show("upload").drop(("march.csv", content))
    assert "3 rows: 1 kept, 0 skipped, 2 set aside" in screen.words
    assert "march.csv, record 2, column Reach: 'n.a.n' is not a whole number" in screen.words
    before = screen.data("All 2 rows set aside, with reasons")
    assert [row["record"] for row in before] == ["2", "3"]
    assert all("is not a whole number" in row["reason"] for row in before)
    assert before[1]["Reach"] == "'=1+1"
    screen.press("Import 1 file")
    after = screen.data("2 rows set aside, with reasons")
    assert [row["record"] for row in after] == ["2", "3"] and made.post(3)["Post ID"] in after[1].values()
    assert not [value for row in after for value in row.values() if value.startswith("=")]


def test_ambiguous_dates_are_asked_once_and_answered(show, made):
    content = made.outcomes(["Operation", "Area", "Start date", "End date", "Arrests"],
                            ["Lantern", FORCE, "03/04/2025", "05/04/2025", "7"], ["Harbour", FORCE, "01/06/2025", "02/06/2025", "9"])
    screen = show("upload").drop(("outcomes.csv", content))
    assert screen.badges() == ["One question"]
    assert not [one for one in screen.at.button if one.label.startswith("Import")]
    (radio,) = screen.at.radio
    assert radio.value is None, "an answer is never assumed"
    radio.set_value("dmy")
    screen.run()
    assert screen.badges() == ["Ready"]
    assert "3 April to 2 June 2025" in screen.words
    screen.press("Import 1 file")
    overview = show("overview").pick("timeline-shape", "Table")
    assert {(row["First day"], row["Value"]) for row in overview.table("What", "Value") if row["Name"] in ("Lantern", "Harbour")} == {
        ("3 April 2025", "7"), ("1 June 2025", "9")
    }


@pytest.mark.parametrize("link", ["https://x.com/i/status/", "https://x.com/i/web/status/"])
def test_x_export_without_handles_asks_whose_it_is(show, made, link):
    content = made.x_posts({"Post id": "1891400943522545741", "Post Link": f"{link}1891400943522545741", "Impressions": 70})
    screen = show("upload").drop(("x.csv", content))
    assert screen.badges() == ["One question"]
    (field,) = screen.at.text_input
    field.set_value("@Example_Force")
    screen.run()
    assert screen.badges() == ["Ready"]
    screen.press("Import 1 file")
    frame = show("posts").at.dataframe[0].value
    assert list(frame["Account"]) == ["Example_Force"] and list(frame["impressions"]) == [70]


def test_days_without_a_year_move_with_the_export_date(show):
    content = b"Date,Video Views,Profile Views\nDecember 31,5,1\nJanuary 1,7,2\n"
    screen = show("upload").drop(("Overview.csv", content))
    (field,) = screen.at.text_input
    field.set_value("Example")
    screen.run()
    assert "change Exported on if that is wrong" in screen.words
    (box,) = screen.at.date_input
    box.set_value(date(2024, 6, 30))
    screen.run()
    assert "31 December 2023 to 1 January 2024" in screen.words
    assert "change Exported on if that is wrong" not in screen.words
    screen.press("Import 1 file")
    assert screen.badges() == ["Imported"]


def test_post_without_a_publish_time_is_listed_and_shown(show):
    content = b"Content,Video title,Video publish time,Views\nabcdefghijk,Never public,,5\nlmnopqrstuv,Public,\"May 3, 2025\",7\n"
    screen = show("upload").drop(("Table data.csv", content))
    (field,) = screen.at.text_input
    field.set_value("Example Channel")
    screen.run()
    assert "1 of 2 posts have no publish time in the file" in screen.words
    screen.press("Import 1 file")
    assert sorted(show("posts").at.dataframe[0].value["views"]) == [5, 7]
    listed = show("posts")
    # Newest first, so that without a time comes last.
    listed.at.session_state["post-list"] = {"selection": {"rows": [1], "columns": [], "cells": []}}
    listed.run()
    (dialog,) = listed.at.get("dialog")
    words = " ".join(Markup(one.value).words for one in dialog.get("html"))
    assert "Never public" in words and "not stated in the file" in words
    show("overview", reach="Views (YouTube)")  # draws without complaint


def test_older_export_is_asked_its_date_and_leaves_newer_values(show, made, bring):
    posts = range(1, 6)
    bring(made.facebook(*(made.post(n, Reach=str(100 * n)) for n in posts)), "newer.csv", stated=(datetime(2025, 8, 10), "given"))
    screen = show("upload").drop(("older.csv", made.facebook(*(made.post(n, Reach=str(50 * n)) for n in posts))))
    assert screen.badges() == ["One question"]
    assert "Is this an older export? 5 of the 5 posts that differ have lower figures" in screen.words
    (box,) = screen.at.date_input
    box.set_value(date(2025, 7, 15))
    screen.run()
    assert screen.badges() == ["Ready"]
    screen.press("Import 1 file")
    assert sorted(show("posts").at.dataframe[0].value["reach"]) == [100, 200, 300, 400, 500]


def test_our_accounts_are_proposed_and_can_be_changed(show, made):
    collab = {**GRAM, "Post ID": "17900000000000013", "Account ID": "99", "Account username": "council"}
    gram = made.instagram({**GRAM, "Reach": 70}, {**GRAM, "Post ID": "17900000000000012", "Reach": 60}, collab)
    screen = show("upload").drop(("gram.csv", gram))
    (ours,) = screen.at.multiselect
    assert ours.value == ["17841400000000123"]
    screen.press("Import 1 file")
    assert len(show("posts").at.dataframe[0].value) == 2
    assert len(show("posts", whose="Other accounts").at.dataframe[0].value) == 1


def test_figures_preview_says_what_a_correction_changes(show, made, bring):
    base = {"area": FORCE, "operation": "Lantern", "value_low": "20", "value_high": "20"}
    bring(made.figures(base), "first.csv")
    screen = show("upload").drop(("second.csv", made.figures({**base, "value_low": "25", "value_high": "25"})))
    (row,) = screen.table("Campaign or operation", "Arrests")
    assert row["Campaign or operation"].startswith("Lantern") and row["Arrests"] == "20 → 25"
    assert "0 new figures, 1 updated" in screen.words


def test_templates_are_read_by_reach_itself(show):
    screen = show("upload")
    screen.drop(("outcomes.csv", screen.file("Example outcomes file")), ("figures.csv", screen.file("Example figures file")))
    assert screen.badges() == ["Ready", "Ready"]
    screen.press("Import 2 files")
    assert "Example Constabulary" in show("overview").at.selectbox(key="area").options
    blank = show("upload").drop(("blank.csv", screen.file("Blank figures file")))
    assert blank.badges() == ["Refused"] and "it has a heading and no rows" in blank.words


def test_redo_after_the_file_went_in_again_changes_nothing(show, made, bring, known):
    first = bring(three_posts(made), "march.csv", stated=JULY)
    uploads.undo(known(), first)
    bring(three_posts(made), "again.csv", stated=JULY)
    screen = show("upload").press("Redo")
    assert "march.csv: the same file has been imported again since; nothing changed." in screen.words
    assert len(show("posts").at.dataframe[0].value) == 3


def test_history_is_newest_first_and_folds(show, made, bring, monkeypatch):
    monkeypatch.setattr("reach.pages.upload.MOST_HISTORY", 4)
    for number in range(6):
        bring(made.facebook(made.post(number, Reach=number)), f"file{number}.csv", stated=JULY)
    screen = show("upload")
    places = [screen.words.find(f"file{number}.csv") for number in (5, 4, 3, 2)]
    assert -1 not in places and places == sorted(places)
    assert "file1.csv" not in screen.words
    screen.at.toggle(key="all-history").set_value(True)
    assert "file1.csv" in screen.run().words and "figures.csv" in screen.words


# --- Sources ----------------------------------------------------------------------------------------------------------


def test_sources_page_opens_at_a_figure(show, known):
    (row,) = [row for row in known().rows("pages/figures", area=FORCE) if row["campaign"] == "#KnowTheSigns week"]
    screen = show("sources", figure=row["figure_id"])
    for expected in ("more than 134,000", "more than 134,000 people", "#KnowTheSigns week", "8 days inclusive", "figures.csv, record 1"):
        assert expected in screen.words
    assert row["source"] in screen.links and f"/sources?upload={row['upload_id']}" in screen.links


def test_sources_page_goes_from_a_file_to_the_numbers_that_use_it(show, made, bring):
    first = bring(three_posts(made), "march.csv", stated=JULY)
    screen = show("sources", upload=first)
    assert "3 posts seen, 3 of them shown with this file's values" in screen.words
    totals = {row["Metric"]: row["Sum of the file's cells"] for row in screen.table("Metric", "Sum of the file's cells")}
    assert totals["reach"] == "6,000" and totals["views"] == "18,000" and totals["reactions_likes"] == "6"
    assert "A sum of reach is not a number of people." in screen.words
    listed = {row["Text"]: row["Reach"] for row in screen.table("Record", "Text")}
    assert listed == {"Night post": "1,000", "Noon post": "2,000", "Winter post": "3,000"}
    assert screen.file("Original file") == three_posts(made)
    later = bring(made.facebook(made.post(1, Reach="1100")), "april.csv", stated=(datetime(2025, 8, 20), "given"))
    assert "3 posts seen, 2 of them shown" in show("sources", upload=first).words
    assert "1 post seen, 1 of them shown" in show("sources", upload=later).words


@pytest.mark.parametrize(("golden", "answers"), [
    ("x_days_new/overview.csv", {"account": "ExamplePolice"}),
    ("meta_ads/ad_gbp_total_last.csv", {"account": "Example"}),
    ("ga4_pages/pages_and_screens.csv", {}),
    ("police_crimes/street.csv", {}),
    ("police_searches/summer.csv", {}),
])
def test_sources_page_says_what_rests_on_files_of_other_kinds(show, known, bring, golden, answers):
    upload = bring((GOLDEN / golden).read_bytes(), golden.rpartition("/")[2], **answers)
    (kept,) = [row["rows_kept"] for row in known().rows("pages/uploads") if str(row["upload_id"]) == upload]
    words = show("sources", upload=upload).words
    (shown,) = [int(number.replace(",", "")) for number in re.findall(r"Numbers that use it ([0-9,]+) values? shown", words)]
    assert shown > 0 and (golden != "meta_ads/ad_gbp_total_last.csv" or shown == kept)
    uploads.undo(known(), upload)
    assert "Numbers that use it none: it is undone" in show("sources", upload=upload).words


def test_sources_page_lists_every_published_figure(show, known):
    screen = show("sources")
    for area in screen.at.selectbox(key="figures-area").options:
        screen.pick("figures-area", area)
        listed = screen.table("Published wording", "Status", "Source")
        assert sorted(row["Published wording"] for row in listed) == sorted(row["published_wording"] for row in published(area)), area
    assert set(screen.at.selectbox(key="figures-area").options) == {row["area"] for row in rows_of(ROOT / "data/published/figures.csv")}
    figures = screen.data("Figures as CSV")
    assert {row["area"] for row in figures} == {screen.at.selectbox(key="figures-area").value}


def test_sources_page_says_who_did_what(show, made, bring, known):
    first = bring(three_posts(made), "march.csv", stated=JULY)
    uploads.undo(known(), first, by="comms@example.org")
    acts = show("sources").table("When", "Who", "What", "Of")
    assert [row["Of"] for row in acts[:2]] == ["march.csv", "march.csv"]
    assert acts[0]["Who"] == "comms@example.org" and acts[0]["What"] != acts[1]["What"]
    assert any(row["Who"] == "first start" for row in acts)


@pytest.mark.parametrize("query", [
    {"figure": "none"}, {"figure": HOSTILE}, {"upload": "0"}, {"upload": "'; drop table post; --"}, {"upload": HOSTILE},
])
def test_sources_page_survives_any_address(show, query):
    screen = show("sources", **query)
    assert "figures.csv" in screen.words
    assert ("There is no upload of that id." in screen.words) == ("upload" in query)
    assert not {"img", "script", "iframe"} & screen.tags


# --- More data --------------------------------------------------------------------------------------------------------


ADS = """Reporting starts,Reporting ends,Account name,Campaign name,Ad name,Ad ID,Result type,Results,Reach,Impressions,Post engagements,\
Clicks (all),3-second video plays,Amount spent (GBP)
2024-03-01,2024-03-31,Example Ads,Signs,Reel,120210000000000123,Link clicks,7,100,200,31,32,33,2.5
2024-03-01,2024-03-31,Example Ads,Signs,Still,120210000000000456,Link clicks,8,90,190,41,42,43,1.5
"""


def test_advertisements_are_shown_with_whose_they_are_and_what_is_a_result(show, bring):
    bring(ADS.encode(), "ads.csv")
    rows = {row["Name"]: row for row in show("more").table("Level", "Spend")}
    wanted = {"Account": "Example Ads", "Counted as a result": "Link clicks", "Results": "7", "Engagements": "31", "All clicks": "32",
              "3-second views": "33"}
    assert {name: rows["Reel"].get(name) for name in wanted} == wanted
    assert "Viewers" not in rows["Reel"], "a column that holds nothing is left out"


def test_days_in_the_table_lead_to_their_file(show, bring):
    upload = bring(overview_of("Sat, Mar 1, 2025", 10), "days.csv", account="ExamplePolice")
    screen = show("more", **{"days-shape": "Table"})
    assert [row["Source"] for row in screen.table("Day", "Source")] == ["days.csv"]
    assert f"/sources?upload={upload}" in screen.links


def test_web_pages_say_which_site_and_what_a_row_is(show, bring):
    bring((GOLDEN / "ga4_pages" / "pages_and_screens.csv").read_bytes(), "pages.csv")
    screen = show("more")
    held = _show.store().rows("pages/web_pages")
    assert {row["What a row is"] for row in screen.table("Page", "What a row is")} == {row["dimension"] for row in held}
    assert {row["Property"] for row in screen.table("Page", "Property")} == {row["property"] for row in held} - {None}


def test_rows_that_are_left_out_are_counted(show, bring, monkeypatch):
    from reach.pages import more

    for name, golden in (("ads.csv", None), ("pages.csv", "ga4_pages/pages_and_screens.csv"), ("street.csv", "police_crimes/street.csv")):
        bring((GOLDEN / golden).read_bytes() if golden else ADS.encode(), name)
    assert "are listed; 'reach query" not in show("more").words
    monkeypatch.setattr(more, "MOST_ROWS", 1)
    screen = show("more")
    totals = {query: len(_show.store().rows(query)) for query in ("pages/ads", "pages/web_pages")}
    force, kind = screen.at.selectbox(key="crime-force").value, screen.at.selectbox(key="crime-kind").value
    totals["pages/open_data"] = len(_show.store().rows("pages/open_data", force=force, kind=kind))
    assert min(totals.values()) > 1
    for query, total in totals.items():
        assert f"{total} rows. The newest 1 are listed; 'reach query {query}' gives them all." in screen.words
    assert len(screen.table("Level", "Spend")) == len(screen.table("Page")) == len(screen.table("Month", "Category")) == 1


def test_open_data_is_shown_of_one_force_our_own_first(show, known, bring):
    heading = ("Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
               "Last outcome category,Context")
    for force, crime in ((FORCE, "Burglary"), ("Avon and Somerset Constabulary", "Robbery")):
        bring(f"{heading}\n,2024-03,{force},{force},,,No location,,,{crime},,\n".encode(), f"{crime}.csv")
    screen = show("more")
    picker = screen.at.selectbox(key="crime-force")
    assert picker.options == [known().settings.force, "Avon and Somerset Constabulary"]
    assert [row["Category"] for row in screen.table("Month", "Category")] == ["Burglary"]
    assert [row["Category"] for row in screen.pick("crime-force", picker.options[1]).table("Month", "Category")] == ["Robbery"]


# --- hostile text -------------------------------------------------------------------------------------------------------


def hostile_files(made: Any) -> list[tuple[str, bytes]]:
    """Posts, one of them to be set aside, under a hostile file name; figures in an area of their own and in the force's."""
    post = made.post(1, Reach="10", Views="20", Description=HOSTILE, Permalink="javascript:alert(1)", **{"Page name": HOSTILE})
    bad = made.post(2, Reach=HOSTILE, Description=HOSTILE)
    texts = ("area", "operation", "campaign", "source", "date_note", "published_wording", "note")
    figure = {**dict.fromkeys(texts, HOSTILE), "value_low": "5", "value_high": "5"}
    here = {**figure, "area": FORCE}
    undated = {**here, "start_date": "", "end_date": ""}
    return [
        (f"{HOSTILE}.csv", made.facebook(post, bad)),
        ("figures.csv", made.figures(figure, here, undated, {**here, "measure": "campaign_reach"})),
    ]


READS_MARKDOWN = (
    "markdown", "caption", "button", "download_button", "expander", "subheader", "title", "success", "warning", "error", "info",
)
LIVE_MARK = re.compile(r"(?<!\\)(?:!\[x|\[a\]|<img|<script|\$|:material/home)")


def test_hostile_text_is_shown_as_text_on_every_page(show, made, known):
    upload = show("upload").drop(*hostile_files(made))
    assert upload.badges() == ["Ready", "Ready"]
    check_inert(upload)
    check_inert(upload.press("Import 2 files"))
    figures = [row for row in known().rows("pages/figures") if "alert" in (row["operation"] or "")]
    assert len(figures) == 4
    uploads_held = [str(row["upload_id"]) for row in known().rows("pages/uploads")]
    overview, posts = show("overview").pick("timeline-shape", "Table"), show("posts")
    check_inert(overview)
    check_inert(posts)
    assert HOSTILE in {row["Published wording"] for row in overview.table("What", "Value")}, "shown as it is, not left out"
    assert HOSTILE in list(posts.at.dataframe[0].value["Text"])
    for query in ({"area": HOSTILE}, {"campaign": HOSTILE}):
        check_inert(show("overview", **query))
    for query in ({}, *({"figure": row["figure_id"]} for row in figures), *({"upload": one} for one in uploads_held)):
        check_inert(show("sources", **query))
    check_inert(show("overview").click("figure", figures[0]["figure_id"]))
    check_inert(show("overview").click("post", f"facebook {made.post(1)['Post ID']}"))


def check_inert(screen: Screen) -> None:
    """No element but ours, no link but within Reach or to a named web page, and no mark that Streamlit would read as Markdown."""
    assert not {"img", "script", "iframe", "object", "svg"} & screen.tags
    named = ("/sources?", "/claims?", "/definitions?", "http://", "https://")
    assert not [link for link in screen.links if not link.startswith(named) or "alert" in link]
    for kind in READS_MARKDOWN:
        for element in screen.at.get(kind):
            for said in (getattr(element, name, None) for name in ("value", "label", "help")):
                assert not (isinstance(said, str) and LIVE_MARK.search(said.replace(":material/help:", ""))), (kind, said)


# --- the inbox folder on the Upload page ------------------------------------------------------------------------


@pytest.fixture
def inbox_with(show, known) -> Callable[..., inbox.Inbox]:
    """Puts files into the inbox and lets it look at them, as the running dashboard would."""

    def run(**files: bytes) -> inbox.Inbox:
        incoming = inbox.inbox_of(known().settings)
        incoming.folder.mkdir(exist_ok=True)
        for name, content in files.items():
            (incoming.folder / f"{name}.csv").write_bytes(content)
        incoming.look(0)
        incoming.look(inbox.STILL_SECONDS)
        return incoming

    return run


def lies(incoming: inbox.Inbox) -> list[str]:
    return sorted(path.relative_to(incoming.folder).as_posix() for path in incoming.folder.rglob("*.csv"))


AMBIGUOUS = b"Date,Operation,Arrests\n03/04/2025,Lantern,7\n"


def test_inbox_that_nobody_uses_takes_no_room(show):
    assert "inbox" not in show("upload").words.lower()


def test_inbox_file_with_a_question_is_answered_imported_and_moved(show, known, inbox_with):
    incoming = inbox_with(outcomes=AMBIGUOUS)
    screen = show("upload")
    assert screen.badges() == ["One question"]
    assert [one.value for one in screen.at.markdown if "Inbox folder" in one.value]
    assert "Is 03/04/2025 written day first or month first?" in screen.words
    (radio,) = screen.at.radio
    radio.set_value("dmy")
    screen.run()
    assert screen.badges() == ["Ready"] and "If you import the 1 ready file" in screen.words
    assert lies(incoming) == ["outcomes.csv"]
    screen.press("Import 1 file")
    assert "1 file imported." in screen.words
    assert screen.badges() == [] and lies(incoming) == ["done/outcomes.csv"]
    newest = known().rows("pages/uploads")[0]
    assert (newest["file_name"], newest["recorded_by"]) == ("outcomes.csv", settings.person())
    (figure,) = [row for row in known().rows("marts/figure_current") if row["operation"] == "Lantern"]
    assert figure["start_date"] == date(2025, 4, 3)


def test_what_the_inbox_took_in_and_may_be_counted_twice_leads_to_where_it_is_settled(show, made, inbox_with):
    """Two figures of no operation, and one of an operation inside another: none was looked at by anybody."""
    month, week = {"operation": "", "area": "E", "end_date": "2025-07-31"}, {"operation": "", "area": "E"}
    raid = {"operation": "Raid & co " + HOSTILE, "end_date": "2025-07-02"}
    rows = [{**row, "value_low": low, "value_high": low} for row, low in ((month, 30), (week, 4), ({}, 40), (raid, 9))]
    inbox_with(figures=made.figures(*rows))
    screen = show("upload")
    assert "From the inbox folder, for a person to settle" in screen.words and not {"img", "script"} & screen.tags
    addresses = [one for one in screen.links if one.startswith("/operations?")]
    assert len(addresses) == 2
    for address in addresses:
        asked = dict(parse_qsl(urlsplit(address).query))
        page = show("operations", **asked)
        shown = [row["The other"] for row in page.table("The other", "Settled") if row["Settled"] == "open"]
        assert "Arrests: 4, E, 30 June to 6 July 2025" in shown, "of no operation, so listed with each"
        assert any("Raid & co" in one for one in shown) == ("operation" in asked)


def test_inbox_file_is_dismissed(show, known, inbox_with):
    incoming = inbox_with(outcomes=AMBIGUOUS)
    uploads_before = len(known().rows("pages/uploads"))
    screen = show("upload").press("Do not import")
    assert "outcomes.csv: not imported. It is in the inbox" in screen.words and screen.badges() == []
    assert lies(incoming) == ["held/outcomes.csv"] and len(known().rows("pages/uploads")) == uploads_before


def test_inbox_file_that_somebody_else_dealt_with_leaves_the_page(show, known, inbox_with):
    incoming = inbox_with(outcomes=AMBIGUOUS)
    screen = show("upload")
    assert screen.badges() == ["One question"]
    assert [path.name for path in known().folder.iterdir() if path.name != "spill"]
    incoming.dismiss(incoming.waiting()[0], [])
    assert screen.run().badges() == []
    assert [path.name for path in known().folder.iterdir() if path.name != "spill"] == []


def test_inbox_file_and_a_dropped_one_are_imported_together(show, made, inbox_with):
    incoming = inbox_with(outcomes=AMBIGUOUS)
    screen = show("upload").drop(("march.csv", made.facebook(made.post(1, Reach=5))))
    assert sorted(screen.badges()) == ["One question", "Ready"]
    screen.press("Import 1 file")
    assert lies(incoming) == ["outcomes.csv"] and sorted(screen.badges()) == ["Imported", "One question"]
    screen.at.radio[0].set_value("mdy")
    screen.run().press("Import 1 file")
    assert lies(incoming) == ["done/outcomes.csv"] and screen.badges() == ["Imported"]


def test_inbox_file_that_cannot_be_moved_is_said_and_no_import_is_lost(show, known, inbox_with):
    incoming = inbox_with(outcomes=AMBIGUOUS)
    screen = show("upload")
    screen.at.radio[0].set_value("dmy")
    screen.run()
    (incoming.folder / "done").write_bytes(b"")
    screen.press("Import 1 file")
    assert "1 file imported." in screen.words and "outcomes.csv: it cannot be moved out of the inbox" in screen.words
    assert screen.badges() == ["Imported"]
    (incoming.folder / "done").unlink()
    screen.press("Take off the list")
    assert lies(incoming) == ["done/outcomes.csv"] and screen.badges() == []


def test_held_files_are_listed_with_their_reasons_as_text(show, inbox_with):
    inbox_with(**{HOSTILE.replace("/", "")[:60]: b"\x89PNG"})
    screen = show("upload")
    assert "Held back from the inbox folder: 1 file" in screen.words
    assert "![x](http:127.0.0.1:8999x.png) <img src=x onerror=alert(1)>" in screen.words
    assert "it is a picture (PNG)" in screen.words and "img" not in screen.tags


def test_what_a_re_reading_replaced_says_so(show, known, bring, made):
    bring(made.facebook(made.post(1, Reach=5)))
    with known().transaction() as cursor:
        cursor.execute("update post_observation set reach = 4").fetchall()
    rereading.put_in_place(known(), rereading.look(known()), "jo")
    assert "undone by jo (re-read)" in show("upload").words
    acts = [(row["Who"], row["What"], row["Of"]) for row in show("sources").table("When", "Who", "What", "Of")][:2]
    assert acts == [
        ("jo", "re-read the originals", "1 of 2 uploads read differently, and their new readings took their place"),
        ("jo", "re-read", "march.csv"),
    ]


# --- many files at once -----------------------------------------------------------------------------------------------


def overview_of(day: str, impressions: int) -> bytes:
    """An account overview of X, which names no account."""
    return f'Date,Impressions,Likes,Engagements,New follows,Unfollows\n"{day}",{impressions},1,2,0,0\n'.encode()


def visitors_of(day: str, views: int) -> bytes:
    """An overview of TikTok Studio, which names no account either."""
    return f'Date,Video Views,Profile Views,Likes,Comments,Shares\n"{day}",{views},1,2,0,0\n'.encode()


def test_one_answer_for_the_files_of_each_network(show, known):
    files = [
        ("a.csv", overview_of("Sat, Mar 1, 2025", 10)),
        ("b.csv", overview_of("Sun, Mar 2, 2025", 20)),
        ("c.csv", visitors_of("March 1", 30)),
    ]
    screen = show("upload").drop(*files)
    assert screen.badges() == ["One question"] * 3
    (x,) = [one for one in screen.at.text_input if one.label == "X account, 2 files"]
    (tiktok,) = [one for one in screen.at.text_input if one.label == "TikTok account, 1 file"]
    x.set_value("ExamplePolice")
    tiktok.set_value("example.police")
    screen.press("Use these answers")
    assert screen.badges() == ["Ready"] * 3
    moved = screen.table("Account or source", "Measure")
    assert {"Account or source": "X, ExamplePolice", "Measure": "Impressions", "Now": "nothing held"}.items() <= next(
        row for row in moved if row["Measure"] == "Impressions"
    ).items()
    screen.press("Import 3 files")
    held = known().rows("pages/day_choices")
    assert {(row["network"], row["account_name"]) for row in held} == {("x", "ExamplePolice"), ("tiktok", "example.police")}
    assert {row["value"] for row in known().rows("charts/days", network="x", account="examplepolice", metric="impressions")} == {10, 20}


def test_no_card_is_left_out():
    """Five statuses of claims are five cards: the fifth stands in a row of its own."""

    def page() -> None:
        from reach.pages import _show

        _show.cards((f"card {number}", str(number), "words") for number in range(5))

    at = AppTest.from_function(page).run()
    assert [re.findall(r"card \d", one.proto.body)[0] for one in at.get("html")] == [f"card {number}" for number in range(5)]
    assert len(at.columns) == 8
