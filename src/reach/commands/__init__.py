"""The command line: ``reach`` serves the dashboard, and its commands do what the pages do.

Other programs rely on the JSON and the exit codes: 0 done, 2 usage, 3 done with rows set aside (lint: with findings), 4 a file refused
or in need of an answer, 5 store unavailable, 6 not allowed, 1 a bug.
"""

from __future__ import annotations

import argparse
import io
import os
import signal
import sys
import threading
from collections.abc import Sequence
from typing import Any

from .. import __version__, editions, inbox, settings
from ..errors import ReachError
from ..store import STOPPED
from ..views import LABEL, PUBLIC, VIEWS
from . import _asking, _files, _history, _words
from ._opening import view_of
from ._printing import say


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code. Raises KeyboardInterrupt when stopped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Names and captions hold letters that an old console's code page lacks.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
    # A script that started us in the background keeps its own Ctrl-C from us: that stays so.
    ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler and threading.current_thread() is threading.main_thread()
    if ours and options.run is not _serve:
        signal.signal(signal.SIGINT, _stop)
    try:
        code = int(options.run(options))
        if STOPPED.is_set():
            raise KeyboardInterrupt
        return code
    except ReachError as error:
        say(f"reach: {error}", sys.stderr)
        return error.exit_code
    except RuntimeError as error:
        # DuckDB says so when Ctrl-C reaches it inside a query.
        if "interrupt" in str(error).lower():
            raise KeyboardInterrupt from None
        raise


def _stop(_signal: int, _frame: object) -> None:
    STOPPED.set()
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--store", default=argparse.SUPPRESS, help="where the store is (default: REACH_STORE, else the usual place)")
    words = "what is shown: working (the default), or public, with small counts hidden and nothing to change"
    common.add_argument("--view", choices=VIEWS, default=argparse.SUPPRESS, help=words)
    common.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON document")
    parser = argparse.ArgumentParser(
        "reach", description="Campaign reach beside enforcement results, every number to its source.", parents=[common]
    )
    parser.add_argument("--version", action="version", version=__version__)
    serving = argparse.ArgumentParser(add_help=False)
    serving.add_argument("--port", type=int, default=8501)
    serving.add_argument("--address", default="127.0.0.1", help="this computer only, unless given")
    parser.set_defaults(run=_serve, port=8501, address="127.0.0.1", store=None, json=False, view=None)
    commands = parser.add_subparsers(title="commands", metavar="")

    def command(name: str, run: Any, words: str, *parents: argparse.ArgumentParser) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=words, description=words, parents=[common, *parents])
        added.set_defaults(run=run)
        return added

    command("serve", _serve, "serve the dashboard (as 'reach' alone does)", serving)
    for room in (_files, _history, _asking, _words):
        room.add(command)
    return parser


def _serve(options: argparse.Namespace) -> int:
    from .. import server

    known = settings.load(options.store)
    watched = inbox.folder_of(known)
    view = view_of(options, known)
    os.environ["REACH_STORE"] = str(known.store)
    os.environ["REACH_VIEW"] = view
    editions.opened(known)
    say(f"Store: {known.store}")
    say(f"{LABEL[PUBLIC]}. No page can show more." if view == PUBLIC else f"Inbox: {watched}")
    server.serve(options.port, options.address)
    return 0
