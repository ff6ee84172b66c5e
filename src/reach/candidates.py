"""A file judged: what is in it, what must be asked, and whether the store holds it already. Nothing is written here.

Every table of a file becomes a :class:`Candidate`; :mod:`reach.uploads` shows what importing it would change, and imports it.
"""

from __future__ import annotations

import json
import shutil
import time
import uuid
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from . import ledger
from .clock import london
from .engine import Cursor
from .errors import ReachError, Refused, StoreUnavailable
from .formats import Format
from .queries import load
from .reading import Answers, Question, Reading, asked_when, read
from .recognise import LONGEST_NAME, Declined, Personal, Recognised, Taken, Unknown, one_line, recognise, take, unpacked
from .settings import Settings
from .store import Store, ask

# Lifetime figures only grow. More than this share of them lower than those held says that the file is an older export.
OLDER_SHARE = 0.5
LEFT_BEHIND_SECONDS = 12 * 3600
# Answers that can hold for several files; the date of an export does not.
ASKED_OF_MANY = ("account", "network", "date_order")
LIFETIME = ("reach", "views", "impressions", "viewers")


@dataclass(frozen=True)
class Changes:
    """What an import does to what is shown: posts or figures new, with another value, and as they were."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(frozen=True)
class Candidate:
    """One table found in one file, and how far it has come.

    ``status`` is ready, needs (an answer), duplicate, refused or imported; ``message`` is one line for a person. ``unknown`` says
    that it is refused only because its columns are those of no format: a person may match them.
    """

    name: str
    status: str
    message: str
    folder: Path | None = None
    taken: Taken | None = None
    recognised: Recognised | None = None
    reading: Reading | None = None
    answers: Answers = Answers()
    as_of: datetime | None = None
    as_of_basis: str = ""
    questions: tuple[Question, ...] = ()
    changes: Changes | None = None
    lower: int = 0
    upload_id: str | None = None
    declined: bool = False
    personal: bool = False
    unknown: bool = False

    @property
    def as_of_assumed(self) -> bool:
        return self.as_of_basis in ("zip entry", "file time", "upload time")

    @property
    def account(self) -> str | None:
        """The name of the account the file is mainly of: what the file says, else the answer."""
        accounts = self.reading.accounts if self.reading else ()
        return (accounts[0].handle or accounts[0].name or accounts[0].account) if accounts else self.answers.account

    @property
    def period(self) -> tuple[Any, Any]:
        """First and last London day of what was kept."""
        if not self.reading or not self.reading.first or not self.reading.last:
            return None, None
        return london(self.reading.first).date(), london(self.reading.last).date()


def check(
    source: Path | BinaryIO,
    name: str,
    folder: Path,
    settings: Settings,
    store: Store | None,
    answers: Answers = Answers(),
    stated: tuple[datetime, str] | None = None,
) -> list[Candidate]:
    """Everything in one file or zip, read and judged. Changes nothing; never raises for what is wrong with a file.

    Raises :class:`StoreUnavailable` when the private folder cannot be written, as on a full disk.
    """
    try:
        return _checked(source, one_line(name, LONGEST_NAME), folder, settings, store, answers, stated)
    except OSError as error:
        why = error.strerror or "unknown reason"
        raise StoreUnavailable(f"The file cannot be worked on ({why}), so nothing was stored. Free some space and try again.") from error


def _checked(
    source: Path | BinaryIO,
    name: str,
    folder: Path,
    settings: Settings,
    store: Store | None,
    answers: Answers,
    stated: tuple[datetime, str] | None,
) -> list[Candidate]:
    _sweep(folder)
    own = folder / uuid.uuid4().hex
    own.mkdir()
    try:
        taken = take(source, name, own, settings, stated)
    except Refused as refusal:
        shutil.rmtree(own, ignore_errors=True)
        return [_refused(name, refusal)]
    members = list(unpacked(taken, own, settings))
    mapped = ledger.mapped_formats(store) if store else ()
    found = [one for member in members for one in _tables_of(member, own, settings, store, answers, mapped)]
    found = _without_originals(_without_personal(found, members))
    found = _with_the_unread(found, workbook=any(isinstance(member, Taken) and member.part for member in members))
    if all(candidate.folder is None for candidate in found):
        shutil.rmtree(own, ignore_errors=True)
    return found


def answer(candidate: Candidate, answers: Answers, settings: Settings, store: Store | None) -> Candidate:
    """The candidate judged again with a person's answers."""
    assert candidate.recognised and candidate.folder
    return _judged(candidate.recognised, candidate.folder, settings, store, answers)


