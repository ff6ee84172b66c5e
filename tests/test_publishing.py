"""The publish gate: what each check refuses and lets pass, what an entry keeps, and the page and the command line that use it."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import duckdb
import pytest

from reach import campaigns, clock, double_counts, marts, operations, publications, publishing, settings, uploads
from reach.definitions import MEASURE
from reach.dictionary import ENTRY
from reach.errors import StoreUnavailable, Usage
from reach.publishing import (
    AGGREGATES,
    APPROVED,
    CAVEATS,
    CHECKS,
    CLASHES,
    DEFINED,
    DISCLOSED,
    PERIOD,
    WORDED,
    Draft,
)
from test_pages import HOSTILE, bring, first_start, known, show  # noqa: F401

TODAY = date(2026, 11, 27)
FORCE = "Leicestershire Police"
ROLES = {"Force communications": "Priya Shah", settings.Settings.oversight_body: "Tom Ellis"}
RELEASE = {"published_wording": "in the release of July", "source": "https://example.org/july"}
TEXT = "During the week officers worked with partners across the area."


def rows(children=3, adults=14, people=17, *, public=("people",), **more):
    """Children, adults and people safeguarded in one week of one operation; those named as public were published."""
    values = {"children": children, "adults": adults, "people": people}
    return [
        {
            "measure": f"{what}_safeguarded", "area": FORCE, "value_low": value, "value_high": value, "qualifier": "exact",
            "source": "Operation outcomes file", **(RELEASE if what in public else {}), **more,
        }
        for what, value in values.items()
        if value is not None
    ]


def ids(store, *measures, published=None):
    """Ids of the figures held of these measures, in their order."""
    held = [row for row in publications.held(store, TODAY).figures if published is None or publishing.is_public(row) == published]
    return tuple(row["figure_id"] for measure in measures for row in held if row["measure"] == measure)


def draft_of(store, *measures, published=None, **said):
    """A draft that is whole but for what a test says otherwise."""
    figures = said.pop("figures", None) or ids(store, *measures, published=published)
    held = {row["figure_id"]: row["measure"] for row in publications.held(store, TODAY).figures}
    whole = {
        "title": "County lines week", "text": TEXT, "figures": figures, "definitions": tuple(held[one] for one in figures if one in held),
        "caveats": ("Counts of the week as they stood on its last day.",), "status": "provisional", "approvers": ROLES,
    }
    return Draft(TODAY, "A. Writer", **{**whole, **said})


def gate(store, draft, **held):
    return {one.name: one for one in publishing.gate(draft, replace(publications.held(store, TODAY), **held))}


def failed(store, draft, **held):
    """The names of the checks that fail, with the reason of the first."""
    found = [one for one in gate(store, draft, **held).values() if not one.passed]
    return [one.name for one in found], found[0].reason if found else ""


@pytest.fixture
def week(desk, made):
    """A desk with one week: arrests and warrants that were recorded only."""
    base = {"area": FORCE, "qualifier": "exact", "source": "Operation outcomes file"}
    desk.bring(made.figures(
        {**base, "measure": "arrests", "value_low": 76, "value_high": 76},
        {**base, "measure": "warrants", "value_low": 41, "value_high": 41},
    ), "week.csv")
    return desk


def publish(store, draft):
    return publications.publish(store, draft, now=TODAY)


# --- each check by itself -------------------------------------------------------------------------------------------


def test_a_whole_draft_passes_every_check(week):
    checks = gate(week.store, draft_of(week.store, "arrests", "warrants"))
    assert tuple(checks) == CHECKS and all(one.passed and one.reason.endswith(".") for one in checks.values())


@pytest.mark.parametrize(("check", "wrong", "mended", "said"), [
    (AGGREGATES, {"text": f"{TEXT} Ring Jo on 07700 900123."}, {"text": TEXT}, "Text: it holds what looks like telephone numbers."),
    (AGGREGATES, {"caveats": ("See LE1 3ZZ.",)}, {"caveats": ("See the notes.",)}, "Caveats: it holds what looks like postcodes."),
    (DEFINED, {"definitions": ("arrests",)}, {"definitions": ("arrests", "warrants")}, "Warrants: its definition is not among those"),
    (WORDED, {"title": "Campaign reach led to 76 arrests"}, {"title": "76 arrests in the same week"}, "Title: 'led to'"),
    (WORDED, {"title": " "}, {"title": "A week"}, "Title: there is none."),
    (WORDED, {"text": ""}, {"text": TEXT}, "Text: there is none."),
    (CAVEATS, {"caveats": (" ",)}, {"caveats": ("Counts of the force alone.",)}, "Caveats: there is none."),
    (CAVEATS, {"status": None}, {"status": "final"}, "Status: none is chosen."),
    (APPROVED, {"approvers": {"Force communications": "Priya Shah"}}, {"approvers": ROLES}, "nobody is named who approves it"),
    (APPROVED, {"approvers": {**ROLES, "Force communications": "--"}}, {"approvers": ROLES}, "nobody is named who approves it"),
    (APPROVED, {"approvers": {**ROLES, "Force communications": "a.  writer"}}, {"approvers": ROLES}, "does not approve it"),
    (APPROVED, {"approvers": {**ROLES, "Force communications": "TOM ELLIS"}}, {"approvers": ROLES}, "more than one role"),
    (PERIOD, {"day": TODAY - timedelta(1)}, {"day": TODAY}, "26 November 2026 has passed"),
    (CLASHES, {"supersedes": 4}, {"supersedes": None}, "Publication 4: there is none in force of that number"),
])
def test_a_check_fails_by_itself_and_passes_when_mended(week, check, wrong, mended, said):
    draft = draft_of(week.store, "arrests", "warrants")
    names, reason = failed(week.store, replace(draft, **wrong))
    assert names == [check] and said in reason
    assert failed(week.store, replace(draft, **mended)) == ([], "")
    with pytest.raises(Usage, match=f"^Nothing was published. {check}: "):
        publish(week.store, replace(draft, **wrong))
    assert publications.entries(week.store) == []


def test_no_figure_one_not_held_and_made_up_ones_are_refused(week, made):
    assert failed(week.store, draft_of(week.store, "arrests", figures=("gone",)))[1] == (
        "1 figure chosen is not held any more. Choose the figures anew."
    )
    assert failed(week.store, draft_of(week.store))[0] == [AGGREGATES, DEFINED]
    sample = week.one(made.figures({"measure": "arrests", "value_low": 9, "value_high": 9, "operation": "Made up"}), "sample.csv")
    uploads.commit(week.store, sample, sample=True)
    (one,) = [row["figure_id"] for row in publications.held(week.store, TODAY).figures if row["sample"]]
    assert failed(week.store, draft_of(week.store, figures=(one,)))[1].endswith("it is made-up sample data. Leave it out.")


def test_a_final_publication_has_no_early_figure(desk, made):
    desk.bring(made.figures({"value_low": 110, "value_high": 110, "qualifier": "exact", "status": "early total"}))
    names, reason = failed(desk.store, draft_of(desk.store, "arrests", status="final"))
    assert names == [CAVEATS] and "is early total" in reason
    assert failed(desk.store, draft_of(desk.store, "arrests", status="provisional")) == ([], "")


def test_pre_election_periods_close_the_gate_but_for_a_reason_that_is_kept(week):
    closed = ((TODAY - timedelta(3), TODAY + timedelta(30)),)
    draft = draft_of(week.store, "arrests")
    names, reason = failed(week.store, draft, closed=closed)
    assert names == [PERIOD] and "24 November to 27 December 2026" in reason
    later = replace(draft, day=TODAY + timedelta(31))
    assert failed(week.store, later, closed=closed)[0] == [PERIOD], "a later date does not open it: it is made now"
    assert failed(week.store, later, closed=((TODAY + timedelta(31), TODAY + timedelta(32)),))[0] == [PERIOD]
    assert failed(week.store, replace(draft, override="Public safety, agreed with the monitoring officer."), closed=closed) == ([], "")
    week.store.settings = replace(week.store.settings, pre_election_periods="2026-11-24 to 2026-12-27")
    with pytest.raises(Usage, match="pre-election"):
        publish(week.store, draft)
    made = publish(week.store, replace(draft, override="Public safety."))
    assert made.document["override"] == "Public safety." and "for the reason given" in made.document["checks"][-1]["reason"]


@pytest.mark.parametrize("periods", ["2027-05-06 to 2027-03-25", "spring", "2027-03-25", "2027-03-25 to 2027-13-01"])
def test_a_pre_election_period_that_is_none_is_refused_at_once(tmp_path, monkeypatch, periods):
    monkeypatch.setenv("REACH_PRE_ELECTION_PERIODS", periods)
    with pytest.raises(Usage, match="is no period such as 2027-03-25 to 2027-05-06"):
        settings.load(tmp_path / "reach.duckdb")


def test_periods_and_roles_of_the_settings(tmp_path, monkeypatch):
    monkeypatch.setenv("REACH_PRE_ELECTION_PERIODS", "2027-03-25 to 2027-05-06; 2028-03-23 to 2028-05-04")
    monkeypatch.setenv("REACH_PUBLICATION_APPROVERS", "Head of news")
    held = settings.load(tmp_path / "reach.duckdb")
    assert held.pre_election == ((date(2027, 3, 25), date(2027, 5, 6)), (date(2028, 3, 23), date(2028, 5, 4)))
    assert held.approver_roles == ("Head of news",)


# --- suppression and audit ------------------------------------------------------------------------------------------


def test_a_planted_recoverable_cell_fails_with_its_name_and_interval(desk, made):
    """Children 3, adults 14, total 17, the total published: children hidden by hand and adults shown give the 3 away."""
    desk.bring(made.figures(*rows()))
    children, adults = ids(desk.store, "children_safeguarded"), ids(desk.store, "adults_safeguarded")
    draft = draft_of(desk.store, figures=(*children, *adults), protect=False, hidden=children)
    names, reason = failed(desk.store, draft)
    assert names == [DISCLOSED]
    assert reason.startswith(f"Children safeguarded, Lantern, {FORCE}, 30 June to 6 July 2025: it is hidden and can only be 3, by ")
    with pytest.raises(Usage, match="can only be 3"):
        publish(desk.store, draft)
    mended = replace(draft, protect=True, hidden=())
    assert failed(desk.store, mended) == ([], "")
    laid = publishing.lay_out(mended, publications.held(desk.store, TODAY))
    assert [laid.printed(row) for row in laid.rows] == ["[c]", "[c]"]


def test_a_small_count_shown_fails(desk, made):
    desk.bring(made.figures(*rows(adults=None, people=None)))
    names, reason = failed(desk.store, draft_of(desk.store, "children_safeguarded", protect=False))
    assert names == [DISCLOSED] and "it is shown and is 3 (small count). Hide it." in reason
    assert failed(desk.store, draft_of(desk.store, "children_safeguarded")) == ([], "")


def test_a_count_that_no_figure_is_held_of_is_told_by_the_two_others(desk, made):
    """Adults 14 of 17 people: nobody recorded the children, and a reader knows that they are 3."""
    desk.bring(made.figures(*rows(children=None)))
    names, reason = failed(desk.store, draft_of(desk.store, "adults_safeguarded", protect=False))
    assert names == [DISCLOSED] and "Children safeguarded" in reason and "can only be 3" in reason
    assert failed(desk.store, draft_of(desk.store, "adults_safeguarded")) == ([], "")


def test_what_published_figures_give_away_already_fails_whatever_is_hidden(desk, made):
    desk.bring(made.figures(*rows(public=("people", "adults"))))
    names, reason = failed(desk.store, draft_of(desk.store, "children_safeguarded"))
    assert names == [DISCLOSED] and "by figures that are published already" in reason


def month(**more):
    return {"measure": "people_safeguarded", "area": FORCE, "operation": "Lantern", "qualifier": "exact", "source": "A", **more}


def weeks(*values, **more):
    return [
        month(start_date=date(2027, 2, 1 + 7 * n), end_date=date(2027, 2, 7 + 7 * n), value_low=value, value_high=value, **more)
        for n, value in enumerate(values)
    ]


def test_a_week_is_told_by_its_month(desk, made):
    """February 2027 is four weeks to the day: three of them and the month give the fourth."""
    february = month(start_date="2027-02-01", end_date="2027-02-28", value_low=40, value_high=40, **RELEASE)
    desk.bring(made.figures(february, *weeks(3, 12, 15, 10)))
    shown = publications.held(desk.store, TODAY).figures
    small = tuple(row["figure_id"] for row in shown if row["value_low"] == 3)
    every = ids(desk.store, "people_safeguarded", published=False)
    names, reason = failed(desk.store, draft_of(desk.store, figures=every, protect=False, hidden=small))
    assert names == [DISCLOSED] and "1 to 7 February 2027: it is hidden and can only be 3" in reason
    assert failed(desk.store, draft_of(desk.store, figures=every)) == ([], "")


def test_the_rest_of_a_total_must_not_be_small_either(desk, made):
    """18 of the month's 20 are of one week: the other days have 2."""
    february = month(start_date="2027-02-01", end_date="2027-02-28", value_low=20, value_high=20, **RELEASE)
    desk.bring(made.figures(february, *weeks(18)))
    names, reason = failed(desk.store, draft_of(desk.store, "people_safeguarded", published=False, protect=False))
    assert names == [DISCLOSED] and reason.startswith("The rest of People safeguarded") and "can only be 2" in reason


