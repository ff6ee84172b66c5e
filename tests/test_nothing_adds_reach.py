"""Nothing adds up people: no SQL file, no SQL inside Python, no pandas or plain Python, no result column of any query and no page.

People are whatever counts each account, visitor or user once: every metric that does not add, the values of days of such a metric, and
published figures. Two things may come near: the control totals of an import, which are checksums, and the upper end of a range in
``reach_bounds``. Each check is shown to fail on sums planted in strings.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from reach import marts, queries, store
from reach.definitions import ANY_METRIC, DAY_METRIC
from reach.pages import PAGES

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "src" / "reach").rglob("*.py"))
# A day's or figure's value may be of a metric that counts people, and nothing in its name says so.
PEOPLE = frozenset(key for key, metric in ANY_METRIC.items() if not metric.additive) | {"value", "value_low", "value_high"}
# Where the control totals of an import are worked out.
CONTROL_TOTALS = frozenset({"summed_up", "_days_summed_up", "_rows_summed_up", "_figures_summed_up"})

ADDING = re.compile(r"(list_|array_)?(sum|avg|mean|fsum|favg|sumkahan|kahan_sum|sum_no_overflow|cumsum|product)")
FOLDING = ("list_aggregate", "list_reduce", "reduce", "list_aggr", "aggregate", "array_aggregate", "array_reduce", "array_aggr")
# What comes out of these is no longer a number of people.
NOT_PEOPLE = re.compile(r"(list_)?(count|count_star|contains|hash|length|len|strftime|regr_count)|is_?null|row_number|rank")


# --- in SQL -----------------------------------------------------------------------------------------------


def nodes(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        yield tree
        for part in tree.values():
            yield from nodes(part)
    elif isinstance(tree, list):
        for part in tree:
            yield from nodes(part)


def counts_people(tree: Any, names: set[str]) -> bool:
    """Whether an expression's value is a number of people: it holds such a column and nothing that makes another thing of it."""
    if isinstance(tree, list):
        return any(counts_people(part, names) for part in tree)
    if not isinstance(tree, dict):
        return False
    kind = tree.get("class")
    if kind == "COLUMN_REF":
        return tree["column_names"][-1] in names
    if kind == "STAR":  # columns('reach.*'): nobody can tell which
        return bool(tree["columns"])
    if kind == "CONSTANT":  # post['reach'] and json_extract(…, '$.reach')
        said = tree["value"].get("value")
        return isinstance(said, str) and said.removeprefix("$.") in names - {"value"}
    if kind in ("COMPARISON", "CONJUNCTION", "BETWEEN") or "NULL" in str(tree.get("type")):
        return False
    if NOT_PEOPLE.fullmatch(tree.get("function_name") or ""):
        return False
    if kind == "CASE":
        return counts_people([part["then_expr"] for part in tree["case_checks"]] + [tree["else_expr"]], names)
    if kind == "SUBQUERY":
        return counts_people([column for columns in selected(tree["subquery"]["node"]) for column in columns], names)
    if "function_name" in tree:
        return counts_people(tree.get("children"), names)
    return any(counts_people(part, names) for part in tree.values())


def selected(node: dict[str, Any]) -> list[list[Any]]:
    """The columns of a query, a list for each select that a union is made of."""
    if "select_list" in node:
        return [node["select_list"]]
    return [columns for side in ("left", "right") if isinstance(node.get(side), dict) for columns in selected(node[side])]


def other_names(node: dict[str, Any], names: set[str]) -> set[str]:
    """What a part of a statement calls columns of people: by alias, by place in a list of names, by rename, unpivot or union."""
    found = {node["alias"]} if node.get("alias") and "class" in node and counts_people(node, names) else set()
    found |= {one["value"] for one in node.get("rename_list") or [] if one["key"]["column"] in names}
    if node.get("unpivot_names") and "pivots" in node:
        entries = [value["value"] for pivot in node["pivots"] for entry in pivot["entries"] for value in entry["values"]]
        if (
            not names.isdisjoint(entries)
            or not entries
            or any(entry["star_expr"] for pivot in node["pivots"] for entry in pivot["entries"])
        ):
            found |= set(node["unpivot_names"])
    for query, aliases in ((node.get("query"), node.get("aliases")), (node.get("subquery"), node.get("column_name_alias"))):
        if query and aliases:
            found |= {
                alias
                for columns in selected(query["node"])
                for alias, column in zip(aliases, columns, strict=False)
                if counts_people(column, names)
            }
    if "setop_type" in node:
        first, *others = selected(node)
        for columns in others:
            for one, other in zip(first, columns, strict=False):
                called = one.get("alias") or (one.get("column_names") or [""])[-1]
                if called and counts_people(other, names):
                    found.add(called)
    return found


