"""When an item was read again: what complaints say of its records points to the new ones."""

from __future__ import annotations

import uuid
from typing import Any

from complaints.models import Complaint, Exhibit
from evidence import carrying
from evidence.models import Reading, Tag


def connect() -> None:
    """Hear when an item was read again."""
    carrying.read_again.connect(follow, dispatch_uid="complaints.rereading")


def follow(
    sender: Any, *, item_id: uuid.UUID, earlier: Reading, reading: Reading, **_: Any
) -> None:
    """Name the same records and tags of the newer reading.

    A finished complaint that showed a record which is not there any more is a draft again.
    """
    for row in Exhibit.objects.filter(item=item_id).exclude(record_ids=[]):
        there = carrying.same_places(earlier, reading, [uuid.UUID(pk) for pk in row.record_ids])
        kept = [str(there[uuid.UUID(pk)]) for pk in row.record_ids if uuid.UUID(pk) in there]
        if len(kept) < len(row.record_ids):
            Complaint.objects.filter(pk=row.complaint_id).update(finished_at=None)
        row.keep_only(kept)
    _leave_out_copies(reading)


def _leave_out_copies(reading: Reading) -> None:
    """What a person left out of a complaint stays left out under its new id."""
    rows = Tag.objects.filter(record__reading=reading, carried_from__isnull=False)
    copies = {str(old): str(new) for old, new in rows.values_list("carried_from", "pk")}
    if not copies:
        return
    for complaint in Complaint.objects.filter(case=reading.item.case_id):
        left_out = complaint.answers.get("left_out_tags", [])
        new = [copies.get(pk, pk) for pk in left_out]
        if new != left_out:
            answers = {**complaint.answers, "left_out_tags": new}
            Complaint.objects.filter(pk=complaint.pk).update(answers=answers)
