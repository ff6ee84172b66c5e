"""The ways in which Reach says no.

Every message is one line that says where, what and what to do. The command line prints it and leaves with
the error's ``exit_code``; a page shows it in a box. Anything that is not a :class:`ReachError` is a bug.
"""

from __future__ import annotations


class ReachError(Exception):
    """Something a person can put right. ``str(error)`` is the whole message."""

    exit_code = 1


class Usage(ReachError):
    """The command or a setting was given wrongly."""

    exit_code = 2


class Refused(ReachError):
    """A file cannot be taken in as it is; nothing of it was stored."""

    exit_code = 4


class StoreUnavailable(ReachError):
    """The store cannot be opened or written now; nothing was changed."""

    exit_code = 5


class NotAllowed(ReachError):
    """This person or this installation may not do that."""

    exit_code = 6
