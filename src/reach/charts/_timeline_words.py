"""What a timeline says: its title, subtitle, sentence, key and notes, and its table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd

from reach import wording
from reach.charts import Break, _breaks
from reach.charts._scene import (
    NOTES_ON_DATES,
    SAMPLE,
    TITLE_WORDS,
    Figure,
    Post,
    Scene,
    Track,
    Window,
    band_of,
    network_mark,
    periods_of,
    share_a_day,
)
from reach.charts._theme import plain
from reach.views import HIDDEN


def _span_noun(periods: Iterable[tuple[date, date]]) -> str:
    """``week`` where every period is about one (the first week of action lasted eight days), else ``period``."""
    return "week" if all(5 <= (end - start).days + 1 <= 8 for start, end in periods) else "period"


def _spans(periods: Sequence[tuple[date, date]], extra: str = "") -> str:
    return f"{wording.count(len(periods))} {extra}{wording.noun(len(periods), _span_noun(periods))}"


def sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def title_of(scene: Scene) -> str:
    short = [_title_for(scene, name) for name in (wording.lower_first(scene.results.label), "results")]
    return next((title for title in short if len(title.split()) <= TITLE_WORDS), short[-1])


def _title_for(scene: Scene, label: str) -> str:
    if not scene.of_reach:
        return _title_of_posts(scene, label)
    reach, results = scene.reach, scene.results
    if reach.periods and results.periods:
        above, below = reach.periods, results.periods
        nouns = {_span_noun(above), _span_noun(below)}
        later = wording.count(len(below)) if len(nouns) == 1 else _spans(below)
        return f"Reach has been published for {_spans(above)}, {label} for {later}"
    above, below = reach.held_periods, results.held_periods
    if above and below:
        return f"{sentence(_spans(above))} {_have(above)} a figure for reach; {_spans(below)} for {label}"
    if above or below:
        known, other, track = ("reach", label, results) if above else (label, "reach", reach)
        spans = above or below
        missing = f"; no {_span_noun(spans)} has one for {other}"
        if track.sample:
            missing = f"; {_shown_is_sample([other])}"
        elif other == "reach" and (scene.posts or scene.undated):
            missing = f"; {_posts_measured(scene)}"
        return f"{sentence(_spans(spans))} {_have(spans)} a figure for {known}{missing}"
    if reach.sample or results.sample:
        names = [name for name, track in (("reach", reach), (label, results)) if track.sample]
        return f"Nothing published is held: {_shown_is_sample(names)}"
    if scene.posts or scene.undated:
        return f"{sentence(_posts_measured(scene))}; no reach or {label} published for this choice"
    return f"No reach or {label} held for this choice"


def _title_of_posts(scene: Scene, label: str) -> str:
    """The title where the upper panel shows another metric than reach, of which nothing is published."""
    posts = _posts_measured(scene) if scene.posts or scene.undated else f"no posts measured in {scene.metric}"
    results = scene.results
    if results.periods:
        rest = f"{label} published for {_spans(results.periods)}"
    elif results.held_periods:
        rest = f"{label} recorded for {_spans(results.held_periods)}"
    elif results.sample:
        rest = _shown_is_sample([label])
    else:
        rest = f"no {label} held for this choice"
    return f"{sentence(posts)}; {rest}"


def _have(periods: Sequence[tuple[date, date]]) -> str:
    return wording.noun(len(periods), "has", "have")


def _shown_is_sample(names: Sequence[str]) -> str:
    verb = "are" if len(names) > 1 or wording.were(names[0]) == "were" else "is"
    return f"{wording.listed(list(names))} shown {verb} a {SAMPLE}"


def _posts_measured(scene: Scene) -> str:
    """``79 posts measured``, with the metric where it is not reach; those without a publish time only where no other is measured."""
    if not scene.posts:
        return _undated_measured(scene)
    n = len(scene.posts)
    what = f"highest {scene.posts_kind}s of {wording.plural(n, 'day')}" if scene.highest_per_day else wording.plural(n, scene.posts_kind)
    return f"{what} {_measured(scene)}"


def _measured(scene: Scene) -> str:
    return "measured" if scene.of_reach else f"measured in {scene.metric}"


def _undated_measured(scene: Scene) -> str:
    return f"{wording.plural(scene.undated, scene.posts_kind)} {_measured(scene)}, not dated"


def _extent(figures: Sequence[Figure], how: str) -> str:
    """How high the figures go: ``: 76``, ``, 40 each time`` or ``, from 28 to 76; the highest, 76, is for …``."""
    lowest, highest = min(figures, key=lambda f: f.bottom), max(figures, key=_rank)
    low, high = lowest.sentence_words, highest.sentence_words
    if len(figures) == 1:
        return f", {wording.period(*highest.period)}: {high}"
    if len({figure.sentence_words for figure in figures}) == 1:
        return f", {high} each time"
    holders = sorted({figure.period for figure in figures if figure.sentence_words == high})
    when = " and ".join(wording.period(*span) for span in holders) if len(holders) <= 2 else f"{wording.count(len(holders))} of them"
    if low == wording.value(lowest.bottom, lowest.unit) and high == wording.value(highest.top, highest.unit):
        return f", from {low} to {high}; the highest, {high}, is for {when}"
    return f"; the lowest {how} is {low}, the highest, {high}, is for {when}"


def _rank(figure: Figure) -> tuple[float, int]:
    """Where a figure stands among others: of two that name one number, "more than" is above it and "almost" below."""
    said = figure.qualifier.lower()
    return figure.top, 1 if said in wording.MORE else -1 if said in wording.LESS else 0


def _stated(track: Track, figures: Sequence[Figure], how: str, others: str = "") -> str:
    """``Arrests were published for six dated weeks, from 28 to 76``: periods, facts and range of some figures."""
    periods, facts = periods_of(figures), len({figure.fact for figure in figures})
    more = f" in {wording.count(facts)} figures" if facts > len(periods) else ""
    extent = _extent(figures, how.split(",")[0])
    return f"{track.label} {wording.were(track.label)} {how} for {_spans(periods, f'{others}dated ')}{more}{extent}"


def _stated_parts(track: Track) -> list[str]:
    """What is published of a track, then what is only recorded."""
    parts = [_stated(track, track.published, "published")] if track.published else []
    if alone := track.recorded_alone:
        other = "other " if set(periods_of(alone)).isdisjoint(track.periods) and parts else ""
        said = _stated(track, alone, "recorded, not published,", other)
        parts.append(wording.lower_first(said) if parts else said)
    return parts


def _alongside(reach: Track, results: Track) -> str:
    """How many of the results' periods share a day with a period of published reach."""
    held = results.held_periods
    both = [span for span in held if any(share_a_day(span, other) for other in reach.periods)]
    apart = [span for span in reach.periods if not any(share_a_day(span, other) for other in held)]
    if not both:
        return f"reach was published for {_spans(apart, 'other ')} and alongside none of them"
    every = {1: "it", 2: "both"}.get(len(held), "all of them")
    of_them = every if len(both) == len(held) else f"{wording.count(len(both))} of them"
    return f"reach was published alongside {of_them}" + (f" and for {_spans(apart, 'other ')}" if apart else "")


