"""One record's JSON as a row: known keys to columns, the rest to `facts`."""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from typing import Any

from evidence.models import EvidenceItem, Reading, Record

RECORD_KEYS = frozenset(
    [
        "kind",
        "when_utc",
        "when_raw",
        "when_precision",
        "zone_source",
        "direction",
        "peer_number_raw",
        "peer_number_e164",
        "peer_name",
        "owner_sim",
        "text",
        "duration_s",
        "attachments",
        "conversation",
        "source_file",
        "source_locator",
        "warnings",
    ]
)


def record_row(
    reading: Reading, item: EvidenceItem, *, index: int, raw: bytes, placed_at: datetime
) -> Record:
    """The row of one record, not yet saved.

    `raw` are the record's RFC 8785 bytes, kept with it because proofs are computed from them;
    `placed_at` is where it stands in the timeline when it has no time of its own.
    """
    value = json.loads(raw)
    when = _when(value.get("when_utc"))
    number = _text(value, "peer_number_e164") or _text(value, "peer_number_raw")
    return Record(
        id=uuid.uuid4(),
        reading=reading,
        case_id=item.case_id,
        index=index,
        placed_at=when or placed_at,
        kind=_text(value, "kind")[:16],
        when_utc=when,
        when_raw=_text(value, "when_raw"),
        when_precision=_text(value, "when_precision")[:8] or "none",
        zone_source=_text(value, "zone_source")[:16] or "none",
        direction=_text(value, "direction")[:16],
        peer_number_raw=_text(value, "peer_number_raw"),
        peer_number_e164=_text(value, "peer_number_e164")[:32],
        peer_number=number[:64],
        peer_name=_text(value, "peer_name"),
        owner_sim=_text(value, "owner_sim")[:64],
        text=_text(value, "text"),
        duration_s=_number(value.get("duration_s")),
        attachments=storable(value.get("attachments") or []),
        conversation=_text(value, "conversation"),
        source_file=_text(value, "source_file"),
        source_locator=storable(value.get("source_locator") or {}),
        warnings=storable(value.get("warnings") or []),
        facts=file_facts(value),
        raw=raw,
    )


def file_facts(value: dict[str, Any]) -> dict[str, Any]:
    """What a record tells beyond the keys that every record has."""
    facts = {key: each for key, each in value.items() if key not in RECORD_KEYS}
    return {} if not facts else dict(storable(facts))


def storable(value: Any) -> Any:
    """The value without NUL characters, which PostgreSQL cannot keep; `raw` still has them."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")
    if isinstance(value, list):
        return [storable(each) for each in value]
    if isinstance(value, dict):
        return {storable(key): storable(each) for key, each in value.items()}
    return value


def _text(value: dict[str, Any], key: str) -> str:
    found = value.get(key)
    return str(storable(found)) if isinstance(found, str) else ""


def _number(found: Any) -> float | None:
    return float(found) if isinstance(found, int | float) else None


def _when(text: Any) -> datetime | None:
    """An aware time; what a reader never writes is no time (the cell may have been taken over)."""
    try:
        when = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return when if when.tzinfo else None
