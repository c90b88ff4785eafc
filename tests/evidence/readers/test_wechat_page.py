"""evidence/readers/{wechat_page,js_objects,html_tokens}.py."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from evidence.readers.syntax.js_objects import objects
from tests.samples.exports import zipped
from tests.samples.wechat import (
    RECALLED,
    dump_page,
    exporter_page,
    exporter_script,
    memotrace_page,
    weflow_page,
)

from .reads import reading, records, warnings

MORNING = datetime(2024, 3, 4, 23, 8, 9, tzinfo=UTC)
PAGES = {
    "wechat_exporter_page": exporter_page(),
    "memotrace_page": memotrace_page(),
    "weflow_page": weflow_page(),
}


@pytest.mark.parametrize("format_id", PAGES)
def test_who_wrote_what_and_when(format_id):
    got = reading(PAGES[format_id].encode(), name="x.html")
    first, own, voice = list(got)[:3]

    assert got.format == format_id
    assert (first.direction, first.peer_name, first.text) == ("in", "李雷", "还钱\n第二行 <b>")
    assert (first.when_utc, first.conversation) == (MORNING, "李雷")
    assert (own.direction, own.text) == ("out", "好")
    assert (voice.text, voice.attachments[0]["name"]) == (None, "1.mp3")


def test_both_forms_of_the_exporter_s_blocks_are_read():
    assert [r.text for r in records(exporter_page(1).encode())] == [
        r.text for r in records(exporter_page(2).encode())
    ]


@pytest.mark.parametrize("page", [exporter_page(), memotrace_page()])
def test_notices_are_the_app_s(page):
    notice = records(page.encode())[-1]

    assert (notice.kind, notice.text, notice.peer_name) == ("system", RECALLED, None)


def test_calls_tell_how_long_was_talked():
    call = records(weflow_page().encode())[-1]

    assert (call.kind, call.duration_s) == ("call", 65)


def test_files_beside_the_page_lead_to_their_members():
    packed = zipped({"李雷.html": exporter_page().encode(), "李雷_files/1.mp3": b"x"})

    assert records(packed, name="x.zip")[2].attachments[0]["locator"] == {
        "member": "李雷_files/1.mp3"
    }


def test_a_cut_page_delivers_its_whole_messages():
    page = exporter_page()
    cut = page[: page.index("播放")].encode()

    assert [record.text for record in records(cut)] == ["还钱\n第二行 <b>", "好"]
    assert "file_truncated" in warnings(cut)


def test_a_page_of_something_else_is_a_page():
    assert reading(b"<html><body><div class='msg'>x</div></body></html>").format == "html"


def test_objects_of_scripts_with_anything_in_their_strings():
    text = """[{a:'it\\'s {', "b" : "\\u4f60\\n", c:-1.5, d:null, e:{f:'g'}, h:[1]}, {a:2}]; rest"""

    assert list(objects(text, 0)) == [
        {"a": "it's {", "b": "你\n", "c": "-1.5", "d": ""},
        {"a": "2"},
    ]


@pytest.mark.parametrize("piece", ["<div class='msg chat left'>", "{a:'", "[", "<", "&#", "'"])
def test_pages_made_to_keep_a_pattern_busy_are_read_at_once(piece):
    for page in PAGES.values():
        records(page.replace("</body>", piece * 20_000).encode())
        records(page.replace("[\n", "[\n" + piece * 20_000).encode())


def test_a_script_with_later_messages_is_read_like_its_page():
    script = exporter_script()
    empty = "<html><title>李雷 - 微信聊天记录</title><body>"
    page = f'{empty}<div class="msg chat-notice">系统消息：甲</div><script>{script}</script>'
    packed = zipped({"李雷_files/Data/msg-2.js": script.encode(), "李雷_files/1.mp3": b"x"})

    alone = records(script.encode(), name="msg-2.js")
    within = records(page.encode(), name="a.html")
    first, *_ = records(packed, name="x.zip")

    told = [(r.kind, r.direction, r.text, r.when_utc) for r in records(exporter_page().encode())]
    assert [(r.kind, r.direction, r.text, r.when_utc) for r in alone] == told
    assert [(r.kind, r.direction, r.text, r.when_utc) for r in within[1:]] == told
    assert (first.text, first.conversation) == ("还钱\n第二行 <b>", "李雷")


def test_a_cut_script_says_so():
    assert warnings(exporter_script()[:-300].encode(), name="a.js") == {"file_truncated": 1}


def test_a_page_of_wechat_dump_gives_sides_and_times():
    got = reading(dump_page().encode(), name="a.html")
    first, own, picture = got

    assert got.format == "wechat_dump_page"
    assert [record.direction for record in (first, own, picture)] == ["in", "out", "in"]
    assert (first.text, first.peer_name) == ("还钱\n第二行 <b>", "李雷")
    assert first.facts["wechat_id"] == "wxid_a"
    assert own.when_utc == datetime(2024, 3, 4, 23, 8, 10, tzinfo=UTC)
    assert (picture.text, picture.warnings) == (None, ("media_omitted",))
    assert {record.conversation for record in (first, own, picture)} == {"李雷"}


def test_a_member_of_a_group_bears_the_name_in_the_page():
    plain = 'title="2024-03-05 07:08:09"  >'
    page = dump_page().replace(plain, f"{plain[:-3]}>\n <pre align='left'>王五</pre>")

    first, *_ = records(page.encode(), name="a.html")

    assert (first.peer_name, first.text) == ("王五", "还钱\n第二行 <b>")
