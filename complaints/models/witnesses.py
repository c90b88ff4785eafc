"""Witness links and what came through them. Rows hold no words: those lie in the vault alone."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models

from complaints.models.complaints import Complaint


class LinkState(models.TextChoices):
    """How a link stands: derived, never stored."""

    OPEN = "open", "Open"
    BOUND = "bound", "Bound to one browser"
    ANSWERED = "answered", "Answered"
    EXPIRED = "expired", "Expired unanswered"
    REVOKED = "revoked", "Revoked unanswered"
    ERASED = "erased", "Erased, by the witness or with the statement"


class WitnessLink(models.Model):
    """One invitation to one third person. A working row: its times fill as it goes along."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(
        "evidence.Case", on_delete=models.PROTECT, related_name="witness_links"
    )
    label = models.CharField(max_length=60, blank=True)  # the borrower's note whom it is for
    token_sha256 = models.CharField(max_length=64, unique=True)  # of what stands in the fragment
    secret_sha256 = models.CharField(max_length=64, blank=True)  # of the bound browser; "" before
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    bound_at = models.DateTimeField(null=True)
    stated_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(bound_at__isnull=True, secret_sha256="")
                | models.Q(bound_at__isnull=False) & ~models.Q(secret_sha256=""),
                name="witness_link_bound_has_secret",
            ),
            models.UniqueConstraint(
                fields=["secret_sha256"],
                condition=~models.Q(secret_sha256=""),
                name="witness_link_secret_is_one_links",
            ),
            models.CheckConstraint(
                condition=models.Q(stated_at__isnull=True) | models.Q(bound_at__isnull=False),
                name="witness_link_stated_was_bound",
            ),
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)

    def state(self, now: datetime) -> LinkState:
        """How it stands at a moment."""
        if self.erased_at is not None:
            return LinkState.ERASED
        if self.stated_at is not None:
            return LinkState.ANSWERED
        if self.revoked_at is not None:
            return LinkState.REVOKED
        if now >= self.expires_at:
            return LinkState.EXPIRED
        return LinkState.OPEN if self.bound_at is None else LinkState.BOUND


class WitnessStatement(models.Model):
    """Which items hold a witness's statement and consent, and how far the consent goes."""

    class Wish(models.TextChoices):
        """What may leave for one kind of desk."""

        NONE = "none", "Nothing"
        MASKED = "masked", "Without the name"
        NAMED = "named", "With the name"

    link = models.OneToOneField(
        WitnessLink, on_delete=models.PROTECT, primary_key=True, related_name="statement"
    )
    item = models.OneToOneField("evidence.EvidenceItem", on_delete=models.PROTECT, related_name="+")
    consent = models.OneToOneField(
        "evidence.EvidenceItem", on_delete=models.PROTECT, related_name="+"
    )
    police = models.CharField(max_length=8, choices=Wish)
    regulator = models.CharField(max_length=8, choices=Wish)
    lender = models.CharField(max_length=8, choices=Wish)

    def __str__(self) -> str:
        """The id of its link."""
        return str(self.pk)

    @property
    def is_named_anywhere(self) -> bool:
        """Whether the borrower may see the name: one desk is to be told it."""
        return self.Wish.NAMED in (self.police, self.regulator, self.lender)


class WitnessItem(models.Model):
    """An item that a witness brings, written down before its bytes come.

    A server that dies between the item and the statement's row leaves nothing that the witness
    could not erase. So it may name an item that never came to be.
    """

    class Part(models.TextChoices):
        """What it is."""

        STATEMENT = "statement", "Statement"
        CONSENT = "consent", "Consent"
        PICTURE = "picture", "Picture"

    item_id = models.UUIDField(primary_key=True)
    link = models.ForeignKey(WitnessLink, on_delete=models.PROTECT, related_name="brought")
    part = models.CharField(max_length=16, choices=Part)

    def __str__(self) -> str:
        """The id of its item."""
        return str(self.pk)


class WitnessForm(models.Model):
    """How one statement goes along with one complaint, as the borrower chose."""

    class Form(models.TextChoices):
        """Within the consent; `named` counts as masked where the consent says masked."""

        LEFT_OUT = "left_out", "Not handed over"
        MASKED = "masked", "Without the name"
        NAMED = "named", "With the name"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="witness_forms")
    statement = models.ForeignKey(WitnessStatement, on_delete=models.PROTECT, related_name="forms")
    form = models.CharField(max_length=8, choices=Form)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "statement"], name="witness_form_once_in_a_complaint"
            )
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)
