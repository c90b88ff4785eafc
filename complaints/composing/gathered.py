"""What the exhibits of one complaint take from rows and vault: asked for once for all of them.

A package of a thousand exhibits asks as few questions as one of three.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min, prefetch_related_objects

from complaints.bundle import exhibits as said
from complaints.composing import witnesses
from complaints.models import Exhibit, WitnessItem
from evidence import digests, transcripts
from evidence.custody import Actor, Subject
from evidence.models import CustodyEvent
from evidence.models.items import EvidenceItem
from evidence.models.readings import Derivative, Reading, Record
from evidence.models.transcripts import SegmentDecision
from evidence.release import Openings
from evidence.transcripts import RECORDING

SHOWN = frozenset({Derivative.Name.PAGE, Derivative.Name.WAVEFORM, Derivative.Name.PLAYABLE})


@dataclass(frozen=True)
class Gathered:
    """By item, where nothing else is said; what is not in it does not exist."""

    readings: Mapping[uuid.UUID, Reading]  # the newest, with derivatives, statement and report
    recordings: Mapping[uuid.UUID, Record]  # by reading: the record of the recording as a whole
    happened: Mapping[uuid.UUID, tuple[datetime, datetime]]  # by reading: first and last record
    events: Mapping[str, Sequence[tuple[str, bytes]]]  # act and raw bytes, first event first
    sm3: Mapping[uuid.UUID, str]
    heard: Mapping[uuid.UUID, Sequence[SegmentDecision]]
    brought: Mapping[uuid.UUID, said.Told | None]  # by a witness; None of a picture
    openings: Openings


def gather(rows: Sequence[Exhibit], handed: Sequence[EvidenceItem], *, actor: Actor) -> Gathered:
    """All of it, and every opening recorded that the package needs.

    Args:
        rows: the exhibits of a complaint, with their items.
        handed: beside each, the item whose bytes are handed over.
        actor: in whose name they are opened.
    """
    openings = Openings(actor)
    # First, because the pages of statements are opened for it: the log that is handed over says so.
    brought = _brought(rows, openings)
    items = {item.pk: item for item in [*(row.item for row in rows), *handed]}
    prefetch_related_objects([*items.values(), *handed], "tokens", "receipt")
    readings = _readings(items)
    gathered = Gathered(
        readings=readings,
        recordings=_recordings(readings.values()),
        happened=_happened(readings.values()),
        events=_events(items),
        sm3=digests.known(items),
        heard=transcripts.words_of(transcripts.heard_in(items).select_related("by")),
        brought=brought,
        openings=openings,
    )
    openings.expect(handed, _shown(rows, readings))
    return gathered


def _brought(rows: Sequence[Exhibit], openings: Openings) -> dict[uuid.UUID, said.Told | None]:
    theirs = {row.item_id: row for row in rows if row.item.origin == EvidenceItem.Origin.WITNESS}
    parts = WitnessItem.objects.in_bulk(list(theirs)) if theirs else {}
    return {pk: witnesses.page_of(theirs[pk], part, openings) for pk, part in parts.items()}


def _readings(items: Mapping[uuid.UUID, EvidenceItem]) -> dict[uuid.UUID, Reading]:
    rows = Reading.objects.filter(item__in=list(items)).current().order_by("pk")
    found: dict[uuid.UUID, Reading] = {}
    for reading in rows.select_related("provenance", "report").prefetch_related("derivatives"):
        reading.item = items[reading.item_id]
        found.setdefault(reading.item_id, reading)
    return found


def _recordings(readings: Iterable[Reading]) -> dict[uuid.UUID, Record]:
    found: dict[uuid.UUID, Record] = {}
    for record in Record.objects.filter(reading__in=list(readings), kind=RECORDING):
        found.setdefault(record.reading_id, record)
    return found


def _happened(readings: Iterable[Reading]) -> dict[uuid.UUID, tuple[datetime, datetime]]:
    dated = Record.objects.filter(reading__in=list(readings), when_utc__isnull=False)
    bounds = dated.order_by().values_list("reading").annotate(Min("when_utc"), Max("when_utc"))
    return {reading: (first, last) for reading, first, last in bounds}


def _events(items: Iterable[uuid.UUID]) -> dict[str, list[tuple[str, bytes]]]:
    found: defaultdict[str, list[tuple[str, bytes]]] = defaultdict(list)
    rows = CustodyEvent.objects.filter(
        subject_type=Subject.ITEM, subject_id__in=[str(pk) for pk in items]
    ).order_by("subject_id", "sequence")
    for item, act, raw in rows.values_list("subject_id", "act", "raw"):
        found[item].append((act, bytes(raw)))
    return found


def _shown(rows: Sequence[Exhibit], readings: Mapping[uuid.UUID, Reading]) -> list[Derivative]:
    """What was made of the items that are handed over in the original."""
    whole = (row.item_id for row in rows if row.form == Exhibit.Form.ORIGINAL)
    return [
        made
        for item in whole
        if item in readings
        for made in readings[item].derivatives.all()
        if made.name in SHOWN
    ]
