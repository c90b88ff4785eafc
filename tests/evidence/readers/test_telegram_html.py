"""evidence/readers/{telegram_html,telegram_draft,html_tokens}.py."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from evidence.readers.syntax.html_tokens import Tag, plain, tokens
from tests.samples.chats import telegram_box, telegram_media, telegram_notice, telegram_page
from tests.samples.exports import zipped

from .reads import reading, records, warnings


def one(*messages: str):
    """The last record of a page."""
    return records(telegram_page(*messages), name="messages.html")[-1]


def test_a_page_gives_its_messages():
    raw = telegram_page(
        telegram_notice(-1, "5 March 2024"),
        telegram_notice(3, "李雷 created group &laquo;甲&raquo;"),
        telegram_box(4, '你好 &lt;b&gt;<br>第二行 <a href="http://x">x</a>'),
        telegram_box(5, "好", who=None),
        name="甲",
    )
    got = reading(raw, name="messages.html")
    notice, first, second = got

    assert got.format == "telegram_html"
    assert (notice.kind, notice.text) == ("system", "李雷 created group «甲»")
    assert (notice.when_raw, notice.when_precision) == ("5 March 2024", "day")
    assert notice.when_utc == datetime(2024, 3, 4, 16, tzinfo=UTC)
    assert (first.text, first.peer_name) == ("你好 <b>\n第二行 x", "李雷")
    assert (second.text, second.peer_name) == ("好", "李雷")
    assert (first.conversation, first.direction) == ("甲", None)
    assert first.when_utc == datetime(2024, 3, 4, 23, 8, 9, tzinfo=UTC)
    assert (first.zone_source, first.when_precision) == ("offset", "s")
    line = raw.decode().split("\n")[first.source_locator["line"] - 1]
    assert 'id="message4"' in line


def test_before_2021_times_had_no_offset():
    record = one(telegram_box(1, "好", at="05.03.2020 07:08:09"))

    assert record.when_utc == datetime(2020, 3, 4, 23, 8, 9, tzinfo=UTC)
    assert record.zone_source == "assumed"


def test_other_writers_of_these_pages_spell_the_month():
    first = one(telegram_box(1, "好", at="5 March 2024, 07:08:09"))
    second = one(telegram_box(1, "好", at="5 March 2024, 07:08"))

    assert (first.when_utc.second, first.when_precision) == (9, "s")
    assert (second.when_utc.minute, second.when_precision) == (8, "min")


def test_reactions_and_buttons_are_nobody_s_words():
    below = (
        '<div class="text">\n好\n</div><span class="reactions"><span class="emoji">\n❤\n</span>'
        "</span>"
        '<table class="bot_buttons_table"><tbody><tr><td><a ="" href="x"><div>\n去\n</div></a></td>'
        "</tr></tbody></table>"
    )

    assert one(telegram_box(1, "", inside=below)).text == "好"


def test_the_owner_s_name_gives_directions():
    raw = telegram_page(telegram_box(1, "好"), telegram_box(2, "好", who="我"))

    assert [record.direction for record in records(raw, owner="我")] == ["in", "out"]


def test_forwards_replies_and_bots():
    inside = (
        '<div class="reply_to details">In reply to <a href="#go_to_message7">this message</a></div>'
        '<div class="pull_left forwarded userpic_wrap"><div class="initials">别</div></div>'
        '<div class="forwarded body"><div class="from_name">\n别人 <span class="date details" '
        'title="01.01.2020 10:00:00"> 01.01.2020 10:00:00</span>\n</div>'
        '<div class="text">\n旧话\n</div></div>'
    )
    record = one(telegram_box(1, "", who="李雷 via @gif", inside=inside))

    assert (record.peer_name, record.text) == ("李雷", "旧话")
    assert (record.facts["reply_to"], record.facts["forwarded_from"]) == (7, "别人")
    assert record.when_utc.year == 2024


@pytest.mark.parametrize(
    ("status", "direction", "seconds"),
    [
        ("Incoming (25 seconds)", "in", 25),
        ("Outgoing (1 seconds)", "out", 1),
        ("Cancelled", "out", None),
        ("Missed", "missed", None),
        ("Declined", "rejected", None),
    ],
)
def test_calls_say_who_called(status, direction, seconds):
    media = telegram_media("media_call", title="李雷", status=status)

    record = one(telegram_box(1, "", inside=media))

    assert (record.kind, record.direction, record.duration_s) == ("call", direction, seconds)
    assert record.text is None


def test_files_lead_to_their_members():
    voice = telegram_media(
        "media_voice_message",
        title="Voice message",
        status="00:05",
        href="../../chats/chat_1/voice_messages/a.ogg",
    )
    page = telegram_page(telegram_box(1, "", inside=voice))
    files = {"D/chats/chat_1/voice_messages/a.ogg": b"OggS"}

    first, *_ = records(zipped({"D/chats/chat_1/messages.html": page, **files}))

    assert (first.duration_s, first.facts["message_type"]) == (5, "voice_message")
    assert first.attachments[0]["locator"] == {"member": "D/chats/chat_1/voice_messages/a.ogg"}


def test_files_left_out_are_said_to_be():
    absent = "Not included, change data exporting settings to download."
    document = telegram_media("media_file", title="合同.pdf", status="1 KB", description=absent)
    sticker = telegram_media("media_photo", title="Sticker", status="😀, 12 KB", description=absent)

    named = one(telegram_box(1, "看", inside=document))
    other = one(telegram_box(1, "", inside=sticker))

    assert (named.text, named.warnings) == ("看", ("media_omitted",))
    assert [file["name"] for file in named.attachments] == ["合同.pdf"]
    assert (other.attachments, other.facts["message_type"]) == ((), "sticker")


def test_a_contact_says_whose_number_it_is():
    media = telegram_media("media_contact", title="韩 梅梅", status="+86 137 0000 0001")

    assert one(telegram_box(1, "", inside=media)).text == "韩 梅梅\n+86 137 0000 0001"


def test_a_cut_page_gives_its_complete_messages():
    raw = telegram_page(telegram_box(1, "甲"), telegram_box(2, "乙"))
    cut = raw[: raw.index("乙".encode())]

    assert [record.text for record in records(cut)] == ["甲"]
    assert warnings(cut) == {"file_truncated": 1}


def test_boxes_beyond_all_sense_cost_no_memory_and_no_message():
    raw = telegram_page(telegram_box(1, "甲"), "<div>" * 100_000, telegram_box(2, "乙"))

    assert [record.text for record in records(raw)] == ["甲", "乙"]


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>x</body></html>",
        '<!DOCTYPE html><html><div class="page_wrap"><div class="page_body">x</div></div></html>',
    ],
)
def test_other_pages_are_not_taken(page):
    assert reading(page.encode()).format == "html"


def test_what_is_no_tag_stays_text():
    assert plain("a < b && c > d <3 &lt;i&gt;&nbsp;<br/>e") == "a < b && c > d <3 <i> \ne"
    assert list(tokens("<A HREF=x y='&amp;'>")) == [Tag("a", False, " HREF=x y='&amp;'", 0)]
    assert Tag("a", False, " HREF=x y='&amp;'", 0).attributes() == {"href": "x", "y": "&"}


@pytest.mark.parametrize("piece", ['<a "', "<a '", "<!--", '<a href="', "<", "<!", '<a b="c" '])
def test_tags_that_never_end_are_read_in_one_pass(piece):
    assert "".join(str(token) for token in tokens(piece * 100_000)) == piece * 100_000
