"""evidence/matching.py: off by default; agreed case by case; taken back, nothing is left."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from evidence import collectors, custody, decisions, forgetting, matching, tasks
from evidence.consents import ConsentOutdatedError
from evidence.custody import Act, Actor, Subject
from evidence.integrity import event as events
from evidence.models import CollectorBand, CollectorMark, Job, MatchingConsent, Reading
from evidence.vault import matching_key
from tests import dump, make

from . import people
from .people import NUMBER, OTHER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


def acts_of(case) -> list[str]:
    return list(custody.log_of(Subject.CASE, case.pk).values_list("act", flat=True))


def test_it_is_off_unless_the_operator_switches_it_on(case):
    assert not matching.is_on()
    assert collectors.standing(case).state == collectors.State.OFF
    with pytest.raises(matching.MatchingOffError):
        matching.agree(case, version=matching.TEXT_VERSION, by=case.borrower)
    assert not MatchingConsent.objects.exists()


def test_while_it_is_off_a_sweep_asks_for_nothing_and_no_key_is_read(case, settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "no-keys"
    tasks.ask_for_matching()
    collectors.drop_what_is_gone(case.pk)

    assert not Job.objects.filter(stage=collectors.MATCH).exists()


def test_switched_off_again_the_next_sweep_clears_all_and_ends_each_consent(settings, switched_on):
    cases = people.several(NUMBER, 6)
    people.count()
    assert CollectorBand.objects.exists()
    settings.COLLECTOR_MATCHING = False
    assert collectors.standing(cases[0]).seen == ()  # at once, before any sweep

    tasks.ask_for_matching()
    tasks.work(collectors.MATCH)

    for model in (CollectorMark, CollectorBand, MatchingConsent):
        assert not model.objects.exists()
    last = custody.log_of(Subject.CASE, cases[0].pk).last()
    assert (last.act, events.decode(bytes(last.raw)).actor_id) == ("consent_withdrawn", "matching")
    tasks.ask_for_matching()
    assert not Job.objects.open().filter(stage=collectors.MATCH).exists()
    settings.COLLECTOR_MATCHING = True
    assert collectors.standing(cases[0]).state == collectors.State.NOT_AGREED


@pytest.mark.usefixtures("switched_on")
def test_to_agree_and_to_take_it_back_are_events_of_the_case_and_name_no_number(case):
    matching.agree(case, version=matching.TEXT_VERSION, by=case.borrower)
    matching.agree(case, version=matching.TEXT_VERSION, by=case.borrower)  # a second tap
    matching.withdraw(case, by=case.borrower)
    matching.withdraw(case, by=case.borrower)

    kept = list(custody.log_of(Subject.CASE, case.pk))[-2:]
    assert [row.act for row in kept] == [Act.CONSENTED, Act.CONSENT_WITHDRAWN]
    facts = {"purpose": "match_collectors", "text_version": matching.TEXT_VERSION}
    assert [events.decode(bytes(row.raw)).facts for row in kept] == [facts, facts]
    assert acts_of(case).count(Act.CONSENTED) == 1


@pytest.mark.usefixtures("switched_on")
def test_other_words_are_another_consent(case, monkeypatch):
    with pytest.raises(ConsentOutdatedError):
        matching.agree(case, version="2020-01-01", by=case.borrower)
    people.agreed(case)
    monkeypatch.setattr(matching, "TEXT_VERSION", "2027-01-01")
    assert collectors.standing(case).state == collectors.State.NOT_AGREED

    people.count()
    assert not CollectorMark.objects.exists()


@pytest.mark.usefixtures("switched_on")
def test_without_consent_nothing_of_a_case_is_computed_or_kept():
    quiet = people.met(make.user(), OTHER)
    people.several(NUMBER, 6)
    people.count()

    assert not CollectorMark.objects.filter(consent=quiet.pk).exists()
    assert collectors.standing(quiet).state == collectors.State.NOT_AGREED
    assert collectors.standing(quiet).seen == ()


@pytest.mark.usefixtures("switched_on")
def test_taken_back_all_that_was_made_of_the_case_is_gone_at_once():
    cases = people.several(people.number_with_allowance(0), 4)
    people.count()
    gone = cases[0]
    marks = list(CollectorMark.objects.filter(consent=gone.pk).values_list("mark", flat=True))
    assert marks

    matching.withdraw(gone, by=gone.borrower)

    assert dump.traces(dump.rows(), marks) == []
    assert not MatchingConsent.objects.filter(pk=gone.pk).exists()
    assert collectors.standing(gone).seen == ()
    people.count()  # those left are three, and two others are too few
    assert people.bands() == []


@pytest.mark.usefixtures("switched_on")
def test_who_watches_sees_a_withdrawal_with_the_next_count_and_not_with_the_tap():
    number = people.number_with_allowance(0)
    watching, leaving, *_ = people.several(number, 4)
    people.count()
    matching.withdraw(leaving, by=leaving.borrower)

    assert people.least_of(watching, number) == 3
    people.count()
    assert people.least_of(watching, number) is None


@pytest.mark.usefixtures("switched_on")
def test_in_a_large_group_nobody_s_leaving_shows():
    number = people.number_with_allowance(0)
    cases = people.several(number, 6)
    people.count()
    matching.withdraw(cases[0], by=cases[0].borrower)
    people.count()

    assert {people.least_of(case, number) for case in cases[1:]} == {3}


@pytest.mark.usefixtures("switched_on")
def test_a_number_that_turns_out_to_be_a_relative_s_is_out_at_once():
    case = people.agreed(people.met(make.user(), NUMBER, OTHER))
    people.count()
    said = {"how_known": "", "lender": "", "by": case.borrower}
    decisions.name_number(case, OTHER, role="witness", **said)

    assert CollectorMark.objects.count() == 1
    assert [one.value for one in collectors.standing(case).seen] == [NUMBER]


@pytest.mark.usefixtures("switched_on")
def test_records_that_are_not_wanted_any_more_take_their_marks_along():
    case = people.agreed(people.met(make.user(), NUMBER, OTHER))
    people.count()
    reading = Reading.objects.get(item__case=case)
    index = reading.records.get(peer_number=OTHER).index
    forgetting.records(reading, [index])

    assert CollectorMark.objects.count() == 1


def test_marks_whose_key_is_gone_go_with_any_record(switched_on):
    case = people.agreed(people.met(make.user(), NUMBER, OTHER))
    people.count()
    (switched_on / matching_key.FILE_NAME).unlink()

    assert collectors.drop_what_is_gone(case.pk) == 2


@pytest.mark.usefixtures("switched_on")
def test_the_key_is_replaced_by_a_command_that_asks_for_a_count():
    people.several(NUMBER, 1)
    before, said = matching_key.current(), io.StringIO()
    call_command("rotate_matching_key", stdout=said)

    assert matching_key.current().name != before.name
    assert before.secret.hex() not in said.getvalue()
    assert Job.objects.open().filter(stage=collectors.MATCH).exists()


@pytest.mark.usefixtures("switched_on")
def test_ending_all_of_them_asks_each_person_anew():
    case = people.several(NUMBER, 6)[0]
    people.count()
    matching.end_all(actor=Actor.system("restore"))

    assert not matching.is_anything_left()
    assert collectors.standing(case).state == collectors.State.NOT_AGREED
