"""The review walk: claim, decide tags, return, mended, approve, approve as second person."""

from __future__ import annotations

import pytest

from accounts.models import Role
from complaints.bundle.gaps import GapReason
from complaints.composing.document import draft_sha256
from complaints.models import Complaint, ReviewClaim, ReviewDecision
from complaints.stages import drafting
from complaints.standing import standing_of
from evidence import custody
from evidence.custody import Act, Actor, Subject
from evidence.models import Case, EvidenceItem, Tag, TagDecision
from tests.complaints.console.conftest import Desk, read

pytestmark = pytest.mark.django_db


def decide(desk: Desk, complaint: Complaint, decision: str, note: str = "") -> str:
    complaint.refresh_from_db()
    fields = {"decision": decision, "note": note, "draft": draft_sha256(complaint)}
    answer = desk.post("decide", fields, case_id=complaint.case_id, complaint_id=complaint.pk)
    return desk.told(answer)


def look(desk: Desk, complaint: Complaint) -> None:
    """Open every exhibit."""
    for exhibit in complaint.exhibits.all():
        read(desk.get("item", case_id=complaint.case_id, item_id=exhibit.item_id))


def test_the_whole_walk_from_claim_to_the_second_approval(
    holding: Desk, second_desk: Desk, complaint: Complaint
) -> None:
    look(holding, complaint)
    returned = decide(holding, complaint, "returned", "请补充第三次来电的经过")
    assert "请补充第三次来电的经过" in returned
    assert "已退回" in returned

    drafting.reopen(complaint)
    borrower = Actor.of(complaint.case.borrower)
    complaint.refresh_from_db()
    drafting.answer(complaint, {"background": "第三次来电是家人接的。"}, actor=borrower)
    drafting.finish(Complaint.objects.get(), actor=borrower)

    first = decide(holding, complaint, "approved")
    assert "待第二人批准" in first
    look(second_desk, complaint)
    second = decide(second_desk, complaint, "approved")

    assert standing_of(Complaint.objects.get()).is_approved
    assert holding.person.username in second
    assert second_desk.person.username in second
    log = custody.log_of(Subject.COMPLAINT, complaint.pk).exclude(act=Act.DRAFTED)
    assert [row.act for row in log] == [Act.REVIEWED, Act.REVIEWED, Act.APPROVED]


def test_nobody_approves_what_they_have_not_opened(holding: Desk, complaint: Complaint) -> None:
    page = decide(holding, complaint, "approved")

    assert "还有证据没有打开过" in page
    assert "B-1" in page
    assert not ReviewDecision.objects.exists()


def test_what_another_person_opened_does_not_count(
    holding: Desk, second_desk: Desk, complaint: Complaint
) -> None:
    look(second_desk, complaint)

    assert "还有证据没有打开过" in decide(holding, complaint, "approved")


def test_the_first_approver_is_not_the_second(holding: Desk, complaint: Complaint) -> None:
    look(holding, complaint)
    decide(holding, complaint, "approved")

    assert "需要另一位审阅人" in decide(holding, complaint, "approved")
    assert ReviewDecision.objects.count() == 1


def test_the_first_approval_needs_the_case_in_hand(desk: Desk, complaint: Complaint) -> None:
    look(desk, complaint)

    assert "请先领取这个案件" in decide(desk, complaint, "approved")


def test_a_return_needs_words(holding: Desk, complaint: Complaint) -> None:
    assert "退回需要写明理由" in decide(holding, complaint, "returned", "   ")
    assert not ReviewDecision.objects.exists()


def test_a_returned_draft_is_mended_before_it_is_approved(
    holding: Desk, complaint: Complaint
) -> None:
    look(holding, complaint)
    decide(holding, complaint, "returned", "请补充")

    assert "这份材料已有决定" in decide(holding, complaint, "approved")


def test_a_draft_that_changed_while_it_was_read_is_not_decided(
    holding: Desk, complaint: Complaint
) -> None:
    look(holding, complaint)
    fields = {"decision": "approved", "draft": "0" * 64}

    answer = holding.post("decide", fields, case_id=complaint.case_id, complaint_id=complaint.pk)

    assert "材料在您阅读期间改动过" in holding.told(answer)
    assert not ReviewDecision.objects.exists()


def test_a_changed_complaint_asks_for_approval_again(holding: Desk, complaint: Complaint) -> None:
    look(holding, complaint)
    decide(holding, complaint, "approved")
    drafting.reopen(complaint)
    drafting.answer(
        Complaint.objects.get(),
        {"background": "改过了。"},
        actor=Actor.of(complaint.case.borrower),
    )

    page = read(holding.get("complaint", case_id=complaint.case_id, complaint_id=complaint.pk))

    assert "改动前的草稿" in page
    assert "待第二人批准" not in page


