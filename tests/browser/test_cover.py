"""Covering parts of a call at phone size: by player, by typed times, and the copy made of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from evidence.media.bare_sound import is_bare_m4a
from tests import make
from tests.samples.recordings import recording
from tests.samples.voices import alike, heard, voice

from .house import House
from .phone import Phone
from .test_redaction import begin, call

pytestmark = pytest.mark.browser

NAME = "20260301_230100.000+0800_in_+8613700000001.wav"
PER_MS = 44.1
PLACE = "() => document.querySelector('.stays audio').currentTime"
PUT = "(at) => { document.querySelector('.stays audio').currentTime = at }"
READY = "() => [...document.querySelectorAll('audio')].every((one) => one.readyState >= 1)"


def test_a_call_is_covered_by_player_and_keys_and_the_copy_is_chosen(
    phone: Phone, house: House
) -> None:
    page = phone.page
    original = recording(voice(10), container="wav", codec="pcm_s16le")
    phone.sign_up()
    for kind, name, content in (
        ("message_export", "sms.xml", make.sms_export()),
        ("call_recording", NAME, original),
    ):
        phone.bring(kind, [(name, content)])
        page.get_by_role("dialog").wait_for(state="hidden")
    expect(page.locator(".stamped")).to_have_count(2, timeout=180_000)
    code, exhibit = begin(phone, "call_recording", "recording")

    # 1. From the package to the screen; from here to here by the player.
    page.get_by_role("button", name=f"遮盖证据 {code}").click()
    page.get_by_role("heading", name=f"遮盖证据 {code}").wait_for()
    page.wait_for_function(READY)
    page.evaluate(PUT, 2.3)
    page.get_by_role("button", name="从（分:秒）: 从这里").click()
    page.evaluate(PUT, 3.4)
    page.get_by_role("button", name="到（分:秒）: 到这里").click()
    expect(page.get_by_label("从（分:秒）", exact=True)).to_have_value("0:02.3")
    expect(page.get_by_label("到（分:秒）", exact=True)).to_have_value("0:03.4")
    page.get_by_role("button", name="加这一段").click()
    expect(page.get_by_text("第 1 段：0:02.3 至 0:03.4")).to_be_visible()

    # 2. By keys alone, with what is wrong said; one more, and taken away again.
    page.get_by_label("从（分:秒）", exact=True).focus()
    page.keyboard.type("6")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").get_by_text("结束要晚于开始")).to_be_visible()
    page.keyboard.press("Backspace")
    page.keyboard.type("0:07.25")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").get_by_text("已加：0:06.0 至 0:07.3")).to_be_visible()
    page.get_by_label("从（分:秒）", exact=True).fill("8")
    page.get_by_label("到（分:秒）", exact=True).fill("9")
    page.get_by_role("button", name="加这一段").click()
    page.get_by_role("button", name="去掉第 3 段").click()
    expect(page.get_by_role("list", name="要遮盖的几段").get_by_role("listitem")).to_have_count(2)
    page.get_by_role("button", name="试听第 1 段前后").click()
    page.wait_for_function("() => document.querySelector('.stays audio').currentTime > 1.5")
    assert 1.3 <= page.evaluate(PLACE) <= 4.6
    _look(phone, "marked")
    assert phone.violations() == []
    assert phone.small_targets() == []

    # 3. The copy that the server made is what plays, and it is chosen.
    page.get_by_role("button", name="做一份遮盖副本").click()
    page.get_by_role("heading", name="副本 1").wait_for(timeout=180_000)
    assert page.get_by_role("button", name="做一份遮盖副本").is_disabled()  # nothing is marked
    played = page.locator("article audio")
    played.evaluate("async (audio) => { audio.muted = true; await audio.play(); audio.pause() }")
    assert played.evaluate("(audio) => audio.duration") == pytest.approx(10, abs=0.1)
    page.get_by_role("button", name="交出副本 1").click()
    expect(page.get_by_text("已选用：材料包里只有这份副本。")).to_be_visible()
    (made,) = call(phone, "GET", exhibit)["results"]
    assert (made["chosen"], made["spans"]) == (True, [[2300, 3400], [6000, 7250]])
    _look(phone, "copy")
    assert phone.violations() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    copy = page.request.get(f"/api/redactions/{made['id']}/sound/").body()
    assert is_bare_m4a(copy)
    before, after = heard(original), heard(copy)
    for first, last in ((2300, 3400), (6000, 7250)):
        inside = slice(round(first * PER_MS), round(last * PER_MS))
        assert abs(alike(before[inside], after[inside])) < 0.03
    between = slice(round(3450 * PER_MS), round(5950 * PER_MS))
    assert alike(before[between], after[between]) > 0.98
    assert phone.complaints == []


def _look(phone: Phone, name: str) -> None:
    """Leave a picture of the screen where the environment asks for one."""
    if folder := os.environ.get("LOOK_AT"):
        phone.page.screenshot(path=Path(folder) / f"cover-{name}.png", full_page=True)
        phone.page.screenshot(path=Path(folder) / f"cover-{name}-seen.png")
