"""The Overview's first sentence and its cards, in words computed from the figures shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reach import wording

Row = dict[str, Any]

NONE_HELD = "none held"


@dataclass(frozen=True)
class Headline:
    """The page's opening sentence and up to three cards: (label, value, note)."""

    sentence: str
    cards: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class _Week:
    """One period's figures, and what the reader's choice lets us say of those that are not here."""

    period: tuple[date, date]
    reach: Sequence[Row]
    results: Sequence[Row]
    every_result: Sequence[Row]
    name: str
    narrowed: bool

    @property
    def silence(self) -> str:
        """Nobody can call unpublished what the reader filtered out, or what stands beside an internal count alone."""
        if self.narrowed:
            return "none for this choice"
        return wording.NOT_PUBLISHED if any(not row["recorded"] for row in (*self.reach, *self.results)) else NONE_HELD

    @property
    def opening(self) -> str:
        rows = self.reach or self.results
        if all(row["sample"] for row in (*self.reach, *self.results)):
            return "Made-up sample, for"
        return "Recorded for" if all(row["recorded"] for row in rows) else "Published for"


def headline(
    reach: Sequence[Row],
    results: Sequence[Row],
    safeguarding: Sequence[Row],
    *,
    results_label: str,
    labels: dict[str, str],
    narrowed: bool = False,
    posts: int = 0,
    posts_undated: int = 0,
    posts_kind: str = "post",
) -> Headline:
    """Words for the latest dated week that has published reach, else the latest with results.

    The rows are those of the query ``charts/figures``. ``labels`` gives a measure's name; ``narrowed`` says that the reader chose
    among the figures, so that what is not here may be published all the same. Figures are listed, never added. ``posts`` is how many
    are in view, and ``posts_undated`` how many more have no publish time: the sentence says it where there is no dated figure.
    """
    period = _latest(reach) or _latest(results)
    if period is None:
        cards = tuple(
            (label, "none for this choice" if narrowed else "not dated" if rows else NONE_HELD, note)
            for label, rows, note in (
                ("Campaign reach", reach, "No dated campaign reach here."),
                (results_label, results, "No dated figure here."),
            )
        )
        of = "for this choice" if narrowed else "of this area"
        measured = [f"{wording.plural(posts, posts_kind)} measured"] if posts else []
        measured += [f"{wording.plural(posts_undated, posts_kind)} measured, not dated"] if posts_undated else []
        said = "; ".join([f"No dated figure {of.replace('of', 'for')}", *measured])
        return Headline(f"{said}." if measured else f"Nothing dated is held {of}.", cards)
    week = _Week(period, _in(reach, period), _in(results, period), results, wording.lower_first(results_label), narrowed)
    return Headline(
        _sentence(week), (_reach_card(week), _results_card(week, results_label), *_safeguarding_card(_in(safeguarding, period), labels))
    )


def _sentence(week: _Week) -> str:
    when = wording.period(*week.period)
    results = _said(week.results, week.name) + _place(week)
    if week.results and all(row["recorded"] for row in week.results):
        results += f" ({'recorded ' if week.reach else ''}in {_files(week.results)})"
    if week.reach and week.results:
        beside = week.opening.replace("ed for", "ed beside the week of")
        return f"{beside} {when}: {_said(week.reach, 'people reached')}, alongside {results}."
    if week.reach:
        return f"{week.opening} {when}: {_said(week.reach, 'people reached')}; {week.name}: {week.silence}."
    return f"{week.opening} {when}: {results}; campaign reach: {week.silence}."


def _reach_card(week: _Week) -> tuple[str, str, str]:
    if not week.reach:
        return "Campaign reach, same week", week.silence, wording.period(*week.period)
    apart = "Separate figures: nobody knows how many are in both, so they are not added. " if len(_facts(week.reach)) > 1 else ""
    note = f"{apart}{_basis(week.reach, 'People as published, ')}{wording.period(*week.period)}."
    return "Campaign reach, latest", _listed(week.reach), note


def _results_card(week: _Week, label: str) -> tuple[str, str, str]:
    if not week.results:
        return f"{label}, same week", week.silence, wording.period(*week.period)
    every = _counted(week.every_result)
    values = _values(every)
    basis = _basis(week.results, "")
    note = f"{basis}{wording.period(*week.period)}"
    if len(_facts(every)) > 2:
        lowest, highest = (wording.value(pick(values), _unit(week.results)) for pick in (min, max))
        note = f"{basis.replace(', ', '. ')}{_capital(wording.count(len(_facts(every))))} dated figures range from {lowest} to {highest}."
    return f"{label}, same week", _listed(week.results), note


