"""Stage 3: read what an item says: records, facts, provenance, derivatives, the record tree.

The parsing happens in a cell (`evidence.cell`); here its answers become rows. A file that cannot
be read stays plain evidence, sealed as before, with the reason as a problem code. Of an export
with several conversations nothing becomes a row before the person has chosen (docs/choosing.md).
"""

from __future__ import annotations

import io
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from evidence import carrying, choosing, custody, forgetting, provenance, release
from evidence.cell import answers, parent, usual
from evidence.cell.answers import Parsed
from evidence.custody import Act, Actor, Subject
from evidence.integrity.digest import NotCanonicalError, canonical
from evidence.integrity.records import RecordTree, parent_commitment
from evidence.media import picture_hash
from evidence.media_types import media_type_of
from evidence.models import (
    Choice,
    Derivative,
    EvidenceItem,
    ItemOrigin,
    Job,
    PictureHash,
    Provenance,
    Reading,
)
from evidence.stages import kept_records
from evidence.stages.kept_records import Chosen
from evidence.stages.record_rows import file_facts
from evidence.vault import keyring, keys, store
from evidence.vault.store import Stored, Why

ENGINE_VERSION = "4"  # of this stage; another one reads every item again
READER = Actor.system("reading")
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
    """What one reading found, before it becomes rows; with a survey, somebody has to choose."""

    parsed: Parsed
    choice: Choice | None
    secret: bytes  # of the record tree
    chosen: Chosen
    derived: list[Derived] = field(default_factory=list)


def prepare(job: Job) -> Outcome:
    """Parse the item in a cell and put what was derived into the vault."""
    item = EvidenceItem.objects.get(pk=job.subject_id)
    origin = ItemOrigin.objects.filter(item=item).first()
    choice, read = choosing.newest(item), _same_engine(item)
    with release.open_item(item, actor=READER.at_work_on(job.pk)) as file:
        parsed = parent.parse(
            file,
            size=item.size,
            name=origin.file_name if origin else "",
            limits=usual.limits(),
            tz=usual.ZONE,
            choice=choice.as_json(usual.ZONE) if choice else None,
            survey=_survey(job, item, choice),
        )
    # The root is the same when the same engine reads again: older proofs go on holding.
    secret = keyring.reading_secret(read) if read else keys.new_key()
    chosen = _chosen(parsed, secret)
    outcome = Outcome(parsed, choice, secret, chosen)
    outcome.derived = [_put(item, name, content) for name, content in parsed.derived.items()]
    return outcome


def _survey(job: Job, item: EvidenceItem, choice: Choice | None) -> parent.Survey:
    """Whether to look first what there is to choose from. What was read before is not asked."""
    if job.version == choosing.LOOK:
        return "only"
    return "" if choice or Reading.objects.filter(item=item).exists() else "if_needed"


def _same_engine(item: EvidenceItem) -> Reading | None:
    return Reading.objects.filter(item=item, engine_version=ENGINE_VERSION).first()


def _chosen(parsed: Parsed, secret: bytes) -> Chosen:
    """The tree over all records, the bytes of the chosen alone. The parent forgets the others."""
    try:
        whole = [canonical(_unnamed(json.loads(raw))) for raw in parsed.records]
    except NotCanonicalError:  # a lone surrogate, a number beyond 2**53: no form to commit to
        parsed.problem = "reading_failed"
        whole = []
    left_out = parsed.left_out if whole else set()
    parsed.records.clear()
    tree = RecordTree(secret, whole)
    return Chosen(
        root=tree.root.hex(),
        count=tree.count,
        records=[(index, raw) for index, raw in enumerate(whole) if index not in left_out],
        left_out=b"".join(tree.leaves[index] for index in sorted(left_out)),
    )


def _unnamed(record: dict[str, Any]) -> dict[str, Any]:
    """The record without its file's name: a few records leave the house, their export's name not.

    Phones write numbers and names into file names. Where a record came out of an archive, its
    locator names the member.
    """
    return {**record, "source_file": ""}


def keep(job: Job, outcome: Outcome) -> None:
    """Write what was read: a survey to choose from, a new reading, or other records of one."""
    item = EvidenceItem.objects.get(pk=job.subject_id)
    parsed = outcome.parsed
    is_look = job.version == choosing.LOOK
    if not is_look and choosing.newest(item) != outcome.choice:
        choosing.read_by_choice(item)  # chosen while we read: what we have may be too much
        return
    if parsed.survey is not None:
        choosing.keep_survey(item, parsed.survey, format_id=parsed.format, problem=parsed.problem)
        return
    read = _same_engine(item)
    if read is None:
        _keep_reading(item, outcome)
    else:
        kept_records.change(
            read, outcome.chosen, outcome.choice, report=parsed.summary, actor=READER
        )


def _keep_reading(item: EvidenceItem, outcome: Outcome) -> None:
    """The reading, its records and derivatives, and the event that binds the tree's root."""
    parsed, chosen = outcome.parsed, outcome.chosen
    earlier = carrying.earlier_reading(item)
    reading_id = uuid.uuid4()
    reading = Reading.objects.create(
        id=reading_id,
        item=item,
        engine_version=ENGINE_VERSION,
        format=parsed.format,
        reader=parsed.reader,
        reader_version=parsed.reader_version,
        facts=_facts_of_the_file(outcome),
        problem=parsed.problem,
        record_count=chosen.count,
        records_root=chosen.root,
        records_secret=keyring.wrap(outcome.secret, case_id=item.case_id, object_id=reading_id),
        created_at=timezone.now(),
    )
    kept_records.write(reading, chosen, outcome.choice, report=parsed.summary)
    carried = carrying.over(earlier, reading) if earlier else None
    if outcome.choice is not None:
        forgetting.other_readings(reading, outcome.choice)
    _keep_provenance(reading, item, parsed.looked)
    if parsed.hashed is not None:
        PictureHash.objects.create(
            reading=reading,
            engine_version=picture_hash.VERSION,
            rows=parsed.hashed.rows,
            cells=parsed.hashed.cells,
        )
    for made in outcome.derived:
        _keep_derivative(reading, item, made)
    # Not the item's digest: this event is handed over with a few records of a withheld export.
    facts = {
        "reading": str(reading.pk),
        "format": parsed.format,
        "reader": parsed.reader or "none",
        "version": parsed.reader_version or "0",
        "engine_version": ENGINE_VERSION,
        "records": chosen.count,
        "root": chosen.root,
        "parent": parent_commitment(outcome.secret, item.sha256),
    }
    if parsed.problem:
        facts["problem"] = parsed.problem
    if carried is not None:
        facts |= {"carried": carried.carried, "left_behind": carried.left_behind}
    if outcome.choice is not None:
        facts |= {"choice": str(outcome.choice.pk), "chosen": len(chosen.records)}
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


def _facts_of_the_file(outcome: Outcome) -> dict[str, object]:
    """Its media type; a picture's or recording's own facts stand in its first record."""
    facts: dict[str, object] = {"media_type": media_type_of(outcome.parsed.format)}
    if outcome.chosen.records:
        first = json.loads(outcome.chosen.records[0][1])
        if first.get("kind") in ("image", "recording"):
            facts |= file_facts(first)
    return facts
