"""Backups of Android phones: `adb backup` (.ab) and MIUI (.bak), both a TAR behind some lines.

Read forward. Databases wait for their logs until the end, in memory and under a limit; archives
are opened in the shared storage only, not among an app's own files.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, Final

from evidence.readers import limits
from evidence.readers.errors import OverLimitError
from evidence.readers.reading import Context, Notes
from evidence.readers.record import Record
from evidence.readers.sniff import WINDOW, sniff_head
from evidence.readers.syntax.encodings import Forward
from evidence.readers.unpacking import Counted

from . import members, miui_payload
from .backup_header import content_of
from .tar import Member, Tar

VERSION: Final = "2"

_SHARED: Final = "shared/"
_LIST: Final = re.compile(r"^apps/[^/]+/_manifest$")
_MIUI_PAYLOAD: Final = re.compile(r"^apps/[^/]+/miui_bak/[^/]+$")


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield the records of every message export inside, and an attachment for each other file.

    Raises:
        EncryptedError: locked with a password.
        UnreadableError: damaged; what stands before the damage was given.
        PathTraversalError, ArchiveBombError, NestedArchiveError, OverLimitError: refused whole.
    """
    inner = context.within()
    tar = Tar(_Metered(content_of(file), inner))
    backup = _Backup(inner)
    for count, member in enumerate(tar):
        if count >= limits.ARCHIVE_MEMBERS:
            raise OverLimitError("archive_members", limits.ARCHIVE_MEMBERS)
        yield from backup.take(member)
    yield from backup.rest()
    if tar.truncated:
        context.notes.warn("file_truncated")


class _Metered:
    """Counts what unpacks against what the archives around may unpack to."""

    def __init__(self, stream: Forward, context: Context) -> None:
        self._stream = stream
        self._meter = context.meter

    def read(self, size: int = -1, /) -> bytes:
        piece = self._stream.read(size)
        if self._meter is not None:
            self._meter.take(len(piece))
        return piece


class _Backup:
    """Databases and logs met so far wait for each other; everything else is read where it is."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._databases: dict[str, bytes] = {}
        self._logs: dict[str, bytes] = {}
        self._room = limits.HELD_BYTES

    def take(self, member: Member) -> Iterator[Record]:
        """The records of one member, unless it has to wait; the backup's own lists have none."""
        if _LIST.match(member.name):
            return
        content = Counted(member.content, max(1, member.size), None)
        head = content.peek(WINDOW)
        is_database = sniff_head(head) == "sqlite"
        is_log = members.database_of(member.name) is not None
        if (is_database or is_log) and member.size <= self._room:
            self._room -= member.size
            held = self._databases if is_database else self._logs
            held[member.name] = content.read(member.size)
        elif _MIUI_PAYLOAD.match(member.name) and member.size <= limits.MEMBER_IN_MEMORY:
            yield from self._payload(member.name, content.read(member.size))
        else:
            yield from members.records(
                content,
                member.name,
                member.size,
                self._context,
                open_archives=self._opens(member.name),
            )

    def rest(self) -> Iterator[Record]:
        """Databases with their logs; then logs that have none here."""
        for name, content in self._databases.items():
            yield from self._database(name, content)
        for name, content in self._logs.items():
            if members.database_of(name) not in self._databases:
                yield members.attachment(
                    name, sniff_head(content[:WINDOW]), len(content), self._context
                )

    def _opens(self, name: str) -> bool:
        return name.startswith(_SHARED) and self._context.depth < limits.ARCHIVE_DEPTH

    def _database(self, name: str, content: bytes) -> Iterator[Record]:
        yield from members.records(
            Counted(io.BytesIO(content), max(1, len(content)), None),
            name,
            len(content),
            self._context,
            companion=lambda suffix: self._logs.get(name + suffix),
        )

    def _payload(self, name: str, content: bytes) -> Iterator[Record]:
        """MIUI's own payload has no mark of its own: it is one when it parses to its last byte."""
        notes = Notes()
        inside = replace(self._context, name=members.label(name), notes=notes)
        found = miui_payload.records(content, inside)
        if found is None:
            format_id = sniff_head(content[:WINDOW])
            yield members.attachment(name, format_id, len(content), self._context)
            return
        yield from members.told(found, name, "miui_payload", len(content), self._context, notes)
