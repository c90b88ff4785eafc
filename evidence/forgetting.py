"""Records that a person does not want kept any more: their rows go, the original stays."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db.models import Q
from django.dispatch import Signal

from evidence import collectors, decisions
from evidence.models import (
    Choice,
    Derivative,
    Finding,
    FindingRun,
    ImportReport,
    LeftOut,
    NumberRole,
    Provenance,
    Reading,
    Record,
    ScreenTwin,
    Tag,
    TagDecision,
    Tagging,
)

BATCH = 500  # ids of one statement

forgotten = Signal()  # `item_id=`, within the transaction: who leans on its records looks again


def records(reading: Reading, indexes: Collection[int]) -> int:
    """Delete these records with their tags and decisions; return how many rows went.

    Patterns may lean on them and name them: they are looked for anew.
    """
    if not indexes:
        return 0
    case_id = reading.item.case_id
    numbers, gone = set[str](), 0
    ordered = sorted(indexes)
    for start in range(0, len(ordered), BATCH):
        rows = Record.objects.filter(reading=reading, index__in=ordered[start : start + BATCH])
        ids = list(rows.values_list("pk", flat=True))
        numbers |= set(rows.exclude(peer_number="").values_list("peer_number", flat=True))
        gone += TagDecision.objects.filter(tag__record__in=ids).delete()[0]
        gone += Tag.objects.filter(record__in=ids).delete()[0]
        gone += _twins(Q(record__in=ids) | Q(counts_as__in=ids))
        gone += rows.delete()[0]
    return gone + _what_leans_on_them(case_id, numbers)


def other_readings(but: Reading, choice: Choice | None) -> int:
    """Delete what earlier engines read before this choice; return how many rows.

    It may hold what was not chosen. What was read by the very same choice holds nothing else.
    """
    item = but.item
    rows = Reading.objects.filter(item=item).exclude(pk=but.pk)
    others = list(rows if choice is None else rows.exclude(report__choice=choice))
    if not others:
        return 0
    told = Record.objects.filter(reading__in=others).exclude(peer_number="")
    numbers = set(told.values_list("peer_number", flat=True))
    gone = TagDecision.objects.filter(tag__record__reading__in=others).delete()[0]
    gone += Tag.objects.filter(record__reading__in=others).delete()[0]
    gone += _twins(Q(record__reading__in=others) | Q(counts_as__reading__in=others))
    for model in (Tagging, Derivative, Record, Provenance, ImportReport, LeftOut):
        gone += model._default_manager.filter(reading__in=others).delete()[0]
    gone += Reading.objects.filter(pk__in=[each.pk for each in others]).delete()[0]
    return gone + _what_leans_on_them(item.case_id, numbers)


def _twins(which: Q) -> int:
    """What was found to tell the same message; the look that follows a reading finds it anew."""
    return ScreenTwin.objects.filter(which).delete()[0]


def _what_leans_on_them(case_id: uuid.UUID, numbers: set[str]) -> int:
    """Patterns of the case; and whose number it is, where no record has the number any more."""
    gone = Finding.objects.filter(case_id=case_id).delete()[0]
    gone += FindingRun.objects.filter(case_id=case_id).delete()[0]
    still = Record.objects.filter(case_id=case_id, peer_number__in=numbers)
    lost = numbers - set(still.values_list("peer_number", flat=True))
    gone += NumberRole.objects.filter(case_id=case_id, number__in=lost).delete()[0]
    gone += collectors.drop_what_is_gone(case_id)
    decisions.look_for_patterns_again(case_id)
    return gone
