"""The records that are not kept: by a rule, or as a problem with a reason, doubles among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..columns import Kind
from ..formats import Rule
from ..redaction import places_not_kept, without_names
from ._pass import Pass, kind_of, python_records
from ._told import Problem


def fates_of(state: Pass, overrides: dict[str, str]) -> tuple[dict[int, str], list[Problem]]:
    """What becomes of the records not kept: the rule for those skipped, a problem for those set aside."""
    stated = dict(state.cursor.execute(f"select record_no, fate from {state.as_typed} where fate is not null").fetchall())
    groups = _doubles(state, overrides)
    wanted = set(stated) | set(groups)
    skipped: dict[int, str] = {}
    problems: list[Problem] = []
    if not wanted:
        return skipped, problems
    members: dict[tuple[str, str], list[tuple[int, int, list[str]]]] = {}
    for record, line, cells in python_records(state.recognised):
        if record in stated:
            _apply(state, record, line, cells, stated[record], skipped, problems)
        elif record in groups:
            members.setdefault(groups[record], []).append((record, line, cells))
    for (sort, _), records in members.items():
        _apply_doubles(sort, records, skipped, problems)
    return skipped, [_nameless(state, problem) for problem in sorted(problems, key=lambda problem: problem.record)]


def _nameless(state: Pass, problem: Problem) -> Problem:
    """A problem is stored and shown, so that it must not hold what the stored file may not."""
    if state.recognised.format.original == "none":
        return replace(problem, value=None, cells=())
    places = places_not_kept(state.recognised)
    if not places:
        return problem
    cells = tuple(without_names(problem.cells, places, state.width))
    return replace(problem, value=problem.value if problem.value in cells else None, cells=cells)


def _doubles(state: Pass, overrides: dict[str, str]) -> dict[int, tuple[str, str]]:
    """Records that may be of one post, or the same fact twice: record number to the sort of doubt and its group."""
    known = state.recognised.format
    if known.counted:
        return {}
    queries = [_same_rows(state)] if known.table != "post_observation" else list(_same_posts(state, overrides))
    if known.table == "account_day":
        queries.append(_same_days(state))
    return {record: (sort, group) for query in queries for record, sort, group in state.cursor.execute(query).fetchall()}


def _same_rows(state: Pass) -> str:
    columns = ", ".join(state.output)
    return f"""
        select record_no, 'row', cast(hash({columns}) as varchar) from {state.as_typed} where fate is null
        qualify count(*) over (partition by {columns}) > 1"""


def _same_days(state: Pass) -> str:
    """Days that stand twice with other values, which cannot both be true."""
    key = ", ".join(name for name in ("network", "account", "day", "metric") if name in state.output)
    rows = ", ".join(state.output)
    return f"""
        with told as (select record_no, {key}, hash({rows}) as told from {state.as_typed} where fate is null)
        select record_no, 'day', cast(hash({key}) as varchar) from told
        qualify count(distinct told) over (partition by {key}) > 1"""


def _same_posts(state: Pass, overrides: dict[str, str]) -> Iterator[str]:
    """Sound ids that stand twice; and damaged records that are not alone in their account's minute."""
    account = overrides.get("account", "account")
    posts = f"""
        select record_no, {overrides["post_id"]} as post_id, {account} || date_trunc('minute', published_at) as minute
        from {state.as_typed} where fate is null"""
    # Hashes are far quicker to group than ids, and if none stands twice no id does.
    hashes = f"select hash(post_id) as post from ({posts}) where post_id is not null group by post having count(*) > 1 limit 1"
    if state.cursor.execute(hashes).fetchall():
        yield f"""
            with post as ({posts})
            select record_no, 'post', post_id from post where post_id is not null
            qualify count(*) over (partition by post_id) > 1"""
    if state.damaged_ids:
        yield f"""
            with post as ({posts}),
            shared as (
                select minute, count(post_id) as sound from post group by minute having count(*) > 1 and count(post_id) < count(*)
            )
            select post.record_no, case when shared.sound > 0 then 'beside' else 'minute' end, post.minute
            from post inner join shared on post.minute = shared.minute where post.post_id is null"""


def _apply_doubles(sort: str, records: list[tuple[int, int, list[str]]], skipped: dict[int, str], problems: list[Problem]) -> None:
    first, *others = records
    # Rows found alike by their values are the same fact, however each is written.
    unlike = [one for one in others if one[2] != first[2] and sort != "row"]
    skipped.update({record: "the same row again" for record, _, cells in others if cells == first[2] or sort == "row"})
    if not unlike and sort != "beside":
        return
    if sort == "post":
        reason = f"its post id stands in record {first[0]:,} already, with other values; correct the file or remove one of them"
        aside = unlike
    elif sort == "day":
        reason = f"its day stands in record {first[0]:,} already, with other values; correct the file or remove one of them"
        aside = unlike
    else:
        reason = (
            "its post id was damaged by a spreadsheet, and another post of the account has the same publish minute, "
            "so the two cannot be told apart; export again and do not open it in Excel"
        )
        aside = [first, *unlike]
    problems += [Problem(record, line, None, None, reason, tuple(cells)) for record, line, cells in aside]


def _apply(state: Pass, record: int, line: int, cells: list[str], fate: str, skipped: dict[int, str], problems: list[Problem]) -> None:
    """One record's stated fate, in words."""
    known, headings = state.recognised.format, state.recognised.headings
    sort, _, what = fate.partition(" ")
    if sort == "skip":
        skipped[record] = known.skip[int(what)].words
        return
    place: int | None = None
    if sort == "cell":
        reason = f"it has a cell of more than {state.longest_cell:,} characters; a quotation mark may be missing"
    elif sort == "shape":
        reason = f"it has {what} cells where the heading has {len(headings)}; a quotation mark or line break may be damaged"
    elif sort == "bad":
        place, kind = _bad_cell(state, what)
        reason = f"is not {kind.wanted}"
    else:
        rule: Rule = known.aside[int(what)]
        place = state.recognised.places.get(rule.field or "", (None,))[0]
        reason = rule.words
    column = headings[place] if place is not None else None
    value = cells[place] if place is not None and place < len(cells) else None
    problems.append(Problem(record, line, column, value if (value or "").strip() else None, reason, tuple(cells)))


def _bad_cell(state: Pass, what: str) -> tuple[int, Kind]:
    if what in state.recognised.format.by_name:
        return state.recognised.places[what][0], state.recognised.format.by_name[what].cell
    place = int(what.removeprefix("m"))
    return place, kind_of(state.measures[place])
