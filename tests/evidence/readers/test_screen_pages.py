"""evidence/readers/screen*.py on drawn pages of four apps (tests/samples/screens)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.samples.screens import drawing, scripts, skins, windows
from tests.samples.screens.scripts import Said

from .reads import records

NOW = datetime(2026, 3, 6, 21, 7)  # noqa: DTZ001 - a phone's wall clock
TALK = [
    Said("left", "请你今天之内把钱还清", NOW - timedelta(days=1, minutes=30)),
    Said("right", "我已经申请分期了", NOW - timedelta(minutes=20)),
    Said("left", "好", NOW - timedelta(minutes=19)),
]
pytestmark = pytest.mark.chinese_font


def shot(skin: str, talk=TALK, **options) -> windows.Screenshot:
    canvas = drawing.draw(talk, skins.SKINS[skin], now=NOW, width=720, size=32)
    return windows.screenshot(canvas, "催收小刘", height=1600, **options)


def read(page: windows.Screenshot, name: str | None = None):
    image, *bubbles = records(page.png, name=name or page.name)
    return image.as_json(), bubbles


@pytest.mark.parametrize(
    ("skin", "app"),
    [("wechat", "wechat"), ("wechat_dark", "wechat"), ("qq", "qq"), ("whatsapp", "whatsapp"),
     ("sms", None)],
)  # fmt: skip
def test_every_app_tells_who_said_what_and_often_which_app_it_is(skin, app):
    image, bubbles = read(shot(skin))

    assert [(one.direction, one.text) for one in bubbles] == [
        ("in", "请你今天之内把钱还清"),
        ("out", "我已经申请分期了"),
        ("in", "好"),
    ]
    assert (image["chat_app"], image["conversation"]) == (app, "催收小刘")
    assert image["quality"] == []


def test_a_clock_in_a_bubble_is_the_messages_own_time():
    _, bubbles = read(shot("whatsapp"))

    assert bubbles[0].when_utc == datetime(2026, 3, 5, 12, 37, tzinfo=UTC)
    assert (bubbles[2].when_raw, bubbles[2].when_precision) == ("今天 晚上8:48", "min")
    assert bubbles[2].warnings == ()


def test_without_the_line_of_its_day_a_clock_has_no_time():
    page = shot("whatsapp", TALK[1:] * 14)
    _, bubbles = read(page)

    assert bubbles[-1].when_utc is None
    assert "time_day_not_seen" in bubbles[-1].warnings


def test_a_name_of_a_later_saving_dates_nothing_but_gives_a_hint():
    page = shot("wechat")
    image, bubbles = read(page, name="mmexport1773100000000.png")  # days later

    assert {one.when_utc for one in bubbles} == {None}
    assert "capture_clock_differs" in bubbles[0].warnings
    assert image["quality"] == ["no_date", "capture_differs"]


def test_a_bubble_that_a_bar_cuts_says_so():
    talk = [Said("left", scripts.SENTENCES[1] * 3, NOW)] * 9
    image, bubbles = read(shot("qq", talk, offset=120))

    assert "bubble_cut" in bubbles[0].warnings
    assert "bubble_cut" not in bubbles[1].warnings
    assert "message_cut" in image["quality"]


def test_a_page_cut_out_of_its_bars_gives_a_hint():
    page = shot("qq")
    cut = replace(page, picture=page.picture.crop((0, 150, 720, 1480)))

    image, bubbles = read(cut)

    assert [one.text for one in bubbles] == [one.text for one in TALK]
    assert "no_name_bar" in image["quality"]


def test_a_long_screenshot_loses_and_doubles_no_line_at_its_seams():
    talk = [Said("left" if n % 3 else "right", f"第{n}句话说完了", NOW) for n in range(60)]
    canvas = drawing.draw(talk, skins.SKINS["wechat"], now=NOW, width=720, size=32)
    long = windows.long_screenshot(canvas, "催收小刘")

    _, bubbles = read(long)

    assert long.picture.height > 3 * 1600
    assert [one.text for one in bubbles] == [one.text for one in talk]
