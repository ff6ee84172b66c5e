"""Two views of one store: what the public one never lets out, by whatever way it is asked.

What is planted is found wherever it stands: the threshold is raised, so that the hidden counts are numbers that nothing else here has.
Children and adults make the people that are shown, so that either would tell the other.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reach import campaigns, claims, commands, editions, operations, originals, public, queries, settings, uploads, withholding
from reach.errors import NotAllowed, Usage
from reach.marts import MARTS
from reach.store import Store
from reach.tables import TABLES
from reach.views import HIDDEN, PUBLIC

FORCE = settings.FORCE
RAISED = {"suppress_below_children": 65_000}
CHILDREN, ADULTS, PEOPLE, REGION = 61_207, 70_014, 131_221, 400_000
# The hidden counts, what they superseded, and their shares of the people shown and of the region's children.
PLANTED = re.compile(r"61[,_ ]?20[67]|70[,_ ]?014|131[,_ ]?220|(46\.6|53\.4|15\.3)\d*%|Zephyrine")
# Digits that hold any number by chance: identities, fingerprints and fractions of a second.
BY_CHANCE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|[0-9a-f]{32,}|\bfile [0-9a-f]{8}\b|\d\d:\d\d:\d\d(\.\d+)?")
# Stands in every text that is not for the public.
SECRET = "Zephyrine"
BASE = {"area": FORCE, "operation": "Op Planted", "qualifier": "exact", "unit": f"{SECRET} unit", "source": f"{SECRET} log"}

# Of a figure that was published the publication's words are shown, and our own note on it is not.
PUBLISHED = {"operation": "Op Told", "source": "https://example.org/told", "date_note": "", "unit": "", "status": "final"}


def figure(measure: str, value: int | None, **cells: Any) -> dict[str, Any]:
    own = {"note": f"{SECRET} note", "status": "provisional", "date_note": f"{SECRET} date note"}
    return {**BASE, **own, "measure": measure, "value_low": value, "value_high": value, **cells}


def plant(desk: Any, made: Any) -> None:
    """Puts a small count of children into a store, what it can be worked out from, and a trace of it into every table that can hold one."""
    store = desk.store
    desk.bring(made.figures(figure("people_safeguarded", PEOPLE - 1), figure("children_safeguarded", CHILDREN - 1)), f"{SECRET} a.csv")
    desk.bring(
        made.figures(
            figure("people_safeguarded", PEOPLE),
            figure("children_safeguarded", CHILDREN),
            figure("adults_safeguarded", ADULTS),
            figure("arrests", 812),
            figure("children_safeguarded", REGION, area=settings.Settings(Path()).around[0]),
            figure("nrm_referrals", 40, operation="Op Shown"),
        ),
        f"{SECRET} b.csv",
    )
    desk.bring(
        made.figures(
            figure("arrests", 76, published_wording="76 arrests", **PUBLISHED),
            figure("children_safeguarded", 2, published_wording="two children", **PUBLISHED),
        ),
        "told.csv",
    )
    campaigns.create(
        store,
        {
            "campaign": "Lantern", "start_date": date(2025, 6, 30), "end_date": date(2025, 7, 6), "networks": "facebook",
            "objective": SECRET, "note": SECRET, "budget": 70_014, "status": "ended", "source": SECRET,
            **dict.fromkeys(("baseline", "impact", "also_changed", "learning"), SECRET),
        },
        [],
    )
    for number, (doubt, _) in enumerate(operations.doubts(store)):
        operations.settle(store, doubt, "beyond", f"{SECRET} {number}")
    desk.bring(made.facebook(made.post(1, Reach=500, Views=900)), "march.csv")


@pytest.fixture(scope="module")
def planted(a_desk: Any, made: Any) -> Any:
    with a_desk(**RAISED) as desk:
        plant(desk, made)
        yield desk


SOME = ("pages/figures", "pages/figure", "charts/figures", "pages/operation_figures", "pages/uploads", "pages/audit")
OF_CAMPAIGNS = ("pages/campaigns", "pages/campaign_evaluation")


def everything(store: Store, planted: Any, only: tuple[str, ...] | None = None) -> dict[str, str]:
    """Every named query with every value that what is held makes plausible, as one text each."""
    held = planted.store
    figures = held.rows("pages/figures")
    values: dict[str, list[Any]] = {
        "upload_id": [str(row["upload_id"]) for row in held.rows("pages/uploads")],
        "figure_id": [row["figure_id"] for row in figures],
        "operation": [None, *sorted({row["operation"] for row in figures})],
        "area": [FORCE, settings.Settings(Path()).around[0]],
        "campaign": [None, "Lantern"],
        "measures": [sorted({row["measure"] for row in figures})],
        "uploads": [[str(row["upload_id"]) for row in held.rows("pages/uploads")]],
        "most_rows": [500],
        "first_day": [date(2025, 6, 30)],
        "last_day": [date(2025, 7, 6)],
        "sha256": [row["sha256"] for row in held.rows("pages/uploads")],
        "format": ["figures"],
        "tables": [["figure", "account_day"]],
        "networks": [["facebook"]],
    }
    answers = {}
    for name in only or [name for name in queries.names() if not name.startswith("steps/")]:
        query = queries.load(name)
        asked: list[dict[str, Any]] = [{}]
        for one in query.parameters:
            asked = [{**before, one: value} for before in asked for value in values.get(one, [None])]
        for how in [*asked, {}]:
            try:
                rows = store.rows(name, **how)
            except Usage:
                continue
            answers[f"{name} {how}"] = json.dumps(rows, default=str, ensure_ascii=False)
    return answers


def leaks(answers: dict[str, str]) -> list[str]:
    """Where something planted was found, with what stands around it."""
    told = {name: BY_CHANCE.sub("", text) for name, text in answers.items()}
    found = {name: PLANTED.search(text) for name, text in told.items()}
    return [f"{name}: {told[name][max(one.start() - 200, 0) : one.end() + 200]}" for name, one in found.items() if one]


# --- the store as the public sees it ------------------------------------------------------------------------------------


def test_no_named_query_lets_a_hidden_value_out(planted: Any) -> None:
    assert leaks(everything(planted.store.seen_as(PUBLIC), planted)) == []


def test_the_same_questions_find_it_in_the_working_view(planted: Any) -> None:
    assert {one.split()[0] for one in leaks(everything(planted.store, planted, SOME + OF_CAMPAIGNS))} == {*SOME, *OF_CAMPAIGNS}


def test_without_suppression_the_public_view_would_let_it_out(planted: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def everything_shown(rows: Any, *_: Any) -> withholding.Seen:
        return withholding.Seen(tuple((str(row["upload_id"]), row["record_no"], row["measure"]) for row in rows if row["recorded"]))

    with monkeypatch.context() as patched:
        patched.setattr(withholding, "seen", everything_shown)
        with planted.store.transaction() as cursor:
            public.make_figures(cursor)
    try:
        assert {one.split()[0] for one in leaks(everything(planted.store.seen_as(PUBLIC), planted, SOME[:4]))} == {*SOME[:4]}
    finally:
        with planted.store.transaction() as cursor:
            public.make_figures(cursor)


def shown(store: Store) -> dict[tuple[str, str], Any]:
    return {
        (row["operation"], row["measure"]): HIDDEN if row["qualifier"] == HIDDEN else row["value_low"]
        for row in store.seen_as(PUBLIC).rows("pages/figures", area=FORCE)
    }


def test_what_is_hidden_and_what_is_shown(planted: Any) -> None:
    assert shown(planted.store) == {
        ("Op Planted", "people_safeguarded"): PEOPLE,
        ("Op Planted", "children_safeguarded"): HIDDEN,
        ("Op Planted", "adults_safeguarded"): HIDDEN,
        ("Op Planted", "arrests"): 812,
        ("Op Shown", "nrm_referrals"): 40,
        ("Op Told", "arrests"): 76,
        ("Op Told", "children_safeguarded"): 2,
    }


def test_every_table_has_a_twin_and_every_query_stays_within_them(planted: Any) -> None:
    made_of = {*(table.name for table in TABLES), *MARTS, *queries.FACTS, *queries.OVER_MARTS}
    twins = {row["name"] for row in planted.rows("select table_name as name from duckdb_tables() where schema_name = 'public'")}
    twins |= {row["name"] for row in planted.rows("select view_name as name from duckdb_views() where schema_name = 'public'")}
    assert made_of <= twins
    for name in queries.names():
        assert not re.search(r"\b(main|reach|public|information_schema)\.|duckdb_|pg_", queries.load(name).text), name


def test_a_twin_has_the_columns_of_its_table(planted: Any) -> None:
    def columns(schema: str) -> dict[str, list[tuple[str, str]]]:
        rows = planted.rows(f"""select table_name, column_name, data_type from duckdb_columns()
            where database_name = 'reach' and schema_name = '{schema}' order by table_name, column_index""")
        found: dict[str, list[tuple[str, str]]] = {}
        for row in rows:
            found.setdefault(row["table_name"], []).append((row["column_name"], row["data_type"]))
        return found

    main, twins = columns("main"), columns("public")
    assert {name: held for name, held in twins.items() if name != "limits"} == main


def test_nothing_is_written_in_the_public_view(planted: Any) -> None:
    seen = planted.store.seen_as(PUBLIC)
    upload = str(planted.store.rows("pages/uploads")[0]["upload_id"])
    before = planted.size()
    for act in (
        lambda: uploads.undo(seen, upload),
        lambda: claims.undoing(seen, upload),
        lambda: campaigns.create(seen, {"campaign": "Other"}, []),
        lambda: editions.load_sample(seen),
    ):
        with pytest.raises(NotAllowed, match="The public view is for reading"):
            act()
    assert planted.size() == before
    assert seen.seen_as("working") is seen


def test_no_original_is_given_out(planted: Any) -> None:
    for row in planted.store.rows("pages/uploads"):
        with pytest.raises(Usage, match="keeps no file"):
            originals.content(planted.store.seen_as(PUBLIC), row["sha256"])


def test_the_views_remember_their_answers_apart(planted: Any) -> None:
    asked = {"area": FORCE, "measures": ["children_safeguarded"], "operation": "Op Planted"}
    for _ in range(2):
        (whole,) = planted.store.rows("charts/figures", **asked)
        (seen,) = planted.store.seen_as(PUBLIC).rows("charts/figures", **asked)
        assert (whole["value_low"], seen["value_low"], seen["qualifier"]) == (CHILDREN, None, HIDDEN)
    assert planted.store.seen_as(PUBLIC).frame("charts/figures", **asked)["value_low"].isna().all()
    assert planted.store.remembered("kept", lambda: "whole") == "whole"
    assert planted.store.seen_as(PUBLIC).remembered("kept", lambda: "seen") == "seen"


# --- what changes with the store ----------------------------------------------------------------------------------------


def test_imports_undo_redo_and_settlements_keep_the_public_view_up_to_date(desk: Any, made: Any) -> None:
    def op(measure: str, value: int, **cells: Any) -> dict[str, Any]:
        return {"area": FORCE, "operation": "Op", "measure": measure, "value_low": value, "value_high": value, "source": "log", **cells}

    first = desk.bring(made.figures(op("people_safeguarded", 17), op("adults_safeguarded", 14)), "a.csv")
    # 17 less 14 would tell of three children whom no figure counts.
    assert shown(desk.store) == {("Op", "people_safeguarded"): 17, ("Op", "adults_safeguarded"): HIDDEN}
    uploads.undo(desk.store, first.upload_id)
    assert shown(desk.store) == {}
    uploads.redo(desk.store, first.upload_id)
    assert shown(desk.store)["Op", "adults_safeguarded"] == HIDDEN
    # Published, it is shown as published, and nothing recorded beside it; what is given away by then cannot be helped by hiding it.
    desk.bring(made.figures(op("adults_safeguarded", 14, source="https://example.org", published_wording="14 adults")), "b.csv")
    assert shown(desk.store) == {("Op", "people_safeguarded"): HIDDEN, ("Op", "adults_safeguarded"): 14}


def test_a_superseded_figure_that_was_published_stays_shown_and_its_recorded_successor_does_not(desk: Any, made: Any) -> None:
    row = {"area": FORCE, "operation": "Op", "measure": "arrests", "source": "log", "qualifier": "exact"}
    desk.bring(made.figures({**row, "value_low": 20, "value_high": 20, "published_wording": "20 arrests", "as_of": "2025-07-07"}), "a.csv")
    desk.bring(made.figures({**row, "value_low": 22, "value_high": 22, "as_of": "2025-07-08"}), "b.csv")
    assert [row["value_low"] for row in desk.store.rows("pages/figures")] == [22]
    seen = desk.store.seen_as(PUBLIC)
    assert shown(desk.store) == {("Op", "arrests"): 20}
    assert [one["value_low"] for one in seen.rows("pages/operation_statements", operation="Op", area=FORCE)] == [20]


def test_other_thresholds_make_the_public_view_anew(desk: Any, made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"area": FORCE, "operation": "Op", "measure": "arrests", "value_low": 7, "value_high": 7, "source": "log"}
    desk.bring(made.figures(row), "a.csv")
    assert shown(desk.store) == {("Op", "arrests"): 7}
    desk.store.close()
    monkeypatch.setenv("REACH_SUPPRESS_BELOW_ENFORCEMENT", "10")
    again = Store(settings.load(Path(desk.settings.store)))
    try:
        assert shown(again) == {("Op", "arrests"): HIDDEN}
    finally:
        again.close()


# --- which figures are hidden -------------------------------------------------------------------------------------------

LIMITS = settings.Settings(Path("unused"))


def seen_of(*rows: dict[str, Any], relations: Any = (), limits: Any = LIMITS) -> dict[int, bool]:
    """Whether each recorded figure, by its place among ``rows``, is hidden; those that are not there at all are left out."""
    base = {
        **dict.fromkeys(withholding.WHAT), "area": FORCE, "operation": "Op", "start_date": date(2025, 6, 2), "end_date": date(2025, 6, 8),
        "sample": False, "qualifier": "exact", "upload_id": "u", "recorded": True,
    }
    said = [{**base, "record_no": place, "value_high": row["value_low"], **row} for place, row in enumerate(rows)]
    found = withholding.seen(said, relations, limits, FORCE, LIMITS.around)
    return {record: False for _, record, _ in found.shown} | {record: True for _, record, _ in found.hidden}


def of(measure: str, value: int, **cells: Any) -> dict[str, Any]:
    return {"measure": measure, "value_low": value, **cells}


def week(number: int) -> dict[str, Any]:
    return {"start_date": date(2025, 6, 1 + 7 * number), "end_date": date(2025, 6, 7 + 7 * number)}


def test_a_total_that_names_no_operation_tells_no_part_of_it():
    """12 of a force less the 10 of one operation would be 2 of whatever else there was."""
    rows = (of("children_safeguarded", 12, operation=None), of("children_safeguarded", 10), of("children_safeguarded", 2, operation="B"))
    found = seen_of(*rows)
    assert found[2] and (found[0] or found[1])
    of_campaigns = [{**row, "operation": "Op", "campaign": name} for row, name in zip(rows, (None, "X", "Y"), strict=True)]
    assert seen_of(*of_campaigns)[2]


@pytest.mark.parametrize(
    ("rows", "hidden"),
    [
        ([of("children_safeguarded", 4)], {0: True}),
        ([of("children_safeguarded", 5)], {0: False}),
        ([of("children_safeguarded", 0)], {0: False}),
        ([of("arrests", 1)], {0: False}),
        ([of("arrests", 1, area="Leicester city centre")], {0: True}),
        ([of("arrests", 1, area=None)], {0: True}),
        ([of("nrm_referrals", 2, area="UK")], {0: True}),
        # Published: it is not asked about, and a recorded statement of its fact is not there.
        ([of("children_safeguarded", 4, recorded=False), of("children_safeguarded", 3)], {}),
        # A published part and a published total give a child away, whatever is hidden.
        (
            [
                of("people_safeguarded", 17, recorded=False),
                of("adults_safeguarded", 14, recorded=False),
                of("children_safeguarded", 3),
            ],
            {2: True},
        ),
        # Statements that differ are not for the public, nor is what they are part of.
        ([of("people_safeguarded", 60), of("people_safeguarded", 61, upload_id="v"), of("adults_safeguarded", 30)], {0: True, 2: True}),
        # Areas of the force that make up its total, and such as leave a small rest.
        (
            [of("people_referred", 23), of("people_referred", 20, area="City"), of("people_referred", 3, area="Rutland")],
            {0: False, 1: True, 2: True},
        ),
        ([of("people_referred", 23), of("people_referred", 20, area="City")], {0: False, 1: True}),
        # Weeks that make up a month, and a week that leaves little of it.
        (
            [
                of("people_referred", 42, start_date=date(2025, 6, 1), end_date=date(2025, 6, 21)),
                of("people_referred", 20, **week(0)),
                of("people_referred", 20, **week(1)),
                of("people_referred", 2, **week(2)),
            ],
            {0: False, 1: False, 2: True, 3: True},
        ),
    ],
)
def test_which_recorded_figures_are_hidden(rows: list[dict[str, Any]], hidden: dict[int, bool]) -> None:
    found = seen_of(*rows)
    if len(rows) == 4:  # either of the two equal weeks may protect the small one
        assert (found[0], found[3], sorted((found[1], found[2]))) == (False, True, [False, True])
    else:
        assert found == hidden


def test_figures_settled_to_be_the_same_are_hidden_together() -> None:
    city, total = {"area": "City"}, of("people_referred", 23)
    rows = [of("people_referred", 20, **city), of("people_referred", 20, **city, operation="Other")]
    rows.append(of("people_referred", 3, area="Rutland"))
    base = {"operation": "Op", "start_date": "2025-06-02", "end_date": "2025-06-08"}
    facts = [[{**base, **one}.get(name) for name in withholding.WHAT] for one in rows[:2]]
    assert seen_of(*rows, total) == {0: True, 1: False, 2: True, 3: False}
    found = seen_of(*rows, total, relations=[{"facts": json.dumps(facts), "settled": "same"}])
    assert found[2] and (found[3] or (found[0] and found[1]))


def test_beyond_the_bounds_of_the_work_nothing_small_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [of("people_safeguarded", 170), of("adults_safeguarded", 90), of("children_safeguarded", 80), of("arrests", 3)]
    assert seen_of(*rows) == dict.fromkeys(range(4), False)
    monkeypatch.setattr(withholding, "MOST_TABLES", 0)
    assert seen_of(*rows) == {0: True, 1: True, 2: True, 3: False}


# --- the command line ---------------------------------------------------------------------------------------------------


@pytest.fixture
def command(planted: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command on the planted store in this process, and gives its exit code, stdout and stderr."""
    monkeypatch.setattr(editions, "opened", lambda _: planted.store)
    monkeypatch.setattr(commands._opening, "open_store", lambda _: planted.store)

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            code = commands.run([*arguments, "--store", str(planted.settings.store)])
        except SystemExit as end:
            code = int(str(end.code or 0))
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


