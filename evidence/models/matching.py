"""The same collector in the cases of several people, by consent of each case. Learned rows.

No value here stands in the rows of two cases, and none can be turned back without a key that is in
no database (docs/matching.md).
"""

from __future__ import annotations

import uuid

from django.db import models

from evidence.models.cases import Case

MARK_FORM = r"^[0-9a-f]{64}$"


class MatchingConsent(models.Model):
    """The borrower wants this case compared. Taken back, the row goes; the events stay."""

    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, primary_key=True, related_name="matching_consent"
    )
    text_version = models.CharField(max_length=32)
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        """The id of its case."""
        return str(self.pk)


class CollectorMark(models.Model):
    """One identifier of a case that takes part, as a mark bound to that case.

    It hangs on the consent, so that without one there can be none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consent = models.ForeignKey(MatchingConsent, on_delete=models.PROTECT, related_name="marks")
    mark = models.CharField(max_length=64)  # `integrity.marks.of_case`
    key_name = models.CharField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consent", "mark"], name="evidence_mark_once_a_case"),
            models.CheckConstraint(
                condition=models.Q(mark__regex=MARK_FORM), name="evidence_mark_is_lower_hex"
            ),
        ]

    def __str__(self) -> str:
        """The id: a mark belongs in no log line."""
        return str(self.pk)


class CollectorBand(models.Model):
    """What is told of one identifier that enough people met: a band and two months, of nobody."""

    mark = models.CharField(max_length=64, primary_key=True)  # `integrity.marks.compared`
    key_name = models.CharField(max_length=16)
    least = models.PositiveIntegerField()  # others, at least: one of `abuse.bands.BANDS`
    first_month = models.DateField(null=True)  # its first day
    last_month = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(least__gte=3), name="evidence_band_is_never_of_few"
            ),
            models.CheckConstraint(
                condition=models.Q(mark__regex=MARK_FORM), name="evidence_band_is_lower_hex"
            ),
        ]

    def __str__(self) -> str:
        """Nothing of it: a mark belongs in no log line."""
        return "collector band"
