"""Begin a complaint, keep its answers, number its exhibits, and close it as complete."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from complaints import interview, preflight
from complaints.bundle.gaps import GapReason
from complaints.composing import acts as confirmed
from complaints.composing import statistics
from complaints.composing.acts import ConfirmedAct
from complaints.composing.document import draft_sha256
from complaints.errors import ComplaintError, ForeignItemError
from complaints.law import agencies, lender
from complaints.law.errors import UnknownLenderTypeError
from complaints.models import Complaint, Exhibit
from complaints.standing import ComplaintFinishedError, PartlyChosenError, require_unfinished
from evidence import choosing, custody
from evidence.custody import Act, Actor, Subject
from evidence.models.cases import Case
from evidence.models.items import EvidenceItem
from evidence.models.readings import Record
from evidence.models.timelines import current_roles

__all__ = [
    "ComplaintFinishedError",
    "DocumentNotWrittenError",
    "ForeignItemError",
    "NothingWithheldError",
    "PartlyChosenError",
    "add_exhibit",
    "answer",
    "begin",
    "drop_exhibit",
    "finish",
    "number_exhibits",
    "reopen",
    "say_why_withheld",
    "set_severity",
]

# An export holds a whole life: only its chosen records leave, unless the person says otherwise.
PARTIAL = (EvidenceItem.Kind.MESSAGE_EXPORT,)


class NothingWithheldError(ComplaintError):
    """The exhibit is handed over whole: there is no gap to give a reason for."""

    code = "exhibit_withholds_nothing"


class DocumentNotWrittenError(ComplaintError):
    """For this agency we give directions; there is no document to draft."""

    code = "document_not_written_here"


def begin(case: Case, *, agency_id: str, lender_type: str, actor: Actor) -> Complaint:
    """Turn a case towards one agency.

    Raises:
        DocumentNotWrittenError: that agency gets no document from us.
        complaints.law.errors.UnknownAgencyError, UnknownLenderTypeError.
    """
    agency = agencies.agency(agency_id)
    if agency.depth != "full":
        raise DocumentNotWrittenError(agency_id)
    if lender_type not in lender.lender_types():
        raise UnknownLenderTypeError(lender_type)
    now = timezone.now()
    with transaction.atomic():
        complaint = Complaint.objects.create(
            case=case,
            agency=agency.id,
            document_id=agency.document_id,
            lender_type=lender_type,
            answers={"lender_type": lender_type},
            created_at=now,
            updated_at=now,
        )
        _record(complaint, Act.DRAFTED, actor)
    number_exhibits(complaint, actor=actor)
    return complaint


def answer(complaint: Complaint, answers: Mapping[str, Any], *, actor: Actor) -> Complaint:
    """Save one step's answers beside the earlier ones; an empty answer takes one back.

    Raises:
        ComplaintFinishedError: it is complete.
        interview.AnswerError: nothing is saved.
    """
    kept = interview.clean(answers, document_id=complaint.document_id)
    with transaction.atomic():
        current = Complaint.objects.select_for_update().get(pk=complaint.pk)
        require_unfinished(current)
        merged = {name: old for name, old in current.answers.items() if name not in answers}
        current.answers = merged | kept
        current.lender_type = current.answers.get("lender_type", current.lender_type)
        current.updated_at = timezone.now()
        current.save(update_fields=["answers", "lender_type", "updated_at"])
    number_exhibits(current, actor=actor)
    return current


def set_severity(complaint: Complaint, level: int | None) -> Complaint:
    """Keep the severity that the person chose; None goes back to the proposed one.

    Raises:
        ComplaintFinishedError: it is complete.
    """
    require_unfinished(complaint)
    complaint.severity = level
    complaint.save(update_fields=["severity"])
    return complaint


def finish(complaint: Complaint, *, actor: Actor) -> Complaint:
    """The person says: complete. They can always do so alone.

    Raises:
        ComplaintFinishedError: it was already.
        preflight.PreflightBlocksError: a blocking check holds; nothing is changed.
    """
    number_exhibits(complaint, actor=actor)
    preflight.require(complaint)
    with transaction.atomic():
        current = Complaint.objects.select_for_update().get(pk=complaint.pk)
        require_unfinished(current)
        current.finished_at = timezone.now()
        current.save(update_fields=["finished_at"])
        _record(current, Act.DRAFTED, actor, draft=draft_sha256(current))
    return current


def reopen(complaint: Complaint) -> Complaint:
    """Take "complete" back so that it can be changed; packages already built stay as they are."""
    complaint.finished_at = None
    complaint.save(update_fields=["finished_at"])
    return complaint


def number_exhibits(complaint: Complaint, *, actor: Actor) -> list[Exhibit]:
    """Bring the exhibits in step with what the person confirmed.

    Every item with a confirmed act, or with records that a finding stands on, becomes an exhibit.
    Numbers once given stay; an item that carries no act any more loses its number unless the
    person wrote a purpose for it or chose a redacted copy of it. Runs as often as wanted.

    Raises:
        ComplaintFinishedError: it is complete.
    """
    require_unfinished(complaint)
    acts = confirmed.confirmed_acts(complaint)
    records = _records(complaint, acts)
    items = EvidenceItem.objects.filter(case=complaint.case, pk__in=records).order_by("received_at")
    with transaction.atomic():
        for item in items:
            _number(complaint, item, records[item.pk], acts, actor)
        gone = complaint.exhibits.exclude(item__in=items).filter(purpose="")
        gone.exclude(form=Exhibit.Form.REDACTED).delete()
    return list(complaint.exhibits.all())


def add_exhibit(
    complaint: Complaint,
    item: EvidenceItem,
    *,
    group: str,
    purpose: str,
    actor: Actor,
) -> Exhibit:
    """Take an item in as an exhibit because the person says so: a contract, a receipt, a recording.

    What is an exhibit already gets the purpose and keeps number and form. The item is handed over
    as it was received.

    Raises:
        ComplaintFinishedError: it is complete.
        ForeignItemError: the item is of another case.
        PartlyChosenError: an export of which the person kept a part only.
    """
    require_unfinished(complaint)
    if item.case_id != complaint.case_id:
        raise ForeignItemError(str(item.pk))
    if choosing.is_part(item.pk):
        raise PartlyChosenError(str(item.pk))
    with transaction.atomic():
        row = complaint.exhibits.filter(item=item).first()
        if row is None:
            row = _new_exhibit(complaint, item, group, Exhibit.Form.ORIGINAL, [], actor)
        row.purpose = purpose
        row.save(update_fields=["purpose"])
    return row


def say_why_withheld(complaint: Complaint, row: Exhibit, reason: GapReason) -> None:
    """Keep the person's reason for the records of an exhibit that are not handed over.

    Raises:
        ComplaintFinishedError: it is complete.
        NothingWithheldError: the exhibit is not one of chosen records.
    """
    require_unfinished(complaint)
    if row.form != Exhibit.Form.RECORDS:
        raise NothingWithheldError(row.code)
    row.gap_reason = reason
    row.save(update_fields=["gap_reason"])


def drop_exhibit(complaint: Complaint, code: str, *, actor: Actor) -> None:
    """Take back what the person added; one that carries an act comes again with the next numbering.

    Raises:
        ComplaintFinishedError: it is complete.
    """
    require_unfinished(complaint)
    for row in complaint.exhibits.all():
        if row.code == code:
            row.delete()
    number_exhibits(complaint, actor=actor)


def _records(complaint: Complaint, acts: Sequence[ConfirmedAct]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Item id → ids of its records that the complaint leans on (may be empty: the item itself)."""
    found: dict[uuid.UUID, set[uuid.UUID]] = {}
    for act in acts:
        chosen = found.setdefault(act.item, set())
        if act.record:
            chosen.add(act.record.pk)
    leaned = {
        record_id
        for finding in confirmed.told_findings(complaint)
        for record_id in finding.record_ids
    }
    for record in Record.objects.filter(case=complaint.case, pk__in=leaned).select_related(
        "reading"
    ):
        found.setdefault(record.reading.item_id, set()).add(record.pk)
    return found


