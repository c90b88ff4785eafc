"""The keys' own backup: all files of their folder under a passphrase (docs/formats/key-archive.md).

Argon2id and AES-256-GCM; takes and gives bytes.
"""

from __future__ import annotations

import base64
import json
import re
import secrets
import unicodedata
from collections.abc import Mapping

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"liuzheng-keys/1\n"
SALT_BYTES, NONCE_BYTES, KEY_BYTES = 16, 12, 32
PASSES, MEMORY_KIB, LANES = 3, 65_536, 4
SHORTEST = 12  # characters of a passphrase
NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}")


class KeyArchiveRefusedError(Exception):
    """The passphrase is another one, or the archive was changed: which, nobody can tell."""

    code = "key_archive_refused"


class PassphraseTooShortError(Exception):
    """Fewer than SHORTEST characters."""

    code = "passphrase_too_short"


def seal(files: Mapping[str, bytes], passphrase: str) -> bytes:
    """Encrypt files by name under a passphrase.

    Raises:
        PassphraseTooShortError: nothing is sealed.
        ValueError: a name that the format does not allow.
    """
    if len(passphrase) < SHORTEST:
        raise PassphraseTooShortError(f"at least {SHORTEST} characters")
    if wrong := [name for name in files if not NAME.fullmatch(name)]:
        raise ValueError(f"file names that no archive takes: {wrong}")
    told = {name: base64.b64encode(raw).decode() for name, raw in sorted(files.items())}
    content = json.dumps({"v": 1, "files": told}, separators=(",", ":")).encode()
    head = MAGIC + secrets.token_bytes(SALT_BYTES)
    nonce = secrets.token_bytes(NONCE_BYTES)
    return head + nonce + AESGCM(_key(passphrase, head)).encrypt(nonce, content, head)


def unseal(archive: bytes, passphrase: str) -> dict[str, bytes]:
    """Give the files back by name.

    Raises:
        KeyArchiveRefusedError: see there; also for what is no such archive.
    """
    start = len(MAGIC) + SALT_BYTES
    head, nonce = archive[:start], archive[start : start + NONCE_BYTES]
    if not archive.startswith(MAGIC) or len(nonce) < NONCE_BYTES:
        raise KeyArchiveRefusedError("this is no key archive v1")
    try:
        sealed = archive[start + NONCE_BYTES :]
        content = AESGCM(_key(passphrase, head)).decrypt(nonce, sealed, head)
        told = json.loads(content)["files"]
        files = {name: base64.b64decode(raw, validate=True) for name, raw in told.items()}
    except (InvalidTag, ValueError, KeyError, TypeError, AttributeError) as cause:
        raise KeyArchiveRefusedError("another passphrase, or the archive was changed") from cause
    if not all(NAME.fullmatch(name) for name in files):
        raise KeyArchiveRefusedError("a file name that no archive holds")
    return files


def _key(passphrase: str, head: bytes) -> bytes:
    return hash_secret_raw(
        unicodedata.normalize("NFC", passphrase).encode(),
        head[len(MAGIC) :],
        time_cost=PASSES,
        memory_cost=MEMORY_KIB,
        parallelism=LANES,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )
