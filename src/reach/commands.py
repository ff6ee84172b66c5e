"""The command line: ``reach`` serves the dashboard, and its commands do what the pages do.

Other programs rely on the JSON and the exit codes: 0 done, 2 usage, 3 done with rows set aside (lint: with findings), 4 a file refused
or in need of an answer, 5 store unavailable, 6 not allowed, 1 a bug.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from . import (
    __version__,
    campaign_files,
    campaign_rates,
    candidates,
    claims,
    editions,
    inbox,
    ledger,
    linting,
    publications,
    queries,
    reach_bounds,
    rereading,
    settings,
    uploads,
)
from .candidates import Candidate, Changes
from .clock import utc_now
from .definitions import NETWORKS
from .errors import NotAllowed, ReachError, Refused, StoreUnavailable, Usage
from .formats import all_formats
from .rates import Counted, compare, why_no_interval
from .reading import Answers
from .recognise import as_text, one_line
from .sheets import as_csv
from .store import STOPPED, Store, open_store
from .views import LABEL, LEGEND, PUBLIC, READING_ONLY, VIEWS, WORKING
from .wording import LESS, MORE, NEAR

SET_ASIDE, REFUSED = 3, 4
MOST_PROBLEMS = 20
WIDEST_CELL = 72
WIDEST_CHANGE = 400
# Longer numbers are no count of anything, and Python reads none of more than some thousand digits.
_WHOLE = r"(-?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,5}))"
COUNTED = re.compile(rf"{_WHOLE} */ *{_WHOLE}")
QUALIFIED = re.compile("|".join((*MORE, *LESS, *NEAR, "a further")), re.IGNORECASE)
MOST_TEXT = 50_000_000


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
        _say(f"reach: {error}", sys.stderr)
        return error.exit_code
    except RuntimeError as error:
        # DuckDB says so when Ctrl-C reaches it inside a query.
        if "interrupt" in str(error).lower():
            raise KeyboardInterrupt from None
        raise


def _stop(_signal: int, _frame: object) -> None:
    STOPPED.set()
    raise KeyboardInterrupt


def _say(words: str, stream: TextIO | None = None) -> None:
    """Prints to stdout, or to the stream given. A reader that has gone, as in `reach uploads | head`, or a full disk stops no work."""
    out = stream or sys.stdout
    if out is None:  # closed by whoever started us
        return
    try:
        print(words, file=out, flush=True)
    except OSError:
        with suppress(OSError, ValueError):  # Python must not complain of it at exit either
            os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


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
    files = argparse.ArgumentParser(add_help=False)
    files.add_argument("files", nargs="+", metavar="FILE", help="exports, zips or folders of them")
    files.add_argument("--network", help="the network, where a file does not say")
    files.add_argument("--account", help="whose account it is, where a file does not say")
    files.add_argument("--force", help="the police force, where a file of data.police.uk does not say and its name says another")
    files.add_argument("--as-of", dest="as_of", metavar="DATE", help="the day on which the file was exported, such as 2026-11-02")
    files.add_argument("--date-order", dest="date_order", choices=("dmy", "mdy"), help="whether dates put the day or the month first")
    command("check", _check, "say what files are and would change; change nothing", files)
    command("ingest", _ingest, "import files", files)
    command("uploads", _uploads, "list what was imported")
    for name, words in (("undo", "take an upload out of force"), ("redo", "put an undone upload back in force")):
        command(name, _undo_or_redo, words).add_argument("id", metavar="ID", help="its id, or enough of its start")
        commands.choices[name].set_defaults(act=name)
    listed = command("campaigns", _campaigns, "list the campaigns, or record those of a CSV file as data/published/campaigns.csv")
    listed.add_argument("file", nargs="?", metavar="FILE", help="a CSV file of campaigns; all of it is recorded, or none")
    shown = command("publications", _publications, "list what was published through the publish gate, or print one entry to copy")
    shown.add_argument("number", nargs="?", type=int, metavar="N", help="the entry's number")
    command("formats", _formats, "list the files Reach reads")
    command("queries", _queries, "list the named questions")
    asked = command("query", _query, "ask a named question")
    asked.add_argument("name", metavar="NAME")
    asked.add_argument("--set", action="append", default=[], metavar="K=V", dest="values", help="a parameter's value")
    asked.add_argument("--format", choices=("table", "csv", "json"), default="table", dest="shape")
    asked.add_argument("--provenance", action="store_true", help="with JSON: add to each row the file and record that it comes from")
    bounds = command("bounds", _bounds, "how many accounts several reaches make together: they are never added")
    bounds.add_argument("reaches", nargs="+", type=_accounts, metavar="N", help="a reach, such as 220000 or 220,000")
    bounds.add_argument("--population", type=_accounts, metavar="N", help="the people who could have been reached, for an estimate")
    bounds.add_argument("--all-live-there", action="store_true", help="everybody reached is of that population, so that it caps the answer")
    compared = command("rates", _rates, "two counts over their days beside one another, and what chance leaves open")
    for name in ("first", "second"):
        compared.add_argument(name, type=_counted, metavar="COUNT/DAYS", help="a count over its days, such as 76/7 or 1,041/7")
    words = "how much weeks vary, as variance over mean, to allow for it"
    compared.add_argument("--dispersion", type=_dispersion, metavar="PHI", help=words)
    linted = command("lint", _lint, "find wording in a text that nothing published can bear; 3 where there is any")
    linted.add_argument("file", metavar="FILE", help="a text, such as a draft release in .txt or .md; - reads it from standard input")
    command("sample", _sample, "load or remove the made-up sample data").add_argument("act", choices=("load", "remove"))
    words = "read every original in the store again with today's formats; say what would change, or change it"
    command("rebuild", _rebuild, words).add_argument("--yes", action="store_true", help="put the new readings in the place of what is held")
    return parser


# --- commands ---------------------------------------------------------------------------------------------


def _serve(options: argparse.Namespace) -> int:
    from . import server

    known = settings.load(options.store)
    watched = inbox.folder_of(known)
    view = _view(options, known)
    os.environ["REACH_STORE"] = str(known.store)
    os.environ["REACH_VIEW"] = view
    editions.opened(known)
    _say(f"Store: {known.store}")
    _say(f"{LABEL[PUBLIC]}. No page can show more." if view == PUBLIC else f"Inbox: {watched}")
    server.serve(options.port, options.address)
    return 0


def _view(options: argparse.Namespace, known: settings.Settings) -> str:
    """The view asked for, else the installation's. Raises :class:`NotAllowed` for more than the installation shows."""
    if known.view == PUBLIC and options.view == WORKING:
        raise NotAllowed("This installation shows the public view alone (setting 'view'). Ask without --view.")
    return options.view or known.view


