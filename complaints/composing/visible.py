"""What of an exhibit's records a package may tell when a redacted copy is handed over.

A record of the withheld parent counts as seen only where no box touches its place and the reading
of the copy itself found the same words. Of a recording, words that a person heard count as heard in
the copy where no span touches their seconds. All else of it is told nowhere: not its words, not its
time, not who wrote it (docs/formats/package.md, "One form only").
"""

from __future__ import annotations

import copy
import uuid
from collections.abc import Mapping
from typing import Any

from complaints.models import Complaint, Exhibit, Redaction
from evidence.models.readings import Record

HEARD_MARGIN_MS = 500  # engines and people place a line only about so well

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
    if made.is_sound:
        return _as_copied(record) if record.text and _is_audible(record, made) else None
    box = record.source_locator.get("box")
    if not record.text or box is None or any(_touch(box, cut) for cut in made.boxes):
        return None
    found = [seen for seen in made.seen if seen["text"] == record.text]
    if not found:
        return None
    seen = found[0]
    shown = _as_copied(record)
    shown.peer_name = seen["peer_name"]
    if record.when_raw and seen["when_raw"] == record.when_raw:
        shown.when_utc, shown.when_raw = record.when_utc, record.when_raw
        shown.when_precision = record.when_precision
    return shown


def is_heard(start_s: float, end_s: float, made: Redaction) -> bool:
    """Whether a line of a recording can be heard whole in the copy: no span touches its seconds."""
    # To a tenth, as places are told: an act and its line in the transcript are judged alike.
    start_ms = round(start_s, 1) * 1000 - HEARD_MARGIN_MS
    end_ms = round(end_s, 1) * 1000 + HEARD_MARGIN_MS
    return all(end_ms <= first or last <= start_ms for first, last in made.spans)


def _is_audible(record: Record, made: Redaction) -> bool:
    seconds = record.source_locator.get("seconds")
    return seconds is not None and is_heard(seconds[0], seconds[1], made)


def _as_copied(record: Record) -> Record:
    """The record without number, name and time: they came from the name of a withheld file."""
    shown = copy.copy(record)
    shown.peer_name = shown.conversation = ""
    shown.peer_number = shown.peer_number_raw = shown.peer_number_e164 = ""
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
