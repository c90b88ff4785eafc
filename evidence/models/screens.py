"""What comparing a case's screenshots found, and what a person says of it. Learned rows."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from evidence.models.cases import Case
from evidence.models.items import EvidenceItem
from evidence.models.readings import Reading, Record


class PictureHash(models.Model):
    """The perceptual hash of one reading's picture (`evidence.media.picture_hash`)."""

    reading = models.OneToOneField(
        Reading, on_delete=models.PROTECT, primary_key=True, related_name="picture_hash"
    )
    engine_version = models.CharField(max_length=32)
    rows = models.PositiveIntegerField()
    cells = models.BinaryField()

    def __str__(self) -> str:
        """The id of its reading."""
        return str(self.pk)


class ScreenRun(models.Model):
    """One look over all screenshots of a case; the newest counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="screen_runs")
    engine_version = models.CharField(max_length=32)
    screens_sha256 = models.CharField(max_length=64)  # of what was looked at
    created_at = models.DateTimeField()

    class Meta:
        get_latest_by = "created_at"

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)


class ScreenPair(models.Model):
    """Two pictures that show the same, or parts of one scrolling chat."""

    class Kind(models.TextChoices):
        """What they have in common."""

        DUPLICATE = "duplicate", "The same picture, perhaps saved again"
        OVERLAP = "overlap", "Some of the same messages"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(ScreenRun, on_delete=models.PROTECT, related_name="pairs")
    first = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind)
    message_count = models.PositiveIntegerField()  # that are on both
    is_sure = models.BooleanField()  # else a person is asked
    counts_once = models.BooleanField()  # after what a person said

    class Meta:
        ordering = ["run", "first_id", "second_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "first", "second"], name="evidence_screen_pair_once_per_run"
            )
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)


class ScreenStrand(models.Model):
    """Overlapping pictures joined: their messages once each, in one reading order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(ScreenRun, on_delete=models.PROTECT, related_name="strands")
    item_ids = models.JSONField()
    record_ids = models.JSONField()

    class Meta:
        ordering = ["run", "id"]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)


class ScreenTwinQuerySet(models.QuerySet["ScreenTwin"]):
    """Which twins count."""

    def current(self) -> ScreenTwinQuerySet:
        """Those of the newest look over each case."""
        newer = ScreenRun.objects.filter(
            case=models.OuterRef("run__case"), created_at__gt=models.OuterRef("run__created_at")
        )
        return self.filter(~models.Exists(newer))


class ScreenTwin(models.Model):
    """A message that another picture of the case shows, too: it counts there."""

    run = models.ForeignKey(ScreenRun, on_delete=models.PROTECT, related_name="twins")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    counts_as = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")

    objects = ScreenTwinQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "record"], name="evidence_screen_twin_once"),
            models.CheckConstraint(
                condition=~models.Q(record=models.F("counts_as")),
                name="evidence_screen_twin_is_another",
            ),
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)


class ScreenDecision(models.Model):
    """What a person says of two pictures; the newest counts, all are kept."""

    class Decision(models.TextChoices):
        """Whether what both show counts once."""

        JOINED = "joined", "The same messages"
        APART = "apart", "Not the same messages"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    first = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=16, choices=Decision)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)


def newest_run(case: Case | uuid.UUID) -> ScreenRun | None:
    """The look that counts."""
    return ScreenRun.objects.filter(case=case).order_by("created_at", "id").last()


def told_elsewhere(case: Case | uuid.UUID) -> models.QuerySet[ScreenTwin]:
    """The case's messages that count on another picture."""
    return ScreenTwin.objects.filter(run__case=case).current()
