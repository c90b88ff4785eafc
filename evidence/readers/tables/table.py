"""Tables of messages and calls: CSV with Chinese or English headers, operator bills, Nokia CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import BinaryIO, Final

from evidence.readers.errors import UnreadableError
from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.syntax.texts import rows_of, whole_text

from .grid import Grid
from .table_columns import SEARCHED_ROWS, find_header
from .table_nokia import START, nokia
from .table_rows import records_of_grid

VERSION: Final = "8"

_SEPARATORS: Final = (",", "\t", ";", "|")
HEAD: Final = 32_768  # characters in which the header stands


def recognise(text: str) -> str | None:
    """`message_table`, `call_table`, `nokia_csv`, or None, by the first rows of a text."""
    if START.match(text.lstrip("\ufeff")):
        return "nokia_csv"
    return holding([rows for _, rows in _heads(text[:HEAD])])


def holding(heads: Sequence[Sequence[Sequence[str]]]) -> str | None:
    """The format of the first of several beginnings of tables that has a header we know."""
    for rows in heads:
        if header := find_header(rows):
            return "message_table" if header.holds == "messages" else "call_table"
    return None


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield one record a row; places are the physical lines on which the rows begin.

    Raises:
        OverLimitError: more than 64 MiB.
        UnreadableError: the bytes are no text, or the quotes never close.
    """
    text = whole_text(file, context).lstrip("\ufeff")
    if START.match(text):
        yield from nokia(text, context)
        return
    found = next((by for by, rows in _heads(text[:HEAD]) if find_header(rows)), None)
    if found is None:
        raise UnreadableError("the table has no header that we know")
    try:
        yield from records_of_grid(Grid(rows_of(text, found)), context)
    except csv.Error as cause:
        raise UnreadableError("the table's quotes never close") from cause


def _heads(text: str) -> Iterator[tuple[str, list[list[str]]]]:
    """The first rows by each separator."""
    for separator in _SEPARATORS:
        try:
            yield separator, [row for _, row in islice(rows_of(text, separator), SEARCHED_ROWS)]
        except csv.Error:
            continue
