"""Review: who holds a case, what they decided, and their words to the borrower."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from evidence.models.proof import ProofModel


class ReviewClaim(models.Model):
    """A reviewer holds a case; others see who. Released by deleting the row."""

    case = models.OneToOneField(
        "evidence.Case", primary_key=True, on_delete=models.CASCADE, related_name="review_claim"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    claimed_at = models.DateTimeField()


class ReviewDecision(ProofModel):
    """What a reviewer decided about one complaint as it stood. A proof row: written once.

    `draft_sha256` ties the decision to what was read: a complaint changed afterwards is a
    complaint not yet reviewed.
    """

    class Decision(models.TextChoices):
        """`approved` counts once from a reviewer and once from a second person."""

        APPROVED = "approved", "Approved"
        RETURNED = "returned", "Returned to the borrower"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(
        "complaints.Complaint", on_delete=models.PROTECT, related_name="review_decisions"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.CharField(max_length=16, choices=Decision)
    draft_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "reviewer", "draft_sha256", "decision"],
                name="one_decision_per_reviewer_and_draft",
            )
        ]


class ReviewNote(models.Model):
    """The reviewer's words beside a decision: a learned row, gone with an erasure."""

    decision = models.OneToOneField(ReviewDecision, on_delete=models.CASCADE, related_name="note")
    text = models.TextField(max_length=4000)
