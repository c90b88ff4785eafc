"""Keep a case back from erasure while the law says so: begun and ended by an event on the case.

Derived from the chain, no row beside it: the newest of `held` and `hold_ended` says how it stands.
"""

from __future__ import annotations

import uuid
from enum import StrEnum

from django.db import transaction

from evidence import custody
from evidence.custody import Act, Actor, Subject
from evidence.errors import EvidenceError
from evidence.integrity import event as events
from evidence.models import Case


class Reason(StrEnum):
    """Who may demand it. The letter itself stays with the operator."""

    COURT = "court"
    POLICE = "police"
    REGULATOR = "regulator"


class CaseHeldError(EvidenceError):
    """The case is kept back from erasure by law; its borrower sees for which reason."""

    code = "case_held"
    heals = True

    def __init__(self, *, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def hold(case: Case, *, reason: Reason, actor: Actor) -> None:
    """Begin a hold; one that stands for this reason stays."""
    Case.objects.select_for_update().get(pk=case.pk)
    if reason_of(case.pk) != reason:
        facts = {"reason": str(reason)}
        custody.record(Subject.CASE, case.pk, Act.HELD, actor=actor, facts=facts)


@transaction.atomic
def end(case: Case, *, actor: Actor) -> None:
    """End a hold; without one nothing changes."""
    Case.objects.select_for_update().get(pk=case.pk)
    if reason_of(case.pk):
        custody.record(Subject.CASE, case.pk, Act.HOLD_ENDED, actor=actor)


def reason_of(case_id: uuid.UUID) -> str:
    """Why the case is held, or "" when it is not."""
    acts = (Act.HELD, Act.HOLD_ENDED)
    newest = custody.log_of(Subject.CASE, case_id).filter(act__in=acts).last()
    if newest is None or newest.act == Act.HOLD_ENDED:
        return ""
    return str(events.decode(bytes(newest.raw)).facts["reason"])


def refuse_held(case_id: uuid.UUID) -> None:
    """Raise CaseHeldError while the case is held."""
    if reason := reason_of(case_id):
        raise CaseHeldError(reason=reason)
