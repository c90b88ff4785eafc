"""The witness link in two browsers at phone size: the borrower's, and one without an account."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request, expect

from tests.samples import pictures

from .house import House
from .phone import Phone

pytestmark = pytest.mark.browser
SAID = "你侄子欠钱不还，再不还我们就去你家门口坐着"
NAME = "欧阳青鸾"
CHOICES = {
    "你和借款人的关系": "亲属",
    "你是不是这笔借款的担保人或共同借款人": "不是",
    "对方怎样联系你": "电话",
    "对方有没有提到借款人欠款": "提到了",
    "你有没有要求对方不再联系": "要求过",
    "公安、检察、法院": "给，并写我的姓名",
    "监管部门、协会、热线": "给，但不写我的姓名",
    "贷款机构、平台": "不给",
    "收材料的单位可以向你核实吗": "可以",
}


@pytest.fixture
def witness(browser: Browser, house: House) -> Iterator[Phone]:
    """Another person's phone."""
    opened = Phone(browser, house.origin)
    yield opened
    opened.close()


def test_a_witness_states_without_an_account_comes_back_and_erases(
    phone: Phone, witness: Phone
) -> None:
    phone.sign_up()
    url = make_link(phone)
    asked: list[Request] = []

    def hear(request: Request) -> None:
        asked.append(request)

    witness.page.on("request", hear)

    # 1. opening tells the server nothing of the token
    page = witness.page
    page.goto(url)
    page.get_by_role("heading", level=1, name="有人请你写一份情况说明").wait_for()
    expect(page.get_by_text("借款人会看到你写的内容和图片")).to_be_visible()
    assert [one.url for one in asked if "/api/" in one.url] == []
    assert check(witness, "witness-before") == []
    state(phone, "还没有打开使用")

    # 2. the first POST binds; the answer comes with receipts
    page.get_by_role("button", name="开始写").click()
    page.get_by_role("heading", level=1, name="情况说明").wait_for()
    state(phone, "对方已开始，还没有写完")
    fill(witness)
    assert check(witness, "witness-form") == []
    page.get_by_role("button", name="保存我的说明").click()
    page.get_by_role("heading", level=1, name="已保存").wait_for()
    expect(page.locator(".line .name")).to_have_text(["情况说明", "同意书", "图片"])
    assert check(witness, "witness-answered") == []
    token = url.partition("#witness=")[2]
    assert not any(token in one.url.partition("#")[0] for one in asked)

    # 3. the borrower reads it
    state(phone, "已写好")
    phone.page.get_by_role("button", name="看说明").click()
    expect(phone.page.get_by_text(SAID)).to_be_visible()
    expect(phone.page.get_by_text(NAME)).to_be_visible()
    assert check(phone, "witness-borrower") == []

    # 4. the same address finds the answer again; erased is erased
    page.reload()
    page.get_by_role("heading", level=1, name="已保存").wait_for()
    page.get_by_text("删除我写的全部内容").click()
    page.get_by_label("我知道，请删除").check()
    page.get_by_role("button", name="删除", exact=True).click()
    expect(page.get_by_text("已全部删除。")).to_be_visible()
    state(phone, "对方的说明已删除")
    assert phone.complaints + witness.complaints == []


def test_a_revoked_link_says_so_and_takes_nothing(phone: Phone, witness: Phone) -> None:
    phone.sign_up()
    url = make_link(phone)
    phone.page.get_by_role("button", name="收回链接").click()
    expect(phone.page.get_by_text("已收回", exact=True)).to_be_visible()

    witness.page.goto(url)
    witness.page.get_by_role("button", name="English").click()
    witness.page.get_by_role("heading", level=1, name="Somebody asks you").wait_for()
    expect(witness.page.get_by_text("We do not check who you are")).to_be_visible()
    witness.page.get_by_role("button", name="简体中文").click()
    witness.page.get_by_role("button", name="开始写").click()

    expect(witness.page.get_by_role("alert")).to_contain_text("什么都没有保存")


def make_link(phone: Phone) -> str:
    phone.go("投诉")
    phone.page.get_by_role("button", name="请人写说明").click()
    phone.page.get_by_label("给谁（只有你看得到）").fill("小姨")
    phone.page.get_by_role("button", name="生成链接").click()
    url = phone.page.locator("#witness-url").inner_text()
    assert "/#witness=" in url
    return url


def state(phone: Phone, words: str) -> None:
    """Look again at the list of links."""
    phone.go("投诉")
    phone.page.get_by_role("button", name="请人写说明").click()
    expect(phone.page.get_by_text(words, exact=True)).to_be_visible()


def fill(witness: Phone) -> None:
    page = witness.page
    for label, option in CHOICES.items():
        page.get_by_label(label).select_option(label=option)
    page.get_by_label("什么时候").fill("2026年3月2日晚上八点左右")
    page.get_by_label("对方说了什么").fill(SAID)
    page.get_by_label("你的姓名").fill(NAME)
    picture = pictures.chat_page([("left", SAID)], title="王经理")
    page.set_input_files(
        "#pictures", files=[{"name": "shot.png", "mimeType": "image/png", "buffer": picture}]
    )
    page.get_by_label("我同意").check()


def check(phone: Phone, name: str) -> list[str]:
    """What axe, small targets and the width say; a picture where a folder is named."""
    if folder := os.environ.get("PICTURES"):
        phone.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)
    wide = phone.page.evaluate("document.documentElement.scrollWidth")
    too_wide = [f"{wide} px wide"] if wide > 360 else []
    return phone.violations() + phone.small_targets() + too_wide
