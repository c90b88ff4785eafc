"""SM3 of every item, behind all else: it is several times slower than SHA-256.

Never on the way in. Redactions, records and packages get theirs as uploads do: a desk that writes
down what it was handed may write SM3, and an item without one would need a reason for each.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from evidence import digests, release
from evidence.digests import DIGESTER, STAGE, Sm3UnavailableError
from evidence.errors import DigestMismatchError
from evidence.integrity.digest import SHA256, SM3, hash_stream_by, is_available
from evidence.models import EvidenceItem, ItemDigest, Job

__all__ = ["ENGINE_VERSION", "STAGE", "Due", "due", "is_possible", "keep", "prepare"]

ENGINE_VERSION = "1"  # of this stage
# What is asked for at once of items that came before: a worker that is busy with them is back at
# the others' jobs within a minute.
AT_ONCE, AT_ONCE_BYTES = 20, 1 << 30


@dataclass(frozen=True)
class Due:
    """Items to ask for now, and whether others wait behind them."""

    ids: tuple[uuid.UUID, ...]
    is_more: bool


def is_possible() -> bool:
    """Whether this worker can do it at all."""
    return is_available(SM3)


def due() -> Due:
    """Items that can be read, have no SM3 and were never asked for; the oldest first, a few."""
    under_way = Job.objects.open().filter(stage=STAGE, parked_at__isnull=True).count()
    asked = Job.objects.filter(stage=STAGE, version=ENGINE_VERSION, subject_id=OuterRef("pk"))
    there = ItemDigest.objects.filter(item=OuterRef("pk"), algorithm=SM3)
    rows = EvidenceItem.objects.filter(~Exists(there), ~Exists(asked), key__isnull=False)
    room = max(0, AT_ONCE - under_way)
    found = list(rows.order_by("received_at", "pk").values_list("pk", "size")[: room + 1])
    ids: list[uuid.UUID] = []
    taken = 0
    for pk, size in found[:room]:
        if ids and taken + size > AT_ONCE_BYTES:
            break
        ids.append(pk)
        taken += size
    return Due(tuple(ids), is_more=len(ids) < len(found))


def prepare(job: Job) -> str | None:
    """Read the item once, in a stream; its SM3 in lower-case hex, or None when it has one.

    Raises:
        Sm3UnavailableError: this worker has no SM3; nothing is opened.
        DigestMismatchError: the bytes in the vault are not the item's: no digest of them is kept.
        ItemUnreadableError, envelope errors: they cannot be had.
    """
    item = EvidenceItem.objects.get(pk=job.subject_id)
    if digests.known([item.pk]):
        return None
    if not is_possible():
        raise Sm3UnavailableError("OpenSSL offers no SM3 here")
    with release.open_item(item, actor=DIGESTER.at_work_on(job.pk)) as file:
        found, _ = hash_stream_by(file, (SHA256, SM3))
    if found[SHA256] != item.sha256:
        raise DigestMismatchError(claimed=item.sha256, computed=found[SHA256])
    return found[SM3]


def keep(job: Job, digest: str | None) -> None:
    """Write the row and its event."""
    if digest is not None:
        digests.keep(EvidenceItem.objects.get(pk=job.subject_id), digest)
