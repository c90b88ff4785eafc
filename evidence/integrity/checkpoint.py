"""A checkpoint: the log's size and root as a C2SP signed note (docs/formats/log.md).

https://c2sp.org/tlog-checkpoint, https://c2sp.org/signed-note
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from evidence.errors import EvidenceError
from evidence.integrity.merkle import HASH_BYTES

ED25519 = b"\x01"  # signed-note's signature type
DASH = "\u2014 "
SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
NAME = re.compile(r"[^\s+]+")
MAX_NOTE_BYTES = 1 << 20


class CheckpointFormatError(EvidenceError):
    """These bytes are no signed note that holds a checkpoint."""

    code = "checkpoint_malformed"


class CheckpointOriginError(EvidenceError):
    """The checkpoint is another log's."""

    code = "checkpoint_foreign_log"


class CheckpointSignatureError(EvidenceError):
    """The log's own signature is missing or is not this key's."""

    code = "checkpoint_wrong_signature"


@dataclass(frozen=True)
class NoteSignature:
    """One signature line: whose, which key (4 bytes), and the signature's bytes."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True)
class Checkpoint:
    """So many leaves had this root. `text` is what is signed, ending in a line feed."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...]
    text: bytes
    signatures: tuple[NoteSignature, ...]


def sign(
    *,
    origin: str,
    size: int,
    root: bytes,
    key: Ed25519PrivateKey,
    extensions: Sequence[str] = (),
) -> bytes:
    """The signed note of a checkpoint; the origin is also the key's name."""
    if not NAME.fullmatch(origin) or len(root) != HASH_BYTES or size < 0:
        raise ValueError("an origin without spaces and plus signs, a size, a root of 32 bytes")
    if any(not line or "\n" in line for line in extensions):
        raise ValueError("an extension is one line that is not empty")
    root_text = base64.b64encode(root).decode("ascii")
    text = "".join(f"{line}\n" for line in (origin, str(size), root_text, *extensions))
    blob = key_id(origin, key.public_key()) + key.sign(text.encode("utf-8"))
    return f"{text}\n{write_line(origin, blob)}\n".encode()


def read(note: bytes) -> Checkpoint:
    """Take a note apart; nothing is verified yet.

    Raises:
        CheckpointFormatError: not a checkpoint in a signed note.
    """
    try:
        text, signatures = _parts(note)
        lines = text.removesuffix("\n").split("\n")
        origin, size, root_text, *extensions = lines
        root = base64.b64decode(root_text, validate=True)
    except (ValueError, binascii.Error) as cause:
        raise CheckpointFormatError("not a checkpoint in a signed note") from cause
    canonical_root = base64.b64encode(root).decode("ascii") == root_text
    if not SIZE.fullmatch(size) or len(root) != HASH_BYTES or not canonical_root:
        raise CheckpointFormatError("the size or the root has another form")
    if not NAME.fullmatch(origin) or not all(extensions):
        raise CheckpointFormatError("the origin or an extension line has another form")
    return Checkpoint(
        origin, int(size), root, tuple(extensions), text.encode("utf-8"), tuple(signatures)
    )


def verify(note: bytes, *, origin: str, public_key: Ed25519PublicKey) -> Checkpoint:
    """The checkpoint, once its log has been found to be this one and its signature this key's.

    Signatures of others (cosignatures) are left as they stand: `Checkpoint.signatures`.

    Raises:
        CheckpointFormatError, CheckpointOriginError, CheckpointSignatureError.
    """
    checkpoint = read(note)
    if checkpoint.origin != origin:
        raise CheckpointOriginError("the checkpoint names another origin")
    wanted = key_id(origin, public_key)
    for each in checkpoint.signatures:
        if each.name != origin or each.key_id != wanted:
            continue
        try:
            public_key.verify(each.signature, checkpoint.text)
        except InvalidSignature as cause:
            raise CheckpointSignatureError("the log's signature does not hold") from cause
        return checkpoint
    raise CheckpointSignatureError("the log's own signature is not there")


def key_id(name: str, public_key: Ed25519PublicKey) -> bytes:
    """Four bytes that tell keys of one name apart (signed-note, "Signatures")."""
    material = name.encode("utf-8") + b"\n" + ED25519 + public_key.public_bytes_raw()
    return hashlib.sha256(material).digest()[:4]


def verifier_key(name: str, public_key: Ed25519PublicKey) -> str:
    """The `name+id+key` text by which other tools are told to trust this log."""
    key = base64.b64encode(ED25519 + public_key.public_bytes_raw()).decode("ascii")
    return f"{name}+{key_id(name, public_key).hex()}+{key}"


def write_line(name: str, blob: bytes) -> str:
    """One signature line, without its line feed; `blob` is the key id and what follows it."""
    return f"{DASH}{name} {base64.b64encode(blob).decode('ascii')}"


def read_line(line: str) -> NoteSignature:
    """Take one signature line apart; raises CheckpointFormatError."""
    try:
        return _signature(line)
    except (ValueError, binascii.Error) as cause:
        raise CheckpointFormatError("not a signature line") from cause


def _parts(note: bytes) -> tuple[str, list[NoteSignature]]:
    if len(note) > MAX_NOTE_BYTES:
        raise ValueError("too long")
    whole = note.decode("utf-8")
    if any(ord(character) < 0x20 and character != "\n" for character in whole):
        raise ValueError("a control character")
    text, separator, block = whole.rpartition("\n\n")
    if not separator or not block.endswith("\n"):
        raise ValueError("no signatures")
    return text + "\n", [_signature(line) for line in block.removesuffix("\n").split("\n")]


def _signature(line: str) -> NoteSignature:
    if not line.startswith(DASH):
        raise ValueError("not a signature line")
    name, blob_text = line.removeprefix(DASH).split(" ")
    blob = base64.b64decode(blob_text, validate=True)
    if not NAME.fullmatch(name) or len(blob) < 5:
        raise ValueError("not a signature")
    return NoteSignature(name, blob[:4], blob[4:])
