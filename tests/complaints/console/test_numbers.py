"""complaints/console/numbers.py: whose numbers, how one knows, and the statistics as pictures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from accounts.models import User
from evidence import cases, collectors, custody, decisions
from evidence.abuse.pictures import PICTURES
from evidence.custody import Act, Subject
from evidence.models import Case, CollectorMark
from tests import make
from tests.complaints.console.conftest import Desk, read
from tests.evidence.matching import people
from tests.evidence.matching.conftest import switched_on as switched_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

NUMBER = "+8613700000001"


@pytest.fixture
def signed(borrower: User) -> Case:
    """An opened case with one number that signs its texts."""
    case = make.case(borrower)
    texts = make.sms_export("【恒易贷】您的借款已逾期3天，今天不还就通知你全家")
    make.item(case, texts, kind="message_export")
    make.go_the_road()
    cases.open_to_review(case, by=borrower)
    return case


def test_the_persons_words_and_the_texts_stand_side_by_side(desk: Desk, signed: Case) -> None:
    decisions.name_number(
        signed, NUMBER, role="collector", how_known="<b>客服说的</b>", lender="某桥分期",
        by=signed.borrower,
    )  # fmt: skip

    page = read(desk.get("numbers", case_id=signed.pk))

    assert "借款人说： <bdi><b>客服说的</b></bdi>" in page  # `read` undoes the escaping
    assert "短信显示： 短信署名“恒易贷”" in page
    assert "还出现另外的名称： <bdi>恒易贷</bdi>" in page
    assert "某桥分期" in page


def test_it_says_when_nothing_is_known(desk: Desk, opened: Case) -> None:
    page = read(desk.get("numbers", case_id=opened.pk))

    assert "还不知道替哪家" in page
    assert "短信显示" not in page


def test_all_pictures_come_from_the_one_module(desk: Desk, opened: Case) -> None:
    page = read(desk.get("numbers", case_id=opened.pk))

    sources = re.findall(r'<img class="picture" src="(/api/cases/[^"]+)"', page)
    assert [source.rsplit("/", 1)[-1].removesuffix(".svg") for source in sources] == list(PICTURES)
    for source in sources:
        answer = desk.browser.get(source)
        assert answer["Content-Type"] == "image/svg+xml"
        assert "13700000001" not in answer.content.decode()


def test_the_look_is_recorded(desk: Desk, opened: Case) -> None:
    desk.get("numbers", case_id=opened.pk)

    assert custody.log_of(Subject.CASE, opened.pk).filter(act=Act.CASE_VIEWED).exists()


def test_a_case_that_is_not_open_shows_nothing(desk: Desk, borrower: User) -> None:
    assert desk.get("numbers", case_id=make.case(borrower).pk).status_code == 404


def test_it_says_that_nothing_is_compared_where_that_is_off(desk: Desk, opened: Case) -> None:
    page = read(desk.get("numbers", case_id=opened.pk))

    assert "没有开启这一项" in page


def test_it_shows_of_other_people_what_the_borrower_sees_and_no_more(
    desk: Desk, switched_on: Path
) -> None:
    case = people.several(NUMBER, 6)[0]
    people.count()
    cases.open_to_review(case, by=case.borrower)

    page = read(desk.get("numbers", case_id=case.pk))

    [seen] = collectors.standing(case).seen
    assert collectors.sentence(seen, "zh-CN") in page
    assert "至少 3 位别人" in page
    for mark in CollectorMark.objects.values_list("mark", flat=True):
        assert mark not in page
