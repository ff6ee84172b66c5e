"""Unknown files: a person matches their columns once, and from then on they are files like any other.

The pages are run as a reader meets them; what the files say is worked out here by hand.
"""

# ruff: noqa: F811
from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import datetime

import pytest

from made_workbooks import xlsx
from reach import candidates, ledger, mapping, settings
from reach.definitions import DEFINITIONS, NETWORKS
from reach.errors import Usage
from reach.formats import Record, format_of
from reach.mapping import Mapping
from reach.pages.mapping import COUNTED_BY
from reach.queries import load
from reach.store import Store
from test_pages import HOSTILE, Screen, check_inert, first_start, known, show  # noqa: F401

HEADINGS = (
    "Date Posted",
    "Social Network",
    "Account Name",
    "Post Message",
    "Post Link",
    "Reach",
    "Impressions",
    "Engagement Rate",
    "Posted By",
)
ORLO = Mapping(
    "Orlo posts",
    HEADINGS,
    (
        ("Date Posted", "when_cell"),
        ("Social Network", "network_cell"),
        ("Account Name", "account_cell"),
        ("Post Message", "text"),
        ("Post Link", "permalink"),
        ("Reach", "reach"),
        ("Impressions", "impressions"),
    ),
    "post",
    "orlo",
    reach_is="audience",
)


def orlo(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS, before: str = "") -> bytes:
    lines = [",".join(f'"{cell}"' for cell in row) for row in (headings, *rows)]
    return (before + "\n".join(lines) + "\n").encode()


def post(number: int, network: str = "Facebook", when: str = "13/04/2026 09:30", reach: str = "12,400", link: str = "") -> tuple[str, ...]:
    link = link or f"https://www.facebook.com/e/{number}"
    return (when, network, "Example Police", f"Post {number}", link, reach, f"{number}00", "3.1%", "A Person")


ABOVE = "Report: posts\nGenerated 24/11/2026\n"
APRIL = orlo(post(1), post(2, "X (Twitter)", "14/04/2026 17:05", "N/A"), post(3, "Friendster"), before=ABOVE)
MAY = orlo(post(4, when="13/05/2026 09:30"), post(5, when="14/05/2026 12:00"))


# --- the page ---------------------------------------------------------------------------------------------


def key_of(screen: Screen, end: str) -> str:
    asked = [one.key for kind in ("selectbox", "radio", "text_input") for one in screen.at.get(kind) if one.key]
    (found,) = [key for key in asked if key.endswith(end)]
    return found


def answer(screen: Screen, end: str, value: str) -> Screen:
    return screen.pick(key_of(screen, end), value)


def column(screen: Screen, heading: str) -> str:
    """What the column of that heading is chosen to be."""
    (found,) = [one for one in screen.at.selectbox if one.label == heading and "-column-" in (one.key or "")]
    return str(found.value)


def match(screen: Screen, reach_is: str | None = "audience", name: str = "Orlo posts") -> Screen:
    screen.press("Match its columns")
    answer(screen, "-tool", "orlo")
    if reach_is:
        answer(screen, "-reach", reach_is)
    answer(screen, "-name", name)
    return screen.press("Save the mapping")


