"""What of an exhibit's records a package may tell when a redacted copy is handed over.

A record of the withheld parent counts as seen only where no box touches its place and the reading
of the copy itself found the same words. All else of it is told nowhere: not its words, not its
time, not who wrote it (docs/formats/package.md, "One form only").
"""

from __future__ import annotations

import copy
import uuid
from collections.abc import Mapping
from typing import Any

from complaints.models import Complaint, Exhibit, Redaction
from evidence.models.readings import Record

Redacted = Mapping[uuid.UUID, Redaction]
"""Id of a withheld item -> the copy that is handed over instead."""


def redacted(complaint: Complaint) -> Redacted:
    """The complaint's items of which a redacted copy is handed over."""
    rows = complaint.exhibits.filter(form=Exhibit.Form.REDACTED).select_related("redaction")
    return {row.item_id: row.redaction for row in rows if row.redaction is not None}


def in_copy(record: Record, made: Redaction) -> Record | None:
    """The record as the copy shows it, or None when the copy does not show it.

    The answer is never saved: it says what the copy's reading says, and the time only where the
    words that gave it can still be read.
    """
    box = record.source_locator.get("box")
    if not record.text or box is None or any(_touch(box, cut) for cut in made.boxes):
        return None
    found = [seen for seen in made.seen if seen["text"] == record.text]
    if not found:
        return None
    seen = found[0]
    shown = copy.copy(record)
    shown.peer_name = seen["peer_name"]
    shown.conversation = ""
    shown.peer_number = shown.peer_number_raw = shown.peer_number_e164 = ""
    if not record.when_raw or seen["when_raw"] != record.when_raw:
        shown.when_utc, shown.when_raw, shown.when_precision = None, "", "none"
    return shown


def _touch(one: Any, other: Any) -> bool:
    """Whether two `[left, top, width, height]` have a pixel in common."""
    return bool(
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )
