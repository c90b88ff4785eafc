"""How bytes rest: Tink's AES-GCM-HKDF streaming format, written and read by ourselves.

AES-256, HKDF-SHA-256, ciphertext segments of 256 KiB (docs/formats/vault.md). Any reader of
Tink's format opens it; unlike Tink's own Python, this one seeks, resumes and is fast.
This module is the room's face; `segments` has the format, `encryptor` and `reader` the two ways.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import BinaryIO

from evidence.vault.encryptor import (
    Encryptor,
    FinishedError,
    TailDamagedError,
    open_tail,
    seal_tail,
)
from evidence.vault.reader import DecryptingReader
from evidence.vault.segments import (
    FIRST_PLAIN_BYTES,
    HEADER_BYTES,
    PLAIN_BYTES,
    SEGMENT_BYTES,
    TAG_BYTES,
    EnvelopeDamagedError,
    EnvelopeHeaderError,
    EnvelopeTruncatedError,
    OverLimitError,
    SegmentCipher,
    plain_capacity,
    plain_offset,
    sealed_offset,
    sealed_size,
    whole_segments,
)

__all__ = [
    "HEADER_BYTES",
    "SEGMENT_BYTES",
    "DecryptingReader",
    "Encryptor",
    "EnvelopeDamagedError",
    "EnvelopeHeaderError",
    "EnvelopeTruncatedError",
    "FinishedError",
    "Kept",
    "OverLimitError",
    "TailDamagedError",
    "open_tail",
    "plain_offset",
    "seal_stream",
    "seal_tail",
    "sealed_offset",
    "sealed_size",
    "whole_segments",
]


@dataclass(frozen=True)
class Kept:
    """What was written: SHA-256 of the plain bytes (lower-case hex) and their number."""

    sha256: str
    size: int


def seal_stream(
    src: BinaryIO, dst: BinaryIO, *, data_key: bytes, associated_data: bytes, max_bytes: int
) -> Kept:
    """Hash and encrypt a whole stream in one pass: the fast path.

    Two buffers take turns (a segment is written once it is known whether another byte follows);
    none is allocated per segment, so memory is flat and no page fault slows the pass.

    Args:
        src: read from its current position to its end.
        dst: gets the envelope from its current position on.
        data_key: 32 bytes, fresh for this envelope.
        associated_data: the item's id; only with it does the envelope open.
        max_bytes: of plain bytes.

    Raises:
        OverLimitError: `src` holds more than `max_bytes`; `dst` is then to be discarded.
    """
    cipher = SegmentCipher.fresh(data_key=data_key, associated_data=associated_data)
    dst.write(cipher.header)
    state, size, index = hashlib.sha256(), 0, 0
    current, following = memoryview(bytearray(PLAIN_BYTES)), memoryview(bytearray(PLAIN_BYTES))
    out = memoryview(bytearray(SEGMENT_BYTES))
    length = _fill(src, current[:FIRST_PLAIN_BYTES])
    while True:
        size += length
        if size > max_bytes:
            raise OverLimitError(max_bytes=max_bytes)
        full = length == plain_capacity(index)
        next_length = _fill(src, following) if full else 0
        plain, sealed = current[:length], out[: length + TAG_BYTES]
        state.update(plain)
        cipher.encrypt_into(plain, index, last=not next_length, out=sealed)
        dst.write(sealed)
        if not next_length:
            return Kept(state.hexdigest(), size)
        current, following, length, index = following, current, next_length, index + 1


def _fill(src: BinaryIO, buffer: memoryview) -> int:
    """Read until the buffer is full or the stream ends; return how many bytes came."""
    filled = 0
    readinto = getattr(src, "readinto", None)  # a WSGI input has only `read`
    while filled < len(buffer):
        if readinto is not None:
            came = readinto(buffer[filled:])
        else:
            chunk = src.read(len(buffer) - filled)
            came = len(chunk)
            buffer[filled : filled + came] = chunk
        if not came:
            break
        filled += came
    return filled
