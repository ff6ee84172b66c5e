"""Shares of a population said to have seen something, growth told from few weeks, and ages that can point at a child."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..wording import count, noun, number
from ._numbers import numbers
from ._text import Sentence, Text
from ._values import Fact, Facts, Hit

_PART = (
    r"(?:(?P<part>(?:a|one)\s(?:quarter|third|half|fifth|tenth)|half|two\sthirds|two-thirds|three\squarters|three-quarters)(?:\sof)?"
    r"|(?P<percent>\d{1,3}(?:\.\d{1,2})?)\s?(?:%|per\s?cent|percent)(?:\sof)?"
    r"|(?P<odds>(?:one|1|two|2|three|3)\sin\s(?:every\s)?(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2})))"
)
_POPULATION = (
    r"(?:\s(?:the|our|all|its|adult|local|entire|whole|county's|area's|force's|city's)){0,3}\s(?P<of>(?:llr|leicester(?:shire)?(?:,\sleicestershire"
    r"\sand\srutland)?|rutland|county|city|region|force\sarea|area|population|residents|people|adults|households|young\speople|public|"
    r"community|communities)(?:'s\s(?:population|residents|adults))?(?:\s(?:in|of|across)\s(?:the\s)?[a-z]{2,20})?)"
)
_SAW = (
    r"\s(?:have\s|has\s|had\s)?(?:(?:also\s)?(?:saw|seen|viewed|watched)\s(?:it|this|them|these|the|our)\b(?:\s(?:campaign|posts?|videos?|films?|"
    r"messages?|adverts?|hashtag))?|(?:was|were|been)\sreached)"
)
_SEEN = re.compile(rf"(?<![.,]){_PART}{_POPULATION}{_SAW}")
_REACHED = re.compile(
    rf"(?:reach(?:ed|es|ing)?|seen\sby|viewed\sby)\s(?:about\s|around\s|almost\s|nearly\s|over\s|more\sthan\s)?{_PART}{_POPULATION}"
)
# Who was asked did say what they saw.
_SURVEY = re.compile(r"\b(?:survey|surveyed|respondents?|asked|poll|polled|questionnaire|recall(?:ed)?|told\sus|interviewed)\b")
_PERCENT = {"half": 50, "quarter": 25, "third": 33, "fifth": 20, "tenth": 10, "thirds": 67, "quarters": 75}

_COUNT = r"(?P<of>arrests?|warrants?|charges|seizures|safeguarding(?:\svisits)?|county\slines|reach|viewers)"
_UP = (
    r"(?:rising|increasing|growing|climbing|soaring|surging|falling|dropping|decreasing|declining|going\s(?:up|down)|on\sthe\s(?:rise|increase|up)|"
    r"doubl(?:ed|ing)|trebl(?:ed|ing)|tripl(?:ed|ing)|halved)"
)
_BY = r"(?:up|rose|risen|increased|grew|grown|jumped|climbed|surged|soared|fell|fallen|dropped|decreased|declined|down)"
_RATE = r"\d{1,4}(?:\.\d{1,2})?\s?(?:%|per\s?cent|percent)"
_GROWS = re.compile(
    rf"{_COUNT}(?:\s(?:are|is|were|was|have|has|had|been|keep|keeps|continue\sto\sbe|still|now|also|steadily|in\s[a-z]{{3,20}})){{0,4}}"
    rf"\s(?P<words>{_UP}\b|{_BY}\s(?:by\s)?(?:about\s|around\s|over\s|almost\s|nearly\s|more\sthan\s)?{_RATE})"
)
_MORE = re.compile(
    rf"(?P<words>(?<![.,]){_RATE}\s(?:more|fewer|(?:rise|increase|jump|growth|fall|drop|decrease|reduction)\s(?:in|of)))\s(?:the\s(?:number\sof\s)?)?{_COUNT}\b"
)
_ARE_UP = re.compile(rf"(?P<words>up\s(?:by\s)?{_RATE})")
# A year against a year, or two exports of one post, are what may be compared.
_FAIR = re.compile(r"\b(?:12\smonths|twelve\smonths|year\s(?:to|ending)|full\syear|since\sthe\sexport|annual|a\syear\searlier)\b")

_AGE = re.compile(
    r"(?:aged\s(?:only\s|just\s|between\s)?(?P<aged>\d{1,2})(?!\d)(?:(?:,\s\d{1,2}){0,4}\s(?:and|or)\s(?P<other>\d{1,2})(?!\d)|(?:\s?-\s?|\sto\s)(?P<last>\d{1,2})(?!\d))?"
    r"|(?P<old>\d{1,2})[\s-]years?[\s-]olds?)\b"
)
_ONE_CHILD = re.compile(
    r"\b(?:(?:an?|one|two|three|four|five|six|seven|eight|nine|another|\d{1,2})\s(?:[a-z-]{1,15}\s){0,3}?(?:boys?|girls?|teenagers?|child|children|youths?|"
    r"males?|females?|youngsters?|pupils?|teens?|suspects?|victims?|students?)|boy|girl|teenager|an?\s\d{1,2}[\s-]years?[\s-]old)\b"
)
_CHILDREN = ["boy", "girl", "teen", "child", "youth", "male", "youngster", "pupil", "suspect", "victim", "student", "old"]
_PLACE = re.compile(r"\b(?:in|at|from|near|of)\s(?:the\s)?[A-Z][a-z]{2,20}")
_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_ADULT = 18


_DIGIT = frozenset("0")
_PART_STARTS = frozenset(("0", "a", "one", "hal", "two", "thr"))
_REACHED_STARTS = frozenset(("rea", "see", "vie"))
_COUNT_STARTS = frozenset(("arr", "war", "cha", "sei", "saf", "cou", "rea", "vie"))
_UP_STARTS, _AGE_STARTS = frozenset(("up",)), frozenset(("0", "age"))


def shares(text: Text) -> Iterator[Hit]:
    """A share of a population that is said to have seen something: accounts are not people, and not all of them live there."""
    for pattern, starts in ((_SEEN, _PART_STARTS), (_REACHED, _REACHED_STARTS)):
        for found in text.matches(pattern, starts):
            said = text.sentence(found.start())
            start = found.start() if pattern is _SEEN else min(found.start(one) for one in ("part", "percent", "odds") if found[one])
            sentence = text.low[said.start : said.end]
            if (
                text.denied(said, start)
                or _SURVEY.search(sentence)
                or re.search(r"equivalent\sto\s[a-z ]{0,20}$", text.low[said.start : start])
            ):
                continue
            if pattern is _REACHED and not text.has(said, "reach"):
                continue
            what = "says that a share of a population saw it, but accounts are not people and not all of them live there"
            yield Hit(
                found.start(), found.end(), what, f"'equivalent to {_share(found)} of {_whose(found['of'])} population'", "population"
            )


def _share(found: re.Match[str]) -> str:
    if found["percent"]:
        return f"{found['percent']}%"
    if found["odds"]:
        return "N%"
    return f"{_PERCENT[re.split(r'[ -]', found['part'])[-1]]}%"


def _whose(population: str) -> str:
    return "LLR's" if population.startswith("llr") else "the area's"


def growth(text: Text, facts: Facts) -> Iterator[Hit]:
    """Growth of counts that are too few and too unlike for a trend."""
    for pattern, starts in ((_GROWS, _COUNT_STARTS), (_MORE, _DIGIT)):
        for found in text.matches(pattern, starts):
            said = text.sentence(found.start())
            if _is_fair(text, said, found.start()):
                continue
            yield _grown(text, said, found.span("words"), found["of"], facts)
    for found in text.matches(_ARE_UP, _UP_STARTS):
        said = text.sentence(found.start())
        counted = re.search(rf"\b{_COUNT}\b", text.low[said.start : said.end])
        if counted and not _is_fair(text, said, found.start()):
            yield _grown(text, said, found.span("words"), counted["of"], facts)


def _is_fair(text: Text, said: Sentence, start: int) -> bool:
    if _FAIR.search(text.low[said.start : said.end]) or text.denied(said, start):
        return True
    inside = text.quoted(said, start, start + 1)
    return inside is not None and len(text.low[slice(*inside)].split()) <= 4


def _grown(text: Text, said: Sentence, span: tuple[int, int], of: str, facts: Facts) -> Hit:
    if of in ("reach", "viewers"):
        what = "tells growth of reach, but the published figures differ in platforms, length and definition"
        return Hit(*span, what, "each figure by itself, with its dates and its qualifier", "growth")
    what = "tells a trend from few weeks, which have ranged widely"
    return Hit(*span, what, _ranked(text, said, of, facts), "growth")


def _ranked(text: Text, said: Sentence, of: str, facts: Facts) -> str:
    """``76 arrests, the highest of the six published weeks, which ranged from 28 to 76``, from what was published of the area."""
    weeks = [
        one
        for one in facts.figures
        if one.measure == f"{of.rstrip('s')}s"
        and one.area == facts.area
        and one.value
        and one.start
        and one.end
        and (one.end - one.start).days < 9
    ]
    values = [float(one.value or 0) for one in weeks]
    if len(values) < 2:
        return "how high it is among the weeks published, as in 'the highest of the six published weeks', and their range"
    named = {one.value for one in numbers(text) if said.start <= one.start < said.end} if len(text.raw) < 100_000 else set()
    mine = next((value for value in sorted(values, reverse=True) if value in named), None)
    label = f"{of.rstrip('s')}s"
    return _place(mine, values, weeks, label)


def _place(mine: float | None, values: Sequence[float], weeks: Sequence[Fact], label: str) -> str:
    published = f"the {count(len(weeks))} published {noun(len(weeks), 'week')}"
    spread = f"which ranged from {number(min(values))} to {number(max(values))}"
    if mine is None:
        return f"'the highest of {published}' or 'one of {published}', {spread}"
    rank = "the highest of" if mine == max(values) else "the lowest of" if mine == min(values) else "one of"
    return f"'{number(mine)} {label}, {rank} {published}, {spread}'"


def ages(text: Text) -> Iterator[Hit]:
    """Ages of under-18s with one child or a few, or beside a place: somebody who lives there may know who it is."""
    for found in text.matches(_AGE, _AGE_STARTS):
        years = [int(found[name]) for name in ("aged", "other", "last", "old") if found[name]]
        if min(years) >= _ADULT or (found["last"] and int(found["last"]) >= _ADULT + 7):
            continue
        said = text.sentence(found.start())
        around = text.low[max(said.start, found.start() - 80) : min(said.end, found.end() + 40)]
        if not any(one in around for one in _CHILDREN) or not _ONE_CHILD.search(around):
            continue
        places = [one for one in _PLACE.findall(text.plain[said.start : said.end]) if one.split()[-1] not in _NAMES]
        beside = "a place and a few children" if places else "so few children"
        instead = "'a child' or 'children', without the age" + (" and with no place smaller than the force's area" if places else "")
        yield Hit(found.start(), found.end(), f"gives an age under 18 beside {beside}, which can show who it is", instead, "disclosure")
