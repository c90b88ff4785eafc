"""Rotation of the keys above the data keys: what they wrap is wrapped anew, no byte is touched.

Everything goes in batches of one transaction each, finds by itself what is left to do, and may be
killed at any point and begun again; an older key stays until nothing needs it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from evidence import custody
from evidence.custody import Act, Actor, Subject
from evidence.models import CaseKey, Derivative, ItemKey, Reading, Survey, Upload
from evidence.vault import keyring, master_key
from evidence.vault.keys import KeyUnwrapError

KEEPER = Actor.system("keys")
BATCH = 500  # rows per transaction: others wait for a moment only


@dataclass(frozen=True)
class Rewrapped:
    """How many case keys were wrapped anew, and the cases whose key did not open."""

    count: int
    unopened: tuple[str, ...]


@dataclass(frozen=True)
class Wrapped:
    """One kind of row that holds something wrapped by its case's key."""

    name: str
    rows: Callable[[uuid.UUID], models.QuerySet[Any]]  # of one case
    field: str
    object_id: str  # attribute with the id that is bound into the wrapping


# All that a case key wraps. A test looks whether a model has more.
WRAPPED = (
    Wrapped("items", lambda c: ItemKey.objects.filter(item__case=c), "wrapped", "pk"),
    Wrapped("derivatives", lambda c: Derivative.objects.filter(item__case=c), "wrapped_key", "pk"),
    Wrapped("uploads", lambda c: Upload.objects.filter(case=c), "wrapped_key", "becomes"),
    Wrapped("readings", lambda c: Reading.objects.filter(item__case=c), "records_secret", "pk"),
    Wrapped("surveys", lambda c: Survey.objects.filter(item__case=c), "wrapped_key", "pk"),
)


def new_master_key() -> str:
    """Put a new master key in place of the file's, or finish what was cut off; return its name.

    Raises:
        master_key.MasterKeyFixedError, house_files.RotationBusyError.
    """
    name = master_key.prepare()
    facts = {"role": "master", "key": name, "before": keyring.master().name}
    # Before the deed: a kill in between leaves an event twice, never a new key without one.
    custody.record(Subject.HOUSE, _house(), Act.KEY_ROTATED, actor=KEEPER, facts=facts)
    master_key.replace()
    return name


def waiting() -> dict[str, int]:
    """How many case keys each older master key still wraps: name of the key → number."""
    rows = CaseKey.objects.exclude(master_key_id=keyring.master().name).order_by()
    counted = rows.values_list("master_key_id").annotate(number=models.Count("pk"))
    return dict(counted.order_by("master_key_id"))


def rewrap_case_keys(*, batch: int = BATCH, told: Callable[[int], None] | None = None) -> Rewrapped:
    """Wrap under the current master key every case key that an older one wraps.

    Args:
        batch: rows per transaction.
        told: called after each with the number done so far.
    """
    done, after = 0, None
    unopened: list[str] = []
    while True:
        with transaction.atomic():
            rows = list(_due(after)[:batch])
            if not rows:
                return Rewrapped(done, tuple(unopened))
            fresh = [row for row in rows if _rewrap(row, unopened)]
            CaseKey.objects.bulk_update(fresh, ["wrapped", "older", "master_key_id"])
            if fresh:
                _record(Subject.HOUSE, _house(), {"keys": "cases", "count": len(fresh)})
        done, after = done + len(fresh), rows[-1].pk
        if told is not None:
            told(done)


def rekey_case(case_id: uuid.UUID, *, actor: Actor = KEEPER, batch: int = BATCH) -> dict[str, int]:
    """Give a case another key and wrap all that the old one wraps; then destroy the old one.

    Returns:
        How many of each kind were wrapped anew now; what a killed run did before is not counted.

    Raises:
        ItemUnreadableError: the case's key was destroyed.
        keys.KeyUnwrapError: something of the case opens with neither key; both then stay.
    """
    with transaction.atomic():
        if keyring.begin_rekeying(case_id):
            facts = {"role": "case"}
            custody.record(Subject.CASE, case_id, Act.KEY_ROTATED, actor=actor, facts=facts)
    counts = {kind.name: _rewrap_all(kind, case_id, batch) for kind in WRAPPED}
    with transaction.atomic():
        keyring.finish_rekeying(case_id)
        _record(Subject.CASE, case_id, {"keys": "data", **counts}, actor=actor)
    return counts


def _due(after: uuid.UUID | None) -> models.QuerySet[CaseKey]:
    rows = CaseKey.objects.exclude(master_key_id=keyring.master().name)
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return rows.select_for_update().order_by("pk")


def _rewrap(row: CaseKey, unopened: list[str]) -> bool:
    try:
        keyring.rewrap_case_key(row)
    except KeyUnwrapError:
        unopened.append(str(row.pk))
        return False
    return True


def _rewrap_all(kind: Wrapped, case_id: uuid.UUID, batch: int) -> int:
    done, after = 0, None
    while True:
        with transaction.atomic():
            rows = kind.rows(case_id).select_for_update(of=("self",)).order_by("pk")
            found = list((rows.filter(pk__gt=after) if after else rows)[:batch])
            if not found:
                return done
            fresh = []
            for row in found:
                wrapped = keyring.rewrapped(
                    getattr(row, kind.field),
                    case_id=case_id,
                    object_id=getattr(row, kind.object_id),
                )
                if wrapped is not None:
                    setattr(row, kind.field, wrapped)
                    fresh.append(row)
            kind.rows(case_id).model._default_manager.bulk_update(fresh, [kind.field])
        done, after = done + len(fresh), found[-1].pk


def _record(
    subject: Subject, subject_id: uuid.UUID | str, facts: dict[str, Any], *, actor: Actor = KEEPER
) -> None:
    custody.record(subject, subject_id, Act.KEYS_REWRAPPED, actor=actor, facts=facts)


def _house() -> str:
    return keyring.house().fingerprint
