"""Redactions: what was asked to be removed from an item, and the copy that came of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models

HEARD_FACTS = ("codec", "container", "duration_ms", "peaks")


class Redaction(models.Model):
    """One redacted copy of one item, for one complaint. Gone with an erasure.

    The copy is an evidence item of origin `redaction`; its parent is named in its log by a
    commitment whose salt comes from the secret of `reading` (docs/formats/redaction.md).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(
        "complaints.Complaint", on_delete=models.CASCADE, related_name="redactions"
    )
    reading = models.ForeignKey("evidence.Reading", on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("evidence.EvidenceItem", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    boxes = models.JSONField(default=list)  # [left, top, width, height], upright pixels
    spans = models.JSONField(default=list)  # of a recording: [from, to], decoded milliseconds
    width = models.PositiveIntegerField(default=0)  # of the copy, pixels
    height = models.PositiveIntegerField(default=0)
    frames = models.PositiveIntegerField(default=1)  # of the parent; the copy holds the first
    item = models.OneToOneField(
        "evidence.EvidenceItem", null=True, on_delete=models.PROTECT, related_name="redaction"
    )
    commitment = models.CharField(max_length=64, blank=True)  # to the parent, as the log has it
    engine = models.JSONField(default=dict)  # that read the copy: format, reader, reader_version
    seen = models.JSONField(default=list)  # what it read there: text, when_raw, peer_name
    sound = models.JSONField(default=dict)  # what it heard there: facts of `HEARD_FACTS`
    made_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "id"]

    @property
    def is_sound(self) -> bool:
        """Whether it is of a recording; else of a picture."""
        return bool(self.spans)

    @property
    def places(self) -> int:
        """How many places are removed."""
        return len(self.spans or self.boxes)

    @property
    def cuts(self) -> dict[str, Any]:
        """What is removed, as the cell takes it."""
        return {"spans": self.spans} if self.is_sound else {"boxes": self.boxes}
