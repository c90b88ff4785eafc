"""evidence/readers/{sqlite,database,android_database,iphone_database,typedstream}.py."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from evidence.readers import UnreadableError
from evidence.readers.databases.typedstream import text_in
from tests.samples.databases import (
    APPLE_S,
    CALLS,
    CHATS,
    IPHONE,
    IPHONE_CALLS,
    MMS,
    NUMBER,
    SMS,
    android_messages,
    database,
    inserts,
    iphone_messages,
    typedstream,
)
from tests.samples.exports import NOON, zipped

from .reads import reading, records, warnings

NOON_UTC = datetime(2024, 10, 27, 3, 33, 20, 123000, tzinfo=UTC)


def test_android_messages_keep_what_was_never_sent_apart():
    kinds = {1: "in", 2: "out", 3: "draft", 4: "outbox", 5: "failed", 6: "queued", 9: None}
    got = records(android_messages(*((NUMBER, NOON, kind, "还钱") for kind in kinds)))

    assert [record.direction for record in got] == list(kinds.values())
    assert {(record.kind, record.when_utc, record.text) for record in got} == {
        ("sms", NOON_UTC, "还钱")
    }
    assert got[1].source_locator == {"row": 2, "table": "sms"}
    assert got[-1].warnings == ("unknown_type",)


def test_an_android_draft_without_address_takes_its_conversation_s():
    rows = [
        *inserts("canonical_addresses", "_id, address", (7, NUMBER)),
        *inserts("threads", "_id, recipient_ids", (3, "7")),
        *inserts("sms", "thread_id, address, date, type, body", (3, None, NOON, 3, "在吗")),
    ]

    [record] = records(database(SMS, *MMS, rows=rows))

    assert (record.direction, record.peer_number_raw) == ("draft", NUMBER)


def test_android_multimedia_joins_text_and_names_the_sender_of_a_group():
    rows = [
        *inserts("canonical_addresses", "_id, address", (1, NUMBER), (2, "13700000002")),
        *inserts("threads", "_id, recipient_ids", (3, "1 2")),
        *inserts(
            "pdu",
            "_id, thread_id, date, msg_box, m_type, sub",
            (5, 3, NOON // 1000, 1, 132, "你好".encode().decode("latin-1")),
            (6, 3, NOON // 1000, 2, 128, None),
        ),
        *inserts(
            "part",
            "mid, ct, cl, text",
            (5, "application/smil", "s.xml", "<smil/>"),
            (5, "text/plain", "t.txt", "第一"),
            (5, "image/jpeg", "a.jpg", None),
            (5, "text/plain", "u.txt", "第二"),
        ),
        *inserts(
            "addr",
            "msg_id, address, type",
            (5, "13700000002", 137),
            (5, "insert-address-token", 151),
            (6, "insert-address-token", 137),
            (6, NUMBER, 151),
            (6, "13700000002", 151),
        ),
    ]

    first, second = records(database(*MMS, rows=rows))

    assert (first.kind, first.direction, first.text) == ("mms", "in", "第一\n第二")
    assert first.when_utc == NOON_UTC.replace(microsecond=0)
    assert first.peer_number_raw == "13700000002"
    assert first.conversation == f"{NUMBER}~13700000002"
    assert first.facts == {"subject": "你好"}
    assert [file["name"] for file in first.attachments] == ["a.jpg"]
    assert (second.direction, second.peer_number_raw) == ("out", f"{NUMBER}~13700000002")


def test_android_calls_have_no_talk_where_the_phone_counted_ringing():
    columns = "number, date, duration, type, presentation"
    got = records(
        database(
            CALLS,
            rows=inserts(
                "calls",
                columns,
                (NUMBER, NOON, 35, 1, 1),
                (NUMBER, NOON, 0, 2, 1),
                (NUMBER, NOON, 20, 3, 1),
                ("95588", NOON, 20, 5, 1),
                ("-2", NOON, 3, 1, 2),
            ),
        )
    )

    assert [record.direction for record in got] == ["in", "out", "missed", "rejected", "in"]
    assert [record.duration_s for record in got] == [35, 0, None, None, 3]
    assert (got[3].peer_number_raw, got[3].peer_number_e164) == ("95588", None)
    assert (got[4].conversation, got[4].peer_number_e164) == (None, None)


@pytest.mark.parametrize("size", [1, 60, 127, 128, 300, 40_000])
def test_the_text_is_found_in_an_archive_of_any_length(size):
    text = ("好的" * size)[:size]

    assert text_in(typedstream(text)) == text


@pytest.mark.parametrize(
    "raw", [b"", b"NSString", b"NSString+", b"NSString+\x81", b"NSString+\x05ab"]
)
def test_a_cut_archive_has_no_text(raw):
    assert text_in(raw) is None


def test_iphone_dates_are_seconds_or_nanoseconds_for_each_row():
    got = records(
        iphone_messages(
            ("旧", None, APPLE_S, 0),
            ("新", None, APPLE_S * 10**9 + 123_456_789, 1),
            (None, typedstream("藏"), APPLE_S * 10**9, 0),
            ("无", None, 0, 0),
        )
    )

    noon = datetime(2024, 5, 1, 1, tzinfo=UTC)
    assert [record.text for record in got] == ["旧", "新", "藏", "无"]
    assert got[0].when_utc == got[2].when_utc == noon
    assert (got[1].when_utc, got[1].when_precision) == (noon.replace(microsecond=123457), "ms")
    assert [record.direction for record in got] == ["in", "out", "in", "in"]
    assert (got[3].when_utc, got[3].warnings) == (None, ("time_out_of_range",))
    assert got[0].peer_number_e164 == NUMBER


def test_iphone_groups_tapbacks_failures_and_attachments():
    columns = (
        "ROWID, text, handle_id, service, date, is_from_me, error, item_type, "
        "associated_message_type, date_retracted, date_edited"
    )
    when = APPLE_S * 10**9
    raw = database(
        *IPHONE,
        *CHATS,
        rows=[
            *inserts("handle", "ROWID, id", (1, NUMBER), (2, "a@example.org")),
            *inserts(
                "chat",
                "ROWID, style, chat_identifier, display_name, room_name",
                (1, 43, "chat77", "一家人", "chat77"),
                (2, 45, NUMBER, None, None),
            ),
            *inserts(
                "message",
                columns,
                (1, "大家好", 0, "iMessage", when, 1, 0, 0, 0, 0, 0),
                (2, "\ufffc", 2, "iMessage", when, 0, 0, 0, 0, 0, 0),
                (3, "发不出", 0, "SMS", when, 1, 22, 0, 0, 0, 0),
                (4, "赞了", 1, "iMessage", when, 0, 0, 0, 2001, 0, 0),
                (5, None, 1, "iMessage", when, 0, 0, 2, 0, 0, 0),
                (6, None, 1, "iMessage", when, 0, 0, 0, 0, when, when),
                (7, "改过", 1, "iMessage", when, 0, 0, 0, 0, 0, when),
            ),
            *inserts("chat_message_join", "chat_id, message_id", (1, 1), (1, 2), (2, 3)),
            *inserts("attachment", "transfer_name, mime_type", ("IMG_1.heic", "image/heic")),
            *inserts("message_attachment_join", "message_id, attachment_id", (2, 1)),
        ],
    )

    group, picture, failed, tapback, system, retracted, edited = records(raw)

    assert (group.kind, group.direction, group.peer_number_raw) == ("chat", "out", None)
    assert (group.peer_name, group.conversation) == ("一家人", "一家人")
    assert (picture.text, picture.peer_number_raw) == (None, "a@example.org")
    assert picture.attachments[0]["name"] == "IMG_1.heic"
    assert (failed.direction, failed.peer_number_raw, failed.kind) == ("failed", NUMBER, "sms")
    assert (tapback.kind, tapback.facts["reaction"]) == ("reaction", "liked")
    assert (system.kind, system.direction) == ("system", "system")
    assert retracted.warnings == ("message_retracted",)
    assert edited.warnings == ("message_edited",)


def test_iphone_calls_tell_missed_from_rejected():
    phone = "com.apple.Telephony"
    columns = (
        "ZDATE, ZDURATION, ZADDRESS, ZORIGINATED, ZANSWERED, ZSERVICE_PROVIDER, ZDISCONNECTED_CAUSE"
    )
    got = records(
        database(
            IPHONE_CALLS,
            rows=inserts(
                "ZCALLRECORD",
                columns,
                (APPLE_S + 0.5, 35.25, NUMBER.encode(), 0, 1, phone, 0),
                (APPLE_S, 0.0, NUMBER, 0, 0, phone, 0),
                (APPLE_S, 0.0, NUMBER, 0, 0, phone, 6),
                (APPLE_S, 12.0, "10086", 1, 0, phone, 0),
                (APPLE_S, 60.0, "wxid_a", 0, 1, "com.tencent.xin", 0),
            ),
        )
    )

    assert [record.direction for record in got] == ["in", "missed", "rejected", "out", "in"]
    assert [record.duration_s for record in got] == [35.25, None, None, 12.0, 60.0]
    assert got[0].when_utc == datetime(2024, 5, 1, 1, 0, 0, 500_000, tzinfo=UTC)
    assert (got[0].peer_number_raw, got[3].peer_number_e164) == (NUMBER, None)
    assert got[4].facts == {"app": "com.tencent.xin"}
    assert got[0].source_locator == {"row": 1, "table": "ZCALLRECORD"}


def test_views_and_virtual_tables_of_a_known_name_are_not_read():
    raw = database(
        "CREATE TABLE secret (address TEXT, date INTEGER, type INTEGER, body TEXT)",
        f"INSERT INTO secret VALUES ('1', {NOON}, 1, 'x')",
        "CREATE VIEW sms AS SELECT * FROM secret",
        "CREATE VIRTUAL TABLE calls USING fts5(number, date, type)",
    )

    assert records(raw) == []


def test_endless_work_in_a_generated_column_is_not_done():
    endless = (
        "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n)"
    )
    raw = database(
        SMS,
        f"INSERT INTO sms (address, date, type, body) VALUES ('1', {NOON}, 1, 'x')",
        f"CREATE VIEW canonical_addresses AS SELECT {endless} AS address",
        "ALTER TABLE sms ADD COLUMN subject TEXT AS (replace(hex(zeroblob(9)), '0', 'x')) VIRTUAL",
    )

    [record] = records(raw)

    assert record.facts == {}


def test_a_write_ahead_mark_does_not_keep_the_copy_shut():
    raw = bytearray(android_messages((NUMBER, NOON, 1, "a")))
    raw[18:20] = b"\x02\x02"

    assert len(records(bytes(raw))) == 1
    assert warnings(bytes(raw)) == {"database_log_absent": 1}


def test_damaged_pages_cost_only_their_rows():
    raw = bytearray(
        android_messages(*((NUMBER, NOON, 1, f"{n} " + "话" * 300) for n in range(400)))
    )
    middle = len(raw) // 2 // 4096 * 4096
    raw[middle : middle + 4096] = b"\xff" * 4096

    got = records(bytes(raw))
    rows = [record.source_locator["row"] for record in got]

    assert 380 < len(got) < 400
    assert rows == sorted(rows)
    assert {1, 400} <= set(rows)
    assert "database_damaged" in warnings(bytes(raw))


def test_a_database_without_its_list_of_tables_is_named_damaged():
    raw = android_messages((NUMBER, NOON, 1, "a"))

    with pytest.raises(UnreadableError):
        records(raw[:100] + bytes(len(raw) - 100))


def test_a_foreign_database_has_no_records_and_stays_an_attachment_of_an_archive():
    raw = database("CREATE TABLE bookmarks (url TEXT)")

    assert reading(raw).format == "sqlite"
    assert records(raw) == []
    [told] = records(zipped({"a.db": raw}))
    assert (told.kind, told.attachments[0]["format"]) == ("attachment", "sqlite")


def test_a_database_in_an_archive_is_read():
    [record] = records(zipped({"mmssms.db": android_messages((NUMBER, NOON, 1, "a"))}))

    assert record.source_locator == {"member": "mmssms.db", "row": 1, "table": "sms"}
