"""PATCH /api/complaints/<id>/exhibits/<number>/: why records are left out."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from complaints.bundle.gaps import GapReason
from complaints.models import Complaint
from complaints.stages import drafting
from evidence.custody import Actor
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

JSON = "application/json"


@pytest.fixture
def complaint(borrower: User) -> Complaint:
    return make.complaint(make.confirmed_case(borrower))


def change(person: User, complaint: Complaint, code: str, **body: Any) -> Any:
    path = f"/api/complaints/{complaint.pk}/exhibits/{code}/"
    return make.signed_in(person).patch(path, body, JSON)


@pytest.mark.parametrize("reason", list(GapReason))
def test_every_reason_of_the_list_is_kept_and_shown(
    borrower: User, complaint: Complaint, reason: GapReason
) -> None:
    answer = change(borrower, complaint, "B-1", gap_reason=str(reason))

    assert answer.status_code == 200
    assert [one["gap_reason"] for one in answer.json()["exhibits"]] == [reason]
    assert complaint.exhibits.get().gap_reason == reason


@pytest.mark.parametrize("body", [{"gap_reason": "because"}, {"gap_reason": ""}, {}])
def test_a_reason_of_no_list_is_refused(
    borrower: User, complaint: Complaint, body: dict[str, str]
) -> None:
    answer = change(borrower, complaint, "B-1", **body)

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_input")
    assert complaint.exhibits.get().gap_reason == GapReason.LEFT_OUT


def test_an_exhibit_that_is_not_there_is_not_found(borrower: User, complaint: Complaint) -> None:
    assert change(borrower, complaint, "B-9", gap_reason="private").status_code == 404


def test_a_stranger_does_not_find_it(stranger: User, complaint: Complaint) -> None:
    assert change(stranger, complaint, "B-1", gap_reason="private").status_code == 404
    assert complaint.exhibits.get().gap_reason == GapReason.LEFT_OUT


def test_what_is_complete_or_whole_is_a_problem_with_its_name(
    borrower: User, complaint: Complaint
) -> None:
    actor = Actor.of(borrower)
    contract = make.item(complaint.case, b"a contract")
    make.go_the_road()
    drafting.add_exhibit(complaint, contract, group="A", purpose="合同", actor=actor)
    whole = change(borrower, complaint, "A-1", gap_reason="private")
    drafting.finish(complaint, actor=actor)
    finished = change(borrower, complaint, "B-1", gap_reason="private")

    assert (whole.status_code, whole.json()["code"]) == (409, "exhibit_withholds_nothing")
    assert (finished.status_code, finished.json()["code"]) == (409, "complaint_finished")
