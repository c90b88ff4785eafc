"""What is to do: one row per stage, subject and engine version. Working rows."""

from __future__ import annotations

import uuid

from django.db import models


class JobQuerySet(models.QuerySet["Job"]):
    """Which jobs want a worker."""

    def open(self) -> JobQuerySet:
        """Asked for and not done yet."""
        return self.filter(asked__gt=models.F("answered"))

    def parked(self) -> JobQuerySet:
        """Given up until a person looks: a red number in the console, not a log line."""
        return self.open().filter(parked_at__isnull=False)


class Job(models.Model):
    """One piece of work. `asked` counts requests, `answered` the last one that was fulfilled.

    So a second request while the first is being worked on is neither lost nor done twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.CharField(max_length=32)
    subject_id = models.UUIDField()
    version = models.CharField(max_length=64)  # of the engine (or the TSA's name, for a stamp)
    asked = models.PositiveIntegerField(default=1)
    answered = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()  # not before
    attempts = models.PositiveIntegerField(default=0)  # since it was last asked for
    deaths = models.PositiveIntegerField(default=0)  # workers that never came back
    last_problem = models.CharField(max_length=64, blank=True)  # a problem code
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["stage", "next_at"],
                condition=models.Q(asked__gt=models.F("answered")),
                name="evidence_job_due",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "subject_id", "version"], name="evidence_job_is_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(asked__gte=models.F("answered")),
                name="evidence_job_answers_what_was_asked",
            ),
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)
