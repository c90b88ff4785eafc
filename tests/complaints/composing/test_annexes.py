"""Annexes that the interview and the case fill: third persons, visits, authority, operator."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from complaints.bundle import annex, annex_tables, authorisation
from complaints.bundle.content import PackageContent
from complaints.bundle.wording import Words
from complaints.composing import relations
from evidence import decisions
from tests import make
from tests.complaints.bundle.make_package import fonts
from tests.complaints.composing.composed import said
from tests.complaints.composing.test_addressed import texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

VISIT = {"on": "2026-10-02", "place": "单位门口", "what": "喊我的名字要我出来。", "present": "门卫"}
LATER = {"on": "2026-10-09", "at": "21:10", "what": "敲门。", "reported": "接警单0031"}


def words() -> Words:
    return Words("zh-CN", fonts())


def printed(blocks: Any) -> str:
    return "\n".join(texts(blocks)).replace("\u200b", "").replace("\u2060", "")


def with_aunt(borrower: User, **told: Any) -> PackageContent:
    """The messages stand on the number of an aunt, of whom the person wrote a name."""
    case = make.confirmed_case(borrower)
    number = "+8613700000001"
    named = "小姨王某某转给我看"
    decisions.name_number(case, number, role="witness", how_known=named, lender="", by=borrower)
    return said(make.complaint(case, **told))


def test_a_third_person_stands_by_alias_relation_and_masked_number(borrower: User) -> None:
    content = with_aunt(borrower)
    (row,) = content.third_persons
    told = printed(annex_tables.third_persons(content, words()))

    assert (row.alias, row.relation, row.number) == ("第三人A", "小姨", "137****0001")
    assert row.first_at is not None
    assert row.last_at is not None
    assert row.first_at <= row.last_at
    assert "王某某" not in told
    assert "13700000001" not in told
    assert "遮去中间" in told


def test_who_agreed_stands_in_the_persons_own_words(borrower: User) -> None:
    (row,) = with_aunt(borrower, third_persons_agree=True).third_persons

    assert row.relation == "小姨王某某转给我看"


@pytest.mark.parametrize(
    ("told", "printed_as"),
    [("我的前同事李某", "前同事"), ("张某某", "亲友或同事"), ("", "亲友或同事")],
)
def test_a_relation_is_one_word_of_a_closed_list(told: str, printed_as: str) -> None:
    assert relations.masked(told, agreed=False) == printed_as


@pytest.mark.parametrize(
    ("number", "shown"), [("13800001234", "138****1234"), ("95588", "****88"), ("", "****")]
)
def test_a_masked_number_cannot_be_called(number: str, shown: str) -> None:
    assert relations.masked_number(number) == shown


def test_visits_are_listed_oldest_first_with_what_was_noted(borrower: User) -> None:
    content = said(make.complaint(make.confirmed_case(borrower), visits=[LATER, VISIT]))
    told = printed(annex_tables.visits(content, words()))

    assert [visit.on.day for visit in content.visits] == [2, 9]
    for part in ("2026-10-09 21:10", "单位门口", "喊我的名字要我出来。", "门卫", "接警单0031"):
        assert part in told
    assert annex.numbered(content, words())["visits"] in told


def test_without_visits_and_agent_there_are_no_such_pages(borrower: User) -> None:
    content = said(make.complaint(make.confirmed_case(borrower), visits=[]))

    assert annex_tables.visits(content, words()) == []
    assert authorisation.page(content, words()) == []
    assert {"visits", "authorisation"}.isdisjoint(annex.numbered(content, words()))
    assert content.attachments == ("身份证复印件",)


def test_a_letter_of_authority_names_both_the_matter_and_the_powers(borrower: User) -> None:
    content = said(
        make.complaint(
            make.confirmed_case(borrower),
            agent_name="林小麦（样例）",
            agent_relation="near_relative",
            agent_powers=["hand_in", "receive_answers"],
            agent_until="2027-03-31",
        )
    )
    told = printed(authorisation.page(content, words()))

    assert content.agent is not None
    assert content.agent.standing == "近亲属"
    for part in (
        content.complainant.name,
        "林小麦（样例）",
        content.addressee,
        content.title,
        "提交材料、领取回执",
        "接收通知和答复",
        "2027年3月31日",
        "委托人（签名）",
        "受托人（签名）",
    ):
        assert part in told
    assert any("授权委托书" in paper for paper in content.attachments)


def test_the_operator_says_who_it_is_what_it_did_and_what_not(
    borrower: User, settings: Any
) -> None:
    settings.OPERATOR_NAME, settings.OPERATOR_CONTACT = "样例公益中心", "样例路1号"
    content = said(make.complaint(make.confirmed_case(borrower)))
    told = printed(annex.operator(content, words()))

    for part in ("系统运营者的说明", "样例公益中心", "样例路1号", "没有核实文件内容"):
        assert part in told
