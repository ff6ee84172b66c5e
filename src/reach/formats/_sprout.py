"""What the exports of Sprout Social have in common: all networks in one file, and its own way of counting them."""

from ..definitions import NETWORKS

# The network's name in the file, in lower case, to its key; what is not here is of a network that Reach does not know.
NAMES = {name.lower(): key for key, name in NETWORKS.items() if key != "other"} | {"twitter": "x", "x (twitter)": "x", "x/twitter": "x"}

_keys = " ".join(f"when '{name}' then 'sprout_{key}'" for name, key in NAMES.items())
ASSUMES = "Sprout Social prints the clock of its account and does not name it, so times are taken to be London times."

MACROS = (
    f"create macro sprout_network(name) as case lower(trim(name)) {_keys} else 'sprout_other' end",
    # An apostrophe stands before what a spreadsheet would take for a formula.
    "create macro unmarked(words) as regexp_replace(words, '^''([@=+-])', '\\1')",
    "create macro sprout_name(profile) as nullif(ltrim(unmarked(profile), '@'), '')",
    # Networks that Reach does not know share a key, so that theirs goes before the name.
    """create macro sprout_account(network, profile) as lower(case
        when sprout_network(network) = 'sprout_other' then coalesce(trim(network), '') || ':' else '' end || sprout_name(profile))""",
)
