"""Meta Ads Manager, in plain Python: rows of advertisements, and the rows that Meta summed up itself."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import python_calamine

from . import PlainTable

FORMATS = {"meta_ads"}
SAMPLES = ("meta_ads/*.csv", "meta_ads/*.xlsx")

# Heading, in small letters, to what it holds; amounts of money are told by their brackets.
HOLDS = {
    "starts": ("reporting starts", "início dos relatórios", "inicio del informe", "début des rapports", "berichtsstart"),
    "ends": ("reporting ends", "término dos relatórios", "fin del informe", "fin des rapports", "berichtsende"),
    "account_id": ("account id",),
    "account_name": ("account name", "nome da conta", "nom du compte"),
    "campaign": ("campaign name", "nome da campanha", "nombre de la campaña", "nom de la campagne", "kampagnenname"),
    "ad_set": ("ad set name", "nome do conjunto de anúncios", "nom de l'ensemble de publicités", "anzeigengruppenname"),
    "ad": ("ad name", "nome do anúncio", "nombre del anuncio", "nom de la publicité", "anzeigenname"),
    "campaign_id": ("campaign id",),
    "ad_set_id": ("ad set id",),
    "ad_id": ("ad id",),
    "delivery": ("ad delivery", "ad set delivery", "campaign delivery", "delivery status", "veiculação da campanha", "auslieferung"),
    "day": ("day", "tag"),
    "month": ("month",),
    "age": ("age",),
    "gender": ("gender",),
    "region": ("region",),
    "platform": ("platform",),
    "placement": ("placement",),
    "result_type": ("result type", "tipo de resultado"),
    "indicator": ("result indicator", "indicador de resultados"),
    "currency": ("currency",),
    "reach": ("reach", "alcance", "couverture", "reichweite"),
    "viewers": ("viewers",),
    "views": ("views", "visualizações"),
    "impressions": ("impressions", "impressões", "impresiones", "impressionen"),
    "clicks_all": ("clicks (all)", "cliques (todos)"),
    "link_clicks": ("link clicks", "cliques no link", "clics en el enlace", "clics sur un lien", "link-klicks"),
    "engagements": ("post engagements",),
    "video_3s_views": ("3-second video plays",),
    "results": ("results", "resultados", "résultats", "ergebnisse"),
}
MONEY = re.compile(r"(?:amount spent|valor usado|importe gastado|montant dépensé|ausgegebener betrag) \(([a-z]{3})\)")
OBJECTS = ("ad", "ad_set", "campaign")
BREAKDOWNS = ("day", "month", "age", "gender", "region", "platform", "placement")
COUNTS = ("reach", "viewers", "views", "impressions", "clicks_all", "link_clicks", "engagements", "video_3s_views")
NOTHING = ("", "-", "--", "\u2013", "\u2014")
TOTALS = ("total", "totals", "all", "gesamt", "resultados totales", "total geral")


def records(path: Path) -> list[list[str]]:
    """The file's rows as text, whatever it is wrapped in."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            return text_records(archive.read(archive.namelist()[0]))
    if path.suffix == ".xlsx":
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        return [[as_text(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()]
    return text_records(path.read_bytes())


def text_records(raw: bytes) -> list[list[str]]:
    text = None
    for encoding in ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    assert text is not None
    first = text.splitlines()[0]
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count)))


def as_text(cell: Any) -> str:
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, float):
        if cell >= 1e15:
            return f"{cell:.14E}"
        return str(int(cell)) if cell == int(cell) else repr(cell)
    return str(cell)


def cell_of(row: dict[str, str], key: str) -> str | None:
    cell = row.get(key, "").strip()
    return None if cell in NOTHING else cell


def day_of(cell: str | None) -> str | None:
    if cell is None:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(cell, form).date().isoformat()
        except ValueError:
            continue
    raise ValueError(cell)


