"""evidence/custody.py: one chain of events per subject, whoever writes."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

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


HOUR = timedelta(hours=1)


def opened_each(subjects, actor=HOUSE):
    return custody.record_once_each(Subject.ITEM, subjects, Act.OPENED, actor=actor, per=HOUR)


def test_many_subjects_each_get_the_next_event_of_their_own_chain(db):
    fresh, known = uuid.uuid4(), uuid.uuid4()
    before = custody.record(Subject.ITEM, known, Act.STORED, actor=HOUSE)
    worker = Actor.system("packaging").at_work_on(uuid.uuid4())

    recorded = opened_each([fresh, known], worker)

    for subject in (fresh, known):
        rows = list(custody.log_of(Subject.ITEM, subject))
        events.verify_chain([bytes(row.raw) for row in rows])
        told = events.decode(bytes(rows[-1].raw))
        assert (told.act, told.actor_id, told.at) == (Act.OPENED, "packaging", rows[-1].at)
        assert told.facts == {"session": worker.session}
        assert recorded[str(subject)] == rows[-1].at
        assert rows[-1].pending_leaf.event_id == rows[-1].pk
    assert custody.log_of(Subject.ITEM, known).last().previous == before.sha256


def test_many_subjects_are_recorded_once_within_the_time(db):
    subjects = [uuid.uuid4() for _ in range(3)]
    first = opened_each(subjects[:2])

    again = opened_each(subjects)

    assert {each: again[each] for each in first} == first
    assert [custody.log_of(Subject.ITEM, each).count() for each in subjects] == [1, 1, 1]


def test_another_actor_or_session_is_recorded_for_itself(db):
    subject = uuid.uuid4()
    worker = Actor.system("packaging")
    for actor in (HOUSE, worker, worker.at_work_on(uuid.uuid4())):
        opened_each([subject], actor)

    assert custody.log_of(Subject.ITEM, subject).count() == 3


def test_the_number_of_statements_does_not_grow_with_the_subjects(db, django_assert_num_queries):
    with CaptureQueriesContext(connection) as few:
        opened_each([uuid.uuid4()])

    with django_assert_num_queries(len(few.captured_queries)):
        opened_each([uuid.uuid4() for _ in range(custody.AT_ONCE // 2)])


@pytest.mark.django_db(transaction=True)
def test_many_and_single_writers_who_meet_leave_whole_chains():
    subjects, together = [uuid.uuid4() for _ in range(5)], threading.Barrier(3)
    problems: list[Exception] = []

    def write(number: int) -> None:
        try:
            together.wait()
            for _ in range(3):
                if number:
                    actor = HOUSE.at_work_on(uuid.uuid4())
                    opened_each(subjects if number == 1 else reversed(subjects), actor)
                else:
                    for subject in subjects:
                        custody.record(Subject.ITEM, subject, Act.STORED, actor=HOUSE)
        except Exception as problem:  # noqa: BLE001 - a thread's error must reach the test
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    for subject in subjects:
        rows = list(custody.log_of(Subject.ITEM, subject))
        assert [row.sequence for row in rows] == list(range(1, 10))
        events.verify_chain([bytes(row.raw) for row in rows])
