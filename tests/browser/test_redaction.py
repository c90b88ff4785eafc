"""Covering parts of a screenshot at phone size: by finger, by keys, and the copy made of it."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests import make

from .house import House
from .phone import Phone

pytestmark = pytest.mark.browser

CALL = """async ([method, path, body]) => {
  const token = document.cookie.split('; ').find((one) => one.includes('csrftoken='))
  const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': token?.split('=')[1] ?? '' }
  const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) })
  return [answer.status, await answer.json()]
}"""


def call(phone: Phone, method: str, path: str, body: Any = None) -> Any:
    """One call of the API in the session of the page."""
    status, answer = phone.page.evaluate(CALL, [method, path, body])
    assert status < 300, answer
    return answer


def test_a_picture_is_covered_by_finger_and_by_keys_and_the_copy_is_chosen(
    phone: Phone, house: House
) -> None:
    page = phone.page
    phone.sign_up()
    for kind, name, content in (
        ("message_export", "sms.xml", make.sms_export()),
        ("chat_screenshot", "shot.png", make.screenshot()),
    ):
        phone.bring(kind, [(name, content)])
        page.get_by_role("dialog").wait_for(state="hidden")
    expect(page.locator(".stamped")).to_have_count(2, timeout=120_000)
    code, redactions = begin(phone, "chat_screenshot", "picture")

    # 1. From the package to the screen, by the words that stand there.
    page.get_by_role("button", name=f"遮盖证据 {code}").click()
    page.get_by_role("heading", name=f"遮盖证据 {code}").wait_for()
    picture = page.locator(".place")
    picture.scroll_into_view_if_needed()

    # 2. One box by a finger that draws, one by keys.
    page.get_by_role("button", name="用手指画框").click()
    picture.scroll_into_view_if_needed()
    around = picture.bounding_box()
    assert around is not None
    page.mouse.move(around["x"] + 30, around["y"] + 20)
    page.mouse.down()
    page.mouse.move(around["x"] + 130, around["y"] + 60, steps=5)
    page.mouse.up()
    page.get_by_role("button", name="加一个框").click()
    boxes = page.locator("button.cut")
    expect(boxes).to_have_count(2)
    boxes.nth(1).focus()
    before = boxes.nth(1).get_attribute("aria-label")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    assert boxes.nth(1).get_attribute("aria-label") != before
    _look(phone, "drawn")
    assert phone.violations() == []

    # 3. The copy that the server made is what is shown, and it is chosen.
    page.get_by_role("button", name="做一份遮盖副本").click()
    page.get_by_role("heading", name="副本 1").wait_for(timeout=180_000)
    page.get_by_role("button", name="交出副本 1").click()
    expect(page.get_by_text("已选用：材料包里只有这份副本。")).to_be_visible()
    (made,) = call(phone, "GET", redactions)["results"]
    assert made["chosen"]
    _look(phone, "chosen")
    assert phone.violations() == []
    answer = page.request.get(f"/api/redactions/{made['id']}/picture/")
    shown = Image.open(io.BytesIO(answer.body()))
    assert len(made["boxes"]) == 2
    for left, top, width, height in made["boxes"]:
        inside = shown.crop((left, top, left + width, top + height))
        assert inside.getcolors() == [(width * height, (0, 0, 0))]
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360
    assert phone.complaints == []


def begin(phone: Phone, kind: str, ready: str) -> tuple[str, str]:
    """A complaint with one exhibit of this kind, its package on the screen.

    Args:
        phone: with a person signed in and what they brought.
        kind: of the only item of the case that is taken.
        ready: the member of the list of its copies that says it can be covered.

    Returns:
        The exhibit's number, and where its copies lie.
    """
    page = phone.page
    (case,) = call(phone, "GET", "/api/cases/")["results"]
    items = call(phone, "GET", f"/api/cases/{case['id']}/items/")["results"]
    (item,) = [one for one in items if one["kind"] == kind]
    decided = [{"tag": tag, "decision": "confirmed"} for tag in suggested(phone, case["id"])]
    call(phone, "POST", f"/api/cases/{case['id']}/decisions/", decided)
    wanted = {"agency": "PSB_STATION", "lender_type": "microloan_company"}
    begun = call(phone, "POST", f"/api/cases/{case['id']}/complaints/", wanted)
    said = {"item": item["id"], "group": "A", "purpose": "样例"}
    drafted = call(phone, "POST", f"/api/complaints/{begun['id']}/exhibits/", said)
    # What was read and tagged first is an exhibit of another group already.
    (code,) = [one["number"] for one in drafted["exhibits"] if one["item"] == item["id"]]
    copies = f"/api/complaints/{begun['id']}/exhibits/{code}/redactions/"
    for _ in range(120):
        if call(phone, "GET", copies)[ready]:
            break
        page.wait_for_timeout(1000)
    page.evaluate(
        "(place) => sessionStorage.setItem('place', place)",
        json.dumps({"name": "package", "id": begun["id"]}),
    )
    page.reload()
    return code, copies


def suggested(phone: Phone, case: str) -> list[str]:
    """The ids of what is suggested, as soon as anything is."""
    for _ in range(120):
        rows = call(phone, "GET", f"/api/cases/{case}/timeline/")["results"]
        if found := [tag["id"] for row in rows for tag in row["tags"]]:
            return found
        phone.page.wait_for_timeout(1000)
    raise AssertionError("nothing was suggested")


def _look(phone: Phone, name: str) -> None:
    """Leave a picture of the screen where the environment asks for one."""
    if folder := os.environ.get("LOOK_AT"):
        phone.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