def test_unknown_file_is_matched_saved_imported_and_the_next_one_recognised(show, known):
    screen = show("upload").drop(("april.csv", APRIL))
    assert screen.badges() == ["Refused"] and "not recognised" in screen.words
    screen.press("Match its columns")
    assert screen.table("Date Posted", "Reach")[0]["Reach"] == "12,400", "the file's first rows, under the line that holds the headings"
    guessed = {heading: column(screen, heading) for heading in HEADINGS}
    assert guessed == {
        "Date Posted": "when_cell",
        "Social Network": "network_cell",
        "Account Name": "account_cell",
        "Post Message": "text",
        "Post Link": "permalink",
        "Reach": "reach",
        "Impressions": "impressions",
        "Engagement Rate": "",
        "Posted By": "staff_cell",
    }
    assert "Say who counted these numbers." in screen.words and "Say what its reach counts." in screen.words
    assert not [one for one in screen.at.button if one.label == "Save the mapping"], "nothing is saved before it is all said"
    answer(screen, "-tool", "orlo")
    assert "Orlo's older reports mean a potential audience by reach" in screen.words
    answer(screen, "-reach", "audience")
    assert "3 rows: 2 kept, 0 skipped, 1 set aside" in screen.words
    assert "is not a network Reach knows. Known: Facebook" in screen.words, "without its cells, since the file has names of staff"
    totals = {row["Column in the file"]: (row["Read as"], row["Total"], row["Highest"]) for row in screen.table("Read as", "Highest")}
    assert totals == {"Reach": ("Potential audience", "does not add up", "12,400"), "Impressions": ("Impressions", "300", "200")}
    stored = screen.table("Record", "Published (UK time)")
    assert [row["Network"] for row in stored] == ["Facebook (Orlo)", "X (Orlo)"]
    assert stored[0]["Published (UK time)"] == "13 April 2026, 09:30" and stored[0]["Potential audience"] == "12,400"
    screen.press("Save the mapping")
    assert "The mapping is not whole yet. Give it a name." in screen.words and not ledger.mappings(known())
    answer(screen, "-name", "Orlo posts")
    screen.press("Save the mapping")
    assert screen.badges() == ["Ready"] and "The mapping 'Orlo posts' is kept." in screen.words
    screen.press("Import 1 file")
    assert screen.badges() == ["Imported"] and "april.csv · Orlo posts" in screen.words
    assert "posts of networks as the file says, counted by Orlo" in screen.words and "1 file in force" in screen.words
    again = show("upload").drop(("may.csv", MAY))
    assert again.badges() == ["Ready"] and "2 rows: 2 kept" in again.words
    again.press("Import 1 file")
    here = known()
    rows = here.rows("pages/posts", most_rows=10)
    assert sorted((row["network"], row["potential_reach"], row["reach"]) for row in rows) == [
        ("orlo_facebook", 12400, None),
        ("orlo_facebook", 12400, None),
        ("orlo_facebook", 12400, None),
        ("orlo_x", None, None),
    ]
    assert all(row["ours"] for row in rows)
    with here.cursor() as cursor:
        assert cursor.execute("select count(*) from original").fetchone() == (1,), "the record; a file that names staff is not kept"
    posts = show("posts")
    assert set(posts.at.dataframe[0].value["Network"]) == {"Facebook (Orlo)", "X (Orlo)"}
    assert list(posts.pick("posts-network", "orlo_x").at.dataframe[0].value["Network"]) == ["X (Orlo)"]
    sources = show("sources")
    assert "recorded mapping" in [row["What"] for row in sources.table("When", "Who", "What", "Of")]
    assert [row["What it is"] for row in sources.table("File", "State")][:2] == ["Orlo posts", "Orlo posts"]


def test_potential_audience_has_a_definition_of_its_own_and_is_never_reach(show, known):
    screen = match(show("upload").drop(("april.csv", APRIL)))
    screen.press("Import 1 file")
    overview = show("overview")
    options = overview.at.selectbox(key="reach").options
    assert "Potential audience (scheduling tools)" in options and not [one for one in options if one.startswith("Reach (as Orlo")]
    overview.pick("reach", "potential-audience")
    assert "it is never called reach" in overview.words
    overview.pick("timeline-shape", "Table")
    rows = [row for row in overview.table("What", "Value") if "Potential audience" in row["What"]]
    assert [row["Value"] for row in rows] == ["12,400"]


def test_reach_that_counts_people_stands_apart_from_the_networks_own(show, known):
    screen = match(show("upload").drop(("april.csv", APRIL)), reach_is="seen")
    screen.press("Import 1 file")
    assert {row["reach"] for row in known().rows("pages/posts", most_rows=10)} == {12400, None}
    assert "Reach (as Orlo gives it)" in show("overview").at.selectbox(key="reach").options


