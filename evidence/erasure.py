"""The door of destruction: the keys of a case, its encrypted bytes, then what was learned of it.

In this order, so that a process killed half way leaves unreadable bytes and never a readable rest.
Each step may be repeated. Proof rows stay. What goes and what stays: docs/erasure.md.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db import connection, models, transaction

from evidence import collectors, custody, decisions, matching
from evidence.custody import Act, Actor, Subject
from evidence.models import (
    Case,
    CaseKey,
    CaseOpening,
    Choice,
    CollectorMark,
    Derivative,
    EvidenceItem,
    ExtractedFile,
    Finding,
    FindingRun,
    ImportReport,
    ItemKey,
    ItemOrigin,
    Job,
    LeftOut,
    MatchingConsent,
    NumberRole,
    PictureHash,
    Provenance,
    Reading,
    Record,
    ScreenDecision,
    ScreenPair,
    ScreenRun,
    ScreenStrand,
    ScreenTwin,
    Segment,
    SegmentDecision,
    Survey,
    Tag,
    TagDecision,
    Tagging,
    Transcript,
    Upload,
)
from evidence.uploads import parts
from evidence.vault import shelf, store
from evidence.vault.store import Why

# Each model with the way from its rows to their case; whoever points comes before what it names.
LEARNED: tuple[tuple[type[models.Model], str], ...] = (
    (TagDecision, "tag__item__case"),
    (Tag, "item__case"),
    (SegmentDecision, "segment__transcript__item__case"),
    (Segment, "transcript__item__case"),
    (Transcript, "item__case"),
    (Tagging, "item__case"),
    (Finding, "case"),
    (FindingRun, "case"),
    (Derivative, "item__case"),
    (ScreenTwin, "run__case"),
    (ScreenStrand, "run__case"),
    (ScreenPair, "run__case"),
    (ScreenRun, "case"),
    (ScreenDecision, "first__case"),
    (PictureHash, "reading__item__case"),
    (Record, "case"),
    (Provenance, "reading__item__case"),
    (ImportReport, "reading__item__case"),
    (LeftOut, "reading__item__case"),
    (Choice, "item__case"),
    (Survey, "item__case"),
    (ExtractedFile, "item__case"),
    (Reading, "item__case"),
    (NumberRole, "case"),
    (CollectorMark, "consent__case"),
    (MatchingConsent, "case"),
    (ItemOrigin, "item__case"),
    (Upload, "case"),
    (CaseOpening, "case"),
)
# Of one item: the way from each row to the item that it tells of.
OF_ITEM: tuple[tuple[type[models.Model], str], ...] = (
    (TagDecision, "tag__item"),
    (Tag, "item"),
    (SegmentDecision, "segment__transcript__item"),
    (Segment, "transcript__item"),
    (Transcript, "item"),
    (Tagging, "item"),
    (Derivative, "item"),
    (ScreenTwin, "record__reading__item"),
    (ScreenTwin, "counts_as__reading__item"),
    (ScreenPair, "first"),
    (ScreenPair, "second"),
    (ScreenDecision, "first"),
    (ScreenDecision, "second"),
    (PictureHash, "reading__item"),
    (Record, "reading__item"),
    (Provenance, "reading__item"),
    (ImportReport, "reading__item"),
    (LeftOut, "reading__item"),
    (Choice, "item"),
    (Survey, "item"),
    (ExtractedFile, "item"),
    (ExtractedFile, "pk"),  # the item came out of an export: where it stood there
    (Reading, "item"),
    (ItemOrigin, "item"),
    (Upload, "item"),
    (Upload, "becomes"),  # its writer was killed before it could say what it became
)


@transaction.atomic
def destroy_keys(case_id: uuid.UUID) -> None:
    """Nothing opens any envelope of the case any more; work that is under way keeps nothing.

    A stage writes its facts only while its job's row is there, so the jobs go with the keys. The
    daily count over all cases has one job for them all: it keeps nothing without a consent.
    """
    matching.forget(case_id)
    ItemKey.objects.filter(item__case_id=case_id).delete()
    CaseKey.objects.filter(case_id=case_id).delete()
    Job.objects.filter(subject_id__in=list(_subjects(case_id))).delete()


def discard_bytes(case_id: uuid.UUID, *, actor: Actor) -> None:
    """Take every envelope of the case out of the vault, and the parts of its uploads."""
    _discard(case_id, _envelopes(case_id), Upload.objects.filter(case_id=case_id), actor)


def delete_rows(case_id: uuid.UUID) -> int:
    """Delete what was learned of the case and empty its own row; return how many rows went."""
    gone = 0
    for model, way in LEARNED:
        gone += model._default_manager.filter(**{way: case_id}).delete()[0]
    Case.objects.filter(pk=case_id).update(title="")
    return gone


@transaction.atomic
def destroy_item_keys(item_ids: Collection[uuid.UUID]) -> None:
    """Nothing opens these items' envelopes any more, nor what was made of them.

    The case's key stays for the others; so each key that it wraps goes by itself.
    """
    ItemKey.objects.filter(item__in=item_ids).delete()
    Survey.objects.filter(item__in=item_ids).delete()
    Derivative.objects.filter(item__in=item_ids).update(wrapped_key=b"")
    _uploads_of(item_ids).update(wrapped_key=b"")
    readings = Reading.objects.filter(item__in=item_ids).values_list("pk", flat=True)
    extracts = ExtractedFile.objects.filter(item__in=item_ids).values_list("pk", flat=True)
    Job.objects.filter(subject_id__in=[*item_ids, *readings, *extracts]).delete()


def discard_item_bytes(item_ids: Collection[uuid.UUID], *, actor: Actor) -> None:
    """Take the envelopes of these items out of the vault, and the parts of their uploads."""
    case_id = EvidenceItem.objects.filter(pk__in=item_ids).values_list("case", flat=True)[0]
    _discard(case_id, _envelopes_of(item_ids), _uploads_of(item_ids), actor)


def delete_item_rows(case_id: uuid.UUID, item_ids: Collection[uuid.UUID]) -> int:
    """Delete what was learned of these items; patterns and overlaps are looked for anew.

    Whose number it is goes with the last record that has the number.
    """
    told = Record.objects.filter(reading__item__in=item_ids).exclude(peer_number="")
    numbers = set(told.values_list("peer_number", flat=True))
    gone = Finding.objects.filter(case_id=case_id).delete()[0]
    gone += FindingRun.objects.filter(case_id=case_id).delete()[0]
    for found in (ScreenTwin, ScreenStrand, ScreenPair):
        gone += found._default_manager.filter(run__case_id=case_id).delete()[0]
    gone += ScreenRun.objects.filter(case_id=case_id).delete()[0]
    for model, way in OF_ITEM:
        gone += model._default_manager.filter(**{f"{way}__in": item_ids}).delete()[0]
    still = Record.objects.filter(case_id=case_id, peer_number__in=numbers)
    lost = numbers - set(still.values_list("peer_number", flat=True))
    gone += NumberRole.objects.filter(case_id=case_id, number__in=lost).delete()[0]
    gone += collectors.drop_what_is_gone(case_id)
    decisions.compare_screens_again(case_id)
    decisions.look_for_patterns_again(case_id)
    return gone


def made_of(item_id: uuid.UUID) -> set[uuid.UUID]:
    """The item, its redacted copies, chosen records and all else whose parent it is."""
    found, newest = {item_id}, {item_id}
    while newest:
        children = EvidenceItem.objects.filter(parent__in=newest)
        newest = set(children.values_list("pk", flat=True)) - found
        found |= newest
    return found


def is_rest_of_items_left(item_ids: Collection[uuid.UUID]) -> bool:
    """Whether anything is here that an erasure of these items takes."""
    if ItemKey.objects.filter(item__in=item_ids).exists():
        return True
    if any(
        model._default_manager.filter(**{f"{way}__in": item_ids}).exists() for model, way in OF_ITEM
    ):
        return True
    return any(shelf.has(name) for name in _envelopes_of(item_ids))


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
    items = EvidenceItem.objects.filter(case_id=case_id).values_list("pk", flat=True)
    entry = {"entry": facts["entry"], "rows": 0, "keys": 1}
    leave_item_tombstones(items, facts=entry, actor=actor)
    if not is_erased(Subject.CASE, case_id):
        custody.record(Subject.CASE, case_id, Act.ERASED, actor=actor, facts=facts)


def leave_item_tombstones(
    item_ids: Iterable[uuid.UUID], *, facts: Mapping[str, Any], actor: Actor
) -> None:
    """End the chain of each with `erased`, once; the case goes on."""
    for item_id in item_ids:
        if not is_erased(Subject.ITEM, item_id):
            custody.record(Subject.ITEM, item_id, Act.ERASED, actor=actor, facts=facts)


def is_erased(subject_type: Subject, subject_id: uuid.UUID | str) -> bool:
    """Whether the chain holds a tombstone."""
    return custody.log_of(subject_type, subject_id).filter(act=Act.ERASED).exists()


def keys_of(case_id: uuid.UUID) -> int:
    """How many wrapped keys the case has while its rows stand: counted before they go."""
    items = EvidenceItem.objects.filter(case_id=case_id).count()
    derivatives = Derivative.objects.filter(item__case_id=case_id).count()
    readings = Reading.objects.filter(item__case_id=case_id).count()
    surveys = Survey.objects.filter(item__case_id=case_id).count()
    uploads = Upload.objects.filter(case_id=case_id).count()
    return 1 + items + derivatives + readings + surveys + uploads


def keys_of_items(item_ids: Collection[uuid.UUID]) -> int:
    """How many wrapped keys these items have while their rows stand."""
    keepers: tuple[type[models.Model], ...] = (ItemKey, Derivative, Reading, Survey, Upload)
    return sum(model._default_manager.filter(item__in=item_ids).count() for model in keepers)


def forget_freed_pages() -> None:
    """SQLite: empty the write-ahead log too; freed pages are zeroed by `secure_delete`."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _discard(
    case_id: uuid.UUID,
    envelopes: Iterable[str],
    uploads: models.QuerySet[Upload],
    actor: Actor,
) -> None:
    for name in envelopes:
        store.discard(name, why=Why(Subject.CASE, case_id, actor))
    parts.discard_of(uploads.values_list("pk", flat=True))


