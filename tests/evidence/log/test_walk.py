"""evidence/log/walk.py and `check_log`: the log built anew names the first bad row."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from evidence import custody
from evidence.custody import Act, Actor, Subject
from evidence.log import checkpoints
from evidence.log.walk import TreeWalk, walk
from evidence.models import Checkpoint, LogLeaf, LogTile, PendingLeaf
from tests.guard import lifted

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(house):
    """300 events under two checkpoints, one full tile."""
    for count in (100, 200):
        for _ in range(count):
            custody.record(Subject.CASE, uuid.uuid4(), Act.CASE_BEGUN, actor=Actor.system("test"))
        checkpoints.catch_up()


def faults(house, *, now=None):
    return [
        (one.row, one.at, one.code)
        for one in walk(TreeWalk(), house=house, now=now or timezone.now())
    ]


def test_a_log_that_holds_has_no_faults_and_says_how_much_was_seen(log, house):
    seen = TreeWalk()

    assert list(walk(seen, house=house, now=timezone.now())) == []
    assert (seen.leaves, seen.checkpoints, seen.waiting) == (300, 2, 0)


def test_a_leaf_that_is_another_event_s_is_named(log, house):
    with lifted():
        LogLeaf.objects.filter(index=7).update(data=bytes(32))

    assert faults(house) == [("leaf", "7", "log_leaf_differs")]


def test_two_leaves_that_changed_places_are_named(log, house):
    with lifted():
        LogLeaf.objects.filter(index=7).update(index=1000)
        LogLeaf.objects.filter(index=8).update(index=7)
        LogLeaf.objects.filter(index=1000).update(index=8)

    assert faults(house) == [("checkpoint", "100", "log_root_differs")]


def test_a_missing_leaf_is_named(log, house):
    with lifted():
        LogLeaf.objects.filter(index=250).delete()

    assert ("leaf", "250", "log_gap") in faults(house)


def test_a_cut_tail_is_named(log, house):
    with lifted():
        LogLeaf.objects.filter(index__gte=290).delete()

    found = faults(house)
    assert ("checkpoint", "300", "log_cut") in found
    assert any(code == "log_event_never_asked" for _, _, code in found)


def test_a_changed_tile_is_named(log, house):
    with lifted():
        LogTile.objects.update(root=bytes(32))

    assert faults(house) == [("tile", "0/0", "log_tile_differs")]


def test_a_checkpoint_signed_by_somebody_else_is_named(log, house):
    with lifted():
        note = bytes(Checkpoint.objects.get(size=300).note)
        Checkpoint.objects.filter(size=300).update(note=note[:-10] + b"AAAAAAAA=\n")

    [(row, at, code)] = faults(house)
    assert (row, at) == ("checkpoint", "300")
    assert code in ("checkpoint_wrong_signature", "checkpoint_malformed")


def test_an_event_that_waits_longer_than_was_promised_is_named(log, house):
    event = custody.record(Subject.CASE, uuid.uuid4(), Act.CASE_BEGUN, actor=Actor.system("test"))
    assert faults(house) == []

    late = timezone.now() + timedelta(hours=25)
    assert faults(house, now=late) == [("event", str(event.pk), "log_overdue")]


def test_an_event_that_nobody_asked_for_is_named(log, house):
    event = custody.record(Subject.CASE, uuid.uuid4(), Act.CASE_BEGUN, actor=Actor.system("test"))
    PendingLeaf.objects.all().delete()

    assert faults(house) == [("event", str(event.pk), "log_event_never_asked")]


def test_the_command_names_it_and_fails(log, house):
    with lifted():
        LogLeaf.objects.filter(index=7).update(data=bytes(32))
    out = io.StringIO()

    with pytest.raises(CommandError) as failure:
        call_command("check_log", stdout=out)

    assert failure.value.returncode == 1
    assert "leaf 7: log_leaf_differs" in out.getvalue()