def test_a_force_is_told_by_its_region(desk, made):
    region = month(area="East Midlands (EMSOU: 5 forces)", start_date="2027-02-01", end_date="2027-02-07", **RELEASE)
    desk.bring(made.figures({**region, "value_low": 16, "value_high": 16}, *weeks(14)))
    names, reason = failed(desk.store, draft_of(desk.store, "people_safeguarded", published=False, protect=False))
    assert names == [DISCLOSED] and "East Midlands" in reason and "can only be 2" in reason


def test_what_a_person_settled_decides_what_adds_up(desk, made):
    """Two operations of the same days: nobody knows whether one is inside the other until somebody says so."""
    both = weeks(20, **RELEASE), weeks(18)
    desk.bring(made.figures(both[0][0], {**both[1][0], "operation": "Lantern South"}))
    draft = draft_of(desk.store, "people_safeguarded", published=False, protect=False)
    assert failed(desk.store, draft) == ([], "")
    ((doubt, _),) = [one for one in operations.doubts(desk.store) if one[0].kind == double_counts.INSIDE]
    operations.settle(desk.store, doubt, "inside", "Asked the team")
    assert failed(desk.store, draft)[0] == [DISCLOSED]
    operations.settle(desk.store, doubt, "separate", "Asked again")
    assert failed(desk.store, draft) == ([], "")


