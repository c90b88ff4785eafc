"""Where plain bytes may lie for a moment: a private folder per process, emptied when it is dead.

What must have a path (the typesetter's pictures) or a place to seek in (a ZIP that grows) gets it
here and nowhere else on this disk; docs/threats.md lists who asks. Each process holds a lock on its
own folder. The lock goes with the process however it ends, so the next one to look can tell the
folder of a dead process from that of a living one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

PREFIX = "process-"
LOCK_FILE = ".lock"

_making = threading.Lock()
_own: dict[int, tuple[Path, int]] = {}  # by process id: a fork must not use its parent's folder


def folder() -> Path:
    """This process's own folder, 0700; the first call makes it and empties those of the dead."""
    with _making:
        if os.getpid() not in _own:
            _own[os.getpid()] = _make(settings.SCRATCH_DIR)
        return _own[os.getpid()][0]


def use_for_temporary_files() -> None:
    """Let the temporary files of every library of this process lie in its own folder too."""
    tempfile.tempdir = str(folder())


def empty_dead() -> int:
    """Remove what dead processes left behind; return how many things that were."""
    root: Path = settings.SCRATCH_DIR
    if not root.is_dir():
        return 0
    with _alone_in(root):
        return _empty_dead(root)


def _make(root: Path) -> tuple[Path, int]:
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone_in(root):
        _empty_dead(root)
        own = Path(tempfile.mkdtemp(prefix=PREFIX, dir=root))
        handle = os.open(own, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
    return own, handle  # open, and so locked, as long as this process lives


def _empty_dead(root: Path) -> int:
    count = 0
    for entry in root.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            count += _remove_if_dead(entry)
        elif entry.name != LOCK_FILE:
            entry.unlink(missing_ok=True)
            count += 1
    return count


def _remove_if_dead(entry: Path) -> bool:
    handle = os.open(entry, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        shutil.rmtree(entry)
        return True
    finally:
        os.close(handle)


@contextmanager
def _alone_in(root: Path) -> Iterator[None]:
    """Keep others from looking between the making of a folder and its lock."""
    handle = os.open(root / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
