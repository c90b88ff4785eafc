"""After filing, at phone size: what was handed in, its answer, the next days, the calendar."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from complaints.composing.acts import BEIJING
from tests import make

from .phone import Phone

pytestmark = pytest.mark.browser
RECEIPT: FilePayload = {
    "name": "receipt.png",
    "mimeType": "image/png",
    "buffer": make.screenshot(),
}
SAID = "您的借款已逾期3天，今天不还就去你单位闹"
BEGIN = """async () => {
  const token = /csrftoken=([^;]+)/.exec(document.cookie)[1]
  const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': token }
  const cases = await (await fetch('/api/cases/')).json()
  const body = JSON.stringify({ agency: 'PSB_STATION', lender_type: 'bank' })
  const path = `/api/cases/${cases.results[0].id}/complaints/`
  const made = await fetch(path, { method: 'POST', headers, body })
  return made.ok ? '' : await made.text()
}"""


def test_a_person_notes_a_filing_and_its_answer_and_sees_the_next_days(
    phone: Phone, tmp_path: Path
) -> None:
    phone.sign_up()
    page = phone.page
    _confirm_one(phone)
    assert page.evaluate(BEGIN) == ""
    phone.go("投诉")
    page.get_by_role("button", name="交了以后").click()
    page.get_by_role("heading", level=1, name="交了以后").wait_for()
    _reads_well(phone, "filed-empty")

    # The lender was told twenty days ago and has not answered.
    ago = datetime.now(BEIJING).date() - timedelta(days=20)
    page.get_by_label("交给了谁").select_option("LENDER")
    page.get_by_label("哪天交的").fill(ago.isoformat())
    page.get_by_label("编号（回执、通知书上的）").fill("客诉2026-1")
    page.set_input_files("#filing-receipt", files=[RECEIPT])
    expect(page.get_by_text("已保存：receipt.png")).to_be_visible()
    page.get_by_role("button", name="记下", exact=True).click()
    expect(page.get_by_role("button", name="看回执")).to_be_visible()
    expect(page.locator("article.card")).to_contain_text("编号：客诉2026-1")
    day = page.locator(".line", has_text="机构答复")
    expect(day).to_contain_text("过了")
    expect(day).to_contain_text("可以带上这次投诉的凭证，向监管部门反映")
    expect(day).to_contain_text("下一步可以找：国家金融监督管理总局")

    # The police were told today and took it on: a day to wait for, kept in the phone's calendar.
    page.get_by_role("button", name="记下", exact=True).click()
    police = page.locator("article.card", has_text="派出所")
    police.get_by_role("button", name="记下答复").click()
    _reads_well(phone, "filed-telling")
    police.get_by_role("button", name="记下", exact=True).click()
    expect(page.locator(".line", has_text="治安办案期限")).to_contain_text("等着")
    expect(page.get_by_text("还没有新的事实和证据")).to_be_visible()
    _reads_well(phone, "filed")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="存进手机日历").click()
    waiting.value.save_as(tmp_path / "days.ics")
    assert b"BEGIN:VEVENT" in (tmp_path / "days.ics").read_bytes()
    assert phone.complaints == []


def test_a_refusal_leads_to_the_paper_that_asks_to_look_again(phone: Phone) -> None:
    phone.sign_up()
    page = phone.page
    _confirm_one(phone)
    assert page.evaluate(BEGIN) == ""
    phone.go("投诉")
    page.get_by_role("button", name="交了以后").click()
    page.get_by_role("button", name="记下", exact=True).click()
    police = page.locator("article.card", has_text="派出所")
    police.get_by_role("button", name="记下答复").click()
    police.locator("select").select_option("refused")
    police.get_by_role("button", name="记下", exact=True).click()

    _reads_well(phone, "filed-refused")
    page.get_by_role("button", name="写行政复议申请书").click()

    page.locator("#question").wait_for()
    _reads_well(phone, "filed-follow-up")
    phone.go("投诉")
    expect(page.get_by_text("交了以后")).to_have_count(2)  # the first complaint and its follow-up
    assert phone.complaints == []


def _confirm_one(phone: Phone) -> None:
    """One export, and one act of it that the person confirms."""
    page = phone.page
    phone.bring("message_export", [("sms.xml", make.sms_export(SAID))])
    phone.until_the_timeline_shows(page.locator(".record .chip"))
    page.locator(".record", has=page.locator(".chip")).first.click()
    page.get_by_role("button", name="是这样").first.click()
    expect(page.get_by_role("dialog").get_by_text("已确认").first).to_be_visible()
    page.get_by_role("button", name="关闭").click()


def _reads_well(phone: Phone, name: str) -> None:
    """No fault that axe can see, no target too small, nothing wider than the phone."""
    expect(phone.page.locator(".busy")).to_have_count(0)
    if folder := os.environ.get("PICTURES"):
        phone.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.violations() + phone.small_targets() == []
