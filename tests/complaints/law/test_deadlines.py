"""complaints/law/deadlines.py: days counted from what happened, with the rule that counts them."""

from datetime import date, timedelta

import pytest

from complaints.law.deadlines import add_months, deadlines, starts
from complaints.law.errors import UnknownFactError
from complaints.law.source import law


@pytest.mark.parametrize("alarm", law().routing["deadline_alarms"], ids=lambda a: a["id"])
def test_every_alarm_counts_from_its_own_date(alarm):
    begins = date(2026, 9, 1)
    (found,) = deadlines({alarm["from_"]: begins})

    assert found.alarm == alarm["id"]
    assert found.rule == alarm["rule"]
    assert begins < found.due_on <= begins + timedelta(days=alarm["days"])
    assert found.what_zh
    assert found.what_en


def test_six_months_are_the_calendars_where_they_end_before_183_days():
    (found,) = deadlines({"last_act_date": date(2026, 2, 1)})

    assert found.due_on == date(2026, 8, 1)  # 181 days
    assert found.remind_on == date(2026, 7, 2)


def test_183_days_hold_where_six_months_are_longer():
    (found,) = deadlines({"last_act_date": date(2026, 3, 1)})

    assert found.due_on == date(2026, 8, 31)  # six months would be 1 September


def test_an_act_before_2026_counts_by_the_law_of_its_day():
    (found,) = deadlines({"last_act_date": date(2025, 12, 31)})

    assert found.rule == "PSAPL2012-22"
    assert found.due_on == date(2026, 6, 30)


def test_what_somebody_else_must_do_is_asked_after_the_day_after():
    (found,) = deadlines({"lender_complaint_date": date(2026, 11, 1)})

    assert not found.is_ours
    assert found.due_on == date(2026, 11, 16)
    assert found.remind_on == date(2026, 11, 17)


def test_a_reminder_never_lies_before_the_first_day():
    (found,) = deadlines({"non_filing_notice_received": date(2026, 11, 1)})

    assert found.is_ours
    assert found.counted_from <= found.remind_on < found.due_on == date(2026, 11, 8)


def test_a_time_that_was_not_read_at_its_source_says_so():
    (found,) = deadlines({"nfra_report_date": date(2026, 11, 1)})

    assert not found.rule_is_verified


def test_the_next_deadline_comes_first():
    found = deadlines(dict.fromkeys(starts(), date(2026, 11, 1)))

    assert [each.due_on for each in found] == sorted(each.due_on for each in found)
    assert len(found) == 11


def test_a_deadline_is_over_the_day_after_and_not_on_it():
    (found,) = deadlines({"petition_date": date(2026, 11, 1)})

    assert not found.is_over(date(2026, 11, 16))
    assert found.is_over(date(2026, 11, 17))


def test_nothing_that_happened_gives_no_deadline():
    assert deadlines({}) == []


def test_a_date_we_do_not_know_is_refused():
    with pytest.raises(UnknownFactError):
        deadlines({"birthday": date(2026, 11, 1)})


@pytest.mark.parametrize(
    ("day", "then"),
    [
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 6, 30), date(2026, 12, 30)),
        (date(2026, 12, 1), date(2027, 6, 1)),
    ],
)
def test_months_end_where_the_calendar_has_no_such_day(day, then):
    assert add_months(day, 6) == then
