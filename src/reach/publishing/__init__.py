"""The publish gate: what is checked before figures and words are published, and what of them is kept.

A draft is held against the record and against every publication before it. Nothing is written here: a caller hands in what is held, and
:mod:`reach.publications` runs the gate again inside the transaction that writes.

Counts are one table with the relations among them that :mod:`reach.adding_up` finds: children and adults of the people safeguarded, weeks
of a month, a force in its region, figures settled as inside a total or as one count. What is not in the draft is in that table as far as
the public knows it, so that a count can be told neither from this publication alone nor together with what was published before. Source
of the steps: domain.md 6.
"""

from ._checks import AGGREGATES, APPROVED, CAVEATS, CHECKS, CLASHES, DEFINED, DISCLOSED, PERIOD, WORDED, gate
from ._draft import Check, Draft, Earlier, Held, Laid
from ._figures import fact_of, is_public, key_of
from ._kept import (
    DRAFT_MARKING,
    MARKING,
    content,
    described,
    earlier,
    figures_of,
    fingerprint,
    in_words,
    is_whole,
    to_import,
)
from ._layout import lay_out

__all__ = [
    "AGGREGATES", "APPROVED", "CAVEATS", "CHECKS", "CLASHES", "DEFINED", "DISCLOSED", "DRAFT_MARKING", "MARKING", "PERIOD", "WORDED",
    "Check", "Draft", "Earlier", "Held", "Laid", "content", "described", "earlier", "fact_of", "figures_of", "fingerprint", "gate",
    "in_words", "is_public", "is_whole", "key_of", "lay_out", "to_import",
]
