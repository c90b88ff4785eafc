"""The log's stage: places for waiting events, a signed checkpoint, its outside stamps."""

from __future__ import annotations

import uuid

from evidence import custody, tsa_client, tsa_sources
from evidence.custody import Act, Actor, Subject
from evidence.log import checkpoints, sequencer
from evidence.models import Checkpoint, CheckpointToken, Job, PendingLeaf
from evidence.stamping import Seal
from evidence.vault import keyring

STAMP_CHECKPOINT = "stamp_checkpoint"  # its jobs tell what outside TSAs were asked for
LOG_ID = uuid.UUID("6c6f6700-0000-4000-8000-000000000000")  # the log itself, as a job's subject
SEQUENCER = Actor.system("sequencing")
ROUNDS = 10  # batches a job: then others get their turn at the writer's lock


def is_behind() -> bool:
    """Whether events wait for their place."""
    return PendingLeaf.objects.exists()


def stamps_due() -> tuple[Checkpoint, list[str]] | None:
    """The checkpoint to be stamped now, and by which outside TSAs; None when none is due."""
    names = tsa_sources.names()
    due = checkpoints.due_for_stamp(_asked_for()) if names else None
    return (due, names) if due else None


def prepare(job: Job) -> None:
    """Nothing: all of it is rows, and they are kept together."""


def keep(job: Job, outcome: None) -> None:
    """Take waiting events in and sign the log as it is then."""
    for _ in range(ROUNDS):
        if not sequencer.integrate():
            break
    checkpoints.make()


def prepare_stamp(job: Job) -> Seal:
    """Ask the outside TSA that `job.version` names.

    Raises:
        tsa_client.StampUnavailableError: it did not answer with a token that holds; later it may.
    """
    source = tsa_sources.source(job.version)
    checkpoint = Checkpoint.objects.get(pk=job.subject_id)
    response, token = tsa_client.stamp(
        source, checkpoints.imprint(checkpoint), own_roots=keyring.house().roots()
    )
    return Seal(source.name, response, token)


def keep_stamp(job: Job, seal: Seal) -> None:
    """Write the token and its event."""
    checkpoint = Checkpoint.objects.get(pk=job.subject_id)
    if checkpoint.tokens.filter(source=seal.source).exists():
        return
    kept = CheckpointToken.objects.create(checkpoint=checkpoint, **seal.columns())
    facts = seal.facts(kept.pk)
    custody.record(Subject.CHECKPOINT, checkpoint.root, Act.STAMPED, actor=SEQUENCER, facts=facts)


def _asked_for() -> Checkpoint | None:
    """The newest checkpoint for which an outside TSA was asked."""
    asked = Job.objects.filter(stage=STAMP_CHECKPOINT).values("subject_id")
    return Checkpoint.objects.filter(pk__in=asked).order_by("-size").first()
