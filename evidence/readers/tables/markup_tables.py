"""Tables in markup that is named `.xls`: HTML pages of operators, SpreadsheetML of 2003."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final
from xml.parsers import expat

from evidence.readers.errors import EntitiesError, UnreadableError
from evidence.readers.reading import Context
from evidence.readers.syntax.texts import whole_text

from .cell_formats import number_text
from .grid import COLUMNS, Grid, Rows, Spans
from .xlsx_parts import local

_STEP: Final = re.compile(r"<(/?)(table|tr|t[dh]|script|style)\b([^<>]*)>|<!--", re.I)
_CLOSED: Final = {
    "script": re.compile(r"</script\s*>", re.I),
    "style": re.compile(r"</style\s*>", re.I),
    "": re.compile("-->"),
}
_SPAN: Final = re.compile(r"\b(row|col)span\s*=\s*[\"']?\s*(\d{1,4})", re.I)
_BREAK: Final = re.compile(r"<(?:br|/p|/div)\b[^<>]*>", re.I)
_TAG: Final = re.compile(r"<[^<>]*>")
_BLANKS: Final = re.compile(r"[ \t\r\n]+")


def html_grids(file: BinaryIO, context: Context) -> Iterator[Grid]:
    """Yield the outermost tables of a page that hold cells, named by their number from 1.

    Raises:
        OverLimitError, UnreadableError: more than 64 MiB, or no text.
    """
    yield from grids_of_page(whole_text(file, context))


def grids_of_page(text: str) -> Iterator[Grid]:
    """As `html_grids`, of a text; a table within a cell is a table of its own."""
    for number, rows in enumerate(_tables(text), 1):
        yield Grid(iter(rows), str(number))


def _steps(text: str) -> Iterator[re.Match[str]]:
    """The tags that make tables; comments, scripts and styles are passed over."""
    at = 0
    while step := _STEP.search(text, at):
        name = (step[2] or "").lower()
        at = step.end()
        if name in _CLOSED:
            if not step[1]:
                closed = _CLOSED[name].search(text, at)
                if closed is None:
                    return
                at = closed.end()
            continue
        yield step


def _tables(text: str) -> Iterator[list[tuple[int, list[str]]]]:
    """Rows of each table in the order of the ends of the tables; unclosed ones count."""
    open_tables: list[_Table] = []
    for step in _steps(text):
        closing, name = step[1], step[2].lower()
        if name == "table" and not closing:
            open_tables.append(_Table(text))
        elif not open_tables:
            if name == "tr" and not closing:  # a page of bare rows
                open_tables.append(_Table(text))
                open_tables[-1].row()
        elif name == "table":
            if rows := open_tables.pop().finished(step.start()):
                yield rows
        elif name == "tr":
            open_tables[-1].cell_ends(step.start())
            if not closing:
                open_tables[-1].row()
        elif closing:
            open_tables[-1].cell_ends(step.start())
        else:
            open_tables[-1].cell(step)
    while open_tables:
        if rows := open_tables.pop().finished(len(text)):
            yield rows


class _Table:
    """One table while its tags go by."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._rows: list[list[str]] = []
        self._spans: list[tuple[int, int, int]] = []
        self._hanging: dict[int, tuple[int, int]] = {}  # column → first and last row of a cell
        self._begun = -1
        self._width = 1

    def row(self) -> None:
        self._rows.append([])

    def cell(self, step: re.Match[str]) -> None:
        self.cell_ends(step.start())
        if not self._rows:
            self.row()
        spans = {kind.lower(): int(count) for kind, count in _SPAN.findall(step[3])}
        cells = self._rows[-1]
        while self._hangs(len(cells)):
            cells.append("")
        down, self._width = spans.get("row", 1), max(1, spans.get("col", 1))
        if down > 1:
            place = len(self._rows)
            self._spans.append((len(cells), place, place + down - 1))
            self._hanging[len(cells)] = (place, place + down - 1)
        self._begun = step.end()

    def _hangs(self, column: int) -> bool:
        """Whether a cell of a row above takes this place."""
        first, last = self._hanging.get(column, (0, 0))
        return first < len(self._rows) <= last

    def cell_ends(self, at: int) -> None:
        if self._begun < 0:
            return
        cells = self._rows[-1]
        if len(cells) < COLUMNS:
            cells.append(plain(self._text[self._begun : at]))
            cells.extend([""] * min(self._width - 1, COLUMNS - len(cells)))
        self._begun = -1

    def finished(self, at: int) -> list[tuple[int, list[str]]]:
        self.cell_ends(at)
        spans = Spans(self._spans)
        rows: list[tuple[int, list[str]]] = []
        for number, cells in enumerate(self._rows, 1):
            spans.fill(number, cells)
            rows.append((number, cells))
        return rows


