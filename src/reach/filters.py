"""What the reader picked on the Overview, as a value that queries take.

Each choice lives in a widget that is bound to the address bar under the same name, so that an address restores it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

EVERYTHING = "All"
EARLIEST = date(2004, 1, 1)  # before the first of the networks


def date_range(chosen: object) -> tuple[date | None, date | None]:
    """First and last day of what a date picker holds: one day alone is the first, with no last; none is no restriction."""
    days = sorted(chosen) if isinstance(chosen, (tuple, list)) else []
    return (days[0] if days else None), (days[-1] if len(days) > 1 else None)


@dataclass(frozen=True)
class Filters:
    """One view of the Overview. None means no restriction; ``definition`` names how posts are measured."""

    area: str
    definition: str
    results: str
    campaign: str | None = None
    operation: str | None = None
    network: str | None = None
    date_from: date | None = None
    date_to: date | None = None

    def figures(self, *measures: str, stated_networks: bool = False) -> dict[str, Any]:
        """Parameters of ``charts/figures`` for some measures. Only reach figures state a network."""
        return {
            "area": self.area,
            "measures": list(measures),
            "campaign": self.campaign,
            "operation": self.operation,
            "network": self.network if stated_networks else None,
            "date_from": self.date_from,
            "date_to": self.date_to,
        }

    @property
    def narrowed(self) -> int:
        """How many of the folded filters are set."""
        return sum(one is not None for one in (self.campaign, self.operation, self.network, self.date_from or self.date_to))
