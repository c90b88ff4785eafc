"""The master key in use: from its file or from the setting MASTER_KEY, read again when it changed.

A file is replaced by one rename, with the older key already beside it under a name of its own, so
whoever reads finds a key that opens everything, at every step. A setting is replaced by whoever
starts the processes, who also names the older ones in MASTER_KEY_OLD.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from evidence.errors import EvidenceError
from evidence.vault import durable, house_files, keys
from evidence.vault.keys import MASTER_KEY_FILE, FileMasterKey, MasterKey

NEXT_FILE = f"{MASTER_KEY_FILE}.next"  # the new key, whole, before it takes the place
OLDER = f"{MASTER_KEY_FILE}.old"

Signature = tuple[int, int, int, int]


class MasterKeyFixedError(EvidenceError):
    """The master key is a setting: only who starts the processes can replace it."""

    code = "master_key_is_a_setting"


def current() -> MasterKey:
    """The key above all case keys; a new one in the file is seen at the next call."""
    if settings.MASTER_KEY:
        return _from_setting(settings.MASTER_KEY, tuple(settings.MASTER_KEY_OLD))
    return _from_file(settings.KEYS_DIR, _signature(settings.KEYS_DIR))


def older_files(folder: Path) -> dict[str, Path]:
    """The older keys beside the file: name of the key → its file."""
    files = sorted(folder.glob(f"{OLDER}*"))
    return {FileMasterKey.from_text(file.read_text("ascii")).name: file for file in files}


def is_half_replaced() -> bool:
    """Whether a replacement was begun and cut off before its last step."""
    return not settings.MASTER_KEY and (settings.KEYS_DIR / NEXT_FILE).exists()


def prepare() -> str:
    """Lay a new key ready beside the file, unless one lies there; return its name.

    Raises:
        MasterKeyFixedError: it is a setting.
        house_files.RotationBusyError: another process is replacing keys.
    """
    if settings.MASTER_KEY:
        raise MasterKeyFixedError("set MASTER_KEY anew and the older one in MASTER_KEY_OLD")
    folder: Path = settings.KEYS_DIR
    with house_files.locked(folder):
        if not (folder / NEXT_FILE).exists():
            unfinished = folder / f"{NEXT_FILE}.tmp"
            unfinished.unlink(missing_ok=True)  # of a process that was killed here
            durable.write_new(unfinished, keys.as_text(keys.new_key()).encode("ascii"))
            (folder / f"{NEXT_FILE}.tmp").rename(folder / NEXT_FILE)
            durable.sync_folder(folder)
        return FileMasterKey.from_text((folder / NEXT_FILE).read_text("ascii")).name


def replace() -> None:
    """Give what `prepare` laid ready the place of the current key, which stays beside it."""
    folder: Path = settings.KEYS_DIR
    with house_files.locked(folder):
        before = (folder / MASTER_KEY_FILE).read_text("ascii")
        older = folder / f"{OLDER}-{FileMasterKey.from_text(before).name}"
        if not older.exists():  # whole at once or not at all: a second name of the same file
            os.link(folder / MASTER_KEY_FILE, older)
        durable.sync_folder(folder)
        (folder / NEXT_FILE).rename(folder / MASTER_KEY_FILE)
        durable.sync_folder(folder)


def _signature(folder: Path) -> Signature:
    """Changes with the file and with the names beside it: two looks, no reading."""
    file, names = (folder / MASTER_KEY_FILE).stat(), folder.stat()
    return file.st_ino, file.st_mtime_ns, file.st_size, names.st_mtime_ns


@lru_cache(maxsize=4)
def _from_file(folder: Path, _: Signature) -> FileMasterKey:
    older = sorted(folder.glob(f"{OLDER}*"))
    return FileMasterKey.from_text(
        (folder / MASTER_KEY_FILE).read_text("ascii"),
        older=[each.read_text("ascii") for each in older],
    )


@lru_cache(maxsize=4)
def _from_setting(text: str, older: tuple[str, ...]) -> FileMasterKey:
    return FileMasterKey.from_text(text, older=older)
