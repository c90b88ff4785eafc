"""Replace one lower key of the house while web and worker run, and say so in the house's log.

The new keys begin at a whole second a little ahead, so that no statement falls between the two:
until then everybody signs with the old ones, from then on with the new (evidence/vault/keyring.py).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from evidence import custody
from evidence.custody import Act, Actor, Subject
from evidence.errors import EvidenceError
from evidence.integrity import event as events
from evidence.integrity.certificates import whole_second
from evidence.integrity.house import House
from evidence.integrity.times import write_time
from evidence.integrity.trust import Role
from evidence.vault import house_files, keyring

LEADS_S = (5, 20, 120)  # until the new keys begin; longer where making them took longer
MARGIN = timedelta(seconds=1)  # that must be left once they lie ready
KEEPER = Actor.system("keys")


class RotationTooSlowError(EvidenceError):
    """Keys could not be made before they were to begin. Nothing was changed."""

    code = "rotation_too_slow"


def rotate(
    role: Role,
    *,
    clock: Callable[[], datetime] = timezone.now,
    wait: Callable[[float], None] = time.sleep,
) -> House:
    """Replace the key of one role (with `ca`, of the two certificates below it as well).

    Args:
        role: which key; the house key has no role and does not rotate.
        clock: the time, aware.
        wait: lets so many seconds pass.

    Raises:
        house_files.RotationBusyError: another rotation is under way or waits for its moment.
        RotationTooSlowError: see there.
    """
    folder = settings.KEYS_DIR
    if house_files.settle(folder, now=clock()) == "waiting":
        raise house_files.RotationBusyError("a rotation waits for the moment of its keys")
    with house_files.locked(folder):
        rotated = _ready(house_files.read(folder, now=clock()), role, clock)
        for step in house_files.replace(folder, rotated):
            if step == "decided":
                wait(max((rotated.last_change - clock()).total_seconds(), 0))
    record_missing()
    return rotated


def record_missing() -> int:
    """Write the events of the house that are not in its log yet; return how many.

    A rotation that was cut off has its event from here: what the keys are is told by their files.
    """
    house = keyring.house()
    known = {
        events.decode(bytes(row.raw)).facts.get("key")
        for row in custody.log_of(Subject.HOUSE, house.fingerprint)
    }
    missing = [event for event in _told_by(house) if event[1]["key"] not in known]
    for act, facts in missing:
        custody.record(Subject.HOUSE, house.fingerprint, act, actor=KEEPER, facts=facts)
    return len(missing)


def _ready(house: House, role: Role, clock: Callable[[], datetime]) -> House:
    for lead in LEADS_S:
        begins_at = whole_second(clock()) + timedelta(seconds=lead)
        rotated = house.rotate(role, at=begins_at)
        if clock() + MARGIN < begins_at:
            return rotated
    raise RotationTooSlowError(f"not ready within {LEADS_S[-1]} s")


def _told_by(house: House) -> list[tuple[Act, dict[str, str]]]:
    """The house's own events in order: it was made, each key that came after another."""
    made = {"key": house.fingerprint, "at": write_time(house.made_at)}
    told = [(Act.HOUSE_MADE, made)]
    in_role = {entry.role: entry for entry in house.entries if entry.not_before == house.made_at}
    for entry in house.entries:
        before = in_role.get(entry.role)
        if before is not None and entry.fingerprint != before.fingerprint:
            facts = {
                "role": str(entry.role),
                "key": entry.fingerprint,
                "before": before.fingerprint,
                "at": write_time(entry.not_before),
            }
            told.append((Act.KEY_ROTATED, facts))
            in_role[entry.role] = entry
    return told
