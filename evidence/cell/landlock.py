"""Landlock: from here on this process opens only what lies beneath a few folders, for reading.

Linux 5.13 and later, without any privilege (kernel.org, userspace-api/landlock). What is open
already stays open. Calls of `stat` are not covered: names and sizes of files remain visible.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from evidence.cell import kernel

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION: Final = 1
_PATH_BENEATH: Final = 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
# Rights over files that each version of the interface knows: the n-th brought the bits below.
_FILE_BITS: Final = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_TCP: Final = 0b11  # bind, connect; since version 4
_SCOPED: Final = 0b11  # abstract sockets, signals; since version 6


def version() -> int:
    """Which version of the interface the kernel has.

    Raises:
        OSError: none, or it was switched off at boot.
    """
    return kernel.call(_CREATE_RULESET, None, 0, _ASK_VERSION)


def restrict(readable: Iterable[Path]) -> None:
    """Allow to read beneath `readable`, and nothing else; paths that are not there are passed over.

    Raises:
        OSError: the kernel has no Landlock; nothing is restricted then.
    """
    known = version()
    ruleset = kernel.call(_CREATE_RULESET, *_handled(known), 0)
    try:
        for path in readable:
            _allow(ruleset, path)
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
        kernel.call(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _handled(known: int) -> tuple[ctypes.Array[ctypes.c_char], int]:
    """`landlock_ruleset_attr` and its length, as far as this version has it."""
    files = (1 << _FILE_BITS[min(known, max(_FILE_BITS))]) - 1
    raw = struct.pack("=QQQ", files, _TCP, _SCOPED)[: 8 if known < 4 else 16 if known < 6 else 24]
    return ctypes.create_string_buffer(raw, len(raw)), len(raw)


def _allow(ruleset: int, path: Path) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rights = _READ_FILE | _READ_DIR if path.is_dir() else _READ_FILE
        rule = struct.pack("=Qi", rights, place)
        kernel.call(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.create_string_buffer(rule), 0)
    finally:
        os.close(place)
