"""evidence/readers/{qq_head,qq_text,qq_mht,mht_parts}.py."""

from __future__ import annotations

import base64
import quopri
from datetime import UTC, datetime

import pytest

from evidence.readers import UnreadableError
from tests.samples.chats import (
    GUID,
    QQ_BANNER,
    qq_conversation,
    qq_day,
    qq_label,
    qq_mht,
    qq_page,
    qq_row,
)
from tests.samples.exports import zipped

from .reads import reading, records, warnings

TEXT = QQ_BANNER + qq_conversation(
    "小鹿",
    "2024-03-05 7:08:09 【管理员】李(雷)(10001)\n第一行\n\n第二行",
    "2024-03-05 7:09:09 系统消息(10000)\n李雷撤回了一条消息",
    "2024-03-05 7:10:09 土豆<a@b.com>\n[图片]",
)
ROWS = (
    qq_label("消息分组:我的好友"),
    qq_label("消息对象:大&amp;小"),
    qq_label("&nbsp;"),
    qq_day("2012/4/11"),
    qq_row(
        "大魔头&lt;a@b.com&gt;", "9:28:18", "<font color='000000'>看 &lt;b&gt;&nbsp;1<br>2</font>"
    ),
    qq_row("风自由(23246779)", "8:34:43 PM", f'好<IMG src="{GUID}">', own=True),
    qq_row("系统消息(10000)", "20:40:00", "<font>你撤回了一条消息</font>"),
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_text_export_is_read_in_every_encoding(encoding, ends):
    got = reading(TEXT.replace("\n", ends).encode(encoding), name="小鹿.txt")
    first, notice, second = got

    assert got.format == "qq_text"
    assert (first.text, first.peer_name, first.conversation) == (
        "第一行\n\n第二行",
        "李(雷)",
        "小鹿",
    )
    assert first.when_utc == datetime(2024, 3, 4, 23, 8, 9, tzinfo=UTC)
    assert (first.when_raw, first.when_precision) == ("2024-03-05 7:08:09", "s")
    assert (first.direction, first.zone_source) == (None, "assumed")
    assert first.facts == {"sender": "李(雷)", "sender_id": "10001", "title": "管理员"}
    assert (notice.kind, notice.direction, notice.peer_name) == ("system", "system", None)
    assert (second.facts["sender_id"], second.warnings) == ("a@b.com", ("media_omitted",))
    assert [record.source_locator for record in (first, notice, second)] == [
        {"line": 9},
        {"line": 14},
        {"line": 17},
    ]


def test_all_messages_in_one_file_change_the_conversation():
    group = qq_conversation("大家(12345)", "2024-03-06 0:10:09 (10002)\n好", group="我的群")

    *_, last = records((TEXT + group).encode())

    assert (last.conversation, last.text) == ("大家(12345)", "好")
    assert (last.peer_name, last.peer_number_raw) == ("10002", None)


@pytest.mark.parametrize(
    ("clock", "hour"),
    [("7:08:09 PM", 11), ("下午7:08:09", 11), ("12:08:09 AM", -8), ("上午 12:08:09", -8)],
)
def test_clocks_of_twelve_hours(clock, hour):
    [record] = records(f"2024-03-05 {clock} 李雷(10001)\n好\n".encode())

    assert record.when_utc == datetime(2024, 3, 5 if hour > 0 else 4, hour % 24, 8, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("who", "name", "account", "title"),
    [
        ("李雷", "李雷", None, None),
        ("李雷(公司)", "李雷(公司)", None, None),
        ("a(b)(10001)", "a(b)", "10001", None),
        ("<心>(10001)", "<心>", "10001", None),
        ("【群主】【已婚】老王(10001)", "【已婚】老王", "10001", "群主"),
        ("老王<w@x.cn>", "老王", "w@x.cn", None),
    ],
)
def test_the_last_bracket_with_an_account_is_the_account(who, name, account, title):
    text = QQ_BANNER + qq_conversation("甲", f"2024-03-05 7:08:09 {who}\n好")

    [record] = records(text.encode())

    assert (record.peer_name, record.facts.get("sender_id")) == (name, account)
    assert record.facts.get("title") == title


def test_a_head_inside_a_text_is_only_words_where_blank_lines_stand_between_messages():
    quoted = "2020-01-01 10:00:00 旧人(123456)\n旧话"
    text = QQ_BANNER + qq_conversation(
        "甲",
        f"2024-03-05 7:08:09 李雷(10001)\n看\n{quoted}",
        "2024-03-05 7:09:09 韩梅梅(10002)\n" + "=" * 64,
        "2024-03-05 7:10:09 李雷(10001)\n消息对象:别人",
    )

    first, second, third = records(text.encode())

    assert first.text == f"看\n{quoted}"
    assert (second.text, third.text) == ("=" * 64, "消息对象:别人")
    assert third.conversation == "甲"


def test_messages_without_blank_lines_between_them():
    text = "2024-01-02 03:04:05 【管理员】A(10001)\nx\n2024-01-02 03:05:06 B(10002)\n[图片]\n"

    first, second = records(text.encode())

    assert (first.text, second.facts["sender_id"]) == ("x", "10002")


def test_the_owner_is_told_by_name_or_by_number():
    for owner in ("李(雷)", "10001"):
        first, _, last = records(TEXT.encode(), owner=owner)

        assert (first.direction, last.direction) == ("out", "in")


def test_calls_and_recalled_messages():
    text = qq_conversation(
        "甲",
        "2024-03-05 7:08:09 李雷\n[语音通话] 通话时长 01:05",
        "2024-03-05 7:08:10 李雷\n对方撤回了一条消息",
        "2024-03-05 7:08:11 李雷\n他撤回了一条消息吗",
    )

    call, recalled, asked = records((QQ_BANNER + text).encode())

    assert (call.kind, call.duration_s) == ("call", 65)
    assert (recalled.warnings, asked.warnings) == (("message_deleted",), ())


def test_mht_tells_day_side_and_picture():
    raw = qq_mht(*ROWS)
    got = reading(raw, name="x.mht")
    first, own, notice = got

    assert got.format == "qq_mht"
    assert (first.text, first.direction, first.conversation) == ("看 <b> 1\n2", "in", "大&小")
    assert (first.peer_name, first.facts["sender_id"]) == ("大魔头", "a@b.com")
    assert first.when_utc == datetime(2012, 4, 11, 1, 28, 18, tzinfo=UTC)
    assert first.when_raw == "2012/4/11 9:28:18"
    assert (own.direction, own.text, own.peer_name) == ("out", "好", None)
    assert own.when_utc == datetime(2012, 4, 11, 12, 34, 43, tzinfo=UTC)
    assert (notice.kind, notice.direction) == ("system", "system")
    begin, end = first.source_locator["bytes"]
    assert raw[begin:end].startswith(b"<tr>")
    assert b"9:28:18" in raw[begin:end]
    [file] = own.attachments
    begin, end = file["locator"]["bytes"]
    assert (file["name"], file["content_type"]) == (GUID, "image/jpeg")
    assert base64.b64decode(raw[begin:end]) == b"picture"


def test_a_row_in_the_wrong_colour_has_that_of_its_account():
    rows = [qq_row("我(10001)", "9:00:00", "好", own=number > 0) for number in range(3)]

    first, second, _ = records(qq_mht(qq_day("2024-3-5"), *rows))

    assert (first.direction, first.warnings) == ("out", ("colour_differs",))
    assert (second.direction, second.warnings) == ("out", ())


def test_two_people_of_one_name_keep_their_colours():
    rows = [qq_row("小鹿", "9:00:00", "好", own=own) for own in (True, True, True, False)]

    assert [record.direction for record in records(qq_mht(qq_day("2024-3-5"), *rows))] == [
        "out",
        "out",
        "out",
        "in",
    ]


def test_without_a_name_the_app_speaks_in_pages_and_somebody_in_texts():
    [notice] = records(qq_mht(qq_day("2024-3-5"), qq_row("", "9:00:00", "改了群名")))
    [message] = records((QQ_BANNER + qq_conversation("甲", "2024-03-05 7:08:09 \n好")).encode())

    assert (notice.kind, message.kind, message.peer_name) == ("system", "chat", None)


def test_rows_without_colours_say_nothing_of_the_side():
    row = qq_row("甲(10001)", "9:00:00", "好", style="")

    [record] = records(qq_mht(qq_day("2024-3-5"), row))

    assert record.direction is None


@pytest.mark.parametrize(
    ("encoding", "encode"),
    [("base64", base64.encodebytes), ("quoted-printable", quopri.encodestring)],
)
def test_mht_in_the_encodings_of_honest_mime(encoding, encode):
    raw = qq_mht(encoding=encoding, page=encode(qq_page(*ROWS).encode()))

    first, own, _ = records(raw)

    assert (first.text, own.direction) == ("看 <b> 1\n2", "out")
    assert first.source_locator == own.source_locator


def test_mht_in_gb18030_though_it_declares_utf8():
    got = reading(qq_mht(page=qq_page(*ROWS).encode("gb18030")))

    assert [record.text for record in got] == ["看 <b> 1\n2", "好", "你撤回了一条消息"]
    assert got.summary.encoding == "gb18030"


def test_mht_rows_longer_than_what_is_read_at_once():
    rows = [qq_row("甲(10001)", "9:00:00", "长" * 1000) for _ in range(1200)]

    got = records(qq_mht(qq_day("2024-3-5"), *rows))

    assert len(got) == 1200
    assert {record.text for record in got} == {"长" * 1000}
    assert {record.when_utc for record in got} == {datetime(2024, 3, 5, 1, tzinfo=UTC)}


def test_a_cut_mht_gives_its_complete_rows():
    raw = qq_mht(*ROWS)
    cut = raw[: raw.index(b"8:34:43")]

    assert warnings(cut) == {"file_truncated": 1}
    assert len(records(cut)) == 1


def test_mht_in_an_archive_leads_to_its_member():
    _, own, _ = records(zipped({"a/b.mht": qq_mht(*ROWS)}), name="x.zip")

    assert own.source_locator["member"] == "a/b.mht"
    assert own.attachments[0]["locator"]["member"] == "a/b.mht"


def test_mht_without_a_page_is_unreadable():
    with pytest.raises(UnreadableError):
        records(qq_mht(*ROWS).replace(b"text/html\r\nContent", b"text/plain\r\nContent"))