def number_of(cell: str | None, decimals: bool) -> int | float | None:
    if cell is None:
        return None
    cell = cell.strip("£$€ ").replace("\u202f", "").replace("\xa0", "").replace(" ", "")
    if decimals and re.fullmatch(r"(\d+|\d{1,3}(\.\d{3})+),(\d{1,2}|\d{4,})", cell):
        cell = cell.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", cell):
        cell = cell.replace(",", "")
    if not re.fullmatch(r"\d+(\.\d+)?" if decimals else r"\d+", cell):
        raise ValueError(cell)
    value = Decimal(cell).quantize(Decimal("0.001"), ROUND_HALF_UP)
    return int(value) if value == int(value) else float(value)


def is_sound(number: str | None, rounded: bool) -> str | None:
    if number is None or re.search(r"[eE]", number):
        return None
    return None if rounded and len(number) > 15 and not number[15:].strip("0") else number


def tables(path: Path, answers: Mapping[str, Any]) -> list[PlainTable]:
    rows = records(path)
    names, money = [], None
    for heading in rows[0]:
        heading = " ".join(heading.lower().split())
        found = MONEY.fullmatch(heading)
        money = found[1].upper() if found else money
        names.append("spend" if found else next((key for key, known in HOLDS.items() if heading in known), f"other: {heading}"))
    out = PlainTable("meta_ads", rows={"read": 0, "kept": 0, "skipped": 0, "set_aside": 0})
    # Of a heading that stands twice the first counts here; no file tested has two unlike ones that are read.
    parsed = [dict(reversed(list(zip(names, row, strict=True)))) for row in rows[1:] if any(cell.strip() for cell in row)]
    out.rows["read"] = len(parsed)
    for key in ("results", "spend"):
        # Where some cell has a comma before its decimals, a point before three figures may be one of thousands: it is no number.
        if any(re.search(r",\d{1,2}$", row.get(key, "").strip()) for row in parsed):
            for row in parsed:
                row[key] = "doubtful" if re.fullmatch(r"[£$€]? ?\d{1,3}\.\d{3}", row.get(key, "").strip()) else row.get(key, "")
    every = [plain_row(row) for row in parsed]
    plain = [row for row in every if row]
    sums = [row for row in plain if adds_up(row, plain)]
    for row in sums:
        row |= {one: None for one in OBJECTS if called_total(row[one])}
    ids = {row[f"{one}_id"] for row in plain for one in OBJECTS if row.get(f"{one}_id")}
    rounded = not any(len(one) > 15 and one[15:].strip("0") and one.isdigit() for one in ids) and any("E" in one.upper() for one in ids)
    accounts = {(row.get("account_id"), row.get("account_name")) for row in plain} - {(None, None)}
    whose = next(iter(accounts)) if len(accounts) == 1 else (None, "Several accounts" if accounts else None)
    finest = next((one for one in OBJECTS if any(named(row, one) for row in plain)), None)
    for number, told in enumerate(every, 1):
        if not told or (not any(named(told, one) for one in OBJECTS) and told["delivered"]):
            out.rows["set_aside"] += 1
            continue
        own = next((one for one in OBJECTS if named(told, one)), None)
        level = own.replace("_", " ") if own and own == finest else "total"
        if not finest and (told["account_id"] or told["account_name"]):
            level = "account"
        if is_subtotal(told, plain):
            level = "total"
        identity, title = (told["account_id"], told["account_name"]) if told["account_id"] or told["account_name"] else whose
        account = is_sound(identity, rounded) or (f"name:{title.lower()}" if title else None)
        starts, ends = told["starts"], told["ends"]
        if level == "total":
            starts = starts or min(one["starts"] for one in plain if one["starts"])
            ends = ends or max(one["ends"] for one in plain if one["ends"])
        if not starts or not ends or ends < starts:
            out.rows["set_aside"] += 1
            continue
        value = {
            "record_no": number,
            "network": "meta",
            "account": account,
            "level": level,
            **{one: told[one] for one in OBJECTS},
            "object_id": is_sound(told[f"{own}_id"], rounded) if own else None,
            "breakdown": json.dumps(told["breakdown"], ensure_ascii=False, separators=(",", ":")) if told["breakdown"] else None,
            "window_start": starts,
            "window_end": ends,
            "result_type": told["result_type"] or told["indicator"],
            "currency": money or told["currency"],
            **{key: told[key] for key in (*COUNTS, "results", "spend")},
        }
        out.values.append({key: cell for key, cell in value.items() if cell is not None})
        out.rows["kept"] += 1
        if level != "total":
            for key in (*COUNTS, "results", "spend"):
                if told[key] is not None:
                    out.control_totals[key] = round(out.control_totals.get(key, 0) + told[key], 3)
    return [out]


