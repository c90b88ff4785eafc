"""After filing: keep what the person was given."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from complaints.models import Complaint, Filing
from evidence import custody
from evidence.custody import Act, Actor, Subject


def record_filing(
    complaint: Complaint,
    *,
    filed_on: date,
    actor: Actor,
    at: datetime,
    reference: str = "",
    note: str = "",
) -> Filing:
    """Keep the day and number of a filing; the person filed it, not we.

    Args:
        complaint: what was filed.
        filed_on: the day, Beijing calendar.
        actor: who tells us.
        at: aware time of the telling.
        reference: the number the agency gave.
        note: anything else they were told.
    """
    with transaction.atomic():
        row = Filing.objects.create(
            complaint=complaint,
            filed_on=filed_on,
            reference=reference,
            note=note,
            recorded_at=at,
        )
        custody.record(
            Subject.COMPLAINT,
            complaint.pk,
            Act.FILED,
            actor=actor,
            facts={"filing": str(row.pk), "on": filed_on.isoformat()},
        )
    return row
