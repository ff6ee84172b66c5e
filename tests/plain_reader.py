"""A second, slow and plain reader of the covered export files: the oracle that tests hold the importer against.

It shares no code with the importer: records come from the ``csv`` module, numbers from ``decimal``, zones from
``zoneinfo``. Only the aliases of published measures are taken from ``reach.definitions``, which are data.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from reach.definitions import MEASURES

csv.field_size_limit(1 << 26)

PACIFIC = ZoneInfo("America/Los_Angeles")
TWITTER_EPOCH_MS = 1_288_834_974_657
FIRST_SNOWFLAKE = 30_000_000_000
LARGEST = 10_000_000_000
MISSING = {"", "-", "--", "n/a", "na", "nan", "null", "none", "undefined"}
TOTALS = {"total", "totals", "sum", "grandtotal"}

# Metrics that are no counts, so that a fraction is sound.
FRACTIONAL = frozenset({"watch_seconds"})


@dataclass
class Plain:
    """What a file holds. ``set_aside`` and ``skipped`` are pairs of record number and kind of reason."""

    format: str | None
    rows: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("read", "kept", "skipped", "set_aside"), 0))
    control_totals: dict[str, int | float] = field(default_factory=dict)
    posts: list[dict[str, Any]] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)
    set_aside: list[tuple[int, str]] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The same in the types of JSON; times and days in ISO form."""
        out: dict[str, Any] = {
            "format": self.format,
            "rows": self.rows,
            "control_totals": self.control_totals,
            "skipped": [list(pair) for pair in self.skipped],
            "set_aside": [list(pair) for pair in self.set_aside],
        }
        if self.format in ("figures", "outcomes"):
            out["figures"] = self.figures
        else:
            out["posts"] = [{**post, "published_at": post["published_at"].isoformat(timespec="milliseconds")} for post in self.posts]
        return out


