"""The child that looks through a package for its packager (`lookout`), in the cell.

It loads nothing of what the packager is made of: it is waited for.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO, cast

from complaints.bundle import xray
from complaints.bundle.package_files import PackageFile
from complaints.bundle.withheld import Withheld
from evidence.cell import child as cell_child
from evidence.cell import confinement, frames

TIMEOUT_S = 3600  # of a package of many gigabytes
MEMORY_BYTES = 4 * 1024**3  # of address space
COPY_BYTES = 1 << 20
FILE = b"F"  # parent → child: JSON head, behind the frame so many bytes as it says
WHOLE = b"W"  # parent → child: those until now were the exhibits that are handed over whole
ASK = b"A"  # parent → child: what stands in the files until now?
FOUND = b"L"  # child → parent: JSON, the leaks since the last answer


def child() -> None:
    """Look through what comes over standard input, and answer over standard output."""
    back, out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    cell_child.silence()
    cell_child.restrict(memory=MEMORY_BYTES, cpu_s=TIMEOUT_S)
    confinement.confine()
    first = frames.read(back)
    if first is None:
        return
    told = json.loads(first[1])
    told["salts"] = [bytes.fromhex(salt) for salt in told["salts"]]
    look = xray.Look(Withheld(**{name: frozenset(values) for name, values in told.items()}))
    leaks = list(look.whole(_files(back, WHOLE)))
    while True:
        leaks += look.leaks(_files(back, ASK))
        frames.write(out, FOUND, json.dumps([[leak.path, leak.kind] for leak in leaks]).encode())
        leaks = []


def _files(pipe: BinaryIO, end: bytes) -> Iterator[PackageFile]:
    """The files that come until that frame; each can be opened once, before the next one."""
    while (frame := frames.read(pipe)) is not None and frame[0] == FILE:
        head: dict[str, Any] = json.loads(frame[1])
        raw = _Coming(pipe, head["size"])
        yield PackageFile(
            head["path"], head["sha256"], head["size"], "", partial(io.BufferedReader, raw)
        )
        raw.skip()
    if frame is None or frame[0] != end:
        raise SystemExit(0)  # the parent is gone, or done


class _Coming(io.RawIOBase):
    """So many bytes of the pipe as a file."""

    def __init__(self, pipe: BinaryIO, size: int) -> None:
        super().__init__()
        self._pipe, self._left = pipe, size

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """What comes next of this file."""
        view = memoryview(buffer).cast("B")[: self._left]
        count = cast(io.BufferedReader, self._pipe).readinto(view) if view else 0
        self._left -= count
        return count

    def skip(self) -> None:
        """Pass over what nobody read."""
        while self._left and (chunk := self._pipe.read(min(self._left, COPY_BYTES))):
            self._left -= len(chunk)
