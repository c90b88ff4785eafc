"""In which state each complaint is, as the console names it: derived, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from complaints.models import Complaint, ReviewDecision
from complaints.standing import Standing, standing_of


class State(StrEnum):
    """The borrower's side (draft, finished), then the review's."""

    DRAFT = "draft"
    FINISHED = "finished"
    RETURNED = "returned"
    WAITS_FOR_SECOND = "waits_for_second"
    APPROVED = "approved"


NOTHING_DECIDED = Standing((), None)


@dataclass(frozen=True)
class Stated:
    """One complaint with its state and what that is derived from."""

    complaint: Complaint
    standing: Standing
    state: State


def stated(complaint: Complaint) -> Stated:
    """The state of a complaint whose `review_decisions` may be prefetched.

    The draft's digest is computed only where somebody has decided something: a list of untouched
    complaints costs no query of its own.
    """
    standing = standing_of(complaint) if complaint.review_decisions.all() else NOTHING_DECIDED
    return Stated(complaint, standing, _state(complaint, standing))


def waits_for(one: Stated, reviewer_id: object) -> bool:
    """Whether this person could give the second approval."""
    return one.state == State.WAITS_FOR_SECOND and all(
        row.reviewer_id != reviewer_id for row in one.standing.approvals
    )


def history(complaint: Complaint) -> list[ReviewDecision]:
    """Every decision on every draft of the complaint, newest first, with words and person."""
    return list(
        complaint.review_decisions.select_related("reviewer", "note").order_by("-at", "-id")
    )


def _state(complaint: Complaint, standing: Standing) -> State:
    if standing.is_approved:
        return State.APPROVED
    if standing.returned:
        return State.RETURNED
    if standing.approvals:
        return State.WAITS_FOR_SECOND
    return State.FINISHED if complaint.finished_at else State.DRAFT
