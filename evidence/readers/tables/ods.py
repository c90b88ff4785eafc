"""Sheets of an OpenDocument spreadsheet (.ods), streamed: values, never formulas."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final, NamedTuple

from evidence.readers.errors import EncryptedError, UnreadableError, UnsupportedError
from evidence.readers.reading import Context
from evidence.readers.unpacking import DAMAGE, judge_directory

from .cell_formats import number_text
from .grid import COLUMNS, Grid, Rows
from .xlsx_parts import Workbook, local, pushed

_LENGTH: Final = re.compile(r"PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})(?:[.,]\d+)?S)?")
_REPEATED_ROWS: Final = 1000  # of one that says something; honest tables repeat none
_SPACES: Final = 1000  # that one element may stand for
_LIST: Final = "META-INF/manifest.xml"


def grids(file: BinaryIO, context: Context) -> Iterator[Grid]:
    """Yield the sheets in their order; each is read before the next is asked for.

    Raises:
        UnreadableError, EncryptedError, UnsupportedError: damaged, locked, or packed oddly.
        EntitiesError: it has a DOCTYPE.
        OverLimitError, ArchiveBombError: it unpacks to more than an honest one.
    """
    judge_directory(file)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = Workbook(archive, context.meter)
            if any(b"encryption-data" in piece for piece in parts.chunks(_LIST)):
                raise EncryptedError("the workbook is locked with a password")
            yield from _Sheets(parts.chunks("content.xml"))
    except DAMAGE as cause:
        raise UnreadableError("the workbook is damaged") from cause
    except NotImplementedError as cause:
        raise UnsupportedError("a member uses a packing that is not opened") from cause


class _Line(NamedTuple):
    """A row of a sheet, or, without cells, the beginning of one of that name."""

    sheet: str
    number: int = 0
    cells: list[str] | None = None


class _Sheets:
    """All sheets stand in one stream: what the reader of one leaves is stepped over."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._lines = _lines(chunks)
        self._next: _Line | None = None

    def __iter__(self) -> Iterator[Grid]:
        begin = next(self._lines, None)
        while begin is not None:
            self._next = None
            yield Grid(self._rows(), begin.sheet)
            for _ in self._rows():
                pass
            begin = self._next

    def _rows(self) -> Rows:
        while self._next is None and (line := next(self._lines, None)) is not None:
            if line.cells is None:
                self._next = line
                return
            yield line.number, line.cells


def _lines(chunks: Iterator[bytes]) -> Iterator[_Line]:
    content = _Content()
    for _ in pushed(chunks, content.begin, content.characters, content.end):
        yield from content.done
        content.done.clear()


class _Content:
    """Turns the elements of the content into beginnings of sheets and rows of texts."""

    def __init__(self) -> None:
        self.done: list[_Line] = []
        self._sheet = ""
        self._tables = 0  # open ones; one inside a cell is no sheet
        self._number = 0
        self._rows = 1
        self._cells: list[str] = []
        self._columns = 1
        self._value: str | None = None
        self._text: list[str] = []
        self._paragraphs = 0
        self._open = 0
        self._notes = 0

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """The beginning of an element."""
        told = {local(key): value for key, value in attributes.items()}
        if name == "table":
            self._tables += 1
            if self._tables == 1:
                self._sheet, self._number = told.get("name", ""), 0
                self.done.append(_Line(self._sheet))
        elif name == "table-row":
            self._rows, self._cells = _count(told, "number-rows-repeated"), []
        elif name in ("table-cell", "covered-table-cell"):
            self._columns = _count(told, "number-columns-repeated")
            self._value, self._paragraphs = _value_of(told), 0
            self._text.clear()
        elif name == "annotation":
            self._notes += 1
        elif name == "p":
            self._open += 1
            if self._paragraphs:
                self._text.append("\n")
            self._paragraphs += not self._notes
        elif name in ("s", "tab", "line-break") and self._open and not self._notes:
            blank = {"s": " " * min(_count(told, "c"), _SPACES), "tab": "\t", "line-break": "\n"}
            self._text.append(blank[name])

    def characters(self, text: str) -> None:
        """The text of a paragraph in a cell, but for that of a comment on it."""
        if self._open and not self._notes:
            self._text.append(text)

    def end(self, name: str) -> None:
        """The end of an element."""
        if name == "table":
            self._tables -= 1
        elif name == "annotation":
            self._notes -= 1
        elif name == "p":
            self._open -= 1
        elif name in ("table-cell", "covered-table-cell"):
            text = self._value if self._value is not None else "".join(self._text)
            missing = COLUMNS - len(self._cells)
            self._cells += [text] * min(self._columns, max(0, missing))
        elif name == "table-row":
            self._row()

    def _row(self) -> None:
        if any(self._cells):
            for further in range(1, min(self._rows, _REPEATED_ROWS) + 1):
                self.done.append(_Line(self._sheet, self._number + further, [*self._cells]))
        self._number += self._rows


def _count(told: Mapping[str, str], name: str) -> int:
    said = told.get(name, "1")
    return int(said) if said.isdecimal() and len(said) < 8 else 1


def _value_of(told: Mapping[str, str]) -> str | None:
    """What the cell holds, whatever it shows; None: the text that it shows."""
    kind = told.get("value-type", "")
    if kind in ("float", "currency"):
        try:
            return number_text(float(told.get("value", "")))
        except (ValueError, OverflowError):
            return None
    if kind == "date":
        return told.get("date-value", "").replace("T", " ") or None
    if kind == "time" and (found := _LENGTH.fullmatch(told.get("time-value", ""))):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return f"{hours}:{minutes:02}:{seconds:02}"
    return None
