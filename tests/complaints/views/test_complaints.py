"""One complaint through the API, from its first hour on."""

from __future__ import annotations

import pytest

from accounts.models import User
from complaints.stages import drafting
from evidence.custody import Actor
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

JSON = "application/json"


def test_a_complaint_without_a_confirmed_act_is_shown_with_what_it_lacks(borrower: User) -> None:
    complaint = drafting.begin(
        make.case(borrower),
        agency_id="LENDER",
        lender_type="bank",
        actor=Actor.of(borrower),
    )
    client = make.signed_in(borrower)

    answer = client.get(f"/api/complaints/{complaint.pk}/")
    checks = client.get(f"/api/complaints/{complaint.pk}/preflight/").json()

    assert answer.status_code == 200
    shown = answer.json()
    assert (shown["severity"], shown["severity_floor"], shown["severity_max"]) == (None, None, None)
    assert shown["severity_reason_zh"] == shown["severity_reason_en"] == ""
    assert "no_dated_act" in {one["code"] for one in checks["bounces"]}


def test_a_complaint_with_confirmed_acts_says_how_grave_and_why(borrower: User) -> None:
    complaint = make.complaint(make.confirmed_case(borrower))

    shown = make.signed_in(borrower).get(f"/api/complaints/{complaint.pk}/").json()

    assert shown["severity_floor"] <= shown["severity"] <= shown["severity_max"]
    assert shown["severity_reason_zh"]


def test_a_level_that_no_act_bears_is_refused_and_not_kept(borrower: User) -> None:
    complaint = make.complaint(make.case(borrower))
    path = f"/api/complaints/{complaint.pk}/"

    answer = make.signed_in(borrower).patch(path, {"severity": 1}, JSON)

    assert answer.json()["code"] == "law_no_kinds"
    complaint.refresh_from_db()
    assert complaint.severity is None
