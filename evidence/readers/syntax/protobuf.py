"""Protocol Buffers without a schema: the fields of one message, or the news that it is none."""

from __future__ import annotations

from typing import Final, NamedTuple

_VARINT, _EIGHT, _BYTES, _FOUR = 0, 1, 2, 5
_FIXED: Final = {_EIGHT: 8, _FOUR: 4}
_LONGEST: Final = 10  # bytes of a varint
FIELDS: Final = 1_000_000  # of one message; more is no phone's


class Field(NamedTuple):
    """One field: its number, a whole number or where its bytes lie in the content."""

    number: int
    value: int | None
    begin: int
    end: int


def fields(content: bytes, begin: int = 0, end: int | None = None) -> list[Field] | None:
    """The fields of a message that fills `begin` to `end` to the last byte, else None."""
    stop = len(content) if end is None else end
    found: list[Field] = []
    at = begin
    while at < stop:
        tag, at = _varint(content, at, stop)
        number, kind = tag >> 3, tag & 7
        if tag < 0 or not 0 < number < 1 << 29 or len(found) >= FIELDS:
            return None
        if kind == _VARINT:
            value, at = _varint(content, at, stop)
            if value < 0:
                return None
            found.append(Field(number, value, at, at))
            continue
        if kind == _BYTES:
            size, at = _varint(content, at, stop)
        else:
            size = _FIXED.get(kind, -1)
        if size < 0 or at + size > stop:
            return None
        found.append(Field(number, None, at, at + size))
        at += size
    return found


def _varint(content: bytes, at: int, stop: int) -> tuple[int, int]:
    """The number and the place behind it; -1 when there is none."""
    value = 0
    for index in range(_LONGEST):
        if at >= stop:
            break
        byte = content[at]
        at += 1
        value |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            return value, at
    return -1, stop
