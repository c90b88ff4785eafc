"""Suggestions and decisions side by side: tags, findings, the roles of numbers. Learned rows."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from evidence.models.cases import Case
from evidence.models.items import EvidenceItem
from evidence.models.readings import Reading, Record
from evidence.models.transcripts import SegmentDecision

TAGGER = "tagger"
PERSON = "person"


class Tagging(models.Model):
    """One run of the tagger over one reading: the fact from which "tagged" is derived.

    A newer tagger, or other roles of numbers, make another run; decisions are never touched.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="taggings")
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="taggings")
    sequence = models.PositiveIntegerField()  # from 1, per reading; the last one counts
    tagger_version = models.CharField(max_length=32)
    roles_sha256 = models.CharField(
        max_length=64
    )  # of what it was told: roles of numbers, which choice
    tag_count = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reading", "sequence"], name="evidence_tagging_sequence_is_unique"
            )
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)


class TagQuerySet(models.QuerySet["Tag"]):
    """Which tags count."""

    def shown(self) -> TagQuerySet:
        """Those of the newest run, and whatever a person proposed or decided."""
        newer = Tagging.objects.filter(
            reading=models.OuterRef("tagging__reading"),
            sequence__gt=models.OuterRef("tagging__sequence"),
        )
        decided = TagDecision.objects.filter(tag=models.OuterRef("pk"))
        return self.on_words_that_stand().filter(
            models.Q(proposed_by=PERSON) | models.Exists(decided) | ~models.Exists(newer)
        )

    def standing(self, *, by: uuid.UUID | None = None) -> TagQuerySet:
        """Those whose newest decision is "confirmed" or "corrected": `decided`, `decided_kind`.

        Args:
            by: whose decision it must be; None: anybody's.
        """
        newest = TagDecision.objects.filter(tag=models.OuterRef("pk")).order_by("-at", "-id")
        rows = (
            self.on_words_that_stand()
            .annotate(
                decided=models.Subquery(newest.values("decision")[:1]),
                decided_kind=models.Subquery(newest.values("kind")[:1]),
                decided_by=models.Subquery(newest.values("by")[:1]),
            )
            .filter(decided__in=TagDecision.STANDING)
        )
        return rows if by is None else rows.filter(decided_by=by)

    def on_words_that_stand(self) -> TagQuerySet:
        """Without those on earlier readings or on words that a person has since heard otherwise."""
        heard = SegmentDecision.objects.heard().filter(pk=models.OuterRef("heard"))
        newer = Reading.objects.filter(
            item=models.OuterRef("item"),
            created_at__gt=models.OuterRef("record__reading__created_at"),
        )
        return self.filter(
            models.Q(heard__isnull=True) | models.Exists(heard), ~models.Exists(newer)
        )


class Tag(models.Model):
    """A label on a record (or on an item without records) and who or what proposed it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="tags")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, related_name="tags")
    tagging = models.ForeignKey(Tagging, on_delete=models.PROTECT, null=True, related_name="tags")
    # The words of a recording, where the tag is on those and not on the record's own text.
    heard = models.ForeignKey(
        SegmentDecision, on_delete=models.PROTECT, null=True, related_name="tags"
    )
    # Of which tag on an earlier reading this is the copy (`evidence.carrying`); that may be gone.
    carried_from = models.UUIDField(null=True)
    kind = models.CharField(max_length=32)  # a code of `abuse.kinds`
    label = models.CharField(max_length=32)
    start = models.PositiveIntegerField(default=0)  # characters of `words`
    end = models.PositiveIntegerField(default=0)
    rule = models.CharField(max_length=64, blank=True)
    rule_version = models.CharField(max_length=32, blank=True)
    reason_zh = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)
    confidence = models.FloatField(null=True)  # 0..1, of the rule: an order, no probability
    proposed_by = models.CharField(max_length=16, default=TAGGER)  # "tagger" or "person"
    created_at = models.DateTimeField()

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["start", "kind", "id"]
        indexes = [
            models.Index(
                fields=["carried_from"],
                condition=models.Q(carried_from__isnull=False),  # few are
                name="evidence_tag_by_carried_from",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tagging", "record", "kind", "rule", "start", "end"],
                condition=models.Q(tagging__isnull=False, heard__isnull=True),
                name="evidence_tag_once_per_tagging",
            ),
            models.UniqueConstraint(
                fields=["tagging", "heard", "kind", "rule", "start", "end"],
                condition=models.Q(tagging__isnull=False, heard__isnull=False),
                name="evidence_tag_once_per_words",
            ),
            models.CheckConstraint(
                condition=models.Q(proposed_by=TAGGER, tagging__isnull=False)
                | models.Q(proposed_by=PERSON, tagging__isnull=True),
                name="evidence_tag_proposer_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")), name="evidence_tag_span_is_forward"
            ),
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)

    @property
    def words(self) -> str:
        """The text that `start` and `end` count in: a record's own, or what a person heard."""
        if self.heard is not None:
            return self.heard.words
        return self.record.text if self.record is not None else ""


