"""Where encrypted bytes lie: on this disk or in a bucket (setting `vault`). The vault's own.

Nothing here records and nothing decrypts, so nobody but the vault may import it (an import
contract says so): `store` is the way in and out, `shelf` the way to look.
"""

from __future__ import annotations

import errno
import os
import shutil
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages

from evidence.errors import EvidenceError
from evidence.vault import durable
from evidence.vault.bucket_file import BucketFile


class VaultNameTakenError(EvidenceError):
    """Two things came under one random id: the second is not kept."""

    code = "vault_name_taken"


def name_of(envelope_id: uuid.UUID) -> str:
    """Where an envelope lies: by its own random id, in folders of a size that people can list."""
    return f"{envelope_id.hex[:2]}/{envelope_id.hex}"


def adopt(part: Path, name: str) -> None:
    """Move a finished, flushed envelope into the vault under its name."""
    storage = _vault()
    if isinstance(storage, FileSystemStorage):
        _move(part, Path(storage.path(name)))
        return
    with part.open("rb") as file:
        kept_name = storage.save(name, File(file))
    if kept_name != name:  # the storage found the name taken and chose another
        storage.delete(kept_name)
        raise VaultNameTakenError(name)
    part.unlink()


def names() -> Iterator[str]:
    """Every name in the vault, folder by folder."""
    storage = _vault()
    try:
        folders, _ = storage.listdir("")
    except FileNotFoundError:  # nothing was ever kept
        return
    for folder in folders:
        yield from (f"{folder}/{file}" for file in storage.listdir(folder)[1])


def kept_at(name: str) -> datetime:
    """When an envelope came into the vault, by the storage's clock; aware."""
    return _vault().get_modified_time(name)


def has(name: str) -> bool:
    """Whether an envelope of that name is in the vault."""
    return _vault().exists(name)


def open_sealed(name: str) -> BinaryIO:
    """An envelope as it lies there, encrypted; raises FileNotFoundError."""
    storage = _vault()
    if hasattr(storage, "bucket"):
        return cast(BinaryIO, BucketFile(storage, name))
    return cast(BinaryIO, storage.open(name, "rb"))


def delete(name: str) -> None:
    """Take an envelope out; one that is not there is no error."""
    _vault().delete(name)


def associated(object_id: uuid.UUID) -> bytes:
    """The associated data of an envelope: a swapped blob does not decrypt."""
    return str(object_id).encode("ascii")


def incoming_path(name: str) -> Path:
    """Where an envelope grows before it has a place in the vault (encrypted, like all there)."""
    folder: Path = settings.UPLOADS_DIR
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / name


def flush(file: BinaryIO) -> None:
    """Do not go on before the disk has it."""
    file.flush()
    os.fsync(file.fileno())


def _vault() -> Storage:
    return storages["vault"]


def _move(part: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        _name(part, target)
    except OSError as cause:
        if cause.errno != errno.EXDEV:
            raise
        _copy(part, target)  # uploads and vault lie on two disks
    part.unlink()
    durable.sync_folder(target.parent)


def _name(file: Path, target: Path) -> None:
    """Give a file its second name, atomically; a name that is taken is never replaced."""
    try:
        os.link(file, target)
    except FileExistsError as cause:
        raise VaultNameTakenError(target.name) from cause


def _copy(part: Path, target: Path) -> None:
    beside = target.with_suffix(".part")
    try:
        with part.open("rb") as source, beside.open("wb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
            flush(copy)
        _name(beside, target)
    finally:
        beside.unlink(missing_ok=True)
