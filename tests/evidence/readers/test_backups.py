"""evidence/readers/: backups of phones (android_*, miui_payload, closed_backup, iphone_backup)."""

from __future__ import annotations

import plistlib
import zlib

import pytest

from evidence.readers import ReadingError
from evidence.readers.syntax.protobuf import fields
from tests.samples.backups import (
    CALLS,
    MESSAGES,
    TELEPHONY,
    android_backup,
    android_mms,
    android_sms,
    listed,
    message,
    miui_backup,
    miui_call,
    miui_sms,
)
from tests.samples.databases import android_messages, database, inserts
from tests.samples.exports import NOON, NUMBER, backup, sms, zipped

from .reads import reading, records, warnings

SMS_LIST = f"{TELEPHONY}/d_f/000000_sms_backup"
MMS_LIST = f"{TELEPHONY}/d_f/000000_mms_backup"


def refused(raw: bytes) -> str:
    with pytest.raises(ReadingError) as refusal:
        records(raw, name="backup.ab")
    return refusal.value.code


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("deflated", [False, True])
def test_an_adb_backup_gives_its_messages(packed, deflated):
    texts = listed(android_sms("甲"), android_sms("乙", kind=2), packed=deflated)
    raw = android_backup(
        {f"{TELEPHONY}/_manifest": b"1\n", SMS_LIST: texts, MMS_LIST: listed(android_mms("丙"))},
        packed=packed,
    )

    first, second, third = records(raw, name="backup.ab")

    assert (first.kind, first.direction, first.text) == ("sms", "in", "甲")
    assert (second.direction, second.peer_number_e164) == ("out", NUMBER)
    assert first.source_locator == {"member": SMS_LIST, "row": 0}
    assert first.owner_sim == "…0009"
    assert (third.kind, third.text, third.peer_number_raw) == ("mms", "丙", NUMBER)
    assert third.when_utc == first.when_utc.replace(microsecond=0)


def test_a_list_of_messages_is_known_by_its_plainest_names():
    plain = {"address": "10086", "body": "余额", "date": str(NOON), "type": "1"}

    [found] = records(android_backup({SMS_LIST: listed(plain)}), name="backup.ab")

    assert (found.kind, found.text, found.direction) == ("sms", "余额", "in")


def test_what_was_not_sent_is_not_sent_in_a_list_either():
    kinds = {3: "draft", 4: "outbox", 5: "failed", 6: "queued"}

    got = records(listed(*(android_sms(kind=kind) for kind in kinds)))

    assert [record.direction for record in got] == list(kinds.values())


def test_groups_of_an_adb_backup_keep_sender_and_conversation():
    group = [NUMBER, "13700000002"]

    got, own = records(
        listed(android_mms(recipients=group), android_mms(box=2, recipients=group, sub="题"))
    )

    assert (got.direction, got.peer_number_raw) == ("in", NUMBER)
    assert got.conversation == "~".join(group)
    assert (own.direction, own.peer_number_raw, own.facts) == ("out", NUMBER, {"subject": "题"})


@pytest.mark.parametrize(
    "raw",
    [b'[{"address":"1","date":"1","recipients":[]}', b'[{"date":"1","date_sent":' + b"[" * 99_999],
)
def test_a_damaged_list_is_named(raw):
    assert refused(raw) == "reading_damaged"


@pytest.mark.parametrize("root", ["flat", "rooted"])
def test_a_miui_backup_gives_its_messages(root):
    entries = message((1, miui_sms("甲")), (1, miui_sms("乙", kind=2)), (1, miui_sms(kind=3)))
    payload = entries if root == "flat" else message((4, entries))

    got = records(miui_backup({MESSAGES: payload}), name="短信(com.android.mms).bak")

    assert [record.direction for record in got] == ["in", "out", "draft"]
    assert [record.text for record in got] == ["甲", "乙", "还钱"]
    assert got[0].when_raw == str(NOON)
    assert got[0].peer_number_e164 == NUMBER
    begin, end = got[0].source_locator["bytes"]
    assert payload[begin:end] == miui_sms("甲")
    assert got[0].source_locator["member"] == MESSAGES


