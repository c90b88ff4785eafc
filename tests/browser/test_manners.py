"""The client's manners: offline, leaving at once, reading aloud, a strict policy, targets."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from .house import House
from .phone import Phone

pytestmark = pytest.mark.browser

RECORDING = ("通话录音_样例.amr", b"#!AMR\n" + bytes(64))


@pytest.fixture
def signed_in(phone: Phone) -> Phone:
    phone.sign_up()
    return phone


def test_an_empty_file_is_refused_in_plain_words_and_nothing_is_kept(signed_in: Phone) -> None:
    signed_in.bring("call_recording", [("空.amr", b"")])

    expect(signed_in.page.get_by_role("alert")).to_contain_text("这个文件是空的")
    signed_in.page.get_by_role("button", name="关闭").click()
    expect(signed_in.page.get_by_text("这里还没有东西")).to_be_visible()


def test_the_app_opens_without_a_network_and_keeps_what_is_chosen(signed_in: Phone) -> None:
    page = signed_in.page
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    signed_in.context.set_offline(True)
    page.reload()
    signed_in.bring("call_recording", [RECORDING])
    expect(page.get_by_text("已存在手机。现在连不上服务器")).to_be_visible()

    signed_in.context.set_offline(False)

    expect(page.get_by_text("校验一致")).to_be_visible()


def test_a_paused_file_stays_on_the_phone_after_a_reload(signed_in: Phone) -> None:
    page = signed_in.page
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    signed_in.context.set_offline(True)
    signed_in.bring("call_recording", [RECORDING])
    page.get_by_role("button", name="暂停").click()
    expect(page.get_by_text("已存在手机，已暂停")).to_be_visible()
    signed_in.context.set_offline(False)

    page.reload()

    expect(page.get_by_text("已存在手机，已暂停")).to_be_visible()


def test_a_large_file_goes_by_resumable_upload(signed_in: Phone) -> None:
    signed_in.bring("call_recording", [("长录音.amr", b"#!AMR\n" + bytes(9 * 1024 * 1024))])

    expect(signed_in.page.get_by_text("校验一致")).to_be_visible()
    expect(signed_in.page.get_by_text("1 / 1 已与服务器核对一致")).to_be_visible()


def test_quick_exit_replaces_the_page_and_back_leads_nowhere(signed_in: Phone) -> None:
    page = signed_in.page
    signed_in.go("时间线")
    signed_in.go("我的")
    entries = page.evaluate("history.length")

    page.get_by_role("button", name="快速离开").click()
    page.wait_for_url("**/neutral.html")

    assert page.title() == "便签"
    assert page.evaluate("history.length") == entries == 2  # the blank tab and one page of ours


def test_the_address_never_says_where_in_the_app_one_is(signed_in: Phone) -> None:
    signed_in.go("投诉")

    assert signed_in.page.evaluate("location.pathname + location.search + location.hash") == "/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_the_first_page_reads_well_to_everyone(
    browser: Browser, house: House, scheme: str, language: str
) -> None:
    phone = Phone(browser, house.origin, color_scheme=scheme, locale=language)
    phone.page.goto("/")
    phone.page.get_by_role("heading", level=1).wait_for()

    found = phone.violations(), phone.small_targets(), phone.complaints

    phone.close()
    assert found == ([], [], [])


def test_each_place_reads_well_to_everyone(signed_in: Phone) -> None:
    found = {}
    for place in ("收集", "时间线", "投诉", "我的"):
        signed_in.go(place)
        expect(signed_in.page.locator(".busy")).to_have_count(0)
        found[place] = signed_in.violations() + signed_in.small_targets()

    assert not any(found.values()), found
    assert signed_in.complaints == []


def test_at_twice_the_size_nothing_must_be_scrolled_sideways(
    browser: Browser, house: House
) -> None:
    phone = Phone(browser, house.origin)
    phone.sign_up()
    phone.page.set_viewport_size({"width": 180, "height": 320})  # 200 % zoom of 360 × 640

    width = phone.page.evaluate("document.documentElement.scrollWidth")

    phone.close()
    assert width <= 180


def test_the_browser_calls_it_installable(signed_in: Phone) -> None:
    page = signed_in.page
    manifest = page.evaluate(
        "fetch(document.querySelector('link[rel=manifest]').href).then((answer) => answer.json())"
    )

    assert manifest["display"] == "standalone"
    assert any(int(icon["sizes"].split("x")[0]) >= 144 for icon in manifest["icons"])
    assert page.evaluate("navigator.serviceWorker.ready.then((ready) => ready.active !== null)")


def test_a_file_shared_by_another_app_waits_to_be_declared(signed_in: Phone) -> None:
    page = signed_in.page
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.reload()
    page.evaluate(
        """() => {
          const form = document.createElement('form')
          const body = { action: '/share', method: 'POST', enctype: 'multipart/form-data' }
          Object.assign(form, body)
          const field = document.createElement('input')
          Object.assign(field, { type: 'file', name: 'files' })
          const hold = new DataTransfer()
          hold.items.add(new File(['#!AMR shared'], '微信语音.amr', { type: 'audio/amr' }))
          field.files = hold.files
          form.append(field)
          document.body.append(form)
          form.submit()
        }"""
    )

    page.get_by_role("heading", name="另一个应用分享来 1 个文件").wait_for()
    page.get_by_label("别人发给我的").check()
    page.get_by_role("button", name="存到手机里").click()

    expect(page.get_by_text("微信语音.amr")).to_be_visible()
