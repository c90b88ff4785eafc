"""Stage 3: read what an item says: records, facts, provenance, derivatives, the record tree.

The parsing happens in a cell (`evidence.cell`); here its answers become rows. A file that cannot
be read stays plain evidence, sealed as before, with the reason as a problem code.
"""

from __future__ import annotations

import io
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils import timezone

from evidence import custody, provenance, release
from evidence.cell import answers, parent, usual
from evidence.cell.answers import Parsed
from evidence.custody import Act, Actor, Subject
from evidence.integrity.digest import NotCanonicalError, canonical
from evidence.integrity.records import RecordTree, parent_commitment
from evidence.media_types import media_type_of
from evidence.models import Derivative, EvidenceItem, ItemOrigin, Job, Provenance, Reading, Record
from evidence.stages.record_rows import file_facts, record_row
from evidence.vault import keyring, keys, store
from evidence.vault.store import Stored, Why

ENGINE_VERSION = "3"  # of this stage; another one reads every item again
READER = Actor.system("reading")
BATCH = 1000  # rows per statement
MAX_DERIVATIVE_BYTES = 1 << 30


@dataclass(frozen=True)
class Derived:
    """Bytes made from the item, already in the vault."""

    id: uuid.UUID
    name: str
    stored: Stored
    data_key: bytes


@dataclass
class Outcome:
    """What one reading found, before it becomes rows."""

    parsed: Parsed
    records: list[bytes] = field(default_factory=list)  # RFC 8785, in file order
    secret: bytes = b""  # of the record tree
    derived: list[Derived] = field(default_factory=list)


def prepare(job: Job) -> Outcome:
    """Parse the item in a cell and put what was derived into the vault."""
    item = EvidenceItem.objects.get(pk=job.subject_id)
    origin = ItemOrigin.objects.filter(item=item).first()
    with release.open_item(item, actor=READER.at_work_on(job.pk)) as file:
        parsed = parent.parse(
            file,
            size=item.size,
            name=origin.file_name if origin else "",
            limits=usual.limits(),
            tz=usual.ZONE,
        )
    outcome = Outcome(parsed, secret=keys.new_key())
    try:
        outcome.records = [canonical(_unnamed(json.loads(raw))) for raw in parsed.records]
    except NotCanonicalError:  # a lone surrogate, a number beyond 2**53: no form to commit to
        parsed.problem = "reading_failed"
    outcome.derived = [_put(item, name, content) for name, content in parsed.derived.items()]
    return outcome


def _unnamed(record: dict[str, Any]) -> dict[str, Any]:
    """The record without its file's name: a few records leave the house, their export's name not.

    Phones write numbers and names into file names. Where a record came out of an archive, its
    locator names the member.
    """
    return {**record, "source_file": ""}


def keep(job: Job, outcome: Outcome) -> None:
    """Write the reading, its records and derivatives, and the event that binds the tree's root."""
    item = EvidenceItem.objects.get(pk=job.subject_id)
    parsed = outcome.parsed
    tree = RecordTree(outcome.secret, outcome.records)
    reading_id = uuid.uuid4()
    reading = Reading.objects.create(
        id=reading_id,
        item=item,
        engine_version=job.version,
        format=parsed.format,
        reader=parsed.reader,
        reader_version=parsed.reader_version,
        summary=parsed.summary,
        facts=_facts_of_the_file(outcome),
        problem=parsed.problem,
        record_count=tree.count,
        records_root=tree.root.hex(),
        records_secret=keyring.wrap(outcome.secret, case_id=item.case_id, object_id=reading_id),
        created_at=timezone.now(),
    )
    rows = _rows(reading, item, outcome.records)
    while batch := list(islice(rows, BATCH)):
        Record.objects.bulk_create(batch)
    _keep_provenance(reading, item, parsed.looked)
    for made in outcome.derived:
        _keep_derivative(reading, item, made)
    # Not the item's digest: this event is handed over with a few records of a withheld export.
    facts = {
        "reading": str(reading.pk),
        "format": parsed.format,
        "reader": parsed.reader or "none",
        "version": parsed.reader_version or "0",
        "engine_version": job.version,
        "records": tree.count,
        "root": tree.root.hex(),
        "parent": parent_commitment(outcome.secret, item.sha256),
    }
    if parsed.problem:
        facts["problem"] = parsed.problem
    custody.record(Subject.ITEM, item.pk, Act.READ, actor=READER, facts=facts)


def _put(item: EvidenceItem, name: str, content: bytes) -> Derived:
    """Into the vault, which records it as `derived` on the item before the rows are there."""
    derivative_id, data_key = uuid.uuid4(), keys.new_key()
    stored = store.put(
        io.BytesIO(content),
        object_id=derivative_id,
        data_key=data_key,
        max_bytes=MAX_DERIVATIVE_BYTES,
        why=Why(Subject.ITEM, item.pk, READER, {"name": name}),
        act=Act.DERIVED,
    )
    return Derived(derivative_id, name, stored, data_key)


def _keep_provenance(reading: Reading, item: EvidenceItem, looked: provenance.Found) -> None:
    """What was claimed beside what the file carries. The cell only looked; we compare."""
    origin = ItemOrigin.objects.filter(item=item).first()
    claim = provenance.Claim(
        received_at=item.received_at,
        file_name=origin.file_name if origin else "",
        modified_at=origin.taken_at if origin else None,
        captured_at=origin.captured_at if origin else None,
        has_digest=bool(origin and origin.claimed_sha256),  # intake refused any other digest
    )
    Provenance.objects.create(
        reading=reading,
        engine_version=provenance.VERSION,
        statement=provenance.state(claim, looked).as_json(engine=provenance.VERSION),
    )


def _keep_derivative(reading: Reading, item: EvidenceItem, made: Derived) -> None:
    Derivative.objects.create(
        id=made.id,
        reading=reading,
        item=item,
        name=made.name,
        media_type=answers.DERIVATIVES[made.name],
        sha256=made.stored.sha256,
        size=made.stored.size,
        vault_name=made.stored.name,
        wrapped_key=keyring.wrap(made.data_key, case_id=item.case_id, object_id=made.id),
    )


def _rows(reading: Reading, item: EvidenceItem, records: list[bytes]) -> Iterator[Record]:
    """Each record as a row; one without a time is placed where the one before it stands."""
    declared = ItemOrigin.objects.filter(item=item).first()
    placed_at: datetime = (declared and declared.captured_at) or item.received_at
    for index, raw in enumerate(records):
        row = record_row(reading, item, index=index, raw=raw, placed_at=placed_at)
        placed_at = row.placed_at
        yield row


def _facts_of_the_file(outcome: Outcome) -> dict[str, object]:
    """Its media type; a picture's or recording's own facts stand in its first record."""
    facts: dict[str, object] = {"media_type": media_type_of(outcome.parsed.format)}
    if outcome.records:
        first = json.loads(outcome.records[0])
        if first.get("kind") in ("image", "recording"):
            facts |= file_facts(first)
    return facts