def people_added(sql: str) -> list[str]:
    """Where a statement adds up or averages columns that count people, under whatever alias."""
    with duckdb.connect() as parser:
        (text,) = parser.execute("select json_serialize_sql(?)", [sql]).fetchone() or ("{}",)
    tree = json.loads(text)
    assert not tree["error"], tree
    names = set(PEOPLE)
    while True:
        called = set().union(*(other_names(node, names) for node in nodes(tree)))
        if called <= names:
            break
        names |= called
    found = []
    for node in nodes(tree):
        called = node.get("function_name")
        if not called:
            continue
        if (ADDING.fullmatch(called) or called in FOLDING) and counts_people(node["children"], names):
            found.append(called)
        if called == "+" and sum(counts_people(child, names) for child in node["children"]) > 1:
            found.append("+")
    return found


PLANTED = (
    "select sum(reach) from post",
    "select avg(post.viewers) from post",
    "select sum(coalesce(p.reach, 0)) from post as p",
    "select sum(unique_visitors) from day",
    "select sum(web_users) from web_current",
    "select sum(value) from day_current where metric = 'reach'",
    "select sum(value_low) from figure_current where measure = 'campaign_reach'",
    "with a as (select reach as r from post), b as (select r as s from a) select sum(s) from b",
    "with a(r) as (select reach from post) select sum(r) from a",
    "select sum(r) from (select reach from post) as t(r)",
    "select sum(n) from (select views as n from post union all select reach from post)",
    "select sum(views) from (select views from post union all select reach from post)",
    "select sum(columns('reach.*')) from post",
    "select sum(amount) from (unpivot post on reach, viewers into name metric value amount)",
    "select sum(r) from (select * rename (reach as r) from post)",
    "select sum(post['reach']) from post",
    "select sum(cast(json_extract(to_json(post), '$.reach') as bigint)) from post",
    "select sum(reach) over (order by published_at) from post",
    "select sum(reach) over w from post window w as (order by published_at)",
    "select sum(reach) filter (where ours) from post",
    "select reach_organic + reach_boosted as both_kinds from post",
    "select list_sum(list(reach)) from post",
    "select list_reduce(list(reach), lambda a, b: a + b) from post",
    "select sum(top) from (select max(reach) as top from post group by account)",
    "select mean(case when ours then reach end) from post",
    "select sum(reach::double) / count(*) from post",
    "select 1 from post having sum(video_3s_viewers) > 1",
    "select list_aggregate(list(reach), 'sum') from post",
    "from post pivot (sum(reach) for network in ('x'))",
)
INNOCENT = (
    "select max(reach) as reach, sum(views) as views, count(reach) as filled from post",
    "select sum(case when reach > 5 then 1 else 0 end) from post",
    "select sum(case when metric = 'reach' then 1 else 0 end) from day_current",
    "select median(reach), quantile_cont(reach, 0.5) from post",
    "select sum(n) from (select count(viewers) as n from post)",
    "select sum(n) from (select reach as r, views from post) as t(m, n)",
    "select arg_max(reach, seq) as reach from observation group by post_key",
)


@pytest.mark.parametrize("sql", PLANTED)
def test_adding_people_is_found(sql):
    """The check itself can fail."""
    assert people_added(sql)


@pytest.mark.parametrize("sql", INNOCENT)
def test_what_adds_no_people_is_left_alone(sql):
    assert not people_added(sql)


@pytest.mark.parametrize("name", queries.names())
def test_no_query_adds_or_averages_people(name):
    assert people_added(queries.load(name).text) == []


# --- in Python, and in the SQL inside it ------------------------------------------------------------------

ADDERS = (
    "sum",
    "fsum",
    "nansum",
    "mean",
    "nanmean",
    "fmean",
    "average",
    "cumsum",
    "add",
    "expanding",
    "rolling",
    "accumulate",
    "reduce",
    "dot",
)
AGGREGATES = ("agg", "aggregate", "apply", "transform", "pivot_table")
SQL_ADDING = re.compile(r"\b(?:list_|array_)?(?:sum|avg|mean|fsum|favg|kahan_sum|product)\s*\(", re.IGNORECASE)
GUARDS = ("additive", "adds")