def test_weeks_that_make_more_than_the_month_are_not_taken_to_be_in_it(desk, made):
    february = month(start_date="2027-02-01", end_date="2027-02-28", value_low=20, value_high=20, **RELEASE)
    desk.bring(made.figures(february, *weeks(21)))
    assert failed(desk.store, draft_of(desk.store, "people_safeguarded", published=False)) == ([], "")


def test_a_text_that_spells_out_a_hidden_count_fails(desk, made):
    desk.bring(made.figures(*rows()))
    draft = draft_of(desk.store, "children_safeguarded", "adults_safeguarded")
    for words in ("Officers safeguarded three children.", "14 adults were safeguarded."):
        names, reason = failed(desk.store, replace(draft, text=words))
        assert names == [DISCLOSED] and "gives a count that is not published" in reason
    for words in ("Children were safeguarded on 3 March.", "Officers spent three days in schools.", "14 towns took part."):
        assert failed(desk.store, replace(draft, text=words)) == ([], "")


def test_a_text_that_spells_out_a_count_that_was_not_chosen_fails(desk, made):
    """The adults are hidden since they would tell the children, who stand nowhere in the draft."""
    desk.bring(made.figures(*rows()))
    draft = draft_of(desk.store, "people_safeguarded", "adults_safeguarded")
    names, reason = failed(desk.store, replace(draft, text="The number of children safeguarded that week was 3."))
    assert names == [DISCLOSED] and reason.startswith("Text: '3' gives a count that is not published (Children safeguarded, ")
    assert failed(desk.store, replace(draft, text="Children were safeguarded that week.")) == ([], "")


