"""Walk every chain of the custody log and name the first event that does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from evidence.custody import Act, Subject
from evidence.errors import EvidenceError
from evidence.integrity import event as events
from evidence.integrity.event import ChainBrokenError
from evidence.models import CustodyEvent, EvidenceItem

BATCH = 2000


@dataclass(frozen=True)
class LogFault:
    """One subject whose chain does not hold, from one event on."""

    subject_type: str
    subject_id: str
    sequence: int  # of the first bad event, from 1; 0 when there is no chain at all
    code: str


@dataclass
class LogWalk:
    """What a walk saw. Nothing seen is not the same as nothing wrong: look at `events`."""

    chains: int = 0
    events: int = 0


def walk(seen: LogWalk) -> Iterator[LogFault]:
    """Yield a fault per broken chain, in the order of subjects; count into `seen`."""
    rows = CustodyEvent.objects.order_by("subject_type", "subject_id", "sequence")
    by_subject = groupby(rows.iterator(BATCH), key=lambda row: (row.subject_type, row.subject_id))
    for (subject_type, subject_id), chain in by_subject:
        seen.chains += 1
        kept = list(chain)
        seen.events += len(kept)
        fault = _fault_of(kept)
        if fault is not None:
            yield LogFault(subject_type, subject_id, *fault)
    yield from _items_without_a_chain()


def _fault_of(rows: list[CustodyEvent]) -> tuple[int, str] | None:
    """Place and code of the first bad event of one chain."""
    raws = [bytes(row.raw) for row in rows]
    try:
        events.verify_chain(raws)
    except ChainBrokenError as broken:
        return broken.index + 1, broken.code
    except EvidenceError as unreadable:
        return _first_unreadable(raws), unreadable.code
    for place, (row, raw) in enumerate(zip(rows, raws, strict=True), start=1):
        event = events.decode(raw)
        told = (row.sequence, str(row.pk), row.act, row.sha256, row.previous)
        held = (place, event.id, event.act, events.digest(raw), event.previous or "")
        if told != held or (row.subject_type, row.subject_id) != (
            event.subject_type,
            event.subject_id,
        ):
            return place, "custody_row_differs"
    return None


def _first_unreadable(raws: list[bytes]) -> int:
    for place, raw in enumerate(raws, start=1):
        try:
            events.decode(raw)
        except EvidenceError:
            return place
    return 0


def _items_without_a_chain() -> Iterator[LogFault]:
    """An item whose arrival nobody recorded: it came in by no door of ours."""
    recorded = CustodyEvent.objects.filter(subject_type=Subject.ITEM, act=Act.RECEIVED).values_list(
        "subject_id", flat=True
    )
    known = set(recorded.iterator(BATCH))
    for pk in EvidenceItem.objects.values_list("pk", flat=True).iterator(BATCH):
        if str(pk) not in known:
            yield LogFault(Subject.ITEM, str(pk), 0, "custody_chain_broken")
