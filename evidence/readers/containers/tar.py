"""TAR, read forward: plain files only, each header judged before a byte behind it is read.

POSIX ustar and pax (IEEE 1003.1), long names of GNU; sparse files, links and devices are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from evidence.readers import limits
from evidence.readers.errors import (
    ArchiveBombError,
    OverLimitError,
    PathTraversalError,
    UnreadableError,
)
from evidence.readers.syntax.encodings import Forward

from .archive_names import refuse_outside

BLOCK: Final = 512
_FILES: Final = frozenset({b"0", b"\0", b"7"})
_LINKS: Final = frozenset({b"1", b"2", b"3", b"4", b"6"})
_FOLDER, _PAX, _PAX_FOR_ALL = b"5", b"x", b"g"
_LONG_NAME, _LONG_LINK, _SPARSE = b"L", b"K", b"S"
_EXTENSION_BYTES: Final = 64 * limits.KIB


class Member(NamedTuple):
    """A plain file: its judged name, its size in bytes, its content to be read forward."""

    name: str
    size: int
    content: Section


class Section:
    """The content of one member; what is not read is stepped over afterwards."""

    def __init__(self, stream: Forward, size: int) -> None:
        self._stream = stream
        self.left = size
        self.cut = False

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes, all that are left by -1; empty at the end of the member."""
        wanted = self.left if size < 0 else min(size, self.left)
        piece = _exactly(self._stream, wanted)
        self.cut = self.cut or len(piece) < wanted
        self.left = 0 if self.cut else self.left - len(piece)
        return piece


class Tar:
    """The members of a TAR; `truncated` says afterwards whether it broke off."""

    def __init__(self, stream: Forward) -> None:
        self._stream = stream
        self._long: str | None = None  # a name, from an extension before its header
        self._size: int | None = None
        self.truncated = False

    def __iter__(self) -> Iterator[Member]:
        """Each plain file.

        Raises:
            UnreadableError: a header is damaged.
            PathTraversalError, ArchiveBombError, OverLimitError: refused whole.
        """
        count = 0
        while header := self._header():
            count += 1
            if count > 2 * limits.ARCHIVE_MEMBERS:
                raise OverLimitError("archive_members", limits.ARCHIVE_MEMBERS)
            kind = header[156:157]
            size = _number(header[124:136])
            if kind in (_PAX, _LONG_NAME, _LONG_LINK, _PAX_FOR_ALL):
                self._extend(kind, size)
                continue
            size = size if self._size is None else self._size
            name = self._long if self._long is not None else _name(header)
            self._long = self._size = None
            if kind == _SPARSE:
                raise ArchiveBombError("a member is sparse: its size is not its content")
            if size > limits.ARCHIVE_UNPACKED:
                raise ArchiveBombError("a member is larger than the limit for all together")
            if kind in _LINKS:
                raise PathTraversalError("a member is a link or a device")
            refuse_outside(name.rstrip("/") or "/")
            content = Section(self._stream, 0 if kind == _FOLDER else size)
            padding = -content.left % BLOCK
            if kind in _FILES:
                yield Member(name, size, content)
            while content.left:
                content.read(limits.MIB)
            if content.cut or len(_exactly(self._stream, padding)) < padding:
                self.truncated = True
                return

    def _header(self) -> bytes | None:
        """The next header, or None at the end: a block of zeros, or no more bytes."""
        block = _exactly(self._stream, BLOCK)
        if len(block) < BLOCK or not block.strip(b"\0"):
            self.truncated = len(block) < BLOCK
            return None
        summed = block[:148] + b" " * 8 + block[156:]
        plain = sum(summed)
        # some writers sum signed characters, which differs where a name is not ASCII
        signed = plain - 256 * sum(byte > 127 for byte in summed)
        if _number(block[148:156]) not in (plain, signed):
            raise UnreadableError("a header of the tar archive is damaged")
        return block

    def _extend(self, kind: bytes, size: int) -> None:
        """What an extension says of the header that follows it."""
        if size > _EXTENSION_BYTES:
            raise OverLimitError("tar_extension_bytes", _EXTENSION_BYTES)
        body = _exactly(self._stream, size + -size % BLOCK)[:size]
        if kind == _LONG_NAME:
            self._long = _text(body.split(b"\0", 1)[0])
        elif kind == _PAX:
            self._pax(body)

    def _pax(self, body: bytes) -> None:
        while body:
            length, blank, _ = body.partition(b" ")
            if not blank or not length.isdigit() or not len(length) < int(length) <= len(body):
                raise UnreadableError("an extension of the tar archive is damaged")
            record, body = body[len(length) + 1 : int(length)], body[int(length) :]
            key, _, value = record.rstrip(b"\n").partition(b"=")
            if key.startswith(b"GNU.sparse"):
                raise ArchiveBombError("a member is sparse: its size is not its content")
            if key == b"path":
                self._long = _text(value)
            elif key == b"size" and value.isdigit() and len(value) < 20:
                self._size = int(value)


def _exactly(stream: Forward, size: int) -> bytes:
    """So many bytes; fewer only at the end."""
    pieces: list[bytes] = []
    while size > 0 and (piece := stream.read(min(size, limits.MIB))):
        pieces.append(piece)
        size -= len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _number(field: bytes) -> int:
    """An octal number, or one in base 256 where the first bit is set.

    Raises:
        UnreadableError: neither.
    """
    if field[0] & 0x80:
        return int.from_bytes(bytes([field[0] & 0x7F]) + field[1:], "big")
    digits = field.strip(b"\0 ")
    try:
        return int(digits, 8) if digits else 0
    except ValueError as cause:
        raise UnreadableError("a header of the tar archive is damaged") from cause


def _name(header: bytes) -> str:
    name = _text(header[:100].split(b"\0", 1)[0])
    if header[257:263] == b"ustar\0" and (prefix := header[345:500].split(b"\0", 1)[0]):
        return f"{_text(prefix)}/{name}"
    return name


def _text(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")
