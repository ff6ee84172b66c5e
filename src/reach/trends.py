"""What is known of a measure in a period, and when two periods may be compared: rows of queries in, amounts in words out. No store.

Nothing that counts people is added. What is not held, not measured or not published is no number, and never 0. A period is whole where
all of its days are held and all that is counted in it is measured; only whole ones of one way of counting are compared.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any

from . import wording
from .definitions import ANY_METRIC, MEASURES, Measure
from .dictionary import breaks, definition_of
from .periods import Period, months_of, part_words

NOT_HELD, NO_POSTS, NOT_MEASURED = "not held", "no posts published", "not measured"
# Below this a change in per cent says more than the counts do.
LEAST_FOR_PERCENT = 100
# Posts without a film have no plays of one, so that not all posts need a value.
OF_FILMS = ("video_3s_views",)
# Metrics of posts, and measures of figures, by the stage of an evaluation that they are of. Enforcement is none.
OUTPUTS, OUTTAKES = ("views", "impressions"), ("engagements", "link_clicks", "video_3s_views")
REACHES = tuple(measure.key for measure in MEASURES if measure.kind == "reach")
# What the audience did. Who made a referral is mostly not stated, which its definition says.
OUTCOMES = (*(measure.key for measure in MEASURES if measure.kind == "reports"), "people_referred")
IN_PERSON = tuple(measure.key for measure in MEASURES if measure.kind == "in_person")
ENFORCEMENT = tuple(measure.key for measure in MEASURES if measure.kind in ("results", "safeguarding") and measure.key not in OUTCOMES)
Run = tuple[date, date]


@dataclass(frozen=True)
class Amount:
    """What is known of one measure in one period.

    ``number`` is None where nothing is, or may not be added; ``words`` say it either way, with the published qualifier. ``held`` is how
    many days of the period are held. ``whole`` says that all of them are and that everything in them is measured. ``basis`` is what
    the number is of (accounts, definitions, units): only numbers of one basis compare. ``note`` says why there is no number, or what
    a reader must know of it.
    """

    period: Period
    words: str
    held: int
    number: Decimal | None = None
    qualifier: str = ""
    whole: bool = False
    basis: tuple[str, ...] = ()
    note: str = ""
    sources: tuple[str, ...] = ()

    @property
    def days(self) -> str:
        """``31 days``, or ``part (12 of 31 days)``."""
        return part_words(self.held, self.period.days)

    @property
    def a_day(self) -> str:
        """The rate a day of a whole period, to one decimal below 100; empty where there is none."""
        if self.number is None or not self.whole or self.qualifier:
            return ""
        rate = self.number / self.period.days
        return f"{wording.number(round(rate, 1 if rate < 100 else 0))} a day"


@dataclass(frozen=True)
class Series:
    """One measure in one place: of a network, an area or a web site, with its amount in each period asked for.

    ``track`` is where it belongs: ``reach``, ``outputs``, ``outtakes``, ``in person``, ``outcomes`` or ``enforcement``. ``adds`` says
    whether its values may be added, and so compared. ``metric`` and ``network`` name how it is counted, for posts alone.
    """

    track: str
    key: str
    label: str
    where: str
    adds: bool
    unit: str | None = None
    metric: str = ""
    network: str = ""
    amounts: Mapping[Period, Amount] = field(default_factory=dict)

    @property
    def held(self) -> bool:
        """Whether anything at all is known in any period."""
        return any(amount.number is not None or amount.sources for amount in self.amounts.values())


def change(series: Series, now: Amount, before: Amount) -> str:
    """What changed from one period to another, or in a few words why that is not worked out."""
    if now.number is None or before.number is None:
        return ""
    if not series.adds:
        return "not compared"
    if not now.whole or not before.whole:
        return "part, not compared"
    if now.qualifier or before.qualifier:
        return "not exact, not compared"
    if now.basis != before.basis or changes(series, min(now.period.start, before.period.start), max(now.period.end, before.period.end)):
        return "counted differently, not compared"
    difference = now.number - before.number
    said = "no change" if not difference else f"{'+' if difference > 0 else '−'}{wording.value(abs(difference), series.unit)}"
    if difference and before.number >= LEAST_FOR_PERCENT:
        said += f" ({'+' if difference > 0 else '−'}{wording.number(round(abs(difference) / before.number * 100, 1))}%)"
    if now.period.days != before.period.days:
        said += f"; {now.a_day} against {before.a_day}"
    return said


def changes(series: Series, first: date, last: date) -> list[Any]:
    """The changes of definition that part the days between two, for what is of posts."""
    return breaks("post", series.metric, [series.network], first, last) if series.metric else []


# --- posts ------------------------------------------------------------------------------------------------------------


def of_posts(
    metric: str, network: str, rows: Sequence[Mapping[str, Any]], runs: Mapping[str, Sequence[Run]], periods: Iterable[Period]
) -> dict[Period, Amount]:
    """What the posts of a network published in each period add up to: rows of ``charts/outtakes`` of that network, and the runs of days
    held of each of its accounts. Nothing is added over a change of definition."""
    return {
        period: _posts_amount(metric, network, period, inside, accounts, days)
        for period, inside, accounts, days in _within(rows, runs, periods)
    }


def _within(
    rows: Iterable[Mapping[str, Any]], runs: Mapping[str, Sequence[Run]], periods: Iterable[Period]
) -> Iterator[tuple[Period, list[Mapping[str, Any]], list[str], int]]:
    """Each period with its rows, its accounts and the days that are held of all of them."""
    by_month: dict[date, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_month.setdefault(row["month"], []).append(row)
    for period in periods:
        inside = [row for month in months_of(period) for row in by_month.get(month, ())]
        accounts = sorted({str(row["account"]) for row in inside} | {name for name, own in runs.items() if _overlap(own, period)})
        yield period, inside, accounts, _days_of_all([runs.get(name, ()) for name in accounts], period)


def _posts_amount(
    metric: str, network: str, period: Period, inside: Sequence[Mapping[str, Any]], accounts: Sequence[str], days: int
) -> Amount:
    posts = sum(row["posts"] for row in inside)
    filled = sum(row[f"filled_{metric}"] for row in inside)
    if not accounts:
        return Amount(period, NOT_HELD, 0)
    if not filled:
        return Amount(period, NOT_MEASURED if posts else NO_POSTS if days == period.days else "no posts in what is held", days)
    parted = breaks("post", metric, [network], period.start, period.end)
    if parted:
        return Amount(period, "not added", days, note=f"{parted[0].label} within the period, so what stands on its two sides is not added.")
    assert ANY_METRIC[metric].additive, metric
    total = Decimal(sum(row[f"total_{metric}"] or 0 for row in inside))
    all_measured = filled == posts or metric in OF_FILMS
    said = wording.number(total) + ("" if filled == posts else f" (of {filled:,} of {wording.plural(posts, 'post')})")
    defined = definition_of("post", metric, network, period.start)
    basis = (*accounts, defined.key if defined else metric)
    return Amount(period, said, days, total, whole=days == period.days and all_measured, basis=basis)


def highest(
    column: str, rows: Iterable[Mapping[str, Any]], runs: Mapping[str, Sequence[Run]], periods: Iterable[Period]
) -> dict[Period, Amount]:
    """The highest reach, or viewers, of one post published in each period: of one post, so nothing is added and nothing compared."""
    found = {}
    for period, inside, _, days in _within(rows, runs, periods):
        most = max((row[column] for row in inside if row[column] is not None), default=None)
        number, words = (None, NOT_HELD) if most is None else (Decimal(most), wording.number(most))
        found[period] = Amount(period, words, days, number, whole=days == period.days)
    return found


# --- a platform's own count over a window ------------------------------------------------------------------------------


def of_windows(column: str, rows: Iterable[Mapping[str, Any]], periods: Iterable[Period]) -> dict[Period, Amount]:
    """What a platform counted of advertisements over just the days of each period, each account once; of other days it says nothing."""
    held: dict[Run, list[Any]] = {}
    for row in rows:
        if row[column] is not None:
            held.setdefault((row["window_start"], row["window_end"]), []).append(row)
    found = {}
    for period in periods:
        own = held.get((period.start, period.end), [])
        words = "; ".join(f"{wording.number(row[column])} ({row['account_name']})" for row in own) or NOT_HELD
        number = Decimal(own[0][column]) if len(own) == 1 else None
        sources = tuple(f"upload {row['upload_id']}" for row in own)
        found[period] = Amount(period, words, period.days if own else 0, number, whole=bool(own), sources=sources)
    return found


def of_web(rows: Iterable[Mapping[str, Any]], periods: Iterable[Period]) -> dict[Period, Amount]:
    """Views of the pages of one property, from the export that was asked for just the days of each period: periods are not added."""
    held: dict[Run, list[Any]] = {}
    for row in rows:
        if row["filled_web_views"]:
            held.setdefault((row["period_start"], row["period_end"]), []).append(row)
    found = {}
    for period in periods:
        own = sorted(held.get((period.start, period.end), []), key=lambda row: (-row["pages"], row["dimension"]))
        if not own:
            found[period] = Amount(period, NOT_HELD, 0)
            continue
        first = own[0]
        said = f"{wording.number(first['web_views'])}"
        if first["filled_web_views"] < first["pages"]:
            said += f" (of {first['filled_web_views']:,} of {wording.plural(first['pages'], 'page')})"
        whole = first["filled_web_views"] == first["pages"]
        found[period] = Amount(period, said, period.days, Decimal(first["web_views"]), whole=whole, basis=(first["dimension"],))
    return found


# --- figures ----------------------------------------------------------------------------------------------------------


def of_figures(measure: Measure, rows: Iterable[Mapping[str, Any]], periods: Iterable[Period]) -> dict[Period, Amount]:
    """What the figures of one measure and area say of each period: those whose days lie wholly in it, each fact once.

    A figure of just the period stands for it. Else figures of different days are added where the measure is of events and all have one
    unit; a figure of days inside another's is in that one. Everything else is listed, never added.
    """
    facts = sorted(_facts(rows), key=lambda row: (row["start_date"], row["end_date"]))
    starts = [row["start_date"] for row in facts]
    longest = max((row["end_date"] - row["start_date"] for row in facts), default=timedelta(0))
    return {
        period: _figures_amount(measure, period, facts[bisect_left(starts, period.start - longest) : bisect_right(starts, period.end)])
        for period in periods
    }


def _facts(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Dated figures with a number: of each fact what was published, else what is recorded. Statements that differ all stay."""
    said: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        start, end = wording.as_date(row["start_date"]), wording.as_date(row["end_date"])
        if start is None or end is None or (wording.missing(row["value_low"]) and wording.missing(row["value_high"])):
            continue
        fact = (*(row.get(name) for name in ("subject", "campaign", "network", "paid")), start, end)
        said.setdefault(fact, []).append({**row, "start_date": start, "end_date": end})
    kept: list[Mapping[str, Any]] = []
    for of_one in said.values():
        best = [row for row in of_one if not row["recorded"]] or of_one
        kept += {(row["value_low"], row["value_high"], row["qualifier"]): row for row in sorted(best, key=_rank)}.values()
    return kept


