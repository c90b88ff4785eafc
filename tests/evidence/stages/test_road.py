"""evidence/tasks.py: an item goes the whole road, each stage once."""

from __future__ import annotations

import pytest

from evidence import custody, jobs, tasks
from evidence.custody import Act, Subject
from evidence.integrity import event as events
from evidence.models import Finding, Job, Reading, Record, Tag, Tagging, TimeStampToken
from tests import make


def test_an_export_is_sealed_read_tagged_and_looked_over(case):
    item = make.item(case, make.sms_export(), kind="message_export")

    make.go_the_road()

    assert not Job.objects.open().exists()
    assert TimeStampToken.objects.get(item=item).is_self_issued
    assert Reading.objects.get(item=item).format == "sms_backup"
    assert Record.objects.filter(case=case).count() == 3
    assert Tag.objects.filter(item=item, label="threat").exists()
    assert Tagging.objects.filter(item=item).count() == 1
    read, digested = acts_by(item, "digesting")
    assert read == [Act.RECEIVED, Act.SEALED, Act.OPENED, Act.READ, Act.TAGGED]
    assert digested == [Act.OPENED, Act.DIGESTED]  # at its own time, beside the others


@pytest.mark.parametrize("times", [2, 3])
def test_going_it_again_changes_nothing(case, times):
    item = make.item(case, make.sms_export(), kind="message_export")
    for _ in range(times):
        make.go_the_road()
        tasks.sweep()
    counts = [
        model.objects.filter(item=item).count() for model in (TimeStampToken, Reading, Tagging)
    ]

    assert counts == [1, 1, 1]


def test_findings_stand_on_records_of_the_case(case):
    make.item(case, make.sms_export(), kind="message_export")

    make.go_the_road()

    ids = {str(pk) for pk in Record.objects.values_list("pk", flat=True)}
    findings = Finding.objects.filter(case=case)
    assert findings.exists()
    assert all(set(finding.record_ids) <= ids for finding in findings)


def test_a_package_is_sealed_at_once_and_never_read(case):
    item = make.item(case, b"PK...", origin="package", declaration=None)
    assert TimeStampToken.objects.filter(item=item).count() == 1

    make.go_the_road()

    assert TimeStampToken.objects.filter(item=item).count() == 1
    assert not Reading.objects.filter(item=item).exists()
    assert not Job.objects.open().exists()


def test_the_road_knows_every_stage_that_it_names():
    proof = {"seal", "stamp", "renew", "check", "digest"}
    log = {"sequence", "stamp_checkpoint"}
    learned = {"extract", "read", "hear", "compare", "tag", "find"}
    across = {"match"}  # cases, and only where the operator and the borrowers want it
    assert set(tasks.ROAD) == learned | proof | log | across
    assert all(isinstance(step, jobs.Step) for step in tasks.ROAD.values())


def acts_by(item, name: str) -> tuple[list[str], list[str]]:
    """The acts of the item's chain in order: those of everybody else, and those of one part."""
    told = [events.decode(bytes(row.raw)) for row in custody.log_of(Subject.ITEM, item.pk)]
    others = [event.act for event in told if event.actor_id != name]
    return others, [event.act for event in told if event.actor_id == name]
