"""Archives: every member judged before it is read, unpacked under limits, never to a disk.

A member's name is a label. Message exports inside are read in place; everything else is told as an
`attachment` and stays in the archive until somebody chooses it.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import IO, BinaryIO, Final

from evidence.readers import limits
from evidence.readers.errors import (
    ArchiveBombError,
    EncryptedError,
    OverLimitError,
    UnreadableError,
    UnsupportedError,
)
from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.sniff import sniff
from evidence.readers.unpacking import DAMAGE, Counted, judge_directory

from . import closed_backup, iphone_backup, members
from .archive_names import judged_name

VERSION: Final = "4"


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield the records of every message export inside, and an attachment for each other file.

    Raises:
        PathTraversalError, ArchiveBombError, NestedArchiveError, OverLimitError: refused whole.
        EncryptedError, UnsupportedError, UnreadableError: it cannot be opened.
    """
    inner = context.within()
    kind = sniff(file)
    try:
        if kind == "zip":
            yield from _zip(file, inner)
        elif kind == "gzip":
            yield from _gzip(file, inner)
        else:
            raise UnsupportedError(f"{kind} archives are not opened")
    except DAMAGE as cause:
        raise UnreadableError(f"the {kind} archive is damaged") from cause
    except NotImplementedError as cause:  # its list asks for a later form of archive
        raise UnsupportedError(f"this form of {kind} archive is not opened") from cause


def _zip(file: BinaryIO, context: Context) -> Iterator[Record]:
    judge_directory(file)
    with zipfile.ZipFile(file) as archive:
        named = judged(archive)
        infos = [info for info in archive.infolist() if not info.is_dir()]
        context = replace(context, members=members.by_name(named))
        for name, info in named.items():
            if members.label(name) == iphone_backup.LIST and info.file_size < limits.MIB:
                with opened(archive, info) as listed:
                    iphone_backup.refuse_locked(listed.read(limits.MIB))
        titles = _titles(archive, named, context)
        if any(members.label(name) in closed_backup.LISTS for name in named):
            context.notes.warn("backup_not_opened")
        logs = []
        read: set[str] = set()
        for info in infos:
            name = judged_name(info)
            if members.database_of(name) in named:
                logs.append(info)
                continue
            title = titles.get(members.label(name))
            for record in _zipped(archive, info, name, named, context):
                if record.kind != "attachment":
                    read.add(name)
                yield members.titled(record, title) if title else record
        for info in logs:  # a log is part of its database; without one it is a file like others
            name = judged_name(info)
            if members.database_of(name) not in read:
                yield from _zipped(archive, info, name, named, context)


def _titles(
    archive: zipfile.ZipFile, named: Mapping[str, zipfile.ZipInfo], context: Context
) -> dict[str, str]:
    """What the list of an iPhone's backup calls its files."""
    for name, info in named.items():
        if members.label(name) == iphone_backup.NAMES and info.file_size <= limits.MEMBER_IN_MEMORY:
            with opened(archive, info) as unpacked:
                listed = Counted(unpacked, info.compress_size, context.meter)
                return iphone_backup.names_in(io.BytesIO(members.whole(listed, "list")))
    return {}


def _zipped(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    name: str,
    named: Mapping[str, zipfile.ZipInfo],
    context: Context,
) -> Iterator[Record]:
    def companion(suffix: str) -> bytes | None:
        beside = named.get(name + suffix)
        if beside is None:
            return None
        with opened(archive, beside) as unpacked:
            log = Counted(unpacked, beside.compress_size, context.meter)
            return members.whole(log, "sqlite")

    with opened(archive, info) as unpacked:
        member = Counted(unpacked, info.compress_size, context.meter)
        yield from members.records(member, name, info.file_size, context, companion=companion)


def judged(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """What an archive holds by name, folders too: every name and all sizes judged before any.

    Raises:
        PathTraversalError, OverLimitError, ArchiveBombError: the archive is refused whole.
    """
    named = {judged_name(info): info for info in archive.infolist()}
    if len(archive.infolist()) > limits.ARCHIVE_MEMBERS:
        raise OverLimitError("archive_members", limits.ARCHIVE_MEMBERS)
    _judge_sizes([info for info in archive.infolist() if not info.is_dir()])
    return named


def opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
    """One member; raises EncryptedError, UnsupportedError."""
    if info.flag_bits & 0x1:
        raise EncryptedError("the archive is locked with a password")
    try:
        return archive.open(info)
    except NotImplementedError as cause:
        raise UnsupportedError("a member uses a packing that is not opened") from cause


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
        member = Counted(unpacked, packed, context.meter)
        yield from members.records(member, name, None, context)
