"""complaints/law/following.py: what follows from each filing, how it stands, what comes next."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from complaints.law.agencies import agencies
from complaints.law.errors import UnknownAgencyError
from complaints.law.following import Filed, Following, Outcome, Status, Told, following
from complaints.law.source import law

BEGINS = date(2026, 9, 1)
# How each alarm of the data comes about, and what ends its wait (None: nothing the person tells).
WAYS: dict[str, tuple[dict[str, object], Outcome | None]] = {
    "A1": ({"last_act_on": BEGINS}, None),
    "A2": ({"to": "LENDER"}, Outcome.DECIDED),
    "A3": ({"to": "NFRA_LOCAL"}, Outcome.ACCEPTED),
    "A4": ({"to": "NFRA_LOCAL", "told": Outcome.ACCEPTED}, Outcome.DECIDED),
    "A5": ({"to": "PSB_CRIM", "told": Outcome.REFUSED}, Outcome.REVIEW_ASKED),
    "A6": ({"to": "PSB_STATION", "told": Outcome.REFUSED}, Outcome.REVIEW_ASKED),
    "A7": ({"to": "PSB_STATION", "told": Outcome.ACCEPTED}, Outcome.DECIDED),
    "A8": ({"to": "PBOC"}, Outcome.DECIDED),
    "A9": ({"to": "TELECOM"}, Outcome.REFUSED),
    "A10": ({"to": "LOCAL_FIN"}, Outcome.PASSED_ON),
    "A11": ({"first_call_on": BEGINS}, None),
}


def follow(alarm: str, today: date, *, ended: Outcome | None = None) -> Following:
    way = dict(WAYS[alarm][0])
    if "to" in way:
        told = [Told(Outcome(str(way.pop("told"))), BEGINS)] if "told" in way else []
        told += [Told(ended, BEGINS + timedelta(days=1))] if ended else []
        way = {"filings": (Filed("f", str(way["to"]), BEGINS, tuple(told), "bank"),)}
    (found,) = [one for one in following(today=today, **way) if one.deadline.alarm == alarm]  # type: ignore[arg-type]
    return found


def test_every_alarm_of_the_data_has_its_way() -> None:
    assert WAYS.keys() == {alarm["id"] for alarm in law().routing["deadline_alarms"]}


@pytest.mark.parametrize("alarm", WAYS)
def test_every_alarm_waits_then_is_due_soon_then_has_passed(alarm: str) -> None:
    found = follow(alarm, BEGINS).deadline
    soon = found.remind_on if found.is_ours else found.due_on - timedelta(days=3)

    assert found.counted_from == BEGINS
    assert follow(alarm, soon - timedelta(days=1)).status == Status.WAITING
    assert follow(alarm, soon).status == Status.DUE_SOON
    assert follow(alarm, found.due_on).status == Status.DUE_SOON
    assert follow(alarm, found.due_on + timedelta(days=1)).status == Status.PASSED


@pytest.mark.parametrize("alarm", [one for one, (_, end) in WAYS.items() if end])
def test_what_was_waited_for_ends_the_wait_and_leaves_nothing_to_do(alarm: str) -> None:
    found = follow(alarm, date(2030, 1, 1), ended=WAYS[alarm][1])

    assert found.status == Status.MET
    assert found.next_agencies == ()
    assert found.next_document == ""


@pytest.mark.parametrize("alarm", WAYS)
def test_whoever_may_hear_of_it_next_is_in_the_catalogue(alarm: str) -> None:
    assert set(follow(alarm, BEGINS).next_agencies) <= agencies().keys()


@pytest.mark.parametrize(
    ("alarm", "before", "after"),
    [
        ("A1", (("PSB_STATION",), ""), ((), "")),
        ("A2", (("NFRA_LOCAL", "LOCAL_FIN"), ""), (("NFRA_LOCAL", "LOCAL_FIN"), "")),
        ("A5", (("PROC",), "non_filing_review"), (("PROC",), "")),
        ("A6", ((), "administrative_reconsideration"), ((), "")),
        ("A11", (("LENDER",), ""), ((), "")),
    ],
)
def test_a_remedy_whose_time_has_passed_is_not_proposed(
    alarm: str, before: tuple[tuple[str, ...], str], after: tuple[tuple[str, ...], str]
) -> None:
    early, late = follow(alarm, BEGINS), follow(alarm, date(2030, 1, 1))

    assert (early.next_agencies, early.next_document) == before
    assert (late.next_agencies, late.next_document) == after


def test_police_told_after_the_last_act_have_learnt_of_it_in_time() -> None:
    told = (Filed("f", "PSB_STATION", BEGINS + timedelta(days=2)),)
    (found,) = following(today=BEGINS, last_act_on=BEGINS, filings=told)

    assert found.status == Status.MET


@pytest.mark.parametrize("days", [-1, 184])
def test_police_told_before_the_last_act_or_too_late_have_not(days: int) -> None:
    told = (Filed("f", "PSB_STATION", BEGINS + timedelta(days=days)),)
    (found,) = following(today=BEGINS, last_act_on=BEGINS, filings=told)

    assert found.status != Status.MET


def test_a_regulator_told_does_not_stop_the_time_of_the_police() -> None:
    told = (Filed("f", "NFRA_LOCAL", BEGINS + timedelta(days=2)),)
    found = following(today=BEGINS, last_act_on=BEGINS, filings=told)

    assert {one.deadline.alarm: one.status for one in found}["A1"] == Status.WAITING


def test_a_refusal_told_twice_counts_from_the_first_day() -> None:
    told = (Told(Outcome.REFUSED, BEGINS + timedelta(days=4)), Told(Outcome.REFUSED, BEGINS))
    (found,) = following(today=BEGINS, filings=(Filed("f", "PSB_CRIM", BEGINS, told),))

    assert found.deadline.due_on == BEGINS + timedelta(days=7)
    assert found.next_document == "non_filing_review"


def test_two_filings_wait_each_for_its_own_answer_and_what_is_over_comes_last() -> None:
    answered = (Told(Outcome.DECIDED, BEGINS + timedelta(days=3)),)
    found = following(
        today=BEGINS + timedelta(days=5),
        filings=(
            Filed("first", "LENDER", BEGINS, answered, "bank"),
            Filed("second", "LENDER", BEGINS + timedelta(days=4), (), "bank"),
        ),
    )

    assert [(one.filing, one.status) for one in found] == [
        ("second", Status.WAITING),
        ("first", Status.MET),
    ]


@pytest.mark.parametrize(
    ("lender", "alarms"),
    [
        ("bank", ["A2"]),
        ("consumer_finance_company", ["A2"]),
        ("microloan_company", []),
        ("unlicensed_platform", []),
        ("unknown", []),
    ],
)
def test_only_a_lender_that_the_rule_binds_is_waited_for(lender: str, alarms: list[str]) -> None:
    found = following(today=BEGINS, filings=(Filed("f", "LENDER", BEGINS, (), lender),))

    assert [one.deadline.alarm for one in found] == alarms


def test_an_agency_that_no_alarm_counts_for_has_no_day() -> None:
    assert following(today=BEGINS, filings=(Filed("f", "CAC", BEGINS),)) == []


def test_a_filing_with_nobody_of_the_catalogue_is_refused() -> None:
    with pytest.raises(UnknownAgencyError):
        following(today=BEGINS, filings=(Filed("f", "NOBODY", BEGINS),))
