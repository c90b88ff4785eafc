"""What the last look at each envelope came to. Working rows: the log has what was found."""

from __future__ import annotations

from django.db import models


class FixityQuerySet(models.QuerySet["Fixity"]):
    """Questions about the state of the vault."""

    def faults(self) -> FixityQuerySet:
        """Everything that a person must look at."""
        return self.filter(result__in=FAULTS)


class Fixity(models.Model):
    """One envelope. No foreign keys: what it was made for may be erased, the look stays true."""

    class Result(models.TextChoices):
        """What was found. The four in the middle are faults."""

        OK = "ok", "Whole"
        MISSING = "missing", "Not in the vault"
        CHANGED = "changed", "Not what it was"
        UNREADABLE = "unreadable", "Cannot be read, or not opened"
        ORPHANED = "orphaned", "In the vault, named by nothing"
        ERASED = "erased", "Its key was destroyed on purpose"

    name = models.CharField(max_length=64, primary_key=True)  # in the vault
    item_id = models.UUIDField(null=True)  # null for an orphan
    derivative_id = models.UUIDField(null=True)
    result = models.CharField(max_length=16, choices=Result)
    what = models.CharField(max_length=64, blank=True)  # the code of what failed
    is_told = models.BooleanField(default=False)  # the fault that stands is in the log
    since = models.DateTimeField()  # when this result was first found
    looked_at = models.DateTimeField()

    objects = FixityQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["looked_at"], name="evidence_fixity_oldest")]

    def __str__(self) -> str:
        """The random name of the envelope."""
        return self.name


FAULTS = (
    Fixity.Result.MISSING,
    Fixity.Result.CHANGED,
    Fixity.Result.UNREADABLE,
    Fixity.Result.ORPHANED,
)
