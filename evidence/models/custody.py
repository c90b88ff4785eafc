"""The custody log and the time-stamp tokens: proof rows."""

from __future__ import annotations

import uuid

from django.db import models

from evidence.models.items import SHA256_FORM, EvidenceItem
from evidence.models.proof import ProofModel


class CustodyEvent(ProofModel):
    """Who did which act to which subject. `raw` is what counts; the columns are for finding it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_type = models.CharField(max_length=16)
    subject_id = models.CharField(max_length=64)  # a UUID for all but the house and checkpoints
    sequence = models.PositiveIntegerField()  # from 1, without gaps, per subject
    act = models.CharField(max_length=32)
    at = models.DateTimeField()
    raw = models.BinaryField()  # custody event v1, docs/formats/custody-event.md
    sha256 = models.CharField(max_length=64, unique=True)  # of raw: what the next one names
    previous = models.CharField(max_length=64, blank=True)  # "" for the first

    class Meta:
        ordering = ["subject_type", "subject_id", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "sequence"],
                name="evidence_event_sequence_is_unique",
            ),
            models.CheckConstraint(
                condition=models.Q(sha256__regex=SHA256_FORM),
                name="evidence_event_sha256_is_lower_hex",
            ),
            models.CheckConstraint(
                condition=models.Q(sequence=1, previous="")
                | models.Q(sequence__gt=1, previous__regex=SHA256_FORM),
                name="evidence_event_names_the_one_before",
            ),
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)


class StampModel(ProofModel):
    """What the rows of items' and checkpoints' tokens have in common."""

    chain = models.CharField(max_length=600, blank=True)  # key fingerprints, by commas
    algorithms = models.CharField(max_length=200, blank=True)  # it stands on, by commas
    valid_until = models.DateTimeField(null=True)  # the first end of a certificate in its chain
    renewal = models.BinaryField(null=True)  # the text it is over, docs/formats/renewal.md
    renews = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="renewed_by"
    )  # the token that this one takes over from; null for a first one

    class Meta:
        abstract = True


class TimeStampToken(StampModel):
    """The full RFC 3161 response of one TSA over an item's digest, or over a renewal's text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="tokens")
    source = models.CharField(max_length=64)  # "embedded", or the TSA's name in the settings
    response = models.BinaryField()  # DER, complete, as received
    gen_time = models.DateTimeField()  # the TSA's time, the one that proves
    serial = models.CharField(max_length=64)  # of the token, decimal
    is_self_issued = models.BooleanField()  # stamped by our own clock and key
    certificate_fingerprint = models.CharField(max_length=64)
    verifier = models.CharField(max_length=32)  # which library decided that it holds
    obtained_at = models.DateTimeField()  # our clock

    class Meta:
        ordering = ["gen_time", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "source"],
                condition=models.Q(renews__isnull=True),
                name="evidence_token_once_per_source",
            )
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)
