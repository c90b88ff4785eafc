"""evidence/readers/screens/screen.py, bubbles.py, screen_times.py: who said what on a chat page."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from PIL import Image

from evidence.media.ocr import TextBox
from evidence.readers.screens.bubbles import arrange
from evidence.readers.screens.screen_times import (
    NEEDS_CAPTURE,
    ORDER_OPEN,
    is_separator,
    resolve,
    seen_at,
)
from tests.samples.heif import heic_of
from tests.samples.pictures import chat_page, encoded, gradient

from .reads import records

CAPTURED = datetime(2024, 3, 6, 4, 0, tzinfo=UTC)  # Wednesday noon in China


@pytest.mark.chinese_font
def test_a_chat_page_becomes_bubbles_with_sides_and_places():
    page = chat_page(
        [
            ("time", "昨天 下午3:05"),
            ("left", "今天不还就去你单位"),
            ("right", "我已经保留录音"),
            ("left", "随便"),
        ],
        title="催收小王",
        clock="12:00",
    )

    image, *chats = records(page, name="Screenshot_20240306-120000_WeChat.png")

    assert (image.kind, image.as_json()["format"]) == ("image", "png")
    assert image.when_utc == CAPTURED
    assert [(chat.direction, chat.text) for chat in chats] == [
        ("in", "今天不还就去你单位"),
        ("out", "我已经保留录音"),
        ("in", "随便"),
    ]
    assert {chat.conversation for chat in chats} == {"催收小王"}
    assert chats[0].when_utc == datetime(2024, 3, 5, 7, 5, tzinfo=UTC)
    assert (chats[0].when_precision, chats[0].warnings) == ("min", ("time_of_separator",))
    left, top, _, height = chats[0].source_locator["box"]
    assert abs(left - 110) < 20
    assert abs(top - 236) < 8
    assert abs(height - 74) < 8


@pytest.mark.chinese_font
@pytest.mark.parametrize("format_id", ["webp", "avif", "heic"])
def test_a_chat_page_is_read_alike_in_each_format_of_phones(format_id):
    page = Image.open(
        io.BytesIO(
            chat_page([("left", "今天不还就去你单位"), ("right", "我已经保留录音")], title="小王")
        )
    )
    picture = page.convert("RGB").crop((0, 0, page.width & ~1, page.height & ~1))
    raw = heic_of(picture) if format_id == "heic" else encoded(picture, format_id.upper())
    name = f"Screenshot_20240306-120000_WeChat.{format_id}"

    image, *chats = records(raw, name=name)
    _, *of_png = records(encoded(picture, "PNG"), name=name)

    assert (image.facts["format"], image.facts["width"]) == (format_id, picture.width)
    assert chats
    assert [(chat.direction, chat.text) for chat in chats] == [
        (chat.direction, chat.text) for chat in of_png
    ]


def test_without_recognition_there_is_only_the_picture():
    [image] = records(encoded(gradient(), "PNG"), name="a.png", ocr=False)

    assert image.as_json()["quality"] == ["no_capture_time"]
    assert image.source_locator == {"box": [0, 0, 400, 600]}


def drawn(*boxes: tuple[int, int, int, int], colour: int = 255) -> np.ndarray:
    page = np.full((1200, 700, 3), 237, dtype=np.uint8)
    for left, top, right, bottom in boxes:
        page[top:bottom, left:right] = colour
    return page


def line(x: int, y: int, text: str, w: int = 300, h: int = 30) -> TextBox:
    return TextBox(x, y, w, h, text, 0.99)


def test_lines_of_one_patch_are_one_bubble_and_wrapped_text_goes_on():
    page = drawn((90, 300, 560, 420))

    [bubble] = arrange(
        page, [line(110, 315, "这句话很长所以", w=430), line(110, 365, "要换行")]
    ).bubbles

    assert bubble.text == "这句话很长所以要换行"
    assert bubble.side == "left"


def test_a_short_line_inside_a_bubble_was_broken_by_its_writer():
    page = drawn((90, 300, 560, 420))

    [bubble] = arrange(
        page, [line(110, 315, "第一行", w=90), line(110, 365, "第二行更长", w=400)]
    ).bubbles

    assert bubble.text == "第一行\n第二行更长"


def test_a_wide_bubble_belongs_to_the_face_beside_it():
    page = drawn((90, 300, 610, 360))
    page[300:360, 625:685] = (40, 90, 160)

    [bubble] = arrange(page, [line(110, 315, "一样宽", w=480)]).bubbles

    assert bubble.side == "right"


def test_a_name_above_a_bubble_is_its_speaker():
    page = drawn((90, 330, 400, 390))

    [bubble] = arrange(
        page, [line(92, 298, "群友甲", w=60, h=22), line(110, 345, "还钱", w=60)]
    ).bubbles

    assert bubble.speaker == "群友甲"


def test_a_centred_notice_is_nobodys():
    page = drawn((90, 300, 400, 360))

    notice = arrange(page, [line(110, 315, "在吗"), line(230, 500, "对方撤回了一条消息", w=240)])

    assert [bubble.side for bubble in notice.bubbles] == ["left", "centre"]


def test_a_page_without_bubbles_leaves_the_side_open():
    [bubble] = arrange(drawn(), [line(60, 500, "通知书")]).bubbles

    assert bubble.side == "none"


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("2024年3月5日 下午3:05", (2024, 3, 5, 15, 5)),
        ("2024/3/5 07:08", (2024, 3, 5, 7, 8)),
        ("3月5日 晚上9:20", (2024, 3, 5, 21, 20)),
        ("12月31日 上午12:05", (2023, 12, 31, 0, 5)),
        ("昨天 15:05", (2024, 3, 5, 15, 5)),
        ("星期三 15:05", (2024, 2, 28, 15, 5)),
        ("周一 上午8:00", (2024, 3, 4, 8, 0)),
        ("11:59", (2024, 3, 6, 11, 59)),
        ("上午11:59", (2024, 3, 6, 11, 59)),
        ("凌晨0:05", (2024, 3, 6, 0, 5)),
        ("凌晨12:05", (2024, 3, 6, 0, 5)),
        ("昨天 中午12:30", (2024, 3, 5, 12, 30)),
        ("昨天 中午1:30", (2024, 3, 5, 13, 30)),
        ("昨天 傍晚6:05", (2024, 3, 5, 18, 5)),
        ("週一 上午8:00", (2024, 3, 4, 8, 0)),
        ("禮拜三 晚上8:00", (2024, 2, 28, 20, 0)),
        ("3月5日 周二 15:05", (2024, 3, 5, 15, 5)),
        ("3月7日 15:05", (2023, 3, 7, 15, 5)),
        ("2月29日 15:05", (2024, 2, 29, 15, 5)),
        ("Yesterday 3:05 PM", (2024, 3, 5, 15, 5)),
        ("Yesterday at 3:05 PM", (2024, 3, 5, 15, 5)),
        ("Wednesday 3:05 PM", (2024, 2, 28, 15, 5)),
        ("Tue, 9:00 AM", (2024, 3, 5, 9, 0)),
        ("Mar 5, 2024, 12:05 AM", (2024, 3, 5, 0, 5)),
        ("5 March 2024 15:05", (2024, 3, 5, 15, 5)),
        ("Dec 31 11:59 PM", (2023, 12, 31, 23, 59)),
    ],
)
def test_separators_are_resolved_against_the_capture(text, local):
    moment = resolve(text, CAPTURED, "Asia/Shanghai")

    year, month, day, hour, minute = local
    assert moment.utc is not None
    assert (
        moment.utc.timestamp()
        == datetime(year, month, day, hour, minute, tzinfo=UTC).timestamp() - 8 * 3600
    )
    assert moment.precision == "min"


@pytest.mark.parametrize("text", ["昨天 15:05", "3月5日 15:05", "15:05"])
def test_without_a_capture_time_they_stay_open(text):
    moment = resolve(text, None, "Asia/Shanghai")

    assert (moment.utc, moment.warning) == (None, NEEDS_CAPTURE)


def test_a_clock_later_than_the_capture_is_not_today():
    assert resolve("23:59", CAPTURED, "Asia/Shanghai").utc is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今天", (2024, 3, 6)),
        ("昨天", (2024, 3, 5)),
        ("星期三", (2024, 2, 28)),
        ("2024年3月5日", (2024, 3, 5)),
        ("TODAY", (2024, 3, 6)),
        ("March 5, 2024", (2024, 3, 5)),
        ("昨天 晚上12:05", (2024, 3, 5)),  # the midnight before or after that day?
    ],
)
def test_a_day_without_a_sure_clock_is_a_day_and_no_more(text, day):
    moment = resolve(text, CAPTURED, "Asia/Shanghai")

    assert moment.precision == "day"
    assert moment.utc == datetime(*day, tzinfo=UTC) - timedelta(hours=8)


def test_a_date_whose_order_is_open_has_no_time():
    assert resolve("3/5/24 3:05 PM", CAPTURED, "Asia/Shanghai").warning == ORDER_OPEN


def test_at_midnight_the_status_bar_tells_the_day():
    named = datetime(2024, 12, 31, 16, 0, 40, tzinfo=UTC)  # 1 January, 00:00:40 in China

    seen = seen_at(named, "23:59", "Asia/Shanghai")

    assert resolve("昨天 15:05", seen, "Asia/Shanghai").utc == datetime(
        2024, 12, 30, 7, 5, tzinfo=UTC
    )
    assert resolve("23:58", seen, "Asia/Shanghai").utc == datetime(2024, 12, 31, 15, 58, tzinfo=UTC)


def test_a_clock_of_twelve_hours_agrees_with_the_evening():
    assert seen_at(CAPTURED + timedelta(hours=9), "9:00", "Asia/Shanghai") is not None


def test_a_status_bar_of_another_time_says_that_the_name_is_of_a_later_saving():
    assert seen_at(CAPTURED, "18:30", "Asia/Shanghai") is None


@pytest.mark.parametrize(
    "text",
    ["还款", "3:05 还钱", "12345", "100.00", "3/5", "12.50", "对方撤回了一条消息", "sunny", "may"],
)
def test_what_is_not_a_time_is_no_separator(text):
    assert not is_separator(text)
