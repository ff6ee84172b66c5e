"""The named questions: one plain SQL statement a file, its opening comment its description, its values ``$named``.

Knows no DuckDB: it finds files, reads them and says which parameters they take. Files lie beside the package
in an installed wheel and in the checkout otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from .errors import Usage
from .settings import shipped

# Views, in the order in which they build on each other.
FACTS = (
    "upload_state",
    "upload_in_force",
    "account_of_name",
    "damaged_observation",
    "observation",
    "age_window",
    "lifetime_upload",
    "post_at_age",
    "headline_look",
    "campaign_current",
    "campaign_rule_current",
    "campaign_hand_current",
    "campaign_operation_current",
    "operation_current",
    "figure_stated",
    "figure_relation_current",
    "audit",
)
# Views over marts, and so made after them.
OVER_MARTS = ("account_period",)
# What answers otherwise each time it is asked, whatever is held. Facts and marts have none of it.
CLOCK = re.compile(r"\b(current_(date|time|timestamp)\b|localtime|get_current_|(now|today|random|uuid|gen_random_uuid) *\()")


@dataclass(frozen=True)
class Query:
    """A named statement: ``name`` is its path without ``.sql``, ``words`` its opening comment."""

    name: str
    words: str
    parameters: tuple[str, ...]
    text: str

    @property
    def lists(self) -> frozenset[str]:
        """The parameters that take a list of values."""
        return frozenset(re.findall(r"(?:list_contains|unnest)\((?:cast\()?\$([a-z_][a-z0-9_]*)", self.text))


    def looks_at_the_clock(self, values: Mapping[str, Any]) -> bool:
        """Whether the answer depends on when it is asked. A query that takes ``$today`` looks only where no day is given."""
        return bool(CLOCK.search(self.text)) and values.get("today") is None


@cache
def load(name: str) -> Query:
    """The query of that name, such as ``charts/figures``. Raises :class:`Usage` if there is none."""
    known = names()
    if name not in known:
        raise Usage(f"Query '{name}': there is none of that name. 'reach queries' lists them.")
    text = (shipped("queries") / f"{name}.sql").read_text(encoding="utf-8")
    comment, body = re.match(r"((?:--[^\n]*\n)*)(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
    words = " ".join(line.removeprefix("--").strip() for line in comment.splitlines())
    return Query(name, words, tuple(dict.fromkeys(re.findall(r"\$([a-z_][a-z0-9_]*)", body))), body)


@cache
def names() -> tuple[str, ...]:
    """Every query there is, by name."""
    root = shipped("queries")
    return tuple(sorted(path.relative_to(root).with_suffix("").as_posix() for path in root.rglob("*.sql")))
