"""The sweep over the vault: every envelope is read again, the one looked at longest ago first.

It names what it finds (missing, changed, orphaned, unreadable), keeps it in `Fixity`, and writes
an event when that is news: so a clean vault costs the log one event a day, on the house. It never
repairs and never deletes. A store that does not answer, or that is empty all at once (a disk that
is not mounted), says nothing about an item: the run stops, and nothing is called missing.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, islice

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from evidence import custody, leftovers, verification
from evidence.custody import Act, Actor, Subject
from evidence.errors import EvidenceError
from evidence.models import Derivative, EvidenceItem, Fixity
from evidence.vault import keyring, shelf
from evidence.vault.failures import StorageFailedError
from evidence.verification import Check, Verdict
from evidence.verification import Result as Found

SWEEPER = Actor.system("fixity")
LONGEST_RUN_S = 120  # then another job may have the worker
FAULT_AGAIN = timedelta(hours=1)  # what is at fault is looked at again: it may have come back
LIST_EVERY = timedelta(days=1)  # the whole vault, for what no row names
LISTING = "listing"  # the row that remembers when that was; no envelope has such a name
NAMED_AT_MOST = 100  # orphans in one event
Result = Fixity.Result


class StoreAwayError(EvidenceError):
    """The store does not answer, or is empty all at once. Says nothing about any envelope."""

    code = "vault_away"
    heals = True


@dataclass(frozen=True)
class Look:
    """What one look at one envelope came to."""

    name: str
    result: str
    what: str = ""
    item_id: uuid.UUID | None = None
    derivative_id: uuid.UUID | None = None
    verdict: Verdict | None = None  # of an item


class Pace:
    """Keeps reading to so many bytes a second, by waiting after each piece."""

    def __init__(
        self,
        bytes_per_s: int,
        *,
        wait: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rate, self._wait, self._clock = bytes_per_s, wait, clock
        self._begun, self._read = clock(), 0

    def hold(self, length: int) -> None:
        """Wait until so many bytes more may have been read; a rate of 0 never waits."""
        self._read += length
        if self._rate:
            ahead = self._read / self._rate - (self._clock() - self._begun)
            if ahead > 0:
                self._wait(ahead)

    @property
    def spent_s(self) -> float:
        """Seconds since it began."""
        return self._clock() - self._begun


def is_due(last: datetime | None, now: datetime) -> bool:
    """Whether another run should be asked for; `last`: when one ended, None for never."""
    return last is None or last + timedelta(seconds=settings.FIXITY_EVERY_S) <= now


def run(*, now: datetime | None = None, pace: Pace | None = None) -> int:
    """Look at the envelopes whose turn it is; return at how many. Killed, the next goes on.

    Raises:
        StoreAwayError: nothing can be said just now. What was looked at before is kept.
    """
    now, pace = now or timezone.now(), pace or Pace(settings.FIXITY_BYTES_PER_S)
    _require_store()
    if _listing_is_due(now):
        _list(now)
    looked = 0
    for thing in islice(_in_turn(now), settings.FIXITY_ITEMS_PER_RUN):
        if pace.spent_s > LONGEST_RUN_S:
            break
        keep(_look(thing, pace), at=now)
        looked += 1
    return looked


@transaction.atomic
def keep(look: Look, *, at: datetime) -> None:
    """Write what a look came to, and its event when that is news."""
    row = Fixity.objects.select_for_update().filter(pk=look.name).first()
    is_same = row is not None and (row.result, row.what) == (look.result, look.what)
    is_fault = look.result in (Result.MISSING, Result.CHANGED, Result.UNREADABLE)
    # One failed reading may be the line's fault; the second one, an hour later, is told.
    is_sure = look.result != Result.UNREADABLE or is_same
    was_told = row is not None and row.is_told
    if is_fault and is_sure and not (was_told and is_same):
        _tell(Act.FAULT_FOUND, look)
    elif look.result == Result.OK and (was_told or (row is None and _is_whole_item(look))):
        _tell(Act.CHECKED, look)
    Fixity.objects.update_or_create(
        name=look.name,
        defaults={
            "item_id": look.item_id,
            "derivative_id": look.derivative_id,
            "result": look.result,
            "what": look.what,
            "is_told": is_fault and (is_sure or was_told),
            "since": row.since if row is not None and is_same else at,
            "looked_at": at,
        },
    )


def _is_whole_item(look: Look) -> bool:
    """An item, and no check of it failed: worth an event when it is looked at first."""
    return look.verdict is not None and not look.verdict.failed


def told() -> dict[str, int]:
    """How many faults of each kind stand now; empty when all is well."""
    rows = Fixity.objects.faults().order_by("result").values_list("result")
    return dict(rows.annotate(number=Count("pk")))


def _in_turn(now: datetime) -> Iterator[EvidenceItem | Derivative]:
    """What was never looked at, oldest first; what is at fault; what was looked at long ago."""
    seen = Exists(Fixity.objects.filter(name=OuterRef("vault_name")))
    yield from EvidenceItem.objects.filter(~seen).order_by("received_at", "pk").iterator(200)
    made = Derivative.objects.filter(~seen).select_related("item").order_by("item__received_at")
    yield from made.iterator(200)
    kept = Fixity.objects.exclude(pk=LISTING).exclude(result=Result.ORPHANED).order_by("looked_at")
    long_ago = now - timedelta(days=settings.FIXITY_PERIOD_DAYS)
    again = kept.faults().filter(looked_at__lte=now - FAULT_AGAIN)
    old = kept.filter(looked_at__lte=long_ago)
    names = chain(again.values_list("pk", flat=True), old.values_list("pk", flat=True))
    for name in list(dict.fromkeys(islice(names, 2 * settings.FIXITY_ITEMS_PER_RUN))):
        if (thing := _named(name)) is not None:
            yield thing
        else:
            Fixity.objects.filter(pk=name).delete()  # nothing bears that name any more


def _named(name: str) -> EvidenceItem | Derivative | None:
    item = EvidenceItem.objects.filter(vault_name=name).first()
    return item or Derivative.objects.filter(vault_name=name).select_related("item").first()


def _look(thing: EvidenceItem | Derivative, pace: Pace) -> Look:
    look = _at_item(thing, pace) if isinstance(thing, EvidenceItem) else _at_copy(thing, pace)
    if look.result in (Result.MISSING, Result.UNREADABLE):
        _require_store()  # it may have gone away while we looked
    return look


def _at_item(item: EvidenceItem, pace: Pace) -> Look:
    verdict = verification.judge(item, hold=pace.hold)
    result, what = _result_of(verdict.checks)
    if what == "item_erased":
        result, what = Result.ERASED, ""
    return Look(item.vault_name, result, what, item.pk, verdict=verdict)


def _at_copy(made: Derivative, pace: Pace) -> Look:
    """Of a derivative only the bytes can be checked: it has no log and no token of its own."""
    check = verification.run("bytes", lambda: _check_copy(made, pace))
    result, what = _result_of((check,))
    return Look(made.vault_name, result, what, made.item_id, made.pk)


def _check_copy(made: Derivative, pace: Pace) -> None:
    verification.check_envelope(
        made.vault_name,
        object_id=made.pk,
        find_key=lambda: keyring.derivative_key(made),
        wanted=(made.sha256, made.size),
        hold=pace.hold,
    )


def _result_of(checks: tuple[Check, ...]) -> tuple[str, str]:
    """The word for it, and the code of the first check that failed."""
    for check in checks:
        # A log that is behind is the house's fault (`/health/` says so), and no item's.
        if check.result == Found.FAIL and check.what != "log_overdue":
            is_gone = check.what == "item_bytes_missing"
            return (Result.MISSING if is_gone else Result.CHANGED), check.what
    for check in checks:
        if check.name == "bytes" and check.result == Found.UNKNOWN:
            return Result.UNREADABLE, check.what
    return Result.OK, ""


def _tell(act: Act, look: Look) -> None:
    if look.verdict is not None and look.item_id is not None:
        facts = {"result": look.result, **({"what": look.what} if look.what else {})}
        verification.record(act, look.item_id, look.verdict, actor=SWEEPER, facts=facts)
        return
    # Of a copy that we made: on the house, for the item itself is as it was.
    facts = {"result": look.result, "item": str(look.item_id), "object": str(look.derivative_id)}
    custody.record(Subject.HOUSE, _house(), act, actor=SWEEPER, facts=facts)


def _require_store() -> None:
    """Raise StoreAwayError when it does not answer, or is empty while rows name what is in it."""
    try:
        is_empty = next(shelf.names(), None) is None
    except StorageFailedError as cause:
        raise StoreAwayError("the store does not answer") from cause
    if is_empty and EvidenceItem.objects.exists():
        raise StoreAwayError("the store is empty: another place, or a disk that is not there")


def _listing_is_due(now: datetime) -> bool:
    return not Fixity.objects.filter(pk=LISTING, looked_at__gt=now - LIST_EVERY).exists()


def _list(now: datetime) -> None:
    """Find what no row names; then say on the house how the vault is, once a day."""
    found = set(leftovers.find())
    with transaction.atomic():
        known: QuerySet[Fixity] = Fixity.objects.filter(result=Result.ORPHANED)
        known.exclude(pk__in=found).delete()
        fresh = sorted(found - set(known.values_list("pk", flat=True)))
        Fixity.objects.bulk_create(
            Fixity(name=name, result=Result.ORPHANED, is_told=True, since=now, looked_at=now)
            for name in fresh
        )
        if fresh:
            names = [name.rpartition("/")[2] for name in fresh[:NAMED_AT_MOST]]
            facts = {"result": str(Result.ORPHANED), "count": len(fresh), "envelopes": names}
            custody.record(Subject.HOUSE, _house(), Act.FAULT_FOUND, actor=SWEEPER, facts=facts)
        looked = Fixity.objects.filter(looked_at__gt=now - LIST_EVERY).exclude(pk__in=fresh)
        facts = {"looked_at": looked.exclude(pk=LISTING).count(), **told()}
        custody.record(Subject.HOUSE, _house(), Act.CHECKED, actor=SWEEPER, facts=facts)
        Fixity.objects.update_or_create(
            name=LISTING, defaults={"result": Result.OK, "since": now, "looked_at": now}
        )


def _house() -> str:
    return keyring.house().fingerprint
