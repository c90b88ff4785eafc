"""Copy all envelopes out of the vault as they lie there, encrypted, and into an empty one."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from evidence.vault import blobs, durable
from evidence.vault.failures import named_failure

PIECE = 1 << 20  # bytes


def copy_to(folder: Path) -> int:
    """Copy every envelope below `folder`, flushed to the disk; return how many.

    One that is erased while we copy is not in the copy.

    Raises:
        StorageFailedError: disk or bucket did not answer; what is copied is not whole.
    """
    count = 0
    with named_failure():
        for name in blobs.names():
            target = folder / name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                source = blobs.open_sealed(name)
            except FileNotFoundError:
                continue
            with source, durable.make_private(target).open("wb") as copy:
                shutil.copyfileobj(source, copy, PIECE)
                blobs.flush(copy)
            count += 1
    return count


def bring_back(folder: Path) -> int:
    """Copy every envelope below `folder` into the vault under its own name; return how many.

    Raises:
        StorageFailedError: disk or bucket did not answer.
        blobs.VaultNameTakenError: the vault was not empty.
    """
    count = 0
    for path in sorted(folder.glob("*/*")):
        part = blobs.incoming_path(f"{secrets.token_hex(16)}.restored")
        try:
            with path.open("rb") as source, durable.make_private(part).open("wb") as copy:
                shutil.copyfileobj(source, copy, PIECE)
                blobs.flush(copy)
            with named_failure():
                blobs.adopt(part, f"{path.parent.name}/{path.name}")
        finally:
            part.unlink(missing_ok=True)
        count += 1
    return count
