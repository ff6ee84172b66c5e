"""The store as a command opens it: for reading, in the view asked for, or for working."""

from __future__ import annotations

import argparse
import sys

from .. import editions, settings
from ..errors import NotAllowed, StoreUnavailable
from ..store import Store, open_store
from ..views import LABEL, LEGEND, PUBLIC, READING_ONLY, WORKING
from ._printing import say


def view_of(options: argparse.Namespace, known: settings.Settings) -> str:
    """The view asked for, else the installation's. Raises :class:`NotAllowed` for more than the installation shows."""
    if known.view == PUBLIC and options.view == WORKING:
        raise NotAllowed("This installation shows the public view alone (setting 'view'). Ask without --view.")
    return options.view or known.view


def for_reading(options: argparse.Namespace) -> Store:
    """The store in the view asked for."""
    known = settings.load(options.store)
    return editions.opened(known).seen_as(view_of(options, known))


def label(store: Store) -> None:
    """Says before an answer in which view it is, and beside it: JSON and CSV stay as they are."""
    say(f"{LABEL[store.view]}. {LEGEND}" if store.view == PUBLIC else LABEL[store.view], sys.stderr)


def for_working(options: argparse.Namespace) -> settings.Settings:
    """The settings for what changes something or reads an original. Raises :class:`NotAllowed` in the public view."""
    known = settings.load(options.store)
    if view_of(options, known) == PUBLIC:
        raise NotAllowed(READING_ONLY)
    return known


def store_if_free(known: settings.Settings, view: str = WORKING) -> Store | None:
    """The store for a look, if there is one and nobody else holds it: a check creates nothing."""
    if not known.store.exists():
        return None
    try:
        return open_store(known).seen_as(view)
    except StoreUnavailable:
        return None
