"""Begin, continue, complete and give up an upload. Knows tus's meaning, not its headers."""

from __future__ import annotations

import hashlib
import hmac
import io
import secrets
import uuid
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.models import User
from evidence import custody, intake
from evidence.custody import Act, Actor, Subject
from evidence.errors import DigestMismatchError, EmptyFileError
from evidence.intake import Arrival, Declaration
from evidence.models import Case, Upload
from evidence.uploads.errors import (
    ChecksumMismatchError,
    OffsetMismatchError,
    UploadEndedError,
    UploadExpiredError,
)
from evidence.uploads.leases import WriterLease
from evidence.uploads.parts import Part
from evidence.vault import blobs, keyring, keys, shelf, store
from evidence.vault.envelope import DecryptingReader, seal_stream
from evidence.vault.store import Stored, Why

CAPABILITY_BYTES = 32
Read = Callable[[int], bytes]


def begin(
    *,
    user: User,
    case: Case,
    kind: str,
    length: int,
    declaration: Declaration,
    claimed_sha256: str,
) -> tuple[Upload, str]:
    """Admit an upload of `length` bytes; return it and the capability to fill it, shown once.

    Raises:
        EmptyFileError, TooLargeError, UnknownKindError, DigestMalformedError,
        ConsentMissingError, QuotaSpentError: recorded on the id that the upload would have had.
    """
    upload_id, becomes, actor = uuid.uuid4(), uuid.uuid4(), Actor.of(user)
    capability = secrets.token_urlsafe(CAPABILITY_BYTES)
    arrival = Arrival(case, kind, actor, declaration, claimed_sha256)
    with intake.refusals_recorded(upload_id, actor):
        if length == 0:
            raise EmptyFileError("0 bytes")
        intake.admit(arrival, size=length, opens=True)
    now = timezone.now()
    with transaction.atomic():
        upload = Upload.objects.create(
            id=upload_id,
            case=case,
            uploader=user,
            capability_sha256=_hashed(capability),
            length=length,
            becomes=becomes,
            wrapped_key=keyring.wrap(keys.new_key(), case_id=case.pk, object_id=becomes),
            kind=kind,
            claimed_sha256=claimed_sha256,
            declaration=_as_json(declaration),
            created_at=now,
            expires_at=now + timedelta(days=settings.UPLOAD_LIFETIME_DAYS),
        )
        facts = {"case": str(case.pk), "length": length}
        custody.record(Subject.UPLOAD, upload_id, Act.UPLOAD_BEGUN, actor=actor, facts=facts)
    return upload, capability


def is_capability(upload: Upload, capability: str) -> bool:
    """Whether this is the token that was given out for this upload."""
    return hmac.compare_digest(upload.capability_sha256, _hashed(capability))


def offset_of(upload: Upload) -> int:
    """How many bytes are here."""
    if upload.item_id is not None:
        return upload.length
    part = part_of(upload)
    if not part.path.exists() and shelf.has(shelf.name_of(upload.becomes)):
        return upload.length  # killed between the move into the vault and its row
    return part.offset()


def extend(upload: Upload, *, offset: int, read: Read, sha256: bytes | None = None) -> int:
    """Add bytes at `offset`; return where the upload now stands. Completes nothing.

    Args:
        upload: open, or the error says why not.
        offset: where the client means to write; must be where the upload ends.
        read: gives at most so many bytes of the body, b"" at its end or when the client is gone.
        sha256: digest of this call's body; then the body is kept whole or not at all.

    Raises:
        UploadEndedError, UploadExpiredError, UploadBusyError, OffsetMismatchError,
        ChecksumMismatchError.
    """
    refuse_ended(upload)
    with WriterLease(upload) as lease:
        part, now_at = part_of(upload), offset_of(upload)
        if offset != now_at:
            raise OffsetMismatchError(offset=now_at)
        if now_at == upload.length:
            return now_at
        if sha256 is None:
            return part.append(read, lease.hold)
        return _extend_checked(part, read, lease, sha256)


def complete(upload: Upload) -> Upload:
    """Make the item of an upload whose bytes are all here.

    Hashes what was written by reading it back, moves the envelope into the vault, then the door
    in does what it does for every file. May be called again after any other error than these.

    Raises:
        DigestMismatchError: the upload has ended, its bytes are dropped.
        UploadBusyError: another connection is at it. Nothing is lost.
    """
    with WriterLease(upload) as lease:
        upload = Upload.objects.select_related("case").get(pk=upload.pk)
        if upload.ended_at is not None:
            return upload
        actor = Actor.of(upload.uploader)
        try:
            _become_item(upload, actor, lease)
        except DigestMismatchError as refusal:  # all else may heal: the bytes stay
            _end_refused(upload, refusal.code, actor)
            raise
    return upload