def again(candidates: Sequence[Candidate], settings: Settings, store: Store) -> list[Candidate]:
    """The candidates of one file judged again where the store may have changed what they are.

    A duplicate may be one no longer, and an unknown file may be one whose columns have been matched.
    """
    mapped = ledger.mapped_formats(store)
    found: list[Candidate] = []
    for one in candidates:
        if one.taken and one.folder and one.folder.is_dir() and one.unknown:
            found += _tables_of(one.taken, one.folder, settings, store, one.answers, mapped)
        elif one.taken and one.folder and one.folder.is_dir() and one.status == "duplicate":
            found.append(answer(one, one.answers, settings, store))
        else:
            found.append(one)
    return _with_the_unread(_without_originals(found), workbook=any(one.taken and one.taken.part for one in found))


def trial(candidate: Candidate, mapped: Format, settings: Settings) -> Candidate:
    """What an unknown file would be with a mapping's format: really read, compared with nothing, and stored nowhere."""
    assert candidate.taken and candidate.folder
    return _tables_of(candidate.taken, candidate.folder, settings, None, candidate.answers, (mapped,))[0]


def first_rows(store: Store, reading: Reading, most: int) -> list[dict[str, Any]]:
    """The first rows of a file as they would be stored."""
    with store.cursor() as cursor:
        cursor.execute(f"select * from {reading.rows} order by record_no limit {int(most)}")
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _tables_of(
    member: Taken | Refused, folder: Path, settings: Settings, store: Store | None, answers: Answers, mapped: tuple[Format, ...]
) -> list[Candidate]:
    """Every table of a file, a zip's member or a workbook's sheet."""
    if isinstance(member, Refused):
        return [_refused("", member)]
    try:
        tables = recognise(member, settings, mapped)
    except Unknown as refusal:
        return [replace(_refused(member.name, refusal), folder=folder, taken=member, answers=answers, unknown=True)]
    except Refused as refusal:
        return [_refused(member.name, refusal)]
    judged = [_judged(recognised, folder, settings, store, answers) for recognised in tables]
    return [_with_guesses(candidate, store) for candidate in judged] if store else judged


def _without_personal(found: list[Candidate], members: Sequence[Taken | Refused]) -> list[Candidate]:
    """Of a workbook with a sheet that holds data of persons, no sheet is taken: the workbook would be kept whole."""
    sheets = {member.name: member.whole for member in members if isinstance(member, Taken) and member.part}
    tainted = {sheets[one.name]: one for one in found if one.personal and one.name in sheets}

    def judged(one: Candidate) -> Candidate:
        cause = tainted.get(one.taken.whole) if one.taken else None
        return replace(cause, name=one.name) if cause else one

    return [judged(one) for one in found]


def _without_originals(found: list[Candidate]) -> list[Candidate]:
    """Of a file with a table of which only counts may be kept, the bytes are kept for no other table either."""
    barred = {one.recognised.taken.bytes_at for one in found if one.recognised and one.recognised.format.original == "none"}

    def judged(one: Candidate) -> Candidate:
        if one.recognised and one.recognised.taken.bytes_at in barred:
            return replace(one, recognised=replace(one.recognised, keeps=False))
        return one

    return [judged(one) for one in found]


def _with_the_unread(found: list[Candidate], workbook: bool) -> list[Candidate]:
    """Of a file with several parts of which some are read, the parts that are known and not read become a remark on the first read.

    So do all other sheets of a workbook: an export puts breakdowns and definitions beside the sheet that matters.
    """
    read = [one for one in found if one.status != "refused"]
    unread = [one for one in found if one.status == "refused" and (one.declined or workbook)]
    if not read or not unread or not read[0].reading:
        return found
    names = ", ".join(one.name.rsplit("\u203a ", 1)[-1] for one in unread)
    first = read[0].reading
    noted = replace(read[0], reading=replace(first, notes=(*first.notes, f"Also in the file and not read: {names}.")))
    return [noted if one is read[0] else one for one in found if one not in unread]


def _sweep(folder: Path) -> None:
    """Takes away private copies that a closed page left behind."""
    for left in folder.iterdir():
        with suppress(OSError):  # another session may be taking it away just now
            if left.is_dir() and left.name != "spill" and time.time() - left.stat().st_mtime > LEFT_BEHIND_SECONDS:
                shutil.rmtree(left, ignore_errors=True)


def discard(candidates: Iterable[Candidate]) -> None:
    """Takes away the private copies of candidates that are done with."""
    for candidate in candidates:
        if candidate.folder:
            shutil.rmtree(candidate.folder, ignore_errors=True)


