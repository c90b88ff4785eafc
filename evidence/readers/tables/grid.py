"""A table as every reader of tables sees it, wherever its rows come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, Final, NamedTuple

COLUMNS: Final = 256  # further ones are no table of messages
Rows = Iterator[tuple[int, list[str]]]


class Grid(NamedTuple):
    """One table of a file: a text, a sheet of a workbook, a table of a page.

    Attributes:
        rows: number of the row and its cells as texts; blank rows may be left out.
        name: of the sheet; None for a text, whose rows are numbered by lines.
    """

    rows: Rows
    name: str | None = None

    def place(self, number: int) -> Mapping[str, Any]:
        """Where the row stands: `line` of a text, else `row` of the `table`."""
        if self.name is None:
            return {"line": number}
        return {"row": number, "table": self.name}

    def peeked(self, count: int) -> tuple[list[tuple[int, list[str]]], Grid]:
        """The first rows, and the grid with these rows still in it."""
        head: list[tuple[int, list[str]]] = []
        for row in self.rows:
            head.append(row)
            if len(head) == count:
                break
        return head, Grid(chain(head, self.rows), self.name)


class Spans:
    """A value of a cell that spans rows belongs to each of them."""

    def __init__(self, merged: list[tuple[int, int, int]]) -> None:
        """`merged` are columns from 0 with their first and last row."""
        self._waiting = sorted(merged, key=lambda span: -span[1])
        self._active: dict[int, tuple[int, str]] = {}

    def fill(self, number: int, cells: list[str]) -> None:
        """Add to a row what stands above it; rows come in order."""
        for column, (last, value) in list(self._active.items()):
            if last < number:
                del self._active[column]
                continue
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = cells[column] or value
        while self._waiting and self._waiting[-1][1] <= number:
            column, first, last = self._waiting.pop()
            if first == number and column < min(len(cells), COLUMNS) and cells[column]:
                self._active[column] = (last, cells[column])