def test_reach_that_nobody_can_explain_is_left_out(show, known):
    screen = match(show("upload").drop(("april.csv", APRIL)), reach_is="unknown")
    screen.press("Import 1 file")
    rows = known().rows("pages/posts", most_rows=10)
    assert {(row["reach"], row["potential_reach"]) for row in rows} == {(None, None)}
    assert sorted(row["impressions"] for row in rows) == [100, 200]


def test_workbook_is_matched_too(show, known):
    rows = [["Day", "Followers", "Reach", "Total clicks"], ["2026-04-03", 100, 50, 7], ["2026-04-04", 101, 60, None]]
    screen = show("upload").drop(("days.xlsx", xlsx({"Daily": rows})))
    assert screen.badges() == ["Refused"]
    screen.press("Match its columns")
    answer(screen, "-row", "day")
    answer(screen, "-tool", "hootsuite")
    answer(screen, "-network", "facebook")
    answer(screen, "-account", "Example Police")
    answer(screen, "-reach", "seen")
    answer(screen, "-name", "Hootsuite days")
    screen.press("Save the mapping")
    assert screen.badges() == ["Ready"]
    screen.press("Import 1 file")
    with known().cursor() as cursor:
        columns = "network, account, day::varchar, metric, value::bigint"
        days = cursor.execute(f"select {columns} from day_current order by day, metric").fetchall()
    facebook = ("hootsuite_facebook", "example police")
    assert days == [
        (*facebook, "2026-04-03", "clicks_all", 7),
        (*facebook, "2026-04-03", "followers", 100),
        (*facebook, "2026-04-03", "reach", 50),
        (*facebook, "2026-04-04", "followers", 101),
        (*facebook, "2026-04-04", "reach", 60),
    ]
    more = xlsx({"Daily": [rows[0], ["2026-04-05", 102, 70, 8]]})
    assert show("upload").drop(("next.xlsx", more)).badges() == ["Ready"]


def test_dates_that_could_be_either_are_asked(show):
    screen = show("upload").drop(("april.csv", orlo(post(1, when="03/04/2026 09:30"))))
    screen.press("Match its columns")
    answer(screen, "-tool", "buffer")
    answer(screen, "-reach", "seen")
    assert "Say how dates are written" in screen.words
    answer(screen, "-order", "mdy")
    assert screen.table("Record", "Published (UK time)")[0]["Published (UK time)"] == "4 March 2026, 09:30"


def test_undo_takes_what_a_mapping_brought_out_and_redo_brings_it_back(show, known):
    screen = match(show("upload").drop(("april.csv", APRIL))).press("Import 1 file")
    next(one for one in screen.at.button if one.label == "Undo").click()
    screen.run()
    assert "april.csv: undone." in screen.words and not known().rows("pages/posts", most_rows=10)
    screen.press("Redo")
    assert len(known().rows("pages/posts", most_rows=10)) == 2


def test_retired_mapping_recognises_nothing_more_and_leaves_what_it_brought(show, known):
    match(show("upload").drop(("april.csv", APRIL))).press("Import 1 file")
    screen = show("upload").press("Retire")
    assert "Orlo posts: retired." in screen.words and not [one for one in screen.at.button if one.label == "Retire"]
    screen.drop(("may.csv", MAY))
    assert screen.badges() == ["Refused"]
    assert len(known().rows("pages/posts", most_rows=10)) == 2
    assert "april.csv · Orlo posts" in screen.words, "its name stays with what was imported"
    screen.press("Match its columns")
    assert "Its columns are like those of the mapping 'Orlo posts'" in screen.words
    assert {act["act"] for act in known().rows("pages/audit", most_rows=9)} >= {"recorded mapping", "retired mapping"}
    answer(screen, "-tool", "orlo")
    answer(screen, "-reach", "audience")
    answer(screen, "-name", "Orlo posts")
    screen.press("Save the mapping")
    assert screen.badges() == ["Ready"], "a name and columns are free again once retired"


