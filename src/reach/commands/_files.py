"""``check`` and ``ingest``: what files are, what they would change, and their import."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from .. import candidates, editions, settings, uploads
from ..candidates import Candidate, Changes
from ..clock import utc_now
from ..definitions import NETWORKS
from ..errors import Usage
from ..reading import Answers
from ..recognise import one_line
from ..store import Store
from ._opening import for_working, store_if_free
from ._printing import Adds, print_json, print_table, say

SET_ASIDE, REFUSED = 3, 4
MOST_PROBLEMS = 20


def add(command: Adds) -> None:
    """The commands of this room, with their arguments."""
    files = argparse.ArgumentParser(add_help=False)
    files.add_argument("files", nargs="+", metavar="FILE", help="exports, zips or folders of them")
    files.add_argument("--network", help="the network, where a file does not say")
    files.add_argument("--account", help="whose account it is, where a file does not say")
    files.add_argument("--force", help="the police force, where a file of data.police.uk does not say and its name says another")
    files.add_argument("--as-of", dest="as_of", metavar="DATE", help="the day on which the file was exported, such as 2026-11-02")
    files.add_argument("--date-order", dest="date_order", choices=("dmy", "mdy"), help="whether dates put the day or the month first")
    command("check", check, "say what files are and would change; change nothing", files)
    command("ingest", ingest, "import files", files)


def check(options: argparse.Namespace) -> int:
    known = for_working(options)
    with tempfile.TemporaryDirectory(prefix="reach-") as folder:
        store = store_if_free(known)
        found: list[Candidate] = []
        for path in _files(options.files):
            for candidate in _judged(path, Path(folder) if store is None else store.folder, known, store, options):
                found.append(_ours_said(_previewed(store, candidate), store) if store else _alone(candidate, known))
                _progress(options, found[-1])
        candidates.discard(found)
    return _report(found, options)


def ingest(options: argparse.Namespace) -> int:
    known = for_working(options)
    _answers(options)
    store = editions.opened(known)
    done: list[Candidate] = []
    for path in _files(options.files):
        found = _judged(path, store.folder, known, store, options)
        for candidate in found:
            done.append(_ours_said(_committed(store, candidate), store) if candidate.status == "ready" else candidate)
            _progress(options, done[-1])
        candidates.discard(found)
    return _report(done, options)


def _previewed(store: Store, candidate: Candidate) -> Candidate:
    """The candidate with what it would change, and where its figures may count what others count."""
    shown = uploads.preview(store, [candidate])
    one = shown.candidates[0]
    for doubt in shown.doubts:
        one = _noted(one, doubt)
    return one


def _committed(store: Store, candidate: Candidate) -> Candidate:
    """The candidate imported; of figures it says too where they may count what others count, since nobody is there to be asked."""
    doubts = uploads.preview(store, [candidate]).doubts if candidate.reading and candidate.reading.format.table == "figure" else ()
    one = uploads.commit(store, candidate)
    for doubt in doubts:
        one = _noted(one, doubt)
    return one


def _alone(candidate: Candidate, known: settings.Settings) -> Candidate:
    """A candidate that no store was there to compare with: everything in it is new, unless a store is there that cannot be opened."""
    if not candidate.reading or candidate.status != "ready":
        return candidate
    if known.store.exists():
        return _noted(candidate, "Compared with nothing: another Reach process is using the store. It may have been imported already.")
    return _ours_said(replace(candidate, changes=Changes(new=candidate.reading.kept)), None)


def _noted(candidate: Candidate, note: str) -> Candidate:
    assert candidate.reading
    return replace(candidate, reading=replace(candidate.reading, notes=(*candidate.reading.notes, note)))


def _ours_said(candidate: Candidate, store: Store | None) -> Candidate:
    """Says which account of several is taken to be ours, since nobody is there to confirm it."""
    accounts = candidate.reading.accounts if candidate.reading else ()
    if candidate.status not in ("ready", "imported") or len(accounts) < 2 or not candidate.reading:
        return candidate
    ours = candidates.ours_proposed(store, candidate.reading) if store else [one.account for one in accounts[:1]]
    named = ", ".join(one_line(one.name or one.handle or one.account or "") for one in accounts if one.account in ours)
    others = len(accounts) - len(ours)
    rest = f"{others:,} other account{'' if others == 1 else 's'} in the file not"
    return _noted(candidate, f"Taken to be our own: {named}; {rest}. The Upload page lets you say otherwise.")


# --- files and answers ------------------------------------------------------------------------------------


def _files(named: Sequence[str]) -> Iterator[Path]:
    """The files named, and those inside the folders named, in order of name."""
    for name in named:
        if not name.strip():
            raise Usage("A file name is empty. Name the files or folders to read.")
        path = Path(name)
        if _is_folder(path):
            inside = sorted(found for found in path.rglob("*") if found.is_file() and not found.name.startswith("."))
            if not inside:
                raise Usage(f"{name}: the folder holds no file. Name one with files in it.")
            yield from inside
        else:
            yield path


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False  # a name that no file can have: opening it says so


def _judged(path: Path, folder: Path, known: settings.Settings, store: Store | None, options: argparse.Namespace) -> list[Candidate]:
    try:
        stated = (datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(tzinfo=None), "file time")
    except (OSError, ValueError):
        stated = None
    return candidates.check(path, path.name, folder, known, store, _answers(options), stated)


def _answers(options: argparse.Namespace) -> Answers:
    network = options.network.lower() if options.network else None
    if network and network not in NETWORKS:
        raise Usage(f"--network '{options.network}': it is no network of Reach's. Known: {', '.join(NETWORKS)}.")
    as_of = _day(options.as_of) if options.as_of else None
    return Answers(network, options.account, options.date_order, as_of, force=options.force)


def _day(text: str) -> datetime:
    """A day given on the command line, as its noon, which is that day in every zone that matters."""
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        raise Usage(f"--as-of '{text}': it is not a date such as 2026-11-02.") from None
    if given.tzinfo:
        given = given.astimezone(UTC).replace(tzinfo=None)
    given = given if given.time() != datetime.min.time() else given.replace(hour=12)
    if given > utc_now() + timedelta(days=1):
        raise Usage(f"--as-of '{text}': it is in the future. Give the day on which the file was exported.")
    return given


# --- what is printed --------------------------------------------------------------------------------------


def _report(found: Sequence[Candidate], options: argparse.Namespace) -> int:
    if options.json:
        print_json([_candidate_json(candidate) for candidate in found])
    else:
        if len(found) > 1:
            summary = [_summary_row(candidate) for candidate in found]
            print_table(summary, list(summary[0]))
        for candidate in found:
            problems = candidate.reading.problems if candidate.reading else ()
            notes = candidate.reading.notes if candidate.reading else ()
            say("\n  ".join([candidate.message, *notes, *(problem.words(candidate.name) for problem in problems[:MOST_PROBLEMS])]))
            if len(problems) > MOST_PROBLEMS:
                say(f"  and {len(problems) - MOST_PROBLEMS:,} more rows set aside; --json lists them all.")
    if any(candidate.status in ("refused", "needs") for candidate in found):
        return REFUSED
    aside = any(candidate.reading and candidate.reading.problems and candidate.status != "duplicate" for candidate in found)
    return SET_ASIDE if aside else 0


def _summary_row(candidate: Candidate) -> dict[str, Any]:
    reading, changes = candidate.reading, candidate.changes
    return {
        "status": candidate.status,
        "rows": f"{reading.kept:,}" if reading else "",
        "aside": f"{len(reading.problems):,}" if reading else "",
        "new": f"{changes.new:,}" if changes else "",
        "updated": f"{changes.updated:,}" if changes else "",
        "what it is": reading.format.label if reading else "",
        "file": candidate.name,
    }


def _candidate_json(candidate: Candidate) -> dict[str, Any]:
    reading = candidate.reading
    first, last = candidate.period
    changes = candidate.changes
    return {
        "file": candidate.name,
        "status": candidate.status,
        "format": reading.format.key if reading else None,
        "network": reading.network if reading else None,
        "account": candidate.account,
        "as_of": candidate.as_of,
        "as_of_basis": candidate.as_of_basis or None,
        "period": [first, last],
        "rows": {
            "read": reading.read if reading else 0,
            "kept": reading.kept if reading else 0,
            "skipped": sum(reading.skipped.values()) if reading else 0,
            "set_aside": len(reading.problems) if reading else 0,
        },
        "control_totals": reading.control_totals if reading else {},
        "changes": vars(changes) if changes else {"new": 0, "updated": 0, "unchanged": 0},
        "questions": [{"key": one.key, "question": one.words, "guess": one.guess} for one in candidate.questions],
        "problems": [
            {"record": one.record, "line": one.line, "column": one.column, "value": one.value, "reason": one.reason}
            for one in (reading.problems if reading else ())
        ],
        "notes": list(reading.notes) if reading else [],
        "message": candidate.message,
        "upload_id": candidate.upload_id,
    }


def _progress(options: argparse.Namespace, candidate: Candidate) -> None:
    if sys.stderr and (sys.stderr.isatty() or not options.json):
        say(f"{candidate.status}: {candidate.name}", sys.stderr)
