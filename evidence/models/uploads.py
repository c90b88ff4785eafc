"""A resumable upload under way (tus 1.0). Working rows: swept when done or expired."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from evidence.models.cases import Case
from evidence.models.items import SHA256_FORM, EvidenceItem


class Upload(models.Model):
    """One file on its way. How far it is stands in its part file, not here (`uploads/parts.py`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="uploads")
    uploader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    capability_sha256 = models.CharField(max_length=64, unique=True)  # of the token we gave out
    length = models.PositiveBigIntegerField()  # bytes, from Upload-Length
    becomes = models.UUIDField(default=uuid.uuid4, unique=True)  # the item id, bound into the bytes
    wrapped_key = models.BinaryField()
    kind = models.CharField(max_length=32)
    claimed_sha256 = models.CharField(max_length=64, blank=True)
    declaration = models.JSONField()  # the fields of `intake.Declaration`
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # One writer at a time, by a lease that a dead writer loses.
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    # How it ended: an item (perhaps one that was already here), or the code of the refusal.
    item = models.ForeignKey(
        EvidenceItem, on_delete=models.PROTECT, null=True, related_name="uploads"
    )
    is_duplicate = models.BooleanField(default=False)
    refusal = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="evidence_upload_expires")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(capability_sha256__regex=SHA256_FORM),
                name="evidence_upload_capability_is_lower_hex",
            ),
            models.CheckConstraint(
                condition=models.Q(item__isnull=True) | models.Q(refusal=""),
                name="evidence_upload_ends_one_way",
            ),
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)