def _posts_words(scene: Scene) -> str:
    posts, kind = scene.posts, scene.posts_kind
    top = max(posts, key=lambda post: post.value)
    measured = _measured(scene)
    if len(posts) == 1:
        return f"one {kind} is {measured}, {wording.number(top.value)}, published on {wording.day(top.at)}"
    many = f"the highest {kind}s of {wording.plural(len(posts), 'day')}" if scene.highest_per_day else wording.plural(len(posts), kind)
    if scene.breaks:
        changes = [f"{one.label}, {one.when}" for one in scene.breaks]
        return f"{many} are {measured}, over a change of definition, so they are not compared with one another: {wording.listed(changes)}"
    return f"{many} are {measured}, the highest, {wording.number(top.value)}, published on {wording.day(top.at)}"


def _reach_words(scene: Scene) -> list[str]:
    """What is said of reach after the results. Nothing where the panel shows another metric, of which nothing is published."""
    reach, results = scene.reach, scene.results
    if not scene.of_reach:
        return [] if scene.posts or scene.undated else [f"no posts are measured in {scene.metric} for this choice"]
    if not reach.published:
        return [*map(wording.lower_first, _stated_parts(reach))] or ["no reach is published for this choice"]
    recorded = [wording.lower_first(part) for part in _stated_parts(reach)[1:]]
    return [_alongside(reach, results), *recorded]


