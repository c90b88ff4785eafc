"""The papers to the lender and to its local administration: what they ask, in whose words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.conf import settings

from accounts.models import User
from complaints.bundle import language, outline
from complaints.bundle.content import PackageContent
from complaints.bundle.wording import Words
from complaints.law import never
from complaints.models import Complaint
from complaints.stages import drafting
from evidence import decisions
from evidence.custody import Actor
from evidence.models import EvidenceItem, Tag
from tests import make
from tests.complaints.bundle.make_package import fonts
from tests.complaints.composing.composed import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

OTHER_CASE: dict[str, Any] = {
    "name": "周某甲（样例）",
    "lender_legal_name": "虚构汇通小额贷款有限公司",
    "lender_app_name": "虚构易借",
    "lender_place": "虚构省虚构市",
    "lender_credit_code": "91000000虚构00002Y",
    "incident_place": "虚构市虚构区",
    "agent_name": "",  # acts for themselves
    "contract_number": "虚构-2024-7788",
    "borrowed_on": "2024-05-06",
    "contract_amount": "9000.00",
    "received_amount": "8100.00",
    "claimed_amount": "11300.00",
    "overdue_since": "2025-01-20",
    "background": "孩子住院急用钱才借，出院后我主动打过客服电话。",
    "asked_to_stop_on": "2026-02-11",
    "asked_to_stop_how": "在线客服留言",
    "harm": [{"text": "父亲血压升高去了医院。", "on": "2026-03-02"}],
    "earlier_steps": [{"on": "2026-02-20", "to_whom": "虚构区派出所", "reference": "虚构0009"}],
}
OTHER_WORDS = (
    "明天上午不还钱就去你村里贴你的照片，让你抬不起头",
    "你爸妈的电话我都有，今晚挨个打过去",
)


def other_complaint(borrower: User, agency: str) -> Complaint:
    """A second case that has nothing in common with the first but the law."""
    into = make.case(borrower)
    export = make.sms_export(*OTHER_WORDS).replace(b"13700000001", b"13700000002")
    later = export.replace(b'date="17723', b'date="17749')  # a month after those of the first case
    make.item(into, later, kind=EvidenceItem.Kind.MESSAGE_EXPORT)
    make.go_the_road()
    tags = Tag.objects.filter(item__case=into)
    decisions.decide_all([(tag, "confirmed") for tag in tags], by=borrower)
    addressee = {
        "LENDER": "虚构汇通小额贷款有限公司客户服务部",
        "LOCAL_FIN": "虚构省地方金融管理局",
        "CAC": "虚构市互联网信息办公室",
        "PSB_STATION": "虚构市公安局虚构分局",
    }
    told = {**OTHER_CASE, "addressee_name": addressee[agency]}
    if agency == "LOCAL_FIN":
        told["report_summary"] = "催收人员扬言张贴照片"
    else:
        del told["lender_credit_code"]
    if agency == "LENDER":
        told["agent_name"] = "另一位代办人（虚构）"
    if agency == "CAC":
        told |= {
            "report_summary": "贷款软件把联系人交给外人",
            "app_operator": "虚构云借网络有限公司",
            "app_version": "9.0",
            "info_kinds": ["photos", "call_log"],
            "info_items": 35,
            "info_obtained": "default_tick",
            "info_discovered_on": "2026-03-30",
            "info_use": "母亲接到电话，对方报出了我相册里的照片内容。",
        }
    return make.complaint(into, agency, **told)


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in ("kind", "path"):
                yield from texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from texts(inner)


def body(content: PackageContent) -> list[str]:
    return list(texts(outline.body(content, Words("zh-CN", fonts()))))


def sentences(content: PackageContent) -> set[str]:
    """Whole sentences of the body: ten characters and more, without breaks for the line."""
    found = set()
    for text in body(content):
        plain = re.sub("[\u200b\u2060]|（见证据[^）]*）", "", text)
        found |= {part.strip() for part in re.split(r"[。；\n]", plain)}
    return {sentence for sentence in found if len(sentence) >= 10}


@cache
def formulas() -> re.Pattern[str]:
    """Every sentence of the catalogue; what is filled in is short: a count, a letter, a label."""
    draft = (settings.BASE_DIR / "locale/zh-CN/draft.ftl").read_text("utf-8")
    said = [*language.messages("zh-CN").values(), *re.findall(r"(?m)^[\w-]+ = (.+)$", draft)]
    lines = {part.strip() for line in said for part in re.split("[。；]", line)}
    parts = [re.split(r"\{[^}]*\}", line) for line in lines]
    shapes = {".{0,16}".join(map(re.escape, each)) for each in parts if len("".join(each)) >= 6}
    return re.compile("|".join(sorted(shapes)))


def stock(one: PackageContent, two: PackageContent) -> list[str]:
    """Sentences that two papers share and that are no heading, formula, law, label or request."""
    law = " ".join(f"{row.provision} {row.wording} {row.quote}" for row in one.citations)
    law += " ".join(f"{limit.limit} {limit.rule}" for limit in one.limits)
    if one.appeal is not None:
        law += f"依据{one.appeal.basis}提出申请 {one.appeal.quote}"
    asked = {request.rstrip("。") for request in one.requests}  # ticked from one list
    known = [text for figure in one.figures for text in (figure.label, figure.method)]
    known += [text for each in one.pictures for text in (each.caption, each.alt)]
    known += [one.statistics_note, one.citations_note, law]
    known += ["、".join(fact.kinds) for fact in one.facts]
    known += [row.act for row in one.citations]
    return [
        sentence
        for sentence in sentences(one) & sentences(two) - asked
        if not any(sentence in text for text in known) and not formulas().fullmatch(sentence)
    ]


@pytest.mark.parametrize(
    ("agency", "letter"),
    [
        ("LENDER", "complaint"),
        ("LENDER", "stop_notice"),
        ("LENDER", "stop_notice_third"),
        ("LOCAL_FIN", ""),
        ("CAC", ""),
    ],
)
def test_two_cases_share_headings_formulas_and_law_only(
    borrower: User, agency: str, letter: str
) -> None:
    mine = make.complaint(make.confirmed_case(borrower), agency)
    theirs = other_complaint(borrower, agency)
    if letter:
        actor = Actor.of(borrower)
        mine, theirs = (drafting.answer(c, {"letter": letter}, actor=actor) for c in (mine, theirs))
    one, two = said(mine), said(theirs)
    assert len(sentences(one) - sentences(two)) >= 5
    assert not stock(one, two)


@pytest.mark.parametrize("agency", ["LENDER", "LOCAL_FIN", "CAC"])
def test_the_body_holds_time_number_whom_words_and_exhibit_of_an_act(
    borrower: User, agency: str
) -> None:
    content = said(make.complaint(make.confirmed_case(borrower), agency))
    told = "\n".join(body(content)).replace("\u200b", "").replace("\u2060", "")

    for fact in content.facts:
        for part in (
            Words("zh-CN", fonts()).time(fact.at, fact.at_precision),
            fact.number,
            fact.words,
            fact.exhibit,
        ):
            assert part in told
    assert "本人" in told


@pytest.mark.parametrize("agency", ["LENDER", "LOCAL_FIN", "CAC"])
def test_no_line_of_ours_says_what_is_never_said(borrower: User, agency: str) -> None:
    content = said(make.complaint(make.confirmed_case(borrower), agency))

    assert [found for text in body(content) for found in never.breaches(text)] == []


def test_to_the_lender_stands_what_was_done_and_what_is_asked_of_it(borrower: User) -> None:
    content = said(make.complaint(make.confirmed_case(borrower), "LENDER"))
    told = body(content)

    assert re.match("债务催收—.*威胁恐吓", content.matter)
    assert "停止联系我以外的人" in content.requests
    assert "协商还款方案" in content.requests
    assert told.index("投诉类别") < told.index("事实经过") < told.index("民事诉求")
    assert "投诉编号" in told
    assert not any("捺印" in line for line in told)


@pytest.mark.parametrize(("lender", "limits"), [("bank", 1), ("microloan_company", 0)])
def test_a_bank_answers_within_its_rule_and_a_microloan_company_is_bound_by_none(
    borrower: User, lender: str, limits: int
) -> None:
    complaint = make.complaint(make.confirmed_case(borrower), "LENDER", lender_type=lender)
    found = said(complaint).limits

    assert len(found) == limits
    for limit in found:
        assert all(days in limit.limit for days in ("15日", "30日"))
        assert "银行业保险业消费投诉处理管理办法" in limit.rule
        assert "条号未见" not in limit.rule  # an article that was not read is not printed


def test_the_local_administration_reads_where_the_company_is_registered(borrower: User) -> None:
    content = said(make.complaint(make.confirmed_case(borrower), "LOCAL_FIN"))

    lender = content.respondents[0]
    assert lender.address == "样例省样例市"
    assert lender.further == "统一社会信用代码 91000000样例00001X"
    assert "《小额贷款公司监督管理暂行办法》" in " ".join(
        row.provision for row in content.citations
    )
    assert [limit.limit for limit in content.limits] == ["15日", "60日，可延30日"]
    assert content.act_groups


def notice(complaint: Complaint, **told: Any) -> PackageContent:
    """What the paper to the lender says once the person chose the notice."""
    by = Actor.of(complaint.case.borrower)
    return said(drafting.answer(complaint, {"letter": "stop_notice", **told}, actor=by))


def test_a_notice_says_what_is_asked_from_now_on_and_how_it_was_delivered(borrower: User) -> None:
    complaint = make.complaint(make.confirmed_case(borrower), "LENDER", lender_type="bank")
    content = notice(complaint, sent_by="挂号信 样例XA0001")
    told = body(content)

    assert content.title == "停止违规催收告知函"
    assert told.index("事实经过") < told.index("自收到本函起的要求") < told.index("送达")
    assert "挂号信 样例XA0001" in "".join(told).replace("\u200b", "")
    assert content.limits == ()  # those are of a complaint
    assert "受理回执（交件后填写）" not in told


def test_a_notice_asks_for_a_repayment_plan_and_never_to_stop_paying(borrower: User) -> None:
    complaint = make.complaint(make.confirmed_case(borrower), "LENDER")
    asked = {"requests": ["no_third_persons"], "repayment_wish": "从十二月起分六期，每期二百元"}
    content = notice(complaint, **asked)

    assert content.requests == (
        "停止联系我以外的人",
        "协商还款方案：从十二月起分六期，每期二百元",
    )
    assert any("本人愿意协商" in line for line in body(content))
    assert [found for text in body(content) for found in never.breaches(text)] == []


def test_who_owes_nothing_asks_to_be_left_alone_and_for_no_plan(borrower: User) -> None:
    complaint = make.complaint(make.confirmed_case(borrower), "LENDER", relation="relative")
    content = notice(
        complaint,
        letter="stop_notice_third",
        gave_no_guarantee=True,
        requests=["stop_contacting_me", "delete_my_number"],
    )
    told = body(content)

    assert content.requests == ("停止联系我和我的家人", "删除我的姓名和号码，并告知结果")
    assert content.loan is None
    assert "本人不是该笔借款的借款人，也没有为它提供担保。" in told
    assert told.index("与该笔债务的关系") < told.index("事实经过")
    assert not any("本人愿意协商" in line for line in told)
    assert [found for text in told for found in never.breaches(text)] == []


def test_nothing_is_said_of_a_guarantee_that_nobody_spoke_of(borrower: User) -> None:
    complaint = make.complaint(make.confirmed_case(borrower), "LENDER", relation="friend")
    content = notice(complaint, letter="stop_notice_third")

    assert content.not_debtor == "本人不是该笔借款的借款人。"


def test_a_report_says_whether_the_loan_is_before_a_court(borrower: User) -> None:
    content = said(make.complaint(make.confirmed_case(borrower), "NFRA_LOCAL", in_court=False))

    told = {row.question: row.answer for row in content.lender_conduct}
    assert told["该笔借款是否已诉讼或仲裁"] == "否"


def test_a_complaint_asks_for_a_plan_only_where_the_person_does(borrower: User) -> None:
    told = {"requests": ["give_recordings"]}
    content = said(make.complaint(make.confirmed_case(borrower), "LENDER", **told))

    assert content.requests == ("提供催收录音和联系记录",)


def test_the_police_read_no_limits_and_no_credit_code(borrower: User) -> None:
    complaint = make.complaint(make.confirmed_case(borrower))
    actor = Actor.of(borrower)

    assert said(complaint).limits == ()
    with pytest.raises(drafting.interview.AnswerError):
        drafting.answer(complaint, {"lender_credit_code": "91000000样例00001X"}, actor=actor)
