"""A suggestion at phone size: corrected to other words and kind, rejected with a reason."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import make

from .phone import Phone

pytestmark = pytest.mark.browser
WORDS = "再不还钱，就让你全家都不得安宁😡，小心你孩子上学的路"


def test_a_person_corrects_and_rejects_with_a_reason(phone: Phone) -> None:
    phone.sign_up()
    page = phone.page
    phone.bring("message_export", [("sms.xml", make.sms_export(WORDS))])
    expect(page.locator(".stamped")).to_have_count(1, timeout=120_000)
    chip = page.locator(".record .chip")
    phone.until_the_timeline_shows(chip)
    page.locator(".record").first.click()

    page.get_by_role("button", name="改一改").first.click()
    page.get_by_label("应该算哪一种").select_option(label="爆通讯录、骚扰第三人")
    area = page.get_by_label("是哪几个字")
    at = WORDS.index("小心") + 1  # 😡 counts twice in a text field
    area.evaluate(f"one => {{ one.focus(); one.setSelectionRange({at}, {at + 2}) }}")
    expect(page.get_by_text("选中：“小心”")).to_be_visible()
    page.get_by_label("为什么（可以不填）").fill("是要找我家人")
    assert phone.violations() + phone.small_targets() == []
    _look(phone, "correct")
    page.get_by_role("button", name="改成这样").click()
    expect(page.get_by_label("应该算哪一种")).to_have_count(0)
    page.get_by_role("button", name="关闭").click()
    corrected = page.locator(".record .chip").filter(has_text="爆通讯录、骚扰第三人 · 已确认")
    expect(corrected).to_be_visible()
    page.locator(".record").first.click()
    expect(page.get_by_text("你改成了：爆通讯录、骚扰第三人")).to_be_visible()
    expect(page.locator("mark")).to_have_text("小心")

    page.get_by_role("button", name="不是", exact=True).first.click()
    page.get_by_label("为什么不是（可以不填）").fill("是正常提醒")
    _look(phone, "reject")
    page.get_by_role("button", name="就是不是").click()
    expect(page.get_by_role("status").filter(has_text="已否定")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    page.get_by_role("button", name="机器没看出来？自己标一条").click()
    own = page.locator("section").filter(has=page.get_by_role("button", name="标上"))
    expect(own.get_by_role("button", name="标上")).to_be_disabled()
    own.get_by_label("应该算哪一种").select_option(label="辱骂侮辱")
    own.get_by_label("为什么（可以不填）").fill("听着像骂人")
    assert phone.violations() + phone.small_targets() == []
    own.get_by_role("button", name="标上").click()
    expect(page.get_by_text("标上了，已确认。")).to_be_visible()
    page.get_by_role("button", name="关闭").click()
    expect(page.locator(".record .chip").filter(has_text="侮辱谩骂 · 已确认")).to_be_visible()
    expect(page.locator(".record .chip").filter(has_text="非常时段 · 已否定")).to_be_visible()
    assert phone.complaints == []


def _look(phone: Phone, name: str) -> None:
    """For people: keep what is seen, when a folder is named."""
    if folder := os.environ.get("PICTURES"):
        phone.page.screenshot(path=str(Path(folder) / f"{name}.png"))
