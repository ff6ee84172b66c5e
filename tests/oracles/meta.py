"""Meta Business Suite in plain Python: result cards by day, Instagram stories, Facebook video assets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import python_calamine

from plain_reader import BadCell, caption, count, decoded, holds_a_day, is_missing, judged_ids, pacific_time

from . import PlainTable

FORMATS = {"meta_cards", "instagram_stories", "facebook_videos"}
SAMPLES = (
    "meta_overview/mbs_alcance*.csv",
    "meta_overview/mbs_follows*.csv",
    "meta_overview/mbs_inter*.csv",
    "meta_overview/mbs_link*.csv",
    "meta_overview/mbs_page*.csv",
    "meta_overview/mbs_reach*.csv",
    "meta_overview/mbs_view*.csv",
    "meta_overview/mbs_visit*.csv",
    "meta_overview/mbs_visualiza*.csv",
    "facebook/fb_video*.csv",
)
ANSWERS = {"network": "facebook", "account": "Example"}

# Words of which all stand in a title, and the metric it is then of. The first that fits is it.
WORDS = (
    ("page_likes_new", "new likes"),
    ("page_likes_new", "curtidas"),
    ("reach", "reach"),
    ("reach", "alcance"),
    ("reach", "reichweite"),
    ("reach", "couverture"),
    ("viewers", "viewers"),
    ("views", "views"),
    ("views", "visualizações"),
    ("views", "visualizaciones"),
    ("views", "aufrufe"),
    ("views", "vues"),
    ("engagements", "intera"),
    ("link_clicks", "clicks"),
    ("link_clicks", "cliques"),
    ("profile_visits", "visits"),
    ("profile_visits", "visitas"),
    ("profile_visits", "besuche"),
    ("unfollows", "unfollows"),
    ("follows_new", "follow"),
    ("follows_new", "seguidores"),
)


def tables(path: Path, answers: Mapping[str, Any]) -> list[PlainTable]:
    if path.suffix == ".xlsx":
        rows = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        return cards([[as_text(cell) for cell in row] for row in rows], answers)
    text = decoded(path.read_bytes())
    records = list(csv.reader(io.StringIO(text), delimiter=delimiter_of(text)))
    if records and all(len(record) == 1 for record in records if record) and "," in records[0][0]:
        records = [next(csv.reader([",".join(record).replace("\n", " ")])) for record in records if record]
    headings = [cell.strip() for cell in records[0]]
    if "Video asset ID" in headings:
        return [posts("facebook_videos", headings, records[1:])]
    if {"Sticker taps", "Toques em figurinhas", "Navigation", "Navegação", "Navegación"} & set(headings):
        return [posts("instagram_stories", headings, records[1:])]
    return cards(records, answers)


def as_text(cell: Any) -> str:
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return str(cell)


def delimiter_of(text: str) -> str:
    lines = text.splitlines()[:6]
    return max(",;\t", key=lambda mark: sum(line.count(mark) for line in lines[1:]))


# Cards ----------------------------------------------------------------------------------------------------


def cards(records: list[list[str]], answers: Mapping[str, Any]) -> list[PlainTable]:
    """A table begins at a row whose first cell says date; the row above it, if it is alone, is its title."""
    rows = [[cell.strip() for cell in record] for record in records]
    rows = [row for row in rows if any(row) and not re.fullmatch(r"sep=.{0,2}", "".join(row).strip())]
    starts = [place for place, row in enumerate(rows) if row[0].lower() in ("date", "data", "datum", "fecha") and len(row) > 1]
    found = []
    for number, start in enumerate(starts):
        title = rows[start - 1][0] if start and not any(rows[start - 1][1:]) else None
        end = starts[number + 1] - 1 if number + 1 < len(starts) else len(rows)
        while end > start + 1 and not any(rows[end - 1][1:]) and metric_of(rows[end - 1][0]):
            end -= 1
        found.append((title, rows[start + 1 : end]))
    out = [card(title, body, answers, title if len(found) > 1 else None) for title, body in found]
    return [one for one in out if one.values]


def metric_of(title: str | None) -> str | None:
    words = (title or "").lower()
    return None if words.startswith("net ") else next((metric for metric, word in WORDS if word in words), None)


def card(title: str | None, body: list[list[str]], answers: Mapping[str, Any], part: str | None) -> PlainTable:
    metric = metric_of(title)
    named = [network for network in ("facebook", "instagram") if network in (title or "").lower()]
    network = named[0] if named else answers["network"]
    out = PlainTable("meta_cards", part)
    fates = {"kept": 0, "skipped": 0, "set_aside": 0}
    held: dict[date, tuple[str, str]] = {}
    for number, (first, second, *_) in enumerate(body, 1):
        day = day_of(first, answers)
        if first.lower().startswith("total") or is_missing(second):
            fates["skipped"] += 1
            continue
        try:
            value = count(second, metric or "")
        except BadCell:
            value = None
        if day is None or value is None or metric is None:
            fates["set_aside"] += 1
            continue
        if day in held:
            fates["skipped" if held[day] == (first, second) else "set_aside"] += 1
            continue
        held[day] = (first, second)
        fates["kept"] += 1
        out.control_totals[metric] = out.control_totals.get(metric, 0) + value
        out.values.append(
            {"record_no": number, "network": network, "day": day.isoformat(), "metric": metric, "value": value, "heading": title}
        )
    out.rows = {"read": len(body), **fates}
    return out


def day_of(cell: str, answers: Mapping[str, Any]) -> date | None:
    """The day that a time is nearest to the start of."""
    found = re.fullmatch(r"(\d+)([-/.])(\d+)[-/.](\d+)(?:[T ](\d+):\d\d(?::\d\d(?:\.\d+)?)?)?", cell)
    if not found:
        return None
    one, two, three = int(found[1]), int(found[3]), int(found[4])
    if len(found[1]) == 4:
        year, month, day = one, two, three
    else:
        year, month, day = (three, one, two) if answers.get("date_order") == "mdy" else (three, two, one)
    try:
        return date(year, month, day) + timedelta(days=int(found[5] or 0) >= 12)
    except ValueError:
        return None


# Stories and videos ---------------------------------------------------------------------------------------

NAMES = {
    "id": ("Post ID", "Video asset ID", "Identificação da publicação", "Identificação do post", "Identificador de la publicación"),
    "account": ("Account ID", "Page ID", "Identificação da conta", "Identificador de la cuenta"),
    "title": ("Title",),
    "text": ("Description", "Descrição", "Descripción"),
    "time": ("Publish time", "Horário de publicação", "Hora de publicación"),
    "link": ("Permalink", "Link permanente", "Enlace permanente"),
    "kind": ("Post type", "Tipo de publicação", "Tipo de post", "Tipo de publicación"),
    "comment": ("Data comment", "Comentário de dados"),
    "date": ("Date", "Data", "Fecha"),
}
METRICS = {
    "views": ("Views", "Visualizações", "Visualizaciones"),
    "reach": ("Reach", "Alcance"),
    "reactions_likes": ("Likes", "Curtidas", "Me gusta", "Reactions"),
    "shares": ("Shares", "Compartilhamentos", "Veces que se compartió"),
    "comments": ("Replies", "Respostas", "Respuestas", "Comments"),
    "profile_visits": ("Profile visits", "Visitas ao perfil", "Visitas al perfil"),
    "follows_new": ("Follows", "Seguimentos", "Seguimientos"),
    "link_clicks": ("Link clicks", "Cliques no link", "Clics en el enlace"),
    "engagements": ("Reactions, comments and shares",),
    "video_3s_views": ("3-second video views",),
    "video_1m_views": ("1-minute video views",),
    "video_3s_viewers": ("3-second viewers",),
    "video_1m_viewers": ("1-minute viewers",),
    "watch_seconds": ("Seconds viewed",),
}


def posts(kind: str, headings: list[str], records: list[list[str]]) -> PlainTable:
    video = kind == "facebook_videos"
    places = {
        role: next((place for place, heading in enumerate(headings) if heading in names), None)
        for role, names in {**NAMES, **METRICS}.items()
    }
    records = [record for record in records if any(cell.strip() for cell in record)]

    def cell(record: list[str], role: str) -> str:
        place = places[role]
        return "" if place is None else record[place].strip()

    ids, accounts = judged_ids([[cell(record, role) for record in records] for role in ("id", "account")])
    out = PlainTable(kind)
    fates = {"kept": 0, "skipped": 0, "set_aside": 0}
    for number, record in enumerate(records, 1):
        if not cell(record, "id"):
            fates["skipped" if cell(record, "comment") else "set_aside"] += 1
            continue
        published = pacific_time(cell(record, "time"))
        try:
            values = {metric: count(cell(record, metric), metric) for metric in METRICS}
        except BadCell:
            published = None
            values = {}
        if published is None or holds_a_day(cell(record, "date")):
            fates["set_aside"] += 1
            continue
        fates["kept"] += 1
        sound = ids[cell(record, "id")]
        text = caption(cell(record, "title"), cell(record, "text"))
        row: dict[str, Any] = {
            "record_no": number,
            "network": "video_facebook" if video else "instagram",
            "account": accounts[cell(record, "account")],
            "post_id": f"video:{sound}" if video and sound else sound,
            "file_post_id": None if sound else cell(record, "id"),
            "published_at": datetime.isoformat(published, timespec="milliseconds"),
            "text": text or None,
            "kind": "Video asset" if video else cell(record, "kind"),
            "permalink": cell(record, "link") or None,
            **values,
        }
        out.values.append({key: value for key, value in row.items() if value is not None})
        for metric, value in values.items():
            if value is not None:
                out.control_totals[metric] = out.control_totals.get(metric, 0) + value
    out.rows = {"read": len(records), **fates}
    return out
