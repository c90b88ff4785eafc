"""The report on personal information: which app and data, and of the acts only what concerns it."""

from __future__ import annotations

import pytest

from accounts.models import User
from complaints import preflight
from complaints.bundle import outline
from complaints.bundle.wording import Words
from complaints.law import kinds, routing
from complaints.stages import drafting
from evidence.custody import Actor
from tests import make
from tests.complaints.bundle.make_package import fonts
from tests.complaints.composing.composed import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

THREAT_ALONE = "再不还钱，就让你全家都不得安宁，小心你孩子上学的路"


def test_it_says_which_app_which_data_how_taken_and_how_used(borrower: User) -> None:
    content = said(make.complaint(make.confirmed_case(borrower), "CAC"))

    told = {row.label: row.value for row in content.information}
    assert told["App 名称和版本"].endswith("3.2.1（样例）")
    assert told["涉及的个人信息种类"] == "通讯录、单位和住址信息"
    assert told["数量"] == "约 120 条"
    assert told["发现日期"] == "2026年10月8日"
    assert content.respondents[0].role == "App 运营者"
    assert content.respondents[0].name == told["运营者"]


def test_what_is_not_answered_leaves_no_empty_row(borrower: User) -> None:
    complaint = make.complaint(make.confirmed_case(borrower), "CAC", info_items=None, info_links=[])

    assert {row.label for row in said(complaint).information}.isdisjoint({"数量", "网址"})


def test_acts_that_the_desk_does_not_look_into_are_told_nowhere(borrower: User) -> None:
    case = make.confirmed_case(borrower)
    everything = {name for fact in said(make.complaint(case)).facts for name in fact.kinds}
    content = said(make.complaint(case, "CAC"))

    theirs = {kinds.kind(code).zh for code in routing.kinds_of("CAC")}
    assert {name for fact in content.facts for name in fact.kinds} <= theirs
    assert {group.conduct for group in content.act_groups} <= theirs
    assert everything - theirs  # the police read more of the same case
    assert content.facts


def test_a_case_without_such_an_act_is_held_back(borrower: User) -> None:
    case = make.case(borrower)
    make.item(case, make.sms_export(THREAT_ALONE), kind="message_export")
    make.go_the_road()
    make.confirm_all(case)
    complaint = make.complaint(case, "CAC")

    assert "no_dated_act" in {one.code for one in preflight.preflight(complaint)}
    assert not complaint.exhibits.exists()


def test_calls_are_not_counted_there_and_the_law_is_of_personal_information(borrower: User) -> None:
    content = said(make.complaint(make.confirmed_case(borrower), "CAC"))

    assert content.figures == ()
    assert all("个人信息" in row.provision or "网络" in row.provision for row in content.citations)
    headings = [
        block["text"]
        for block in outline.body(content, Words("zh-CN", fonts()))
        if block["kind"] == "heading" and block["level"] == 1
    ]
    assert "涉及的个人信息" in headings
    assert "统计" not in headings


def test_other_papers_ask_nothing_of_the_app(borrower: User) -> None:
    complaint = make.complaint(make.confirmed_case(borrower))

    with pytest.raises(drafting.interview.AnswerError):
        drafting.answer(complaint, {"app_version": "1"}, actor=Actor.of(borrower))
    assert said(complaint).information == ()
