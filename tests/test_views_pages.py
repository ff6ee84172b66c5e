"""The two views on the pages: what a reader of the public one can find anywhere on them, by whatever address, and how to change over."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from reach import commands, editions, public, server, settings, store, withholding
from reach.pages import PAGES
from reach.views import HIDDEN, LABEL, PUBLIC, WORKING
from test_views import CHILDREN, FORCE, PEOPLE, RAISED, leaks, plant

APP = Path(__file__).resolve().parents[1] / "src" / "reach" / "app.py"


@pytest.fixture(scope="module")
def place(a_desk: Any, made: Any) -> Iterator[Path]:
    with a_desk(**RAISED) as desk:
        plant(desk, made)
        desk.store.close()
        yield desk.settings.store


@pytest.fixture
def shown(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., tuple[AppTest, dict[str, str]]]]:
    """Runs a page as the app does, and gives it with everything that a browser would be sent: elements, charts and files to download."""
    monkeypatch.setenv("REACH_STORE", str(place))
    for name, value in RAISED.items():
        monkeypatch.setenv(f"REACH_{name.upper()}", str(value))
    given: dict[str, Any] = {}
    real = streamlit.delta_generator.DeltaGenerator.download_button

    def noted(self: Any, label: str, data: Any, *rest: Any, **named: Any) -> Any:
        given[f"{label} {rest}"] = data
        return real(self, label, data, *rest, **named)

    monkeypatch.setattr(streamlit.delta_generator.DeltaGenerator, "download_button", noted)
    monkeypatch.setattr(streamlit, "download_button", lambda *rest, **named: noted(streamlit._main, *rest, **named))

    def script(page: str) -> None:
        from reach import pages
        from reach.pages import _view

        _view.current()
        _view.bar()
        getattr(pages, page).render()

    def run(page: str, clicked: str = "", **query: str) -> tuple[AppTest, dict[str, str]]:
        given.clear()
        at = AppTest.from_function(script, args=(page,), default_timeout=60)
        for name, value in query.items():
            at.query_params[name] = value
        if clicked:
            at.session_state["clicked-mark"] = clicked
        at.run()
        assert not at.exception, [one.message for one in at.exception]
        return at, sent(at, given)

    store.close()
    yield run
    store.close()


def sent(at: AppTest, given: dict[str, Any]) -> dict[str, str]:
    shown = [node.proto for node in nodes(at._tree) if getattr(node, "proto", None) is not None]
    texts = {f"element {number}": str(proto) for number, proto in enumerate(shown)}
    for name, data in given.items():
        content = data() if callable(data) else data
        texts[f"file {name}"] = content.decode("utf-8-sig", "replace") if isinstance(content, bytes) else str(content)
    texts["address"] = str(dict(at.query_params))
    return texts


def nodes(tree: Any) -> Iterator[Any]:
    yield tree
    for child in getattr(tree, "children", {}).values():
        yield from nodes(child)


def known() -> store.Store:
    return editions.opened(settings.load())


OP = {"operation": "Op Planted", "area": FORCE}
EVALUATED = ("trends", {"part": "Evaluation", "campaign": "Lantern"})
ADDRESSES: tuple[tuple[str, dict[str, str]], ...] = (
    ("overview", {}),
    ("overview", {"results": "Children safeguarded"}),
    ("overview", {"results": "Adults safeguarded"}),
    ("overview", {"results": "Children safeguarded", "timeline-shape": "Table"}),
    ("overview", {"results": "People safeguarded", "operation": "Op Planted"}),
    ("campaigns", {}),
    *(("campaigns", {"campaign": "Lantern", "part": part}) for part in ("Posts and figures", "Rates", "Record", "Change or retire")),
    EVALUATED,
    *(("operations", {**OP, "part": part}) for part in ("Figures", "Areas", "Counted twice?", "Record")),
    ("operations", {"operation": "Op Told", "area": FORCE}),
    *((page, {}) for page in ("combined", "claims", "posts", "more", "coverage", "upload", "sources", "definitions")),
)


@pytest.mark.parametrize(("page", "query"), ADDRESSES, ids=[f"{page} {' '.join(query.values())}" for page, query in ADDRESSES])
def test_no_page_lets_a_hidden_value_out(shown: Any, page: str, query: dict[str, str]) -> None:
    at, texts = shown(page, **query, view="public")
    assert leaks(texts) == []
    assert LABEL[PUBLIC] in at.html[0].value and "[c] means withheld" in at.html[0].value
    assert not at.get("file_uploader")
    # Nothing to press but the switch, and what gives a file.
    assert [one.label for one in at.button] == ["Switch to the working view"]
    assert all("-public." in name for name in texts if name.startswith("file "))


def test_no_source_lets_a_hidden_value_out(shown: Any) -> None:
    shown("sources")
    whole = known()
    for row in whole.rows("pages/uploads"):
        _, texts = shown("sources", upload=str(row["upload_id"]), view="public")
        assert leaks(texts) == []
    for row in whole.rows("pages/figures", area=FORCE):
        if row["operation"] == "Op Planted":
            _, texts = shown("sources", figure=row["figure_id"], view="public")
            assert leaks(texts) == []
    _, texts = shown("overview", clicked=f"figure {row['figure_id']}", view="public")
    assert leaks(texts) == []


def test_the_working_view_shows_it_and_says_what_it_is(shown: Any) -> None:
    record = {"campaign": "Lantern", "part": "Record"}
    overview = ("overview", {"results": "Children safeguarded"})
    for page, query in (("operations", OP), ("sources", {}), overview, ("campaigns", record), EVALUATED):
        at, texts = shown(page, **query)
        assert leaks(texts), page
        assert LABEL[WORKING] in at.html[0].value
        assert all("-OFFICIAL-SENSITIVE." in name for name in texts if name.startswith("file "))


def test_without_suppression_the_pages_would_let_it_out(shown: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def everything(rows: Any, *_: Any) -> withholding.Seen:
        return withholding.Seen(tuple((str(row["upload_id"]), row["record_no"], row["measure"]) for row in rows if row["recorded"]))

    shown("definitions")
    with monkeypatch.context() as patched:
        patched.setattr(withholding, "seen", everything)
        with known().transaction() as cursor:
            public.make_figures(cursor)
    try:
        for page, query in (("operations", OP), ("sources", {}), ("overview", {"results": "Children safeguarded"})):
            assert leaks(shown(page, **query, view="public")[1]), page
    finally:
        with known().transaction() as cursor:
            public.make_figures(cursor)


def test_a_hidden_figure_is_a_mark_without_height(shown: Any) -> None:
    at, _ = shown("overview", results="Children safeguarded", view="public")
    charts = [json.loads(node.proto.spec) for node in nodes(at._tree) if getattr(getattr(node, "proto", None), "spec", "")]
    # On the wide and on the narrow chart, at the foot of its panel, with nothing that a pointer would show.
    marks = [[one for one in chart["layout"]["annotations"] if one["text"] == HIDDEN] for chart in charts]
    assert [[(mark["y"], mark.get("hovertext")) for mark in of_one] for of_one in marks] == [[(0, None)]] * 2
    words = " ".join(one.value for one in at.html)
    assert "1 figure withheld ([c])" in words
    assert f"{CHILDREN:,}" not in words
    at, _ = shown("operations", **OP, view="public")
    words = " ".join(one.value for one in at.html)
    assert "[c]" in words and f"{PEOPLE:,}" in words


def test_links_stay_in_the_public_view_and_leave_the_working_one_alone(shown: Any) -> None:
    for page, query in (("operations", OP), ("sources", {}), ("claims", {}), ("campaigns", {}), ("overview", {"timeline-shape": "Table"})):
        at, _ = shown(page, **query, view="public")
        links = re.findall(r'href="(/[^"]*)"', " ".join(one.value for one in at.html))
        assert links and all("view=public" in link for link in links), page
        at, _ = shown(page, **query)
        assert "view=public" not in " ".join(one.value for one in at.html)


# --- changing over ------------------------------------------------------------------------------------------------------


def test_the_switch_changes_the_page_and_the_address_and_back(shown: Any) -> None:
    at, _ = shown("operations", **OP)
    at.button(key="reach-view-switch").click().run()
    assert at.query_params["view"] == "public"
    assert LABEL[PUBLIC] in at.html[0].value
    # As when another page is opened from the navigation, which takes what is asked from the address.
    del at.query_params["view"]
    at.run()
    assert LABEL[PUBLIC] in at.html[0].value and at.query_params["view"] == "public"
    at.button(key="reach-view-switch").click().run()
    assert LABEL[WORKING] in at.html[0].value and "view" not in at.query_params


@pytest.mark.parametrize("asked", ["", "Public", "everything", "Rates"])
def test_an_address_that_asks_for_no_view_gets_the_public_one(shown: Any, asked: str) -> None:
    at, texts = shown("operations", **OP, view=asked)
    assert LABEL[PUBLIC] in at.html[0].value and leaks(texts) == []


def test_a_server_fixed_to_the_public_view_cannot_be_raised(shown: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REACH_VIEW", "public")
    for query in ({}, {"view": "working"}):
        at, texts = shown("operations", **OP, **query)
        assert LABEL[PUBLIC] in at.html[0].value and leaks(texts) == []
        assert not at.button


@pytest.mark.parametrize(("view", "seen"), [("working", WORKING), ("public", PUBLIC)])
def test_the_app_labels_whatever_page_it_draws(shown: Any, view: str, seen: str) -> None:
    at = AppTest.from_file(str(APP), default_timeout=60)
    at.query_params["view"] = view
    at.run()
    assert not at.exception
    assert LABEL[seen] in at.html[0].value
    assert [page.title for page in PAGES if page.acts] == ["Publish", "Upload"]


def test_a_server_fixed_to_the_public_view_watches_no_inbox(shown: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REACH_VIEW", "public")
    assert server._watched_inbox() is None


def test_serve_fixes_the_server_to_the_view_asked_for(shown: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    fixed = []
    monkeypatch.setenv("REACH_VIEW", "working")
    monkeypatch.setattr(server, "serve", lambda *_: fixed.append(settings.load().view))
    assert commands.run(["serve", "--view", "public"]) == 0
    assert commands.run(["serve", "--view", "working"]) == 6
    assert fixed == ["public"]
    assert "Public view: small counts hidden. No page can show more." in capsys.readouterr().out
