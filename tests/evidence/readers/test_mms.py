"""evidence/readers/messages/mms.py: multimedia messages, their parts and their senders."""

from __future__ import annotations

import base64
import hashlib
import tracemalloc
from io import BytesIO

import pytest

from evidence.readers import read
from tests.samples.exports import backup, mms

from .reads import records, warnings

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 3
TEXT = '<part seq="0" ct="text/plain" name="t" chset="106" text="第一段" />'
SMIL = '<part seq="-1" ct="application/smil" text="&lt;smil/&gt;" />'


def picture(data: bytes = PNG) -> str:
    coded = base64.b64encode(data).decode()
    return f'<part seq="1" ct="image/jpeg" name="null" cl="a.jpg" text="null" data="{coded}" />'


def test_it_joins_text_skips_layout_and_describes_attachments():
    raw = backup(mms(SMIL + TEXT + TEXT.replace("第一段", "第二段") + picture()))

    [record] = records(raw)

    assert (record.kind, record.direction) == ("mms", "in")
    assert record.text == "第一段\n第二段"
    [attachment] = record.attachments
    assert attachment["name"] == "a.jpg"
    assert attachment["format"] == "png"  # declared as image/jpeg
    assert attachment["size"] == len(PNG)
    assert attachment["sha256"] == hashlib.sha256(PNG).hexdigest()
    start, end = attachment["locator"]["bytes"]
    assert raw[start:end].startswith(b"<part ")


def test_in_a_group_the_sender_is_the_peer():
    addrs = (
        '<addr address="+8613700000002" type="137" /><addr address="+8613700000001" type="151" />'
    )
    raw = backup(mms(TEXT, address="+8613700000001~+8613700000002", addrs=addrs))

    [record] = records(raw)

    assert record.peer_number_e164 == "+8613700000002"
    assert record.conversation == "+8613700000001~+8613700000002"


def test_the_owners_placeholder_is_nobody():
    raw = backup(mms(TEXT, msg_box=2, addrs='<addr address="insert-address-token" type="137" />'))

    [record] = records(raw)

    assert (record.direction, record.peer_number_e164) == ("out", "+8613700000001")


def test_damaged_base64_keeps_the_message():
    broken = picture().replace('data="', 'data="@@@@')

    [record] = records(backup(mms(TEXT + broken)))

    assert record.text == "第一段"
    assert "attachment_damaged" in record.warnings


@pytest.mark.parametrize("seconds", [False, True])
def test_dates_in_seconds_are_known_by_their_size(seconds):
    raw = backup(mms(TEXT))
    raw = raw.replace(b'date="1730000000123"', b'date="1730000000"') if seconds else raw

    [record] = records(raw)

    assert record.when_utc is not None
    assert record.when_utc.year == 2024


def test_a_message_that_was_never_downloaded_says_so():
    [record] = records(backup(mms("", m_type="130")))

    assert record.warnings == ("mms_not_downloaded",)


def test_an_unfinished_message_is_not_delivered():
    raw = backup(mms(TEXT), mms(TEXT))
    cut = raw[: raw.rindex(b"</parts>")]

    assert len(records(cut)) == 1
    assert "file_truncated" in warnings(cut)


def test_a_giant_attachment_takes_little_memory():
    data = bytes(range(256)) * (48 * 1024)  # 12 MiB, 16 MiB as base64
    raw = BytesIO(backup(mms(TEXT + picture(data) + TEXT)))

    tracemalloc.start()
    [record] = read(raw, name="big.xml")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert record.attachments[0]["sha256"] == hashlib.sha256(data).hexdigest()
    assert record.text == "第一段\n第一段"
    assert record.source_locator["bytes"][1] == raw.getvalue().index(b"</mms>") + 6
    assert peak < 14 * 1024 * 1024