@pytest.mark.parametrize(("words", "small"), [
    ("Officers met 30 people, three of them children.", "three of them children"),
    ("Seven came, 2 of whom were girls.", "2 of whom were girls"),
    ("Children: 4, adults: 27.", "Children: 4"), ("Referrals (two)", "Referrals (two"),
    ("They found one teenage girl at the address.", "one teenage girl"), ("2 vulnerable people were given help.", "2 vulnerable people"),
    ("There were four NRM referrals.", "four NRM referrals"), ("Two Vulnerable  young people came.", "Two Vulnerable young people"),
])
def test_a_small_count_of_persons_in_words_fails_though_no_figure_is_held_of_it(week, words, small):
    names, reason = failed(week.store, draft_of(week.store, "arrests", text=words))
    assert names == [DISCLOSED] and f"Text: '{small}' is a small count" in reason
    harmless = ("Officers spent two days with children.", "One in five children knew of it.", "They met 12 children.", "None of it.")
    for words in (*harmless, "Children: 40", "Victims (3%)"):
        assert failed(week.store, draft_of(week.store, "arrests", text=words)) == ([], "")


def test_a_figure_published_anew_does_not_close_the_gate_for_what_follows(desk, made):
    """The total of the first publication is too low for the adults that the second one gives: the two cannot both be."""
    desk.bring(made.figures(*rows(public=())), "first.csv")
    publish(desk.store, draft_of(desk.store, "children_safeguarded", "adults_safeguarded", "people_safeguarded"))
    second = made.figures(*(row | {"source": "Second"} for row in rows(children=20, adults=50, people=70, public=())))
    desk.bring(second, "second.csv")
    anew = [row["figure_id"] for row in publications.held(desk.store, TODAY).figures if row["source"] == "Second"]
    draft = draft_of(desk.store, figures=tuple(anew), revises="Late returns")
    assert failed(desk.store, draft) == ([], "")
    publish(desk.store, draft)
    assert failed(desk.store, replace(draft, revises="")) == ([], "")
    desk.bring(made.figures(*rows(30, 44, 74, public=(), operation="Torch")), "third.csv")
    torch = [row["figure_id"] for row in publications.held(desk.store, TODAY).figures if row["operation"] == "Torch"]
    assert failed(desk.store, draft_of(desk.store, figures=tuple(torch))) == ([], "")


def test_what_an_earlier_publication_hid_stays_protected(desk, made):
    """The first publication hides children and adults; the second would show the adults, and the total is public."""
    desk.bring(made.figures(*rows()))
    first = publish(desk.store, draft_of(desk.store, "children_safeguarded", "adults_safeguarded"))
    assert [one["printed"] for one in first.document["figures"]] == ["[c]", "[c]"]
    later = draft_of(desk.store, "adults_safeguarded", protect=False)
    names, reason = failed(desk.store, later)
    assert names == [DISCLOSED] and "can only be 3" in reason


def test_a_revision_by_a_small_count_fails_after_the_first_figure_was_withdrawn(desk, made):
    desk.bring(made.figures(*rows(children=20, adults=None, people=None, public=())))
    first = publish(desk.store, draft_of(desk.store, "children_safeguarded"))
    uploads.undo(desk.store, first.row["upload_id"])
    publications.withdraw(desk.store, 1, "Wrong week")
    desk.bring(made.figures(*rows(children=22, adults=None, people=None, public=()), {"value_low": 50, "value_high": 50}), "later.csv")
    draft = draft_of(desk.store, "children_safeguarded", revises="Counted again")
    names, reason = failed(desk.store, draft)
    assert names == [DISCLOSED] and "published as 20 on 27 November 2026 and 22 now, so that the difference, 2, is itself" in reason


# --- clashes --------------------------------------------------------------------------------------------------------


