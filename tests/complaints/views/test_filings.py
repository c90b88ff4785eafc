"""What the person was given when they filed, what came of it, and the days that follow."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from complaints.composing.acts import BEIJING
from complaints.models import Complaint
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

JSON = "application/json"


@pytest.fixture
def complaint(borrower: User) -> Complaint:
    return make.complaint(make.confirmed_case(borrower))


def today() -> date:
    return timezone.now().astimezone(BEIJING).date()


def tell(person: User, complaint: Complaint, **body: Any) -> Any:
    body = {"filed_on": today().isoformat(), **body}
    return make.signed_in(person).post(f"/api/complaints/{complaint.pk}/filings/", body, JSON)


def tell_outcome(person: User, filing: str, outcome: str, on: date) -> Any:
    body = {"outcome": outcome, "on": on.isoformat(), "reference": "某公不立〔2026〕1号"}
    return make.signed_in(person).post(f"/api/filings/{filing}/outcomes/", body, JSON)


def days(person: User, complaint: Complaint) -> dict[str, Any]:
    answer = make.signed_in(person).get(f"/api/complaints/{complaint.pk}/deadlines/")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_a_filing_keeps_number_and_receipt(borrower: User, complaint: Complaint) -> None:
    receipt = make.item(complaint.case, b"a photo of the receipt")

    answer = tell(borrower, complaint, reference="受案2026-1", receipt=str(receipt.pk))

    assert answer.status_code == 201
    assert answer.json()["receipt"] == str(receipt.pk)
    (row,) = complaint.filings.all()
    assert (row.reference, row.receipt_id) == ("受案2026-1", receipt.pk)


def test_a_receipt_of_another_case_of_the_same_person_is_refused(
    borrower: User, complaint: Complaint
) -> None:
    elsewhere = make.item(make.case(borrower), b"a receipt of something else")

    answer = tell(borrower, complaint, receipt=str(elsewhere.pk))

    assert answer.status_code >= 400
    assert answer.json()["code"] == "item_of_another_case"
    assert not complaint.filings.exists()


def test_a_receipt_of_somebody_else_is_not_there(borrower: User, complaint: Complaint) -> None:
    foreign = make.item(make.case(make.user()), b"a receipt of somebody else")

    assert tell(borrower, complaint, receipt=str(foreign.pk)).status_code == 404


def test_an_agency_that_is_not_in_the_catalogue_is_refused(
    borrower: User, complaint: Complaint
) -> None:
    assert tell(borrower, complaint, agency="NOBODY").json()["code"] == "law_unknown_agency"
    assert not complaint.filings.exists()


def test_a_day_that_has_not_come_is_refused(borrower: User, complaint: Complaint) -> None:
    tomorrow = (today() + timedelta(days=1)).isoformat()

    assert tell(borrower, complaint, filed_on=tomorrow).status_code == 400


def test_what_came_of_it_starts_its_own_day(borrower: User, complaint: Complaint) -> None:
    filing = tell(borrower, complaint).json()["id"]
    assert {one["alarm"] for one in days(borrower, complaint)["results"]} == {"A1"}

    answer = tell_outcome(borrower, filing, "accepted", today())

    assert answer.status_code == 201
    assert [one["outcome"] for one in answer.json()["outcomes"]] == ["accepted"]
    (found,) = [one for one in days(borrower, complaint)["results"] if one["alarm"] == "A7"]
    assert found["filing"] == filing
    assert found["due_on"] == (today() + timedelta(days=30)).isoformat()
    assert (found["status"], found["rule"]) == ("waiting", "PSAPL2025-118")
    assert "治安管理处罚法" in found["rule_zh"]


def test_an_outcome_for_somebody_elses_filing_is_not_there(
    borrower: User, complaint: Complaint
) -> None:
    filing = tell(borrower, complaint).json()["id"]

    assert tell_outcome(make.user(), filing, "accepted", today()).status_code == 404


def test_the_next_desk_is_the_one_that_takes_this_lender(borrower: User) -> None:
    complaint = make.complaint(make.confirmed_case(borrower), lender_type="bank")
    ago = (today() - timedelta(days=20)).isoformat()
    assert tell(borrower, complaint, agency="LENDER", filed_on=ago).json()["agency"] == "LENDER"

    (found,) = [one for one in days(borrower, complaint)["results"] if one["alarm"] == "A2"]

    assert found["status"] == "passed"
    assert [one["agency"] for one in found["next_agencies"]] == ["NFRA_LOCAL"]


def test_a_lender_that_no_rule_binds_promises_no_day(borrower: User) -> None:
    complaint = make.complaint(make.case(borrower), lender_type="microloan_company")
    tell(borrower, complaint, agency="LENDER")

    assert days(borrower, complaint)["results"] == []


def test_without_a_confirmed_act_the_days_of_a_filing_are_told_all_the_same(
    borrower: User,
) -> None:
    complaint = make.complaint(make.case(borrower), lender_type="bank")
    tell(borrower, complaint, agency="LENDER")

    (found,) = days(borrower, complaint)["results"]

    assert found["alarm"] == "A2"
    assert [one["agency"] for one in found["next_agencies"]] == ["NFRA_LOCAL"]


def test_other_complaints_keep_their_own_days(borrower: User, complaint: Complaint) -> None:
    other = make.complaint(complaint.case, "NFRA_LOCAL")
    tell(borrower, other)

    assert {one["alarm"] for one in days(borrower, other)["results"]} == {"A1", "A3"}
    assert {one["alarm"] for one in days(borrower, complaint)["results"]} == {"A1"}


def test_what_is_new_counts_after_the_day_of_the_last_filing(
    borrower: User, complaint: Complaint
) -> None:
    assert days(borrower, complaint)["new_since"] is None

    tell(borrower, complaint, filed_on="2020-01-01")
    new = days(borrower, complaint)["new_since"]
    assert new["filed_on"] == "2020-01-01"
    assert new["acts"] > 0
    assert new["exhibits"] == ["B-1"]

    tell(borrower, complaint)
    assert days(borrower, complaint)["new_since"]["exhibits"] == []


def test_a_refusal_opens_the_paper_that_asks_to_look_again(borrower: User) -> None:
    complaint = make.complaint(make.confirmed_case(borrower))
    filing = tell(borrower, complaint).json()["id"]
    path = f"/api/filings/{filing}/follow-ups/"
    wanted = {"document": "administrative_reconsideration"}
    client = make.signed_in(borrower)

    early = client.post(path, wanted, JSON)
    assert (early.status_code, early.json()["code"]) == (409, "follow_up_not_open")

    tell_outcome(borrower, filing, "refused", today())
    (day,) = [one for one in days(borrower, complaint)["results"] if one["alarm"] == "A6"]
    assert day["papers"] == ["administrative_reconsideration"]
    begun = client.post(path, wanted, JSON)
    assert begun.status_code == 201
    assert begun.json()["document_id"] == "administrative_reconsideration"
    assert begun.json()["answers"]["notice_number"] == "某公不立〔2026〕1号"


def test_a_follow_up_to_somebody_elses_filing_is_not_there(
    borrower: User, complaint: Complaint
) -> None:
    filing = tell(borrower, complaint).json()["id"]
    path = f"/api/filings/{filing}/follow-ups/"

    answer = make.signed_in(make.user()).post(path, {"document": "non_filing_review"}, JSON)

    assert answer.status_code == 404


def test_the_calendar_names_the_agency_and_nobody(borrower: User) -> None:
    complaint = make.complaint(make.confirmed_case(borrower), "NFRA_LOCAL", name="张某某")
    tell(borrower, complaint, reference="不得外传的编号", note="不得外传的话")

    answer = make.signed_in(borrower).get(f"/api/complaints/{complaint.pk}/calendar.ics")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"].endswith('.ics"')
    file = answer.content.replace(b"\r\n ", b"").decode()
    assert "监管受理告知" in file
    for told in ("不得外传", "张某某", complaint.answers["lender_legal_name"], borrower.username):
        assert told not in file