def _rank(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return not row["recorded"], wording.as_date(row["as_of"]) or date.min, str(row["figure_id"])


def _figures_amount(measure: Measure, period: Period, facts: Sequence[Mapping[str, Any]]) -> Amount:
    inside = [row for row in facts if period.holds(row["start_date"], row["end_date"])]
    across = sum(row["start_date"] <= period.end and period.start <= row["end_date"] for row in facts) - len(inside)
    are = "is" if across == 1 else "are"
    beyond = f"{wording.plural(across, 'figure')} of days in and outside the period {are} left out." if across else ""
    if not inside:
        return Amount(period, wording.NOT_PUBLISHED, 0, note=beyond)
    exact = [row for row in inside if (row["start_date"], row["end_date"]) == (period.start, period.end)]
    scopes = (list(same) for _, same in groupby(sorted(inside, key=_scope), key=_scope))
    own = exact if len(exact) == 1 else [row for same in scopes for row in _outermost(same)]
    sources = tuple(f"figure {row['figure_id']}" for row in own)
    days = _days_of_any([(row["start_date"], row["end_date"]) for row in own], period)
    amount = _one(measure, period, own[0], days) if len(own) == 1 else _several(measure, period, own, days)
    left = len(inside) - len(own)
    inner = f"{wording.plural(left, 'figure')} of days inside another's {'is' if left == 1 else 'are'} not added." if left else ""
    return replace(amount, sources=sources, note=" ".join(part for part in (amount.note, inner, beyond) if part))


def _outermost(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The figures of which the days are not inside those of another; those of the same days all stay."""
    kept: list[Mapping[str, Any]] = []
    reached = date.min
    # Whatever holds a figure's days stands before it in this order.
    ordered = sorted(rows, key=lambda row: (row["start_date"], -row["end_date"].toordinal()))
    for (_, last), same in groupby(ordered, key=lambda row: (row["start_date"], row["end_date"])):
        if last > reached:
            kept += same
            reached = last
    return kept


def _unit(row: Mapping[str, Any]) -> str:
    return "" if wording.missing(row["unit"]) else str(row["unit"]).strip().lower()


def _qualifier(row: Mapping[str, Any]) -> str:
    said = "" if wording.missing(row["qualifier"]) else " ".join(str(row["qualifier"]).split())
    return "" if said.lower() in wording.AS_PUBLISHED else said


def _early(row: Mapping[str, Any]) -> bool:
    """Whether a figure may be revised, by its status or by a qualifier that stands in its place."""
    said = (str(row[name]).lower() for name in ("status", "qualifier") if not wording.missing(row[name]))
    return any(one in ("early total", "provisional") for one in said)


def _said(measure: Measure, row: Mapping[str, Any]) -> str:
    status = "" if wording.missing(row["status"]) else str(row["status"]).lower()
    words = wording.figure_words(row["value_low"], row["value_high"], row["qualifier"], measure.unit)
    return f"{words} ({status})" if status in ("early total", "provisional") and status not in words else words


def _basis(measure: Measure, row: Mapping[str, Any]) -> tuple[str, ...]:
    """What a figure counts: its measure, the unit it was published in where that is another, and whether it is of the whole area."""
    return (measure.key, _unit(row) or measure.unit.lower(), _scope(row))


def _scope(row: Mapping[str, Any]) -> str:
    return "operations" if row.get("subject") else "the whole area"


def _one(measure: Measure, period: Period, row: Mapping[str, Any], days: int) -> Amount:
    number = wording.nominal(row["value_low"], row["value_high"])
    qualifier = _qualifier(row) or ("" if number is not None else "range")
    early = _early(row)
    middle = number if number is not None else wording.decimal(row["value_high"])
    note = "An early total, which may be revised." if early else ""
    whole = days == period.days and not early
    return Amount(period, _said(measure, row), days, middle, qualifier, whole, _basis(measure, row), note)


def _several(measure: Measure, period: Period, rows: Sequence[Mapping[str, Any]], days: int) -> Amount:
    """Figures of several facts: added where that may be, else listed with the reason."""
    why = _why_not(measure, rows)
    if why:
        listed = "; ".join(_said(measure, row) for row in rows[:3]) + (f"; {len(rows) - 3} more" if len(rows) > 3 else "")
        return Amount(period, f"{listed} (not added)", days, note=why)
    numbers = [wording.nominal(row["value_low"], row["value_high"]) for row in rows]
    total = sum((number for number in numbers if number is not None), Decimal(0)) if measure.adds else None
    qualifier, said = _of_sum([_qualifier(row) for row in rows])
    early = any(map(_early, rows))
    value = wording.value(total, measure.unit)
    words = f"{value}{said}" if said or not qualifier else f"{qualifier} {value}"
    note = f"{len(rows):,} figures of different days added{'; one or more is an early total' if early else ''}."
    return Amount(period, words, days, total, qualifier, days == period.days and not early, _basis(measure, rows[0]), note)


def _why_not(measure: Measure, rows: Sequence[Mapping[str, Any]]) -> str:
    if not measure.adds:
        return "Figures can be of the same people or things, so they are not added."
    if len({_scope(row) for row in rows}) > 1:
        return "Some are of operations and some of the whole area, which may count the same, so they are not added."
    if len({_basis(measure, row) for row in rows}) > 1 or _basis(measure, rows[0])[1] != measure.unit.lower():
        return "The figures were published in other units, so they are not added."
    days = sorted((row["start_date"], row["end_date"]) for row in rows)
    if any(after[0] <= before[1] for before, after in pairwise(days)):
        return "The figures are of days that overlap, and can be of the same events, so they are not added."
    if any(wording.nominal(row["value_low"], row["value_high"]) is None for row in rows):
        return "A figure is a range, so they are not added."
    return ""


def _of_sum(qualifiers: Sequence[str]) -> tuple[str, str]:
    """The qualifier of a sum, and how it is said behind the number: of parts that are all above, below or near what is given, so is it."""
    given = list(dict.fromkeys(one for one in qualifiers if one))
    if not given:
        return "", ""
    for kind, word in ((wording.MORE, "more than"), (wording.LESS, "up to"), (wording.NEAR, "around")):
        if all(one.lower() in kind for one in given):
            return (given[0] if len(given) == 1 else word), ""
    return "mixed", f" (mixed: {', '.join(given)})"


# --- days -------------------------------------------------------------------------------------------------------------


def _clip(runs: Iterable[Run], period: Period) -> list[Run]:
    clipped = [(max(first, period.start), min(last, period.end)) for first, last in runs]
    return [(first, last) for first, last in clipped if first <= last]


def _overlap(runs: Iterable[Run], period: Period) -> bool:
    return any(first <= period.end and period.start <= last for first, last in runs)


def _days_of_any(runs: Iterable[Run], period: Period) -> int:
    """How many days of the period one or more of the runs hold."""
    days, reached = 0, period.start - timedelta(days=1)
    for first, last in sorted(_clip(runs, period)):
        if last > reached:
            days += (last - max(first - timedelta(days=1), reached)).days
            reached = last
    return days


def _days_of_all(each: Sequence[Sequence[Run]], period: Period) -> int:
    """How many days of the period every one of the lists of runs holds."""
    if not each:
        return 0
    held = _clip(each[0], period)
    for other in each[1:]:
        held = [(max(a, c), min(b, d)) for a, b in held for c, d in _clip(other, period) if max(a, c) <= min(b, d)]
    return _days_of_any(held, period)
