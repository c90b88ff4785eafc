"""The item page: what phone and file say, folded, gentle, and whole on a narrow screen."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.evidence.provenance import files

from .phone import Phone

pytestmark = pytest.mark.browser


def test_what_phone_and_file_say_is_folded_and_fits_the_screen(phone: Phone) -> None:
    phone.sign_up()
    page = phone.page
    picture = files.png((1080, 2400), Software="美图秀秀 10.2", Creation_Time="2026-03-04 12:33:01")
    phone.bring("chat_screenshot", [("mmexport1772598781000.png", picture)])
    expect(page.locator(".stamped")).to_have_count(1, timeout=120_000)
    page.locator(".line .row").first.click()
    title = page.get_by_text("手机和文件自己怎么说（不是证明）")
    card = page.locator("details.provenance")
    expect(title).to_be_visible(timeout=60_000)
    expect(card.locator("ul")).to_be_hidden()

    # The worker reads it meanwhile; the page is opened anew until it has.
    for _ in range(60):
        if card.locator("ul").count():
            break
        page.wait_for_timeout(1000)
        page.reload()
        title.wait_for()
    title.click()

    expect(card).to_contain_text("看起来是从聊天软件里保存或转发出来的")
    expect(card).to_contain_text("截图本来就没有，很正常")
    expect(card).to_contain_text("没有写时区")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.violations() == []
    assert phone.small_targets() == []
    assert phone.complaints == []
    if folder := os.environ.get("PICTURES"):
        title.scroll_into_view_if_needed()
        page.screenshot(path=Path(folder) / "provenance.png", full_page=True)
