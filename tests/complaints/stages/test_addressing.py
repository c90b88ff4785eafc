"""complaints/stages/addressing.py: who should hear of a case."""

from __future__ import annotations

import pytest

from accounts.models import User
from complaints.law.errors import SeverityOutOfRangeError
from complaints.stages import addressing
from evidence import decisions
from evidence.models import Tag
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


def test_confirmed_threats_go_to_the_police_first(borrower: User) -> None:
    found = addressing.propose(make.confirmed_case(borrower), lender_type="microloan_company")

    assert "THREAT" in found.kinds
    assert found.addressees[0].agency == "PSB_STATION"


def test_danger_now_gives_the_emergency_line_and_nothing_else(borrower: User) -> None:
    found = addressing.propose(
        make.confirmed_case(borrower), lender_type="bank", told={"danger_now": True}
    )

    assert [one.agency for one in found.addressees] == ["PSB_110"]


def test_a_rejected_suggestion_counts_for_nothing(borrower: User) -> None:
    case = make.confirmed_case(borrower)
    for tag in Tag.objects.all():
        decisions.decide(tag, decision="rejected", by=borrower)

    assert "THREAT" not in addressing.propose(case, lender_type="bank").kinds


def test_a_correction_counts_as_what_the_person_says(borrower: User) -> None:
    case = make.confirmed_case(borrower)
    for tag in Tag.objects.all():
        decisions.decide(tag, decision="corrected", kind="INSULT", by=borrower)

    kinds = addressing.kinds_of(case)

    assert "INSULT" in kinds
    assert "THREAT" not in kinds


def test_the_person_sets_the_severity_within_its_bounds_only(borrower: User) -> None:
    case = make.confirmed_case(borrower)
    proposed = addressing.propose(case, lender_type="bank").severity

    lowered = addressing.propose(case, lender_type="bank", level=proposed.floor)

    assert lowered.severity.level == proposed.floor
    with pytest.raises(SeverityOutOfRangeError):
        addressing.propose(case, lender_type="bank", level=proposed.floor - 1 or 5)
