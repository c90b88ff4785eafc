"""complaints/law/lender.py: the legal name, and the app's name that is taken for it."""

import pytest

from complaints.law.errors import UnknownLenderTypeError
from complaints.law.lender import check_name, lender_types, name_checklist, suggest_type


def codes(name, lender_type):
    return [warning.code for warning in check_name(name, lender_type)]


@pytest.mark.parametrize("name", ["样例快借", "SampleLoan APP", "样例花呗呗", "样例分期"])
def test_a_name_without_a_legal_form_looks_like_an_app(name):
    assert codes(name, "consumer_finance_company") == ["law_lender_name_looks_like_app"]


@pytest.mark.parametrize(
    ("name", "lender_type"),
    [
        ("样例市样例消费金融有限公司", "consumer_finance_company"),
        ("样例银行股份有限公司信用卡中心", "bank_credit_card"),
        ("样例 小额贷款 有限公司", "microloan_company"),
        ("样例消费金融股份有限公司", "loan_facilitation_of_licensed"),
        ("样例科技有限公司", "unlicensed_platform"),
        ("样例县农村信用社", "bank"),
    ],
)
def test_a_registered_name_of_the_right_type_gives_no_warning(name, lender_type):
    assert codes(name, lender_type) == []


def test_a_name_that_speaks_of_another_type_says_which():
    warnings = check_name("样例小额贷款有限公司", "bank")

    assert [(each.code, each.suggests) for each in warnings] == [
        ("law_lender_type_contradicts_name", "microloan_company")
    ]


def test_a_bank_in_the_name_of_a_consumer_finance_company_is_not_a_bank():
    assert suggest_type("样例银行消费金融有限公司") == "consumer_finance_company"


def test_an_empty_name_is_missing():
    assert codes("　 ", "bank") == ["law_lender_name_missing"]


def test_a_person_who_lends_needs_no_legal_form():
    assert codes("样某某", "private_lender") == []


def test_an_unknown_type_is_refused():
    with pytest.raises(UnknownLenderTypeError):
        check_name("样例银行", "shop")


def test_the_checklist_and_the_types_stand_in_both_languages():
    assert len(name_checklist()) == len(name_checklist("en")) == 8
    assert len(lender_types()) == 13
    assert all(each.zh and each.en for each in lender_types().values())
