"""evidence/vault/matching_key.py: a key of its own, replaced as a whole, shown nowhere."""

from __future__ import annotations

import pytest

from evidence.vault import durable, house_files, matching_key
from evidence.vault.matching_key import FILE_NAME, MatchingKeyError


@pytest.fixture
def folder(settings, tmp_path):
    settings.KEYS_DIR = tmp_path
    durable.write_new(tmp_path / FILE_NAME, matching_key.fresh())
    return tmp_path


def test_it_is_read_as_32_bytes_and_its_name_is_no_part_of_it(folder):
    key = matching_key.current()

    assert len(key.secret) == 32
    assert len(key.name) == 16
    assert key.name not in key.secret.hex()
    assert key.secret.hex() not in repr(key)


def test_replaced_the_old_one_is_nowhere_and_the_file_is_closed_to_others(folder):
    before = matching_key.current()
    name = matching_key.replace()

    assert name == matching_key.current().name != before.name
    there = [path for path in folder.iterdir() if path.is_file()]
    assert not [path for path in there if before.secret.hex() in path.read_text()]
    assert (folder / FILE_NAME).stat().st_mode & 0o777 == 0o600


def test_what_a_killed_replacement_left_is_no_obstacle(folder):
    (folder / f"{FILE_NAME}.tmp").write_text("half")
    matching_key.replace()

    assert len(matching_key.current().secret) == 32
    assert not (folder / f"{FILE_NAME}.tmp").exists()


def test_two_replacements_at_once_are_one(folder):
    with house_files.locked(folder), pytest.raises(house_files.RotationBusyError):
        matching_key.replace()


@pytest.mark.parametrize("content", ["", "not hex", "ab" * 31, "ab" * 33])
def test_what_is_no_key_is_refused_and_not_shown(folder, content):
    (folder / FILE_NAME).write_text(content)
    with pytest.raises(MatchingKeyError) as refusal:
        matching_key.current()

    assert not content or content not in str(refusal.value)


def test_a_missing_one_has_a_name(folder):
    (folder / FILE_NAME).unlink()
    with pytest.raises(MatchingKeyError):
        matching_key.current()
