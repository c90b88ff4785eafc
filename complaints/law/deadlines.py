"""Days that matter after filing: pure date arithmetic over the alarms of routing.json."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from complaints.law.catalogue import provision
from complaints.law.errors import UnknownFactError
from complaints.law.pack import Entry
from complaints.law.source import law

# "Six months" may be 181 days (from 1 February), fewer than the 183 of the data: the earlier
# of the two is the safe day.
_MONTHS = {"A1": 6}
# What the person must do in time, and how many days before we remind; the 30 of A1 stand in its
# text, the rest is ours. All other alarms wait for somebody else's answer: the day after.
_OURS = {"A1": 30, "A5": 3, "A6": 15, "A11": 90}


@dataclass(frozen=True)
class Deadline:
    """One day by which something happens or is lost. The first day is not counted."""

    alarm: str
    what_zh: str
    what_en: str
    counted_from: date
    due_on: date  # last day, Beijing calendar; holidays are not moved
    is_ours: bool  # true: the person must act by then; false: somebody must have answered
    remind_on: date
    rule: str  # id of the provision in force on the day it is counted from, or the alarm's own
    rule_is_verified: bool  # false: the time was not read at its source
    text_zh: str | None

    def is_over(self, today: date) -> bool:
        """Whether the last day has passed."""
        return today > self.due_on


def starts() -> list[str]:
    """The names of the dates from which alarms count, e.g. `last_act_date`."""
    return [alarm["from_"] for alarm in law().routing["deadline_alarms"]]


def deadlines(dates: Mapping[str, date]) -> list[Deadline]:
    """The deadlines that follow from what has happened, the next one first.

    Args:
        dates: what happened when (`starts()` names them); what has not happened is left out.

    Raises:
        UnknownFactError: a date we do not know.
    """
    for name in dates:
        if name not in starts():
            raise UnknownFactError(name)
    alarms = law().routing["deadline_alarms"]
    found = [_deadline(alarm, dates[alarm["from_"]]) for alarm in alarms if alarm["from_"] in dates]
    return sorted(found, key=lambda each: each.due_on)


def _deadline(alarm: Entry, begins: date) -> Deadline:
    due = begins + timedelta(days=alarm["days"])
    if months := _MONTHS.get(alarm["id"]):
        due = min(due, add_months(begins, months))
    rule = provision(_rule_then(alarm["rule"], begins))
    return Deadline(
        alarm=alarm["id"],
        what_zh=alarm["what"],
        what_en=law().english["alarms"][alarm["id"]],
        counted_from=begins,
        due_on=due,
        is_ours=alarm["id"] in _OURS,
        remind_on=_remind_on(alarm["id"], begins, due),
        rule=rule.id,
        rule_is_verified=rule.verified,
        text_zh=alarm.get("text_zh"),
    )


def _remind_on(alarm: str, begins: date, due: date) -> date:
    if alarm not in _OURS:
        return due + timedelta(days=1)
    return max(begins, due - timedelta(days=_OURS[alarm]))


def _rule_then(rule: str, on: date) -> str:
    """The version of a rule on a day: PSAPL2012-22 for an act before 2026-01-01."""
    if provision(rule).was_in_force(on):
        return rule
    for entry in law().statutes.values():
        if entry["replaced_by"] == rule and provision(entry["id"]).was_in_force(on):
            return str(entry["id"])
    return rule


def add_months(day: date, months: int) -> date:
    """The same day some months on, or the last day of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
