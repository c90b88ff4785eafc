"""evidence/readers/{whatsapp,whatsapp_lines,whatsapp_words,date_order}.py."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from evidence.readers.values.date_order import Parts, order_of
from tests.samples.exports import zipped

from .reads import reading, records, warnings

CHINESE = "2024/3/5 07:08 - 李雷: 早\n第二行\n2024/3/5 下午1:54 - 我: <省略影音内容>\n"


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_the_chinese_android_form_mixes_both_clocks_in_one_file():
    got = reading(CHINESE.encode(), name="与李雷的 WhatsApp 聊天.txt")
    first, second = got

    assert got.format == "whatsapp"
    assert (first.text, first.peer_name, first.direction) == ("早\n第二行", "李雷", None)
    assert (first.when_utc, first.when_precision) == (at(2024, 3, 4, 23, 8), "min")
    assert (first.when_raw, first.zone_source) == ("2024/3/5 07:08", "assumed")
    assert second.when_utc == at(2024, 3, 5, 5, 54)
    assert (second.text, second.warnings) == ("<省略影音内容>", ("media_omitted",))
    assert first.conversation == "李雷"
    assert (first.source_locator, second.source_locator) == ({"line": 1}, {"line": 3})


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("15/03/24, 07:08 - A: x", at(2024, 3, 14, 23, 8)),
        ("3/15/24, 7:08 AM - A: x", at(2024, 3, 14, 23, 8)),
        ("3/15/24, 7:08\u202fPM - A: x", at(2024, 3, 15, 11, 8)),
        ("15.03.2024, 07:08 - A: x", at(2024, 3, 14, 23, 8)),
        ("15-03-2024 07:08 - A: x", at(2024, 3, 14, 23, 8)),
        ("2024-03-15, 07:08 - A: x", at(2024, 3, 14, 23, 8)),
        ("15. 3. 2024. 7.08 - A: x", at(2024, 3, 14, 23, 8)),
        ("15/3/24, 7:08 p.\u00a0m. - A: x", at(2024, 3, 15, 11, 8)),
        ("15/03/24, 12:05 am - A: x", at(2024, 3, 14, 16, 5)),
        ("2024/3/15 上午12:05 - A: x", at(2024, 3, 14, 16, 5)),
        ("[15/03/2024, 07:08:09] A: x", at(2024, 3, 14, 23, 8, 9)),
        ("\u200e[2024/3/15 下午7:08:09] A: x", at(2024, 3, 15, 11, 8, 9)),
        ("[15/03/24, 7:08:09\u202fPM] A: x", at(2024, 3, 15, 11, 8, 9)),
        ("[15.03.24, 07:08:09] A: x", at(2024, 3, 14, 23, 8, 9)),
        ("١٥\u200f/٣\u200f/٢٠٢٤، ١:٠٨ م - A: x", at(2024, 3, 15, 5, 8)),
        ("\u200f[١٥\u200f/٣\u200f/٢٠٢٤، ٧:٠٨:٠٩ ص] A: x", at(2024, 3, 14, 23, 8, 9)),
        ("۲۰۲۴/۳/۱۵،\u200f ۷:۰۸ - A: x", at(2024, 3, 14, 23, 8)),
        ("15.3.2024 klo 7.08 - A: x", at(2024, 3, 14, 23, 8)),
        ("15.03.2024 ÖS 7:08 - A: x", at(2024, 3, 15, 11, 8)),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_locale_s_head_is_read(line, when, ends, mark):
    [record] = records(f"{mark}{line}{ends}".encode(), name="_chat.txt")

    assert (record.when_utc, record.peer_name, record.text) == (when, "A", "x")


def test_the_order_of_day_and_month_is_decided_by_the_whole_file():
    text = "01/02/24, 10:00 - A: x\n05/02/24, 10:00 - A: y\n14/02/24, 10:00 - A: z\n"

    assert [record.when_utc.date() for record in records(text.encode())] == [
        date(2024, 2, 1),
        date(2024, 2, 5),
        date(2024, 2, 14),
    ]


def days(*written: tuple[int, int, int]) -> list[Parts]:
    return [Parts(*parts, len(str(parts[0])) == 4, len(str(parts[2])) == 4) for parts in written]


@pytest.mark.parametrize(
    ("dates", "separator", "order"),
    [
        (days((1, 2, 24), (13, 2, 24)), "/", "dmy"),
        (days((1, 2, 24), (1, 13, 24)), "/", "mdy"),
        (days((2024, 2, 1)), "/", "ymd"),
        (days((1, 3, 24), (2, 3, 24), (1, 4, 24)), "/", "dmy"),  # else time runs backwards
        (days((3, 1, 24), (3, 2, 24), (4, 1, 24)), "/", "mdy"),
        (days((15, 1, 20), (15, 1, 21), (15, 2, 3)), "-", "ymd"),
        (days((15, 1, 20), (16, 1, 20), (2, 2, 20)), "-", "dmy"),
        (days((5, 3, 2024)), "/", None),
        (days((5, 5, 24), (6, 6, 24)), "/", "dmy"),  # one day in either order
        (days((5, 5, 24), (7, 5, 24)), "/", "dmy"),
        (days((15, 15, 15)), "-", None),
        (days((15, 1, 20)), "-", None),
        (days((5, 3, 2024)), ".", "dmy"),
    ],
)
def test_orders_by_sense(dates, separator, order):
    assert order_of(dates, separator, date(2026, 11, 23)) == order


def test_an_open_order_gives_no_time_rather_than_a_wrong_one():
    [record] = records(b"05/03/2024, 10:00 - A: x\n")

    assert (record.when_utc, record.when_raw) == (None, "05/03/2024, 10:00")
    assert record.warnings == ("date_order_open",)


def test_a_body_line_in_another_style_stays_in_the_body():
    text = (
        "15/03/2024, 10:00 - A: 看\n3/15/24, 9:00 - B: 旧\n"
        "[15/03/2024, 9:00:00] C: 旧\n15/03/2024, 10:01 - B: 好\n"
    )

    first, second = records(text.encode())

    assert first.text == "看\n3/15/24, 9:00 - B: 旧\n[15/03/2024, 9:00:00] C: 旧"
    assert second.source_locator == {"line": 4}


def test_notices_are_nobody_s_words():
    text = (
        "[15/03/2024, 10:00:00] 一家人: \u200eMessages and calls are end-to-end encrypted.\r\n"
        "[15/03/2024, 10:00:01] 一家人: \u200e李雷 created this group\r\n"
        "\u200e[15/03/2024, 10:00:02] 李雷: \u200eimage omitted\r\n"
        "[15/03/2024, 10:00:03] 李雷: 好: 知道\r\n"
        "[15/03/2024, 10:00:04] 李雷: \u200eThis message was deleted.\r\n"
        "[15/03/2024, 10:00:05] 李雷: 改 \u200e<This message was edited>\r\n"
        "[15/03/2024, 10:00:06] 李雷: \u200eMissed voice call, \u200eClick to call back\r\n"
    )

    got = records(text.encode(), name="_chat.txt")

    assert [record.kind for record in got] == ["system", "system", *["chat"] * 4, "call"]
    assert [record.text for record in got[2:6]] == [
        "image omitted",
        "好: 知道",
        "This message was deleted.",
        "改",
    ]
    assert [record.warnings for record in got[2:6]] == [
        ("media_omitted",),
        (),
        ("message_deleted",),
        ("message_edited",),
    ]
    assert (got[0].peer_name, got[0].direction) == (None, "system")
    assert got[6].direction == "missed"


def test_a_line_without_a_sender_is_a_notice_and_a_group_title_may_hold_a_colon():
    text = (
        "15/03/24, 10:00 - 消息和通话已进行端到端加密。对话之外的任何人都无法读取。点击了解更多。\n"
        '15/03/24, 10:00 - Ann created group "Debt: family"\n'
        "15/03/24, 10:01 - +86 137 0000 0001: 你好\n"
    )

    first, second, third = records(text.encode())

    assert (first.kind, second.kind) == ("system", "system")
    assert second.text == 'Ann created group "Debt: family"'
    assert (third.peer_number_raw, third.peer_number_e164) == (
        "+86 137 0000 0001",
        "+8613700000001",
    )


def test_the_owner_s_name_gives_directions():
    first, second = records(CHINESE.encode(), owner="我")

    assert (first.direction, first.peer_name) == ("in", "李雷")
    assert (second.direction, second.peer_name) == ("out", None)


def test_an_archive_names_the_conversation_and_leads_to_its_members():
    text = (
        "[15/03/2024, 10:00:00] 李雷: 看\r\n"
        "\u200e[15/03/2024, 10:00:01] 李雷: \u200e<attached: 0001-PHOTO.jpg>\r\n"
    )
    raw = zipped({"_chat.txt": text.encode(), "0001-PHOTO.jpg": b"\xff\xd8\xff"})

    first, second, picture = records(raw, name="WhatsApp Chat - 李雷.zip")

    assert (first.conversation, first.source_locator) == (
        "李雷",
        {"member": "_chat.txt", "line": 1},
    )
    assert second.attachments[0]["name"] == "0001-PHOTO.jpg"
    assert second.attachments[0]["locator"] == {"member": "0001-PHOTO.jpg"}
    assert picture.kind == "attachment"


@pytest.mark.parametrize(
    "text",
    [
        "IMG.jpg (file attached)",
        "IMG.jpg (文件附件)",
        "IMG.jpg (添付ファイル)",
        "IMG.jpg (file terlampir)",
        "<附件: IMG.jpg>",
        "<附件：IMG.jpg>",
        "<已附加: \u200eIMG.jpg>",
    ],
)
def test_attachments_are_named_in_every_language(text):
    [record] = records(f"15/03/24, 10:00 - A: {text}\n".encode())

    assert [file["name"] for file in record.attachments] == ["IMG.jpg"]


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("图像已忽略", "media_omitted"),
        ("你删除了此消息。", "message_deleted"),
        ("Bild weggelassen", "media_omitted"),
        ("<View once voice message omitted>", "media_omitted"),
        ("<Video message omitted>", "media_omitted"),
        ("<省略一次性查看的语音消息>", "media_omitted"),
        ("imagem ocultada", "media_omitted"),
        ("imagen omitida", "media_omitted"),
        ("изображение отсутствует", "media_omitted"),
        ("<メディアは含まれていません>", "media_omitted"),
        ("<Media tidak disertakan>", "media_omitted"),
        ("<تم استبعاد الوسائط>", "media_omitted"),
        ("Mensagem apagada", "message_deleted"),
        ("Ce message a été supprimé.", "message_deleted"),
        ("x <这条消息已经过编辑>", "message_edited"),
        ("x <Se editó este mensaje.>", "message_edited"),
    ],
)
def test_what_stands_for_left_out_deleted_and_edited_is_known_in_many_languages(text, warning):
    [record] = records(f"[15/03/2024, 10:00:00] A: \u200e{text}\r\n".encode())
    [said] = records(f"[15/03/2024, 10:00:00] A: 他说：{text}，真的\r\n".encode())

    assert record.warnings == (warning,)
    assert said.warnings == ()


@pytest.mark.parametrize(
    "name",
    [
        "WhatsApp Chat mit 李雷.txt",
        "Chat de WhatsApp con 李雷.txt",
        "Conversa do WhatsApp com 李雷.txt",
        "Discussion WhatsApp avec 李雷.txt",
    ],
)
def test_the_file_s_name_names_the_conversation_in_other_languages(name):
    [record] = records(b"15/03/24, 10:00 - A: x\n", name=name)

    assert record.conversation == "李雷"


def test_blank_lines_belong_to_the_text_and_other_line_ends_of_unicode_do_not_end_it():
    [record] = records("15/03/24, 10:00 - A: a\n\nb\u2028c\n\n".encode())

    assert record.text == "a\n\nb\u2028c"


def test_what_stands_before_the_first_head_is_counted():
    text = "15/03/24, 10:00 - A: a\n15/03/24, 10:00 - A: b\n"

    assert warnings(f"断\n{text}".encode()) == {"malformed_row_skipped": 1}


def test_the_notice_of_a_group_is_nobody_s_word():
    text = "\u200e消息和通话已进行端到端加密。只有此对话的参与者可以读取、收听或分享。"
    [record] = records(f"[2024/3/5 07:08:09] 一家人: {text}\r\n".encode())

    assert (record.kind, record.peer_name) == ("system", None)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("未接语音通话", "call"),
        ("未接语音通话，点按以回拨", "call"),
        ("Missed voice call, tap to call back", "call"),
        ("Missed voice call at 22:15", "call"),
        ("未接语音通话三次了，再不接就去你单位", "chat"),
        ("Missed voice call after call, pay today or else", "chat"),
    ],
)
def test_what_a_person_typed_about_a_missed_call_is_what_they_said(words, kind):
    one = records(f"2024/3/15 22:16 - 催收: {words}\n2024/3/15 22:17 - 我: 好\n".encode())[0]

    assert (one.kind, one.text) == (kind, words)


@pytest.mark.parametrize("text", ["Silenced voice call", "Silenced video call", "已静音的语音通话"])
def test_a_call_that_the_phone_silenced_was_missed(text):
    [record] = records(f"[15/03/2024, 10:00:00] A: \u200e{text}\r\n".encode())

    assert (record.kind, record.direction, record.peer_name) == ("call", "missed", "A")


def test_a_name_that_only_whatsapp_gives_is_an_attachment_in_any_language():
    name = "IMG-20240305-WA0001.jpg"
    bodies = (f"{name} (檔案已附加)\n說明", f"{name} (in a mail of mine) is late")
    text = "".join(f"15/03/24, 10:0{minute} - A: {body}\n" for minute, body in enumerate(bodies))

    first, second = records(text.encode())

    assert [file["name"] for file in first.attachments] == [name]
    assert not second.attachments


@pytest.mark.parametrize(
    ("head", "when"),
    [
        ("[10:00 PM, 3/{}/2024] A: x", at(2024, 3, 15, 14)),  # copied from WhatsApp Web
        ("[22:00, {}/03/2024] A: x", at(2024, 3, 15, 14)),
        ("[22:00:00, {}/03/2024] A: x", at(2024, 3, 15, 14)),
        ("22:00, {}/03/2024 - A: x", at(2024, 3, 15, 14)),
        ("{}/03/17, 22:00:00: A: x", at(2017, 3, 15, 14)),  # an early iPhone
        ("3/{}/17, 10:00:00 PM: A: x", at(2017, 3, 15, 14)),
        ("2017/3/{} 下午10:00:00: A: x", at(2017, 3, 15, 14)),
    ],
)
def test_the_clock_may_stand_first_and_a_head_may_end_with_a_colon(head, when):
    lines = head.format(15), "second: line", head.format(16).replace("A: x", "B: y")

    first, second = records("\n".join(lines).encode())

    assert (first.when_utc, first.peer_name) == (when, "A")
    assert first.text == "x\nsecond: line"
    assert not str(first.when_raw).endswith((":", "]"))
    assert (second.peer_name, second.text) == ("B", "y")


@pytest.mark.parametrize(
    "line", ["2024/03/15 10:00:00: error: no disk", "15/03/2024 10:00:00: worker started"]
)
def test_the_log_of_a_program_is_no_chat(line):
    assert reading(f"{line}\n{line}\n".encode()).format == "unknown"
