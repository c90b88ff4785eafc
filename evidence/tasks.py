"""The road of an item: which stage follows which, and who is rung. Nothing else is known here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog
from celery import shared_task
from celery.signals import worker_ready
from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone
from kombu.exceptions import KombuError

from evidence import (
    choosing,
    collectors,
    fixity,
    jobs,
    matching,
    rereading,
    scratch,
    talks,
    transcripts,
    tsa_sources,
)
from evidence.jobs import Step
from evidence.models import EvidenceItem, Job
from evidence.stages import (
    checking,
    comparing,
    digesting,
    extracting,
    finding,
    hearing,
    reading,
    renewing,
    sealing,
    sequencing,
    tagging,
)
from evidence.stages import matching as counting
from evidence.uploads import sweeping

log = structlog.get_logger(__name__)

SEAL, STAMP, READ, TAG, FIND = "seal", "stamp", "read", "tag", "find"
EXTRACT = choosing.EXTRACT
COMPARE = "compare"  # the pictures of a case with each other
RENEW = "renew"
HEAR = transcripts.HEAR
DIGEST = digesting.STAGE
CHECK = "check"  # the vault itself, again and again
MATCH = collectors.MATCH  # the same collector in several people's cases
SEQUENCE, STAMP_CHECKPOINT = "sequence", sequencing.STAMP_CHECKPOINT
RENEWALS_LOOKED_FOR, LOOK_FOR_RENEWALS_S = "renewals-looked-for", 3600
NO_DIGEST_IS_DUE, LOOK_FOR_DIGESTS_S = "no-digest-is-due", 3600
ALL_IS_READ, LOOK_FOR_READINGS_S = "all-is-read-by-" + reading.ENGINE_VERSION, 3600
# What we made ourselves is sealed like all else, but not read for abuse.
READABLE = frozenset(
    [
        EvidenceItem.Origin.UPLOAD,
        EvidenceItem.Origin.WITNESS,
        EvidenceItem.Origin.EXTRACTED,
    ]
)


def after_seal(job: Job) -> None:
    """Read it; have strangers stamp it where the settings say so; SM3 last, nobody waits for it."""
    item = EvidenceItem.objects.get(pk=job.subject_id)
    if settings.TSA_STAMPS_ITEMS:
        for source in tsa_sources.names():
            jobs.add(STAMP, item.pk, version=source)
    if item.origin in READABLE:
        jobs.add(READ, item.pk, version=reading.ENGINE_VERSION)
    jobs.add(DIGEST, item.pk, version=digesting.ENGINE_VERSION)


def after_read(job: Job) -> None:
    """Tag what was read anew, hear what can be heard, compare what may tell the same messages."""
    item = EvidenceItem.objects.get(pk=job.subject_id)
    jobs.ask_again(TAG, item.pk)
    transcripts.ask_after_reading(item)
    if talks.is_compared(item):
        jobs.ask_again(COMPARE, item.case_id)


def after_compare(job: Job) -> None:
    """Patterns count a message once, wherever it is shown: look for them again."""
    jobs.ask_again(FIND, job.subject_id)


def after_tag(job: Job) -> None:
    """Look for patterns over the whole case."""
    item = EvidenceItem.objects.get(pk=job.subject_id)
    jobs.ask_again(FIND, item.case_id)


def after_sequence(job: Job) -> None:
    """Go on where more waits; have strangers stamp the new checkpoint."""
    if sequencing.is_behind():
        jobs.ask_again(SEQUENCE, sequencing.LOG_ID)
    ask_for_stamps()


def ask_for_log() -> None:
    """Ask for what the log is due: places for waiting events, or a stamp that was put off."""
    if sequencing.is_behind():
        jobs.ask_again(SEQUENCE, sequencing.LOG_ID)
    else:
        ask_for_stamps()


def ask_for_stamps() -> None:
    """One job for each outside TSA."""
    if due := sequencing.stamps_due():
        checkpoint, names = due
        for name in names:
            jobs.add(STAMP_CHECKPOINT, checkpoint.pk, version=name)


def ask_for_renewals(now: datetime | None = None) -> None:
    """One job for each token whose strength ends soon and that nothing has renewed."""
    for token in renewing.due(now or timezone.now()):
        jobs.add(RENEW, token)


def ask_for_digests() -> None:
    """Jobs for items of before there was SM3, a few at a time: they wait behind everything else.

    None where this worker could not do them. When there are no more, the next look is in an hour.
    """
    if not digesting.is_possible() or cache.get(NO_DIGEST_IS_DUE):
        return
    found = digesting.due()
    for item_id in found.ids:
        jobs.add(DIGEST, item_id, version=digesting.ENGINE_VERSION)
    if not found.is_more:
        cache.set(NO_DIGEST_IS_DUE, True, LOOK_FOR_DIGESTS_S)


def outdated() -> QuerySet[EvidenceItem]:
    """What an earlier reading engine read and this one did not."""
    return rereading.outdated(reading.ENGINE_VERSION, origins=READABLE)


def ask_to_read_again(items: QuerySet[EvidenceItem]) -> int:
    """One job for each of them, for the engine of today; return how many."""
    ids = list(items.values_list("pk", flat=True))
    for item_id in ids:
        jobs.add(READ, item_id, version=reading.ENGINE_VERSION)
    return len(ids)


def ask_for_readings() -> None:
    """Jobs for what an earlier engine read, a few at a time, unless the operator switched it off.

    When there are no more, the next look is in an hour.
    """
    if not settings.READ_AGAIN or cache.get(ALL_IS_READ):
        return
    found = rereading.due(reading.ENGINE_VERSION, origins=READABLE)
    for item_id in found.ids:
        jobs.add(READ, item_id, version=reading.ENGINE_VERSION)
    if not found.is_more:
        cache.set(ALL_IS_READ, True, LOOK_FOR_READINGS_S)


def ask_for_fixity() -> None:
    """Another run of the sweep over the vault, when its time has come and none waits."""
    job = Job.objects.filter(stage=CHECK, subject_id=checking.VAULT_ID).first()
    if job is None or (job.asked == job.answered and fixity.is_due(job.done_at, timezone.now())):
        jobs.ask_again(CHECK, checking.VAULT_ID)


def ask_for_matching() -> None:
    """The daily count of collectors across cases; where that is off, only to clear what is left."""
    if not (matching.is_on() or matching.is_anything_left()):
        return
    job = Job.objects.filter(stage=MATCH, subject_id=collectors.HOUSE_ID).first()
    is_wanted = job is None or counting.is_due(job.done_at, timezone.now()) or not matching.is_on()
    if is_wanted and (job is None or job.asked == job.answered):
        jobs.ask_again(MATCH, collectors.HOUSE_ID)


def nothing_after(job: Job) -> None:
    """The end of a road."""


ROAD = {
    SEAL: Step(sealing.prepare_embedded, sealing.keep, after_seal),
    STAMP: Step(sealing.prepare_outside, sealing.keep, nothing_after),
    READ: Step(reading.prepare, reading.keep, after_read),
    EXTRACT: Step(extracting.prepare, extracting.keep, nothing_after),
    TAG: Step(tagging.prepare, tagging.keep, after_tag),
    HEAR: Step(hearing.prepare, hearing.keep, nothing_after),
    COMPARE: Step(comparing.prepare, comparing.keep, after_compare),
    FIND: Step(finding.prepare, finding.keep, nothing_after),
    SEQUENCE: Step(sequencing.prepare, sequencing.keep, after_sequence),
    CHECK: Step(checking.prepare, checking.keep, nothing_after),
    MATCH: Step(counting.prepare, counting.keep, nothing_after),
    STAMP_CHECKPOINT: Step(sequencing.prepare_stamp, sequencing.keep_stamp, nothing_after),
    RENEW: Step(renewing.prepare, renewing.keep, nothing_after),
    DIGEST: Step(digesting.prepare, digesting.keep, nothing_after),
}


@shared_task
def work(stage: str) -> None:
    """Do what is due in one stage. Safe to run twice, to be killed, to be rung for nothing."""
    jobs.work(stage, ROAD)


@shared_task
def sweep() -> None:
    """Ring for whatever is due; take away what expired uploads and dead processes left."""
    ask_for_log()
    if cache.add(RENEWALS_LOOKED_FOR, True, LOOK_FOR_RENEWALS_S):  # years ahead: not each time
        ask_for_renewals()
    ask_for_digests()
    ask_for_readings()
    ask_for_fixity()
    ask_for_matching()
    jobs.sweep()
    sweeping.sweep()
    scratch.empty_dead()


def ring(sender: Any, *, stage: str, **_: Any) -> None:
    """Send the bell for a stage of ours. A broker that is away costs a sweep, no work."""
    if stage in ROAD:
        try:
            work.delay(stage)
        except (KombuError, OSError) as problem:
            log.warning("bell_not_rung", stage=stage, problem=type(problem).__name__)


def keep_sweeping(sender: Any, **_: Any) -> None:
    """Let a worker send the sweep on a timer of its own, unless a beat does it for all of them."""
    if not settings.WORKER_SWEEPS:
        return
    sweep.delay()
    sender.timer.call_repeatedly(settings.SWEEP_EVERY_S, sweep.delay)


jobs.due.connect(ring, dispatch_uid="evidence.tasks.ring")
worker_ready.connect(keep_sweeping, dispatch_uid="evidence.tasks.keep_sweeping")