def failed(candidate: Candidate, error: ReachError) -> Candidate:
    """The candidate with a commit that did not happen, in words."""
    return replace(candidate, status="refused", message=f"{candidate.name}: {error}")


def _judged(recognised: Recognised, folder: Path, settings: Settings, store: Store | None, answers: Answers) -> Candidate:
    taken = recognised.taken
    try:
        reading = read(recognised, answers, folder, settings)
    except Refused as refusal:
        return _refused(taken.name, refusal)
    candidate = _dated(Candidate(taken.name, "ready", "", folder, taken, recognised, reading, answers, questions=reading.questions))
    earlier = uploaded_before(store, taken.sha256, recognised.part) if store else None
    if earlier:
        return _duplicate(candidate, earlier)
    if candidate.questions:
        return _asking(candidate, candidate.questions)
    if not reading.kept:
        return _refused(taken.name, Refused(_nothing_kept(reading)), reading)
    return replace(candidate, message=summary(candidate))


def _with_guesses(candidate: Candidate, store: Store) -> Candidate:
    """The candidate's questions with what was always answered for files of its kind before, as a guess: a person confirms it.

    It is never taken for the answer. The next file of the kind may be of another account, and nobody would see it.
    """
    reading = candidate.reading
    if candidate.status != "needs" or not reading or reading.format.of_force:
        return candidate
    told = store.rows("pages/answers_before", format=reading.format.key, network=reading.network)
    known = {row["question"]: row["answer"] for row in told if row["answers"] == 1}
    return replace(candidate, questions=tuple(replace(one, guess=known.get(one.key, one.guess)) for one in candidate.questions))


def _duplicate(candidate: Candidate, earlier: dict[str, Any]) -> Candidate:
    when = london(earlier["recorded_at"])
    words = f"{candidate.name}: imported on {when.day} {when:%B %Y} by {earlier['recorded_by']}; nothing to do."
    return replace(candidate, status="duplicate", message=words, upload_id=str(earlier["upload_id"]), questions=())


def as_duplicate_of(candidate: Candidate, first: Candidate) -> Candidate:
    return replace(candidate, status="duplicate", message=f"{candidate.name}: the same file as {first.name}; nothing to do for this one.")


def _asking(candidate: Candidate, questions: tuple[Question, ...]) -> Candidate:
    return replace(candidate, status="needs", questions=questions, message=f"{candidate.name}: {questions[0].words}")


def _refused(name: str, refusal: Refused, reading: Reading | None = None) -> Candidate:
    named = name or str(refusal).partition(":")[0]
    declined, personal = isinstance(refusal, Declined), isinstance(refusal, Personal)
    return Candidate(named, "refused", str(refusal), reading=reading, declined=declined, personal=personal)


def _nothing_kept(reading: Reading) -> str:
    name = reading.recognised.taken.name
    if not reading.read:
        return f"{name}: it has a heading and no rows. Choose a period with something in it and export again."
    first = f" First: {reading.problems[0].words(name)}" if reading.problems else ""
    return f"{name}: none of its {reading.read:,} rows can be kept.{first}"


def summary(candidate: Candidate) -> str:
    reading = candidate.reading
    assert reading
    skipped = sum(reading.skipped.values())
    return (
        f"{candidate.name}: {reading.format.label}, {reading.kept:,} of {reading.read:,} rows kept, {skipped:,} skipped, "
        f"{len(reading.problems):,} set aside."
    )


def answers_of(stored: str | None) -> Answers:
    """The answers that an upload was imported with, from what the store keeps of them."""
    given: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(stored or "{}").items()}
    if "as_of" in given:
        given["as_of"] = datetime.fromisoformat(given["as_of"])
    return Answers(**given)


def ours_proposed(store: Store, reading: Reading) -> list[str]:
    """The accounts of a file taken to be ours: of each network those known as ours, else the file's most frequent."""
    with store.cursor() as cursor:
        known = set(cursor.execute("select network, account from account_current where ours").fetchall())
    proposed: list[str] = []
    for network in dict.fromkeys(one.network for one in reading.accounts):
        seen = [one.account for one in reading.accounts if one.account and one.network == network]
        proposed += [account for account in seen if (network or reading.network, account) in known] or seen[:1]
    return list(dict.fromkeys(proposed))


