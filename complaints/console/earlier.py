"""Decisions on an earlier reading that found no place on the newest one, worded for the console."""

from __future__ import annotations

from typing import Any

from accounts.language import text
from evidence import carrying
from evidence.models import EvidenceItem


def told(item: EvidenceItem, *, language: str) -> list[dict[str, Any]]:
    """Of each record: the kinds in words, what it said, and when."""
    return [
        {
            "kinds": [
                text(f"law-kind-{kind}", language)
                for kind in dict.fromkeys(tag.kind for tag in behind.tags)
            ],
            "words": behind.words,
            "when_utc": behind.when_utc,
        }
        for behind in carrying.by_record(carrying.left_behind([item.pk]))
    ]
