"""A backup of database and vault in one folder, and the way back (docs/formats/backup.md).

No key of the house is ever written here. Where the list of erasures lies is with the keys, so what
is brought back is emptied again by the list as it is now.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from evidence.integrity.digest import hash_stream
from evidence.integrity.times import write_time
from evidence.vault import copies, durable, keyring, shelf

INDEX, VAULT = "backup.json", "vault"
FILES = {"sqlite": "db.sqlite3", "postgresql": "db.pgdump"}
HEX = re.compile(r"[0-9a-f]{64}")


class BackupError(Exception):
    """It cannot be done; the text says what is missing and what to do."""

    code = "backup_refused"


@dataclass(frozen=True)
class Index:
    """`backup.json`."""

    v: int
    engine: str
    house: str
    at: str
    sha256: str
    envelopes: int


def write(folder: Path, *, at: datetime) -> Index:
    """Copy the database, then the vault, into a folder that is new or empty.

    Raises:
        BackupError: the folder holds something, or a tool is missing.
        evidence.vault.failures.StorageFailedError: the vault did not answer; there is no backup.
    """
    if folder.exists() and any(folder.iterdir()):
        raise BackupError(f"{folder} is not empty: one folder for each backup")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    database = durable.make_private(folder / FILES[connection.vendor])
    if connection.vendor == "sqlite":
        _copy_sqlite(database)
    else:
        _run(
            "pg_dump",
            _name(),
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--file={database}",
        )
    index = Index(
        v=1,
        engine=connection.vendor,
        house=keyring.house().fingerprint,
        at=write_time(at),
        sha256=_digest(database),
        envelopes=copies.copy_to(folder / VAULT),
    )
    _write_index(folder, index)
    return index


def read(folder: Path) -> Index:
    """Look whether a backup is whole, for this engine and of the house whose keys are here.

    Raises:
        BackupError: it is not; nothing was touched.
    """
    try:
        index = Index(**json.loads((folder / INDEX).read_bytes()))
        found = sum(1 for _ in (folder / VAULT).glob("*/*"))
        is_whole = (
            (index.v, index.envelopes) == (1, found)
            and HEX.fullmatch(index.sha256)
            and _digest(folder / FILES[index.engine]) == index.sha256
        )
    except (OSError, ValueError, KeyError, TypeError) as cause:
        raise BackupError(f"{folder} is no whole backup ({type(cause).__name__})") from cause
    if not is_whole:
        raise BackupError(f"{folder} is no whole backup: it differs from its {INDEX}")
    if index.engine != connection.vendor:
        raise BackupError(f"it is of {index.engine}; DATABASE_URL names {connection.vendor}")
    if index.house != keyring.house().fingerprint:
        raise BackupError(f"it is of the house {index.house}; the keys here are another's")
    return index


def bring_back(folder: Path) -> Index:
    """Fill an empty database and an empty vault from a backup.

    Raises:
        BackupError: one of them is not empty, the backup is not whole, or a tool is missing.
    """
    index = read(folder)
    with connection.cursor() as cursor:
        if tables := connection.introspection.table_names(cursor):
            raise BackupError(f"the database is not empty ({len(tables)} tables): use a new one")
    if next(shelf.names(), None) is not None:
        raise BackupError("the vault is not empty: use a new one")
    copies.bring_back(folder / VAULT)
    database = folder / FILES[index.engine]
    if index.engine == "sqlite":
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as source:
            source.backup(_sqlite())
    else:
        _run("pg_restore", _name(), "--no-owner", "--no-privileges", "--exit-on-error",
             "--single-transaction", str(database))  # fmt: skip
    return index


def _copy_sqlite(target: Path) -> None:
    """The online copy: whole as of one moment while others read and write."""
    with closing(sqlite3.connect(target)) as copy:
        _sqlite().backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
    with target.open("rb") as file:
        os.fsync(file.fileno())


def _sqlite() -> sqlite3.Connection:
    connection.ensure_connection()
    held = connection.connection
    if not isinstance(held, sqlite3.Connection):
        raise BackupError("the database is not SQLite")
    return held


def _run(tool: str, *words: str) -> None:
    """Run one of PostgreSQL's own tools on the database of the settings."""
    if shutil.which(tool) is None:
        raise BackupError(f"{tool} is not here: install PostgreSQL's client programs")
    done = subprocess.run(  # noqa: S603 -- a name of ours and the settings
        [tool, "--no-password", *words],
        env={**os.environ, **_access()},
        check=False,  # what it says goes to the operator's terminal: it may quote rows
    )
    if done.returncode:
        raise BackupError(f"{tool} ended with {done.returncode}")


def _name() -> str:
    return f"--dbname={connection.settings_dict['NAME']}"


def _access() -> dict[str, str]:
    """Where and as whom, by the environment: the list of processes shows no passphrase."""
    settings: Mapping[str, Any] = connection.settings_dict
    named = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    return {name: str(settings[key]) for name, key in named.items() if settings.get(key)}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hash_stream(file)[0]


def _write_index(folder: Path, index: Index) -> None:
    beside = folder / f"{INDEX}.part"
    durable.write_new(beside, json.dumps(asdict(index)).encode())
    beside.rename(folder / INDEX)
    durable.sync_folder(folder)
