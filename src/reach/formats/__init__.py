"""The export formats: one module each, found by themselves.

A format is a value: the columns it needs and knows, in every language seen, and how they become one row of a
canonical table. Recognition is derived from the columns, so that recognising and reading cannot disagree.
SQL fragments name the format's own fields; they never hold text from a file.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache

from ..columns import KINDS, Kind
from ..definitions import ANY_METRIC, DAY_METRIC, measure_named
from ..tables import TABLE, Table


@lru_cache(maxsize=20_000)
def normalised(heading: str) -> str:
    """A heading as it is matched: letters and digits only, lower case, compatibility forms folded."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", heading).replace("\u00ad", "").casefold())


@dataclass(frozen=True)
class Field:
    """A column of an export: its name in SQL, its kind of cell, and the headings it goes by.

    ``ending`` is for a heading that says more than a name, such as the currency of an amount: a regular expression with one named group
    for what may follow any of the headings, both as :func:`normalised`. What the group takes becomes ``said_<name of the group>``.
    """

    name: str
    kind: str
    headings: tuple[str, ...]
    required: bool = False
    ending: str = ""

    @property
    def cell(self) -> Kind:
        return KINDS[self.kind]

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """The headings as they are matched, in order."""
        return tuple(normalised(heading) for heading in self.headings)

    @property
    def signature(self) -> frozenset[str]:
        return frozenset(self.spellings)

    def goes_by(self, name: str) -> bool:
        """Whether this is a normalised heading of the column."""
        return name in self.signature or bool(self.ending and self.said_in(name))

    def said_in(self, name: str) -> dict[str, str]:
        """What a normalised heading says behind the column's own name."""
        if not self.ending:
            return {}
        found = re.fullmatch(f"(?:{'|'.join(sorted(self.signature))}){self.ending}", name)
        return found.groupdict() if found else {}


@dataclass(frozen=True)
class Rule:
    """A condition in SQL over the format's fields, and what is said of the records that meet it."""

    words: str
    condition: str
    field: str | None = None


def totals(*named: str, unless: str = "") -> Rule:
    """Skips the row that sums up the others: one of the columns of text ``named`` calls it so.

    A title may be such a word too, so there it is a row of totals only if it has nothing in the column ``unless``, as its id.
    """
    called = " or ".join(f"names_total({one})" for one in named)
    return Rule("a row of totals", f"({called}) and {unless} is null" if unless else called)