def summary_of(scene: Scene) -> str:
    reach, results = scene.reach, scene.results
    label = wording.lower_first(results.label)
    parts = _stated_parts(results)
    if parts:
        parts += _reach_words(scene)
    elif reach.published or reach.recorded:
        parts += [*_stated_parts(reach), f"no dated {label} published for this choice"]
    else:
        held = "published" if reach.sample or results.sample else "held"
        parts.append(f"no dated {f'reach or {label}' if scene.of_reach else label} {held} for this choice")
    second = sum(len(track.recorded) - len(track.recorded_alone) for track in (reach, results))
    if second:
        parts.append(f"{wording.plural(second, 'recorded figure')} {wording.noun(second, 'stands', 'stand')} beside a published one")
    if scene.posts:
        parts.append(_posts_words(scene))
    if scene.undated:
        parts.append(_undated_measured(scene))
    undated, silent = reach.undated + results.undated, reach.without_number + results.without_number
    if withheld := len(reach.withheld) + len(results.withheld):
        parts.append(f"{wording.plural(withheld, 'figure')} withheld ({HIDDEN})")
    if undated:
        parts.append(f"{wording.plural(undated, 'figure')} not dated")
    if silent:
        parts.append(f"{wording.plural(silent, 'figure')} without a number")
    if made_up := len(reach.sample) + len(results.sample):
        parts.append(f"{wording.plural(made_up, f'{SAMPLE} figure')} {wording.noun(made_up, 'is', 'are')} drawn and not counted")
    return sentence("; ".join(parts)) + "."


def subtitle_of(scene: Scene, area: str) -> str:
    when = f", {wording.months(*scene.extent)}" if scene.extent else ""
    source = ", as published," if scene.reach.published else ""
    return f"{scene.reach.label}{source} above; {wording.lower_first(scene.results.label)} below. {area}{when}."


def symbol_of(figure: Figure) -> str:
    said = figure.qualifier.lower()
    return "triangle-up" if said in wording.MORE else "triangle-down" if said in wording.LESS else "circle"


def is_hollow(figure: Figure) -> bool:
    return figure.early or figure.qualifier.lower() in wording.NEAR


def key_of(scene: Scene) -> str:
    single = [figure for figure in scene.drawn if figure.nominal is not None]
    said = {figure.qualifier.lower() for figure in single}
    kinds = {window.kind for window in scene.windows}
    parts = [
        ("▲ more than, over or at least", bool(said & set(wording.MORE))),
        ("▼ up to, almost or nearly", bool(said & set(wording.LESS))),
        ("○ close to or around", bool(said & set(wording.NEAR))),
        (f"● as {_how_stated(scene)}", any(symbol_of(figure) == "circle" and not is_hollow(figure) for figure in single)),
        (f"bar: a {_how_stated(scene)} range", len(single) < len(scene.drawn)),
        ("hollow, with the words: provisional or early total", any(figure.early for figure in single)),
        (_post_key(scene), bool(scene.posts)),
        ("shaded: intensification weeks", "intensification" in kinds),
        ("dotted edge: campaign dates", "campaign" in kinds),
        (f"band: range of the dated {_span_noun(scene.results.held_periods)}s", band_of(scene.results) is not None),
        (f"{HIDDEN} withheld so that nobody can be identified", bool(scene.reach.withheld or scene.results.withheld)),
        (_breaks.key_of(scene.breaks), bool(scene.breaks)),
    ]
    return " · ".join(text for text, shown in parts if shown)


def _how_stated(scene: Scene) -> str:
    recorded = any(figure.recorded for figure in scene.drawn)
    published = any(not figure.recorded for figure in scene.drawn)
    return "published or recorded" if recorded and published else "recorded" if recorded else "published"


def _post_key(scene: Scene) -> str:
    names = sorted({network_name(post.network) for post in scene.posts})
    marks = [f"{network_mark(name)[1]} {name}" for name in names]
    metrics = sorted({plain(post.metric, 60) for post in scene.posts})
    one = f"the highest {scene.posts_kind} of each day" if scene.highest_per_day else f"{scene.posts_kind}s"
    return f"small marks: {one} ({', '.join(marks)}), {wording.listed(metrics)}"


def network_name(key: str) -> str:
    """A network's name: given as such, or as its key in lower case."""
    return sentence(plain(key, 30))


