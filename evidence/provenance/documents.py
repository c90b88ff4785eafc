"""ZIP, message exports, SQLite: what they say of their making."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, Final, cast

from . import moments
from .bounded import MetadataError, decoded, size_of, take, unpack
from .said import GIVEN, Fact, Moment, clean

_MEMBERS: Final = 20_000
_DIRECTORY_BYTES: Final = 16 * 1024 * 1024
_END: Final = b"PK\x05\x06"
_ROOT: Final = re.compile(rb"<(?:smses|calls|alllogs)\b([^>]{0,2000})>")
_ATTRIBUTE: Final = re.compile(rb'\b(backup_date|backup_set|type)="([^"]{0,80})"')


def zip_(file: BinaryIO) -> Iterator[Fact]:
    """The first and last date of the members: wall clock of the machine that packed."""
    _judge_directory(file)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            dates = [info.date_time for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, IndexError):
        raise MetadataError("the archive's list cannot be read") from None
    usable = sorted(m.written for d in dates if (m := moments.wall(*d)).state == GIVEN)
    if not usable and dates:
        yield Fact("zip_first", time=moments.wall(*dates[0]))
    elif usable:
        for code, written in (("zip_first", usable[0]), ("zip_last", usable[-1])):
            yield Fact(code, time=Moment(written))


def _judge_directory(file: BinaryIO) -> None:
    """Refuse a list of members that is longer than any phone writes, before it is unpacked."""
    size = size_of(file)
    tail = take(file, max(0, size - 65_557), min(size, 65_557))
    at = tail.rfind(_END)
    if at < 0:
        raise MetadataError("the archive has no end")
    members, length = unpack("<HI", tail, at + 10)
    if members > _MEMBERS or (length != 0xFFFFFFFF and length > _DIRECTORY_BYTES):
        raise MetadataError("an archive beyond every limit")


def message_export(file: BinaryIO) -> Iterator[Fact]:
    """`backup_date` (milliseconds since 1970) and whether the set has a name, off the root tag."""
    head = take(file, 0, min(size_of(file), 65_536))
    root = _ROOT.search(head.replace(b"\0", b""))  # UTF-16 of ASCII names reads as ASCII
    if root is None:
        return
    told = dict(cast(list[tuple[bytes, bytes]], _ATTRIBUTE.findall(root[1])))
    if (date := told.get(b"backup_date", b"")).isdigit():
        yield Fact("export_date", time=moments.seconds(int(date) // 1000, since=moments.UNIX_EPOCH))
    yield Fact("export_set", clean(decoded(told.get(b"backup_set", b""))))


def sqlite(file: BinaryIO) -> Iterator[Fact]:
    """The application's number in the header (sqlite.org/fileformat2, 1.3.17)."""
    (number,) = unpack(">I", take(file, 68, 4))
    if number:
        yield Fact("application_id", f"{number:08x}")
