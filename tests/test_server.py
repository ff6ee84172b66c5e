"""The server as a browser or a proxy meets it, and the settings that a checkout and an installed copy must share."""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from streamlit.testing.v1 import AppTest

import reach
from reach import server
from reach.errors import Usage

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60
STOP_SECONDS = 20


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes


@dataclass(frozen=True)
class Running:
    process: subprocess.Popen[str]
    port: int

    def get(self, path: str, **headers: str) -> Answer:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                return Answer(response.status, response.headers, response.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path, port: int, *command: str) -> Running:
    """Start a server away from the shared store, and wait until its health check answers."""
    environment = {**os.environ, "REACH_STORE": str(folder / "reach.duckdb")}
    with (folder / "out.txt").open("w") as out, (folder / "err.txt").open("w") as err:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err, text=True)
    running = Running(process, port)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if running.get("/api/health").status == 200:
                return running
        except OSError:
            time.sleep(0.1)
    stop(running)
    pytest.fail(f"The server did not start: {(folder / 'err.txt').read_text()}")


def stop(running: Running) -> int:
    running.process.terminate()
    try:
        return running.process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        running.process.kill()
        return running.process.wait()


SERVE = "import sys; from reach.server import serve; serve(int(sys.argv[1]))"


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        server_process = start(Path(folder), port, sys.executable, "-c", SERVE, str(port))
        yield server_process
        stop(server_process)


def flat(table: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in table.items():
        values |= flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}": value}
    return values


def test_config_file_says_what_the_code_says() -> None:
    in_file = flat(tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")))
    assert in_file == server.settings_for_streamlit()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("server.address", "127.0.0.1"),
        ("server.maxUploadSize", 50),
        ("server.enableXsrfProtection", True),
        ("server.enableCORS", True),
        ("server.allowedHosts", ["localhost", "127.0.0.1"]),
        ("server.enableStaticServing", False),
        ("server.enableAgentApi", False),
        ("browser.gatherUsageStats", False),
        ("client.showErrorDetails", "none"),
        ("client.disableDataExport", True),
    ],
)
def test_locked_down(name: str, value: object) -> None:
    assert server.settings_for_streamlit()[name] == value


def test_another_address_may_be_used_as_a_host_name() -> None:
    assert "192.0.2.7" in server.settings_for_streamlit(8501, "192.0.2.7")["server.allowedHosts"]
    assert server.settings_for_streamlit(9000, "192.0.2.7")["server.port"] == 9000


def test_health_is_json(running: Running) -> None:
    answer = running.get("/api/health")
    assert answer.headers.get_content_type() == "application/json"
    assert json.loads(answer.body) == {"status": "ok", "version": reach.__version__}


def test_first_page_has_its_name_as_an_address_too(running: Running) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=10)
    for asked, given in (("/overview", "/"), ("/overview?metric=views-meta", "/?metric=views-meta"), ("/overview?u=//a.b", "/?u=//a.b")):
        connection.request("GET", asked)
        answer = connection.getresponse()
        answer.read()
        assert (answer.status, answer.headers["location"]) == (307, given)
    connection.close()


@pytest.mark.parametrize("path", ["/", "/api/health", "/_stcore/health", "/_stcore/metrics", "/no-such-page", "/static/no-such-file.js"])
def test_every_response_has_the_security_headers(running: Running, path: str) -> None:
    headers = running.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["img-src"] == "'self' data: blob:"
    assert policy["connect-src"] == "'self' ws: wss:"
    assert policy["frame-ancestors"] == "'none'"
    assert "'unsafe-inline'" not in policy["script-src"]


def test_policy_allows_exactly_the_inline_scripts_of_the_page(running: Running) -> None:
    page = running.get("/").body.decode()
    inline = [script for attributes, script in re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL) if "src=" not in attributes]
    expected = {f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in inline}
    policy = running.get("/").headers["Content-Security-Policy"]
    assert expected
    assert set(re.findall(r"'sha256-[^']+'", policy)) == expected


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/metrics/", "/_stcore/%6detrics", "/_stcore/agent/openapi.json"])
def test_closed_paths(running: Running, path: str) -> None:
    answer = running.get(path)
    assert (answer.status, answer.body) == (404, b"Not found")


