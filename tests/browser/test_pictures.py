"""The pictures of the timeline at phone size: one at first, the others when asked for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import make

from .phone import Phone

pytestmark = pytest.mark.browser


def test_all_four_pictures_open_on_a_phone(phone: Phone) -> None:
    phone.sign_up()
    page = phone.page
    phone.bring("message_export", [("sms.xml", make.sms_export())])
    expect(page.locator(".stamped")).to_have_count(1, timeout=120_000)
    phone.until_the_timeline_shows(page.locator(".record"))
    pictures = page.locator("figure.heat img")
    expect(pictures).to_have_count(1)

    page.get_by_text("更多统计图").click()

    expect(pictures).to_have_count(4)
    for picture in pictures.all():
        picture.evaluate("one => one.decode()")  # refuses what is no picture
        assert picture.get_attribute("alt")
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=str(Path(folder) / "pictures.png"), full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.violations() + phone.small_targets() == []
    assert phone.complaints == []