def test_what_a_mapping_of_like_columns_says_is_filled_in(show, known):
    headings = ("Day", "Link", "Reach", "Impressions")
    matched = (("Day", "when_cell"), ("Link", "permalink"), ("Reach", "reach"), ("Impressions", "impressions"))
    held = Mapping("Posts", headings, matched, "post", "buffer", "linkedin", "Example Police", "mdy", "UTC", "audience")
    ledger.record_mapping(known(), held)
    content = b"Day,Link,Reach,Impressions,More\n03/04/2026 09:30,https://example.com/1,9,8,7\n"
    screen = show("upload").drop(("more.csv", content)).press("Match its columns")
    assert "Its columns are like those of the mapping 'Posts', whose choices are filled in." in screen.words
    widgets = [one for kind in ("selectbox", "radio", "text_input") for one in screen.at.get(kind) if one.key]
    asked = {one.key.rpartition("-")[2]: one.value for one in widgets}
    wanted = {"row": "post", "tool": "buffer", "network": "linkedin", "account": "Example Police", "zone": "UTC", "reach": "audience"}
    assert {name: asked[name] for name in wanted} == wanted
    assert asked["order"] is None, "no date of the first file may have left it open, so it is asked"
    answer(screen, "-tool", "orlo")
    assert screen.at.radio(key=key_of(screen, "-reach")).value is None, "another tool may count it another way"
    answer(screen, "-reach", "seen")
    answer(screen, "-order", "dmy")
    stored = screen.table("Record", "Published (UK time)")
    assert [(row["Network"], row["Published (UK time)"], row["Reach"]) for row in stored] == [
        ("LinkedIn (Orlo)", "3 April 2026, 10:30", "9")]


def test_days_and_counts_of_the_network_itself_are_filled_in_too(show, known):
    headings = ("Date", "Followers", "Reach")
    matched = (("Date", "when_cell"), ("Followers", "followers"), ("Reach", "reach"))
    ledger.record_mapping(known(), Mapping("Days", headings, matched, "day", None, "nextdoor", reach_is="seen"))
    screen = show("upload").drop(("more.csv", b"Date,Followers,Reach,More\n2026-04-03,9,8,7\n")).press("Match its columns")
    chosen = {end: next(one.value for kind in ("selectbox", "radio") for one in screen.at.get(kind) if one.key == key_of(screen, end))
              for end in ("-row", "-tool", "-network", "-reach")}
    assert chosen == {"-row": "day", "-tool": "network", "-network": "nextdoor", "-reach": "seen"}
    assert column(screen, "Followers") == "followers" and "1 row: 1 kept" in screen.words


def test_back_leaves_the_file_as_it_was(show):
    screen = show("upload").drop(("april.csv", APRIL)).press("Match its columns").press("Back to the files")
    assert screen.badges() == ["Refused"] and "Match its columns" in screen.words


def test_hostile_headings_and_cells_are_inert(show):
    headings = ("Date", "Impressions", HOSTILE, "=cmd()|' /C calc'!A1", "Account')); drop table post; --")
    rows = [("13/04/2026", "5", HOSTILE, "=1+1", "it's"), (HOSTILE, "x", "", "", "")]
    content = orlo(*(tuple(cell.replace('"', "") for cell in row) for row in rows), headings=headings)
    screen = show("upload").drop((f"{HOSTILE}.csv", content))
    check_inert(screen)
    check_inert(screen.press("Match its columns"))
    assert HOSTILE[:20] in screen.words
    places = {one.key: one for one in screen.at.selectbox if "-column-" in (one.key or "")}
    screen.pick(next(key for key in places if key.endswith("column-2")), "text")
    screen.pick(next(key for key in places if key.endswith("column-4")), "account_cell")
    answer(screen, "-tool", "tool")
    answer(screen, "-network", "nextdoor")
    check_inert(answer(screen, "-name", HOSTILE[:60]))
    check_inert(screen.press("Save the mapping"))
    assert screen.badges() == ["Ready"]
    check_inert(screen.press("Import 1 file"))
    check_inert(show("sources"))


