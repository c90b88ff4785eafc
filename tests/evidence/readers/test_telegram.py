"""evidence/readers/{telegram,telegram_values,json_items,json_shapes}.py."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import pytest

from evidence.readers import UnreadableError
from evidence.readers.reading import Notes
from evidence.readers.syntax.json_items import Broken, CutOffError, Opened, items
from tests.samples.chats import (
    as_json,
    telegram_account,
    telegram_box,
    telegram_chat,
    telegram_message,
    telegram_notice,
    telegram_page,
)
from tests.samples.exports import zipped

from .reads import reading, records, warnings

WHEN = datetime(2024, 3, 4, 23, 8, 9, tzinfo=UTC)


def one(**more):
    """The record of the only message of a chat."""
    words = more.pop("words", "你好")
    [record] = records(
        as_json(telegram_chat(telegram_message(1, words, **more))), name="result.json"
    )
    return record


def test_one_chat_does_not_say_whose_it_is():
    raw = as_json(telegram_chat(telegram_message(1), telegram_message(2, **{"from": "我"})))
    got = reading(raw, name="result.json")
    first, second = got

    assert got.format == "telegram"
    assert (first.text, first.peer_name, first.conversation) == ("你好", "李雷", "李雷")
    assert (first.when_utc, first.when_raw, first.zone_source) == (WHEN, "1709593689", "epoch")
    assert (first.when_precision, first.direction, second.direction) == ("s", None, None)
    begin, end = first.source_locator["bytes"]
    assert json.loads(raw[begin:end])["id"] == 1


@pytest.mark.parametrize("owner", ["我", "user9"])
def test_the_owner_is_told_by_name_or_by_number(owner):
    own = telegram_message(2, **{"from": "我", "from_id": "user9"})

    first, second = records(as_json(telegram_chat(telegram_message(1), own)), owner=owner)

    assert (first.direction, second.direction, second.peer_name) == ("in", "out", "李雷")


def test_an_account_says_whose_it_is():
    own = telegram_message(2, **{"from": "我", "from_id": "user9"})
    raw = telegram_account(
        9,
        telegram_chat(telegram_message(1), own),
        telegram_chat(telegram_message(3), name=None, id=77),
        left=[telegram_chat(telegram_message(4), name="旧群")],
    )

    got = records(raw)

    assert [record.direction for record in got] == ["in", "out", "in", "in"]
    assert [record.conversation for record in got] == ["李雷", "李雷", "77", "旧群"]


def test_a_chat_with_oneself_is_one_s_own():
    chat = telegram_chat(telegram_message(1), type="saved_messages", id=1)
    del chat["name"]

    [record] = records(as_json(chat))

    assert record.direction == "out"


def test_a_text_in_parts_is_joined():
    parts = ["看 ", {"type": "link", "text": "http://x.cn"}, "\n好", {"type": "bold", "text": "！"}]

    assert one(words=parts).text == "看 http://x.cn\n好！"
    assert one(words="", text_entities=[{"type": "plain", "text": "好"}]).text == "好"


@pytest.mark.parametrize(
    ("more", "edited"),
    [
        ({"edited": "2024-03-05T07:09:00", "edited_unixtime": "1709593740"}, True),
        ({"edited": "2024-03-05T07:09:00"}, True),
        ({"edited": "1970-01-01T08:00:00"}, False),
        ({"edited": "1970-01-01T08:00:00", "edited_unixtime": "0"}, False),
        ({}, False),
    ],
)
def test_edited_messages_say_so(more, edited):
    assert ("message_edited" in one(**more).warnings) is edited


@pytest.mark.parametrize(
    ("more", "zone"),
    [
        ({"date_unixtime": None}, "assumed"),
        ({"date_unixtime": None, "date": "2024-03-05T07:08:09+08:00"}, "offset"),
        ({"date_unixtime": 1709593689}, "epoch"),
        ({"date": None}, "epoch"),
    ],
)
def test_times_of_every_version(more, zone):
    record = one(**more)

    assert (record.when_utc, record.zone_source) == (WHEN, zone)


def test_a_deleted_account_has_a_number_and_no_name():
    record = one(**{"from": None})

    assert (record.peer_name, record.facts["sender_id"]) == (None, "user1")


def test_replies_and_forwards_are_told():
    record = one(reply_to_message_id=7, forwarded_from="别人", via_bot="@gif")

    assert record.facts["reply_to"] == 7
    assert (record.facts["forwarded_from"], record.facts["via_bot"]) == ("别人", "@gif")


def test_files_are_attachments_and_those_left_out_are_said_to_be():
    absent = "(File not included. Change data exporting settings to download.)"
    voice = one(
        words="",
        file="voice_messages/audio_1.ogg",
        media_type="voice_message",
        mime_type="audio/ogg",
        file_size=12,
        duration_seconds=5,
    )
    photo = one(words="", photo=absent)
    document = one(words="", file=absent, file_name="合同.pdf")

    assert (voice.text, voice.duration_s, voice.warnings) == (None, 5, ())
    assert voice.facts["message_type"] == "voice_message"
    assert voice.attachments[0] | {"format": 0} == {
        "name": "audio_1.ogg",
        "content_type": "audio/ogg",
        "format": 0,
        "size": 12,
        "sha256": None,
        "locator": None,
    }
    assert (photo.attachments, photo.warnings) == ((), ("media_omitted",))
    assert [file["name"] for file in document.attachments] == ["合同.pdf"]
    assert document.warnings == ("media_omitted",)


@pytest.mark.parametrize(
    ("more", "text"),
    [
        (
            {
                "contact_information": {
                    "first_name": "韩",
                    "last_name": "梅",
                    "phone_number": "+86 1",
                }
            },
            "韩 梅\n+86 1",
        ),
        (
            {"place_name": "家", "location_information": {"latitude": 1.5, "longitude": 2}},
            "家\n1.5, 2",
        ),
        (
            {"poll": {"question": "去吗", "answers": [{"text": "去"}, {"text": "不"}]}},
            "去吗\n- 去\n- 不",
        ),
        ({"location_information": None}, None),
        (
            {"invoice_information": '{"title": "借款", "amount": 150, "currency": "CNY"}'},
            "借款\n150 CNY",
        ),
        ({"todo_list": {"title": "账", "answers": [{"text": [{"text": "还"}]}]}}, "账\n- 还"),
        (
            {
                "rich_message": {
                    "blocks": [
                        {"type": "paragraph", "text": {"type": "plain", "text": "甲"}},
                        {"type": "photo", "caption": {"text": {"type": "empty"}}},
                        {"type": "paragraph", "text": {"children": [{"text": "乙"}]}},
                    ]
                }
            },
            "甲\n乙",
        ),
    ],
)
def test_what_has_no_words_says_what_it_holds(more, text):
    assert one(words="", **more).text == text


def call(**more):
    return telegram_message(
        5, "", type="service", action="phone_call", actor="李雷", actor_id="user1", **more
    )


@pytest.mark.parametrize(
    ("owner", "reason", "direction", "seconds"),
    [
        (9, "hangup", "in", 12),
        (9, "missed", "missed", None),
        (9, "busy", "rejected", 12),
        (1, "missed", "out", None),
        (None, "missed", None, None),
    ],
)
def test_calls(owner, reason, direction, seconds):
    chat = telegram_chat(call(discard_reason=reason, duration_seconds=12))
    raw = as_json(chat) if owner is None else telegram_account(owner, chat)

    [record] = records(raw)

    assert (record.kind, record.direction, record.duration_s) == ("call", direction, seconds)
    assert record.facts["discard_reason"] == reason


def test_notices_say_what_happened():
    record = one(
        words="", type="service", actor="李雷", action="invite_members", members=["甲", "乙"]
    )

    assert (record.kind, record.direction) == ("system", "system")
    assert (record.text, record.peer_name) == ("invite_members: 甲, 乙", None)
    assert record.facts["actor"] == "李雷"


def test_what_the_exporter_could_not_show_is_a_record_without_words():
    [record] = records(
        as_json(telegram_chat({"id": 6, "type": "unsupported"}, telegram_message(1)))[:-1]
    )[:1]

    assert (record.text, record.when_utc) == (None, None)
    assert "message_unsupported" in record.warnings


def test_control_characters_and_halves_that_the_writer_left_in():
    raw = as_json(telegram_chat(telegram_message(1, "甲乙"))).replace(
        "甲".encode(), b"\\x0Ba\\ud83d"
    )

    [record] = records(raw)

    assert record.text == "a\ufffd乙"
    assert warnings(raw) == {"forbidden_characters_removed": 1, "lone_surrogate_replaced": 1}


def test_a_line_separator_that_the_writer_cut_in_pieces():
    slip = b"\\u2028\x80\xa8"
    raw = as_json(telegram_chat(telegram_message(1, "甲乙"))).replace("甲".encode(), slip)

    got = reading(raw)

    assert [record.text for record in got] == ["\u2028乙"]
    assert got.format == "telegram"
    assert got.summary.warnings == ()


def test_bytes_that_are_no_utf8_cost_one_character():
    raw = as_json(telegram_chat(telegram_message(1, "甲乙"), telegram_message(2)))

    first, second = records(raw.replace("甲".encode(), b"\xff"))

    assert (first.text, second.text) == ("\ufffd乙", "你好")
    assert second.source_locator["bytes"][1] == len(raw) - 2 - len("\n ]\n}")


def test_a_cut_file_gives_its_complete_messages():
    raw = as_json(telegram_chat(telegram_message(1), telegram_message(2)))

    assert warnings(raw[:-200]) == {"file_truncated": 1}
    assert len(records(raw[:-200])) == 1


def test_an_element_that_is_no_message_costs_only_itself():
    raw = as_json(telegram_chat(telegram_message(1), 7, telegram_message(2)))

    assert [record.facts["message_id"] for record in records(raw)] == [1, 2]
    assert warnings(raw) == {"malformed_row_skipped": 1}


def test_a_zipped_folder_leads_to_the_files_of_the_right_chat():
    chats = [
        telegram_chat(telegram_message(n, photo=f"chats/chat_{n}/photos/p.jpg"), name=f"甲{n}")
        for n in (1, 2)
    ]
    files = {f"D/chats/chat_{n}/photos/p.jpg": b"\xff\xd8\xff" for n in (1, 2)}

    first, second, *_ = records(zipped({"D/result.json": telegram_account(9, *chats), **files}))

    assert first.attachments[0]["locator"] == {"member": "D/chats/chat_1/photos/p.jpg"}
    assert second.attachments[0]["locator"] == {"member": "D/chats/chat_2/photos/p.jpg"}
    assert first.source_locator["member"] == "D/result.json"


def test_html_and_json_of_one_export_are_one_conversation():
    notice = telegram_message(
        2, "", type="service", action="pin_message", actor="李雷", actor_id="user1"
    )
    page = telegram_page(
        telegram_notice(-1, "5 March 2024"),
        telegram_box(1, "你好"),
        telegram_notice(2, "李雷 pinned this message"),
    )
    raw = zipped(
        {"result.json": as_json(telegram_chat(telegram_message(1), notice)), "m.html": page}
    )

    got = records(raw, name="x.zip")

    assert [record.source_locator["member"] for record in got] == ["result.json"] * 2
    assert warnings(raw) == {"duplicate_record": 2}


@pytest.mark.parametrize("absent", [["id"], ["name", "type", "id"]])
def test_small_files_may_lack_what_stands_around_the_messages(absent):
    chat = telegram_chat(telegram_message(1))
    for name in absent:
        del chat[name]

    assert reading(as_json(chat)).format == "telegram"


@pytest.mark.parametrize(
    "value",
    [
        {"name": "x", "type": "report", "id": 1, "messages": [{"id": 1, "text": "x"}]},
        {"messages": [{"role": "user", "content": "x"}]},
        {"chats": []},
        [],
        {},
        [{"id": 1}],
    ],
)
def test_other_json_is_not_taken(value):
    assert reading(as_json(value)).format == "unknown"


def test_a_stream_is_walked_and_wanted_values_come_whole():
    raw = b'\xef\xbb\xbf{"a": [ {"b": 1}, {"c": \\x} ], "d": 12}'

    got = [
        (item.path, item.value)
        for item in items(io.BytesIO(raw), lambda path: "*" in path, Notes())
    ]

    assert got == [
        ((), Opened(array=False)),
        (("a",), Opened(array=True)),
        (("a", "*"), {"b": 1}),
        (("a", "*"), Broken()),
        (("d",), 12),
    ]


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (b'{"a": [{"b": "}', CutOffError),
        (b'{"a": tru', CutOffError),
        (b"", CutOffError),
        (b'{"a": nope}', UnreadableError),
        (b"{1: 2}", UnreadableError),
    ],
)
def test_what_is_cut_is_told_from_what_is_no_json(raw, error):
    with pytest.raises(error):
        list(items(io.BytesIO(raw), lambda path: False, Notes()))
