"""evidence/stages/reading.py: what an item says becomes rows; the unreadable stays evidence."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib

import pytest

from evidence import custody, verification
from evidence.custody import Act, Subject
from evidence.integrity import event as events
from evidence.integrity import records
from evidence.models import Derivative, Reading, Record, Tagging, TimeStampToken
from evidence.release import parent_commitment, record_proofs
from tests import make

DOCTYPE = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]>
<smses count="1"><sms address="1" date="1772377200000" type="1" body="&y;"/></smses>"""


def read(case, content: bytes, name: str, **fields) -> Reading:
    item = make.item(case, content, declaration=make.declaration(file_name=name), **fields)
    make.go_the_road()
    return Reading.objects.get(item=item)


def read_event(reading: Reading) -> events.Event:
    row = custody.log_of(Subject.ITEM, reading.item_id).get(act=Act.READ)
    return events.decode(bytes(row.raw))


def test_the_event_binds_root_reader_and_count_and_hides_the_digest(case):
    reading = read(case, make.sms_export(), "sms.xml")

    event = read_event(reading)
    assert event.facts["root"] == reading.records_root
    assert (event.facts["records"], event.facts["reader"]) == (3, "sms_backup")
    assert event.facts["parent"] == parent_commitment(reading)
    assert reading.item.sha256.encode() not in events.encode(event)


def test_any_one_record_is_proved_against_the_root_alone(case):
    reading = read(case, make.sms_export(), "sms.xml")

    [shown] = record_proofs(reading, [1])

    root = bytes.fromhex(read_event(reading).facts["root"])
    records.verify_record(shown.canonical, shown.proof, root=root, count=3)
    forged = shown.canonical.replace(b"8000", b"9000")
    with pytest.raises(records.RecordProofError):
        records.verify_record(forged, shown.proof, root=root, count=3)


def test_no_record_leaves_when_another_row_of_its_reading_has_changed(case):
    reading = read(case, make.sms_export(), "sms.xml")
    Record.objects.filter(reading=reading, index=2).update(raw=b"{}")

    with pytest.raises(records.RecordProofError):
        record_proofs(reading, [1])


def test_records_keep_what_their_file_says(case):
    read(case, make.sms_export("你好👋"), "sms.xml")

    row = Record.objects.get()
    assert (row.text, row.peer_number, row.direction) == ("你好👋", "+8613700000001", "in")
    assert row.when_utc == row.placed_at
    assert json.loads(bytes(row.raw))["when_raw"] == row.when_raw


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        (make.screenshot()[:2000], "shot.png", "reading_truncated_picture"),
        (DOCTYPE, "sms.xml", "reading_xml_entities"),
    ],
)
def test_what_cannot_be_read_stays_sealed_evidence_with_the_reason(case, content, name, problem):
    reading = read(case, content, name)

    assert reading.problem == problem
    assert TimeStampToken.objects.filter(item=reading.item).exists()
    assert Tagging.objects.filter(item=reading.item).count() == 1
    assert make.plain_bytes(reading.item) == content
    assert verification.verify_item(reading.item).verdict == "unchanged"
    assert read_event(reading).facts["problem"] == problem


def test_a_picture_of_too_many_pixels_is_never_decoded(case):
    assert read(case, picture_bomb(), "shot.png").problem == "reading_picture_bomb"


def test_an_archive_that_grows_without_end_is_refused(case):
    assert read(case, archive("sms.xml", bytes(64 << 20)), "x.zip").problem.startswith("reading_")


def test_a_name_that_leads_out_of_an_archive_is_refused(case):
    reading = read(case, archive("../../etc/passwd", make.sms_export()), "x.zip")

    assert reading.problem == "reading_path_traversal"
    assert not Record.objects.exists()


def test_an_export_cut_short_gives_its_whole_messages_and_says_so(case):
    whole = make.sms_export(*(f"第 {n} 条" for n in range(30)))

    reading = read(case, whole[: len(whole) // 2], "sms.xml")

    assert 5 < reading.record_count < 30
    assert reading.problem or reading.report.statement["warnings"]


def test_a_picture_gets_a_page_and_a_thumbnail_in_the_vault(case, vault):
    reading = read(case, make.screenshot(), "Screenshot_20260301-101010.png")

    made = Derivative.objects.filter(reading=reading)
    assert {each.name for each in made} == {"page", "thumbnail"}
    assert all((vault / each.vault_name).is_file() for each in made)
    assert reading.facts["media_type"] == "image/png"
    assert (reading.facts["width"], reading.facts["height"]) == (720, 600)


def test_undated_records_stand_where_their_item_stands(case):
    read(case, make.screenshot(), "shot.png")

    for row in Record.objects.filter(when_utc=None):
        assert row.placed_at == row.reading.item.received_at


def picture_bomb() -> bytes:
    """A PNG head that promises 60,000 × 60,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(bytes(1 << 20)))
    return b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b"")


def archive(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return out.getvalue()