def test_the_panel_says_what_the_package_would_say(desk: Desk, complaint: Complaint) -> None:
    page = read(desk.get("complaint", case_id=complaint.case_id, complaint_id=complaint.pk))

    assert complaint.answers["addressee_name"] in page
    assert complaint.answers["lender_legal_name"] in page
    assert "再不还钱，就让你全家都不得安宁" in page


def test_a_case_is_held_by_one_reviewer_until_handed_back(holding: Desk, opened: Case) -> None:
    other = Desk.of(Role.REVIEWER)

    assert "由另一位审阅人持有" in other.told(other.post("claim", case_id=opened.pk))
    holding.post("release", case_id=opened.pk)
    other.post("claim", case_id=opened.pk)

    assert ReviewClaim.objects.get().reviewer == other.person


def test_both_the_borrowers_and_the_reviewers_decision_stay_on_screen(
    holding: Desk, opened: Case, export: EvidenceItem
) -> None:
    tag = Tag.objects.first()
    fields = {"tag": str(tag.pk), "decision": "corrected", "kind": "INSULT", "reason": "是辱骂"}

    answer = holding.post("tags", fields, case_id=opened.pk)

    assert answer.headers["Location"].endswith(f"#tag-{tag.pk}")
    page = read(holding.get("item", case_id=opened.pk, item_id=export.pk))
    assert "是辱骂" in page
    assert [row.decision for row in tag.decisions.order_by("at")] == ["confirmed", "corrected"]
    assert [row.by for row in tag.decisions.order_by("at")] == [opened.borrower, holding.person]
    assert custody.log_of(Subject.ITEM, export.pk).filter(act=Act.DECIDED).exists()


def test_a_suggestion_is_decided_only_with_the_case_in_hand(desk: Desk, opened: Case) -> None:
    before = TagDecision.objects.count()
    fields = {"tag": str(Tag.objects.first().pk), "decision": "rejected"}

    page = desk.told(desk.post("tags", fields, case_id=opened.pk))

    assert "请先领取这个案件" in page
    assert TagDecision.objects.count() == before


@pytest.mark.parametrize(
    "fields",
    [{"decision": "erased"}, {"decision": "corrected", "kind": "NO_SUCH_KIND"}],
)
def test_a_decision_that_does_not_exist_changes_nothing(
    holding: Desk, opened: Case, fields: dict[str, str]
) -> None:
    before = TagDecision.objects.count()

    answer = holding.post("tags", {"tag": str(Tag.objects.first().pk), **fields}, case_id=opened.pk)

    assert answer.status_code in {302, 400}
    assert TagDecision.objects.count() == before


def test_a_form_cannot_send_a_person_to_another_site(holding: Desk, opened: Case) -> None:
    fields = {
        "tag": str(Tag.objects.first().pk),
        "decision": "confirmed",
        "next": "https://evil.example/console/",
    }

    answer = holding.post("tags", fields, case_id=opened.pk)

    assert answer.headers["Location"].startswith("/console/")


def test_the_page_says_why_the_other_records_stay_at_home(desk: Desk, complaint: Complaint) -> None:
    complaint.exhibits.update(gap_reason=GapReason.SOMEONE_ELSES)

    page = read(desk.get("complaint", case_id=complaint.case_id, complaint_id=complaint.pk))

    assert "其余不交，本人所说的原因：是别人的" in page


def test_the_reviewer_reads_why_it_goes_and_what_the_desk_says(
    holding: Desk, complaint: Complaint
) -> None:
    drafting.reopen(complaint)
    complaint.refresh_from_db()
    told = {
        "in_court": True,
        "own_request": "请赔偿",
        "goes_although": [{"check": "already_in_court", "why": "诉讼的是另一笔借款"}],
    }
    drafting.answer(complaint, told, actor=Actor.of(complaint.case.borrower))
    complaint.refresh_from_db()
    complaint.agency, complaint.document_id = "NFRA_LOCAL", "nfra_report"
    complaint.save()

    page = read(holding.get("complaint", case_id=complaint.case_id, complaint_id=complaint.pk))

    assert "诉讼的是另一笔借款" in page
    assert "赔偿</bdi>" in page  # the very word that makes a complaint of a report
    assert "可以改向公安机关反映催收行为" in page  # how it is mended
    assert "把投诉（要求赔偿、减免）写成举报" in page
    assert "核对于 2026-11-23" in page
