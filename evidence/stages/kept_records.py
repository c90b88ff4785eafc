"""The chosen records of a reading as rows; of the others a leaf of the record tree each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils import timezone

from evidence import custody, forgetting
from evidence.custody import Act, Actor, Subject
from evidence.errors import EvidenceError
from evidence.models import Choice, ImportReport, ItemOrigin, LeftOut, Reading, Record
from evidence.stages.record_rows import record_row

BATCH = 1000  # rows per statement


class ReadDifferentlyError(EvidenceError):
    """The same engine read the same original and found something else. Nothing is changed."""

    code = "reading_differs"


@dataclass(frozen=True)
class Chosen:
    """The tree over a whole file, and of its records the chosen ones."""

    root: str  # hex
    count: int  # of all records
    records: Sequence[tuple[int, bytes]]  # index and RFC 8785 bytes of the chosen, in file order
    left_out: bytes  # leaves of the others, in file order


def write(
    reading: Reading, chosen: Chosen, choice: Choice | None, *, report: dict[str, Any]
) -> None:
    """Write the rows of a new reading."""
    rows = _rows(reading, chosen.records)
    while batch := list(islice(rows, BATCH)):
        Record.objects.bulk_create(batch)
    _report(reading, chosen, choice, report)


def change(
    reading: Reading,
    chosen: Chosen,
    choice: Choice | None,
    *,
    report: dict[str, Any],
    actor: Actor,
) -> None:
    """Keep what is chosen now and was not, delete what is not any more; the rest is untouched.

    Raises:
        ReadDifferentlyError: the tree has another root than when it was read first.
    """
    if (chosen.root, chosen.count) != (reading.records_root, reading.record_count):
        raise ReadDifferentlyError(str(reading.pk))
    before = set(reading.records.values_list("index", flat=True))
    now = {index for index, _ in chosen.records}
    if (
        before == now
        and not ImportReport.objects.filter(reading=reading).exclude(choice=choice).exists()
    ):
        return  # asked for twice
    gone = forgetting.records(reading, before - now)
    gone += forgetting.other_readings(reading, choice)
    rows = (row for row in _rows(reading, chosen.records) if row.index not in before)
    while batch := list(islice(rows, BATCH)):
        Record.objects.bulk_create(batch)
    LeftOut.objects.filter(reading=reading).delete()
    ImportReport.objects.filter(reading=reading).delete()
    _report(reading, chosen, choice, report)
    if gone:
        forgetting.forgotten.send(sender=Record, item_id=reading.item_id)
    if choice is not None:  # earlier ones may name who is not chosen any more
        Choice.objects.filter(item=reading.item_id, sequence__lt=choice.sequence).delete()
    facts = {
        "reading": str(reading.pk),
        "root": reading.records_root,
        "records": reading.record_count,
        "chosen": len(now),
        "added": len(now - before),
        "erased": len(before - now),
        "rows": gone,
    }
    if choice is not None:
        facts["choice"] = str(choice.pk)
    custody.record(Subject.ITEM, reading.item_id, Act.SELECTED, actor=actor, facts=facts)


def _report(
    reading: Reading, chosen: Chosen, choice: Choice | None, statement: dict[str, Any]
) -> None:
    now = timezone.now()
    ImportReport.objects.create(reading=reading, choice=choice, statement=statement, created_at=now)
    if chosen.left_out:
        LeftOut.objects.create(reading=reading, leaves=chosen.left_out)


def _rows(reading: Reading, records: Sequence[tuple[int, bytes]]) -> Iterator[Record]:
    """Each record as a row; one without a time is placed where the one before it stands."""
    item = reading.item
    declared = ItemOrigin.objects.filter(item=item).first()
    placed_at: datetime = (declared and declared.captured_at) or item.received_at
    for index, raw in records:
        row = record_row(reading, item, index=index, raw=raw, placed_at=placed_at)
        placed_at = row.placed_at
        yield row