@pytest.mark.parametrize("depth", [0, 1])
def test_a_miui_backup_gives_its_calls(depth):
    entries = message((1, miui_call()), (1, miui_call(kind=3, duration=9)), (1, miui_call(kind=5)))
    payload = message((2, entries)) if depth else entries

    got = records(miui_backup({CALLS: payload}, package="com.android.contacts 通话记录"))

    assert [record.direction for record in got] == ["in", "missed", "rejected"]
    assert [record.duration_s for record in got] == [35, None, None]


def test_a_miui_backup_gives_its_multimedia():
    part = message((2, "text/plain"), (8, "t.txt"), (11, "好"))
    picture = message((2, "image/jpeg"), (8, "a.jpg"), (12, b"\xff\xd8\xff"))
    sender = message((1, NUMBER), (2, 137), (3, 106))
    pdu = message((3, NOON), (5, 1), (14, 132), (33, sender), (34, part), (34, picture))

    [got] = records(miui_backup({MESSAGES: message((9, message((1, pdu))))}))

    assert (got.kind, got.direction, got.text, got.peer_number_raw) == ("mms", "in", "好", NUMBER)
    assert got.attachments[0]["name"] == "a.jpg"
    assert got.attachments[0]["size"] == 3


@pytest.mark.parametrize(
    "payload",
    [
        message((1, miui_sms())) + b"\xff",
        b'{"settings": 1}',
        b"",
        message((1, message((2, message((2, "1"), (5, message((1, "李雷")))))))),
    ],
)
def test_a_payload_that_does_not_parse_to_its_end_stays_a_file(payload):
    [got] = records(miui_backup({MESSAGES: payload}))

    assert got.kind == "attachment"


def test_fields_end_where_their_message_ends():
    assert fields(b"\x08\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01") is None
    assert fields(b"\x0a\x05ab") is None
    assert fields(b"\x00\x01") is None
    assert [field.value for field in fields(b"\x08\x96\x01") or ()] == [150]


@pytest.mark.parametrize("raw", [android_backup({}, locked=True), miui_backup({}, locked=True)])
def test_a_locked_backup_is_named_and_in_an_archive_stays_a_file(raw):
    assert refused(raw) == "reading_encrypted"

    [told, text] = records(zipped({"a.bak": raw, "sms.xml": backup(sms("一"))}))

    assert (told.kind, told.warnings) == ("attachment", ("member_encrypted",))
    assert text.text == "一"


@pytest.mark.parametrize(
    "raw",
    [
        b"ANDROID BACKUP\n",
        b"ANDROID BACKUP\n9\n0\nnone\n",
        b"ANDROID BACKUP\n5\n7\nnone\n",
        b"ANDROID BACKUP\n5\n1\nnone\nnothing packed",
        b"MIUI BACKUP\n2\na b\n-1\n0\nno backup\n",
        b"MIUI BACKUP\n" + b"x" * 5000,
        android_backup(b"x" * 2048),
    ],
)
def test_a_backup_without_a_sound_header_is_damaged(raw):
    assert refused(raw) == "reading_damaged"


