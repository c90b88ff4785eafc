"""After filing: the number the agency gave, its dates, and what it answered."""

from __future__ import annotations

import uuid

from django.db import models


class Filing(models.Model):
    """The person filed one complaint with one agency and tells us what they were given."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(
        "complaints.Complaint", on_delete=models.PROTECT, related_name="filings"
    )
    filed_on = models.DateField()
    reference = models.CharField(max_length=100, blank=True)  # 受案回执号, 受理编号 …
    note = models.TextField(max_length=2000, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["filed_on", "recorded_at"]
