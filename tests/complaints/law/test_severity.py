"""complaints/law/severity.py: what is proposed, why, and what the person may make of it."""

import pytest

from complaints.law.errors import NoKindsError, SeverityOutOfRangeError, UnknownKindError
from complaints.law.facts import Facts
from complaints.law.kinds import kinds
from complaints.law.severity import RAISING_FACTS, choose, severity
from complaints.law.source import law


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.code)
def test_one_kind_alone_has_its_default(kind):
    found = severity([kind.code])

    assert found.level == kind.severity_default
    assert (found.floor, found.maximum) == (kind.severity_floor, kind.severity_max)


def test_a_case_is_as_grave_as_its_gravest_kind():
    found = severity(["OFF_HOURS", "THREAT", "INSULT"])

    assert found.level == 3
    assert "威胁恐吓" in found.reason_zh
    assert "Threat" in found.reason_en


@pytest.mark.parametrize("fact", RAISING_FACTS)
def test_a_raising_fact_lifts_one_level_and_says_so(fact):
    found = severity(["INSULT"], Facts(**{fact: True}))
    sentence = law().routing["severity_raise"][RAISING_FACTS.index(fact)]

    assert found.level == 3
    assert sentence in found.reason_zh


def test_two_raising_facts_lift_no_more_than_one():
    assert severity(["OFF_HOURS"], Facts(self_harm=True, vulnerable_person=True)).level == 2


def test_nothing_lifts_a_kind_above_its_own_maximum():
    found = severity(["NO_SELF_IDENTIFICATION", "FALSE_CREDIT_THREAT"], Facts(self_harm=True))

    assert found.level == 2
    assert severity(["PHYSICAL_VIOLENCE"], Facts(self_harm=True)).level == 4


def test_a_fact_that_lifts_nothing_is_not_given_as_a_reason():
    assert "提高" not in severity(["PHYSICAL_VIOLENCE"], Facts(self_harm=True)).reason_zh


def test_a_warning_by_an_authority_counts_as_going_on_after_being_stopped():
    assert severity(["INSULT"], Facts(authority_warned_before=True)).level == 3


def test_danger_now_is_four_even_with_no_kind_named():
    found = severity([], Facts(danger_now=True))

    assert (found.level, found.floor, found.maximum) == (4, 4, 4)


def test_the_bounds_are_those_of_the_gravest_kinds():
    found = severity(["INSULT", "PHYSICAL_VIOLENCE", "OFF_HOURS"])

    assert (found.floor, found.maximum) == (4, 4)


def test_the_order_of_the_kinds_does_not_matter():
    assert severity(["THREAT", "CONTACT_BLAST"]) == severity(["CONTACT_BLAST", "THREAT"])


def test_the_person_may_lower_it_to_the_floor():
    found = choose(severity(["THREAT"]), 1)

    assert found.level == 1
    assert found.chosen_by_person
    assert "本人设定" in found.reason_zh


def test_keeping_the_proposal_is_not_a_change():
    assert not choose(severity(["THREAT"]), 3).chosen_by_person


@pytest.mark.parametrize(
    ("kind", "level"), [("PHYSICAL_VIOLENCE", 3), ("INSULT", 5), ("INSULT", 0)]
)
def test_the_person_may_not_leave_the_bounds(kind, level):
    with pytest.raises(SeverityOutOfRangeError):
        choose(severity([kind]), level)


def test_no_kind_and_an_unknown_kind_are_refused():
    with pytest.raises(NoKindsError):
        severity([])
    with pytest.raises(UnknownKindError):
        severity(["RUDE"])
