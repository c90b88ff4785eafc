"""evidence/carrying.py and rereading.py: a newer engine reads again; decisions go along."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from django.db import connection

from complaints.models import Complaint, Exhibit
from complaints.preflight import preflight
from complaints.stages import drafting
from evidence import carrying, custody, decisions, jobs, tasks, transcripts
from evidence.custody import Act, Actor, Subject
from evidence.integrity import event as events
from evidence.models import Reading, Record, Tag, TagDecision
from evidence.models.timelines import timeline_of
from evidence.stages import reading
from tests import dump, make
from tests.evidence.stages.test_choosing import COLLECTOR, MOTHER, SECRET, export

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

DUNNING, OTHER = "再不还钱，就让你全家都不得安宁", "今天不还就砍断你的腿"


@pytest.fixture
def item(case):
    made = make.item(case, make.sms_export(DUNNING, "好的", OTHER), kind="message_export")
    make.go_the_road()
    return made


def confirm(item, words: str) -> Tag:
    """Each suggestion on a message is confirmed; the first of them."""
    tags = list(Tag.objects.filter(item=item, record__text=words))
    assert tags
    for tag in tags:
        decisions.decide(tag, decision="confirmed", by=item.case.borrower)
    return tags[0]


def read_by_next_engine(monkeypatch, *, told: dict[str, str] | None = None) -> None:
    """A newer engine comes; with `told` it reads other words where these stood."""
    monkeypatch.setattr(reading, "ENGINE_VERSION", "next")
    if told:
        first = reading.parent.parse

        def parse(*args, **kwargs):
            parsed = first(*args, **kwargs)
            values = [json.loads(raw) for raw in parsed.records]
            said = [{**each, "text": told.get(each["text"], each["text"])} for each in values]
            parsed.records = [json.dumps(each).encode() for each in said]
            return parsed

        monkeypatch.setattr(reading.parent, "parse", parse)
    assert tasks.ask_to_read_again(tasks.outdated())
    make.go_the_road()


def standing(item) -> list[str]:
    rows = Tag.objects.filter(item=item).shown()
    return [tag.record.text for tag in rows if tag.decisions.exists()]


def test_the_earlier_reading_stays_and_the_newer_one_counts(item, monkeypatch):
    before = Reading.objects.get()

    read_by_next_engine(monkeypatch)

    assert Reading.objects.count() == 2
    assert before.records.count() == 3
    [now] = Reading.objects.filter(item=item).current()
    assert now != before
    assert len(timeline_of(item.case).events) == 3


def test_decisions_go_to_the_same_words_at_the_same_place(item, monkeypatch):
    old = confirm(item, DUNNING)
    said = old.decisions.get()

    read_by_next_engine(monkeypatch)

    [new] = Tag.objects.filter(carried_from=old.pk)
    assert new.record.text == DUNNING
    assert new.record.reading != old.record.reading
    copy = new.decisions.get()
    assert (copy.decision, copy.by, copy.at) == (said.decision, said.by, said.at)
    assert old.decisions.get() == said
    assert set(standing(item)) == {DUNNING}
    assert not carrying.left_behind([item.pk])
    shown = Tag.objects.filter(item=item).shown()
    assert {(tag.kind, tag.start) for tag in shown.filter(record__text=OTHER)} == {
        (tag.kind, tag.start)
        for tag in Tag.objects.filter(record__text=OTHER, record__reading=old.record.reading)
    }


def test_words_that_are_read_otherwise_keep_their_decision_behind_and_visible(item, monkeypatch):
    old = confirm(item, DUNNING)
    confirm(item, OTHER)
    complaint = make.complaint(item.case)

    read_by_next_engine(monkeypatch, told={OTHER: "今晚不上门"})

    assert set(standing(item)) == {DUNNING}
    [behind] = carrying.by_record(carrying.left_behind([item.pk]))
    assert behind.words == OTHER
    assert old not in behind.tags
    page = make.signed_in(item.case.borrower).get(f"/api/items/{item.pk}/").json()
    [told] = page["left_behind"]
    assert (told["words"], len(told["tags"])) == (OTHER, len(behind.tags))
    assert told["kinds"]
    assert "decisions_left_behind" in [bounce.code for bounce in preflight(complaint)]
    rows = custody.log_of(Subject.ITEM, item.pk).filter(act=Act.READ).order_by("sequence")
    facts = events.decode(bytes(rows.last().raw)).facts
    assert facts["carried"] >= 1
    assert facts["left_behind"] >= 1

    for tag in carrying.left_behind([item.pk]):
        decisions.decide(tag, decision="rejected", by=item.case.borrower)

    assert not carrying.left_behind([item.pk]).exists()


def test_a_third_engine_takes_what_the_second_took(item, monkeypatch):
    confirm(item, DUNNING)
    read_by_next_engine(monkeypatch)
    monkeypatch.setattr(reading, "ENGINE_VERSION", "third")
    tasks.ask_to_read_again(tasks.outdated())
    make.go_the_road()

    assert Reading.objects.count() == 3
    assert set(standing(item)) == {DUNNING}
    assert not carrying.left_behind([item.pk]).exists()


def test_equal_words_are_told_apart_by_order_and_never_guessed(case, monkeypatch):
    made = make.item(case, make.sms_export(DUNNING, DUNNING), kind="message_export")
    make.go_the_road()
    first, second = Record.objects.order_by("index")
    Record.objects.update(source_locator={"place": 1})
    tag = Tag.objects.filter(record=second).first()
    decisions.decide(tag, decision="confirmed", by=case.borrower)

    earlier = Reading.objects.get()
    assert carrying.same_places(earlier, earlier, [second.pk]) == {second.pk: second.pk}

    read_by_next_engine(monkeypatch)  # its places are others

    assert {each.record_id for each in carrying.left_behind([made.pk])} == {second.pk}
    assert first.pk not in carrying.same_places(earlier, earlier, [second.pk])


def test_a_choice_goes_on_and_nobody_whom_it_left_out_comes_back(
    case, monkeypatch, vault, settings
):
    made = make.item(case, export(), kind="message_export")
    make.go_the_road()
    make.chosen(made, conversations=[f"n:{COLLECTOR}"])
    before = Reading.objects.get()
    confirm(made, DUNNING)

    read_by_next_engine(monkeypatch)

    assert Reading.objects.filter(pk=before.pk).exists()
    assert set(standing(made)) == {DUNNING}
    places = [*dump.rows(), *dump.files(vault, settings.UPLOADS_DIR)]
    assert not dump.traces(places, [MOTHER, SECRET, "妈妈"])


def test_what_was_read_before_the_choice_goes_and_its_decisions_go_along(case, monkeypatch):
    made = make.item(case, make.sms_export(DUNNING, "好的"), kind="message_export")
    make.go_the_road()
    before = Reading.objects.get()
    confirm(made, DUNNING)
    monkeypatch.setattr(reading, "ENGINE_VERSION", "next")
    make.choosing.ask_for_survey(made)
    make.go_the_road()
    make.chosen(made, is_everything=True)

    assert not Reading.objects.filter(pk=before.pk).exists()
    assert set(standing(made)) == {DUNNING}


def test_heard_words_stay_decided_and_their_tags_go_along(case, monkeypatch):
    made = make.recorded_call(case)
    [segment] = make.draft(made, DUNNING)
    make.heard(segment, case.borrower)
    make.go_the_road()
    tag = Tag.objects.filter(heard__isnull=False).first()
    decisions.decide(tag, decision="confirmed", by=case.borrower)

    read_by_next_engine(monkeypatch)

    assert transcripts.heard_in([made.pk]).get().words == DUNNING
    assert Tag.objects.get(carried_from=tag.pk).heard == tag.heard


def test_exhibits_of_a_finished_complaint_name_the_new_records(case, monkeypatch):
    made = make.item(case, export(), kind="message_export")
    make.go_the_road()
    make.chosen(made, conversations=[f"n:{COLLECTOR}"])
    confirm(made, DUNNING)
    actor = Actor.of(case.borrower)
    left_out = Tag.objects.filter(item=made, decisions__isnull=True)
    finished = drafting.finish(make.complaint(case), actor=actor)
    Complaint.objects.filter(pk=finished.pk).update(
        answers={**finished.answers, "left_out_tags": [str(one.pk) for one in left_out]}
    )

    read_by_next_engine(monkeypatch)

    again = Complaint.objects.get(pk=finished.pk)
    assert again.finished_at is not None
    [row] = again.exhibits.all()
    [current] = Reading.objects.filter(item=made).current()
    assert row.record_ids == [str(current.records.get(text=DUNNING).pk)]


def test_an_exhibit_whose_record_is_read_otherwise_makes_its_complaint_a_draft(case, monkeypatch):
    made = make.item(case, export(), kind="message_export")
    make.go_the_road()
    make.chosen(made, conversations=[f"n:{COLLECTOR}"])
    confirm(made, DUNNING)
    finished = drafting.finish(make.complaint(case), actor=Actor.of(case.borrower))

    read_by_next_engine(monkeypatch, told={DUNNING: "请今天还款"})

    assert Complaint.objects.get(pk=finished.pk).finished_at is None
    assert not Exhibit.objects.exists()


def test_the_sweep_asks_for_a_few_behind_everything_else(item, monkeypatch, settings):
    monkeypatch.setattr(reading, "ENGINE_VERSION", "next")
    monkeypatch.setattr(tasks, "ALL_IS_READ", "another key")

    settings.READ_AGAIN = False
    tasks.ask_for_readings()
    assert not jobs.Job.objects.filter(stage=tasks.READ, version="next").exists()

    settings.READ_AGAIN = True
    jobs.ask_again(tasks.READ, item.pk, version="waits")
    tasks.ask_for_readings()
    assert not jobs.Job.objects.filter(stage=tasks.READ, version="next").exists()

    make.go_the_road()
    Reading.objects.filter(engine_version="next").update(engine_version="by a test")
    tasks.ask_for_readings()
    assert jobs.Job.objects.filter(stage=tasks.READ, version="next").exists()


def test_the_command_counts_asks_once_and_works_with_the_switch_off(
    item, monkeypatch, settings, capsys
):
    settings.READ_AGAIN = False
    call_command("read_again", "--count")
    assert capsys.readouterr().out == "read by an earlier engine: 0\n"
    monkeypatch.setattr(reading, "ENGINE_VERSION", "next")

    call_command("read_again", "--count")
    call_command("read_again", case=item.case_id)
    call_command("read_again", item=item.pk)

    said = capsys.readouterr().out.splitlines()
    assert said == ["read by an earlier engine: 1", "asked for: 1", "asked for: 0"]
    make.go_the_road()
    assert Reading.objects.filter(engine_version="next").exists()
    assert TagDecision.objects.count() == 0


def test_what_was_carried_over_is_found_by_its_index(item):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # which reads so few rows all the same
            cursor.execute("SET LOCAL enable_seqscan = off")

    assert "evidence_tag_by_carried_from" in carrying.left_behind([item.pk]).explain()
