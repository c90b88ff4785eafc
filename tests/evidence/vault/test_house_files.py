"""evidence/vault/house_files.py: a crash at any step leaves the old house or the new one, whole."""

from __future__ import annotations

import itertools
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evidence.integrity.house import House, HouseIncompleteError, make_house
from evidence.integrity.trust import Role
from evidence.vault import house_files

MADE = datetime(2026, 11, 1, tzinfo=UTC)
BEGINS = datetime(2026, 11, 20, tzinfo=UTC)
EARLIER, LATER = BEGINS - timedelta(seconds=1), BEGINS + timedelta(seconds=1)


@pytest.fixture(scope="module")
def houses() -> dict[str, House]:
    old = House.load(make_house(at=MADE, origin="test.example/log"))
    return {
        "old": old,
        "log": old.rotate(Role.LOG, at=BEGINS),
        "ca": old.rotate(Role.CA, at=BEGINS),
    }


@pytest.fixture
def folder(houses, tmp_path) -> Path:
    for name, content in houses["old"].files().items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def stopped_after(folder: Path, house: House, count: int) -> list[str]:
    """Do so many steps of a rotation, and no more: what a crash leaves."""
    return list(itertools.islice(house_files.replace(folder, house), count))


def steps_of(folder: Path, house: House, spare: Path) -> list[str]:
    shutil.copytree(folder, spare)
    return list(house_files.replace(spare, house))


@pytest.mark.parametrize("which", ["log", "ca"])
def test_whatever_step_it_dies_at_one_whole_house_is_read(houses, folder, tmp_path, which):
    """The old one until it was decided and its keys have begun, from then on the new one."""
    new = houses[which]
    steps = steps_of(folder, new, tmp_path / "spare")
    for count in range(len(steps) + 1):
        place = tmp_path / f"after-{count}"
        shutil.copytree(folder, place, ignore=shutil.ignore_patterns("spare", "after-*"))
        is_decided = "decided" in stopped_after(place, new, count)

        assert house_files.read(place, now=LATER).entries == (
            new.entries if is_decided else houses["old"].entries
        )


@pytest.mark.parametrize("which", ["log", "ca"])
def test_whatever_step_it_dies_at_it_is_settled(houses, folder, tmp_path, which):
    new = houses[which]
    steps = steps_of(folder, new, tmp_path / "spare")
    for count in range(1, len(steps) + 1):
        place = tmp_path / f"after-{count}"
        shutil.copytree(folder, place, ignore=shutil.ignore_patterns("spare", "after-*"))
        is_decided = "decided" in stopped_after(place, new, count)

        house_files.settle(place, now=LATER)

        assert not house_files.is_half_done(place)
        kept = {file.name for file in place.iterdir()} - {house_files.LOCK}
        assert kept == set(new.files())
        expected = new if is_decided else houses["old"]
        assert House.load({n: (place / n).read_bytes() for n in kept}).entries == expected.entries


def test_settling_that_dies_is_settled_by_the_next(houses, folder, tmp_path):
    """Half of the files are in place, and of the next one a piece lies beside it."""
    done = stopped_after(folder, houses["ca"], 12)
    assert done[-1].startswith("replaced")
    (folder / "tsa_key.pem.new").write_bytes(b"cut off")

    assert house_files.settle(folder, now=LATER) == "finished"

    assert house_files.read(folder, now=LATER).entries == houses["ca"].entries
    assert not (folder / "tsa_key.pem.new").exists()


def test_before_its_moment_a_decided_rotation_is_not_taken(houses, folder):
    assert stopped_after(folder, houses["log"], 4)[-1] == "decided"

    assert house_files.read(folder, now=EARLIER).entries == houses["old"].entries
    assert house_files.settle(folder, now=EARLIER) == "waiting"
    assert house_files.read(folder, now=LATER).entries == houses["log"].entries


def test_its_signature_changes_with_the_house_and_not_otherwise(houses, folder):
    before = house_files.signature(folder, now=LATER)
    assert house_files.signature(folder, now=LATER) == before
    assert stopped_after(folder, houses["log"], 4)[-1] == "decided"

    assert house_files.signature(folder, now=EARLIER) == before
    assert house_files.signature(folder, now=LATER) != before


def test_two_processes_do_not_rotate_at_once(folder):
    with house_files.locked(folder), pytest.raises(house_files.RotationBusyError):
        house_files.settle(folder, now=LATER)


def test_files_that_do_not_belong_together_are_refused(houses, folder):
    (folder / "log_key.pem").write_bytes(houses["log"].files()["log_key.pem"])

    with pytest.raises(HouseIncompleteError):
        house_files.read(folder, now=LATER)


def test_new_files_are_closed_to_others(houses, folder):
    list(house_files.replace(folder, houses["log"]))

    assert (folder / "log_key.pem").stat().st_mode & 0o777 == 0o600
