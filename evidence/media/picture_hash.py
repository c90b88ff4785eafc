"""A perceptual hash that tells two pictures of one chat apart: the grey of each small cell.

The usual hashes of 64 bits are made for photographs. Pages of one chat share paper, bars, faces
and bubbles, and such a hash calls two of them alike though a message differs; and on even paper
its bits are noise. Here the picture is cut into cells smaller than a letter's width, and two
pictures are alike only if no single cell differs by more than another compression makes it differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

VERSION: Final = "1"
COLUMNS: Final = 54
MOST_ROWS: Final = 1600  # of the longest pictures; their cells are higher than wide
TOLERANCE: Final = 11  # of 255: a JPEG of quality 30 stays below, another single sign does not


@dataclass(frozen=True, slots=True)
class PictureHash:
    """Rows × `COLUMNS` grey values, 0..255, from top to bottom."""

    rows: int
    cells: bytes

    def __post_init__(self) -> None:
        if not 0 < self.rows <= MOST_ROWS or len(self.cells) != self.rows * COLUMNS:
            raise ValueError("rows and cells do not agree")


def distance(one: PictureHash, other: PictureHash) -> int | None:
    """The greatest difference of one cell, 0..255; None when the shapes differ."""
    if one.rows != other.rows:
        return None
    return max(abs(a - b) for a, b in zip(one.cells, other.cells, strict=True))


def are_alike(one: PictureHash, other: PictureHash) -> bool:
    """Whether both show the same, perhaps compressed or shrunk anew."""
    apart = distance(one, other)
    return apart is not None and apart <= TOLERANCE
