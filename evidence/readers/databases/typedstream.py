"""The text inside `attributedBody`: an archive of NeXT's typedstream (docs/formats/reading.md)."""

from __future__ import annotations

from typing import Final

_CLASS: Final = b"NSString"
_MARK: Final = b"+"
_NEAR: Final = 64  # bytes between the name of the class and the mark of its bytes
_WIDE: Final = {0x81: 2, 0x82: 4}  # length byte → bytes of the length that follows


def text_in(blob: bytes) -> str | None:
    """The first string of the archive, or None when there is none that we can find.

    Behind the class names stand `2B`, a length (one byte below 80, or 81 and two bytes, or 82 and
    four, little-endian) and so many bytes of UTF-8.
    """
    begin = blob.find(_CLASS)
    if begin < 0:
        return None
    begin += len(_CLASS)
    at = blob.find(_MARK, begin, begin + _NEAR)
    if at < 0 or at + 1 >= len(blob):
        return None
    at += 1
    size = blob[at]
    at += 1
    if size >= 0x80:
        width = _WIDE.get(size)
        if width is None:
            return None
        size = int.from_bytes(blob[at : at + width], "little")
        at += width
    if at + size > len(blob):
        return None
    return blob[at : at + size].decode("utf-8", "replace")
