"""Sound files besides MP4: WAV's INFO list and broadcast block, MP3's ID3 tag."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from . import moments
from .bounded import PIECE, STEPS, MetadataError, chunk_head, decoded, size_of, take
from .said import UNREADABLE, Fact, clean

_UTF16: Final = (1, 2)
_DATES: Final = frozenset({b"TDRC", b"TDEN"})
_ENCODERS: Final = frozenset({b"TSSE", b"TENC", b"TSS", b"TEN"})


def wav(file: BinaryIO) -> Iterator[Fact]:
    """RIFF chunks: `LIST INFO` (when, with what), `bext` (EBU Tech 3285), an `id3 ` tag."""
    at, end = 12, size_of(file)
    for _ in range(STEPS):
        if at + 8 > end:
            return
        kind, length = chunk_head(file, at)
        if kind == b"LIST" and length <= PIECE:
            yield from _info(take(file, at + 8, length))
        elif kind == b"bext":
            yield from _broadcast(take(file, at + 8, 348))
        elif kind in (b"id3 ", b"ID3 ") and length <= PIECE:
            yield from _tag(take(file, at + 8, length))
        at += 8 + length + (length & 1)
    raise MetadataError("more chunks than a recording has")


def mp3(file: BinaryIO) -> Iterator[Fact]:
    """The ID3v2 tag at the beginning, if there is one."""
    head = take(file, 0, min(10, size_of(file)))
    if head.startswith(b"ID3"):
        yield from _tag(take(file, 0, min(10 + _synchsafe(head[6:10]), PIECE, size_of(file))))


def _info(raw: bytes) -> Iterator[Fact]:
    if raw[:4] != b"INFO":
        return
    at = 4
    while at + 8 <= len(raw):
        kind, length = raw[at : at + 4], int.from_bytes(raw[at + 4 : at + 8], "little")
        text = decoded(raw[at + 8 : at + 8 + length])
        if kind == b"ICRD" and (moment := moments.written(text)) is not None:
            yield Fact("media_created", time=moment)
        elif kind == b"ISFT":
            yield Fact("encoder", clean(text))
        at += 8 + length + (length & 1)


def _broadcast(raw: bytes) -> Iterator[Fact]:
    """Description 256, originator 32, reference 32, date 10, time 8: bytes."""
    if clean(maker := decoded(raw[256:288])):
        yield Fact("software", clean(maker))
    date, time = decoded(raw[320:330]), decoded(raw[330:338]).replace("-", ":")
    moment = moments.written(f"{date} {time}") if time.strip() else moments.written(date)
    if moment is not None:
        yield Fact("broadcast_created", time=moment)


def _tag(raw: bytes) -> Iterator[Fact]:
    """ID3 2.2 to 2.4: frames of date and encoder."""
    if raw[:3] != b"ID3" or len(raw) < 10:
        raise MetadataError("no tag")
    version, flags = raw[3], raw[5]
    end = min(len(raw), 10 + _synchsafe(raw[6:10]))
    at = 10
    if flags & 0x40 and version > 2:
        at += _synchsafe(raw[10:14]) + (4 if version == 3 else 0)
    name, head = (3, 6) if version == 2 else (4, 10)
    while at + head <= end and raw[at] != 0:
        frame = raw[at : at + name]
        size = (
            int.from_bytes(raw[at + 3 : at + 6], "big")
            if version == 2
            else _synchsafe(raw[at + 4 : at + 8])
            if version == 4
            else int.from_bytes(raw[at + 4 : at + 8], "big")
        )
        if at + head + size > end:
            raise MetadataError("a frame longer than its tag")
        yield from _frame(frame, raw[at + head : at + head + min(size, 1024)])
        at += head + size


def _frame(frame: bytes, body: bytes) -> Iterator[Fact]:
    if frame not in _DATES and frame not in _ENCODERS:
        return
    text = _text(body)
    if frame in _ENCODERS:
        yield Fact("encoder", clean(text))
        return
    moment = moments.written(text)
    if moment is not None and moment.state != UNREADABLE:  # a year alone is nothing to compare
        yield Fact("media_created", time=moment)


def _text(body: bytes) -> str:
    if body[:1] and body[0] in _UTF16:
        return body[1:].decode("utf-16" if body[0] == 1 else "utf-16-be", "replace").split("\0")[0]
    return decoded(body[1:])


def _synchsafe(raw: bytes) -> int:
    """Seven bits of each byte (ID3v2.4, 6.2)."""
    value = 0
    for byte in raw:
        value = (value << 7) | (byte & 0x7F)
    return value