def reach_of(value, qualifier, low=True, **more):
    return {
        "measure": "campaign_reach", "area": FORCE, "campaign": "Trusted adults campaign", "unit": "people", "qualifier": qualifier,
        "value_low": value if low else "", "value_high": value, **more,
    }


def test_a_published_qualifier_that_is_lost_is_a_clash_with_both_values(desk, made):
    close = reach_of(220_000, "close to", low=False, published_wording="reached close to 220,000 people", source="March release")
    desk.bring(made.figures(close, reach_of(220_000, "exact", source="Recount")))
    draft = draft_of(desk.store, "campaign_reach", published=False)
    names, reason = failed(desk.store, draft)
    assert names == [CLASHES]
    assert "it is 220,000 here and was published as close to 220,000 (March release). The qualifier is lost or changed." in reason
    assert failed(desk.store, draft_of(desk.store, "campaign_reach", published=True)) == ([], "")
    assert failed(desk.store, replace(draft, revises="The platform's own count was published since.")) == ([], "")
    assert failed(desk.store, draft_of(desk.store, "campaign_reach"))[1].endswith("Choose one of the two.")


def test_another_value_is_a_clash_with_the_record_and_with_publications(week, made):
    publish(week.store, draft_of(week.store, "arrests"))
    base = {"area": FORCE, "qualifier": "exact", "source": "Second file", "measure": "arrests"}
    week.bring(made.figures({**base, "value_low": 80, "value_high": 80}), "second.csv")
    (other,) = [row["figure_id"] for row in publications.held(week.store, TODAY).figures if row["source"] == "Second file"]
    draft = draft_of(week.store, figures=(other,))
    names, reason = failed(week.store, draft)
    assert names == [CLASHES] and "it is 80 here and was published as 76 (Publication 1)." in reason
    revised = publish(week.store, replace(draft, revises="Late returns", supersedes=1))
    first = publications.entry(week.store, 1)
    assert (first.state, first.row["superseded_by"], first.row["reason"]) == ("superseded", 2, "Late returns")
    assert first.standing.startswith("Superseded by Publication 2 on ") and revised.standing == ""
    assert (first.marking, revised.marking) == ("OFFICIAL: NOT FOR USE", publishing.MARKING) and publishing.MARKING not in first.words
    assert failed(week.store, replace(draft, title="Again")) == ([], ""), "the standing publication says the same"
    assert failed(week.store, replace(draft, supersedes=1, revises="Once more"))[0] == [CLASHES]


def test_a_changed_qualifier_in_the_text_fails(desk, made):
    desk.bring(made.figures(reach_of(220_000, "close to", low=False, source="File")))
    draft = draft_of(desk.store, "campaign_reach", text="The campaign reached 220,000 people.")
    assert failed(desk.store, draft)[0] == [WORDED]
    assert failed(desk.store, replace(draft, text="The campaign reached close to 220,000 people.")) == ([], "")


# --- the ledger -----------------------------------------------------------------------------------------------------


def test_an_entry_keeps_what_was_approved_and_nothing_of_what_is_hidden(desk, made):
    desk.bring(made.figures(*rows(children=3, adults=1413, people=1416), reach_of(220_000, "close to", low=False, source="File")))
    draft = draft_of(desk.store, "children_safeguarded", "adults_safeguarded", "people_safeguarded", "campaign_reach")
    made_now = publish(desk.store, draft)
    again = publications.entry(desk.store, 1)
    assert again == made_now and again.whole and again.number == 1
    document = again.document
    assert document["marking"] == "OFFICIAL: cleared for publication"
    assert (document["title"], document["text"], document["day"]) == (draft.title, draft.text, "2026-11-27")
    assert [one["name"] for one in document["checks"]] == list(CHECKS)
    assert document["approvers"] == [{"role": role, "name": name} for role, name in ROLES.items()]
    assert [one["printed"] for one in document["figures"]] == ["[c]", "[c]", "1,416", "close to 220,000"]
    assert [(one["qualifier"], one["definition"]) for one in document["figures"][2:]] == [
        ("exact", "people_safeguarded"), ("close to", "campaign_reach"),
    ]
    (kept,) = desk.rows("select content, sha256 from publication")
    assert "1413" not in kept["content"] and "1,413" not in kept["content"]
    assert [cell for cell in document["release"]["cells"] if cell.get("low") == 3] == []
    assert kept["sha256"] == document["sha256"]


def test_words_to_copy_carry_qualifier_definition_period_source_and_caveat(desk, made):
    desk.bring(made.figures(*rows(), reach_of(220_000, "close to", low=False, source="File")))
    words = publish(desk.store, draft_of(desk.store, "children_safeguarded", "adults_safeguarded", "campaign_reach")).words
    lines = words.split("\n")
    assert lines[:2] == ["OFFICIAL: cleared for publication", "Publication 1, 27 November 2026"]
    start = lines.index("Campaign reach: close to 220,000")
    names = [line.strip().partition(":")[0] for line in lines[start + 1 : start + 8]]
    assert names == ["Qualifier", "Definition", "Of", "Period", "Status", "Source", "Caveat"]
    assert lines[start + 1] == "  Qualifier: close to" and "Reach is never added" in lines[start + 7]
    assert "Children safeguarded: [c]" in lines and "[c] confidential: withheld so that nobody can be identified" in lines
    assert "- Counts of the week as they stood on its last day." in lines


