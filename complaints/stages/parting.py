"""A borrower asks for an erasure, may take it back while it waits, and sees how it stands.

A worker carries it out when its day has come (`leaving`). docs/erasure.md.
"""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import ErasureRequest, User
from complaints.errors import ComplaintError
from evidence import custody, holds, jobs
from evidence.custody import Act, Actor, Subject
from evidence.integrity.times import write_time
from evidence.models import Case, EvidenceItem, Job

STAGE = "erase"
Scope = ErasureRequest.Scope


class ErasureBegunError(ComplaintError):
    """It was begun, done or taken back: nothing is left to take back."""

    code = "erasure_begun"


@transaction.atomic
def ask(user: User, scope: Scope, subject_id: uuid.UUID, *, actor: Actor) -> ErasureRequest:
    """Ask for the erasure of what is the user's own; one that waits already is given again."""
    User.objects.select_for_update().get(pk=user.pk)  # two taps make one request
    waiting = ErasureRequest.objects.waiting().filter(scope=scope, subject_id=subject_id).first()
    if waiting is not None:
        return waiting
    now = timezone.now()
    days = settings.ERASURE_GRACE_DAYS
    if scope == Scope.ITEM:
        days = settings.ERASURE_ITEM_GRACE_DAYS
    row = ErasureRequest.objects.create(
        user=user,
        scope=scope,
        subject_id=subject_id,
        asked_at=now,
        due_at=now + timedelta(days=days),
    )
    Job.objects.create(
        stage=STAGE, subject_id=row.pk, version="1", created_at=now, next_at=row.due_at
    )
    facts = {"request": str(row.pk), "due": write_time(row.due_at)}
    _record(row, Act.ERASURE_ASKED, actor, facts)
    jobs.ring_after_commit(STAGE)
    return row


@transaction.atomic
def take_back(row: ErasureRequest, *, actor: Actor) -> None:
    """Let it not be carried out.

    Raises:
        ErasureBegunError: too late, or taken back before.
    """
    waiting = ErasureRequest.objects.waiting().filter(pk=row.pk, begun_at__isnull=True)
    if not waiting.update(cancelled_at=timezone.now()):
        raise ErasureBegunError(str(row.pk))
    _record(row, Act.ERASURE_CANCELLED, actor, {"request": str(row.pk)})


def held_reason(row: ErasureRequest) -> str:
    """Why it waits beyond its day: the reason of a hold over one of its cases, or ""."""
    reasons = (holds.reason_of(case_id) for case_id in _cases_of(row))
    return next(filter(None, reasons), "")


def _cases_of(row: ErasureRequest) -> list[uuid.UUID]:
    if row.scope == Scope.CASE:
        return [row.subject_id]
    if row.scope == Scope.ITEM:
        items = EvidenceItem.objects.filter(pk=row.subject_id)
        return list(items.values_list("case", flat=True))
    return list(Case.objects.filter(borrower=row.user_id).values_list("pk", flat=True))


def _record(row: ErasureRequest, act: Act, actor: Actor, facts: dict[str, str]) -> None:
    custody.record(Subject(row.scope), row.subject_id, act, actor=actor, facts=facts)
