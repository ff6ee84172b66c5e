"""The web server: Streamlit's pages with a health check, security headers and the store's lifetime around them.

The lock-down settings live here, in :func:`settings_for_streamlit`, because an installed wheel has no
``.streamlit/config.toml``. A checkout has that file for ``streamlit run``; a test keeps the two the same.
"""

from __future__ import annotations

import base64
import errno
import hashlib
import ipaddress
import os
import re
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import streamlit as st
import uvicorn.config
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

from . import __version__, inbox, settings
from .app import show_error
from .errors import ReachError, Usage
from .views import PUBLIC

PAGE_SCRIPT: Final = Path(__file__).with_name("app.py")

WILDCARDS: Final = ("0.0.0.0", "::")

# Open to anyone by Streamlit's default, of use to nobody here: process internals, and a second way to drive the pages.
CLOSED_PATHS: Final = ("/_stcore/metrics", "/_stcore/agent")


def settings_for_streamlit(port: int = 8501, address: str = "127.0.0.1") -> dict[str, Any]:
    """Every Streamlit option that Reach sets, by its full name (``server.port``). The only place where they are decided."""
    return {
        "server.address": address,
        "server.port": port,
        "server.headless": True,
        "server.showEmailPrompt": False,
        "server.maxUploadSize": 50,
        "server.enableXsrfProtection": True,
        "server.enableCORS": True,
        "server.allowedHosts": _allowed_hosts(address),
        "server.enableStaticServing": False,
        "server.enableAgentApi": False,
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": False,
        "logger.enableRich": False,  # or tracebacks go to stdout in colour wherever the rich package happens to be
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "client.disableDataExport": True,
        "client.toolbarMode": "viewer",
        "runner.magicEnabled": False,
        # A picker that the address fills has a default too, which is not a mistake here.
        "global.disableWidgetStateDuplicationWarning": True,
        # Source Sans comes with Streamlit: nothing is fetched.
        "theme.font": "sans-serif",
        "theme.headingFontSizes": ["2.125rem", "1.5rem", "1.1875rem", "1rem", "1rem", "1rem"],
        "theme.baseRadius": "4px",
        "theme.paddingTop": "1.5rem",
        "theme.light.textColor": "#0B0C0C",
        "theme.light.primaryColor": "#12436D",
        "theme.light.linkColor": "#12436D",
        "theme.light.backgroundColor": "#FFFFFF",
        "theme.light.secondaryBackgroundColor": "#F4F6F8",
        "theme.light.borderColor": "#D5DBE1",
        "theme.light.grayTextColor": "#505A5F",
        # Streamlit writes white on the primary colour and the primary colour on the page: both reach 4.5:1 only on near-black.
        "theme.dark.textColor": "#E9ECEF",
        "theme.dark.primaryColor": "#3E7AB3",
        "theme.dark.linkColor": "#8FC1F0",
        "theme.dark.backgroundColor": "#030506",
        "theme.dark.secondaryBackgroundColor": "#141B22",
        "theme.dark.borderColor": "#46535F",
        "theme.dark.grayTextColor": "#A9B4BE",
    }


def parts() -> dict[str, Any]:
    """What ``st.App`` takes beside the script: routes, middleware, lifetime, and what to do with errors."""
    # Until the navigation has been drawn once, Streamlit takes a folder "pages" beside the script for its old way of having
    # pages, and would run one of our modules as a script for whoever opens /upload first.
    PagesManager.uses_pages_directory = False
    return {
        "lifespan": _lifespan,
        "routes": [Route("/api/health", _health), Route("/overview", _first_page)],
        "middleware": [Middleware(Guard), Middleware(GZipMiddleware, minimum_size=2048, compresslevel=6)],
        "on_script_error": show_error,
        "exception_handlers": {Exception: _broken},
    }


def serve(port: int = 8501, address: str = "127.0.0.1") -> None:
    """Serve the dashboard until it is stopped; opens no browser. Raises :class:`Usage` if the address cannot be listened on."""
    _check_free(port, address)
    _announce(port, address)
    for name in ("uvicorn", "uvicorn.error"):  # its start-up lines would bury ours
        uvicorn.config.LOGGING_CONFIG["loggers"][name]["level"] = "WARNING"
    app = st.App(PAGE_SCRIPT, **parts())
    try:
        app.run(config={**settings_for_streamlit(port, address), "logger.hideWelcomeMessage": True})
    except KeyboardInterrupt:
        return  # uvicorn raises it again after it has closed everything


