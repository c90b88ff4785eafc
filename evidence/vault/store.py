"""Put, open, discard: where encrypted bytes lie, on this disk or in a bucket (setting `vault`).

Bytes are encrypted on their way in; a half-written envelope never has a name in the vault.
"""

from __future__ import annotations

import errno
import io
import os
import secrets
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages

from evidence.errors import EvidenceError, ItemUnreadableError
from evidence.vault.bucket_file import BucketFile
from evidence.vault.envelope import DecryptingReader, seal_stream

READ_BUFFER_BYTES = 1 << 16


@dataclass(frozen=True)
class Stored:
    """What lies in the vault now: its name there, and of its plain bytes digest and size."""

    name: str
    sha256: str
    size: int


class VaultNameTakenError(EvidenceError):
    """Two things came under one random id: the second is not kept."""

    code = "vault_name_taken"


class VaultFile(DecryptingReader):
    """A decrypting reader that closes the encrypted file with itself."""

    def close(self) -> None:
        """Close both."""
        if not self.closed:
            self._src.close()
        super().close()


def put(src: BinaryIO, *, object_id: uuid.UUID, data_key: bytes, max_bytes: int) -> Stored:
    """Hash and encrypt a stream in one pass, and keep it.

    Args:
        src: read once, from its current position to its end.
        object_id: the item or derivative; the envelope opens under this id only.
        data_key: 32 bytes, fresh.
        max_bytes: of plain bytes.

    Raises:
        envelope.OverLimitError: more came. Nothing is kept.
    """
    part = incoming_path(f"{secrets.token_hex(16)}.part")
    try:
        with part.open("xb") as file:
            kept = seal_stream(
                src,
                file,
                data_key=data_key,
                associated_data=associated(object_id),
                max_bytes=max_bytes,
            )
            flush(file)
        # Not the object's id: a stage that is run twice at once must not meet itself here.
        name = name_of(uuid.uuid4())
        adopt(part, name)
        return Stored(name, kept.sha256, kept.size)
    finally:
        part.unlink(missing_ok=True)


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


def open_plain(name: str, *, object_id: uuid.UUID, data_key: bytes) -> BinaryIO:
    """The plain bytes as a seekable file; only the segments that are read are decrypted.

    Doors call this, and nobody else: it leaves no event of its own.

    Raises:
        ItemUnreadableError: nothing of that name is in the vault.
        envelope.EnvelopeTruncatedError, envelope.EnvelopeDamagedError: changed bytes.
    """
    try:
        sealed = _open_sealed(name)
    except FileNotFoundError as cause:
        raise ItemUnreadableError(f"{object_id} is not in the vault") from cause
    try:
        plain = VaultFile(sealed, data_key=data_key, associated_data=associated(object_id))
    except EvidenceError:
        sealed.close()
        raise
    return io.BufferedReader(plain, READ_BUFFER_BYTES)


def discard(name: str) -> None:
    """Take an envelope out of the vault that no row names (any more)."""
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


def _open_sealed(name: str) -> BinaryIO:
    storage = _vault()
    if hasattr(storage, "bucket"):
        return cast(BinaryIO, BucketFile(storage, name))
    return cast(BinaryIO, storage.open(name, "rb"))


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
    _flush_folder(target.parent)


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


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
