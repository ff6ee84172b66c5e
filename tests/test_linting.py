"""The wording checker: sentences that must be found, each with the words found, and sentences that must be left alone."""

from __future__ import annotations

import csv
import html
import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reach import claims, editions, linting
from reach.commands import run
from surroundings import surroundings
from test_pages import HOSTILE, first_start, known, show  # noqa: F401 (fixtures)

ROOT = Path(__file__).resolve().parents[1]
FORCE = "Leicestershire Police"
FACTS = claims.facts(editions.published_figures(), FORCE)
BETWEEN = "between 278,000 and 498,000 accounts (if each counts an account once)"

# Kind, the words found, the text.
FOUND = [
    ("cause", "led to", "The campaign led to 76 arrests."),
    ("cause", "leading to", "Our posts were seen widely, leading to dozens of arrests."),
    ("cause", "led directly to", "The #KnowTheSigns posts led directly to three convictions."),
    ("cause", "resulted in", "The social media campaign resulted in 41 warrants."),
    ("cause", "drove", "Our Facebook posts drove a record number of arrests."),
    ("cause", "drove", "The campaign drove arrests up."),
    ("cause", "caused", "The reach of the campaign caused a fall in knife crime."),
    ("cause", "brought about", "The campaign brought about 76 arrests."),
    ("cause", "prompted", "The video prompted a rise in reports to police."),
    ("cause", "triggered", "Our adverts triggered a wave of arrests."),
    ("cause", "sparked", "The film sparked 20 referrals."),
    ("cause", "fuelled", "The campaign fuelled a surge in tip-offs."),
    ("cause", "fueled", "The campaign fueled a surge in tip-offs."),
    ("cause", "translated into", "Reach on Facebook translated into arrests."),
    ("cause", "helped to cut", "The campaign helped to cut burglary."),
    ("cause", "helped cut", "The campaign helped cut knife crime in the city."),
    ("cause", "helped officers make", "The campaign helped officers make 76 arrests."),
    ("cause", "helping us to seize", "The posts reached thousands, helping us to seize drugs."),
    ("cause", "reduced", "The campaign reduced knife crime."),
    ("cause", "behind", "The campaign was behind 76 arrests."),
    ("cause", "responsible for", "The campaign was responsible for 76 arrests."),
    ("cause", "credited with", "The campaign is credited with 76 arrests."),
    ("cause", "made possible", "The campaign made possible 76 arrests."),
    ("cause", "led to", "We reached close to 220,000 people. This led to 76 arrests."),
    ("cause", "resulted in", "The campaign ran for a week in March. It resulted in 76 arrests."),
    ("cause", "led to", "The campaign not only raised awareness but led to 76 arrests."),
    ("cause", "led to", '"The campaign led to 76 arrests," the commissioner said.'),
    ("cause", "led to", "We do not count posts twice, and the campaign led to 76 arrests."),
    ("cause", "led to", "Nothing was the same in March, when the campaign led to 76 arrests."),
    ("cause", "led\nto", "The campaign led\nto 76 arrests."),
    ("cause", "led to", "The campaign **led to** 76 arrests."),
    ("cause", "Because of", "Because of the campaign, 76 people were arrested."),
    ("cause", "because of", "76 people were arrested because of our posts."),
    ("cause", "because", "76 people were arrested because the campaign reached so many."),
    ("cause", "Thanks to", "Thanks to our campaign, 76 people were arrested."),
    ("cause", "thanks to", "More than 100 arrested thanks to social media."),
    ("cause", "due to", "The 76 arrests were due to the campaign."),
    ("cause", "owing to", "Arrests were made owing to our Facebook posts."),
    ("cause", "as a result of", "76 people were arrested as a result of the campaign."),
    ("cause", "As a result", "The campaign ran on Facebook. As a result, 76 people were arrested."),
    ("cause", "as a direct result", "The campaign reached close to 220,000 people and 76 were arrested as a direct result."),
    ("cause", "driven by", "The arrests were driven by the campaign."),
    ("cause", "attributed to", "76 arrests can be attributed to the campaign."),
    ("cause", "down to", "The 76 arrests were down to the campaign."),
    ("cause", "on the back of", "76 arrests came on the back of the campaign."),
    ("cause", "thanks to", "In all, 76 people were arrested. That was thanks to our campaign."),
    ("cause", "Thanks to", "The campaign reached many people. Thanks to this, 76 were arrested."),
    ("cause", "impact", "The impact of the campaign on arrests was great."),
    ("cause", "effect", "The campaign had a real effect on knife crime."),
    ("cause", "effect", "The effect of the campaign was 76 arrests."),
    ("cause", "influence", "Our posts had an influence on arrests."),
    ("contribution", "contributed to", "The campaign contributed to 76 arrests."),
    ("contribution", "contributing to", "The posts were widely seen, contributing to safeguarding of 58 people."),
    ("population", "a quarter of LLR saw it", "We think a quarter of LLR saw it."),
    ("population", "25% of residents saw our campaign", "In March 25% of residents saw our campaign."),
    ("population", "one in four people in Leicestershire saw the posts", "About one in four people in Leicestershire saw the posts."),
    ("population", "reached a third of the county", "The campaign reached a third of the county."),
    ("population", "reached 25 per cent of the population", "Our posts reached 25 per cent of the population."),
    ("growth", "rising", "Arrests are rising."),
    ("growth", "up 46%", "Arrests are up 46% on the last week."),
    ("growth", "rose by 46%", "Arrests rose by 46% to 76."),
    ("growth", "46% more", "There were 46% more arrests."),
    ("growth", "on the rise", "Warrants are on the rise."),
    ("growth", "grew 64%", "Reach grew 64% in four years."),
    ("sum", "498,000", "We reached 498,000 people."),
    ("sum", "498k", "Our posts were seen by 498k accounts."),
    ("sum", "half a million", "The campaign reached half a million people."),
    ("sum", "nearly 500,000", "The campaign reached nearly 500,000 people."),
    ("sum", "632,000", "Our campaigns have reached 632,000 people since 2019."),
    ("sum", "498 000", "The campaign reached 498 000 people."),
    ("sum", "3,500", "It reached 1,000 people on Facebook and 2,500 people on X, 3,500 in all."),
    ("sum", "12,000+30,000", "We reached 12,000+30,000 people."),
    ("sum", "12,000 plus 30,000", "We reached 12,000 plus 30,000 people."),
    ("sum", "total reach of 45,000", "The total reach of 45,000 over all networks pleased us."),
    ("qualifier lost", "220,000", "The campaign reached 220,000 people."),
    ("qualifier lost", "220k", "The campaign reached 220k people."),
    ("qualifier lost", "0.22 million", "The campaign reached 0.22 million people."),
    ("qualifier lost", "220 000", "The campaign reached 220 000 people."),
    ("qualifier lost", "Two hundred and twenty thousand", "Two hundred and twenty thousand people saw the posts."),
    ("qualifier lost", "134,000", "In 2019 the campaign reached 134,000 people."),
    ("qualifier lost", "278,000", "Other posts reached 278,000 accounts."),
    ("qualifier lost", "100", "Officers arrested 100 people in the operation."),
    ("qualifier lost", "£22,000", "They seized £22,000 in cash."),
    ("qualifier lost", "277,000", "At mass events 277,000 people were spoken to."),
    ("qualifier changed", "more than 220,000", "The campaign reached more than 220,000 people."),
    ("qualifier changed", "nearly 134,000", "The campaign reached nearly 134,000 people."),
    ("qualifier changed", "220,000+", "The campaign reached 220,000+ people."),
    ("qualifier changed", "another 278,000", "The posts reached another 278,000."),
    ("disclosure", "aged 15 and 16", "Two teenage girls, aged 15 and 16, were arrested in Loughborough."),
    ("disclosure", "15-year-old", "A 15-year-old boy was arrested in Melton."),
    ("disclosure", "aged 14", "One child, aged 14, was safeguarded."),
]

