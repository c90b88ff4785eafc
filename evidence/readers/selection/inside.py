"""One file inside an export, found again by its place and read forward; never written to a disk."""

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
from evidence.readers.containers.members import whole
from evidence.readers.errors import NestedArchiveError, UnreadableError, UnsupportedError
from evidence.readers.sniff import sniff
from evidence.readers.unpacking import DAMAGE, Counted, Meter, judge_directory

WITHIN = "!"  # between the name of an archive and a name inside it


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
    if depth > limits.ARCHIVE_DEPTH:
        raise NestedArchiveError(f"more than {limits.ARCHIVE_DEPTH} archives in each other")
    kind = sniff(file)
    if kind == "zip":
        with _in_zip(file, place, meter, depth) as member:
            yield member
    elif kind == "gzip":
        with _in_gzip(file, place, meter, depth) as member:
            yield member
    else:
        raise UnsupportedError(f"{kind} archives are not opened")


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
def _further(member: Counted, rest: str, meter: Meter, depth: int) -> Iterator[Counted]:
    """The member itself, or what lies in it when it is an archive."""
    if not rest:
        yield member
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
