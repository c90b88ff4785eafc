"""complaints/console/statements.py: what witnesses wrote, to read only; who they are, unchecked."""

from __future__ import annotations

import re

import pytest

from accounts.models import User
from evidence import cases, custody
from evidence.custody import Act, Subject
from evidence.models import Case
from tests import make
from tests.complaints import witnessed
from tests.complaints.console.conftest import Desk, read
from tests.complaints.witnessed import SAID

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


@pytest.fixture
def case(borrower: User) -> Case:
    """An opened case."""
    begun = make.case(borrower)
    cases.open_to_review(begun, by=borrower)
    return begun


def section(page: str) -> str:
    found = re.search(r'<section aria-labelledby="h-witnesses">.*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def test_the_case_shows_each_link_how_it_stands_and_how_far_its_witness_agreed(
    desk: Desk, case: Case
) -> None:
    witnessed.invited(case, "二叔")
    witnessed.answered(case)

    told = section(read(desk.get("case", case_id=case.pk)))

    assert "二叔</bdi></b> 还没有打开使用" in told
    assert "小姨</bdi></b> 已写好" in told
    assert "公安、检察、法院: 给，并写我的姓名" in told
    assert "身份未经核实" in told
    assert "<form" not in told
    assert "<button" not in told


def test_a_case_without_links_says_nothing_of_them(desk: Desk, case: Case) -> None:
    assert section(read(desk.get("case", case_id=case.pk))) == ""


def test_the_words_stand_on_the_items_page_and_the_look_is_recorded(desk: Desk, case: Case) -> None:
    link, _ = witnessed.answered(case, said=f"<b>{SAID}</b>")
    item = link.statement.item

    answer = desk.get("item", case_id=case.pk, item_id=item.pk)

    assert f"&lt;b&gt;{SAID}&lt;/b&gt;" in answer.content.decode()
    assert "系统没有核实其身份" in read(answer)
    opened = custody.log_of(Subject.ITEM, item.pk).filter(act=Act.OPENED).last()
    assert opened is not None
    assert b'"type":"reviewer"' in bytes(opened.raw)