READ = (
    ("uploads",),
    ("campaigns",),
    ("formats",),
    *(("query", "pages/figures", *how) for how in ((), ("--format", "csv"), ("--format", "json"), ("--format", "json", "--provenance"))),
    ("query", "charts/figures", "--set", f"area={FORCE}", "--set", "measures=children_safeguarded,adults_safeguarded"),
    ("query", "pages/operation_figures", "--set", "operation=Op Planted", "--provenance", "--format", "json"),
    ("query", "pages/operation_statements", "--set", "operation=Op Planted", "--set", f"area={FORCE}"),
    ("query", "pages/settlements"),
    ("query", "pages/audit", "--set", "most_rows=500"),
    ("query", "facts/audit"),
    ("query", "marts/figure_current"),
)


@pytest.mark.parametrize("arguments", READ, ids=" ".join)
def test_no_command_lets_a_hidden_value_out(command: Any, arguments: tuple[str, ...]) -> None:
    code, out, err = command(*arguments, "--view", "public")
    assert code == 0
    assert leaks({"out": out, "err": err}) == []
    if arguments[0] != "formats":
        assert err.startswith("Public view: small counts hidden. [c] means withheld")
    if "json" in arguments:
        json.loads(out)
    if arguments[:2] == ("query", "pages/figures"):
        assert HIDDEN in out
        assert leaks({"out": command(*arguments)[1]})


