"""The salted commitments between a redacted copy and what it was made from.

docs/formats/redaction.md. The copy's `redacted` event names its parent by one, the parent's event
names the copy by the other; who is given the salt and the bytes can check it, nobody else learns
anything. Each redaction has its own salts, so two copies of one parent do not name each other.
"""

from __future__ import annotations

import hashlib
import hmac
import uuid
from typing import Final

SECRET_BYTES: Final = 32
PARENT_SALT_DOMAIN: Final = b"liuzheng/redaction-parent-salt/v1\n"
COPY_SALT_DOMAIN: Final = b"liuzheng/redaction-copy-salt/v1\n"
PARENT_DOMAIN: Final = b"liuzheng/redaction-parent/v1\n"
COPY_DOMAIN: Final = b"liuzheng/redaction-copy/v1\n"


def parent_salt(secret: bytes, redaction_id: uuid.UUID) -> bytes:
    """HMAC-SHA-256(secret, domain ‖ the 16 bytes of the id): opens the parent's commitment.

    Args:
        secret: 32 bytes, of the parent's reading (docs/formats/records.md).
        redaction_id: of this one redaction.
    """
    return _salt(secret, PARENT_SALT_DOMAIN, redaction_id)


def copy_salt(secret: bytes, redaction_id: uuid.UUID) -> bytes:
    """The same for the copy, as the parent's own event names it."""
    return _salt(secret, COPY_SALT_DOMAIN, redaction_id)


def parent_commitment(salt: bytes, sha256: str) -> str:
    """Name a parent without showing its digest.

    Args:
        salt: 32 bytes.
        sha256: of the parent's bytes, 64 lower-case hex digits.

    Returns:
        64 lower-case hex digits: SHA-256(domain ‖ salt ‖ the digest's 32 bytes).
    """
    return _commitment(PARENT_DOMAIN, salt, sha256)


def copy_commitment(salt: bytes, sha256: str) -> str:
    """Name a copy without showing its digest; as `parent_commitment`."""
    return _commitment(COPY_DOMAIN, salt, sha256)


def _salt(secret: bytes, domain: bytes, redaction_id: uuid.UUID) -> bytes:
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"the secret of a reading has {SECRET_BYTES} bytes")
    return hmac.digest(secret, domain + redaction_id.bytes, "sha256")


def _commitment(domain: bytes, salt: bytes, sha256: str) -> str:
    return hashlib.sha256(domain + salt + bytes.fromhex(sha256)).hexdigest()
