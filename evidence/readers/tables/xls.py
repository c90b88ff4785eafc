"""Sheets of a BIFF workbook (`.xls`), with and without the OLE container around it."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import xlrd

from evidence.readers import limits
from evidence.readers.errors import EncryptedError, OverLimitError, UnreadableError
from evidence.readers.reading import Context

from .cell_formats import Shape, date_text, number_text, shape_of
from .grid import COLUMNS, Grid, Rows, Spans
from .workbook_marks import LOCKED, OLE, STREAMS

# What the library answers to bytes that are no workbook.
_DAMAGE: Final = (
    xlrd.XLRDError,
    xlrd.compdoc.CompDocError,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)


def grids(file: BinaryIO, context: Context) -> Iterator[Grid]:
    """Yield the sheets in the workbook's order; an OLE file without a workbook has none.

    Raises:
        EncryptedError: the workbook is locked with a password.
        OverLimitError: more than 64 MiB, which a workbook of this kind never has.
        UnreadableError: it is damaged.
    """
    raw = file.read(limits.MEMBER_IN_MEMORY + 1)
    if len(raw) > limits.MEMBER_IN_MEMORY:
        raise OverLimitError("workbook_bytes", limits.MEMBER_IN_MEMORY)
    if LOCKED in raw:
        raise EncryptedError("the workbook is locked with a password")
    if raw.startswith(OLE) and not any(stream in raw for stream in STREAMS):
        return
    try:
        book = _opened(raw)
        for number in range(book.nsheets):
            sheet = book.sheet_by_index(number)
            yield Grid(_rows(book, sheet), sheet.name)
            book.unload_sheet(number)
    except _DAMAGE as cause:
        raise UnreadableError("the workbook is damaged") from cause


def _opened(raw: bytes) -> Any:
    """The workbook; simple writers leave out the styles, without which dates are numbers.

    Old ones do not say their encoding either: then it is that of every other text.
    """
    try:
        book = _book(raw, formatting_info=True)
    except _DAMAGE as cause:
        if "ncrypted" in str(cause):
            raise EncryptedError("the workbook is locked with a password") from cause
        try:
            book = _book(raw)
        except _DAMAGE as cause:
            raise UnreadableError("the workbook is damaged") from cause
    if book.codepage is not None:
        return book
    try:
        return _book(raw, encoding_override="utf-8", on_demand=False)
    except UnicodeDecodeError:
        return _book(raw, encoding_override="gb18030", on_demand=False)
    except _DAMAGE as cause:
        raise UnreadableError("the workbook is damaged") from cause


def _book(raw: bytes, **wanted: Any) -> Any:
    return xlrd.open_workbook(
        file_contents=raw, logfile=io.StringIO(), **{"on_demand": True, **wanted}
    )


def _rows(book: Any, sheet: Any) -> Rows:
    """The cells of one sheet; what the library trips over within it is damage, too."""
    try:
        yield from _cells(book, sheet)
    except _DAMAGE as cause:
        raise UnreadableError("the workbook is damaged") from cause


def _cells(book: Any, sheet: Any) -> Rows:
    shapes = _shapes(book)
    merged = [
        (left, top + 1, below) for top, below, left, _ in sheet.merged_cells if below > top + 1
    ]
    spans = Spans(merged)
    since_1904 = book.datemode == 1
    for at in range(sheet.nrows):
        values = sheet.row_values(at, 0, COLUMNS)
        kinds = sheet.row_types(at, 0, COLUMNS)
        styles = sheet._cell_xf_indexes[at] if shapes else None
        cells: list[str] = []
        for column, (value, kind) in enumerate(zip(values, kinds, strict=True)):
            if kind == xlrd.XL_CELL_TEXT:
                cells.append(value)
            elif kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                shape = shapes.get(styles[column]) if styles is not None else None
                if shape is None:
                    cells.append(number_text(value))
                else:
                    cells.append(date_text(value, shape, since_1904=since_1904))
            elif kind == xlrd.XL_CELL_BOOLEAN:
                cells.append(str(value))
            else:
                cells.append("")
        spans.fill(at + 1, cells)
        yield at + 1, cells


def _shapes(book: Any) -> dict[int, Shape]:
    """Style → what its number format shows of a date; empty when the workbook has no styles."""
    found: dict[int, Shape] = {}
    for index, style in enumerate(book.xf_list):
        known = book.format_map.get(style.format_key)
        shape = shape_of((known.format_str or "") if known is not None else "")
        if shape is not None:
            found[index] = shape
    return found
