"""The form of DER: each length definite and minimal, no string in pieces (ITU-T X.690 §10).

Parsers differ in what else they forgive; where they differ, one statement could be read as two.
The order of sets is left alone: openssl-based TSAs do not sort certificates, and a set has none.
"""

from __future__ import annotations

CONSTRUCTED = 0x20
UNIVERSAL, CLASS_BITS = 0x00, 0xC0
SEQUENCE, SET = 0x10, 0x11
TAG_BITS = 0x1F
MAX_DEPTH = 40
MAX_LENGTH_BYTES = 4


class DerFormError(ValueError):
    """These bytes are no DER, or go on after it."""


def check(data: bytes) -> None:
    """Raise DerFormError unless the bytes are one value in the form of DER, to their end."""
    if _walk(memoryview(data), 0, len(data), depth=0) != len(data):
        raise DerFormError("bytes after the end")


def _walk(data: memoryview, start: int, end: int, *, depth: int) -> int:
    """Check the value that begins at `start`; return where it ends."""
    if depth > MAX_DEPTH:
        raise DerFormError("nested too deeply")
    tag, place = _tag(data, start, end)
    length, place = _length(data, place, end)
    stop = place + length
    if stop > end:
        raise DerFormError("a value is longer than what holds it")
    if tag & CONSTRUCTED:
        if tag & CLASS_BITS == UNIVERSAL and tag & TAG_BITS not in (SEQUENCE, SET):
            raise DerFormError("a string in pieces")
        while place < stop:
            place = _walk(data, place, stop, depth=depth + 1)
    elif tag & CLASS_BITS == UNIVERSAL and tag & TAG_BITS in (SEQUENCE, SET):
        raise DerFormError("a sequence that is not constructed")
    return stop


def _tag(data: memoryview, place: int, end: int) -> tuple[int, int]:
    """The first octet of a tag, and where its length begins. Long tags are used nowhere here."""
    if place >= end:
        raise DerFormError("cut")
    if data[place] & TAG_BITS == TAG_BITS:
        raise DerFormError("a tag of more than one octet")
    return data[place], place + 1


def _length(data: memoryview, place: int, end: int) -> tuple[int, int]:
    if place >= end:
        raise DerFormError("cut")
    first, place = data[place], place + 1
    if first < 0x80:
        return first, place
    count = first & 0x7F
    if not 1 <= count <= MAX_LENGTH_BYTES or place + count > end:
        raise DerFormError("an indefinite or unreasonable length")
    length = int.from_bytes(data[place : place + count], "big")
    if length < 0x80 or length < 1 << 8 * (count - 1):
        raise DerFormError("a length that is not minimal")
    return length, place + count
