"""complaints/console/files.py: bytes come through the release door, the original in a cage."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from accounts.models import User
from evidence import cases, custody
from evidence.custody import Act, Subject
from evidence.models import EvidenceItem
from tests import make
from tests.complaints.console.conftest import Desk, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

PAGE = b"<html><script>alert(1)</script><form action='https://evil.example/'></form></html>"


@pytest.fixture
def original(desk: Desk, borrower: User):
    """Give the original of new bytes, as the frame of the console asks for it."""

    def ask(content: bytes, kind: str = "document", **headers: str) -> HttpResponse:
        case = make.case(borrower)
        item = make.item(case, content, kind=kind)
        make.go_the_road()
        cases.open_to_review(case, by=borrower)
        path = f"/console/cases/{case.pk}/items/{item.pk}/original/"
        return desk.browser.get(path, headers=headers)

    return ask


def test_a_page_is_answered_as_text_in_a_null_origin_sandbox(original) -> None:
    answer = original(PAGE)

    assert answer.content == PAGE
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "allow-" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]


def test_unknown_bytes_are_shown_as_hexadecimal(original) -> None:
    answer = original(b"\x00\x01\xfe\xff" * 5000, kind="other")

    assert answer.content.decode().startswith("00000000  00 01 fe ff")
    assert "(20000 B)" in answer.content.decode()
    assert len(answer.content) < 20_000


def test_opening_the_original_is_recorded(original) -> None:
    original(PAGE)

    item = EvidenceItem.objects.get()
    opened = custody.log_of(Subject.ITEM, item.pk).filter(act=Act.OPENED)
    assert any(b'"type":"reviewer"' in bytes(row.raw) for row in opened)


def test_the_page_holds_no_frame_until_it_is_asked_for(desk: Desk, original) -> None:
    original(PAGE)
    item = EvidenceItem.objects.get()
    ids = {"case_id": item.case_id, "item_id": item.pk}

    at_first = desk.get("item", **ids)
    asked = desk.get("item", "?show=original", **ids)

    assert "<iframe" not in read(at_first)
    assert '<iframe class="cage" sandbox title' in read(asked)
    assert "frame-src 'self'" in asked.headers["Content-Security-Policy"]
    assert "frame-src 'none'" in desk.get("queue").headers["Content-Security-Policy"]


def test_pictures_are_not_loaded_until_asked_for(desk: Desk, borrower: User, picture: bytes):
    case = make.case(borrower)
    item = make.item(case, picture, kind="chat_screenshot")
    make.go_the_road()
    cases.open_to_review(case, by=borrower)
    ids = {"case_id": case.pk, "item_id": item.pk}

    at_first = read(desk.get("item", **ids))
    opened = custody.log_of(Subject.ITEM, item.pk).filter(act=Act.OPENED)
    assert "<img class=" not in at_first
    assert not any(b'"type":"reviewer"' in bytes(row.raw) for row in opened)

    asked = read(desk.get("item", "?show=picture", **ids))
    made = desk.get("derivative", name="page", **ids)
    assert '<img class="picture"' in asked
    assert made.headers["Content-Type"] == "image/jpeg"
    assert b"".join(made.streaming_content).startswith(b"\xff\xd8")
    assert any(b'"type":"reviewer"' in bytes(row.raw) for row in opened.all())


@pytest.mark.parametrize(
    ("asked", "status", "told", "size"),
    [
        ("bytes=0-9", 206, "bytes 0-9/{size}", 10),
        ("bytes=-5", 206, "bytes {from_end}-{last}/{size}", 5),
        ("bytes=10-", 206, "bytes 10-{last}/{size}", None),
        ("bytes=999999999-", 416, "bytes */{size}", 0),
        ("bytes=-", 200, None, None),
        ("lines=1-2", 200, None, None),
    ],
)
def test_ranges_are_answered(
    original, picture: bytes, asked: str, status: int, told: str | None, size: int | None
) -> None:
    answer = original(picture, kind="chat_screenshot", Range=asked)

    assert answer.status_code == status
    length = len(picture)
    if told:
        words = {"size": length, "last": length - 1, "from_end": length - 5}
        assert answer.headers["Content-Range"] == told.format(**words)
    if status != 416:
        body = b"".join(answer.streaming_content)
        assert body in picture
        assert size is None or len(body) == size


@pytest.fixture
def picture() -> bytes:
    """A small empty screenshot: nothing in it to read."""
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (360, 640), "#ededed").save(out, "PNG")
    return out.getvalue()
