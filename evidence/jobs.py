"""What is to do: job rows, leases, attempts, back-off. Knows no queue and no order of stages.

A row is written in the transaction of the fact that causes it; the bell (`due`) rings after its
commit and may get lost, because whoever sweeps rings again for all that is due (docs/jobs.md).
"""

from __future__ import annotations

import threading
import traceback
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError, connection, models, transaction
from django.db.models import F, Q
from django.dispatch import Signal
from django.utils import timezone

from evidence.errors import EvidenceError
from evidence.models.jobs import Job

__all__ = [
    "Job",
    "LeaseLostError",
    "Step",
    "add",
    "ask_again",
    "attempt",
    "due",
    "lease",
    "problem_of",
]

log = structlog.get_logger(__name__)

FIRST_DELAY_S = 5
LONGEST_DELAY_S = 6 * 3600
MOST_ATTEMPTS = 5  # of a job whose error time does not heal
MOST_DEATHS = 3  # of workers over one job: then it is the job

due = Signal()  # sent after commit, `stage=`: something is to do there


class LeaseLostError(EvidenceError):
    """Another worker took this job over (we were too slow, or asleep). Nothing of ours is kept."""

    code = "job_lease_lost"


@dataclass(frozen=True)
class Step:
    """One stage as a worker runs it.

    `prepare` does the slow work and may take minutes; `keep` writes its facts. `keep`, the end of
    the job and the jobs of `after` stand in one transaction, so a killed worker leaves all or none.
    """

    prepare: Callable[[Job], Any]
    keep: Callable[[Job, Any], None]
    after: Callable[[Job], None]


def add(stage: str, subject_id: uuid.UUID, *, version: str = "1") -> None:
    """Ask for work unless this very work was asked for before."""
    now = timezone.now()
    Job.objects.get_or_create(
        stage=stage,
        subject_id=subject_id,
        version=version,
        defaults={"created_at": now, "next_at": now},
    )
    ring_after_commit(stage)


def problem_of(stage: str, subject_id: uuid.UUID) -> str:
    """Code of what went wrong last with this work; "" when nothing did, or nobody asked for it."""
    job = Job.objects.filter(stage=stage, subject_id=subject_id).first()
    return "" if job is None else job.last_problem


def ask_again(stage: str, subject_id: uuid.UUID, *, version: str = "1") -> None:
    """Ask for work that is worth repeating. Requests that wait together are answered together."""
    now = timezone.now()
    job, is_new = Job.objects.get_or_create(
        stage=stage,
        subject_id=subject_id,
        version=version,
        defaults={"created_at": now, "next_at": now},
    )
    if not is_new:
        Job.objects.filter(pk=job.pk).update(
            asked=F("asked") + 1, next_at=now, attempts=0, deaths=0, parked_at=None
        )
    ring_after_commit(stage)


def ring_after_commit(stage: str) -> None:
    """Send `due` once the surrounding transaction is kept."""
    transaction.on_commit(lambda: _ring(stage))


def ready(now: datetime) -> models.QuerySet[Job]:
    """The jobs that a worker could take at this moment."""
    return Job.objects.open().filter(
        Q(lease_until__isnull=True) | Q(lease_until__lt=now),
        parked_at__isnull=True,
        next_at__lte=now,
    )


def lease(stage: str, *, now: datetime | None = None) -> Job | None:
    """Take the job that has waited longest; None when nothing is due."""
    now = now or timezone.now()
    while True:
        with transaction.atomic():
            job = (
                ready(now)
                .filter(stage=stage)
                .select_for_update(skip_locked=True)
                .order_by("next_at", "created_at")
                .first()
            )
            if job is None:
                return None
            if job.lease_token is not None:  # its worker never came back
                job.deaths += 1
                if job.deaths >= MOST_DEATHS:
                    _park(job, "worker_died", now)
                    continue
            job.lease_token = uuid.uuid4()
            job.lease_until = now + timedelta(seconds=settings.JOB_LEASE_S)
            job.attempts += 1
            job.save()
            return job


