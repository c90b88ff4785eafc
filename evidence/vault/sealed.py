"""A few encrypted bytes that lie in a row: AES-256-GCM by a data key of their own.

Files go into envelopes (docs/formats/vault.md); this is for what is small and short-lived.
"""

from __future__ import annotations

import os
import uuid

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from evidence.errors import ItemUnreadableError

NONCE_BYTES = 12
DOMAIN = b"liuzheng/sealed/v1\n"


def seal(plain: bytes, *, data_key: bytes, object_id: uuid.UUID) -> bytes:
    """Encrypt; the answer opens with this key for this object only."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(data_key).encrypt(nonce, plain, DOMAIN + object_id.bytes)


def unseal(sealed: bytes, *, data_key: bytes, object_id: uuid.UUID) -> bytes:
    """What was sealed; raises ItemUnreadableError."""
    nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return AESGCM(data_key).decrypt(nonce, rest, DOMAIN + object_id.bytes)
    except (InvalidTag, ValueError) as cause:
        raise ItemUnreadableError(f"{object_id} does not open") from cause