LEFT = [
    "He was arrested because of a warrant.",
    "Reach fell because fewer posts were made, and arrests fell too.",
    "The campaign explains what drives young people to carry knives.",
    "The film shows a boy groomed by gangs, which led to his arrest.",
    "Officers posted on Facebook that the robbery led to two arrests.",
    "She died due to her injuries.",
    "The collision was caused by a drunk driver.",
    "Officers executed a warrant, which led to three arrests.",
    "A search of the house led to the arrest of two men.",
    "Officers executed 41 warrants during the campaign. As a result, 76 people were arrested.",
    "Information from the public led to 12 arrests.",
    "Arrests led to charges.",
    "The campaign led to 220,000 views.",
    "The campaign led to greater awareness of drug dealing.",
    "The campaign led to more conversations about knife crime.",
    "The talk was cancelled due to the arrests.",
    "The campaign was paused because of the weather.",
    "We changed the posts because people asked us to.",
    "We cannot say the campaign led to arrests.",
    "Do not write 'led to' of a campaign and its arrests.",
    "Avoid words like 'because of' for the campaign and the arrests.",
    "Nothing shows that the campaign led to arrests.",
    "There is no evidence that the campaign led to 76 arrests.",
    "Did the campaign lead to arrests?",
    "It is not known whether the campaign resulted in arrests.",
    "The arrests were not because of the campaign.",
    "The campaign never caused an arrest.",
    "The campaign ran alongside 76 arrests.",
    "In the same week as the campaign, 76 people were arrested.",
    "During the campaign, officers made 76 arrests.",
    "The campaign aims to lead to more reports to police.",
    "Our campaign on drink driving ran alongside 40 arrests.",
    "The campaign generated 220,000 views and 76 arrests were made in that week.",
    "The effect of heroin on families is the theme of the campaign.",
    "Against the baseline of 2022 and by a stated mechanism, the campaign contributed to 76 arrests.",
    "Thanks to everyone who took part in the campaign.",
    "Thanks to officers, 76 people were arrested.",
    "The campaign reached close to 220,000 people.",
    "The campaign reached almost 50,000 people.",
    "More than 134,000 people were reached in 2019.",
    "It was close to two hundred and twenty thousand people that the posts reached.",
    "The posts reached between 278,000 and 498,000 accounts.",
    "The posts reached 278,000 to 498,000 accounts.",
    "At most 498,000 accounts were reached.",
    "We cannot say that the campaign reached 498,000 people.",
    "Never add 220,000 and 278,000 people to 498,000 people.",
    "Close to 220,000 people saw one set of posts; a further 278,000 saw the other.",
    "The campaign had 498,000 views.",
    "Impressions of 220,000 were counted for the campaign.",
    "The campaign cost £220,000.",
    "Leicester has 368,581 people and Leicestershire 712,358 people, a population of 1,080,939 people.",
    "Call 101, or 0116 222 2222, about the campaign.",
    "The campaign ran from 27 February to 5 March 2023 at 10:30.",
    "Post 220000 of the campaign is on page 12.",
    "The campaign's page is https://example.org/reach/498,000/because-of-arrests",
    "The code `reached 498,000 people` is shown as written.",
    "25% of our followers saw it.",
    "Its reach is equivalent to 25% of the area's population.",
    "In a survey a quarter of residents said they saw our posts.",
    "A quarter of residents saw crime as a problem.",
    "76 arrests, the highest of the seven published weeks; weeks have ranged from 28 to 76.",
    "Do not write 'arrests are rising'.",
    "Crimestoppers reports on county lines rose by 10% in the 12 months to August 2024.",
    "Reach grew by 40 since the export of 10 July 2025.",
    "140,000 people aged 13-17 were reached.",
    "The campaign is for young people aged 13 to 17 in Leicester.",
    "A 35-year-old man was arrested in Melton.",
    "Officers arrested 76 people, aged 19 to 54.",
    "More than 100 people were arrested in the operation.",
    "Over £22,000 in cash was seized.",
    "The campaign is 20 years old in Leicester.",
    "Safeguarding visits to more than 20 vulnerable people were made.",
    "",
]


