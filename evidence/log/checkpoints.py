"""Checkpoints: the signed notes over the log, when they are stamped and which one is published."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from evidence.custody import Subject
from evidence.integrity import checkpoint as notes
from evidence.integrity import cosignature
from evidence.log import sequencer, tree
from evidence.log.errors import CheckpointUnknownError, CosignatureRefusedError
from evidence.models.log import Checkpoint, Cosignature, LogLeaf
from evidence.vault import keyring


def catch_up() -> Checkpoint | None:
    """Take every waiting event in and sign the log as it is then; None while it is empty."""
    sequencer.integrate_all()
    return make()


def make(*, at: datetime | None = None) -> Checkpoint | None:
    """The checkpoint over all leaves, signed now unless it was before; None for an empty log."""
    with transaction.atomic():
        sequencer.hold()
        size = tree.size()
        if not size:
            return None
        kept = Checkpoint.objects.filter(size=size).first()
        if kept is not None:
            return kept
        house, root = keyring.house(), tree.Tree().root(size)
        note = notes.sign(origin=house.origin, size=size, root=root, key=house.log_key)
        return Checkpoint.objects.create(
            size=size, root=root.hex(), note=note, made_at=at or timezone.now()
        )


def latest() -> Checkpoint | None:
    """The newest one."""
    return Checkpoint.objects.order_by("-size").first()


def of_size(size: int) -> Checkpoint:
    """The one of that size; raises CheckpointUnknownError."""
    try:
        return Checkpoint.objects.get(size=size)
    except (Checkpoint.DoesNotExist, OverflowError):
        raise CheckpointUnknownError("no checkpoint of that size") from None


def published(now: datetime | None = None) -> Checkpoint | None:
    """The newest one made before the last fixed moment: what strangers are shown."""
    now = now or timezone.now()
    since = now.timestamp() % settings.LOG_PUBLISH_EVERY_S
    moment = datetime.fromtimestamp(now.timestamp() - since, UTC)
    return Checkpoint.objects.filter(made_at__lt=moment).order_by("-size").first()


def due_for_stamp(asked: Checkpoint | None, *, now: datetime | None = None) -> Checkpoint | None:
    """The checkpoint that outside TSAs should stamp now, if any.

    Args:
        asked: the newest one for which they were asked before.
        now: aware; by argument in tests.

    At most one each `LOG_STAMP_EVERY_S`, and none that only tells of stamps: else each stamp would
    be a new leaf, that leaf a new checkpoint, and an idle house would stamp for ever.
    """
    newest, now = latest(), now or timezone.now()
    if newest is None or (asked is not None and asked.size >= newest.size):
        return None
    if asked is not None and now - asked.made_at < timedelta(seconds=settings.LOG_STAMP_EVERY_S):
        return None
    begin = asked.size if asked else 0
    new = LogLeaf.objects.filter(index__gte=begin, index__lt=newest.size)
    tells = new.exclude(event__subject_type=Subject.CHECKPOINT)
    return newest if tells.exists() else None


def imprint(checkpoint: Checkpoint) -> bytes:
    """What an outside TSA stamps: SHA-256 of the note as stored."""
    return hashlib.sha256(bytes(checkpoint.note)).digest()


def shown(checkpoint: Checkpoint) -> bytes:
    """The note with whatever cosignatures came in since, each on its line."""
    lines = checkpoint.cosignatures.order_by("received_at").values_list("line", flat=True)
    return bytes(checkpoint.note) + "".join(f"{line}\n" for line in lines).encode("utf-8")


def cosign(size: int, line: str, *, name: str, key: Ed25519PublicKey) -> Cosignature:
    """Keep a witness's signature line over a checkpoint, once it is found to hold.

    Args:
        size: of the checkpoint.
        line: `— name base64(key id ‖ signature)`, without its line feed.
        name: the witness's name, as we know it.
        key: their Ed25519 key, as we know it.

    Raises:
        CheckpointUnknownError: no checkpoint of that size.
        CosignatureRefusedError: not that witness's signature over this note.
    """
    kept = of_size(size)
    text = notes.read(bytes(kept.note)).text
    try:
        cosignature.verify(line, text, name=name, public_key=key)
    except notes.CheckpointSignatureError as cause:
        raise CosignatureRefusedError("not this witness's line over this checkpoint") from cause
    row, _ = Cosignature.objects.get_or_create(
        checkpoint=kept, line=line, defaults={"received_at": timezone.now()}
    )
    return row
