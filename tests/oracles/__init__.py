"""Second, slow and plain readers of export files, one module a family: what the importer is held against.

Each is written from the rules of the format alone, in plain Python, and shares no code with the importer. A module has
``FORMATS``, the keys it covers; ``SAMPLES``, patterns of real exports of them; and ``tables(path, answers)``, which gives what a
file holds as a list of :class:`PlainTable`, one a table that is read, in order.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any


@dataclass
class PlainTable:
    """What one table of a file holds.

    ``rows`` counts read, kept, skipped and set aside records; ``values`` are the stored rows in order, each with the columns of the
    canonical table that are not null, days and times in ISO form, numbers as int or float.
    """

    format: str
    part: str | None = None
    rows: dict[str, int] = field(default_factory=dict)
    control_totals: dict[str, int | float] = field(default_factory=dict)
    values: list[dict[str, Any]] = field(default_factory=list)


def modules() -> list[ModuleType]:
    """Every oracle."""
    return [importlib.import_module(f"{__name__}.{one.name}") for one in pkgutil.iter_modules(__path__)]


def of_format(key: str) -> ModuleType | None:
    """The oracle that covers a format, if there is one."""
    return next((one for one in modules() if key in one.FORMATS), None)


def sample_files(samples: Path) -> list[tuple[ModuleType, Path]]:
    """The real exports at hand with the oracle that covers each."""
    return [(one, path) for one in modules() for pattern in one.SAMPLES for path in sorted(samples.glob(pattern))]
