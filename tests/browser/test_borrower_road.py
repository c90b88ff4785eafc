"""A borrower's whole road by hand at phone size: from sign-up to a package that verifies."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from complaints.demo import files

from .house import FONTS, ROOT, House
from .phone import Phone

pytestmark = pytest.mark.browser

ANSWERS = {
    "出借机构的法定全称": "样例消费金融有限公司",
    "收件机关全称": "样例市公安局样例分局样例派出所",
}


def test_a_borrower_goes_from_sign_up_to_a_package_that_verifies(
    phone: Phone, house: House, tmp_path: Path
) -> None:
    page = phone.page
    phone.sign_up()

    # 1. Four files: exports, a screenshot, a recording; each ends as "matched" and "stamped".
    for sample in files.all_files(FONTS):
        phone.bring(sample.kind, [(sample.name, sample.content)])
        page.get_by_role("dialog").wait_for(state="hidden")
    expect(page.locator(".stamped")).to_have_count(4, timeout=120_000)
    expect(page.get_by_text("4 / 4 已与服务器核对一致")).to_be_visible()

    # Two of them are exports of several people: nothing of those is read before the choice.
    phone.keep_everything(2)

    # 2. The receipt shows the digest and who stamped it.
    page.locator(".line .row").first.click()
    expect(page.get_by_text("由本站自己签发")).to_be_visible()
    _reads_well(phone)
    page.get_by_role("button", name="返回").click()

    # 3. The timeline: one suggestion is confirmed.
    _wait_for_suggestions(phone)
    page.locator(".record", has=page.locator(".chip")).first.click()
    page.get_by_role("button", name="是这样").first.click()
    expect(page.get_by_role("dialog").get_by_text("已确认").first).to_be_visible()
    _reads_well(phone)
    page.get_by_role("button", name="关闭").click()
    page.get_by_role("button", name="这些号码是谁").click()
    page.locator(".card select").first.wait_for()
    _reads_well(phone)

    # 4. The complaint: addressee, interview, pre-flight, package.
    phone.go("投诉")
    page.get_by_role("button", name="应该让谁知道").click()
    page.get_by_label("是哪一类放贷的").select_option("consumer_finance_company")
    page.get_by_role("button", name="写给他们").first.wait_for()
    _reads_well(phone)
    page.get_by_role("button", name="写给他们").first.click()
    _answer(phone)
    _reads_well(phone)
    reason = page.get_by_label("其余的为什么不交").first
    reason.select_option("someone_elses")
    page.reload()
    expect(reason).to_have_value("someone_elses")
    _reads_well(phone)
    page.get_by_role("button", name="我会打印后亲手签名").click()
    expect(page.get_by_text("还没有说好由谁签名")).to_have_count(0)
    page.get_by_role("button", name="做材料包").click()
    page.get_by_role("heading", name="材料包做好了").wait_for(timeout=120_000)

    # 5. What came out verifies without a server.
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载材料包").click()
    package = tmp_path / "package.zip"
    waiting.value.save_as(package)
    verdict = subprocess.run(
        [sys.executable, "-m", "complaints.bundle.verify", str(package)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr
    with zipfile.ZipFile(package) as archive:
        listed = next(n for n in archive.namelist() if n.endswith("5_PROOF/exhibits.json"))
        assert b"someone_elses" in archive.read(listed)
    assert phone.complaints == []


def _reads_well(phone: Phone) -> None:
    """The screen as it stands has no fault that axe can see and no target too small."""
    expect(phone.page.locator(".busy")).to_have_count(0)
    assert phone.violations() + phone.small_targets() == []


def _wait_for_suggestions(phone: Phone) -> None:
    """Reading and tagging take their time; the person comes back to look."""
    for _ in range(40):
        phone.go("时间线")
        expect(phone.page.locator(".busy")).to_have_count(0)
        if phone.page.locator(".record .chip").count() > 0:
            return
        phone.page.wait_for_timeout(1_000)
        phone.go("收集")
    raise AssertionError("no suggestion appeared in the timeline")


def _answer(phone: Phone) -> None:
    """Answer what must be answered, skip the rest, as a tired person does."""
    page = phone.page
    page.locator("#question").wait_for()
    _reads_well(phone)
    for _ in range(80):
        title = page.get_by_role("heading", level=1).inner_text()
        if title == "材料包":
            return
        if title in ANSWERS:
            page.locator("form input").first.fill(ANSWERS[title])
        if title == "您请求什么":
            page.locator("form input[type=checkbox]").first.check()
        page.locator("form button[type=submit]").click()
        expect(page.get_by_role("heading", level=1)).not_to_have_text(title)
    raise AssertionError("the interview has no end")
