"""EXIF: the few tags that say when and with what. Coordinates are never read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from . import moments
from .bounded import MetadataError, decoded, unpack
from .said import Fact, clean

_ASCII, _LONG = 2, 4
_MAX_ENTRIES: Final = 512  # of one directory
_MAX_VALUE: Final = 512  # bytes of one text
_MAKE, _MODEL, _SOFTWARE, _CHANGED = 0x010F, 0x0110, 0x0131, 0x0132
_DETAILS, _PLACE = 0x8769, 0x8825
_TAKEN, _DIGITIZED = 0x9003, 0x9004
_OFFSET, _OFFSET_TAKEN, _OFFSET_DIGITIZED = 0x9010, 0x9011, 0x9012
_LATITUDE, _LONGITUDE = 2, 4

_Directory = dict[int, str | int]


def facts(raw: bytes) -> Iterator[Fact]:
    """The facts of an EXIF block, with or without its `Exif` mark.

    Raises:
        MetadataError: it is no TIFF, or its main directory cannot be read.
    """
    raw = raw.removeprefix(b"Exif\0\0")
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(raw[:4])
    if order is None:
        raise MetadataError("no TIFF")
    main = _directory(raw, order, unpack(f"{order}I", raw, 4)[0])
    details = _linked(raw, order, main.get(_DETAILS))
    place = _linked(raw, order, main.get(_PLACE))
    for code, text, offset in (
        ("exif_taken", details.get(_TAKEN), details.get(_OFFSET_TAKEN)),
        ("exif_digitized", details.get(_DIGITIZED), details.get(_OFFSET_DIGITIZED)),
        ("exif_changed", main.get(_CHANGED), details.get(_OFFSET)),
    ):
        if isinstance(text, str):
            zone = offset if isinstance(offset, str) else ""
            if (moment := moments.written(text, offset=zone)) is not None:
                yield Fact(code, time=moment)
    for code, tag in (("camera_make", _MAKE), ("camera_model", _MODEL), ("software", _SOFTWARE)):
        if isinstance(text := main.get(tag), str) and clean(text):
            yield Fact(code, clean(text))
    if _LATITUDE in place or _LONGITUDE in place:
        yield Fact("has_place", "yes")


def _linked(raw: bytes, order: str, offset: str | int | None) -> _Directory:
    return _directory(raw, order, offset) if isinstance(offset, int) and offset else {}


def _directory(raw: bytes, order: str, offset: int) -> _Directory:
    """Texts and single numbers of one directory; other values count as there (0)."""
    (count,) = unpack(f"{order}H", raw, offset)
    if count > _MAX_ENTRIES:
        raise MetadataError("a directory beyond every limit")
    found: _Directory = {}
    for index in range(count):
        at = offset + 2 + 12 * index
        tag, kind, length, value = unpack(f"{order}HHII", raw, at)
        if kind == _ASCII:
            start = at + 8 if length <= 4 else value
            found[tag] = decoded(raw[start : start + min(length, _MAX_VALUE)])
        elif kind == _LONG and length == 1:
            found[tag] = value
        else:
            found[tag] = 0
    return found
