"""MP4, M4A, 3GP, MOV: the boxes that say when, with what, on which system (ISO 14496-12, QTFF)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from . import moments
from .bounded import STEPS, MetadataError, decoded, size_of, sized_head, take, unpack
from .said import Fact, clean

_TEXT_BYTES: Final = 4096
_HOLDERS: Final = frozenset({b"moov", b"udta", b"ilst"})
_DEPTH: Final = 6
# QuickTime's texts in `udta`, iTunes' in `ilst`, and the named keys of Apple and Android.
_PLAIN: Final = {b"\xa9too": "encoder", b"\xa9enc": "encoder", b"\xa9swr": "software",
                 b"\xa9mak": "camera_make", b"\xa9mod": "camera_model", b"\xa9day": "media_created",
                 b"\xa9xyz": "has_place", b"loci": "has_place"}  # fmt: skip
_NAMED: Final = {
    b"com.android.version": "android_version",
    b"com.android.manufacturer": "camera_make",
    b"com.android.model": "camera_model",
    b"com.apple.quicktime.make": "camera_make",
    b"com.apple.quicktime.model": "camera_model",
    b"com.apple.quicktime.software": "software",
    b"com.apple.quicktime.creationdate": "apple_created",
    b"com.apple.quicktime.location.ISO6709": "has_place",
}


class Box(NamedTuple):
    """One box: its kind, where its body begins and ends."""

    kind: bytes
    start: int
    end: int


class Told:
    """Walks the boxes once; `length_s` is what the header claims."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._steps = 0
        self._keys: list[bytes] = []
        self.length_s = 0

    def facts(self) -> Iterator[Fact]:
        """Every fact, in file order.

        Raises:
            MetadataError: a box that matters cannot be read.
        """
        has_header = False
        for box in self._boxes(0, size_of(self._file)):
            if box.kind == b"moov":
                has_header = True
                yield from self._inside(box, 1)
        if not has_header:
            raise MetadataError("there is no header")

    def _inside(self, holder: Box, depth: int) -> Iterator[Fact]:
        if depth > _DEPTH:
            raise MetadataError("boxes nested beyond every limit")
        for box in self._boxes(holder.start, holder.end):
            if box.kind == b"mvhd":
                yield from self._header(box)
            elif box.kind == b"meta":
                yield from self._inside(self._past_version(box), depth + 1)
            elif box.kind == b"keys":
                self._keys = list(self._named_keys(box))
            elif box.kind in _HOLDERS:
                yield from self._inside(box, depth + 1)
            elif box.kind in _PLAIN:
                yield from _fact(_PLAIN[box.kind], self._text(box))
            elif holder.kind == b"ilst":
                index = int.from_bytes(box.kind, "big")
                if 0 < index <= len(self._keys) and (code := _NAMED.get(self._keys[index - 1])):
                    yield from _fact(code, self._text(box))

    def _boxes(self, start: int, end: int) -> Iterator[Box]:
        at = start
        while at + 8 <= end:
            self._steps += 1
            if self._steps > STEPS:
                raise MetadataError("more boxes than a recording has")
            size, kind = sized_head(self._file, at)
            head = 8
            if size == 1:
                (size,) = unpack(">Q", take(self._file, at + 8, 8))
                head = 16
            elif size == 0:
                size = end - at
            if size < head or at + size > end:
                if start == 0:  # a last box cut off: what came before it holds
                    return
                raise MetadataError("a box longer than what holds it")
            yield Box(kind, at + head, at + size)
            at += size

    def _header(self, box: Box) -> Iterator[Fact]:
        raw = take(self._file, box.start, min(box.end - box.start, 32))
        form = ">4xQQIQ" if raw[:1] == b"\x01" else ">4xIIII"
        created, modified, scale, length = unpack(form, raw)
        if scale:
            self.length_s = min(length // scale, 10**8)
        yield Fact("container_created", time=moments.seconds(created, since=moments.MAC_EPOCH))
        if modified:
            moment = moments.seconds(modified, since=moments.MAC_EPOCH)
            yield Fact("container_modified", time=moment)

    def _past_version(self, box: Box) -> Box:
        """ISO's `meta` begins with four bytes of version, QuickTime's does not."""
        begin = take(self._file, box.start, min(8, box.end - box.start))
        return (
            box if begin[4:8] in (b"hdlr", b"keys", b"ilst") else box._replace(start=box.start + 4)
        )

    def _named_keys(self, box: Box) -> Iterator[bytes]:
        (count,) = unpack(">I", take(self._file, box.start, 8), 4)
        at = box.start + 8
        for _ in range(min(count, 256)):
            if at + 8 > box.end:
                return
            (size,) = unpack(">I", take(self._file, at, 4))
            if size < 8 or at + size > box.end:
                raise MetadataError("a key longer than its list")
            yield take(self._file, at + 8, min(size - 8, 128))
            at += size

    def _text(self, box: Box) -> bytes:
        """The text of a QuickTime string (length, language, text) or of an iTunes `data` box."""
        raw = take(self._file, box.start, min(box.end - box.start, _TEXT_BYTES))
        if raw[4:8] == b"data":
            (size,) = unpack(">I", raw)
            return raw[16:size]
        if box.kind[:1] == b"\xa9" and len(raw) >= 4:
            (length,) = unpack(">H", raw)
            return raw[4 : 4 + length]
        return raw[4:]


def _fact(code: str, raw: bytes) -> Iterator[Fact]:
    if code == "has_place":
        if raw:
            yield Fact(code, "yes")
        return
    text = decoded(raw)
    if code in ("apple_created", "media_created"):
        if (moment := moments.written(text)) is not None:
            yield Fact(code, time=moment)
    elif clean(text):
        yield Fact(code, clean(text))
