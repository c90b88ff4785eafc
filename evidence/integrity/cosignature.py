"""A witness's line under a checkpoint: it saw this one and no other of that size (C2SP).

https://c2sp.org/tlog-cosignature: Ed25519 over a head with the witness's time and the note's text.
"""

from __future__ import annotations

import hashlib
import struct

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from evidence.integrity.checkpoint import (
    CheckpointFormatError,
    CheckpointSignatureError,
    NoteSignature,
    read_line,
    write_line,
)

KIND = b"\x04"
STAMP = struct.Struct(">Q")  # seconds since 1970


def sign(text: bytes, *, name: str, key: Ed25519PrivateKey, at_s: int) -> str:
    """The line, without its line feed; `text` is what the log signed, `at_s` seconds since 1970."""
    signature = key.sign(_message(text, at_s))
    return write_line(name, key_id(name, key.public_key()) + STAMP.pack(at_s) + signature)


def verify(line: str, text: bytes, *, name: str, public_key: Ed25519PublicKey) -> int:
    """The witness's time in seconds since 1970, once its line is found to hold.

    Raises:
        CheckpointSignatureError: another's line, another checkpoint's, or none at all.
    """
    try:
        found: NoteSignature = read_line(line)
        if found.name != name or found.key_id != key_id(name, public_key):
            raise CheckpointSignatureError("the line is another witness's")
        (at_s,) = STAMP.unpack_from(found.signature)
        public_key.verify(found.signature[STAMP.size :], _message(text, at_s))
    except (CheckpointFormatError, InvalidSignature, struct.error) as cause:
        raise CheckpointSignatureError("the witness's signature does not hold") from cause
    return int(at_s)


def key_id(name: str, public_key: Ed25519PublicKey) -> bytes:
    """Four bytes, as of signed-note, with this kind of key."""
    material = name.encode("utf-8") + b"\n" + KIND + public_key.public_bytes_raw()
    return hashlib.sha256(material).digest()[:4]


def _message(text: bytes, at_s: int) -> bytes:
    return b"cosignature/v1\ntime %d\n" % at_s + text
