"""What the checker is given and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# Kinds of finding that are an advice to look again, not a fault.
MILD = ("contribution", "disclosure")


@dataclass(frozen=True)
class Fact:
    """A published figure, as the store's ``figure`` has it. ``reach`` says that it counts people or accounts reached."""

    value_low: float | None
    value_high: float | None
    qualifier: str
    measure: str
    published_wording: str
    start: date | None = None
    end: date | None = None
    area: str = ""
    unit: str = ""
    reach: bool = False

    @property
    def value(self) -> float | None:
        """The number that was published; None for a range or for none."""
        if self.value_low is None or self.value_high is None:
            return self.value_high if self.value_low is None else self.value_low
        return self.value_low if self.value_low == self.value_high else None


@dataclass(frozen=True)
class Facts:
    """What was published, and the area that a text is about where it names none."""

    figures: tuple[Fact, ...] = ()
    area: str = ""


@dataclass(frozen=True)
class Finding:
    """One thing to reword: ``words`` as they stand at ``line`` and ``column``, ``what`` they do wrongly, and what to write ``instead``.

    ``kind`` is ``cause``, ``contribution``, ``sum``, ``qualifier lost``, ``qualifier changed``, ``population``, ``growth`` or
    ``disclosure``; ``offset`` counts characters from the start of the text.
    """

    line: int
    column: int
    what: str
    words: str
    instead: str
    kind: str
    offset: int

    @property
    def sentence(self) -> str:
        return f"'{' '.join(self.words.split())}' {self.what}. Write: {self.instead}"


@dataclass(frozen=True)
class Hit:
    """A finding by its span, before lines are counted."""

    start: int
    end: int
    what: str
    instead: str
    kind: str
