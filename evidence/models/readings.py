"""What readers got out of an item: learned rows, never updated, gone only by the erasure walk."""

from __future__ import annotations

import uuid

from django.db import models

from evidence.models.cases import Case
from evidence.models.items import EvidenceItem


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Which reading counts."""

    def current(self) -> ReadingQuerySet:
        """The newest reading of each item."""
        newer = Reading.objects.filter(
            item=models.OuterRef("item"), created_at__gt=models.OuterRef("created_at")
        )
        return self.filter(~models.Exists(newer))


class Reading(models.Model):
    """One engine's reading of one item; `problem` says why there are no records."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="readings")
    engine_version = models.CharField(max_length=32)  # of the stage; a new one reads again
    format = models.CharField(max_length=64)
    reader = models.CharField(max_length=64, blank=True)
    reader_version = models.CharField(max_length=32, blank=True)
    facts = models.JSONField(default=dict)  # of the picture or recording itself
    problem = models.CharField(max_length=64, blank=True)  # a problem code
    record_count = models.PositiveIntegerField(default=0)  # of the file, also those not chosen
    records_root = models.CharField(max_length=64, blank=True)  # hex, of the salted record tree
    records_secret = models.BinaryField(default=bytes)  # wrapped by the case's key
    created_at = models.DateTimeField()

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "engine_version"], name="evidence_reading_once_per_engine"
            )
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)


class Provenance(models.Model):
    """What phone and file say of an item's making, and our notes on it. Claims, never proof."""

    reading = models.OneToOneField(
        Reading, on_delete=models.PROTECT, primary_key=True, related_name="provenance"
    )
    engine_version = models.CharField(max_length=32)  # of `evidence.provenance`
    statement = models.JSONField()  # docs/formats/exhibit-manifest.md, "Provenance"

    def __str__(self) -> str:
        """The id of its reading."""
        return str(self.pk)


class Record(models.Model):
    """One message, call, bubble, picture or recording, as its file tells it (`readers.Record`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="records")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="records")
    index = models.PositiveIntegerField()  # its place in the reading, from 0
    # Where the timeline shows it: `when_utc`, else the record before it, else the item's own time.
    # Never a claim about when it happened.
    placed_at = models.DateTimeField()
    kind = models.CharField(max_length=16)
    when_utc = models.DateTimeField(null=True)
    when_raw = models.TextField(blank=True)
    when_precision = models.CharField(max_length=8, default="none")
    zone_source = models.CharField(max_length=16, default="none")
    direction = models.CharField(max_length=16, blank=True)
    peer_number_raw = models.TextField(blank=True)
    peer_number_e164 = models.CharField(max_length=32, blank=True)
    peer_number = models.CharField(max_length=64, blank=True)  # the form to group and filter by
    peer_name = models.TextField(blank=True)
    owner_sim = models.CharField(max_length=64, blank=True)
    text = models.TextField(blank=True)
    duration_s = models.FloatField(null=True)
    attachments = models.JSONField(default=list)
    conversation = models.TextField(blank=True)
    source_file = models.TextField(blank=True)
    source_locator = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    # The canonical JSON that the record tree committed to; a proof is computed from these bytes.
    raw = models.BinaryField()

    class Meta:
        ordering = ["placed_at", "reading_id", "index"]
        indexes = [
            models.Index(
                fields=["case", "placed_at", "reading", "index"], name="evidence_record_timeline"
            ),
            models.Index(fields=["case", "peer_number"], name="evidence_record_peer"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["reading", "index"], name="evidence_record_index_is_unique"
            )
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)


class Derivative(models.Model):
    """Bytes that we made from an item: page picture, thumbnail, waveform, playable copy."""

    class Name(models.TextChoices):
        """What it is for."""

        PAGE = "page", "Picture for a page"
        THUMBNAIL = "thumbnail", "Thumbnail"
        WAVEFORM = "waveform", "Waveform"
        PLAYABLE = "playable", "Playable copy"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="derivatives")
    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="derivatives")
    name = models.CharField(max_length=16, choices=Name)
    media_type = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    vault_name = models.CharField(max_length=64, unique=True)
    wrapped_key = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reading", "name"], name="evidence_derivative_once_per_reading"
            )
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)
