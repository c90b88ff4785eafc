"""complaints/preflight: what would make the desk send it back, before it is built."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from complaints import interview
from complaints.composing.acts import BEIJING
from complaints.models import Complaint
from complaints.preflight import PreflightBlocksError, Weight, preflight
from complaints.stages import asking, drafting, filing
from evidence import decisions
from evidence.custody import Actor
from evidence.models.cases import Case
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


def codes(complaint: Any) -> dict[str, bool]:
    return {bounce.code: bounce.is_blocking for bounce in preflight(complaint)}


@pytest.fixture
def case(borrower: User) -> Case:
    return make.confirmed_case(borrower)


@pytest.mark.parametrize("agency", ["PSB_STATION", "NFRA_LOCAL", "LENDER", "LOCAL_FIN"])
def test_a_whole_complaint_is_blocked_by_nothing(case: Case, agency: str) -> None:
    assert not any(codes(make.complaint(case, agency)).values())


BANK = {"lender_type": "bank", "lender_legal_name": "样例银行股份有限公司"}
MICROLOAN = {"lender_type": "microloan_company", "lender_legal_name": "样例小额贷款有限公司"}


@pytest.mark.parametrize(
    ("agency", "told", "code", "blocks"),
    [
        ("PSB_STATION", {"danger_now": True}, "danger_now", True),
        ("PSB_STATION", {"addressee_name": ""}, "addressee_missing", True),
        ("PSB_STATION", {"requests": []}, "request_missing", True),
        ("PSB_STATION", {"lender_legal_name": ""}, "legal_name_missing", False),
        ("PSB_STATION", {"name": ""}, "blank_for_pen", False),
        ("PSB_STATION", {"name": "", "relation": ""}, "harmed_person_unclear", False),
        ("PSB_STATION", {"signs_by_hand": False}, "signature_missing", True),
        ("PSB_STATION", {"debt_unlawful": True}, "lawful_debt_called_unlawful", False),
        ("PSB_STATION", BANK | {"lender_type": "trust"}, "lender_type_contradicts_name", False),
        ("NFRA_LOCAL", {"lender_legal_name": ""}, "legal_name_missing", True),
        ("NFRA_LOCAL", {"lender_legal_name": "快快借"}, "legal_name_looks_like_app", True),
        ("NFRA_LOCAL", MICROLOAN, "wrong_remit", True),
        ("NFRA_LOCAL", BANK | {"lender_legal_name": "某小额贷款有限公司"}, "wrong_remit", True),
        ("NFRA_LOCAL", {"lender_type": "unlicensed_platform"}, "wrong_remit", True),
        (
            "NFRA_LOCAL",
            {"lender_type": "unknown", "lender_legal_name": "样例科技有限公司"},
            "lender_type_unknown",
            True,
        ),
        ("NFRA_LOCAL", {"in_court": True}, "already_in_court", True),
        ("NFRA_LOCAL", {"own_request": "请责令赔偿"}, "complaint_and_report_mixed", True),
        ("NFRA_LOCAL", {"report_summary": "要求减免利息"}, "complaint_and_report_mixed", True),
        ("LENDER", {"own_request": "请依法查处"}, "complaint_and_report_mixed", True),
        ("LENDER", {"contract_number": ""}, "contract_number_missing", False),
        ("LENDER", {"lender_legal_name": ""}, "legal_name_missing", True),
        ("LENDER", {"relation": "relative", "agent_name": ""}, "authorisation_missing", True),
        ("LENDER", {"goes_although": []}, "number_not_tied", True),
        ("PSB_STATION", {"goes_although": []}, "number_not_tied", False),
        ("LOCAL_FIN", {"lender_credit_code": ""}, "registration_missing", False),
        ("LOCAL_FIN", {"lender_place": ""}, "registration_missing", False),
        ("LOCAL_FIN", {"lender_place": "重庆市渝中区"}, "not_where_registered", True),
        ("LOCAL_FIN", BANK, "wrong_remit", True),
    ],
)
def test_each_reason_is_named_and_blocks_or_not(
    case: Case, agency: str, told: dict[str, Any], code: str, blocks: bool
) -> None:
    assert codes(make.complaint(case, agency, **told))[code] is blocks


@pytest.mark.parametrize(
    ("agency", "told", "code"),
    [
        ("PSB_STATION", {"in_court": True}, "already_in_court"),
        ("PSB_STATION", {"relation": "relative"}, "authorisation_missing"),
        ("LENDER", {"relation": "relative", "agent_name": "样例"}, "authorisation_missing"),
        ("LENDER", {"own_request": "请赔偿并道歉"}, "complaint_and_report_mixed"),
        ("NFRA_LOCAL", {"anonymous": True, "signs_by_hand": False}, "signature_missing"),
        ("NFRA_LOCAL", BANK, "wrong_remit"),
    ],
)
def test_a_reason_of_one_desk_is_none_of_another(
    case: Case, agency: str, told: dict[str, Any], code: str
) -> None:
    assert code not in codes(make.complaint(case, agency, **told))


def test_without_a_confirmed_dated_act_there_is_nothing_to_file(borrower: User) -> None:
    complaint = make.complaint(make.case(borrower))

    assert codes(complaint)["no_dated_act"] is True


def test_an_investigation_is_asked_with_grave_facts_and_a_count(case: Case) -> None:
    wanted = ["criminal_investigation"]
    complaint = drafting.set_severity(make.complaint(case, requests=wanted), 2)

    found = {bounce.code: bounce for bounce in preflight(complaint)}

    assert found["not_grave"].desks[0].agency == "PSB_CRIM"
    complaint = drafting.set_severity(complaint, 3)
    assert "not_grave" not in codes(complaint)


def test_a_law_that_bound_nobody_on_that_day_is_named_and_has_no_way_out(case: Case) -> None:
    old = "对方违反《治安管理处罚法（2012年修正）》第四十二条"
    complaint = make.complaint(case, background=old)  # the acts are of March 2026

    found = next(one for one in preflight(complaint) if one.code == "law_not_in_force")

    assert found.is_blocking
    assert not found.may_be_said
    assert found.about == ("《治安管理处罚法（2012年修正）》第四十二条",)


def test_a_number_is_tied_to_the_other_side_by_a_sentence(case: Case, borrower: User) -> None:
    complaint = make.complaint(case, "LENDER", goes_although=[])
    assert codes(complaint)["number_not_tied"] is True

    (number,) = set(case.records.values_list("peer_number", flat=True))
    decisions.name_number(
        case, number, role="collector", how_known="短信里自报机构名", lender="", by=borrower
    )

    assert "number_not_tied" not in codes(complaint)


def filed(case: Case, agency: str, *, ago: int) -> Complaint:
    earlier = make.complaint(case, agency)
    now = timezone.now()
    day: date = now.astimezone(BEIJING).date() - timedelta(days=ago)
    filing.record_filing(earlier, filed_on=day, actor=Actor.of(case.borrower), at=now)
    return earlier


@pytest.mark.parametrize(
    ("agency", "ago", "holds"),
    [("PSB_STATION", 0, True), ("PSB_STATION", 10_000, False), ("NFRA_LOCAL", 0, False)],
)
def test_the_same_desk_again_with_nothing_new_waits_for_the_persons_word(
    case: Case, agency: str, ago: int, holds: bool
) -> None:
    filed(case, agency, ago=ago)

    again = codes(make.complaint(case))

    assert again.get("repeat_with_nothing_new") is (True if holds else None)


def test_the_very_paper_that_was_filed_may_be_printed_again(case: Case) -> None:
    earlier = filed(case, "PSB_STATION", ago=0)
    assert codes(earlier)["repeat_with_nothing_new"] is False

    changed = drafting.answer(earlier, {"background": "换个说法"}, actor=Actor.of(case.borrower))

    assert codes(changed)["repeat_with_nothing_new"] is True


def test_what_another_regulator_has_waits_for_the_persons_word(case: Case) -> None:
    filed(case, "LOCAL_FIN", ago=3)

    found = {one.code: one for one in preflight(make.complaint(case, "NFRA_LOCAL"))}

    assert found["already_before_a_body"].is_blocking
    assert found["already_before_a_body"].about == ("地方金融管理局（省、市）",)
    assert "already_before_a_body" not in codes(make.complaint(case, "LENDER"))


def although(check: str, **more: str) -> list[dict[str, str]]:
    return [{"check": check, "why": "诉讼的是另一笔借款", **more}]


def test_the_persons_own_word_lets_go_what_is_theirs_to_judge(case: Case) -> None:
    told = {
        "in_court": True,
        "goes_although": [*although("already_in_court"), *although("number_not_tied")],
    }
    complaint = make.complaint(case, "NFRA_LOCAL", **told)

    found = {one.code: one for one in preflight(complaint)}

    assert found["already_in_court"].said == "诉讼的是另一笔借款"
    assert not found["already_in_court"].is_blocking
    asking.ask(complaint, user=case.borrower)  # and it goes


def test_a_word_meant_for_another_desk_lets_nothing_go(case: Case) -> None:
    told = although("already_in_court", desk="NIFA")
    complaint = make.complaint(case, "NFRA_LOCAL", in_court=True, goes_although=told)

    with pytest.raises(PreflightBlocksError) as refusal:
        asking.ask(complaint, user=case.borrower)

    assert "already_in_court" in refusal.value.bounces


@pytest.mark.parametrize("check", ["wrong_remit", "legal_name_missing", "law_not_in_force"])
def test_no_word_lets_go_what_is_not_the_persons_to_judge(check: str) -> None:
    with pytest.raises(interview.AnswerError):
        interview.clean({"goes_although": although(check)}, document_id="nfra_report")


def test_a_letter_of_authority_that_the_paper_prints_is_not_asked_for(borrower: User) -> None:
    case = make.confirmed_case(borrower)
    told = {"relation": "friend", "agent_name": "周某丙（样例）"}

    found = {one.code for one in preflight(make.complaint(case, "LENDER", **told))}

    assert "authorisation_missing" not in found


def test_every_check_that_asks_for_a_word_can_be_answered(case: Case) -> None:
    told = {"in_court": True, "own_request": "请赔偿", "goes_although": []}
    filed(case, "LOCAL_FIN", ago=3)
    filed(case, "NFRA_LOCAL", ago=0)
    found = preflight(make.complaint(case, "NFRA_LOCAL", **told))
    found += preflight(make.complaint(case, "LENDER", relation="friend", agent_name=""))
    found += preflight(make.complaint(case, "LOCAL_FIN", lender_place="重庆市"))

    asks = {one.code for one in found if one.weight is Weight.ASKS}

    words = [{"check": check, "why": "理由"} for check in sorted(asks)]
    kept = interview.clean({"goes_although": words}, document_id="nfra_report")
    assert {one["check"] for one in kept["goes_although"]} == asks
    assert len(asks) == 7


def test_a_check_names_the_desk_that_says_so_with_rule_and_day(case: Case) -> None:
    complaint = make.complaint(case, "NFRA_LOCAL", **MICROLOAN)

    found = next(one for one in preflight(complaint) if one.code == "wrong_remit")

    assert found.desks[0].zh == "不属本机构职责（实为小贷）"
    assert "举报处理办法" in found.desks[0].rule_zh
    assert found.desks[0].checked_on == date(2026, 11, 23)