@dataclass(frozen=True)
class Record:
    """One record of a file as text: the line it starts on, from 1, and its cells."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """One table of a file that is more than a heading and rows, as a format's ``layouts`` finds it.

    Its rows are the records from line ``first`` to before line ``end`` (None: to the end of the file). ``headings`` are what
    its columns are to be read as, one for each column. ``said`` holds what stands once for the table, such as a metric in a title
    or the first day of a period: the format's SQL names these ``said_<key>``. ``part`` names the table where a file holds several;
    ``unread`` names tables beside it that are known and not read. ``declined`` is why a table is not read, of one that is only named
    in a remark; ``notes`` are further remarks. ``open_ended`` tables have records that leave out empty cells at their end.
    """

    headings: tuple[str, ...]
    first: int
    end: int | None = None
    said: Mapping[str, str | None] = field(default_factory=dict)
    part: str | None = None
    unread: tuple[str, ...] = ()
    declined: str = ""
    notes: tuple[str, ...] = ()
    open_ended: bool = False


@dataclass(frozen=True, eq=False)
class Format:
    """One kind of file that Reach takes in.

    ``table`` names the canonical table; ``derive`` gives its columns as SQL over the fields (a metric or a
    column of the same name needs none). ``skip`` rules leave records out without reproach, ``aside`` rules set
    them aside with a reason. ``any_of`` lists groups of fields of which one must be there. ``wide`` formats
    have one column a measure and yield one row for each filled cell. ``numbered_accounts`` says that accounts
    go by a number, which a spreadsheet may have damaged; else by their handle.

    ``only`` are all the headings of a file of the format, as they are matched, of which none may miss and beside which none may stand.
    ``without`` lists headings that no file of the format has, to tell it from a like one. ``layouts`` finds the tables of a file that is
    more than a heading and rows: it is given the first records, or all of them, and yields nothing when the file is none of its own;
    ``said`` names what its layouts, or the endings of headings, say. ``remarks`` are rules for kept records of which their number is
    told. ``looks_around`` says that ``derive`` has window functions, over other records of the file; ``stages`` are columns worked out
    before it, each stage over the ones before, since no window function may be of another. ``macros`` are SQL macros of the format's
    own. ``counted`` formats keep no row: rows with the same derived columns become one with their number in ``records``.
    ``original`` says what is kept of the file: ``kept`` whole, ``redacted`` with the cells of the fields in ``redacted`` blanked, or
    ``none``. ``declined`` is why a file that is known by name is not read. ``personal`` are headings, as patterns over normalised
    text, that make the file refused. ``tool`` is the key of the scheduling tool whose counts these are. ``kept_for`` says how long the
    platform keeps the data. ``dated_by_name`` says that the platform ends the file's name with the instant of the export, in
    milliseconds since 1970. ``assumes`` is what is taken for granted of every file, said with each. ``of_force`` formats are of a
    police force that the file does not name: the answer, else the force of the settings, stands for it as ``said_force``, and the
    pattern finds the force that a file's name speaks of.
    ``anchored`` says that the days of the file follow from when it was exported, so that Exported on is asked for. ``never_all_zero``
    names metrics which the platform prints as 0 in every row where it did not work them out. ``networks`` are those that a file can be
    of which does not name its own. ``findings`` are queries over the kept ``{rows}``, each of which gives a sentence to tell the person,
    or no row. ``id_prefix`` goes before the ids of what is kept like a post and is none. ``some_posts`` says that a file holds posts of
    one kind, such as stories, so that a day in it may have had others.
    """

    key: str
    label: str
    table: str
    fields: tuple[Field, ...]
    derive: Mapping[str, str]
    version: int = 1
    network: str | None = None
    any_of: tuple[tuple[str, ...], ...] = ()
    skip: tuple[Rule, ...] = ()
    aside: tuple[Rule, ...] = ()
    wide: bool = False
    numbered_accounts: bool = False
    getting_it: str = ""
    kept_for: str = ""
    assumes: str = ""
    of_force: str = ""
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    layouts: Callable[[Sequence[Record]], Iterator[Layout]] | None = None
    said: tuple[str, ...] = ()
    macros: tuple[str, ...] = ()
    counted: bool = False
    original: str = "kept"
    redacted: tuple[str, ...] = ()
    declined: str = ""
    personal: tuple[str, ...] = ()
    tool: str | None = None
    dated_by_name: bool = False
    anchored: bool = False
    never_all_zero: tuple[str, ...] = ()
    remarks: tuple[Rule, ...] = ()
    looks_around: bool = False
    stages: tuple[Mapping[str, str], ...] = ()
    networks: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    id_prefix: str = ""
    some_posts: bool = False
    by_name: Mapping[str, Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {known.name: known for known in self.fields})

    @property
    def target(self) -> Table:
        return TABLE[self.table]

    @property
    def not_kept(self) -> frozenset[str]:
        """The headings, normalised, of the columns that are blanked before the file is stored."""
        return frozenset[str]().union(*(self.by_name[name].signature for name in self.redacted))

    @property
    def measured(self) -> tuple[Field, ...]:
        """The fields that hold numbers which control totals are taken of."""
        return tuple(known for known in self.fields if known.name in ANY_METRIC or known.kind == "amount")

    @property
    def day_metrics(self) -> tuple[Field, ...]:
        """For a format of days with a column a metric, those columns; none where a row is of one metric already."""
        if self.table != "account_day" or "metric" in self.derive:
            return ()
        return tuple(known for known in self.fields if known.name in DAY_METRIC)

    def names_people(self, headings: Sequence[str]) -> tuple[str, ...]:
        """The headings that stand for data of persons, by ``personal``; a column that the format reads is none."""
        own = {name for known in self.fields for name in known.signature}
        return tuple(
            heading
            for heading in headings
            if (name := normalised(heading)) not in own
            and not (self.wide and measure_named(heading))
            and any(re.fullmatch(pattern, re.sub(r"[0-9]", "", name)) for pattern in self.personal)
        )

    def shuts_out(self, headings: Sequence[str]) -> bool:
        """Whether a heading stands among these that no file of this format has, or one is missing that every file has."""
        names = {normalised(heading) for heading in headings}
        if self.only and names - {""} != set(self.only):
            return True
        return any(normalised(one) in names for one in self.without)

    def match(self, headings: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
        """For each field found among the headings, the columns it stands in, from 0, in order.

        Where a field's headings stand there in several spellings, the one that is listed first is the field's.
        """
        names = [normalised(heading) for heading in headings]
        standing: dict[str, list[int]] = {}
        for place, name in enumerate(names):
            standing.setdefault(name, []).append(place)
        found: dict[str, tuple[int, ...]] = {}
        for known in self.fields:
            spelling = next((one for one in known.spellings if one in standing), None)
            if spelling is not None:
                found[known.name] = tuple(standing[spelling])
            elif known.ending and (places := tuple(place for place, name in enumerate(names) if known.said_in(name))):
                found[known.name] = places
        return found

    def says(self, headings: Sequence[str]) -> dict[str, str | None]:
        """What headings say once for the whole table, under the keys of ``said``; None for what they do not say."""
        told: dict[str, str | None] = dict.fromkeys(self.said)
        for known in self.fields:
            if known.ending:
                for heading in headings:
                    told |= known.said_in(normalised(heading))
        return told

    def lacking(self, found: Mapping[str, tuple[int, ...]]) -> tuple[str, ...]:
        """Headings that the format needs and the file does not have."""
        alone = [known.headings[0] for known in self.fields if known.required and known.name not in found]
        groups = [
            " or ".join(self.by_name[name].headings[0] for name in group)
            for group in self.any_of
            if not any(name in found for name in group)
        ]
        return (*alone, *groups)


@cache
def all_formats() -> tuple[Format, ...]:
    """Every format of this package, by key; a format that does not fit its table fails here, not on a file."""
    modules = [module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")]
    formats = tuple(importlib.import_module(f"{__name__}.{name}").FORMAT for name in modules)
    for known in formats:
        _check(known)
    return tuple(sorted(formats, key=lambda known: known.key))


def format_of(key: str) -> Format:
    return next(known for known in all_formats() if known.key == key)


def _check(known: Format) -> None:
    columns = set(known.target.names)
    stray = set(known.derive) - columns - {"account_name", "account_handle", "file_post_id"}
    assert not stray, f"{known.key}: {known.table} has no column {stray}"
    assert all(one.kind in KINDS for one in known.fields), known.key
    assert any(one.required for one in known.fields) or known.any_of or known.layouts, known.key
    assert set(known.redacted) | set(known.never_all_zero) <= set(known.by_name), known.key
    assert known.original in ("kept", "redacted", "none"), known.key
