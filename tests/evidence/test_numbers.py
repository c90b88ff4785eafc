"""evidence/numbers.py: the numbers of a case, by the texts and by the person, side by side."""

from __future__ import annotations

import pytest

from evidence import decisions
from evidence.abuse.linking import By, Ground, How
from evidence.models import NumberRole, Record, Tag
from evidence.numbers import numbers_of, sentence, third_persons, ties_of
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

ONE, TWO, THREE = "+8613700000001", "+8613700000002", "+8613700000003"
SIGNED = "【恒易贷】您的借款已逾期3天，请尽快处理"
PAY = "今天之内到 http://pay.hengyi.example.com.cn/h5 还清"


def export(*texts):
    rows = "".join(
        f'<sms protocol="0" address="{line}" date="{1772377200000 + at * 60_000}" type="1" '
        f'subject="null" body="{body}" read="1" status="-1" contact_name="(Unknown)" />'
        for at, (line, body) in enumerate(texts)
    )
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><smses count='{len(texts)}'>{rows}</smses>".encode()
    )


@pytest.fixture
def told(case):
    texts = export((ONE, SIGNED), (ONE, PAY), (TWO, PAY), (THREE, "在吗"))
    make.chosen(make.item(case, texts, kind="message_export"))
    return case


def by_number(case):
    return {one.number: one for one in numbers_of(case, "zh-CN")}


def say(case, number, **said):
    values = {"role": "collector", "how_known": "", "lender": "", **said}
    return decisions.name_number(case, number, **values, by=case.borrower)


def test_the_texts_tie_a_number_and_name_their_records(told):
    numbers = by_number(told)

    assert (numbers[ONE].tied_to, numbers[ONE].tied_by) == ("恒易贷", By.OWN_WORDS)
    assert (numbers[TWO].tied_to, numbers[TWO].tied_by) == ("恒易贷", By.SHARED)
    assert (numbers[THREE].tied_to, numbers[THREE].grounds) == ("", ())
    [ground] = numbers[TWO].grounds
    assert ground.sentence == (
        "短信里的链接 example.com.cn 也出现在 13700000001 的短信里（该号码：恒易贷）"
    )
    of = Record.objects.filter(pk__in=ground.records)
    assert {record.peer_number for record in of} == {ONE, TWO}


def test_evidence_never_overwrites_the_person(told):
    row = say(told, ONE, lender="某桥分期", how_known="上月还款时见过")
    make.go_the_road()

    number = by_number(told)[ONE]

    assert (number.lender, number.tied_to, number.tied_by) == ("某桥分期", "某桥分期", By.PERSON)
    assert (number.how_known, number.said_at) == ("上月还款时见过", row.created_at)
    assert number.conflicts == ("恒易贷",)
    assert number.grounds[0].how == How.SIGNATURE


def test_each_word_of_the_person_stays_with_its_time(told):
    say(told, ONE, lender="某桥分期")
    say(told, ONE, lender="恒易贷")

    rows = NumberRole.objects.filter(number=ONE).order_by("created_at")
    assert list(rows.values_list("lender", flat=True)) == ["某桥分期", "恒易贷"]
    assert by_number(told)[ONE].conflicts == ()


@pytest.mark.parametrize("role", ["witness", "not_collection"])
def test_a_number_that_the_person_set_apart_has_no_grounds(told, role):
    say(told, TWO, role=role, how_known="小姨")

    assert by_number(told)[TWO].grounds == ()
    assert TWO not in ties_of(told)


def test_the_persons_own_words_tie_nobody(case):
    texts = export((ONE, SIGNED)).replace(b'type="1"', b'type="2"')
    make.item(case, texts, kind="message_export")
    make.go_the_road()

    assert by_number(case)[ONE].grounds == ()


def test_a_call_back_reads_from_either_side():
    ground = Ground(How.CALL_BACK, "恒易贷", TWO, ("r",), (ONE,))

    assert sentence(ground, TWO, "zh-CN") == "13700000001 的短信请人回拨这个号码（该号码：恒易贷）"
    own = Ground(How.CALL_BACK, "", TWO, ("r",), (TWO,))
    assert sentence(own, ONE, "en") == "Its texts ask to call 13700000002 back"


def test_many_other_numbers_are_counted_not_listed():
    others = tuple(f"+861370000000{end}" for end in range(2, 8))
    said = sentence(Ground(How.WORDING, "", "97", ("r",), others), ONE, "zh-CN")

    assert "13700000002、13700000003、13700000004 等 6 个号码" in said
    assert "13700000005" not in said


def test_third_persons_are_counted_by_alias_and_never_named(told):
    threat = "转告他，再不还钱就上门砍死他全家"
    make.chosen(make.item(told, export((TWO, threat), (TWO, threat + "！"), (THREE, threat)),
                          kind="message_export"))  # fmt: skip
    assert third_persons(told, "zh-CN") == {}  # nobody said that these are relatives
    say(told, TWO, role="witness", how_known="小姨王某")
    say(told, THREE, role="witness", how_known="同事")
    make.go_the_road()

    assert third_persons(told, "zh-CN") == {"（第三人A）": 2, "（第三人B）": 1}
    assert list(third_persons(told, "en")) == ["（Third person A）", "（Third person B）"]


def test_what_a_person_rejected_reached_nobody(told):
    make.chosen(make.item(told, export((THREE, "再不还钱就上门砍死你全家")), kind="message_export"))
    say(told, THREE, role="witness")
    make.go_the_road()
    assert third_persons(told, "zh-CN") == {"（第三人A）": 1}

    for tag in Tag.objects.filter(record__peer_number=THREE):
        decisions.decide(tag, decision="rejected", by=told.borrower)

    assert third_persons(told, "zh-CN") == {}
