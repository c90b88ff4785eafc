"""Pictures: dates, camera, software and size out of their blocks. No pixel is decoded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from . import exif, moments, xmp
from .bounded import (
    PIECE,
    STEPS,
    MetadataError,
    chunk_head,
    decoded,
    inflated,
    size_of,
    sized_head,
    take,
    unpack,
)
from .said import Fact, clean

_EXIF, _XMP = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0"
_FRAMES: Final = frozenset((*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC)))
_BARE: Final = frozenset((0x01, *range(0xD0, 0xD8)))  # markers without a length
_PNG_XMP: Final = "XML:com.adobe.xmp"


def jpeg(file: BinaryIO) -> Iterator[Fact]:
    """The segments before the pixels (ITU T.81, B.1)."""
    at = 2
    for _ in range(STEPS):
        mark, kind = take(file, at, 2)
        if mark != 0xFF:
            raise MetadataError("no marker where one must stand")
        if kind == 0xFF:  # fill
            at += 1
            continue
        if kind in _BARE:
            at += 2
            continue
        if kind in (0xD9, 0xDA):  # the end, or the pixels begin
            return
        (length,) = unpack(">H", take(file, at + 2, 2))
        body = take(file, at + 4, max(length - 2, 0))
        yield from _segment(kind, body)
        at += 2 + max(length, 2)
    raise MetadataError("more segments than a picture has")


def _segment(kind: int, body: bytes) -> Iterator[Fact]:
    if kind == 0xE0 and body.startswith(b"JFIF\0"):
        yield Fact("jfif", "yes")
    elif kind == 0xE1 and body.startswith(_EXIF):
        yield from exif.facts(body)
    elif kind == 0xE1 and body.startswith(_XMP):
        yield from xmp.facts(body)
    elif kind in _FRAMES:
        height, width = unpack(">HH", body, 1)
        yield size_fact(width, height)


def png(file: BinaryIO) -> Iterator[Fact]:
    """The chunks besides the pixels (ISO 15948)."""
    at, end = 8, size_of(file)
    for _ in range(STEPS):
        if at + 8 > end:
            return
        length, kind = sized_head(file, at)
        if kind == b"IEND":
            return
        if kind in (b"IHDR", b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME") and length <= PIECE:
            yield from _chunk(kind, take(file, at + 8, length))
        at += 12 + length
    raise MetadataError("more chunks than a picture has")


def _chunk(kind: bytes, body: bytes) -> Iterator[Fact]:
    if kind == b"IHDR":
        width, height = unpack(">II", body)
        yield size_fact(width, height)
    elif kind == b"eXIf":
        yield from exif.facts(body)
    elif kind == b"tIME":
        year, month, day, hour, minute, second = unpack(">HBBBBB", body)
        moment = moments.wall(year, month, day, hour, minute, second, zone="Z")
        yield Fact("png_time", time=moment)
    else:
        keyword, _, rest = body.partition(b"\0")
        yield from _png_text(decoded(keyword), _value(kind, rest))


def _value(kind: bytes, rest: bytes) -> bytes:
    if kind == b"tEXt":
        return rest
    if kind == b"zTXt":
        return inflated(rest[1:])
    is_packed, (_, _, text) = rest[:1] == b"\x01", (rest[2:].split(b"\0", 2) + [b""] * 3)[:3]
    return inflated(text) if is_packed else text


def _png_text(keyword: str, value: bytes) -> Iterator[Fact]:
    if keyword == _PNG_XMP:
        yield from xmp.facts(value[:PIECE])
    elif keyword == "Software":
        yield Fact("software", clean(decoded(value)))
    elif keyword in ("Creation Time", "date:create") and (
        moment := moments.written(decoded(value))
    ):
        yield Fact("png_created", time=moment)


def webp(file: BinaryIO) -> Iterator[Fact]:
    """The chunks of the RIFF container."""
    at, end = 12, size_of(file)
    for _ in range(STEPS):
        if at + 8 > end:
            return
        kind, length = chunk_head(file, at)
        if kind == b"VP8X":
            raw = take(file, at + 8, 10)
            width, height = (int.from_bytes(raw[i : i + 3], "little") + 1 for i in (4, 7))
            yield size_fact(width, height)
        elif kind == b"EXIF" and length <= PIECE:
            yield from exif.facts(take(file, at + 8, length))
        elif kind == b"XMP " and length <= PIECE:
            yield from xmp.facts(take(file, at + 8, length))
        at += 8 + length + (length & 1)
    raise MetadataError("more chunks than a picture has")


def size_fact(width: int, height: int) -> Fact:
    """Width and height in pixels as stored."""
    return Fact("picture_size", f"{width}x{height}")
