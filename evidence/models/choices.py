"""What a person chose of an export, and what there was to choose from. Learned rows."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models

from evidence.models.items import EvidenceItem
from evidence.models.readings import Reading

TRUNCATED = frozenset(["file_truncated", "count_differs"])  # warnings: the exporter broke off


class Survey(models.Model):
    """What an export holds, until the person has chosen: encrypted, because it names everybody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.OneToOneField(EvidenceItem, on_delete=models.PROTECT, related_name="survey")
    format = models.CharField(max_length=64)
    problem = models.CharField(max_length=64, blank=True)  # why the file is not read to its end
    wrapped_key = models.BinaryField()
    sealed = models.BinaryField()  # JSON of `readers.Survey.as_json`
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)


class Choice(models.Model):
    """What may be kept as records; the newest counts. It names only those who were chosen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="choices")
    sequence = models.PositiveIntegerField()  # from 1, per item
    is_everything = models.BooleanField()
    conversations = models.JSONField(default=list)  # keys of `readers.choice`
    numbers = models.JSONField(default=list)
    files = models.JSONField(default=list)  # places inside the export
    since = models.DateField(null=True)  # days of Beijing, both included
    until = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "sequence"], name="evidence_choice_sequence_is_unique"
            )
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)

    def as_json(self, tz: str) -> dict[str, Any]:
        """As `readers.choice_of` takes it."""
        return {
            "everything": self.is_everything,
            "conversations": self.conversations,
            "numbers": self.numbers,
            "files": self.files,
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "tz": tz,
        }


class ImportReport(models.Model):
    """How one file was taken in: counts, times, missing days, warnings; of chosen records only.

    Made anew when the choice changes.
    """

    reading = models.OneToOneField(
        Reading, on_delete=models.PROTECT, primary_key=True, related_name="report"
    )
    choice = models.ForeignKey(Choice, on_delete=models.PROTECT, null=True, related_name="+")
    statement = models.JSONField(default=dict)  # docs/formats/reading.md, "Summary"
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        """The id of its reading."""
        return str(self.pk)


class LeftOut(models.Model):
    """Leaves of the record tree whose records were not chosen: hashes, in the reader's order.

    With them the root stays that of the whole export, and what is left out stays a visible gap.
    """

    reading = models.OneToOneField(
        Reading, on_delete=models.PROTECT, primary_key=True, related_name="left_out"
    )
    leaves = models.BinaryField()  # 32 bytes each

    def __str__(self) -> str:
        """The id of its reading."""
        return str(self.pk)


class ExtractedFile(models.Model):
    """A file inside an export that was chosen to become an item; the id is that item's.

    A working row: it learns why nothing came of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="extracts")
    place = models.TextField()  # inside the export: a label, never a path
    problem = models.CharField(max_length=64, blank=True)  # a code: why there is no item
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "place"], name="evidence_extracted_once")
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)
