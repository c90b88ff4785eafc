"""SILK voice messages of WeChat and QQ: frames walked by us, decoded by the SILK library.

The length is counted from the frames (20 ms each); the library stops at the `FF FF` trailer and
at a file cut inside a frame, so it is fed whole frames only.
"""

from __future__ import annotations

import io
from typing import BinaryIO, Final

import pysilk

from .errors import OverLimitError, UnplayableError

MAGIC: Final = b"#!SILK_V3"
SAMPLE_RATE: Final = 24_000  # not stored in the file
FRAME_MS: Final = 20
MAX_BYTES: Final = 64 * 1024 * 1024
_LONGEST_FRAME: Final = 1275  # bytes; the encoder's own bound


def frames(file: BinaryIO) -> tuple[bytes, ...]:
    """The whole frames of a SILK file, with or without WeChat's leading `02`.

    Raises:
        UnplayableError: there is not one whole frame.
        OverLimitError: more than 64 MiB.
    """
    file.seek(0)
    raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise OverLimitError("recording_bytes", MAX_BYTES)
    position = len(MAGIC) + (1 if raw.startswith(b"\x02") else 0)
    found: list[bytes] = []
    while position + 2 <= len(raw):
        length = int.from_bytes(raw[position : position + 2], "little")
        position += 2
        if length == 0xFFFF or length > _LONGEST_FRAME or position + length > len(raw):
            break
        if length:
            found.append(raw[position : position + length])
        position += length
    if not found:
        raise UnplayableError("no whole frame")
    return tuple(found)


def decode(sound: tuple[bytes, ...]) -> bytes:
    """Signed 16-bit little-endian mono samples at 24 kHz.

    Raises:
        UnplayableError: the library gives no sound.
    """
    framed = b"".join(len(frame).to_bytes(2, "little") + frame for frame in sound)
    out = io.BytesIO()
    try:
        pysilk.decode(io.BytesIO(b"\x02" + MAGIC + framed), out, SAMPLE_RATE)
    except (pysilk.SilkError, ValueError, OSError) as cause:
        raise UnplayableError("the frames do not decode") from cause
    samples = out.getvalue()
    if not samples:  # a damaged stream may give nothing, and no error
        raise UnplayableError("the frames hold no sound")
    return samples
