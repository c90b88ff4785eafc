"""The screen of numbers at phone size: what the texts show, what the person says, both kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import make

from .phone import Phone

pytestmark = pytest.mark.browser
SIGNED = "【恒易贷】您的借款已逾期3天，今天不还就通知你全家"


def test_a_person_takes_over_what_the_texts_show_and_may_say_otherwise(phone: Phone) -> None:
    phone.sign_up()
    page = phone.page
    phone.bring("message_export", [("sms.xml", make.sms_export(SIGNED))])
    expect(page.locator(".stamped")).to_have_count(1, timeout=120_000)
    grounds = page.get_by_role("heading", name="短信里看出来的")
    for _ in range(60):  # the worker reads meanwhile
        phone.go("时间线")
        page.get_by_role("button", name="这些号码是谁").click()
        page.get_by_role("heading", level=1, name="这些号码是谁").wait_for()
        expect(page.locator(".busy")).to_have_count(0)
        if grounds.count():
            break
        page.wait_for_timeout(1000)
    expect(page.locator(".grounds")).to_contain_text("短信署名“恒易贷”")

    page.get_by_role("button", name="用短信里的依据填").click()
    expect(page.get_by_label("替哪家放贷机构")).to_have_value("恒易贷")
    expect(page.get_by_label("你怎么知道的")).to_have_value("短信署名“恒易贷”")
    page.get_by_label("替哪家放贷机构").fill("某桥分期")
    page.get_by_role("button", name="保存").click()

    expect(page.locator(".grounds .notice")).to_contain_text("恒易贷")
    page.reload()
    page.get_by_role("heading", level=1, name="这些号码是谁").wait_for()
    expect(page.get_by_label("替哪家放贷机构")).to_have_value("某桥分期")
    expect(page.locator(".grounds .notice")).to_contain_text("另外的名称：恒易贷")
    _look(phone, "numbers")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.violations() + phone.small_targets() == []
    assert phone.complaints == []


def _look(phone: Phone, name: str) -> None:
    """For people: keep what is seen, when a folder is named."""
    if folder := os.environ.get("PICTURES"):
        phone.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)
