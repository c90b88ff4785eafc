"""Begin a case, open it to review, close it again: each an event on the case."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from evidence import custody
from evidence.custody import Act, Actor, Subject
from evidence.models import Case, CaseOpening
from evidence.vault import keyring

ONE_EVENT_PER = timedelta(hours=1)


@transaction.atomic
def begin(borrower: User, *, title: str, actor: Actor, is_sample: bool = False) -> Case:
    """Make a case with its key."""
    now = timezone.now()
    case = Case.objects.create(
        borrower=borrower, title=title, created_at=now, is_sample=is_sample or borrower.is_sample
    )
    keyring.make_case_key(case)
    custody.record(Subject.CASE, case.pk, Act.CASE_BEGUN, actor=actor, at=now)
    return case


def viewed(case: Case, *, by: Actor) -> None:
    """Record that staff looked into a case, once an hour and session."""
    custody.record_once(Subject.CASE, case.pk, Act.CASE_VIEWED, actor=by, per=ONE_EVENT_PER)


@transaction.atomic
def open_to_review(case: Case, *, by: User) -> None:
    """Let staff look into the case from now on; nothing changes when they may already."""
    Case.objects.select_for_update().get(pk=case.pk)  # two clicks at once make one opening
    if case.is_open_to_review():
        return
    CaseOpening.objects.create(case=case, opened_at=timezone.now(), opened_by=by)
    custody.record(Subject.CASE, case.pk, Act.CASE_OPENED, actor=Actor.of(by))


@transaction.atomic
def close_to_review(case: Case, *, by: User) -> None:
    """Let staff no longer look into the case."""
    closed = case.openings.filter(closed_at__isnull=True).update(closed_at=timezone.now())
    if closed:
        custody.record(Subject.CASE, case.pk, Act.CASE_CLOSED, actor=Actor.of(by))
