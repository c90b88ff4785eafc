"""/api/…/redactions/: the owner decides, staff of an opened case may propose a copy."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from accounts.models import User
from complaints import tasks
from complaints.models import Complaint, Redaction
from complaints.stages import redacting
from evidence import cases, jobs
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

BOX = [10, 20, 30, 40]


@pytest.fixture
def complaint(borrower: User) -> Complaint:
    return make.shot_complaint(borrower, make.screenshot())


def base(complaint: Complaint) -> str:
    exhibit = complaint.exhibits.get(item__kind="chat_screenshot")
    return f"/api/complaints/{complaint.pk}/exhibits/{exhibit.code}"


def ask(browser: Client, complaint: Complaint, *boxes: list[int]) -> Any:
    return browser.post(
        f"{base(complaint)}/redactions/", {"boxes": list(boxes)}, content_type="application/json"
    )


def choose(browser: Client, complaint: Complaint, redaction: str | None) -> Any:
    return browser.put(
        f"{base(complaint)}/form/", {"redaction": redaction}, content_type="application/json"
    )


@contextmanager
def body(answer: Any) -> Iterator[bytes]:
    yield b"".join(answer.streaming_content)


def test_the_owner_asks_looks_and_chooses(complaint: Complaint, borrower_browser: Client) -> None:
    asked = ask(borrower_browser, complaint, BOX)
    assert (asked.status_code, asked.json()["state"]) == (202, "making")
    one = asked.json()["id"]
    early = choose(borrower_browser, complaint, one)
    assert (early.status_code, early.json()["code"]) == (409, "redaction_not_made")
    assert borrower_browser.get(f"/api/redactions/{one}/picture/").status_code == 404

    jobs.work(redacting.STAGE, tasks.ROAD)

    told = borrower_browser.get(f"{base(complaint)}/redactions/").json()
    assert told["picture"] == {"width": 720, "height": 600}
    (made,) = told["results"]
    assert (made["state"], made["boxes"], made["chosen"]) == ("made", [BOX], False)
    answer = borrower_browser.get(f"/api/redactions/{one}/picture/")
    with body(answer) as png:
        shown = Image.open(io.BytesIO(png))
    assert answer["Content-Type"] == "image/png"
    assert shown.crop((10, 20, 40, 60)).getcolors() == [(1200, (0, 0, 0))]
    chosen = choose(borrower_browser, complaint, one)
    assert chosen.status_code == 200
    rows = {row["number"]: row for row in chosen.json()["exhibits"]}
    code = base(complaint).rpartition("/")[2]
    assert (rows[code]["form"], rows[code]["redaction"]) == ("redacted", one)
    assert choose(borrower_browser, complaint, None).json()["state"] == "draft"


@pytest.mark.parametrize(
    ("boxes", "status", "code"),
    [
        ([], 400, "redaction_removes_nothing"),
        ([[0, 0, 0, 1]], 400, "redaction_place_empty"),
        ([[700, 0, 21, 1]], 400, "redaction_place_outside"),
        ([BOX] * 201, 400, "redaction_too_many_places"),
        ([[1, 2, 3]], 400, "invalid_input"),
        ([[1, 2, 3, "x"]], 400, "invalid_input"),
    ],
)
def test_a_place_that_is_none_is_named(
    complaint: Complaint, borrower_browser: Client, boxes: Any, status: int, code: str
) -> None:
    refused = ask(borrower_browser, complaint, *boxes)

    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert not Redaction.objects.exists()


def test_staff_propose_only_while_the_case_is_open_and_never_choose(
    complaint: Complaint, borrower: User, reviewer: User, reviewer_browser: Client
) -> None:
    assert ask(reviewer_browser, complaint, BOX).status_code == 404
    cases.open_to_review(complaint.case, by=borrower)

    asked = ask(reviewer_browser, complaint, BOX)

    assert asked.status_code == 202
    assert Redaction.objects.get().asked_by == reviewer
    assert choose(reviewer_browser, complaint, asked.json()["id"]).status_code == 404
    without = make.signed_in(reviewer, second_factor=False)
    assert ask(without, complaint, BOX).json()["code"] == "second_factor_needed"


def test_who_only_looks_makes_no_copy(complaint: Complaint, borrower: User, auditor: User) -> None:
    cases.open_to_review(complaint.case, by=borrower)
    browser = make.signed_in(auditor)

    assert ask(browser, complaint, BOX).status_code == 403
    assert browser.get(f"{base(complaint)}/redactions/").status_code == 200


def test_a_stranger_finds_nothing(complaint: Complaint, stranger: User) -> None:
    browser = make.signed_in(stranger)

    assert ask(browser, complaint, BOX).status_code == 404
    assert choose(browser, complaint, None).status_code == 404
    assert browser.get(f"{base(complaint)}/redactions/").status_code == 404
