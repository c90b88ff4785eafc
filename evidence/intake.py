"""The door in: one file becomes one evidence item, with its digest, event and receipt.

Every way in ends here: small uploads, tus, witnesses, files inside exports, redactions, packages.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, BinaryIO

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import quotas
from accounts.errors import AccountError
from accounts.models import User
from evidence import consents, custody, jobs, stamping
from evidence.custody import Act, Actor, Subject
from evidence.errors import (
    DigestMalformedError,
    DigestMismatchError,
    EmptyFileError,
    ErasedBeforeError,
    EvidenceError,
    TooLargeError,
    UnknownKindError,
)
from evidence.integrity import event as events
from evidence.integrity import receipt, signing
from evidence.models import Case, CustodyEvent, EvidenceItem, ItemKey, ItemOrigin, ItemReceipt
from evidence.models.items import SHA256_FORM
from evidence.vault import keyring, keys, store
from evidence.vault.segments import OverLimitError
from evidence.vault.store import Stored, Why

SEAL = "seal"  # the first stage of the road; the later ones are known to tasks.py alone
MADE_HERE = frozenset([EvidenceItem.Origin.REDACTION, EvidenceItem.Origin.PACKAGE])


@dataclass(frozen=True)
class Declaration:
    """What the person and the phone say of a file. Claims: kept in `ItemOrigin`, never proof."""

    source: str  # an `ItemOrigin.Source`
    file_name: str = ""
    content_type: str = ""
    device: str = ""
    how: str = ""
    taken_at: datetime | None = None
    captured_at: datetime | None = None
    batch: uuid.UUID | None = None


@dataclass(frozen=True)
class Arrival:
    """What is known of a file before its bytes are."""

    case: Case
    kind: str
    actor: Actor
    declaration: Declaration | None
    claimed_sha256: str  # "" when the sender named none
    origin: str = EvidenceItem.Origin.UPLOAD
    parent: EvidenceItem | None = None
    is_parent_told: bool = True


@dataclass(frozen=True)
class Received:
    """The item that holds these bytes; `is_duplicate` when the case had it already."""

    item: EvidenceItem
    is_duplicate: bool


def receive(
    file: BinaryIO,
    *,
    case: Case,
    kind: str,
    actor: Actor,
    declaration: Declaration | None = None,
    claimed_sha256: str = "",
    origin: str = EvidenceItem.Origin.UPLOAD,
    parent: EvidenceItem | None = None,
    is_parent_told: bool = True,
    item_id: uuid.UUID | None = None,
) -> Received:
    """Take one file in: hash and encrypt it in a single pass, then record who brought it.

    Args:
        file: read once, in chunks, from its current position to its end.
        case: to which it belongs; whether the actor may add to it has been asked before.
        kind: an `EvidenceItem.Kind` value, as the sender names it; readers judge later.
        actor: who acts, as the custody log will name them.
        declaration: what is said of the file; None for what we made ourselves.
        claimed_sha256: lower-case hex, computed on the sender's device before sending; "" when
            none was, which the receipt then says.
        origin: an `EvidenceItem.Origin` value. Only uploads need consent; they, files out of
            exports and what witnesses bring count as the borrower's quota.
        parent: the item that this one was made from.
        is_parent_told: whether the event names the parent's id; a redacted copy, whose events are
            handed over without its parent, names it by a commitment in an event of its own.
        item_id: for what we make ourselves, so that a stage that runs twice finds what it made.

    Returns:
        The kept item. It has no time-stamp token yet (`stages.sealing` makes one), except when
        we made it ourselves.

    Raises:
        EmptyFileError, TooLargeError, DigestMismatchError, DigestMalformedError,
        UnknownKindError, ConsentMissingError, QuotaSpentError: nothing is kept but the event
        `refused`.
    """
    arrival = Arrival(
        case, kind, actor, declaration, claimed_sha256, origin, parent, is_parent_told
    )
    item_id, data_key = item_id or uuid.uuid4(), keys.new_key()
    why = Why(Subject.UPLOAD, uuid.uuid4(), actor)
    with refusals_recorded(why.id, actor):
        admit(arrival, size=0)
        try:
            stored = store.put(
                file,
                object_id=item_id,
                data_key=data_key,
                max_bytes=settings.EVIDENCE_MAX_BYTES,
                why=why,
            )
        except OverLimitError as cause:
            raise TooLargeError(max_bytes=cause.max_bytes) from cause
        with discarded_unless_kept(stored, why):
            if payer := _payer(arrival):
                quotas.check_upload(payer, stored.size)
            return keep(arrival, stored, item_id=item_id, data_key=data_key)


def admit(arrival: Arrival, *, size: int, opens: bool = False) -> None:
    """Refuse what can be refused before any byte: kind, digest's form, consent, size, quota."""
    if arrival.kind not in EvidenceItem.Kind.values:
        raise UnknownKindError("not a kind of ours")
    if arrival.claimed_sha256 and not re.fullmatch(SHA256_FORM, arrival.claimed_sha256):
        raise DigestMalformedError("not 64 lower-case hex digits")
    if size > settings.EVIDENCE_MAX_BYTES:
        raise TooLargeError(max_bytes=settings.EVIDENCE_MAX_BYTES)
    if _is_upload(arrival):
        consents.require(_user(arrival))
        quotas.check_upload(_user(arrival), size, opens=opens)


