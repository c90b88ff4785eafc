"""After filing: keep what the person was given, and what came of it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from complaints.errors import ForeignItemError
from complaints.law import agencies
from complaints.models import Complaint, Filing, FilingOutcome
from evidence import custody
from evidence.custody import Act, Actor, Subject
from evidence.models import EvidenceItem


def record_filing(
    complaint: Complaint,
    *,
    filed_on: date,
    actor: Actor,
    at: datetime,
    reference: str = "",
    note: str = "",
    agency: str = "",
    receipt: EvidenceItem | None = None,
) -> Filing:
    """Keep the day and number of a filing; the person filed it, not we.

    Args:
        complaint: what was filed.
        filed_on: the day, Beijing calendar.
        actor: who tells us.
        at: aware time of the telling.
        reference: the number the agency gave.
        note: anything else they were told.
        agency: where, if not at the complaint's own agency: the lender, the operator.
        receipt: a photo or file of what the desk gave, received like every item.

    Raises:
        complaints.law.errors.UnknownAgencyError: an agency that is not in the catalogue.
        ForeignItemError: the receipt is of another case.
    """
    _require_own(receipt, complaint)
    if agency:
        agencies.agency(agency)
    with transaction.atomic():
        row = Filing.objects.create(
            complaint=complaint,
            agency=agency,
            filed_on=filed_on,
            reference=reference,
            note=note,
            receipt=receipt,
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


def record_outcome(
    filing: Filing,
    *,
    outcome: str,
    on: date,
    at: datetime,
    reference: str = "",
    receipt: EvidenceItem | None = None,
) -> FilingOutcome:
    """Keep what came of a filing, as the person tells it; nothing told before is changed.

    Args:
        filing: what was answered.
        outcome: a value of `law.following.Outcome`.
        on: the day the person learnt of it, Beijing calendar.
        at: aware time of the telling.
        reference: the number on the notice.
        receipt: a photo or file of the notice, received like every item.

    Raises:
        ForeignItemError: the receipt is of another case.
    """
    _require_own(receipt, filing.complaint)
    return FilingOutcome.objects.create(
        filing=filing, outcome=outcome, on=on, reference=reference, receipt=receipt, recorded_at=at
    )


def _require_own(receipt: EvidenceItem | None, complaint: Complaint) -> None:
    if receipt is not None and receipt.case_id != complaint.case_id:
        raise ForeignItemError(str(receipt.pk))
