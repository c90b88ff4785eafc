"""Review: hold a case, return a complaint with words, or approve it as it stands."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from complaints import preflight, sighting
from complaints.composing.document import draft_sha256
from complaints.errors import ComplaintError
from complaints.models import Complaint, ReviewClaim, ReviewDecision, ReviewNote
from complaints.standing import Standing, standing_of
from evidence import custody
from evidence.custody import Act, Actor, Subject
from evidence.models.cases import Case


class CaseNotOpenedError(ComplaintError):
    """The borrower has not opened this case to review, or has closed it again."""

    code = "case_not_opened_to_review"


class CaseHeldError(ComplaintError):
    """Another reviewer holds the case."""

    code = "case_held_by_another"


class NotClaimedError(ComplaintError):
    """A decision needs the case in hand: claim it first."""

    code = "case_not_claimed"


class SecondPersonError(ComplaintError):
    """The second approval must come from another person than the first."""

    code = "approval_needs_second_person"


class NoteMissingError(ComplaintError):
    """A complaint is not returned without words on what to mend."""

    code = "review_note_missing"


class DecidedAlreadyError(ComplaintError):
    """This person has decided this very draft before."""

    code = "review_decided_already"


class DraftChangedError(ComplaintError):
    """What is decided now is not what was read: it was changed in the meantime."""

    code = "draft_changed"


class ExhibitsNotOpenedError(ComplaintError):
    """Nobody approves what they have not opened; `numbers` are the exhibits that are left."""

    code = "exhibits_not_opened"

    def __init__(self, exhibits: Sequence[str]) -> None:
        super().__init__(", ".join(exhibits))
        self.exhibits = list(exhibits)
        self.numbers = "、".join(exhibits)


def claim(case: Case, *, reviewer: User) -> ReviewClaim:
    """Take a case in hand; taking it twice is no harm.

    Raises:
        CaseNotOpenedError: it is not open to review.
        CaseHeldError: somebody else has it.
    """
    _require_open(case)
    with transaction.atomic():
        row, is_new = ReviewClaim.objects.get_or_create(
            case=case, defaults={"reviewer": reviewer, "claimed_at": timezone.now()}
        )
        if row.reviewer_id != reviewer.pk:
            raise CaseHeldError(str(case.pk))
        if is_new:
            custody.record(Subject.CASE, case.pk, Act.CASE_ASSIGNED, actor=Actor.of(reviewer))
    return row


def release(case: Case, *, reviewer: User) -> None:
    """Hand a case back to the queue; handing back what one does not hold changes nothing."""
    ReviewClaim.objects.filter(case=case, reviewer=reviewer).delete()


def decide(
    complaint: Complaint,
    *,
    reviewer: User,
    decision: str,
    note: str = "",
    read_sha256: str | None = None,
) -> ReviewDecision:
    """Approve or return one complaint as it stands at this moment.

    The first approval comes from who holds the case. The second must come from another person and
    needs no claim: two pairs of eyes, one package.

    Args:
        complaint: which.
        reviewer: who decides.
        decision: a `ReviewDecision.Decision` value.
        note: words to the borrower; asked of a return.
        read_sha256: digest of the draft that the reviewer had before them; None: as it stands.

    Raises:
        CaseNotOpenedError, NotClaimedError, NoteMissingError, SecondPersonError,
        DecidedAlreadyError, DraftChangedError, ExhibitsNotOpenedError,
        preflight.PreflightBlocksError: the desk would send it back.
    """
    _require_open(complaint.case)
    is_return = decision == ReviewDecision.Decision.RETURNED
    if is_return and not note.strip():
        raise NoteMissingError(str(complaint.pk))
    with transaction.atomic():
        complaint = Complaint.objects.select_for_update().get(pk=complaint.pk)
        draft = draft_sha256(complaint)
        if read_sha256 is not None and read_sha256 != draft:
            raise DraftChangedError(str(complaint.pk))
        if not is_return:
            preflight.require(complaint)
        standing = standing_of(complaint, draft=draft)
        _require_part(complaint, standing, reviewer, is_return=is_return)
        if not is_return:
            _require_sight(complaint, reviewer)
        row = ReviewDecision.objects.create(
            complaint=complaint,
            reviewer=reviewer,
            decision=decision,
            draft_sha256=draft,
            at=timezone.now(),
        )
        if note.strip():
            ReviewNote.objects.create(decision=row, text=note.strip())
        custody.record(
            Subject.COMPLAINT,
            complaint.pk,
            Act.REVIEWED if is_return or not standing.approvals else Act.APPROVED,
            actor=Actor.of(reviewer),
            facts={"decision": decision, "draft": draft},
        )
    return row


def _require_open(case: Case) -> None:
    if not case.is_open_to_review():
        raise CaseNotOpenedError(str(case.pk))


def _require_part(
    complaint: Complaint, standing: Standing, reviewer: User, *, is_return: bool
) -> None:
    if any(row.reviewer_id == reviewer.pk for row in standing.approvals) and not is_return:
        raise SecondPersonError(str(complaint.pk))
    if standing.is_approved or standing.returned:  # what was returned is mended first
        raise DecidedAlreadyError(str(complaint.pk))
    if standing.approvals:
        return
    held = ReviewClaim.objects.filter(case=complaint.case, reviewer=reviewer).exists()
    if not held:
        raise NotClaimedError(str(complaint.pk))


def _require_sight(complaint: Complaint, reviewer: User) -> None:
    left = sighting.unopened(complaint, reviewer=reviewer)
    if left:
        raise ExhibitsNotOpenedError([row.code for row in left])
