"""How a complaint stands: whether it may be changed, and what review said of it as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from complaints.composing.document import draft_sha256
from complaints.errors import ComplaintError
from complaints.models import Complaint, ReviewDecision


class ComplaintFinishedError(ComplaintError):
    """The person said that this complaint is complete; it can be opened again, not changed."""

    code = "complaint_finished"


class PartlyChosenError(ComplaintError):
    """An export of which the person kept a part only: whole, it would show what was left out."""

    code = "exhibit_partly_chosen"


@dataclass(frozen=True)
class Standing:
    """What review has said of the complaint as it stands now."""

    approvals: Sequence[ReviewDecision]  # of this very draft, in the order given
    returned: ReviewDecision | None  # the newest return of this very draft

    @property
    def is_approved(self) -> bool:
        """Two different persons approved this very draft, and none returned it since."""
        return len({row.reviewer_id for row in self.approvals}) >= 2 and self.returned is None


def standing_of(complaint: Complaint, *, draft: str | None = None) -> Standing:
    """What has been decided of this very draft; a changed complaint starts anew."""
    rows = complaint.review_decisions.filter(draft_sha256=draft or draft_sha256(complaint))
    returned: ReviewDecision | None = None
    approvals: list[ReviewDecision] = []
    for row in rows.select_related("reviewer").order_by("at", "id"):
        if row.decision == ReviewDecision.Decision.RETURNED:
            returned, approvals = row, []
        else:
            approvals.append(row)
    return Standing(approvals, returned)


def require_unfinished(complaint: Complaint) -> None:
    """Refuse to change a complaint that is complete.

    Raises:
        ComplaintFinishedError.
    """
    if complaint.finished_at is not None:
        raise ComplaintFinishedError(str(complaint.pk))


def approved_at(standing: Standing) -> datetime | None:
    """When the second person approved."""
    return standing.approvals[-1].at if standing.is_approved else None