def code_that_adds_people(source: str) -> list[str]:
    """Where Python adds up people: with sum and its like, +, pandas, or in SQL in a string. A test on additivity allows it."""
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    told = {scope: _assigned(scope) for scope in ast.walk(tree) if isinstance(scope, (ast.Module, ast.FunctionDef))}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
            said = {part.value for part in ast.walk(node) if isinstance(part, ast.Constant)}
            adds = called in ADDERS or (called in AGGREGATES and any(one in said for one in ADDERS))
            if adds and _of_people(node, told[_scope(node, parents)]) and not _guarded(node, parents):
                found.append(ast.unparse(node))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and all(_is_people(side) for side in (node.left, node.right)):
            found.append(ast.unparse(node))
        if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add) and _is_people(node.value):
            found.append(ast.unparse(node))
        if isinstance(node, (ast.JoinedStr, ast.Constant)) and not isinstance(parents.get(node), ast.JoinedStr):
            found += [one for one in _sql_adding(node, tree, parents) if _function_of(node, parents) not in CONTROL_TOTALS]
    return found


def _scope(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> ast.AST:
    while node in parents:
        node = parents[node]
        if isinstance(node, ast.FunctionDef):
            break
    return node


def _assigned(tree: ast.AST) -> dict[str, set[str]]:
    """For each variable the words of what it is made of."""
    told: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        pairs: list[tuple[ast.AST, ast.AST]] = []
        if isinstance(node, ast.Assign):
            pairs = [(target, node.value) for target in node.targets]
        if isinstance(node, (ast.AnnAssign, ast.NamedExpr)) and node.value:
            pairs = [(node.target, node.value)]
        if isinstance(node, (ast.For, ast.comprehension)):
            pairs = [(node.target, node.iter)]
        for target, value in pairs:
            for name in ast.walk(target):
                if isinstance(name, ast.Name):
                    told.setdefault(name.id, set()).update(_words(value))
    return told


def _words(node: ast.AST) -> set[str]:
    """Names, attributes and the columns that a piece of code asks for; not the insides of comparisons and counts."""
    if isinstance(node, ast.Compare):
        return set()
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("len", "bool", "any", "all", "str"):
        return set()
    if isinstance(node, (ast.GeneratorExp, ast.ListComp, ast.SetComp)):
        return _words(node.elt)  # what its variables run over is known from elsewhere
    if isinstance(node, ast.Name):
        return {node.id} - {"value"}
    if isinstance(node, ast.Constant):
        return {node.value} if isinstance(node.value, str) else set()
    said = {node.attr} - {"value"} if isinstance(node, ast.Attribute) else set()
    return said.union(*(_words(part) for part in ast.iter_child_nodes(node)))


def _of_people(node: ast.AST, told: dict[str, set[str]]) -> bool:
    words, before = _words(node), set()
    while words != before:
        before, words = words, words.union(*(told.get(word, set()) for word in words))
    return not PEOPLE.isdisjoint(words)


def _is_people(node: ast.AST) -> bool:
    """A column or attribute of people itself, such as ``row["reach"]`` or ``post.reach``."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return node.slice.value in PEOPLE
    return isinstance(node, ast.Attribute) and node.attr in PEOPLE - {"value"}


def _guarded(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether it happens only where a test on additivity holds."""
    while node in parents:
        inside, node = node, parents[node]
        held = node.body if isinstance(node, ast.If) else [node.body] if isinstance(node, ast.IfExp) else []
        if inside in held and not _words(node.test).isdisjoint(GUARDS):  # type: ignore[attr-defined]
            return True
    return False


def _function_of(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> str:
    scope = _scope(node, parents)
    return scope.name if isinstance(scope, ast.FunctionDef) else ""


def _sql_adding(node: ast.JoinedStr | ast.Constant, tree: ast.AST, parents: dict[ast.AST, ast.AST]) -> list[str]:
    """The sums in a string of SQL that are of people, or of something put in that may be: what a call of the function gives counts."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    text = "".join(
        str(part.value) if isinstance(part, ast.Constant) else "{" + ast.unparse(part.value) + "}"
        for part in parts
        if isinstance(part, (ast.Constant, ast.FormattedValue))
    )
    if isinstance(parents.get(node), ast.Expr):
        return []
    found = []
    for match in SQL_ADDING.finditer(text):
        inner = _balanced(text, match.end())
        words = set(re.findall(r"[a-z_0-9]+", re.sub(r"\b(count|length|len)\([^()]*\)|'[^']*'", "", inner)))
        for put_in in re.findall(r"\{(\w+)\}", inner):
            given = _given(put_in, _function_of(node, parents), tree)
            words |= given if given is not None else {"reach"}
        if not PEOPLE.isdisjoint(words):
            found.append(text[match.start() : match.end()] + inner + ")")
    return found


def _balanced(text: str, start: int) -> str:
    depth = 1
    for place in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if not depth:
            return text[start:place]
    return text[start:]


def _given(name: str, function: str, tree: ast.AST) -> set[str] | None:
    """What calls in the module give a function for one of its parameters, None where that is not to be read from them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == function and name in [one.arg for one in node.args.args]:
            place = [one.arg for one in node.args.args].index(name)
            calls = [
                one for one in ast.walk(tree) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id == function
            ]
            values = [one.args[place] if place < len(one.args) else None for one in calls]
            if values and all(isinstance(one, ast.Constant) for one in values):
                return {str(one.value) for one in values if isinstance(one, ast.Constant)}
    return None


@pytest.mark.parametrize(
    "code",
    [
        "frame['reach'].sum()",
        "frame.reach.sum()",
        "frame.groupby('network')[['views', 'viewers']].sum()",
        "frame.groupby('network').agg({'reach': 'sum'})",
        "frame.groupby('network').agg(total=('reach', 'sum'))",
        "frame['reach'].fillna(0).cumsum()",
        "frame['unique_visitors'].mean()",
        "people = frame['reach']\ntotal = people.sum()",
        "rows = known.rows('posts')\nheld = [row['reach'] for row in rows]\nmany = held\nprint(sum(many))",
        "sum(row['reach'] for row in rows)",
        "sum(post.viewers or 0 for post in posts)",
        "np.sum(frame['reach'])",
        "total = 0\nfor row in rows:\n    total += row['reach']",
        "both = row['reach_organic'] + row['reach_boosted']",
        "sum(float(row['value_low']) for row in figures)",
        "known.execute('select sum(reach) as total from post')",
        "known.execute(f'select {x}, sum( coalesce(reach, 0) ) from post')",
        "def ask(metric):\n    return f'select sum({metric}) from post'",
        "def ask(metric):\n    return f'select sum({metric}) from post'\nask('viewers')",
        "if not_sure:\n    sum(frame['value'])",
    ],
)
def test_adding_people_in_python_is_found(code):
    assert code_that_adds_people(code)


@pytest.mark.parametrize(
    "code",
    [
        "frame['views'].sum()",
        "frame['reach'].max()",
        "sum(row['reach'] is not None for row in rows)",
        "sum(len(row['reach']) for row in rows)",
        "total = sum(row['value'] for row in rows) if metric.additive else None",
        "known.execute('select sum(views), max(reach) from post')",
        "def ask(metric):\n    return f'select sum({metric}) from post'\nask('impressions')",
    ],
)
def test_python_that_adds_no_people_is_left_alone(code):
    assert not code_that_adds_people(code)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT / "src" / "reach").as_posix())
