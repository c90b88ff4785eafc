"""config/key_archive.py: keys under a passphrase, and nothing but them comes out again."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.management import CommandError, call_command

from config import key_archive
from config.key_archive import KeyArchiveRefusedError, PassphraseTooShortError, seal, unseal
from evidence import custody
from evidence.custody import Act, Subject
from evidence.vault import keyring, matching_key

PASSPHRASE = "nine brown hens cross slowly"
FILES = {"master_key.txt": b"0123", "erasures.jsonl": b"", "ca_key.pem.old-1": b"\x00\xff"}


@pytest.fixture(scope="module")
def archive() -> bytes:
    return seal(FILES, PASSPHRASE)


def test_it_gives_the_files_back(archive: bytes) -> None:
    assert unseal(archive, PASSPHRASE) == FILES


def test_its_first_octets_are_those_of_the_format(archive: bytes) -> None:
    assert archive[:16] == b"liuzheng-keys/1\n"
    told = AESGCM(key_archive._key(PASSPHRASE, archive[:32])).decrypt(
        archive[32:44], archive[44:], archive[:32]
    )
    assert json.loads(told)["files"]["master_key.txt"] == base64.b64encode(b"0123").decode()


def test_the_same_passphrase_in_another_normal_form_opens_it() -> None:
    assert unseal(seal(FILES, "caf\u00e9 caf\u00e9 caf\u00e9"), "cafe\u0301 cafe\u0301 cafe\u0301")


@pytest.mark.parametrize("place", [0, 15, 16, 31, 32, 43, 44, -1])
def test_it_refuses_an_archive_of_which_one_bit_was_changed(archive: bytes, place: int) -> None:
    changed = bytearray(archive)
    changed[place] ^= 1
    with pytest.raises(KeyArchiveRefusedError):
        unseal(bytes(changed), PASSPHRASE)


@pytest.mark.parametrize("length", [0, 16, 43, 44, 60])
def test_it_refuses_an_archive_that_was_cut_off(archive: bytes, length: int) -> None:
    with pytest.raises(KeyArchiveRefusedError):
        unseal(archive[:length], PASSPHRASE)


def test_it_refuses_another_passphrase(archive: bytes) -> None:
    with pytest.raises(KeyArchiveRefusedError):
        unseal(archive, PASSPHRASE + " ")


def test_it_refuses_a_short_passphrase() -> None:
    with pytest.raises(PassphraseTooShortError):
        seal(FILES, "eleven char")


def test_no_name_leads_out_of_the_folder() -> None:
    with pytest.raises(ValueError, match="names"):
        seal({"../secret_key": b""}, PASSPHRASE)
    head = key_archive.MAGIC + bytes(16)
    told = json.dumps({"v": 1, "files": {"../x": ""}}).encode()
    sealed = AESGCM(key_archive._key(PASSPHRASE, head)).encrypt(bytes(12), told, head)
    with pytest.raises(KeyArchiveRefusedError):
        unseal(head + bytes(12) + sealed, PASSPHRASE)


@pytest.mark.django_db
def test_the_commands_bring_all_keys_into_an_empty_folder_and_over_nothing(
    tmp_path: Path, settings: Any
) -> None:
    here, said = tmp_path / "here", tmp_path / "passphrase"
    settings.KEYS_DIR = here
    call_command("make_keys", verbosity=0)
    said.write_text(PASSPHRASE + "\n")
    file = tmp_path / "keys.archive"
    call_command("backup_keys", file, passphrase_file=said)
    with pytest.raises(CommandError, match="there already"):
        call_command("backup_keys", file, passphrase_file=said)
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore_keys", file, passphrase_file=said)

    settings.KEYS_DIR = tmp_path / "elsewhere"
    call_command("restore_keys", file, passphrase_file=said)

    back = {path.name: path.read_bytes() for path in settings.KEYS_DIR.iterdir()}
    assert back == {path.name: path.read_bytes() for path in here.iterdir() if path.is_file()}
    modes = {path.stat().st_mode & 0o777 for path in settings.KEYS_DIR.iterdir()}
    assert (modes, settings.KEYS_DIR.stat().st_mode & 0o777) == ({0o600}, 0o700)
    assert file.stat().st_mode & 0o777 == 0o600
    house_log = custody.log_of(Subject.HOUSE, keyring.house().fingerprint)
    assert house_log.filter(act=Act.KEYS_BACKED_UP).count() == 1


@pytest.mark.django_db
def test_the_key_for_comparing_collectors_is_in_no_archive(tmp_path: Path, settings: Any) -> None:
    settings.KEYS_DIR, settings.COLLECTOR_MATCHING = tmp_path / "here", True
    said, file = tmp_path / "passphrase", tmp_path / "keys.archive"
    call_command("make_keys", verbosity=0)
    said.write_text(PASSPHRASE)
    call_command("backup_keys", file, passphrase_file=said)

    assert (settings.KEYS_DIR / matching_key.FILE_NAME).exists()
    assert matching_key.FILE_NAME not in unseal(file.read_bytes(), PASSPHRASE)
