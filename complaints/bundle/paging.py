"""On which pages of the complaint each exhibit stands, read back from what was typeset."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pikepdf

from complaints.bundle.errors import PageSettingError


@dataclass(frozen=True)
class Pages:
    """First and last page of one exhibit, counted from 1 as they are printed."""

    first: int
    last: int

    @property
    def count(self) -> int:
        """How many pages the exhibit has."""
        return self.last - self.first + 1

    @property
    def span(self) -> str:
        """12–14, or 12 where it is one page: as the evidence list prints it."""
        return str(self.first) if self.count == 1 else f"{self.first}–{self.last}"


def pages_of(pdf: bytes, exhibits: Sequence[str]) -> Mapping[str, Pages]:
    """The pages of each exhibit in the complaint that the typesetter made.

    Every exhibit begins on a page of its own under a destination of its number, and they stand in
    their order at the document's end: one ends where the next begins.

    Args:
        pdf: the complaint, signed or not.
        exhibits: their numbers, in the order of the document.

    Raises:
        PageSettingError: an exhibit has no page.
    """
    if not exhibits:
        return {}
    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers = {page.obj.objgen: index for index, page in enumerate(document.pages, 1)}
        named = pikepdf.NameTree(document.Root.Names.Dests)
        try:
            first = [numbers[named[number][0].objgen] for number in exhibits]
        except KeyError as cause:
            raise PageSettingError("an exhibit has no page") from cause
    ends = [*(following - 1 for following in first[1:]), len(numbers)]
    return {
        number: Pages(start, end) for number, start, end in zip(exhibits, first, ends, strict=True)
    }
