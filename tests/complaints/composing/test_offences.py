"""The criminal complaint: the police paper's facts, another request, offences the facts bear."""

from __future__ import annotations

import pytest

from accounts.models import User
from complaints import preflight
from complaints.bundle import outline
from complaints.bundle.wording import Words
from complaints.composing import offences
from complaints.interview import steps_for
from complaints.law import catalogue, never
from complaints.models import Complaint
from complaints.stages import drafting
from evidence.custody import Actor
from tests import make
from tests.complaints.bundle.make_package import fonts
from tests.complaints.composing.composed import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]
ALL = sorted(offences.PROVISIONS)


def criminal(borrower: User, **told: object) -> Complaint:
    return make.complaint(make.confirmed_case(borrower), "PSB_CRIM", **told)


def test_it_tells_the_same_facts_as_the_paper_for_the_station(borrower: User) -> None:
    case = make.confirmed_case(borrower)
    station, crime = (said(make.complaint(case, to)) for to in ("PSB_STATION", "PSB_CRIM"))

    assert [fact.words for fact in crime.facts] == [fact.words for fact in station.facts]
    assert crime.requests != station.requests
    blocks = outline.body(crime, Words("zh-CN", fonts()))
    heads = [block["text"] for block in blocks if block["kind"] == "heading"]
    assert heads.index("请求事项") < heads.index("事实经过")
    assert never.breaches("\n".join(crime.requests)) == []


def test_a_chosen_offence_is_named_as_suspected_and_left_to_the_police(borrower: User) -> None:
    told = {"suspected_offences": ["offence_293"], "authority_warned_before": True}

    asked = said(criminal(borrower, **told)).requests[0]

    assert asked == "依法以涉嫌寻衅滋事罪立案侦查；罪名由公安机关依法判断"


def test_an_offence_that_the_facts_do_not_bear_is_not_written(borrower: User) -> None:
    told = {"suspected_offences": ["offence_238", "offence_279"]}  # nobody was held, none posed
    complaint = criminal(borrower, **told)

    assert offences.named(complaint) == ()
    assert said(complaint).requests[0] == "依法立案侦查；涉嫌的罪名由公安机关依法判断"


@pytest.mark.parametrize("lender_type", ["bank", "microloan_company", "consumer_finance_company"])
def test_a_licensed_lender_s_loan_is_never_called_an_unlawful_debt(
    borrower: User, lender_type: str
) -> None:
    told = {"lender_type": lender_type, "debt_unlawful": True, "suspected_offences": ALL}

    assert "催收非法债务罪" not in "".join(said(criminal(borrower, **told)).requests)


def test_an_unlicensed_one_s_may_be_when_the_person_says_so(borrower: User) -> None:
    told = {"lender_type": "unlicensed_platform", "suspected_offences": ["offence_293_1"]}

    assert offences.named(criminal(borrower, **told)) == ()
    assert offences.named(criminal(borrower, **told, debt_unlawful=True)) == ("催收非法债务罪",)


def test_every_offence_of_the_interview_is_a_provision_of_the_catalogue() -> None:
    [asked] = [
        field
        for step in steps_for(offences.DOCUMENT)
        for field in step.questions
        if field.id == "suspected_offences"
    ]

    assert list(asked.options) == list(offences.PROVISIONS)
    named = map(catalogue.provision, offences.PROVISIONS.values())
    assert {each.topic for each in named} == {"criminal"}


def test_its_checks_are_those_of_a_criminal_complaint(borrower: User) -> None:
    complaint = drafting.set_severity(criminal(borrower), 2)

    found = {one.code: one for one in preflight.preflight(complaint)}

    assert "not_grave" in found
    assert [desk.agency for desk in found["not_grave"].desks] == ["PSB_CRIM"]
    assert "document_not_written_here" not in found


def test_it_can_be_finished(borrower: User) -> None:
    complaint = criminal(borrower)

    assert drafting.finish(complaint, actor=Actor.of(borrower)).finished_at