def plain_row(row: dict[str, str]) -> dict[str, Any] | None:
    """One row's cells as values, None if one of them is none."""
    told: dict[str, Any] = {
        key: cell_of(row, key)
        for key in (*OBJECTS, "account_id", "account_name", "campaign_id", "ad_set_id", "ad_id", "result_type", "indicator", "currency")
    }
    told["delivered"] = cell_of(row, "delivery")
    try:
        told |= {key: number_of(cell_of(row, key), False) for key in COUNTS}
        told |= {key: number_of(cell_of(row, key), True) for key in ("results", "spend")}
        told |= {key: day_of(cell_of(row, key)) for key in ("starts", "ends")}
        parts = {key: day_of(cell_of(row, key)) if key == "day" else cell_of(row, key) for key in BREAKDOWNS}
    except ValueError:
        return None
    told["breakdown"] = {key: cell for key, cell in parts.items() if cell and cell.lower() != "all"}
    if told["views"] == 0 and told["impressions"]:
        told["views"] = None
    return told


def called_total(name: str | None) -> bool:
    return (name or "").lower() in TOTALS or bool(re.fullmatch(r"results from \d+ .*", (name or "").lower()))


def may_be_total(row: dict[str, Any]) -> bool:
    marked = row["delivered"] or any(row[f"{one}_id"] for one in OBJECTS)
    return not marked and any(called_total(row[one]) for one in OBJECTS)


def lies_within(row: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether the other row's window begins in that of the row."""
    day, start = row["breakdown"].get("day"), other["breakdown"].get("day") or other["starts"] or ""
    return (day or row["starts"] or "") <= start <= (day or row["ends"] or "9999")


def is_subtotal(row: dict[str, Any], rows: list[dict[str, Any]]) -> bool:
    """Whether another row of the same object in its window has more breakdowns."""
    alike = (other for other in rows if object_of(other) == object_of(row) and lies_within(row, other))
    return any(len(other["breakdown"]) > len(row["breakdown"]) for other in alike)


def adds_up(row: dict[str, Any], rows: list[dict[str, Any]]) -> bool:
    """Whether a row that goes by a word for a total is the sum of the others."""
    if not may_be_total(row):
        return False
    rest = [other for other in rows if not may_be_total(other)]
    finest = next((one for one in OBJECTS if any(named(other, one) for other in rest)), None)
    parts = [other for other in rest if (not finest or named(other, finest)) and not is_subtotal(other, rows) and lies_within(row, other)]
    if row["breakdown"]:
        parts = [other for other in parts if other["breakdown"] == row["breakdown"]]
    key, rounding = ("spend", 0.001) if row["impressions"] is None else ("impressions", 0)
    numbers = [other[key] for other in parts if other[key] is not None]
    return bool(numbers) and row[key] is not None and abs(row[key] - sum(numbers)) <= rounding * row[key]


def named(row: dict[str, Any], one: str) -> str | None:
    return row[one] or row[f"{one}_id"]


def object_of(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[key] for one in OBJECTS for key in (one, f"{one}_id"))
