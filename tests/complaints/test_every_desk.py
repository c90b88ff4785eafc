"""Every agency of the data gets a paper, a text or the way there from us. None is empty."""

from __future__ import annotations

import csv
import io

import pytest

from accounts.models import User
from complaints import preflight
from complaints.bundle import outline
from complaints.bundle.wording import Words
from complaints.composing import short
from complaints.law import agencies, never, routing
from complaints.stages import drafting
from evidence import decisions
from evidence.custody import Actor
from evidence.models import Tag
from evidence.models.cases import Case
from tests import make
from tests.complaints.bundle.make_package import fonts
from tests.complaints.composing.composed import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

ALL = agencies.agencies()
BY_DEPTH = {
    depth: [a for a in ALL if ALL[a].depth == depth] for depth in ("full", "short", "pointer")
}
# One act of the kinds for which a desk of one matter is named.
CORRECTED = {
    "JUSTICE": "IMPERSONATE_LAWYER",
    "PLATFORM": "PRIVACY_DISCLOSURE",
    "PBOC": "FALSE_CREDIT_THREAT",
}
THREAT_ALONE = "再不还钱，就让你全家都不得安宁，小心你孩子上学的路"
SAID = {"name": "林小禾（样例）", "phone": "100 0000 0001", "repayment_wish": "分十二个月还清"}


def case_for(borrower: User, agency: str) -> Case:
    """A confirmed case with one act that this desk looks into."""
    case = make.confirmed_case(borrower)
    if kind := CORRECTED.get(agency):
        tag = Tag.objects.filter(item__case=case).first()
        assert tag is not None
        decisions.decide(tag, decision="corrected", kind=kind, by=borrower)
    make.complaint(case, "LENDER", **SAID)
    return case


def test_only_a_call_and_the_courts_own_forms_are_left_to_the_person():
    assert BY_DEPTH["pointer"] == ["PSB_110", "COURT"]
    assert sum(map(len, BY_DEPTH.values())) == len(ALL) == 18


@pytest.mark.parametrize("agency", BY_DEPTH["full"])
def test_a_whole_paper_has_title_request_facts_and_evidence(borrower: User, agency: str) -> None:
    case = make.confirmed_case(borrower)
    begun = drafting.begin(case, agency_id=agency, lender_type="bank", actor=Actor.of(borrower))

    content = said(begun)

    assert content.title
    blocks = outline.body(content, Words("zh-CN", fonts()))
    heads = [block["text"] for block in blocks if block["kind"] == "heading"]
    assert {"事实经过", "证据"} <= set(heads)
    assert content.facts
    codes = {one.code for one in preflight.preflight(begun)}
    assert "document_not_written_here" not in codes


@pytest.mark.parametrize("agency", BY_DEPTH["short"])
def test_a_text_to_paste_tells_an_act_and_breaks_no_rule(borrower: User, agency: str) -> None:
    case = case_for(borrower, agency)

    told = short.paste(case, agency)

    assert "原话：“" in told
    assert "（证据B-1）" in told
    assert never.breaches(told) == []
    rows = list(csv.reader(io.StringIO(short.table(case, agency))))
    assert len(rows) > 1


@pytest.mark.parametrize("agency", BY_DEPTH["pointer"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_pointer_says_where_and_what_to_take(agency: str, language: str) -> None:
    found = agencies.pointer(agency, language)

    assert all((*found.where, *found.take))
    assert found.where
    assert found.take


@pytest.mark.parametrize("agency", sorted(CORRECTED))
def test_a_desk_of_one_matter_reads_nothing_else(borrower: User, agency: str) -> None:
    case = case_for(borrower, agency)
    acts = short.dated(case, agency)

    assert {act.kind for act in acts} == {CORRECTED[agency]}
    assert {act.kind for act in acts} <= routing.kinds_of(agency)
    other = make.case(borrower)
    make.item(other, make.sms_export(THREAT_ALONE), kind="message_export")
    make.go_the_road()
    make.confirm_all(other)
    assert short.dated(other, agency) == []
    blocking = {one.code for one in preflight.of_short(other, agency) if one.is_blocking}
    assert "no_dated_act" in blocking


@pytest.mark.parametrize(
    ("agency", "words"),
    [
        ("SAMR", ("林小禾（样例），电话：100 0000 0001", "依法核查")),
        ("JUSTICE", ("律师执业资格", "执业证号、律师事务所：（请填写）")),
        ("PLATFORM", ("网址或者位置：（请逐条填写）", "断开链接")),
        ("PBOC", ("信用报告编号和有争议的条目：（请填写）", "机构此前的答复：（请填写）")),
        ("MEDIATE", ("本人的打算：分十二个月还清",)),
    ],
)
def test_what_a_form_asks_for_beside_the_facts_stands_first(
    borrower: User, agency: str, words: tuple[str, ...]
) -> None:
    told = short.paste(case_for(borrower, agency), agency)

    head = told.split("被反映机构")[0]
    assert all(each in head for each in words)


def test_the_market_regulator_s_reasons_are_checked_like_everybody_s(borrower: User) -> None:
    case = make.confirmed_case(borrower)
    make.complaint(case, "LENDER", lender_place="", in_court=True)

    found = {one.code: one for one in preflight.of_short(case, "SAMR")}

    assert found["wrong_remit"].is_blocking  # a microloan company is not its duty
    assert found["lender_place_missing"].is_blocking
    assert "already_in_court" in found
