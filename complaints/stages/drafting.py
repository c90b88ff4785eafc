"""Begin a complaint, keep its answers, and close it as complete; its exhibits are `numbering`'s."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.language import text
from complaints import interview, preflight
from complaints.composing import follow_up
from complaints.composing.document import draft_sha256
from complaints.composing.witnesses import WitnessNotAgreedError
from complaints.errors import ComplaintError, ForeignItemError
from complaints.law import agencies, lender
from complaints.law.errors import UnknownLenderTypeError
from complaints.law.following import Outcome
from complaints.models import Complaint, Exhibit, Filing
from complaints.numbering import (
    NothingWithheldError,
    add_exhibit,
    choose_witness_form,
    drop_exhibit,
    number_exhibits,
    say_why_withheld,
)
from complaints.standing import ComplaintFinishedError, PartlyChosenError, require_unfinished
from evidence import custody
from evidence.custody import Act, Actor, Subject
from evidence.models.cases import Case

__all__ = [
    "ComplaintFinishedError",
    "DocumentNotWrittenError",
    "FollowUpNotOpenError",
    "ForeignItemError",
    "NothingWithheldError",
    "PartlyChosenError",
    "WitnessNotAgreedError",
    "add_exhibit",
    "answer",
    "begin",
    "begin_follow_up",
    "choose_witness_form",
    "drop_exhibit",
    "finish",
    "number_exhibits",
    "reopen",
    "say_why_withheld",
    "set_severity",
]


class FollowUpNotOpenError(ComplaintError):
    """Nothing of this filing may be asked again by this paper, or its time is over."""

    code = "follow_up_not_open"


class DocumentNotWrittenError(ComplaintError):
    """For this agency we give directions; there is no document to draft."""

    code = "document_not_written_here"


def begin(
    case: Case,
    *,
    agency_id: str,
    lender_type: str,
    actor: Actor,
    document_id: str = "",
    told: Mapping[str, Any] | None = None,
) -> Complaint:
    """Turn a case towards one agency.

    Args:
        case: whose confirmed acts it tells.
        agency_id: id of agencies.json.
        lender_type: id of routing.json.
        actor: who begins it.
        document_id: a follow-up instead of the agency's own document.
        told: first answers, kept as if the person had just given them.

    Raises:
        DocumentNotWrittenError: that agency gets no document from us.
        complaints.law.errors.UnknownAgencyError, UnknownLenderTypeError.
    """
    agency = agencies.agency(agency_id)
    if agency.depth != "full" and not document_id:
        raise DocumentNotWrittenError(agency_id)
    document_id = document_id or agency.document_id
    first = interview.clean(told or {}, document_id=document_id)
    if lender_type not in lender.lender_types():
        raise UnknownLenderTypeError(lender_type)
    now = timezone.now()
    with transaction.atomic():
        complaint = Complaint.objects.create(
            case=case,
            agency=agency.id,
            document_id=document_id,
            lender_type=lender_type,
            answers={**first, "lender_type": lender_type},
            created_at=now,
            updated_at=now,
        )
        _record(complaint, Act.DRAFTED, actor)
    number_exhibits(complaint, actor=actor)
    return complaint


def begin_follow_up(filing: Filing, document_id: str, *, today: date, actor: Actor) -> Complaint:
    """Begin the paper that asks to look again at what was refused, with what is known of it.

    The receipt and the notice, where the person kept them, go along as exhibits.

    Args:
        filing: what was refused.
        document_id: one of `law.following.FOLLOW_UPS`.
        today: Beijing calendar.
        actor: who begins it.

    Raises:
        FollowUpNotOpenError: nothing was refused, or the time to ask is over.
    """
    if document_id not in follow_up.open_papers(filing, today=today):
        raise FollowUpNotOpenError(document_id)
    refused = filing.outcomes.filter(outcome=Outcome.REFUSED).order_by("on").first()
    assert refused is not None  # noqa: S101 -- only a refusal opens one of these papers
    begun = begin(
        filing.complaint.case,
        agency_id="PROC" if document_id == "prosecutor_supervision" else filing.desk,
        lender_type=filing.complaint.lender_type,
        actor=actor,
        document_id=document_id,
        told=follow_up.answers(filing, refused, document_id=document_id),
    )
    group, purpose = Exhibit.Group.EARLIER_STEPS, text("draft-purpose-notice")
    for item in filter(None, (filing.receipt, refused.receipt)):
        add_exhibit(begun, item, group=group, purpose=purpose, actor=actor)
    return begun


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


def _record(complaint: Complaint, act: Act, actor: Actor, **facts: str) -> None:
    facts = {"agency": complaint.agency, "case": str(complaint.case_id), **facts}
    custody.record(Subject.COMPLAINT, complaint.pk, act, actor=actor, facts=facts)
