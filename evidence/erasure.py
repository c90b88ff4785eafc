"""The door of destruction: the keys of a case, its encrypted bytes, then what was learned of it.

In this order, so that a process killed half way leaves unreadable bytes and never a readable rest.
Each step may be repeated. Proof rows stay. What goes and what stays: docs/erasure.md.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connection, models, transaction

from evidence import custody
from evidence.custody import Act, Actor, Subject
from evidence.models import (
    Case,
    CaseKey,
    CaseOpening,
    Derivative,
    EvidenceItem,
    Finding,
    FindingRun,
    ItemKey,
    ItemOrigin,
    Job,
    NumberRole,
    Provenance,
    Reading,
    Record,
    Tag,
    TagDecision,
    Tagging,
    Upload,
)
from evidence.uploads import parts
from evidence.vault import shelf, store
from evidence.vault.store import Why

# Each model with the way from its rows to their case; whoever points comes before what it names.
LEARNED: tuple[tuple[type[models.Model], str], ...] = (
    (TagDecision, "tag__item__case"),
    (Tag, "item__case"),
    (Tagging, "item__case"),
    (Finding, "case"),
    (FindingRun, "case"),
    (Derivative, "item__case"),
    (Record, "case"),
    (Provenance, "reading__item__case"),
    (Reading, "item__case"),
    (NumberRole, "case"),
    (ItemOrigin, "item__case"),
    (Upload, "case"),
    (CaseOpening, "case"),
)


@transaction.atomic
def destroy_keys(case_id: uuid.UUID) -> None:
    """Nothing opens any envelope of the case any more; work that is under way keeps nothing.

    A stage writes its facts only while its job's row is there, so the jobs go with the keys.
    """
    ItemKey.objects.filter(item__case_id=case_id).delete()
    CaseKey.objects.filter(case_id=case_id).delete()
    Job.objects.filter(subject_id__in=list(_subjects(case_id))).delete()


def discard_bytes(case_id: uuid.UUID, *, actor: Actor) -> None:
    """Take every envelope of the case out of the vault, and the parts of its uploads."""
    why = Why(Subject.CASE, case_id, actor)
    for name in _envelopes(case_id):
        store.discard(name, why=why)
    for upload_id in Upload.objects.filter(case_id=case_id).values_list("pk", flat=True):
        parts.discard_of(upload_id)


def delete_rows(case_id: uuid.UUID) -> int:
    """Delete what was learned of the case and empty its own row; return how many rows went."""
    gone = 0
    for model, way in LEARNED:
        gone += model._default_manager.filter(**{way: case_id}).delete()[0]
    Case.objects.filter(pk=case_id).update(title="")
    return gone


def is_rest_left(case_id: uuid.UUID) -> bool:
    """Whether anything is here that an erasure takes."""
    if CaseKey.objects.filter(case_id=case_id).exists():
        return True
    if ItemKey.objects.filter(item__case_id=case_id).exists():
        return True
    if any(model._default_manager.filter(**{way: case_id}).exists() for model, way in LEARNED):
        return True
    return any(shelf.has(name) for name in _envelopes(case_id))


def leave_tombstones(case_id: uuid.UUID, *, facts: Mapping[str, Any], actor: Actor) -> None:
    """End each item's chain and the case's with `erased`, once."""
    entry = {"entry": facts["entry"], "rows": 0, "keys": 1}
    for item_id in EvidenceItem.objects.filter(case_id=case_id).values_list("pk", flat=True):
        if not is_erased(Subject.ITEM, item_id):
            custody.record(Subject.ITEM, item_id, Act.ERASED, actor=actor, facts=entry)
    if not is_erased(Subject.CASE, case_id):
        custody.record(Subject.CASE, case_id, Act.ERASED, actor=actor, facts=facts)


def is_erased(subject_type: Subject, subject_id: uuid.UUID | str) -> bool:
    """Whether the chain holds a tombstone."""
    return custody.log_of(subject_type, subject_id).filter(act=Act.ERASED).exists()


def keys_of(case_id: uuid.UUID) -> int:
    """How many wrapped keys the case has while its rows stand: counted before they go."""
    items = EvidenceItem.objects.filter(case_id=case_id).count()
    derivatives = Derivative.objects.filter(item__case_id=case_id).count()
    readings = Reading.objects.filter(item__case_id=case_id).count()
    uploads = Upload.objects.filter(case_id=case_id).count()
    return 1 + items + derivatives + readings + uploads


def forget_freed_pages() -> None:
    """SQLite: empty the write-ahead log too; freed pages are zeroed by `secure_delete`."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _envelopes(case_id: uuid.UUID) -> Iterator[str]:
    yield from EvidenceItem.objects.filter(case_id=case_id).values_list("vault_name", flat=True)
    yield from Derivative.objects.filter(item__case_id=case_id).values_list("vault_name", flat=True)


def _subjects(case_id: uuid.UUID) -> Iterator[uuid.UUID]:
    yield case_id
    yield from EvidenceItem.objects.filter(case_id=case_id).values_list("pk", flat=True)
    yield from Reading.objects.filter(item__case_id=case_id).values_list("pk", flat=True)
    yield from Upload.objects.filter(case_id=case_id).values_list("pk", flat=True)
