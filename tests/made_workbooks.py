"""Small workbooks for tests: sheets of text and numbers as xlsx, and as the XML of 2003 that goes by .xls."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

Sheets = Mapping[str, Sequence[Sequence[str | float | None]]]
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8"?>'


def xlsx(sheets: Sheets) -> bytes:
    stream = io.BytesIO()
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:

        def add(name: str, text: str) -> None:
            archive.writestr(zipfile.ZipInfo(name), _XML + text, zipfile.ZIP_DEFLATED)

        parts = "".join(
            f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{kinds}.worksheet+xml"/>' for number in range(len(sheets))
        )
        add(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>{parts}</Types>',
        )
        link = '<Relationship Id="{0}" Type="{1}/{2}" Target="{3}"/>'
        top = link.format("r", _LINKS, "officeDocument", "xl/workbook.xml")
        add("_rels/.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{top}</Relationships>')
        names = "".join(f'<sheet name={quoteattr(sheet)} sheetId="{number + 1}" r:id="s{number}"/>' for number, sheet in enumerate(sheets))
        add("xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{names}</sheets></workbook>')
        links = "".join(link.format(f"s{number}", _LINKS, "worksheet", f"worksheets/sheet{number}.xml") for number in range(len(sheets)))
        add("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>')
        for number, rows in enumerate(sheets.values()):
            text = "".join(f"<row>{''.join(_cell(cell) for cell in row)}</row>" for row in rows)
            add(f"xl/worksheets/sheet{number}.xml", f'<worksheet xmlns="{_MAIN}"><sheetData>{text}</sheetData></worksheet>')
    return stream.getvalue()


def _cell(cell: str | float | None) -> str:
    if cell is None:
        return "<c/>"
    if isinstance(cell, str):
        return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    return f"<c><v>{cell!r}</v></c>"


def spreadsheet_xml(sheets: Sheets) -> bytes:
    tables = "".join(
        f"<Worksheet ss:Name={quoteattr(sheet)}><Table>"
        + "".join(f"<Row>{''.join(f'<Cell><Data>{escape(str(cell or chr(32)))}</Data></Cell>' for cell in row)}</Row>" for row in rows)
        + "</Table></Worksheet>"
        for sheet, rows in sheets.items()
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">{tables}</Workbook>'.encode()
