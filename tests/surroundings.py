"""The environment in which tests run the command line."""

import os
from pathlib import Path

NOT_THE_USERS = ("REACH_", "PYTHONUNBUFFERED", "PYTHONIOENCODING", "PYTHONDONTWRITEBYTECODE")


def surroundings(store: Path, **environment: str) -> dict[str, str]:
    """The environment of a command, as users have it: no settings of Reach, output kept back until it is flushed, modules compiled once."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(NOT_THE_USERS)}
    return {**kept, "REACH_STORE": str(store), **environment}
