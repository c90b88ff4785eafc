"""The door out: plain bytes of an item or derivative (the vault records it); record proofs."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.integrity import records, redaction
from evidence.integrity.records import Leaf, RecordProof
from evidence.models import LeftOut, Reading
from evidence.vault import keyring
from evidence.vault.store import Openings, open_derivative, open_item

__all__ = [
    "Openings",
    "ShownRecord",
    "open_derivative",
    "open_item",
    "parent_commitment",
    "parent_salt",
    "record_proofs",
    "redaction_salts",
]

ROWS_AT_ONCE = 1000
HASH_BYTES = 32


@dataclass(frozen=True)
class ShownRecord:
    """One record that leaves the house: its canonical bytes and its place in the tree."""

    canonical: bytes
    proof: RecordProof


def record_proofs(reading: Reading, indexes: Sequence[int]) -> list[ShownRecord]:
    """The canonical bytes of chosen records with what proves them; nothing of the others.

    Args:
        reading: whose record tree they stand in.
        indexes: places in the reading, from 0; the answer keeps their order.

    Raises:
        RecordProofError: the rows no longer lead to the root of their reading; nothing leaves.
    """
    kept: dict[int, bytes] = {}
    proofs = records.prove_records(
        keyring.reading_secret(reading),
        _each_raw(reading, frozenset(indexes), kept),
        root=bytes.fromhex(reading.records_root),
        count=reading.record_count,
        indexes=indexes,
    )
    return [ShownRecord(kept[proof.index], proof) for proof in proofs]


def parent_commitment(reading: Reading) -> str:
    """The salted commitment to the read item's digest, as its `read` event holds it."""
    return records.parent_commitment(keyring.reading_secret(reading), reading.item.sha256)


def parent_salt(reading: Reading) -> bytes:
    """The salt of `parent_commitment`: it opens it, so it leaves with the read item alone."""
    return records.parent_salt(keyring.reading_secret(reading))


def redaction_salts(reading: Reading, redaction_id: uuid.UUID) -> tuple[bytes, bytes]:
    """The salts of one redaction of the read item: the parent's and the copy's.

    With the first, who holds the parent can check that a copy's `redacted` event names it.
    """
    secret = keyring.reading_secret(reading)
    return redaction.parent_salt(secret, redaction_id), redaction.copy_salt(secret, redaction_id)


def _each_raw(
    reading: Reading, chosen: frozenset[int], kept: dict[int, bytes]
) -> Iterator[bytes | Leaf]:
    """Every record's bytes in order, a batch of rows at a time; only the chosen stay in `kept`.

    Of records that the person left out of the import there is a leaf.
    """
    rows = reading.records.order_by("index").values_list("index", "raw")
    left_out = _left_out(reading)
    index = -1
    for at, raw in rows.iterator(chunk_size=ROWS_AT_ONCE):
        for _ in range(index + 1, at):
            yield next(left_out, Leaf(b""))  # too few: another root, which is found out
        index = at
        record = bytes(raw)
        if index in chosen:
            kept[index] = record
        yield record
    yield from left_out


def _left_out(reading: Reading) -> Iterator[Leaf]:
    found = LeftOut.objects.filter(reading=reading).values_list("leaves", flat=True).first()
    leaves = bytes(found or b"")
    for at in range(0, len(leaves), HASH_BYTES):
        yield Leaf(leaves[at : at + HASH_BYTES])