def test_file_of_a_known_format_offers_no_matching(show, made):
    screen = show("upload").drop(("march.csv", made.facebook(made.post(1, Reach=5))), ("picture.csv", b"\x89PNG\r\n\x1a\n"))
    assert sorted(screen.badges()) == ["Ready", "Refused"] and not [one for one in screen.at.button if "Match" in one.label]


# --- the store and the reader -----------------------------------------------------------------------------


def test_built_in_format_wins_over_a_mapping_of_the_same_columns(desk, made):
    headings = tuple(made.facebook_headings)
    matched = (("Publish time", "when_cell"), ("Reach", "reach"))
    ledger.record_mapping(desk.store, Mapping("Mine", headings, matched, "post", None, "facebook", reach_is="seen"))
    candidate = desk.one(made.facebook(made.post(1, Reach=5)))
    assert candidate.reading and candidate.reading.format.key == "facebook_posts"


@pytest.mark.parametrize("headings", [(*HEADINGS, "Clicks"), HEADINGS[:-1]])
def test_one_column_more_or_less_is_another_file(desk, headings):
    ledger.record_mapping(desk.store, ORLO)
    row = (*post(1), "4")[: len(headings)]
    assert desk.one(orlo(row, headings=headings)).unknown
    assert desk.one(orlo(tuple(reversed(post(1))), headings=tuple(reversed(HEADINGS)))).status == "ready", "their order is free"


def test_tools_post_never_merges_with_the_networks_own(desk, made):
    ledger.record_mapping(desk.store, ORLO)
    own = made.post(1, Reach=5)
    desk.bring(made.facebook(own))
    desk.bring(orlo(post(1, link=own["Permalink"])))
    assert [(row["network"], row["reach"], row["potential_reach"]) for row in desk.posts()] == [
        ("facebook", 5, None),
        ("orlo_facebook", None, 12400),
    ]


def test_post_without_id_or_link_is_known_by_its_time_account_and_text(desk):
    bare = replace(ORLO, matched=tuple(pair for pair in ORLO.matched if pair[1] != "permalink"))
    ledger.record_mapping(desk.store, bare)
    desk.bring(orlo(post(1), post(2)))
    later = desk.bring(orlo(post(1, reach="13,000"), post(2)), "later.csv")
    assert later.changes == candidates.Changes(0, 1, 1)


def test_two_mappings_in_use_share_neither_name_nor_columns(desk):
    ledger.record_mapping(desk.store, ORLO)
    with pytest.raises(Usage, match="called 'Orlo posts' already"):
        ledger.record_mapping(desk.store, replace(ORLO, name="orlo POSTS", headings=(*HEADINGS, "More")))
    with pytest.raises(Usage, match="is for a file with these columns already"):
        ledger.record_mapping(desk.store, replace(ORLO, name="Other"))
    assert len(ledger.mappings(desk.store)) == 1


def test_account_of_all_rows_is_data(desk):
    hostile = "O'Brien'); drop table post; --"
    fixed = replace(ORLO, account=hostile, matched=tuple(pair for pair in ORLO.matched if pair[1] != "account_cell"))
    ledger.record_mapping(desk.store, fixed)
    desk.bring(orlo(post(1)))
    assert desk.posts()[0]["account"] == hostile.lower()


