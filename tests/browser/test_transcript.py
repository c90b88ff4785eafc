"""The item page of a recording: a draft is heard and decided segment by segment, on 360 × 640."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.fakes.speech_server import SpeechServer
from tests.samples.recordings import recording, tone

from .house import House
from .phone import Phone

pytestmark = pytest.mark.browser

NAME = "20260301_230100.000+0800_in_+8613700000001.wav"
THREAT = "再不还钱就去你单位闹，让你全家不得安宁"
SEGMENTS = [
    {"start": 0.5, "end": 3.0, "text": THREAT},
    {"start": 3.0, "end": 5.0, "text": "请不吝点赞 订阅"},
    {"start": 5.0, "end": 7.5, "text": "我会进快还的"},
    {"start": 99.0, "end": 100.0, "text": "谢谢观看"},
]


@pytest.fixture
def phone(browser: Browser, tmp_path: Path) -> Iterator[Phone]:
    """A phone in a house whose operator set up an engine on the same machine."""
    with SpeechServer(SEGMENTS) as endpoint:
        settings = {"SPEECH_ENGINE": "openai_http", "SPEECH_HTTP_URL": endpoint.url}
        house = House.build(tmp_path, **settings)
        opened = Phone(browser, house.origin)
        yield opened
        opened.close()
        house.stop()


def test_a_draft_is_agreed_to_made_heard_and_decided_piece_by_piece(phone: Phone) -> None:
    phone.sign_up()
    page = phone.page
    phone.bring("call_recording", [(NAME, recording(tone(8), container="wav", codec="pcm_s16le"))])
    expect(page.locator(".stamped")).to_have_count(1, timeout=120_000)
    page.locator(".line .row").first.click()
    agree = page.get_by_role("button", name="我同意，生成草稿")
    for _ in range(60):
        if agree.count():
            break
        page.wait_for_timeout(1000)
        page.reload()
        page.get_by_role("heading", name="收据").or_(page.locator(".stamp-card")).first.wait_for()
    expect(page.get_by_text("录音不会发给第三方")).to_be_visible()

    agree.click()

    segments = page.locator(".segment")
    expect(segments).to_have_count(3, timeout=120_000)
    expect(page.get_by_text("可能凭空编造")).to_be_visible()
    expect(segments.nth(1)).to_contain_text("像是软件在安静处常编造的套话")
    expect(page.get_by_text("有 1 段明显不可能说过")).to_be_visible()
    assert page.get_by_text("谢谢观看").count() == 0

    first = segments.nth(0)
    confirm = first.get_by_role("button", name="就是这样说的")
    expect(confirm).to_be_disabled()  # not heard, and nobody named
    first.get_by_label("对方").check()
    expect(confirm).to_be_disabled()
    first.get_by_role("button", name="播放 0:01–0:03").click()
    wait_until_it_plays(phone)
    confirm.click()
    expect(first).to_contain_text("你听过，确认是这样说的 · 对方")

    segments.nth(1).get_by_role("button", name="没有说").click()
    expect(segments.nth(1)).to_contain_text("你听过，没有说这句话")

    correct(segments.nth(2), "我会尽快还的")
    expect(segments.nth(2).locator("blockquote")).to_have_text("我会尽快还的")
    expect(segments.nth(2)).to_contain_text("我会进快还的")  # the draft stays beside it
    expect(page.get_by_text("共 3 段，已决定 3 段")).to_be_visible()

    write_line(phone, "明天就去你单位")
    written = page.locator(".segment", has_text="你自己写的，不是软件写的")
    expect(written).to_contain_text("明天就去你单位")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.violations() == []
    assert phone.small_targets() == []
    assert phone.complaints == []
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / "transcript.png", full_page=True)

    phone.go("时间线")
    row = page.locator(".record").first
    expect(row).to_contain_text(f"对方：{THREAT}")
    expect(row).to_contain_text("我：我会尽快还的")


def wait_until_it_plays(phone: Phone) -> None:
    """Until the player is past the beginning of the segment and has sound to play."""
    for _ in range(100):
        # Not `wait_for_function`: the page's policy refuses what it evaluates.
        if phone.page.evaluate("document.querySelector('audio').currentTime") > 0.5:
            return
        phone.page.wait_for_timeout(100)
    raise AssertionError("the recording does not play")


def correct(segment: Locator, words: str) -> None:
    segment.get_by_role("button", name="播放").click()
    segment.get_by_label("我", exact=True).check()
    segment.get_by_role("button", name="改正").click()
    segment.get_by_label("你听到的话").fill(words)
    segment.get_by_role("button", name="保存改正").click()


def write_line(phone: Phone, words: str) -> None:
    """By the keyboard alone, as far as a form goes."""
    form = phone.page.locator(".write-line")
    form.get_by_text("补写软件没写出来的话").focus()
    phone.page.keyboard.press("Enter")
    form.get_by_label("从（分:秒）", exact=True).fill("0：01")
    form.get_by_label("到（分:秒）", exact=True).fill("0:01")
    expect(form).to_contain_text("结束要晚于开始")
    form.get_by_label("到（分:秒）", exact=True).fill("0:04")
    form.get_by_label("对方").check()
    form.get_by_label("你听到的话").fill(words)
    form.get_by_role("button", name="保存这一句").press("Enter")
    expect(form).to_contain_text("已加上")
