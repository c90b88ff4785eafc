"""The item page plays what a reading says can be played, whatever its sender called it."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.samples.films import film
from tests.samples.recordings import recording, tone
from tests.samples.screens import drawing, scripts, skins, windows

from .phone import Phone

pytestmark = [pytest.mark.browser, pytest.mark.chinese_font]
NOW = datetime(2026, 3, 6, 21, 7)  # noqa: DTZ001 - a phone's wall clock


def test_a_recording_brought_as_another_file_has_a_player_and_lines(phone: Phone) -> None:
    phone.sign_up()
    page = phone.page
    phone.bring("other", [("声音.wav", recording(tone(6), container="wav", codec="pcm_s16le"))])
    expect(page.locator(".stamped")).to_have_count(1, timeout=120_000)
    page.locator(".line .row").first.click()
    player = page.locator("audio")
    for _ in range(60):
        if player.count():
            break
        page.wait_for_timeout(700)
        page.reload()
        page.locator(".stamp-card").wait_for()

    expect(player).to_have_attribute("aria-label", "播放 声音.wav")
    page.get_by_text("补写软件没写出来的话").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.violations() == []
    assert phone.small_targets() == []
    assert phone.complaints == []


def test_a_message_of_a_film_is_shown_at_its_second(phone: Phone) -> None:
    phone.sign_up()
    page = phone.page
    said = [scripts.Said("left", f"第{n}次催收，今天必须还清", NOW) for n in range(6)]
    canvas = drawing.draw(said, skins.SKINS["wechat"], now=NOW, width=720, size=32)
    shown = windows.screenshot(canvas, "催收小刘", offset=0, height=1280)
    picture = Image.open(io.BytesIO(shown.png)).convert("RGB")
    phone.bring("film", [("Screenrecorder-2026-03-06-21-07-00.mp4", film([picture] * 3))])
    expect(page.locator(".stamped")).to_have_count(1, timeout=120_000)
    page.locator(".line .row").first.click()
    message = page.locator(".record", has_text="今天必须还清").first
    for _ in range(90):
        if message.count():
            break
        page.wait_for_timeout(700)
        page.reload()
        page.locator(".stamp-card").wait_for()

    message.click()
    page.get_by_role("button", name="看原件的这一处").click()

    player = page.locator("video")
    expect(player).to_have_attribute(
        "aria-label", "播放视频 Screenrecorder-2026-03-06-21-07-00.mp4"
    )
    page.get_by_role("button", name="看这一条").focus()
    page.keyboard.press("Enter")
    for _ in range(50):
        if page.evaluate("document.querySelector('video').videoWidth") > 0:
            break
        page.wait_for_timeout(100)
    assert page.evaluate("document.querySelector('video').videoWidth") == 720
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.violations() == []
    assert phone.small_targets() == []
    assert phone.complaints == []
