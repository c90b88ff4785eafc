"""A listening copy small enough for a desk's page: one channel, few bits, still plain speech.

A copy of a copy, for reading along; what is handed over as the exhibit is never touched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, Final

from evidence.media.encoding import Quality, encoded
from evidence.media.errors import OverLimitError, UnplayableError
from evidence.media.sound import Sound

# Bits a second and Hz, best first. Below the last one speech is no longer understood.
STEPS: Final = (
    (32_000, 16_000),
    (24_000, 16_000),
    (16_000, 16_000),
    (12_000, 8_000),
    (8_000, 8_000),
)
FRAMING_BITS: Final = 700  # a second: the tables of the container


@dataclass(frozen=True, slots=True)
class Small:
    """AAC in MP4, one channel."""

    m4a: bytes
    bits_per_second: int


def small(file: BinaryIO, *, most_bytes: int) -> Small:
    """The best of `STEPS` that fits.

    Args:
        file: a listening copy as `audio.playable` makes it: its length stands in its header.
        most_bytes: at most, the small copy.

    Raises:
        OverLimitError: even the smallest would be larger; nothing was decoded for nothing.
        UnplayableError: there is nothing to hear.
    """
    for bits, rate in STEPS:
        with Sound(file) as sound:
            if not sound.stated_ms or not sound.has_audio:
                raise UnplayableError("a listening copy says how long it is")
            if (bits + FRAMING_BITS) * sound.stated_ms > most_bytes * 8 * 1000:
                continue
            made = encoded(sound.frames(), quality=Quality(rate, bits, mono=True))
        if len(made) <= most_bytes:
            return Small(made, bits)
    raise OverLimitError("recording_bytes", most_bytes)
