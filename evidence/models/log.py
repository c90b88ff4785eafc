"""The Merkle log as rows: leaves in their order, full tiles, checkpoints, what stands over them."""

from __future__ import annotations

import uuid

from django.db import models

from evidence.models.custody import CustodyEvent, StampModel
from evidence.models.items import SHA256_FORM
from evidence.models.proof import ProofModel


class PendingLeaf(models.Model):
    """An event that waits for its place in the log. A working row, gone once it has one.

    Written in the event's own transaction, so nothing that was committed late is passed over.
    """

    id = models.BigAutoField(primary_key=True)
    event = models.OneToOneField(
        CustodyEvent, on_delete=models.CASCADE, related_name="pending_leaf"
    )

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)


class LogLeaf(ProofModel):
    """One event's place in the log, from 0 and without gaps."""

    index = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(CustodyEvent, on_delete=models.PROTECT, related_name="leaf")
    data = models.BinaryField()  # 32 bytes: leaf data, docs/formats/custody-event.md

    class Meta:
        ordering = ["index"]
        constraints = [
            models.CheckConstraint(condition=models.Q(index__gte=0), name="evidence_leaf_index")
        ]

    def __str__(self) -> str:
        """The index."""
        return str(self.pk)


class LogTile(ProofModel):
    """A full tile: 256 hashes of one level, and the hash that they come to one level up."""

    id = models.BigAutoField(primary_key=True)
    level = models.PositiveSmallIntegerField()  # tile level: 0 holds leaf hashes
    index = models.BigIntegerField()
    hashes = models.BinaryField()  # 256 * 32 bytes
    root = models.BinaryField()  # 32 bytes

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "index"], name="evidence_tile_is_unique")
        ]

    def __str__(self) -> str:
        """Level and index."""
        return f"{self.level}/{self.index}"


class Checkpoint(ProofModel):
    """The signed note over the log at one size (docs/formats/log.md), as it was signed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    size = models.BigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    note = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["size"]
        indexes = [models.Index(fields=["made_at"], name="evidence_checkpoint_made_at")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(root__regex=SHA256_FORM), name="evidence_checkpoint_root_is_hex"
            )
        ]

    def __str__(self) -> str:
        """The size."""
        return str(self.size)


class CheckpointToken(StampModel):
    """The full RFC 3161 response of one outside TSA over a checkpoint's note, or a renewal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="tokens")
    source = models.CharField(max_length=64)  # the TSA's name in the settings
    response = models.BinaryField()  # DER, complete, as received
    gen_time = models.DateTimeField()  # the TSA's time, the one that proves
    serial = models.CharField(max_length=64)  # of the token, decimal
    is_self_issued = models.BooleanField()
    certificate_fingerprint = models.CharField(max_length=64)
    verifier = models.CharField(max_length=32)  # which library decided that it holds
    obtained_at = models.DateTimeField()  # our clock

    class Meta:
        ordering = ["gen_time", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["checkpoint", "source"],
                condition=models.Q(renews__isnull=True),
                name="evidence_checkpoint_token_once_per_source",
            )
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)


class Cosignature(ProofModel):
    """Somebody else's signature line over a checkpoint: they saw no other log of this origin."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    checkpoint = models.ForeignKey(
        Checkpoint, on_delete=models.PROTECT, related_name="cosignatures"
    )
    line = models.CharField(max_length=1024)  # without its line feed
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["checkpoint", "line"], name="evidence_cosignature_is_unique"
            )
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)
