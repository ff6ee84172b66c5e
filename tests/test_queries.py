"""Every SQL file: described, bound by declared names only, and runs on a new store. That none adds people: see test_nothing_adds_reach."""

from __future__ import annotations

import re

import duckdb
import pytest

from reach import editions, marts, queries, settings, store
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


def test_no_aggregate_looks_over_all_rows_without_a_partition():
    """DuckDB 1.5.5 fails now and then on ``count(*) over ()`` over few rows and takes no more questions after it (its issue 25713)."""
    written = {name: queries.load(name).text for name in queries.names()}
    for known in all_formats():
        rules = (*known.skip, *known.aside, *known.remarks)
        parts = (known.derive, *known.stages)
        written[known.key] = " ".join([*(sql for part in parts for sql in part.values()), *(rule.condition for rule in rules)])
    bare = re.compile(r"(?<!row_number\(\)) over \(\)")
    assert [name for name, text in written.items() if bare.search(text)] == []