def test_recorded_figures_become_published_ones_with_an_undo_that_leaves_the_entry(week):
    draft = draft_of(week.store, "arrests", "warrants")
    entry = publish(week.store, draft)
    public = [row for row in publications.held(week.store, TODAY).figures if publishing.is_public(row)]
    assert {(row["measure"], row["value_low"], row["source"], row["published_wording"]) for row in public} == {
        ("arrests", 76, "Publication 1", "Arrests: 76"), ("warrants", 41, "Publication 1", "Warrants: 41"),
    }
    assert all(row["approved_by"].startswith("Priya Shah (Force communications); ") and row["as_of"] == TODAY for row in public)
    assert entry.standing == ""
    uploads.undo(week.store, entry.row["upload_id"])
    undone = publications.entry(week.store, 1)
    assert undone.document == entry.document and undone.whole
    assert undone.standing == "The import of its figures was undone: they are in this entry and not in the record of published figures."
    assert undone.standing in undone.words
    uploads.redo(week.store, entry.row["upload_id"])
    assert publications.entry(week.store, 1).standing == ""


def test_figures_that_were_published_already_are_not_imported_again(desk, made):
    desk.bring(made.figures(*rows(children=17, adults=10, people=27, public=("children", "adults", "people"))))
    before = desk.size()
    entry = publish(desk.store, draft_of(desk.store, "children_safeguarded", "adults_safeguarded"))
    after = desk.size()
    assert entry.row["upload_id"] is None and not entry.row["undone"]
    assert {name for name in after if after[name] != before[name]} == {"publication"}


def test_numbers_are_given_once_to_writers_of_one_moment(week):
    draft = draft_of(week.store, "arrests")
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(publish, week.store, replace(draft, title=f"Week {n}")) for n in range(4)]
        numbers = sorted(one.result().number for one in asked)
    assert numbers == [1, 2, 3, 4]
    assert [one.number for one in publications.entries(week.store)] == [4, 3, 2, 1]
    assert len({one.row["upload_id"] for one in publications.entries(week.store)} - {None}) == 1, "the figure became public once"