def _number(
    complaint: Complaint,
    item: EvidenceItem,
    records: set[uuid.UUID],
    acts: Sequence[ConfirmedAct],
    actor: Actor,
) -> None:
    is_partial = item.kind in PARTIAL or choosing.is_part(item.pk)
    form = Exhibit.Form.RECORDS if is_partial and records else Exhibit.Form.ORIGINAL
    chosen = Record.objects.filter(pk__in=records).order_by("index").values_list("pk", flat=True)
    record_ids = [str(pk) for pk in chosen] if form == Exhibit.Form.RECORDS else []
    row = complaint.exhibits.filter(item=item).first()
    if row is not None:
        if row.form == Exhibit.Form.RECORDS:
            row.record_ids = record_ids
            row.save(update_fields=["record_ids"])
        return
    _new_exhibit(complaint, item, _group(complaint, item, acts), form, record_ids, actor)


def _new_exhibit(
    complaint: Complaint,
    item: EvidenceItem,
    group: str,
    form: str,
    record_ids: list[str],
    actor: Actor,
) -> Exhibit:
    taken = complaint.exhibits.filter(group=group).order_by("-number").first()
    row = Exhibit.objects.create(
        complaint=complaint,
        item=item,
        group=group,
        number=taken.number + 1 if taken else 1,
        form=form,
        record_ids=record_ids,
    )
    custody.record(
        Subject.ITEM,
        item.pk,
        Act.EXHIBITED,
        actor=actor,
        facts={"complaint": str(complaint.pk), "exhibit": row.code, "form": str(form)},
    )
    return row


def _group(complaint: Complaint, item: EvidenceItem, acts: Sequence[ConfirmedAct]) -> str:
    """Third persons' own material stands apart; all else that carries an act is collection."""
    roles = current_roles(complaint.case)
    about = [act.record for act in acts if act.item == item.pk and act.record]
    if about and all(statistics.is_third_person(record, roles) for record in about):
        return Exhibit.Group.THIRD_PERSONS
    return Exhibit.Group.COLLECTION


def _record(complaint: Complaint, act: Act, actor: Actor, **facts: str) -> None:
    facts = {"agency": complaint.agency, "case": str(complaint.case_id), **facts}
    custody.record(Subject.COMPLAINT, complaint.pk, act, actor=actor, facts=facts)
