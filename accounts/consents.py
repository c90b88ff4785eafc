"""Consent by purpose: given in the words of one version of the text, and taken back.

The purposes and their texts belong to evidence, which also writes the custody event; here the
rows are kept, because whose consent it is matters longer than what it was for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from .models import Consent, User


def standing(user: User) -> QuerySet[Consent]:
    """Give the consents that hold now."""
    return Consent.objects.filter(user=user, withdrawn_at__isnull=True).order_by("purpose")


def missing(user: User, purposes: Collection[str], text_version: str) -> list[str]:
    """Name the purposes that this user has not agreed to in this version of the text."""
    given = set(standing(user).filter(text_version=text_version).values_list("purpose", flat=True))
    return [purpose for purpose in purposes if purpose not in given]


@transaction.atomic
def give(user: User, purposes: Iterable[str], text_version: str) -> list[Consent]:
    """Keep consent to each purpose; one given in other words is ended first.

    Returns:
        The consents that are new, so that the caller records an event for each of them.
    """
    now = timezone.now()
    new = []
    for purpose in dict.fromkeys(purposes):
        held = Consent.objects.select_for_update().filter(
            user=user, purpose=purpose, withdrawn_at__isnull=True
        )
        if held.filter(text_version=text_version).exists():
            continue
        held.update(withdrawn_at=now)
        new.append(
            Consent.objects.create(
                user=user, purpose=purpose, text_version=text_version, given_at=now
            )
        )
    return new


def withdraw(user: User, purpose: str) -> bool:
    """Take consent back; what was done before stays lawful and stays recorded.

    Returns:
        Whether there was a standing consent to take back.
    """
    return bool(standing(user).filter(purpose=purpose).update(withdrawn_at=timezone.now()))
