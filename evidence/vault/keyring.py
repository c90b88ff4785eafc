"""The installation's keys in use: the house and the master key from their files, case keys by row.

Nothing here makes or changes a key file: `manage.py make_keys` does that.
"""

from __future__ import annotations

import threading
import uuid
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from evidence.errors import ItemUnreadableError
from evidence.integrity.house import House
from evidence.models import Derivative, EvidenceItem, ItemKey, Reading, Upload
from evidence.models.cases import Case, CaseKey
from evidence.vault import house_files, keys
from evidence.vault.keys import MASTER_KEY_FILE

_lock = threading.Lock()
_known: dict[Path, tuple[house_files.Signature | None, House | None, House | None]] = {}

__all__ = [
    "MASTER_KEY_FILE",
    "derivative_key",
    "house",
    "item_key",
    "make_case_key",
    "master",
    "reading_secret",
    "upload_key",
    "wrap",
]


def house(*, at: datetime | None = None) -> House:
    """The keys of this installation, read again when a rotation replaced some.

    Args:
        at: of a statement that is being signed: where a rotation began since, the house of
            before it, as long as this process knows it. None: now.
    """
    with _lock:
        current, before = _houses(settings.KEYS_DIR, timezone.now())
    is_earlier = at is not None and before is not None and at < current.last_change
    return before if is_earlier and before is not None else current


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


def item_key(item: EvidenceItem) -> bytes:
    """The data key of an item; raises ItemUnreadableError when it was destroyed."""
    try:
        row = ItemKey.objects.get(item_id=item.pk)
    except ItemKey.DoesNotExist:
        raise ItemUnreadableError(f"item {item.pk} has no key") from None
    return _unwrap(row.wrapped, item.case_id, item.pk)


def derivative_key(derivative: Derivative) -> bytes:
    """The data key of a derivative; raises as `item_key`."""
    return _unwrap(derivative.wrapped_key, derivative.item.case_id, derivative.pk)


def upload_key(upload: Upload) -> bytes:
    """The data key of an upload under way and of the item that it becomes; raises as above."""
    return _unwrap(upload.wrapped_key, upload.case_id, upload.becomes)


def reading_secret(reading: Reading) -> bytes:
    """The secret of a reading's record tree; raises as `item_key`."""
    return _unwrap(reading.records_secret, reading.item.case_id, reading.pk)


def _unwrap(wrapped: bytes | memoryview, case_id: uuid.UUID, object_id: uuid.UUID) -> bytes:
    return keys.unwrap_data_key(
        _case_key(case_id), bytes(wrapped), case_id=str(case_id), object_id=str(object_id)
    )


def _case_key(case_id: uuid.UUID) -> bytes:
    try:
        row = CaseKey.objects.get(case_id=case_id)
    except CaseKey.DoesNotExist:
        raise ItemUnreadableError(f"case {case_id} has no key") from None
    return keys.unwrap_case_key(master(), bytes(row.wrapped), case_id=str(case_id))


def _houses(folder: Path, now: datetime) -> tuple[House, House | None]:
    """The house in use, and the one before it if this process has seen a rotation."""
    signature = house_files.signature(folder, now=now)
    known, current, before = _known.get(folder, (None, None, None))
    if known != signature or current is None:
        found = house_files.read(folder, now=now)
        if current is None or found.entries != current.entries:
            current, before = found, current
        _known[folder] = (signature, current, before)
    return current, before


@lru_cache(maxsize=4)
def _master(folder: Path) -> keys.FileMasterKey:
    older = sorted(folder.glob(f"{MASTER_KEY_FILE}.old*"))
    return keys.FileMasterKey.from_text(
        (folder / MASTER_KEY_FILE).read_text("ascii"),
        older=[each.read_text("ascii") for each in older],
    )
