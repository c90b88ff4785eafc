"""complaints/stages/redacting.py: a recording without what was covered, tied to its parent."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from complaints import tasks
from complaints.composing.acts import confirmed_acts
from complaints.models import Complaint, Redaction
from complaints.stages import redacting
from complaints.stages.redacting import NotRedactableError
from evidence import custody, jobs, release, verification
from evidence.cell import answers
from evidence.cell import parent as cell
from evidence.cell.answers import Parsed
from evidence.custody import Act, Actor, Subject
from evidence.integrity import event as events
from evidence.integrity import redaction as commitments
from evidence.media import audio
from evidence.media.bare_sound import is_bare_m4a
from evidence.media.places import NothingRemovedError, PlaceOutsideError
from evidence.media.spans import WholeCoveredError
from evidence.models import EvidenceItem, Job, Reading
from tests import make
from tests.complaints import covering
from tests.complaints.covering import SPAN, covered, exhibit_of
from tests.samples.voices import alike, heard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


@pytest.fixture
def complaint(borrower: User) -> Complaint:
    return covering.call_complaint(borrower)


def told(subject: Any, act: Act) -> list[dict[str, Any]]:
    rows = custody.log_of(Subject.ITEM, subject).filter(act=act)
    return [dict(events.decode(bytes(row.raw)).facts) for row in rows]


def test_the_copy_is_an_item_in_which_the_span_is_a_tone(complaint: Complaint) -> None:
    row = covered(complaint)

    assert row.item is not None
    copy = make.plain_bytes(row.item)
    assert is_bare_m4a(copy)
    before, after = heard(make.plain_bytes(row.parent)), heard(copy)
    first, last = (round(ms * 44.1) for ms in SPAN)
    assert abs(alike(before[first:last], after[first:last])) < 0.03
    assert alike(before[last + 1000 :], after[last + 1000 : len(before)]) > 0.98
    assert row.item.origin == EvidenceItem.Origin.REDACTION
    assert row.item.kind == EvidenceItem.Kind.CALL_RECORDING
    assert row.item.tokens.count() == 1
    assert verification.verify_item(row.item, actor=Actor.system("test")).verdict != "changed"
    assert (row.spans, row.boxes, row.places) == ([SPAN], [], 1)
    assert (row.sound["codec"], row.sound["container"]) == ("aac", "mp4")
    assert row.sound["duration_ms"] == pytest.approx(14_000, abs=60)
    assert len(row.sound["peaks"]) == 400


def test_parent_and_copy_name_each_other_by_commitments_only(complaint: Complaint) -> None:
    row = covered(complaint, SPAN, [9000, 9500])
    parent, copy = row.parent, row.item
    assert copy is not None

    (of_copy,), (of_parent,) = told(copy.pk, Act.REDACTED), told(parent.pk, Act.REDACTED)

    salt, copy_salt = release.redaction_salts(row.reading, row.pk)
    assert of_copy == {"parent": row.commitment, "places": 2}
    assert row.commitment == commitments.parent_commitment(salt, parent.sha256)
    assert of_parent == {"copy": commitments.copy_commitment(copy_salt, copy.sha256), "places": 2}
    log = b"".join(bytes(each.raw) for each in custody.log_of(Subject.ITEM, copy.pk))
    for trace in (parent.sha256, str(parent.pk), str(row.pk), salt.hex()):
        assert trace.encode() not in log


def test_an_act_tells_only_words_that_no_span_touches(complaint: Complaint) -> None:
    whole = {act.record.text for act in confirmed_acts(complaint) if act.record}
    assert {covering.THREAT, covering.CLOSING} <= whole

    covered(complaint, [4100, 4200])

    acts = confirmed_acts(complaint)
    shown = [act.record for act in acts if act.record]
    assert {record.text for record in shown} == whole - {covering.THREAT}
    assert any(act.record is None for act in acts)  # confirmed it stays, without its words
    for record in shown:  # they came from the name of the file, which is withheld
        assert (record.when_utc, record.peer_number, record.peer_name) == (None, "", "")


@pytest.mark.parametrize(
    ("spans", "error"),
    [
        ([], NothingRemovedError),
        ([[0, 14_000]], WholeCoveredError),
        ([[13_000, 14_001]], PlaceOutsideError),
    ],
)
def test_what_cannot_be_covered_is_refused_before_anything_is_asked(
    complaint: Complaint, borrower: User, spans: list[list[int]], error: type[Exception]
) -> None:
    with pytest.raises(error):
        redacting.ask(complaint, exhibit_of(complaint), spans=spans, user=borrower)

    assert not Redaction.objects.exists()


def test_places_of_a_picture_are_none_of_a_recording(complaint: Complaint, borrower: User) -> None:
    call = exhibit_of(complaint)

    for cuts in ({"boxes": [[0, 0, 1, 1]]}, {"boxes": [[0, 0, 1, 1]], "spans": [SPAN]}):
        with pytest.raises(NotRedactableError):
            redacting.ask(complaint, call, user=borrower, **cuts)


@pytest.mark.parametrize("facts", [{"width": 360, "height": 640}, {"duration_ms": None}])
def test_a_film_and_what_does_not_play_have_no_copy(
    complaint: Complaint, borrower: User, facts: dict[str, Any]
) -> None:
    exhibit = exhibit_of(complaint)
    reading = Reading.objects.filter(item=exhibit.item)
    reading.update(facts={**reading.get().facts, **facts})

    assert redacting.recording_ms(exhibit.item) is None
    with pytest.raises(NotRedactableError):
        redacting.ask(complaint, exhibit, spans=[SPAN], user=borrower)


@pytest.mark.parametrize("what", ["the original", "its listening copy"])
def test_a_child_that_gives_back_the_original_is_not_believed(
    complaint: Complaint, borrower: User, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    def taken_over(file: Any, **_: Any) -> Parsed:
        given = file.read() if what == "the original" else audio.playable(file)
        return Parsed(
            derived={answers.REDACTED: given}, summary={"duration_ms": 1}, is_complete=True
        )

    monkeypatch.setattr(cell, "redact", taken_over)
    row = redacting.ask(complaint, exhibit_of(complaint), spans=[SPAN], user=borrower)

    jobs.work(redacting.STAGE, tasks.ROAD)

    assert Job.objects.get(subject_id=row.pk).last_problem == "redaction_failed"
    assert not EvidenceItem.objects.filter(origin=EvidenceItem.Origin.REDACTION).exists()