def test_no_code_adds_people(path):
    assert code_that_adds_people(path.read_text(encoding="utf-8")) == []


def test_the_exception_is_the_control_totals_alone():
    """Each function excepted is there still, and works them out."""
    named = {
        node.name
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name in CONTROL_TOTALS
    }
    assert named == CONTROL_TOTALS


# --- in what comes out ------------------------------------------------------------------------------------

# Every number of people given lies between these two, and every other number far below them: what is above the higher was added up.
LEAST, MOST = 1_000_000_000, 1_900_000_000


@pytest.fixture(scope="module")
def filled(a_desk, made):
    """A store in which each table has several rows of people, of one account, day, campaign and period."""
    with a_desk() as desk:
        fill(desk, made)
        yield desk


def fill(desk, made):
    desk.bring(
        made.figures(
            *(
                {
                    "measure": "campaign_reach",
                    "campaign": "Lantern",
                    "network": "facebook",
                    "value_low": LEAST + one,
                    "value_high": LEAST + one,
                    "source": f"https://example.org/{one}",
                    "published_wording": "reached many",
                    "qualifier": "exact",
                }
                for one in range(3)
            )
        ),
        "figures.csv",
    )
    desk.bring(made.facebook(*(made.post(one, Reach=str(LEAST + one), Impressions="7") for one in range(1, 4))), "posts.csv")
    upload_id = desk.rows("select upload_id from upload where file_name = 'posts.csv'")[0]["upload_id"]
    with desk.store.transaction() as cursor:
        for day in range(1, 4):
            for key, metric in ANY_METRIC.items():
                if not metric.additive and key in DAY_METRIC:
                    cursor.execute(
                        "insert into account_day values (?, ?, 'facebook', 'a', ?, ?, ?, ?)",
                        [upload_id, day, date(2025, 6, day), key, LEAST + day, metric.label],
                    ).fetchall()
            cursor.execute(
                """insert into ad_result (upload_id, record_no, network, account, level, campaign, window_start, window_end, reach, viewers)
                values (?, ?, 'meta', 'a', 'ad', ?, ?, ?, ?, ?)""",
                [upload_id, day, f"Ad {day}", date(2025, 6, 1), date(2025, 6, 30), LEAST + day, LEAST + day],
            ).fetchall()
            cursor.execute(
                """insert into web_page (upload_id, record_no, property, dimension, page, period_start, period_end, web_users)
                values (?, ?, 'site', 'page', ?, ?, ?, ?)""",
                [upload_id, day, f"/{day}", date(2025, 6, 1), date(2025, 6, 30), LEAST + day],
            ).fetchall()
        marts.rebuild(cursor)


