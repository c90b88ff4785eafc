"""Archives: every member judged before it is read, unpacked under limits, never to a disk.

A member's name is a label. Message exports inside are read in place; everything else is told as an
`attachment` and stays in the archive until somebody chooses it.
"""

from __future__ import annotations

import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO, Final, cast

from . import limits
from .archive_names import judged_name
from .errors import (
    ArchiveBombError,
    EncryptedError,
    NestedArchiveError,
    OverLimitError,
    UnreadableError,
    UnsupportedError,
)
from .magic import PICTURES, RECORDINGS
from .overlaps import Overlaps
from .reading import Context, Notes
from .record import Record
from .registry import has_reader, records_of
from .sniff import WINDOW, sniff, sniff_head
from .unpacking import Counted, Meter

VERSION: Final = "2"

_ARCHIVES: Final = frozenset({"zip", "gzip"})
_STREAMED: Final = frozenset({"sms_backup", "super_backup", "xml_entities"})
# may hold something else than messages: then it is told as an attachment
_PERHAPS: Final = frozenset({"sqlite"})
_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)
_END_RECORD: Final = b"PK\x05\x06"


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield the records of every message export inside, and an attachment for each other file.

    Raises:
        PathTraversalError, ArchiveBombError, NestedArchiveError, OverLimitError: refused whole.
        EncryptedError, UnsupportedError, UnreadableError: it cannot be opened.
    """
    if context.depth >= limits.ARCHIVE_DEPTH:
        raise NestedArchiveError(f"more than {limits.ARCHIVE_DEPTH} archives in each other")
    inner = replace(
        context,
        depth=context.depth + 1,
        overlaps=context.overlaps or Overlaps(),
        meter=context.meter or Meter(limits.ARCHIVE_UNPACKED),
    )
    kind = sniff(file)
    try:
        if kind == "zip":
            yield from _zip(file, inner)
        elif kind == "gzip":
            yield from _gzip(file, inner)
        else:
            raise UnsupportedError(f"{kind} archives are not opened")
    except _DAMAGE as cause:
        raise UnreadableError(f"the {kind} archive is damaged") from cause


def _zip(file: BinaryIO, context: Context) -> Iterator[Record]:
    _judge_directory(file)
    with zipfile.ZipFile(file) as archive:
        members = [info for info in archive.infolist() if not info.is_dir()]
        names = [judged_name(info) for info in archive.infolist()]
        if len(names) > limits.ARCHIVE_MEMBERS:
            raise OverLimitError("archive_members", limits.ARCHIVE_MEMBERS)
        _judge_sizes(members)
        context = replace(context, members={_label(name): name for name in names})
        for info in members:
            name = judged_name(info)
            if info.flag_bits & 0x1:
                raise EncryptedError("the archive is locked with a password")
            try:
                opened = archive.open(info)
            except NotImplementedError as cause:
                raise UnsupportedError("a member uses a packing that is not opened") from cause
            with opened as unpacked:
                member = Counted(cast(BinaryIO, unpacked), info.compress_size, context.meter)
                yield from _member(member, name, info.file_size, context)


def _judge_sizes(members: list[zipfile.ZipInfo]) -> None:
    """Refuse what already says that it is a bomb; what lies is met while it unpacks."""
    if sum(info.file_size for info in members) > limits.ARCHIVE_UNPACKED:
        raise ArchiveBombError("the members unpack to more than the limit together")
    for info in members:
        allowed = max(limits.ARCHIVE_RATIO_FROM, info.compress_size * limits.ARCHIVE_RATIO)
        if info.file_size > allowed:
            raise ArchiveBombError(f"a member grows more than {limits.ARCHIVE_RATIO} to one")


def _gzip(file: BinaryIO, context: Context) -> Iterator[Record]:
    file.seek(0, io.SEEK_END)
    packed = file.tell()
    file.seek(0)
    name = context.name.removesuffix(".gz") or "content"
    with gzip.GzipFile(fileobj=file) as unpacked:
        member = Counted(cast(BinaryIO, unpacked), packed, context.meter)
        yield from _member(member, name, None, context)


def _member(member: Counted, name: str, size: int | None, context: Context) -> Iterator[Record]:
    head = member.peek(WINDOW)
    format_id = sniff_head(head)
    inside = replace(context, name=_label(name), notes=Notes(), container=context.name)
    if format_id in _STREAMED:
        records: Iterator[Record] = records_of(cast(BinaryIO, member), format_id, inside)
    elif has_reader(format_id) and format_id not in PICTURES and format_id not in RECORDINGS:
        whole = member.read(limits.MEMBER_IN_MEMORY + 1)
        if len(whole) > limits.MEMBER_IN_MEMORY:
            raise OverLimitError("member_bytes", limits.MEMBER_IN_MEMORY)
        records = records_of(io.BytesIO(whole), format_id, inside)
    else:
        yield _attachment(name, format_id, size, context)
        return
    told = False
    try:
        for record in records:
            told = True
            yield record._replace(
                source_file=context.name,
                source_locator=_within(name, record.source_locator),
            )
        if not told and format_id in _PERHAPS:
            yield _attachment(name, format_id, size, context)
    finally:
        _pass_on(inside.notes, name, context.notes)


def _pass_on(inner: Notes, name: str, notes: Notes) -> None:
    """What a member's reader noted, with the member in its places."""
    notes.encoding = notes.encoding or inner.encoding
    for code, count in inner.warnings.items():
        notes.warn(code, _within(name, inner.places.get(code, {})), count)
    notes.duplicates.extend((first, _within(name, place)) for first, place in inner.duplicates)


def _within(name: str, locator: Any) -> dict[str, Any]:
    """A place inside a member; nested archives read from outside to inside, joined by `!`."""
    if "member" in locator:
        return {**locator, "member": f"{name}!{locator['member']}"}
    return {"member": name, **locator}


def _label(name: str) -> str:
    return name.rsplit("/", 1)[-1]


def _attachment(name: str, format_id: str, size: int | None, context: Context) -> Record:
    told = {"name": _label(name), "format": format_id, "size": size}
    return Record(
        kind="attachment",
        source_file=context.name,
        source_locator={"member": name},
        attachments=({**told, "locator": {"member": name}},),
    )


def _judge_directory(file: BinaryIO) -> None:
    """Refuse a central directory that would not fit, before anything parses it."""
    file.seek(0, io.SEEK_END)
    size = file.tell()
    if size > limits.EXPORT_BYTES:
        raise OverLimitError("archive_bytes", limits.EXPORT_BYTES)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(_END_RECORD)
    if at < 0 or at + 22 > len(tail):
        raise UnreadableError("the zip archive has no end: it was cut off")
    members = int.from_bytes(tail[at + 10 : at + 12], "little")
    directory = int.from_bytes(tail[at + 12 : at + 16], "little")
    if members > limits.ARCHIVE_MEMBERS and members != 0xFFFF:
        raise OverLimitError("archive_members", limits.ARCHIVE_MEMBERS)
    if limits.ARCHIVE_DIRECTORY < directory != 0xFFFFFFFF:
        raise ArchiveBombError("the archive's directory is larger than any honest one")
    zip64 = tail.rfind(b"PK\x06\x06")
    if directory == 0xFFFFFFFF and zip64 >= 0:
        directory = int.from_bytes(tail[zip64 + 40 : zip64 + 48], "little")
        if directory > limits.ARCHIVE_DIRECTORY:
            raise ArchiveBombError("the archive's directory is larger than any honest one")