class Guard:
    """Pure ASGI: puts the security headers on every HTTP response and answers closed paths with 404."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = security_headers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        closed = any(scope["path"].rstrip("/") == path or scope["path"].startswith(path + "/") for path in CLOSED_PATHS)
        app = PlainTextResponse("Not found", 404) if closed else self.app
        await app(scope, receive, send_guarded)


def security_headers() -> dict[str, str]:
    """The headers of every response."""
    return {
        "Content-Security-Policy": _content_security_policy(),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }


def _content_security_policy() -> str:
    # img-src is what stops a Markdown image in a post's text from telling another server who reads it.
    # Streamlit's page stays blank without 'unsafe-eval'; its one inline script is allowed by its hash alone.
    policy = {
        "default-src": "'self'",
        "script-src": f"'self' {' '.join(_inline_script_hashes())} 'unsafe-eval'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self' ws: wss:",
        "worker-src": "'self' blob:",
        "frame-ancestors": "'none'",
        "form-action": "'self'",
        "object-src": "'none'",
        "base-uri": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in policy.items())


def _inline_script_hashes() -> list[str]:
    page = Path(st.__file__).with_name("static").joinpath("index.html").read_bytes()
    scripts = re.findall(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", page, re.DOTALL)
    return [f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'" for script in scripts]


async def _health(_request: Request) -> Response:
    return JSONResponse({"status": "ok", "version": __version__}, headers={"Cache-Control": "no-store"})


async def _first_page(request: Request) -> Response:
    # Streamlit knows its first page as / alone, and says of the page's own name that there is no such page.
    return RedirectResponse(f"/?{request.url.query}" if request.url.query else "/")


async def _broken(_request: Request, _error: Exception) -> Response:
    # Starlette answers a crash outside the middleware, so the headers are added here; uvicorn logs the traceback.
    return PlainTextResponse("Internal Server Error", 500, headers=security_headers())


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[None]:
    watched = _watched_inbox()
    try:
        yield
    finally:
        from . import store  # not at the top: a server that never showed a page has not loaded DuckDB

        if watched:
            watched.stop()
        store.close()


def _watched_inbox() -> inbox.Inbox | None:
    try:
        known = settings.load()
        if known.view == PUBLIC:  # which is for reading
            return None
        watched = inbox.inbox_of(known)
    except ReachError as error:  # the pages say it too
        print(f"reach: {error}", file=sys.stderr, flush=True)
        return None
    watched.start()
    return watched


def _announce(port: int, address: str) -> None:
    shown = "localhost" if address in (*WILDCARDS, "127.0.0.1") else f"[{address}]" if ":" in address else address
    url = f"http://{shown}:{port}"
    if _is_loopback(address):
        print(f"Reach is at {url} and listens on this computer only. Press Ctrl+C to stop it.", flush=True)
        return
    print(f"Reach is at {url}. Press Ctrl+C to stop it.", flush=True)
    print(
        f"Warning: Reach has no sign-in. Anyone who can reach {address} port {port} can see and change everything.",
        file=sys.stderr,
        flush=True,
    )


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def _allowed_hosts(address: str) -> list[str]:
    """The names a browser may use for this server, against DNS rebinding. All of them if it listens on every address."""
    names = ["localhost", "127.0.0.1"]
    if address in WILDCARDS:
        return ["*"]
    return names if address in names else [*names, address]


def _check_free(port: int, address: str) -> None:
    """Bind and let go, since Streamlit itself would only log a busy port and leave with exit code 1."""
    if not 1 <= port <= 65535:
        raise Usage(f"Port {port} does not exist: choose one from 1024 to 65535 with --port N.")
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        if os.name != "nt":  # as the server does; on Windows it would let two programs share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise Usage(_why_not(error, port, address)) from None


def _why_not(error: OSError, port: int, address: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use: another program, perhaps another Reach, listens on it. Stop it, or choose another with --port N."
    if error.errno == errno.EACCES:
        return f"Port {port} is not allowed here: choose one from 1024 to 65535 with --port N."
    return f"Address {address} is not one of this computer: choose another with --address A, or leave it out."
