"""Where a long screenshot is cut for the page: between lines, each piece with some of the last.

The cuts follow from the picture's bytes alone, so the same package is built from the same facts.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image

Piece = tuple[int, int]
"""First row and the row after the last, in pixels of the picture."""

STEP = 40  # of 255: so much from one pixel to the next is the edge of a letter or a bubble
EDGES = 2  # a row that a bubble lies on has its two sides and no letters
BAND = 3  # rows: thinner gaps lie inside letters


def pieces(jpeg: bytes, *, longest: int, overlap: int) -> list[Piece]:
    """Cut a picture into pieces of at most `longest` rows; one piece when it is short enough.

    Args:
        jpeg: the picture.
        longest: rows of one piece, more than twice `overlap`.
        overlap: rows that each piece repeats of the one before, at least.
    """
    with Image.open(io.BytesIO(jpeg)) as picture:
        height = picture.height
        if height <= longest:
            return [(0, height)]
        calm = _calm(np.asarray(picture.convert("L"), dtype=np.int16))
    found: list[Piece] = []
    top = 0
    while height - top > longest:
        bottom = _between(calm, top + longest // 2, top + longest)
        found.append((top, bottom))
        top = _between(calm, bottom - 2 * overlap, bottom - overlap)
    return [*found, (top, height)]


def _calm(rows: npt.NDArray[np.int16]) -> npt.NDArray[np.bool_]:
    """Of each row, whether no letters lie on it."""
    edges: npt.NDArray[np.bool_] = np.abs(np.diff(rows, axis=1)) > STEP
    calm: npt.NDArray[np.bool_] = np.count_nonzero(edges, axis=1) <= EDGES
    return calm


def _between(calm: Sequence[bool] | npt.NDArray[np.bool_], first: int, last: int) -> int:
    """The middle of the last gap between lines from `first` to `last`; `last` without any."""
    end = last
    while end > first:
        if not calm[end - 1]:
            end -= 1
            continue
        begin = end - 1
        while begin > first and calm[begin - 1]:
            begin -= 1
        if end - begin >= BAND:
            return (begin + end) // 2
        end = begin
    return last
