"""YouTube Studio, in plain Python: content tables, tables by date and totals. Parts that hold other things are passed over."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from python_calamine import CalamineWorkbook

from . import PlainTable

FORMATS = {"youtube_videos", "youtube_days"}
SAMPLES = (
    "youtube/yt_content*.csv",
    "youtube/yt_de*.csv",
    "youtube/yt_ptbr*.csv",
    "youtube/yt_trafficsource*totals.csv",
    "youtube/yt_ptbr_ufscar_conteudo*.zip",
)
ANSWERS = {"account": "example"}

METRICS = {
    "views": "Views|Aufrufe|Visualizações|Visualizaciones|Vues",
    "engaged_views": "Engaged views|Visualizações intencionais",
    "watch_seconds": "Watch time (hours)|Wiedergabezeit (Stunden)|Tempo de exibição (horas)|Tiempo de visualización (horas)"
    "|Durée de visionnage (heures)",
    "reach": "Unique viewers|Espectadores únicos|Spectateurs uniques",
    "impressions": "Impressions|Thumbnail impressions|Impressionen|Impressões|Impresiones",
    "reactions_likes": "Likes|Me gusta",
    "comments": "Comments added|Comentarios añadidos",
    "shares": "Shares",
    "follows_new": "Subscribers gained|Suscriptores ganados|Inscrições obtidas",
    "unfollows": "Subscribers lost",
    "new_viewers": "New viewers",
    "returning_viewers": "Returning viewers",
}
METRIC = {heading: metric for metric, headings in METRICS.items() for heading in headings.split("|")}
UNSTORED = ("Subscribers", "Average view duration")
LENGTHS = ("Duration", "Dauer", "Duração", "Duración", "Durée")
OF_DAYS = ("unfollows", "new_viewers", "returning_viewers")
DATES = ("Date", "Datum", "Data", "Fecha")
IDS = ("Content", "Video", "Conteúdo", "Contenido", "Contenu")
PUBLISHED = (
    "Video publish time",
    "Veröffentlichungszeitpunkt des Videos",
    "Horário de publicação do vídeo",
    "Hora de publicación del vídeo",
    "Heure de publication de la vidéo",
)
TITLES = ("Video title", "Videotitel", "Título do vídeo", "Título del vídeo", "Titre de la vidéo")


def tables(path: Path, answers: Mapping[str, Any]) -> list[PlainTable]:
    parts = list(_files(path))
    found = [(part, table) for part, rows in parts for table in _table(rows)]
    for part, table in found:
        table.part = part
    return [table for _, table in found]


def _files(path: Path) -> Iterator[tuple[str | None, list[list[str]]]]:
    if path.suffix == ".xlsx":
        book = CalamineWorkbook.from_path(str(path))
        for sheet in book.sheet_names:
            rows = [[_cell(cell) for cell in row] for row in book.get_sheet_by_name(sheet).to_python()]
            yield (sheet if len(book.sheet_names) > 1 else None), rows
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield None, _rows(archive.read(name))
    else:
        yield None, _rows(path.read_bytes())


def _cell(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)


def _rows(data: bytes) -> list[list[str]]:
    text = data.decode("utf-16" if data[:2] == b"\xff\xfe" else "utf-8-sig").replace("\r\n", "\n")
    delimiter = ";" if ";" in text.split("\n")[0] else ","
    return [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(cell.strip() for cell in row)]


def _table(rows: list[list[str]]) -> list[PlainTable]:
    printed, *body = rows
    headings = [heading.replace("\u00ad", "").strip() for heading in printed]
    body = [row + [""] * (len(headings) - len(row)) for row in body]
    dated, content = _place(headings, DATES), _place(headings, IDS)
    if content is not None and dated is None and _place(headings, PUBLISHED) is not None:
        return [_videos(headings, body, content)]
    if dated is not None and content is None and all(name in METRIC or name in UNSTORED for name in headings if name not in DATES):
        return [_days(printed, headings, body, dated)]
    return []


def _place(headings: list[str], names: tuple[str, ...]) -> int | None:
    return next((place for place, heading in enumerate(headings) if heading in names), None)


def _is_total(cell: str) -> bool:
    return cell.replace("\u00ad", "").strip().lower() in ("total", "gesamt")


def _is_footer(row: list[str], place: int) -> bool:
    return len(row[place].split()) > 2 and not any(cell.strip() for number, cell in enumerate(row) if number != place)


def _value(cell: str, metric: str) -> int | float | None:
    plain = cell.strip()
    if plain in ("", "-", "--"):
        return None
    if metric == "watch_seconds":
        if plain.count(",") == 1 and "." not in plain:
            plain = plain.replace(",", ".")
        seconds = (Decimal(plain.replace(",", "")) * 3600).quantize(Decimal("0.001"))
        return int(seconds) if seconds == int(seconds) else float(seconds)
    return int(plain.replace(",", ""))


def _void(headings: list[str], body: list[list[str]], names: tuple[str, ...], first: int) -> set[str]:
    """Metrics that were not worked out: 0 or blank in every row but the total."""
    void = set()
    for place, heading in enumerate(headings):
        metric = METRIC.get(heading)
        if metric in names and metric is not None:
            values = [_value(row[place], metric) for row in body if not _is_total(row[first]) and not _is_footer(row, first)]
            if not any(values):
                void.add(metric)
    return void


def _videos(headings: list[str], body: list[list[str]], content: int) -> PlainTable:
    out = PlainTable("youtube_videos")
    skipped = aside = 0
    void = _void(headings, body, ("reach",), content)
    published, title, length = _place(headings, PUBLISHED), _place(headings, TITLES), _place(headings, LENGTHS)
    assert published is not None
    for number, row in enumerate(body, 1):
        if _is_total(row[content]) or _is_footer(row, content):
            skipped += 1
            continue
        post_id = row[content].strip()
        if not re.fullmatch(r"[\w-]{11}", post_id, re.ASCII):
            aside += 1
            continue
        value: dict[str, Any] = {
            "record_no": number,
            "network": "youtube",
            "post_id": post_id,
            "permalink": f"https://www.youtube.com/watch?v={post_id}",
        }
        if row[published].strip():
            value["published_at"] = _noon(row[published].strip())
        if title is not None and row[title].strip():
            value["text"] = row[title].strip(" \t\n")
        if length is not None and row[length].strip().isdigit():
            value["video_seconds"] = int(row[length])
        for heading, cell in zip(headings, row, strict=True):
            metric = METRIC.get(heading)
            if metric is None or metric in OF_DAYS or metric in void:
                continue
            figure = _value(cell, metric)
            if figure is not None:
                value[metric] = figure
                out.control_totals[metric] = out.control_totals.get(metric, 0) + figure
        out.values.append(value)
    out.rows = {"read": len(body), "kept": len(out.values), "skipped": skipped, "set_aside": aside}
    return out


def _noon(cell: str) -> str:
    day = datetime.fromisoformat(cell[:10]) if re.match(r"\d{4}-", cell) else datetime.strptime(cell, "%b %d, %Y")
    at = day.replace(hour=12, tzinfo=ZoneInfo("Europe/London")).astimezone(UTC)
    return at.replace(tzinfo=None).isoformat(timespec="milliseconds")


def _days(printed: list[str], headings: list[str], body: list[list[str]], dated: int) -> PlainTable:
    out = PlainTable("youtube_days")
    skipped = kept = 0
    void = _void(headings, body, ("reach", "new_viewers", "returning_viewers"), dated)
    for number, row in enumerate(body, 1):
        if _is_total(row[dated]) or _is_footer(row, dated):
            skipped += 1
            continue
        numbers = {
            METRIC[heading]: (place, _value(row[place], METRIC[heading])) for place, heading in enumerate(headings) if heading in METRIC
        }
        filled = {metric: one for metric, one in numbers.items() if one[1] is not None and metric not in void}
        skipped += not filled
        kept += bool(filled)
        for metric, (place, figure) in sorted(filled.items()):
            assert figure is not None
            out.values.append(
                {
                    "record_no": number,
                    "network": "youtube",
                    "day": date.fromisoformat(row[dated].strip().replace("/", "-")).isoformat(),
                    "metric": metric,
                    "value": figure,
                    "heading": printed[place],
                }
            )
            out.control_totals[metric] = out.control_totals.get(metric, 0) + figure
    out.rows = {"read": len(body), "kept": kept, "skipped": skipped, "set_aside": 0}
    return out
