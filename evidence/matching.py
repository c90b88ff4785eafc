"""Whether collectors are compared across cases: the house's switch, and each case's consent.

Off unless the operator switches it on; then nothing of a case is compared before its borrower
agrees, and nothing of it is left when they take that back (docs/matching.md).
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from evidence import custody
from evidence.consents import ConsentOutdatedError
from evidence.custody import Act, Actor, Subject
from evidence.errors import EvidenceError
from evidence.models import Case, CollectorBand, CollectorMark, MatchingConsent

PURPOSE = "match_collectors"  # as the events name it
TEXT_VERSION = "2026-11-29"  # of the texts `matching-words-…` in locale/*/evidence.ftl


class MatchingOffError(EvidenceError):
    """Collectors are not compared across cases in this house."""

    code = "matching_off"


def is_on() -> bool:
    """Whether the operator switched it on."""
    return bool(settings.COLLECTOR_MATCHING)


def is_on_for(case: Case) -> bool:
    """Whether it can be agreed to for a case: a sample of a demonstration is nobody's."""
    return is_on() and not case.is_sample


def consent_of(case: Case) -> MatchingConsent | None:
    """The consent that holds now, in today's words."""
    return standing().filter(pk=case.pk).first()


def standing() -> QuerySet[MatchingConsent]:
    """The consents that count: in today's words, of cases that are not erased and no samples.

    A suspended account counts nowhere: so an operator takes accounts out that were made to inflate.
    """
    return MatchingConsent.objects.filter(
        text_version=TEXT_VERSION,
        case__is_sample=False,
        case__key__isnull=False,
        case__borrower__is_active=True,
    )


@transaction.atomic
def agree(case: Case, *, version: str, by: User) -> None:
    """Keep that the borrower wants the case compared; the next daily count takes it in.

    Raises:
        MatchingOffError, evidence.consents.ConsentOutdatedError: nothing is kept.
    """
    if not is_on_for(case):
        raise MatchingOffError("switched off, or a sample")
    if version != TEXT_VERSION:
        raise ConsentOutdatedError(version=TEXT_VERSION)
    Case.objects.select_for_update().get(pk=case.pk)  # two taps at once are one consent
    if consent_of(case) is not None:
        return
    _drop(MatchingConsent.objects.filter(pk=case.pk))  # one in other words, and what hung on it
    MatchingConsent.objects.create(case=case, text_version=version, given_at=timezone.now())
    _record(case.pk, Act.CONSENTED, version, Actor.of(by))


@transaction.atomic
def withdraw(case: Case, *, by: User) -> None:
    """Take all of the case out at once; without a consent nothing changes. Also while it is off."""
    _end(MatchingConsent.objects.filter(pk=case.pk), actor=Actor.of(by))


@transaction.atomic
def end_all(*, actor: Actor) -> None:
    """Take every case out and forget the bands: after this each borrower is asked anew."""
    _end(MatchingConsent.objects.all(), actor=actor)
    CollectorBand.objects.all().delete()


def forget(case_id: uuid.UUID) -> None:
    """With the case that is being erased; its tombstone tells it. Within the transaction."""
    _drop(MatchingConsent.objects.filter(pk=case_id))


def is_anything_left() -> bool:
    """Whether there is something that a house in which it is off must not have."""
    return MatchingConsent.objects.exists() or CollectorBand.objects.exists()


def _end(rows: QuerySet[MatchingConsent], *, actor: Actor) -> None:
    for consent in _drop(rows):
        _record(consent.pk, Act.CONSENT_WITHDRAWN, consent.text_version, actor)


def _drop(rows: QuerySet[MatchingConsent]) -> list[MatchingConsent]:
    """Delete consents and their marks; a count that is just being kept comes before or not at all.

    The count locks the consents that it keeps marks for, so it is waited for here.
    """
    held = list(rows.select_for_update())
    CollectorMark.objects.filter(consent__in=held).delete()
    rows.filter(pk__in=[one.pk for one in held]).delete()
    return held


def _record(case_id: uuid.UUID, act: Act, version: str, actor: Actor) -> None:
    facts = {"purpose": PURPOSE, "text_version": version}
    custody.record(Subject.CASE, case_id, act, actor=actor, facts=facts)
