"""The installation's keys in use: the house's from their files, case and data keys from rows.

Nothing here makes or changes a key file: `manage.py make_keys` does that.
"""

from __future__ import annotations

import itertools
import threading
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from evidence.errors import ItemUnreadableError
from evidence.integrity.house import House
from evidence.models import Derivative, EvidenceItem, ItemKey, Reading, Survey, Upload
from evidence.models.cases import Case, CaseKey
from evidence.vault import house_files, keys, master_key
from evidence.vault.keys import MASTER_KEY_FILE, MasterKey

LOOKS = 2  # a key that is being changed while we look is looked for once more
_lock = threading.Lock()
_known: dict[Path, tuple[house_files.Signature | None, House | None, House | None]] = {}

__all__ = [
    "MASTER_KEY_FILE",
    "derivative_key",
    "derivative_keys",
    "house",
    "item_key",
    "item_keys",
    "make_case_key",
    "master",
    "reading_secret",
    "survey_key",
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


def master() -> MasterKey:
    """The key above all case keys, as it is now."""
    return master_key.current()


def make_case_key(case: Case) -> None:
    """Give a new case its key."""
    above = master()
    wrapped = keys.wrap_case_key(above, keys.new_key(), case_id=str(case.pk))
    CaseKey.objects.create(case=case, wrapped=wrapped, master_key_id=above.name)


def wrap(data_key: bytes, *, case_id: uuid.UUID, object_id: uuid.UUID) -> bytes:
    """Wrap the data key of one item, upload or derivative, within the transaction of its row.

    Until that commits, the case cannot change its key: a row that came in late would be lost.
    """
    _hold_case_key(case_id, "pg_advisory_xact_lock_shared")
    return keys.wrap_data_key(
        _case_keys(case_id)[0], data_key, case_id=str(case_id), object_id=str(object_id)
    )


def item_key(item: EvidenceItem) -> bytes:
    """The data key of an item; raises ItemUnreadableError when it was destroyed."""
    rows = ItemKey.objects.filter(item_id=item.pk).values_list("wrapped", flat=True)
    return _unwrap(rows, item.case_id, item.pk)


def derivative_key(derivative: Derivative) -> bytes:
    """The data key of a derivative; raises as `item_key`."""
    rows = Derivative.objects.filter(pk=derivative.pk).values_list("wrapped_key", flat=True)
    return _unwrap(rows, derivative.item.case_id, derivative.pk)


def item_keys(items: Collection[EvidenceItem]) -> dict[uuid.UUID, bytes]:
    """The data keys of many items, by item; why one is not among them, `item_key` says.

    Raises:
        ItemUnreadableError: a case has no key any more.
    """
    rows = ItemKey.objects.filter(item__in=[item.pk for item in items])
    return _unwrap_each(rows.values_list("item__case", "item", "wrapped"))


def derivative_keys(derivatives: Collection[Derivative]) -> dict[uuid.UUID, bytes]:
    """The data keys of many derivatives, by derivative; likewise."""
    rows = Derivative.objects.filter(pk__in=[each.pk for each in derivatives])
    return _unwrap_each(rows.values_list("item__case", "pk", "wrapped_key"))


def upload_key(upload: Upload) -> bytes:
    """The data key of an upload under way and of the item that it becomes; raises as above."""
    rows = Upload.objects.filter(pk=upload.pk).values_list("wrapped_key", flat=True)
    return _unwrap(rows, upload.case_id, upload.becomes)


def reading_secret(reading: Reading) -> bytes:
    """The secret of a reading's record tree; raises as `item_key`."""
    rows = Reading.objects.filter(pk=reading.pk).values_list("records_secret", flat=True)
    return _unwrap(rows, reading.item.case_id, reading.pk)


def survey_key(survey: Survey) -> bytes:
    """The data key of a survey; raises as `item_key`."""
    rows = Survey.objects.filter(pk=survey.pk).values_list("wrapped_key", flat=True)
    return _unwrap(rows, survey.item.case_id, survey.pk)


def rewrap_case_key(row: CaseKey) -> None:
    """Wrap a case's key by the current master key; the caller saves the row.

    Raises:
        keys.KeyUnwrapError: no master key that is here opens it.
    """
    above, case_id = master(), str(row.pk)
    row.wrapped = keys.rewrap_case_key(above, above, bytes(row.wrapped), case_id=case_id)
    if row.older is not None:
        row.older = keys.rewrap_case_key(above, above, bytes(row.older), case_id=case_id)
    row.master_key_id = above.name


def begin_rekeying(case_id: uuid.UUID) -> bool:
    """Put a new key above the case's data keys, the old one beside it; False when it was begun.

    Waits for every transaction that is just wrapping something by the old one.
    """
    _hold_case_key(case_id, "pg_advisory_xact_lock")
    row = _case_key_row(CaseKey.objects.select_for_update(), case_id)
    if row.older is not None:
        return False
    above = master()
    row.older = keys.rewrap_case_key(above, above, bytes(row.wrapped), case_id=str(case_id))
    row.wrapped = keys.wrap_case_key(above, keys.new_key(), case_id=str(case_id))
    row.master_key_id = above.name
    row.save(update_fields=["wrapped", "older", "master_key_id"])
    return True


def rewrapped(
    wrapped: bytes | memoryview, *, case_id: uuid.UUID, object_id: uuid.UUID
) -> bytes | None:
    """What the old key of a case wraps, wrapped by the new one; None when it is already.

    Raises:
        keys.KeyUnwrapError: neither key opens it.
    """
    new, *old = _case_keys(case_id)
    ids = {"case_id": str(case_id), "object_id": str(object_id)}
    try:
        keys.unwrap_data_key(new, bytes(wrapped), **ids)
    except keys.KeyUnwrapError:
        if not old:
            raise
        return keys.rewrap_data_key(old[0], new, bytes(wrapped), **ids)
    return None


def finish_rekeying(case_id: uuid.UUID) -> None:
    """Destroy the old key of a case."""
    CaseKey.objects.filter(pk=case_id).update(older=None)


def _unwrap(
    rows: QuerySet[Any, bytes | memoryview], case_id: uuid.UUID, object_id: uuid.UUID
) -> bytes:
    ids = {"case_id": str(case_id), "object_id": str(object_id)}
    for look in range(LOOKS):
        wrapped = rows.first()
        if wrapped is None:
            raise ItemUnreadableError(f"{object_id} has no key")
        problem = None
        for case_key in _case_keys(case_id):
            try:
                return keys.unwrap_data_key(case_key, bytes(wrapped), **ids)
            except keys.KeyUnwrapError as refusal:
                problem = refusal
        if look == LOOKS - 1 and problem is not None:
            raise problem
    raise AssertionError("unreachable: the last look returns or raises")


def _unwrap_each(
    rows: Iterable[tuple[uuid.UUID, uuid.UUID, bytes | memoryview]],
) -> dict[uuid.UUID, bytes]:
    """What opens at the first look, by object; rows of case, object and wrapped key."""
    of_cases: defaultdict[uuid.UUID, list[tuple[uuid.UUID, bytes]]] = defaultdict(list)
    for case_id, object_id, wrapped in rows:
        of_cases[case_id].append((object_id, bytes(wrapped)))
    found: dict[uuid.UUID, bytes] = {}
    for case_id, sealed in of_cases.items():
        for case_key, (object_id, wrapped) in itertools.product(_case_keys(case_id), sealed):
            ids = {"case_id": str(case_id), "object_id": str(object_id)}
            with suppress(keys.KeyUnwrapError):
                found[object_id] = keys.unwrap_data_key(case_key, wrapped, **ids)
    return found


def _case_keys(case_id: uuid.UUID) -> list[bytes]:
    """The case's key, and behind it the one that it replaces, while it does."""
    row = _case_key_row(CaseKey.objects.all(), case_id)
    kept = [each for each in (row.wrapped, row.older) if each is not None]
    return [keys.unwrap_case_key(master(), bytes(each), case_id=str(case_id)) for each in kept]


def _case_key_row(rows: QuerySet[CaseKey], case_id: uuid.UUID) -> CaseKey:
    try:
        return rows.get(case_id=case_id)
    except CaseKey.DoesNotExist:
        raise ItemUnreadableError(f"case {case_id} has no key") from None


def _hold_case_key(case_id: uuid.UUID, lock: str) -> None:
    """Until the commit: many may wrap by a case's key, or one may change it.

    SQLite lets one writer in at a time anyway.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("keys are wrapped and changed inside the transaction of their rows")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            statement = f"SELECT {lock}(hashtextextended(%s, 0))"
            cursor.execute(statement, [f"case key {case_id}"])


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
