"""Reading a hostile file in pieces: never more than asked, never beyond its end."""

from __future__ import annotations

import io
import struct
import zlib
from typing import BinaryIO, Final

PIECE: Final = 256 * 1024  # bytes of one metadata block that are looked at
STEPS: Final = 4_000  # blocks, boxes or entries of one file
UNPACKED: Final = 64 * 1024  # of one compressed text


class MetadataError(Exception):
    """The dates and marks of this file cannot be read; the file itself may be sound."""


def size_of(file: BinaryIO) -> int:
    """Bytes in the file."""
    file.seek(0, io.SEEK_END)
    return file.tell()


def take(file: BinaryIO, at: int, count: int) -> bytes:
    """Exactly `count` bytes at an offset.

    Raises:
        MetadataError: more than a piece is asked for, or the file ends before.
    """
    if at < 0 or count < 0 or count > PIECE:
        raise MetadataError("a block beyond every limit")
    file.seek(at)
    found = file.read(count)
    if len(found) != count:
        raise MetadataError("the file ends within a block")
    return found


def unpack(form: str, raw: bytes, at: int = 0) -> tuple[int, ...]:
    """Integers at an offset.

    Raises:
        MetadataError: they are not there.
    """
    try:
        return struct.unpack_from(form, raw, at)
    except struct.error as cause:
        raise MetadataError("a block ends early") from cause


def chunk_head(file: BinaryIO, at: int) -> tuple[bytes, int]:
    """Kind and length of a RIFF chunk (little-endian).

    Raises:
        MetadataError: the file ends before.
    """
    raw = take(file, at, 8)
    return raw[:4], int.from_bytes(raw[4:], "little")


def sized_head(file: BinaryIO, at: int) -> tuple[int, bytes]:
    """Length and kind of a PNG chunk or an ISO box (big-endian).

    Raises:
        MetadataError: the file ends before.
    """
    raw = take(file, at, 8)
    return int.from_bytes(raw[:4], "big"), raw[4:]


def inflated(raw: bytes) -> bytes:
    """At most 64 KiB of a deflated text.

    Raises:
        MetadataError: it is not deflated.
    """
    try:
        return zlib.decompressobj().decompress(raw, UNPACKED)
    except zlib.error as cause:
        raise MetadataError("a packed text is damaged") from cause


def decoded(raw: bytes) -> str:
    """Text as UTF-8, else GB18030, else byte by byte; ends at the first NUL."""
    raw = raw.split(b"\0", 1)[0]
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")
