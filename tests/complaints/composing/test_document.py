"""complaints/composing: from confirmed rows to what a package says."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest

from accounts.models import User
from complaints.bundle.content import DocumentKind
from complaints.bundle.exhibits import Form
from complaints.composing.document import draft_sha256
from complaints.stages import drafting
from evidence import decisions
from evidence.custody import Actor
from evidence.models import EvidenceItem, Tag
from tests import make
from tests.complaints.composing.composed import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


def test_each_fact_has_time_number_exact_words_and_exhibit(borrower: User) -> None:
    complaint = make.complaint(make.confirmed_case(borrower))

    facts = said(complaint).facts

    assert facts
    for fact in facts:
        assert fact.number == "13700000001"  # as people here write it, without +86
        assert fact.words in {record.text for record in complaint.case.records.all()}
        assert fact.exhibit == "B-1"
        assert fact.kinds
    assert [fact.at for fact in facts] == sorted(fact.at for fact in facts)


def test_a_rejected_suggestion_is_told_nowhere(borrower: User) -> None:
    case = make.confirmed_case(borrower)
    refused = Tag.objects.filter(record__isnull=False).first()
    assert refused is not None
    for tag in Tag.objects.filter(record=refused.record):
        decisions.decide(tag, decision="rejected", by=borrower)

    told = said(make.complaint(case))

    assert refused.record is not None
    assert refused.record.text not in {fact.words for fact in told.facts}


def test_what_the_person_left_out_is_told_nowhere(borrower: User) -> None:
    case = make.confirmed_case(borrower)
    tags = [str(tag.pk) for tag in Tag.objects.all()]

    told = said(make.complaint(case, left_out_tags=tags))

    assert told.facts == ()


def test_only_provisions_in_force_on_the_day_are_cited(borrower: User) -> None:
    told = said(make.complaint(make.confirmed_case(borrower)))

    names = " ".join(row.provision for row in told.citations)
    assert "2025" in names  # the acts are of March 2026
    assert "治安管理处罚法》（2012" not in names


def test_one_law_text_is_quoted_once(borrower: User) -> None:
    told = said(make.complaint(make.confirmed_case(borrower)))

    quotes = [row.quote for row in told.citations if row.quote]
    assert quotes
    assert len(quotes) == len(set(quotes))


def test_chosen_records_name_their_export_by_a_commitment_only(borrower: User) -> None:
    complaint = make.complaint(make.confirmed_case(borrower))
    item = complaint.exhibits.get().item

    (exhibit,) = said(complaint).exhibits

    assert exhibit.form is Form.RECORDS
    assert exhibit.parent is not None
    assert exhibit.parent.commitment != item.sha256
    assert item.sha256.encode() not in b"".join(exhibit.parent.events)
    sm3 = item.digests.get().digest
    assert {item.sha256, sm3} <= said(complaint).withheld.digests
    assert exhibit.provenance == {}  # its name and dates are of what is withheld


def test_an_exhibit_tells_the_sm3_that_is_known_of_what_is_handed_over(borrower: User) -> None:
    complaint = make.complaint(make.confirmed_case(borrower))
    item = complaint.exhibits.get().item  # `said` hands over the row's own item

    (exhibit,) = said(complaint).exhibits

    assert exhibit.sm3 == item.digests.get().digest


@pytest.mark.parametrize(
    ("agency", "kind", "title"),
    [
        ("PSB_STATION", DocumentKind.ACCUSATION, "控告书"),
        ("PSB_CRIM", DocumentKind.CRIMINAL_ACCUSATION, "刑事控告书"),
        ("NFRA_LOCAL", DocumentKind.REGULATOR_REPORT, "举报书"),
        ("LOCAL_FIN", DocumentKind.LOCAL_FINANCE_REPORT, "投诉举报信"),
        ("LENDER", DocumentKind.LENDER_COMPLAINT, "投诉书"),
        ("CAC", DocumentKind.PERSONAL_INFORMATION_REPORT, "个人信息投诉举报书"),
    ],
)
def test_each_desk_gets_its_own_document(
    borrower: User, agency: str, kind: DocumentKind, title: str
) -> None:
    told = said(make.complaint(make.confirmed_case(borrower), agency))

    assert (told.document, told.title) == (kind, title)


def test_without_anybody_to_name_it_is_a_report_not_an_accusation(borrower: User) -> None:
    case = make.confirmed_case(borrower)

    station, crime = (
        said(make.complaint(case, agency, lender_legal_name=""))
        for agency in ("PSB_STATION", "PSB_CRIM")
    )

    assert station.document is DocumentKind.POLICE_REPORT
    assert (crime.document, crime.title) == (DocumentKind.CRIMINAL_REPORT, "报案书")


def test_a_report_counts_a_record_once_however_many_words_in_it(borrower: User) -> None:
    told = said(make.complaint(make.confirmed_case(borrower), "NFRA_LOCAL"))

    records = len({fact.at for fact in told.facts})
    for group in told.act_groups:
        count = int(group.description.rsplit("共 ", 1)[1].split(" ", 1)[0])
        assert 1 <= count <= records


def test_an_anonymous_report_names_nobody(borrower: User) -> None:
    told = said(make.complaint(make.confirmed_case(borrower), "NFRA_LOCAL", anonymous=True))

    assert told.complainant.name == ""


def test_the_day_they_were_asked_to_stop_is_an_earlier_step(borrower: User) -> None:
    told = said(make.complaint(make.confirmed_case(borrower)))

    assert date(2026, 10, 8) in {step.on for step in told.earlier_steps}


def test_sample_data_says_so(borrower: User) -> None:
    case = make.confirmed_case(borrower)
    case.is_sample = True
    case.save()

    assert said(make.complaint(case)).sample


@pytest.mark.parametrize("change", [{"name": "王小样"}, {"requests": ["forbid_contact"]}])
def test_a_changed_answer_is_another_draft(borrower: User, change: dict[str, Any]) -> None:
    complaint = make.complaint(make.confirmed_case(borrower))
    before = draft_sha256(complaint)

    changed = drafting.answer(complaint, change, actor=Actor.of(borrower))

    assert draft_sha256(changed) != before


def test_a_file_added_by_hand_is_handed_over_as_received(borrower: User) -> None:
    case = make.confirmed_case(borrower)
    complaint = make.complaint(case)
    contract = make.item(case, b"a contract", kind=EvidenceItem.Kind.DOCUMENT)
    make.go_the_road()

    drafting.add_exhibit(
        complaint, contract, group="A", purpose="证明借款合同", actor=Actor.of(borrower)
    )

    exhibit = said(complaint).exhibits[0]
    assert (exhibit.number, exhibit.form, exhibit.proves) == ("A-1", Form.ORIGINAL, "证明借款合同")
    stated = exhibit.provenance["statement"]
    assert "received" in {fact["code"] for fact in stated["facts"]}
    with exhibit.open() as file:
        assert BytesIO(file.read()).getvalue() == b"a contract"


def test_third_persons_are_drawn_by_alias(borrower: User) -> None:
    case = make.confirmed_case(borrower)
    relation = "小姨王某某"
    number = "+8613700000001"
    decisions.name_number(case, number, role="witness", how_known=relation, lender="", by=borrower)

    [picture] = said(make.complaint(case)).pictures

    drawn = picture.svg.decode()
    assert "第三人A" in drawn
    assert "王某某" not in drawn
    assert "13700000001" not in drawn
    assert picture.exhibits == ("C-1",)


def test_messages_alone_are_drawn_without_a_picture_of_calls(borrower: User) -> None:
    pictures = said(make.complaint(make.confirmed_case(borrower))).pictures

    assert [picture.title for picture in pictures] == [
        "按日期和钟点的联系",
        "号码与日期",
    ]
    for picture in pictures:
        assert b"13700000001" not in picture.svg
        assert picture.alt
