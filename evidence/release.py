"""The door out: plain bytes of an item or a derivative, and the event that says who had them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from evidence import custody
from evidence.custody import Act, Actor, Subject
from evidence.errors import ItemUnreadableError
from evidence.integrity import records
from evidence.integrity.records import RecordProof, RecordTree
from evidence.models import Derivative, EvidenceItem, ItemKey, Reading
from evidence.vault import keyring, store

ONE_EVENT_PER = timedelta(hours=1)  # and actor: a player asks for one recording many times


@dataclass(frozen=True)
class ShownRecord:
    """One record that leaves the house: its canonical bytes and its place in the tree."""

    canonical: bytes
    proof: RecordProof


def open_item(item: EvidenceItem, *, actor: Actor) -> BinaryIO:
    """The bytes exactly as received, as a seekable file; the opening is recorded first.

    Raises:
        ItemUnreadableError: its key was destroyed, or it is gone from the vault.
        vault.envelope.EnvelopeDamagedError, EnvelopeTruncatedError: the bytes were changed.
    """
    try:
        wrapped = item.key.wrapped
    except ItemKey.DoesNotExist:
        raise ItemUnreadableError(f"item {item.pk} has no key") from None
    data_key = keyring.unwrap(wrapped, case_id=item.case_id, object_id=item.pk)
    _record(item.pk, actor)
    return store.open_plain(item.vault_name, object_id=item.pk, data_key=data_key)


def open_derivative(derivative: Derivative, *, actor: Actor) -> BinaryIO:
    """The bytes of a derivative; an opening of its item, in the log."""
    data_key = keyring.unwrap(
        derivative.wrapped_key, case_id=derivative.item.case_id, object_id=derivative.pk
    )
    _record(derivative.item_id, actor)
    return store.open_plain(derivative.vault_name, object_id=derivative.pk, data_key=data_key)


def record_proofs(reading: Reading, indexes: Sequence[int]) -> list[ShownRecord]:
    """The canonical bytes of chosen records with what proves them; nothing of the others.

    Args:
        reading: whose record tree they stand in.
        indexes: places in the reading, from 0; the answer keeps their order.
    """
    rows = list(reading.records.order_by("index").values_list("index", "raw"))
    raws = [bytes(raw) for _, raw in rows]
    tree = RecordTree(_secret(reading), raws)
    return [ShownRecord(raws[index], tree.proof(index)) for index in indexes]


def parent_commitment(reading: Reading) -> str:
    """The salted commitment to the read item's digest, as its `read` event holds it."""
    return records.parent_commitment(_secret(reading), reading.item.sha256)


def _secret(reading: Reading) -> bytes:
    return keyring.unwrap(
        reading.records_secret, case_id=reading.item.case_id, object_id=reading.pk
    )


def _record(item_id: uuid.UUID, actor: Actor) -> None:
    with transaction.atomic():
        since = timezone.now() - ONE_EVENT_PER
        if not custody.recorded_since(Subject.ITEM, item_id, Act.OPENED, actor=actor, since=since):
            custody.record(Subject.ITEM, item_id, Act.OPENED, actor=actor)
