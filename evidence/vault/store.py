"""The vault: put, adopt, open, discard. Each records by itself, so none can be done unseen.

The event is committed before the deed: before an envelope gets its name in the vault, before a
plain byte is given out, before an envelope is dropped. A process that is killed in between leaves
an event too many, never a deed without one. That is why none of these works inside a transaction
that could still be taken back (docs/decisions/0003).
"""

from __future__ import annotations

import io
import secrets
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from evidence import custody
from evidence.custody import Act, Actor, Subject
from evidence.errors import EvidenceError, ItemUnreadableError
from evidence.models import Derivative, EvidenceItem
from evidence.vault import blobs, keyring
from evidence.vault.blobs import associated
from evidence.vault.envelope import DecryptingReader, seal_stream
from evidence.vault.failures import named_failure

__all__ = [
    "Openings",
    "Stored",
    "Why",
    "adopt",
    "discard",
    "open_derivative",
    "open_item",
    "put",
]

READ_BUFFER_BYTES = 1 << 16
ONE_EVENT_PER = timedelta(hours=1)  # item, actor and session: a player asks many times


@dataclass(frozen=True)
class Stored:
    """What lies in the vault now: its name there, and of its plain bytes digest and size."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Why:
    """What the event of a deed says: in whose chain it stands, who did it, with which facts."""

    subject: Subject
    id: uuid.UUID | str
    actor: Actor
    facts: Mapping[str, Any] = field(default_factory=dict)


def put(
    src: BinaryIO,
    *,
    object_id: uuid.UUID,
    data_key: bytes,
    max_bytes: int,
    why: Why,
    act: Act = Act.STORED,
) -> Stored:
    """Hash and encrypt a stream in one pass, and keep it.

    Args:
        src: read once, from its current position to its end.
        object_id: the item or derivative; the envelope opens under this id only.
        data_key: 32 bytes, fresh.
        max_bytes: of plain bytes.
        why: the event; digest and size are added to its facts.
        act: `derived` for what we made of an item, else `stored`.

    Raises:
        envelope.OverLimitError: more came. Nothing is kept, and nothing recorded.
    """
    part = blobs.incoming_path(f"{secrets.token_hex(16)}.part")
    try:
        with part.open("xb") as file:
            kept = seal_stream(
                src,
                file,
                data_key=data_key,
                associated_data=associated(object_id),
                max_bytes=max_bytes,
            )
            blobs.flush(file)
        # Not the object's id: a stage that is run twice at once must not meet itself here.
        stored = Stored(blobs.name_of(uuid.uuid4()), kept.sha256, kept.size)
        _take_in(part, object_id, stored, act, why)
        return stored
    finally:
        part.unlink(missing_ok=True)


def adopt(part: Path, *, object_id: uuid.UUID, stored: Stored, why: Why) -> None:
    """Take in a finished, flushed envelope that grew outside: a resumable upload's.

    Raises:
        blobs.VaultNameTakenError: that name is taken; what lies there is never replaced.
    """
    _take_in(part, object_id, stored, Act.STORED, why)


def open_item(item: EvidenceItem, *, actor: Actor) -> BinaryIO:
    """The bytes exactly as received, as a seekable file; only what is read is decrypted.

    Raises:
        ItemUnreadableError: its key was destroyed, or it is gone from the vault.
        failures.StorageFailedError: the disk or bucket did not answer.
        envelope.EnvelopeDamagedError, EnvelopeTruncatedError: the bytes were changed.
    """
    data_key = keyring.item_key(item)
    _record_opening(item.pk, actor)
    return _open(item.vault_name, item.pk, data_key)


def open_derivative(derivative: Derivative, *, actor: Actor) -> BinaryIO:
    """The bytes of a derivative; an opening of its item, in the log. Raises as `open_item`."""
    data_key = keyring.derivative_key(derivative)
    _record_opening(derivative.item_id, actor)
    return _open(derivative.vault_name, derivative.pk, data_key)


class Openings:
    """What one actor opens in one piece of work, by the same rule: recorded first, once an hour.

    Keys and events are asked for together and remembered for as long as this object is kept, so
    that a large case is not asked for item by item. Keep it no longer than a job.
    """

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._recorded: dict[uuid.UUID, datetime] = {}
        self._keys: dict[uuid.UUID, bytes] = {}

    def expect(
        self, items: Collection[EvidenceItem], derivatives: Collection[Derivative] = ()
    ) -> None:
        """Record that all of these are opened; they are to be opened at once from here on.

        Args:
            items: whose key is there; of another one nothing is recorded: opening it says why.
            derivatives: likewise; an opening of their items.
        """
        self._keys |= keyring.item_keys(items) | keyring.derivative_keys(derivatives)
        ids = {each.pk for each in items if each.pk in self._keys}
        ids |= {each.item_id for each in derivatives if each.pk in self._keys}
        recorded = custody.record_once_each(
            Subject.ITEM, ids, Act.OPENED, actor=self.actor, per=ONE_EVENT_PER, durable=True
        )
        self._recorded |= {uuid.UUID(each): at for each, at in recorded.items()}

    def open_item(self, item: EvidenceItem) -> BinaryIO:
        """As `store.open_item`."""
        if item.pk not in self._keys:
            self._keys[item.pk] = keyring.item_key(item)
        self._record(item.pk)
        return _open(item.vault_name, item.pk, self._keys[item.pk])

    def open_derivative(self, derivative: Derivative) -> BinaryIO:
        """As `store.open_derivative`."""
        if derivative.pk not in self._keys:
            self._keys[derivative.pk] = keyring.derivative_key(derivative)
        self._record(derivative.item_id)
        return _open(derivative.vault_name, derivative.pk, self._keys[derivative.pk])

    def _record(self, item_id: uuid.UUID) -> None:
        recorded_at = self._recorded.get(item_id)
        if recorded_at is None or recorded_at <= timezone.now() - ONE_EVENT_PER:
            self._recorded[item_id] = _record_opening(item_id, self.actor)


def discard(name: str, *, why: Why) -> None:
    """Take an envelope out of the vault that no row names (any more); none there is no deed."""
    if not blobs.has(name):
        return
    _record(Act.DISCARDED, why, {"envelope": _id_of(name)})
    blobs.delete(name)


class VaultFile(DecryptingReader):
    """A decrypting reader that closes the encrypted file with itself.

    One read never goes beyond its segment: a buffer that reads ahead would decrypt the next one.
    """

    def readinto(self, buffer: Any, /) -> int:
        """Fill the buffer up to the end of the segment at most."""
        return super().readinto(memoryview(buffer).cast("B")[: self.left_in_segment()])

    def close(self) -> None:
        """Close both."""
        if not self.closed:
            self._src.close()
        super().close()


def _take_in(part: Path, object_id: uuid.UUID, stored: Stored, act: Act, why: Why) -> None:
    facts = {"object": str(object_id), "envelope": _id_of(stored.name)}
    _record(act, why, {**facts, "sha256": stored.sha256, "size": stored.size})
    blobs.adopt(part, stored.name)


def _open(name: str, object_id: uuid.UUID, data_key: bytes) -> BinaryIO:
    with named_failure():
        try:
            sealed = blobs.open_sealed(name)
        except FileNotFoundError as cause:
            raise ItemUnreadableError(f"{object_id} is not in the vault") from cause
    try:
        with named_failure():
            plain = VaultFile(sealed, data_key=data_key, associated_data=associated(object_id))
    except EvidenceError:
        sealed.close()
        raise
    return io.BufferedReader(plain, READ_BUFFER_BYTES)


def _record_opening(item_id: uuid.UUID, actor: Actor) -> datetime:
    """`opened`, unless this actor opened the item in this session within the hour; when."""
    return custody.record_once(
        Subject.ITEM, item_id, Act.OPENED, actor=actor, per=ONE_EVENT_PER, durable=True
    )


def _record(act: Act, why: Why, facts: Mapping[str, Any]) -> None:
    with transaction.atomic(durable=True):
        custody.record(why.subject, why.id, act, actor=why.actor, facts={**why.facts, **facts})


def _id_of(name: str) -> str:
    """The random id of an envelope out of its name."""
    return name.rpartition("/")[2]
