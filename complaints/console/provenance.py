"""What phone and file say of an item's making, worded for the console. Claims, never proof."""

from __future__ import annotations

from typing import Any

from accounts.language import text
from evidence.models import Provenance, Reading
from evidence.provenance import wording
from evidence.provenance.said import read_statement


def stated(reading: Reading | None, *, language: str) -> dict[str, Any] | None:
    """Facts and notes in words; None where the reading is older than this engine."""
    kept = None if reading is None else Provenance.objects.filter(reading=reading).first()
    if kept is None:
        return None
    statement = read_statement(kept.statement)

    def say(key: str, **values: Any) -> str:
        return text(key, language, **values)

    return {
        "facts": list(wording.facts(statement, say)),
        "notes": list(wording.notes(statement, say)),
    }
