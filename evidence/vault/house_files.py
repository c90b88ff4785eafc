"""The house's key files: read as one whole, replaced as one whole (docs/operations.md, "Rotation").

A rotation lies ready in a folder of its own before a single file is replaced. One rename decides
it; from the moment at which its keys begin, whoever reads takes the files from that folder first.
So a reader sees the old house or the new one, never some of each, and a crash at any step leaves
something that `settle` finishes or takes back.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from evidence.errors import EvidenceError
from evidence.integrity.house import FILE_NAMES, HOUSE_FILE, House, HouseIncompleteError
from evidence.vault import durable

UNFINISHED, DECIDED, SPENT = "rotation.tmp", "rotation", "rotation.done"
LOCK = "rotation.lock"
LOOKS = 5  # a reader that met a replacement half-way looks again

Signature = tuple[int, int, int]


class RotationBusyError(EvidenceError):
    """Another process is replacing keys at this moment."""

    code = "rotation_busy"


def read(folder: Path, *, now: datetime) -> House:
    """The house whose keys are in use now.

    Raises:
        HouseIncompleteError: a file is missing, unreadable or another's, and remains so.
    """
    for look in range(LOOKS):
        try:
            return House.load(_files(folder, now))
        except (HouseIncompleteError, FileNotFoundError) as problem:
            if look == LOOKS - 1:
                raise HouseIncompleteError("the key files do not belong together") from problem
    raise AssertionError("unreachable: the last look returns or raises")


def signature(folder: Path, *, now: datetime) -> Signature:
    """Changes whenever `read` would give another house; a look at one or two files' dates."""
    waiting = folder / DECIDED / HOUSE_FILE
    try:
        if waiting.exists() and _begins_at(folder) <= now:
            return _of(waiting)
    except FileNotFoundError:
        pass  # it came into place while we looked
    return _of(folder / HOUSE_FILE)


def replace(folder: Path, house: House) -> Iterator[str]:
    """Put a rotated house in place, one step at a time; a step's name is yielded when it is done.

    Whoever does not go on to the end leaves what a crash there would leave. After `decided` the
    caller waits until the new keys begin (`House.last_change`) before it goes on.
    """
    unfinished = folder / UNFINISHED
    unfinished.mkdir(mode=0o700)
    yield "begun"
    for name, content in sorted(house.files().items()):
        if (folder / name).read_bytes() != content:
            durable.write_new(unfinished / name, content)
            yield f"written {name}"
    durable.sync_folder(unfinished)
    unfinished.rename(folder / DECIDED)
    durable.sync_folder(folder)
    yield "decided"
    yield from _apply(folder)


def settle(folder: Path, *, now: datetime) -> str:
    """Finish a rotation that was decided and whose keys have begun; take back one that was not.

    Returns:
        `finished`, `taken_back`, `waiting` (decided, its keys begin later) or "".

    Raises:
        RotationBusyError: a process is at it.
    """
    with locked(folder):
        done = ""
        if (folder / UNFINISHED).exists():
            shutil.rmtree(folder / UNFINISHED)
            done = "taken_back"
        if (folder / DECIDED).exists():
            if _begins_at(folder) > now:
                return "waiting"
            for _ in _apply(folder):
                pass
            done = "finished"
        if (folder / SPENT).exists():
            shutil.rmtree(folder / SPENT)
        durable.sync_folder(folder)
        return done


def is_half_done(folder: Path) -> bool:
    """Whether a rotation was begun and not ended."""
    return any((folder / name).exists() for name in (UNFINISHED, DECIDED, SPENT))


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One process replaces keys at a time; the lock dies with it."""
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as cause:
            raise RotationBusyError("keys are being replaced by another process") from cause
        yield
    finally:
        os.close(handle)


def _apply(folder: Path) -> Iterator[str]:
    """Replace each file by its successor; `house.json` last. Doing it again does no harm."""
    decided, spent = folder / DECIDED, folder / SPENT
    names = sorted(FILE_NAMES - {HOUSE_FILE})
    for name in [name for name in (*names, HOUSE_FILE) if (decided / name).exists()]:
        temporary = folder / f"{name}.new"
        temporary.unlink(missing_ok=True)  # of an earlier try that was cut off
        durable.write_new(temporary, (decided / name).read_bytes())
        temporary.replace(folder / name)
        durable.sync_folder(folder)
        yield f"replaced {name}"
    if spent.exists():
        shutil.rmtree(spent)
    decided.rename(spent)
    durable.sync_folder(folder)
    yield "in place"
    shutil.rmtree(spent)
    durable.sync_folder(folder)
    yield "tidy"


def _files(folder: Path, now: datetime) -> dict[str, bytes]:
    decided = folder / DECIDED
    is_in_use = decided.exists() and _begins_at(folder) <= now
    return {name: _content(folder, decided if is_in_use else None, name) for name in FILE_NAMES}


def _content(folder: Path, first: Path | None, name: str) -> bytes:
    if first is not None:
        try:
            return (first / name).read_bytes()
        except FileNotFoundError:
            pass  # not replaced by this rotation, or in place by now
    return (folder / name).read_bytes()


def _begins_at(folder: Path) -> datetime:
    """When the decided rotation's keys begin; a rotation that is gone is in place: long ago."""
    decided = folder / DECIDED
    names = [name for name in FILE_NAMES if name != HOUSE_FILE]
    try:
        files = {name: _content(folder, decided, name) for name in names}
        files[HOUSE_FILE] = (decided / HOUSE_FILE).read_bytes()
    except FileNotFoundError:
        files = {name: (folder / name).read_bytes() for name in FILE_NAMES}
    return House.load(files).last_change


def _of(file: Path) -> Signature:
    status = file.stat()
    return status.st_mtime_ns, status.st_ino, status.st_size
