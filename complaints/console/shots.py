"""A screenshot among others, worded for the console: what it lacks, what it shares with others."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from accounts.language import has_text, text
from evidence.models import EvidenceItem, ItemOrigin, Reading, ScreenPair
from evidence.models.screens import newest_run


def told(item: EvidenceItem, reading: Reading | None, *, language: str) -> dict[str, Any]:
    """Hints in words, and the pictures with which this one has messages in common."""
    return {"hints": _hints(reading, language), "pairs": _pairs(item, language)}


def _hints(reading: Reading | None, language: str) -> list[str]:
    codes = reading.facts.get("quality") if reading else None
    keys = [f"quality-{code}" for code in codes] if isinstance(codes, list) else []
    return [text(key, language) for key in keys if has_text(key, language)]


def _pairs(item: EvidenceItem, language: str) -> list[dict[str, Any]]:
    rows = list(
        ScreenPair.objects.filter(Q(first=item) | Q(second=item), run=newest_run(item.case_id))
    )
    others = [row.second_id if row.first_id == item.pk else row.first_id for row in rows]
    names = dict(ItemOrigin.objects.filter(item__in=others).values_list("item_id", "file_name"))
    return [
        {
            "other": other,
            "name": names.get(other, ""),
            "text": text(_key(row), language, count=row.message_count),
        }
        for row, other in zip(rows, others, strict=True)
    ]


def _key(row: ScreenPair) -> str:
    if row.kind == ScreenPair.Kind.DUPLICATE:
        return "console-shot-duplicate"
    return "console-shot-joined" if row.counts_once else "console-shot-apart"
