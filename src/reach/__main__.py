"""The ``reach`` command. Everything else is imported once it runs, so that Ctrl-C is met at any moment."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

STOPPED = 130
# Every command but serve.
WITHOUT_FRAMES = {
    "check", "ingest", "uploads", "undo", "redo", "campaigns", "publications", "formats",
    "queries", "query", "bounds", "rates", "lint", "sample", "rebuild",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    try:
        with _interrupt_later():
            from . import commands
        return commands.run(arguments)
    except KeyboardInterrupt:
        print("reach: Stopped. Nothing was half stored.", file=sys.stderr)
        return STOPPED


@contextmanager
def _interrupt_later() -> Iterator[None]:
    """Holds Ctrl-C back: one that falls into the making of a compiled module comes out as that module's own failure."""
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler or threading.current_thread() is not threading.main_thread():
        yield
        return
    stops: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: stops.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if stops:
        raise KeyboardInterrupt


def console() -> int:
    """:func:`main` as a program of its own."""
    if WITHOUT_FRAMES.intersection(sys.argv[1:]):
        # DuckDB imports pandas, half a second of it, to see whether a value is a data frame. No command has one.
        sys.modules["pandas"] = None  # type: ignore[assignment]
    return main()


if __name__ == "__main__":
    sys.exit(console())
