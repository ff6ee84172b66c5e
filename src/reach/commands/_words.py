"""``bounds``, ``rates`` and ``lint``: arithmetic and wording, of what is given and not of what is held."""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .. import claims, editions, linting, reach_bounds, settings
from ..errors import Refused, Usage
from ..rates import Counted, compare, why_no_interval
from ..recognise import as_text, one_line
from ..wording import LESS, MORE, NEAR
from ._opening import store_if_free, view_of
from ._printing import WIDEST_CHANGE, Adds, print_json, say

FOUND = 3
# Longer numbers are no count of anything, and Python reads none of more than some thousand digits.
_WHOLE = r"(-?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,5}))"
COUNTED = re.compile(rf"{_WHOLE} */ *{_WHOLE}")
QUALIFIED = re.compile("|".join((*MORE, *LESS, *NEAR, "a further")), re.IGNORECASE)
MOST_TEXT = 50_000_000


def add(command: Adds) -> None:
    """The commands of this room, with their arguments."""
    together = command("bounds", bounds, "how many accounts several reaches make together: they are never added")
    together.add_argument("reaches", nargs="+", type=accounts, metavar="N", help="a reach, such as 220000 or 220,000")
    together.add_argument("--population", type=accounts, metavar="N", help="the people who could have been reached, for an estimate")
    words = "everybody reached is of that population, so that it caps the answer"
    together.add_argument("--all-live-there", action="store_true", help=words)
    compared = command("rates", rates, "two counts over their days beside one another, and what chance leaves open")
    for name in ("first", "second"):
        compared.add_argument(name, type=counted, metavar="COUNT/DAYS", help="a count over its days, such as 76/7 or 1,041/7")
    words = "how much weeks vary, as variance over mean, to allow for it"
    compared.add_argument("--dispersion", type=dispersion, metavar="PHI", help=words)
    linted = command("lint", lint, "find wording in a text that nothing published can bear; 3 where there is any")
    linted.add_argument("file", metavar="FILE", help="a text, such as a draft release in .txt or .md; - reads it from standard input")


def accounts(words: str) -> float:
    """A number as a person writes it. The bounds say what is wrong with one that cannot be."""
    try:
        number = float(words.replace(",", ""))
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{one_line(words)}' is not a number of accounts such as 220000") from None
    return int(number) if number.is_integer() else number


def bounds(options: argparse.Namespace) -> int:
    found = reach_bounds.combine(options.reaches, options.population, all_live_there=options.all_live_there)
    if options.json:
        print_json(asdict(found))
        return 0
    if found.lower is None:
        say(f"At most {found.upper:,} accounts; no lower bound: none of the numbers supports one.")
    else:
        say(f"Between {found.lower:,} and {found.upper:,} accounts.")
    if found.independent is not None:
        say(f"{found.independent:,} if seeing one says nothing about seeing another. This is an assumption, not a count.")
        say(f"All of it is equivalent to {reach_bounds.share(found.independent, options.population):.0f}% of the population.")
    for condition in found.conditions:
        say(condition)
    return 0


def counted(words: str) -> Counted:
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


def dispersion(words: str) -> float:
    try:
        return float(words)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{one_line(words)}' is not a number such as 5.84, variance over mean") from None


def rates(options: argparse.Namespace) -> int:
    found = compare(options.first, options.second, options.dispersion)
    if options.json:
        named = ("ratio", "low", "high", "low_dispersed", "high_dispersed", "verdict")
        print_json({**{name: getattr(found, name) for name in named}, "dispersion": found.dispersion, "sentences": found.sentences})
        return 0
    for sentence in found.sentences:
        say(sentence)
    return 0


def lint(options: argparse.Namespace) -> int:
    name = "standard input" if options.file == "-" else one_line(options.file)
    text = _text_of(options.file, name)
    known = settings.load(options.store)
    found = linting.check(text, claims.facts(_published(known, view_of(options, known)), known.force))
    if options.json:
        print_json([{"file": name, **asdict(one)} for one in found])
    else:
        for one in found:
            say(f"{name}, line {one.line:,}, column {one.column:,}: {one_line(one.sentence, WIDEST_CHANGE)}")
        if not found:
            say(f"{name}: nothing to reword.")
        elif len(found) >= linting.MOST:
            say(f"{name}: there is more; of each kind the first {linting.MOST:,} are listed.")
    return FOUND if found else 0


def _published(known: settings.Settings, view: str) -> list[dict[str, Any]]:
    """What was published, from the store where there is one to ask, else as it ships. A look creates nothing."""
    store = store_if_free(known, view)
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
