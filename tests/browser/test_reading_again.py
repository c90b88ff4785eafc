"""The item page at phone size, after a newer engine read other words."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import make

from .house import House
from .phone import Phone

pytestmark = [pytest.mark.browser, pytest.mark.chinese_font]

WORDS = "再不还钱，就让你全家都不得安宁"
# The house of this test has one engine: what it read is said to be an older one's, in other words.
EARLIER = f"""
from evidence import decisions, tasks
from evidence.models import Job, Reading, Record, Tag
item = Reading.objects.order_by("created_at").last().item
tags = Tag.objects.filter(item=item)
decisions.decide_all([(tag, "confirmed") for tag in tags], by=item.uploader)
Record.objects.filter(reading__item=item).update(text="{WORDS}！")
Reading.objects.filter(item=item).update(engine_version="0")
Job.objects.filter(stage=tasks.READ, subject_id=item.pk).update(version="0")
assert tasks.ask_to_read_again(tasks.outdated().filter(pk=item.pk)) == 1
"""


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_decisions_without_a_place_are_shown_and_can_be_put_away(
    phone: Phone, house: House, language: str
) -> None:
    phone.sign_up()
    page = phone.page
    phone.bring("message_export", [("sms.xml", make.sms_export(WORDS))])
    expect(page.locator(".stamped")).to_have_count(1, timeout=120_000)
    page.locator(".line .row").first.click()
    until(phone, "读出 1 条")
    house.manage("shell", "-c", EARLIER)
    if language == "en":
        page.evaluate("localStorage.setItem('language', 'en')")
    until(phone, "Decisions without a place" if language == "en" else "没有对上的决定")

    card = page.locator(".left-behind")
    expect(card).to_contain_text(f"{WORDS}！")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.violations() == []
    assert phone.small_targets() == []
    put_away = card.get_by_role("button")
    assert WORDS in (put_away.get_attribute("aria-label") or "")
    put_away.focus()
    page.keyboard.press("Enter")
    expect(card).to_have_count(0)
    assert phone.complaints == []


def until(phone: Phone, words: str) -> None:
    """Look again until the page says so: the worker reads meanwhile."""
    for _ in range(60):
        phone.page.wait_for_timeout(700)
        if phone.page.get_by_text(words).count():
            return
        phone.page.reload()
        phone.page.locator(".stamp-card").wait_for()
    raise AssertionError(words)