def _dated(candidate: Candidate) -> Candidate:
    """Settles when the platform was asked: never before the last publish time in the file."""
    taken, reading = candidate.taken, candidate.reading
    assert taken and reading
    # What people write themselves says when it stood, or stands from when it is handed in: an old file time must not hide it.
    when, basis = asked_when(taken if reading.format.table != "figure" else replace(taken, stated=None), candidate.answers)
    if reading.format.table == "post_observation" and reading.last and when < reading.last:
        when = reading.last
        if basis == "given":
            said = f"Dated {when:%d/%m/%Y}, the day of its last post: no export is older than what is in it."
            reading = replace(reading, notes=(*reading.notes, said))
            candidate = replace(candidate, reading=reading)
    return replace(candidate, as_of=when, as_of_basis=basis)


def uploaded_before(store: Store, sha256: str, part: str | None) -> dict[str, Any] | None:
    found = store.rows("pages/upload_of_bytes", sha256=sha256, part=part)
    return found[0] if found else None


@dataclass(frozen=True)
class _Compared:
    """The posts of a file beside what is held of them, in lifetime figures.

    ``below`` and ``above`` count posts with a lower figure than is held, and with a higher one than is held from a later export;
    ``moved`` all that differ; ``since`` those lower than an earlier export gave. ``newest`` is the latest export of any of them.
    """

    below: int
    above: int
    moved: int
    since: int
    newest: datetime | None


def compared_with_held(cursor: Cursor, candidate: Candidate) -> _Compared | None:
    """None where there is nothing to compare."""
    reading = candidate.reading
    assert reading
    held = [metric for metric in LIFETIME if metric in {one.metric for one in reading.columns}]
    if reading.format.table != "post_observation" or not held:
        return None
    if not cursor.execute("select 1 from post where list_contains(?, network) limit 1", [list(reading.networks)]).fetchall():
        return None
    lower, higher = (" or ".join(f"file.{metric} {sign} post.{metric}" for metric in held) for sign in ("<", ">"))
    row = cursor.execute(
        f"""select
            count(*) filter (where {lower}),
            count(*) filter (where ({higher}) and post.as_of > $as_of),
            count(*) filter (where {lower} or {higher}),
            count(*) filter (where ({lower}) and post.as_of < $as_of),
            max(post.as_of)
        from ({_pairs_held(reading)}) as pair
        inner join {reading.rows} as file on pair.record_no = file.record_no
        inner join post on pair.network = post.network and pair.post_key = post.post_key""",
        {"as_of": candidate.as_of},
    ).fetchone()
    assert row
    return _Compared(*row)


def _older_export(candidate: Candidate, compared: _Compared | None) -> tuple[Question, ...]:
    """Asks for the export's date when it is assumed and most figures that differ speak against it.

    Lifetime figures only grow. So an export dated after those held with mostly lower figures is probably older, and
    one dated before them with mostly higher figures is probably newer.
    """
    if not candidate.as_of_assumed or not compared or not compared.newest:
        return ()
    if max(compared.below, compared.above) <= OLDER_SHARE * compared.moved:
        return ()
    kept = london(compared.newest)
    when = f"those held from the export of {kept.day} {kept:%B %Y}. Give the date on which this file was exported."
    differ = f"of the {compared.moved:,} posts that differ have"
    if compared.below >= compared.above:
        words = f"Is this an older export? {compared.below:,} {differ} lower figures than {when}"
    else:
        words = f"Is this a newer export than its date says? {compared.above:,} {differ} higher figures than {when}"
    return (Question("as_of", words, None),)


def _pairs_held(reading: Reading) -> str:
    """SQL for the records of a file whose posts are held; damaged ones by their minute, as long as no two posts share it."""
    sound = f"select record_no, network, post_id as post_key from {reading.rows} where post_id is not null"
    if not reading.damaged:
        return sound
    return f"""{sound}
        union all
        select file.record_no, any_value(post.network), any_value(post.post_key)
        from {reading.rows} as file
        inner join post on file.network = post.network
            and date_trunc('minute', file.published_at) = date_trunc('minute', post.published_at)
            and (file.account = post.account or starts_with(file.account, 'name:'))
        where file.post_id is null
        group by file.record_no
        having count(*) = 1"""


def against_store(cursor: Cursor, candidate: Candidate, compared: _Compared | None) -> Candidate:
    """The candidate, unless what is held by now makes it a duplicate or puts a question."""
    assert candidate.taken and candidate.recognised
    earlier = ask(cursor, load("pages/upload_of_bytes"), {"sha256": candidate.taken.sha256, "part": candidate.recognised.part})
    if earlier:
        return _duplicate(candidate, earlier[0])
    questions = _older_export(candidate, compared)
    return _asking(candidate, questions) if questions else candidate