def _envelopes(case_id: uuid.UUID) -> Iterator[str]:
    yield from EvidenceItem.objects.filter(case_id=case_id).values_list("vault_name", flat=True)
    yield from Derivative.objects.filter(item__case_id=case_id).values_list("vault_name", flat=True)


def _envelopes_of(item_ids: Collection[uuid.UUID]) -> Iterator[str]:
    yield from EvidenceItem.objects.filter(pk__in=item_ids).values_list("vault_name", flat=True)
    made = Derivative.objects.filter(item__in=item_ids)
    yield from made.values_list("vault_name", flat=True)


def _uploads_of(item_ids: Collection[uuid.UUID]) -> models.QuerySet[Upload]:
    return Upload.objects.filter(models.Q(item__in=item_ids) | models.Q(becomes__in=item_ids))


def _subjects(case_id: uuid.UUID) -> Iterator[uuid.UUID]:
    yield case_id
    yield from EvidenceItem.objects.filter(case_id=case_id).values_list("pk", flat=True)
    yield from Reading.objects.filter(item__case_id=case_id).values_list("pk", flat=True)
    yield from Upload.objects.filter(case_id=case_id).values_list("pk", flat=True)
    extracts = ExtractedFile.objects.filter(item__case_id=case_id)
    yield from extracts.values_list("pk", flat=True)
