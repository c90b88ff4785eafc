"""What must hold after a killed erasure, looked at row by row and byte by byte.

Which tables lose their rows is read from the fates and the columns, not from the walk on trial.
"""

from __future__ import annotations

import hashlib
import io
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import models

from accounts.models import User
from complaints.fates import FATES, Fate
from evidence.errors import EvidenceError
from evidence.models import Case, CaseKey, CustodyEvent, Derivative, EvidenceItem, Upload
from evidence.vault import blobs, erasure_list
from tests import dump, make


def mark(number: int) -> str:
    """What stands in every text of one person, and nowhere else."""
    return f"青鸾号{number:07d}止"


@dataclass(frozen=True)
class Before:
    """One case as it was: what may be asked of it when its rows are gone."""

    case: Case
    username: str
    digests: dict[uuid.UUID, str]  # item id to SHA-256 of its plain bytes
    envelopes: frozenset[str]
    upload_ids: tuple[uuid.UUID, ...]
    mark: str
    told: dict[str, int]  # table to the number of its rows about the case


def remember(case: Case) -> Before:
    """Look at a whole case."""
    items = EvidenceItem.objects.filter(case=case)
    derivatives = Derivative.objects.filter(item__case=case)
    names = {*items.values_list("vault_name", flat=True)}
    names |= {*derivatives.values_list("vault_name", flat=True)}
    uploads = Upload.objects.filter(case=case).values_list("pk", flat=True)
    digests = dict(items.values_list("pk", "sha256"))
    rows = _rows(case)
    return Before(
        case, case.borrower.username, digests, frozenset(names), tuple(uploads), case.title, rows
    )


def half_way(before: Before, *, of_account: bool) -> Iterator[str]:
    """What must hold at any moment, before anybody repairs anything."""
    if not _is_listed(before, of_account=of_account):
        yield from (f"begun and not on the list: {fault}" for fault in untouched(before))
    lost = before.envelopes - set(blobs.names())
    if lost and CaseKey.objects.filter(case=before.case).exists():
        yield f"envelopes went before the key of their case: {sorted(lost)}"


def after(before: Before, *, of_account: bool) -> Iterator[str]:
    """Complete, or never begun."""
    if not _is_listed(before, of_account=of_account):
        yield from untouched(before)
        return
    yield from (f"{left} rows left in {table}" for table, left in _left(before, of_account))
    yield from (f"an envelope is left: {name}" for name in before.envelopes & set(blobs.names()))
    for upload_id in before.upload_ids:
        for path in settings.UPLOADS_DIR.rglob(f"{upload_id.hex}*"):
            yield f"a part of an upload is left: {path.name}"
    yield from _tombstones(before, of_account=of_account)
    yield from _words(before)


def untouched(before: Before) -> Iterator[str]:
    """Nothing of it is missing and every item opens."""
    if _rows(before.case) != before.told:
        yield f"rows differ: {_rows(before.case)} instead of {before.told}"
    for item_id, digest in before.digests.items():
        try:
            plain = make.plain_bytes(EvidenceItem.objects.get(pk=item_id))
        except (EvidenceError, FileNotFoundError) as fault:
            yield f"item {item_id} does not open: {type(fault).__name__}"
        else:
            if hashlib.sha256(plain).hexdigest() != digest:
                yield f"item {item_id} holds other bytes"
    subjects = [str(before.case.pk), *map(str, before.digests)]
    if CustodyEvent.objects.filter(subject_id__in=subjects, act="erased").exists():
        yield "a tombstone stands over what was not erased"


def around() -> Iterator[str]:
    """The list, the log, and bytes in the vault that nothing has a key for."""
    erasure_list.read(settings.KEYS_DIR)
    items = set(EvidenceItem.objects.filter(key__isnull=False).values_list("vault_name", flat=True))
    named = items | set(Derivative.objects.values_list("vault_name", flat=True))
    yield from (f"an envelope without a key: {name}" for name in set(blobs.names()) - named)
    said = io.StringIO()
    try:
        call_command("check_log", stdout=said)
    except CommandError as fault:
        yield f"check_log: {fault} ({said.getvalue()[-400:].strip()})"


def _is_listed(before: Before, *, of_account: bool) -> bool:
    wanted = before.case.borrower_id if of_account else before.case.pk
    return wanted in {entry.id for entry in erasure_list.read(settings.KEYS_DIR)}


def _rows(case: Case) -> dict[str, int]:
    """Rows about the case, by every chain of foreign keys that leads to it."""
    return {
        label: found
        for label in FATES
        if (found := _of_case(apps.get_model(label), case.pk).count())
    }


def _left(before: Before, of_account: bool) -> Iterator[tuple[str, int]]:
    for label, found in _rows(before.case).items():
        if FATES[label] == Fate.DELETED:
            yield label, found
    if of_account and User.objects.filter(username=before.username).exists():
        yield "accounts.User", 1


def _of_case(model: type[models.Model], case_id: uuid.UUID) -> models.QuerySet[models.Model]:
    ways = models.Q(pk__in=[])
    for way in _ways(model, depth=3):
        ways |= models.Q(**{way: case_id})
    return model._base_manager.filter(ways).distinct()


def _ways(model: type[models.Model], *, depth: int) -> Iterator[str]:
    """Paths of foreign keys from a model to the case."""
    for column in model._meta.concrete_fields:
        target = column.related_model
        if not isinstance(target, type) or not issubclass(target, models.Model) or target is model:
            continue
        if target is Case:
            yield column.name
        elif depth and target is not User:
            yield from (f"{column.name}__{way}" for way in _ways(target, depth=depth - 1))


def _tombstones(before: Before, *, of_account: bool) -> Iterator[str]:
    subjects = {("case", before.case.pk)} | {("item", item_id) for item_id in before.digests}
    if of_account:
        subjects.add(("account", before.case.borrower_id))
    names = {entry.name for entry in erasure_list.read(settings.KEYS_DIR)}
    for kind, subject_id in sorted(subjects, key=str):
        rows = CustodyEvent.objects.filter(subject_type=kind, subject_id=str(subject_id))
        tombstones = list(rows.filter(act="erased"))
        if len(tombstones) != 1:
            yield f"{len(tombstones)} tombstones of {kind} {subject_id}"
        for row in tombstones:
            if json.loads(bytes(row.raw))["facts"]["entry"] not in names:
                yield f"the tombstone of {kind} {subject_id} names no entry of the list"


def _words(before: Before) -> Iterator[str]:
    """The mark stands in no row and no file: of SQLite, the write-ahead log is one, too."""
    for table in dump.traces(dump.rows(), [before.mark]):
        yield f"its words stand in {table}"
    for name in dump.traces(dump.files(settings.VAR_DIR), [before.mark]):
        yield f"its words stand in {name}"
