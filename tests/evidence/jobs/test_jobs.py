"""evidence/jobs.py: what is to do is written down, taken by one worker, and done once."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from evidence import jobs
from evidence.errors import EvidenceError
from evidence.jobs import LeaseLostError, Step
from evidence.models import Job


class StoneError(EvidenceError):
    code = "stone_in_the_way"


class WeatherError(EvidenceError):
    code = "bad_weather"
    heals = True


def nothing(*_: object) -> None:
    return None


def later(**passed: int):
    return timezone.now() + timedelta(**passed)


@pytest.fixture
def job(db) -> Job:
    jobs.add("seal", uuid.uuid4())
    return Job.objects.get()


def test_the_same_work_is_asked_for_once(job):
    jobs.add(job.stage, job.subject_id)

    assert Job.objects.count() == 1


def test_another_engine_version_is_other_work(job):
    jobs.add(job.stage, job.subject_id, version="2")

    assert Job.objects.open().count() == 2


def test_a_leased_job_is_nobody_elses(job):
    assert jobs.lease("seal") == job
    assert jobs.lease("seal") is None


def test_a_lease_that_ran_out_is_taken_over(job):
    jobs.lease("seal")

    again = jobs.lease("seal", now=later(hours=1))

    assert (again, again.deaths) == (job, 1)


def test_a_job_over_which_workers_die_is_parked(job):
    for hours in range(1, 5):
        jobs.lease("seal", now=later(hours=hours))

    parked = Job.objects.parked().get()
    assert parked.last_problem == "worker_died"
    assert jobs.lease("seal", now=later(days=9)) is None


def test_done_work_is_not_due_again(job):
    jobs.work("seal", {"seal": Step(nothing, nothing, nothing)})

    assert jobs.lease("seal", now=later(days=9)) is None


def test_what_was_asked_again_meanwhile_is_done_again(job):
    leased = jobs.lease("seal")
    jobs.ask_again(job.stage, job.subject_id)

    jobs.finish(leased)

    assert jobs.lease("seal", now=later(seconds=1)) == job


def test_requests_that_wait_together_are_answered_together(job):
    for _ in range(5):
        jobs.ask_again(job.stage, job.subject_id)
    done = []

    jobs.work("seal", {"seal": Step(done.append, nothing, nothing)})

    assert len(done) == 1


def test_facts_of_a_lost_lease_are_not_kept(job):
    leased = jobs.lease("seal")
    jobs.lease("seal", now=later(hours=1))

    with pytest.raises(LeaseLostError), transaction.atomic():
        jobs.finish(leased)

    assert Job.objects.open().exists()


def test_keep_end_and_next_job_stand_or_fall_together(job):
    def fails(_: Job) -> None:
        raise StoneError

    subject = uuid.uuid4()
    step = Step(nothing, lambda *_: jobs.add("other", subject), fails)

    jobs.work("seal", {"seal": step})

    assert Job.objects.get().last_problem == "stone_in_the_way"


def test_an_error_waits_longer_each_time(job):
    waits = [jobs.delay_s(attempt) for attempt in (1, 2, 3, 30)]

    assert waits == [5, 10, 20, 6 * 3600]


def test_an_error_that_time_heals_is_tried_for_ever(job):
    fail_with(WeatherError, times=12)

    assert not Job.objects.parked().exists()
    assert Job.objects.get().last_problem == "bad_weather"


def test_another_error_is_parked_where_a_person_sees_it(job):
    fail_with(StoneError, times=5)

    assert Job.objects.parked().get().last_problem == "stone_in_the_way"


def test_an_error_that_nobody_foresaw_is_named_by_its_type_alone(job):
    def stumble(_: Job) -> None:
        raise ValueError("张三 13800000000")

    jobs.work("seal", {"seal": Step(stumble, nothing, nothing)})

    assert Job.objects.get().last_problem == "internal:ValueError"


def test_asking_again_takes_a_job_out_of_the_park(job):
    fail_with(StoneError, times=5)

    jobs.ask_again(job.stage, job.subject_id)

    assert jobs.lease("seal", now=later(seconds=1)) == job


def test_the_sweeper_rings_for_what_is_due_only(job, heard):
    jobs.add("read", uuid.uuid4())
    Job.objects.filter(stage="read").update(next_at=later(hours=1))

    assert jobs.sweep() == ["seal"]
    assert heard == ["seal"]


def test_the_bell_rings_after_the_commit(heard, django_capture_on_commit_callbacks, db):
    with django_capture_on_commit_callbacks(execute=True):
        jobs.add("seal", uuid.uuid4())
        assert heard == []

    assert heard == ["seal"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_work_and_do_none_twice():
    for _ in range(12):
        jobs.add("seal", uuid.uuid4())
    done: list[uuid.UUID] = []
    step = Step(nothing, lambda job, _: done.append(job.pk), nothing)

    def run() -> None:
        jobs.work("seal", {"seal": step})
        connection.close()

    workers = [threading.Thread(target=run) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(done) == len(set(done)) == 12
    assert not Job.objects.open().exists()


@pytest.fixture
def heard():
    rung: list[str] = []

    def listen(sender, *, stage, **_):
        rung.append(stage)

    jobs.due.connect(listen)
    yield rung
    jobs.due.disconnect(listen)


def fail_with(error: type[Exception], *, times: int) -> None:
    def fail(_: Job) -> None:
        raise error

    for _ in range(times):
        Job.objects.update(next_at=timezone.now())
        jobs.work("seal", {"seal": Step(fail, nothing, nothing)})