def notes_of(scene: Scene, unlabelled: int) -> tuple[str, ...]:
    notes = _breaks.notes_of(scene.breaks)
    if any([one.sample for one in scene.drawn] + [one.sample for one in scene.windows] + [one.sample for one in scene.posts]):
        notes.append("Made-up sample data is drawn. It is marked as made-up wherever it stands and never counted with what is real.")
    if len(scene.reach.published) > 1:
        notes.append("Two reach figures may count the same people, so they are never added.")
    if scene.posts and scene.highest_per_day:
        notes.append("One mark a day: the highest post of that day. The others are not drawn.")
    dates = {(figure.period, plain(figure.date_note, 90)): None for figure in scene.drawn if figure.date_note}
    notes += [f"{wording.period(*span)}: {note}." for span, note in list(dates)[:NOTES_ON_DATES]]
    if len(dates) > NOTES_ON_DATES:
        notes.append(f"{wording.plural(len(dates) - NOTES_ON_DATES, 'more note')} on dates in the table.")
    if unlabelled:
        notes.append(f"{wording.plural(unlabelled, 'label')} left out for want of room: point at the mark or see the table.")
    return tuple(notes)


def alt_of(scene: Scene, summary: str) -> str:
    label = wording.lower_first(scene.results.label)
    dots = [wording.plural(len(scene.posts), scene.posts_kind) + ("" if scene.of_reach else f" measured in {scene.metric}")]
    figures = [f"{wording.plural(len(scene.reach.drawn), 'figure')} of reach"] if scene.of_reach else []
    above = wording.listed([*figures, *(dots if scene.posts or not figures else [])])
    return (
        f"Two panels on one time axis. Above, {above}; "
        f"below, {wording.plural(len(scene.results.drawn), 'figure')} of {label}. {summary} The table holds the same data."
    )


# --- table -----------------------------------------------------------------------------------------------------

TABLE_COLUMNS = (
    "What",
    "Name",
    "First day",
    "Last day",
    "Value",
    "Lowest",
    "Highest",
    "Status",
    "Definition",
    "Published wording",
    "Note on dates",
    "Source",
)


def table_of(scene: Scene) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The rows drawn, in order of their first days, and for each what shows its source."""
    rows = [
        (figure.period[0], f"figure {figure.id}", _figure_row(track, figure))
        for track in (scene.reach, scene.results)
        for figure in track.figures
        if figure.dated
    ]
    rows += [(week.start, "", _silent_row(scene.results.label, week)) for week in scene.silent]
    rows += [(post.at.date(), f"upload {post.upload_id}", _post_row(post)) for post in scene.posts]
    rows += [(one.first, "", _break_row(one)) for one in scene.breaks]
    rows.sort(key=lambda row: row[0])
    table = pd.DataFrame([row for _, _, row in rows], columns=list(TABLE_COLUMNS), dtype=object)
    table = table.assign(Lowest=table["Lowest"].astype(float), Highest=table["Highest"].astype(float))
    return table, tuple(source for _, source, _ in rows)


def _figure_row(track: Track, figure: Figure) -> tuple[object, ...]:
    label = track.label
    what = f"{label} ({SAMPLE})" if figure.sample else f"{label} (recorded)" if figure.recorded else label
    return (
        what,
        figure.name,
        figure.start,
        figure.end,
        figure.words,
        figure.low,
        figure.high,
        figure.status,
        track.definition,
        figure.wording,
        figure.date_note,
        figure.source,
    )


def _silent_row(label: str, week: Window) -> tuple[object, ...]:
    return (label, plain(week.label, 80), week.start, week.end, wording.NOT_PUBLISHED, None, None, "", label, "", "", "")


def _break_row(one: Break) -> tuple[object, ...]:
    said = f"{one.label}. {one.words}"
    return (
        "Change of definition",
        said,
        one.first,
        one.last,
        "",
        None,
        None,
        "",
        "",
        "",
        f"The change came {one.when}",
        one.source,
    )


def _post_row(post: Post) -> tuple[object, ...]:
    known = f"{post.source}, export as of {wording.day(post.as_of)}" if post.as_of else post.source
    return (
        f"Post{f' ({SAMPLE})' if post.sample else ''}, {network_name(post.network)}, {post.metric}",
        plain(post.text, 80),
        post.at.date(),
        post.at.date(),
        wording.number(post.value),
        post.value,
        post.value,
        "",
        post.metric,
        "",
        "",
        known,
    )