def test_static_files_are_compressed(running: Running) -> None:
    script = re.search(r'src="\.(/static/js/index[^"]+)"', running.get("/").body.decode())
    assert script is not None
    packed = running.get(script[1], **{"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == running.get(script[1], **{"Accept-Encoding": "identity"}).body


def test_listens_on_loopback_only(running: Running) -> None:
    # 127.0.0.2 is this computer as well, so a server that listened on every address would answer there.
    with socket.socket() as other:
        other.settimeout(5)
        assert other.connect_ex(("127.0.0.1", running.port)) == 0
    with socket.socket() as other:
        other.settimeout(5)
        assert other.connect_ex(("127.0.0.2", running.port)) != 0


def test_a_crash_in_a_route_has_the_headers_and_no_details() -> None:
    async def crash(_request: Request) -> Response:
        raise ValueError("secret")

    parts = server.parts()
    app = Starlette(routes=[Route("/crash", crash)], middleware=parts["middleware"], exception_handlers=parts["exception_handlers"])
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def ask() -> None:
        with pytest.raises(ValueError, match="secret"):  # so that uvicorn logs it
            await app({"type": "http", "method": "GET", "path": "/crash", "headers": [], "query_string": b""}, receive, send)

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    asyncio.run(ask())
    assert sent[0]["status"] == 500
    assert b"content-security-policy" in dict(sent[0]["headers"])
    assert b"secret" not in sent[1]["body"]


def test_serve_says_where_and_for_whom_and_stops(tmp_path: Path) -> None:
    port = free_port()
    stop(start(tmp_path, port, sys.executable, "-c", SERVE, str(port)))
    lines = (tmp_path / "out.txt").read_text().splitlines()
    assert lines == [f"Reach is at http://localhost:{port} and listens on this computer only. Press Ctrl+C to stop it."]
    assert (tmp_path / "err.txt").read_text() == ""


def test_another_address_is_warned_about(capsys: pytest.CaptureFixture[str]) -> None:
    server._announce(8501, "192.0.2.7")
    said = capsys.readouterr()
    assert "http://192.0.2.7:8501" in said.out
    assert "this computer only" not in said.out
    assert "no sign-in" in said.err
    assert len(said.err.splitlines()) == 1


def test_a_busy_port_is_named_with_what_to_do() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(Usage, match=rf"^Port {port} is in use: .* --port N\.$"):
            server.serve(port)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_that_does_not_exist(port: int) -> None:
    with pytest.raises(Usage, match=f"^Port {port} does not exist"):
        server.serve(port)


def test_an_address_of_another_computer() -> None:
    with pytest.raises(Usage, match=r"^Address 192\.0\.2\.7 is not one of this computer"):
        server.serve(free_port(), "192.0.2.7")


DASHBOARD = str(ROOT / "dashboard.py")
# As `python dashboard.py`, but on a port that is free: the file itself always takes the default.
RUN_DASHBOARD = """
import functools, runpy, sys
from reach import server
server.serve = functools.partial(server.serve, int(sys.argv[2]))
runpy.run_path(sys.argv[1], run_name="__main__")
"""


@pytest.mark.parametrize(
    "command",
    [("-c", RUN_DASHBOARD, DASHBOARD, "{port}"), ("-m", "streamlit", "run", DASHBOARD, "--server.port={port}")],
    ids=["python", "streamlit run"],
)
def test_dashboard_file_serves_the_same_app(tmp_path: Path, command: tuple[str, ...]) -> None:
    port = free_port()
    running = start(tmp_path, port, sys.executable, *[part.replace("{port}", str(port)) for part in command])
    try:
        assert "frame-ancestors 'none'" in running.get("/").headers["Content-Security-Policy"]
        assert running.get("/_stcore/metrics").status == 404
        with socket.socket() as other:
            other.settimeout(5)
            assert other.connect_ex(("127.0.0.2", port)) != 0
    finally:
        stop(running)


def test_dashboard_file_draws_the_first_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REACH_STORE", str(tmp_path / "reach.duckdb"))
    page = AppTest.from_file(DASHBOARD, default_timeout=60).run()
    assert not page.exception
    assert "Something went wrong" not in " ".join(text.value for text in page.text)
    assert page.title or page.header or page.markdown


def test_dashboard_file_says_what_to_do_without_packages(tmp_path: Path) -> None:
    # -S: no site-packages, as on a machine with only Python
    command = [sys.executable, "-S", DASHBOARD]
    answer = subprocess.run(command, cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=False)
    assert answer.returncode == 1
    assert answer.stderr.splitlines() == [
        "The package streamlit is not installed. Run: pip install uv, then: uv run reach (README.md says more)."
    ]


def refused() -> None:
    from reach.app import show_error
    from reach.errors import Refused

    show_error(Refused("march.csv:\n![x](http://127.0.0.1:8999/x.png) *n/a* is not a number."))


def broken() -> None:
    from reach.app import show_error

    try:
        raise ValueError("secret")
    except ValueError as error:
        show_error(error)


def test_a_refusal_is_one_plain_line() -> None:
    page = AppTest.from_function(refused).run()
    assert [text.value for text in page.text] == ["march.csv: ![x](http://127.0.0.1:8999/x.png) *n/a* is not a number."]
    assert not page.markdown
    assert not page.error


def test_a_bug_shows_a_number_and_logs_the_rest(caplog: pytest.LogCaptureFixture) -> None:
    page = AppTest.from_function(broken).run()
    (shown,) = [text.value for text in page.text]
    number = re.search(r"error number ([0-9a-f]{8})", shown)
    assert number is not None
    assert "secret" not in shown
    assert number[1] in caplog.text
    assert "ValueError: secret" in caplog.text


def test_no_room_of_ours_hides_an_installed_module() -> None:
    # Streamlit puts the script's folder, src/reach, on the module path while a page runs.
    rooms = {path.stem for path in (ROOT / "src" / "reach").iterdir() if not path.stem.startswith(("_", "."))}
    elsewhere = [sysconfig.get_path("stdlib"), sysconfig.get_path("purelib")]
    found = {room for room in rooms | {"json"} if (spec := PathFinder.find_spec(room, elsewhere)) is not None and spec.origin}
    assert found == {"json"}  # which shows that the search finds modules
