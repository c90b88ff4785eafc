"""evidence/stages/sequencing.py: the log goes on by itself, and strangers stamp it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from evidence import custody, tasks
from evidence.custody import Act, Subject
from evidence.integrity.timestamp import verify_response
from evidence.log import checkpoints
from evidence.models import Checkpoint, CheckpointToken, Job, LogLeaf, PendingLeaf
from tests import make
from tests.fakes.tsa_server import TsaServer


@pytest.fixture
def tsa(settings, tmp_path):
    settings.TSA_STAMPS_ITEMS = False
    with TsaServer(tmp_path) as server:
        settings.TSA_URLS = [server.entry]
        yield server


def test_one_sweep_and_its_job_take_everything_in(case):
    make.item(case)
    make.go_the_road()

    assert not PendingLeaf.objects.exists()
    assert Checkpoint.objects.last().size == LogLeaf.objects.count()


def test_an_outside_authority_stamps_the_note_as_stored(case, tsa):
    make.item(case)
    make.go_the_road()

    [token] = CheckpointToken.objects.all()
    held = verify_response(
        bytes(token.response),
        checkpoints.imprint(token.checkpoint),
        roots=tsa.house.roots(),
        own_roots=[],
    )
    assert (token.is_self_issued, token.gen_time) == (False, held.gen_time)
    [stamped] = custody.log_of(Subject.CHECKPOINT, token.checkpoint.root)
    assert stamped.act == Act.STAMPED


def test_an_idle_house_stamps_no_more(case, tsa, settings):
    settings.LOG_STAMP_EVERY_S = 0
    make.item(case)
    for _ in range(4):
        make.go_the_road()

    assert CheckpointToken.objects.count() == 1
    assert not PendingLeaf.objects.exists()


def test_strangers_are_asked_at_most_so_often(case, tsa):
    make.item(case)
    make.go_the_road()
    make.item(case, b"a second one")
    make.go_the_road()
    assert CheckpointToken.objects.count() == 1

    later = timezone.now() + timedelta(minutes=2)
    asked = CheckpointToken.objects.get().checkpoint
    assert checkpoints.due_for_stamp(asked, now=later) == checkpoints.latest()


def test_an_authority_that_is_away_is_asked_again_and_its_age_can_be_seen(case, tsa):
    tsa.how = "away"
    make.item(case)
    make.go_the_road()

    job = Job.objects.open().get(stage="stamp_checkpoint")
    assert job.last_problem == "stamp_unavailable:http_503"

    tsa.how = "sound"
    Job.objects.filter(pk=job.pk).update(next_at=timezone.now())
    tasks.work("stamp_checkpoint")
    assert CheckpointToken.objects.count() == 1


def test_a_stamp_that_is_asked_for_twice_is_kept_once(case, tsa):
    make.item(case)
    make.go_the_road()
    Job.objects.filter(stage="stamp_checkpoint").update(answered=0, next_at=timezone.now())

    tasks.work("stamp_checkpoint")

    assert CheckpointToken.objects.count() == 1


def test_a_witness_s_line_is_kept_and_shown_under_the_note(case, house):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from evidence.integrity import checkpoint as notes
    from evidence.integrity import cosignature

    make.item(case)
    made = checkpoints.catch_up()
    key = Ed25519PrivateKey.generate()
    text = notes.read(bytes(made.note)).text
    line = cosignature.sign(text, name="witness.example", key=key, at_s=1_800_000_000)

    checkpoints.cosign(made.size, line, name="witness.example", key=key.public_key())

    told = notes.read(checkpoints.shown(made))
    assert [each.name for each in told.signatures] == [house.origin, "witness.example"]


def test_a_line_that_is_not_that_witness_s_is_refused(case):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from evidence.integrity import cosignature
    from evidence.log.errors import CosignatureRefusedError

    make.item(case)
    made = checkpoints.catch_up()
    key = Ed25519PrivateKey.generate()
    line = cosignature.sign(b"another text\n", name="witness.example", key=key, at_s=1)

    with pytest.raises(CosignatureRefusedError):
        checkpoints.cosign(made.size, line, name="witness.example", key=key.public_key())