def keep(arrival: Arrival, stored: Stored, *, item_id: uuid.UUID, data_key: bytes) -> Received:
    """Make an item of bytes that lie in the vault already; all its rows or none.

    Within `discarded_unless_kept`, which drops bytes that were refused or came twice.

    Raises:
        EmptyFileError, DigestMismatchError.
    """
    if stored.size == 0:
        raise EmptyFileError("0 bytes")
    if arrival.claimed_sha256 and arrival.claimed_sha256 != stored.sha256:
        raise DigestMismatchError(claimed=arrival.claimed_sha256, computed=stored.sha256)
    if found := _already_here(arrival, stored):
        return _received_again(arrival, found)
    try:
        with transaction.atomic():
            return Received(_write(arrival, stored, item_id, data_key), is_duplicate=False)
    except IntegrityError:
        found = _already_here(arrival, stored)  # the same file, sent twice at the same moment
        if found is None:
            raise
        return _received_again(arrival, found)


@contextmanager
def refusals_recorded(upload_id: uuid.UUID | str, actor: Actor) -> Iterator[None]:
    """Leave an event on the upload's own id when it is refused, then let the refusal through."""
    try:
        yield
    except (EvidenceError, AccountError) as refusal:
        custody.record(
            Subject.UPLOAD, upload_id, Act.REFUSED, actor=actor, facts={"code": refusal.code}
        )
        raise


@contextmanager
def discarded_unless_kept(stored: Stored, why: Why) -> Iterator[None]:
    """Take the bytes out of the vault again unless they became an item.

    Outside every transaction: what a rollback brings back must still have its bytes.
    """
    try:
        yield
    finally:
        if not EvidenceItem.objects.filter(vault_name=stored.name).exists():
            store.discard(stored.name, why=why)


def _write(arrival: Arrival, stored: Stored, item_id: uuid.UUID, data_key: bytes) -> EvidenceItem:
    now = timezone.now()
    item = EvidenceItem.objects.create(
        id=item_id,
        case=arrival.case,
        kind=arrival.kind,
        origin=arrival.origin,
        sha256=stored.sha256,
        size=stored.size,
        vault_name=stored.name,
        received_at=now,
        uploader_id=arrival.actor.user_id,
        parent=arrival.parent,
    )
    wrapped = keyring.wrap(data_key, case_id=arrival.case.pk, object_id=item_id)
    ItemKey.objects.create(item=item, wrapped=wrapped)
    if arrival.declaration is not None:
        ItemOrigin.objects.create(
            item=item, claimed_sha256=arrival.claimed_sha256, **asdict(arrival.declaration)
        )
    row = custody.record(
        Subject.ITEM,
        item.pk,
        Act.RECEIVED,
        actor=arrival.actor,
        facts=_facts(arrival, item),
        at=now,
    )
    _sign_receipt(item, row, is_claimed=bool(arrival.claimed_sha256))
    if item.origin in MADE_HERE:  # what goes out next cannot wait for the queue
        stamping.keep(item.pk, stamping.embedded(item.sha256))
    jobs.add(SEAL, item.pk)
    return item


def _facts(arrival: Arrival, item: EvidenceItem) -> dict[str, Any]:
    facts = {
        "case": str(arrival.case.pk),
        "kind": str(item.kind),
        "origin": str(item.origin),
        "sha256": item.sha256,
        "size": item.size,
        "digest_claimed": "yes" if arrival.claimed_sha256 else "no",
    }
    if arrival.parent is not None and arrival.is_parent_told:
        facts["parent"] = str(arrival.parent.pk)
    return facts


def _sign_receipt(item: EvidenceItem, row: CustodyEvent, *, is_claimed: bool) -> None:
    raw = receipt.encode(
        item=str(item.pk),
        sha256=item.sha256,
        size=item.size,
        received_at=item.received_at,
        event=events.leaf_data(bytes(row.raw)).hex(),
        claimed=is_claimed,
    )
    key = keyring.house(at=item.received_at).log_key  # the one that is listed for that moment
    ItemReceipt.objects.create(
        item=item,
        raw=raw,
        signature=receipt.sign(raw, key),
        key_fingerprint=signing.fingerprint(key.public_key()),
    )


def _already_here(arrival: Arrival, stored: Stored) -> EvidenceItem | None:
    if not _is_upload(arrival):
        return None
    found = EvidenceItem.objects.filter(
        case=arrival.case, sha256=stored.sha256, origin=EvidenceItem.Origin.UPLOAD
    ).first()
    if found is not None and not ItemKey.objects.filter(item=found).exists():
        raise ErasedBeforeError(str(found.pk))
    return found


def _received_again(arrival: Arrival, item: EvidenceItem) -> Received:
    """The same file twice in one case is one item: say so. The caller drops the second copy."""
    custody.record(Subject.ITEM, item.pk, Act.RECEIVED_AGAIN, actor=arrival.actor)
    return Received(item, is_duplicate=True)


def _is_upload(arrival: Arrival) -> bool:
    return arrival.origin == EvidenceItem.Origin.UPLOAD


def _payer(arrival: Arrival) -> User | None:
    """Whose quota it takes: the uploader's; who has no account fills the case's borrower's."""
    if arrival.origin in (EvidenceItem.Origin.EXTRACTED, EvidenceItem.Origin.WITNESS):
        return arrival.case.borrower
    return _user(arrival) if _is_upload(arrival) else None


def _user(arrival: Arrival) -> User:
    return User.objects.get(pk=arrival.actor.id)
