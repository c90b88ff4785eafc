"""What people decided on an earlier reading, carried to the same places of a newer one.

The earlier reading stays with all that hangs on it. Where the newer one has the same words at the
same place, the tag and its decisions are written there once more; where it has not, nothing is
guessed: the decision stays on the earlier reading and is shown to the person (`left_behind`).
"""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.dispatch import Signal
from django.utils import timezone

from evidence.models import EvidenceItem, Reading, Record, Tag, TagDecision, Tagging
from evidence.models.tags import TAGGER

BATCH = 500  # texts of one statement
STANDING = (TagDecision.Decision.CONFIRMED, TagDecision.Decision.CORRECTED)

# `item_id=`, `earlier=`, `reading=`, within the transaction: who names records looks again
read_again = Signal()

Key = tuple[str, str, str]  # kind, place, words


@dataclass(frozen=True)
class Carried:
    """How many tags with a decision found their place, and how many did not."""

    carried: int
    left_behind: int


def over(earlier: Reading, reading: Reading) -> Carried:
    """Write the decided tags of an earlier reading beside the same words of the newer one.

    Within the transaction that keeps the newer reading. Who decided, what and when stays as it was.
    """
    rows = list(
        Tag.objects.filter(record__reading=earlier, decisions__isnull=False)
        .distinct()
        .order_by("created_at", "id")
        .prefetch_related("decisions")
    )
    there = same_places(earlier, reading, {row.record_id for row in rows if row.record_id})
    found = [
        (row, there[row.record_id]) for row in rows if row.record_id and row.record_id in there
    ]
    _copy(found, reading)
    read_again.send(sender=Reading, item_id=reading.item_id, earlier=earlier, reading=reading)
    return Carried(len(found), len(rows) - len(found))


def same_places(
    earlier: Reading, reading: Reading, record_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, uuid.UUID]:
    """By record of the earlier reading: the one that says the same at the same place now.

    A bubble's box may move by some pixels and is no part of its place: equal words of one picture
    are told apart by their order, and only where both readings have the same number of them.
    """
    rows = Record.objects.filter(reading=earlier, pk__in=record_ids)
    texts = sorted(set(rows.values_list("text", flat=True)))
    before, now = _by_key(earlier, texts), _by_key(reading, texts)
    wanted = set(record_ids)
    return {
        one: other
        for key, ids in before.items()
        if len(ids) == len(now[key])
        for one, other in zip(ids, now[key], strict=True)
        if one in wanted
    }


@dataclass(frozen=True)
class Behind:
    """What is left behind on one record, or on the words that a person heard in it."""

    tags: tuple[Tag, ...]

    @property
    def words(self) -> str:
        """As the earlier reading had them."""
        return self.tags[0].words

    @property
    def when_utc(self) -> datetime | None:
        """When it was said, as far as the earlier reading knew."""
        record = self.tags[0].record
        return record.when_utc if record is not None else None


def by_record(tags: Iterable[Tag]) -> list[Behind]:
    """Tags that were left behind, together where they are on the same words."""
    found: dict[tuple[uuid.UUID | None, uuid.UUID | None], list[Tag]] = {}
    for tag in tags:
        found.setdefault((tag.record_id, tag.heard_id), []).append(tag)
    return [Behind(tuple(each)) for each in found.values()]


def left_behind(items: Iterable[uuid.UUID]) -> QuerySet[Tag]:
    """Tags that a person stands by, on readings that do not count any more, and on no newer one.

    A decision "rejected" on one of them puts it away.
    """
    newest = TagDecision.objects.filter(tag=OuterRef("pk")).order_by("-at", "-id")
    newer = Reading.objects.filter(
        item=OuterRef("item"), created_at__gt=OuterRef("record__reading__created_at")
    )
    copies = Tag.objects.filter(carried_from=OuterRef("pk"))
    return (
        Tag.objects.filter(Exists(newer), ~Exists(copies), item__in=list(items))
        .annotate(stands=Subquery(newest.values("decision")[:1]))
        .filter(stands__in=STANDING)
        .select_related("record", "heard")
        .order_by("record__placed_at", "record__index", "start", "id")
    )


def _by_key(reading: Reading, texts: list[str]) -> defaultdict[Key, list[uuid.UUID]]:
    found: defaultdict[Key, list[uuid.UUID]] = defaultdict(list)
    for at in range(0, len(texts), BATCH):
        rows = Record.objects.filter(reading=reading, text__in=texts[at : at + BATCH])
        told = rows.order_by("index").values_list("pk", "kind", "source_locator", "text")
        for pk, kind, locator, text in told.iterator(BATCH):
            found[kind, _place(locator), text].append(pk)
    return found


def _place(locator: Mapping[str, object]) -> str:
    return json.dumps(
        {key: value for key, value in locator.items() if key != "box"}, sort_keys=True
    )


def _copy(found: list[tuple[Tag, uuid.UUID]], reading: Reading) -> None:
    """One copy for each place, kind and rule, with the decisions of all that were decided there."""
    tagging = _run_of([row for row, _ in found], reading)
    copies: dict[tuple[object, ...], Tag] = {}
    decided: list[TagDecision] = []
    for row, record_id in found:
        key = (record_id, row.heard_id, row.kind, row.rule, row.start, row.end, row.proposed_by)
        copy = copies.setdefault(key, _copy_of(row, record_id, tagging))
        decided += [_decision_on(copy, each) for each in row.decisions.all()]
    Tag.objects.bulk_create(copies.values(), batch_size=BATCH)
    TagDecision.objects.bulk_create(decided, batch_size=BATCH)


def _run_of(rows: list[Tag], reading: Reading) -> Tagging | None:
    """The run that the copies of suggestions belong to; the tagger's own comes after it."""
    suggested = sum(row.proposed_by == TAGGER for row in rows)
    if not suggested:
        return None
    return Tagging.objects.create(
        id=uuid.uuid4(),
        item_id=reading.item_id,
        reading=reading,
        sequence=1,
        tagger_version="carried",
        roles_sha256="",
        tag_count=suggested,
        created_at=timezone.now(),
    )


def _copy_of(row: Tag, record_id: uuid.UUID, tagging: Tagging | None) -> Tag:
    return Tag(
        id=uuid.uuid4(),
        item_id=row.item_id,
        record_id=record_id,
        heard_id=row.heard_id,
        tagging=tagging if row.proposed_by == TAGGER else None,
        carried_from=row.pk,
        kind=row.kind,
        label=row.label,
        start=row.start,
        end=row.end,
        rule=row.rule,
        rule_version=row.rule_version,
        reason_zh=row.reason_zh,
        reason_en=row.reason_en,
        confidence=row.confidence,
        proposed_by=row.proposed_by,
        created_at=row.created_at,
    )


def _decision_on(copy: Tag, said: TagDecision) -> TagDecision:
    return TagDecision(
        id=uuid.uuid4(),
        tag=copy,
        decision=said.decision,
        kind=said.kind,
        start=said.start,
        end=said.end,
        reason=said.reason,
        by_id=said.by_id,
        at=said.at,
    )


def earlier_reading(item: EvidenceItem) -> Reading | None:
    """The reading that counts until another one is kept."""
    return Reading.objects.filter(item=item).current().first()
