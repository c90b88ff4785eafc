"""Further evidence at phone size: the groups in words, a new photo, a file there, taken out."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from tests import make

from .phone import Phone

pytestmark = pytest.mark.browser
CARD: FilePayload = {"name": "card.png", "mimeType": "image/png", "buffer": make.screenshot("CARD")}
SAID = "您的借款已逾期3天，今天不还就去你单位闹"
BEGIN = """async () => {
  const token = /csrftoken=([^;]+)/.exec(document.cookie)[1]
  const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': token }
  const cases = await (await fetch('/api/cases/')).json()
  const body = JSON.stringify({ agency: 'PSB_STATION', lender_type: 'bank' })
  const path = `/api/cases/${cases.results[0].id}/complaints/`
  return (await (await fetch(path, { method: 'POST', headers, body })).json()).id
}"""
GROUPS = ("借贷关系", "催收行为", "第三人被骚扰", "损害后果", "已作的反映和处理", "身份和授权")


def own(phone: Phone, complaint: str) -> dict[str, str]:
    """Number → what it is to show, of what the person added: the rest is numbered by itself."""
    answer = phone.page.request.get(f"/api/complaints/{complaint}/")
    told = answer.json()["exhibits"]
    return {one["number"]: one["purpose"] for one in told if one["purpose"]}


def test_a_person_adds_an_identity_and_a_bill_and_takes_one_out(phone: Phone) -> None:
    page = phone.page
    phone.sign_up()
    phone.bring("message_export", [("sms.xml", make.sms_export(SAID))])
    page.get_by_role("dialog").wait_for(state="hidden")
    phone.bring("other", [("bill.pdf", b"%PDF-1.4 a bill " + bytes(500))])
    page.get_by_role("dialog").wait_for(state="hidden")
    expect(page.locator(".stamped")).to_have_count(2, timeout=120_000)
    begun = page.evaluate(BEGIN)
    place = json.dumps({"name": "package", "id": begun})
    page.evaluate("(place) => sessionStorage.setItem('place', place)", place)
    page.reload()

    # 1. A photo of the identity card: group F is offered first, with what it is for.
    page.get_by_role("button", name="加一份证据").click()
    for group in GROUPS:
        expect(page.get_by_role("radio", name=group)).to_be_visible()
    expect(page.get_by_role("radio", name="身份和授权")).to_be_checked()
    expect(page.get_by_text("仅用于本次投诉")).to_be_visible()
    expect(page.get_by_role("button", name="加进去")).to_be_disabled()
    _reads_well(phone, "own-exhibit-identity")
    page.set_input_files("#exhibit-file", files=[CARD])
    expect(page.get_by_text("已保存：card.png")).to_be_visible()
    page.get_by_role("button", name="加进去").click()
    expect(page.get_by_text("F-1：证明提交人的身份")).to_be_visible()

    # 2. A file that is here already, as harm done, in the person's own words.
    page.get_by_role("button", name="加一份证据").click()
    page.get_by_role("radio", name="损害后果").check()
    expect(page.get_by_text("仅用于本次投诉")).to_be_hidden()
    offered = page.get_by_label("已经在这里的文件")
    expect(offered.get_by_role("option", name="card.png")).to_have_count(0)  # it has a number
    offered.select_option(label="bill.pdf")
    page.get_by_label("用来证明什么").fill("证明11月6日就医支出312元")
    _reads_well(phone, "own-exhibit-harm")
    page.get_by_role("button", name="加进去").click()
    expect(page.get_by_text("D-1：证明11月6日就医支出312元")).to_be_visible()
    told = {"D-1": "证明11月6日就医支出312元", "F-1": "证明提交人的身份"}
    assert own(phone, begun) == told
    _reads_well(phone, "own-exhibits")

    # 3. Taken out again, it can be chosen anew.
    page.get_by_role("button", name="去掉 D-1").click()
    expect(page.get_by_text("D-1：")).to_be_hidden()
    assert own(phone, begun) == {"F-1": "证明提交人的身份"}
    page.get_by_role("button", name="加一份证据").click()
    again = page.get_by_label("已经在这里的文件")
    expect(again.get_by_role("option", name="bill.pdf")).to_have_count(1)
    expect(again.get_by_role("option", name="card.png")).to_have_count(0)
    assert phone.complaints == []


def _reads_well(phone: Phone, name: str) -> None:
    """No fault that axe can see, no target too small, nothing wider than the phone."""
    expect(phone.page.locator(".busy")).to_have_count(0)
    if folder := os.environ.get("PICTURES"):
        phone.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.violations() + phone.small_targets() == []
