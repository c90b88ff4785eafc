"""Who has seen what: nobody approves a complaint whose exhibits they have not opened."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from accounts.models import User
from complaints.models import Complaint, Exhibit
from evidence.custody import Act, Subject
from evidence.integrity import event as events
from evidence.models.custody import CustodyEvent


def opened_items(item_ids: Collection[uuid.UUID], *, by: User) -> set[uuid.UUID]:
    """Those of the items that this person has opened, as the custody log of each item says."""
    rows = CustodyEvent.objects.filter(
        subject_type=Subject.ITEM, subject_id__in=[str(pk) for pk in item_ids], act=Act.OPENED
    )
    return {
        uuid.UUID(row.subject_id)
        for row in rows
        if events.decode(bytes(row.raw)).actor_id == str(by.pk)
    }


def unopened(complaint: Complaint, *, reviewer: User) -> list[Exhibit]:
    """The exhibits that this person has not opened yet, in the order of their numbers.

    Of a redacted exhibit that is the copy: what is handed over is what is approved.
    """
    rows = list(complaint.exhibits.select_related("redaction"))
    seen = opened_items([row.shown_item_id for row in rows], by=reviewer)
    return [row for row in rows if row.shown_item_id not in seen]
