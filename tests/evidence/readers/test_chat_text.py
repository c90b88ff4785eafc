"""evidence/readers/{signal_text,welink_text}.py, and which text is whose."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.samples.chats import QQ_BANNER, qq_conversation
from tests.samples.exports import zipped

from .reads import reading, records, warnings

SIGNAL = (
    "[2024-03-05, 07:08] 李雷: 早\n第二行\n\n"
    "[2024-03-05, 07:09] 韩梅梅: ![a](./media/a.jpg)  看\n(- 李雷: 👍, 我: ❤ -)\n"
)
WELINK = (
    "张三(z00123456)\t2026-03-31 09:15:32\n第一行\n\n第二行\n\n"
    "李四(l00123457)\t2026-03-31 09:16:45\n好\n"
)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_signal_has_minutes_and_goes_on_over_lines(ends):
    got = reading(SIGNAL.replace("\n", ends).encode(), name="chat.md")
    first, second = got

    assert got.format == "signal_text"
    assert (first.text, first.peer_name, first.direction) == ("早\n第二行", "李雷", None)
    assert first.when_utc == datetime(2024, 3, 4, 23, 8, tzinfo=UTC)
    assert (first.when_raw, first.when_precision) == ("2024-03-05, 07:08", "min")
    assert (second.text, second.attachments[0]["name"]) == ("看", "a")
    assert second.facts["reactions"] == [
        {"sender": "李雷", "reaction": "👍"},
        {"sender": "我", "reaction": "❤"},
    ]
    assert second.source_locator == {"line": 4}


def test_signal_export_names_the_owner_and_the_app():
    text = (
        "[2024-03-05 07:08:09] Me: 早\n[2024-03-05 07:08:10] 李雷: 好\n"
        "[2024-03-05 07:08:11] No-Sender: 改了群名\n"
    )
    first, second, notice = records(zipped({"李雷/chat.md": text.encode()}))

    assert (first.direction, second.direction, notice.kind) == ("out", "in", "system")
    assert (first.when_precision, first.conversation) == ("s", "李雷")


def test_signal_s_files_lead_to_their_members():
    raw = zipped({"李雷/chat.md": SIGNAL.encode(), "李雷/media/a.jpg": b"\xff\xd8\xff"})

    _, second, _ = records(raw)

    assert second.attachments[0]["locator"] == {"member": "李雷/media/a.jpg"}


def test_welink():
    got = reading(WELINK.encode(), name="x.txt")
    first, second = got

    assert got.format == "welink_text"
    assert (first.text, first.peer_name) == ("第一行\n\n第二行", "张三")
    assert first.facts["sender_id"] == "z00123456"
    assert first.when_utc == datetime(2026, 3, 31, 1, 15, 32, tzinfo=UTC)
    assert (second.text, second.source_locator) == ("好", {"line": 6})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_few_bytes_of_no_encoding_cost_no_more_than_themselves(encoding):
    words = "你好，请问什么时候还钱" * 20
    text = QQ_BANNER + qq_conversation("甲", f"2024-03-05 7:08:09 李雷(10001)\n{words}")
    raw = text.encode(encoding)
    raw = raw[:-1] if encoding == "utf-16" else raw + b"\xff\n"

    got = reading(raw)
    [record] = got

    assert (got.format, record.text.startswith(words)) == ("qq_text", True)
    assert warnings(raw) == {"invalid_bytes_replaced": 1}


def test_bytes_that_are_mostly_of_no_encoding_are_no_text():
    assert reading(b"2024-03-05 7:08:09 A(10001)\n" + b"\xff" * 40).format == "unknown"


@pytest.mark.parametrize(
    ("text", "format_id"),
    [
        (QQ_BANNER + qq_conversation("甲"), "qq_text"),
        ("2024-03-05 07:08:09 甲(10001)\n好\n", "qq_text"),
        ("2024-03-05 07:08:09 INFO (main) started\n", "unknown"),
        ("2024-03-05 07:08:09 甲\n好\n", "unknown"),
        ("[2024-03-05, 07:08:09] 甲: 好\n[2024-03-05, 07:08:10] 甲: 好\n", "whatsapp"),
        ("[2024-03-05, 07:08] 甲: 好\n", "signal_text"),
        ("2024-03-05, 07:08 - 甲: 好\n", "whatsapp"),
        ("[1, 2]\n", "unknown"),
        ("号码\t时间\t内容\n13700000001\t2024-03-05 07:08:09\t好\n", "message_table"),
        ("甲(乙)\t2024-03-05 07:08:09\n好\n", "welink_text"),
        ("甲(乙)\t好\n", "unknown"),
    ],
)
def test_each_text_goes_to_its_own_reader(text, format_id):
    assert reading(text.encode()).format == format_id
