"""The two views of the data, and the label that each bears wherever it is shown. Nothing here knows what is hidden, or how."""

from __future__ import annotations

from pathlib import PurePath

WORKING, PUBLIC = "working", "public"
VIEWS = (WORKING, PUBLIC)
HIDDEN = "[c]"
LABEL = {WORKING: "Working view: OFFICIAL-SENSITIVE", PUBLIC: "Public view: small counts hidden"}
# What the shorthand of the public view means. Which of them are small counts and which protect those is never said.
LEGEND = (
    f"{HIDDEN} means withheld so that nobody can be identified; it can be any number. "
    "Figures already published are shown as published."
)
READING_ONLY = "The public view is for reading: nothing is imported, changed or undone in it. Use the working view."
# The last column of a CSV whose name is not ours to give, such as what a shell sends into a file: each row says its view.
COLUMN = "view"
# In the name of a file, which outlives the page it was downloaded from.
_IN_NAMES = {WORKING: "OFFICIAL-SENSITIVE", PUBLIC: "public"}


def file_name(name: str, view: str) -> str:
    """The name of a download with its view: ``claims-public.csv``."""
    path = PurePath(name)
    return f"{path.stem}-{_IN_NAMES[view]}{path.suffix}"