def _for_reading(options: argparse.Namespace) -> Store:
    """The store in the view asked for."""
    known = settings.load(options.store)
    return editions.opened(known).seen_as(_view(options, known))


def _label(store: Store) -> None:
    """Says before an answer in which view it is, and beside it: JSON and CSV stay as they are."""
    _say(f"{LABEL[store.view]}. {LEGEND}" if store.view == PUBLIC else LABEL[store.view], sys.stderr)


def _for_working(options: argparse.Namespace) -> settings.Settings:
    """The settings for what changes something or reads an original. Raises :class:`NotAllowed` in the public view."""
    known = settings.load(options.store)
    if _view(options, known) == PUBLIC:
        raise NotAllowed(READING_ONLY)
    return known


def _check(options: argparse.Namespace) -> int:
    known = _for_working(options)
    with tempfile.TemporaryDirectory(prefix="reach-") as folder:
        store = _store_if_free(known)
        found: list[Candidate] = []
        for path in _files(options.files):
            for candidate in _judged(path, Path(folder) if store is None else store.folder, known, store, options):
                found.append(_ours_said(_previewed(store, candidate), store) if store else _alone(candidate, known))
                _progress(options, found[-1])
        candidates.discard(found)
    return _report(found, options)


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


def _ingest(options: argparse.Namespace) -> int:
    known = _for_working(options)
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


