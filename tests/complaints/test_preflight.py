"""complaints/preflight.py: what would make the desk send it back, before it is built."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from complaints.composing.acts import BEIJING
from complaints.preflight import preflight
from complaints.stages import filing
from evidence import decisions
from evidence.custody import Actor
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


def codes(complaint: Any) -> dict[str, bool]:
    return {bounce.code: bounce.is_blocking for bounce in preflight(complaint)}


def test_a_whole_complaint_is_blocked_by_nothing(borrower: User) -> None:
    complaint = make.complaint(make.confirmed_case(borrower))

    assert not any(codes(complaint).values())


@pytest.mark.parametrize(
    ("agency", "told", "code", "blocks"),
    [
        ("PSB_STATION", {"danger_now": True}, "danger_now", True),
        ("PSB_STATION", {"addressee_name": ""}, "addressee_missing", True),
        ("PSB_STATION", {"requests": []}, "request_missing", True),
        ("PSB_STATION", {"lender_legal_name": ""}, "legal_name_missing", False),
        ("NFRA_LOCAL", {"lender_legal_name": ""}, "legal_name_missing", True),
        ("NFRA_LOCAL", {"lender_legal_name": "快快借"}, "legal_name_looks_like_app", True),
        ("NFRA_LOCAL", {"in_court": True}, "already_in_court", False),
        ("PSB_STATION", {"name": ""}, "blank_for_pen", False),
        ("LENDER", {"contract_number": ""}, "contract_number_missing", False),
        ("LENDER", {"lender_legal_name": ""}, "legal_name_missing", True),
        ("LOCAL_FIN", {"lender_credit_code": ""}, "registration_missing", False),
        ("LOCAL_FIN", {"lender_place": ""}, "registration_missing", False),
    ],
)
def test_each_reason_is_named_and_blocks_or_not(
    borrower: User, agency: str, told: dict[str, Any], code: str, blocks: bool
) -> None:
    complaint = make.complaint(make.confirmed_case(borrower), agency, **told)

    assert codes(complaint)[code] is blocks


def test_without_a_confirmed_dated_act_there_is_nothing_to_file(borrower: User) -> None:
    complaint = make.complaint(make.case(borrower))

    assert codes(complaint)["no_dated_act"] is True


def test_a_number_is_tied_to_the_other_side_by_a_sentence(borrower: User) -> None:
    case = make.confirmed_case(borrower)
    complaint = make.complaint(case)
    assert codes(complaint)["number_not_tied"] is False

    (number,) = set(case.records.values_list("peer_number", flat=True))
    decisions.name_number(
        case, number, role="collector", how_known="短信里自报机构名", lender="", by=borrower
    )

    assert "number_not_tied" not in codes(complaint)


@pytest.mark.parametrize(
    ("agency", "ago", "holds"),
    [("PSB_STATION", 0, True), ("PSB_STATION", 10_000, False), ("NFRA_LOCAL", 0, False)],
)
def test_the_same_desk_again_with_nothing_new_is_said_and_never_stops(
    borrower: User, agency: str, ago: int, holds: bool
) -> None:
    case = make.confirmed_case(borrower)
    earlier = make.complaint(case, agency)
    now = timezone.now()
    day = now.astimezone(BEIJING).date() - timedelta(days=ago)
    filing.record_filing(earlier, filed_on=day, actor=Actor.of(borrower), at=now)

    again = codes(make.complaint(case))

    assert again.get("repeat_with_nothing_new") is (False if holds else None)
