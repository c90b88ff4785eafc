"""complaints/console/segments.py: staff read a draft as a draft and decide one at a time."""

from __future__ import annotations

import pytest

from accounts.models import User
from complaints.stages.reviewing import NotClaimedError
from evidence import cases, release
from evidence.custody import Actor
from evidence.models import Case, EvidenceItem, SegmentDecision, Transcript
from tests import make
from tests.complaints.console.conftest import Desk, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

THREAT, HOSTILE = "再不还钱就去你单位闹", "<script>alert(1)</script>\u202e我会还的"


@pytest.fixture
def call(borrower: User) -> EvidenceItem:
    """A recording with a draft of two segments, in a case opened to review."""
    case = make.case(borrower)
    item = make.recorded_call(case)
    make.draft(item, THREAT, HOSTILE)
    Transcript.objects.filter(item=item).update(
        dropped=[{"from_s": 6.0, "to_s": 9.0, "reason": "in_silence"}]
    )
    cases.open_to_review(case, by=borrower)
    return item


def segment_of(item: EvidenceItem, index: int = 0):
    return item.transcripts.get().segments.get(index=index)


def post(desk: Desk, item: EvidenceItem, **fields: str):
    said = {"segment": str(segment_of(item).pk), "decision": "confirmed", "speaker": "other"}
    return desk.post("segments", {**said, **fields}, case_id=item.case_id)


def listen(desk: Desk, item: EvidenceItem) -> None:
    release.open_item(item, actor=Actor.of(desk.person)).close()


def claim(desk: Desk, case: Case) -> None:
    desk.post("claim", case_id=case.pk)


def test_a_draft_is_shown_as_one_and_what_hides_in_it_is_seen(
    desk: Desk, call: EvidenceItem
) -> None:
    page = read(desk.get("item", case_id=call.case_id, item_id=call.pk))

    assert "录音文字稿（草稿）" in page
    assert page.count("草稿，未确认") == 2
    assert THREAT in page
    assert (
        "<script>alert(1)"
        not in desk.get("item", case_id=call.case_id, item_id=call.pk).content.decode()
    )
    assert "[U+202E]" in page
    assert "这几秒完全安静" in page
    assert "就是这样说的" not in page  # nobody decides a case that they do not hold


def test_who_holds_the_case_and_has_listened_decides(desk: Desk, call: EvidenceItem) -> None:
    claim(desk, call.case)
    post(desk, call)
    assert not SegmentDecision.objects.exists()  # not heard

    listen(desk, call)
    post(desk, call)

    kept = SegmentDecision.objects.get()
    assert (kept.words, kept.by, kept.speaker) == (THREAT, desk.person, "other")
    page = read(desk.get("item", case_id=call.case_id, item_id=call.pk))
    assert "听过，属实" in page


def test_without_the_case_in_hand_nothing_is_decided(desk: Desk, call: EvidenceItem) -> None:
    listen(desk, call)

    post(desk, call)

    assert NotClaimedError.code == "case_not_claimed"
    assert not SegmentDecision.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [{"decision": "perhaps"}, {"speaker": "somebody"}, {"segment": "x"}, {"segment": ""}],
)
def test_what_is_no_decision_is_refused(
    desk: Desk, call: EvidenceItem, fields: dict[str, str]
) -> None:
    claim(desk, call.case)
    listen(desk, call)

    assert post(desk, call, **fields).status_code == 400
    assert not SegmentDecision.objects.exists()


def test_a_segment_of_another_case_is_not_there(
    desk: Desk, call: EvidenceItem, opened: Case
) -> None:
    claim(desk, opened)

    answer = desk.post(
        "segments",
        {"segment": str(segment_of(call).pk), "decision": "rejected", "speaker": "unknown"},
        case_id=opened.pk,
    )

    assert answer.status_code == 404
    assert not SegmentDecision.objects.exists()


def test_who_holds_the_case_and_has_listened_writes_what_the_engine_missed(
    desk: Desk, call: EvidenceItem
) -> None:
    line = {"from": "3.5", "to": "5", "speaker": "other", "words": "今天不还就上门"}
    desk.post("lines", line, case_id=call.case_id, item_id=call.pk)
    assert not SegmentDecision.objects.exists()  # nobody holds the case
    claim(desk, call.case)
    listen(desk, call)

    assert (
        desk.post("lines", {**line, "from": "x"}, case_id=call.case_id, item_id=call.pk).status_code
        == 400
    )
    desk.post("lines", line, case_id=call.case_id, item_id=call.pk)

    kept = SegmentDecision.objects.get()
    assert (kept.words, kept.segment.is_written, kept.by) == (line["words"], True, desk.person)
    page = read(desk.get("item", case_id=call.case_id, item_id=call.pk))
    assert "听录音的人补写，不是软件写的" in page
