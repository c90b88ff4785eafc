"""complaints/stages/drafting.py: from confirmed acts to numbered exhibits and "complete"."""

from __future__ import annotations

import pytest

from accounts.models import User
from complaints.bundle.gaps import GapReason
from complaints.composing.acts import patterns_of
from complaints.composing.document import draft_sha256
from complaints.law.errors import UnknownAgencyError, UnknownLenderTypeError
from complaints.models import Complaint, Exhibit
from complaints.preflight import PreflightBlocksError
from complaints.stages import drafting
from complaints.stages.drafting import (
    ComplaintFinishedError,
    DocumentNotWrittenError,
    NothingWithheldError,
)
from evidence import custody, decisions
from evidence.custody import Act, Actor, Subject
from evidence.models import EvidenceItem, Finding, Tag
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


def test_an_export_is_handed_over_as_its_confirmed_records(borrower: User) -> None:
    case = make.confirmed_case(borrower)
    rules = sorted({finding.rule for finding in Finding.objects.all()})

    complaint = make.complaint(case, left_out_rules=rules)

    (exhibit,) = complaint.exhibits.all()
    assert (exhibit.code, exhibit.form) == ("B-1", Exhibit.Form.RECORDS)
    tagged = {str(tag.record_id) for tag in Tag.objects.all()}
    assert set(exhibit.record_ids) == tagged
    assert len(tagged) < case.records.count()  # the courier's message stays in the house


def test_a_pattern_over_time_brings_its_records_along(borrower: User) -> None:
    complaint = make.complaint(make.confirmed_case(borrower))

    shown = {record for exhibit in complaint.exhibits.all() for record in exhibit.record_ids}
    counted = {record for one in patterns_of(complaint.case) for record in one.record_ids}
    assert counted
    assert counted <= shown


def test_an_item_without_any_act_left_loses_its_number(borrower: User) -> None:
    case = make.confirmed_case(borrower)
    complaint = make.complaint(case)
    rules = sorted({finding.rule for finding in Finding.objects.all()})
    for tag in Tag.objects.all():
        decisions.decide(tag, decision="rejected", by=borrower)

    complaint = drafting.answer(complaint, {"left_out_rules": rules}, actor=Actor.of(borrower))

    assert not complaint.exhibits.exists()


def test_numbers_once_given_stay_when_more_evidence_comes(borrower: User) -> None:
    case = make.confirmed_case(borrower)
    complaint = make.complaint(case)
    first = complaint.exhibits.get()
    later = make.item(
        case, make.sms_export("再不还钱就打断你的腿"), kind=EvidenceItem.Kind.MESSAGE_EXPORT
    )
    make.go_the_road()
    tags = Tag.objects.filter(item=later)
    decisions.decide_all([(tag, "confirmed") for tag in tags], by=borrower)

    rows = drafting.number_exhibits(complaint, actor=Actor.of(borrower))

    assert [(row.code, row.item_id) for row in rows] == [
        ("B-1", first.item_id),
        ("B-2", later.pk),
    ]


def test_numbering_again_changes_and_records_nothing(borrower: User) -> None:
    complaint = make.complaint(make.confirmed_case(borrower))
    item_id = complaint.exhibits.get().item_id
    before = custody.log_of(Subject.ITEM, item_id).filter(act=Act.EXHIBITED).count()

    drafting.number_exhibits(complaint, actor=Actor.of(borrower))

    assert custody.log_of(Subject.ITEM, item_id).filter(act=Act.EXHIBITED).count() == before == 1


def test_it_begins_nothing_for_an_agency_that_gets_no_document(borrower: User) -> None:
    case, actor = make.case(borrower), Actor.of(borrower)

    with pytest.raises(DocumentNotWrittenError):
        drafting.begin(case, agency_id="PSB_110", lender_type="bank", actor=actor)
    with pytest.raises(UnknownAgencyError):
        drafting.begin(case, agency_id="COURT_OF_CATS", lender_type="bank", actor=actor)
    with pytest.raises(UnknownLenderTypeError):
        drafting.begin(case, agency_id="PSB_STATION", lender_type="cat", actor=actor)
    assert not Complaint.objects.exists()


def test_an_answer_keeps_the_earlier_ones_and_an_empty_one_takes_back(borrower: User) -> None:
    complaint, actor = make.complaint(make.confirmed_case(borrower)), Actor.of(borrower)

    drafting.answer(complaint, {"name": "", "occupation": "店员"}, actor=actor)

    kept = Complaint.objects.get(pk=complaint.pk).answers
    assert "name" not in kept
    assert kept["occupation"] == "店员"
    assert kept["lender_legal_name"]


def test_why_records_are_left_out_is_the_persons_choice_and_part_of_the_draft(
    borrower: User,
) -> None:
    complaint = make.complaint(make.confirmed_case(borrower))
    (exhibit,) = complaint.exhibits.all()
    before = draft_sha256(complaint)
    assert exhibit.gap_reason == GapReason.LEFT_OUT

    drafting.say_why_withheld(complaint, exhibit, GapReason.PRIVATE)

    drafting.number_exhibits(complaint, actor=Actor.of(borrower))
    assert complaint.exhibits.get().gap_reason == GapReason.PRIVATE
    assert draft_sha256(complaint) != before


def test_what_is_handed_over_whole_has_no_gap_to_give_a_reason_for(borrower: User) -> None:
    case = make.confirmed_case(borrower)
    complaint, contract = make.complaint(case), make.item(case, b"a contract")
    actor = Actor.of(borrower)
    row = drafting.add_exhibit(complaint, contract, group="A", purpose="合同", actor=actor)

    with pytest.raises(NothingWithheldError):
        drafting.say_why_withheld(complaint, row, GapReason.PRIVATE)
    assert Exhibit.objects.get(pk=row.pk).gap_reason == GapReason.LEFT_OUT


def test_it_is_not_complete_while_a_blocking_check_holds(borrower: User) -> None:
    complaint = make.complaint(make.confirmed_case(borrower), addressee_name="")

    with pytest.raises(PreflightBlocksError) as refusal:
        drafting.finish(complaint, actor=Actor.of(borrower))

    assert refusal.value.bounces == ["addressee_missing"]
    assert Complaint.objects.get(pk=complaint.pk).finished_at is None


def test_what_is_complete_is_not_changed_until_it_is_opened_again(borrower: User) -> None:
    actor = Actor.of(borrower)
    complaint = drafting.finish(make.complaint(make.confirmed_case(borrower)), actor=actor)

    with pytest.raises(ComplaintFinishedError):
        drafting.answer(complaint, {"name": "另一个"}, actor=actor)
    with pytest.raises(ComplaintFinishedError):
        drafting.finish(complaint, actor=actor)
    drafting.reopen(complaint)
    assert drafting.answer(complaint, {"name": "另一个"}, actor=actor).answers["name"] == "另一个"
