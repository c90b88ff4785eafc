"""Backup, erasure, restore, start: what was erased stays erased, and all else is there again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.road.databases import own_database
from tests.road.installed import installed, run

WITHIN_S = 300


def manage(environment: Mapping[str, str], *words: str) -> str:
    return run(environment, "manage.py", *words, within_s=WITHIN_S).stdout


def refused(environment: Mapping[str, str], *words: str) -> str:
    """What a command says that must not be done."""
    with pytest.raises(RuntimeError) as refusal:
        manage(environment, *words)
    return str(refusal.value)


def told(environment: Mapping[str, str], *words: str) -> Any:
    done = run(environment, "-m", "tests.road.backed_up", *words, within_s=WITHIN_S)
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture
def empty_house(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Settings of an installation in which nothing was ever made."""
    with own_database() as database:
        yield {**database, "VAR_DIR": str(tmp_path / "new")}


def test_what_was_erased_stays_erased_after_a_restore(
    tmp_path: Path, empty_house: dict[str, str]
) -> None:
    backup = tmp_path / "backup"
    with own_database() as database, installed(tmp_path, database) as environment:
        erased, kept = told(environment, "fill", "1"), told(environment, "fill", "2")
        manage(environment, "backup", str(backup))
        assert "not empty" in refused(environment, "backup", str(backup))
        assert "not empty" in refused(environment, "restore", str(backup))
        manage(environment, "erase", "--case", erased, "--yes")

        new = {**environment, **empty_house}
        keys = Path(environment["VAR_DIR"], "keys")
        shutil.copytree(keys, Path(new["VAR_DIR"], "keys"))  # as they are now
        said = manage(new, "restore", str(backup))
        manage(new, "start", "--no-sample")

        assert "1 erasures were done again" in said
        gone = told(new, "look", "1", erased)
        assert gone == {
            "is_erased": True, "traces": [], "opened": 0, "rest": False, "compared": False,
        }  # fmt: skip
        here = told(new, "look", "2", kept)
        assert (here["is_erased"], here["opened"]) == (False, 2)
        assert not here["compared"]  # whoever took that back since the backup stays out
        manage(new, "check_log")
    _holds_no_key(backup, keys)


def _holds_no_key(backup: Path, keys: Path) -> None:
    secrets = [path.read_bytes().strip() for path in keys.iterdir() if path.is_file()]
    long = [secret for secret in secrets if len(secret) >= 32]
    assert long
    for path in (path for path in backup.rglob("*") if path.is_file()):
        assert path.stat().st_mode & 0o077 == 0
        if path.suffix != ".json":
            assert not any(secret in path.read_bytes() for secret in long)


def test_a_backup_that_was_changed_or_is_not_whole_brings_nothing_back(
    tmp_path: Path, empty_house: dict[str, str]
) -> None:
    backup = tmp_path / "backup"
    with own_database() as database, installed(tmp_path, database) as environment:
        manage(environment, "backup", str(backup))
        new = {**environment, **empty_house}
        shutil.copytree(Path(environment["VAR_DIR"], "keys"), Path(new["VAR_DIR"], "keys"))
        [file] = backup.glob("db.*")
        content = file.read_bytes()

        file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        assert "differs from its backup.json" in refused(new, "restore", str(backup))
        file.write_bytes(content)
        (backup / "vault" / "ab").mkdir(parents=True)
        (backup / "vault" / "ab" / "abcd").write_bytes(b"")
        assert "differs from its backup.json" in refused(new, "restore", str(backup))
        (backup / "backup.json").unlink()
        assert "no whole backup" in refused(new, "restore", str(backup))


def test_another_houses_keys_restore_nothing(tmp_path: Path, empty_house: dict[str, str]) -> None:
    backup = tmp_path / "backup"
    with own_database() as database, installed(tmp_path, database) as environment:
        manage(environment, "backup", str(backup))
        new = {**environment, **empty_house}
        manage(new, "make_keys")
        assert "another's" in refused(new, "restore", str(backup))
