"""complaints/composing/tied.py: the column "how do you know" of the numbers table."""

from __future__ import annotations

import pytest

from complaints.composing import statistics, tied
from complaints.composing.acts import confirmed_acts
from complaints.models import Exhibit
from complaints.preflight import preflight
from evidence import decisions
from evidence.models import Record, Tag
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

NUMBER = "+8613700000001"
SIGNED = "【恒易贷】您的借款已逾期3天，今天不还就通知你全家和单位"
THREAT = "再不还钱，就让你全家都不得安宁"


@pytest.fixture
def complaint(borrower):
    case = make.case(borrower)
    make.item(case, make.sms_export(SIGNED, THREAT), kind="message_export")
    make.go_the_road()
    tags = Tag.objects.filter(item__case=case)
    assert tags
    decisions.decide_all([(tag, "confirmed") for tag in tags], by=borrower)
    return make.complaint(case)


def table(complaint):
    rows = list(complaint.exhibits.all())
    codes = {row.item_id: row.code for row in rows}
    counted = statistics.count(complaint.case, confirmed_acts(complaint), codes)
    ties = tied.ties(complaint, rows, counted.numbers)
    return {row.number: row.tie for row in statistics.numbers(counted, ties)}


def test_the_texts_fill_the_column(complaint):
    assert table(complaint) == {"13700000001": "材料显示：短信署名“恒易贷”"}


def test_the_persons_words_come_first_and_a_conflict_is_said(complaint):
    decisions.name_number(
        complaint.case, NUMBER, role="collector", how_known="客服说是外包", lender="某桥分期",
        by=complaint.case.borrower,
    )  # fmt: skip

    assert table(complaint)["13700000001"] == (
        "本人说明：客服说是外包；材料显示：短信署名“恒易贷”；材料里还出现另外的名称：恒易贷"
    )


def test_a_message_that_the_package_withholds_ties_nothing(complaint):
    shown = Record.objects.get(text=THREAT)
    complaint.exhibits.update(form=Exhibit.Form.RECORDS, record_ids=[str(shown.pk)])

    assert table(complaint) == {"13700000001": ""}


def test_a_number_that_its_own_texts_tie_is_not_loose(complaint):
    assert "number_not_tied" not in {bounce.code for bounce in preflight(complaint)}


def test_two_names_for_one_number_are_said_before_the_desk_asks(complaint):
    def differ():
        return "number_names_differ" in {bounce.code for bounce in preflight(complaint)}

    assert not differ()
    said = {"role": "collector", "how_known": "客服说的", "by": complaint.case.borrower}
    decisions.name_number(complaint.case, NUMBER, lender="某桥分期", **said)
    assert differ()
    decisions.name_number(complaint.case, NUMBER, lender="恒易贷", **said)
    assert not differ()
