"""The item page at phone size: a screenshot, and what it shares with its neighbour."""

from __future__ import annotations

from datetime import datetime

import pytest
from playwright.sync_api import expect

from tests.samples.screens import drawing, scripts, skins, windows

from .phone import Phone

pytestmark = [pytest.mark.browser, pytest.mark.chinese_font]
NOW = datetime(2026, 3, 6, 21, 7)  # noqa: DTZ001 - a phone's wall clock


def test_two_overlapping_screenshots_say_so_and_can_be_taken_apart(phone: Phone) -> None:
    phone.sign_up()
    page = phone.page
    said = [
        scripts.Said("right" if n % 3 == 2 else "left", f"第{n}次催收，今天必须还清", NOW)
        for n in range(20)
    ]
    canvas = drawing.draw(said, skins.SKINS["wechat"], now=NOW, width=720, size=32)
    for place, offset in enumerate((0, windows.scroll_end(canvas, height=1600))):
        shown = windows.screenshot(canvas, "催收小刘", offset=offset, height=1600)
        phone.bring("chat_screenshot", [(f"{place}-{shown.name}", shown.png)])
        expect(page.locator(".stamped")).to_have_count(place + 1, timeout=120_000)
    page.locator(".line .row").first.click()

    card = page.locator(".same-messages")
    for _ in range(90):  # the worker reads and compares meanwhile
        if card.count():
            break
        page.wait_for_timeout(1000)
        page.reload()
        page.get_by_text("手机和文件自己怎么说（不是证明）").wait_for()

    expect(card).to_contain_text("只算一次")
    expect(page.locator(".stamp-card")).to_contain_text("图片（PNG），读出")
    card.get_by_role("button", name="按顺序看这段聊天").click()
    expect(card).to_contain_text("第19次催收，今天必须还清")
    card.get_by_role("button", name="不是同一条，分别计算").click()
    expect(card).to_contain_text("正在重新核对")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.violations() == []
    assert phone.small_targets() == []
    assert phone.complaints == []
