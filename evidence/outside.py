"""Is a time proved by strangers? Derived from tokens and jobs: how many of how many, since when.

An outside time needs TSA_QUORUM *different* authorities. Two tokens come from one when their
chains share any key: two names, or two certificates, of one authority count once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from evidence import tsa_sources
from evidence.models import (
    Checkpoint,
    CheckpointToken,
    CustodyEvent,
    EvidenceItem,
    Job,
    LogLeaf,
    TimeStampToken,
)

STAMPED, WAITING, RENEWAL_WAITING = "stamped", "waiting", "renewal_waiting"
STAMP, STAMP_CHECKPOINT, RENEW = "stamp", "stamp_checkpoint", "renew"
Row = TimeStampToken | CheckpointToken


@dataclass(frozen=True)
class SourceState:
    """One outside TSA over one subject. `since` is when it stamped, or since when it is asked."""

    source: str
    state: str
    since: datetime
    problem: str  # code of the last failure while it is waited for


@dataclass(frozen=True)
class Standing:
    """How an item or a checkpoint stands with strangers."""

    needed: int
    held: int  # different authorities
    seal: Row | None  # the token that completed the quorum: its time is the proved one
    waiting_since: datetime | None  # the oldest request not answered, while the quorum is open
    sources: tuple[SourceState, ...]

    @property
    def is_stamped(self) -> bool:
        """Whether enough different authorities vouch."""
        return self.seal is not None


def standing(tokens: Iterable[Row], jobs: Iterable[Job]) -> Standing:
    """From all tokens over a subject and the jobs that ask for more."""
    rows = sorted(
        (token for token in tokens if not token.is_self_issued and token.renews_id is None),
        key=lambda token: token.gen_time,
    )
    needed = max(settings.TSA_QUORUM, 1)
    seal = next((row for n, row in enumerate(rows, 1) if authorities(rows[:n]) >= needed), None)
    held_by = {row.source: row for row in rows}
    waiting, asked = [job for job in jobs if job.answered < job.asked], set(tsa_sources.names())
    states = [SourceState(row.source, STAMPED, row.gen_time, "") for row in held_by.values()]
    for job in waiting:
        if job.stage == RENEW:
            states.append(SourceState("", RENEWAL_WAITING, job.created_at, job.last_problem))
        elif job.version not in held_by and job.version in asked:
            states.append(SourceState(job.version, WAITING, job.created_at, job.last_problem))
    open_since = [state.since for state in states if state.state == WAITING]
    return Standing(
        needed=needed,
        held=authorities(rows),
        seal=seal,
        waiting_since=min(open_since) if open_since and seal is None else None,
        sources=tuple(sorted(states, key=lambda state: (state.source, state.since))),
    )


def authorities(rows: Sequence[Row]) -> int:
    """How many different ones these tokens come from; those that share a key are one."""
    groups: list[set[str]] = []
    for row in rows:
        keys = {*row.chain.split(","), row.certificate_fingerprint} - {""}
        joined = [group for group in groups if group & keys]
        groups = [group for group in groups if not group & keys]
        groups.append(keys.union(*joined))
    return len(groups)


def of_items(items: Sequence[EvidenceItem]) -> dict[Any, Standing]:
    """Item id to its standing: its own tokens, and those of the checkpoint that covers it."""
    ids = [item.pk for item in items]
    tokens: defaultdict[Any, list[Row]] = defaultdict(list)
    for token in TimeStampToken.objects.filter(item__in=ids).defer("response", "renewal"):
        tokens[token.item_id].append(token)
    asked: defaultdict[Any, list[Job]] = defaultdict(list)
    for job in Job.objects.filter(stage=STAMP, subject_id__in=ids):
        asked[job.subject_id].append(job)
    renewals = {token.pk: item for item, rows in tokens.items() for token in rows}
    for job in Job.objects.open().filter(stage=RENEW, subject_id__in=list(renewals)):
        asked[renewals[job.subject_id]].append(job)
    covering = _covering(ids)
    at_checkpoint: defaultdict[Any, list[Job]] = defaultdict(list)
    for job in Job.objects.filter(
        stage=STAMP_CHECKPOINT, subject_id__in=[point.pk for point in covering.values()]
    ):
        at_checkpoint[job.subject_id].append(job)
    for item, checkpoint in covering.items():
        tokens[item] += checkpoint.tokens.all()
        asked[item] += at_checkpoint[checkpoint.pk]
    return {item: standing(tokens[item], asked[item]) for item in ids}


def of_checkpoint(checkpoint: Checkpoint) -> Standing:
    """How one checkpoint stands."""
    tokens = list(checkpoint.tokens.defer("response", "renewal"))
    subjects = [checkpoint.pk, *(token.pk for token in tokens)]
    jobs = Job.objects.filter(stage__in=(STAMP_CHECKPOINT, RENEW), subject_id__in=subjects)
    return standing(tokens, jobs)


def by_enough_sources(checkpoints: QuerySet[Checkpoint]) -> QuerySet[Checkpoint]:
    """Those stamped by TSA_QUORUM outside sources; whether they differ is for `authorities`."""
    sources = (
        CheckpointToken.objects.filter(checkpoint=OuterRef("pk"), is_self_issued=False)
        .order_by()
        .values("checkpoint")
        .annotate(n=Count("source", distinct=True))
        .values("n")
    )
    enough = max(settings.TSA_QUORUM, 1)
    return checkpoints.annotate(outside=Subquery(sources)).filter(outside__gte=enough)


def first_stamped_over(index: int) -> Checkpoint | None:
    """The first checkpoint over this leaf that the quorum stamped: the leaf's outside time."""
    return first_stamped_over_each([index]).get(index)


