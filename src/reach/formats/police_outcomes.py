"""data.police.uk, outcomes: counted by force, month and type. A crime can have several, so outcomes are not crimes solved."""

from . import Format
from ._police_uk import ABOUT, ASIDE, FIELDS, FORCE, MACROS, category

FORMAT = Format(
    key="police_outcomes",
    label="Outcomes of crimes by type (data.police.uk)",
    table="crime_month",
    getting_it="data.police.uk > Data > Custom download > your force > Include outcomes data > the file that ends in -outcomes.csv.",
    kept_for="36 months, in the download of each month.",
    fields=(*FIELDS, category("Outcome type")),
    any_of=ABOUT,
    derive={**FORCE, "kind": "'outcome'", "category": "category_cell"},
    without=("Crime type",),
    aside=ASIDE,
    macros=MACROS,
    counted=True,
    original="none",
)