def _uploads(options: argparse.Namespace) -> int:
    store = _for_reading(options)
    rows = [_upload_json(row) for row in store.rows("pages/uploads")]
    _label(store)
    if options.json:
        _print_json(rows)
    else:
        _print_table(rows, ("upload_id", "file", "format", "rows", "state", "uploaded_at", "by"))
    return 0


def _campaigns(options: argparse.Namespace) -> int:
    store = editions.opened(_for_working(options)) if options.file else _for_reading(options)
    if options.file:
        path = Path(options.file)
        try:
            said = campaign_files.bring(store, path.read_bytes(), path.name)
        except OSError as error:
            raise Usage(f"{one_line(options.file)}: it cannot be read ({error.strerror}). Give a CSV file of campaigns.") from None
        if not options.json:
            for line in said:
                _say(line)
            return 0
    rows = store.rows("pages/campaigns")
    _label(store)
    if options.json:
        _print_json([{**row, "rates": rates} for row, rates in zip(rows, _rates_of(store, rows), strict=True)])
    else:
        _print_table(rows, ("campaign", "start_date", "end_date", "status", "posts", "shared", "figures"))
    return 0


def _publications(options: argparse.Namespace) -> int:
    store = editions.opened(settings.load(options.store))
    if options.number is None:
        rows = [_entry_json(one) for one in publications.entries(store)]
        if options.json:
            _print_json(rows)
        elif rows:
            _print_table(rows, ("number", "day", "title", "state", "figures", "hidden", "by"))
        else:
            _say("Nothing was published yet.")
        return 0
    one = publications.entry(store, options.number)
    if options.json:
        _print_json({**_entry_json(one), "marking": one.marking, "standing": one.standing, "content": one.document})
    else:
        _say(one.words)
    return 0


def _entry_json(one: publications.Entry) -> dict[str, Any]:
    figures = one.document["figures"]
    return {
        "number": one.number,
        "day": one.row["day"],
        "title": one.document["title"],
        "state": one.state,
        "figures": len(figures),
        "hidden": sum(figure["hidden"] for figure in figures),
        "sha256": one.document["sha256"],
        "whole": one.whole,
        "upload_id": one.row["upload_id"],
        "upload_undone": one.row["undone"],
        "by": one.row["recorded_by"],
        "at": one.row["recorded_at"],
        "reason": one.row["reason"],
        "superseded_by": one.row["superseded_by"],
    }


