"""The key under which collectors' numbers are compared: a file of its own, in no database.

Losing it costs nothing but a day: marks are made anew from the records. So it is made when it is
needed, unlike the other keys, and replaced by one rename (`manage.py rotate_matching_key`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from evidence.errors import EvidenceError
from evidence.vault import durable, house_files, keys

FILE_NAME = "matching_key.txt"  # 64 hex digits
NAME_DOMAIN = b"liuzheng/matching-key-id/v1\n"


class MatchingKeyError(EvidenceError):
    """The key is not there, or what is there is none. An operator can mend that."""

    code = "matching_key_unusable"
    heals = True


@dataclass(frozen=True)
class MatchingKey:
    """32 secret bytes and what rows call the key: 16 hex digits of a digest, no secret."""

    secret: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """As it stands beside each mark."""
        return hashlib.sha256(NAME_DOMAIN + self.secret).hexdigest()[:16]


def current() -> MatchingKey:
    """The key as its file has it now.

    Raises:
        MatchingKeyError: see there.
    """
    try:
        text = (settings.KEYS_DIR / FILE_NAME).read_text("ascii").strip()
        secret = bytes.fromhex(text)
    except (OSError, ValueError) as cause:
        raise MatchingKeyError(f"{FILE_NAME} cannot be read as a key") from cause
    if len(secret) != keys.KEY_BYTES:
        raise MatchingKeyError(f"{FILE_NAME} holds no {keys.KEY_BYTES} bytes")
    return MatchingKey(secret)


def fresh() -> bytes:
    """The content of a new key's file."""
    return keys.as_text(keys.new_key()).encode("ascii")


def replace() -> str:
    """Put a new key in the place of the one that is there; return its name. The old one is gone.

    Raises:
        house_files.RotationBusyError: another process is replacing keys.
    """
    folder: Path = settings.KEYS_DIR
    with house_files.locked(folder):
        unfinished = folder / f"{FILE_NAME}.tmp"
        unfinished.unlink(missing_ok=True)  # of a process that was killed here
        durable.write_new(unfinished, fresh())
        unfinished.replace(folder / FILE_NAME)
        durable.sync_folder(folder)
    return current().name
