"""complaints/law/never.py: sentences that do not leave the house, and the repeat on one day."""

from datetime import date

import pytest

from complaints.law.never import breaches, repeated


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("建议您停止还款，等待处理。", "law_never_stop_paying"),
        ("我们保证减免利息。", "law_never_promise_reduction"),
        ("该公司是黑社会。", "law_never_name_calling"),
        ("该行为违反法律，见GB/T 45251-2025。", "law_never_standard_as_law"),
        ("该传票系伪造。", "law_never_unverified_forgery"),
    ],
)
def test_it_finds_what_may_not_be_written(text, code):
    found = breaches(text)

    assert [each.code for each in found] == [code]
    assert text[found[0].start : found[0].end] == found[0].words


@pytest.mark.parametrize(
    "text",
    [
        "请求贵公司停止违规催收，并协商还款方案。",
        "可供参考的行业规范：GB/T 45251-2025。",
        "该文书的真实性无法核实，是否伪造请依法核查。",
        "2026年11月3日 22:47，号码来电称将到单位。",
    ],
)
def test_it_lets_plain_facts_pass(text):
    assert breaches(text) == []


def test_a_confirmed_forgery_may_be_named():
    assert breaches("该传票系伪造。", forgery_confirmed=True) == []


def test_one_act_goes_to_one_agency_once_a_day():
    filed = [("LENDER", date(2026, 11, 3), "act-1")]

    assert repeated(filed, agency="LENDER", on=date(2026, 11, 3), act="act-1")
    assert not repeated(filed, agency="LENDER", on=date(2026, 11, 4), act="act-1")
    assert not repeated(filed, agency="NFRA_LOCAL", on=date(2026, 11, 3), act="act-1")
    assert not repeated(filed, agency="LENDER", on=date(2026, 11, 3), act="act-2")
