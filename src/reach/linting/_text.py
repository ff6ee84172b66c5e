"""A text as the rules read it: plain and lower-case copies of the same length, sentences, quotations, negations.

Every copy keeps each character in its place, so that a span found in one is a span of the text as it was given. Expressions have
bounded repeats and sentences a longest length, so that no text takes longer than its size allows.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, NamedTuple

LONGEST_SENTENCE = 1_000
_SAME = {
    **dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
    **dict.fromkeys("\t\x0b\x0c\x85\u2028\u2029*", " "),  # an asterisk is emphasis: those of lists are taken beforehand
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
}
_PLAIN = str.maketrans(_SAME)
_LOWER = str.maketrans({chr(ord("A") + place): chr(ord("a") + place) for place in range(26)})
# Addresses and code are not prose.
_APART = re.compile(r"(?:https?://|www\.)[^\s<>\"]+|`[^`\n]{1,200}`")
_FENCE = re.compile(r"^ {0,3}```", re.MULTILINE)
_END = re.compile(
    r"[.!?\n](?:(?<!\n)[.!?]{0,2}[\"')\]]{0,3}(?=\s{1,20}[\"'(\[]{0,3}[A-Z0-9#\u00c0-\u00de])"
    r"|(?<=\n)(?=[ ]{0,80}\n|[ ]{0,20}(?:[-+>\u2022\u25cf]\s|\d{1,3}[.)]\s|#{1,6}\s|\|)))"
)
_BULLET = re.compile(r"^([ \t]{0,20})\*(?=\s)", re.MULTILINE)
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"\"[^\"]{1,300}\"|(?<!\w)'(?:[^']|'(?=\w)){1,300}'(?!\w)")
_CONTEXT = re.compile(
    r"(?:"
    r"(?P<reach>(?<=#)[a-z]\w{1,60}|reach(?:ed|es|ing)?|campaign(?:s|ing|ers?)?|social[\s-]media|post(?:s|ed|ers?)?|advert\w{0,12}|ads?|hashtags?|awareness|"
    r"messag(?:e|es|ing)|videos?|films?|facebook|instagram|tiktok|snapchat|youtube|linkedin|publici\w{1,6}|comms|communications?|"
    r"viewers|viewed|views|impressions|leaflets?)"
    r"|(?P<outcome>arrest(?:s|ed|ing)?|warrants?|charged|charges|convict\w{0,6}|sentenc\w{1,4}|seiz\w{1,5}|safeguard\w{0,4}|enforcement|"
    r"raid(?:s|ed)?|prosecut\w{1,5}|crimes?|offences?|offenses?|offending|offenders?|burglar\w{1,4}|robber\w{1,4}|thefts?|violence|"
    r"stabbings?|kni(?:fe|ves)|weapons?|drugs?|cash|cocaine|heroin|dealers?|dealing|gangs?|referrals?|crimestoppers|tip-?offs?|jailed|"
    r"custody|detained|lines\s(?:were\s)?(?:closed|dismantled|disrupted|seized)|"
    r"(?:calls|reports)\s(?:to|from)\s(?:us|police|the\spolice|101|999|the\spublic))"
    r"|(?P<other>searche?s?|searched|investigations?|patrols?|pursuits?|evidence|cctv|enquir\w{1,4}|inquir\w{1,4}|intelligence|"
    r"operations?|stop|information|fingerprints?)"
    r")\b"
)
_CONTEXT_STARTS = frozenset(
    [
        "rea",
        "cam",
        "soc",
        "pos",
        "adv",
        "ad",
        "ads",
        "has",
        "awa",
        "mes",
        "vid",
        "fil",
        "fac",
        "ins",
        "tik",
        "sna",
        "you",
        "lin",
        "pub",
        "com",
        "vie",
        "imp",
        "lea",
        "arr",
        "war",
        "cha",
        "con",
        "sen",
        "sei",
        "saf",
        "enf",
        "rai",
        "pro",
        "cri",
        "off",
        "bur",
        "rob",
        "the",
        "vio",
        "sta",
        "kni",
        "wea",
        "dru",
        "cas",
        "coc",
        "her",
        "dea",
        "gan",
        "ref",
        "tip",
        "jai",
        "cus",
        "det",
        "cal",
        "rep",
        "sea",
        "inv",
        "pat",
        "pur",
        "evi",
        "cct",
        "enq",
        "inq",
        "int",
        "ope",
        "sto",
        "inf",
        "fin",
        "#",
    ]
)
_NOT = re.compile(
    r"\b(?:do(?:es)?\snot|don't|doesn't|did\snot|didn't|never|cannot|can't|can\snot|could\snot|couldn't|must\snot|mustn't|should\snot|"
    r"shouldn't|would\snot|wouldn't|will\snot|won't|is\snot|isn't|are\snot|aren't|was\snot|wasn't|were\snot|weren't|not|nothing|nobody|"
    r"no\sone|avoid(?:s|ed)?|instead\sof|rather\sthan|unable\sto|impossible\sto|no\s(?:way|evidence|basis|proof|reason|data|sign|link)|"
    r"whether|words\s(?:like|such\sas)|without\s(?:saying|claiming))\b"
)
# Not negations, whatever words they have.
_NOT_REALLY = re.compile(
    r"not\s(?:only|just|merely|least)|no\sdoubt|(?:cannot|can't|can\snot|could\snot)\sbe\s(?:denied|doubted|overstated)"
)
_SAYING = re.compile(
    r"(?:\s[\w'-]+){0,3}?\s(?:say|says|said|saying|write|writes|claim|claims|claimed|state|states|suggest|suggests|mean|means|show|shows|"
    r"shown|prove|proves|proven|conclude|tell|tells|know|known|use|print|given|evidence|infer|imply|implies|add|added|quote|assume)\b"
)
_ALWAYS_WHOLE = ("whether", "avoid", "instead", "rather", "no ", "unable", "impossible", "words", "without")
_CLAUSE = re.compile(r"[;:]|,\s(?:and|but|so|which)\b|\bbut\b")


class Word(NamedTuple):
    """A word that says what a sentence is about: ``reach``, ``outcome``, or ``other`` where it is what police do to get outcomes."""

    start: int
    end: int
    kind: str


class Sentence(NamedTuple):
    """A sentence by its span. ``after`` is the one before it in its paragraph."""

    start: int
    end: int
    place: int
    after: int | None


class Text:
    """A text, read once."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        # A line may end in one character or two; each stays where it is.
        lines = raw.replace("\r\n", " \n").replace("\r", "\n")
        plain = _BULLET.sub(r"\1-", lines).translate(_PLAIN)
        if "//" in plain or "www." in plain or "`" in plain:
            plain = _without_fences(_APART.sub(lambda found: " " * len(found[0]), plain))
        self.plain, self.low = plain, plain.translate(_LOWER)
        self._line, self._counted = 1, 0
        self._starts = array("Q", _starts(plain))
        self._about: tuple[array[int], list[tuple[int, int, str]]] | None = None
        self._words: dict[str, array[int]] | None = None
        self._made: dict[str, Any] = {}
        self._last, self._answer = (-1, ""), False

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1. Offsets are asked for in their order."""
        self._line += self.plain.count("\n", self._counted, offset)
        self._counted = offset
        return self._line, offset - self.plain.rfind("\n", 0, offset)

    def matches(self, pattern: re.Pattern[str], starts: frozenset[str]) -> Iterator[re.Match[str]]:
        """The matches of a pattern that begins a word, given the first three letters of such words, or fewer where a word has no more;
        ``0`` stands for a digit and ``#`` for a hashtag.

        The words of a text are gone through once for all patterns, since each going through takes a second for ten megabytes.
        """
        if self._words is None:
            self._words = {}
            low = self.low
            for found in _WORD.finditer(low):
                start = found.start()
                key = found[0][:3]
                if key[0] in "0123456789":
                    key = "0"
                elif low[start - 1 : start] == "#":
                    key = "#"
                if key in self._words:
                    self._words[key].append(start)
                else:
                    self._words[key] = array("Q", (start,))
        done = -1
        here = [self._words[key] for key in starts if key in self._words]
        for start in here[0] if len(here) == 1 else sorted(chain.from_iterable(here)):
            if start >= done and (found_here := pattern.match(self.low, start)):
                done = found_here.end()
                yield found_here

    def worked_out(self, name: str, work_out: Callable[[], Any]) -> Any:
        """What several rules need of the whole text, worked out once."""
        if name not in self._made:
            self._made[name] = work_out()
        return self._made[name]

    def remembered(self, one: Sentence, name: str, work_out: Callable[[], bool]) -> bool:
        """An answer about a sentence, kept while its words are asked about."""
        if self._last != (one.place, name):
            self._last, self._answer = (one.place, name), work_out()
        return self._answer

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence, in their order."""
        return map(self._at, range(len(self._starts)))

    def sentence(self, offset: int) -> Sentence:
        """The sentence that an offset is in."""
        return self._at(bisect_right(self._starts, offset) - 1)

    def _at(self, place: int) -> Sentence:
        start = self._starts[place]
        end = self._starts[place + 1] if place + 1 < len(self._starts) else len(self.low)
        # A line break at its edge was that of a paragraph or a list, else the break would stand inside a sentence.
        joined = place > 0 and self.plain[start - 1] != "\n"
        return Sentence(start, end, place, place - 1 if joined else None)

    def before(self, one: Sentence) -> Sentence | None:
        """The sentence before it in its paragraph."""
        return None if one.after is None else self._at(one.after)

    def words(self, one: Sentence) -> list[Word]:
        """What a sentence is about, in its order."""
        if self._about is None:
            found = [(word.start(), word.end(), str(word.lastgroup)) for word in self.matches(_CONTEXT, _CONTEXT_STARTS)]
            self._about = (array("Q", [word[0] for word in found]), found)
        starts, known = self._about
        return [Word(*word) for word in known[bisect_left(starts, one.start) : bisect_left(starts, one.end)]]

    def has(self, one: Sentence | None, kind: str) -> bool:
        return one is not None and any(word.kind == kind for word in self.words(one))

    def quoted(self, one: Sentence, start: int, end: int) -> tuple[int, int] | None:
        """The quotation around a span, without its marks."""
        for found in _QUOTED.finditer(self.low, one.start, one.end):
            if found.start() < start and end < found.end():
                return found.start() + 1, found.end() - 1
            if found.start() > start:
                break
        return None

    def only_named(self, one: Sentence, start: int, end: int, most_words: int = 4) -> bool:
        """Whether a span is named in a quotation of a few words rather than used: 'led to' in "do not write 'led to'"."""
        inside = self.quoted(one, start, end)
        return inside is not None and len(self.low[slice(*inside)].split()) <= most_words

    def denied(self, one: Sentence, start: int) -> bool:
        """Whether the words before a span say that it is not so, or ask."""
        if self.plain[one.start : one.end].rstrip().endswith("?"):
            return True
        before = self.low[one.start : start]
        for found in _NOT.finditer(before):
            if _NOT_REALLY.match(before, found.start()):
                continue
            rest = before[found.end() :]
            if found[0].startswith(_ALWAYS_WHOLE) or _SAYING.match(rest):
                return True
            if len(rest.split()) <= 4 and not _CLAUSE.search(rest):
                return True
        return False


def _without_fences(text: str) -> str:
    """Blocks of code blanked, each between two fences; a fence without its other one is left alone."""
    marks = [found.start() for found in _FENCE.finditer(text)]
    pieces, done = [], 0
    for opened, closed in zip(marks[::2], marks[1::2], strict=False):
        pieces += [text[done:opened], re.sub(r"[^\n]", " ", text[opened:closed])]
        done = closed
    return "".join((*pieces, text[done:]))


def _starts(text: str) -> Iterator[int]:
    """Where sentences start; one that is too long goes on as another, at a space where there is one."""
    start = 0
    yield 0
    for end in chain((found.end() for found in _END.finditer(text)), (len(text),)):
        while end - start > LONGEST_SENTENCE:
            space = text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
            start = space + 1 if space > 0 else start + LONGEST_SENTENCE
            yield start
        # A run of empty lines is one break.
        if start < end < len(text) and (end - start > 50 or not text[start:end].isspace()):
            start = end
            yield start
