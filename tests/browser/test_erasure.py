"""Erasing under 我的: asked with the passphrase, the day is shown, and it can be taken back."""

from __future__ import annotations

import re

import pytest

from tests.browser.phone import PASSPHRASE, Phone

pytestmark = pytest.mark.browser


def test_an_erasure_is_asked_for_shown_with_its_day_and_taken_back(phone: Phone) -> None:
    phone.sign_up()
    page = phone.page
    phone.go("我的")
    page.get_by_text("删除我的内容").click()
    card = page.locator("details", has_text="删除我的内容")
    card.get_by_label("整个账户和所有案件").check()
    card.locator("#passphrase").fill(PASSPHRASE)
    card.get_by_role("button", name="提出删除").click()

    notice = card.get_by_role("status")
    notice.get_by_text(re.compile(r"将在 .?\d{4}-\d\d-\d\d.? 删除")).wait_for()
    assert phone.violations() == []
    assert phone.small_targets() == []

    notice.get_by_role("button", name="撤回，不删除").click()
    notice.wait_for(state="detached")
    assert phone.complaints == []