def _rates_of(store: Store, rows: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The rates of each campaign as its page gives them: of made-up posts only where it has no others."""
    tagged = campaign_rates.tags(store.rows("pages/campaign_ad_tags"))
    of_posts, found = store.rows("pages/campaign_ratios"), []
    advertisements = {made_up: store.rows("pages/campaign_advertisements", sample=made_up) for made_up in (False, True)}
    for row in rows:
        made_up = not row["posts"] and bool(row["sample_posts"])
        own = [one for one in of_posts if one["sample"] == made_up]
        found.append(campaign_rates.listed(row, own, advertisements[made_up], tagged))
    return found


def _undo_or_redo(options: argparse.Namespace) -> int:
    store = editions.opened(_for_working(options))
    upload = uploads.named(store, options.id)
    # Nobody is there to be asked, so what the page would list beforehand is said with the answer.
    changed = claims.Undoing() if options.act == "redo" or upload["undone"] else claims.undoing(store, options.id)
    said = uploads.undo(store, options.id) if options.act == "undo" else uploads.redo(store, options.id)
    if options.json:
        row = next(row for row in store.rows("pages/uploads") if row["upload_id"] == upload["upload_id"])
        found = [{"claim": one.claim.subject, "before": one.before, "after": one.after} for one in changed.claims]
        _print_json({**_upload_json(row), "message": said, "claims_changed": found, "figures_changed": changed.figures})
        return 0
    _say(said)
    for line in (*(one.words for one in changed.claims), *changed.figures_in_short):
        _say(f"  {one_line(line, WIDEST_CHANGE)}")
    return 0


def _formats(options: argparse.Namespace) -> int:
    known = settings.load(options.store)
    store = _store_if_free(known, _view(options, known))
    mapped = ledger.mapped_formats(store) if store else ()
    rows = [
        {
            "format": one.key,
            "label": one.label,
            "network": one.network,
            "getting_it": one.getting_it,
            "kept_for": one.kept_for or None,
            "declined": one.declined or None,
        }
        for one in (*all_formats(), *mapped)
    ]
    if options.json:
        _print_json(rows)
    else:
        _print_table(rows, ("format", "label", "getting_it"))
    return 0


def _queries(options: argparse.Namespace) -> int:
    asked = [queries.load(name) for name in queries.names() if not name.startswith(("facts/", "marts/"))]
    rows = [{"query": one.name, "parameters": list(one.parameters), "words": one.words} for one in asked]
    if options.json:
        _print_json(rows)
    else:
        _print_table(rows, ("query", "parameters", "words"))
    return 0


def _query(options: argparse.Namespace) -> int:
    query = queries.load(options.name)
    values: dict[str, Any] = {}
    for pair in options.values:
        name, equals, value = pair.partition("=")
        if not equals or name not in query.parameters:
            known = ", ".join(query.parameters) or "none"
            raise Usage(f"Parameter '{pair}': write --set name=value; {query.name} takes: {known}.")
        values[name] = value.split(",") if name in query.lists else value
    shape = "json" if options.json else options.shape
    if options.provenance and shape != "json":
        raise Usage("--provenance is given as JSON only. Add --format json.")
    store = _for_reading(options)
    rows = store.rows(query.name, **values)
    # A question without an answer still has its headings.
    headings = list(rows[0]) if rows else list(store.frame(query.name, **values).columns)
    if options.provenance:
        if "upload_id" not in headings:
            raise Usage(f"Query '{query.name}': its rows name no upload, so none has one source. Ask without --provenance.")
        rows = _with_provenance(store, rows)
    _label(store)
    if shape == "json":
        _print_json(rows)
    elif shape == "csv":
        _say(as_csv(headings, [list(row.values()) for row in rows]).removesuffix("\n"))
    else:
        _print_table(rows, tuple(rows[0]) if rows else ())
    return 0


def _with_provenance(store: Store, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each row with the file and record it comes from; None for a row of no upload, and no record number for one of a whole file."""
    asked = sorted({str(row["upload_id"]) for row in rows if row["upload_id"]})
    files = {one["upload_id"]: one for one in store.rows("pages/provenance", uploads=asked)}
    return [{**row, "provenance": _provenance(files.get(str(row["upload_id"])), row)} for row in rows]


def _provenance(file: dict[str, Any] | None, row: dict[str, Any]) -> dict[str, Any] | None:
    return {**file, "record_no": row.get("record_no")} if file else None


def _accounts(words: str) -> float:
    """A number as a person writes it. The bounds say what is wrong with one that cannot be."""
    try:
        number = float(words.replace(",", ""))
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{one_line(words)}' is not a number of accounts such as 220000") from None
    return int(number) if number.is_integer() else number


def _bounds(options: argparse.Namespace) -> int:
    found = reach_bounds.combine(options.reaches, options.population, all_live_there=options.all_live_there)
    if options.json:
        _print_json(asdict(found))
        return 0
    if found.lower is None:
        _say(f"At most {found.upper:,} accounts; no lower bound: none of the numbers supports one.")
    else:
        _say(f"Between {found.lower:,} and {found.upper:,} accounts.")
    if found.independent is not None:
        _say(f"{found.independent:,} if seeing one says nothing about seeing another. This is an assumption, not a count.")
        _say(f"All of it is equivalent to {reach_bounds.share(found.independent, options.population):.0f}% of the population.")
    for condition in found.conditions:
        _say(condition)
    return 0


def _counted(words: str) -> Counted:
    """A count over its days as a person writes it, ``1,041/7``."""
    found = COUNTED.fullmatch(words.strip())
    if not found:
        qualified = QUALIFIED.match(words.strip())
        why = (qualified and why_no_interval(0, 0, qualified.group())) or "Give two whole numbers."
        raise argparse.ArgumentTypeError(f"'{one_line(words)}' is not a count and its days such as 76/7. {why}")
    try:
        return Counted(*(int(part.replace(",", "")) for part in found.groups()))
    except Usage as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _dispersion(words: str) -> float:
    try:
        return float(words)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{one_line(words)}' is not a number such as 5.84, variance over mean") from None


def _rates(options: argparse.Namespace) -> int:
    found = compare(options.first, options.second, options.dispersion)
    if options.json:
        named = ("ratio", "low", "high", "low_dispersed", "high_dispersed", "verdict")
        _print_json({**{name: getattr(found, name) for name in named}, "dispersion": found.dispersion, "sentences": found.sentences})
        return 0
    for sentence in found.sentences:
        _say(sentence)
    return 0


def _lint(options: argparse.Namespace) -> int:
    name = "standard input" if options.file == "-" else one_line(options.file)
    text = _text_of(options.file, name)
    known = settings.load(options.store)
    found = linting.check(text, claims.facts(_published(known, _view(options, known)), known.force))
    if options.json:
        _print_json([{"file": name, **asdict(one)} for one in found])
    else:
        for one in found:
            _say(f"{name}, line {one.line:,}, column {one.column:,}: {one_line(one.sentence, WIDEST_CHANGE)}")
        if not found:
            _say(f"{name}: nothing to reword.")
        elif len(found) >= linting.MOST:
            _say(f"{name}: there is more; of each kind the first {linting.MOST:,} are listed.")
    return SET_ASIDE if found else 0


def _published(known: settings.Settings, view: str) -> list[dict[str, Any]]:
    """What was published, from the store where there is one to ask, else as it ships. A look creates nothing."""
    store = _store_if_free(known, view)
    return store.rows("pages/published_figures") if store else editions.published_figures()


def _text_of(file: str, name: str) -> str:
    """The text of a file or of standard input. Raises :class:`Refused` for what cannot be read or is no text."""
    try:
        raw = sys.stdin.buffer.read(MOST_TEXT + 1) if file == "-" else _start_of(Path(file))
    except OSError as error:
        raise Refused(f"{name}: it cannot be read ({error.strerror}). Name a text file, or - for standard input.") from None
    except ValueError:
        raise Refused(f"{name}: it cannot be read (no file can have this name). Name a text file.") from None
    if len(raw) > MOST_TEXT:
        raise Refused(f"{name}: it is larger than {MOST_TEXT // 1_000_000} MB. Check it in parts.")
    text = as_text(raw)
    if text is None:
        raise Refused(f"{name}: it is not a text. Save it as plain text (.txt) and check that.")
    return text


def _start_of(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(MOST_TEXT + 1)


def _sample(options: argparse.Namespace) -> int:
    store = editions.opened(_for_working(options))
    said = editions.load_sample(store) if options.act == "load" else editions.remove_sample(store)
    if options.json:
        _print_json(said)
    else:
        _say("\n".join(said) or "No sample data is loaded.")
    return 0


def _rebuild(options: argparse.Namespace) -> int:
    store = editions.opened(_for_working(options))
    found = rereading.look(store)
    try:
        if options.yes:
            found = rereading.put_in_place(store, found)
    finally:
        candidates.discard(rereading.candidates_of(found))
    counts = rereading.states(found)
    words = _rebuild_words(counts, options.yes)
    if options.json:
        _print_json({"applied": counts["replaced"] > 0, "uploads": [_reread_json(one) for one in found], "message": words})
        return 0
    rows = [_reread_row(one) for one in found if one.state in ("changed", "replaced")]
    if rows:
        _print_table(rows, ("file", "format", "rows kept", "what differs", "control totals that differ"))
    for one in found:
        if one.state == "left":
            _say(f"Left as it is: {one.why}")
    _say(words)
    return 0


def _rebuild_words(counts: Mapping[str, int], applied: bool) -> str:
    differ = counts["changed"] + counts["replaced"]
    read = f"{differ + counts['same']:,} uploads read again: {differ:,} read differently, {counts['same']:,} as before"
    left = f"; {counts['left']:,} left as they are" if counts["left"] else ""
    if not differ:
        return f"{read}{left}. Nothing to do."
    if not applied:
        return f"{read}{left}. Nothing was changed: 'reach rebuild --yes' puts the new readings in the place of what is held."
    return f"{read}{left}. The new readings took their place; 'reach undo ID' takes one out again."


def _reread_row(one: rereading.Reread) -> dict[str, str]:
    held = one.upload
    return {
        "file": held["file_name"],
        "format": _then_now(held["format"], one.format),
        "rows kept": _then_now(held["rows_kept"], one.rows_kept),
        "what differs": "rows" if one.rows_kept != held["rows_kept"] else "totals" if one.totals else "values",
        "control totals that differ": "; ".join(f"{name} {_then_now(then, now)}" for name, (then, now) in one.totals.items()),
    }


def _then_now(then: Any, now: Any) -> str:
    then, now = ("none" if one is None else f"{one:,}" if isinstance(one, (int, float)) else str(one) for one in (then, now))
    return str(then) if then == now else f"{then} \u2192 {now}"


def _reread_json(one: rereading.Reread) -> dict[str, Any]:
    return {
        "upload_id": str(one.upload["upload_id"]),
        "file": one.upload["file_name"],
        "state": one.state,
        "format": {"then": one.upload["format"], "now": one.format},
        "rows_kept": {"then": one.upload["rows_kept"], "now": one.rows_kept},
        "control_totals": {name: {"then": then, "now": now} for name, (then, now) in one.totals.items()},
        "message": one.why or None,
        "new_upload_id": one.new_id,
    }


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


def _store_if_free(known: settings.Settings, view: str = WORKING) -> Store | None:
    """The store for a look, if there is one and nobody else holds it: a check creates nothing."""
    if not known.store.exists():
        return None
    try:
        return open_store(known).seen_as(view)
    except StoreUnavailable:
        return None


# --- what is printed --------------------------------------------------------------------------------------


def _report(found: Sequence[Candidate], options: argparse.Namespace) -> int:
    if options.json:
        _print_json([_candidate_json(candidate) for candidate in found])
    else:
        if len(found) > 1:
            summary = [_summary_row(candidate) for candidate in found]
            _print_table(summary, list(summary[0]))
        for candidate in found:
            problems = candidate.reading.problems if candidate.reading else ()
            notes = candidate.reading.notes if candidate.reading else ()
            _say("\n  ".join([candidate.message, *notes, *(problem.words(candidate.name) for problem in problems[:MOST_PROBLEMS])]))
            if len(problems) > MOST_PROBLEMS:
                _say(f"  and {len(problems) - MOST_PROBLEMS:,} more rows set aside; --json lists them all.")
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


def _upload_json(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "upload_id": str(row["upload_id"]),
        "file": row["file_name"],
        "format": row["format"],
        "account": row["account"],
        "uploaded_at": row["recorded_at"],
        "by": row["recorded_by"],
        "rows": row["rows_kept"],
        "state": row["state"],
    }


def _progress(options: argparse.Namespace, candidate: Candidate) -> None:
    if sys.stderr and (sys.stderr.isatty() or not options.json):
        _say(f"{candidate.status}: {candidate.name}", sys.stderr)


def _print_json(document: Any) -> None:
    def plain(value: Any) -> Any:
        if isinstance(value, (datetime, date)):
            return value.isoformat()
        return (int(value) if value == int(value) else float(value)) if isinstance(value, Decimal) else str(value)

    _say(json.dumps(document, default=plain, ensure_ascii=False, indent=1))


def _print_table(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> None:
    cells = [[_line(row[name]) for name in columns] for row in rows]
    widths = [max([len(name), *(len(row[place]) for row in cells)]) for place, name in enumerate(columns)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in [list(columns), *cells]]
    _say("\n".join(lines))


def _line(value: Any) -> str:
    return one_line(str("" if value is None else value), WIDEST_CELL)
