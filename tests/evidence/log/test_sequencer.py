"""evidence/log/: every event gets one place, and the tree over them is the right one."""

from __future__ import annotations

import uuid

import pytest

from evidence import custody
from evidence.custody import Act, Actor, Subject
from evidence.integrity import checkpoint, event, merkle
from evidence.log import checkpoints, sequencer, tree
from evidence.models import Checkpoint, CustodyEvent, LogLeaf, LogTile, PendingLeaf
from tests.evidence.log import naive

pytestmark = pytest.mark.django_db
SOMEBODY = Actor.system("test")


def record(count: int) -> None:
    for _ in range(count):
        custody.record(Subject.CASE, uuid.uuid4(), Act.CASE_BEGUN, actor=SOMEBODY)


def data() -> list[bytes]:
    return [bytes(one) for one in LogLeaf.objects.values_list("data", flat=True)]


def test_an_event_waits_until_it_is_taken_in(house):
    record(3)
    assert (PendingLeaf.objects.count(), LogLeaf.objects.count()) == (3, 0)

    assert sequencer.integrate_all() == 3

    assert (PendingLeaf.objects.count(), LogLeaf.objects.count()) == (0, 3)


def test_places_have_no_gaps_and_hold_the_event_s_commitment(house):
    record(5)
    sequencer.integrate(most=2)
    record(1)
    sequencer.integrate_all()

    leaves = list(LogLeaf.objects.select_related("event"))
    assert [leaf.index for leaf in leaves] == list(range(6))
    assert all(bytes(x.data) == event.leaf_data(bytes(x.event.raw)) for x in leaves)


def test_nothing_waiting_is_nothing_done(house):
    assert sequencer.integrate_all() == 0
    assert checkpoints.catch_up() is None


@pytest.mark.parametrize("batches", [(255,), (256,), (100, 156, 1), (513, 30)])
def test_the_tree_is_the_definition_s_however_it_grew(house, batches):
    for count in batches:
        record(count)
        sequencer.integrate_all()

    assert tree.Tree().root(tree.size()) == naive.root(data())
    assert LogTile.objects.count() == sum(batches) // 256


def test_every_leaf_has_its_path(house):
    record(300)
    sequencer.integrate_all()

    grown, root = tree.Tree(), naive.root(data())
    for index, one in enumerate(data()):
        merkle.verify_inclusion(
            merkle.leaf_hash(one),
            index=index,
            size=300,
            proof=grown.inclusion(index, 300),
            root_hash=root,
        )


def test_a_checkpoint_is_signed_by_the_house_over_the_root(house):
    record(4)
    kept = checkpoints.catch_up()

    told = checkpoint.verify(
        bytes(kept.note), origin=house.origin, public_key=house.log_key.public_key()
    )
    assert (told.size, told.root) == (4, naive.root(data()))


def test_the_same_log_is_signed_once(house):
    record(1)
    first = checkpoints.catch_up()

    assert checkpoints.catch_up() == first
    assert Checkpoint.objects.count() == 1


def test_an_older_checkpoint_is_the_beginning_of_a_newer_one(house):
    record(200)
    old = checkpoints.catch_up()
    record(100)
    new = checkpoints.catch_up()

    merkle.verify_consistency(
        old_size=old.size,
        size=new.size,
        proof=tree.Tree().consistency(old.size, new.size),
        old_root=bytes.fromhex(old.root),
        root_hash=bytes.fromhex(new.root),
    )


def test_the_order_of_a_subject_s_events_is_kept(house):
    subject = uuid.uuid4()
    for _ in range(3):
        custody.record(Subject.CASE, subject, Act.CASE_VIEWED, actor=SOMEBODY)
    sequencer.integrate_all()

    places = CustodyEvent.objects.filter(subject_id=str(subject)).order_by("leaf__index")
    assert list(places.values_list("sequence", flat=True)) == [1, 2, 3]