def normal(name: str) -> str:
    """A heading as it is matched: letters and digits only, lower case."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", name).lower() if letter.isalnum())


def by_heading(pairs: dict[str, str]) -> dict[str, str]:
    """The same pairs under normalised headings."""
    return {normal(heading): value for heading, value in pairs.items()}


FACEBOOK = by_heading(
    {
        "Reach": "reach",
        "Viewers": "viewers",
        "Views": "views",
        "Impressions": "impressions",
        "Reach from Organic posts": "reach_organic",
        "Reach from Boosted posts": "reach_boosted",
        "Views from Organic posts": "views_organic",
        "Views from Boosted posts": "views_boosted",
        "Reactions, Comments and Shares": "engagements",
        "Reactions": "reactions_likes",
        "Comments": "comments",
        "Shares": "shares",
        "Total clicks": "clicks_all",
        "Link Clicks": "link_clicks",
        "3-second video views": "video_3s_views",
        "1-minute video views": "video_1m_views",
        "3-Second viewers": "video_3s_viewers",
        "1-minute viewers": "video_1m_viewers",
        "Seconds viewed": "watch_seconds",
        # Portuguese, German, Spanish, French
        **dict.fromkeys(("Alcance", "Reichweite", "Couverture"), "reach"),
        **dict.fromkeys(("Visualizações", "Aufrufe", "Visualizaciones", "Vues"), "views"),
        "Reações, comentários e compartilhamentos": "engagements",
        "Reaktionen, Kommentare und geteilte Inhalte": "engagements",
        "Reacciones, comentarios y veces que se compartió": "engagements",
        "Réactions, commentaires et partages": "engagements",
        **dict.fromkeys(("Reações", "Reaktionen", "Reacciones", "Réactions"), "reactions_likes"),
        **dict.fromkeys(("Comentários", "Kommentare", "Comentarios", "Commentaires"), "comments"),
        **dict.fromkeys(("Compartilhamentos", "Geteilte Inhalte", "Veces que se compartió", "Partages"), "shares"),
        **dict.fromkeys(("Total de cliques", "Klicks insgesamt", "Total de clics", "Nombre total de clics"), "clicks_all"),
        **dict.fromkeys(("Cliques no link", "Link-Klicks", "Clics en el enlace", "Clics sur le lien"), "link_clicks"),
    }
)
INSTAGRAM = by_heading(
    {
        "Views": "views",
        "Visualizações": "views",
        "Reach": "reach",
        "Alcance": "reach",
        "Likes": "reactions_likes",
        "Curtidas": "reactions_likes",
        "Shares": "shares",
        "Compartilhamentos": "shares",
        "Follows": "follows_new",
        "Seguimentos": "follows_new",
        "Comments": "comments",
        "Comentários": "comments",
        "Saves": "saves",
        "Salvamentos": "saves",
        "Impressions": "impressions",
        "Impressões": "impressions",
        # German, Spanish, French
        **dict.fromkeys(("Aufrufe", "Visualizaciones", "Vues"), "views"),
        **dict.fromkeys(("Reichweite", "Couverture"), "reach"),
        **dict.fromkeys(("„Gefällt mir“-Angaben", "Me gusta", "J’aime"), "reactions_likes"),
        **dict.fromkeys(("Geteilte Inhalte", "Veces que se compartió", "Partages"), "shares"),
        **dict.fromkeys(("Kommentare", "Comentarios", "Commentaires"), "comments"),
        **dict.fromkeys(("Speicherungen", "Veces que se guardó", "Enregistrements"), "saves"),
        "Seguimientos": "follows_new",
    }
)
X_OLD = by_heading(
    {
        "impressions": "impressions",
        "engagements": "engagements",
        "retweets": "shares",
        "replies": "comments",
        "likes": "reactions_likes",
        "user profile clicks": "profile_visits",
        "url clicks": "link_clicks",
        "follows": "follows_new",
    }
)
X_NEW = by_heading(
    {
        "Impressions": "impressions",
        "Likes": "reactions_likes",
        "Engagements": "engagements",
        "Bookmarks": "saves",
        "New follows": "follows_new",
        "Replies": "comments",
        "Reposts": "shares",
        "Profile visits": "profile_visits",
        "Url clicks": "link_clicks",
    }
)
METRICS_OF = {"facebook_posts": FACEBOOK, "instagram_posts": INSTAGRAM, "x_tweets": X_OLD, "x_posts": X_NEW}

POST_IDS = (
    *("Post ID", "Identificação da publicação", "Identificação do post", "Beitrags-ID"),
    *("Identificador de la publicación", "ID de la publication"),
)
TIMES = ("Publish time", "Horário de publicação", "Veröffentlichungszeit", "Hora de publicación", "Heure de publication")

# The columns of each format that are not numbers, with every heading under which they stand.
FIELDS: dict[str, dict[str, tuple[str, ...]]] = {
    "facebook_posts": {
        "id": POST_IDS,
        "account_id": ("Page ID", "Identificação da Página", "Seiten-ID", "Identificador de la página", "ID de la Page"),
        "account_name": ("Page name", "Nome da Página", "Seitenname", "Nombre de la página", "Nom de la Page"),
        "title": ("Title", "Título", "Titel", "Titre"),
        "text": ("Description", "Descrição", "Beschreibung", "Descripción"),
        "time": TIMES,
        "comment": ("Data comment", "Comentário de dados"),
        "date": ("Date", "Data", "Datum", "Fecha"),
    },
    "instagram_posts": {
        "id": POST_IDS,
        "account_id": ("Account ID", "Identificação da conta", "Konto-ID", "Identificador de la cuenta", "ID du compte"),
        "account_name": (
            *("Account username", "Nome de usuário da conta", "Benutzername des Kontos"),
            *("Nombre de usuario de la cuenta", "Nom d’utilisateur du compte"),
        ),
        "text": ("Description", "Descrição", "Beschreibung", "Descripción"),
        "time": TIMES,
        "comment": ("Data comment", "Comentário de dados"),
        "date": ("Date", "Data", "Datum", "Fecha"),
    },
    "x_tweets": {
        "id": ("Tweet id",),
        "link": ("Tweet permalink",),
        "text": ("Tweet text",),
        "time": ("time",),
    },
    "x_posts": {
        "id": ("Post id",),
        "link": ("Link", "Post Link"),
        "text": ("Post text",),
        "date": ("Date",),
    },
}
NEEDED = {
    "facebook_posts": ("id", "account_id", "time"),
    "instagram_posts": ("id", "account_id", "time"),
    "x_tweets": ("id", "link", "text", "time"),
    "x_posts": ("id", "link", "text", "date"),
}


# Bytes to records -----------------------------------------------------------------------------------------


def decoded(data: bytes) -> str:
    if data.startswith(codecs.BOM_UTF8):
        return data.decode("utf-8-sig", errors="replace")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def filled_records(text: str, delimiter: str) -> list[list[str]]:
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [cells for cells in records if any(cell.strip() for cell in cells)]


def table(text: str) -> tuple[list[str], list[list[str]]]:
    """The normalised headings and the data records, each as wide as the header."""
    widths = {}
    for delimiter in ",;\t":
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths[delimiter] = next((len(cells) for cells in reader if any(cell.strip() for cell in cells)), 0)
    records = filled_records(text, max(",;\t", key=lambda delimiter: widths[delimiter]))
    if not records:
        return [], []
    width = len(records[0])
    return records[0], [(cells + [""] * width)[:width] for cells in records[1:]]


# Cells ----------------------------------------------------------------------------------------------------


class BadCell(ValueError):
    """A filled cell that is not what its column says."""


def is_missing(cell: str) -> bool:
    return cell.strip().lower() in MISSING


def number(cell: str) -> Decimal | None:
    """The number in a cell, fractions included; None when missing.

    Raises:
        BadCell: The cell holds anything but a number between nought and ten thousand million.
    """
    if is_missing(cell):
        return None
    plain = cell.strip()
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?([Ee]\+?[0-9]{1,2})?", plain):
        grouped = re.fullmatch(r"([1-9][0-9]{0,2})((?:,[0-9]{3})+|(?:[ \u00a0\u202f][0-9]{3})+)(\.[0-9]+)?", plain)
        if not grouped:
            raise BadCell(cell)
        plain = re.sub(r"[, \u00a0\u202f]", "", plain)
    value = Decimal(plain)
    if value > LARGEST:
        raise BadCell(cell)
    return value


def count(cell: str, metric: str) -> int | float | None:
    """The number in a cell of that metric, whole but for seconds; None when missing.

    Raises:
        BadCell: It is no whole number.
    """
    value = number(cell)
    if value is None:
        return None
    if metric in FRACTIONAL:
        return float(value)
    if value != value.to_integral_value():
        raise BadCell(cell)
    return int(value)


def amount(cell: str) -> Decimal | None:
    """The number in a cell of a published figure, which may have a pound sign and pence."""
    return number(cell.strip().removeprefix("£"))


def pacific_time(cell: str) -> datetime | None:
    found = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\s+([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2}))?", cell.strip())
    if not found:
        return None
    month, day, year, hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        local = datetime(year, month, day, hour, minute, second, tzinfo=PACIFIC)
        again = local.replace(fold=1)
        # The hour that comes twice in autumn is taken as its second time, winter time, as DuckDB's time zones do.
        if again.utcoffset() < local.utcoffset():
            local = again if (again.astimezone(UTC).astimezone(PACIFIC).replace(tzinfo=None) == local.replace(tzinfo=None)) else local
    except ValueError:
        return None
    return local.astimezone(UTC).replace(tzinfo=None)


def written_time(cell: str) -> datetime | None:
    """A time like ``2016-12-23 18:50 +0000``."""
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2}) ([0-9]{2}):([0-9]{2})(?: ([+-])([0-9]{2}):?([0-9]{2}))?", cell.strip())
    if not found:
        return None
    numbers = [int(part) for part in found.groups()[:5]]
    shift = timedelta(hours=int(found[7] or 0), minutes=int(found[8] or 0)) * (-1 if found[6] == "-" else 1)
    try:
        return datetime(*numbers, tzinfo=timezone(shift)).astimezone(UTC).replace(tzinfo=None)  # type: ignore[misc,arg-type]
    except ValueError:
        return None


def time_of_id(post_id: str) -> datetime:
    ms = (int(post_id) >> 22) + TWITTER_EPOCH_MS
    return datetime(1970, 1, 1) + timedelta(milliseconds=ms)


def day(cell: str) -> date | None:
    """A day written as ISO or day first; None when missing.

    Raises:
        BadCell: It is no such day.
    """
    if is_missing(cell):
        return None
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", cell.strip())
    british = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", cell.strip())
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if british:
            return date(int(british[3]), int(british[2]), int(british[1]))
    except ValueError:
        pass
    raise BadCell(cell)


# Ids that Excel has damaged -------------------------------------------------------------------------------


def judged_ids(columns: list[list[str]]) -> list[dict[str, str | None]]:
    """For each column of ids: every filled cell with its sound id, or None where it is damaged.

    The columns are of one file: a mark of Excel in any of them counts for all.
    """
    scientific = re.compile(r"[0-9]+([.,][0-9]+)?[Ee]\+?[0-9]+")
    decimals = re.compile(r"([0-9]+)\.0{1,2}")
    distinct = [{cell.strip() for cell in column if not is_missing(cell)} for column in columns]
    marked = any(scientific.fullmatch(cell) or decimals.fullmatch(cell) for column in distinct for cell in column)
    marked = marked or any(zeros_beyond_chance(column) for column in distinct)
    out: list[dict[str, str | None]] = []
    for column in distinct:
        long = [cell for cell in column if re.fullmatch(r"[0-9]{16,}", cell)]
        zero = {cell for cell in long if not cell[15:].strip("0")}
        judged: dict[str, str | None] = {}
        for cell in column:
            cut = decimals.fullmatch(cell)
            if scientific.fullmatch(cell) or (cell in zero and marked):
                judged[cell] = None
            elif cut:
                judged[cell] = cut[1] if len(cut[1]) <= 15 else None
            else:
                judged[cell] = cell
        out.append(judged)
    return out


def zeros_beyond_chance(column: set[str]) -> bool:
    """Whether every long id ends in zeros past its 15th digit, and that by less than 1 chance in 1,000."""
    long = [cell for cell in column if re.fullmatch(r"[0-9]{16,}", cell)]
    extra = sum(len(cell) - 15 for cell in long)
    return all(not cell[15:].strip("0") for cell in long) and Decimal(10) ** -extra < Decimal("0.001")


# Posts ----------------------------------------------------------------------------------------------------


def caption(title: str, description: str) -> str:
    title, description = (re.sub(r"@\[[0-9]+:[0-9]+:([^\]]*)\]", r"\1", text) for text in (title, description))
    return description if len(description) > len(title) else title


def unescaped(text: str) -> str:
    return re.sub("&(amp|lt|gt);", lambda found: {"amp": "&", "lt": "<", "gt": ">"}[found[1]], text)


def holds_a_day(cell: str) -> bool:
    return any(letter.isdigit() for letter in cell)


def metric_columns(headings: list[str], records: list[list[str]], keys: dict[str, str]) -> dict[str, int]:
    """The column to read for each metric; those that stand twice and differ are left out."""
    places: dict[str, list[int]] = {}
    for place, heading in enumerate(headings):
        if heading in keys:
            places.setdefault(keys[heading], []).append(place)
    columns = {}
    for key, found in places.items():
        if all(same(record[found[0]], record[place], key) for record in records for place in found[1:]):
            columns[key] = found[0]
    return columns


def same(one: str, other: str, key: str) -> bool:
    try:
        return number(one) == number(other)
    except BadCell:
        return one.strip() == other.strip()


def read_posts(kind: str, headings: list[str], records: list[list[str]]) -> Plain:
    names = {role: {normal(name) for name in options} for role, options in FIELDS[kind].items()}
    place = {role: next((at for at, heading in enumerate(headings) if heading in names[role]), None) for role in names}
    columns = metric_columns(headings, records, METRICS_OF[kind])
    meta = kind in ("facebook_posts", "instagram_posts")
    out = Plain(kind)

    def cell(record: list[str], role: str) -> str:
        at = place.get(role)
        return "" if at is None else record[at]

    if "views" in columns and "reach" in columns:
        views = [value for record in records if (value := leniently(record[columns["views"]])) is not None]
        reaches = [value for record in records if (value := leniently(record[columns["reach"]])) is not None]
        if views and not any(views) and any(reaches):
            del columns["views"]

    post_ids, account_ids = judged_ids([[cell(record, "id") for record in records], [cell(record, "account_id") for record in records]])

    seen: set[tuple[str, ...]] = set()
    sound: set[str] = set()
    at_minute: Counter[tuple[str | None, datetime]] = Counter()
    candidates: list[dict[str, Any]] = []
    for record_no, record in enumerate(records, 1):
        raw_id = cell(record, "id")
        if meta and is_missing(raw_id) and not is_missing(cell(record, "comment")):
            out.skipped.append((record_no, "error_row"))
            continue
        if tuple(record) in seen:
            out.skipped.append((record_no, "repeat"))
            continue
        seen.add(tuple(record))
        if is_missing(raw_id):
            out.set_aside.append((record_no, "no_id"))
            continue

        post_id = post_ids[raw_id.strip()]
        link = re.search(r"//[^/]+/([^/]+)/status/([0-9]+)?", cell(record, "link"))
        if meta:
            account_id = None if is_missing(cell(record, "account_id")) else account_ids[cell(record, "account_id").strip()]
            account: str | None = account_id or "name:" + cell(record, "account_name").strip().lower()
            published = pacific_time(cell(record, "time"))
            title = cell(record, "title")
            text = caption(title, cell(record, "text"))
        else:
            if post_id is None and link:
                post_id = link[2]
            account = link[1].lower() if link else None
            if post_id is not None and post_id.isascii() and post_id.isdigit() and int(post_id) >= FIRST_SNOWFLAKE:
                published = time_of_id(post_id)
            else:
                published = written_time(cell(record, "time"))
            text = unescaped(cell(record, "text"))

        if published is not None:
            at_minute[account, published.replace(second=0, microsecond=0)] += 1
        if meta and holds_a_day(cell(record, "date")):
            out.set_aside.append((record_no, "day_row"))
            continue
        metrics = {}
        try:
            for key, at in columns.items():
                if (whole := count(record[at], key)) is not None:
                    metrics[key] = whole
        except BadCell:
            out.set_aside.append((record_no, "bad_cell"))
            continue
        if published is None:
            out.set_aside.append((record_no, "bad_time"))
            continue
        if post_id is not None:
            if post_id in sound:
                out.set_aside.append((record_no, "conflict"))
                continue
            sound.add(post_id)
        candidates.append(
            {
                "record_no": record_no,
                "account": account,
                "post_id": post_id,
                "published_at": published,
                "text": text,
                "metrics": metrics,
            }
        )

    for post in candidates:
        minute = post["published_at"].replace(second=0, microsecond=0)
        if post["post_id"] is None and at_minute[post["account"], minute] > 1:
            out.set_aside.append((post["record_no"], "shared_minute"))
        else:
            out.posts.append(post)
    out.set_aside.sort()
    for post in out.posts:
        for key, value in post["metrics"].items():
            out.control_totals[key] = out.control_totals.get(key, 0) + value
    counted(out, len(records), len(out.posts))
    return out


def leniently(cell: str) -> Decimal | None:
    try:
        return number(cell)
    except BadCell:
        return None


def counted(out: Plain, read_: int, kept: int) -> None:
    out.rows = {"read": read_, "kept": kept, "skipped": len(out.skipped), "set_aside": len(out.set_aside)}
    assert read_ == kept + len(out.skipped) + len(out.set_aside)


# Published figures ----------------------------------------------------------------------------------------


def measure_name(name: str) -> str:
    return normal(name.replace("£", " gbp "))


MEASURE_KEYS = {measure_name(name): measure.key for measure in MEASURES for name in (measure.key, measure.label, *measure.aliases)}
OPERATION = ("operation", "operationname", "op")


def shown(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def totalled(out: Plain) -> None:
    sums: dict[str, Decimal] = {}
    for figure in out.figures:
        sums[figure["measure"]] = sums.get(figure["measure"], Decimal(0)) + figure["value"]
        figure["value"] = shown(figure["value"])
    out.control_totals = {key: shown(value) for key, value in sums.items()}


def day_text(cell: str) -> str | None:
    found = day(cell)
    return found.isoformat() if found else None


def getter(headings: list[str]) -> Callable[[list[str], str], str]:
    return lambda record, heading: record[headings.index(heading)] if heading in headings else ""


def read_figures(headings: list[str], records: list[list[str]]) -> Plain:
    out = Plain("figures")
    cell = getter(headings)
    seen: set[tuple[str, ...]] = set()
    kept = 0
    for record_no, record in enumerate(records, 1):
        if tuple(record) in seen:
            out.skipped.append((record_no, "repeat"))
            continue
        seen.add(tuple(record))
        measure = MEASURE_KEYS.get(measure_name(cell(record, "measure")))
        if measure is None:
            out.set_aside.append((record_no, "unknown_measure"))
            continue
        try:
            low, high = amount(cell(record, "valuelow")), amount(cell(record, "valuehigh"))
        except BadCell:
            out.set_aside.append((record_no, "bad_cell"))
            continue
        value = high if low is None else low
        if value is None:
            out.set_aside.append((record_no, "no_value"))
            continue
        try:
            start, end = day_text(cell(record, "startdate")), day_text(cell(record, "enddate"))
            day(cell(record, "asof"))
        except BadCell:
            out.set_aside.append((record_no, "bad_date"))
            continue
        kept += 1
        out.figures.append(
            {
                "record_no": record_no,
                "operation": cell(record, "operation").strip(),
                "measure": measure,
                "value": value,
                "start_date": start,
                "end_date": end,
            }
        )
    totalled(out)
    counted(out, len(records), kept)
    return out


def read_outcomes(header: list[str], records: list[list[str]]) -> Plain:
    out = Plain("outcomes")
    headings = [normal(name) for name in header]
    operation_at = next(at for at, heading in enumerate(headings) if heading in OPERATION)
    columns = metric_columns([measure_name(name) for name in header], records, MEASURE_KEYS)
    cell = getter(headings)
    seen: set[tuple[str, ...]] = set()
    kept = 0
    for record_no, record in enumerate(records, 1):
        operation = record[operation_at].strip()
        if normal(operation) in TOTALS:
            out.skipped.append((record_no, "total_row"))
            continue
        if tuple(record) in seen:
            out.skipped.append((record_no, "repeat"))
            continue
        seen.add(tuple(record))
        if is_missing(operation):
            out.set_aside.append((record_no, "no_operation"))
            continue
        try:
            values = {key: value for key, at in columns.items() if (value := amount(record[at])) is not None}
        except BadCell:
            out.set_aside.append((record_no, "bad_cell"))
            continue
        try:
            start, end = day_text(cell(record, "startdate")), day_text(cell(record, "enddate"))
        except BadCell:
            out.set_aside.append((record_no, "bad_date"))
            continue
        kept += 1
        out.figures += [
            {
                "record_no": record_no,
                "operation": operation,
                "measure": key,
                "value": value,
                "start_date": start,
                "end_date": end,
            }
            for key, value in values.items()
        ]
    totalled(out)
    counted(out, len(records), kept)
    return out


# The whole file -------------------------------------------------------------------------------------------


def read(path: Path | str) -> Plain:
    """Everything that the file says, by the plainest means."""
    header, records = table(decoded(Path(path).read_bytes()))
    headings = [normal(name) for name in header]
    for kind, needed in NEEDED.items():
        if all(any(normal(name) in headings for name in FIELDS[kind][role]) for role in needed):
            return read_posts(kind, headings, records)
    if "measure" in headings and ("valuelow" in headings or "valuehigh" in headings):
        return read_figures(headings, records)
    if any(heading in OPERATION for heading in headings) and any(measure_name(name) in MEASURE_KEYS for name in header):
        return read_outcomes(header, records)
    return Plain(None)