@pytest.mark.parametrize(("kind", "words", "text"), FOUND, ids=[text for _, _, text in FOUND])
def test_it_is_found_and_where(kind, words, text):
    found = linting.check(text, FACTS)
    assert [(one.kind, one.words) for one in found] == [(kind, words)]
    (one,) = found
    assert text[one.offset :].startswith(words) and one.instead and one.what


@pytest.mark.parametrize("text", LEFT)
def test_it_is_left_alone(text):
    assert linting.check(text, FACTS) == ()


def test_there_are_enough_of_both():
    assert len(FOUND) >= 60 and len(LEFT) >= 60


def test_what_to_write_instead():
    def instead(text: str) -> str:
        (found,) = linting.check(text, FACTS)
        return found.instead

    assert instead("The campaign reached 498,000 people.") == BETWEEN
    assert instead("The campaign reached 220k people.") == "close to 220,000"
    assert instead("They seized £22,000 in cash.") == "over £22,000"
    assert instead("A quarter of LLR saw it.") == "'equivalent to 25% of LLR's population'"
    assert instead("Arrests rose by 46% to 76.") == "'76 arrests, the highest of the six published weeks, which ranged from 28 to 76'"
    assert instead("It reached 1,000 people on Facebook and 2,500 people on X, 3,500 in all.").startswith(
        "between 2,500 and 3,500 accounts"
    )
    assert instead("Our campaigns reached 354,000 people.") == "each by itself: more than 134,000 and close to 220,000"


