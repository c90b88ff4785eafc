"""evidence/stages/renewing.py: stamps are renewed in time, beside the old ones; a miss is seen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from evidence import custody, rotation, tasks, verification
from evidence.custody import Act, Subject
from evidence.integrity import algorithms, renewal
from evidence.integrity import event as events
from evidence.integrity.house import make_house
from evidence.integrity.trust import Role
from evidence.log import checkpoints
from evidence.log.walk import TreeWalk, walk
from evidence.models import Checkpoint, CheckpointToken, Job, TimeStampToken
from evidence.stages import renewing
from evidence.vault import keyring
from tests import make
from tests.evidence.doors.test_rotation import Clock
from tests.fakes.tsa_server import TsaServer
from tests.guard import lifted

AGE_DAYS = 3560  # certificates live 3652: these end within the 180 days of TSA_RENEW_DAYS


@pytest.fixture
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TsaServer]:
    with TsaServer(tmp_path_factory.mktemp("tsa"), age_days=AGE_DAYS) as server:
        yield server


@cache
def old_files() -> dict[str, bytes]:
    """Made once: each test changes copies."""
    made_at = timezone.now() - timedelta(days=AGE_DAYS)
    return make_house(at=made_at, origin="test.example/log")


@pytest.fixture
def old_house(house, settings, tmp_path) -> Path:
    """A house of this test's own whose certificates end soon."""
    folder = tmp_path / "keys"
    folder.mkdir(mode=0o700)
    master = (settings.KEYS_DIR / keyring.MASTER_KEY_FILE).read_bytes()
    files = {**old_files(), keyring.MASTER_KEY_FILE: master}
    for name, content in files.items():
        (folder / name).touch(mode=0o600)
        (folder / name).write_bytes(content)
    settings.KEYS_DIR = folder
    return folder


@pytest.fixture
def stranger_tsa(running, settings) -> TsaServer:
    running.how = "sound"
    settings.TSA_URLS = [running.entry]
    settings.TSA_STAMPS_ITEMS = True
    return running


def renew_all() -> None:
    tasks.ask_for_renewals()
    tasks.work("renew")


def give_new_certificates(tsa: TsaServer) -> None:
    """What a TSA does before its certificate ends. Its old root stays a root of ours."""
    roots = tsa.house.roots()
    tsa.house = tsa.house.rotate(Role.CA, at=timezone.now() - timedelta(minutes=1))
    assert len(tsa.house.roots()) == len(roots) + 1
    tsa.write_roots()


def test_years_ahead_nothing_is_asked_for(case):
    make.item(case)
    make.go_the_road()

    assert renewing.due(timezone.now() + timedelta(days=365)) == []
    assert len(renewing.due(timezone.now() + timedelta(days=3560))) == 1


def test_an_algorithm_that_ends_soon_is_asked_for_like_a_certificate(case):
    """RSA of this size is listed until the end of 2035; the certificates live longer."""
    make.item(case)
    make.go_the_road()
    last = algorithms.ends()["rsa-3072"]

    assert renewing.due(last - timedelta(days=181)) == []
    assert len(renewing.due(last - timedelta(days=179))) == 1


def test_before_the_end_each_stamp_gets_a_new_one_and_none_is_changed(
    case,
    stranger_tsa,
    old_house,
):
    item = make.item(case)
    make.go_the_road()
    before = dict(TimeStampToken.objects.values_list("pk", "response"))
    long_lived(stranger_tsa, old_house)

    renew_all()

    new = TimeStampToken.objects.filter(item=item, renews__isnull=False)
    assert {row.source for row in new} == {"embedded", "stranger"}
    assert all(TimeStampToken.objects.get(pk=pk).response == was for pk, was in before.items())
    older = {hashlib.sha256(bytes(response)).hexdigest() for response in before.values()}
    assert all(older <= set(renewal.read(bytes(row.renewal)).renews) for row in new)


def test_a_renewal_is_an_event_and_the_item_holds(case, stranger_tsa, old_house):
    item = make.item(case)
    make.go_the_road()
    long_lived(stranger_tsa, old_house)

    renew_all()

    told = custody.log_of(Subject.ITEM, item.pk).filter(act=Act.RESTAMPED)
    facts = [events.decode(bytes(row.raw)).facts for row in told]
    assert {each["self_issued"] for each in facts} == {"yes", "no"}
    verdict = verification.verify_item(item)
    assert verdict.verdict == "unchanged"
    assert {"renewal:embedded", "renewal:stranger"} <= {check.name for check in verdict.checks}


