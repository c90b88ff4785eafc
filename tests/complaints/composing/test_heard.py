"""complaints/composing/heard.py: a package quotes what a person heard, never a machine's draft."""

from __future__ import annotations

import pytest

from accounts.models import User
from complaints.composing.document import draft_sha256
from complaints.models import Complaint
from evidence import decisions, release, transcripts
from evidence.custody import Actor
from evidence.models import Case, EvidenceItem, Tag
from tests import make
from tests.complaints.composing.composed import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

THREAT, PLAIN, UNHEARD = (
    "再不还钱就去你单位闹，让你全家不得安宁",
    "你好，我是处理你借款的",
    "小心你孩子上学的路上出事",
)


@pytest.fixture
def heard_case(borrower: User) -> Case:
    """A recording with three claims: two that its borrower heard, one that nobody decided."""
    case = make.case(borrower)
    threat, plain, _ = make.draft(make.recorded_call(case), THREAT, PLAIN, UNHEARD)
    make.heard(threat, borrower)
    make.heard(plain, borrower, "corrected", words="你好，我处理你的借款")
    make.go_the_road()
    for tag in Tag.objects.filter(item__case=case).shown():
        decisions.decide(tag, decision="confirmed", by=borrower)
    return case


def everything(complaint: Complaint) -> str:
    return repr(said(complaint))


def test_confirmed_words_are_told_with_their_seconds_and_their_exhibit(heard_case: Case) -> None:
    told = said(make.complaint(heard_case))

    [fact] = [fact for fact in told.facts if fact.words]
    assert fact.words == THREAT
    assert fact.place == "0.0–1.5 秒"
    assert fact.number == "13700000001"


def test_the_transcript_lists_heard_words_and_says_how_many_it_leaves_out(
    heard_case: Case,
) -> None:
    [exhibit] = said(make.complaint(heard_case)).exhibits

    assert exhibit.recording is not None
    lines = exhibit.recording.transcript
    assert [(line.speaker, line.text, line.marked) for line in lines] == [
        ("对方", THREAT, True),
        ("对方", "你好，我处理你的借款", False),
    ]
    by = exhibit.recording.transcript_by
    assert "2 段（其中改正 1 段）" in by
    assert "其余 1 段未经确认" in by
    assert exhibit.recording.checked_by == ""  # for a pen


def test_a_draft_is_printed_nowhere(heard_case: Case) -> None:
    told = everything(make.complaint(heard_case))

    assert UNHEARD not in told
    assert PLAIN not in told  # what the machine said before it was corrected


def test_words_taken_back_are_told_nowhere_though_their_tag_was_confirmed(
    heard_case: Case, borrower: User
) -> None:
    before = draft_sha256(make.complaint(heard_case))
    segment = Tag.objects.filter(heard__isnull=False).first().heard.segment  # type: ignore[union-attr]
    make.heard(segment, borrower, "rejected")

    complaint = make.complaint(heard_case)

    assert THREAT not in everything(complaint)
    assert draft_sha256(complaint) != before


def test_two_threats_in_one_recording_are_two_facts(borrower: User) -> None:
    case = make.case(borrower)
    first, second = make.draft(make.recorded_call(case), THREAT, UNHEARD)
    make.heard(first, borrower)
    make.heard(second, borrower)
    make.go_the_road()
    for tag in Tag.objects.filter(item__case=case).shown():
        decisions.decide(tag, decision="confirmed", by=borrower)

    facts = said(make.complaint(case)).facts

    assert {fact.words for fact in facts} == {THREAT, UNHEARD}


def test_other_words_change_what_a_review_approves(heard_case: Case, borrower: User) -> None:
    complaint = make.complaint(heard_case)
    before = draft_sha256(complaint)
    item = EvidenceItem.objects.get(case=heard_case)
    plain = item.transcripts.get().segments.get(index=1)
    make.heard(plain, borrower, "corrected", words="你好")

    assert draft_sha256(complaint) != before


def test_written_lines_are_marked_and_counted_by_themselves(heard_case: Case) -> None:
    item = EvidenceItem.objects.get(case=heard_case)
    transcripts.write(
        item, start_s=5, end_s=6, words="明天上门", speaker="other", by=heard_case.borrower
    )

    [exhibit] = said(make.complaint(heard_case)).exhibits

    assert exhibit.recording is not None
    assert exhibit.recording.transcript[-1].speaker == "对方（补写）"
    by = exhibit.recording.transcript_by
    assert "2 段（其中改正 1 段）" in by
    assert "其余 1 段未经确认" in by
    assert "另有 1 段由听录音的人补写" in by


def test_without_an_engine_the_paper_says_who_wrote_it_down(borrower: User) -> None:
    case = make.case(borrower)
    item = make.recorded_call(case)
    release.open_item(item, actor=Actor.of(borrower)).close()
    transcripts.write(item, start_s=0, end_s=1, words=THREAT, speaker="other", by=borrower)
    make.go_the_road()
    for tag in Tag.objects.filter(item__case=case).shown():
        decisions.decide(tag, decision="confirmed", by=borrower)

    [exhibit] = said(make.complaint(case)).exhibits

    assert exhibit.recording is not None
    by = exhibit.recording.transcript_by
    assert by.startswith("没有软件草稿；1 段")
