"""The wording checker: what a text says of reach and enforcement that nothing published can bear, where, and what to write instead.

It finds causal words that join reach and enforcement, reach given as one summed number, a published qualifier that was lost or
changed, a share of a population said to have seen something, growth told from few weeks, and ages that can point at a child. It
knows nothing of files and stores: the caller hands in what was published. A sentence that only names such words, in quotation
marks or after a "do not write", is left alone. Nothing here is a proof: it is a list for a person to look at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from ._causes import causes
from ._figures import qualifiers, sums
from ._shares import ages, growth, shares
from ._text import Text
from ._values import MILD, Fact, Facts, Finding, Hit

__all__ = ["MILD", "MOST", "Fact", "Facts", "Finding", "check", "check_of"]

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


def check_of(subject: str, text: str, facts: Facts | None = None, most: int = MOST) -> tuple[Finding, ...]:
    """As :func:`check`, of a text whose subject goes without saying, such as a field of a campaign's record with 'The campaign'.

    There 'Led to 76 arrests' names no campaign and says what one did all the same, so each sentence is read as going on from the subject.
    """
    found = list(check(text, facts, most))
    read, opening = Text(text), f"{subject} ran. {subject} "
    for one in read.sentences():
        for hit in causes(Text(opening + text[one.start : one.end])):
            start, end = (side - len(opening) + one.start for side in (hit.start, hit.end))
            if start >= one.start and not any(start < other.offset + len(other.words) and other.offset < end for other in found):
                found.append(_finding(read, replace(hit, start=start, end=end)))
    return tuple(sorted(found, key=lambda one: one.offset)[:most])


def _finding(read: Text, hit: Hit) -> Finding:
    line, column = read.place(hit.start)
    return Finding(line, column, hit.what, read.raw[hit.start : hit.end], hit.instead, hit.kind, hit.start)
