"""complaints/interview/answers.py: what may be kept of what a client sent."""

from __future__ import annotations

import pytest

from complaints import interview
from complaints.interview import AnswerError

POLICE, REGULATOR = "police_report", "nfra_report"


def refused(answers: dict[str, object], document_id: str = POLICE) -> AnswerError:
    with pytest.raises(AnswerError) as refusal:
        interview.clean(answers, document_id=document_id)
    return refusal.value


def test_it_keeps_answers_of_the_right_kind_and_trims_text() -> None:
    kept = interview.clean(
        {
            "lender_legal_name": "  星河样例小额贷款有限公司 ",
            "borrowed_on": "2025-11-15",
            "contract_amount": "1200.00",
            "danger_now": False,
            "requests": ["forbid_contact", "accept_and_investigate"],
        },
        document_id=POLICE,
    )

    assert kept["lender_legal_name"] == "星河样例小额贷款有限公司"
    assert kept["borrowed_on"] == "2025-11-15"
    assert kept["contract_amount"] == "1200.00"
    assert kept["danger_now"] is False
    assert kept["requests"] == ["accept_and_investigate", "forbid_contact"]  # the document's order


@pytest.mark.parametrize("empty", [None, "", []])
def test_an_empty_answer_is_not_kept(empty: object) -> None:
    assert interview.clean({"name": empty}, document_id=POLICE) == {}


@pytest.mark.parametrize(
    ("answers", "field", "reason"),
    [
        ({"weather": "fine"}, "weather", "not_asked"),
        ({"name": 7}, "name", "not_text"),
        ({"name": "x" * 61}, "name", "too_long"),
        ({"danger_now": "yes"}, "danger_now", "not_yes_no"),
        ({"borrowed_on": "2026-02-30"}, "borrowed_on", "not_date"),
        ({"borrowed_on": 20260230}, "borrowed_on", "not_date"),
        ({"contract_amount": "1,200"}, "contract_amount", "not_money"),
        ({"contract_amount": "-5"}, "contract_amount", "not_money"),
        ({"contract_amount": 5}, "contract_amount", "not_money"),
        ({"requests": ["money_back"]}, "requests", "not_an_option"),
        ({"requests": "forbid_contact"}, "requests", "not_choices"),
        ({"gender": "x"}, "gender", "not_an_option"),
        ({"info_items": -1}, "info_items", "not_count"),
        ({"info_items": True}, "info_items", "not_count"),
        ({"left_out_tags": ["not-an-id"]}, "left_out_tags", "not_ids"),
        ({"lender_type": "friend"}, "lender_type", "not_an_option"),
        ({"respondents": [{"numbers": ["1"] * 51}]}, "respondents.0.numbers", "too_many"),
        ({"respondents": [{"shoe_size": "44"}]}, "respondents.0.shoe_size", "not_asked"),
        ({"respondents": ["somebody"]}, "respondents", "not_list"),
        ({"earlier_steps": [{"on": "2026-01-01"}]}, "earlier_steps.0.to_whom", "required"),
        ({"harm": [{"text": "t"}] * 21}, "harm", "too_many"),
    ],
)
def test_it_refuses_what_the_question_cannot_have(
    answers: dict[str, object], field: str, reason: str
) -> None:
    refusal = refused(answers)

    assert (refusal.field, refusal.reason, refusal.code) == (field, reason, "answer_not_valid")


def test_a_question_of_another_document_is_not_asked() -> None:
    assert refused({"report_summary": "…"}).reason == "not_asked"
    assert refused({"requests": ["forbid_contact"]}, REGULATOR).reason == "not_an_option"
    assert interview.clean({"report_summary": "短"}, document_id=REGULATOR)


def test_the_message_of_a_refusal_quotes_no_answer() -> None:
    assert "13900000000" not in str(refused({"gender": "13900000000"}))
