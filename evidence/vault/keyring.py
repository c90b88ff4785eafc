"""The installation's keys in use: the house and the master key from their files, case keys by row.

Nothing here makes or changes a key file: `manage.py make_keys` does that.
"""

from __future__ import annotations

import uuid
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from evidence.errors import ItemUnreadableError
from evidence.integrity.house import FILE_NAMES, House
from evidence.models.cases import Case, CaseKey
from evidence.vault import keys
from evidence.vault.keys import MASTER_KEY_FILE

__all__ = ["MASTER_KEY_FILE", "house", "make_case_key", "master", "unwrap", "wrap"]


def house() -> House:
    """The keys of this installation, read once per process."""
    return _house(settings.KEYS_DIR)


def master() -> keys.FileMasterKey:
    """The key above all case keys, read once per process."""
    return _master(settings.KEYS_DIR)


def make_case_key(case: Case) -> None:
    """Give a new case its key."""
    wrapped = keys.wrap_case_key(master(), keys.new_key(), case_id=str(case.pk))
    CaseKey.objects.create(case=case, wrapped=wrapped, master_key_id=master().key_id.hex())


def wrap(data_key: bytes, *, case_id: uuid.UUID, object_id: uuid.UUID) -> bytes:
    """Wrap the data key of one item, upload or derivative for its row."""
    return keys.wrap_data_key(
        _case_key(case_id), data_key, case_id=str(case_id), object_id=str(object_id)
    )


def unwrap(wrapped: bytes | memoryview, *, case_id: uuid.UUID, object_id: uuid.UUID) -> bytes:
    """The data key again.

    Raises:
        ItemUnreadableError: the case's key was destroyed.
        keys.KeyUnwrapError: the wrapped key is another's, or was changed.
    """
    return keys.unwrap_data_key(
        _case_key(case_id), bytes(wrapped), case_id=str(case_id), object_id=str(object_id)
    )


def _case_key(case_id: uuid.UUID) -> bytes:
    try:
        row = CaseKey.objects.get(case_id=case_id)
    except CaseKey.DoesNotExist:
        raise ItemUnreadableError(f"case {case_id} has no key") from None
    return keys.unwrap_case_key(master(), bytes(row.wrapped), case_id=str(case_id))


@lru_cache(maxsize=4)
def _house(folder: Path) -> House:
    return House.load({name: (folder / name).read_bytes() for name in FILE_NAMES})


@lru_cache(maxsize=4)
def _master(folder: Path) -> keys.FileMasterKey:
    older = sorted(folder.glob(f"{MASTER_KEY_FILE}.old*"))
    return keys.FileMasterKey.from_text(
        (folder / MASTER_KEY_FILE).read_text("ascii"),
        older=[each.read_text("ascii") for each in older],
    )
