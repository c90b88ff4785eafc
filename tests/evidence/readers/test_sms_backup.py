"""readers/messages/sms_backup.py: messages and calls of SMS Backup & Restore, whole and damaged."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from evidence.readers import RefusedError
from tests.samples.exports import NOON, NUMBER, backup, call, mms, sms

from .reads import reading, records, warnings


def test_it_reads_a_message_with_its_place_in_the_file():
    raw = backup(sms("你好&#55357;&#56397;"))

    [record] = records(raw)

    assert record.kind == "sms"
    assert record.direction == "in"
    assert record.text == "你好👍"
    assert record.when_utc == datetime(2024, 10, 27, 3, 33, 20, 123000, tzinfo=UTC)
    assert (record.when_precision, record.zone_source) == ("ms", "epoch")
    assert (record.peer_number_raw, record.peer_number_e164) == (NUMBER, NUMBER)
    assert record.peer_name is None
    start, end = record.source_locator["bytes"]
    assert raw[start:end].startswith(b"<sms ")
    assert raw[start:end].endswith(b"/>")


@pytest.mark.parametrize(
    ("kind", "direction"),
    [(1, "in"), (2, "out"), (3, "draft"), (4, "outbox"), (5, "failed"), (6, "queued"), (9, None)],
)
def test_a_draft_or_a_failed_message_is_never_called_sent(kind, direction):
    [record] = records(backup(sms(kind=kind)))

    assert record.direction == direction


def test_the_word_null_in_a_body_was_written_by_somebody():
    [record] = records(backup(sms("null", contact_name="null")))

    assert record.text == "null"
    assert record.peer_name is None


def test_a_service_number_gets_no_international_form():
    [record] = records(backup(sms(address="95588")))

    assert record.peer_number_raw == "95588"
    assert record.peer_number_e164 is None


@pytest.mark.parametrize(
    ("written", "text", "warning"),
    [
        ("a&#55357;&#56832;b", "a😀b", "surrogate_references_joined"),
        ("a&#xD83D;&#xDE00;b", "a😀b", "surrogate_references_joined"),
        ("&#10;&#55357;&#56832;", "\n😀", "surrogate_references_joined"),
        ("a&#55357;b", "a\ufffdb", "lone_surrogate_replaced"),
        ("a&#56832;&#55357;b", "a\ufffd\ufffdb", "lone_surrogate_replaced"),
        ("a&#0;b&#11;c&#31;", "abc", "forbidden_characters_removed"),
        ("a\x08b", "ab", "forbidden_characters_removed"),
        ("a\ufffeb", "ab", "forbidden_characters_removed"),
        ("a&nbsp;b", "a&nbsp;b", "unknown_reference_kept"),
    ],
)
def test_it_repairs_what_xml_forbids_and_counts_it(written, text, warning):
    raw = backup(sms("一"), sms(written), count=2)

    assert records(raw)[1].text == text
    assert warning in warnings(raw)


def test_a_reference_keeps_its_line_break_and_a_literal_one_becomes_a_blank():
    [record] = records(backup(sms("a&#10;b\nc\r\nd &amp;&lt;&gt;&quot;&apos;")))

    assert record.text == "a\nb c d &<>\"'"


@pytest.mark.parametrize("declared", ["", "encoding='UTF-8'", "encoding='gb2312'"])
def test_chinese_bytes_are_known_whatever_the_file_says_of_them(declared):
    text = backup(sms("没有写明，朱镕基"), sms("再见")).decode()
    text = text.replace("encoding='UTF-8'", declared)

    assert [record.text for record in records(text.encode("gb18030"))] == [
        "没有写明，朱镕基",
        "再见",
    ]


def test_a_few_damaged_bytes_do_not_turn_utf_8_into_another_encoding():
    raw = backup(sms("你好，请还款"), sms("再见了朋友")).replace("朋".encode(), b"\xff")

    assert [record.text for record in records(raw)] == ["你好，请还款", "再见了\ufffd友"]


def test_line_ends_are_lf_in_any_message():
    picture = '<part ct="text/plain" text="a&#13;&#10;b&#13;c" />'

    got = records(backup(sms("a&#13;&#10;b&#13;c"), mms(picture)))

    assert [record.text for record in got] == ["a\nb\nc"] * 2


def test_a_message_names_its_sim_by_either_word():
    serial = "8986001234567890123"
    got = records(
        backup(
            sms(sub_id="2"),
            sms("b", subscription_id=serial),
            sms("c", sub_id="-1", subscription_id=serial),
            sms("&amp;", sub_id="-1", subscription_id=serial, contact_name="&amp;"),
            call(sub_id="1"),
        )
    )

    assert [record.owner_sim for record in got] == ["2", "…0123", "…0123", "…0123", "1"]


def test_a_presentation_hides_a_number_only_when_it_says_so():
    shown = records(backup(*(call(presentation=str(n), duration=n) for n in range(5))))

    assert [record.peer_number_e164 for record in shown] == [NUMBER, NUMBER, None, None, None]


def test_a_value_in_single_quotes_may_hold_double_ones():
    raw = backup("""<sms address="10086" date="1730000000123" type="1" body='说"好"' />""")

    assert records(raw)[0].text == '说"好"'


def test_surrogate_halves_as_bytes_are_joined():
    raw = backup(sms("X")).replace(b'"X"', b'"\xed\xa0\xbd\xed\xb8\x80"')

    assert records(raw)[0].text == "😀"


def test_a_file_cut_in_the_middle_delivers_its_complete_messages():
    raw = backup(sms("一"), sms("二", date=NOON + 1), sms("三", date=NOON + 2))

    cut = raw[: raw.index("三".encode())]

    assert [record.text for record in records(cut)] == ["一", "二"]
    assert {"file_truncated", "count_differs"} <= set(warnings(cut))


def test_a_wrong_count_is_told():
    assert "count_differs" in warnings(backup(sms(), count=7))


def test_overlapping_copies_are_given_once_and_their_places_kept():
    got = reading(backup(sms("一"), sms("二"), sms("一")))

    assert [record.text for record in got] == ["一", "二"]
    assert got.notes.duplicates[0][0] == 0
    assert "count_differs" not in {warning["code"] for warning in got.summary.warnings}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_places_hold_in_other_encodings(encoding):
    text = backup(sms("你好"), sms("再见&#55357;&#56397;")).decode()
    raw = text.replace("UTF-8", encoding).encode(encoding)

    second = records(raw)[1]

    assert second.text == "再见👍"
    start, end = second.source_locator["bytes"]
    assert raw[start:end].decode(encoding).startswith("<sms ")
    assert raw[start:end].decode(encoding).endswith("/>")


def test_times_beyond_belief_are_left_open():
    [record] = records(backup(sms(date=99)))

    assert record.when_utc is None
    assert record.when_raw == "99"
    assert record.warnings == ("time_out_of_range",)


def test_the_readable_date_may_be_in_another_zone_and_nothing_else():
    other_zone = backup(sms(readable_date="Oct 26, 2024 8:33:20 PM"))
    other_time = backup(sms(readable_date="2024-10-27 11:40:00"))

    assert "readable_date_differs" not in warnings(other_zone)
    assert "readable_date_differs" in warnings(other_time)


@pytest.mark.parametrize(
    ("kind", "direction", "duration"),
    [
        (1, "in", 35),
        (2, "out", 35),
        (3, "missed", None),
        (4, "voicemail", 35),
        (5, "rejected", None),
        (6, "blocked", 35),
        (7, "in", 35),
    ],
)
def test_calls_know_how_they_ended(kind, direction, duration):
    [record] = records(backup(call(kind=kind), root="calls"))

    assert (record.kind, record.direction, record.duration_s) == ("call", direction, duration)


def test_a_withheld_number_is_kept_raw():
    [record] = records(backup(call(number="-1", presentation="2"), root="calls"))

    assert record.peer_number_raw == "-1"
    assert record.peer_number_e164 is None
    assert record.conversation is None


def test_a_sim_serial_is_masked():
    [record] = records(backup(sms(sub_id="89860012345678901234")))

    assert record.owner_sim == "…1234"


def test_super_backup_logs_are_read_by_their_local_time():
    log = '<log number="13700000001" time="05.03.2024 07:08:09" type="2" name="" dur="12" new="0"/>'

    [record] = records(f"<?xml version='1.0'?><alllogs count=\"1\">{log}</alllogs>".encode())

    assert record.when_utc == datetime(2024, 3, 4, 23, 8, 9, tzinfo=UTC)
    assert (record.zone_source, record.direction, record.duration_s) == ("assumed", "out", 12)


def test_super_backup_messages_name_the_person_in_their_own_word():
    written = (
        '<sms address="13700000001" time="2024-3-5 8:53:20" date="1709600000000" type="1" '
        'body="还钱" read="1" service_center="" name="{}" />'
    )
    named, unnamed = written.format("王某"), written.format("").replace("还钱", "好")

    found = records(f'<?xml version="1.0"?><allsms count="2">{named}{unnamed}</allsms>'.encode())

    assert [(record.direction, record.text) for record in found] == [("in", "还钱"), ("in", "好")]
    assert [record.peer_name for record in found] == ["王某", None]
    assert found[0].when_utc == datetime(2024, 3, 5, 0, 53, 20, tzinfo=UTC)


@pytest.mark.parametrize("where", ["prolog", "inside"])
def test_a_doctype_is_refused(where):
    raw = backup(sms())
    bomb = b'<!DOCTYPE smses [<!ENTITY a "aaaa">]>'
    raw = (
        raw.replace(b"<smses", bomb + b"<smses")
        if where == "prolog"
        else raw.replace(b"<sms ", bomb + b"<sms ", 1)
    )

    with pytest.raises(RefusedError) as refusal:
        records(raw)

    assert refusal.value.code == "reading_xml_entities"


def test_the_fast_line_is_the_same_json():
    raw = backup(sms("引&quot;号\\&#10;&#127;", subject="题", date_sent="1730000000000"), call())

    for record in records(raw):
        assert json.loads(record.as_line()) == json.loads(json.dumps(record.as_json()))


def test_elements_of_many_shapes_are_read_alike():
    elements = [sms(f"第{i}条", date=NOON + i, **{f"extra{i % 7}": "x"}) for i in range(60)]

    assert [r.text for r in records(backup(*elements))] == [f"第{i}条" for i in range(60)]