def test_a_stamp_that_would_not_last_longer_is_not_kept_and_asked_for_again(
    case, stranger_tsa, old_house
):
    """Nobody has replaced a certificate yet: whoever runs this must."""
    make.item(case)
    make.go_the_road()

    renew_all()

    assert TimeStampToken.objects.filter(renews__isnull=False).count() == 0
    problems = set(Job.objects.open().filter(stage="renew").values_list("last_problem", flat=True))
    assert problems == {"renewal_impossible:gains_nothing"}


def test_a_tsa_that_was_retired_is_followed_by_another(case, stranger_tsa, settings, tmp_path):
    item = make.item(case)
    make.go_the_road()
    with TsaServer(tmp_path, "second") as second:
        later = second.house.rotate(Role.CA, at=timezone.now() - timedelta(minutes=1))
        second.house = later
        second.write_roots()
        settings.TSA_URLS = [{**stranger_tsa.entry, "retired": True}, second.entry]
        asked = stranger_tsa.asked

        renew_all()

        row = TimeStampToken.objects.get(item=item, renews__source="stranger")
        assert (row.source, stranger_tsa.asked) == ("second", asked)
        assert verification.verify_item(item).verdict == "unchanged"


def test_a_checkpoint_s_stamps_are_renewed_like_an_item_s(case, stranger_tsa):
    make.item(case)
    make.go_the_road()
    tasks.ask_for_log()
    tasks.work("sequence")
    tasks.work("stamp_checkpoint")
    first = CheckpointToken.objects.get()
    give_new_certificates(stranger_tsa)

    renew_all()

    new = CheckpointToken.objects.get(renews=first)
    point = Checkpoint.objects.get(pk=first.checkpoint_id)
    links = renewal.judge(
        [
            renewal.Stamp(bytes(row.response), row.renewal and bytes(row.renewal))
            for row in (first, new)
        ],
        {"sha256": checkpoints.imprint(point).hex()}.get,
        at=first.valid_until + timedelta(seconds=1),
        roots=stranger_tsa.house.roots(),
    )
    assert [link.outside for link in links] == [renewal.State.RENEWED, renewal.State.CURRENT]
    seen = TreeWalk()
    assert list(walk(seen, house=keyring.house(), now=timezone.now())) == []
    assert seen.tokens == 2


def test_a_renewal_over_another_checkpoint_is_named_by_the_walk(case, stranger_tsa, settings):
    settings.LOG_STAMP_EVERY_S = 0
    for content in (b"one", b"two"):
        make.item(case, content)
        tasks.ask_for_log()
        tasks.work("sequence")
        tasks.work("stamp_checkpoint")
    give_new_certificates(stranger_tsa)
    renew_all()
    renewed = CheckpointToken.objects.exclude(renews=None)
    one, other = renewed.order_by("checkpoint__size")

    with lifted():
        CheckpointToken.objects.filter(pk=one.pk).update(
            response=other.response, renewal=other.renewal
        )

    faults = [
        (f.row, f.at, f.code) for f in walk(TreeWalk(), house=keyring.house(), now=timezone.now())
    ]
    assert faults == [("token", str(one.pk), "renewal_other_subject")]


def test_a_missed_renewal_leaves_the_item_incomplete_and_accuses_nobody(case, stranger_tsa):
    item = make.item(case)
    make.go_the_road()

    verdict = verification.verify_item(item, at=timezone.now() + timedelta(days=4000))

    lapsed = {check.name for check in verdict.checks if check.what == "token_lapsed"}
    assert lapsed == {"token:embedded", "token:stranger"}
    assert verdict.verdict == "incomplete"


def long_lived(tsa: TsaServer, folder: Path) -> None:
    """Both TSAs have new certificates, which live for years."""
    give_new_certificates(tsa)
    clock = Clock()
    rotation.rotate(Role.CA, clock=clock, wait=clock.wait)
    assert folder == settings.KEYS_DIR
