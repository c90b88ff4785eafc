"""Papers that ask to look again at a refusal: what they say, and that two share no sentence."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import User
from complaints import preflight
from complaints.bundle.content import DocumentKind, PackageContent
from complaints.composing.acts import beijing_today
from complaints.law import never
from complaints.law.following import FOLLOW_UPS
from complaints.models import Complaint, Filing
from complaints.stages import drafting, filing
from complaints.stages.drafting import FollowUpNotOpenError
from evidence.custody import Actor
from tests import make
from tests.complaints.composing.composed import said
from tests.complaints.composing.test_addressed import (
    body,
    other_complaint,
    sentences,
    stock,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

DESKS = {
    "non_filing_review": "PSB_CRIM",
    "administrative_reconsideration": "PSB_STATION",
    "prosecutor_supervision": "PSB_CRIM",
}
ASKED = {
    "non_filing_review": ["revoke_non_filing"],
    "administrative_reconsideration": ["revoke_the_act"],
    "prosecutor_supervision": ["ask_for_the_reasons", "notify_to_file"],
}


def refused(
    complaint: Complaint, agency: str, *, ago: int = 2, number: str = "虚构公不立〔2026〕8号"
) -> Filing:
    """The complaint was handed in there and not taken on, so many days ago."""
    day, now = beijing_today() - timedelta(days=ago), complaint.created_at
    row = filing.record_filing(
        complaint,
        agency=agency,
        filed_on=day - timedelta(days=5),
        reference="回执0077",
        actor=Actor.of(complaint.case.borrower),
        at=now,
    )
    filing.record_outcome(row, outcome="refused", on=day, at=now, reference=number)
    return row


def follow_up(row: Filing, document: str, **told: Any) -> Complaint:
    actor = Actor.of(row.complaint.case.borrower)
    begun = drafting.begin_follow_up(row, document, today=beijing_today(), actor=actor)
    asked = {"requests": ASKED[document], "review_reasons": "我交的录音没有人听过。", **told}
    return drafting.answer(begun, {"addressee_name": "样例市样例区机关", **asked}, actor=actor)


def written(borrower: User, document: str, **told: Any) -> PackageContent:
    mine = make.complaint(make.confirmed_case(borrower))
    return said(follow_up(refused(mine, DESKS[document]), document, **told))


@pytest.mark.parametrize(
    ("document", "kind", "title", "law"),
    [
        (
            "non_filing_review",
            DocumentKind.NON_FILING_REVIEW,
            "不予立案复议申请书",
            "第一百七十九条",
        ),
        (
            "administrative_reconsideration",
            DocumentKind.ADMINISTRATIVE_RECONSIDERATION,
            "行政复议申请书",
            "第二十条",
        ),
        (
            "prosecutor_supervision",
            DocumentKind.FILING_SUPERVISION,
            "立案监督申请书",
            "第一百一十三条",
        ),
    ],
)
def test_it_names_the_refusal_the_reasons_and_the_law_that_lets_one_ask(
    borrower: User, document: str, kind: DocumentKind, title: str, law: str
) -> None:
    content = written(borrower, document, new_evidence="十一月二十日又收到三条短信。")
    told = body(content)

    assert (content.document, content.title) == (kind, title)
    assert content.appeal is not None
    assert law in content.appeal.basis
    assert content.appeal.quote
    joined = "".join(told).replace("\u200b", "")
    for part in ("虚构公不立〔2026〕8号", "我交的录音没有人听过。", "十一月二十日又收到三条短信。"):
        assert part in joined
    order = ["请求事项", "请求重新审查的决定", "申请理由", "新的证据", "申请依据", "事实经过"]
    assert sorted(order, key=told.index) == order
    assert [found for text in told for found in never.breaches(text)] == []


def test_the_last_day_is_counted_from_the_day_the_notice_came(borrower: User) -> None:
    content = written(borrower, "non_filing_review", notice_on="2026-11-20")

    assert content.appeal is not None
    told = {row.label: row.value for row in content.appeal.decision}
    assert told["收到（知道）日期"] == "2026年11月20日"
    assert told["申请期限最后一日"] == "2026年11月27日"


def test_what_the_person_said_before_and_the_filing_itself_are_carried_over(
    borrower: User,
) -> None:
    mine = make.complaint(make.confirmed_case(borrower))
    row = refused(mine, "PSB_STATION")
    begun = follow_up(row, "administrative_reconsideration")

    assert begun.answers["name"] == mine.answers["name"]
    assert begun.answers["notice_authority"] == mine.answers["addressee_name"]
    last = begun.answers["earlier_steps"][-1]
    assert last["on"] == row.filed_on.isoformat()
    assert (last["reference"], last["result"]) == ("回执0077", "没有受理")
    assert said(begun).respondents[0].name == mine.answers["addressee_name"]


def test_receipt_and_notice_go_along_as_exhibits(borrower: User) -> None:
    mine = make.complaint(make.confirmed_case(borrower))
    row = refused(mine, "PSB_CRIM")
    notice = make.item(mine.case, b"a photo of the notice")
    filing.record_outcome(
        row,
        outcome="refused",
        on=beijing_today() - timedelta(days=3),
        at=mine.created_at,
        receipt=notice,
    )

    begun = follow_up(row, "non_filing_review")

    assert begun.exhibits.get(item=notice).code == "E-1"


@pytest.mark.parametrize("document", sorted(FOLLOW_UPS))
def test_what_was_not_refused_has_no_follow_up(borrower: User, document: str) -> None:
    mine = make.complaint(make.confirmed_case(borrower))
    row = filing.record_filing(
        mine, filed_on=date(2026, 11, 1), actor=Actor.of(borrower), at=mine.created_at
    )

    with pytest.raises(FollowUpNotOpenError):
        follow_up(row, document)


def test_after_seven_days_only_supervision_is_left(borrower: User) -> None:
    row = refused(make.complaint(make.confirmed_case(borrower)), "PSB_CRIM", ago=8)

    with pytest.raises(FollowUpNotOpenError):
        follow_up(row, "non_filing_review")
    assert follow_up(row, "prosecutor_supervision").agency == "PROC"


def test_without_reasons_it_is_held_back_and_without_the_notice_warned(borrower: User) -> None:
    row = refused(make.complaint(make.confirmed_case(borrower)), "PSB_CRIM", number="")
    begun = follow_up(row, "non_filing_review", review_reasons="")

    found = {one.code: one.is_blocking for one in preflight.preflight(begun)}
    assert found["review_reasons_missing"]
    assert not found["notice_missing"]
    assert "document_not_written_here" not in found
    assert "repeat_with_nothing_new" not in found


@pytest.mark.parametrize("document", sorted(FOLLOW_UPS))
def test_two_cases_share_headings_formulas_and_law_only(borrower: User, document: str) -> None:
    one = written(borrower, document, new_evidence="单位门口的监控拍到了来人。")
    theirs = refused(
        other_complaint(borrower, "PSB_STATION"),
        DESKS[document],
        ago=1,
        number="虚构二〔2026〕31号",
    )
    two = said(follow_up(theirs, document, review_reasons="通知书没有提到我父亲接到的电话。"))

    assert len(sentences(one) - sentences(two)) >= 5
    assert not stock(one, two)
