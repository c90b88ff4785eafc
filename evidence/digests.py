"""Digests of an item's bytes beside SHA-256: SM3 (GB/T 32905), a proof row and its event.

Computed in the background (`stages.digesting`). Where it is not there yet, or this computer's
OpenSSL offers none, that is a state which is shown, and no error.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from evidence import custody
from evidence.custody import Act, Actor, Subject
from evidence.errors import EvidenceError
from evidence.integrity.digest import SM3, is_available
from evidence.integrity.event import Event
from evidence.models import EvidenceItem, ItemDigest, Job

DIGESTER = Actor.system("digesting")
STAGE = "digest"  # of the jobs that compute them


class Sm3UnavailableError(EvidenceError):
    """The OpenSSL of this worker offers no SM3; another worker's, or a later one, may."""

    code = "sm3_unavailable"
    heals = True


class State(StrEnum):
    """How it is with an item's SM3."""

    COMPUTED = "computed"
    WAITING = "waiting"
    UNAVAILABLE = "unavailable"  # not on this computer


@dataclass(frozen=True)
class Standing:
    """The SM3 of one item in lower-case hex, or why there is none."""

    state: State
    digest: str | None = None
    problem: str | None = None  # the code of what went wrong last, while it waits


def known(ids: Iterable[uuid.UUID], algorithm: str = SM3) -> dict[uuid.UUID, str]:
    """The digests that were computed, in lower-case hex, by item."""
    rows = ItemDigest.objects.filter(item__in=list(ids), algorithm=algorithm)
    return dict(rows.order_by().values_list("item_id", "digest"))


def standings(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Standing]:
    """How it is with the SM3 of each item, in two queries."""
    found = known(ids)
    missing = [pk for pk in ids if pk not in found]
    failed = Job.objects.filter(stage=STAGE, subject_id__in=missing).exclude(last_problem="")
    problems = dict(failed.values_list("subject_id", "last_problem"))
    can_compute = is_available(SM3)
    return {
        pk: Standing(State.COMPUTED, found[pk])
        if pk in found
        else _missing(problems.get(pk), can_compute=can_compute)
        for pk in ids
    }


def keep(item: EvidenceItem, digest: str) -> None:
    """Write the SM3 of an item and its event, inside the caller's transaction."""
    ItemDigest.objects.create(item=item, algorithm=SM3, digest=digest, computed_at=timezone.now())
    facts = {"algorithm": SM3, "digest": digest}
    custody.record(Subject.ITEM, item.pk, Act.DIGESTED, actor=DIGESTER, facts=facts)


def agree(item: EvidenceItem, events: Iterable[Event]) -> bool:
    """Whether the rows say exactly what the item's `digested` events do."""
    told = {
        (event.facts.get("algorithm"), event.facts.get("digest"))
        for event in events
        if event.act is Act.DIGESTED
    }
    return told == set(item.digests.order_by().values_list("algorithm", "digest"))


def _missing(problem: str | None, *, can_compute: bool) -> Standing:
    if problem == Sm3UnavailableError.code or not can_compute:
        return Standing(State.UNAVAILABLE)
    return Standing(State.WAITING, problem=problem)
