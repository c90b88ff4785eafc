"""evidence/readers/messages/vmessage.py: the makers' dialects, and labels that lie."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.samples.exports import zipped
from tests.samples.vmessages import FEATURE_PHONE, IRMS, MOTOROLA, NOKIA, crlf, mediatek

from .reads import reading, records, warnings

NO_CLOCK = NOKIA.replace("X-NOK-DT:20200102", "X-NOK-DT:19700101")


def only(text: str, encoding: str = "utf-8"):
    raw = crlf(text).decode().encode(encoding)
    [record] = records(raw, name="anything.txt")
    return record


def test_hour_24_and_characters_cut_in_half_by_a_soft_break():
    record = only(mediatek())

    assert (record.kind, record.direction, record.text) == ("sms", "out", "好的")
    assert record.when_utc == datetime(2020, 1, 1, 16, 3, 4, tzinfo=UTC)
    assert record.peer_number_e164 == "+8613700000001"
    assert record.owner_sim == "0"
    assert record.source_locator == {"line": 1}


@pytest.mark.parametrize(
    ("text", "direction", "when", "number", "said"),
    [
        (NOKIA, "out", (2020, 1, 2, 3, 4, 5), "+8613700000001", "第一行\n第二行"),
        (NO_CLOCK, "out", (2020, 1, 2, 3, 4, 5), "+8613700000001", "第一行\n第二行"),
        (MOTOROLA, "in", (2024, 10, 27, 3, 33, 20), "10086", "您的话费余额"),
        (IRMS, "out", (2020, 1, 2, 3, 4, 5), "13700000001", "好"),
        (FEATURE_PHONE, "in", (2013, 4, 3, 15, 5, 9), "13700000001", "好"),
    ],
)  # fmt: skip
def test_each_dialect_has_its_own_box_date_and_body(text, direction, when, number, said):
    record = only(text)

    assert (record.direction, record.text) == (direction, said)
    assert record.when_utc is not None
    assert record.when_utc.replace(microsecond=0) == datetime(*when, tzinfo=UTC)
    assert record.peer_number_raw == number


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_nokia_writes_utf16_often_without_a_mark(encoding):
    assert only(NOKIA, encoding).text == "第一行\n第二行"


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("看 https://example.invalid/?id=AB12", "看 https://example.invalid/?id=AB12"),
        ("https://example.invalid/?a=zz", "https://example.invalid/?a=zz"),
        ("https://example.invalid/?id=AB12", "https://example.invalid/?id=AB12"),
        ("a=C4=E3b", "a你b"),
        ("=E5=A5=BD=0A=E7=9A=84", "好\n的"),
        ("a\n/END:VBODY\nb", "a\nEND:VBODY\nb"),
        (" =E5=A5=BD", "好"),
        ("=61=0A=2F=45=4E=44=3A=56=42=4F=44=59", "a\nEND:VBODY"),
        ("", ""),
    ],
)
def test_a_value_that_was_never_quoted_is_left_alone(subject, text):
    assert only(mediatek(subject)).text == text


@pytest.mark.parametrize(
    ("box", "direction"), [("INBOX", "in"), ("SENTBOX", "out"), ("DRAFT", "draft"), ("X", None)]
)
def test_the_box_tells_the_direction(box, direction):
    assert only(mediatek(box=box)).direction == direction


def test_transfer_apps_call_the_number_otherwise():
    assert only(mediatek(tel="FROMTEL:10690000001")).peer_number_raw == "10690000001"


def test_many_messages_have_their_lines_and_a_cut_one_is_left_out():
    raw = crlf(mediatek() + mediatek("two"))
    cut = crlf(mediatek() + mediatek("two")[:150])

    assert [record.source_locator["line"] for record in records(raw)] == [1, 17]
    assert len(records(cut)) == 1
    assert "file_truncated" in warnings(cut)


def test_a_zip_of_single_messages_is_one_set():
    raw = zipped({f"{n}.vmsg": crlf(mediatek(str(n))) for n in range(3)})

    assert [record.text for record in records(raw, name="a.zip")] == ["0", "1", "2"]
    assert reading(crlf(NOKIA)).format == "vmessage"


def test_an_impossible_date_is_left_open():
    record = only(mediatek(date="2020/13/45 01:02:03"))

    assert (record.when_utc, record.when_raw) == (None, "2020/13/45 01:02:03")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("http://a.example/?id=4120", "http://a.example/?id=4120"),
        ("=E5=A5=BD=41", "好A"),
        ("=e5=a5=bd=61", "好a"),
        ("ok=3D1 =E5=A5=BD", "ok=1 好"),
        ("=F0=9F=98=80 =ED=A0=BD=ED=B8=80", "😀 😀"),
        ("=E5=A5=BD=E5=A5", "好\ufffd"),
        ("=E5=A5=BD=0D=0A=E5=A5=BD", "好\n好"),
        ("=BA=C3=B5=C4", "好的"),  # says UTF-8 and is GBK
        ("=E5=A5=BD=E7==\n9A=84", "好的"),
    ],
)
def test_quoted_texts_are_read_as_their_writer_meant_them(written, text):
    assert only(mediatek(written)).text == text


@pytest.mark.parametrize("end", ["\r\r\n", "\n\n", "\r\n\r\n"])
def test_doubled_line_ends_add_no_lines_to_a_message(end):
    [record] = records(NOKIA.replace("\n", end).encode(), name="x.vmg")

    assert (record.text, record.direction) == ("第一行\n第二行", "out")


def test_a_text_may_begin_like_a_property():
    text = MOTOROLA.replace("您的话费余额", "Date: 明天")

    [record] = records(text.encode(), name="x.vmsg")

    assert (record.text, record.when_utc.year) == ("Date: 明天", 2024)


def test_gb18030_is_joined_before_it_is_decoded():
    quoted = "".join(f"={byte:02X}" for byte in "好的，还款".encode("gb18030"))
    message = mediatek(quoted[:9] + "=\n" + quoted[9:]).replace("CHARSET=UTF-8", "CHARSET=GB2312")

    assert only(message).text == "好的，还款"


@pytest.mark.parametrize(("box", "direction"), [("FAILED", "failed"), ("QUEUED", "queued")])
def test_what_could_not_be_sent_is_not_sent(box, direction):
    assert only(mediatek(box=box)).direction == direction


def test_a_date_without_punctuation_is_the_phone_s_clock_unless_it_says_utc():
    local, utc = (only(mediatek(date=f"20200102T030405{end}")) for end in ("", "Z"))

    assert (local.when_utc, local.zone_source) == (
        datetime(2020, 1, 1, 19, 4, 5, tzinfo=UTC),
        "assumed",
    )
    assert (utc.when_utc, utc.zone_source) == (datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC), "offset")


def test_messages_in_several_encodings_are_still_one_file():
    chinese = mediatek("好的").replace("CHARSET=UTF-8", "CHARSET=GBK").encode("gb18030")
    raw = mediatek("好的").encode() + chinese + mediatek("再\u00ff见").encode("latin-1", "replace")

    assert reading(raw).format == "vmessage"
    assert [record.text for record in records(raw)][:2] == ["好的", "好的"]
