"""The quiet note at phone size: closed at first, one tap to a number, gone when put away."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import make

from .phone import Phone

pytestmark = pytest.mark.browser
LINE = "这段日子不容易，要不要找人说说话"


def test_ones_own_heavy_words_bring_a_quiet_offer(phone: Phone) -> None:
    phone.sign_up()
    page = phone.page
    export = make.sms_export("你们天天打，我真的不想活了").replace(b'type="1"', b'type="2"')
    phone.bring("message_export", [("sms.xml", export)])
    expect(page.locator(".stamped")).to_have_count(1, timeout=120_000)
    phone.until_the_timeline_shows(page.locator(".record"))

    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    note = page.locator("details.care")
    expect(note).to_have_count(1)
    expect(page.get_by_role("link", name="12356")).to_be_hidden()
    page.get_by_text(LINE).click()
    expect(page.get_by_role("link", name="12356")).to_have_attribute("href", "tel:12356")
    _look(phone)
    assert phone.violations() + phone.small_targets() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    page.get_by_role("button", name="先收起来").click()
    expect(note).to_have_count(0)
    assert asked == []
    phone.go("收集")
    phone.go("时间线")
    expect(page.locator(".record")).to_have_count(1)
    expect(note).to_have_count(0)
    assert phone.complaints == []


def test_words_of_the_other_side_bring_none(phone: Phone) -> None:
    phone.sign_up()
    page = phone.page
    phone.bring("message_export", [("sms.xml", make.sms_export("不还钱你怎么不去自杀"))])
    expect(page.locator(".stamped")).to_have_count(1, timeout=120_000)
    phone.until_the_timeline_shows(page.locator(".record"))

    expect(page.locator(".record")).to_have_count(1)
    expect(page.get_by_text(LINE)).to_have_count(0)


def _look(phone: Phone) -> None:
    """For people: keep what is seen, when a folder is named."""
    if folder := os.environ.get("PICTURES"):
        phone.page.screenshot(path=str(Path(folder) / "care.png"))
