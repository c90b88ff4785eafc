"""Which items an earlier reading engine read, so that this one is asked to read them again.

Additive: the earlier reading stays (docs/jobs.md, "A newer reader").
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from evidence.choosing import READ
from evidence.models import EvidenceItem, Job, Reading

# What a sweep asks for at once, and only while no other file waits to be read: whoever brings
# something new waits behind these few at most.
AT_ONCE, AT_ONCE_BYTES = 10, 1 << 30


@dataclass(frozen=True)
class Due:
    """Items to ask for now, and whether others wait behind them."""

    ids: tuple[uuid.UUID, ...]
    is_more: bool


def outdated(version: str, *, origins: Collection[str]) -> QuerySet[EvidenceItem]:
    """Items that were asked to be read before, but never by this engine; the oldest first.

    Args:
        version: of the reading engine that runs now.
        origins: `EvidenceItem.Origin` values that are read at all.
    """
    asked = Job.objects.filter(stage=READ, subject_id=OuterRef("pk"))
    read = Reading.objects.filter(item=OuterRef("pk"), engine_version=version)
    rows = EvidenceItem.objects.filter(
        Exists(asked), ~Exists(asked.filter(version=version)), ~Exists(read)
    )
    rows = rows.filter(origin__in=origins, key__isnull=False)
    return rows.order_by("received_at", "pk")


def due(version: str, *, origins: Collection[str]) -> Due:
    """A few of them; none while a file waits to be read."""
    rows = outdated(version, origins=origins)
    if Job.objects.open().filter(stage=READ, parked_at__isnull=True).exists():
        return Due((), is_more=True)
    found = list(rows.values_list("pk", "size")[: AT_ONCE + 1])
    ids: list[uuid.UUID] = []
    taken = 0
    for pk, size in found[:AT_ONCE]:
        if ids and taken + size > AT_ONCE_BYTES:
            break
        ids.append(pk)
        taken += size
    return Due(tuple(ids), is_more=len(ids) < len(found))
