"""The lines before the TAR of an Android backup (`.ab`), and those MIUI writes before them."""

from __future__ import annotations

import zlib
from typing import Final

from evidence.readers import limits
from evidence.readers.errors import ArchiveBombError, EncryptedError, UnreadableError
from evidence.readers.syntax.encodings import Forward

MIUI: Final = b"MIUI BACKUP"
ANDROID: Final = b"ANDROID BACKUP"
_LINE: Final = 1024  # bytes; a label of an app may be long
_VERSIONS: Final = range(1, 6)
_PIECE: Final = 64 * limits.KIB


def content_of(file: Forward) -> Forward:
    """The TAR of a backup, unpacked while it is read.

    Args:
        file: stands at its beginning.

    Raises:
        EncryptedError: the backup is locked with its owner's password.
        UnreadableError: the lines are not those of a version that we know.
    """
    lines = _Lines(file)
    line = lines.next()
    if line == MIUI:
        # version, package and label, feature, 1 and the password's line where it is locked
        _version, _package, _feature, locked = (lines.next() for _ in range(4))
        if locked == b"1":
            raise EncryptedError("the backup is locked with its owner's password")
        line = lines.next()
    if line != ANDROID:
        raise UnreadableError("the backup has no header that we know")
    version, compressed, encryption = (lines.next() for _ in range(3))
    if not version.isdigit() or int(version) not in _VERSIONS or compressed not in (b"0", b"1"):
        raise UnreadableError("the backup is of a version that we do not know")
    if encryption != b"none":
        raise EncryptedError("the backup is locked with its owner's password")
    return Inflated(lines) if compressed == b"1" else lines


class _Lines:
    """Lines first, then the rest as bytes."""

    def __init__(self, file: Forward) -> None:
        self._file = file
        self._ahead = b""

    def next(self) -> bytes:
        """The next line without its end."""
        while (end := self._ahead.find(b"\n")) < 0:
            piece = self._file.read(_LINE)
            if not piece or len(self._ahead) > _LINE:
                raise UnreadableError("the backup has no header that we know")
            self._ahead += piece
        line, self._ahead = self._ahead[:end], self._ahead[end + 1 :]
        return line.removesuffix(b"\r")

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes behind the lines."""
        if self._ahead:
            piece, self._ahead = self._ahead[:size], self._ahead[size:]
            return piece
        return self._file.read(size)


class Inflated:
    """A zlib stream (RFC 1950), read forward; refuses when it outgrows itself a hundredfold."""

    def __init__(self, file: Forward) -> None:
        self._file = file
        self._inflater = zlib.decompressobj()
        self._in = self._out = 0

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` unpacked bytes; empty at the end of the stream, or where it breaks off.

        Raises:
            ArchiveBombError: it grows more than a hundredfold.
            UnreadableError: the stream is damaged.
        """
        wanted = limits.MIB if size < 0 else size
        inflater = self._inflater
        while not inflater.eof:
            packed = inflater.unconsumed_tail or self._file.read(_PIECE)
            if not packed:
                return b""
            try:
                piece = inflater.decompress(packed, wanted)
            except zlib.error as cause:
                raise UnreadableError("the packed stream is damaged") from cause
            self._in += len(packed) - len(inflater.unconsumed_tail)
            self._out += len(piece)
            if (
                self._out > limits.ARCHIVE_RATIO_FROM
                and self._out > self._in * limits.ARCHIVE_RATIO
            ):
                raise ArchiveBombError(f"a stream grows more than {limits.ARCHIVE_RATIO} to one")
            if piece:
                return piece
        return b""
