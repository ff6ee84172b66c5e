"""The environment in which tests run the command line."""

import os
from pathlib import Path


def surroundings(store: Path, **environment: str) -> dict[str, str]:
    """The environment of a command: none of Reach's settings, and output kept back until it is flushed, as users have it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("REACH_", "PYTHONUNBUFFERED", "PYTHONIOENCODING"))}
    return {**kept, "REACH_STORE": str(store), **environment}
