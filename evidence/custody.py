"""The door of the log: who did what to which subject. One chain per subject, bytes kept.

Formats: docs/formats/custody-event.md; how the rows behave: docs/custody.md.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
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

__all__ = [
    "Act",
    "Actor",
    "ChainBusyError",
    "Subject",
    "log_of",
    "record",
    "record_once",
    "record_once_each",
]

ATTEMPTS = 8  # writers that met at one subject's end; each round lets one of them through
AT_ONCE = 200  # subjects in one transaction: PostgreSQL keeps so many locks without a thought
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
) -> datetime:
    """Record the act unless this actor did it to this subject in this session within `per`.

    The session goes into the facts. With `durable` the event is committed on return: a caller
    inside a transaction, which could take it back, gets a RuntimeError. A look without a
    lock comes first: a player that asks for a recording in a hundred pieces queues with nobody.

    Returns:
        When the act was recorded, now or before.
    """
    subject, since = str(subject_id), timezone.now() - per
    found = _recorded(subject_type, [subject], act, actor, since)
    if subject in found:
        return found[subject]
    with transaction.atomic(durable=durable):
        _queue_up(subject_type, subject)
        found = _recorded(subject_type, [subject], act, actor, since)
        if subject not in found:
            facts = _with_session(facts, actor)
            found[subject] = record(subject_type, subject, act, actor=actor, facts=facts).at
    return found[subject]


def record_once_each(
    subject_type: Subject,
    subject_ids: Iterable[uuid.UUID | str],
    act: Act,
    *,
    actor: Actor,
    per: timedelta,
    facts: Mapping[str, Any] = NO_FACTS,
    durable: bool = False,
) -> dict[str, datetime]:
    """`record_once` for many subjects, in a few statements: every one has its event on return.

    Whoever writes to one of them at this moment is not waited for while the others are held; that
    one comes by itself, at the end.

    Returns:
        By subject, when the act was recorded, now or before.
    """
    ids = sorted({str(each) for each in subject_ids})
    since = timezone.now() - per
    told = _with_session(facts, actor)
    found: dict[str, datetime] = {}
    for begin in range(0, len(ids), AT_ONCE):
        some = ids[begin : begin + AT_ONCE]
        found |= _recorded(subject_type, some, act, actor, since)
        missing = [each for each in some if each not in found]
        try:
            with transaction.atomic(durable=durable):
                free = _queue_up_where_free(subject_type, missing)
                found |= _recorded(subject_type, free, act, actor, since)
                missing = [each for each in free if each not in found]
                rows = _append_each(subject_type, missing, act, actor, told)
        except IntegrityError:
            continue  # another writer took a place after all: none of these was written
        found |= {row.subject_id: row.at for row in rows}
    for each in ids:
        if each not in found:
            found[each] = record_once(
                subject_type, each, act, actor=actor, per=per, facts=facts, durable=durable
            )
    return found


def _with_session(facts: Mapping[str, Any], actor: Actor) -> Mapping[str, Any]:
    return {**facts, **({"session": actor.session} if actor.session else {})}


def _recorded(
    subject_type: Subject, subject_ids: Collection[str], act: Act, actor: Actor, since: datetime
) -> dict[str, datetime]:
    """When this actor did it last in this session, by subject; only of those where it was."""
    if not subject_ids:
        return {}
    rows = CustodyEvent.objects.filter(
        subject_type=subject_type, subject_id__in=subject_ids, act=act, at__gt=since
    )
    found: dict[str, datetime] = {}
    session = actor.session.encode("ascii")
    for subject, at, raw in rows.order_by("sequence").values_list("subject_id", "at", "raw"):
        if session not in bytes(raw):  # of another one; most are, and to decode them takes longer
            continue
        event = events.decode(bytes(raw))
        if (event.actor_id, event.facts.get("session", "")) == (actor.id, actor.session):
            found[subject] = at
    return found


def _queue_up(subject_type: Subject, subject_id: str) -> None:
    """Let writers to one subject follow each other until each one's commit.

    SQLite lets one writer in at a time anyway; PostgreSQL would let them race to the same place.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            chain = f"custody {subject_type} {subject_id}"
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [chain])


def _queue_up_where_free(subject_type: Subject, subject_ids: Sequence[str]) -> list[str]:
    """The same for those subjects to which nobody is writing now; they are returned.

    Never waits: who holds some and waits for others can meet somebody who does the reverse.
    """
    if connection.vendor != "postgresql" or not subject_ids:
        return list(subject_ids)
    chains = {f"custody {subject_type} {each}": each for each in subject_ids}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT chain FROM unnest(%s::text[]) AS chain"
            " WHERE pg_try_advisory_xact_lock(hashtextextended(chain, 0))",
            [list(chains)],
        )
        return [chains[chain] for (chain,) in cursor.fetchall()]


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
    row = _following(last, subject_type, subject_id, act, actor, facts, at)
    row.save(force_insert=True)
    PendingLeaf.objects.create(event=row)  # the sequencer takes it into the log
    return row


def _append_each(
    subject_type: Subject,
    subject_ids: Sequence[str],
    act: Act,
    actor: Actor,
    facts: Mapping[str, Any],
) -> list[CustodyEvent]:
    """The next event of each chain, in the caller's transaction, which holds them all."""
    next_one = CustodyEvent.objects.filter(
        subject_type=subject_type,
        subject_id=models.OuterRef("subject_id"),
        sequence=models.OuterRef("sequence") + 1,
    )
    ends = CustodyEvent.objects.filter(subject_type=subject_type, subject_id__in=subject_ids)
    last = {row.subject_id: row for row in ends.filter(~models.Exists(next_one)).defer("raw")}
    rows = [
        _following(last.get(each), subject_type, each, act, actor, facts, None)
        for each in subject_ids
    ]
    CustodyEvent.objects.bulk_create(rows)
    PendingLeaf.objects.bulk_create([PendingLeaf(event=row) for row in rows])
    return rows


def _following(
    last: CustodyEvent | None,
    subject_type: Subject,
    subject_id: str,
    act: Act,
    actor: Actor,
    facts: Mapping[str, Any],
    at: datetime | None,
) -> CustodyEvent:
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
    return CustodyEvent(
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
