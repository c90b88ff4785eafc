"""The console: a redacted exhibit is shown as one, and its copy is what is opened and approved."""

from __future__ import annotations

import io

import pytest
from django.utils import timezone
from PIL import Image

from complaints import sighting
from complaints.models import Complaint, Exhibit, Redaction
from evidence.models import EvidenceItem
from tests import make
from tests.complaints.console.conftest import Desk, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


@pytest.fixture
def exhibit(complaint: Complaint) -> Exhibit:
    """The complaint's exhibit as a redacted copy (rows alone: making one has tests of its own)."""
    row, now = complaint.exhibits.get(), timezone.now()
    origin = EvidenceItem.Origin.REDACTION
    copy = make.item(
        complaint.case, make.screenshot(), origin=origin, declaration=None, parent=row.item
    )
    row.redaction = Redaction.objects.create(
        complaint=complaint,
        reading=row.item.readings.get(),
        parent=row.item,
        asked_by=complaint.case.borrower,
        asked_at=now,
        boxes=[[0, 0, 9, 9], [20, 0, 9, 9]],
        item=copy,
        made_at=now,
    )
    row.form, row.record_ids = Exhibit.Form.REDACTED, []
    row.save()
    return row


def test_it_is_called_a_copy_and_opening_the_copy_is_what_counts(
    desk: Desk, complaint: Complaint, exhibit: Exhibit
) -> None:
    ids = {"case_id": complaint.case_id, "complaint_id": complaint.pk}
    shown = read(desk.get("complaint", **ids))
    assert "遮盖副本" in shown
    assert "移除 2 处，原件不交" in shown
    desk.get("original", case_id=complaint.case_id, item_id=exhibit.item_id)
    assert sighting.unopened(complaint, reviewer=desk.person) == [exhibit]

    answer = desk.get("original", case_id=complaint.case_id, item_id=exhibit.shown_item_id)

    assert answer.headers["Content-Type"] == "image/png"
    picture = Image.open(io.BytesIO(b"".join(answer.streaming_content)))
    assert picture.size == (720, 600)
    assert sighting.unopened(complaint, reviewer=desk.person) == []


def test_a_covered_recording_is_given_as_what_we_made_it(
    desk: Desk, complaint: Complaint, exhibit: Exhibit
) -> None:
    Redaction.objects.filter(pk=exhibit.redaction_id).update(boxes=[], spans=[[1000, 2000]])

    shown = read(desk.get("complaint", case_id=complaint.case_id, complaint_id=complaint.pk))
    answer = desk.get("original", case_id=complaint.case_id, item_id=exhibit.shown_item_id)

    assert "移除 1 处，原件不交" in shown
    assert answer.headers["Content-Type"] == "audio/mp4"