def test_without_facts_only_the_words_are_judged():
    assert linting.check("The campaign reached 220,000 people and 498,000 accounts.") == ()
    assert [one.kind for one in linting.check("The campaign led to 76 arrests.")] == ["cause"]


# --- the app's own words --------------------------------------------------------------------------------------


def test_every_published_wording_passes():
    with (ROOT / "data" / "published" / "figures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 50
    assert [(row["published_wording"], one.words) for row in rows for one in linting.check(row["published_wording"], FACTS)] == []


def test_the_readme_passes():
    assert linting.check((ROOT / "README.md").read_text(encoding="utf-8"), FACTS) == ()


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("overview", {}),
        ("overview", {"area": "England and Wales"}),
        ("campaigns", {}),
        ("campaigns", {"campaign": "Trusted adults campaign"}),
        ("combined", {}),
        ("alongside", {}),
        ("alongside", {"part": "Several operations"}),
        ("alongside", {"part": "Reports by week"}),
        ("alongside", {"part": "Public data"}),
        ("claims", {}),
        ("trends", {}),
        ("trends", {"part": "Evaluation", "campaign": "Trusted adults campaign"}),
        ("trends", {"part": "What changed", "since": "2025-01-01"}),
        ("definitions", {}),
        ("sources", {}),
    ],
)
def test_the_pages_own_words_pass(show, page, query):  # noqa: F811
    screen = show(page, **query)
    said = [re.sub(r"<style>.*?</style>", " ", one.value, flags=re.DOTALL) for one in screen.at.html]
    text = "\n\n".join(html.unescape(re.sub(r"<[^>]+>", "\n\n", one)) for one in said)  # quotation marks are read as such
    text += "\n\n" + "\n\n".join(one.value for one in (*screen.at.code, *screen.at.markdown))
    assert len(text) > 500
    assert [(one.line, one.sentence) for one in linting.check(text, FACTS)] == []


@pytest.mark.parametrize(("text", "words"), [
    ("Led to 76 arrests.", ["Led to"]),
    ("Reports rose by 12.\n- It caused more arrests.", ["caused"]),
    ("12 more reports. 76 arrests as a result.", ["as a result"]),
    ("Arrests rose because of it.", ["because of"]),
    ("The campaign led to 76 arrests.", ["led to"]),
    ("12 more reports to 101 than in March 2024, says the contact centre's log.", []),
    ("The operation led to 76 arrests; the campaign ran alongside.", []),
    ("People knew more signs, since the films named them.", []),
    ("", []),
])
def test_a_text_whose_subject_goes_without_saying_is_read_as_being_of_it(text, words):
    found = linting.check_of("The campaign", text, FACTS)
    assert [one.words for one in found] == words
    assert all(text[one.offset :].startswith(one.words) for one in found)


# --- places and sizes -----------------------------------------------------------------------------------------


def test_lines_and_columns_are_those_of_the_text_as_it_is():
    start = "One \U0001f46e\u200d\u2642\ufe0f e\u0301.\r\n\r\n"
    text = start + "\u00a0\u201cThe campaign\u201d led\u00a0to 76 arrests.\rWe reached 220,000 people."
    first, second = linting.check(text, FACTS)
    assert (first.line, first.column, first.words) == (3, 17, "led\u00a0to")
    assert (second.line, second.column, second.words) == (4, 12, "220,000")
    assert all(text[one.offset :].startswith(one.words) for one in (first, second))


