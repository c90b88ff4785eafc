"""The transcript of a recording as a package prints it: only what a person listened to.

A machine's draft is printed nowhere; how much of it nobody has confirmed is said.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.language import text
from complaints.bundle import exhibits as said
from complaints.composing.acts import ConfirmedAct
from complaints.models import Complaint
from evidence import transcripts
from evidence.models import EvidenceItem, SegmentDecision, Transcript


@dataclass(frozen=True)
class Heard:
    """The lines, and by whom: a machine's draft that people heard."""

    lines: tuple[said.TranscriptLine, ...] = ()
    by: str = ""


def of(item: EvidenceItem, acts: Sequence[ConfirmedAct]) -> Heard:
    """What people heard in one recording.

    Args:
        item: the recording.
        acts: confirmed acts of the item; the words they are on are marked.
    """
    rows = list(transcripts.heard_in([item.pk]).select_related("by"))
    if not rows:
        return Heard()
    draft = Transcript.objects.filter(item=item).current().get()
    marked = {act.tag.heard_id for act in acts}
    lines = tuple(
        said.TranscriptLine(
            seconds=row.segment.start_s,
            speaker=_speaker(row),
            text=row.words,
            marked=row.pk in marked,
        )
        for row in rows
    )
    borrower = all(row.by_id == item.case.borrower_id for row in rows)
    written = sum(row.segment.is_written for row in rows)
    claimed = draft.segments.filter(is_written=False).count()
    if written == len(rows) and not claimed:
        return Heard(lines, text("draft-transcript-written", count=str(written)))
    by = text(
        "draft-transcript-self" if borrower else "draft-transcript-others",
        count=str(len(rows) - written),
        corrected=str(sum(row.decision == SegmentDecision.Decision.CORRECTED for row in rows)),
        left=str(claimed - (len(rows) - written)),
    )
    beside = text("draft-transcript-beside", count=str(written)) if written else ""
    return Heard(lines, by + beside)


def _speaker(row: SegmentDecision) -> str:
    """Who said it; of a line that no machine wrote, that a person did."""
    who = text(f"draft-speaker-{row.speaker}")
    return text("draft-speaker-written", who=who) if row.segment.is_written else who


def decided(complaint: Complaint) -> list[str]:
    """The ids of the decisions that a package of this complaint would print, in order."""
    items: list[uuid.UUID] = [row.item_id for row in complaint.exhibits.all()]
    return [str(row.pk) for row in transcripts.heard_in(items).order_by("pk")]
