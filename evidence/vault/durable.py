"""Files for their owner alone that are on the disk before we go on; and the names of files."""

from __future__ import annotations

import os
from pathlib import Path


def make_private(file: Path) -> Path:
    """Make an empty file, 0600; raises FileExistsError: nothing that is there is replaced."""
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return file


def write_new(file: Path, content: bytes) -> None:
    """Write a file of our own, 0600, flushed; raises FileExistsError as `make_private`."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())


def sync_folder(folder: Path) -> None:
    """A name that was given, changed or taken away lasts once its folder is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