def test_account_that_no_column_says_is_asked_with_each_file_and_is_ours_on_every_network(desk):
    silent = replace(ORLO, matched=tuple(pair for pair in ORLO.matched if pair[1] != "account_cell"))
    ledger.record_mapping(desk.store, silent)
    content = orlo(post(1), post(2, "LinkedIn"))
    assert [question.key for question in desk.one(content).questions] == ["account"]
    desk.bring(content, account="Example Police")
    assert [(row["network"], row["account"], row["ours"]) for row in desk.posts()] == [
        ("orlo_facebook", "example police", True),
        ("orlo_linkedin", "example police", True),
    ]


def test_semicolons_and_windows_1252(desk):
    ledger.record_mapping(desk.store, ORLO)
    content = orlo(post(1)).decode().replace('","', '";"').replace("Post 1", "Café").encode("cp1252")
    desk.bring(content)
    assert desk.rows("select text from post_observation") == [{"text": "Café"}]


TIMES = {
    "27/02/2023 09:30": datetime(2023, 2, 27, 9, 30),
    "27/07/2023 09:30": datetime(2023, 7, 27, 8, 30),
    "2023-07-27 09:30:15": datetime(2023, 7, 27, 8, 30, 15),
    "2023-07-27T09:30:00Z": datetime(2023, 7, 27, 9, 30),
    "2023-07-27T09:30:15.123+02:00": datetime(2023, 7, 27, 7, 30, 15),
    "27 Jul 2023, 9:30 pm": datetime(2023, 7, 27, 20, 30),
    "Thursday, 27th July 2023 at 09:30": datetime(2023, 7, 27, 8, 30),
    "July 27, 2023 9:30PM": datetime(2023, 7, 27, 20, 30),
    "27.07.23 09:30": datetime(2023, 7, 27, 8, 30),
    "27-Jul-23": datetime(2023, 7, 27, 12),
    "2023/07/27": datetime(2023, 7, 27, 12),
    "27/07/2023 09:30 BST": datetime(2023, 7, 27, 8, 30),
    "29/02/2024": datetime(2024, 2, 29, 12),
}


def test_times_of_tools(desk):
    ledger.record_mapping(desk.store, ORLO)
    bad = ("07/27/2023 09:30", "soon", "29/02/2023", "27/07/2023 25:00", "0023-07-27")
    imported = desk.bring(orlo(*(post(number, when=when) for number, when in enumerate((*TIMES, *bad)))))
    read = desk.rows("select record_no, published_at from post_observation order by record_no")
    assert [row["published_at"] for row in read] == list(TIMES.values())
    assert [problem.value for problem in imported.reading.problems] == list(bad)
    assert "is not a date or time such as 27/02/2023 09:30" in imported.reading.problems[0].reason


def test_clock_times_of_another_zone_and_in_a_column_of_their_own(desk):
    columns = ("Date", "Time", "Clicks")
    split = Mapping(
        "Split", columns, (("Date", "when_cell"), ("Time", "clock_cell"), ("Clicks", "clicks_all")), "post", "buffer", "x", "us", "mdy",
        "America/Los_Angeles",
    )
    ledger.record_mapping(desk.store, split)
    desk.bring(orlo(("07/27/2023", "16:30", "1"), ("12/27/2023", "4:30 PM", "2"), headings=columns))
    assert [row["published_at"] for row in desk.posts()] == [datetime(2023, 7, 27, 23, 30), datetime(2023, 12, 28, 0, 30)]


def test_row_of_totals_is_skipped(desk):
    ledger.record_mapping(desk.store, ORLO)
    imported = desk.bring(orlo(post(1), ("Total", "", "", "", "", "12,400", "100", "", "")))
    assert imported.reading.skipped == {"a row of totals": 1}


