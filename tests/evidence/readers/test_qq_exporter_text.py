"""evidence/readers/chat_exports/qq_exporter_text.py."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.samples.exports import zipped

from .reads import reading, records, warnings

HEAD = (
    "[QQChatExporter V5 / https://github.com/shuakami/qq-chat-exporter]\n[…]\n\n"
    f"{'=' * 47}\n           QQ聊天记录导出文件\n{'=' * 47}\n\n"
    "聊天名称: 甲\n聊天类型: {}\n导出时间: 2024-03-06 20:00:00\n消息总数: 2\n\n\n"
)
FIRST = "甲:\n时间: 2024-03-05 07:08:09\n内容: 还钱\n\n第二段\n\n\n"
SECOND = "乙:\n时间: 2024-03-05 07:08:10\n内容: 好\n回复: 03-05 07:08 甲 - 还钱\n"
FOOT = f"\n\n{'=' * 47}\n              导出完成\n{'=' * 47}\n总计导出 2 条消息\n"


def exported(*messages: str, kind: str = "私聊") -> bytes:
    return (HEAD.format(kind) + "".join(messages) + FOOT).encode()


def test_who_wrote_what_and_when():
    got = reading(exported(FIRST, SECOND), name="x.txt")
    first, second = got

    assert got.format == "qq_exporter_text"
    assert (first.text, first.peer_name, first.conversation) == ("还钱\n\n第二段", "甲", "甲")
    assert first.when_utc == datetime(2024, 3, 4, 23, 8, 9, tzinfo=UTC)
    assert (first.direction, second.text) == (None, "好")
    assert second.source_locator == {"line": 21}


def test_the_owner_s_name_gives_direction_and_peer():
    first, second = records(exported(FIRST, SECOND), owner="乙")

    assert (first.direction, second.direction, second.peer_name) == ("in", "out", "甲")


def test_titles_numbers_and_files_are_no_words():
    numbered = "[1]\n[群主] 甲:\n时间: 2024-03-05 07:08:09\n类型: type_1\n内容: [image消息]\n"
    numbered += "资源: 2 个文件\n  - image: a.jpg\n  - file: b.pdf\n提及: 乙\n\n\n[2]\n"
    raw = zipped({"x.txt": exported(numbered, SECOND, kind="群聊"), "a.jpg": b"1"})

    first, second = (record for record in records(raw, name="x.zip") if record.kind == "chat")

    assert (first.text, first.facts["title"], first.facts["sender"]) == (None, "群主", "甲")
    assert [file["name"] for file in first.attachments] == ["a.jpg", "b.pdf"]
    assert first.attachments[0]["locator"] == {"member": "a.jpg"}
    assert (second.text, second.peer_name) == ("好", "乙")


@pytest.mark.parametrize("words", ["时间: 2024-03-05 07:08:09", "丙:\n时间: 2024-03-05 07:08:09"])
def test_a_head_within_a_text_is_only_words(words):
    got = records(exported(FIRST.replace("第二段", f"他说\n{words}"), SECOND))

    assert [record.text for record in got] == [f"还钱\n\n他说\n{words}", "好"]


def test_a_count_that_differs_is_said():
    assert warnings(exported(FIRST, SECOND), name="x.txt") == {}
    assert warnings(exported(FIRST), name="x.txt") == {"count_differs": 1}


def test_a_notice_of_the_app_has_no_sender():
    [notice] = records(exported(FIRST.replace("还钱\n\n第二段", "[系统消息]")))

    assert (notice.kind, notice.direction, notice.peer_name) == ("system", "system", None)