class TagDecision(models.Model):
    """A person's decision on a suggestion; the newest counts, all are kept."""

    class Decision(models.TextChoices):
        """What was decided."""

        CONFIRMED = "confirmed", "Confirmed"
        REJECTED = "rejected", "Rejected"
        CORRECTED = "corrected", "Corrected"

    STANDING = (Decision.CONFIRMED, Decision.CORRECTED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="decisions")
    decision = models.CharField(max_length=16, choices=Decision)
    kind = models.CharField(max_length=32, blank=True)  # the right kind, when corrected
    # The right words, when corrected to others: characters of `Tag.words`, half open.
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    reason = models.TextField(max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision__in=["confirmed", "rejected"])
                | (models.Q(decision="corrected") & ~models.Q(kind="")),
                name="evidence_decision_correction_names_a_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(start__isnull=True, end__isnull=True)
                | models.Q(decision="corrected", start__isnull=False, end__gt=models.F("start")),
                name="evidence_decision_words_are_a_corrections",
            ),
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)

    @property
    def words(self) -> str:
        """The words that a correction points to; "" when it keeps those of the suggestion."""
        if self.start is None or self.end is None:
            return ""
        return self.tag.words[self.start : self.end]


class FindingRun(models.Model):
    """One look of the pattern rules over a case's whole timeline; the newest run counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="finding_runs")
    patterns_version = models.CharField(max_length=32)
    timeline_sha256 = models.CharField(max_length=64)  # of what was looked at
    created_at = models.DateTimeField()

    class Meta:
        get_latest_by = "created_at"

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)


class Finding(models.Model):
    """A pattern over the timeline, with the records it stands on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(FindingRun, on_delete=models.PROTECT, related_name="findings")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="findings")
    label = models.CharField(max_length=32, blank=True)  # "" for a pattern without a label
    kind = models.CharField(max_length=32, blank=True)
    rule = models.CharField(max_length=64)
    rule_version = models.CharField(max_length=32)
    source = models.TextField()  # where the limit or rule is written
    reason_zh = models.TextField()
    reason_en = models.TextField()
    facts = models.JSONField(default=dict)
    record_ids = models.JSONField(default=list)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["rule", "created_at", "id"]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)


class NumberRole(models.Model):
    """Who stands behind a number, as the borrower says; the newest row counts."""

    class Role(models.TextChoices):
        """What the number is in this case."""

        LENDER = "lender", "Lender"
        COLLECTOR = "collector", "Collector"
        UNKNOWN = "unknown", "Unknown"
        NOT_COLLECTION = "not_collection", "Not about collection"
        WITNESS = "witness", "Witness: relative, friend, colleague"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="number_roles")
    number = models.CharField(max_length=64)  # as in `Record.peer_number`
    role = models.CharField(max_length=16, choices=Role)
    how_known = models.TextField(max_length=2000, blank=True)
    lender = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["case", "number"], name="evidence_number_role")]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)