@pytest.mark.parametrize(("changed", "said"), [
    ({"reach_is": None}, "Say what its reach counts."),
    ({"tool": ""}, "Say who counted these numbers."),
    ({"date_order": ""}, "Say how dates are written"),
    ({"matched": ORLO.matched[1:]}, "Match the column that holds the date"),
    ({"matched": ORLO.matched[:5], "reach_is": None}, "Match at least one column to a number"),
    ({"matched": (ORLO.matched[0], *ORLO.matched[2:])}, "Say which network"),
    ({"matched": (*ORLO.matched, ("Engagement Rate", "impressions"))}, "Two columns are matched to Impressions."),
    ({"matched": (*ORLO.matched, ("Engagement Rate", "potential_reach"))}, "Two columns are matched to Potential audience."),
    ({"matched": (*ORLO.matched, ("Engagement Rate", "viewers"))}, "A potential audience is no reach"),
])
def test_what_a_mapping_still_lacks_is_said(changed, said):
    assert mapping.faults(ORLO) == []
    assert [line for line in mapping.faults(replace(ORLO, **changed)) if line.startswith(said)]


def test_counts_of_which_nobody_knows_what_they_are_are_left_out_whoever_asks():
    unknown = replace(ORLO, reach_is="unknown")
    assert mapping.faults(unknown) == []
    assert "reach" not in unknown.fields.values() and "impressions" in unknown.fields.values()
    assert not {"reach", "potential_reach"} & set(mapping.to_format(unknown).by_name)


def test_how_often_a_mapping_was_used_is_counted_for_the_list_alone(desk):
    key = ledger.record_mapping(desk.store, ORLO)
    desk.bring(APRIL, "april.csv")
    assert {row["format"]: row["uploads"] for row in desk.store.rows("pages/uploads_of_formats")} == {key: 1}
    assert "upload" not in load("pages/mappings").text


def test_guesses():
    headings = ("Potential Reach", "Impresions", "Likes", "Engagement rate", "Reactions per post", "Time", "#", "Likes")
    assert mapping.guess(headings, "post") == {0: "potential_reach", 1: "impressions", 2: "reactions_likes", 5: "clock_cell"}
    assert 5 not in mapping.guess(headings, "day")
    assert mapping.date_order(["03/04/2026", "13/04/2026"]) == ("dmy", None)
    assert mapping.date_order(["03/04/2026", "03/14/2026"]) == ("mdy", None)
    assert mapping.date_order(["03/04/2026", "2026-03-04"]) == (None, "03/04/2026")
    assert mapping.date_order(["2026-03-04", ""]) == (None, None)
    records = [Record(1, ("Report", "")), Record(2, ("Date", "Likes")), Record(3, ("13/04/2026", "4"))]
    assert mapping.heading_row(records) == 1


def test_command_line_recognises_a_mapped_file(reach, tmp_path):
    place = tmp_path / "reach.duckdb"
    held = Store(settings.load(place))
    key = ledger.record_mapping(held, ORLO)
    held.close()
    (tmp_path / "may.csv").write_bytes(MAY)
    (told,) = json.loads(reach("check", tmp_path / "may.csv", "--json").stdout)
    assert (told["status"], told["format"], told["rows"]["kept"]) == ("ready", key, 2)
    assert told["control_totals"] == {"potential_reach": 24800, "impressions": 900}
    (brought,) = json.loads(reach("ingest", tmp_path / "may.csv", "--json").stdout)
    assert (brought["status"], brought["network"], brought["changes"]["new"]) == ("imported", "orlo_facebook", 2)
    listed = json.loads(reach("formats", "--json").stdout)
    assert {"format": key, "label": "Orlo posts"}.items() <= listed[-1].items()
    assert json.loads(reach("undo", brought["upload_id"], "--json").stdout)["state"] == "undone"
    said = reach("check", tmp_path / "may.csv", store=tmp_path / "other.duckdb")
    assert said.returncode == 4 and "not recognised" in said.stdout


# --- entered by hand --------------------------------------------------------------------------------------


