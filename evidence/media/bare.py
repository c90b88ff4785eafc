"""Whether a copy holds nothing but what it is for: judged by its bytes, with no decoder."""

from __future__ import annotations

import struct
import zlib
from typing import Final

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


def is_bare_png(data: bytes) -> bool:
    """Whether these bytes are a PNG of header, pixels and end alone, and nothing after it.

    What a child process gives back is believed only so far: a copy with a text, a profile, a
    second picture or anything after its end is none.
    """
    if not data.startswith(_SIGNATURE):
        return False
    at, kinds = len(_SIGNATURE), []
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            return False
        if zlib.crc32(memoryview(data)[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end]):
            return False
        kinds.append(kind)
        at = end
    pixels = kinds[1:-1]
    return (
        at == len(data)
        and kinds[:1] == [b"IHDR"]
        and kinds[-1:] == [b"IEND"]
        and bool(pixels)
        and set(pixels) == {b"IDAT"}
    )
