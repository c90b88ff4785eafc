"""Erasure of a recording: draft, dropped seconds, what people heard and its tags go with it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.models import User
from complaints.stages import leaving
from evidence import decisions, erasure
from evidence.custody import Actor, Subject
from evidence.models import Case, EvidenceItem, Segment, SegmentDecision, Tag, Transcript
from tests import dump, make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

DRAFTED, HEARD = "青鸾七四一再不还钱就去你单位闹", "白鹤八五二再不还钱就让你全家不得安宁"


@pytest.fixture
def call(borrower: User) -> EvidenceItem:
    """A recording with a draft that its borrower corrected, whose suggestions are confirmed."""
    item = make.recorded_call(make.case(borrower))
    [segment] = make.draft(item, DRAFTED)
    make.heard(segment, borrower, "corrected", words=HEARD)
    make.go_the_road()
    for tag in Tag.objects.filter(heard__isnull=False):
        decisions.decide(tag, decision="confirmed", by=borrower)
    return item


def planted() -> list[str]:
    return dump.traces(dump.rows(), [DRAFTED, HEARD])


def test_an_erased_recording_leaves_no_word_of_it(call: EvidenceItem) -> None:
    assert planted()
    assert Tag.objects.filter(heard__isnull=False).exists()

    leaving.erase_item(call, actor=Actor.system("test"), at=timezone.now())

    assert not planted()
    assert not any(model.objects.exists() for model in (Transcript, Segment, SegmentDecision))
    assert erasure.is_erased(Subject.ITEM, call.pk)


def test_an_erased_case_leaves_no_word_of_its_recordings(call: EvidenceItem) -> None:
    case: Case = call.case

    leaving.erase_case(case, actor=Actor.system("test"), at=timezone.now())

    assert not planted()
    assert not any(model.objects.exists() for model in (Transcript, Segment, SegmentDecision))


def test_another_recording_keeps_its_words(call: EvidenceItem, borrower: User) -> None:
    other = make.recorded_call(make.case(borrower, agreed=False))
    [segment] = make.draft(other, "别的录音")
    make.heard(segment, borrower)

    leaving.erase_item(call, actor=Actor.system("test"), at=timezone.now())

    assert SegmentDecision.objects.get().words == "别的录音"
