"""One file inside an export, found again by its place and read forward; never written to a disk.

Archives (ZIP, gzip) and backups of phones (`.ab`, `.bak`), in each other as the readers open them.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from evidence.readers import limits
from evidence.readers.containers.archive import judged
from evidence.readers.containers.archive import opened as opened_info
from evidence.readers.containers.backup_header import content_of
from evidence.readers.containers.members import whole
from evidence.readers.containers.tar import Tar
from evidence.readers.errors import (
    NestedArchiveError,
    OverLimitError,
    UnreadableError,
    UnsupportedError,
)
from evidence.readers.sniff import WINDOW, sniff, sniff_head
from evidence.readers.syntax.encodings import Forward
from evidence.readers.unpacking import DAMAGE, Counted, Meter, judge_directory

WITHIN = "!"  # between the name of an archive and a name inside it
_BACKUPS = frozenset({"android_backup", "miui_backup"})


@contextmanager
def opened_member(file: BinaryIO, place: str) -> Iterator[Counted]:
    """The member at `place`, as `source_locator["member"]` names it, under all limits of archives.

    Raises:
        UnreadableError: there is no such member, or the archive is damaged.
        RefusedError, EncryptedError, UnsupportedError: as when the archive is read.
    """
    try:
        with _opened(file, place, Meter(limits.ARCHIVE_UNPACKED), depth=1) as member:
            yield member
    except DAMAGE as cause:
        raise UnreadableError("the archive is damaged") from cause


@contextmanager
def _opened(file: BinaryIO, place: str, meter: Meter, *, depth: int) -> Iterator[Counted]:
    _judge_depth(depth)
    kind = sniff(file)
    if kind == "zip":
        with _in_zip(file, place, meter, depth) as member:
            yield member
    elif kind == "gzip":
        with _in_gzip(file, place, meter, depth) as member:
            yield member
    elif kind in _BACKUPS:
        with _in_backup(file, place, meter, depth) as member:
            yield member
    else:
        raise UnsupportedError(f"{kind} archives are not opened")


def _judge_depth(depth: int) -> None:
    if depth > limits.ARCHIVE_DEPTH:
        raise NestedArchiveError(f"more than {limits.ARCHIVE_DEPTH} archives in each other")


@contextmanager
def _in_zip(file: BinaryIO, place: str, meter: Meter, depth: int) -> Iterator[Counted]:
    judge_directory(file)
    with zipfile.ZipFile(file) as archive:
        by_name = judged(archive)
        name, rest = _split(place, by_name)
        info = by_name[name]
        with opened_info(archive, info) as unpacked:
            member = Counted(unpacked, info.compress_size, meter)
            with _further(member, rest, meter, depth) as found:
                yield found


@contextmanager
def _in_gzip(file: BinaryIO, place: str, meter: Meter, depth: int) -> Iterator[Counted]:
    packed = file.seek(0, io.SEEK_END)
    file.seek(0)
    _, _, rest = place.partition(WITHIN)
    with gzip.GzipFile(fileobj=file) as unpacked:
        member = Counted(unpacked, packed, meter)
        with _further(member, rest, meter, depth) as found:
            yield found


@contextmanager
def _in_backup(file: Forward, place: str, meter: Meter, depth: int) -> Iterator[Counted]:
    """A member of the TAR in a backup: what lies before it is unpacked and counted, too."""
    for count, each in enumerate(Tar(Counted(content_of(file), limits.ARCHIVE_UNPACKED, meter))):
        if count >= limits.ARCHIVE_MEMBERS:
            raise OverLimitError("archive_members", limits.ARCHIVE_MEMBERS)
        if place == each.name or place.startswith(each.name + WITHIN):
            member = Counted(each.content, max(1, each.size), None)
            with _further(member, place[len(each.name) + 1 :], meter, depth) as found:
                yield found
            return
    raise UnreadableError("there is no such member")


@contextmanager
def _further(member: Counted, rest: str, meter: Meter, depth: int) -> Iterator[Counted]:
    """The member itself, or what lies in it when it is an archive."""
    if not rest:
        yield member
        return
    if sniff_head(member.peek(WINDOW)) in _BACKUPS:  # read forward, whatever its size
        _judge_depth(depth + 1)
        with _in_backup(member, rest, meter, depth + 1) as found:
            yield found
        return
    with _opened(io.BytesIO(whole(member, "")), rest, meter, depth=depth + 1) as found:
        yield found


def _split(place: str, names: dict[str, zipfile.ZipInfo]) -> tuple[str, str]:
    """A name of this archive and the place inside it; `!` may stand in a name, too."""
    if place in names:
        return place, ""
    at = place.find(WITHIN)
    while at >= 0:
        if place[:at] in names:
            return place[:at], place[at + 1 :]
        at = place.find(WITHIN, at + 1)
    raise UnreadableError("there is no such member")
