"""A case: one borrower and what they gathered; whether it is open to review; its key."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models


class CaseQuerySet(models.QuerySet["Case"]):
    """Who may see which case, written once."""

    def of(self, user: Any) -> CaseQuerySet:
        """The cases of this borrower."""
        return self.kept().filter(borrower_id=user.pk)

    def kept(self) -> CaseQuerySet:
        """The cases that were not erased: erasure destroys the key first of all."""
        return self.filter(key__isnull=False)

    def opened_to_review(self) -> CaseQuerySet:
        """The cases whose borrower has opened them to staff and not closed them again."""
        standing = CaseOpening.objects.filter(case=models.OuterRef("pk"), closed_at__isnull=True)
        return self.kept().filter(models.Exists(standing))

    def visible_to(self, user: Any, *, as_staff: bool) -> CaseQuerySet:
        """What `user` may see; `as_staff`: role and second factor have been checked just now."""
        return self.opened_to_review() if as_staff else self.of(user)


class Case(models.Model):
    """One borrower, one lender, its items and complaints. A working row: the title may change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borrower = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cases"
    )
    title = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    is_sample = models.BooleanField(default=False)  # demo data; everything it yields says 样例

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        """The id: a title belongs in no log line."""
        return str(self.pk)

    def is_open_to_review(self) -> bool:
        """Whether staff may look into it now."""
        return self.openings.filter(closed_at__isnull=True).exists()


class CaseOpening(models.Model):
    """The borrower opened the case to review; `closed_at` when they closed it again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="openings")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(closed_at__isnull=True),
                name="evidence_caseopening_one_standing",
            )
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)


class CaseKey(models.Model):
    """The key that wraps the case's item keys, itself wrapped by the master key.

    Deleting this row makes every byte of the case unreadable: erasure does just that.
    """

    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, primary_key=True, related_name="key"
    )
    wrapped = models.BinaryField()
    older = models.BinaryField(null=True)  # the key before, while data keys are wrapped anew
    master_key_id = models.CharField(max_length=64)  # what wrapped both calls itself

    def __str__(self) -> str:
        """The id of its case."""
        return str(self.pk)
