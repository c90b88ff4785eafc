"""`/api/items/<id>/content/`: plain bytes by Range, recorded once an hour, never run."""

from __future__ import annotations

import pytest

from evidence import custody
from evidence.custody import Act, Subject
from evidence.models import Derivative
from tests import make

CONTENT = bytes(range(251)) * 3000  # 753 kB, three segments


@pytest.fixture
def item(case):
    return make.item(case, CONTENT)


def get(browser, item, **headers):
    answer = browser.get(f"/api/items/{item.pk}/content/", headers=headers)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer, body


def test_it_gives_the_bytes_as_received(borrower_browser, item):
    answer, body = get(borrower_browser, item)

    assert (answer.status_code, body) == (200, CONTENT)
    assert answer.headers["Content-Length"] == str(len(CONTENT))
    assert answer.headers["ETag"] == f'"{item.sha256}"'


@pytest.mark.parametrize(
    ("asked", "begin", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=262000-263000", 262_000, 263_001),
        ("bytes=700000-", 700_000, len(CONTENT)),
        ("bytes=-10", len(CONTENT) - 10, len(CONTENT)),
        ("bytes=5-99999999", 5, len(CONTENT)),
        ("bytes=-99999999", 0, len(CONTENT)),
    ],
)
def test_a_range_is_given_exactly(borrower_browser, item, asked, begin, end):
    answer, body = get(borrower_browser, item, Range=asked)

    assert (answer.status_code, body) == (206, CONTENT[begin:end])
    assert answer.headers["Content-Range"] == f"bytes {begin}-{end - 1}/{len(CONTENT)}"


@pytest.mark.parametrize("asked", [f"bytes={len(CONTENT)}-", "bytes=-0"])
def test_a_range_beyond_the_end_is_refused(borrower_browser, item, asked):
    answer, _ = get(borrower_browser, item, Range=asked)

    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(CONTENT)}"
    assert answer.json()["code"] == "range_beyond_end"


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "lines=1-2", "bytes=9-2", "bytes=-", "x"])
def test_what_is_no_single_range_gets_the_whole(borrower_browser, item, asked):
    answer, body = get(borrower_browser, item, Range=asked)

    assert (answer.status_code, len(body)) == (200, len(CONTENT))


def test_a_range_of_other_bytes_gets_the_whole(borrower_browser, item):
    answer, _ = get(borrower_browser, item, Range="bytes=0-0", **{"If-Range": '"other"'})

    assert answer.status_code == 200


def test_nothing_in_it_can_run_in_a_browser(borrower_browser, case):
    item = make.item(case, b"<html><script>alert(1)</script>")

    answer, _ = get(borrower_browser, item)

    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_each_person_s_opening_is_recorded_once_an_hour(
    borrower_browser, reviewer_browser, case, item
):
    borrower_browser.post(f"/api/cases/{case.pk}/open-review/")
    for browser in (borrower_browser, borrower_browser, reviewer_browser):
        get(browser, item)

    opened = custody.log_of(Subject.ITEM, item.pk).filter(act=Act.OPENED)
    assert opened.count() == 2


def test_a_picture_s_page_and_thumbnail_are_made_and_served(borrower_browser, case):
    item = make.item(case, make.screenshot(), kind="chat_screenshot")
    make.go_the_road()

    for name in ("page", "thumbnail"):
        answer = borrower_browser.get(f"/api/items/{item.pk}/derivatives/{name}/")
        body = b"".join(answer.streaming_content)
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert body.startswith(b"\xff\xd8\xff")
    assert Derivative.objects.filter(item=item).count() == 2


def test_what_was_not_made_is_not_found(borrower_browser, item):
    assert borrower_browser.get(f"/api/items/{item.pk}/derivatives/page/").status_code == 404
