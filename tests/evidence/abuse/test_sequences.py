"""evidence/abuse/sequences.py: what comes after a refusal, a settlement, a block; and copies."""

import pytest

from tests.evidence.abuse.timelines import PARTIES, call, findings, message, only

AT = "2026-03-0{}T09:00:00+08:00"


def test_the_same_text_to_two_persons_is_a_finding_without_label():
    text = "您亲属在我司的借款已逾期多日，请督促还款"

    found = findings(
        message(1, "2026-03-01T09:00:00+08:00", text, recipient="W1"),
        message(2, "2026-03-01T09:01:00+08:00", text, recipient="W2"),
    )

    (one,) = only(found, None)
    assert one.kind == "CONTACT_BLAST"
    assert one.event_ids == ("e1", "e2")


def test_contact_after_a_third_persons_refusal_is_found():
    found = findings(
        call(1, "2026-03-01T09:00:00+08:00", recipient="W1"),
        message(
            2,
            "2026-03-01T10:00:00+08:00",
            "请不要再联系我",
            direction="out_witness",
            uploaded_by="W1",
        ),
        call(3, "2026-03-02T09:00:00+08:00", who="N2", recipient="W1"),
    )

    (one,) = only(found, None)
    assert one.kind == "CONTACT_AFTER_REFUSAL"
    assert one.event_ids == ("e3",)


def test_the_debtors_own_wish_not_to_be_called_ends_nothing():
    found = findings(
        message(1, "2026-03-01T09:00:00+08:00", "别再给我打电话了", direction="out"),
        call(2, "2026-03-02T09:00:00+08:00"),
    )

    assert found == []


def test_contact_after_settlement_is_found():
    found = findings(
        message(1, "2026-03-01T09:00:00+08:00", "您的借款已结清，感谢您的信任。"),
        message(2, "2026-03-05T09:00:00+08:00", "您的借款已逾期，请尽快还款。"),
    )

    assert [(one.kind, one.event_ids) for one in found] == [("CONTACT_AFTER_REFUSAL", ("e2",))]


def test_new_numbers_after_blocking_are_found():
    found = findings(
        call(1, "2026-03-01T09:00:00+08:00"),
        {"id": "e2", "type": "block", "at": "2026-03-01T10:00:00+08:00", "counterparty": "N1"},
        call(3, "2026-03-02T09:00:00+08:00", who="N2"),
    )

    assert [(one.kind, one.event_ids) for one in found] == [("ANONYMOUS_NUMBER", ("e3",))]


def test_unknown_lines_that_name_the_same_lender_in_their_texts_are_one_lender():
    found = findings(
        message(1, "2026-03-01T09:00:00+08:00", "【某某金融】您已逾期，请尽快还款", who="X1"),
        message(2, "2026-03-01T10:00:00+08:00", "我把你拉黑了", who="X1", direction="out"),
        message(3, "2026-03-02T09:00:00+08:00", "【某某金融】您的欠款仍未还清", who="X2"),
        parties={"X1": {"role": "unknown number"}, "X2": {"role": "unknown number"}},
    )

    assert [(one.kind, one.event_ids) for one in found] == [("ANONYMOUS_NUMBER", ("e3",))]


def told(found, kind):
    return [one.event_ids for one in found if one.kind == kind and one.label is None]


def test_the_finding_names_the_refusal_that_it_stands_on():
    found = findings(
        call(1, AT.format(1), recipient="W1"),
        message(2, AT.format(2), "别再打给我", direction="out_witness", uploaded_by="W1"),
        call(3, AT.format(3), recipient="W1"),
    )

    (one,) = only(found, None)
    assert one.facts["after"] == [{"event": "e2", "what": "refusal"}]


def test_a_refusal_is_the_refusing_persons_alone():
    found = findings(
        message(1, AT.format(1), "别再打给我", direction="out_witness", uploaded_by="W1"),
        call(2, AT.format(2), recipient="W2"),
        call(3, AT.format(3)),
    )

    assert told(found, "CONTACT_AFTER_REFUSAL") == []


def test_after_the_borrowers_own_word_of_settlement_a_demand_is_found_and_called_so():
    found = findings(
        message(1, AT.format(1), "我上周已经全部结清了，这是结清证明", direction="out"),
        message(2, AT.format(2), "您的借款已逾期，请尽快还款。"),
    )

    (one,) = only(found, None)
    assert one.event_ids == ("e2",)
    assert one.facts["after"] == [{"event": "e1", "what": "claim_of_settlement"}]


@pytest.mark.parametrize(
    "text",
    ["您的结清证明已开具，可在应用内下载。", "请为本次服务打分，1非常满意。", "祝您生活愉快。"],
)
def test_after_settlement_a_certificate_a_survey_or_a_greeting_is_no_collection(text):
    found = findings(
        message(1, AT.format(1), "您的借款已结清，感谢您的信任。", who="L1"),
        message(2, AT.format(2), text, who="L1"),
        parties={"L1": {"role": "lender [某某贷]"}},
    )

    assert found == []


def test_one_instalment_paid_settles_nothing():
    found = findings(
        message(1, AT.format(1), "您本期账单已还清，感谢您的支持。"),
        message(2, "2026-04-05T09:00:00+08:00", "您的借款已逾期，请尽快还款。"),
    )

    assert found == []


def test_a_line_known_before_the_block_is_not_new():
    found = findings(
        call(1, AT.format(1)),
        call(2, AT.format(2), who="N2"),
        {"id": "e3", "type": "block", "at": AT.format(3), "counterparty": "N1"},
        call(4, AT.format(4), who="N2"),
    )

    assert found == []


def test_a_call_that_the_phone_turned_away_shows_the_block():
    found = findings(
        call(1, AT.format(1), answered=False, blocked=True),
        call(2, AT.format(2), who="N2"),
    )

    assert told(found, "ANONYMOUS_NUMBER") == [("e2",)]


def test_a_threat_to_block_is_no_block():
    found = findings(
        message(1, AT.format(1), "再打我就拉黑你", direction="out"),
        call(2, AT.format(2), who="N2"),
    )

    assert found == []


def test_the_same_bill_to_borrower_and_guarantor_reached_one_side_only():
    text = "您的借款已逾期多日，请尽快还款"

    found = findings(
        message(1, AT.format(1), text),
        message(2, AT.format(1), text, recipient="G1"),
        parties=PARTIES,
    )

    assert found == []
