"""When fewer records of an export are kept: what complaints showed of it is looked at again."""

from __future__ import annotations

import uuid
from typing import Any

from complaints.models import Complaint, Exhibit
from evidence import choosing, forgetting
from evidence.models import Record


def connect() -> None:
    """Hear when records of an item were forgotten."""
    forgetting.forgotten.connect(follow, dispatch_uid="complaints.narrowing")


def follow(sender: Any, *, item_id: uuid.UUID, **_: Any) -> None:
    """Take the records out of every exhibit; a finished complaint that showed any is a draft again.

    What was handed over whole is not any more: it gets its records with the next numbering.
    """
    is_part = choosing.is_part(item_id)
    for row in Exhibit.objects.filter(item=item_id):
        kept = _still_there(row.record_ids)
        is_whole = row.form == Exhibit.Form.ORIGINAL
        if is_whole and not is_part:
            continue
        if kept == row.record_ids and not is_whole:
            continue
        Complaint.objects.filter(pk=row.complaint_id).update(finished_at=None)
        row.keep_only(kept)


def _still_there(ids: list[str]) -> list[str]:
    found = set(map(str, Record.objects.filter(pk__in=ids).values_list("pk", flat=True)))
    return [each for each in ids if each in found]
