"""Keys over keys: the master key wraps a case key, the case key wraps one data key per item.

Pure: rows that hold wrapped keys are the models' business. docs/formats/vault.md, "Keys".
Destroying a wrapped key destroys what it opens; rotation wraps anew and touches no bytes.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from collections.abc import Sequence
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from evidence.errors import EvidenceError

MASTER_KEY_FILE = "master_key.txt"  # 64 hex digits; older ones beside it as ….old*
KEY_BYTES = 32
NONCE_BYTES = 12
KEY_ID_BYTES = 8
VERSION = b"\x01"
CASE_DOMAIN = b"liuzheng/case-key/v1\n"
DATA_DOMAIN = b"liuzheng/data-key/v1\n"
ID_DOMAIN = b"liuzheng/master-key-id/v1\n"


class KeyUnwrapError(EvidenceError):
    """A wrapped key does not open: changed, wrapped by another key, or for another id."""

    code = "vault_key_unwrap_failed"


class MasterKeyError(EvidenceError):
    """What should be the master key is none (32 bytes, as 64 hex digits or base64)."""

    code = "vault_master_key_invalid"


class MasterKey(Protocol):
    """Whatever holds the uppermost key: bytes from a file, or a KMS that never gives it out.

    `name` is what rows call the key that wraps now, at most 64 characters, as the holder likes:
    a digest, a version of a KMS. Rotation looks for the rows that bear another.
    """

    @property
    def name(self) -> str:
        """Of the key that `wrap` uses."""

    def wrap(self, key: bytes, context: bytes) -> bytes:
        """Encrypt 32 bytes so that only the same context opens them."""

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """The 32 bytes again; raises KeyUnwrapError."""


class FileMasterKey:
    """The master key as 32 bytes from a file or the environment.

    `older` are earlier master keys: they still unwrap, they wrap no more.
    """

    def __init__(self, key: bytes, *, older: Sequence[bytes] = ()) -> None:
        keys = [key, *older]
        if any(len(each) != KEY_BYTES for each in keys):
            raise MasterKeyError(f"a master key has {KEY_BYTES} bytes")
        self._by_id = {_key_id(each): each for each in reversed(keys)}
        self._key_id = _key_id(key)

    @classmethod
    def from_text(cls, text: str, *, older: Sequence[str] = ()) -> FileMasterKey:
        """From the text of a key file or variable: 64 hex digits or base64 of 32 bytes."""
        return cls(_from_text(text), older=[_from_text(each) for each in older])

    def wrap(self, key: bytes, context: bytes) -> bytes:
        """Version, key id, then nonce and AES-256-GCM of the key."""
        head = VERSION + self._key_id
        return head + _seal(self._by_id[self._key_id], key, head + context)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Open what this key or an older one wrapped."""
        head = wrapped[: 1 + KEY_ID_BYTES]
        key = self._by_id.get(head[1:])
        if head[:1] != VERSION or key is None:
            raise KeyUnwrapError("wrapped by a master key that is not here")
        return _open(key, wrapped[len(head) :], head + context)

    @property
    def name(self) -> str:
        """The key's id, 16 hex digits: a digest, no secret."""
        return self._key_id.hex()


def new_key() -> bytes:
    """32 random bytes: a master, case or data key."""
    return os.urandom(KEY_BYTES)


def as_text(key: bytes) -> str:
    """For a key file: 64 hex digits and a line feed."""
    return key.hex() + "\n"


def wrap_case_key(master: MasterKey, case_key: bytes, *, case_id: str) -> bytes:
    """Bound to the case: it does not open as another case's key."""
    return master.wrap(_whole(case_key), _case_context(case_id))


def unwrap_case_key(master: MasterKey, wrapped: bytes, *, case_id: str) -> bytes:
    """Raises KeyUnwrapError."""
    return _whole(master.unwrap(wrapped, _case_context(case_id)))


def rewrap_case_key(old: MasterKey, new: MasterKey, wrapped: bytes, *, case_id: str) -> bytes:
    """Rotation of the master key: the case key stays, so no bytes in the vault are touched."""
    return wrap_case_key(new, unwrap_case_key(old, wrapped, case_id=case_id), case_id=case_id)


def wrap_data_key(case_key: bytes, data_key: bytes, *, case_id: str, object_id: str) -> bytes:
    """Bound to the case and to the one thing it encrypts (an item, upload or derivative)."""
    context = VERSION + _data_context(case_id, object_id)
    return VERSION + _seal(_whole(case_key), _whole(data_key), context)


def unwrap_data_key(case_key: bytes, wrapped: bytes, *, case_id: str, object_id: str) -> bytes:
    """Raises KeyUnwrapError."""
    if wrapped[:1] != VERSION:
        raise KeyUnwrapError("an unknown version of a wrapped data key")
    context = VERSION + _data_context(case_id, object_id)
    return _open(_whole(case_key), wrapped[1:], context)


def rewrap_data_key(
    old_case_key: bytes, new_case_key: bytes, wrapped: bytes, *, case_id: str, object_id: str
) -> bytes:
    """Rotation of a case key: the data key stays, so no bytes in the vault are touched."""
    data_key = unwrap_data_key(old_case_key, wrapped, case_id=case_id, object_id=object_id)
    return wrap_data_key(new_case_key, data_key, case_id=case_id, object_id=object_id)


def _seal(key: bytes, plain: bytes, context: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, context)


def _open(key: bytes, sealed: bytes, context: bytes) -> bytes:
    try:
        return _whole(AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context))
    except (InvalidTag, ValueError) as cause:  # ValueError: too short to hold a nonce
        raise KeyUnwrapError("the wrapped key does not open here") from cause


def _whole(key: bytes) -> bytes:
    if len(key) != KEY_BYTES:
        raise KeyUnwrapError(f"a key has {KEY_BYTES} bytes")
    return key


def _case_context(case_id: str) -> bytes:
    return CASE_DOMAIN + _id(case_id)


def _data_context(case_id: str, object_id: str) -> bytes:
    return DATA_DOMAIN + _id(case_id) + b"\n" + _id(object_id)


def _id(text: str) -> bytes:
    if not text or "\n" in text:  # the line feed parts the ids: two pairs must never read alike
        raise ValueError("an id is one line of text")
    return text.encode("utf-8")


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(ID_DOMAIN + key).digest()[:KEY_ID_BYTES]


def _from_text(text: str) -> bytes:
    stripped = text.strip()
    try:
        if len(stripped) == 2 * KEY_BYTES:
            return bytes.fromhex(stripped)
        return base64.b64decode(stripped, validate=True)
    except (ValueError, binascii.Error) as cause:
        raise MasterKeyError("neither 64 hex digits nor base64") from cause