def test_no_text_takes_longer_than_its_size_allows():
    for piece in (
        "led to ",
        "1,111",
        ".",
        "\n",
        "'",
        "`",
        "not ",
        "thousand ",
        "220,000 people reached ",
        "aged 15 ",
        "x " * 500 + "campaign ",
    ):
        text = (piece * (100_000 // len(piece) + 1))[:100_000]
        began = time.perf_counter()
        linting.check(text, FACTS)
        once = time.perf_counter() - began
        assert once < 8, f"{piece[:12]!r} took {once:.1f} s for 0.1 MB"


def test_a_text_of_nothing_else_gives_the_first_findings():
    assert len(linting.check("The campaign led to 76 arrests. " * 3_000, FACTS, 100)) == 100


def test_ten_megabytes_take_seconds():
    """Ordinary prose, a megabyte of it here, with the one sentence that matters at its end."""
    prose = "Officers executed 41 warrants because of new information, and 76 people were arrested at 10:30. It cost £35,000. "
    text = (prose + "Ordinary words of a release go on for a while about the town, its people and what they did there. " * 6) * 1_400
    began = time.perf_counter()
    (found,) = linting.check(text + "The campaign led to 76 arrests.", FACTS)
    assert len(text) > 900_000 and found.words == "led to"
    assert time.perf_counter() - began < 10


# --- the command line -----------------------------------------------------------------------------------------

DRAFT = "Campaign \u2013 a draft.\r\nThe campaign reached 220,000 people.\r\nIt led to 76 arrests.\r\n"


def test_the_command_says_where_what_and_what_to_write(reach, tmp_path):
    (tmp_path / "draft.txt").write_bytes(DRAFT.encode())
    told = reach("lint", "draft.txt")
    assert told.returncode == 3 and told.stderr == ""
    first, second = told.stdout.splitlines()
    assert first.startswith("draft.txt, line 2, column 22: '220,000' has lost its qualifier") and first.endswith("Write: close to 220,000")
    assert second.startswith("draft.txt, line 3, column 4: 'led to' says")
    assert not (tmp_path / "reach.duckdb").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_any_encoding_gives_the_same_places(encoding, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("REACH_STORE", str(tmp_path / "reach.duckdb"))
    path = tmp_path / "draft.md"
    path.write_bytes(DRAFT.encode(encoding))
    assert run(["lint", str(path), "--json"]) == 3
    found = json.loads(capsys.readouterr().out)
    assert [(one["line"], one["column"], one["words"], one["kind"]) for one in found] == [
        (2, 22, "220,000", "qualifier lost"),
        (3, 4, "led to", "cause"),
    ]
    assert set(found[0]) == {"file", "line", "column", "what", "words", "instead", "kind", "offset"}


def test_exit_codes(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("REACH_STORE", str(tmp_path / "reach.duckdb"))
    (tmp_path / "good.txt").write_text("The campaign ran alongside 76 arrests.")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04...")
    (tmp_path / "raw.txt").write_bytes(bytes(range(256)) * 20)
    assert run(["lint", str(tmp_path / "good.txt")]) == run(["lint", str(tmp_path / "empty.txt")]) == 0
    assert run(["lint", str(tmp_path / "good.txt"), "--json"]) == 0
    for unreadable in ("missing.txt", "a.docx", "raw.txt", ".", "x" * 5000, "a\0b"):
        assert run(["lint", str(tmp_path / unreadable)]) == 4, unreadable
    with pytest.raises(SystemExit) as usage:
        run(["lint"])
    assert usage.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_standard_input_and_the_store_s_own_figures(desk, made):
    desk.bring(made.figures({"campaign": "Signs", "measure": "campaign_reach", "value_low": "5100", "qualifier": "more than",
                             "published_wording": "more than 5,100 people", "unit": "people"}), "figures.csv")  # fmt: skip
    desk.store.close()
    told = subprocess.run(
        [sys.executable, "-m", "reach", "lint", "-"], input=b"The campaign reached 5,100 people and 220,000 accounts.", capture_output=True,
        timeout=60, check=False, env=surroundings(desk.folder / "reach.duckdb"),
    )  # fmt: skip
    assert told.returncode == 3
    (line,) = told.stdout.decode().splitlines()
    assert line.startswith("standard input, line 1, column 22: '5,100' has lost its qualifier")


# --- the boxes ------------------------------------------------------------------------------------------------


def test_the_aims_of_a_campaign_are_looked_at_as_they_are_typed(show, known):  # noqa: F811
    screen = show("campaigns")
    assert "Check the wording" not in screen.words
    (box,) = [one for one in screen.at.text_area if one.label.startswith("Scoring")]
    box.set_value(f"The campaign led to 76 arrests and reached 498,000 people {HOSTILE}")
    screen.run()
    assert "Check the wording: 'led to' says" in screen.words and f"Write: {BETWEEN}" in screen.words
    assert "img" not in screen.tags and "script" not in screen.tags
    (name,) = [one for one in screen.at.text_input if one.label == "Name"]
    name.set_value("Summer nights")
    screen.press("Record this campaign")
    (row,) = [row for row in known().rows("pages/campaigns") if row["campaign"] == "Summer nights"]
    assert row["scoring"].startswith("The campaign led to 76 arrests")


def test_the_words_of_a_revision_are_looked_at_as_they_are_typed(show):  # noqa: F811
    screen = show("claims")
    assert "Check the wording" not in screen.words
    _, why, _ = screen.at.text_input
    why.set_value("Thanks to the campaign, 76 people were arrested")
    screen.run()
    assert "Check the wording: 'Thanks to' says" in screen.words
