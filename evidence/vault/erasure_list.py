"""What was erased, kept with the keys: a restored database is emptied again by this list.

Format: docs/formats/erasure-list.md. Appended and flushed before anything is destroyed.
"""

from __future__ import annotations

import fcntl
import json
import os
import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from evidence.errors import EvidenceError
from evidence.integrity.digest import sha256_hex
from evidence.integrity.times import write_time
from evidence.vault import durable

FILE_NAME = "erasures.jsonl"
NOTHING_BEFORE = "0" * 64
MEMBERS = ("v", "n", "scope", "id", "at", "previous")


class Scope(StrEnum):
    """What an erasure takes: one item and what was made of it, a case, or an account."""

    ITEM = "item"
    CASE = "case"
    ACCOUNT = "account"


class ErasureListError(EvidenceError):
    """The list is not as it was written. Nothing is served until a person has looked."""

    code = "erasure_list_damaged"


@dataclass(frozen=True)
class Entry:
    """One erasure; `name` is the digest of its line, as tombstones carry it."""

    scope: Scope
    id: uuid.UUID
    name: str


def append(folder: Path, *, scope: Scope, of: uuid.UUID, at: datetime) -> Entry:
    """Write one erasure down, on the disk before this returns; one that stands there stays.

    Args:
        folder: of the keys.
        scope: what `of` is the id of.
        of: the item, case or account.
        at: when it was decided, aware.

    Raises:
        ErasureListError: what is there is damaged; nothing is added.
    """
    path = folder / FILE_NAME
    is_new = not path.exists()
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        entries, end = _parse(file.read())
        for entry in entries:
            if (entry.scope, entry.id) == (scope, of):
                return entry
        line = _line(len(entries) + 1, scope, of, write_time(at), entries)
        _add(file, line, end)
    if is_new:
        durable.sync_folder(folder)
    return Entry(scope, of, sha256_hex(line))


def read(folder: Path) -> list[Entry]:
    """All erasures, first one first; none when there is no list.

    Raises:
        ErasureListError: see there.
    """
    try:
        with (folder / FILE_NAME).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH)
            return _parse(file.read())[0]
    except FileNotFoundError:
        return []


def _line(place: int, scope: str, of: uuid.UUID, at: str, before: list[Entry]) -> bytes:
    previous = before[-1].name if before else NOTHING_BEFORE
    values = (1, place, str(scope), str(of), at, previous)
    return json.dumps(dict(zip(MEMBERS, values, strict=True)), separators=(",", ":")).encode()


def _parse(content: bytes) -> tuple[list[Entry], int]:
    """The entries, and where the last whole line ends."""
    end = content.rfind(b"\n") + 1
    entries: list[Entry] = []
    for place, line in enumerate(content[:end].split(b"\n")[:-1], start=1):
        try:
            told = json.loads(line)
            scope, of = Scope(told["scope"]), uuid.UUID(told["id"])
            is_whole = line == _line(place, scope, of, told["at"], entries)
        except (ValueError, KeyError, TypeError, AttributeError) as cause:
            raise ErasureListError(f"{FILE_NAME}, line {place}") from cause
        if not is_whole:
            raise ErasureListError(f"{FILE_NAME}, line {place}")
        entries.append(Entry(scope, of, sha256_hex(line)))
    return entries, end


def _add(file: BinaryIO, line: bytes, end: int) -> None:
    file.truncate(end)  # what a killed writer left of a line that was never acknowledged
    file.seek(end)
    file.write(line + b"\n")
    file.flush()
    os.fsync(file.fileno())
