"""/api/…/redactions/ of a recording: spans in milliseconds, and the copy to listen to."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from complaints import tasks
from complaints.models import Complaint, Redaction
from complaints.stages import redacting
from evidence import jobs
from evidence.media.bare_sound import is_bare_m4a
from tests import make
from tests.complaints import covering
from tests.complaints.covering import SPAN, exhibit_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


@pytest.fixture
def complaint(borrower: User) -> Complaint:
    return covering.call_complaint(borrower)


def base(complaint: Complaint) -> str:
    return f"/api/complaints/{complaint.pk}/exhibits/{exhibit_of(complaint).code}"


def ask(browser: Client, complaint: Complaint, **cuts: Any) -> Any:
    return browser.post(f"{base(complaint)}/redactions/", cuts, content_type="application/json")


def test_the_owner_asks_listens_and_chooses(complaint: Complaint, borrower_browser: Client) -> None:
    told = borrower_browser.get(f"{base(complaint)}/redactions/").json()
    assert told == {"picture": None, "recording": {"duration_ms": 14_000}, "results": []}

    asked = ask(borrower_browser, complaint, spans=[[3000, 3400], [2300, 3100]])

    assert (asked.status_code, asked.json()["state"]) == (202, "making")
    assert asked.json()["spans"] == [SPAN]  # they overlap: one
    one = asked.json()["id"]
    assert borrower_browser.get(f"/api/redactions/{one}/sound/").status_code == 404
    jobs.work(redacting.STAGE, tasks.ROAD)
    (made,) = borrower_browser.get(f"{base(complaint)}/redactions/").json()["results"]
    assert (made["state"], made["spans"], made["boxes"]) == ("made", [SPAN], [])
    answer = borrower_browser.get(f"/api/redactions/{one}/sound/")
    assert answer["Content-Type"] == "audio/mp4"
    copy = b"".join(answer.streaming_content)
    assert is_bare_m4a(copy)
    assert len(copy) == made["size"]
    chosen = borrower_browser.put(
        f"{base(complaint)}/form/", {"redaction": one}, content_type="application/json"
    )
    rows = {row["number"]: row for row in chosen.json()["exhibits"]}
    code = base(complaint).rpartition("/")[2]
    assert (rows[code]["form"], rows[code]["redaction"]) == ("redacted", one)


def test_a_player_may_ask_for_a_part_and_a_picture_it_is_not(
    complaint: Complaint, borrower_browser: Client
) -> None:
    made = covering.covered(complaint)
    url = f"/api/redactions/{made.pk}/sound/"

    part = borrower_browser.get(url, headers={"Range": "bytes=4-7"})

    assert part.status_code == 206
    assert b"".join(part.streaming_content) == b"ftyp"
    assert borrower_browser.get(f"/api/redactions/{made.pk}/picture/").status_code == 404


def test_a_picture_is_no_sound(borrower: User, borrower_browser: Client) -> None:
    made = make.redacted(make.shot_complaint(borrower, make.screenshot()), [10, 20, 30, 40])

    assert borrower_browser.get(f"/api/redactions/{made.pk}/sound/").status_code == 404
    assert borrower_browser.get(f"/api/redactions/{made.pk}/picture/").status_code == 200


def test_a_stranger_hears_nothing(complaint: Complaint) -> None:
    made = covering.covered(complaint)
    stranger = make.signed_in(make.user())

    assert stranger.get(f"/api/redactions/{made.pk}/sound/").status_code == 404


REFUSED: list[tuple[Any, int, str]] = [
    ({}, 400, "redaction_removes_nothing"),
    ({"spans": []}, 400, "redaction_removes_nothing"),
    ({"spans": [[500, 500]]}, 400, "redaction_place_empty"),
    ({"spans": [[13_000, 14_001]]}, 400, "redaction_place_outside"),
    ({"spans": [[0, 14_000]]}, 400, "redaction_covers_whole"),
    ({"spans": [SPAN] * 201}, 400, "redaction_too_many_places"),
    ({"spans": [[1, 2, 3]]}, 400, "invalid_input"),
    ({"spans": [[1, "x"]]}, 400, "invalid_input"),
    ({"boxes": [[0, 0, 1, 1]]}, 409, "redaction_not_possible"),
]


def test_a_span_that_is_none_is_named(complaint: Complaint, borrower_browser: Client) -> None:
    for cuts, status, code in REFUSED:
        refused = ask(borrower_browser, complaint, **cuts)

        assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert not Redaction.objects.exists()
