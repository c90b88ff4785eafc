"""evidence/readers/{wechat_text,wechat_lines}.py."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from evidence.readers.selection.excerpt import excerpt
from tests.samples.exports import zipped
from tests.samples.wechat import (
    CHATLOG_TEXT,
    COPIED_TEXT,
    DUMP_TEXT,
    EXPORTER_TEXT,
    FORWARDED_TEXT,
    MEMOTRACE_TEXT,
    RECALLED,
    SHARED_TEXT,
    WEFLOW_TEXT,
)

from .reads import reading, records, warnings

TEXTS = {
    "wechat_exporter_text": EXPORTER_TEXT,
    "memotrace_text": MEMOTRACE_TEXT,
    "wechat_shared_text": SHARED_TEXT,
    "wechat_copied_text": COPIED_TEXT,
    "chatlog_text": CHATLOG_TEXT,
    "wechat_forwarded_text": FORWARDED_TEXT,
    "wechat_dump_text": DUMP_TEXT,
}
MORNING = datetime(2024, 3, 4, 23, 8, 9, tzinfo=UTC)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("format_id", TEXTS)
def test_who_wrote_what_and_when(format_id, line_end, encoding):
    got = reading(TEXTS[format_id].replace("\n", line_end).encode(encoding), name="李雷.txt")
    first, second = list(got)[:2]

    assert got.format == format_id
    assert first.text.startswith("还钱\n第二行")
    assert first.peer_name == "李雷"
    assert first.when_utc.replace(second=9) == MORNING
    assert second.text == "好"


def test_exporter_s_text_goes_on_over_blank_lines_and_notices_have_no_time():
    first, _, notice = records(EXPORTER_TEXT.encode())

    assert first.text == "还钱\n第二行\n\n还有"
    assert (first.conversation, first.direction) == ("李雷", None)
    assert (notice.kind, notice.text, notice.when_utc) == ("system", RECALLED, None)
    assert notice.warnings == ("time_absent",)


def test_a_known_notice_alone_is_no_part_of_the_text_before_it():
    text = EXPORTER_TEXT.replace("系统消息：", "")

    _, own, notice = records(text.encode())

    assert (own.text, notice.kind, notice.text) == ("好", "system", RECALLED)


def test_a_forwarded_chat_leads_to_the_files_beside_it():
    raw = zipped({"聊天记录.txt": FORWARDED_TEXT, "a.jpg": b"1", "images/b.jpg": b"2"})

    chats = [record for record in records(raw, name="x.zip") if record.kind == "chat"]

    assert [file["locator"] for file in chats[2].attachments] == [
        {"member": "a.jpg"},
        {"member": "images/b.jpg"},
    ]
    assert [record.when_precision for record in chats] == ["min"] * 3


def test_a_point_before_a_word_begins_no_message():
    text = FORWARDED_TEXT.replace("第二行", "·第二行\n\n———  2024-03-05  ———")

    first, second, _ = records(text.encode())

    assert first.text == "还钱\n·第二行\n\n———  2024-03-05  ———"
    assert second.source_locator == {"line": 8}


def test_chatlog_quotes_the_head_of_the_message_that_is_answered():
    quoted = "> 李雷(wxid_a) 03-05 07:08:09\n> 还钱\n好"

    got = records(CHATLOG_TEXT.replace("好", quoted).encode())

    assert [record.text for record in got] == ["还钱\n第二行", quoted]


def test_the_owner_s_name_gives_the_directions():
    got = records(MEMOTRACE_TEXT.encode(), owner="韩梅梅")

    assert [record.direction for record in got] == ["in", "out", "system", "in"]
    assert (got[2].text, got[2].peer_name) == (RECALLED, None)
    assert got[3].warnings == ("media_omitted",)


def test_where_the_tool_writes_i_the_directions_are_known():
    first, own, call = records(WEFLOW_TEXT.encode())

    assert [record.direction for record in (first, own, call)] == ["in", "out", "in"]
    assert (call.kind, call.duration_s) == ("call", 65)


def test_a_shared_chat_takes_the_day_from_the_rule_above():
    first, _, picture = records(SHARED_TEXT.encode())

    assert (first.when_raw, first.when_precision) == ("07:08", "min")
    assert picture.when_utc == datetime(2024, 3, 5, 16, 10, tzinfo=UTC)
    assert picture.attachments[0]["name"] == "a.jpg"
    assert first.conversation == "李雷 和 韩梅梅"


def test_a_shared_chat_s_picture_leads_to_its_member():
    packed = zipped({"聊天记录.txt": SHARED_TEXT.encode(), "a.jpg": b"\xff\xd8\xff"})

    assert records(packed, name="x.zip")[2].attachments[0]["locator"] == {"member": "a.jpg"}


def test_chatlog_and_wechat_dump_mark_the_owner():
    assert [record.direction for record in records(CHATLOG_TEXT.encode())] == ["in", "out"]
    assert [record.direction for record in records(DUMP_TEXT.encode())] == ["in", "out", "system"]
    assert records(CHATLOG_TEXT.encode())[0].facts["wechat_id"] == "wxid_a"


def test_a_time_without_year_stays_open_unless_the_name_tells_it():
    text = CHATLOG_TEXT.replace("2024-03-05", "03-05").encode()

    assert records(text, name="x.txt")[0].when_utc is None
    assert records(text, name="2024-03-01~2024-03-31.txt")[0].when_utc == MORNING


def test_what_little_is_known_of_says_so():
    assert "format_unverified" in warnings(SHARED_TEXT.encode())
    assert "format_unverified" not in warnings(EXPORTER_TEXT.encode())


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05 07:08:09 INFO started\n2024-03-05 07:08:10 WARN stopped\n",
        "会议 2024-03-05 07:08\n讨论\n",
        "还钱  07:08\n",
        "—————  2024-03-05  —————\n",
        "1|2|3\n",
    ],
)
def test_any_other_text_stays_unknown(text):
    assert reading(text.encode()).format == "unknown"


def test_lines_made_to_keep_a_pattern_busy_are_read_at_once():
    hostile = "\n".join(("a " * 127, "(" * 250, "— " * 120, "[" * 250)) * 2000

    assert len(records((EXPORTER_TEXT + hostile).encode())) == 3


def mail(text: str, subtype: str = "plain", *, charset: str = "utf-8") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "a@example.org"
    message["Subject"] = "李雷和韩梅梅的聊天记录"
    message.set_content(text, subtype=subtype, charset=charset, cte="base64")
    return message


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_a_chat_in_a_mail_is_found_in_its_parts(subtype, charset):
    text = SHARED_TEXT if subtype == "plain" else SHARED_TEXT.replace("\n", "<br>")
    message = mail(text, subtype, charset=charset)
    message.add_attachment(b"\xff\xd8\xff", maintype="image", subtype="jpeg", filename="a.jpg")

    got = reading(message.as_bytes(), name="x.eml")
    first, _, picture = got

    assert got.format == "wechat_mail"
    assert (first.text.split("\n")[0], first.peer_name) == ("还钱", "李雷")
    assert first.source_locator["part"] == 1
    shown = excerpt(io.BytesIO(message.as_bytes()), first.source_locator, lines=4)
    assert "还钱" in shown["text"]
    assert picture.attachments[0]["locator"] == {"member": "a.jpg"}


def test_any_other_mail_stays_unknown():
    assert reading(mail("你好").as_bytes()).format == "unknown"
    assert reading(b"Subject: x\nFrom: y\n\n" + b"--\n" * 50_000).format == "unknown"


def test_a_text_of_wechat_exporter_may_have_the_bare_name_as_its_title():
    text = "李雷\n\n李雷 (2025-01-01 08:00:00):你好\n第二行\n\n我 (2025-01-01 08:00:01):嗯\n"

    got = reading(text.encode(), name="a.txt")
    first, second = got

    assert got.format == "wechat_exporter_text"
    assert (first.text, first.conversation) == ("你好\n第二行", "李雷")
    assert second.peer_name == "我"
    assert "malformed_row_skipped" not in {w["code"] for w in got.summary.warnings}


@pytest.mark.parametrize(
    ("quote", "told"),
    [("", [(None, "李雷"), (None, "我")]), ("'", [("in", "李雷"), ("out", None)])],
)
def test_only_weflow_writes_me_for_the_owner(quote, told):
    """A Memotrace text does not say who owns the phone: `我` there is somebody's name."""
    text = (
        f"2024-03-05 07:08:09 {quote}李雷{quote}\n在吗\n\n"
        f"2024-03-05 07:09:09 {quote}我{quote}\n在\n"
    )

    got = records(text.encode(), name="x.txt")

    assert [(each.direction, each.peer_name) for each in got] == told
