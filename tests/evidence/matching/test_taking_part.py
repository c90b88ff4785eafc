"""evidence/collectors.py: what of a case takes part, and what never does."""

from __future__ import annotations

import pytest

from evidence import collectors, decisions
from evidence.models import Tag, TagDecision, TimeStampToken
from tests import make
from tests.guard import lift

from . import people
from .people import NUMBER, OTHER, THREAT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault", "switched_on")]

PAY = "今天不还就让你全家不得安宁，打到账户 62220212345678901 或 http://pay.mmdai.example/h5 还清"
OWN = "再不还钱就弄死你，你的卡号 62220212345678901 马上冻结"


def taking_part(case):
    return people.values(collectors.confirmed(case))


def met(words=THREAT, number=NUMBER, **said):
    return people.met(make.user(), number, words=words, **said)


def named(case, number, role):
    decisions.name_number(case, number, role=role, how_known="", lender="", by=case.borrower)


def test_a_number_whose_threat_was_confirmed_takes_part():
    assert taking_part(people.confirmed(make.user(), NUMBER)) == [NUMBER]
    assert taking_part(met()) == [NUMBER]


def test_what_is_only_suggested_takes_no_part(borrower):
    case = make.case(borrower)
    people.bring(case, (NUMBER, THREAT))

    assert Tag.objects.filter(item__case=case).exists()
    assert taking_part(case) == []


def test_what_was_confirmed_and_then_rejected_takes_no_part():
    case = met()
    for tag in Tag.objects.filter(item__case=case):
        decisions.decide(tag, decision=TagDecision.Decision.REJECTED, by=case.borrower)

    assert taking_part(case) == []


def test_what_staff_confirmed_is_not_the_person_s_word(borrower, reviewer):
    case = make.case(borrower)
    people.bring(case, (NUMBER, THREAT))
    tags = Tag.objects.filter(item__case=case)
    decisions.decide_all([(tag, "confirmed") for tag in tags], by=reviewer)

    assert taking_part(case) == []


def test_an_item_that_is_not_sealed_takes_no_part():
    case = met()
    lift()  # nobody takes a token away; an item may wait for its first
    TimeStampToken.objects.all()._raw_delete("default")

    assert taking_part(case) == []


@pytest.mark.parametrize("role", ["witness", "not_collection"])
def test_a_number_that_the_person_set_apart_takes_no_part(role):
    case = met()
    named(case, NUMBER, role)

    assert taking_part(case) == []


@pytest.mark.parametrize(
    "number", ["95588", "10086", "1069012345678", "12368", "+864008001234", "+868001234567"]
)
def test_short_service_and_company_lines_take_no_part_whatever_is_said(number):
    case = met(number=number)
    named(case, number, "collector")

    assert taking_part(case) == []


@pytest.mark.parametrize("number", ["+861062345678", "+85223456789"])
def test_a_landline_or_foreign_number_takes_part_by_the_person_s_word_only(number):
    case = met(number=number)
    assert taking_part(case) == []

    named(case, number, "collector")
    assert taking_part(case) == [number]


@pytest.mark.parametrize(
    "words",
    [
        "您的快递已到驿站，取件码 1-2-3",
        "【招商银行】您尾号1234的信用卡账单已出，请按时还款",
        "【人民法院】您的案件已立案，请登录12368查询",
    ],
)
def test_a_courier_a_bank_and_a_court_take_no_part_even_when_tagged_by_hand(words):
    case = met(words=words, number=OTHER)

    assert Tag.objects.filter(item__case=case, proposed_by="person").exists()
    assert taking_part(case) == []


def test_what_the_person_wrote_themselves_takes_no_part():
    assert taking_part(met(direction="out")) == []


def test_where_to_pay_takes_part_and_the_person_s_own_card_does_not():
    assert taking_part(met(words=PAY)) == [NUMBER, "62220212345678901", "mmdai.example"]
    assert taking_part(met(words=OWN)) == [NUMBER]


@pytest.mark.parametrize(
    "link", ["http://www.icbc.com.cn/pay", "https://m.10086.cn/x", "http://www.court.gov.cn/a"]
)
def test_pages_of_banks_operators_and_courts_take_no_part(link):
    case = met(words=f"再不还钱就让你全家不得安宁，马上到 {link} 还清")

    assert taking_part(case) == [NUMBER]


def test_an_account_that_is_a_relative_s_number_takes_no_part():
    case = met(words="再不还钱就让你全家不得安宁，今天打到支付宝 13700000002")
    assert taking_part(case) == [NUMBER, "13700000002"]

    named(case, OTHER, "witness")
    assert taking_part(case) == [NUMBER]


@pytest.mark.parametrize("origin", ["witness", "redaction"])
def test_what_a_witness_brought_and_what_we_made_take_no_part(origin):
    assert taking_part(met(origin=origin)) == []


def test_words_that_a_person_heard_in_a_call_take_part_and_their_own_do_not(borrower):
    case = make.case(borrower)
    item = make.recorded_call(case)
    line = make.draft(item, THREAT)[0]
    heard = make.heard(line, borrower)
    make.go_the_road()
    make.confirm_all(case)
    assert Tag.objects.filter(item=item, heard=heard).exists()
    assert taking_part(case) == [NUMBER]

    make.heard(line, borrower, speaker="self")
    make.go_the_road()
    assert taking_part(case) == []
