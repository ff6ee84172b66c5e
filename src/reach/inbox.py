"""The inbox: a folder beside the store whose files the running dashboard takes in by itself.

A file without a question is imported and moved to ``done``; one that is refused is moved to ``held`` with the reason in a text beside
it; one with a question stays and waits on the Upload page. Figures that may count what others count are imported: what is doubted of
figures can be settled only once they are held. Each doubt is said in the log, and stays open for a person on the Upload and Operations
pages. A file is moved only after what it holds is stored, so that a stop at any moment leaves it where the next start finds it again,
as a duplicate if it was stored.
"""

from __future__ import annotations

import logging
import os
import stat
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from .background import step_back
from .errors import ReachError, Usage
from .settings import Settings, person

if TYPE_CHECKING:
    from .candidates import Candidate

LOG = logging.getLogger("reach")

WHO = "inbox"
LOOK_SECONDS = 2.0
# A file is taken once its size and time have stood still for so long. One without a byte is often a place kept for a download.
STILL_SECONDS = 5.0
EMPTY_SECONDS = 60.0
# After a fault that is not the file's, such as a full disk or a store that another process holds.
PAUSE_SECONDS = 30.0
STOP_SECONDS = 1.5
UNFINISHED = (".crdownload", ".part", ".partial", ".download", ".opdownload", ".tmp")
REASON = ".why.txt"
LONGEST_NAME_BYTES = 200
LONGEST_REASON = 2_000
MOST_HELD = 50


@dataclass(frozen=True)
class Stamp:
    """What tells one state of a file from another."""

    size: int
    written_ns: int


@dataclass(frozen=True)
class Waiting:
    """A file in the inbox that waits for a person. ``file_id`` changes when the file does."""

    path: Path
    stamp: Stamp

    @property
    def name(self) -> str:
        return shown_name(self.path)

    @property
    def size(self) -> int:
        return self.stamp.size

    @property
    def file_id(self) -> str:
        return f"inbox-{os.fsencode(self.path.name).hex()}-{self.stamp.size}-{self.stamp.written_ns}"

    @property
    def stated(self) -> tuple[datetime, str]:
        """The file's time, which dates it as far as nothing else does."""
        return datetime.fromtimestamp(self.stamp.written_ns / 1e9, UTC).replace(tzinfo=None), "file time"


@dataclass(frozen=True)
class Held:
    """A file in ``held`` with the reason beside it."""

    name: str
    reason: str


