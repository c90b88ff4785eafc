"""AMR by its own frame table: the length without decoding, which containers only estimate."""

from __future__ import annotations

from typing import BinaryIO, Final

FRAME_MS: Final = 20
_NARROW: Final = (13, 14, 16, 18, 20, 21, 27, 32, 6, 1, 1, 1, 1, 1, 1, 1)
_WIDE: Final = (18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 1, 1, 1, 1, 1, 1)
_MAGICS: Final = ((b"#!AMR-WB\n", _WIDE), (b"#!AMR\n", _NARROW))


def frame_count(raw: bytes) -> int | None:
    """How many whole 20 ms frames a single-channel AMR file has; None if it is no such file."""
    for magic, sizes in _MAGICS:
        if raw.startswith(magic):
            position, count = len(magic), 0
            while position < len(raw):
                position += sizes[(raw[position] >> 3) & 0x0F]
                if position > len(raw):
                    break
                count += 1
            return count
    return None


def duration_ms(file: BinaryIO) -> int | None:
    """Milliseconds by counted frames, or None when it is not plain AMR."""
    file.seek(0)
    head = file.read(9)
    if not head.startswith(b"#!AMR"):
        return None
    count = frame_count(head + file.read())
    return None if count is None else count * FRAME_MS
