"""At phone size: what a desk would send back, how it is mended, and the person's own word."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests import make

from .phone import Phone

pytestmark = pytest.mark.browser
SAID = "您的借款已逾期3天，今天不还就去你单位闹"
BEGIN = """async () => {
  const token = /csrftoken=([^;]+)/.exec(document.cookie)[1]
  const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': token }
  const send = async (method, path, body) => {
    const made = await fetch(path, { method, headers, body: JSON.stringify(body) })
    if (!made.ok) throw new Error(await made.text())
    return made.json()
  }
  const cases = await (await fetch('/api/cases/')).json()
  const begun = { agency: 'NFRA_LOCAL', lender_type: 'consumer_finance_company' }
  const made = await send('POST', `/api/cases/${cases.results[0].id}/complaints/`, begun)
  await send('PATCH', `/api/complaints/${made.id}/`, { answers: {
    lender_legal_name: '星河样例消费金融有限公司', lender_place: '样例省样例市',
    addressee_name: '国家金融监督管理总局样例监管局', requests: ['investigate_and_punish'],
    in_court: true, own_request: '请责令赔偿',
  } })
}"""


def test_a_person_mends_or_says_why_and_then_the_package_is_made(
    phone: Phone, tmp_path: Path
) -> None:
    phone.sign_up()
    page = phone.page
    phone.bring("message_export", [("sms.xml", make.sms_export(SAID))])
    phone.until_the_timeline_shows(page.locator(".record .chip"))
    page.locator(".record", has=page.locator(".chip")).first.click()
    said = page.get_by_role("dialog").get_by_role("button", name="是这样")
    expect(said).not_to_have_count(0)
    for place in range(said.count()):  # the hour alone is too little for the association
        said.nth(place).click()
        expect(page.get_by_role("dialog").get_by_text("已确认")).to_have_count(place + 1)
    page.get_by_role("button", name="关闭").click()
    page.evaluate(BEGIN)
    phone.go("投诉")
    page.get_by_role("button", name="材料包").first.click()
    page.get_by_role("heading", level=1, name="材料包").wait_for()

    # The desk's own words, with rule and day; the very word that mixes the two papers.
    court = page.locator(".line", has_text="借款已进入诉讼或仲裁")
    expect(court).to_contain_text("自己说会退")
    expect(court).to_contain_text("举报处理办法")
    expect(court).to_contain_text("2026-11-23 核对")
    mixed = page.locator(".line", has_text="举报和投诉混在一起")
    expect(mixed).to_contain_text("赔偿")
    _reads_well(phone, "preflight-stops")
    page.get_by_role("button", name="做材料包").click()
    expect(page.get_by_text("请按完稿前检查的提示补充后再试")).to_be_visible()

    # Theirs to judge: a line on why lets it go, and can be taken back.
    _say(phone, "借款已进入诉讼或仲裁", "诉讼的是另一笔借款")
    expect(court).to_contain_text("您说明了，可以交")
    court.get_by_role("button", name="收回理由").click()
    expect(court).to_contain_text("先补上")
    _say(phone, "借款已进入诉讼或仲裁", "诉讼的是另一笔借款")
    _say(phone, "有号码，你还没有说明", "来电的人没有报机构名")
    expect(court).to_contain_text("您说明了，可以交")

    # A tap settles who signs; the mixed word is mended where it was written.
    page.get_by_role("button", name="我会打印后亲手签名").click()
    expect(page.get_by_text("还没有说好由谁签名")).to_have_count(0)
    _reads_well(phone, "preflight-said")
    mixed.get_by_role("button", name="去补").click()
    page.get_by_role("heading", level=1, name="其他请求（自己写）").wait_for()
    page.locator("form textarea").fill("请告知处理结果")
    page.locator("form button[type=submit]").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("其他请求（自己写）")
    phone.go("投诉")
    page.get_by_role("button", name="材料包").first.click()
    expect(mixed).to_have_count(0)
    page.get_by_role("button", name="做材料包").click()
    page.get_by_role("heading", name="材料包做好了").wait_for(timeout=120_000)

    # The association: what it takes, what nobody knows, the text, and the package cut for its page.
    phone.go("投诉")
    page.get_by_role("button", name="应该让谁知道").click()
    page.get_by_label("是哪一类放贷的").select_option("consumer_finance_company")
    card = page.locator("article.card", has_text="互联网金融协会").first
    _say_in(card, "借款已进入诉讼或仲裁", "诉讼的是另一笔借款")
    card.get_by_text("这个机关收多大、多长").click()
    expect(card).to_contain_text("单个附件不超过 2 MB")
    expect(card).to_contain_text("来自转载，未向机关核对")
    expect(card).to_contain_text("没有查到（未知，以对方页面为准）：附件个数、附件类型")
    _reads_well(phone, "association")
    with page.expect_download() as waiting:
        card.get_by_role("link", name="下载分好的上传件").click()
    waiting.value.save_as(tmp_path / "parts.zip")
    with zipfile.ZipFile(tmp_path / "parts.zip") as archive:
        assert max(one.file_size for one in archive.infolist()) <= 2_000_000
        assert any(name.endswith("/LABEL.html") for name in archive.namelist())
    assert [one for one in phone.complaints if "409" not in one] == []


def _say(phone: Phone, check: str, why: str) -> None:
    _say_in(phone.page.locator("main"), check, why)


def _say_in(place: Locator, check: str, why: str) -> None:
    line = place.locator(".line", has_text=check)
    line.locator("textarea").fill(why)
    line.get_by_role("button", name="记下理由").click()
    expect(line).to_contain_text("您说明了，可以交")


def _reads_well(phone: Phone, name: str) -> None:
    """No fault that axe can see, no small target, nothing wider than the phone."""
    expect(phone.page.locator(".busy")).to_have_count(0)
    if folder := os.environ.get("PICTURES"):
        phone.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    assert phone.violations() + phone.small_targets() == []
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not phone.page.evaluate(wide)
