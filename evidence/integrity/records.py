"""The salted record tree of one reading: any few records can be shown, the rest stay unknown.

docs/formats/records.md. The root stands in the `read` event beside a salted commitment to
the export, the reader and its version; only the salts of the leaves that are handed over leave the
house.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evidence.errors import EvidenceError
from evidence.integrity import merkle, merkle_stream
from evidence.integrity.digest import canonical

SALT_BYTES = 32
SALT_DOMAIN = b"liuzheng/record/v1\n"
PARENT_SALT_DOMAIN = b"liuzheng/parent-salt/v1\n"
PARENT_DOMAIN = b"liuzheng/parent/v1\n"


class RecordProofError(EvidenceError):
    """This record is not the one that stood at this place when the export was read."""

    code = "record_not_proved"


class RecordProofFormatError(EvidenceError):
    """These values are no record proof v1."""

    code = "record_proof_malformed"


@dataclass(frozen=True)
class RecordProof:
    """Where one record stands: `index` of `count`, its salt, the hashes up to the root."""

    index: int
    count: int
    salt: bytes
    path: tuple[bytes, ...]

    def as_json(self) -> dict[str, Any]:
        """For a manifest: hashes and salt in base64."""
        return {
            "index": self.index,
            "count": self.count,
            "salt": _b64(self.salt),
            "path": [_b64(each) for each in self.path],
        }

    @classmethod
    def from_json(cls, value: Any) -> RecordProof:
        """What `as_json` gave; raises RecordProofFormatError."""
        try:
            proof = cls(
                index=value["index"],
                count=value["count"],
                salt=base64.b64decode(value["salt"], validate=True),
                path=tuple(base64.b64decode(each, validate=True) for each in value["path"]),
            )
        except (KeyError, TypeError, ValueError, binascii.Error) as cause:
            raise RecordProofFormatError("not a record proof") from cause
        whole = type(proof.index) is int and type(proof.count) is int
        if not whole or proof.as_json() != value or len(proof.salt) != SALT_BYTES:
            raise RecordProofFormatError("not a record proof v1")
        return proof


@dataclass(frozen=True, slots=True)
class Leaf:
    """All that is kept of a record that was not chosen: 32 bytes, nothing without the secret."""

    hash: bytes


class RecordTree:
    """The tree over one reading's records, in the reader's order. Holds 32 bytes a record."""

    def __init__(self, secret: bytes, records: Iterable[bytes | Mapping[str, Any]]) -> None:
        """Build it; the leaves stay at hand, because those of records left out are kept.

        Args:
            secret: 32 random bytes of this reading, kept with the learned rows and erased with
                them.
            records: RFC 8785 bytes, or the values that they encode, in the reader's order.
        """
        if len(secret) != SALT_BYTES:
            raise ValueError(f"the secret of a reading has {SALT_BYTES} bytes")
        self._secret = secret
        self.leaves = [
            leaf_hash(record_salt(secret, index), record) for index, record in enumerate(records)
        ]
        self.root = merkle.root(self.leaves)

    @property
    def count(self) -> int:
        """How many records there are."""
        return len(self.leaves)

    def proof(self, index: int) -> RecordProof:
        """What is handed over beside record `index`."""
        path = merkle.inclusion_proof(self.leaves, index)
        return RecordProof(index, self.count, record_salt(self._secret, index), tuple(path))


def prove_records(
    secret: bytes,
    records: Iterable[bytes | Leaf],
    *,
    root: bytes,
    count: int,
    indexes: Sequence[int],
) -> list[RecordProof]:
    """Prove a few of many records in one pass that keeps none of them.

    Args:
        secret: of the reading.
        records: RFC 8785 bytes of all its records, in the reader's order; read once. Of a record
            that was not kept: its leaf.
        root: of the tree, as written down when the export was read.
        count: how many records it has, likewise.
        indexes: of the records to prove, from 0; the answer keeps their order.

    Raises:
        RecordProofError: these records do not lead to that root, so no proof may leave the house.
    """
    leaves = (
        each.hash if isinstance(each, Leaf) else leaf_hash(record_salt(secret, index), each)
        for index, each in enumerate(records)
    )
    try:
        proved = merkle_stream.prove(leaves, size=count, indexes=indexes)
    except ValueError as cause:
        raise RecordProofError(f"not {count} records, or none at a place asked for") from cause
    if proved.root != root:
        raise RecordProofError("these records lead to another root")
    return [
        RecordProof(index, count, record_salt(secret, index), proved.paths[index])
        for index in indexes
    ]


def record_salt(secret: bytes, index: int) -> bytes:
    """HMAC-SHA-256(secret, domain ‖ index as eight bytes, big-endian)."""
    message = SALT_DOMAIN + struct.pack(">Q", index)
    return hmac.new(secret, message, hashlib.sha256).digest()


def parent_commitment(secret: bytes, sha256: str) -> str:
    """Name an export without showing its digest (docs/formats/records.md).

    Args:
        secret: 32 bytes, of the reading.
        sha256: of the export's bytes, 64 lower-case hex digits.

    Returns:
        64 lower-case hex digits.
    """
    opening = PARENT_DOMAIN + parent_salt(secret) + bytes.fromhex(sha256)
    return hashlib.sha256(opening).hexdigest()


def parent_salt(secret: bytes) -> bytes:
    """The HMAC value that opens a parent commitment: whoever has it can test a guessed export."""
    return hmac.digest(secret, PARENT_SALT_DOMAIN, "sha256")


def record_bytes(record: Mapping[str, Any]) -> bytes:
    """The bytes of a record that are proved: RFC 8785 of its JSON."""
    return canonical(dict(record))


def leaf_hash(salt: bytes, record: bytes | Mapping[str, Any]) -> bytes:
    """SHA-256(0x00 ‖ salt ‖ record)."""
    raw = record if isinstance(record, bytes) else record_bytes(record)
    return merkle.leaf_hash(salt + raw)


def verify_record(
    record: bytes | Mapping[str, Any], proof: RecordProof, *, root: bytes, count: int
) -> None:
    """Raise RecordProofError unless the record stood there.

    Args:
        record: the record as handed over.
        proof: its place.
        root: of the `read` event.
        count: of the `read` event, so that a gap cannot be hidden by a shorter tree.
    """
    if proof.count != count or len(proof.salt) != SALT_BYTES:
        raise RecordProofError("the proof is for a tree of another size")
    try:
        merkle.verify_inclusion(
            leaf_hash(proof.salt, record),
            index=proof.index,
            size=count,
            proof=proof.path,
            root_hash=root,
        )
    except merkle.InclusionError as cause:
        raise RecordProofError(f"record {proof.index} is not the one that was read") from cause


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
