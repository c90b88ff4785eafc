"""A key management service as an adapter would show it: tokens out, tokens in, never a key."""

from __future__ import annotations

from evidence.vault.keys import FileMasterKey, KeyUnwrapError, MasterKey, new_key


class Kms:
    """Keeps versions of one key. Opens, besides its own tokens, what `others` wrapped before."""

    def __init__(self, *, others: MasterKey) -> None:
        self._versions = [FileMasterKey(new_key())]
        self._others = others

    @property
    def name(self) -> str:
        return f"kms:eu-1:key/liuzheng/{len(self._versions)}"

    def rotate(self) -> None:
        self._versions.append(FileMasterKey(new_key()))

    def wrap(self, key: bytes, context: bytes) -> bytes:
        version = len(self._versions)
        return b"KMS" + bytes([version]) + self._versions[-1].wrap(key, context)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        if wrapped[:3] != b"KMS":
            return self._others.unwrap(wrapped, context)
        if not 0 < wrapped[3] <= len(self._versions):
            raise KeyUnwrapError("no such version")
        return self._versions[wrapped[3] - 1].unwrap(wrapped[4:], context)
