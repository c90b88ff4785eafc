"""An export that was really read, and exhibits that show some of its records."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, replace

from complaints.bundle import manifest
from complaints.bundle.content import PackageContent
from complaints.bundle.exhibits import Exhibit, Form, Parent, ReadingInfo, ShownRecord, Since
from complaints.bundle.gaps import GapReason
from complaints.bundle.withheld import Withheld
from evidence import readers
from evidence.integrity import event
from evidence.integrity.digest import sha256_hex
from evidence.integrity.event import Act
from evidence.integrity.records import RecordTree, parent_commitment, record_bytes

from . import make_package as make

SECRET = bytes(range(32))


@dataclass(frozen=True)
class Read:
    """The sample export, really read: its records and their tree."""

    reader: str
    reader_version: str
    records: tuple[bytes, ...]
    tree: RecordTree


def read(data: bytes = make.SMS_EXPORT, name: str = "sms-20261104.xml") -> Read:
    reading = readers.read(io.BytesIO(data), name=name)
    raws = tuple(record_bytes(record.as_json()) for record in reading)
    return Read(reading.reader, reading.reader_version, raws, RecordTree(SECRET, raws))


def misread() -> Read:
    """The same export, its first record not as it is written there."""
    of = read()
    milder = json.loads(of.records[0]) | {"text": "something milder"}
    raws = (record_bytes(milder), *of.records[1:])
    return replace(of, records=raws, tree=RecordTree(SECRET, raws))


def half_read() -> Read:
    """The same export, its last record forgotten."""
    of = read()
    return replace(of, records=of.records[:-1], tree=RecordTree(SECRET, of.records[:-1]))


def invented(count: int) -> Read:
    """A reading of so many records that no reader made."""
    raws = tuple(record_bytes({"kind": "sms", "text": f"第{n}条"}) for n in range(count))
    return Read("sms-backup-restore", "1", raws, RecordTree(SECRET, raws))


def shown(of: Read, *indexes: int) -> tuple[ShownRecord, ...]:
    found = []
    for index in indexes:
        proof = of.tree.proof(index)
        text = json.loads(of.records[index])["text"]
        found.append(
            ShownRecord(
                index=index,
                canonical=of.records[index],
                salt=proof.salt,
                proof=proof.path,
                text=text,
                number="10000000101",
                at="2026-11-03 22:47:00",
            )
        )
    return tuple(found)


def with_records(of: Read, root: str | None = None, whole: Exhibit | None = None) -> Exhibit:
    """B-1 in the original, its first record shown with its proof."""
    whole = whole or make.message_export(make.house())
    raws = make.chain(
        whole.item,
        whole.sha256,
        whole.size,
        (Act.READ, {"root": root or of.tree.root.hex(), "records": of.tree.count}),
    )
    reading = ReadingInfo(
        format="sms_backup_restore",
        reader=of.reader,
        reader_version=of.reader_version,
        records=of.tree.count,
        records_root=of.tree.root.hex(),
    )
    # The same first event as before, so the receipt still names it.
    return replace(
        whole,
        custody=raws,
        reading=reading,
        records=shown(of, 0),
        records_total=of.tree.count,
        since=Since(stamped_at=whole.tokens[0].gen_time, read_at=event.decode(raws[-1]).at),
    )


def case(exhibit: Exhibit) -> PackageContent:
    exhibits = tuple(exhibit if e.number == "B-1" else e for e in make.content().exhibits)
    return make.content(exhibits=exhibits)


def chosen_records() -> tuple[PackageContent, str]:
    """B-1 as one chosen record of an export that is withheld; and the export's digest."""
    withheld = sha256_hex(make.SMS_EXPORT)
    secrets = Withheld(digests=frozenset([withheld]))
    return replace(case(part_of(read(), 1)), withheld=secrets), withheld


def part_of(of: Read, *indexes: int, reason: GapReason = GapReason.LEFT_OUT) -> Exhibit:
    """B-1 as a few records of a reading whose export is withheld."""
    withheld = sha256_hex(make.SMS_EXPORT)
    raw = manifest.write_records(of.tree.root.hex(), of.tree.count, "sample", shown(of, *indexes))
    exported = make.chain(
        make.same_id("export"),
        withheld,
        len(make.SMS_EXPORT),
        (Act.READ, {"root": of.tree.root.hex(), "records": of.tree.count}),
    )
    return make.exhibit(
        "B-1",
        raw,
        of=make.house(),
        name="短信记录节选",
        media_type="application/json",
        extension="json",
        form=Form.RECORDS,
        parent=Parent(commitment=parent_commitment(SECRET, withheld), events=(exported[1],)),
        reading=ReadingInfo(
            format="sms_backup_restore",
            reader=of.reader,
            reader_version=of.reader_version,
            records=of.tree.count,
            records_root=of.tree.root.hex(),
        ),
        records=shown(of, *indexes),
        records_total=of.tree.count,
        gap_reason=reason,
        since=Since(stamped_at=make.ARRIVED, read_at=event.decode(exported[1]).at),
    )
