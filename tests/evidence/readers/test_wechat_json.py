"""evidence/readers/{wechat_json,wechat_shapes,wechat_rows,wechat_chatlab}.py."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tests.samples.exports import zipped
from tests.samples.wechat import CHATLAB, CHATLOG, KEEPER, MEMOTRACE, PYWXDUMP, WEFLOW

from .reads import reading, records, warnings

MORNING = datetime(2024, 3, 4, 23, 8, 9, tzinfo=UTC)
FILES = {
    "weflow": WEFLOW,
    "echotrace": {name: value for name, value in WEFLOW.items() if name != "weflow"},
    "chatlab": CHATLAB,
    "chatlog_json": CHATLOG,
    "chatlog_keeper": KEEPER,
    "pywxdump_json": PYWXDUMP,
    "memotrace_json": MEMOTRACE,
}


# These name no conversation: the owner's own messages have no peer.
UNNAMED = ("chatlog_keeper", "pywxdump_json", "memotrace_json")


def raw(value, **named):
    return json.dumps(value, ensure_ascii=False, **named).encode()


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("format_id", FILES)
def test_every_tool_s_messages_are_told_alike(format_id, indent):
    got = reading(raw(FILES[format_id], indent=indent), name="李雷.json")
    first, own, notice = list(got)[:3]

    assert got.format == format_id
    assert (first.kind, first.direction, first.text) == ("chat", "in", "还钱")
    assert (first.when_utc, first.peer_name) == (MORNING, "李雷")
    peer = None if format_id in UNNAMED else "李雷"
    assert (own.direction, own.text, own.peer_name) == ("out", "好", peer)
    assert (notice.kind, notice.direction, notice.peer_name) == ("system", "system", None)
    assert notice.text == "“李雷”撤回了一条消息"


def test_places_are_the_bytes_of_the_objects():
    text = raw(CHATLOG, indent=1)

    for record in records(text):
        start, end = record.source_locator["bytes"]
        assert json.loads(text[start:end])["seq"]


def test_a_group_has_no_peer_for_what_the_owner_wrote_and_ids_go_from_its_texts():
    session = {"wxid": "1@chatroom", "displayName": "群", "type": "群聊"}
    message = {**WEFLOW["messages"][0], "content": "wxid_a:\n还钱", "senderUsername": "wxid_a"}
    own = {**message, "isSend": 1, "senderUsername": "wxid_me", "content": "note:\n好"}

    first, second = records(raw({**WEFLOW, "session": session, "messages": [message, own]}))

    assert (first.text, first.conversation, first.peer_name) == ("还钱", "群", "李雷")
    assert (second.direction, second.text, second.peer_name) == ("out", "note:\n好", None)


def test_weflow_names_the_conversation_calls_files_and_transfers():
    call, picture, transfer = records(raw(WEFLOW))[3:]

    assert (call.kind, call.duration_s, call.conversation) == ("call", 65, "李雷")
    assert (picture.text, picture.attachments[0]["name"]) == (None, "a.jpg")
    assert transfer.facts["message_type"] == "transfer"
    assert "100" in transfer.text


def test_a_file_of_an_archive_leads_to_its_member():
    packed = zipped({"x/李雷.json": raw(WEFLOW), "x/media/images/a.jpg": b"\xff\xd8\xff"})

    [picture] = [
        record
        for record in records(packed, name="x.zip")
        if record.facts.get("message_type") == "image"
    ]

    assert picture.attachments[0]["locator"] == {"member": "x/media/images/a.jpg"}


def test_a_long_picture_before_the_messages_hides_nothing():
    session = {**WEFLOW["session"], "avatar": "data:image/png;base64," + "A" * 200_000}

    got = reading(raw({**WEFLOW, "session": session}))

    assert got.format == "weflow"
    assert len(list(got)) == 6


def test_a_cut_export_delivers_its_whole_messages():
    text = raw(WEFLOW, indent=1)

    assert len(records(text[: len(text) // 2])) in range(1, 6)
    assert "file_truncated" in warnings(text[: len(text) // 2])


def test_group_messages_of_chatlog_keep_who_wrote():
    message = {**CHATLOG[0], "talker": "1@chatroom", "talkerName": "群", "isChatRoom": True}

    [record] = records(raw([message]))

    assert (record.conversation, record.peer_name, record.direction) == ("群", "李雷", "in")
    assert record.facts["wechat_id"] == "wxid_a"


def test_packed_type_numbers_of_version_4_are_taken_apart():
    message = {**CHATLOG[0], "type": (57 << 32) + 49, "content": "好的"}

    [record] = records(raw([message]))

    assert record.facts["message_type"] == "quote"


def test_fractions_of_a_second_are_milliseconds():
    [record] = records(raw([{**KEEPER[0], "ts": 1709593689.25}]))

    assert record.when_utc == MORNING.replace(microsecond=250_000)
    assert (record.when_precision, record.when_raw) == ("ms", "1709593689.25")


def test_what_little_is_known_of_says_so():
    assert warnings(raw(CHATLAB))["format_unverified"] == 1
    assert "format_unverified" not in warnings(raw(WEFLOW))


@pytest.mark.parametrize(
    "value", [{}, [], {"messages": []}, [{"a": 1}], {"messages": [{"role": "user"}]}]
)
def test_any_other_json_stays_unknown(value):
    assert reading(raw(value)).format == "unknown"


def test_echotrace_is_known_by_who_sent_its_messages():
    message = {"createTime": 1_735_689_600, "content": "还钱", "isSend": 0, "type": "文本消息"}
    export = {"session": {"wxid": "wxid_a"}, "messages": [{**message, "senderUsername": "wxid_a"}]}

    got = reading(json.dumps(export).encode(), name="a.json")

    assert [(record.direction, record.text) for record in got] == [("in", "还钱")]
    assert got.format == "echotrace"