class Inbox:
    """The inbox of one installation: what waits in it, and one look at a time over its files."""

    def __init__(self, settings: Settings) -> None:
        """Raises :class:`Usage` if the folder is the store's own, whose files are no exports."""
        self.settings = settings
        self.folder = folder_of(settings)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._guard = threading.Lock()
        self._waiting: dict[Path, Stamp] = {}
        self._seen: dict[Path, tuple[Stamp, float]] = {}
        self._paused: dict[Path, tuple[float, str]] = {}

    @property
    def watched(self) -> bool:
        return self._thread is not None

    # --- watching ---------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Makes the folder and watches it until :meth:`stop`."""
        self._stop.clear()
        self._thread = threading.Thread(target=self._watch, name="inbox", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends the watch; a file in the middle of its import is given a moment, then left for the next start."""
        self._stop.set()
        if self._thread:
            self._thread.join(STOP_SECONDS)
            self._thread = None

    def _watch(self) -> None:
        step_back()
        troubles = ""
        while True:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                self.look()
                troubles = ""
            except OSError as error:
                said = f"the folder {self.folder} cannot be looked into ({error.strerror or 'unknown reason'})"
                if said != troubles:
                    _log(f"{said}. It is tried again.")
                troubles = said
            if self._stop.wait(LOOK_SECONDS):
                return

    def look(self, now: float | None = None) -> None:
        """Takes in every file that has stood still. ``now`` is the time of a clock that only goes forward, in seconds."""
        now = time.monotonic() if now is None else now
        there = dict(_files(self.folder))
        with self._guard:
            self._waiting = {path: stamp for path, stamp in self._waiting.items() if there.get(path) == stamp}
        self._paused = {path: paused for path, paused in self._paused.items() if path in there}
        before, self._seen = self._seen, {}
        for path, stamp in sorted(there.items()):
            known, since = before.get(path, (None, now))
            self._seen[path] = (stamp, since if known == stamp else now)
        for path, (stamp, since) in self._seen.items():
            still = now - since >= (STILL_SECONDS if stamp.size else EMPTY_SECONDS)
            again = self._paused.get(path, (now, ""))[0]
            if still and now >= again and path not in self._waiting and not self._stop.is_set():
                self._take(Waiting(path, stamp), now)

    def _take(self, file: Waiting, now: float) -> None:
        """One file; whatever goes wrong with it, the next is taken."""
        try:
            said = self._taken_in(file)
        except (ReachError, OSError) as error:
            said = None
            why = str(error) if isinstance(error, ReachError) else f"it cannot be moved ({error.strerror or 'unknown reason'})"
            self._pause(file, now, why)
        except Exception as error:
            said = None if self._stop.is_set() else self._put_aside(file, now, error)
        if said:
            _log(said)

    def _put_aside(self, file: Waiting, now: float, error: Exception) -> str | None:
        """A fault of ours must not end the watch, nor be met again every few seconds."""
        LOG.error("Inbox, file %s", file.name, exc_info=error)
        words = f"{file.name}: something went wrong while it was read. Tell the person who looks after Reach: its log says more."
        try:
            return f"held: {words}" if self._move(file, "held", words) else None
        except OSError as fault:
            self._pause(file, now, f"it cannot be moved ({fault.strerror or 'unknown reason'})")
            return None

    def _pause(self, file: Waiting, now: float, why: str) -> None:
        if self._paused.get(file.path, (0.0, ""))[1] != why and not self._stop.is_set():
            _log(f"left for later: {file.name}: {why}")
        self._paused[file.path] = (now + PAUSE_SECONDS, why)

    def _taken_in(self, file: Waiting) -> str | None:
        """Reads a file and imports it unless it asks something. Returns the line for the log."""
        from . import candidates, editions, uploads  # not at the top: a server that was given no file has not loaded DuckDB

        store = editions.opened(self.settings)
        found = candidates.check(file.path, file.name, store.folder, self.settings, store, stated=file.stated)
        doubts: tuple[str, ...] = ()
        try:
            if sum(one.status == "ready" for one in found) > 1 or uploads.holds_figures(found):
                # A question that only the import finds must be known before the first of several tables is stored.
                shown = uploads.preview(store, found)
                found, doubts = list(shown.candidates), shown.doubts
            if any(one.status == "needs" for one in found):
                return self._wait(file, found)
            done = [uploads.commit(store, one, WHO) if one.status == "ready" else one for one in found]
            if any(one.status == "needs" for one in done):
                return self._wait(file, done)
            for doubt in doubts if any(one.status == "imported" for one in done) else ():
                _log(f"to settle on the Operations page: {file.name}: {doubt}")
        finally:
            candidates.discard(found)
        place = self.settle(file, done)
        if place is None:
            return f"changed while it was read: {file.name}. It is read again."
        words = "; ".join(one.message for one in done) or f"{file.name}: it holds no file"
        status = "refused" if any(one.status == "refused" for one in done) else done[0].status if done else "refused"
        return f"{status}: {words} Moved to {place.parent.name}/{shown_name(place)}."

    def _wait(self, file: Waiting, found: Sequence[Candidate]) -> str:
        with self._guard:
            self._waiting[file.path] = file.stamp
        asked = next(one for one in found if one.status == "needs")
        return f"waiting on the Upload page: {asked.message}"

    # --- what the Upload page does ----------------------------------------------------------------------------

    def waiting(self) -> list[Waiting]:
        """The files that wait for a person and are still there as they were, by name."""
        with self._guard:
            waiting = sorted(self._waiting.items())
        return [Waiting(path, stamp) for path, stamp in waiting if _stamp(path) == stamp]

    def settle(self, file: Waiting, done: Sequence[Candidate]) -> Path | None:
        """Moves a file to where it belongs after what was ready in it was imported: done, or held with the reason.

        Leaves one that still has something to import or to ask. Returns where it is now, None if it was not moved.
        """
        if any(one.status in ("ready", "needs") for one in done):
            return None
        refused = [one.message for one in done if one.status == "refused"]
        if not refused and done:
            return self._move(file, "done")
        imported = sum(one.status == "imported" for one in done)
        rest = f" The other {imported} of its {len(done)} tables were imported." if imported else ""
        return self._move(file, "held", " ".join(refused or [f"{file.name}: it holds no file."]) + rest)

    def dismiss(self, file: Waiting, found: Sequence[Candidate]) -> str:
        """Moves a waiting file away without importing it. Says so in a line."""
        useless = bool(found) and all(one.status in ("duplicate", "imported") for one in found)
        place = self._move(file, "done" if useless else "held")
        if place is None:
            return f"{file.name}: it is no longer in the inbox as it was; nothing was moved."
        said = f"{file.name}: not imported. It is in the inbox's folder {place.parent.name}."
        _log(f"dismissed by {person()}: {said}")
        return said

    def held(self) -> list[Held]:
        """The files put aside with a reason, newest first."""
        found = []
        for path, note in _reasons(self.folder / "held"):
            with suppress(OSError), note.open(encoding="utf-8", errors="replace") as stream:
                found.append(Held(shown_name(path), " ".join(stream.read(LONGEST_REASON).split())))
        return found

    def held_names(self) -> list[str]:
        """The names of those files, without a look into any: cheap enough to ask every few seconds."""
        return [shown_name(path) for path, _ in _reasons(self.folder / "held")]

    def _move(self, file: Waiting, where: str, reason: str | None = None) -> Path | None:
        """Moves a file into a folder of the inbox under a name that is free there. None if it is no longer what was read."""
        if _stamp(file.path) != file.stamp:
            self._forget(file)
            return None
        folder = self.folder / where
        folder.mkdir(parents=True, exist_ok=True)
        place = _free_place(folder, file.path.name)
        note = place.with_name(place.name + REASON)
        try:
            if reason is not None:
                # Before the move, so that nothing is ever in held without its reason.
                note.write_text(" ".join(reason.split()) + "\n", encoding="utf-8", errors="replace")
            os.replace(file.path, place)
        except OSError:
            for left in (note, place):
                with suppress(OSError):
                    left.unlink()
            raise
        self._forget(file)
        if _stamp(place) == file.stamp:
            return place
        # Another file took the name in the last moment: it has not been read yet.
        os.replace(place, _free_place(file.path.parent, file.path.name))
        note.unlink(missing_ok=True)
        return None

    def _forget(self, file: Waiting) -> None:
        with self._guard:
            self._waiting.pop(file.path, None)


_inboxes: dict[Path, Inbox] = {}
_opening = threading.Lock()


def inbox_of(settings: Settings) -> Inbox:
    """The process's inbox for these settings."""
    folder = folder_of(settings)
    with _opening:
        if folder not in _inboxes:
            _inboxes[folder] = Inbox(settings)
        return _inboxes[folder]


def folder_of(settings: Settings) -> Path:
    """Where the inbox is: the folder ``inbox`` beside the store, unless the setting says otherwise."""
    beside = settings.store.parent
    folder = Path(os.path.normpath(beside / Path(settings.inbox).expanduser()))
    if folder == beside or folder in beside.parents:
        raise Usage(f"Setting inbox: '{settings.inbox}' is the folder that the store is in. Choose one of its own.")
    return folder


def shown_name(path: Path) -> str:
    """A file's name as text, whatever bytes it is made of."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def _files(folder: Path) -> Iterator[tuple[Path, Stamp]]:
    """The ordinary files of a folder that may be exports; none in folders in it, no links, nothing hidden or half downloaded."""
    with os.scandir(folder) as entries:
        names = {entry.name for entry in entries}
    for name in names:
        lower = name.lower()
        if name.startswith((".", "~$")) or lower.endswith((*UNFINISHED, REASON)) or lower in ("thumbs.db", "desktop.ini"):
            continue
        if any(name + ending in names for ending in UNFINISHED):
            continue  # Firefox keeps the place with an empty file
        stamp = _stamp(folder / name)
        if stamp:
            yield folder / name, stamp


def _stamp(path: Path) -> Stamp | None:
    """The state of an ordinary file, None for anything else and for what is gone."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return Stamp(found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None


def _free_place(folder: Path, name: str) -> Path:
    """A place in a folder that nothing had, taken by an empty file: a name with a number where another has the name."""
    stem, ending = os.path.splitext(name)
    for number in range(1, 1_000_000):
        more = f" ({number})" if number > 1 else ""
        while len(os.fsencode(stem + more + ending)) > LONGEST_NAME_BYTES and (stem or ending):
            stem, ending = (stem[:-1], ending) if stem else (stem, ending[:-1])
        place = folder / f"{stem}{more}{ending}"
        with suppress(FileExistsError):
            if not os.path.lexists(place.with_name(place.name + REASON)):
                place.open("xb").close()
                return place
    raise FileExistsError(f"no name is free for {name}")


def _reasons(folder: Path) -> list[tuple[Path, Path]]:
    """The newest files of a folder that have a reason beside them, newest first, each with its note. Opens none of them."""
    found: list[tuple[int, Path, Path]] = []
    try:
        notes = [path for path in folder.iterdir() if path.name.endswith(REASON)]
    except OSError:
        return []
    for note in notes:
        path = note.with_name(note.name.removesuffix(REASON))
        stamp = _stamp(note)
        if stamp and _stamp(path):
            found.append((stamp.written_ns, path, note))
    return [(path, note) for _, path, note in sorted(found, reverse=True)[:MOST_HELD]]


def _log(words: str) -> None:
    """One line to stderr: a name may hold anything, line ends too."""
    line = "".join(letter if letter.isprintable() else " " for letter in f"inbox: {words}")
    with suppress(OSError, ValueError, AttributeError):  # whoever started us may have closed it
        print(line.encode("utf-8", "replace").decode("utf-8"), file=sys.stderr, flush=True)
