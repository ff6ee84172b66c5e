"""A memory of answers, which whoever keeps it empties when what they were worked out from changes. Knows nothing of what they are."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

MOST_ANSWERS = 128
# A row of posts takes some kilobytes, so that the memory stays below a hundred megabytes.
MOST_ROWS = 20_000
# As many as the longest list on a page.
LONGEST_ANSWER = 2_000


class Memory:
    """The answers asked for last, for any number of threads. The longest unasked goes first, and a very long one is not kept."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._rows = 0
        self._turn = 0

    @property
    def turn(self) -> int:
        """Rises when the memory is emptied. To be read before an answer is worked out, and given to :meth:`keep` with it."""
        return self._turn

    def find(self, key: Hashable) -> Any | None:
        """The answer kept under a key. It is everybody's: whoever changes it must copy it first."""
        with self._guard:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def keep(self, key: Hashable, answer: Any, turn: int) -> None:
        """Keeps an answer, unless it is too long or the memory was emptied since it was begun: then it may be of what was before."""
        with self._guard:
            if turn != self._turn or _rows(answer) > LONGEST_ANSWER:
                return
            self._rows -= _rows(self._kept.pop(key, ()))
            self._kept[key] = answer
            self._rows += _rows(answer)
            while len(self._kept) > MOST_ANSWERS or self._rows > MOST_ROWS:
                self._rows -= _rows(self._kept.popitem(last=False)[1])

    def forget(self) -> None:
        """Empties the memory, and keeps it from the answers that are being worked out now."""
        with self._guard:
            self._turn += 1
            self._rows = 0
            self._kept.clear()


def _rows(answer: Any) -> int:
    return len(answer) if hasattr(answer, "__len__") else 1
