"""Encrypt what comes in pieces, and go on after a restart (tus)."""

from __future__ import annotations

import hashlib
import os
import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from evidence.errors import EvidenceError
from evidence.vault.segments import (
    KEY_BYTES,
    PLAIN_BYTES,
    SEGMENT_BYTES,
    TAG_BYTES,
    SegmentCipher,
    plain_capacity,
    plain_offset,
)

TAIL_MAGIC = b"LZT1"
TAIL_DOMAIN = b"liuzheng/tail/v1\n"
TAIL_HEADER = struct.Struct(">4sI12s")


class TailDamagedError(EvidenceError):
    """The rested tail of an upload does not decrypt with this key for this item."""

    code = "vault_tail_damaged"


class FinishedError(EvidenceError):
    """The envelope was finished: nothing can be added."""

    code = "vault_finished"


class Encryptor:
    """Writes one envelope as its bytes arrive in pieces of any length.

    A full segment is written once a byte beyond it arrives; what is not written is `tail()`,
    which the caller rests encrypted (`seal_tail`) before it acknowledges the offset.
    """

    def __init__(self, dst: BinaryIO, *, data_key: bytes, associated_data: bytes) -> None:
        """Begin a new envelope at the current position of `dst`; writes its header."""
        self._begin(dst, SegmentCipher.fresh(data_key=data_key, associated_data=associated_data), 0)
        dst.write(self.header)

    @classmethod
    def resume(
        cls,
        dst: BinaryIO,
        *,
        data_key: bytes,
        associated_data: bytes,
        header: bytes,
        segments: int,
        tail: bytes,
    ) -> Encryptor:
        """Go on with an envelope that was begun before a restart.

        Args:
            data_key: the envelope's 32 bytes.
            associated_data: the item's id, as at the beginning.
            dst: positioned at `sealed_offset(segments)`, cut off there.
            header: the envelope's first 40 bytes.
            segments: `whole_segments` of the blob itself, **never** a remembered number: a
                segment that was written is not written again, or its nonce would be used twice.
            tail: plain bytes of segment `segments`; empty when the rested tail belongs to an
                earlier segment (it is within the blob then).
        """
        if len(tail) > plain_capacity(segments):
            raise ValueError("the tail is longer than its segment")
        self = cls.__new__(cls)
        cipher = SegmentCipher(header, data_key=data_key, associated_data=associated_data)
        self._begin(dst, cipher, segments)
        self._hash = None
        self._buffer[: len(tail)] = tail
        self._filled = len(tail)
        return self

    def _begin(self, dst: BinaryIO, cipher: SegmentCipher, segments: int) -> None:
        self._dst = dst
        self._cipher = cipher
        self._buffer = memoryview(bytearray(PLAIN_BYTES))
        self._out = memoryview(bytearray(SEGMENT_BYTES))
        self._filled = 0
        self._hash: hashlib._Hash | None = hashlib.sha256()
        self.segments = segments  # written so far
        self.is_finished = False
        self._size_when_finished = 0

    @property
    def header(self) -> bytes:
        """The envelope's first 40 bytes."""
        return self._cipher.header

    @property
    def size(self) -> int:
        """Plain bytes taken so far."""
        if self.is_finished:
            return self._size_when_finished
        return plain_offset(self.segments) + self._filled

    @property
    def sha256(self) -> str | None:
        """Digest of the plain bytes so far; None after a resume: hash again on reading back."""
        return None if self._hash is None else self._hash.hexdigest()

    def tail(self) -> bytes:
        """The plain bytes of the segment that is not yet written."""
        return bytes(self._buffer[: self._filled])

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Take the next bytes.

        Raises:
            FinishedError: after `finish`.
        """
        if self.is_finished:
            raise FinishedError("the envelope is finished")
        rest = memoryview(data)
        if self._hash is not None:
            self._hash.update(rest)
        while rest:
            room = plain_capacity(self.segments) - self._filled
            if not room:
                self._write_segment(self._buffer[: self._filled], last=False)
                continue
            if not self._filled and len(rest) > room:  # a whole segment: no copy
                self._write_segment(rest[:room], last=False)
                rest = rest[room:]
                continue
            taken = rest[:room]
            self._buffer[self._filled : self._filled + len(taken)] = taken
            self._filled += len(taken)
            rest = rest[len(taken) :]

    def finish(self) -> None:
        """Write the last segment (an empty one for an empty file)."""
        if self.is_finished:
            raise FinishedError("the envelope is finished")
        self._size_when_finished = self.size
        self._write_segment(self._buffer[: self._filled], last=True)
        self.is_finished = True

    def _write_segment(self, plain: memoryview, *, last: bool) -> None:
        out = self._out[: len(plain) + TAG_BYTES]
        self._cipher.encrypt_into(plain, self.segments, last=last, out=out)
        self._dst.write(out)
        self.segments += 1
        self._filled = 0


def seal_tail(tail: bytes, *, segment: int, data_key: bytes, associated_data: bytes) -> bytes:
    """Encrypt the unfinished segment for rest: magic, segment, random nonce, AES-256-GCM."""
    nonce = os.urandom(12)
    head = TAIL_HEADER.pack(TAIL_MAGIC, segment, nonce)
    return head + _tail_aead(data_key, associated_data).encrypt(nonce, tail, head[:8])


def open_tail(sealed: bytes, *, data_key: bytes, associated_data: bytes) -> tuple[int, bytes]:
    """Return (segment, plain tail).

    Raises:
        TailDamagedError: changed, cut, or another item's.
    """
    if len(sealed) < TAIL_HEADER.size + TAG_BYTES or sealed[:4] != TAIL_MAGIC:
        raise TailDamagedError("not a rested tail")
    _, segment, nonce = TAIL_HEADER.unpack_from(sealed)
    try:
        aead = _tail_aead(data_key, associated_data)
        return segment, aead.decrypt(nonce, sealed[TAIL_HEADER.size :], sealed[:8])
    except InvalidTag as cause:
        raise TailDamagedError("the rested tail does not decrypt") from cause


def _tail_aead(data_key: bytes, associated_data: bytes) -> AESGCM:
    info = TAIL_DOMAIN + associated_data
    return AESGCM(HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=info).derive(data_key))
