"""evidence/rotation.py: a key is replaced while the house works; what was made before holds."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from config import keys as config_keys
from evidence import custody, rotation, verification
from evidence.custody import Subject
from evidence.integrity import event as events
from evidence.integrity.trust import Role
from evidence.models import ItemReceipt, TimeStampToken
from evidence.vault import house_files, keyring
from tests import make


class Clock:
    """Stands still until somebody waits."""

    def __init__(self) -> None:
        self.now = timezone.now() - timedelta(minutes=1)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def keys_folder(house, settings, tmp_path) -> Path:
    """This test's own copy of the keys, so that it may rotate them."""
    folder = tmp_path / "keys"
    folder.mkdir(mode=0o700)
    for file in settings.KEYS_DIR.iterdir():
        (folder / file.name).touch(mode=0o600)
        (folder / file.name).write_bytes(file.read_bytes())
    settings.KEYS_DIR = folder
    return folder


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.mark.parametrize("role", list(Role))
def test_what_was_received_and_sealed_before_still_holds(case, keys_folder, clock, role):
    item = make.item(case)
    make.go_the_road()
    old = keyring.house()

    rotation.rotate(role, clock=clock, wait=clock.wait)

    assert keyring.house().entry(role).key != old.entry(role).key
    assert keyring.house().fingerprint == old.fingerprint
    assert verification.verify_item(item).verdict == "unchanged"


def test_a_running_process_takes_the_new_keys_by_itself(case, keys_folder, clock):
    make.item(case)
    rotation.rotate(Role.LOG, clock=clock, wait=clock.wait)
    rotation.rotate(Role.CA, clock=clock, wait=clock.wait)

    item = make.item(case, b"came later")
    make.go_the_road()

    house = keyring.house()
    assert ItemReceipt.objects.get(item=item).key_fingerprint == house.entry(Role.LOG).fingerprint
    token = TimeStampToken.objects.get(item=item)
    assert token.certificate_fingerprint == house.entry(Role.EMBEDDED_TSA).fingerprint
    assert verification.verify_item(item).verdict == "unchanged"


def test_what_was_received_a_moment_before_is_signed_by_the_key_of_then(keys_folder, clock, db):
    old = keyring.house()
    rotated = rotation.rotate(Role.LOG, clock=clock, wait=clock.wait)

    before = rotated.last_change - timedelta(microseconds=1)
    assert keyring.house(at=before).log_key is old.log_key
    assert keyring.house(at=rotated.last_change).entries == rotated.entries


def test_each_rotation_is_an_event_of_the_house(keys_folder, clock, db):
    old = keyring.house()

    rotation.rotate(Role.CA, clock=clock, wait=clock.wait)

    rows = [events.decode(bytes(r.raw)) for r in custody.log_of(Subject.HOUSE, old.fingerprint)]
    assert [str(row.act) for row in rows] == ["house_made", *["key_rotated"] * 3]
    told = {row.facts["role"]: (row.facts["before"], row.facts["key"]) for row in rows[1:]}
    assert told == {
        str(role): (old.entry(role).fingerprint, keyring.house().entry(role).fingerprint)
        for role in (Role.CA, Role.PDF_SIGNER, Role.EMBEDDED_TSA)
    }


def test_a_rotation_that_was_cut_off_is_finished_and_told_at_the_next_start(keys_folder, clock, db):
    rotated = keyring.house().rotate(Role.MANIFEST, at=clock.now)
    for step in house_files.replace(keys_folder, rotated):
        if step == "decided":
            break

    config_keys.settle_rotation(keys_folder)
    rotation.record_missing()

    assert not house_files.is_half_done(keys_folder)
    assert keyring.house().entries == rotated.entries
    last = custody.log_of(Subject.HOUSE, rotated.fingerprint).last()
    assert (last.act, rotation.record_missing()) == ("key_rotated", 0)


def test_keys_that_are_not_ready_in_time_change_nothing(keys_folder, db):
    """A machine so slow that the moment has always passed."""
    told = timezone.now()

    def slow() -> datetime:
        nonlocal told
        told += timedelta(minutes=5)
        return told

    before = {file.name: file.read_bytes() for file in keys_folder.glob("*.pem")}
    with pytest.raises(rotation.RotationTooSlowError):
        rotation.rotate(Role.LOG, clock=slow, wait=lambda _: None)

    assert {file.name: file.read_bytes() for file in keys_folder.glob("*.pem")} == before


def test_readers_beside_a_rotation_never_see_some_of_each(keys_folder, db):
    """Two threads read the files all the while; each house that they see is whole."""
    over, seen, torn = threading.Event(), set(), []

    def look() -> None:
        while not over.is_set():
            try:
                seen.add(house_files.read(keys_folder, now=timezone.now()).last_change)
            except Exception as problem:  # noqa: BLE001 - whatever it is, it is the finding
                torn.append(problem)

    readers = [threading.Thread(target=look) for _ in range(2)]
    for reader in readers:
        reader.start()
    clock = Clock()
    for role in (Role.LOG, Role.MANIFEST, Role.LOG, Role.MANIFEST):
        rotation.rotate(role, clock=clock, wait=clock.wait)
        clock.now += timedelta(seconds=1)
    over.set()
    for reader in readers:
        reader.join()

    assert torn == []
    assert len(seen) > 1


def test_the_command_rotates_and_says_which_key_it_is(keys_folder, db, capsys):
    call_command("rotate_key", "manifest")

    assert keyring.house().entry(Role.MANIFEST).fingerprint in capsys.readouterr().out
