"""What engines claim to have heard in a recording, and what people heard. Learned rows.

A transcript is a draft for ever: only a person's decision on one segment makes words of it count.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from evidence.models.items import EvidenceItem


class TranscriptQuerySet(models.QuerySet["Transcript"]):
    """Which draft counts."""

    def current(self) -> TranscriptQuerySet:
        """The newest of each item."""
        newer = Transcript.objects.filter(
            item=models.OuterRef("item"), created_at__gt=models.OuterRef("created_at")
        )
        return self.filter(~models.Exists(newer))


class Transcript(models.Model):
    """One engine's draft of one recording, and what the guards took out of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="transcripts")
    engine = models.CharField(max_length=32)  # sherpa_onnx, openai_http
    engine_version = models.CharField(max_length=32)  # of the stage that asked it
    model = models.CharField(max_length=128)  # as the operator names it
    language = models.CharField(max_length=16)
    is_outside = models.BooleanField()  # the sound left this house for it
    party = models.CharField(max_length=200, blank=True)  # who got it then
    duration_s = models.FloatField(null=True)  # decoded
    dropped = models.JSONField(default=list)  # {from_s, to_s, reason}: `speech.guards.DROPPED`
    problem = models.CharField(max_length=64, blank=True)  # a problem code: there are no segments
    segment_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    objects = TranscriptQuerySet.as_manager()

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)


class Segment(models.Model):
    """Words that an engine claims for some seconds of a recording. No more than a claim.

    Or a line that a person heard and no engine wrote (`is_written`): their decision stands beside
    it from the beginning.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    transcript = models.ForeignKey(Transcript, on_delete=models.PROTECT, related_name="segments")
    index = models.PositiveIntegerField()  # of an engine's in time order from 0; written ones after
    is_written = models.BooleanField(default=False)  # by a person, not by the engine
    start_s = models.FloatField()  # seconds from the recording's beginning
    end_s = models.FloatField()
    text = models.TextField()
    doubts = models.JSONField(default=list)  # codes: `speech.guards.DOUBTS`

    class Meta:
        ordering = ["start_s", "index"]
        constraints = [
            models.UniqueConstraint(
                fields=["transcript", "index"], name="evidence_segment_index_is_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(start_s__gte=0, end_s__gte=models.F("start_s")),
                name="evidence_segment_is_forward",
            ),
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)


class SegmentDecisionQuerySet(models.QuerySet["SegmentDecision"]):
    """Which words count."""

    def newest(self) -> SegmentDecisionQuerySet:
        """The last word on each segment of each item's newest draft."""
        later = SegmentDecision.objects.filter(segment=models.OuterRef("segment")).order_by(
            "-at", "-id"
        )
        current = Transcript.objects.current().filter(pk=models.OuterRef("segment__transcript"))
        return self.filter(models.Exists(current), pk=models.Subquery(later.values("pk")[:1]))

    def heard(self) -> SegmentDecisionQuerySet:
        """The words that a person listened to and stands by; all others are a machine's."""
        return self.newest().exclude(decision=SegmentDecision.Decision.REJECTED)


class SegmentDecision(models.Model):
    """What a person heard in the seconds of one segment; the newest counts, all are kept."""

    class Decision(models.TextChoices):
        """What was decided."""

        CONFIRMED = "confirmed", "Heard just so"
        CORRECTED = "corrected", "Heard, in other words"
        REJECTED = "rejected", "Not said"

    class Speaker(models.TextChoices):
        """Who said it, as the person hears it."""

        OTHER = "other", "The other side"
        SELF = "self", "The borrower"
        UNKNOWN = "unknown", "Cannot tell"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="decisions")
    decision = models.CharField(max_length=16, choices=Decision)
    words = models.TextField(max_length=2000, blank=True)  # as heard; "" when not said
    speaker = models.CharField(max_length=16, choices=Speaker, default=Speaker.UNKNOWN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = SegmentDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision="rejected", words="")
                | (models.Q(decision__in=["confirmed", "corrected"]) & ~models.Q(words="")),
                name="evidence_segment_decision_has_words",
            )
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)
