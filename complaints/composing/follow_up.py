"""Follow-ups to a refusal: review by the police, reconsideration, supervision of case filing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from accounts.language import text
from complaints import interview
from complaints.bundle.content import Appeal, Respondent, Told
from complaints.composing import words
from complaints.composing.acts import confirmed_acts
from complaints.composing.awaited import awaited
from complaints.law import catalogue
from complaints.law.deadlines import deadlines
from complaints.law.following import FOLLOW_UPS, Outcome, papers
from complaints.models import Complaint, Filing, FilingOutcome

MOST_STEPS = 20  # as many earlier steps as the interview takes
# The law that lets the person ask, and the day from which its time is counted, if it has one.
_BASIS = {
    "non_filing_review": "PSC-179",
    "administrative_reconsideration": "ARL-20",
    "prosecutor_supervision": "CRIMPL-113",
}
_COUNTED = {
    "non_filing_review": "non_filing_notice_received",
    "administrative_reconsideration": "known_administrative_act",
}


def open_papers(filing: Filing, *, today: date) -> frozenset[str]:
    """The follow-ups that may be written today about one filing; none once their time is over.

    Args:
        filing: whose outcomes decide.
        today: Beijing calendar.
    """
    days = awaited(filing.complaint, confirmed_acts(filing.complaint), today=today)
    own = (one for one in days if one.filing == str(filing.pk))
    return frozenset(paper for one in own for paper in papers(one))


def is_follow_up(complaint: Complaint) -> bool:
    """Whether this paper asks to look again at what was refused."""
    return complaint.document_id in FOLLOW_UPS


def appeal(complaint: Complaint, *, on: date) -> Appeal | None:
    """What a follow-up asks to be looked at again; None of any other paper.

    Args:
        complaint: the follow-up.
        on: the day it is made, Beijing calendar: law that is not in force then is not named.
    """
    if not is_follow_up(complaint):
        return None
    rule = catalogue.provision(_BASIS[complaint.document_id])
    in_force = rule.was_in_force(on)
    return Appeal(
        decision=tuple(_decision(complaint)),
        reasons=complaint.answers.get("review_reasons", ""),
        new_evidence=complaint.answers.get("new_evidence", ""),
        basis=catalogue.cite_name(rule) if in_force else "",
        quote=rule.text_zh or "" if in_force and rule.verified else "",
    )


def authority(complaint: Complaint) -> Respondent | None:
    """The body whose act is to be reconsidered: it answers for it, not the collectors."""
    name = complaint.answers.get("notice_authority", "")
    if complaint.document_id != "administrative_reconsideration" or not name:
        return None
    return Respondent(name=name, role=text("draft-role-authority"))


def answers(filing: Filing, refused: FilingOutcome, *, document_id: str) -> dict[str, Any]:
    """The first answers of a follow-up: what its document asks and the person said already.

    Args:
        filing: what was refused.
        refused: the outcome that says so.
        document_id: one of `FOLLOW_UPS`.
    """
    before = filing.complaint
    asked = {field.id for step in interview.steps_for(document_id) for field in step.questions}
    unasked = {"requests", "own_request", "addressee_name"}  # of the desk that refused
    told = {
        name: answer
        for name, answer in before.answers.items()
        if name in asked and name not in unasked
    }
    is_same_desk = filing.desk == before.agency
    desk = before.answers.get("addressee_name", "") if is_same_desk else ""
    told |= {"notice_authority": desk, "notice_number": refused.reference}
    told["notice_on"] = refused.on.isoformat()
    if document_id == "non_filing_review":
        told["addressee_name"] = desk
    step = {
        "on": filing.filed_on.isoformat(),
        "to_whom": desk or text("draft-desk-police"),
        "reference": filing.reference,
        "result": text(f"draft-outcome-{Outcome(refused.outcome)}"),
    }
    told["earlier_steps"] = [*told.get("earlier_steps", ())[1 - MOST_STEPS :], step]
    return told


def _decision(complaint: Complaint) -> Iterator[Told]:
    told = complaint.answers
    received = date.fromisoformat(told["notice_on"]) if "notice_on" in told else None
    counted = _COUNTED.get(complaint.document_id)
    (last,) = deadlines({counted: received}) if counted and received else (None,)
    rows = {
        "authority": told.get("notice_authority", ""),
        "number": told.get("notice_number", ""),
        "received": words.day(received) if received else "",
        "reason": told.get("notice_reason", ""),
        "last": words.day(last.due_on) if last else "",
    }
    for name, value in rows.items():
        if value or name in ("number", "received"):  # left for the pen
            yield Told(label=text(f"draft-decision-{name}"), value=value)
