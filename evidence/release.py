"""The door out: plain bytes of an item or derivative (the vault records it); record proofs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence.integrity import records
from evidence.integrity.records import RecordProof, RecordTree
from evidence.models import Reading
from evidence.vault import keyring
from evidence.vault.store import open_derivative, open_item

__all__ = ["ShownRecord", "open_derivative", "open_item", "parent_commitment", "record_proofs"]


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
    """
    rows = list(reading.records.order_by("index").values_list("index", "raw"))
    raws = [bytes(raw) for _, raw in rows]
    tree = RecordTree(keyring.reading_secret(reading), raws)
    return [ShownRecord(raws[index], tree.proof(index)) for index in indexes]


def parent_commitment(reading: Reading) -> str:
    """The salted commitment to the read item's digest, as its `read` event holds it."""
    return records.parent_commitment(keyring.reading_secret(reading), reading.item.sha256)
