"""Wording that nothing published can bear, shown beneath the box that it was typed in. It advises and never stops anybody."""

from __future__ import annotations

from .. import claims, linting
from ..store import Store
from . import _show

MOST_SHOWN = 5
# What the fields of a campaign's record are about, where they do not say.
CAMPAIGN = "The campaign"


def wording_findings(known: Store, text: str | None, subject: str = "") -> None:
    """Shows what to reword in a text that may be published; nothing where there is nothing to say.

    ``subject`` is what every sentence of it is about, where the text need not name it.
    """
    if not text or not text.strip():
        return
    facts = claims.facts(known.rows("pages/published_figures"), known.settings.force)
    found = linting.check_of(subject, text, facts) if subject else linting.check(text, facts)
    if not found:
        return
    _show.small("Check the wording:")
    _show.bullets(one.sentence for one in found[:MOST_SHOWN])
    if len(found) > MOST_SHOWN:
        _show.small(f"and {len(found) - MOST_SHOWN:,} more.")
