"""What somebody learns who comes to find out about others, and what they do not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from evidence import collectors, matching
from evidence.models import CollectorMark
from tests import make

from . import people
from .people import NUMBER, OTHER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault", "switched_on")]


@pytest.fixture
def met():
    """A number that many people met."""
    people.several(NUMBER, 6)
    people.count()
    return NUMBER


def test_a_number_that_is_not_in_one_s_own_confirmed_evidence_tells_nothing(met):
    curious = people.agreed(people.met(make.user(), OTHER))
    people.bring(curious, (met, "在吗"))  # a text that is no abuse: nothing to confirm
    people.count()

    assert [one.value for one in collectors.standing(curious).seen] == [OTHER]


def test_a_number_that_was_forged_just_now_tells_nothing_before_the_next_day(met):
    curious = people.agreed(people.met(make.user(), OTHER))
    people.count()
    people.bring(curious, (met, people.THREAT))
    make.confirm_all(curious)

    [found] = [one for one in collectors.standing(curious).seen if one.value == met]
    assert (found.is_counted, found.least, found.first_month) == (False, None, None)


def test_a_forged_list_of_numbers_is_answered_ten_a_day(met):
    numbers = [f"+86137000002{n:02d}" for n in range(40)]
    curious = people.agreed(people.met(make.user(), *numbers, met))
    people.count()

    seen = collectors.standing(curious).seen
    assert len(seen) == 41
    assert sum(one.is_counted for one in seen) == 10


def test_taking_it_back_and_agreeing_again_gives_no_second_look_on_the_same_day(met):
    numbers = [f"+86137000002{n:02d}" for n in range(40)]
    curious = people.agreed(people.met(make.user(), *numbers))
    people.count()
    matching.withdraw(curious, by=curious.borrower)
    matching.agree(curious, version=matching.TEXT_VERSION, by=curious.borrower)

    assert collectors.standing(curious).state == collectors.State.WAITING
    people.count()
    assert CollectorMark.objects.filter(consent=curious.pk).count() == 10


def test_several_cases_give_one_person_no_more_looks(met):
    curious = make.user()
    for start in (300, 320, 340):
        numbers = [f"+8613700000{n}" for n in range(start, start + 20)]
        people.agreed(people.met(curious, *numbers))
    people.count()

    assert CollectorMark.objects.filter(consent__case__borrower=curious).count() == 10


def test_accounts_made_to_reach_the_threshold_count_a_week_later_at_the_soonest():
    number = people.number_with_allowance(0)
    target = people.several(number, 1)[0]
    forged = [people.met(make.user(), number) for _ in range(5)]
    for case in forged:
        people.agreed(case, ago=timedelta(days=1))
    people.count()

    assert people.least_of(forged[0], number) is people.least_of(target, number) is None


def test_everybody_who_met_it_is_told_the_same(met):
    cases = list(map(_case, CollectorMark.objects.select_related("consent__case")))
    told = {(people.least_of(case), case.borrower_id) for case in cases}

    assert {least for least, _ in told} == {3}
    assert len(told) == 6


def test_what_is_told_holds_no_id_name_or_words_of_another(met, borrower_browser, borrower):
    mine = people.agreed(people.met(borrower, met))
    people.count()
    answer = borrower_browser.get(f"/api/cases/{mine.pk}/matching/").json()

    [one] = answer["results"]
    assert set(one) == {
        "sort", "value", "is_counted", "least", "first_month", "last_month", "sentence",
    }  # fmt: skip
    assert (one["value"], one["least"]) == (met, 3)
    assert one["first_month"] == one["last_month"] == "2026-03-01"


def _case(mark: CollectorMark):
    return mark.consent.case
