"""Look at what lies in the vault without opening it: names, times, sizes, digests.

Nothing here gives out, keeps or drops a byte, so nothing here is an event; what may come out is
names, numbers, times and digests (a test looks at the types). Lists and counters are not events.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import BinaryIO, cast

from evidence.errors import ItemUnreadableError
from evidence.integrity.digest import hash_stream
from evidence.vault import blobs
from evidence.vault.envelope import DecryptingReader
from evidence.vault.failures import named_failure

__all__ = ["digest", "has", "kept_at", "name_of", "names"]


class NotInVaultError(ItemUnreadableError):
    """The storage answers that nothing of that name is in it."""


def names() -> Iterator[str]:
    """Every name in the vault, folder by folder.

    Raises:
        failures.StorageFailedError: it did not answer.
    """
    with named_failure():
        yield from blobs.names()


def name_of(envelope_id: uuid.UUID) -> str:
    """The name under which an envelope of that id lies, or would."""
    return blobs.name_of(envelope_id)


def has(name: str) -> bool:
    """Whether an envelope of that name is in the vault."""
    return blobs.has(name)


def kept_at(name: str) -> datetime:
    """When an envelope came into the vault, by the storage's clock; aware."""
    return blobs.kept_at(name)


def digest(
    name: str,
    *,
    object_id: uuid.UUID,
    data_key: bytes,
    algorithm: str = "sha256",
    hold: Callable[[int], None] | None = None,
) -> tuple[str, int]:
    """Digest (lower-case hex) and number of the plain bytes, read back and decrypted as a whole.

    Args:
        name: of the envelope.
        object_id: under which it opens.
        data_key: 32 bytes.
        algorithm: by its name in `hashlib`.
        hold: called with the length of each piece that was read; may wait, or raise.

    Raises:
        NotInVaultError: nothing of that name is in the vault.
        failures.StorageFailedError: it did not answer.
        envelope.EnvelopeTruncatedError, envelope.EnvelopeDamagedError: changed bytes.
    """
    with named_failure():
        try:
            sealed = blobs.open_sealed(name)
        except FileNotFoundError as cause:
            raise NotInVaultError(f"{object_id} is not in the vault") from cause
        with sealed:
            plain = DecryptingReader(
                sealed, data_key=data_key, associated_data=blobs.associated(object_id)
            )
            return hash_stream(cast(BinaryIO, plain), hold, algorithm=algorithm)
