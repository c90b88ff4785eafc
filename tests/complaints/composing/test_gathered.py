"""complaints/composing/gathered.py: a large case is not asked for exhibit by exhibit."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from complaints.models import Complaint, Exhibit
from complaints.stages import drafting, packaging
from evidence import custody
from evidence.custody import Act, Actor, Subject
from evidence.integrity import event as events
from evidence.models import EvidenceItem
from tests import make
from tests.complaints.composing.composed import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


def with_shots(complaint: Complaint, *numbers: int) -> Complaint:
    """The complaint with so many more screenshots, each added as an exhibit."""
    shots = [
        make.item(
            complaint.case,
            make.screenshot(f"PAY NOW {number}"),
            kind=EvidenceItem.Kind.CHAT_SCREENSHOT,
            declaration=make.declaration(file_name=f"{number}.png"),
        )
        for number in numbers
    ]
    make.go_the_road()
    for shot in shots:
        actor = Actor.of(complaint.case.borrower)
        drafting.add_exhibit(complaint, shot, group="B", purpose="聊天截图", actor=actor)
    return complaint


def asked(complaint: Complaint) -> int:
    """How many statements composing takes; the item of chosen records is made before."""
    packaging._handed(complaint, [])
    with CaptureQueriesContext(connection) as queries:
        packaging._handed(complaint, [])
        assert len(said(complaint).exhibits) == complaint.exhibits.count()
    return len(queries)


def test_many_exhibits_take_no_more_statements_than_few(borrower: User) -> None:
    complaint = with_shots(make.complaint(make.confirmed_case(borrower)), 1, 2)
    few = asked(complaint)

    with_shots(complaint, 3, 4, 5, 6, 7, 8)

    assert asked(complaint) == few


def test_every_exhibit_that_is_handed_over_has_its_opening_in_its_own_log(borrower: User) -> None:
    complaint = with_shots(make.complaint(make.confirmed_case(borrower)), 1, 2)
    before = {row.code: raws(row) for row in complaint.exhibits.all()}

    told = said(complaint)

    # The log that is handed over is that of before: it does not tell of its own making.
    assert {each.number: each.custody for each in told.exhibits} == before
    for row in complaint.exhibits.all():
        (opened,) = raws(row)[len(before[row.code]) :]
        event = events.decode(opened)
        assert (event.act, event.actor_id) == (Act.OPENED, "test")


def raws(row: Exhibit) -> tuple[bytes, ...]:
    return tuple(bytes(event.raw) for event in custody.log_of(Subject.ITEM, row.item_id))
