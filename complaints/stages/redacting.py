"""Redacted copies: asked for by a person, made in the cell, kept as items, chosen for an exhibit.

The copy comes in by the same door as an upload. What ties it to its withheld parent is a salted
commitment in an event of each (docs/formats/redaction.md); neither shows the other's digest or id.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from complaints.errors import ComplaintError
from complaints.models import Complaint, Exhibit, Redaction
from complaints.models.redactions import HEARD_FACTS
from complaints.standing import require_unfinished
from evidence import custody, intake, jobs, release
from evidence.cell import answers, usual
from evidence.cell import parent as cell
from evidence.cell.answers import Parsed
from evidence.custody import Act, Actor, Subject
from evidence.integrity import redaction as commitments
from evidence.media.bare import is_bare_png
from evidence.media.bare_sound import is_bare_m4a
from evidence.media.places import boxes_within, upright_size
from evidence.media.spans import spans_within
from evidence.models.items import EvidenceItem
from evidence.models.jobs import Job
from evidence.models.readings import Reading
from evidence.readers.magic import PICTURES, RECORDINGS

STAGE = "redact"
REDACTOR = Actor.system("redacting")
# Not the redaction's own id: that one stands in the salts, this one in the package.
COPY_NAMESPACE = uuid.UUID("4c0f4a52-5d0e-5c0e-8a37-7c2b7d0a9e61")
MOST_COPIES = 100  # of one complaint: each costs a decoding and its bytes
SEEN = ("text", "when_raw", "peer_name")


class NotRedactableError(ComplaintError):
    """Only pictures and recordings that were read; of exports, chosen records are handed over."""

    code = "redaction_not_possible"


class TooManyCopiesError(ComplaintError):
    """This complaint has as many redacted copies as it may have."""

    code = "redaction_too_many_copies"

    def __init__(self, allowed: int) -> None:
        super().__init__(f"at most {allowed} copies")
        self.allowed = allowed


class RedactionNotMadeError(ComplaintError):
    """The copy is still being made, or could not be: it cannot be handed over."""

    code = "redaction_not_made"


class RedactionRefusedError(ComplaintError):
    """The cell gave no copy; `code` is its reason."""

    code = "redaction_failed"

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.code = problem


@dataclass(frozen=True)
class Made:
    """A copy that lies in the vault, and what was read of it."""

    item: EvidenceItem
    seen: Parsed


def picture_size(item: EvidenceItem) -> tuple[int, int] | None:
    """Width and height of the upright picture, in which boxes are counted; None: no picture."""
    reading = Reading.objects.filter(item=item).current().first()
    return None if reading is None else _size(reading)


def recording_ms(item: EvidenceItem) -> int | None:
    """How long the recording is in which spans are counted; None: none, or one with a picture."""
    reading = Reading.objects.filter(item=item).current().first()
    return None if reading is None else _lasts(reading)


def ask(
    complaint: Complaint,
    exhibit: Exhibit,
    *,
    boxes: Sequence[Sequence[int]] = (),
    spans: Sequence[Sequence[int]] = (),
    user: User,
) -> Redaction:
    """Ask for a copy of an exhibit's item without what lies in these boxes, or in these spans.

    Args:
        complaint: for whose exhibit; a copy serves this complaint only, so that copies in two
            documents have salts of their own.
        exhibit: of that complaint.
        boxes: `[left, top, width, height]` in pixels of the upright picture.
        spans: of a recording: `[from, to]` in milliseconds of its decoded sound.
        user: who asks: the borrower, or staff to whom the case is open.

    Raises:
        NotRedactableError, TooManyCopiesError: nothing was asked for.
        evidence.media.places, evidence.media.spans: a place that is none.
    """
    reading = Reading.objects.filter(item=exhibit.item_id).current().first()
    size = None if reading is None else _size(reading)
    lasts_ms = None if reading is None else _lasts(reading)
    is_other = bool(boxes) if size is None else bool(spans)  # places of what it is not
    if reading is None or (size is None and lasts_ms is None) or is_other:
        raise NotRedactableError(str(exhibit.item_id))
    if complaint.redactions.count() >= MOST_COPIES:
        raise TooManyCopiesError(MOST_COPIES)
    cuts: dict[str, list[list[int]]] = {}
    if size is not None:
        cuts["boxes"] = [
            box.as_list() for box in boxes_within(boxes, width=size[0], height=size[1])
        ]
    elif lasts_ms is not None:
        cuts["spans"] = [span.as_list() for span in spans_within(spans, lasts_ms=lasts_ms)]
    with transaction.atomic():
        row = Redaction.objects.create(
            complaint=complaint,
            reading=reading,
            parent_id=exhibit.item_id,
            asked_by=user,
            asked_at=timezone.now(),
            **cuts,
        )
        jobs.add(STAGE, row.pk)
    return row


def choose(exhibit: Exhibit, row: Redaction | None, *, actor: Actor) -> Exhibit:
    """Hand the exhibit over as this copy; None: as it was received. The person decides.

    Raises:
        ComplaintFinishedError: the complaint is complete.
        RedactionNotMadeError: there is no copy yet.
        NotRedactableError: chosen records are handed over, or the copy is of another item.
    """
    require_unfinished(exhibit.complaint)
    if exhibit.form == Exhibit.Form.RECORDS or (row and row.parent_id != exhibit.item_id):
        raise NotRedactableError(str(exhibit.pk))
    if row is not None and row.item_id is None:
        raise RedactionNotMadeError(str(row.pk))
    exhibit.redaction = row
    exhibit.form = Exhibit.Form.ORIGINAL if row is None else Exhibit.Form.REDACTED
    with transaction.atomic():
        exhibit.save(update_fields=["redaction", "form"])
        custody.record(
            Subject.ITEM,
            exhibit.shown_item_id,
            Act.EXHIBITED,
            actor=actor,
            facts={
                "complaint": str(exhibit.complaint_id),
                "exhibit": exhibit.code,
                "form": str(exhibit.form),
            },
        )
    return exhibit


def opening(row: Redaction, *, actor: Actor) -> dict[str, Any]:
    """What opens the commitment of a copy to whoever is given its parent; a recorded release.

    Returns:
        JSON of docs/formats/redaction.md, "Opening".

    Raises:
        RedactionNotMadeError: there is no copy.
        evidence.errors.ItemUnreadableError: the case was erased; nobody can open it any more.
    """
    if row.item_id is None:
        raise RedactionNotMadeError(str(row.pk))
    salt, _ = release.redaction_salts(row.reading, row.pk)
    facts = {"form": "opening", "places": row.places}
    custody.record(Subject.ITEM, row.parent_id, Act.RELEASED, actor=actor, facts=facts)
    return {
        "v": 1,
        "redaction": str(row.pk),
        "copy": str(row.item_id),
        "commitment": row.commitment,
        "parent_salt": salt.hex(),
        "parent_sha256": row.reading.item.sha256,
    }


def prepare(job: Job) -> Made:
    """Make the copy and read it; run again after a crash, it finds the copy that it kept."""
    row = Redaction.objects.select_related("parent__case", "reading").get(pk=job.subject_id)
    actor = REDACTOR.at_work_on(job.pk)
    item = EvidenceItem.objects.filter(pk=_copy_id(row)).first() or _make(row, actor)
    with release.open_item(item, actor=actor) as file:
        seen = cell.parse(file, size=item.size, name="", limits=usual.limits(), tz=usual.ZONE)
    return Made(item, seen)


def keep(job: Job, made: Made) -> None:
    """Tie copy and parent together in both their logs, and note what can be seen in the copy."""
    row = Redaction.objects.select_related("reading__item", "asked_by").get(pk=job.subject_id)
    actor, item, seen = Actor.of(row.asked_by), made.item, made.seen
    parent_salt, copy_salt = release.redaction_salts(row.reading, row.pk)
    row.commitment = commitments.parent_commitment(parent_salt, row.reading.item.sha256)
    row.item, row.made_at = item, timezone.now()
    row.engine = {
        "format": seen.format,
        "reader": seen.reader,
        "reader_version": seen.reader_version,
    }
    records = [json.loads(raw) for raw in seen.records]
    row.seen = [_seen(record) for record in records]
    if row.is_sound and records:
        row.sound = {name: records[0].get(name) for name in HEARD_FACTS}
    row.save(update_fields=["commitment", "item", "made_at", "engine", "seen", "sound"])
    custody.record(
        Subject.ITEM,
        item.pk,
        Act.REDACTED,
        actor=actor,
        facts={"parent": row.commitment, "places": row.places},
    )
    copy = commitments.copy_commitment(copy_salt, item.sha256)
    custody.record(
        Subject.ITEM,
        row.parent_id,
        Act.REDACTED,
        actor=actor,
        facts={"copy": copy, "places": row.places},
    )


def _make(row: Redaction, actor: Actor) -> EvidenceItem:
    with release.open_item(row.parent, actor=actor) as file:
        made = cell.redact(file, size=row.parent.size, cuts=row.cuts, limits=usual.limits())
    copy = made.derived.get(answers.REDACTED, b"")
    # A child that was taken over is not believed.
    if made.problem or not (_is_covered(copy, row) if row.is_sound else is_bare_png(copy)):
        raise RedactionRefusedError(made.problem or RedactionRefusedError.code)
    if not row.is_sound:
        measures = {name: int(made.summary[name]) for name in ("width", "height", "frames")}
        Redaction.objects.filter(pk=row.pk).update(**measures)
    return intake.receive(
        BytesIO(copy),
        case=row.parent.case,
        kind=row.parent.kind,
        actor=REDACTOR,
        origin=EvidenceItem.Origin.REDACTION,
        parent=row.parent,
        is_parent_told=False,
        item_id=_copy_id(row),
    ).item


def _is_covered(copy: bytes, row: Redaction) -> bool:
    """Whether it is sound and nothing more, and another child hears the tone alone in the spans."""
    return is_bare_m4a(copy) and cell.is_covered(
        BytesIO(copy), size=len(copy), spans=row.spans, limits=usual.limits()
    )


def _copy_id(row: Redaction) -> uuid.UUID:
    return uuid.uuid5(COPY_NAMESPACE, str(row.pk))


def _size(reading: Reading) -> tuple[int, int] | None:
    facts = reading.facts
    if reading.format not in PICTURES or reading.problem or not facts.get("width"):
        return None
    return upright_size(facts["width"], facts["height"], facts.get("orientation", 1))


def _lasts(reading: Reading) -> int | None:
    """Of a recording without a moving picture: of a film the picture would go along uncovered."""
    facts = reading.facts
    is_heard = reading.format in RECORDINGS and not reading.problem and not facts.get("width")
    lasts_ms = facts.get("duration_ms") if is_heard else None
    return int(lasts_ms) if lasts_ms else None


def _seen(record: dict[str, Any]) -> dict[str, str]:
    return {name: str(record.get(name) or "").replace("\0", "\ufffd") for name in SEEN}