def test_hand_entered_template_is_read_and_has_no_place_for_people_met(show, known):
    screen = show("upload")
    content = screen.file("Example hand-entered posts file")
    assert "people_met" not in content.decode() and "people_met" in format_of("manual").by_name
    screen.drop(("hand.csv", content), ("blank.csv", screen.file("Blank hand-entered posts file")))
    assert sorted(screen.badges()) == ["Ready", "Refused"] and "it has a heading and no rows" in screen.words
    screen.press("Import 1 file")
    held = {(row["network"], row["kind"], row["impressions"]) for row in known().rows("pages/posts", most_rows=9)}
    assert held == {("manual_nextdoor", "Nextdoor", 4210), ("manual_other", "Poster", None)}
    assert "Impressions (entered by hand)" in show("overview").at.selectbox(key="reach").options


def test_a_nextdoor_file_and_what_was_typed_of_the_same_post_stand_apart(desk):
    link = "https://nextdoor.co.uk/p/example1"
    headings = ("Day", "Link", "Impressions")
    matched = (("Day", "when_cell"), ("Link", "permalink"), ("Impressions", "impressions"))
    ledger.record_mapping(desk.store, Mapping("Nextdoor posts", headings, matched, "post", network="nextdoor", account="Example Police"))
    desk.bring(f"Day,Link,Impressions\n13/04/2026,{link},500\n".encode(), "nextdoor.csv")
    names = [field.headings[0] for field in format_of("manual").fields]
    cells = {"platform": "Nextdoor", "account": "Example Police", "post_url": link, "published": "2026-04-13", "impressions": "480"}
    desk.bring(f"{','.join(names)}\n{','.join(cells.get(name, '') for name in names)}\n".encode(), "hand.csv")
    assert [(row["network"], row["impressions"]) for row in desk.posts()] == [("manual_nextdoor", 480), ("nextdoor", 500)]
    labels = {network: one.label for one in DEFINITIONS if one.metric == "impressions" for network in one.networks}
    assert (labels["nextdoor"], labels["manual_nextdoor"]) == ("Impressions (Nextdoor)", "Impressions (entered by hand)")


def test_whatever_a_person_can_match_has_one_definition():
    """Else such posts would be stored and could never be chosen on the Overview."""
    drawn = set(re.findall(r"when '(\w+)' then", load("charts/posts").text))
    assert drawn == drawn & set(mapping.choices("post")) and len(drawn) == 5
    tools = [f"{tool}_" for tool in COUNTED_BY if tool != "network"] + [""]
    defined = [(one.metric, network) for one in DEFINITIONS for network in one.networks]
    wanted = {(metric, f"{tool}{network}") for metric in drawn for tool in tools for network in NETWORKS}
    assert sorted(wanted - set(defined)) == [] and len(defined) == len(set(defined))
    assert len({one.key for one in DEFINITIONS}) == len({one.label for one in DEFINITIONS}) == len(DEFINITIONS)


def test_people_met_are_set_aside_with_where_they_belong(desk):
    headings = [field.headings[0] for field in format_of("manual").fields]
    cells = {"platform": "Event", "account": "Example Police", "published": "2026-06-27", "people_met": "350"}
    line = ",".join(cells.get(name, "") for name in headings)
    candidate = desk.one(f"{','.join(headings)}\n{line}\n".encode())
    assert candidate.status == "refused"
    assert "column people_met: '350' is a number of people met, which is no reach: enter it in the figures file" in candidate.message


def test_mapping_is_whole_again_when_read_from_the_store(desk):
    key = ledger.record_mapping(desk.store, ORLO, by="somebody")
    (row,) = ledger.mappings(desk.store)
    assert replace(row["mapping"], identity="") == ORLO and row["mapping"].key == key
    assert (row["made_by"], row["retired"], json.loads(row["headings"])) == ("somebody", False, list(HEADINGS))
    (known_format,) = ledger.mapped_formats(desk.store)
    assert (known_format.key, known_format.tool, known_format.original) == (key, "orlo", "kept")
    stream = io.BytesIO(APRIL)
    (unseen,) = candidates.check(stream, "april.csv", desk.store.folder, desk.settings, None)
    assert unseen.unknown, "without a store there are no mappings"
