"""The note that the recorder BCR lays beside a recording: whose call it was, and how it went.

On its own, or in an archive, it is read as the call it tells of; beside the recording itself it is
preferred to the recording's name.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from evidence.readers.errors import UnreadableError
from evidence.readers.limits import MIB
from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.values.clock import Moment, from_epoch
from evidence.readers.values.phone_numbers import e164, is_withheld

VERSION: Final = "1"
EXTENSION: Final = ".json"

_START: Final = re.compile(r"^\s*\{")
_TIME: Final = re.compile(r'"timestamp_unix_ms"\s*:')
_KEY: Final = re.compile(r'"(?:sim_slot|calls|call_log_name|output)"\s*:')
_BYTES: Final = MIB
_DIRECTIONS: Final = frozenset({"in", "out"})
_LONGEST: Final = 12 * 3600  # seconds of one recording


@dataclass(frozen=True, slots=True)
class Note:
    """What one note says; several parties of a call are joined by `;` in their order."""

    when: Moment
    direction: str | None
    number: str | None
    name: str | None
    sim: str | None
    duration_s: float | None


def recognise(text: str) -> bool:
    """Whether a text begins like such a note."""
    return bool(_START.match(text) and _TIME.search(text) and _KEY.search(text))


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield one `call`; the recording in the same archive is named among its attachments.

    Raises:
        UnreadableError: the note is damaged.
    """
    raw = file.read(_BYTES + 1)
    note = note_in(raw, context)
    if note is None:
        raise UnreadableError("the note of a recording is damaged")
    context.notes.encoding = "utf-8"
    numbers = (note.number or "").split(";")
    known = len(numbers) == 1 and not is_withheld(numbers[0])
    yield Record(
        kind="call",
        source_file=context.name,
        source_locator={"bytes": [0, len(raw)]},
        when_utc=note.when.utc,
        when_raw=note.when.raw,
        when_precision=note.when.precision,
        zone_source=note.when.zone_source,
        direction=note.direction,
        peer_number_raw=note.number,
        peer_number_e164=e164(numbers[0]) if known else None,
        peer_name=note.name,
        owner_sim=note.sim,
        duration_s=note.duration_s,
        attachments=_beside(context),
        conversation=note.number or note.name,
        warnings=(*note.when.doubts, *(() if note.direction else ("unknown_type",))),
        facts={"app": "bcr"},
    )


def note_in(raw: bytes, context: Context) -> Note | None:
    """The note in these bytes, or None when they are none."""
    try:
        found = json.loads(raw.decode("utf-8-sig")) if len(raw) <= _BYTES else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or "timestamp_unix_ms" not in found:
        return None
    calls = found.get("calls")
    parties = [call for call in calls if isinstance(call, dict)] if isinstance(calls, list) else []
    names = [_text(call, "contact_name") or _text(call, "caller_name") for call in parties]
    way = _text(found, "direction")
    slot = found.get("sim_slot")
    return Note(
        when=from_epoch(_whole(found["timestamp_unix_ms"]), context.options.now),
        direction=way if way in _DIRECTIONS else None,
        number=";".join(filter(None, (_text(call, "phone_number") for call in parties))) or None,
        name=";".join(filter(None, names)) or _text(found, "call_log_name"),
        sim=str(slot) if isinstance(slot, int) and 0 <= slot < 10 else None,
        duration_s=_duration(found.get("output")),
    )


def _beside(context: Context) -> tuple[dict[str, Any], ...]:
    """The files of the same archive that have the note's name with another extension."""
    stem = context.name.removesuffix(EXTENSION)
    return tuple(
        {"name": label, "locator": {"member": member}}
        for label, member in context.members.items()
        if label != context.name and label.rsplit(".", 1)[0] == stem
    )


def _duration(output: Any) -> float | None:
    """Seconds of the recording, as encoded."""
    recording = output.get("recording") if isinstance(output, dict) else None
    seconds = recording.get("duration_secs_total") if isinstance(recording, dict) else None
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    return round(seconds, 3) if math.isfinite(seconds) and 0 <= seconds <= _LONGEST else None


def _whole(value: Any) -> str:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _text(found: dict[str, Any], key: str) -> str | None:
    value = found.get(key)
    if not isinstance(value, str) or not value.strip():
        return None
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
