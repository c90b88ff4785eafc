"""What a PDF has to say of a JPEG that goes in as it is."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from complaints.bundle.errors import ContentError

_FRAMES = frozenset({0xC0, 0xC1, 0xC2})  # the frame headers that DCTDecode takes


@dataclass(frozen=True)
class Shape:
    """Width and height in pixels, and the number of colours: 1 of grey, 3 of colour."""

    width: int
    height: int
    colours: int


def shape(jpeg: bytes) -> Shape:
    """From the frame header (ITU-T T.81 B.2.2); nothing is decoded.

    Raises:
        ContentError: a picture is no JPEG of grey or colour.
    """
    at = 2
    while jpeg[:2] == b"\xff\xd8" and at + 10 <= len(jpeg) and jpeg[at] == 0xFF:
        marker, length = jpeg[at + 1], struct.unpack_from(">H", jpeg, at + 2)[0]
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", jpeg, at + 5)
            if width and height and jpeg[at + 9] in (1, 3):
                return Shape(width, height, jpeg[at + 9])
        at += 2 + length
    raise ContentError("exhibits", "a page picture is no JPEG of grey or colour")
