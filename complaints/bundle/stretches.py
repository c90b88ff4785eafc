"""Stretches of bytes in which something can stand: most of a package is pictures and sound.

Those are noise to whoever looks for words, and looking through noise letter by letter takes
minutes. Here whole megabytes are marked at once, and what is not marked long enough is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

BETWEEN = b"\x01"  # of no spelling and no white space
Marks = npt.NDArray[np.uint8]
"""For each byte or unit 0, or what it is marked as."""
MARK, CORE = 1, 2


def table(wanted: bytes) -> bytes:
    """For `of_bytes`: each byte that is to be marked."""
    return bytes(each in wanted for each in range(256))


def of_bytes(data: bytes, table: bytes) -> Marks:
    """Mark each byte that the table tells of."""
    return np.frombuffer(data.translate(table), dtype=np.uint8)


def cut(
    data: bytes,
    marks: Marks,
    least: int,
    *,
    sign: bytes = BETWEEN,
    skipped: int = 0,
    around: int = MARK,
) -> bytes:
    """The stretches of at least `least` marks in a row, a sign between two; perhaps nothing.

    Args:
        data: what is cut.
        marks: one for each unit of the data.
        least: marks of a stretch.
        sign: a unit of one byte or two.
        skipped: units that are left out at the beginning of each stretch.
        around: a mark that each stretch must have; `MARK`: nothing but these.
    """
    width = len(sign)
    found = _long(marks, least) if around == MARK else _holding(marks, least, around)
    return sign.join(data[width * (begin + skipped) : width * end] for begin, end in found)


def _long(marks: Marks, least: int) -> Iterator[tuple[int, int]]:
    """Begin and end of every stretch. In noise there is hardly one."""
    written, wanted = marks.tobytes(), bytes([MARK]) * least
    begin = written.find(wanted)
    while begin >= 0:
        end = _end(written, begin + least)
        yield begin, end
        begin = written.find(wanted, end)


def _holding(marks: Marks, least: int, mark: int) -> Iterator[tuple[int, int]]:
    """Of every stretch in which that mark is."""
    written = marks.tobytes()
    end = 0
    while (at := written.find(mark, end)) >= 0:
        begin = written.rfind(0, end, at) + 1 or end
        end = _end(written, at)
        if end - begin >= least:
            yield begin, end


def _end(written: bytes, at: int) -> int:
    end = written.find(0, at)
    return len(written) if end < 0 else end


def of(data: bytes, table: bytes, least: int) -> bytes:
    """The stretches of at least `least` bytes that the table tells of, as `cut` gives them."""
    return cut(data, of_bytes(data, table), least)