def numbers_in(cell: Any) -> Iterator[float]:
    if isinstance(cell, (list, tuple)):
        for part in cell:
            yield from numbers_in(part)
    elif isinstance(cell, dict):
        for part in cell.values():
            yield from numbers_in(part)
    elif isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool):
        yield float(cell)


def asked(name: str) -> Iterator[dict[str, Any]]:
    """Values under which a query answers about what is held: all it can be asked, each with what the store holds."""
    known = {
        "area": "Exampleshire",
        "measures": ["campaign_reach"],
        "networks": ["facebook"],
        "network": "facebook",
        "account": "a",
        "tables": ["account_day", "ad_result", "web_page", "post_observation", "figure"],
        "sample": False,
        "date_from": date(2025, 6, 1),
        "date_to": date(2025, 6, 30),
        "most_posts": 100,
        "most_rows": 100,
    }
    wanted = queries.load(name).parameters
    for metric in sorted(PEOPLE - {"value", "value_low", "value_high"}) if "metric" in wanted else [None]:
        told = {**known, "metric": metric}
        yield {one: told[one] for one in wanted if told.get(one) is not None}


@pytest.mark.parametrize("name", queries.names())
def test_no_column_of_any_result_holds_added_people(filled, name):
    for values in asked(name):
        for row in filled.store.rows(name, **values):
            for column, cell in row.items():
                assert all(number < MOST for number in numbers_in(cell)), f"{name}, column {column}: {cell}"


def test_results_with_people_come_out_of_the_filled_store(filled):
    """The numbers that would show an addition are asked for: without them the test above could not fail."""
    held = {
        name
        for name in queries.names()
        for values in asked(name)
        for row in filled.store.rows(name, **values)
        for cell in row.values()
        if any(number >= LEAST for number in numbers_in(cell))
    }
    assert {"charts/figures", "charts/posts", "charts/days", "pages/ads", "pages/web_pages", "pages/posts", "pages/figures"} <= held
    assert {"pages/claims", "pages/claim_posts", "pages/claim_advertisements"} <= held
    assert {f"marts/{mart}" for mart in ("post", "figure_current", "day_current", "ad_current", "web_current")} <= held
    assert filled.rows("select sum(reach) as planted from post")[0]["planted"] > MOST


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.url_path)
def test_no_page_shows_added_people(page, made, a_desk, monkeypatch):
    """Words, tables, tooltips and files for download. The Sources page shows control totals for the file that its address names alone."""
    given = []
    monkeypatch.setattr(
        streamlit.delta_generator.DeltaGenerator, "download_button", lambda self, label, data, *rest, **named: given.append(data)
    )
    monkeypatch.setattr(streamlit, "download_button", lambda label, data, *rest, **named: given.append(data))

    def script(url_path: str) -> None:
        from reach import pages

        next(page for page in pages.PAGES if page.url_path == url_path).render()

    with a_desk() as desk:
        fill(desk, made)
        desk.store.close()
        monkeypatch.setenv("REACH_STORE", str(desk.settings.store))
        try:
            at = AppTest.from_function(script, args=(page.url_path,), default_timeout=60)
            at.query_params["area"] = "Exampleshire"
            at.run()
        finally:
            store.close()
    assert not at.exception
    shown = [one.value for one in at.html] + [str(one.proto) for one in at.get("plotly_chart")]
    shown += [data.decode() if isinstance(data, bytes) else data for data in given if isinstance(data, (bytes, str))]
    numbers = [
        int(found.replace(",", ""))
        for words in shown
        for found in re.findall(r"(?<![\w.,-])(?:\d{1,3}(?:,\d{3}){3}|\d{10})(?![\w,-])", words)
    ]
    assert [number for number in numbers if number >= MOST] == []
    if page.url_path in ("overview", "posts", "more"):
        assert [number for number in numbers if number >= LEAST], "the page shows none of the numbers that could be added"
