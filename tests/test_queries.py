"""Every SQL file: described, bound by declared names only, and runs on a new store. That none adds people: see test_nothing_adds_reach."""

from __future__ import annotations

import re

import duckdb
import pytest

from reach import campaigns, editions, marts, queries, settings, store, uploads
from reach.campaigns import Rule
from reach.formats import all_formats

# A parameter that is a list says so where it is used.
LISTED = re.compile(r"\b(?:list_contains|list_has_any|unnest|len)\((?:cast\()?\$([a-z_]+)")


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    known = settings.load(tmp_path_factory.mktemp("queries") / "reach.duckdb")
    yield editions.opened(known)
    store.close()


def test_there_are_queries_and_each_fact_and_mart_has_its_file():
    facts = {f"facts/{name}" for name in (*queries.FACTS, *queries.OVER_MARTS)}
    assert {name for name in queries.names() if name.startswith("facts/")} == facts
    assert {name for name in queries.names() if name.startswith("marts/")} == {f"marts/{name}" for name in marts.MARTS}


@pytest.mark.parametrize("name", queries.names())
def test_opening_comment_states_the_grain(name):
    words = queries.load(name).words
    assert re.search(r"Grain: one row\b", words), f"{name}: its opening comment does not say 'Grain: one row ...'"
    assert len(words.split("Grain:")[0]) > 15, f"{name}: its opening comment does not say what it answers"


@pytest.mark.parametrize("name", queries.names())
def test_binds_declared_names_only(name):
    """No positional parameters, which would bind by chance; one statement a file; facts bind nothing."""
    query = queries.load(name)
    (statement,) = duckdb.extract_statements(query.text)
    assert statement.type == duckdb.StatementType.SELECT
    assert set(statement.named_parameters) == set(query.parameters)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", one) for one in query.parameters)
    # A mart may be asked for what one upload brings of it.
    if name.startswith(("facts/", "marts/")):
        assert set(query.parameters) <= ({"upload"} if name.startswith("marts/") else set())


@pytest.mark.parametrize("name", queries.names())
def test_runs_on_a_new_store_whatever_is_not_said(held, name):
    query = queries.load(name)
    held.rows(name)
    held.rows(name, **{one: [] for one in LISTED.findall(query.text)})
    assert [str(column) for column in held.frame(name).columns] == list(dict.fromkeys(held.frame(name).columns))


@pytest.mark.parametrize("thing", ["operation", "campaign"])
def test_what_is_recorded_of_a_thing_now_is_said_once(thing):
    asked = re.compile(rf"\b(?:from|join) {thing}\b")
    elsewhere = {"facts/audit", "pages/campaigns_since", "pages/campaign_evaluation"}  # every version is told there
    assert {name for name in queries.names() if asked.search(queries.load(name).text)} - elsewhere == {f"facts/{thing}_current"}


# --- made-up figures and posts never count as real -----------------------------------------------------------------

FORCE = "Leicestershire Police"
WEEK = {"area": FORCE, "operation": "Lantern", "campaign": "Signs", "start_date": "2025-06-02", "end_date": "2025-06-08", "value_low": 9}
OTHER_WEEK = {**WEEK, "operation": "Lamp", "campaign": "", "start_date": "2025-06-09", "end_date": "2025-06-15"}
REACH = {"measure": "campaign_reach", "unit": "people"}
ASKED = {"reaches": ["campaign_reach"], "met": ["people_met"], "outcomes": ["reports_from_public"], "enforcement": ["arrests", "warrants"]}


@pytest.fixture
def mixed(desk, made):
    """A desk with real arrests and made-up reach, warrants and posts of one area and one campaign."""
    campaigns.create(desk.store, {"campaign": "Signs"})
    campaigns.record_rule(desk.store, Rule("Signs", hashtag="signs"))
    desk.bring(made.figures(WEEK, OTHER_WEEK), "real.csv")
    posts = made.facebook(made.post(1, Description="#signs", Views=10))
    made_up = made.figures({**WEEK, **REACH}, {**WEEK, "measure": "warrants"})
    for name, data in (("posts.csv", posts), ("figures.csv", made_up)):
        assert uploads.commit(desk.store, desk.one(data, name), sample=True).status == "imported"
    return desk


def test_made_up_figures_make_no_week_with_both(mixed):
    asked = {"area": FORCE, "reaches": ["campaign_reach"], "measures": ["arrests", "warrants"]}
    weeks = {made_up: tuple(mixed.store.rows("pages/weeks_with_both", sample=made_up, **asked)[0].values()) for made_up in (None, True)}
    assert weeks == {None: (0, 2, 0), True: (1, 1, 1)}


def test_a_made_up_figure_is_neither_missing_nor_held_of_a_real_operation(mixed, made):
    def missing(operation, made_up):
        return [row["measure"] for row in mixed.store.rows("pages/operation_missing", operation=operation, area=FORCE, sample=made_up)]

    assert missing("Lamp", False) == [], "its arrests are held, and the other's reach and warrants are made up"
    assert missing("Lamp", True) == ["campaign_reach", "warrants"]
    mixed.bring(made.figures({**OTHER_WEEK, "measure": "warrants"}), "warrants.csv")
    assert missing("Lantern", False) == ["warrants"], "those held of it are made up"


def test_the_stages_of_a_campaign_count_what_is_real_and_what_is_made_up_only_where_all_is(mixed):
    def stages():
        (row,) = mixed.store.rows("pages/campaign_stages", **ASKED)
        return {name: row[name] for name in ("sample", "posts", "reach_figures", "operations", "operation_figures")}

    assert stages() == {"sample": False, "posts": 0, "reach_figures": 0, "operations": 1, "operation_figures": 1}
    (figure,) = mixed.store.rows("pages/evaluation_figures", measures=ASKED["enforcement"], operation="Lantern", area=FORCE)
    assert (figure["measure"], figure["sample"]) == ("arrests", False)
    (real,) = [row for row in mixed.store.rows("pages/uploads") if row["file_name"] == "real.csv"]
    uploads.undo(mixed.store, str(real["upload_id"]))
    assert stages() == {"sample": True, "posts": 1, "reach_figures": 1, "operations": 1, "operation_figures": 1}


def test_no_aggregate_looks_over_all_rows_without_a_partition():
    """DuckDB 1.5.5 fails now and then on ``count(*) over ()`` over few rows and takes no more questions after it (its issue 25713)."""
    written = {name: queries.load(name).text for name in queries.names()}
    for known in all_formats():
        rules = (*known.skip, *known.aside, *known.remarks)
        parts = (known.derive, *known.stages)
        written[known.key] = " ".join([*(sql for part in parts for sql in part.values()), *(rule.condition for rule in rules)])
    bare = re.compile(r"(?<!row_number\(\)) over \(\)")
    assert [name for name, text in written.items() if bare.search(text)] == []
