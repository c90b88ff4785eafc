"""Sheets of an XLSX workbook, streamed: values, never formulas; dates by their number formats."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from evidence.readers.errors import EncryptedError, UnreadableError, UnsupportedError
from evidence.readers.reading import Context
from evidence.readers.unpacking import DAMAGE, judge_directory

from .cell_formats import Shape, date_text, number_text
from .grid import COLUMNS, Grid, Rows, Spans
from .xlsx_parts import Workbook, column_of, pushed

_COLUMN: Final = re.compile(r"[A-Z]{1,3}")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


def grids(file: BinaryIO, context: Context) -> Iterator[Grid]:
    """Yield the sheets in the workbook's order; each is read before the next is asked for.

    Raises:
        UnreadableError, EncryptedError, UnsupportedError: damaged, locked, or the binary form.
        EntitiesError: a part has a DOCTYPE.
        OverLimitError, ArchiveBombError: it unpacks to more than an honest one.
    """
    judge_directory(file)
    try:
        with zipfile.ZipFile(file) as archive:
            if any(info.flag_bits & 0x1 for info in archive.infolist()):
                raise EncryptedError("the workbook is locked with a password")
            workbook = Workbook(archive, context.meter)
            if not workbook.has("xl/workbook.xml") and workbook.has("xl/workbook.bin"):
                raise UnsupportedError("binary workbooks (XLSB) are not opened")
            strings, shapes = workbook.shared_strings(), workbook.shapes()
            since_1904 = workbook.since_1904()
            for sheet in workbook.sheets():
                reader = _Sheet(strings, shapes, since_1904)
                rows = reader.rows(workbook.chunks(sheet.member), workbook.merged(sheet.member))
                yield Grid(rows, sheet.name)
    except DAMAGE as cause:
        raise UnreadableError("the workbook is damaged") from cause
    except NotImplementedError as cause:
        raise UnsupportedError("a member uses a packing that is not opened") from cause


class _Sheet:
    """Turns the elements of one sheet into rows of texts."""

    def __init__(self, strings: list[str], shapes: list[Shape | None], since_1904: bool) -> None:
        self._strings = strings
        self._shapes = shapes
        self._since_1904 = since_1904
        self._done: list[tuple[int, list[str]]] = []
        self._number = 0
        self._cells: list[str] = []
        self._column = -1
        self._kind = "n"
        self._style = 0
        self._text: list[str] = []
        self._open = False
        self._guide = False

    def rows(self, chunks: Iterator[bytes], merged: list[tuple[int, int, int]]) -> Rows:
        spans = Spans(merged)
        for _ in pushed(chunks, self._begin, self._characters, self._end):
            for number, cells in self._done:
                spans.fill(number, cells)
                yield number, cells
            self._done.clear()

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            found = _COLUMN.match(attributes.get("r", ""))
            self._column = column_of(found[0]) if found else self._column + 1
            self._kind = attributes.get("t", "n")
            style = attributes.get("s", "0")
            self._style = int(style) if style.isdecimal() else 0
            self._text.clear()
        elif name in ("v", "t"):
            self._open = not self._guide
        elif name == "row":
            number = attributes.get("r", "")
            self._number = int(number) if number.isdecimal() else self._number + 1
            self._cells, self._column = [], -1
        elif name == "rPh":
            self._guide = True

    def _characters(self, text: str) -> None:
        if self._open:
            self._text.append(text)

    def _end(self, name: str) -> None:
        if name in ("v", "t"):
            self._open = False
        elif name == "c":
            if self._text and 0 <= self._column < COLUMNS:
                missing = self._column + 1 - len(self._cells)
                self._cells.extend([""] * max(0, missing))
                self._cells[self._column] = self._value("".join(self._text))
        elif name == "row":
            self._done.append((self._number, self._cells))
        elif name == "rPh":
            self._guide = False

    def _value(self, text: str) -> str:
        """The cell as a text; an error value is an empty cell."""
        kind = self._kind
        if kind == "s":
            at = int(text) if text.strip().isdecimal() else -1
            return _unescaped(self._strings[at]) if 0 <= at < len(self._strings) else ""
        if kind == "n":
            try:
                value = float(text)
                shape = self._shapes[self._style] if self._style < len(self._shapes) else None
                if shape is not None:
                    return date_text(value, shape, since_1904=self._since_1904)
                return number_text(value)
            except (ValueError, OverflowError):
                return text
        if kind == "e":
            return ""
        return _unescaped(text) if kind != "d" else text.replace("T", " ")


def _unescaped(text: str) -> str:
    """`_x000D_` and its like: characters that XML cannot hold."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
