"""Workbooks, and the tables in markup that go by their name: every sheet that holds records.

What is on a sheet decides: a chat tool's table, a table of messages or calls; any other sheet has
no records.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import zip_longest
from typing import BinaryIO, Final, cast

from evidence.readers.chat_exports import chat_table
from evidence.readers.reading import Context, Notes, Options
from evidence.readers.record import Record
from evidence.readers.sniff import sniff

from . import ods, xls, xlsx
from .grid import Grid
from .markup_tables import html_grids, spreadsheetml_grids
from .table_columns import header_of
from .table_rows import records_of_grid

VERSION: Final = "7"

_GRIDS: Final = {
    "xlsx": xlsx.grids,
    "ods": ods.grids,
    "xls": xls.grids,
    "ole": xls.grids,
    "html_table": html_grids,
    "xml_table": spreadsheetml_grids,
}


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield the records of all sheets; places are `{"row": n, "table": sheet}`.

    Raises:
        UnreadableError, EncryptedError, UnsupportedError: it is damaged, locked, or unknown.
        RefusedError: beyond a limit, or with a DOCTYPE.
    """
    kind = sniff(file)
    with closing(cast("Generator[Grid]", _GRIDS[kind](file, context))) as grids:
        for grid in grids:
            head, whole = grid.peeked(chat_table.SEARCHED_ROWS)
            if chat_table.header_of([cells for _, cells in head]):
                yield from chat_table.records_of_grid(whole, context)
                continue
            for record in records_of_grid(whole, context):
                context.notes.unverified()
                yield record


def row_of(file: BinaryIO, table: str, number: int) -> list[tuple[str, str]] | None:
    """The cells of one row of a sheet that say something, each with the name above it.

    Raises: as `read`.
    """
    grids = _GRIDS.get(sniff(file))
    if grids is None:
        return None
    file.seek(0)
    names: list[str] = []
    with closing(cast("Generator[Grid]", grids(file, Context("", Options(), Notes())))) as opened:
        for grid in opened:
            if grid.name != table:
                continue
            for at, cells in grid.rows:
                if at < number:
                    names = cells if header_of(cells, 0) or chat_table.header_of([cells]) else names
                elif at == number:
                    named = zip_longest(names[: len(cells)], cells, fillvalue="")
                    return [(name.strip(), cell) for name, cell in named if cell]
                else:
                    break
    return None
