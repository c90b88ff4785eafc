"""The key files of an installation: made once, 0600, and looked at before every start."""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from evidence.integrity.house import FILE_NAMES as HOUSE_FILES
from evidence.integrity.house import make_house
from evidence.vault import durable, house_files, matching_key
from evidence.vault import keys as vault_keys
from evidence.vault.keys import MASTER_KEY_FILE

from .secret_key import FILE_NAME as SECRET_KEY_FILE

ALL_FILES = frozenset({SECRET_KEY_FILE, MASTER_KEY_FILE}) | HOUSE_FILES
SECRET_KEY_CHARACTERS = 64
# SHA-256 of keys that stood in public once (a sample, a test, a leak). They open nothing.
KNOWN = frozenset(
    {
        "60e05bd1b195af2f94112fa7197a5c88289058840ce7c6df9693756bc6250f55",  # 64 times 0
        "df0790f236013511e91fa4532fb7761f62320a51a3868dabf4a13fe5f53e3263",  # 64 times f
        "f59ec31bb2929fa3025173403846538dd4bd75dada09066c7bbb3f74a1879bc5",  # tests/settings.py
    }
)
DJANGO_SAMPLE = b"django-insecure-"  # what `startproject` writes


@dataclass(frozen=True)
class KeyFault:
    """One thing wrong with the key files; names the file, never its content."""

    file: str
    says: str
    is_missing: bool = False


def faults(folder: Path) -> list[KeyFault]:
    """Look at every key file: there, a plain file of our own, closed to others, not a known one."""
    if not folder.is_dir():
        return [KeyFault(folder.name, "the folder does not exist", is_missing=True)]
    found = []
    if folder.stat().st_mode & 0o077:
        found.append(KeyFault(folder.name, "others may open the folder (want mode 0700)"))
    for name in sorted(_wanted()):
        says = _fault_of(folder / name)
        if says:
            found.append(KeyFault(name, says, is_missing=says == _MISSING))
    for file in sorted(folder.glob(f"{MASTER_KEY_FILE}.*")):  # older ones, and one laid ready
        if says := _fault_of(file):
            found.append(KeyFault(file.name, says))
    return [*found, *_faults_of_the_setting(folder)]


def refuse_start(folder: Path) -> None:
    """Stop a process that would serve or work with bad keys.

    Raises:
        ImproperlyConfigured: one sentence with the first fault and what to do.
    """
    for fault in faults(folder):
        advice = (
            "run `manage.py make_keys`"
            if fault.is_missing
            else "chmod -R go= the folder, or replace the key if it was ever public"
        )
        raise ImproperlyConfigured(f"key file {fault.file}: {fault.says}; {advice}.")
    settle_rotation(folder)


def settle_rotation(folder: Path) -> None:
    """End what a rotation that was cut off left: finished if it was decided, else taken back.

    Where the folder may only be read, or another process is at it, nothing is lost: whoever reads
    the keys sees the old house or the new one whole (evidence/vault/house_files.py).
    """
    if house_files.is_half_done(folder) and os.access(folder, os.W_OK):
        with suppress(house_files.RotationBusyError):
            house_files.settle(folder, now=datetime.now(UTC))


def make(folder: Path, *, at: datetime, origin: str) -> list[str]:
    """Make the key files that are missing; one that exists is never touched.

    Args:
        folder: made with mode 0700 if it does not exist.
        at: the moment from which the certificates hold, UTC.
        origin: the log's origin, a name like `example.org/log`.

    Returns:
        The names of the files that were made, none when all were there.

    Raises:
        ImproperlyConfigured: of the house's files and the master key some are there and some are
            not. A lost key cannot be made again: bring it back from the copy kept apart.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    present = {name for name in _wanted() if (folder / name).exists()}
    alone = {SECRET_KEY_FILE, matching_key.FILE_NAME}  # whose loss costs no proof
    together = _wanted() - alone
    lost = together - present
    if lost and lost != together:
        raise ImproperlyConfigured(
            f"key files {', '.join(sorted(lost))} are missing while others are there; "
            "bring them back from the copy of the keys."
        )
    fresh: dict[str, bytes] = {}
    if SECRET_KEY_FILE not in present:
        fresh[SECRET_KEY_FILE] = secrets.token_urlsafe(SECRET_KEY_CHARACTERS).encode("ascii")
    if matching_key.FILE_NAME in _wanted() - present:
        fresh[matching_key.FILE_NAME] = matching_key.fresh()
    if MASTER_KEY_FILE in lost:
        fresh[MASTER_KEY_FILE] = vault_keys.as_text(vault_keys.new_key()).encode("ascii")
    if lost:
        fresh |= make_house(at=at, origin=origin)
    _write(folder, fresh)
    return sorted(fresh)


_MISSING = "it does not exist"


def _wanted() -> frozenset[str]:
    """The files that must be there: a master key from the settings has none.

    The key for comparing collectors is needed where that is switched on.
    """
    wanted = ALL_FILES - {MASTER_KEY_FILE} if settings.MASTER_KEY else ALL_FILES
    return wanted | {matching_key.FILE_NAME} if settings.COLLECTOR_MATCHING else wanted


def _faults_of_the_setting(folder: Path) -> list[KeyFault]:
    if not settings.MASTER_KEY:
        return []
    found = []
    if (folder / MASTER_KEY_FILE).exists():
        says = "it is there, and MASTER_KEY is set too: which of the two counts?"
        found.append(KeyFault(MASTER_KEY_FILE, says))
    for text in (settings.MASTER_KEY, *settings.MASTER_KEY_OLD):
        try:
            vault_keys.FileMasterKey.from_text(text)
        except vault_keys.MasterKeyError:
            found.append(
                KeyFault("MASTER_KEY", "it is neither 64 hex digits nor base64 of 32 bytes")
            )
        if hashlib.sha256(text.strip().encode()).hexdigest() in KNOWN:
            found.append(KeyFault("MASTER_KEY", "it is a key that the whole world knows"))
    return found


def _fault_of(file: Path) -> str:
    try:
        status = file.lstat()
    except FileNotFoundError:
        return _MISSING
    # A mounted secret may be a link to a file; what counts is the file it leads to.
    target = file.stat() if stat.S_ISLNK(status.st_mode) else status
    if not stat.S_ISREG(target.st_mode):
        return "it is not a plain file"
    if target.st_mode & 0o077:
        return "others may read it (want mode 0600)"
    content = file.read_bytes().strip()
    if hashlib.sha256(content).hexdigest() in KNOWN or content.startswith(DJANGO_SAMPLE):
        return "it is a key that the whole world knows"
    if file.name == SECRET_KEY_FILE and len(content) < 50:
        return "it is too short to be a secret"
    return ""


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        # Of two processes that make keys at once, one fails; no key is overwritten.
        durable.write_new(folder / name, content)
