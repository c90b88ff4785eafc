"""A complaint: one case turned towards one agency, with its numbered exhibits."""

from __future__ import annotations

import uuid

from django.db import models

from complaints.bundle.gaps import GapReason


class Complaint(models.Model):
    """What one borrower tells one agency. A working row until its package is built.

    The answers of the interview are one document, saved at each step; `complaints.interview` says
    which keys it may hold. What a package said stays in the package.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("evidence.Case", on_delete=models.PROTECT, related_name="complaints")
    agency = models.CharField(max_length=32)  # an id of complaints.law.agencies
    document_id = models.CharField(max_length=48)  # which document of templates that agency takes
    lender_type = models.CharField(max_length=48)  # an id of complaints.law's lender types
    severity = models.PositiveSmallIntegerField(null=True)  # the person's own, within its bounds
    answers = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)  # the person said: this is complete

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(severity__isnull=True) | models.Q(severity__range=(1, 4)),
                name="complaint_severity_is_1_to_4",
            )
        ]


class Exhibit(models.Model):
    """An evidence item as numbered in one complaint ("B-1"), in the one form handed over."""

    class Form(models.TextChoices):
        """Decision 10: exactly one of these; nothing in the package shows more than it."""

        ORIGINAL = "original", "The bytes as received"
        REDACTED = "redacted", "A redacted copy"
        RECORDS = "records", "Chosen records of a reading"

    class Group(models.TextChoices):
        """The groups of the customary evidence list."""

        LOAN = "A", "The loan"
        COLLECTION = "B", "Acts of collection"
        THIRD_PERSONS = "C", "Third persons harassed"
        HARM = "D", "Harm done"
        EARLIER_STEPS = "E", "Earlier steps and answers"
        IDENTITY = "F", "Identity and authority"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="exhibits")
    item = models.ForeignKey("evidence.EvidenceItem", on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=1, choices=Group)
    number = models.PositiveSmallIntegerField()
    form = models.CharField(max_length=16, choices=Form)
    record_ids = models.JSONField(default=list)  # with form `records`: which ones, in order
    # With form `records`: why the others are left out, in the person's own choice.
    gap_reason = models.CharField(
        max_length=16,
        choices=[(str(reason), reason.name) for reason in GapReason],
        default=str(GapReason.LEFT_OUT),
    )
    redaction = models.ForeignKey(  # with form `redacted`: which copy
        "complaints.Redaction", null=True, on_delete=models.PROTECT, related_name="exhibits"
    )
    purpose = models.CharField(max_length=500, blank=True)  # the person's words; empty: composed

    class Meta:
        ordering = ["group", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "group", "number"], name="exhibit_number_is_used_once"
            ),
            models.UniqueConstraint(fields=["complaint", "item"], name="item_is_one_exhibit"),
            models.CheckConstraint(
                condition=models.Q(form="redacted", redaction__isnull=False)
                | (~models.Q(form="redacted") & models.Q(redaction__isnull=True)),
                name="exhibit_redacted_names_its_copy",
            ),
        ]

    @property
    def code(self) -> str:
        """The number as printed: group, hyphen, number."""
        return f"{self.group}-{self.number}"

    @property
    def shown_item_id(self) -> uuid.UUID:
        """Of the item that its viewer should see: the redacted copy where one is handed over."""
        copy = self.redaction.item_id if self.redaction is not None else None
        return copy or self.item_id

    def keep_only(self, record_ids: list[str]) -> None:
        """Show these records from now on; without any the exhibit goes."""
        if not record_ids:
            self.delete()
            return
        self.record_ids = record_ids
        self.save(update_fields=["record_ids"])

    @property
    def record_count(self) -> int:
        """How many records are chosen; 0 unless the form is `records`."""
        return len(self.record_ids)
