"""A borrower chooses what of an export is kept; the report, the original, a file sent twice."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.evidence.stages.test_choosing import MOTHER, SECRET, export

from .phone import Phone

pytestmark = pytest.mark.browser

SHOTS = os.environ.get("SHOTS")  # a folder: what the screens look like, for a person's eyes


def reads_well(phone: Phone, name: str) -> None:
    expect(phone.page.locator(".busy")).to_have_count(0)
    if SHOTS:
        phone.page.screenshot(path=str(Path(SHOTS) / f"{name}.png"))
        phone.page.screenshot(path=str(Path(SHOTS) / f"{name}-whole.png"), full_page=True)
    assert phone.violations() + phone.small_targets() == []


def unfold(page: Page, title: str) -> None:
    page.locator("summary", has_text=title).click()


def test_a_person_keeps_one_conversation_and_the_other_is_nowhere(phone: Phone) -> None:
    page = phone.page
    phone.sign_up()
    phone.bring("message_export", [("短信.xml", export())])

    page.get_by_role("button", name="我来选").click(timeout=120_000)
    expect(page.get_by_text("妈妈", exact=True)).to_be_visible()
    expect(page.get_by_text("你的验证码是 ••••")).to_be_visible()
    unfold(page, "只要某一段时间")
    expect(page.locator(".plus")).to_have_count(0)  # it would lie on the fields while scrolling
    reads_well(phone, "choose")
    keep = page.get_by_role("button", name="留下选中的")
    expect(keep).to_be_disabled()
    page.locator("label.tick", has_text="+8613700000001").locator("input").check()
    expect(keep).to_contain_text("1 个对话")
    keep.click()
    page.get_by_role("heading", level=1, name="收集").wait_for()
    expect(page.get_by_role("button", name="我来选")).to_have_count(0)

    phone.bring("message_export", [("又一次.xml", export())])
    expect(page.get_by_text("已经有一模一样的文件")).to_be_visible(timeout=120_000)
    reads_well(phone, "twice")

    for _ in range(40):
        phone.go("时间线")
        expect(page.locator(".busy")).to_have_count(0)
        if page.locator(".record").count() == 2:
            break
        page.wait_for_timeout(1_000)
        phone.go("收集")
    expect(page.locator(".record")).to_have_count(2)
    expect(page.get_by_text(SECRET)).to_have_count(0)
    expect(page.get_by_text(MOTHER)).to_have_count(0)

    page.locator(".record").first.click()
    page.get_by_role("button", name="看原件的这一处").click()
    expect(page.locator(".as-written")).to_contain_text('address="+8613700000001"')
    reads_well(phone, "place")
    page.get_by_role("button", name="看整件证据").click()
    unfold(page, "读取报告")
    expect(page.get_by_text("2 条，原文件共 3 条")).to_be_visible()
    expect(page.get_by_text("其间有 4 天没有内容")).to_be_visible()
    reads_well(phone, "report")

    page.get_by_role("button", name="重新选择要留下的内容").click()
    page.get_by_role("button", name="全部留下（3 条）").click(timeout=120_000)
    page.get_by_role("heading", level=2, name="收据").wait_for()
    assert phone.complaints == []
