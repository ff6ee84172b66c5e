"""Which post and account a record is of, where a spreadsheet may have damaged the ids."""

from __future__ import annotations

import math

from ..engine import literal
from ._pass import Pass

# Zeros at the end of ids that are less likely than this to be there by chance are a spreadsheet's.
UNLIKELY = 0.02


def identity_columns(state: Pass) -> dict[str, str]:
    """The columns that say which post and account a record is of; where a spreadsheet damaged ids, with those taken out."""
    known = state.recognised.format
    prefix = f"{literal(known.id_prefix)} || " if known.id_prefix else ""
    columns = {**network_column(state), "post_id": f"{prefix}file_post_id", "file_post_id": "cast(null as varchar)"}
    state.damaged_ids = _ids_need_a_look(state)
    if not state.damaged_ids:
        return columns
    rounded = str(_is_rounded(state)).lower()
    numbered = str(known.numbered_accounts).lower()
    sound = f"sound_id({'bare_id(file_post_id)' if known.numbered_accounts else 'file_post_id'}, {rounded}, {numbered})"
    columns |= {"post_id": f"{prefix}{sound}", "file_post_id": f"case when {sound} is null then file_post_id end"}
    if known.numbered_accounts:
        columns["account"] = f"coalesce(sound_id(bare_id(account), {rounded}, true), 'name:' || lower(account_name))"
    return columns


def network_column(state: Pass) -> dict[str, str]:
    """The column network: the format's own unless the file says it, else the answer."""
    known = state.recognised.format
    if "network" not in known.target.names or known.table == "figure":
        return {}
    own = "network" if "network" in known.derive or "network" in known.by_name else literal(known.network)
    return {"network": f"coalesce({own}, {literal(state.answers.network)})"}


def _ids_need_a_look(state: Pass) -> bool:
    """A quick no for sound files: every id is digits, and no more of them end as rounded ones do than chance has it."""
    numbers = ["file_post_id", "account"] if state.recognised.format.numbered_accounts else ["file_post_id"]
    odd = " or ".join(f"not coalesce(regexp_full_match({name}, '[0-9]+'), false)" for name in numbers)
    if state.one(f"select count(*) from {state.as_typed} where fate is null and ({odd})")[0]:
        return True
    return _end_in_zeros(state)


def _end_in_zeros(state: Pass) -> bool:
    """Whether more ids than chance has it have only zeros behind the 15 digits that a spreadsheet keeps.

    Chance is a Poisson count whose mean is the sum over the ids of 0.1 to the power of their digits behind the 15th.
    """
    expected, zeros = state.one(
        f"""
        with id as (select distinct file_post_id as id from {state.as_typed} where fate is null and length(file_post_id) > 15)
        select
            coalesce(sum(pow(10.0, 15 - length(id))) filter (where regexp_full_match(id, '[0-9]+')), 0),
            count(*) filter (where ends_with(id, '0') and regexp_full_match(id, '[0-9]{{15}}0+'))
        from id
        """,
    )
    if not zeros:
        return False
    chance = zeros * math.log(expected) - math.lgamma(zeros + 1) if zeros > expected else 0.0
    return chance < math.log(UNLIKELY)


def _is_rounded(state: Pass) -> bool:
    """Whether a spreadsheet rounded ids of this file to the 15 digits it keeps: it says so itself, or the zeros cannot be chance."""
    (damaged,) = state.one(
        f"""select count(*) from {state.as_typed}
        where fate is null and regexp_full_match(file_post_id, '[0-9.,]+[eE][+]?[0-9]+|[0-9]{{16,}}[.]0+')""",
    )
    return damaged > 0 or _end_in_zeros(state)
