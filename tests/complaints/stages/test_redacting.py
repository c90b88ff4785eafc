"""complaints/stages/redacting.py: a copy without what was removed, tied to a parent nobody sees."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from accounts.models import User
from complaints import tasks
from complaints.composing.acts import confirmed_acts
from complaints.models import Complaint, Exhibit, Redaction
from complaints.stages import leaving, redacting
from complaints.stages.redacting import (
    NotRedactableError,
    RedactionNotMadeError,
    TooManyCopiesError,
)
from complaints.standing import ComplaintFinishedError
from evidence import custody, jobs, release, verification
from evidence.cell import answers
from evidence.cell import parent as cell
from evidence.cell.answers import Parsed
from evidence.custody import Act, Actor, Subject
from evidence.errors import ItemUnreadableError
from evidence.integrity import event as events
from evidence.integrity import redaction as commitments
from evidence.media.bare import is_bare_png
from evidence.media.places import PlaceOutsideError
from evidence.models import EvidenceItem, Job
from tests import make
from tests.samples import pictures

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("vault"),
    pytest.mark.chinese_font,
]

SIZE = (720, 1280)
TITLE, FIRST, SECOND = "王经理", "再不还钱就让你全家都不得安宁", "你单位领导的电话我已经有了"
FIRST_BOX = [100, 170, 560, 100]


@pytest.fixture(scope="module")
def page() -> bytes:
    return pictures.chat_page([("left", FIRST), ("left", SECOND)], title=TITLE)


@pytest.fixture
def complaint(borrower: User, page: bytes, settings: Any, tmp_path: Path) -> Complaint:
    settings.SCRATCH_DIR = tmp_path / "scratch"
    return make.shot_complaint(borrower, page)


def exhibit_of(complaint: Complaint) -> Exhibit:
    return complaint.exhibits.get(item__kind=EvidenceItem.Kind.CHAT_SCREENSHOT)


def told(subject: Any, act: Act) -> list[dict[str, Any]]:
    rows = custody.log_of(Subject.ITEM, subject).filter(act=act)
    return [dict(events.decode(bytes(row.raw)).facts) for row in rows]


def test_the_copy_is_an_item_whose_boxes_are_solid(complaint: Complaint) -> None:
    row = make.redacted(complaint, FIRST_BOX)

    assert row.item is not None
    png = make.plain_bytes(row.item)
    assert is_bare_png(png)
    shown = Image.open(io.BytesIO(png))
    left, top, width, height = FIRST_BOX
    inside = shown.crop((left, top, left + width, top + height))
    assert inside.getcolors() == [(width * height, (0, 0, 0))]
    assert row.item.origin == EvidenceItem.Origin.REDACTION
    assert row.item.parent_id == exhibit_of(complaint).item_id
    assert row.item.tokens.count() == 1
    assert verification.verify_item(row.item, actor=Actor.system("test")).verdict != "changed"


def test_parent_and_copy_name_each_other_by_commitments_only(complaint: Complaint) -> None:
    row = make.redacted(complaint, FIRST_BOX, [0, 0, 5, 5])
    parent, copy = row.parent, row.item
    assert copy is not None

    (of_copy,), (of_parent,) = told(copy.pk, Act.REDACTED), told(parent.pk, Act.REDACTED)

    salt, copy_salt = release.redaction_salts(row.reading, row.pk)
    assert of_copy == {"parent": row.commitment, "places": 2}
    assert row.commitment == commitments.parent_commitment(salt, parent.sha256)
    assert of_parent == {
        "copy": commitments.copy_commitment(copy_salt, copy.sha256),
        "places": 2,
    }
    log = b"".join(bytes(each.raw) for each in custody.log_of(Subject.ITEM, copy.pk))
    for trace in (parent.sha256, str(parent.pk), str(row.pk), salt.hex()):
        assert trace.encode() not in log


def test_two_copies_of_one_parent_show_no_common_name(complaint: Complaint) -> None:
    one, other = (make.redacted(complaint, FIRST_BOX) for _ in range(2))

    assert one.parent_id == other.parent_id
    assert one.commitment != other.commitment
    logs = [
        b"".join(bytes(each.raw) for each in custody.log_of(Subject.ITEM, row.item_id))
        for row in (one, other)
    ]
    assert one.commitment.encode() in logs[0]
    assert one.commitment.encode() not in logs[1]


def test_only_what_the_copy_shows_is_told_of_its_acts(complaint: Complaint) -> None:
    exhibit = exhibit_of(complaint)
    before = {act.record.text for act in confirmed_acts(complaint) if act.item == exhibit.item_id}
    assert before == {FIRST, SECOND}

    make.redacted(complaint, FIRST_BOX)

    acts = [act for act in confirmed_acts(complaint) if act.item == exhibit.item_id]
    assert {act.record.text for act in acts if act.record} == {SECOND}
    assert any(act.record is None for act in acts)  # confirmed it stays, without its words


def test_whose_name_is_covered_is_not_named(complaint: Complaint) -> None:
    make.redacted(complaint, [0, 0, 720, 150])

    acts = confirmed_acts(complaint)

    shown = [act.record for act in acts if act.record and act.record.kind == "chat"]
    assert {record.text for record in shown} == {FIRST, SECOND}
    assert all(TITLE not in record.peer_name for record in shown)


def test_a_chosen_copy_can_be_given_up_again(complaint: Complaint, borrower: User) -> None:
    row = make.redacted(complaint, FIRST_BOX)
    exhibit = exhibit_of(complaint)
    assert (exhibit.form, exhibit.shown_item_id) == ("redacted", row.item_id)

    redacting.choose(exhibit, None, actor=Actor.of(borrower))

    exhibit = exhibit_of(complaint)
    assert (exhibit.form, exhibit.shown_item_id) == ("original", exhibit.item_id)


def test_what_cannot_be_redacted_or_chosen_is_refused(complaint: Complaint, borrower: User) -> None:
    shot, actor = exhibit_of(complaint), Actor.of(borrower)
    export = complaint.exhibits.get(item__kind=EvidenceItem.Kind.MESSAGE_EXPORT)
    with pytest.raises(NotRedactableError):
        redacting.ask(complaint, export, boxes=[FIRST_BOX], user=borrower)
    with pytest.raises(PlaceOutsideError):
        redacting.ask(complaint, shot, boxes=[[700, 0, 40, 5]], user=borrower)
    assert not Redaction.objects.exists()

    row = redacting.ask(complaint, shot, boxes=[FIRST_BOX], user=borrower)
    with pytest.raises(RedactionNotMadeError):
        redacting.choose(shot, row, actor=actor)
    with pytest.raises(NotRedactableError):
        redacting.choose(export, row, actor=actor)
    complaint.finished_at = row.asked_at
    complaint.save()
    with pytest.raises(ComplaintFinishedError):
        redacting.choose(exhibit_of(complaint), None, actor=actor)


def test_a_complaint_has_so_many_copies(
    complaint: Complaint, borrower: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redacting, "MOST_COPIES", 1)
    redacting.ask(complaint, exhibit_of(complaint), boxes=[FIRST_BOX], user=borrower)

    with pytest.raises(TooManyCopiesError):
        redacting.ask(complaint, exhibit_of(complaint), boxes=[FIRST_BOX], user=borrower)


def test_a_child_that_gives_back_the_original_is_not_believed(
    complaint: Complaint, borrower: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken_over(file: Any, **_: Any) -> Parsed:
        measures = {"width": 720, "height": 1280, "frames": 1}
        return Parsed(
            derived={answers.REDACTED: pictures.photo()}, summary=measures, is_complete=True
        )

    monkeypatch.setattr(cell, "redact", taken_over)
    row = redacting.ask(complaint, exhibit_of(complaint), boxes=[FIRST_BOX], user=borrower)

    jobs.work(redacting.STAGE, tasks.ROAD)

    assert Job.objects.get(subject_id=row.pk).last_problem == "redaction_failed"
    assert not EvidenceItem.objects.filter(origin=EvidenceItem.Origin.REDACTION).exists()


def test_a_worker_killed_after_keeping_finds_the_copy_that_it_kept(
    complaint: Complaint, borrower: User
) -> None:
    row = redacting.ask(complaint, exhibit_of(complaint), boxes=[FIRST_BOX], user=borrower)
    job = jobs.lease(redacting.STAGE)
    assert job is not None
    first = redacting.prepare(job)  # and here the worker dies: `keep` never runs

    again = redacting.prepare(job)

    assert again.item.pk == first.item.pk
    assert EvidenceItem.objects.filter(origin=EvidenceItem.Origin.REDACTION).count() == 1
    row.refresh_from_db()
    assert (row.width, row.height, row.frames) == (*SIZE, 1)


def test_an_expert_can_check_the_parent_and_the_opening_is_recorded(complaint: Complaint) -> None:
    row = make.redacted(complaint, FIRST_BOX)
    out = io.StringIO()

    call_command("open_redaction", str(row.item_id), stdout=out)

    opened = json.loads(out.getvalue())
    parent = hashlib.sha256(make.plain_bytes(row.parent)).digest()
    salted = b"liuzheng/redaction-parent/v1\n" + bytes.fromhex(opened["parent_salt"]) + parent
    assert hashlib.sha256(salted).hexdigest() == opened["commitment"] == row.commitment
    assert opened["parent_sha256"] == parent.hex()
    assert told(row.parent_id, Act.RELEASED) == [{"form": "opening", "places": 1}]
    with pytest.raises(CommandError):
        call_command("open_redaction", str(row.parent_id))


@pytest.mark.parametrize("which", ["parent", "copy"])
def test_an_erasure_of_parent_or_copy_takes_the_exhibit_and_never_shows_the_original(
    complaint: Complaint, settings: Any, tmp_path: Path, which: str
) -> None:
    shutil.copytree(settings.KEYS_DIR, tmp_path / "keys")
    settings.KEYS_DIR = tmp_path / "keys"
    row = make.redacted(complaint, FIRST_BOX)
    item = row.parent if which == "parent" else row.item
    assert item is not None

    leaving.erase_item(item, actor=leaving.ERASER, at=row.asked_at)

    assert not Redaction.objects.exists()
    assert not complaint.exhibits.filter(item=row.parent_id).exists()
    with pytest.raises(ItemUnreadableError):
        make.plain_bytes(EvidenceItem.objects.get(pk=row.item_id))
    assert leaving.replay() == 0
