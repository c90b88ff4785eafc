"""After filing: the number the agency gave, its dates, and what it answered."""

from __future__ import annotations

import uuid

from django.db import models

from complaints.law.following import Outcome


class Filing(models.Model):
    """The person filed one complaint with one agency and tells us what they were given."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(
        "complaints.Complaint", on_delete=models.PROTECT, related_name="filings"
    )
    # Where it was handed in, an id of complaints.law.agencies; empty: the complaint's own agency.
    agency = models.CharField(max_length=32, blank=True)
    filed_on = models.DateField()
    reference = models.CharField(max_length=100, blank=True)  # 受案回执号, 受理编号 …
    note = models.TextField(max_length=2000, blank=True)
    # A photo or file of what the desk gave, received like every item.
    receipt = models.ForeignKey(
        "evidence.EvidenceItem", on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["filed_on", "recorded_at"]

    @property
    def desk(self) -> str:
        """The agency it was handed in at."""
        return self.agency or self.complaint.agency


class FilingOutcome(models.Model):
    """What came of one filing on one day, as the person tells it. Told anew, it is a new row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="outcomes")
    outcome = models.CharField(max_length=16, choices=[(one.value, one.value) for one in Outcome])
    on = models.DateField()  # the day the person learnt of it, Beijing calendar
    reference = models.CharField(max_length=100, blank=True)  # 受理通知书号, 不予立案通知书文号 …
    receipt = models.ForeignKey(
        "evidence.EvidenceItem", on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["on", "recorded_at"]