@contextmanager
def attempt(job: Job) -> Iterator[None]:
    """Keep the lease alive while the work lasts; an error is kept beside the job, not raised."""
    with _heartbeat(job):
        try:
            yield
        except LeaseLostError:
            log.warning("job_lease_lost", job=str(job.pk), stage=job.stage)
        except Exception as error:  # noqa: BLE001 - the job row is where an error of a stage goes
            _put_back(job, error)


def finish(job: Job) -> None:
    """Mark what was asked for at the lease as done, inside the transaction of its facts.

    Raises:
        LeaseLostError: the lease is no longer ours; the transaction must not be kept.
    """
    done = Job.objects.filter(pk=job.pk, lease_token=job.lease_token).update(
        answered=job.asked,
        lease_token=None,
        lease_until=None,
        attempts=0,
        deaths=0,
        last_problem="",
        done_at=timezone.now(),
    )
    if not done:
        raise LeaseLostError(str(job.pk))


def work(stage: str, road: Mapping[str, Step]) -> None:
    """Do what is due in one stage. Safe to run twice, to be killed, to be rung for nothing."""
    step = road[stage]
    while job := lease(stage):
        with attempt(job):
            outcome = step.prepare(job)
            with transaction.atomic():
                finish(job)  # first: it takes the row's lock, or says that the lease is gone
                step.keep(job, outcome)
                step.after(job)


def sweep(now: datetime | None = None) -> list[str]:
    """Ring for every stage that has something due; return their names."""
    stages = sorted(set(ready(now or timezone.now()).values_list("stage", flat=True)))
    for stage in stages:
        _ring(stage)
    return stages


def delay_s(attempts: int) -> int:
    """Seconds to wait after so many attempts: doubling, up to six hours."""
    return int(min(FIRST_DELAY_S * 2 ** min(max(attempts - 1, 0), 20), LONGEST_DELAY_S))


def _ring(stage: str) -> None:
    due.send(sender=Job, stage=stage)


def _put_back(job: Job, error: Exception) -> None:
    """Give the lease back with the error's code; park the job when time will not heal it."""
    now = timezone.now()
    code = getattr(error, "code", None)
    problem = code if isinstance(code, str) else f"internal:{type(error).__name__}"
    heals = bool(getattr(error, "heals", False))
    # Where it happened, never what it said: a message may quote evidence.
    where = [f"{f.filename}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__)]
    log.warning("job_failed", job=str(job.pk), stage=job.stage, problem=problem, where=where)
    if not heals and job.attempts >= MOST_ATTEMPTS:
        _park(job, problem, now)
        return
    Job.objects.filter(pk=job.pk, lease_token=job.lease_token).update(
        lease_token=None,
        lease_until=None,
        last_problem=problem[:64],
        next_at=now + timedelta(seconds=delay_s(job.attempts)),
    )


def _park(job: Job, problem: str, now: datetime) -> None:
    Job.objects.filter(pk=job.pk, lease_token=job.lease_token).update(
        deaths=job.deaths,
        lease_token=None,
        lease_until=None,
        last_problem=problem[:64],
        parked_at=now,
    )
    log.error("job_parked", job=str(job.pk), stage=job.stage, problem=problem)


def _renew(job: Job) -> None:
    until = timezone.now() + timedelta(seconds=settings.JOB_LEASE_S)
    try:
        Job.objects.filter(pk=job.pk, lease_token=job.lease_token).update(lease_until=until)
    except DatabaseError as error:  # the next beat tries again; `finish` notices a lost lease
        log.warning("job_heartbeat_failed", job=str(job.pk), problem=type(error).__name__)


@contextmanager
def _heartbeat(job: Job) -> Iterator[None]:
    """Renew the lease from a second thread, so that a short lease can guard long work."""
    over = threading.Event()

    def renew() -> None:
        try:
            while not over.wait(settings.JOB_LEASE_S / 3):
                _renew(job)
        finally:
            connection.close()  # this thread's own

    thread = threading.Thread(target=renew, name=f"lease-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
