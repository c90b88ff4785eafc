"""config/keys.py: keys are made once, closed to others, and looked at before every start."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import keys
from evidence.integrity.house import House
from evidence.vault import matching_key

AT = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("installation") / "keys"
    keys.make(folder, at=AT, origin="test.example/log")
    return folder


@pytest.fixture
def copy(made, tmp_path) -> Path:
    """Keys of this test's own, to spoil."""
    folder = tmp_path / "keys"
    folder.mkdir(mode=0o700)
    for file in made.iterdir():
        (folder / file.name).touch(mode=0o600)
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def test_fresh_keys_have_no_fault_and_make_a_house(made):
    keys.refuse_start(made)

    assert keys.faults(made) == []
    assert House.load({name: (made / name).read_bytes() for name in keys.HOUSE_FILES})


def test_every_key_file_is_closed_to_others(made):
    assert {file.stat().st_mode & 0o777 for file in made.iterdir()} == {0o600}
    assert made.stat().st_mode & 0o777 == 0o700


def test_making_keys_again_changes_nothing(copy):
    before = {file.name: file.read_bytes() for file in copy.iterdir()}

    assert keys.make(copy, at=AT, origin="test.example/log") == []
    assert {file.name: file.read_bytes() for file in copy.iterdir()} == before


@pytest.mark.parametrize("name", ["house_key.pem", keys.MASTER_KEY_FILE])
def test_a_lost_key_is_not_made_again(copy, name):
    (copy / name).unlink()

    with pytest.raises(ImproperlyConfigured, match=re.escape(name)):
        keys.make(copy, at=AT, origin="test.example/log")

    assert not (copy / name).exists()


@pytest.mark.parametrize("name", sorted(keys.ALL_FILES))
def test_a_missing_key_stops_the_start(copy, name):
    (copy / name).unlink()

    with pytest.raises(ImproperlyConfigured, match=rf"{name}.*make_keys"):
        keys.refuse_start(copy)


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o644, 0o660])
def test_a_key_that_others_may_read_stops_the_start(copy, mode):
    (copy / "master_key.txt").chmod(mode)

    with pytest.raises(ImproperlyConfigured, match=r"master_key\.txt: others may read it"):
        keys.refuse_start(copy)


def test_a_folder_that_others_may_open_stops_the_start(copy):
    copy.chmod(0o755)

    with pytest.raises(ImproperlyConfigured, match="others may open the folder"):
        keys.refuse_start(copy)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("master_key.txt", "0" * 64, "the whole world knows"),
        ("secret_key", "only-for-this-test-process-" + "k" * 40, "the whole world knows"),
        ("secret_key", "django-insecure-" + "x" * 50, "the whole world knows"),
        ("secret_key", "changeme", "too short"),
    ],
)
def test_a_known_or_short_key_stops_the_start(copy, name, content, says):
    (copy / name).write_text(content)

    with pytest.raises(ImproperlyConfigured, match=says):
        keys.refuse_start(copy)


def test_no_message_shows_a_key(copy):
    secret = (copy / "secret_key").read_text()
    (copy / "secret_key").chmod(0o644)

    [fault] = keys.faults(copy)

    assert secret not in fault.says


# --- the master key as a setting ------------------------------------------------------------------

KEY = "5b" * 32


def test_a_master_key_in_the_settings_needs_no_file(copy, settings):
    (copy / "master_key.txt").unlink()
    settings.MASTER_KEY = KEY

    assert keys.faults(copy) == []
    assert keys.make(copy, at=AT, origin="test.example/log") == []
    assert not (copy / "master_key.txt").exists()


def test_a_master_key_in_both_places_stops_the_start(copy, settings):
    settings.MASTER_KEY = KEY

    with pytest.raises(ImproperlyConfigured, match="MASTER_KEY is set too"):
        keys.refuse_start(copy)


def test_a_master_key_in_neither_place_stops_the_start(copy):
    (copy / "master_key.txt").unlink()

    with pytest.raises(ImproperlyConfigured, match=r"master_key\.txt: it does not exist"):
        keys.refuse_start(copy)


@pytest.mark.parametrize("text", ["short", "0" * 64, "not base64 at all, and much too long"])
def test_a_setting_that_is_no_secret_key_stops_the_start_and_is_not_shown(copy, settings, text):
    (copy / "master_key.txt").unlink()
    settings.MASTER_KEY = text

    with pytest.raises(ImproperlyConfigured, match="MASTER_KEY") as refusal:
        keys.refuse_start(copy)

    assert text not in str(refusal.value)


def test_an_older_master_key_that_others_may_read_stops_the_start(copy):
    older = copy / "master_key.txt.old-1"
    older.write_text(KEY)
    older.chmod(0o644)

    with pytest.raises(ImproperlyConfigured, match=r"old-1: others may read it"):
        keys.refuse_start(copy)


# --- the key for comparing collectors -------------------------------------------------------------


def test_while_comparing_is_off_no_key_for_it_is_made_or_missed(made):
    assert not (made / matching_key.FILE_NAME).exists()
    assert keys.faults(made) == []


def test_switched_on_the_start_asks_for_its_key_and_it_is_made_alone(copy, settings):
    settings.COLLECTOR_MATCHING = True
    with pytest.raises(ImproperlyConfigured, match=r"matching_key\.txt: it does not exist"):
        keys.refuse_start(copy)

    assert keys.make(copy, at=AT, origin="test.example/log") == [matching_key.FILE_NAME]
    assert keys.faults(copy) == []
    assert (copy / matching_key.FILE_NAME).stat().st_mode & 0o777 == 0o600


def test_lost_it_is_made_again_unlike_the_others(copy, settings):
    settings.COLLECTOR_MATCHING = True
    keys.make(copy, at=AT, origin="test.example/log")
    before = (copy / matching_key.FILE_NAME).read_text()
    (copy / matching_key.FILE_NAME).unlink()

    keys.make(copy, at=AT, origin="test.example/log")
    assert (copy / matching_key.FILE_NAME).read_text() != before


@pytest.mark.parametrize(
    ("content", "mode", "says"), [("0" * 64, 0o600, "the whole world knows"), ("5b", 0o644, "read")]
)
def test_one_that_is_known_or_open_stops_the_start(copy, settings, content, mode, says):
    settings.COLLECTOR_MATCHING = True
    (copy / matching_key.FILE_NAME).write_text(content)
    (copy / matching_key.FILE_NAME).chmod(mode)

    with pytest.raises(ImproperlyConfigured, match=says):
        keys.refuse_start(copy)
