"""Counts what really comes out of an archive: headers lie."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from typing import BinaryIO, Final

from . import limits
from .errors import ArchiveBombError, OverLimitError, UnreadableError
from .syntax.encodings import Forward

# what a damaged archive makes its library say
DAMAGE: Final = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)
_END_RECORD: Final = b"PK\x05\x06"


class Meter:
    """What all members of one upload may unpack to, together."""

    def __init__(self, allowed: int) -> None:
        self._left = allowed

    def take(self, size: int) -> None:
        """Count bytes; raises `ArchiveBombError` when the sum is passed."""
        self._left -= size
        if self._left < 0:
            raise ArchiveBombError("the members unpack to more than the limit together")


class Counted:
    """One member, read forward; refuses when it outgrows its packed size a hundredfold."""

    def __init__(self, file: Forward, packed: int, meter: Meter | None) -> None:
        self._file = file
        self._packed = max(1, packed)
        self._meter = meter
        self._out = 0
        self._peeked = b""

    def peek(self, size: int) -> bytes:
        """The first bytes, to be read again."""
        while len(self._peeked) < size and (piece := self._take(size - len(self._peeked))):
            self._peeked += piece
        return self._peeked

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes; `-1` means up to 64 MiB and one."""
        if size < 0:
            size = limits.MEMBER_IN_MEMORY + 1
        if self._peeked:
            piece, self._peeked = self._peeked[:size], self._peeked[size:]
            return piece if len(piece) == size else piece + self.read(size - len(piece))
        pieces: list[bytes] = []
        while size > 0 and (piece := self._take(min(size, limits.MIB))):
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def seek(self, offset: int, /) -> int:
        """Only "back to the beginning" of what was merely peeked at."""
        if offset or self._out != len(self._peeked):
            raise ValueError("a member is read forward only")
        return 0

    def _take(self, size: int) -> bytes:
        piece = self._file.read(size)
        self._out += len(piece)
        if self._meter is not None:
            self._meter.take(len(piece))
        if (
            self._out > limits.ARCHIVE_RATIO_FROM
            and self._out > self._packed * limits.ARCHIVE_RATIO
        ):
            raise ArchiveBombError(f"a member grows more than {limits.ARCHIVE_RATIO} to one")
        return piece


def judge_directory(file: BinaryIO) -> None:
    """Refuse a central directory that would not fit, before anything parses it."""
    file.seek(0, io.SEEK_END)
    size = file.tell()
    if size > limits.EXPORT_BYTES:
        raise OverLimitError("archive_bytes", limits.EXPORT_BYTES)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(_END_RECORD)
    if at < 0 or at + 22 > len(tail):
        raise UnreadableError("the zip archive has no end: it was cut off")
    members = int.from_bytes(tail[at + 10 : at + 12], "little")
    directory = int.from_bytes(tail[at + 12 : at + 16], "little")
    if members > limits.ARCHIVE_MEMBERS and members != 0xFFFF:
        raise OverLimitError("archive_members", limits.ARCHIVE_MEMBERS)
    if limits.ARCHIVE_DIRECTORY < directory != 0xFFFFFFFF:
        raise ArchiveBombError("the archive's directory is larger than any honest one")
    zip64 = tail.rfind(b"PK\x06\x06")
    if directory == 0xFFFFFFFF and zip64 >= 0:
        directory = int.from_bytes(tail[zip64 + 40 : zip64 + 48], "little")
        if directory > limits.ARCHIVE_DIRECTORY:
            raise ArchiveBombError("the archive's directory is larger than any honest one")
