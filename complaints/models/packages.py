"""Packages: what was asked to be built, how far it is, and the item it became."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class Package(models.Model):
    """One package asked for. Offered only when it is built and its own verifier said `unchanged`.

    The built ZIP is an evidence item of origin `package`: same door, digest, token, custody log.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(
        "complaints.Complaint", on_delete=models.PROTECT, related_name="packages"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    draft_sha256 = models.CharField(max_length=64)  # of the draft as it was when asked
    step = models.CharField(max_length=32, blank=True)  # which step of the build runs now
    done = models.PositiveIntegerField(default=0)  # of `total` steps
    total = models.PositiveIntegerField(default=0)
    item = models.OneToOneField(
        "evidence.EvidenceItem", null=True, on_delete=models.PROTECT, related_name="+"
    )
    document_sha256 = models.CharField(max_length=64, blank=True)  # of exhibits.json, as printed
    verdict = models.CharField(max_length=16, blank=True)  # of our own verifier, before offering
    # Whose token the complaint's signature carries: "embedded", or a name of TSA_URLS; and who was
    # asked for one before and gave none: `[{"source", "why"}]`, `why` a code.
    stamped_by = models.CharField(max_length=40, blank=True)
    stamps_missed = models.JSONField(default=list)
    built_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "id"]

    @property
    def is_offered(self) -> bool:
        """A package that does not verify is never offered."""
        return self.item_id is not None and self.verdict == "unchanged"
