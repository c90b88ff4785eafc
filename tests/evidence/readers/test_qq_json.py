"""evidence/readers/chat_exports/qq_json.py."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.samples.chats import qq_exported, qq_exported_message
from tests.samples.exports import zipped

from .reads import reading, records, warnings

WHEN = datetime(2024, 3, 4, 23, 8, 9, tzinfo=UTC)


def test_a_message_and_that_little_is_known_of_the_format():
    raw = qq_exported(qq_exported_message())
    got = reading(raw, name="x.json")
    [record] = got

    assert got.format == "qq_json"
    assert (record.text, record.peer_name, record.conversation) == ("你好", "李雷", "小鹿")
    assert (record.when_utc, record.when_precision, record.direction) == (WHEN, "ms", None)
    assert record.facts["sender_id"] == "10001"
    assert warnings(raw) == {"format_unverified": 1}


@pytest.mark.parametrize(
    ("info", "directions"),
    [
        ({"selfUin": "10001"}, ["out", "in"]),
        ({"selfUid": "u_2"}, ["in", "out"]),
        ({}, [None, None]),
    ],
)
def test_who_exported_is_the_owner(info, directions):
    other = qq_exported_message(sender={"uid": "u_2", "uin": "10002", "name": "我"})

    got = records(qq_exported(qq_exported_message(), other, **info))

    assert [record.direction for record in got] == directions


def test_the_marks_of_the_version_before():
    got = records(
        qq_exported(
            qq_exported_message(timestamp="2024-03-04T23:08:09.000Z", isRecalled=True),
            qq_exported_message("改了群名", isSystemMessage=True),
            qq_exported_message("", sender={"uin": "10003"}, content={"text": ""}),
        )
    )

    assert (got[0].when_utc, got[0].zone_source) == (WHEN, "offset")
    assert got[0].warnings == ("message_deleted",)
    assert (got[1].kind, got[1].direction, got[1].peer_name) == ("system", "system", None)
    assert (got[2].text, got[2].peer_name, got[2].peer_number_raw) == (None, "10003", None)


def test_resources_lead_to_their_members():
    content = {"text": "[图片]", "resources": [{"type": "image", "filename": "a.jpg", "size": 3}]}
    raw = qq_exported(qq_exported_message(content=content))

    first, *_ = records(zipped({"x/a.json": raw, "x/resources/a.jpg": b"\xff\xd8\xff"}))

    assert first.attachments[0]["locator"] == {"member": "x/resources/a.jpg"}
    assert first.attachments[0]["size"] == 3


def test_a_resource_without_a_file_was_left_out():
    content = {"text": "[图片]", "resources": [{"type": "image"}]}

    [record] = records(qq_exported(qq_exported_message(content=content)))

    assert record.warnings == ("media_omitted",)


def test_a_cut_file_gives_its_complete_messages():
    raw = qq_exported(qq_exported_message(), qq_exported_message("再见"))
    cut = raw[: raw.index("再见".encode())]

    assert len(records(cut)) == 1
    assert warnings(cut) == {"count_differs": 1, "file_truncated": 1, "format_unverified": 1}


def test_how_many_messages_there_should_be_is_told():
    got = reading(qq_exported(qq_exported_message()))

    assert (len(list(got)), got.summary.announced) == (1, 1)
