"""evidence/stages/matching.py: the daily count over all cases whose borrowers agreed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from evidence import collectors, jobs, matching, tasks
from evidence.models import CollectorBand, CollectorMark, MatchingConsent
from evidence.stages import matching as counting
from evidence.vault import matching_key
from tests import make

from . import people
from .people import NUMBER, OTHER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault", "switched_on")]

MONTH_MS = 31 * 24 * 3600 * 1000


def test_a_number_of_enough_other_people_is_told_and_of_fewer_is_not():
    number = people.number_with_allowance(0)
    cases = people.several(number, 3)
    people.count()
    assert people.least_of(cases[0], number) is None
    assert not CollectorBand.objects.exists()

    cases += people.several(number, 1)
    people.count()
    assert {people.least_of(case, number) for case in cases} == {3}


@pytest.mark.parametrize("allowance", [0, 1, 2])
def test_what_is_told_is_never_more_than_the_truth(allowance):
    number = people.number_with_allowance(allowance)
    cases = people.several(number, 3 + allowance)
    people.count()
    assert people.least_of(cases[0], number) is None

    cases += people.several(number, 1)
    people.count()
    assert people.least_of(cases[0], number) == 3 <= len(cases) - 1


def test_many_cases_of_one_person_count_once():
    number = people.number_with_allowance(0)
    inflating = make.user()
    cases = [people.agreed(people.met(inflating, number)) for _ in range(6)]
    cases += people.several(number, 2)
    people.count()

    assert {people.least_of(case, number) for case in cases} == {None}
    assert people.bands() == []


def test_an_account_of_today_sees_but_does_not_yet_count_for_others():
    number = people.number_with_allowance(0)
    old = people.several(number, 3)
    fresh = people.agreed(people.met(make.user(), number), ago=timedelta(days=6))
    people.count()
    assert people.least_of(old[0], number) is people.least_of(fresh, number) is None

    MatchingConsent.objects.filter(pk=fresh.pk).update(given_at=timezone.now() - timedelta(days=8))
    people.count()
    assert people.least_of(old[0], number) == people.least_of(fresh, number) == 3


def test_the_ends_are_months_and_no_single_person_s():
    number = people.number_with_allowance(0)
    later = people.FIRST + 2 * MONTH_MS
    people.several(number, 1, at_ms=people.FIRST - 24 * MONTH_MS)  # alone so early, or a forger
    people.several(number, 2)
    people.several(number, 3, at_ms=later)
    people.count()

    assert people.bands() == [(3, "2026-03", "2026-05")]


def test_a_month_that_has_not_come_is_nobody_s():
    number = people.number_with_allowance(0)
    people.several(number, 5, at_ms=people.FIRST + 400 * MONTH_MS)
    people.count()

    assert people.bands() == [(3, None, None)]


def test_nothing_in_the_tables_is_common_to_two_cases_and_nothing_is_a_number():
    people.several(NUMBER, 6)
    people.count()

    rows = list(CollectorMark.objects.values_list("mark", flat=True))
    assert len(rows) == len(set(rows)) == 6
    assert not set(rows) & set(CollectorBand.objects.values_list("mark", flat=True))


def test_a_new_key_makes_all_marks_anew_at_once_and_the_same_is_told():
    cases = people.several(NUMBER, 6)
    people.count()
    before, key = set(CollectorMark.objects.values_list("mark", flat=True)), matching_key.current()
    band = people.least_of(cases[0])

    matching_key.replace()
    assert not any(one.is_counted for one in collectors.standing(cases[0]).seen)
    people.count()

    after = set(CollectorMark.objects.values_list("mark", flat=True))
    assert len(after) == 6
    assert not before & after
    assert matching_key.current().name != key.name
    assert {people.least_of(case) for case in cases} == {band} == {3}


def test_no_more_numbers_than_one_person_may_bring_and_few_new_ones_a_day():
    numbers = [f"+86137000{n:05d}" for n in range(60)]
    case = people.agreed(people.met(make.user(), *numbers))
    taken = []
    for _ in range(6):
        people.count()
        taken.append(CollectorMark.objects.count())

    assert taken == [10, 20, 30, 40, 50, 50]
    assert len(collectors.standing(case).seen) == 60


def test_what_took_part_stays_when_more_is_confirmed_later():
    numbers = [f"+86137000001{n}" for n in range(10, 20)]
    case = people.agreed(people.met(make.user(), *numbers))
    people.count()
    before = set(CollectorMark.objects.values_list("mark", flat=True))
    people.bring(case, *((f"+86137000000{n}", people.THREAT) for n in range(10, 20)))
    make.confirm_all(case)
    people.count()

    assert before < set(CollectorMark.objects.values_list("mark", flat=True))


def test_a_consent_that_went_while_it_was_counted_leaves_nothing():
    cases = people.several(NUMBER, 2)
    jobs.ask_again(collectors.MATCH, collectors.HOUSE_ID)
    job = jobs.lease(collectors.MATCH)
    outcome = counting.prepare(job)
    people.matching.withdraw(cases[0], by=cases[0].borrower)

    counting.keep(job, outcome)

    assert set(CollectorMark.objects.values_list("consent", flat=True)) == {cases[1].pk}


def test_it_is_due_once_a_day_at_four_in_beijing():
    def beijing(day: int, hour: int, minute: int = 0) -> datetime:
        return datetime(2026, 11, day, hour, minute, tzinfo=collectors.BEIJING).astimezone(UTC)

    assert counting.is_due(None, beijing(29, 12))
    assert counting.is_due(beijing(28, 23), beijing(29, 4))
    assert not counting.is_due(beijing(28, 23), beijing(29, 3, 59))
    assert not counting.is_due(beijing(29, 4, 1), beijing(30, 3))


def test_the_sweep_asks_for_it_once_a_day():
    people.several(NUMBER, 1)
    tasks.ask_for_matching()
    tasks.work(collectors.MATCH)
    tasks.ask_for_matching()

    job = jobs.Job.objects.get(stage=collectors.MATCH)
    assert (job.asked, job.answered) == (1, 1)


def test_without_a_key_nothing_is_counted_and_the_job_waits(switched_on):
    people.several(OTHER, 1)
    (switched_on / matching_key.FILE_NAME).unlink()
    jobs.ask_again(collectors.MATCH, collectors.HOUSE_ID)
    tasks.work(collectors.MATCH)

    job = jobs.Job.objects.get(stage=collectors.MATCH)
    assert (job.last_problem, job.parked_at) == ("matching_key_unusable", None)
    assert not CollectorMark.objects.exists()


def test_samples_of_a_demonstration_count_nowhere():
    sample = people.met(make.user(is_sample=True), NUMBER)
    assert collectors.standing(sample).state == collectors.State.OFF
    with pytest.raises(matching.MatchingOffError):
        people.agreed(sample)
    MatchingConsent.objects.create(
        case=sample, text_version=matching.TEXT_VERSION, given_at=timezone.now()
    )
    people.count()

    assert not CollectorMark.objects.exists()


def test_a_suspended_account_counts_nowhere():
    number = people.number_with_allowance(0)
    cases = people.several(number, 4)
    person = cases[0].borrower
    person.is_active = False
    person.save(update_fields=["is_active"])
    people.count()

    assert people.least_of(cases[1], number) is None
    assert CollectorMark.objects.count() == 3
