"""The wording checker: what a text says of reach and enforcement that nothing published can bear, where, and what to write instead.

It finds causal words that join reach and enforcement, reach given as one summed number, a published qualifier that was lost or
changed, a share of a population said to have seen something, growth told from few weeks, and ages that can point at a child. It
knows nothing of files and stores: the caller hands in what was published. A sentence that only names such words, in quotation
marks or after a "do not write", is left alone. Nothing here is a proof: it is a list for a person to look at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from ._causes import causes
from ._figures import qualifiers, sums
from ._shares import ages, growth, shares
from ._text import Text
from ._values import MILD, Fact, Facts, Finding, Hit

__all__ = ["MILD", "MOST", "Fact", "Facts", "Finding", "check"]

# Nobody reads more at once, and a text made of nothing else must not fill the memory.
MOST = 1_000


def check(text: str, facts: Facts | None = None, most: int = MOST) -> tuple[Finding, ...]:
    """What to reword in a text, in its order; the first ``most`` of each kind.

    ``facts`` is what was published; without it only the words themselves are judged. Lines and columns count from 1, columns in
    characters (code points), and ``text[offset:]`` of a finding starts with its ``words``.
    """
    read, known = Text(text), facts or Facts()
    rules: Sequence[Iterator[Hit]] = (
        causes(read),
        sums(read, known),
        qualifiers(read, known),
        shares(read),
        growth(read, known),
        ages(read),
    )
    found: list[Hit] = []
    for hit in sorted(chain.from_iterable(islice(rule, most) for rule in rules), key=lambda one: (one.start, one.end)):
        # Of two that overlap the first says enough: a total that is given wrongly has no qualifier to keep.
        if not found or hit.start >= found[-1].end:
            found.append(hit)
    return tuple(_finding(read, hit) for hit in found)


def _finding(read: Text, hit: Hit) -> Finding:
    line, column = read.place(hit.start)
    return Finding(line, column, hit.what, read.raw[hit.start : hit.end], hit.instead, hit.kind, hit.start)
