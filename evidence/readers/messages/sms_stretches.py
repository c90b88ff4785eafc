"""A large SMS Backup & Restore file in stretches that can be read apart, and joined again.

A stretch begins where an element seems to begin. Whether it truly does shows when the stretch
before it has been read: it must end between two elements. So the joined result is that of one pass.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from typing import BinaryIO, Final

from evidence.readers.counts import Counts
from evidence.readers.limits import MIB
from evidence.readers.overlaps import Remembered
from evidence.readers.reading import Context, Notes, Options, Reading
from evidence.readers.syntax.xml_tags import CHUNK, encoding_of

from . import sms_backup
from .sms_backup import Course

STRETCH: Final = 2 * MIB
_WINDOW: Final = 64 * 1024
_BORDER: Final = re.compile(rb">\s{0,16}(?=<(?:sms|mms|call)\s)")
_BORDER_BYTES: Final = 32
LINES_AT_ONCE: Final = 512


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one stretch of the file holds."""

    start: int
    end: int
    lines: bytes  # one JSON object a line, UTF-8
    fresh: array[int]  # the hashes of its records, each met once
    counts: Counts
    notes: Notes
    course: Course


def borders(file: BinaryIO, size: int, every: int = STRETCH) -> list[int]:
    """Where stretches of about that many bytes begin and end; [] where the file must stay whole."""
    file.seek(0)
    encoding, mark = encoding_of(file.read(CHUNK))
    if encoding != "utf-8":
        return []
    found = [mark]
    while (wanted := found[-1] + every) < size:
        border = _border(file, wanted)
        if border is None:
            break
        found.append(border)
    return [*found, size]


def _border(file: BinaryIO, at: int) -> int | None:
    """The first place from there on where an element seems to begin."""
    file.seek(at)
    window = b""
    while piece := file.read(_WINDOW):
        window += piece
        if found := _BORDER.search(window):
            return at + found.end()
        at += len(window) - len(window[-_BORDER_BYTES:])
        window = window[-_BORDER_BYTES:]
    return None


def read(
    file: BinaryIO, start: int, end: int, *, name: str, options: Options, known: Remembered
) -> Stretch:
    """Read what stands between two places.

    Records whose hashes are `known` are left out; those of the others are added there.

    Raises:
        ReadingError: as the reader of the whole file.
    """
    notes, course = Notes(), Course()
    context = Context(name, options, notes, overlaps=known)
    file.seek(start)
    walk = sms_backup.walk(_Window(file, end - start), context, course, utf8_from=start)
    reading = Reading(
        format="sms_backup",
        reader="sms_backup",
        reader_version=sms_backup.VERSION,
        records=walk,
        notes=notes,
        options=options,
    )
    lines = bytearray()
    pending: list[str] = []
    for record in reading:
        pending.append(record.as_line())
        if len(pending) >= LINES_AT_ONCE:
            lines += _encoded(pending)
            pending.clear()
    lines += _encoded(pending)
    return Stretch(start, end, bytes(lines), known.fresh, reading.counts, notes, course)


def _encoded(lines: list[str]) -> bytes:
    return "".join(line + "\n" for line in lines).encode("utf-8", "replace")


class _Window:
    """The next bytes of a file, as if it ended behind them."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._left = size

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(piece)
        return piece
