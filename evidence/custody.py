"""The door of the log: who did what to which subject. One chain per subject, bytes kept.

Formats: docs/formats/custody-event.md; how the rows behave: docs/custody.md.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from accounts import sessions
from evidence.errors import EvidenceError
from evidence.integrity import event as events
from evidence.integrity.event import Act, ActorType, Event, Subject
from evidence.models.custody import CustodyEvent
from evidence.models.log import PendingLeaf

__all__ = ["Act", "Actor", "ChainBusyError", "Subject", "log_of", "record", "record_once"]

ATTEMPTS = 8  # writers that met at one subject's end; each round lets one of them through
NO_FACTS: Mapping[str, Any] = {}


class ChainBusyError(EvidenceError):
    """Too many writers at one subject at once. Nothing was written; time heals it."""

    code = "custody_busy"


@dataclass(frozen=True)
class Actor:
    """Who acts, as the log names them; `user_id` is None for those who have no account.

    `session` is "" or 32 hex digits that say "the same session" and no more: of a signed-in
    person, or of one job of a worker. It stands in events of bytes that are opened.
    """

    type: ActorType
    id: str
    user_id: uuid.UUID | None = None
    session: str = ""

    @classmethod
    def of(cls, user: Any, *, session: str = "") -> Actor:
        """A signed-in person, in the part they have (`User.role`)."""
        return cls(ActorType(user.role), str(user.pk), user.pk, session)

    @classmethod
    def at(cls, request: Any) -> Actor:
        """The person of a request, in the session of that request."""
        return cls.of(request.user, session=sessions.mark(request))

    @classmethod
    def system(cls, name: str) -> Actor:
        """A part of the house, by its name: `sealing`, `reading`, `sweeper`."""
        return cls(ActorType.SYSTEM, name)

    def at_work_on(self, job_id: uuid.UUID) -> Actor:
        """The same part of the house at one job: a job is a worker's session, retries included."""
        return replace(self, session=job_id.hex)


def record(
    subject_type: Subject,
    subject_id: uuid.UUID | str,
    act: Act,
    *,
    actor: Actor,
    facts: Mapping[str, Any] = NO_FACTS,
    at: datetime | None = None,
) -> CustodyEvent:
    """Append one event to the subject's chain, inside the caller's transaction if there is one.

    Args:
        subject_type: what kind of thing was acted on.
        subject_id: its id.
        act: what was done.
        actor: who did it.
        facts: integers, ids, digests, codes, times; no name, number, file name or text.
        at: aware time of the act; now, when None.

    Raises:
        ChainBusyError: other writers were always faster.
        integrity.event.EventFormatError: facts that v1 does not allow.
    """
    for _ in range(ATTEMPTS):
        try:
            with transaction.atomic():  # a savepoint: losing a race must not spoil the caller's
                return _append(subject_type, str(subject_id), act, actor, facts, at)
        except IntegrityError:
            continue  # another writer took the place after all: look again
    raise ChainBusyError(f"{subject_type} {subject_id}")


def log_of(subject_type: Subject, subject_id: uuid.UUID | str) -> models.QuerySet[CustodyEvent]:
    """The events of one subject, first event first."""
    return CustodyEvent.objects.filter(
        subject_type=subject_type, subject_id=str(subject_id)
    ).order_by("sequence")


def record_once(
    subject_type: Subject,
    subject_id: uuid.UUID | str,
    act: Act,
    *,
    actor: Actor,
    per: timedelta,
    facts: Mapping[str, Any] = NO_FACTS,
    durable: bool = False,
) -> None:
    """Record the act unless this actor did it to this subject in this session within `per`.

    The session goes into the facts. With `durable` the event is committed on return: a caller
    inside a transaction, which could take it back, gets a RuntimeError. A look without a
    lock comes first: a player that asks for a recording in a hundred pieces queues with nobody.
    """
    since = timezone.now() - per
    if _was_recorded(subject_type, subject_id, act, actor, since):
        return
    with transaction.atomic(durable=durable):
        _queue_up(subject_type, str(subject_id))
        if not _was_recorded(subject_type, subject_id, act, actor, since):
            session = {"session": actor.session} if actor.session else {}
            facts = {**facts, **session}
            record(subject_type, subject_id, act, actor=actor, facts=facts)


def _was_recorded(
    subject_type: Subject, subject_id: uuid.UUID | str, act: Act, actor: Actor, since: datetime
) -> bool:
    rows = log_of(subject_type, subject_id).filter(act=act, at__gt=since)
    kept = (events.decode(bytes(row.raw)) for row in rows)
    return any(
        (event.actor_id, event.facts.get("session", "")) == (actor.id, actor.session)
        for event in kept
    )


def _queue_up(subject_type: Subject, subject_id: str) -> None:
    """Let writers to one subject follow each other until each one's commit.

    SQLite lets one writer in at a time anyway; PostgreSQL would let them race to the same place.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            chain = f"custody {subject_type} {subject_id}"
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [chain])


def _append(
    subject_type: Subject,
    subject_id: str,
    act: Act,
    actor: Actor,
    facts: Mapping[str, Any],
    at: datetime | None,
) -> CustodyEvent:
    _queue_up(subject_type, subject_id)
    last = log_of(subject_type, subject_id).last()
    event = Event(
        id=str(uuid.uuid4()),
        subject_type=subject_type,
        subject_id=subject_id,
        act=act,
        at=at or timezone.now(),
        actor_type=actor.type,
        actor_id=actor.id,
        facts=facts,
        previous=last.sha256 if last else None,
        salt=secrets.token_hex(32),
    )
    raw = events.encode(event)
    row = CustodyEvent.objects.create(
        id=event.id,
        subject_type=subject_type,
        subject_id=subject_id,
        sequence=last.sequence + 1 if last else 1,
        act=act,
        at=event.at,
        raw=raw,
        sha256=events.digest(raw),
        previous=event.previous or "",
    )
    PendingLeaf.objects.create(event=row)  # the sequencer takes it into the log
    return row