def first_stamped_over_each(indexes: Collection[int]) -> dict[int, Checkpoint]:
    """The same for many leaves, by leaf; those that no stamped checkpoint covers are left out."""
    if not indexes:
        return {}
    over = Checkpoint.objects.filter(size__gt=min(indexes)).order_by("size")
    sizes = list(by_enough_sources(over).values_list("size", flat=True))
    first = {index: bisect_right(sizes, index) for index in indexes}  # places in `sizes`
    found: dict[int, Checkpoint] = {}
    # Whether enough sources were different ones is known of those alone that were looked at.
    while first := {index: place for index, place in first.items() if place < len(sizes)}:
        wanted = {sizes[place] for place in first.values()}
        points = Checkpoint.objects.filter(size__in=wanted).prefetch_related("tokens")
        stamped = {
            point.size: point for point in points if standing(point.tokens.all(), ()).is_stamped
        }
        found |= {
            index: stamped[sizes[place]]
            for index, place in first.items()
            if sizes[place] in stamped
        }
        first = {index: place + 1 for index, place in first.items() if index not in found}
    return found


def overdue(now: datetime) -> QuerySet[Job]:
    """Requests for stamps and renewals that nobody has answered for longer than TSA_LATE_S."""
    since = datetime.fromtimestamp(now.timestamp() - settings.TSA_LATE_S, tz=now.tzinfo)
    wanted = Q(stage=RENEW) | Q(
        stage__in=(STAMP, STAMP_CHECKPOINT), version__in=tsa_sources.names()
    )
    return Job.objects.open().filter(wanted, created_at__lt=since)


def _covering(ids: Sequence[Any]) -> dict[Any, Checkpoint]:
    """Item id to the first checkpoint over its first event that enough outside TSAs stamped.

    Where there is none yet, the first that they were asked to stamp.
    """
    over = Checkpoint.objects.filter(size__gt=OuterRef("index")).order_by("size")
    stamped = by_enough_sources(over)
    asked = over.filter(pk__in=Job.objects.filter(stage=STAMP_CHECKPOINT).values("subject_id"))
    received = CustodyEvent.objects.filter(
        subject_type="item", subject_id__in=[str(pk) for pk in ids], sequence=1
    )
    found = dict(
        LogLeaf.objects.filter(event__in=received)
        .annotate(
            point=Coalesce(Subquery(stamped.values("pk")[:1]), Subquery(asked.values("pk")[:1]))
        )
        .filter(point__isnull=False)
        .values_list("event__subject_id", "point")
    )
    points = Checkpoint.objects.prefetch_related("tokens").in_bulk(list(set(found.values())))
    return {pk: points[found[str(pk)]] for pk in ids if str(pk) in found}
