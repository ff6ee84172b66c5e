"""data.police.uk, street-level crimes: counted by force, month and type. Nothing of a person or a place is kept."""

from . import Format
from ._police_uk import ABOUT, ASIDE, FIELDS, FORCE, MACROS, category

FORMAT = Format(
    key="police_crimes",
    label="Crimes by type (data.police.uk)",
    table="crime_month",
    getting_it="data.police.uk > Data > Custom download > your force > Include crime data > the file that ends in -street.csv.",
    kept_for="36 months, in the download of each month.",
    fields=(*FIELDS, category("Crime type")),
    any_of=ABOUT,
    derive={**FORCE, "kind": "'crime'", "category": "category_cell"},
    without=("Outcome type",),
    aside=ASIDE,
    macros=MACROS,
    counted=True,
    original="none",
)