@pytest.mark.parametrize("packed", [False, True])
def test_a_backup_that_breaks_off_gives_its_whole_members(packed):
    raw = android_backup(
        {SMS_LIST: listed(android_sms("甲")), "shared/0/a.jpg": bytes(range(256)) * 400},
        packed=packed,
    )

    cut = raw[: len(raw) * 3 // 5]

    assert records(cut)[0].text == "甲"
    assert warnings(cut)["file_truncated"] == 1


def test_a_folder_of_miui_backups_is_read_as_one():
    listing = b"<?xml version='1.0'?><MIUI-backup><packages/></MIUI-backup>"
    raw = zipped(
        {
            "20250415_181118/descript.xml": listing,
            "20250415_181118/短信(com.android.mms).bak": miui_backup(
                {MESSAGES: message((1, miui_sms("甲")))}
            ),
            "20250415_181118/通话记录(com.android.contacts).bak": miui_backup(
                {CALLS: message((2, message((1, miui_call()))))}
            ),
        }
    )

    listing_told, text, call = records(raw, name="20250415_181118.zip")

    assert listing_told.attachments[0]["format"] == "miui_list"
    assert (text.text, call.kind) == ("甲", "call")
    assert text.source_locator["member"].endswith(f"短信(com.android.mms).bak!{MESSAGES}")


def test_databases_and_exports_inside_a_backup_are_read():
    raw = android_backup(
        {
            f"{TELEPHONY}/db/mmssms.db": android_messages((NUMBER, NOON, 1, "库")),
            "shared/0/SMS/sms.xml": backup(sms("文")),
            "shared/0/SMS/old.zip": zipped({"sms.xml": backup(sms("旧"))}),
            "apps/com.example/a/base.apk": zipped({"sms.xml": backup(sms("不"))}),
        }
    )

    got = records(raw)

    assert {record.text for record in got if record.kind == "sms"} == {"库", "文", "旧"}
    assert [r.attachments[0]["name"] for r in got if r.kind == "attachment"] == ["base.apk"]


def test_a_deflated_text_of_something_else_is_unknown():
    assert reading(zlib.compress(b"hello" * 100)).format == "unknown"


def test_a_backup_of_huawei_is_recognised_and_not_opened():
    raw = b"<?xml version='1.0'?><info.xml><row table='HeaderInfo'/></info.xml>"

    assert reading(raw).format == "huawei_backup"
    assert warnings(raw) == {"backup_not_opened": 1, "format_unverified": 1}
    assert records(zipped({"info.xml": raw}))[0].attachments[0]["format"] == "huawei_backup"


def test_a_locked_iphone_backup_is_named():
    for form in (plistlib.FMT_XML, plistlib.FMT_BINARY):
        told = plistlib.dumps({"IsEncrypted": True}, fmt=form)
        free = plistlib.dumps({"IsEncrypted": False}, fmt=form)

        assert refused(zipped({"b/Manifest.plist": told})) == "reading_encrypted"
        assert records(zipped({"b/Manifest.plist": free}))[0].kind == "attachment"
    assert records(zipped({"b/Manifest.plist": b"bplist00" + bytes(40)}))[0].kind == "attachment"


def test_a_locked_backup_of_samsung_is_recognised_and_explained():
    raw = b"\x6b\x39\xa4\x74" + bytes(500)
    folder = zipped({"MESSAGE/SmartSwitchBackup.json": b"{}", "MESSAGE/Message.bk": b"\x01" * 40})

    assert reading(raw).format == "samsung_backup"
    assert "backup_not_opened" in warnings(raw)
    assert "backup_not_opened" in warnings(folder, name="backup.zip")


def test_a_log_without_its_database_says_what_is_missing():
    raw = b"\x37\x7f\x06\x83" + bytes(60)

    assert warnings(raw, name="mmssms.db-wal") == {"database_log_alone": 1}
    assert records(zipped({"mmssms.db-wal": raw}))[0].kind == "attachment"


def test_files_of_an_iphone_backup_bear_the_names_that_its_list_gives():
    digits = "ab" * 20
    listed = database(
        "CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT)",
        rows=inserts("Files", "fileID, relativePath", (digits, "Media/DCIM/IMG_0001.HEIC")),
    )
    raw = zipped({f"b/ab/{digits}": b"\xff\xd8\xff\xe0" * 20, "b/Manifest.db": listed})

    names = [record.attachments[0]["name"] for record in records(raw, name="b.zip")]

    assert names == ["IMG_0001.HEIC", "Manifest.db"]


def test_a_damaged_list_of_an_iphone_backup_names_nothing():
    raw = zipped({"b/Manifest.db": b"SQLite format 3\0" + bytes(200), "b/ab/abcd": b"x" * 20})

    assert [record.attachments[0]["name"] for record in records(raw)] == ["Manifest.db", "abcd"]
