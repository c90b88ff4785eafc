"""One segment of an envelope: its key, nonce, place and size (docs/formats/vault.md)."""

from __future__ import annotations

import os
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from evidence.errors import EvidenceError

SEGMENT_BYTES = 1 << 18  # of ciphertext, the header counted into the first
TAG_BYTES = 16
KEY_BYTES = 32
HEADER_BYTES = 1 + 32 + 7  # length of the header, salt, nonce prefix
PLAIN_BYTES = SEGMENT_BYTES - TAG_BYTES  # in every segment but the first
FIRST_PLAIN_BYTES = PLAIN_BYTES - HEADER_BYTES


class EnvelopeHeaderError(EvidenceError):
    """The first bytes are not the header of an envelope."""

    code = "vault_header_unknown"


class EnvelopeTruncatedError(EvidenceError):
    """The end of the envelope is missing."""

    code = "vault_truncated"


class EnvelopeDamagedError(EvidenceError):
    """A segment does not decrypt: changed bytes, a segment elsewhere, another key or item."""

    code = "vault_damaged"

    def __init__(self, *, segment: int) -> None:
        super().__init__(f"segment {segment} does not decrypt")
        self.segment = segment


class OverLimitError(EvidenceError):
    """More bytes than allowed came in."""

    code = "vault_over_limit"

    def __init__(self, *, max_bytes: int) -> None:
        super().__init__(f"more than {max_bytes} bytes")
        self.max_bytes = max_bytes


class SegmentCipher:
    """One envelope's key and nonces. The header is written first and never again."""

    def __init__(self, header: bytes, *, data_key: bytes, associated_data: bytes) -> None:
        if len(header) != HEADER_BYTES or header[0] != HEADER_BYTES:
            raise EnvelopeHeaderError("not an envelope with 256-bit keys")
        if len(data_key) != KEY_BYTES:
            raise ValueError(f"a data key has {KEY_BYTES} bytes")
        self.header = header
        self._prefix = header[33:]
        derived = HKDF(hashes.SHA256(), KEY_BYTES, salt=header[1:33], info=associated_data)
        self._aead = AESGCM(derived.derive(data_key))

    @classmethod
    def fresh(cls, *, data_key: bytes, associated_data: bytes) -> SegmentCipher:
        """A new envelope: salt and nonce prefix at random."""
        header = bytes([HEADER_BYTES]) + os.urandom(HEADER_BYTES - 1)
        return cls(header, data_key=data_key, associated_data=associated_data)

    def encrypt_into(self, plain: memoryview, index: int, *, last: bool, out: memoryview) -> None:
        """`out` is 16 bytes longer than `plain`; both may be reused afterwards."""
        self._aead.encrypt_into(self._nonce(index, last), plain, None, out)

    def decrypt_into(self, sealed: memoryview, index: int, *, last: bool, out: memoryview) -> None:
        """`out` is 16 bytes shorter than `sealed`; raises cryptography's InvalidTag."""
        self._aead.decrypt_into(self._nonce(index, last), sealed, None, out)

    def _nonce(self, index: int, last: bool) -> bytes:
        return self._prefix + struct.pack(">IB", index, last)


def plain_capacity(segment: int) -> int:
    """How many plain bytes fit into this segment (the first also carries the header)."""
    return PLAIN_BYTES if segment else FIRST_PLAIN_BYTES


def plain_offset(segment: int) -> int:
    """At which plain byte this segment begins."""
    return segment * PLAIN_BYTES - HEADER_BYTES if segment else 0


def sealed_offset(segment: int) -> int:
    """At which byte of the envelope this segment's ciphertext begins."""
    return segment * SEGMENT_BYTES if segment else HEADER_BYTES


def whole_segments(sealed_size: int) -> int:
    """How many whole segments an unfinished envelope of this many bytes holds.

    What is there beyond `sealed_offset(whole_segments(n))` is a torn write: cut it off.
    """
    return sealed_size // SEGMENT_BYTES


def sealed_size(plain_size: int) -> int:
    """How many bytes a finished envelope of so many plain bytes has."""
    segments = max(1, -(-(plain_size + HEADER_BYTES) // PLAIN_BYTES))
    return HEADER_BYTES + plain_size + segments * TAG_BYTES
