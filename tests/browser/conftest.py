"""A real server and a real browser. Without Chromium these tests are skipped; with REACH_REQUIRE_BROWSER=1 they fail instead."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from reach.pages import PAGES

START_SECONDS = 60
STOP_SECONDS = 20
WAIT = 40_000
"""Milliseconds within which a page must have done what was asked of it."""

# The same engine; the first has no window to draw, and opens a page in two thirds of the time.
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run"]
QUIET += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
# Streamlit asks for these below the page's own path first, gets 404, and goes on to ask at the root.
PROBES = ("/_stcore/health", "/_stcore/host-config")

expect.set_options(timeout=WAIT)


@dataclass
class Server:
    """A running ``python -m reach serve``."""

    process: subprocess.Popen[bytes]
    port: int
    folder: Path

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.base}/api/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    def said(self) -> str:
        return (self.folder / "err.txt").read_text(encoding="utf-8", errors="replace")

    def stop(self) -> int:
        self.process.terminate()
        try:
            return self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


def start(folder: Path) -> Server:
    """Starts a server on a free loopback port and a store in ``folder``, and waits until it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("REACH_")} | {"TMPDIR": str(folder)}
    command = [sys.executable, "-m", "reach", "serve", "--port", str(port), "--store", str(folder / "reach.duckdb")]
    with (folder / "out.txt").open("wb") as out, (folder / "err.txt").open("wb") as err:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
    server = Server(process, port, folder)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if server.answers():
            return server
        time.sleep(0.1)
    server.stop()
    pytest.fail(f"The server did not start: {server.said()}")


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[Server]:
    """A server that nobody has asked for a page yet."""
    folder = tmp_path / "fresh"
    folder.mkdir()
    running = start(folder)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for the tests of a module, each of which takes out again what it brought in."""
    running = start(tmp_path_factory.mktemp("server"))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not chromium:
        if os.environ.get("REACH_REQUIRE_BROWSER") == "1":
            pytest.fail("REACH_REQUIRE_BROWSER is 1 and no Chromium is on PATH (apt-get install chromium)")
        pytest.skip("no Chromium on PATH (apt-get install chromium)")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield launched
        launched.close()


@dataclass
class Tab:
    """A page of the browser, with all that it asked for and complained of."""

    page: Page
    base: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self) -> None:
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("websocket", lambda socket: self.asked.append(socket.url))
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        self.page.on("dialog", self._asked)

    def _heard(self, message: Any) -> None:
        known = "404" in message.text and urlparse(message.location["url"]).path.endswith(PROBES)
        if message.type == "error" and not known:
            self.complaints.append(f"console: {message.text} {message.location['url']}")

    def _asked(self, dialog: Any) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    @property
    def outside(self) -> list[str]:
        """Requests to anywhere but the server itself."""
        here = urlparse(self.base).netloc
        return [url for url in self.asked if urlparse(url).scheme in ("http", "https", "ws", "wss") and urlparse(url).netloc != here]

    def open(self, path: str) -> Page:
        """Opens an address and waits until the page is drawn."""
        self.page.goto(self.base + path, wait_until="domcontentloaded")
        return self.settled()

    def settled(self) -> Page:
        """Waits until the page has its footer, which every page draws last, and nothing runs any more."""
        # Counted, not only seen: while a page is drawn anew, the footer before and the new one can stand beside each other for a moment.
        expect(self.page.get_by_text("Management information, not official statistics.")).to_have_count(1)
        expect(self.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        return self.page

    def go(self, name: str) -> Page:
        """Follows the navigation, as a reader does, without loading the app anew."""
        (section,) = {page.section for page in PAGES if page.title == name}
        if section:
            self.page.get_by_test_id("stTopNavSection").filter(has_text=section).click()
        self.page.get_by_test_id("stTopNavDropdownLink" if section else "stTopNavLink").filter(has_text=name).click()
        expect(self.page).to_have_title(f"{name} - Reach")
        return self.settled()


@pytest.fixture
def open_tab(browser: Browser, server: Server, tmp_path: Path) -> Iterator[Callable[..., Tab]]:
    """Opens a tab; ``width=390`` for a phone. A screenshot of each is left in the test's folder, whose path is printed."""
    contexts: list[BrowserContext] = []
    tabs: list[Tab] = []

    def make(width: int = 1400, height: int = 1000, at: Server = server) -> Tab:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB", timezone_id="Europe/London")
        context.set_default_timeout(WAIT)
        contexts.append(context)
        tab = Tab(context.new_page(), at.base)
        tab.listen()
        tabs.append(tab)
        return tab

    yield make
    for number, tab in enumerate(tabs, 1):
        if not tab.page.is_closed():
            picture = tmp_path / f"tab{number}.png"
            tab.page.screenshot(path=picture, full_page=True)
            print(f"screenshot: {picture}")
    for context in contexts:
        context.close()


@pytest.fixture
def tab(open_tab: Callable[..., Tab]) -> Tab:
    return open_tab()
