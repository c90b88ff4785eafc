"""Whoever signs in on another phone finds there what the first one sent."""

from __future__ import annotations

from contextlib import closing

import pytest
from playwright.sync_api import Browser, Route, expect

from tests import make

from .house import House
from .phone import Phone

pytestmark = pytest.mark.browser


def test_what_another_phone_sent_stands_on_the_collect_screen(
    phone: Phone, browser: Browser, house: House
) -> None:
    name = phone.sign_up()
    phone.bring("message_export", [("sms.xml", make.sms_export("还钱"))])
    expect(phone.page.locator(".stamped")).to_have_count(1, timeout=120_000)
    elsewhere = "从别的手机或浏览器送来的"
    phone.page.reload()
    expect(phone.page.locator(".stamped")).to_have_count(1)
    expect(phone.page.get_by_role("heading", name=elsewhere)).to_have_count(0)

    with closing(Phone(browser, house.origin)) as second:
        second.sign_in(name)
        page = second.page
        page.get_by_role("heading", name=elsewhere).wait_for()
        expect(page.get_by_text("这里还没有东西")).to_have_count(0)
        expect(page.locator(".stamped")).to_have_text("已在服务器 → 已盖时间戳（本站自签）")
        assert second.violations() + second.small_targets() == []

        page.get_by_role("button", name="sms.xml").click()
        page.get_by_role("heading", level=1, name="sms.xml").wait_for()

        page.route("**/api/cases/*/items/*", _empty_first_page)
        second.go("收集")
        page.get_by_role("button", name="看看有没有从别的手机送来的").click()
        page.get_by_role("heading", name=elsewhere).wait_for()
        expect(page.locator(".stamped")).to_have_count(1)
        assert second.complaints == []


def _empty_first_page(route: Route) -> None:
    """As if so much had been sent since that it stands on the second page."""
    address = route.request.url
    if "cursor=" in address:
        route.continue_(url=address.partition("?")[0])
    else:
        route.fulfill(json={"results": [], "next": f"{address}?cursor=older", "previous": None})
