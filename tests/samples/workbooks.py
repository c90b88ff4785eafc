"""Invented tables of operators and phones, in every shape that is called a spreadsheet."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from email.message import EmailMessage
from typing import Any

import openpyxl
import xlwt

Cell = Any
Rows = Sequence[Sequence[Cell]]

HEADER = ("起始时间", "通信地点", "通信方式", "对方号码", "通信时长", "通信类型", "实收通信费(元)")
BILL: Rows = (
    ("中国移动通信客户语音详单",),
    ("手机号码：13700000009", "", "", "打印日期：2024-04-02"),
    ("起止日期：2024-03-01至2024-03-31",),
    HEADER,
    ("2024-03-05 07:08:09", "杭州", "被叫", "13700000001", "1分5秒", "本地", "0.00"),
    ("2024-03-05 08:00:00", "杭州", "主叫", "02160000001", "58秒", "本地", "0.10"),
    ("2024-03-06 09:00:00", "杭州", "呼转", "138****1234", "00:01:05", "本地", "0.10"),
    ("合计", "", "", "", "3分8秒", "", "0.20"),
)
_CODES = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm:ss", time: "h:mm:ss"}


def ods(sheets: dict[str, Rows]) -> bytes:
    """An OpenDocument spreadsheet: texts, numbers, wall clocks; None is an empty cell."""

    def cell(value: object) -> str:
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, datetime):
            kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
            return f"<table:table-cell {kind}><text:p>shown</text:p></table:table-cell>"
        if isinstance(value, int | float):
            kind = f'office:value-type="float" office:value="{value}"'
            return f"<table:table-cell {kind}><text:p>1.37E+10</text:p></table:table-cell>"
        text = "".join(f"<text:p>{html.escape(line)}</text:p>" for line in str(value).split("\n"))
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'

    tables = "".join(
        f'<table:table table:name="{html.escape(name)}">'
        + "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
        + '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>'
        for name, rows in sheets.items()
    )
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{space}:office:1.0" '
        f'xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return packed_ods(content.encode())


def packed_ods(content: bytes, *, manifest: bytes = b"<manifest/>") -> bytes:
    """The content in its archive, the type first and bare."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def xlsx(sheets: dict[str, Rows], *, merged: Sequence[str] = (), since_1904: bool = False) -> bytes:
    """A workbook as openpyxl writes it; `merged` are ranges of the first sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    if since_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(sheets: dict[str, Rows], *, merged: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """A BIFF 8 workbook in its OLE container; `merged` are first and last row and column."""
    book = xlwt.Workbook(encoding="utf-8")
    styles = {kind: xlwt.easyxf(num_format_str=code) for kind, code in _CODES.items()}
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell != "":
                    style = styles.get(type(cell), xlwt.Style.default_style)
                    sheet.write(number, column, cell, style)
    for top, below, left, right in merged:
        book.get_sheet(0).merge(top, below, left, right)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bare_biff(rows: Rows) -> bytes:
    """The records that simple web scripts pack by hand: no container, styles or code page."""
    out = [_record(0x809, bytes.fromhex("0000100000000000"))]
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            place = number.to_bytes(2, "little") + column.to_bytes(2, "little") + b"\0\0"
            raw = str(cell).encode("gbk")
            out.append(_record(0x204, place + len(raw).to_bytes(2, "little") + raw))
    return b"".join((*out, _record(0x0A, b"")))


def _record(kind: int, body: bytes) -> bytes:
    return kind.to_bytes(2, "little") + len(body).to_bytes(2, "little") + body


def page(rows: Rows, *, charset: str = "gb2312", title: str = "") -> str:
    """An HTML table as operators' portals give it out under the name `.xls`."""
    body = "".join(
        "<tr>" + "".join(f"<td style='x'>{html.escape(str(cell))}</td>" for cell in row) + "</tr>\n"
        for row in rows
    )
    return (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
        f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
        f"<style>td {{ color: red }}</style></head><body>{title}"
        f"<table border=1>{body}</table></body>"
    )


def spreadsheetml(rows: Rows, name: str = "Sheet1") -> str:
    """An XML spreadsheet of 2003."""
    cells = "".join(
        "<Row>"
        + "".join(
            f'<Cell><Data ss:Type="{"Number" if isinstance(cell, int | float) else "String"}">'
            f"{html.escape(str(cell))}</Data></Cell>"
            for cell in row
        )
        + "</Row>"
        for row in rows
    )
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"\n'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">\n'
        f'<Worksheet ss:Name="{name}"><Table>{cells}</Table></Worksheet></Workbook>'
    )


def handmade(sheet: str, *, strings: str = "", styles: str = "", first: str = "xl/a.xml") -> bytes:
    """A workbook of which only the parts that matter are there."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(first, "")
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        if strings:
            archive.writestr("xl/sharedStrings.xml", strings)
        if styles:
            archive.writestr("xl/styles.xml", styles)
    return out.getvalue()


def web_archive(rows: Rows) -> bytes:
    """A page with a table, saved as a "web archive" (MHT)."""
    part = EmailMessage()
    part.set_content(page(rows), subtype="html", charset="utf-8", cte="quoted-printable")
    archive = EmailMessage()
    archive["MIME-Version"] = "1.0"
    archive.make_related()
    archive.attach(part)
    return archive.as_bytes()