def give_up(upload: Upload, code: str, *, actor: Actor) -> None:
    """End an unfinished upload: its owner's wish, or its time is over."""
    with WriterLease(upload):
        upload.refresh_from_db()
        if upload.ended_at is not None:
            return
        _end_refused(upload, code, actor)


def refuse_ended(upload: Upload) -> None:
    """Raise unless bytes may still come."""
    if upload.ended_at is not None:
        raise UploadEndedError(upload.refusal or "complete")
    if upload.expires_at <= timezone.now():
        raise UploadExpiredError(str(upload.pk))


def part_of(upload: Upload) -> Part:
    """The upload's files, with its key."""
    return Part(upload.pk, upload.becomes, keyring.upload_key(upload), upload.length)


def _become_item(upload: Upload, actor: Actor, lease: WriterLease) -> None:
    part, name = part_of(upload), shelf.name_of(upload.becomes)
    why = Why(Subject.UPLOAD, upload.pk, actor)
    if not shelf.has(name):
        part.seal()
        stored = Stored(name, part.digest(lease.hold), upload.length)
        lease.hold()
        store.adopt(part.path, object_id=upload.becomes, stored=stored, why=why)
    else:  # killed after the move: read back from where it is now
        sha256, _ = shelf.digest(name, object_id=upload.becomes, data_key=part.data_key)
        stored = Stored(name, sha256, upload.length)
    arrival = Arrival(
        upload.case,
        upload.kind,
        actor,
        _from_json(upload.declaration),
        upload.claimed_sha256,
    )
    _keep(upload, arrival, stored, part.data_key)
    upload.refresh_from_db()
    if upload.is_duplicate:
        store.discard(name, why=why)
    part.discard()


def _keep(upload: Upload, arrival: Arrival, stored: Stored, data_key: bytes) -> None:
    """Make the item and end the upload, in one transaction."""
    with transaction.atomic():
        # A commit may have waited longer than the lease lasts: then another connection did this.
        current = Upload.objects.select_for_update().get(pk=upload.pk)
        if current.ended_at is None:
            received = intake.keep(arrival, stored, item_id=upload.becomes, data_key=data_key)
            current.item, current.is_duplicate = received.item, received.is_duplicate
            current.ended_at = timezone.now()
            current.save(update_fields=["item", "is_duplicate", "ended_at"])


def _end_refused(upload: Upload, code: str, actor: Actor) -> None:
    """Write how it ended, as one event and one row; then drop its bytes."""
    with transaction.atomic():
        custody.record(Subject.UPLOAD, upload.pk, Act.REFUSED, actor=actor, facts={"code": code})
        upload.refusal, upload.ended_at = code, timezone.now()
        upload.save(update_fields=["refusal", "ended_at"])
    part_of(upload).discard()
    # In the vault if a server died just before the row.
    store.discard(shelf.name_of(upload.becomes), why=Why(Subject.UPLOAD, upload.pk, actor))


def _extend_checked(part: Part, read: Read, lease: WriterLease, sha256: bytes) -> int:
    """Let the body rest in an envelope of its own until its digest is known."""
    aside = blobs.incoming_path(f"{part.upload_id.hex}-{secrets.token_hex(8)}.aside")
    data_key = keys.new_key()
    binding = blobs.associated(part.upload_id)
    try:
        with aside.open("x+b") as file:
            kept = seal_stream(
                cast(BinaryIO, _Readable(read, lease.hold)),
                file,
                data_key=data_key,
                associated_data=binding,
                max_bytes=part.length,
            )
            if bytes.fromhex(kept.sha256) != sha256:
                raise ChecksumMismatchError(str(part.upload_id))
            plain = DecryptingReader(file, data_key=data_key, associated_data=binding)
            return part.append(plain.read, lease.hold)
    finally:
        aside.unlink(missing_ok=True)


class _Readable(io.RawIOBase):
    """A body as a file, holding the lease while it comes."""

    def __init__(self, read: Read, hold: Callable[[], None]) -> None:
        super().__init__()
        self._read = read
        self._hold = hold

    def readinto(self, buffer: Any, /) -> int:
        view = memoryview(buffer).cast("B")
        chunk = self._read(len(view))
        self._hold()
        view[: len(chunk)] = chunk
        return len(chunk)


def _hashed(capability: str) -> str:
    return hashlib.sha256(capability.encode("utf-8")).hexdigest()


def _as_json(declaration: Declaration) -> dict[str, str | None]:
    values = asdict(declaration)
    return {
        key: value.isoformat() if isinstance(value, datetime) else value and str(value)
        for key, value in values.items()
    }


def _from_json(values: dict[str, Any]) -> Declaration:
    times = {key: parse_datetime(values[key]) for key in ("taken_at", "captured_at") if values[key]}
    batch = uuid.UUID(values["batch"]) if values["batch"] else None
    return Declaration(**{**values, **times, "batch": batch})
