"""Whether others met them, too, at phone size: words first, one tap to agree, one to end it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from .house import House
from .phone import Phone
from .test_redaction import call

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def comparing(tmp_path_factory: pytest.TempPathFactory, house: House) -> Iterator[House]:
    """An installation of its own in which comparing is on, and seven people met one number."""
    built = House.build(tmp_path_factory.mktemp("comparing"), COLLECTOR_MATCHING="1")
    built.run("-m", "tests.evidence.matching.crowd")
    yield built
    built.stop()


@pytest.fixture
def phone(browser: Browser, comparing: House) -> Iterator[Phone]:
    opened = Phone(browser, comparing.origin)
    yield opened
    opened.close()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_person_reads_agrees_sees_and_takes_it_back(
    phone: Phone, comparing: House, language: str
) -> None:
    page = phone.page
    words = WORDS[language]
    phone.sign_up()
    (case,) = call(phone, "GET", "/api/cases/")["results"]
    comparing.run("-m", "tests.evidence.matching.crowd", case["id"])
    if language == "en":
        phone.go("我的")
        page.get_by_label("English").check()
        page.get_by_role("heading", level=1, name="Me").wait_for()
    page.evaluate(
        "(place) => sessionStorage.setItem('place', place)", json.dumps({"name": "numbers"})
    )
    page.reload()

    # 1. What it means stands before the button.
    page.get_by_text(words["title"]).click()
    expect(page.get_by_text(words["bands"])).to_be_visible()
    _look(phone, f"matching-{language}-words")
    assert phone.violations() + phone.small_targets() == []
    page.get_by_role("button", name=words["agree"]).click()
    expect(page.get_by_role("button", name=words["withdraw"])).to_be_visible()
    expect(page.get_by_text(words["waiting"])).to_be_visible()

    # 2. After the daily count: one's own number, a band, months.
    comparing.run("-m", "tests.evidence.matching.crowd", "count")
    page.reload()
    page.get_by_text(words["title"]).click()
    expect(page.get_by_text(words["seen"])).to_be_visible()
    _look(phone, f"matching-{language}-seen")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.violations() + phone.small_targets() == []

    # 3. Taken back, it is gone.
    page.get_by_role("button", name=words["withdraw"]).click()
    expect(page.get_by_text(words["ended"])).to_be_visible()
    expect(page.get_by_text(words["seen"])).to_have_count(0)
    told = call(phone, "GET", f"/api/cases/{case['id']}/matching/")
    assert (told["state"], told["results"]) == ("not_agreed", [])
    assert phone.complaints == []


def test_where_it_is_off_there_is_nothing_to_decide(browser: Browser, house: House) -> None:
    phone = Phone(browser, house.origin)
    phone.sign_up()
    phone.page.evaluate(
        "(place) => sessionStorage.setItem('place', place)", json.dumps({"name": "numbers"})
    )
    phone.page.reload()
    phone.page.get_by_role("heading", level=1, name="这些号码是谁").wait_for()
    expect(phone.page.locator(".busy")).to_have_count(0)

    expect(phone.page.get_by_text("别人也遇到过吗")).to_have_count(0)
    assert phone.complaints == []
    phone.close()


WORDS = {
    "zh-CN": {
        "title": "别人也遇到过吗",
        "bands": "不显示准确人数",
        "agree": "愿意，让这个案件参加",
        "withdraw": "收回，马上删除",
        "waiting": "第一次结果要等",
        "seen": "也出现在至少 3 位别人确认的骚扰里，大致在 2026-03",
        "ended": "算出的标记都已删除",
    },
    "en": {
        "title": "Did others meet them, too?",
        "bands": "Never an exact figure",
        "agree": "Yes, let this case take part",
        "withdraw": "Take it back, delete at once",
        "waiting": "The first result comes after",
        "seen": "at least 3 other people confirmed, roughly in 2026-03",
        "ended": "All marks made of this case are deleted",
    },
}


def _look(phone: Phone, name: str) -> None:
    """Leave a picture of the screen where the environment asks for one."""
    if folder := os.environ.get("LOOK_AT"):
        phone.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
