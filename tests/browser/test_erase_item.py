"""The item page: one item is erased from there, and only after it was said what goes with it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import make

from .phone import PASSPHRASE, Phone

pytestmark = pytest.mark.browser


def test_one_item_is_erased_from_its_own_page_and_the_other_stays(phone: Phone) -> None:
    phone.sign_up()
    page = phone.page
    for name in ("one", "two"):
        phone.bring("message_export", [(f"{name}.xml", make.sms_export(name))])
    expect(page.locator(".stamped")).to_have_count(2, timeout=120_000)
    page.locator(".line .row").first.click()
    folded = page.locator("details.card", has=page.locator("summary", has_text="删除这一件"))
    expect(folded.locator("form")).to_be_hidden(timeout=60_000)
    folded.locator("summary").click()
    expect(folded).to_contain_text("做好的材料包都会一起删除")
    expect(folded).to_contain_text("我们收不回来")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.violations() == []
    assert phone.small_targets() == []
    if folder := os.environ.get("PICTURES"):
        folded.scroll_into_view_if_needed()
        page.screenshot(path=Path(folder) / "erase_item.png", full_page=True)
    assert phone.complaints == []

    folded.locator("#passphrase").fill("别人猜的 一句 口令 而已")
    folded.get_by_role("button", name="删除这一件").click()
    expect(folded).to_contain_text("口令")
    expect(folded.get_by_role("alert")).to_be_visible()
    folded.locator("#passphrase").fill(PASSPHRASE)
    folded.get_by_role("button", name="删除这一件").click()
    expect(folded.get_by_role("status")).to_contain_text("很快就会删除")
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / "erase_item_asked.png")

    for _ in range(60):  # the worker does it meanwhile
        page.reload()
        page.wait_for_timeout(1000)
        if page.get_by_role("alert").count():
            break
    expect(page.locator(".stamp-card")).to_have_count(0)
    items = page.evaluate(
        """async () => {
            const cases = (await (await fetch('/api/cases/')).json()).results
            const timeline = await fetch(`/api/cases/${cases[0].id}/timeline/`)
            return (await timeline.json()).results.length
        }"""
    )
    assert items == 1
