"""evidence/log/chains.py and its command: every chain, and the first event that does not hold."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from evidence import custody
from evidence.custody import Act, Subject
from evidence.log.chains import LogWalk, walk
from evidence.models import CustodyEvent
from tests import make
from tests.guard import lifted, take_out


@pytest.fixture
def items(case):
    made = [make.item(case, b"file %d" % n) for n in range(3)]
    make.go_the_road()
    return made


def test_a_log_that_holds_has_no_faults_and_says_how_much_was_seen(items):
    seen = LogWalk()

    assert list(walk(seen)) == []
    assert seen.events == CustodyEvent.objects.count() > 10
    assert seen.chains >= 5


def test_it_names_the_first_event_that_does_not_follow(items):
    with lifted():
        take_out(custody.log_of(Subject.ITEM, items[1].pk).filter(sequence=2))

    [fault] = walk(LogWalk())

    assert (fault.subject_id, fault.sequence) == (str(items[1].pk), 2)
    assert fault.code == "custody_chain_broken"


def test_it_finds_bytes_that_are_no_event(items):
    with lifted():
        custody.log_of(Subject.ITEM, items[0].pk).filter(sequence=1).update(raw=b"{}")

    [fault] = walk(LogWalk())

    assert (fault.sequence, fault.code) == (1, "event_malformed")


def test_it_finds_an_item_that_came_in_by_no_door(items):
    with lifted():
        take_out(custody.log_of(Subject.ITEM, items[2].pk))

    [fault] = walk(LogWalk())

    assert (fault.subject_id, fault.sequence) == (str(items[2].pk), 0)


def test_it_finds_a_chain_moved_to_another_subject(items):
    with lifted():
        custody.log_of(Subject.ITEM, items[0].pk).update(subject_id="house")

    codes = {(fault.subject_id, fault.code) for fault in walk(LogWalk())}
    assert ("house", "custody_row_differs") in codes
    assert (str(items[0].pk), "custody_chain_broken") in codes


def test_the_command_is_quiet_about_a_log_that_holds(items):
    assert "0 broken" in run("check_log")


def test_the_command_fails_on_a_broken_one(items):
    with lifted():
        take_out(custody.log_of(Subject.ITEM, items[1].pk).filter(act=Act.READ))

    with pytest.raises(CommandError) as failure:
        run("check_log")
    assert failure.value.returncode == 1


def test_an_empty_log_is_not_called_sound(db):
    with pytest.raises(CommandError) as failure:
        run("check_log")
    assert failure.value.returncode == 2


def test_verify_items_names_the_item_and_what_failed(items, vault):
    (vault / items[0].vault_name).unlink()
    out = io.StringIO()

    with pytest.raises(CommandError) as failure:
        call_command("verify_items", stdout=out)

    assert failure.value.returncode == 1
    assert f"{items[0].pk} bytes: fail item_bytes_missing" in out.getvalue()


def run(command: str) -> str:
    out = io.StringIO()
    call_command(command, stdout=out)
    return out.getvalue()
