"""The transcript of a recording as a package prints it: only what a person listened to.

A machine's draft is printed nowhere; how much of it nobody has confirmed is said. Of a covered copy
the lines that touch a span stay away whole, and each span stands where it is.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.language import text
from complaints.bundle import exhibits as said
from complaints.composing import visible, words
from complaints.composing.acts import ConfirmedAct
from complaints.models import Complaint, Redaction
from evidence import transcripts
from evidence.models import EvidenceItem, Segment, SegmentDecision, Transcript


@dataclass(frozen=True)
class Heard:
    """The lines, and by whom: a machine's draft that people heard."""

    lines: tuple[said.TranscriptLine, ...] = ()
    by: str = ""


def of(
    item: EvidenceItem,
    everything: Sequence[SegmentDecision],
    acts: Sequence[ConfirmedAct],
    made: Redaction | None = None,
) -> Heard:
    """What people heard in one recording.

    Args:
        item: the recording.
        everything: the words that stand in it, in the order they were said.
        acts: confirmed acts of the item; the words they are on are marked.
        made: the covered copy that is handed over instead of it, if one is.
    """
    if not everything:
        return Heard()
    rows = [row for row in everything if made is None or is_told(row.segment, made)]
    found = _said(item, rows, made, marked={act.tag.heard_id for act in acts})
    if made is None:
        return found
    lines = sorted([*found.lines, *_covered(made)], key=lambda line: line.seconds)
    kept_back = len(everything) - len(rows)
    beside = text("draft-transcript-covered", count=str(kept_back)) if kept_back else ""
    return Heard(tuple(lines), found.by + beside)


def is_told(segment: Segment, made: Redaction) -> bool:
    """Whether a package may print what was heard in these seconds of a covered copy."""
    return visible.is_heard(segment.start_s, segment.end_s, made)


def split(item_id: uuid.UUID, made: Redaction) -> tuple[list[str], set[str]]:
    """What was said outside the spans of a covered copy, as it is printed; what touches one.

    The second holds whatever an engine or a person ever wrote of those seconds.
    """
    rows = transcripts.heard_in([item_id])
    printed = [row.words for row in rows if is_told(row.segment, made)]
    lines = Segment.objects.filter(transcript__item=item_id).prefetch_related("decisions")
    covered = {
        words_of_it
        for segment in lines
        if not is_told(segment, made)
        for words_of_it in (segment.text, *(each.words for each in segment.decisions.all()))
    }
    return printed, covered - {""}


def _covered(made: Redaction) -> Iterator[said.TranscriptLine]:
    for first, last in made.spans:
        yield said.TranscriptLine(
            seconds=first / 1000,
            speaker=text("draft-covered"),
            text=text("draft-covered-line", first=words.clock(first), last=words.clock(last)),
        )


def _said(
    item: EvidenceItem,
    rows: Sequence[SegmentDecision],
    made: Redaction | None,
    *,
    marked: set[Any],
) -> Heard:
    if not rows:
        return Heard()
    draft = Transcript.objects.filter(item=item).current().get()
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
    drafted = draft.segments.filter(is_written=False)
    claimed = sum(made is None or is_told(segment, made) for segment in drafted)
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
