"""A consent that is taken back in the moment in which the count is kept: who waits for whom."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, transaction

from evidence import collectors, jobs, matching
from evidence.models import CollectorMark, MatchingConsent
from evidence.stages import matching as counting

from . import people
from .people import NUMBER

WAITING = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE wait_event_type = 'Lock' AND datname = current_database()"
)
DEADLINE_S = 30


@pytest.mark.postgres  # SQLite lets one writer in at a time
@pytest.mark.usefixtures("vault", "switched_on")
@pytest.mark.django_db(transaction=True)
def test_the_withdrawal_waits_for_the_count_and_then_takes_all():
    case = people.several(NUMBER, 1)[0]
    jobs.ask_again(collectors.MATCH, collectors.HOUSE_ID)
    job = jobs.lease(collectors.MATCH)
    outcome = counting.prepare(job)
    faults: list[Exception] = []

    def withdraw() -> None:
        try:
            matching.withdraw(case, by=case.borrower)
        except Exception as fault:  # noqa: BLE001 - told to the test
            faults.append(fault)
        finally:
            connection.close()

    thread = threading.Thread(target=withdraw)
    with transaction.atomic():
        counting.keep(job, outcome)
        thread.start()
        _until_somebody_waits()
    thread.join(DEADLINE_S)

    assert faults == []
    assert not CollectorMark.objects.exists()
    assert not MatchingConsent.objects.exists()


def _until_somebody_waits() -> None:
    last = time.monotonic() + DEADLINE_S
    while time.monotonic() < last:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # else it stays as it was first seen
            cursor.execute(WAITING)
            row = cursor.fetchone()
        if row and row[0]:
            return
    raise AssertionError("the withdrawal did not wait")
