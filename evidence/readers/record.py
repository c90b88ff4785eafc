"""One record: one message, call, bubble, picture or recording, as its file tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final

KINDS: Final = (
    "sms",
    "mms",
    "call",
    "chat",
    "system",
    "reaction",
    "attachment",
    "image",
    "recording",
)
DIRECTIONS: Final = (
    "in",
    "out",
    "missed",
    "rejected",
    "blocked",
    "voicemail",
    "forwarded",
    "draft",
    "outbox",
    "queued",
    "failed",
    "system",
)
NO_FACTS: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Record:
    """A reading of one place in one file; the file itself stays the evidence.

    Attributes:
        kind: one of `KINDS`.
        when_utc: aware UTC, or None when the file does not say.
        when_raw: the time exactly as written.
        when_precision: ms, s, min, day, none.
        zone_source: epoch, offset, assumed, none: how `when_utc` got its zone.
        direction: one of `DIRECTIONS`, or None when the file does not say who owns the phone.
        peer_number_e164: only for real subscriber numbers; service numbers have none.
        owner_sim: slot number or a masked serial.
        duration_s: seconds of talk; None when the file has no honest value.
        attachments: objects with name, content_type, format, size, sha256, locator, as known.
        source_locator: where in the file; see docs/formats/reading.md.
        warnings: codes of what is doubtful about this record.
        facts: further keys of the JSON line (pictures, recordings, subject, date_sent).
    """

    kind: str
    source_file: str
    source_locator: Mapping[str, Any]
    when_utc: datetime | None = None
    when_raw: str | None = None
    when_precision: str = "none"
    zone_source: str = "none"
    direction: str | None = None
    peer_number_raw: str | None = None
    peer_number_e164: str | None = None
    peer_name: str | None = None
    owner_sim: str | None = None
    text: str | None = None
    duration_s: float | None = None
    attachments: tuple[Mapping[str, Any], ...] = ()
    conversation: str | None = None
    warnings: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=lambda: NO_FACTS)

    def as_json(self) -> dict[str, Any]:
        """The record as one line of `python -m evidence.readers`."""
        line: dict[str, Any] = {
            "kind": self.kind,
            "when_utc": iso(self.when_utc, self.when_precision),
            "when_raw": self.when_raw,
            "when_precision": self.when_precision,
            "zone_source": self.zone_source,
            "direction": self.direction,
            "peer_number_raw": self.peer_number_raw,
            "peer_number_e164": self.peer_number_e164,
            "peer_name": self.peer_name,
            "owner_sim": self.owner_sim,
            "text": self.text,
            "duration_s": self.duration_s,
            "attachments": self.attachments,
            "conversation": self.conversation,
            "source_file": self.source_file,
            "source_locator": self.source_locator,
            "warnings": self.warnings,
        }
        if self.facts:
            line.update(self.facts)
        return line


def iso(at: datetime | None, precision: str = "s") -> str | None:
    """`2024-10-27T03:33:20.123Z`: UTC, milliseconds only where the source has them."""
    if at is None:
        return None
    text = at.astimezone(UTC).isoformat(timespec="milliseconds" if precision == "ms" else "seconds")
    return text[:-6] + "Z"
