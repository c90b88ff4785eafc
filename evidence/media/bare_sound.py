"""Whether a covered recording holds nothing but its sound: judged by its bytes, with no decoder."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_HEAD: Final = struct.Struct(">I4s")
_BRANCHES: Final = (b"moov", b"trak", b"edts", b"mdia", b"minf", b"dinf", b"stbl")
# What `encoding` writes, box by box; of these the bytes are always the same.
_SAME: Final = {
    b"ftyp": b"isom\0\0\2\0isomiso2mp41",
    b"free": b"",
    b"hdlr": bytes(8) + b"soun" + bytes(12) + b"SoundHandler\0",
    b"smhd": bytes(8),
    b"dref": bytes(7) + b"\1" + b"\0\0\0\x0curl \0\0\0\1",
    b"udta": b"\0\0\0\x35meta"
    + bytes(4)
    + b"\0\0\0\x21hdlr"
    + bytes(8)
    + b"mdirappl"
    + bytes(9)
    # an empty list of tags
    + b"\0\0\0\x08ilst",
}
# These are as long as this, or have as many rows as they say: bytes before the rows, of a row.
_LONG: Final = {
    b"mvhd": 100,
    b"tkhd": 84,
    b"mdhd": 24,
    b"elst": 20,
    b"sgpd": 18,
    b"sbgp": 20,
}
_TABLES: Final = {b"stts": (8, 8), b"stsc": (8, 12), b"stsz": (12, 4), b"stco": (8, 4)}
_TIMES: Final = (b"mvhd", b"tkhd", b"mdhd")  # say when they were made: never
_SOUND_ENTRY: Final = 110  # one track of AAC and what its decoder needs
_ORDER: Final = (
    *(b"ftyp", b"free", b"mdat", b"moov", b"mvhd", b"trak", b"tkhd", b"edts", b"elst", b"mdia"),
    *(b"mdhd", b"hdlr", b"minf", b"smhd", b"dinf", b"dref", b"stbl", b"stsd", b"stts", b"stsc"),
    *(b"stsz", b"stco", b"sgpd", b"sbgp", b"udta"),
)


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    body: memoryview
    at: int  # where its body begins in the file


def is_bare_m4a(data: bytes) -> bool:
    """Whether these bytes are one sound track and its tables, and nothing before, between, after.

    What a child process gives back is believed only so far: a copy with a tag, a picture, a time,
    a second track, or bytes that no table names is none.
    """
    try:
        boxes = list(_boxes(memoryview(data), 0))
    except (struct.error, ValueError):
        return False
    if tuple(box.kind for box in boxes) != _ORDER:
        return False
    by_kind = {box.kind: box for box in boxes}
    return all(map(_is_plain, boxes)) and _is_all_sound(by_kind)


def _boxes(data: memoryview, at: int) -> Iterator[_Box]:
    """Every box, a branch before what is in it.

    Raises:
        ValueError, struct.error: a length that fits nothing.
    """
    place = 0
    while place < len(data):
        length, kind = _HEAD.unpack_from(data, place)
        if length < _HEAD.size or place + length > len(data):
            raise ValueError("a box longer than what it is in")
        body = data[place + _HEAD.size : place + length]
        yield _Box(kind, body, at + place + _HEAD.size)
        if kind in _BRANCHES:
            yield from _boxes(body, at + place + _HEAD.size)
        place += length


def _is_plain(box: _Box) -> bool:
    """Whether a box holds what `encoding` writes into it, as far as bytes can tell."""
    if box.kind in _SAME:
        return bytes(box.body) == _SAME[box.kind]
    if box.kind in _TIMES and any(box.body[4:12]):
        return False
    if box.kind in _LONG:
        return len(box.body) == _LONG[box.kind]
    if box.kind in _TABLES:
        before, row = _TABLES[box.kind]
        return len(box.body) >= before and len(box.body) == before + row * _rows(box)
    if box.kind == b"stsd":
        entry = bytes(box.body)
        return len(entry) == _SOUND_ENTRY + 8 and entry[4:16] == b"\0\0\0\1\0\0\0\x6emp4a"
    return True


def _rows(box: _Box) -> int:
    before = _TABLES[box.kind][0]
    return int.from_bytes(box.body[before - 4 : before])


def _is_all_sound(boxes: dict[bytes, _Box]) -> bool:
    """Whether the packets that the tables name are all bytes of the sound, from first to last."""
    sound, sizes, chunks = boxes[b"mdat"], boxes[b"stsz"], boxes[b"stco"]
    if not _rows(sizes) or not _rows(chunks) or any(sizes.body[:8]):
        return False
    total = sum(struct.unpack_from(f">{_rows(sizes)}I", sizes.body, 12))
    first = int.from_bytes(chunks.body[8:12])
    return first == sound.at and total == len(sound.body)