def test_the_working_view_says_what_it_is_beside_the_answer(command: Any) -> None:
    code, out, err = command("uploads", "--json")
    assert (code, err) == (0, "Working view: OFFICIAL-SENSITIVE\n")
    assert {row["file"] for row in json.loads(out)} >= {"told.csv", "march.csv"}


@pytest.mark.parametrize(
    "arguments",
    [("undo", "abcd"), ("redo", "abcd"), ("ingest", "a.csv"), ("check", "a.csv"), ("campaigns", "a.csv"), ("sample", "load"), ("rebuild",)],
    ids=" ".join,
)
def test_commands_that_act_refuse_in_the_public_view(command: Any, arguments: tuple[str, ...]) -> None:
    code, out, err = command(*arguments, "--view", "public")
    assert (code, out) == (6, "")
    assert err == "reach: The public view is for reading: nothing is imported, changed or undone in it. Use the working view.\n"


def test_an_installation_fixed_to_the_public_view_shows_no_more(command: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REACH_VIEW", "public")
    assert command("query", "pages/figures")[2].startswith("Public view")
    assert command("undo", "abcd")[0] == 6
    code, out, err = command("query", "pages/figures", "--view", "working")
    assert (code, out) == (6, "") and "public view alone" in err
    monkeypatch.setenv("REACH_VIEW", "all")
    assert command("uploads")[:2] == (2, "")
