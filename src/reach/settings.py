"""What this installation is called and allows, and where its store is.

Values come from ``reach.toml`` beside the store, and the environment wins over it: ``REACH_STORE``,
``REACH_FORCE`` and so on. Names of bodies are settings because other forces will use Reach.
"""

from __future__ import annotations

import getpass
import os
import sys
import tomllib
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from .errors import Usage
from .views import VIEWS, WORKING

PACKAGE = Path(__file__).resolve().parent
MEGABYTE = 1_000_000
# The least that settings may be. Of thresholds a mistake would turn against whom they protect: a hidden count open to no other value is
# not hidden.
LEAST = {
    "threads": 0,
    "suppress_below_children": 0,
    "suppress_below_safeguarding": 0,
    "suppress_below_sub_force": 0,
    "suppress_below_enforcement": 0,
    "suppressed_minimum_width": 1,
}
FORCE = "Leicestershire Police"
AREAS_AROUND = "East Midlands (EMSOU: 5 forces); England and Wales; England Scotland and Wales; UK; UK (NCA/NPCC)"


@dataclass(frozen=True)
class Settings:
    """One installation's settings. Sizes are in megabytes of a million bytes; ``inbox`` is a folder, from the store's own if relative.
    ``threads`` is how many processors one question to the database may take, 0 for all.

    What is published hides counts from 1 to just below ``suppress_below_``, of children, of safeguarding (referrals too), of areas below
    force level and of enforcement at force level; 0 hides none. A hidden count must stay open to ``suppressed_minimum_width`` at least,
    highest less lowest.
    ``view`` public fixes the whole installation to the public view; working lets the reader choose.
    ``areas_around`` names the areas that hold the force's, from the smallest, with a semicolon between.
    ``financial_year_starts`` is a month, 1 to 12.
    A publication is approved by one person for each role of ``publication_approvers``, with a semicolon between: force communications and
    the oversight body where none is given. None is made in ``pre_election_periods``, such as ``2027-03-25 to 2027-05-06; …``, but with a
    reason.
    """

    store: Path
    force: str = FORCE
    oversight_body: str = "Police and Crime Commissioner for Leicester, Leicestershire and Rutland"
    page_megabytes: int = 50
    file_megabytes: int = 2_000
    largest_columns: int = 2_000
    largest_cell_characters: int = 1_000_000
    largest_rows: int = 5_000_000
    memory: str = "1GB"
    threads: int = 0
    inbox: str = "inbox"
    suppress_below_children: int = 5
    suppress_below_safeguarding: int = 5
    suppress_below_sub_force: int = 5
    suppress_below_enforcement: int = 0
    suppressed_minimum_width: int = 3
    areas_around: str = AREAS_AROUND
    financial_year_starts: int = 4
    publication_approvers: str = ""
    pre_election_periods: str = ""
    view: str = WORKING

    @property
    def around(self) -> tuple[str, ...]:
        """The areas that hold the force's own, from the smallest: what ships is of the force that ships, and says nothing of another."""
        shipped_for_another = self.areas_around == AREAS_AROUND and self.force != FORCE
        return () if shipped_for_another else _listed(self.areas_around)

    @property
    def approver_roles(self) -> tuple[str, ...]:
        """Who must approve a publication, by role."""
        return _listed(self.publication_approvers) or ("Force communications", self.oversight_body)

    @property
    def pre_election(self) -> tuple[tuple[date, date], ...]:
        """The periods in which nothing is published, first and last day. Raises :class:`Usage` for one that is none."""
        return tuple(_period(words) for words in _listed(self.pre_election_periods))


def _listed(words: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in words.split(";") if part.strip())


def _period(words: str) -> tuple[date, date]:
    try:
        first, last = (date.fromisoformat(part.strip()) for part in words.split(" to "))
    except ValueError:
        first, last = date.max, date.min
    if first > last:
        raise Usage(f"Setting pre_election_periods: '{words}' is no period such as 2027-03-25 to 2027-05-06. Correct it in reach.toml.")
    return first, last


def checkout() -> Path | None:
    """The folder of the checkout this package runs from, None for an installed wheel."""
    root = PACKAGE.parent.parent
    return root if (root / "pyproject.toml").is_file() and PACKAGE.parent.name == "src" else None


def shipped(folder: str) -> Path:
    """Where a shipped folder (``queries``, ``data/published``, ``data/sample``) is.

    In a checkout the checkout's own, so that an editable install never reads a stale copy; else beside the package.
    """
    root = checkout()
    return (root or PACKAGE) / folder


def default_store() -> Path:
    """``data/reach.duckdb`` in a checkout, else the user's data folder."""
    root = checkout()
    if root:
        return root / "data" / "reach.duckdb"
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "reach" / "reach.duckdb"


def load(store: str | Path | None = None) -> Settings:
    """The settings in force. ``store`` wins over ``REACH_STORE``, which wins over the default place.

    Raises :class:`Usage` for a setting that is unknown or of the wrong kind.
    """
    place = Path(store or os.environ.get("REACH_STORE") or default_store()).expanduser().resolve()
    written = _written(place.parent / "reach.toml")
    given: dict[str, Any] = {}
    for known in fields(Settings):
        value = os.environ.get(f"REACH_{known.name.upper()}", written.pop(known.name, None))
        if known.name != "store" and value is not None:
            given[known.name] = _as(known.name, value, type(known.default))
            if known.name in LEAST and not given[known.name] >= LEAST[known.name]:
                raise Usage(f"Setting {known.name}: '{value}' is below {LEAST[known.name]}. Correct it in reach.toml or the environment.")
    if not 1 <= given.get("financial_year_starts", 1) <= 12:
        raise Usage(f"Setting financial_year_starts: {given['financial_year_starts']} is not a month from 1 to 12. Correct it.")
    if given.get("view", WORKING) not in VIEWS:
        raise Usage(f"Setting view: '{given['view']}' is neither {' nor '.join(VIEWS)}. Correct it in reach.toml or the environment.")
    if written:
        raise Usage(f"reach.toml: '{next(iter(written))}' is not a setting of Reach. Remove it or correct its name.")
    found = Settings(place, **given)
    _ = found.pre_election  # a period that cannot be read would protect nothing: it is said at once
    return found


def person() -> str:
    """Who acts, for the audit: the name of the computer's user until Reach has sign-in."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "local user"


def _written(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Usage(f"reach.toml: it cannot be read ({error}). Correct it or take it away.") from None


def _as(name: str, value: object, kind: type) -> object:
    try:
        if name in LEAST and not isinstance(value, str) and type(value) is not int:
            raise ValueError  # 4.5 and true are no thresholds
        return kind(value)
    except (TypeError, ValueError):
        raise Usage(f"Setting {name}: '{value}' is not a whole number. Correct it in reach.toml or the environment.") from None
