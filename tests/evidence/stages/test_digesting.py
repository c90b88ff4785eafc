"""evidence/stages/digesting.py: SM3 of every item, in the background, or a visible reason."""

from __future__ import annotations

import hashlib

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from evidence import custody, digests, tasks, verification
from evidence.custody import Act, Subject
from evidence.digests import Standing, State
from evidence.integrity import event as events
from evidence.models import EvidenceItem, ItemDigest, ItemKey, Job
from evidence.stages import digesting
from tests import make
from tests.guard import lifted

# GB/T 32905, the first example.
ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def told(item: EvidenceItem, act: Act) -> list[events.Event]:
    rows = custody.log_of(Subject.ITEM, item.pk).filter(act=act)
    return [events.decode(bytes(row.raw)) for row in rows]


def standing(item: EvidenceItem) -> Standing:
    return digests.standings([item.pk])[item.pk]


def of_before(case, content: bytes = b"abc", **fields) -> EvidenceItem:
    """An item that was sealed and read before there was this stage."""
    item = make.item(case, content, **fields)
    Job.objects.all().delete()
    return item


def test_an_item_gets_the_digest_of_the_standard_and_an_event(case):
    item = make.item(case, b"abc")

    make.go_the_road()

    assert ItemDigest.objects.get(item=item).digest == ABC
    [event] = told(item, Act.DIGESTED)
    assert dict(event.facts) == {"algorithm": "sm3", "digest": ABC}
    assert event.actor_id == "digesting"
    assert standing(item) == Standing(State.COMPUTED, ABC)
    assert verification.verify_item(item).verdict == "unchanged"


def test_its_opening_is_an_event_in_the_session_of_its_job(case):
    item = make.item(case, b"abc")

    make.go_the_road()

    [opened] = [event for event in told(item, Act.OPENED) if event.actor_id == "digesting"]
    job = Job.objects.get(stage="digest", subject_id=item.pk)
    assert opened.facts == {"session": job.pk.hex}


@pytest.mark.parametrize("origin", ["redaction", "package"])
def test_what_we_made_ourselves_gets_one_too(case, origin):
    item = make.item(case, b"abc", origin=origin, declaration=None)

    make.go_the_road()

    assert ItemDigest.objects.get(item=item).digest == ABC


def test_arrival_and_seal_do_not_wait_for_it(case):
    item = make.item(case)
    tasks.work("seal")

    assert standing(item) == Standing(State.WAITING)
    assert told(item, Act.SEALED)


def test_going_it_again_adds_nothing(case):
    item = make.item(case)
    for _ in range(2):
        make.go_the_road()
        Job.objects.filter(stage="digest").update(answered=0, asked=1)

    make.go_the_road()

    assert len(told(item, Act.DIGESTED)) == ItemDigest.objects.count() == 1


def test_older_items_are_asked_for_oldest_first_a_few_at_a_time(case, monkeypatch):
    monkeypatch.setattr(digesting, "AT_ONCE", 2)
    items = [of_before(case, bytes([number])) for number in range(3)]

    tasks.ask_for_digests()
    asked = set(Job.objects.filter(stage="digest").values_list("subject_id", flat=True))
    assert asked == {items[0].pk, items[1].pk}
    tasks.ask_for_digests()
    assert Job.objects.filter(stage="digest").count() == 2  # those wait

    tasks.work("digest")
    tasks.ask_for_digests()
    tasks.work("digest")

    assert ItemDigest.objects.count() == 3


def test_older_items_are_asked_for_by_no_more_than_so_many_bytes(case, monkeypatch):
    monkeypatch.setattr(digesting, "AT_ONCE_BYTES", 5)
    items = [of_before(case, bytes([number]) * 9) for number in range(2)]

    found = digesting.due()

    assert (found.ids, found.is_more) == ((items[0].pk,), True)


def test_an_item_whose_key_was_destroyed_is_not_asked_for(case):
    item = of_before(case)
    ItemKey.objects.filter(item=item).delete()

    assert digesting.due() == digesting.Due((), is_more=False)


def test_bytes_that_are_not_the_items_get_no_digest(case):
    item = of_before(case)
    with lifted():
        EvidenceItem.objects.update(sha256=hashlib.sha256(b"other bytes").hexdigest())
    tasks.ask_for_digests()

    tasks.work("digest")

    assert Job.objects.get(stage="digest").last_problem == "digest_mismatch"
    assert not ItemDigest.objects.exists()
    assert standing(item) == Standing(State.WAITING, problem="digest_mismatch")


def test_without_sm3_it_is_said_and_nothing_is_opened(case, without_sm3):
    item = make.item(case)

    make.go_the_road()
    tasks.ask_for_digests()

    job = Job.objects.get(stage="digest")
    assert (job.last_problem, job.attempts) == ("sm3_unavailable", 1)
    assert job.next_at > timezone.now()
    assert not [event for event in told(item, Act.OPENED) if event.actor_id == "digesting"]
    assert standing(item) == Standing(State.UNAVAILABLE)
    assert verification.verify_item(item).verdict == "unchanged"


def test_without_sm3_older_items_are_not_asked_for(case, without_sm3):
    of_before(case)

    tasks.ask_for_digests()

    assert not Job.objects.exists()


def test_what_could_not_be_done_here_is_done_where_it_can(case, monkeypatch, without_sm3):
    item = make.item(case, b"abc")
    make.go_the_road()
    monkeypatch.undo()
    Job.objects.filter(stage="digest").update(next_at=timezone.now())

    tasks.work("digest")

    assert standing(item) == Standing(State.COMPUTED, ABC)


@pytest.mark.parametrize("statement", ["UPDATE {} SET digest = digest", "DELETE FROM {}"])
def test_the_database_refuses_to_change_one(case, statement):
    make.item(case)
    make.go_the_road()

    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(ItemDigest._meta.db_table))


def test_a_row_that_says_something_else_than_the_log_is_named(case):
    item = make.item(case)
    make.go_the_road()
    with lifted():
        ItemDigest.objects.update(digest=hashlib.sha256(b"x").hexdigest())

    verdict = verification.verify_item(item)

    assert (verdict.verdict, verdict.failed) == ("changed", ["custody"])


def test_the_database_takes_lower_hex_only(case):
    item = make.item(case)

    with pytest.raises(DatabaseError), transaction.atomic():
        ItemDigest.objects.create(
            item=item, algorithm="sm3", digest=ABC.upper(), computed_at=timezone.now()
        )