@pytest.mark.parametrize("breaks", [(marts, "take_in"), (campaigns, "append"), (publications, "_say")])
def test_a_publication_that_breaks_leaves_nothing(week, monkeypatch, breaks):
    publish(week.store, draft_of(week.store, "warrants"))
    before, shown = week.size(), week.marts()
    draft = draft_of(week.store, "arrests", supersedes=1, revises="A fuller one")
    monkeypatch.setattr(*breaks, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        publish(week.store, draft)
    monkeypatch.undo()
    assert (week.size(), week.marts()) == (before, shown)
    assert publish(week.store, draft).number == 2


def test_a_commit_that_fails_leaves_nothing(week, monkeypatch):
    """The disk is full at the last moment: the commit itself is refused."""
    before, shown = week.size(), week.marts()
    opened = type(week.store).cursor

    class Full:
        def __init__(self, cursor):
            self.cursor = cursor

        def execute(self, sql, *values):
            if sql == "commit":
                raise duckdb.IOException("IO Error: No space left on device")
            return self.cursor.execute(sql, *values)

        def __getattr__(self, name):
            return getattr(self.cursor, name)

    @contextmanager
    def full(self):
        with opened(self) as cursor:
            yield Full(cursor)

    draft = draft_of(week.store, "arrests")
    monkeypatch.setattr(type(week.store), "cursor", full)
    with pytest.raises(StoreUnavailable, match="The disk is full, so nothing was stored"):
        publish(week.store, draft)
    monkeypatch.undo()
    assert (week.size(), week.marts()) == (before, shown)
    assert publish(week.store, draft).number == 1


def test_what_changed_since_it_was_looked_at_is_not_published(week):
    draft = draft_of(week.store, "arrests")
    seen = publishing.fingerprint(draft, publishing.lay_out(draft, publications.held(week.store, TODAY)))
    with pytest.raises(Usage, match="has changed since it was looked at"):
        publications.publish(week.store, replace(draft, text="Other words."), seen, TODAY)
    assert publications.publish(week.store, draft, seen, TODAY).document["sha256"] == seen


def test_an_entry_that_was_tampered_with_says_so(week):
    publish(week.store, draft_of(week.store, "arrests"))
    with week.store.transaction() as cursor:
        cursor.execute("update publication set content = replace(content, '76', '67')").fetchall()
    entry = publications.entry(week.store, 1)
    assert not entry.whole and "DAMAGED" in entry.standing and entry.words.startswith("OFFICIAL: NOT FOR USE\n")


def test_withdrawing_and_superseding_are_rows_added_with_a_reason(week):
    for title in ("One", "Two"):
        publish(week.store, draft_of(week.store, "arrests", published=False, title=title))
    with pytest.raises(Usage, match="no reason is given"):
        publications.withdraw(week.store, 1, " ")
    assert publications.supersede(week.store, 1, 2, "A fuller one", "J. Doe") == (
        "Publication 1: superseded by Publication 2. It stays in the ledger, marked."
    )
    publications.withdraw(week.store, 2, "Wrong week", "J. Doe")
    with pytest.raises(Usage, match="it is withdrawn already"):
        publications.withdraw(week.store, 2, "Again")
    with pytest.raises(Usage, match="no later one in force"):
        publications.supersede(week.store, 1, 2, "Again")
    with pytest.raises(Usage, match="there is none of that number"):
        publications.entry(week.store, 3)
    assert [(one.number, one.state, one.row["said_by"]) for one in publications.entries(week.store)] == [
        (2, "withdrawn", "J. Doe"), (1, "superseded", "J. Doe"),
    ]
    acts = [row["act"] for row in week.rows("select act from audit where subject like 'Publication%' order by recorded_at")]
    assert acts == ["imported", "published", "published", "superseded publication", "withdrew publication"]


def test_every_measure_has_a_definition_that_a_publication_can_print():
    assert set(MEASURE) <= set(ENTRY)


# --- the page and the command line ----------------------------------------------------------------------------------

WEEK = "County Lines Intensification Week, 11 to 17 October 2021"


@pytest.fixture
def outcomes(bring, made):  # noqa: F811
    """Outcomes of a week that were recorded and not published, with a small count of children and hostile words."""
    base = {"area": FORCE, "operation": "Lantern", "qualifier": "exact", "source": "Operation outcomes file"}
    bring(made.figures(
        {**base, "measure": "arrests", "value_low": 76, "value_high": 76},
        {**base, "measure": "warrants", "value_low": 41, "value_high": 41, "source": HOSTILE},
        *(row | base for row in rows(public=())),
    ), "week.csv")


def states(page):
    said = [row["Check"].partition(": ") for row in page.table("Check", "Why, and what to do")]
    return {name: state for state, _, name in said}


def set_by_label(page, kind, words, value):
    (one,) = [one for one in page.at.get(kind) if words in one.label]
    one.set_value(value)


def write(page):
    page.pick("publish-of-Leicestershire Police", "Lantern")
    page.press("Choose all of it")
    set_by_label(page, "text_input", "Title", f"A week {HOSTILE}")
    set_by_label(page, "text_area", "Text of the release", TEXT)
    set_by_label(page, "text_area", "Caveats", "Counts of the week.\n\nOf the force alone.")
    set_by_label(page, "selectbox", "Status of the figures", "provisional")
    set_by_label(page, "text_input", "Force communications", "Priya Shah")
    return page.run()


def test_a_whole_publication_on_the_page(show, known, outcomes):  # noqa: F811
    page = show("publish")
    assert set(states(page)) == set(CHECKS) and page.at.get_by_key("publish-it").disabled
    page = write(page)
    assert {name for name, state in states(page).items() if state != "✓ Passed"} == {APPROVED}
    assert page.at.get_by_key("publish-it").disabled
    printed = {row["Figure"]: row["Value"] for row in page.table("Figure", "Value", "Counted in")}
    assert printed == {
        "Arrests": "76", "Warrants": "41", "Children safeguarded": "[c]", "Adults safeguarded": "[c]", "People safeguarded": "17",
    }
    assert "[c] confidential: withheld so that nobody can be identified" in page.words and publishing.DRAFT_MARKING in page.words
    why = page.table("Hidden", "Why, and what a reader can tell of it")
    assert [row["Why, and what a reader can tell of it"] for row in why] == ["small count; 0 to 17", "protects another; 0 to 17"]
    set_by_label(page, "text_input", "Police and Crime Commissioner", "Tom Ellis")
    page.run()
    assert set(states(page).values()) == {"✓ Passed"} and "8 of 8 passed" in page.words
    page.press("Publish it")
    assert "Publication 1 is in the ledger." in page.words and page.at.query_params["entry"] == "1"
    (row,) = page.table("Publication", "State", "Hidden")
    assert (row["State"], row["Figures"], row["Hidden"]) == ("published", "5", "2")
    (copied,) = [one.value for one in page.at.code]
    assert copied == publications.entry(known(), 1).words and "Arrests: 76" in copied
    given = {row["figure"]: row for row in page.data("Figures as CSV")}
    assert given["Children safeguarded"]["value"] == "[c]" and given["Arrests"]["caveat"].endswith("not official statistics.")
    assert not {"img", "script"} & page.tags and not any(HOSTILE in one.value for one in page.at.markdown)
    (upload,) = [row for row in known().rows("pages/uploads") if row["file_name"].startswith("Publication 1,")]
    assert upload["rows_kept"] == 3 and f"/sources?upload={upload['upload_id']}" in page.links


def test_the_page_says_what_is_wrong_while_it_is_written(show, outcomes):  # noqa: F811
    page = write(show("publish"))
    set_by_label(page, "text_area", "Text of the release", "The campaign led to 76 arrests.")
    page.run()
    assert states(page)[WORDED] == "✗ Not yet" and "Check the wording:" in page.words
    set_by_label(page, "toggle", "Hide small counts", False)
    page.run()
    assert states(page)[DISCLOSED] == "✗ Not yet" and "it is shown and is 3 (small count). Hide it." in page.words


def test_a_draft_survives_a_look_at_the_ledger(show, outcomes):  # noqa: F811
    page = write(show("publish"))
    page.pick("publish-part", "Ledger")
    assert "Nothing was published yet." in page.words
    page.pick("publish-part", "New publication")
    assert next(one.value for one in page.at.text_area if "Text of" in one.label) == TEXT
    assert {name for name, state in states(page).items() if state != "✓ Passed"} == {APPROVED}


def test_entries_are_opened_by_address_withdrawn_and_superseded_on_the_page(show, known, outcomes):  # noqa: F811
    today = clock.today()
    for title in ("One", "Two", "Three"):
        publications.publish(known(), replace(draft_of(known(), figures=ids(known(), "arrests")[-1:], title=title), day=today))
    page = show("publish", entry="2")
    assert "Publication 2: Two" in page.words
    page.at.get_by_key("publish-by-2").set_value(3)
    page.run()
    page.press("Supersede it")
    assert "no reason is given" in page.words
    page.at.get_by_key("publish-why-2").set_value("Counted again " + HOSTILE)
    page.press("Supersede it")
    assert "Publication 2: superseded by Publication 3." in page.words
    page = show("publish", entry="1")
    page.at.get_by_key("publish-why-1").set_value("Wrong week")
    page.press("Withdraw it")
    assert [row["State"] for row in page.table("Publication", "State")] == ["published", "superseded by 3", "withdrawn"]
    assert "OFFICIAL: NOT FOR USE. Withdrawn on " in page.words and not {"img", "script"} & page.tags


def test_the_shipped_record_can_be_published_as_it_was(show, known):  # noqa: F811
    held = [row for row in publications.held(known()).figures if row["operation"] == WEEK]
    draft = replace(draft_of(known(), figures=tuple(row["figure_id"] for row in held)), day=clock.today())
    made = publications.publish(known(), draft)
    assert made.row["upload_id"] is None and len(made.document["figures"]) == len(held) > 2


def test_on_the_command_line(desk, made, capsys, monkeypatch):
    from reach import commands, editions

    monkeypatch.setattr(editions, "opened", lambda _: desk.store)
    assert commands.run(["publications"]) == 0 and capsys.readouterr().out == "Nothing was published yet.\n"
    desk.bring(made.figures(*rows()))
    entry = publish(desk.store, draft_of(desk.store, "children_safeguarded", "adults_safeguarded", "people_safeguarded"))
    assert commands.run(["publications"]) == 0
    assert capsys.readouterr().out.splitlines()[1].split()[:2] == ["1", "2026-11-27"]
    assert commands.run(["publications", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["number"], row["state"], row["figures"], row["hidden"], row["whole"]) == (1, "published", 3, 2, True)
    assert commands.run(["publications", "1"]) == 0 and capsys.readouterr().out == entry.words + "\n"
    assert commands.run(["publications", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["content"] == entry.document
    assert commands.run(["publications", "7"]) == 2 and "there is none of that number" in capsys.readouterr().err


def test_a_total_that_names_no_operation_and_its_operations_are_one_table(desk, made):
    """12 less 10 would be the 2 that is hidden."""
    base = {"area": FORCE, "qualifier": "exact", "source": "log", "measure": "children_safeguarded"}
    found = ((None, 12), ("Lantern", 10), ("Beacon", 2))
    desk.bring(made.figures(*({**base, "operation": name or "", "value_low": count, "value_high": count} for name, count in found)))
    laid = publishing.lay_out(draft_of(desk.store, "children_safeguarded"), publications.held(desk.store, TODAY))
    printed = {row["operation"]: laid.printed(row) for row in laid.rows}
    assert printed["Beacon"] == "[c]" and "[c]" in (printed[None], printed["Lantern"])


def test_parts_of_lines_are_protected_as_the_public_view_protects_them(desk, made):
    base = {"area": "Chester", "qualifier": "exact", "source": "log", "operation": "Lantern"}
    found = (("lines_closed", 12), ("lines_closed_type_1", 10), ("lines_closed_type_2", 2))
    desk.bring(made.figures(*({**base, "measure": measure, "value_low": count, "value_high": count} for measure, count in found)))
    draft = draft_of(desk.store, *(measure for measure, _ in found))
    laid = publishing.lay_out(draft, publications.held(desk.store, TODAY))
    printed = {row["measure"]: laid.printed(row) for row in laid.rows}
    assert printed["lines_closed_type_2"] == "[c]" and "[c]" in (printed["lines_closed"], printed["lines_closed_type_1"])


def test_what_a_publication_hides_is_hidden_in_the_public_view(week):
    """A count that is not small, hidden by hand, would otherwise stand in the public view."""
    seen = week.store.seen_as("public")

    def shown():
        return {row["measure"]: row["value_low"] for row in seen.rows("pages/figures") if row["area"] == FORCE}

    assert shown() == {"arrests": 76, "warrants": 41}
    publish(week.store, draft_of(week.store, "arrests", "warrants", hidden=ids(week.store, "warrants")))
    assert shown() == {"arrests": 76, "warrants": None}