def _safeguarding_card(rows: Sequence[Row], labels: dict[str, str]) -> list[tuple[str, str, str]]:
    if not rows:
        return []
    first = rows[0]
    said = dict.fromkeys(
        f"{_words(row)} {wording.lower_first(labels[row['measure']])}" for row in rows[1:] if row["measure"] != first["measure"]
    )
    note = "Visits, people visited and people safeguarded are three counts." + (f" Also {wording.listed(list(said))}." if said else "")
    same = [row for row in rows if row["measure"] == first["measure"]]
    return [(f"{labels[first['measure']]}, same week", f"{_listed(same)} {first['unit'] or ''}".strip(), note)]


def _place(week: _Week) -> str:
    """Words for a week whose one figure is the highest of several, where there are enough to say so; else none."""
    every = _counted(week.every_result)
    values = _values(every)
    if len(week.results) != 1 or len(_facts(every)) < 3:
        return ""
    own = wording.nominal(week.results[0]["value_low"], week.results[0]["value_high"])
    if own is None or own != max(values) or values.count(max(values)) > 1:
        return ""
    return f", the highest of {wording.count(len(_facts(every)))} dated figures"


def _in(rows: Sequence[Row], period: tuple[date, date]) -> list[Row]:
    return [row for row in rows if _period(row) == period]


def _fact(row: Row) -> tuple[Any, ...]:
    """Two figures of one fact are two statements of one thing."""
    return row["measure"], row["area"], row["subject"], row["start_date"], row["end_date"]


def _facts(rows: Sequence[Row]) -> set[tuple[Any, ...]]:
    return {_fact(row) for row in rows}


def _counted(rows: Sequence[Row]) -> list[Row]:
    """The dated numbers that a range is made of: a recorded one only where its fact was not published."""
    published = _facts([row for row in rows if not row["recorded"]])
    dated = [row for row in rows if _period(row) and wording.nominal(row["value_low"], row["value_high"]) is not None]
    return [row for row in dated if not row["recorded"] or _fact(row) not in published]


def _mixed(rows: Sequence[Row]) -> bool:
    return len({row["recorded"] for row in rows}) > 1


def _listed(rows: Sequence[Row]) -> str:
    """The figures in words. Where some were only recorded, each says which it is: ``76 (published); 80 (recorded in a.csv)``."""
    if not _mixed(rows):
        return _all(rows)
    published = [row for row in rows if not row["recorded"]]
    recorded = [row for row in rows if row["recorded"]]
    parts = [f"{words} (published)" for words in dict.fromkeys(map(_words, published))]
    return "; ".join([*parts, *dict.fromkeys(f"{_words(row)} (recorded in {row['file_name']})" for row in recorded)])


def _said(rows: Sequence[Row], name: str) -> str:
    """The figures with the name of what they count."""
    return f"{name}: {_listed(rows)}" if _mixed(rows) else f"{_all(rows)} {name}"


def _basis(rows: Sequence[Row], published: str) -> str:
    """How a card's note says where figures of one kind come from."""
    if all(row["sample"] for row in rows):
        return "Made-up sample, "
    if all(row["recorded"] for row in rows):
        return f"Recorded in {_files(rows)}, "
    return "" if _mixed(rows) else published


def _files(rows: Sequence[Row]) -> str:
    """The files in which recorded figures stand."""
    return wording.listed(list(dict.fromkeys(row["file_name"] for row in rows)))


def _all(rows: Sequence[Row]) -> str:
    """The figures in words, listed; one that two sources state alike is said once."""
    return wording.listed(list(dict.fromkeys(_words(row) for row in rows)))


def _values(rows: Sequence[Row]) -> list[Any]:
    nominal = [wording.nominal(row["value_low"], row["value_high"]) for row in rows if _period(row)]
    return [value for value in nominal if value is not None]


def _words(row: Row) -> str:
    return wording.figure_words(row["value_low"], row["value_high"], row["qualifier"], _unit([row]))


def _unit(rows: Sequence[Row]) -> str | None:
    unit = rows[0]["unit"] if rows else None
    return unit if unit in wording.SIGNS else None


def _period(row: Row) -> tuple[date, date] | None:
    return (row["start_date"], row["end_date"]) if row["start_date"] and row["end_date"] else None


def _latest(rows: Sequence[Row]) -> tuple[date, date] | None:
    dated = [period for period in map(_period, rows) if period]
    return max(dated, key=lambda period: (period[1], period[0])) if dated else None


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
