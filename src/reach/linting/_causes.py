"""Causal words between reach and enforcement, which ran at one time because both were planned for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ._text import Sentence, Text, Word
from ._values import Hit

ALONGSIDE = "'alongside', 'during' or 'in the same week as'"
SAYS = "says that one made the other happen, which nothing published can show"
_DO = (
    r"(?:cut|cutting|reduce|reducing|lower|lowering|secure|securing|catch|catching|arrest|arresting|find|finding|identify|identifying|seize|"
    r"seizing|disrupt|disrupting|dismantle|dismantling|close|closing|stop|stopping|prevent|preventing|tackle|tackling|drive|driving|increase|"
    r"increasing|boost|boosting|bring|bringing|achieve|achieving|deliver|delivering|lead|make|making|take|taking|get|put|safeguard|charge|"
    r"convict|jail)"
)
# What stands between a cause and what it is said to have done.
_VERB = re.compile(
    r"(?:(?:led|leads?|leading)\s(?:directly\s)?to|result(?:ed|s|ing)?\sin|drove|drives|caus(?:ed|es|ing)(?!\sby)|brought\sabout(?!\sby)|"
    r"g(?:a|i)ve[sn]?\srise\sto|giving\srise\sto|translat(?:ed|es|ing)\s(?:in)?to|prompt(?:ed|s|ing)(?!\sby)|trigger(?:ed|s|ing)(?!\sby)|"
    r"spark(?:ed|s|ing)(?!\sby)|fuell?(?:ed|s|ing)(?!\sby)|boost(?:ed|s|ing)(?!\sby)|credited\swith|(?<=s\s)behind|(?<=re\s)behind|"
    r"(?<=s\s)responsible\sfor|(?<=re\s)responsible\sfor|(?:made|make|makes|making)\spossible|impacted|affected|"
    r"(?P<contribution>contribut(?:ed|es|ing)\sto)|"
    rf"help(?:ed|s|ing)?(?:\s(?!to\s)[\w'-]{{1,20}}){{0,3}}?\s(?:to\s)?{_DO})\b"
)
# Words of many uses: only where cause and outcome are right beside them.
_NARROW = re.compile(
    r"(?:reduced|cut|increased|prevented|stopped|produced|generated|yielded|delivered|secured|achieved|enabled|brought(?!\sabout)|meant|saw\soff)\b"
)
_BECAUSE = re.compile(
    r"(?:because(?:\sof)?|thanks(?:,?\sin\s(?:large\s)?part,?)?\sto|due\s(?:in\spart\s|largely\s|partly\s)?to|owing\sto|as\sa\s(?:direct\s)?"
    r"(?:result|consequence)(?P<of>\sof)?|"
    r"(?:driven|caused|prompted|triggered|sparked|fuell?ed|boosted|brought\sabout|generated|produced|influenced|helped)\s(?:\w{1,15}ly\s)?by|"
    r"attribut(?:able|ed)\sto|(?<=s\s)down\sto|(?<=re\s)down\sto|(?<=all\s)down\sto|on\sthe\sback\sof|result(?:ed|s|ing)?\sfrom|consequently)\b"
)
_EFFECT = re.compile(
    r"(?P<noun>impacts?|effects?|influence)(?:(?:\s[\w'#-]{1,30}){0,8}?\s(?:on|upon)|(?:\s[\w'#-]{1,30}){0,8}?\s(?:was|is|were))\b"
)
# The first three letters of what each of these begins with.
_VERB_STARTS = frozenset(
    [
        "led",
        "lea",
        "res",
        "dro",
        "dri",
        "cau",
        "bro",
        "giv",
        "gav",
        "tra",
        "pro",
        "tri",
        "spa",
        "fue",
        "boo",
        "cre",
        "beh",
        "res",
        "mad",
        "mak",
        "imp",
        "aff",
        "con",
        "hel",
    ]
)
_NARROW_STARTS = frozenset(["red", "cut", "inc", "pre", "sto", "pro", "gen", "yie", "del", "sec", "ach", "ena", "bro", "mea", "saw"])
_BECAUSE_STARTS = frozenset(
    [
        "bec",
        "tha",
        "due",
        "owi",
        "as",
        "dri",
        "cau",
        "pro",
        "tri",
        "spa",
        "fue",
        "boo",
        "bro",
        "gen",
        "inf",
        "hel",
        "att",
        "dow",
        "on",
        "res",
        "con",
    ]
)
_EFFECT_STARTS = frozenset(["imp", "eff", "inf"])
_PRONOUN = re.compile(r"(?:[\"'(-]|\s|and\s|all\sof\s){0,4}(?:this|that|it|they|these|those|which|the\s(?:result|effect|work|activity))\b")
_POINTS_BACK = re.compile(r"\s{1,3}(?:all\s)?(?:this|that|it|them|these|those)\b(?!\s(?:campaign|post|video|film|message))")
# Talk about crime is no crime: a campaign may lead to it.
_TALK = re.compile(
    r"\b(?:awareness|conversations?|understanding|discussions?|talks?|sign-?ups?|follow(?:s|ers)?|clicks|views|knowledge|engagements?|"
    r"questions|comments|shares|visits|confidence|attention|interest|debate|headlines|learn\w{0,3}|know|knew|people\s(?:seeing|reading))\b"
)
_CUT = re.compile(r"[;:]|,\s(?:and|but|while|although)\b|\b(?:alongside|during|while|whereas|although)\b")
_SHORT_CUT = re.compile(r"[;:,.]|\b(?:and|alongside|during|while|whereas|although|in|over|with)\b")
_OBJECT_CUT = re.compile(r"[;:,.]|\b(?:after|before|while|when|during|alongside|and|which|in\sthe\ssame)\b")
_PURPOSE = re.compile(
    r"\b(?:what|how|why|to|will|would|should|could|might|may|can|must|aims?\sto|hopes?\sto|designed\sto|intended\sto)(?:\s\w{1,15}ly)?\s$"
)


def causes(text: Text) -> Iterator[Hit]:
    """Causal words whose cause is reach or a campaign and whose outcome is enforcement."""
    for found in text.matches(_VERB, _VERB_STARTS):
        contribution = found["contribution"] is not None
        if _does(text, found, 12, 40) and not (contribution and _is_shown(text, found.start())):
            yield _contribution(found) if contribution else _hit(found)
    for found in text.matches(_NARROW, _NARROW_STARTS):
        if _does(text, found, 6, 5):
            yield _hit(found)
    for found in text.matches(_BECAUSE, _BECAUSE_STARTS):
        if _is_because(text, found):
            yield _hit(found)
    for found in text.matches(_EFFECT, _EFFECT_STARTS):
        if _is_effect(text, found):
            start, end = found.span("noun")
            yield Hit(start, end, SAYS, ALONGSIDE, "cause")


def _hit(found: re.Match[str]) -> Hit:
    return Hit(found.start(), found.end(), SAYS, ALONGSIDE, "cause")


def _contribution(found: re.Match[str]) -> Hit:
    what = "says that one had a part in the other, which takes a baseline and a stated mechanism"
    return Hit(found.start(), found.end(), what, f"{ALONGSIDE}, or state the baseline and the mechanism beside it", "contribution")


def _is_shown(text: Text, start: int) -> bool:
    """Whether baseline and mechanism are stated in the sentence or one beside it."""
    one = text.sentence(start)
    earlier = text.before(one) or one
    around = text.low[earlier.start : one.end + 400]
    return "baseline" in around and "mechanism" in around


def _is_use(text: Text, one: Sentence, found: re.Match[str]) -> bool:
    return not text.only_named(one, found.start(), found.end()) and not text.denied(one, found.start())


def _does(text: Text, found: re.Match[str], words_after: int, words_before: int) -> bool:
    """Whether what stands before the words is reach and what stands behind them is an outcome."""
    start, end = found.span()
    one = text.sentence(start)
    narrow = words_before < 10
    known = text.words(one)
    behind = _first_outcome(text, known, end, min(one.end, end + 160), words_after, _SHORT_CUT if narrow else _CUT)
    if behind is None:
        return False
    ahead = [word for word in known if word.end <= start]
    if ahead:
        nearest = ahead[-1]
        if nearest.kind != "reach" or len(text.low[nearest.end : start].split()) > words_before:
            return False
        if narrow and re.search(r"[,;:]", text.low[nearest.end : start]):
            return False
    elif not _points_back(text, one, start):
        return False
    if _PURPOSE.search(text.low, max(one.start, start - 30), start):
        return False
    return _is_use(text, one, found)


def _first_outcome(text: Text, known: Sequence[Word], start: int, end: int, most: int, cut: re.Pattern[str]) -> Word | None:
    """The first outcome in the words behind, unless a clause ends or talk of it comes before it."""
    stop = cut.search(text.low, start, end)
    end = stop.start() if stop else end
    for word in known:
        if word.kind == "outcome" and start <= word.start < end:
            between = text.low[start : word.start]
            return None if len(between.split()) > most or _TALK.search(between) else word
    return None


def _points_back(text: Text, one: Sentence, start: int) -> bool:
    """Whether a sentence that names neither before its causal word goes on about reach from the one before it."""
    earlier = text.before(one)
    if not _PRONOUN.match(text.low, one.start, start):
        return False
    return text.has(earlier, "reach") and not text.has(earlier, "outcome") and not text.has(earlier, "other")


def _is_because(text: Text, found: re.Match[str]) -> bool:
    start, end = found.span()
    one = text.sentence(start)
    known, earlier = text.words(one), text.before(one)
    if found[0] == "consequently" or (found[0].startswith("as a ") and not found["of"]):
        cause_ahead = text.has(earlier, "reach") and not text.has(earlier, "outcome") and not text.has(earlier, "other")
        ahead = [word for word in known if word.end <= start]
        if not ahead:
            follows = any(word.kind == "outcome" for word in known)
            return cause_ahead and follows and _is_use(text, one, found)
        both = ahead[0].kind == "reach" and any(word.kind == "outcome" for word in known)
        alone = all(word.kind == "outcome" for word in ahead) and cause_ahead
        return (both or alone) and not any(word.kind == "other" for word in ahead) and _is_use(text, one, found)
    if _POINTS_BACK.match(text.low, end, min(one.end, end + 30)):
        caused = any(word.kind == "outcome" for word in known)
        back = text.has(earlier, "reach") and not text.has(earlier, "outcome")
        return caused and back and _is_use(text, one, found)
    close = min(one.end, end + 90)
    stop = _OBJECT_CUT.search(text.low, end, close)
    named = [word for word in known if end <= word.start < (stop.start() if stop else close)]
    if not named or named[0].kind != "reach" or any(word.kind == "other" for word in named):
        return False
    ahead = [word for word in known if word.end <= start]
    # "Because of the campaign, 76 were arrested", but not "reach fell because fewer posts were made, and arrests fell too".
    beside = ahead or [word for word in known if word.start >= named[0].end]
    if any(word.kind == "outcome" for word in beside):
        return _is_use(text, one, found)
    back = _PRONOUN.match(text.low, one.start, start) is not None and text.has(earlier, "outcome")
    return back and _is_use(text, one, found)


def _is_effect(text: Text, found: re.Match[str]) -> bool:
    one = text.sentence(found.start())
    known = text.words(one)
    outcome = _first_outcome(text, known, found.end(), min(one.end, found.end() + 90), 6, _CUT)
    return outcome is not None and any(word.kind == "reach" and word.end <= found.end() for word in known) and _is_use(text, one, found)
