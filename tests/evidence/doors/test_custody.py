"""evidence/custody.py: one chain of events per subject, whoever writes."""

from __future__ import annotations

import threading
import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from evidence import custody
from evidence.custody import Act, Actor, Subject
from evidence.integrity import event as events
from evidence.integrity.event import EventFormatError
from evidence.models import CustodyEvent

HOUSE = Actor.system("sweeper")


def test_it_stores_the_very_bytes_that_the_next_event_names(db):
    subject = uuid.uuid4()

    first = custody.record(Subject.UPLOAD, subject, Act.UPLOAD_BEGUN, actor=HOUSE)
    second = custody.record(Subject.UPLOAD, subject, Act.REFUSED, actor=HOUSE, facts={"code": "x"})

    decoded = events.decode(bytes(second.raw))
    assert decoded.previous == first.sha256 == events.digest(bytes(first.raw))
    assert (first.sequence, second.sequence) == (1, 2)
    assert decoded.facts == {"code": "x"}


def test_each_subject_has_its_own_chain(db):
    one, other = uuid.uuid4(), uuid.uuid4()
    custody.record(Subject.UPLOAD, one, Act.REFUSED, actor=HOUSE)

    row = custody.record(Subject.UPLOAD, other, Act.REFUSED, actor=HOUSE)

    assert row.sequence == 1
    assert row.previous == ""


def test_its_chain_is_one_that_the_pure_check_accepts(db):
    subject = uuid.uuid4()
    for _ in range(5):
        custody.record(Subject.UPLOAD, subject, Act.REFUSED, actor=HOUSE)

    rows = custody.log_of(Subject.UPLOAD, subject)

    events.verify_chain([bytes(row.raw) for row in rows])
    assert rows.count() == 5


def test_a_text_in_the_facts_is_refused_and_nothing_is_written(db):
    with pytest.raises(EventFormatError):
        custody.record(
            Subject.UPLOAD, uuid.uuid4(), Act.REFUSED, actor=HOUSE, facts={"name": "张 三"}
        )

    assert not CustodyEvent.objects.exists()


def test_an_event_goes_with_the_transaction_it_stands_in(db):
    with transaction.atomic():
        custody.record(Subject.UPLOAD, uuid.uuid4(), Act.REFUSED, actor=HOUSE)
        transaction.set_rollback(True)

    assert not CustodyEvent.objects.exists()


def test_the_database_refuses_two_events_at_one_place(db):
    subject = uuid.uuid4()
    row = custody.record(Subject.UPLOAD, subject, Act.REFUSED, actor=HOUSE)

    with pytest.raises(IntegrityError), transaction.atomic():
        CustodyEvent.objects.create(
            id=uuid.uuid4(),
            subject_type=row.subject_type,
            subject_id=row.subject_id,
            sequence=1,
            act=row.act,
            at=row.at,
            raw=b"other",
            sha256="0" * 64,
        )


@pytest.mark.django_db(transaction=True)
def test_writers_who_meet_at_one_subject_all_get_their_place():
    subject, together = uuid.uuid4(), threading.Barrier(4)
    problems: list[Exception] = []

    def write() -> None:
        try:
            together.wait()
            for _ in range(5):
                custody.record(Subject.UPLOAD, subject, Act.REFUSED, actor=HOUSE)
        except Exception as problem:  # noqa: BLE001 - a thread's error must reach the test
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    rows = list(custody.log_of(Subject.UPLOAD, subject))
    assert [row.sequence for row in rows] == list(range(1, 21))
    events.verify_chain([bytes(row.raw) for row in rows])
