"""All that is known of some items, fetched in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count

from evidence import carrying, choosing, digests, outside
from evidence.custody import Subject
from evidence.integrity import event as events
from evidence.models import (
    CustodyEvent,
    Derivative,
    EvidenceItem,
    ItemOrigin,
    Provenance,
    Reading,
    Tag,
    Tagging,
    TimeStampToken,
)
from evidence.stamping import EMBEDDED


def described(items: Iterable[EvidenceItem]) -> list[EvidenceItem]:
    """The items with the attributes that `ItemOut` reads."""
    rows = list(items)
    ids = [item.pk for item in rows]
    origins = {origin.item_id: origin for origin in ItemOrigin.objects.filter(item__in=ids)}
    tokens = _by_item(
        TimeStampToken.objects.filter(item__in=ids).filter(renews__isnull=True).defer("response")
    )
    read = Reading.objects.filter(item__in=ids).select_related("report").order_by("created_at")
    readings = {each.item_id: each for each in read}
    waiting = choosing.waiting(ids)
    stated = {p.pk: p for p in Provenance.objects.filter(reading__in=readings.values())}
    tagged = set(Tagging.objects.filter(item__in=ids).values_list("item_id", flat=True))
    derived = _by_item(Derivative.objects.filter(reading__in=readings.values()))
    custody = _custody(ids)
    standings, sm3 = outside.of_items(rows), digests.standings(ids)
    left = _by_item(carrying.left_behind(ids))
    counts = dict(
        Tag.objects.filter(item__in=ids)
        .shown()
        .order_by()
        .values_list("item_id")
        .annotate(count=Count("pk"))
    )
    for item in rows:
        values = _origin_values(origins.get(item.pk)) | _reading_values(readings.get(item.pk))
        values["seal"] = next((t for t in tokens[item.pk] if t.source == EMBEDDED), None)
        values["sm3"] = sm3[item.pk]
        values["outside"] = standings[item.pk]
        values["outside_seal"] = standings[item.pk].seal
        if values["happened_from"] is None:
            values["happened_from"] = values["happened_to"] = values.pop("taken_at")
        reading = readings.get(item.pk)
        values["provenance"] = stated.get(reading.pk) if reading else None
        values["derivative_names"] = [each.name for each in derived[item.pk]]
        values["custody"] = custody[str(item.pk)]
        values["left_behind"] = carrying.by_record(left[item.pk])
        values["tag_count"] = counts.get(item.pk, 0)
        values["state"] = {
            "received": True,
            "sealed": bool(tokens[item.pk]),
            "read": _is_read(readings.get(item.pk)),
            "tagged": item.pk in tagged,
            "waits_for_choice": item.pk in waiting,
        }
        for name, value in values.items():
            setattr(item, name, value)
    return rows


def _by_item(rows: Iterable[Any]) -> defaultdict[Any, list[Any]]:
    grouped: defaultdict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.item_id].append(row)
    return grouped


def _custody(ids: list[Any]) -> defaultdict[str, list[dict[str, Any]]]:
    grouped: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    rows = CustodyEvent.objects.filter(
        subject_type=Subject.ITEM, subject_id__in=[str(pk) for pk in ids]
    ).order_by("sequence")
    for row in rows:
        actor_type = events.decode(bytes(row.raw)).actor_type
        line = {"act": row.act, "at": row.at, "actor_type": actor_type, "sha256": row.sha256}
        grouped[row.subject_id].append(line)
    return grouped


def _origin_values(origin: ItemOrigin | None) -> dict[str, Any]:
    return {
        "file_name": origin.file_name if origin else "",
        "source": origin.source if origin else None,
        "captured_at": origin.captured_at if origin else None,
        "taken_at": origin.taken_at if origin else None,
    }


def _reading_values(reading: Reading | None) -> dict[str, Any]:
    report = getattr(reading, "report", None)
    statement = report.statement if report else {}
    return {
        "reading": reading,
        "format": reading.format if reading else None,
        "record_count": statement.get("records", 0),
        "happened_from": statement.get("first_utc"),
        "happened_to": statement.get("last_utc"),
    }


def _is_read(reading: Reading | None) -> bool | str:
    if reading is None:
        return False
    return reading.problem or True
