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
from complaints.standing import require_unfinished
from evidence import custody, intake, jobs, release
from evidence.cell import answers, usual
from evidence.cell import parent as cell
from evidence.cell.answers import Parsed
from evidence.custody import Act, Actor, Subject
from evidence.integrity import redaction as commitments
from evidence.media.bare import is_bare_png
from evidence.media.places import boxes_within, upright_size
from evidence.models.items import EvidenceItem
from evidence.models.jobs import Job
from evidence.models.readings import Reading
from evidence.readers.magic import PICTURES

STAGE = "redact"
REDACTOR = Actor.system("redacting")
# Not the redaction's own id: that one stands in the salts, this one in the package.
COPY_NAMESPACE = uuid.UUID("4c0f4a52-5d0e-5c0e-8a37-7c2b7d0a9e61")
MOST_COPIES = 100  # of one complaint: each costs a decoding and its bytes
SEEN = ("text", "when_raw", "peer_name")


class NotRedactableError(ComplaintError):
    """Only pictures that were read can be redacted; of exports, chosen records are handed over."""

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


def ask(
    complaint: Complaint, exhibit: Exhibit, *, boxes: Sequence[Sequence[int]], user: User
) -> Redaction:
    """Ask for a copy of an exhibit's item without what lies in these boxes.

    Args:
        complaint: for whose exhibit; a copy serves this complaint only, so that copies in two
            documents have salts of their own.
        exhibit: of that complaint.
        boxes: `[left, top, width, height]` in pixels of the upright picture.
        user: who asks: the borrower, or staff to whom the case is open.

    Raises:
        NotRedactableError, TooManyCopiesError: nothing was asked for.
        evidence.media.places: a place that is none.
    """
    reading = Reading.objects.filter(item=exhibit.item_id).current().first()
    size = None if reading is None else _size(reading)
    if reading is None or size is None:
        raise NotRedactableError(str(exhibit.item_id))
    if complaint.redactions.count() >= MOST_COPIES:
        raise TooManyCopiesError(MOST_COPIES)
    kept = boxes_within(boxes, width=size[0], height=size[1])
    with transaction.atomic():
        row = Redaction.objects.create(
            complaint=complaint,
            reading=reading,
            parent_id=exhibit.item_id,
            asked_by=user,
            asked_at=timezone.now(),
            boxes=[box.as_list() for box in kept],
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
    row.seen = [_seen(json.loads(raw)) for raw in seen.records]
    row.save(update_fields=["commitment", "item", "made_at", "engine", "seen"])
    custody.record(
        Subject.ITEM,
        item.pk,
        Act.REDACTED,
        actor=actor,
        facts={"parent": row.commitment, "places": row.places},
    )
    custody.record(
        Subject.ITEM,
        row.parent_id,
        Act.REDACTED,
        actor=actor,
        facts={
            "copy": commitments.copy_commitment(copy_salt, item.sha256),
            "places": row.places,
        },
    )


def _make(row: Redaction, actor: Actor) -> EvidenceItem:
    with release.open_item(row.parent, actor=actor) as file:
        made = cell.redact(
            file, size=row.parent.size, cuts={"boxes": row.boxes}, limits=usual.limits()
        )
    png = made.derived.get(answers.REDACTED, b"")
    if made.problem or not is_bare_png(png):  # a child that was taken over is not believed
        raise RedactionRefusedError(made.problem or RedactionRefusedError.code)
    measures = {name: int(made.summary[name]) for name in ("width", "height", "frames")}
    Redaction.objects.filter(pk=row.pk).update(**measures)
    return intake.receive(
        BytesIO(png),
        case=row.parent.case,
        kind=row.parent.kind,
        actor=REDACTOR,
        origin=EvidenceItem.Origin.REDACTION,
        parent=row.parent,
        is_parent_told=False,
        item_id=_copy_id(row),
    ).item


def _copy_id(row: Redaction) -> uuid.UUID:
    return uuid.uuid5(COPY_NAMESPACE, str(row.pk))


def _size(reading: Reading) -> tuple[int, int] | None:
    facts = reading.facts
    if reading.format not in PICTURES or reading.problem or not facts.get("width"):
        return None
    return upright_size(facts["width"], facts["height"], facts.get("orientation", 1))


def _seen(record: dict[str, Any]) -> dict[str, str]:
    return {name: str(record.get(name) or "").replace("\0", "\ufffd") for name in SEEN}