def plain(markup: str) -> str:
    """The text of a cell: breaks are line ends, other tags go, entities are resolved."""
    if "<" in markup:
        lines = [_BLANKS.sub(" ", line) for line in _BREAK.split(markup)]
        markup = _TAG.sub("", "\n".join(line.strip() for line in lines)).strip()
    elif "\n" in markup or "\r" in markup:
        markup = _BLANKS.sub(" ", markup)
    if "&" in markup:
        markup = html.unescape(markup).replace("\u00a0", " ")
    return markup.strip()


def spreadsheetml_grids(file: BinaryIO, context: Context) -> Iterator[Grid]:
    """Yield the worksheets of an XML spreadsheet of 2003.

    Raises:
        EntitiesError: it has a DOCTYPE.
        OverLimitError, UnreadableError: more than 64 MiB, no text, or no XML.
    """
    text = whole_text(file, context)
    reader = _SpreadsheetML()
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(text.lstrip().encode("utf-8", "surrogatepass"), True)
    except expat.ExpatError as cause:
        if not reader.sheets:
            raise UnreadableError("the table is no XML") from cause
        context.notes.warn("file_truncated")
    for name, rows in reader.sheets:
        yield Grid(_spanned(rows, reader.spans.get(name, [])), name)


def _spanned(rows: list[tuple[int, list[str]]], merged: list[tuple[int, int, int]]) -> Rows:
    spans = Spans(merged)
    for number, cells in rows:
        spans.fill(number, cells)
        yield number, cells


def _refuse(*_: object) -> None:
    raise EntitiesError("a DOCTYPE stands in a spreadsheet")


class _SpreadsheetML:
    """Collects sheets, rows and cells; positions may be left out or jump (`ss:Index`)."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, list[tuple[int, list[str]]]]] = []
        self.spans: dict[str, list[tuple[int, int, int]]] = {}
        self._number = 0
        self._cells: list[str] = []
        self._width = 0
        self._kind = ""
        self._text: list[str] | None = None

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        name = local(name)
        given = {local(key): value for key, value in attributes.items()}
        if name == "Worksheet":
            self.sheets.append((given.get("Name", str(len(self.sheets) + 1)), []))
            self._number = 0
        elif name == "Row" and self.sheets:
            self._number = _count(given.get("Index"), self._number + 1)
            self._cells = []
            self.sheets[-1][1].append((self._number, self._cells))
        elif name == "Cell" and self.sheets:
            at = min(_count(given.get("Index"), len(self._cells) + 1) - 1, COLUMNS)
            self._cells.extend([""] * (at - len(self._cells)))
            self._width = min(_count(given.get("MergeAcross"), 0), COLUMNS)
            if down := _count(given.get("MergeDown"), 0):
                spans = self.spans.setdefault(self.sheets[-1][0], [])
                spans.append((at, self._number, self._number + down))
        elif name == "Data":
            self._kind = given.get("Type", "String")
            self._text = []

    def characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, name: str) -> None:
        name = local(name)
        if name == "Data" and self._text is not None:
            self._cells.append(_typed("".join(self._text), self._kind))
            self._text = None
            self._width -= 1
        elif name == "Cell":
            self._cells.extend([""] * (self._width + 1))
            self._width = 0


def _count(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 8 else otherwise


def _typed(text: str, kind: str) -> str:
    if kind == "Number":
        try:
            return number_text(float(text))
        except (ValueError, OverflowError):
            return text
    if kind == "DateTime":  # 1899-12-31 is the day of bare clocks
        day, _, clock = text.partition("T")
        return clock[:8] if day.startswith("1899-12-3") else f"{day} {clock[:8]}".strip()
    return "" if kind == "Error" else text
